//! Contact that is limited: what a limit says, what no limit may touch, and the log of what the customer sent or said meanwhile.
//!
//! A limit is data, so that it can be counted, checked and told in the same words to the customer and to staff. Whatever it says,
//! another matter is judged on its own merits: it is answered, or passed to the team that answers it, and never left.

use crate::assessment::{PlanWords, Proposal};
use crate::calendar;
use crate::choice::choices;
use crate::command::{AnswerContact, LogContact};
use crate::event::Event;
use crate::ids::{MeasureId, TeamId};
use crate::measure::{Kind, Measure};
use crate::moment::Moment;
use crate::partner::is_partners;
use crate::people::{self, Account, Action, Extent};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Figure, Policy};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

choices! {
    /// A way in which a customer reaches the council.
    Means {
        /// By telephone.
        Phone = "phone", "by phone";
        /// By mail.
        Email = "email", "by email";
        /// On paper.
        Letter = "letter", "by letter";
        /// A form or customer account.
        WebForm = "web-form", "by web form or customer account";
        /// A social network or messenger.
        Message = "message", "by social media or message";
        /// At an office, by appointment or without.
        InPerson = "in-person", "in person";
        /// Somebody else speaks or writes for them.
        Representative = "representative", "through somebody who speaks for them";
    }
}

impl Means {
    const fn is_written(self) -> bool {
        matches!(self, Means::Email | Means::Letter | Means::WebForm | Means::Message)
    }
}

choices! {
    /// Over what time contacts are counted.
    Every {
        /// From Monday to Sunday.
        Week = "week", "week";
        /// The calendar month.
        Month = "month", "month";
    }
}

impl Every {
    /// The first day of the time that `today` lies in.
    #[must_use]
    pub fn begin(self, today: Date) -> Date {
        match self {
            Every::Week => {
                let days = u32::try_from(today.weekday().to_monday_zero_offset()).unwrap_or_default();
                (0..days).fold(today, |date, _| calendar::day_before(date))
            }
            Every::Month => today.first_of_month(),
        }
    }
}

/// How often a customer may be in touch about the same matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// How many times; at least one.
    pub contacts: u32,
    /// In which time.
    pub every: Every,
}

choices! {
    /// Which messages are answered.
    Replies {
        /// All of them.
        All = "all", "Every message is answered";
        /// Those about the same matter only where they bring something new.
        OnlyNew = "only-new", "Messages about the same matter are read, and answered only where there is something new";
    }
}

choices! {
    /// Where a customer may be told not to come, and where nobody can be.
    Place {
        /// Reception and offices.
        Offices = "offices", "Council offices";
        /// Libraries.
        Libraries = "libraries", "Libraries";
        /// Leisure centres, museums, theatres.
        Leisure = "leisure", "Leisure and cultural centres";
        /// Recycling centres and depots.
        Depots = "depots", "Recycling centres and depots";
        /// Housing and community hubs.
        Hubs = "hubs", "Housing and community hubs";
        /// Council and committee meetings that are open to the public.
        Meetings = "meetings", "Public meetings of the council";
        /// A councillor’s surgery.
        Surgeries = "surgeries", "Councillors’ surgeries";
        /// Polling places and the office that registers voters.
        Polls = "polls", "Polling places and electoral registration";
    }
}

impl Place {
    /// Whether a limit may close it to somebody. To public meetings, to the people one voted for and to the vote everybody has a right.
    #[must_use]
    pub const fn can_be_closed(self) -> bool {
        !matches!(self, Place::Meetings | Place::Surgeries | Place::Polls)
    }
}

/// How contact is limited, beside the policy’s codes: nothing of it by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The ways that are left; none named leaves all.
    pub means: BTreeSet<Means>,
    /// How often.
    pub most: Option<Most>,
    /// Which messages are answered.
    pub replies: Replies,
    /// Where the customer may not come.
    pub places: BTreeSet<Place>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { means: BTreeSet::new(), most: None, replies: Replies::All, places: BTreeSet::new() }
    }
}

choices! {
    /// What a restriction of the policy has to say beside its code.
    Detail {
        /// Who it is that the customer may turn to.
        PointOfContact = "point-of-contact", "the person or desk that this customer may turn to";
        /// The one way.
        OneWay = "one-way", "the one way of contact that is left";
        /// Ways in writing, and no others.
        InWriting = "in-writing", "ways of writing, and no others";
        /// When.
        Times = "times", "the times at which they may be in touch";
        /// That not every message is answered.
        OnlyNew = "only-new", "that messages about the same matter are answered only where there is something new";
        /// Where not.
        Places = "places", "the places where they may not come";
    }
}

impl Detail {
    fn is_in(self, plan: &Proposal) -> bool {
        let limits = &plan.limits;
        match self {
            Detail::PointOfContact => plan.words.point_of_contact.is_some(),
            Detail::OneWay => limits.means.len() == 1,
            Detail::InWriting => !limits.means.is_empty() && limits.means.iter().all(|way| way.is_written()),
            Detail::Times => plan.words.times.is_some(),
            Detail::OnlyNew => limits.replies == Replies::OnlyNew,
            Detail::Places => !limits.places.is_empty(),
        }
    }
}

/// Which code of the policy’s restrictions says nothing without which detail.
const DETAILS: &[(&str, Detail)] = &[
    ("SPOC", Detail::PointOfContact),
    ("CHAN", Detail::OneWay),
    ("TIME", Detail::Times),
    ("WRIT", Detail::InWriting),
    ("READ", Detail::OnlyNew),
    ("SITE", Detail::Places),
];

impl Limits {
    /// Refuses limits that cut somebody off, close what nobody can be kept from, or say less than their codes.
    pub(crate) fn check(plan: &Proposal, kind: Kind) -> Result<(), Refusal> {
        let limits = &plan.limits;
        if let Some(place) = limits.places.iter().find(|place| !place.can_be_closed()) {
            return Err(Refusal::NeverLimited(*place));
        }
        let only_in_person = limits.means.iter().eq([&Means::InPerson]);
        let nowhere_to_go = only_in_person && limits.places.contains(&Place::Offices);
        if nowhere_to_go || limits.most.is_some_and(|most| most.contacts == 0) {
            return Err(Refusal::CutOff);
        }
        let everybody = (kind == Kind::Restriction).then_some(Detail::PointOfContact);
        let coded = DETAILS
            .iter()
            .filter(|(code, _)| plan.restrictions.iter().any(|chosen| chosen.as_str() == *code))
            .map(|(_, detail)| *detail);
        match everybody.into_iter().chain(coded).find(|detail| !detail.is_in(plan)) {
            Some(detail) => Err(Refusal::LimitWithout(detail)),
            None => Ok(()),
        }
    }

    /// What it comes to, a line for each limit, for the customer and for staff alike.
    #[must_use]
    pub fn in_words(&self, words: Option<&PlanWords>) -> Vec<String> {
        let listed = |labels: Vec<&str>, last: &str| match labels.split_last() {
            Some((end, [])) => (*end).to_owned(),
            Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
            None => String::new(),
        };
        let mut lines = Vec::new();
        if !self.means.is_empty() {
            let ways = self.means.iter().map(|way| way.label()).collect();
            lines.push(format!("Contact only {}", listed(ways, "or")));
        }
        lines.extend(self.most.map(|most| match most.contacts {
            1 => format!("About the same matter at most once a {}", most.every.label()),
            many => format!("About the same matter at most {many} times a {}", most.every.label()),
        }));
        if self.replies == Replies::OnlyNew {
            lines.push(Replies::OnlyNew.label().to_owned());
        }
        if !self.places.is_empty() {
            let places = self.places.iter().map(|place| place.label()).collect();
            lines.push(format!("Not to come to these: {}", listed(places, "and").to_lowercase()));
        }
        if let Some(words) = words {
            lines.extend(words.times.as_ref().map(|times| format!("When: {}", times.as_str())));
            let point = words.point_of_contact.as_ref();
            lines.extend(point.map(|point| format!("Whom to turn to: {}", point.as_str())));
        }
        lines
    }
}

choices! {
    /// What a customer was in touch about.
    Matter {
        /// What the limits are about, with nothing new.
        Same = "same", "The same matter, with nothing new";
        /// The same, and something that nobody has looked at yet.
        Linked = "linked", "The same matter, with something new";
        /// Another matter, or a new complaint.
        New = "new", "Another matter, or a new complaint";
        /// Danger, safeguarding, homelessness, an urgent repair.
        Urgent = "urgent", "Urgent: danger, a child or adult at risk, no home, an urgent repair";
        /// What the law gives everybody.
        Right = "right", "A right: asking for information, an appeal, the ombudsman, a councillor, a vote";
    }
}

impl Matter {
    /// Whether a message about it may be read and left. Only what has been answered before may.
    #[must_use]
    pub const fn may_be_left(self) -> bool {
        matches!(self, Matter::Same)
    }
}

choices! {
    /// What was done with it.
    Treatment {
        /// Answered there and then, or by whoever logs it.
        Answered = "answered", "Answered";
        /// Read, and left.
        Left = "left", "Read, and not answered";
        /// Given to the team that answers it.
        PassedOn = "passed-on", "Passed on to a team that will answer it";
    }
}

/// One contact of a customer whose contact is limited, or may come to be.
#[derive(Debug, Clone)]
pub struct Received {
    /// Logged when and by whom.
    pub moment: Moment,
    /// The day it came.
    pub received_on: Date,
    /// How.
    pub means: Means,
    /// About what.
    pub matter: Matter,
    /// What was done.
    pub treatment: Treatment,
    /// The team that is to answer it.
    pub passed_to: Option<TeamId>,
    /// What it was about, and what was said.
    pub words: Particulars<Text>,
    /// When the team it was passed to had answered, and what.
    pub answered: Option<(Moment, Particulars<Text>)>,
}

impl Received {
    /// Whether somebody still has to answer it.
    #[must_use]
    pub const fn waits(&self) -> bool {
        matches!(self.treatment, Treatment::PassedOn) && self.answered.is_none()
    }

    /// The day by which it is answered: what is urgent the same day.
    #[must_use]
    pub fn answer_by(&self, policy: &Policy) -> Date {
        match self.matter {
            Matter::Urgent => self.received_on,
            _ => policy.after(self.received_on, Figure::ContactAnswer),
        }
    }
}

/// How often a customer was in touch about the same matter, against what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// What is allowed.
    pub most: Most,
    /// Since the first day of this week or month.
    pub since: Date,
    /// How often so far.
    pub used: u32,
}

impl Allowance {
    /// Whether it was more than is allowed. Nobody is turned away for it: it is evidence.
    #[must_use]
    pub const fn is_exceeded(&self) -> bool {
        self.used > self.most.contacts
    }
}

impl Measure {
    /// Whether contact is logged: it is limited, or somebody weighs whether to limit it.
    #[must_use]
    pub fn logs_contact(&self) -> bool {
        let limits_some = self.plan_in_force().is_some_and(|plan| !plan.restrictions.is_empty());
        !self.is_over() && (self.kind == Kind::Restriction || limits_some)
    }

    /// How the count stands on `today`; `None` where nothing is counted.
    #[must_use]
    pub fn allowance(&self, today: Date) -> Option<Allowance> {
        let most = self.plan_in_force()?.limits.most?;
        let since = most.every.begin(today);
        let counted = self.contacts.iter().filter(|contact| {
            contact.matter.may_be_left() && contact.received_on >= since && contact.received_on <= today
        });
        Some(Allowance { most, since, used: u32::try_from(counted.count()).unwrap_or(u32::MAX) })
    }

    /// What is allowed and, for each week or month in which there was contact about the same matter since it came into force, its first
    /// day and how much there was. `None` where nothing is counted; it stays on the file of a measure that has ended.
    #[must_use]
    pub fn counted(&self) -> Option<(Most, BTreeMap<Date, u32>)> {
        let (_, since) = self.notice()?;
        let most = self.assessment.plan.as_ref()?.limits.most?;
        let mut counts = BTreeMap::new();
        let counted = self
            .contacts
            .iter()
            .filter(|contact| contact.matter.may_be_left() && contact.received_on >= since.date());
        for contact in counted {
            *counts.entry(most.every.begin(contact.received_on)).or_default() += 1;
        }
        Some((most, counts))
    }

    /// In how many weeks or months there was more contact than is allowed, since it came into force.
    #[must_use]
    pub fn times_exceeded(&self) -> usize {
        let Some((most, counts)) = self.counted() else { return 0 };
        counts.values().filter(|count| **count > most.contacts).count()
    }

    /// Whether somebody of this account may log what its customer sends: who deals with the case, or with the customer.
    #[must_use]
    pub fn is_logged_by(&self, register: &Register, account: &Account) -> bool {
        // A partner's workers are told what an agreement shares; the customer's contact is the council's own affair.
        let told = !is_partners(register, account)
            && self.plan_in_force().is_some_and(|plan| plan.is_told_to(account.team));
        match account.extent(Action::LogContact) {
            Extent::Nothing | Extent::Own => false,
            Extent::Team => told || self.is_of(register, account),
            Extent::All => true,
        }
    }
}

fn open<'r>(register: &'r Register, measure: MeasureId, moment: &Moment) -> Result<&'r Measure, Refusal> {
    let account = people::permit(register, moment, Action::LogContact)?;
    let measure = register.measure(measure).ok_or(Refusal::NoSuchFile)?;
    if measure.is_over() {
        return Err(Refusal::MeasureEnded);
    }
    if !measure.logs_contact() {
        return Err(Refusal::NotLimited);
    }
    if !measure.is_logged_by(register, account) {
        return Err(Refusal::NotOfThisCase);
    }
    Ok(measure)
}

pub(crate) fn log(register: &Register, command: &LogContact, moment: &Moment) -> Result<Vec<Event>, Refusal> {
    let measure = open(register, command.measure, moment)?;
    if command.received_on > moment.date() {
        return Err(Refusal::HappenedInFuture);
    }
    let passed = command.treatment == Treatment::PassedOn;
    let team = command.passed_to.filter(|team| register.team(*team).is_some());
    if passed && team.is_none() {
        return Err(Refusal::NoSuchTeam);
    }
    if command.treatment == Treatment::Left {
        if !command.matter.may_be_left() {
            return Err(Refusal::OnItsMerits);
        }
        let replies = measure.plan_in_force().map_or(Replies::All, |plan| plan.limits.replies);
        if replies == Replies::All {
            return Err(Refusal::ToBeAnswered);
        }
    }
    Ok(vec![Event::ContactLogged {
        measure: command.measure,
        received_on: command.received_on,
        means: command.means,
        matter: command.matter,
        treatment: command.treatment,
        passed_to: team.filter(|_| passed),
        words: Particulars::new(Locker::Measure(command.measure), command.words.clone()),
    }])
}

pub(crate) fn answer(
    register: &Register,
    command: &AnswerContact,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let measure = open(register, command.measure, moment)?;
    let place = usize::try_from(command.contact).ok();
    let contact = place.and_then(|place| measure.contacts.get(place)).ok_or(Refusal::NoSuchFile)?;
    if !contact.waits() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::ContactAnswered {
        measure: command.measure,
        contact: command.contact,
        words: Particulars::new(Locker::Measure(command.measure), command.words.clone()),
    }])
}
