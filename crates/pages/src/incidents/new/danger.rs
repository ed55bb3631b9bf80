//! `/incidents/new/{report}/danger`, and the beginning of a report: is anyone in danger now?

use super::emergency;
use super::question::{self, Known};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use register::incident::Danger;
use web::Form;

#[derive(Template)]
#[template(path = "incidents/new/danger.html")]
pub struct Screen {
    page: Page,
    dangers: Vec<Item>,
    unsent: Vec<Unsent>,
}

/// A report begun and not sent.
pub struct Unsent {
    /// Where it goes on.
    pub address: String,
    /// Until when it is kept.
    pub until: String,
}

impl Screen {
    /// The question, beside reports begun before.
    pub fn new(page: Page, unsent: Vec<Unsent>) -> Self {
        Self { page, dangers: Item::all::<Danger>(), unsent }
    }
}

/// Is anyone in danger now?
pub struct Question;

impl question::Question for Question {
    const PLACE: &'static str = "danger";
    const TITLE: &'static str = "Is anyone in danger now?";
    const FIELDS: &'static [&'static str] = &["danger"];
    type Answer = Danger;

    fn read(form: &mut Form, _: &Known) -> Option<Danger> {
        form.choice("danger", "Say whether anyone is in danger now")
    }

    fn screen(page: Page, _: &Known) -> impl Template {
        Screen::new(page, Vec::new())
    }

    fn detour(danger: &Danger) -> Option<&'static str> {
        (*danger == Danger::NotCalled).then_some(emergency::PLACE)
    }
}
