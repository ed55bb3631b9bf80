//! `/risks`: the council's own risk assessment of running the register, each risk beside what tells whether it is coming true.

pub mod file;
pub mod new;

use crate::page::{Page, under};
use crate::part::{Cell, Item};
use crate::words;
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use register::ids::{RiskId, TeamId};
use register::people::{Action, Team};
use register::refusal::Refusal;
use register::risk::{Answer, Control, Impact, Likelihood, Rating, Risk, Sign};
use register::state::Register;
use service::signs::{Count, Signs};
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "risks/index.html")]
struct Screen {
    page: Page,
    open: Vec<Vec<Cell>>,
    closed: Vec<Vec<Cell>>,
    impacts: Vec<&'static str>,
    matrix: Vec<Band>,
    signs: Vec<Shown>,
    new: Option<&'static str>,
}

/// The cells of one likelihood.
struct Band {
    likelihood: &'static str,
    cells: Vec<Square>,
}

/// One cell of the matrix.
struct Square {
    score: u32,
    /// How high the score is, in a word and as a class.
    level: &'static str,
    risks: Vec<(String, String)>,
}

/// A figure of the running register, in words that say what it means.
pub struct Shown {
    /// What it counts.
    pub title: &'static str,
    /// The number.
    pub number: usize,
    /// What the number is of.
    pub of: String,
    /// What it can tell, and what it cannot.
    pub means: &'static str,
    /// The teams it names, each with its own numbers.
    pub teams: Vec<Vec<Cell>>,
}

/// The address of a risk, or of something done with it.
pub fn address(risk: RiskId, act: &str) -> String {
    under(format!("/risks/{risk}"), act)
}

/// `GET /risks`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReadRisks)?;
    let today = app.service.today();
    let signs = app.service.signs().await?;
    let (open, closed, matrix, signs) = app.service.read(|register| {
        let mut risks: Vec<&Risk> = register.risks().collect();
        risks.sort_by_key(|risk| (std::cmp::Reverse(risk.now().rating.score()), risk.raised.at, risk.id));
        let (closed, open): (Vec<&Risk>, Vec<&Risk>) = risks.into_iter().partition(|r| r.closed.is_some());
        (
            open.iter().map(|risk| cells(risk, today)).collect(),
            closed.iter().map(|risk| closed_cells(risk)).collect(),
            matrix(&open),
            Sign::ALL.iter().map(|sign| figure(register, *sign, &signs)).collect(),
        )
    });
    Page::of(&app, &who, "Risks of running the register").back_to("/").show(|page| Screen {
        page,
        open,
        closed,
        impacts: Impact::ALL.iter().map(|impact| impact.label()).collect(),
        matrix,
        signs,
        new: who.may(Action::KeepRisks).then_some("/risks/new"),
    })
}

/// What a risk is, in its own words.
pub fn what(risk: &Risk) -> String {
    risk.words.known().map_or_else(|| risk.id.to_string(), |words| words.what.as_str().to_owned())
}

fn cells(risk: &Risk, today: Date) -> Vec<Cell> {
    let rating = risk.now().rating;
    vec![
        Cell::link(risk.id.to_string(), address(risk.id, "")),
        Cell::text(what(risk)),
        Cell::text(format!("{}, {}", rating.score(), level(rating.score()))),
        Cell::text(rating.control.label()),
        Cell::text(deadline(risk, today)),
    ]
}

fn closed_cells(risk: &Risk) -> Vec<Cell> {
    let closed = risk.closed.as_ref().map(|closed| words::date(closed.moment.date()));
    vec![
        Cell::link(risk.id.to_string(), address(risk.id, "")),
        Cell::text(what(risk)),
        Cell::text(closed.unwrap_or_default()),
    ]
}

/// By when something is done.
pub fn deadline(risk: &Risk, today: Date) -> String {
    match risk.now().rating.deadline {
        None => "Ongoing".to_owned(),
        Some(deadline) if risk.is_late(today) => format!("{}: late", words::date(deadline)),
        Some(deadline) => words::date(deadline),
    }
}

/// How high a score is: thirds of the scale of 1 to 30.
pub const fn level(score: u32) -> &'static str {
    match score {
        0..8 => "low",
        8..16 => "medium",
        _ => "high",
    }
}

fn matrix(open: &[&Risk]) -> Vec<Band> {
    let square = |impact: Impact, likelihood: Likelihood| {
        let score = impact.number() * likelihood.number();
        let here = |risk: &&&Risk| {
            let rating = risk.now().rating;
            rating.impact == impact && rating.likelihood == likelihood
        };
        let risks = open.iter().filter(here).map(|risk| (risk.id.to_string(), address(risk.id, "")));
        Square { score, level: level(score), risks: risks.collect() }
    };
    Likelihood::ALL
        .iter()
        .rev()
        .map(|likelihood| Band {
            likelihood: likelihood.label(),
            cells: Impact::ALL.iter().map(|impact| square(*impact, *likelihood)).collect(),
        })
        .collect()
}

fn team(register: &Register, id: TeamId) -> String {
    register.team(id).map(Team::name).unwrap_or_default()
}

/// A figure of the running register, and what it can tell of a risk.
pub fn figure(register: &Register, sign: Sign, signs: &Signs) -> Shown {
    let rows = |counts: &[Count], of: &str| -> Vec<Vec<Cell>> {
        let row = |count: &Count| {
            vec![
                Cell::text(team(register, count.team)),
                Cell::text(format!("{} of {} {of}", count.of, count.out_of)),
            ]
        };
        counts.iter().map(row).collect()
    };
    match sign {
        Sign::ChecksNotMade => Shown {
            title: sign.label(),
            number: signs.unchecked.len(),
            of: format!("of {}", words::count(signs.visiting, "team that visits", "teams that visit")),
            means: "Teams that go out to customers, and fewer than half of whose people checked anything in the last 30 days. Somebody who \
                    met no customer had nothing to check; somebody who was told by a colleague did not check.",
            teams: rows(&signs.unchecked, "people checked"),
        },
        Sign::ListsElsewhere => Shown {
            title: sign.label(),
            number: signs.elsewhere.len(),
            of: "teams named in the audience of a live marker".to_owned(),
            means: "Nobody in these teams has an account to look it up with. What they were told they keep somewhere else, or have forgotten. \
                    The register cannot see a list that a service never mentioned.",
            teams: rows(&signs.elsewhere, "live markers"),
        },
        Sign::StaffWithoutAccess => {
            let mut teams = rows(&signs.left_out, "people never chose a password");
            teams.extend(
                signs.empty.iter().map(|id| {
                    vec![Cell::text(team(register, *id)), Cell::text("Nobody has an open account")]
                }),
            );
            Shown {
                title: sign.label(),
                number: signs.left_out.iter().map(|count| count.of).sum(),
                of: "people with an account that they have never been able to use".to_owned(),
                means: "An account was opened for them and they never chose a password, so they have never checked. The register cannot see \
                        somebody for whom nobody asked; a team without any account is listed too.",
                teams,
            }
        }
    }
}

/// What a judgement is chosen from.
pub struct Judging {
    impacts: Vec<Item>,
    likelihoods: Vec<Item>,
    controls: Vec<Item>,
}

impl Judging {
    /// Everything there is to choose.
    pub fn all() -> Self {
        Self {
            impacts: Item::all::<Impact>(),
            likelihoods: Item::all::<Likelihood>(),
            controls: Item::all::<Control>(),
        }
    }
}

/// Reads how a risk is judged, why, and what is done.
pub fn judged(form: &mut Form) -> Option<(Rating, Answer)> {
    let impact = form.choice::<Impact>("impact", "Choose how bad it would be");
    let likelihood = form.choice::<Likelihood>("likelihood", "Choose how likely it is");
    let reasons = form.text("reasons", "Enter why it is judged so");
    let control = form.choice::<Control>("control", "Choose what is done with it");
    let action = form.optional_text("doing");
    let officer = form.text("officer", "Enter who does it");
    let deadline = form.optional_date("deadline", "the deadline");
    let rating = Rating { impact: impact?, likelihood: likelihood?, control: control?, deadline: deadline? };
    Some((rating, Answer { reasons: reasons?, action: action?, officer: officer? }))
}

/// Where a refusal of a judgement is shown.
pub const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NoRiskAction => "doing",
        Refusal::DeadlinePassed => "deadline",
        _ => "",
    }
}
