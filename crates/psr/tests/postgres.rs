//! A register in PostgreSQL as whoever runs it meets it: made, served by two programs at once, moved there and back.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

use ledger_postgres::testing::Server;
use ledger_postgres::{PostgresFilling, Settings};
use ledger_sqlite::SqliteStore;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// A folder for what lies outside the database.
struct Council {
    folder: tempfile::TempDir,
    settings: Settings,
    _server: Server,
}

impl Council {
    fn new() -> Self {
        let server = Server::shared();
        Self { folder: tempfile::tempdir().expect("a folder"), settings: server.database(), _server: server }
    }

    /// The program with its register in a file.
    fn in_a_file(&self) -> Command {
        let mut psr = Command::new(env!("CARGO_BIN_EXE_psr"));
        psr.env("PSR_DATA", self.folder.path().join("data")).stdin(Stdio::null());
        psr.env_remove("PSR_CONFIG").env_remove("PSR_DATABASE__URL");
        psr
    }

    /// The program with its register in PostgreSQL.
    fn in_postgres(&self) -> Command {
        let mut psr = self.in_a_file();
        psr.env("PSR_DATABASE__URL", &self.settings.url);
        psr
    }
}

fn init(psr: &mut Command) -> Output {
    let council = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/council.example.toml");
    ended(psr.args(["init", "--council", council, "--name", "Ada Quill", "--email", "ada@council.example"]))
}

fn add(psr: &mut Command, email: &str) -> Output {
    let roles = ["--role", "officer", "--team", "Housing"];
    ended(psr.args(["user", "add", "--name", "Ben Ash", "--email", email]).args(roles))
}

fn ended(psr: &mut Command) -> Output {
    psr.output().expect("psr runs")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Holds that it ended so, and gives what it answered.
fn answer(output: &Output, code: i32) -> serde_json::Value {
    assert_eq!(output.status.code(), Some(code), "{}", said(output));
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

/// A program that serves until it is dropped.
struct Serving(Child, String);

impl Serving {
    fn start(psr: &mut Command) -> Self {
        let serving = psr.arg("serve").env("PSR_LISTEN", "127.0.0.1:0").env("PSR_LOG__FORMAT", "json");
        let mut serving = serving.stderr(Stdio::piped()).spawn().expect("psr runs");
        let log = BufReader::new(serving.stderr.take().expect("a log"));
        let mut lines = log.lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains("\"serving\"")).expect("it serves");
        let line: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let address = line
            .pointer("/fields/address")
            .and_then(serde_json::Value::as_str)
            .expect("an address")
            .to_owned();
        // Somebody must read what it says, or it stops at a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self(serving, address)
    }

    fn asked(&self, path: &str) -> String {
        let mut to = TcpStream::connect(&self.1).expect("it listens");
        write!(to, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.1).expect("asked");
        let mut answer = String::new();
        to.read_to_string(&mut answer).expect("answered");
        answer
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn a_register_in_postgres_is_made_once_served_by_two_programs_and_verified() {
    let council = Council::new();
    answer(&init(&mut council.in_postgres()), 0);
    let again = init(&mut council.in_postgres());
    answer(&again, 1);
    assert!(said(&again).contains("there is a register in the PostgreSQL database"), "{}", said(&again));

    let nodes = [Serving::start(&mut council.in_postgres()), Serving::start(&mut council.in_postgres())];
    for node in &nodes {
        let health = node.asked("/health");
        assert!(health.starts_with("HTTP/1.1 200") && health.contains("\"ready\":true"), "{health}");
    }
    answer(&add(&mut council.in_postgres(), "ben@council.example"), 0);
    let twice = add(&mut council.in_postgres(), "ben@council.example");
    answer(&twice, 1);
    assert!(said(&twice).contains("Another account already uses this email address"), "{}", said(&twice));
    let verified = answer(&ended(council.in_postgres().args(["verify", "--json"])), 0);
    assert_eq!(verified["register"], 10, "set up, and then a team, an account and its invitation");
    assert!(!council.folder.path().join("data/register.db").exists());
}

#[test]
fn a_register_is_moved_to_postgres_and_back_and_is_the_same() {
    let council = Council::new();
    answer(&init(&mut council.in_a_file()), 0);
    answer(&add(&mut council.in_a_file(), "ben@council.example"), 0);
    let url = &council.settings.url;
    let there = answer(&ended(council.in_a_file().args(["move", "--json", "--to", url])), 0);
    assert_eq!(there["register"], 10);

    let left = ended(council.in_a_file().arg("verify"));
    answer(&left, 1);
    assert!(said(&left).contains("has been moved"), "{}", said(&left));
    assert_eq!(answer(&ended(council.in_postgres().args(["verify", "--json"])), 0)["sound"], true);

    let folder = council.folder.path().join("back");
    let back = ended(council.in_postgres().args(["move", "--json", "--to"]).arg(&folder));
    assert_eq!(answer(&back, 0), there, "what came back is what went");
    answer(&ended(council.in_postgres().arg("verify")), 1);
    let (mut psr, data) = (council.in_a_file(), council.folder.path().join("data"));
    psr.arg("--data").arg(&folder).env("PSR_KEYS", data.join("keys")).env("PSR_HEADS", data.join("heads"));
    answer(&add(&mut psr, "cleo@council.example"), 0);
}

#[tokio::test]
async fn a_move_that_was_cut_off_before_its_end_is_ended() {
    let council = Council::new();
    answer(&init(&mut council.in_a_file()), 0);
    let file = SqliteStore::inspect(&council.folder.path().join("data/register.db")).expect("the register");
    let filling = PostgresFilling::begin(&council.settings).await.expect("an empty database");
    ledger::copy(&file, Box::new(filling)).await.expect("copied, and then the machine stopped");
    answer(&ended(council.in_a_file().args(["move", "--to", &council.settings.url])), 0);
    answer(&ended(council.in_postgres().arg("verify")), 0);
    answer(&ended(council.in_a_file().arg("verify")), 1);
}

#[test]
fn nothing_is_moved_over_another_register_or_to_where_it_is() {
    let (council, other) = (Council::new(), Council::new());
    answer(&init(&mut council.in_a_file()), 0);
    answer(&init(&mut other.in_postgres()), 0);
    let refused = ended(council.in_a_file().args(["move", "--to", &other.settings.url]));
    answer(&refused, 1);
    assert!(said(&refused).contains("there is another register in"), "{}", said(&refused));
    let data = council.folder.path().join("data");
    answer(&ended(council.in_a_file().args(["move", "--to"]).arg(&data)), 2);
    for sound in [council.in_a_file(), other.in_postgres()].iter_mut() {
        answer(&ended(sound.arg("verify")), 0);
    }
}

#[test]
fn every_wrong_setting_of_the_database_is_named() {
    let council = Council::new();
    let wrong = [
        ("PSR_DATABASE__URL", "nonsense", "database"),
        ("PSR_DATABASE__CONNECTIONS", "1", "database.connections must be 4 at least"),
        ("PSR_DATABASE__COMMIT_WAIT", "0", "database.commit_wait must be a second at least"),
        ("PSR_DATABASE__PASSWORD_FILE", "/absent/password", "database.password_file"),
        ("PSR_DATABASE__CERTIFICATES", "/absent/authority.pem", "/absent/authority.pem"),
    ];
    for (setting, value, named) in wrong {
        let refused = ended(council.in_postgres().env(setting, value).arg("verify"));
        answer(&refused, 2);
        assert!(said(&refused).contains(named), "{setting}: {}", said(&refused));
    }
    let nobody = format!("host={} dbname=psr user=psr", Path::new("/absent").display());
    let refused =
        ended(council.in_a_file().env("PSR_DATABASE__URL", nobody).args(["init", "--council"]).args([
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/council.example.toml"),
            "--name",
            "Ada",
            "--email",
            "ada@council.example",
        ]));
    answer(&refused, 1);
    assert!(said(&refused).contains("cannot be reached"), "{}", said(&refused));
    assert!(!council.folder.path().join("data").exists(), "nothing was made");
}

#[test]
fn a_register_is_backed_up_from_a_file_restored_into_postgres_and_from_there_into_a_file() {
    use std::os::unix::fs::PermissionsExt as _;

    let council = Council::new();
    answer(&init(&mut council.in_a_file()), 0);
    let at = |name: &str| council.folder.path().join(name);
    let card = ended(council.in_a_file().args(["backup", "key"]));
    std::fs::write(at("card"), &card.stdout).expect("written");
    std::fs::set_permissions(at("card"), std::fs::Permissions::from_mode(0o600)).expect("set");
    let card = said(&card);
    let recipient = card.lines().find_map(|line| line.strip_prefix("# recipient: ")).expect("a recipient");
    let back_up = |mut psr: Command, folder: &str| {
        psr.env("PSR_BACKUP__FOLDER", at(folder)).env("PSR_BACKUP__RECIPIENT", recipient);
        answer(&ended(psr.args(["backup", "--json"])), 0)
    };
    let restore = |mut psr: Command, from: &str, to: &str| {
        psr.args(["restore", "--json", "--from"]).arg(at(from)).arg("--to").arg(at(to));
        answer(&ended(psr.arg("--identity").arg(at("card"))), 0)["digest"].clone()
    };
    back_up(council.in_a_file(), "backups");
    answer(&add(&mut council.in_a_file(), "ben@council.example"), 0);
    assert_eq!(back_up(council.in_a_file(), "backups")["extent"], "increment");
    let there = restore(council.in_postgres(), "backups", "there");
    let in_postgres = || {
        let mut psr = council.in_postgres();
        psr.env("PSR_DATA", at("there"));
        psr
    };
    back_up(in_postgres(), "backups-there");
    assert_eq!(restore(council.in_a_file(), "backups-there", "back"), there);
    assert!(Serving::start(&mut in_postgres()).asked("/health").contains("\"ready\":true"));
}
