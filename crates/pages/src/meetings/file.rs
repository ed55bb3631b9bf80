//! `/meetings/{meeting}`: the agenda while it is to come, the record while it sits and after.

use super::{reached, stage};
use crate::measures::letter::printed;
use crate::measures::{carry_out, nowhere};
use crate::numbers::figures;
use crate::page::{Page, Section};
use crate::part::{Cell, Item, Row, name_of};
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use register::command::{AgreeAction, CloseMeeting, CompleteAction, OpenMeeting};
use register::ids::{AccountId, File, MeasureId, MeetingId};
use register::meeting::{Meeting, Sitting, Topic, agenda};
use register::moment::Actor;
use register::people::{Action, Standing};
use register::refusal::Refusal;
use register::state::Register;
use register::totals::totals;
use service::access::Look;
use service::papers;
use service::usage::Usage;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "meetings/file.html")]
struct Screen {
    page: Page,
    shown: Shown,
    members: Vec<Item>,
    people: Vec<Item>,
}

struct Shown {
    id: String,
    facts: Vec<Row>,
    opens: bool,
    sits: bool,
    keeps: bool,
    is_closed: bool,
    left: String,
    totals: Vec<Row>,
    agenda: Vec<Part>,
    used: Used,
    decisions: Vec<Row>,
    actions: Vec<Agreed>,
    minutes: String,
    kept: Vec<Row>,
}

/// A part of the agenda.
struct Part {
    title: String,
    rows: Vec<Vec<Cell>>,
}

/// How the register was used since the meeting before.
struct Used {
    title: &'static str,
    each: &'static str,
    heads: Vec<String>,
    teams: Vec<(String, Vec<String>)>,
    whole: Vec<String>,
    unused_title: &'static str,
    unused: Vec<Vec<Cell>>,
}

/// Something a meeting asked for.
struct Agreed {
    words: String,
    who: String,
    place: String,
    waits: bool,
}

/// `GET /meetings/{meeting}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeetingId>) -> Outcome {
    draw(&app, &who, id, Form::new(app.service.fresh_command())).await
}

/// `POST /meetings/{meeting}`: opens it, records an action, or closes it.
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(meeting): Reference<MeetingId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::KeepMeetings)?;
    reached(&app, &who, meeting)?;
    let done = match form.value("act") {
        "open" => {
            let present = form.references::<AccountId>("present", "Choose who is present");
            let chair = form.reference::<AccountId>("chair", "Choose who chairs it");
            let asking = present.zip(chair).map(|(present, chair)| OpenMeeting { meeting, chair, present });
            carry_out(&app, &who, &mut form, asking, opening_field).await?
        }
        "action" => {
            let words = form.text("words", "Enter what is to be done");
            let account = form.reference::<AccountId>("who", "Choose who is to do it");
            let by = form.date("by", "the day it is to be done by");
            let asking =
                words.zip(account).zip(by).map(|((words, who), by)| AgreeAction { meeting, who, by, words });
            carry_out(&app, &who, &mut form, asking, |_| "by").await?
        }
        "close" => {
            let minutes = form.text("minutes", "Enter what else was said");
            let asking = minutes.map(|minutes| CloseMeeting { meeting, minutes });
            carry_out(&app, &who, &mut form, asking, nowhere).await?
        }
        _ => {
            form.mistake("", "Choose what you want to do");
            None
        }
    };
    match done {
        Some(_) => Ok(Redirect::to(&format!("/meetings/{meeting}")).into_response()),
        None => draw(&app, &who, meeting, form).await,
    }
}

/// `POST /meetings/{meeting}/actions/{action}`: what a meeting asked for is done.
pub async fn done(
    State(app): State<App>,
    who: SignedIn,
    Path((meeting, action)): Path<(String, String)>,
    mut form: Form,
) -> Outcome {
    who.must(Action::KeepMeetings)?;
    let meeting: MeetingId = meeting.parse().map_err(|_| Problem::NotFound)?;
    let action: u32 = action.parse().map_err(|_| Problem::NotFound)?;
    reached(&app, &who, meeting)?;
    match carry_out(&app, &who, &mut form, Some(CompleteAction { meeting, action }), nowhere).await? {
        Some(_) => Ok(Redirect::to(&format!("/meetings/{meeting}")).into_response()),
        None => draw(&app, &who, meeting, form).await,
    }
}

/// `GET /meetings/{meeting}/pack.pdf`
pub async fn pack(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeetingId>) -> Outcome {
    reached(&app, &who, id)?;
    who.proves_before(&app, &format!("/meetings/{id}/pack.pdf")).await?;
    let (today, head, usage) = (app.service.today(), app.service.head().await?, app.service.usage().await?);
    let look = Look::File(File::Meeting(id));
    let paper = app.service.look(who.id(), look, |register| {
        papers::pack(register, register.meeting(id)?, &usage, today, &head, who.id())
    });
    printed(&app, paper.await?.ok_or(Problem::NotFound)?, &format!("pack-{id}.pdf")).await
}

/// `GET /meetings/{meeting}/minutes.pdf`
pub async fn minutes(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeetingId>) -> Outcome {
    reached(&app, &who, id)?;
    let today = app.service.today();
    let look = Look::File(File::Meeting(id));
    let paper = app
        .service
        .look(who.id(), look, |register| papers::minutes(register, register.meeting(id)?, today, who.id()));
    printed(&app, paper.await?.ok_or(Problem::NotFound)?, &format!("minutes-{id}.pdf")).await
}

const fn opening_field(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NoQuorum { .. } | Refusal::NotAMember | Refusal::NoSuchAccount => "present",
        Refusal::NoChair => "chair",
        _ => "",
    }
}

async fn draw(app: &App, who: &SignedIn, id: MeetingId, form: Form) -> Outcome {
    reached(app, who, id)?;
    let today = app.service.today();
    let usage = app.service.usage().await?;
    let look = Look::File(File::Meeting(id));
    let shown = app.service.look(who.id(), look, |register| {
        let meeting = register.meeting(id)?;
        Some((shown(register, meeting, &usage, today, who), meeting.held_on))
    });
    let (shown, held_on) = shown.await?.ok_or(Problem::NotFound)?;
    let (members, people) = app.service.read(|register| {
        let open = register.accounts().filter(|account| account.standing == Standing::Open);
        (super::new::members(register), Item::of_accounts(open))
    });
    Page::of(app, who, format!("Meeting of {}", words::date(held_on)))
        .within(Section::Meetings)
        .back_to("/meetings")
        .with(form)
        .show(|page| Screen { page, shown, members, people })
}

fn shown(
    register: &Register,
    meeting: &Meeting,
    usage: &Usage,
    today: jiff::civil::Date,
    who: &SignedIn,
) -> Shown {
    let keeps = who.may(Action::KeepMeetings);
    let whole = agenda(register, meeting, today);
    let left = whole.left(meeting);
    let agenda = whole.read_by(register, who.id());
    let knows = |measure: MeasureId| !register.is_excluded_from(who.id(), File::Measure(measure));
    let sits = matches!(meeting.sitting, Sitting::Open { .. });
    let mut facts = vec![
        Row::new("Held on", words::date(meeting.held_on)),
        Row::new("Chair", name_of(register, Actor::Account(meeting.chair))),
        Row::new("Stands", stage(meeting)),
    ];
    if let Some(present) = meeting.present() {
        let names = present.iter().map(|account| name_of(register, Actor::Account(*account)));
        facts.push(Row::new("Present", names.collect::<Vec<_>>().join("\n")));
    }
    let parts = if meeting.is_closed() { &[][..] } else { Topic::ALL };
    Shown {
        id: meeting.id.to_string(),
        facts,
        opens: keeps && matches!(meeting.sitting, Sitting::Called) && today >= meeting.held_on,
        sits,
        keeps,
        is_closed: meeting.is_closed(),
        left: match left {
            0 => "Everything that this meeting must decide is decided.".to_owned(),
            left => format!("{} to be decided before it closes.", words::count(left, "item is", "items are")),
        },
        totals: totals(register, today).named().map(|(what, many)| Row::new(what, many.to_string())).into(),
        agenda: parts.iter().map(|topic| part(register, meeting, &agenda, *topic, sits && keeps)).collect(),
        used: used(register, usage, agenda.since, today, knows),
        decisions: meeting
            .decisions
            .iter()
            .filter(|decided| knows(decided.measure))
            .map(|decided| decision(register, decided))
            .collect(),
        actions: actions(register, meeting),
        kept: crate::retention::kept(register, register::ids::File::Meeting(meeting.id)),
        minutes: match &meeting.sitting {
            Sitting::Closed { minutes, .. } => service::papers::text(minutes).to_owned(),
            _ => String::new(),
        },
    }
}

fn part(
    register: &Register,
    meeting: &Meeting,
    agenda: &register::meeting::Agenda,
    topic: Topic,
    decides: bool,
) -> Part {
    let rows = agenda
        .of(topic)
        .map(|item| {
            let decided = meeting.decision_on(item.measure);
            let decidable = topic.is_for_decision() || topic == Topic::Overdue;
            let act = match decided {
                Some(decided) => Cell::text(decided.outcome.label()),
                None if decides && decidable => {
                    Cell::link("Decide", format!("/meetings/{}/decide/{}", meeting.id, item.measure))
                }
                None => Cell::text(""),
            };
            vec![
                Cell::link(item.measure.to_string(), format!("/measures/{}", item.measure)),
                Cell::text(papers::about(register, item.measure)),
                Cell::text(words::date(item.on)),
                Cell::text(papers::reasons(register, item)),
                act,
            ]
        })
        .collect();
    Part { title: topic.label().to_owned(), rows }
}

fn used(
    register: &Register,
    usage: &Usage,
    since: Option<jiff::civil::Date>,
    today: jiff::civil::Date,
    knows: impl Fn(MeasureId) -> bool,
) -> Used {
    let table = usage.by_team(register, since, today);
    let unused =
        usage.unused(register, since).into_iter().filter(|entry| knows(entry.measure)).map(|entry| {
            vec![
                Cell::link(entry.measure.to_string(), format!("/measures/{}", entry.measure)),
                Cell::text(papers::about(register, entry.measure)),
                Cell::text(words::date(entry.since)),
                Cell::text(entry.shown.map_or_else(|| "Never".to_owned(), words::date)),
            ]
        });
    Used {
        title: papers::USE,
        each: table.each,
        teams: table.rows.iter().map(|row| (row.of.to_string(), figures(&row.numbers))).collect(),
        whole: figures(&table.whole),
        heads: table.heads,
        unused_title: papers::UNUSED,
        unused: unused.collect(),
    }
}

fn decision(register: &Register, decided: &register::meeting::Decided) -> Row {
    let mut lines = vec![decided.outcome.label().to_owned(), crate::measures::told::text(&decided.reasons)];
    if !decided.aside.is_empty() {
        let aside = decided.aside.iter().map(|account| name_of(register, Actor::Account(*account)));
        lines.push(format!("Stood aside: {}", aside.collect::<Vec<_>>().join(", ")));
    }
    Row::new(decided.measure.to_string(), lines.join("\n"))
}

fn actions(register: &Register, meeting: &Meeting) -> Vec<Agreed> {
    let agreed = |(index, action): (usize, &register::meeting::AgreedAction)| Agreed {
        words: crate::measures::told::text(&action.words),
        who: match action.done {
            Some(done) => format!("Done on {}", words::date(done.date())),
            None => {
                format!("{}, by {}", name_of(register, Actor::Account(action.who)), words::date(action.by))
            }
        },
        place: format!("/meetings/{}/actions/{index}", meeting.id),
        waits: action.done.is_none(),
    };
    meeting.actions.iter().enumerate().map(agreed).collect()
}
