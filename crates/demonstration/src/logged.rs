//! Reports that led to nothing further, which is most of them, and those of the last days that nobody has looked at yet.

use crate::chance::Chance;
use crate::council::with_role;
use crate::diary::{Diary, days_before, working_days_before};
use crate::incidents::{self, Plot, channels, line, teams_on};
use crate::story::Story;
use crate::subjects::{Known, Profile, person, premises};
use crate::words::code;
use jiff::civil::Date;
use register::calendar::days_after;
use register::command::{AddToIncident, ConfirmIncident, OpenSubject, RecordSupportNeeds, TriageIncident};
use register::ids::IncidentId;
use register::incident::{Channel, Identity, Route};
use register::people::Role;
use register::policy::Code;

/// What is reported most comes first; everything comes.
const CONDUCT: &[&str] = &[
    "VA", "VA", "VA", "VA", "VA", "VA", "THR", "THR", "THR", "UPC", "UPC", "SM", "SM", "HAR", "HATE", "DMG",
    "ANI", "ANI", "ENV", "SEX", "PSY", "WPN", "PA", "ASC", "ORD",
];
const LOGGED: u32 = 225;
const WAITING: u32 = 12;

/// A report that is to be filed.
struct Filed<'p> {
    /// Whom it is about, where that is known.
    about: Option<&'p Profile>,
    date: Date,
    channel: Channel,
    behaviour: Code,
}

/// Whether there is a file yet about whoever it was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    NoFile,
    File,
}

pub(crate) fn reports(story: &mut Story) {
    for index in 0..LOGGED {
        let mut chance = story.chance(&format!("logged {index}"));
        let channel = rotating(index);
        let date = date(story.today(), &mut chance);
        let behaviour = conduct(channel, &mut chance);
        if chance.one_in(6) {
            let filed = Filed { about: None, date, channel, behaviour };
            log(story, &filed, Before::NoFile, "triage/unknown", &mut chance);
            continue;
        }
        let who = about(&behaviour, story, &mut chance);
        let filed = Filed { about: Some(&who), date, channel, behaviour };
        log(story, &filed, Before::NoFile, "triage/log", &mut chance);
        let again = days_after(date, 30);
        if index % 20 == 0 && again < working_days_before(story.today(), 5) {
            log(story, &Filed { date: again, ..filed }, Before::File, "triage/log", &mut chance);
        }
    }
    for index in 0..WAITING {
        let mut chance = story.chance(&format!("waiting {index}"));
        let channel = rotating(index * 5);
        let behaviour = conduct(channel, &mut chance);
        let who = about(&behaviour, story, &mut chance);
        let date = working_days_before(story.today(), 1 + index % 4);
        let about = (!chance.one_in(4)).then_some(&who);
        file(story, &Filed { about, date, channel, behaviour }, &mut chance);
    }
}

/// Raised voices at a desk, logged for these reasons: no measure followed.
pub(crate) fn raised_voice(story: &mut Story, who: &Profile, date: Date, reasons: &str) {
    let mut chance = story.chance(&format!("raised voice of {}", who.id));
    let filed = Filed { about: Some(who), date, channel: Channel::Office, behaviour: code("VA") };
    log(story, &filed, Before::NoFile, reasons, &mut chance);
}

/// Every channel in turn.
fn rotating(index: u32) -> Channel {
    let turn = usize::try_from(index).unwrap_or(0) % Channel::ALL.len();
    Channel::ALL.get(turn).copied().unwrap_or(Channel::Phone)
}

/// More of late than in the first year: people have learned that it is worth their while to report.
fn date(today: Date, chance: &mut Chance) -> Date {
    let latest = working_days_before(today, 7);
    let days = if chance.one_in(3) { chance.between(360, 1_090) } else { chance.between(0, 350) };
    days_before(latest, days)
}

fn conduct(channel: Channel, chance: &mut Chance) -> Code {
    let on_it = |letters: &&&str| channels(&code(letters)).contains(&channel);
    let possible: Vec<&str> = CONDUCT.iter().filter(on_it).copied().collect();
    code(chance.pick(&possible))
}

fn about(behaviour: &Code, story: &mut Story, chance: &mut Chance) -> Profile {
    if incidents::is_of_a_place(behaviour) {
        premises(chance, story.today())
    } else {
        person(story, chance, Known::Perhaps)
    }
}

/// Files a report; some are confirmed, and some of those are added to.
fn file(story: &mut Story, filed: &Filed<'_>, chance: &mut Chance) -> (Diary, IncidentId) {
    let mut diary = Diary::open(filed.date);
    let team = chance.pick(&teams_on(filed.channel));
    let plot = Plot { team, channel: filed.channel, behaviour: filed.behaviour.clone(), about: filed.about };
    let at = diary.on(diary.date(), chance);
    let (report, files) = incidents::report(&plot, at, chance);
    let incident = report.incident;
    let reporters = team.reporters();
    story.asks_with(at, chance.pick(&reporters).id, report, files);
    let manager = team.sponsor();
    if team.people.iter().any(|worker| worker.id == manager.id) && chance.one_in(2) {
        let words = line("confirm", chance);
        story.asks(diary.soon(chance), manager.id, ConfirmIncident { incident, words });
        if chance.one_in(6) {
            let words = line("addition", chance);
            story.asks(diary.soon(chance), manager.id, AddToIncident { incident, words });
        }
    }
    (diary, incident)
}

/// Files a report and triages it to nothing further.
fn log(story: &mut Story, filed: &Filed<'_>, before: Before, reasons: &str, chance: &mut Chance) {
    let (mut diary, incident) = file(story, filed, chance);
    let keeper = chance.pick(&with_role(Role::RegisterTeam));
    let at = diary.after(chance.between(1, 3), chance);
    if let Some(who) = filed.about.filter(|_| before == Before::NoFile) {
        story.asks(at, keeper.id, OpenSubject { subject: who.id, details: who.details.clone() });
        if let Some(needs) = who.support.clone() {
            story.asks(at, keeper.id, RecordSupportNeeds { subject: who.id, needs });
        }
    }
    let (subject, identity) = match filed.about {
        Some(who) => (Some(who.id), Identity::Likely),
        None => (None, Identity::Doubtful),
    };
    let reasons = line(reasons, chance);
    let triage = TriageIncident { incident, subject, identity, route: Route::LogOnly, reasons };
    story.asks(diary.soon(chance), keeper.id, triage);
}
