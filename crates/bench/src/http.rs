//! One connection of a browser: keeps its cookie, reads pages and sends their forms. Only what the register's own pages need.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::TcpStream;

/// What divides the parts of a form with a file. No part holds it.
const BOUNDARY: &str = "----a-part-of-a-form-with-a-file";

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
    /// Where it leads; empty where it leads nowhere.
    pub location: String,
    /// Its page.
    pub body: Vec<u8>,
}

/// A file chosen in a form.
#[derive(Debug, Clone)]
pub struct File {
    /// The field it is chosen in.
    pub field: &'static str,
    /// What it is called.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
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

    /// Connects as whoever holds this cookie.
    pub async fn with_cookie(address: SocketAddr, cookie: String) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufStream::new(stream), address, cookie })
    }

    /// The cookie it now holds.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        let (address, cookie) = (self.address, &self.cookie);
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n");
        self.ask(request.as_bytes()).await
    }

    /// Sends a form. One that is a check is answered at an address of its own, to which it goes on as a browser does.
    pub async fn post<F: AsRef<str>>(&mut self, path: &str, fields: &[(F, F)]) -> Result<Answer> {
        let form = fields
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name.as_ref()), escaped(value.as_ref())));
        let form = form.collect::<Vec<_>>().join("&");
        let answer = self.send(path, "application/x-www-form-urlencoded", form.as_bytes()).await?;
        if answer.location.starts_with("/check/answers/") {
            return self.get(&answer.location).await;
        }
        Ok(answer)
    }

    /// Sends a form in which a file was chosen.
    pub async fn post_with_file<F: AsRef<str>>(
        &mut self,
        path: &str,
        fields: &[(F, F)],
        file: &File,
    ) -> Result<Answer> {
        let mut body = Vec::new();
        for (name, value) in fields {
            let (name, value) = (name.as_ref(), value.as_ref());
            let part =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let File { field, name, bytes } = file;
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        self.send(path, &format!("multipart/form-data; boundary={BOUNDARY}"), &body).await
    }

    async fn send(&mut self, path: &str, kind: &str, body: &[u8]) -> Result<Answer> {
        let (address, cookie) = (self.address, &self.cookie);
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        self.ask(&[head.as_bytes(), body].concat()).await
    }

    async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        self.stream.flush().await?;
        self.answer().await
    }

    async fn answer(&mut self) -> Result<Answer> {
        let line = self.line().await?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.with_context(|| format!("no status in {line:?}"))?;
        let (mut length, mut location, mut cookie) = (None, String::new(), None);
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().ok(),
                "location" => value.trim().clone_into(&mut location),
                "set-cookie" => cookie = Some(value.split(';').next().unwrap_or("").trim().to_owned()),
                _ => {}
            }
        }
        let Some(length) = length else { bail!("an answer without a length") };
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        // An answer that was cut short gave nothing.
        self.cookie = cookie.unwrap_or_else(|| std::mem::take(&mut self.cookie));
        Ok(Answer { status, location, body })
    }

    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 || !line.ends_with('\n') {
            bail!("the connection was closed");
        }
        Ok(line.trim_end().to_owned())
    }
}

impl Answer {
    /// The page as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What the first input of this name holds, hidden or not.
    pub fn value(&self, name: &str) -> Result<String> {
        let page = self.text();
        let input = page.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap_or(""));
        let mut named = input.filter(|input| input.contains(&format!("name=\"{name}\"")));
        let input = named.next().with_context(|| format!("no field {name} in {}", shortened(&page)))?;
        let value = input.split(" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        Ok(value.unwrap_or_default().to_owned())
    }
}

/// What a page says, without its marks, in a line.
pub fn shortened(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap_or(page);
    let text: String =
        main.split('<').map(|part| part.split('>').nth(1).unwrap_or("")).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(400).collect()
}

fn escaped(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(byte).collect()
}
