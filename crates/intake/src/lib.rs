//! Files that people send, made harmless before they are kept: what each is follows from its content alone, pictures are drawn anew, and
//! what a file carries beside what it shows (where a photograph was taken, who wrote a document, anything that acts by itself) is gone.

mod name;
mod pdf;
mod picture;
mod scanner;

pub use name::{name_as, plain_name};
pub use scanner::{NotAScanner, Scanner};

use register::incident::Media;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The largest file that is taken, in bytes.
pub const LARGEST: usize = 10 << 20;

/// A file as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// What it is.
    pub media: Media,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a file is not taken. Each reads on from the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Nothing in it.
    #[error("is empty. Choose another file")]
    Empty,
    /// More than [`LARGEST`].
    #[error("is larger than 10 MB. Choose a smaller one")]
    TooLarge,
    /// None of the kinds that are taken.
    #[error("is not a JPEG, PNG, PDF or text file. Choose another, or a picture of it")]
    Unknown,
    /// It begins like one of them, and is none.
    #[error("cannot be read: it is damaged, or is not what it seems. Choose another, or a picture of it")]
    Unreadable,
    /// A picture of more pixels than are drawn anew.
    #[error("has more than 30 million pixels. Make it smaller, or take the picture again")]
    TooManyPixels,
    /// A document that only opens with a password.
    #[error("is locked with a password. Save it without one, or choose a picture of it")]
    Locked,
    /// The council's scanner knows it as harmful.
    #[error("was not taken: the virus scanner found something harmful in it")]
    Harmful,
    /// The council's scanner gave no answer, or something of ours failed: what is not examined is not taken.
    #[error("could not be examined for viruses just now, and was not taken. Go on without it, or try again")]
    NotExamined,
}

/// Where files come in: examined, made harmless, one at a time. Cheap to clone.
#[derive(Clone)]
pub struct Intake {
    scanner: Option<Arc<Scanner>>,
    one: Arc<Semaphore>,
}

impl Default for Intake {
    fn default() -> Self {
        Self { scanner: None, one: Arc::new(Semaphore::new(1)) }
    }
}

impl Intake {
    /// One that asks this scanner first.
    #[must_use]
    pub fn asking(scanner: Option<Scanner>) -> Self {
        Self { scanner: scanner.map(Arc::new), ..Self::default() }
    }

    /// Takes a file in, as it is to be kept. Files wait for each other, so that many at once need no more memory than one.
    ///
    /// # Errors
    /// [`NotTaken`], in words for whoever sent it.
    pub async fn take(&self, bytes: Vec<u8>) -> Result<Clean, NotTaken> {
        if bytes.len() > LARGEST {
            return Err(NotTaken::TooLarge);
        }
        let _one_at_a_time = self.one.acquire().await.map_err(|_| NotTaken::NotExamined)?;
        if let Some(scanner) = &self.scanner {
            scanner.examine(&bytes).await?;
        }
        let cleaned = tokio::task::spawn_blocking(move || clean(&bytes)).await;
        cleaned.map_err(|error| {
            tracing::error!(%error, "a file could not be made harmless");
            NotTaken::NotExamined
        })?
    }
}

/// Makes a file harmless. It takes at most some 220 MB of memory and a few seconds, whatever is sent.
///
/// # Errors
/// [`NotTaken`], in words for whoever sent it.
pub fn clean(bytes: &[u8]) -> Result<Clean, NotTaken> {
    match bytes.len() {
        0 => return Err(NotTaken::Empty),
        1..=LARGEST => {}
        _ => return Err(NotTaken::TooLarge),
    }
    let media = media(bytes).ok_or(NotTaken::Unknown)?;
    let bytes = match media {
        Media::Jpeg | Media::Png => picture::drawn_anew(bytes, media)?,
        Media::Pdf => pdf::without_what_acts(bytes)?,
        Media::Text => bytes.to_vec(),
    };
    Ok(Clean { media, bytes })
}

/// What a file is by its first bytes; a text is one that can be read as one. What it is called plays no part.
fn media(bytes: &[u8]) -> Option<Media> {
    let is_text = || {
        std::str::from_utf8(bytes).is_ok_and(|text| {
            text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
        })
    };
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Media::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Media::Png),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Media::Pdf),
        _ if is_text() => Some(Media::Text),
        _ => None,
    }
}
