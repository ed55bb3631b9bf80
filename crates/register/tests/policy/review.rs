//! Review: every live measure is looked at again in time, and one that is not says so.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::command::*;
use register::incident::Route;
use register::measure::{EndReason, Kind, Life, Stage};
use register::ombudsman::ComplaintOutcome;
use register::people::{Action, Grant, Role};
use register::refusal::Refusal;
use register::review::{Advice, Question, Stir};
use register::view::{Challenge, Footing};

#[test]
fn a_marker_is_current_on_its_review_date_and_says_overdue_from_the_next_day() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry); // decided on 2 March, to be reviewed by 2 September
    for (today, footing) in [
        (date(2026, 9, 1), Footing::InForce),
        (date(2026, 9, 2), Footing::InForce),
        (date(2026, 9, 3), Footing::ReviewOverdue),
        (date(2028, 9, 3), Footing::ReviewOverdue),
    ] {
        world.on(today);
        world.day_passes();
        assert_eq!(world.marker(measure).map(|marker| marker.footing), Some(footing), "{today}");
    }
}

#[test]
fn a_review_waits_as_work_from_thirty_days_before_it_is_due() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    world.on(date(2026, 8, 2));
    assert!(world.waiting(measure).is_empty());
    world.on(date(2026, 8, 3));
    assert_eq!(world.waiting(measure), ["Answer the questions of a review"]);
    world.does(MANAGER, answers(measure, Advice::Keep));
    assert_eq!(world.waiting(measure), ["Decide this review"]);
}

#[test]
fn an_overdue_review_is_told_to_those_who_decide_after_a_week_and_to_the_governance_group_after_two() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry); // to be reviewed by 2 September
    let (answer, decider, group) = (
        "Answer the questions of a review",
        "See to an overdue review",
        "Overdue review for the Governance Group",
    );
    for (today, waiting) in [
        (date(2026, 9, 8), vec![answer]),
        (date(2026, 9, 9), vec![answer, decider]),
        (date(2026, 9, 15), vec![answer, decider]),
        (date(2026, 9, 16), vec![answer, decider, group]),
        (date(2028, 9, 16), vec![answer, decider, group]),
    ] {
        world.on(today);
        assert_eq!(world.waiting(measure), waiting, "{today}");
    }
}

#[test]
fn whoever_answers_the_questions_of_a_review_answers_all_of_them_and_does_not_decide_it() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let retain = world.retain(measure);
    assert_eq!(world.refused(DECIDER, retain.clone()), Refusal::ReviewNotAnswered);
    for question in Question::ALL {
        let mut answers = answers(measure, Advice::Keep);
        answers.answers.remove(question);
        assert_eq!(world.refused(MANAGER, answers), Refusal::QuestionMissing(*question));
    }
    assert_eq!(world.refused(OTHER_MANAGER, answers(measure, Advice::Keep)), Refusal::OtherTeam);
    let roles = [Role::DecisionMaker, Role::RegisterTeam].into();
    let details = holder(SECOND_DECIDER, "Hobby Tellwright");
    world.does(ADMINISTRATOR, ChangeAccount { account: SECOND_DECIDER, roles, team: RELATIONS, details });
    world.does(REGISTRAR, AgreeGrant { account: SECOND_DECIDER, grant: Grant::Roles });
    world.does(SECOND_DECIDER, answers(measure, Advice::Keep));
    assert_eq!(world.refused(SECOND_DECIDER, retain.clone()), Refusal::SecondPersonNeeded);
    world.does(DECIDER, retain.clone());
    let reviews = world.measure(measure).reviews();
    assert!(reviews[0].answers.as_ref().is_some_and(|answers| answers.words.known().is_some()));
    assert_eq!(world.refused(DECIDER, retain), Refusal::ReviewNotAnswered, "each review is answered anew");
}

#[test]
fn a_measure_is_given_to_somebody_else_who_is_there() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let given = |sponsor| ChangeSponsor { measure, sponsor };
    assert_eq!(world.refused(REGISTRAR, given(MANAGER)), Refusal::AlreadyDone);
    let nobody = register::ids::AccountId::from_bits(99);
    assert_eq!(world.refused(REGISTRAR, given(nobody)), Refusal::NoSuchAccount);
    world.does(ADMINISTRATOR, CloseAccount { account: OTHER_MANAGER });
    assert_eq!(world.refused(REGISTRAR, given(OTHER_MANAGER)), Refusal::AccountClosed);
}

#[test]
fn another_incident_a_move_a_new_sponsor_a_dispute_other_occupants_fault_or_a_joined_file_bring_the_review_forward()
 {
    for stir in [
        Stir::Incident,
        Stir::Moved,
        Stir::Sponsor,
        Stir::Disputed,
        Stir::Occupants,
        Stir::Fault,
        Stir::Joined,
    ] {
        let mut world = World::opened();
        let measure = match stir {
            Stir::Occupants => world.in_force_at_premises(),
            Stir::Fault => world.turned_down(Kind::Entry),
            _ => world.in_force(Kind::Entry),
        };
        let subject = world.measure(measure).subject;
        assert!(world.waiting(measure).is_empty());
        match stir {
            Stir::Incident => {
                let incident = world.reported();
                world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
            }
            Stir::Moved => {
                world.does(REGISTRAR, DescribeSubject { subject, details: somebody(GROWN) });
                assert!(world.waiting(measure).is_empty(), "the same address is no move");
                world.does(REGISTRAR, DescribeSubject { subject, details: living_at("9 Quay Road") });
            }
            Stir::Sponsor => {
                world.does(REGISTRAR, ChangeSponsor { measure, sponsor: OTHER_MANAGER });
            }
            Stir::Disputed => {
                let dispute = dispute(measure, world.today());
                world.does(REGISTRAR, dispute);
            }
            Stir::Occupants => {
                let since = world.today();
                world.does(REGISTRAR, ChangeOccupants { subject, since, words: reasons() });
            }
            Stir::Fault => {
                let today = world.today();
                world.does(REGISTRAR, complaint(measure, today));
                world.does(REGISTRAR, end_complaint(measure, ComplaintOutcome::Fault, today));
            }
            Stir::Joined => {
                let other = world.subject();
                world.does(REGISTRAR, join(other, subject));
            }
        }
        assert_eq!(world.measure(measure).stirred.map(|(stir, _)| stir), Some(stir));
        let tasks = register::due::work(&world.register, world.today());
        let early = tasks.iter().find(|task| task.action == Action::AnswerReview).expect("brought forward");
        assert_eq!(early.by, date(2026, 3, 16), "ten working days");
        world.does(REGISTRAR, answers(measure, Advice::Keep));
        let retain = world.retain(measure);
        world.does(DECIDER, retain);
        assert!(world.measure(measure).stirred.is_none());
    }
}

#[test]
fn a_measure_in_force_is_changed_with_reasons_and_its_audience_follows_at_once() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let mut less = plan(Kind::Entry);
    less.audience = vec![PLANNING];
    less.precautions = vec![code("ADV")];
    let vary = VaryMeasure { measure, plan: less, reasons: reasons() };
    assert_eq!(world.refused(REGISTRAR, vary.clone()), Refusal::NotPermitted(Action::Review));
    let mut nobody = vary.clone();
    nobody.plan.audience.clear();
    nobody.plan.words.audience_reasons.clear();
    assert_eq!(world.refused(DECIDER, nobody), Refusal::NoAudience);
    world.does(DECIDER, vary.clone());
    assert!(world.marker(measure).is_none(), "housing is no longer told");
    assert_eq!(world.refused(DECIDER, vary), Refusal::NothingVaried);
    let variations = &world.measure(measure).variations;
    assert!(variations.len() == 1 && variations[0].reasons.known().is_some());
}

#[test]
fn a_measure_is_kept_for_at_most_six_months_from_the_review_and_not_from_the_date_it_was_due() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    world.on(date(2026, 8, 10));
    world.does(MANAGER, answers(measure, Advice::Keep));
    let refusal = Refusal::ReviewDate { latest: date(2027, 2, 10) };
    assert_eq!(world.refused(DECIDER, retain(measure, date(2027, 2, 11))), refusal);
    assert_eq!(world.refused(DECIDER, retain(measure, date(2026, 8, 10))), refusal);
    let without = ReviewMeasure { next_on: None, ..world.retain(measure) };
    assert_eq!(world.refused(DECIDER, without), refusal);
    world.does(DECIDER, retain(measure, date(2027, 2, 10)));
    assert_eq!(world.measure(measure).review_due(&world.register), Some(date(2027, 2, 10)));
    assert_eq!(world.measure(measure).last_considered(), Some(date(2026, 8, 10)));
}

#[test]
fn a_review_takes_a_warning_or_restriction_off_at_once_and_puts_an_entry_before_the_governance_group() {
    for kind in Kind::ALL {
        let mut world = World::opened();
        let measure = world.reviewable(*kind);
        world.does(DECIDER, take_off(measure));
        if *kind == Kind::Entry {
            assert_eq!(world.stage(measure), Stage::InForce);
            let challenge = world.marker(measure).map(|marker| marker.challenge);
            assert_eq!(challenge, Some(Challenge::RemovalProposed));
            let retain = world.retain(measure);
            assert_eq!(world.refused(SECOND_DECIDER, retain), Refusal::WithGovernanceGroup);
            assert_eq!(world.refused(DECIDER, take_off(measure)), Refusal::WithGovernanceGroup);
        } else {
            let life = &world.measure(measure).life;
            assert!(matches!(life, Life::Ended { reason: EndReason::NotJustified, .. }));
        }
    }
}

#[test]
fn where_the_customer_was_not_told_every_review_says_afresh_why_not() {
    let mut world = World::opened();
    let measure = world.withheld(Kind::Entry);
    world.does(MANAGER, answers(measure, Advice::Keep));
    let retain = world.retain(measure);
    assert_eq!(world.refused(DECIDER, retain.clone()), Refusal::WithholdingNotReconsidered);
    world.does(DECIDER, ReviewMeasure { still_withheld: Some(reasons()), ..retain.clone() });
    let Life::InForce { reviews, .. } = &world.measure(measure).life else { panic!("not in force") };
    assert!(reviews.last().is_some_and(|review| review.still_withheld.is_some()));
    world.does(MANAGER, answers(measure, Advice::Keep));
    assert_eq!(world.refused(DECIDER, retain), Refusal::WithholdingNotReconsidered);
}

#[test]
fn whoever_reported_does_not_review() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let subject = world.measure(measure).subject;
    world.does(MANAGER, answers(measure, Advice::Keep));
    for reporter in [SECOND_DECIDER, MANAGER] {
        let incident = world.reported_by(reporter);
        world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    }
    let retain = world.retain(measure);
    assert_eq!(world.refused(MANAGER, answers(measure, Advice::Keep)), Refusal::ReportedIt);
    assert_eq!(world.refused(SECOND_DECIDER, retain.clone()), Refusal::ReportedIt);
    assert_eq!(world.refused(SECOND_DECIDER, take_off(measure)), Refusal::ReportedIt);
    world.does(DECIDER, retain);
}

#[test]
fn only_a_measure_in_force_is_reviewed_and_only_by_those_who_may() {
    let mut world = World::opened();
    let decided = world.decided(Kind::Entry);
    let early = world.retain(decided);
    assert_eq!(world.refused(DECIDER, early), Refusal::WrongStage(Stage::Notice));
    let measure = world.in_force(Kind::Entry);
    let retain = world.retain(measure);
    assert_eq!(world.refused(REGISTRAR, retain), Refusal::NotPermitted(Action::Review));
}
