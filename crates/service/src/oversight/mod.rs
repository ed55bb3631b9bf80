//! Oversight of looks: what the access log tells of the last weeks, which looks nothing explains, and why some of them stand out.
//!
//! Nothing here is stored but what somebody asked and found, which the register keeps: all else follows from the access log and the register whenever it is asked for, and to ask is a look of its own. What was
//! asked is opened to be compared and goes no further: whoever oversees is shown who looked, when, why and at which file, and never the words.

pub mod decoys;
pub mod extract;
pub mod homes;
pub mod queue;
pub mod rules;

use crate::access::{AccessKind, AccessRow, CHUNK, Look, MOST_READ, at, row, said};
use crate::check::Described;
use crate::fault::Fault;
use crate::{Service, random, shelf};
use decoys::Decoy;
use jiff::{SignedDuration, Timestamp};
use ledger::Log;
use register::due::{self, Task};
use register::ids::{AccountId, File, MeasureId, SubjectId};
use register::incident::Incident;
use register::measure::Measure;
use register::moment::Actor;
use register::people::{Account, Action, Extent};
use register::reach::reach;
use register::state::Register;
use register::subject::{Address, SubjectDetails};
use register::view::Disclosure;
use rules::{About, Alert, Explained, Judge, Judged, Known, Looked, Part, Place, Reader, Tally};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// How far back looks are overseen.
pub const BACK: SignedDuration = SignedDuration::from_hours(24 * 30);
/// One look in so many is drawn for somebody to read, whatever the rules say of it.
pub const SAMPLE: u64 = 20;

const DRAWN: shelf::Kind<Draw> = shelf::Kind::new("oversight-draw");
/// What the draw goes by is never renewed.
const FOR_EVER: SignedDuration = SignedDuration::from_hours(24 * 365 * 100);

/// What the sample is drawn by: nobody knows it, so that nobody can look where it will not be drawn.
#[derive(Serialize, Deserialize)]
struct Draw {
    salt: [u8; 16],
}

impl Default for Draw {
    fn default() -> Self {
        Self { salt: random() }
    }
}

impl Draw {
    fn takes(&self, position: u64) -> bool {
        let digest = Sha256::new().chain_update(self.salt).chain_update(position.to_be_bytes()).finalize();
        digest.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)).is_multiple_of(SAMPLE)
    }
}

/// The looks of the last weeks, as somebody who oversees them is shown them.
#[derive(Debug, Clone)]
pub struct Overseen {
    /// From when on.
    pub since: Timestamp,
    /// Looks at somebody: checks, searches and files.
    pub looks: usize,
    /// How many of them something explains.
    pub explained: usize,
    /// How much each reader looked.
    pub people: BTreeMap<AccountId, Tally>,
    /// Those that stand out, what weighs most first.
    pub alerts: Vec<Alert>,
    /// What was not answered, newest first.
    pub refused: Vec<AccessRow>,
    /// What somebody asked about files they are excluded from, newest first.
    pub denied: Vec<AccessRow>,
    /// The draw, newest first.
    pub sample: Vec<AccessRow>,
    rows: BTreeMap<u64, AccessRow>,
    reviewed: BTreeSet<u64>,
    known: Vec<queue::Known>,
}

impl Overseen {
    /// One of the looks.
    #[must_use]
    pub fn row(&self, position: u64) -> Option<&AccessRow> {
        self.rows.get(&position)
    }
}

impl Service {
    /// The looks of the last weeks, judged. To read them is a row of the access log itself.
    ///
    /// # Errors
    /// A fault: then nothing is known.
    pub async fn oversee(&self, by: AccountId) -> Result<Overseen, Fault> {
        let now = self.now();
        let since = now - BACK;
        let rows = self.rows_since(since).await?;
        let until = now + FOR_EVER;
        let draws = |draw: &mut Draw| {
            rows.iter().filter(|(row, _)| draw.takes(row.position)).map(|(row, _)| row.position).collect()
        };
        let drawn: BTreeSet<u64> = self.inner.shelf.revise(&DRAWN, "all", until, draws).await?;
        let today = self.today();
        let decoys = self.every_decoy().await?;
        let homes = self.homes(rows.iter().filter_map(|(row, _)| row.by).collect()).await?;
        self.look(by, Look::Accesses, |register| {
            let known = known(register, homes, decoys);
            let work = due::work(register, today);
            overseen(register, since, rows, &drawn, &known, &work)
        })
        .await
    }

    /// Where those who looked live.
    async fn homes(&self, readers: BTreeSet<AccountId>) -> Result<BTreeMap<AccountId, Place>, Fault> {
        let mut homes = BTreeMap::new();
        for reader in readers {
            let home = self.home(reader).await?;
            homes.extend(home.map(|home| (reader, Place::read(&home.lines, home.postcode.as_deref()))));
        }
        Ok(homes)
    }

    /// The rows since an instant with what was asked, oldest first.
    async fn rows_since(&self, since: Timestamp) -> Result<Vec<(AccessRow, Option<Vec<u8>>)>, Fault> {
        let mut end = self.inner.ledger.size(Log::Access).await?;
        let lowest = end.saturating_sub(MOST_READ);
        let mut rows = Vec::new();
        while end > lowest {
            let start = end.saturating_sub(CHUNK).max(lowest);
            let limit = u32::try_from(end - start).unwrap_or(u32::MAX);
            for opened in self.inner.ledger.read(Log::Access, start, limit).await?.into_iter().rev() {
                if at(opened.record.recorded_at) < since {
                    end = lowest;
                    break;
                }
                rows.push((row(&opened.record)?, said(&opened, "asked").map(<[u8]>::to_vec)));
            }
            end = end.min(start.max(lowest));
        }
        rows.reverse();
        Ok(rows)
    }
}

fn overseen(
    register: &Register,
    since: Timestamp,
    rows: Vec<(AccessRow, Option<Vec<u8>>)>,
    drawn: &BTreeSet<u64>,
    known: &Known,
    work: &[Task],
) -> Overseen {
    let mut judge = Judge::default();
    let looks = rows.iter().filter_map(|(row, asked)| looked(register, row, asked.as_deref(), work));
    let judged: Vec<Judged> = looks.map(|look| judge.judge(&look, known)).collect();
    let newest_first = |wanted: &dyn Fn(&AccessRow) -> bool| -> Vec<AccessRow> {
        rows.iter().rev().map(|(row, _)| row).filter(|row| wanted(row)).cloned().collect()
    };
    let looked_at: BTreeSet<u64> = judged.iter().map(|look| look.position).collect();
    Overseen {
        since,
        looks: judged.len(),
        explained: judged.iter().filter(|look| look.explained == Explained::Yes).count(),
        people: rules::by_reader(&judged),
        alerts: rules::alerts(&judged),
        refused: newest_first(&|row| row.kind == AccessKind::OverBudget),
        denied: newest_first(&|row| row.kind == AccessKind::Denied),
        sample: newest_first(&|row| drawn.contains(&row.position) && looked_at.contains(&row.position)),
        rows: rows.into_iter().map(|(row, _)| (row.position, row)).collect(),
        reviewed: register.reviewed_looks(),
        known: queue::known(register),
    }
}

/// Who may look, who is on file, and where nobody is.
fn known(register: &Register, mut homes: BTreeMap<AccountId, Place>, decoys: Vec<Decoy>) -> Known {
    let mut reader = |account: &Account| Reader {
        roles: account.roles.clone(),
        name: account.details.known().map(|details| details.name.as_str().to_owned()),
        home: homes.remove(&account.id),
    };
    let readers = register.accounts().map(|account| (account.id, reader(account))).collect();
    let on_file = register.subjects().filter_map(|subject| {
        let names = names(subject.details.known()?);
        names.into_iter().next()
    });
    Known::of(readers, on_file, decoys)
}

/// A row as the rules take it; none where it is about nobody.
fn looked(register: &Register, row: &AccessRow, asked: Option<&[u8]>, work: &[Task]) -> Option<Looked> {
    let by = row.by?;
    let account = register.account(by)?;
    let mut about = About { key: row.about.clone().unwrap_or_default(), ..About::default() };
    let subjects: BTreeSet<SubjectId> = match row.kind {
        AccessKind::Check | AccessKind::OverBudget => {
            let asked: Described = serde_json::from_slice(asked?).ok()?;
            about.key = asked.given().join(" ").to_lowercase();
            about.names.extend(asked.name.clone());
            if asked.address.is_some() || asked.uprn.is_some() {
                let lines = asked.address.as_deref().unwrap_or_default();
                let place = Place::read(lines, asked.postcode.as_deref());
                about.places.push(place.numbered(asked.uprn.as_deref()));
            }
            row.markers.iter().filter_map(|measure| Some(register.measure(*measure)?.subject)).collect()
        }
        AccessKind::Search => {
            let typed = String::from_utf8(asked?.to_vec()).ok()?;
            about.key.clone_from(&typed);
            about.names.push(typed);
            BTreeSet::new()
        }
        AccessKind::File | AccessKind::Letter | AccessKind::Bundle | AccessKind::LegalAdvice => {
            of_file(register, row.about.as_deref()?.parse().ok()?)?
        }
        _ => return None,
    };
    for details in subjects.iter().filter_map(|id| register.subject(*id)?.details.known()) {
        about.names.extend(names(details));
        about.places.extend(details.addresses().iter().map(place));
    }
    if row.kind == AccessKind::Check
        && let Some(subject) = subjects.first()
    {
        about.key = subject.to_string();
    }
    let part = if has_part(register, account, row, &subjects, work) { Part::Has } else { Part::HasNone };
    Some(Looked {
        position: row.position,
        at: row.at,
        by,
        kind: row.kind,
        purpose: row.purpose,
        errand: row.errand,
        part,
        about,
    })
}

/// Whom a file is about; `None` where it is about nobody outside.
fn of_file(register: &Register, file: File) -> Option<BTreeSet<SubjectId>> {
    match file {
        File::Subject(subject) => Some([subject].into()),
        File::Measure(measure) => Some([register.measure(measure)?.subject].into()),
        File::Incident(incident) => {
            Some(register.measures_resting_on(incident).map(|it| it.subject).collect())
        }
        _ => None,
    }
}

/// Whether somebody has a part in what they look at: they acted on it or reported what it rests on, it is of the team they manage, or it
/// waits for somebody who may do what they may. To work beside whoever reported is no part in it.
fn has_part(
    register: &Register,
    account: &Account,
    row: &AccessRow,
    subjects: &BTreeSet<SubjectId>,
    work: &[Task],
) -> bool {
    let acted = |file: File| {
        register.timeline(file).iter().any(|happening| happening.moment.by == Actor::Account(account.id))
    };
    let waits = |file: File| {
        work.iter().any(|task| {
            task.file == file
                && account.extent(task.action) > Extent::Nothing
                && reach(register, account, file) > Disclosure::Nothing
        })
    };
    let own = |incident: &Incident| incident.reporter == account.id;
    let manages = account.extent(Action::ReadMeasure) > Extent::Nothing;
    let of_measure = |measure: MeasureId| {
        let file = File::Measure(measure);
        let of_theirs = |measure: &Measure| {
            measure.is_reported_by(register, account.id) || (manages && measure.is_of(register, account))
        };
        acted(file) || waits(file) || register.measure(measure).is_some_and(of_theirs)
    };
    let file = row.about.as_deref().and_then(|about| about.parse::<File>().ok());
    file.is_some_and(|file| acted(file) || waits(file))
        || row.markers.iter().any(|measure| of_measure(*measure))
        || subjects.iter().any(|subject| {
            acted(File::Subject(*subject))
                || register.measures_about(*subject).any(|measure| of_measure(measure.id))
                || register.incidents_about(*subject).any(own)
        })
}

fn names(details: &SubjectDetails) -> Vec<String> {
    match details {
        SubjectDetails::Person(person) => {
            person.names.iter().map(|name| name.full.as_str().to_owned()).collect()
        }
        SubjectDetails::Premises(_) => Vec::new(),
    }
}

fn place(address: &Address) -> Place {
    let postcode = address.postcode.as_ref().map(register::personal::Text::as_str);
    let uprn = address.uprn.map(|uprn| uprn.to_string());
    Place::read(address.lines.as_str(), postcode).numbered(uprn.as_deref())
}
