//! The plumbing of the pages: forms, sessions, what every response carries, problems, assets, serving.
//!
//! It knows the service and HTTP. Deliberately not here: any screen, any address but `/assets`, `/council.css` and `/health`,
//! and any rule of the policy.

pub mod alike;
pub mod app;
pub mod aside;
pub mod assets;
pub mod form;
pub mod frame;
pub mod headers;
mod health;
pub mod passkey;
pub mod problem;
pub mod proof;
pub mod reference;
pub mod serve;
pub mod session;

pub use app::{App, Settings, Transport};
pub use form::Form;
pub use problem::{Outcome, Problem};
pub use reference::{Reference, References};
pub use session::SignedIn;
