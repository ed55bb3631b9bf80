//! Between an event and its record: what is sealed when it is written, what comes back when it is read.

use crate::access::at;
use crate::fault::Fault;
use crate::live::{actor, written};
use ledger::wire::{self, Unsealed};
use ledger::{Content, Digest, Draft, Locker, Opened, Particular};
use register::event::Event;
use register::ids::{AttachmentId, CommandId};
use register::moment::{Actor, Moment};
use register::personal::{self, Personal};

/// An event with where it stands.
pub(crate) struct Recorded {
    pub(crate) event: Event,
    /// When, and by whom.
    pub(crate) moment: Moment,
    /// Its record's position.
    pub(crate) position: u64,
    /// Its record's leaf in the log's tree.
    pub(crate) leaf: Digest,
}

/// The bytes of a file that comes with a report.
#[derive(Clone)]
pub struct Upload {
    /// Its reference, the same as in the command.
    pub attachment: AttachmentId,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The record that an event is to become; `uploads` are the files it speaks of.
pub(crate) fn draft(
    by: Actor,
    command: CommandId,
    part: u32,
    event: &Event,
    uploads: &[Upload],
) -> Result<Draft, Fault> {
    let encoded = wire::encode(event)?;
    let mut particulars: Vec<Particular> = encoded
        .particulars
        .into_iter()
        .map(|part| Particular::beside(part.field, part.locker.number(), part.bytes))
        .collect();
    if let Event::IncidentReported { incident, attachments, .. } = event {
        let evidence = personal::Locker::Evidence(*incident).number();
        for attachment in attachments {
            let upload = uploads
                .iter()
                .find(|upload| upload.attachment == attachment.id)
                .ok_or_else(|| Fault::because("a report speaks of a file that did not come with it"))?;
            particulars.push(Particular::attachment(
                &attachment.id.to_string(),
                evidence,
                upload.bytes.clone(),
            ));
        }
    }
    let erases = event.destroys().iter().map(|locker| Locker(locker.number())).collect();
    Ok(Draft {
        command: ledger::CommandId(command.0.to_be_bytes()),
        part,
        actor: written(by),
        kind: encoded.kind.to_owned(),
        version: encoded.version,
        facts: encoded.facts,
        particulars,
        erases,
    })
}

/// The event that a record tells of, with when and by whom.
pub(crate) fn event(opened: Opened) -> Result<Recorded, Fault> {
    let Opened { record, particulars } = opened;
    let by = actor(&record.actor).ok_or_else(|| Fault::because("a record names an actor that is none"))?;
    let unsealed = particulars
        .into_iter()
        .filter_map(|particular| {
            let content = match particular.content {
                Content::Known(bytes) => Personal::Known(bytes),
                Content::Erased => Personal::Erased,
                Content::Apart => return None,
            };
            // An attachment whose locker was erased comes back as erased: it is no part of the event's shape either.
            if particular.field.parse::<AttachmentId>().is_ok() {
                return None;
            }
            Some(
                personal::Locker::from_number(particular.locker.0)
                    .map(|locker| Unsealed { field: particular.field, locker, content })
                    .ok_or_else(|| Fault::because("a record uses a locker that the register does not have")),
            )
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    let event = wire::decode(&record.kind, record.version, &record.facts, unsealed)?;
    let moment = Moment { at: at(record.recorded_at), by };
    Ok(Recorded { event, moment, position: record.position, leaf: record.leaf })
}
