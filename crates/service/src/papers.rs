//! The papers of a meeting of the Governance Group: the pack that its members read before, and the minutes after.

use crate::certificates::Head;
use crate::letters::{paragraphs, sender, written};
use crate::usage::{Unused, Usage};
use documents::{Block, Document, Language, Print};
use jiff::civil::Date;
use register::ids::{AccountId, File};
use register::measure::Measure;
use register::meeting::{Agenda, Decided, Item, Meeting, Sitting, Topic, agenda};
use register::numbers::Row;
use register::ombudsman::Complaint;
use register::personal::{Particulars, Text};
use register::state::Register;
use register::totals::totals;

/// What stands where words were destroyed.
pub const DESTROYED: &str = "Destroyed, because its time had come";

/// Words, or that they were destroyed.
#[must_use]
pub fn text(words: &Particulars<Text>) -> &str {
    words.known().map_or(DESTROYED, Text::as_str)
}

/// Whom or what a measure is about, as members read it.
#[must_use]
pub fn about(register: &Register, measure: register::ids::MeasureId) -> String {
    register
        .measure(measure)
        .and_then(|measure| register.subject(measure.subject))
        .map_or_else(|| "Destroyed".to_owned(), register::subject::Subject::heading)
}

/// Why an item stands on the agenda, in the words that were given; empty where nobody gave any.
#[must_use]
pub fn reasons(register: &Register, item: &Item) -> String {
    let Some(measure) = register.measure(item.measure) else { return String::new() };
    if item.topic == Topic::Ombudsman {
        return at_an_ombudsman(measure, item.on);
    }
    let words = match item.topic {
        Topic::ProposedRemoval => measure.removal.as_ref().map(|removal| &removal.reasons),
        Topic::Retained => measure.reviews().last().map(|review| &review.reasons),
        Topic::Ratification | Topic::Ended => match &measure.life {
            register::measure::Life::Ended { words, .. } => Some(words),
            _ => None,
        },
        Topic::Held => measure.holds.first().map(|hold| &hold.reasons),
        _ => None,
    };
    words.and_then(Particulars::known).map_or_else(String::new, |words| words.as_str().to_owned())
}

/// Which ombudsman has a complaint since a day, or ended one on it, and what they found.
fn at_an_ombudsman(measure: &Measure, on: Date) -> String {
    let has_it = |complaint: &&Complaint| match &complaint.end {
        None => complaint.taken_up_on == on,
        Some(end) => end.moment.date() == on,
    };
    let Some(complaint) = measure.complaints.iter().rev().find(has_it) else { return String::new() };
    let ombudsman = complaint.ombudsman.label();
    match &complaint.end {
        None => format!("{ombudsman}: not ended yet"),
        Some(end) => {
            let found = end.found.known().map_or("", Text::as_str);
            format!("{ombudsman}: {}. {found}", end.outcome.label())
        }
    }
}

/// The pack of a meeting for one of its readers, as the register stands on `today`.
#[must_use]
pub fn pack(
    register: &Register,
    meeting: &Meeting,
    usage: &Usage,
    today: Date,
    head: &Head,
    reader: AccountId,
) -> Option<Document> {
    let agenda: Agenda = agenda(register, meeting, today).read_by(register, reader);
    let since = agenda.since.map_or_else(|| "The register was opened".to_owned(), written);
    let mut body = vec![
        Block::notice([
            "Confidential. For the members of the Governance Group only; not to be copied or passed on.",
        ]),
        Block::facts([
            ("Held on".to_owned(), written(meeting.held_on)),
            ("Chair".to_owned(), name(register, meeting.chair)),
            ("Covers the time since".to_owned(), since),
            ("Made on".to_owned(), written(today)),
        ]),
        Block::section("The register in numbers"),
        Block::facts(totals(register, today).named().map(|(what, many)| (what.to_owned(), many.to_string()))),
    ];
    for topic in Topic::ALL {
        body.push(Block::section(topic.label()));
        let items: Vec<String> = agenda.of(*topic).map(|item| line(register, item)).collect();
        if items.is_empty() {
            body.push(Block::paragraph("Nothing under this heading."));
        } else {
            body.push(Block::bullets(items));
        }
    }
    body.extend(used(register, usage, agenda.since, today, reader));
    body.extend(seal(head));
    document(register, meeting, "Meeting pack", today, body)
}

/// The head of the register's log, for whoever keeps the paper.
pub(crate) fn seal(head: &Head) -> [Block; 3] {
    [
        Block::section("Seal of the register"),
        Block::paragraph(
            "Keep this page. Whoever holds these lines can prove later that nothing recorded before them was altered or removed.",
        ),
        Block::facts([
            ("Log".to_owned(), head.origin.clone()),
            ("Records".to_owned(), head.size.clone()),
            ("Root".to_owned(), head.root.clone()),
        ]),
    ]
}

/// How the register was used since the meeting before.
fn used(
    register: &Register,
    usage: &Usage,
    since: Option<Date>,
    today: Date,
    reader: AccountId,
) -> Vec<Block> {
    let teams = usage.by_team(register, since, today);
    let answers = |numbers: &[Option<usize>]| {
        let said = teams.heads.iter().zip(numbers).skip(1);
        let said = said.map(|(head, number)| format!("{} {}", head.to_lowercase(), number.unwrap_or(0)));
        let checks = numbers.first().copied().flatten().unwrap_or(0);
        format!("{checks} ({})", said.collect::<Vec<_>>().join(", "))
    };
    let (asked, silent): (Vec<&Row>, Vec<&Row>) =
        teams.rows.iter().partition(|row| row.numbers.first() != Some(&Some(0)));
    let all = std::iter::once(("All teams".to_owned(), answers(&teams.whole)));
    let each = asked.into_iter().map(|row| (row.of.to_string(), answers(&row.numbers)));
    let mut blocks = vec![Block::section(USE), Block::facts(all.chain(each))];
    if !silent.is_empty() {
        let names: Vec<String> = silent.into_iter().map(|row| row.of.to_string()).collect();
        blocks.push(Block::paragraph(format!("No check by anybody in: {}.", names.join(", "))));
    }
    blocks.push(Block::section(UNUSED));
    let mut unused = usage.unused(register, since);
    unused.retain(|entry| !register.is_excluded_from(reader, File::Measure(entry.measure)));
    if unused.is_empty() {
        blocks.push(Block::paragraph("Nothing under this heading."));
    } else {
        blocks.push(Block::bullets(unused.iter().map(|entry| not_shown(register, entry))));
    }
    blocks
}

/// What pages and packs call how the register was used since the meeting before.
pub const USE: &str = "Use of the register: checks since the last meeting";
/// What they call entries in force that no check showed.
pub const UNUSED: &str = "Entries that no check has shown since the last meeting";

/// Whom an entry is about and how long no check has shown it.
fn not_shown(register: &Register, entry: &Unused) -> String {
    let shown =
        entry.shown.map_or_else(|| "never shown".to_owned(), |on| format!("last shown on {}", written(on)));
    let about = about(register, entry.measure);
    format!("{}, {about}, in force since {}, {shown}.", entry.measure, written(entry.since))
}

fn line(register: &Register, item: &Item) -> String {
    let about = about(register, item.measure);
    let reasons = reasons(register, item);
    let said = if reasons.is_empty() { String::new() } else { format!(" {}", reasons.replace('\n', " ")) };
    format!("{}, {about}, {}.{said}", item.measure, written(item.on))
}

/// The minutes of a meeting for one of its readers, once it sits.
#[must_use]
pub fn minutes(register: &Register, meeting: &Meeting, today: Date, reader: AccountId) -> Option<Document> {
    let present = meeting.present()?;
    let names = |accounts: &mut dyn Iterator<Item = &AccountId>| {
        accounts.map(|account| name(register, *account)).collect::<Vec<_>>().join(", ")
    };
    let mut body = vec![
        Block::facts([
            ("Held on".to_owned(), written(meeting.held_on)),
            ("Chair".to_owned(), name(register, meeting.chair)),
            ("Present".to_owned(), names(&mut present.iter())),
        ]),
        Block::section("Decisions"),
    ];
    let knows = |decided: &&Decided| !register.is_excluded_from(reader, File::Measure(decided.measure));
    let decisions: Vec<&Decided> = meeting.decisions.iter().filter(knows).collect();
    if decisions.is_empty() {
        body.push(Block::paragraph("None."));
    }
    for decided in decisions {
        body.push(Block::subsection(format!("{}: {}", decided.measure, decided.outcome.label())));
        body.push(Block::paragraph(text(&decided.reasons)));
        if !decided.aside.is_empty() {
            let aside = names(&mut decided.aside.iter());
            body.push(Block::paragraph(format!("Stood aside: {aside}.")));
        }
    }
    body.push(Block::section("Actions"));
    if meeting.actions.is_empty() {
        body.push(Block::paragraph("None."));
    } else {
        body.push(Block::bullets(meeting.actions.iter().map(|action| {
            let what = action.words.known().map_or("Destroyed", Text::as_str);
            let done =
                action.done.map_or_else(String::new, |done| format!(" Done on {}.", written(done.date())));
            format!("{}, by {}: {what}{done}", name(register, action.who), written(action.by))
        })));
    }
    if let Sitting::Closed { minutes, closed, .. } = &meeting.sitting {
        body.push(Block::section("What else was said"));
        body.extend(minutes.known().map(paragraphs).unwrap_or_default());
        body.push(Block::paragraph(format!("Closed on {}.", written(closed.date()))));
    }
    document(register, meeting, "Minutes", today, body)
}

fn document(
    register: &Register,
    meeting: &Meeting,
    title: &str,
    today: Date,
    body: Vec<Block>,
) -> Option<Document> {
    Some(Document {
        title: format!("Governance Group: {}", title.to_lowercase()).as_str().into(),
        language: Language::English,
        sender: sender(register.council()?),
        addressee: Vec::new(),
        reference: meeting.id.to_string().as_str().into(),
        date: today,
        body,
        footer: "".into(),
        print: Print::Standard,
    })
}

fn name(register: &Register, account: AccountId) -> String {
    register.account(account).map_or_else(|| account.to_string(), register::people::Account::name)
}
