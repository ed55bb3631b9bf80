//! One register: taking in the lists that services kept on the side, and each team's yearly word that it keeps none.
//!
//! A list is staged by one person and approved by another; nothing of it is live before. What it takes in is **provisional**: an old
//! list gives no reasons that anybody was asked for, so each entry has a day by which it is properly assessed, and lapses without.
//! Whoever meets the customer is warned meanwhile. A whole list can be taken back while nobody has gone on from any of it.

use crate::assessment::{Age, Proposal, age_by, age_of_subject};
use crate::choice::choices;
use crate::command::{ApproveImport, CertifyOldList, DeclareNoList, ProposeImport, RefuseImport, UndoImport};
use crate::event::Event;
use crate::ids::{AccountId, File, ImportId, MeasureId, SubjectId, TeamId};
use crate::measure::{Kind, Life, Measure};
use crate::moment::Moment;
use crate::people::{self, Action};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Figure, Policy};
use crate::refusal::Refusal;
use crate::retention;
use crate::state::Register;
use crate::subject::{self, SubjectDetails};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The most entries that one list takes in.
pub const MOST_ENTRIES: usize = 2_000;

/// A fingerprint of what was staged: what is approved is what was proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 32]);

/// What is said of a list itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListWords {
    /// What the service called it.
    pub name: Text,
    /// Where it was kept, by whom, and who had copies.
    pub kept: Text,
}

/// Whom or what a row of a list is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowSubject {
    /// Nobody the register knew: a file is opened.
    New(SubjectId, SubjectDetails),
    /// A subject that has a file.
    Known(SubjectId),
}

impl RowSubject {
    /// The subject.
    #[must_use]
    pub const fn id(&self) -> SubjectId {
        match self {
            Self::New(id, _) | Self::Known(id) => *id,
        }
    }
}

/// A row of a list that becomes a provisional entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its number in the list, as the service's own program shows it.
    pub row: u32,
    /// Whom or what it is about.
    pub subject: RowSubject,
    /// Fresh.
    pub measure: MeasureId,
    /// What staff do meanwhile, and who is shown it.
    pub plan: Proposal,
    /// What the row said.
    pub said: Text,
}

choices! {
    /// Whether the file of an entry's subject was there before its list.
    SubjectFile {
        /// It was opened for the row.
        Opened = "opened", "Opened for it";
        /// It was there.
        Known = "known", "There before";
    }
}

/// Where an entry came from, if from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Which list.
    pub import: ImportId,
    /// Which row of it.
    pub row: u32,
}

/// How far a list has come.
#[derive(Debug, Clone)]
pub enum Course {
    /// Waits for a second person.
    Proposed,
    /// Not taken in.
    Refused {
        /// When and by whom.
        moment: Moment,
        /// Why.
        reasons: Particulars<Text>,
    },
    /// Taken in.
    Approved(Moment),
    /// Taken in, and taken back whole.
    Undone {
        /// When and by whom it was taken in.
        approved: Moment,
        /// When and by whom it was taken back.
        moment: Moment,
        /// Why.
        reasons: Particulars<Text>,
    },
}

/// A list that a service kept.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its reference.
    pub id: ImportId,
    /// Whose list it was.
    pub team: TeamId,
    /// When and by whom it was proposed.
    pub proposed: Moment,
    /// The manager who answers for its entries.
    pub sponsor: AccountId,
    /// How many entries it is to bring.
    pub entries: u32,
    /// What was staged.
    pub fingerprint: Fingerprint,
    /// What it was.
    pub words: Particulars<ListWords>,
    /// How far it has come.
    pub course: Course,
    /// The files it opened, with the row each came from.
    pub opened: Vec<SubjectId>,
    /// The provisional entries it brought.
    pub measures: Vec<MeasureId>,
    /// That the list itself was destroyed, once somebody has certified it.
    pub old_list: Option<OldList>,
}

/// The certificate that a service's own list was destroyed.
#[derive(Debug, Clone)]
pub struct OldList {
    /// Certified when and by whom.
    pub moment: Moment,
    /// The day it was destroyed.
    pub on: Date,
    /// How, and what became of its copies.
    pub words: Particulars<Text>,
}

impl Import {
    /// Whether its entries are on the register.
    #[must_use]
    pub const fn is_taken_in(&self) -> bool {
        matches!(self.course, Course::Approved(_))
    }

    /// When it was taken in, if it ever was.
    #[must_use]
    pub const fn approved(&self) -> Option<Moment> {
        match self.course {
            Course::Approved(moment) | Course::Undone { approved: moment, .. } => Some(moment),
            Course::Proposed | Course::Refused { .. } => None,
        }
    }

    /// By when the list itself is to be destroyed; `None` where it is not taken in, or is certified.
    #[must_use]
    pub fn certify_by(&self, policy: &Policy) -> Option<Date> {
        match (&self.course, &self.old_list) {
            (Course::Approved(moment), None) => Some(policy.after(moment.date(), Figure::OldList)),
            _ => None,
        }
    }
}

impl Register {
    /// The last day on which a team's word that it keeps no list of its own holds; the day it was opened where it never gave it.
    #[must_use]
    pub fn declaration_due(&self, team: TeamId) -> Option<Date> {
        let team = self.team(team)?;
        let policy = self.policy();
        Some(match team.declared {
            Some(moment) => policy.after(moment.date(), Figure::Declaration),
            None => policy.after(team.opened.date(), Figure::FirstDeclaration),
        })
    }

    /// The lists of a team that are taken in and not yet certified to be destroyed.
    pub fn old_lists_of(&self, team: TeamId) -> impl Iterator<Item = &Import> {
        let policy = self.policy();
        self.imports().filter(move |import| import.team == team && import.certify_by(policy).is_some())
    }
}

pub(crate) fn propose(register: &Register, command: &ProposeImport) -> Result<Vec<Event>, Refusal> {
    if register.import(command.import).is_some() {
        return Err(Refusal::ReferenceTaken);
    }
    register.team(command.team).ok_or(Refusal::NoSuchTeam)?;
    people::answers_for(register, command.sponsor)?;
    if command.entries == 0 {
        return Err(Refusal::NothingToTakeIn);
    }
    if usize::try_from(command.entries).is_ok_and(|entries| entries > MOST_ENTRIES) {
        return Err(Refusal::TooManyEntries);
    }
    Ok(vec![Event::ImportProposed {
        import: command.import,
        team: command.team,
        sponsor: command.sponsor,
        entries: command.entries,
        fingerprint: command.fingerprint,
        words: Particulars::new(Locker::Council, command.words.clone()),
    }])
}

/// A list that waits for its second person.
fn waiting(register: &Register, import: ImportId) -> Result<&Import, Refusal> {
    let import = register.import(import).ok_or(Refusal::NoSuchFile)?;
    match import.course {
        Course::Proposed => Ok(import),
        _ => Err(Refusal::AlreadyDone),
    }
}

pub(crate) fn refuse(register: &Register, command: &RefuseImport) -> Result<Vec<Event>, Refusal> {
    // Whoever proposed it may take it back in the same way: nothing of it was live.
    waiting(register, command.import)?;
    Ok(vec![Event::ImportRefused {
        import: command.import,
        reasons: Particulars::new(Locker::Council, command.reasons.clone()),
    }])
}

pub(crate) fn approve(
    register: &Register,
    command: &ApproveImport,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let import = waiting(register, command.import)?;
    if import.proposed.by == moment.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    let as_many = u32::try_from(command.rows.len()).is_ok_and(|rows| rows == import.entries);
    if !as_many || command.fingerprint != import.fingerprint {
        return Err(Refusal::NotAsProposed);
    }
    people::answers_for(register, import.sponsor)?;
    let lapses_on = register.policy().after(moment.date(), Figure::ProvisionalLife);
    let (mut subjects, mut measures) = (BTreeSet::new(), BTreeSet::new());
    let mut events = Vec::new();
    for taken in &command.rows {
        let opened = fits(register, taken, moment.date())
            .and_then(|opened| {
                // Two rows about one person are one entry: whoever stages the list says so.
                let once =
                    subjects.insert(register.one(taken.subject.id())) && measures.insert(taken.measure);
                if once { Ok(opened) } else { Err(Refusal::ReferenceTaken) }
            })
            .map_err(|refusal| Refusal::InRow(taken.row, Box::new(refusal)))?;
        events.extend(opened);
        events.push(Event::EntryImported {
            measure: taken.measure,
            subject: taken.subject.id(),
            import: import.id,
            row: taken.row,
            file: match taken.subject {
                RowSubject::New(..) => SubjectFile::Opened,
                RowSubject::Known(_) => SubjectFile::Known,
            },
            sponsor: import.sponsor,
            plan: taken.plan.seal(taken.measure),
            lapses_on,
            said: Particulars::new(Locker::Measure(taken.measure), taken.said.clone()),
        });
    }
    events.push(Event::ImportApproved { import: import.id });
    Ok(events)
}

/// What opens the file of a row's subject, where it has none; refuses a row that cannot become an entry.
fn fits(register: &Register, taken: &Taken, today: Date) -> Result<Option<Event>, Refusal> {
    if register.is_taken(File::Measure(taken.measure)) {
        return Err(Refusal::ReferenceTaken);
    }
    taken.plan.check(register, Kind::Entry, today)?;
    let (age, opened) = match &taken.subject {
        RowSubject::New(subject, details) => {
            let open = subject::opening(register, *subject, details)?;
            (age_by(register.policy(), Some(details), today), Some(open))
        }
        RowSubject::Known(subject) => {
            if let Some(open) = register.open_measure(*subject, Kind::Entry) {
                return Err(Refusal::MeasureAlreadyOpen(open));
            }
            subject::kept(register, *subject)?;
            (age_of_subject(register, *subject, today), None)
        }
    };
    // A list that nobody assessed is no way to put a child on the register.
    if age == Age::Under {
        return Err(Refusal::ChildOnList);
    }
    Ok(opened)
}

pub(crate) fn undo(register: &Register, command: &UndoImport) -> Result<Vec<Event>, Refusal> {
    let import = register.import(command.import).ok_or(Refusal::NoSuchFile)?;
    if !import.is_taken_in() {
        return Err(Refusal::NothingToUndo);
    }
    // With the old list gone, what it brought stands here alone: taken back, whoever was on it would be forgotten.
    if import.old_list.is_some() {
        return Err(Refusal::GoneOn(File::Import(import.id)));
    }
    let measures = import.measures.iter().filter_map(|id| register.measure(*id));
    if let Some(measure) = measures.clone().find(|measure| !is_as_imported(register, measure)) {
        return Err(Refusal::GoneOn(File::Measure(measure.id)));
    }
    if let Some(subject) = import.opened.iter().find(|subject| !is_only_imported(register, **subject, import))
    {
        return Err(Refusal::GoneOn(File::Subject(*subject)));
    }
    let files = measures.map(|measure| File::Measure(measure.id));
    let files = files.chain(import.opened.iter().copied().map(File::Subject));
    Ok(vec![Event::ImportUndone {
        import: import.id,
        reasons: Particulars::new(Locker::Council, command.reasons.clone()),
        lockers: files.flat_map(|file| retention::lockers_of(register, file)).collect(),
    }])
}

/// Whether nobody has gone on from a provisional entry: nothing of it is more than the list brought.
fn is_as_imported(register: &Register, measure: &Measure) -> bool {
    let assessment = &measure.assessment;
    let was_opened = || register.glasses().any(|(_, glass)| glass.measure == measure.id);
    matches!(measure.life, Life::Proposed)
        && measure.incidents.is_empty()
        && assessment.assessors.is_empty()
        && assessment.under_age.is_none()
        && measure.holds.is_empty()
        && measure.contacts.is_empty()
        && measure.legal_advice.is_empty()
        && measure.disputes.is_empty()
        && !was_opened()
}

/// Whether a file that a list opened holds nothing but what the list brought.
fn is_only_imported(register: &Register, subject: SubjectId, import: &Import) -> bool {
    let held = register.subject(subject).is_some_and(|subject| {
        !subject.holds.is_empty() || subject.support.is_some() || !subject.occupants.is_empty()
    });
    !held
        && !register.is_joined(subject)
        && register.incidents_about(subject).next().is_none()
        && register.measures_about(subject).all(|measure| import.measures.contains(&measure.id))
}

pub(crate) fn certify(
    register: &Register,
    command: &CertifyOldList,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let import = register.import(command.import).ok_or(Refusal::NoSuchFile)?;
    people::permit_for(register, moment, Action::CertifyOldList, import.team)?;
    if import.old_list.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    // Before it is on the register, the old list is all there is.
    let Course::Approved(approved) = import.course else { return Err(Refusal::NotTakenIn) };
    if command.on > moment.date() || command.on < approved.date() {
        return Err(Refusal::OldListDate);
    }
    Ok(vec![Event::OldListDestroyed {
        import: command.import,
        on: command.on,
        words: Particulars::new(Locker::Council, command.words.clone()),
    }])
}

pub(crate) fn declare(
    register: &Register,
    command: &DeclareNoList,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    register.team(command.team).ok_or(Refusal::NoSuchTeam)?;
    people::permit_for(register, moment, Action::DeclareNoList, command.team)?;
    // One that waits to be taken in is a list all the same.
    let waits = |import: &&Import| import.team == command.team && matches!(import.course, Course::Proposed);
    let waiting = register.imports().find(waits);
    if let Some(import) = register.old_lists_of(command.team).next().or(waiting) {
        return Err(Refusal::OldListStands(import.id));
    }
    Ok(vec![Event::NoListDeclared { team: command.team }])
}
