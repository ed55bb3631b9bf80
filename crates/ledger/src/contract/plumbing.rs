//! Items: sessions, drafts, counters.

use super::*;
use crate::{Item, Present};

pub async fn an_item_is_found_taken_once_and_swept(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = Arc::new(outside.begin(database).await);
    for (key, expires_at) in [("a", Some(now(10))), ("b", Some(now(20))), ("c", None)] {
        let item = Item::new("draft", key, "A-1", expires_at, b"words".to_vec());
        assert_eq!(ledger.put_item(item, Present::Whatever).await.unwrap(), 1);
    }
    let keys = |items: Vec<Item>| items.into_iter().map(|item| item.key).collect::<Vec<_>>();
    assert_eq!(keys(ledger.items("draft", "A-1", now(5)).await.unwrap()), ["a", "b", "c"]);
    assert_eq!(keys(ledger.items("draft", "A-1", now(10)).await.unwrap()), ["b", "c"]);
    assert_eq!(ledger.items("draft", "A-2", now(0)).await.unwrap(), []);
    assert_eq!(ledger.item("draft", "a", now(5)).await.unwrap().unwrap().body, b"words");
    assert_eq!(ledger.item("draft", "a", now(10)).await.unwrap(), None);
    assert_eq!(ledger.item("session", "b", now(0)).await.unwrap(), None);
    assert_eq!(ledger.sweep(now(10)).await.unwrap(), 1);
    let takers = (0..8).map(|_| {
        let ledger = Arc::clone(&ledger);
        tokio::spawn(async move { ledger.take_item("draft", "b", now(5)).await.unwrap() })
    });
    let mut taken = 0;
    for taker in takers.collect::<Vec<_>>() {
        taken += usize::from(taker.await.unwrap().is_some());
    }
    assert_eq!(taken, 1);
    assert_eq!(keys(ledger.items("draft", "A-1", now(5)).await.unwrap()), ["c"]);
}

pub async fn an_item_is_put_only_over_the_version_that_was_read(database: &dyn Database) {
    let outside = Outside::new();
    let ledger = Arc::new(outside.begin(database).await);
    let counter = |count: u64| Item::new("count", "guesses", "A-1", None, count.to_be_bytes().to_vec());
    assert_eq!(ledger.put_item(counter(0), Present::Nothing).await.unwrap(), 1);
    let again = ledger.put_item(counter(0), Present::Nothing).await;
    assert_eq!(again, Err(StoreError::ItemMoved { version: 1 }.into()));
    let counters = (0..4).map(|_| {
        let ledger = Arc::clone(&ledger);
        tokio::spawn(async move {
            for _ in 0..10 {
                loop {
                    let item = ledger.item("count", "guesses", now(0)).await.unwrap().unwrap();
                    let count = u64::from_be_bytes(item.body.try_into().unwrap());
                    if ledger.put_item(counter(count + 1), Present::Version(item.version)).await.is_ok() {
                        break;
                    }
                }
            }
        })
    });
    for counter in counters.collect::<Vec<_>>() {
        counter.await.unwrap();
    }
    let item = ledger.item("count", "guesses", now(0)).await.unwrap().unwrap();
    assert_eq!(item.body, 40u64.to_be_bytes());
}
