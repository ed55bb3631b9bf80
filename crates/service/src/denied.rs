//! What somebody asked about a file of which they may know nothing: noted for whoever oversees looks, after the answer and beside it, so that
//! neither its words nor its time tell that there is such a file.

use crate::Service;
use crate::access::{AccessKind, FactsV1, Sealed};
use crate::check::Asked;
use crate::describe;
use register::ids::{AccountId, File};

impl Service {
    /// Notes that somebody asked for a file, if they are excluded from it.
    pub fn note_denied(&self, by: AccountId, file: File) {
        if self.read(|register| register.is_excluded_from(by, file)) {
            self.note(by, vec![file]);
        }
    }

    /// Notes that somebody checked on subjects whose files they are excluded from.
    pub(crate) fn note_denied_check(&self, by: AccountId, asked: &Asked) {
        if !self.read(|register| register.is_excluded_anywhere(by)) {
            return;
        }
        let Ok(live) = self.sound() else { return };
        let hits = live.index.search(&asked.description.question()).into_iter();
        let subjects = hits.map(|hit| describe::subject(hit.key));
        let denied = subjects.filter(|subject| live.register.is_excluded(by, *subject)).map(File::Subject);
        self.note(by, denied.collect());
    }

    fn note(&self, by: AccountId, files: Vec<File>) {
        let (service, position) = (self.clone(), self.position());
        tokio::spawn(async move {
            for file in files {
                let facts =
                    FactsV1 { about: Some(file.to_string()), ..FactsV1::of(AccessKind::Denied, position) };
                if let Err(fault) = service.write_access(by, (facts, Sealed::default())).await {
                    tracing::error!(fault = fault.number(), "a look at an excluded file was not noted");
                }
            }
        });
    }
}
