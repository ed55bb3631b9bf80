//! The fictional council: its desks, its teams and everybody who uses its register.

use crate::chance::stable_number;
use crate::diary::Diary;
use crate::story::Story;
use crate::words::{sections, text};
use crate::{partners, policy};
use jiff::civil::Date;
use register::calendar::{days_after, instant};
use register::command::{
    AssessRisk, ChangeAccount, CloseAccount, OpenAccount, OpenRegister, OpenTeam, TransferRisk,
};
use register::ids::{AccountId, RiskId, TeamId};
use register::people::{AccountDetails, Contact, Role};
use register::policy::{Council, Desk};
use register::risk::{Answer, Control, Impact, Likelihood, Rating, to_begin_with};
use std::sync::LazyLock;

/// The council's name. There is no such district.
pub const COUNCIL_NAME: &str = "Wyvernshire District Council";

/// Somebody to sign in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// What they are to the register.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// Their account.
    pub account: AccountId,
}

/// Somebody with an account.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) id: AccountId,
    pub(crate) name: &'static str,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) roles: Vec<Role>,
    persona: bool,
}

/// A team with its people.
#[derive(Debug)]
pub(crate) struct Staff {
    pub(crate) team: TeamId,
    pub(crate) name: &'static str,
    pub(crate) contact: Contact,
    pub(crate) people: Vec<Worker>,
}

static STAFF: LazyLock<Vec<Staff>> = LazyLock::new(|| {
    let mut extension = 110; // below it are the desks
    sections(include_str!("../data/accounts.txt"))
        .map(|(heading, lines)| {
            let (name, contact) = heading.split_once(" | ").unwrap_or((heading, "office"));
            Staff {
                team: TeamId::from_bits(stable_number(name)),
                name,
                contact: if contact == "visits" { Contact::Visits } else { Contact::AtOffice },
                people: lines
                    .into_iter()
                    .map(|line| {
                        extension += 1;
                        worker(line, extension)
                    })
                    .collect(),
            }
        })
        .collect()
});

pub(crate) fn worker(line: &'static str, extension: u32) -> Worker {
    let mut cells = line.split(" | ");
    let name = cells.next().unwrap_or(line);
    let roles = cells.next().unwrap_or_default().split(", ").filter_map(Role::from_key).collect();
    let local: String = name.to_lowercase().replace(' ', ".");
    Worker {
        id: AccountId::from_bits(stable_number(name)),
        name,
        email: format!("{local}@wyvernshire.example"),
        phone: format!("01632 960{extension}"),
        roles,
        persona: cells.next() == Some("persona"),
    }
}

/// Every team.
pub(crate) fn teams() -> &'static [Staff] {
    &STAFF
}

/// Everybody with this role.
pub(crate) fn with_role(role: Role) -> Vec<&'static Worker> {
    STAFF.iter().flat_map(|staff| &staff.people).filter(|worker| worker.roles.contains(&role)).collect()
}

impl Staff {
    /// Who answers for the team's reports: its manager or, where it has none, the manager of Customer Relations.
    pub(crate) fn sponsor(&self) -> &'static Worker {
        let managers = with_role(Role::LineManager);
        let own = managers.iter().find(|manager| self.people.iter().any(|worker| worker.id == manager.id));
        own.or(managers.first()).copied().unwrap_or_else(nobody)
    }

    /// Whether it is a contractor's or a partner's crew, who have neither mailboxes nor desks of ours.
    pub(crate) fn works_under_contract(&self) -> bool {
        let contracted = |role: &Role| matches!(role, Role::Contractor | Role::Partner);
        self.people.iter().any(|worker| worker.roles.iter().any(contracted))
    }

    /// Those who go out or sit at the desk, and so report.
    pub(crate) fn reporters(&self) -> Vec<&Worker> {
        self.people.iter().filter(|worker| worker.roles.iter().any(|role| role.is_check_only())).collect()
    }
}

/// Stands in for somebody whom `data/accounts.txt` does not have; has no account.
pub(crate) fn nobody() -> &'static Worker {
    static NOBODY: LazyLock<Worker> = LazyLock::new(|| worker("Nobody", 199));
    &NOBODY
}

/// Whom to sign in as, to see the register as each role does; in the order of [`Role::of_people`].
#[must_use]
pub fn personas() -> Vec<Persona> {
    let mut personas: Vec<Persona> = STAFF
        .iter()
        .flat_map(|staff| &staff.people)
        .filter(|worker| worker.persona)
        .filter_map(|worker| {
            Some(Persona {
                role: *worker.roles.first()?,
                name: worker.name.to_owned(),
                email: worker.email.clone(),
                account: worker.id,
            })
        })
        .collect();
    personas.sort_by_key(|persona| persona.role);
    personas
}

/// Sets the register up on `date`, with every team and account; later one officer changes teams and one leaves.
pub(crate) fn set_up(story: &mut Story, date: Date) {
    let at = instant(date.at(8, 0, 0, 0)).unwrap_or(jiff::Timestamp::MIN);
    story.system(at, OpenRegister { council: council(), policy: policy::first(date) });
    for staff in teams() {
        story.system(at, OpenTeam { team: staff.team, name: text(staff.name), contact: staff.contact });
        for worker in &staff.people {
            story.system(
                at,
                OpenAccount {
                    account: worker.id,
                    roles: worker.roles.iter().copied().collect(),
                    team: staff.team,
                    details: details(worker),
                },
            );
        }
    }
    partners::partners(story, date);
    comings_and_goings(story, date);
    risks(story, date);
}

/// The council's own risks: the three it began with, and one of them judged afresh when nobody in a team had checked.
fn risks(story: &mut Story, opened: Date) {
    let names = ["risk: checks", "risk: lists", "risk: access"];
    let ids = names.map(|name| RiskId::from_bits(stable_number(name)));
    let at = instant(opened.at(8, 0, 0, 0)).unwrap_or(jiff::Timestamp::MIN);
    for risk in to_begin_with(ids) {
        story.system(at, risk);
    }
    let (Some(keeper), [checks, ..]) = (with_role(Role::RegisterTeam).first().copied(), ids) else { return };
    let mut chance = story.chance("risks");
    let mut diary = Diary::open(opened);
    let at = diary.after(500, &mut chance);
    let rating = Rating {
        impact: Impact::Serious,
        likelihood: Likelihood::Significant,
        control: Control::Reduce,
        deadline: Some(days_after(story.today(), 45)),
    };
    let answer = Answer {
        reasons: text("Two teams went out for a month without a single check."),
        action: Some(text(
            "The managers of both teams show everybody how to check, on the phone they carry.",
        )),
        officer: text("Head of Housing"),
    };
    story.asks(at, keeper.id, AssessRisk { risk: checks, rating, answer });
    let at = diary.after(10, &mut chance);
    let words = text("Corporate risk 27, at the request of the senior leadership team.");
    let on = diary.date();
    story.asks(at, keeper.id, TransferRisk { risk: checks, on, words });
}

/// A student who joined for a summer, helped in two teams, and left.
fn comings_and_goings(story: &mut Story, opened: Date) {
    let mut chance = story.chance("comings and goings");
    let (Some(administrator), [first, second, ..]) =
        (with_role(Role::Administrator).first().copied(), teams())
    else {
        return;
    };
    let student = worker("Jolyon Mabberley | officer", 109);
    let mut diary = Diary::open(opened);
    let at = diary.after(160, &mut chance);
    let roles: std::collections::BTreeSet<Role> = [Role::Officer].into();
    let (account, details) = (student.id, details(&student));
    story.asks(
        at,
        administrator.id,
        OpenAccount { account, roles: roles.clone(), team: first.team, details: details.clone() },
    );
    let at = diary.after(25, &mut chance);
    story.asks(at, administrator.id, ChangeAccount { account, roles, team: second.team, details });
    let at = diary.after(30, &mut chance);
    story.asks(at, administrator.id, CloseAccount { account });
}

pub(crate) fn details(worker: &Worker) -> AccountDetails {
    AccountDetails { name: text(worker.name), email: text(&worker.email), phone: Some(text(&worker.phone)) }
}

fn council() -> Council {
    let desk = |name: &str, phone: &str, mailbox: &str| Desk {
        name: text(name),
        phone: text(phone),
        email: text(&format!("{mailbox}@wyvernshire.example")),
    };
    Council {
        name: text(COUNCIL_NAME),
        register_name: text("Personal Safety Register"),
        address: ["Civic Centre", "1 Wyvern Parade", "Wyverton", "WY1 1WY"].map(text).to_vec(),
        duty_desk: desk("Customer Relations", "01632 960100", "customer.relations"),
        appeals_desk: desk("Appeals, Governance and Audit", "01632 960101", "appeals"),
        data_protection_desk: desk("Data Protection Officer", "01632 960102", "data.protection"),
    }
}
