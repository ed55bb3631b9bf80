//! The small things that components show: answers to choose from, rows, links, tags, steps, moments. Ready words, no rules.

use crate::words;
use register::moment::{Actor, Moment};
use register::policy::Term;
use register::state::Register;
use web::form::Choice;

/// A link.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads.
    pub address: String,
    /// What it says.
    pub label: String,
}

/// An answer to choose: a radio, checkbox or option.
#[derive(Debug, Clone)]
pub struct Item {
    /// What the form sends.
    pub value: String,
    /// What it says.
    pub label: String,
    /// What it means, or empty.
    pub hint: String,
}

impl Item {
    /// An answer.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), hint: String::new() }
    }

    /// Every answer of a closed list.
    pub fn all<C: Choice>() -> Vec<Self> {
        C::ALL.iter().map(|choice| Self::new(choice.key(), choice.label())).collect()
    }

    /// Every code of a list of the policy.
    pub fn of_terms(terms: &[Term]) -> Vec<Self> {
        terms.iter().map(|term| Self::new(&term.code, term.words.clone())).collect()
    }

    /// Every open account that may do something by one of its roles, by name.
    pub fn of_accounts<'r>(accounts: impl Iterator<Item = &'r register::people::Account>) -> Vec<Self> {
        let mut items: Vec<Self> = accounts.map(|account| Self::new(account.id, account.name())).collect();
        items.sort_by(|one, other| one.label.cmp(&other.label));
        items
    }

    /// Every team, by name.
    pub fn of_teams(register: &Register) -> Vec<Self> {
        let mut items: Vec<Self> = register.teams().map(|team| Self::new(team.id, team.name())).collect();
        items.sort_by(|one, other| one.label.cmp(&other.label));
        items
    }

    /// The same answer, explained.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The id of its input: the first has its field's name, so that the error summary leads there.
    pub fn id(&self, field: &str, index: &usize) -> String {
        if *index == 0 { field.to_owned() } else { format!("{field}-{}", index + 1) }
    }
}

/// A row of a summary list, or a fact of an identity bar.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is.
    pub key: String,
    /// What it says; line breaks are kept, and empty reads "Not given".
    pub value: String,
    /// Where it is changed.
    pub change: Option<String>,
}

impl Row {
    /// A row.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into(), change: None }
    }

    /// The same row with a link to change it.
    #[must_use]
    pub fn change(mut self, address: impl Into<String>) -> Self {
        self.change = Some(address.into());
        self
    }
}

/// A short state in a coloured box; plain words without a colour.
#[derive(Debug, Clone)]
pub struct Tag {
    /// What it says.
    pub label: String,
    /// A colour of GOV.UK's tags: blue, green, grey, orange, pink, purple, red, teal, yellow. Or empty.
    pub colour: &'static str,
}

impl Tag {
    /// A tag.
    pub fn new(label: impl Into<String>, colour: &'static str) -> Self {
        Self { label: label.into(), colour }
    }
}

/// One line of a task list.
#[derive(Debug, Clone)]
pub struct Step {
    /// What is to be done.
    pub label: String,
    /// More about it, or empty.
    pub hint: String,
    /// Where it is done; none while it cannot be.
    pub address: Option<String>,
    /// How far it is.
    pub status: Tag,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Where it leads, if anywhere.
    pub address: Option<String>,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), address: None }
    }

    /// A link.
    pub fn link(text: impl Into<String>, address: impl Into<String>) -> Self {
        Self { text: text.into(), address: Some(address.into()) }
    }
}

/// One line of a timeline.
#[derive(Debug, Clone)]
pub struct Happened {
    /// What.
    pub title: String,
    /// Who did it.
    pub by: String,
    /// Whether nobody did: it fell due.
    pub is_by_system: bool,
    /// When, for programs.
    pub stamp: String,
    /// When, in words.
    pub when: String,
    /// More about it, or empty.
    pub words: String,
}

impl Happened {
    /// What happened, at a moment of the register.
    pub fn new(register: &Register, title: impl Into<String>, moment: Moment) -> Self {
        Self {
            title: title.into(),
            by: name_of(register, moment.by),
            is_by_system: moment.by == Actor::System,
            stamp: moment.at.to_string(),
            when: words::moment(moment.at),
            words: String::new(),
        }
    }

    /// The same with more about it.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }
}

/// What pages call whoever acted.
pub fn name_of(register: &Register, actor: Actor) -> String {
    match actor {
        Actor::System => "the register itself".to_owned(),
        Actor::Account(id) => {
            register.account(id).map_or_else(|| id.to_string(), register::people::Account::name)
        }
    }
}
