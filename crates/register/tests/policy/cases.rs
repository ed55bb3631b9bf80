//! Cases to begin a test with: "an entry in force", and each command with everything filled in.

use crate::support::*;
use jiff::civil::{Date, date};
use register::appeal::{AppealOutcome, AppealWords, Appellant, Ground as AppealGround, Lodged, Way};
use register::assessment::{Finding, Recommendation, Test};
use register::calendar;
use register::command::*;
use register::contact::{Matter, Means, Treatment};
use register::decision::Outcome;
use register::dispute::DisputeOutcome;
use register::event::Event;
use register::ids::{
    AccountId, AppealCode, File, ImportId, IncidentId, MeasureId, MeetingId, RiskId, SubjectId,
};
use register::import::{Fingerprint, ListWords, RowSubject, Taken};
use register::incident::{Identity, Route};
use register::involved::{Involvement, Whom};
use register::legal::LegalWords;
use register::measure::{EndReason, Kind, Measure, Stage};
use register::meeting::MeetingOutcome;
use register::moment::{Actor, Moment};
use register::notice::{Delivery, Occasion};
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::partner::{Question as Asked, Search};
use register::people::{Action, Answer as Keeping, Extent};
use register::personal::Personal;
use register::refusal::Refusal;
use register::retention::Ground;
use register::review::{Advice, Question, ReviewOutcome};
use register::risk::{Answer, Control, Impact, Likelihood, Rating, RiskWords};
use register::subject::{Born, Person, Premises, SubjectDetails};
use register::view::{self, Candidate, Certainty, Marker, Purpose, Verdict};
use std::collections::BTreeSet;

/// A date of birth of somebody long grown up.
pub const GROWN: Born = Born::On(date(1980, 5, 3));

impl World {
    /// A register set up at ten in the morning of Monday 2 March 2026, under a policy with every default.
    pub fn opened() -> Self {
        Self::opened_with(std::collections::BTreeMap::new())
    }

    /// Moves the clock to ten in the morning of a London date.
    pub fn on(&mut self, date: Date) {
        self.at = calendar::instant(date.at(10, 0, 0, 0)).expect("a time of the tests");
    }

    /// Asks for something that the policy allows.
    pub fn does(&mut self, by: AccountId, command: impl Into<Command>) -> Vec<Event> {
        let command = command.into();
        self.ask_as(Actor::Account(by), &command)
            .unwrap_or_else(|refusal| panic!("{} was refused: {refusal}", command.name()))
    }

    /// Asks for something that the policy refuses.
    pub fn refused(&mut self, by: AccountId, command: impl Into<Command>) -> Refusal {
        let command = command.into();
        match self.ask_as(Actor::Account(by), &command) {
            Err(refusal) => refusal,
            Ok(_) => panic!("{} was not refused", command.name()),
        }
    }

    /// What the system asks in vain.
    pub fn system_refused(&mut self, command: impl Into<Command>) -> Refusal {
        let command = command.into();
        match self.ask_as(Actor::System, &command) {
            Err(refusal) => refusal,
            Ok(_) => panic!("{} was not refused", command.name()),
        }
    }

    /// Carries out what time alone asks for today.
    ///
    /// Those who are asked who keeps access answer at once: in this council nobody lapses unless the test is about it.
    pub fn day_passes(&mut self) {
        for command in register::due::due(&self.register, self.today()) {
            self.system(command);
        }
        let asked: Vec<_> =
            self.register.accounts().filter(|account| account.awaits.is_some()).cloned().collect();
        for account in asked {
            let action = self.register.answered_under(&account);
            let by = self.register.accounts().find(|by| match by.extent(action) {
                Extent::Nothing | Extent::Own => false,
                Extent::Team => by.team == account.team && by.id != account.id,
                Extent::All => by.id != account.id,
            });
            if let Some(by) = by.map(|by| by.id) {
                self.does(by, AnswerForAccess { answers: [(account.id, Keeping::Keeps)].into() });
            }
        }
    }

    /// Whether time alone asks for nothing today but who keeps access.
    pub fn nothing_is_due(&self) -> bool {
        let due = register::due::due(&self.register, self.today());
        due.iter().all(|command| matches!(command, Command::AskConfirmations(_)))
    }

    /// Lets an account lapse that nobody answers for.
    pub fn lapsed(&mut self, account: AccountId) -> AccountId {
        while self.register.account(account).is_some_and(|it| it.awaits.is_none()) {
            self.at += jiff::SignedDuration::from_hours(24);
            for command in register::due::due(&self.register, self.today()) {
                self.system(command);
            }
        }
        let asked = self.register.account(account).expect("an account");
        let last = asked.lapses_after(self.register.policy()).expect("asked");
        while self.today() <= last {
            self.at += jiff::SignedDuration::from_hours(24);
        }
        self.system(LapseAccess { account });
        account
    }

    pub fn reported_by(&mut self, by: AccountId) -> IncidentId {
        let incident = IncidentId::from_bits(self.fresh());
        let report = report(incident, self.today());
        self.does(by, report);
        incident
    }

    pub fn reported(&mut self) -> IncidentId {
        self.reported_by(OFFICER)
    }

    pub fn subject_described(&mut self, details: SubjectDetails) -> SubjectId {
        let subject = SubjectId::from_bits(self.fresh());
        self.does(REGISTRAR, OpenSubject { subject, details });
        subject
    }

    pub fn subject(&mut self) -> SubjectId {
        self.subject_described(somebody(GROWN))
    }

    /// A measure of this kind about this subject, proposed on an incident that the officer reported.
    pub fn proposed_about(&mut self, subject: SubjectId, kind: Kind) -> MeasureId {
        let incident = self.reported();
        let measure = MeasureId::from_bits(self.fresh());
        self.does(REGISTRAR, propose(incident, subject, measure, kind));
        measure
    }

    pub fn proposed(&mut self, kind: Kind) -> MeasureId {
        let subject = self.subject();
        self.proposed_about(subject, kind)
    }

    /// Answers every test, sets the plan and weighs it, without handing it on.
    pub fn answered(&mut self, measure: MeasureId) {
        let kind = self.measure(measure).kind;
        for test in kind.tests() {
            self.does(REGISTRAR, answer(measure, *test, Finding::Holds));
        }
        self.planned_and_weighed(measure);
    }

    /// The same with one test that does not hold.
    pub fn answered_but(&mut self, measure: MeasureId, fails: Test) {
        for test in self.measure(measure).kind.tests() {
            let finding = if *test == fails { Finding::Fails } else { Finding::Holds };
            self.does(REGISTRAR, answer(measure, *test, finding));
        }
        self.planned_and_weighed(measure);
    }

    fn planned_and_weighed(&mut self, measure: MeasureId) {
        let kind = self.measure(measure).kind;
        self.does(REGISTRAR, SetPlan { measure, plan: plan(kind) });
        self.does(REGISTRAR, WeighProportionality { measure, record: proportionality() });
    }

    pub fn assessed_about(&mut self, subject: SubjectId, kind: Kind) -> MeasureId {
        let measure = self.proposed_about(subject, kind);
        self.answered(measure);
        self.does(REGISTRAR, complete(measure));
        measure
    }

    pub fn assessed(&mut self, kind: Kind) -> MeasureId {
        let subject = self.subject();
        self.assessed_about(subject, kind)
    }

    pub fn decided(&mut self, kind: Kind) -> MeasureId {
        let measure = self.assessed(kind);
        let approve = self.approve(measure);
        self.does(DECIDER, approve);
        measure
    }

    pub fn approved_letter(&mut self, kind: Kind) -> MeasureId {
        let measure = self.decided(kind);
        self.does(REGISTRAR, write(measure));
        self.does(SECOND_REGISTRAR, approve_letter(measure));
        measure
    }

    /// Tells the customer of a measure that was approved: it is in force.
    pub fn told_of(&mut self, measure: MeasureId) {
        self.does(REGISTRAR, write(measure));
        self.does(SECOND_REGISTRAR, approve_letter(measure));
        let sent = self.sent(measure);
        self.does(REGISTRAR, sent);
    }

    pub fn in_force(&mut self, kind: Kind) -> MeasureId {
        let measure = self.approved_letter(kind);
        let sent = self.sent(measure);
        self.does(REGISTRAR, sent);
        measure
    }

    /// An entry about a place.
    pub fn in_force_at_premises(&mut self) -> MeasureId {
        let address = address("4 Mill Lane, Fenmarsh");
        let premises = Premises { description: text("ground-floor flat"), address };
        let subject = self.subject_described(SubjectDetails::Premises(premises));
        let measure = self.assessed_about(subject, Kind::Entry);
        let approve = self.approve(measure);
        self.does(DECIDER, approve);
        self.told_of(measure);
        measure
    }

    pub fn withheld(&mut self, kind: Kind) -> MeasureId {
        let measure = self.decided(kind);
        self.does(DECIDER, withhold(measure));
        self.does(PROTECTION, agree_withholding(measure));
        measure
    }

    pub fn ended(&mut self, kind: Kind) -> MeasureId {
        let measure = self.in_force(kind);
        self.does(DECIDER, remove(measure, EndReason::Error));
        measure
    }

    /// A measure whose words were destroyed when their time had come. The clock has moved.
    pub fn destroyed(&mut self, kind: Kind) -> MeasureId {
        let measure = self.ended(kind);
        self.on(calendar::months_after(self.today(), 7));
        self.system(Destroy { file: File::Measure(measure) });
        measure
    }

    /// An interim marker that waits for a second person: asked for by the officer's manager on the officer's report.
    pub fn interim_asked(&mut self) -> MeasureId {
        let incident = self.reported();
        let subject = self.subject();
        let measure = MeasureId::from_bits(self.fresh());
        self.does(MANAGER, ask_interim(measure, incident, subject));
        measure
    }

    pub fn interim_live(&mut self) -> MeasureId {
        let measure = self.interim_asked();
        self.does(DECIDER, AgreeInterim { measure });
        measure
    }

    /// Somebody the register does not know, as a row of a list has them.
    pub fn stranger(&mut self, born: Born) -> RowSubject {
        RowSubject::New(SubjectId::from_bits(self.fresh()), somebody(born))
    }

    /// A list of the housing team that the registrar proposes to take in.
    pub fn list_proposed(&mut self, entries: u32) -> ImportId {
        let import = ImportId::from_bits(self.fresh());
        self.does(REGISTRAR, propose_list(import, entries));
        import
    }

    /// The rows of a list, one about each of these.
    pub fn rows(&mut self, about: Vec<RowSubject>) -> Vec<Taken> {
        let numbered = (2..).zip(about);
        numbered.map(|(row, subject)| listed(row, subject, MeasureId::from_bits(self.fresh()))).collect()
    }

    /// A list of the housing team about these, taken in today by a second registrar, and its entries.
    pub fn taken_in(&mut self, about: Vec<RowSubject>) -> (ImportId, Vec<MeasureId>) {
        let rows = self.rows(about);
        let import = self.list_proposed(u32::try_from(rows.len()).expect("a few"));
        let measures = rows.iter().map(|row| row.measure).collect();
        self.does(SECOND_REGISTRAR, approve_list(import, rows));
        (import, measures)
    }

    /// An entry about somebody new from a list with nothing else on it.
    pub fn provisional(&mut self) -> (ImportId, MeasureId) {
        let stranger = self.stranger(GROWN);
        let (import, measures) = self.taken_in(vec![stranger]);
        (import, measures.first().copied().expect("its entry"))
    }

    pub fn approve(&self, measure: MeasureId) -> Decide {
        approve(measure, calendar::months_after(self.today(), 6))
    }

    pub fn retain(&self, measure: MeasureId) -> ReviewMeasure {
        retain(measure, calendar::months_after(self.today(), 6))
    }

    /// A hold that is looked at again in a month.
    pub fn hold(&self, file: File) -> HoldFile {
        hold_until(file, calendar::months_after(self.today(), 1))
    }

    /// Carries out what time alone asks for today until nothing more is: one destruction may free another.
    pub fn day_passes_whole(&mut self) {
        while !register::due::due(&self.register, self.today()).is_empty() {
            self.day_passes();
        }
    }

    pub fn sent(&self, measure: MeasureId) -> RecordLetterSent {
        self.sent_of(measure, Occasion::Decision)
    }

    pub fn sent_of(&self, measure: MeasureId, occasion: Occasion) -> RecordLetterSent {
        RecordLetterSent { measure, occasion, sent_on: self.today(), delivery: Delivery::Post }
    }

    /// Writes, approves and sends a letter that is owed.
    pub fn told(&mut self, measure: MeasureId, occasion: Occasion) {
        self.does(REGISTRAR, write_of(measure, occasion));
        self.does(SECOND_REGISTRAR, ApproveLetter { measure, occasion });
        let sent = self.sent_of(measure, occasion);
        self.does(REGISTRAR, sent);
    }

    /// A measure in force whose review's questions its sponsor has answered.
    pub fn reviewable(&mut self, kind: Kind) -> MeasureId {
        let measure = self.in_force(kind);
        self.does(MANAGER, answers(measure, Advice::Keep));
        measure
    }

    /// An entry in force that a review proposed to remove.
    pub fn removal_proposed(&mut self) -> MeasureId {
        let measure = self.reviewable(Kind::Entry);
        self.does(DECIDER, take_off(measure));
        measure
    }

    /// A meeting that is called for today.
    pub fn called(&mut self) -> MeetingId {
        let meeting = MeetingId::from_bits(self.fresh());
        let held_on = self.today();
        self.does(REGISTRAR, CallMeeting { meeting, held_on, chair: GOVERNOR });
        meeting
    }

    /// A meeting that sits, with all three members.
    pub fn sitting(&mut self) -> MeetingId {
        let meeting = self.called();
        self.does(REGISTRAR, open_meeting(meeting));
        meeting
    }

    pub fn at_meeting(
        &self,
        meeting: MeetingId,
        measure: MeasureId,
        outcome: MeetingOutcome,
    ) -> DecideAtMeeting {
        DecideAtMeeting {
            meeting,
            measure,
            outcome,
            aside: BTreeSet::new(),
            reasons: reasons(),
            next_on: Some(calendar::months_after(self.today(), 6)),
            still_withheld: None,
        }
    }

    /// An appeal of the customer that arrived today, against a measure that has just come in force.
    pub fn appealed(&mut self, kind: Kind) -> MeasureId {
        let measure = self.in_force(kind);
        let lodge = lodge(measure, self.today());
        self.does(SECOND_REGISTRAR, lodge);
        measure
    }

    /// An appeal that an uninvolved officer has.
    pub fn assigned(&mut self, kind: Kind) -> MeasureId {
        let measure = self.appealed(kind);
        self.does(SECOND_REGISTRAR, AssignAppeal { measure, officer: APPEALS });
        measure
    }

    /// A measure in force whose customer appealed in vain today.
    pub fn turned_down(&mut self, kind: Kind) -> MeasureId {
        let measure = self.assigned(kind);
        self.does(APPEALS, decide_appeal(measure, AppealOutcome::NotUpheld));
        self.told(measure, Occasion::AppealOutcome);
        measure
    }

    pub fn measure(&self, measure: MeasureId) -> &Measure {
        self.register.measure(measure).expect("a measure of this test")
    }

    pub fn stage(&self, measure: MeasureId) -> Stage {
        self.measure(measure).stage()
    }

    /// What this account is told of a subject that its description fits.
    pub fn check(
        &self,
        by: AccountId,
        subject: SubjectId,
        certainty: Certainty,
        purpose: Purpose,
    ) -> Verdict {
        let account = self.register.account(by).expect("an account of this test");
        let moment = Moment { at: self.at, by: Actor::Account(by) };
        let question = Asked { purpose, uprn: None };
        let look_up = |_: Search<'_>| vec![Candidate { subject, certainty }];
        view::verdict(&self.register, account, question, look_up, &moment)
    }

    /// The one marker that the officer is shown before a visit about this measure's subject.
    pub fn marker(&self, measure: MeasureId) -> Option<Marker> {
        let subject = self.measure(measure).subject;
        match self.check(OFFICER, subject, Certainty::Match, Purpose::Visit) {
            Verdict::Marker(mut markers) => {
                assert_eq!(markers.len(), 1);
                markers.pop()
            }
            _ => None,
        }
    }

    /// Everything that waits for somebody about this measure.
    pub fn waiting(&self, measure: MeasureId) -> Vec<&'static str> {
        let tasks = register::due::work(&self.register, self.today());
        let about = |task: &register::due::Task| {
            task.file == File::Measure(measure) && task.action != Action::KeepMeetings
        };
        tasks.into_iter().filter(about).map(|task| task.what).collect()
    }
}

pub fn somebody(born: Born) -> SubjectDetails {
    SubjectDetails::Person(person(born))
}

/// The same person at another address.
pub fn living_at(lines: &str) -> SubjectDetails {
    SubjectDetails::Person(Person { addresses: vec![address(lines)], ..person(GROWN) })
}

pub fn report(incident: IncidentId, happened_on: Date) -> ReportIncident {
    ReportIncident {
        incident,
        facts: facts(happened_on),
        narrative: narrative(),
        told_by: None,
        attachments: Vec::new(),
    }
}

pub fn propose(incident: IncidentId, subject: SubjectId, measure: MeasureId, kind: Kind) -> TriageIncident {
    triage(incident, Some(subject), Route::Propose { measure, kind, sponsor: MANAGER })
}

pub fn triage(incident: IncidentId, subject: Option<SubjectId>, route: Route) -> TriageIncident {
    TriageIncident { incident, subject, identity: Identity::Certain, route, reasons: reasons() }
}

pub fn reasons() -> register::personal::Text {
    text("Nightjar: for these reasons.")
}

pub fn ask_interim(measure: MeasureId, incident: IncidentId, subject: SubjectId) -> AskInterim {
    AskInterim { measure, incident, subject, sponsor: MANAGER, plan: plan(Kind::Entry), grounds: reasons() }
}

pub fn answer(measure: MeasureId, test: Test, finding: Finding) -> AnswerTest {
    AnswerTest { measure, test, finding, reasons: reasons() }
}

pub fn complete(measure: MeasureId) -> CompleteAssessment {
    CompleteAssessment { measure, recommendation: Recommendation::Approve }
}

pub fn approve(measure: MeasureId, review_on: Date) -> Decide {
    Decide { measure, outcome: Outcome::Approve, review_on: Some(review_on), reasons: reasons() }
}

pub fn refuse(measure: MeasureId) -> Decide {
    Decide { measure, outcome: Outcome::Refuse, review_on: None, reasons: reasons() }
}

pub fn approve_letter(measure: MeasureId) -> ApproveLetter {
    ApproveLetter { measure, occasion: Occasion::Decision }
}

pub fn answers(measure: MeasureId, advice: Advice) -> AnswerReview {
    let answers = Question::ALL.iter().map(|question| (*question, reasons())).collect();
    AnswerReview { measure, advice, answers }
}

/// A message about the same matter, read and left.
pub fn log(measure: MeasureId, received_on: Date) -> LogContact {
    LogContact {
        measure,
        received_on,
        means: Means::Email,
        matter: Matter::Same,
        treatment: Treatment::Left,
        passed_to: None,
        words: reasons(),
    }
}

pub fn answer_contact(measure: MeasureId, contact: u32) -> AnswerContact {
    AnswerContact { measure, contact, words: reasons() }
}

pub fn witness(incident: IncidentId, name: &str) -> NameInvolved {
    named(incident, Involvement::Witness, name)
}

pub fn harmed(incident: IncidentId, name: &str) -> NameInvolved {
    named(incident, Involvement::Harmed, name)
}

fn named(incident: IncidentId, involvement: Involvement, name: &str) -> NameInvolved {
    let who = Whom::Other { name: text(name), reach: text("01632 960155") };
    NameInvolved { incident, involvement, who }
}

pub fn legal_advice(measure: MeasureId, asked_on: Date) -> KeepLegalAdvice {
    let words = LegalWords {
        asked_by: text("Heron Tellwright"),
        given_by: text("The council’s solicitor"),
        advice: text("The wording would not stand."),
    };
    KeepLegalAdvice { measure, asked_on, words }
}

pub fn dispute(measure: MeasureId, received_on: Date) -> RecordDispute {
    RecordDispute { measure, received_on, words: reasons() }
}

pub fn answer_dispute(measure: MeasureId, outcome: DisputeOutcome) -> AnswerDispute {
    AnswerDispute { measure, outcome, reasons: reasons() }
}

pub fn open_meeting(meeting: MeetingId) -> OpenMeeting {
    let present = [GOVERNOR, SECOND_GOVERNOR, THIRD_GOVERNOR].into();
    OpenMeeting { meeting, chair: GOVERNOR, present }
}

pub fn lodge(measure: MeasureId, received_on: Date) -> LodgeAppeal {
    let lodged = Lodged {
        received_on,
        way: Way::Letter,
        appellant: Appellant::Customer,
        grounds: [AppealGround::Facts].into(),
    };
    let words = AppealWords { case: reasons(), why_late: None, representative: None };
    LodgeAppeal { measure, lodged, words }
}

pub fn decide_appeal(measure: MeasureId, outcome: AppealOutcome) -> DecideAppeal {
    DecideAppeal { measure, outcome, plan: None, reasons: reasons() }
}

pub fn complaint(measure: MeasureId, taken_up_on: Date) -> RecordComplaint {
    let ombudsman = Ombudsman::LocalGovernment;
    RecordComplaint { measure, ombudsman, taken_up_on, reference: text("26 004 125") }
}

pub fn end_complaint(measure: MeasureId, outcome: ComplaintOutcome, ended_on: Date) -> EndComplaint {
    EndComplaint { measure, outcome, ended_on, found: reasons(), asks: Some(reasons()) }
}

pub fn write(measure: MeasureId) -> WriteLetter {
    write_of(measure, Occasion::Decision)
}

pub fn write_of(measure: MeasureId, occasion: Occasion) -> WriteLetter {
    let code = AppealCode::from_bits(0x5_4321);
    WriteLetter {
        measure,
        occasion,
        code,
        explanation: text("On 1 March somebody was threatened at your door."),
    }
}

pub fn withhold(measure: MeasureId) -> WithholdNotice {
    WithholdNotice { measure, ground: code("VIOL"), evidence: reasons() }
}

pub fn allow_under_age(measure: MeasureId, finding: Finding) -> AllowUnderAge {
    AllowUnderAge { measure, finding, reasons: reasons() }
}

pub fn refuse_withholding(measure: MeasureId) -> RefuseWithholding {
    RefuseWithholding { measure, reasons: reasons() }
}

pub fn agree_withholding(measure: MeasureId) -> AgreeWithholding {
    AgreeWithholding { measure, reasons: reasons() }
}

pub fn retain(measure: MeasureId, next_on: Date) -> ReviewMeasure {
    ReviewMeasure {
        measure,
        outcome: ReviewOutcome::Retain,
        next_on: Some(next_on),
        reasons: reasons(),
        still_withheld: None,
    }
}

pub fn take_off(measure: MeasureId) -> ReviewMeasure {
    ReviewMeasure {
        measure,
        outcome: ReviewOutcome::Remove,
        next_on: None,
        reasons: reasons(),
        still_withheld: None,
    }
}

pub fn remove(measure: MeasureId, reason: EndReason) -> RemoveMeasure {
    RemoveMeasure { measure, reason, words: reasons() }
}

pub fn hold_until(file: File, review_on: Date) -> HoldFile {
    HoldFile { file, ground: Ground::Ombudsman, review_on, reasons: reasons() }
}

pub fn lift(file: File) -> LiftHold {
    LiftHold { file, reasons: reasons() }
}

/// The fingerprint of what the tests stage.
pub const STAGED: Fingerprint = Fingerprint([7; 32]);

pub fn propose_list(import: ImportId, entries: u32) -> ProposeImport {
    let words = ListWords { name: text("The red folder"), kept: text("A shelf in the repairs office.") };
    ProposeImport { import, team: HOUSING, sponsor: MANAGER, entries, fingerprint: STAGED, words }
}

/// A row of a list.
pub fn listed(row: u32, subject: RowSubject, measure: MeasureId) -> Taken {
    Taken { row, subject, measure, plan: plan(Kind::Entry), said: text("Nightjar: do not go alone.") }
}

pub fn approve_list(import: ImportId, rows: Vec<Taken>) -> ApproveImport {
    ApproveImport { import, fingerprint: STAGED, rows }
}

pub fn undo(import: ImportId) -> UndoImport {
    UndoImport { import, reasons: reasons() }
}

pub fn certify(import: ImportId, on: Date) -> CertifyOldList {
    CertifyOldList { import, on, words: reasons() }
}

pub fn join(kept: SubjectId, joined: SubjectId) -> JoinSubjects {
    JoinSubjects { kept, joined, reasons: reasons() }
}

pub fn part(joined: SubjectId) -> PartSubjects {
    PartSubjects { joined, reasons: reasons() }
}

pub fn keep_apart(one: SubjectId, other: SubjectId) -> KeepApart {
    KeepApart { one, other, reasons: reasons() }
}

pub fn rating(control: Control) -> Rating {
    let (impact, likelihood) = (Impact::Serious, Likelihood::VeryLow);
    Rating { impact, likelihood, control, deadline: None }
}

pub fn risk_answer(action: Option<&str>) -> Answer {
    Answer { reasons: reasons(), action: action.map(text), officer: text("Head of housing") }
}

pub fn raise(risk: RiskId, rating: Rating, action: Option<&str>) -> RaiseRisk {
    let words = RiskWords { what: text("Nobody checks."), owner: text("Head of housing") };
    RaiseRisk { risk, sign: None, rating, words, answer: risk_answer(action) }
}

/// Whether something personal is still held.
pub fn is_known<T>(content: &Personal<T>) -> bool {
    content.known().is_some()
}
