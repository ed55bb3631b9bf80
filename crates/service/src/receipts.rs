//! Receipts that people take: of an answer to a check, by whoever asked it, and of a letter that was sent, by whoever may open it.
//!
//! A receipt proves to somebody outside what was shown or sent and when (`ledger::receipt`). It holds nothing that its taker was not
//! shown: of a check the answer and not what was asked, of a letter the letter. Taking one is a look.

use crate::Service;
use crate::access::{AccessKind, FactsV1, Look, Sealed};
use crate::fault::Fault;
use crate::record::{self, Recorded};
use ledger::Log;
use ledger::receipt::{Receipt, Wanted};
use register::event::Event;
use register::ids::{AccountId, File, MeasureId};
use register::notice::Occasion;
use register::view::Disclosure;

/// Records looked through at a time for a letter.
const CHUNK: u64 = 1_000;

/// Where a letter stands in the register's log.
#[derive(Default)]
struct Places {
    sent: Option<u64>,
    written: Option<u64>,
}

impl Service {
    /// The receipt of a check, for whoever asked it or was to be told; `None` where it is none of theirs.
    ///
    /// # Errors
    /// A fault.
    pub async fn check_receipt(&self, by: AccountId, check: u64) -> Result<Option<Receipt>, Fault> {
        let row = self.access(check).await?;
        if !row.is_some_and(|row| row.kind == AccessKind::Check && [row.by, row.rang].contains(&Some(by))) {
            return Ok(None);
        }
        let facts = FactsV1 { check: Some(check), ..FactsV1::of(AccessKind::Receipt, self.position()) };
        self.write_access(by, (facts, Sealed::default())).await?;
        let wanted = Wanted { position: check, opened: &["shown"] };
        Ok(self.inner.ledger.receipt(Log::Access, &[wanted]).await?)
    }

    /// The receipt of the latest letter of an occasion that was sent: that it was written so, and that it was sent. `None` where none was,
    /// or this account may not open the measure.
    ///
    /// # Errors
    /// A fault.
    pub async fn letter_receipt(
        &self,
        by: AccountId,
        measure: MeasureId,
        occasion: Occasion,
    ) -> Result<Option<Receipt>, Fault> {
        if self.reach(by, File::Measure(measure)) == Disclosure::Nothing {
            return Ok(None);
        }
        self.look(by, Look::Letter(measure), |_| ()).await?;
        let places = self.places_of_letter(measure, occasion).await?;
        let (Some(written), Some(sent)) = (places.written, places.sent) else { return Ok(None) };
        let written = Wanted { position: written, opened: &["letter"] };
        let sent = Wanted { position: sent, opened: &[] };
        Ok(self.inner.ledger.receipt(Log::Register, &[written, sent]).await?)
    }

    /// Where the latest letter of an occasion was sent, and the last before that where it was written.
    async fn places_of_letter(&self, measure: MeasureId, occasion: Occasion) -> Result<Places, Fault> {
        let mut places = Places::default();
        let mut end = self.inner.ledger.size(Log::Register).await?;
        while end > 0 && places.written.is_none() {
            let start = end.saturating_sub(CHUNK);
            let limit = u32::try_from(end - start).unwrap_or(u32::MAX);
            let chunk = self.inner.ledger.read(Log::Register, start, limit).await?;
            for opened in chunk.into_iter().rev() {
                let Recorded { event, position, .. } = record::event(opened)?;
                places.note(&event, position, (measure, occasion));
            }
            end = start;
        }
        Ok(places)
    }
}

impl Places {
    /// Takes in an event that is earlier than those before.
    fn note(&mut self, event: &Event, position: u64, wanted: (MeasureId, Occasion)) {
        match event {
            Event::LetterSent { measure, .. } if wanted == (*measure, Occasion::Decision) => {
                self.sent.get_or_insert(position);
            }
            Event::OutcomeLetterSent { measure, occasion, .. } if wanted == (*measure, *occasion) => {
                self.sent.get_or_insert(position);
            }
            Event::LetterWritten { measure, .. } if wanted == (*measure, Occasion::Decision) => {
                self.begun(position)
            }
            Event::OutcomeLetterWritten { measure, occasion, .. } if wanted == (*measure, *occasion) => {
                self.begun(position);
            }
            _ => {}
        }
    }

    /// A letter that was written after the last was sent has not been sent.
    fn begun(&mut self, position: u64) {
        if self.sent.is_some() {
            self.written.get_or_insert(position);
        }
    }
}
