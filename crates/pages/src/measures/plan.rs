//! The fields of a plan, asked alike by an assessment and for an interim marker.

use crate::part::Item;
use register::assessment::{Band, Plan, PlanWords, Proposal};
use register::contact::{Detail, Every, Limits, Means, Most, Place, Replies};
use register::ids::TeamId;
use register::personal::Text;
use register::policy::List;
use register::refusal::Refusal;
use register::state::Register;
use web::form::{Choice, with_capital};
use web::{App, Form};

/// What there is to choose from.
pub struct Choices {
    /// How grave.
    pub bands: Vec<Item>,
    /// What staff must do.
    pub precautions: Vec<Item>,
    /// How contact is limited.
    pub restrictions: Vec<Item>,
    /// The ways of contact that may be left.
    pub means: Vec<Item>,
    /// Over what time contact is counted.
    pub every: Vec<Item>,
    /// Which messages are answered.
    pub replies: Vec<Item>,
    /// Where somebody may be told not to come.
    pub places: Vec<Item>,
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
        means: Means::ALL.iter().map(|way| Item::new(way.key(), with_capital(way.label()))).collect(),
        every: Every::ALL
            .iter()
            .map(|every| Item::new(every.key(), format!("A {}", every.label())))
            .collect(),
        replies: Item::all::<Replies>(),
        places: Place::ALL
            .iter()
            .filter(|place| place.can_be_closed())
            .map(|place| Item::new(place.key(), place.label()))
            .collect(),
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
    let limits = limits(form);
    let point_of_contact = form.optional_text_within("point-of-contact", 200);
    let times = form.optional_text_within("times", 200);
    let ring_name = form.text_within("ring-name", "Enter whom staff ring before contact", 100);
    let ring_phone = phone(form);
    let (audience, audience_reasons) = audience?;
    Some(Proposal {
        band: band?,
        precautions,
        restrictions,
        audience,
        limits: limits?,
        words: PlanWords {
            band_reasons: band_reasons?,
            summary: summary?,
            audience_reasons,
            service_route: service_route?,
            point_of_contact: point_of_contact?,
            times: times?,
            ring_name: ring_name?,
            ring_phone: ring_phone?,
        },
    })
}

/// What the restrictions come to.
fn limits(form: &mut Form) -> Option<Limits> {
    let replies = form.optional_choice::<Replies>("replies");
    let most = most(form);
    Some(Limits {
        means: form.optional_choices("means"),
        most: most?,
        replies: replies?.unwrap_or(Replies::All),
        places: form.optional_choices("places"),
    })
}

/// How often somebody may be in touch; left out, as often as they like.
fn most(form: &mut Form) -> Option<Option<Most>> {
    let every = form.optional_choice::<Every>("every")?;
    let typed = form.value("most").trim().to_owned();
    match (typed.is_empty(), typed.parse(), every) {
        (true, _, None) => return Some(None),
        (false, Ok(contacts), Some(every)) => return Some(Some(Most { contacts, every })),
        (false, Ok(_), None) => form.mistake("every", "Choose whether that is a week or a month"),
        _ => form.mistake("most", "Enter how often, as a whole number, such as 1"),
    }
    None
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
        let form = form.with("replies", Replies::All.key());
        return form.with("ring-name", desk.name).with("ring-phone", desk.phone);
    };
    let form = form.with("band", Choice::key(plan.band));
    let form = plan.precautions.iter().fold(form, |form, code| form.with("precautions", code));
    let form = plan.restrictions.iter().fold(form, |form, code| form.with("restrictions", code));
    let Limits { means, most, replies, places } = &plan.limits;
    let form = means.iter().fold(form, |form, way| form.with("means", way.key()));
    let form = places.iter().fold(form, |form, place| form.with("places", place.key()));
    let form = form.with("replies", replies.key());
    let form = match most {
        Some(most) => form.with("most", most.contacts).with("every", most.every.key()),
        None => form,
    };
    let form = plan.audience.iter().fold(form, |form, team| form.with("audience", team));
    let Some(words) = plan.words.known() else { return form };
    let reasons = plan.audience.iter().zip(&words.audience_reasons);
    let form = reasons.fold(form, |form, (team, why)| form.with(&format!("reason-{team}"), why.as_str()));
    let given =
        |words: &Option<Text>| words.as_ref().map(|words| words.as_str().to_owned()).unwrap_or_default();
    form.with("band-reasons", words.band_reasons.as_str())
        .with("point-of-contact", given(&words.point_of_contact))
        .with("times", given(&words.times))
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
        Refusal::LimitWithout(detail) => match detail {
            Detail::PointOfContact => "point-of-contact",
            Detail::OneWay | Detail::InWriting => "means",
            Detail::Times => "times",
            Detail::OnlyNew => "replies",
            Detail::Places => "places",
        },
        Refusal::NeverLimited(_) => "places",
        Refusal::CutOff => "means",
        Refusal::SummaryTooLong => "summary",
        Refusal::NoSuchAccount | Refusal::AccountClosed => "sponsor",
        _ => "",
    }
}
