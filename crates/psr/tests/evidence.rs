//! Tamper evidence as whoever stands outside meets it: with a copy, a checkpoint that was kept, and the public keys.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

fn psr(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_psr"));
    command.arg("--data").arg(data).args(arguments).env_remove("PSR_CONFIG").env("NO_COLOR", "1");
    command.stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A register, and beside it what was given out of it.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a directory"));
        let council = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/council.example.toml");
        let who = ["--name", "Ada Quill", "--email", "ada@council.example"];
        place.ends(0, &[&["init", "--council", council], &who[..]].concat());
        place.keep("keys.txt", &["checkpoint", "--verifier-keys"]);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn data(&self) -> PathBuf {
        self.path("register")
    }

    /// What a command says, which must end so.
    fn ends(&self, code: i32, arguments: &[&str]) -> String {
        ends(code, &self.data(), arguments)
    }

    /// Keeps what a command says in a file.
    fn keep(&self, name: &str, arguments: &[&str]) {
        let output = psr(&self.data(), arguments).output().expect("psr runs");
        assert!(output.status.success(), "{}", said(&output));
        fs::write(self.path(name), output.stdout).expect("written");
    }

    /// Records something more, and gives the secret of the program that is let in by it.
    fn grows(&self, name: &str) -> (String, String) {
        let email = format!("{name}@council.example");
        let add = ["user", "add", "--json", "--role", "system", "--team", "Systems"];
        let output = psr(&self.data(), &[&add[..], &["--name", name, "--email", &email]].concat()).output();
        let output = output.expect("psr runs");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let word =
            |key: &str| answer.get(key).and_then(serde_json::Value::as_str).expect("a word").to_owned();
        (word("account"), word("invitation"))
    }

    /// The register with its keys and heads as it is now, for whoever will put it back.
    fn copy_to(&self, name: &str) {
        copy(&self.data(), &self.path(name));
    }

    fn put_back(&self, name: &str) {
        fs::remove_dir_all(self.data()).expect("removed");
        copy(&self.path(name), &self.data());
    }
}

fn ends(code: i32, data: &Path, arguments: &[&str]) -> String {
    let output = psr(data, arguments).output().expect("psr runs");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", said(&output));
    said(&output)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    fs::set_permissions(to, fs::metadata(from).expect("there").permissions()).expect("set");
    for entry in fs::read_dir(from).expect("there") {
        let entry = entry.expect("there");
        let there = to.join(entry.file_name());
        match entry.file_type().expect("there").is_dir() {
            true => copy(&entry.path(), &there),
            false => drop(fs::copy(entry.path(), there).expect("copied")),
        }
    }
}

/// A copy of the database alone, as an auditor is given it.
fn database_alone(place: &Place, name: &str) -> PathBuf {
    let there = place.path(name);
    fs::create_dir(&there).expect("made");
    for file in ["register.db", "register.db-wal"] {
        if place.data().join(file).exists() {
            fs::copy(place.data().join(file), there.join(file)).expect("copied");
        }
    }
    there
}

#[test]
fn a_copy_of_the_database_is_verified_with_a_kept_checkpoint_and_the_public_keys_alone() {
    let place = Place::new();
    place.keep("checkpoint.txt", &["checkpoint"]);
    let (checkpoint, keys) = (place.file("checkpoint.txt"), place.file("keys.txt"));
    let outside = ["verify", "--checkpoint", &checkpoint, "--verifier-keys", &keys];
    let copy = database_alone(&place, "copy");
    let words = ends(0, &copy, &outside);
    assert!(words.contains("All is sound"), "{words}");
    assert!(words.contains("Not shown: that the lockers\u{2019} keys"), "{words}");
    assert!(!words.contains("no checkpoint given reaches"), "{words}");

    place.grows("later");
    let words = ends(0, &database_alone(&place, "later"), &outside);
    assert!(words.contains("records 8 to 10 of the register log"), "{words}");

    // The same copy against what another register signed, and against keys that are none.
    let other = Place::new();
    other.keep("checkpoint.txt", &["checkpoint"]);
    let stranger = ["verify", "--checkpoint", &other.file("checkpoint.txt"), "--verifier-keys", &keys];
    assert!(ends(1, &copy, &stranger).contains("signed by another key"));
    let garbled = ["verify", "--checkpoint", &checkpoint, "--verifier-keys", &checkpoint];
    assert!(ends(1, &copy, &garbled).contains("not a verifier key"));
    assert!(ends(2, &copy, &["verify", "--verifier-keys", &keys]).contains("--checkpoint"));
    let absent = ["verify", "--checkpoint", "absent.txt", "--verifier-keys", &keys];
    assert!(ends(1, &copy, &absent).contains("absent.txt"));
}

#[test]
fn a_folder_put_back_whole_is_told_by_a_checkpoint_kept_elsewhere_and_by_nothing_else() {
    let place = Place::new();
    place.copy_to("earlier");
    place.keep("first.txt", &["checkpoint"]);
    place.grows("later");
    place.keep("checkpoint.txt", &["checkpoint"]);
    place.put_back("earlier");
    let words = place.ends(0, &["verify"]);
    assert!(words.contains("Not shown: that nobody put an earlier database back"), "{words}");
    let checkpoint = place.file("checkpoint.txt");
    let words = place.ends(20, &["verify", "--checkpoint", &checkpoint]);
    assert!(words.contains("register log, records 8 to 10: lost"), "{words}");
    let outside = ["verify", "--checkpoint", &checkpoint, "--verifier-keys", &place.file("keys.txt")];
    assert!(place.ends(20, &outside).contains("register log, records 8 to 10: lost"));

    // It goes on from there with another history, as long as the one that is gone.
    place.grows("other");
    place.grows("more");
    let words = place.ends(20, &["verify", "--checkpoint", &checkpoint]);
    assert!(words.contains("register log, records 1 to 10: rewritten"), "{words}");
    // The heads beside it were rewritten too, and do not move the place that the kept ones give.
    let both = ["verify", "--checkpoint", &place.file("first.txt"), "--checkpoint", &checkpoint];
    let words = place.ends(20, &both);
    assert!(words.contains("register log, records 8 to 10: rewritten"), "{words}");
}

/// A register that is served, until dropped.
struct Served(Child, String);

impl Served {
    fn start(place: &Place) -> Self {
        let mut serve = psr(&place.data(), &["serve"]);
        serve.env("PSR_LISTEN", "127.0.0.1:0").stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = serve.spawn().expect("psr runs");
        let mut log = BufReader::new(child.stderr.take().expect("a log")).lines();
        let address = log.find_map(|line| {
            line.ok()?.split_whitespace().find_map(|word| word.strip_prefix("address=").map(str::to_owned))
        });
        std::thread::spawn(move || log.for_each(drop));
        Self(child, format!("http://{}", address.expect("psr serves")))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn a_witness_goes_along_with_a_log_that_grows_and_refuses_one_that_was_rolled_back_or_rewritten() {
    let place = Place::new();
    let (client, secret) = place.grows("witness");
    fs::write(place.path("secret"), secret).expect("written");
    place.copy_to("earlier");
    let witness = |code, client: &str| {
        let served = Served::start(&place);
        let (secret, keys, kept) = (place.file("secret"), place.file("keys.txt"), place.file("kept"));
        let asks = ["--register", &served.1, "--client", client, "--secret-file", &secret];
        let keeps = ["--verifier-keys", &keys, "--kept", &kept];
        ends(code, &place.path("nowhere"), &[&["witness"], &asks[..], &keeps[..]].concat())
    };
    assert!(witness(1, "A-0000-0000").contains("no token"));
    assert!(!place.path("kept").exists(), "nothing was proved, and it is kept");
    let words = witness(0, &client);
    assert!(words.contains("register log: 10 records, seen for the first time"), "{words}");
    place.grows("later");
    let words = witness(0, &client);
    assert!(words.contains("register log: 12 records, which add to the 10 seen before"), "{words}");
    let words = witness(0, &client);
    assert!(words.contains("register log: 12 records, which add to the 12 seen before"), "{words}");
    let kept = fs::read_to_string(place.path("kept")).expect("kept");

    place.put_back("earlier");
    let words = witness(20, &client);
    assert!(words.contains("rolled back: 12 records were seen, and now there are 10"), "{words}");
    place.grows("other");
    place.grows("more");
    let words = witness(20, &client);
    assert!(words.contains("rewritten: the log of 14 records does not add to the 12 records"), "{words}");
    assert_eq!(fs::read_to_string(place.path("kept")).expect("kept"), kept, "what was seen is forgotten");

    // What the witness keeps is what an auditor needs.
    let copy = database_alone(&place, "copy");
    let outside = ["verify", "--checkpoint", &place.file("kept"), "--verifier-keys", &place.file("keys.txt")];
    assert!(ends(20, &copy, &outside).contains("rewritten"));
}

#[test]
fn a_secret_is_sent_over_tls_or_not_at_all() {
    let place = Place::new();
    fs::write(place.path("secret"), "a.b").expect("written");
    let keys = place.file("keys.txt");
    let (secret, kept) = (place.file("secret"), place.file("kept"));
    let asks = ["--client", "A-1", "--secret-file", &secret, "--verifier-keys", &keys, "--kept", &kept];
    for address in ["http://register.council.example", "register.council.example", "ftp://127.0.0.1", ""] {
        let words = place.ends(1, &[&["witness", "--register", address], &asks[..]].concat());
        assert!(words.contains("--register"), "{address}: {words}");
    }
}
