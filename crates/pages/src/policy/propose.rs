//! `/policy/propose`: a changed policy, whole. The form begins as the policy in force.

use super::counted;
use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ProposePolicy;
use register::people::Action;
use register::personal::Text;
use register::policy::{Clause, Code, Figure, LONGEST_WORDS, List, Policy, Term};
use register::refusal::Refusal;
use std::collections::BTreeMap;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "policy/propose.html")]
struct Screen {
    page: Page,
    figures: Vec<Asked>,
    lists: Vec<AskedLines>,
    clauses: Vec<AskedLines>,
}

/// A figure as it is asked.
struct Asked {
    field: String,
    label: String,
    hint: String,
}

/// A list or a clause as it is asked.
struct AskedLines {
    field: String,
    label: String,
    hint: String,
    rows: usize,
}

/// `GET /policy/propose`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ProposePolicy)?;
    if app.service.read(|register| register.open_change().is_some()) {
        return Ok(Redirect::to("/policy/proposal").into_response());
    }
    let form = Form::new(app.service.fresh_command());
    let form = app.service.read(|register| filled(form, register.policy()));
    draw(&app, &who, form)
}

/// `POST /policy/propose`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ProposePolicy)?;
    let command = form.command(app.service.fresh_command());
    let Some(asked) = read(&mut form) else { return draw(&app, &who, form) };
    let answer = who.asks(&app, &form, command, asked).await?;
    match form.answered(answer, field_of)? {
        Some(_) => Ok(Redirect::to("/policy/proposal").into_response()),
        None => draw(&app, &who, form),
    }
}

/// The form as the policy in force would fill it in.
fn filled(form: Form, policy: &Policy) -> Form {
    let form = form.with("name", policy.name.as_str());
    let form = Figure::ALL.iter().fold(form, |form, figure| form.with(figure.key(), policy.figure(*figure)));
    let form = Clause::ALL
        .iter()
        .fold(form, |form, clause| form.with(&clause_field(*clause), policy.clause(*clause)));
    List::ALL.iter().fold(form, |form, list| {
        let lines: Vec<String> =
            policy.terms(*list).iter().map(|term| format!("{} {}", term.code, term.words)).collect();
        form.with(list.key(), lines.join("\n"))
    })
}

fn read(form: &mut Form) -> Option<ProposePolicy> {
    let name = form.text_within("name", "Enter the policy’s name", 200);
    let figures: Vec<Option<(Figure, u32)>> =
        Figure::ALL.iter().map(|read_one| figure(form, *read_one)).collect();
    let lists: Vec<Option<(List, Vec<Term>)>> =
        List::ALL.iter().map(|read_one| list(form, *read_one)).collect();
    let clauses: Vec<Option<(Clause, Text)>> =
        Clause::ALL.iter().map(|read_one| clause(form, *read_one)).collect();
    let effective = form.date("effective", "the day from which it is in force");
    let reasons = form.text("reasons", "Enter why the policy is to change");
    let figures: Option<BTreeMap<Figure, u32>> = figures.into_iter().collect();
    let lists: Option<BTreeMap<List, Vec<Term>>> = lists.into_iter().collect();
    let clauses: Option<BTreeMap<Clause, Text>> = clauses.into_iter().collect();
    Some(ProposePolicy {
        name: name?,
        figures: figures?,
        lists: lists?,
        clauses: clauses?,
        effective: effective?,
        reasons: reasons?,
    })
}

/// A whole number within its bounds: everything that is out of them is said at once.
fn figure(form: &mut Form, figure: Figure) -> Option<(Figure, u32)> {
    let Ok(value) = form.value(figure.key()).trim().parse::<u32>() else {
        form.mistake(
            figure.key(),
            format!("{} must be a whole number of {}", figure.label(), figure.unit().label(2)),
        );
        return None;
    };
    if !figure.bound().allows(value) {
        form.refused_at(figure.key(), &Refusal::OutOfBounds(figure));
        return None;
    }
    Some((figure, value))
}

/// One code on each line, and after it what it means.
fn list(form: &mut Form, list: List) -> Option<(List, Vec<Term>)> {
    let typed = form.value(list.key()).to_owned();
    let mut terms = Vec::new();
    for (number, line) in typed.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = number + 1;
        let (code, words) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let words = words.trim();
        let wrong = match Code::new(&code.to_ascii_uppercase()) {
            None => "begin with a code of 2 to 5 letters or digits".to_owned(),
            Some(_) if words.is_empty() => "say after the code what it means".to_owned(),
            Some(_) if words.chars().count() > LONGEST_WORDS => {
                format!("say what the code means in {LONGEST_WORDS} characters or fewer")
            }
            Some(_) if words.chars().any(char::is_control) => "hold plain text only".to_owned(),
            Some(code) => {
                terms.push(Term { code, words: words.to_owned() });
                continue;
            }
        };
        form.mistake(list.key(), format!("{}: line {number} must {wrong}", list.label()));
        return None;
    }
    if terms.is_empty() {
        form.refused_at(list.key(), &Refusal::ListEmpty(list));
        return None;
    }
    Some((list, terms))
}

/// What the form calls a clause: some share their key with a figure.
fn clause_field(clause: Clause) -> String {
    format!("clause-{}", clause.key())
}

/// A clause in the council's own words, with everything that it must hold.
fn clause(form: &mut Form, clause: Clause) -> Option<(Clause, Text)> {
    let field = clause_field(clause);
    let typed = Text::optional(form.value(&field));
    match clause.check(typed.as_ref().map_or("", Text::as_str)) {
        Ok(()) => Some((clause, typed?)),
        Err(refusal) => {
            form.refused_at(&field, &refusal);
            None
        }
    }
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::OutOfBounds(figure) => figure.key(),
        Refusal::RedReviewedLater => Figure::RedReviewInterval.key(),
        Refusal::ListEmpty(list)
        | Refusal::CodeTwice(list, _)
        | Refusal::CodeWords(list, _)
        | Refusal::CodeInUse(list, _) => list.key(),
        Refusal::OffenceCode(_) => List::Behaviour.key(),
        Refusal::EffectiveDate { .. } => "effective",
        _ => "",
    }
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let figures = Figure::ALL.iter().map(|figure| {
        let bound = figure.bound();
        let least_to_most = format!("{} to {}", bound.least, counted(*figure, bound.most));
        Asked {
            field: figure.key().to_owned(),
            label: format!("{}, in {}", figure.label(), figure.unit().label(2)),
            hint: format!("{least_to_most}. {}", bound.rule),
        }
    });
    let figures = figures.collect();
    let lists = List::ALL.iter().map(|list| AskedLines {
        field: list.key().to_owned(),
        label: list.label().to_owned(),
        hint: "One on each line: the code, a space, and what it means".to_owned(),
        rows: form.value(list.key()).lines().count().clamp(4, 20) + 1,
    });
    let lists = lists.collect();
    let clauses = Clause::ALL.iter().map(|clause| AskedLines {
        field: clause_field(*clause),
        label: clause.label().to_owned(),
        hint: super::must_hold(*clause),
        rows: 4,
    });
    let clauses = clauses.collect();
    Page::of(app, who, "Propose a change of the policy").back_to("/policy").with(form).show(|page| Screen {
        page,
        figures,
        lists,
        clauses,
    })
}
