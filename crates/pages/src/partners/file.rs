//! `/partners/{partner}`: one organisation, what it is to the council, and every agreement with it: approved, confirmed, ended here.

use super::{address, are_for, reached, tag};
use crate::measures::{carry_out, moment, nowhere, would};
use crate::page::{Page, Section};
use crate::part::{Happened, Row, Tag};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use register::command::{ApproveAgreement, Command, ConfirmAgreement, EndAgreement};
use register::ids::{File, PartnerId};
use register::moment::{Actor, Moment};
use register::partner::{self, Agreement, Course, News, Partner};
use register::people::{self, Action};
use register::state::Register;
use web::form::Choice;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "partners/file.html")]
struct Screen {
    page: Page,
    id: String,
    keeps: bool,
    rows: Vec<Row>,
    agreements: Vec<Shown>,
    happened: Vec<Happened>,
}

/// An agreement as it is shown, with what whoever is signed in may do with it.
struct Shown {
    number: u32,
    tag: Tag,
    rows: Vec<Row>,
    approve: bool,
    confirm: bool,
    end: bool,
    /// The field of the reasons: there are several on the page.
    reasons: String,
}

web::choices! {
    /// What a form of the page asks.
    Act {
        /// Approve it.
        Approve = "approve", "Approve the agreement";
        /// It is still right.
        Confirm = "confirm", "Confirm the agreement";
        /// End it, or do not approve it.
        End = "end", "End the agreement";
    }
}

impl Act {
    /// Who may ask it at all.
    const fn action(self) -> Action {
        match self {
            Self::Approve => Action::ApproveAgreement,
            Self::Confirm => Action::ConfirmAgreement,
            Self::End => Action::EndAgreement,
        }
    }
}

/// `GET /partners/{partner}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<PartnerId>) -> Outcome {
    draw(&app, &who, id, Form::new(app.service.fresh_command()))
}

/// `POST /partners/{partner}`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(partner): Reference<PartnerId>,
    mut form: Form,
) -> Outcome {
    let act = Act::from_key(form.value("act")).ok_or(Problem::NotFound)?;
    who.must(act.action())?;
    reached(&app, &who, partner)?;
    let agreement: u32 = form.value("agreement").parse().map_err(|_| Problem::NotFound)?;
    let asking: Option<Command> = match act {
        Act::Approve => Some(ApproveAgreement { partner, agreement }.into()),
        Act::Confirm => Some(ConfirmAgreement { partner, agreement }.into()),
        Act::End => form
            .text(&reasons(agreement), "Enter why it ends")
            .map(|reasons| EndAgreement { partner, agreement, reasons }.into()),
    };
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to(&address(partner, "")).into_response()),
        None => draw(&app, &who, partner, form),
    }
}

fn reasons(agreement: u32) -> String {
    format!("reasons-{agreement}")
}

fn draw(app: &App, who: &SignedIn, id: PartnerId, form: Form) -> Outcome {
    if !are_for(who) {
        return Err(Problem::NotFound);
    }
    let name = reached(app, who, id)?;
    let today = app.service.today();
    let moment = moment(app, who);
    let screen = app.service.read(|register| {
        let partner = register.partner(id)?;
        let numbered = (0..).zip(&partner.agreements);
        let mut agreements: Vec<Shown> =
            numbered.map(|(number, it)| shown(register, id, number, it, &moment)).collect();
        agreements.reverse();
        Some(Screen {
            page: Page::bare(),
            id: id.to_string(),
            keeps: who.may(Action::KeepPartners),
            rows: rows(register, partner, today),
            agreements,
            happened: register
                .timeline(File::Partner(id))
                .iter()
                .rev()
                .map(|happening| Happened::new(register, happening.title, happening.moment))
                .collect(),
        })
    });
    let screen = screen.ok_or(Problem::NotFound)?;
    Page::of(app, who, name)
        .within(Section::Work)
        .back_to("/partners")
        .with(form)
        .show(|page| Screen { page, ..screen })
}

fn rows(register: &Register, partner: &Partner, today: Date) -> Vec<Row> {
    let mut teams: Vec<String> = register
        .teams()
        .filter(|team| team.partner == Some(partner.id))
        .map(register::people::Team::name)
        .collect();
    teams.sort();
    let teams = if teams.is_empty() { "None yet".to_owned() } else { teams.join("\n") };
    let related = |related: &register::partner::Related| {
        format!("{} from {}", related.relationship.label(), words::date(related.since))
    };
    let related: Vec<String> = partner.relationships.iter().rev().map(related).collect();
    let stock = partner.stock.as_ref().map_or_else(
        || "No list loaded".to_owned(),
        |loaded| format!("{}, loaded on {}", loaded.count, words::date(loaded.moment.date())),
    );
    let owed = partner::owed(register, partner, today);
    let waits = |news: News| owed.iter().filter(|owed| owed.news == news).count();
    let waiting = News::ALL.iter().map(|news| (waits(*news), news)).filter(|(count, _)| *count > 0);
    let mut delivered = vec![format!("{} received", partner.received.len())];
    delivered.extend(
        waiting.map(|(count, news)| format!("{count} {}, not received yet", news.label().to_lowercase())),
    );
    let by_check = partner::only_by_check(register, partner, today);
    if by_check > 0 {
        delivered.push(format!("{by_check} told by a check alone: no property of its own is recorded"));
    }
    let delivers = partner::delivers(register, partner, today) || !owed.is_empty();
    let delivered = if delivers { delivered.join("\n") } else { "Nothing: it is told by a check".to_owned() };
    let now = partner.relationship(today).map_or("Not begun", |relationship| relationship.label());
    vec![
        Row::new("To the council", now),
        Row::new("As recorded", related.join("\n")),
        Row::new("Its teams", teams),
        Row::new("Its properties", stock),
        Row::new("Markers delivered", delivered),
    ]
}

fn shown(register: &Register, partner: PartnerId, number: u32, it: &Agreement, moment: &Moment) -> Shown {
    let (policy, today) = (register.policy(), moment.date());
    let agreement = number;
    let may_end = people::permit(register, moment, Action::EndAgreement).is_ok();
    let known = it.words.known();
    let text = |of: fn(&register::partner::AgreementWords) -> &register::personal::Text| {
        known.map(|words| of(words).as_str().to_owned()).unwrap_or_default()
    };
    let by = |moment: &Moment| {
        format!("{} by {}", words::date(moment.date()), crate::part::name_of(register, moment.by))
    };
    let mut rows = vec![
        Row::new("Document", text(|words| &words.document)),
        Row::new("Signed for the council", text(|words| &words.signed_here)),
        Row::new("Signed for the partner", text(|words| &words.signed_there)),
        Row::new("From", words::date(it.terms.starts)),
        Row::new("Until", words::date(it.terms.ends)),
        Row::new(
            "Shares",
            it.terms.shares.iter().map(|shared| shared.label()).collect::<Vec<_>>().join("\n"),
        ),
        Row::new(
            "For",
            it.terms.purposes.iter().map(|purpose| purpose.label()).collect::<Vec<_>>().join("\n"),
        ),
        Row::new("Where", it.terms.properties.label()),
        Row::new("Answers for it", crate::part::name_of(register, Actor::Account(it.terms.answers))),
        Row::new("Proposed", by(&it.proposed)),
    ];
    match &it.course {
        Course::Proposed => {}
        Course::Approved(approved) => rows.push(Row::new("Approved", by(approved))),
        Course::Ended { approved, moment, reasons } => {
            rows.extend(approved.as_ref().map(|approved| Row::new("Approved", by(approved))));
            let why = reasons.known().map(|why| why.as_str()).unwrap_or_default();
            rows.push(Row::new("Ended", format!("{}\n{why}", by(moment))));
        }
    }
    rows.extend(it.confirmed.last().map(|confirmed| Row::new("Last confirmed", by(confirmed))));
    rows.extend(it.confirm_by(policy).map(|due| Row::new("To be confirmed by", words::date(due))));
    Shown {
        number,
        tag: tag(it, policy, today),
        rows,
        approve: would(register, moment, ApproveAgreement { partner, agreement }),
        confirm: would(register, moment, ConfirmAgreement { partner, agreement }),
        end: !matches!(it.course, Course::Ended { .. }) && may_end,
        reasons: self::reasons(number),
    }
}
