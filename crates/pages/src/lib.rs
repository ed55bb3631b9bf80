//! The screens: folders named as the addresses, one file and one template per screen, every address in `router.rs`.
//!
//! A handler reads a form into a command, makes one call of the service and shows a page. Rules are the register's and plumbing
//! is `web`'s: neither is here.

mod access;
mod access_log;
mod accessibility;
mod account;
mod accounts;
mod addresses;
mod appeal;
mod check;
mod columns;
mod compare;
mod csv;
mod deliveries;
mod glass;
mod help;
mod home;
mod imports;
mod incidents;
mod measures;
mod meetings;
mod numbers;
mod oversight;
mod own_home;
mod own_looks;
mod page;
mod part;
mod partners;
mod passkeys;
mod password;
mod permissions;
mod policy;
mod problem;
mod proof;
mod ready;
mod recovery_codes;
mod retention;
mod risks;
mod router;
mod screening;
mod sessions;
mod sign_in;
mod subjects;
mod teams;
#[cfg(test)]
mod tests;
mod withdrawals;
mod words;
mod work;

pub use problem::draw;
pub use router::{router, screens};
