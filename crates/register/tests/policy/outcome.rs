//! Outcome letters: a customer who was told is told what becomes of it, in a letter that two people made.

use crate::cases::*;
use crate::support::*;
use register::command::*;
use register::dispute::DisputeOutcome;
use register::ids::MeasureId;
use register::measure::{EndReason, Kind};
use register::notice::{Letter, Occasion};
use register::refusal::Refusal;

/// A case in which a letter of this occasion is owed.
fn owed(world: &mut World, occasion: Occasion) -> MeasureId {
    match occasion {
        Occasion::Decision => world.decided(Kind::Entry),
        Occasion::Kept => {
            let measure = world.reviewable(Kind::Entry);
            let retain = world.retain(measure);
            world.does(DECIDER, retain);
            measure
        }
        Occasion::Varied => {
            let measure = world.in_force(Kind::Entry);
            let mut less = plan(Kind::Entry);
            less.precautions = vec![code("ADV")];
            world.does(DECIDER, VaryMeasure { measure, plan: less, reasons: reasons() });
            measure
        }
        Occasion::Removed => {
            let measure = world.reviewable(Kind::Restriction);
            world.does(DECIDER, take_off(measure));
            measure
        }
        Occasion::AppealReceived => world.appealed(Kind::Entry),
        Occasion::AppealOutcome => {
            let measure = world.assigned(Kind::Entry);
            let upheld = decide_appeal(measure, register::appeal::AppealOutcome::Upheld);
            world.does(APPEALS, upheld);
            measure
        }
        Occasion::DisputeAnswered => {
            let measure = world.in_force(Kind::Entry);
            let today = world.today();
            world.does(REGISTRAR, dispute(measure, today));
            world.does(PROTECTION, answer_dispute(measure, DisputeOutcome::InPart));
            measure
        }
        Occasion::Apology => {
            let measure = world.in_force(Kind::Entry);
            world.does(REGISTRAR, remove(measure, EndReason::Error));
            measure
        }
    }
}

pub fn letter(world: &World, measure: MeasureId, occasion: Occasion) -> Letter {
    use register::notice::Draft;
    let measure = world.measure(measure);
    let letter = match occasion {
        Occasion::Decision => match measure.draft() {
            Some(Draft::Written { letter, .. }) => letter,
            _ => panic!("no letter"),
        },
        occasion => measure.owed_letter(occasion).and_then(|owed| owed.letter()).expect("a letter"),
    };
    letter.known().expect("a letter").clone()
}

#[test]
fn every_letter_of_every_occasion_has_every_content_in_words_and_names_nobody_who_reported() {
    for occasion in Occasion::ALL {
        let mut world = World::opened();
        let measure = owed(&mut world, *occasion);
        let named =
            WriteLetter { explanation: text("Heron Tellwright said so."), ..write_of(measure, *occasion) };
        assert_eq!(world.refused(REGISTRAR, named), Refusal::LetterNamesProtected);
        world.does(REGISTRAR, write_of(measure, *occasion));
        let letter = letter(&world, measure, *occasion);
        let contents: Vec<_> = letter.sections.iter().map(|section| section.content).collect();
        assert_eq!(contents, occasion.contents());
        for section in &letter.sections {
            assert!(section.paragraphs.iter().any(|words| words.len() > 20), "{:?}", section.content);
        }
        let whole = format!("{:?}", letter.sections);
        assert!(!whole.contains(SECRET_WORD) && !whole.contains("Tellwright"), "{occasion:?}");
    }
}

#[test]
fn every_letter_is_written_by_one_person_and_approved_by_another_before_it_is_sent() {
    for occasion in Occasion::ALL.iter().copied() {
        let mut world = World::opened();
        let measure = owed(&mut world, occasion);
        let approve = ApproveLetter { measure, occasion };
        let sent = world.sent_of(measure, occasion);
        assert_eq!(world.refused(REGISTRAR, approve.clone()), Refusal::NoLetter);
        world.does(REGISTRAR, write_of(measure, occasion));
        assert_eq!(world.refused(REGISTRAR, sent.clone()), Refusal::LetterNotApproved);
        assert_eq!(world.refused(REGISTRAR, approve.clone()), Refusal::SecondPersonNeeded);
        world.does(SECOND_REGISTRAR, approve.clone());
        assert_eq!(world.refused(DECIDER, approve), Refusal::AlreadyDone);
        world.does(REGISTRAR, sent.clone());
        assert!(
            world.ask_as(register::moment::Actor::Account(REGISTRAR), &sent.into()).is_err(),
            "sent once"
        );
    }
}

#[test]
fn an_address_that_changes_after_approval_voids_the_letter() {
    for occasion in Occasion::ALL.iter().copied() {
        let mut world = World::opened();
        let measure = owed(&mut world, occasion);
        world.does(REGISTRAR, write_of(measure, occasion));
        world.does(SECOND_REGISTRAR, ApproveLetter { measure, occasion });
        let subject = world.measure(measure).subject;
        world.does(REGISTRAR, DescribeSubject { subject, details: living_at("9 Quay Road") });
        let sent = world.sent_of(measure, occasion);
        assert_eq!(world.refused(REGISTRAR, sent), Refusal::AddressChanged);
    }
}

#[test]
fn a_customer_who_was_never_told_is_owed_no_letter_about_what_they_do_not_know() {
    let mut world = World::opened();
    let measure = world.withheld(Kind::Entry);
    world.does(REGISTRAR, remove(measure, EndReason::Error));
    assert!(world.measure(measure).letters.is_empty());
    let write = write_of(measure, Occasion::Apology);
    assert_eq!(world.refused(REGISTRAR, write), Refusal::NoLetterOwed);
}

#[test]
fn a_letter_gives_its_customer_one_code_to_appeal_with_however_often_it_is_written() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    world.does(REGISTRAR, write(measure));
    let first = world.measure(measure).appeal_code.clone().expect("a code");
    let code = register::ids::AppealCode::from_bits(99);
    world.does(REGISTRAR, WriteLetter { code, ..write(measure) });
    assert_eq!(world.measure(measure).appeal_code.as_ref(), Some(&first));
    let printed = first.known().expect("a code").as_str().to_owned();
    let words = letter(&world, measure, Occasion::Decision).sections;
    assert!(words.iter().flat_map(|section| &section.paragraphs).any(|words| words.contains(&printed)));
}
