//! Three programs serve one register in PostgreSQL, and one after another is killed: whoever asks whichever of them is answered as if
//! there were one register that everybody asks in turn.
//!
//! In each round somebody's marker comes into force and ends, while several people ask about them on any node, and one node is killed
//! and started again. What was asked, when, and what was answered is judged by `history`; an answer that says it cannot say says nothing.

use crate::book::{Check, step_now};
use crate::chance::Chance;
use crate::crowd::{self, Resident};
use crate::history::{Act, Event, MOST, is_linearizable};
use crate::http::Connection;
use crate::persona;
use crate::place::Place;
use crate::program::{self, Server, Verified};
use crate::small;
use anyhow::{Context, Result, ensure};
use demonstration::Persona;
use ledger::Ledger;
use ledger_postgres::testing::Server as Postgres;
use register::people::Role;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How many nodes, and how many ask at once.
const NODES: usize = 3;
const ASKERS: usize = 4;
/// How many different people one account asks about.
const EACH: u32 = 40;
/// How long one is asked about.
const ROUND: Duration = Duration::from_millis(600);

/// Between two questions of one person.
const PAUSE: Duration = Duration::from_millis(20);
/// The most answers of one person in a round: with the two changes there are no more than can be judged.
const SHARE: usize = (MOST - 2) / ASKERS;

/// So many rounds, each with a kill.
pub async fn drill(rounds: u32, seed: u64) -> Result<()> {
    let begun = Instant::now();
    let folder = tempfile::tempdir()?;
    let place = Place::new(folder.path().join("register"));
    small::make(&place).await?;
    let groups = usize::try_from(rounds / EACH + 1)?;
    let officers = small::colleagues(&place, Role::Officer, groups * ASKERS).await?;
    let postgres = Postgres::own(&[]);
    let place = place.moved_to(postgres.database()).await?;
    let ledger = place.open().await?;
    let mut nodes = Vec::new();
    for _ in 0..NODES {
        nodes.push(Server::start(&place, "error,psr=info")?);
    }
    let mut cookies = Vec::new();
    for officer in &officers {
        let address = nodes.first().context("no node")?.address;
        let connection = persona::sign_in(address, officer, &persona::code(step_now())?).await?;
        cookies.push((officer.clone(), connection.cookie().to_owned()));
    }
    let mut chance = Chance::of(seed);
    let (mut checks, mut markers) = (0, 0);
    for round in 1..=rounds {
        let group = usize::try_from(round / EACH)? * ASKERS;
        let askers = cookies.get(group..group + ASKERS).context("too few officers")?;
        let addresses: Vec<SocketAddr> = nodes.iter().map(|node| node.address).collect();
        let (over, who) =
            (Arc::new(AtomicBool::new(false)), crowd::resident(u64::from(round) * crowd::LISTED));
        let who = Arc::new(who);
        let mut asking = JoinSet::new();
        for (officer, cookie) in askers {
            let (officer, cookie) = (officer.clone(), cookie.clone());
            let (addresses, who, over) = (addresses.clone(), Arc::clone(&who), Arc::clone(&over));
            let chance = Chance::of(chance.bits());
            asking.spawn(async move { ask(&addresses, (&officer, &cookie), &who, chance, &over).await });
        }
        let victim = usize::try_from(chance.between(0, 2))?;
        let kill_after = chance.milliseconds(20, 500);
        let (begins, ends) = (chance.milliseconds(20, 150), chance.milliseconds(20, 200));
        let changing = changes(&ledger, u64::from(round), begins, ends);
        let killed = nodes.swap_remove(victim);
        let killing = async {
            tokio::time::sleep(kill_after).await;
            killed.kill()?;
            Server::start(&place, "error,psr=info")
        };
        let (changed, started, ()) = tokio::join!(changing, killing, tokio::time::sleep(ROUND));
        over.store(true, Ordering::SeqCst);
        nodes.push(started?);
        let mut history = changed;
        while let Some(asked) = asking.join_next().await {
            history.extend(asked??);
        }
        checks += history.len();
        markers += history.iter().filter(|event| event.act == Act::Says(true)).count();
        let judged = is_linearizable(&history);
        let judged = judged.with_context(|| format!("round {round}: more than {MOST} acts"))?;
        ensure!(judged, "seed {seed}, round {round}: no register answers so: {history:#?}");
        if round % 20 == 0 {
            eprintln!("  round {round} of {rounds}: {checks} acts, {markers} markers shown");
        }
    }
    for node in nodes {
        let log = node.kill()?;
        ensure!(!log.contains("panicked"), "a node said {log}");
    }
    ensure!(program::verify(&place)? == Verified::Sound, "not sound in the end");
    ensure!(markers > 0, "no marker was ever shown");
    println!(
        "nodes, seed {seed}: {rounds} kills of one of {NODES} nodes on one PostgreSQL; {checks} acts, {markers} of them markers \
         shown: every history is that of one register, psr verify sound; {} s",
        begun.elapsed().as_secs()
    );
    Ok(())
}

/// A marker comes into force, and ends.
async fn changes(ledger: &Ledger, n: u64, begins: Duration, ends: Duration) -> Vec<Event> {
    let mut history = Vec::new();
    tokio::time::sleep(begins).await;
    let asked = Instant::now();
    let listed = crowd::list(ledger, n).await;
    let answered = listed.is_ok().then(Instant::now);
    history.push(Event { act: Act::Becomes(true), asked, answered });
    tokio::time::sleep(ends).await;
    let asked = Instant::now();
    let ended = crowd::unlist(ledger, n).await;
    let answered = ended.is_ok().then(Instant::now);
    history.push(Event { act: Act::Becomes(false), asked, answered });
    history
}

/// Asks about somebody on any node until it is over.
async fn ask(
    addresses: &[SocketAddr],
    (officer, cookie): (&Persona, &str),
    who: &Resident,
    mut chance: Chance,
    over: &AtomicBool,
) -> Result<Vec<Event>> {
    let fields = [
        ("purpose", "call"),
        ("name", who.name.as_str()),
        ("address", who.address.as_str()),
        ("postcode", who.postcode.as_str()),
    ];
    let mut history = Vec::new();
    while !over.load(Ordering::SeqCst) && history.len() < SHARE {
        let address = chance.pick(addresses).context("no node")?;
        let asked = Instant::now();
        let answer = async {
            let mut connection = Connection::with_cookie(address, cookie.to_owned()).await?;
            connection.post("/check", &fields).await
        };
        // Whoever asks a node that was killed is told nothing, and asks another.
        let Ok(answer) = answer.await else {
            tokio::time::sleep(Duration::from_millis(5)).await;
            continue;
        };
        let Ok(check) = Check::read(officer.account, &answer) else { continue };
        let says = match check.verdict.as_str() {
            "marker" => true,
            "none-found" => false,
            _ => continue,
        };
        history.push(Event { act: Act::Says(says), asked, answered: Some(Instant::now()) });
        tokio::time::sleep(PAUSE).await;
    }
    Ok(history)
}
