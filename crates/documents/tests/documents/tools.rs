//! The programs outside that read a PDF: a checker of PDF/UA, and poppler. Where they must be there, their absence is a failure.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files of PDFs by name, kept as long as this lives.
pub struct Shelf(tempfile::TempDir);

impl Shelf {
    pub fn new() -> Self {
        Shelf(tempfile::tempdir().unwrap())
    }

    pub fn put(&self, name: &str, pdf: &[u8]) -> PathBuf {
        let path = self.0.path().join(name).with_extension("pdf");
        std::fs::write(&path, pdf).unwrap();
        path
    }
}

/// What a checker of PDF/UA-1 holds against each file, or none where there is no checker and none is required.
pub fn accessibility_faults(files: &[PathBuf]) -> Option<Vec<String>> {
    let python = env::var_os("PSR_PDF_CHECKER").filter(|python| !python.is_empty());
    let Some(python) = python else {
        missing("PSR_PDF_CHECKER does not name a Python that has the package page-validation");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../documents/tests/documents/pdf_ua.py");
    let output = Command::new(&python).arg(script).args(files).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let faults =
        said.lines().filter(|line| !line.starts_with("checked ")).map(str::to_owned).collect::<Vec<_>>();
    let trouble = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.lines().any(|line| line == format!("checked {}", files.len())),
        "the checker failed: {trouble}"
    );
    Some(faults)
}

/// The text of each page in the order in which it is printed, by `pdftotext`; none where it is not installed and not required.
pub fn page_texts(file: &Path) -> Option<Vec<String>> {
    let text = poppler(Command::new("pdftotext").arg(file).arg("-"))?;
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect())
}

/// The text in the order of the tags, which is the order of a screen reader: headers and footers of pages are not in it.
pub fn tagged_text(file: &Path) -> Option<String> {
    let tree = poppler(Command::new("pdfinfo").arg("-struct-text").arg(file))?;
    let quoted = tree.lines().filter_map(|line| line.trim_start().strip_prefix('"')?.strip_suffix('"'));
    Some(quoted.collect::<Vec<_>>().join("\n"))
}

/// How far right the rightmost word of any page ends, in points.
pub fn rightmost(file: &Path) -> Option<f64> {
    let boxes = poppler(Command::new("pdftotext").arg("-bbox").arg(file).arg("-"))?;
    let ends =
        boxes.split("xMax=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse::<f64>().unwrap());
    Some(ends.fold(0.0, f64::max))
}

fn poppler(command: &mut Command) -> Option<String> {
    match command.output() {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(_) => {
            missing("poppler-utils (pdftotext, pdfinfo) is not installed");
            None
        }
    }
}

fn missing(what: &str) {
    let required = ["CI", "PSR_REQUIRE_TOOLS"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    assert!(!required, "{what}, and CI or PSR_REQUIRE_TOOLS requires it");
    eprintln!("skipped: {what}");
}
