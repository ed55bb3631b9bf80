//! Plants words in every sealed field, by the main job's own commands and through the pages, and reads every file that the
//! register leaves for them: as they are, in UTF-16, in hexadecimal and in base64. Only the keys' directory is left out.

use crate::http::Connection;
use crate::persona;
use crate::place::Place;
use crate::program::{self, Server};
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use demonstration::personas;
use register::assessment::{Band, Finding, PlanWords, Proportionality, Proposal, Recommendation, Test};
use register::calendar::{days_after, london};
use register::command::{
    AddToIncident, AnswerTest, ApproveLetter, Command, CompleteAssessment, ConfirmIncident, Decide,
    HoldMeasure, OpenAccount, OpenSubject, OpenTeam, RecordLetterSent, RecordSupportNeeds, ReportIncident,
    SetPlan, TriageIncident, WeighProportionality, WriteLetter,
};
use register::decision::Outcome;
use register::ids::{AccountId, AttachmentId, IncidentId, MeasureId, SubjectId, TeamId};
use register::incident::{
    Attachment, Channel, Danger, Described, Facts, Identity, Injury, Media, Narrative, Police, Protection,
    Route,
};
use register::measure::Kind;
use register::notice::Delivery;
use register::people::{AccountDetails, Contact, Role};
use register::personal::Text;
use register::policy::Code;
use register::subject::{
    Address, AgeBand, Born, NameKind, OtherReference, Person, PersonName, SubjectDetails,
};
use register::view::Purpose;
use service::check::Asked;
use service::clock::SystemClock;
use service::{Service, Upload};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// How many words are planted at least.
const LEAST: usize = 100;
/// Letters of a word: none occurs by chance.
const LETTERS: usize = 14;

/// The words planted so far.
#[derive(Default)]
struct Planted(Vec<String>);

impl Planted {
    fn word(&mut self) -> Result<String> {
        let mut bits = getrandom::u64()?;
        let mut letter = || {
            let letter = b'a' + u8::try_from(bits % 26).unwrap_or(0);
            bits /= 26;
            char::from(letter)
        };
        let word: String = std::iter::repeat_with(&mut letter).take(LETTERS - 1).chain(['q']).collect();
        self.0.push(word.clone());
        Ok(word)
    }

    fn text(&mut self) -> Result<Text> {
        let word = self.word()?;
        Text::new(&word).map_err(|_| anyhow::anyhow!("{word} is no text"))
    }

    fn some(&mut self) -> Result<Option<Text>> {
        self.text().map(Some)
    }
}

/// Plants and searches.
pub async fn drill() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = Place::new(folder.path().join("register"));
    program::make_demonstration(&place)?;
    let mut planted = Planted::default();

    let service = place.serve(Arc::new(SystemClock)).await?;
    plant_by_commands(&service, &mut planted).await?;
    drop(service);

    let server = Server::start(&place, "debug")?;
    plant_by_pages(&server, &mut planted).await?;
    ensure!(planted.0.len() >= LEAST, "only {} words were planted", planted.0.len());
    let patterns = Patterns::of(&planted.0);
    let running = patterns.search(folder.path())?;
    server.kill()?;
    let killed = patterns.search(folder.path())?;
    let ledger = place.open().await?;
    ledger.store().backup(&folder.path().join("backup.db")).await?;
    drop(ledger);
    let stopped = patterns.search(folder.path())?;
    for (when, search) in [("running", &running), ("killed", &killed), ("stopped, with a backup", &stopped)] {
        ensure!(search.found.is_empty(), "{when}: {:?}", search.found);
    }
    control(&folder.path().join("backup.db"))?;
    println!(
        "words: {} words planted in sealed fields, none found in {} files and {} MB (running, killed, stopped with a \
         backup, log at debug); the control found each form of one planted in clear",
        planted.0.len(),
        stopped.files,
        (running.bytes + killed.bytes + stopped.bytes) / 1_000_000
    );
    Ok(())
}

/// The main job from a report to an entry in force, with a word in every field that takes words.
async fn plant_by_commands(service: &Service, words: &mut Planted) -> Result<()> {
    let by = |role| persona::with_role(role).map(|persona| persona.account);
    let (officer, manager) = (by(Role::Officer)?, by(Role::LineManager)?);
    let (keeper, decider) = (by(Role::RegisterTeam)?, by(Role::DecisionMaker)?);
    let colleague = personas()
        .into_iter()
        .find(|persona| persona.role == Role::RegisterTeam && persona.account != keeper)
        .context("one keeper only")?
        .account;
    let carry_out = async |by: AccountId, command: Command, uploads: Vec<Upload>| -> Result<()> {
        let name = command.name();
        let done = service.execute_with(by, service.fresh_command(), command, uploads).await;
        done.map(|_| ()).map_err(|failure| anyhow::anyhow!("{name}: {failure}"))
    };

    let (team, account) = (TeamId::from_bits(service.fresh()), AccountId::from_bits(service.fresh()));
    let administrator = by(Role::Administrator)?;
    let open = OpenTeam { team, name: words.text()?, contact: Contact::Visits };
    carry_out(administrator, open.into(), Vec::new()).await?;
    let email = Text::new(&format!("{}@council.example", words.word()?)).ok().context("an address")?;
    let details = AccountDetails { name: words.text()?, email, phone: words.some()? };
    let open = OpenAccount { account, roles: [Role::Officer].into(), team, details };
    carry_out(administrator, open.into(), Vec::new()).await?;
    let password = format!("{} {}", words.word()?, words.word()?);
    service.set_password(account, &password).await.map_err(|refused| anyhow::anyhow!("{refused}"))?;

    let subject = SubjectId::from_bits(service.fresh());
    let details = subject_of(words)?;
    carry_out(keeper, OpenSubject { subject, details }.into(), Vec::new()).await?;
    carry_out(keeper, RecordSupportNeeds { subject, needs: words.text()? }.into(), Vec::new()).await?;

    let incident = IncidentId::from_bits(service.fresh());
    let (report, upload) = report_of(service, incident, words)?;
    carry_out(officer, report.into(), vec![upload]).await?;
    carry_out(manager, ConfirmIncident { incident, words: words.text()? }.into(), Vec::new()).await?;
    carry_out(manager, AddToIncident { incident, words: words.text()? }.into(), Vec::new()).await?;

    let measure = MeasureId::from_bits(service.fresh());
    let route = Route::Propose { measure, kind: Kind::Entry, sponsor: manager };
    let (subject, reasons) = (Some(subject), words.text()?);
    let triage = TriageIncident { incident, subject, identity: Identity::Certain, route, reasons };
    carry_out(keeper, triage.into(), Vec::new()).await?;
    for test in Test::ALL {
        let answer = AnswerTest { measure, test: *test, finding: Finding::Holds, reasons: words.text()? };
        carry_out(keeper, answer.into(), Vec::new()).await?;
    }
    carry_out(keeper, SetPlan { measure, plan: plan_of(team, words)? }.into(), Vec::new()).await?;
    let record = Proportionality {
        aim: words.text()?,
        necessity: words.text()?,
        alternatives: words.text()?,
        effect: words.text()?,
        safeguards: words.text()?,
    };
    carry_out(keeper, WeighProportionality { measure, record }.into(), Vec::new()).await?;
    let complete = CompleteAssessment { measure, recommendation: Recommendation::Approve };
    carry_out(keeper, complete.into(), Vec::new()).await?;
    let review_on = Some(days_after(service.today(), 80));
    let decide = Decide { measure, outcome: Outcome::Approve, review_on, reasons: words.text()? };
    carry_out(decider, decide.into(), Vec::new()).await?;
    carry_out(keeper, WriteLetter { measure, explanation: words.text()? }.into(), Vec::new()).await?;
    carry_out(colleague, ApproveLetter { measure }.into(), Vec::new()).await?;
    let sent = RecordLetterSent { measure, sent_on: london(service.now()), delivery: Delivery::Post };
    carry_out(keeper, sent.into(), Vec::new()).await?;
    let hold = HoldMeasure { measure, reasons: words.text()? };
    carry_out(by(Role::DataProtection)?, hold.into(), Vec::new()).await?;

    for key in ["incident", "letter"] {
        let mut draft = String::new();
        for _ in 0..6 {
            draft.push_str(&words.word()?);
            draft.push(' ');
        }
        service.keep_draft(officer, key, draft.as_bytes()).await?;
    }
    let question = matching::Question {
        name: Some(words.word()?),
        address: Some(words.word()?),
        text: Some(words.word()?),
        ..matching::Question::default()
    };
    service.similar(keeper, question, 5).await?;
    let described = service::check::Described {
        name: Some(words.word()?),
        address: Some(words.word()?),
        email: Some(words.word()?),
        social: Some(words.word()?),
        reference: Some(words.word()?),
        ..service::check::Described::default()
    };
    let asked = Asked { purpose: Purpose::Call, day: None, description: described };
    service.check(officer, asked).await.map_err(|_| anyhow::anyhow!("a check could not be answered"))?;
    Ok(())
}

fn subject_of(words: &mut Planted) -> Result<SubjectDetails> {
    let mut name = |kind| Ok::<_, anyhow::Error>(PersonName { kind, full: words.text()? });
    let names = vec![name(NameKind::Main)?, name(NameKind::Alias)?, name(NameKind::Former)?];
    let lines = words.text()?;
    Ok(SubjectDetails::Person(Person {
        names,
        born: Born::Band(AgeBand::Adult),
        addresses: vec![Address { lines, postcode: None, uprn: None, from: None, until: None }],
        phones: vec![words.text()?],
        emails: vec![words.text()?],
        social: vec![words.text()?],
        references: vec![OtherReference { system: words.text()?, value: words.text()? }],
    }))
}

fn report_of(
    service: &Service,
    incident: IncidentId,
    words: &mut Planted,
) -> Result<(ReportIncident, Upload)> {
    let facts = Facts {
        happened_on: service.today(),
        happened_at: None,
        channel: Channel::Home,
        behaviours: vec![Code::new("THR").context("a code")?],
        danger: Danger::No,
        injury: Injury::None,
        police: Police::Told,
        identity: Identity::Certain,
        protection: Protection::Wanted,
    };
    let narrative = Narrative {
        what_happened: words.text()?,
        exact_words: words.some()?,
        place: words.some()?,
        subject: Described {
            name: words.some()?,
            address: words.some()?,
            other: words.some()?,
            how_identified: words.some()?,
        },
        others_affected: words.some()?,
        weapon_or_damage: words.some()?,
        evidence: words.some()?,
        police_reference: words.some()?,
        needs: words.some()?,
        own_contribution: words.some()?,
        suggested_precautions: words.some()?,
        likely_contact: words.some()?,
    };
    let mut bytes = Vec::new();
    for _ in 0..10 {
        bytes.extend_from_slice(words.word()?.as_bytes());
        bytes.push(b'\n');
    }
    let size = u64::try_from(bytes.len())?;
    let attachment = Attachment { id: AttachmentId::from_bits(service.fresh()), media: Media::Text, size };
    let upload = Upload { attachment: attachment.id, bytes };
    let (told_by, attachments) = (words.some()?, vec![(attachment, words.text()?)]);
    Ok((ReportIncident { incident, facts, narrative, told_by, attachments }, upload))
}

fn plan_of(team: TeamId, words: &mut Planted) -> Result<Proposal> {
    Ok(Proposal {
        band: Band::Amber,
        precautions: vec![Code::new("NLV").context("a code")?],
        restrictions: Vec::new(),
        audience: vec![team],
        words: PlanWords {
            band_reasons: words.text()?,
            summary: words.text()?,
            audience_reasons: vec![words.text()?],
            service_route: words.text()?,
            ring_name: words.text()?,
            ring_phone: words.text()?,
        },
    })
}

/// Through the pages of the running program: a wrong sign-in, and checks.
async fn plant_by_pages(server: &Server, words: &mut Planted) -> Result<()> {
    let mut stranger = Connection::open(server.address).await?;
    let (email, password) = (format!("{}@council.example", words.word()?), words.word()?);
    stranger.post("/sign-in", &[("email", &email), ("password", &password)]).await?;
    let mut officer = persona::sign_in(server.address, &persona::with_role(Role::Officer)?).await?;
    officer.post("/check", &[("purpose", &words.word()?)]).await?;
    for _ in 0..5 {
        let (name, address, phone) = (words.word()?, words.word()?, words.word()?);
        let asked = [("purpose", "call"), ("name", &name), ("address", &address), ("phone", &phone)];
        let answer = officer.post("/check", &asked).await?;
        ensure!(answer.status == 200, "a check answered {}", answer.status);
    }
    Ok(())
}

/// Every form of every word, in small letters.
struct Patterns {
    all: Vec<Vec<u8>>,
    /// For each first two bytes, the patterns that begin so.
    beginning: Vec<Vec<usize>>,
}

/// What a search went through and found.
#[derive(Default)]
struct Search {
    files: usize,
    bytes: usize,
    found: Vec<String>,
}

impl Patterns {
    fn of(words: &[String]) -> Self {
        let all: Vec<Vec<u8>> = words.iter().flat_map(|word| forms(word)).collect();
        let mut beginning = vec![Vec::new(); 1 << 16];
        for (index, pattern) in all.iter().enumerate() {
            if let Some(list) = two(pattern).and_then(|two| beginning.get_mut(two)) {
                list.push(index);
            }
        }
        Self { all, beginning }
    }

    /// Searches every file of a folder but the keys.
    fn search(&self, folder: &Path) -> Result<Search> {
        let mut search = Search::default();
        self.search_folder(folder, &mut search)?;
        Ok(search)
    }

    fn search_folder(&self, folder: &Path, search: &mut Search) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "keys") {
                    self.search_folder(&path, search)?;
                }
                continue;
            }
            let bytes = fs::read(&path)?.to_ascii_lowercase();
            search.files += 1;
            search.bytes += bytes.len();
            if let Some(index) = self.find(&bytes) {
                search.found.push(format!(
                    "form {} of a word in {}",
                    index % forms("").len(),
                    path.display()
                ));
            }
        }
        Ok(())
    }

    fn find(&self, bytes: &[u8]) -> Option<usize> {
        (0..bytes.len()).find_map(|at| {
            let rest = bytes.get(at..)?;
            let candidates = self.beginning.get(two(rest)?)?;
            candidates
                .iter()
                .copied()
                .find(|index| self.all.get(*index).is_some_and(|pattern| rest.starts_with(pattern)))
        })
    }
}

fn two(bytes: &[u8]) -> Option<usize> {
    let (first, rest) = bytes.split_first()?;
    Some(usize::from(*first) << 8 | usize::from(*rest.first()?))
}

/// A word as it is, in UTF-16 of either order, in hexadecimal, and in base64 at each of the three places it may begin.
fn forms(word: &str) -> [Vec<u8>; 6] {
    let utf16: Vec<u8> =
        word.bytes().flat_map(|byte| [byte, 0]).take((2 * word.len()).saturating_sub(1)).collect();
    let hexadecimal: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
    let base64 = |before: usize| {
        let encoded = STANDARD.encode([vec![0; before], word.as_bytes().to_vec()].concat());
        let (first, end) = ((before * 8).div_ceil(6), (before + word.len()) * 8 / 6);
        encoded.get(first..end).unwrap_or("").to_ascii_lowercase().into_bytes()
    };
    [word.as_bytes().to_vec(), utf16, hexadecimal.into_bytes(), base64(0), base64(1), base64(2)]
}

/// Shows that the search finds each form of a word that lies in a database in clear.
fn control(backup: &Path) -> Result<()> {
    let word = Planted::default().word()?;
    let patterns = Patterns::of(std::slice::from_ref(&word));
    let whole = [word.clone().into_bytes(), word.encode_utf16().flat_map(u16::to_le_bytes).collect()];
    let encoded = [String::new(), "x".to_owned(), "xy".to_owned()]
        .map(|before| STANDARD.encode(format!("{before}{word} and more")).into_bytes());
    for form in whole.into_iter().chain(encoded) {
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join("copy.db");
        fs::copy(backup, &copy)?;
        let connection = rusqlite::Connection::open(&copy)?;
        connection.execute("insert into item values ('control', 'key', 'owner', null, 1, ?1)", [form])?;
        drop(connection);
        ensure!(!patterns.search(folder.path())?.found.is_empty(), "control: a word in clear was not found");
    }
    Ok(())
}
