//! The third version of those stored shapes that have one. Field names here are what lies on disk: frozen.
// FROZEN: tests/wire/frozen.rs holds a sample of each kind against `samples/events-v1.jsonl`.

pub(super) mod policy;
