//! What the service does by itself: carries out what time asks for, renews the master key each month, and sweeps what has expired.

use crate::Service;
use crate::access::micros;
use crate::fault::{Failure, Fault};
use ledger::Epoch;
use register::due::due;
use std::time::Duration;

/// How often it looks.
const EVERY: Duration = Duration::from_secs(60);

impl Service {
    /// Carries out everything that is due today, and says how much it was.
    ///
    /// # Errors
    /// The first fault; what is left is due the next time.
    pub async fn carry_out_due(&self) -> Result<usize, Fault> {
        let today = self.today();
        let commands = self.read(|register| due(register, today));
        let mut done = 0;
        for command in commands {
            match self.execute_as_system(command).await {
                Ok(_) => done += 1,
                // Somebody was faster, or it is no longer due.
                Err(Failure::Refused(_)) => {}
                Err(Failure::Fault(fault)) => return Err(fault),
            }
        }
        Ok(done)
    }

    /// Renews the master key once its month is over, after which what was destroyed before can be read in no copy of the database. Says
    /// whether it did.
    ///
    /// # Errors
    /// When the keys cannot be written or stored: they stay as they were, and it is tried again the next time.
    pub async fn renew_master_key(&self) -> Result<bool, Fault> {
        let renewed = self.inner.ledger.keep_epoch(Epoch::of(self.today())).await?;
        if renewed {
            tracing::info!(
                "the master key was renewed: keep a copy of the directory of the keys, and none from before"
            );
        }
        Ok(renewed)
    }

    /// Looks every minute, and at what is watched whenever something is recorded, for as long as it is polled. A fault is logged and tried
    /// again.
    pub async fn keep_house(&self) {
        tokio::join!(self.look_every_minute(), self.keep_watching(), self.keep_spool());
    }

    async fn look_every_minute(&self) {
        let mut ticks = tokio::time::interval(EVERY);
        loop {
            ticks.tick().await;
            // Faults are logged where they are made.
            let _carried = self.carry_out_due().await;
            let _renewed = self.renew_master_key().await;
            let _resumed = self.resume_screenings().await;
            if let Err(error) = self.inner.ledger.sweep(micros(self.now())).await {
                Fault::log(&error);
            }
        }
    }
}
