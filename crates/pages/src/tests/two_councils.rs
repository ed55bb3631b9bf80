//! Two councils that are served side by side share nothing: a session of one is none at the other, and a reference of one is at the other
//! what one is that was never given.

use super::browser::Browser;
use super::cases::{At, Case, HERE, PLANTED, word};
use super::council::TestCouncil;
use register::people::Role;

/// The pages of a case, with the references of this one in them.
fn pages(case: Case) -> Vec<String> {
    let Case { subject, incident, attachment, measure } = case;
    let of_measure = [
        "",
        "/letter",
        "/letter.pdf",
        "/letter.json",
        "/bundle.pdf",
        "/decision",
        "/review",
        "/remove",
        "/assessment",
        "/contacts",
    ];
    let mut pages: Vec<String> = of_measure.iter().map(|page| format!("/measures/{measure}{page}")).collect();
    pages.extend(["", "/change", "/support"].map(|page| format!("/subjects/{subject}{page}")));
    pages.extend(["", "/triage", "/interim"].map(|page| format!("/incidents/{incident}{page}")));
    pages.push(format!("/incidents/{incident}/files/{attachment}"));
    pages
}

/// What a page says, but for the address that it was asked under and the name of a form that is drawn for each asking.
async fn said(browser: &mut Browser, place: &str, case: Case) -> (u16, String) {
    let answer = browser.get(place).await;
    let references = [
        case.subject.to_string(),
        case.incident.to_string(),
        case.attachment.to_string(),
        case.measure.to_string(),
    ];
    let body =
        references.iter().fold(answer.body.clone(), |body, reference| body.replace(reference, "REFERENCE"));
    (answer.status.as_u16(), body)
}

#[tokio::test]
async fn a_reference_of_another_council_is_one_that_was_never_given() {
    let (ours, theirs) =
        (TestCouncil::open().await.staffed().await, TestCouncil::open().await.staffed().await);
    let case = theirs.case(HERE, At::Complained).await;
    let nobodys = {
        let bits = theirs.service.fresh();
        Case {
            subject: register::ids::SubjectId::from_bits(bits),
            incident: register::ids::IncidentId::from_bits(bits),
            attachment: register::ids::AttachmentId::from_bits(bits),
            measure: register::ids::MeasureId::from_bits(bits),
        }
    };
    for role in Role::of_people() {
        let mut at_theirs = theirs.signed_in(*role).await;
        let mut at_ours = ours.signed_in(*role).await;
        for (place, made_up) in pages(case).iter().zip(pages(nobodys)) {
            let foreign = said(&mut at_ours, place, case).await;
            let unknown = said(&mut at_ours, &made_up, nobodys).await;
            assert_eq!(foreign, unknown, "{role:?} at {place}");
            assert!(foreign.0 >= 400, "{role:?} at {place}: {}", foreign.0);
            for (field, _) in PLANTED {
                assert!(!foreign.1.contains(&word(HERE, field)), "{role:?} at {place}: {field}");
            }
        }
        // The same reference opens its file where it was given, to those who may: the walk above could have found something.
        if *role == Role::RegisterTeam {
            let file = at_theirs.get(&format!("/measures/{}", case.measure)).await;
            assert!(file.body.contains(&word(HERE, "decision")));
        }
        let mut carried_over = ours.browser();
        carried_over.cookie = at_theirs.cookie.clone();
        assert!(carried_over.cookie.is_some());
        let answer = carried_over.get("/account").await;
        assert_eq!(
            answer.leads_to(),
            Some("/sign-in?next=%2Faccount"),
            "{role:?}: a session of another council"
        );
    }
}
