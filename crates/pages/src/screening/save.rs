//! `/screening/{list}/answers.csv`: every row of a list with its answer, to save (RFC 4180).

use super::list::{described, opened, what_to_do};
use crate::csv;
use crate::words;
use axum::extract::{Path, State};
use register::people::Action;
use service::check::VerdictKind;
use service::screening::ScreeningId;
use web::{App, Outcome, SignedIn};

const HEADS: [&str; 8] = ["Row", "Day", "Who goes", "Visit", "Answer", "What to do", "Check", "Changed"];

/// `GET /screening/{list}/answers.csv`
pub async fn save(State(app): State<App>, who: SignedIn, Path(id): Path<ScreeningId>) -> Outcome {
    who.must(Action::Screen)?;
    who.proves_before(&app, &format!("/screening/{id}/answers.csv")).await?;
    let list = opened(&app, &who, id).await?;
    let every = [VerdictKind::Marker, VerdictKind::Possible, VerdictKind::NoneFound];
    let screened = app.service.screened(&list, &every, 0, usize::MAX).await?;
    let answered = screened.iter().map(|screened| {
        let visit = &screened.visit;
        let cells = [
            visit.row.to_string(),
            visit.day.map(|day| day.to_string()).unwrap_or_default(),
            visit.officer.clone().unwrap_or_default(),
            described(screened),
            screened.shown.kind().label().to_owned(),
            what_to_do(&screened.shown).join("; "),
            screened.check.to_string(),
            screened.changed.map(words::moment).unwrap_or_default(),
        ];
        (visit.row, cells)
    });
    let left_out = list.left_out.iter().map(|left| {
        let cells = ["", "", "", "", "Not checked"].map(str::to_owned);
        let [_, day, officer, visit, answer] = cells;
        (
            left.row,
            [
                left.row.to_string(),
                day,
                officer,
                visit,
                answer,
                left.why.clone(),
                String::new(),
                String::new(),
            ],
        )
    });
    let mut rows: Vec<(u32, [String; 8])> = answered.chain(left_out).collect();
    rows.sort_by_key(|(row, _)| *row);
    let lines = std::iter::once(csv::line(HEADS)).chain(rows.iter().map(|(_, cells)| csv::line(cells)));
    Ok(csv::file(&format!("screening-{}", list.id), lines.collect()))
}
