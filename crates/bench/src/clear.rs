//! Never a false clear: whatever fails beneath a check, nobody is told "none found" of somebody who is on record.
//!
//! The pages are served from a service whose store fails as it is told to, in each round one call in one way. Just before, another
//! program on the same ledger has listed somebody of whom this one's memory knows nothing, or knew before the fault began. Then
//! somebody asks over HTTP: through to the end, or going away and asking again, or while the node is stopped and started anew.
//! In the end the guard itself is blinded, and the same question must be answered "none found": or the rounds prove nothing.

use crate::book::step_now;
use crate::chance::Chance;
use crate::crowd;
use crate::faulty::{self, Fault, Faulty, Way};
use crate::http::{Connection, shortened};
use crate::kills::Backend;
use crate::persona;
use crate::place::Place;
use crate::small;
use anyhow::{Context, Result, ensure};
use ledger::{Ledger, OsEntropy};
use ledger_postgres::testing::Server as Postgres;
use register::people::Role;
use service::clock::SystemClock;
use service::{Reality, Service};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use web::app::{App, Settings, Transport};

/// How many different people one account asks about: fewer than are counted against it.
const EACH: u32 = 25;
/// How often the blinded guard is asked.
const CONTROLS: u32 = 5;
/// The last call of a round that can fail.
const CALLS: u64 = 9;
/// Longer than any answer may take.
const PATIENCE: Duration = Duration::from_secs(12);

/// What somebody was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// The marker.
    Marker,
    /// To ring: nothing can be said, or not for sure.
    Ring,
    /// A page that says that something went wrong, or no page.
    Nothing,
    /// What must never come out of a fault.
    NoneFound,
}

/// A program in this process that serves the pages from a failing store.
struct Node {
    place: Place,
    faulty: Arc<Faulty>,
    service: Service,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Node {
    async fn start(place: &Place, faulty: Arc<Faulty>) -> Result<Self> {
        let ledger = Ledger::open(faulty.clone(), place.keyring()?, Box::new(OsEntropy)).await?;
        let service = Service::start(Arc::new(ledger), Arc::new(SystemClock), Reality::Demonstration).await?;
        service.keeps_spool_in(&place.data.join("spool")).await?;
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let settings = Settings { transport: Transport::Loopback, brand: None };
        let router = pages::router(App::new(service.clone(), settings));
        let serving =
            tokio::spawn(async move { web::serve::serve(listener, router, std::future::pending()).await });
        Ok(Self { place: place.clone(), faulty, service, address, serving })
    }

    /// Stopped in the middle of whatever it does, and started again as often as that is refused.
    async fn again(self) -> Result<Self> {
        self.serving.abort();
        let Self { place, faulty, service, .. } = self;
        drop(service);
        // In a task of its own: a panic ends that alone, as it would end the program.
        let (there, failing) = (place.clone(), Arc::clone(&faulty));
        let mut starting = tokio::spawn(async move { Self::start(&there, failing).await });
        if let Ok(Ok(Ok(node))) = tokio::time::timeout(PATIENCE, &mut starting).await {
            return Ok(node);
        }
        starting.abort();
        faulty.fails(None);
        Self::start(&place, faulty).await
    }
}

/// Asks about somebody.
async fn asks(address: SocketAddr, cookie: &str, who: &crowd::Resident) -> Says {
    let asked = async {
        let fields = [
            ("purpose", "call"),
            ("name", who.name.as_str()),
            ("address", who.address.as_str()),
            ("postcode", who.postcode.as_str()),
        ];
        let mut connection = Connection::with_cookie(address, cookie.to_owned()).await?;
        let answer = connection.post("/check", &fields).await?;
        let page = answer.text();
        let says = if page.contains("psr-verdict--none") || shortened(&page).contains("None found") {
            Says::NoneFound
        } else if page.contains("psr-verdict--marker") {
            Says::Marker
        } else if page.contains("psr-ring") {
            Says::Ring
        } else {
            Says::Nothing
        };
        anyhow::Ok(says)
    };
    tokio::time::timeout(PATIENCE, asked).await.map_or(Says::Nothing, |said| said.unwrap_or(Says::Nothing))
}

/// What happens beside the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    /// Nothing.
    Nothing,
    /// Whoever asks goes away, and asks again.
    GoesAway,
    /// The node is stopped in the middle of the answer, and started again.
    Stops,
    /// Every connection to PostgreSQL is cut.
    Cut,
}

/// So many faults.
pub async fn drill(backend: Backend, faults: u32, seed: u64) -> Result<()> {
    let begun = Instant::now();
    let folder = tempfile::tempdir()?;
    let mut place = Place::new(folder.path().join("register"));
    small::make(&place).await?;
    let officers =
        small::colleagues(&place, Role::Officer, usize::try_from(faults / EACH + CONTROLS)?).await?;
    let postgres = (backend == Backend::Postgres).then(|| Postgres::own(&[]));
    if let Some(postgres) = &postgres {
        place = place.moved_to(postgres.database()).await?;
    }
    let faulty = Faulty::new(place.store().await?);
    let mut node = Node::start(&place, Arc::clone(&faulty)).await?;
    // Panics that the drill itself asked for are no news.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.payload_as_str().is_some_and(|said| said.starts_with(faulty::PANIC)) {
            usual(panic);
        }
    }));

    let mut chance = Chance::of(seed);
    let (mut met, mut round) = (0, 0);
    // Each signs in when their turn comes: whoever waits for longer than a session may be left alone is signed out.
    let (mut turn, mut cookie) = (None, String::new());
    let mut told: BTreeMap<Says, u32> = BTreeMap::new();
    let mut happened: BTreeMap<Beside, u32> = BTreeMap::new();
    let (mut started_again, mut known) = (0, 0);
    while met < faults {
        round += 1;
        ensure!(round < 4 * faults + 40, "too few faults are met: {met} in {round} rounds");
        if turn != Some(met / EACH) {
            let officer = officers.get(usize::try_from(met / EACH)?).context("too few officers")?;
            let connection = persona::sign_in(node.address, officer, &persona::code(step_now())?).await?;
            (turn, cookie) = (Some(met / EACH), connection.cookie().to_owned());
        }
        let who = listed(&place, round).await?;
        let is_known = chance.between(1, 4) == 1;
        if is_known {
            let says = asks(node.address, &cookie, &who).await;
            ensure!(says == Says::Marker, "seed {seed}, round {round}: {says:?}, and nothing fails");
            known += 1;
        }
        let besides: &[Beside] = match backend {
            Backend::Sqlite => {
                &[Beside::Nothing, Beside::Nothing, Beside::Nothing, Beside::GoesAway, Beside::Stops]
            }
            Backend::Postgres => {
                &[Beside::Nothing, Beside::GoesAway, Beside::Stops, Beside::Cut, Beside::Cut]
            }
        };
        let beside = chance.pick(besides).context("nothing happens")?;
        let way = chance.pick(&Way::ALL).context("no way")?;
        let fault = Fault { way, call: chance.between(1, CALLS), goes_on: chance.between(0, 1) == 1 };
        let fault = (beside != Beside::Cut).then_some(fault);
        faulty.fails(fault);
        let mut said = Vec::new();
        match beside {
            Beside::Nothing => {
                said.push(asks(node.address, &cookie, &who).await);
                // What was brought up half way by the first does not answer the next.
                said.push(asks(node.address, &cookie, &who).await);
            }
            Beside::GoesAway => {
                let first = asks(node.address, &cookie, &who);
                if let Ok(says) = tokio::time::timeout(chance.milliseconds(0, 60), first).await {
                    said.push(says);
                }
                said.push(asks(node.address, &cookie, &who).await);
            }
            Beside::Stops => {
                let (address, first) = (node.address, cookie.clone());
                let asked_about = crowd::resident(crowd::LISTED * u64::from(round));
                let asking = tokio::spawn(async move { asks(address, &first, &asked_about).await });
                tokio::time::sleep(chance.milliseconds(0, 60)).await;
                node = node.again().await?;
                said.push(asks(node.address, &cookie, &who).await);
                asking.abort();
                if let Ok(says) = asking.await {
                    said.push(says);
                }
            }
            Beside::Cut => {
                let first = asks(node.address, &cookie, &who);
                let after = chance.milliseconds(0, 60);
                let cut = async {
                    tokio::time::sleep(after).await;
                    if let Some(postgres) = &postgres {
                        postgres.sql(
                            "postgres",
                            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'psr'",
                        );
                    }
                };
                let (says, ()) = tokio::join!(first, cut);
                said.push(says);
                said.push(asks(node.address, &cookie, &who).await);
            }
        }
        let was_met = faulty.fails(None) || matches!(beside, Beside::Cut | Beside::Stops);
        let falsely = said.contains(&Says::NoneFound);
        ensure!(
            !falsely,
            "seed {seed}, round {round}: a false clear: {fault:?} {beside:?} known {is_known}: {said:?}"
        );
        if was_met {
            met += 1;
            *happened.entry(beside).or_default() += 1;
            for says in said {
                *told.entry(says).or_default() += 1;
            }
            if met % 100 == 0 {
                eprintln!("  fault {met} of {faults}: {told:?}");
            }
        }
        // Once it is over, the marker is shown: by this node, or where it had stopped writing by the next.
        let mut after = asks(node.address, &cookie, &who).await;
        ensure!(
            after != Says::NoneFound,
            "seed {seed}, round {round}: a false clear after {fault:?} {beside:?}"
        );
        if after != Says::Marker {
            started_again += 1;
            node = node.again().await?;
            after = asks(node.address, &cookie, &who).await;
        }
        ensure!(
            after == Says::Marker,
            "seed {seed}, round {round}: {after:?} once {fault:?} {beside:?} is over"
        );
    }

    faulty.blind().await?;
    let mut falsely = 0;
    for control in 1..=CONTROLS {
        let who = listed(&place, round + control).await?;
        falsely += u32::from(asks(node.address, &cookie, &who).await == Says::NoneFound);
    }
    // With PostgreSQL the node has mostly read the marker by itself before the check: whoever lets somebody in looks at what others recorded.
    ensure!(
        falsely > 0 || backend == Backend::Postgres,
        "control: with the guard blinded nobody was told none found, so the rounds prove nothing"
    );
    drop(std::panic::take_hook());

    let strokes = faulty.strokes();
    for way in Way::ALL {
        let calls: Vec<String> = strokes
            .iter()
            .filter(|((_, by), _)| *by == way)
            .map(|((call, _), often)| format!("{call} {often}"))
            .collect();
        println!("  {way:?}: {}", calls.join(", "));
    }
    println!(
        "clear on {backend:?}, seed {seed}: {met} faults ({happened:?}), {known} rounds in which memory knew, answers {told:?}: 0 say none \
         found; {started_again} times only a node started again showed the marker; with the guard blinded {falsely} of {CONTROLS} say so; {} s",
        begun.elapsed().as_secs()
    );
    Ok(())
}

/// Somebody is listed by another program, whom nobody has asked about.
async fn listed(place: &Place, round: u32) -> Result<crowd::Resident> {
    crowd::list(&place.open().await?, u64::from(round)).await
}
