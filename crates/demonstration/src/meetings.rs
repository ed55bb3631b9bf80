//! The Governance Group: a meeting each quarter, which decides what reviews have proposed, and the next one called.

use crate::chance::Chance;
use crate::council::{Worker, nobody, with_role};
use crate::diary::{days_before, working_day_by, working_days_before};
use crate::story::{Proposed, Story};
use crate::words::{PROCEDURE, text};
use jiff::Timestamp;
use jiff::civil::Date;
use register::calendar::{days_after, instant, months_after, working_days_after};
use register::command::{
    AgreeAction, ApproveLetter, CallMeeting, CloseMeeting, CompleteAction, ConfirmWithdrawal,
    DecideAtMeeting, OpenMeeting, RecordLetterSent, WriteLetter,
};
use register::ids::{AccountId, AppealCode, MeasureId, MeetingId};
use register::meeting::MeetingOutcome;
use register::notice::{Delivery, Occasion};
use register::people::Role;
use register::personal::Text;
use std::collections::BTreeSet;

/// Days between the last meeting and the last day of the history: the next is to be called within a month.
const SINCE_LAST: u32 = 60;

/// Every meeting since the register was opened, oldest first. `between` was removed between
/// meetings on the day beside it, and the first meeting after that ratifies it.
pub(crate) fn hold(story: &mut Story, opened: Date, between: &[(Date, MeasureId)]) {
    let last = working_day_by(days_before(story.today(), SINCE_LAST));
    let mut days: Vec<Date> =
        std::iter::successors(Some(last), |later| Some(working_day_by(days_before(*later, 91))))
            .take_while(|day| *day > days_after(opened, 30))
            .collect();
    days.reverse();
    let mut before = opened;
    for (index, day) in days.iter().enumerate() {
        let ratified: Vec<MeasureId> =
            between.iter().filter(|(on, _)| before < *on && on <= day).map(|(_, measure)| *measure).collect();
        one(story, index, *day, &ratified);
        before = *day;
    }
}

fn call(story: &mut Story, at: Timestamp, meeting: MeetingId, held_on: Date) {
    let chair = chair().id;
    story.asks(at, keeper().id, CallMeeting { meeting, held_on, chair });
}

fn one(story: &mut Story, index: usize, day: Date, ratified: &[MeasureId]) {
    let mut chance = story.chance(&format!("meeting {index}"));
    let meeting = MeetingId::from_bits(chance.bits());
    let keeper = keeper().id;
    call(story, at(working_days_before(day, 10), 10, 0), meeting, day);
    // Whoever also decides measures would stand aside too often, and stays away.
    let present: BTreeSet<AccountId> = with_role(Role::GovernanceGroup)
        .into_iter()
        .filter(|member| !member.roles.contains(&Role::DecisionMaker))
        .map(|member| member.id)
        .collect();
    story.asks(at(day, 16, 0), keeper, OpenMeeting { meeting, chair: chair().id, present });
    let removed = story.removals_by(day);
    let remove = removed.iter().map(|proposed| (proposed.measure, MeetingOutcome::Remove));
    let ratify = ratified.iter().map(|measure| (*measure, MeetingOutcome::Ratify));
    for (minute, (measure, outcome)) in remove.chain(ratify).enumerate() {
        let decide = DecideAtMeeting {
            meeting,
            measure,
            outcome,
            aside: BTreeSet::new(),
            reasons: says(&mut chance, &format!("meeting/{}", outcome.key())),
            next_on: None,
            still_withheld: None,
        };
        story.asks(at(day, 16, 3 + i8::try_from(minute % 50).unwrap_or(0)), keeper, decide);
    }
    for proposed in &removed {
        carried_out(story, &mut chance, day, proposed);
    }
    let who = with_role(Role::RegisterTeam).first().map_or(keeper, |worker| worker.id);
    let words = says(&mut chance, "meeting/action");
    story.asks(at(day, 16, 54), keeper, AgreeAction { meeting, who, by: months_after(day, 1), words });
    story.asks(
        at(day, 16, 58),
        keeper,
        CloseMeeting { meeting, minutes: says(&mut chance, "meeting/minutes") },
    );
    let done = at(working_days_before(months_after(day, 1), 2), 12, 0);
    story.asks(done, keeper, CompleteAction { meeting, action: 0 });
}

/// After a removal the customer is written to, and each team that was told confirms it.
fn carried_out(story: &mut Story, chance: &mut Chance, day: Date, proposed: &Proposed) {
    let (measure, occasion) = (proposed.measure, Occasion::Removed);
    let (one, other) =
        (keeper().id, with_role(Role::RegisterTeam).first().map_or(keeper().id, |worker| worker.id));
    let days = [1, 2, 3].map(|days| working_days_after(day, days));
    let (code, explanation) = (AppealCode::from_bits(chance.bits()), says(chance, "outcome/removed"));
    story.asks(at(days[0], 10, 5), one, WriteLetter { measure, occasion, code, explanation });
    story.asks(at(days[1], 11, 10), other, ApproveLetter { measure, occasion });
    let (sent_on, delivery) = (days[2], Delivery::Post);
    story.asks(at(days[2], 9, 15), one, RecordLetterSent { measure, occasion, sent_on, delivery });
    for team in &proposed.audience {
        story.asks(at(days[0], 14, 30), other, ConfirmWithdrawal { measure, team: *team });
    }
}

fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
    instant(day.at(hour, minute, 0, 0)).unwrap_or(Timestamp::MIN)
}

fn says(chance: &mut Chance, section: &str) -> Text {
    text(chance.pick(PROCEDURE.lines(section)))
}

fn chair() -> &'static Worker {
    with_role(Role::GovernanceGroup).first().copied().unwrap_or_else(nobody)
}

fn keeper() -> &'static Worker {
    with_role(Role::RegisterTeam).last().copied().unwrap_or_else(nobody)
}
