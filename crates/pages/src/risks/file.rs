//! `/risks/{risk}`: one risk with everything that was judged of it, and what is done with it: judged afresh, put on the corporate risk
//! register, closed.

use super::{Judging, Shown, address, deadline, field_of, figure, judged, level, what};
use crate::measures::{carry_out, nowhere};
use crate::page::Page;
use crate::part::{Happened, Row, Tag};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{AssessRisk, CloseRisk, TransferRisk};
use register::ids::RiskId;
use register::people::Action;
use register::personal::Text;
use register::refusal::Refusal;
use register::risk::{Judged, Risk};
use register::state::Register;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "risks/file.html")]
struct Screen {
    page: Page,
    what: String,
    tags: Vec<Tag>,
    rows: Vec<Row>,
    sign: Option<Shown>,
    happened: Vec<Happened>,
    judging: Judging,
    assess: Option<String>,
    transfer: Option<String>,
    close: Option<String>,
}

/// `GET /risks/{risk}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<RiskId>) -> Outcome {
    who.must(Action::ReadRisks)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /risks/{risk}/assess`
pub async fn assess(
    State(app): State<App>,
    who: SignedIn,
    Reference(risk): Reference<RiskId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::KeepRisks)?;
    let asking = judged(&mut form).map(|(rating, answer)| AssessRisk { risk, rating, answer });
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(risk, "")).into_response()),
        None => draw(&app, &who, risk, form).await,
    }
}

/// `POST /risks/{risk}/transfer`
pub async fn transfer(
    State(app): State<App>,
    who: SignedIn,
    Reference(risk): Reference<RiskId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::KeepRisks)?;
    let on = form.date("transferred", "the date it was put on the corporate risk register");
    let words = form.text("transfer-words", "Enter its reference there");
    let asking = on.zip(words).map(|(on, words)| TransferRisk { risk, on, words });
    let field_of = |refusal: &Refusal| match refusal {
        Refusal::HappenedInFuture => "transferred",
        _ => "",
    };
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(risk, "")).into_response()),
        None => draw(&app, &who, risk, form).await,
    }
}

/// `POST /risks/{risk}/close`
pub async fn close(
    State(app): State<App>,
    who: SignedIn,
    Reference(risk): Reference<RiskId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::KeepRisks)?;
    let asking =
        form.text("close-reasons", "Enter why it is closed").map(|reasons| CloseRisk { risk, reasons });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(risk, "")).into_response()),
        None => draw(&app, &who, risk, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, id: RiskId, form: Form) -> Outcome {
    let today = app.service.today();
    let signs = app.service.signs().await?;
    let keeps = who.may(Action::KeepRisks);
    let screen = app.service.read(|register| {
        let risk = register.risk(id)?;
        let is_open = risk.closed.is_none();
        Some(Screen {
            page: Page::bare(),
            what: what(risk),
            tags: tags(risk),
            rows: rows(register, risk, deadline(risk, today)),
            sign: risk.sign.map(|sign| figure(register, sign, &signs)),
            happened: happened(register, risk),
            judging: Judging::all(),
            assess: (keeps && is_open).then(|| address(id, "assess")),
            transfer: (keeps && is_open && risk.transferred.is_none()).then(|| address(id, "transfer")),
            close: (keeps && is_open).then(|| address(id, "close")),
        })
    });
    let screen = screen.ok_or(Problem::NotFound)?;
    Page::of(app, who, format!("Risk {id}"))
        .back_to("/risks")
        .with(form)
        .show(|page| Screen { page, ..screen })
}

fn tags(risk: &Risk) -> Vec<Tag> {
    let score = risk.now().rating.score();
    let colour = match level(score) {
        "low" => "green",
        "medium" => "yellow",
        _ => "red",
    };
    let mut tags = vec![Tag::new(format!("Score {score}: {}", level(score)), colour)];
    if risk.transferred.is_some() {
        tags.push(Tag::new("On the corporate register", "blue"));
    }
    if risk.closed.is_some() {
        tags.push(Tag::new("Closed", "grey"));
    }
    tags
}

fn text(words: Option<&Text>) -> String {
    words.map(|words| words.as_str().to_owned()).unwrap_or_default()
}

fn rows(register: &Register, risk: &Risk, deadline: String) -> Vec<Row> {
    let now = risk.now();
    let answer = now.answer.known();
    let mut rows = vec![
        Row::new("Owner", text(risk.words.known().map(|words| &words.owner))),
        Row::new("Raised", words::date(risk.raised.date())),
        Row::new("Impact", now.rating.impact.label()),
        Row::new("Likelihood", now.rating.likelihood.label()),
        Row::new("Score", format!("{} of 30", now.rating.score())),
        Row::new("Why", text(answer.map(|answer| &answer.reasons))),
        Row::new("Control", now.rating.control.label()),
        Row::new("Action", text(answer.and_then(|answer| answer.action.as_ref()))),
        Row::new("Deadline", deadline),
        Row::new("Responsible officer", text(answer.map(|answer| &answer.officer))),
    ];
    if let Some(transferred) = &risk.transferred {
        rows.push(Row::new(
            "Corporate risk register",
            format!("Since {}\n{}", words::date(transferred.on), text(transferred.words.known())),
        ));
    }
    if let Some(closed) = &risk.closed {
        rows.push(Row::new(
            "Closed",
            format!(
                "{} by {}\n{}",
                words::date(closed.moment.date()),
                crate::part::name_of(register, closed.moment.by),
                text(closed.reasons.known())
            ),
        ));
    }
    rows
}

/// Every judgement, newest first, and what became of it.
fn happened(register: &Register, risk: &Risk) -> Vec<Happened> {
    let judgement = |judged: &Judged| {
        let rating = judged.rating;
        let title = format!(
            "Impact {} by likelihood {}: score {}",
            rating.impact.number(),
            rating.likelihood.number(),
            rating.score()
        );
        let answer = judged.answer.known();
        let reasons = text(answer.map(|answer| &answer.reasons));
        let action = text(answer.and_then(|answer| answer.action.as_ref()));
        Happened::new(register, title, judged.moment)
            .words(format!("{}\n{reasons}\n{action}", rating.control.label()).trim().to_owned())
    };
    let mut happened: Vec<Happened> = risk.judged().map(judgement).collect();
    if let Some(transferred) = &risk.transferred {
        happened.push(
            Happened::new(register, "Put on the corporate risk register", transferred.moment)
                .words(text(transferred.words.known())),
        );
    }
    if let Some(closed) = &risk.closed {
        happened.push(Happened::new(register, "Closed", closed.moment).words(text(closed.reasons.known())));
    }
    happened.sort_by(|one, other| other.stamp.cmp(&one.stamp));
    happened
}
