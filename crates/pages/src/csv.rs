//! Tables to save (RFC 4180).

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A file of lines to save under a name.
pub fn file(name: &str, lines: String) -> Response {
    let name = format!("attachment; filename=\"{name}.csv\"");
    ([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], lines)
        .into_response()
}

/// How a formula begins, also as it is written between wide characters.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A line of cells.
pub fn line<'c>(cells: impl IntoIterator<Item = &'c (impl AsRef<str> + ?Sized + 'c)>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|words| cell(words.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell: in quotes where it has to be, and never a formula to whatever opens it. Some programs pass over what nobody sees before they look
/// for one.
fn cell(words: &str) -> String {
    let seen = words.trim_start_matches(|c: char| c.is_control() || c.is_whitespace() || c == '\u{feff}');
    let acts = words.starts_with(char::is_control) || seen.starts_with(FORMULA);
    let plain = if acts { format!("'{words}") } else { words.to_owned() };
    if plain.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_whatever_stands_before_it() {
        for begins in FORMULA {
            for before in ["", "\0", "\t", "\r", "\n", " ", "\u{1b}", "\0 \u{7f}", "\u{feff}"] {
                let formula = format!("{before}{begins}HYPERLINK(1)");
                assert!(cell(&formula).trim_start_matches('"').starts_with('\''), "{formula:?}");
            }
        }
        for strange in ["\0", "\u{1}words", "\twords"] {
            assert!(cell(strange).starts_with('\''), "{strange:?}");
        }
    }

    #[test]
    fn a_cell_of_words_stays_as_it_is_and_is_quoted_where_it_has_to_be() {
        assert_eq!(
            line(["Ropewalk 3-5", "a, b", "said \"no\"", ""]),
            "Ropewalk 3-5,\"a, b\",\"said \"\"no\"\"\",\r\n"
        );
    }
}
