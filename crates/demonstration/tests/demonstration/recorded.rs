//! A stage that remembers every command and every word that it was given.

use demonstration::{Memory, Seed, Stage, play};
use jiff::Timestamp;
use register::assessment::Proposal;
use register::command::Command;
use register::import::RowSubject;
use register::involved::Whom;
use register::moment::Moment;
use register::personal::Text;
use register::policy::Desk;
use register::refusal::Refusal;
use register::state::Register;
use register::subject::{Address, SubjectDetails};

/// The day on which the tests look at the register: a Tuesday.
pub fn until() -> Timestamp {
    Timestamp::from_second(1_795_512_600).expect("09:30 on 24 November 2026")
}

/// Everything that was asked, in order.
#[derive(Default)]
pub struct Recorded {
    memory: Memory,
    pub asked: Vec<(Command, Moment)>,
}

impl Stage for Recorded {
    type Stop = Refusal;

    fn register(&self) -> &Register {
        self.memory.register()
    }

    fn perform(&mut self, command: Command, moment: Moment) -> Result<(), Refusal> {
        self.asked.push((command.clone(), moment));
        self.memory.perform(command, moment)
    }
}

/// The whole history from this seed.
pub fn recorded(seed: u64, until: Timestamp) -> Recorded {
    let mut stage = Recorded::default();
    if let Err(stopped) = play(&mut stage, Seed(seed), until) {
        panic!("{stopped}");
    }
    stage
}

/// Every word that somebody typed into a command.
pub fn words(command: &Command) -> Vec<Text> {
    let mut words = Vec::new();
    match command {
        Command::OpenRegister(open) => {
            let council = &open.council;
            words.extend([council.name.clone(), council.register_name.clone()]);
            words.extend(council.address.clone());
            for Desk { name, phone, email } in
                [&council.duty_desk, &council.appeals_desk, &council.data_protection_desk]
            {
                words.extend([name.clone(), phone.clone(), email.clone()]);
            }
        }
        Command::ProposePolicy(propose) => words.extend([propose.name.clone(), propose.reasons.clone()]),
        Command::LogConsultation(log) => words.push(log.words.clone()),
        Command::EndorsePolicy(endorse) => words.push(endorse.reasons.clone()),
        Command::RejectPolicy(reject) => words.push(reject.reasons.clone()),
        Command::WithdrawPolicy(withdraw) => words.push(withdraw.reasons.clone()),
        Command::ReviewPolicy(review) => words.push(review.words.clone()),
        Command::OpenTeam(open) => words.push(open.name.clone()),
        Command::OpenAccount(open) => {
            words.extend([open.details.name.clone(), open.details.email.clone()]);
            words.extend(open.details.phone.clone());
        }
        Command::OpenSubject(open) => words.extend(of_details(&open.details)),
        Command::DescribeSubject(describe) => words.extend(of_details(&describe.details)),
        Command::RecordSupportNeeds(record) => words.push(record.needs.clone()),
        Command::ReportIncident(report) => {
            let n = report.narrative.clone();
            words.push(n.what_happened);
            words.extend(report.told_by.clone());
            for more in [
                n.exact_words,
                n.place,
                n.subject.name,
                n.subject.address,
                n.subject.other,
                n.subject.how_identified,
                n.others_affected,
                n.weapon_or_damage,
                n.evidence,
                n.police_reference,
                n.needs,
                n.own_contribution,
                n.suggested_precautions,
                n.likely_contact,
            ] {
                words.extend(more);
            }
        }
        Command::ConfirmIncident(confirm) => words.push(confirm.words.clone()),
        Command::AddToIncident(add) => words.push(add.words.clone()),
        Command::NameInvolved(named) => {
            if let Whom::Other { name, reach } = &named.who {
                words.extend([name.clone(), reach.clone()]);
            }
        }
        Command::TriageIncident(triage) => words.push(triage.reasons.clone()),
        Command::AskInterim(ask) => {
            words.push(ask.grounds.clone());
            words.extend(of_plan(&ask.plan));
        }
        Command::AnswerTest(answer) => words.push(answer.reasons.clone()),
        Command::SetPlan(set) => words.extend(of_plan(&set.plan)),
        Command::WeighProportionality(weigh) => {
            let r = weigh.record.clone();
            words.extend([r.aim, r.necessity, r.alternatives, r.effect, r.safeguards]);
        }
        Command::AllowUnderAge(allow) => words.push(allow.reasons.clone()),
        Command::Decide(decide) => words.push(decide.reasons.clone()),
        Command::WriteLetter(write) => words.push(write.explanation.clone()),
        Command::WithholdNotice(withhold) => words.push(withhold.evidence.clone()),
        Command::AgreeWithholding(agree) => words.push(agree.reasons.clone()),
        Command::ReviewMeasure(review) => {
            words.push(review.reasons.clone());
            words.extend(review.still_withheld.clone());
        }
        Command::JoinSubjects(join) => words.push(join.reasons.clone()),
        Command::ProposeImport(propose) => {
            words.extend([propose.words.name.clone(), propose.words.kept.clone()]);
        }
        Command::ApproveImport(approve) => {
            for taken in &approve.rows {
                words.push(taken.said.clone());
                words.extend(of_plan(&taken.plan));
                if let RowSubject::New(_, details) = &taken.subject {
                    words.extend(of_details(details));
                }
            }
        }
        Command::CertifyOldList(certify) => words.push(certify.words.clone()),
        Command::ChangeOccupants(change) => words.push(change.words.clone()),
        Command::LogContact(log) => words.push(log.words.clone()),
        Command::AnswerContact(answer) => words.push(answer.words.clone()),
        Command::KeepLegalAdvice(keep) => {
            let w = keep.words.clone();
            words.extend([w.asked_by, w.given_by, w.advice]);
        }
        Command::RecordDispute(record) => words.push(record.words.clone()),
        Command::AnswerDispute(answer) => words.push(answer.reasons.clone()),
        Command::RecordComplaint(record) => words.push(record.reference.clone()),
        Command::EndComplaint(end) => {
            words.push(end.found.clone());
            words.extend(end.asks.clone());
        }
        Command::RemoveMeasure(remove) => words.push(remove.words.clone()),
        Command::HoldFile(hold) => words.push(hold.reasons.clone()),
        Command::LiftHold(lift) => words.push(lift.reasons.clone()),
        _ => {}
    }
    words
}

fn of_details(details: &SubjectDetails) -> Vec<Text> {
    let mut words: Vec<Text> = details.addresses().iter().flat_map(of_address).collect();
    match details {
        SubjectDetails::Premises(premises) => words.push(premises.description.clone()),
        SubjectDetails::Person(person) => {
            words.extend(person.names.iter().map(|name| name.full.clone()));
            words.extend([&person.phones, &person.emails, &person.social].into_iter().flatten().cloned());
            words.extend(person.references.iter().map(|reference| reference.value.clone()));
        }
    }
    words
}

fn of_address(address: &Address) -> Vec<Text> {
    std::iter::once(&address.lines).chain(&address.postcode).cloned().collect()
}

fn of_plan(plan: &Proposal) -> Vec<Text> {
    let words = plan.words.clone();
    let mut all =
        vec![words.band_reasons, words.summary, words.service_route, words.ring_name, words.ring_phone];
    all.extend(words.audience_reasons);
    all.extend(words.point_of_contact);
    all.extend(words.times);
    all
}
