//! `/ready/training`: what there is to read, on two pages.

use crate::page::Page;
use askama::Template;
use axum::extract::State;
use register::people::course_of;
use register::training::Card;
use web::form::Filter;
use web::session::READY;
use web::{App, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "ready/training.html")]
struct Screen {
    page: Page,
    place: String,
    cards: &'static [Card],
    next: &'static str,
    label: &'static str,
}

/// Where the second page is, and the questions.
const SECOND: &str = "/ready/training?page=2";
const QUESTIONS: &str = "/ready/training/questions";

/// `GET /ready/training?page=…`
pub async fn show(State(app): State<App>, who: SignedIn, Filter(form): Filter) -> Outcome {
    let course = course_of(&who.account).ok_or(Problem::NotFound)?;
    let cards = course.cards();
    let (first, second) = cards.split_at(cards.len() / 2);
    let is_second = form.holds("page", "2");
    let (place, cards, next, label) = match is_second {
        false => ("Page 1 of 2".to_owned(), first, SECOND, "Continue"),
        true => ("Page 2 of 2".to_owned(), second, QUESTIONS, "Answer the questions"),
    };
    let back = if is_second { "/ready/training" } else { READY };
    Page::of(&app, &who, course.label()).back_to(back).show(|page| Screen { page, place, cards, next, label })
}
