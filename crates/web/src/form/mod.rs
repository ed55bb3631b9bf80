//! The one mechanism for every form: what was typed, what is wrong with it, and readers that turn it into types.
//!
//! A handler reads every field first and looks afterwards, so that a person is told of everything at once:
//!
//! ```ignore
//! let name = form.text("name", "Enter the team’s name");
//! let contact = form.choice::<Meets>("contact", "Choose how the team meets customers");
//! let (Some(name), Some(contact)) = (name, contact) else { return show(form) };
//! ```
//!
//! A field that is missing is an empty one; nothing that a browser or a script sends makes reading fail.

mod choice;
mod date;
mod extract;
mod read;
mod typed;

pub use choice::Choice;
pub use date::with_capital;
pub use extract::{Filter, LARGEST_BODY, STRANGERS_BODY};
pub use typed::{Typed, Uploaded};

use crate::problem::Problem;
use register::ids::CommandId;
use register::refusal::Refusal;
use service::Failure;

/// The hidden field that names one asking.
pub const COMMAND: &str = "command";

/// The id of the main part of every page, where a mistake leads that is at no field.
pub const MAIN: &str = "main-content";

/// What was typed into a form and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    typed: Typed,
    problems: Vec<Mistake>,
}

/// Something about a form that the person must put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field, or empty where it is about the form as a whole.
    pub field: String,
    /// The id of the input that the summary links to.
    pub anchor: String,
    /// What to do, without a full stop.
    pub message: String,
    /// The rule behind it, where it was a refusal.
    pub clause: Option<&'static str>,
}

impl Form {
    /// An empty form that will ask `command` once, however often it is sent.
    #[must_use]
    pub fn new(command: CommandId) -> Self {
        Self::default().with(COMMAND, command)
    }

    /// The form with `value` in `field`, beside what is there.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl ToString) -> Self {
        self.typed.add(field, &value.to_string());
        self
    }

    /// What was typed.
    #[must_use]
    pub const fn typed(&self) -> &Typed {
        &self.typed
    }

    /// What was typed into a field; empty where nothing was.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.typed.value(field)
    }

    /// Whether a radio or checkbox is chosen.
    #[must_use]
    pub fn holds(&self, field: &str, value: &str) -> bool {
        self.typed.values(field).any(|held| held == value)
    }

    /// Takes the files that were chosen in a field.
    pub fn take_files(&mut self, field: &str) -> Vec<Uploaded> {
        self.typed.take_files(field)
    }

    /// Says what is wrong with a field.
    pub fn mistake(&mut self, field: &str, message: impl Into<String>) {
        self.mistake_at(field, anchor(field), message);
    }

    /// Says what is wrong with a field, and in which of its inputs.
    pub fn mistake_at(&mut self, field: &str, anchor: &str, message: impl Into<String>) {
        self.problems.push(Mistake {
            field: field.to_owned(),
            anchor: anchor.to_owned(),
            message: message.into(),
            clause: None,
        });
    }

    /// Says that a rule refused the form as a whole.
    pub fn refused(&mut self, refusal: &Refusal) {
        self.refused_at("", refusal);
    }

    /// Says that a rule refused what a field holds.
    pub fn refused_at(&mut self, field: &str, refusal: &Refusal) {
        self.problems.push(Mistake {
            field: field.to_owned(),
            anchor: anchor(field).to_owned(),
            message: refusal.to_string(),
            clause: Some(refusal.clause()),
        });
    }

    /// What the service answered: done, or a refusal that is now a mistake of the form, at the field that `field_of` names
    /// (empty: the form as a whole).
    ///
    /// # Errors
    /// The [`Problem`] for a fault, and where the account may not ask this at all.
    pub fn answered<T>(
        &mut self,
        answer: Result<T, Failure>,
        field_of: impl FnOnce(&Refusal) -> &'static str,
    ) -> Result<Option<T>, Problem> {
        match answer {
            Ok(done) => Ok(Some(done)),
            Err(Failure::Refused(refusal @ (Refusal::NotPermitted(_) | Refusal::NoSuchFile))) => {
                Err(refusal.into())
            }
            Err(Failure::Refused(refusal)) => {
                self.refused_at(field_of(&refusal), &refusal);
                Ok(None)
            }
            Err(Failure::Fault(fault)) => Err(fault.into()),
        }
    }

    /// What is wrong with a field, if anything.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|mistake| mistake.field == field).map(|mistake| mistake.message.as_str())
    }

    /// Whether the mistake of a field lies in this one of its inputs.
    #[must_use]
    pub fn is_wrong_at(&self, anchor: &str) -> bool {
        self.problems.iter().any(|mistake| mistake.anchor == anchor)
    }

    /// Everything that is wrong, in the order of the form.
    #[must_use]
    pub fn problems(&self) -> &[Mistake] {
        &self.problems
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_well(&self) -> bool {
        self.problems.is_empty()
    }

    /// The asking this form names; `fresh` where it names none.
    #[must_use]
    pub fn command(&self, fresh: CommandId) -> CommandId {
        self.value(COMMAND).parse().unwrap_or(fresh)
    }
}

/// The id that a field's mistake leads to; the page's main part where it is about the form as a whole.
const fn anchor(field: &str) -> &str {
    if field.is_empty() { MAIN } else { field }
}

impl From<Typed> for Form {
    fn from(typed: Typed) -> Self {
        Self { typed, problems: Vec::new() }
    }
}

/// The bits of the reference of what a form opens: the same form sent twice names the same thing.
#[must_use]
pub const fn reference_bits(command: CommandId) -> u64 {
    let [_, _, _, _, _, _, _, _, low @ ..] = command.0.to_be_bytes();
    u64::from_be_bytes(low)
}
