//! Before the register is used: what somebody who has not learnt yet reaches, and how they come to use it.

use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use register::people::Role;
use register::training::{Course, Sheet};

#[tokio::test]
async fn whoever_has_not_learnt_reports_and_is_told_whom_to_ring_and_checks_once_they_have() {
    let council = TestCouncil::open().await;
    let mut officer = council.signs_in(id(Role::Officer)).await;
    for closed in ["/", "/check", "/check/planned", "/incidents"] {
        assert_eq!(officer.get(closed).await.leads_to(), Some("/ready"), "{closed}");
    }
    let check = officer.post("/check", &[("purpose", "call"), ("name", "Ann Other")]).await;
    assert_eq!(check.leads_to(), Some("/ready"), "nobody is answered before");
    let ready = officer.get("/ready").await.body;
    assert!(ready.contains("01632 960101") && ready.contains("To do"), "{ready}");
    assert_eq!(officer.get("/incidents/new").await.status, StatusCode::OK);
    assert_eq!(officer.get("/policy").await.status, StatusCode::OK);

    assert_eq!(officer.post("/ready/policy", &[("version", "1")]).await.leads_to(), Some("/ready"));
    assert!(officer.get("/ready/training").await.body.contains("Page 1 of 2"));
    assert!(officer.get("/ready/training?page=2").await.body.contains("Answer the questions"));
    let sheet = Sheet { course: Course::Staff, number: 99 };
    let answers = |wrong: usize| {
        let mut sent = vec![("sheet".to_owned(), "99".to_owned())];
        for (index, drawn) in sheet.questions().iter().enumerate() {
            let answer = if index < wrong { (drawn.right() + 1) % 3 } else { drawn.right() };
            sent.push((format!("question-{}", drawn.place), answer.to_string()));
        }
        sent
    };
    let place = "/ready/training/questions";
    let left_out = officer.post(place, &[("sheet", "99")]).await;
    assert_eq!(left_out.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (wrong, says) in [(2, "Not yet: 6 of 8"), (1, "You passed")] {
        let sent = answers(wrong);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(field, value)| (&**field, &**value)).collect();
        let marked = officer.post(place, &sent).await.body;
        assert!(marked.contains(says) && marked.contains("Not what you answered"), "{marked}");
    }
    assert_eq!(officer.post("/ready/conduct", &[]).await.leads_to(), Some("/ready"));
    assert_eq!(officer.get("/ready").await.leads_to(), Some("/"));
    assert_eq!(officer.get("/check").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_member_is_introduced_on_two_pages_and_four_questions() {
    let council = TestCouncil::open().await;
    let mut member = council.signs_in(id(Role::Member)).await;
    assert!(member.get("/ready").await.body.contains("Introduction for members"));
    assert!(member.get("/ready/training").await.body.contains("Before you knock"));
    assert!(member.get("/ready/training?page=2").await.body.contains("After the visit"));
    let questions = member.get("/ready/training/questions").await.body;
    assert_eq!(questions.matches("<fieldset").count(), 4);
}
