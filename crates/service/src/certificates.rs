//! Certificates of destruction as documents, with the head of the register's log that proves them. Nothing in them is about anybody.

use crate::Service;
use crate::access::Look;
use crate::fault::Fault;
use crate::letters::sender;
use documents::{Block, Document, Language, Print};
use jiff::ToSpan as _;
use jiff::civil::Date;
use ledger::Log;
use register::calendar;
use register::ids::{AccountId, File};
use register::policy::{self, Council, Unit};
use register::retention::{Certificate, CertifiedFigure};

/// The head of the register's log: how many records it holds, and the root of the tree over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Which log of which register.
    pub origin: String,
    /// How many records.
    pub size: String,
    /// The root, in base 64.
    pub root: String,
}

/// A certificate with what proves it.
#[derive(Debug, Clone)]
pub struct Certified {
    /// What the destruction left behind.
    pub certificate: Certificate,
    /// The head at the moment of reading: its log holds the record of the destruction.
    pub head: Head,
}

impl Service {
    /// The certificate of a file whose words are destroyed, if it has one, with the head of the log. The look is on disk first.
    ///
    /// # Errors
    /// A fault.
    pub async fn certificate(&self, by: AccountId, file: File) -> Result<Option<Certified>, Fault> {
        let look = Look::Retention(Some(file));
        let found = self.look(by, look, |register| register.certificate(file).copied()).await?;
        let Some(certificate) = found else { return Ok(None) };
        Ok(Some(Certified { certificate, head: self.head().await? }))
    }

    /// The head of the register's log, as papers print it.
    ///
    /// # Errors
    /// A fault.
    pub async fn head(&self) -> Result<Head, Fault> {
        let note = self.inner.ledger.checkpoint(Log::Register).await?;
        let mut lines = note.lines().map(str::to_owned);
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(Fault::because("a checkpoint has less than three lines"));
        };
        Ok(Head { origin, size, root })
    }
}

/// How many days a backup of the register is kept: so long after a destruction can whoever has its key card read what went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupsKept(pub u16);

/// What a certificate says, each line with what it is called; of backups only where there are some.
#[must_use]
pub fn facts(certified: &Certified, backups: Option<BackupsKept>) -> Vec<(&'static str, String)> {
    let Certified { certificate, head } = certified;
    let (since, last) =
        certificate.kept.map_or_else(Default::default, |(since, last)| (written(since), written(last)));
    let category = certificate.category.map_or("Account", register::retention::Category::label);
    let from = certificate.category.map_or("it ended", register::retention::Category::counted_from);
    let late = match certificate.days_late() {
        0 => String::new(),
        1 => ", 1 day after its time".to_owned(),
        days => format!(", {days} days after its time"),
    };
    let at = calendar::london_time(certificate.destroyed.at).strftime("%-I:%M%P").to_string();
    let gone = backups.and_then(|BackupsKept(days)| {
        // A set that was begun on the same day goes so many days later, with the next day's pruning.
        let last = certificate.destroyed.date().checked_add((i64::from(days) + 1).days()).ok()?;
        Some(("Gone from backups", format!("by {}, where old ones are removed every day", written(last))))
    });
    let mut facts = vec![
        ("Reference", certificate.file.to_string()),
        ("Kept as", category.to_owned()),
        ("Time counted from", if since.is_empty() { String::new() } else { format!("{since}, when {from}") }),
        ("Time kept", time_kept(certificate)),
        ("Last day kept", last),
        (
            "Destroyed",
            format!("{} at {at}{late}, by the register itself", written(certificate.destroyed.date())),
        ),
        ("Lockers destroyed", certificate.lockers.to_string()),
        ("Record of the log", certificate.position.to_string()),
        ("Log", head.origin.clone()),
        ("Records in the log now", head.size.clone()),
        ("Head of the log now", head.root.clone()),
    ];
    facts.extend(gone);
    facts
}

/// What the certificate proves, and how.
pub const WHAT_IT_MEANS: [&str; 3] = [
    "The keys of these lockers were destroyed. What was written in them can no longer be read in the register; a copy of its \
     database made before then can be read only by whoever also has a copy of the master key in force at that time.",
    "What is left are references, dates and codes: that there was such a file, and what was done when. Nothing in them says who it was about.",
    "The record of the destruction is part of the log. Whoever has a later signed head of the log can prove that the record stands in it and \
     was not changed since.",
];

/// The certificate as the council files it.
#[must_use]
pub fn document(
    certified: &Certified,
    council: &Council,
    backups: Option<BackupsKept>,
    today: Date,
) -> Document {
    let mut body = vec![Block::facts(facts(certified, backups)), Block::section("What this means")];
    body.extend(WHAT_IT_MEANS.map(Block::paragraph));
    Document {
        title: "Certificate of destruction".into(),
        language: Language::English,
        sender: sender(council),
        addressee: Vec::new(),
        reference: certified.certificate.file.to_string().as_str().into(),
        date: today,
        body,
        footer: "".into(),
        print: Print::Standard,
    }
}

fn time_kept(certificate: &Certificate) -> String {
    match certificate.figure {
        CertifiedFigure::Policy(figure, value) => format!(
            "{} ({}, version {} of the policy)",
            counted(value, figure),
            figure.label(),
            certificate.policy.0
        ),
        CertifiedFigure::Law(months) => format!("{months} months (RIDDOR 2013, regulation 12)"),
        CertifiedFigure::WithTheRest => "As long as anything that depended on it".to_owned(),
    }
}

fn counted(value: u32, figure: policy::Figure) -> String {
    let one = match figure.unit() {
        Unit::Months => "month",
        Unit::WorkingDays => "working day",
        Unit::Days => "day",
        Unit::Years => "year",
        Unit::People => "person",
        Unit::Calls => "call",
    };
    format!("{value} {one}{}", if value == 1 { "" } else { "s" })
}

fn written(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
