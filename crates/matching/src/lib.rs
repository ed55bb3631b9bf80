//! Finds a described person or place from the way people really ask: misspelled, heard by phone, half an address.
//!
//! Pure: no I/O, clock or chance, and nothing of the register. Everything here turns a [`Description`] into keys and a
//! [`Question`] into [`Hit`]s.

mod born;
mod description;
mod hit;
mod index;
mod question;
mod settings;

pub use born::Born;
pub use description::{Address, Description, Key, Kind, Name, NameKind, Standing};
pub use hit::{Agreement, Band, Field, Hit, Part, Reading};
pub use index::Index;
pub use question::Question;
pub use settings::Settings;
