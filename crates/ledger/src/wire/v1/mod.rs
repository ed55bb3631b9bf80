//! The first version of every stored shape, by area. Field names here are what lies on disk: frozen.
// FROZEN: tests/wire/frozen.rs holds a sample of each kind against `samples/events-v1.jsonl`.

pub(super) mod appeal;
pub(super) mod assessment;
pub(super) mod contact;
pub(super) mod import;
pub(super) mod incident;
pub(super) mod looks;
pub(super) mod measure;
pub(super) mod meeting;
pub(super) mod notice;
pub(super) mod partner;
pub(super) mod people;
pub(super) mod policy;
pub(super) mod retention;
pub(super) mod risk;
pub(super) mod subject;
