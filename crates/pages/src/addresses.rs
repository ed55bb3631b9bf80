//! `/addresses`, and how an address of the council's own list is chosen in any form, with JavaScript and without.
//!
//! With it, the field suggests as somebody types. Without it, "Find address" sends the form back with what was found, as answers to choose
//! from; whatever the form is sent for next, the chosen one is put into its fields first. Either way the form remembers what was chosen, so
//! that an address changed by hand afterwards loses the property reference of the one it was. Any other text may be typed as before.

use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use gazetteer::{Address, Gazetteer, MOST, Standing};
use register::people::Action;
use service::Fault;
use web::{App, Form, Outcome, Problem, SignedIn};

/// The button that asks for the addresses of a field; its value is the field.
pub const FIND: &str = "find";

/// The answer that leaves what was typed.
const NONE: &str = "none";

/// The fields that a chosen address fills. Where a form has no field for the postcode it stands at the end of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'n> {
    /// House, street and town.
    pub lines: &'n str,
    /// Postcode.
    pub postcode: Option<&'n str>,
    /// Property reference.
    pub uprn: Option<&'n str>,
}

/// What becomes of a form that was sent.
pub enum Settled {
    /// It only asks which addresses there are: it is shown again with them, and nothing is done.
    Asks(Form),
    /// It goes on, with what was chosen in its fields.
    Goes(Form),
}

/// What was found for a field.
#[derive(Debug, Clone)]
pub struct Found {
    /// The field.
    pub field: String,
    /// The field of the answer to which of them is meant.
    pub answer: String,
    /// Addresses to choose from, and "none of these"; empty where none was found.
    pub items: Vec<Item>,
    /// What to say where none was.
    pub say: &'static str,
}

impl Found {
    /// Looks for what was typed into a field.
    pub fn of(gazetteer: &Gazetteer, field: &str, typed: &str) -> Self {
        let with = |items, say| Self { field: field.to_owned(), answer: answer(field), items, say };
        let none = |say| with(Vec::new(), say);
        if typed.trim().is_empty() {
            return none(
                "Type part of an address, such as a house number and street, then choose “Find address” again.",
            );
        }
        let Ok(found) = looked_up(gazetteer.suggest(typed, MOST)) else {
            return none(
                "The council’s address list cannot be read at the moment. You can go on with what you typed.",
            );
        };
        if found.is_empty() {
            return none(
                "The council’s address list has nothing like it. You can go on with what you typed, or change it.",
            );
        }
        let mut items: Vec<Item> =
            found.iter().map(|address| Item::new(address.uprn, in_one_line(address))).collect();
        items.push(Item::new(NONE, "None of these: keep what I typed"));
        with(items, "")
    }
}

#[derive(Template)]
#[template(path = "addresses/options.html")]
struct Options {
    found: Vec<Address>,
}

/// `POST /addresses`: what was typed so far, answered with the options of a list. It is a POST so that no address stands in an address.
pub async fn suggest(State(app): State<App>, who: SignedIn, form: Form) -> Outcome {
    let asks = [Action::Check, Action::ReportIncident, Action::DescribeSubject];
    if !asks.into_iter().any(|action| who.may(action)) {
        return Err(Problem::NotPermitted(Action::Check));
    }
    let found = looked_up(app.gazetteer.suggest(form.value("typed"), MOST))?;
    let drawn = Options { found }.render().map_err(|error| Fault::log(&error))?;
    Ok(Html(drawn).into_response())
}

/// Puts chosen addresses into the fields of a form, and says whether it goes on.
pub fn settle<'n>(app: &App, form: Form, places: impl IntoIterator<Item = Place<'n>>) -> Settled {
    let mut typed = form.typed().clone();
    let mut asks = false;
    for Place { lines, postcode, uprn } in places {
        let (answer, memory) = (answer(lines), chosen(lines));
        // Whoever asks again means what they typed, not what they chose of an earlier answer.
        let asks_again = form.value(FIND) == lines;
        asks |= asks_again;
        let answered = form.value(&answer).parse().ok().filter(|_| !asks_again);
        let answered = answered.map(|uprn| looked_up(app.gazetteer.standing(uprn)));
        let remembered = form.value(&memory);
        let mut put = |field: Option<&str>, value: &str| {
            if let Some(field) = field {
                typed.replace(field, [value]);
            }
        };
        if let Some(Ok(Standing::Live(address))) = answered {
            let whole = if postcode.is_some() { address.lines.clone() } else { in_one_line(&address) };
            put(Some(lines), &whole);
            put(postcode, address.postcode.as_deref().unwrap_or_default());
            put(uprn, &address.uprn.to_string());
            put(Some(&memory), &format!("{} {whole}", address.uprn));
        } else if let Some((known, whole)) = remembered.split_once(' ')
            && form.value(lines).trim() != whole
        {
            // It is another address now. A reference that was typed since is its own.
            if uprn.is_some_and(|uprn| form.value(uprn).trim() == known) {
                put(uprn, "");
            }
            put(Some(&memory), "");
        }
        typed.replace(&answer, []);
    }
    if asks && app.gazetteer.is_loaded() {
        return Settled::Asks(typed.into());
    }
    typed.replace(FIND, []);
    Settled::Goes(typed.into())
}

/// The hidden field that remembers what was chosen: the property reference, a space, and the lines as they were filled in.
pub fn chosen(lines: &str) -> String {
    format!("chosen-{lines}")
}

fn answer(lines: &str) -> String {
    format!("found-{lines}")
}

/// Whether a property reference was live in the council's list and no longer is.
pub fn has_ended(gazetteer: &Gazetteer, uprn: u64) -> Option<u64> {
    matches!(looked_up(gazetteer.standing(uprn)), Ok(Standing::Ended)).then_some(uprn)
}

/// An address with its postcode.
fn in_one_line(address: &Address) -> String {
    let parts = std::iter::once(address.lines.as_str()).chain(address.postcode.as_deref());
    parts.collect::<Vec<_>>().join(", ")
}

/// A list that cannot be read is a fault in the log; whoever types goes on without it.
pub fn looked_up<T>(answer: Result<T, gazetteer::Unreadable>) -> Result<T, Fault> {
    answer.map_err(|unreadable| Fault::log(&unreadable))
}
