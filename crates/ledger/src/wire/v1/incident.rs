//! Incidents: reports, what is added to them, and where triage sends them.

use crate::wire::shape::{Nullable, Sealed, Shape, Words, Written, facts, object, part, part_of_facts};
use jiff::civil::{Date, Time};
use register::ids::{AccountId, AttachmentId, IncidentId, MeasureId, SubjectId, TeamId};
use register::incident::{self, Channel, Danger, Identity, Injury, Media, Police, Protection};
use register::involved::{self, Involvement};
use register::policy::Code;
use serde::{Deserialize, Serialize};

facts! {
    /// Particulars: `narrative`, [`Narrative`]; where the facts say so `told_by`, [`Words`], and `attachment_names`, a list of
    /// [`Words`] in the order of the attachments.
    "incident.reported", 1: IncidentReported {
        incident: Written<IncidentId>,
        reporter: Written<AccountId>,
        team: Written<TeamId>,
        report: Report,
        attachments: Vec<Attachment>,
        told_by: Nullable<Written<Sealed>>,
        attachment_names: Nullable<Written<Sealed>>,
    }
}

part_of_facts! {
    /// What a report says in dates and keys.
    Report of incident::Facts {
        happened_on: Written<Date>,
        happened_at: Nullable<Written<Time>>,
        channel: Written<Channel>,
        behaviours: Vec<Written<Code>>,
        danger: Written<Danger>,
        injury: Written<Injury>,
        police: Written<Police>,
        identity: Written<Identity>,
        protection: Written<Protection>,
    }
}

part_of_facts! {
    /// A file that came with a report; `size` in bytes.
    Attachment of incident::Attachment {
        id: Written<AttachmentId>,
        media: Written<Media>,
        size: u64,
    }
}

part! {
    /// What a report says in words.
    Narrative of incident::Narrative {
        what_happened: Words,
        exact_words: Nullable<Words>,
        place: Nullable<Words>,
        subject: Described,
        others_affected: Nullable<Words>,
        weapon_or_damage: Nullable<Words>,
        evidence: Nullable<Words>,
        police_reference: Nullable<Words>,
        needs: Nullable<Words>,
        own_contribution: Nullable<Words>,
        suggested_precautions: Nullable<Words>,
        likely_contact: Nullable<Words>,
    }
}

part! {
    /// Whom the reporter described.
    Described of incident::Described {
        name: Nullable<Words>,
        address: Nullable<Words>,
        other: Nullable<Words>,
        how_identified: Nullable<Words>,
    }
}

facts! {
    /// Particulars: `words`, [`Words`].
    "incident.confirmed", 1: IncidentConfirmed {
        incident: Written<IncidentId>,
    }
}

facts! {
    /// Particulars: `words`, [`Words`].
    "incident.added-to", 1: IncidentAddedTo {
        incident: Written<IncidentId>,
    }
}

facts! {
    /// Particulars: `who`, [`Whom`].
    "incident.involved-named", 1: InvolvedNamed {
        incident: Written<IncidentId>,
        involvement: Written<Involvement>,
    }
}

/// An object with the one field `staff` or `other`.
#[derive(Serialize, Deserialize)]
pub(in crate::wire) enum Whom {
    #[serde(rename = "staff")]
    Staff(Written<AccountId>),
    #[serde(rename = "other")]
    Other(Other),
}

object! {
    /// Somebody without an account.
    Other {
        name: Words,
        reach: Words,
    }
}

impl Shape for Whom {
    type Domain = involved::Whom;
    fn store(domain: &involved::Whom) -> Self {
        match domain {
            involved::Whom::Staff(account) => Self::Staff(Written(*account)),
            involved::Whom::Other { name, reach } => {
                Self::Other(Other { name: Shape::store(name), reach: Shape::store(reach) })
            }
        }
    }
    fn restore(self) -> involved::Whom {
        match self {
            Self::Staff(account) => involved::Whom::Staff(account.restore()),
            Self::Other(Other { name, reach }) => {
                involved::Whom::Other { name: name.restore(), reach: reach.restore() }
            }
        }
    }
}

facts! {
    /// Particulars: `reasons`, [`Words`].
    "incident.triaged", 1: IncidentTriaged {
        incident: Written<IncidentId>,
        subject: Nullable<Written<SubjectId>>,
        identity: Written<Identity>,
        measure: Nullable<Written<MeasureId>>,
    }
}
