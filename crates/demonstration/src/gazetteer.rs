//! The list of addresses of the fictional district: every street of its towns with its houses, and wherever anybody on the register lives.

use crate::subjects::{postcode, uprn};
use crate::words::PLACES;
use register::state::Register;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The houses of each street of a town.
const HOUSES: u64 = 40;
/// Every so many of them are flats.
const FLATS_EACH: u64 = 13;
const FLATS: u64 = 4;

/// Every street or lane with the place it is in.
fn streets(towns: &str, streets: &str) -> Vec<(&'static str, &'static str)> {
    let towns = PLACES.lines(towns).to_vec();
    let of_town = |town| PLACES.lines(streets).iter().map(move |street| (town, *street));
    towns.into_iter().flat_map(of_town).collect()
}

/// Every house and flat of the towns, with its postcode.
pub(crate) fn homes() -> BTreeMap<String, String> {
    let mut postcodes: BTreeMap<String, String> = BTreeMap::new();
    for (town, street) in streets("towns", "streets") {
        let mut with = |home: String| {
            postcodes.insert(format!("{home} {street}, {town}"), postcode(town, street));
        };
        for number in 1..=HOUSES {
            if number % FLATS_EACH == 0 {
                (1..=FLATS).for_each(|flat| with(format!("Flat {flat}, {number}")));
            } else {
                with(number.to_string());
            }
        }
    }
    postcodes
}

/// A table of comma-separated values as councils save one, with the headings UPRN, ADDRESS and POSTCODE.
#[must_use]
pub fn gazetteer(register: &Register) -> String {
    let mut postcodes = homes();
    for (village, lane) in streets("villages", "lanes") {
        for house in PLACES.lines("houses") {
            postcodes.insert(format!("{house}, {lane}, {village}"), postcode(village, lane));
        }
    }
    for details in register.subjects().filter_map(|subject| subject.details.known()) {
        for address in details.addresses() {
            let known = postcodes.entry(address.lines.as_str().to_owned()).or_default();
            if let Some(postcode) = &address.postcode {
                postcode.as_str().clone_into(known);
            }
        }
    }
    let mut table = "UPRN,ADDRESS,POSTCODE\n".to_owned();
    for (lines, postcode) in &postcodes {
        // Into a string nothing fails. No address of the district has a quotation mark.
        let _ = writeln!(table, "{},\"{lines}\",{postcode}", uprn(lines));
    }
    table
}
