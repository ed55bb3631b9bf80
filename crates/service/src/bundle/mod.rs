//! The evidence bundle of a measure: everything behind it as one document, in the order in which a decider, a reviewer or an appeal officer
//! reads it, so that nobody decides on half a file (and the ombudsman can be shown on what it was decided).
//!
//! It leaves the register, so it never names who reported or who told them, whoever takes it: those acted as members of their team.
//! What people typed stands as they typed it.

mod behind;
mod chronology;
mod since;

use crate::Service;
use crate::access::Look;
use crate::certificates::Head;
use crate::fault::Fault;
use crate::letters::{sender, signed, who, written};
use crate::papers::{DESTROYED, seal, text};
use documents::{Block, Document, Language, Print};
use jiff::civil::Date;
use ledger::{Content, Digest};
use register::ids::{AccountId, AttachmentId, MeasureId};
use register::measure::Measure;
use register::moment::{Actor, Moment};
use register::policy::{Code, List};
use register::state::Register;
use register::subject::{Born, SubjectDetails};
use register::view;
use std::collections::BTreeMap;

/// The SHA-256 digest of every attached file that is still held.
pub type Digests = BTreeMap<AttachmentId, Digest>;

impl Service {
    /// The evidence bundle of a measure, if this account may take it. The look is on disk first.
    ///
    /// # Errors
    /// A fault.
    pub async fn bundle(&self, by: AccountId, id: MeasureId) -> Result<Option<Document>, Fault> {
        let attached = self.read(|register| {
            let measure = view::bundle(register, register.account(by)?, id)?;
            Some(attachments(register, measure).collect::<Vec<_>>())
        });
        let Some(attached) = attached else { return Ok(None) };
        self.look(by, Look::Bundle(id), |_| ()).await?;
        let mut digests = Digests::new();
        for attachment in attached {
            if let Some(Content::Known(bytes)) = self.inner.ledger.attachment(&attachment.to_string()).await?
            {
                digests.insert(attachment, Digest::of(&bytes));
            }
        }
        let (head, today) = (self.head().await?, self.today());
        Ok(self.read(|register| {
            let measure = view::bundle(register, register.account(by)?, id)?;
            document(register, measure, &digests, today, &head)
        }))
    }
}

/// Every file that came with the reports behind a measure.
fn attachments(register: &Register, measure: &Measure) -> impl Iterator<Item = AttachmentId> {
    let incidents = measure.incidents.iter().filter_map(|id| register.incident(*id));
    incidents.flat_map(|incident| &incident.attachments).map(|attachment| attachment.id)
}

/// The evidence bundle of a measure, as the register stands on `today`; `None` before the register is set up.
#[must_use]
pub fn document(
    register: &Register,
    measure: &Measure,
    digests: &Digests,
    today: Date,
    head: &Head,
) -> Option<Document> {
    let bundle = Bundle { register, measure, digests, today };
    let mut body = vec![
        Block::notice([
            "Confidential. For whoever decides this measure, reviews it or hears an appeal against it, and for nobody else. Do not copy it or \
             pass it on, and destroy it when that is done: the register keeps what has to be kept.",
        ]),
        bundle.cover(),
        Block::contents("Contents"),
    ];
    let parts = [
        ("About whom or what", bundle.subject()),
        ("Chronology", bundle.chronology()),
        ("Incidents", bundle.incidents()),
        ("Interim marker", bundle.interim()),
        ("Threshold tests", bundle.tests()),
        ("Proportionality", bundle.proportionality()),
        ("What staff must do, and who is shown it", bundle.plan()),
        ("Contact", bundle.contact()),
        ("What the customer says", bundle.customer()),
        ("Decision", bundle.decision()),
        ("Reviews and changes", bundle.reviews()),
        ("How it ended", bundle.end()),
    ];
    for (heading, blocks) in parts {
        body.extend(under(heading, blocks));
    }
    body.extend(bundle.letters());
    body.extend(under("Attached files", bundle.files()));
    body.extend(seal(head));
    Some(Document {
        title: "Evidence bundle".into(),
        language: Language::English,
        sender: sender(register.council()?),
        addressee: Vec::new(),
        reference: measure.id.to_string().as_str().into(),
        date: today,
        body,
        footer: "".into(),
        print: Print::Standard,
    })
}

/// A section; nothing where it has nothing to say.
fn under(heading: &str, blocks: Vec<Block>) -> impl Iterator<Item = Block> {
    let heading = (!blocks.is_empty()).then(|| Block::section(heading));
    heading.into_iter().chain(blocks)
}

/// A line of key facts.
type Fact = (String, String);

fn fact(term: impl Into<String>, words: impl Into<String>) -> Fact {
    (term.into(), words.into())
}

/// Lines of one fact.
fn lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let lines: Vec<String> = lines.into_iter().map(|line| line.as_ref().to_owned()).collect();
    lines.join("\n")
}

/// A measure, and what is needed to tell of it.
struct Bundle<'r> {
    register: &'r Register,
    measure: &'r Measure,
    digests: &'r Digests,
    today: Date,
}

impl Bundle<'_> {
    fn who(&self, by: Actor) -> String {
        who(self.register, self.measure, by)
    }

    fn signed(&self, moment: Moment) -> String {
        signed(self.register, self.measure, moment)
    }

    fn team(&self, team: register::ids::TeamId) -> String {
        self.register.team(team).map(register::people::Team::name).unwrap_or_default()
    }

    /// Codes in the policy's words, one on each line.
    fn codes(&self, list: List, codes: &[Code]) -> String {
        if codes.is_empty() {
            return "None".to_owned();
        }
        lines(codes.iter().map(|code| self.register.words(list, code).unwrap_or(code.as_str())))
    }

    fn cover(&self) -> Block {
        let Self { register, measure, .. } = self;
        let about = register.subject(measure.subject).map(register::subject::Subject::heading);
        let decided = measure.decision().map(|decision| decision.policy);
        let mut facts = vec![
            fact("Reference", measure.id.to_string()),
            fact("Kind", measure.kind.label()),
            fact("Stage", measure.stage().label()),
            fact("About", format!("{} ({})", about.unwrap_or_default(), measure.subject)),
            fact("Answers for it", self.who(Actor::Account(measure.sponsor))),
            fact(
                "Policy",
                match decided {
                    Some(version) => format!("Version {}, under which it was decided", version.0),
                    None => format!("Version {}, in force now", register.policy().version.0),
                },
            ),
        ];
        facts.extend(measure.review_due(register).map(|due| fact("Next review by", written(due))));
        if let Some(appeal) = measure.open_appeal() {
            let by = written(appeal.decide_by(register.policy()));
            facts.push(fact("Under appeal", format!("To be decided by {by}")));
        }
        if let Some(dispute) = measure.open_dispute() {
            let by = written(dispute.answer_by(register.policy()));
            facts.push(fact("Disputed", format!("To be answered by {by}")));
        }
        facts.push(fact("Made on", written(self.today)));
        Block::facts(facts)
    }

    /// Who or where it is, and what helps them: whether it is the right one, and what they need, is for a decider to see.
    fn subject(&self) -> Vec<Block> {
        let Some(subject) = self.register.subject(self.measure.subject) else { return Vec::new() };
        let mut facts = match subject.details.known() {
            None => vec![fact("Details", DESTROYED)],
            Some(SubjectDetails::Premises(premises)) => {
                let place = lines(premises.address.envelope());
                vec![fact("What it is", premises.description.as_str()), fact("Where", place)]
            }
            Some(SubjectDetails::Person(person)) => {
                let names = person.names.iter().map(|name| fact(name.kind.label(), name.full.as_str()));
                let born = match person.born {
                    Born::On(date) => written(date),
                    Born::Band(band) => format!("About {}", band.label()),
                    Born::Unknown => "Not known".to_owned(),
                };
                let now = person.addresses.iter().filter(|address| address.until.is_none());
                let now = now.map(|address| fact("Address now", lines(address.envelope())));
                names.chain([fact("Born", born)]).chain(now).collect()
            }
        };
        facts.extend(subject.occupants.iter().map(|others| {
            fact(format!("Other people since {}", written(others.since)), text(&others.words))
        }));
        facts.extend(
            subject.support.iter().map(|needs| fact("Support needs, which are no danger", text(needs))),
        );
        vec![Block::facts(facts)]
    }
}
