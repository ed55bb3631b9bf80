//! Reports that led to nothing further, which is most of them, and those of the last days that nobody has looked at yet.

use crate::chance::Chance;
use crate::council::{Worker, with_role};
use crate::diary::{Diary, days_before, working_days_before};
use crate::incidents::{self, Plot, channels, line, teams_on};
use crate::story::Story;
use crate::subjects::{Known, Profile, person, premises};
use crate::words::code;
use jiff::civil::Date;
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

/// Whether a file is opened about whoever it was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whom {
    New,
    KnownBefore,
    NotKnown,
}

pub(crate) fn reports(story: &mut Story) {
    for index in 0..LOGGED {
        let mut chance = story.chance(&format!("logged {index}"));
        let channel = rotating(index);
        let date = date(story.today(), &mut chance);
        let behaviour = conduct(channel, &mut chance);
        if chance.one_in(6) {
            log(story, None, Whom::NotKnown, date, channel, &behaviour, &mut chance);
            continue;
        }
        let who = about(&behaviour, story, &mut chance);
        log(story, Some(&who), Whom::New, date, channel, &behaviour, &mut chance);
        if index % 20 == 0 {
            let again = days_before(date, 0).saturating_add(jiff::Span::new().days(30));
            if again < working_days_before(story.today(), 5) {
                log(story, Some(&who), Whom::KnownBefore, again, channel, &behaviour, &mut chance);
            }
        }
    }
    for index in 0..WAITING {
        let mut chance = story.chance(&format!("waiting {index}"));
        let channel = rotating(index * 5);
        let behaviour = conduct(channel, &mut chance);
        let who = about(&behaviour, story, &mut chance);
        let date = working_days_before(story.today(), 1 + index % 4);
        let about = (!chance.one_in(4)).then_some(&who);
        report(story, about, date, channel, &behaviour, &mut chance);
    }
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

/// A report, sometimes confirmed and sometimes added to.
fn report(
    story: &mut Story,
    about: Option<&Profile>,
    date: Date,
    channel: Channel,
    behaviour: &Code,
    chance: &mut Chance,
) -> (Diary, IncidentId) {
    let mut diary = Diary::open(date);
    let team = chance.pick(&teams_on(channel));
    let plot = Plot { team, channel, behaviour: behaviour.clone(), about };
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

fn log(
    story: &mut Story,
    about: Option<&Profile>,
    whom: Whom,
    date: Date,
    channel: Channel,
    behaviour: &Code,
    chance: &mut Chance,
) {
    let (mut diary, incident) = report(story, about, date, channel, behaviour, chance);
    let keeper = chance.pick(&with_role(Role::RegisterTeam));
    let at = diary.after(chance.between(1, 3), chance);
    if let Some(who) = about.filter(|_| whom == Whom::New) {
        open_file(story, who, keeper, at);
    }
    let (identity, reasons) = match whom {
        Whom::NotKnown => (Identity::Doubtful, "triage/unknown"),
        Whom::New | Whom::KnownBefore => (Identity::Likely, "triage/log"),
    };
    let (subject, reasons) = (about.map(|who| who.id), line(reasons, chance));
    let triage = TriageIncident { incident, subject, identity, route: Route::LogOnly, reasons };
    story.asks(diary.soon(chance), keeper.id, triage);
}

fn open_file(story: &mut Story, who: &Profile, keeper: &Worker, at: jiff::Timestamp) {
    story.asks(at, keeper.id, OpenSubject { subject: who.id, details: who.details.clone() });
    if let Some(needs) = who.support.clone() {
        story.asks(at, keeper.id, RecordSupportNeeds { subject: who.id, needs });
    }
}

/// Raised voices at a desk, logged for these reasons: no measure followed.
pub(crate) fn raised_voice(story: &mut Story, who: &Profile, date: Date, reasons: &str) {
    let mut chance = story.chance(&format!("raised voice of {}", who.id));
    let (mut diary, incident) = report(story, Some(who), date, Channel::Office, &code("VA"), &mut chance);
    let keeper = chance.pick(&with_role(Role::RegisterTeam));
    let at = diary.after(1, &mut chance);
    open_file(story, who, keeper, at);
    let (subject, reasons) = (Some(who.id), line(reasons, &mut chance));
    let (identity, route) = (Identity::Certain, Route::LogOnly);
    let triage = TriageIncident { incident, subject, identity, route, reasons };
    story.asks(diary.soon(&mut chance), keeper.id, triage);
}
