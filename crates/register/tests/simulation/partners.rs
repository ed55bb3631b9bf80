//! Partners, worked out from their agreements by hand: whom the council may tell what.

use crate::book::Book;
use crate::support::*;
use register::calendar;
use register::ids::TeamId;
use register::partner::{self, Agreement, Course, News, Properties, Shared, Terms, Uncovered};
use register::people::{Account, Role};
use register::policy::Figure;
use register::view::{Challenge, Footing, Marker, Purpose, duty_desk};

/// Whether an agreement covers anything today.
fn holds(world: &World, agreement: &Agreement) -> bool {
    let Course::Approved(approved) = agreement.course else { return false };
    let (today, figure) = (world.today(), |figure| world.register.policy().figure(figure));
    let looked_at = agreement.confirmed.last().map_or(approved, |confirmed| *confirmed).date();
    let months = figure(Figure::AgreementConfirmation);
    let due = calendar::months_after(looked_at.max(agreement.terms.starts), months);
    let last = calendar::working_days_after(due, figure(Figure::ConfirmationGrace));
    agreement.terms.starts <= today && today <= agreement.terms.ends && today <= last
}

/// The agreement that holds for a team: `Err` where it is a partner's without one, `None` where it is the council's own.
fn agreement_for(world: &World, team: TeamId) -> Result<Option<&Agreement>, Uncovered> {
    let Some(partner) = world.register.team(team).and_then(|team| team.partner) else { return Ok(None) };
    let partner = world.register.partner(partner).expect("a team's partner is known");
    partner.agreements.iter().rfind(|it| holds(world, it)).map(Some).ok_or(Uncovered::NoAgreement)
}

/// Whether every team of an audience may be told today.
pub fn may_be_told(world: &World, audience: &[TeamId]) -> bool {
    audience.iter().all(|team| agreement_for(world, *team).is_ok())
}

/// What covers a question: the terms of an agreement, or nothing needed for the council's own.
///
/// # Errors
/// Why nothing does.
pub fn covered<'w>(
    world: &'w World,
    account: &Account,
    uprn: Option<u64>,
    purpose: Purpose,
) -> Result<Option<&'w Terms>, Uncovered> {
    let Some(agreement) = agreement_for(world, account.team)? else {
        let works_for_one = account.roles.contains(&Role::Partner);
        return if works_for_one { Err(Uncovered::NoAgreement) } else { Ok(None) };
    };
    let partner = world.register.partner_of(account.team).expect("a partner");
    let stock = partner.stock.as_ref().and_then(|loaded| loaded.stock.known());
    let own = uprn.zip(stock).is_some_and(|(uprn, stock)| stock.contains_key(&uprn));
    let terms = &agreement.terms;
    let inside = terms.purposes.contains(&purpose) && (terms.properties == Properties::All || own);
    if inside { Ok(Some(terms)) } else { Err(Uncovered::OutsideScope) }
}

/// A marker that a partner's worker is shown holds what is shared and no more.
pub fn shows_what_is_shared(world: &World, marker: &Marker, terms: &Terms) {
    let shares = |shared| terms.shares.contains(&shared);
    assert!(shares(Shared::Restrictions) || marker.restrictions.is_empty());
    assert!(shares(Shared::Ring) || marker.ring == duty_desk(&world.register));
    let silent = marker.last_considered.is_none() && marker.challenge == Challenge::None;
    assert!(shares(Shared::Reviewed) || (silent && marker.footing != Footing::ReviewOverdue));
    assert!(!marker.precautions.is_empty() || !marker.restrictions.is_empty(), "there is something to do");
}

/// Whatever a partner has and may no longer be told waits to be taken off; nothing is delivered that a check would not tell; and what
/// somebody said they have is not delivered to them as new.
pub fn have_what_they_may_be_told(world: &World, book: &Book) {
    for partner in world.register.partners() {
        let owed = partner::owed(&world.register, partner, world.today());
        let agreement = partner.agreements.iter().rfind(|it| holds(world, it));
        let delivers = agreement.filter(|it| it.terms.shares.contains(&Shared::Delivered));
        let stock = partner.stock.as_ref().and_then(|loaded| loaded.stock.known());
        for owed in &owed {
            let has = book.had.contains(&(partner.id, owed.measure));
            assert_eq!(has, owed.news != News::New);
            let Some(told) = owed.told.as_ref().filter(|_| owed.news != News::Withdrawn) else { continue };
            assert!(delivers.is_some(), "no agreement, no delivery");
            let story = &book.stories[&owed.measure];
            let plan = story.standing(world.today()).expect("a marker that is delivered stands");
            let named = |team: &TeamId| {
                world.register.team(*team).is_some_and(|team| team.partner == Some(partner.id))
            };
            assert!(plan.audience.iter().any(named), "a marker is delivered to its audience");
            let own = |uprn| stock.is_some_and(|stock| stock.contains_key(uprn));
            assert!(!told.places.is_empty() && told.places.iter().all(own), "of its own properties alone");
            assert!(owed.since <= world.today() && owed.since <= owed.by);
        }
        for (_, measure) in book.had.iter().filter(|(holder, _)| *holder == partner.id) {
            let story = book.stories.get(measure);
            let stands = story.is_some_and(|story| story.standing(world.today()).is_some());
            let withdrawn = owed.iter().any(|it| it.measure == *measure && it.news == News::Withdrawn);
            assert!((stands && delivers.is_some()) || withdrawn, "what may not be told is taken off");
        }
    }
}
