//! Files chosen for a report, as its draft lists them.

use super::draft::FILES;
use intake::Clean;
use register::ids::AttachmentId;
use register::incident::Media;
use web::form::Typed;

/// The most files of a report.
pub const MOST: usize = 5;
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
    /// A file as it was taken in.
    pub fn new(id: AttachmentId, name: String, file: &Clean) -> Self {
        let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
        Self { id, media: file.media, size, name }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_is_read_back_from_its_line() {
        let file = Clean { media: Media::Png, bytes: vec![0; 8] };
        let kept = Kept::new(AttachmentId::from_bits(1), "a bc.png".to_owned(), &file);
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
