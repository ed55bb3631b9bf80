//! Plants words by the register's own commands: one in every text of every command there is, and in everything that is kept
//! sealed beside the record.

mod lists;

use crate::persona;
use anyhow::{Context, Result, anyhow};
use demonstration::Persona;
use jiff::civil::Date;
use register::appeal::{AppealOutcome, AppealWords, Appellant, Ground as AppealGround, Lodged, Way};
use register::assessment::{Band, Finding, PlanWords, Proportionality, Proposal, Recommendation};
use register::calendar::{days_after, london};
use register::command::{
    AddToIncident, AdoptPolicy, AgreeAction, AgreeGrant, AgreeInterim, AgreeWithholding, AllowUnderAge,
    AnswerContact, AnswerDispute, AnswerReview, AnswerTest, ApproveLetter, AskInterim, AskRemoval,
    AssessRisk, AssignAppeal, CallMeeting, ChangeAccount, ChangeOccupants, CloseMeeting, CloseRisk, Command,
    CompleteAssessment, ConfirmIncident, Decide, DecideAppeal, DecideAtMeeting, DescribeSubject,
    EndComplaint, EndorsePolicy, HoldFile, LiftHold, LodgeAppeal, LogConsultation, LogContact, OpenAccount,
    OpenMeeting, OpenRegister, OpenSubject, OpenTeam, ProposePolicy, RaiseRisk, RecordComplaint,
    RecordDispute, RecordLetterSent, RecordSupportNeeds, RefuseWithholding, RejectPolicy, RemoveMeasure,
    ReportIncident, ReviewMeasure, ReviewPolicy, SetPlan, TransferRisk, TriageIncident, VaryMeasure,
    WeighProportionality, WithdrawAppeal, WithdrawPolicy, WithholdNotice, WriteLetter,
};
use register::contact::{Limits, Matter, Means, Treatment};
use register::decision::Outcome;
use register::dispute::DisputeOutcome;
use register::ids::{
    AccountId, AppealCode, AttachmentId, File, IncidentId, MeasureId, MeetingId, RiskId, SubjectId, TeamId,
};
use register::incident::{
    Attachment, Channel, Danger, Described, Facts, Identity, Injury, Media, Narrative, Police, Protection,
    Route,
};
use register::measure::{EndReason, Kind};
use register::meeting::{MeetingOutcome, Topic, agenda};
use register::moment::Actor;
use register::notice::{Delivery, Occasion};
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::people::{AccountDetails, Contact, Grant, Role};
use register::personal::Text;
use register::policy::{Clause, Code, Consulted, Council, Desk, List, Policy, Term};
use register::retention::Ground;
use register::review::{Advice, Question, ReviewOutcome};
use register::risk::{Answer, Control, Impact, Likelihood, Rating, RiskWords};
use register::state::Register;
use register::subject::{
    Address, AgeBand, Born, NameKind, OtherReference, Person, PersonName, Premises, SubjectDetails,
};
use register::view::{Purpose, Verdict};
use service::check::Asked;
use service::sign_in::{Invitation, SignIn};
use service::{Failure, Service, Upload};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a word: none occurs by chance.
const LETTERS: usize = 14;

/// The words planted so far, as they were written.
#[derive(Default)]
pub struct Planted(pub Vec<String>);

impl Planted {
    /// A word that is nowhere else.
    pub fn word(&mut self) -> Result<String> {
        let mut bits = getrandom::u64()?;
        let mut letter = || {
            let letter = b'a' + u8::try_from(bits % 26).unwrap_or(0);
            bits /= 26;
            char::from(letter)
        };
        let word: String = std::iter::repeat_with(&mut letter).take(LETTERS - 1).chain(['q']).collect();
        self.0.push(word.clone());
        Ok(word)
    }

    /// A number of twelve digits that is nowhere else.
    fn number(&mut self) -> Result<u64> {
        let number = 100_000_000_000 + getrandom::u64()? % 900_000_000_000;
        self.0.push(number.to_string());
        Ok(number)
    }

    fn text(&mut self) -> Result<Text> {
        text(&self.word()?)
    }

    fn some(&mut self) -> Result<Option<Text>> {
        self.text().map(Some)
    }
}

fn text(words: &str) -> Result<Text> {
    Text::new(words).map_err(|_| anyhow!("{words} is no text"))
}

fn code(code: &str) -> Result<Code> {
    Code::new(code).context("a code")
}

/// Plants the council and its policy, as setting a register up does.
pub async fn set_up(service: &Service, words: &mut Planted) -> Result<()> {
    let desk = |words: &mut Planted| {
        Ok::<_, anyhow::Error>(Desk { name: words.text()?, phone: words.text()?, email: words.text()? })
    };
    let council = Council {
        name: words.text()?,
        register_name: words.text()?,
        address: vec![words.text()?, words.text()?],
        duty_desk: desk(words)?,
        appeals_desk: desk(words)?,
        data_protection_desk: desk(words)?,
    };
    let policy = Policy::first(service.today(), words.text()?);
    let open = OpenRegister { council, policy };
    service.execute_as_system(open).await.map_err(|failure| anyhow!("{failure}"))?;
    Ok(())
}

/// How many words are planted at least about the subject that is destroyed.
const ABOUT_ONE: usize = 500;

/// Somebody about whom words were planted.
pub struct Subject {
    /// Their file.
    pub subject: SubjectId,
    /// A measure about them, with a letter.
    pub measure: MeasureId,
    /// Every file about them, their own among it, and the papers of the meeting that had them before it.
    pub files: Vec<File>,
    /// That meeting.
    pub meeting: MeetingId,
    /// Their name.
    pub name: String,
    /// Which of the words are about them.
    pub words: std::ops::Range<usize>,
}

/// Who acts.
struct Cast {
    officer: AccountId,
    manager: AccountId,
    keeper: AccountId,
    colleague: AccountId,
    decider: AccountId,
    data_protection: AccountId,
    governance: AccountId,
    hears: AccountId,
    administrator: AccountId,
    policy_owner: AccountId,
    cabinet_member: AccountId,
}

/// Plants in a register that is set up.
pub struct Planter<'a> {
    service: &'a Service,
    words: &'a mut Planted,
    cast: Cast,
    team: TeamId,
    /// The Governance Group.
    members: BTreeSet<AccountId>,
    meeting: MeetingId,
}

impl<'a> Planter<'a> {
    /// Plants for this service.
    pub fn new(service: &'a Service, words: &'a mut Planted) -> Result<Self> {
        let by = |role| persona::with_role(role).map(|persona: Persona| persona.account);
        let keepers = persona::all_with_role(Role::RegisterTeam);
        let cast = Cast {
            officer: by(Role::Officer)?,
            manager: by(Role::LineManager)?,
            keeper: by(Role::RegisterTeam)?,
            colleague: keepers.get(1).context("one keeper only")?.account,
            decider: by(Role::DecisionMaker)?,
            data_protection: by(Role::DataProtection)?,
            governance: by(Role::GovernanceGroup)?,
            hears: by(Role::AppealOfficer)?,
            administrator: by(Role::Administrator)?,
            policy_owner: by(Role::PolicyOwner)?,
            cabinet_member: by(Role::CabinetMember)?,
        };
        let (team, meeting) = (TeamId::from_bits(service.fresh()), MeetingId::from_bits(service.fresh()));
        Ok(Self { service, words, cast, team, members: BTreeSet::new(), meeting })
    }

    /// Plants everywhere, and gives a subject with everything that was planted about it, among it a measure with a letter.
    pub async fn everywhere(&mut self) -> Result<Subject> {
        self.people().await?;
        self.policy().await?;
        self.members = self.members().await?;
        let destroyed = self.destined().await?;
        let child = self.subject(AgeBand::Child).await?;
        self.withheld(child, AgeBand::Child).await?;
        let place = self.premises().await?;
        self.refused(place).await?;
        self.risk().await?;
        self.lists().await?;
        self.beside_the_record().await?;
        Ok(destroyed)
    }

    /// A subject with an entry that ended in error, one that nobody was told of, one that was refused, reports that led to nothing, and
    /// checks and searches by those who meant them.
    async fn destined(&mut self) -> Result<Subject> {
        let first = self.words.0.len();
        let subject = self.subject(AgeBand::Adult).await?;
        let measure = self.with_a_letter(subject).await?;
        self.withheld(subject, AgeBand::Adult).await?;
        self.refused(subject).await?;
        for _ in 0..5 {
            self.meant_at_a_check().await?;
        }
        while self.words.0.len() - first < ABOUT_ONE {
            let incident = self.reported().await?;
            self.triaged(incident, subject, Route::LogOnly).await?;
        }
        let known = self.service.read(|register| {
            let name = register.subject(subject)?.details.known()?.heading().to_owned();
            let measures = register.measures_about(subject).map(|measure| File::Measure(measure.id));
            let incidents = register.incidents_about(subject).map(|incident| File::Incident(incident.id));
            let others = [File::Subject(subject), File::Meeting(self.meeting)];
            Some((name, measures.chain(incidents).chain(others).collect()))
        });
        let (name, files) = known.context("no subject")?;
        let words = first..self.words.0.len();
        Ok(Subject { subject, measure, files, meeting: self.meeting, name, words })
    }

    /// A check and a search in words of the asker's own.
    async fn meant_at_a_check(&mut self) -> Result<()> {
        let Cast { officer, keeper, .. } = self.cast;
        let words = &mut *self.words;
        let question = matching::Question {
            name: Some(words.word()?),
            address: Some(words.word()?),
            postcode: Some(words.word()?),
            text: Some(words.word()?),
            ..matching::Question::default()
        };
        self.service.similar(keeper, question, 5).await?;
        let words = &mut *self.words;
        let description = service::check::Described {
            name: Some(words.word()?),
            born: Some(words.word()?),
            address: Some(words.word()?),
            postcode: Some(words.word()?),
            uprn: Some(words.word()?),
            phone: Some(words.word()?),
            email: Some(words.word()?),
            social: Some(words.word()?),
            reference: Some(words.word()?),
        };
        let asked = Asked { purpose: Purpose::Call, day: None, description, job: None };
        let answer = self.service.check(officer, asked).await;
        answer.map(|_| ()).map_err(|_| anyhow!("a check could not be answered"))
    }

    async fn does(&self, by: AccountId, command: impl Into<Command>) -> Result<()> {
        self.does_with(by, command, Vec::new()).await
    }

    async fn does_with(
        &self,
        by: AccountId,
        command: impl Into<Command>,
        uploads: Vec<Upload>,
    ) -> Result<()> {
        let command = command.into();
        let name = command.name();
        let done = self.service.execute_with(by, self.service.fresh_command(), command, uploads).await;
        done.map(|_| ()).map_err(|failure| anyhow!("{name}: {failure}"))
    }

    /// A change of the policy of each fate, in the council's own words, and its review.
    async fn policy(&mut self) -> Result<()> {
        let Cast { policy_owner, cabinet_member, .. } = self.cast;
        let words = self.words.text()?;
        self.does(policy_owner, ReviewPolicy { words }).await?;
        for fate in 0..3 {
            let change = self.service.read(Register::next_change);
            let mut lists = self.service.read(|register| register.policy().lists().clone());
            let planted = Term { code: code("PLANT")?, words: self.words.word()? };
            let precautions = lists.entry(List::Precaution).or_default();
            precautions.retain(|term| term.code != planted.code);
            precautions.push(planted);
            let (name, reasons) = (self.words.text()?, self.words.text()?);
            let effective = self.service.today();
            let clauses = BTreeMap::from([(Clause::AskSooner, self.words.text()?)]);
            let propose =
                ProposePolicy { name, figures: BTreeMap::new(), lists, clauses, effective, reasons };
            self.does(policy_owner, propose).await?;
            let (held_on, words) = (effective, self.words.text()?);
            let log = LogConsultation { change, consulted: Consulted::Other, held_on, words };
            self.does(policy_owner, log).await?;
            let reasons = self.words.text()?;
            match fate {
                0 => self.does(policy_owner, WithdrawPolicy { change, reasons }).await?,
                1 => self.does(cabinet_member, RejectPolicy { change, reasons }).await?,
                _ => {
                    self.does(cabinet_member, EndorsePolicy { change, reasons }).await?;
                    let adopt = self.service.execute_as_system(AdoptPolicy { change }).await;
                    adopt.map_err(|failure| anyhow!("AdoptPolicy: {failure}"))?;
                }
            }
        }
        Ok(())
    }

    fn measure(&self) -> MeasureId {
        MeasureId::from_bits(self.service.fresh())
    }

    /// A team, an account that signs in, and everything it signs in with.
    async fn people(&mut self) -> Result<()> {
        let (team, administrator) = (self.team, self.cast.administrator);
        let open = OpenTeam { team, name: self.words.text()?, contact: Contact::Visits };
        self.does(administrator, open).await?;
        let account = AccountId::from_bits(self.service.fresh());
        let roles = [Role::Officer].into();
        let details = self.account_details()?;
        self.does(administrator, OpenAccount { account, roles, team, details }).await?;
        let roles = [Role::LineManager].into();
        let details = self.account_details()?;
        let email = details.email.as_str().to_owned();
        self.does(administrator, ChangeAccount { account, roles, team, details }).await?;

        let keeper = self.cast.keeper;
        self.does(keeper, AgreeGrant { account, grant: Grant::Roles }).await?;

        let refused = |refused: &dyn std::fmt::Display| anyhow!("{refused}");
        let [one, other] = self.invitation(account).await?;
        let password = format!("{} {}", self.words.word()?, self.words.word()?);
        let taken = self.service.accept_invitation(&one, &other, &password).await;
        taken.map_err(|error| refused(&error))?;
        // An invitation that waits, and a session that waits for its second factor, beside the secret of that.
        self.invitation(account).await?;
        match self.service.sign_in(&email, &password).await.map_err(|error| refused(&error))? {
            SignIn::SetUpSecondFactor(token, enrolment) => {
                self.words.0.extend([token.as_str().to_owned(), enrolment.secret_base32]);
            }
            SignIn::SecondFactor(_) => return Err(anyhow!("no second factor is set up")),
        }
        Ok(())
    }

    /// Both halves of an invitation's code, planted.
    async fn invitation(&mut self, account: AccountId) -> Result<[String; 2]> {
        let (administrator, keeper) = (self.cast.administrator, self.cast.keeper);
        let refused = |failure: Failure| anyhow!("an invitation: {failure}");
        let by = Actor::Account(administrator);
        let asked = self.service.invite(by, self.service.fresh_command(), account).await.map_err(refused)?;
        let Invitation::Half(one) = asked else { return Err(anyhow!("one person is enough")) };
        let command = self.service.fresh_command();
        let other = self.service.agree_invitation(keeper, command, account).await.map_err(refused)?;
        self.words.0.extend([one.clone(), other.clone()]);
        Ok([one, other])
    }

    fn account_details(&mut self) -> Result<AccountDetails> {
        let email = text(&format!("{}@council.example", self.words.word()?))?;
        Ok(AccountDetails { name: self.words.text()?, email, phone: self.words.some()? })
    }

    async fn subject(&mut self, band: AgeBand) -> Result<SubjectId> {
        let (subject, keeper) = (SubjectId::from_bits(self.service.fresh()), self.cast.keeper);
        let details = self.person(band)?;
        self.does(keeper, OpenSubject { subject, details }).await?;
        let details = self.person(band)?;
        self.does(keeper, DescribeSubject { subject, details }).await?;
        let needs = self.words.text()?;
        self.does(keeper, RecordSupportNeeds { subject, needs }).await?;
        Ok(subject)
    }

    async fn premises(&mut self) -> Result<SubjectId> {
        let subject = SubjectId::from_bits(self.service.fresh());
        let premises = Premises { description: self.words.text()?, address: self.address()? };
        let details = SubjectDetails::Premises(premises);
        self.does(self.cast.keeper, OpenSubject { subject, details }).await?;
        let (since, words) = (self.service.today(), self.words.text()?);
        self.does(self.cast.keeper, ChangeOccupants { subject, since, words }).await?;
        Ok(subject)
    }

    fn address(&mut self) -> Result<Address> {
        let (lines, postcode, uprn) = (self.words.text()?, self.words.some()?, self.words.number()?);
        Ok(Address { lines, postcode, uprn: Some(uprn), from: None, until: None })
    }

    fn person(&mut self, band: AgeBand) -> Result<SubjectDetails> {
        let mut name = |kind| Ok::<_, anyhow::Error>(PersonName { kind, full: self.words.text()? });
        let names = vec![name(NameKind::Main)?, name(NameKind::Alias)?, name(NameKind::Former)?];
        Ok(SubjectDetails::Person(Person {
            names,
            born: Born::Band(band),
            addresses: vec![self.address()?],
            phones: vec![self.words.text()?],
            emails: vec![self.words.text()?],
            social: vec![self.words.text()?],
            references: vec![OtherReference { system: self.words.text()?, value: self.words.text()? }],
        }))
    }

    /// From a report to an entry in force, held, kept at a review, appealed and before the Governance Group, and off in the end.
    async fn with_a_letter(&mut self, subject: SubjectId) -> Result<MeasureId> {
        let Cast { data_protection, .. } = self.cast;
        let incident = self.reported().await?;
        let measure = self.proposed(incident, subject).await?;
        self.assessed(measure, Finding::Holds).await?;
        self.decided(measure, Outcome::Approve).await?;
        // Written twice: what was written first stays in the record.
        for _ in 0..2 {
            self.write(measure, Occasion::Decision).await?;
        }
        self.send(measure, Occasion::Decision).await?;
        self.shown_at_a_check(subject).await?;
        let reasons = self.words.text()?;
        let (file, review_on) = (File::Measure(measure), self.soon());
        let hold = HoldFile { file, ground: Ground::Court, review_on, reasons };
        self.does(data_protection, hold).await?;
        let reasons = self.words.text()?;
        self.does(data_protection, LiftHold { file, reasons }).await?;
        self.reviewed(measure, None).await?;
        self.write(measure, Occasion::Kept).await?;
        self.send(measure, Occasion::Kept).await?;
        self.heard(measure).await?;
        self.appealed(measure).await?;
        self.before_the_group(measure).await?;
        let words = self.words.text()?;
        let remove = RemoveMeasure { measure, reason: EndReason::Error, words };
        self.does(self.cast.keeper, remove).await?;
        self.write(measure, Occasion::Apology).await?;
        self.send(measure, Occasion::Apology).await?;
        Ok(measure)
    }

    async fn write(&mut self, measure: MeasureId, occasion: Occasion) -> Result<()> {
        let (explanation, code) = (self.words.text()?, AppealCode::from_bits(self.service.fresh()));
        self.does(self.cast.keeper, WriteLetter { measure, occasion, code, explanation }).await?;
        let drawn = self.service.read(|register| {
            let code = register.measure(measure)?.appeal_code.as_ref()?.known()?;
            Some(code.as_str().to_owned())
        });
        // The same code stands in each letter until it is used.
        self.words.0.extend(drawn.filter(|code| !self.words.0.contains(code)));
        Ok(())
    }

    async fn send(&mut self, measure: MeasureId, occasion: Occasion) -> Result<()> {
        self.does(self.cast.colleague, ApproveLetter { measure, occasion }).await?;
        let (sent_on, delivery) = (london(self.service.now()), Delivery::Post);
        self.does(self.cast.keeper, RecordLetterSent { measure, occasion, sent_on, delivery }).await
    }

    /// A message that was passed on and answered, and what the customer says is wrong.
    async fn heard(&mut self, measure: MeasureId) -> Result<()> {
        let Cast { keeper, data_protection, .. } = self.cast;
        let received_on = self.service.today();
        let log = LogContact {
            measure,
            received_on,
            means: Means::Email,
            matter: Matter::New,
            treatment: Treatment::PassedOn,
            passed_to: Some(self.team),
            words: self.words.text()?,
        };
        self.does(keeper, log).await?;
        let words = self.words.text()?;
        self.does(keeper, AnswerContact { measure, contact: 0, words }).await?;
        let words = self.words.text()?;
        self.does(keeper, RecordDispute { measure, received_on, words }).await?;
        let (outcome, reasons) = (DisputeOutcome::InPart, self.words.text()?);
        self.does(data_protection, AnswerDispute { measure, outcome, reasons }).await?;
        self.write(measure, Occasion::DisputeAnswered).await?;
        self.send(measure, Occasion::DisputeAnswered).await
    }

    /// An appeal taken back, and another upheld in part.
    async fn appealed(&mut self, measure: MeasureId) -> Result<()> {
        let Cast { keeper, colleague, hears, .. } = self.cast;
        self.lodged(measure).await?;
        let words = self.words.text()?;
        self.does(keeper, WithdrawAppeal { measure, words }).await?;
        self.lodged(measure).await?;
        self.does(colleague, AssignAppeal { measure, officer: hears }).await?;
        let (plan, reasons) = (Some(self.plan()?), self.words.text()?);
        self.does(hears, DecideAppeal { measure, outcome: AppealOutcome::InPart, plan, reasons }).await?;
        self.write(measure, Occasion::AppealOutcome).await?;
        self.complained(measure).await
    }

    /// What an ombudsman took up and found.
    async fn complained(&mut self, measure: MeasureId) -> Result<()> {
        let today = self.service.today();
        let (ombudsman, taken_up_on, reference) = (Ombudsman::LocalGovernment, today, self.words.text()?);
        let record = RecordComplaint { measure, ombudsman, taken_up_on, reference };
        self.does(self.cast.keeper, record).await?;
        let (outcome, found, asks) = (ComplaintOutcome::Fault, self.words.text()?, self.words.some()?);
        let end = EndComplaint { measure, outcome, ended_on: today, found, asks };
        self.does(self.cast.keeper, end).await
    }

    async fn lodged(&mut self, measure: MeasureId) -> Result<()> {
        let lodged = Lodged {
            received_on: self.service.today(),
            way: Way::Letter,
            appellant: Appellant::Representative,
            grounds: [AppealGround::Facts].into(),
        };
        let (case, why_late) = (self.words.text()?, self.words.some()?);
        let words = AppealWords { case, why_late, representative: self.words.some()? };
        self.does(self.cast.keeper, LodgeAppeal { measure, lodged, words }).await
    }

    /// Changed, asked to come off before the meeting, proposed for removal, and kept by the meeting.
    async fn before_the_group(&mut self, measure: MeasureId) -> Result<()> {
        let Cast { keeper, decider, manager, governance, .. } = self.cast;
        let (plan, reasons) = (self.plan()?, self.words.text()?);
        self.does(decider, VaryMeasure { measure, plan, reasons }).await?;
        let answer = self.answers(measure, Advice::Remove)?;
        self.does(manager, answer).await?;
        let (outcome, reasons) = (ReviewOutcome::Remove, self.words.text()?);
        let review = ReviewMeasure { measure, outcome, next_on: None, reasons, still_withheld: None };
        self.does(decider, review).await?;
        let reasons = self.words.text()?;
        self.does(governance, AskRemoval { measure, reasons }).await?;

        let (meeting, held_on, present) = (self.meeting, self.service.today(), self.members.clone());
        self.does(keeper, CallMeeting { meeting, held_on, chair: governance }).await?;
        self.does(keeper, OpenMeeting { meeting, chair: governance, present }).await?;
        let decide = DecideAtMeeting {
            meeting,
            measure,
            outcome: MeetingOutcome::Keep,
            aside: BTreeSet::new(),
            reasons: self.words.text()?,
            next_on: Some(self.soon()),
            still_withheld: None,
        };
        self.does(keeper, decide).await?;
        let words = self.words.text()?;
        self.the_rest_is_decided(meeting).await?;
        self.does(keeper, AgreeAction { meeting, who: manager, by: self.soon(), words }).await?;
        let minutes = self.words.text()?;
        self.does(keeper, CloseMeeting { meeting, minutes }).await
    }

    /// What else the register has for the meeting, about others: without it, it does not close.
    async fn the_rest_is_decided(&self, meeting: MeetingId) -> Result<()> {
        let today = self.service.today();
        let agenda = self.service.read(|register| Some(agenda(register, register.meeting(meeting)?, today)));
        for item in agenda.context("a meeting")?.items {
            let (outcome, next_on) = match item.topic {
                Topic::ProposedRemoval => (MeetingOutcome::Keep, Some(self.soon())),
                Topic::Ratification => (MeetingOutcome::Ratify, None),
                _ => continue,
            };
            let (aside, reasons) = (BTreeSet::new(), text("As the report says")?);
            let measure = item.measure;
            let decide =
                DecideAtMeeting { meeting, measure, outcome, aside, reasons, next_on, still_withheld: None };
            self.does(self.cast.keeper, decide).await?;
        }
        Ok(())
    }

    /// The Governance Group: the persona and two more.
    async fn members(&mut self) -> Result<BTreeSet<AccountId>> {
        let mut members = BTreeSet::from([self.cast.governance]);
        for _ in 0..2 {
            let account = AccountId::from_bits(self.service.fresh());
            let (roles, team) = ([Role::GovernanceGroup].into(), self.team);
            let open = OpenAccount { account, roles, team, details: self.account_details()? };
            self.service.execute_as_system(open).await.map_err(|failure| anyhow!("{failure}"))?;
            members.insert(account);
        }
        Ok(members)
    }

    fn answers(&mut self, measure: MeasureId, advice: Advice) -> Result<AnswerReview> {
        let answers = Question::ALL.iter().map(|question| Ok((*question, self.words.text()?)));
        Ok(AnswerReview { measure, advice, answers: answers.collect::<Result<_>>()? })
    }

    /// An interim marker, for a young person with the data protection officer's answer, and a notice withheld; then removed.
    async fn withheld(&mut self, subject: SubjectId, age: AgeBand) -> Result<()> {
        let Cast { keeper, colleague, decider, data_protection, manager, .. } = self.cast;
        let incident = self.reported().await?;
        let measure = self.measure();
        let (plan, grounds) = (self.plan()?, self.words.text()?);
        let ask = AskInterim { measure, incident, subject, sponsor: manager, plan, grounds };
        self.does(keeper, ask).await?;
        if age == AgeBand::Child {
            let reasons = self.words.text()?;
            let allow = AllowUnderAge { measure, finding: Finding::Holds, reasons };
            self.does(data_protection, allow).await?;
        }
        self.does(colleague, AgreeInterim { measure }).await?;
        self.triaged(incident, subject, Route::Join(measure)).await?;
        self.assessed(measure, Finding::Holds).await?;
        self.decided(measure, Outcome::Approve).await?;
        let ground = self.service.read(|register| {
            register.policy().terms(List::WithholdingGround).first().map(|term| term.code.clone())
        });
        let ground = ground.context("no ground")?;
        let (again, evidence) = (ground.clone(), self.words.text()?);
        self.does(decider, WithholdNotice { measure, ground: again, evidence }).await?;
        let reasons = self.words.text()?;
        self.does(data_protection, RefuseWithholding { measure, reasons }).await?;
        let evidence = self.words.text()?;
        self.does(decider, WithholdNotice { measure, ground, evidence }).await?;
        let reasons = self.words.text()?;
        self.does(data_protection, AgreeWithholding { measure, reasons }).await?;
        let still_withheld = self.words.some()?;
        self.reviewed(measure, still_withheld).await?;
        let words = self.words.text()?;
        self.does(keeper, RemoveMeasure { measure, reason: EndReason::Error, words }).await
    }

    async fn refused(&mut self, subject: SubjectId) -> Result<()> {
        let incident = self.reported().await?;
        let measure = self.proposed(incident, subject).await?;
        self.assessed(measure, Finding::Fails).await?;
        self.decided(measure, Outcome::Refuse).await
    }

    /// A risk of the council's own, from raised to closed.
    async fn risk(&mut self) -> Result<()> {
        let (risk, keeper) = (RiskId::from_bits(self.service.fresh()), self.cast.keeper);
        let rating = Rating {
            impact: Impact::Moderate,
            likelihood: Likelihood::Low,
            control: Control::Reduce,
            deadline: None,
        };
        let words = RiskWords { what: self.words.text()?, owner: self.words.text()? };
        let answer = self.judgement()?;
        self.does(keeper, RaiseRisk { risk, sign: None, rating, words, answer }).await?;
        let answer = self.judgement()?;
        self.does(keeper, AssessRisk { risk, rating, answer }).await?;
        let (on, words) = (self.service.today(), self.words.text()?);
        self.does(keeper, TransferRisk { risk, on, words }).await?;
        let reasons = self.words.text()?;
        self.does(keeper, CloseRisk { risk, reasons }).await
    }

    fn judgement(&mut self) -> Result<Answer> {
        let words = &mut *self.words;
        Ok(Answer { reasons: words.text()?, action: words.some()?, officer: words.text()? })
    }

    async fn reported(&mut self) -> Result<IncidentId> {
        let Cast { officer, manager, .. } = self.cast;
        let incident = IncidentId::from_bits(self.service.fresh());
        let (report, upload) = self.report(incident)?;
        self.does_with(officer, report, vec![upload]).await?;
        let words = self.words.text()?;
        self.does(manager, ConfirmIncident { incident, words }).await?;
        let words = self.words.text()?;
        self.does(manager, AddToIncident { incident, words }).await?;
        Ok(incident)
    }

    fn report(&mut self, incident: IncidentId) -> Result<(ReportIncident, Upload)> {
        let facts = Facts {
            happened_on: self.service.today(),
            happened_at: None,
            channel: Channel::Home,
            behaviours: vec![code("THR")?],
            danger: Danger::No,
            injury: Injury::None,
            police: Police::Told,
            identity: Identity::Certain,
            protection: Protection::Wanted,
        };
        let words = &mut *self.words;
        let narrative = Narrative {
            what_happened: words.text()?,
            exact_words: words.some()?,
            place: words.some()?,
            subject: Described {
                name: words.some()?,
                address: words.some()?,
                other: words.some()?,
                how_identified: words.some()?,
            },
            others_affected: words.some()?,
            weapon_or_damage: words.some()?,
            evidence: words.some()?,
            police_reference: words.some()?,
            needs: words.some()?,
            own_contribution: words.some()?,
            suggested_precautions: words.some()?,
            likely_contact: words.some()?,
        };
        let mut bytes = Vec::new();
        for _ in 0..10 {
            bytes.extend_from_slice(words.word()?.as_bytes());
            bytes.push(b'\n');
        }
        let size = u64::try_from(bytes.len())?;
        let id = AttachmentId::from_bits(self.service.fresh());
        let (told_by, name) = (words.some()?, words.text()?);
        let attachments = vec![(Attachment { id, media: Media::Text, size }, name)];
        let report = ReportIncident { incident, facts, narrative, told_by, attachments };
        Ok((report, Upload { attachment: id, bytes }))
    }

    async fn triaged(&mut self, incident: IncidentId, subject: SubjectId, route: Route) -> Result<()> {
        let (subject, reasons) = (Some(subject), self.words.text()?);
        let triage = TriageIncident { incident, subject, identity: Identity::Certain, route, reasons };
        self.does(self.cast.keeper, triage).await
    }

    async fn proposed(&mut self, incident: IncidentId, subject: SubjectId) -> Result<MeasureId> {
        let (measure, sponsor) = (self.measure(), self.cast.manager);
        self.triaged(incident, subject, Route::Propose { measure, kind: Kind::Entry, sponsor }).await?;
        Ok(measure)
    }

    async fn assessed(&mut self, measure: MeasureId, finding: Finding) -> Result<()> {
        let keeper = self.cast.keeper;
        for test in Kind::Entry.tests() {
            let reasons = self.words.text()?;
            self.does(keeper, AnswerTest { measure, test: *test, finding, reasons }).await?;
        }
        let plan = self.plan()?;
        self.does(keeper, SetPlan { measure, plan }).await?;
        let record = Proportionality {
            aim: self.words.text()?,
            necessity: self.words.text()?,
            alternatives: self.words.text()?,
            effect: self.words.text()?,
            safeguards: self.words.text()?,
        };
        self.does(keeper, WeighProportionality { measure, record }).await?;
        let recommendation = match finding {
            Finding::Holds => Recommendation::Approve,
            Finding::Fails => Recommendation::Refuse,
        };
        self.does(keeper, CompleteAssessment { measure, recommendation }).await
    }

    fn plan(&mut self) -> Result<Proposal> {
        let words = &mut *self.words;
        Ok(Proposal {
            band: Band::Amber,
            precautions: vec![code("NLV")?],
            restrictions: vec![code("SPOC")?],
            audience: vec![self.team],
            limits: Limits::default(),
            words: PlanWords {
                band_reasons: words.text()?,
                summary: words.text()?,
                audience_reasons: vec![words.text()?],
                service_route: words.text()?,
                point_of_contact: Some(words.text()?),
                times: Some(words.text()?),
                ring_name: words.text()?,
                ring_phone: words.text()?,
            },
        })
    }

    async fn decided(&mut self, measure: MeasureId, outcome: Outcome) -> Result<()> {
        let review_on = (outcome == Outcome::Approve).then(|| self.soon());
        let reasons = self.words.text()?;
        self.does(self.cast.decider, Decide { measure, outcome, review_on, reasons }).await
    }

    async fn reviewed(&mut self, measure: MeasureId, still_withheld: Option<Text>) -> Result<()> {
        let answers = self.answers(measure, Advice::Keep)?;
        self.does(self.cast.manager, answers).await?;
        let by = self.cast.decider;
        let (next_on, reasons) = (Some(self.soon()), self.words.text()?);
        let outcome = ReviewOutcome::Retain;
        self.does(by, ReviewMeasure { measure, outcome, next_on, reasons, still_withheld }).await
    }

    fn soon(&self) -> Date {
        days_after(self.service.today(), 80)
    }

    /// A check whose answer shows the words of the plan: asked and shown are kept.
    async fn shown_at_a_check(&mut self, subject: SubjectId) -> Result<()> {
        let known = self.service.read(|register| {
            let details = register.subject(subject)?.details.known()?;
            Some((details.heading().to_owned(), details.addresses().first()?.uprn?.to_string()))
        });
        let (name, uprn) = known.context("no subject")?;
        let description = service::check::Described {
            name: Some(name),
            uprn: Some(uprn),
            ..service::check::Described::default()
        };
        let asked =
            Asked { purpose: Purpose::Visit, day: Some(self.service.today()), description, job: None };
        let answer = self.service.check(self.cast.keeper, asked).await;
        match answer.map(|answer| answer.verdict) {
            Ok(Verdict::Marker(_)) => Ok(()),
            other => Err(anyhow!("a check of an entry in force: {other:?}")),
        }
    }

    /// Drafts, searches and checks.
    async fn beside_the_record(&mut self) -> Result<()> {
        let officer = self.cast.officer;
        for key in ["incident", "letter"] {
            let draft = format!("{} {}", self.words.word()?, self.words.word()?);
            self.service.keep_draft(officer, key, draft.as_bytes()).await?;
        }
        self.meant_at_a_check().await
    }
}
