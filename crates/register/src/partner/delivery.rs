//! Markers of a partner's own properties, delivered as they come: a new one, a changed one, one that is withdrawn. Each is owed until
//! somebody at the partner says that they have it, and a withdrawn one is chased until then.
//!
//! What is owed is worked out when asked: what the partner would be told of a measure today, beside what it last said that it has. So an
//! agreement that ends, a customer who moves and a home that is sold all withdraw what was delivered, and nothing has to run for it.

use super::{Agreement, Course, Partner, Properties, Shared};
use crate::assessment::Plan;
use crate::choice::choices;
use crate::command::ReceiveMarker;
use crate::event::Event;
use crate::ids::{MeasureId, SubjectId, TeamId};
use crate::measure::{InterimStage, Life, Measure};
use crate::moment::Moment;
use crate::people::{self, Action};
use crate::policy::Figure;
use crate::refusal::Refusal;
use crate::state::Register;
use crate::view::{self, Marker, Purpose, Ring};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

choices! {
    /// What a delivery tells a partner.
    News {
        /// A marker that it did not have.
        New = "new", "New";
        /// One that it has, and that now asks something else or holds elsewhere.
        Changed = "changed", "Changed";
        /// One that it has, and is no longer told.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

impl News {
    /// How long the partner has to say that it has it.
    #[must_use]
    pub const fn within(self) -> Figure {
        match self {
            News::New | News::Changed => Figure::MarkerReceipt,
            News::Withdrawn => Figure::Withdraw,
        }
    }
}

/// What a partner is told of one marker, as far as its workers would do something else if it were otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Told {
    /// At which of its properties, by unique property reference number.
    pub places: BTreeSet<u64>,
    /// What its workers must do, in words.
    pub precautions: Vec<String>,
    /// How contact is limited, in words.
    pub restrictions: Vec<String>,
    /// Whom they ring.
    pub ring: Ring,
}

/// A marker that a partner said it has.
#[derive(Debug, Clone)]
pub struct Received {
    /// When, and who said so.
    pub moment: Moment,
    /// As it was then; `None` where that can no longer be known.
    pub told: Option<Told>,
}

/// A delivery that waits for its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Of which measure.
    pub measure: MeasureId,
    /// What it tells.
    pub news: News,
    /// What is told now, or what was before it was withdrawn where that is known.
    pub told: Option<Told>,
    /// Since this London date.
    pub since: Date,
    /// The receipt is due by this London date.
    pub by: Date,
}

impl Owed {
    /// What tells this delivery from another of the same marker, so that nobody confirms what they were not shown. It holds for as long as a
    /// form is open: it is not stored.
    #[must_use]
    pub fn edition(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.news, &self.told).hash(&mut hasher);
        hasher.finish()
    }

    /// What whoever receives it is told: nothing of what is withdrawn.
    #[must_use]
    pub fn tells(self) -> Option<Told> {
        self.told.filter(|_| self.news != News::Withdrawn)
    }
}

/// In this order a marker says the most that an agreement allows: how contact is limited is said for a call or a letter alone.
const FULLEST_FIRST: [Purpose; 4] =
    [Purpose::Call, Purpose::Correspondence, Purpose::Visit, Purpose::Meeting];

/// What a partner is told of a measure on a day without asking: where its agreement in force delivers, the
/// audience names one of its teams, and the subject is at one of its own properties.
#[must_use]
pub fn told(register: &Register, partner: &Partner, measure: &Measure, today: Date) -> Option<Told> {
    let agreement = partner.in_force(register.policy(), today)?;
    let live = measure.live_plan(today)?;
    if !agreement.delivers() || !names(register, partner, live.plan()) {
        return None;
    }
    let purpose = FULLEST_FIRST
        .into_iter()
        .find(|purpose| agreement.terms.purposes.contains(purpose) && measure.kind.answers(*purpose))?;
    let places = places(register, partner, measure.subject);
    if places.is_empty() {
        return None;
    }
    let marker = view::marker(register, measure, live, purpose, today);
    let Marker { precautions, restrictions, ring, .. } =
        super::Share::Under(agreement).cut(register, marker)?;
    let precautions = precautions.into_iter().map(|precaution| precaution.words).collect();
    Some(Told { places, precautions, restrictions, ring })
}

/// Whether markers are delivered to a partner on a day.
#[must_use]
pub fn delivers(register: &Register, partner: &Partner, today: Date) -> bool {
    partner.in_force(register.policy(), today).is_some_and(Agreement::delivers)
}

impl Agreement {
    fn delivers(&self) -> bool {
        self.terms.properties == Properties::Stock && self.terms.shares.contains(&Shared::Delivered)
    }
}

/// Whether a team is of a partner's.
fn is_own(register: &Register, partner: &Partner, team: TeamId) -> bool {
    register.team(team).is_some_and(|team| team.partner == Some(partner.id))
}

/// Whether a plan is told to a team of a partner's.
fn names(register: &Register, partner: &Partner, plan: &Plan) -> bool {
    plan.audience.iter().any(|team| is_own(register, partner, *team))
}

/// Which of a partner's own properties a subject lives at or is, by its own file and those that are joined to it.
fn places(register: &Register, partner: &Partner, subject: SubjectId) -> BTreeSet<u64> {
    let stock = partner.stock.as_ref().and_then(|loaded| loaded.stock.known());
    let files = register.same(subject).into_iter().filter_map(|id| register.subject(id));
    let held = files.filter_map(|file| file.details.known()).flat_map(|details| details.addresses());
    held.filter(|address| address.until.is_none())
        .filter_map(|address| address.uprn)
        .filter(|uprn| stock.is_some_and(|stock| stock.contains_key(uprn)))
        .collect()
}

/// Every delivery to a partner that waits for its receipt on a day, withdrawn ones first, then the one that waits longest.
#[must_use]
pub fn owed(register: &Register, partner: &Partner, today: Date) -> Vec<Owed> {
    // What a partner has may be about a measure that is no more: the list that brought it was undone.
    let measures = register.measures().map(|measure| measure.id);
    let measures: BTreeSet<MeasureId> = measures.chain(partner.received.keys().copied()).collect();
    let mut owed: Vec<Owed> =
        measures.into_iter().filter_map(|measure| owed_of(register, partner, measure, today)).collect();
    owed.sort_by_key(|owed| (std::cmp::Reverse(owed.news), owed.since, owed.measure));
    owed
}

/// What a partner is owed about one measure.
fn owed_of(register: &Register, partner: &Partner, id: MeasureId, today: Date) -> Option<Owed> {
    let (measure, received) = (register.measure(id), partner.received.get(&id));
    let now = measure.and_then(|measure| told(register, partner, measure, today));
    let (news, told) = match (received, now) {
        (None, None) => return None,
        (None, Some(now)) => (News::New, Some(now)),
        (Some(received), Some(now)) if received.told.as_ref() == Some(&now) => return None,
        (Some(_), Some(now)) => (News::Changed, Some(now)),
        (Some(received), None) => (News::Withdrawn, received.told.clone()),
    };
    let had = received.map(|received| received.moment.date());
    let turned = measure.map(|measure| turned(register, partner, measure, today));
    let since = turned.or(had).unwrap_or(today);
    let by = register.policy().after(since, news.within());
    Some(Owed { measure: id, news, told, since, by })
}

/// The last day, up to today, on which something happened that what a partner is told of a measure depends on.
fn turned(register: &Register, partner: &Partner, measure: &Measure, today: Date) -> Date {
    let policy = register.policy();
    let interim = measure.interim.as_ref().into_iter().flat_map(|interim| match interim.stage {
        InterimStage::Asked => vec![],
        InterimStage::Live { agreed, lapses_on } => vec![agreed.date(), next(lapses_on)],
        InterimStage::Over(moment) => vec![moment.date()],
    });
    let life = match &measure.life {
        Life::Ended { moment, .. } | Life::Destroyed(moment) => Some(moment.date()),
        Life::InForce { since, .. } => Some(since.date()),
        Life::Proposed | Life::Assessed | Life::Decided { .. } => None,
    };
    let varied = measure.variations.last().map(|variation| variation.moment.date());
    let files = register.same(measure.subject).into_iter().filter_map(|id| register.subject(id));
    let described = files.map(|file| file.described.date());
    let agreements = partner.agreements.iter().flat_map(|agreement| {
        let (begun, ended) = match &agreement.course {
            Course::Proposed => (None, None),
            Course::Approved(approved) => (Some(approved.date().max(agreement.terms.starts)), None),
            Course::Ended { moment, .. } => (None, Some(moment.date())),
        };
        let unconfirmed = agreement.suspended_after(policy).map(next);
        let confirmed = agreement.confirmed.last().map(Moment::date);
        [begun, ended, confirmed, unconfirmed, Some(next(agreement.terms.ends))].into_iter().flatten()
    });
    let stock = partner.stock.as_ref().map(|loaded| loaded.moment.date());
    let dates = interim.chain(life).chain(varied).chain(described).chain(agreements).chain(stock);
    dates.filter(|date| *date <= today).max().unwrap_or(today)
}

fn next(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}

/// The markers told to a partner's teams that are not delivered because no property of its own is known for them: they are told by a check
/// alone.
#[must_use]
pub fn only_by_check(register: &Register, partner: &Partner, today: Date) -> usize {
    let named =
        |measure: &&Measure| measure.live_plan(today).is_some_and(|it| names(register, partner, it.plan()));
    let untold = |measure: &&Measure| told(register, partner, measure, today).is_none();
    let delivers = delivers(register, partner, today);
    if delivers { register.measures().filter(named).filter(untold).count() } else { 0 }
}

pub(crate) fn receive(
    register: &Register,
    command: &ReceiveMarker,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = people::permit(register, moment, Action::ReceiveMarkers)?;
    let partner = register.partner_of(account.team).ok_or(Refusal::NoSuchFile)?;
    let owed = owed_of(register, partner, command.measure, moment.date());
    let owed = owed.ok_or(Refusal::NothingToConfirm)?;
    if owed.edition() != command.edition {
        return Err(Refusal::ToldOtherwise);
    }
    let received = Event::MarkerReceived { partner: partner.id, measure: command.measure, news: owed.news };
    // A team of the partner that was asked for its own word has given it by this.
    let ended = register.measure(command.measure).filter(|_| owed.news == News::Withdrawn);
    let waiting = ended.map(Measure::awaits_withdrawal).unwrap_or_default();
    let confirmed = waiting
        .into_iter()
        .filter(|team| is_own(register, partner, *team))
        .map(|team| Event::WithdrawalConfirmed { measure: command.measure, team });
    Ok(std::iter::once(received).chain(confirmed).collect())
}
