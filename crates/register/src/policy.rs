//! The council's policy as data: every figure and code that a rule reads, with a version and a source.
//!
//! Rules ask the policy that was in force when the matter was decided; nothing else in this crate holds a number of days.
//! Defaults come from published practice and are named with their source; none is any particular council's.

mod bounds;
mod change;
mod clause;
mod effect;

pub use bounds::{Bound, LONGEST_WORDS};
pub use change::{Adopted, Answer, Change, ChangeNumber, Consultation, Consulted, Course, PolicyReview};
pub use clause::{Blank, Clause, LONGEST_CLAUSE};
pub use effect::{Effect, Shift, effect};

pub(crate) use bounds::check;
pub(crate) use change::{adopt, consult, endorse, propose, record_review, reject, withdraw};

use crate::choice::choices;
use crate::personal::Text;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// Which adopted version of the policy, counted from 1. Every decision cites one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32);

/// A short code of the policy's lists, two to five capital letters, such as `NLV`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(String);

impl Code {
    /// Two to five ASCII capitals or digits, or `None`.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = (2..=5).contains(&text.len());
        (fits && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()))
            .then(|| Self(text.to_owned()))
    }

    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

choices! {
    /// The lists of codes that the policy defines.
    List {
        /// What a customer did (domain: behaviour codes).
        Behaviour = "behaviours", "Kinds of behaviour";
        /// What staff must do.
        Precaution = "precautions", "Precautions";
        /// How the customer's contact is limited.
        Restriction = "restrictions", "Restrictions";
        /// Why a customer may for now not be told.
        WithholdingGround = "withholding-grounds", "Grounds for not telling a customer";
    }
}

/// One code with what it means in words that staff and customers read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its code.
    pub code: Code,
    /// What it says on a page or in a letter.
    pub words: String,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Calendar months.
    Months,
    /// Working days of England and Wales.
    WorkingDays,
    /// Calendar days.
    Days,
    /// Years.
    Years,
    /// People.
    People,
    /// Calls to the register team that were not needed.
    Calls,
}

impl Unit {
    /// What so many of it are called.
    #[must_use]
    pub const fn label(self, count: u32) -> &'static str {
        match (self, count) {
            (Unit::Months, 1) => "month",
            (Unit::Months, _) => "months",
            (Unit::WorkingDays, 1) => "working day",
            (Unit::WorkingDays, _) => "working days",
            (Unit::Days, 1) => "day",
            (Unit::Days, _) => "days",
            (Unit::People, 1) => "person",
            (Unit::People, _) => "people",
            (Unit::Calls, 1) => "needless call",
            (Unit::Calls, _) => "needless calls",
            (Unit::Years, 1) => "year",
            (Unit::Years, _) => "years",
        }
    }
}

macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $value:literal, $unit:ident, $label:literal, $source:literal;)*) => {
        /// Every figure of the policy.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Figure { $($(#[$doc])* $name,)* }

        impl Figure {
            /// Every figure, in the order of the policy page.
            pub const ALL: &[Figure] = &[$(Figure::$name,)*];

            /// Its stable key in stored policies.
            #[must_use]
            pub const fn key(self) -> &'static str { match self { $(Figure::$name => $key,)* } }

            /// The default, in [`Figure::unit`].
            #[must_use]
            pub const fn default_value(self) -> u32 { match self { $(Figure::$name => $value,)* } }

            /// What it counts.
            #[must_use]
            pub const fn unit(self) -> Unit { match self { $(Figure::$name => Unit::$unit,)* } }

            /// What the policy page calls it.
            #[must_use]
            pub const fn label(self) -> &'static str { match self { $(Figure::$name => $label,)* } }

            /// The figure with this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|figure| figure.key() == key)
            }

            /// Where the default comes from.
            #[must_use]
            pub const fn source(self) -> &'static str { match self { $(Figure::$name => $source,)* } }
        }
    };
}

figures! {
    /// The longest time between two reviews of a live measure.
    ReviewInterval = "review-interval", 6, Months, "Longest time between reviews", "Cabinet report 2020, 6.1: at least six monthly";
    /// The same for an entry in the red band.
    RedReviewInterval = "red-review-interval", 3, Months, "Longest time between reviews in the red band", "Practice: the more is asked of the customer, the sooner it is looked at again";
    /// How long before a review is due it appears as work.
    ReviewNotice = "review-notice", 30, Days, "Review appears as work before it is due", "Practice";
    /// How long an interim marker lives unless it is confirmed.
    InterimLife = "interim-life", 10, WorkingDays, "Life of an interim marker", "Practice: provisional entries at North Somerset and Hackney; the limit is ours";
    /// From report to triage.
    Triage = "triage", 2, WorkingDays, "Triage after a report", "Practice";
    /// From triage to a complete assessment.
    Assess = "assess", 5, WorkingDays, "Assessment after triage", "Practice";
    /// From assessment to decision.
    Decide = "decide", 5, WorkingDays, "Decision after assessment", "Practice";
    /// From decision to the customer being told.
    Notify = "notify", 5, WorkingDays, "Letter after decision", "Practice; UK GDPR art. 14(3) sets one month at most";
    /// How long a customer has to appeal.
    AppealLodge = "appeal-lodge", 20, WorkingDays, "Time to appeal", "Edinburgh: 20 working days, the generous end of published practice";
    /// From appeal to its decision.
    AppealDecide = "appeal-decide", 20, WorkingDays, "Time to decide an appeal", "Practice; Glasgow: 10 working days";
    /// From appeal to the letter that says it has arrived.
    AppealAcknowledge = "appeal-acknowledge", 5, WorkingDays, "Time to acknowledge an appeal", "Practice";
    /// From an outcome to the letter that tells of it.
    TellOutcome = "tell-outcome", 5, WorkingDays, "Letter after a review, change or appeal", "Practice";
    /// How soon a measure is looked at again when something about it changed.
    EarlyReview = "early-review", 10, WorkingDays, "Review after a change", "Practice";
    /// The longest time between two meetings of the Governance Group.
    MeetingInterval = "meeting-interval", 3, Months, "Longest time between meetings", "Cabinet report 2020, 6.2: quarterly";
    /// The fewest members who decide.
    Quorum = "quorum", 3, People, "Members needed to decide", "Practice";
    /// From a withdrawal to each team's word that it is carried out.
    Withdraw = "withdraw", 1, WorkingDays, "Teams confirm that a marker is withdrawn", "Practice; UK GDPR art. 19: recipients are told";
    /// How long a warning is watched before it ends by itself.
    WarningWatch = "warning-watch", 6, Months, "Watch period of a warning", "Practice";
    /// Younger than this, no measure without the data protection officer.
    AgeThreshold = "age-threshold", 18, Years, "Age below which a second safeguard is needed", "Children found on councils' lists, press reports of 2013 and 2018";
    /// Kept after a measure ends.
    RetainMeasure = "retain-measure", 6, Months, "Kept after a measure ends", "Cheltenham's privacy statement: at most six months after removal";
    /// How long after a measure ends its decision, letters and reviews are kept, sealed. 0: no longer than the rest.
    SealedDecisionFile = "sealed-decision-file", 0, Months, "Sealed decision file kept after a measure ends (0: not kept apart)", "Off until a council adopts it and its privacy notice says so; 15 months cover the ombudsman’s twelve and a margin";
    /// Kept after an incident that led to nothing was closed.
    RetainIncident = "retain-incident", 12, Months, "Incident kept as a health and safety record", "Practice; three years where reportable under RIDDOR";
    /// Kept after a meeting closed.
    RetainMeeting = "retain-meeting", 6, Years, "Minutes and actions of a meeting kept after it closed", "Local Government Act 1972, s. 100C: minutes are open to inspection for six years; a council’s own schedule may say less";
    /// How long what was asked and shown is kept in the access log.
    RetainAccesses = "retain-accesses", 6, Years, "What was asked and shown kept in the access log", "Limitation Act 1980, ss. 2 and 9: a claim can be brought for six years";
    /// How long a report that was begun and not sent is kept.
    DraftLife = "draft-life", 14, Days, "Unsent report kept", "Practice";
    /// How long the policy and its protocol stand before somebody asks whether they still fit.
    PolicyReview = "policy-review", 12, Months, "Longest time between reviews of the policy and its protocol", "Cabinet report 2020, 6.3: reviewed each year";
    /// From a message about another matter to its answer.
    ContactAnswer = "contact-answer", 10, WorkingDays, "Time to answer another matter of a customer whose contact is limited", "Practice; Local Government Ombudsman: new complaints are looked at on their own merits";
    /// From a dispute to its answer.
    DisputeAnswer = "dispute-answer", 1, Months, "Time to answer what a subject says is wrong", "UK GDPR art. 12(3): one month";
    /// How long an entry from an old list lives without a proper assessment.
    ProvisionalLife = "provisional-life", 2, Months, "Life of an entry from an old list that is not assessed", "Practice: long enough to assess a service’s list, short enough that nobody is forgotten on it";
    /// From taking in a list to the certificate that it was destroyed where it had been kept.
    OldList = "old-list", 10, WorkingDays, "An old list is destroyed once it is taken in", "Cabinet report 2020, risk of lists held elsewhere: one register, not one per service";
    /// How long a team's word holds that it keeps no list of its own.
    Declaration = "declaration", 12, Months, "A team’s word that it keeps no list holds", "Cabinet report 2020, risk of lists held elsewhere; yearly is ours";
    /// From opening a team to its first word.
    FirstDeclaration = "first-declaration", 1, Months, "A new team’s first word that it keeps no list", "Practice";
    /// From noting somebody new to their manager's word whether they need access.
    StarterAnswer = "starter-answer", 5, WorkingDays, "A manager says whether somebody new needs access", "Cabinet report 2020, risk of staff without access; the time is ours";
    /// From a manager's asking for access to its being given or refused.
    GiveAccess = "give-access", 2, WorkingDays, "Access is given or refused once asked for", "Cabinet report 2020, risk of staff without access; the time is ours";
    /// How often each team is asked who keeps access.
    ConfirmAccess = "confirm-access", 3, Months, "Each team is asked who keeps access", "Practice: quarterly; UK GDPR art. 32(1)(d)";
    /// From asking a team to the answer.
    AnswerAccess = "answer-access", 10, WorkingDays, "Time to answer who keeps access", "Practice";
    /// How long an account can still be used that nobody answered for in time.
    AccessGrace = "access-grace", 28, Days, "An account that nobody answers for is suspended after", "Practice: after two escalations, so that nobody is sent out blind unwarned";
    /// How long a passed course holds.
    Training = "training", 12, Months, "Training is renewed after", "Cabinet report 2020, risk of not using the register; yearly is ours";
    /// How long a renewal may be overdue, and a changed policy unread, before it bars.
    RenewalGrace = "renewal-grace", 28, Days, "An overdue renewal, or a changed policy not read, bars after", "Practice: a manager has time to see to it";
    /// How often somebody says that they keep the code of conduct.
    Conduct = "conduct", 90, Days, "The code of conduct is confirmed after", "Practice: each quarter";
    /// How long after a check somebody who visits counts as one who checks.
    CheckedLately = "checked-lately", 90, Days, "Somebody who visits counts as checking after a check for", "Cabinet report 2020, risk of not using the register; the time is ours";
    /// How much worse than a needless call it is to miss somebody: from it follows how unlike a check may be and still be told to ring.
    MissWeighs = "miss-weighs", 32, Calls, "A marker that a check misses weighs as much as", "Practice: a needless call costs minutes, a miss may cost somebody’s health";
    /// How much worse than a needless call it is to warn of the wrong person: from it follows how like they must be to be shown at once.
    WrongWeighs = "wrong-weighs", 90, Calls, "A marker shown for the wrong person weighs as much as", "Practice: it is unfair to them; Clift v Slough [2010] EWCA Civ 1484";
    /// How long a sharing agreement holds before whoever answers for it says that it is still right.
    AgreementConfirmation = "agreement-confirmation", 12, Months, "A sharing agreement holds without being confirmed", "ICO data sharing code: agreements are reviewed regularly; yearly is ours";
    /// How long it still covers anything after that.
    ConfirmationGrace = "confirmation-grace", 20, WorkingDays, "A sharing agreement that nobody confirmed is suspended after", "Practice";
    /// From delivering a new or changed marker to the partner's word that it has it.
    MarkerReceipt = "marker-receipt", 2, WorkingDays, "A partner says that it has a marker delivered to it", "Practice; a withdrawn one has the time of a withdrawal";
}

/// A desk that people ring or write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// What it is called, such as "Customer Relations".
    pub name: Text,
    /// Telephone number as printed.
    pub phone: Text,
    /// Mail address.
    pub email: Text,
}

/// Who keeps the register: what pages and letters call the council, and how to reach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// The council's name.
    pub name: Text,
    /// What this council calls the register.
    pub register_name: Text,
    /// Postal address, one line each.
    pub address: Vec<Text>,
    /// The register team's desk, rung in doubt before a visit.
    pub duty_desk: Desk,
    /// Where appeals are sent.
    pub appeals_desk: Desk,
    /// The data protection officer's desk.
    pub data_protection_desk: Desk,
}

/// One adopted version of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Which version this is.
    pub version: Version,
    /// In force from this London date.
    pub effective: Date,
    /// The policy's name, cited in every letter.
    pub name: Text,
    figures: BTreeMap<Figure, u32>,
    lists: BTreeMap<List, Vec<Term>>,
    clauses: BTreeMap<Clause, Text>,
}

impl Policy {
    /// A policy from its stored parts; a figure that is not given has its default, and so has every clause of its letters.
    #[must_use]
    pub const fn new(
        version: Version,
        effective: Date,
        name: Text,
        figures: BTreeMap<Figure, u32>,
        lists: BTreeMap<List, Vec<Term>>,
    ) -> Self {
        Self { version, effective, name, figures, lists, clauses: BTreeMap::new() }
    }

    /// The same policy with clauses in these words; one that is not given has its default.
    #[must_use]
    pub fn with_clauses(self, clauses: BTreeMap<Clause, Text>) -> Self {
        Self { clauses, ..self }
    }

    /// The first version, with every default.
    #[must_use]
    pub fn first(effective: Date, name: Text) -> Self {
        let lists = DEFAULT_LISTS
            .iter()
            .map(|(list, terms)| {
                let terms = terms
                    .iter()
                    .filter_map(|(code, words)| {
                        Some(Term { code: Code::new(code)?, words: (*words).to_owned() })
                    })
                    .collect();
                (*list, terms)
            })
            .collect();
        let figures = Figure::ALL.iter().map(|figure| (*figure, figure.default_value())).collect();
        let clauses = Clause::ALL.iter().map(|clause| (*clause, Text::fixed(clause.default_words())));
        Self::new(Version(1), effective, name, figures, lists).with_clauses(clauses.collect())
    }

    /// A figure's value, in its own unit.
    #[must_use]
    pub fn figure(&self, figure: Figure) -> u32 {
        self.figures.get(&figure).copied().unwrap_or_else(|| figure.default_value())
    }

    /// The figures that were adopted with it, in order; any other has its default.
    pub fn adopted_figures(&self) -> impl Iterator<Item = (Figure, u32)> {
        self.figures.iter().map(|(figure, value)| (*figure, *value))
    }

    /// The last day of a period that began on `start`: its unit decides how days are counted.
    #[must_use]
    pub fn after(&self, start: Date, figure: Figure) -> Date {
        let value = self.figure(figure);
        match figure.unit() {
            Unit::Months => crate::calendar::months_after(start, value),
            Unit::WorkingDays => crate::calendar::working_days_after(start, value),
            Unit::Days => crate::calendar::days_after(start, value),
            Unit::Years => crate::calendar::months_after(start, value.saturating_mul(12)),
            Unit::People | Unit::Calls => start,
        }
    }

    /// The clauses that were adopted with it, in order; any other has its default.
    #[must_use]
    pub const fn adopted_clauses(&self) -> &BTreeMap<Clause, Text> {
        &self.clauses
    }

    /// Every list with its terms.
    #[must_use]
    pub const fn lists(&self) -> &BTreeMap<List, Vec<Term>> {
        &self.lists
    }

    /// The terms of a list, in the order the policy gives them.
    #[must_use]
    pub fn terms(&self, list: List) -> &[Term] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// What a code of a list means, or `None` if the policy has no such code.
    #[must_use]
    pub fn words(&self, list: List, code: &Code) -> Option<&str> {
        self.terms(list).iter().find(|term| term.code == *code).map(|term| term.words.as_str())
    }

    /// Whether a list has this code.
    #[must_use]
    pub fn has(&self, list: List, code: &Code) -> bool {
        self.words(list, code).is_some()
    }
}

/// Codes that tell of an alleged offence: what is kept about them is criminal-offence data (UK GDPR art. 10, DPA 2018 s. 11).
const OFFENCES: &[&str] = &["PA", "WPN", "THR", "DMG", "HAR", "SEX", "HATE", "ORD"];

/// Whether a behaviour amounts to an alleged offence, so that its record is criminal-offence data.
#[must_use]
pub fn is_alleged_offence(behaviour: &Code) -> bool {
    OFFENCES.contains(&behaviour.as_str())
}

/// Precautions that describe where the customer is still welcome rather than a danger, and the rest; all from published lists.
const DEFAULT_LISTS: &[(List, &[(&str, &str)])] = &[
    (
        List::Behaviour,
        &[
            ("PA", "Physical assault or attempt"),
            ("WPN", "Weapon used, shown or threatened"),
            ("VA", "Verbal abuse"),
            ("THR", "Threat to people, property or the council"),
            ("HATE", "Hostility about race, religion, disability, sexuality, sex or gender"),
            ("SEX", "Sexual harassment"),
            ("HAR", "Harassment, stalking or following"),
            ("SM", "Abuse by social media or other online message"),
            ("PSY", "Manipulation or coercion"),
            ("DMG", "Damage to property"),
            ("ANI", "Dangerous animal"),
            ("ENV", "Unsafe place, such as needles or fire risk"),
            ("ASC", "Danger from somebody else at the address"),
            ("ORD", "Court order or injunction in force"),
            ("UPC", "Unreasonably persistent contact"),
        ],
    ),
    (
        List::Precaution,
        &[
            ("NLV", "Do not visit alone: two people"),
            ("NLI", "Do not interview alone"),
            ("DNA", "Do not attend: ring first and follow the authorising officer"),
            ("ADV", "Ring for advice before any contact"),
            ("OFF", "Meet at a council office only"),
            ("APT", "By appointment, in a room with an alarm"),
            ("POL", "Agree police attendance before going"),
            ("ANI", "Animals to be secured before you go in"),
            ("TEL", "Use the telephone instead of visiting"),
            ("BUD", "Tell a colleague before and after, and carry an alarm"),
            ("TIM", "Visit in daylight and office hours only"),
            ("NFV", "Named staff only: ring to find out who"),
        ],
    ),
    (
        List::Restriction,
        &[
            ("SPOC", "Contact through one named person"),
            ("CHAN", "Contact in one way only"),
            ("TIME", "Contact at set times"),
            ("WRIT", "Contact in writing only"),
            ("READ", "Messages read, answered only where there is something new"),
            ("REP", "Contact through a representative"),
            ("SITE", "Not to enter named premises, with another way to be served"),
            ("ABA", "Acceptable behaviour agreement"),
        ],
    ),
    (
        List::WithholdingGround,
        &[
            ("VIOL", "Telling the customer now is likely to cause violence"),
            ("RISK", "Telling the customer would put a reporter or another person at risk"),
            ("POLI", "The police have asked us not to tell yet"),
            ("ORDR", "A court order prevents it"),
            ("NADR", "No address or other safe way to tell is known"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_default_code_is_a_code_and_no_list_has_one_twice() {
        let policy = Policy::first(date(2026, 1, 1), Text::new("Policy").expect("text"));
        for (list, terms) in DEFAULT_LISTS {
            assert_eq!(policy.terms(*list).len(), terms.len());
            let codes: std::collections::BTreeSet<_> = policy.terms(*list).iter().map(|t| &t.code).collect();
            assert_eq!(codes.len(), terms.len());
        }
        assert!(
            OFFENCES
                .iter()
                .all(|code| policy.words(List::Behaviour, &Code::new(code).expect("code")).is_some())
        );
    }

    #[test]
    fn a_figure_is_counted_in_its_own_unit() {
        let policy = Policy::first(date(2026, 1, 1), Text::new("Policy").expect("text"));
        assert_eq!(policy.after(date(2026, 1, 31), Figure::ReviewInterval), date(2026, 7, 31));
        assert_eq!(policy.after(date(2026, 1, 30), Figure::InterimLife), date(2026, 2, 13));
    }
}
