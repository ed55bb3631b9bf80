//! Screening: a list of planned visits, each checked as if somebody had asked, with a row of its own in the access log.
//!
//! A list is kept, sealed, in parts until its visits are over. Each part is answered from memory and its rows are written in one
//! append under a name that follows from the list: a list that was interrupted goes on where it stood, and no visit is checked
//! twice or passed over. What is shown afterwards is what the rows say.

mod answer;
mod change;
mod list;
mod upload;

pub use answer::{Answered, Screened};
pub use change::Changes;
pub use list::{LeftOut, List, ScreeningId, Tally, Visit};
pub use upload::Upload;

use crate::Service;
use crate::access::{AccessKind, FactsV1, Sealed};
use crate::budget::{Over, Spends, Way};
use crate::fault::Fault;
use crate::shelf;
use jiff::{SignedDuration, Timestamp};
use register::ids::AccountId;
use register::policy::Figure;

/// Visits of one part: few enough that nobody waits long behind it, many enough that a write is worth it.
const PART: usize = 500;

const LIST: shelf::Kind<List> = shelf::Kind::new("screening");
const VISITS: shelf::Kind<Vec<Visit>> = shelf::Kind::new("screening-visits");
const ANSWERS: shelf::Kind<Vec<Answered>> = shelf::Kind::new("screening-answers");

impl Service {
    /// Takes in a list of planned visits under the name of its upload, which it uses up. Taken in twice, it is one list. One that would
    /// exceed what its owner may have checked in a day is not taken in at all, so that no visit of it goes unanswered unseen.
    ///
    /// # Errors
    /// A fault: it was not taken in.
    pub async fn begin_screening(
        &self,
        by: AccountId,
        id: ScreeningId,
        upload: &Upload,
        visits: Vec<Visit>,
        left_out: Vec<LeftOut>,
    ) -> Result<Result<(), Over>, Fault> {
        let spends: Vec<Spends<'_>> =
            visits.iter().map(|visit| Spends { asked: &visit.description, shown: Vec::new() }).collect();
        if let Err(over) = self.spend(by, Way::List, &spends).await? {
            let facts = FactsV1::of(AccessKind::OverBudget, self.position());
            self.write_access(by, (facts, Sealed::default())).await?;
            return Ok(Err(over));
        }
        let until = self.kept_until(&visits);
        for (number, part) in visits.chunks(PART).enumerate() {
            self.inner.shelf.put(&VISITS, &id.part(number), Some(by), Some(until), &part.to_vec()).await?;
        }
        let list = List {
            id,
            by: by.to_string(),
            name: upload.name.clone(),
            purpose: upload.purpose.clone(),
            begun: self.now(),
            begun_at: self.position(),
            until,
            visits: visits.len(),
            parts: visits.len().div_ceil(PART),
            parts_done: 0,
            tally: Tally::default(),
            left_out,
        };
        // Last: a list that is there is there whole.
        self.keep_list(&list).await?;
        self.drop_upload(by, id).await?;
        Ok(Ok(()))
    }

    /// Lists lie together, so that one look finds what was interrupted; each says whose it is.
    async fn keep_list(&self, list: &List) -> Result<(), Fault> {
        self.inner.shelf.put(&LIST, &list.id.to_string(), None, Some(list.until), list).await
    }

    /// Until when a list is kept: as long as an unsent report, counted from its last visit.
    fn kept_until(&self, visits: &[Visit]) -> Timestamp {
        let days = self.read(|register| register.policy().figure(Figure::DraftLife));
        let today = self.today();
        let last = visits.iter().filter_map(|visit| visit.day).max().map_or(today, |last| last.max(today));
        let ahead = today.duration_until(last);
        self.now() + ahead + SignedDuration::from_hours(24 * i64::from(days))
    }

    /// A list of the owner's.
    ///
    /// # Errors
    /// A fault.
    pub async fn screening(&self, owner: AccountId, id: ScreeningId) -> Result<Option<List>, Fault> {
        let list = self.inner.shelf.get(&LIST, &id.to_string()).await?;
        Ok(list.filter(|list| list.by() == Some(owner)))
    }

    /// The owner's lists, newest first.
    ///
    /// # Errors
    /// A fault.
    pub async fn screenings(&self, owner: AccountId) -> Result<Vec<List>, Fault> {
        let mut lists = self.inner.shelf.common(&LIST).await?;
        lists.retain(|list| list.by() == Some(owner));
        lists.sort_by_key(|list| std::cmp::Reverse(list.begun));
        Ok(lists)
    }

    /// Checks what is left of a list. One that is being checked elsewhere too comes to the same rows.
    ///
    /// # Errors
    /// A fault: what is done stays done, and it goes on the next time.
    pub async fn screen(&self, id: ScreeningId) -> Result<(), Fault> {
        let _one_at_a_time = self.inner.screening.lock().await;
        let Some(mut list) = self.inner.shelf.get(&LIST, &id.to_string()).await? else { return Ok(()) };
        while let Some(part) = list.next_part() {
            let answers = self.answer_part(&list, part).await?;
            list.take_in(&answers);
            self.keep_list(&list).await?;
        }
        // From now on its visits are watched.
        self.inner.recorded.notify_one();
        Ok(())
    }

    /// Checks what is left of a list while whoever asked does something else. Whatever stops it, housekeeping goes on with it.
    pub fn screen_meanwhile(&self, id: ScreeningId) {
        let service = self.clone();
        // Faults are logged where they are made.
        tokio::spawn(async move { service.screen(id).await });
    }

    /// Goes on with every list that was interrupted.
    ///
    /// # Errors
    /// The first fault.
    pub async fn resume_screenings(&self) -> Result<(), Fault> {
        for list in self.inner.shelf.common(&LIST).await?.iter().filter(|list| !list.is_done()) {
            self.screen(list.id).await?;
        }
        Ok(())
    }
}
