//! Comparable past cases: what a decider is shown of cases like theirs, and what never.

use crate::cases::*;
use crate::support::*;
use register::alike::{Appealed, PastCase, alike};
use register::appeal::AppealOutcome;
use register::assessment::Band;
use register::command::*;
use register::decision::{Asks, Outcome};
use register::ids::{IncidentId, MeasureId};
use register::measure::Kind;
use register::numbers::Month;

impl World {
    /// A measure about somebody new, on a report of these behaviours, in this band, assessed.
    fn assessed_over(&mut self, kind: Kind, behaviours: &[&str], band: Band) -> MeasureId {
        let incident = IncidentId::from_bits(self.fresh());
        let mut filed = report(incident, self.today());
        filed.facts.behaviours = behaviours.iter().map(|letters| code(letters)).collect();
        self.does(OFFICER, filed);
        let (subject, measure) = (self.subject(), MeasureId::from_bits(self.fresh()));
        self.does(REGISTRAR, propose(incident, subject, measure, kind));
        self.answered(measure);
        self.does(
            REGISTRAR,
            SetPlan { measure, plan: register::assessment::Proposal { band, ..plan(kind) } },
        );
        self.does(REGISTRAR, complete(measure));
        measure
    }

    fn approved_over(&mut self, kind: Kind, behaviours: &[&str], band: Band) -> MeasureId {
        let measure = self.assessed_over(kind, behaviours, band);
        let latest = register::calendar::months_after(self.today(), 3);
        self.does(DECIDER, approve(measure, latest));
        measure
    }

    fn alike(&self, measure: MeasureId) -> Vec<PastCase> {
        alike(&self.register, self.measure(measure))
    }
}

fn bands(cases: &[PastCase]) -> Vec<Option<Band>> {
    cases.iter().map(|case| case.asks.band).collect()
}

#[test]
fn a_decider_sees_what_was_decided_on_the_same_behaviours_for_the_same_kind() {
    let mut world = World::opened();
    world.approved_over(Kind::Entry, &["THR"], Band::Amber);
    world.approved_over(Kind::Restriction, &["THR"], Band::Amber);
    world.approved_over(Kind::Entry, &["VA"], Band::Amber);
    let refused = world.assessed_over(Kind::Entry, &["THR", "VA"], Band::Amber);
    world.does(DECIDER, refuse(refused));
    let open = world.assessed_over(Kind::Entry, &["THR"], Band::Amber);
    let case = |behaviours: &[&str], outcome| PastCase {
        behaviours: behaviours.iter().map(|letters| code(letters)).collect(),
        asks: Asks { band: Some(Band::Amber), precautions: vec![code("NLV")], restrictions: Vec::new() },
        outcome,
        decided_in: Month::of(world.today()),
        appeals: Vec::new(),
    };
    assert_eq!(
        world.alike(open),
        [case(&["THR"], Outcome::Approve), case(&["THR", "VA"], Outcome::Refuse)],
        "its own kind, a behaviour in common, most in common first"
    );
}

#[test]
fn its_own_band_comes_first_then_more_in_common_then_the_latest_and_five_are_enough() {
    let mut world = World::opened();
    world.approved_over(Kind::Entry, &["THR"], Band::Red);
    world.approved_over(Kind::Entry, &["THR", "VA"], Band::Amber);
    let open = world.assessed_over(Kind::Entry, &["THR"], Band::Amber);
    assert_eq!(bands(&world.alike(open)), [Some(Band::Amber), Some(Band::Red)]);
    for months in 0..6 {
        world.on(register::calendar::months_after(world.today(), u32::from(months > 0)));
        world.approved_over(Kind::Entry, &["THR"], Band::Amber);
    }
    let cases = world.alike(open);
    assert_eq!(cases.len(), 5);
    assert!(cases.iter().all(|case| case.behaviours.len() == 1));
    let months: Vec<Month> = cases.iter().map(|case| case.decided_in).collect();
    assert!(months.windows(2).all(|pair| pair[0] > pair[1]), "the latest first: {months:?}");
}

#[test]
fn neither_the_customers_own_measures_nor_open_ones_are_a_comparison() {
    let mut world = World::opened();
    let own = world.approved_over(Kind::Entry, &["THR"], Band::Amber);
    world.does(DECIDER, remove(own, register::measure::EndReason::Error));
    let subject = world.measure(own).subject;
    let open = world.assessed_about(subject, Kind::Entry);
    world.assessed_over(Kind::Entry, &["THR"], Band::Amber);
    assert_eq!(world.alike(open), []);
}

#[test]
fn a_case_that_was_destroyed_is_compared_with_nothing() {
    let mut world = World::opened();
    let past = world.in_force(Kind::Entry);
    let open = world.assessed(Kind::Entry);
    assert_eq!(world.alike(open).len(), 1);
    world.does(DECIDER, remove(past, register::measure::EndReason::Error));
    assert_eq!(world.alike(open).len(), 1);
    world.on(register::calendar::months_after(world.today(), 7));
    world.system(Destroy { file: register::ids::File::Measure(past) });
    assert_eq!(world.alike(open), []);
}

#[test]
fn what_was_approved_is_shown_even_if_it_was_changed_since_and_what_came_of_an_appeal() {
    let mut world = World::opened();
    let past = world.assigned(Kind::Entry);
    let open = world.assessed(Kind::Entry);
    assert_eq!(world.alike(open)[0].appeals, [Appealed::Waits]);
    let changed = vec![code("OFF")];
    let plan = register::assessment::Proposal { precautions: changed, ..plan(Kind::Entry) };
    let mut decide = decide_appeal(past, AppealOutcome::InPart);
    decide.plan = Some(plan);
    world.does(APPEALS, decide);
    let case = &world.alike(open)[0];
    assert_eq!(case.asks.precautions, [code("NLV")], "as it was decided");
    assert_eq!(case.appeals, [Appealed::Decided(AppealOutcome::InPart)]);
    let shown = format!("{:?}", world.alike(open));
    for word in [SUBJECT_WORD, SECRET_WORD, "Tellwright", "M-"] {
        assert!(!shown.contains(word), "{shown}");
    }
}
