//! What is not exactly of its shape is refused by name, and free text stays out of facts.

use crate::{keys, pinned, unsealed, write};
use ledger::wire::{Encoded, WireError, decode, encode};
use register::event::Event;
use register::personal::Personal;
use register::policy::Code;
use serde_json::{Map, Value, json};

/// What reading says to an event whose facts were changed.
fn with_facts(encoded: &Encoded, facts: &Value) -> Result<Event, WireError> {
    decode(encoded.kind, encoded.version, facts.to_string().as_bytes(), unsealed(encoded))
}

fn facts_of(encoded: &Encoded) -> Map<String, Value> {
    let facts: Value = serde_json::from_slice(&encoded.facts).expect("JSON");
    facts.as_object().expect("facts are an object").clone()
}

fn stored(kind: &str) -> Encoded {
    pinned::events().iter().map(write).find(|encoded| encoded.kind == kind).expect("a kind that is pinned")
}

#[test]
fn an_unknown_kind_or_version_is_refused_by_name() {
    let encoded = stored("team.opened");
    let later = decode("team.opened", 2, &encoded.facts, unsealed(&encoded)).expect_err("a later version");
    assert_eq!(later.to_string(), "this release does not know team.opened version 2");
    let other = decode("team.merged", 1, &encoded.facts, unsealed(&encoded)).expect_err("an unknown kind");
    assert!(matches!(other, WireError::Unknown { kind, version: 1 } if kind == "team.merged"));
}

#[test]
fn no_field_of_any_facts_may_be_missing_even_where_it_is_null() {
    for encoded in pinned::events().iter().map(write) {
        let whole = facts_of(&encoded);
        for field in whole.keys() {
            let mut facts = whole.clone();
            facts.remove(field);
            let refused = with_facts(&encoded, &Value::Object(facts)).expect_err(field);
            assert!(
                matches!(&refused, WireError::Facts { kind, version, .. } if (kind, *version) == (&encoded.kind.into(), encoded.version)),
                "{refused:?}"
            );
        }
    }
}

#[test]
fn no_field_of_any_particulars_may_be_missing_even_where_it_is_null() {
    for encoded in pinned::events().iter().map(write) {
        for (index, particular) in encoded.particulars.iter().enumerate() {
            let content: Value = serde_json::from_slice(&particular.bytes).expect("JSON");
            for field in content.as_object().into_iter().flat_map(Map::keys) {
                let mut content = content.clone();
                content.as_object_mut().expect("an object").remove(field);
                let mut changed = unsealed(&encoded);
                changed[index].content = Personal::Known(content.to_string().into_bytes());
                let refused =
                    decode(encoded.kind, encoded.version, &encoded.facts, changed).expect_err(field);
                assert!(matches!(refused, WireError::Particulars { .. }), "{refused:?}");
            }
        }
    }
}

#[test]
fn a_field_that_a_shape_does_not_have_is_refused() {
    for encoded in pinned::events().iter().map(write) {
        let mut facts = facts_of(&encoded);
        facts.insert("remarks".to_owned(), json!(null));
        with_facts(&encoded, &Value::Object(facts)).expect_err(encoded.kind);
    }
}

#[test]
fn a_value_in_another_spelling_was_not_written_by_this_program() {
    let encoded = stored("letter.sent");
    let facts = facts_of(&encoded);
    for (field, spelling) in [
        ("measure", json!("m-zzzz-zzzz")),
        ("measure", json!("MZZZZZZZZ")),
        ("measure", json!("I-ZZZZ-ZZZZ")),
        ("sent_on", json!("20260421")),
        ("sent_on", json!("2026-04-31")),
        ("sent_on", json!("2026-04-21T00:00:00")),
        ("delivery", json!("Post")),
        ("delivery", json!("pigeon")),
        ("delivery", json!(null)),
    ] {
        let mut facts = facts.clone();
        facts.insert(field.to_owned(), spelling.clone());
        with_facts(&encoded, &Value::Object(facts)).expect_err(&spelling.to_string());
    }
}

#[test]
fn broken_json_is_refused() {
    let encoded = stored("account.closed");
    for facts in [&b""[..], b"{", b"null", b"[]", b"{\"account\":\"A-0000-0000\"} "] {
        let read = decode(encoded.kind, encoded.version, facts, Vec::new());
        assert_eq!(read.is_ok(), facts.ends_with(b"} "), "white space alone changes nothing");
    }
    decode(encoded.kind, encoded.version, b"{\"account\":\"A-0000-0000\"}{}", Vec::new())
        .expect_err("two objects");
}

#[test]
fn a_refusal_of_particulars_does_not_quote_them() {
    let encoded = stored("team.opened");
    let mut changed = unsealed(&encoded);
    changed[0].content = Personal::Known(b"{\"Nightjar\":1}".to_vec());
    let refused = decode(encoded.kind, encoded.version, &encoded.facts, changed).expect_err("not words");
    assert_eq!(refused.to_string(), "the name of team.opened version 1 are not of that shape, at byte 0");
    assert!(!format!("{refused:?}").contains("Nightjar"));
}

#[test]
fn nothing_personal_is_printed_of_what_is_about_to_be_stored() {
    let encoded = stored("subject.opened");
    assert!(!format!("{encoded:?} {:?}", unsealed(&encoded)).contains("Sallow"));
}

#[test]
fn particulars_that_are_lost_are_not_taken_for_erased_nor_for_never_given() {
    for encoded in pinned::events().iter().map(write) {
        for index in 0..encoded.particulars.len() {
            let mut rest = unsealed(&encoded);
            let lost = rest.remove(index).field;
            let refused = decode(encoded.kind, encoded.version, &encoded.facts, rest).expect_err(&lost);
            assert!(
                matches!(&refused, WireError::NoParticulars { kind, field, .. } if kind == encoded.kind && *field == lost)
            );
        }
    }
}

#[test]
fn particulars_that_the_event_does_not_have_are_refused() {
    for encoded in pinned::events().iter().map(write) {
        let mut more = unsealed(&encoded);
        more.extend(unsealed(&stored("team.opened")));
        more.extend(unsealed(&stored("team.opened")));
        let refused = decode(encoded.kind, encoded.version, &encoded.facts, more).expect_err("one too many");
        assert!(matches!(refused, WireError::Surplus { field, .. } if field == "name"));
    }
}

#[test]
fn what_was_erased_reads_as_erased_and_is_never_stored_again() {
    for encoded in pinned::events().iter().map(write) {
        let mut erased = unsealed(&encoded);
        for particular in &mut erased {
            particular.content = Personal::Erased;
        }
        let event = decode(encoded.kind, encoded.version, &encoded.facts, erased)
            .expect("an erased event is still an event");
        match encode(&event) {
            Ok(again) => assert!(again.particulars.is_empty() && encoded.particulars.is_empty()),
            Err(refused) => {
                assert!(matches!(refused, WireError::Erased { kind, .. } if kind == encoded.kind));
            }
        }
    }
}

/// Every piece of text in a value, however deep.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// Whether a text is a reference, a fingerprint, a date, a time, a code, or one of the keys of `keys.rs`.
fn is_fact(text: &str) -> bool {
    let is_reference = text.len() == 11
        && text.starts_with(['S', 'I', 'M', 'A', 'T', 'F', 'R', 'G', 'L', 'P'])
        && text.bytes().all(|b| b == b'-' || b.is_ascii_digit() || b.is_ascii_uppercase());
    let is_date = text.parse::<jiff::civil::Date>().is_ok_and(|date| date.to_string() == text);
    let is_time = text.parse::<jiff::civil::Time>().is_ok_and(|time| time.to_string() == text);
    let is_key = ["visits", "at-office", "sealed", "council"].contains(&text)
        || keys::now().iter().any(|(_, keys)| keys.split(' ').any(|key| key == text));
    let is_fingerprint = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let is_month = text.parse::<register::ids::AccessMonth>().is_ok();
    is_reference || is_fingerprint || is_month || is_date || is_time || is_key || Code::new(text).is_some()
}

#[test]
fn no_facts_hold_free_text() {
    for encoded in pinned::events().iter().map(write) {
        let facts = Value::Object(facts_of(&encoded));
        for text in texts(&facts) {
            assert!(is_fact(text), "{text} in the facts of {}", encoded.kind);
        }
    }
}

#[test]
fn no_number_on_disk_has_a_fraction_and_no_answer_is_a_bare_yes_or_no() {
    fn numbers_are_whole(value: &Value) -> bool {
        match value {
            Value::Number(number) => number.is_u64(),
            Value::Array(values) => values.iter().all(numbers_are_whole),
            Value::Object(fields) => fields.values().all(numbers_are_whole),
            Value::Bool(_) => false,
            Value::Null | Value::String(_) => true,
        }
    }
    for encoded in pinned::events().iter().map(write) {
        assert!(numbers_are_whole(&Value::Object(facts_of(&encoded))));
        for particular in &encoded.particulars {
            assert!(numbers_are_whole(&serde_json::from_slice(&particular.bytes).expect("JSON")));
        }
    }
}
