//! One case: the steps from a report to the end of a measure, each by somebody who may take it.
//!
//! The reporter, the assessor, the decider and whoever reviews are different people; a case never asks for what a rule refuses.

mod plan;

pub(crate) use plan::band;

use crate::chance::Chance;
use crate::council::{Staff, Worker, nobody, teams, with_role};
use crate::diary::{Diary, working_days_before};
use crate::incidents::{self, Plot};
use crate::story::{Proposed, Story};
use crate::subjects::Profile;
use crate::words::{PROCEDURE, behaviour_words, channel_words, code, fill, text, written};
use jiff::Timestamp;
use jiff::civil::Date;
use register::appeal::{AppealOutcome, AppealWords, Appellant, Ground as AppealGround, Lodged, Way};
use register::assessment::{Band, Finding, Proportionality, Proposal, Recommendation, Test};
use register::calendar::{london, months_after};
use register::command::{
    AgreeInterim, AgreeRemoval, AgreeWithholding, AllowUnderAge, AnswerContact, AnswerDispute, AnswerReview,
    AnswerTest, ApproveLetter, AskInterim, AskRemoval, AssignAppeal, ChangeOccupants, CompleteAssessment,
    ConfirmIncident, ConfirmWithdrawal, Decide, DecideAppeal, DescribeSubject, EndComplaint, HoldFile,
    KeepLegalAdvice, LiftHold, LodgeAppeal, LogContact, NameInvolved, OpenSubject, RecordComplaint,
    RecordDispute, RecordLetterSent, RecordSupportNeeds, RefuseInterim, RemoveMeasure, ReviewMeasure,
    SetPlan, TriageIncident, VaryMeasure, WeighProportionality, WithdrawAppeal, WithholdNotice, WriteLetter,
};
use register::contact::{Matter, Means, Treatment};
use register::decision::Outcome;
use register::dispute::DisputeOutcome;
use register::ids::{AppealCode, File, IncidentId, MeasureId};
use register::incident::{Channel, Identity, Route};
use register::involved::{Involvement, Whom};
use register::legal::LegalWords;
use register::measure::{EndReason, Kind};
use register::notice::{Delivery, Occasion};
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::people::Role;
use register::personal::Text;
use register::policy::Code;
use register::retention::Ground;
use register::review::{Advice, Question, ReviewOutcome};

/// A case as far as it has been written.
pub(crate) struct Case<'s> {
    story: &'s mut Story,
    pub(crate) chance: Chance,
    pub(crate) diary: Diary,
    pub(crate) who: Profile,
    kind: Kind,
    band: Band,
    behaviour: Code,
    channel: Channel,
    team: &'static Staff,
    happened: Date,
    incident: IncidentId,
    measure: MeasureId,
    assessor: &'static Worker,
    colleague: &'static Worker,
    decider: &'static Worker,
    plan: Proposal,
}

/// Whether the customer is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// By letter.
    Letter,
    /// Not for now, on this ground of the policy.
    Withheld(&'static str),
}

impl<'s> Case<'s> {
    /// A case about `who`, to begin on `starts` or the next working day.
    pub(crate) fn new(
        story: &'s mut Story,
        name: &str,
        who: Profile,
        kind: Kind,
        behaviour: &str,
        starts: Date,
    ) -> Self {
        let mut chance = story.chance(name);
        let behaviour = code(behaviour);
        let channel = chance.pick(&incidents::channels(&behaviour));
        let team = chance.pick(&incidents::teams_on(channel));
        let keepers = with_role(Role::RegisterTeam);
        let assessor = chance.pick(&keepers);
        let others: Vec<_> = keepers.into_iter().filter(|keeper| keeper.id != assessor.id).collect();
        let colleague = chance.pick(&others);
        let decider = chance.pick(&with_role(Role::DecisionMaker));
        let diary = Diary::open(starts);
        let band = band(kind, &behaviour);
        let mut case = Self {
            plan: plan::empty(band),
            happened: diary.date(),
            incident: IncidentId::from_bits(0),
            measure: MeasureId::from_bits(chance.bits()),
            story,
            chance,
            diary,
            who,
            kind,
            band,
            behaviour,
            channel,
            team,
            assessor,
            colleague,
            decider,
        };
        case.draw_up();
        case
    }

    pub(crate) fn today(&self) -> Date {
        self.story.today()
    }

    pub(crate) const fn measure(&self) -> MeasureId {
        self.measure
    }

    /// Reported by this team on this channel instead of any that fits.
    pub(crate) fn reported_by(mut self, team: &str, channel: Channel) -> Self {
        self.channel = channel;
        self.team = teams().iter().find(|staff| staff.name == team).unwrap_or(self.team);
        self.draw_up();
        self
    }

    /// With these precautions or restrictions, told to these teams.
    pub(crate) fn planned(mut self, codes: &[&str], audience: &[&str]) -> Self {
        let codes = codes.iter().map(|letters| code(letters)).collect();
        match self.kind {
            Kind::Restriction => self.plan.restrictions = codes,
            Kind::Warning | Kind::Entry => self.plan.precautions = codes,
        }
        self.limit();
        let told: Vec<_> = teams().iter().filter(|staff| audience.contains(&staff.name)).collect();
        self.tell(&told);
        self
    }

    /// A report, confirmed by the manager, triaged to a measure about a new file.
    pub(crate) fn begin(&mut self) {
        self.report_and_confirm();
        self.open_file();
        self.propose();
    }

    /// As [`begin`](Self::begin), about a file that is already there.
    pub(crate) fn begin_again(&mut self) {
        self.report_and_confirm();
        self.propose();
    }

    pub(crate) fn report(&mut self) {
        let (team, channel, behaviour) = (self.team, self.channel, self.behaviour.clone());
        let about = Plot { team, channel, behaviour, about: Some(&self.who) };
        let reporters = team.reporters();
        let reporter = self.chance.pick(&reporters);
        let at = self.diary.soon(&mut self.chance);
        let (report, files) = incidents::report(&about, at, &mut self.chance);
        self.incident = report.incident;
        self.happened = report.facts.happened_on;
        self.story.asks_with(at, reporter.id, report, files);
    }

    fn report_and_confirm(&mut self) {
        self.report();
        let at = self.next(0, 1);
        let by = self.confirmer();
        let words = incidents::line("confirm", &mut self.chance);
        self.story.asks(at, by.id, ConfirmIncident { incident: self.incident, words });
    }

    /// The team's manager; a colleague of the register team for members, contractors and partners, who have none.
    fn confirmer(&self) -> &'static Worker {
        let sponsor = self.team.sponsor();
        let own = self.team.people.iter().any(|worker| worker.id == sponsor.id);
        if own { sponsor } else { self.colleague }
    }

    pub(crate) fn open_file(&mut self) {
        let at = self.diary.soon(&mut self.chance);
        let (subject, details) = (self.who.id, self.who.details.clone());
        self.story.asks(at, self.assessor.id, OpenSubject { subject, details });
        if let Some(needs) = self.who.support.clone() {
            let at = self.diary.soon(&mut self.chance);
            self.story.asks(at, self.assessor.id, RecordSupportNeeds { subject, needs });
        }
    }

    fn propose(&mut self) {
        let route =
            Route::Propose { measure: self.measure, kind: self.kind, sponsor: self.team.sponsor().id };
        let at = self.next(1, 1);
        self.triage(at, route, "triage/propose");
    }

    fn triage(&mut self, at: Timestamp, route: Route, reasons: &str) {
        let reasons = incidents::line(reasons, &mut self.chance);
        let identity = self.chance.pick(&[Identity::Certain, Identity::Certain, Identity::Likely]);
        let (incident, subject) = (self.incident, Some(self.who.id));
        self.story.asks(at, self.assessor.id, TriageIncident { incident, subject, identity, route, reasons });
    }

    /// An interim marker asked for within the hour of the report.
    pub(crate) fn ask_interim(&mut self) {
        self.report();
        self.open_file();
        let at = self.diary.soon(&mut self.chance);
        let grounds = self.says("grounds");
        let mut plan = self.plan.clone();
        plan.words.summary = self.says("summary/interim");
        let ask = AskInterim {
            measure: self.measure,
            incident: self.incident,
            subject: self.who.id,
            sponsor: self.team.sponsor().id,
            plan,
            grounds,
        };
        self.story.asks(at, self.confirmer().id, ask);
    }

    /// A second person agrees, and the report is triaged to what the marker began.
    pub(crate) fn agree_interim(&mut self) {
        let at = self.diary.soon(&mut self.chance);
        self.story.asks(at, self.decider.id, AgreeInterim { measure: self.measure });
        self.join_interim();
    }

    pub(crate) fn refuse_interim(&mut self) {
        let at = self.diary.soon(&mut self.chance);
        self.story.asks(at, self.decider.id, RefuseInterim { measure: self.measure });
        self.join_interim();
    }

    fn join_interim(&mut self) {
        let at = self.diary.soon(&mut self.chance);
        self.triage(at, Route::Join(self.measure), "triage/propose");
    }

    /// Another report about the same subject, on that working day, added to the measure.
    pub(crate) fn another_report(&mut self, date: Date) {
        self.diary = Diary::open(date);
        self.report();
        let at = self.diary.soon(&mut self.chance);
        self.triage(at, Route::Join(self.measure), "triage/join");
    }

    /// Answers the first `count` tests; those in `failing` do not hold.
    pub(crate) fn answer(&mut self, count: usize, failing: &[Test]) {
        self.next(1, 2);
        for test in self.kind.tests().iter().take(count) {
            let finding = if failing.contains(test) { Finding::Fails } else { Finding::Holds };
            let reasons = self.says(&format!("test/{}/{}", test.key(), finding.key()));
            let at = self.diary.soon(&mut self.chance);
            let answer = AnswerTest { measure: self.measure, test: *test, finding, reasons };
            self.story.asks(at, self.assessor.id, answer);
        }
    }

    pub(crate) fn set_plan(&mut self) {
        let at = self.diary.soon(&mut self.chance);
        let mut plan = self.plan.clone();
        plan.words.summary = self.says("summary");
        self.story.asks(at, self.assessor.id, SetPlan { measure: self.measure, plan });
    }

    pub(crate) fn weigh(&mut self) {
        let at = self.diary.soon(&mut self.chance);
        let record = Proportionality {
            aim: self.says("aim"),
            necessity: self.says("necessity"),
            alternatives: self.says("alternatives"),
            effect: self.says("effect"),
            safeguards: self.says("safeguards"),
        };
        self.story.asks(at, self.assessor.id, WeighProportionality { measure: self.measure, record });
    }

    fn complete(&mut self, recommendation: Recommendation) {
        let at = self.next(1, 1);
        self.story.asks(at, self.assessor.id, CompleteAssessment { measure: self.measure, recommendation });
    }

    /// A whole assessment that recommends the measure.
    pub(crate) fn assess(&mut self) {
        self.answer(self.kind.tests().len(), &[]);
        self.set_plan();
        self.weigh();
        self.complete(Recommendation::Approve);
    }

    /// A whole assessment that finds against it.
    pub(crate) fn assess_against(&mut self) {
        let tests = self.kind.tests();
        let failing = self.chance.pick(tests);
        self.answer(tests.len(), &[failing]);
        self.set_plan();
        self.weigh();
        self.complete(Recommendation::Refuse);
    }

    /// The data protection officer's consent for a young person.
    pub(crate) fn allow_under_age(&mut self) {
        let at = self.next(0, 1);
        let reasons = self.says("under-age");
        let allow = AllowUnderAge { measure: self.measure, finding: Finding::Holds, reasons };
        self.story.asks(at, data_protection().id, allow);
    }

    /// Approves on `date`, to be reviewed by `review_on`, or as late as the policy lets where that is sooner.
    pub(crate) fn approve(&mut self, date: Date, review_on: Date) {
        let at = self.diary.on(date, &mut self.chance);
        self.decide(at, Outcome::Approve, Some(review_on.min(self.latest_review())), "decide/approve");
    }

    pub(crate) fn refuse(&mut self) {
        let at = self.next(1, 3);
        self.decide(at, Outcome::Refuse, None, "decide/refuse");
    }

    fn decide(&mut self, at: Timestamp, outcome: Outcome, review_on: Option<Date>, reasons: &str) {
        let reasons = self.says(reasons);
        let decide = Decide { measure: self.measure, outcome, review_on, reasons };
        self.story.asks(at, self.decider.id, decide);
    }

    fn latest_review(&self) -> Date {
        months_after(self.diary.date(), if self.band == Band::Red { 3 } else { 6 })
    }

    pub(crate) fn write_letter(&mut self) {
        let at = self.next(1, 1);
        let explanation = self.says("letter");
        self.write(at, Occasion::Decision, explanation);
    }

    pub(crate) fn approve_letter(&mut self) {
        let at = self.next(1, 1);
        let (measure, occasion) = (self.measure, Occasion::Decision);
        self.story.asks(at, self.colleague.id, ApproveLetter { measure, occasion });
    }

    fn write(&mut self, at: Timestamp, occasion: Occasion, explanation: Text) {
        let code = AppealCode::from_bits(self.chance.bits());
        let measure = self.measure;
        self.story.asks(at, self.assessor.id, WriteLetter { measure, occasion, code, explanation });
    }

    /// Writes, approves and sends the letter that is owed for what has become of it.
    pub(crate) fn inform(&mut self, occasion: Occasion) {
        let explanation = self.says(&format!("outcome/{}", occasion.key()));
        let at = self.next(1, 2);
        self.write(at, occasion, explanation);
        let at = self.next(1, 1);
        self.story.asks(at, self.colleague.id, ApproveLetter { measure: self.measure, occasion });
        self.send(occasion);
    }

    fn send_letter(&mut self) {
        self.send(Occasion::Decision);
    }

    fn send(&mut self, occasion: Occasion) {
        let at = self.next(1, 1);
        let (measure, sent_on) = (self.measure, self.diary.date());
        let delivery = self.chance.pick(&[
            Delivery::Post,
            Delivery::Post,
            Delivery::Post,
            Delivery::Hand,
            Delivery::Email,
            Delivery::Advocate,
        ]);
        self.story.asks(at, self.assessor.id, RecordLetterSent { measure, occasion, sent_on, delivery });
    }

    pub(crate) fn ask_to_withhold(&mut self, ground: &str) {
        let at = self.next(1, 1);
        let evidence = self.says(&format!("withhold/{ground}"));
        let ask = WithholdNotice { measure: self.measure, ground: code(ground), evidence };
        self.story.asks(at, self.decider.id, ask);
    }

    fn agree_to_withhold(&mut self) {
        let at = self.next(1, 2);
        let reasons = self.says("agree-withholding");
        self.story.asks(at, data_protection().id, AgreeWithholding { measure: self.measure, reasons });
    }

    /// Tells the customer, or two people record why not; the measure is in force.
    pub(crate) fn give_notice(&mut self, telling: Telling) {
        match telling {
            Telling::Letter => {
                self.write_letter();
                self.approve_letter();
                self.send_letter();
            }
            Telling::Withheld(ground) => {
                self.ask_to_withhold(ground);
                self.agree_to_withhold();
            }
        }
    }

    /// The customer has moved; the file is brought up to date.
    pub(crate) fn move_house(&mut self) {
        self.who.moves(self.diary.date(), &mut self.chance);
        let at = self.diary.soon(&mut self.chance);
        let (subject, details) = (self.who.id, self.who.details.clone());
        self.story.asks(at, self.colleague.id, DescribeSubject { subject, details });
    }

    /// Keeps the measure at a review on `date`, to be looked at again by `next_on` or as late as the policy lets.
    pub(crate) fn retain(&mut self, date: Date, next_on: Date, telling: Telling) {
        self.answer_review(date, Advice::Keep);
        let still_withheld = (telling != Telling::Letter).then(|| self.says("still-withheld"));
        let at = self.diary.on(date, &mut self.chance);
        let next_on = Some(next_on.min(self.latest_review()));
        self.review(at, ReviewOutcome::Retain, next_on, "review/retain", still_withheld);
        if telling == Telling::Letter {
            self.inform(Occasion::Kept);
        }
    }

    /// The sponsor's answers, some working days before the review on `date`.
    pub(crate) fn answer_review(&mut self, date: Date, advice: Advice) {
        let days = self.chance.between(1, 3);
        let at = self.diary.on(working_days_before(date, days).max(self.diary.date()), &mut self.chance);
        let answers = Question::ALL
            .iter()
            .map(|question| (*question, self.says(&format!("question/{}", question.key()))))
            .collect();
        let by = self.colleague.id;
        self.story.asks(at, by, AnswerReview { measure: self.measure, advice, answers });
    }

    /// Takes the measure off on `date`, for a reason that is neither a refusal nor the passing of time; an entry that is no
    /// longer justified at the next meeting after that.
    pub(crate) fn end(&mut self, date: Date, reason: EndReason) {
        match reason {
            EndReason::NotJustified => {
                self.answer_review(date, Advice::Remove);
                let at = self.diary.on(date, &mut self.chance);
                self.review(at, ReviewOutcome::Remove, None, "review/remove", None);
                if self.kind == Kind::Entry {
                    let (measure, audience) = (self.measure, self.plan.audience.clone());
                    self.story.proposes_removal(Proposed { on: date, measure, audience });
                } else {
                    self.inform(Occasion::Removed);
                    self.confirm_withdrawal();
                }
            }
            EndReason::AppealUpheld => {
                self.appeal(working_days_before(date, 12));
                self.decide_appeal(date, AppealOutcome::Upheld);
                self.confirm_withdrawal();
            }
            reason => {
                let at = self.diary.on(date, &mut self.chance);
                let words = self.says(&format!("end/{}", reason.key()));
                self.story.asks(at, self.assessor.id, RemoveMeasure { measure: self.measure, reason, words });
                if reason == EndReason::Error {
                    self.inform(Occasion::Apology);
                }
                self.confirm_withdrawal();
            }
        }
    }

    fn review(
        &mut self,
        at: Timestamp,
        outcome: ReviewOutcome,
        next_on: Option<Date>,
        reasons: &str,
        still_withheld: Option<Text>,
    ) {
        let reasons = self.says(reasons);
        let review = ReviewMeasure { measure: self.measure, outcome, next_on, reasons, still_withheld };
        self.story.asks(at, self.decider.id, review);
    }

    /// An appeal that arrives on `date`, is acknowledged and given to somebody.
    pub(crate) fn appeal(&mut self, date: Date) {
        let at = self.diary.on(date.max(self.diary.date()), &mut self.chance);
        let grounds = [self.chance.pick(AppealGround::ALL)].into();
        let way = self.chance.pick(&[Way::Letter, Way::Email, Way::Phone, Way::InPerson]);
        let (received_on, appellant) = (self.diary.date(), Appellant::Customer);
        let words = AppealWords { case: self.says("appeal/case"), why_late: None, representative: None };
        let lodged = Lodged { received_on, way, appellant, grounds };
        self.story.asks(at, self.assessor.id, LodgeAppeal { measure: self.measure, lodged, words });
        self.inform(Occasion::AppealReceived);
        let at = self.next(1, 1);
        let officer = hears_appeals().id;
        self.story.asks(at, self.colleague.id, AssignAppeal { measure: self.measure, officer });
    }

    /// The decision on the appeal, by whoever hears it, and the letter that tells it.
    pub(crate) fn decide_appeal(&mut self, date: Date, outcome: AppealOutcome) {
        let at = self.diary.on(date.max(self.diary.date()), &mut self.chance);
        let reasons = self.says(&format!("appeal/{}", outcome.key()));
        let decide = DecideAppeal { measure: self.measure, outcome, plan: None, reasons };
        self.story.asks(at, hears_appeals().id, decide);
        self.inform(Occasion::AppealOutcome);
    }

    /// The customer goes back on the appeal.
    pub(crate) fn withdraw_appeal(&mut self) {
        let at = self.next(2, 4);
        let words = self.says("appeal/withdrawn");
        self.story.asks(at, self.assessor.id, WithdrawAppeal { measure: self.measure, words });
    }

    /// An ombudsman takes up on `date` what the appeal did not settle.
    pub(crate) fn goes_to_an_ombudsman(&mut self, date: Date) {
        let at = self.diary.on(date.max(self.diary.date()), &mut self.chance);
        let (measure, taken_up_on) = (self.measure, self.diary.date());
        let ombudsman = Ombudsman::LocalGovernment;
        let number = self.chance.between(100, 999);
        let reference = text(&format!("{} 00{} {number}", taken_up_on.year() % 100, number % 9 + 1));
        let record = RecordComplaint { measure, ombudsman, taken_up_on, reference };
        self.story.asks(at, self.colleague.id, record);
    }

    /// The ombudsman writes on `date` how the complaint ended.
    pub(crate) fn ombudsman_answers(&mut self, date: Date, outcome: ComplaintOutcome) {
        let at = self.diary.on(date.max(self.diary.date()), &mut self.chance);
        let (measure, ended_on) = (self.measure, self.diary.date());
        let found = self.says(&format!("ombudsman/{}", outcome.key()));
        let asks = (outcome == ComplaintOutcome::Fault).then(|| self.says("ombudsman/asks"));
        self.story.asks(at, self.assessor.id, EndComplaint { measure, outcome, ended_on, found, asks });
    }

    /// What the customer sent on a working day about this, and what was done with it.
    pub(crate) fn hears(&mut self, date: Date, matter: Matter, treatment: Treatment) {
        let at = self.diary.on(date, &mut self.chance);
        let measure = self.measure;
        let means =
            self.chance.pick(&[Means::Phone, Means::Email, Means::Email, Means::Letter, Means::WebForm]);
        let words = self.says(&format!("contact/{}", matter.key()));
        let passed_to = (treatment == Treatment::PassedOn).then_some(self.team.team);
        let log = LogContact {
            measure,
            received_on: self.diary.date(),
            means,
            matter,
            treatment,
            passed_to,
            words,
        };
        self.story.asks(at, self.colleague.id, log);
    }

    /// The answer to the contact of this number, a few days later.
    pub(crate) fn answers(&mut self, contact: u32) {
        let at = self.next(1, 4);
        let words = self.says("contact/answer");
        self.story.asks(at, self.colleague.id, AnswerContact { measure: self.measure, contact, words });
    }

    /// The register team names who was harmed, one of the team that reported, and who saw it.
    pub(crate) fn name_involved(&mut self) {
        let worker = self.team.reporters().first().copied();
        let (name, reach) = (self.says("involved/witness"), self.says("involved/reach"));
        let harmed = worker.map(|worker| (Involvement::Harmed, Whom::Staff(worker.id)));
        for (involvement, who) in
            harmed.into_iter().chain([(Involvement::Witness, Whom::Other { name, reach })])
        {
            let at = self.next(0, 0);
            let incident = self.incident;
            self.story.asks(at, self.colleague.id, NameInvolved { incident, involvement, who });
        }
    }

    /// What a lawyer advised is kept.
    pub(crate) fn advised(&mut self) {
        let asked_on = self.diary.date();
        let at = self.next(2, 4);
        let words = LegalWords {
            asked_by: self.says("legal/asked-by"),
            given_by: self.says("legal/given-by"),
            advice: self.says("legal/advice"),
        };
        self.story.asks(at, self.colleague.id, KeepLegalAdvice { measure: self.measure, asked_on, words });
    }

    /// The customer says that the record is wrong.
    pub(crate) fn disputed(&mut self, date: Date) {
        let at = self.diary.on(date.max(self.diary.date()), &mut self.chance);
        let (measure, received_on, words) = (self.measure, self.diary.date(), self.says("dispute"));
        self.story.asks(at, self.colleague.id, RecordDispute { measure, received_on, words });
    }

    /// The data protection officer’s answer to that, and the letter that tells it.
    pub(crate) fn answer_dispute(&mut self, outcome: DisputeOutcome) {
        let at = self.next(4, 8);
        let reasons = self.says(&format!("dispute/{}", outcome.key()));
        let answer = AnswerDispute { measure: self.measure, outcome, reasons };
        self.story.asks(at, data_protection().id, answer);
        self.inform(Occasion::DisputeAnswered);
    }

    /// Other people live in the place.
    pub(crate) fn change_occupants(&mut self, date: Date) {
        let at = self.diary.on(date.max(self.diary.date()), &mut self.chance);
        let (subject, since, words) = (self.who.id, self.diary.date(), self.says("occupants"));
        self.story.asks(at, self.colleague.id, ChangeOccupants { subject, since, words });
    }

    /// The plan in force loses its last team.
    pub(crate) fn vary(&mut self, date: Date) {
        let at = self.diary.on(date.max(self.diary.date()), &mut self.chance);
        let mut plan = self.plan.clone();
        plan.words.summary = self.says("summary");
        if plan.audience.len() > 1 {
            plan.audience.pop();
            plan.words.audience_reasons.pop();
        } else {
            plan.precautions.push(code("BUD"));
        }
        self.plan = plan.clone();
        let reasons = self.says("vary");
        self.story.asks(at, self.decider.id, VaryMeasure { measure: self.measure, plan, reasons });
        self.inform(Occasion::Varied);
    }

    /// Two members of the Governance Group, the chair among them, do not wait for the meeting; gives the day it came off.
    pub(crate) fn remove_between(&mut self, date: Date) -> Date {
        let at = self.diary.on(date, &mut self.chance);
        let members = with_role(Role::GovernanceGroup);
        let (chair, second) = (members.first(), members.get(2));
        let reasons = self.says("between");
        let measure = self.measure;
        let asked = AskRemoval { measure, reasons: reasons.clone() };
        self.story.asks(at, second.map_or_else(|| nobody().id, |member| member.id), asked);
        let at = self.next(0, 1);
        let agree = AgreeRemoval { measure, reasons };
        self.story.asks(at, chair.map_or_else(|| nobody().id, |member| member.id), agree);
        let on = self.diary.date();
        self.inform(Occasion::Removed);
        self.confirm_withdrawal();
        on
    }

    /// Every team that was told confirms, through the register team, that it no longer follows the marker.
    fn confirm_withdrawal(&mut self) {
        let measure = self.measure;
        for team in self.plan.audience.clone() {
            let at = self.next(0, 1);
            self.story.asks(at, self.colleague.id, ConfirmWithdrawal { measure, team });
        }
    }

    pub(crate) fn hold(&mut self) {
        let at = self.next(1, 3);
        let (file, reasons) = (File::Measure(self.measure), self.says("hold"));
        let review_on = months_after(london(at), 3);
        self.story.asks(
            at,
            data_protection().id,
            HoldFile { file, ground: Ground::Ombudsman, review_on, reasons },
        );
    }

    pub(crate) fn lift_hold(&mut self) {
        let at = self.next(20, 40);
        let reasons = self.says("lift");
        self.story.asks(at, data_protection().id, LiftHold { file: File::Measure(self.measure), reasons });
    }

    /// Between so many working days later.
    fn next(&mut self, least: u32, most: u32) -> Timestamp {
        match self.chance.between(least, most) {
            0 => self.diary.soon(&mut self.chance),
            days => self.diary.after(days, &mut self.chance),
        }
    }

    /// A sentence of the procedure about this case: one for a place, for this kind or for this band where there are any.
    fn says(&mut self, section: &str) -> Text {
        let of_a_place = incidents::is_of_a_place(&self.behaviour).then_some("place");
        let special = of_a_place.into_iter().chain([self.kind.key(), self.band.key()]);
        let sentences = special
            .map(|case| PROCEDURE.lines(&format!("{section}/{case}")))
            .find(|sentences| !sentences.is_empty())
            .unwrap_or_else(|| PROCEDURE.lines(section));
        let sentence = self.chance.pick(sentences);
        let date = written(self.happened);
        let (behaviour, channel) = (behaviour_words(&self.behaviour), channel_words(self.channel));
        text(&fill(sentence, &[("date", &date), ("behaviour", &behaviour), ("channel", &channel)]))
    }
}

fn hears_appeals() -> &'static Worker {
    with_role(Role::AppealOfficer).first().copied().unwrap_or_else(nobody)
}

fn data_protection() -> &'static Worker {
    with_role(Role::DataProtection).first().copied().unwrap_or_else(nobody)
}
