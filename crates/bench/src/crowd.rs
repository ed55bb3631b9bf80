//! As many fictional residents as are wanted, the same every time, and the register that holds them.
//!
//! Every tenth is listed. Their records go to the ledger in large batches: the rules are measured elsewhere.

use crate::persona;
use crate::place::Place;
use anyhow::{Context, Result};
use demonstration::{Seed, Steps, play};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::{Draft, Expected, Ledger, Log, Micros, Particular, wire};
use register::assessment::{Band, Plan, PlanWords};
use register::command::Command;
use register::contact::Limits;
use register::event::Event;
use register::ids::{IncidentId, MeasureId, SubjectId};
use register::measure::Kind;
use register::moment::{Actor, Moment};
use register::people::Role;
use register::personal::{Locker, Particulars, Text};
use register::policy::Code;
use register::subject::{Address, Born, NameKind, Person, PersonName, SubjectDetails};
use register::view::Purpose;
use service::check::{Asked, Described};
use service::clock::{Clock as _, SystemClock};
use service::{Reality, Service};
use std::sync::Arc;

/// One in so many residents is listed.
pub const LISTED: u64 = 10;
/// Residents written at a time.
const BATCH: u64 = 1_000;
/// When the interim markers of the crowd lapse.
const FAR: Date = date(2099, 1, 1);
/// The day of every visit.
const DAY: Date = date(2098, 12, 1);

const GIVEN: &[&str] = &[
    "Margaret",
    "Aisha",
    "Tomasz",
    "Siobhan",
    "Gareth",
    "Priya",
    "Olufemi",
    "Mei",
    "Catherine",
    "Darren",
    "Ngozi",
    "Ioana",
    "Callum",
    "Fatima",
    "Geoffrey",
    "Hannah",
    "Ibrahim",
    "Jacqueline",
    "Kwame",
    "Leszek",
    "Maureen",
    "Nicholas",
    "Oksana",
    "Patrick",
    "Rosemary",
    "Stephen",
    "Thandiwe",
    "Umar",
    "Vivienne",
    "William",
];
const ONSET: &[&str] = &[
    "Bar", "Cler", "Dun", "Eck", "Far", "Gath", "Hol", "Ing", "Kest", "Lam", "Mor", "Nor", "Ott", "Pel",
    "Quar", "Ros", "Stan", "Thor", "Und", "Whit",
];
const MIDDLE: &[&str] =
    &["", "er", "ing", "sel", "ton", "der", "ick", "mer", "lo", "ham", "ver", "bur", "wen", "ast", "ol"];
const CODA: &[&str] = &[
    "by", "field", "gate", "ley", "man", "more", "ridge", "shaw", "ton", "well", "wick", "worth", "cote",
    "den",
];
const WAY: &[&str] = &["Road", "Street", "Close", "Lane", "Avenue", "Rise", "Terrace", "Way"];

/// A resident.
pub struct Resident {
    /// Given and family name.
    pub name: String,
    /// Home, street and town.
    pub address: String,
    /// Its postcode.
    pub postcode: String,
    phone: String,
    born: Date,
}

/// Spreads a number over 64 bits (the finaliser of SplitMix64).
const fn spread(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// Takes choices out of one number.
struct Bits(u64);

impl Bits {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = spread(self.0);
        self.0 % most
    }

    fn pick(&mut self, words: &'static [&'static str]) -> &'static str {
        let index = self.below(words.len() as u64);
        usize::try_from(index).ok().and_then(|index| words.get(index)).copied().unwrap_or("")
    }

    fn letter(&mut self) -> char {
        char::from(b'A' + u8::try_from(self.below(20)).unwrap_or(0))
    }
}

/// The `n`th resident.
pub fn resident(n: u64) -> Resident {
    let mut bits = Bits(n);
    let name = format!("{} {}{}{}", bits.pick(GIVEN), bits.pick(ONSET), bits.pick(MIDDLE), bits.pick(CODA));
    let number = bits.below(180) + 1;
    let street = format!("{}{}{} {}", bits.pick(ONSET), bits.pick(MIDDLE), bits.pick(CODA), bits.pick(WAY));
    let town = format!("{}{}", bits.pick(ONSET), bits.pick(CODA));
    let home = if bits.below(4) == 0 { format!("Flat {}, ", bits.below(20) + 1) } else { String::new() };
    let (district, sector) = (bits.below(60) + 1, bits.below(10));
    let postcode = format!("WY{district} {sector}{}{}", bits.letter(), bits.letter());
    let phone = format!("07700 9{:05}", n % 100_000);
    let born = date(1935, 1, 1)
        .saturating_add(jiff::Span::new().days(i64::try_from(bits.below(25_000)).unwrap_or(0)));
    Resident { name, address: format!("{home}{number} {street}, {town}"), postcode, phone, born }
}

/// Everything that is known of the `n`th resident, in one line.
pub fn words_of(n: u64) -> String {
    let Resident { name, address, postcode, phone, .. } = resident(n);
    format!("{name} {address} {postcode} {phone}")
}

/// The name as it is heard by phone: one letter is lost in the middle of the family name.
pub fn misheard(name: &str) -> String {
    let lost = name.len().saturating_sub(4);
    name.char_indices().filter(|(at, _)| *at != lost).map(|(_, letter)| letter).collect()
}

/// The `n`th question of a day: in turn about a listed resident misheard, a listed address, a resident who is not listed, and
/// somebody who is unknown.
pub fn question(n: u64, residents: u64) -> Asked {
    let someone = spread(n ^ 0xface) % residents;
    let listed = resident(someone - someone % LISTED);
    let description = match n % 4 {
        0 => Described { name: Some(misheard(&listed.name)), postcode: Some(listed.postcode), ..empty() },
        1 => Described { address: Some(listed.address), postcode: Some(listed.postcode), ..empty() },
        2 => by_name(resident(someone | 1)),
        _ => by_name(resident(n + 1_000_000_000)),
    };
    Asked { purpose: Purpose::Visit, day: Some(DAY), description, job: None }
}

fn empty() -> Described {
    Described::default()
}

fn by_name(who: Resident) -> Described {
    Described { name: Some(who.name), address: Some(who.address), ..empty() }
}

/// Whether a command is one of those that set a register up.
fn sets_up(command: &Command, moment: &Moment) -> bool {
    moment.by == Actor::System
        && matches!(command, Command::OpenRegister(_) | Command::OpenTeam(_) | Command::OpenAccount(_))
}

/// Makes a register of the demonstration's council with so many residents.
pub async fn populate(place: &Place, residents: u64) -> Result<()> {
    let ledger = Arc::new(place.make().await?);
    let clock = Arc::new(SystemClock);
    let service = Service::start(Arc::clone(&ledger), clock, Reality::Demonstration).await?;
    let mut history = Steps::default();
    play(&mut history, Seed(1), service.now())?;
    for (command, moment) in history.steps.into_iter().filter(|(command, moment)| sets_up(command, moment)) {
        service.carry_out(moment.by, service.fresh_command(), &command, &[]).await?;
    }
    let officer = persona::with_role(Role::Officer)?;
    service.demonstration_credential(officer.account, persona::PASSWORD, persona::SECRET).await?;
    let now = Micros(service.now().as_microsecond());
    let mut n = 0;
    while n < residents {
        let batch = n..residents.min(n + BATCH);
        let drafts = batch.flat_map(|n| events(n).into_iter().zip(0..).map(move |it| (n, it)));
        let drafts = drafts.map(|(n, (event, part))| draft(n, part, &event)).collect::<Result<Vec<_>>>()?;
        ledger.append(Log::Register, Expected::Anywhere, now, drafts).await?;
        n += BATCH;
    }
    Ok(())
}

/// Lists the `n`th of those who are listed, as another program on the same ledger would: in one batch. Gives who it is.
pub async fn list(ledger: &Ledger, n: u64) -> Result<Resident> {
    let n = n * LISTED;
    let drafts = events(n).into_iter().zip(0..).map(|(event, part)| draft(n, part, &event));
    let now = Micros(SystemClock.now().as_microsecond());
    ledger.append(Log::Register, Expected::Anywhere, now, drafts.collect::<Result<_>>()?).await?;
    Ok(resident(n))
}

/// The marker of the `n`th of those who are listed ends.
pub async fn unlist(ledger: &Ledger, n: u64) -> Result<()> {
    let n = n * LISTED;
    let part = u32::try_from(events(n).len())?;
    let ended = draft(n, part, &Event::InterimEnded { measure: MeasureId::from_bits(spread(n)) })?;
    let ended = Draft { command: ledger::CommandId(u128::from(!n).to_be_bytes()), part: 0, ..ended };
    let now = Micros(SystemClock.now().as_microsecond());
    ledger.append(Log::Register, Expected::Anywhere, now, vec![ended]).await?;
    Ok(())
}

/// How the `n`th resident comes into the register.
fn events(n: u64) -> Vec<Event> {
    let who = resident(n);
    let text = |words: &str| Text::new(words).ok();
    let subject = SubjectId::from_bits(spread(n));
    let Some((name, lines)) = text(&who.name).zip(text(&who.address)) else { return Vec::new() };
    let details = SubjectDetails::Person(Person {
        names: vec![PersonName { kind: NameKind::Main, full: name.clone() }],
        born: Born::On(who.born),
        addresses: vec![Address {
            lines,
            postcode: text(&who.postcode),
            uprn: None,
            from: None,
            until: None,
        }],
        phones: text(&who.phone).into_iter().collect(),
        emails: Vec::new(),
        social: Vec::new(),
        references: Vec::new(),
    });
    let opened =
        Event::SubjectOpened { subject, details: Particulars::new(Locker::Subject(subject), details) };
    if !n.is_multiple_of(LISTED) {
        return vec![opened];
    }
    let measure = MeasureId::from_bits(spread(n));
    let locker = Locker::Measure(measure);
    let words = PlanWords {
        band_reasons: name.clone(),
        summary: name.clone(),
        audience_reasons: Vec::new(),
        service_route: name.clone(),
        point_of_contact: None,
        times: None,
        ring_name: name.clone(),
        ring_phone: name.clone(),
    };
    let plan = Plan {
        band: Band::Amber,
        precautions: Code::new("NLV").into_iter().collect(),
        restrictions: Vec::new(),
        audience: Vec::new(),
        limits: Limits::default(),
        words: Particulars::new(locker, words),
    };
    let sponsor = register::ids::AccountId::from_bits(0);
    let incident = IncidentId::from_bits(spread(n));
    vec![
        opened,
        Event::MeasureProposed { measure, kind: Kind::Entry, subject, sponsor, incidents: vec![incident] },
        Event::InterimAsked { measure, incident, plan, grounds: Particulars::new(locker, name) },
        Event::InterimAgreed { measure, lapses_on: FAR },
    ]
}

fn draft(n: u64, part: u32, event: &Event) -> Result<Draft> {
    let encoded = wire::encode(event).context("an event of the crowd")?;
    let particulars = encoded.particulars.into_iter();
    Ok(Draft {
        command: ledger::CommandId(u128::from(n + 1).to_be_bytes()),
        part,
        actor: "system".to_owned(),
        kind: encoded.kind.to_owned(),
        version: encoded.version,
        facts: encoded.facts,
        particulars: particulars
            .map(|part| Particular::beside(part.field, part.locker.number(), part.bytes))
            .collect(),
        erases: Vec::new(),
    })
}

/// Writes so many rows like those of checks to the access log of an empty register.
pub async fn fill_access_log(place: &Place, rows: u64) -> Result<()> {
    let ledger = place.make().await?;
    let now = Micros(Timestamp::UNIX_EPOCH.as_microsecond());
    let mut n = 0;
    while n < rows {
        let batch = n..rows.min(n + 5 * BATCH);
        let drafts = batch.map(|n| access_row(n, 0)).collect();
        ledger.append(Log::Access, Expected::Anywhere, now, drafts).await?;
        n += 5 * BATCH;
    }
    Ok(())
}

/// A row of the size that a check leaves.
pub fn access_row(n: u64, part: u32) -> Draft {
    Draft {
        command: ledger::CommandId(u128::from(n + 1).to_be_bytes()),
        part,
        actor: "A-2222-2222".to_owned(),
        kind: "access.looked".to_owned(),
        version: 1,
        facts: vec![b'f'; 180],
        particulars: vec![
            Particular::beside("asked", 1, vec![b'a'; 80]),
            Particular::beside("shown", 1, vec![b's'; 120]),
        ],
        erases: Vec::new(),
    }
}
