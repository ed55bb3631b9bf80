//! The history itself: it is played without a refusal, is the same twice, and has everything in it that a demonstration needs.

use crate::recorded::{recorded, until};
use demonstration::{Seed, Stage, cast, personas};
use jiff::Timestamp;
use register::calendar::london;
use register::contact::Received;
use register::due::work;
use register::incident::{Channel, Media};
use register::measure::{EndReason, InterimStage, Kind, Life, Measure, Stage as LifeStage};
use register::notice::{Draft, Notice, Occasion};
use register::people::Role;
use register::policy::{Course, Figure, List, Policy};
use register::review::{Nearness, Stir};
use register::state::Register;
use register::subject::SubjectDetails;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static PLAYED: LazyLock<Register> = LazyLock::new(|| played(Seed(1), until()));

fn played(seed: Seed, until: Timestamp) -> Register {
    recorded(seed.0, until).register().clone()
}

fn measures(which: impl Fn(&Measure) -> bool) -> usize {
    PLAYED.measures().filter(|measure| which(measure)).count()
}

#[test]
fn no_command_is_refused_whatever_the_seed_and_whatever_the_day() {
    for (seed, until) in [
        (2, "2026-11-29T12:00:00Z"), // a Sunday
        (3, "2026-12-28T10:00:00Z"), // a bank holiday after a weekend
        (4, "2027-01-04T00:10:00Z"), // before anybody is up
        (5, "2028-03-01T17:00:00Z"),
        (6, "2026-03-30T08:30:00Z"), // after the clocks went forward
        (7, "2026-08-31T23:30:00Z"),
    ] {
        played(Seed(seed), until.parse().expect("timestamp"));
    }
}

#[test]
fn there_are_about_three_hundred_subjects_and_four_hundred_incidents() {
    assert!((290..=350).contains(&PLAYED.subjects().count()), "{}", PLAYED.subjects().count());
    assert!((390..=450).contains(&PLAYED.incidents().count()), "{}", PLAYED.incidents().count());
    let still_known = PLAYED.subjects().filter(|subject| subject.details.known().is_some()).count();
    assert!(still_known >= 200, "{still_known}");
}

#[test]
fn every_channel_behaviour_precaution_restriction_and_ground_occurs() {
    let channels: BTreeSet<_> = PLAYED.incidents().map(|incident| incident.facts.channel).collect();
    assert_eq!(channels.len(), Channel::ALL.len());
    let mut used = BTreeSet::new();
    for incident in PLAYED.incidents() {
        used.extend(incident.facts.behaviours.iter().map(|code| (List::Behaviour, code.clone())));
    }
    for measure in PLAYED.measures() {
        if let Some(plan) = &measure.assessment.plan {
            used.extend(plan.precautions.iter().map(|code| (List::Precaution, code.clone())));
            used.extend(plan.restrictions.iter().map(|code| (List::Restriction, code.clone())));
        }
        if let Life::InForce { notice: Notice::Withheld(withholding), .. } = &measure.life {
            used.insert((List::WithholdingGround, withholding.ground.clone()));
        }
    }
    for list in [List::Behaviour, List::Precaution, List::Restriction, List::WithholdingGround] {
        for term in PLAYED.policy().terms(list) {
            assert!(used.contains(&(list, term.code.clone())), "{list:?} {}", term.code);
        }
    }
}

#[test]
fn triage_took_every_route() {
    let mut routes: BTreeMap<&str, usize> = BTreeMap::new();
    for incident in PLAYED.incidents() {
        let first_of =
            |measure| PLAYED.measure(measure).is_some_and(|m| m.incidents.first() == Some(&incident.id));
        let route = match &incident.triage {
            None => "waiting",
            Some(triage) => match (triage.measure, triage.subject) {
                (None, None) => "logged, nobody known",
                (None, Some(_)) => "logged",
                (Some(measure), _) if first_of(measure) => "proposed",
                (Some(_), _) => "joined",
            },
        };
        *routes.entry(route).or_default() += 1;
    }
    for (route, least) in
        [("waiting", 8), ("logged, nobody known", 20), ("logged", 120), ("proposed", 80), ("joined", 20)]
    {
        assert!(routes.get(route).is_some_and(|count| *count >= least), "{route}: {routes:?}");
    }
}

#[test]
fn measures_of_every_kind_stand_at_every_stage() {
    for stage in LifeStage::ALL {
        for kind in Kind::ALL {
            let count = measures(|measure| measure.kind == *kind && measure.stage() == *stage);
            assert!(count > 0, "{} {}", kind.label(), stage.label());
        }
    }
}

/// What a file can come to between a report and its destruction, each with how often the demonstration is there today.
#[test]
fn every_state_between_a_report_and_its_destruction_is_there_today() {
    let today = london(until());
    let near = |nearness: Nearness| measures(|m| m.review_nearness(&PLAYED, today) == Some(nearness));
    let letter = |occasion: Occasion| measures(|m| m.letters.iter().any(|it| it.occasion == occasion));
    let told = |which: fn(&Notice) -> bool| {
        measures(|m| matches!(&m.life, Life::InForce { notice, .. } if which(notice)))
    };
    let states = [
        ("reported, waits for triage", PLAYED.incidents().filter(|it| it.triage.is_none()).count()),
        ("notice sent, in force", told(|notice| matches!(notice, Notice::Sent { .. }))),
        ("notice withheld, in force", told(|notice| matches!(notice, Notice::Withheld(_)))),
        ("appealed, waits for a decision", measures(|m| m.open_appeal().is_some())),
        ("appealed, decided", measures(|m| m.appeals.iter().any(|it| it.decided().is_some()))),
        ("review ahead", near(Nearness::Ahead)),
        ("review soon", near(Nearness::Soon)),
        ("review overdue", near(Nearness::Overdue)),
        ("review answered, waits for whoever decides", measures(|m| m.answers.is_some())),
        (
            "removal proposed, waits for the Governance Group",
            measures(|m| m.removal.is_some() && !m.is_over()),
        ),
        ("contact limited, messages logged", measures(|m| m.logs_contact() && !m.contacts.is_empty())),
        ("a message passed on, waits for its answer", measures(|m| m.contacts.iter().any(Received::waits))),
        ("more contacts than are allowed", measures(|m| m.times_exceeded() > 0)),
        ("disputed, waits for its answer", measures(|m| m.open_dispute().is_some())),
        ("legal advice kept", measures(|m| !m.legal_advice.is_empty())),
        ("harmed people and witnesses named", PLAYED.incidents().filter(|it| it.involved.len() > 1).count()),
        ("an ombudsman has a complaint", measures(|m| m.open_complaint().is_some())),
        (
            "looked at early, as an ombudsman found fault",
            measures(|m| m.stirred.is_some_and(|(stir, _)| stir == Stir::Fault)),
        ),
        ("a dispute answered and told", letter(Occasion::DisputeAnswered)),
        (
            "looked at early, as other people live there",
            measures(|m| m.stirred.is_some_and(|(stir, _)| stir == Stir::Occupants)),
        ),
        ("customer told that it is kept", letter(Occasion::Kept)),
        ("customer told that it changed", letter(Occasion::Varied)),
        ("customer told that it came off", letter(Occasion::Removed)),
        ("customer told of the outcome of an appeal", letter(Occasion::AppealOutcome)),
        ("ended, kept for its time", measures(|m| m.stage() == LifeStage::Ended && m.holds.is_empty())),
        ("ended, held", measures(|m| m.stage() == LifeStage::Ended && !m.holds.is_empty())),
        ("destroyed, decision file sealed", measures(|m| m.sealed.is_some())),
        ("destroyed with a certificate", PLAYED.certificates().len()),
    ];
    let absent: Vec<_> = states.iter().filter(|(_, count)| *count == 0).map(|(state, _)| state).collect();
    assert!(absent.is_empty(), "nothing is {absent:?}: {states:?}");
}

#[test]
fn assessments_stand_at_every_degree_of_completeness() {
    let open = |measure: &Measure| matches!(measure.life, Life::Proposed);
    for answered in [0, 2, 5, 8, 10] {
        assert!(measures(|m| open(m) && m.assessment.answers.len() == answered) > 0, "{answered} answered");
    }
    assert!(
        measures(|m| open(m) && m.assessment.plan.is_some() && m.assessment.proportionality.is_none()) > 0
    );
    assert!(measures(|m| open(m) && m.assessment.missing(m.kind).is_none()) > 0);
}

#[test]
fn letters_and_withholdings_stand_at_every_step() {
    let drafts = |which: fn(&Option<Draft>) -> bool| {
        measures(|measure| matches!(&measure.life, Life::Decided { draft, .. } if which(draft)))
    };
    assert!(drafts(|draft| draft.is_none()) > 0);
    assert!(drafts(|draft| matches!(draft, Some(Draft::Written { approved: None, .. }))) > 0);
    assert!(drafts(|draft| matches!(draft, Some(Draft::Written { approved: Some(_), .. }))) > 0);
    assert!(drafts(|draft| matches!(draft, Some(Draft::WithholdingAsked(_)))) > 0);
}

#[test]
fn interim_markers_stand_at_every_step() {
    let today = london(until());
    let stages = |which: fn(InterimStage) -> bool| {
        measures(|measure| measure.interim.as_ref().is_some_and(|interim| which(interim.stage)))
    };
    assert!(stages(|stage| stage == InterimStage::Asked) > 0);
    assert!(stages(|stage| matches!(stage, InterimStage::Over(_))) >= 3);
    let live =
        measures(|m| m.interim.is_some() && m.live_plan(today).is_some() && m.review_due(&PLAYED).is_none());
    assert!(live >= 2, "{live}");
}

#[test]
fn reviews_have_been_held_up_to_five_times_and_are_due_soon_later_and_overdue_by_days_and_by_weeks() {
    let today = london(until());
    for times in 0..=5 {
        let reviewed =
            |m: &Measure| matches!(&m.life, Life::InForce { reviews, .. } if reviews.len() == times);
        assert!(measures(reviewed) > 0, "{times} reviews");
    }
    let due_in = |least: i32, most: i32| {
        measures(|measure| {
            measure
                .review_due(&PLAYED)
                .and_then(|due| due.since(today).ok())
                .is_some_and(|span| (least..=most).contains(&span.get_days()))
        })
    };
    assert!(due_in(0, 30) > 0);
    assert!(due_in(31, 200) > 0);
    assert!(due_in(-7, -1) > 0);
    assert!(due_in(-60, -14) > 0);
    assert!(due_in(-400, -61) == 0);
    let overdue = work(&PLAYED, today).iter().filter(|task| task.by < today).count();
    assert!((4..=60).contains(&overdue), "{overdue}");
}

#[test]
fn measures_ended_for_every_reason_and_some_are_held() {
    for reason in EndReason::ALL {
        let ended = measures(|m| matches!(m.life, Life::Ended { reason: why, .. } if why == *reason));
        assert!(ended > 0, "{}", reason.label());
    }
    assert!(measures(|m| !m.holds.is_empty() && m.is_over()) > 0);
    assert!(measures(|m| !m.holds.is_empty() && !m.is_over()) > 0);
    assert!(measures(|m| matches!(m.life, Life::Destroyed(_))) >= 15);
}

#[test]
fn there_are_people_premises_support_needs_attachments_former_names_and_former_addresses() {
    let known = || PLAYED.subjects().filter_map(|subject| subject.details.known());
    assert!(known().filter(|details| matches!(details, SubjectDetails::Premises(_))).count() >= 10);
    assert!(PLAYED.subjects().filter(|subject| subject.support.is_some()).count() >= 15);
    assert!(known().filter(|details| details.addresses().iter().any(|a| a.until.is_some())).count() >= 20);
    assert!(known().any(|details| details.current_address().is_none()));
    assert!(known().any(|details| !details.heading().is_ascii()));
    let media: BTreeSet<_> = PLAYED
        .incidents()
        .flat_map(|incident| &incident.attachments)
        .map(|attachment| attachment.media)
        .collect();
    assert!(media.contains(&Media::Text) && media.contains(&Media::Png));
}

#[test]
fn every_role_has_a_persona_who_may_sign_in() {
    let personas = personas();
    for role in Role::of_people() {
        assert!(personas.iter().any(|persona| persona.role == *role), "{}", role.label());
    }
    for persona in personas {
        let account = PLAYED.account_by_email(&persona.email).expect("an open account");
        assert_eq!(account.id, persona.account);
        assert_eq!(account.name(), persona.name);
        assert!(account.roles.contains(&persona.role));
    }
}

#[test]
fn every_character_is_there_and_is_called_what_the_cast_says() {
    for character in cast() {
        let subject = PLAYED.subject(character.subject).expect(character.name);
        assert_eq!(subject.heading(), character.name);
    }
}

#[test]
fn narratives_are_varied_and_finished() {
    let narratives: Vec<String> = PLAYED
        .incidents()
        .filter_map(|incident| incident.narrative.known())
        .map(|narrative| narrative.what_happened.as_str().to_owned())
        .collect();
    let distinct: BTreeSet<_> = narratives.iter().collect();
    assert!(distinct.len() * 100 > narratives.len() * 95, "{} of {}", distinct.len(), narratives.len());
    assert!(narratives.iter().all(|words| !words.contains(['{', '}', '\\'])));
}

#[test]
fn three_years_are_played_into_memory_within_five_seconds_on_a_busy_machine() {
    let start = std::time::Instant::now();
    played(Seed(1), until());
    assert!(start.elapsed().as_secs_f64() < 5.0, "{:?}", start.elapsed());
}

#[test]
fn the_policy_was_changed_by_two_people_once_rejected_once_and_reviewed_each_year() {
    let courses: Vec<&Course> = PLAYED.changes().iter().map(|change| &change.course).collect();
    assert!(matches!(courses.as_slice(), [Course::Rejected(_), Course::Adopted { .. }]), "{courses:?}");
    assert!(PLAYED.changes().iter().all(|change| !change.consultations.is_empty()));
    assert_eq!(PLAYED.policies().len(), 2);
    let today = london(until());
    assert!(work(&PLAYED, today).iter().all(|task| task.what != "Review the policy" || task.by >= today));
    let own = PLAYED.policy().adopted_figures().filter(|(figure, value)| *value != figure.default_value());
    assert_eq!(
        own.collect::<Vec<_>>(),
        [(Figure::SealedDecisionFile, 15)],
        "all else is what the register comes with"
    );
    let first = Policy::first(PLAYED.policy().effective, PLAYED.policy().name.clone());
    assert!(List::ALL.iter().all(|list| PLAYED.policy().terms(*list) == first.terms(*list)));
}
