//! The page on which somebody shows that it is they before a grave act, and `/account/proof`, which then leads on to what was asked for.

use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use web::frame::Asked;
use web::passkey::{self, Asking, FIELDS};
use web::proof::{PROOF, PROVE, Proving};
use web::session::safe_place;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "prove.html")]
struct Screen {
    page: Page,
    place: String,
    typed: Vec<(String, String)>,
    passkey: Option<Asking>,
    takes_code: bool,
    demonstration_code: Option<String>,
}

/// Asks for the proof; the form goes on to where it came from, or to the place that it names.
pub fn draw(app: &App, asked: &Asked, proving: &Proving) -> Outcome {
    let typed =
        proving.form.typed().fields().filter(|(field, _)| *field != PROOF && !field.starts_with(FIELDS));
    let typed = typed.map(|(field, value)| (field.to_owned(), value.to_owned())).collect();
    let place = proving.place.unwrap_or(&asked.path).to_owned();
    let mut form = Form::default();
    if let Some(mistake) = proving.form.problem(PROOF) {
        form.mistake(PROOF, mistake);
    }
    let (passkey, demonstration_code) = (proving.passkey.clone(), proving.demonstration_code.clone());
    Page::open(app, "Show that it is you").leaving(asked.by).with(form).show(|page| Screen {
        page,
        place,
        typed,
        passkey,
        takes_code: proving.takes_code,
        demonstration_code,
    })
}

/// `POST /account/proof`
pub async fn send(State(app): State<App>, who: SignedIn, form: Form) -> Outcome {
    let next = safe_place(form.value("next"));
    if form.value(PROOF).is_empty() && passkey::used(&form).is_none() {
        let mut form = Form::default().with("next", next);
        if who.may_prove_by_code(&app) {
            form.mistake(PROOF, "Enter the six digits your authenticator app shows");
        }
        return Err(who.is_to_prove(&app, Some(PROVE), form).await?);
    }
    who.proves(&app, &form).await?;
    Ok(Redirect::to(next).into_response())
}
