//! British addresses: read into dwelling, street and postcode, then compared part by part.

mod compare;
mod postcode;
mod read;
mod word;

pub(crate) use compare::{AskedPlace, HeldPhrase, HeldPlace, PlaceAgreement, PlaceLikeness};
pub(crate) use postcode::{Postcode, postcode_in};
pub(crate) use read::read_address;
pub(crate) use word::{introduces_flat, is_street_kind};
