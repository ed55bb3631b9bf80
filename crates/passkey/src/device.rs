//! What the device said: of which site, who was there, how often its key was used, and a key that it just made (Web Authentication 6.1).

use crate::Lie;
use crate::key::Key;
use ciborium::Value;
use std::io::Cursor;

/// More bytes than a device says.
const LONGEST: usize = 8192;
/// The digest of the site's name, the flags, the count.
const HEAD: usize = 37;
/// Of its maker.
const MODEL: usize = 16;
/// More bytes than a key's name has (7.1, step 23).
const LONGEST_ID: usize = 1023;

const PRESENT: u8 = 0b0000_0001;
const RECOGNISED: u8 = 0b0000_0100;
const HAS_KEY: u8 = 0b0100_0000;
const HAS_MORE: u8 = 0b1000_0000;

/// What a device said.
#[derive(Debug)]
pub(crate) struct Said {
    site: [u8; 32],
    flags: u8,
    pub(crate) count: u32,
    /// The name of the key and the key, where one was made.
    pub(crate) new: Option<Named>,
}

/// A key behind what its device calls it.
type Named = (Vec<u8>, Key);

impl Said {
    /// Refuses what is of another site, or was done with nobody there whom the device knows.
    pub(crate) fn is_for(&self, site: &str) -> Result<(), Lie> {
        let ours = ring::digest::digest(&ring::digest::SHA256, site.as_bytes());
        if ours.as_ref() != self.site {
            return Err(Lie::Site);
        }
        if self.flags & PRESENT == 0 {
            return Err(Lie::Absent);
        }
        if self.flags & RECOGNISED == 0 { Err(Lie::NotRecognised) } else { Ok(()) }
    }
}

/// What a device says when a key is made: its word in CBOR, with a statement about its maker that is not looked at.
pub(crate) fn attested(bytes: &[u8]) -> Result<Said, Lie> {
    if bytes.len() > LONGEST {
        return Err(Lie::TooLong);
    }
    let (value, read) = read(bytes)?;
    if read != bytes.len() {
        return Err(Lie::Device);
    }
    let parts = value.into_map().map_err(|_| Lie::Device)?;
    let part = parts.into_iter().find(|(name, _)| name.as_text() == Some("authData"));
    let word = part.and_then(|(_, word)| word.into_bytes().ok()).ok_or(Lie::Device)?;
    said(&word)
}

/// What a device says.
pub(crate) fn said(bytes: &[u8]) -> Result<Said, Lie> {
    if bytes.len() > LONGEST {
        return Err(Lie::TooLong);
    }
    let (head, rest) = bytes.split_at_checked(HEAD).ok_or(Lie::Device)?;
    let (site, rest_of_head) = head.split_first_chunk::<32>().ok_or(Lie::Device)?;
    let (flags, count) = rest_of_head.split_first().ok_or(Lie::Device)?;
    let count = u32::from_be_bytes(count.try_into().map_err(|_| Lie::Device)?);
    let (new, rest) = if flags & HAS_KEY == 0 {
        (None, rest)
    } else {
        let (made, rest) = made(rest)?;
        (Some(made), rest)
    };
    let more = if flags & HAS_MORE == 0 { 0 } else { read(rest)?.1 };
    if more != rest.len() {
        return Err(Lie::Device);
    }
    Ok(Said { site: *site, flags: *flags, count, new })
}

/// The key that was made and its name, and what comes behind.
fn made(bytes: &[u8]) -> Result<(Named, &[u8]), Lie> {
    let (_, rest) = bytes.split_at_checked(MODEL).ok_or(Lie::Device)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(Lie::Device)?;
    let length = usize::from(u16::from_be_bytes(*length));
    if length == 0 || length > LONGEST_ID {
        return Err(Lie::Device);
    }
    let (id, rest) = rest.split_at_checked(length).ok_or(Lie::Device)?;
    let (key, read) = read(rest)?;
    let rest = rest.get(read..).ok_or(Lie::Device)?;
    Ok(((id.to_vec(), Key::read(key)?), rest))
}

/// One thing in CBOR, and how many bytes it took.
fn read(bytes: &[u8]) -> Result<(Value, usize), Lie> {
    let mut cursor = Cursor::new(bytes);
    let value = ciborium::from_reader(&mut cursor).map_err(|_| Lie::Device)?;
    let read = usize::try_from(cursor.position()).map_err(|_| Lie::Device)?;
    Ok((value, read))
}
