//! `/oversight/decoys`: the addresses at which nobody lives, for those who ask about looks that stand out. No other page shows them.

use super::HERE as OVERSIGHT;
use crate::addresses::looked_up;
use crate::page::{Page, Section};
use crate::part::name_of;
use crate::subjects::details;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use gazetteer::{Gazetteer, Standing};
use jiff::Timestamp;
use register::moment::Actor;
use register::people::Action;
use service::Fault;
use service::oversight::decoys::{Decoy, DecoyRefused, Wanted};
use web::{App, Form, Outcome, Problem, SignedIn};

const HERE: &str = "/oversight/decoys";

#[derive(Template)]
#[template(path = "oversight/decoys.html")]
struct Screen {
    page: Page,
    decoys: Vec<Placed>,
}

/// A decoy as it is shown.
struct Placed {
    address: String,
    placed: String,
    /// What takes it back.
    key: String,
}

/// `GET /oversight/decoys`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReviewLooks)?;
    draw(&app, &who, Form::default()).await
}

/// `POST /oversight/decoys`: places one, or takes one back.
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ReviewLooks)?;
    if form.value("act") == "take-back" {
        let placed: Option<Timestamp> = form.value("placed").parse().ok();
        let placed = placed.ok_or(Problem::NotFound)?;
        return if app.service.take_decoy_back(placed).await? {
            Ok(Redirect::to(HERE).into_response())
        } else {
            Err(Problem::NotFound)
        };
    }
    let Some(wanted) = wanted(&app.gazetteer, &mut form)? else { return draw(&app, &who, form).await };
    match app.service.place_decoy(who.id(), &wanted).await? {
        Ok(()) => Ok(Redirect::to(HERE).into_response()),
        Err(refused) => {
            let field = if refused == DecoyRefused::Enough { "" } else { "lines" };
            form.mistake(field, refused.to_string());
            draw(&app, &who, form).await
        }
    }
}

/// The address that a form describes, where the council's list knows of nobody there.
fn wanted(gazetteer: &Gazetteer, form: &mut Form) -> Result<Option<Wanted>, Fault> {
    let lines = form.text_within("lines", "Enter the house number, street and town", 500);
    let postcode = form.text_within("postcode", "Enter the postcode: streets of one name are many", 10);
    let uprn = details::uprn(form, "uprn").flatten();
    if let Some(uprn) = uprn
        && let Standing::Live(_) = looked_up(gazetteer.standing(uprn))?
    {
        form.mistake("uprn", "The council’s list of addresses has a property of this reference");
    }
    if !form.is_well() {
        return Ok(None);
    }
    let (Some(lines), Some(postcode)) = (lines, postcode) else { return Ok(None) };
    Ok(Some(Wanted { lines: lines.as_str().to_owned(), postcode: Some(postcode.as_str().to_owned()), uprn }))
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let decoys = app.service.decoys(who.id()).await?;
    let decoys = app.service.read(|register| {
        let placed = |decoy: &Decoy| Placed {
            address: address(&decoy.address),
            placed: format!(
                "{}, {}",
                words::moment(decoy.placed),
                name_of(register, Actor::Account(decoy.by()))
            ),
            key: decoy.placed.to_string(),
        };
        decoys.iter().map(placed).collect()
    });
    Page::of(app, who, "Decoys")
        .within(Section::AccessLog)
        .back_to(OVERSIGHT)
        .with(form)
        .show(|page| Screen { page, decoys })
}

fn address(address: &Wanted) -> String {
    let uprn = address.uprn.map(|uprn| format!("UPRN {uprn}"));
    let parts = std::iter::once(address.lines.clone()).chain(address.postcode.clone()).chain(uprn);
    parts.collect::<Vec<_>>().join(", ")
}
