//! What the typesetter can reach: one template, the fonts, the values of one document. No file, no package, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::fonts::Fonts;
use super::values::values;
use crate::Document;

static SOURCE: LazyLock<Source> = LazyLock::new(|| Source::detached(super::TEMPLATE));

/// The typesetter's whole world while it sets one document.
pub struct Press<'a> {
    fonts: &'a Fonts,
    library: LazyHash<Library>,
}

impl<'a> Press<'a> {
    pub fn new(fonts: &'a Fonts, document: &Document) -> Self {
        let library = Library::builder()
            .with_inputs(values(document, fonts))
            .with_features([Feature::A11yExtras].into_iter().collect())
            .build();
        Press { fonts, library: LazyHash::new(library) }
    }
}

impl World for Press<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        SOURCE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SOURCE.id() { Ok(SOURCE.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.face(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
