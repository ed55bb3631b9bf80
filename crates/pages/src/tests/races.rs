//! What takes a second person is done once, however many agree in the same moment, each with a form of their own.

use super::browser::Browser;
use super::cases::{At, DECIDER, HERE, REGISTRAR, SECOND_REGISTRAR};
use super::council::{TestCouncil, id};
use super::imports;
use ledger::Log;
use register::command::OpenAccount;
use register::ids::AccountId;
use register::people::{AccountDetails, Role};
use register::personal::Text;

/// How many ask at once.
const MANY: usize = 64;

/// How often each of these kinds was recorded while all of these browsers sent the same form at once.
async fn recorded(
    council: &TestCouncil,
    browsers: &[Browser],
    place: &str,
    fields: &[(&str, &str)],
    kinds: &[&str],
) -> usize {
    let ledger = council.service.ledger();
    let before = ledger.size(Log::Register).await.expect("size");
    let sent: Vec<_> = (0..MANY)
        .map(|number| {
            let mut browser = browsers[number % browsers.len()].clone();
            let command = council.service.fresh_command().to_string();
            let own = fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
            let fields: Vec<_> = own.chain([("command".to_owned(), command)]).collect();
            let place = place.to_owned();
            tokio::spawn(async move {
                let fields: Vec<_> =
                    fields.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
                browser.post(&place, &fields).await.status
            })
        })
        .collect();
    let mut went_on = 0;
    for sent in sent {
        let status = sent.await.expect("answered");
        assert!(!status.is_server_error(), "{place}: {status}");
        went_on += usize::from(status.is_redirection());
    }
    let records = ledger.read(Log::Register, before, 1_000).await.expect("records");
    let count = records.iter().filter(|opened| kinds.contains(&opened.record.kind.as_str())).count();
    assert_eq!(went_on, count, "{place}: whoever is told that it was done has done it");
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_64_who_approve_at_once_one_does() {
    let council = TestCouncil::open().await.staffed().await;
    let deciders = [council.browser_of(DECIDER).await, council.signed_in(Role::DecisionMaker).await];
    let case = council.case(HERE, At::Assessed).await;
    let review = [("review-day", "20"), ("review-month", "1"), ("review-year", "2027")];
    let approve = [&[("outcome", "approve"), ("reasons", "It is needed")], review.as_slice()].concat();
    let place = format!("/measures/{}/decision", case.measure);
    let decided = ["measure.approved", "measure.refused"];
    assert_eq!(recorded(&council, &deciders, &place, &approve, &decided).await, 1);

    let case = council.case(HERE, At::InterimAsked).await;
    let place = format!("/measures/{}/interim/agree", case.measure);
    assert_eq!(recorded(&council, &deciders, &place, &[], &["interim.agreed"]).await, 1);

    let letters = [council.browser_of(SECOND_REGISTRAR).await, deciders[1].clone()];
    let case = council.case(HERE, At::Written).await;
    let place = format!("/measures/{}/letter", case.measure);
    assert_eq!(recorded(&council, &letters, &place, &[("act", "approve")], &["letter.approved"]).await, 1);

    let import = imports::proposed(&council, HERE, 7).await;
    let approvers = [council.browser_of(REGISTRAR).await, deciders[0].clone()];
    let place = format!("/imports/{import}");
    let kinds = ["import.approved", "import.refused"];
    assert_eq!(recorded(&council, &approvers, &place, &[("act", "approve")], &kinds).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_64_who_agree_to_more_roles_at_once_one_does() {
    let council = TestCouncil::open().await.staffed().await;
    let account = AccountId::from_bits(900);
    let text = |words: &str| Text::new(words).expect("text");
    let details =
        AccountDetails { name: text("Ann Other"), email: text("ann@fenbridge.example"), phone: None };
    let roles = [Role::Officer, Role::DecisionMaker].into();
    council.does(REGISTRAR, OpenAccount { account, roles, team: HERE, details }).await;
    let managers = [council.browser_of(SECOND_REGISTRAR).await, council.signed_in(Role::Administrator).await];
    let place = format!("/accounts/{account}/roles/agree");
    assert_eq!(recorded(&council, &managers, &place, &[], &["account.grant-given"]).await, 1);
    let roles = council.service.read(|register| register.account(account).expect("there").roles.clone());
    assert!(roles.contains(&Role::DecisionMaker));
    assert_ne!(id(Role::Administrator), account);
}
