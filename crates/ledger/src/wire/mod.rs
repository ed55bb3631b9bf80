//! Stored shapes: what an event looks like on disk, apart from what it looks like in the register.
//!
//! Every kind of event has a name written by hand, a version, and one declaration in `v1/`: its facts, and which particulars lie
//! beside them. `encode.rs` writes the newest version of each kind; `decode.rs` reads every version there has ever been. Not here:
//! sealing, chaining, and who asked when, which stand on the record around the event.
//!
//! # To add a kind
//! Declare its facts with `facts!` in the file of its area, under a name that says what came to be true. Add its arm to
//! `encode.rs` (the compiler asks for it) and to `decode.rs`. Pin an example in `tests/wire/pinned.rs`; the test then prints the
//! line to append to `samples/events-v1.jsonl`. A release that can read it goes out before the first that writes it.
//!
//! # To change a kind
//! A shape that has been stored never changes: not a name, not an order, not a field that may be missing. Declare the new shape as
//! version 2 (in `v2/`, same area), write it in `encode.rs`, add its arm to `decode.rs`, and let the arm of version 1 say by hand
//! what the old facts mean today. A `part!` whose type in the register has changed stops compiling: give the old part an `impl
//! Shape` by hand, and declare a new one. Samples of the old version stay for ever, each beside the pinned event that it means
//! today. An event that meant two things becomes two kinds; a rule that changed is not a change of shape.
//!
//! # To add a key to a closed list
//! Append it: an old release refuses to read what it does not know. A key that was stored is never taken away or given another
//! meaning; `tests/wire/keys.rs` lists them all.

mod decode;
mod encode;
mod encoded;
mod error;
mod shape;
mod v1;
mod v2;
mod v3;

pub use decode::decode;
pub use encode::encode;
pub use encoded::{Encoded, EncodedParticular, Unsealed};
pub use error::WireError;
