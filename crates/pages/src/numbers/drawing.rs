//! A table as a picture: a row for each month or team, its bars, and every number in figures at the end of its bar.
//!
//! Rows lie one beneath the other, so that a phone shows the same picture as a desk. Shades only repeat what the figures say, which
//! stand in the order of the key.

use super::label_of;
use register::numbers::{Layout, Table};

/// Everything is drawn this wide, in units of its own.
const WIDTH: usize = 320;
/// Room for the name of a month, left of its bars.
const MONTH: usize = 62;
/// A name longer than this stands above its bars.
const LETTERS: usize = 8;
/// Room for one letter.
const LETTER: usize = 8;
const LINE: usize = 22;
const BAR: usize = 14;
const GAP: usize = 8;
/// What is there is seen, however little it is.
const LEAST: usize = 2;

/// A table laid out.
pub struct Drawing {
    /// Its width in its own units.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// What the shades mean, where there is more than one.
    pub key: Vec<Words>,
    /// The bars and the squares of the key.
    pub bars: Vec<Bar>,
    /// What each row is of.
    pub names: Vec<Words>,
    /// The numbers at the ends of the bars.
    pub numbers: Vec<Words>,
}

/// Words at a place.
pub struct Words {
    /// Their left edge.
    pub x: usize,
    /// Their foot.
    pub y: usize,
    /// What they say.
    pub words: String,
}

/// A bar, or a part of one.
pub struct Bar {
    /// Which of the columns that are drawn, counted from one: its shade.
    pub part: usize,
    /// Its left edge.
    pub x: usize,
    /// Its upper edge.
    pub y: usize,
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
}

/// A bar with its parts and the words at its end.
struct Line {
    parts: Vec<(usize, usize)>,
    words: String,
}

/// Lays a table out.
pub fn drawing(table: &Table) -> Drawing {
    let rows: Vec<(String, Vec<Line>)> =
        table.rows.iter().map(|row| (label_of(&row.of).brief, lines(table, &row.numbers))).collect();
    let every = || rows.iter().flat_map(|(_, lines)| lines);
    let longest_words = every().map(|line| line.words.chars().count()).max().unwrap_or(0);
    let longest_bar =
        every().map(|line| line.parts.iter().map(|(_, number)| number).sum()).max().unwrap_or(0).max(1);
    let stands_above = rows.iter().any(|(name, _)| name.chars().count() > LETTERS);
    let left = if stands_above { 2 } else { MONTH };
    let least = LEAST * table.drawn.len();
    let room = WIDTH.saturating_sub(left + least + GAP + longest_words * LETTER).max(WIDTH / 5);

    let mut drawn = Drawing {
        width: WIDTH,
        height: 0,
        key: Vec::new(),
        bars: Vec::new(),
        names: Vec::new(),
        numbers: Vec::new(),
    };
    let mut y = 2;
    if table.drawn.len() > 1 {
        for (index, head) in table.drawn.iter().filter_map(|place| table.heads.get(*place)).enumerate() {
            drawn.bars.push(Bar { part: index + 1, x: 2, y, width: BAR, height: BAR });
            drawn.key.push(Words { x: BAR + GAP, y: y + BAR - 2, words: head.clone() });
            y += LINE;
        }
        y += GAP;
    }
    for (name, lines) in rows {
        let foot = y + BAR - 2;
        drawn.names.push(Words { x: 0, y: foot, words: name });
        if stands_above {
            y += LINE;
        }
        for line in lines {
            let mut x = left;
            for (part, number) in line.parts.iter().filter(|(_, number)| *number > 0) {
                let width = (number * room / longest_bar).max(LEAST);
                drawn.bars.push(Bar { part: *part, x, y, width, height: BAR });
                x += width;
            }
            drawn.numbers.push(Words { x: x + GAP, y: y + BAR - 2, words: line.words });
            y += LINE;
        }
        y += if table.layout == Layout::Beside { GAP } else { 0 };
    }
    drawn.height = y;
    drawn
}

/// The bars of a row.
fn lines(table: &Table, numbers: &[Option<usize>]) -> Vec<Line> {
    let parts: Vec<(usize, Option<usize>)> = table
        .drawn
        .iter()
        .enumerate()
        .map(|(index, place)| (index + 1, numbers.get(*place).copied().flatten()))
        .collect();
    let known = |(part, number): &(usize, Option<usize>)| (*part, number.unwrap_or(0));
    match table.layout {
        Layout::Beside => {
            let line = |it: &(usize, Option<usize>)| Line { parts: vec![known(it)], words: figure(it.1) };
            parts.iter().map(line).collect()
        }
        Layout::Stacked => {
            let parts: Vec<(usize, usize)> = parts.iter().map(known).collect();
            let sum: usize = parts.iter().map(|(_, number)| number).sum();
            let each: Vec<String> = parts.iter().map(|(_, number)| number.to_string()).collect();
            let words = if sum == 0 || each.len() == 1 {
                sum.to_string()
            } else {
                format!("{sum}: {}", each.join(", "))
            };
            vec![Line { parts, words }]
        }
    }
}

/// A number as it is read; a dash where there was nothing to take one of.
pub fn figure(number: Option<usize>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use register::numbers::{Month, Of, Row};

    fn table(layout: Layout, rows: &[[usize; 3]], name: fn(usize) -> Of) -> Table {
        let row = |(index, numbers): (usize, &[usize; 3])| Row {
            of: name(index),
            numbers: numbers.map(Some).into(),
        };
        Table {
            key: "key".to_owned(),
            title: "Title".to_owned(),
            about: "About.".to_owned(),
            each: "Month",
            heads: ["One", "Two", "Three"].map(str::to_owned).into(),
            drawn: vec![0, 2],
            layout,
            rows: rows.iter().enumerate().map(row).collect(),
            whole: vec![None; 3],
        }
    }

    fn month(index: usize) -> Of {
        Of::Month(Month::of(date(2026, 11, 1)).back(u32::try_from(index).expect("small")))
    }

    fn team(index: usize) -> Of {
        Of::Name(format!("Team of many words, number {index}"))
    }

    #[test]
    fn everything_lies_within_the_picture_and_numbers_apart_from_bars_and_from_each_other() {
        let rows = [[0, 0, 0], [1, 9, 0], [1234, 5, 1], [7, 7, 4321]];
        for layout in [Layout::Stacked, Layout::Beside] {
            for name in [month, team] {
                let drawn = drawing(&table(layout, &rows, name));
                for bar in &drawn.bars {
                    assert!(bar.x + bar.width <= drawn.width, "{} and {}", bar.x, bar.width);
                    assert!(bar.y + bar.height <= drawn.height);
                    assert!(bar.width > 0);
                }
                let words = drawn.key.iter().chain(&drawn.names).chain(&drawn.numbers);
                for said in words {
                    assert!(said.x + said.words.chars().count() * LETTER <= drawn.width, "{}", said.words);
                    assert!(said.y <= drawn.height);
                }
                for pair in drawn.numbers.windows(2) {
                    assert!(pair[0].y + BAR <= pair[1].y);
                }
                for number in &drawn.numbers {
                    let beside =
                        drawn.bars.iter().filter(|bar| bar.y < number.y && number.y < bar.y + bar.height);
                    assert!(beside.map(|bar| bar.x + bar.width).all(|end| end < number.x));
                }
            }
        }
    }

    #[test]
    fn parts_of_one_bar_are_told_with_their_sum_and_bars_of_their_own_one_by_one() {
        let said = |layout| -> Vec<String> {
            let drawn = drawing(&table(layout, &[[3, 9, 1], [0, 9, 0]], month));
            drawn.numbers.into_iter().map(|number| number.words).collect()
        };
        assert_eq!(said(Layout::Stacked), ["4: 3, 1", "0"]);
        assert_eq!(said(Layout::Beside), ["3", "1", "0", "0"]);
    }

    #[test]
    fn a_bar_is_as_long_as_its_number_says() {
        let drawn = drawing(&table(Layout::Beside, &[[10, 0, 20], [40, 0, 0]], month));
        let widths: Vec<usize> = drawn.bars.iter().skip(2).map(|bar| bar.width).collect();
        let whole = widths[2];
        assert_eq!(widths, [whole / 4, whole / 2, whole]);
        let parts: Vec<usize> = drawn.bars.iter().map(|bar| bar.part).collect();
        assert_eq!(parts, [1, 2, 1, 2, 1], "two squares of the key, then the bars");
    }
}
