//! Bad input at every form: the field, what to do, what was typed kept, and never a fault.

use super::council::{TestCouncil, id};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use register::people::Role;

/// Field, what is typed, what the page says.
type Mistake = (&'static str, &'static str, &'static str);

/// Address, a right filling, and what may be wrong with it.
type TriedForm<'f> = (&'f str, &'f [(&'f str, &'f str)], &'f [Mistake]);

const ACCOUNT: &[Mistake] = &[
    ("name", "", "Enter their full name"),
    ("name", "   ", "Enter their full name"),
    ("email", "", "Enter their work email address"),
    ("email", "nobody", "Enter an email address like name@council.gov.uk"),
    ("email", "a b@c.example", "Enter an email address like name@council.gov.uk"),
    ("email", "officer@fenbridge.example", "Another account already uses this email address"),
    ("team", "", "Choose their team"),
    ("team", "Housing", "Choose their team"),
    ("team", "T-ZZZZ-ZZZZ", "There is no such team. Choose one from the list"),
    ("roles", "", "Choose at least one role"),
    ("roles", "king", "Choose at least one role"),
    ("phone", "012345678901234567890123456789012345678901234567890", "Use 50 characters or fewer"),
];

const TEAM: &[Mistake] = &[
    ("name", "", "Enter the team’s name"),
    ("name", "Housing", "Another team already has this name"),
    ("contact", "", "Choose how the team meets customers"),
    ("contact", "by owl", "Choose how the team meets customers"),
];

const SIGN_IN: &[Mistake] =
    &[("email", "", "Enter your email address"), ("password", "", "Enter your password")];

const INVITATION: &[Mistake] = &[
    ("code", "", "Enter the invitation code"),
    ("code", "12345", "The invitation code is not right or is too old"),
    ("password", "", "Choose a password"),
];

#[tokio::test]
async fn every_mistake_is_said_at_its_field_and_everything_typed_is_kept() {
    let council = TestCouncil::open().await;
    let mut browser = council.signed_in(Role::Administrator).await;
    let team = register::ids::TeamId::from_bits(1).to_string();
    let account: &[(&str, &str)] = &[
        ("name", "Ann O’Neill <b>"),
        ("email", "ann@fenbridge.example"),
        ("team", &team),
        ("roles", "auditor"),
        ("phone", "01632 960199"),
    ];
    let change = format!("/accounts/{}/change", id(Role::Member));
    let forms: [TriedForm<'_>; 5] = [
        ("/accounts/new", account, ACCOUNT),
        (&change, account, ACCOUNT),
        ("/teams/new", &[("name", "Parks"), ("contact", "outside")], TEAM),
        ("/sign-in", &[("email", "ann@fenbridge.example"), ("password", "a long password")], SIGN_IN),
        ("/sign-in/invitation", &[("code", "abc"), ("password", "a long password")], INVITATION),
    ];
    for (place, right, mistakes) in forms {
        for (field, typed, says) in mistakes {
            let sent: Vec<(&str, &str)> = right
                .iter()
                .map(|(name, value)| (*name, if name == field { *typed } else { *value }))
                .collect();
            let answer = browser.post(place, &sent).await;
            let case = format!("{place}: {field} = {typed:?}");
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{case}");
            assert!(answer.body.contains("<title>Error: "), "{case}");
            assert!(answer.body.contains(&format!("<a href=\"#{field}\">{says}")), "{case}");
            assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{case}");
            assert!(!answer.body.contains("<b>"), "{case}");
            for (name, value) in
                sent.iter().filter(|(name, _)| matches!(*name, "name" | "email" | "phone" | "code"))
            {
                let kept = value.replace('<', "&#60;").replace('>', "&#62;");
                assert!(answer.body.contains(&format!("value=\"{kept}\"")), "{case}: {name} kept");
            }
        }
    }
}

#[tokio::test]
async fn nothing_that_a_script_sends_makes_a_form_fail() {
    let council = TestCouncil::open().await;
    let mut browser = council.signed_in(Role::Administrator).await;
    let odd: [(&str, &[u8]); 8] = [
        ("application/x-www-form-urlencoded", b""),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&&&===&name"),
        ("application/x-www-form-urlencoded", b"command=zz&team=%00&roles=officer&roles=officer&before=-1"),
        ("application/json", b"{\"name\": \"X\"}"),
        ("text/plain", b"\xff\xfe"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\n\xff\r\n--x--\r\n",
        ),
    ];
    for place in [
        "/accounts/new",
        "/teams/new",
        "/sign-in",
        "/sign-in/invitation",
        &format!("/accounts/{}/change", id(Role::Member)),
    ] {
        for (kind, body) in odd {
            let request =
                Request::post(place).header("content-type", kind).body(Body::from(body)).expect("request");
            let answer = browser.send(request).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{place} {kind} {body:?}");
        }
    }
    for place in ["/access-log?file=%ff", "/access-log?before=x&account=&&=", "/sign-in?next=%ff&next=//x"] {
        assert!(!browser.get(place).await.status.is_server_error(), "{place}");
    }
}
