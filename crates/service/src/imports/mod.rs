//! Taking in a list that a service kept: staged row by row, proposed by one person, approved by another.
//!
//! A staged list lies sealed on the shelf, where nothing finds it at a check. What is proposed is fingerprinted, so that what is
//! approved is what was proposed; then its rows become commands of one append, all or none, and the staged list is dropped.

mod alike;
mod batch;
mod read;

pub use alike::{Compared, Other};
pub use batch::{Batch, Choice, Plans, Row, Stands};
pub use read::read;

use crate::Service;
use crate::fault::{Failure, Fault};
use crate::shelf;
use jiff::SignedDuration;
use register::assessment::Proposal;
use register::command::{ApproveImport, ProposeImport};
use register::ids::{AccountId, CommandId, ImportId, TeamId};
use register::import::{Fingerprint, ListWords};
use register::refusal::Refusal;
use sheet::{Columns, Sheet};

/// How long a staged list is kept from when it was last worked on.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 60);

const BATCH: shelf::Kind<Batch> = shelf::Kind::new("import");

impl Service {
    /// Keeps a list as it came in, to be staged.
    ///
    /// # Errors
    /// A fault: it was not kept.
    pub async fn begin_import(
        &self,
        by: AccountId,
        name: String,
        team: TeamId,
        sheets: Vec<Sheet>,
    ) -> Result<ImportId, Fault> {
        let id = ImportId::from_bits(self.fresh());
        self.keep_import(&Batch::begun(id, by, name, team, sheets, self.now())).await?;
        Ok(id)
    }

    /// Keeps what was done with a staged list.
    ///
    /// # Errors
    /// A fault: it was not kept.
    pub async fn keep_import(&self, batch: &Batch) -> Result<(), Fault> {
        let until = self.now() + KEPT;
        self.inner.shelf.put(&BATCH, &batch.id, None, Some(until), batch).await
    }

    /// A staged list. Whoever takes lists in works on it.
    ///
    /// # Errors
    /// A fault.
    pub async fn staged_import(&self, id: ImportId) -> Result<Option<Batch>, Fault> {
        self.inner.shelf.get(&BATCH, &id.to_string()).await
    }

    /// Every staged list, newest first.
    ///
    /// # Errors
    /// A fault.
    pub async fn staged_imports(&self) -> Result<Vec<Batch>, Fault> {
        let mut batches = self.inner.shelf.common(&BATCH).await?;
        batches.sort_by_key(|batch| std::cmp::Reverse(batch.begun));
        Ok(batches)
    }

    /// Drops a staged list: nothing of it was live.
    ///
    /// # Errors
    /// A fault.
    pub async fn drop_import(&self, id: ImportId) -> Result<(), Fault> {
        self.inner.shelf.drop(&BATCH, &id.to_string()).await
    }

    /// Stages a list anew that was not taken in, so that what was done with its rows can be mended and proposed again; under another
    /// reference, since that of the refused one is used.
    ///
    /// # Errors
    /// A fault: it stays as it is.
    pub async fn stage_again(&self, mut batch: Batch) -> Result<ImportId, Fault> {
        let id = ImportId::from_bits(self.fresh());
        let before = std::mem::replace(&mut batch.id, id.to_string());
        self.keep_import(&batch).await?;
        self.inner.shelf.drop(&BATCH, &before).await?;
        Ok(id)
    }

    /// Reads the rows of a staged list by what its columns hold, finds whom each may be, and keeps it so.
    ///
    /// # Errors
    /// A fault: it is as it was.
    pub async fn stage_import(
        &self,
        mut batch: Batch,
        number: usize,
        columns: &Columns,
    ) -> Result<Batch, Fault> {
        let Some(sheet) = batch.sheets.get(number) else {
            return Err(Fault::because("a list has no such sheet"));
        };
        let rows = self.read(|register| read(sheet, columns, register.policy(), batch.read_on()));
        batch.rows = rows;
        let service = self.clone();
        let batch = tokio::task::spawn_blocking(move || service.compared(batch)).await??;
        self.keep_import(&batch).await?;
        Ok(batch)
    }

    /// Proposes a staged list to a second person, as it stands.
    ///
    /// # Errors
    /// The refusal of the rule that stops it, or a fault.
    pub async fn propose_import(
        &self,
        by: AccountId,
        command: CommandId,
        batch: &Batch,
        proposal: &Proposal,
        words: ListWords,
    ) -> Result<(), Failure> {
        let id = batch.id().ok_or(Refusal::NoSuchFile)?;
        let rows = self.read(|register| batch.taken(register, proposal));
        let asking = ProposeImport {
            import: id,
            team: batch.team().ok_or(Refusal::NoSuchTeam)?,
            sponsor: batch.plans.sponsor().ok_or(Refusal::NoSuchAccount)?,
            entries: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            fingerprint: batch.fingerprint()?,
            words,
        };
        self.execute(by, command, asking).await.map(drop)
    }

    /// Takes in a list as it was proposed, and drops what was staged.
    ///
    /// # Errors
    /// The refusal of the rule that stops it, or a fault.
    pub async fn approve_import(
        &self,
        by: AccountId,
        command: CommandId,
        batch: &Batch,
        proposal: &Proposal,
    ) -> Result<(), Failure> {
        let id = batch.id().ok_or(Refusal::NoSuchFile)?;
        let rows = self.read(|register| batch.taken(register, proposal));
        let asking = ApproveImport { import: id, fingerprint: batch.fingerprint()?, rows };
        self.execute(by, command, asking).await?;
        // What it says is in the register now, and nowhere else.
        self.drop_import(id).await.map_err(Failure::from)
    }
}

impl Batch {
    /// What is approved must be what was proposed.
    fn fingerprint(&self) -> Result<Fingerprint, Fault> {
        let said = serde_json::to_vec(&(&self.rows, &self.plans))?;
        Ok(Fingerprint(ledger::Digest::of(&said).0))
    }
}
