//! What every released version made is opened, verified, asked, restored and served by this one.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

mod support;

use demonstration::personas;
use flate2::read::GzDecoder;
use ledger::{HeadFiles, Keyring, Ledger, OsEntropy};
use ledger_sqlite::SqliteStore;
use register::people::Role;
use register::view::{Purpose, Verdict};
use serde_json::Value;
use service::check::{Asked, Described};
use service::clock::HandClock;
use service::{Reality, Service};
use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::{Server, done, json, program, said};
use tempfile::TempDir;

/// Every version of which something was kept.
fn released() -> Vec<String> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/released");
    let entries = fs::read_dir(kept).expect("releases").map(|entry| entry.expect("an entry").file_name());
    let versions: Vec<String> = entries.map(|name| name.into_string().expect("a version")).collect();
    assert!(!versions.is_empty(), "nothing was kept");
    versions
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir(to).expect("made");
    fs::set_permissions(to, Permissions::from_mode(0o700)).expect("set");
    for entry in fs::read_dir(from).expect("there") {
        let from = entry.expect("an entry").path();
        let there = to.join(from.file_name().expect("a name"));
        fs::copy(&from, &there).expect("copied");
        fs::set_permissions(&there, Permissions::from_mode(0o600)).expect("set");
    }
}

/// What a version made, laid out as it was.
struct Release {
    directory: TempDir,
    kept: PathBuf,
}

impl Release {
    fn of(version: &str) -> Self {
        let directory = tempfile::tempdir().expect("directory");
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/released").join(version);
        let release = Self { directory, kept };
        fs::create_dir(release.data()).expect("made");
        let packed = File::open(release.kept.join("register.db.gz")).expect("there");
        let mut database = File::create(release.data().join("register.db")).expect("made");
        io::copy(&mut GzDecoder::new(packed), &mut database).expect("unpacked");
        for part in ["keys", "heads"] {
            copied(&release.kept.join(part), &release.data().join(part));
        }
        fs::copy(release.kept.join("card"), release.at("card")).expect("copied");
        fs::set_permissions(release.at("card"), Permissions::from_mode(0o600)).expect("set");
        release
    }

    fn at(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.at("register")
    }

    /// Somebody who is listed.
    fn listed(&self) -> Value {
        let listed = fs::read(self.kept.join("listed.json")).expect("there");
        serde_json::from_slice(&listed).expect("JSON")
    }
}

/// A check is answered as it was on the day of the release: that is when its last record was made.
async fn answers(data: &Path, listed: &Value) {
    let keyring = || Keyring::open(&data.join("keys")).expect("keys");
    let heads = HeadFiles::open(&data.join("heads"), &keyring()).expect("heads");
    let store = Arc::new(SqliteStore::open(&data.join("register.db"), heads).expect("opened"));
    let ledger = Arc::new(Ledger::open(store, keyring(), Box::new(OsEntropy)).await.expect("opened"));
    let size = ledger.size(ledger::Log::Register).await.expect("a size");
    let last = ledger.read(ledger::Log::Register, size - 1, 1).await.expect("read");
    let at = last.first().expect("a record").record.recorded_at.0;
    let clock = Arc::new(HandClock::at(jiff::Timestamp::from_microsecond(at).expect("a moment")));
    let service = Service::start(ledger, clock, Reality::Measured).await.expect("started");
    let mut people = personas().into_iter();
    let officer = people.find(|persona| persona.role == Role::Officer).expect("an officer");
    let text = |part: &str| listed[part].as_str().map(str::to_owned);
    let description = Described {
        name: text("name"),
        address: text("address"),
        postcode: text("postcode"),
        ..Described::default()
    };
    let asked = Asked { purpose: Purpose::Visit, day: Some(service.today()), description, job: None };
    let answer = service.check(officer.account, asked).await.map_err(drop).expect("an answer");
    assert!(matches!(answer.verdict, Verdict::Marker(_)), "{:?}", answer.verdict);
}

#[test]
fn a_register_of_every_released_version_is_verified_asked_and_served() {
    for version in released() {
        let release = Release::of(&version);
        let verified = json(program(&release.data()).arg("verify"));
        assert_eq!(verified["sound"], true, "{version}: {verified}");
        let runtime = tokio::runtime::Runtime::new().expect("threads");
        runtime.block_on(answers(&release.data(), &release.listed()));
        drop(runtime);
        let server = Server::start(&mut program(&release.data()), release.at("log"));
        assert!(server.health().contains(r#""ready":true"#), "{version}: {}", server.health());
        assert!(!server.log().contains("ERROR"), "{version}: {}", server.log());
        drop(server);
        let after = json(program(&release.data()).arg("verify"));
        assert_eq!(after["sound"], true, "{version}: {after}");
    }
}

#[test]
fn backups_of_every_released_version_are_restored() {
    for version in released() {
        let release = Release::of(&version);
        let there = release.at("elsewhere");
        let mut restore = program(&release.data());
        restore.args(["restore", "--from"]).arg(release.kept.join("backups")).arg("--to").arg(&there);
        let restored = done(restore.arg("--identity").arg(release.at("card")));
        assert!(said(&restored).contains("All is sound"), "{version}: {}", said(&restored));
        let (before, after) =
            (json(program(&release.data()).arg("verify")), json(program(&there).arg("verify")));
        assert_eq!(before, after, "{version}");
        let runtime = tokio::runtime::Runtime::new().expect("threads");
        runtime.block_on(answers(&there, &release.listed()));
    }
}
