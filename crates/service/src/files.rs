//! Files beside the record: attachments, letters, and the search that triage uses. Each look is logged before it is shown.

use crate::access::Look;
use crate::fault::Fault;
use crate::{Service, describe, letters};
use ledger::Content;
use matching::{Hit, Question};
use register::ids::{AccountId, AttachmentId, File, MeasureId, SubjectId};
use register::incident::Media;
use register::measure::Life;
use register::notice::{Draft, Letter, Notice, Occasion, OutcomeLetter};
use register::reach::reach;
use register::state::Register;
use register::view::Disclosure;

/// An attached file.
pub struct AttachedFile {
    /// What it is.
    pub media: Media,
    /// What its reporter called it.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The letter of an occasion: the one not sent yet or, where none is, the one sent last.
#[must_use]
pub fn letter_of(register: &Register, measure: MeasureId, occasion: Occasion) -> Option<&Letter> {
    let measure = register.measure(measure)?;
    if occasion == Occasion::Decision {
        return match measure.furthest() {
            Life::Decided { draft: Some(Draft::Written { letter, .. }), .. }
            | Life::InForce { draft: Some(Draft::Written { letter, .. }), .. }
            | Life::InForce { notice: Notice::Sent { letter, .. }, .. } => letter.known(),
            _ => None,
        };
    }
    let written = measure.owed_letter(occasion).and_then(OutcomeLetter::letter);
    let sent = || {
        let sent = measure.letters.iter().rev().filter(|letter| letter.occasion == occasion);
        sent.filter(|letter| letter.sent_on().is_some()).find_map(OutcomeLetter::letter)
    };
    written.or_else(sent)?.known()
}

impl Service {
    /// How much of a file an account may open.
    #[must_use]
    pub fn reach(&self, account: AccountId, file: File) -> Disclosure {
        self.read(|register| {
            register.account(account).map_or(Disclosure::Nothing, |account| reach(register, account, file))
        })
    }

    /// An attached file, if this account may open the incident it came with.
    ///
    /// # Errors
    /// A fault, also where the sealed bytes are not sound.
    pub async fn attachment(&self, by: AccountId, id: AttachmentId) -> Result<Option<AttachedFile>, Fault> {
        let found = self.read(|register| {
            let incident = register.incident_of(id)?;
            let place = incident.attachments.iter().position(|attachment| attachment.id == id)?;
            let media = incident.attachments.get(place)?.media;
            let names = incident.attachment_names.as_ref()?.known()?;
            Some((incident.id, media, names.get(place)?.as_str().to_owned()))
        });
        let Some((incident, media, name)) = found else { return Ok(None) };
        if self.reach(by, File::Incident(incident)) == Disclosure::Nothing {
            return Ok(None);
        }
        self.look(by, Look::Attachment(id), |_| ()).await?;
        match self.inner.ledger.attachment(&id.to_string()).await? {
            Some(Content::Known(bytes)) => Ok(Some(AttachedFile { media, name, bytes })),
            _ => Ok(None),
        }
    }

    /// A document as a PDF.
    ///
    /// # Errors
    /// A fault where it could not be rendered.
    pub async fn pdf(&self, document: documents::Document) -> Result<Vec<u8>, Fault> {
        tokio::task::spawn_blocking(move || documents::pdf(&document))
            .await
            .map_err(|error| Fault::log(&error))?
            .map_err(|error| Fault::log(&error))
    }

    /// A letter as a document, if this account may open the measure and there is one.
    ///
    /// # Errors
    /// A fault.
    pub async fn letter_document(
        &self,
        by: AccountId,
        measure: MeasureId,
        occasion: Occasion,
    ) -> Result<Option<documents::Document>, Fault> {
        if self.reach(by, File::Measure(measure)) == Disclosure::Nothing {
            return Ok(None);
        }
        self.look(by, Look::Letter(measure), |register| {
            let letter = letter_of(register, measure, occasion)?;
            Some(letters::document(letter, register.council()?))
        })
        .await
    }

    /// The subjects that a description may be of, best first and explained: for triage, where two files about one person are
    /// to be avoided.
    ///
    /// # Errors
    /// A fault.
    pub async fn similar(
        &self,
        by: AccountId,
        question: Question,
        most: usize,
    ) -> Result<Vec<(SubjectId, Hit)>, Fault> {
        let typed = [&question.name, &question.address, &question.postcode, &question.text]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("; ");
        self.look(by, Look::Search(typed), |_| ()).await?;
        let live = self.sound()?;
        let hits = live.index.search(&question).into_iter().map(|hit| (describe::subject(hit.key), hit));
        Ok(hits.filter(|(subject, _)| !live.register.is_excluded(by, *subject)).take(most).collect())
    }
}
