//! `/incidents/new/{report}/needs`: what may explain it. A need is never a danger, and is asked of every report.

use super::question::{self, Known};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use register::personal::Text;
use web::Form;

#[derive(Template)]
#[template(path = "incidents/new/needs.html")]
struct Screen {
    page: Page,
    known: Vec<Item>,
}

web::choices! {
    /// Whether a need is known.
    pub Needs {
        /// None that the reporter knows of.
        NoneKnown = "none-known", "None that I know of";
        /// One that the reporter describes.
        Known = "known", "Yes";
    }
}

/// What may explain it.
pub struct Question;

/// What was said of it.
pub struct Answer {
    pub needs: Option<Text>,
    pub own_contribution: Option<Text>,
}

impl question::Question for Question {
    const PLACE: &'static str = "needs";
    const TITLE: &'static str = "Is there anything that may explain it?";
    const FIELDS: &'static [&'static str] = &["needs", "needs-words", "own"];
    type Answer = Answer;

    fn read(form: &mut Form, _: &Known) -> Option<Answer> {
        let ask = "Say whether you know of a need or a difficulty";
        let needs = match form.choice("needs", ask) {
            Some(Needs::Known) => {
                form.text_within("needs-words", "Enter the need or difficulty", 2_000).map(Some)
            }
            Some(Needs::NoneKnown) => Some(None),
            None => None,
        };
        let own_contribution = form.optional_text_within("own", 5_000);
        Some(Answer { needs: needs?, own_contribution: own_contribution? })
    }

    fn screen(page: Page, _: &Known) -> impl Template {
        Screen { page, known: Item::all::<Needs>() }
    }
}
