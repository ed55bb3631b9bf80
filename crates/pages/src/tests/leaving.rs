//! What leaves the register (letters, evidence bundles) says nowhere who reported: not in its text, and not in what lies packed or beside it.

use super::cases::{At, HERE, OFFICER_HERE, PLANTED, Secret, word};
use super::council::TestCouncil;
use axum::http::StatusCode;
use lopdf::{Document, Object};
use register::people::Role;

/// Everything that a PDF holds: its bytes, each stream unpacked, each string decoded.
fn unpacked(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let mut whole = String::from_utf8_lossy(bytes).into_owned();
    let trailer = Object::Dictionary(document.trailer.clone());
    for object in document.objects.values().chain([&trailer]) {
        unpack(object, &mut whole);
    }
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    whole.push_str(&document.extract_text(&pages).expect("text"));
    whole
}

fn unpack(object: &Object, whole: &mut String) {
    match object {
        Object::String(bytes, _) => {
            whole.push_str(&String::from_utf8_lossy(bytes));
            let wide: Vec<u16> =
                bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            whole.push_str(&String::from_utf16_lossy(&wide));
        }
        Object::Array(parts) => parts.iter().for_each(|part| unpack(part, whole)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, part)| unpack(part, whole)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, part)| unpack(part, whole));
            let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            whole.push_str(&String::from_utf8_lossy(&content));
        }
        _ => {}
    }
}

#[tokio::test]
async fn no_letter_and_no_bundle_says_who_reported_in_any_part_of_it() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::Complained).await;
    let reported =
        council.service.read(|register| register.incident(case.incident).expect("there").reported.at);
    let reporters = PLANTED.iter().filter(|(_, secret)| *secret == Secret::Reporter);
    let mut hidden: Vec<String> = reporters.map(|(field, _)| word(HERE, field)).collect();
    hidden.push(OFFICER_HERE.to_string());
    hidden.push("account301@fenbridge.example".to_owned());
    // When to the second would tell whoever knows who was there.
    hidden.extend([
        reported.to_string(),
        reported.strftime("%H:%M:%S").to_string(),
        // As PDF writes it, with its day: six digits alone stand in any picture.
        reported.strftime("%Y%m%d%H%M%S").to_string(),
    ]);
    let mut registrar = council.signed_in(Role::RegisterTeam).await;
    for (place, says) in [("letter.pdf", "explanation"), ("bundle.pdf", "what-happened")] {
        let answer = registrar.get_bytes(&format!("/measures/{}/{place}", case.measure)).await;
        assert_eq!(answer.0, StatusCode::OK, "{place}");
        let whole = unpacked(&answer.1);
        let folded: String = whole.split_whitespace().collect();
        assert!(folded.contains(&word(HERE, says)), "{place} was read");
        for word in &hidden {
            assert!(!folded.contains(word.as_str()), "{place} says {word}");
        }
    }
}
