//! One connection of a browser: keeps its cookie, posts forms, reads whole answers. Only what the register's own pages need.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::TcpStream;

/// A connection that is kept open.
pub struct Connection {
    stream: BufStream<TcpStream>,
    address: SocketAddr,
    cookie: String,
}

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its page.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        Self::with_cookie(address, String::new()).await
    }

    /// Connects as the same person.
    pub async fn another(&self) -> Result<Self> {
        Self::with_cookie(self.address, self.cookie.clone()).await
    }

    async fn with_cookie(address: SocketAddr, cookie: String) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufStream::new(stream), address, cookie })
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let form = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
        let form = form.collect::<Vec<_>>().join("&");
        let (address, cookie) = (self.address, &self.cookie);
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        self.stream.flush().await?;
        self.answer().await
    }

    async fn answer(&mut self) -> Result<Answer> {
        let line = self.line().await?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.with_context(|| format!("no status in {line:?}"))?;
        let mut length = None;
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().ok(),
                "set-cookie" => value.split(';').next().unwrap_or("").trim().clone_into(&mut self.cookie),
                _ => {}
            }
        }
        let Some(length) = length else { bail!("an answer without a length") };
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(Answer { status, body })
    }

    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            bail!("the connection was closed");
        }
        Ok(line.trim_end().to_owned())
    }
}

fn escaped(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(byte).collect()
}
