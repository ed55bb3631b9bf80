//! Nothing in the history leads to anybody: numbers ring nowhere, postcodes and property references were never given out.

use crate::recorded::{recorded, until, words};
use demonstration::Stage as _;
use register::command::Command;
use register::personal::Text;
use register::subject::{Address, SubjectDetails};
use std::collections::BTreeSet;

/// Ofcom, "Telephone numbers for use in TV and radio drama programmes": every range, without its last three digits.
const DRAMA: &[&str] = &[
    "01632960", "01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01214960",
    "01314960", "01414960", "01514960", "01614960", "02079460", "01914980", "02896496", "02920180",
    "07700900", "08081570", "09098790", "03069990",
];

/// Every postcode area of the United Kingdom, the Crown dependencies and the forces, and those of non-geographic use.
const AREAS: &str = "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC \
    EH EN EX FK FY G GIR GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE \
    NG NN NP NR NW OL OX PA PE PH PL PO PR QC RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB \
    W WA WC WD WF WN WR WS WV XX YO ZE";

fn spoken() -> Vec<String> {
    let all = recorded(1, until()).asked;
    all.iter().flat_map(|(command, _)| words(command)).map(|text| text.as_str().to_owned()).collect()
}

/// Runs of ten or more digits, however they are spaced, that begin as telephone numbers do.
fn phone_numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == ' ' || c == '+'))
        .map(|run| run.replace(' ', "").replace("+44", "0"))
        .filter(|digits| digits.starts_with('0') && digits.len() >= 10)
        .collect()
}

fn addresses() -> Vec<Address> {
    let mut addresses = Vec::new();
    for (command, _) in recorded(1, until()).asked {
        let details: Option<SubjectDetails> = match command {
            Command::OpenSubject(open) => Some(open.details),
            Command::DescribeSubject(describe) => Some(describe.details),
            _ => None,
        };
        addresses.extend(details.iter().flat_map(|details| details.addresses().to_vec()));
    }
    addresses
}

#[test]
fn every_phone_number_is_from_a_range_kept_for_drama() {
    let numbers: Vec<String> = spoken().iter().flat_map(|text| phone_numbers(text)).collect();
    assert!(numbers.len() > 300, "{}", numbers.len());
    for number in numbers {
        let in_range = DRAMA.iter().any(|range| number.len() == range.len() + 3 && number.starts_with(range));
        assert!(in_range, "{number}");
    }
}

#[test]
fn no_two_people_share_a_number() {
    let mut numbers = BTreeSet::new();
    for (command, _) in recorded(1, until()).asked {
        if let Command::OpenSubject(open) = command
            && let SubjectDetails::Person(person) = open.details
        {
            for number in person.phones {
                assert!(numbers.insert(number.as_str().to_owned()), "{}", number.as_str());
            }
        }
    }
}

#[test]
fn no_postcode_exists() {
    let areas: BTreeSet<&str> = AREAS.split_whitespace().collect();
    let postcodes: Vec<String> =
        addresses().iter().filter_map(|a| a.postcode.as_ref()).map(|p| p.as_str().to_owned()).collect();
    assert!(postcodes.len() > 250);
    for postcode in postcodes {
        let area: String = postcode.chars().take_while(char::is_ascii_alphabetic).collect();
        assert!(!area.is_empty() && !areas.contains(area.as_str()), "{postcode}");
    }
}

#[test]
fn every_property_reference_is_above_those_given_out() {
    let uprns: Vec<u64> = addresses().iter().filter_map(|address| address.uprn).collect();
    assert!(uprns.len() > 100);
    assert!(uprns.iter().all(|uprn| (999_000_000_000..=999_999_999_999).contains(uprn)));
}

#[test]
fn every_mail_address_is_of_a_domain_kept_for_examples() {
    let spoken = spoken();
    let mails = spoken.iter().flat_map(|text| text.split_whitespace()).filter(|word| {
        word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
    });
    let mut count = 0;
    for mail in mails {
        assert!(mail.ends_with(".example"), "{mail}");
        count += 1;
    }
    assert!(count > 150, "{count}");
}

#[test]
fn every_sentence_is_finished() {
    for words in spoken() {
        assert!(
            !words.contains(['{', '}', '\\', '_']) || words.starts_with('@') || words.contains(" @"),
            "{words}"
        );
    }
}

#[test]
fn a_number_of_the_drama_ranges_in_a_text_is_seen_and_so_is_any_other() {
    assert_eq!(phone_numbers("Rang from 07700 900123 twice"), ["07700900123"]);
    assert_eq!(phone_numbers("+44 20 7946 0999"), ["02079460999"]);
    assert_eq!(phone_numbers("0300 123 1113, UPRN 999000000001"), ["03001231113"]);
}

#[test]
fn the_same_seed_gives_the_same_words_references_and_moments_and_another_gives_others() {
    let told = |seed: u64| -> Vec<String> {
        let asked = recorded(seed, until()).asked;
        asked
            .iter()
            .map(|(command, moment)| {
                let words: Vec<String> = words(command).iter().map(Text::as_str).map(str::to_owned).collect();
                format!("{moment:?} {command:?} {words:?}")
            })
            .collect()
    };
    let first = told(1);
    assert!(first.len() > 3_000);
    assert_eq!(first, told(1));
    assert_ne!(first, told(2));
}

#[test]
fn the_list_of_addresses_has_everybody_on_the_register_under_their_own_reference_and_no_reference_twice() {
    let stage = recorded(1, until());
    let list = demonstration::gazetteer(stage.register());
    let rows: Vec<(u64, &str)> = list
        .lines()
        .skip(1)
        .map(|row| {
            let (uprn, rest) = row.split_once(",\"").expect("a quoted address");
            (uprn.parse().expect("a number"), rest.rsplit_once("\",").expect("a postcode").0)
        })
        .collect();
    assert!((1_000..20_000).contains(&rows.len()), "{}", rows.len());
    let references: BTreeSet<u64> = rows.iter().map(|(uprn, _)| *uprn).collect();
    assert_eq!(references.len(), rows.len());
    let homes = stage.register().subjects().filter_map(|subject| subject.details.known());
    for address in homes.flat_map(SubjectDetails::addresses) {
        let listed = rows.iter().find(|(_, lines)| *lines == address.lines.as_str()).expect("listed");
        assert!(address.uprn.is_none_or(|uprn| uprn == listed.0), "{}", address.lines.as_str());
    }
}
