//! The verdict: precautions to those who will meet the customer, "ring" to the others, and never a name or a reason.

use crate::cases::*;
use crate::support::*;
use register::command::*;
use register::measure::Kind;
use register::partner::{Question, Uncovered};
use register::people::Role;
use register::view::{self, Certainty, Purpose, Verdict};

const PURPOSES: &[Purpose] = Purpose::ALL;

#[test]
fn the_audience_is_shown_the_precautions_and_whom_to_ring_and_other_teams_are_told_to_ring() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let subject = world.measure(measure).subject;
    let Verdict::Marker(markers) = world.check(OFFICER, subject, Certainty::Match, Purpose::Visit) else {
        panic!("no marker")
    };
    assert_eq!(markers[0].precautions[0].words, "Do not visit alone: two people");
    assert_eq!(markers[0].ring.name, "Customer Relations desk");
    for elsewhere in [ANOTHER_OFFICER, MEMBER] {
        assert!(matches!(
            world.check(elsewhere, subject, Certainty::Match, Purpose::Visit),
            Verdict::Possible(_)
        ));
    }
    // A partner without an agreement is told to ring for that reason, whoever is listed.
    let partner = world.check(PARTNER, subject, Certainty::Match, Purpose::Visit);
    assert_eq!(partner, Verdict::NotCovered(Uncovered::NoAgreement, view::duty_desk(&world.register)));
}

#[test]
fn a_possible_match_says_ring_and_nothing_more() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let subject = world.measure(measure).subject;
    let verdict = world.check(OFFICER, subject, Certainty::Possible, Purpose::Visit);
    assert_eq!(verdict, Verdict::Possible(view::duty_desk(&world.register)));
}

#[test]
fn an_entry_answers_every_purpose_a_restriction_calls_and_letters_and_a_warning_none() {
    for kind in Kind::ALL {
        let mut world = World::opened();
        let measure = world.in_force(*kind);
        let subject = world.measure(measure).subject;
        for purpose in PURPOSES {
            let contact = matches!(purpose, Purpose::Call | Purpose::Correspondence);
            let answers = match kind {
                Kind::Entry => true,
                Kind::Restriction => contact,
                Kind::Warning => false,
            };
            let verdict = world.check(OFFICER, subject, Certainty::Match, *purpose);
            assert_eq!(matches!(verdict, Verdict::Marker(_)), answers, "{kind:?} {purpose:?}");
            assert_eq!(verdict == Verdict::NoneFound, !answers, "{kind:?} {purpose:?}");
        }
    }
}

#[test]
fn restrictions_beside_an_entry_are_shown_only_to_those_who_ring_or_write() {
    let mut world = World::opened();
    let subject = world.subject();
    let measure = world.proposed_about(subject, Kind::Entry);
    world.answered(measure);
    let plan = limited(plan(Kind::Entry));
    world.does(REGISTRAR, SetPlan { measure, plan });
    world.does(REGISTRAR, complete(measure));
    let approve = world.approve(measure);
    world.does(DECIDER, approve);
    world.does(DECIDER, withhold(measure));
    world.does(PROTECTION, agree_withholding(measure));
    for purpose in PURPOSES {
        let Verdict::Marker(markers) = world.check(OFFICER, subject, Certainty::Match, *purpose) else {
            panic!("no marker")
        };
        let contact = matches!(purpose, Purpose::Call | Purpose::Correspondence);
        assert_eq!(markers[0].restrictions.is_empty(), !contact, "{purpose:?}");
    }
}

#[test]
fn nobody_is_shown_who_reported_who_it_is_or_why() {
    let mut world = World::opened();
    let entry = world.in_force(Kind::Entry);
    let subject = world.measure(entry).subject;
    for (account, ..) in CAST {
        for purpose in PURPOSES {
            for certainty in [Certainty::Match, Certainty::Possible] {
                let shown = format!("{:?}", world.check(*account, subject, certainty, *purpose));
                for word in ["Tellwright", SUBJECT_WORD, SECRET_WORD] {
                    assert!(!shown.contains(word), "{shown}");
                }
            }
        }
    }
}

#[test]
fn nobody_is_found_before_a_decision_takes_effect_and_after_it_ended() {
    let mut world = World::opened();
    for measure in [world.proposed(Kind::Entry), world.decided(Kind::Entry), world.ended(Kind::Entry)] {
        let subject = world.measure(measure).subject;
        assert_eq!(world.check(OFFICER, subject, Certainty::Match, Purpose::Visit), Verdict::NoneFound);
    }
}

#[test]
fn a_marker_that_is_shown_is_not_hidden_by_a_possible_one_beside_it() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let other = world.in_force(Kind::Entry);
    let candidates = [
        (world.measure(other).subject, Certainty::Possible),
        (world.measure(measure).subject, Certainty::Match),
    ]
    .map(|(subject, certainty)| view::Candidate { subject, certainty });
    let account = world.register.account(OFFICER).expect("account");
    let moment = world.moment(register::moment::Actor::Account(OFFICER));
    let verdict = {
        let question = Question { purpose: Purpose::Visit, uprn: None };
        view::verdict(&world.register, account, question, |_| candidates.to_vec(), &moment)
    };
    assert!(matches!(verdict, Verdict::Marker(markers) if markers.len() == 1));
}

#[test]
fn how_much_of_a_file_each_role_is_shown() {
    let world = World::opened();
    for (account, _, role, _) in CAST {
        let shown = view::disclosure(world.register.account(*account).expect("account"));
        let expected = match role {
            Role::RegisterTeam | Role::DataProtection => view::Disclosure::Everything,
            Role::LineManager | Role::DecisionMaker | Role::GovernanceGroup | Role::AppealOfficer => {
                view::Disclosure::File
            }
            Role::Officer | Role::Contractor | Role::Member | Role::Partner | Role::System => {
                view::Disclosure::Precautions
            }
            Role::PolicyOwner
            | Role::CabinetMember
            | Role::Auditor
            | Role::Administrator
            | Role::Directory => view::Disclosure::Nothing,
        };
        assert_eq!(shown, expected, "{role:?}");
    }
}

#[test]
fn the_evidence_bundle_is_for_whoever_decides_reviews_or_hears_an_appeal_and_goes_with_the_words() {
    let mut world = World::opened();
    let (measure, over, destroyed) =
        (world.in_force(Kind::Restriction), world.ended(Kind::Entry), world.destroyed(Kind::Warning));
    let takes = |measure, account| {
        let account = world.register.account(account).expect("account");
        view::bundle(&world.register, account, measure).is_some()
    };
    for (account, _, role, _) in CAST {
        let may = matches!(
            role,
            Role::RegisterTeam
                | Role::DecisionMaker
                | Role::GovernanceGroup
                | Role::AppealOfficer
                | Role::DataProtection
        );
        assert_eq!(takes(measure, *account), may, "{role:?}");
        assert_eq!(takes(over, *account), may, "{role:?}, of one that is over");
        assert!(!takes(destroyed, *account), "{role:?}, of one whose words are destroyed");
    }
}
