//! Measures what the design promises of the ledger: how long an append takes, and how long a million records take to be opened,
//! read and verified. `cargo run --release --example measure -- 1000000`

#![expect(clippy::print_stdout, reason = "it reports")]

use ledger::{
    CommandId, Draft, Epoch, Expected, HeadFiles, Keyring, Keys, Ledger, LedgerError, Log, Micros, Noted,
    OsEntropy, Particular, verify,
};
use ledger_sqlite::SqliteStore;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn draft(writer: u64, number: u64) -> Draft {
    Draft {
        command: CommandId(
            (u128::from(writer) << 64 | u128::from(number).reverse_bits() >> 64).to_be_bytes(),
        ),
        part: 0,
        actor: "A-0000-0001".to_owned(),
        kind: "checked".to_owned(),
        version: 1,
        facts: vec![b'f'; 80],
        particulars: vec![Particular::beside("asked", writer, vec![7; 90])],
        erases: Vec::new(),
    }
}

/// Appends one by one in each of `writers` tasks, and says how long each append took.
async fn append(ledger: &Arc<Ledger>, writers: u64, each: u64) -> Result<Vec<Duration>, Box<dyn Error>> {
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            let ledger = Arc::clone(ledger);
            tokio::spawn(async move {
                let mut took = Vec::new();
                for number in 0..each {
                    let begun = Instant::now();
                    let drafts = vec![draft(writers * 100 + writer, number)];
                    ledger.append(Log::Access, Expected::Anywhere, Micros(0), drafts).await?;
                    took.push(begun.elapsed());
                }
                Ok::<_, LedgerError>(took)
            })
        })
        .collect();
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await??);
    }
    took.sort();
    Ok(took)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let records: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |count| count.parse())?;
    let place = tempfile::tempdir()?;
    let path = |name: &str| place.path().join(name);
    let keyring = Keyring::create(&path("keyring"), "psr.example", Epoch::new(2026, 11), &mut OsEntropy)?;
    let heads = HeadFiles::create(&path("heads"), &keyring)?;
    let database = path("register.db");
    let store = Arc::new(SqliteStore::create(&database, heads.clone())?);
    let ledger = Arc::new(Ledger::open(store, keyring, Box::new(OsEntropy)).await?);

    for (writers, each) in [(1, 2_000), (8, 2_000), (64, 500)] {
        let begun = Instant::now();
        let took = append(&ledger, writers, each).await?;
        let elapsed = begun.elapsed();
        let at = |part: usize| took.get(took.len() * part / 100).copied().unwrap_or_default();
        let rate = f64::from(u32::try_from(took.len())?) / elapsed.as_secs_f64();
        println!("append, {writers} writers: p50 {:?}, p99 {:?}, {rate:.0} a second", at(50), at(99));
    }
    let mut number = 0;
    while number < records {
        let drafts =
            (number..records.min(number + 1_000)).map(|number| draft(9_000 + number % 100, number)).collect();
        ledger.append(Log::Register, Expected::Size(number), Micros(0), drafts).await?;
        number += 1_000;
    }
    drop(ledger);

    println!("database: {} MB", std::fs::metadata(&database)?.len() / 1_000_000);
    let begun = Instant::now();
    let store = Arc::new(SqliteStore::open(&database, heads.clone())?);
    println!("open and count again {records} records: {:?}", begun.elapsed());
    let keyring = Keyring::open(&path("keyring"))?;
    let begun = Instant::now();
    let report = verify(&*store, &Noted::in_files(&heads)?, Keys::Held(&keyring)).await?;
    println!("verify {records} records: {:?}, {} findings", begun.elapsed(), report.findings.len());
    let begun = Instant::now();
    let ledger = Ledger::open(store, keyring, Box::new(OsEntropy)).await?;
    let mut after = 0;
    loop {
        let read = ledger.read(Log::Register, after, 2_000).await?;
        let Some(last) = read.last() else { break };
        after = last.record.position;
    }
    println!("read and open {after} records: {:?}", begun.elapsed());
    Ok(())
}
