//! Who gets access and who keeps it.

use crate::cases::*;
use crate::support::*;
use jiff::ToSpan;
use jiff::civil::Date;
use register::command::*;
use register::due::{due, work};
use register::ids::{AccountId, File, TeamId};
use register::people::{Action, Answer, Newcomer, Progress, Role, Standing, Suspension};
use register::refusal::Refusal;

const NEW: AccountId = AccountId::from_bits(77);

fn newcomer() -> Newcomer {
    let details = holder(NEW, "Dunlin Tellwright");
    Newcomer { name: details.name, email: details.email, work: Some(text("Mends roofs")) }
}

fn asking(world: &World) -> AskAccess {
    AskAccess {
        account: NEW,
        team: HOUSING,
        roles: [Role::Officer].into(),
        from: world.today(),
        until: None,
        newcomer: newcomer(),
    }
}

fn opening() -> OpenAccount {
    OpenAccount {
        account: NEW,
        roles: [Role::Officer].into(),
        team: HOUSING,
        details: holder(NEW, "Dunlin Tellwright"),
    }
}

fn noting(world: &World) -> NoteStarter {
    NoteStarter { account: NEW, team: HOUSING, from: world.today(), newcomer: newcomer() }
}

fn in_days(world: &World, days: i64) -> Date {
    world.today().checked_add(days.days()).expect("a date")
}

/// What is to be done about a file, with by when.
fn tasks(world: &World, file: File) -> Vec<(&'static str, Action, Date)> {
    let tasks = work(&world.register, world.today());
    tasks.into_iter().filter(|task| task.file == file).map(|task| (task.what, task.action, task.by)).collect()
}

fn says(account: AccountId, answer: Answer) -> AnswerForAccess {
    AnswerForAccess { answers: [(account, answer)].into() }
}

fn keeps(account: AccountId) -> AnswerForAccess {
    says(account, Answer::Keeps)
}

fn standing(world: &World, account: AccountId) -> Standing {
    world.register.account(account).expect("an account").standing
}

/// A council whose teams were asked this morning who keeps access, three months after it was set up.
fn asked() -> World {
    let mut world = World::opened();
    world.at += (24 * 92).hours();
    for command in due(&world.register, world.today()) {
        world.system(command);
    }
    world
}

/// Ten working days to answer and four weeks of grace have passed.
fn overdue_for_long(world: &mut World) {
    let account = world.register.account(OFFICER).expect("an account");
    let last = account.lapses_after(world.register.policy()).expect("asked");
    while world.today() <= last {
        world.at += 24.hours();
    }
}

#[test]
fn a_manager_asks_for_their_own_team_and_the_register_team_gives_it() {
    let mut world = World::opened();
    let elsewhere = AskAccess { team: PLANNING, ..asking(&world) };
    assert_eq!(world.refused(MANAGER, elsewhere), Refusal::OtherTeam);
    assert_eq!(world.refused(OFFICER, asking(&world)), Refusal::NotPermitted(Action::AskAccess));
    let command = asking(&world);
    world.does(MANAGER, command);
    let by = register::calendar::working_days_after(world.today(), 2);
    assert_eq!(tasks(&world, File::Account(NEW)), [("Give or refuse access", Action::ManageAccounts, by)]);
    world.does(REGISTRAR, opening());
    let request = world.register.request(NEW).expect("a request");
    assert!(matches!(request.progress, Progress::Given(_)));
    assert!(tasks(&world, File::Account(NEW)).is_empty());
}

#[test]
fn access_is_refused_with_reasons_once() {
    let mut world = World::opened();
    let command = asking(&world);
    world.does(MANAGER, command);
    let refuse = RefuseAccess { account: NEW, reasons: text("Works in the depot only") };
    world.does(REGISTRAR, refuse.clone());
    assert_eq!(world.refused(REGISTRAR, refuse), Refusal::NothingAsked);
    let again = DeclineAccess { account: NEW, reasons: text("Too late") };
    assert_eq!(world.refused(MANAGER, again), Refusal::AlreadyDone);
}

#[test]
fn a_manager_asks_for_no_role_that_reads_and_for_a_contractor_only_for_a_time() {
    let mut world = World::opened();
    let reads = AskAccess { roles: [Role::RegisterTeam].into(), ..asking(&world) };
    assert_eq!(world.refused(MANAGER, reads), Refusal::RolesBeyondAsking);
    let none = AskAccess { roles: [].into(), ..asking(&world) };
    assert_eq!(world.refused(MANAGER, none), Refusal::NoRole);
    let contractor = AskAccess { roles: [Role::Contractor].into(), ..asking(&world) };
    assert_eq!(world.refused(MANAGER, contractor.clone()), Refusal::NoLastDay);
    let over = AskAccess { until: world.today().yesterday().ok(), ..contractor };
    assert_eq!(world.refused(MANAGER, over), Refusal::LastDay);
}

#[test]
fn access_for_a_time_ends_by_itself_after_its_last_day() {
    let mut world = World::opened();
    let until = in_days(&world, 20);
    let contractor = AskAccess { roles: [Role::Contractor].into(), until: Some(until), ..asking(&world) };
    world.does(MANAGER, contractor);
    world.does(REGISTRAR, OpenAccount { roles: [Role::Contractor].into(), ..opening() });
    world.at += (24 * 20).hours();
    assert_eq!(world.system_refused(CloseAccount { account: NEW }), Refusal::NotDue);
    world.day_passes();
    assert_eq!(standing(&world, NEW), Standing::Open);
    world.at += 24.hours();
    world.day_passes();
    assert_eq!(standing(&world, NEW), Standing::Closed);
}

#[test]
fn somebody_new_is_work_for_their_manager_and_is_never_dropped() {
    let mut world = World::opened();
    let noting = noting(&world);
    world.does(REGISTRAR, noting.clone());
    assert_eq!(world.refused(REGISTRAR, noting), Refusal::ReferenceTaken);
    let file = File::Account(NEW);
    let by = register::calendar::working_days_after(world.today(), 5);
    let waits = ("Say whether somebody new needs access", Action::AskAccess, by);
    assert_eq!(tasks(&world, file), [waits]);
    world.at += (24 * 14).hours();
    let told = ("See to access that nobody answered for", Action::ManageAccounts, by);
    assert_eq!(tasks(&world, file), [waits, told]);
    let elsewhere = DeclineAccess { account: NEW, reasons: text("No visits") };
    assert_eq!(world.refused(OTHER_MANAGER, elsewhere.clone()), Refusal::OtherTeam);
    world.does(MANAGER, elsewhere);
    assert!(tasks(&world, file).is_empty());
}

#[test]
fn a_quarter_after_it_was_opened_each_team_is_asked_who_keeps_access() {
    let mut world = World::opened();
    world.at += (24 * 91).hours();
    assert!(due(&world.register, world.today()).is_empty());
    let world = asked();
    let by = register::calendar::working_days_after(world.today(), 10);
    let expected = [
        ("Say who of your team keeps access", Action::ConfirmAccess, by),
        ("Say which managers keep access", Action::ConfirmManagers, by),
    ];
    let of_housing = tasks(&world, File::Team(HOUSING));
    assert!(expected.iter().all(|task| of_housing.contains(task)), "{of_housing:?}");
    let of_relations = tasks(&world, File::Team(RELATIONS));
    assert!(of_relations.contains(&(
        "Say who of the register team keeps access",
        Action::ConfirmRegisterTeam,
        by
    )));
}

#[test]
fn nobody_answers_for_their_own_account_and_each_is_somebody_elses() {
    let mut world = asked();
    assert_eq!(world.refused(MANAGER, keeps(MANAGER)), Refusal::OwnAccess);
    assert_eq!(
        world.refused(MANAGER, keeps(ANOTHER_OFFICER)),
        Refusal::OtherTeam,
        "another team's manager does not answer"
    );
    assert_eq!(world.refused(OFFICER, keeps(CONTRACTOR)), Refusal::NotPermitted(Action::ConfirmAccess));
    let of_the_register = Refusal::NotPermitted(Action::ConfirmRegisterTeam);
    assert_eq!(world.refused(SECOND_REGISTRAR, keeps(REGISTRAR)), of_the_register);
    world.does(MANAGER, keeps(OFFICER));
    world.does(REGISTRAR, keeps(MANAGER));
    world.does(DECIDER, keeps(REGISTRAR));
    world.does(ADMINISTRATOR, keeps(SECOND_REGISTRAR));
    // The lift engineers have no manager.
    world.does(REGISTRAR, keeps(PARTNER));
    assert_eq!(world.refused(MANAGER, AnswerForAccess { answers: [].into() }), Refusal::NothingAnswered);
}

#[test]
fn an_account_that_nobody_answers_for_is_escalated_and_then_suspended_and_one_answer_gives_it_back() {
    let mut world = asked();
    let file = File::Team(HOUSING);
    let by = register::calendar::working_days_after(world.today(), 10);
    world.at += (24 * (14 + 7)).hours();
    assert!(tasks(&world, file).iter().any(|(.., action, _)| *action == Action::ManageAccounts));
    assert!(tasks(&world, file).iter().all(|(.., action, _)| *action != Action::Decide));
    world.at += (24 * 7).hours();
    assert!(tasks(&world, file).contains(&(
        "Access that nobody answered for, for heads of service",
        Action::Decide,
        by
    )));
    assert_eq!(world.system_refused(LapseAccess { account: OFFICER }), Refusal::NotDue);
    overdue_for_long(&mut world);
    world.system(LapseAccess { account: OFFICER });
    assert_eq!(standing(&world, OFFICER), Standing::Suspended(Suspension::Lapsed));
    let report = report(register::ids::IncidentId::from_bits(78), world.today());
    assert_eq!(world.refused(OFFICER, report.clone()), Refusal::NotPermitted(Action::ReportIncident));
    let grant = AskGrant { account: OFFICER, grant: register::people::Grant::Password };
    assert_eq!(world.refused(ADMINISTRATOR, grant), Refusal::AccountSuspended);
    world.does(MANAGER, keeps(OFFICER));
    assert_eq!(standing(&world, OFFICER), Standing::Open);
    world.does(OFFICER, report);
}

#[test]
fn a_service_that_was_down_for_months_suspends_nobody_who_was_not_asked() {
    let mut world = World::opened();
    world.at += (24 * 300).hours();
    for command in due(&world.register, world.today()) {
        assert!(matches!(command, Command::AskConfirmations(_)), "{}", command.name());
    }
}

#[test]
fn nobody_is_suspended_where_nobody_else_could_decide_approve_letters_or_manage_accounts() {
    let mut world = asked();
    overdue_for_long(&mut world);
    while let Some(command) = due(&world.register, world.today()).into_iter().next() {
        world.system(command);
    }
    let open = |role| {
        let accounts = world.register.accounts();
        accounts.filter(move |it| it.standing == Standing::Open && it.roles.contains(&role)).count()
    };
    assert_eq!(open(Role::DecisionMaker), 1, "one is left who decides and approves letters");
    assert_eq!(open(Role::RegisterTeam) + open(Role::Administrator), 1, "and one who manages accounts");
    let left =
        world.register.accounts().find(|it| it.extent(Action::Decide) > register::people::Extent::Nothing);
    let left = left.expect("somebody who decides").id;
    assert_eq!(world.system_refused(LapseAccess { account: left }), Refusal::NobodyElse(Action::Decide));
    assert!(tasks(&world, File::Team(PLANNING)).len() + tasks(&world, File::Team(RELATIONS)).len() > 0);
}

#[test]
fn whoever_moves_takes_no_role_along_that_reads_and_their_new_manager_answers_next() {
    let mut world = asked();
    assert_eq!(world.refused(MANAGER, says(OFFICER, Answer::Moved(HOUSING))), Refusal::NothingChanges);
    let nowhere = Answer::Moved(TeamId::from_bits(99));
    assert_eq!(world.refused(MANAGER, says(OFFICER, nowhere)), Refusal::NoSuchTeam);
    world.does(MANAGER, says(OFFICER, Answer::Moved(PLANNING)));
    assert_eq!(world.refused(MANAGER, keeps(OFFICER)), Refusal::OtherTeam);
    world.does(OTHER_MANAGER, keeps(OFFICER));
    world.does(REGISTRAR, says(MANAGER, Answer::Moved(PLANNING)));
    let moved = world.register.account(MANAGER).expect("an account");
    assert!(moved.roles.is_empty() && moved.team == PLANNING);
    assert!(tasks(&world, File::Account(MANAGER)).iter().any(|(.., action, _)| *action == Action::AskAccess));
    world.does(
        OTHER_MANAGER,
        AskAccess { account: MANAGER, team: PLANNING, newcomer: of_manager(), ..asking(&world) },
    );
}

fn of_manager() -> Newcomer {
    let details = holder(MANAGER, "Avocet Tellwright");
    Newcomer { name: details.name, email: details.email, work: None }
}

#[test]
fn a_manager_ends_access_at_once() {
    let mut world = World::opened();
    world.does(MANAGER, says(OFFICER, Answer::Ends));
    assert_eq!(standing(&world, OFFICER), Standing::Closed);
    assert_eq!(world.refused(MANAGER, keeps(OFFICER)), Refusal::AccountClosed);
}
