//! Tables to save (RFC 4180).

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A file of lines to save under a name.
pub fn file(name: &str, lines: String) -> Response {
    let name = format!("attachment; filename=\"{name}.csv\"");
    ([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], lines)
        .into_response()
}

/// A line of cells.
pub fn line<'c>(cells: impl IntoIterator<Item = &'c (impl AsRef<str> + ?Sized + 'c)>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|words| cell(words.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell: in quotes where it has to be, and never a formula to whatever opens it.
fn cell(words: &str) -> String {
    let plain = if words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{words}")
    } else {
        words.to_owned()
    };
    if plain.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}
