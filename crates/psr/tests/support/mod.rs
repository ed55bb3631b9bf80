//! The program run as people run it: a command to its end, or served on a free port until it is killed.

use serde_json::Value;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn program(data: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_psr"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PSR_") {
            program.env_remove(name);
        }
    }
    program.arg("--data").arg(data).stdin(Stdio::null());
    program
}

pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub fn done(command: &mut Command) -> Output {
    let output = command.output().expect("psr runs");
    assert!(output.status.success(), "{}", said(&output));
    output
}

pub fn json(command: &mut Command) -> Value {
    serde_json::from_slice(&done(command.arg("--json")).stdout).expect("JSON")
}

/// A served register, killed as a power cut would.
pub struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    pub fn start(serve: &mut Command, log: PathBuf) -> Self {
        let to = File::create(&log).expect("a log");
        serve.arg("serve").env("PSR_LISTEN", "127.0.0.1:0").env("NO_COLOR", "1");
        let child = serve.stdout(Stdio::null()).stderr(to).spawn().expect("psr runs");
        let server = Self { child, log };
        until("the server answers", || server.address().is_some());
        server
    }

    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).expect("a log")
    }

    pub fn address(&self) -> Option<String> {
        let log = self.log();
        let line = log.lines().find(|line| line.contains(" serving "))?;
        Some(line.split_whitespace().find_map(|word| word.strip_prefix("address="))?.to_owned())
    }

    pub fn health(&self) -> String {
        let mut stream = TcpStream::connect(self.address().expect("an address")).expect("connected");
        stream.write_all(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n").expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "not in time: {what}");
        sleep(Duration::from_millis(20));
    }
}
