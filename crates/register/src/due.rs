//! What falls due by time alone: commands of the system's own, and the work that waits for people.
//!
//! Nothing here changes anything. The service asks each day and carries the commands out one by one; if it does not, dates stay
//! what they are, and a lapsed marker is not shown as live.

use crate::assessment::{Age, age_of};
use crate::calendar;
use crate::command::{
    AdoptPolicy, AskConfirmations, CloseAccount, Command, Destroy, LapseAccess, LapseInterim, RemoveMeasure,
};
use crate::ids::{AccountId, File};
use crate::import::Course;
use crate::looks::ANSWER_WITHIN;
use crate::measure::{EndReason, InterimStage, Life, Measure};
use crate::meeting;
use crate::notice::{Draft, Occasion, OutcomeStage};
use crate::partner::{self, Agreement, News};
use crate::people::{self, Account, Action, Readiness, Standing};
use crate::personal::Text;
use crate::policy::Figure;
use crate::retention;
use crate::review::Nearness;
use crate::state::Register;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Every command that time alone asks for on `today`.
#[must_use]
pub fn due(register: &Register, today: Date) -> Vec<Command> {
    // The policy first, by itself: what else falls due today falls due under the one in force today.
    if let Some(change) = register.open_change().filter(|change| change.is_due(today)) {
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
    }
    commands.extend(access_due(register, today));
    commands.extend(retention::due(register, today).map(|file| Destroy { file }.into()));
    commands
}

/// Accounts that end or lapse, and teams that are asked who keeps access.
fn access_due(register: &Register, today: Date) -> impl Iterator<Item = Command> {
    let ends = |account: &&Account| {
        account.standing != Standing::Closed && account.until.is_some_and(|until| today > until)
    };
    let ended: BTreeSet<AccountId> = register.accounts().filter(ends).map(|account| account.id).collect();
    let lapsed = people::lapsing(register, today);
    let lapsed: Vec<AccountId> = lapsed.difference(&ended).copied().collect();
    let asked: Vec<Command> =
        people::to_be_asked(register, today).map(|team| AskConfirmations { team }.into()).collect();
    let ended = ended.into_iter().map(|account| CloseAccount { account }.into());
    asked.into_iter().chain(ended).chain(lapsed.into_iter().map(|account| LapseAccess { account }.into()))
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
        tasks.extend(letter_tasks(register, measure));
        tasks.extend(stage_task(register, measure));
        tasks.extend(review_tasks(register, measure, today));
        tasks.extend(removal_task(register, measure));
        tasks.extend(contact_tasks(register, measure));
        tasks.extend(dispute_task(register, measure));
        tasks.extend(appeal_task(register, measure));
        tasks.extend(complaint_task(register, measure, today));
        tasks.extend(withdrawal_task(register, measure));
    }
    tasks.extend(request_tasks(register, today));
    tasks.extend(keeping_tasks(register, today));
    tasks.extend(renewal_tasks(register, today));
    tasks.extend(import_tasks(register));
    tasks.extend(declaration_tasks(register, today));
    tasks.extend(agreement_tasks(register, today));
    tasks.extend(receipt_tasks(register, today));
    tasks.extend(glass_tasks(register, today));
    tasks.extend(looks_tasks(register, today));
    tasks.extend(misuse_tasks(register));
    tasks.extend(meeting_task(register, today));
    tasks.extend(hold_tasks(register, today));
    tasks.extend(policy_task(register, today));
    tasks.sort_by_key(|task| (task.by, task.file));
    tasks
}

/// What the annual review of the policy is called as work: its page is another than that of a change.
pub const REVIEW_THE_POLICY: &str = "Review the policy";

/// How a change of the policy goes on or, where none is on its way, its annual review.
fn policy_task(register: &Register, today: Date) -> Option<Task> {
    let policy = register.policy();
    let file = File::Policy;
    let Some(change) = register.open_change() else {
        let since = register.policy_considered();
        let by = policy.after(since, Figure::PolicyReview);
        let soon = register.is_open() && policy.after(today, Figure::ReviewNotice) >= by;
        return soon.then_some(Task {
            what: REVIEW_THE_POLICY,
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

/// How a letter goes on: that of a measure just decided, the one that tells a customer who was not told so far, and those owed
/// for what has become of it since.
fn letter_tasks(register: &Register, measure: &Measure) -> Vec<Task> {
    let policy = register.policy();
    let file = File::Measure(measure.id);
    let task =
        |what, action, since, figure| Task { what, action, file, since, by: policy.after(since, figure) };
    let mut tasks = Vec::new();
    let decided = measure.decision().map(|decision| decision.moment.date());
    match (measure.draft(), decided) {
        (None, Some(since)) if matches!(measure.life, Life::Decided { .. }) => {
            tasks.push(task("Write the letter", Action::WriteLetter, since, Figure::Notify));
        }
        (Some(Draft::Written { written, approved, .. }), Some(decided)) => {
            let since = if measure.plan_in_force().is_some() { written.date() } else { decided };
            tasks.push(match approved {
                None => task("Approve the letter", Action::ApproveLetter, since, Figure::Notify),
                Some(_) => task("Send the letter", Action::WriteLetter, since, Figure::Notify),
            });
        }
        (Some(Draft::WithholdingAsked(_)), Some(since)) => tasks.push(task(
            "Agree or refuse to withhold the notice",
            Action::AgreeWithholding,
            since,
            Figure::Notify,
        )),
        _ => {}
    }
    for letter in &measure.letters {
        let figure = match letter.occasion {
            Occasion::AppealReceived => Figure::AppealAcknowledge,
            _ => Figure::TellOutcome,
        };
        let since = letter.owed.date();
        tasks.extend(match &letter.stage {
            OutcomeStage::Owed => Some(task("Write an outcome letter", Action::WriteLetter, since, figure)),
            OutcomeStage::Written { approved: None, .. } => {
                Some(task("Approve an outcome letter", Action::ApproveLetter, since, figure))
            }
            OutcomeStage::Written { .. } => {
                Some(task("Send an outcome letter", Action::WriteLetter, since, figure))
            }
            OutcomeStage::Sent { .. } => None,
        });
    }
    tasks
}

/// What a customer whose contact is limited sent, and somebody still has to answer.
fn contact_tasks(register: &Register, measure: &Measure) -> impl Iterator<Item = Task> {
    let policy = register.policy();
    let open = measure.contacts.iter().filter(|contact| contact.waits() && !measure.is_over());
    open.map(|contact| Task {
        what: "See that a message is answered",
        action: Action::LogContact,
        file: File::Measure(measure.id),
        since: contact.received_on,
        by: contact.answer_by(policy),
    })
}

/// What a subject says is wrong.
fn dispute_task(register: &Register, measure: &Measure) -> Option<Task> {
    let dispute = measure.open_dispute()?;
    Some(Task {
        what: "Answer what the customer says is wrong",
        action: Action::AnswerDispute,
        file: File::Measure(measure.id),
        since: dispute.received_on,
        by: dispute.answer_by(register.policy()),
    })
}

/// How an appeal goes on.
fn appeal_task(register: &Register, measure: &Measure) -> Option<Task> {
    let appeal = measure.open_appeal()?;
    let policy = register.policy();
    let since = appeal.lodged.received_on;
    let file = File::Measure(measure.id);
    Some(match appeal.officer() {
        None => {
            let by = policy.after(since, Figure::AppealAcknowledge);
            Task { what: "Give this appeal to somebody", action: Action::HandleAppeal, file, since, by }
        }
        Some(_) => {
            let by = appeal.decide_by(policy);
            Task { what: "Decide this appeal", action: Action::DecideAppeal, file, since, by }
        }
    })
}

/// A complaint that an ombudsman has had for long: like a hold, it stops destruction and is not for ever.
fn complaint_task(register: &Register, measure: &Measure, today: Date) -> Option<Task> {
    let since = measure.open_complaint()?.taken_up_on;
    let policy = register.policy();
    let by = policy.after(since, Figure::ReviewInterval);
    let soon = policy.after(today, Figure::ReviewNotice) >= by;
    soon.then_some(Task {
        what: "Ask how the complaint to the ombudsman stands",
        action: Action::RecordComplaint,
        file: File::Measure(measure.id),
        since,
        by,
    })
}

/// Each team that was shown a marker confirms that it is withdrawn.
fn withdrawal_task(register: &Register, measure: &Measure) -> Option<Task> {
    let Life::Ended { moment, .. } = &measure.life else { return None };
    let since = moment.date();
    (!measure.awaits_withdrawal().is_empty()).then(|| Task {
        what: "Confirm that a marker is withdrawn",
        action: Action::ConfirmWithdrawal,
        file: File::Measure(measure.id),
        since,
        by: register.policy().after(since, Figure::Withdraw),
    })
}

/// How long a review may be overdue before each next group of people is told: the register team and whoever answers for it from
/// the first day, then those who decide, then the Governance Group.
const ESCALATIONS: &[(u32, &str, Action)] = &[
    (7, "See to an overdue review", Action::Decide),
    (14, "Overdue review for the Governance Group", Action::Meet),
];

/// Whether a task says that a review is overdue to those who hear of it later.
#[must_use]
pub fn is_escalated_review(task: &Task) -> bool {
    ESCALATIONS.iter().any(|(_, what, _)| *what == task.what)
}

/// A review that is coming, is brought forward because something changed, or is overdue; and who hears of it.
fn review_tasks(register: &Register, measure: &Measure, today: Date) -> Vec<Task> {
    let (Some(due), Some(since)) = (measure.review_due(register), measure.last_considered()) else {
        return Vec::new();
    };
    let policy = register.policy();
    let file = File::Measure(measure.id);
    let early = measure.stirred.map(|(_, moment)| policy.after(moment.date(), Figure::EarlyReview));
    let by = early.map_or(due, |early| early.min(due));
    let waits = early.is_some() || Nearness::of(due, policy, today) != Nearness::Ahead;
    if !waits || measure.removal.is_some() {
        return Vec::new();
    }
    let (what, action) = match &measure.answers {
        None => ("Answer the questions of a review", Action::AnswerReview),
        Some(_) => ("Decide this review", Action::Review),
    };
    let first = Task { what, action, file, since, by };
    let later = escalated(ESCALATIONS, file, since, due, today).map(|task| Task { by, ..task });
    std::iter::once(first).chain(later).collect()
}

/// How long a manager's word on access may be overdue before each next group of people is told.
const ACCESS_ESCALATIONS: &[(u32, &str, Action)] = &[
    (7, "See to access that nobody answered for", Action::ManageAccounts),
    (14, "Access that nobody answered for, for heads of service", Action::Decide),
];

/// Whoever is told that something has been overdue for long.
fn escalated(
    escalations: &'static [(u32, &'static str, Action)],
    file: File,
    since: Date,
    by: Date,
    today: Date,
) -> impl Iterator<Item = Task> {
    let overdue = by.until(today).map_or(0, |span| span.get_days());
    escalations
        .iter()
        .filter(move |(days, ..)| u32::try_from(overdue).is_ok_and(|overdue| overdue >= *days))
        .map(move |(_, what, action)| Task { what, action: *action, file, since, by })
}

/// Somebody new of whom their manager says whether they need access, and those who wait for it.
fn request_tasks(register: &Register, today: Date) -> Vec<Task> {
    let policy = register.policy();
    let starter = |account, since, by| {
        let (what, file) = ("Say whether somebody new needs access", File::Account(account));
        let task = Task { what, action: Action::AskAccess, file, since, by };
        std::iter::once(task).chain(escalated(ACCESS_ESCALATIONS, file, since, by, today))
    };
    let mut tasks = Vec::new();
    for request in register.requests() {
        let Some(by) = request.answer_by(policy) else { continue };
        match request.asked() {
            None => tasks.extend(starter(request.account, request.begun.date(), by)),
            Some((moment, _)) => {
                let (what, file) = ("Give or refuse access", File::Account(request.account));
                tasks.push(Task { what, action: Action::ManageAccounts, file, since: moment.date(), by });
            }
        }
    }
    for account in register.without_role() {
        let since = account.opened.date();
        tasks.extend(starter(account.id, since, policy.after(since, Figure::StarterAnswer)));
    }
    tasks
}

/// What it is called as work to answer for accounts, by the line of the permission table that says who does.
const KEEPING: &[(Action, &str)] = &[
    (Action::ConfirmAccess, "Say who of your team keeps access"),
    (Action::ConfirmManagers, "Say which managers keep access"),
    (Action::ConfirmRegisterTeam, "Say who of the register team keeps access"),
];

/// Teams of whose accounts somebody is asked whether they are still needed, and who hears of it when nobody answers.
fn keeping_tasks(register: &Register, today: Date) -> Vec<Task> {
    let policy = register.policy();
    let mut tasks = Vec::new();
    for team in register.teams() {
        let file = File::Team(team.id);
        let waiting = || {
            let own = register.accounts().filter(|account| account.team == team.id);
            own.filter(|account| account.standing == Standing::Open)
                .filter_map(|account| Some((account, account.awaits?.date())))
        };
        for (action, what) in KEEPING {
            let under = waiting().filter(|(account, _)| register.answered_under(account) == *action);
            let since = under.map(|(_, since)| since).min();
            tasks.extend(since.map(|since| {
                let by = policy.after(since, Figure::AnswerAccess);
                Task { what, action: *action, file, since, by }
            }));
        }
        if let Some(since) = waiting().map(|(_, since)| since).min() {
            let by = policy.after(since, Figure::AnswerAccess);
            tasks.extend(escalated(ACCESS_ESCALATIONS, file, since, by, today));
        }
    }
    tasks
}

/// Teams in which somebody is to renew what they learnt before it bars them.
fn renewal_tasks(register: &Register, today: Date) -> impl Iterator<Item = Task> {
    register.teams().filter_map(move |team| {
        let own = register.accounts().filter(|account| account.team == team.id);
        let open = own.filter(|account| account.standing == Standing::Open);
        let renewals = open.filter_map(|account| match people::readiness(register, account, today) {
            Readiness::Renew { due, by, .. } => Some((by, due)),
            Readiness::Ready | Readiness::Barred(_) => None,
        });
        renewals.min().map(|(by, since)| Task {
            what: "See that your people renew their training",
            action: Action::ConfirmAccess,
            file: File::Team(team.id),
            since,
            by,
        })
    })
}

/// The next meeting of the Governance Group, once there is anything for it to look at.
fn meeting_task(register: &Register, today: Date) -> Option<Task> {
    let open = register.meetings().find(|meeting| !meeting.is_closed());
    if let Some(meeting) = open {
        let file = File::Meeting(meeting.id);
        let (since, by) = (meeting.called.date(), meeting.held_on);
        let what = "Hold and close the meeting";
        return (today >= by).then_some(Task { what, action: Action::KeepMeetings, file, since, by });
    }
    let by = meeting::next_meeting_by(register)?;
    let soon = register.policy().after(today, Figure::ReviewNotice) >= by;
    let (file, since) = match register.last_meeting() {
        Some(last) => (File::Meeting(last.id), last.held_on),
        // The first meeting has no papers yet: what it is first to look at stands for it.
        None => {
            let first = register.measures().min_by_key(|measure| (measure.proposed.at, measure.id))?;
            (File::Measure(first.id), first.proposed.date())
        }
    };
    soon.then_some(Task { what: "Call the next meeting", action: Action::KeepMeetings, file, since, by })
}

/// Lists of services that wait for their second person, or for the certificate that they are destroyed where they were kept.
fn import_tasks(register: &Register) -> impl Iterator<Item = Task> {
    let policy = register.policy();
    register.imports().filter_map(|import| {
        let file = File::Import(import.id);
        if let Some(by) = import.certify_by(policy) {
            let since = import.approved().map_or(import.proposed, |approved| approved).date();
            let what = "Certify that an old list was destroyed";
            return Some(Task { what, action: Action::CertifyOldList, file, since, by });
        }
        let since = import.proposed.date();
        let by = policy.after(since, Figure::Triage);
        matches!(import.course, Course::Proposed).then_some(Task {
            what: "Approve or refuse a list of a service",
            action: Action::ApproveImport,
            file,
            since,
            by,
        })
    })
}

/// Teams whose word that they keep no list of their own is due, or soon will be.
fn declaration_tasks(register: &Register, today: Date) -> impl Iterator<Item = Task> {
    let soon = register.policy().after(today, Figure::ReviewNotice);
    register.teams().filter_map(move |team| {
        let by = register.declaration_due(team.id)?;
        let since = team.declared.unwrap_or(team.opened).date();
        (by <= soon).then_some(Task {
            what: "Declare that your team keeps no list of its own",
            action: Action::DeclareNoList,
            file: File::Team(team.id),
            since,
            by,
        })
    })
}

/// Agreements with partners that wait for their second person or for their yearly confirmation, or are about to end.
fn agreement_tasks(register: &Register, today: Date) -> Vec<Task> {
    let policy = register.policy();
    let soon = policy.after(today, Figure::ReviewNotice);
    let mut tasks = Vec::new();
    for partner in register.partners() {
        let file = File::Partner(partner.id);
        for agreement in &partner.agreements {
            let since = agreement.proposed.date();
            let task = |what, action, by| Task { what, action, file, since, by };
            match agreement.standing(policy, today) {
                partner::Standing::Proposed => {
                    let by = policy.after(since, Figure::Decide);
                    tasks.push(task("Approve a sharing agreement", Action::ApproveAgreement, by));
                }
                partner::Standing::InForce | partner::Standing::Unconfirmed => {
                    let confirm = agreement.confirm_by(policy).filter(|by| *by <= soon);
                    if let Some(by) = confirm {
                        tasks.push(task("Confirm a sharing agreement", Action::ConfirmAgreement, by));
                        if by < today {
                            let what = "See to an agreement that nobody confirmed";
                            tasks.push(task(what, Action::ApproveAgreement, by));
                        }
                    }
                    let ends = agreement.terms.ends;
                    let goes_on = |other: &Agreement| {
                        other.terms.ends > ends && !matches!(other.course, partner::Course::Ended { .. })
                    };
                    if ends <= soon && !partner.agreements.iter().any(goes_on) {
                        tasks.push(task(
                            "Renew a sharing agreement, or let it end",
                            Action::KeepPartners,
                            ends,
                        ));
                    }
                }
                partner::Standing::NotApproved
                | partner::Standing::Ahead
                | partner::Standing::Expired
                | partner::Standing::Ended => {}
            }
        }
    }
    tasks
}

/// Who is told when nobody looked at a broken glass in time.
const GLASS_ESCALATIONS: &[(u32, &str, Action)] =
    &[(1, "A broken glass that nobody has looked at", Action::Meet)];

/// Glasses that were broken: two kinds of people see each at once, and one of them says what came of it.
fn glass_tasks(register: &Register, today: Date) -> Vec<Task> {
    let waits = register.glasses().filter(|(_, glass)| glass.review.is_none());
    waits
        .flat_map(|(_, glass)| {
            let (file, since) = (File::Measure(glass.measure), glass.broken.date());
            let by = register.policy().after(since, Figure::Assess);
            let task = Task { what: LOOK_AT_THE_GLASS, action: Action::ReviewGlass, file, since, by };
            std::iter::once(task).chain(escalated(GLASS_ESCALATIONS, file, since, by, today))
        })
        .collect()
}

/// What looking at a broken glass is called as work: it has a page of its own.
pub const LOOK_AT_THE_GLASS: &str = "The glass was broken: look at it again";

/// Questions about looks that their readers did not answer in time, while the looks are open.
fn looks_tasks(register: &Register, today: Date) -> impl Iterator<Item = Task> {
    let reviewed = register.reviewed_looks();
    let waits = register.looks_questions().filter(move |(_, question)| {
        question.answer.is_none() && today > question.answer_by() && !question.looks.is_subset(&reviewed)
    });
    waits.filter_map(|(_, question)| {
        let since = question.answer_by();
        Some(Task {
            what: LOOKS_NOT_EXPLAINED,
            action: Action::ReviewLooks,
            file: File::Team(register.account(question.reader)?.team),
            since,
            by: calendar::working_days_after(since, ANSWER_WITHIN),
        })
    })
}

/// What it is called as work that a reader did not answer: it has a page of its own.
pub const LOOKS_NOT_EXPLAINED: &str = "Looks that their reader has not explained";

/// Accounts of those who misused them.
fn misuse_tasks(register: &Register) -> impl Iterator<Item = Task> {
    register.accounts().filter_map(|account| {
        let found = register.misuse(account.id)?.date();
        Some(Task {
            what: "Say whether access stays after misuse",
            action: register.answered_under(account),
            file: File::Team(account.team),
            // One answer serves both where somebody was asked about the account before.
            since: account.awaits.map_or(found, |asked| asked.date().min(found)),
            by: calendar::working_days_after(found, ANSWER_WITHIN),
        })
    })
}

/// How long a partner's receipt of a withdrawn marker may be overdue before the next is told.
const RECEIPT_ESCALATIONS: &[(u32, &str, Action)] =
    &[(7, "See to a withdrawn marker that a partner has not taken off", Action::EndAgreement)];

/// Partners to be asked why they have not said that they have what was delivered to them.
fn receipt_tasks(register: &Register, today: Date) -> Vec<Task> {
    let mut tasks = Vec::new();
    for partner in register.partners() {
        let file = File::Partner(partner.id);
        let owed = partner::owed(register, partner, today);
        let chase = |what, news: &[News]| {
            let late = owed.iter().filter(|owed| owed.by < today && news.contains(&owed.news));
            late.min_by_key(|owed| (owed.by, owed.since)).map(|owed| Task {
                what,
                action: Action::KeepPartners,
                file,
                since: owed.since,
                by: owed.by,
            })
        };
        let withdrawn = chase("Chase a partner to take off a withdrawn marker", &[News::Withdrawn]);
        tasks.extend(chase("Chase a partner to receive a marker", &[News::New, News::Changed]));
        tasks.extend(
            withdrawn.iter().flat_map(|it| escalated(RECEIPT_ESCALATIONS, file, it.since, it.by, today)),
        );
        tasks.extend(withdrawn);
    }
    tasks
}

/// A removal between meetings that waits for its second person.
fn removal_task(register: &Register, measure: &Measure) -> Option<Task> {
    let since = measure.removal.as_ref()?.asked?.date();
    let by = register.policy().after(since, Figure::Withdraw);
    let file = File::Measure(measure.id);
    Some(Task { what: "Agree a removal between meetings", action: Action::Meet, file, since, by })
}

/// Holds that are to be looked at again: a hold is not for ever.
fn hold_tasks(register: &Register, today: Date) -> impl Iterator<Item = Task> {
    let soon = register.policy().after(today, Figure::ReviewNotice);
    retention::holds_by_review(register).into_iter().filter_map(move |(file, hold)| {
        let (by, since) = (hold.review_by(register), hold.moment.date());
        let task = Task { what: "Look at this hold again", action: Action::Hold, file, since, by };
        (by <= soon).then_some(task)
    })
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

fn stage_task(register: &Register, measure: &Measure) -> Option<Task> {
    let policy = register.policy();
    let file = File::Measure(measure.id);
    match &measure.life {
        Life::Proposed => {
            let since = measure.proposed.date();
            // One from an old list has as long as its marker lives.
            let by = measure.provisional_until().unwrap_or_else(|| policy.after(since, Figure::Assess));
            Some(Task { what: "Assess this measure", action: Action::Assess, file, since, by })
        }
        Life::Assessed => {
            let since = measure.assessment.completed.map_or(measure.proposed, |(moment, _)| moment).date();
            let by = policy.after(since, Figure::Decide);
            Some(Task { what: "Decide this measure", action: Action::Decide, file, since, by })
        }
        Life::Decided { .. } | Life::InForce { .. } | Life::Ended { .. } | Life::Destroyed(_) => None,
    }
}
