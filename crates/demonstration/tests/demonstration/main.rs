//! What the demonstration is: played without a refusal, full of everything, the same twice, and about nobody.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says why")]

mod cast;
mod checks;
mod coverage;
mod fiction;
mod history;
mod recorded;
