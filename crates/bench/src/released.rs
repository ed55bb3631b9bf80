//! What a release makes, kept for ever: a small register, its keys and heads, its backups and their card, and who is listed in it. All
//! fictional, for later programs to be tested on.

use crate::crowd;
use crate::place::{self, Place};
use crate::program;
use anyhow::{Context, Result, ensure};
use demonstration::Persona;
use flate2::Compression;
use flate2::write::GzEncoder;
use register::people::Role;
use serde_json::json;
use service::clock::SystemClock;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Residents in it.
const RESIDENTS: u64 = 40;
/// Checks in its access log.
const CHECKS: u64 = 12;

/// Makes it in a folder that is not there yet.
pub async fn keep(to: &Path) -> Result<()> {
    ensure!(!to.exists(), "{} is there already, and what a release made is not changed", to.display());
    let folder = tempfile::tempdir()?;
    let place = Place::new(folder.path().join("register"));
    fs::create_dir(&place.data)?;
    crowd::populate(&place, RESIDENTS).await?;
    program::print_card(&place)?;
    program::back_up(&place)?;
    let officer: Persona = crate::persona::with_role(Role::Officer)?;
    let service = place.serve(Arc::new(SystemClock)).await?;
    for n in 0..CHECKS {
        let asked = crowd::question(n, RESIDENTS);
        let answer = service.check(officer.account, asked).await;
        answer.ok().context("a check was not answered")?;
    }
    program::back_up(&place)?;
    let one_file = folder.path().join("one-file.db");
    service.ledger().store().backup(&one_file).await?;
    drop(service);
    fs::create_dir_all(to)?;
    let mut packed = GzEncoder::new(File::create(to.join("register.db.gz"))?, Compression::best());
    io::copy(&mut File::open(&one_file)?, &mut packed)?;
    packed.finish()?.sync_all()?;
    for part in ["keys", "heads"] {
        place::copy(&place.data.join(part), &to.join(part))?;
    }
    let listed = crowd::resident(0);
    let listed = json!({ "name": listed.name, "address": listed.address, "postcode": listed.postcode });
    fs::write(to.join("listed.json"), format!("{listed:#}\n"))?;
    program::copy_backups(&place, to)
}
