//! The running register: what pages, the command line and other systems call.
//!
//! It holds the register in memory, writes through one path, answers checks from memory with their row on disk first, and keeps
//! what people who sign in need. No rule of the policy is here, and no screen.

pub mod access;
pub mod appeals;
pub mod aside;
mod budget;
pub mod bundle;
pub mod certificates;
pub mod check;
pub mod clock;
pub mod deliveries;
mod denied;
mod describe;
mod drafts;
pub mod execute;
pub mod fault;
pub mod files;
mod history;
pub mod housekeeping;
pub mod imports;
pub mod letters;
mod live;
pub mod oversight;
pub mod papers;
pub mod programs;
mod receipts;
mod record;
pub mod screening;
mod shelf;
pub mod sign_in;
pub mod signs;
mod spool;
pub mod usage;
pub mod watch;
mod witness;

pub use budget::Over;
pub use execute::Done;
pub use fault::{Failure, Fault};
pub use record::Upload;

use clock::Clock;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::Ledger;
use live::Live;
use register::ids::CommandId;
use register::state::Register;
use shelf::Shelf;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, Notify, OnceCell};
use usage::Usage;

/// Whoever another process has put out is out here as well after at most this long (T15 of the threats: five seconds).
const OTHERS: Duration = Duration::from_secs(1);

/// Whether a register holds real people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reality {
    /// It does.
    Real,
    /// Nobody in it is real: second factors are shown on the page that asks for them.
    Demonstration,
    /// Nobody in it is real, and it is asked without end to see how fast it answers: whoever is over their budget begins a new one.
    Measured,
}

/// The running register. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    inner: Arc<Inner>,
}

struct Inner {
    ledger: Arc<Ledger>,
    clock: Arc<dyn Clock>,
    reality: Reality,
    /// Poisoned by whatever failed in the middle of taking in an event: see [`Service::sound`].
    live: RwLock<Live>,
    /// What was left half made is read again by one at a time.
    mending: Mutex<()>,
    /// Commands are decided one at a time.
    writing: Mutex<()>,
    /// Codes of second factors are taken one at a time.
    codes: Mutex<()>,
    /// Tries are counted one at a time.
    attempts: Mutex<()>,
    /// Every check so far, counted.
    usage: Mutex<Arc<Usage>>,
    /// Lists are screened one at a time.
    screening: Mutex<()>,
    /// What is watched is brought up by one at a time.
    watching: Mutex<()>,
    /// When it was last asked what other processes have recorded.
    asked_others: Mutex<Option<Instant>>,
    /// Something was recorded that may change an answer.
    recorded: Notify,
    /// When what is in memory was last known to be all there is, in microseconds since 1970.
    up_to_date: AtomicI64,
    /// The register's store could not be reached or written when it was last tried.
    outage: AtomicBool,
    /// Where rows of checks wait meanwhile.
    spool: OnceLock<Arc<std::sync::Mutex<spool::Spool>>>,
    /// Who was lately signed in.
    sessions: sign_in::remembered::Sessions,
    /// What is asked meanwhile counts here.
    spent_in_outage: std::sync::Mutex<HashMap<String, budget::Spent>>,
    /// What devices are asked; made when the first is.
    askings: OnceCell<passkey::Askings>,
    shelf: Shelf,
}

impl Service {
    /// Starts on an open ledger: replays the register into memory, checking each record as it goes.
    ///
    /// # Errors
    /// A fault where a record is unknown or unsound: the service never starts on half a register.
    pub async fn start(ledger: Arc<Ledger>, clock: Arc<dyn Clock>, reality: Reality) -> Result<Self, Fault> {
        let shelf = Shelf::new(Arc::clone(&ledger), Arc::clone(&clock));
        let inner = Inner {
            ledger,
            clock,
            reality,
            live: RwLock::new(Live::empty()),
            mending: Mutex::new(()),
            writing: Mutex::new(()),
            codes: Mutex::new(()),
            attempts: Mutex::new(()),
            usage: Mutex::default(),
            screening: Mutex::new(()),
            watching: Mutex::new(()),
            asked_others: Mutex::default(),
            recorded: Notify::new(),
            up_to_date: AtomicI64::new(i64::MIN),
            outage: AtomicBool::new(false),
            spool: OnceLock::new(),
            sessions: sign_in::remembered::Sessions::default(),
            spent_in_outage: std::sync::Mutex::default(),
            askings: OnceCell::new(),
            shelf,
        };
        let service = Self { inner: Arc::new(inner) };
        service.catch_up().await?;
        Ok(service)
    }

    /// The instant, UTC.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// The London date.
    #[must_use]
    pub fn today(&self) -> Date {
        register::calendar::london(self.now())
    }

    /// Random bits for a fresh reference.
    #[must_use]
    pub fn fresh(&self) -> u64 {
        u64::from_be_bytes(random())
    }

    /// A fresh name for one asking; a form carries it, so that sent twice it is carried out once.
    #[must_use]
    pub fn fresh_command(&self) -> CommandId {
        CommandId(u128::from_be_bytes(random()))
    }

    /// Reads what is not about a customer: teams, roles, policy, counts. What is goes through [`Service::look`].
    pub fn read<T>(&self, show: impl FnOnce(&Register) -> T) -> T {
        show(&self.live().register)
    }

    /// Whether nobody in the register is real.
    #[must_use]
    pub fn is_demonstration(&self) -> bool {
        self.inner.reality != Reality::Real
    }

    /// The position of the register's log that is in memory.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.live().position
    }

    /// The ledger beneath, for verification, backup and checkpoints.
    #[must_use]
    pub fn ledger(&self) -> &Arc<Ledger> {
        &self.inner.ledger
    }

    /// Notes that what is in memory is all there is now.
    fn is_up_to_date(&self) {
        self.inner.up_to_date.store(access::micros(self.now()).0, Ordering::Relaxed);
    }

    /// When what is in memory was last known to be all there is.
    fn up_to_date_at(&self) -> Timestamp {
        access::at(ledger::Micros(self.inner.up_to_date.load(Ordering::Relaxed)))
    }

    /// What is in memory, even where a mistake of ours left it half made: for names, desks and figures, never for an answer.
    fn live(&self) -> RwLockReadGuard<'_, Live> {
        self.inner.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is in memory, to answer and decide from. Where something failed in the middle of taking in an event, nobody is answered from
    /// what is left, but it is read again from the ledger.
    fn sound(&self) -> Result<RwLockReadGuard<'_, Live>, Fault> {
        self.inner.live.read().map_err(|_| {
            self.mend_meanwhile();
            Fault::because("what is in memory was left half made")
        })
    }
}

/// Bytes that nobody can foretell.
///
/// A machine without randomness can keep no session apart from another: it stops.
#[expect(clippy::expect_used, reason = "there is nothing safe to go on with")]
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
