//! `/measures/…`: what the council does in response, from assessment to removal.
//!
//! What every screen of a measure needs: reach first, then a logged look, then the bar that says whom it is about.

pub mod appeal;
pub mod assessment;
pub mod bundle;
pub mod contacts;
pub mod decision;
pub mod decision_file;
pub mod dispute;
pub mod file;
pub mod interim;
pub mod legal;
pub mod letter;
pub mod ombudsman;
pub mod plan;
pub mod removal;
pub mod remove;
pub mod review;
pub mod sponsor;
pub mod told;
pub mod vary;
pub mod withhold;

use crate::page::{Page, Section, under};
use crate::part::{Row, Tag};
use crate::words;
use jiff::civil::Date;
use register::command::Command;
use register::ids::{File, MeasureId};
use register::measure::{InterimStage, Measure, Stage};
use register::moment::{Actor, Moment};
use register::refusal::Refusal;
use register::retention::held_for;
use register::review::Nearness;
use register::state::Register;
use register::view::Disclosure;
use service::Done;
use service::access::Look;
pub use service::papers::DESTROYED;
use web::{App, Form, Problem, SignedIn};

/// The bar at the top of every screen of a file.
pub struct About {
    /// Whom or what it is about.
    pub name: String,
    /// What else tells it apart.
    pub facts: Vec<Row>,
    /// How it stands.
    pub tags: Vec<Tag>,
}

/// The address of a measure, or of something done with it.
pub fn address(measure: MeasureId, act: &str) -> String {
    under(format!("/measures/{measure}"), act)
}

/// How much of a measure this reader is shown; one they may not know of is not found.
pub fn reached(app: &App, who: &SignedIn, id: MeasureId) -> Result<Disclosure, Problem> {
    who.reaches(app, File::Measure(id))
}

/// Shows something of a measure, after the look is on disk.
pub async fn opened<T>(
    app: &App,
    who: &SignedIn,
    id: MeasureId,
    show: impl FnOnce(&Register, &Measure) -> T,
) -> Result<T, Problem> {
    reached(app, who, id)?;
    let look = Look::File(File::Measure(id));
    let shown = app.service.look(who.id(), look, |register| register.measure(id).map(|m| show(register, m)));
    shown.await?.ok_or(Problem::NotFound)
}

/// A page about a measure, with the way back to its file.
pub fn page(app: &App, who: &SignedIn, id: MeasureId, title: impl Into<String>) -> Page {
    Page::of(app, who, title).within(Section::Work).back_to(address(id, ""))
}

/// Carries out what a form asks; `None` where it must be shown again.
pub async fn carry_out(
    app: &App,
    who: &SignedIn,
    form: &mut Form,
    asking: Option<impl Into<Command>>,
    field_of: fn(&Refusal) -> &'static str,
) -> Result<Option<Done>, Problem> {
    let Some(asking) = asking else { return Ok(None) };
    let id = form.command(app.service.fresh_command());
    let answer = who.asks(app, form, id, asking).await?;
    form.answered(answer, field_of)
}

/// Where a refusal that is about no single field is shown.
pub const fn nowhere(_: &Refusal) -> &'static str {
    ""
}

/// The moment in which whoever is signed in would act now.
pub fn moment(app: &App, who: &SignedIn) -> Moment {
    Moment { at: app.service.now(), by: Actor::Account(who.id()) }
}

/// Whether the register would take this now: what is offered on a page is what may be done.
pub fn would(register: &Register, moment: &Moment, command: impl Into<Command>) -> bool {
    register::decide(register, &command.into(), moment).is_ok()
}

/// The bar of a measure.
pub fn about(register: &Register, measure: &Measure, today: Date) -> About {
    let name = register.subject(measure.subject).map_or_else(
        || measure.subject.to_string(),
        |subject| match subject.details.known() {
            Some(details) => details.heading().to_owned(),
            None => format!("{} (particulars destroyed)", subject.id),
        },
    );
    let facts = vec![
        Row::new("Measure", measure.id.to_string()),
        Row::new("Kind", measure.kind.label()),
        Row::new("Subject", measure.subject.to_string()),
    ];
    let mut tags = vec![stage(measure.stage())];
    if let Some(interim) = &measure.interim {
        match interim.stage {
            InterimStage::Asked if !measure.is_over() => {
                tags.push(Tag::new("Interim marker asked for", "orange"));
            }
            InterimStage::Live { lapses_on, .. } if today <= lapses_on && !measure.is_over() => {
                tags.push(Tag::new(format!("Interim marker until {}", words::date(lapses_on)), "red"));
            }
            _ => {}
        }
    }
    if measure.review_nearness(register, today) == Some(Nearness::Overdue) {
        tags.push(Tag::new("Review overdue", "red"));
    }
    if measure.open_appeal().is_some() {
        tags.push(Tag::new("Under appeal", "purple"));
    }
    if measure.open_dispute().is_some() {
        tags.push(Tag::new("Disputed", "pink"));
    }
    if measure.open_complaint().is_some() {
        tags.push(Tag::new("With an ombudsman", "purple"));
    }
    if measure.removal.is_some() {
        tags.push(Tag::new("Removal proposed", "teal"));
    }
    if held_for(register, File::Measure(measure.id)).is_some() {
        tags.push(Tag::new("On hold", "yellow"));
    }
    About { name, facts, tags }
}

/// A stage as a tag.
pub fn stage(stage: Stage) -> Tag {
    let colour = match stage {
        Stage::Assessment => "blue",
        Stage::Decision => "purple",
        Stage::Notice => "orange",
        Stage::InForce => "red",
        Stage::Ended | Stage::Destroyed => "grey",
    };
    Tag::new(stage.label(), colour)
}
