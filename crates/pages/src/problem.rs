//! Problem pages: what happened, what was kept, what to do next.
//!
//! Under `/check` they all say *cannot say: ring*. Somebody at a door must never read a failure as an answer.

use crate::page::Page;
use crate::proof;
use crate::words;
use askama::Template;
use axum::response::{IntoResponse, Response};
use register::view::{self, Ring};
use web::frame::{Asked, Asker};
use web::{App, Problem};

#[derive(Template)]
#[template(path = "problem.html")]
struct Words {
    page: Page,
    lines: Vec<String>,
    clause: &'static str,
}

#[derive(Template)]
#[template(path = "cannot_say.html")]
struct CannotSay {
    page: Page,
    ring: Ring,
    telephone: String,
    line: String,
}

/// Draws a problem for whoever asked.
pub fn draw(app: &App, asked: &Asked, problem: &Problem) -> Response {
    let (path, by) = (asked.path.as_str(), asked.by);
    let about_a_check = path == "/check" || path.starts_with("/check/");
    let drawn = match problem {
        Problem::Prove(proving) => proof::draw(app, asked, proving),
        Problem::NotPermitted(_) | Problem::Refused(_) => in_words(app, by, problem),
        _ if about_a_check => cannot_say(app, by, problem),
        _ => in_words(app, by, problem),
    };
    // Without its page a problem is still one: the status stands, and nothing that reads like an answer.
    drawn.unwrap_or_else(|_| {
        "Something went wrong. Cannot say: ring the register team before any contact.".into_response()
    })
}

/// The page of a check that could not be answered.
fn cannot_say(app: &App, by: Asker, problem: &Problem) -> web::Outcome {
    let ring = app.service.read(view::duty_desk);
    let line = match problem {
        Problem::Fault(fault) | Problem::TookTooLong(fault) => format!("Quote fault {}.", fault.number()),
        _ => String::new(),
    };
    let telephone = words::telephone(&ring.phone);
    Page::open(app, "Cannot say").leaving(by).show(|page| CannotSay { page, ring, telephone, line })
}

fn in_words(app: &App, by: Asker, problem: &Problem) -> web::Outcome {
    let (title, lines, clause) = words_of(problem);
    Page::open(app, title).leaving(by).show(|page| Words { page, lines, clause })
}

fn words_of(problem: &Problem) -> (&'static str, Vec<String>, &'static str) {
    let told = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    match problem {
        Problem::NotFound | Problem::GoTo(_) | Problem::Prove(_) => (
            "Page not found",
            told(&[
                "If you typed the address, check that it is right.",
                "If a link brought you here, the file may have been destroyed because its time had come, or it may not be yours to see.",
            ]),
            "",
        ),
        Problem::NotPermitted(action) => (
            "You cannot do this",
            vec![
                format!("Your role does not allow this: {}. Nothing was changed.", action.label()),
                "If you need it for your work, ask your manager or the register team.".to_owned(),
            ],
            "",
        ),
        Problem::Refused(refusal) => (
            "This cannot be done",
            vec![format!("{refusal}."), "Nothing was changed.".to_owned()],
            refusal.clause(),
        ),
        Problem::Fault(fault) => (
            "Something went wrong",
            vec![
                "This is a fault of ours. What was saved before is safe, and what you sent last may not be."
                    .to_owned(),
                "Go back and send it again: a form sent twice is carried out once.".to_owned(),
                format!("If it happens again, tell the register team and quote fault {}.", fault.number()),
            ],
            "",
        ),
        Problem::TookTooLong(fault) => (
            "This took too long",
            vec![
                "What was saved before is safe. What you sent last may have been carried out or not."
                    .to_owned(),
                "Wait a minute, go back and send it again: a form sent twice is carried out once.".to_owned(),
                format!("If it happens again, tell the register team and quote fault {}.", fault.number()),
            ],
            "",
        ),
        Problem::TooMuch => (
            "What you sent is too large",
            told(&[
                "A form may hold 25 megabytes, files and all; before you sign in, 256 kilobytes. Nothing was changed.",
                "Go back, leave out a file or make it smaller, and send it again.",
            ]),
            "",
        ),
        Problem::WrongMethod => (
            "Page not found",
            told(&[
                "This address does something only when a form is sent to it. Go to the home page and start from there.",
            ]),
            "",
        ),
        Problem::FromElsewhere => (
            "This form came from another site",
            told(&["To protect you, nothing was changed. Go to the home page and start from there."]),
            "",
        ),
    }
}
