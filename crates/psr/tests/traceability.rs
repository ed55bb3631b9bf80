//! `docs/policy-traceability.md` leads from every sentence of the cabinet report to where it lives and to the test that shows it. Here it
//! is shown that it leads somewhere; that each test named there also ran, `script/traced` checks after a run of all of them.

#![expect(clippy::expect_used, clippy::panic, reason = "what a test needs and does not get fails it")]

mod proof;

use proof::{has_journey, has_rust_test, root};

/// The parts of the report, by what begins the first column of their rows.
const PARTS: &[&str] = &[
    "Header, accountable member",
    "Header, accountable officer",
    "Header, wards",
    "Header, key decision",
    "Summary, paragraph 1",
    "Summary, paragraph 2",
    "Summary, paragraph 3",
    "Summary, paragraph 4",
    "Summary, paragraph 5",
    "Summary, point 1",
    "Summary, point 2",
    "Summary, point 3",
    "Summary, point 4",
    "Summary, point 5",
    "Summary, point 6",
    "Recommendations, opening",
    "Recommendation 1",
    "Recommendation 2",
    "Financial implications",
    "Contact lines",
    "Legal implications, sentence 1",
    "Legal implications, sentence 2",
    "Legal implications, sentence 3",
    "HR implications 1.1, sentence 1",
    "HR implications 1.1, sentence 2",
    "HR implications 1.1, sentence 3",
    "Key risks",
    "Corporate implications, sentence 1",
    "Corporate implications, sentence 2",
    "Corporate implications, sentence 3",
    "Environmental implications",
    "Property implications",
    "2.1, sentence 1",
    "2.1, sentence 2",
    "2.2",
    "2.3",
    "2.4",
    "2.5",
    "3.1",
    "3.2",
    "3.3",
    "3.4",
    "4.1, sentence 1",
    "4.1, sentence 2",
    "4.1, sentence 3",
    "5.1, sentence 1",
    "5.1, sentence 2",
    "5.1, sentence 3",
    "5.2, sentence 1",
    "5.2, sentence 2",
    "6.1",
    "6.2",
    "6.3",
    "Report author",
    "Appendices, risk assessment",
    "Appendices, draft policy",
    "Appendices, protocol",
    "Appendices, procedure",
    "Appendices, process chart",
    "Appendices, appeal chart",
    "Appendices, review chart",
    "Background information",
    "Risk 1, description",
    "Risk 1, action, sentence 1",
    "Risk 1, action, sentence 2",
    "Risk 2, description",
    "Risk 3, description",
    "Risk 3, action",
    "Risks 1 to 3, owner and date",
    "Risks 1 to 3, score and control",
    "Risks 1 to 3, deadline, officer, transfer",
    "Notes, impact",
    "Notes, likelihood",
    "Notes, control",
];

/// What the requirements number to.
const REQUIREMENTS: u32 = 34;

/// Work that is planned, by its title: only these stand for what is not here yet.
const PLANNED: &[&str] = &[
    "Nobody is missed: matching, screening, and one single register",
    "The right people, and only they: sign-on, access that keeps itself right, members, partners, oversight of looks",
    "It does not fall over, and nobody can rewrite it: several nodes, faults, tampering, erasure, load",
    "Where people already work: API, mail, calendar, other systems, rights of the subject, Welsh",
];

/// A row of a table of the page.
struct Row {
    part: String,
    requirements: Vec<String>,
    paths: Vec<String>,
    planned: Vec<String>,
    nothing: bool,
    tests: Vec<String>,
}

/// What stands between pairs of a mark.
fn between(text: &str, mark: char) -> Vec<String> {
    text.split(mark).skip(1).step_by(2).map(str::to_owned).collect()
}

fn rows() -> Vec<Row> {
    let page = std::fs::read_to_string(root().join("docs/policy-traceability.md")).expect("the page");
    let mut rows = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| report |")) {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [part, asks, requirement, lives, test] = cells.as_slice() else { panic!("five columns: {line}") };
        assert!(!asks.is_empty(), "a row says what is asked: {line}");
        rows.push(Row {
            part: (*part).to_owned(),
            requirements: requirement.split(", ").map(str::to_owned).collect(),
            paths: between(lives, '`'),
            planned: between(lives, '*'),
            nothing: *lives == "nothing to build",
            tests: between(test, '`'),
        });
    }
    assert!(rows.len() >= PARTS.len(), "the tables were not read");
    rows
}

#[test]
fn every_part_of_the_report_and_every_requirement_has_its_row() {
    let rows = rows();
    for part in PARTS {
        assert!(rows.iter().any(|row| row.part == *part), "no row for: {part}");
    }
    for number in 1..=REQUIREMENTS {
        let requirement = format!("PR{number:02}");
        let parts = rows.iter().filter(|row| row.requirements.contains(&requirement)).count();
        assert!(parts > 1, "{requirement} is asked by no row of the report, or is not drawn from it");
    }
}

#[test]
fn every_row_is_shown_by_a_test_or_is_planned_or_asks_nothing() {
    for row in rows() {
        let stands = usize::from(row.nothing) + usize::from(!row.tests.is_empty() || !row.planned.is_empty());
        assert_eq!(stands, 1, "{}: either a test, or planned work, or nothing to build", row.part);
        assert!(
            row.nothing || !row.paths.is_empty() || !row.planned.is_empty(),
            "{} lives nowhere",
            row.part
        );
        assert!(row.tests.is_empty() || !row.paths.is_empty(), "{} is tested but lives nowhere", row.part);
        for title in &row.planned {
            assert!(PLANNED.contains(&title.as_str()), "{}: no such work is planned: {title}", row.part);
        }
    }
}

#[test]
fn every_path_leads_somewhere_and_every_test_exists() {
    let mut faults = Vec::new();
    for row in rows() {
        let missing = row.paths.iter().filter(|path| !root().join(path).exists());
        faults.extend(missing.map(|path| format!("{}: {path} is not there", row.part)));
        for test in &row.tests {
            let (file, name) = test.split_once("::").expect("a test is named as file::name");
            let has = match std::fs::read_to_string(root().join(file)) {
                Err(_) => false,
                Ok(source) if file.ends_with(".rs") => has_rust_test(&source, name),
                Ok(source) => has_journey(&source, name),
            };
            if !has {
                faults.push(format!("{}: there is no test {name} in {file}", row.part));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_function_that_is_no_test_is_not_taken_for_one() {
    let source = "#[test]\n#[ignore]\nfn one() {}\nfn two() {}\n#[tokio::test]\nasync fn three() {}\n#[must_use]\nfn four() {}";
    let found: Vec<_> =
        ["one", "two", "three", "four", "on"].iter().map(|name| has_rust_test(source, name)).collect();
    assert_eq!(found, [true, false, true, false, false]);
}
