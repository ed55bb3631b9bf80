//! The policy of the Personal Safety Register as pure functions.
//!
//! [`decide`] says what follows from a [`Command`](command::Command), or which rule refuses it; [`Register::apply`](state::Register::apply)
//! takes in what followed; [`due::due`] says what time alone asks for; [`view`] cuts a file down to what a reader may see. Time,
//! identity and fresh references come in as arguments.
//!
//! Deliberately not here: input and output, clocks, chance, serialisation, databases, the web. The one dependency is for dates.

pub mod alike;
pub mod appeal;
pub mod assessment;
pub mod calendar;
mod choice;
pub mod command;
pub mod contact;
pub mod course;
pub mod decision;
pub mod dispute;
pub mod due;
pub mod event;
pub mod exclusion;
pub mod glass;
pub mod grave;
pub mod ids;
pub mod import;
pub mod incident;
pub mod involved;
pub mod join;
pub mod legal;
pub mod looks;
pub mod measure;
pub mod meeting;
pub mod moment;
pub mod notice;
pub mod numbers;
pub mod ombudsman;
pub mod partner;
pub mod people;
pub mod personal;
pub mod policy;
pub mod reach;
pub mod refusal;
pub mod retention;
pub mod review;
pub mod risk;
pub mod state;
pub mod subject;
pub mod totals;
pub mod training;
pub mod view;

use command::{Command, Permission};
use event::Event;
use moment::{Actor, Moment};
use personal::{Locker, Particulars};
use refusal::Refusal;
use state::Register;

/// What follows from `command`, asked at `moment`, in the register as it stands.
///
/// # Errors
/// The [`Refusal`] that names the rule which stops it; then nothing follows.
pub fn decide(register: &Register, command: &Command, moment: &Moment) -> Result<Vec<Event>, Refusal> {
    permitted(register, command, moment)?;
    if let Command::OpenRegister(opening) = command {
        if register.is_open() {
            return Err(Refusal::AlreadyOpened);
        }
        policy::check(&opening.policy)?;
        return Ok(vec![Event::RegisterOpened {
            council: Particulars::new(Locker::Council, opening.council.clone()),
            policy: Particulars::new(Locker::Council, opening.policy.clone()),
        }]);
    }
    if !register.is_open() {
        return Err(Refusal::NotOpened);
    }
    let events = follows(register, command, moment)?;
    exclusion::takes_no_part(register, &events, moment)?;
    Ok(events)
}

/// What follows by the rule of the act itself.
fn follows(register: &Register, command: &Command, moment: &Moment) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::OpenRegister(_) => Err(Refusal::AlreadyOpened),
        Command::ProposePolicy(command) => policy::propose(register, command, moment),
        Command::LogConsultation(command) => policy::consult(register, command, moment),
        Command::EndorsePolicy(command) => policy::endorse(register, command, moment),
        Command::RejectPolicy(command) => policy::reject(register, command, moment),
        Command::WithdrawPolicy(command) => policy::withdraw(register, command),
        Command::AdoptPolicy(command) => policy::adopt(register, command, moment),
        Command::ReviewPolicy(command) => policy::record_review(register, command),
        Command::OpenTeam(command) => people::open_team(register, command),
        Command::OpenAccount(command) => people::open_account(register, command, moment),
        Command::ChangeAccount(command) => people::change_account(register, command, moment),
        Command::CloseAccount(command) => people::close_account(register, command, moment),
        Command::TellStaff(command) => people::tell(register, command, moment),
        Command::AskGrant(command) => people::ask(register, command, moment),
        Command::AgreeGrant(command) => people::agree(register, command, moment),
        Command::NoteStarter(command) => people::note(register, command),
        Command::AskAccess(command) => people::ask_access(register, command, moment),
        Command::DeclineAccess(command) => people::decline(register, command, moment),
        Command::RefuseAccess(command) => people::refuse(register, command),
        Command::AskConfirmations(command) => people::ask_confirmations(register, command, moment),
        Command::AnswerForAccess(command) => people::answer(register, command, moment),
        Command::LapseAccess(command) => people::lapse(register, command, moment),
        Command::AcknowledgePolicy(command) => people::acknowledge(register, command, moment),
        Command::TakeTraining(command) => people::train(register, command, moment),
        Command::KeepConduct(command) => people::keep_conduct(register, command, moment),
        Command::RaiseRisk(command) => risk::raise(register, command, moment),
        Command::AssessRisk(command) => risk::assess(register, command, moment),
        Command::TransferRisk(command) => risk::transfer(register, command, moment),
        Command::CloseRisk(command) => risk::close(register, command),
        Command::OpenSubject(command) => subject::open(register, command),
        Command::DescribeSubject(command) => subject::describe(register, command),
        Command::RecordSupportNeeds(command) => subject::record_support_needs(register, command),
        Command::ChangeOccupants(command) => subject::change_occupants(register, command, moment),
        Command::ExcludeFromFile(command) => exclusion::exclude(register, command, moment),
        Command::LiftExclusion(command) => exclusion::lift(register, command, moment),
        Command::BreakGlass(command) => glass::break_it(register, command, moment),
        Command::ReviewGlass(command) => glass::review(register, command, moment),
        Command::QuestionLooks(command) => looks::question(register, command, moment),
        Command::ExplainLooks(command) => looks::explain(register, command, moment),
        Command::ReviewLooks(command) => looks::review(register, command, moment),
        Command::JoinSubjects(command) => join::join(register, command),
        Command::PartSubjects(command) => join::part(register, command),
        Command::KeepApart(command) => join::keep_apart(register, command),
        Command::ProposeImport(command) => import::propose(register, command),
        Command::RefuseImport(command) => import::refuse(register, command),
        Command::ApproveImport(command) => import::approve(register, command, moment),
        Command::UndoImport(command) => import::undo(register, command),
        Command::CertifyOldList(command) => import::certify(register, command, moment),
        Command::DeclareNoList(command) => import::declare(register, command, moment),
        Command::KeepPartner(command) => partner::keep(register, command),
        Command::ProposeAgreement(command) => partner::propose(register, command),
        Command::ApproveAgreement(command) => partner::approve(register, command, moment),
        Command::ConfirmAgreement(command) => partner::confirm(register, command, moment),
        Command::EndAgreement(command) => partner::end(register, command),
        Command::LoadStock(command) => partner::load(register, command),
        Command::ReceiveMarker(command) => partner::receive(register, command, moment),
        Command::ReportIncident(command) => incident::report(register, command, moment),
        Command::ConfirmIncident(command) => incident::confirm(register, command, moment),
        Command::AddToIncident(command) => incident::add(register, command, moment),
        Command::NameInvolved(command) => involved::name(register, command, moment),
        Command::TriageIncident(command) => incident::triage(register, command, moment),
        Command::AskInterim(command) => measure::ask_interim(register, command, moment),
        Command::AgreeInterim(command) => measure::agree_interim(register, command, moment),
        Command::RefuseInterim(command) => measure::refuse_interim(register, command, moment),
        Command::LapseInterim(command) => measure::lapse_interim(register, command, moment),
        Command::AnswerTest(command) => assessment::answer(register, command, moment),
        Command::SetPlan(command) => assessment::set_plan(register, command, moment),
        Command::WeighProportionality(command) => assessment::weigh(register, command, moment),
        Command::AllowUnderAge(command) => assessment::allow_under_age(register, command, moment),
        Command::CompleteAssessment(command) => assessment::complete(register, command, moment),
        Command::Decide(command) => decision::decide(register, command, moment),
        Command::WriteLetter(command) => notice::write(register, command, moment),
        Command::ApproveLetter(command) => notice::approve(register, command, moment),
        Command::RecordLetterSent(command) => notice::sent(register, command, moment),
        Command::WithholdNotice(command) => notice::withhold(register, command, moment),
        Command::AgreeWithholding(command) => notice::agree_withholding(register, command, moment),
        Command::RefuseWithholding(command) => notice::refuse_withholding(register, command, moment),
        Command::AnswerReview(command) => review::answer(register, command, moment),
        Command::ReviewMeasure(command) => review::review(register, command, moment),
        Command::VaryMeasure(command) => review::vary(register, command, moment),
        Command::ChangeSponsor(command) => review::change_sponsor(register, command),
        Command::LogContact(command) => contact::log(register, command, moment),
        Command::AnswerContact(command) => contact::answer(register, command, moment),
        Command::KeepLegalAdvice(command) => legal::keep(register, command, moment),
        Command::RecordDispute(command) => dispute::record(register, command, moment),
        Command::AnswerDispute(command) => dispute::answer(register, command, moment),
        Command::LodgeAppeal(command) => appeal::lodge(register, command, moment),
        Command::AssignAppeal(command) => appeal::assign(register, command, moment),
        Command::DecideAppeal(command) => appeal::decide(register, command, moment),
        Command::WithdrawAppeal(command) => appeal::withdraw(register, command),
        Command::RecordComplaint(command) => ombudsman::record(register, command, moment),
        Command::EndComplaint(command) => ombudsman::end(register, command, moment),
        Command::CallMeeting(command) => meeting::call(register, command, moment),
        Command::OpenMeeting(command) => meeting::open(register, command, moment),
        Command::DecideAtMeeting(command) => meeting::decide(register, command, moment),
        Command::AgreeAction(command) => meeting::agree_action(register, command, moment),
        Command::CompleteAction(command) => meeting::complete_action(register, command),
        Command::CloseMeeting(command) => meeting::close(register, command, moment),
        Command::AskRemoval(command) => meeting::ask_removal(register, command, moment),
        Command::AgreeRemoval(command) => meeting::agree_removal(register, command, moment),
        Command::ConfirmWithdrawal(command) => measure::confirm_withdrawal(register, command, moment),
        Command::RemoveMeasure(command) => measure::remove(register, command, moment),
        Command::HoldFile(command) => retention::hold(register, command, moment),
        Command::LiftHold(command) => retention::lift(register, command),
        Command::Destroy(command) => retention::destroy(register, command, moment),
    }
}

/// Refuses whoever may not ask this command at all.
fn permitted(register: &Register, command: &Command, moment: &Moment) -> Result<(), Refusal> {
    match (command.permission(), moment.by) {
        (Permission::System | Permission::AccountOrSystem(_), Actor::System) => Ok(()),
        (Permission::System, Actor::Account(_)) => Err(Refusal::OnlyByTime),
        (Permission::Holder, by) => people::holder(register, by),
        (Permission::Account(action) | Permission::AccountOrSystem(action), _) => {
            people::permit(register, moment, action).map(|_| ())
        }
    }
}
