//! `/imports/{import}/plan`: what staff do until the entries of a list are assessed, who is shown them, and who answers for them.

use super::{address, working};
use crate::measures::plan::{self, Choices};
use crate::page::{Page, Section};
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::assessment::Proposal;
use register::ids::ImportId;
use register::policy::{Code, List};
use register::view;
use service::imports::{Batch, Plans};
use std::collections::BTreeMap;
use web::form::Typed;
use web::{App, Form, Outcome, Reference, SignedIn};

/// Of what a list asks for, the commonest are asked about.
const MOST_ASKED: usize = 40;

#[derive(Template)]
#[template(path = "imports/plan.html")]
struct Screen {
    page: Page,
    name: String,
    plan: Choices,
    asked: Vec<Asked>,
    sponsors: Vec<Item>,
}

/// What a list asks of staff, in its own words.
struct Asked {
    field: String,
    label: String,
}

/// `GET /imports/{import}/plan`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<ImportId>) -> Outcome {
    let batch = working(&app, &who, id).await?;
    let form = match &batch.plans.form {
        Some(sent) => Form::from(Typed::from_urlencoded(sent.as_bytes())),
        None => begun(&app, &batch),
    };
    draw(&app, &who, id, &batch, form)
}

/// `POST /imports/{import}/plan`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<ImportId>,
    form: Form,
) -> Outcome {
    let mut batch = working(&app, &who, id).await?;
    let sent = form.typed().to_urlencoded();
    let mut form = worded(form, &batch);
    let proposal = plan::read(&app, &mut form);
    let sponsor = form.reference("sponsor", "Choose the manager who answers for it");
    let asked = asked(&app, &form, &batch);
    let (Some(proposal), Some(sponsor)) = (proposal, sponsor) else {
        return draw(&app, &who, id, &batch, form);
    };
    if proposal.precautions.is_empty() {
        form.mistake("precautions", "Choose at least one precaution");
        return draw(&app, &who, id, &batch, form);
    }
    batch.plans = Plans::chosen(sent, sponsor, asked);
    app.service.keep_import(&batch).await?;
    Ok(Redirect::to(&address(id, "")).into_response())
}

/// The plan for all rows as it was chosen; `None` until it was, and where the policy no longer allows it.
pub fn chosen(app: &App, batch: &Batch) -> Option<Proposal> {
    let sent = batch.plans.form.as_ref()?;
    plan::read(app, &mut worded(Form::from(Typed::from_urlencoded(sent.as_bytes())), batch))
}

/// A plan says what happened and how grave that is. A list that nobody assessed says neither.
fn worded(form: Form, batch: &Batch) -> Form {
    let summary: String =
        format!("Taken over from “{}”. Not assessed yet.", batch.name).chars().take(300).collect();
    form.with("summary", summary).with("band-reasons", "Taken over from an older list, and not assessed yet.")
}

/// What is most likely: the team whose list it was is told, and rings the duty desk.
fn begun(app: &App, batch: &Batch) -> Form {
    app.service.read(|register| {
        let desk = view::duty_desk(register);
        let form = Form::default().with("ring-name", desk.name).with("ring-phone", desk.phone);
        match batch.team() {
            Some(team) => form
                .with("audience", team)
                .with(&format!("reason-{team}"), "Its people are on this team’s own list."),
            None => form,
        }
    })
}

/// What the list's own words mean, where somebody said so.
fn asked(app: &App, form: &Form, batch: &Batch) -> BTreeMap<String, Vec<Code>> {
    let is_known = |code: &Code| app.service.read(|register| register.policy().has(List::Precaution, code));
    let said = batch.asked().into_iter().take(MOST_ASKED).enumerate();
    said.filter_map(|(place, (said, _))| {
        let code = Code::new(form.value(&field(place))).filter(is_known)?;
        Some((said.to_owned(), vec![code]))
    })
    .collect()
}

fn field(place: usize) -> String {
    format!("asked-{place}")
}

fn draw(app: &App, who: &SignedIn, id: ImportId, batch: &Batch, form: Form) -> Outcome {
    let sponsors = app.service.read(crate::incidents::triage::sponsors);
    let asked = batch.asked().into_iter().take(MOST_ASKED).enumerate();
    let asked = asked.map(|(place, (said, rows))| Asked {
        field: field(place),
        label: format!("“{said}” ({})", crate::words::count(rows, "row", "rows")),
    });
    let asked = asked.collect();
    let plan = plan::choices(app);
    Page::of(app, who, "What staff do meanwhile")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen { page, name: batch.name.clone(), plan, asked, sponsors })
}
