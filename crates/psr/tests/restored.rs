//! A machine is lost while it serves, and the register is made again elsewhere from the folder of its backups and the key card.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

mod support;

use ledger::Contents;
use ledger_sqlite::SqliteStore;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use support::{Server, done, json, program, said, until};
use tempfile::TempDir;

/// A register, the folder of its backups, and the card, each in a place of its own.
struct Council {
    directory: TempDir,
    recipient: String,
}

impl Council {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("directory");
        let council = Self { directory, recipient: String::new() };
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/council.example.toml");
        let who = ["--name", "Ada Quill", "--email", "ada.quill@council.example"];
        done(program(&council.data()).args(["init", "--council", file]).args(who));
        let card = done(program(&council.data()).args(["backup", "key"])).stdout;
        fs::write(council.card(), &card).expect("written");
        fs::set_permissions(council.card(), fs::Permissions::from_mode(0o600)).expect("set");
        let card = String::from_utf8(card).expect("text");
        let recipient =
            card.lines().find_map(|line| line.strip_prefix("# recipient: ")).expect("a recipient");
        Self { recipient: recipient.to_owned(), ..council }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.at("register")
    }

    fn card(&self) -> PathBuf {
        self.at("card")
    }

    fn backups(&self) -> PathBuf {
        self.at("backups")
    }

    /// The program with backups in its settings.
    fn backed_up(&self) -> Command {
        let mut program = program(&self.data());
        program
            .env("PSR_BACKUP__FOLDER", self.backups())
            .env("PSR_BACKUP__RECIPIENT", &self.recipient)
            .env("PSR_BACKUP__EVERY", "1");
        program
    }

    fn restore(&self, to: &Path) -> Command {
        let mut restore = program(&self.data());
        restore.args(["restore", "--from"]).arg(self.backups()).arg("--to").arg(to);
        restore.arg("--identity").arg(self.card());
        restore
    }

    /// How far the newest archive comes, as its name says.
    fn backed_up_until(&self) -> Option<(u64, u64)> {
        let names =
            fs::read_dir(self.backups()).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let sizes = names.filter(|name| name.ends_with(".age")).filter_map(|name| {
            let mut parts = name.split('.').skip(3);
            let register = parts.next()?.strip_prefix('r')?.parse().ok()?;
            Some((register, parts.next()?.strip_prefix('a')?.parse().ok()?))
        });
        sizes.max()
    }

    fn add(&self, data: &Path, email: &str) -> Output {
        let role = ["--role", "officer", "--team", "Housing"];
        let mut add = program(data);
        add.args(["user", "add", "--name", "Ben Ash", "--email", email]).args(role);
        add.output().expect("psr runs")
    }
}

fn contents(data: &Path) -> Contents {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let store = SqliteStore::inspect(&data.join("register.db")).expect("a register");
    runtime.block_on(ledger::contents(&store)).expect("read")
}

#[test]
fn a_served_register_whose_machine_is_lost_is_made_again_from_its_backups_and_the_card() {
    let council = Council::new();
    let server = Server::start(&mut council.backed_up(), council.at("log"));
    assert!(council.add(&council.data(), "ben@council.example").status.success());
    let told = json(program(&council.data()).arg("verify"));
    let acknowledged = Instant::now();
    let (register, access) = (told["register"].as_u64(), told["access"].as_u64());
    until("what was recorded is in a backup", || {
        council.backed_up_until().is_some_and(|(r, a)| Some(r) >= register && Some(a) >= access)
    });
    let behind = acknowledged.elapsed();
    // Invitations are items, and may come a second later than the record of them.
    let mut archives = 0;
    until("nothing is new", || {
        sleep(Duration::from_secs(2));
        let before =
            std::mem::replace(&mut archives, fs::read_dir(council.backups()).map_or(0, Iterator::count));
        archives == before
    });
    assert!(!server.log().contains("ERROR"), "{}", server.log());
    drop(server);
    let before = contents(&council.data());
    fs::remove_dir_all(council.data()).expect("lost");

    let begun = Instant::now();
    let there = council.at("elsewhere");
    let restored = json(&mut council.restore(&there));
    let server = Server::start(&mut program(&there), council.at("log-elsewhere"));
    assert!(server.health().contains(r#""ready":true"#), "{}", server.health());
    eprintln!("{behind:?} behind with an archive a second; back in {:?}: {restored}", begun.elapsed());
    drop(server);
    assert_eq!(restored["digest"], before.to_string());
    let verified = json(program(&there).arg("verify"));
    assert_eq!(verified["sound"], true, "{verified}");
    let again = council.add(&there, "ben@council.example");
    assert!(said(&again).contains("Another account already uses this email address"), "{}", said(&again));
}

#[test]
fn a_drill_says_that_all_is_there_and_leaves_nothing_behind() {
    let council = Council::new();
    done(council.backed_up().arg("backup"));
    let before = fs::read_dir(council.data()).expect("the register").count();
    let drill = || {
        let mut drill = council.backed_up();
        drill.args(["backup", "drill", "--identity"]).arg(council.card());
        drill
    };
    let drilled = json(&mut drill());
    assert_eq!((drilled["register"].as_u64(), drilled["access"].as_u64()), (Some(7), Some(0)), "{drilled}");
    let noted = council.data().join("drilled");
    assert!(noted.exists());
    fs::remove_file(noted).expect("removed");
    assert_eq!(fs::read_dir(council.data()).expect("the register").count(), before);

    // The backups of another register are no backups of this one.
    let other = Council::new();
    let mut mistaken = drill();
    mistaken.env("PSR_BACKUP__FOLDER", other.backups());
    done(other.backed_up().arg("backup"));
    let refused = mistaken.output().expect("psr runs");
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("key card does not open it"), "{}", said(&refused));
}

#[test]
fn a_damaged_or_missing_backup_is_named_and_nothing_is_made() {
    let council = Council::new();
    for _ in 0..3 {
        done(council.backed_up().arg("backup"));
    }
    let mut archives: Vec<PathBuf> = fs::read_dir(council.backups())
        .expect("the backups")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "age"))
        .collect();
    archives.sort();
    let to = council.at("elsewhere");
    let refused = |what: &str| {
        let output = council.restore(&to).output().expect("psr runs");
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(what), "{what}: {}", said(&output));
        assert!(!to.exists(), "something was made");
    };
    let second = archives.get(1).expect("three archives");
    let name = second.file_name().and_then(|name| name.to_str()).expect("a name");
    let sound = fs::read(second).expect("read");
    let mut flipped = sound.clone();
    *flipped.last_mut().expect("a byte") ^= 1;
    fs::write(second, flipped).expect("written");
    refused(name);
    fs::remove_file(second).expect("removed");
    refused(".000001 is missing");
    fs::write(second, sound).expect("written");
    done(&mut council.restore(&to));
}

#[test]
fn a_backup_that_is_killed_at_any_moment_leaves_the_others_whole() {
    let council = Council::new();
    done(council.backed_up().arg("backup"));
    for moment in 0..12 {
        let mut backing_up = council.backed_up();
        backing_up.arg("backup").stdout(Stdio::null()).stderr(Stdio::null());
        let mut backing_up = backing_up.spawn().expect("psr runs");
        sleep(Duration::from_millis(moment * 8));
        drop(backing_up.kill());
        backing_up.wait().expect("ended");
    }
    done(&mut council.restore(&council.at("elsewhere")));
    done(council.backed_up().arg("backup"));
    assert_eq!(
        json(&mut council.restore(&council.at("again")))["digest"],
        contents(&council.data()).to_string()
    );
}

#[test]
fn a_place_that_is_not_empty_and_a_card_that_others_may_read_are_refused() {
    let council = Council::new();
    done(council.backed_up().arg("backup"));
    let there = council.restore(&council.data()).output().expect("psr runs");
    assert_eq!(there.status.code(), Some(2), "{}", said(&there));
    assert!(said(&there).contains("is not empty"), "{}", said(&there));
    fs::set_permissions(council.card(), fs::Permissions::from_mode(0o644)).expect("set");
    let exposed = council.restore(&council.at("elsewhere")).output().expect("psr runs");
    assert_eq!(exposed.status.code(), Some(2), "{}", said(&exposed));
    assert!(said(&exposed).contains("may be read by others"), "{}", said(&exposed));
}

#[test]
fn a_folder_that_cannot_be_written_stops_nothing_and_is_told_in_the_log() {
    let council = Council::new();
    fs::write(council.backups(), "a file where the folder should be").expect("written");
    let server = Server::start(&mut council.backed_up(), council.at("log"));
    until("the log says that the backup failed", || server.log().contains("the backup failed"));
    assert!(server.health().contains(r#""ready":true"#), "{}", server.health());
    fs::remove_file(council.backups()).expect("removed");
    until("the log says that backups are written again", || server.log().contains("written again"));
    assert!(council.backed_up_until().is_some());
}

/// What a wrong setting or a command without its settings says.
#[test]
fn a_wrong_recipient_is_named_and_without_settings_nothing_is_backed_up() {
    let council = Council::new();
    let wrong = council.backed_up().env("PSR_BACKUP__RECIPIENT", "age1nobody").arg("backup").output();
    let wrong = wrong.expect("psr runs");
    assert_eq!(wrong.status.code(), Some(2), "{}", said(&wrong));
    assert!(said(&wrong).contains("backup.recipient"), "{}", said(&wrong));
    let without = program(&council.data()).arg("backup").output().expect("psr runs");
    assert_eq!(without.status.code(), Some(1), "{}", said(&without));
    assert!(said(&without).contains("[backup]"), "{}", said(&without));
}
