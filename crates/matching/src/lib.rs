//! Finds a described person or place from the way people really ask: misspelled, heard by phone, half an address.
//!
//! Pure: no I/O, clock or chance, and nothing of the register. A [`Description`] goes into the [`Index`]; a [`Question`] comes to it and
//! gets [`Hit`]s, best first, each with its band and its reasons.
//!
//! ```text
//! Description ─► fold, read names and addresses ─► Profile ─► routes (name, sound, postcode, street, date, phone, ...)
//!                                                                  │
//! Question ────► fold, read, look up what is near ─► Asked ─► candidates: the union of the routes
//!                                                                  │
//!                                              score: weights added up, field by field ─► band and reading ─► explain ─► Hit
//! ```
//!
//! - `spelling` how alike two words are, and which words in use are near one that is asked
//! - `name`, `address`, `born`, `identifier` what each kind of thing is and how two of it agree
//! - `duplicate` who in a list is described twice, or is here already
//! - `route`, `candidates` who is worth comparing; `weight` every figure, with its meaning; `score`, `explain` the answer and its reasons
//!
//! ```
//! use matching::{Band, Description, Index, Key, Name, Question, Settings};
//!
//! let mut index = Index::new(Settings::default());
//! let described = Description { names: vec![Name::new("Catherine", "Thistlethwaite")], ..Description::default() };
//! index.insert(Key(1), &described);
//! let hits = index.search(&Question { name: Some("Kathy Thisslethwaite".to_owned()), ..Question::default() });
//! assert_eq!(hits.first().map(|hit| (hit.key, hit.band)), Some((Key(1), Band::Possible)));
//! ```

mod address;
mod asked;
mod born;
mod candidates;
mod description;
mod duplicate;
mod explain;
mod few;
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
mod short;
mod spelling;
mod weight;

pub use born::Born;
pub use description::{Address, Description, Key, Kind, Name, NameKind, Parting, Standing};
pub use duplicate::{Duplicate, duplicates};
pub use hit::{Agreement, Band, Field, Hit, Part, Reading};
pub use index::Index;
pub use question::Question;
pub use settings::Settings;
pub use weight::Weights;
