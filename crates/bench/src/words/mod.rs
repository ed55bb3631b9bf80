//! Plants a word in every text that is sealed, by the register's own commands and through the pages, and reads every file that
//! the register leaves for them. Only the keys' directory is left out.
//!
//! Then one subject with everything about them is destroyed by letting time pass.
//!
//! That no sealed field was forgotten is shown, not claimed: every field of every kind of record that there is, opened, holds one.

mod destroyed;
mod plant;
mod search;

use crate::book::step_now;
use crate::http::{Connection, File};
use crate::persona;
use crate::place::Place;
use crate::program::{self, Server};
use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use demonstration::Persona;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use ledger::{Content, Ledger, Log};
use plant::{Planted, Planter};
use register::ids::MeasureId;
use register::people::Role;
use search::Patterns;
use service::clock::SystemClock;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

/// How many words are planted at least.
const LEAST: usize = 100;

/// Plants and searches.
pub async fn drill() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (place, second) =
        (Place::new(folder.path().join("register")), Place::new(folder.path().join("second")));
    program::make_demonstration(&place)?;
    let mut planted = Planted::default();

    fs::create_dir(&second.data)?;
    drop(second.make().await?);
    plant::set_up(&second.serve(Arc::new(SystemClock)).await?, &mut planted).await?;
    let service = place.serve(Arc::new(SystemClock)).await?;
    let subject = Planter::new(&service, &mut planted)?.everywhere().await?;
    drop(service);

    program::print_card(&place)?;
    let server = Server::start(&place, "debug")?;
    plant_by_pages(&server, &mut planted).await?;
    read_the_letter(&server, subject.measure, &mut planted).await?;
    ensure!(planted.0.len() >= LEAST, "only {} words were planted", planted.0.len());
    let patterns = Patterns::of(&planted.0);
    let running = patterns.search(folder.path())?;
    server.kill()?;
    let killed = patterns.search(folder.path())?;
    program::back_up(&place)?;
    ensure!(fs::read_dir(program::backups(&place))?.count() > 2, "the register was not backed up");
    let ledger = place.open().await?;
    ledger.store().backup(&folder.path().join("backup.db")).await?;
    let fields = fields_with_a_word(&[&ledger, &second.open().await?], &planted).await?;
    drop(ledger);
    let stopped = patterns.search(folder.path())?;
    for (when, search) in [("running", &running), ("killed", &killed), ("stopped, with a backup", &stopped)] {
        ensure!(search.found.is_empty(), "{when}: {:?}", search.found);
    }
    let controls = control(&folder.path().join("backup.db"))?;
    let destroyed = destroyed::drill(&place, folder.path(), &subject, &planted).await?;
    println!(
        "words: {} words planted in {fields} sealed fields of the record and in drafts, uploads, questions, sessions and \
         what people sign in with, none found in {} files and {} MB, {} of them unpacked (running with the log at debug, \
         killed, stopped with a copy and with encrypted backups); the control found a word in clear in each of {controls} forms",
        planted.0.len(),
        stopped.files,
        (running.bytes + killed.bytes + stopped.bytes) / 1_000_000,
        stopped.unpacked,
    );
    println!("{destroyed}");
    Ok(())
}

/// Every field that any record has, by its kind; each must hold a planted word in some record.
async fn fields_with_a_word(ledgers: &[&Ledger], planted: &Planted) -> Result<usize> {
    let (mut there, mut with_a_word) = (BTreeSet::new(), BTreeSet::new());
    for ledger in ledgers {
        for log in Log::ALL {
            let mut after = 0;
            loop {
                let records = ledger.read(log, after, 1_000).await?;
                let Some(last) = records.last() else { break };
                after = last.record.position;
                for opened in records {
                    for particular in opened.particulars {
                        let (field, content) = match particular.content {
                            Content::Known(bytes) => (particular.field, bytes),
                            Content::Apart => match ledger.attachment(&particular.field).await? {
                                Some(Content::Known(bytes)) => ("an attachment".to_owned(), bytes),
                                _ => continue,
                            },
                            Content::Erased => continue,
                        };
                        let text = String::from_utf8_lossy(&content).into_owned();
                        let field = (opened.record.kind.clone(), field);
                        if planted.0.iter().any(|word| text.contains(word.as_str())) {
                            with_a_word.insert(field.clone());
                        }
                        there.insert(field);
                    }
                }
            }
        }
    }
    let without: Vec<_> = there.difference(&with_a_word).collect();
    ensure!(without.is_empty(), "no word was planted in {without:?}");
    Ok(there.len())
}

/// Through the pages of the running program: a wrong sign-in, sessions, checks, and a report that is begun.
async fn plant_by_pages(server: &Server, words: &mut Planted) -> Result<()> {
    let mut stranger = Connection::open(server.address).await?;
    let (email, password) = (format!("{}@council.example", words.word()?), words.word()?);
    stranger.post("/sign-in", &[("email", &email), ("password", &password)]).await?;
    let mut officer = signed_in(server, &persona::with_role(Role::Officer)?, words).await?;
    officer.post("/check", &[("purpose", &words.word()?)]).await?;
    for _ in 0..5 {
        let (name, address, phone) = (words.word()?, words.word()?, words.word()?);
        let asked = [("purpose", "call"), ("name", &name), ("address", &address), ("phone", &phone)];
        let answer = officer.post("/check", &asked).await?;
        ensure!(answer.status == 200, "a check answered {}", answer.status);
    }
    begin_a_report(&mut officer, words).await
}

/// Signs somebody in; the tokens of the half session and of the whole one are planted.
async fn signed_in(server: &Server, persona: &Persona, words: &mut Planted) -> Result<Connection> {
    let mut connection = persona::half_signed_in(server.address, persona).await?;
    let token =
        |connection: &Connection| connection.cookie().split_once('=').map(|(_, token)| token.to_owned());
    words.0.extend(token(&connection));
    persona::give_code(&mut connection, &persona::code(step_now())?).await?;
    words.0.extend(token(&connection));
    Ok(connection)
}

/// A report begun and not sent, with a file.
async fn begin_a_report(officer: &mut Connection, words: &mut Planted) -> Result<()> {
    let number = officer.get("/incidents/new").await?.value("command")?;
    let fields = [("command", number.as_str()), ("danger", "no")];
    let begun = officer.post("/incidents/new", &fields).await?;
    ensure!(begun.status == 303, "a report was not begun: {}", begun.status);
    let questions: [(&str, &[&str]); 7] = [
        ("when", &["place", "time"]),
        ("who", &["name", "address", "other", "how"]),
        ("what", &["what", "words", "post"]),
        ("harm", &["weapon", "others", "police-reference"]),
        ("needs", &["needs-words", "own"]),
        ("contact", &["likely", "precautions"]),
        ("you", &["told-by"]),
    ];
    for (question, fields) in questions {
        let mut typed = Vec::new();
        for field in fields {
            typed.push(((*field).to_owned(), words.word()?));
        }
        // What is missing is said; what was typed is kept all the same.
        let answer = officer.post(&format!("/incidents/new/{number}/{question}"), &typed).await?;
        ensure!(matches!(answer.status, 303 | 422), "{question} answered {}", answer.status);
    }
    let (name, bytes) = (format!("{}.txt", words.word()?), words.word()?.into_bytes());
    let file = File { field: "files", name, bytes };
    let evidence = [("evidence".to_owned(), words.word()?)];
    let answer =
        officer.post_with_file(&format!("/incidents/new/{number}/evidence"), &evidence, &file).await?;
    ensure!(answer.status == 303, "a file was not kept: {}", answer.status);
    Ok(())
}

/// Somebody reads a letter with planted words, as a page and as a PDF, whose streams are packed.
async fn read_the_letter(server: &Server, measure: MeasureId, words: &mut Planted) -> Result<()> {
    let keeper = persona::with_role(Role::RegisterTeam)?;
    let mut connection = signed_in(server, &keeper, words).await?;
    let letter = connection.get(&format!("/measures/{measure}/letter")).await?;
    ensure!(words.0.iter().any(|word| letter.text().contains(word.as_str())), "the letter shows no word");
    let pdf = connection.get(&format!("/measures/{measure}/letter.pdf")).await?;
    ensure!(pdf.body.starts_with(b"%PDF"), "the letter as a PDF answered {}", pdf.status);
    Ok(())
}

/// Shows that the search finds each form of a word that lies in a database in clear, and says how many there are.
fn control(backup: &Path) -> Result<usize> {
    let word = Planted::default().word()?;
    let patterns = Patterns::of(std::slice::from_ref(&word));
    let page = format!("{word} and more, as a page would say it");
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(page.as_bytes())?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(page.as_bytes())?;
    let gzip = gzip.finish()?;
    let zip =
        [b"PK\x03\x04".as_slice(), &[0; 22], &[4, 0, 0, 0], b"name", gzip.get(10..).unwrap_or_default()]
            .concat();
    let mut forms = vec![
        word.clone().into_bytes(),
        word.to_uppercase().into_bytes(),
        word.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        word.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        word.bytes().map(|byte| format!("{byte:02X}")).collect::<String>().into_bytes(),
        zlib.finish()?,
        gzip,
        zip,
    ];
    forms.extend(["", "x", "xy"].map(|before| STANDARD.encode(format!("{before}{page}")).into_bytes()));
    let count = forms.len();
    for (number, form) in forms.into_iter().enumerate() {
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join("copy.db");
        fs::copy(backup, &copy)?;
        let connection = rusqlite::Connection::open(&copy)?;
        connection.execute("insert into item values ('control', 'key', 'owner', null, 1, ?1)", [form])?;
        drop(connection);
        let found = patterns.search(folder.path())?.found;
        ensure!(!found.is_empty(), "control: form {number} of a word in clear was not found");
    }
    Ok(count)
}
