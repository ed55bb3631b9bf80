//! A small council to test the policy with: its people, a clock to move, and a log that every command goes through.

use jiff::Timestamp;
use jiff::civil::Date;
use register::assessment::{Band, PlanWords, Proportionality, Proposal};
use register::calendar;
use register::command::{Command, OpenAccount, OpenRegister, OpenTeam, TakeTraining};
use register::contact::{Every, Limits, Means, Most, Replies};
use register::event::Event;
use register::ids::{AccountId, TeamId};
use register::incident::{
    Channel, Danger, Described, Facts, Identity, Injury, Narrative, Police, Protection,
};
use register::measure::Kind;
use register::moment::{Actor, Moment};
use register::people::{AccountDetails, Contact, Role};
use register::personal::Text;
use register::policy::{Code, Council, Desk, Figure, List, Policy};
use register::refusal::Refusal;
use register::state::Register;
use register::subject::{Address, Born, NameKind, Person, PersonName};
use register::training::{Course, Sheet};
use std::collections::BTreeMap;

pub const HOUSING: TeamId = TeamId::from_bits(1);
pub const PLANNING: TeamId = TeamId::from_bits(2);
pub const RELATIONS: TeamId = TeamId::from_bits(3);
pub const MEMBERS: TeamId = TeamId::from_bits(4);
pub const LIFTS: TeamId = TeamId::from_bits(5);

/// Every team of the council, with how it meets customers.
const TEAMS: &[(TeamId, &str, Contact)] = &[
    (HOUSING, "Housing repairs", Contact::Visits),
    (PLANNING, "Planning", Contact::Visits),
    (RELATIONS, "Customer Relations", Contact::AtOffice),
    (MEMBERS, "Members of the council", Contact::Visits),
    (LIFTS, "Lift engineers", Contact::Visits),
];

pub const OFFICER: AccountId = AccountId::from_bits(1);
pub const CONTRACTOR: AccountId = AccountId::from_bits(2);
pub const MEMBER: AccountId = AccountId::from_bits(3);
pub const MANAGER: AccountId = AccountId::from_bits(4);
pub const OTHER_MANAGER: AccountId = AccountId::from_bits(5);
pub const REGISTRAR: AccountId = AccountId::from_bits(6);
pub const SECOND_REGISTRAR: AccountId = AccountId::from_bits(7);
pub const DECIDER: AccountId = AccountId::from_bits(8);
pub const SECOND_DECIDER: AccountId = AccountId::from_bits(9);
pub const GOVERNOR: AccountId = AccountId::from_bits(10);
pub const APPEALS: AccountId = AccountId::from_bits(11);
pub const PARTNER: AccountId = AccountId::from_bits(12);
pub const PROTECTION: AccountId = AccountId::from_bits(13);
pub const AUDITOR: AccountId = AccountId::from_bits(14);
pub const ADMINISTRATOR: AccountId = AccountId::from_bits(15);
pub const ANOTHER_OFFICER: AccountId = AccountId::from_bits(16);
pub const SECOND_GOVERNOR: AccountId = AccountId::from_bits(17);
pub const THIRD_GOVERNOR: AccountId = AccountId::from_bits(18);
pub const SECOND_APPEALS: AccountId = AccountId::from_bits(19);
pub const POLICY_OWNER: AccountId = AccountId::from_bits(20);
pub const CABINET_MEMBER: AccountId = AccountId::from_bits(21);
pub const SYSTEM: AccountId = AccountId::from_bits(22);
pub const DIRECTORY: AccountId = AccountId::from_bits(23);

/// Everyone with an account on the first day. The names of those who report are words that stand nowhere else.
pub const CAST: &[(AccountId, &str, Role, TeamId)] = &[
    (OFFICER, "Heron Tellwright", Role::Officer, HOUSING),
    (CONTRACTOR, "Egret Tellwright", Role::Contractor, HOUSING),
    (MEMBER, "Osprey Tellwright", Role::Member, MEMBERS),
    (MANAGER, "Avocet Tellwright", Role::LineManager, HOUSING),
    (OTHER_MANAGER, "Godwit Tellwright", Role::LineManager, PLANNING),
    (REGISTRAR, "Curlew Tellwright", Role::RegisterTeam, RELATIONS),
    (SECOND_REGISTRAR, "Lapwing Tellwright", Role::RegisterTeam, RELATIONS),
    (DECIDER, "Merlin Tellwright", Role::DecisionMaker, RELATIONS),
    (SECOND_DECIDER, "Hobby Tellwright", Role::DecisionMaker, PLANNING),
    (GOVERNOR, "Wigeon Tellwright", Role::GovernanceGroup, RELATIONS),
    (APPEALS, "Gadwall Tellwright", Role::AppealOfficer, PLANNING),
    (PARTNER, "Pintail Tellwright", Role::Partner, LIFTS),
    (PROTECTION, "Teal Tellwright", Role::DataProtection, RELATIONS),
    (AUDITOR, "Smew Tellwright", Role::Auditor, RELATIONS),
    (ADMINISTRATOR, "Scaup Tellwright", Role::Administrator, RELATIONS),
    (ANOTHER_OFFICER, "Plover Tellwright", Role::Officer, PLANNING),
    (SECOND_GOVERNOR, "Eider Tellwright", Role::GovernanceGroup, HOUSING),
    (THIRD_GOVERNOR, "Scoter Tellwright", Role::GovernanceGroup, PLANNING),
    (SECOND_APPEALS, "Goosander Tellwright", Role::AppealOfficer, RELATIONS),
    (POLICY_OWNER, "Whimbrel Tellwright", Role::PolicyOwner, RELATIONS),
    (CABINET_MEMBER, "Crane Tellwright", Role::CabinetMember, MEMBERS),
    (SYSTEM, "Lift jobs", Role::System, LIFTS),
    (DIRECTORY, "Directory of staff", Role::Directory, RELATIONS),
];

pub fn text(words: &str) -> Text {
    Text::new(words).expect("a text of the tests")
}

pub fn code(letters: &str) -> Code {
    Code::new(letters).expect("a code of the tests")
}

/// The register, its clock, and the log of everything that happened.
#[derive(Clone)]
pub struct World {
    pub register: Register,
    pub at: Timestamp,
    pub log: Vec<(Event, Moment)>,
    fresh: u64,
}

impl World {
    /// A register set up at ten in the morning of Monday 2 March 2026, with every team and person of this file, under a policy with
    /// these figures of its own.
    pub fn opened_with(figures: BTreeMap<Figure, u32>) -> Self {
        let mut world = Self::empty();
        let first = Policy::first(world.today(), text("Unreasonable customer behaviour policy"));
        let lists = [List::Behaviour, List::Precaution, List::Restriction, List::WithholdingGround];
        let lists = lists.map(|list| (list, first.terms(list).to_vec())).into_iter().collect();
        let policy = Policy::new(first.version, first.effective, first.name, figures, lists);
        world.system(OpenRegister { council: council(), policy });
        for (team, name, contact) in TEAMS {
            world.system(OpenTeam { team: *team, name: text(name), contact: *contact });
        }
        for (account, name, role, team) in CAST {
            world.system(OpenAccount {
                account: *account,
                roles: [*role].into(),
                team: *team,
                details: holder(*account, name),
            });
        }
        world
    }

    /// A register that nobody has set up.
    pub fn empty() -> Self {
        let at = "2026-03-02T10:00:00Z".parse().expect("timestamp");
        Self { register: Register::default(), at, log: Vec::new(), fresh: 1000 }
    }

    /// Bits that no reference has yet.
    pub fn fresh(&mut self) -> u64 {
        self.fresh += 1;
        self.fresh
    }

    pub fn today(&self) -> Date {
        calendar::london(self.at)
    }

    pub fn moment(&self, by: Actor) -> Moment {
        Moment { at: self.at, by }
    }

    /// Asks, and takes in what follows if it is not refused.
    pub fn ask_as(&mut self, by: Actor, command: &Command) -> Result<Vec<Event>, Refusal> {
        let moment = self.moment(by);
        let events = register::decide(&self.register, command, &moment)?;
        for event in &events {
            self.register.apply(event, moment, self.log.len() as u64);
            self.log.push((event.clone(), moment));
        }
        Ok(events)
    }

    /// What the system itself asks is not refused.
    pub fn system(&mut self, command: impl Into<Command>) -> Vec<Event> {
        let command = command.into();
        let asked = self.ask_as(Actor::System, &command);
        asked.unwrap_or_else(|refusal| panic!("{} was refused: {refusal}", command.name()))
    }
}

pub fn holder(account: AccountId, name: &str) -> AccountDetails {
    AccountDetails {
        name: text(name),
        email: text(&format!("account{}@council.example", account.bits())),
        phone: None,
    }
}

/// The answers to a sheet of questions, all right.
pub fn sheet(course: Course) -> TakeTraining {
    let sheet = Sheet { course, number: 4711 };
    let answers = sheet.questions().iter().map(|drawn| (drawn.place, drawn.right())).collect();
    TakeTraining { sheet: sheet.number, answers }
}

pub fn desk(name: &str) -> Desk {
    Desk { name: text(name), phone: text("01632 960001"), email: text("desk@council.example") }
}

pub fn council() -> Council {
    Council {
        name: text("Fenmarsh District Council"),
        register_name: text("Personal Safety Register"),
        address: vec![text("Town Hall"), text("Fenmarsh")],
        duty_desk: desk("Customer Relations desk"),
        appeals_desk: desk("Appeals desk"),
        data_protection_desk: desk("Data protection desk"),
    }
}

/// Words of a subject's name that stand nowhere else.
pub const SUBJECT_WORD: &str = "Kestrel";
/// A word that stands in every reason and every narrative and nowhere else.
pub const SECRET_WORD: &str = "Nightjar";

pub fn person(born: Born) -> Person {
    Person {
        names: vec![PersonName { kind: NameKind::Main, full: text("Robin Kestrel") }],
        born,
        addresses: vec![address("4 Mill Lane, Fenmarsh")],
        phones: vec![text("01632 960123")],
        emails: Vec::new(),
        social: Vec::new(),
        references: Vec::new(),
    }
}

pub fn address(lines: &str) -> Address {
    Address { lines: text(lines), postcode: Some(text("FM1 2AB")), uprn: None, from: None, until: None }
}

pub fn facts(happened_on: Date) -> Facts {
    Facts {
        happened_on,
        happened_at: None,
        channel: Channel::Home,
        behaviours: vec![code("THR")],
        danger: Danger::No,
        injury: Injury::None,
        police: Police::NotTold,
        identity: Identity::Certain,
        protection: Protection::Wanted,
    }
}

pub fn narrative() -> Narrative {
    Narrative {
        what_happened: text("Nightjar: he said he would be waiting for us."),
        exact_words: Some(text("Nightjar, come back and see")),
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
    }
}

/// A plan that a measure of this kind may have, shown to the housing team.
pub fn plan(kind: Kind) -> Proposal {
    let plan = Proposal {
        band: Band::Amber,
        precautions: if kind == Kind::Entry { vec![code("NLV")] } else { Vec::new() },
        restrictions: Vec::new(),
        audience: vec![HOUSING],
        limits: Limits::default(),
        words: PlanWords {
            band_reasons: text("Nightjar: a threat that was meant."),
            summary: text("Nightjar: threatened two officers at the door."),
            audience_reasons: vec![text("Nightjar: repairs are due at the house.")],
            service_route: text("You can reach every service through the help desk at the town hall."),
            point_of_contact: None,
            times: None,
            ring_name: text("Customer Relations desk"),
            ring_phone: text("01632 960001"),
        },
    };
    if kind == Kind::Restriction { limited(plan) } else { plan }
}

/// The same with contact in writing only, twice a week, and answered where there is something new.
pub fn limited(plan: Proposal) -> Proposal {
    let limits = Limits {
        means: [Means::Email, Means::Letter].into(),
        most: Some(Most { contacts: 2, every: Every::Week }),
        replies: Replies::OnlyNew,
        ..Limits::default()
    };
    let point_of_contact = Some(text("The contact desk at the town hall, 01632 960002"));
    let words = PlanWords { point_of_contact, ..plan.words };
    Proposal { restrictions: vec![code("WRIT")], limits, words, ..plan }
}

pub fn proportionality() -> Proportionality {
    let words = text("Nightjar: weighed.");
    Proportionality {
        aim: words.clone(),
        necessity: words.clone(),
        alternatives: words.clone(),
        effect: words.clone(),
        safeguards: words,
    }
}
