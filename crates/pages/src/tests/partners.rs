//! A partner's worker asks: about their own properties they are warned, about others they are told to ring, and nothing tells which is which.

use super::browser::{Answer, Browser};
use super::cases::{At, HERE, uprn};
use super::council::{HOMES, TestCouncil, id};
use axum::http::StatusCode;
use jiff::civil::date;
use register::command::{ApproveAgreement, EndAgreement, LoadStock, ProposeAgreement};
use register::ids::PartnerId;
use register::partner::{AgreementWords, Properties, Property, Shared, Terms};
use register::people::Role;
use register::personal::Text;
use register::view::Purpose;

const PARTNER: PartnerId = PartnerId::from_bits(1);
/// Everything that is shared with whoever asks.
const ASKED: &[Shared] = &[Shared::Precautions, Shared::Restrictions, Shared::Reviewed, Shared::Ring];

fn text(words: &str) -> Text {
    Text::new(words).expect("text")
}

/// A council whose partner is told of this property of its own alone.
pub async fn telling_of(council: &TestCouncil, uprn: u64, shares: &[Shared]) {
    let terms = Terms {
        starts: date(2026, 11, 24),
        ends: date(2028, 11, 23),
        shares: shares.iter().copied().collect(),
        purposes: [Purpose::Visit].into(),
        properties: Properties::Stock,
        answers: id(Role::LineManager),
    };
    let words =
        AgreementWords { document: text("Agreement 15"), signed_here: text("A"), signed_there: text("B") };
    let property = Property { lines: text("9 Far Lane, Fenbridge"), postcode: None };
    council.does(id(Role::RegisterTeam), ProposeAgreement { partner: PARTNER, terms, words }).await;
    council.does(id(Role::DataProtection), ApproveAgreement { partner: PARTNER, agreement: 1 }).await;
    let stock = [(uprn, property)].into();
    council.does(id(Role::RegisterTeam), LoadStock { partner: PARTNER, stock }).await;
    assert_eq!(council.service.read(|register| register.partner_of(HOMES).map(|it| it.id)), Some(PARTNER));
}

/// Both agreements end: nothing is shared any more.
pub async fn ends(council: &TestCouncil) {
    for agreement in [1, 0] {
        let reasons = text("They merged");
        council.does(id(Role::DataProtection), EndAgreement { partner: PARTNER, agreement, reasons }).await;
    }
}

async fn ask(browser: &mut Browser, field: &str, typed: &str) -> Answer {
    let day = [("day-day", "24"), ("day-month", "11"), ("day-year", "2026")];
    let mut fields = vec![("purpose", "visit"), ("job", "J-17"), (field, typed)];
    fields.extend(day);
    browser.post("/check", &fields).await
}

/// An answer without what was asked, and without the number and the code of the check.
fn masked(answer: &Answer, asked: &str) -> String {
    let number = answer.body.split("Quote check ").nth(1).and_then(|rest| rest.split('.').next());
    let number = number.expect("the number of the check").to_owned();
    let code = answer.body.split(&format!("Check {number}, ")).nth(1).and_then(|rest| rest.split('.').next());
    let code = code.expect("the code of the check").to_owned();
    let masks = [
        (asked.to_owned(), "ASKED"),
        (format!("heck {number}"), "heck N"),
        (format!("/check/receipts/{number}"), "/check/receipts/N"),
        (code, "CODE"),
    ];
    masks.iter().fold(answer.body.trim_end().to_owned(), |body, (own, mask)| body.replace(own, mask))
}

#[tokio::test]
async fn outside_its_own_properties_a_partner_is_answered_the_same_whether_anybody_is_listed_or_not() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InterimLive).await;
    telling_of(&council, 77, ASKED).await;
    let mut worker = council.signed_in(Role::Partner).await;
    let listed = uprn(case).to_string();
    let answer = ask(&mut worker, "uprn", &listed).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("does not cover this address"), "{}", answer.body);
    assert!(answer.body.contains("it is not an all-clear") && answer.body.contains("01632 960101"));
    assert!(!answer.body.contains("planted"));
    for other in 100..120 {
        let other = format!("{other:0>width$}", width = listed.len());
        let same = masked(&ask(&mut worker, "uprn", &other).await, &other);
        assert_eq!(same, masked(&answer, &listed));
    }
}

#[tokio::test]
async fn a_partner_is_warned_of_its_own_property_and_of_none_from_the_moment_its_agreement_ends() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InterimLive).await;
    telling_of(&council, uprn(case), ASKED).await;
    let mut worker = council.signed_in(Role::Partner).await;
    let own = uprn(case).to_string();
    let answer = ask(&mut worker, "uprn", &own).await;
    assert!(answer.body.contains("psr-verdict--marker"), "{}", answer.body);
    for agreement in [1, 0] {
        let reasons = text("They merged");
        let end = EndAgreement { partner: PARTNER, agreement, reasons };
        council.does(id(Role::DataProtection), end).await;
    }
    let answer = ask(&mut worker, "uprn", &own).await;
    assert!(answer.body.contains("no sharing agreement in force"), "{}", answer.body);
    assert!(!answer.body.contains("psr-verdict--marker") && !answer.body.contains("None found"));
}

#[tokio::test]
async fn a_partner_searches_for_nobody_by_name() {
    let council = TestCouncil::open().await;
    let mut worker = council.signed_in(Role::Partner).await;
    let day = [("day-day", "24"), ("day-month", "11"), ("day-year", "2026")];
    let mut fields = vec![("purpose", "visit"), ("name", "Siobhan Kestrelwood"), ("address", "4 Mill Lane")];
    fields.extend(day);
    let answer = worker.post("/check", &fields).await;
    assert!(answer.body.contains("nothing about a person"), "{}", answer.body);
    assert!(!answer.body.contains("psr-verdict"));
}

#[tokio::test]
async fn one_row_that_cannot_be_read_and_nothing_of_the_list_is_loaded() {
    let council = TestCouncil::open().await;
    let mut keeper = council.signed_in(Role::RegisterTeam).await;
    let list = "UPRN,Address\n100,1 Reed Close\nx12,2 Reed Close\n100,3 Reed Close\n300,";
    let answer = keeper.post("/partners/P-0000-0001/stock", &[("pasted", list)]).await;
    for why in ["“x12” is no UPRN", "UPRN 100 stands twice", "It has no address"] {
        assert!(answer.body.contains(why), "{why}: {}", answer.body);
    }
    let loaded = |council: &TestCouncil| {
        council
            .service
            .read(|register| register.partner(PARTNER).and_then(|it| it.stock.as_ref().map(|it| it.count)))
    };
    assert_eq!(loaded(&council), None);
    let list = "UPRN,Address\n100,1 Reed Close\n200,2 Reed Close";
    keeper.post("/partners/P-0000-0001/stock", &[("pasted", list)]).await;
    assert_eq!(loaded(&council), Some(2));
}
