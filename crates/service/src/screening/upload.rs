//! A list as it came in, before somebody has said what its columns hold, and what they said of lists with the same headings.

use super::ScreeningId;
use crate::Service;
use crate::check::purpose_of;
use crate::fault::Fault;
use crate::shelf;
use jiff::SignedDuration;
use jiff::civil::Date;
use register::ids::AccountId;
use register::view::Purpose;
use serde::{Deserialize, Serialize};
use sheet::{Column, Columns, Sheet};

/// How long it waits for somebody to say what its columns hold.
const WAITS: SignedDuration = SignedDuration::from_hours(24);
/// How long a choice of columns is remembered: lists of the year before are still read.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 400);
/// How many choices of one person are remembered.
const MOST: usize = 50;

const UPLOAD: shelf::Kind<Upload> = shelf::Kind::new("screening-upload");
const COLUMNS: shelf::Kind<Vec<Remembered>> = shelf::Kind::new("screening-columns");

/// A list as it came in.
#[derive(Serialize, Deserialize)]
pub struct Upload {
    /// The name of the file, or what stands for it.
    pub name: String,
    /// Key of what will be done.
    pub purpose: String,
    /// The day of visits whose row says none.
    pub day: Option<Date>,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

impl Upload {
    /// What will be done.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        purpose_of(&self.purpose)
    }
}

/// What somebody said of the columns of a list.
#[derive(Serialize, Deserialize)]
struct Remembered {
    /// The row of headings as it stood: a list with the same is read the same way.
    headings: Vec<String>,
    /// The key of what each column holds, by its place.
    of: Vec<(usize, String)>,
}

/// What a row shows in its cells.
fn shown(row: &sheet::Row) -> Vec<String> {
    (0..row.cells.len()).map(|place| row.text(place).unwrap_or_default().to_owned()).collect()
}

fn key(owner: AccountId, id: ScreeningId) -> String {
    format!("{owner} {id}")
}

impl Service {
    /// Keeps a list as it came in, until tomorrow at most.
    ///
    /// # Errors
    /// A fault: it was not kept.
    pub async fn keep_upload(&self, owner: AccountId, upload: &Upload) -> Result<ScreeningId, Fault> {
        let id = ScreeningId::fresh(self.fresh());
        let until = self.now() + WAITS;
        self.inner.shelf.put(&UPLOAD, &key(owner, id), Some(owner), Some(until), upload).await?;
        Ok(id)
    }

    /// A list as it came in, if it is theirs and waits still.
    ///
    /// # Errors
    /// A fault.
    pub async fn upload(&self, owner: AccountId, id: ScreeningId) -> Result<Option<Upload>, Fault> {
        self.inner.shelf.get(&UPLOAD, &key(owner, id)).await
    }

    pub(super) async fn drop_upload(&self, owner: AccountId, id: ScreeningId) -> Result<(), Fault> {
        self.inner.shelf.drop(&UPLOAD, &key(owner, id)).await
    }

    /// What the owner said of the columns of a sheet with the same headings.
    ///
    /// # Errors
    /// A fault.
    pub async fn remembered_columns(
        &self,
        owner: AccountId,
        sheet: &Sheet,
    ) -> Result<Option<Columns>, Fault> {
        let remembered = self.inner.shelf.get(&COLUMNS, &owner.to_string()).await?.unwrap_or_default();
        let found = sheet.rows.iter().take(sheet::DEEPEST).find_map(|row| {
            let headings = shown(row);
            let remembered = remembered.iter().find(|remembered| remembered.headings == headings)?;
            let of = remembered.of.iter().filter_map(|(place, key)| Some((*place, Column::from_key(key)?)));
            Some(Columns { heading: row.number, of: of.collect() })
        });
        Ok(found)
    }

    /// Remembers what the owner said of the columns of a sheet. One without headings cannot be known again.
    ///
    /// # Errors
    /// A fault: it was not remembered.
    pub async fn remember_columns(
        &self,
        owner: AccountId,
        sheet: &Sheet,
        columns: &Columns,
    ) -> Result<(), Fault> {
        let Some(row) = sheet.rows.iter().find(|row| row.number == columns.heading) else { return Ok(()) };
        let headings = shown(row);
        let mut remembered = self.inner.shelf.get(&COLUMNS, &owner.to_string()).await?.unwrap_or_default();
        remembered.retain(|other| other.headings != headings);
        let of = columns.of.iter().map(|(place, column)| (*place, column.key().to_owned()));
        remembered.insert(0, Remembered { headings, of: of.collect() });
        remembered.truncate(MOST);
        let until = self.now() + REMEMBERED;
        self.inner.shelf.put(&COLUMNS, &owner.to_string(), Some(owner), Some(until), &remembered).await
    }
}
