//! A store in front of which one thing fails: any call to it, in any way that a database or the code around it can.

use async_trait::async_trait;
use ledger::{
    Appended, Batch, CommandId, Digest, Head, Item, Locker, Lockers, Log, Micros, Present, Store, StoreError,
    Stored, WrappedKey,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long what comes late takes.
const LATE: Duration = Duration::from_millis(300);

/// What a panic begins with that was asked for.
pub const PANIC: &str = "the drill says so";

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The database is locked, or gone; nothing was done.
    Refused,
    /// No space is left; nothing was done.
    Full,
    /// Nobody knows whether it was done, and it was not.
    Unknown,
    /// Nobody knows whether it was done, and it was.
    Unacknowledged,
    /// No answer ever comes.
    Never,
    /// It is done, late.
    Late,
    /// The code around it panics before it is done.
    PanicsBefore,
    /// The code around it panics once it is done.
    PanicsAfter,
    /// What is read is not what was written; anything but a reading is refused.
    Garbled,
    /// Half of what was asked for is read; anything but a reading is refused.
    Half,
}

impl Way {
    /// Every way.
    pub const ALL: [Way; 10] = [
        Way::Refused,
        Way::Full,
        Way::Unknown,
        Way::Unacknowledged,
        Way::Never,
        Way::Late,
        Way::PanicsBefore,
        Way::PanicsAfter,
        Way::Garbled,
        Way::Half,
    ];
}

/// What fails from now on.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// How.
    pub way: Way,
    /// Which call from now on, from 1.
    pub call: u64,
    /// Whether every call after it fails too.
    pub goes_on: bool,
}

#[derive(Default)]
struct State {
    fault: Option<Fault>,
    calls: u64,
    struck: bool,
    /// What whoever appends is told of where the register ends, where the guard is blind.
    blind: Option<Head>,
    strokes: BTreeMap<(&'static str, Way), u32>,
}

/// A store that fails when it is told to.
pub struct Faulty {
    store: Arc<dyn Store>,
    state: Mutex<State>,
}

impl Faulty {
    /// In front of a store, and failing nothing yet.
    pub fn new(store: Arc<dyn Store>) -> Arc<Self> {
        Arc::new(Self { store, state: Mutex::default() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails from now on so, or no longer. Says whether the former fault was met.
    pub fn fails(&self, fault: Option<Fault>) -> bool {
        let mut state = self.state();
        state.fault = fault;
        state.calls = 0;
        std::mem::take(&mut state.struck)
    }

    /// Hides from now on from whoever appends how far the register has come: the guard of a check is blind.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn blind(&self) -> Result<(), StoreError> {
        let head = self.store.head(Log::Register).await?;
        self.state().blind = Some(head);
        Ok(())
    }

    /// Which calls failed, how, and how often.
    pub fn strokes(&self) -> BTreeMap<(&'static str, Way), u32> {
        self.state().strokes.clone()
    }

    /// How this call fails, if it does.
    fn strikes(&self, call: &'static str) -> Option<Way> {
        let mut state = self.state();
        state.calls += 1;
        let at = state.calls;
        let fault = state.fault?;
        let strikes = at == fault.call || (fault.goes_on && at > fault.call);
        strikes.then(|| {
            state.struck = true;
            *state.strokes.entry((call, fault.way)).or_default() += 1;
            fault.way
        })
    }

    #[expect(clippy::panic, reason = "a panic is one of the faults")]
    async fn through<T: Send>(
        &self,
        call: &'static str,
        done: impl Future<Output = Result<T, StoreError>> + Send,
        spoil: impl FnOnce(&mut T, Way) -> bool + Send,
    ) -> Result<T, StoreError> {
        let Some(way) = self.strikes(call) else { return done.await };
        let refused = || StoreError::Unavailable("the drill says so".to_owned());
        match way {
            Way::Refused => Err(refused()),
            Way::Full => Err(StoreError::Full),
            Way::Unknown => Err(StoreError::Unknown("nobody answered".to_owned())),
            Way::Unacknowledged => {
                done.await?;
                Err(StoreError::Unknown("nobody answered".to_owned()))
            }
            Way::Never => std::future::pending().await,
            Way::Late => {
                tokio::time::sleep(LATE).await;
                done.await
            }
            Way::PanicsBefore => panic!("{PANIC}, before {call}"),
            Way::PanicsAfter => {
                let _done = done.await;
                panic!("{PANIC}, after {call}")
            }
            Way::Garbled | Way::Half => {
                let mut answer = done.await?;
                if spoil(&mut answer, way) { Ok(answer) } else { Err(refused()) }
            }
        }
    }
}

/// What cannot be spoilt.
fn whole<T>(_: &mut T, _: Way) -> bool {
    false
}

#[async_trait]
impl Store for Faulty {
    async fn head(&self, log: Log) -> Result<Head, StoreError> {
        self.through("head", self.store.head(log), whole).await
    }
    async fn append(&self, batch: Batch) -> Result<Appended, StoreError> {
        let mut appended = self.through("append", self.store.append(batch), whole).await?;
        if let Some(blind) = self.state().blind {
            appended.register = blind;
        }
        Ok(appended)
    }
    async fn read(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Stored>, StoreError> {
        let spoil = |read: &mut Vec<Stored>, way| {
            match way {
                Way::Half => read.truncate(read.len() / 2),
                _ => read.iter_mut().for_each(|stored| stored.record.facts.push(b' ')),
            }
            true
        };
        self.through("read", self.store.read(log, after, limit), spoil).await
    }
    async fn leaves(&self, log: Log, after: u64, limit: u32) -> Result<Vec<Digest>, StoreError> {
        self.through("leaves", self.store.leaves(log, after, limit), whole).await
    }
    async fn command(&self, log: Log, command: CommandId) -> Result<Vec<u64>, StoreError> {
        self.through("command", self.store.command(log, command), whole).await
    }
    async fn attachment(&self, name: &str) -> Result<Option<Stored>, StoreError> {
        self.through("attachment", self.store.attachment(name), whole).await
    }
    async fn keys(&self, lockers: Lockers) -> Result<Vec<WrappedKey>, StoreError> {
        let spoil = |keys: &mut Vec<WrappedKey>, _| {
            keys.truncate(keys.len() / 2);
            true
        };
        self.through("keys", self.store.keys(lockers), spoil).await
    }
    async fn erased(&self) -> Result<Vec<Locker>, StoreError> {
        self.through("erased", self.store.erased(), whole).await
    }
    async fn keyless(&self) -> Result<Vec<Locker>, StoreError> {
        self.through("keyless", self.store.keyless(), whole).await
    }
    async fn add_keys(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        self.through("add_keys", self.store.add_keys(keys), whole).await
    }
    async fn rewrap(&self, keys: Vec<WrappedKey>) -> Result<(), StoreError> {
        self.through("rewrap", self.store.rewrap(keys), whole).await
    }
    async fn put_item(&self, item: Item, expected: Present) -> Result<u64, StoreError> {
        self.through("put_item", self.store.put_item(item, expected), whole).await
    }
    async fn item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError> {
        self.through("item", self.store.item(kind, key), whole).await
    }
    async fn take_item(&self, kind: &str, key: &str) -> Result<Option<Item>, StoreError> {
        self.through("take_item", self.store.take_item(kind, key), whole).await
    }
    async fn items(&self, kind: &str, owner: &str) -> Result<Vec<Item>, StoreError> {
        self.through("items", self.store.items(kind, owner), whole).await
    }
    async fn all_items(&self) -> Result<Vec<Item>, StoreError> {
        self.through("all_items", self.store.all_items(), whole).await
    }
    async fn faults(&self) -> Result<Vec<String>, StoreError> {
        self.through("faults", self.store.faults(), whole).await
    }
    async fn sweep(&self, now: Micros) -> Result<u64, StoreError> {
        self.through("sweep", self.store.sweep(now), whole).await
    }
    async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        self.through("backup", self.store.backup(to), whole).await
    }
}
