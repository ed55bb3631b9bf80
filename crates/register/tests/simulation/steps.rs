//! Every step that cases, reviews and appeals take, recorded as they take it, to compare with the tables that the charts are drawn from.

use jiff::civil::Date;
use register::calendar;
use register::command::Command;
use register::course::{APPEAL, Appeal, By, CASE, Case, REVIEW, Review, Row};
use register::event::Event;
use register::ids::{File, MeasureId};
use register::measure::{Life, Measure};
use register::state::Register;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

/// Where a measure stands on both courses.
fn stands(register: &Register, measure: &Measure, today: Date) -> (Case, Option<Review>) {
    let review = match &measure.life {
        Life::Decided { .. } => Some(Review::NotInForce),
        Life::InForce { .. } => measure.review_nearness(register, today).map(Review::Live),
        Life::Ended { .. } => Some(Review::Ended),
        Life::Proposed | Life::Assessed | Life::Destroyed(_) => None,
    };
    (Case::Measure(measure.stage()), review)
}

/// Where everything that a command is about stood before it.
pub struct Stood {
    measures: BTreeMap<MeasureId, Option<(Case, Option<Review>)>>,
    /// The appeal that was the last against each of them, and how many there were.
    appeals: BTreeMap<MeasureId, (usize, Appeal)>,
    /// What an ombudsman takes up or ends of each of them.
    complaints: BTreeMap<MeasureId, Appeal>,
    logged: bool,
}

impl Stood {
    pub fn before(register: &Register, command: &Command, events: &[Event], today: Date) -> Self {
        let named: BTreeSet<MeasureId> = events
            .iter()
            .flat_map(Event::files)
            .filter_map(|file| if let File::Measure(id) = file { Some(id) } else { None })
            .collect();
        let of_it = named.iter().filter(|_| is_of_an_appeal(command));
        let of_it = of_it.filter_map(|id| register.measure(*id));
        let appeals = of_it.map(|measure| (measure.id, last_appeal(measure))).collect();
        let taken = named.iter().filter_map(|id| register.measure(*id));
        let complaints = taken.filter_map(|measure| Some((measure.id, complained_of(measure, command)?)));
        let complaints = complaints.collect();
        // A list that is taken back takes its entries with it.
        let undone =
            if let Command::UndoImport(undo) = command { register.import(undo.import) } else { None };
        let undone = undone.into_iter().flat_map(|import| import.measures.iter().copied());
        let every = matches!(command, Command::AdoptPolicy(_));
        let all = register.measures().filter(|_| every).map(|measure| measure.id);
        let measures = named
            .into_iter()
            .chain(all)
            .chain(undone)
            .map(|id| (id, register.measure(id).map(|measure| stands(register, measure, today))))
            .collect();
        let logged = events.iter().any(|event| matches!(event, Event::IncidentTriaged { measure: None, .. }));
        Self { measures, appeals, complaints, logged }
    }
}

fn is_of_an_appeal(command: &Command) -> bool {
    use Command::{AssignAppeal, DecideAppeal, LodgeAppeal, WithdrawAppeal};
    matches!(command, LodgeAppeal(_) | AssignAppeal(_) | DecideAppeal(_) | WithdrawAppeal(_))
}

/// How many appeals there were against a measure, and where the last of them stands.
fn last_appeal(measure: &Measure) -> (usize, Appeal) {
    let last = measure.appeals.last().map_or(Appeal::Told, |appeal| Appeal::of(&appeal.stage));
    (measure.appeals.len(), last)
}

/// Where the outcome of an appeal stands before an ombudsman takes it up, or ends what they took up.
fn complained_of(measure: &Measure, command: &Command) -> Option<Appeal> {
    match command {
        Command::RecordComplaint(_) => {
            measure.open_to_an_ombudsman().map(|(outcome, _)| Appeal::Decided(outcome))
        }
        Command::EndComplaint(_) => measure.open_complaint().map(Appeal::at_an_ombudsman),
        _ => None,
    }
}

/// Every step taken.
#[derive(Default)]
pub struct Steps {
    case: BTreeSet<(Case, By, Case)>,
    review: BTreeSet<(Review, By, Review)>,
    appeal: BTreeSet<(Appeal, By, Appeal)>,
}

impl Steps {
    pub fn add(&mut self, other: Steps) {
        self.case.extend(other.case);
        self.review.extend(other.review);
        self.appeal.extend(other.appeal);
    }

    /// Records where a command led.
    pub fn took(&mut self, register: &Register, command: &Command, before: &Stood, today: Date) {
        let by = By::Command(command.name());
        if before.logged {
            self.case.insert((Case::Report, by, Case::Logged));
        }
        for (id, (many, stood)) in &before.appeals {
            let (now, stands) = register.measure(*id).map_or((*many, *stood), last_appeal);
            // Each appeal is a course of its own: one that was just lodged comes from a customer who was told.
            let from = if now > *many { Appeal::Told } else { *stood };
            self.appeal.insert((from, by, stands));
        }
        for (id, from) in &before.complaints {
            let last = register.measure(*id).and_then(|measure| measure.complaints.last());
            self.appeal.insert((*from, by, Appeal::at_an_ombudsman(last.expect("a complaint"))));
        }
        for (id, before) in &before.measures {
            let (case, review) = match register.measure(*id) {
                Some(measure) => stands(register, measure, today),
                None => (Case::Listed, None),
            };
            let from_a_list = matches!(command, Command::ApproveImport(_));
            let begins = if from_a_list { Case::Listed } else { Case::Report };
            let (case_before, review_before) = before.unwrap_or((begins, None));
            if !matches!(command, Command::AdoptPolicy(_)) || case != case_before {
                self.case.insert((case_before, by, case));
            }
            if let Some((from, to)) = review_before.zip(review)
                && (from != to || matches!(command, Command::ReviewMeasure(_)))
            {
                self.review.insert((from, by, to));
            }
        }
    }

    /// Records what days alone do to a review, one by one.
    pub fn days_pass(&mut self, register: &Register, from: Date, to: Date) {
        let mut day = from;
        while day < to {
            let next = calendar::days_after(day, 1);
            for measure in register.measures().filter(|measure| matches!(measure.life, Life::InForce { .. }))
            {
                let ((_, before), (_, after)) =
                    (stands(register, measure, day), stands(register, measure, next));
                if let Some((before, after)) = before.zip(after).filter(|(before, after)| before != after) {
                    self.review.insert((before, By::Time, after));
                }
            }
            day = next;
        }
    }

    /// Asserts that the tables have every step that was taken.
    pub fn are_all_in_the_charts(&self) {
        has_all("case", CASE, &self.case);
        has_all("review", REVIEW, &self.review);
        has_all("appeal", APPEAL, &self.appeal);
    }

    /// The rows of the tables that were never taken, in words.
    pub fn left_out(&self) -> Vec<String> {
        [
            left_out("case", CASE, &self.case),
            left_out("review", REVIEW, &self.review),
            left_out("appeal", APPEAL, &self.appeal),
        ]
        .concat()
    }
}

fn has_all<S: Copy + Ord + Debug>(chart: &str, rows: &[Row<S>], taken: &BTreeSet<(S, By, S)>) {
    let rows: BTreeSet<_> = rows.iter().map(Row::way).collect();
    let missing: Vec<_> = taken.difference(&rows).collect();
    assert!(missing.is_empty(), "the chart of a {chart} lacks what happens: {missing:#?}");
}

fn left_out<S: Copy + Ord + Debug>(
    chart: &str,
    rows: &[Row<S>],
    taken: &BTreeSet<(S, By, S)>,
) -> Vec<String> {
    rows.iter().filter(|row| !taken.contains(&row.way())).map(|row| format!("{chart}: {row:?}")).collect()
}
