//! `/subjects/{subject}/looks.pdf` and `.json`: who looked at somebody, for that somebody: by role and team, never by name.

use crate::measures::letter::printed;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use register::ids::{File, SubjectId};
use register::people::Action;
use service::oversight::extract::{Told, document};
use web::{App, Outcome, Problem, Reference, SignedIn};

/// `GET /subjects/{subject}/looks.pdf`
pub async fn pdf(State(app): State<App>, who: SignedIn, Reference(id): Reference<SubjectId>) -> Outcome {
    let looks = read(&app, &who, id, "looks.pdf").await?;
    let today = app.service.today();
    let document = app
        .service
        .read(|register| register.council().map(|council| document(&looks, id, council, today)))
        .ok_or(Problem::NotFound)?;
    printed(&app, document, &format!("looks-{id}.pdf")).await
}

/// `GET /subjects/{subject}/looks.json`
pub async fn json(State(app): State<App>, who: SignedIn, Reference(id): Reference<SubjectId>) -> Outcome {
    Ok(Json(read(&app, &who, id, "looks.json").await?).into_response())
}

/// Who may read the log and open the file may take the extract: the data protection officer, who answers for what leaves.
async fn read(app: &App, who: &SignedIn, id: SubjectId, file: &str) -> Result<Vec<Told>, Problem> {
    who.must(Action::ReadAccessLog)?;
    who.reaches(app, File::Subject(id))?;
    who.proves_before(app, &super::address(id, file)).await?;
    Ok(app.service.looks_told(who.id(), id).await?)
}
