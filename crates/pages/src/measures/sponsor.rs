//! `/measures/{measure}/sponsor`: somebody else answers for it from now on, and it is looked at again.

use super::{About, about, address, carry_out, opened, page, reached};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ChangeSponsor;
use register::ids::{AccountId, MeasureId};
use register::people::{Action, Role, Standing};
use register::refusal::Refusal;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/sponsor.html")]
struct Screen {
    page: Page,
    about: About,
    action: String,
    managers: Vec<Item>,
}

/// `GET /measures/{measure}/sponsor`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    who.must(Action::Assess)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /measures/{measure}/sponsor`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(measure): Reference<MeasureId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::Assess)?;
    reached(&app, &who, measure)?;
    let asking = form
        .reference::<AccountId>("sponsor", "Choose who answers for it")
        .map(|sponsor| ChangeSponsor { measure, sponsor });
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(measure, "")).into_response()),
        None => draw(&app, &who, measure, form).await,
    }
}

const fn field_of(_: &Refusal) -> &'static str {
    "sponsor"
}

async fn draw(app: &App, who: &SignedIn, id: MeasureId, form: Form) -> Outcome {
    let today = app.service.today();
    let is_well = form.is_well();
    let screen = opened(app, who, id, |register, measure| {
        if is_well && measure.is_over() {
            return Err(Problem::Refused(Refusal::MeasureEnded));
        }
        let managers = register.accounts().filter(|account| {
            account.standing == Standing::Open && account.roles.contains(&Role::LineManager)
        });
        Ok(Screen {
            page: Page::bare(),
            about: about(register, measure, today),
            action: address(id, "sponsor"),
            managers: Item::of_accounts(managers),
        })
    })
    .await??;
    page(app, who, id, "Who answers for it").with(form).show(|page| Screen { page, ..screen })
}
