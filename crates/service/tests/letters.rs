//! The letters, records and certificates that a council sends and files, as whole texts, and as PDFs that everybody can read.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test needs and does not get fails it"
)]
#![expect(dead_code, reason = "of the tools of the documents' own tests, not all are needed here")]

#[path = "../../documents/tests/documents/tools.rs"]
mod tools;

use demonstration::{Memory, Seed, Stage, play};
use documents::{Document, Print};
use jiff::civil::{Date, date};
use register::appeal::{AppealOutcome, AppealWords, Appellant, Ground, Lodged, Way};
use register::assessment::{Plan, Proposal};
use register::command::{
    AnswerDispute, AnswerReview, AssignAppeal, Command, DecideAppeal, LodgeAppeal, RecordDispute,
    RemoveMeasure, ReviewMeasure, VaryMeasure, WriteLetter,
};
use register::dispute::DisputeOutcome;
use register::ids::{AppealCode, MeasureId};
use register::measure::{EndReason, InterimStage, Kind, Life, Measure};
use register::moment::{Actor, Moment};
use register::notice::{Draft, Letter, Notice, Occasion};
use register::people::Role;
use register::personal::{Particulars, Text};
use register::retention::Category;
use register::review::{Advice, Question, ReviewOutcome};
use register::state::Register;
use service::certificates::{self, BackupsKept, Certified, Head};
use service::letters;
use service::usage::Usage;

const TODAY: Date = date(2026, 11, 24);

fn history() -> Memory {
    let mut memory = Memory::default();
    play(&mut memory, Seed(1), "2026-11-24T10:00:00Z".parse().expect("timestamp")).expect("a history");
    memory
}

fn letter(measure: &Measure) -> Option<&Letter> {
    match &measure.life {
        Life::InForce { notice: Notice::Sent { letter, .. }, .. }
        | Life::Decided { draft: Some(Draft::Written { letter, .. }), .. } => Particulars::known(letter),
        _ => None,
    }
}

fn head() -> Head {
    Head { origin: "register.example/register".into(), size: "4711".into(), root: "q83vASNFZ4k=".into() }
}

/// How a measure is told from others.
type Is = fn(&Measure) -> bool;

/// Measures whose evidence bundles say most: of each, which it is.
const EVIDENCE: &[(&str, Is)] = &[
    ("restriction", |measure| measure.counted().is_some_and(|(_, counts)| !counts.is_empty())),
    ("appealed", |measure| {
        measure.appeals.iter().any(|appeal| appeal.decided().is_some()) && !measure.reviews().is_empty()
    }),
    ("disputed", |measure| measure.disputes.iter().any(|dispute| dispute.answer.is_some())),
    ("undecided", |measure| matches!(measure.life, Life::Assessed)),
];

/// The evidence bundle of a measure, each of its files with a digest made of its reference.
fn evidence(register: &Register, measure: &Measure) -> Document {
    let files =
        measure.incidents.iter().filter_map(|id| register.incident(*id)).flat_map(|it| &it.attachments);
    let digests = files.map(|file| (file.id, ledger::Digest::of(file.id.to_string().as_bytes()))).collect();
    service::bundle::document(register, measure, &digests, TODAY, &head()).expect("a bundle")
}

/// A letter of each kind, the record of an interim marker at each of its stages, and a certificate of destruction of each kind of file.
fn papers(register: &Register) -> Vec<(String, Document)> {
    let council = register.council().expect("a council");
    let mut papers = Vec::new();
    for kind in Kind::ALL {
        let letter = register.measures().filter(|measure| measure.kind == *kind).find_map(letter);
        let letter = letter.expect("a letter of each kind");
        papers.push((format!("letter-{}", kind.key()), letters::document(letter, council)));
    }
    for occasion in Occasion::ALL.iter().filter(|occasion| **occasion != Occasion::Decision) {
        let letter = register
            .measures()
            .find_map(|measure| service::files::letter_of(register, measure.id, *occasion))
            .expect("a letter of each occasion");
        papers.push((format!("letter-{}", occasion.key()), letters::document(letter, council)));
    }
    let head = head();
    let meeting = register.meetings().max_by_key(|meeting| meeting.held_on).expect("a meeting");
    let pack = service::papers::pack(
        register,
        meeting,
        &Usage::default(),
        TODAY,
        &head,
        register::ids::AccountId::from_bits(0),
    )
    .expect("a pack");
    papers.push(("meeting-pack".to_owned(), pack));
    let minutes = service::papers::minutes(register, meeting, TODAY, register::ids::AccountId::from_bits(0))
        .expect("minutes");
    papers.push(("meeting-minutes".to_owned(), minutes));
    for (name, is_at) in [
        ("asked", (|stage| matches!(stage, InterimStage::Asked)) as fn(InterimStage) -> bool),
        ("live", |stage| matches!(stage, InterimStage::Live { .. })),
        ("over", |stage| matches!(stage, InterimStage::Over(_))),
    ] {
        let at_stage = register
            .measures()
            .filter(|measure| measure.interim.as_ref().is_some_and(|interim| is_at(interim.stage)));
        let record = at_stage.filter_map(|measure| letters::interim_record(register, measure, TODAY)).next();
        papers.push((format!("interim-{name}"), record.expect("an interim marker at each stage")));
    }
    for (name, is_it) in EVIDENCE {
        let measure = register.measures().find(|measure| is_it(measure)).expect("a measure of each sort");
        papers.push((format!("evidence-{name}"), evidence(register, measure)));
    }
    let head = Head {
        origin: "wyvernshire.example/psr/register".to_owned(),
        size: "4100".to_owned(),
        root: "CY2h54uTnXEUFxwCF7MXuSNcvbwKAAYUBUqoyWU033E=".to_owned(),
    };
    for category in [Category::Entry, Category::Incident, Category::Subject] {
        let mut of_it = register.certificates().iter().filter(|it| it.category == Some(category));
        let certified = Certified {
            certificate: *of_it.next().expect("a certificate of each category"),
            head: head.clone(),
        };
        let name = format!("certificate-{}", category.key());
        papers.push((name, certificates::document(&certified, council, Some(BackupsKept(35)), TODAY)));
    }
    papers
}

#[test]
fn every_letter_and_record_says_what_it_is_to_say() {
    let history = history();
    for (name, document) in papers(history.register()) {
        insta::assert_snapshot!(name, documents::text(&document));
    }
}

/// Of what the letters that a kind of measure can bring tell.
fn occasions(kind: Kind) -> impl Iterator<Item = Occasion> {
    let all = Occasion::ALL.iter().copied();
    // A warning has no plan that could be changed: it stands, or it ends.
    all.filter(move |occasion| (kind, *occasion) != (Kind::Warning, Occasion::Varied))
}

fn text(words: &str) -> Text {
    Text::new(words).expect("text")
}

/// Whoever may ask it asks it. Says whether anybody might.
fn somebody_asks(history: &mut Memory, command: impl Into<Command>) -> bool {
    let command = command.into();
    let everybody: Vec<_> = history.register().accounts().map(|account| account.id).collect();
    let at = "2026-11-24T11:00:00Z".parse().expect("timestamp");
    let asked = |by| history.perform(command.clone(), Moment { at, by: Actor::Account(by) }).is_ok();
    everybody.into_iter().any(asked)
}

/// What has to happen to a measure in force before a letter of this occasion is owed.
fn comes_to(history: &mut Memory, measure: MeasureId, occasion: Occasion) -> bool {
    let reasons = || text("For these reasons.");
    let lodged = Lodged {
        received_on: TODAY,
        way: Way::Letter,
        appellant: Appellant::Customer,
        grounds: [Ground::TooFar].into(),
    };
    let why_late = Some(text("I was in hospital."));
    let words = AppealWords { case: text("I was not there."), why_late, representative: None };
    let answer = |question: &Question| (*question, text("As the file says."));
    let plan = || -> Option<Proposal> {
        let plan = history.register().measure(measure)?.assessment.plan.as_ref()?;
        let mut words = plan.words.known()?.clone();
        words.service_route = text("Ask at the desk in the library, or ring it.");
        let Plan { band, precautions, restrictions, audience, limits, .. } = plan.clone();
        Some(Proposal { band, precautions, restrictions, audience, limits, words })
    };
    let plan = plan();
    let review = |history: &mut Memory, advice: Advice, outcome: ReviewOutcome| {
        let answers = Question::ALL.iter().map(answer).collect();
        let next_on = Some(register::calendar::months_after(TODAY, 3));
        let review = ReviewMeasure { measure, outcome, next_on, reasons: reasons(), still_withheld: None };
        somebody_asks(history, AnswerReview { measure, advice, answers }) && somebody_asks(history, review)
    };
    match occasion {
        Occasion::Decision => true,
        Occasion::Kept => review(history, Advice::Keep, ReviewOutcome::Retain),
        Occasion::Removed => review(history, Advice::Remove, ReviewOutcome::Remove),
        Occasion::Varied => {
            plan.is_some_and(|plan| somebody_asks(history, VaryMeasure { measure, plan, reasons: reasons() }))
        }
        Occasion::AppealReceived => somebody_asks(history, LodgeAppeal { measure, lodged, words }),
        Occasion::AppealOutcome => {
            let officers: Vec<_> = history
                .register()
                .accounts()
                .filter(|account| account.roles.contains(&Role::AppealOfficer))
                .map(|account| account.id)
                .collect();
            let outcome = AppealOutcome::NotUpheld;
            somebody_asks(history, LodgeAppeal { measure, lodged, words })
                && officers
                    .into_iter()
                    .any(|officer| somebody_asks(history, AssignAppeal { measure, officer }))
                && somebody_asks(history, DecideAppeal { measure, outcome, plan: None, reasons: reasons() })
        }
        Occasion::Apology => {
            somebody_asks(history, RemoveMeasure { measure, reason: EndReason::Error, words: reasons() })
        }
        Occasion::DisputeAnswered => {
            let outcome = DisputeOutcome::InPart;
            somebody_asks(history, RecordDispute { measure, received_on: TODAY, words: reasons() })
                && somebody_asks(history, AnswerDispute { measure, outcome, reasons: reasons() })
        }
    }
}

/// A letter of an occasion about a kind of measure: one that the history has, or else what it comes to today.
fn letter_about(history: &Memory, kind: Kind, occasion: Occasion) -> Option<Letter> {
    let of_kind = || history.register().measures().filter(|measure| measure.kind == kind);
    let written =
        |history: &Memory, measure| service::files::letter_of(history.register(), measure, occasion).cloned();
    if let Some(letter) = of_kind().find_map(|measure| written(history, measure.id)) {
        return Some(letter);
    }
    let told = of_kind().filter(|it| matches!(it.life, Life::InForce { notice: Notice::Sent { .. }, .. }));
    told.map(|measure| measure.id).find_map(|measure| {
        let mut history = history.clone();
        let code = AppealCode::from_bits(1);
        let write = WriteLetter { measure, occasion, code, explanation: text("It was said at the counter.") };
        (comes_to(&mut history, measure, occasion) && somebody_asks(&mut history, write))
            .then(|| written(&history, measure))?
    })
}

/// The letter of each occasion about each kind of measure, in print of both sizes.
fn variants(history: &Memory) -> Vec<(String, Document)> {
    let council = history.register().council().expect("a council");
    let mut variants = Vec::new();
    for (kind, occasion) in Kind::ALL.iter().flat_map(|kind| occasions(*kind).map(move |it| (*kind, it))) {
        let letter = letter_about(history, kind, occasion);
        let letter = letter.unwrap_or_else(|| panic!("no letter of {occasion:?} about a {kind:?}"));
        for (size, print) in [("standard", Print::Standard), ("large", Print::Large)] {
            let name = format!("{}-{}-{size}", kind.key(), occasion.key());
            variants.push((name, Document { print, ..letters::document(&letter, council) }));
        }
    }
    variants
}

#[test]
fn every_letter_in_every_variant_and_every_record_is_accessible_in_print() {
    let history = history();
    let shelf = tools::Shelf::new();
    let files: Vec<_> = papers(history.register())
        .into_iter()
        .chain(variants(&history))
        .map(|(name, document)| shelf.put(&name, &documents::pdf(&document).expect("a PDF")))
        .collect();
    if let Some(faults) = tools::accessibility_faults(&files) {
        assert_eq!(faults, Vec::<String>::new());
    }
}

/// The age at which somebody reads our letters with ease, at most: that of a pupil who comes to secondary school.
const READING_AGE: u32 = 11;

#[test]
fn every_letter_is_plain_enough_to_read() {
    let history = history();
    let letters = papers(history.register()).into_iter().filter(|(name, _)| name.starts_with("letter-"));
    let ages: Vec<(String, u32)> =
        letters.map(|(name, document)| (name, document.reading_age().expect("prose"))).collect();
    let hard: Vec<_> = ages.iter().filter(|(_, age)| *age > READING_AGE).collect();
    assert!(hard.is_empty(), "hard to read: {hard:?}, of {ages:?}");
}

#[test]
fn no_letter_record_or_evidence_bundle_names_who_reported() {
    let history = history();
    let register = history.register();
    let council = register.council().expect("a council");
    for measure in register.measures() {
        let reporters: Vec<String> = measure
            .incidents
            .iter()
            .filter_map(|id| register.account(register.incident(*id)?.reporter))
            .map(register::people::Account::name)
            .collect();
        let told =
            measure.incidents.iter().filter_map(|id| register.incident(*id)?.told_by.as_ref()?.known());
        let reporters: Vec<String> =
            reporters.into_iter().chain(told.map(|name| name.as_str().to_owned())).collect();
        let sent = Occasion::ALL.iter().filter_map(|it| service::files::letter_of(register, measure.id, *it));
        let letter = sent.map(|letter| letters::document(letter, council));
        let interim = letters::interim_record(register, measure, TODAY);
        for document in letter.chain(interim).chain([evidence(register, measure)]) {
            let text = documents::text(&document);
            assert!(!reporters.iter().any(|name| text.contains(name)), "{} names who reported", measure.id);
        }
    }
}

/// How many letters are rendered at once, and by how many.
const CROWD: usize = 1_000;
const WORKERS: usize = 8;

#[test]
fn letters_rendered_at_once_by_several_hold_their_own_customers_words_only() {
    let history = history();
    let register = history.register();
    let council = register.council().expect("a council");
    let letters: Vec<&Letter> = register
        .measures()
        .flat_map(|measure| Occasion::ALL.iter().map(move |occasion| (measure.id, *occasion)))
        .filter_map(|(measure, occasion)| service::files::letter_of(register, measure, occasion))
        .collect();
    assert!(letters.len() > 100, "letters of every kind: {}", letters.len());
    let shelf = tools::Shelf::new();
    let word = |index: usize| format!("Quillfeather{index:04}x");
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let (letters, shelf) = (&letters, &shelf);
            scope.spawn(move || {
                for index in (worker..CROWD).step_by(WORKERS) {
                    let mut letter = letters[index % letters.len()].clone();
                    letter.addressee.insert(0, word(index));
                    if let Some(section) = letter.sections.first_mut() {
                        section.paragraphs.push(format!("This is about {}.", word(index)));
                    }
                    let pdf = documents::pdf(&letters::document(&letter, council)).expect("a PDF");
                    let file = shelf.put(&format!("crowd-{index}"), &pdf);
                    let Some(pages) = tools::page_texts(&file) else { return };
                    let text = pages.join("\n");
                    let found: std::collections::BTreeSet<&str> = text
                        .split(|c: char| !c.is_alphanumeric())
                        .filter(|found| found.starts_with("Quillfeather"))
                        .collect();
                    assert_eq!(
                        found,
                        [word(index).as_str()].into(),
                        "letter {index} holds its own words only"
                    );
                    assert!(text.contains(&letter.measure.to_string()), "letter {index} bears its reference");
                }
            });
        }
    });
}
