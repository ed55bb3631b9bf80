//! Reads the files of an export: which form each has, its rows, and every row that could not be taken.
//!
//! Nothing is lost in silence: a row is taken, passed over for a reason that is counted, or a [`Fault`] with its file and line.

mod records;
mod rows;
mod table;

use crate::address::Parts;
use rows::{Next, Row, Rows};
use std::collections::{BTreeSet, HashMap};
use std::io::{Read, Seek};

/// Rows between two tellings of progress.
const PROGRESS: u64 = 20_000;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Rows of several kinds, the kind first: LLPG exports (BS 7666, DTF 7.3) and OS AddressBase Premium.
    Records,
    /// One address in each row beneath a row of headings: OS AddressBase Core and Plus, and what councils save by hand.
    Table,
}

/// A file that could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    /// The disk.
    #[error("{file} cannot be read")]
    Source {
        /// The file.
        file: String,
        /// What happened.
        source: std::io::Error,
    },
    /// Neither form.
    #[error(
        "{file} is no list of addresses that is known: its first row should be a record of BS 7666 or AddressBase Premium \
         (10, 21, 24 ...), or headings with UPRN among them"
    )]
    Unrecognised {
        /// The file.
        file: String,
    },
    /// Text of two bytes a letter.
    #[error("{file} is in UTF-16: save it as CSV in UTF-8")]
    Utf16 {
        /// The file.
        file: String,
    },
    /// Only what changed since an earlier supply.
    #[error("{file} holds only what changed (its header says C): load the full supply instead")]
    ChangesOnly {
        /// The file.
        file: String,
    },
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its file.
    pub file: String,
    /// Its line, from 1.
    pub line: u64,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// No property reference, or none that is a number of up to twelve digits.
    #[error("has no UPRN of up to 12 digits")]
    Uprn,
    /// No street reference that is a number.
    #[error("has no street reference (USRN) of up to 8 digits")]
    Usrn,
    /// The row ends too early.
    #[error("ends after {0} fields")]
    Short(usize),
    /// A status that is none of the standard's.
    #[error("has a status that is not known: {0:?}")]
    Status(String),
    /// A kind of record that neither standard has.
    #[error("begins with {0:?}, which is no kind of record")]
    Record(String),
    /// Its street is in none of the files.
    #[error("is in street {0}, which is in none of the files")]
    NoStreet(u64),
    /// Nothing says where it is.
    #[error("has no address")]
    NoAddress,
    /// A quotation mark that is never closed.
    #[error("opens a quotation mark that is not closed")]
    Quotation,
    /// The last row of a file of records is missing.
    #[error("is the last of a file without a trailer (99): the file may be cut off")]
    NoTrailer,
}

/// How much was read, and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files.
    pub files: usize,
    /// Rows of any kind.
    pub rows: u64,
    /// Property references that are not offered, because they are historic, rejected, only candidates or deleted.
    pub not_live: usize,
    /// Further addresses of a property that is offered by another: alternative names, Welsh beside English.
    pub alternatives: usize,
}

/// Files of one export, read one after the other.
#[derive(Debug, Default)]
pub struct Reading {
    properties: HashMap<u64, Property>,
    streets: HashMap<(u64, Language), Street>,
    names: Vec<String>,
    faults: Vec<Fault>,
    tally: Tally,
}

/// What the files say of one property.
#[derive(Debug, Default)]
struct Property {
    /// Whether some row says that it is no longer live; then no other row makes it so.
    ended: bool,
    postcode: String,
    organisation: String,
    written: Vec<Written>,
}

/// One way in which a property's address is written.
#[derive(Debug)]
struct Written {
    life: Life,
    language: Language,
    from: Source,
    at: At,
}

/// What it is put together from.
#[derive(Debug)]
enum Source {
    /// The whole of it.
    Parts(Parts),
    /// All but the street, which may be read later.
    InStreet { usrn: u64, parts: Parts },
}

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct At {
    file: usize,
    line: u64,
}

/// Live addresses, the one that is offered first: BS 7666 logical status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Life {
    /// 1: the approved address.
    Approved,
    /// 6: one that is being built or not yet approved. People live there before the paper is done.
    Provisional,
    /// 3: another name of it.
    Alternative,
    /// Royal Mail's, beside the council's own.
    Delivery,
}

/// Where both are given the English is offered, and either is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Language {
    English,
    Welsh,
}

#[derive(Debug)]
struct Street {
    name: String,
    after: Vec<String>,
}

/// An address that will be offered, with everything it is found by.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) uprn: u64,
    pub(crate) parts: Parts,
    pub(crate) others: Vec<Parts>,
}

/// What the files come to.
#[derive(Debug)]
pub(crate) struct Export {
    pub(crate) listed: Vec<Listed>,
    pub(crate) ended: BTreeSet<u64>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) tally: Tally,
}

/// How the rows of a file are read.
#[derive(Debug)]
enum Form {
    Records(Trailer),
    Table(Box<table::Columns>),
}

/// A file of records ends with one that says so; those that were taken apart by kind have headings, and no trailer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trailer {
    Awaited,
    Seen,
    None,
}

/// Whether a row that told the form of its file is to be read as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FirstRow {
    Heading,
    Content,
}

impl Form {
    fn of(first: &Row) -> Option<(Self, FirstRow)> {
        if records::is_record(first) {
            return Some((Self::Records(Trailer::Awaited), FirstRow::Content));
        }
        if records::is_heading(first) {
            return Some((Self::Records(Trailer::None), FirstRow::Heading));
        }
        Some((Self::Table(Box::new(table::Columns::of(first)?)), FirstRow::Heading))
    }

    const fn format(&self) -> Format {
        match self {
            Self::Records(_) => Format::Records,
            Self::Table(_) => Format::Table,
        }
    }
}

impl Reading {
    /// Nothing read yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads one file. `progress` is told, now and then, how many bytes of it have been read.
    ///
    /// # Errors
    /// [`NotRead`], where nothing of the file can be trusted. A row that is wrong is a [`Fault`] and no error.
    pub fn file(
        &mut self,
        name: &str,
        source: impl Read + Seek,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Format, NotRead> {
        let failed = |source| NotRead::Source { file: name.to_owned(), source };
        let unrecognised = || NotRead::Unrecognised { file: name.to_owned() };
        let rows = Rows::of(source).map_err(failed)?;
        let mut rows = rows.ok_or_else(|| NotRead::Utf16 { file: name.to_owned() })?;
        let file = self.names.len();
        self.names.push(name.to_owned());
        let mut form: Option<Form> = None;
        while let Some(next) = rows.next().map_err(failed)? {
            self.tally.rows += 1;
            if self.tally.rows.is_multiple_of(PROGRESS) {
                progress(rows.bytes());
            }
            let at = At { file, line: next.line() };
            let Next::Row(_, row) = next else {
                self.fault(&at, FaultKind::Quotation);
                continue;
            };
            let form = match &mut form {
                Some(form) => form,
                none => {
                    let (begun, first) = Form::of(&row).ok_or_else(unrecognised)?;
                    let begun = none.insert(begun);
                    if first == FirstRow::Heading {
                        continue;
                    }
                    begun
                }
            };
            if records::is_change_only(&row) && matches!(form, Form::Records(_)) {
                return Err(NotRead::ChangesOnly { file: name.to_owned() });
            }
            let taken = match form {
                Form::Records(trailer) => self.record(&row, &at, trailer),
                Form::Table(columns) => self.table_row(columns, &row, &at),
            };
            if let Err(kind) = taken {
                self.fault(&at, kind);
            }
        }
        progress(rows.bytes());
        let form = form.ok_or_else(unrecognised)?;
        if matches!(form, Form::Records(Trailer::Awaited)) {
            self.fault(&At { file, line: rows.last_line() }, FaultKind::NoTrailer);
        }
        Ok(form.format())
    }

    /// The files that were read, by name.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.names
    }

    fn fault(&mut self, at: &At, kind: FaultKind) {
        let file = self.names.get(at.file).cloned().unwrap_or_default();
        self.faults.push(Fault { file, line: at.line, kind });
    }

    fn property(&mut self, uprn: u64) -> &mut Property {
        self.properties.entry(uprn).or_default()
    }

    /// One address for each live property, the others beside it, in no order.
    pub(crate) fn finish(mut self) -> Export {
        let mut listed = Vec::with_capacity(self.properties.len());
        let mut ended = BTreeSet::new();
        let mut properties: Vec<(u64, Property)> = std::mem::take(&mut self.properties).into_iter().collect();
        properties.sort_unstable_by_key(|(uprn, _)| *uprn);
        for (uprn, mut property) in properties {
            if property.ended || property.written.is_empty() {
                ended.insert(uprn);
                continue;
            }
            // The council's own name of a place before Royal Mail's, and what was approved before what may be.
            property.written.sort_by_key(|written| (written.life, written.language));
            let written = std::mem::take(&mut property.written);
            let mut named = written.into_iter().filter_map(|written| self.named(written, &property));
            if let Some(parts) = named.next() {
                let others: Vec<Parts> = named.filter(|other| *other != parts).collect();
                self.tally.alternatives += others.len();
                listed.push(Listed { uprn, parts, others });
            }
        }
        self.tally.files = self.names.len();
        self.tally.not_live = ended.len();
        self.faults.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
        Export { listed, ended, faults: self.faults, tally: self.tally }
    }
}
