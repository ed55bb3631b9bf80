//! A subject with everything about them is destroyed by letting time pass, and of the words planted about them none can be read again:
//! not by the register with its keys, not through its search, and, once the master key was renewed, not from a copy made before.
//!
//! What was asked and shown at checks lies in the access log's own lockers, which outlive the files: it is counted and said.

use super::plant::{Planted, Subject};
use super::search::Patterns;
use crate::persona;
use crate::place::Place;
use anyhow::{Context, Result, anyhow, ensure};
use jiff::Timestamp;
use ledger::{Content, Epoch, Ledger, Log};
use register::calendar::{instant, months_after};
use register::command::RemoveMeasure;
use register::ids::File;
use register::measure::EndReason;
use register::people::Role;
use register::personal::Text;
use service::Service;
use service::clock::{Clock, HandClock, SystemClock};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The most rounds in which what is due frees more that is.
const ROUNDS: usize = 8;

/// Destroys what was planted about the subject, and says what was found.
pub async fn drill(place: &Place, folder: &Path, of: &Subject, planted: &Planted) -> Result<String> {
    let words: Vec<String> = planted.0.get(of.words.clone()).context("words of the subject")?.to_vec();
    let before = place.copy_to(&folder.join("copy-before"))?;
    let readable = read(&place.open().await?, Log::Register, &words).await?;
    ensure!(readable.len() * 10 >= words.len() * 9, "control: only {} words can be read", readable.len());

    let clock = Arc::new(HandClock::at(SystemClock.now()));
    let service = place.serve(Arc::clone(&clock) as Arc<dyn Clock>).await?;
    ensure!(found_by_search(&service, of).await?, "control: the subject is not found before");
    let keeper = persona::with_role(Role::RegisterTeam)?.account;
    let why = Text::new("An error").map_err(|_| anyhow!("no text"))?;
    let remove = RemoveMeasure { measure: of.measure, reason: EndReason::Error, words: why };
    let removed = service.execute(keeper, service.fresh_command(), remove).await;
    removed.map_err(|failure| anyhow!("{failure}"))?;
    for months in [7, 13, 14, 16] {
        clock.set(later(&service, months)?);
        let mut rounds = 0;
        while service.carry_out_due().await.map_err(|fault| anyhow!("{fault}"))? > 0 {
            rounds += 1;
            ensure!(rounds < ROUNDS, "what is due does not come to an end");
        }
    }
    let files = [File::Measure(of.measure), File::Incident(of.incident), File::Subject(of.subject)];
    let reader = persona::with_role(Role::DataProtection)?.account;
    let papers = folder.join("certificates");
    fs::create_dir(&papers)?;
    for file in files {
        let certified = service.certificate(reader, file).await.map_err(|fault| anyhow!("{fault}"))?;
        let certified = certified.with_context(|| format!("{file} has no certificate"))?;
        let document = service.read(|register| {
            let council = register.council()?;
            Some(service::certificates::document(&certified, council, certified.certificate.destroyed.date()))
        });
        let pdf = service.pdf(document.context("a council")?).await.map_err(|fault| anyhow!("{fault}"))?;
        fs::write(papers.join(format!("{file}.pdf")), pdf)?;
    }
    ensure!(!found_by_search(&service, of).await?, "the search still finds the subject");
    drop(service);

    let ledger = place.open().await?;
    let left = read(&ledger, Log::Register, &words).await?;
    ensure!(left.is_empty(), "words of a destroyed subject can be read: {left:?}");
    let looks = read(&ledger, Log::Access, &words).await?;
    let renewed = Epoch::new(2029, 1);
    ledger.begin_epoch(renewed).await?;
    ledger.store().backup(&folder.join("backup-after.db")).await?;
    drop(ledger);
    let report = {
        let store = ledger_sqlite::SqliteStore::inspect(&place.database())?;
        ledger::verify(&store, &place.heads()?, &place.keyring()?).await?
    };
    ensure!(report.findings.is_empty(), "the ledger does not verify: {:?}", report.findings);

    // The copy from before with today's keys: its lockers were wrapped under a key that is no more.
    let with_todays_keys = before.copy_to(&folder.join("copy-before-todays-keys"))?;
    let keys = with_todays_keys.data.join("keys");
    fs::remove_dir_all(&keys)?;
    crate::place::copy(&place.data.join("keys"), &keys)?;
    ensure!(with_todays_keys.open().await.is_err(), "a copy from before opens with the renewed keys");
    let again = read(&before.open().await?, Log::Register, &words).await?;
    ensure!(again == readable, "control: with the keys of its time the copy can be read");

    let search = Patterns::of(&words).search(folder)?;
    ensure!(search.found.is_empty(), "after the destruction: {:?}", search.found);
    Ok(format!(
        "destroyed: of {} words about one subject {} could be read before and none after, by the register with its keys, its search or \
         {} files; a copy made before does not open with the renewed keys; {} of the words, asked or shown at checks, stay in the access \
         log",
        words.len(),
        readable.len(),
        search.files,
        looks.len()
    ))
}

/// So many months after now.
fn later(service: &Service, months: u32) -> Result<Timestamp> {
    let today = register::calendar::london(SystemClock.now());
    ensure!(service.today() >= today, "the clock was moved back");
    instant(months_after(today, months).at(10, 0, 0, 0)).context("an instant")
}

async fn found_by_search(service: &Service, of: &Subject) -> Result<bool> {
    let keeper = persona::with_role(Role::RegisterTeam)?.account;
    let question = matching::Question { name: Some(of.name.clone()), ..matching::Question::default() };
    let hits = service.similar(keeper, question, 20).await.map_err(|fault| anyhow!("{fault}"))?;
    Ok(hits.iter().any(|(subject, _)| *subject == of.subject))
}

/// Which of these words a log still gives to whoever has its keys, in its particulars and its attachments.
async fn read(ledger: &Ledger, log: Log, words: &[String]) -> Result<BTreeSet<String>> {
    let mut readable = BTreeSet::new();
    let mut after = 0;
    loop {
        let records = ledger.read(log, after, 1_000).await?;
        let Some(last) = records.last() else { return Ok(readable) };
        after = last.record.position;
        for opened in records {
            for particular in opened.particulars {
                let content = match particular.content {
                    Content::Known(bytes) => bytes,
                    Content::Apart => match ledger.attachment(&particular.field).await? {
                        Some(Content::Known(bytes)) => bytes,
                        _ => continue,
                    },
                    Content::Erased => continue,
                };
                let text = String::from_utf8_lossy(&content).into_owned();
                readable.extend(words.iter().filter(|word| text.contains(word.as_str())).cloned());
            }
        }
    }
}
