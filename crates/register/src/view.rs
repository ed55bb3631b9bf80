//! What a reader may see, cut to the minimum: the answer to a check, and how much of a file each role is shown.
//!
//! Precautions come before reasons. A check never returns a name, a reason or who reported; premises and people are worded
//! alike, so that the answer does not tell which of them it is about.

use crate::calendar;
use crate::choice::choices;
use crate::ids::{File, MeasureId, SubjectId};
use crate::measure::{LivePlan, Measure, Stage};
use crate::moment::Moment;
use crate::partner::{self, Question, Search, Uncovered};
use crate::people::{Account, Action, Extent};
use crate::policy::{Code, List};
use crate::reach::reach;
use crate::review::Nearness;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// Why somebody asks before contact.
    Purpose {
        /// Going to see the customer.
        Visit = "visit", "Visit";
        /// Ringing the customer.
        Call = "call", "Phone call";
        /// Meeting at an office or elsewhere.
        Meeting = "meeting", "Meeting";
        /// Writing to the customer.
        Correspondence = "correspondence", "Letter or email";
    }
}

impl Purpose {
    /// Whether somebody goes to meet the customer.
    #[must_use]
    pub const fn goes(self) -> bool {
        matches!(self, Self::Visit | Self::Meeting)
    }
}

/// How much of a file a reader is shown; each level holds the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disclosure {
    /// Nothing at all.
    Nothing,
    /// That a marker exists, the precautions and whom to ring.
    Precautions,
    /// The whole file but who reported, was harmed or saw it.
    File,
    /// They, too.
    Everything,
}

/// How much of a measure's or subject's file an account is shown.
#[must_use]
pub fn disclosure(account: &Account) -> Disclosure {
    if account.extent(Action::SeeReporter) == Extent::All {
        Disclosure::Everything
    } else if account.extent(Action::ReadMeasure) > Extent::Nothing {
        Disclosure::File
    } else if account.extent(Action::Check) > Extent::Nothing {
        Disclosure::Precautions
    } else {
        Disclosure::Nothing
    }
}

/// The measure whose evidence bundle an account may take, if it may: one whose file it opens, and whose words are not destroyed.
#[must_use]
pub fn bundle<'r>(register: &'r Register, account: &Account, measure: MeasureId) -> Option<&'r Measure> {
    let opens = reach(register, account, File::Measure(measure)) >= Disclosure::File;
    let takes = account.extent(Action::TakeBundle) == Extent::All;
    register.measure(measure).filter(|measure| opens && takes && measure.stage() != Stage::Destroyed)
}

/// How surely a description fits a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It may be this subject.
    Possible,
    /// It is this subject, or its address.
    Match,
}

/// A subject that a description fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Which subject.
    pub subject: SubjectId,
    /// How surely.
    pub certainty: Certainty,
}

/// Whom to ring.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ring {
    /// The desk or person.
    pub name: String,
    /// The number.
    pub phone: String,
}

/// One thing staff must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precaution {
    /// The policy's code.
    pub code: Code,
    /// In words.
    pub words: String,
}

/// Why a marker stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Footing {
    /// Decided, and reviewed in time.
    InForce,
    /// Decided, and its review is overdue: whether it still holds must be asked.
    ReviewOverdue,
    /// Agreed by two people for the time being, not decided yet.
    Interim,
    /// Taken over from an old list, not assessed yet.
    Provisional,
}

/// What a reader at [`Disclosure::Precautions`] is shown of a live measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Its reference, to quote when ringing.
    pub measure: MeasureId,
    /// Why it stands.
    pub footing: Footing,
    /// What staff must do.
    pub precautions: Vec<Precaution>,
    /// How the customer's contact is limited, where that concerns this contact.
    pub restrictions: Vec<String>,
    /// Whom to ring.
    pub ring: Ring,
    /// When it was last looked at; not told to a partner whose agreement does not share it.
    pub last_considered: Option<Date>,
    /// Whether the customer has challenged it.
    pub challenge: Challenge,
}

/// Whether a marker is being challenged by its customer, or is proposed to come off. It holds meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Challenge {
    /// Nothing of the kind.
    None,
    /// An appeal waits for its decision.
    UnderAppeal,
    /// The Governance Group is to decide whether it comes off.
    RemovalProposed,
    /// Its subject says that the record is wrong, and has no answer yet.
    Disputed,
}

/// The answer to a check. A fault has no verdict: whoever asks is told that nobody can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Live markers, at least one.
    Marker(Vec<Marker>),
    /// Somebody like this may be on the register: ring before contact.
    Possible(Ring),
    /// Nobody looked: a partner's worker asked what no agreement covers. Ring before contact.
    NotCovered(Uncovered, Ring),
    /// No current entry was found for what was asked; never an all-clear.
    NoneFound,
}

/// Answers a check by `account` at `moment`. `look_up` says whom fits; it is not called where no agreement covers the question.
///
/// A marker is shown to the teams of its audience and to whoever may open its file. Whoever asks from elsewhere is about to meet the customer all the same and is
/// told to ring, as for a possible match: nobody is sent in blind, and nothing is disclosed. A partner's worker is shown what their agreement shares.
#[must_use]
pub fn verdict(
    register: &Register,
    account: &Account,
    question: Question,
    look_up: impl FnOnce(Search<'_>) -> Vec<Candidate>,
    moment: &Moment,
) -> Verdict {
    let (today, purpose) = (moment.date(), question.purpose);
    let (share, search) = match partner::share(register, account, question, today) {
        Ok(shared) => shared,
        Err(why) => return Verdict::NotCovered(why, duty_desk(register)),
    };
    let mut markers = Vec::new();
    let mut ring = None;
    for candidate in look_up(search) {
        for measure in register.measures_about(candidate.subject) {
            let Some(live) = measure.live_plan(today) else { continue };
            if !measure.kind.answers(purpose) {
                continue;
            }
            // Whoever may know nothing of it is told to ring, as everybody from outside the audience is.
            let told = share.is_told(live.plan(), account.team)
                && !register.is_excluded(account.id, measure.subject);
            let reads_it = reach(register, account, File::Measure(measure.id)) > Disclosure::Precautions;
            let shown = (candidate.certainty == Certainty::Match && (told || reads_it))
                .then(|| share.cut(register, marker(register, measure, live, purpose, today)))
                .flatten();
            match shown {
                Some(marker) if !markers.contains(&marker) => markers.push(marker),
                Some(_) => {}
                None => ring = Some(duty_desk(register)),
            }
        }
    }
    match (markers.is_empty(), ring) {
        (false, _) => Verdict::Marker(markers),
        (true, Some(ring)) => Verdict::Possible(ring),
        (true, None) => Verdict::NoneFound,
    }
}

pub(crate) fn marker(
    register: &Register,
    measure: &Measure,
    live: LivePlan<'_>,
    purpose: Purpose,
    today: Date,
) -> Marker {
    let plan = live.plan();
    let footing = match live {
        LivePlan::Interim(_) if measure.origin.is_some() => Footing::Provisional,
        LivePlan::Interim(_) => Footing::Interim,
        LivePlan::InForce(_) if measure.review_nearness(register, today) == Some(Nearness::Overdue) => {
            Footing::ReviewOverdue
        }
        LivePlan::InForce(_) => Footing::InForce,
    };
    let in_words = |list: List, codes: &[Code]| -> Vec<Precaution> {
        codes
            .iter()
            .map(|code| Precaution {
                code: code.clone(),
                words: register.words(list, code).unwrap_or(code.as_str()).to_owned(),
            })
            .collect()
    };
    let restrictions = match purpose {
        Purpose::Call | Purpose::Correspondence => {
            let coded = in_words(List::Restriction, &plan.restrictions).into_iter().map(|line| line.words);
            coded.chain(plan.limits.in_words(plan.words.known())).collect()
        }
        Purpose::Visit | Purpose::Meeting => Vec::new(),
    };
    let challenge = match (measure.open_appeal(), &measure.removal, measure.open_dispute()) {
        (Some(_), ..) => Challenge::UnderAppeal,
        (None, Some(_), _) => Challenge::RemovalProposed,
        (None, None, Some(_)) => Challenge::Disputed,
        (None, None, None) => Challenge::None,
    };
    Marker {
        measure: measure.id,
        challenge,
        footing,
        precautions: in_words(List::Precaution, &plan.precautions),
        restrictions,
        ring: plan.words.known().map_or_else(
            || duty_desk(register),
            |words| Ring {
                name: words.ring_name.as_str().to_owned(),
                phone: words.ring_phone.as_str().to_owned(),
            },
        ),
        last_considered: measure.last_considered().or_else(|| {
            let asked = measure.interim.as_ref().map_or(measure.proposed, |interim| interim.asked);
            Some(calendar::london(asked.at))
        }),
    }
}

/// The register team's desk.
#[must_use]
pub fn duty_desk(register: &Register) -> Ring {
    register.council().map_or_else(
        || Ring { name: "the register team".to_owned(), phone: String::new() },
        |council| Ring {
            name: council.duty_desk.name.as_str().to_owned(),
            phone: council.duty_desk.phone.as_str().to_owned(),
        },
    )
}
