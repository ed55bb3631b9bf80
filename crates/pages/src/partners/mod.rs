//! `/partners`: the organisations whose workers meet the council's customers, and under what agreement each is warned.

pub mod agreement;
pub mod change;
pub mod file;
pub mod stock;

use crate::page::{Page, Section, under};
use crate::part::{Cell, Tag};
use crate::words;
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use register::ids::{File, PartnerId};
use register::partner::{Agreement, Partner, Standing};
use register::people::Action;
use register::policy::Policy;
use register::reach::reach;
use register::view::Disclosure;
use web::{App, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "partners/index.html")]
struct Screen {
    page: Page,
    keeps: bool,
    partners: Vec<Vec<Cell>>,
}

/// Whether somebody has anything to do with partners.
pub fn are_for(who: &SignedIn) -> bool {
    [Action::KeepPartners, Action::ApproveAgreement, Action::ConfirmAgreement, Action::EndAgreement]
        .into_iter()
        .any(|action| who.may(action))
}

/// Where something of a partner stands.
pub fn address(partner: PartnerId, act: &str) -> String {
    under(format!("/partners/{partner}"), act)
}

/// `GET /partners`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    if !are_for(&who) {
        return Err(Problem::NotFound);
    }
    let today = app.service.today();
    let mut partners: Vec<(String, Vec<Cell>)> = app.service.read(|register| {
        let reached = |partner: &&Partner| {
            reach(register, &who.account, File::Partner(partner.id)) > Disclosure::Nothing
        };
        let policy = register.policy();
        register.partners().filter(reached).map(|it| (it.name(), row(policy, it, today))).collect()
    });
    partners.sort_by(|one, other| one.0.cmp(&other.0));
    let partners = partners.into_iter().map(|(_, row)| row).collect();
    Page::of(&app, &who, "Partners").within(Section::Work).back_to("/").show(|page| Screen {
        page,
        keeps: who.may(Action::KeepPartners),
        partners,
    })
}

fn row(policy: &Policy, partner: &Partner, today: Date) -> Vec<Cell> {
    let relationship = partner.relationship(today).map_or("Not begun", |relationship| relationship.label());
    let stands = match partner.in_force(policy, today) {
        Some(agreement) => format!("In force until {}", words::date(agreement.terms.ends)),
        None => "None in force: its workers are told nothing".to_owned(),
    };
    vec![
        Cell::link(partner.name(), address(partner.id, "")),
        Cell::text(relationship),
        Cell::text(stands),
        Cell::text(
            partner.stock.as_ref().map_or_else(|| "No list".to_owned(), |loaded| loaded.count.to_string()),
        ),
    ]
}

/// How an agreement stands, as a tag.
fn tag(agreement: &Agreement, policy: &Policy, today: Date) -> Tag {
    let standing = agreement.standing(policy, today);
    let colour = match standing {
        Standing::InForce => "green",
        Standing::Proposed | Standing::Ahead => "blue",
        Standing::Unconfirmed => "red",
        Standing::NotApproved | Standing::Expired | Standing::Ended => "grey",
    };
    Tag::new(standing.label(), colour)
}

/// A partner's name, where whoever is signed in reaches its page; otherwise it looks as if there were none.
fn reached(app: &App, who: &SignedIn, id: PartnerId) -> Result<String, Problem> {
    who.reaches(app, File::Partner(id))?;
    app.service.read(|register| register.partner(id).map(Partner::name)).ok_or(Problem::NotFound)
}
