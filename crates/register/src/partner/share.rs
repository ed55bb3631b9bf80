//! What one question of somebody who checks is answered from: everything for the council's own, the agreement's scope for a partner's.

use super::{Agreement, Properties, Property, Shared};
use crate::assessment::Plan;
use crate::choice::choices;
use crate::ids::TeamId;
use crate::people::{Account, Role};
use crate::state::Register;
use crate::view::{Challenge, Footing, Marker, Purpose, duty_desk};
use jiff::civil::Date;

/// What is asked, as far as an agreement is about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Why.
    pub purpose: Purpose,
    /// The unique property reference number of where somebody goes, where it is given.
    pub uprn: Option<u64>,
}

choices! {
    /// Why a question of a partner's worker is not answered. It is told whether anybody is listed or not.
    Uncovered {
        /// Their organisation has no agreement in force.
        NoAgreement = "no-agreement", "No sharing agreement";
        /// The agreement does not cover this place or this purpose.
        OutsideScope = "outside-scope", "Outside the sharing agreement";
    }
}

/// With what somebody may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// With anything that describes somebody.
    Anything,
    /// With a place alone: a partner's worker searches for nobody by name.
    Place,
}

/// What is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search<'r> {
    /// What was described.
    Described,
    /// Of what was described, the place alone.
    Place,
    /// This property of the partner's stock, whatever else was described.
    Property(u64, &'r Property),
}

/// What somebody who asks is shown of a marker.
#[derive(Debug, Clone, Copy)]
pub enum Share<'r> {
    /// All of it: they are the council's own.
    Whole,
    /// What a partner's agreement names.
    Under(&'r Agreement),
}

/// Whether somebody works for a partner, with an agreement or without.
#[must_use]
pub fn is_partners(register: &Register, account: &Account) -> bool {
    register.team(account.team).is_some_and(|team| team.partner.is_some())
        || account.roles.contains(&Role::Partner)
}

impl Asks {
    /// With what this account may ask.
    #[must_use]
    pub fn of(register: &Register, account: &Account) -> Self {
        if is_partners(register, account) { Self::Place } else { Self::Anything }
    }
}

/// What a question is answered from, and what is looked up for it; decided before anything is looked up, and so the same whether
/// anybody is listed or not.
///
/// # Errors
/// Why it is not answered at all.
pub fn share<'r>(
    register: &'r Register,
    account: &Account,
    question: Question,
    today: Date,
) -> Result<(Share<'r>, Search<'r>), Uncovered> {
    if !is_partners(register, account) {
        return Ok((Share::Whole, Search::Described));
    }
    let partner = register.partner_of(account.team).ok_or(Uncovered::NoAgreement)?;
    let agreement = partner.in_force(register.policy(), today).ok_or(Uncovered::NoAgreement)?;
    if !agreement.terms.purposes.contains(&question.purpose) {
        return Err(Uncovered::OutsideScope);
    }
    let search = match agreement.terms.properties {
        Properties::All => Search::Place,
        Properties::Stock => {
            let stock = partner.stock.as_ref().and_then(|loaded| loaded.stock.known());
            let found = question.uprn.and_then(|uprn| Some((uprn, stock?.get(&uprn)?)));
            let (uprn, property) = found.ok_or(Uncovered::OutsideScope)?;
            Search::Property(uprn, property)
        }
    };
    Ok((Share::Under(agreement), search))
}

impl Share<'_> {
    /// Whether a plan is told to a team: an empty audience is every team of the council, and no partner.
    #[must_use]
    pub fn is_told(&self, plan: &Plan, team: TeamId) -> bool {
        match self {
            Share::Whole => plan.is_told_to(team),
            Share::Under(_) => plan.audience.contains(&team),
        }
    }

    /// A marker as far as it is shared; `None` where nothing would be left to act on.
    #[must_use]
    pub fn cut(&self, register: &Register, marker: Marker) -> Option<Marker> {
        let Share::Under(agreement) = self else { return Some(marker) };
        let shares = |shared| agreement.terms.shares.contains(&shared);
        let mut cut = marker;
        if !shares(Shared::Precautions) {
            cut.precautions.clear();
        }
        if !shares(Shared::Restrictions) {
            cut.restrictions.clear();
        }
        if !shares(Shared::Reviewed) {
            cut.last_considered = None;
            cut.challenge = Challenge::None;
            if cut.footing == Footing::ReviewOverdue {
                cut.footing = Footing::InForce;
            }
        }
        if !shares(Shared::Ring) {
            cut.ring = duty_desk(register);
        }
        (!cut.precautions.is_empty() || !cut.restrictions.is_empty()).then_some(cut)
    }
}
