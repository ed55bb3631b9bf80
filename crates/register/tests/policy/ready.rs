//! What somebody knows before they use the register.

use crate::support::*;
use jiff::SignedDuration;
use register::command::*;
use register::due::work;
use register::ids::{AccountId, File};
use register::people::{Action, Readiness, Step, readiness};
use register::training::Course;

fn stands(world: &World, account: AccountId) -> Readiness {
    readiness(&world.register, world.register.account(account).expect("an account"), world.today())
}

pub fn learns(world: &mut World, account: AccountId, course: Course) {
    let version = world.register.policy().version;
    world.does(account, AcknowledgePolicy { version });
    world.does(account, sheet(course));
    world.does(account, KeepConduct {});
}

fn days_pass(world: &mut World, days: i64) {
    world.at += SignedDuration::from_hours(24 * days);
}

#[test]
fn nobody_uses_the_register_before_they_read_the_policy_learnt_and_keep_the_code_of_conduct() {
    let mut world = World::opened();
    assert_eq!(stands(&world, OFFICER), Readiness::Barred(Step::Policy));
    let version = world.register.policy().version;
    world.does(OFFICER, AcknowledgePolicy { version });
    assert_eq!(stands(&world, OFFICER), Readiness::Barred(Step::Training(Course::Staff)));
    world.does(OFFICER, sheet(Course::Staff));
    assert_eq!(stands(&world, OFFICER), Readiness::Barred(Step::Conduct));
    world.does(OFFICER, KeepConduct {});
    assert_eq!(stands(&world, OFFICER), Readiness::Ready);
    // A member has the shorter way, and whoever configures reads nothing and learns nothing.
    learns(&mut world, MEMBER, Course::Members);
    assert_eq!(stands(&world, MEMBER), Readiness::Ready);
    world.does(ADMINISTRATOR, AcknowledgePolicy { version });
    world.does(ADMINISTRATOR, KeepConduct {});
    assert_eq!(stands(&world, ADMINISTRATOR), Readiness::Ready);
}

#[test]
fn training_is_renewed_yearly_is_the_managers_work_when_it_is_late_and_bars_after_four_weeks() {
    let mut world = World::opened();
    learns(&mut world, OFFICER, Course::Staff);
    let due = world.today().checked_add(jiff::Span::new().years(1)).expect("a date");
    days_pass(&mut world, 365);
    world.does(OFFICER, KeepConduct {});
    assert_eq!(stands(&world, OFFICER), Readiness::Ready);
    days_pass(&mut world, 1);
    let by = due.checked_add(jiff::Span::new().days(28)).expect("a date");
    let late = Readiness::Renew { step: Step::Training(Course::Staff), due, by };
    assert_eq!(stands(&world, OFFICER), late);
    let task = |world: &World| {
        let mut tasks = work(&world.register, world.today()).into_iter();
        tasks
            .find(|task| task.what == "See that your people renew their training")
            .map(|it| (it.action, it.file, it.by))
    };
    assert_eq!(task(&world), Some((Action::ConfirmAccess, File::Team(HOUSING), by)));
    days_pass(&mut world, 28);
    assert_eq!(stands(&world, OFFICER), Readiness::Barred(Step::Training(Course::Staff)));
    world.does(OFFICER, sheet(Course::Staff));
    assert_eq!((stands(&world, OFFICER), task(&world)), (Readiness::Ready, None));
}

#[test]
fn the_code_of_conduct_is_confirmed_every_ninety_days() {
    let mut world = World::opened();
    learns(&mut world, OFFICER, Course::Staff);
    days_pass(&mut world, 90);
    assert_eq!(stands(&world, OFFICER), Readiness::Ready);
    days_pass(&mut world, 1);
    assert_eq!(stands(&world, OFFICER), Readiness::Barred(Step::Conduct));
}
