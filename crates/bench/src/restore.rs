//! The machine is lost: how much of what people were told is gone, and how long it takes until the register answers again.
//!
//! First a demonstration that is served, walked, killed and removed; then a log of as many rows as are wanted. Each is made again
//! from the folder of its backups and the key card, and held against what it was.

use crate::crowd;
use crate::persona;
use crate::place::Place;
use crate::program::{self, Server};
use anyhow::{Context, Result, ensure};
use backup::Folder;
use ledger::{Contents, Log};
use ledger_sqlite::SqliteStore;
use register::people::Role;
use std::fs;
use std::time::{Duration, Instant};

/// The longest that people may wait for the register, once somebody has the card and the backups in their hands.
const RECOVERY: Duration = Duration::from_secs(5 * 60);
/// The most of what was recorded that may be lost.
const LOSS: Duration = Duration::from_secs(60);
/// How often a register is backed up unless it is told otherwise.
const EVERY: Duration = Duration::from_secs(60);

/// Loses and restores both.
pub async fn drill(records: u64) -> Result<()> {
    demonstration().await?;
    many(records).await
}

async fn contents(place: &Place) -> Result<Contents> {
    Ok(ledger::contents(&SqliteStore::inspect(&place.database())?).await?)
}

/// How far the backups of a place come.
fn backed_up(place: &Place) -> Result<Option<(u64, u64)>> {
    let newest = Folder::at(&program::backups(place)).sets().ok().and_then(|mut sets| sets.pop());
    Ok(newest.and_then(|set| Some((set.archives.last()?.register, set.archives.last()?.access))))
}

async fn demonstration() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = Place::new(folder.path().join("register"));
    program::make_demonstration(&place)?;
    program::print_card(&place)?;
    let server = Server::start(&place, "info")?;
    let officer = persona::with_role(Role::Officer)?;
    let code = persona::code(crate::book::step_now())?;
    let mut browser = persona::sign_in(server.address, &officer, &code).await?;
    let question = [("purpose", "call"), ("name", "Gareth Holloway"), ("address", "1 Mill Lane")];
    let answered = browser.post("/check", &question).await?;
    ensure!(answered.status == 303 || answered.status == 200, "a check answered {}", answered.status);
    let told = Instant::now();
    let ledger = SqliteStore::inspect(&place.database())?;
    let size = async |log| Ok::<u64, anyhow::Error>(ledger::Store::head(&ledger, log).await?.size);
    let now = (size(Log::Register).await?, size(Log::Access).await?);
    while backed_up(&place)?.is_none_or(|until| until.0 < now.0 || until.1 < now.1) {
        ensure!(told.elapsed() < LOSS, "what was recorded was in no backup after {LOSS:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let behind = told.elapsed();
    server.kill()?;
    let before = contents(&place).await?;
    let elsewhere = Place::new(folder.path().join("elsewhere"));
    fs::rename(&place.data, folder.path().join("lost"))?;

    let begun = Instant::now();
    let said = program::restore(&place, &elsewhere)?;
    let restored = contents(&elsewhere).await?;
    let server = Server::start(&elsewhere, "info")?;
    let back = begun.elapsed();
    ensure!(
        (restored.register, restored.access) == (before.register, before.access),
        "what was restored is not what was lost"
    );
    let mut again = crate::http::Connection::open(server.address).await?;
    let health = again.get("/health").await?;
    ensure!(health.text().contains("\"ready\":true"), "{}", health.text());
    server.kill()?;
    println!("The demonstration, {} and {} records, killed while it was served", now.0, now.1);
    println!(
        "  with an archive a second, a check was in a backup {:.2} s after its answer",
        behind.as_secs_f64()
    );
    println!("  answers again {:.2} s after the restore began: {}", back.as_secs_f64(), said.trim());
    ensure!(back < RECOVERY, "it took longer than {RECOVERY:?}");
    Ok(())
}

async fn many(records: u64) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = Place::new(folder.path().join("register"));
    fs::create_dir(&place.data)?;
    crowd::fill_access_log(&place, records).await?;
    program::print_card(&place)?;
    let begun = Instant::now();
    let full = program::back_up(&place)?;
    let took = begun.elapsed();
    let ledger = place.open().await?;
    let draft = crowd::access_row(records, 0);
    ledger.append(Log::Access, ledger::Expected::Anywhere, ledger::Micros(0), vec![draft]).await?;
    drop(ledger);
    let begun = Instant::now();
    program::back_up(&place)?;
    let increment = begun.elapsed();
    let before = contents(&place).await?;
    let elsewhere = Place::new(folder.path().join("elsewhere"));
    let begun = Instant::now();
    let said = program::restore(&place, &elsewhere)?;
    let server = Server::start(&elsewhere, "info").context("what was restored is not served")?;
    let back = begun.elapsed();
    server.kill()?;
    ensure!(contents(&elsewhere).await?.access == before.access, "what was restored is not what was lost");
    println!("{records} records of the access log");
    println!("  a full archive took {:.1} s: {}", took.as_secs_f64(), full.trim());
    println!("  an archive of one more record took {:.2} s", increment.as_secs_f64());
    println!("  at most {:.1} s are lost with an archive every {EVERY:?}", (EVERY + increment).as_secs_f64());
    println!("  answers again {:.1} s after the restore began: {}", back.as_secs_f64(), said.trim());
    ensure!(back < RECOVERY, "it took longer than {RECOVERY:?}");
    Ok(())
}
