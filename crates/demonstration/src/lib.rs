//! A fictional council and three years of its register, the same every time: for demonstrations, for tests and for measuring.
//!
//! [`play`] performs the whole history on a [`Stage`], command by command, exactly as people and the passing of days would ask.
//! [`checks`] are those that its people make meanwhile. [`gazetteer`] is its list of addresses. [`personas`] says whom to sign in as, [`cast`] which files are worth looking at. The words lie in `data/`.
//!
//! Nobody in it exists: names are combined at random, the postcode area was never allocated, telephone numbers come from the
//! ranges kept for drama, and mail goes to `.example`. Deliberately not here: storage, passwords, and what any rule decides.

mod access;
mod case;
mod cast;
mod chance;
mod checks;
mod council;
mod diary;
mod gazetteer;
mod incidents;
mod lists;
mod logged;
mod meetings;
mod partners;
mod play;
mod plots;
mod policy;
mod stage;
mod story;
mod subjects;
mod words;

pub use cast::{Character, cast};
pub use chance::Seed;
pub use checks::{Check, checks};
pub use council::{COUNCIL_NAME, Persona, personas};
pub use gazetteer::gazetteer;
pub use play::{Stopped, play};
pub use stage::{Memory, Stage, Steps};
