//! A check, from the question to the acknowledgement: what is told, to whom, and what never is.

use super::browser::Browser;
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use jiff::SignedDuration;
use jiff::civil::date;
use register::assessment::{Band, PlanWords, Proposal};
use register::command::{AgreeInterim, AskInterim, Command, OpenSubject, ReportIncident};
use register::contact::Limits;
use register::ids::{IncidentId, MeasureId, SubjectId, TeamId};
use register::incident::{
    Channel, Danger, Described, Facts, Identity, Injury, Narrative, Police, Protection,
};
use register::people::Role;
use register::personal::Text;
use register::policy::Code;
use register::subject::{Address, Born, NameKind, Person, PersonName, SubjectDetails};
use service::clock::Clock as _;

pub const MEASURE: MeasureId = MeasureId::from_bits(70);
pub const HOUSING: TeamId = TeamId::from_bits(1);
const RELATIONS: TeamId = TeamId::from_bits(2);

fn text(words: &str) -> Text {
    Text::new(words).expect("text")
}

fn code(letters: &str) -> Code {
    Code::new(letters).expect("code")
}

async fn does(council: &TestCouncil, by: Role, command: impl Into<Command>) {
    council.service.execute(id(by), council.service.fresh_command(), command).await.expect("done");
}

/// A council with one interim marker, shown to one team.
async fn with_marker_for(team: TeamId) -> TestCouncil {
    let council = TestCouncil::open().await;
    mark(&council, team).await;
    council
}

/// Puts up an interim marker, shown to one team.
pub async fn mark(council: &TestCouncil, team: TeamId) {
    let (subject, incident) = (SubjectId::from_bits(50), IncidentId::from_bits(60));
    let address = Address {
        lines: text("4 Mill Lane, Fenbridge"),
        postcode: Some(text("FB1 2AB")),
        uprn: None,
        from: None,
        until: None,
    };
    let person = Person {
        names: vec![PersonName { kind: NameKind::Main, full: text("Siobhan Kestrelwood") }],
        born: Born::On(date(1971, 3, 27)),
        addresses: vec![address],
        phones: vec![text("01632 960123")],
        emails: Vec::new(),
        social: Vec::new(),
        references: Vec::new(),
    };
    does(council, Role::RegisterTeam, OpenSubject { subject, details: SubjectDetails::Person(person) }).await;
    does(council, Role::Officer, report(incident)).await;
    let plan = Proposal {
        band: Band::Amber,
        precautions: vec![code("NLV"), code("APT")],
        restrictions: Vec::new(),
        audience: vec![team],
        limits: Limits::default(),
        words: PlanWords {
            band_reasons: text("Nightjar"),
            summary: text("Nightjar"),
            audience_reasons: vec![text("Nightjar")],
            service_route: text("The help desk"),
            point_of_contact: None,
            times: None,
            ring_name: text("Customer Relations"),
            ring_phone: text("01632 960199"),
        },
    };
    let asking = AskInterim {
        measure: MEASURE,
        incident,
        subject,
        sponsor: id(Role::LineManager),
        plan,
        grounds: text("Nightjar"),
    };
    does(council, Role::RegisterTeam, asking).await;
    does(council, Role::DecisionMaker, AgreeInterim { measure: MEASURE }).await;
}

fn report(incident: IncidentId) -> ReportIncident {
    ReportIncident {
        incident,
        facts: Facts {
            happened_on: date(2026, 11, 23),
            happened_at: None,
            channel: Channel::Home,
            behaviours: vec![code("THR")],
            danger: Danger::No,
            injury: Injury::None,
            police: Police::NotTold,
            identity: Identity::Certain,
            protection: Protection::Wanted,
        },
        narrative: Narrative {
            what_happened: text("Nightjar"),
            exact_words: None,
            place: None,
            subject: Described::default(),
            others_affected: None,
            weapon_or_damage: None,
            evidence: None,
            police_reference: None,
            needs: None,
            own_contribution: None,
            suggested_precautions: None,
            likely_contact: None,
        },
        told_by: None,
        attachments: Vec::new(),
    }
}

async fn ask(browser: &mut Browser, typed: &[(&str, &str)]) -> super::browser::Answer {
    let mut fields = vec![("purpose", "visit"), ("day-day", "24"), ("day-month", "11"), ("day-year", "2026")];
    fields.extend_from_slice(typed);
    browser.post("/check", &fields).await
}

#[tokio::test]
async fn a_councillor_who_spells_the_name_as_heard_is_told_what_to_do_and_nothing_else() {
    let council = with_marker_for(HOUSING).await;
    let mut member = council.signed_in(Role::Member).await;
    let answer = ask(&mut member, &[("name", "Shavon Kestrelwood"), ("address", "4 Mill Lane")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("psr-verdict--marker"));
    assert!(answer.body.contains("<li>Do not visit alone: two people</li>"));
    assert!(answer.body.contains("This is an interim marker"));
    assert!(answer.body.contains("href=\"tel:01632960199\""));
    assert!(answer.body.contains(&format!("Quote {MEASURE}")));
    assert!(answer.body.contains("As of 2:03pm on 24 November 2026"));
    assert!(answer.body.contains("Shavon Kestrelwood"), "what was asked");
    for secret in ["Siobhan", "Nightjar", "FB1", "1971", "960123"] {
        assert!(!answer.body.contains(secret), "{secret}");
    }
    let check = answer.hidden("check");
    let acknowledged = member.post("/check/acknowledge", &[("check", &check), ("line", "Two people")]).await;
    assert_eq!(acknowledged.status, StatusCode::OK);
    assert!(acknowledged.body.contains("<li>Two people</li>"));
}

#[tokio::test]
async fn an_answer_has_an_address_of_its_own_for_whoever_asked_and_for_a_quarter_of_an_hour() {
    let council = with_marker_for(HOUSING).await;
    let mut member = council.signed_in(Role::Member).await;
    let check =
        ask(&mut member, &[("address", "4 Mill Lane"), ("postcode", "FB1 2AB")]).await.hidden("check");
    let place = format!("/check/answers/{check}");
    let again = member.get(&place).await;
    assert!(
        again.body.contains("psr-verdict--marker") && again.body.contains("before the end of 24 November")
    );

    let mut officer = council.signed_in(Role::Officer).await;
    for nobodys in
        [place.as_str(), "/check/answers/0", "/check/answers/999999", "/check/answers/13198393090218065920"]
    {
        assert_eq!(officer.get(nobodys).await.status, StatusCode::NOT_FOUND, "{nobodys}");
    }
    // The row of a look is no answer, though it is their own.
    let mut keeper = council.signed_in(Role::RegisterTeam).await;
    assert_eq!(keeper.get("/work").await.status, StatusCode::OK);
    for number in 1..10 {
        assert_eq!(keeper.get(&format!("/check/answers/{number}")).await.status, StatusCode::NOT_FOUND);
    }

    for _ in 0..3 {
        assert_eq!(member.get(&place).await.status, StatusCode::OK);
        council.clock.set(council.clock.now() + SignedDuration::from_mins(5));
    }
    let past = member.get(&place).await;
    assert_eq!(past.status, StatusCode::GONE);
    assert!(past.body.contains("Ask again before any contact") && past.body.contains("2:03pm"));
    for shown in ["Mill Lane", "two people", "psr-verdict--marker", "psr-verdict--none"] {
        assert!(!past.body.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn nobody_acknowledges_a_check_of_somebody_else() {
    let council = with_marker_for(HOUSING).await;
    let mut member = council.signed_in(Role::Member).await;
    let check =
        ask(&mut member, &[("address", "4 Mill Lane"), ("postcode", "FB1 2AB")]).await.hidden("check");
    let mut officer = council.signed_in(Role::Officer).await;
    let answer = officer.post("/check/acknowledge", &[("check", &check)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.contains("Cannot say"));
}

#[tokio::test]
async fn a_team_that_is_not_told_is_to_ring_and_learns_no_more() {
    let council = with_marker_for(RELATIONS).await;
    let mut member = council.signed_in(Role::Member).await;
    let answer = ask(&mut member, &[("name", "Siobhan Kestrelwood"), ("postcode", "FB1 2AB")]).await;
    assert!(answer.body.contains("psr-verdict--possible"));
    assert!(answer.body.contains("Ring before you go."));
    assert!(answer.body.contains("href=\"tel:01632960101\""));
    for secret in ["two people", "Mill Lane", "Nightjar", &MEASURE.to_string()] {
        assert!(!answer.body.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn nothing_found_is_never_an_all_clear() {
    let council = with_marker_for(HOUSING).await;
    let mut member = council.signed_in(Role::Member).await;
    let answer = ask(&mut member, &[("name", "Harold Pettifer"), ("postcode", "ZZ1 1ZZ")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("psr-verdict--none"));
    assert!(answer.body.contains("This is not an all-clear."));
    let words = answer.body.to_lowercase();
    assert!(!words.contains(" is safe") && !words.contains("no risk") && !words.contains("no danger"));
}

#[tokio::test]
async fn a_question_that_is_not_enough_is_answered_at_its_field_and_kept() {
    let council = TestCouncil::open().await;
    let mut member = council.signed_in(Role::Member).await;
    for (typed, anchor, says) in [
        (&[][..], "name", "Enter a name, an address"),
        (&[("name", "Ann")][..], "address", "Enter a second detail"),
        (&[("name", "Ann"), ("address", "*Lane")][..], "address", "without * or %"),
        (&[("name", "Ann"), ("born", "last May")][..], "born", "Enter a date of birth such as"),
        (&[("postcode", "12345678901")][..], "postcode", "Use 10 characters or fewer"),
    ] {
        let answer = ask(&mut member, typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
        assert!(answer.body.contains(&format!("<a href=\"#{anchor}\">")), "{typed:?}");
        assert!(answer.body.contains(says), "{typed:?}");
        for (_, value) in typed {
            assert!(answer.body.contains(&format!("value=\"{value}\"")), "{typed:?}");
        }
    }
    for (day, says) in [("", "must include a day"), ("23", "must be today or later"), ("31", "a real date")] {
        let sent = [("purpose", "visit"), ("name", "Ann"), ("postcode", "FB1 2AB"), ("day-day", day)];
        let mut sent = sent.to_vec();
        sent.extend([("day-month", "11"), ("day-year", "2026")]);
        let answer = member.post("/check", &sent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(answer.body.contains(says), "{day}");
    }
}

/// What finds everything where a question is put together as a search of a directory, a database or a shell: here it is a word like any other.
const OTHER_LANGUAGES: [&str; 6] =
    ["*)(objectClass=", "*))(nosuchvalue", "' or ''='", "\"; cat /etc/passwd", "{{7*7}}", "(**nosuchvalue**"];

#[tokio::test]
async fn signs_of_other_languages_are_words_here() {
    let council = with_marker_for(HOUSING).await;
    let mut keeper = council.signed_in(Role::RegisterTeam).await;
    for field in ["name", "postcode", "uprn", "reference", "job", "day-day"] {
        for typed in OTHER_LANGUAGES {
            let mut asked: Vec<_> = [("purpose", "visit"), ("day-day", "24"), ("day-month", "11")].into();
            asked.extend([("day-year", "2026"), ("address", "9 Far Lane")]);
            asked.retain(|(of, _)| *of != field);
            asked.push((field, typed));
            let answer = keeper.post("/check", &asked).await;
            // The same question with a letter for each sign, or where signs are refused, with the one that is.
            let plain: String = typed.chars().map(|sign| if sign == '*' { '*' } else { 'x' }).collect();
            let last = asked.len() - 1;
            asked[last].1 = &plain;
            let like = keeper.post("/check", &asked).await;
            assert_eq!(answer.status, like.status, "{field} {typed}");
            assert!(!answer.body.contains("psr-verdict--marker"), "{field} {typed}");
            let told = |page: &str| page.matches("govuk-error-message").count();
            assert_eq!(told(&answer.body), told(&like.body), "{field} {typed}");
        }
    }
}

#[tokio::test]
async fn somebody_over_their_budget_is_told_to_ring_in_every_session_and_never_that_nothing_was_found() {
    let council = with_marker_for(HOUSING).await;
    let mut sessions = Vec::new();
    for _ in 0..5 {
        sessions.push(council.signed_in(Role::Officer).await);
    }
    for number in 0..60_usize {
        let uprn = format!("1000000{number:05}");
        let answer = ask(&mut sessions[number % 5], &[("uprn", &uprn)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{number}");
    }
    for session in &mut sessions {
        let answer = ask(session, &[("address", "4 Mill Lane"), ("postcode", "FB1 2AB")]).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.body.contains("Cannot say") && answer.body.contains("href=\"tel:01632960101\""));
        let words = answer.body.to_lowercase();
        assert!(!words.contains("none found") && !words.contains("psr-verdict--marker"));
        let again = ask(session, &[("uprn", "100000000059")]).await;
        assert_eq!(again.status, StatusCode::OK, "what was asked before is answered");
    }
    let mut keeper = council.signed_in(Role::RegisterTeam).await;
    let answer = ask(&mut keeper, &[("address", "4 Mill Lane"), ("postcode", "FB1 2AB")]).await;
    assert!(answer.body.contains("psr-verdict--marker"), "the desk that is rung can say");
}

#[tokio::test]
async fn whoever_rings_is_told_what_they_would_have_been_shown_and_the_row_names_both() {
    let council = with_marker_for(HOUSING).await;
    let asking = |rang: &'static str| {
        [
            ("purpose", "visit"),
            ("day-day", "24"),
            ("day-month", "11"),
            ("day-year", "2026"),
            ("address", "4 Mill Lane"),
            ("postcode", "FB1 2AB"),
            ("rang", rang),
        ]
    };
    let mut keeper = council.signed_in(Role::RegisterTeam).await;
    assert!(keeper.get("/check").await.body.contains("whoever rang"));
    let told = keeper.post("/check", &asking("Member@fenbridge.example")).await;
    assert!(
        told.body.contains("Read this out to Member") && told.body.contains("psr-precautions"),
        "{}",
        told.body
    );
    let by = id(Role::DataProtection);
    let filter = || service::access::AccessFilter { account: Some(id(Role::Member)), ..Default::default() };
    let rows = council.service.accesses(by, filter(), 10).await.expect("rows");
    assert_eq!((rows[0].by, rows[0].rang), (Some(id(Role::RegisterTeam)), Some(id(Role::Member))));
    let mut protection = council.signed_in(Role::DataProtection).await;
    assert!(protection.get("/access-log").await.body.contains("for Member, who rang"));

    // A member may not ask by a name alone, whoever types it; and nobody is told who does not check.
    let by_name = keeper
        .post("/check", &[("purpose", "call"), ("name", "Kestrel"), ("rang", "member@fenbridge.example")])
        .await;
    assert!(by_name.body.contains("Enter a second detail as well as the name"), "{}", by_name.body);
    for nobody in [
        "auditor@fenbridge.example",
        "system@fenbridge.example",
        "register-team@fenbridge.example",
        "x@y.example",
    ] {
        let refused = keeper.post("/check", &asking(nobody)).await;
        assert!(refused.body.contains("somebody else who has an account and may check"), "{nobody}");
    }
    let mut officer = council.signed_in(Role::Officer).await;
    assert!(!officer.get("/check").await.body.contains("whoever rang"));
    let refused = officer.post("/check", &asking("member@fenbridge.example")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
