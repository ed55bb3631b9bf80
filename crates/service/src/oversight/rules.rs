//! Which looks nothing explains, and why each stands out: rules with reasons that whoever looked can be told and can answer.
//!
//! First what explains a look: the reader has a part in the case, a list of planned visits, a job reference. Then what stands out. Each reason
//! has a weight that stands here for everybody to read; there is no other score. A reason is no finding: it puts a look before somebody.

use super::decoys::Decoy;
use crate::access::{AccessKind, Errand};
use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp};
use register::calendar;
use register::ids::AccountId;
use register::people::Role;
use register::view::Purpose;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// From this weight on, a look is put before somebody.
pub const ALERT: u32 = 4;
/// How far back a reader's other looks are held against one.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 30);
/// So many different things in [`SOON`] are many: half of what anybody who only checks may ask.
const MANY: usize = 30;
const SOON: SignedDuration = SignedDuration::from_mins(10);
/// How long after they were not answered a reader's looks are read with more care.
const AFTER_REFUSAL: SignedDuration = SignedDuration::from_hours(24);

/// A place as far as rules compare it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    street: String,
    house: String,
    postcode: String,
    uprn: String,
}

impl Place {
    /// A place as people write it: house and street stand before the comma that follows the street.
    #[must_use]
    pub fn read(lines: &str, postcode: Option<&str>) -> Self {
        let (mut house, mut street) = (Vec::new(), Vec::new());
        for part in lines.split([',', '\n']).map(words) {
            let (numbers, names): (Vec<String>, Vec<String>) =
                part.into_iter().partition(|word| word.starts_with(|sign: char| sign.is_ascii_digit()));
            house.extend(numbers);
            street.extend(names);
            if !street.is_empty() {
                break;
            }
        }
        let postcode = postcode.map(|it| words(it).concat()).unwrap_or_default();
        Self { street: street.join(" "), house: house.join(" "), postcode, uprn: String::new() }
    }

    /// The same place with its property reference.
    #[must_use]
    pub fn numbered(mut self, uprn: Option<&str>) -> Self {
        self.uprn = uprn.map(str::trim).unwrap_or_default().trim_start_matches('0').to_owned();
        self
    }

    /// Whether it is one house of one street.
    #[must_use]
    pub const fn is_one_address(&self) -> bool {
        !self.house.is_empty() && !self.street.is_empty()
    }

    /// Whether both lie in one street.
    fn is_in_street_of(&self, other: &Self) -> bool {
        let by_postcode = !self.postcode.is_empty() && self.postcode == other.postcode;
        let by_name = !self.street.is_empty() && self.street == other.street;
        // The same name in another postcode area is another street.
        let apart = !self.postcode.is_empty()
            && !other.postcode.is_empty()
            && self.postcode.get(..3) != other.postcode.get(..3);
        by_postcode || (by_name && !apart)
    }

    /// Whether both are one address.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let by_reference = !self.uprn.is_empty() && self.uprn == other.uprn;
        by_reference || (self.is_in_street_of(other) && !self.house.is_empty() && self.house == other.house)
    }
}

/// The words of what somebody wrote, without capitals and signs.
fn words(written: &str) -> Vec<String> {
    written
        .split(|sign: char| !(sign.is_alphanumeric() || sign == '\'' || sign == '-'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A name as rules compare it.
fn name(written: &str) -> String {
    words(written).join(" ")
}

fn surname(written: &str) -> Option<String> {
    words(written).pop().filter(|word| word.chars().count() > 1)
}

/// Who looked.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// What they may do.
    pub roles: BTreeSet<Role>,
    /// Their name.
    pub name: Option<String>,
    /// Where they live, where they have said so.
    pub home: Option<Place>,
}

/// Whom or what a look was about: as it was asked, and as it is on file where something was shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    /// Names.
    pub names: Vec<String>,
    /// Places.
    pub places: Vec<Place>,
    /// What tells it from other things looked at: a reference, or the question.
    pub key: String,
}

/// One look.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Its row.
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: AccountId,
    /// What kind of look.
    pub kind: AccessKind,
    /// Why, for a check.
    pub purpose: Option<Purpose>,
    /// What it was for, where that was told.
    pub errand: Option<Errand>,
    /// Whether the reader has a part in what is looked at.
    pub part: Part,
    /// About whom.
    pub about: About,
}

/// Whether somebody has a part in the case they look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// They reported, sponsor, decide or hear it, or it waits for them as work.
    Has,
    /// None that the register knows of.
    HasNone,
}

/// What the register knows of those who may look and be looked at.
#[derive(Debug, Default)]
pub struct Known {
    /// Everybody with an account.
    pub readers: BTreeMap<AccountId, Reader>,
    decoys: Vec<(Place, Decoy)>,
    staff: BTreeMap<String, AccountId>,
    surnames: BTreeMap<String, usize>,
}

impl Known {
    /// What follows from everybody with an account, the names of everybody on file, and the decoys.
    pub fn of(
        readers: BTreeMap<AccountId, Reader>,
        on_file: impl Iterator<Item = String>,
        decoys: Vec<Decoy>,
    ) -> Self {
        let names = || readers.iter().filter_map(|(id, reader)| Some((*id, reader.name.as_deref()?)));
        let staff = names().map(|(id, written)| (name(written), id)).collect();
        let mut surnames: BTreeMap<String, usize> = BTreeMap::new();
        for surname in
            names().filter_map(|(_, name)| surname(name)).chain(on_file.filter_map(|it| surname(&it)))
        {
            *surnames.entry(surname).or_default() += 1;
        }
        let decoys = decoys.into_iter().map(|decoy| (decoy.place(), decoy)).collect();
        Self { staff, surnames, readers, decoys }
    }

    /// Whether hardly anybody bears this surname: nobody known but the reader and whom they looked at.
    fn is_rare(&self, surname: &str) -> bool {
        !COMMON.contains(&surname) && self.surnames.get(surname).copied().unwrap_or(0) <= 2
    }
}

/// The commonest surnames of the country, from common knowledge: that two people share one says little.
const COMMON: [&str; 40] = [
    "smith", "jones", "williams", "taylor", "brown", "davies", "evans", "wilson", "thomas", "johnson",
    "roberts", "robinson", "thompson", "wright", "walker", "white", "edwards", "hughes", "green", "hall",
    "lewis", "harris", "clarke", "patel", "jackson", "wood", "turner", "martin", "cooper", "hill", "morris",
    "ward", "moore", "clark", "baker", "harrison", "king", "morgan", "khan", "singh",
];

/// Why a look stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A decoy: nobody lives there.
    Decoy,
    /// About the reader themselves.
    Themselves,
    /// The reader's own address.
    OwnAddress,
    /// The reader's own street.
    OwnStreet,
    /// The reader's own surname, which hardly anybody bears.
    RareSurname,
    /// The reader's own surname, which many bear.
    Surname,
    /// Somebody who works here.
    Colleague,
    /// At an hour at which nobody with the reader's roles works.
    OffHours,
    /// Nothing that the register knows explains it.
    NothingPlanned,
    /// The reader looked at the same on other days, with no part in it.
    Again,
    /// The reader had asked about too many shortly before.
    AfterRefusal,
    /// One of many different things in a few minutes.
    Many,
}

impl Reason {
    /// How much it weighs against [`ALERT`]: a decoy, or the reader's own name or address, is enough by itself, every other reason needs one beside it.
    #[must_use]
    pub const fn weight(self) -> u32 {
        match self {
            Self::Decoy | Self::Themselves | Self::OwnAddress => 4,
            Self::RareSurname | Self::Colleague | Self::OwnStreet => 3,
            Self::Surname
            | Self::OffHours
            | Self::NothingPlanned
            | Self::Again
            | Self::AfterRefusal
            | Self::Many => 2,
        }
    }

    /// What pages say of it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Decoy => "A decoy: an address at which nobody lives",
            Self::Themselves => "About the reader themselves",
            Self::OwnAddress => "The reader’s own address",
            Self::OwnStreet => "The reader’s own street",
            Self::RareSurname => "The reader’s own surname, which is rare",
            Self::Surname => "The reader’s own surname",
            Self::Colleague => "Somebody who works here",
            Self::OffHours => "Outside working hours",
            Self::NothingPlanned => "No list, job reference or part in the case explains it",
            Self::Again => "Looked at on other days as well",
            Self::AfterRefusal => "After being over the budget",
            Self::Many => "One of many in a few minutes",
        }
    }
}

/// A look with what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its row.
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: AccountId,
    /// What tells it from other things looked at.
    pub key: String,
    /// Whether something explains it.
    pub explained: Explained,
    /// Why it stands out.
    pub reasons: BTreeSet<Reason>,
}

/// Whether something explains a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explained {
    /// What the register knows does.
    Yes,
    /// Nothing does.
    No,
}

impl Judged {
    /// How much its reasons weigh together.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.reasons.iter().map(|reason| reason.weight()).sum()
    }
}

/// How much one reader looked, for whoever answers for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Looks at somebody.
    pub looks: usize,
    /// At how many different people and places.
    pub different: usize,
    /// How many outside working hours, of those that no list and no part in the case explains.
    pub at_odd_hours: usize,
    /// How many nothing explains.
    pub unexplained: usize,
}

/// How much each reader looked.
#[must_use]
pub fn by_reader(judged: &[Judged]) -> BTreeMap<AccountId, Tally> {
    let mut tallies: BTreeMap<AccountId, Tally> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for look in judged {
        let tally = tallies.entry(look.by).or_default();
        tally.looks += 1;
        tally.different += usize::from(seen.insert((look.by, &look.key)));
        tally.at_odd_hours += usize::from(look.reasons.contains(&Reason::OffHours));
        tally.unexplained += usize::from(look.explained == Explained::No);
    }
    tallies
}

/// Looks of one reader at one thing that are put before somebody together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Who.
    pub by: AccountId,
    /// Their rows, oldest first.
    pub looks: Vec<u64>,
    /// When the last was.
    pub last: Timestamp,
    /// Every reason of any of them.
    pub reasons: BTreeSet<Reason>,
    /// The weight of the one that stands out most.
    pub weight: u32,
}

/// The looks that stand out enough; what weighs most first. Those of one reader at one thing stand together, and so do those of a walk along
/// many things, which would else hide every other.
#[must_use]
pub fn alerts(judged: &[Judged]) -> Vec<Alert> {
    let mut alerts: BTreeMap<(AccountId, &str), Alert> = BTreeMap::new();
    for look in judged.iter().filter(|look| look.weight() >= ALERT) {
        let at = if look.reasons.contains(&Reason::Many) { A_WALK } else { &look.key };
        let alert = alerts.entry((look.by, at)).or_insert_with(|| Alert {
            by: look.by,
            looks: Vec::new(),
            last: look.at,
            reasons: BTreeSet::new(),
            weight: 0,
        });
        alert.looks.push(look.position);
        alert.last = alert.last.max(look.at);
        alert.reasons.extend(&look.reasons);
        alert.weight = alert.weight.max(look.weight());
    }
    let mut alerts: Vec<Alert> = alerts.into_values().collect();
    alerts.sort_by_key(|alert| (std::cmp::Reverse(alert.weight), std::cmp::Reverse(alert.last)));
    alerts
}

/// What stands for the many things of a walk.
const A_WALK: &str = "";

/// Judges looks in the order in which they were made.
#[derive(Debug, Default)]
pub struct Judge {
    habits: BTreeMap<AccountId, Habits>,
}

/// What one reader did lately.
#[derive(Debug, Default)]
struct Habits {
    looks: VecDeque<(Timestamp, String)>,
    refused: Option<Timestamp>,
}

impl Judge {
    /// Judges the next look.
    pub fn judge(&mut self, look: &Looked, known: &Known) -> Judged {
        let habits = self.habits.entry(look.by).or_default();
        let nobody = Reader::default();
        let reader = known.readers.get(&look.by).unwrap_or(&nobody);
        let mut reasons: BTreeSet<Reason> = personal(look, reader, known).collect();
        let explained = explained(look, reader);
        // A reference that somebody typed explains that they look, and neither when nor how often.
        let told = matches!(look.errand, Some(Errand::Job)) && look.part == Part::HasNone;
        if explained == Explained::No || told {
            reasons.extend(habits.circumstances(look, reader));
        }
        if explained == Explained::No {
            reasons.insert(Reason::NothingPlanned);
        }
        habits.take(look);
        let (position, at, by, key) = (look.position, look.at, look.by, look.about.key.clone());
        Judged { position, at, by, key, explained, reasons }
    }
}

/// Whether what the register knows explains a look. A councillor has no job numbers: a visit they say they make is their reference.
fn explained(look: &Looked, reader: &Reader) -> Explained {
    let goes = look.purpose.is_some_and(Purpose::goes);
    let by_role = match look.kind {
        AccessKind::Check => {
            reader.roles.contains(&Role::RegisterTeam) || (goes && reader.roles.contains(&Role::Member))
        }
        // Whoever searches the register keeps it.
        AccessKind::Search => true,
        _ => false,
    };
    if look.part == Part::Has || look.errand.is_some() || by_role { Explained::Yes } else { Explained::No }
}

/// What lies in who the two are, or in there being nobody, which no errand explains away.
fn personal<'l>(look: &'l Looked, reader: &'l Reader, known: &'l Known) -> impl Iterator<Item = Reason> + 'l {
    let of_name = look.about.names.iter().flat_map(move |looked_at| {
        let own = reader.name.as_deref();
        let full = name(looked_at);
        let is_own = own.is_some_and(|own| name(own) == full);
        let colleague = known.staff.get(&full).is_some_and(|account| *account != look.by);
        let surname = surname(looked_at).filter(|it| own.and_then(surname).as_ref() == Some(it));
        let shared = surname
            .filter(|_| !is_own)
            .map(|surname| if known.is_rare(&surname) { Reason::RareSurname } else { Reason::Surname });
        let themselves = is_own.then_some(Reason::Themselves);
        let colleague = (colleague && !is_own).then_some(Reason::Colleague);
        [themselves, colleague, shared].into_iter().flatten()
    });
    let of_place = look.about.places.iter().filter_map(move |place| {
        let home = reader.home.as_ref()?;
        if place.is(home) {
            Some(Reason::OwnAddress)
        } else {
            place.is_in_street_of(home).then_some(Reason::OwnStreet)
        }
    });
    let at_decoy = |(place, decoy): &(Place, Decoy)| {
        decoy.stood(look.at) && look.about.places.iter().any(|asked| asked.is(place))
    };
    let of_decoy = known.decoys.iter().any(at_decoy).then_some(Reason::Decoy);
    of_name.chain(of_place).chain(of_decoy)
}

impl Habits {
    /// What lies in when and how often.
    fn circumstances(&self, look: &Looked, reader: &Reader) -> Vec<Reason> {
        let on = calendar::london(look.at);
        let other_days: BTreeSet<Date> = self
            .looks
            .iter()
            .filter(|(_, key)| *key == look.about.key)
            .map(|(at, _)| calendar::london(*at))
            .filter(|day| *day != on)
            .collect();
        let soon = self.looks.iter().filter(|(at, _)| look.at.duration_since(*at) < SOON);
        let many: BTreeSet<&str> = soon.map(|(_, key)| key.as_str()).collect();
        let refused = self.refused.is_some_and(|at| look.at.duration_since(at) < AFTER_REFUSAL);
        [
            (!works_at(&reader.roles, look.at), Reason::OffHours),
            (other_days.len() >= 2, Reason::Again),
            (many.len() >= MANY, Reason::Many),
            (refused, Reason::AfterRefusal),
        ]
        .into_iter()
        .filter_map(|(holds, reason)| holds.then_some(reason))
        .collect()
    }

    fn take(&mut self, look: &Looked) {
        if look.kind == AccessKind::OverBudget {
            self.refused = Some(look.at);
        }
        // Lists are long, and each of their rows explains itself.
        if look.errand != Some(Errand::List) {
            self.looks.push_back((look.at, look.about.key.clone()));
        }
        while self.looks.front().is_some_and(|(at, _)| look.at.duration_since(*at) > BACK) {
            self.looks.pop_front();
        }
    }
}

/// Whether anybody with these roles works at this hour: the widest of what is usual for each.
fn works_at(roles: &BTreeSet<Role>, at: Timestamp) -> bool {
    let local = calendar::london_time(at);
    let (hour, day) = (local.hour(), local.weekday());
    let weekend = matches!(day, Weekday::Saturday | Weekday::Sunday);
    roles.iter().any(|role| match role {
        Role::Member => (7..22).contains(&hour),
        Role::Contractor | Role::Partner => (6..21).contains(&hour),
        Role::Officer => (7..20).contains(&hour) && day != Weekday::Sunday,
        Role::System | Role::Directory => true,
        _ => (7..20).contains(&hour) && !weekend,
    })
}

#[cfg(test)]
mod tests;
