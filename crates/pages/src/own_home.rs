//! `/account/home`: where somebody lives, if they say so. Looks at one's own street are asked about, and then it is soon explained.

use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use service::oversight::homes::Home;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "own_home.html")]
struct Screen {
    page: Page,
}

/// `GET /account/home`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    let mut form = Form::default();
    if let Some(home) = app.service.home(who.id()).await? {
        form = form.with("lines", &home.lines).with("postcode", home.postcode.as_deref().unwrap_or_default());
    }
    draw(&app, &who, form)
}

/// `POST /account/home`: an empty address takes it back.
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    let lines = form.optional_text_within("lines", 500);
    let postcode = form.optional_text_within("postcode", 10);
    let Some((lines, postcode)) = lines.zip(postcode) else { return draw(&app, &who, form) };
    let postcode = postcode.map(|it| it.as_str().to_owned());
    let home = lines.map(|lines| Home { lines: lines.as_str().to_owned(), postcode });
    app.service.keep_home(who.id(), home.as_ref()).await?;
    Ok(Redirect::to("/account").into_response())
}

fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    Page::of(app, who, "Where you live").back_to("/account").with(form).show(|page| Screen { page })
}
