//! `/incidents/new/{report}/when`: when, how and where it happened.

use super::question::{self, Known};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use jiff::civil::{Date, Time};
use register::incident::Channel;
use register::personal::Text;
use web::Form;

#[derive(Template)]
#[template(path = "incidents/new/when.html")]
struct Screen {
    page: Page,
    channels: Vec<Item>,
}

/// When, how and where.
pub struct Question;

/// What was said of it.
pub struct Answer {
    pub on: Date,
    pub at: Option<Time>,
    pub channel: Channel,
    pub place: Option<Text>,
}

impl question::Question for Question {
    const PLACE: &'static str = "when";
    const TITLE: &'static str = "When and where did it happen?";
    const FIELDS: &'static [&'static str] =
        &["happened-day", "happened-month", "happened-year", "time", "channel", "place"];
    type Answer = Answer;

    fn read(form: &mut Form, known: &Known) -> Option<Answer> {
        let on = happened(form, known.today);
        let at = form.optional_time("time", "the time");
        let channel = form.choice::<Channel>("channel", "Choose how the contact happened");
        let place = match channel {
            Some(Channel::Office | Channel::Home | Channel::Street | Channel::Meeting) => {
                form.text_within("place", "Enter where it happened", 500).map(Some)
            }
            _ => form.optional_text_within("place", 500),
        };
        Some(Answer { on: on?, at: at?, channel: channel?, place: place? })
    }

    fn screen(page: Page, _: &Known) -> impl Template {
        Screen { page, channels: Item::all::<Channel>() }
    }
}

fn happened(form: &mut Form, today: Date) -> Option<Date> {
    let on = form.date("happened", "the date it happened")?;
    if on > today {
        form.mistake_at("happened", "happened-day", "The date it happened must be today or in the past");
        return None;
    }
    Some(on)
}
