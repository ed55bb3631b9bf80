//! How alike two written words are: by the slips that part them, by how they sound, and the words near a given one.

mod misread;
mod slip;
mod sound;
mod vocabulary;

pub(crate) use slip::{faintly_alike, one_slip_apart, slips};
pub(crate) use vocabulary::{Closeness, Near, Vocabulary, Word};
