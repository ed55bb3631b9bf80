//! What lies on disk does not change: each frozen line reads as the event pinned beside it, and is written again byte for byte.

use crate::{pinned, write};
use ledger::wire::{Encoded, Unsealed, decode};
use register::event::Event;
use register::personal::{Locker, Personal};
use serde_json::Value;
use std::collections::BTreeSet;

// FROZEN: lines are appended, never edited; registers in use hold records of these shapes.
const SAMPLES: &str = include_str!("../../samples/events-v1.jsonl");

/// One line of the samples: facts and particulars exactly as they are stored, with the number of each locker.
fn line(encoded: &Encoded) -> String {
    let json = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("JSON is UTF-8");
    let particulars: Vec<String> = encoded
        .particulars
        .iter()
        .map(|particular| {
            let (field, locker) = (particular.field, particular.locker.number());
            format!(r#"{{"field":"{field}","locker":{locker},"content":{}}}"#, json(&particular.bytes))
        })
        .collect();
    format!(
        r#"{{"kind":"{}","version":{},"facts":{},"particulars":[{}]}}"#,
        encoded.kind,
        encoded.version,
        json(&encoded.facts),
        particulars.join(",")
    )
}

fn decode_line(line: &str) -> Event {
    let line: Value = serde_json::from_str(line).expect("a line of JSON");
    let particulars: Vec<Unsealed> = line["particulars"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|particular| Unsealed {
            field: particular["field"].as_str().expect("a field").to_owned(),
            locker: particular["locker"].as_u64().and_then(Locker::from_number).expect("a locker"),
            content: Personal::Known(particular["content"].to_string().into_bytes()),
        })
        .collect();
    decode(
        line["kind"].as_str().expect("a kind"),
        u16::try_from(line["version"].as_u64().expect("a version")).expect("a small version"),
        line["facts"].to_string().as_bytes(),
        particulars,
    )
    .unwrap_or_else(|error| panic!("{error:?} in {line}"))
}

#[test]
fn every_pinned_event_is_stored_as_its_frozen_line() {
    let frozen: BTreeSet<&str> = SAMPLES.lines().collect();
    let missing: Vec<String> = pinned::events()
        .iter()
        .map(|event| line(&write(event)))
        .filter(|line| !frozen.contains(line.as_str()))
        .collect();
    assert!(missing.is_empty(), "append to samples/events-v1.jsonl:\n{}", missing.join("\n"));
}

#[test]
fn every_frozen_line_reads_as_its_pinned_event() {
    let pinned = pinned::events();
    assert_eq!(SAMPLES.lines().count(), pinned.len());
    for (sample, pinned) in SAMPLES.lines().zip(&pinned) {
        let decoded = decode_line(sample);
        assert_eq!(format!("{decoded:?}"), format!("{pinned:?}"));
        assert_eq!(write(&decoded), write(pinned));
    }
}

#[test]
fn every_frozen_line_of_the_newest_version_is_written_again_byte_for_byte() {
    for sample in SAMPLES.lines() {
        let again = write(&decode_line(sample));
        let newest = format!(r#"{{"kind":"{}","version":{},"#, again.kind, again.version);
        if sample.starts_with(&newest) {
            assert_eq!(line(&again), sample);
        }
    }
}

/// The names of all events, in a list that the compiler holds complete.
macro_rules! all_events {
    ($($name:ident)*) => {
        const ALL: &[&str] = &[$(stringify!($name)),*];
        fn name(event: &Event) -> &'static str {
            match event { $(Event::$name { .. } => stringify!($name),)* }
        }
    };
}

all_events! {
    RegisterOpened
    PolicyProposed PolicyConsulted PolicyEndorsed PolicyRejected PolicyWithdrawn PolicyAdopted PolicyReviewed
    TeamOpened AccountOpened AccountChanged AccountClosed GrantAsked GrantGiven
    StarterNoted AccessAsked AccessNotGiven AccessLimited ConfirmationAsked AccessConfirmed AccountMoved AccountSuspended
    PolicyAcknowledged TrainingPassed ConductKept
    SubjectOpened SubjectDescribed SupportNeedsRecorded
    IncidentReported IncidentConfirmed IncidentAddedTo InvolvedNamed IncidentTriaged
    MeasureProposed IncidentJoined InterimAsked InterimAgreed InterimEnded
    TestAnswered PlanSet ProportionalityWeighed UnderAgeAllowed AssessmentCompleted
    MeasureApproved MeasureRefused
    LetterWritten LetterApproved LetterSent WithholdingAsked NoticeWithheld WithholdingRefused
    MeasureRetained MeasureEnded HoldPlaced HoldsLifted FileHeld FileReleased DecisionFileSealed Destroyed
    RiskRaised RiskAssessed RiskTransferred RiskClosed
    ReviewAnswered RemovalProposed RemovalAsked MeasureVaried SponsorChanged WithdrawalConfirmed
    ContactLogged ContactAnswered DisputeRecorded DisputeAnswered LegalAdviceKept OccupantsChanged
    AppealOpened AppealLodged AppealAssigned AppealDecided AppealWithdrawn ComplaintRecorded ComplaintEnded
    OutcomeLetterWritten OutcomeLetterApproved OutcomeLetterSent
    SubjectsJoined SubjectsParted SubjectsKeptApart
    ImportProposed ImportRefused EntryImported ImportApproved ImportUndone OldListDestroyed NoListDeclared
    PartnerKept AgreementProposed AgreementApproved AgreementConfirmed AgreementEnded StockLoaded MarkerReceived Excluded ExclusionLifted GlassBroken GlassReviewed LooksQuestioned LooksExplained LooksReviewed
    MeetingCalled MeetingOpened MeetingDecided ActionAgreed ActionDone MeetingClosed
}

#[test]
fn every_event_has_a_frozen_line() {
    let frozen: BTreeSet<&str> = SAMPLES.lines().map(|line| name(&decode_line(line))).collect();
    assert_eq!(frozen, ALL.iter().copied().collect());
}

#[test]
fn every_event_has_a_kind_of_its_own() {
    let kinds: BTreeSet<&str> = pinned::events().iter().map(|event| write(event).kind).collect();
    assert_eq!(kinds.len(), ALL.len());
}
