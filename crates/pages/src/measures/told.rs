//! What a measure's file says, as rows: the plan, the tests, the decision, the notice, the reviews.
//!
//! Who reported is named only to those who may know; to everybody else it was somebody in a team.

use super::DESTROYED;
use crate::part::{Happened, Row, name_of};
use crate::words;
use jiff::civil::Date;
use register::appeal::{Appeal, AppealStage};
use register::assessment::{Assessment, Plan, Proportionality};
use register::contact::Matter;
use register::ids::File;
use register::incident::Incident;
use register::measure::{Interim, InterimStage, Measure};
use register::moment::{Actor, Moment};
use register::notice::{Notice, OutcomeStage};
use register::ombudsman::Complaint;
use register::people::Team;
use register::personal::{Particulars, Text};
use register::policy::{Code, List};
use register::review::Question;
use register::state::Register;
use register::view::Disclosure;

/// Words, or that they were destroyed.
pub fn text(words: &Particulars<Text>) -> String {
    service::papers::text(words).to_owned()
}

/// Codes in the policy's words, one on each line.
pub fn codes(register: &Register, list: List, codes: &[Code]) -> String {
    let words = |code: &Code| register.words(list, code).unwrap_or(code.as_str()).to_owned();
    codes.iter().map(words).collect::<Vec<_>>().join("\n")
}

/// A team's name.
pub fn team(register: &Register, id: register::ids::TeamId) -> String {
    register.team(id).map(Team::name).unwrap_or_default()
}

/// Who reported an incident, as this reader may know it.
pub fn reporter(register: &Register, incident: &Incident, disclosure: Disclosure) -> String {
    let team = team(register, incident.team);
    if disclosure == Disclosure::Everything {
        format!("{}, {team}", name_of(register, Actor::Account(incident.reporter)))
    } else {
        format!("Somebody in {team}")
    }
}

/// Who acted in a measure, without telling by it who reported.
pub fn actor(register: &Register, measure: &Measure, by: Actor, disclosure: Disclosure) -> String {
    let incidents = measure.incidents.iter().filter_map(|id| register.incident(*id));
    actor_among(register, incidents, by, disclosure)
}

/// Who acted on a file that these incidents are behind, without telling by it who reported.
pub fn actor_among<'r>(
    register: &'r Register,
    mut incidents: impl Iterator<Item = &'r Incident>,
    by: Actor,
    disclosure: Disclosure,
) -> String {
    match incidents.find(|incident| by == Actor::Account(incident.reporter)) {
        Some(incident) => reporter(register, incident, disclosure),
        None => name_of(register, by),
    }
}

/// Who did something and when, in a line.
pub fn signed(register: &Register, measure: &Measure, moment: Moment, disclosure: Disclosure) -> String {
    format!("{}, {}", actor(register, measure, moment.by, disclosure), words::moment(moment.at))
}

/// A plan, row by row.
pub fn plan(register: &Register, plan: &Plan) -> Vec<Row> {
    let mut rows = vec![
        Row::new("Band", plan.band.label()),
        Row::new("Precautions", codes(register, List::Precaution, &plan.precautions)),
        Row::new("Restrictions", codes(register, List::Restriction, &plan.restrictions)),
    ];
    let limits = plan.limits.in_words(plan.words.known());
    if !limits.is_empty() {
        rows.push(Row::new("What they come to", limits.join("\n")));
    }
    let Some(words) = plan.words.known() else {
        rows.push(Row::new("Reasons", DESTROYED));
        return rows;
    };
    let reasons = plan.audience.iter().zip(&words.audience_reasons);
    let audience: Vec<String> =
        reasons.map(|(id, reason)| format!("{}: {}", team(register, *id), reason.as_str())).collect();
    rows.insert(0, Row::new("Summary", words.summary.as_str()));
    rows.extend([
        Row::new("Why this band", words.band_reasons.as_str()),
        Row::new("Who is told, and why", audience.join("\n")),
        Row::new("How the customer is still served", words.service_route.as_str()),
        Row::new("Whom staff ring", format!("{}, {}", words.ring_name.as_str(), words.ring_phone.as_str())),
    ]);
    rows
}

/// The interim marker, row by row.
pub fn interim(
    register: &Register,
    measure: &Measure,
    interim: &Interim,
    disclosure: Disclosure,
) -> Vec<Row> {
    let became = match interim.stage {
        InterimStage::Asked => "Waits for a second person".to_owned(),
        InterimStage::Live { agreed, lapses_on } => format!(
            "Agreed by {}. It lapses by itself after {}",
            signed(register, measure, agreed, disclosure),
            words::date(lapses_on)
        ),
        InterimStage::Over(moment) => format!("Over since {}", words::date(moment.date())),
    };
    let mut rows = vec![
        Row::new("Asked for by", signed(register, measure, interim.asked, disclosure)),
        Row::new("Why it cannot wait", text(&interim.grounds)),
        Row::new("What became of it", became),
    ];
    rows.extend(plan(register, &interim.plan));
    rows
}

/// The tests as answered, row by row.
pub fn tests(assessment: &Assessment) -> Vec<Row> {
    assessment
        .answers
        .iter()
        .map(|(test, answer)| {
            Row::new(test.label(), format!("{}\n{}", answer.finding.label(), text(&answer.reasons)))
        })
        .collect()
}

/// The proportionality record, row by row.
pub fn proportionality(record: &Particulars<Proportionality>) -> Vec<Row> {
    let Some(record) = record.known() else { return vec![Row::new("Record", DESTROYED)] };
    vec![
        Row::new("What it is for", record.aim.as_str()),
        Row::new("Why it is necessary", record.necessity.as_str()),
        Row::new("What else was weighed", record.alternatives.as_str()),
        Row::new("What it does to the person", record.effect.as_str()),
        Row::new("What keeps that small", record.safeguards.as_str()),
    ]
}

/// The decision, row by row; none before there is one.
pub fn decision(register: &Register, measure: &Measure) -> Vec<Row> {
    let Some(decision) = measure.decision() else { return Vec::new() };
    vec![
        Row::new("Approved by", name_of(register, decision.moment.by)),
        Row::new("On", words::date(decision.moment.date())),
        Row::new("Reasons", text(&decision.reasons)),
        Row::new("First review by", words::date(decision.review_on)),
        Row::new("Policy", format!("Version {}", decision.policy.0)),
    ]
}

/// How the customer was told, row by row.
pub fn notice(register: &Register, measure: &Measure) -> Vec<Row> {
    let Some((notice, since)) = measure.notice() else { return Vec::new() };
    let since = Row::new("In force since", words::date(since.date()));
    match notice {
        Notice::Sent { sent_on, delivery, .. } => vec![
            Row::new(
                "Letter sent",
                format!("{}, {}", words::date(*sent_on), delivery.label().to_lowercase()),
            ),
            since,
        ],
        Notice::Withheld(withholding) => {
            let mut rows = vec![
                Row::new(
                    "The customer was not told",
                    "Decided by two people, and reconsidered at every review",
                ),
                Row::new(
                    "Ground",
                    codes(register, List::WithholdingGround, std::slice::from_ref(&withholding.ground)),
                ),
                Row::new("What shows it", text(&withholding.evidence)),
                Row::new("Asked for by", name_of(register, withholding.asked.by)),
            ];
            if let Some(agreed) = &withholding.agreed {
                rows.push(Row::new("Agreed by", name_of(register, agreed.moment.by)));
                rows.push(Row::new("Why", text(&agreed.reasons)));
            }
            rows.push(since);
            rows
        }
    }
}

/// Every review that kept it, newest first.
pub fn reviews(register: &Register, measure: &Measure) -> Vec<Row> {
    measure
        .reviews()
        .iter()
        .rev()
        .map(|review| {
            let mut lines = vec![
                format!("Kept by {}", name_of(register, review.moment.by)),
                text(&review.reasons),
                format!("Next review by {}", words::date(review.next_on)),
            ];
            if let Some(why) = &review.still_withheld {
                lines.push(format!("Why the customer is still not told: {}", text(why)));
            }
            Row::new(words::date(review.moment.date()), lines.join("\n"))
        })
        .collect()
}

/// What has become of it since the customer was told: answers, proposals, changes, appeals, letters, receipts.
pub fn since(register: &Register, measure: &Measure) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some((stir, moment)) = measure.stirred {
        let on = words::date(moment.date());
        rows.push(Row::new("To be looked at sooner", format!("On {on} {}", stir.label())));
    }
    if let Some(answers) = &measure.answers {
        let by = name_of(register, answers.moment.by);
        let on = words::date(answers.moment.date());
        rows.push(Row::new(
            "Review under way",
            format!("{}\nAnswered by {by} on {on}", answers.advice.label()),
        ));
    }
    if let Some(removal) = &measure.removal {
        let title = match removal.asked {
            Some(_) => "Asked to come off before the next meeting",
            None => "Removal proposed to the Governance Group",
        };
        let by = name_of(register, removal.asked.unwrap_or(removal.moment).by);
        rows.push(Row::new(title, format!("{}\n{by}", text(&removal.reasons))));
    }
    rows.extend(measure.variations.iter().map(|varied| {
        let by = name_of(register, varied.moment.by);
        Row::new(
            format!("Changed on {}", words::date(varied.moment.date())),
            format!("{}\n{by}", text(&varied.reasons)),
        )
    }));
    rows.extend(measure.appeals.iter().map(|appeal| {
        Row::new(
            format!("Appeal of {}", words::date(appeal.lodged.received_on)),
            appeal_stage(register, appeal),
        )
    }));
    rows.extend(measure.letters.iter().map(|letter| {
        let stage = match (&letter.stage, letter.sent_on()) {
            (_, Some(sent_on)) => format!("Sent on {}", words::date(sent_on)),
            (OutcomeStage::Owed, _) => "To be written".to_owned(),
            _ => "Written, not sent yet".to_owned(),
        };
        Row::new(format!("Letter: {}", letter.occasion.label()), stage)
    }));
    rows.extend(measure.withdrawn_from.iter().map(|(id, moment)| {
        let by = format!("Confirmed on {} by {}", words::date(moment.date()), name_of(register, moment.by));
        Row::new(format!("Withdrawn from {}", team(register, *id)), by)
    }));
    rows.extend(measure.awaits_withdrawal().iter().map(|id| {
        Row::new(format!("Withdrawn from {}", team(register, *id)), "Not confirmed by the team yet")
    }));
    rows
}

/// How far an appeal is, in a line.
pub fn appeal_stage(register: &Register, appeal: &Appeal) -> String {
    match &appeal.stage {
        AppealStage::Lodged => "Waits to be given to somebody".to_owned(),
        AppealStage::Assigned { officer, .. } => format!(
            "With {}, to be decided by {}",
            name_of(register, Actor::Account(*officer)),
            words::date(appeal.decide_by(register.policy()))
        ),
        AppealStage::Decided { moment, outcome, .. } => {
            format!("{}. {}, {}", outcome.label(), name_of(register, moment.by), words::date(moment.date()))
        }
        AppealStage::Withdrawn { moment, .. } => format!("Taken back on {}", words::date(moment.date())),
    }
}

/// The answers to the questions of the review under way, question by question.
pub fn answers(measure: &Measure) -> Vec<Row> {
    let Some(answers) = &measure.answers else { return Vec::new() };
    let advice = Row::new("Advice", answers.advice.label());
    let Some(words) = answers.words.known() else { return vec![advice, Row::new("Answers", DESTROYED)] };
    let told =
        Question::ALL.iter().zip(words).map(|(question, words)| Row::new(question.label(), words.as_str()));
    std::iter::once(advice).chain(told).collect()
}

/// An incident behind a measure.
pub struct Told {
    /// What the card is called.
    pub title: String,
    /// Where its file lies.
    pub address: String,
    /// What it says.
    pub rows: Vec<Row>,
}

/// The incidents behind a measure, oldest first.
pub fn incidents(register: &Register, measure: &Measure, disclosure: Disclosure) -> Vec<Told> {
    let incidents = measure.incidents.iter().filter_map(|id| register.incident(*id));
    incidents.map(|incident| told(register, incident, disclosure)).collect()
}

/// An incident in short.
pub fn told(register: &Register, incident: &Incident, disclosure: Disclosure) -> Told {
    let facts = &incident.facts;
    let mut rows = vec![
        Row::new("Happened", words::date(facts.happened_on)),
        Row::new("How", facts.channel.label()),
        Row::new("What was done", codes(register, List::Behaviour, &facts.behaviours)),
    ];
    // Whoever is told what to do and no more is not told from which team it came, either.
    if disclosure >= Disclosure::File {
        rows.push(Row::new("Reported by", reporter(register, incident, disclosure)));
    }
    match incident.narrative.known() {
        None => rows.push(Row::new("What happened", DESTROYED)),
        Some(narrative) => {
            rows.push(Row::new("What happened", narrative.what_happened.as_str()));
            let more = [
                ("Exact words", &narrative.exact_words),
                ("Weapon, animal or damage", &narrative.weapon_or_damage),
                ("Witnesses and evidence", &narrative.evidence),
                ("Needs or crisis known", &narrative.needs),
                ("What the service may have added to it", &narrative.own_contribution),
                ("Precautions suggested", &narrative.suggested_precautions),
            ];
            let given =
                more.into_iter().filter_map(|(key, words)| Some(Row::new(key, words.as_ref()?.as_str())));
            rows.extend(given);
        }
    }
    Told { title: format!("Incident {}", incident.id), address: format!("/incidents/{}", incident.id), rows }
}

/// How much contact there was while it is limited or weighed, against what is allowed.
pub fn contact(measure: &Measure, today: Date) -> Vec<Row> {
    if measure.contacts.is_empty() {
        return Vec::new();
    }
    let counted: Vec<String> = Matter::ALL
        .iter()
        .map(|matter| (matter, measure.contacts.iter().filter(|contact| contact.matter == *matter).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(matter, count)| format!("{count}: {}", matter.label()))
        .collect();
    let mut rows = vec![
        Row::new("Logged so far", measure.contacts.len().to_string()),
        Row::new("About what", counted.join("\n")),
    ];
    let waits = measure.contacts.iter().filter(|contact| contact.waits()).count();
    rows.push(Row::new("Waiting for an answer", waits.to_string()));
    if let Some(allowance) = measure.allowance(today) {
        let every = allowance.most.every.label();
        rows.push(Row::new(
            format!("This {every}, about the same matter"),
            format!("{} of {} allowed", allowance.used, allowance.most.contacts),
        ));
        rows.push(Row::new(
            "More than allowed",
            match measure.times_exceeded() {
                0 => format!("In no {every}"),
                1 => format!("In 1 {every}"),
                many => format!("In {many} {every}s"),
            },
        ));
    }
    rows
}

/// What its subject says is wrong, in their own words, and the answers.
pub fn disputes(register: &Register, measure: &Measure) -> Vec<Row> {
    let mut rows = Vec::new();
    for dispute in &measure.disputes {
        let said = format!("Said on {}", words::date(dispute.received_on));
        rows.push(Row::new(said, text(&dispute.words)));
        rows.push(match &dispute.answer {
            None => {
                let by = words::date(dispute.answer_by(register.policy()));
                Row::new("Answer", format!("Waits for the data protection officer, by {by}"))
            }
            Some((moment, outcome, reasons)) => {
                let on = words::date(moment.date());
                Row::new(format!("Answered on {on}"), format!("{}\n{}", outcome.label(), text(reasons)))
            }
        });
    }
    rows
}

/// What ombudsmen took up and found, newest first.
pub fn complaints(register: &Register, measure: &Measure) -> Vec<Told> {
    measure.complaints.iter().rev().map(|complaint| complained(register, complaint)).collect()
}

/// A complaint to an ombudsman, row by row.
fn complained(register: &Register, complaint: &Complaint) -> Told {
    let mut rows = vec![
        Row::new("Taken up on", words::date(complaint.taken_up_on)),
        Row::new("Their reference", text(&complaint.reference)),
    ];
    match &complaint.end {
        None => rows.push(Row::new("How it ended", "Not ended yet: nothing is destroyed meanwhile")),
        Some(end) => {
            let on = words::date(end.ended_on);
            rows.push(Row::new("How it ended", format!("{}, on {on}", end.outcome.label())));
            rows.push(Row::new("What they found", text(&end.found)));
            rows.extend(end.asks.iter().map(|asks| Row::new("What they ask for", text(asks))));
            rows.push(Row::new("Recorded by", name_of(register, end.moment.by)));
        }
    }
    Told { title: complaint.ombudsman.label().to_owned(), address: String::new(), rows }
}

/// The history of a measure, newest first.
pub fn timeline(register: &Register, measure: &Measure, disclosure: Disclosure) -> Vec<Happened> {
    let newest_first = register.timeline(File::Measure(measure.id)).iter().rev();
    newest_first
        .map(|happening| Happened {
            by: actor(register, measure, happening.moment.by, disclosure),
            ..Happened::new(register, happening.title, happening.moment)
        })
        .collect()
}
