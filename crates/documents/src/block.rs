//! What the body of a document is made of.

use crate::{Prose, Text};

/// One block of the body, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading below the document's title.
    Heading(Level, Text),
    /// What the document holds: every section, under a heading of its own; in print, with the page it begins on.
    Contents(Text),
    /// A paragraph.
    Paragraph(Prose),
    /// A list.
    List(Marker, Vec<Prose>),
    /// The key facts, in a box: each a term and what it is.
    Facts(Vec<(Text, Prose)>),
    /// Rows under named columns.
    Table(Table),
    /// Something to be noticed, in a box of its own; paragraphs.
    Notice(Vec<Prose>),
    /// The end of a letter: a farewell, room to sign, and who signs, a line each. Never parted by a page break.
    Signature {
        /// For instance "Yours sincerely".
        farewell: Text,
        /// Name, role, team.
        signatory: Vec<Text>,
    },
}

/// How deep a heading lies. The document's title is the only heading above these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A part of the document.
    Section,
    /// A part of a section.
    Subsection,
}

/// What stands before each item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// Items in no order.
    Bullet,
    /// Items in order, counted from 1.
    Number,
}

/// Rows under named columns, with a caption. A row that is short of cells is filled with empty ones; cells beyond the columns are not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the table shows.
    pub caption: Text,
    /// The heading of each column.
    pub columns: Vec<Text>,
    /// The rows, each with a cell per column.
    pub rows: Vec<Vec<Prose>>,
}

impl Table {
    /// The rows with exactly one cell per column.
    pub(crate) fn squared(&self) -> impl Iterator<Item = Vec<Prose>> + '_ {
        self.rows.iter().map(|row| {
            let mut cells = row.clone();
            cells.resize(self.columns.len(), Prose::default());
            cells
        })
    }
}

impl Block {
    /// A heading of a section.
    pub fn section(heading: impl Into<Text>) -> Self {
        Block::Heading(Level::Section, heading.into())
    }

    /// A heading of a subsection.
    pub fn subsection(heading: impl Into<Text>) -> Self {
        Block::Heading(Level::Subsection, heading.into())
    }

    /// What the document holds.
    pub fn contents(heading: impl Into<Text>) -> Self {
        Block::Contents(heading.into())
    }

    /// A paragraph.
    pub fn paragraph(prose: impl Into<Prose>) -> Self {
        Block::Paragraph(prose.into())
    }

    /// A list in no order.
    pub fn bullets<P: Into<Prose>>(items: impl IntoIterator<Item = P>) -> Self {
        Block::List(Marker::Bullet, items.into_iter().map(Into::into).collect())
    }

    /// A list in order.
    pub fn steps<P: Into<Prose>>(items: impl IntoIterator<Item = P>) -> Self {
        Block::List(Marker::Number, items.into_iter().map(Into::into).collect())
    }

    /// The key facts.
    pub fn facts<T: Into<Text>, P: Into<Prose>>(facts: impl IntoIterator<Item = (T, P)>) -> Self {
        Block::Facts(facts.into_iter().map(|(term, fact)| (term.into(), fact.into())).collect())
    }

    /// Something to be noticed.
    pub fn notice<P: Into<Prose>>(paragraphs: impl IntoIterator<Item = P>) -> Self {
        Block::Notice(paragraphs.into_iter().map(Into::into).collect())
    }

    /// The end of a letter.
    pub fn signature<T: Into<Text>>(
        farewell: impl Into<Text>,
        signatory: impl IntoIterator<Item = T>,
    ) -> Self {
        Block::Signature {
            farewell: farewell.into(),
            signatory: signatory.into_iter().map(Into::into).collect(),
        }
    }
}
