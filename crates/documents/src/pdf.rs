//! A document as an accessible PDF (PDF/UA-1): tagged, titled, in its language, with its fonts inside.
//!
//! One fixed template, [`TEMPLATE`], lays out every document; what the document says reaches it as values, never as markup.
//! Nothing is read from disk, network or clock.

mod fonts;
mod press;
mod values;

use std::sync::LazyLock;

use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use self::fonts::Fonts;
use self::press::Press;
use crate::Document;

const TEMPLATE: &str = include_str!("pdf/document.typ");

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::load);

/// Why a PDF could not be made: a fault of the program, never of what a person typed.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// An accessible document has a title.
    #[error("the document has no title")]
    Untitled,
    /// The pages could not be laid out.
    #[error("the document could not be laid out as pages: {0}")]
    Layout(Diagnosis),
    /// The pages could not be written as a PDF that meets PDF/UA-1.
    #[error("the pages could not be written as an accessible PDF: {0}")]
    Export(Diagnosis),
}

/// What the typesetter said. It may quote the document, so it is shown only to whoever asks for it by [`Diagnosis::reveal`].
pub struct Diagnosis(Vec<String>);

impl Diagnosis {
    /// The typesetter's own messages, which may hold personal data.
    pub fn reveal(&self) -> &[String] {
        &self.0
    }
}

impl std::fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} faults", self.0.len())
    }
}

impl std::fmt::Debug for Diagnosis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// The document as a PDF. Equal documents give equal bytes. Safe to call from many threads; fonts are read once.
///
/// A character that no font here can draw is shown by its code point, `[U+738B]`, so that nothing is silently lost.
///
/// # Errors
/// [`Fault`], when the document has no title, or the template and its fonts cannot hold it to PDF/UA-1.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Fault> {
    if document.title.is_empty() {
        return Err(Fault::Untitled);
    }
    let options = options(document)?;
    let press = Press::new(&FONTS, document);
    let bytes = typst::compile::<PagedDocument>(&press)
        .output
        .map_err(|faults| Fault::Layout(diagnosis(&faults)))
        .and_then(|pages| {
            typst_pdf::pdf(&pages, &options).map_err(|faults| Fault::Export(diagnosis(&faults)))
        });
    // The typesetter remembers what it has set, to set it faster again. Letters are not to linger in memory.
    comemo::evict(0);
    bytes
}

fn options(document: &Document) -> Result<PdfOptions, Fault> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|fault| Fault::Export(Diagnosis(vec![fault.message().to_string()])))?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{} {}", document.reference, document.date)),
        creator: Smart::Custom(None),
        standards,
        ..PdfOptions::default()
    })
}

fn diagnosis(faults: &[SourceDiagnostic]) -> Diagnosis {
    Diagnosis(faults.iter().map(|fault| fault.message.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_a_log_does_not_quote_the_letter() {
        let fault = Fault::Export(Diagnosis(vec!["the text `Jo Sample` could not be shown".into()]));
        for logged in [fault.to_string(), format!("{fault:?}")] {
            assert!(!logged.contains("Jo Sample"), "{logged}");
        }
    }
}
