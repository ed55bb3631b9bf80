//! The council's own risk assessment of the register.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::command::*;
use register::ids::RiskId;
use register::moment::Actor;
use register::people::Action;
use register::refusal::Refusal;
use register::risk::{Control, Impact, Likelihood, Rating, Sign, to_begin_with};

const RISK: RiskId = RiskId::from_bits(7);

#[test]
fn a_score_is_impact_times_likelihood_from_one_to_thirty() {
    let mut scores = Vec::new();
    for impact in Impact::ALL {
        for likelihood in Likelihood::ALL {
            let rating = Rating { impact: *impact, likelihood: *likelihood, ..rating(Control::Accept) };
            scores.push(rating.score());
        }
    }
    assert_eq!(scores.len(), 30);
    assert_eq!((scores.iter().min(), scores.iter().max()), (Some(&1), Some(&30)));
    assert_eq!(rating(Control::Accept).score(), 8);
}

#[test]
fn a_risk_keeps_every_judgement_of_it() {
    let mut world = World::opened();
    world.does(REGISTRAR, raise(RISK, rating(Control::Accept), None));
    world.on(date(2026, 6, 1));
    let worse =
        Rating { likelihood: Likelihood::High, deadline: Some(date(2026, 9, 1)), ..rating(Control::Reduce) };
    world.does(
        PROTECTION,
        AssessRisk { risk: RISK, rating: worse, answer: risk_answer(Some("Brief every team")) },
    );
    let risk = world.register.risk(RISK).expect("a risk");
    assert_eq!(risk.judged().map(|judged| judged.rating.score()).collect::<Vec<_>>(), [8, 20]);
    assert_eq!(risk.now().moment.by, Actor::Account(PROTECTION));
    assert!(!risk.is_late(date(2026, 9, 1)) && risk.is_late(date(2026, 9, 2)));
}

#[test]
fn only_an_accepted_risk_may_be_left_as_it_is() {
    let mut world = World::opened();
    for control in [Control::Reduce, Control::Transfer, Control::Close] {
        assert_eq!(world.refused(REGISTRAR, raise(RISK, rating(control), None)), Refusal::NoRiskAction);
    }
    world.does(REGISTRAR, raise(RISK, rating(Control::Reduce), Some("Brief every team")));
}

#[test]
fn a_risk_goes_to_the_corporate_register_once_and_is_closed_once() {
    let mut world = World::opened();
    world.does(REGISTRAR, raise(RISK, rating(Control::Accept), None));
    let transfer = |on| TransferRisk { risk: RISK, on, words: text("Corporate risk 12") };
    assert_eq!(world.refused(REGISTRAR, transfer(date(2026, 3, 3))), Refusal::HappenedInFuture);
    world.does(REGISTRAR, transfer(date(2026, 3, 2)));
    assert_eq!(world.refused(REGISTRAR, transfer(date(2026, 3, 2))), Refusal::AlreadyDone);
    world.does(REGISTRAR, CloseRisk { risk: RISK, reasons: reasons() });
    let again = AssessRisk { risk: RISK, rating: rating(Control::Accept), answer: risk_answer(None) };
    assert_eq!(world.refused(REGISTRAR, again), Refusal::RiskClosed);
    assert!(!world.register.risk(RISK).expect("a risk").is_late(date(2030, 1, 1)));
}

#[test]
fn the_governance_group_reads_risks_and_does_not_write_them() {
    let mut world = World::opened();
    let raising = raise(RISK, rating(Control::Accept), None);
    assert_eq!(world.refused(GOVERNOR, raising), Refusal::NotPermitted(Action::KeepRisks));
    let governor = world.register.account(GOVERNOR).expect("account");
    assert!(governor.extent(Action::ReadRisks) > register::people::Extent::Nothing);
}

#[test]
fn a_register_begins_with_three_risks_each_with_a_figure_that_tells_whether_it_comes_true() {
    let mut world = World::opened();
    let fresh = [1, 2, 3].map(RiskId::from_bits);
    for raising in to_begin_with(fresh) {
        world.system(raising);
    }
    let signs: Vec<_> = world.register.risks().filter_map(|risk| risk.sign).collect();
    assert_eq!(signs, Sign::ALL);
    assert!(world.register.risks().all(|risk| risk.now().rating.score() == 8));
    let twice = RaiseRisk { risk: fresh[0], ..raise(RISK, rating(Control::Accept), None) };
    assert_eq!(world.system_refused(twice), Refusal::ReferenceTaken);
}
