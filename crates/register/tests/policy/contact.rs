//! Contact that is limited: what a limit may say, what none may touch, and that another matter is never left.

use crate::cases::*;
use crate::outcome::letter;
use crate::support::*;
use jiff::civil::date;
use register::assessment::Proposal;
use register::command::*;
use register::contact::{Detail, Every, Limits, Matter, Means, Most, Place, Replies, Treatment};
use register::ids::TeamId;
use register::measure::Kind;
use register::moment::Actor;
use register::notice::{Content, Occasion};
use register::people::Action;
use register::policy::List;
use register::refusal::Refusal;
use register::view::{Certainty, Purpose, Verdict};

/// What comes of setting this plan for a restriction.
fn set(change: impl FnOnce(&mut Proposal)) -> Result<(), Refusal> {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Restriction);
    let mut plan = plan(Kind::Restriction);
    change(&mut plan);
    world.ask_as(Actor::Account(REGISTRAR), &SetPlan { measure, plan }.into()).map(|_| ())
}

#[test]
fn each_restriction_says_what_it_comes_to() {
    let bare = |code_of: &'static str| {
        move |plan: &mut Proposal| {
            plan.restrictions = vec![code(code_of)];
            plan.limits = Limits::default();
        }
    };
    for (restriction, detail) in [
        ("CHAN", Detail::OneWay),
        ("TIME", Detail::Times),
        ("WRIT", Detail::InWriting),
        ("READ", Detail::OnlyNew),
        ("SITE", Detail::Places),
    ] {
        assert_eq!(set(bare(restriction)), Err(Refusal::LimitWithout(detail)), "{restriction}");
    }
    // An agreement about conduct limits nothing by itself.
    assert_eq!(set(bare("ABA")), Ok(()));
    let by_phone = |plan: &mut Proposal| plan.limits.means.extend([Means::Phone]);
    assert_eq!(set(by_phone), Err(Refusal::LimitWithout(Detail::InWriting)));
}

#[test]
fn every_restriction_names_whom_the_customer_may_turn_to() {
    let nobody = |plan: &mut Proposal| plan.words.point_of_contact = None;
    assert_eq!(set(nobody), Err(Refusal::LimitWithout(Detail::PointOfContact)));
}

#[test]
fn nobody_is_kept_from_public_meetings_surgeries_or_the_vote() {
    for place in Place::ALL {
        let closed = |plan: &mut Proposal| plan.limits.places = [*place].into();
        let rights = [Place::Meetings, Place::Surgeries, Place::Polls];
        let comes = if rights.contains(place) { Err(Refusal::NeverLimited(*place)) } else { Ok(()) };
        assert_eq!(set(closed), comes, "{place:?}");
    }
}

#[test]
fn no_limit_leaves_a_customer_without_a_way_to_be_in_touch() {
    let never = |plan: &mut Proposal| plan.limits.most = Some(Most { contacts: 0, every: Every::Month });
    assert_eq!(set(never), Err(Refusal::CutOff));
    let behind_a_closed_door = |plan: &mut Proposal| {
        plan.restrictions = vec![code("CHAN"), code("SITE")];
        plan.limits.means = [Means::InPerson].into();
        plan.limits.places = [Place::Offices].into();
    };
    assert_eq!(set(behind_a_closed_door), Err(Refusal::CutOff));
}

#[test]
fn another_matter_is_answered_or_passed_on_and_never_left() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Restriction);
    let today = world.today();
    for matter in Matter::ALL {
        let left = LogContact { matter: *matter, ..log(measure, today) };
        if *matter == Matter::Same {
            world.does(OFFICER, left);
            continue;
        }
        assert_eq!(world.refused(OFFICER, left.clone()), Refusal::OnItsMerits);
        world.does(OFFICER, LogContact { treatment: Treatment::Answered, ..left.clone() });
        let passed = LogContact { treatment: Treatment::PassedOn, ..left };
        assert_eq!(world.refused(OFFICER, passed.clone()), Refusal::NoSuchTeam);
        let nowhere = Some(TeamId::from_bits(99));
        let passed_nowhere = LogContact { passed_to: nowhere, ..passed.clone() };
        assert_eq!(world.refused(OFFICER, passed_nowhere), Refusal::NoSuchTeam);
        world.does(OFFICER, LogContact { passed_to: Some(PLANNING), ..passed });
    }
}

#[test]
fn what_was_passed_on_waits_until_it_is_answered_and_what_is_urgent_not_a_day() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Restriction);
    let today = world.today(); // Monday, 2 March
    let passed = |matter| LogContact {
        matter,
        treatment: Treatment::PassedOn,
        passed_to: Some(PLANNING),
        ..log(measure, today)
    };
    world.does(OFFICER, passed(Matter::New));
    world.does(OFFICER, passed(Matter::Urgent));
    let by = |world: &World| -> Vec<_> {
        let work = register::due::work(&world.register, today);
        work.iter().filter(|task| task.action == Action::LogContact).map(|task| task.by).collect()
    };
    assert_eq!(by(&world), [today, date(2026, 3, 16)]);
    world.does(REGISTRAR, answer_contact(measure, 1));
    assert_eq!(by(&world), [date(2026, 3, 16)]);
    assert_eq!(world.refused(REGISTRAR, answer_contact(measure, 1)), Refusal::AlreadyDone);
    assert_eq!(world.refused(REGISTRAR, answer_contact(measure, 7)), Refusal::NoSuchFile);
    world.does(REGISTRAR, answer_contact(measure, 0));
    assert_eq!(by(&world), []);
}

#[test]
fn a_message_about_the_same_matter_is_left_only_where_the_limits_say_so() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Restriction);
    let mut answered = plan(Kind::Restriction);
    answered.limits.replies = Replies::All;
    world.does(DECIDER, VaryMeasure { measure, plan: answered, reasons: reasons() });
    let left = log(measure, world.today());
    assert_eq!(world.refused(OFFICER, left), Refusal::ToBeAnswered);
}

#[test]
fn the_count_is_of_the_same_matter_in_this_week_and_turns_nobody_away() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Restriction); // twice a week
    let used = |world: &World| {
        let allowance = world.measure(measure).allowance(world.today()).expect("an allowance");
        (allowance.used, allowance.is_exceeded())
    };
    for (day, matter, counted) in [
        (2, Matter::Same, (1, false)),
        (3, Matter::Linked, (1, false)),
        (4, Matter::Right, (1, false)),
        (5, Matter::Same, (2, false)),
        (8, Matter::Same, (3, true)), // Sunday: still this week
        (9, Matter::Same, (1, false)),
    ] {
        let today = date(2026, 3, day);
        world.on(today);
        let treatment = Treatment::Answered;
        world.does(OFFICER, LogContact { matter, treatment, ..log(measure, today) });
        assert_eq!(used(&world), counted, "{today}");
    }
    assert_eq!(world.measure(measure).times_exceeded(), 1);
}

#[test]
fn contact_is_logged_by_those_who_are_told_of_the_limits_and_those_who_keep_them() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Restriction); // the housing team is told
    let today = world.today();
    for by in [OFFICER, MANAGER, CONTRACTOR, REGISTRAR] {
        world.does(by, log(measure, today));
    }
    for by in [ANOTHER_OFFICER, OTHER_MANAGER] {
        assert_eq!(world.refused(by, log(measure, today)), Refusal::NotOfThisCase);
    }
    for by in [DECIDER, PROTECTION, PARTNER, MEMBER, AUDITOR] {
        assert_eq!(world.refused(by, log(measure, today)), Refusal::NotPermitted(Action::LogContact));
    }
    let tomorrow = today.tomorrow().expect("date");
    assert_eq!(world.refused(OFFICER, log(measure, tomorrow)), Refusal::HappenedInFuture);
}

#[test]
fn contact_is_evidence_before_it_is_limited_and_is_logged_of_an_entry_only_where_that_limits_it() {
    let mut world = World::opened();
    let weighed = world.proposed(Kind::Restriction);
    let today = world.today();
    let answered = |measure| LogContact { treatment: Treatment::Answered, ..log(measure, today) };
    world.does(OFFICER, answered(weighed));
    let entry = world.in_force(Kind::Entry);
    assert_eq!(world.refused(OFFICER, answered(entry)), Refusal::NotLimited);
    let plan = limited(plan(Kind::Entry));
    world.does(DECIDER, VaryMeasure { measure: entry, plan, reasons: reasons() });
    world.does(OFFICER, answered(entry));
    let warning = world.in_force(Kind::Warning);
    assert_eq!(world.refused(OFFICER, answered(warning)), Refusal::NotLimited);
}

#[test]
fn limits_are_told_in_the_same_words_to_the_customer_and_to_whoever_rings_and_never_to_a_visitor() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Restriction);
    world.does(REGISTRAR, write(measure));
    let letter = letter(&world, measure, Occasion::Decision);
    let lines = [
        "Contact only by email or by letter",
        "About the same matter at most 2 times a week",
        "Messages about the same matter are read, and answered only where there is something new",
        "Whom to turn to: The contact desk at the town hall, 01632 960002",
    ];
    let told = letter.sections.iter().find(|section| section.content == Content::WhatWeDo).expect("told");
    for line in lines {
        assert!(told.paragraphs.contains(&format!("• {line}")), "{:?}", told.paragraphs);
    }
    world.does(SECOND_REGISTRAR, approve_letter(measure));
    let sent = world.sent(measure);
    world.does(REGISTRAR, sent);
    let subject = world.measure(measure).subject;
    let policy = world.register.policy().clone();
    let writing = policy.words(List::Restriction, &code("WRIT")).expect("words").to_owned();
    for purpose in [Purpose::Call, Purpose::Correspondence] {
        let Verdict::Marker(markers) = world.check(OFFICER, subject, Certainty::Match, purpose) else {
            panic!("limits are shown to whoever is about to be in touch");
        };
        let shown: Vec<&str> = markers[0].restrictions.iter().map(String::as_str).collect();
        assert_eq!(shown, [&[writing.as_str()], &lines[..]].concat());
        assert!(markers[0].precautions.is_empty(), "a limit is no danger");
    }
    for purpose in [Purpose::Visit, Purpose::Meeting] {
        assert_eq!(world.check(OFFICER, subject, Certainty::Match, purpose), Verdict::NoneFound);
    }
}
