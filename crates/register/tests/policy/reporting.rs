//! Reporting: anyone with an account tells what happened; a manager confirms it.

use crate::cases::*;
use crate::support::*;
use register::command::*;
use register::ids::IncidentId;
use register::incident::Attachment;
use register::people::Action;
use register::refusal::Refusal;

const ID: IncidentId = IncidentId::from_bits(77);

#[test]
fn a_report_is_filed_under_the_reporter_and_the_reporters_team() {
    let mut world = World::opened();
    let today = world.today();
    world.does(OFFICER, report(ID, today));
    let incident = world.register.incident(ID).expect("incident");
    assert_eq!((incident.reporter, incident.team), (OFFICER, HOUSING));
}

#[test]
fn what_happened_today_or_yesterday_can_be_reported_and_tomorrow_cannot() {
    let mut world = World::opened();
    let today = world.today();
    for happened_on in [today.yesterday().expect("date"), today] {
        let id = IncidentId::from_bits(world.fresh());
        world.does(OFFICER, report(id, happened_on));
    }
    let tomorrow = today.tomorrow().expect("date");
    assert_eq!(world.refused(OFFICER, report(ID, tomorrow)), Refusal::HappenedInFuture);
}

#[test]
fn after_midnight_in_summer_time_today_is_the_london_day_and_not_the_one_in_utc() {
    let mut world = World::opened();
    world.at = "2026-06-30T23:30:00Z".parse().expect("timestamp");
    world.does(OFFICER, report(ID, jiff::civil::date(2026, 7, 1)));
}

#[test]
fn a_report_needs_a_behaviour_and_only_one_that_the_policy_knows() {
    let mut world = World::opened();
    let mut without = report(ID, world.today());
    without.facts.behaviours.clear();
    assert_eq!(world.refused(OFFICER, without), Refusal::NoBehaviour);
    let mut unknown = report(ID, world.today());
    unknown.facts.behaviours.push(code("RUDE"));
    assert_eq!(world.refused(OFFICER, unknown), Refusal::UnknownCode(code("RUDE")));
}

#[test]
fn a_reference_in_use_is_not_taken_for_a_second_report() {
    let mut world = World::opened();
    let incident = world.reported();
    let again = report(incident, world.today());
    assert_eq!(world.refused(CONTRACTOR, again), Refusal::ReferenceTaken);
}

#[test]
fn an_auditor_reports_nothing_and_neither_does_the_system() {
    let mut world = World::opened();
    let report = report(ID, world.today());
    let refusal = Refusal::NotPermitted(Action::ReportIncident);
    assert_eq!(world.refused(AUDITOR, report.clone()), refusal);
    assert_eq!(world.system_refused(report), refusal);
}

#[test]
fn a_manager_confirms_a_report_of_the_own_team_once() {
    let mut world = World::opened();
    let incident = world.reported();
    let confirm = ConfirmIncident { incident, words: reasons() };
    assert_eq!(world.refused(OTHER_MANAGER, confirm.clone()), Refusal::OtherTeam);
    world.does(MANAGER, confirm.clone());
    assert_eq!(world.refused(MANAGER, confirm), Refusal::AlreadyDone);
}

#[test]
fn nobody_confirms_the_own_report() {
    let mut world = World::opened();
    let incident = world.reported_by(MANAGER);
    let confirm = ConfirmIncident { incident, words: reasons() };
    assert_eq!(world.refused(MANAGER, confirm), Refusal::OwnReport);
}

#[test]
fn the_register_team_adds_to_any_report_and_a_manager_only_to_one_of_the_own_team() {
    let mut world = World::opened();
    let incident = world.reported();
    let add = AddToIncident { incident, words: reasons() };
    world.does(REGISTRAR, add.clone());
    world.does(MANAGER, add.clone());
    assert_eq!(world.refused(OTHER_MANAGER, add), Refusal::OtherTeam);
    assert_eq!(world.register.incident(incident).expect("incident").additions.len(), 2);
}

#[test]
fn nothing_is_added_to_a_report_whose_words_are_destroyed() {
    let mut world = World::opened();
    let incident = world.reported();
    world.does(REGISTRAR, triage(incident, None, register::incident::Route::LogOnly));
    world.on(jiff::civil::date(2027, 6, 1));
    world.day_passes();
    let words = reasons();
    assert_eq!(
        world.refused(REGISTRAR, AddToIncident { incident, words: words.clone() }),
        Refusal::Destroyed
    );
    assert_eq!(world.refused(REGISTRAR, ConfirmIncident { incident, words }), Refusal::Destroyed);
}

#[test]
fn an_attached_file_leads_back_to_its_report() {
    let mut world = World::opened();
    let attachment = register::ids::AttachmentId::from_bits(5);
    let mut report = report(ID, world.today());
    let media = register::incident::Media::Jpeg;
    report.attachments.push((Attachment { id: attachment, media, size: 3 }, text("door.jpg")));
    world.does(OFFICER, report);
    assert_eq!(world.register.incident_of(attachment).map(|incident| incident.id), Some(ID));
}
