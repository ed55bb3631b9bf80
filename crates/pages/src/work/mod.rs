//! `/work`: everything that waits for whoever is signed in, the most pressing first.
//!
//! Nobody is named here: a file is known by its reference until it is opened.

use crate::page::{Page, Section};
use crate::part::Item;
use crate::words;
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use register::due::{self, REVIEW_THE_POLICY, Task};
use register::ids::File;
use register::people::Action;
use register::view::Disclosure;
use service::access::Look;
use web::form::{Choice, Filter};
use web::{App, Outcome, Problem, SignedIn};

#[derive(Template)]
#[template(path = "work/index.html")]
struct Screen {
    page: Page,
    kinds: Vec<Item>,
    times: Vec<Item>,
    count: String,
    tasks: Vec<Line>,
    is_filtered: bool,
}

/// One task as the queue shows it.
struct Line {
    address: String,
    what: &'static str,
    file: String,
    since: String,
    by: String,
    late: String,
}

/// `GET /work?what=…&time=…`
pub async fn show(State(app): State<App>, who: SignedIn, Filter(form): Filter) -> Outcome {
    if !Section::Work.is_for(&who) {
        return Err(Problem::NotPermitted(Action::ReadMeasure));
    }
    let today = app.service.today();
    let tasks = app.service.look(who.id(), Look::Work, |register| due::work(register, today)).await?;
    let mine: Vec<Task> =
        tasks.into_iter().filter(|task| who.may(task.action) && reaches(&app, &who, task)).collect();
    let time = Time::from_key(form.value("time"));
    let what = form.value("what");
    let shown: Vec<Line> = mine
        .iter()
        .filter(|task| what.is_empty() || key(task.what) == what)
        .filter(|task| time.is_none_or(|time| time.holds(task, today)))
        .map(|task| line(task, today))
        .collect();
    let is_filtered = !what.is_empty() || time.is_some();
    Page::of(&app, &who, "Work").within(Section::Work).with(form).show(|page| Screen {
        page,
        kinds: kinds(&mine),
        times: Item::all::<Time>(),
        count: words::count(shown.len(), "task", "tasks"),
        tasks: shown,
        is_filtered,
    })
}

/// Whether a task is of a file that this reader may open; a withdrawal is confirmed by the teams that were told, who may not.
fn reaches(app: &App, who: &SignedIn, task: &Task) -> bool {
    let is_told = || match (task.action, task.file) {
        (Action::ConfirmWithdrawal, File::Measure(id)) => app.service.read(|register| {
            register
                .measure(id)
                .is_some_and(|measure| measure.awaits_withdrawal().contains(&who.account.team))
        }),
        _ => false,
    };
    app.service.reach(who.id(), task.file) > Disclosure::Nothing || is_told()
}

web::choices! {
    /// Which part of the queue, by when it is due.
    Time {
        Late = "late", "Late";
        Soon = "soon", "Due within seven days";
    }
}

impl Time {
    fn holds(self, task: &Task, today: Date) -> bool {
        let week = today.saturating_add(jiff::Span::new().days(7));
        match self {
            Self::Late => task.by < today,
            Self::Soon => task.by >= today && task.by <= week,
        }
    }
}

/// Where the tasks of one kind are listed.
pub fn only(what: &str) -> String {
    format!("/work?what={}", key(what))
}

/// What stands in the address for a kind of task.
fn key(what: &str) -> String {
    what.to_lowercase().replace(' ', "-")
}

fn kinds(tasks: &[Task]) -> Vec<Item> {
    let mut kinds: Vec<&str> = tasks.iter().map(|task| task.what).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().map(|what| Item::new(key(what), what)).collect()
}

fn line(task: &Task, today: Date) -> Line {
    Line {
        address: address(task),
        what: task.what,
        // There is one policy: its task names it.
        file: if task.file == File::Policy { String::new() } else { task.file.to_string() },
        since: words::date(task.since),
        by: words::date(task.by),
        late: late(task.by, today),
    }
}

/// "Late by 2 days", or nothing while there is time.
pub fn late(by: Date, today: Date) -> String {
    let days = by.until(today).map_or(0, |span| span.get_days());
    match usize::try_from(days) {
        Ok(days) if days > 0 => format!("Late by {}", words::count(days, "day", "days")),
        _ => String::new(),
    }
}

/// Where a task is done.
fn address(task: &Task) -> String {
    let act = match task.action {
        Action::Triage => "triage",
        Action::AgreeInterim => "interim",
        Action::AllowUnderAge => "assessment/under-age",
        Action::Assess => "assessment",
        Action::Decide => "decision",
        Action::WriteLetter | Action::ApproveLetter if task.what.contains("outcome letter") => "",
        Action::WriteLetter | Action::ApproveLetter => "letter",
        Action::AgreeWithholding => "withhold",
        Action::AnswerReview => "review/answers",
        Action::Review => "review",
        Action::HandleAppeal | Action::DecideAppeal => "appeal",
        Action::RecordComplaint => "ombudsman",
        Action::Meet if task.what == "Agree a removal between meetings" => "removal",
        Action::Hold => "hold",
        _ => "",
    };
    match task.file {
        _ if task.action == Action::ConfirmWithdrawal => "/withdrawals".to_owned(),
        _ if task.action == Action::ReviewGlass => "/glass".to_owned(),
        _ if task.action == Action::ReviewLooks => crate::oversight::HERE.to_owned(),
        File::Measure(_) if task.action == Action::KeepMeetings => "/meetings".to_owned(),
        File::Meeting(id) => format!("/meetings/{id}"),
        File::Incident(id) => format!("/incidents/{id}/{act}"),
        File::Measure(id) => format!("/measures/{id}/{act}"),
        File::Subject(id) => format!("/subjects/{id}/{act}"),
        File::Account(id) => crate::access::address(id, ""),
        File::Accesses(_) => "/access-log".to_owned(),
        File::Import(id) => crate::imports::address(id, ""),
        File::Team(_) if task.action == Action::DeclareNoList => crate::teams::lists::ADDRESS.to_owned(),
        File::Team(id) => crate::teams::people::address(id),
        File::Partner(id) => crate::partners::address(id, ""),
        File::Policy if task.what == REVIEW_THE_POLICY => "/policy/review".to_owned(),
        File::Policy => "/policy/proposal".to_owned(),
    }
}
