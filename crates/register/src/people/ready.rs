//! Whether somebody may use the register today: they know the policy in force, have learnt what a marker means, and keep the code of conduct.
//!
//! What is missing is worked out from what they did and when. A renewal that is overdue is said for some time before it bars; what was never
//! done bars at once.

use super::{Account, Role, Standing, extent_of};
use crate::command::{AcknowledgePolicy, KeepConduct, TakeTraining};
use crate::event::Event;
use crate::moment::{Actor, Moment};
use crate::people::{Action, Extent};
use crate::policy::{Figure, Version};
use crate::refusal::Refusal;
use crate::state::Register;
use crate::training::{Course, Sheet};
use jiff::civil::Date;

/// What somebody has learnt and said that they will keep.
#[derive(Debug, Clone, Default)]
pub struct Learnt {
    /// The latest version of the policy that they know.
    pub policy: Option<Version>,
    /// The course they passed last, and when.
    pub training: Option<(Course, Date)>,
    /// When they last said that they keep the code of conduct.
    pub conduct: Option<Date>,
}

/// Something to do before the register is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Read the policy in force and say so.
    Policy,
    /// Pass this course.
    Training(Course),
    /// Say that one keeps the code of conduct.
    Conduct,
}

/// Whether somebody may use the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// They may.
    Ready,
    /// They may, and are late with this.
    Renew {
        /// With what.
        step: Step,
        /// Since this day.
        due: Date,
        /// After this day they may not.
        by: Date,
    },
    /// They may not before this is done.
    Barred(Step),
}

/// The course of an account that can be used.
#[must_use]
pub fn course_of(account: &Account) -> Option<Course> {
    course_for(&account.roles).filter(|_| account.standing == Standing::Open && !account.is_program())
}

/// The course of roles: none where none of them checks.
pub fn course_for<'r>(roles: impl IntoIterator<Item = &'r Role, IntoIter: Clone>) -> Option<Course> {
    let mut roles = roles.into_iter();
    let is_member = roles.clone().all(|role| *role == Role::Member);
    let checks = roles.any(|role| extent_of(*role, Action::Check) > Extent::Nothing);
    checks.then_some(if is_member { Course::Members } else { Course::Staff })
}

/// Everything that somebody is to do before the register is used, or soon, in its order.
#[must_use]
pub fn steps(register: &Register, account: &Account, today: Date) -> Vec<(Step, Readiness)> {
    if account.is_program() {
        return Vec::new();
    }
    let course = course_of(account);
    let training = course.map(|course| (Step::Training(course), training(register, account, course, today)));
    std::iter::once((Step::Policy, policy(register, account, today)))
        .chain(training)
        .chain([(Step::Conduct, conduct(register, account, today))])
        .collect()
}

/// Whether an account's holder may use the register on a day: what bars first, else what is late longest.
#[must_use]
pub fn readiness(register: &Register, account: &Account, today: Date) -> Readiness {
    let all = steps(register, account, today).into_iter().map(|(_, readiness)| readiness);
    all.min_by_key(|readiness| match readiness {
        Readiness::Barred(_) => (0, Date::MIN),
        Readiness::Renew { by, .. } => (1, *by),
        Readiness::Ready => (2, Date::MAX),
    })
    .unwrap_or(Readiness::Ready)
}

fn policy(register: &Register, account: &Account, today: Date) -> Readiness {
    let now = register.policy();
    match account.learnt.policy {
        None => Readiness::Barred(Step::Policy),
        Some(known) if known < now.version => late(register, Step::Policy, now.effective, today),
        Some(_) => Readiness::Ready,
    }
}

fn training(register: &Register, account: &Account, course: Course, today: Date) -> Readiness {
    let step = Step::Training(course);
    match account.learnt.training {
        // Whoever knows the longer course knows the shorter one.
        Some((passed, on)) if passed == course || passed == Course::Staff => {
            late(register, step, register.policy().after(on, Figure::Training), today)
        }
        _ => Readiness::Barred(step),
    }
}

fn conduct(register: &Register, account: &Account, today: Date) -> Readiness {
    let kept = account.learnt.conduct.map(|on| register.policy().after(on, Figure::Conduct));
    if kept.is_some_and(|until| today <= until) { Readiness::Ready } else { Readiness::Barred(Step::Conduct) }
}

/// What was done once and was to be done again by a day.
fn late(register: &Register, step: Step, due: Date, today: Date) -> Readiness {
    let by = register.policy().after(due, Figure::RenewalGrace);
    match today {
        _ if today <= due => Readiness::Ready,
        _ if today <= by => Readiness::Renew { step, due, by },
        _ => Readiness::Barred(step),
    }
}

/// The account that speaks for itself.
fn own<'r>(register: &'r Register, moment: &Moment) -> Result<&'r Account, Refusal> {
    match moment.by {
        Actor::Account(id) => register.account(id).ok_or(Refusal::NoSuchAccount),
        _ => Err(Refusal::NoSuchAccount),
    }
}

pub(crate) fn acknowledge(
    register: &Register,
    command: &AcknowledgePolicy,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = own(register, moment)?.id;
    if command.version != register.policy().version {
        return Err(Refusal::AnotherPolicy);
    }
    Ok(vec![Event::PolicyAcknowledged { account, version: command.version }])
}

pub(crate) fn train(
    register: &Register,
    command: &TakeTraining,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    let account = own(register, moment)?;
    let course = course_of(account).ok_or(Refusal::NotPermitted(Action::Check))?;
    let sheet = Sheet { course, number: command.sheet };
    let marks = sheet.marks(&command.answers).ok_or(Refusal::QuestionsLeft)?;
    if !marks.pass() {
        return Err(Refusal::NotPassed { right: marks.right, of: marks.of });
    }
    Ok(vec![Event::TrainingPassed { account: account.id, course, edition: course.edition() }])
}

pub(crate) fn keep_conduct(
    register: &Register,
    _: &KeepConduct,
    moment: &Moment,
) -> Result<Vec<Event>, Refusal> {
    Ok(vec![Event::ConductKept { account: own(register, moment)?.id }])
}
