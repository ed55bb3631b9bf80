//! The characters stand where the cast says they do, as those who look for them see it.

use crate::recorded::{recorded, until};
use demonstration::{cast, personas};
use register::ids::SubjectId;
use register::measure::{Kind, Life, Measure, Stage as LifeStage};
use register::moment::{Actor, Moment};
use register::notice::Draft;
use register::partner::Question;
use register::people::Role;
use register::state::Register;
use register::view::{Candidate, Certainty, Footing, Purpose, Verdict, verdict};
use std::sync::LazyLock;

static PLAYED: LazyLock<Register> = LazyLock::new(|| {
    let stage = recorded(1, until());
    demonstration::Stage::register(&stage).clone()
});

fn subject(name: &str) -> SubjectId {
    cast().into_iter().find(|character| character.name.starts_with(name)).expect(name).subject
}

fn measures(name: &str) -> Vec<&'static Measure> {
    PLAYED.measures_about(subject(name)).collect()
}

/// What somebody of this role is told who asks about this character.
fn told(role: Role, name: &str, purpose: Purpose) -> Verdict {
    let persona = personas().into_iter().find(|persona| persona.role == role).expect("a persona");
    let account = PLAYED.account(persona.account).expect("an account");
    let candidate = Candidate { subject: subject(name), certainty: Certainty::Match };
    let moment = Moment { at: until(), by: Actor::Account(account.id) };
    verdict(&PLAYED, account, Question { purpose, uprn: None }, |_| vec![candidate], &moment)
}

fn footing(verdict: &Verdict) -> Option<Footing> {
    match verdict {
        Verdict::Marker(markers) => markers.first().map(|marker| marker.footing),
        Verdict::Possible(_) | Verdict::NotCovered(..) | Verdict::NoneFound => None,
    }
}

#[test]
fn officer_member_and_contractor_are_told_to_go_to_siobhan_in_twos() {
    for role in [Role::Officer, Role::Member, Role::Contractor] {
        let verdict = told(role, "Siobhan", Purpose::Visit);
        assert_eq!(footing(&verdict), Some(Footing::InForce), "{role:?}");
        let Verdict::Marker(markers) = verdict else { panic!("a marker") };
        assert!(markers.iter().any(|marker| marker.precautions.iter().any(|p| p.code.as_str() == "NLV")));
    }
}

#[test]
fn harold_has_support_needs_and_no_measure() {
    assert_eq!(told(Role::Officer, "Harold", Purpose::Visit), Verdict::NoneFound);
    assert!(PLAYED.subject(subject("Harold")).expect("a file").support.is_some());
    assert!(measures("Harold").is_empty());
}

#[test]
fn the_dogs_of_gorse_bank_are_known_to_whoever_calls() {
    assert_eq!(footing(&told(Role::Officer, "Gorse Bank", Purpose::Visit)), Some(Footing::InForce));
}

#[test]
fn clive_is_shown_to_whoever_rings_and_not_to_whoever_visits() {
    assert_eq!(told(Role::Officer, "Clive", Purpose::Visit), Verdict::NoneFound);
    assert_eq!(footing(&told(Role::Officer, "Clive", Purpose::Call)), Some(Footing::InForce));
}

#[test]
fn the_marker_about_dariusz_is_interim_and_the_review_of_rhiannon_is_overdue() {
    assert_eq!(footing(&told(Role::Officer, "Dariusz", Purpose::Visit)), Some(Footing::Interim));
    assert_eq!(footing(&told(Role::Officer, "Rhiannon", Purpose::Visit)), Some(Footing::ReviewOverdue));
}

#[test]
fn callum_waits_for_a_decision_that_martin_may_take() {
    let measures = measures("Callum");
    let measure = measures.first().expect("a measure");
    assert_eq!((measure.kind, measure.stage()), (Kind::Entry, LifeStage::Decision));
    let martin =
        personas().into_iter().find(|persona| persona.name == "Martin Oakenshaw").expect("a persona");
    assert!(!measure.is_reported_by(&PLAYED, martin.account));
    assert!(!measure.assessment.assessors.contains(&Actor::Account(martin.account)));
}

#[test]
fn the_letter_to_ngozi_is_written_and_not_approved() {
    let measures = measures("Ngozi");
    let measure = measures.first().expect("a measure");
    assert!(matches!(
        &measure.life,
        Life::Decided { draft: Some(Draft::Written { approved: None, .. }), .. }
    ));
}

#[test]
fn father_and_son_share_a_name_and_a_house_and_only_the_son_is_listed() {
    let son = subject("Rajinder");
    let name = PLAYED.subject(son).expect("a file").heading();
    let father =
        PLAYED.subjects().find(|other| other.id != son && other.heading() == name).expect("a father");
    assert_eq!(PLAYED.measures_about(father.id).count(), 0);
    assert_eq!(footing(&told(Role::Officer, "Rajinder", Purpose::Visit)), Some(Footing::InForce));
}
