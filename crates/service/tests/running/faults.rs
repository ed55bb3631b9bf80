//! What goes wrong beneath a check, and beneath the screening of a list, while somebody dangerous is on record whom the memory of this process
//! does not know yet: whatever it is, neither says "none found". The store is the real one; one thing in front of it fails.

use super::cases::{self, next_month};
use super::screening::{begun, list};
use super::{Running, council, open_on, signed_in, somebody, store};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use ledger::{
    Appended, Batch, CommandId, Digest, Draft, Expected, Head, Item, Locker, Lockers, Log, Micros, Present,
    Store, StoreError, Stored, WrappedKey,
};
use ledger_sqlite::SqliteStore;
use register::people::Role;
use register::view::Verdict;
use service::Service;
use service::access::{AccessFilter, AccessKind};
use service::check::{Asked, CannotSay, Described, Shown, VerdictKind, Why};
use service::clock::Clock as _;
use service::screening::Visit;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

/// What fails, once it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fails {
    /// Nothing: another process has recorded more, and that is all.
    Nothing,
    /// The register's log cannot be read.
    Reading,
    /// It can be read for two records, and then no more.
    ReadingHalfWay,
    /// It is read, and never comes.
    ReadingForEver,
    /// What is read is not what was written.
    ReadingSomethingElse,
    /// No space is left for the row.
    WritingFull,
    /// The database is locked, or gone.
    WritingRefused,
    /// Nobody knows whether the row was written, and it was not.
    WritingUnknown,
    /// Nobody knows whether the row was written, and it was.
    WritingUnacknowledged,
    /// What is watched is kept only when it is let through.
    WatchingLate,
    /// Nothing is read or written at all: the database is on another machine, and that is gone.
    Unreachable,
}

const EVERY: [Fails; 9] = [
    Fails::Nothing,
    Fails::Reading,
    Fails::ReadingHalfWay,
    Fails::ReadingForEver,
    Fails::ReadingSomethingElse,
    Fails::WritingFull,
    Fails::WritingRefused,
    Fails::WritingUnknown,
    Fails::WritingUnacknowledged,
];

/// A store in front of which something fails.
pub struct Failing {
    store: SqliteStore,
    fails: Mutex<(Fails, usize)>,
    /// A watch is to be kept.
    arrived: Notify,
    /// It is let through.
    goes: Notify,
}

impl Failing {
    fn on(path: &Path) -> Arc<Self> {
        let fails = Mutex::new((Fails::Nothing, 0));
        Arc::new(Self { store: store(path), fails, arrived: Notify::new(), goes: Notify::new() })
    }

    /// A store that keeps a watch only once it is let through.
    pub fn late(path: &Path) -> Arc<Self> {
        let late = Self::on(path);
        late.fails_with(Fails::WatchingLate);
        late
    }

    /// Waits until a watch is to be kept.
    pub async fn arrived(&self) {
        self.arrived.notified().await;
    }

    /// Lets what is to be kept through, now and from now on.
    pub fn let_through(&self) {
        self.fails_with(Fails::Nothing);
        self.goes.notify_one();
    }

    fn fails_with(&self, fails: Fails) {
        *self.fails.lock().expect("lock") = (fails, 0);
    }

    /// Fails where nothing can be reached.
    fn reached(&self) -> Result<(), StoreError> {
        match self.now().0 {
            Fails::Unreachable => Err(StoreError::Unavailable("connection refused".to_owned())),
            _ => Ok(()),
        }
    }

    /// What fails now, and how often the register's log was read since it does.
    fn now(&self) -> (Fails, usize) {
        *self.fails.lock().expect("lock")
    }
}

#[async_trait]
impl Store for Failing {
    async fn head(&self, log: Log) -> Result<Head, StoreError> {
        self.reached()?;
        self.store.head(log).await
    }
    async fn append(&self, batch: Batch) -> Result<Appended, StoreError> {
        self.reached()?;
        match self.now().0 {
            Fails::WritingFull => Err(StoreError::Full),
            Fails::WritingRefused => Err(StoreError::Unavailable("locked".to_owned())),
            Fails::WritingUnknown => Err(StoreError::Unknown("nobody answered".to_owned())),
            Fails::WritingUnacknowledged => {
                self.store.append(batch).await?;
                Err(StoreError::Unknown("nobody answered".to_owned()))
            }
            _ => self.store.append(batch).await,
        }
    }
    async fn read(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Stored>, StoreError> {
        self.reached()?;
        if log != Log::Register {
            return self.store.read(log, after, limit).await;
        }
        let (fails, before) = self.now();
        self.fails.lock().expect("lock").1 += 1;
        match fails {
            Fails::Reading => Err(StoreError::Unavailable("input or output error".to_owned())),
            Fails::ReadingHalfWay if before < 2 => self.store.read(log, after, 1).await,
            Fails::ReadingHalfWay => Err(StoreError::Unavailable("input or output error".to_owned())),
            Fails::ReadingForEver => std::future::pending().await,
            Fails::ReadingSomethingElse => {
                let mut read = self.store.read(log, after, limit).await?;
                read.iter_mut().for_each(|stored| stored.record.facts.push(b' '));
                Ok(read)
            }
            _ => self.store.read(log, after, limit).await,
        }
    }
    async fn leaves(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Digest>, StoreError> {
        self.reached()?;
        self.store.leaves(log, after, limit).await
    }
    async fn command(&self, log: Log, command: CommandId) -> Result<Vec<u64>, StoreError> {
        self.reached()?;
        self.store.command(log, command).await
    }
    async fn attachment(&self, name: &str) -> Result<Option<Stored>, StoreError> {
        self.store.attachment(name).await
    }
    async fn keys(&self, lockers: Lockers) -> Result<Vec<WrappedKey>, StoreError> {
        self.reached()?;
        self.store.keys(lockers).await
    }
    async fn erased(&self) -> Result<Vec<Locker>, StoreError> {
        self.store.erased().await
    }
    async fn keyless(&self) -> Result<Vec<Locker>, StoreError> {
        self.store.keyless().await
    }
    async fn add_keys(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        self.store.add_keys(keys).await
    }
    async fn rewrap(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        self.store.rewrap(keys).await
    }
    async fn put_item(&self, item: Item, expected: Present) -> Result<u64, StoreError> {
        self.reached()?;
        if item.kind == "watch" && self.now().0 == Fails::WatchingLate {
            self.arrived.notify_one();
            self.goes.notified().await;
        }
        self.store.put_item(item, expected).await
    }
    async fn item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError> {
        self.reached()?;
        self.store.item(kind, key).await
    }
    async fn take_item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError> {
        self.reached()?;
        self.store.take_item(kind, key).await
    }
    async fn items(&self, kind: &str, owner: &str) -> Result<Vec<Item>, StoreError> {
        self.reached()?;
        self.store.items(kind, owner).await
    }
    async fn all_items(&self) -> Result<Vec<Item>, StoreError> {
        self.store.all_items().await
    }
    async fn faults(&self) -> Result<Vec<String>, StoreError> {
        self.store.faults().await
    }
    async fn sweep(&self, now: Micros) -> Result<u64, StoreError> {
        self.store.sweep(now).await
    }
    async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        self.store.backup(to).await
    }
}

/// What somebody is told of the one visit.
#[derive(Debug, PartialEq, Eq)]
enum Says {
    /// The marker.
    Marker,
    /// Nothing: that it cannot be said, or that the list is not checked yet.
    Nothing,
    /// What must never come out of a fault.
    NoneFound,
}

async fn check(service: &Service) -> Says {
    match service.check(somebody(Role::Officer), next_month()).await {
        Ok(answer) => match answer.verdict {
            Verdict::Marker(_) => Says::Marker,
            Verdict::Possible(_) | Verdict::NotCovered(..) => Says::Nothing,
            Verdict::NoneFound => Says::NoneFound,
        },
        Err(CannotSay { ring, remembered, .. }) => {
            assert!(!ring.phone.is_empty(), "whoever is told nothing is told whom to ring");
            match remembered.map(|known| known.shown) {
                Some(Shown::Marker { .. }) => Says::Marker,
                Some(Shown::NoneFound) => Says::NoneFound,
                _ => Says::Nothing,
            }
        }
    }
}

/// A list of the one visit, before anything fails.
async fn planned(service: &Service) -> service::screening::ScreeningId {
    let visit = Visit { row: 2, officer: None, day: next_month().day, description: next_month().description };
    begun(service, somebody(Role::Officer), &[visit]).await
}

async fn screen(service: &Service, id: service::screening::ScreeningId) -> Says {
    // Nobody waits for a list: one that does not come on is left, as it is when the program ends.
    let _ended = tokio::time::timeout(Duration::from_secs(1), service.screen(id)).await;
    let tally = list(service, somebody(Role::Officer), id).await.tally;
    match (tally.of(VerdictKind::Marker), tally.of(VerdictKind::NoneFound)) {
        (1, 0) => Says::Marker,
        (0, 0) => Says::Nothing,
        _ => Says::NoneFound,
    }
}

/// A process that knows nothing of the marker which another has recorded since, and what stands in front of its store.
async fn behind(running: &Running) -> (Service, Arc<Failing>, service::screening::ScreeningId) {
    let failing = Failing::on(running.directory.path());
    let service = with_spool(running, &failing).await;
    assert_eq!(check(&service).await, Says::NoneFound, "before there is a marker");
    let id = planned(&service).await;
    cases::mark(&running.service).await;
    (service, failing, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_fails_neither_a_check_nor_a_list_says_none_found_of_somebody_on_record() {
    for fails in EVERY {
        let running = council(0).await;
        let (service, failing, id) = behind(&running).await;
        failing.fails_with(fails);
        let expected = if fails == Fails::Nothing { Says::Marker } else { Says::Nothing };
        assert_eq!(check(&service).await, expected, "a check: {fails:?}");
        // What was brought up half way by the first does not answer the next.
        assert_eq!(check(&service).await, expected, "the check after it: {fails:?}");
        assert_eq!(screen(&service, id).await, expected, "a list: {fails:?}");

        failing.fails_with(Fails::Nothing);
        assert_eq!(check(&service).await, Says::Marker, "once it is over: {fails:?}");
        assert_eq!(screen(&service, id).await, Says::Marker, "once it is over, a list: {fails:?}");
    }
}

/// A council with somebody on record, and what stands in front of its store.
async fn marked() -> (Running, Arc<Failing>) {
    let running = council(0).await;
    cases::mark(&running.service).await;
    let failing = Failing::on(running.directory.path());
    (running, failing)
}

/// A process on the store, with a spool.
async fn with_spool(running: &Running, failing: &Arc<Failing>) -> Service {
    let folder = running.directory.path();
    let service = open_on(failing.clone(), folder, &running.clock).await.expect("service");
    service.keeps_spool_in(&folder.join("spool")).await.expect("a spool");
    service
}

/// Of the rows that a service has of an officer's checks, newest first: when each was answered, whether from memory, and how.
async fn rows(service: &Service) -> Vec<(Timestamp, bool, Option<VerdictKind>)> {
    let of = AccessFilter { account: Some(somebody(Role::Officer)), ..AccessFilter::default() };
    let rows = service.accesses(somebody(Role::Auditor), of, 100).await.expect("rows");
    rows.into_iter()
        .filter(|row| row.kind == AccessKind::Check)
        .map(|row| (row.at, row.from_memory, row.verdict))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_register_cannot_be_written_memory_warns_and_never_clears_and_every_look_is_written_later()
{
    const WRITING: [Fails; 3] = [Fails::WritingFull, Fails::WritingRefused, Fails::WritingUnknown];
    for fails in WRITING {
        let (running, failing) = marked().await;
        let service = with_spool(&running, &failing).await;
        let before = rows(&service).await.len();
        failing.fails_with(fails);
        let asked_at = service.now();
        let nobody = Described { name: Some("Harold Pettifer".to_owned()), ..Described::default() };
        let nobody = Asked { description: nobody, ..next_month() };
        for (asked, says) in [(next_month(), "marker"), (nobody, "cannot-say")] {
            let told = service.check(somebody(Role::Officer), asked).await.expect_err("no row was written");
            let known = told.remembered.expect("what memory knows");
            assert_eq!(known.as_of, asked_at, "{fails:?}");
            let shown = serde_json::to_value(&known.shown).expect("an answer");
            assert_eq!(shown["verdict"], says, "{fails:?}");
        }
        assert!(!service.is_written());
        assert!(service.replay_spool().await.is_err(), "what waits, waits on: {fails:?}");
        drop(service);

        // The program ended meanwhile. What waits is written at its next start, and says when it was answered.
        running.clock.set(asked_at + SignedDuration::from_hours(1));
        failing.fails_with(Fails::Nothing);
        let service = with_spool(&running, &failing).await;
        assert_eq!(service.replay_spool().await.ok(), Some(0), "each is written once");
        let written = rows(&service).await;
        let from_memory: Vec<_> = written.iter().filter(|(_, from_memory, _)| *from_memory).collect();
        let kinds: Vec<_> = from_memory.iter().map(|(_, _, verdict)| *verdict).collect();
        assert_eq!(kinds, [Some(VerdictKind::Possible), Some(VerdictKind::Marker)], "{fails:?}");
        assert!(from_memory.iter().all(|(at, ..)| *at == asked_at), "{fails:?}");
        assert_eq!(written.len(), before + 2, "{fails:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_signed_in_when_the_database_went_is_warned_and_whoever_was_not_is_not_let_in() {
    let (running, failing) = marked().await;
    let service = with_spool(&running, &failing).await;
    let officer = somebody(Role::Officer);
    let (token, ended) = (signed_in(&service, officer).await, signed_in(&service, officer).await);
    let unseen = signed_in(&service, officer).await;
    for seen in [&token, &ended] {
        assert!(service.session(seen.as_str()).await.expect("read").is_some());
    }
    service.sign_out(ended.as_str()).await.expect("signed out");
    failing.fails_with(Fails::Unreachable);

    let session = service.session(token.as_str()).await.expect("from memory").expect("goes on");
    assert_eq!(session.account, officer);
    let told = service.check(officer, next_month()).await.expect_err("no row was written");
    let shown = serde_json::to_value(told.remembered.expect("what memory knows").shown).expect("an answer");
    assert_eq!(shown["verdict"], "marker");
    for nobody in [ended.as_str(), unseen.as_str(), "no token at all"] {
        assert_eq!(service.session(nobody).await.expect("from memory"), None);
    }

    // Used every ten minutes it goes on for an hour, in which somebody may have ended it elsewhere, and no longer.
    let mut lasted = 0;
    while service.session(token.as_str()).await.expect("from memory").is_some() {
        lasted += 10;
        running.clock.set(running.clock.now() + SignedDuration::from_mins(10));
    }
    assert_eq!(lasted, 70);
    failing.fails_with(Fails::Nothing);
    assert_eq!(service.session(token.as_str()).await.expect("read"), None, "left alone, as the store knows");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_written_once_however_often_writing_it_is_broken_off() {
    let (running, failing) = marked().await;
    let service = with_spool(&running, &failing).await;
    failing.fails_with(Fails::WritingRefused);
    for _ in 0..3 {
        assert_eq!(check(&service).await, Says::Marker);
    }
    // Each is written, and nobody hears of it.
    failing.fails_with(Fails::WritingUnacknowledged);
    assert!(service.replay_spool().await.is_err());
    failing.fails_with(Fails::Nothing);
    assert_eq!(service.replay_spool().await.ok(), Some(3));
    let from_memory = rows(&service).await.into_iter().filter(|(_, from_memory, _)| *from_memory).count();
    assert_eq!(from_memory, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_that_is_a_day_old_and_whoever_is_over_their_budget_are_told_nothing() {
    let (running, failing) = marked().await;
    let service = with_spool(&running, &failing).await;
    failing.fails_with(Fails::WritingRefused);
    for number in 0..60 {
        let description = Described { uprn: Some(format!("1000000{number:05}")), ..Described::default() };
        let told = service.check(somebody(Role::Officer), Asked { description, ..next_month() }).await;
        assert!(told.expect_err("no row").remembered.is_some(), "{number}");
    }
    let over = service.check(somebody(Role::Officer), next_month()).await.expect_err("over");
    assert!(matches!(over.why, Why::Over(_)) && over.remembered.is_none());
    running.clock.set(running.clock.now() + SignedDuration::from_hours(25));
    let old = service.check(somebody(Role::Officer), next_month()).await.expect_err("no row");
    assert_eq!(old.remembered, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_answered_is_not_shown_as_it_was_where_nobody_knows_whether_it_holds() {
    for fails in EVERY.into_iter().filter(|fails| *fails != Fails::Nothing) {
        let running = council(0).await;
        let failing = Failing::on(running.directory.path());
        let service = open_on(failing.clone(), running.directory.path(), &running.clock).await.expect("open");
        let id = planned(&service).await;
        assert_eq!(screen(&service, id).await, Says::NoneFound, "before there is a marker");
        cases::mark(&running.service).await;
        failing.fails_with(fails);
        let shown = list(&service, somebody(Role::Officer), id).await;
        let shown = tokio::time::timeout(Duration::from_secs(1), service.answer_anew(shown)).await;
        assert!(!matches!(shown, Ok(Ok(_))), "{fails:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_a_newer_program_stops_every_answer() {
    let running = council(0).await;
    let (service, _, id) = behind(&running).await;
    let unknown = Draft {
        command: CommandId([7; 16]),
        part: 0,
        actor: "system".to_owned(),
        kind: "marker.of-the-future".to_owned(),
        version: 1,
        facts: b"{}".to_vec(),
        particulars: Vec::new(),
        erases: Vec::new(),
    };
    let ledger = running.service.ledger();
    ledger.append(Log::Register, Expected::Anywhere, Micros(0), vec![unknown]).await.expect("appended");
    for service in [&service, &running.service] {
        assert_eq!(check(service).await, Says::Nothing);
        assert_eq!(screen(service, id).await, Says::Nothing);
    }
    let failing = Failing::on(running.directory.path());
    assert!(open_on(failing, running.directory.path(), &running.clock).await.is_err(), "nor does it start");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_answered_by_a_program_that_has_not_read_everything() {
    for fails in [Fails::Reading, Fails::ReadingHalfWay, Fails::ReadingForEver, Fails::ReadingSomethingElse] {
        let running = council(0).await;
        cases::mark(&running.service).await;
        let failing = Failing::on(running.directory.path());
        failing.fails_with(fails);
        let started = open_on(failing, running.directory.path(), &running.clock);
        let started = tokio::time::timeout(Duration::from_secs(1), started).await;
        assert!(!matches!(started, Ok(Ok(_))), "{fails:?}");
    }
}
