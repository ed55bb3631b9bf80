//! `/imports/{import}`: one list of a service: how each of its rows stands, and what is done with it next.

use super::{address, named, plan, stands, team};
use crate::measures::{carry_out, told};
use crate::page::{Page, Section};
use crate::part::{Cell, Row, Step, Tag, name_of};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::assessment::Proposal;
use register::command::{CertifyOldList, RefuseImport, UndoImport};
use register::ids::{File, ImportId};
use register::import::{Course, Import, ListWords};
use register::measure::InterimStage;
use register::moment::{Actor, Moment};
use register::people::Action;
use register::policy::{Code, List};
use register::refusal::Refusal;
use register::state::Register;
use register::view::Disclosure;
use service::access::Look;
use service::imports::{Batch, Stands};
use web::form::Choice;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "imports/file.html")]
struct Screen {
    page: Page,
    name: String,
    facts: Vec<Row>,
    steps: Vec<Step>,
    counts: Vec<Vec<Cell>>,
    groups: Vec<Group>,
    plan: Vec<Row>,
    entries: Vec<Vec<Cell>>,
    may: May,
}

/// Rows that stand alike.
struct Group {
    title: String,
    heads: [&'static str; 3],
    rows: Vec<Vec<Cell>>,
}

/// What whoever looks may do now.
#[derive(Default)]
struct May {
    columns: Option<String>,
    propose: bool,
    drop: bool,
    approve: bool,
    refuse: bool,
    certify: bool,
    undo: bool,
}

web::choices! {
    /// What a form of the page asks.
    Act {
        /// Propose it to a second person.
        Propose = "propose", "Propose the list";
        /// Forget it before it is proposed.
        Drop = "drop", "Forget this list";
        /// Take it in.
        Approve = "approve", "Take the list in";
        /// Do not take it in.
        Refuse = "refuse", "Do not take it in";
        /// It was destroyed where it was kept.
        Certify = "certify", "Certify that it was destroyed";
        /// Take it back whole.
        Undo = "undo", "Take the whole list back";
    }
}

impl Act {
    /// Who may ask it at all.
    const fn action(self) -> Action {
        match self {
            Self::Propose | Self::Drop | Self::Undo => Action::Import,
            Self::Approve | Self::Refuse => Action::ApproveImport,
            Self::Certify => Action::CertifyOldList,
        }
    }
}

/// A list with what is known of it: staged, proposed, or both.
struct Known {
    id: ImportId,
    batch: Option<Batch>,
    is_proposed: bool,
}

/// `GET /imports/{import}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<ImportId>) -> Outcome {
    let known = known(&app, &who, id).await?;
    let is_new = known.batch.as_ref().is_some_and(|batch| batch.rows.is_empty());
    if is_new && who.may(Action::Import) {
        return Ok(Redirect::to(&address(id, "columns")).into_response());
    }
    draw(&app, &who, &known, Form::new(app.service.fresh_command())).await
}

/// `POST /imports/{import}`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(import): Reference<ImportId>,
    mut form: Form,
) -> Outcome {
    let act = Act::from_key(form.value("act")).ok_or(Problem::NotFound)?;
    who.must(act.action())?;
    let known = known(&app, &who, import).await?;
    let done = match act {
        Act::Propose => propose(&app, &who, &known, &mut form).await?,
        Act::Approve => approve(&app, &who, &known, &mut form).await?,
        Act::Drop => {
            if known.is_proposed {
                return Err(Problem::NotFound);
            }
            app.service.drop_import(import).await?;
            return Ok(Redirect::to("/imports").into_response());
        }
        Act::Refuse => {
            let asking = form.text("reasons", "Enter why it is not taken in");
            let asking = asking.map(|reasons| RefuseImport { import, reasons });
            let done = carry_out(&app, &who, &mut form, asking, field_of).await?.is_some();
            if let Some(batch) = known.batch.clone().filter(|_| done) {
                let again = app.service.stage_again(batch).await?;
                // Whoever may mend it goes on there.
                let next = if who.may(Action::Import) { again } else { import };
                return Ok(Redirect::to(&address(next, "")).into_response());
            }
            done
        }
        Act::Certify => {
            let on = form.date("on", "the day it was destroyed");
            let words = form.text("how", "Enter how it was destroyed, and what became of its copies");
            let asking = on.zip(words).map(|(on, words)| CertifyOldList { import, on, words });
            carry_out(&app, &who, &mut form, asking, field_of).await?.is_some()
        }
        Act::Undo => {
            let asking = form.text("reasons", "Enter why it is taken back");
            let asking = asking.map(|reasons| UndoImport { import, reasons });
            carry_out(&app, &who, &mut form, asking, field_of).await?.is_some()
        }
    };
    match done {
        true => Ok(Redirect::to(&address(import, "")).into_response()),
        false => draw(&app, &who, &known, form).await,
    }
}

async fn propose(app: &App, who: &SignedIn, known: &Known, form: &mut Form) -> Result<bool, Problem> {
    let batch = known.batch.as_ref().ok_or(Problem::NotFound)?;
    let name = form.text_within("name", "Enter what the service called the list", 200);
    let kept = form.text("kept", "Enter where it was kept, by whom, and who has copies");
    let undecided = app.service.read(|register| {
        batch.stand(register).iter().filter(|(_, stands)| *stands == Stands::Undecided).count()
    });
    if undecided > 0 {
        let rows = words::count(undecided, "row", "rows");
        form.mistake("", format!("Somebody must look at {rows} first: each may be the same as another"));
    }
    let proposal = plan::chosen(app, batch);
    if proposal.is_none() {
        form.mistake("", "Choose what staff do meanwhile first");
    }
    let (Some(name), Some(kept), Some(proposal), true) = (name, kept, proposal, form.is_well()) else {
        return Ok(false);
    };
    let command = form.command(app.service.fresh_command());
    let words = ListWords { name, kept };
    let answer = app.service.propose_import(who.id(), command, batch, &proposal, words).await;
    Ok(form.answered(answer, field_of)?.is_some())
}

async fn approve(app: &App, who: &SignedIn, known: &Known, form: &mut Form) -> Result<bool, Problem> {
    let batch = known.batch.as_ref().ok_or(Problem::NotFound)?;
    let Some(proposal) = plan::chosen(app, batch) else {
        form.mistake("", "The policy has changed since: refuse it, and have the plan chosen again");
        return Ok(false);
    };
    who.proves(app, form).await?;
    let command = form.command(app.service.fresh_command());
    let answer = app.service.approve_import(who.id(), command, batch, &proposal).await;
    Ok(form.answered(answer, field_of)?.is_some())
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::OldListDate => "on",
        _ => "",
    }
}

/// What there is of a list, after the look is on disk; one that this reader may not know of is not found.
async fn known(app: &App, who: &SignedIn, id: ImportId) -> Result<Known, Problem> {
    let stages = who.may(Action::Import) || who.may(Action::ApproveImport);
    let is_proposed = app.service.reach(who.id(), File::Import(id)) > Disclosure::Nothing;
    let batch = if stages { app.service.staged_import(id).await? } else { None };
    // Before it is proposed it is nobody's but those who stage it.
    let batch = batch.filter(|_| is_proposed || who.may(Action::Import));
    if !is_proposed && batch.is_none() {
        return Err(Problem::NotFound);
    }
    app.service.look(who.id(), Look::File(File::Import(id)), |_| ()).await?;
    Ok(Known { id, batch, is_proposed })
}

async fn draw(app: &App, who: &SignedIn, known: &Known, form: Form) -> Outcome {
    let proposal = known.batch.as_ref().and_then(|batch| plan::chosen(app, batch));
    let screen = app.service.read(|register| {
        let import = register.import(known.id);
        let batch =
            known.batch.as_ref().filter(|_| import.is_none_or(|it| matches!(it.course, Course::Proposed)));
        let rows = batch.map(|batch| batch.stand(register)).unwrap_or_default();
        let undecided = rows.iter().filter(|(_, stands)| *stands == Stands::Undecided).count();
        let is_staged = import.is_none();
        Screen {
            page: Page::bare(),
            name: import.map(named).or_else(|| batch.map(|batch| batch.name.clone())).unwrap_or_default(),
            facts: facts(register, import, batch),
            steps: if is_staged { steps(known.id, undecided, proposal.is_some()) } else { Vec::new() },
            counts: counts(&rows),
            groups: groups(known.id, &rows, is_staged),
            plan: proposal.as_ref().map(|proposal| plan_rows(register, proposal, batch)).unwrap_or_default(),
            entries: import.map(|import| entries(register, import)).unwrap_or_default(),
            may: may(who, import, batch),
        }
    });
    Page::of(app, who, screen.name.clone())
        .within(Section::Work)
        .back_to("/imports")
        .with(form)
        .show(|page| Screen { page, ..screen })
}

fn may(who: &SignedIn, import: Option<&Import>, batch: Option<&Batch>) -> May {
    let Some(import) = import else {
        let stages = who.may(Action::Import);
        let columns = batch.and_then(|batch| Some(address(batch.id()?, "columns")));
        return May { propose: stages, drop: stages, columns: columns.filter(|_| stages), ..May::default() };
    };
    let is_own = import.proposed.is_by(who.id());
    let answers = who.may(Action::ApproveImport) && matches!(import.course, Course::Proposed);
    let is_in = import.is_taken_in();
    May {
        approve: answers && !is_own,
        refuse: answers,
        certify: is_in && import.old_list.is_none() && who.may(Action::CertifyOldList),
        undo: is_in && import.old_list.is_none() && who.may(Action::Import),
        ..May::default()
    }
}

fn facts(register: &Register, import: Option<&Import>, batch: Option<&Batch>) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(import) = import {
        let by = |moment: Moment| format!("{} by {}", words::moment(moment.at), name_of(register, moment.by));
        rows.push(Row::new("Whose list it was", team(register, import.team)));
        rows.push(Row::new("Where it was kept", kept(import)));
        rows.push(Row::new("Proposed", by(import.proposed)));
        rows.push(Row::new("Answers for its entries", name_of(register, Actor::Account(import.sponsor))));
        rows.push(Row::new("How it stands", stands(register, import)));
        match &import.course {
            Course::Proposed => {}
            Course::Refused { moment, reasons } => {
                rows.push(Row::new("Not taken in", by(*moment)));
                rows.push(Row::new("Why", service::papers::text(reasons)));
            }
            Course::Approved(moment) => rows.push(Row::new("Taken in", by(*moment))),
            Course::Undone { approved, moment, reasons } => {
                rows.push(Row::new("Taken in", by(*approved)));
                rows.push(Row::new("Taken back", by(*moment)));
                rows.push(Row::new("Why", service::papers::text(reasons)));
            }
        }
        if let Some(old) = &import.old_list {
            rows.push(Row::new("Old list destroyed", words::date(old.on)));
            rows.push(Row::new("How", service::papers::text(&old.words)));
            rows.push(Row::new("Certified", by(old.moment)));
        }
    } else if let Some(batch) = batch {
        let brought = batch.by().map(|by| name_of(register, Actor::Account(by))).unwrap_or_default();
        rows.push(Row::new(
            "Whose list it is",
            batch.team().map(|it| team(register, it)).unwrap_or_default(),
        ));
        rows.push(Row::new("Brought by", format!("{brought}, {}", words::moment(batch.begun))));
    }
    rows
}

fn kept(import: &Import) -> String {
    import.words.known().map(|words| words.kept.as_str().to_owned()).unwrap_or_default()
}

fn steps(id: ImportId, undecided: usize, has_plan: bool) -> Vec<Step> {
    let done = || Tag::new("Done", "");
    vec![
        Step {
            label: "Look at the rows that may be the same as another".to_owned(),
            hint: "Side by side with what they may be".to_owned(),
            address: None,
            status: if undecided == 0 {
                done()
            } else {
                Tag::new(words::count(undecided, "row to look at", "rows to look at"), "yellow")
            },
        },
        Step {
            label: "Choose what staff do meanwhile".to_owned(),
            hint: "Until each entry is assessed, and who is shown it".to_owned(),
            address: Some(address(id, "plan")),
            status: if has_plan { done() } else { Tag::new("To do", "blue") },
        },
    ]
}

/// Every row is in one of these, and their numbers add up.
const GROUPS: [(&str, [&str; 3]); 6] = [
    ("Look at these", ["Row", "Whom or where", "What it may be"]),
    ("Cannot be taken in", ["Row", "Whom or where", "Why"]),
    ("Left out", ["Row", "Whom or where", "Why"]),
    ("On the register already", ["Row", "Whom or where", "Entry"]),
    ("Say more of another row", ["Row", "Whom or where", "Goes with"]),
    ("Become provisional entries", ["Row", "Whom or where", "What the list says"]),
];

fn group(stands: &Stands<'_>) -> usize {
    match stands {
        Stands::Undecided => 0,
        Stands::Faulty(_) => 1,
        Stands::LeftOut(_) => 2,
        Stands::Listed(_) => 3,
        Stands::SameAs(_) => 4,
        Stands::Entry => 5,
    }
}

type Standing<'b> = (&'b service::imports::Row, Stands<'b>);

fn counts(rows: &[Standing<'_>]) -> Vec<Vec<Cell>> {
    if rows.is_empty() {
        return Vec::new();
    }
    let count = |place| rows.iter().filter(|(_, stands)| group(stands) == place).count();
    let mut counts: Vec<Vec<Cell>> = GROUPS
        .iter()
        .enumerate()
        .map(|(place, (title, _))| vec![Cell::text(*title), Cell::text(count(place).to_string())])
        .collect();
    counts.push(vec![Cell::text("All rows"), Cell::text(rows.len().to_string())]);
    counts
}

fn groups(id: ImportId, rows: &[Standing<'_>], is_staged: bool) -> Vec<Group> {
    let of = |place: usize, (title, heads): &(&str, [&'static str; 3])| {
        let of_group = rows.iter().filter(|(_, stands)| group(stands) == place);
        let cells: Vec<Vec<Cell>> = of_group.map(|row| cells(id, row, is_staged)).collect();
        (!cells.is_empty()).then(|| Group {
            title: format!("{title} ({})", cells.len()),
            heads: *heads,
            rows: cells,
        })
    };
    GROUPS.iter().enumerate().filter_map(|(place, group)| of(place, group)).collect()
}

fn cells(id: ImportId, (row, stands): &Standing<'_>, is_staged: bool) -> Vec<Cell> {
    let number = row.number.to_string();
    let may_choose = is_staged && row.fault.is_none();
    let number = match may_choose {
        true => Cell::link(number, address(id, &format!("rows/{}", row.number))),
        false => Cell::text(number),
    };
    let said = |(heading, text): &(String, String)| format!("{heading}: {text}");
    let more = match stands {
        Stands::Undecided => words::count(row.others, "other to compare with", "others to compare with"),
        Stands::Faulty(why) | Stands::LeftOut(why) => (*why).to_owned(),
        Stands::Listed(measure) => measure.to_string(),
        Stands::SameAs(other) => format!("Row {other}"),
        Stands::Entry => row.said.iter().map(said).collect::<Vec<_>>().join("\n"),
    };
    let more = if more.is_empty() { "Nothing more".to_owned() } else { more };
    vec![number, Cell::text(row.described.given().join(", ")), Cell::text(more)]
}

fn plan_rows(register: &Register, plan: &Proposal, batch: Option<&Batch>) -> Vec<Row> {
    let in_words = |codes: &[Code]| told::codes(register, List::Precaution, codes);
    let told = plan
        .audience
        .iter()
        .zip(&plan.words.audience_reasons)
        .map(|(id, why)| format!("{}: {}", team(register, *id), why.as_str()));
    let mut rows = vec![Row::new("All rows, unless they say otherwise", in_words(&plan.precautions))];
    let asked = batch.into_iter().flat_map(|batch| &batch.plans.asked);
    rows.extend(asked.map(|(said, codes)| {
        let codes: Vec<Code> = codes.iter().filter_map(|code| Code::new(code)).collect();
        Row::new(format!("Rows that say “{said}”"), in_words(&codes))
    }));
    rows.push(Row::new("Who is told", told.collect::<Vec<_>>().join("\n")));
    rows.push(Row::new("How the customer is still served", plan.words.service_route.as_str()));
    let ring = format!("{} on {}", plan.words.ring_name.as_str(), plan.words.ring_phone.as_str());
    rows.push(Row::new("Whom staff ring", ring));
    rows
}

fn entries(register: &Register, import: &Import) -> Vec<Vec<Cell>> {
    let measures = import.measures.iter().filter_map(|id| register.measure(*id));
    measures
        .map(|measure| {
            let until = match measure.interim.as_ref().map(|interim| interim.stage) {
                Some(InterimStage::Live { lapses_on, .. }) if !measure.is_over() => words::date(lapses_on),
                _ => String::new(),
            };
            let row = measure.origin.map(|origin| origin.row.to_string()).unwrap_or_default();
            let subject = register.subject(measure.subject);
            vec![
                Cell::link(measure.id.to_string(), crate::measures::address(measure.id, "")),
                Cell::text(row),
                Cell::text(subject.map(register::subject::Subject::heading).unwrap_or_default()),
                Cell::text(measure.stage().label()),
                Cell::text(until),
            ]
        })
        .collect()
}
