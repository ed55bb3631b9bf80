//! `/partners/{partner}/agreement`: proposes a sharing agreement; another person approves it.

use super::{address, reached};
use crate::measures::carry_out;
use crate::page::{Page, Section};
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ProposeAgreement;
use register::ids::{AccountId, PartnerId};
use register::partner::{AgreementWords, Properties, Shared, Terms};
use register::people::{Action, Extent, Standing};
use register::refusal::Refusal;
use register::view::Purpose;
use web::{App, Form, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "partners/agreement.html")]
struct Screen {
    page: Page,
    name: String,
    shares: Vec<Item>,
    purposes: Vec<Item>,
    properties: Vec<Item>,
    answers: Vec<Item>,
}

/// `GET /partners/{partner}/agreement`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<PartnerId>) -> Outcome {
    who.must(Action::KeepPartners)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command()))
}

/// `POST /partners/{partner}/agreement`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(partner): Reference<PartnerId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::KeepPartners)?;
    reached(&app, &who, partner)?;
    let asking = read(&mut form, partner);
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(partner, "")).into_response()),
        None => draw(&app, &who, partner, form),
    }
}

fn read(form: &mut Form, partner: PartnerId) -> Option<ProposeAgreement> {
    let document = form.text("document", "Enter the reference and date of the signed document");
    let signed_here = form.text_within("signed-here", "Enter who signed it for the council", 200);
    let signed_there = form.text_within("signed-there", "Enter who signed it for the partner", 200);
    let starts = form.date("starts", "its first day");
    let ends = form.date("ends", "its last day");
    let shares = form.choices::<Shared>("shares", "Choose what is shared");
    let purposes = form.choices::<Purpose>("purposes", "Choose what for");
    let properties = form.choice::<Properties>("properties", "Choose which properties it covers");
    let answers = form.reference::<AccountId>("answers", "Choose who answers for it");
    Some(ProposeAgreement {
        partner,
        terms: Terms {
            starts: starts?,
            ends: ends?,
            shares: shares?,
            purposes: purposes?,
            properties: properties?,
            answers: answers?,
        },
        words: AgreementWords { document: document?, signed_here: signed_here?, signed_there: signed_there? },
    })
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::AgreementDates => "ends",
        Refusal::SharesNothing | Refusal::DeliversElsewhere => "shares",
        Refusal::NoSuchAccount | Refusal::AccountClosed => "answers",
        _ => "",
    }
}

fn draw(app: &App, who: &SignedIn, id: PartnerId, form: Form) -> Outcome {
    let name = reached(app, who, id)?;
    let answers = app.service.read(|register| {
        Item::of_accounts(register.accounts().filter(|account| {
            account.standing == Standing::Open && account.extent(Action::ConfirmAgreement) > Extent::Nothing
        }))
    });
    Page::of(app, who, "Propose a sharing agreement")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen {
            page,
            name,
            shares: Item::all::<Shared>(),
            purposes: Item::all::<Purpose>(),
            properties: Item::all::<Properties>(),
            answers,
        })
}
