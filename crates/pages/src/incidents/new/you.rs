//! `/incidents/new/{report}/you`: whether the reporter was there, and whether they need protection.

use super::question::{self, Known};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use register::incident::Protection;
use register::personal::Text;
use web::Form;

#[derive(Template)]
#[template(path = "incidents/new/you.html")]
struct Screen {
    page: Page,
    sources: Vec<Item>,
    protections: Vec<Item>,
}

web::choices! {
    /// How the reporter knows of it.
    pub Source {
        /// They saw, heard or received it.
        Own = "own", "I saw, heard or received it myself";
        /// Somebody told them.
        Told = "told", "Somebody told me";
    }
}

/// About the reporter.
pub struct Question;

/// What they said.
pub struct Answer {
    pub told_by: Option<Text>,
    pub protection: Protection,
}

impl question::Question for Question {
    const PLACE: &'static str = "you";
    const TITLE: &'static str = "About you";
    const FIELDS: &'static [&'static str] = &["source", "told-by", "protection"];
    type Answer = Answer;

    fn read(form: &mut Form, _: &Known) -> Option<Answer> {
        let told_by = match form.choice("source", "Say how you know about this") {
            Some(Source::Told) => form.text_within("told-by", "Enter who told you", 500).map(Some),
            Some(Source::Own) => Some(None),
            None => None,
        };
        let protection = form.choice("protection", "Say whether you want your identity protected");
        Some(Answer { told_by: told_by?, protection: protection? })
    }

    fn screen(page: Page, _: &Known) -> impl Template {
        Screen { page, sources: Item::all::<Source>(), protections: Item::all::<Protection>() }
    }
}
