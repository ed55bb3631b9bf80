//! The council's own virus scanner: `clamd`, which is asked about each file before anything else is done with it.

use crate::NotTaken;
use clamav_client::tokio::{Socket, Tcp, scan_buffer};
use std::io;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// How long the scanner may take over one file.
const LONGEST: Duration = Duration::from_secs(30);

/// What it says of a file that it knows nothing against. Whatever else it says, or does not, the file is not taken.
const NOTHING_FOUND: &[u8] = b"stream: OK\0";

/// Where `clamd` listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// On a socket of this machine.
    Socket(PathBuf),
    /// At a host and port.
    Tcp(String),
}

/// A setting that names no scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scanner is unix:/path/to/clamd.ctl or tcp:host:port")]
pub struct NotAScanner;

impl FromStr for Scanner {
    type Err = NotAScanner;

    fn from_str(text: &str) -> Result<Self, NotAScanner> {
        match text.split_once(':') {
            Some(("unix", path)) if path.starts_with('/') => Ok(Self::Socket(path.into())),
            Some(("tcp", place))
                if place.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) =>
            {
                Ok(Self::Tcp(place.to_owned()))
            }
            _ => Err(NotAScanner),
        }
    }
}

impl Scanner {
    /// Whether it answers as it should, of a file with nothing in it.
    pub async fn answers(&self) -> bool {
        self.examine(b"nothing").await.is_ok()
    }

    /// Asks about a file.
    ///
    /// # Errors
    /// [`NotTaken::Harmful`], and [`NotTaken::NotExamined`] where it is down, takes too long, or says anything that is not understood.
    pub(crate) async fn examine(&self, bytes: &[u8]) -> Result<(), NotTaken> {
        let not_examined = |error: &dyn std::error::Error| {
            tracing::error!(%error, "the virus scanner gave no answer: no file is taken in");
            NotTaken::NotExamined
        };
        let said = match tokio::time::timeout(LONGEST, self.asked(bytes)).await {
            Ok(said) => said.map_err(|error| not_examined(&error))?,
            Err(elapsed) => return Err(not_examined(&elapsed)),
        };
        match said.as_slice() {
            NOTHING_FOUND => Ok(()),
            found if found.ends_with(b" FOUND\0") => Err(NotTaken::Harmful),
            _ => Err(not_examined(&io::Error::other("it said something else than OK or FOUND"))),
        }
    }

    async fn asked(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Socket(socket_path) => scan_buffer(bytes, Socket { socket_path }, None).await,
            Self::Tcp(host_address) => scan_buffer(bytes, Tcp { host_address }, None).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanner_is_a_socket_or_a_place_on_the_network() {
        assert_eq!("unix:/run/clamd.ctl".parse(), Ok(Scanner::Socket("/run/clamd.ctl".into())));
        assert_eq!("tcp:127.0.0.1:3310".parse(), Ok(Scanner::Tcp("127.0.0.1:3310".to_owned())));
        for wrong in ["", "/run/clamd.ctl", "unix:clamd.ctl", "tcp:host", "tcp:host:port", "http://host:1"] {
            assert_eq!(wrong.parse::<Scanner>(), Err(NotAScanner), "{wrong:?}");
        }
    }
}
