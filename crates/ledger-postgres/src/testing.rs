//! A real PostgreSQL server for tests, started from Debian's package, with everything synced to disk as in life.
//!
//! Tests run in processes of their own and share one server: whoever comes first starts it, and it stops itself when nobody has
//! used it for a while. A test that does something to the whole server starts its own.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests, in a library so that other crates can run theirs"
)]

use crate::Settings;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// Stops the shared server once it was left alone for ten seconds; `$1` is its place, the rest is how it is stopped.
const CARETAKER: &str = r#"
place=$1; shift
(while sleep 2; do
  flock --nonblock --exclusive "$place/users" sh -c '
    place=$1; shift
    [ $(($(date +%s) - $(stat -c %Y "$place/users"))) -ge 10 ] || exit 1
    "$@" >"$place/stopped" 2>&1; rm -rf "$place/data" "$place/ready"' sh "$place" "$@" && exit
done) &"#;

/// A running server.
#[derive(Debug)]
pub struct Server {
    place: PathBuf,
    life: Life,
}

#[derive(Debug)]
enum Life {
    /// Held while it is used; the caretaker waits for it.
    Shared { _user: File },
    /// Ends with its value.
    Own { _place: TempDir },
}

impl Server {
    /// The server that all tests of this user share.
    #[must_use]
    pub fn shared() -> Self {
        let owner = fs::metadata("/proc/self").unwrap().uid();
        let place = std::env::temp_dir().join(format!("psr-postgres-{owner}"));
        fs::create_dir_all(&place).unwrap();
        let users = OpenOptions::new().create(true).append(true).open(place.join("users")).unwrap();
        users.lock_shared().unwrap();
        users.set_modified(now()).unwrap();
        let starting = File::create(place.join("starting")).unwrap();
        starting.lock().unwrap();
        if !place.join("ready").exists() {
            drop(fs::remove_dir_all(place.join("data")));
            start(&place, &[]);
            let mut caretaker = Command::new("sh");
            caretaker.args(["-c", CARETAKER, "sh"]).arg(&place).args(stopping(&place));
            caretaker.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
            assert!(caretaker.status().unwrap().success());
            File::create(place.join("ready")).unwrap();
        }
        Self { place, life: Life::Shared { _user: users } }
    }

    /// A server of its own, with settings as on its command line: `fsync=on`.
    #[must_use]
    pub fn own(settings: &[&str]) -> Self {
        let directory = tempfile::Builder::new().prefix("psr-postgres-").tempdir().unwrap();
        let place = directory.path().to_owned();
        start(&place, settings);
        Self { place, life: Life::Own { _place: directory } }
    }

    /// The settings for a new, empty database on it.
    #[must_use]
    pub fn database(&self) -> Settings {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("psr_{}_{number}", std::process::id());
        self.sql("postgres", &format!("drop database if exists {name}"));
        self.sql("postgres", &format!("create database {name}"));
        Settings::at(format!("host={} user=psr dbname={name}", self.place.join("socket").display()))
    }

    /// Says something to it, past everything that the store does, and gives what it answered.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let socket = self.place.join("socket");
        let mut psql = Command::new(programs().join("psql"));
        psql.env("PGOPTIONS", "-c synchronous_commit=local -c client_min_messages=error");
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "psr", "-d", database, "-c", sql]);
        answer(psql.arg("-h").arg(socket))
    }

    /// Kills it as a power cut would, and starts it again.
    pub fn crash(&self) {
        answer(as_owner("pg_ctl").arg("-D").arg(self.place.join("data")).args(["stop", "-m", "immediate"]));
        launch(&self.place, &[]);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.life, Life::Own { .. }) {
            let [program, arguments @ ..] = &stopping(&self.place)[..] else { return };
            drop(Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status());
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the file's time says when the server was last used")]
fn now() -> std::time::SystemTime {
    std::time::SystemTime::now()
}

/// The folder of the newest PostgreSQL that Debian has installed.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions.map(|entry| entry.path()).max_by_key(version);
    newest.unwrap_or_else(|| panic!("PostgreSQL is not installed: script/setup test does it")).join("bin")
}

/// One of its programs, run as whoever may: it refuses to serve for the superuser of the machine.
#[must_use]
pub fn as_owner(program: &str) -> Command {
    let program = programs().join(program);
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
    command
}

fn stopping(place: &Path) -> Vec<String> {
    let mut stop = as_owner("pg_ctl");
    stop.arg("-D").arg(place.join("data")).args(["stop", "-m", "immediate"]);
    std::iter::once(stop.get_program())
        .chain(stop.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}

/// Makes a cluster and starts it.
fn start(place: &Path, settings: &[&str]) {
    let (data, socket) = (place.join("data"), place.join("socket"));
    fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
    for directory in [&data, &socket] {
        fs::create_dir_all(directory).unwrap();
        if fs::metadata("/proc/self").unwrap().uid() == 0 {
            answer(Command::new("chown").arg("postgres:postgres").arg(directory));
        }
        fs::set_permissions(directory, fs::Permissions::from_mode(0o700)).unwrap();
    }
    answer(
        as_owner("initdb")
            .args(["-U", "psr", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-k", "--no-sync", "-D"])
            .arg(&data),
    );
    launch(place, settings);
}

fn launch(place: &Path, settings: &[&str]) {
    let options =
        format!("-k {} -c listen_addresses= -c max_connections=400", place.join("socket").display());
    let options = settings.iter().fold(options, |options, setting| format!("{options} -c {setting}"));
    let mut start = as_owner("pg_ctl");
    start.arg("-D").arg(place.join("data")).args(["start", "-w", "-l"]).arg(place.join("data/log"));
    answer(start.args(["-o", &options]));
}

fn answer(command: &mut Command) -> String {
    // A server that was started must not keep the pipes of whoever started it.
    let output = tempfile::tempfile().unwrap();
    let mut read = output.try_clone().unwrap();
    let status = command.stdin(Stdio::null()).stdout(output.try_clone().unwrap()).stderr(output).status();
    let mut said = String::new();
    std::io::Seek::rewind(&mut read).unwrap();
    std::io::Read::read_to_string(&mut read, &mut said).unwrap();
    assert!(status.unwrap().success(), "{command:?}: {said}");
    said
}
