//! What is reported: facts and a narrative that fit each other, the channel and the team.

use crate::chance::Chance;
use crate::council::{Staff, teams};
use crate::subjects::Profile;
use crate::words::{MATTERS, NARRATIVES, code, fill, text};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use register::calendar::london_time;
use register::command::ReportIncident;
use register::ids::{AttachmentId, IncidentId};
use register::incident::{
    Attachment, Channel, Danger, Described, Facts, Identity, Injury, Media, Narrative, Police, Protection,
};
use register::people::Contact;
use register::personal::Text;
use register::policy::Code;
use register::subject::SubjectDetails;

/// What is to be reported.
#[derive(Debug, Clone)]
pub(crate) struct Plot<'p> {
    pub(crate) team: &'static Staff,
    pub(crate) channel: Channel,
    pub(crate) behaviour: Code,
    /// Whom it is about, where the reporter knows.
    pub(crate) about: Option<&'p Profile>,
}

/// How customer and officer meet, which decides what can happen.
const fn manner(channel: Channel) -> &'static str {
    match channel {
        Channel::Office | Channel::Home | Channel::Street | Channel::Meeting | Channel::Recording => "face",
        Channel::Phone | Channel::Voicemail | Channel::VideoCall => "voice",
        Channel::Letter | Channel::Email | Channel::WebForm | Channel::SocialMedia => "written",
        Channel::ThirdParty => "told",
    }
}

/// Whether a behaviour tells of a place more than of a person.
pub(crate) fn is_of_a_place(behaviour: &Code) -> bool {
    matches!(behaviour.as_str(), "ANI" | "ENV" | "ASC")
}

/// The channels on which a behaviour can happen.
pub(crate) fn channels(behaviour: &Code) -> Vec<Channel> {
    let all = Channel::ALL.iter().copied();
    match behaviour.as_str() {
        "ANI" | "ENV" | "ASC" => vec![Channel::Home],
        "SM" => vec![Channel::SocialMedia],
        _ => all.filter(|channel| !acts(behaviour, *channel).is_empty()).collect(),
    }
}

fn acts(behaviour: &Code, channel: Channel) -> Vec<&'static str> {
    of_channel(&format!("act/{behaviour}"), channel)
}

/// The lines for a channel and those for its manner.
fn of_channel(section: &str, channel: Channel) -> Vec<&'static str> {
    [channel.key(), manner(channel)]
        .iter()
        .flat_map(|way| NARRATIVES.lines(&format!("{section}/{way}")))
        .copied()
        .collect()
}

/// The teams that meet customers on a channel.
pub(crate) fn teams_on(channel: Channel) -> Vec<&'static Staff> {
    let fits = |staff: &&Staff| match channel {
        Channel::Home | Channel::Street => staff.contact == Contact::Visits,
        Channel::Office => staff.contact == Contact::AtOffice,
        Channel::Meeting => matches!(staff.name, "Democratic Services" | "Members of the Council"),
        Channel::Letter | Channel::Email | Channel::WebForm | Channel::VideoCall | Channel::Voicemail => {
            !staff.works_under_contract()
        }
        _ => true,
    };
    teams().iter().filter(|staff| !staff.reporters().is_empty()).filter(fits).collect()
}

/// A report of `plot`, filed at `at`, with the bytes of the files that come with it.
pub(crate) fn report(
    plot: &Plot<'_>,
    at: Timestamp,
    chance: &mut Chance,
) -> (ReportIncident, Vec<(AttachmentId, Vec<u8>)>) {
    let narrative = narrative(plot, chance);
    let facts = facts(plot, at, chance);
    let told_by = (plot.channel == Channel::ThirdParty).then(|| line("told-by", chance));
    let file = chance.one_in(9).then(|| attachment(&narrative, facts.happened_on, chance));
    let (attachments, files) = file
        .map(|(attachment, name, bytes)| ((attachment, name), (attachment.id, bytes)))
        .into_iter()
        .unzip();
    let incident = IncidentId::from_bits(chance.bits());
    (ReportIncident { incident, facts, narrative, told_by, attachments }, files)
}

fn facts(plot: &Plot<'_>, at: Timestamp, chance: &mut Chance) -> Facts {
    let filed = london_time(at);
    let days = if chance.one_in(4) { chance.between(1, 4) } else { 0 };
    let hour = match days {
        0 => filed.hour().saturating_sub(1),
        _ => i8::try_from(chance.between(8, 18)).unwrap_or(12),
    };
    let minute = i8::try_from(chance.between(0, 11) * 5).unwrap_or(0);
    let grave = matches!(plot.behaviour.as_str(), "PA" | "WPN");
    let mut behaviours = vec![plot.behaviour.clone()];
    if matches!(plot.behaviour.as_str(), "THR" | "PA" | "HATE" | "DMG") && chance.one_in(3) {
        behaviours.push(code("VA"));
    }
    Facts {
        happened_on: crate::diary::days_before(filed.date(), days),
        happened_at: (!chance.one_in(6)).then(|| Time::constant(hour, minute, 0, 0)),
        channel: plot.channel,
        behaviours,
        danger: match chance.between(1, 40) {
            1 => Danger::NotCalled,
            2..=3 => Danger::Called,
            _ if grave && chance.one_in(2) => Danger::Called,
            _ => Danger::No,
        },
        injury: match chance.between(1, 20) {
            1 if grave => Injury::Reportable,
            2..=3 if grave => Injury::OverThreeDays,
            4..=12 if plot.behaviour == code("PA") => Injury::Minor,
            _ => Injury::None,
        },
        police: if grave || chance.one_in(8) { Police::Told } else { Police::NotTold },
        identity: match plot.about {
            Some(_) => chance.pick(&[Identity::Certain, Identity::Certain, Identity::Likely]),
            None => chance.pick(&[Identity::Doubtful, Identity::Unknown]),
        },
        protection: if chance.one_in(6) { Protection::Wanted } else { Protection::Usual },
    }
}

fn narrative(plot: &Plot<'_>, chance: &mut Chance) -> Narrative {
    let manner = manner(plot.channel);
    let matter = MATTERS.any(plot.team.name, chance);
    let opening = NARRATIVES.any(&format!("open/{}", plot.channel.key()), chance);
    let act = chance.pick(&acts(&plot.behaviour, plot.channel));
    let close = chance.pick(&of_channel("close", plot.channel));
    let happened = fill(&format!("{opening} {act} {close}"), &[("matter", matter)]);
    let behaviour = plot.behaviour.as_str();
    Narrative {
        what_happened: text(&happened),
        exact_words: sometimes(&format!("words/{behaviour}"), 2, chance),
        place: sometimes(&format!("place/{}", plot.channel.key()), 1, chance),
        subject: plot.about.map_or_else(Described::default, |profile| described(profile, chance)),
        others_affected: sometimes("others", 4, chance),
        weapon_or_damage: sometimes(&format!("weapon/{behaviour}"), 1, chance),
        evidence: sometimes(&format!("evidence/{manner}"), 2, chance),
        police_reference: sometimes("police", 8, chance),
        needs: sometimes("needs", 3, chance),
        own_contribution: sometimes("own", 6, chance),
        suggested_precautions: sometimes("suggest", 3, chance),
        likely_contact: sometimes("contact", 2, chance),
    }
}

/// Whom it was about, as far as a reporter knows.
fn described(profile: &Profile, chance: &mut Chance) -> Described {
    let named = match &profile.details {
        SubjectDetails::Person(person) => {
            Some(chance.pick(&person.names.iter().collect::<Vec<_>>()).full.clone())
        }
        SubjectDetails::Premises(_) => None,
    };
    let address = profile.details.current_address().map(|address| address.lines.clone());
    let other = NARRATIVES.any("other", chance);
    let blanks = [
        ("phone", profile.first(|person| &person.phones)),
        ("email", profile.first(|person| &person.emails)),
        ("social", profile.first(|person| &person.social)),
    ];
    let known = blanks.map(|(blank, value)| (blank, value.unwrap_or("{")));
    let other = Some(fill(other, &known)).filter(|words| !words.contains('{') && named.is_some());
    Described {
        address: address.filter(|_| named.is_none() || chance.one_in(2)),
        other: other.filter(|_| chance.one_in(2)).map(|words| text(&words)),
        how_identified: sometimes("identified", 2, chance),
        name: named,
    }
}

/// A line of a section.
pub(crate) fn line(section: &str, chance: &mut Chance) -> Text {
    text(NARRATIVES.any(section, chance))
}

/// A line of a section, once in so many times, and nothing where there is no such section.
fn sometimes(section: &str, odds: u32, chance: &mut Chance) -> Option<Text> {
    let lines = NARRATIVES.lines(section);
    (chance.one_in(odds) && !lines.is_empty()).then(|| text(chance.pick(lines)))
}

/// A note or a picture that came with the report.
fn attachment(narrative: &Narrative, happened: Date, chance: &mut Chance) -> (Attachment, Text, Vec<u8>) {
    let (media, name, bytes) = if chance.one_in(3) {
        (Media::Png, "camera still.png", include_bytes!("../data/still.png").to_vec())
    } else {
        let note = format!("Note made on {happened}\n\n{}\n", narrative.what_happened.as_str());
        (Media::Text, "note.txt", note.into_bytes())
    };
    let size = u64::try_from(bytes.len()).unwrap_or(0);
    (Attachment { id: AttachmentId::from_bits(chance.bits()), media, size }, text(name), bytes)
}
