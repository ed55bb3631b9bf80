//! Files chosen for a report: what they are, as their content says, and what is not taken.

use super::draft::FILES;
use register::ids::AttachmentId;
use register::incident::Media;
use web::form::{Typed, Uploaded};

/// The most files of a report.
pub const MOST: usize = 5;
/// The largest file, in bytes.
const LARGEST: usize = 10 << 20;
/// The most characters of a name that are kept.
const LONGEST_NAME: usize = 120;

/// A file kept beside a draft.
pub struct Kept {
    /// Its reference, which it keeps when the report is sent.
    pub id: AttachmentId,
    /// What it is.
    pub media: Media,
    /// Its size in bytes.
    pub size: u64,
    /// What whoever chose it calls it.
    pub name: String,
}

impl Kept {
    /// A chosen file, or what is wrong with it.
    ///
    /// # Errors
    /// What to do about it, without a full stop.
    pub fn new(id: AttachmentId, file: &Uploaded) -> Result<Self, String> {
        let name = plain_name(&file.name);
        if file.bytes.is_empty() {
            return Err(format!("{name} is empty. Choose another file"));
        }
        if file.bytes.len() > LARGEST {
            return Err(format!("{name} is larger than 10 MB. Choose a smaller one"));
        }
        let media = media(&file.bytes).ok_or_else(|| {
            format!("{name} is not a JPEG, PNG, PDF or text file. Choose another, or a picture of it")
        })?;
        let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
        Ok(Self { id, media, size, name })
    }

    /// Whether another is of the same name, kind and size.
    pub fn is_like(&self, other: &Self) -> bool {
        (&self.name, self.media, self.size) == (&other.name, other.media, other.size)
    }

    /// How the draft lists it.
    pub fn line(&self) -> String {
        format!("{} {} {} {}", self.id, self.media.key(), self.size, self.name)
    }

    /// Every file that a draft lists.
    pub fn listed(typed: &Typed) -> Vec<Self> {
        typed.values(FILES).filter_map(Self::read).collect()
    }

    fn read(line: &str) -> Option<Self> {
        let mut parts = line.splitn(4, ' ');
        Some(Self {
            id: parts.next()?.parse().ok()?,
            media: Media::from_key(parts.next()?)?,
            size: parts.next()?.parse().ok()?,
            name: parts.next()?.to_owned(),
        })
    }

    /// What it is, for people: `JPEG image, 2.4 MB`.
    pub fn kind(&self) -> String {
        format!("{}, {}", self.media.label(), size_in_words(self.size))
    }
}

/// `812 bytes`, `24 KB`, `2.4 MB`.
pub fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// A name without folders, control characters, or anything that is not one line; never empty.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let plain = plain.trim();
    if plain.is_empty() { "file".to_owned() } else { plain.to_owned() }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(name: &str, bytes: &[u8]) -> Result<Kept, String> {
        Kept::new(AttachmentId::from_bits(1), &Uploaded { name: name.to_owned(), bytes: bytes.to_vec() })
    }

    #[test]
    fn a_file_is_what_its_content_says_whatever_it_is_called() {
        let media = |name, bytes: &[u8]| chosen(name, bytes).ok().map(|kept| kept.media);
        assert_eq!(media("photo.exe", &[0xff, 0xd8, 0xff, 0xe0]), Some(Media::Jpeg));
        assert_eq!(media("photo.jpg", b"\x89PNG\r\n\x1a\n...."), Some(Media::Png));
        assert_eq!(media("letter", b"%PDF-1.7\n\xff"), Some(Media::Pdf));
        assert_eq!(media("notes.txt", "He said “no”.\r\n".as_bytes()), Some(Media::Text));
        assert_eq!(media("photo.jpg", b"MZ\x90\x00\x03"), None);
        assert_eq!(media("photo.jpg", b"GIF89a\x01\x00"), None);
    }

    #[test]
    fn a_file_too_large_or_empty_is_named_with_what_to_do() {
        let large = vec![b'a'; LARGEST + 1];
        assert_eq!(
            chosen("C:\\me\\long.txt", &large).err().as_deref(),
            Some("long.txt is larger than 10 MB. Choose a smaller one")
        );
        assert!(chosen("x.txt", &large[1..]).is_ok());
        assert!(chosen("x.txt", b"").err().is_some_and(|says| says.contains("is empty")));
    }

    #[test]
    fn a_kept_file_is_read_back_from_its_line() {
        let kept = chosen("../a b\r\nc.png", b"\x89PNG\r\n\x1a\n").unwrap_or_else(|_| panic!("taken"));
        let read = Kept::read(&kept.line()).expect("read");
        assert_eq!(
            (read.id, read.media, read.size, read.name.as_str()),
            (kept.id, Media::Png, 8, "a bc.png")
        );
    }

    #[test]
    fn a_size_is_told_as_people_say_it() {
        assert_eq!(size_in_words(812), "812 bytes");
        assert_eq!(size_in_words(24_400), "24 KB");
        assert_eq!(size_in_words(2_460_000), "2.4 MB");
    }
}
