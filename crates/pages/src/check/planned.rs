//! `/check/planned`: the visits somebody asked about that are still to be made, those whose answer changed first.
//!
//! It says that an answer changed and never how: the answer is a check of its own, made when they ask for it.

use super::answer::why;
use crate::page::{Page, Section};
use crate::part::Link;
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use register::people::Action;
use service::watch::{Notices, Watch};
use web::{App, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "check/planned.html")]
struct Screen {
    page: Page,
    changed: Vec<Visit>,
    /// Lists with visits whose answer changed, and how many these are.
    lists: Vec<Link>,
    others: Vec<Visit>,
}

/// A planned visit.
struct Visit {
    check: u64,
    /// What is planned and when.
    title: String,
    /// Whom or where, as they asked.
    asked: String,
    /// Since when it is watched, or when its answer changed.
    since: String,
}

/// `GET /check/planned`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::Check)?;
    let today = app.service.today();
    let watches = app.service.watches(who.id()).await?;
    let lists = app.service.changed_screenings(who.id()).await?;
    let lists = lists.iter().map(|changes| Link {
        address: format!("/screening/{}", changes.list),
        label: format!("{}: {}", changes.name, words::count(changes.ahead(today), "visit", "visits")),
    });
    let (changed, others) = watches.iter().map(visit).partition::<Vec<_>, _>(|(is_changed, _)| *is_changed);
    let visits = |of: Vec<(bool, Visit)>| of.into_iter().map(|(_, visit)| visit).collect();
    let lists = if who.may(Action::Screen) { lists.collect() } else { Vec::new() };
    Page::of(&app, &who, "Your planned visits").within(Section::Check).back_to("/check").show(|page| Screen {
        page,
        changed: visits(changed),
        lists,
        others: visits(others),
    })
}

/// `POST /check/planned/{check}`: the answer as it is now, as a check gives it. The watch goes on from it.
pub async fn see(State(app): State<App>, who: SignedIn, Path(check): Path<u64>) -> Outcome {
    who.must(Action::Check)?;
    let watch = app.service.watched(who.id(), check).await?.ok_or(Problem::NotFound)?;
    super::ask(&app, &who, watch.asked()).await
}

/// `POST /check/planned/{check}/stop`
pub async fn stop(State(app): State<App>, who: SignedIn, Path(check): Path<u64>) -> Outcome {
    who.must(Action::Check)?;
    app.service.stop_watching(who.id(), check).await?.ok_or(Problem::NotFound)?;
    Ok(Redirect::to("/check/planned").into_response())
}

/// Whether its answer changed, and how it is told.
fn visit(watch: &Watch) -> (bool, Visit) {
    let asked = watch.asked();
    let since = match watch.changed {
        Some(at) => {
            format!("Changed at {}. You asked at {}.", words::moment(at), words::moment(watch.asked_at))
        }
        None => format!("Unchanged since you asked at {}.", words::moment(watch.asked_at)),
    };
    let visit =
        Visit { check: watch.check, title: why(&asked), asked: asked.description.given().join(", "), since };
    (watch.changed.is_some(), visit)
}

/// What is told at the top of a page of somebody with planned visits whose answers changed; nothing for everybody else. That nobody can
/// tell at the moment is said: it is no reason to keep a page, or the check itself, from anybody.
pub async fn notice(app: &App, who: &SignedIn) -> Option<String> {
    if !who.may(Action::Check) {
        return None;
    }
    let told = |notices: Notices| if who.may(Action::Screen) { notices.all() } else { notices.visits };
    match app.service.notices(who.id()).await.map(told) {
        Ok(0) => None,
        Ok(1) => Some("The answer to 1 of your planned visits has changed since you asked.".to_owned()),
        Ok(many) => Some(format!("The answers to {many} of your planned visits have changed since you asked.")),
        Err(_logged) => Some(
            "We cannot tell at the moment whether the answers to your planned visits have changed. Check again before you go."
                .to_owned(),
        ),
    }
}
