//! Documents keep their pages and nothing that acts, is hidden in them, or tells of whoever wrote them. They are written anew, so that what
//! stood before, after or between their objects is gone, earlier versions of them too.

use crate::{LARGEST, NotTaken};
use lopdf::{Dictionary, Document, Error, LoadOptions, Object};

/// The most bytes that a packed part may unpack to while it is read.
const MOST_UNPACKED: usize = 32 << 20;

/// Entries of any dictionary that act by themselves or at a touch, hide another file, or say who wrote it and with what (ISO 32000-2: 7.7,
/// 7.9, 12.6, 12.7, 13, 14.3).
const TAKEN_OUT: &[&[u8]] = &[
    b"A",
    b"AA",
    b"AF",
    b"Collection",
    b"EmbeddedFiles",
    b"Info",
    b"JS",
    b"JavaScript",
    b"LastModified",
    b"Metadata",
    b"OpenAction",
    b"PieceInfo",
    b"RichMediaContent",
    b"URI",
    b"XFA",
];

/// Kinds of annotation that are, or play, another file.
const NOT_SHOWN: &[&[u8]] = &[b"FileAttachment", b"Movie", b"RichMedia", b"Screen", b"Sound", b"3D"];

/// The same pages, written anew.
pub(crate) fn without_what_acts(bytes: &[u8]) -> Result<Vec<u8>, NotTaken> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        Error::InvalidPassword | Error::Decryption(_) => NotTaken::Locked,
        _ => NotTaken::Unreadable,
    })?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(NotTaken::Locked);
    }
    if document.page_iter().next().is_none() {
        return Err(NotTaken::Unreadable);
    }
    strip(&mut document.trailer);
    for object in document.objects.values_mut() {
        strip_object(object);
    }
    document.prune_objects();
    document.renumber_objects();
    let mut written = Vec::new();
    document.save_to(&mut written).map_err(|_| NotTaken::Unreadable)?;
    if written.len() > 2 * LARGEST { Err(NotTaken::Unreadable) } else { Ok(written) }
}

fn strip_object(object: &mut Object) {
    match object {
        Object::Dictionary(dictionary) => strip(dictionary),
        Object::Stream(stream) => strip(&mut stream.dict),
        Object::Array(parts) => parts.iter_mut().for_each(strip_object),
        _ => {}
    }
}

fn strip(dictionary: &mut Dictionary) {
    for key in TAKEN_OUT {
        dictionary.remove(key);
    }
    let is_other_file = dictionary
        .get(b"Subtype")
        .and_then(Object::as_name)
        .is_ok_and(|subtype| NOT_SHOWN.contains(&subtype));
    if is_other_file {
        *dictionary = Dictionary::new();
    }
    for (_, object) in dictionary.iter_mut() {
        strip_object(object);
    }
}
