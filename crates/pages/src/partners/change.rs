//! `/partners/new` and `/partners/{partner}/change`: what an organisation is called, what it is to the council, which teams are its own.

use super::{address, reached};
use crate::measures::carry_out;
use crate::page::{Page, Section};
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::KeepPartner;
use register::ids::{PartnerId, TeamId};
use register::partner::Relationship;
use register::people::Action;
use register::refusal::Refusal;
use std::collections::BTreeSet;
use web::form::reference_bits;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "partners/change.html")]
struct Screen {
    page: Page,
    action: String,
    relationships: Vec<Item>,
    teams: Vec<Item>,
}

/// `GET /partners/new`
pub async fn new(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::KeepPartners)?;
    let form = Form::new(app.service.fresh_command()).with_date("since", app.service.today());
    draw(&app, &who, None, form)
}

/// `POST /partners/new`
pub async fn open(State(app): State<App>, who: SignedIn, form: Form) -> Outcome {
    who.must(Action::KeepPartners)?;
    let fresh = PartnerId::from_bits(reference_bits(form.command(app.service.fresh_command())));
    keep(&app, &who, None, fresh, form).await
}

/// `GET /partners/{partner}/change`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<PartnerId>) -> Outcome {
    who.must(Action::KeepPartners)?;
    let today = app.service.today();
    let mut form = Form::new(app.service.fresh_command()).with_date("since", today);
    form = app.service.read(|register| {
        let partner = register.partner(id).ok_or(Problem::NotFound)?;
        form = form.with("name", partner.name());
        if let Some(relationship) = partner.relationship(today) {
            form = form.with("relationship", relationship.key());
        }
        let own = register.teams().filter(|team| team.partner == Some(id));
        Ok::<_, Problem>(own.fold(form, |form, team| form.with("teams", team.id)))
    })?;
    draw(&app, &who, Some(id), form)
}

/// `POST /partners/{partner}/change`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(id): Reference<PartnerId>,
    form: Form,
) -> Outcome {
    who.must(Action::KeepPartners)?;
    reached(&app, &who, id)?;
    keep(&app, &who, Some(id), id, form).await
}

async fn keep(
    app: &App,
    who: &SignedIn,
    known: Option<PartnerId>,
    partner: PartnerId,
    mut form: Form,
) -> Outcome {
    let name = form.text_within("name", "Enter what the organisation is called", 100);
    let relationship = form.choice::<Relationship>("relationship", "Choose what it is to the council");
    let since = form.date("since", "the day from which it is that");
    let chosen = form.typed().values("teams").filter_map(|team| team.parse::<TeamId>().ok());
    let teams: BTreeSet<TeamId> = chosen.collect();
    let asking = name.zip(relationship).zip(since).map(|((name, relationship), since)| KeepPartner {
        partner,
        name,
        relationship,
        since,
        teams,
    });
    match carry_out(app, who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(partner, "")).into_response()),
        None => draw(app, who, known, form),
    }
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::OthersTeam | Refusal::PartnerReads | Refusal::NoSuchTeam => "teams",
        _ => "",
    }
}

fn draw(app: &App, who: &SignedIn, known: Option<PartnerId>, form: Form) -> Outcome {
    let teams = app.service.read(|register| {
        let free = register.teams().filter(|team| team.partner.is_none_or(|partner| Some(partner) == known));
        let mut items: Vec<Item> = free.map(|team| Item::new(team.id, team.name())).collect();
        items.sort_by(|one, other| one.label.cmp(&other.label));
        items
    });
    let (title, action, back) = match known {
        None => ("Record a partner", "/partners/new".to_owned(), "/partners".to_owned()),
        Some(id) => ("Change a partner", address(id, "change"), address(id, "")),
    };
    Page::of(app, who, title).within(Section::Work).back_to(back).with(form).show(|page| Screen {
        page,
        action,
        relationships: Item::all::<Relationship>(),
        teams,
    })
}
