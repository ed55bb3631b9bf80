//! From a file's bytes to sheets. What a file is, its first bytes say; its name is not believed.

use crate::{Cell, Row, Sheet};
use calamine::{Data, Dimensions, Range, Reader, Sheets, open_workbook_auto_from_rs};
use std::io::{Cursor, Read};

/// Bytes of a file, at most.
pub const LARGEST: usize = 20 * 1024 * 1024;
/// Rows of a sheet, at most.
pub const MOST_ROWS: usize = 200_000;
/// Columns of a sheet that are read: what stands further right is notes.
const MOST_COLUMNS: usize = 100;
/// Bytes that a packed workbook may unpack to. A list of 200,000 rows needs a third of it.
const LARGEST_UNPACKED: u64 = 400 * 1024 * 1024;

/// Parts of a packed workbook, at most: a list has some ten, and each sheet adds one or two.
const MOST_PARTS: usize = 1_000;

/// Why a file cannot be read as a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotASheet {
    /// No row holds anything.
    #[error("The file is empty")]
    Empty,
    /// Too many bytes, packed or unpacked.
    #[error("The file is too large: save the list alone, without pictures, in a file of at most 20 MB")]
    TooLarge,
    /// Too many rows.
    #[error("The list has more than {MOST_ROWS} rows: split it")]
    TooLong,
    /// A password is needed to open it.
    #[error("The file has a password: save it without one")]
    Locked,
    /// Neither a workbook nor text.
    #[error("The file is not a list that can be read: save it as CSV, XLSX or ODS")]
    Unreadable,
}

/// Every sheet of a file that holds anything, in its order.
///
/// # Errors
/// [`NotASheet`], in words that say what to do.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, NotASheet> {
    within(bytes, LARGEST_UNPACKED)
}

fn within(bytes: &[u8], largest_unpacked: u64) -> Result<Vec<Sheet>, NotASheet> {
    if bytes.len() > LARGEST {
        return Err(NotASheet::TooLarge);
    }
    let sheets = match bytes {
        [b'P', b'K', ..] => {
            unpacks_within(bytes, largest_unpacked)?;
            workbook(bytes)?
        }
        // A compound file: an old workbook, or a new one behind a password.
        [0xD0, 0xCF, 0x11, 0xE0, ..] => workbook(bytes).map_err(|_| NotASheet::Locked)?,
        _ => vec![Sheet { name: String::new(), rows: text(bytes)? }],
    };
    let sheets: Vec<Sheet> = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    if sheets.is_empty() { Err(NotASheet::Empty) } else { Ok(sheets) }
}

/// Unpacks a workbook once into nothing, and stops where it is too much: what it says of its own size is not believed.
fn unpacks_within(bytes: &[u8], largest: u64) -> Result<(), NotASheet> {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotASheet::Unreadable)?;
    if packed.len() > MOST_PARTS {
        return Err(NotASheet::TooLarge);
    }
    let mut left = largest;
    for entry in 0..packed.len() {
        let entry = packed.by_index(entry).map_err(|_| NotASheet::Unreadable)?;
        let size = std::io::copy(&mut entry.take(left.saturating_add(1)), &mut std::io::sink());
        let size = size.map_err(|_| NotASheet::Unreadable)?;
        left = left.checked_sub(size).ok_or(NotASheet::TooLarge)?;
    }
    Ok(())
}

fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, NotASheet> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| NotASheet::Unreadable)?;
    let names = book.sheet_names();
    let mut sheets = Vec::new();
    for name in names {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let merged = merged(&mut book, &name);
        sheets.push(Sheet { rows: rows(&range, &merged)?, name });
    }
    Ok(sheets)
}

/// The merged cells of a sheet, where the format tells them.
fn merged(book: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => match book.worksheet_merge_cells(name) {
            Some(Ok(merged)) => merged,
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn rows(range: &Range<Data>, merged: &[Dimensions]) -> Result<Vec<Row>, NotASheet> {
    if range.height() > MOST_ROWS {
        return Err(NotASheet::TooLong);
    }
    let (first_row, first_column) = range.start().unwrap_or_default();
    let blank = usize::try_from(first_column).unwrap_or(0).min(MOST_COLUMNS);
    let mut rows = Vec::new();
    for (offset, cells) in range.rows().enumerate() {
        let row = first_row.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
        let shown = cells.iter().take(MOST_COLUMNS.saturating_sub(blank)).map(cell);
        let mut cells: Vec<Cell> = std::iter::repeat_n(Cell::Empty, blank).chain(shown).collect();
        for area in merged.iter().filter(|area| area.start.0 < row && row <= area.end.0) {
            // Merged downwards, a cell means each of its rows; merged sideways it is a title, and stands once.
            let column = usize::try_from(area.start.1).unwrap_or(usize::MAX);
            let above = range.get_value(area.start).map(cell);
            if let (Some(here), Some(above)) = (cells.get_mut(column), above) {
                *here = above;
            }
        }
        rows.push(Row { number: row.saturating_add(1), cells });
    }
    rows.retain(Row::holds_anything);
    Ok(rows)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::Error(error) => Cell::Fault(error.to_string()),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            Cell::Text(format!("{year:04}-{month:02}-{day:02}"))
        }
        // A number that was meant as text, such as a telephone number or a UPRN, has no decimals.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            Cell::of(&format!("{number:.0}"))
        }
        other => Cell::of(&other.to_string()),
    }
}

/// A text file with one of the usual separators between cells.
fn text(bytes: &[u8]) -> Result<Vec<Row>, NotASheet> {
    let text = decoded(bytes)?;
    let separator = separator(&text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut number = 0;
    for record in reader.records() {
        let record = record.map_err(|_| NotASheet::Unreadable)?;
        let begun = record.position().map_or(0, csv::Position::byte);
        let (done, before) = text.split_at_checked(usize::try_from(begun).unwrap_or(0)).unwrap_or_default();
        // Empty lines are passed over, and have a number all the same. The second half of an end of line is none.
        let before = before.strip_prefix('\n').filter(|_| done.ends_with('\r')).unwrap_or(before);
        let empty = before.len() - before.trim_start_matches(['\r', '\n']).len();
        let lines = before.get(..empty).unwrap_or_default().matches('\n').count();
        number += 1 + u32::try_from(lines).unwrap_or(0);
        let row = Row { number, cells: record.iter().take(MOST_COLUMNS).map(Cell::of).collect() };
        if row.holds_anything() {
            rows.push(row);
        }
        if rows.len() > MOST_ROWS {
            return Err(NotASheet::TooLong);
        }
    }
    Ok(rows)
}

/// UTF-8 or UTF-16 by its mark, else UTF-8 if it is that, else what Windows programs in western Europe write.
fn decoded(bytes: &[u8]) -> Result<String, NotASheet> {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let rest = bytes.get(mark..).unwrap_or_default();
    let text = match encoding.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) => text.into_owned(),
        None if mark > 0 => return Err(NotASheet::Unreadable),
        None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(rest).0.into_owned(),
    };
    let is_strange = |c: char| c.is_control() && !matches!(c, '\r' | '\n' | '\t');
    let strange = text.chars().filter(|c| is_strange(*c)).count();
    // A stray one in a cell is a slip of some program, and stands for a space; many are no text.
    if text.contains('\0') || strange * STRANGEST > text.chars().count() {
        return Err(NotASheet::Unreadable);
    }
    Ok(text.chars().map(|c| if is_strange(c) { ' ' } else { c }).collect())
}

/// Of so many characters of a list, at most one is a control character.
const STRANGEST: usize = 100;

/// The separator that the most of the first lines hold. Of two, not the comma, which stands in what people write, too.
fn separator(text: &str) -> u8 {
    const SEPARATORS: [char; 4] = [',', '|', ';', '\t'];
    let lines = |separator: char| text.lines().take(20).filter(|line| line.contains(separator)).count();
    let most = SEPARATORS.into_iter().max_by_key(|separator| lines(*separator)).unwrap_or(',');
    if lines(most) == 0 { b',' } else { u8::try_from(most).unwrap_or(b',') }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    #[test]
    fn a_file_of_more_parts_than_any_list_has_is_not_unpacked() {
        let of_parts = |many: usize| {
            let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for part in 0..many {
                file.start_file(format!("{part}.xml"), SimpleFileOptions::default()).expect("begun");
            }
            file.finish().expect("a file").into_inner()
        };
        assert_eq!(read(&of_parts(MOST_PARTS + 1)), Err(NotASheet::TooLarge));
        assert_eq!(
            read(&of_parts(MOST_PARTS)),
            Err(NotASheet::Unreadable),
            "it is looked into, and is no workbook"
        );
    }

    #[test]
    fn a_file_that_unpacks_to_more_than_anybody_keeps_is_not_unpacked() {
        let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for name in ["one.xml", "two.xml"] {
            file.start_file(name, packed).expect("begun");
            file.write_all(&vec![b' '; 600_000]).expect("written");
        }
        let mut bytes = file.finish().expect("a file").into_inner();
        assert!(bytes.len() < 10_000);
        // It says it is small.
        for at in 0..bytes.len() - 4 {
            if bytes.get(at..at + 4) == Some(600_000_u32.to_le_bytes().as_slice()) {
                bytes.splice(at..at + 4, 10_u32.to_le_bytes());
            }
        }
        assert_eq!(within(&bytes, 1_000_000), Err(NotASheet::TooLarge));
    }
}
