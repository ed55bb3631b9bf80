//! What the council's scanner does not clear is not taken. The scanner here is one end of a socket that says what it is told to; the drill
//! `script/drill-scanner` asks a real one.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, reason = "tests")]

use intake::{Intake, NotTaken, Scanner};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const TEXT: &[u8] = b"He said no.";

/// A scanner that reads one file to its end and then says this.
async fn saying(answer: &'static [u8]) -> Intake {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let place = listener.local_addr().expect("its number");
    tokio::spawn(async move {
        let (mut asked, _) = listener.accept().await.expect("asked");
        let mut sent = Vec::new();
        let mut part = [0; 4096];
        while !sent.ends_with(&[0, 0, 0, 0]) {
            let read = asked.read(&mut part).await.expect("read");
            if read == 0 {
                break;
            }
            sent.extend_from_slice(part.get(..read).unwrap_or_default());
        }
        assert!(sent.windows(TEXT.len()).any(|window| window == TEXT), "the whole file is asked about");
        asked.write_all(answer).await.expect("answered");
    });
    Intake::asking(Some(Scanner::Tcp(place.to_string())))
}

#[tokio::test]
async fn what_the_scanner_clears_is_taken_and_nothing_else_is() {
    assert!(saying(b"stream: OK\0").await.take(TEXT.to_vec()).await.is_ok());
    let harmful = saying(b"stream: Eicar-Test-Signature FOUND\0").await.take(TEXT.to_vec()).await;
    assert_eq!(harmful, Err(NotTaken::Harmful));
    for answer in [
        &b""[..],
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: OK",
        b"stream: OK\0 and more",
        b"OK\0",
        b"stream: access denied. ERROR\0",
    ] {
        assert_eq!(saying(answer).await.take(TEXT.to_vec()).await, Err(NotTaken::NotExamined), "{answer:?}");
    }
}

#[tokio::test]
async fn while_the_scanner_is_down_nothing_is_taken() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let place = listener.local_addr().expect("its number").to_string();
    drop(listener);
    for scanner in [Scanner::Tcp(place), Scanner::Socket("/nowhere/clamd.ctl".into())] {
        assert_eq!(Intake::asking(Some(scanner)).take(TEXT.to_vec()).await, Err(NotTaken::NotExamined));
    }
    assert!(Intake::default().take(TEXT.to_vec()).await.is_ok(), "without a scanner");
}

/// It holds the connection open and says nothing: the clock is the test's own.
#[tokio::test(start_paused = true)]
async fn a_scanner_that_never_answers_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let place = listener.local_addr().expect("its number").to_string();
    let taken = Intake::asking(Some(Scanner::Tcp(place))).take(TEXT.to_vec()).await;
    assert_eq!(taken, Err(NotTaken::NotExamined));
}
