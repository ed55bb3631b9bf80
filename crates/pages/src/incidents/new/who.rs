//! `/incidents/new/{report}/who`: whom the report is about, and how the reporter knows.

use super::question::{self, Known};
use crate::addresses::Place;
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use register::incident::{Described, Identity};
use web::Form;

#[derive(Template)]
#[template(path = "incidents/new/who.html")]
struct Screen {
    page: Page,
    identities: Vec<Item>,
}

/// Whom it is about.
pub struct Question;

/// What was said of them.
pub struct Answer {
    pub described: Described,
    pub identity: Identity,
}

impl question::Question for Question {
    const PLACE: &'static str = "who";
    const TITLE: &'static str = "Who was it?";
    const FIELDS: &'static [&'static str] = &["identity", "name", "address", "other", "how"];
    const ADDRESSES: &'static [Place<'static>] = &[Place { lines: "address", postcode: None, uprn: None }];
    type Answer = Answer;

    /// A name or "not known" must be given, and how somebody who is known is known.
    fn read(form: &mut Form, _: &Known) -> Option<Answer> {
        let name = form.optional_text_within("name", 200);
        let address = form.optional_text_within("address", 500);
        let other = form.optional_text_within("other", 2_000);
        let identity = form.choice("identity", "Say how sure you are who it was");
        let how = match identity {
            Some(Identity::Certain | Identity::Likely) => {
                form.text_within("how", "Enter how you know who it was", 1_000).map(Some)
            }
            _ => form.optional_text_within("how", 1_000),
        };
        if name == Some(None) && matches!(identity, Some(Identity::Certain | Identity::Likely)) {
            form.mistake("name", "Enter the name, or choose “Not known” below");
            return None;
        }
        let described = Described { name: name?, address: address?, other: other?, how_identified: how? };
        Some(Answer { described, identity: identity? })
    }

    fn screen(page: Page, _: &Known) -> impl Template {
        Screen { page, identities: Item::all::<Identity>() }
    }
}
