//! Looks that stand out: the reader is asked and answers once, and somebody who is neither they nor their manager closes them.

use crate::support::*;
use register::calendar;
use register::command::*;
use register::due;
use register::ids::{AccountId, File};
use register::looks::{ANSWER_WITHIN, LooksFinding};
use register::people::{Action, Answer, Role};
use register::reach::reach;
use register::refusal::Refusal;
use register::view::Disclosure;

pub fn question(reader: AccountId) -> QuestionLooks {
    QuestionLooks { reader, looks: [4, 7].into(), words: text("Nightjar: what was it for?") }
}

pub fn explain(question: u32) -> ExplainLooks {
    ExplainLooks { question, words: text("Nightjar: job 4711, on the phone") }
}

pub fn review(reader: AccountId) -> ReviewLooks {
    let finding = LooksFinding::Explained;
    ReviewLooks { reader, looks: [4, 7].into(), finding, words: text("Nightjar: it is in the diary") }
}

fn misuse(reader: AccountId) -> ReviewLooks {
    ReviewLooks { finding: LooksFinding::Misuse, ..review(reader) }
}

/// What waits for whom, of looks that stood out.
fn told(world: &World, what: &str) -> Vec<Action> {
    let tasks = due::work(&world.register, world.today());
    tasks.iter().filter(|task| task.what.contains(what)).map(|task| task.action).collect()
}

fn says(account: AccountId, answer: Answer) -> AnswerForAccess {
    AnswerForAccess { answers: [(account, answer)].into() }
}

#[test]
fn a_reader_is_asked_answers_once_and_somebody_else_closes_the_looks() {
    let mut world = World::opened();
    for nobody in [OFFICER, MANAGER, REGISTRAR, DECIDER, ADMINISTRATOR] {
        assert_eq!(world.refused(nobody, question(MEMBER)), Refusal::NotPermitted(Action::ReviewLooks));
        assert_eq!(world.refused(nobody, review(MEMBER)), Refusal::NotPermitted(Action::ReviewLooks));
    }
    world.does(PROTECTION, question(OFFICER));
    for nobody in [MANAGER, PROTECTION, ANOTHER_OFFICER] {
        assert_eq!(world.refused(nobody, explain(0)), Refusal::NoQuestion);
    }
    assert_eq!(world.refused(OFFICER, explain(1)), Refusal::NoQuestion);
    world.does(OFFICER, explain(0));
    assert_eq!(world.refused(OFFICER, explain(0)), Refusal::QuestionAnswered);
    world.does(AUDITOR, review(OFFICER));
    assert_eq!(world.register.reviewed_looks(), [4, 7].into());
    let again = ReviewLooks { looks: [7, 8].into(), ..review(OFFICER) };
    assert_eq!(world.refused(PROTECTION, again), Refusal::AlreadyDone, "a look is closed once");
    assert_eq!(world.refused(PROTECTION, question(OFFICER)), Refusal::AlreadyDone);
}

#[test]
fn nobody_closes_their_own_looks_or_those_of_their_people() {
    let mut world = World::opened();
    assert_eq!(world.refused(PROTECTION, question(PROTECTION)), Refusal::OwnLooks);
    assert_eq!(world.refused(PROTECTION, review(PROTECTION)), Refusal::OwnLooks);
    world.does(AUDITOR, review(PROTECTION));
    crate::decision::becomes(&mut world, AUDITOR, &[Role::LineManager, Role::Auditor]);
    let team = world.register.account(AUDITOR).expect("an account").team;
    let of_team = |world: &World, own: bool| {
        let mut people = world.register.accounts().filter(|it| !it.is_program() && it.id != AUDITOR);
        let other = people.find(|it| (it.team == team) == own && it.id != PROTECTION);
        other.expect("somebody").id
    };
    let (own, other) = (of_team(&world, true), of_team(&world, false));
    let unseen = |reader| ReviewLooks { looks: [9].into(), ..review(reader) };
    assert_eq!(world.refused(AUDITOR, unseen(own)), Refusal::ManagesReader);
    let asked = QuestionLooks { looks: [9].into(), ..question(own) };
    assert_eq!(world.refused(AUDITOR, asked), Refusal::ManagesReader);
    world.does(AUDITOR, unseen(other));
}

#[test]
fn a_question_names_looks_and_somebody_who_can_answer() {
    let mut world = World::opened();
    let none = QuestionLooks { looks: [].into(), ..question(OFFICER) };
    assert_eq!(world.refused(PROTECTION, none), Refusal::NoLooks);
    assert_eq!(world.refused(PROTECTION, question(AccountId::from_bits(4_711))), Refusal::NoSuchAccount);
    assert_eq!(world.refused(PROTECTION, question(SYSTEM)), Refusal::NotSuchAnAccount);
    world.does(REGISTRAR, CloseAccount { account: OFFICER });
    assert_eq!(world.refused(PROTECTION, question(OFFICER)), Refusal::AccountClosed);
    world.does(PROTECTION, misuse(OFFICER));
    assert!(told(&world, "after misuse").is_empty(), "a closed account has no access that could stay");
}

#[test]
fn a_question_that_is_not_answered_in_five_working_days_waits_for_the_data_protection_officer() {
    let mut world = World::opened();
    world.does(AUDITOR, question(OFFICER));
    world.on(calendar::working_days_after(world.today(), ANSWER_WITHIN));
    assert!(told(&world, "not explained").is_empty(), "there is time until the end of the fifth day");
    world.on(calendar::days_after(world.today(), 1));
    assert_eq!(told(&world, "not explained"), [Action::ReviewLooks]);
    let file = File::Team(world.register.account(OFFICER).expect("an account").team);
    let sees = |who| reach(&world.register, world.register.account(who).expect("an account"), file);
    assert!(sees(PROTECTION) > Disclosure::Nothing);
    assert_eq!(sees(AUDITOR), Disclosure::Nothing, "an auditor has no work in the register");
    let mut other = world.clone();
    other.does(OFFICER, explain(0));
    assert!(told(&other, "not explained").is_empty());
    world.does(PROTECTION, review(OFFICER));
    assert!(told(&world, "not explained").is_empty(), "what is closed needs no answer");
}

#[test]
fn after_misuse_whoever_manages_accounts_says_whether_access_stays() {
    let mut world = World::opened();
    world.does(PROTECTION, misuse(OFFICER));
    assert_eq!(told(&world, "after misuse"), [Action::ManageAccounts]);
    let keeps = || says(OFFICER, Answer::Keeps);
    assert_eq!(world.refused(MANAGER, keeps()), Refusal::NotPermitted(Action::ManageAccounts));
    assert_eq!(world.refused(OFFICER, keeps()), Refusal::OwnAccess);
    world.does(DIRECTORY, TellStaff { account: OFFICER, told: register::people::Told::Left });
    let mut ended = world.clone();
    world.does(ADMINISTRATOR, keeps());
    assert_eq!(told(&world, "after misuse"), [Action::ManageAccounts], "back is not the same as trusted");
    world.does(ADMINISTRATOR, keeps());
    assert!(told(&world, "after misuse").is_empty());
    world.does(MANAGER, keeps());
    ended.does(REGISTRAR, says(OFFICER, Answer::Ends));
    assert!(told(&ended, "after misuse").is_empty());
    world.does(PROTECTION, ReviewLooks { looks: [11].into(), ..misuse(REGISTRAR) });
    assert_eq!(told(&world, "after misuse"), [Action::ConfirmRegisterTeam], "nobody of the register team");
}
