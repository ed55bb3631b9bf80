//! What falls due by time alone: commands of the system's own, and the work that waits for people.
//!
//! Nothing here changes anything. The service asks each day and carries the commands out one by one; if it does not, dates stay
//! what they are, and a lapsed marker is not shown as live.

use crate::assessment::{Age, age_of};
use crate::command::{AdoptPolicy, Command, Destroy, LapseInterim, RemoveMeasure};
use crate::ids::File;
use crate::measure::{EndReason, InterimStage, Life, Measure};
use crate::notice::Draft;
use crate::people::Action;
use crate::personal::Text;
use crate::policy::Figure;
use crate::retention;
use crate::review::Nearness;
use crate::state::Register;
use jiff::civil::Date;

/// Every command that time alone asks for on `today`.
#[must_use]
pub fn due(register: &Register, today: Date) -> Vec<Command> {
    // The policy first, by itself: what else falls due today falls due under the one in force today.
    if let Some(change) = register.open_change()
        && change.endorsement().is_some()
        && today >= change.effective
    {
        return vec![AdoptPolicy { change: change.number }.into()];
    }
    let mut commands = Vec::new();
    let policy = register.policy();
    for measure in register.measures() {
        if let Some(interim) = &measure.interim
            && let InterimStage::Live { lapses_on, .. } = interim.stage
            && today > lapses_on
        {
            commands.push(LapseInterim { measure: measure.id }.into());
        }
        if measure.watch_ends(policy).is_some_and(|end| today > end) {
            commands.push(
                RemoveMeasure {
                    measure: measure.id,
                    reason: EndReason::WatchClean,
                    words: Text::fixed("The watch period passed without another incident."),
                }
                .into(),
            );
        }
        if measure.destroy_on(policy).is_some_and(|day| today >= day) {
            commands.push(Destroy { file: File::Measure(measure.id) }.into());
        }
    }
    for incident in register.incidents().filter(|incident| incident.narrative.known().is_some()) {
        if retention::incident_destroy_on(register, incident).is_some_and(|day| today >= day) {
            commands.push(Destroy { file: File::Incident(incident.id) }.into());
        }
    }
    for subject in register.subjects() {
        if retention::subject_destroy_on(register, subject.id).is_some_and(|day| today >= day) {
            commands.push(Destroy { file: File::Subject(subject.id) }.into());
        }
    }
    commands
}

/// What somebody has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// What, as the work queue names it.
    pub what: &'static str,
    /// Whoever may do this can do it.
    pub action: Action,
    /// The file it is about.
    pub file: File,
    /// Waiting since this London date.
    pub since: Date,
    /// To be done by this London date; later is overdue.
    pub by: Date,
}

/// Everything that waits for somebody on `today`, soonest first.
#[must_use]
pub fn work(register: &Register, today: Date) -> Vec<Task> {
    let policy = register.policy();
    let mut tasks = Vec::new();
    for incident in register.incidents().filter(|incident| incident.triage.is_none()) {
        let since = incident.reported.date();
        let file = File::Incident(incident.id);
        let by = policy.after(since, Figure::Triage);
        tasks.push(Task { what: "Triage this report", action: Action::Triage, file, since, by });
    }
    for measure in register.measures() {
        tasks.extend(young_person_task(register, measure, today));
        tasks.extend(interim_task(measure));
        tasks.extend(letter_task(register, measure));
        tasks.extend(stage_task(register, measure, today));
    }
    tasks.extend(policy_task(register, today));
    tasks.sort_by_key(|task| (task.by, task.file));
    tasks
}

/// How a change of the policy goes on or, where none is on its way, its annual review.
fn policy_task(register: &Register, today: Date) -> Option<Task> {
    let policy = register.policy();
    let file = File::Policy;
    let Some(change) = register.open_change() else {
        let since = register.policy_considered();
        let by = policy.after(since, Figure::PolicyReview);
        let soon = register.is_open() && policy.after(today, Figure::ReviewNotice) >= by;
        return soon.then_some(Task {
            what: "Review the policy",
            action: Action::ProposePolicy,
            file,
            since,
            by,
        });
    };
    if change.endorsement().is_some() {
        return None;
    }
    let (since, by) = (change.proposed.date(), change.effective);
    let (what, action) = match change.consultations.is_empty() {
        true => ("Consult on the change of the policy", Action::ProposePolicy),
        false => ("Endorse or reject the change of the policy", Action::EndorsePolicy),
    };
    Some(Task { what, action, file, since, by })
}

/// The second safeguard of a young person, asked for as soon as a marker or a decision waits for it.
fn young_person_task(register: &Register, measure: &Measure, today: Date) -> Option<Task> {
    let asked = measure.interim.as_ref().filter(|interim| interim.stage == InterimStage::Asked);
    let completed = measure.assessment.completed.filter(|_| matches!(measure.life, Life::Assessed));
    let since = match (asked, completed) {
        (Some(interim), _) => interim.asked.date(),
        (None, Some((moment, _))) => moment.date(),
        (None, None) => return None,
    };
    let waits = measure.assessment.under_age.is_none() && age_of(register, measure, today) == Age::Under;
    let by = if asked.is_some() { since } else { register.policy().after(since, Figure::Decide) };
    let file = File::Measure(measure.id);
    waits.then_some(Task {
        what: "Answer for a young person",
        action: Action::AllowUnderAge,
        file,
        since,
        by,
    })
}

/// How a letter goes on: that of a measure just decided, or the one that tells a customer who was not told so far.
fn letter_task(register: &Register, measure: &Measure) -> Option<Task> {
    let (what, action) = match measure.draft() {
        None if matches!(measure.life, Life::Decided { .. }) => ("Write the letter", Action::WriteLetter),
        None => return None,
        Some(Draft::Written { approved: None, .. }) => ("Approve the letter", Action::ApproveLetter),
        Some(Draft::Written { .. }) => ("Send the letter", Action::WriteLetter),
        Some(Draft::WithholdingAsked(_)) => {
            ("Agree or refuse to withhold the notice", Action::AgreeWithholding)
        }
    };
    let since = match (&measure.life, measure.draft()) {
        (Life::InForce { .. }, Some(Draft::Written { written, .. })) => written.date(),
        _ => measure.decision()?.moment.date(),
    };
    let by = register.policy().after(since, Figure::Notify);
    Some(Task { what, action, file: File::Measure(measure.id), since, by })
}

fn interim_task(measure: &Measure) -> Option<Task> {
    let interim = measure.interim.as_ref()?;
    let since = interim.asked.date();
    (interim.stage == InterimStage::Asked).then_some(Task {
        what: "Agree or refuse this interim marker",
        action: Action::AgreeInterim,
        file: File::Measure(measure.id),
        since,
        by: since,
    })
}

fn stage_task(register: &Register, measure: &Measure, today: Date) -> Option<Task> {
    let policy = register.policy();
    let file = File::Measure(measure.id);
    match &measure.life {
        Life::Proposed => {
            let since = measure.proposed.date();
            let by = policy.after(since, Figure::Assess);
            Some(Task { what: "Assess this measure", action: Action::Assess, file, since, by })
        }
        Life::Assessed => {
            let since = measure.assessment.completed.map_or(measure.proposed, |(moment, _)| moment).date();
            let by = policy.after(since, Figure::Decide);
            Some(Task { what: "Decide this measure", action: Action::Decide, file, since, by })
        }
        Life::InForce { .. } => {
            let by = measure.review_due(register)?;
            let since = measure.last_considered()?;
            let soon = measure.review_nearness(register, today)? != Nearness::Ahead;
            soon.then_some(Task { what: "Review this measure", action: Action::Review, file, since, by })
        }
        Life::Decided { .. } | Life::Ended { .. } | Life::Destroyed(_) => None,
    }
}
