//! Partners: other organisations whose workers meet the same customers, and the agreements under which they are warned.
//!
//! An organisation has teams, as the council has: they stand in audiences like any other. What they are told is what a **sharing
//! agreement** names, for as long as it is in force: approved by a second person, begun, not ended, and confirmed every year by whoever
//! answers for it. How it stands is worked out when asked; nothing has to run for it to lapse. [`share`] applies it to one question.

mod delivery;
mod share;

pub(crate) use delivery::receive;
pub use delivery::{News, Owed, Received, Told, delivers, only_by_check, owed, told};
pub use share::{Asks, Question, Search, Share, Uncovered, is_partners, share};

use crate::choice::choices;
use crate::command::{
    ApproveAgreement, ConfirmAgreement, EndAgreement, KeepPartner, LoadStock, ProposeAgreement,
};
use crate::event::Event;
use crate::ids::{AccountId, MeasureId, PartnerId, TeamId};
use crate::moment::Moment;
use crate::people::{self, Action, Extent};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Figure, Policy};
use crate::refusal::Refusal;
use crate::state::Register;
use crate::view::Purpose;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

choices! {
    /// What an organisation is to the council in data protection law (UK GDPR arts. 4, 26 and 28).
    Relationship {
        /// It decides for itself why and how it uses what it is told.
        Controller = "controller", "Controller of its own";
        /// It decides that together with the council.
        Joint = "joint-controller", "Joint controller with the council";
        /// It acts only on the council's instructions.
        Processor = "processor", "Processor for the council";
    }
}

choices! {
    /// What an agreement shares of a marker.
    Shared {
        /// What staff must do.
        Precautions = "precautions", "What to do";
        /// How the customer's contact is limited.
        Restrictions = "restrictions", "How contact is limited";
        /// When it was last looked at, and whether it is challenged.
        Reviewed = "last-review", "When it was last looked at";
        /// Whom the plan says to ring; without it, the duty desk.
        Ring = "ring", "Whom to ring about it";
        /// Markers of the partner's own properties, as they come and without being asked.
        Delivered = "delivered", "New, changed and withdrawn markers of its own properties, without asking";
    }
}

choices! {
    /// Which properties an agreement covers.
    Properties {
        /// Those on the list that the partner gave.
        Stock = "own-stock", "Only its own properties, as on its list";
        /// Any.
        All = "all", "Every property";
    }
}

/// What an agreement allows, in dates and codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Its first day.
    pub starts: Date,
    /// Its last day.
    pub ends: Date,
    /// What is shared.
    pub shares: BTreeSet<Shared>,
    /// What for.
    pub purposes: BTreeSet<Purpose>,
    /// Where.
    pub properties: Properties,
    /// Who answers for it at the council, and confirms it every year.
    pub answers: AccountId,
}

/// The document behind an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementWords {
    /// Its reference and date, and where it is kept.
    pub document: Text,
    /// Who signed it for the council.
    pub signed_here: Text,
    /// Who signed it for the partner.
    pub signed_there: Text,
}

/// How far an agreement has come.
#[derive(Debug, Clone)]
pub enum Course {
    /// Waits for a second person.
    Proposed,
    /// Approved.
    Approved(Moment),
    /// Ended before its time, or not approved.
    Ended {
        /// When and by whom it was approved, if it was.
        approved: Option<Moment>,
        /// When and by whom it was ended.
        moment: Moment,
        /// Why.
        reasons: Particulars<Text>,
    },
}

/// A sharing agreement.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// When and by whom it was proposed.
    pub proposed: Moment,
    /// What it allows.
    pub terms: Terms,
    /// The document behind it.
    pub words: Particulars<AgreementWords>,
    /// How far it has come.
    pub course: Course,
    /// Every yearly confirmation, oldest first.
    pub confirmed: Vec<Moment>,
}

choices! {
    /// How an agreement stands on a day.
    Standing {
        /// Waits for a second person.
        Proposed = "proposed", "Waits for a second person";
        /// A second person did not approve it, or it was taken back.
        NotApproved = "not-approved", "Not approved";
        /// Approved, and not begun.
        Ahead = "ahead", "Not begun yet";
        /// In force.
        InForce = "in-force", "In force";
        /// Nobody confirmed it in time: it covers nothing until somebody does.
        Unconfirmed = "unconfirmed", "Suspended: not confirmed";
        /// Its last day is past.
        Expired = "expired", "Expired";
        /// Ended before its time.
        Ended = "ended", "Ended";
    }
}

impl Agreement {
    /// How it stands on a day.
    #[must_use]
    pub fn standing(&self, policy: &Policy, today: Date) -> Standing {
        match &self.course {
            Course::Proposed => Standing::Proposed,
            Course::Ended { approved: None, .. } => Standing::NotApproved,
            Course::Ended { .. } => Standing::Ended,
            Course::Approved(_) if today < self.terms.starts => Standing::Ahead,
            Course::Approved(_) if today > self.terms.ends => Standing::Expired,
            Course::Approved(_) if self.suspended_after(policy).is_some_and(|last| today > last) => {
                Standing::Unconfirmed
            }
            Course::Approved(_) => Standing::InForce,
        }
    }

    /// By when it is to be confirmed next; `None` unless it is approved and not ended.
    #[must_use]
    pub fn confirm_by(&self, policy: &Policy) -> Option<Date> {
        let Course::Approved(approved) = self.course else { return None };
        let considered = self.confirmed.last().map_or(approved, |confirmed| *confirmed).date();
        Some(policy.after(considered.max(self.terms.starts), Figure::AgreementConfirmation))
    }

    /// The last day on which it covers anything without being confirmed.
    #[must_use]
    pub fn suspended_after(&self, policy: &Policy) -> Option<Date> {
        self.confirm_by(policy).map(|due| policy.after(due, Figure::ConfirmationGrace))
    }
}

/// What an organisation is to the council from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    /// When and by whom it was recorded.
    pub moment: Moment,
    /// What it is.
    pub relationship: Relationship,
    /// From which day on.
    pub since: Date,
}

/// A property of a partner's stock: where it is, as the partner says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The address as written, without the postcode.
    pub lines: Text,
    /// The postcode, where known.
    pub postcode: Option<Text>,
}

/// The properties of a partner, by unique property reference number.
pub type Stock = BTreeMap<u64, Property>;

/// The list of properties that a partner gave.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// When and by whom it was loaded.
    pub moment: Moment,
    /// How many it holds.
    pub count: u32,
    /// The list.
    pub stock: Particulars<Stock>,
}

/// An organisation whose workers meet the council's customers.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Its reference.
    pub id: PartnerId,
    /// What it is called.
    pub name: Particulars<Text>,
    /// What it is and was to the council, as recorded.
    pub relationships: Vec<Related>,
    /// Every agreement with it, oldest first.
    pub agreements: Vec<Agreement>,
    /// The list of its properties, if it gave one.
    pub stock: Option<Loaded>,
    /// The markers of its properties that it said it has and that were not withdrawn since.
    pub received: BTreeMap<MeasureId, Received>,
}

impl Partner {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.known().map_or_else(|| self.id.to_string(), |name| name.as_str().to_owned())
    }

    /// What it is to the council on a day: what was recorded last of that which has begun.
    #[must_use]
    pub fn relationship(&self, today: Date) -> Option<Relationship> {
        let begun = self.relationships.iter().filter(|related| related.since <= today);
        begun.max_by_key(|related| related.since).map(|related| related.relationship)
    }

    /// The agreement that holds on a day: of several, the one that was proposed last.
    #[must_use]
    pub fn in_force(&self, policy: &Policy, today: Date) -> Option<&Agreement> {
        let holds = |agreement: &&Agreement| agreement.standing(policy, today) == Standing::InForce;
        self.agreements.iter().rev().find(holds)
    }

    /// An agreement by its number, counted from nought.
    #[must_use]
    pub fn agreement(&self, number: u32) -> Option<&Agreement> {
        usize::try_from(number).ok().and_then(|place| self.agreements.get(place))
    }
}

impl Register {
    /// The partner whose workers a team is made of.
    #[must_use]
    pub fn partner_of(&self, team: TeamId) -> Option<&Partner> {
        self.team(team)?.partner.and_then(|partner| self.partner(partner))
    }
}

/// Refuses an audience that names the workers of a partner without an agreement in force: then nobody may tell them.
pub(crate) fn may_be_told(register: &Register, audience: &[TeamId], today: Date) -> Result<(), Refusal> {
    let agreed = |team: &TeamId| {
        register.partner_of(*team).is_none_or(|partner| partner.in_force(register.policy(), today).is_some())
    };
    if audience.iter().all(agreed) { Ok(()) } else { Err(Refusal::NoAgreement) }
}

pub(crate) fn keep(register: &Register, command: &KeepPartner) -> Result<Vec<Event>, Refusal> {
    for id in &command.teams {
        let team = register.team(*id).ok_or(Refusal::NoSuchTeam)?;
        // Once a partner's, always that partner's: what its workers were told before stays theirs alone.
        if team.partner.is_some_and(|partner| partner != command.partner) {
            return Err(Refusal::OthersTeam);
        }
        let mut own = register.accounts().filter(|account| account.team == *id);
        if own.any(|account| !account.roles.iter().all(|role| role.is_for_partners())) {
            return Err(Refusal::PartnerReads);
        }
    }
    Ok(vec![Event::PartnerKept {
        partner: command.partner,
        relationship: command.relationship,
        since: command.since,
        teams: command.teams.clone(),
        name: Particulars::new(Locker::Council, command.name.clone()),
    }])
}

pub(crate) fn propose(register: &Register, command: &ProposeAgreement) -> Result<Vec<Event>, Refusal> {
    let terms = &command.terms;
    register.partner(command.partner).ok_or(Refusal::NoSuchFile)?;
    if terms.ends <= terms.starts {
        return Err(Refusal::AgreementDates);
    }
    if !terms.shares.contains(&Shared::Precautions) || terms.purposes.is_empty() {
        return Err(Refusal::SharesNothing);
    }
    if terms.shares.contains(&Shared::Delivered) && terms.properties != Properties::Stock {
        return Err(Refusal::DeliversElsewhere);
    }
    people::answers_for(register, terms.answers)?;
    Ok(vec![Event::AgreementProposed {
        partner: command.partner,
        terms: terms.clone(),
        words: Particulars::new(Locker::Council, command.words.clone()),
    }])
}

fn agreement(register: &Register, partner: PartnerId, number: u32) -> Result<&Agreement, Refusal> {
    register.partner(partner).and_then(|partner| partner.agreement(number)).ok_or(Refusal::NoSuchFile)
}

pub(crate) fn approve(
    register: &Register,
    command: &ApproveAgreement,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let agreement = agreement(register, command.partner, command.agreement)?;
    if !matches!(agreement.course, Course::Proposed) {
        return Err(Refusal::AlreadyDone);
    }
    if agreement.proposed.by == moment.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    Ok(vec![Event::AgreementApproved { partner: command.partner, agreement: command.agreement }])
}

pub(crate) fn confirm(
    register: &Register,
    command: &ConfirmAgreement,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let agreement = agreement(register, command.partner, command.agreement)?;
    let account = people::permit(register, moment, Action::ConfirmAgreement)?;
    if agreement.terms.answers != account.id && account.extent(Action::KeepPartners) != Extent::All {
        return Err(Refusal::OthersAgreement);
    }
    match agreement.standing(register.policy(), moment.date()) {
        Standing::InForce | Standing::Unconfirmed => {
            Ok(vec![Event::AgreementConfirmed { partner: command.partner, agreement: command.agreement }])
        }
        _ => Err(Refusal::NotInForce),
    }
}

pub(crate) fn end(register: &Register, command: &EndAgreement) -> Result<Vec<Event>, Refusal> {
    let agreement = agreement(register, command.partner, command.agreement)?;
    if matches!(agreement.course, Course::Ended { .. }) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::AgreementEnded {
        partner: command.partner,
        agreement: command.agreement,
        reasons: Particulars::new(Locker::Council, command.reasons.clone()),
    }])
}

pub(crate) fn load(register: &Register, command: &LoadStock) -> Result<Vec<Event>, Refusal> {
    register.partner(command.partner).ok_or(Refusal::NoSuchFile)?;
    if command.stock.is_empty() {
        return Err(Refusal::NothingToTakeIn);
    }
    Ok(vec![Event::StockLoaded {
        partner: command.partner,
        count: u32::try_from(command.stock.len()).unwrap_or(u32::MAX),
        stock: Particulars::new(Locker::Council, command.stock.clone()),
    }])
}
