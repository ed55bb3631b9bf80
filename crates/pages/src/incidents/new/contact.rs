//! `/incidents/new/{report}/contact`: who else is likely to meet the customer, and what would keep them safe.

use super::question::{self, Known};
use crate::page::Page;
use askama::Template;
use register::personal::Text;
use web::Form;

#[derive(Template)]
#[template(path = "incidents/new/contact.html")]
struct Screen {
    page: Page,
}

/// Who else is likely to meet them.
pub struct Question;

/// What was said of it.
pub struct Answer {
    pub likely_contact: Text,
    pub suggested_precautions: Option<Text>,
}

impl question::Question for Question {
    const PLACE: &'static str = "contact";
    const TITLE: &'static str = "Who else is likely to meet them?";
    const FIELDS: &'static [&'static str] = &["likely", "precautions"];
    type Answer = Answer;

    fn read(form: &mut Form, _: &Known) -> Option<Answer> {
        let ask = "Enter who else is likely to meet them, or that you do not know";
        let likely_contact = form.text_within("likely", ask, 2_000);
        let suggested_precautions = form.optional_text_within("precautions", 2_000);
        Some(Answer { likely_contact: likely_contact?, suggested_precautions: suggested_precautions? })
    }

    fn screen(page: Page, _: &Known) -> impl Template {
        Screen { page }
    }
}
