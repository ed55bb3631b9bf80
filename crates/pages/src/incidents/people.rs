//! `/incidents/{incident}/people`: names somebody who was harmed by what was reported, or saw it. Who was named before is not told here: it stands on
//! the file, for the few who are shown who reported.

use super::address;
use crate::measures::{carry_out, moment, would};
use crate::page::{Page, Section};
use crate::part::Item;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::NameInvolved;
use register::ids::IncidentId;
use register::involved::{Involvement, Whom};
use register::people::Action;
use register::refusal::Refusal;
use web::{App, Form, Outcome, Problem, Reference, SignedIn};

#[derive(Template)]
#[template(path = "incidents/people.html")]
struct Screen {
    page: Page,
    involvements: Vec<Item>,
    ties: Vec<Item>,
}

web::choices! {
    /// How somebody is known to the council.
    Tie {
        Colleague = "colleague", "A colleague who uses the register";
        Other = "other", "Somebody else";
    }
}

/// `GET /incidents/{incident}/people`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<IncidentId>) -> Outcome {
    who.must(Action::ConfirmIncident)?;
    draw(&app, &who, id, Form::new(app.service.fresh_command()))
}

/// `POST /incidents/{incident}/people`
pub async fn send(
    State(app): State<App>,
    who: SignedIn,
    Reference(incident): Reference<IncidentId>,
    mut form: Form,
) -> Outcome {
    who.must(Action::ConfirmIncident)?;
    let involvement = form.choice::<Involvement>("involvement", "Choose what happened to them");
    let whom = whom(&app, &mut form);
    let asking = involvement.zip(whom).map(|(involvement, who)| NameInvolved { incident, involvement, who });
    match carry_out(&app, &who, &mut form, asking, field_of).await? {
        Some(_) => Ok(Redirect::to(&address(incident, "")).into_response()),
        None => draw(&app, &who, incident, form),
    }
}

fn whom(app: &App, form: &mut Form) -> Option<Whom> {
    match form.choice::<Tie>("tie", "Choose who it was")? {
        Tie::Colleague => {
            let email = form.text_within("email", "Enter the work email address of your colleague", 254)?;
            let account = app.service.read(|register| {
                register.account_by_email(email.as_str()).map(|account| Whom::Staff(account.id))
            });
            if account.is_none() {
                form.mistake("email", "Nobody who uses the register has this work email address");
            }
            account
        }
        Tie::Other => {
            let name = form.text_within("name", "Enter what they are called", 500);
            let reach = form.text_within("reach", "Enter how to reach them", 500);
            name.zip(reach).map(|(name, reach)| Whom::Other { name, reach })
        }
    }
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NoSuchAccount => "email",
        _ => "",
    }
}

/// The form, to whoever the register would hear.
fn draw(app: &App, who: &SignedIn, id: IncidentId, form: Form) -> Outcome {
    let moment = moment(app, who);
    let own = Whom::Staff(who.id());
    let asking = NameInvolved { incident: id, involvement: Involvement::Harmed, who: own };
    if !app.service.read(|register| would(register, &moment, asking)) {
        return Err(Problem::NotFound);
    }
    Page::of(app, who, "People harmed and witnesses")
        .within(Section::Work)
        .back_to(address(id, ""))
        .with(form)
        .show(|page| Screen { page, involvements: Item::all::<Involvement>(), ties: Item::all::<Tie>() })
}
