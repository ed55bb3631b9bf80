//! Lists that people keep in spreadsheets, as rows of text: CSV, XLSX, ODS, or pasted, with the numbers that their program shows.
//!
//! Pure: bytes in, rows out. What is read is never trusted to be tidy: headings stand where they stand, cells may be merged, dates
//! come in every form, and a cell may hold `#REF!`. Deliberately not here: what a row means to the register.
//!
//! ```text
//! bytes ─► read ─► Sheet (rows, numbered as seen) ─► Columns::recognise, or what somebody chose ─► Row::text(column), day::parse
//! ```

mod column;
pub mod day;
mod read;

pub use column::{Column, Columns, DEEPEST};
pub use read::{LARGEST, MOST_ROWS, NotASheet, read};

use serde::{Deserialize, Serialize};

/// One sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// What its tab says; empty where there are no tabs.
    pub name: String,
    /// Every row that holds anything.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// Its cells from the first column on.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing, or white space.
    Empty,
    /// What it shows, trimmed. A date is written as `2026-11-26`.
    Text(String),
    /// A formula that came to nothing, as it shows it: `#REF!`.
    Fault(String),
}

impl Cell {
    fn of(text: &str) -> Self {
        let text = text.trim();
        const FAULTS: [&str; 7] = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"];
        if text.is_empty() {
            Self::Empty
        } else if FAULTS.contains(&text) {
            Self::Fault(text.to_owned())
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl Row {
    /// What the cell of a column shows; `None` where it is empty, not there, or a fault.
    #[must_use]
    pub fn text(&self, column: usize) -> Option<&str> {
        match self.cells.get(column) {
            Some(Cell::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The fault of a cell, where it has one.
    #[must_use]
    pub fn fault(&self, column: usize) -> Option<&str> {
        match self.cells.get(column) {
            Some(Cell::Fault(fault)) => Some(fault),
            _ => None,
        }
    }

    fn holds_anything(&self) -> bool {
        self.cells.iter().any(|cell| *cell != Cell::Empty)
    }
}
