//! `/account/recovery-codes`: ten codes for the day on which somebody loses their authenticator app, and how many of them are left.

use crate::page::Page;
use crate::words;
use askama::Template;
use axum::extract::State;
use service::sign_in::{RECOVERY_CODES, SignInRefused};
use web::aside::shown_once;
use web::form::Filter;
use web::session::{SIGN_IN, safe_place, with_next};
use web::{App, Form, Outcome, Problem, SignedIn};

const HERE: &str = "/account/recovery-codes";

#[derive(Template)]
#[template(path = "recovery_codes.html")]
struct Screen {
    page: Page,
    /// Those that were just made, the only time that they are shown.
    codes: Vec<String>,
    /// What is left of those made before.
    left: Option<Left>,
    /// Where somebody was going who has just signed in.
    next: Option<String>,
    /// Whether a code signs in, and does not set the second factor up anew.
    signs_in: bool,
    most: usize,
}

struct Left {
    count: String,
    made: String,
}

/// Where somebody who signed in with a code, or spent the last of them, is told what is left; it leads on to `next`.
pub fn leading_to(next: &str) -> String {
    with_next(HERE, safe_place(next))
}

/// `GET /account/recovery-codes`
pub async fn show(State(app): State<App>, who: SignedIn, Filter(form): Filter) -> Outcome {
    let next = Some(form.value("next")).filter(|next| !next.is_empty());
    draw(&app, &who, next.map(|next| safe_place(next).to_owned()), Vec::new()).await
}

/// `POST /account/recovery-codes`: makes a new set and shows it.
pub async fn make(State(app): State<App>, who: SignedIn, form: Form) -> Outcome {
    who.proves(&app, &form).await?;
    match app.service.make_recovery_codes(&who.token).await {
        Ok(codes) => shown_once(draw(&app, &who, None, codes).await),
        Err(SignInRefused::Fault(fault)) => Err(fault.into()),
        Err(_) => Err(Problem::GoTo(SIGN_IN)),
    }
}

async fn draw(app: &App, who: &SignedIn, next: Option<String>, codes: Vec<String>) -> Outcome {
    let left = app.service.recovery_codes(who.id()).await?.map(|kept| Left {
        count: words::count(kept.left, "recovery code", "recovery codes"),
        made: words::moment(kept.made),
    });
    let signs_in = who.account.is_check_only();
    Page::of(app, who, "Your recovery codes").back_to("/account").show(|page| Screen {
        page,
        codes,
        left,
        next,
        signs_in,
        most: RECOVERY_CODES,
    })
}
