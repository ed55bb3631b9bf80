//! Readers: each takes one field, says what is wrong with it if anything is, and gives `None` exactly then.
//!
//! An optional reader gives `Some(None)` where nothing was typed. Messages say what to do, without a full stop.

use super::{Choice, Form};
use register::personal::{NotText, Text};
use register::policy::{Code, Term};
use std::collections::BTreeSet;
use std::str::FromStr;

impl Form {
    /// Text that must be there. `ask` is what to do where it is not: "Enter what happened".
    pub fn text(&mut self, field: &str, ask: &str) -> Option<Text> {
        self.text_within(field, ask, Text::LONGEST)
    }

    /// The same, of at most `most` characters.
    pub fn text_within(&mut self, field: &str, ask: &str, most: usize) -> Option<Text> {
        match self.optional_text_within(field, most)? {
            Some(text) => Some(text),
            None => self.nothing_from(field, ask),
        }
    }

    /// Text that may be left out.
    pub fn optional_text(&mut self, field: &str) -> Option<Option<Text>> {
        self.optional_text_within(field, Text::LONGEST)
    }

    /// The same, of at most `most` characters.
    pub fn optional_text_within(&mut self, field: &str, most: usize) -> Option<Option<Text>> {
        match Text::new(self.value(field)) {
            Ok(text) if text.as_str().chars().count() <= most => Some(Some(text)),
            Err(NotText::Blank) => Some(None),
            Ok(_) | Err(NotText::TooLong) => {
                let most = most.min(Text::LONGEST);
                self.nothing_from(field, &format!("Use {} characters or fewer", with_comma(most)))
            }
        }
    }

    /// One answer of a closed list.
    pub fn choice<C: Choice>(&mut self, field: &str, ask: &str) -> Option<C> {
        match C::from_key(self.value(field)) {
            Some(choice) => Some(choice),
            None => self.nothing_from(field, ask),
        }
    }

    /// One answer of a closed list, or none.
    pub fn optional_choice<C: Choice>(&mut self, field: &str) -> Option<Option<C>> {
        if self.value(field).is_empty() {
            return Some(None);
        }
        self.choice(field, "Choose from the list").map(Some)
    }

    /// At least one answer of a closed list.
    pub fn choices<C: Choice>(&mut self, field: &str, ask: &str) -> Option<BTreeSet<C>> {
        let chosen: BTreeSet<C> = self.typed.values(field).filter_map(C::from_key).collect();
        if chosen.is_empty() { self.nothing_from(field, ask) } else { Some(chosen) }
    }

    /// Any answers of a closed list.
    #[must_use]
    pub fn optional_choices<C: Choice>(&self, field: &str) -> BTreeSet<C> {
        C::ALL.iter().copied().filter(|choice| self.holds(field, choice.key())).collect()
    }

    /// At least one code of a list of the policy, in the policy's order.
    pub fn codes(&mut self, field: &str, terms: &[Term], ask: &str) -> Option<Vec<Code>> {
        let chosen = self.optional_codes(field, terms);
        if chosen.is_empty() { self.nothing_from(field, ask) } else { Some(chosen) }
    }

    /// Any codes of a list of the policy, in the policy's order.
    #[must_use]
    pub fn optional_codes(&self, field: &str, terms: &[Term]) -> Vec<Code> {
        terms
            .iter()
            .filter(|term| self.holds(field, term.code.as_str()))
            .map(|term| term.code.clone())
            .collect()
    }

    /// A reference, as people write them.
    pub fn reference<T: FromStr>(&mut self, field: &str, ask: &str) -> Option<T> {
        match self.value(field).parse() {
            Ok(reference) => Some(reference),
            Err(_) => self.nothing_from(field, ask),
        }
    }

    /// A reference that may be left out. `ask` is what to do where something else was typed.
    pub fn optional_reference<T: FromStr>(&mut self, field: &str, ask: &str) -> Option<Option<T>> {
        if self.value(field).trim().is_empty() {
            return Some(None);
        }
        self.reference(field, ask).map(Some)
    }

    /// At least one reference. Whatever is not one is left out.
    pub fn references<T: FromStr + Ord>(&mut self, field: &str, ask: &str) -> Option<BTreeSet<T>> {
        let chosen: BTreeSet<T> = self.typed.values(field).filter_map(|value| value.parse().ok()).collect();
        if chosen.is_empty() { self.nothing_from(field, ask) } else { Some(chosen) }
    }

    pub(super) fn nothing_from<T>(&mut self, field: &str, message: &str) -> Option<T> {
        self.mistake(field, message);
        None
    }
}

fn with_comma(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Typed;
    use register::people::Role;
    use register::view::Purpose;

    fn form(typed: &str) -> Form {
        Form::from(Typed::from_urlencoded(typed.as_bytes()))
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_and_what_was_typed_is_kept() {
        let mut form = form("name=+&purpose=party&phone=01632+960101");
        assert_eq!(form.text("name", "Enter a name"), None);
        assert_eq!(form.choice::<Purpose>("purpose", "Choose why you ask"), None);
        let phone = form.optional_text("phone").flatten();
        assert_eq!(phone.as_ref().map(Text::as_str), Some("01632 960101"));
        let said: Vec<_> = form.problems().iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(said, ["Enter a name", "Choose why you ask"]);
        assert_eq!(form.value("purpose"), "party");
    }

    #[test]
    fn a_text_of_exactly_the_most_characters_is_taken_and_one_more_is_not() {
        let mut taken = form(&format!("summary={}", "é".repeat(300)));
        assert!(taken.text_within("summary", "Enter a summary", 300).is_some());
        let mut refused = form(&format!("summary={}", "é".repeat(301)));
        assert_eq!(refused.text_within("summary", "Enter a summary", 300), None);
        assert_eq!(refused.problem("summary"), Some("Use 300 characters or fewer"));
    }

    #[test]
    fn too_much_text_is_a_mistake_even_where_text_may_be_left_out() {
        let mut form = form(&format!("notes={}", "x".repeat(20_001)));
        assert_eq!(form.optional_text("notes"), None);
        assert_eq!(form.problem("notes"), Some("Use 20,000 characters or fewer"));
    }

    #[test]
    fn several_answers_are_read_and_answers_that_do_not_exist_are_not() {
        let mut form = form("roles=officer&roles=king&roles=auditor");
        let roles = form.choices::<Role>("roles", "Choose at least one role");
        assert_eq!(roles, Some(BTreeSet::from([Role::Officer, Role::Auditor])));
        assert_eq!(form.choices::<Role>("others", "Choose at least one role"), None);
    }

    #[test]
    fn a_refusal_is_shown_like_a_mistake_with_the_rule_behind_it() {
        let mut form = form("");
        form.refused(&register::refusal::Refusal::OwnRoles);
        assert!(!form.is_well());
        assert_eq!(form.problems()[0].anchor, "main-content");
        assert_eq!(form.problems()[0].clause, Some(register::refusal::Refusal::OwnRoles.clause()));
    }
}
