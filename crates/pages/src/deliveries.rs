//! `/deliveries`: a partner is told of the markers of its own properties as they come, and says that it has them, or has taken them off.

use crate::measures::{carry_out, nowhere};
use crate::page::Page;
use crate::part::Tag;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ReceiveMarker;
use register::ids::MeasureId;
use register::partner::News;
use register::people::Action;
use service::deliveries::Delivery;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "deliveries.html")]
struct Screen {
    page: Page,
    waiting: Vec<Waiting>,
}

/// A delivery in words.
struct Waiting {
    measure: String,
    edition: String,
    tag: Tag,
    /// Whether there is no marker any more.
    is_withdrawn: bool,
    places: Vec<String>,
    precautions: Vec<String>,
    restrictions: Vec<String>,
    ring: String,
    phone: String,
    telephone: String,
    by: String,
}

/// `GET /deliveries`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ReceiveMarkers)?;
    draw(&app, &who, Form::new(app.service.fresh_command())).await
}

/// `POST /deliveries`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ReceiveMarkers)?;
    let measure = form.reference::<MeasureId>("measure", "Choose which marker");
    // One that is no number is of no delivery: the rule says so.
    let edition = form.value("edition").parse().unwrap_or_default();
    let asking = measure.map(|measure| ReceiveMarker { measure, edition });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to("/deliveries").into_response()),
        None => draw(&app, &who, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let waiting = app.service.deliveries(who.id()).await?.into_iter().map(waiting).collect();
    Page::of(app, who, "Markers of your properties")
        .back_to("/")
        .with(form)
        .show(|page| Screen { page, waiting })
}

fn waiting(delivery: Delivery) -> Waiting {
    let Delivery { owed, places } = delivery;
    let (measure, news, by, edition) = (owed.measure, owed.news, owed.by, owed.edition().to_string());
    let (precautions, restrictions, ring) = owed
        .tells()
        .map_or_else(Default::default, |told| (told.precautions, told.restrictions, Some(told.ring)));
    let (ring, phone) = ring.map_or_else(Default::default, |ring| (ring.name, ring.phone));
    Waiting {
        measure: measure.to_string(),
        edition,
        tag: match news {
            News::New => Tag::new("New", "red"),
            News::Changed => Tag::new("Changed", "yellow"),
            News::Withdrawn => Tag::new("Withdrawn", "grey"),
        },
        is_withdrawn: news == News::Withdrawn,
        places,
        precautions,
        restrictions,
        telephone: words::telephone(&phone),
        ring,
        phone,
        by: words::date(by),
    }
}
