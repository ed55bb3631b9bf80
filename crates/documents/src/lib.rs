//! One content, three renderings: an accessible tagged PDF (PDF/UA-1), HTML and plain text.
//!
//! A [`Document`] is what is said: to whom, about what, in blocks. [`pdf`], [`html`] and [`text()`] say it. Whatever
//! a person typed enters as [`Text`], which cannot carry hidden characters, and is never read as markup by any of the three.
//! Nothing of the register is here: what a letter must contain is decided where letters are written.

mod block;
mod document;
pub mod html;
mod language;
mod pdf;
mod prose;
mod reading;
mod text;
mod typed;

pub use block::{Block, Level, Marker, Table};
pub use document::{Colour, Document, Print, Sender};
pub use language::Language;
pub use pdf::{Diagnosis, Fault, pdf};
pub use prose::{Inline, Prose};
pub use reading::reading_age;
pub use text::text;
pub use typed::Text;
