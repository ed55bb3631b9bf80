//! What people see when we fail: never something that could be taken for an answer.

use super::browser::Browser;
use super::council::TestCouncil;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::{get, post};
use register::people::Role;
use service::Fault;
use web::app::Transport;
use web::form::Typed;
use web::{App, Form, Outcome, Problem};

#[derive(Debug, thiserror::Error)]
#[error("the disk is full")]
struct DiskFull;

async fn panics() -> Outcome {
    panic!("a mistake of ours about Nightjar")
}

async fn fails() -> Outcome {
    Err(Problem::Fault(Fault::log(&DiskFull)))
}

async fn never_ends() -> Outcome {
    std::future::pending().await
}

async fn takes_and_fails(_: Form) -> Outcome {
    fails().await
}

async fn reads(_: Form) -> Outcome {
    Err(Problem::NotFound)
}

fn failing(council: &TestCouncil) -> Browser {
    let both = |folder: &str| {
        Router::<App>::new()
            .route(&format!("{folder}/panics"), get(panics))
            .route(&format!("{folder}/fails"), get(fails))
            .route(&format!("{folder}/never-ends"), get(never_ends))
            .route(&format!("{folder}/reads"), post(reads))
            .route(&format!("{folder}/takes"), post(takes_and_fails))
    };
    let screens = both("/check").merge(both("/elsewhere")).merge(both("/sign-in"));
    Browser::new(web::frame::frame(screens, council.app(Transport::Loopback), crate::problem::draw))
}

#[tokio::test]
async fn a_check_that_fails_in_any_way_says_cannot_say_and_whom_to_ring() {
    let council = TestCouncil::open().await;
    let mut browser = failing(&council);
    for (place, status) in [
        ("/check/panics", StatusCode::INTERNAL_SERVER_ERROR),
        ("/check/fails", StatusCode::INTERNAL_SERVER_ERROR),
        ("/check/nowhere", StatusCode::NOT_FOUND),
        ("/check/reads", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let answer = browser.get(place).await;
        assert_eq!(answer.status, status, "{place}");
        assert!(answer.body.contains("Cannot say"), "{place}");
        assert!(answer.body.contains("href=\"tel:01632960101\""), "{place}");
        let words = answer.body.to_lowercase();
        assert!(!words.contains("none found") && !words.contains("not found"), "{place}");
        assert!(!answer.body.contains("Nightjar") && !answer.body.contains("disk"), "{place}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_check_that_takes_too_long_says_cannot_say() {
    let council = TestCouncil::open().await;
    let answer = failing(&council).get("/check/never-ends").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("Cannot say"));
}

#[tokio::test]
async fn a_fault_elsewhere_says_what_was_kept_what_to_do_and_its_number() {
    let council = TestCouncil::open().await;
    let mut browser = failing(&council);
    for place in ["/elsewhere/panics", "/elsewhere/fails"] {
        let answer = browser.get(place).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.body.contains("What was saved before is safe"));
        assert!(answer.body.contains("quote fault "));
        assert!(!answer.body.contains("Nightjar") && !answer.body.contains("disk"));
    }
}

#[tokio::test]
async fn what_was_typed_before_a_fault_is_kept_to_be_sent_again_and_no_secret_is() {
    let council = TestCouncil::open().await;
    let mut browser = failing(&council);
    browser.cookie = council.signed_in(Role::Officer).await.cookie;
    let typed = [("narrative", "He said \"get out\" <twice>"), ("command", "17")];
    let form =
        Typed::from_urlencoded(b"narrative=He+said+%22get+out%22+%3Ctwice%3E&command=17").to_urlencoded();
    let sends = |place: &str, form: &str| {
        Request::post(place)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("content-length", form.len())
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form.to_owned()))
            .expect("request")
    };
    let page = browser.send(sends("/elsewhere/takes", &form)).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.body.contains("action=\"/elsewhere/takes\"") && page.body.contains("Send it again"));
    assert_eq!(page.hidden("command"), typed[1].1);
    assert!(page.body.contains("He said &#34;get out&#34; &#60;twice&#62;"), "{}", page.body);

    let page = browser.send(sends("/sign-in/takes", "password=kettle+orbit")).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!page.body.contains("kettle") && !page.body.contains("Send it again"));
    browser.cookie = None;
    let page = browser.send(sends("/elsewhere/takes", &form)).await;
    assert!(!page.body.contains("get out"), "a stranger is sent nothing back");
}

#[tokio::test]
async fn a_body_larger_than_any_form_is_turned_away_with_a_page() {
    let council = TestCouncil::open().await;
    let mut browser = failing(&council);
    let much = "a".repeat(web::form::LARGEST_BODY + 1);
    let multipart = format!(
        "--x\r\ncontent-disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n{much}\r\n--x--\r\n"
    );
    for (kind, body) in
        [("application/x-www-form-urlencoded", much), ("multipart/form-data; boundary=x", multipart)]
    {
        let request = Request::post("/elsewhere/reads").header("content-type", kind).body(Body::from(body));
        let answer = browser.send(request.expect("request")).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{kind}");
        assert!(answer.body.contains("25 megabytes"), "{kind}");
    }
}
