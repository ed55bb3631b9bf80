//! `/withdrawals`: each team that was shown a marker confirms that it no longer follows it. No name and no reason is shown: whoever
//! is told of a marker may not open its file.

use crate::measures::{carry_out, nowhere};
use crate::page::{Page, Section};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use register::command::ConfirmWithdrawal;
use register::ids::{MeasureId, TeamId};
use register::measure::Life;
use register::people::{Action, Extent};
use register::state::Register;
use service::access::Look;
use web::{App, Form, Outcome, SignedIn};

#[derive(Template)]
#[template(path = "withdrawals.html")]
struct Screen {
    page: Page,
    waiting: Vec<Waiting>,
}

/// A marker that a team has not confirmed as withdrawn.
struct Waiting {
    measure: String,
    team: String,
    name: String,
    since: String,
}

/// `GET /withdrawals`
pub async fn show(State(app): State<App>, who: SignedIn) -> Outcome {
    who.must(Action::ConfirmWithdrawal)?;
    draw(&app, &who, Form::new(app.service.fresh_command())).await
}

/// `POST /withdrawals`
pub async fn send(State(app): State<App>, who: SignedIn, mut form: Form) -> Outcome {
    who.must(Action::ConfirmWithdrawal)?;
    let measure = form.reference::<MeasureId>("measure", "Choose which marker");
    let team = form.reference::<TeamId>("team", "Choose for which team");
    let asking = measure.zip(team).map(|(measure, team)| ConfirmWithdrawal { measure, team });
    match carry_out(&app, &who, &mut form, asking, nowhere).await? {
        Some(_) => Ok(Redirect::to("/withdrawals").into_response()),
        None => draw(&app, &who, form).await,
    }
}

async fn draw(app: &App, who: &SignedIn, form: Form) -> Outcome {
    let own = (who.account.extent(Action::ConfirmWithdrawal) < Extent::All).then_some(who.account.team);
    let waiting = app.service.look(who.id(), Look::Work, |register| waiting(register, own)).await?;
    Page::of(app, who, "Markers withdrawn")
        .within(Section::Work)
        .back_to("/work")
        .with(form)
        .show(|page| Screen { page, waiting })
}

fn waiting(register: &Register, own: Option<TeamId>) -> Vec<Waiting> {
    let mut waiting: Vec<(register::moment::Moment, Waiting)> = Vec::new();
    for measure in register.measures() {
        let Life::Ended { moment, .. } = &measure.life else { continue };
        for team in measure.awaits_withdrawal().into_iter().filter(|team| own.is_none_or(|own| own == *team))
        {
            let name = register.team(team).map(register::people::Team::name).unwrap_or_default();
            let since = words::date(moment.date());
            let (measure, team) = (measure.id.to_string(), team.to_string());
            waiting.push((*moment, Waiting { measure, team, name, since }));
        }
    }
    waiting.sort_by(|(one, first), (other, second)| {
        (one.at, &first.measure, &first.name).cmp(&(other.at, &second.measure, &second.name))
    });
    waiting.into_iter().map(|(_, waiting)| waiting).collect()
}
