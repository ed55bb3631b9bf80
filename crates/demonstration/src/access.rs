//! Who keeps access: the managers' answers, quarter by quarter, somebody new for whom they ask, and somebody of whom nobody thought.

use crate::council::{Staff, Worker, details, teams, with_role, worker};
use crate::diary::days_before;
use crate::story::Story;
use crate::words::text;
use jiff::Timestamp;
use jiff::civil::Date;
use register::calendar::{days_after, instant, months_after, working_days_after};
use register::command::{
    AcknowledgePolicy, AnswerForAccess, AskAccess, KeepConduct, NoteStarter, OpenAccount, TakeTraining,
};
use register::ids::{AccountId, TeamId};
use register::people::{AccountDetails, Answer, Newcomer, Role, course_for};
use register::policy::{Figure, Version};
use register::training::Sheet;
use std::collections::BTreeMap;

/// Somebody who joined, and of whom nobody said in the last round but one that they still need access.
const FORGOTTEN: (&str, &str) = ("Perpetua Gainsborough | officer", "Environmental Health");
/// Somebody for whom a manager has asked.
const ASKED: (&str, &str) = ("Idris Pemberton-Vale | officer", "Planning Enforcement");
/// Somebody who was noted as new.
const NOTED: (&str, &str) = ("Cordelia Strand | officer", "Housing Repairs");

/// Writes every answer into the story.
pub(crate) fn enter(story: &mut Story, opened: Date) {
    let today = story.today();
    let rounds = rounds(opened, today);
    for (number, round) in rounds.iter().enumerate() {
        for (place, staff) in teams().iter().enumerate() {
            // The last round is a fortnight's work: some answer at once, and those who come last have not yet.
            let day = working_days_after(*round, 1 + u32::try_from((place + number) % 9).unwrap_or(0));
            for (by, answers) in answers(staff) {
                story.asks(morning(day), by, AnswerForAccess { answers });
            }
        }
    }
    learn(story, opened);
    let forgotten = rounds.iter().rev().nth(1).map(|round| days_before(*round, 40));
    joins(story, FORGOTTEN, forgotten.unwrap_or(opened));
    let (work, asked) = ("Visits sites and measures what was built", days_before(today, 1));
    asks(story, ASKED, work, asked);
    notes(story, NOTED, days_before(today, 4));
}

/// Everybody reads the policy each time it changes, renews what they learnt each year, and confirms the code of conduct.
fn learn(story: &mut Story, opened: Date) {
    let today = story.today();
    for (place, worker) in (0..).zip(teams().iter().flat_map(|staff| &staff.people)) {
        let course = course_for(&worker.roles);
        // Not all on one day, and the last time not long ago.
        let last = days_before(today, 20 + place % 40);
        let years = std::iter::successors(Some(last), |day| Some(days_before(*day, 350)));
        for day in years.take_while(|day| *day > days_after(opened, 7)) {
            if let Some(course) = course {
                let sheet = Sheet { course, number: u64::from(place) };
                let answers = sheet.questions().iter().map(|drawn| (drawn.place, drawn.right())).collect();
                story.asks(morning(day), worker.id, TakeTraining { sheet: sheet.number, answers });
            }
            story.asks(morning(day), worker.id, KeepConduct {});
        }
    }
}

/// Everybody reads a version of the policy in the days after it took force.
pub(crate) fn read_policy(story: &mut Story, version: Version, since: Date) {
    for (place, worker) in (0..).zip(teams().iter().flat_map(|staff| &staff.people)) {
        let day = days_after(since, 1 + place % 5);
        story.asks(morning(day), worker.id, AcknowledgePolicy { version });
    }
}

/// The days on which every team is asked, from the first to the last before today.
fn rounds(opened: Date, today: Date) -> Vec<Date> {
    let months = Figure::ConfirmAccess.default_value();
    std::iter::successors(Some(months_after(opened, months)), |round| Some(months_after(*round, months)))
        .take_while(|round| *round <= today)
        .collect()
}

fn morning(day: Date) -> Timestamp {
    instant(day.at(9, 10, 0, 0)).unwrap_or(Timestamp::MIN)
}

/// Who answers for a team's people, and what they say.
fn answers(staff: &Staff) -> Vec<(AccountId, BTreeMap<AccountId, Answer>)> {
    let first = |role| with_role(role).first().map(|worker| worker.id);
    let manager = staff.people.iter().find(|worker| worker.roles.contains(&Role::LineManager));
    let mut answers: BTreeMap<AccountId, BTreeMap<AccountId, Answer>> = BTreeMap::new();
    for worker in &staff.people {
        let by = if worker.roles.contains(&Role::RegisterTeam) {
            first(Role::DecisionMaker)
        } else if worker.roles.contains(&Role::LineManager) {
            first(Role::RegisterTeam)
        } else {
            manager.map(|manager| manager.id).or(first(Role::RegisterTeam))
        };
        if let Some(by) = by {
            answers.entry(by).or_default().insert(worker.id, Answer::Keeps);
        }
    }
    answers.into_iter().collect()
}

/// Somebody of a team, and who asks and gives.
struct Joining {
    worker: Worker,
    team: TeamId,
    manager: AccountId,
    registrar: AccountId,
}

fn joining((line, team): (&'static str, &str), extension: u32) -> Option<Joining> {
    let staff = teams().iter().find(|staff| staff.name == team)?;
    let manager = staff.people.iter().find(|worker| worker.roles.contains(&Role::LineManager))?.id;
    let registrar = with_role(Role::RegisterTeam).first()?.id;
    Some(Joining { worker: worker(line, extension), team: staff.team, manager, registrar })
}

fn newcomer(worker: &Worker, work: Option<&str>) -> Newcomer {
    let AccountDetails { name, email, .. } = details(worker);
    Newcomer { name, email, work: work.map(text) }
}

fn asks(story: &mut Story, who: (&'static str, &str), work: &str, day: Date) -> Option<Joining> {
    let joining = joining(who, 108)?;
    let ask = AskAccess {
        account: joining.worker.id,
        team: joining.team,
        roles: [Role::Officer].into(),
        from: days_after(day, 3),
        until: None,
        newcomer: newcomer(&joining.worker, Some(work)),
    };
    story.asks(morning(day), joining.manager, ask);
    Some(joining)
}

fn joins(story: &mut Story, who: (&'static str, &str), day: Date) {
    let Some(Joining { worker, team, registrar, .. }) = asks(story, who, "Inspects kitchens", day) else {
        return;
    };
    let given =
        OpenAccount { account: worker.id, roles: [Role::Officer].into(), team, details: details(&worker) };
    story.asks(morning(working_days_after(day, 1)), registrar, given);
}

fn notes(story: &mut Story, who: (&'static str, &str), day: Date) {
    let Some(Joining { worker, team, registrar, .. }) = joining(who, 107) else { return };
    let (account, newcomer, from) = (worker.id, newcomer(&worker, None), days_after(day, 10));
    story.asks(morning(day), registrar, NoteStarter { account, team, from, newcomer });
}
