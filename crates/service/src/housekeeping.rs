//! What the service does by itself: carries out what time asks for, and sweeps what has expired.

use crate::Service;
use crate::access::micros;
use crate::fault::{Failure, Fault};
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

    /// Looks every minute, for as long as it is polled. A fault is logged and tried again.
    pub async fn keep_house(&self) {
        let mut ticks = tokio::time::interval(EVERY);
        loop {
            ticks.tick().await;
            // Faults are logged where they are made.
            let _carried = self.carry_out_due().await;
            if let Err(error) = self.inner.ledger.sweep(micros(self.now())).await {
                Fault::log(&error);
            }
        }
    }
}
