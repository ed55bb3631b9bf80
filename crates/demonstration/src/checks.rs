//! Checks before contact in the last fifteen months: more of late, by some teams more than by others, and most about people of whom
//! the register knows nothing.

use crate::chance::{Chance, Seed};
use crate::council::{Staff, teams};
use crate::diary::{Diary, days_before, working_day_by};
use crate::subjects::postcode;
use jiff::Timestamp;
use jiff::civil::Date;
use register::calendar::london;
use register::ids::AccountId;
use register::measure::Measure;
use register::people::Contact;
use register::personal::Text;
use register::state::Register;
use register::subject::Subject;
use register::view::Purpose;

/// How many there are, and over how many days.
const CHECKS: u32 = 420;
const DAYS: u32 = 450;

/// A check that somebody makes.
#[derive(Debug, Clone)]
pub struct Check {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: AccountId,
    /// Why.
    pub purpose: Purpose,
    /// The day of the visit.
    pub day: Date,
    /// About whom, where a name is given.
    pub name: Option<String>,
    /// Where.
    pub address: String,
    /// Its postcode.
    pub postcode: Option<String>,
}

/// Every check, earliest first, of the people and places of a register as it is in the end. The same seed and register give the same.
#[must_use]
pub fn checks(register: &Register, seed: Seed, until: Timestamp) -> Vec<Check> {
    let mut checks: Vec<Check> = (0..CHECKS)
        .map(|index| check(register, &mut Chance::of(seed, &format!("check {index}")), until))
        .collect();
    checks.sort_by_key(|check| (check.at, check.by));
    checks
}

fn check(register: &Register, chance: &mut Chance, until: Timestamp) -> Check {
    let asking: Vec<&Staff> = teams().iter().filter(|team| !team.reporters().is_empty()).collect();
    let about_somebody_listed = chance.one_in(6);
    let live = |subject: &Subject| register.measures_about(subject.id).find_map(Measure::plan_in_force);
    let subjects: Vec<_> = register
        .subjects()
        .filter(|subject| !about_somebody_listed || live(subject).is_some())
        .filter_map(|subject| {
            let details = subject.details.known()?;
            Some((subject, details, details.addresses().first()?))
        })
        .collect();
    let (about, details, home) = chance.pick(&subjects);
    // Whoever goes to somebody listed is of a team that is told. Of two other teams it is the one that goes out: a desk sees people come.
    let told = live(about).and_then(|plan| asking.iter().find(|team| plan.audience.contains(&team.team)));
    let (one, other) = (chance.pick(&asking), chance.pick(&asking));
    let team = match told {
        Some(told) => told,
        None if one.contact == Contact::Visits => one,
        None => other,
    };
    let purpose = if team.contact == Contact::Visits { Purpose::Visit } else { Purpose::Call };
    // Of two days the later: more of late.
    let days = chance.between(1, DAYS).min(chance.between(1, DAYS));
    let day = working_day_by(days_before(london(until), days));
    let at = Diary::open(day).on(day, chance);
    let by = chance.pick(&team.reporters()).id;
    let written = |text: &Text| text.as_str().to_owned();
    let (name, address, postcode) = if about_somebody_listed || chance.one_in(5) {
        (Some(details.heading().to_owned()), written(&home.lines), home.postcode.as_ref().map(written))
    } else {
        let street = "Quarry Bank Rise";
        (None, format!("{} {street}, Wyverton", chance.between(1, 90)), Some(postcode("Wyverton", street)))
    };
    Check { at, by, purpose, day, name, address, postcode }
}
