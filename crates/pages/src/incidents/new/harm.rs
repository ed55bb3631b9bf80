//! `/incidents/new/{report}/harm`: who and what was hurt, and whether the police know.

use super::question::{self, Known};
use crate::page::Page;
use crate::part::Item;
use askama::Template;
use register::incident::{Injury, Police};
use register::personal::Text;
use web::Form;

#[derive(Template)]
#[template(path = "incidents/new/harm.html")]
struct Screen {
    page: Page,
    injuries: Vec<Item>,
    police: Vec<Item>,
}

/// What harm was done.
pub struct Question;

/// What was said of it.
pub struct Answer {
    pub injury: Injury,
    pub weapon_or_damage: Option<Text>,
    pub others_affected: Option<Text>,
    pub police: Police,
    pub police_reference: Option<Text>,
}

impl question::Question for Question {
    const PLACE: &'static str = "harm";
    const TITLE: &'static str = "Was anyone or anything harmed?";
    const FIELDS: &'static [&'static str] = &["injury", "weapon", "others", "police", "police-reference"];
    type Answer = Answer;

    fn read(form: &mut Form, _: &Known) -> Option<Answer> {
        let injury = form.choice("injury", "Say whether anyone was hurt");
        let weapon_or_damage = form.optional_text_within("weapon", 2_000);
        let others_affected = form.optional_text_within("others", 2_000);
        let police = form.choice("police", "Say whether the police were told");
        let police_reference = form.optional_text_within("police-reference", 200);
        Some(Answer {
            injury: injury?,
            weapon_or_damage: weapon_or_damage?,
            others_affected: others_affected?,
            police: police?,
            police_reference: police_reference?,
        })
    }

    fn screen(page: Page, _: &Known) -> impl Template {
        Screen { page, injuries: Item::all::<Injury>(), police: Item::all::<Police>() }
    }
}
