//! A list as it is staged: what each row says, what somebody chose for it, and what is to be done meanwhile.

use crate::check::Described;
use jiff::Timestamp;
use jiff::civil::Date;
use register::assessment::Proposal;
use register::ids::{AccountId, ImportId, MeasureId, SubjectId, TeamId};
use register::import::{RowSubject, Taken};
use register::measure::Kind;
use register::personal::Text;
use register::policy::Code;
use register::state::Register;
use serde::{Deserialize, Serialize};
use sheet::Sheet;
use std::collections::BTreeMap;

/// A list that a service kept, as it is staged.
#[derive(Clone, Serialize, Deserialize)]
pub struct Batch {
    pub(super) id: String,
    pub(super) by: String,
    /// What its file is called.
    pub name: String,
    team: String,
    /// When it came in.
    pub begun: Timestamp,
    /// As it came in.
    pub sheets: Vec<Sheet>,
    /// Its rows, once somebody has said what its columns hold.
    pub rows: Vec<Row>,
    /// What staff are to do meanwhile.
    pub plans: Plans,
}

/// What staff are to do until an entry is assessed, and who is shown it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Plans {
    /// The form of the plan for all rows, as it was sent; nothing until it was.
    pub form: Option<String>,
    sponsor: Option<String>,
    /// The precautions for what the list asks for, by what it says, instead of those for all rows.
    pub asked: BTreeMap<String, Vec<String>>,
}

impl Plans {
    /// The plan for all rows as it was typed, who answers for it, and what the list's own words mean.
    #[must_use]
    pub fn chosen(form: String, sponsor: AccountId, asked: BTreeMap<String, Vec<Code>>) -> Self {
        let codes = |codes: Vec<Code>| codes.iter().map(|code| code.as_str().to_owned()).collect();
        let asked = asked.into_iter().map(|(said, meant)| (said, codes(meant)));
        Self { form: Some(form), sponsor: Some(sponsor.to_string()), asked: asked.collect() }
    }

    /// The manager who answers for the entries.
    #[must_use]
    pub fn sponsor(&self) -> Option<AccountId> {
        self.sponsor.as_ref()?.parse().ok()
    }
}

/// A row of a list.
#[derive(Clone, Serialize, Deserialize)]
pub struct Row {
    /// Its number, as the service's own program shows it.
    pub number: u32,
    /// Whom or where it describes.
    pub described: Described,
    /// The rest of what it says, under its headings.
    pub said: Vec<(String, String)>,
    /// What it asks staff to do, in its own words.
    pub asks: Option<String>,
    /// Why it cannot become an entry.
    pub fault: Option<String>,
    /// What is to become of it.
    pub choice: Choice,
    /// How many files and rows before it it may be the same as.
    pub others: usize,
    pub(super) fresh: [u64; 2],
}

/// What is to become of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Somebody must look: it may be the same as another.
    Undecided,
    /// A file is opened.
    New,
    /// It is about the subject of this file.
    Subject(u64),
    /// It is about the same as an earlier row.
    Row(u32),
    /// It is left out, for this reason.
    LeftOut(String),
}

/// How a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands<'b> {
    /// It cannot become an entry.
    Faulty(&'b str),
    /// Somebody must look.
    Undecided,
    /// It becomes an entry.
    Entry,
    /// It says more of an earlier row's entry.
    SameAs(u32),
    /// There is an entry about its subject already.
    Listed(MeasureId),
    /// Somebody left it out.
    LeftOut(&'b str),
}

impl Batch {
    pub(super) fn begun(
        id: ImportId,
        by: AccountId,
        name: String,
        team: TeamId,
        sheets: Vec<Sheet>,
        begun: Timestamp,
    ) -> Self {
        let (id, by, team) = (id.to_string(), by.to_string(), team.to_string());
        Self { id, by, name, team, begun, sheets, rows: Vec::new(), plans: Plans::default() }
    }

    /// Its reference.
    #[must_use]
    pub fn id(&self) -> Option<ImportId> {
        self.id.parse().ok()
    }

    /// Who brought it.
    #[must_use]
    pub fn by(&self) -> Option<AccountId> {
        self.by.parse().ok()
    }

    /// Whose list it was.
    #[must_use]
    pub fn team(&self) -> Option<TeamId> {
        self.team.parse().ok()
    }

    /// The London date on which its rows are read, whatever day it is.
    pub(super) fn read_on(&self) -> Date {
        register::calendar::london(self.begun)
    }

    /// A row by its number.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.iter().find(|row| row.number == number)
    }

    /// Chooses what becomes of a row. What was said to be the same as it is looked at again where it is no longer an entry.
    pub fn choose(&mut self, number: u32, choice: Choice) {
        let keeps_others = matches!(choice, Choice::New | Choice::Subject(_));
        for row in &mut self.rows {
            if row.number == number {
                row.choice = choice.clone();
            } else if !keeps_others && row.choice == Choice::Row(number) {
                row.choice = Choice::Undecided;
            }
        }
    }

    /// What the list itself asks of staff, in its own words, each once, the commonest first.
    #[must_use]
    pub fn asked(&self) -> Vec<(&str, usize)> {
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for asks in self.rows.iter().filter(|row| row.fault.is_none()).filter_map(|row| row.asks.as_deref()) {
            *counted.entry(asks).or_default() += 1;
        }
        let mut asked: Vec<_> = counted.into_iter().collect();
        asked.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        asked
    }

    /// How every row stands, in their order.
    #[must_use]
    pub fn stand<'b>(&'b self, register: &Register) -> Vec<(&'b Row, Stands<'b>)> {
        let mut first: BTreeMap<SubjectId, u32> = BTreeMap::new();
        self.rows
            .iter()
            .map(|row| {
                let stands = match (&row.fault, &row.choice) {
                    (Some(fault), _) => Stands::Faulty(fault),
                    (None, Choice::Undecided) => Stands::Undecided,
                    (None, Choice::New) => Stands::Entry,
                    (None, Choice::Row(other)) => Stands::SameAs(*other),
                    (None, Choice::LeftOut(why)) => Stands::LeftOut(why),
                    (None, Choice::Subject(bits)) => {
                        let one = register.one(SubjectId::from_bits(*bits));
                        match (register.open_measure(one, Kind::Entry), first.get(&one)) {
                            (Some(open), _) => Stands::Listed(open),
                            (None, Some(row)) => Stands::SameAs(*row),
                            (None, None) => {
                                first.insert(one, row.number);
                                Stands::Entry
                            }
                        }
                    }
                };
                (row, stands)
            })
            .collect()
    }

    /// The rows that become entries, each with the plan for all of them but for the precautions that its own words ask for.
    #[must_use]
    pub fn taken(&self, register: &Register, plan: &Proposal) -> Vec<Taken> {
        let stands = self.stand(register);
        let more = |number: u32| {
            let same = stands.iter().filter(move |(_, stands)| *stands == Stands::SameAs(number));
            same.map(|(row, _)| *row)
        };
        let entries = stands.iter().filter(|(_, stands)| *stands == Stands::Entry).map(|(row, _)| *row);
        entries
            .filter_map(|row| {
                let subject = SubjectId::from_bits(row.fresh[0]);
                let subject = match row.choice {
                    Choice::Subject(bits) => RowSubject::Known(SubjectId::from_bits(bits)),
                    _ => RowSubject::New(subject, super::read::details(&row.described, self.read_on()).ok()?),
                };
                let rows: Vec<&Row> = std::iter::once(row).chain(more(row.number)).collect();
                Some(Taken {
                    row: row.number,
                    subject,
                    measure: MeasureId::from_bits(row.fresh[1]),
                    plan: self.plan_for(&rows, plan),
                    said: Text::optional(&said(&rows))?,
                })
            })
            .collect()
    }

    /// The plan for all rows, with the precautions that these ask for in their own words, where somebody has said what they mean.
    fn plan_for(&self, rows: &[&Row], plan: &Proposal) -> Proposal {
        let meant = rows.iter().filter_map(|row| self.plans.asked.get(row.asks.as_ref()?));
        let mut precautions: Vec<Code> = Vec::new();
        for code in meant.flatten().filter_map(|code| Code::new(code)) {
            if !precautions.contains(&code) {
                precautions.push(code);
            }
        }
        match precautions.is_empty() {
            true => plan.clone(),
            false => Proposal { precautions, ..plan.clone() },
        }
    }
}

/// What rows say beside whom they are about, as far as a text has room.
fn said(rows: &[&Row]) -> String {
    let line = |(heading, text): &(String, String)| format!("{heading}: {text}");
    let of_row = |row: &&Row| {
        let lines = row.said.iter().map(line);
        std::iter::once(format!("Row {} of the list", row.number)).chain(lines).collect::<Vec<_>>().join("\n")
    };
    rows.iter().map(of_row).collect::<Vec<_>>().join("\n\n").chars().take(Text::LONGEST).collect()
}
