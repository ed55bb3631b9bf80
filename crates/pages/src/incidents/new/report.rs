//! From answers to the report itself.

use super::files::Kept;
use super::question::{Known, Question};
use super::{contact, danger, evidence, harm, needs, what, when, who, you};
use register::command::ReportIncident;
use register::ids::{CommandId, IncidentId};
use register::incident::{Attachment, Danger, Facts, Narrative};
use register::personal::Text;
use web::Form;
use web::form::reference_bits;

/// Every answer.
pub struct Answers {
    danger: Danger,
    when: when::Answer,
    who: who::Answer,
    what: what::Answer,
    harm: harm::Answer,
    needs: needs::Answer,
    contact: contact::Answer,
    evidence: Option<Text>,
    you: you::Answer,
}

/// Reads the whole draft.
///
/// # Errors
/// The place of the first question that is not answered yet.
pub fn read(form: &mut Form, known: &Known) -> Result<Answers, &'static str> {
    Ok(Answers {
        danger: ask::<danger::Question>(form, known)?,
        when: ask::<when::Question>(form, known)?,
        who: ask::<who::Question>(form, known)?,
        what: ask::<what::Question>(form, known)?,
        harm: ask::<harm::Question>(form, known)?,
        needs: ask::<needs::Question>(form, known)?,
        contact: ask::<contact::Question>(form, known)?,
        evidence: ask::<evidence::Question>(form, known)?,
        you: ask::<you::Question>(form, known)?,
    })
}

fn ask<Q: Question>(form: &mut Form, known: &Known) -> Result<Q::Answer, &'static str> {
    Q::read(form, known).ok_or(Q::PLACE)
}

/// The incident that a report becomes: always the same one.
pub const fn incident_of(report: CommandId) -> IncidentId {
    IncidentId::from_bits(reference_bits(report))
}

impl Answers {
    /// The report, with the files that come with it.
    pub fn command(self, report: CommandId, files: &[Kept]) -> ReportIncident {
        let Self { danger, when, who, what, harm, needs, contact, evidence, you } = self;
        ReportIncident {
            incident: incident_of(report),
            facts: Facts {
                happened_on: when.on,
                happened_at: when.at,
                channel: when.channel,
                behaviours: what.behaviours,
                danger,
                injury: harm.injury,
                police: harm.police,
                identity: who.identity,
                protection: you.protection,
            },
            narrative: Narrative {
                what_happened: what.what_happened,
                exact_words: what.exact_words,
                place: when.place,
                subject: who.described,
                others_affected: harm.others_affected,
                weapon_or_damage: harm.weapon_or_damage,
                evidence: both(what.post, evidence),
                police_reference: harm.police_reference,
                needs: needs.needs,
                own_contribution: needs.own_contribution,
                suggested_precautions: contact.suggested_precautions,
                likely_contact: Some(contact.likely_contact),
            },
            told_by: you.told_by,
            attachments: files.iter().filter_map(attachment).collect(),
        }
    }
}

/// The link to a post stands above the other evidence.
fn both(post: Option<Text>, evidence: Option<Text>) -> Option<Text> {
    match (post, evidence) {
        (Some(post), Some(evidence)) => Text::optional(&format!("{}\n{}", post.as_str(), evidence.as_str())),
        (one, other) => one.or(other),
    }
}

fn attachment(file: &Kept) -> Option<(Attachment, Text)> {
    let attachment = Attachment { id: file.id, media: file.media, size: file.size };
    Text::optional(&file.name).map(|name| (attachment, name))
}
