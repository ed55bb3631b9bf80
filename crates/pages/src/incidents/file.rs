//! `/incidents/{incident}`: an incident's file, as far as its reader may see it.
//!
//! Triage, interim markers and whom else it concerns are not here: each has a screen of its own, to which this one leads.

use super::address;
use crate::measures::told;
use crate::page::{Page, Section};
use crate::part::{Cell, Happened, Link, Row, Tag, name_of};
use crate::{retention, words};
use askama::Template;
use axum::extract::State;
use register::ids::{File, IncidentId};
use register::incident::{Incident, Narrative, Protection};
use register::involved::{Involved, Involvement, Whom};
use register::moment::Actor;
use register::people::{Action, Extent, Team};
use register::personal::Text;
use register::policy::List;
use register::state::Register;
use register::view::Disclosure;
use service::access::Look;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "incidents/file.html")]
struct Screen {
    page: Page,
    shown: Shown,
    confirm: Option<String>,
    add: Option<String>,
}

/// What of the file this reader is shown.
struct Shown {
    name: String,
    facts: Vec<Row>,
    tags: Vec<Tag>,
    /// Empty once the words are destroyed.
    parts: Vec<(&'static str, Vec<Row>)>,
    files: Vec<Vec<Cell>>,
    /// How long it is kept; empty for whoever only reported it.
    kept: Vec<Row>,
    outcome: Vec<Row>,
    /// What the outcome led to, where this reader may open it.
    led_to: Vec<Link>,
    happened: Vec<Happened>,
    /// What this reader may do about it elsewhere.
    acts: Vec<Link>,
    may_confirm: bool,
    may_add: bool,
}

/// Who reads, to this incident.
struct Reader<'a> {
    who: &'a SignedIn,
    disclosure: Disclosure,
}

impl Reader<'_> {
    fn is_reporter(&self, incident: &Incident) -> bool {
        incident.reporter == self.who.id()
    }

    /// Whether they see who reported. The reporter knows.
    fn knows_reporter(&self, incident: &Incident) -> bool {
        self.disclosure == Disclosure::Everything || self.is_reporter(incident)
    }

    /// Whether they read it as part of their work, and not only as its reporter.
    fn works_on(&self, incident: &Incident) -> bool {
        self.reaches(Action::ReadIncident, incident)
    }

    fn reaches(&self, action: Action, incident: &Incident) -> bool {
        match self.who.account.extent(action) {
            Extent::Nothing | Extent::Own => false,
            Extent::Team => incident.team == self.who.account.team,
            Extent::All => true,
        }
    }
}

/// `GET /incidents/{incident}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<IncidentId>) -> Outcome {
    let form = Form::new(app.service.fresh_command());
    draw(&app, &who, id, form).await
}

/// The file, with what is wrong in a form of it.
pub async fn draw(app: &App, who: &SignedIn, id: IncidentId, form: Form) -> Outcome {
    let file = File::Incident(id);
    let reader = Reader { who, disclosure: who.reaches(app, file)? };
    if reader.disclosure < Disclosure::File {
        return Err(Problem::NotFound);
    }
    let shown = app.service.look(who.id(), Look::File(file), |register| shown(register, &reader, id)).await?;
    let shown = shown.ok_or(Problem::NotFound)?;
    let (section, back) =
        if Section::Work.is_for(who) { (Section::Work, "/work") } else { (Section::Report, "/incidents") };
    Page::of(app, who, format!("Incident {id}")).within(section).back_to(back).with(form).show(|page| {
        Screen {
            page,
            confirm: shown.may_confirm.then(|| address(id, "confirm")),
            add: shown.may_add.then(|| address(id, "add")),
            shown,
        }
    })
}

fn shown(register: &Register, reader: &Reader<'_>, id: IncidentId) -> Option<Shown> {
    let incident = register.incident(id)?;
    let words = incident.narrative.known();
    let may_add = words.is_some() && reader.reaches(Action::ConfirmIncident, incident);
    let name = words.and_then(|words| words.subject.name.as_ref());
    let file = File::Incident(id);
    let certificate = retention::certificate_of(register, reader.who, file);
    Some(Shown {
        name: name.map_or("Name not known", Text::as_str).to_owned(),
        facts: vec![
            Row::new("Incident", id.to_string()),
            Row::new("Happened", words::date(incident.facts.happened_on)),
        ],
        tags: vec![super::state(incident)],
        parts: words.map(|words| parts(register, reader, incident, words)).unwrap_or_default(),
        files: files(incident),
        kept: if reader.works_on(incident) { retention::kept(register, file) } else { Vec::new() },
        outcome: outcome(register, reader, incident),
        led_to: led_to(register, reader, incident)
            .into_iter()
            .chain(
                certificate.map(|address| Link { address, label: "Certificate of destruction".to_owned() }),
            )
            .collect(),
        happened: happened(register, reader, incident),
        acts: acts(reader, incident),
        may_confirm: may_add && incident.confirmed.is_none() && !reader.is_reporter(incident),
        may_add,
    })
}

fn parts(
    register: &Register,
    reader: &Reader<'_>,
    incident: &Incident,
    narrative: &Narrative,
) -> Vec<(&'static str, Vec<Row>)> {
    let facts = &incident.facts;
    let typed = |key: &str, text: &Option<Text>| {
        Row::new(key, text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default())
    };
    let behaviours = told::codes(register, List::Behaviour, &facts.behaviours);
    let when = match facts.happened_at {
        Some(time) => format!("{} on {}", words::time(time), words::date(facts.happened_on)),
        None => words::date(facts.happened_on),
    };
    let subject = &narrative.subject;
    [
        (
            "What happened",
            vec![
                Row::new("What happened", narrative.what_happened.as_str()),
                typed("Exact words", &narrative.exact_words),
                Row::new("Kinds of behaviour", behaviours),
                Row::new("When", when),
                Row::new("How", facts.channel.label()),
                typed("Where", &narrative.place),
                Row::new("Anyone in danger", facts.danger.label()),
            ],
        ),
        (
            "Who it was about",
            vec![
                typed("Name", &subject.name),
                typed("Address", &subject.address),
                typed("Other details", &subject.other),
                Row::new("How sure the reporter is", facts.identity.label()),
                typed("How the reporter knows", &subject.how_identified),
            ],
        ),
        (
            "Harm",
            vec![
                Row::new("Injury", facts.injury.label()),
                typed("Weapon, animal or damage", &narrative.weapon_or_damage),
                typed("Others affected", &narrative.others_affected),
                Row::new("Police", facts.police.label()),
                typed("Police reference", &narrative.police_reference),
            ],
        ),
        (
            "Around it",
            vec![
                Row::new("Need or difficulty", narrative.needs.as_ref().map_or("None known", Text::as_str)),
                typed("What the service did", &narrative.own_contribution),
                typed("Likely to meet them", &narrative.likely_contact),
                typed("Suggested precautions", &narrative.suggested_precautions),
                typed("Witnesses and other evidence", &narrative.evidence),
            ],
        ),
        ("Who reported it", reported(register, reader, incident)),
        ("People harmed and witnesses", involved(register, reader, incident)),
    ]
    .into_iter()
    .filter(|(_, rows)| !rows.is_empty())
    .collect()
}

fn reported(register: &Register, reader: &Reader<'_>, incident: &Incident) -> Vec<Row> {
    let mut rows = vec![
        Row::new("Reported by", reporter(register, reader, incident)),
        Row::new("Reported", words::moment(incident.reported.at)),
    ];
    if reader.knows_reporter(incident)
        && let Some(told_by) = &incident.told_by
    {
        let who = told_by.known().map_or("Destroyed", Text::as_str);
        rows.push(Row::new("Told by", who));
    }
    if incident.facts.protection == Protection::Wanted {
        rows.push(Row::new("Protection", "The reporter asks for their identity to be protected"));
    }
    rows
}

/// Who was harmed and who saw it: to those who are shown everything, and to nobody else, the reporter and themselves not excepted.
fn involved(register: &Register, reader: &Reader<'_>, incident: &Incident) -> Vec<Row> {
    if reader.disclosure < Disclosure::Everything {
        return Vec::new();
    }
    let told = |it: &Involved| match it.who.known() {
        None => "Destroyed".to_owned(),
        Some(Whom::Staff(account)) => name_of(register, Actor::Account(*account)),
        Some(Whom::Other { name, reach }) => format!("{}\n{}", name.as_str(), reach.as_str()),
    };
    let of = |involvement| incident.involved.iter().filter(move |it| it.involvement == involvement);
    let rows = Involvement::ALL.iter().flat_map(|involvement| of(*involvement));
    rows.map(|it| Row::new(it.involvement.label(), told(it))).collect()
}

/// The reporter's name to few; their team to everybody else.
fn reporter(register: &Register, reader: &Reader<'_>, incident: &Incident) -> String {
    let team = register.team(incident.team).map(Team::name).unwrap_or_default();
    if reader.is_reporter(incident) {
        return format!("You, {team}");
    }
    match register.account(incident.reporter) {
        Some(account) if reader.knows_reporter(incident) => format!("{}, {team}", account.name()),
        _ => format!("Somebody in {team}"),
    }
}

fn files(incident: &Incident) -> Vec<Vec<Cell>> {
    let names = incident.attachment_names.as_ref().and_then(|names| names.known());
    let Some(names) = names else { return Vec::new() };
    incident
        .attachments
        .iter()
        .zip(names)
        .map(|(attachment, name)| {
            vec![
                Cell::link(name.as_str(), address(incident.id, &format!("files/{}", attachment.id))),
                Cell::text(attachment.media.label()),
                Cell::text(super::new::size_in_words(attachment.size)),
            ]
        })
        .collect()
}

fn outcome(register: &Register, reader: &Reader<'_>, incident: &Incident) -> Vec<Row> {
    let Some(triage) = &incident.triage else {
        return vec![Row::new("Waits for", format!("Triage by {}", super::triage_by(register, incident)))];
    };
    if !reader.works_on(incident) {
        return vec![Row::new("Outcome", super::state(incident).label)];
    }
    vec![
        Row::new("Outcome", super::state(incident).label),
        Row::new("How sure triage is", triage.identity.label()),
        Row::new("Reasons", triage.reasons.known().map_or("Destroyed", Text::as_str)),
    ]
}

fn led_to(register: &Register, reader: &Reader<'_>, incident: &Incident) -> Vec<Link> {
    let opens =
        |file: File| register::reach::reach(register, &reader.who.account, file) > Disclosure::Nothing;
    let subject = incident.triage.as_ref().and_then(|triage| triage.subject);
    let subject = subject
        .filter(|subject| opens(File::Subject(*subject)))
        .map(|subject| Link { address: format!("/subjects/{subject}"), label: format!("Subject {subject}") });
    let measures = register
        .measures_resting_on(incident.id)
        .filter(|measure| opens(File::Measure(measure.id)))
        .map(|measure| Link {
            address: format!("/measures/{}", measure.id),
            label: format!("{} {}", measure.kind.label(), measure.id),
        });
    subject.into_iter().chain(measures).collect()
}

/// Newest first. The reporter is shown only what was done with the report itself.
fn happened(register: &Register, reader: &Reader<'_>, incident: &Incident) -> Vec<Happened> {
    let additions = || incident.confirmed.iter().chain(&incident.additions);
    register
        .timeline(File::Incident(incident.id))
        .iter()
        .rev()
        .filter_map(|happening| {
            let addition = additions().find(|addition| addition.moment == happening.moment);
            let works_on = reader.works_on(incident);
            if !works_on && addition.is_none() && happening.moment != incident.reported {
                return None;
            }
            let mut line = Happened::new(register, happening.title, happening.moment);
            if happening.moment.by == Actor::Account(incident.reporter) {
                line.by = reporter(register, reader, incident);
            }
            match addition.filter(|_| works_on) {
                Some(addition) => Some(line.words(addition.words.known().map_or("Destroyed", Text::as_str))),
                None => Some(line),
            }
        })
        .collect()
}

fn acts(reader: &Reader<'_>, incident: &Incident) -> Vec<Link> {
    if incident.narrative.known().is_none() {
        return Vec::new();
    }
    let triage = incident.triage.is_none()
        && !reader.is_reporter(incident)
        && reader.reaches(Action::Triage, incident);
    let interim = reader.reaches(Action::AskInterim, incident);
    let names = reader.reaches(Action::ConfirmIncident, incident);
    let hold = reader.reaches(Action::Hold, incident);
    [
        (triage, "triage", "Triage this report"),
        (interim, "interim", "Ask for an interim marker"),
        (names, "people", "Name somebody harmed or a witness"),
        (hold, "hold", "Place or lift a hold"),
    ]
    .into_iter()
    .filter(|(may, ..)| *may)
    .map(|(_, act, label)| Link { address: address(incident.id, act), label: label.to_owned() })
    .collect()
}
