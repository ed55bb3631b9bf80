//! People harmed and witnesses: named after the report by those who answer for it, told to those who are told the reporter, in no letter.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::command::*;
use register::event::Event;
use register::ids::{AccountId, File, IncidentId};
use register::incident::Route;
use register::involved::{Involved, Involvement, Whom};
use register::measure::Kind;
use register::people::Action;
use register::personal::Locker;
use register::refusal::Refusal;

fn colleague(incident: IncidentId, account: AccountId) -> NameInvolved {
    NameInvolved { incident, involvement: Involvement::Harmed, who: Whom::Staff(account) }
}

fn names(world: &World, incident: IncidentId) -> Vec<(Involvement, Option<String>)> {
    let involved = &world.register.incident(incident).expect("an incident").involved;
    let name = |it: &Involved| it.name(&world.register).map(|name| name.as_str().to_owned());
    involved.iter().map(|it| (it.involvement, name(it))).collect()
}

#[test]
fn the_register_team_names_people_in_any_report_and_a_manager_only_in_one_of_the_own_team() {
    let mut world = World::opened();
    let incident = world.reported();
    world.does(REGISTRAR, harmed(incident, "Wren Overway"));
    world.does(MANAGER, witness(incident, "Pipit Overway"));
    assert_eq!(world.refused(OTHER_MANAGER, witness(incident, "Dipper Overway")), Refusal::OtherTeam);
    for by in [OFFICER, DECIDER, PROTECTION, APPEALS] {
        let refusal = Refusal::NotPermitted(Action::ConfirmIncident);
        assert_eq!(world.refused(by, witness(incident, "Dipper Overway")), refusal);
    }
    assert_eq!(
        names(&world, incident),
        [
            (Involvement::Harmed, Some("Wren Overway".to_owned())),
            (Involvement::Witness, Some("Pipit Overway".to_owned())),
        ]
    );
}

#[test]
fn a_colleague_is_named_by_their_account_and_only_one_that_there_is() {
    let mut world = World::opened();
    let incident = world.reported();
    let nobody = AccountId::from_bits(987_654);
    assert_eq!(world.refused(REGISTRAR, colleague(incident, nobody)), Refusal::NoSuchAccount);
    world.does(REGISTRAR, colleague(incident, OFFICER));
    let officer = world.register.account(OFFICER).expect("an account").name();
    assert_eq!(names(&world, incident), [(Involvement::Harmed, Some(officer))]);
}

#[test]
fn whoever_names_somebody_is_not_told_whether_they_were_named_before() {
    let mut world = World::opened();
    let incident = world.reported();
    world.does(REGISTRAR, harmed(incident, "Wren Overway"));
    let again = world.does(MANAGER, harmed(incident, "Wren Overway"));
    let fresh = world.does(MANAGER, harmed(incident, "Pipit Overway"));
    assert_eq!(format!("{again:?}"), format!("{fresh:?}"));
}

#[test]
fn harmed_and_witnesses_lie_in_a_locker_each_and_no_fact_tells_who_they_are() {
    let mut world = World::opened();
    let incident = world.reported();
    for (command, locker) in [
        (harmed(incident, "Wren Overway"), Locker::Harmed(incident)),
        (witness(incident, "Wren Overway"), Locker::Witnesses(incident)),
    ] {
        let events = world.does(REGISTRAR, command);
        let [Event::InvolvedNamed { who, .. }] = events.as_slice() else { panic!("one event: {events:?}") };
        assert_eq!(who.locker, locker);
        assert!(!format!("{events:?}").contains("Wren"));
    }
    let events = world.does(REGISTRAR, colleague(incident, OFFICER));
    assert!(!format!("{events:?}").contains(&format!("{OFFICER:?}")), "not even the account is a fact");
}

#[test]
fn a_letter_that_names_somebody_harmed_or_a_witness_is_refused() {
    let mut world = World::opened();
    let measure = world.decided(Kind::Entry);
    let incident = world.measure(measure).incidents[0];
    world.does(REGISTRAR, harmed(incident, "Wren Overway"));
    world.does(REGISTRAR, witness(incident, "Pipit Overway"));
    world.does(REGISTRAR, colleague(incident, OTHER_MANAGER));
    let manager = world.register.account(OTHER_MANAGER).expect("an account").name();
    for named in ["Wren Overway", "PIPIT OVERWAY", &manager] {
        let naming = WriteLetter { explanation: text(&format!("You hurt {named}.")), ..write(measure) };
        assert_eq!(world.refused(REGISTRAR, naming), Refusal::LetterNamesProtected, "{named}");
    }
    world.does(REGISTRAR, write(measure));
}

#[test]
fn who_was_named_is_destroyed_with_the_report_and_nobody_is_named_afterwards() {
    let mut world = World::opened();
    let incident = world.reported();
    world.does(REGISTRAR, harmed(incident, "Wren Overway"));
    world.does(REGISTRAR, witness(incident, "Pipit Overway"));
    world.does(REGISTRAR, triage(incident, None, Route::LogOnly));
    world.on(date(2027, 6, 1));
    world.day_passes();
    let destroyed = |event: &Event| matches!(event, Event::Destroyed { file: File::Incident(_), .. });
    let event = world.log.iter().map(|(event, _)| event).find(|event| destroyed(event)).expect("destroyed");
    for locker in [Locker::Harmed(incident), Locker::Witnesses(incident)] {
        assert!(event.destroys().contains(&locker), "{locker:?}");
    }
    assert!(names(&world, incident).is_empty());
    assert_eq!(world.refused(REGISTRAR, harmed(incident, "Wren Overway")), Refusal::Destroyed);
}
