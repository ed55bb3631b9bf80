//! What is sent to do harm comes out harmless, or not at all; what is sent in good faith comes out as it looked.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};
use intake::{LARGEST, NotTaken, clean};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};
use register::incident::Media;
use std::io::{Cursor, Write};

/// Looked for in what comes out.
const PLANTED: &[u8] = b"PLANTED-51.8994N-2.0783W";

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

/// Two halves, left red and right blue: which way up it is can be told.
fn picture(format: ImageFormat) -> Vec<u8> {
    let drawn = RgbImage::from_fn(64, 32, |x, _| if x < 32 { Rgb([250, 5, 5]) } else { Rgb([5, 5, 250]) });
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(drawn).write_to(&mut file, format).expect("drawn");
    file.into_inner()
}

/// A JPEG with an EXIF segment that says where it was taken and that it lies on its side.
fn photograph() -> Vec<u8> {
    on_its_side(&picture(ImageFormat::Jpeg))
}

fn on_its_side(plain: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(PLANTED);
    let mut file = plain[..2].to_vec();
    file.extend_from_slice(&[0xff, 0xe1]);
    file.extend_from_slice(&u16::try_from(exif.len() + 2).expect("short").to_be_bytes());
    file.extend_from_slice(&exif);
    file.extend_from_slice(&plain[2..]);
    file
}

/// A PNG chunk that belongs before its end.
fn with_chunk(png: &[u8], kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    let end = png.len() - 12;
    let mut file = png[..end].to_vec();
    file.extend_from_slice(&u32::try_from(data.len()).expect("short").to_be_bytes());
    file.extend_from_slice(kind);
    file.extend_from_slice(data);
    file.extend_from_slice(&crc.sum().to_be_bytes());
    file.extend_from_slice(&png[end..]);
    file
}

#[test]
fn a_photograph_stands_upright_and_says_nothing_of_where_it_was_taken() {
    let sent = photograph();
    assert!(holds(&sent, PLANTED));
    let kept = clean(&sent).expect("taken");
    assert_eq!(kept.media, Media::Jpeg);
    assert!(!holds(&kept.bytes, PLANTED) && !holds(&kept.bytes, b"Exif"));
    let seen = image::load_from_memory(&kept.bytes).expect("a picture").into_rgb8();
    assert_eq!(seen.dimensions(), (32, 64), "turned by a quarter");
    assert!(seen[(16, 8)][0] > 200 && seen[(16, 56)][2] > 200, "red above blue");
}

#[test]
fn a_png_keeps_its_pixels_and_no_words() {
    let sent = with_chunk(&picture(ImageFormat::Png), b"tEXt", PLANTED);
    let kept = clean(&sent).expect("taken");
    assert!(holds(&sent, PLANTED) && !holds(&kept.bytes, PLANTED));
    let (before, after) =
        (image::load_from_memory(&sent).unwrap(), image::load_from_memory(&kept.bytes).unwrap());
    assert_eq!(before.as_bytes(), after.as_bytes());
    assert_eq!(after.dimensions(), (64, 32));
}

#[test]
fn a_picture_that_is_something_else_as_well_comes_out_as_a_picture_alone() {
    let script = b"<script>alert(1)</script>";
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let mut sent = picture(format);
        sent.extend_from_slice(script);
        sent.extend_from_slice(b"PK\x03\x04 an archive");
        let kept = clean(&sent).expect("taken");
        assert!(!holds(&kept.bytes, script) && !holds(&kept.bytes, b"PK\x03\x04"), "{format:?}");
    }
}

/// 30,000 by 30,000 pixels of nothing, packed into a few kilobytes by its sender.
#[test]
fn a_picture_that_would_fill_the_memory_is_refused_before_a_pixel_is_read() {
    let mut png = picture(ImageFormat::Png);
    let mut header = Vec::new();
    header.extend_from_slice(&30_000u32.to_be_bytes());
    header.extend_from_slice(&30_000u32.to_be_bytes());
    header.extend_from_slice(&png[24..29]);
    let mut crc = flate2::Crc::new();
    crc.update(b"IHDR");
    crc.update(&header);
    png[16..29].copy_from_slice(&header);
    png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    assert_eq!(clean(&png), Err(NotTaken::TooManyPixels));
}

#[test]
fn what_only_begins_like_a_picture_or_a_document_is_not_taken() {
    let mut cut = picture(ImageFormat::Jpeg);
    cut.truncate(40);
    let broken: [&[u8]; 5] = [
        b"\x89PNG\r\n\x1a\nnot much of a picture",
        b"\xff\xd8\xff\xe0 neither",
        b"%PDF-1.7\n\xff",
        b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj trailer << /Root 1 0 R >>",
        &cut,
    ];
    for bytes in broken {
        assert_eq!(clean(bytes), Err(NotTaken::Unreadable), "{:?}", &bytes[..8]);
    }
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>\0";
    for bytes in [&b"MZ\x90\x00\x03"[..], b"GIF89a\x01\x00", b"PK\x03\x04\x14\x00", b"\x7fELF", svg] {
        assert_eq!(clean(bytes), Err(NotTaken::Unknown));
    }
    assert_eq!(clean(b""), Err(NotTaken::Empty));
    assert_eq!(clean(&vec![b'a'; LARGEST + 1]), Err(NotTaken::TooLarge));
    assert_eq!(clean("He said “no”.\r\n".as_bytes()).map(|kept| kept.media), Ok(Media::Text));
}

/// One page that says something, and whatever else `more` puts into it.
fn document(more: impl FnOnce(&mut Document, lopdf::ObjectId, lopdf::ObjectId)) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let content = document.add_object(Stream::new(dictionary! {}, b"BT (What was said) Tj ET".to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    document.objects.insert(
        pages,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    more(&mut document, catalog, page);
    let mut file = Vec::new();
    document.save_to(&mut file).expect("written");
    file
}

#[test]
fn a_document_keeps_its_page_and_nothing_that_acts_or_hides_or_names_its_writer() {
    let sent = document(|document, catalog, page| {
        let script = document.add_object(dictionary! {
            "S" => "JavaScript", "JS" => Object::string_literal("app.alert('PLANTED-SCRIPT')"),
        });
        let hidden =
            document.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, PLANTED.to_vec()));
        let file =
            document.add_object(dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => hidden } });
        let about = document.add_object(dictionary! { "Author" => Object::string_literal("PLANTED-WRITER") });
        let said =
            document.add_object(Stream::new(dictionary! { "Type" => "Metadata" }, b"PLANTED-XMP".to_vec()));
        let launch = dictionary! {
            "Type" => "Annot", "Subtype" => "Link",
            "A" => dictionary! { "S" => "Launch", "F" => Object::string_literal("PLANTED-LAUNCH") },
        };
        let clip = dictionary! { "Type" => "Annot", "Subtype" => "FileAttachment", "FS" => file };
        let annotations = vec![Object::Dictionary(launch), Object::Dictionary(clip)];
        document.get_dictionary_mut(page).unwrap().set("Annots", annotations);
        document.get_dictionary_mut(page).unwrap().set("AA", dictionary! { "O" => script });
        let names = dictionary! {
            "JavaScript" => dictionary! { "Names" => vec![Object::string_literal("x"), script.into()] },
            "EmbeddedFiles" => dictionary! { "Names" => vec![Object::string_literal("y"), file.into()] },
        };
        let root = document.get_dictionary_mut(catalog).unwrap();
        root.set("OpenAction", script);
        root.set("Names", names);
        root.set("Metadata", said);
        document.trailer.set("Info", about);
    });
    let planted = ["PLANTED-SCRIPT", "PLANTED-LAUNCH", "PLANTED-WRITER", "PLANTED-XMP", "PLANTED-51"];
    for word in planted {
        assert!(holds(&sent, word.as_bytes()), "{word}");
    }
    let kept = clean(&sent).expect("taken");
    assert_eq!(kept.media, Media::Pdf);
    for word in planted.into_iter().chain(["JavaScript", "OpenAction", "Launch", "EmbeddedFile"]) {
        assert!(!holds(&kept.bytes, word.as_bytes()), "{word}");
    }
    assert!(holds(&kept.bytes, b"What was said"));
    assert_eq!(Document::load_mem(&kept.bytes).expect("read again").get_pages().len(), 1);
    assert_eq!(clean(&kept.bytes).expect("taken").bytes, kept.bytes, "nothing is left to take out");
}

#[test]
fn what_stands_around_a_document_or_in_an_earlier_version_of_it_is_gone() {
    let mut sent = document(|document, _, _| {
        document.add_object(Stream::new(dictionary! {}, PLANTED.to_vec()));
    });
    sent.extend_from_slice(b"\n<html><script>PLANTED-AFTER</script></html>\n");
    let kept = clean(&sent).expect("taken");
    assert!(holds(&sent, PLANTED) && !holds(&kept.bytes, PLANTED), "what no page uses");
    assert!(!holds(&kept.bytes, b"PLANTED-AFTER"));
}

/// A hundred megabytes of nothing in a packed part of a few kilobytes.
#[test]
fn a_document_that_would_unpack_to_more_than_memory_holds_is_not_taken() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let nothing = vec![b' '; 1 << 20];
    for _ in 0..100 {
        packed.write_all(&nothing).expect("packed");
    }
    let packed = packed.finish().expect("packed");
    let mut sent = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n".to_vec();
    let stream = format!(
        "3 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {} >>\nstream\n",
        packed.len()
    );
    let at = sent.len();
    sent.extend_from_slice(stream.as_bytes());
    sent.extend_from_slice(&packed);
    sent.extend_from_slice(b"\nendstream\nendobj\n");
    let table = sent.len();
    // The pages stand in the packed part: a cross-reference stream says so.
    let mut rows = vec![0u8, 0, 0, 0, 0, 255];
    for (kind, place, number) in [
        (1u8, 9u32, 0u8),
        (2, 3, 0),
        (1, u32::try_from(at).unwrap(), 0),
        (1, u32::try_from(table).unwrap(), 0),
    ] {
        rows.push(kind);
        rows.extend_from_slice(&place.to_be_bytes());
        rows.push(number);
    }
    let head =
        format!("4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R /Length {} >>\nstream\n", rows.len());
    sent.extend_from_slice(head.as_bytes());
    sent.extend_from_slice(&rows);
    sent.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{table}\n%%EOF\n").as_bytes());
    assert!(sent.len() < 1 << 20);
    assert_eq!(clean(&sent), Err(NotTaken::Unreadable));
}

#[test]
fn a_document_with_a_password_is_not_taken() {
    for user_password in ["secret", ""] {
        let locked = document(|document, _, _| {
            document.trailer.set("ID", vec![Object::string_literal("0123456789abcdef"); 2]);
            let version = EncryptionVersion::V2 {
                document,
                owner_password: "owner",
                user_password,
                key_length: 128,
                permissions: Permissions::all(),
            };
            let state = EncryptionState::try_from(version).expect("a way to lock it");
            document.encrypt(&state).expect("locked");
        });
        assert_eq!(clean(&locked), Err(NotTaken::Locked), "{user_password:?}");
    }
}

/// As much memory as this process ever held, in megabytes: each test is a process of its own.
fn most_held() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") / 1024
}

/// The largest picture that is taken, lying on its side, so that it is held twice.
#[test]
fn the_largest_picture_needs_less_than_256_megabytes() {
    let mut large = Cursor::new(Vec::new());
    let drawn = RgbImage::from_fn(6_000, 5_000, |x, y| Rgb([(x ^ y) as u8, (x >> 3) as u8, (y >> 4) as u8]));
    drawn.write_to(&mut large, ImageFormat::Jpeg).expect("drawn");
    drop(drawn);
    let large = on_its_side(&large.into_inner());
    assert!(large.len() < LARGEST, "{}", large.len());
    let kept = clean(&large).expect("taken");
    assert!(most_held() < 256, "{} MB", most_held());
    assert!(kept.bytes.len() < LARGEST, "{}", kept.bytes.len());
}
