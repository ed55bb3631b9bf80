//! The command line as whoever runs the register meets it: every wrong option says the field, the rule and what to do, ends with
//! the code that is documented, and leaves nothing behind.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

use std::path::Path;
use std::process::{Command, Output};

fn psr(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_psr"))
        .arg("--data")
        .arg(data)
        .args(arguments)
        .env_remove("PSR_CONFIG")
        .env_remove("PSR_PASSWORD")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("psr runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("psr was not killed")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn council_file() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/council.example.toml").to_owned()
}

fn init(data: &Path) -> Output {
    psr(
        data,
        &[
            "init",
            "--council",
            &council_file(),
            "--name",
            "Ada Quill",
            "--email",
            "ada.quill@council.example",
            "--json",
        ],
    )
}

#[test]
fn a_new_register_is_made_verified_and_not_made_twice() {
    let directory = tempfile::tempdir().expect("directory");
    let data = directory.path().join("register");
    let made = init(&data);
    assert_eq!(code(&made), 0, "{}", said(&made));
    let answer: serde_json::Value = serde_json::from_slice(&made.stdout).expect("JSON");
    assert!(answer["invitation"].as_str().is_some_and(|code| code.len() >= 16));

    let verified = psr(&data, &["verify", "--json"]);
    assert_eq!(code(&verified), 0, "{}", said(&verified));
    let answer: serde_json::Value = serde_json::from_slice(&verified.stdout).expect("JSON");
    assert_eq!(answer["sound"], true);
    assert_eq!(answer["register"], 7, "set up, a team, an account and its invitation, and three risks");

    let again = init(&data);
    assert_eq!(code(&again), 1);
    assert!(said(&again).contains("already"), "{}", said(&again));
}

#[test]
fn an_account_is_opened_once_and_a_second_of_the_same_address_is_refused() {
    let directory = tempfile::tempdir().expect("directory");
    let data = directory.path().join("register");
    assert_eq!(code(&init(&data)), 0);
    let add = [
        "user",
        "add",
        "--name",
        "Ben Ash",
        "--email",
        "ben@council.example",
        "--role",
        "officer",
        "--team",
        "Housing",
    ];
    let added = psr(&data, &add);
    assert_eq!(code(&added), 0, "{}", said(&added));
    let again = psr(&data, &add);
    assert_eq!(code(&again), 1);
    assert!(said(&again).contains("Another account already uses this email address"), "{}", said(&again));
}

#[test]
fn the_councils_addresses_are_loaded_and_what_is_wrong_in_them_is_named_by_file_and_line() {
    let directory = tempfile::tempdir().expect("directory");
    let data = directory.path().join("register");
    let write = |name: &str, text: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let list = write(
        "list.csv",
        "UPRN,ADDRESS,POSTCODE\n990000000001,\"1 High Street, Wyverton\",WY1 1AA\nnone,\"2 High Street, Wyverton\",WY1 1AA\n",
    );
    let nothing = write("nothing.csv", "UPRN,ADDRESS\n,\n");
    let wrong = directory.path().join("wrong.csv").display().to_string();

    assert_eq!(code(&psr(&data, &["gazetteer", "load", &list])), 2, "there is no register yet");
    assert_eq!(code(&init(&data)), 0);
    assert_eq!(code(&psr(&data, &["gazetteer", "status"])), 1);
    let loaded = psr(&data, &["gazetteer", "load", &list, "--wrong", &wrong]);
    assert_eq!(code(&loaded), 0, "{}", said(&loaded));
    let words = said(&loaded);
    assert!(words.contains("Addresses now offered: 1"), "{words}");
    assert!(words.contains("list.csv, line 3 has no UPRN"), "{words}");
    assert!(std::fs::read_to_string(&wrong).expect("wrong rows").contains("list.csv,3,has no UPRN"));

    for refused in [&nothing, &wrong, "absent.csv"] {
        let output = psr(&data, &["gazetteer", "load", refused]);
        assert_eq!(code(&output), 1, "{refused}: {}", said(&output));
    }
    let status = psr(&data, &["gazetteer", "status", "--json"]);
    assert_eq!(code(&status), 0, "{}", said(&status));
    let answer: serde_json::Value = serde_json::from_slice(&status.stdout).expect("JSON");
    assert_eq!((&answer["addresses"], &answer["not_taken"]), (&1.into(), &1.into()));
}

#[test]
fn every_wrong_option_is_named_and_nothing_is_made() {
    let council = council_file();
    let wrong: &[(&[&str], i32, &str)] = &[
        (&[], 2, "Usage"),
        (&["nonsense"], 2, "nonsense"),
        (&["init"], 2, "--council"),
        (&["init", "--council", "absent.toml", "--name", "A", "--email", "a@b.c"], 2, "absent.toml"),
        (&["init", "--council", &council, "--name", " ", "--email", "a@b.c"], 2, "--name"),
        (&["init", "--council", &council, "--name", "A", "--email", "not an address"], 2, "--email"),
        (&["init", "--council", file!(), "--name", "A", "--email", "a@b.c"], 2, "council file"),
        (&["user", "add", "--name", "A", "--email", "a@b.c", "--team", "T"], 2, "--role"),
        (
            &["user", "add", "--name", "A", "--email", "a@b.c", "--team", "T", "--role", "boss"],
            2,
            "must be one of",
        ),
        (&["user", "add", "--name", "A", "--email", "a", "--team", "T", "--role", "officer"], 2, "--email"),
        (
            &["user", "add", "--name", "A", "--email", "a@b.c", "--team", " ", "--role", "officer"],
            2,
            "--team",
        ),
        (
            &["user", "add", "--name", "A", "--email", "a@b.c", "--team", "T", "--role", "officer"],
            1,
            "psr init",
        ),
        (&["check", "--as", "a@b.c", "--purpose", "holiday"], 2, "must be one of"),
        (&["check", "--as", "a@b.c", "--purpose", "visit", "--day", "32/13/2026"], 2, "--day"),
        (&["check", "--as", "a@b.c"], 2, "--purpose"),
        (&["check", "--as", "a@b.c", "--purpose", "call", "--name", "X"], 12, "Cannot say"),
        (&["serve"], 1, "psr init"),
        (&["serve", "--listen", "x"], 2, "--listen"),
        (&["verify"], 1, "psr init"),
        (&["verify", "--verifier-keys", "keys.txt"], 2, "--checkpoint"),
        (&["checkpoint"], 1, "psr init"),
        (&["checkpoint", "--verifier-keys"], 1, "psr init"),
        (&["witness"], 2, "--register"),
        (&["version", "--yaml"], 2, "--yaml"),
    ];
    for (arguments, ends, says) in wrong {
        let directory = tempfile::tempdir().expect("directory");
        let data = directory.path().join("register");
        let output = psr(&data, arguments);
        assert_eq!(code(&output), *ends, "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(says), "{arguments:?} does not say {says:?}: {}", said(&output));
        assert!(!data.join("register.db").exists(), "{arguments:?} left a database");
    }
}

#[test]
fn every_wrong_setting_is_named() {
    let wrong: &[(&str, &str, &str)] = &[
        ("PSR_LISTEN", "everywhere", "listen"),
        ("PSR_COLOUR", "mauve", "colour"),
        ("PSR_LOG__FORMAT", "xml", "format"),
        ("PSR_LOG__FILTER", "a=b=c", "filter"),
        ("PSR_LISTENS", "127.0.0.1:1", "listens"),
    ];
    for (name, value, says) in wrong {
        let output = Command::new(env!("CARGO_BIN_EXE_psr"))
            .arg("version")
            .env(name, value)
            .output()
            .expect("psr runs");
        assert_eq!(code(&output), 2, "{name}={value}: {}", said(&output));
        assert!(
            said(&output).to_lowercase().contains(says),
            "{name}={value} does not say {says:?}: {}",
            said(&output)
        );
    }
    let absent = Command::new(env!("CARGO_BIN_EXE_psr"))
        .args(["--config", "absent.toml", "version"])
        .output()
        .expect("psr runs");
    assert_eq!(code(&absent), 2);
    assert!(said(&absent).contains("absent.toml"));
}

#[test]
fn a_check_asked_with_too_little_is_told_what_to_add() {
    let directory = tempfile::tempdir().expect("directory");
    let data = directory.path().join("register");
    assert_eq!(code(&init(&data)), 0);
    let nobody = psr(
        &data,
        &["check", "--as", "x@council.example", "--password", "x", "--purpose", "call", "--name", "X"],
    );
    assert_eq!(code(&nobody), 2, "{}", said(&nobody));
    assert!(said(&nobody).contains("not right"), "{}", said(&nobody));
}

#[test]
fn help_is_there_for_every_command() {
    let directory = tempfile::tempdir().expect("directory");
    for command in [
        "init",
        "serve",
        "demo",
        "check",
        "user",
        "checkpoint",
        "verify",
        "verify-receipt",
        "backup",
        "restore",
        "witness",
        "version",
    ] {
        let help = psr(directory.path(), &[command, "--help"]);
        assert_eq!(code(&help), 0);
        assert!(said(&help).len() > 200, "the help of {command} is thin: {}", said(&help));
    }
}

/// As the keys are: whoever can read it could pretend to the provider to be this register.
#[test]
fn a_secret_of_the_councils_sign_on_that_others_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().expect("directory");
    let secret = directory.path().join("council-secret");
    std::fs::write(&secret, "a secret").expect("written");
    let asked = |mode| {
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(mode)).expect("set");
        let output = Command::new(env!("CARGO_BIN_EXE_psr"))
            .arg("--data")
            .arg(directory.path().join("register"))
            .arg("verify")
            .env_remove("PSR_CONFIG")
            .env("PSR_SIGN_ON__ISSUER", "https://login.council.example")
            .env("PSR_SIGN_ON__CLIENT_ID", "register")
            .env("PSR_SIGN_ON__CLIENT_SECRET_FILE", &secret)
            .env("PSR_SIGN_ON__ADDRESS", "https://register.council.example")
            .output();
        said(&output.expect("psr runs"))
    };
    let exposed = "may be read by others (mode 640)";
    assert!(asked(0o640).contains("sign_on.client_secret_file"), "{}", asked(0o640));
    assert!(asked(0o640).contains(exposed), "{}", asked(0o640));
    assert!(!asked(0o600).contains("may be read by others"), "{}", asked(0o600));
}

#[test]
fn the_doctor_names_what_is_to_be_mended_and_changes_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().expect("directory");
    let data = directory.path().join("register");
    let states = |output: &Output| -> Vec<(String, String, String)> {
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let findings = answer["findings"].as_array().expect("findings");
        let text = |it: &serde_json::Value, of: &str| it[of].as_str().expect("text").to_owned();
        findings.iter().map(|it| (text(it, "about"), text(it, "state"), text(it, "says"))).collect()
    };
    let to_mend = |output: &Output| -> Vec<String> {
        let states = states(output);
        states.into_iter().filter(|(_, state, _)| state == "mend").map(|(about, ..)| about).collect()
    };

    let nothing = psr(&data, &["doctor", "--json"]);
    assert_eq!(
        (code(&nothing), to_mend(&nothing)),
        (1, vec!["folders".into(), "room".into(), "keys".into()])
    );
    assert!(!data.exists(), "nothing is made by looking");

    assert_eq!(code(&init(&data)), 0);
    let healthy = psr(&data, &["doctor", "--json"]);
    assert_eq!((code(&healthy), to_mend(&healthy)), (0, Vec::new()), "{}", said(&healthy));
    let people = states(&healthy).into_iter().find(|(about, ..)| about == "people").expect("people");
    assert!(people.1 == "know" && people.2.contains("Decide an appeal"), "{people:?}");

    let with = |name: &str, value: &str| {
        let mut doctor = Command::new(env!("CARGO_BIN_EXE_psr"));
        doctor.arg("--data").arg(&data).args(["doctor", "--json"]).env_remove("PSR_CONFIG").env(name, value);
        doctor.output().expect("psr runs")
    };
    assert_eq!(to_mend(&with("PSR_SCANNER", "unix:/nowhere/clamd.ctl")), ["scanner"]);
    let elsewhere = directory.path().join("elsewhere").display().to_string();
    assert_eq!(to_mend(&with("PSR_HEADS", &elsewhere)), ["room", "history", "people"]);

    let keys = data.join("keys");
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o755)).expect("opened to all");
    let exposed = psr(&data, &["doctor"]);
    assert_eq!(code(&exposed), 1);
    assert!(said(&exposed).contains("MEND  keys"), "{}", said(&exposed));
}

#[test]
fn a_supervisor_is_told_when_it_is_served_and_not_before() {
    let directory = tempfile::tempdir().expect("directory");
    let data = directory.path().join("register");
    assert_eq!(code(&init(&data)), 0);
    let socket = directory.path().join("notify");
    let supervisor = std::os::unix::net::UnixDatagram::bind(&socket).expect("a socket");
    supervisor.set_read_timeout(Some(std::time::Duration::from_secs(60))).expect("a limit");
    let mut serving = Command::new(env!("CARGO_BIN_EXE_psr"))
        .arg("--data")
        .arg(&data)
        .arg("serve")
        .env_remove("PSR_CONFIG")
        .envs([("PSR_LISTEN", "127.0.0.1:0"), ("NOTIFY_SOCKET", &socket.display().to_string())])
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("psr runs");
    let mut told = [0; 64];
    let mut next = || {
        let length = supervisor.recv(&mut told).expect("told");
        String::from_utf8_lossy(&told[..length]).trim().to_owned()
    };
    assert_eq!(next(), "READY=1");
    let pid = serving.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
    assert_eq!(next(), "STOPPING=1");
    assert!(serving.wait().expect("ended").success());
}
