//! Meetings: the Governance Group keeps or removes names each quarter, quorate, uninvolved, and with nothing left over.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::command::*;
use register::ids::{AccountId, MeasureId, MeetingId};
use register::measure::{EndReason, Kind, Life, Stage};
use register::meeting::{MeetingOutcome, Topic, agenda};
use register::notice::Occasion;
use register::people::Action;
use register::refusal::Refusal;
use register::review::Advice;

/// The measures under a topic of this meeting's agenda today.
fn listed(world: &World, meeting: MeetingId, topic: Topic) -> Vec<MeasureId> {
    let meeting = world.register.meeting(meeting).expect("a meeting");
    agenda(&world.register, meeting, world.today()).of(topic).map(|item| item.measure).collect()
}

#[test]
fn a_meeting_is_called_for_a_day_to_come_chaired_by_a_member_and_one_at_a_time() {
    let mut world = World::opened();
    let meeting = MeetingId::from_bits(7);
    let call = CallMeeting { meeting, held_on: world.today(), chair: GOVERNOR };
    let past = CallMeeting { held_on: date(2026, 3, 1), ..call.clone() };
    assert_eq!(world.refused(REGISTRAR, past), Refusal::MeetingDate);
    let stranger = CallMeeting { chair: DECIDER, ..call.clone() };
    assert_eq!(world.refused(REGISTRAR, stranger), Refusal::NotAMember);
    assert_eq!(world.refused(DECIDER, call.clone()), Refusal::NotPermitted(Action::KeepMeetings));
    world.does(REGISTRAR, call.clone());
    assert_eq!(world.refused(REGISTRAR, call.clone()), Refusal::ReferenceTaken);
    let second = CallMeeting { meeting: MeetingId::from_bits(8), ..call };
    assert_eq!(world.refused(REGISTRAR, second), Refusal::MeetingCalled);
}

#[test]
fn a_meeting_sits_on_its_day_with_a_quorum_of_members_and_its_chair() {
    let mut world = World::opened();
    let meeting = MeetingId::from_bits(7);
    world.does(REGISTRAR, CallMeeting { meeting, held_on: date(2026, 3, 9), chair: GOVERNOR });
    assert_eq!(world.refused(REGISTRAR, open_meeting(meeting)), Refusal::NotDue);
    world.on(date(2026, 3, 9));
    let with = |present: &[AccountId]| OpenMeeting {
        present: present.iter().copied().collect(),
        ..open_meeting(meeting)
    };
    let few = with(&[GOVERNOR, SECOND_GOVERNOR]);
    assert_eq!(world.refused(REGISTRAR, few), Refusal::NoQuorum { needed: 3 });
    let stranger = with(&[GOVERNOR, SECOND_GOVERNOR, DECIDER]);
    assert_eq!(world.refused(REGISTRAR, stranger), Refusal::NotAMember);
    let chairless = OpenMeeting { chair: DECIDER, ..open_meeting(meeting) };
    assert_eq!(world.refused(REGISTRAR, chairless), Refusal::NoChair);
    world.does(REGISTRAR, open_meeting(meeting));
    assert_eq!(world.refused(REGISTRAR, open_meeting(meeting)), Refusal::AlreadyDone);
}

#[test]
fn what_a_review_proposed_to_remove_stands_on_the_agenda_until_a_meeting_removes_or_keeps_it() {
    for outcome in [MeetingOutcome::Remove, MeetingOutcome::Keep] {
        let mut world = World::opened();
        let measure = world.removal_proposed();
        let meeting = world.sitting();
        assert_eq!(listed(&world, meeting, Topic::ProposedRemoval), [measure]);
        let close = CloseMeeting { meeting, minutes: reasons() };
        assert_eq!(world.refused(REGISTRAR, close.clone()), Refusal::AgendaLeft { left: 1 });
        let decide = world.at_meeting(meeting, measure, outcome);
        world.does(REGISTRAR, decide.clone());
        assert_eq!(world.refused(REGISTRAR, decide), Refusal::AlreadyDone);
        assert!(listed(&world, meeting, Topic::ProposedRemoval).is_empty());
        let (stage, letter) = match outcome {
            MeetingOutcome::Keep => (Stage::InForce, Occasion::Kept),
            _ => (Stage::Ended, Occasion::Removed),
        };
        assert_eq!(world.stage(measure), stage);
        world.told(measure, letter);
        world.does(REGISTRAR, close);
        assert!(world.register.meeting(meeting).is_some_and(|meeting| meeting.is_closed()));
    }
}

#[test]
fn a_sponsor_cannot_block_a_removal_by_answering_nothing_but_keeping_needs_the_answers() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let meeting = world.sitting();
    let keep = world.at_meeting(meeting, measure, MeetingOutcome::Keep);
    assert_eq!(world.refused(REGISTRAR, keep), Refusal::ReviewNotAnswered);
    let remove = world.at_meeting(meeting, measure, MeetingOutcome::Remove);
    world.does(REGISTRAR, remove);
    assert_eq!(world.stage(measure), Stage::Ended);
}

#[test]
fn a_member_who_reported_or_answers_for_it_stands_aside_and_the_rest_are_still_enough() {
    let mut world = World::opened();
    let measure = world.removal_proposed();
    world.does(REGISTRAR, ChangeSponsor { measure, sponsor: THIRD_GOVERNOR });
    let meeting = world.sitting();
    let remove = world.at_meeting(meeting, measure, MeetingOutcome::Remove);
    assert_eq!(world.refused(REGISTRAR, remove.clone()), Refusal::StandAside);
    let aside = DecideAtMeeting { aside: [THIRD_GOVERNOR].into(), ..remove.clone() };
    assert_eq!(world.refused(REGISTRAR, aside), Refusal::NoQuorum { needed: 3 });
    world.does(REGISTRAR, ChangeSponsor { measure, sponsor: MANAGER });
    world.does(REGISTRAR, remove);
}

#[test]
fn a_meeting_keeps_a_customer_untold_only_for_reasons_given_afresh() {
    let mut world = World::opened();
    let measure = world.withheld(Kind::Entry);
    world.does(MANAGER, answers(measure, Advice::Keep));
    let meeting = world.sitting();
    assert_eq!(listed(&world, meeting, Topic::Withheld), [measure]);
    let keep = world.at_meeting(meeting, measure, MeetingOutcome::Keep);
    assert_eq!(world.refused(REGISTRAR, keep.clone()), Refusal::WithholdingNotReconsidered);
    let long =
        DecideAtMeeting { next_on: Some(date(2026, 9, 3)), still_withheld: Some(reasons()), ..keep.clone() };
    assert_eq!(world.refused(REGISTRAR, long), Refusal::ReviewDate { latest: date(2026, 9, 2) });
    world.does(REGISTRAR, DecideAtMeeting { still_withheld: Some(reasons()), ..keep });
}

#[test]
fn the_chair_and_one_more_take_an_entry_off_between_meetings_and_the_next_meeting_ratifies_it() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let meeting = world.called(); // chaired by the first governor
    let agree = || AgreeRemoval { measure, reasons: reasons() };
    assert_eq!(world.refused(GOVERNOR, agree()), Refusal::NoRemoval);
    world.does(SECOND_GOVERNOR, AskRemoval { measure, reasons: reasons() });
    let again = AskRemoval { measure, reasons: reasons() };
    assert_eq!(world.refused(THIRD_GOVERNOR, again), Refusal::AlreadyDone);
    assert_eq!(world.waiting(measure), ["Agree a removal between meetings"]);
    assert_eq!(world.refused(SECOND_GOVERNOR, agree()), Refusal::SecondPersonNeeded);
    assert_eq!(world.refused(THIRD_GOVERNOR, agree()), Refusal::NoChair);
    world.does(GOVERNOR, agree());
    assert!(matches!(world.measure(measure).life, Life::Ended { reason: EndReason::BetweenMeetings, .. }));
    world.does(REGISTRAR, open_meeting(meeting));
    assert_eq!(listed(&world, meeting, Topic::Ratification), [measure]);
    let close = CloseMeeting { meeting, minutes: reasons() };
    assert_eq!(world.refused(REGISTRAR, close.clone()), Refusal::AgendaLeft { left: 1 });
    let ratify = world.at_meeting(meeting, measure, MeetingOutcome::Ratify);
    world.does(REGISTRAR, ratify);
    world.does(REGISTRAR, close);
}

#[test]
fn a_warning_or_restriction_is_not_for_the_governance_group() {
    let mut world = World::opened();
    let measure = world.reviewable(Kind::Restriction);
    assert_eq!(world.refused(GOVERNOR, AskRemoval { measure, reasons: reasons() }), Refusal::NotAnEntry);
    let meeting = world.sitting();
    for outcome in [MeetingOutcome::Keep, MeetingOutcome::Remove] {
        let decide = world.at_meeting(meeting, measure, outcome);
        assert_eq!(world.refused(REGISTRAR, decide), Refusal::NotAnEntry);
    }
}

#[test]
fn actions_are_agreed_with_a_name_and_a_date_and_reported_done_once() {
    let mut world = World::opened();
    let meeting = world.sitting();
    let agree = AgreeAction { meeting, who: MANAGER, by: date(2026, 4, 1), words: reasons() };
    let past = AgreeAction { by: date(2026, 3, 1), ..agree.clone() };
    assert_eq!(world.refused(REGISTRAR, past), Refusal::ActionDate);
    let nobody = AgreeAction { who: AccountId::from_bits(999_999), ..agree.clone() };
    assert_eq!(world.refused(REGISTRAR, nobody), Refusal::NoSuchAccount);
    world.does(ADMINISTRATOR, CloseAccount { account: OFFICER });
    let gone = AgreeAction { who: OFFICER, ..agree.clone() };
    assert_eq!(world.refused(REGISTRAR, gone), Refusal::AccountClosed);
    world.does(REGISTRAR, agree);
    world.does(REGISTRAR, CloseMeeting { meeting, minutes: reasons() });
    let done = CompleteAction { meeting, action: 0 };
    world.does(REGISTRAR, done.clone());
    assert_eq!(world.refused(REGISTRAR, done), Refusal::AlreadyDone);
    assert_eq!(world.refused(REGISTRAR, CompleteAction { meeting, action: 1 }), Refusal::NoSuchFile);
    let late = AgreeAction { meeting, who: MANAGER, by: date(2026, 4, 1), words: reasons() };
    assert_eq!(world.refused(REGISTRAR, late), Refusal::NotSitting);
}

#[test]
fn the_next_meeting_falls_due_three_months_after_the_last() {
    let mut world = World::opened();
    let calls = |world: &World| {
        let tasks = register::due::work(&world.register, world.today());
        tasks.iter().find(|task| task.what == "Call the next meeting").map(|task| task.by)
    };
    assert_eq!(calls(&world), None, "an empty register needs no meeting");
    let meeting = world.sitting();
    world.does(REGISTRAR, CloseMeeting { meeting, minutes: reasons() });
    world.on(date(2026, 5, 2));
    assert_eq!(calls(&world), None);
    world.on(date(2026, 5, 3));
    assert_eq!(calls(&world), Some(date(2026, 6, 2)));
    world.called();
    assert_eq!(calls(&world), None);
}

#[test]
fn the_agenda_shows_what_was_added_kept_shared_and_is_overdue_since_the_last_meeting() {
    let mut world = World::opened();
    let early = world.in_force(Kind::Entry);
    let meeting = world.sitting();
    assert_eq!(listed(&world, meeting, Topic::Addition), [early]);
    assert_eq!(listed(&world, meeting, Topic::Sharing), [early], "a contractor works in housing");
    world.does(REGISTRAR, CloseMeeting { meeting, minutes: reasons() });
    world.on(date(2026, 6, 1));
    let late = world.in_force(Kind::Entry);
    world.does(MANAGER, answers(early, Advice::Keep));
    let retain = world.retain(early);
    world.does(DECIDER, retain);
    let meeting = world.called();
    assert_eq!(listed(&world, meeting, Topic::Addition), [late]);
    assert_eq!(listed(&world, meeting, Topic::Retained), [early]);
    assert!(listed(&world, meeting, Topic::Overdue).is_empty());
    world.on(date(2026, 12, 2));
    assert_eq!(listed(&world, meeting, Topic::Overdue), [early, late]);
}
