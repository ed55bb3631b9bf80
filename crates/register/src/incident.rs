//! Incidents: what somebody reported as having happened. An incident is not a measure, and most never lead to one.
//!
//! A report is a health and safety record with a retention of its own. Nothing a reporter says starts a measure: triage by the
//! register team does, and never by the person who reported.

use crate::choice::choices;
use crate::command::{AddToIncident, ConfirmIncident, ReportIncident, TriageIncident};
use crate::event::Event;
use crate::ids::{AccountId, AttachmentId, File, IncidentId, MeasureId, SubjectId, TeamId};
use crate::involved::Involved;
use crate::measure::Kind;
use crate::moment::Moment;
use crate::people::{self, Action};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{Code, List};
use crate::refusal::Refusal;
use crate::retention::Hold;
use crate::state::Register;
use crate::subject;
use jiff::civil::{Date, Time};

choices! {
    /// How the contact happened.
    Channel {
        /// At a council office.
        Office = "office", "In person at a council office";
        /// At somebody's home.
        Home = "home", "In person on a home visit";
        /// In the street or another public place.
        Street = "street", "In person in a public place";
        /// At a council meeting.
        Meeting = "meeting", "At a council meeting";
        /// By telephone.
        Phone = "phone", "By phone";
        /// A recorded message.
        Voicemail = "voicemail", "By voicemail";
        /// On paper.
        Letter = "letter", "By letter";
        /// By mail.
        Email = "email", "By email";
        /// A form or customer portal.
        WebForm = "web-form", "By web form or customer account";
        /// Posted or sent on a social network or messenger.
        SocialMedia = "social-media", "On social media or by message";
        /// By video.
        VideoCall = "video-call", "By video call";
        /// Filmed or recorded, and published or threatened to be.
        Recording = "recording", "By recording staff or publishing a recording";
        /// Through somebody else.
        ThirdParty = "third-party", "Through somebody else";
    }
}

choices! {
    /// The first question of a report: is anyone in danger now?
    Danger {
        /// Nobody is.
        No = "no", "No";
        /// Somebody was, and the emergency services have been called.
        Called = "called", "Yes, and the emergency services have been called";
        /// Somebody is, and nobody has been called yet.
        NotCalled = "not-called", "Yes, and nobody has been called yet";
    }
}

choices! {
    /// Whether anyone was hurt, as the reporting duty counts it (RIDDOR 2013).
    Injury {
        /// Nobody.
        None = "none", "Nobody was hurt";
        /// Hurt, and back at usual work within three days.
        Minor = "minor", "Hurt, off usual work three days or less";
        /// Off for more than three days: logged.
        OverThreeDays = "over-three-days", "Hurt, off usual work more than three days";
        /// Off for more than seven days, or a specified injury: reportable.
        Reportable = "reportable", "Off more than seven days, a specified injury or worse";
    }
}

choices! {
    /// Whether the police know.
    Police {
        /// They were not told.
        NotTold = "not-told", "Not told";
        /// They were told.
        Told = "told", "Told";
    }
}

choices! {
    /// How sure somebody is who it was.
    Identity {
        /// Known personally or checked against a document.
        Certain = "certain", "Certain: known to me or proved who they are";
        /// Gave a name that fits what the council holds.
        Likely = "likely", "Likely: the name and another detail fit";
        /// Only a guess or a description.
        Doubtful = "doubtful", "Doubtful: a guess or a description";
        /// Not known.
        Unknown = "unknown", "Not known";
    }
}

choices! {
    /// Whether the reporter asks that the customer never learns who reported.
    Protection {
        /// The usual care is enough.
        Usual = "usual", "No special protection";
        /// The reporter fears being known.
        Wanted = "wanted", "Please protect my identity";
    }
}

choices! {
    /// What kind of file is attached, as its content says.
    Media {
        /// JPEG image.
        Jpeg = "image/jpeg", "JPEG image";
        /// PNG image.
        Png = "image/png", "PNG image";
        /// PDF document.
        Pdf = "application/pdf", "PDF document";
        /// Plain text.
        Text = "text/plain", "Plain text";
    }
}

/// A file that came with a report; its bytes lie sealed beside the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attachment {
    /// Its reference.
    pub id: AttachmentId,
    /// What it is.
    pub media: Media,
    /// Its size in bytes.
    pub size: u64,
}

/// Whom or what the reporter described, in the reporter's words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Described {
    /// Name, where known.
    pub name: Option<Text>,
    /// Address or place, where known.
    pub address: Option<Text>,
    /// Anything else that helps to tell who it was: phone, mail, account name, about how old.
    pub other: Option<Text>,
    /// How the reporter knows.
    pub how_identified: Option<Text>,
}

/// What the reporter says happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrative {
    /// What happened, in the reporter's words.
    pub what_happened: Text,
    /// The exact words used, where they matter.
    pub exact_words: Option<Text>,
    /// Where.
    pub place: Option<Text>,
    /// Who it was about.
    pub subject: Described,
    /// Others affected, and what they are to the reporter.
    pub others_affected: Option<Text>,
    /// Weapon, animal, substances or damage.
    pub weapon_or_damage: Option<Text>,
    /// Witnesses, recordings, links to posts.
    pub evidence: Option<Text>,
    /// Police or emergency reference and outcome.
    pub police_reference: Option<Text>,
    /// Known need, disability, communication difficulty or crisis; `None` where none is known.
    pub needs: Option<Text>,
    /// What the service itself did that may have added to it.
    pub own_contribution: Option<Text>,
    /// Precautions the reporter suggests.
    pub suggested_precautions: Option<Text>,
    /// Who else is likely to meet the customer.
    pub likely_contact: Option<Text>,
}

/// The facts of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The London date it happened.
    pub happened_on: Date,
    /// The London time, where known.
    pub happened_at: Option<Time>,
    /// How the contact happened.
    pub channel: Channel,
    /// What was done, from the policy's behaviours; at least one.
    pub behaviours: Vec<Code>,
    /// Whether anyone was in danger when it was reported.
    pub danger: Danger,
    /// Whether anyone was hurt.
    pub injury: Injury,
    /// Whether the police know.
    pub police: Police,
    /// How sure the reporter is who it was.
    pub identity: Identity,
    /// Whether the reporter asks for protection.
    pub protection: Protection,
}

/// Where triage sends a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Kept as a health and safety record; nothing else follows.
    LogOnly,
    /// A new measure is to be assessed.
    Propose {
        /// The new measure's reference.
        measure: MeasureId,
        /// What kind it would be.
        kind: Kind,
        /// The manager who answers for its evidence and reviews.
        sponsor: AccountId,
    },
    /// It adds to a measure that is already being assessed or in force.
    Join(MeasureId),
}

/// The outcome of triage.
#[derive(Debug, Clone)]
pub struct Triage {
    /// When and by whom.
    pub moment: Moment,
    /// The subject the report was found to be about.
    pub subject: Option<SubjectId>,
    /// How sure the register team is who it was.
    pub identity: Identity,
    /// The measure it led to or joined; `None` when it was only logged.
    pub measure: Option<MeasureId>,
    /// Why.
    pub reasons: Particulars<Text>,
}

/// Something added to a report after it was filed.
#[derive(Debug, Clone)]
pub struct Addition {
    /// When and by whom.
    pub moment: Moment,
    /// What was added.
    pub words: Particulars<Text>,
}

/// An incident as it now stands.
#[derive(Debug, Clone)]
pub struct Incident {
    /// Its reference.
    pub id: IncidentId,
    /// When it was reported and by whom.
    pub reported: Moment,
    /// The reporter's account and team.
    pub reporter: AccountId,
    /// The reporter's team when it was reported.
    pub team: TeamId,
    /// Dates and codes.
    pub facts: Facts,
    /// What is said to have happened.
    pub narrative: Particulars<Narrative>,
    /// Who told the reporter, where somebody else saw it.
    pub told_by: Option<Particulars<Text>>,
    /// Whom it was done to and who saw it, in the order in which they were named.
    pub involved: Vec<Involved>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// The files' names, in the order of `attachments`.
    pub attachment_names: Option<Particulars<Vec<Text>>>,
    /// Confirmation by a line manager.
    pub confirmed: Option<Addition>,
    /// Later additions, oldest first.
    pub additions: Vec<Addition>,
    /// Where it went.
    pub triage: Option<Triage>,
    /// Holds now placed on it.
    pub holds: Vec<Hold>,
}

pub(crate) fn report(
    register: &Register,
    command: &ReportIncident,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let reporter = people::permit(register, moment, Action::ReportIncident)?;
    if register.incident(command.incident).is_some() {
        return Err(Refusal::ReferenceTaken);
    }
    if command.facts.happened_on > moment.date() {
        return Err(Refusal::HappenedInFuture);
    }
    known_codes(register, List::Behaviour, &command.facts.behaviours)?;
    if command.facts.behaviours.is_empty() {
        return Err(Refusal::NoBehaviour);
    }
    let id = command.incident;
    let (attachments, names): (Vec<_>, Vec<_>) = command.attachments.iter().cloned().unzip();
    Ok(vec![Event::IncidentReported {
        incident: id,
        reporter: reporter.id,
        team: reporter.team,
        facts: command.facts.clone(),
        narrative: Particulars::new(Locker::Incident(id), command.narrative.clone()),
        told_by: command.told_by.clone().map(|words| Particulars::new(Locker::Reporter(id), words)),
        attachments,
        attachment_names: (!names.is_empty()).then(|| Particulars::new(Locker::Evidence(id), names)),
    }])
}

pub(crate) fn confirm(
    register: &Register,
    command: &ConfirmIncident,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let incident = of_own_team(register, command.incident, moment)?;
    if moment.is_by(incident.reporter) {
        return Err(Refusal::OwnReport);
    }
    incident.narrative.known().ok_or(Refusal::Destroyed)?;
    if incident.confirmed.is_some() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::IncidentConfirmed {
        incident: command.incident,
        words: Particulars::new(Locker::Incident(command.incident), command.words.clone()),
    }])
}

pub(crate) fn add(
    register: &Register,
    command: &AddToIncident,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let incident = of_own_team(register, command.incident, moment)?;
    incident.narrative.known().ok_or(Refusal::Destroyed)?;
    Ok(vec![Event::IncidentAddedTo {
        incident: command.incident,
        words: Particulars::new(Locker::Incident(command.incident), command.words.clone()),
    }])
}

pub(crate) fn triage(
    register: &Register,
    command: &TriageIncident,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let incident = register.incident(command.incident).ok_or(Refusal::NoSuchFile)?;
    if incident.triage.is_some() {
        return Err(Refusal::AlreadyTriaged);
    }
    if moment.is_by(incident.reporter) {
        return Err(Refusal::OwnReport);
    }
    if let Some(subject) = command.subject {
        subject::kept(register, subject)?;
    }
    let measure = match &command.route {
        Route::LogOnly => None,
        Route::Propose { measure, .. } | Route::Join(measure) => Some(*measure),
    };
    let mut events = vec![Event::IncidentTriaged {
        incident: command.incident,
        subject: command.subject,
        identity: command.identity,
        measure,
        reasons: Particulars::new(Locker::Incident(command.incident), command.reasons.clone()),
    }];
    match &command.route {
        Route::LogOnly => {}
        Route::Propose { measure, kind, sponsor } => {
            let subject = command.subject.ok_or(Refusal::SubjectNotIdentified)?;
            people::answers_for(register, *sponsor)?;
            if register.is_taken(File::Measure(*measure)) {
                return Err(Refusal::ReferenceTaken);
            }
            if let Some(open) = register.open_measure(subject, *kind) {
                return Err(Refusal::MeasureAlreadyOpen(open));
            }
            events.push(Event::MeasureProposed {
                measure: *measure,
                kind: *kind,
                subject,
                sponsor: *sponsor,
                incidents: vec![command.incident],
            });
        }
        Route::Join(measure) => {
            let joined = register.measure(*measure).ok_or(Refusal::NoSuchFile)?;
            if Some(register.one(joined.subject)) != command.subject.map(|subject| register.one(subject)) {
                return Err(Refusal::DifferentSubject);
            }
            if joined.is_over() {
                return Err(Refusal::MeasureEnded);
            }
            events.push(Event::IncidentJoined { measure: *measure, incident: command.incident });
        }
    }
    Ok(events)
}

/// An incident that this person may confirm or add to: any for the register team, those of one's own team for its manager.
pub(crate) fn of_own_team<'r>(
    register: &'r Register,
    incident: IncidentId,
    moment: &Moment,
) -> Result<&'r Incident, Refusal> {
    let account = people::permit(register, moment, Action::ConfirmIncident)?;
    let incident = register.incident(incident).ok_or(Refusal::NoSuchFile)?;
    if account.extent(Action::ConfirmIncident) == people::Extent::Team && account.team != incident.team {
        return Err(Refusal::OtherTeam);
    }
    Ok(incident)
}

/// Refuses the first code that the policy in force does not list.
pub(crate) fn known_codes(register: &Register, list: List, codes: &[Code]) -> Result<(), Refusal> {
    if let Some(code) = codes.iter().find(|code| !register.policy().has(list, code)) {
        return Err(Refusal::UnknownCode(code.clone()));
    }
    // Nothing new rests on a code that an endorsed change takes out: on its day it would rest on nothing.
    let coming = register.open_change().filter(|change| change.endorsement().is_some());
    let coming = coming.and_then(|change| change.policy.known());
    match coming.and_then(|policy| codes.iter().find(|code| !policy.has(list, code))) {
        Some(code) => Err(Refusal::CodeGoing(code.clone())),
        None => Ok(()),
    }
}
