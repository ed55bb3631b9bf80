//! The policy's own history: what the council began with, a change that was not endorsed, one that was, and the annual reviews.

use crate::access;
use crate::council::with_role;
use crate::diary::Diary;
use crate::story::Story;
use crate::words::text;
use jiff::Timestamp;
use jiff::civil::Date;
use register::calendar::days_after;
use register::command::{EndorsePolicy, LogConsultation, ProposePolicy, RejectPolicy, ReviewPolicy};
use register::ids::AccountId;
use register::people::Role;
use register::personal::Text;
use register::policy::{ChangeNumber, Clause, Consulted, Figure, List, Policy, Term, Version};
use std::collections::BTreeMap;

const NAME: &str = "Unreasonable Customer Behaviour Policy";

/// This council keeps decision files, sealed, until the ombudsman’s time is over.
const SEALED: (Figure, u32) = (Figure::SealedDecisionFile, 15);

/// Our appeal page by its address; what the register comes with can only say whom to ask for it.
const APPEAL_ONLINE: &str = "You can also appeal at www.wyvernshire.example/appeal. Enter the reference {reference} and the code {code}.";

/// What the council began with: in two points not what it says today.
pub(crate) fn first(effective: Date) -> Policy {
    let today = Policy::first(effective, text(NAME));
    let mut lists = today.lists().clone();
    for term in lists.values_mut().flatten().filter(|term| term.code.as_str() == "TIM") {
        term.words = "Visit in office hours only".to_owned();
    }
    Policy::new(Version(1), effective, text(NAME), [SEALED, (Figure::DraftLife, 7)].into(), lists)
}

/// Everything that is asked about the policy from the day the register was opened on.
pub(crate) fn enter(story: &mut Story, opened: Date) {
    let (Some(owner), Some(cabinet)) =
        (with_role(Role::PolicyOwner).first().copied(), with_role(Role::CabinetMember).first().copied())
    else {
        return;
    };
    let mut chance = story.chance("the policy");
    let mut at = |days: u32| -> (Timestamp, Date) {
        let mut diary = Diary::open(days_after(opened, days));
        let date = diary.date();
        (diary.on(date, &mut chance), date)
    };
    let (owner, cabinet) = (owner.id, cabinet.id);

    let (reviewed, _) = at(338);
    let words = "Read through with Customer Relations and the union branches. Nine months of cases show no figure that does not fit.";
    story.asks(reviewed, owner, ReviewPolicy { words: text(words) });

    // Less time to appeal: not endorsed.
    let (proposed, date) = at(452);
    let began = first(opened);
    let figures = [SEALED, (Figure::DraftLife, 7), (Figure::AppealLodge, 10)].into();
    let change = Change {
        number: ChangeNumber(1),
        figures,
        lists: began.lists().clone(),
        clauses: BTreeMap::new(),
        effective: days_after(date, 60),
        reasons: "Most appeals arrive within a week, and the rest hold up the closing of files.",
    };
    change.is_proposed(story, owner, proposed);
    let (logged, held_on) = at(470);
    change.is_consulted_on(
        story,
        owner,
        logged,
        Consulted::Customers,
        held_on,
        "The citizens’ advice office says that people who need help to write need the twenty days.",
    );
    let (answered, _) = at(481);
    let reasons =
        "People who need an advocate need the time. Ten days would save us little and cost them an appeal.";
    story.asks(answered, cabinet, RejectPolicy { change: change.number, reasons: text(reasons) });

    // What the policy says today.
    let (proposed, date) = at(662);
    let change = Change {
        number: ChangeNumber(2),
        figures: [SEALED].into(),
        lists: Policy::first(opened, text(NAME)).lists().clone(),
        clauses: [(Clause::AppealOnline, text(APPEAL_ONLINE))].into(),
        effective: days_after(date, 48),
        reasons: "Officers on leave lost reports they had begun: seven days are too few. In winter, office hours end after dark, so the precaution now says daylight. Our letters give the address of the appeal page.",
    };
    change.is_proposed(story, owner, proposed);
    for (days, consulted, words) in [
        (668, Consulted::TradeUnions, "Both branches agree, and asked for the words about daylight."),
        (
            670,
            Consulted::HumanResources,
            "No comment on the figure. The lone working guidance will say the same.",
        ),
        (676, Consulted::ExecutiveTeam, "Noted. No cost."),
        (
            681,
            Consulted::DataProtection,
            "Fourteen days for an unsent report is still short. Content with it.",
        ),
    ] {
        let (logged, held_on) = at(days);
        change.is_consulted_on(story, owner, logged, consulted, held_on, words);
    }
    let (answered, _) = at(692);
    let reasons = "Small, asked for by those who go out, and nobody is worse off for it.";
    story.asks(answered, cabinet, EndorsePolicy { change: change.number, reasons: text(reasons) });

    access::read_policy(story, Version(1), opened);
    access::read_policy(story, Version(2), change.effective);

    let (reviewed, _) = at(1_042);
    let words = "Reviewed against the ombudsman’s decisions of the year. The two on overdue reviews concern councils that had no date at all; ours has.";
    story.asks(reviewed, owner, ReviewPolicy { words: text(words) });
}

/// A change of the policy.
struct Change {
    number: ChangeNumber,
    figures: BTreeMap<Figure, u32>,
    lists: BTreeMap<List, Vec<Term>>,
    clauses: BTreeMap<Clause, Text>,
    effective: Date,
    reasons: &'static str,
}

impl Change {
    fn is_proposed(&self, story: &mut Story, by: AccountId, at: Timestamp) {
        let asked = ProposePolicy {
            name: text(NAME),
            figures: self.figures.clone(),
            lists: self.lists.clone(),
            clauses: self.clauses.clone(),
            effective: self.effective,
            reasons: text(self.reasons),
        };
        story.asks(at, by, asked);
    }

    fn is_consulted_on(
        &self,
        story: &mut Story,
        by: AccountId,
        at: Timestamp,
        consulted: Consulted,
        held_on: Date,
        words: &str,
    ) {
        let (change, words) = (self.number, text(words));
        story.asks(at, by, LogConsultation { change, consulted, held_on, words });
    }
}
