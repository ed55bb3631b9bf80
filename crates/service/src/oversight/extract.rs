//! Who looked at a person's files, for that person: each row of the access log about them, by role and team and never by name, on which day and
//! why (UK GDPR article 15; decision 21). No hour stands in it: it would tell who reported from who looked first.

use crate::Service;
use crate::access::{AccessFilter, AccessKind, AccessRow};
use crate::fault::Fault;
use crate::letters::sender;
use documents::{Block, Document, Language, Print};
use jiff::civil::Date;
use register::calendar;
use register::ids::{AccountId, File, SubjectId};
use register::people::Team;
use register::policy::Council;
use register::state::Register;
use serde::Serialize;

/// One look, as its subject is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Its row of the access log.
    pub row: u64,
    /// The day.
    pub on: Date,
    /// What was done.
    pub what: &'static str,
    /// Why, for a check.
    pub why: Option<&'static str>,
    /// What whoever looked is to the register.
    pub roles: Vec<&'static str>,
    /// The team they work in.
    pub team: Option<String>,
}

impl Service {
    /// Every look at a subject and the files about them, oldest first. To read them is a row of the access log itself.
    ///
    /// # Errors
    /// A fault.
    pub async fn looks_told(&self, by: AccountId, subject: SubjectId) -> Result<Vec<Told>, Fault> {
        let filter = AccessFilter { file: Some(File::Subject(subject)), ..AccessFilter::default() };
        let mut rows = self.accesses(by, filter, usize::MAX).await?;
        rows.reverse();
        Ok(self.read(|register| rows.iter().map(|row| told(register, row)).collect()))
    }
}

fn told(register: &Register, row: &AccessRow) -> Told {
    let account = row.by.and_then(|by| register.account(by));
    Told {
        row: row.position,
        on: calendar::london(row.at),
        what: told_of(row.kind),
        why: row.purpose.map(|purpose| purpose.label()),
        roles: account.into_iter().flat_map(|account| &account.roles).map(|role| role.label()).collect(),
        team: account.and_then(|account| register.team(account.team)).map(Team::name),
    }
}

/// What somebody is told that a look at them was. That lawyers were asked is privileged, too: it is a look at a file.
const fn told_of(kind: AccessKind) -> &'static str {
    match kind {
        AccessKind::LegalAdvice => AccessKind::File.label(),
        other => other.label(),
    }
}

/// The extract as the council sends it.
#[must_use]
pub fn document(looks: &[Told], subject: SubjectId, council: &Council, today: Date) -> Document {
    let line = |look: &Told| {
        let who = look.roles.iter().map(|role| (*role).to_owned()).chain(look.team.clone());
        let what = std::iter::once(look.what).chain(look.why).collect::<Vec<_>>().join(", ");
        let when = format!("{} (row {})", look.on.strftime("%-d %B %Y"), look.row);
        (when, format!("{what}: {}", who.collect::<Vec<_>>().join(", ")))
    };
    let mut body = vec![Block::paragraph(format!(
        "This is every time somebody looked at what the register holds about you, {} in all: the day, what was done and why, and the role and \
         team of whoever did it.",
        looks.len()
    ))];
    if !looks.is_empty() {
        body.push(Block::facts(looks.iter().map(line)));
    }
    Document {
        title: "Who looked at what we hold about you".into(),
        language: Language::English,
        sender: sender(council),
        addressee: Vec::new(),
        reference: subject.to_string().as_str().into(),
        date: today,
        body,
        footer: "".into(),
        print: Print::Standard,
    }
}
