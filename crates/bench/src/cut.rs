//! The power is cut under a served program: what its disk holds at that moment is what it is started from again, with everything lost
//! that was not synced.
//!
//! The register lies on a file system of its own in a file. The program is stopped and the file copied: what the system still held
//! back for the disk is not in the copy, whose own journal is played when it is mounted. Beside it the same is done to a plain
//! database that does not sync at every commit, which must lose: or the cut would prove nothing. Needs root.

use crate::chance::Chance;
use crate::place::Place;
use crate::program::{self, Server, Verified, run};
use crate::small;
use crate::writers::{self, Writers};
use anyhow::{Context, Result, ensure};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// After so many cuts everything is verified.
const EVERY: u32 = 20;
/// How often the power is cut under the database that must lose, at least in a long run.
const CONTROLS: u32 = 10;
/// How long that database is written.
const WRITTEN: Duration = Duration::from_millis(300);

/// A disk whose power can be cut: a file system in a file.
struct Disk {
    image: PathBuf,
    mounted: PathBuf,
}

impl Disk {
    fn new(folder: &Path, name: &str) -> Result<Self> {
        let disk = Self { image: folder.join(format!("{name}.img")), mounted: folder.join(name) };
        fs::create_dir_all(&disk.mounted)?;
        fs::File::create(&disk.image)?.set_len(96 << 20)?;
        run(Command::new("mkfs.ext4").args(["-qF", "-E", "lazy_itable_init=0"]).arg(&disk.image))?;
        disk.mount()?;
        Ok(disk)
    }

    fn mount(&self) -> Result<()> {
        run(Command::new("mount").args(["-o", "loop"]).arg(&self.image).arg(&self.mounted))
    }

    /// What the disk holds now.
    fn held(&self) -> Result<PathBuf> {
        let copy = self.image.with_extension("cut");
        run(Command::new("cp").arg("--sparse=always").arg(&self.image).arg(&copy))?;
        Ok(copy)
    }

    /// Goes on with what the disk held, once nobody has it open any more.
    fn again_from(&self, held: &Path) -> Result<()> {
        run(Command::new("umount").arg(&self.mounted))?;
        fs::rename(held, &self.image)?;
        self.mount()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.mounted).status().ok();
    }
}

/// Cuts the power so many times.
pub async fn drill(cuts: u32, seed: u64) -> Result<()> {
    let begun = Instant::now();
    let folder = tempfile::tempdir()?;
    let disk = Disk::new(folder.path(), "disk")?;
    let place = Place::new(disk.mounted.join("register"));
    small::make(&place).await?;
    let people = Writers::open(&place, seed).await?;
    let (mut writers, mut judge) = writers::council(&place, people, seed).await?;
    run(&mut Command::new("sync"))?;
    let mut chance = Chance::of(seed);
    for cut in 1..=cuts {
        let server = Server::start(&place, "error,psr=info")?;
        let life = writers.write(server.address);
        tokio::time::sleep(chance.milliseconds(100, 500)).await;
        server.signal("STOP")?;
        let held = disk.held()?;
        let log = server.kill()?;
        ensure!(!log.contains("panicked"), "cut {cut}: the server said {log}");
        let told = life.told().await?;
        disk.again_from(&held)?;
        judge.hold(&place, &told).await.with_context(|| format!("cut {cut}, seed {seed}"))?;
        if cut % EVERY == 0 || cut == cuts {
            let found = program::verify(&place)?;
            ensure!(found == Verified::Sound, "cut {cut}, seed {seed}: {found:?}");
            eprintln!("  cut {cut} of {cuts}: {}", judge.counts());
        }
    }
    let counts = judge.counts();
    ensure!(counts.forms > 0 && counts.checks > 0, "nobody was told anything: {counts}");
    let (mut controls, mut lossy, mut lost) = (0, 0, 0);
    while controls < cuts.max(CONTROLS) && (lossy == 0 || controls < cuts.min(CONTROLS)) {
        let missing = control(folder.path())?;
        controls += 1;
        lossy += u32::from(missing > 0);
        lost += missing;
    }
    ensure!(
        lossy > 0,
        "control: a database that does not sync at every commit lost nothing, so the cuts prove nothing"
    );
    println!(
        "cut, seed {seed}: {cuts} power cuts under psr serve; {counts}: 0 lost, psr verify sound; a database that does not sync at \
         every commit lost {lost} rows in {lossy} of {controls} cuts; {} s",
        begun.elapsed().as_secs()
    );
    Ok(())
}

/// How many acknowledged rows a database loses that syncs only now and then.
fn control(folder: &Path) -> Result<i64> {
    let disk = Disk::new(folder, "control")?;
    let path = disk.mounted.join("control.db");
    let database = Connection::open(&path)?;
    database.execute_batch("pragma journal_mode = wal; pragma synchronous = normal; create table row (number integer primary key)")?;
    run(&mut Command::new("sync"))?;
    let (is_cut, acknowledged) = (AtomicBool::new(false), AtomicI64::new(0));
    let held = std::thread::scope(|scope| {
        let writing = scope.spawn(|| -> Result<()> {
            while !is_cut.load(Ordering::SeqCst) {
                database.execute("insert into row default values", [])?;
                acknowledged.store(database.last_insert_rowid(), Ordering::SeqCst);
            }
            drop(database);
            Ok(())
        });
        std::thread::sleep(WRITTEN);
        let told = acknowledged.load(Ordering::SeqCst);
        let held = disk.held();
        is_cut.store(true, Ordering::SeqCst);
        writing.join().map_err(|_| anyhow::anyhow!("the control failed"))??;
        acknowledged.store(told, Ordering::SeqCst);
        held
    })?;
    disk.again_from(&held)?;
    let there: i64 =
        Connection::open(&path)?
            .query_row("select coalesce(max(number), 0) from row", [], |row| row.get(0))?;
    Ok((acknowledged.load(Ordering::SeqCst) - there).max(0))
}
