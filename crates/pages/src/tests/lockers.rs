//! What lies in lockers of its own: whom an incident harmed and who saw it, and what lawyers advised. Few are shown it, and no paper holds it.

use super::browser::Browser;
use super::cases::{AWAY, At, Case, HERE, MANAGER_HERE, OFFICER_HERE, PLANTED, REGISTRAR, Secret, word};
use super::council::{TestCouncil, email, id};
use axum::http::StatusCode;
use register::command::CallMeeting;
use register::ids::MeetingId;
use register::notice::Occasion;
use register::people::Role;
use service::access::{AccessFilter, AccessKind, AccessRow};
use service::{letters, oversight, papers};

const WITNESS: &[(&str, &str)] =
    &[("involvement", "witness"), ("tie", "other"), ("name", "Robin Kestrel"), ("reach", "The flat above")];

async fn rows(council: &TestCouncil, kind: AccessKind) -> Vec<AccessRow> {
    let rows = council.service.accesses(id(Role::Auditor), AccessFilter::default(), 500).await.expect("rows");
    rows.into_iter().filter(|row| row.kind == kind).collect()
}

/// The file of a report as somebody sees it.
async fn file(browser: &mut Browser, case: Case) -> String {
    browser.get(&format!("/incidents/{}", case.incident)).await.body
}

#[tokio::test]
async fn a_manager_names_a_witness_and_only_those_who_are_shown_the_reporter_are_shown_who_it_is() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::Reported).await;
    let place = format!("/incidents/{}/people", case.incident);
    let mut manager = council.browser_of(MANAGER_HERE).await;
    assert!(file(&mut manager, case).await.contains(&place));
    let named = manager.post(&place, WITNESS).await;
    assert_eq!(named.leads_to(), Some(format!("/incidents/{}", case.incident).as_str()), "{}", named.body);
    let told = file(&mut manager, case).await;
    assert!(told.contains("Witness named") && !told.contains("Robin Kestrel"), "that, and not who");
    for role in [Role::RegisterTeam, Role::DataProtection] {
        let mut browser = council.signed_in(role).await;
        let told = file(&mut browser, case).await;
        assert!(told.contains("Robin Kestrel") && told.contains("The flat above"), "{role:?}");
    }
    let mut reporter = council.browser_of(OFFICER_HERE).await;
    let told = file(&mut reporter, case).await;
    assert!(!told.contains("Robin Kestrel") && !told.contains("Witness named"), "nor the reporter");
    for role in [Role::DecisionMaker, Role::GovernanceGroup, Role::AppealOfficer] {
        let mut browser = council.signed_in(role).await;
        assert!(!file(&mut browser, case).await.contains("Robin Kestrel"), "{role:?}");
        assert_eq!(browser.get(&place).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
}

#[tokio::test]
async fn a_colleague_is_named_by_their_work_mail_address_and_nobody_by_one_that_there_is_not() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::Reported).await;
    let place = format!("/incidents/{}/people", case.incident);
    let mut registrar = council.browser_of(REGISTRAR).await;
    let unknown = [("involvement", "harmed"), ("tie", "colleague"), ("email", "nobody@fenbridge.example")];
    let refused = registrar.post(&place, &unknown).await;
    assert!(refused.body.contains("Nobody who uses the register has this work email address"));
    assert!(refused.body.contains("nobody@fenbridge.example"), "what was typed is kept");
    let member = email(Role::Member);
    let known = [("involvement", "harmed"), ("tie", "colleague"), ("email", member.as_str())];
    assert_eq!(registrar.post(&place, &known).await.status, StatusCode::SEE_OTHER);
    let told = file(&mut registrar, case).await;
    assert!(told.contains("Harmed by it") && told.contains(Role::Member.label()));
}

#[tokio::test]
async fn a_form_that_says_nobody_asks_for_each_answer() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::Reported).await;
    let place = format!("/incidents/{}/people", case.incident);
    let mut registrar = council.browser_of(REGISTRAR).await;
    let empty = registrar.post(&place, &[]).await.body;
    assert!(empty.contains("Choose what happened to them") && empty.contains("Choose who it was"));
    let nobody = registrar.post(&place, &[("involvement", "harmed"), ("tie", "other")]).await.body;
    assert!(nobody.contains("Enter what they are called") && nobody.contains("Enter how to reach them"));
    assert!(!file(&mut registrar, case).await.contains("People harmed and witnesses"), "nobody was named");
}

#[tokio::test]
async fn every_reading_of_legal_advice_is_a_row_that_says_so_and_whoever_may_not_read_it_leaves_none() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(AWAY, At::InForce).await;
    let (measure, place) =
        (format!("/measures/{}", case.measure), format!("/measures/{}/legal-advice", case.measure));
    let readers = [Role::RegisterTeam, Role::DecisionMaker, Role::DataProtection];
    for role in readers {
        let mut browser = council.signed_in(role).await;
        assert!(browser.get(&measure).await.body.contains(&place), "{role:?}: the file leads there");
        let page = browser.get(&place).await.body;
        assert!(page.contains(&word(AWAY, "legal-advice")) && page.contains(&word(AWAY, "legal-given")));
        assert_eq!(page.contains("Keep it</button>"), role == Role::RegisterTeam, "{role:?}");
    }
    for role in [Role::GovernanceGroup, Role::AppealOfficer, Role::LineManager] {
        let mut browser = council.signed_in(role).await;
        assert!(!browser.get(&measure).await.body.contains("legal-advice"), "{role:?}");
        assert_ne!(browser.get(&place).await.status, StatusCode::OK, "{role:?}");
    }
    let rows = rows(&council, AccessKind::LegalAdvice).await;
    assert!(rows.iter().all(|row| row.about == Some(case.measure.to_string())));
    let by: Vec<_> = rows.iter().rev().filter_map(|row| row.by).collect();
    assert_eq!(by, readers.map(id));
}

#[tokio::test]
async fn legal_advice_of_a_destroyed_measure_is_nowhere() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(HERE, At::Sealed).await;
    let mut protection = council.signed_in(Role::DataProtection).await;
    let measure = protection.get(&format!("/measures/{}", case.measure)).await.body;
    assert!(!measure.contains("legal-advice"));
    let place = format!("/measures/{}/legal-advice", case.measure);
    assert_eq!(protection.get(&place).await.status, StatusCode::NOT_FOUND);
    let decision_file = protection.get(&format!("/measures/{}/decision-file", case.measure)).await;
    assert_eq!(decision_file.status, StatusCode::OK);
    assert!(!decision_file.body.contains(&word(HERE, "legal-advice")));
}

#[tokio::test]
async fn no_paper_says_who_was_harmed_who_saw_it_or_what_lawyers_advised() {
    let council = TestCouncil::open().await.staffed().await;
    let meeting = MeetingId::from_bits(405);
    let reader = id(Role::RegisterTeam);
    let cases = [
        council.case(AWAY, At::InterimLive).await,
        council.case(AWAY, At::Held).await,
        council.case(AWAY, At::ToRemove).await,
        council.case(AWAY, At::Complained).await,
    ];
    let (held_on, chair) = (council.service.today(), id(Role::GovernanceGroup));
    council.does(REGISTRAR, CallMeeting { meeting, held_on, chair }).await;
    let mut registrar = council.signed_in(Role::RegisterTeam).await;
    let mut written = Vec::new();
    for case in cases {
        assert_eq!(
            registrar.get(&format!("/measures/{}/legal-advice", case.measure)).await.status,
            StatusCode::OK
        );
        written.extend(council.service.bundle(reader, case.measure).await.expect("no fault"));
        let letter = council.service.letter_document(reader, case.measure, Occasion::Decision);
        written.extend(letter.await.expect("no fault"));
        let looks = council.service.looks_told(id(Role::DataProtection), case.subject).await.expect("looks");
        written.extend(council.service.read(|register| {
            let told =
                register.council().map(|it| oversight::extract::document(&looks, case.subject, it, held_on));
            let measure = register.measure(case.measure);
            told.into_iter()
                .chain(measure.and_then(|it| letters::interim_record(register, it, held_on)))
                .collect::<Vec<_>>()
        }));
    }
    let (head, usage) =
        (council.service.head().await.expect("head"), council.service.usage().await.expect("usage"));
    written.extend(
        council.service.read(|register| {
            papers::pack(register, register.meeting(meeting)?, &usage, held_on, &head, reader)
        }),
    );
    assert!(written.len() > 4 * 2 + 1, "bundles, letters, an interim record, extracts and a pack");
    for paper in &written {
        let text = documents::text(paper);
        for (field, _) in PLANTED.iter().filter(|(_, it)| matches!(it, Secret::Reporter | Secret::Legal)) {
            assert!(!text.contains(&word(AWAY, field)), "{field} in {:?}", paper.title);
        }
        assert!(!text.to_lowercase().contains("legal advice"), "nor that there is any: {text}");
    }
}
