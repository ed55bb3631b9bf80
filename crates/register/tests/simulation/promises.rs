//! The promises that hold at every moment, asked of the register through its views.

use crate::book::{Book, Story, Told};
use crate::chance::Chance;
use crate::support::*;
use register::assessment::Plan;
use register::due;
use register::ids::{File, MeasureId};
use register::measure::Life;
use register::moment::Actor;
use register::people::{Account, Action, Extent};
use register::personal::Locker;
use register::policy::{Code, List};
use register::view::{self, Candidate, Certainty, Disclosure, Footing, Purpose, Verdict};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Asserts every promise that can be seen from outside at this moment; gives on what footing each marker was shown.
pub fn stand(world: &World, book: &Book, chance: &mut Chance) -> Vec<&'static str> {
    let mut shown = Vec::new();
    let today = world.today();
    let overdue: BTreeSet<MeasureId> = due::work(&world.register, today)
        .iter()
        .filter(|task| task.action == Action::Review && task.by < today)
        .filter_map(|task| if let File::Measure(id) = task.file { Some(id) } else { None })
        .collect();
    for (id, story) in &book.stories {
        reviewed_in_time_or_shown_as_overdue(world, book, *id, story, overdue.contains(id));
        every_code_means_something(world, *id, story);
        shown.extend(shown_only_while_it_stands(world, *id, story, chance));
    }
    a_check_says_enough_and_no_more(world, book, chance);
    shown
}

/// What a measure asks of staff or customer is in the policy in force for as long as it is not over.
fn every_code_means_something(world: &World, id: MeasureId, story: &Story) {
    if story.ended.is_some() {
        return;
    }
    let policy = world.register.policy();
    for plan in story.plan.iter().chain(story.marker.as_ref().map(|marker| &marker.plan)) {
        let known = |list, codes: &[Code]| codes.iter().all(|code| policy.words(list, code).is_some());
        assert!(known(List::Precaution, &plan.precautions), "{id:?} asks for what the policy has not");
        assert!(known(List::Restriction, &plan.restrictions), "{id:?} asks for what the policy has not");
    }
}

fn reviewed_in_time_or_shown_as_overdue(
    world: &World,
    book: &Book,
    id: MeasureId,
    story: &Story,
    escalated: bool,
) {
    let today = world.today();
    let measure = world.register.measure(id).expect("that it existed remains");
    let in_force = matches!(measure.life, Life::InForce { .. });
    assert_eq!(in_force, story.in_force(), "{id:?} is in force exactly from its notice to its end");
    if !in_force {
        return;
    }
    let (due, considered) = (measure.review_due(&world.register), measure.last_considered());
    assert_eq!((due, considered), (story.review_by, story.considered));
    let (due, considered) = due.zip(considered).expect("a live measure has a review date");
    assert!(
        due <= story.latest_review(&book.figures, considered),
        "a review date within the policy's interval"
    );
    assert_eq!(escalated, today > due, "an overdue review is in the work queue");
}

/// Whether an account's team is of a plan's audience; a restriction that names none is for everybody it answers.
fn meant_for(plan: &Plan, account: &Account) -> bool {
    plan.audience.is_empty() || plan.audience.contains(&account.team)
}

/// Somebody of a measure's audience who may check.
fn told<'w>(world: &'w World, story: &Story) -> Option<&'w Account> {
    let plan = story.plan.iter().chain(story.marker.as_ref().map(|marker| &marker.plan));
    let teams: BTreeSet<_> = plan.flat_map(|plan| plan.audience.iter().copied()).collect();
    world
        .register
        .accounts()
        .find(|account| teams.contains(&account.team) && account.extent(Action::Check) > Extent::Nothing)
}

fn shown_only_while_it_stands(
    world: &World,
    id: MeasureId,
    story: &Story,
    chance: &mut Chance,
) -> Option<&'static str> {
    let today = world.today();
    let stands = story.standing(today).is_some();
    let measure = world.register.measure(id).expect("that it existed remains");
    assert_eq!(measure.live_plan(today).is_some(), stands, "{id:?} has a live plan exactly while it stands");
    if !stands && !chance.percent(5) {
        return None; // what must not be shown is asked now and then, what must be shown always
    }
    let account = told(world, story)?;
    let purpose = chance.one(Purpose::ALL);
    let candidate = Candidate { subject: story.subject, certainty: Certainty::Match };
    let moment = world.moment(Actor::Account(account.id));
    let verdict = view::verdict(&world.register, account, &[candidate], purpose, &moment);
    let marker = match &verdict {
        Verdict::Marker(markers) => markers.iter().find(|marker| marker.measure == id),
        _ => None,
    };
    let audience = story.standing(today).is_some_and(|plan| meant_for(plan, account));
    let Some(marker) = marker else {
        let answers = stands && story.answers(purpose);
        assert!(!(answers && audience), "{id:?} is dropped: its audience is not shown it");
        assert!(!answers || verdict != Verdict::NoneFound);
        return None;
    };
    assert!(stands && story.answers(purpose), "{id:?} is shown although it does not stand");
    let (footing, name) = match story.told {
        None => (Footing::Interim, "interim"),
        Some(_) if story.review_by.is_some_and(|due| today > due) => {
            (Footing::ReviewOverdue, "review overdue")
        }
        Some(Told::ByLetter) => (Footing::InForce, "told by letter"),
        Some(Told::Withheld) => (Footing::InForce, "not told"),
    };
    assert_eq!(marker.footing, footing, "{id:?}");
    Some(name)
}

/// A check by anybody about anybody: never a word of the file, and never "none found" where something stands.
fn a_check_says_enough_and_no_more(world: &World, book: &Book, chance: &mut Chance) {
    let today = world.today();
    let Some(account) = chance.any(world.register.accounts()) else { return };
    let mut candidates = Vec::new();
    for _ in 0..=chance.under(2) {
        let certainty = chance.one(&[Certainty::Match, Certainty::Possible]);
        candidates.extend(chance.any(book.subjects()).map(|subject| Candidate { subject, certainty }));
    }
    let purpose = chance.one(Purpose::ALL);
    let moment = world.moment(Actor::Account(account.id));
    let verdict = view::verdict(&world.register, account, &candidates, purpose, &moment);
    let stands = book.stories.values().any(|story| {
        candidates.iter().any(|candidate| candidate.subject == story.subject)
            && story.standing(today).is_some()
            && story.answers(purpose)
    });
    assert_eq!(verdict == Verdict::NoneFound, !stands, "none found exactly where nothing stands");
    if let Verdict::Marker(markers) = &verdict {
        for marker in markers {
            let story = &book.stories[&marker.measure];
            let surely = candidates.iter().any(|candidate| {
                candidate.subject == story.subject && candidate.certainty == Certainty::Match
            });
            let plan = story.standing(today).expect("a marker that is shown stands");
            let reads_files = view::disclosure(account) > Disclosure::Precautions;
            assert!(surely && (meant_for(plan, account) || reads_files), "a marker is shown to its audience");
        }
    }
    let shown = format!("{verdict:?}");
    for word in ["Tellwright", "Overway", "Bittern", SUBJECT_WORD, SECRET_WORD] {
        assert!(!shown.contains(word), "a check shows {word}");
    }
}

/// Walks everything the register holds and asserts that no erased locker's words are among it.
pub fn nothing_erased_is_left(world: &World) {
    let printed = format!("{:?}", world.register);
    let mut rest = printed.as_str();
    let mut held = BTreeSet::new();
    while let Some((before, after)) = rest.split_once(", content: Known") {
        let (_, locker) = before.rsplit_once("locker: ").expect("particulars name their locker");
        held.insert(locker.to_owned());
        rest = after;
    }
    for locker in world.register.erased() {
        assert!(!held.contains(&format!("{locker:?}")), "words of {locker:?} are left");
    }
    for subject in world.register.subjects().filter(|subject| subject.details.known().is_none()) {
        assert!(subject.support.is_none() && world.register.erased().contains(&Locker::Support(subject.id)));
    }
}

/// One number for what the register answers today to everybody about everything.
pub fn digest(world: &World) -> u64 {
    let mut hasher = DefaultHasher::new();
    let today = world.today();
    for subject in world.register.subjects() {
        for account in world.register.accounts() {
            for certainty in [Certainty::Match, Certainty::Possible] {
                let candidate = Candidate { subject: subject.id, certainty };
                let moment = world.moment(Actor::Account(account.id));
                for purpose in [Purpose::Visit, Purpose::Call] {
                    let verdict = view::verdict(&world.register, account, &[candidate], purpose, &moment);
                    format!("{verdict:?}").hash(&mut hasher);
                }
            }
        }
    }
    format!("{:?}{:?}", due::work(&world.register, today), due::due(&world.register, today))
        .hash(&mut hasher);
    hasher.finish()
}
