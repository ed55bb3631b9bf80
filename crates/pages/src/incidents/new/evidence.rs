//! `/incidents/new/{report}/evidence`: photographs, documents and witnesses. A file that is not taken costs nothing else.

use super::address;
use super::draft::Draft;
use super::files::{Kept, MOST};
use super::question::{self, Known, Question as _};
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::ids::{AttachmentId, CommandId};
use register::personal::Text;
use web::{App, Form, Outcome, Reference, SignedIn};

/// What browsers offer to choose.
const ACCEPT: &str = "image/jpeg,image/png,application/pdf,text/plain";

#[derive(Template)]
#[template(path = "incidents/new/evidence.html")]
struct Screen {
    page: Page,
    files: Vec<Kept>,
    accept: &'static str,
    /// Whether another file may be added.
    has_room: bool,
}

/// What there is to show for it.
pub struct Question;

impl question::Question for Question {
    const PLACE: &'static str = "evidence";
    const TITLE: &'static str = "Photographs, documents and witnesses";
    const FIELDS: &'static [&'static str] = &["evidence"];
    type Answer = Option<Text>;

    fn read(form: &mut Form, _: &Known) -> Option<Option<Text>> {
        form.optional_text_within("evidence", 5_000)
    }

    fn screen(page: Page, _: &Known) -> impl Template {
        let files = Kept::listed(page.form.typed());
        Screen { has_room: files.len() < MOST, page, files, accept: ACCEPT }
    }
}

/// `POST /incidents/new/{report}/evidence`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(report): Reference<CommandId>,
    mut sent: Form,
) -> Outcome {
    let mut draft = Draft::open(&app, &who, report).await?;
    let chosen = sent.take_files("files");
    draft.take(Question::FIELDS, &sent);
    let removed: Option<AttachmentId> = sent.value("remove").parse().ok();
    if let Some(file) = removed {
        draft.remove_file(&app, &who, file).await?;
    }
    let mut mistakes = Vec::new();
    for file in chosen {
        let taken = match app.intake.take(file.bytes).await {
            Ok(taken) => taken,
            Err(why) => {
                mistakes.push(format!("{} {why}", intake::plain_name(&file.name)));
                continue;
            }
        };
        let name = intake::name_as(&file.name, taken.media);
        let kept = Kept::new(AttachmentId::from_bits(app.service.fresh()), name, &taken);
        if draft.holds(&app, &who, &kept, &taken.bytes).await? {
            continue;
        }
        if draft.files().len() == MOST {
            mistakes.push(format!("A report takes at most {MOST} files. Remove one to add another"));
            break;
        }
        draft.add_file(&app, &who, &kept, &taken.bytes).await?;
    }
    draft.keep(&app, &who).await?;
    let mut form = draft.form();
    for mistake in mistakes {
        form.mistake("files", mistake);
    }
    match Question::read(&mut form, &Known::of(&app)) {
        Some(answer) if form.is_well() => {
            let stays = removed.is_some() || sent.value("then") == "stay";
            let place = if stays {
                address(report, Question::PLACE)
            } else {
                question::onward::<Question>(&app, &draft, &answer)
            };
            Ok(Redirect::to(&place).into_response())
        }
        _ => question::draw::<Question>(&app, &who, &draft, form),
    }
}
