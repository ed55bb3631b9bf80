//! Signing in: a password, then a second factor. `/sign-in` and below.

pub mod council;
pub mod invitation;
pub mod recovery;
pub mod second_factor;
pub mod set_up;

use crate::page::Page;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use register::ids::AccountId;
use register::policy::Desk;
use service::sign_in::{SessionToken, SignIn, SignInRefused, Stage};
use web::form::Filter;
use web::passkey::{self, Asking};
use web::session::{self, SECOND_FACTOR, SET_UP};
use web::{App, Form, Outcome, Problem};

#[derive(Template)]
#[template(path = "sign_in/index.html")]
struct Screen {
    page: Page,
    has_new_password: bool,
    /// Whom to ring instead of checking: somebody proved who they are, and their access is suspended.
    ring: Option<Desk>,
    /// Whose directory people can sign in with.
    council: Option<String>,
    /// What a device is asked for, where passkeys can be used.
    passkey: Option<Asking>,
}

/// `GET /sign-in`
pub async fn show(State(app): State<App>, Filter(form): Filter) -> Outcome {
    let kept = Form::default().with("next", form.value("next"));
    draw(&app, kept, form.holds("new-password", "yes")).await
}

/// `POST /sign-in`
pub async fn send(State(app): State<App>, headers: HeaderMap, mut form: Form) -> Outcome {
    let email = form.text("email", "Enter your email address");
    if form.value("password").is_empty() {
        form.mistake("password", "Enter your password");
    }
    let (Some(email), true) = (email, form.is_well()) else { return draw(&app, form, false).await };
    match app.service.sign_in(email.as_str(), form.value("password")).await {
        Ok(signed_in) => go_on(&app, &headers, &form, &signed_in).await,
        Err(refused) => turn_away(&app, form, "email", refused).await,
    }
}

/// `POST /sign-in/passkey`: the whole of signing in for whoever has one.
pub async fn by_passkey(State(app): State<App>, headers: HeaderMap, form: Form) -> Outcome {
    let (Some(site), Some(used)) = (&app.site, passkey::used(&form)) else {
        return turn_away(&app, form, "", SignInRefused::PasskeyNotRight).await;
    };
    match app.service.sign_in_by_passkey(site, &used).await {
        Ok(token) => begin(&app, &headers, &form, &token, None).await,
        Err(refused) => turn_away(&app, form, "", refused).await,
    }
}

/// `POST /sign-out`
pub async fn out(State(app): State<App>, headers: HeaderMap) -> Outcome {
    if let Some(token) = session::token(&headers, app.settings.transport) {
        app.service.sign_out(&token).await?;
    }
    Ok(session::end(app.settings.transport))
}

async fn draw(app: &App, form: Form, has_new_password: bool) -> Outcome {
    show_in(app, form, has_new_password, None).await
}

async fn show_in(app: &App, form: Form, has_new_password: bool, ring: Option<Desk>) -> Outcome {
    let passkey = passkey::to_sign_in(app).await?;
    let name = || app.service.read(|register| register.council().map(|it| it.name.as_str().to_owned()));
    let council = app.council.as_ref().and_then(|_| name());
    Page::open(app, "Sign in").with(form).show(|page| Screen {
        page,
        has_new_password,
        ring,
        council,
        passkey,
    })
}

/// Goes on from what was proven so far.
async fn go_on(app: &App, headers: &HeaderMap, form: &Form, signed_in: &SignIn) -> Outcome {
    match signed_in {
        SignIn::SecondFactor(token) => begin(app, headers, form, token, Some(SECOND_FACTOR)).await,
        SignIn::SetUpSecondFactor(token, _) => begin(app, headers, form, token, Some(SET_UP)).await,
    }
}

/// Says why nobody was signed in; who proved who they are, and may not come in for now, is told whom to ring instead.
async fn turn_away(app: &App, mut form: Form, field: &str, refused: SignInRefused) -> Outcome {
    if refused == SignInRefused::Suspended {
        form.mistake("", refused.to_string());
        let ring = app.service.read(|register| register.council().map(|it| it.duty_desk.clone()));
        return show_in(app, form, false, ring).await;
    }
    refuse(&mut form, field, refused)?;
    draw(app, form, false).await
}

/// Goes on with a new token: to the next step, which is told where the person wanted to go, or there at once.
async fn begin(
    app: &App,
    headers: &HeaderMap,
    form: &Form,
    token: &SessionToken,
    step: Option<&str>,
) -> Outcome {
    let next = session::safe_place(form.value("next"));
    let place = match step {
        None => next.to_owned(),
        Some(step) if next == "/" => step.to_owned(),
        Some(step) => session::with_next(step, next),
    };
    begin_at(app, headers, token, &place).await
}

/// Goes on to `place` with a new token.
async fn begin_at(app: &App, headers: &HeaderMap, token: &SessionToken, place: &str) -> Outcome {
    app.service.begun_on(token, session::device(headers)).await?;
    Ok(session::begin(token, app.settings.transport, place))
}

/// Says in the form why somebody was not signed in.
///
/// # Errors
/// Our own fault is not a mistake of theirs.
fn refuse(form: &mut Form, field: &str, refused: SignInRefused) -> Result<(), Problem> {
    match refused {
        SignInRefused::Fault(fault) => Err(fault.into()),
        SignInRefused::Password(refused) => {
            form.mistake("password", refused.to_string());
            Ok(())
        }
        other => {
            form.mistake(field, other.to_string());
            Ok(())
        }
    }
}

/// Somebody who has given a password and waits at `stage`.
struct Halfway {
    token: SessionToken,
    account: AccountId,
    stage: Stage,
}

/// Whoever waits at this step; everybody else is sent where they belong.
async fn halfway(app: &App, headers: &HeaderMap, step: &str) -> Result<Halfway, Problem> {
    let token = session::token(headers, app.settings.transport).ok_or(Problem::GoTo(session::SIGN_IN))?;
    let session = app.service.session(&token).await?.ok_or(Problem::GoTo(session::SIGN_IN))?;
    match session::next_step(session.stage) {
        Some(theirs) if theirs == step => Ok(Halfway {
            token: SessionToken::from_cookie(&token),
            account: session.account,
            stage: session.stage,
        }),
        elsewhere => Err(Problem::GoTo(elsewhere.unwrap_or("/"))),
    }
}
