//! The agenda of a meeting, built from the register: what must be decided, and what the members are told.
//!
//! It covers the time since the meeting before. Nothing on it is kept: it is worked out whenever it is asked for, so that it
//! cannot disagree with the register.

use super::Meeting;
use crate::calendar;
use crate::choice::choices;
use crate::ids::{AccountId, File, MeasureId, TeamId};
use crate::measure::{InterimStage, Kind, Life, Measure};
use crate::moment::Moment;
use crate::notice::Notice;
use crate::people::{Role, Standing};
use crate::policy::Figure;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// The parts of an agenda, in their order.
    Topic {
        /// Removals proposed at reviews: each is decided.
        ProposedRemoval = "proposed-removal", "Proposed for removal";
        /// Removals between meetings: each is decided.
        Ratification = "ratification", "Removed between meetings, to ratify";
        /// Reviews whose date has passed.
        Overdue = "overdue", "Reviews overdue";
        /// Kept at a review since the last meeting, with reasons.
        Retained = "retained", "Kept at a review since the last meeting";
        /// New since the last meeting.
        Addition = "addition", "Added since the last meeting";
        /// Whose customers have not been told.
        Withheld = "withheld", "Customers not told";
        /// Appeals open or decided since the last meeting.
        Appeal = "appeal", "Appeals";
        /// Complaints that an ombudsman has, or that ended since the last meeting.
        Ombudsman = "ombudsman", "Appeals taken to an ombudsman";
        /// Interim markers that stand.
        Interim = "interim", "Interim markers";
        /// Ended since the last meeting, whatever the reason.
        Ended = "ended", "Ended since the last meeting";
        /// Shown to a partner organisation or contractor.
        Sharing = "sharing", "Shown outside the council";
        /// Held from destruction.
        Held = "held", "Held from destruction";
    }
}

impl Topic {
    /// Whether a meeting must decide each item before it closes.
    #[must_use]
    pub const fn is_for_decision(self) -> bool {
        matches!(self, Topic::ProposedRemoval | Topic::Ratification)
    }
}

/// One line of an agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Under which part.
    pub topic: Topic,
    /// Which measure.
    pub measure: MeasureId,
    /// The date that matters: proposed, due, decided, ended.
    pub on: Date,
}

/// What a meeting has before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// From the day after the meeting before; `None` for the first.
    pub since: Option<Date>,
    /// As of this London date.
    pub as_of: Date,
    /// Every item, by topic and then by date.
    pub items: Vec<Item>,
}

impl Agenda {
    /// The items of one topic.
    pub fn of(&self, topic: Topic) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.topic == topic)
    }

    /// The agenda as somebody may read it: nothing about whom they may know nothing of.
    #[must_use]
    pub fn read_by(mut self, register: &Register, account: AccountId) -> Self {
        self.items.retain(|item| !register.is_excluded_from(account, File::Measure(item.measure)));
        self
    }

    /// How many items still wait for this meeting's decision.
    #[must_use]
    pub fn left(&self, meeting: &Meeting) -> usize {
        self.items
            .iter()
            .filter(|item| item.topic.is_for_decision() && meeting.decision_on(item.measure).is_none())
            .count()
    }
}

/// The agenda of a meeting as it stands on `as_of`.
#[must_use]
pub fn agenda(register: &Register, meeting: &Meeting, as_of: Date) -> Agenda {
    let since = register
        .meetings()
        .filter(|other| other.is_closed() && (other.held_on, other.id) < (meeting.held_on, meeting.id))
        .map(|other| other.held_on)
        .max();
    let mut items: Vec<Item> = register
        .measures()
        .flat_map(|measure| {
            topics(register, measure, since, as_of).into_iter().map(|(topic, on)| Item {
                topic,
                measure: measure.id,
                on,
            })
        })
        .collect();
    items.sort_by_key(|item| (item.topic, item.on, item.measure));
    Agenda { since, as_of, items }
}

/// Under which topics a measure stands, with the date that matters.
fn topics(register: &Register, measure: &Measure, since: Option<Date>, as_of: Date) -> Vec<(Topic, Date)> {
    let recent = |moment: &Moment| {
        let on = moment.date();
        (since.is_none_or(|since| on > since) && on <= as_of).then_some(on)
    };
    let mut topics = Vec::new();
    if measure.kind == Kind::Entry {
        entry_topics(register, measure, as_of, &recent, &mut topics);
    }
    if let Some(plan) = measure.live_plan(as_of)
        && plan.plan().audience.iter().any(|team| works_outside(register, *team))
    {
        topics.push((Topic::Sharing, measure.proposed.date()));
    }
    if measure.to_ratify(register)
        && let Life::Ended { moment, .. } = &measure.life
    {
        topics.push((Topic::Ratification, moment.date()));
    }
    if let Life::Ended { moment, .. } = &measure.life
        && measure.notice().is_some()
        && let Some(on) = recent(moment)
    {
        topics.push((Topic::Ended, on));
    }
    for appeal in &measure.appeals {
        let decided = appeal.decided().and_then(|(_, moment, _)| recent(&moment));
        let open = appeal.is_open().then_some(appeal.lodged.received_on);
        topics.extend(open.or(decided).map(|on| (Topic::Appeal, on)));
    }
    for complaint in &measure.complaints {
        let on = match &complaint.end {
            None => Some(complaint.taken_up_on),
            Some(end) => recent(&end.moment),
        };
        topics.extend(on.map(|on| (Topic::Ombudsman, on)));
    }
    if let Some(hold) = measure.holds.first() {
        topics.push((Topic::Held, hold.moment.date()));
    }
    topics
}

/// Whether somebody in a team works for a contractor or a partner organisation.
fn works_outside(register: &Register, team: TeamId) -> bool {
    register.accounts().any(|account| {
        account.team == team
            && account.standing == Standing::Open
            && (account.roles.contains(&Role::Partner) || account.roles.contains(&Role::Contractor))
    })
}

/// What concerns entries on the register only.
fn entry_topics(
    register: &Register,
    measure: &Measure,
    as_of: Date,
    recent: &impl Fn(&Moment) -> Option<Date>,
    topics: &mut Vec<(Topic, Date)>,
) {
    if let Some(interim) = &measure.interim
        && let InterimStage::Live { agreed, lapses_on } = interim.stage
        && !measure.is_over()
        && as_of <= lapses_on
    {
        topics.push((Topic::Interim, agreed.date()));
    }
    let Life::InForce { notice, since, reviews, .. } = &measure.life else { return };
    if let Some(removal) = &measure.removal {
        topics.push((Topic::ProposedRemoval, removal.moment.date()));
    }
    if let Some(due) = measure.review_due(register).filter(|due| as_of > *due) {
        topics.push((Topic::Overdue, due));
    }
    topics.extend(reviews.last().and_then(|review| recent(&review.moment)).map(|on| (Topic::Retained, on)));
    topics.extend(recent(since).map(|on| (Topic::Addition, on)));
    if matches!(notice, Notice::Withheld(_)) {
        topics.push((Topic::Withheld, since.date()));
    }
}

/// The first day by which the next meeting is to be held: the policy's interval after the last, or after the register was opened
/// for its first entry.
#[must_use]
pub fn next_meeting_by(register: &Register) -> Option<Date> {
    let last = register.last_meeting().map(|meeting| meeting.held_on).or_else(|| {
        let first = register.measures().map(|measure| measure.proposed).min_by_key(|moment| moment.at)?;
        Some(calendar::london(first.at))
    })?;
    Some(register.policy().after(last, Figure::MeetingInterval))
}
