//! Notice: nothing is in force before the customer is told, or two people have recorded why not.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::command::*;
use register::ids::MeasureId;
use register::incident::Route;
use register::measure::{Kind, Life, Stage};
use register::notice::{Content, Delivery, Draft, Letter, Notice, Occasion};
use register::people::{Grant, Role};
use register::personal::Particulars;
use register::policy::Clause;
use register::refusal::Refusal;
use register::review::Advice;
use register::subject::SubjectDetails;

fn letter(world: &World, measure: MeasureId) -> &Letter {
    match &world.measure(measure).life {
        Life::Decided { draft: Some(Draft::Written { letter, .. }), .. } => letter.known().expect("letter"),
        _ => panic!("no letter"),
    }
}

fn moves_to(world: &mut World, measure: MeasureId, lines: &str) {
    let subject = world.measure(measure).subject;
    world.does(REGISTRAR, DescribeSubject { subject, details: living_at(lines) });
}

#[test]
fn an_approved_measure_is_not_shown_until_the_letter_is_sent() {
    let mut world = World::opened();
    let measure = world.approved_letter(Kind::Entry);
    assert!(world.marker(measure).is_none());
    let sent = world.sent(measure);
    world.does(REGISTRAR, sent);
    assert_eq!(world.stage(measure), Stage::InForce);
    assert!(world.marker(measure).is_some());
}

#[test]
fn every_letter_of_every_kind_has_every_content_and_none_is_empty() {
    for kind in Kind::ALL {
        let mut world = World::opened();
        let measure = world.decided(*kind);
        world.does(REGISTRAR, write(measure));
        let letter = letter(&world, measure);
        let contents: Vec<_> = letter.sections.iter().map(|section| section.content).collect();
        assert_eq!(contents, Occasion::Decision.contents());
        for section in &letter.sections {
            assert!(section.paragraphs.iter().any(|words| words.len() > 20), "{:?}", section.content);
        }
        let still_served = letter.sections.iter().find(|section| section.content == Content::StillServed);
        let words = still_served.map(|section| section.paragraphs.join(" ")).unwrap_or_default();
        for cannot_be_restricted in ["help desk at the town hall", "999", "ombudsman", "public meetings"] {
            assert!(words.contains(cannot_be_restricted), "{cannot_be_restricted}");
        }
    }
}

#[test]
fn a_letter_says_a_clause_in_the_words_of_the_policy_in_force() {
    let mut world = World::opened();
    let change = world.changed(|asked| {
        let online = "Appeal at appeals.example, with {reference} and {code}.\nWe answer by letter.";
        asked.clauses.insert(Clause::AppealOnline, text(online));
        asked.clauses.insert(Clause::Sources, text("We asked those who were there."));
    });
    world.endorsed(change);
    world.system(AdoptPolicy { change });
    let measure = world.decided(Kind::Entry);
    world.does(REGISTRAR, write(measure));
    let code = world.measure(measure).appeal_code.as_ref().and_then(Particulars::known).expect("a code");
    let online = format!("Appeal at appeals.example, with {measure} and {}.", code.as_str());
    let said: Vec<&str> = letter(&world, measure)
        .sections
        .iter()
        .flat_map(|section| section.paragraphs.iter().map(String::as_str))
        .collect();
    for words in [online.as_str(), "We answer by letter.", "We asked those who were there."] {
        assert!(said.contains(&words), "{words}");
    }
    assert!(!said.iter().any(|words| words.contains(['{', '}'])), "every blank is filled in");
}

#[test]
fn whoever_wrote_a_letter_does_not_approve_it() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    world.does(REGISTRAR, write(measure));
    assert_eq!(world.refused(REGISTRAR, approve_letter(measure)), Refusal::SecondPersonNeeded);
    world.does(DECIDER, approve_letter(measure));
    assert_eq!(world.refused(SECOND_REGISTRAR, approve_letter(measure)), Refusal::AlreadyDone);
}

#[test]
fn a_letter_written_again_is_approved_again() {
    let mut world = World::opened();
    let measure = world.approved_letter(Kind::Entry);
    world.does(SECOND_REGISTRAR, write(measure));
    let sent = world.sent(measure);
    assert_eq!(world.refused(REGISTRAR, sent), Refusal::LetterNotApproved);
    assert_eq!(world.refused(SECOND_REGISTRAR, approve_letter(measure)), Refusal::SecondPersonNeeded);
}

#[test]
fn there_is_nothing_to_approve_or_send_before_a_letter_is_written() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    let sent = world.sent(measure);
    assert_eq!(world.refused(SECOND_REGISTRAR, approve_letter(measure)), Refusal::NoLetter);
    assert_eq!(world.refused(REGISTRAR, sent), Refusal::NoLetter);
}

#[test]
fn a_letter_is_sent_on_or_after_the_day_it_was_approved_and_not_after_today() {
    let mut world = World::opened();
    let measure = world.approved_letter(Kind::Entry);
    world.on(date(2026, 3, 4));
    let on = |sent_on| RecordLetterSent {
        measure,
        occasion: Occasion::Decision,
        sent_on,
        delivery: Delivery::Hand,
    };
    assert_eq!(world.refused(REGISTRAR, on(date(2026, 3, 1))), Refusal::SentDate);
    assert_eq!(world.refused(REGISTRAR, on(date(2026, 3, 5))), Refusal::SentDate);
    world.clone().does(REGISTRAR, on(date(2026, 3, 2)));
    world.does(REGISTRAR, on(date(2026, 3, 4)));
}

#[test]
fn a_letter_to_an_address_that_has_changed_is_neither_approved_nor_sent() {
    let mut world = World::opened();
    let written = world.decided(Kind::Entry);
    world.does(REGISTRAR, write(written));
    moves_to(&mut world, written, "9 Quay Road, Fenmarsh");
    assert_eq!(world.refused(SECOND_REGISTRAR, approve_letter(written)), Refusal::AddressChanged);
    let approved = world.approved_letter(Kind::Entry);
    moves_to(&mut world, approved, "9 Quay Road, Fenmarsh");
    let sent = world.sent(approved);
    assert_eq!(world.refused(REGISTRAR, sent), Refusal::AddressChanged);
}

#[test]
fn there_is_no_letter_to_an_address_that_no_longer_holds() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    let subject = world.measure(measure).subject;
    let mut person = person(GROWN);
    person.addresses[0].until = Some(date(2026, 1, 31));
    world.does(REGISTRAR, DescribeSubject { subject, details: SubjectDetails::Person(person) });
    assert_eq!(world.refused(REGISTRAR, write(measure)), Refusal::NoAddress);
}

#[test]
fn an_explanation_that_names_whoever_reported_or_whoever_told_them_is_refused() {
    let mut world = World::opened();
    let incident = register::ids::IncidentId::from_bits(78);
    let told_by = Some(text("Linnet Overway"));
    let told = ReportIncident { told_by, ..report(incident, world.today()) };
    world.does(OFFICER, told);
    let measure = world.proposed(Kind::Entry);
    let subject = world.measure(measure).subject;
    world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    world.answered(measure);
    world.does(REGISTRAR, complete(measure));
    let approve = world.approve(measure);
    world.does(DECIDER, approve);
    for named in ["You threatened heron TELLWRIGHT.", "Linnet Overway saw you."] {
        let naming = WriteLetter { explanation: text(named), ..write(measure) };
        assert_eq!(world.refused(REGISTRAR, naming), Refusal::LetterNamesProtected);
    }
    world.does(REGISTRAR, write(measure));
}

#[test]
fn withholding_takes_a_ground_of_the_policy_and_two_people() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    let unknown = WithholdNotice { ground: code("NLV"), ..withhold(measure) };
    assert_eq!(world.refused(DECIDER, unknown), Refusal::UnknownCode(code("NLV")));
    assert_eq!(world.refused(PROTECTION, agree_withholding(measure)), Refusal::NoWithholding);
    world.does(DECIDER, withhold(measure));
    assert!(world.marker(measure).is_none());
    world.does(PROTECTION, agree_withholding(measure));
    assert!(world.marker(measure).is_some());
    let Life::InForce { notice: Notice::Withheld(withheld), .. } = &world.measure(measure).life else {
        panic!("not withheld")
    };
    assert!(withheld.asked.is_by(DECIDER));
    assert!(withheld.agreed.as_ref().is_some_and(|agreed| agreed.moment.is_by(PROTECTION)));
}

#[test]
fn whoever_does_not_agree_to_withhold_says_why_and_the_customer_is_written_to() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    assert_eq!(world.refused(PROTECTION, refuse_withholding(measure)), Refusal::NoWithholding);
    world.does(DECIDER, withhold(measure));
    world.does(PROTECTION, refuse_withholding(measure));
    assert!(world.marker(measure).is_none());
    assert_eq!(world.refused(PROTECTION, agree_withholding(measure)), Refusal::NoWithholding);
    assert_eq!(world.waiting(measure), ["Write the letter"]);
}

#[test]
fn a_customer_who_was_not_told_is_told_by_a_letter_that_a_second_person_approves_and_the_entry_stands_meanwhile()
 {
    let mut world = World::opened();
    let measure = world.withheld(Kind::Entry);
    let since = world.measure(measure).notice().expect("in force").1;
    world.on(date(2026, 5, 6));
    world.does(REGISTRAR, write(measure));
    assert_eq!(world.waiting(measure), ["Approve the letter"]);
    assert_eq!(world.refused(REGISTRAR, approve_letter(measure)), Refusal::SecondPersonNeeded);
    world.does(SECOND_REGISTRAR, approve_letter(measure));
    assert!(world.marker(measure).is_some());
    let sent = world.sent(measure);
    world.does(REGISTRAR, sent);
    let (notice, still_since) = world.measure(measure).notice().expect("in force");
    assert!(matches!(notice, Notice::Sent { sent_on, .. } if *sent_on == date(2026, 5, 6)));
    assert_eq!(still_since.at, since.at);
    assert_eq!(world.refused(REGISTRAR, write(measure)), Refusal::WrongStage(Stage::InForce));
    world.does(MANAGER, answers(measure, Advice::Keep));
    let retain = world.retain(measure);
    world.does(SECOND_DECIDER, ReviewMeasure { still_withheld: None, ..retain });
}

#[test]
fn a_letter_that_tells_late_gives_the_review_date_that_holds_now() {
    let mut world = World::opened();
    let measure = world.withheld(Kind::Entry);
    world.on(date(2026, 8, 3));
    world.does(MANAGER, answers(measure, Advice::Keep));
    let retain = ReviewMeasure { still_withheld: Some(reasons()), ..world.retain(measure) };
    world.does(SECOND_DECIDER, retain);
    world.does(REGISTRAR, write(measure));
    let Some(Draft::Written { letter, .. }) = world.measure(measure).draft() else { panic!("no letter") };
    let letter = letter.known().expect("letter");
    let how_long = letter.sections.iter().find(|section| section.content == Content::HowLong);
    let words = how_long.map(|section| section.paragraphs.join(" ")).unwrap_or_default();
    assert!(words.contains("2 March 2026") && words.contains("3 February 2027"), "{words}");
}

#[test]
fn once_in_force_nobody_asks_anew_to_withhold() {
    let mut world = World::opened();
    let measure = world.withheld(Kind::Entry);
    assert_eq!(world.refused(DECIDER, withhold(measure)), Refusal::WrongStage(Stage::InForce));
}

#[test]
fn one_person_in_two_roles_does_not_withhold_alone() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    let roles = [Role::DecisionMaker, Role::DataProtection].into();
    let details = holder(DECIDER, "Merlin Tellwright");
    world.does(ADMINISTRATOR, ChangeAccount { account: DECIDER, roles, team: RELATIONS, details });
    world.does(REGISTRAR, AgreeGrant { account: DECIDER, grant: Grant::Roles });
    world.does(DECIDER, withhold(measure));
    assert_eq!(world.refused(DECIDER, agree_withholding(measure)), Refusal::SecondPersonNeeded);
}

#[test]
fn whoever_reported_neither_asks_nor_agrees_that_the_customer_is_not_told() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    let subject = world.measure(measure).subject;
    for reporter in [SECOND_DECIDER, PROTECTION] {
        let incident = world.reported_by(reporter);
        world.does(REGISTRAR, triage(incident, Some(subject), Route::Join(measure)));
    }
    assert_eq!(world.refused(SECOND_DECIDER, withhold(measure)), Refusal::ReportedIt);
    world.does(DECIDER, withhold(measure));
    assert_eq!(world.refused(PROTECTION, agree_withholding(measure)), Refusal::ReportedIt);
}

#[test]
fn a_letter_written_after_all_takes_back_the_asking_to_withhold() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    world.does(DECIDER, withhold(measure));
    world.does(REGISTRAR, write(measure));
    assert_eq!(world.refused(PROTECTION, agree_withholding(measure)), Refusal::NoWithholding);
}
