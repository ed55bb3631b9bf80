//! Finds a described person or place from the way people really ask: misspelled, heard by phone, half an address.
//!
//! Pure: no I/O, clock or chance, and nothing of the register. Everything here turns a [`Description`] into keys and a
//! [`Question`] into [`Hit`]s.

mod address;
mod asked;
mod born;
mod candidates;
mod description;
mod explain;
mod fold;
mod hit;
mod identifier;
mod index;
mod name;
mod profile;
mod question;
mod route;
mod score;
mod settings;
mod spelling;
mod weight;

pub use born::Born;
pub use description::{Address, Description, Key, Kind, Name, NameKind, Standing};
pub use hit::{Agreement, Band, Field, Hit, Part, Reading};
pub use index::Index;
pub use question::Question;
pub use settings::Settings;
