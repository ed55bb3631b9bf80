//! What letters say in the same words to everybody: each clause in the council's own words, with what it may not leave out.
//!
//! What differs from customer to customer stands in a clause as a blank, such as `{phone}`, and is filled in when a letter is
//! written. What happened, the reasons and the limits themselves are no clauses: they come from the file.

use super::Policy;
use crate::choice::choices;
use crate::personal::Text;
use crate::refusal::Refusal;
use std::borrow::Cow;

/// Characters of a clause.
pub const LONGEST_CLAUSE: usize = 1_000;

choices! {
    /// What is filled in when a letter is written. Its key in braces stands for it in a clause.
    Blank {
        /// Whom to turn to.
        Desk = "desk", "the desk to turn to";
        /// Its telephone.
        Phone = "phone", "its telephone number";
        /// Its mail address.
        Email = "email", "its mail address";
        /// The reference of the measure.
        Reference = "reference", "the reference of the decision";
        /// What the customer appeals with on the public page.
        Code = "code", "the customer’s own code";
        /// How many working days.
        Days = "days", "how many working days";
        /// The last day.
        By = "by", "the last day";
        /// How many months.
        Months = "months", "how many months";
        /// The name of the policy.
        Policy = "policy", "the name of the policy";
        /// Its version.
        Version = "version", "its version";
        /// Since when that is in force.
        Since = "since", "since when that is in force";
    }
}

macro_rules! clauses {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $label:literal, [$($blank:ident),*], [$($word:literal),*], $words:literal;)*) => {
        choices! {
            /// A part of letters that every council words for itself.
            Clause { $($(#[$doc])* $name = $key, $label;)* }
        }

        impl Clause {
            /// What it says until a council says it otherwise.
            #[must_use]
            pub const fn default_words(self) -> &'static str { match self { $(Clause::$name => $words,)* } }

            /// What is filled in: each stands in the clause, and nothing else in braces does.
            #[must_use]
            pub const fn blanks(self) -> &'static [Blank] { match self { $(Clause::$name => &[$(Blank::$blank),*],)* } }

            /// Words that it cannot do without, whatever their case: what the law or a promise owes the customer.
            #[must_use]
            pub const fn must_say(self) -> &'static [&'static str] { match self { $(Clause::$name => &[$($word),*],)* } }
        }
    };
}

clauses! {
    /// What a warning comes to.
    WarningMeans = "warning-means", "What a warning means", [Months], ["warning"],
        "This is a warning. We ask you not to do this again. If nothing further happens in the next {months} months the warning ends \
         by itself. If it does, we may limit how you contact us or put your name on our register.";
    /// That a customer may ask for an early review.
    AskSooner = "ask-sooner", "Asking for an early review", [], [],
        "You can ask us to look sooner if something has changed.";
    /// What no letter takes away (promise 5).
    NeverClosed = "never-closed", "What stays open whatever we decide", [], ["999", "urgent", "ombudsman", "public meetings"],
        "In an emergency call 999. Nothing in this letter stops you asking for urgent help with your safety, your home or a child \
         or adult at risk, asking for information the law lets you have, going to an ombudsman or taking part in public meetings.";
    /// Who hears an appeal, and in what time.
    AppealHeard = "appeal-heard", "Who decides an appeal, and by when", [Days, By], ["took no part", "late"],
        "You can appeal. Somebody senior who took no part in this decision will decide your appeal within {days} working days. \
         Please appeal by {by}; we can accept a later appeal if you tell us why it is late.";
    /// Where an appeal goes.
    AppealWays = "appeal-ways", "How to appeal", [Desk, Email, Phone, Reference], [],
        "Write to {desk} at the address above or {email}, or ring {phone}. Somebody else can appeal for you. Please give the \
         reference {reference}.";
    /// The public page. A council writes its address here.
    AppealOnline = "appeal-online", "How to appeal on the website", [Reference, Code], [],
        "You can also appeal on our website: ask us for the address of the appeal page, and enter the reference {reference} and \
         the code {code}.";
    /// Who looks at it after an appeal.
    Ombudsman = "ombudsman", "The ombudsman", [], ["Local Government and Social Care Ombudsman", "Housing Ombudsman"],
        "If you are still unhappy after your appeal you can ask the Local Government and Social Care Ombudsman to look at it: \
         www.lgo.org.uk or 0300 061 0614. If it is about your council home, ask the Housing Ombudsman: \
         www.housing-ombudsman.org.uk or 0300 111 3000. Both are free.";
    /// Where what is held comes from (UK GDPR art. 14(2)(f)).
    Sources = "sources", "Where what we know comes from", [], [],
        "What we know comes from the people who were there and from our own records.";
    /// The rights over what is held (UK GDPR arts. 15 to 21, 77).
    Rights = "rights", "Rights over what we hold", [Desk, Email, Phone], ["copy", "correct", "object", "Information Commissioner"],
        "You can ask for a copy of what we hold about you, ask us to correct it, or object to our using it. We hold it as a public \
         task, to keep our staff safe. Write to {desk} at {email} or ring {phone}. You can complain to the Information \
         Commissioner: ico.org.uk or 0303 123 1113.";
    /// Adjustments (Equality Act 2010, s. 20).
    Help = "help", "Help with a letter", [Desk, Phone], ["large print", "language", "advocate"],
        "We can send this letter in large print, in another language or format, or read it to you. If a disability, your health or \
         anything else made things harder, please tell us: we will look at what we can do differently. An advocate can help you. \
         Ring {desk} on {phone}.";
    /// Under which policy it was decided.
    PolicyUsed = "policy-used", "The policy we used", [Policy, Version, Since], [],
        "We decided this under our {policy}, version {version}, in force since {since}. Ask us for a copy.";
    /// That it was our mistake.
    Apology = "apology", "An apology", [], ["mistake", "apologise"],
        "We told you that we had taken a step about you. That was a mistake: we had the wrong person, the wrong place or the wrong \
         facts. We apologise for that and for what it may have meant for you.";
}

/// A clause taken apart: its words, and what stands in braces between them.
enum Piece<'c> {
    Words(&'c str),
    /// Without the braces; whatever it is, also where a brace is never closed.
    Braced(&'c str),
}

fn pieces(words: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = words;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(inside) = rest.strip_prefix('{') else {
            let (words, after) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
            rest = after;
            return Some(Piece::Words(words));
        };
        let (braced, after) = inside.split_once('}').unwrap_or((inside, ""));
        rest = after;
        Some(Piece::Braced(braced))
    })
}

impl Clause {
    /// Whether it can be worded so.
    ///
    /// # Errors
    /// [`Refusal`] where it says nothing or far too much, leaves out what the customer is owed, or has a blank that nothing fills in.
    pub fn check(self, words: &str) -> Result<(), Refusal> {
        if words.trim().is_empty() || words.chars().count() > LONGEST_CLAUSE {
            return Err(Refusal::ClauseWords(self));
        }
        let braced: Vec<&str> = pieces(words)
            .filter_map(|piece| match piece {
                Piece::Braced(name) => Some(name),
                Piece::Words(_) => None,
            })
            .collect();
        let is_filled_in = |name: &str| self.blanks().iter().any(|blank| blank.key() == name);
        if let Some(strange) = braced.iter().find(|name| !is_filled_in(name)) {
            return Err(Refusal::ClauseBlank(self, (*strange).to_owned()));
        }
        if let Some(missing) = self.blanks().iter().find(|blank| !braced.contains(&blank.key())) {
            return Err(Refusal::ClauseMustSay(self, Cow::Owned(missing.in_braces())));
        }
        let said = words.to_lowercase();
        match self.must_say().iter().find(|word| !said.contains(&word.to_lowercase())) {
            Some(word) => Err(Refusal::ClauseMustSay(self, Cow::Borrowed(word))),
            None => Ok(()),
        }
    }
}

impl Blank {
    /// As it stands in a clause, such as `{phone}`.
    #[must_use]
    pub fn in_braces(self) -> String {
        format!("{{{}}}", self.key())
    }
}

impl Policy {
    /// A clause as the council words it, with its blanks.
    #[must_use]
    pub fn clause(&self, clause: Clause) -> &str {
        self.clauses.get(&clause).map_or(clause.default_words(), Text::as_str)
    }

    /// A clause with its blanks filled in, a paragraph each line. What is filled in is never read for blanks again.
    pub(crate) fn say(&self, clause: Clause, values: &[(Blank, &str)]) -> Vec<String> {
        let value =
            |name: &str| values.iter().find(|(blank, _)| blank.key() == name).map(|(_, value)| *value);
        let said: String = pieces(self.clause(clause))
            .map(|piece| match piece {
                Piece::Words(words) => words,
                Piece::Braced(name) => value(name).unwrap_or_default(),
            })
            .collect();
        said.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn policy_saying(clause: Clause, words: &str) -> Policy {
        let first = Policy::first(date(2026, 1, 1), Text::fixed("Policy"));
        first.with_clauses([(clause, Text::of(words))].into())
    }

    #[test]
    fn every_clause_comes_with_words_that_hold_what_they_must() {
        for clause in Clause::ALL {
            assert_eq!(clause.check(clause.default_words()), Ok(()), "{clause:?}");
        }
    }

    #[test]
    fn a_clause_is_said_with_its_blanks_filled_in_once() {
        let policy = policy_saying(Clause::Help, "Ring {desk}.\n\nThe number: {phone}, {phone}");
        let said = policy.say(Clause::Help, &[(Blank::Desk, "the {phone} desk"), (Blank::Phone, "1")]);
        assert_eq!(said, ["Ring the {phone} desk.", "The number: 1, 1"]);
    }

    #[test]
    fn a_clause_cannot_leave_out_what_the_customer_is_owed() {
        let without = |clause: Clause, what: &str| clause.check(&clause.default_words().replace(what, ""));
        for clause in Clause::ALL {
            for blank in clause.blanks() {
                let missing = Refusal::ClauseMustSay(*clause, Cow::Owned(blank.in_braces()));
                assert_eq!(without(*clause, &blank.in_braces()), Err(missing));
            }
            for word in clause.must_say() {
                let said = clause.default_words().to_lowercase();
                let refused = clause.check(&said.replace(&word.to_lowercase(), ""));
                assert_eq!(refused, Err(Refusal::ClauseMustSay(*clause, Cow::Borrowed(word))));
            }
        }
    }

    #[test]
    fn a_clause_holds_no_blank_that_nothing_fills_in() {
        for (words, strange) in [("Ask {whom}.", "whom"), ("Ask {.", "."), ("{}", ""), ("{phone}", "phone")] {
            let refusal = Refusal::ClauseBlank(Clause::AskSooner, strange.to_owned());
            assert_eq!(Clause::AskSooner.check(words), Err(refusal));
        }
        for words in [" \n".to_owned(), "a".repeat(LONGEST_CLAUSE + 1)] {
            assert_eq!(Clause::AskSooner.check(&words), Err(Refusal::ClauseWords(Clause::AskSooner)));
        }
    }
}
