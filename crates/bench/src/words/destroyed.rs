//! A subject with everything about them is destroyed by letting time pass, and of the words planted about them none can be read again:
//! not by the register with its keys, not through its search, and, once the master key was renewed, not from a copy made before.
//!
//! The files go within sixteen months; what was asked and shown at checks and searches goes with its month of the access log, and what
//! was said at a meeting with its papers, years later.

use super::plant::{Planted, Subject};
use super::search::Patterns;
use crate::persona;
use crate::place::Place;
use anyhow::{Context, Result, anyhow, bail, ensure};
use jiff::Timestamp;
use ledger::{Content, Epoch, Keys, Ledger, Log, Noted};
use register::calendar::{instant, months_after};
use register::ids::{AccessMonth, AccountId, File};
use register::people::Role;
use service::clock::{Clock, HandClock, SystemClock};
use service::{Service, papers};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The most rounds in which what is due frees more that is.
const ROUNDS: usize = 8;

/// Months from now after which files go: a measure, an incident, the subject, a decision file.
const FILES_GO: [u32; 4] = [7, 13, 14, 16];
/// And the last search for the subject, six years after it, with the meeting's papers.
const LOOKS_GO: u32 = 16 + 73;

/// Destroys what was planted about the subject, and says what was found.
pub async fn drill(place: &Place, folder: &Path, of: &Subject, planted: &Planted) -> Result<String> {
    let words: Vec<String> = planted.0.get(of.words.clone()).context("words of the subject")?.to_vec();
    let before = place.copy_to(&folder.join("copy-before"))?;
    let readable = read(&place.open().await?, &words).await?;
    ensure!(readable.len() == words.len(), "control: only {} words can be read", readable.len());

    let clock = Arc::new(HandClock::at(SystemClock.now()));
    let service = place.serve(Arc::clone(&clock) as Arc<dyn Clock>).await?;
    ensure!(found_by_search(&service, of).await?, "control: the subject is not found before");
    for months in FILES_GO {
        pass(&service, &clock, months).await?;
    }
    ensure!(!found_by_search(&service, of).await?, "the search still finds the subject");
    pass(&service, &clock, LOOKS_GO).await?;
    let month = AccessMonth::of(register::calendar::london(SystemClock.now()));
    let reader = persona::with_role(Role::DataProtection)?.account;
    let drawn = folder.join("papers");
    fs::create_dir(&drawn)?;
    for file in of.files.iter().copied().chain([File::Accesses(month)]) {
        let certified = service.certificate(reader, file).await.map_err(|fault| anyhow!("{fault}"))?;
        let certified = certified.with_context(|| format!("{file} has no certificate"))?;
        let document = service.read(|register| {
            let council = register.council()?;
            Some(service::certificates::document(
                &certified,
                council,
                None,
                certified.certificate.destroyed.date(),
            ))
        });
        let pdf = service.pdf(document.context("a council")?).await.map_err(|fault| anyhow!("{fault}"))?;
        fs::write(drawn.join(format!("{file}.pdf")), pdf)?;
    }
    let head = service.head().await.map_err(|fault| anyhow!("{fault}"))?;
    let usage = service.usage().await.map_err(|fault| anyhow!("{fault}"))?;
    let of_meeting = service.read(|register| {
        let (meeting, today) = (register.meeting(of.meeting)?, service.today());
        Some([
            papers::pack(register, meeting, &usage, today, &head, AccountId::from_bits(0))?,
            papers::minutes(register, meeting, today, AccountId::from_bits(0))?,
        ])
    });
    for (name, document) in ["pack", "minutes"].iter().zip(of_meeting.context("the meeting's papers")?) {
        let pdf = service.pdf(document).await.map_err(|fault| anyhow!("{fault}"))?;
        fs::write(drawn.join(format!("{name}.pdf")), pdf)?;
    }
    drop(service);

    let ledger = place.open().await?;
    let left = read(&ledger, &words).await?;
    ensure!(left.is_empty(), "words of a destroyed subject can be read: {left:?}");
    let renewed = Epoch::new(2040, 1);
    ledger.begin_epoch(renewed).await?;
    ledger.store().backup(&folder.join("backup-after.db")).await?;
    drop(ledger);
    let report = {
        let store = ledger_sqlite::SqliteStore::inspect(&place.database())?;
        ledger::verify(&store, &Noted::in_files(&place.heads()?)?, Keys::Held(&place.keyring()?)).await?
    };
    ensure!(report.findings.is_empty(), "the ledger does not verify: {:?}", report.findings);

    // The copy from before with today's keys: its lockers were wrapped under a key that is no more.
    let with_todays_keys = before.copy_to(&folder.join("copy-before-todays-keys"))?;
    let keys = with_todays_keys.data.join("keys");
    fs::remove_dir_all(&keys)?;
    crate::place::copy(&place.data.join("keys"), &keys)?;
    ensure!(with_todays_keys.open().await.is_err(), "a copy from before opens with the renewed keys");
    let again = read(&before.open().await?, &words).await?;
    ensure!(again == readable, "control: with the keys of its time the copy can be read");

    let search = Patterns::of(&words).search(folder)?;
    ensure!(search.found.is_empty(), "after the destruction: {:?}", search.found);
    Ok(format!(
        "destroyed: {} words about one subject could be read before and none after, by the register with its keys, its search or {} files, \
         among them a meeting's pack and {} certificates; a copy made before does not open with the renewed keys, and the ledger verifies",
        words.len(),
        search.files,
        of.files.len() + 1,
    ))
}

/// Lets time pass until so many months after now, and all be done that is due then.
async fn pass(service: &Service, clock: &HandClock, months: u32) -> Result<()> {
    clock.set(later(service, months)?);
    for _ in 0..ROUNDS {
        if service.carry_out_due().await.map_err(|fault| anyhow!("{fault}"))? == 0 {
            return Ok(());
        }
    }
    bail!("what is due does not come to an end")
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

/// Which of these words the two logs still give to whoever has the keys, each with the kind of record and the field that it stands in.
async fn read(ledger: &Ledger, words: &[String]) -> Result<BTreeMap<String, String>> {
    let mut readable = BTreeMap::new();
    for log in Log::ALL {
        let mut after = 0;
        loop {
            let records = ledger.read(log, after, 1_000).await?;
            let Some(last) = records.last() else { break };
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
                    let place = format!("{} {}", opened.record.kind, particular.field);
                    let found = words.iter().filter(|word| text.contains(word.as_str()));
                    readable.extend(found.map(|word| (word.clone(), place.clone())));
                }
            }
        }
    }
    Ok(readable)
}
