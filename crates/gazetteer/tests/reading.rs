//! Exports of both forms, with everything that is wrong in real ones, and what people then find. Every place is invented.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

use gazetteer::{
    Address, FaultKind, Format, Gazetteer, Loaded, NotLoaded, NotRead, Reading, Shrinking, Standing,
};
use std::io::Cursor;

struct Council {
    gazetteer: Gazetteer,
    directory: tempfile::TempDir,
}

impl Council {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("directory");
        Self { gazetteer: Gazetteer::at(directory.path().join("gazetteer.db")), directory }
    }

    fn load(&self, files: &[&[u8]]) -> Result<Loaded, NotLoaded> {
        self.gazetteer.load(read(files), "2026-11-27", Shrinking::Refuse)
    }

    /// The lines of what is suggested.
    fn found(&self, typed: &str) -> Vec<String> {
        self.suggested(typed).into_iter().map(|address| address.lines).collect()
    }

    fn suggested(&self, typed: &str) -> Vec<Address> {
        self.gazetteer.suggest(typed, gazetteer::MOST).expect("suggestions")
    }
}

fn read(files: &[&[u8]]) -> Reading {
    let mut reading = Reading::new();
    for (number, bytes) in files.iter().enumerate() {
        let name = format!("file-{}.csv", number + 1);
        reading.file(&name, Cursor::new(bytes), &mut |_| {}).expect("read");
    }
    reading
}

fn refused(bytes: &[u8]) -> NotRead {
    Reading::new().file("file.csv", Cursor::new(bytes), &mut |_| {}).expect_err("refused")
}

fn loaded(files: &[&[u8]]) -> (Council, Loaded) {
    let council = Council::new();
    let loaded = council.load(files).expect("loaded");
    (council, loaded)
}

/// AddressBase Premium: a street in two languages, flats, a range, a name, a historic unit, one without its street.
const PREMIUM: &str = r#"10,"GeoPlace",9999,2026-11-01,1,2026-11-01,00:00:00,"2.2","F"
11,"I",1,7000001,1,9999,2,1990-01-01,,8,0,2001-01-01,,2020-01-01,2001-01-01,1.0,1.0,51.0,-2.0,1.0,1.0,51.0,-2.0,10
15,"I",2,7000001,"HIGH STREET","","WYVERTON","WYVERNSHIRE","ENG",2001-01-01,,2020-01-01,2001-01-01
15,"I",3,7000001,"STRYD FAWR","","TREWIFERN","WYVERNSHIRE","CYM",2001-01-01,,2020-01-01,2001-01-01
15,"I",4,7000002,"MILL LANE","LITTLE TARROW","WYVERTON","WYVERNSHIRE","ENG",2001-01-01,,2020-01-01,2001-01-01
21,"I",5,990000000014,1,2,2001-01-01,,1.0,1.0,51.0,-2.0,1,9999,"E",2001-01-01,,2020-01-01,2001-01-01,"D","WY1 1AA",0
24,"I",6,990000000014,"9999L000000014","ENG",1,2001-01-01,,2020-01-01,2001-01-01,,"",,"","",14,"",,"","",7000001,"1","","","Y"
24,"I",7,990000000014,"9999L000000114","CYM",1,2001-01-01,,2020-01-01,2001-01-01,,"",,"","",14,"",,"","",7000001,"1","","","Y"
21,"I",8,990000000015,1,2,2001-01-01,990000000014,1.0,1.0,51.0,-2.0,1,9999,"E",2001-01-01,,2020-01-01,2001-01-01,"D","WY1 1AA",0
24,"I",9,990000000015,"9999L000000015","ENG",1,2001-01-01,,2020-01-01,2001-01-01,2,"",,"","FLAT",14,"",,"","KESTREL HOUSE",7000001,"1","","","Y"
21,"I",10,990000000016,6,2,2001-01-01,,1.0,1.0,51.0,-2.0,1,9999,"E",2001-01-01,,2020-01-01,2001-01-01,"D","WY1 1AB",0
24,"I",11,990000000016,"9999L000000016","ENG",6,2001-01-01,,2020-01-01,2001-01-01,,"",,"","",16,"A",20,"","",7000001,"1","","","Y"
31,"I",12,990000000016,"9999O000000016","O'BRIEN & SONS","",2001-01-01,,2020-01-01,2001-01-01
21,"I",13,990000000017,1,2,2001-01-01,,1.0,1.0,51.0,-2.0,1,9999,"E",2001-01-01,,2020-01-01,2001-01-01,"D","WY2 3CD",0
24,"I",14,990000000017,"9999L000000017","ENG",1,2001-01-01,,2020-01-01,2001-01-01,,"",,"","",,"",,"","ROSE COTTAGE",7000002,"1","","","Y"
24,"I",15,990000000017,"9999L000000117","ENG",3,2001-01-01,,2020-01-01,2001-01-01,,"",,"","",,"",,"","THE OLD FORGE",7000002,"1","","","Y"
24,"I",16,990000000017,"9999L000000217","ENG",8,2001-01-01,2010-01-01,2020-01-01,2001-01-01,,"",,"","",,"",,"","GALLOWS VIEW",7000002,"1","","","Y"
21,"I",17,990000000018,8,4,2001-01-01,,1.0,1.0,51.0,-2.0,1,9999,"E",2001-01-01,2015-01-01,2020-01-01,2001-01-01,"D","WY1 1AA",0
24,"I",18,990000000018,"9999L000000018","ENG",8,2001-01-01,2015-01-01,2020-01-01,2001-01-01,,"",,"","",18,"",,"","",7000001,"1","","","Y"
21,"I",19,990000000019,1,2,2001-01-01,,1.0,1.0,51.0,-2.0,1,9999,"E",2001-01-01,,2020-01-01,2001-01-01,"D","WY1 1AA",0
24,"I",20,990000000019,"9999L000000019","ENG",1,2001-01-01,,2020-01-01,2001-01-01,,"",,"","",19,"",,"","",7999999,"1","","","Y"
28,"I",21,990000000014,12345678,"","","","",14,"","HIGH STREET","","","WYVERTON","WY1 1AA","S","1A","","","","","","",2026-01-01,2012-01-01,,2020-01-01,2012-01-01
32,"I",22,990000000014,"9999C000000014","RD04","AddressBase Premium Classification Scheme",1.0,2001-01-01,,2020-01-01,2001-01-01
99,0,21,2026-11-01,00:00:00
"#;

#[test]
fn an_address_is_put_together_as_the_standard_has_it_and_one_stands_for_each_property() {
    let (council, loaded) = loaded(&[PREMIUM.as_bytes()]);
    assert_eq!(loaded.addresses, 4);
    let high = council.suggested("14 high st");
    let lines: Vec<&str> = high.iter().map(|address| address.lines.as_str()).collect();
    assert_eq!(lines, ["14 High Street, Wyverton", "Flat 2, Kestrel House, 14 High Street, Wyverton"]);
    assert_eq!(high[0].postcode.as_deref(), Some("WY1 1AA"));
    assert_eq!(high[0].uprn, 990_000_000_014);
    assert_eq!(council.found("16"), ["O'Brien & Sons, 16A-20 High Street, Wyverton"]);
    assert_eq!(council.found("rose"), ["Rose Cottage, Mill Lane, Little Tarrow, Wyverton"]);
}

#[test]
fn another_name_and_the_welsh_name_find_the_one_address_and_a_former_name_does_not() {
    let (council, _) = loaded(&[PREMIUM.as_bytes()]);
    assert_eq!(council.found("14 stryd fawr")[0], "14 High Street, Wyverton");
    assert_eq!(council.found("old forge"), ["Rose Cottage, Mill Lane, Little Tarrow, Wyverton"]);
    assert!(council.found("gallows view").is_empty());
}

#[test]
fn what_is_historic_is_not_offered_and_is_known_to_have_ended() {
    let (council, loaded) = loaded(&[PREMIUM.as_bytes()]);
    assert!(council.found("18 high street").iter().all(|line| !line.starts_with("18")));
    assert_eq!(loaded.tally.not_live, 1);
    assert_eq!(council.gazetteer.standing(990_000_000_018).expect("read"), Standing::Ended);
    assert_eq!(council.gazetteer.standing(100).expect("read"), Standing::Unknown);
    let Standing::Live(address) = council.gazetteer.standing(990_000_000_017).expect("read") else {
        panic!("it is live");
    };
    assert_eq!(address.postcode.as_deref(), Some("WY2 3CD"));
}

#[test]
fn an_address_whose_street_is_in_no_file_is_named_by_file_and_line() {
    let (_, loaded) = loaded(&[PREMIUM.as_bytes()]);
    let faults: Vec<(&str, u64, &FaultKind)> =
        loaded.faults.iter().map(|fault| (fault.file.as_str(), fault.line, &fault.kind)).collect();
    assert_eq!(faults, [("file-1.csv", 21, &FaultKind::NoStreet(7_999_999))]);
}

#[test]
fn the_street_may_lie_in_another_tile_of_the_same_export() {
    let (streets, rest): (Vec<&str>, Vec<&str>) = PREMIUM.lines().partition(|line| line.starts_with("15"));
    let (_, loaded) = loaded(&[rest.join("\n").as_bytes(), streets.join("\r\n").as_bytes()]);
    assert_eq!(loaded.addresses, 4);
    // The second file has no trailer, and that is said.
    assert!(
        loaded.faults.iter().any(|fault| fault.kind == FaultKind::NoTrailer && fault.file == "file-2.csv")
    );
}

#[test]
fn an_llpg_export_has_the_postcode_and_the_town_with_each_address() {
    let export = "10,\"Wyvernshire\",9999,2026-11-01,1,2026-11-01,10:00:00,\"7.3\",\"F\"\n\
        15,\"I\",1,7000001,\"CHURCH WALK\",\"UPPER FENNOCK\",\"\",\"WYVERNSHIRE\",\"ENG\"\n\
        21,\"I\",2,990000000021,1,2,2001-01-01,\"RD04\",,1.0,1.0,1,9999,2001-01-01,,2020-01-01,2001-01-01,\"\",\"E05000001\",\"\",9999,9999,\"\"\n\
        24,\"I\",3,990000000021,\"9999L000000021\",\"ENG\",1,2001-01-01,,2001-01-01,2020-01-01,3,\"B\",,\"\",\"\",,\"\",,\"\",\"TITHE BARN\",7000001,\"\",\"Y\",\"WY4 5EF\",\"WYVERTON\",\"Y\",9999,9999,\"\"\n\
        99,0,3,2026-11-01,10:00:00\n";
    let (council, loaded) = loaded(&[export.as_bytes()]);
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    let found = council.suggested("tithe");
    assert_eq!(found[0].lines, "3B Tithe Barn, Church Walk, Upper Fennock, Wyverton");
    assert_eq!(found[0].postcode.as_deref(), Some("WY4 5EF"));
}

/// A table as AddressBase Core and a spreadsheet have it, with what goes wrong in them.
const TABLE: &str = "UPRN,SINGLE_LINE_ADDRESS,POSTCODE,LOGICAL_STATUS\r\n\
    990000000101,\"1, HIGH STREET, WYVERTON, WY1 1AA\",WY1 1AA,1\r\n\
    990000000102,\"2 High Street, Wyverton\",WY1 1AA,Approved Preferred\r\n\
    ,\"3 High Street, Wyverton\",WY1 1AA,1\r\n\
    990000000104,,WY1 1AA,1\r\n\
    99000000010X,\"5 High Street, Wyverton\",WY1 1AA,1\r\n\
    990000000106,\"6 High Street, Wyverton\",WY1 1AA,Historic\r\n\
    990000000107,\"7 High Street, Wyverton\",WY1 1AA,nonsense\r\n\
    990000000108,\"8 High Street, Wyverton\",WY1 1AA\r\n\
    \r\n\
    990000000110,\"Flat 10, 10 High Street, Wyverton\",WY1 1AA,1\r\n\
    990000000111,\"Flat 2, 10 High Street, Wyverton\",WY1 1AA,3\r\n\
    990000000102,\"2 High Street, Wyverton\",WY1 1AA,1\r\n";

#[test]
fn every_row_of_a_table_is_taken_passed_over_with_a_count_or_named_with_what_is_wrong() {
    let (council, loaded) = loaded(&[TABLE.as_bytes()]);
    assert_eq!((loaded.addresses, loaded.tally.not_live), (5, 1));
    let faults: Vec<(u64, &FaultKind)> =
        loaded.faults.iter().map(|fault| (fault.line, &fault.kind)).collect();
    let nonsense = FaultKind::Status("nonsense".to_owned());
    assert_eq!(
        faults,
        [(4, &FaultKind::Uprn), (5, &FaultKind::NoAddress), (6, &FaultKind::Uprn), (8, &nonsense)]
    );
    assert_eq!(loaded.tally.alternatives, 0, "the same row twice is one address");
    assert_eq!(
        council.found("10 high street"),
        ["Flat 2, 10 High Street, Wyverton", "Flat 10, 10 High Street, Wyverton"]
    );
}

#[test]
fn a_table_in_parts_is_put_together() {
    let table = "uprn,organisation_name,sub_building_name,building_name,building_number,thoroughfare,dependent_locality,post_town,postcode\n\
        990000000201,,FLAT 2,KESTREL HOUSE,14,HIGH STREET,LITTLE TARROW,WYVERTON,WY1 1AA\n\
        990000000202,,,14A,,HIGH STREET,,WYVERTON,WY1 1AA\n\
        990000000203,WYVERNSHIRE ROWING CLUB,,,,,,WYVERTON,WY1 1AA\n";
    let (council, _) = loaded(&[table.as_bytes()]);
    assert_eq!(council.found("14a high")[0], "14A High Street, Wyverton");
    assert_eq!(council.found("kestrel")[0], "Flat 2, Kestrel House, 14 High Street, Little Tarrow, Wyverton");
    assert_eq!(council.found("rowing")[0], "Wyvernshire Rowing Club, Wyverton");
}

#[test]
fn addressbase_plus_has_objects_in_columns() {
    let table = "UPRN,SAO_START_NUMBER,SAO_START_SUFFIX,SAO_END_NUMBER,SAO_END_SUFFIX,SAO_TEXT,PAO_START_NUMBER,PAO_START_SUFFIX,\
        PAO_END_NUMBER,PAO_END_SUFFIX,PAO_TEXT,STREET_DESCRIPTION,LOCALITY,TOWN_NAME,POSTCODE_LOCATOR\n\
        990000000301,,,,,FLAT 2,14,,16,,,HIGH STREET,,WYVERTON,WY1 1AA\n";
    let (council, _) = loaded(&[table.as_bytes()]);
    assert_eq!(council.found("flat 2 16 high")[0], "Flat 2, 14-16 High Street, Wyverton");
}

#[test]
fn accents_are_read_in_either_encoding_and_found_without_them() {
    let table = "UPRN,ADDRESS,POSTCODE\n990000000401,\"1 Ffordd T\u{fd}, Wyverton\",WY1 1AA\n\
        990000000402,\"2 Caf\u{e9} Lane, Wyverton\",WY1 1AA\n";
    let latin: Vec<u8> = table.chars().map(|c| u8::try_from(u32::from(c)).expect("latin")).collect();
    let mut marked = vec![0xef, 0xbb, 0xbf];
    marked.extend(table.as_bytes());
    for bytes in [latin.as_slice(), table.as_bytes(), &marked] {
        let (council, loaded) = loaded(&[bytes]);
        assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
        assert_eq!(council.found("cafe lane"), ["2 Café Lane, Wyverton"]);
    }
    assert!(matches!(refused(b"\xff\xfeU\0P\0"), NotRead::Utf16 { .. }));
}

#[test]
fn a_quotation_mark_that_is_not_closed_costs_its_own_row_and_no_other() {
    let mut table = "UPRN,ADDRESS,POSTCODE\n990000000500,\"500 High Street, Wyverton,WY1 1AA\n".to_owned();
    for number in 1..=40 {
        table.push_str(&format!("{},{number} High Street Wyverton,WY1 1AA\n", 990_000_000_500_u64 + number));
    }
    let (council, loaded) = loaded(&[table.as_bytes()]);
    assert_eq!(loaded.addresses, 40);
    assert_eq!(loaded.faults.len(), 1);
    assert_eq!((loaded.faults[0].line, &loaded.faults[0].kind), (2, &FaultKind::Quotation));
    assert_eq!(council.found("40 high")[0], "40 High Street Wyverton");
}

#[test]
fn an_address_may_be_written_on_several_lines_of_one_cell() {
    let table = "UPRN,ADDRESS,POSTCODE\n990000000601,\"Flat 2\n14 High Street\nWyverton\",WY1 1AA\n";
    let (council, _) = loaded(&[table.as_bytes()]);
    assert_eq!(council.found("14 high"), ["Flat 2, 14 High Street, Wyverton"]);
}

#[test]
fn files_that_are_no_list_are_refused_whole() {
    for bytes in [&b""[..], b"\n\n", b"Name,Postcode\nA,B\n", b"%PDF-1.7\n", b"990000000101,1 High Street\n"]
    {
        assert!(matches!(refused(bytes), NotRead::Unrecognised { .. }));
    }
    let changes = PREMIUM.replacen("\"F\"\n", "\"C\"\n", 1);
    assert!(matches!(refused(changes.as_bytes()), NotRead::ChangesOnly { .. }));
}

#[test]
fn records_that_were_taken_apart_by_kind_have_headings_and_no_trailer() {
    let of = |kind: &str| -> String {
        let rows = PREMIUM.lines().filter(|line| line.starts_with(kind)).map(|line| format!("{line}\n"));
        std::iter::once("RECORD_IDENTIFIER,CHANGE_TYPE,PRO_ORDER\n".to_owned()).chain(rows).collect()
    };
    let files = [of("24"), of("15"), of("21")];
    let mut reading = Reading::new();
    for bytes in &files {
        let format = reading.file("ID.csv", Cursor::new(bytes.as_bytes()), &mut |_| {}).expect("read");
        assert_eq!(format, Format::Records);
    }
    let council = Council::new();
    let loaded = council.gazetteer.load(reading, "now", Shrinking::Refuse).expect("loaded");
    assert_eq!((loaded.addresses, loaded.faults.len()), (4, 1));
}

#[test]
fn a_load_without_an_address_or_with_far_fewer_leaves_the_list_that_stands() {
    let (council, _) = loaded(&[TABLE.as_bytes()]);
    let nothing = "UPRN,ADDRESS,POSTCODE\nx,y,z\n";
    assert!(matches!(council.load(&[nothing.as_bytes()]), Err(NotLoaded::NoAddress(2))));
    let one = "UPRN,ADDRESS,POSTCODE\n990000000101,\"1 High Street, Wyverton\",WY1 1AA\n";
    let refused = council.load(&[one.as_bytes()]);
    assert!(matches!(refused, Err(NotLoaded::FarFewer { found: 1, standing: 5 })), "{refused:?}");
    assert_eq!(council.found("high street").len(), 5);
    let left: Vec<_> = std::fs::read_dir(council.directory.path()).expect("directory").collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let taken = council.gazetteer.load(read(&[one.as_bytes()]), "now", Shrinking::Allow).expect("taken");
    assert_eq!((taken.addresses, taken.newly_ended), (1, 4));
}

#[test]
fn a_running_server_sees_a_new_list_and_remembers_what_was_live_before() {
    let (council, _) = loaded(&[TABLE.as_bytes()]);
    let server = council.gazetteer.clone();
    assert!(matches!(server.standing(990_000_000_102).expect("read"), Standing::Live(_)));
    let next = TABLE
        .replace("990000000102", "990000000103")
        .replace("2 High Street, Wyverton", "3 High Street, Wyverton");
    let other = Gazetteer::at(council.directory.path().join("gazetteer.db"));
    let loaded = other.load(read(&[next.as_bytes()]), "later", Shrinking::Refuse).expect("loaded");
    assert_eq!(loaded.newly_ended, 1);
    assert_eq!(server.standing(990_000_000_102).expect("read"), Standing::Ended);
    assert_eq!(server.about().expect("read").expect("loaded").loaded_at, "later");
    // It comes back to life when a list has it again.
    council.load(&[TABLE.as_bytes()]).expect("loaded");
    assert!(matches!(server.standing(990_000_000_102).expect("read"), Standing::Live(_)));
    assert_eq!(server.standing(990_000_000_103).expect("read"), Standing::Ended);
}

#[test]
fn a_file_that_is_no_gazetteer_is_said_to_be_none_and_is_replaced_by_a_load() {
    let council = Council::new();
    assert!(!council.gazetteer.is_loaded());
    assert_eq!(council.gazetteer.about().expect("read"), None);
    std::fs::write(
        council.directory.path().join("gazetteer.db"),
        "not a database, but long enough to be looked at",
    )
    .expect("written");
    assert!(council.gazetteer.suggest("high street", 10).is_err());
    council.load(&[TABLE.as_bytes()]).expect("loaded");
    assert_eq!(council.found("1 high")[0], "1 High Street, Wyverton");
}

#[test]
fn words_are_found_in_any_order_however_they_are_shortened() {
    let table = "UPRN,ADDRESS,POSTCODE\n\
        1,\"14 St Aldric's Road, Wyverton\",GL50 1AA\n\
        2,\"114 St Aldric's Road, Wyverton\",GL50 1AB\n\
        3,\"Flat 14, 2 St Aldric's Road, Wyverton\",GL50 2AB\n\
        4,\"14 Candlemas Avenue, Marlham\",GL51 1AA\n\
        5,\"140 Candlemas Avenue, Marlham\",GL51 1AA\n\
        6,\"1 Candlemas Avenue, Marlham\",GL51 1AA\n";
    let (council, _) = loaded(&[table.as_bytes()]);
    for typed in [
        "14 st aldrics rd",
        "14 saint aldric's road",
        "rd aldrics 14",
        "WYVERTON ALDRIC 14",
        "gl501aa 14",
        "14 gl50 1aa",
    ] {
        assert_eq!(council.suggested(typed)[0].uprn, 1, "{typed}");
    }
    let uprns = |typed: &str| -> Vec<u64> { council.suggested(typed).iter().map(|one| one.uprn).collect() };
    // The house of that number before the flat of that number.
    assert_eq!(uprns("14 aldrics"), [1, 3]);
    // The number as it stands before those that begin with it.
    assert_eq!(uprns("candlemas ave 1"), [6, 4, 5]);
    // Those of the postcode before those of the district with such a number.
    assert_eq!(uprns("gl50 1"), [1, 2, 3]);
    assert_eq!(uprns("candle"), [6, 4, 5]);
    assert!(uprns("aldric nowhere").is_empty());
}

proptest::proptest! {
    #[test]
    fn nothing_that_is_typed_makes_a_suggestion_fail(typed in "\\PC{0,60}") {
        let (council, _) = loaded(&[TABLE.as_bytes()]);
        council.suggested(&typed);
    }

    #[test]
    fn no_file_makes_reading_fail_in_any_way_but_its_own(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        for begin in [&b""[..], PREMIUM.as_bytes(), TABLE.as_bytes()] {
            let mut file = begin.to_vec();
            file.extend(&bytes);
            drop(Reading::new().file("file.csv", Cursor::new(file), &mut |_| {}));
        }
    }
}
