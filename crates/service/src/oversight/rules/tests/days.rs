//! Twelve weeks of a fictional council: visiting officers, a contact centre, councillors and contractors, and twenty who look at what they
//! have no business with. The same seed gives the same weeks.
//!
//! What is taken for ordinary: nine in ten single checks of officers and of the contact centre carry a reference, half of the visits come from
//! lists, few work late, customers ring again, and one resident in four hundred works for the council.

use super::*;

/// Ordinary looks.
const LOOKS: usize = 10_000;
const SNOOPS: usize = 20;
/// The alerts that somebody reads.
const TOP: usize = 50;
const DAYS: u64 = 84;

/// Chance from one number (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut n = self.0;
        n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (n ^ (n >> 31)) % most
    }

    fn percent(&mut self, of: u64) -> bool {
        self.below(100) < of
    }
}

/// A surname: a third of people bear one of the common ones.
fn surname_of(chance: &mut Chance) -> String {
    if chance.percent(33) {
        let index = usize::try_from(chance.below(40)).expect("small");
        return COMMON[index].to_owned();
    }
    let mut surname = String::new();
    for _ in 0..3 {
        let parts = ["bar", "den", "ing", "kes", "lam", "mor", "nor", "pel", "ros", "sta", "tor", "wen"];
        surname.push_str(parts[usize::try_from(chance.below(12)).expect("small")]);
    }
    surname
}

struct Resident {
    name: String,
    place: Place,
    key: String,
}

fn resident(number: u64, seed: u64) -> Resident {
    let mut chance = Chance(number ^ (seed << 32));
    let surname = surname_of(&mut chance);
    let street = chance.below(1_200);
    let lines = format!("{} Way{street} Road", chance.below(90) + 1);
    let name = format!("Given{} {surname}", chance.below(400));
    let key = format!("{name} {lines}");
    Resident { place: Place::read(&lines, None), name, key }
}

const RESIDENTS: u64 = 60_000;
/// How many of each kind read, and their role.
const READERS: [(Role, u64); 4] =
    [(Role::Officer, 160), (Role::LineManager, 60), (Role::Member, 40), (Role::Contractor, 40)];

/// Everybody who reads; half of them live in the district, at the addresses of the first residents.
fn readers(seed: u64) -> BTreeMap<AccountId, Reader> {
    let roles = READERS
        .iter()
        .flat_map(|(role, many)| std::iter::repeat_n(*role, usize::try_from(*many).expect("small")));
    let reader = |(number, role): (u64, Role)| {
        let lives = resident(number, seed);
        let local = number % 2 == 0;
        let elsewhere = Place::read("1 Far Away Street", None);
        let name = if local {
            lives.name
        } else {
            format!("Given{number} {}", surname_of(&mut Chance(number ^ seed)))
        };
        let home = Some(if local { lives.place } else { elsewhere });
        (AccountId::from_bits(number + 1), Reader { roles: BTreeSet::from([role]), name: Some(name), home })
    };
    (0..).zip(roles).map(reader).collect()
}

fn at_hour(day: u64, hour: u64, minute: u64) -> Timestamp {
    let first = jiff::civil::date(2026, 9, 7);
    let date = calendar::days_after(first, u32::try_from(day).expect("small"));
    let part = |of: u64| i8::try_from(of).expect("small");
    instant(date.at(part(hour), part(minute), 0, 0)).expect("a minute")
}

/// A weekday of the twelve weeks.
fn weekday(chance: &mut Chance) -> u64 {
    let day = chance.below(DAYS * 5 / 7);
    day / 5 * 7 + day % 5
}

fn ordinary(chance: &mut Chance, seed: u64, earlier: &mut Vec<(AccountId, u64)>) -> Looked {
    let number = chance.below(300);
    let by = AccountId::from_bits(number + 1);
    let role = match number {
        0..160 => Role::Officer,
        160..220 => Role::LineManager,
        220..260 => Role::Member,
        _ => Role::Contractor,
    };
    let day = if role == Role::Contractor && chance.percent(15) {
        weekday(chance) / 7 * 7 + 5
    } else {
        weekday(chance)
    };
    let hour = match role {
        Role::Member => 8 + chance.below(13),
        Role::Contractor => 7 + chance.below(12),
        _ if chance.percent(1) => 20 + chance.below(2),
        _ => 8 + chance.below(10),
    };
    let (purpose, errand) = match role {
        Role::Officer if chance.percent(55) => (Purpose::Visit, Some(Errand::List)),
        Role::Officer => (Purpose::Visit, chance.percent(92).then_some(Errand::Job)),
        Role::Member if chance.percent(90) => (Purpose::Visit, None),
        Role::Member => (Purpose::Call, None),
        Role::Contractor => (Purpose::Visit, chance.percent(97).then_some(Errand::Job)),
        _ => (Purpose::Call, chance.percent(92).then_some(Errand::Job)),
    };
    // Customers ring again, and mostly somebody else answers.
    let again = earlier.iter().rev().find(|(reader, _)| *reader == by).map(|(_, whom)| *whom);
    let whom = again
        .filter(|_| role == Role::LineManager && chance.percent(3))
        .unwrap_or_else(|| chance.below(RESIDENTS));
    earlier.push((by, whom));
    looked(by, at_hour(day, hour, chance.below(60)), (purpose, errand), resident(whom, seed))
}

fn looked(by: AccountId, at: Timestamp, why: (Purpose, Option<Errand>), whom: Resident) -> Looked {
    let about = About { names: vec![whom.name], places: vec![whom.place], key: whom.key };
    let (purpose, errand) = why;
    Looked {
        position: 0,
        at,
        by,
        kind: AccessKind::Check,
        purpose: Some(purpose),
        errand,
        part: Part::HasNone,
        about,
    }
}

/// One of four: a neighbour, a relative, a colleague, or somebody whom nothing on record ties to the reader.
fn snoop(
    chance: &mut Chance,
    seed: u64,
    number: usize,
    readers: &BTreeMap<AccountId, Reader>,
) -> Vec<Looked> {
    // Officers, and for the first kind one who lives in the district.
    let by = AccountId::from_bits(chance.below(110) * 2 + 1);
    let reader = readers.get(&by).expect("a reader");
    let home = reader.home.clone().expect("a home");
    let own = reader.name.as_deref().and_then(surname).expect("a surname");
    let mut whom = resident(chance.below(RESIDENTS), seed);
    let looks = match number % 4 {
        0 => {
            whom.place = Place { house: format!("{}", 91 + chance.below(9)), ..home };
            1 + chance.below(2)
        }
        1 => {
            whom.name = format!("Kin{number} {own}");
            1 + chance.below(3)
        }
        2 => {
            let colleague = AccountId::from_bits(chance.below(300) + 1);
            let colleague = readers.get(&colleague).and_then(|it| it.name.clone());
            whom.name = colleague.expect("a name");
            1 + chance.below(2)
        }
        _ => 3 + chance.below(3),
    };
    whom.key = format!("{} snooped {number}", whom.key);
    let first = chance.below(DAYS - 20);
    // One in ten makes up a reference; two in five look when the office is empty.
    let errand = chance.percent(10).then_some(Errand::Job);
    (0..looks)
        .map(|more| {
            let day = (first + more * 3) / 7 * 7 + (first + more * 3) % 5;
            let hour = if chance.percent(40) { 20 + chance.below(3) } else { 8 + chance.below(10) };
            let purpose = if chance.percent(50) { Purpose::Visit } else { Purpose::Call };
            let whom = Resident { name: whom.name.clone(), place: whom.place.clone(), key: whom.key.clone() };
            looked(by, at_hour(day, hour, chance.below(60)), (purpose, errand), whom)
        })
        .collect()
}

/// What came of one seed: snoops among the first alerts, false alerts, ordinary looks that something explains, and those that say why.
#[derive(Debug)]
struct Came {
    found: usize,
    false_alerts: usize,
    explained: usize,
    with_a_reason: usize,
}

fn weeks(seed: u64) -> Came {
    let readers = readers(seed);
    let mut chance = Chance(seed);
    let mut earlier = Vec::new();
    let mut looks: Vec<Looked> = (0..LOOKS).map(|_| ordinary(&mut chance, seed, &mut earlier)).collect();
    for number in 0..SNOOPS {
        looks.extend(snoop(&mut chance, seed, number, &readers));
    }
    looks.sort_by_key(|look| look.at);
    (1..).zip(&mut looks).for_each(|(position, look)| look.position = position);
    let on_file = (0..300).map(|number| resident(number * 199, seed).name);
    let known = Known::of(readers, on_file, Vec::new());
    let mut judge = Judge::default();
    let judged: Vec<Judged> = looks.iter().map(|look| judge.judge(look, &known)).collect();

    let planted =
        |position: u64| looks.iter().any(|it| it.position == position && it.about.key.contains(" snooped "));
    let alerts = alerts(&judged);
    let of_snoops = |alert: &&Alert| alert.looks.iter().all(|look| planted(*look));
    let says_why = |look: &&Looked| {
        let goes = look.purpose == Some(Purpose::Visit);
        let is_member = known.readers.get(&look.by).is_some_and(|it| it.roles.contains(&Role::Member));
        look.errand.is_some() || (goes && is_member)
    };
    Came {
        with_a_reason: looks.iter().filter(says_why).filter(|look| !planted(look.position)).count(),
        found: alerts.iter().take(TOP).filter(of_snoops).count(),
        false_alerts: alerts.iter().filter(|alert| !of_snoops(alert)).count(),
        explained: judged.iter().filter(|it| it.explained == Explained::Yes && !planted(it.position)).count(),
    }
}

#[test]
fn eighteen_of_twenty_who_have_no_business_are_among_the_first_fifty_alerts() {
    // Seeds that the weights were not chosen with.
    for seed in 1_001..=1_010 {
        let came = weeks(seed);
        assert!(came.found >= 18, "seed {seed}: {came:?}");
        assert!(came.false_alerts <= LOOKS * 2 / 1_000, "seed {seed}: {came:?}");
        assert_eq!(
            came.explained, came.with_a_reason,
            "seed {seed}: what has an ordinary reason is explained"
        );
    }
}
