//! `/retention/certificates`: what each destruction left behind, as a list, a page and a PDF. Nothing here is about anybody.

use crate::measures::letter::printed;
use crate::page::Page;
use crate::part::{Cell, Row};
use crate::words;
use askama::Template;
use axum::extract::State;
use register::ids::File;
use register::people::Action;
use register::retention::Certificate;
use service::access::Look;
use service::certificates::{Certified, WHAT_IT_MEANS, document, facts};
use web::form::Filter;
use web::{App, Outcome, Problem, Reference, SignedIn};

/// Certificates on a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "retention/certificates.html")]
struct List {
    page: Page,
    rows: Vec<Vec<Cell>>,
    newest: Option<String>,
    older: Option<String>,
}

#[derive(Template)]
#[template(path = "retention/certificate.html")]
struct Screen {
    page: Page,
    rows: Vec<Row>,
    means: &'static [&'static str],
    pdf: String,
}

/// `GET /retention/certificates?before=…`
pub async fn list(State(app): State<App>, who: SignedIn, Filter(form): Filter) -> Outcome {
    who.must(Action::ReadRetention)?;
    let before: u64 = form.value("before").parse().unwrap_or(u64::MAX);
    let certificates: Vec<Certificate> = app
        .service
        .look(who.id(), Look::Retention(None), |register| {
            let older = register.certificates().iter().rev().filter(|it| it.position < before);
            older.take(ROWS).copied().collect()
        })
        .await?;
    let last = certificates.last().filter(|_| certificates.len() == ROWS);
    let older = last.map(|it| format!("/retention/certificates?before={}", it.position));
    let newest = (before != u64::MAX).then(|| "/retention/certificates".to_owned());
    Page::of(&app, &who, "Certificates of destruction").back_to("/retention").show(|page| List {
        page,
        rows: certificates.iter().map(cells).collect(),
        newest,
        older,
    })
}

fn cells(certificate: &Certificate) -> Vec<Cell> {
    vec![
        Cell::link(certificate.file.to_string(), address(certificate.file)),
        Cell::text(certificate.category.map_or("Account", register::retention::Category::label)),
        Cell::text(words::date(certificate.destroyed.date())),
        Cell::text(certificate.lockers.to_string()),
        Cell::text(certificate.position.to_string()),
    ]
}

fn address(file: File) -> String {
    format!("/retention/certificates/{file}")
}

/// `GET /retention/certificates/{file}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(file): Reference<File>) -> Outcome {
    let certified = read(&app, &who, file).await?;
    let facts = facts(&certified, app.backups).into_iter();
    let rows: Vec<Row> = facts.map(|(key, value)| Row::new(key, value)).collect();
    Page::of(&app, &who, format!("Certificate of destruction: {file}"))
        .back_to("/retention/certificates")
        .show(|page| Screen {
            page,
            rows,
            means: &WHAT_IT_MEANS,
            pdf: format!("{}/certificate.pdf", address(file)),
        })
}

/// `GET /retention/certificates/{file}/certificate.pdf`
pub async fn pdf(State(app): State<App>, who: SignedIn, Reference(file): Reference<File>) -> Outcome {
    let certified = read(&app, &who, file).await?;
    let today = app.service.today();
    let document = app
        .service
        .read(|register| register.council().map(|council| document(&certified, council, app.backups, today)))
        .ok_or(Problem::NotFound)?;
    printed(&app, document, &format!("certificate-{file}.pdf")).await
}

async fn read(app: &App, who: &SignedIn, file: File) -> Result<Certified, Problem> {
    who.must(Action::ReadRetention)?;
    app.service.certificate(who.id(), file).await?.ok_or(Problem::NotFound)
}
