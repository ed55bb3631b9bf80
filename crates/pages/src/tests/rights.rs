//! Every role at every address of this part of the pages: the table of the register decides, cell by cell.

use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use register::people::{Action, Extent, Role, extent_of};

/// What each address needs; `None` is open to whoever is signed in.
const PLACES: &[(&str, Option<Action>)] = &[
    ("/", None),
    ("/account", None),
    ("/permissions", None),
    ("/help", None),
    ("/accounts", Some(Action::ManageAccounts)),
    ("/accounts/new", Some(Action::ManageAccounts)),
    ("/accounts/{officer}", Some(Action::ManageAccounts)),
    ("/accounts/{officer}/change", Some(Action::ManageAccounts)),
    ("/accounts/{officer}/close", Some(Action::ManageAccounts)),
    ("/teams", Some(Action::ManageAccounts)),
    ("/teams/new", Some(Action::ManageAccounts)),
    ("/numbers", Some(Action::ReadNumbers)),
    ("/numbers/reports/table.csv", Some(Action::ReadNumbers)),
    ("/access-log", Some(Action::ReadAccessLog)),
];

const FORMS: &[&str] = &[
    "/accounts/new",
    "/accounts/{officer}/change",
    "/accounts/{officer}/close",
    "/accounts/{officer}/invitation",
    "/accounts/{officer}/second-factor",
    "/teams/new",
];

#[tokio::test]
async fn each_role_reaches_exactly_what_the_table_allows() {
    let council = TestCouncil::open().await;
    let officer = id(Role::Officer).to_string();
    for role in Role::of_people() {
        let mut browser = council.signed_in(*role).await;
        let home = browser.get("/").await.body;
        for (place, needs) in PLACES {
            let allowed = needs.is_none_or(|action| extent_of(*role, action) > Extent::Nothing);
            let expected = if allowed { StatusCode::OK } else { StatusCode::FORBIDDEN };
            let answer = browser.get(&place.replace("{officer}", &officer)).await;
            assert_eq!(answer.status, expected, "{} at {place}", role.label());
            if needs.is_some() && !place.contains('{') && place.matches('/').count() == 1 {
                assert_eq!(
                    home.contains(&format!("href=\"{place}\"")),
                    allowed,
                    "home of {} and {place}",
                    role.label()
                );
            }
        }
    }
}

#[tokio::test]
async fn whoever_may_not_manage_accounts_changes_nothing_by_sending_forms() {
    let council = TestCouncil::open().await;
    let officer = id(Role::Officer).to_string();
    for role in Role::of_people().filter(|role| extent_of(**role, Action::ManageAccounts) == Extent::Nothing)
    {
        let mut browser = council.signed_in(*role).await;
        let before = council.service.position();
        for place in FORMS {
            let sent =
                [("name", "X"), ("email", "x@y.example"), ("roles", "administrator"), ("contact", "outside")];
            let answer = browser.post(&place.replace("{officer}", &officer), &sent).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} at {place}", role.label());
        }
        assert_eq!(council.service.position(), before, "{}", role.label());
    }
}
