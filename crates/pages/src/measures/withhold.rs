//! `/measures/{measure}/withhold`: for now not telling the customer. One person asks, another agrees.

use super::told;
use super::{About, about, address, carry_out, moment, nowhere, opened, page, reached, would};
use crate::page::Page;
use crate::part::{Item, Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::{AgreeWithholding, Command, RefuseWithholding, WithholdNotice};
use register::ids::MeasureId;
use register::measure::Measure;
use register::notice::Draft;
use register::people::Action;
use register::personal::Text;
use register::policy::List;
use register::state::Register;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/withhold.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    asked: Vec<Row>,
    agrees: bool,
    asks: bool,
    grounds: Vec<Item>,
}

/// `GET /measures/{measure}/withhold`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    may(&who)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/withhold`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    may(&who)?;
    reached(&app, &who, measure)?;
    let act = form.value("act").to_owned();
    let done = if act == "agree" || act == "refuse" {
        let asking = form.text("reasons", "Enter your reasons").map(|reasons| -> Command {
            if act == "agree" {
                AgreeWithholding { measure, reasons }.into()
            } else {
                RefuseWithholding { measure, reasons }.into()
            }
        });
        carry_out(&app, &who, &mut form, asking, nowhere).await?
    } else {
        let terms = app.service.read(|register| register.policy().terms(List::WithholdingGround).to_vec());
        let ground = form.codes("ground", &terms, "Choose the ground");
        let evidence = form.text("evidence", "Enter what shows it");
        let ground = ground.and_then(|codes| codes.into_iter().next());
        let asking =
            ground.zip(evidence).map(|(ground, evidence)| WithholdNotice { measure, ground, evidence });
        carry_out(&app, &who, &mut form, asking, |_| "ground").await?
    };
    match done {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

fn may(who: &SignedIn) -> Result<(), Problem> {
    if who.may(Action::AgreeWithholding) { Ok(()) } else { who.must(Action::WithholdNotice) }
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let (today, moment) = (app.service.today(), moment(app, who));
    let (about, asked, agrees, asks, grounds) = opened(app, who, id, |register, measure| {
        let grounds = register.policy().terms(List::WithholdingGround);
        let words = Text::optional("words to be given");
        let agree = words.clone().map(|reasons| AgreeWithholding { measure: id, reasons });
        let ask = words.zip(grounds.first()).map(|(evidence, term)| WithholdNotice {
            measure: id,
            ground: term.code.clone(),
            evidence,
        });
        (
            about(register, measure, today),
            asked(register, measure),
            agree.is_some_and(|agree| would(register, &moment, agree)),
            ask.is_some_and(|ask| would(register, &moment, ask)),
            Item::of_terms(grounds),
        )
    })
    .await?;
    page(app, who, id, "Not telling the customer").with(form).show(|page| Screen {
        page,
        about,
        action: address(id, "withhold"),
        asked,
        agrees,
        asks,
        grounds,
    })
}

fn asked(register: &Register, measure: &Measure) -> Vec<Row> {
    let Some(Draft::WithholdingAsked(withholding)) = measure.draft() else { return Vec::new() };
    let ground = std::slice::from_ref(&withholding.ground);
    vec![
        Row::new("Asked for by", name_of(register, withholding.asked.by)),
        Row::new("On", words::date(withholding.asked.date())),
        Row::new("Ground", told::codes(register, List::WithholdingGround, ground)),
        Row::new("What shows it", told::text(&withholding.evidence)),
    ]
}
