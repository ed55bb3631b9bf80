//! `/appeal`: the public page on which a customer appeals, with the reference and the code of the letter. Nobody signs in, and
//! nothing of the file is shown.

use crate::measures::appeal::{lodging_field, statement};
use crate::page::Page;
use crate::part::Item;
use crate::words;
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use register::appeal::{Appellant, Ground, Lodged, Way};
use register::policy::Figure;
use register::refusal::Refusal;
use service::appeals::NotLodged;
use web::{App, Form, Outcome};

#[derive(Template)]
#[template(path = "appeal/index.html")]
struct Screen {
    page: Page,
    appellants: Vec<Item>,
    grounds: Vec<Item>,
    desk: Desk,
}

#[derive(Template)]
#[template(path = "appeal/lodged.html")]
struct Taken {
    page: Page,
    acknowledged_by: String,
    decided_by: String,
    desk: Desk,
}

/// How else to appeal.
struct Desk {
    name: String,
    phone: String,
    telephone: String,
    email: String,
}

/// `GET /appeal`
pub async fn show(State(app): State<App>) -> Outcome {
    draw(&app, Form::new(app.service.fresh_command()))
}

/// `POST /appeal`
pub async fn send(State(app): State<App>, mut form: Form) -> Outcome {
    let reference = form.text_within("reference", "Enter the reference on your letter", 40);
    let code = form.text_within("code", "Enter the code on your letter", 40);
    let appellant = form.choice::<Appellant>("appellant", "Choose who appeals");
    let (grounds, words) = statement(&mut form);
    let today = app.service.today();
    let lodged = appellant.zip(grounds).map(|(appellant, grounds)| Lodged {
        received_on: today,
        way: Way::Online,
        appellant,
        grounds,
    });
    let (Some(reference), Some(code), Some(lodged), Some(words)) = (reference, code, lodged, words) else {
        return draw(&app, form);
    };
    let id = form.command(app.service.fresh_command());
    match app.service.appeal(id, reference.as_str(), code.as_str(), lodged, words).await {
        Ok(_) => taken(&app, today),
        Err(NotLodged::Fault(fault)) => Err(fault.into()),
        Err(NotLodged::NotRight) => {
            form.mistake(
                "reference",
                "The reference and the code do not belong to one letter. Copy both from it",
            );
            draw(&app, form)
        }
        Err(NotLodged::TooMany) => {
            form.mistake("reference", "This has been tried too often. Wait five minutes, or ring us");
            draw(&app, form)
        }
        Err(NotLodged::Refused(Refusal::WrongStage(_))) => {
            form.mistake(
                "",
                "What the letter tells of is not in force, so there is nothing to appeal against",
            );
            draw(&app, form)
        }
        Err(NotLodged::Refused(refusal)) => {
            form.refused_at(lodging_field(&refusal), &refusal);
            draw(&app, form)
        }
    }
}

fn desk(app: &App) -> Desk {
    app.service.read(|register| {
        let desk = register.council().map(|council| &council.appeals_desk);
        let phone = desk.map(|desk| desk.phone.as_str().to_owned()).unwrap_or_default();
        Desk {
            name: desk.map_or_else(|| "us".to_owned(), |desk| desk.name.as_str().to_owned()),
            telephone: words::telephone(&phone),
            phone,
            email: desk.map(|desk| desk.email.as_str().to_owned()).unwrap_or_default(),
        }
    })
}

fn draw(app: &App, form: Form) -> Outcome {
    Page::open(app, "Appeal against our decision").with(form).show(|page| Screen {
        page,
        appellants: vec![
            Item::new(Appellant::Customer.key(), "I appeal for myself"),
            Item::new(Appellant::Representative.key(), "I appeal for somebody else"),
        ],
        grounds: Item::all::<Ground>(),
        desk: desk(app),
    })
}

fn taken(app: &App, today: Date) -> Outcome {
    let by = |figure| app.service.read(|register| words::date(register.policy().after(today, figure)));
    Page::open(app, "We have your appeal").show(|page| Taken {
        page,
        acknowledged_by: by(Figure::AppealAcknowledge),
        decided_by: by(Figure::AppealDecide),
        desk: desk(app),
    })
}
