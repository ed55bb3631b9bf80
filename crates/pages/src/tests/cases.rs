//! Files at any stage of their course, made by people who take no other part in a test, with a word of its own planted in every
//! field that is somebody's business.

use super::council::{HOMES, TestCouncil, id};
use jiff::civil::{Date, date};
use register::appeal::{AppealOutcome, AppealWords, Appellant, Ground as AppealGround, Lodged, Way};
use register::assessment::{Band, Finding, PlanWords, Proportionality, Proposal, Recommendation};
use register::calendar;
use register::command::*;
use register::contact::{Limits, Means};
use register::decision::Outcome;
use register::ids::{AccountId, AppealCode, AttachmentId, File, IncidentId, MeasureId, SubjectId, TeamId};
use register::incident::{
    Attachment, Channel, Danger, Described, Facts, Identity, Injury, Media, Narrative, Police, Protection,
    Route,
};
use register::involved::{Involvement, Whom};
use register::legal::LegalWords;
use register::measure::{EndReason, Kind};
use register::notice::{Delivery, Occasion};
use register::ombudsman::Ombudsman;
use register::people::{AccountDetails, Role};
use register::personal::Text;
use register::policy::Code;
use register::retention::Ground;
use register::review::{Advice, Question, ReviewOutcome};
use register::subject::{
    Address, AgeBand, Born, NameKind, OtherReference, Person, PersonName, SubjectDetails,
};
use service::Upload;

/// The team of every account of [`super::council::id`].
pub const HERE: TeamId = TeamId::from_bits(1);
/// Another team.
pub const AWAY: TeamId = TeamId::from_bits(2);

pub const OFFICER_HERE: AccountId = AccountId::from_bits(301);
pub const OFFICER_AWAY: AccountId = AccountId::from_bits(302);
pub const MANAGER_HERE: AccountId = AccountId::from_bits(303);
pub const MANAGER_AWAY: AccountId = AccountId::from_bits(304);
pub const REGISTRAR: AccountId = AccountId::from_bits(305);
pub const SECOND_REGISTRAR: AccountId = AccountId::from_bits(306);
pub const DECIDER: AccountId = AccountId::from_bits(307);
pub const PROTECTION: AccountId = AccountId::from_bits(308);

/// Whose business a planted word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secret {
    /// What a check tells of a marker besides the policy's own words.
    Marker,
    /// The name and address that letters go to.
    Envelope,
    /// What else tells who a subject is.
    Subject,
    /// What helps a subject.
    Support,
    /// What a reporter told, files and all.
    Narrative,
    /// What others added to a report, and why triage did what it did.
    Added,
    /// Who reported and who told them, whom it harmed and who saw it.
    Reporter,
    /// Every reason of a measure.
    Measure,
    /// What lawyers advised on a measure.
    Legal,
}

/// Every planted word, without what tells one case's words from another's.
pub const PLANTED: &[(&str, Secret)] = &[
    ("ring-name", Secret::Marker),
    ("main-name", Secret::Envelope),
    ("address-now", Secret::Envelope),
    ("other-name", Secret::Subject),
    ("address-before", Secret::Subject),
    ("phone", Secret::Subject),
    ("email", Secret::Subject),
    ("social", Secret::Subject),
    ("reference", Secret::Subject),
    ("support", Secret::Support),
    ("what-happened", Secret::Narrative),
    ("exact-words", Secret::Narrative),
    ("place", Secret::Narrative),
    ("described-name", Secret::Narrative),
    ("described-address", Secret::Narrative),
    ("described-other", Secret::Narrative),
    ("how-identified", Secret::Narrative),
    ("others-affected", Secret::Narrative),
    ("weapon", Secret::Narrative),
    ("evidence", Secret::Narrative),
    ("police-reference", Secret::Narrative),
    ("needs", Secret::Narrative),
    ("own-contribution", Secret::Narrative),
    ("suggested", Secret::Narrative),
    ("likely-contact", Secret::Narrative),
    ("file-name", Secret::Narrative),
    ("file-content", Secret::Narrative),
    ("confirmed", Secret::Added),
    ("added", Secret::Added),
    ("triage-reasons", Secret::Added),
    ("told-by", Secret::Reporter),
    ("reporter", Secret::Reporter),
    ("harmed", Secret::Reporter),
    ("harmed-reach", Secret::Reporter),
    ("witness", Secret::Reporter),
    ("witness-reach", Secret::Reporter),
    ("grounds", Secret::Measure),
    ("band-reasons", Secret::Measure),
    ("summary", Secret::Measure),
    ("audience-reasons", Secret::Measure),
    ("service-route", Secret::Measure),
    ("test-reasons", Secret::Measure),
    ("aim", Secret::Measure),
    ("necessity", Secret::Measure),
    ("alternatives", Secret::Measure),
    ("effect", Secret::Measure),
    ("safeguards", Secret::Measure),
    ("under-age", Secret::Measure),
    ("decision", Secret::Measure),
    ("explanation", Secret::Measure),
    ("withholding", Secret::Measure),
    ("agreement", Secret::Measure),
    ("review", Secret::Measure),
    ("still-withheld", Secret::Measure),
    ("hold", Secret::Measure),
    ("answer", Secret::Measure),
    ("removal", Secret::Measure),
    ("appeal", Secret::Measure),
    ("dispute", Secret::Measure),
    ("complaint", Secret::Measure),
    ("legal-asked", Secret::Legal),
    ("legal-given", Secret::Legal),
    ("legal-advice", Secret::Legal),
];

/// The word planted in a field of the cases of a team.
pub fn word(team: TeamId, field: &str) -> String {
    assert!(PLANTED.iter().any(|(planted, _)| *planted == field), "{field} is not listed");
    let whose = if team == HERE { "here" } else { "away" };
    format!("planted{whose}-{field}-word")
}

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// A subject with a file, and a report about them that waits for triage.
    Reported,
    /// The same, with an interim marker that waits for a second person.
    InterimAsked,
    /// With an interim marker that is live.
    InterimLive,
    /// Triaged: a measure is to be assessed.
    Proposed,
    /// Every part of the assessment is there.
    Answered,
    /// The assessment is handed over.
    Assessed,
    /// Approved.
    Decided,
    /// A letter is written.
    Written,
    /// And approved.
    Approved,
    /// And sent.
    InForce,
    /// Instead of a letter, withholding is asked for.
    WithholdingAsked,
    /// And agreed, and reviewed once.
    Withheld,
    /// In force, and the questions of its review answered.
    Reviewable,
    /// In force, and disputed by its subject.
    Disputed,
    /// In force, and appealed against.
    Appealed,
    /// And the appeal given to somebody.
    Assigned,
    /// And decided: it stands.
    TurnedDown,
    /// And with an ombudsman.
    Complained,
    /// In force, and proposed for removal.
    ToRemove,
    /// In force and held.
    Held,
    /// Over, and held.
    Ended,
    /// Over, and all of it destroyed but its decision file.
    Sealed,
}

/// A file and what belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub subject: SubjectId,
    pub incident: IncidentId,
    pub attachment: AttachmentId,
    pub measure: MeasureId,
}

/// How old the subject of a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Years {
    Grown,
    Child,
}

impl TestCouncil {
    /// Opens the accounts of those who make cases.
    pub async fn staffed(self) -> Self {
        for (account, name, role, team) in [
            (OFFICER_HERE, word(HERE, "reporter"), Role::Officer, HERE),
            (OFFICER_AWAY, word(AWAY, "reporter"), Role::Officer, AWAY),
            (MANAGER_HERE, "Mo Manager".to_owned(), Role::LineManager, HERE),
            (MANAGER_AWAY, "Jo Manager".to_owned(), Role::LineManager, AWAY),
            (REGISTRAR, "Ro Registrar".to_owned(), Role::RegisterTeam, AWAY),
            (SECOND_REGISTRAR, "Bo Registrar".to_owned(), Role::RegisterTeam, AWAY),
            (DECIDER, "Di Decider".to_owned(), Role::DecisionMaker, AWAY),
            (PROTECTION, "Pat Protector".to_owned(), Role::DataProtection, AWAY),
        ] {
            let email = text(&format!("account{}@fenbridge.example", account.bits()));
            let details = AccountDetails { name: text(&name), email, phone: None };
            let opening = OpenAccount { account, roles: [role].into(), team, details };
            self.service.execute_as_system(opening).await.expect("account opened");
        }
        self
    }

    pub async fn does(&self, by: AccountId, command: impl Into<Command>) {
        let command = command.into();
        let name = command.name();
        let done = self.service.execute(by, self.service.fresh_command(), command).await;
        done.unwrap_or_else(|failure| panic!("{name}: {failure}"));
    }

    /// A case reported by an officer of this team, about somebody grown up.
    pub async fn case(&self, team: TeamId, at: At) -> Case {
        let reporter = if team == HERE { OFFICER_HERE } else { OFFICER_AWAY };
        self.case_by(reporter, team, Years::Grown, at).await
    }

    /// A case with this reporter, whose team `team` is.
    pub async fn case_by(&self, reporter: AccountId, team: TeamId, years: Years, at: At) -> Case {
        let bits = self.service.fresh();
        let case = Case {
            subject: SubjectId::from_bits(bits),
            incident: IncidentId::from_bits(bits),
            attachment: AttachmentId::from_bits(bits),
            measure: MeasureId::from_bits(bits),
        };
        let planted = |field: &str| text(&word(team, field));
        let Case { subject, incident, measure, .. } = case;
        self.does(REGISTRAR, OpenSubject { subject, details: somebody(team, years, uprn(case)) }).await;
        self.does(REGISTRAR, RecordSupportNeeds { subject, needs: planted("support") }).await;
        self.reports(reporter, team, case).await;
        let manager = if team == HERE { MANAGER_HERE } else { MANAGER_AWAY };
        let asker = if reporter == MANAGER_AWAY { MANAGER_AWAY } else { manager };
        let manager = if reporter == MANAGER_AWAY { REGISTRAR } else { manager };
        // A partner's team has no line manager: the register team does what one would.
        let of_partner = reporter == id(Role::Partner);
        let (manager, asker) = if of_partner { (REGISTRAR, REGISTRAR) } else { (manager, asker) };
        if at == At::Reported {
            return case;
        }
        self.does(manager, ConfirmIncident { incident, words: planted("confirmed") }).await;
        self.does(SECOND_REGISTRAR, AddToIncident { incident, words: planted("added") }).await;
        for (involvement, name, reach) in [
            (Involvement::Harmed, "harmed", "harmed-reach"),
            (Involvement::Witness, "witness", "witness-reach"),
        ] {
            let who = Whom::Other { name: planted(name), reach: planted(reach) };
            self.does(SECOND_REGISTRAR, NameInvolved { incident, involvement, who }).await;
        }
        if matches!(at, At::InterimAsked | At::InterimLive) {
            let asking = AskInterim {
                measure,
                incident,
                subject,
                sponsor: manager,
                plan: plan(team),
                grounds: planted("grounds"),
            };
            self.does(asker, asking).await;
            if at == At::InterimLive {
                self.does(DECIDER, AgreeInterim { measure }).await;
            }
            return case;
        }
        self.does(REGISTRAR, propose(case, manager, planted("triage-reasons"))).await;
        let words = LegalWords {
            asked_by: planted("legal-asked"),
            given_by: planted("legal-given"),
            advice: planted("legal-advice"),
        };
        let asked_on = self.service.today();
        self.does(SECOND_REGISTRAR, KeepLegalAdvice { measure, asked_on, words }).await;
        if at == At::Proposed {
            return case;
        }
        for test in Kind::Entry.tests() {
            let reasons = planted("test-reasons");
            self.does(REGISTRAR, AnswerTest { measure, test: *test, finding: Finding::Holds, reasons }).await;
        }
        self.does(REGISTRAR, SetPlan { measure, plan: plan(team) }).await;
        let record = Proportionality {
            aim: planted("aim"),
            necessity: planted("necessity"),
            alternatives: planted("alternatives"),
            effect: planted("effect"),
            safeguards: planted("safeguards"),
        };
        self.does(REGISTRAR, WeighProportionality { measure, record }).await;
        if at == At::Answered {
            return case;
        }
        self.does(REGISTRAR, CompleteAssessment { measure, recommendation: Recommendation::Approve }).await;
        if years == Years::Child {
            let reasons = planted("under-age");
            self.does(PROTECTION, AllowUnderAge { measure, finding: Finding::Holds, reasons }).await;
        }
        if at == At::Assessed {
            return case;
        }
        let approve = Decide {
            measure,
            outcome: Outcome::Approve,
            review_on: Some(date(2027, 1, 20)),
            reasons: planted("decision"),
        };
        self.does(DECIDER, approve).await;
        match at {
            At::Decided => {}
            At::WithholdingAsked | At::Withheld => self.withheld(case, team, at).await,
            _ => self.written(case, team, at).await,
        }
        case
    }

    async fn reports(&self, reporter: AccountId, team: TeamId, case: Case) {
        let content = word(team, "file-content").into_bytes();
        let size = u64::try_from(content.len()).expect("small");
        let attachment = Attachment { id: case.attachment, media: Media::Text, size };
        let report = ReportIncident {
            incident: case.incident,
            facts: Facts {
                happened_on: date(2026, 11, 23),
                happened_at: None,
                channel: Channel::Home,
                behaviours: vec![code("THR")],
                danger: Danger::No,
                injury: Injury::None,
                police: Police::Told,
                identity: Identity::Certain,
                protection: Protection::Wanted,
            },
            narrative: narrative(team),
            told_by: Some(text(&word(team, "told-by"))),
            attachments: vec![(attachment, text(&word(team, "file-name")))],
        };
        let upload = Upload { attachment: case.attachment, bytes: content };
        let id = self.service.fresh_command();
        self.service.execute_with(reporter, id, report, vec![upload]).await.expect("reported");
    }

    async fn written(&self, Case { measure, .. }: Case, team: TeamId, at: At) {
        let planted = |field: &str| text(&word(team, field));
        self.does(
            REGISTRAR,
            WriteLetter {
                measure,
                occasion: Occasion::Decision,
                code: AppealCode::from_bits(measure.bits() ^ 1),
                explanation: planted("explanation"),
            },
        )
        .await;
        if at == At::Written {
            return;
        }
        self.does(SECOND_REGISTRAR, ApproveLetter { measure, occasion: Occasion::Decision }).await;
        if at == At::Approved {
            return;
        }
        let sent = RecordLetterSent {
            measure,
            occasion: Occasion::Decision,
            sent_on: self.service.today(),
            delivery: Delivery::Post,
        };
        self.does(REGISTRAR, sent).await;
        let answer = || {
            let answers = Question::ALL.iter().map(|question| (*question, planted("answer"))).collect();
            AnswerReview { measure, advice: Advice::Keep, answers }
        };
        if at == At::Reviewable || at == At::ToRemove {
            self.does(SECOND_REGISTRAR, answer()).await;
        }
        if at == At::ToRemove {
            let review = ReviewMeasure {
                measure,
                outcome: ReviewOutcome::Remove,
                next_on: None,
                reasons: planted("removal"),
                still_withheld: None,
            };
            self.does(DECIDER, review).await;
        }
        if at == At::Disputed {
            let received_on = self.service.today();
            let words = planted("dispute");
            self.does(SECOND_REGISTRAR, RecordDispute { measure, received_on, words }).await;
        }
        if (At::Appealed..=At::Complained).contains(&at) {
            let lodged = Lodged {
                received_on: self.service.today(),
                way: Way::Letter,
                appellant: Appellant::Customer,
                grounds: [AppealGround::Facts].into(),
            };
            let words = AppealWords { case: planted("appeal"), why_late: None, representative: None };
            self.does(SECOND_REGISTRAR, LodgeAppeal { measure, lodged, words }).await;
        }
        if (At::Assigned..=At::Complained).contains(&at) {
            self.does(
                SECOND_REGISTRAR,
                AssignAppeal { measure, officer: super::council::id(Role::AppealOfficer) },
            )
            .await;
        }
        if at == At::TurnedDown || at == At::Complained {
            let (outcome, reasons) = (AppealOutcome::NotUpheld, planted("appeal"));
            let decide = DecideAppeal { measure, outcome, plan: None, reasons };
            self.does(super::council::id(Role::AppealOfficer), decide).await;
        }
        if at == At::Complained {
            let (ombudsman, taken_up_on) = (Ombudsman::LocalGovernment, self.service.today());
            let reference = planted("complaint");
            let record = RecordComplaint { measure, ombudsman, taken_up_on, reference };
            self.does(SECOND_REGISTRAR, record).await;
        }
        if at >= At::Held {
            let (file, ground) = (File::Measure(measure), Ground::Ombudsman);
            let review_on = calendar::months_after(self.service.today(), 2);
            let hold = HoldFile { file, ground, review_on, reasons: planted("hold") };
            self.does(PROTECTION, hold).await;
        }
        if at >= At::Ended {
            let words = text("The wrong house");
            self.does(REGISTRAR, RemoveMeasure { measure, reason: EndReason::Error, words }).await;
        }
        if at == At::Sealed {
            let file = File::Measure(measure);
            self.does(PROTECTION, LiftHold { file, reasons: text("It is settled") }).await;
            let now = self.service.now();
            self.clock.set(now + jiff::SignedDuration::from_hours(24 * 200));
            self.service.execute_as_system(Destroy { file }).await.expect("sealed when its time has come");
            self.clock.set(now);
        }
    }

    async fn withheld(&self, Case { measure, .. }: Case, team: TeamId, at: At) {
        let planted = |field: &str| text(&word(team, field));
        let asking = WithholdNotice { measure, ground: code("RISK"), evidence: planted("withholding") };
        self.does(DECIDER, asking).await;
        if at == At::WithholdingAsked {
            return;
        }
        self.does(PROTECTION, AgreeWithholding { measure, reasons: planted("agreement") }).await;
        let answers = Question::ALL.iter().map(|question| (*question, planted("answer"))).collect();
        self.does(SECOND_REGISTRAR, AnswerReview { measure, advice: Advice::Keep, answers }).await;
        let review = ReviewMeasure {
            measure,
            outcome: ReviewOutcome::Retain,
            next_on: Some(date(2027, 1, 20)),
            reasons: planted("review"),
            still_withheld: Some(planted("still-withheld")),
        };
        self.does(DECIDER, review).await;
    }
}

/// The property reference of a case's subject, which is nobody else's.
pub const fn uprn(case: Case) -> u64 {
    case.subject.bits() % 10_000_000_000
}

fn somebody(team: TeamId, years: Years, uprn: u64) -> SubjectDetails {
    let planted = |field: &str| text(&word(team, field));
    let address = |field: &str, until: Option<Date>| Address {
        lines: planted(field),
        postcode: None,
        uprn: until.is_none().then_some(uprn),
        from: None,
        until,
    };
    SubjectDetails::Person(Person {
        names: vec![
            PersonName { kind: NameKind::Main, full: planted("main-name") },
            PersonName { kind: NameKind::Alias, full: planted("other-name") },
        ],
        born: Born::Band(if years == Years::Child { AgeBand::Child } else { AgeBand::Adult }),
        addresses: vec![address("address-now", None), address("address-before", Some(date(2020, 1, 1)))],
        phones: vec![planted("phone")],
        emails: vec![planted("email")],
        social: vec![planted("social")],
        references: vec![OtherReference { system: text("Rents"), value: planted("reference") }],
    })
}

fn narrative(team: TeamId) -> Narrative {
    let planted = |field: &str| text(&word(team, field));
    Narrative {
        what_happened: planted("what-happened"),
        exact_words: Some(planted("exact-words")),
        place: Some(planted("place")),
        subject: Described {
            name: Some(planted("described-name")),
            address: Some(planted("described-address")),
            other: Some(planted("described-other")),
            how_identified: Some(planted("how-identified")),
        },
        others_affected: Some(planted("others-affected")),
        weapon_or_damage: Some(planted("weapon")),
        evidence: Some(planted("evidence")),
        police_reference: Some(planted("police-reference")),
        needs: Some(planted("needs")),
        own_contribution: Some(planted("own-contribution")),
        suggested_precautions: Some(planted("suggested")),
        likely_contact: Some(planted("likely-contact")),
    }
}

/// A plan that is shown to [`HERE`] only.
pub fn plan(team: TeamId) -> Proposal {
    let planted = |field: &str| text(&word(team, field));
    Proposal {
        band: Band::Amber,
        precautions: vec![code("NLV")],
        restrictions: vec![code("WRIT")],
        audience: vec![HERE, HOMES],
        limits: Limits { means: [Means::Email, Means::Letter].into(), ..Limits::default() },
        words: PlanWords {
            band_reasons: planted("band-reasons"),
            summary: planted("summary"),
            audience_reasons: vec![planted("audience-reasons"), text("They repair the lift")],
            service_route: planted("service-route"),
            point_of_contact: Some(text("The contact desk, 01632 960198")),
            times: None,
            ring_name: planted("ring-name"),
            ring_phone: text("01632 960199"),
        },
    }
}

fn propose(case: Case, sponsor: AccountId, reasons: Text) -> TriageIncident {
    TriageIncident {
        incident: case.incident,
        subject: Some(case.subject),
        identity: Identity::Certain,
        route: Route::Propose { measure: case.measure, kind: Kind::Entry, sponsor },
        reasons,
    }
}

fn text(words: &str) -> Text {
    Text::new(words).expect("text")
}

fn code(letters: &str) -> Code {
    Code::new(letters).expect("code")
}
