//! Assessment: ten tests, six more where contact is to be limited, a plan and a proportionality record, by somebody who did not report it.

use crate::cases::*;
use crate::support::*;
use register::assessment::{Finding, Part, PlanWords, Recommendation, Test};
use register::command::*;
use register::ids::TeamId;
use register::incident::{Identity, Route};
use register::measure::{Kind, Stage};
use register::policy::List;
use register::refusal::Refusal;
use register::subject::Born;

#[test]
fn no_test_the_plan_or_the_record_can_be_skipped() {
    for kind in Kind::ALL {
        for test in kind.tests() {
            let mut world = World::opened();
            let measure = world.proposed(*kind);
            for other in kind.tests().iter().filter(|other| *other != test) {
                world.does(REGISTRAR, answer(measure, *other, Finding::Holds));
            }
            assert_eq!(
                world.refused(REGISTRAR, complete(measure)),
                Refusal::AssessmentMissing(Part::Test(*test))
            );
        }
    }
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    for test in Kind::Entry.tests() {
        world.does(REGISTRAR, answer(measure, *test, Finding::Holds));
    }
    assert_eq!(world.refused(REGISTRAR, complete(measure)), Refusal::AssessmentMissing(Part::Plan));
    world.does(REGISTRAR, SetPlan { measure, plan: plan(Kind::Entry) });
    assert_eq!(
        world.refused(REGISTRAR, complete(measure)),
        Refusal::AssessmentMissing(Part::Proportionality)
    );
    world.does(REGISTRAR, WeighProportionality { measure, record: proportionality() });
    world.does(REGISTRAR, complete(measure));
    assert_eq!(world.stage(measure), Stage::Decision);
}

#[test]
fn each_test_that_fails_stops_a_recommendation_to_approve_and_none_to_refuse() {
    for test in Test::ALL {
        let mut world = World::opened();
        let measure = world.proposed(Kind::Restriction);
        world.answered(measure);
        world.does(REGISTRAR, answer(measure, *test, Finding::Fails));
        assert_eq!(world.refused(REGISTRAR, complete(measure)), Refusal::TestFails(*test));
        world.does(REGISTRAR, CompleteAssessment { measure, recommendation: Recommendation::Refuse });
    }
}

#[test]
fn what_is_asked_before_contact_is_limited_is_not_asked_of_an_entry_or_a_warning() {
    let only_then: Vec<Test> =
        Test::ALL.iter().copied().filter(|test| !Kind::Entry.tests().contains(test)).collect();
    assert_eq!((Test::ALL.len(), only_then.len()), (16, 6));
    for kind in [Kind::Entry, Kind::Warning] {
        let mut world = World::opened();
        let measure = world.proposed(kind);
        for test in &only_then {
            let asked = answer(measure, *test, Finding::Holds);
            assert_eq!(world.refused(REGISTRAR, asked), Refusal::TestNotAsked(*test));
        }
    }
}

#[test]
fn a_later_answer_replaces_an_earlier_one_until_the_assessment_is_complete() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    world.does(REGISTRAR, answer(measure, Test::Serious, Finding::Fails));
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    let late = answer(measure, Test::Serious, Finding::Fails);
    assert_eq!(world.refused(REGISTRAR, late), Refusal::WrongStage(Stage::Decision));
}

#[test]
fn whoever_reported_does_not_assess() {
    let mut world = World::opened();
    let incident = world.reported_by(REGISTRAR);
    let subject = world.subject();
    let measure = register::ids::MeasureId::from_bits(77);
    world.does(SECOND_REGISTRAR, propose(incident, subject, measure, Kind::Entry));
    let commands: [Command; 4] = [
        answer(measure, Test::Serious, Finding::Holds).into(),
        SetPlan { measure, plan: plan(Kind::Entry) }.into(),
        WeighProportionality { measure, record: proportionality() }.into(),
        complete(measure).into(),
    ];
    for command in commands {
        assert_eq!(world.refused(REGISTRAR, command), Refusal::ReportedIt);
    }
}

#[test]
fn a_doubtful_identity_never_passes_as_the_right_person() {
    for (identity, established) in [
        (Identity::Certain, true),
        (Identity::Likely, true),
        (Identity::Doubtful, false),
        (Identity::Unknown, false),
    ] {
        let mut world = World::opened();
        let incident = world.reported();
        let subject = world.subject();
        let measure = register::ids::MeasureId::from_bits(77);
        world
            .does(REGISTRAR, TriageIncident { identity, ..propose(incident, subject, measure, Kind::Entry) });
        let right = answer(measure, Test::RightSubject, Finding::Holds);
        if established {
            world.does(REGISTRAR, right);
        } else {
            assert_eq!(world.refused(REGISTRAR, right), Refusal::IdentityDoubtful);
            world.does(REGISTRAR, answer(measure, Test::RightSubject, Finding::Fails));
        }
    }
}

#[test]
fn an_incident_that_triage_found_to_be_about_somebody_else_does_not_establish_who_it_was() {
    let mut world = World::opened();
    let marked = world.interim_asked();
    let incident = world.measure(marked).incidents[0];
    let other = world.subject();
    world.does(REGISTRAR, triage(incident, Some(other), Route::LogOnly));
    let right = answer(marked, Test::RightSubject, Finding::Holds);
    assert_eq!(world.refused(REGISTRAR, right), Refusal::IdentityDoubtful);
}

#[test]
fn an_entry_needs_a_precaution_a_restriction_a_restriction_and_a_warning_neither() {
    let mut world = World::opened();
    for (kind, lacking) in [(Kind::Entry, List::Precaution), (Kind::Restriction, List::Restriction)] {
        let measure = world.proposed(kind);
        let bare = plan(Kind::Warning);
        assert_eq!(world.refused(REGISTRAR, SetPlan { measure, plan: bare }), Refusal::PlanWithout(lacking));
    }
    let measure = world.proposed(Kind::Warning);
    world.does(REGISTRAR, SetPlan { measure, plan: plan(Kind::Warning) });
}

#[test]
fn every_team_of_the_audience_is_a_team_and_stands_there_once_with_a_reason() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let mut told = |audience: Vec<TeamId>, reasons: usize| {
        let mut plan = plan(Kind::Entry);
        plan.audience = audience;
        plan.words.audience_reasons = vec![text("Repairs are due."); reasons];
        world.refused(REGISTRAR, SetPlan { measure, plan })
    };
    assert_eq!(told(vec![], 0), Refusal::NoAudience);
    assert_eq!(told(vec![HOUSING, PLANNING], 1), Refusal::AudienceWithoutReason);
    assert_eq!(told(vec![HOUSING, HOUSING], 2), Refusal::AudienceWithoutReason);
    assert_eq!(told(vec![TeamId::from_bits(99)], 1), Refusal::NoSuchTeam);
}

#[test]
fn a_plan_draws_only_on_codes_of_the_policy() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let mut unknown = plan(Kind::Entry);
    unknown.precautions.push(code("WRIT"));
    assert_eq!(
        world.refused(REGISTRAR, SetPlan { measure, plan: unknown }),
        Refusal::UnknownCode(code("WRIT"))
    );
}

#[test]
fn a_summary_has_three_hundred_characters_and_not_one_more() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let of = |characters: usize| {
        let mut plan = plan(Kind::Entry);
        plan.words.summary = text(&"é".repeat(characters));
        SetPlan { measure, plan }
    };
    world.does(REGISTRAR, of(PlanWords::LONGEST_SUMMARY));
    assert_eq!(world.refused(REGISTRAR, of(PlanWords::LONGEST_SUMMARY + 1)), Refusal::SummaryTooLong);
}

#[test]
fn a_recommendation_to_approve_says_at_least_about_how_old_the_person_is() {
    let mut world = World::opened();
    let subject = world.subject_described(somebody(Born::Unknown));
    let measure = world.proposed_about(subject, Kind::Entry);
    world.answered(measure);
    assert_eq!(world.refused(REGISTRAR, complete(measure)), Refusal::AgeUnknown);
}
