//! The screens: folders named as the addresses, one file and one template per screen, every address in `router.rs`.
//!
//! A handler reads a form into a command, makes one call of the service and shows a page. Rules are the register's and plumbing
//! is `web`'s: neither is here.

#[cfg(test)]
mod component_tests;
mod home;
mod page;
mod part;
mod problem;
mod router;
mod sign_in;
mod words;

pub use router::router;
