//! Somebody whom the register learns of while others plan to visit them, for the tests of what changes an answer.

use super::{Running, now, somebody};
use jiff::SignedDuration;
use jiff::civil::date;
use register::assessment::{Band, PlanWords, Proposal};
use register::command::{
    AgreeInterim, AskInterim, Command, DescribeSubject, LapseInterim, OpenSubject, ReportIncident,
};
use register::contact::Limits;
use register::ids::{IncidentId, MeasureId, SubjectId, TeamId};
use register::incident::{
    Channel, Danger, Described, Facts, Identity, Injury, Narrative, Police, Protection,
};
use register::people::Role;
use register::personal::Text;
use register::policy::Code;
use register::subject::{Address, Born, NameKind, Person, PersonName, SubjectDetails};
use register::view::Purpose;
use service::Service;
use service::check::{self, Asked};

pub const SUBJECT: SubjectId = SubjectId::from_bits(0x5_1234);
pub const MEASURE: MeasureId = MeasureId::from_bits(0x7_1234);
pub const NAME: &str = "Ottoline Farthingale";
pub const HOME: &str = "17 Copperbeech Rise, Netherwold";

pub fn text(words: &str) -> Text {
    Text::new(words).expect("text")
}

pub async fn does(service: &Service, by: Role, command: impl Into<Command>) {
    service.execute(somebody(by), service.fresh_command(), command).await.expect("done");
}

/// The team of the officer who checks.
pub fn team(service: &Service) -> TeamId {
    service.read(|register| register.account(somebody(Role::Officer)).expect("officer").team)
}

pub fn details(home: &str) -> SubjectDetails {
    let address =
        Address { lines: text(home), postcode: Some(text("ZZ4 7QX")), uprn: None, from: None, until: None };
    SubjectDetails::Person(Person {
        names: vec![PersonName { kind: NameKind::Main, full: text(NAME) }],
        born: Born::On(date(1971, 3, 27)),
        addresses: vec![address],
        phones: Vec::new(),
        emails: Vec::new(),
        social: Vec::new(),
        references: Vec::new(),
    })
}

pub fn plan(service: &Service, precautions: &[&str]) -> Proposal {
    Proposal {
        band: Band::Amber,
        precautions: precautions.iter().map(|code| Code::new(code).expect("code")).collect(),
        restrictions: Vec::new(),
        audience: vec![team(service)],
        limits: Limits::default(),
        words: PlanWords {
            band_reasons: text("A threat"),
            summary: text("A threat"),
            audience_reasons: vec![text("They visit")],
            service_route: text("The help desk"),
            point_of_contact: None,
            times: None,
            ring_name: text("Customer Relations"),
            ring_phone: text("01632 960199"),
        },
    }
}

fn report(incident: IncidentId) -> ReportIncident {
    ReportIncident {
        incident,
        facts: Facts {
            happened_on: date(2026, 11, 23),
            happened_at: None,
            channel: Channel::Home,
            behaviours: vec![Code::new("THR").expect("code")],
            danger: Danger::No,
            injury: Injury::None,
            police: Police::NotTold,
            identity: Identity::Certain,
            protection: Protection::Wanted,
        },
        narrative: Narrative {
            what_happened: text("A threat"),
            exact_words: None,
            place: None,
            subject: Described::default(),
            others_affected: None,
            weapon_or_damage: None,
            evidence: None,
            police_reference: None,
            needs: None,
            own_contribution: None,
            suggested_precautions: None,
            likely_contact: None,
        },
        told_by: None,
        attachments: Vec::new(),
    }
}

/// Opens a file about the one the tests are about.
pub async fn open_file(service: &Service, home: &str) {
    does(service, Role::RegisterTeam, OpenSubject { subject: SUBJECT, details: details(home) }).await;
}

pub async fn moves(service: &Service, home: &str) {
    does(service, Role::RegisterTeam, DescribeSubject { subject: SUBJECT, details: details(home) }).await;
}

/// Somebody asks for an interim marker with these precautions.
pub async fn ask_for_marker(service: &Service, precautions: &[&str]) {
    let incident = IncidentId::from_bits(service.fresh() & 0xff_ffff);
    does(service, Role::Officer, report(incident)).await;
    let asking = AskInterim {
        measure: MEASURE,
        incident,
        subject: SUBJECT,
        sponsor: somebody(Role::LineManager),
        plan: plan(service, precautions),
        grounds: text("He waits at the door"),
    };
    does(service, Role::RegisterTeam, asking).await;
}

pub async fn agree(service: &Service) {
    does(service, Role::DecisionMaker, AgreeInterim { measure: MEASURE }).await;
}

/// Three weeks later nobody has confirmed the marker: it lapses by itself.
pub async fn lapses(running: &Running) {
    running.clock.set(now() + SignedDuration::from_hours(24 * 21));
    running.service.execute_as_system(LapseInterim { measure: MEASURE }).await.expect("lapsed");
}

/// The file and its marker, from nothing.
pub async fn mark(service: &Service) {
    open_file(service, HOME).await;
    ask_for_marker(service, &["NLV"]).await;
    agree(service).await;
}

/// A visit next month to where they live.
pub fn next_month() -> Asked {
    Asked {
        purpose: Purpose::Visit,
        day: Some(register::calendar::days_after(register::calendar::london(now()), 30)),
        description: check::Described {
            name: Some(NAME.to_owned()),
            address: Some(HOME.to_owned()),
            ..check::Described::default()
        },
        job: None,
    }
}
