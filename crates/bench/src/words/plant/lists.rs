//! Words of lists that services kept: staged, proposed, refused, taken in, taken back and certified; and of files joined and parted.

use super::{Planter, text};
use anyhow::{Context, Result};
use register::command::{
    ApproveImport, CertifyOldList, JoinSubjects, KeepApart, PartSubjects, ProposeImport, RefuseImport,
    UndoImport,
};
use register::ids::{ImportId, SubjectId};
use register::import::{Fingerprint, ListWords, RowSubject, Taken};
use register::subject::AgeBand;
use sheet::{Cell, Row, Sheet};

/// What a list that is planted brings.
const FINGERPRINT: Fingerprint = Fingerprint([7; 32]);

impl Planter<'_> {
    /// A list at each of its ends, and two files that are joined, parted and kept apart.
    pub(super) async fn lists(&mut self) -> Result<()> {
        self.staged().await?;
        let (keeper, colleague) = (self.cast.keeper, self.cast.colleague);
        let refused = self.proposed_list().await?;
        let reasons = self.words.text()?;
        self.does(colleague, RefuseImport { import: refused, reasons }).await?;

        let undone = self.taken_in().await?;
        let reasons = self.words.text()?;
        self.does(keeper, UndoImport { import: undone, reasons }).await?;

        let import = self.taken_in().await?;
        let (on, words) = (self.service.today(), self.words.text()?);
        self.does(keeper, CertifyOldList { import, on, words }).await?;

        let opened = self.service.read(|register| register.import(import).map(|list| list.opened.clone()));
        let kept = *opened.context("no list")?.first().context("no file")?;
        let joined = self.subject(AgeBand::Adult).await?;
        let reasons = self.words.text()?;
        self.does(keeper, JoinSubjects { kept, joined, reasons }).await?;
        let reasons = self.words.text()?;
        self.does(keeper, PartSubjects { joined, reasons }).await?;
        let reasons = self.words.text()?;
        self.does(keeper, KeepApart { one: kept, other: joined, reasons }).await
    }

    /// A list that nobody has said anything of yet.
    async fn staged(&mut self) -> Result<()> {
        let cells = vec![Cell::Text(self.words.word()?), Cell::Text(self.words.word()?)];
        let sheets = vec![Sheet { name: self.words.word()?, rows: vec![Row { number: 1, cells }] }];
        let name = self.words.word()?;
        self.service.begin_import(self.cast.keeper, name, self.team, sheets).await?;
        Ok(())
    }

    async fn proposed_list(&mut self) -> Result<ImportId> {
        let import = ImportId::from_bits(self.service.fresh());
        let words = ListWords { name: self.words.text()?, kept: self.words.text()? };
        let proposing = ProposeImport {
            import,
            team: self.team,
            sponsor: self.cast.manager,
            entries: 1,
            fingerprint: FINGERPRINT,
            words,
        };
        self.does(self.cast.keeper, proposing).await?;
        Ok(import)
    }

    async fn taken_in(&mut self) -> Result<ImportId> {
        let import = self.proposed_list().await?;
        let details = self.person(AgeBand::Adult)?;
        let row = Taken {
            row: 1,
            subject: RowSubject::New(SubjectId::from_bits(self.service.fresh()), details),
            measure: self.measure(),
            plan: self.plan()?,
            said: text(&self.words.word()?)?,
        };
        let approving = ApproveImport { import, fingerprint: FINGERPRINT, rows: vec![row] };
        self.does(self.cast.colleague, approving).await?;
        Ok(import)
    }
}
