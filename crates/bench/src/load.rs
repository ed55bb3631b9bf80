//! Asks again and again, at a fixed rate or as fast as answers come, and says how long answers took.

use anyhow::{Result, bail};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Something that asks one question after another.
pub trait Asker: Send + 'static {
    /// Asks the `n`th question, and waits for its answer.
    fn ask(&mut self, n: u64) -> impl Future<Output = Result<()>> + Send;
}

/// How long answers took.
pub struct Latencies {
    sorted: Vec<Duration>,
    /// From the first question to the last answer.
    pub lasted: Duration,
}

impl Latencies {
    /// The longest that this share of the answers took, in milliseconds.
    pub fn within(&self, share: f64) -> f64 {
        let last = self.sorted.len().saturating_sub(1);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a count"
        )]
        let at = (last as f64 * share).round() as usize;
        self.sorted.get(at).map_or(0.0, |took| took.as_secs_f64() * 1_000.0)
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
        let count = self.sorted.len() as f64;
        count / self.lasted.as_secs_f64()
    }
}

/// When questions are asked.
#[derive(Debug, Clone, Copy)]
pub enum Pace {
    /// So many a second, whether answers come or not: whoever waits for an asker to be free waits on the clock.
    Open(u32),
    /// Each asker as soon as it has its answer.
    Closed,
}

/// Asks for so long.
pub async fn run<A: Asker>(askers: Vec<A>, pace: Pace, lasts: Duration) -> Result<Latencies> {
    let tickets = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let end = begun + lasts;
    let mut running = tokio::task::JoinSet::new();
    for asker in askers {
        running.spawn(one(asker, pace, Arc::clone(&tickets), begun, end));
    }
    let mut sorted = Vec::new();
    while let Some(ended) = running.join_next().await {
        sorted.append(&mut ended??);
    }
    if sorted.is_empty() {
        bail!("no answer came");
    }
    sorted.sort_unstable();
    Ok(Latencies { sorted, lasted: begun.elapsed() })
}

async fn one<A: Asker>(
    mut asker: A,
    pace: Pace,
    tickets: Arc<AtomicU64>,
    begun: Instant,
    end: Instant,
) -> Result<Vec<Duration>> {
    let mut took = Vec::new();
    loop {
        let n = tickets.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        let from = match pace {
            Pace::Closed => now,
            Pace::Open(rate) => {
                let due = begun + Duration::from_secs(n) / rate;
                if due >= end {
                    return Ok(took);
                }
                if due > now {
                    // Waking late is the asker's own fault, not the answer's.
                    tokio::time::sleep_until(due).await;
                    Instant::now()
                } else {
                    due
                }
            }
        };
        if from >= end {
            return Ok(took);
        }
        asker.ask(n).await?;
        took.push(from.elapsed());
    }
}
