//! A chart as a picture: one column of boxes in the order of the usual course, arrows down between neighbours, and every other
//! arrow by a lane at the right, one lane for each box that arrows lead to. Each arrow has a number, which the table beneath tells.
//!
//! One column is read on a phone as it is at a desk.

use register::course::{Chart, Step, Weight};

const BOX_LEFT: u32 = 4;
const BOX_WIDTH: u32 = 218;
const LANE: u32 = 26;
/// Room between two boxes: an arrow and its number.
const GAP: u32 = 44;
const LINE: u32 = 20;
/// Room for one arrow at the right edge of a box.
const PORT: u32 = 24;
/// Letters that fit a line of a box.
const LETTERS: usize = 24;

/// A chart laid out.
pub struct Drawing {
    /// Its width in its own units.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The boxes, from the top.
    pub boxes: Vec<Boxed>,
    /// The arrows, by their numbers.
    pub arrows: Vec<Arrow>,
}

/// A state.
pub struct Boxed {
    /// Its left edge.
    pub x: u32,
    /// Its upper edge.
    pub y: u32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Its words, line by line.
    pub lines: Vec<Line>,
}

/// A line of words.
pub struct Line {
    /// Its middle.
    pub x: u32,
    /// Its foot.
    pub y: u32,
    /// What it says.
    pub words: String,
}

/// A way from one state to another.
pub struct Arrow {
    from: usize,
    to: usize,
    /// Its number in the table.
    pub number: usize,
    /// The line, as an SVG path.
    pub path: String,
    /// The head, as the points of a polygon.
    pub head: String,
    /// Where its number stands: across.
    pub x: u32,
    /// And down.
    pub y: u32,
}

impl Drawing {
    /// The number of the arrow that stands for a step; none where it is not drawn.
    pub fn number_of(&self, step: &Step) -> Option<usize> {
        let drawn = |arrow: &&Arrow| (arrow.from, arrow.to) == (step.from, step.to);
        self.arrows.iter().find(drawn).filter(|_| is_drawn(step)).map(|arrow| arrow.number)
    }
}

fn is_drawn(step: &Step) -> bool {
    step.weight == Weight::Usual && step.from != step.to
}

/// Lays a chart out.
pub fn drawing(chart: &Chart) -> Drawing {
    let mut ways: Vec<(usize, usize)> =
        chart.steps.iter().filter(|step| is_drawn(step)).map(|step| (step.from, step.to)).collect();
    ways.sort_unstable();
    ways.dedup();
    let down = |(from, to): (usize, usize)| to == from + 1;
    let mut lanes: Vec<usize> = ways.iter().filter(|way| !down(**way)).map(|(_, to)| *to).collect();
    lanes.sort_unstable();
    lanes.dedup();
    let lane_of = |to: usize| lanes.iter().position(|lane| *lane == to).unwrap_or(0);

    // How many lines leave or reach the right edge of each box: one for each way out, and one for all that come in.
    let leaving = |state: usize| ways.iter().filter(move |way| way.0 == state && !down(**way));
    let ports = |state: usize| leaving(state).count() + usize::from(lanes.contains(&state));
    let mut boxes: Vec<Boxed> = Vec::new();
    let mut top = 2;
    for (state, label) in chart.states.iter().enumerate() {
        let words = wrapped(label);
        let height = (LINE * small(words.len()) + 20).max(PORT * small(ports(state)) + 12);
        let first = top + height / 2 + 6 - LINE * (small(words.len()) - 1) / 2;
        let lines = words.into_iter().enumerate().map(|(line, words)| Line {
            x: BOX_LEFT + BOX_WIDTH / 2,
            y: first + LINE * small(line),
            words,
        });
        let lines = lines.collect();
        boxes.push(Boxed { x: BOX_LEFT, y: top, width: BOX_WIDTH, height, lines });
        top += height + GAP;
    }
    let height = top - GAP + 2;

    let right = BOX_LEFT + BOX_WIDTH;
    let port = |state: usize, place: usize| {
        let (y, height) = boxes.get(state).map_or((0, 0), |boxed| (boxed.y, boxed.height));
        y + height / 2 + PORT * small(place) - PORT * small(ports(state).saturating_sub(1)) / 2
    };
    let arrows = ways.iter().enumerate().map(|(index, way)| {
        let (from, to) = *way;
        let number = index + 1;
        if down(*way) {
            let start = boxes.get(from).map_or(0, |boxed| boxed.y + boxed.height);
            let (x, end) = (BOX_LEFT + BOX_WIDTH / 2, start + GAP);
            return Arrow {
                from,
                to,
                number,
                path: format!("M{x} {start}V{}", end - 8),
                head: format!("{x},{end} {},{} {},{}", x - 6, end - 10, x + 6, end - 10),
                x,
                y: start + GAP / 2 - 4,
            };
        }
        let place = leaving(from).position(|(_, other)| *other == to).unwrap_or(0);
        // What comes in stands above what leaves.
        let leaves = port(from, place + usize::from(lanes.contains(&from)));
        let reaches = port(to, 0);
        let lane = right + 30 + LANE * small(lane_of(to));
        Arrow {
            from,
            to,
            number,
            path: format!("M{right} {leaves}H{lane}V{reaches}H{}", right + 8),
            head: format!("{right},{reaches} {},{} {},{}", right + 10, reaches - 6, right + 10, reaches + 6),
            x: right + 16,
            y: leaves,
        }
    });
    let arrows = arrows.collect();
    let width = right + if lanes.is_empty() { 4 } else { 30 + LANE * small(lanes.len() - 1) + 6 };
    Drawing { width, height, boxes, arrows }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Words in lines that fit a box.
fn wrapped(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use register::course::charts;

    #[test]
    fn every_usual_step_that_leads_elsewhere_has_an_arrow_and_no_arrow_is_without_one() {
        for chart in charts() {
            let drawing = drawing(&chart);
            for step in &chart.steps {
                assert_eq!(drawing.number_of(step).is_some(), is_drawn(step), "{}: {}", chart.key, step.says);
            }
            let numbered =
                |arrow: &Arrow| chart.steps.iter().any(|step| drawing.number_of(step) == Some(arrow.number));
            assert!(drawing.arrows.iter().all(numbered), "{}", chart.key);
            assert_eq!(drawing.boxes.len(), chart.states.len());
        }
    }

    #[test]
    fn boxes_and_numbers_lie_apart_and_within_the_picture_and_words_within_their_boxes() {
        for chart in charts() {
            let drawing = drawing(&chart);
            for pair in drawing.boxes.windows(2) {
                assert!(pair[0].y + pair[0].height + GAP <= pair[1].y);
            }
            for boxed in &drawing.boxes {
                assert!(boxed.y + boxed.height <= drawing.height);
                for line in &boxed.lines {
                    assert!(line.words.chars().count() <= LETTERS, "{}", line.words);
                    assert!(line.y > boxed.y + 12 && line.y < boxed.y + boxed.height);
                }
            }
            for (index, one) in drawing.arrows.iter().enumerate() {
                assert!(one.x + 11 <= drawing.width && one.y + 11 <= drawing.height);
                for other in drawing.arrows.iter().skip(index + 1) {
                    let apart = one.x.abs_diff(other.x) >= 20 || one.y.abs_diff(other.y) >= 20;
                    assert!(apart, "{}: numbers {} and {}", chart.key, one.number, other.number);
                }
            }
        }
    }
}
