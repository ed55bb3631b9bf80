//! Stored shapes, tried from outside: the frozen samples, round trips of anything an event can hold, and what is refused.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that finds what it does not expect stops there"
)]

mod frozen;
mod keys;
mod pinned;
mod refusals;
mod round_trip;

use ledger::wire::{Encoded, Unsealed, WireError, decode, encode};
use register::event::Event;
use register::personal::Personal;

/// What the ledger gives back of particulars whose lockers are still there.
fn unsealed(encoded: &Encoded) -> Vec<Unsealed> {
    encoded
        .particulars
        .iter()
        .map(|particular| Unsealed {
            field: particular.field.to_owned(),
            locker: particular.locker,
            content: Personal::Known(particular.bytes.clone()),
        })
        .collect()
}

fn read_back(encoded: &Encoded) -> Result<Event, WireError> {
    decode(encoded.kind, encoded.version, &encoded.facts, unsealed(encoded))
}

fn write(event: &Event) -> Encoded {
    encode(event).expect("everything in it is known")
}
