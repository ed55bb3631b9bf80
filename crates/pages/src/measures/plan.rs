//! The fields of a plan, asked alike by an assessment and for an interim marker.

use crate::part::Item;
use register::assessment::{Band, Plan, PlanWords, Proposal};
use register::ids::TeamId;
use register::personal::Text;
use register::policy::List;
use register::refusal::Refusal;
use register::state::Register;
use web::form::Choice;
use web::{App, Form};

/// What there is to choose from.
pub struct Choices {
    /// How grave.
    pub bands: Vec<Item>,
    /// What staff must do.
    pub precautions: Vec<Item>,
    /// How contact is limited.
    pub restrictions: Vec<Item>,
    /// Who may be told.
    pub teams: Vec<Told>,
}

/// A team that may be told, and where its reason is typed.
pub struct Told {
    /// The team.
    pub item: Item,
    /// The field of its reason.
    pub reason: String,
    /// What its reason is asked with.
    pub asks: String,
}

/// What there is to choose from now.
pub fn choices(app: &App) -> Choices {
    app.service.read(|register| Choices {
        bands: bands(),
        precautions: Item::of_terms(register.policy().terms(List::Precaution)),
        restrictions: Item::of_terms(register.policy().terms(List::Restriction)),
        teams: teams(register)
            .into_iter()
            .map(|item| Told {
                reason: format!("reason-{}", item.value),
                asks: format!("Why will {} meet this customer?", item.label),
                item,
            })
            .collect(),
    })
}

fn bands() -> Vec<Item> {
    let meaning = |band| match band {
        Band::Advisory => "Low-level abuse that goes on",
        Band::Amber => "A credible threat or intimidation",
        Band::Red => "Assault, a weapon, or a credible serious threat. It is reviewed sooner",
    };
    Band::ALL
        .iter()
        .map(|band| Item::new(Choice::key(*band), Choice::label(*band)).hint(meaning(*band)))
        .collect()
}

fn teams(register: &Register) -> Vec<Item> {
    Item::of_teams(register)
}

/// Reads the fields.
pub fn read(app: &App, form: &mut Form) -> Option<Proposal> {
    let (precautions, restrictions, teams) = app.service.read(|register| {
        let policy = register.policy();
        (
            form.optional_codes("precautions", policy.terms(List::Precaution)),
            form.optional_codes("restrictions", policy.terms(List::Restriction)),
            teams(register),
        )
    });
    let band = form.choice("band", "Choose how grave the risk is");
    let band_reasons = form.text("band-reasons", "Enter why you chose this band");
    let summary = form.text_within("summary", "Enter what happened, in short", PlanWords::LONGEST_SUMMARY);
    let audience = audience(form, &teams);
    let service_route = form.text("service-route", "Enter how the customer can still reach every service");
    let ring_name = form.text_within("ring-name", "Enter whom staff ring before contact", 100);
    let ring_phone = phone(form);
    let (audience, audience_reasons) = audience?;
    Some(Proposal {
        band: band?,
        precautions,
        restrictions,
        audience,
        words: PlanWords {
            band_reasons: band_reasons?,
            summary: summary?,
            audience_reasons,
            service_route: service_route?,
            ring_name: ring_name?,
            ring_phone: ring_phone?,
        },
    })
}

fn phone(form: &mut Form) -> Option<Text> {
    let phone = form.text_within("ring-phone", "Enter the number that staff ring", 30)?;
    if phone.as_str().chars().any(|c| c.is_ascii_digit()) {
        return Some(phone);
    }
    form.mistake("ring-phone", "Enter a telephone number, such as 01632 960101");
    None
}

/// The chosen teams, each with its reason; `None` where a reason is missing.
fn audience(form: &mut Form, teams: &[Item]) -> Option<(Vec<TeamId>, Vec<Text>)> {
    let chosen: Vec<&Item> = teams.iter().filter(|team| form.holds("audience", &team.value)).collect();
    let read: Vec<Option<(TeamId, Text)>> = chosen
        .into_iter()
        .map(|team| {
            let ask = format!("Enter why {} will meet this customer", team.label);
            let reason = form.text(&format!("reason-{}", team.value), &ask);
            Some((team.value.parse().ok()?, reason?))
        })
        .collect();
    let read: Option<Vec<(TeamId, Text)>> = read.into_iter().collect();
    read.map(|told| told.into_iter().unzip())
}

/// The form as it is first shown: an earlier plan, or whom staff ring by default.
pub fn filled(app: &App, form: Form, plan: Option<&Plan>) -> Form {
    let Some(plan) = plan else {
        let desk = app.service.read(register::view::duty_desk);
        return form.with("ring-name", desk.name).with("ring-phone", desk.phone);
    };
    let form = form.with("band", Choice::key(plan.band));
    let form = plan.precautions.iter().fold(form, |form, code| form.with("precautions", code));
    let form = plan.restrictions.iter().fold(form, |form, code| form.with("restrictions", code));
    let form = plan.audience.iter().fold(form, |form, team| form.with("audience", team));
    let Some(words) = plan.words.known() else { return form };
    let reasons = plan.audience.iter().zip(&words.audience_reasons);
    let form = reasons.fold(form, |form, (team, why)| form.with(&format!("reason-{team}"), why.as_str()));
    form.with("band-reasons", words.band_reasons.as_str())
        .with("summary", words.summary.as_str())
        .with("service-route", words.service_route.as_str())
        .with("ring-name", words.ring_name.as_str())
        .with("ring-phone", words.ring_phone.as_str())
}

/// The field that a refusal is about.
pub const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::PlanWithout(List::Restriction) => "restrictions",
        Refusal::PlanWithout(_) | Refusal::UnknownCode(_) => "precautions",
        Refusal::NoAudience | Refusal::AudienceWithoutReason | Refusal::NoSuchTeam => "audience",
        Refusal::SummaryTooLong => "summary",
        Refusal::NoSuchAccount | Refusal::AccountClosed => "sponsor",
        _ => "",
    }
}
