//! Choosing an address of the council's own list, as a browser without JavaScript does and as the script asks.

use super::browser::{Answer, Browser};
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use gazetteer::{Reading, Shrinking};
use register::command::OpenSubject;
use register::ids::SubjectId;
use register::people::Role;
use register::personal::Text;
use register::subject::{Address, Premises, SubjectDetails};
use service::access::{AccessFilter, AccessKind};
use std::io::Cursor;

const LIST: &str = "UPRN,ADDRESS,POSTCODE\n\
    990000000004,\"4 Mill Lane, Fenbridge\",FB1 2AB\n\
    990000000014,\"14 Mill Lane, Fenbridge\",FB1 2AC\n\
    990000000015,\"15 <b>O'Hara's</b> Row, Fenbridge\",FB1 2AD\n";

impl TestCouncil {
    fn loads(&self, list: &str) {
        let mut reading = Reading::new();
        reading.file("list.csv", Cursor::new(list), &mut |_| {}).expect("read");
        self.gazetteer.load(reading, "today", Shrinking::Allow).expect("loaded");
    }

    /// How many checks are in the access log.
    async fn checks(&self) -> usize {
        let rows =
            self.service.accesses(id(Role::Auditor), AccessFilter::default(), 50).await.expect("access log");
        rows.iter().filter(|row| row.kind == AccessKind::Check).count()
    }
}

async fn council_with_list() -> TestCouncil {
    let council = TestCouncil::open().await;
    council.loads(LIST);
    council
}

/// The value of a field of a page.
fn value<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let at = answer.body.find(&format!(" name=\"{name}\"")).expect("field");
    let rest = answer.body[at..].split_once("value=\"").expect("value").1;
    rest.split('"').next().expect("value")
}

async fn finds(browser: &mut Browser, address: &str) -> Answer {
    let typed = [("purpose", "call"), ("name", "Ann Other"), ("address", address), ("find", "address")];
    browser.post("/check", &typed).await
}

#[tokio::test]
async fn without_a_list_nothing_of_it_shows_and_nothing_is_found() {
    let council = TestCouncil::open().await;
    let mut browser = council.signed_in(Role::RegisterTeam).await;
    for place in ["/check", "/subjects/new", "/subjects/new?kind=premises"] {
        let page = browser.get(place).await.body;
        assert!(!page.contains("psr-address") && !page.contains("Find address"), "{place}");
    }
    assert_eq!(browser.post("/addresses", &[("typed", "4 mill")]).await.body.trim(), "");
    let answer = finds(&mut browser, "4 mill lane").await;
    assert!(answer.body.contains("psr-verdict"), "it is a check as ever: {}", answer.body);
}

#[tokio::test]
async fn a_button_finds_addresses_keeps_everything_typed_and_checks_nothing() {
    let council = council_with_list().await;
    let mut browser = council.signed_in(Role::Officer).await;
    let answer = finds(&mut browser, "4 mill").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer.body.contains("Which address?") && answer.body.contains("4 Mill Lane, Fenbridge, FB1 2AB")
    );
    assert!(answer.body.contains("None of these"));
    assert_eq!((value(&answer, "name"), value(&answer, "address")), ("Ann Other", "4 mill"));
    assert_eq!(council.checks().await, 0);
    let again =
        [("purpose", "call"), ("address", "14 mill"), ("find", "address"), ("found-address", "990000000004")];
    let again = browser.post("/check", &again).await;
    assert_eq!(value(&again, "address"), "14 mill", "an answer to an earlier question is none");
    let nothing = finds(&mut browser, "nowhere").await;
    assert!(nothing.body.contains("has nothing like it"));
    assert!(finds(&mut browser, " ").await.body.contains("Type part of an address"));
}

#[tokio::test]
async fn the_chosen_address_is_what_is_checked_and_none_of_these_leaves_what_was_typed() {
    let council = council_with_list().await;
    let mut browser = council.signed_in(Role::Officer).await;
    let chosen = |uprn: &'static str| {
        [("purpose", "call"), ("name", "Ann Other"), ("address", "4 mill"), ("found-address", uprn)]
    };
    let answer = browser.post("/check", &chosen("990000000004")).await;
    for part in ["4 Mill Lane, Fenbridge", "FB1 2AB", "990000000004"] {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    for left in ["none", "990000000999", "nonsense"] {
        let answer = browser.post("/check", &chosen(left)).await;
        assert!(answer.body.contains("psr-verdict") && answer.body.contains("4 mill"), "{left}");
        assert!(!answer.body.contains("9900000000"), "{left}");
    }
    assert_eq!(council.checks().await, 4);
}

#[tokio::test]
async fn an_address_changed_by_hand_after_it_was_chosen_loses_its_reference_and_no_other_does() {
    let council = council_with_list().await;
    let mut browser = council.signed_in(Role::Officer).await;
    let typed = |address: &'static str, memory: &'static str| {
        // The name alone with a wildcard brings the form back, so that its fields can be looked at.
        [
            ("purpose", "call"),
            ("name", "Ann*"),
            ("address", address),
            ("uprn", "990000000004"),
            ("chosen-address", memory),
        ]
    };
    const MEMORY: &str = "990000000004 4 Mill Lane, Fenbridge";
    for (address, memory, left) in [
        ("4 Mill Lane, Fenbridge", MEMORY, "990000000004"),
        ("44 Mill Lane, Fenbridge", MEMORY, ""),
        ("44 Mill Lane, Fenbridge", "", "990000000004"),
        ("44 Mill Lane, Fenbridge", "990000000014 14 Mill Lane, Fenbridge", "990000000004"),
    ] {
        let answer = browser.post("/check", &typed(address, memory)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(value(&answer, "uprn"), left, "{address}, {memory}");
    }
}

#[tokio::test]
async fn the_script_is_given_options_with_everything_escaped() {
    let council = council_with_list().await;
    let mut browser = council.signed_in(Role::Officer).await;
    let answer = browser.post("/addresses", &[("typed", "mill lane")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body.matches("role=\"option\"").count(), 2);
    assert!(answer.body.contains(
        "data-uprn=\"990000000004\" data-lines=\"4 Mill Lane, Fenbridge\" data-postcode=\"FB1 2AB\""
    ));
    let escaped = browser.post("/addresses", &[("typed", "15 ohara")]).await.body;
    assert!(escaped.contains("role=\"option\"") && !escaped.contains("<b>"), "{escaped}");
    assert_eq!(council.checks().await, 0, "an address is nobody's");
}

#[tokio::test]
async fn suggestions_are_for_those_who_may_open_such_a_form() {
    let council = council_with_list().await;
    let stranger = council.browser().post("/addresses", &[("typed", "mill lane")]).await;
    assert!(stranger.leads_to().is_some_and(|place| place.starts_with("/sign-in")));
    for role in Role::of_people() {
        let mut browser = council.signed_in(*role).await;
        let form = browser.get("/check").await.status;
        let report = browser.get("/incidents/new").await.status;
        let subject = browser.get("/subjects/new").await.status;
        let answer = browser.post("/addresses", &[("typed", "mill lane")]).await;
        let opens_one = [form, report, subject].contains(&StatusCode::OK);
        assert_eq!(answer.status == StatusCode::OK, opens_one, "{role:?}");
        assert!(opens_one || !answer.body.contains("Mill Lane"), "{role:?}");
    }
}

#[tokio::test]
async fn a_file_is_opened_at_a_chosen_address_and_one_of_several_is_filled() {
    let council = council_with_list().await;
    let mut browser = council.signed_in(Role::RegisterTeam).await;
    let asks = [
        ("kind", "person"),
        ("name-1", "Ann Other"),
        ("lines-1", "1 Elsewhere"),
        ("lines-2", "14 mill"),
        ("find", "lines-2"),
    ];
    let found = browser.post("/subjects/new", &asks).await;
    assert!(found.body.contains("name=\"found-lines-2\"") && !found.body.contains("name=\"found-lines-1\""));
    let fields = [
        ("kind", "person"),
        ("name-1", "Ann Other"),
        ("lines-1", "1 Elsewhere"),
        ("lines-2", "14 mill"),
        ("found-lines-2", "990000000014"),
    ];
    let opened = browser.post("/subjects/new", &fields).await;
    let file = browser.get(opened.leads_to().expect("opened")).await.body;
    for part in ["1 Elsewhere", "14 Mill Lane", "FB1 2AC", "UPRN 990000000014"] {
        assert!(file.contains(part), "{part}: {file}");
    }
}

#[tokio::test]
async fn a_report_keeps_the_chosen_address_with_its_postcode() {
    let council = council_with_list().await;
    let mut browser = council.signed_in(Role::Officer).await;
    let begun = browser.post("/incidents/new", &[("danger", "no")]).await;
    let who = begun.leads_to().expect("begun").rsplit_once('/').expect("place").0.to_owned() + "/who";
    let asks = [("name", "Ann Other"), ("address", "4 mill"), ("find", "address")];
    let found = browser.post(&who, &asks).await;
    assert!(found.body.contains("Which address?"), "{}", found.body);
    let chosen = [
        ("name", "Ann Other"),
        ("identity", "unknown"),
        ("address", "4 mill"),
        ("found-address", "990000000004"),
    ];
    browser.post(&who, &chosen).await;
    let page = browser.get(&who).await;
    assert_eq!(value(&page, "address"), "4 Mill Lane, Fenbridge, FB1 2AB");
    assert!(!page.body.contains("Which address?"));
}

#[tokio::test]
async fn a_file_says_when_its_address_is_no_longer_live_and_not_when_it_never_was_ours() {
    let council = council_with_list().await;
    let mut opened = Vec::new();
    for (bits, uprn) in [(51, 990_000_000_004), (52, 990_000_000_014), (53, 100_000_000_001)] {
        let subject = SubjectId::from_bits(bits);
        let text = |words: &str| Text::new(words).expect("text");
        let address =
            Address { lines: text("A house"), postcode: None, uprn: Some(uprn), from: None, until: None };
        let details = SubjectDetails::Premises(Premises { description: text("A house"), address });
        let command = OpenSubject { subject, details };
        let id = id(Role::RegisterTeam);
        council.service.execute(id, council.service.fresh_command(), command).await.expect("opened");
        opened.push(subject);
    }
    let mut browser = council.signed_in(Role::RegisterTeam).await;
    let says = "has the address changed?";
    for subject in &opened {
        assert!(!browser.get(&format!("/subjects/{subject}")).await.body.contains(says));
    }
    council.loads(&LIST.replace("990000000004", "990000000005"));
    let mut said = Vec::new();
    for subject in &opened {
        said.push(browser.get(&format!("/subjects/{subject}")).await.body.contains(says));
    }
    assert_eq!(said, [true, false, false]);
    let place = browser.get(&format!("/subjects/{}/occupants", opened[1])).await.body;
    assert!(place.contains("990000000014"), "{place}");
}
