//! Lists as councils keep them: in several programs, with titles above the headings, merged cells, dates of every kind and faults.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use sheet::{Cell, Column, Columns, LARGEST, MOST_ROWS, NotASheet, Sheet, read};
use std::io::Write;

fn one(bytes: &[u8]) -> Sheet {
    let mut sheets = read(bytes).expect("a list");
    assert_eq!(sheets.len(), 1, "{:?}", sheets.iter().map(|sheet| &sheet.name).collect::<Vec<_>>());
    sheets.remove(0)
}

/// What each row below the headings holds of these columns.
fn held(sheet: &Sheet, columns: &[Column]) -> Vec<(u32, Vec<Option<String>>)> {
    let found = Columns::recognise(sheet, Column::OF_VISITS).expect("headings");
    let text = |row| columns.iter().map(|column| found.text(row, *column)).collect();
    found.rows(sheet).map(|row| (row.number, text(row))).collect()
}

fn some(words: &[&str]) -> Vec<Option<String>> {
    words.iter().map(|words| (!words.is_empty()).then(|| (*words).to_owned())).collect()
}

#[test]
fn a_csv_file_is_read_with_the_numbers_that_a_spreadsheet_shows() {
    let text = "Repairs round, week 49\n\nName,Address,Post code,Visit date\nAnn Other,\"4 Mill Lane,\nFenmarsh\",ZZ99 1AA,03/12/2026\n\n,9 Sallow Row,,\n";
    let asked = [Column::Name, Column::Address, Column::Postcode, Column::Day];
    let rows = held(&one(text.as_bytes()), &asked);
    assert_eq!(rows[0], (4, some(&["Ann Other", "4 Mill Lane,\nFenmarsh", "ZZ99 1AA", "03/12/2026"])));
    assert_eq!(rows[1], (6, some(&["", "9 Sallow Row", "", ""])));
}

#[test]
fn a_pasted_list_has_tabs_and_a_list_from_the_continent_semicolons() {
    for text in [
        "Name\tAddress\nAnn Other\t4 Mill Lane, Fenmarsh\n",
        "Name;Address\r\nAnn Other;4 Mill Lane, Fenmarsh\r\n",
    ] {
        let rows = held(&one(text.as_bytes()), &[Column::Name, Column::Address]);
        assert_eq!(rows, [(2, some(&["Ann Other", "4 Mill Lane, Fenmarsh"]))], "{text}");
    }
}

#[test]
fn names_keep_their_letters_whatever_program_wrote_them() {
    let text = "Name,Address\nSiân O’Hara,4 Mill Lane\n";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked: Vec<u8> = [0xEF, 0xBB, 0xBF].into_iter().chain(text.bytes()).collect();
    let windows = b"Name,Address\nSi\xE2n O\x92Hara,4 Mill Lane\n".to_vec();
    for bytes in [text.as_bytes().to_vec(), utf16, marked, windows] {
        assert_eq!(held(&one(&bytes), &[Column::Name])[0].1, some(&["Siân O’Hara"]));
    }
}

#[test]
fn a_workbook_is_read_with_merged_cells_dates_numbers_and_faults() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Visits").expect("a name");
    let plain = Format::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.merge_range(0, 0, 0, 4, "Gas safety visits, December", &plain).expect("merged");
    for (place, heading) in ["Engineer", "Tenant", "Address", "Tel", "Date"].iter().enumerate() {
        sheet.write(2, u16::try_from(place).expect("small"), *heading).expect("written");
    }
    sheet.merge_range(3, 0, 4, 0, "Wren", &plain).expect("merged");
    for (row, tenant) in [(3, "Ann Other"), (4, "Bob Else")] {
        sheet.write(row, 1, tenant).expect("written");
        sheet.write(row, 3, 1_632_960_103_u32).expect("written");
        let date = ExcelDateTime::parse_from_str("2026-12-03").expect("a date");
        sheet.write_with_format(row, 4, &date, &day).expect("written");
    }
    sheet.write(3, 2, "4 Mill Lane").expect("written");
    sheet.write(4, 2, Formula::new("=Gone!A1").set_result("#REF!")).expect("written");
    book.add_worksheet().set_name("Empty").expect("a name");
    let sheet = one(&book.save_to_buffer().expect("a workbook"));
    assert_eq!(sheet.name, "Visits", "a sheet without anything is passed over");

    let asked = [Column::Officer, Column::Name, Column::Address, Column::Phone, Column::Day];
    let rows = held(&sheet, &asked);
    assert_eq!(rows[0], (4, some(&["Wren", "Ann Other", "4 Mill Lane", "1632960103", "2026-12-03"])));
    assert_eq!(rows[1], (5, some(&["Wren", "Bob Else", "", "1632960103", "2026-12-03"])));
    let columns = Columns::recognise(&sheet, Column::OF_VISITS).expect("headings");
    let faults = columns.faults(sheet.rows.last().expect("a row"));
    assert_eq!(faults.collect::<Vec<_>>(), [(Column::Address, "#REF!")]);
}

/// A file of the OpenDocument kind with one sheet of text.
fn open_document(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |row: &&[&str]| {
        format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
    };
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"Visits\">{}</table:table></office:spreadsheet></office:body>\
         </office:document-content>",
        rows.iter().map(row).collect::<String>()
    );
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let manifest =
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let files = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_str()),
        ("META-INF/manifest.xml", manifest),
    ];
    for (name, bytes) in files {
        file.start_file(name, stored).expect("begun");
        file.write_all(bytes.as_bytes()).expect("written");
    }
    file.finish().expect("a file").into_inner()
}

#[test]
fn an_open_document_is_read_like_any_other() {
    let bytes = open_document(&[&["Full name", "Property"], &["Ann Other", "4 Mill Lane"]]);
    let rows = held(&one(&bytes), &[Column::Name, Column::Address]);
    assert_eq!(rows, [(2, some(&["Ann Other", "4 Mill Lane"]))]);
}

#[test]
fn an_address_in_several_columns_is_one_and_a_name_twice_is_taken_once() {
    let text = "First name,Surname,House no,Street,Town,Postcode,Surname\nAnn,Other,4,Mill Lane,Fenmarsh,ZZ99 1AA,Else\n";
    let rows = held(&one(text.as_bytes()), &[Column::Forename, Column::Surname, Column::Address]);
    assert_eq!(rows[0].1, some(&["Ann", "Other", "4, Mill Lane, Fenmarsh"]));
}

#[test]
fn a_list_without_headings_that_anybody_knows_is_left_to_somebody_to_say() {
    let sheet = one(b"Ann Other,4 Mill Lane\nBob Else,5 Mill Lane\n");
    assert_eq!(Columns::recognise(&sheet, Column::OF_VISITS), None);
    let columns = Columns { heading: 0, of: [(0, Column::Name), (1, Column::Address)].into() };
    assert_eq!(columns.rows(&sheet).count(), 2, "the first row is a visit too");
    assert_eq!(sheet.rows[0].cells[0], Cell::Text("Ann Other".to_owned()));
}

#[test]
fn what_is_no_list_is_refused_in_words_that_say_what_to_do() {
    let long = "Ann Other\n".repeat(MOST_ROWS + 1);
    for (bytes, refused) in [
        (b"".to_vec(), NotASheet::Empty),
        (b" \n,,\n".to_vec(), NotASheet::Empty),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), NotASheet::Unreadable),
        (b"PK\x03\x04 and nothing of the kind".to_vec(), NotASheet::Unreadable),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), NotASheet::Locked),
        (vec![b'a'; LARGEST + 1], NotASheet::TooLarge),
        (long.into_bytes(), NotASheet::TooLong),
    ] {
        assert_eq!(read(&bytes), Err(refused));
    }
}

#[test]
fn a_stray_control_character_is_no_reason_to_refuse_a_list() {
    let list = format!("Name,Reason\nAnn\u{b}Other,Shouted\u{1b}\n{}", "Bob Else,Threw a cup\n".repeat(20));
    let sheets = read(list.as_bytes()).expect("a list");
    let first = &sheets[0].rows[1];
    assert_eq!((first.text(0), first.text(1)), (Some("Ann Other"), Some("Shouted")));
}
