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
    /// What was typed and may not have been saved, to be sent again.
    again: Option<Again>,
}

/// A form as it was sent.
struct Again {
    place: String,
    typed: Vec<(String, String)>,
}

/// Forms with a secret in them are typed again.
const SECRETS: [&str; 2] = ["/sign-in", "/account/password"];

impl Again {
    /// What is sent again after this problem: only what failed through a fault of ours.
    fn of(asked: &Asked, problem: &Problem) -> Option<Self> {
        let failed = matches!(problem, Problem::Fault(_) | Problem::TookTooLong(_));
        let typed: Vec<_> =
            asked.typed.fields().map(|(field, value)| (field.to_owned(), value.to_owned())).collect();
        let is_secret = SECRETS.iter().any(|place| asked.path.starts_with(place));
        (failed && !typed.is_empty() && !is_secret).then(|| Self { place: asked.path.clone(), typed })
    }
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
    let by = asked.by;
    let path = asked.path.as_str();
    let about_a_check = path == "/check" || path.starts_with("/check/");
    let drawn = match problem {
        Problem::Prove(proving) => proof::draw(app, asked, proving),
        Problem::NotPermitted(_) | Problem::Refused(_) => in_words(app, asked, problem),
        _ if about_a_check => cannot_say(app, by, problem),
        _ => in_words(app, asked, problem),
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

fn in_words(app: &App, asked: &Asked, problem: &Problem) -> web::Outcome {
    let (title, mut lines, clause) = words_of(problem);
    let again = Again::of(asked, problem);
    if again.is_some() {
        lines.push(
            "What you typed is kept on this page: send it again from here. A form sent twice is carried out once."
                .to_owned(),
        );
    }
    Page::open(app, title).leaving(asked.by).show(|page| Words { page, lines, clause, again })
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
        Problem::Fault(fault) if fault.is_outage() => (
            "Nothing can be saved at the moment",
            vec![
                "The register cannot be written. What was saved before is safe, and what you sent last was not saved, or nobody knows.".to_owned(),
                "Wait a few minutes and try again. Before any contact meanwhile, check all the same: a check still warns of what is known."
                    .to_owned(),
                format!("If it goes on, tell the register team and quote fault {}.", fault.number()),
            ],
            "",
        ),
        Problem::Fault(fault) => (
            "Something went wrong",
            vec![
                "This is a fault of ours. What was saved before is safe, and what you sent last may not be."
                    .to_owned(),
                format!("If it happens again, tell the register team and quote fault {}.", fault.number()),
            ],
            "",
        ),
        Problem::TookTooLong(fault) => (
            "This took too long",
            vec![
                "What was saved before is safe. What you sent last may have been carried out or not."
                    .to_owned(),
                "Wait a minute and try again.".to_owned(),
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
