//! What opening and changing an account ask alike.

use crate::part::Item;
use register::ids::TeamId;
use register::people::{Account, AccountDetails, Role};
use register::personal::Text;
use register::refusal::Refusal;
use std::collections::BTreeSet;
use web::form::Choice;
use web::{App, Form};

/// What was read.
pub struct Read {
    /// Its roles.
    pub roles: BTreeSet<Role>,
    /// Its team.
    pub team: TeamId,
    /// Who it belongs to.
    pub details: AccountDetails,
}

/// What there is to choose from.
pub struct Choices {
    /// Every role.
    pub roles: Vec<Item>,
    /// Every team.
    pub teams: Vec<Item>,
}

/// What there is to choose from now: for a person, for a program, or for whatever a new account is to be.
pub fn choices(app: &App, is_program: Option<bool>) -> Choices {
    let may = |role: &&Role| is_program.is_none_or(|is_program| role.is_program() == is_program);
    let roles = Role::ALL.iter().filter(may).map(|role| Item::new(role.key(), role.label()));
    Choices { roles: roles.collect(), teams: app.service.read(Item::of_teams) }
}

/// Reads the fields.
pub fn read(form: &mut Form) -> Option<Read> {
    let name = form.text_within("name", "Enter their full name", 200);
    let email = email(form);
    let phone = form.optional_text_within("phone", 50);
    let team = form.reference("team", "Choose their team");
    let roles = form.choices("roles", "Choose at least one role");
    Some(Read {
        roles: roles?,
        team: team?,
        details: AccountDetails { name: name?, email: email?, phone: phone? },
    })
}

/// A work mail address.
pub fn email(form: &mut Form) -> Option<Text> {
    let email = form.text_within("email", "Enter their work email address", 254)?;
    let is_address = email
        .as_str()
        .split_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    if !is_address || email.as_str().contains(char::is_whitespace) {
        form.mistake("email", "Enter an email address like name@council.gov.uk");
        return None;
    }
    Some(email)
}

/// The form as it is first shown for an account.
pub fn filled(form: Form, account: &Account) -> Form {
    let form = account.roles.iter().fold(form, |form, role| form.with("roles", Choice::key(*role)));
    let form = form.with("team", account.team);
    let Some(details) = account.details.known() else { return form };
    let form = form.with("name", details.name.as_str()).with("email", details.email.as_str());
    match &details.phone {
        Some(phone) => form.with("phone", phone.as_str()),
        None => form,
    }
}

/// The field that a refusal is about.
pub const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::EmailTaken => "email",
        Refusal::NoSuchTeam => "team",
        Refusal::NoRole
        | Refusal::AdministratorReads
        | Refusal::ProgramAlone
        | Refusal::NotSuchAnAccount
        | Refusal::PartnerReads
        | Refusal::OwnRoles => "roles",
        _ => "",
    }
}
