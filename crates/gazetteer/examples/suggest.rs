//! Loads 150,000 invented addresses and asks for suggestions at every letter of what people type. Prints how long each takes.
//!
//! `cargo run --release -p gazetteer --example suggest`

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "what a measurement needs and does not get ends it"
)]

use gazetteer::{Gazetteer, MOST, Reading, Shrinking};
use std::fmt::Write as _;
use std::io::Cursor;
use std::time::{Duration, Instant};

const ADDRESSES: u64 = 150_000;
const FIRST: [&str; 20] = [
    "HIGH",
    "CHURCH",
    "STATION",
    "MILL",
    "ST MARY'S",
    "QUEEN'S",
    "KING'S",
    "VICTORIA",
    "PARK",
    "TANNERY",
    "COOPER'S",
    "LARKSPUR",
    "BEACON",
    "HAREBELL",
    "SHEEPWASH",
    "CANDLEMAS",
    "PINFOLD",
    "ROPEWALK",
    "SADDLER'S",
    "HIGHFIELD",
];
const KINDS: [&str; 10] =
    ["STREET", "ROAD", "LANE", "AVENUE", "CLOSE", "COURT", "CRESCENT", "DRIVE", "GARDENS", "TERRACE"];
const TOWNS: [&str; 10] = [
    "WYVERTON",
    "MARLHAM",
    "ASHENHOLT",
    "THORNMERE",
    "PELLWORTHY",
    "OTTERMOOR",
    "COLDWYKE",
    "SALLOWFIELD",
    "BRINDLECOTE",
    "KESTLE REGIS",
];
const TYPED: [&str; 12] = [
    "14 high street wyverton",
    "flat 2 14 high st",
    "wy5 1ab",
    "1 s",
    "st",
    "saint mary's road 7",
    "rose cottage mill lane",
    "candlemas ave marlham",
    "2 2 2",
    "street",
    "zz nothing like it",
    "75a queens gdns",
];

fn main() {
    let directory = tempfile::tempdir().expect("directory");
    let gazetteer = Gazetteer::at(directory.path().join("gazetteer.db"));
    let export = export();
    println!("{ADDRESSES} addresses, {:.0} MB of AddressBase Premium records", export.len() as f64 / 1e6);
    let begun = Instant::now();
    let mut reading = Reading::new();
    reading.file("export.csv", Cursor::new(&export), &mut |_| {}).expect("read");
    let read = begun.elapsed();
    let loaded = gazetteer.load(reading, "now", Shrinking::Refuse).expect("loaded");
    assert_eq!((loaded.addresses, loaded.faults.len()), (ADDRESSES, 0));
    println!(
        "loaded in {:.1} s, of which reading {:.1} s",
        begun.elapsed().as_secs_f64(),
        read.as_secs_f64()
    );
    let size = std::fs::metadata(directory.path().join("gazetteer.db")).expect("file").len();
    println!("{:.0} MB on disk", size as f64 / 1e6);

    let begun = Instant::now();
    gazetteer.suggest("14 high", MOST).expect("suggestions");
    println!("the first suggestion, which opens the file: {:.2} ms", begun.elapsed().as_secs_f64() * 1e3);
    let mut took: Vec<(Duration, String)> = Vec::new();
    for typed in TYPED {
        for (end, _) in typed.char_indices().skip(2) {
            let typed = &typed[..end];
            let begun = Instant::now();
            gazetteer.suggest(typed, MOST).expect("suggestions");
            took.push((begun.elapsed(), typed.to_owned()));
        }
    }
    took.sort();
    let at = |share: f64| &took[((took.len() - 1) as f64 * share) as usize];
    for (name, share) in [("median", 0.5), ("95 of 100", 0.95), ("slowest", 1.0)] {
        let (took, typed) = at(share);
        println!("suggestions, {name}: {:.2} ms ({typed:?})", took.as_secs_f64() * 1e3);
    }
}

fn export() -> Vec<u8> {
    let mut file = String::from("10,\"GeoPlace\",9999,2026-11-01,1,2026-11-01,00:00:00,\"2.2\",\"F\"\n");
    let streets = (FIRST.len() * KINDS.len() * TOWNS.len()) as u64;
    let a_street = ADDRESSES / streets;
    for street in 0..streets {
        let pick = |of: &[&'static str], by: u64| of[(street / by) as usize % of.len()];
        let (first, kind, town) = (pick(&FIRST, 1), pick(&KINDS, 20), pick(&TOWNS, 200));
        let usrn = 7_000_000 + street;
        let _ = writeln!(
            file,
            "15,\"I\",1,{usrn},\"{first} {kind}\",\"\",\"{town}\",\"WYVERNSHIRE\",\"ENG\",2001-01-01,,2020-01-01,2001-01-01"
        );
        for number in 1..=a_street {
            let uprn = 990_000_000_000 + street * a_street + number;
            let postcode = format!(
                "WY{} {}{}{}",
                street / 200 + 1,
                street % 10,
                char::from(b'A' + (street / 10 % 20) as u8),
                char::from(b'A' + (number / 20) as u8)
            );
            // Every fifth is a flat, every fiftieth has a name.
            let (flat, house) = if number % 5 == 0 { (number % 7 + 1, number - 1) } else { (0, number) };
            let inside =
                if flat > 0 { format!("{flat},\"\",,\"\",\"FLAT\"") } else { ",\"\",,\"\",\"\"".to_owned() };
            let building = if number % 50 == 0 {
                ",\"\",,\"\",\"ROSE COTTAGE\"".to_owned()
            } else {
                format!("{house},\"\",,\"\",\"\"")
            };
            let _ = writeln!(
                file,
                "21,\"I\",2,{uprn},1,2,2001-01-01,,400000.00,200000.00,51.6987,-2.0013,1,9999,\"E\",2001-01-01,,2020-01-01,2001-01-01,\"D\",\"{postcode}\",0\n\
                 24,\"I\",3,{uprn},\"9999L{uprn}\",\"ENG\",1,2001-01-01,,2020-01-01,2001-01-01,{inside},{building},{usrn},\"1\",\"\",\"\",\"Y\"\n\
                 32,\"I\",4,{uprn},\"9999C{uprn}\",\"RD04\",\"AddressBase Premium Classification Scheme\",1.0,2001-01-01,,2020-01-01,2001-01-01"
            );
        }
    }
    file.push_str("99,0,1,2026-11-01,00:00:00\n");
    file.into_bytes()
}
