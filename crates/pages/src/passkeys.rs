//! `/account/passkeys`: the passkeys of whoever is signed in: seen, added, removed.

use crate::page::Page;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use passkey::{Kind, Making, from_text, to_text};
use service::sign_in::PasskeyRefused;
use web::passkey::{self as asked, Asking};
use web::session;
use web::{App, Form, Outcome, Problem, SignedIn};

const HERE: &str = session::PASSKEYS;

#[derive(Template)]
#[template(path = "passkeys.html")]
struct Screen {
    page: Page,
    held: Vec<Held>,
    making: Option<Wanted>,
}

/// A passkey that somebody has.
struct Held {
    id: String,
    name: String,
    added: String,
    used: String,
}

/// What a device is asked for to make one.
struct Wanted {
    asking: Asking,
    /// Whom it is for, as the device keeps it: the reference of the account and no name.
    user: String,
    email: String,
    name: String,
    kinds: String,
}

/// `GET /account/passkeys`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    draw(&app, &who, Form::default()).await
}

/// `POST /account/passkeys`: keeps one that the device just made.
pub async fn add(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    let site = app.site.as_ref().ok_or(Problem::NotFound)?;
    let name = form.text_within("name", "Enter a name that tells you which device it is", 60);
    let bytes = |field| from_text(form.value(field)).filter(|bytes| !bytes.is_empty());
    let made = bytes("made-client").zip(bytes("made-device"));
    if made.is_none() {
        form.mistake("", "Your browser made no passkey. It takes a device that knows you by touch, face or PIN, and scripts that are allowed");
    }
    let (Some(name), Some((client, attested))) = (name, made) else { return draw(&app, &who, form).await };
    who.proves(&app, &form).await?;
    let making = Making { client: &client, attested: &attested };
    match app.service.keep_passkey(site, who.id(), &who.token, name.as_str(), making).await {
        Ok(()) => Ok(Redirect::to(HERE).into_response()),
        Err(PasskeyRefused::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.mistake("", refused.to_string());
            draw(&app, &who, form).await
        }
    }
}

/// `POST /account/passkeys/remove`
pub async fn remove(State(app): State<App>, who: SignedIn, form: Form) -> Outcome {
    who.proves(&app, &form).await?;
    if !app.service.drop_passkey(who.id(), form.value("id")).await? {
        return Err(Problem::NotFound);
    }
    Ok(Redirect::to(HERE).into_response())
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let held = app.service.passkeys(who.id()).await?;
    let held = held.into_iter().map(|held| Held {
        id: held.id,
        name: held.name,
        added: words::moment(held.added),
        used: held.used.map_or_else(|| "Not used yet".to_owned(), words::moment),
    });
    let details = who.account.details.known();
    let email = details.map(|details| details.email.as_str().to_owned()).unwrap_or_default();
    let asking = asked::to_make(app, who.id(), &who.token).await?;
    let making = asking.map(|asking| Wanted {
        asking,
        user: to_text(&who.id().bits().to_be_bytes()),
        email,
        name: who.account.name(),
        kinds: Kind::ALL.map(|kind| kind.number().to_string()).join(" "),
    });
    let held = held.collect();
    Page::of(app, who, "Your passkeys").back_to("/account").with(form).show(|page| Screen {
        page,
        held,
        making,
    })
}
