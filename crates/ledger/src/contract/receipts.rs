//! Receipts: what an outsider can prove with one, and what they learn.

use super::*;
use crate::Locker;
use crate::receipt::{Code, NotProved, Receipt, Wanted};

/// Twenty records of two parts each, all in one locker, and the receipt of one part of the seventh as it is saved.
async fn saved(ledger: &Ledger) -> String {
    let both = |number: u64| {
        let part = |field: &str| Particular::beside(field, 5, format!("{field} {number}").into_bytes());
        Draft { particulars: vec![part("asked"), part("shown")], ..draft(number) }
    };
    append_each(ledger, (1..=20).map(both)).await;
    let receipt = ledger.receipt(Log::Register, &[Wanted { position: 7, opened: &["shown"] }]).await;
    serde_json::to_string(&receipt.unwrap().unwrap()).unwrap()
}

pub async fn a_receipt_proves_to_an_outsider_what_it_opens_and_tells_nothing_else(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let receipt = saved(&ledger).await;
    let proved = Receipt::read(&receipt).unwrap().proves(&ledger.verifiers()).unwrap();
    assert_eq!((proved.log, proved.head.size), (Log::Register, 20));
    let [stated] = proved.records.as_slice() else { panic!("{proved:?}") };
    let record = ledger.read(Log::Register, 6, 1).await.unwrap().remove(0).record;
    assert_eq!((stated.position, stated.recorded_at, &stated.kind), (7, record.recorded_at, &record.kind));
    assert_eq!(stated.code, Code::of(&record.leaf));
    let shown = ("shown".to_owned(), Some(b"shown 7".to_vec()));
    assert_eq!(stated.particulars, [("asked".to_owned(), None), shown]);

    // The key on the receipt opens nothing else of the same locker.
    let opening = |receipt: &str| -> serde_json::Value {
        let receipt: serde_json::Value = serde_json::from_str(receipt).unwrap();
        receipt["records"][0]["particulars"][1]["opening"].clone()
    };
    let other = ledger.receipt(Log::Register, &[Wanted { position: 8, opened: &["shown"] }]).await.unwrap();
    let other = serde_json::to_string(&other.unwrap()).unwrap();
    let (own, others) = (opening(&receipt)["key"].clone(), opening(&other)["key"].clone());
    assert_ne!(own, others);
    let opened_by_own = other.replace(others.as_str().unwrap(), own.as_str().unwrap());
    let opened = Receipt::read(&opened_by_own).unwrap().proves(&ledger.verifiers());
    assert_eq!(opened, Err(NotProved::NotSealed { position: 8, field: "shown".to_owned() }));

    for position in [0, 21] {
        let wanted = [Wanted { position, opened: &[] }];
        assert_eq!(ledger.receipt(Log::Register, &wanted).await, Ok(None));
    }
}

/// Every number of a receipt is made one more, and every word's first letter another: one at a time.
fn alterations(value: &serde_json::Value) -> Vec<serde_json::Value> {
    use serde_json::Value;
    match value {
        Value::Number(number) => number.as_i64().map(|number| Value::from(number + 1)).into_iter().collect(),
        Value::Bool(is) => vec![Value::from(!is)],
        Value::String(text) => {
            let first = if text.starts_with('A') { "B" } else { "A" };
            let rest: String = text.chars().skip(1).collect();
            vec![Value::from(format!("{first}{rest}"))]
        }
        Value::Array(items) => {
            let put = |place: usize, other| {
                let mut items = items.clone();
                items[place] = other;
                Value::from(items)
            };
            let altered = items.iter().enumerate();
            let altered = altered.flat_map(|(place, item)| {
                alterations(item).into_iter().map(move |other| (place, other)).collect::<Vec<_>>()
            });
            let shorter = items.split_last().map(|(_, rest)| Value::from(rest.to_vec()));
            altered.map(|(place, other)| put(place, other)).chain(shorter).collect()
        }
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, field)| {
                alterations(field).into_iter().map(|other| {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), other);
                    Value::from(fields)
                })
            })
            .collect(),
        Value::Null => Vec::new(),
    }
}

pub async fn a_receipt_that_was_altered_anywhere_proves_nothing(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let receipt: serde_json::Value = serde_json::from_str(&saved(&ledger).await).unwrap();
    let altered = alterations(&receipt);
    assert!(altered.len() > 25, "{}", altered.len());
    for other in altered {
        let proved = Receipt::read(&other.to_string()).and_then(|other| other.proves(&ledger.verifiers()));
        assert!(proved.is_err(), "{other}");
    }
    let strangers = Outside::new();
    let signing = strangers.path("keyring").join("signing-key");
    std::fs::write(&signing, "psr.example AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n").unwrap();
    let proved = Receipt::read(&receipt.to_string()).unwrap().proves(&strangers.keyring().verifiers());
    assert!(matches!(proved, Err(NotProved::NotACheckpoint(_))), "{proved:?}");
}

pub async fn a_receipt_made_after_the_locker_was_erased_proves_only_that_there_was_something(
    database: &dyn Database,
) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let before = saved(&ledger).await;
    append_each(&ledger, [Draft { erases: vec![Locker(5)], ..draft(99) }]).await;
    let wanted = [Wanted { position: 7, opened: &["shown"] }];
    let after = ledger.receipt(Log::Register, &wanted).await.unwrap().unwrap();
    let stated = after.proves(&ledger.verifiers()).unwrap().records.remove(0);
    assert_eq!(stated.particulars, [("asked".to_owned(), None), ("shown".to_owned(), None)]);
    // What somebody saved before is theirs.
    let before = Receipt::read(&before).unwrap().proves(&ledger.verifiers()).unwrap().records.remove(0);
    assert_eq!((before.code, &before.particulars[1].1), (stated.code, &Some(b"shown 7".to_vec())));
}
