//! Names of people: read into words with their parts, known by their variants, compared in any order.

mod compare;
mod read;
mod variant;

pub(crate) use compare::{
    AskedName, By, End, Extent, HeldWord, Likeness, NameAgreement, Role, WordAgreement,
};
pub(crate) use read::{Part, asked_words, held_words};
