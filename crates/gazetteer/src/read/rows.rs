//! The rows of a file as text: UTF-8, or the Windows code page of older systems where a row is not UTF-8.
//!
//! A quotation mark that is never closed would swallow every row after it. What spans more lines than any address does is such a
//! row: it is named, and reading goes on with the line after the one it began on.

use csv::{ByteRecord, Position, Reader, ReaderBuilder, Terminator};
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;
use std::io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom};

/// More lines than an address is written on.
const MOST_LINES: u64 = 12;

/// One row.
#[derive(Debug)]
pub(super) struct Row(ByteRecord);

impl Row {
    /// A field without what surrounds it; empty where the row has none.
    pub(super) fn get(&self, at: usize) -> Cow<'_, str> {
        let bytes = self.0.get(at).unwrap_or_default().trim_ascii();
        match str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// A number of up to this many digits.
    pub(super) fn number(&self, at: usize, digits: usize) -> Option<u64> {
        let text = self.get(at);
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && text.trim_start_matches('0').len() <= digits).then(|| text.parse().ok()).flatten()
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Next {
    /// A row and the line it begins on.
    Row(u64, Row),
    /// One whose quotation mark is not closed.
    Unclosed(u64),
}

impl Next {
    pub(super) const fn line(&self) -> u64 {
        match self {
            Self::Row(line, _) | Self::Unclosed(line) => *line,
        }
    }
}

pub(super) struct Rows<R> {
    reader: Reader<R>,
    last: u64,
}

impl<R: Read + Seek> Rows<R> {
    /// The rows from the beginning, a byte order mark passed over. `None` for UTF-16, which is not read.
    pub(super) fn of(mut source: R) -> io::Result<Option<Self>> {
        let mut mark = Vec::with_capacity(3);
        source.by_ref().take(3).read_to_end(&mut mark)?;
        if mark.starts_with(&[0xff, 0xfe]) || mark.starts_with(&[0xfe, 0xff]) {
            return Ok(None);
        }
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            // Lines are counted by the line feed alone; the carriage return before it is trimmed off with the spaces.
            .terminator(Terminator::Any(b'\n'))
            .buffer_capacity(1 << 18)
            .from_reader(source);
        let mut rows = Self { reader, last: 0 };
        let begins = if mark == [0xef, 0xbb, 0xbf] { 3 } else { 0 };
        rows.go_to(begins, 1)?;
        Ok(Some(rows))
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Next>> {
        let mut record = ByteRecord::new();
        loop {
            if !self.reader.read_byte_record(&mut record).map_err(io::Error::other)? {
                return Ok(None);
            }
            if record.iter().any(|field| !field.trim_ascii().is_empty()) {
                break;
            }
        }
        let (byte, line) = record.position().map_or((0, 0), |position| (position.byte(), position.line()));
        self.last = line;
        if self.reader.position().line().saturating_sub(line) <= MOST_LINES {
            return Ok(Some(Next::Row(line, Row(record))));
        }
        // `seek` to where the reader is already does nothing, and it is past the row.
        let source = self.reader.get_mut();
        source.seek(SeekFrom::Start(byte))?;
        let mut first = Vec::new();
        BufReader::new(source).read_until(b'\n', &mut first)?;
        self.go_to(byte + first.len() as u64, line + 1)?;
        Ok(Some(Next::Unclosed(line)))
    }

    fn go_to(&mut self, byte: u64, line: u64) -> io::Result<()> {
        let mut position = Position::new();
        position.set_byte(byte).set_line(line);
        self.reader.seek_raw(SeekFrom::Start(byte), position).map_err(io::Error::other)
    }

    /// How far it has come.
    pub(super) fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }

    /// The line of the row that was read last.
    pub(super) const fn last_line(&self) -> u64 {
        self.last
    }
}
