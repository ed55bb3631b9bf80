//! `/subjects/…`: whom or what the files are about. One file for each person and each place.

pub mod change;
pub mod chosen;
pub mod compare;
pub mod details;
pub mod doubles;
pub mod exclusions;
pub mod file;
pub mod looks;
pub mod new;
pub mod occupants;
pub mod part;
pub mod support;

use crate::page::under;
use register::ids::{File, SubjectId};
use register::state::Register;
use register::subject::Subject;
use service::access::Look;
use web::{App, Problem, SignedIn};

/// The address of a subject, or of something done with it.
pub fn address(subject: SubjectId, act: &str) -> String {
    under(format!("/subjects/{subject}"), act)
}

/// Shows something of a subject, after the look is on disk; one that this reader may not know of is not found.
pub async fn opened<T>(
    app: &App,
    who: &SignedIn,
    id: SubjectId,
    show: impl FnOnce(&Register, &Subject) -> T,
) -> Result<T, Problem> {
    let file = File::Subject(id);
    who.reaches(app, file)?;
    let shown = app
        .service
        .look(who.id(), Look::File(file), |register| register.subject(id).map(|s| show(register, s)));
    shown.await?.ok_or(Problem::NotFound)
}
