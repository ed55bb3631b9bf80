//! `/`: what somebody can do now, and what waits for them.

use crate::accounts;
use crate::check::planned;
use crate::incidents;
use crate::incidents::new::Unsent;
use crate::own_looks;
use crate::page::{Page, Section};
use crate::partners;
use crate::teams;
use crate::work;
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use register::due::{self, Task};
use register::people::Action;
use register::reach::reach;
use register::view::Disclosure;
use web::{App, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "home.html")]
struct Screen {
    page: Page,
    checks: bool,
    reports: bool,
    works: bool,
    opens_files: bool,
    manages_accounts: bool,
    reads_accesses: bool,
    reads_team_looks: bool,
    reads_coverage: bool,
    breaks_glass: bool,
    reviews_glass: bool,
    reads_retention: bool,
    reads_risks: bool,
    sees_partners: bool,
    /// Lists of services, and who has said that they keep none.
    sees_lists: bool,
    reads_declarations: bool,
    /// Where it is said who of one's own team has access.
    people: Option<String>,
    waiting: Vec<Tile>,
    unsent: Vec<Unsent>,
    /// What this account was given lately, and by whom.
    reminders: Vec<String>,
    /// How many questions about looks of theirs wait for their answer.
    asked: usize,
    /// How many deliveries of markers wait for a partner's receipt, where any are made to it.
    delivered: Option<usize>,
    /// What is told of planned visits.
    notice: Option<String>,
}

/// Work of one kind.
struct Tile {
    what: &'static str,
    address: String,
    number: usize,
    overdue: usize,
}

/// `GET /`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    let today = app.service.today();
    let waiting = app.service.read(|register| {
        let reaches = |task: &Task| reach(register, &who.account, task.file) > Disclosure::Nothing;
        let mine: Vec<Task> = due::work(register, today)
            .into_iter()
            .filter(|task| who.may(task.action) && reaches(task))
            .collect();
        tiles(&mine, today)
    });
    let now = app.service.now();
    let reminders = app.service.read(|register| accounts::grants::reminders(register, &who.account, now));
    let unsent = incidents::new::unsent(&app, &who).await?;
    let notice = planned::notice(&app, &who).await;
    Page::of(&app, &who, "Home").show(|page| Screen {
        page,
        checks: Section::Check.is_for(&who),
        reports: Section::Report.is_for(&who),
        works: Section::Work.is_for(&who),
        opens_files: who.may(Action::DescribeSubject),
        manages_accounts: Section::Accounts.is_for(&who),
        reads_accesses: Section::AccessLog.is_for(&who),
        reads_team_looks: who.may(Action::ReadTeamLooks),
        reads_coverage: who.may(Action::ReadCoverage),
        breaks_glass: who.may(Action::BreakGlass),
        reviews_glass: who.may(Action::ReviewGlass),
        reads_retention: who.may(Action::ReadRetention),
        reads_risks: who.may(Action::ReadRisks),
        sees_partners: partners::are_for(&who),
        sees_lists: who.may(Action::ApproveImport) || who.may(Action::CertifyOldList),
        reads_declarations: who.may(Action::ReadDeclarations),
        people: who.may(Action::ConfirmAccess).then(|| teams::people::address(who.account.team)),
        delivered: if who.may(Action::ReceiveMarkers) {
            app.service.deliveries_waiting(who.id())
        } else {
            None
        },
        asked: app.service.read(|register| own_looks::waiting(register, who.id())),
        waiting,
        unsent,
        reminders,
        notice,
    })
}

/// How much there is of each kind, the most pressing kind first.
fn tiles(tasks: &[Task], today: Date) -> Vec<Tile> {
    let mut tiles: Vec<Tile> = Vec::new();
    for task in tasks {
        let overdue = usize::from(task.by < today);
        match tiles.iter_mut().find(|tile| tile.what == task.what) {
            Some(tile) => {
                tile.number += 1;
                tile.overdue += overdue;
            }
            None => tiles.push(Tile { what: task.what, address: work::only(task.what), number: 1, overdue }),
        }
    }
    tiles
}
