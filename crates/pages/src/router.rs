//! Every address of the pages, in the order of the folders.

use crate::{home, problem, sign_in};
use axum::Router;
use axum::routing::{get, post};
use web::App;

/// The complete service of the pages, ready to be served.
pub fn router(app: App) -> Router {
    web::frame::frame(screens(), app, problem::draw)
}

fn screens() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        // sign_in/
        .route("/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/sign-in/second-factor", get(sign_in::second_factor::show).post(sign_in::second_factor::send))
        .route("/sign-in/set-up", get(sign_in::set_up::show).post(sign_in::set_up::send))
        .route("/sign-in/set-up/picture.svg", get(sign_in::set_up::picture))
        .route("/sign-in/invitation", get(sign_in::invitation::show).post(sign_in::invitation::send))
        .route("/sign-out", post(sign_in::out))
    // check/: check, answer, acknowledge
    // incidents/: the steps of a report, the file, triage
    // work/
    // subjects/
    // measures/
    // accounts/, teams/
    // permissions, access_log, help, accessibility
}
