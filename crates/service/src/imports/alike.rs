//! Whom a row of a list, or a file, may be the same as, and why: found in the register and within the list.

use super::batch::{Batch, Choice, Row};
use super::read::details;
use crate::fault::Fault;
use crate::{Service, describe};
use matching::{Hit, Index, Key, Settings};
use register::ids::SubjectId;
use register::state::Register;
use register::subject::SubjectDetails;

/// The most that a row is compared with.
const MOST: usize = 5;

/// What something was compared with, and how they agree.
#[derive(Debug, Clone)]
pub struct Compared {
    /// With what.
    pub other: Other,
    /// How likely they are the same, and why.
    pub hit: Hit,
}

/// What a row or file may be the same as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// A file.
    Subject(SubjectId),
    /// A row of the same list.
    Row(u32),
}

impl Other {
    /// The file with these bits of reference.
    #[must_use]
    pub const fn subject(bits: u64) -> Self {
        Self::Subject(SubjectId::from_bits(bits))
    }
}

impl Service {
    /// The list with how many each row may be the same as. A row that may be another's is left for somebody to look at.
    pub(super) fn compared(&self, mut batch: Batch) -> Result<Batch, Fault> {
        let of_list = index(&batch);
        for at in 0..batch.rows.len() {
            let Some(row) = batch.rows.get(at) else { continue };
            let others = self.compared_with(&of_list, &batch, row)?.len();
            if let Some(row) = batch.rows.get_mut(at) {
                row.choice = if others == 0 { Choice::New } else { Choice::Undecided };
                row.others = others;
            }
        }
        Ok(batch)
    }

    /// What a row may be the same as, surest first, with the explanation.
    ///
    /// # Errors
    /// A fault.
    pub fn row_alike(&self, batch: &Batch, row: &Row) -> Result<Vec<Compared>, Fault> {
        self.compared_with(&index(batch), batch, row)
    }

    fn compared_with(&self, of_list: &Index, batch: &Batch, row: &Row) -> Result<Vec<Compared>, Fault> {
        let read_on = batch.read_on();
        let Some(details) = row.fault.is_none().then(|| details(&row.described, read_on).ok()).flatten()
        else {
            return Ok(Vec::new());
        };
        let described = describe::describe(&details, read_on.year());
        let earlier = of_list.alike(&described).into_iter().filter_map(|hit| {
            let number = u32::try_from(hit.key.0).ok().filter(|number| *number < row.number)?;
            let same_kind = batch.row(number)?.described.name.is_some() == row.described.name.is_some();
            same_kind.then_some(Compared { other: Other::Row(number), hit })
        });
        let live = self.sound()?;
        let files = live.index.alike(&described).into_iter().filter_map(|hit| {
            let subject = describe::subject(hit.key);
            let known = known(&live.register, subject)?;
            known.is_like(&details).then_some(Compared { other: Other::Subject(subject), hit })
        });
        let mut all: Vec<Compared> = earlier.chain(files).collect();
        all.sort_by(|one, other| other.hit.score.total_cmp(&one.hit.score));
        all.truncate(MOST);
        Ok(all)
    }

    /// Pairs of files that may be about the same and that nobody has settled, surest first; `most` at most.
    ///
    /// # Errors
    /// A fault.
    pub async fn doubles(&self, most: usize) -> Result<Vec<(SubjectId, SubjectId, Hit)>, Fault> {
        let service = self.clone();
        let found = tokio::task::spawn_blocking(move || {
            let live = service.sound()?;
            let year = service.today().year();
            let mut pairs = Vec::new();
            for subject in live.register.subjects() {
                let Some(details) = subject.details.known() else { continue };
                for hit in live.index.alike(&describe::describe(details, year)) {
                    let other = describe::subject(hit.key);
                    let is_open = other < subject.id
                        && known(&live.register, other).is_some_and(|known| known.is_like(details))
                        && live.register.one(other) != live.register.one(subject.id)
                        && !live.register.is_apart(other, subject.id);
                    if is_open {
                        pairs.push((other, subject.id, hit));
                    }
                }
            }
            pairs.sort_by(|one, other| other.2.score.total_cmp(&one.2.score));
            pairs.truncate(most);
            Ok(pairs)
        });
        found.await?
    }

    /// How two files agree, as matching sees it; `None` where they hardly do.
    ///
    /// # Errors
    /// A fault.
    pub fn how_alike(&self, one: SubjectId, other: SubjectId) -> Result<Option<Hit>, Fault> {
        let live = self.sound()?;
        let Some(details) = known(&live.register, one) else { return Ok(None) };
        let described = describe::describe(details, self.today().year());
        Ok(live.index.alike(&described).into_iter().find(|hit| describe::subject(hit.key) == other))
    }
}

/// An index of the rows of a list that can become entries, by their numbers.
fn index(batch: &Batch) -> Index {
    let mut index = Index::new(Settings::default());
    let read_on = batch.read_on();
    for row in batch.rows.iter().filter(|row| row.fault.is_none()) {
        if let Ok(details) = details(&row.described, read_on) {
            index.insert(Key(u64::from(row.number)), &describe::describe(&details, read_on.year()));
        }
    }
    index
}

/// How a file's subject is described, while it is.
fn known(register: &Register, subject: SubjectId) -> Option<&SubjectDetails> {
    register.subject(subject)?.details.known()
}
