//! Who asks what: mostly what a council would do next, often slightly wrong, and now and then anything at all by anybody.

use crate::chance::Chance;
use crate::support::*;
use jiff::civil::{Date, date};
use register::appeal::{Appeal, AppealOutcome, AppealWords, Appellant, Ground as AppealGround, Lodged, Way};
use register::assessment::{Band, Finding, Proposal, Recommendation, Test};
use register::calendar;
use register::command::*;
use register::contact::{Every, Matter, Means, Most, Place, Received, Replies, Treatment};
use register::decision::Outcome;
use register::dispute::DisputeOutcome;
use register::exclusion::Closeness;
use register::glass::{Emergency, GlassFinding};
use register::ids::{
    AccountId, AppealCode, AttachmentId, File, ImportId, IncidentId, MeasureId, MeetingId, PartnerId, RiskId,
    SubjectId, TeamId,
};
use register::import::{self, Fingerprint, Import, ListWords, RowSubject, Taken};
use register::incident::{Attachment, Identity, Injury, Media, Route};
use register::involved::{Involvement, Whom};
use register::legal::LegalWords;
use register::looks::{LooksFinding, LooksQuestion};
use register::measure::{EndReason, InterimStage, Kind, Life, Measure};
use register::meeting::{Meeting, MeetingOutcome, Sitting};
use register::moment::Actor;
use register::notice::{Delivery, Draft, Notice, Occasion, OutcomeLetter, OutcomeStage};
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::partner::{
    self, Agreement, AgreementWords, Course as Agreed, Properties, Property, Relationship, Shared, Terms,
};
use register::people::{
    AccountDetails, Action, Answer as Keeping, Contact, Extent, Grant, Newcomer, Role, Told, Working,
};
use register::personal::Text;
use register::policy::{ChangeNumber, Clause, Code, Consulted, Course, Figure, List, Policy, Term};
use register::retention::Ground;
use register::review::{Advice, Question, ReviewOutcome};
use register::risk::{Answer, Control, Impact, Likelihood, Rating, RiskWords, Sign};
use register::subject::{AgeBand, Born, Premises, Subject, SubjectDetails};
use register::view::Purpose;
use std::collections::{BTreeMap, BTreeSet};

/// Accounts in two roles, where it is hardest to see that nobody decides alone.
const TWO_ROLES: &[(u64, &[Role], TeamId)] = &[
    (101, &[Role::RegisterTeam, Role::DecisionMaker], RELATIONS),
    (102, &[Role::DecisionMaker, Role::DataProtection], RELATIONS),
    (103, &[Role::LineManager, Role::DecisionMaker], HOUSING),
    (104, &[Role::RegisterTeam, Role::DataProtection], RELATIONS),
    (105, &[Role::RegisterTeam, Role::LineManager], PLANNING),
    (106, &[Role::GovernanceGroup, Role::Member], MEMBERS),
    (107, &[Role::GovernanceGroup, Role::DecisionMaker], RELATIONS),
    (108, &[Role::GovernanceGroup, Role::RegisterTeam], HOUSING),
    (109, &[Role::AppealOfficer, Role::DecisionMaker], PLANNING),
    (110, &[Role::AppealOfficer, Role::RegisterTeam], RELATIONS),
    (111, &[Role::PolicyOwner, Role::CabinetMember], RELATIONS),
    (112, &[Role::Auditor, Role::LineManager], RELATIONS),
];

/// Opens the accounts of [`TWO_ROLES`].
pub fn staff(world: &mut World) {
    for (bits, roles, team) in TWO_ROLES {
        let account = AccountId::from_bits(*bits);
        world.system(OpenAccount {
            account,
            roles: roles.iter().copied().collect(),
            team: *team,
            details: holder(account, &format!("Dunlin{bits} Tellwright")),
        });
    }
}

/// The same plan with everything that its restrictions must say.
fn limited_as_well(plan: Proposal) -> Proposal {
    let limited = limited(plan.clone());
    Proposal { restrictions: plan.restrictions, ..limited }
}

/// Whom an entry is about that came from a list, and that no incident is behind yet.
fn without_incident(measure: &Measure) -> Option<SubjectId> {
    (measure.origin.is_some() && measure.incidents.is_empty()).then_some(measure.subject)
}

/// Of entries from lists most are left until they lapse, or are taken back.
fn is_forgotten(measure: &Measure) -> bool {
    without_incident(measure).is_some() && measure.id.bits() % 6 > 2
}

/// And some are assessed although nobody says what happened.
fn is_assessed_all_the_same(measure: MeasureId) -> bool {
    measure.bits().is_multiple_of(6)
}

/// How a letter that is owed goes on.
fn letter_step(letter: &OutcomeLetter) -> &'static str {
    match letter.stage {
        OutcomeStage::Owed => "WriteLetter",
        OutcomeStage::Written { approved: None, .. } => "ApproveLetter",
        OutcomeStage::Written { .. } | OutcomeStage::Sent { .. } => "RecordLetterSent",
    }
}

/// How an appeal that waits goes on.
fn appeal_step(appeal: &Appeal, chance: &mut Chance) -> &'static str {
    match appeal.officer() {
        _ if chance.percent(8) => "WithdrawAppeal",
        None => "AssignAppeal",
        Some(_) if chance.percent(20) => "AssignAppeal",
        Some(_) => "DecideAppeal",
    }
}

/// What a command is about; what it does not need is ignored.
#[derive(Clone, Copy)]
struct About {
    subject: SubjectId,
    incident: IncidentId,
    measure: MeasureId,
    account: AccountId,
    meeting: MeetingId,
    import: ImportId,
}

/// What is staged for a list.
fn staged(import: ImportId) -> Fingerprint {
    let mut fingerprint = [0; 32];
    fingerprint[..8].copy_from_slice(&import.bits().to_le_bytes());
    Fingerprint(fingerprint)
}

pub struct Asker<'a> {
    pub chance: &'a mut Chance,
    pub world: &'a mut World,
}

impl Asker<'_> {
    /// The next thing asked, and by whom.
    pub fn next(&mut self) -> (Actor, Command) {
        if self.chance.percent(12) {
            let name = self.chance.one(Command::NAMES);
            let about = self.anything();
            let command = self.command(name, about);
            return (self.anybody(), command);
        }
        let (name, about) = self.what_a_council_does();
        let command = self.command(name, about);
        let by = if self.chance.percent(10) { self.anybody() } else { self.somebody_who_may(&command) };
        (by, command)
    }

    fn what_a_council_does(&mut self) -> (&'static str, About) {
        let mut about = self.anything();
        let roll = self.chance.under(100);
        // Somebody answers while there is time, mostly.
        if self.chance.percent(18) && self.world.register.accounts().any(|account| account.awaits.is_some()) {
            return ("AnswerForAccess", about);
        }
        if self.chance.percent(20) && !self.owed(self.world.today()).is_empty() {
            return ("ReceiveMarker", about);
        }
        if self.chance.percent(2) {
            return (self.next_of_the_partners(), about);
        }
        if self.chance.percent(1) {
            let names = [
                "NoteStarter",
                "AskAccess",
                "AskAccess",
                "DeclineAccess",
                "RefuseAccess",
                "OpenAccount",
                "AcknowledgePolicy",
                "TakeTraining",
                "KeepConduct",
            ];
            return (self.chance.one(&names), about);
        }
        if roll < 2 {
            return (
                self.chance.one(&[
                    "OpenAccount",
                    "ChangeAccount",
                    "CloseAccount",
                    "TellStaff",
                    "OpenTeam",
                    "AskGrant",
                    "AgreeGrant",
                    "RaiseRisk",
                    "AssessRisk",
                    "TransferRisk",
                    "CloseRisk",
                    "KeepPartner",
                    "ProposeAgreement",
                    "ProposeAgreement",
                    "ApproveAgreement",
                    "ApproveAgreement",
                    "ConfirmAgreement",
                    "EndAgreement",
                    "LoadStock",
                    "LoadStock",
                    "LoadStock",
                ]),
                about,
            );
        }
        // What is on its way is settled sooner than the next begins.
        let pause = if self.world.register.open_change().is_some() { 8 } else { 40 };
        if self.chance.under(pause) == 0 {
            return (self.next_of_the_policy(), about);
        }
        if self.chance.percent(2) {
            return (self.next_of_the_lists(&mut about), about);
        }
        if roll < 7 {
            return (
                self.chance.one(&[
                    "OpenSubject",
                    "OpenSubject",
                    "OpenSubject",
                    "OpenSubject",
                    "DescribeSubject",
                    "DescribeSubject",
                    "RecordSupportNeeds",
                    "ChangeOccupants",
                    "JoinSubjects",
                    "PartSubjects",
                    "KeepApart",
                    "ExcludeFromFile",
                    "LiftExclusion",
                    "BreakGlass",
                    "ReviewGlass",
                    "QuestionLooks",
                    "QuestionLooks",
                    "ExplainLooks",
                    "ReviewLooks",
                ]),
                about,
            );
        }
        if roll < 12 {
            return ("ReportIncident", about);
        }
        if roll < 14 {
            return (self.chance.one(&["ConfirmIncident", "AddToIncident", "NameInvolved"]), about);
        }
        if roll < 18
            && let Some(name) = self.what_the_group_does(&mut about)
        {
            return (name, about);
        }
        let incidents = self.world.register.incidents();
        let waiting = incidents.filter(|incident| incident.triage.is_none()).map(|incident| incident.id);
        if let Some(incident) = self.chance.any(waiting)
            && roll < 26
        {
            about.incident = incident;
            return (if self.chance.percent(12) { "AskInterim" } else { "TriageIncident" }, about);
        }
        // What is on its way gets more attention than what stands.
        let open =
            self.world.register.measures().filter(|measure| !measure.is_over() && !is_forgotten(measure));
        let (standing, on_the_way): (Vec<_>, Vec<_>) =
            open.partition(|measure| matches!(measure.life, Life::InForce { .. }));
        let of = if on_the_way.is_empty() || self.chance.percent(25) { standing } else { on_the_way };
        let Some(measure) = self.chance.any(of.into_iter().map(|measure| measure.id)) else {
            return (self.chance.one(&["OpenSubject", "ReportIncident", "TriageIncident"]), about);
        };
        about.measure = measure;
        if let Some(subject) = self.world.register.measure(measure).and_then(without_incident)
            && !is_assessed_all_the_same(measure)
        {
            let waiting = self.world.register.incidents().filter(|incident| incident.triage.is_none());
            let waiting = self.chance.any(waiting.map(|incident| incident.id));
            let same = self.world.register.same(subject);
            about.subject = self.chance.any(same.into_iter()).unwrap_or(subject);
            about.incident = waiting.unwrap_or(about.incident);
            return (if waiting.is_some() { "TriageIncident" } else { "ReportIncident" }, about);
        }
        if self.chance.percent(8) {
            // Mostly of measures that ended: that is where holds, letters that are owed and receipts matter.
            let ended = self.world.register.measures().filter(|measure| measure.is_over());
            about.measure = self.chance.any(ended.map(|measure| measure.id)).unwrap_or(measure);
            let owed = self.world.register.measure(about.measure).and_then(|measure| {
                measure.letters.iter().find(|letter| letter.sent_on().is_none()).map(letter_step)
            });
            let names = [
                "HoldFile",
                "LiftHold",
                "LiftHold",
                "ConfirmWithdrawal",
                "AssignAppeal",
                "DecideAppeal",
                "WithdrawAppeal",
                "KeepLegalAdvice",
                "RecordDispute",
                "AnswerDispute",
                "RecordComplaint",
                "EndComplaint",
            ];
            return (
                owed.filter(|_| self.chance.percent(50)).unwrap_or_else(|| self.chance.one(&names)),
                about,
            );
        }
        (self.next_step(measure), about)
    }

    /// What the Governance Group does next, if it has anything to do.
    fn what_the_group_does(&mut self, about: &mut About) -> Option<&'static str> {
        let register = &self.world.register;
        let today = self.world.today();
        let Some(meeting) = register.meetings().find(|meeting| !meeting.is_closed()) else {
            let due = register::meeting::next_meeting_by(register).is_some_and(|by| today >= by);
            return (due || self.chance.percent(2)).then_some("CallMeeting");
        };
        about.meeting = meeting.id;
        match meeting.sitting {
            Sitting::Called if today >= meeting.held_on => Some("OpenMeeting"),
            Sitting::Open { .. } => {
                let agenda = register::meeting::agenda(register, meeting, today);
                let items = agenda.items.iter().filter(|item| item.topic.is_for_decision());
                let item = self.chance.any(items.map(|item| item.measure));
                about.measure = item.unwrap_or(about.measure);
                Some(match item {
                    Some(_) if self.chance.percent(85) => "DecideAtMeeting",
                    _ => self.chance.one(&["CloseMeeting", "CloseMeeting", "AgreeAction", "CompleteAction"]),
                })
            }
            _ => None,
        }
    }

    /// What the lists of services wait for.
    fn next_of_the_lists(&mut self, about: &mut About) -> &'static str {
        let register = &self.world.register;
        let chance = &mut *self.chance;
        let waits = |import: &&Import| matches!(import.course, import::Course::Proposed);
        if let Some(waiting) = register.imports().find(waits) {
            about.import = waiting.id;
            return if chance.percent(88) { "ApproveImport" } else { "RefuseImport" };
        }
        let taken_in = register.imports().filter(|import| import.is_taken_in());
        let standing = taken_in.filter(|import| import.old_list.is_none()).map(|import| import.id);
        if let Some(standing) = chance.any(standing)
            && chance.percent(60)
        {
            about.import = standing;
            return chance.one(&["UndoImport", "UndoImport", "CertifyOldList"]);
        }
        chance.one(&["ProposeImport", "ProposeImport", "DeclareNoList"])
    }

    /// The rows of a list as it was proposed, now and then with one too few.
    fn rows(&mut self, import: ImportId, today: Date) -> Vec<Taken> {
        let entries = self.world.register.import(import).map_or(1, |import| import.entries);
        let few = entries.min(4).saturating_sub(u32::from(self.chance.percent(4)));
        (2..2 + few).map(|row| self.row(row, today)).collect()
    }

    fn row(&mut self, row: u32, today: Date) -> Taken {
        let register = &self.world.register;
        let free = |subject: &&Subject| {
            subject.details.known().is_some() && register.open_measure(subject.id, Kind::Entry).is_none()
        };
        let known = self.chance.any(register.subjects().filter(free).map(|subject| subject.id));
        let anybody = self.chance.any(register.subjects().map(|subject| subject.id));
        let subject = match known {
            Some(known) if self.chance.percent(40) => RowSubject::Known(known),
            _ if self.chance.percent(5) => {
                RowSubject::Known(anybody.unwrap_or(SubjectId::from_bits(900_000)))
            }
            _ => {
                let bits = self.fresh_of(|import| &import.opened, SubjectId::bits);
                RowSubject::New(SubjectId::from_bits(bits), self.details(today))
            }
        };
        let measure = MeasureId::from_bits(self.fresh_of(|import| &import.measures, MeasureId::bits));
        Taken { row, subject, measure, plan: self.plan(Kind::Entry), said: self.words() }
    }

    /// Bits for a new file; now and then ones that a list took, whether it still stands or was taken back.
    fn fresh_of<I: Copy>(&mut self, of: fn(&Import) -> &Vec<I>, bits: fn(I) -> u64) -> u64 {
        let taken = self.chance.any(self.world.register.imports().flat_map(of).copied());
        match taken {
            Some(taken) if self.chance.percent(3) => bits(taken),
            _ => self.world.fresh(),
        }
    }

    /// Another file that could be about the same as this one, now and then one that could not.
    fn twin(&mut self, subject: SubjectId) -> SubjectId {
        let register = &self.world.register;
        let place = |subject: &Subject| matches!(subject.details.known(), Some(SubjectDetails::Premises(_)));
        let is_place = register.subject(subject).is_some_and(place);
        let any = self.chance.percent(10);
        let alike = |other: &&Subject| {
            any || (other.id != subject && other.details.known().is_some() && place(other) == is_place)
        };
        let twins = register.subjects().filter(alike).map(|other| other.id);
        self.chance.any(twins).unwrap_or(subject)
    }

    /// What the policy waits for.
    fn next_of_the_policy(&mut self) -> &'static str {
        let Some(change) = self.world.register.open_change() else {
            return if self.chance.percent(85) { "ProposePolicy" } else { "ReviewPolicy" };
        };
        let chance = &mut *self.chance;
        match (&change.course, change.consultations.is_empty()) {
            (Course::Endorsed(_), _) if chance.percent(10) => "RejectPolicy",
            (Course::Endorsed(_), _) => "AdoptPolicy",
            (_, true) if chance.percent(90) => "LogConsultation",
            _ if chance.percent(90) => "EndorsePolicy",
            _ => chance.one(&["RejectPolicy", "WithdrawPolicy", "LogConsultation"]),
        }
    }

    /// The change that is open, or now and then another.
    fn change(&mut self) -> ChangeNumber {
        let open = self.world.register.open_change().map(|change| change.number);
        let stale =
            self.world.register.next_change().0.saturating_sub(u32::from(self.chance.percent(50)) * 2);
        if self.chance.percent(4) { ChangeNumber(stale) } else { open.unwrap_or(ChangeNumber(stale)) }
    }

    /// The policy in force with something changed, mostly within its bounds.
    fn proposal(&mut self, today: Date) -> ProposePolicy {
        let policy = self.world.register.policy().clone();
        let chance = &mut *self.chance;
        let mut figures: BTreeMap<Figure, u32> =
            Figure::ALL.iter().map(|figure| (*figure, policy.figure(*figure))).collect();
        // Intervals of review most of all: a shorter one and then a longer one.
        let moving = [
            Figure::ReviewInterval,
            Figure::ReviewInterval,
            Figure::ReviewInterval,
            Figure::ReviewInterval,
            Figure::RedReviewInterval,
            Figure::RedReviewInterval,
            Figure::RedReviewInterval,
            Figure::RedReviewInterval,
            Figure::ReviewNotice,
            Figure::InterimLife,
            Figure::WarningWatch,
            Figure::RetainMeasure,
            Figure::RetainIncident,
            Figure::RetainMeeting,
            Figure::RetainAccesses,
            Figure::AgeThreshold,
            Figure::Triage,
            Figure::ProvisionalLife,
            Figure::OldList,
            Figure::Declaration,
            Figure::FirstDeclaration,
            Figure::AgreementConfirmation,
            Figure::ConfirmationGrace,
        ];
        for _ in 0..chance.under(4) {
            let figure = chance.one(&moving);
            let bound = figure.bound();
            let room = usize::try_from(bound.most - bound.least).expect("small") + 1;
            let value = bound.least + u32::try_from(chance.under(room)).expect("small");
            // Decision files are kept fifteen months in half of the runs: longer than the rest, whatever else changes.
            let value = if figure == Figure::RetainMeasure { value.min(14) } else { value };
            figures.insert(figure, if chance.percent(2) { bound.most + 1 } else { value });
        }
        if chance.percent(80) && figures[&Figure::RedReviewInterval] > figures[&Figure::ReviewInterval] {
            figures.insert(Figure::RedReviewInterval, figures[&Figure::ReviewInterval]);
        }
        let mut lists = policy.lists().clone();
        let optional = [
            (List::Precaution, "NLI"),
            (List::Precaution, "OFF"),
            (List::Restriction, "SPOC"),
            (List::WithholdingGround, "RISK"),
            (List::Behaviour, "UPC"),
        ];
        let (list, letters) = chance.one(&optional);
        if chance.percent(40) {
            let terms = lists.get_mut(&list).expect("list");
            match terms.iter().position(|term| term.code == code(letters)) {
                Some(place) => drop(terms.remove(place)),
                None => terms.push(Term { code: code(letters), words: "Back again".to_owned() }),
            }
        }
        match chance.under(60) {
            0 => drop(lists.insert(List::Restriction, Vec::new())),
            1 => lists.get_mut(&List::Behaviour).expect("list").retain(|term| term.code != code("THR")),
            2 => {
                let terms = lists.get_mut(&List::Precaution).expect("list");
                let again = terms.first().expect("a term").clone();
                terms.push(again);
            }
            3 => lists.get_mut(&List::Precaution).expect("list")[0].words.clear(),
            _ => {}
        }
        let ahead = u32::try_from(chance.under(25)).expect("small");
        let effective = match chance.under(30) {
            0 => calendar::months_after(today, 13),
            1 => date(2026, 1, 1),
            _ => calendar::days_after(today, ahead),
        };
        let mut clauses = policy.adopted_clauses().clone();
        let clause = chance.one(Clause::ALL);
        match chance.under(30) {
            0 => drop(clauses.insert(clause, text("Nobody is owed anything."))),
            1 => drop(clauses.insert(clause, text("Ask {somebody}."))),
            2 => drop(clauses.insert(clause, text(&clause.default_words().repeat(9)))),
            3..9 => {
                let words = format!("{}\nThe council’s own words.", clause.default_words());
                clauses.insert(clause, text(&words));
            }
            _ => {}
        }
        ProposePolicy { name: policy.name.clone(), figures, lists, clauses, effective, reasons: self.words() }
    }

    /// What this measure waits for.
    fn next_step(&mut self, id: MeasureId) -> &'static str {
        let Some(measure) = self.world.register.measure(id) else { return "Decide" };
        let chance = &mut *self.chance;
        let asked = measure.interim.as_ref().is_some_and(|interim| interim.stage == InterimStage::Asked);
        // Some are left until the measure is decided, which overtakes them only once the customer was told.
        let soon = if matches!(measure.life, Life::Assessed) { 20 } else { 60 };
        if asked && chance.percent(soon) {
            return if chance.percent(65) { "AgreeInterim" } else { "RefuseInterim" };
        }
        if measure.logs_contact() && chance.percent(15) {
            let waits = measure.contacts.iter().any(Received::waits);
            return if waits && chance.percent(70) { "AnswerContact" } else { "LogContact" };
        }
        if measure.open_dispute().is_some() && chance.percent(15) {
            return "AnswerDispute";
        }
        match chance.under(300) {
            0 => return "RecordDispute",
            1 => return "KeepLegalAdvice",
            _ => {}
        }
        if measure.open_complaint().is_some() && chance.percent(8) {
            return "EndComplaint";
        }
        if measure.open_to_an_ombudsman().is_some() && chance.percent(6) {
            return "RecordComplaint";
        }
        match &measure.life {
            Life::Proposed if chance.percent(2) => "RemoveMeasure",
            Life::Proposed if measure.interim.is_none() && chance.percent(4) => "AskInterim",
            Life::Proposed
                if measure.assessment.under_age.is_none() && chance.percent(if asked { 40 } else { 10 }) =>
            {
                "AllowUnderAge"
            }
            Life::Proposed => match measure.assessment.missing(measure.kind) {
                Some(register::assessment::Part::Test(_)) => "AnswerTest",
                Some(register::assessment::Part::Plan) => "SetPlan",
                Some(register::assessment::Part::Proportionality) => "WeighProportionality",
                None if measure.assessment.failing().is_some() && chance.percent(40) => "AnswerTest",
                None => "CompleteAssessment",
            },
            Life::Assessed if chance.percent(10) => "AllowUnderAge",
            Life::Assessed => "Decide",
            Life::Decided { .. } if chance.percent(3) => "RemoveMeasure",
            Life::Decided { draft, .. } => match draft {
                None if chance.percent(70) => "WriteLetter",
                None => "WithholdNotice",
                Some(Draft::Written { approved: None, .. }) => chance.one(&["ApproveLetter", "WriteLetter"]),
                Some(Draft::Written { .. }) => "RecordLetterSent",
                Some(Draft::WithholdingAsked(_)) if chance.percent(25) => "RefuseWithholding",
                Some(Draft::WithholdingAsked(_)) => "AgreeWithholding",
            },
            Life::InForce { .. } if chance.percent(3) => "RemoveMeasure",
            Life::InForce { notice: Notice::Withheld(_), draft, .. } if chance.percent(30) => match draft {
                None if chance.percent(20) => "WithholdNotice",
                None => "WriteLetter",
                Some(Draft::Written { approved: None, .. }) => "ApproveLetter",
                Some(_) => "RecordLetterSent",
            },
            Life::InForce { .. } if chance.percent(11) => chance.one(&[
                "AskRemoval",
                "VaryMeasure",
                "VaryMeasure",
                "ChangeSponsor",
                "LodgeAppeal",
                "LodgeAppeal",
                "LodgeAppeal",
                "LodgeAppeal",
                "LodgeAppeal",
            ]),
            Life::InForce { .. } => {
                let removal = measure.removal.as_ref();
                if removal.is_some_and(|removal| removal.asked.is_some()) && chance.percent(40) {
                    return "AgreeRemoval";
                }
                if let Some(appeal) = measure.open_appeal()
                    && chance.percent(60)
                {
                    return appeal_step(appeal, chance);
                }
                if let Some(letter) = measure.letters.iter().find(|letter| letter.sent_on().is_none())
                    && chance.percent(50)
                {
                    return letter_step(letter);
                }
                if chance.percent(60) {
                    return if measure.answers.is_none() { "AnswerReview" } else { "ReviewMeasure" };
                }
                chance.one(&["ReportIncident", "AddToIncident", "HoldFile", "TriageIncident"])
            }
            Life::Ended { .. } | Life::Destroyed(_) => match measure.open_appeal() {
                Some(appeal) if chance.percent(60) => appeal_step(appeal, chance),
                _ => "LiftHold",
            },
        }
    }

    /// The occasion that waits for a letter, and now and then any.
    fn occasion(&mut self, measure: MeasureId) -> Occasion {
        let owed = self.world.register.measure(measure).and_then(|measure| {
            let letter = measure.letters.iter().find(|letter| letter.sent_on().is_none())?;
            Some(letter.occasion)
        });
        match owed {
            _ if self.chance.percent(3) => self.chance.one(Occasion::ALL),
            Some(occasion) => occasion,
            None => Occasion::Decision,
        }
    }

    /// The members of the Governance Group, now and then with one missing or a stranger.
    fn members(&mut self) -> BTreeSet<AccountId> {
        let sits = |account: &&register::people::Account| account.extent(Action::Meet) > Extent::Nothing;
        let mut members: BTreeSet<_> =
            self.world.register.accounts().filter(sits).map(|account| account.id).collect();
        while members.len() > 3 && self.chance.percent(40) {
            members.pop_first();
        }
        if self.chance.percent(5) {
            members.pop_last();
        }
        if self.chance.percent(5) {
            members.insert(self.an_account());
        }
        members
    }

    fn anybody(&mut self) -> Actor {
        if self.chance.percent(6) {
            return Actor::System;
        }
        Actor::Account(self.an_account())
    }

    fn an_account(&mut self) -> AccountId {
        let accounts = self.world.register.accounts().map(|account| account.id);
        self.chance.any(accounts).unwrap_or(OFFICER)
    }

    /// Somebody whose roles allow it, as most people ask only what they may.
    fn somebody_who_may(&mut self, command: &Command) -> Actor {
        if let Command::AnswerForAccess(answer) = command {
            return self.somebody_who_answers(answer);
        }
        if let Command::ExplainLooks(explains) = command {
            return self.somebody_who_explains(explains);
        }
        let (Permission::Account(action) | Permission::AccountOrSystem(action)) = command.permission() else {
            return Actor::System;
        };
        if let Command::DecideAppeal(decide) = command
            && let Some(officer) = self
                .world
                .register
                .measure(decide.measure)
                .and_then(|measure| measure.open_appeal().and_then(register::appeal::Appeal::officer))
        {
            return Actor::Account(officer);
        }
        let may = self.world.register.accounts().filter(|account| account.extent(action) > Extent::Nothing);
        match self.chance.any(may.map(|account| account.id)) {
            Some(account) => Actor::Account(account),
            None => self.anybody(),
        }
    }

    /// Somebody who answers for the first of these accounts.
    fn somebody_who_answers(&mut self, answer: &AnswerForAccess) -> Actor {
        let register = &self.world.register;
        let first = answer.answers.keys().next().and_then(|id| register.account(*id));
        let Some(first) = first else { return Actor::System };
        let action = register.answered_under(first);
        let may = register.accounts().filter(|account| match account.extent(action) {
            Extent::All => account.id != first.id,
            Extent::Team => account.team == first.team && account.id != first.id,
            _ => false,
        });
        self.chance.any(may.map(|account| account.id)).map_or(Actor::System, Actor::Account)
    }

    /// Whoever a question was put to, mostly.
    fn somebody_who_explains(&mut self, command: &ExplainLooks) -> Actor {
        let question = self.world.register.looks_question(command.question);
        question.map_or(Actor::System, |question| Actor::Account(question.reader))
    }

    /// Somebody's looks: rows of an access log that nobody has closed yet, as a rule.
    fn some_looks(&mut self, account: AccountId) -> (AccountId, BTreeSet<u64>) {
        let first = self.chance.under(10_000);
        let many = self.chance.under(4);
        let reader = self.chance.any(self.world.register.accounts().map(|it| it.id)).unwrap_or(account);
        (reader, (first..first + many).filter_map(|row| u64::try_from(row).ok()).collect())
    }

    /// Answers for the accounts of a team that one line of the permission table says who answers for.
    fn answers(&mut self, account: AccountId) -> BTreeMap<AccountId, Keeping> {
        let register = &self.world.register;
        let asked = |account: &&register::people::Account| {
            let misused = register.misuse(account.id).is_some();
            let lapsed = matches!(account.standing, register::people::Standing::Suspended(_));
            misused
                || lapsed
                || (account.awaits.is_some() && account.standing == register::people::Standing::Open)
        };
        let of = self.chance.any(register.accounts().filter(asked));
        let Some(of) = of.or_else(|| register.account(account)) else { return BTreeMap::new() };
        let (team, action) = (of.team, register.answered_under(of));
        let alike = register.accounts().filter(|account| account.team == team);
        let alike = alike.filter(|it| asked(it) && register.answered_under(it) == action);
        let alike: Vec<AccountId> = alike.map(|account| account.id).collect();
        let mut answers = BTreeMap::new();
        for account in alike {
            let answer = match self.chance.under(100) {
                0 => Keeping::Ends,
                1..4 => {
                    Keeping::Moved(self.chance.one(&[HOUSING, PLANNING, RELATIONS, TeamId::from_bits(99)]))
                }
                _ => Keeping::Keeps,
            };
            // Somebody is forgotten now and then.
            if !self.chance.percent(8) {
                answers.insert(account, answer);
            }
        }
        answers
    }

    /// Somebody new: mostly one that is noted or asked for already.
    fn a_starter(&mut self, account: AccountId) -> AccountId {
        if self.chance.percent(50) {
            return AccountId::from_bits(self.fresh(account.bits()));
        }
        let requests = self.world.register.requests().map(|request| request.account);
        self.chance.any(requests).unwrap_or(account)
    }

    fn newcomer(&mut self, account: AccountId) -> Newcomer {
        let of = if self.chance.percent(5) { OFFICER } else { account };
        let AccountDetails { name, email, .. } = holder(of, &format!("Dunlin{} Tellwright", account.bits()));
        Newcomer { name, email, work: None }
    }

    /// Something of each kind that exists, or now and then does not.
    fn anything(&mut self) -> About {
        let nothing = 900_000;
        let register = &self.world.register;
        let chance = &mut *self.chance;
        let kept = !chance.percent(10);
        let subjects = register.subjects().filter(|subject| !kept || subject.details.known().is_some());
        let subject = chance.any(subjects.map(|subject| subject.id));
        let incident = chance.any(register.incidents().map(|incident| incident.id));
        let measure = chance.any(register.measures().map(|measure| measure.id));
        let meeting = chance.any(register.meetings().map(|meeting| meeting.id));
        let import = chance.any(register.imports().map(|import| import.id));
        About {
            subject: subject.unwrap_or(SubjectId::from_bits(nothing)),
            incident: incident.unwrap_or(IncidentId::from_bits(nothing)),
            measure: measure.unwrap_or(MeasureId::from_bits(nothing)),
            meeting: meeting.unwrap_or(MeetingId::from_bits(nothing)),
            import: import.unwrap_or(ImportId::from_bits(nothing)),
            account: self.an_account(),
        }
    }

    /// Something that waits for a second person, or that does not.
    fn what_waits(&mut self, account: AccountId) -> (AccountId, Grant) {
        let at = self.world.at;
        let waits = self.world.register.accounts().flat_map(|account| {
            let asked = Grant::ALL.iter().filter(move |grant| account.grants.asked(**grant, at).is_some());
            asked.map(move |grant| (account.id, *grant))
        });
        let waits: Vec<_> = waits.collect();
        self.chance.any(waits.into_iter()).unwrap_or((account, Grant::Password))
    }

    /// Bits for a new file; now and then ones that are taken.
    fn fresh(&mut self, taken: u64) -> u64 {
        if self.chance.percent(3) { taken } else { self.world.fresh() }
    }

    fn words(&mut self) -> Text {
        text(self.chance.one(&["Nightjar: for these reasons.", "Nightjar, told again.", "Nightjar"]))
    }

    fn code(&mut self, of: &[&'static str]) -> Code {
        code(if self.chance.percent(3) { "XXX" } else { self.chance.one(of) })
    }

    fn finding(&mut self) -> Finding {
        if self.chance.percent(96) { Finding::Holds } else { Finding::Fails }
    }

    fn command(&mut self, name: &str, about: About) -> Command {
        let About { subject, incident, measure, account, meeting, import } = about;
        let today = self.world.today();
        match name {
            "OpenRegister" => {
                OpenRegister { council: council(), policy: Policy::first(today, text("Policy")) }.into()
            }
            "ProposePolicy" => self.proposal(today).into(),
            "LogConsultation" => {
                let change = self.change();
                let consulted = self.chance.one(Consulted::ALL);
                let held_on = calendar::days_after(today, u32::from(self.chance.percent(5)));
                LogConsultation { change, consulted, held_on, words: self.words() }.into()
            }
            "EndorsePolicy" => EndorsePolicy { change: self.change(), reasons: self.words() }.into(),
            "RejectPolicy" => RejectPolicy { change: self.change(), reasons: self.words() }.into(),
            "WithdrawPolicy" => WithdrawPolicy { change: self.change(), reasons: self.words() }.into(),
            "AdoptPolicy" => AdoptPolicy { change: self.change() }.into(),
            "ReviewPolicy" => ReviewPolicy { words: self.words() }.into(),
            "OpenTeam" => {
                let bits = self.fresh(HOUSING.bits());
                let name = text(&format!("Team {}", self.chance.under(40)));
                OpenTeam { team: TeamId::from_bits(bits), name, contact: Contact::Visits }.into()
            }
            "OpenAccount" => {
                let waits = self.world.register.requests().filter(|request| request.asked().is_some());
                let waiting = self.chance.any(waits.map(|request| request.account));
                let waiting = waiting.filter(|_| self.chance.percent(70));
                let account = waiting.unwrap_or_else(|| AccountId::from_bits(self.fresh(account.bits())));
                let (roles, team, details) = self.holder(account);
                OpenAccount { account, roles, team, details }.into()
            }
            "ChangeAccount" => {
                let (roles, team, details) = self.holder(account);
                ChangeAccount { account, roles, team, details }.into()
            }
            "CloseAccount" => CloseAccount { account }.into(),
            "TellStaff" => self.telling(account).into(),
            "AskGrant" => {
                let grant = self.chance.one(Grant::ALL);
                AskGrant { account, grant }.into()
            }
            "AgreeGrant" => {
                let (account, grant) = self.what_waits(account);
                AgreeGrant { account, grant }.into()
            }
            "NoteStarter" => {
                let (account, team) = (AccountId::from_bits(self.fresh(account.bits())), self.a_team());
                let from = calendar::days_after(today, 7);
                NoteStarter { account, team, from, newcomer: self.newcomer(account) }.into()
            }
            "AskAccess" => {
                let account = self.a_starter(account);
                let (mut roles, ..) = self.holder(account);
                if self.chance.percent(80) {
                    roles = [self.chance.one(&[Role::Officer, Role::Contractor])].into();
                }
                let team = self.world.register.request(account).map(|request| request.team);
                let team = team.unwrap_or_else(|| self.a_team());
                let from = calendar::days_after(today, u32::try_from(self.chance.under(30)).unwrap_or(0));
                let days = u32::try_from(self.chance.under(200)).unwrap_or(0);
                let until = self.chance.percent(50).then(|| calendar::days_after(today, days));
                AskAccess { account, team, roles, from, until, newcomer: self.newcomer(account) }.into()
            }
            "DeclineAccess" => {
                DeclineAccess { account: self.a_starter(account), reasons: self.words() }.into()
            }
            "RefuseAccess" => RefuseAccess { account: self.a_starter(account), reasons: self.words() }.into(),
            "AskConfirmations" => AskConfirmations { team: self.a_team() }.into(),
            "AnswerForAccess" => AnswerForAccess { answers: self.answers(account) }.into(),
            "LapseAccess" => LapseAccess { account }.into(),
            "AcknowledgePolicy" => {
                let version = self.world.register.policy().version;
                AcknowledgePolicy {
                    version: register::policy::Version(version.0 + u32::from(self.chance.percent(10))),
                }
                .into()
            }
            "TakeTraining" => {
                let course = self.chance.one(register::training::Course::ALL);
                let mut take = sheet(course);
                if self.chance.percent(10) {
                    take.answers.values_mut().for_each(|answer| *answer = (*answer + 1) % 3);
                }
                take.into()
            }
            "KeepConduct" => KeepConduct {}.into(),
            "RaiseRisk" => {
                let taken = self.a_risk();
                let risk = RiskId::from_bits(self.fresh(taken.bits()));
                let sign = self.chance.one(&[None, Some(Sign::ChecksNotMade), Some(Sign::ListsElsewhere)]);
                let words = RiskWords { what: self.words(), owner: self.words() };
                let (rating, answer) = self.judgement(today);
                RaiseRisk { risk, sign, rating, words, answer }.into()
            }
            "AssessRisk" => {
                let (rating, answer) = self.judgement(today);
                AssessRisk { risk: self.a_risk(), rating, answer }.into()
            }
            "TransferRisk" => {
                let on = calendar::days_after(today, u32::from(self.chance.percent(10)));
                TransferRisk { risk: self.a_risk(), on, words: self.words() }.into()
            }
            "CloseRisk" => CloseRisk { risk: self.a_risk(), reasons: self.words() }.into(),
            "OpenSubject" => {
                let subject = SubjectId::from_bits(self.fresh(subject.bits()));
                OpenSubject { subject, details: self.details(today) }.into()
            }
            "DescribeSubject" => DescribeSubject { subject, details: self.details(today) }.into(),
            "RecordSupportNeeds" => RecordSupportNeeds { subject, needs: self.words() }.into(),
            "JoinSubjects" => {
                // Mostly of somebody about whom something is on its way: that is where a join, and taking it back, matter.
                let open = self.world.register.measures().filter(|measure| !measure.is_over());
                let open = self.chance.any(open.map(|measure| measure.subject));
                let subject = open.filter(|_| self.chance.percent(60)).unwrap_or(subject);
                let joined = self.twin(subject);
                JoinSubjects { kept: subject, joined, reasons: self.words() }.into()
            }
            "PartSubjects" => {
                let register = &self.world.register;
                let joined = register.subjects().filter(|it| register.joined_to(it.id).is_some());
                let joined = self.chance.any(joined.map(|it| it.id)).filter(|_| self.chance.percent(90));
                PartSubjects { joined: joined.unwrap_or(subject), reasons: self.words() }.into()
            }
            "KeepApart" => {
                let other = self.twin(subject);
                KeepApart { one: subject, other, reasons: self.words() }.into()
            }
            "ProposeImport" => self.propose_list(import).into(),
            "RefuseImport" => RefuseImport { import, reasons: self.words() }.into(),
            "ApproveImport" => {
                let staged = staged(if self.chance.percent(4) { ImportId::from_bits(1) } else { import });
                ApproveImport { import, fingerprint: staged, rows: self.rows(import, today) }.into()
            }
            "UndoImport" => UndoImport { import, reasons: self.words() }.into(),
            "CertifyOldList" => {
                let approved = self.world.register.import(import).and_then(Import::approved);
                let on = match approved {
                    Some(approved) if self.chance.percent(10) => calendar::day_before(approved.date()),
                    _ => self.lately(today),
                };
                CertifyOldList { import, on, words: self.words() }.into()
            }
            "DeclareNoList" => DeclareNoList { team: self.a_team() }.into(),
            "KeepPartner" => {
                let since = calendar::days_after(today, u32::from(self.chance.percent(20)));
                let relationship = self.chance.one(Relationship::ALL);
                let teams = [self.chance.one(&[LIFTS, LIFTS, LIFTS, PLANNING, TeamId::from_bits(99)])].into();
                let name = self.words();
                KeepPartner { partner: self.a_partner(), name, relationship, since, teams }.into()
            }
            "ProposeAgreement" => self.agreement(account, today).into(),
            "ApproveAgreement" => {
                let (partner, agreement) = self.an_agreement();
                ApproveAgreement { partner, agreement }.into()
            }
            "ConfirmAgreement" => {
                let (partner, agreement) = self.an_agreement();
                ConfirmAgreement { partner, agreement }.into()
            }
            "EndAgreement" => {
                let (partner, agreement) = self.an_agreement();
                EndAgreement { partner, agreement, reasons: self.words() }.into()
            }
            "LoadStock" => {
                let uprns = self.chance.one(&[&[][..], &[100], &[100], &[100], &[100, 300], &[300]]);
                let property = Property { lines: text("4 Mill Lane"), postcode: None };
                let stock = uprns.iter().map(|uprn| (*uprn, property.clone())).collect();
                LoadStock { partner: self.a_partner(), stock }.into()
            }
            "BreakGlass" => {
                let live = self.world.register.measures().filter(|it| it.live_plan(today).is_some());
                let live = self.chance.any(live.map(|it| it.id)).filter(|_| self.chance.percent(90));
                let danger = self.chance.one(Emergency::ALL);
                BreakGlass { measure: live.unwrap_or(measure), danger, words: self.words() }.into()
            }
            "ReviewGlass" => {
                let waits = self.world.register.glasses().filter(|(_, glass)| glass.review.is_none());
                let glass = self.chance.any(waits.map(|(number, _)| number)).unwrap_or(0);
                let finding = self.chance.one(GlassFinding::ALL);
                ReviewGlass { glass, finding, words: self.words() }.into()
            }
            "QuestionLooks" => {
                let (reader, looks) = self.some_looks(account);
                QuestionLooks { reader, looks, words: self.words() }.into()
            }
            "ExplainLooks" => {
                let waits = self.world.register.looks_questions().filter(|(_, it)| it.answer.is_none());
                let question = self.chance.any(waits.map(|(number, _)| number)).unwrap_or(0);
                ExplainLooks { question, words: self.words() }.into()
            }
            "ReviewLooks" => {
                let (mut reader, mut looks) = self.some_looks(account);
                let closed = self.world.register.reviewed_looks();
                let open = self.world.register.looks_questions().map(|(_, it)| it);
                let open = self.chance.any(open.filter(|it| it.looks.is_disjoint(&closed)));
                if let Some(LooksQuestion { reader: asked, looks: about, .. }) = open {
                    (reader, looks) = (*asked, about.clone());
                }
                let finding = self.chance.one(LooksFinding::ALL);
                ReviewLooks { reader, looks, finding, words: self.words() }.into()
            }
            "ExcludeFromFile" => {
                let (closeness, words) = (self.chance.one(Closeness::ALL), self.words());
                let whom = self.chance.any(self.world.register.accounts().map(|it| it.id)).unwrap_or(account);
                ExcludeFromFile { subject, account: whom, closeness, words }.into()
            }
            "LiftExclusion" => {
                let stand = self.world.register.subjects().flat_map(|it| {
                    self.world.register.excluded(it.id).map(move |(account, _)| (it.id, account))
                });
                let stands = self.chance.any(stand).filter(|_| self.chance.percent(90));
                let (subject, account) = stands.unwrap_or((subject, account));
                LiftExclusion { subject, account, words: self.words() }.into()
            }
            "ReceiveMarker" => {
                let owed = self.owed(today);
                let (measure, edition) = self.chance.any(owed.into_iter()).unwrap_or((measure, 0));
                let edition = if self.chance.percent(5) { 0 } else { edition };
                ReceiveMarker { measure, edition }.into()
            }
            "ReportIncident" => self.report(incident, today).into(),
            "ConfirmIncident" => ConfirmIncident { incident, words: self.words() }.into(),
            "AddToIncident" => AddToIncident { incident, words: self.words() }.into(),
            "NameInvolved" => {
                let involvement = self.chance.one(Involvement::ALL);
                let other = Whom::Other { name: text("Bittern Overway"), reach: self.words() };
                let who = if self.chance.percent(50) { Whom::Staff(account) } else { other };
                NameInvolved { incident, involvement, who }.into()
            }
            "TriageIncident" => self.triage(incident, subject).into(),
            "AskInterim" => self.ask_interim(measure, incident, subject).into(),
            "AgreeInterim" => AgreeInterim { measure }.into(),
            "RefuseInterim" => RefuseInterim { measure }.into(),
            "LapseInterim" => {
                // Of a marker that is live, or should have lapsed already.
                let live = |measure: &&Measure| {
                    let stage = measure.interim.as_ref().map(|interim| interim.stage);
                    matches!(stage, Some(InterimStage::Live { .. }))
                };
                let marked = self.world.register.measures().filter(live).map(|measure| measure.id);
                LapseInterim { measure: self.chance.any(marked).unwrap_or(measure) }.into()
            }
            "AnswerTest" => {
                let missing = self.world.register.measure(measure).and_then(|m| m.assessment.missing(m.kind));
                let test = match missing {
                    Some(register::assessment::Part::Test(test)) if self.chance.percent(95) => test,
                    _ => self.chance.one(Test::ALL),
                };
                // Where no incident tells who it was, somebody says so and goes on.
                let nobody_knows = self.world.register.measure(measure).and_then(without_incident).is_some();
                let doubtful = nobody_knows && test == Test::RightSubject && self.chance.percent(50);
                let finding = if doubtful { Finding::Fails } else { self.finding() };
                AnswerTest { measure, test, finding, reasons: self.words() }.into()
            }
            "SetPlan" => SetPlan { measure, plan: self.plan_for(measure) }.into(),
            "WeighProportionality" => WeighProportionality { measure, record: proportionality() }.into(),
            "AllowUnderAge" => {
                AllowUnderAge { measure, finding: self.finding(), reasons: self.words() }.into()
            }
            "CompleteAssessment" => {
                let refuse = self.chance.percent(15);
                let recommendation = if refuse { Recommendation::Refuse } else { Recommendation::Approve };
                CompleteAssessment { measure, recommendation }.into()
            }
            "Decide" => {
                let fails = self.world.register.measure(measure).and_then(|m| m.assessment.failing());
                let approve = self.chance.percent(if fails.is_some() { 20 } else { 85 });
                let outcome = if approve { Outcome::Approve } else { Outcome::Refuse };
                Decide { measure, outcome, review_on: self.review_date(today), reasons: self.words() }.into()
            }
            "WriteLetter" => {
                let named = self.chance.percent(5);
                let explanation = if named { "Heron Tellwright said so." } else { "You made threats." };
                let occasion = self.occasion(measure);
                let code = AppealCode::from_bits(self.world.fresh());
                WriteLetter { measure, occasion, code, explanation: text(explanation) }.into()
            }
            "ApproveLetter" => ApproveLetter { measure, occasion: self.occasion(measure) }.into(),
            "RecordLetterSent" => {
                let sent_on = calendar::days_after(today, u32::from(self.chance.percent(5)));
                let sent_on = if self.chance.percent(5) { date(2026, 3, 1) } else { sent_on };
                let occasion = self.occasion(measure);
                RecordLetterSent { measure, occasion, sent_on, delivery: Delivery::Post }.into()
            }
            "WithholdNotice" => {
                let ground = self.code(&["VIOL", "RISK", "NADR"]);
                WithholdNotice { measure, ground, evidence: self.words() }.into()
            }
            "RefuseWithholding" => RefuseWithholding { measure, reasons: self.words() }.into(),
            "AgreeWithholding" => AgreeWithholding { measure, reasons: self.words() }.into(),
            "ReviewMeasure" => {
                let remove = self.chance.percent(15);
                ReviewMeasure {
                    measure,
                    outcome: if remove { ReviewOutcome::Remove } else { ReviewOutcome::Retain },
                    next_on: self.review_date(today),
                    reasons: self.words(),
                    still_withheld: self.chance.percent(50).then(|| text("Nightjar: still dangerous.")),
                }
                .into()
            }
            "AnswerReview" => {
                let mut answers: BTreeMap<_, _> =
                    Question::ALL.iter().map(|question| (*question, self.words())).collect();
                if self.chance.percent(5) {
                    answers.pop_first();
                }
                AnswerReview { measure, advice: self.chance.one(Advice::ALL), answers }.into()
            }
            "VaryMeasure" => {
                VaryMeasure { measure, plan: self.another_plan(measure), reasons: self.words() }.into()
            }
            "ChangeSponsor" => ChangeSponsor { measure, sponsor: self.sponsor() }.into(),
            "ChangeOccupants" => {
                let is_a_place =
                    |subject: &&Subject| matches!(subject.details.known(), Some(SubjectDetails::Premises(_)));
                let places = self.world.register.subjects().filter(is_a_place).map(|subject| subject.id);
                let place = self.chance.any(places).filter(|_| self.chance.percent(90));
                let since = self.lately(today);
                ChangeOccupants { subject: place.unwrap_or(subject), since, words: self.words() }.into()
            }
            "LogContact" => self.log(measure, today).into(),
            "AnswerContact" => {
                let waiting = self
                    .world
                    .register
                    .measure(measure)
                    .and_then(|measure| measure.contacts.iter().position(Received::waits));
                let waiting = waiting.filter(|_| self.chance.percent(90));
                let contact = u32::try_from(waiting.unwrap_or_else(|| self.chance.under(4))).unwrap_or(0);
                AnswerContact { measure, contact, words: self.words() }.into()
            }
            "KeepLegalAdvice" => {
                let (asked_by, given_by, advice) = (self.words(), self.words(), self.words());
                let words = LegalWords { asked_by, given_by, advice };
                KeepLegalAdvice { measure, asked_on: self.lately(today), words }.into()
            }
            "RecordDispute" => {
                RecordDispute { measure, received_on: self.lately(today), words: self.words() }.into()
            }
            "AnswerDispute" => {
                let outcome = self.chance.one(DisputeOutcome::ALL);
                AnswerDispute { measure, outcome, reasons: self.words() }.into()
            }
            "LodgeAppeal" => self.lodge(measure, today).into(),
            "AssignAppeal" => {
                let hears = |account: &&register::people::Account| {
                    account.extent(Action::DecideAppeal) > Extent::Nothing
                };
                let officers = self.world.register.accounts().filter(hears).map(|account| account.id);
                let officer = self.chance.any(officers).filter(|_| self.chance.percent(95));
                // Now and then whoever brought it here, where it came from a list.
                let register = &self.world.register;
                let origin = register.measure(measure).and_then(|measure| measure.origin);
                let list = origin.and_then(|origin| register.import(origin.import));
                let staged = match list.map(|list| list.proposed.by) {
                    Some(Actor::Account(by)) if self.chance.percent(50) => Some(by),
                    _ => None,
                };
                let officer = staged.or(officer);
                AssignAppeal { measure, officer: officer.unwrap_or(account) }.into()
            }
            "DecideAppeal" => {
                // Most are upheld in part: of all outcomes this one can do most to what stands.
                let outcome = match self.chance.percent(70) {
                    true => AppealOutcome::InPart,
                    false => self.chance.one(AppealOutcome::ALL),
                };
                let plan = self.chance.percent(90).then(|| self.another_plan(measure));
                DecideAppeal { measure, outcome, plan, reasons: self.words() }.into()
            }
            "WithdrawAppeal" => WithdrawAppeal { measure, words: self.words() }.into(),
            "RecordComplaint" => {
                let taken_up_on = self.since(measure, today);
                let ombudsman = self.chance.one(Ombudsman::ALL);
                RecordComplaint { measure, ombudsman, taken_up_on, reference: self.words() }.into()
            }
            "EndComplaint" => {
                let (outcome, ended_on) =
                    (self.chance.one(ComplaintOutcome::ALL), self.since(measure, today));
                let asks = self.chance.percent(50).then(|| self.words());
                EndComplaint { measure, outcome, ended_on, found: self.words(), asks }.into()
            }
            "CallMeeting" => {
                let meeting = MeetingId::from_bits(self.fresh(meeting.bits()));
                let chair = self.members().first().copied().unwrap_or(account);
                let held_on = calendar::days_after(today, 1);
                let past = self.chance.percent(5);
                let held_on = if past { date(2026, 3, 1) } else { held_on };
                CallMeeting { meeting, held_on, chair }.into()
            }
            "OpenMeeting" => {
                let present = self.members();
                let chair = present.first().copied().filter(|_| self.chance.percent(95));
                OpenMeeting { meeting, chair: chair.unwrap_or(account), present }.into()
            }
            "DecideAtMeeting" => self.decide_at_meeting(meeting, measure, today).into(),
            "AgreeAction" => {
                let by = calendar::days_after(today, 9);
                let by = if self.chance.percent(5) { date(2026, 3, 1) } else { by };
                AgreeAction { meeting, who: account, by, words: self.words() }.into()
            }
            "CompleteAction" => {
                let action = u32::try_from(self.chance.under(3)).unwrap_or(0);
                CompleteAction { meeting, action }.into()
            }
            "CloseMeeting" => CloseMeeting { meeting, minutes: self.words() }.into(),
            "AskRemoval" => AskRemoval { measure, reasons: self.words() }.into(),
            "AgreeRemoval" => AgreeRemoval { measure, reasons: self.words() }.into(),
            "ConfirmWithdrawal" => {
                let waiting = self.world.register.measure(measure).map(Measure::awaits_withdrawal);
                let team = self.chance.any(waiting.into_iter().flatten()).unwrap_or(HOUSING);
                ConfirmWithdrawal { measure, team }.into()
            }
            "RemoveMeasure" => {
                RemoveMeasure { measure, reason: self.chance.one(EndReason::ALL), words: self.words() }.into()
            }
            "HoldFile" => {
                let file = match self.chance.under(20) {
                    0 => self.chance.one(&[File::Account(account), File::Import(import)]),
                    1..4 => File::Incident(incident),
                    4..7 => File::Subject(subject),
                    _ => File::Measure(measure),
                };
                let ground = self.chance.one(Ground::ALL);
                let review_on = self.review_date(today).unwrap_or(today);
                HoldFile { file, ground, review_on, reasons: self.words() }.into()
            }
            "LiftHold" => {
                // Mostly of what is held: that is where it matters.
                let held = register::retention::holds_by_review(&self.world.register);
                let held: Vec<File> = held.into_iter().map(|(file, _)| file).collect();
                let file = match self.chance.any(held.into_iter()) {
                    Some(file) if self.chance.percent(80) => file,
                    _ => File::Measure(measure),
                };
                LiftHold { file, reasons: self.words() }.into()
            }
            "Destroy" => {
                let file = self.chance.one(&[
                    File::Measure(measure),
                    File::Incident(incident),
                    File::Subject(subject),
                    File::Account(account),
                    File::Import(import),
                    File::Policy,
                ]);
                Destroy { file }.into()
            }
            other => panic!("the simulation does not ask {other}"),
        }
    }

    fn propose_list(&mut self, taken: ImportId) -> ProposeImport {
        let import = ImportId::from_bits(self.fresh(taken.bits()));
        let entries = match self.chance.under(60) {
            0 => 0,
            1 => 2_001,
            _ => self.chance.one(&[1, 1, 1, 1, 2, 3]),
        };
        let words = ListWords { name: self.words(), kept: self.words() };
        let (team, sponsor, fingerprint) = (self.a_team(), self.sponsor(), staged(import));
        ProposeImport { import, team, sponsor, entries, fingerprint, words }
    }

    /// A team, or now and then none.
    /// What is to be done next so that a partner is told.
    fn next_of_the_partners(&self) -> &'static str {
        let (register, today) = (&self.world.register, self.world.today());
        let Some(partner) = register.partner_of(LIFTS) else { return "KeepPartner" };
        let waits = |agreement: &Agreement| matches!(agreement.course, Agreed::Proposed);
        match partner.in_force(register.policy(), today) {
            _ if partner.stock.is_none() => "LoadStock",
            _ if partner.agreements.last().is_some_and(waits) => "ApproveAgreement",
            Some(agreement) if agreement.confirm_by(register.policy()) > Some(today) => "LoadStock",
            Some(_) => "ConfirmAgreement",
            None => "ProposeAgreement",
        }
    }

    /// Every delivery that waits for its receipt.
    fn owed(&self, today: Date) -> Vec<(MeasureId, u64)> {
        let partners = self.world.register.partners();
        let owed = partners.flat_map(|partner| partner::owed(&self.world.register, partner, today));
        owed.map(|owed| (owed.measure, owed.edition())).collect()
    }

    fn a_partner(&mut self) -> PartnerId {
        PartnerId::from_bits(self.chance.one(&[1, 1, 1, 2]))
    }

    /// An agreement: mostly the latest.
    fn an_agreement(&mut self) -> (PartnerId, u32) {
        let partner = self.a_partner();
        let all = self.world.register.partner(partner).map_or(0, |partner| partner.agreements.len());
        let latest = u32::try_from(all).expect("small").saturating_sub(1);
        (partner, if self.chance.percent(80) { latest } else { latest.saturating_sub(1) })
    }

    /// One of some years, now and then upside down or empty.
    fn agreement(&mut self, account: AccountId, today: Date) -> ProposeAgreement {
        let starts = calendar::days_after(today, self.chance.one(&[0, 0, 0, 30]));
        let ends = calendar::months_after(starts, self.chance.one(&[0, 6, 24, 36]));
        let mut shares: BTreeSet<Shared> = Shared::ALL.iter().copied().collect();
        if self.chance.percent(60) {
            shares.remove(&self.chance.one(Shared::ALL));
        }
        let visits = [Purpose::Visit, Purpose::Call].into();
        let purposes = if self.chance.percent(5) { BTreeSet::new() } else { visits };
        let properties = self.chance.one(&[Properties::All, Properties::Stock, Properties::Stock]);
        if properties == Properties::All && self.chance.percent(90) {
            shares.remove(&Shared::Delivered);
        }
        let terms = Terms { starts, ends, shares, purposes, properties, answers: account };
        let words =
            AgreementWords { document: self.words(), signed_here: self.words(), signed_there: self.words() };
        ProposeAgreement { partner: self.a_partner(), terms, words }
    }

    fn a_team(&mut self) -> TeamId {
        let team = self.chance.one(&[HOUSING, PLANNING, RELATIONS, HOUSING, PLANNING]);
        if self.chance.percent(4) { TeamId::from_bits(99) } else { team }
    }

    fn lodge(&mut self, measure: MeasureId, today: Date) -> LodgeAppeal {
        let received_on = match self.chance.under(20) {
            0 => calendar::days_after(today, 1),
            1 => date(2026, 3, 1),
            _ => today,
        };
        let mut grounds = BTreeSet::from([self.chance.one(AppealGround::ALL)]);
        if self.chance.percent(5) {
            grounds.clear();
        }
        let appellant = self.chance.one(Appellant::ALL);
        let lodged = Lodged { received_on, way: self.chance.one(Way::ALL), appellant, grounds };
        let spoken_for = appellant == Appellant::Representative && self.chance.percent(90);
        let words = AppealWords {
            case: self.words(),
            why_late: self.chance.percent(30).then(|| self.words()),
            representative: spoken_for.then(|| self.words()),
        };
        LodgeAppeal { measure, lodged, words }
    }

    fn decide_at_meeting(&mut self, meeting: MeetingId, measure: MeasureId, today: Date) -> DecideAtMeeting {
        let register = &self.world.register;
        let present = register.meeting(meeting).and_then(Meeting::present).cloned().unwrap_or_default();
        let known = register.measure(measure);
        let mut aside: BTreeSet<AccountId> = present
            .into_iter()
            .filter(|member| known.is_some_and(|measure| measure.stands_aside(register, *member)))
            .collect();
        if self.chance.percent(10) {
            aside.clear();
        }
        let ended = known.is_some_and(Measure::is_over);
        let outcome = match ended {
            _ if self.chance.percent(5) => self.chance.one(MeetingOutcome::ALL),
            true => self.chance.one(&[MeetingOutcome::Ratify, MeetingOutcome::Question]),
            false => self.chance.one(&[MeetingOutcome::Keep, MeetingOutcome::Remove]),
        };
        DecideAtMeeting {
            meeting,
            measure,
            outcome,
            aside,
            reasons: self.words(),
            next_on: self.review_date(today),
            still_withheld: self.chance.percent(60).then(|| text("Nightjar: still dangerous.")),
        }
    }

    /// What the directory of staff tells, mostly of somebody who works here.
    fn telling(&mut self, account: AccountId) -> TellStaff {
        let fresh = self.chance.percent(30);
        let account = if fresh { AccountId::from_bits(self.fresh(account.bits())) } else { account };
        if !fresh && self.chance.percent(15) {
            let told = if self.chance.percent(20) { Told::Gone } else { Told::Left };
            return TellStaff { account, told };
        }
        let (roles, team, details) = self.holder(account);
        let roles = self.chance.percent(60).then_some(roles);
        TellStaff { account, told: Told::Works(Working { roles, team, details }) }
    }

    fn holder(&mut self, account: AccountId) -> (std::collections::BTreeSet<Role>, TeamId, AccountDetails) {
        let mut roles: std::collections::BTreeSet<Role> = [self.chance.one(Role::ALL)].into();
        if self.chance.percent(20) {
            roles.insert(self.chance.one(Role::ALL));
        }
        if self.chance.percent(5) {
            roles.clear();
        }
        let team = self.chance.one(&[HOUSING, PLANNING, RELATIONS, MEMBERS, LIFTS]);
        let team = if self.chance.percent(5) { TeamId::from_bits(99) } else { team };
        let mail = if self.chance.percent(5) { OFFICER } else { account };
        (roles, team, holder(mail, &format!("Dunlin{} Tellwright", account.bits())))
    }

    fn details(&mut self, today: Date) -> SubjectDetails {
        if self.chance.percent(10) {
            let premises = Premises { description: text("yard"), address: address("Bittern Yard, Fenmarsh") };
            return SubjectDetails::Premises(premises);
        }
        let birthday =
            calendar::days_after(date(1990, 1, 1), u32::try_from(self.chance.under(400)).unwrap_or(0));
        // Somebody who comes of age within the run, and somebody born on a leap day who does.
        let nearly = date(today.year() - 18, today.month(), today.day().min(28));
        let nearly = calendar::days_after(nearly, u32::try_from(self.chance.under(200)).unwrap_or(0));
        let born = self.chance.one(&[
            Born::On(birthday),
            Born::On(birthday),
            Born::On(birthday),
            Born::On(nearly),
            Born::On(date(2008, 2, 29)),
            Born::Band(AgeBand::Adult),
            Born::Band(AgeBand::Older),
            Born::Band(AgeBand::Child),
            Born::Unknown,
        ]);
        let mut person = person(born);
        if self.chance.percent(10) {
            person.addresses = vec![address("9 Bittern Quay, Fenmarsh")];
        }
        if self.chance.percent(70) {
            person.addresses.iter_mut().for_each(|address| address.uprn = Some(100));
        }
        if self.chance.percent(5) {
            person.addresses.clear();
        }
        if self.chance.percent(2) {
            person.names.clear();
        }
        SubjectDetails::Person(person)
    }

    /// One of the council's risks, or now and then none.
    fn a_risk(&mut self) -> RiskId {
        let risks = self.world.register.risks().map(|risk| risk.id);
        self.chance.any(risks).unwrap_or(RiskId::from_bits(900_000))
    }

    fn judgement(&mut self, today: Date) -> (Rating, Answer) {
        let rating = Rating {
            impact: self.chance.one(Impact::ALL),
            likelihood: self.chance.one(Likelihood::ALL),
            control: self.chance.one(Control::ALL),
            deadline: self.review_date(today).map(|date| {
                let passed = self.chance.percent(5);
                if passed { Date::constant(2026, 1, 1) } else { date }
            }),
        };
        let action = self.chance.percent(80).then(|| self.words());
        (rating, Answer { reasons: self.words(), action, officer: self.words() })
    }

    fn report(&mut self, taken: IncidentId, today: Date) -> ReportIncident {
        let incident = IncidentId::from_bits(self.fresh(taken.bits()));
        let tomorrow = u32::from(self.chance.percent(3));
        let mut facts = facts(calendar::days_after(today, tomorrow));
        facts.behaviours = vec![self.code(&["PA", "VA", "THR", "WPN", "UPC"])];
        if self.chance.percent(3) {
            facts.behaviours.clear();
        }
        facts.injury = self.chance.one(Injury::ALL);
        let attachments = if self.chance.percent(20) {
            let id = AttachmentId::from_bits(self.world.fresh());
            vec![(Attachment { id, media: Media::Jpeg, size: 12 }, text("Nightjar.jpg"))]
        } else {
            Vec::new()
        };
        ReportIncident {
            incident,
            facts,
            narrative: narrative(),
            told_by: self.chance.percent(20).then(|| text("Linnet Overway")),
            attachments,
        }
    }

    fn sponsor(&mut self) -> AccountId {
        if self.chance.percent(3) { AccountId::from_bits(900_000) } else { self.an_account() }
    }

    fn triage(&mut self, incident: IncidentId, subject: SubjectId) -> TriageIncident {
        let identities = [Identity::Certain, Identity::Certain, Identity::Certain, Identity::Likely];
        let mut identity = self.chance.one(&identities);
        if self.chance.percent(8) {
            identity = self.chance.one(&[Identity::Doubtful, Identity::Unknown]);
        }
        // An incident that an interim marker rests on usually joins what the marker opened.
        let resting = self.world.register.measures_resting_on(incident).next();
        let open = self.world.register.measures_about(subject).find(|measure| !measure.is_over());
        let (route, subject) = match (resting, open) {
            (Some(measure), _) if self.chance.percent(90) => (Route::Join(measure.id), measure.subject),
            (_, Some(measure)) if self.chance.percent(60) => (Route::Join(measure.id), subject),
            _ if self.chance.percent(12) => (Route::LogOnly, subject),
            _ => {
                let taken = self.chance.any(self.world.register.measures().map(|measure| measure.id));
                let measure = MeasureId::from_bits(self.fresh(taken.map_or(1, MeasureId::bits)));
                let kind = self.chance.one(&[Kind::Entry, Kind::Entry, Kind::Restriction, Kind::Warning]);
                (Route::Propose { measure, kind, sponsor: self.sponsor() }, subject)
            }
        };
        let subject = self.chance.percent(95).then_some(subject);
        TriageIncident { incident, subject, identity, route, reasons: self.words() }
    }

    fn ask_interim(&mut self, measure: MeasureId, incident: IncidentId, subject: SubjectId) -> AskInterim {
        // Onto the measure that is open, or a new one.
        let open = self.world.register.measure(measure).filter(|measure| !measure.is_over());
        let (measure, incident, subject) = match open {
            Some(open) if self.chance.percent(50) => {
                let behind = open.incidents.first().copied().filter(|_| self.chance.percent(50));
                (open.id, behind.unwrap_or(incident), open.subject)
            }
            _ => (MeasureId::from_bits(self.fresh(measure.bits())), incident, subject),
        };
        let plan = self.plan(Kind::Entry);
        AskInterim { measure, incident, subject, sponsor: self.sponsor(), plan, grounds: self.words() }
    }

    fn plan_for(&mut self, measure: MeasureId) -> Proposal {
        let kind = self.world.register.measure(measure).map_or(Kind::Entry, |measure| measure.kind);
        self.plan(kind)
    }

    /// A plan to change to, more often in the band that is looked at sooner.
    fn another_plan(&mut self, measure: MeasureId) -> Proposal {
        let plan = self.plan_for(measure);
        let band = if self.chance.percent(60) { Band::Red } else { plan.band };
        Proposal { band, ..plan }
    }

    fn plan(&mut self, kind: Kind) -> Proposal {
        let mut plan = plan(kind);
        plan.band = self.chance.one(Band::ALL);
        if self.chance.percent(30) {
            plan.precautions.push(self.code(&["NLI", "ADV", "OFF"]));
            plan.restrictions.push(self.code(&["SPOC", "WRIT"]));
            plan = limited_as_well(plan);
        }
        if self.chance.percent(25) {
            self.limit(&mut plan);
        }
        if self.chance.percent(50) {
            plan.audience.push(self.chance.one(&[PLANNING, MEMBERS, HOUSING, LIFTS, LIFTS, LIFTS]));
            plan.words.audience_reasons.push(text("Nightjar: visits there."));
        }
        match self.chance.under(40) {
            0 => plan.precautions.clear(),
            1 => {
                plan.audience.clear();
                plan.words.audience_reasons.clear();
            }
            2 => plan.words.audience_reasons.clear(),
            3 => plan.words.summary = text(&"a".repeat(301)),
            4 => plan.audience = vec![TeamId::from_bits(99)],
            _ => {}
        }
        plan
    }

    /// Other limits, mostly ones that may be.
    fn limit(&mut self, plan: &mut Proposal) {
        let chance = &mut *self.chance;
        let limits = &mut plan.limits;
        match chance.under(7) {
            0 => limits.replies = Replies::All,
            1 => limits.means = [chance.one(Means::ALL)].into(),
            2 => limits.most = Some(Most { contacts: 1, every: Every::Month }),
            3 => limits.most = Some(Most { contacts: u32::from(chance.percent(50)), every: Every::Week }),
            4 => limits.places = [chance.one(Place::ALL)].into(),
            5 => {
                limits.means = [Means::InPerson].into();
                limits.places = [Place::Offices].into();
                plan.restrictions = vec![code("SITE")];
            }
            _ => plan.words.point_of_contact = None,
        }
    }

    /// Today, or now and then tomorrow, or a day before anything was decided or taken up.
    fn since(&mut self, measure: MeasureId, today: Date) -> Date {
        let known = self.world.register.measure(measure);
        let decided = known.and_then(Measure::open_to_an_ombudsman).map(|(_, moment)| moment.date());
        let taken_up = known.and_then(Measure::open_complaint).map(|complaint| complaint.taken_up_on);
        match taken_up.or(decided) {
            Some(since) if self.chance.percent(8) => calendar::day_before(since),
            _ => self.lately(today),
        }
    }

    /// Today, or now and then tomorrow.
    fn lately(&mut self, today: Date) -> Date {
        calendar::days_after(today, u32::from(self.chance.percent(5)))
    }

    fn log(&mut self, measure: MeasureId, today: Date) -> LogContact {
        let treatment = self.chance.one(Treatment::ALL);
        let team = self.chance.one(&[HOUSING, PLANNING, HOUSING, TeamId::from_bits(99)]);
        LogContact {
            measure,
            received_on: self.lately(today),
            means: self.chance.one(Means::ALL),
            matter: self.chance.one(Matter::ALL),
            treatment,
            passed_to: Some(team).filter(|_| self.chance.percent(85)),
            words: self.words(),
        }
    }

    fn review_date(&mut self, today: Date) -> Option<Date> {
        let three = calendar::months_after(today, 3);
        let six = calendar::months_after(today, 6);
        match self.chance.under(20) {
            0 => None,
            1 => Some(today),
            2 => Some(calendar::days_after(six, 1)),
            3 => Some(calendar::days_after(three, 1)),
            4 | 5 => Some(calendar::days_after(today, 1)),
            6..10 => Some(six),
            _ => Some(three),
        }
    }
}
