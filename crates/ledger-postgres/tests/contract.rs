//! The contract that every store keeps.

mod support;

ledger::contract_suite!(support::Postgres::new());
