//! `/incidents/new/{report}/what`: what happened.

use super::question::{self, Known};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use register::incident::Channel;
use register::personal::Text;
use register::policy::Code;
use web::Form;

#[derive(Template)]
#[template(path = "incidents/new/what.html")]
struct Screen {
    page: Page,
    behaviours: Vec<Item>,
    /// Whether it may have left something with an address of its own.
    is_online: bool,
}

/// What happened.
pub struct Question;

/// What was said of it.
pub struct Answer {
    pub behaviours: Vec<Code>,
    pub what_happened: Text,
    pub exact_words: Option<Text>,
    pub post: Option<Text>,
}

impl question::Question for Question {
    const PLACE: &'static str = "what";
    const TITLE: &'static str = "What happened?";
    const FIELDS: &'static [&'static str] = &["what", "words", "post", "behaviours"];
    type Answer = Answer;

    fn read(form: &mut Form, known: &Known) -> Option<Answer> {
        let what_happened = form.text("what", "Enter what happened");
        let exact_words = form.optional_text_within("words", 5_000);
        let post = form.optional_text_within("post", 2_000);
        let behaviours = form.codes("behaviours", &known.behaviours, "Choose at least one kind of behaviour");
        Some(Answer {
            behaviours: behaviours?,
            what_happened: what_happened?,
            exact_words: exact_words?,
            post: post?,
        })
    }

    fn screen(page: Page, known: &Known) -> impl Template {
        let channel = Channel::from_key(page.form.value("channel"));
        let is_online = matches!(
            channel,
            Some(Channel::SocialMedia | Channel::Recording | Channel::WebForm | Channel::VideoCall)
        ) || !page.form.value("post").is_empty();
        Screen { page, behaviours: Item::of_terms(&known.behaviours), is_online }
    }
}
