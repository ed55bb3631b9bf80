//! Version 2 of those kinds that have one, by area.

pub(super) mod policy;
