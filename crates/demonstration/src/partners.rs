//! The organisations whose workers meet the council's customers: a housing association that is told of its own homes, and a contractor
//! whose agreement is about to end.

use crate::chance::stable_number;
use crate::council::{Staff, teams, with_role};
use crate::diary::Diary;
use crate::gazetteer;
use crate::story::Story;
use crate::subjects::uprn;
use crate::words::text;
use jiff::civil::Date;
use register::calendar::{days_after, instant, months_after};
use register::command::{
    ApproveAgreement, Command, ConfirmAgreement, KeepPartner, LoadStock, ProposeAgreement, ReceiveMarker,
};
use register::ids::PartnerId;
use register::measure::Measure;
use register::moment::{Actor, Moment};
use register::partner::{self, AgreementWords, Properties, Property, Relationship, Shared, Terms};
use register::people::{Action, Extent, Role};
use register::state::Register;
use register::view::Purpose;
use std::collections::BTreeSet;

/// One partner.
struct Known {
    /// Its name, which is that of its team.
    name: &'static str,
    relationship: Relationship,
    properties: Properties,
    shares: BTreeSet<Shared>,
    /// The agreement's last day.
    ends: Date,
}

/// How many days of deliveries wait for their receipts.
const LATELY: u32 = 5;

/// Every home of this many on the council's list is the housing association's, and every home of its estate.
const ONE_HOME_IN: usize = 3;
const ESTATE: &str = "Ninth Avenue";

/// Records both partners on the first day, and confirms their agreements each year.
pub(crate) fn partners(story: &mut Story, opened: Date) {
    let homes = Known {
        name: "Teaselwood Homes",
        relationship: Relationship::Joint,
        properties: Properties::Stock,
        shares: Shared::ALL.iter().copied().collect(),
        ends: months_after(opened, 60),
    };
    let crews = Known {
        name: "Greenmoor Waste Crews",
        relationship: Relationship::Processor,
        properties: Properties::All,
        shares: [Shared::Precautions, Shared::Reviewed, Shared::Ring].into(),
        ends: days_after(story.today(), 20),
    };
    for known in [homes, crews] {
        let team = teams().iter().find(|staff| staff.name == known.name);
        if let Some(team) = team {
            record(story, opened, known, team);
        }
    }
}

/// What the partners say at the end of a day that they have; the deliveries of the last days still wait.
pub(crate) fn receipts(register: &Register, day: Date, today: Date) -> Vec<(Command, Moment)> {
    let Some(at) = instant(day.at(17, 30, 0, 0)).filter(|_| days_after(day, LATELY) < today) else {
        return Vec::new();
    };
    let mut receipts = Vec::new();
    for partner in register.partners() {
        let own = |team| register.team(team).is_some_and(|team| team.partner == Some(partner.id));
        let workers = register.accounts().filter(|account| own(account.team));
        let mut receiving =
            workers.filter(|account| account.extent(Action::ReceiveMarkers) > Extent::Nothing);
        let Some(worker) = receiving.next() else { continue };
        let moment = Moment { at, by: Actor::Account(worker.id) };
        for owed in partner::owed(register, partner, day) {
            // The register team rings first, and the partner writes it down when it is done.
            let asked = register.measure(owed.measure).map(Measure::awaits_withdrawal).unwrap_or_default();
            if !asked.into_iter().any(own) || days_after(owed.since, LATELY) < day {
                let edition = owed.edition();
                receipts.push((ReceiveMarker { measure: owed.measure, edition }.into(), moment));
            }
        }
    }
    receipts
}

fn record(story: &mut Story, opened: Date, known: Known, team: &Staff) {
    let one = |role| with_role(role).first().copied();
    let (Some(keeper), Some(officer)) = (one(Role::RegisterTeam), one(Role::DataProtection)) else { return };
    let answers = team.sponsor();
    let partner = PartnerId::from_bits(stable_number(known.name));
    let mut chance = story.chance(known.name);
    let mut diary = Diary::open(opened);
    let keeping = KeepPartner {
        partner,
        name: text(known.name),
        relationship: known.relationship,
        since: opened,
        teams: [team.team].into(),
    };
    story.asks(diary.soon(&mut chance), keeper.id, keeping);
    let words = AgreementWords {
        document: text("The signed agreement is in the deed store of the council’s solicitor."),
        signed_here: text("Head of Housing"),
        signed_there: text("Director of Operations"),
    };
    let terms = Terms {
        starts: opened,
        ends: known.ends,
        shares: known.shares,
        purposes: [Purpose::Visit, Purpose::Call].into(),
        properties: known.properties,
        answers: answers.id,
    };
    story.asks(diary.soon(&mut chance), keeper.id, ProposeAgreement { partner, terms, words });
    story.asks(diary.soon(&mut chance), officer.id, ApproveAgreement { partner, agreement: 0 });
    if known.properties == Properties::Stock {
        let of_theirs = |(place, (lines, _)): &(usize, (String, String))| {
            place % ONE_HOME_IN == 0 || lines.contains(ESTATE)
        };
        let own = gazetteer::homes().into_iter().enumerate().filter(of_theirs);
        let stock = own
            .map(|(_, home)| home)
            .map(|(lines, postcode)| {
                (uprn(&lines), Property { lines: text(&lines), postcode: Some(text(&postcode)) })
            })
            .collect();
        story.asks(diary.soon(&mut chance), keeper.id, LoadStock { partner, stock });
    }
    let mut year = Diary::open(months_after(opened, 11));
    while year.date() < story.today() {
        story.asks(year.soon(&mut chance), answers.id, ConfirmAgreement { partner, agreement: 0 });
        year = Diary::open(months_after(year.date(), 11));
    }
}
