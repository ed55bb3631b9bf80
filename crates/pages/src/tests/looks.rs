//! Looks that stand out: asked about, answered and closed; what is said is read by whoever oversees and by the reader, and by nobody else.

use super::browser::Browser;
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use register::calendar;
use register::looks::ANSWER_WITHIN;
use register::people::Role;
use service::clock::Clock;

const QUESTION: &str = "Nightjar: what was this for?";
const ANSWER: &str = "Dunlin: I tried how it works";
const FINDING: &str = "Wheatear: the new starters were told to try";

async fn asks(browser: &mut Browser, look: u64) {
    let answer = browser.post(&format!("/oversight/{look}"), &[("act", "ask"), ("question", QUESTION)]).await;
    assert_eq!(answer.leads_to(), Some(format!("/oversight/{look}").as_str()), "{}", answer.body);
}

async fn closes(browser: &mut Browser, look: u64, finding: &str) {
    let said = [("act", "close"), ("finding", finding), ("words", FINDING)];
    let answer = browser.post(&format!("/oversight/{look}"), &said).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// The rows of the table under a heading.
fn under<'p>(page: &'p str, heading: &str) -> &'p str {
    let rest = page.split(&format!("govuk-heading-m\">{heading}</h2>")).nth(1).unwrap_or_default();
    rest.split("<h2").next().unwrap_or_default()
}

#[tokio::test]
async fn a_look_is_asked_about_answered_and_closed_and_nobody_else_reads_what_was_said() {
    let council = TestCouncil::open().await;
    let look = council.looks_themselves_up(id(Role::Officer)).await;
    let mut protection = council.signed_in(Role::DataProtection).await;
    let place = format!("/oversight/{look}");
    assert!(under(&protection.get("/oversight").await.body, "Stand out").contains(&place));
    let item = protection.get(&place).await.body;
    assert!(item.contains("About the reader themselves") && item.contains("Ask them"));
    asks(&mut protection, look).await;
    assert!(under(&protection.get("/oversight").await.body, "Stand out").contains(">Asked<"));

    let mut officer = council.signed_in(Role::Officer).await;
    assert!(officer.get("/").await.body.contains("/account/looks"));
    let own = officer.get("/account/looks").await.body;
    assert!(own.contains(QUESTION) && own.contains("24 November 2026"), "{own}");
    let empty = officer.post("/account/looks", &[("question", "0"), ("words-0", "")]).await;
    assert!(empty.body.contains("Enter what you looked for"), "{}", empty.body);
    let said = [("question", "0"), ("words-0", ANSWER)];
    assert_eq!(officer.post("/account/looks", &said).await.leads_to(), Some("/account/looks"));
    let again = officer.post("/account/looks", &said).await;
    assert!(again.body.contains("You have answered this"), "{}", again.body);
    assert!(!officer.get("/").await.body.contains("You are asked what"));

    let mut auditor = council.signed_in(Role::Auditor).await;
    let item = auditor.get(&place).await.body;
    assert!(item.contains(QUESTION) && item.contains(ANSWER));
    closes(&mut auditor, look, "explained").await;
    let list = protection.get("/oversight").await.body;
    assert!(!under(&list, "Stand out").contains(&place) && under(&list, "Closed").contains(&place));
    let item = protection.get(&place).await.body;
    assert!(item.contains(FINDING) && !item.contains("Close these looks"));
    let own = officer.get("/account/looks").await.body;
    assert!(own.contains(ANSWER) && own.contains("There was a reason to look") && !own.contains(FINDING));

    for role in Role::of_people() {
        let mut browser = council.signed_in(*role).await;
        let oversees = [Role::DataProtection, Role::Auditor].contains(role);
        let mut pages = vec!["/", "/work", "/account", "/oversight", "/access-log"];
        pages.extend((!oversees).then_some(place.as_str()));
        pages.extend((*role != Role::Officer).then_some("/account/looks"));
        for page in pages {
            let body = browser.get(page).await.body;
            for words in [QUESTION, ANSWER, FINDING] {
                assert!(!body.contains(words), "{role:?} at {page}: {words}");
            }
        }
        let answer = browser.post("/account/looks", &said).await;
        assert_ne!(answer.status, StatusCode::SEE_OTHER, "{role:?} answers nobody else's question");
    }
}

#[tokio::test]
async fn nobody_looks_into_their_own_looks() {
    let council = TestCouncil::open().await;
    let look = council.looks_themselves_up(id(Role::DataProtection)).await;
    let mut auditor = council.signed_in(Role::Auditor).await;
    asks(&mut auditor, look).await;
    let mut protection = council.signed_in(Role::DataProtection).await;
    let place = format!("/oversight/{look}");
    let item = protection.get(&place).await.body;
    assert!(item.contains("Somebody else asks about your looks") && !item.contains(QUESTION));
    assert!(!item.contains("Close these looks") && !item.contains("Ask them"));
    let said = [("act", "close"), ("finding", "explained"), ("words", FINDING)];
    let refused = protection.post(&place, &said).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER);
    assert!(protection.get("/account/looks").await.body.contains(QUESTION), "but they may answer");
}

#[tokio::test]
async fn a_reader_who_may_know_nothing_of_a_file_is_asked_without_being_told_of_it() {
    use super::cases::{At, HERE};
    use register::command::{ExcludeFromFile, QuestionLooks};
    use register::exclusion::Closeness;
    use register::personal::Text;
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::InForce).await;
    let text = |words: &str| Text::new(words).expect("text");
    let (subject, reader) = (case.subject, id(Role::DecisionMaker));
    let words = text("His sister");
    let exclude = ExcludeFromFile { subject, account: reader, closeness: Closeness::Family, words };
    council.does(id(Role::RegisterTeam), exclude).await;
    let mut decider = council.signed_in(Role::DecisionMaker).await;
    decider.get(&format!("/measures/{}", case.measure)).await;
    let mut protection = council.signed_in(Role::DataProtection).await;
    let mut denied = None;
    for _ in 0..100 {
        let page = protection.get("/oversight").await.body;
        let list = under(&page, "Asked about a file they are excluded from");
        denied = list.split("/oversight/").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok());
        if denied.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let look: u64 = denied.expect("a denied look");
    let question = QuestionLooks { reader, looks: [look].into(), words: text(QUESTION) };
    council.does(id(Role::DataProtection), question).await;
    let own = decider.get("/account/looks").await.body;
    assert!(own.contains(QUESTION));
    for told in [case.measure.to_string(), case.subject.to_string(), "excluded".to_owned()] {
        assert!(!own.contains(&told), "{told}");
    }
}

#[tokio::test]
async fn what_nobody_answers_is_work_and_after_misuse_somebody_says_whether_access_stays() {
    let council = TestCouncil::open().await;
    let look = council.looks_themselves_up(id(Role::Officer)).await;
    asks(&mut council.signed_in(Role::DataProtection).await, look).await;
    let due = calendar::working_days_after(council.service.today(), ANSWER_WITHIN);
    while council.service.today() <= due {
        council.clock.set(council.clock.now() + SignedDuration::from_hours(24));
    }
    let mut protection = council.signed_in(Role::DataProtection).await;
    for place in ["/", "/work"] {
        assert!(protection.get(place).await.body.contains("Looks that their reader has not explained"));
    }
    closes(&mut protection, look, "misuse").await;
    assert!(!protection.get("/work").await.body.contains("has not explained"));

    let people = "/teams/T-0000-0001/people".to_owned();
    let mut manager = council.signed_in(Role::LineManager).await;
    let officer = id(Role::Officer).to_string();
    let field = format!("name=\"{officer}\"");
    assert!(!manager.get(&people).await.body.contains(&field), "not the manager alone");
    for role in [Role::RegisterTeam, Role::Administrator] {
        let mut browser = council.signed_in(role).await;
        assert!(
            browser.get("/work").await.body.contains("Say whether access stays after misuse"),
            "{role:?}"
        );
        let page = browser.get(&people).await.body;
        assert!(page.contains(&field) && page.contains("Misuse was found on"), "{role:?}");
        assert!(!page.contains(FINDING));
    }
    let mut keeper = council.signed_in(Role::RegisterTeam).await;
    assert_eq!(keeper.post(&people, &[(&officer, "keeps")]).await.status, StatusCode::SEE_OTHER);
    assert!(!keeper.get("/work").await.body.contains("after misuse"));
    assert!(manager.get(&people).await.body.contains(&field));
}
