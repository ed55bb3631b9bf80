//! The policy as pages show it, propose it and let it be answered.

use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use jiff::civil::date;
use register::command::{
    Command, EndorsePolicy, LogConsultation, OpenAccount, ProposePolicy, RejectPolicy, WithdrawPolicy,
};
use register::ids::{AccountId, TeamId};
use register::people::{AccountDetails, Role};
use register::personal::Text;
use register::policy::{ChangeNumber, Clause, Consulted, Figure, List, Policy};
use std::sync::LazyLock;

/// Who proposes, and who endorses, besides the accounts of the tests.
const OWNER: AccountId = AccountId::from_bits(321);
const CABINET: AccountId = AccountId::from_bits(322);

fn text(words: &str) -> Text {
    Text::new(words).expect("text")
}

/// A form that proposes the policy as it comes, with one more day for triage.
static ANOTHER: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let policy = Policy::first(date(2026, 1, 1), text("Policy"));
    let kept = |words: String| -> &'static str { Box::leak(words.into_boxed_str()) };
    let mut fields = vec![
        ("name", "Unreasonable behaviour policy"),
        ("reasons", "Two days are too few"),
        ("effective-day", "1"),
        ("effective-month", "12"),
        ("effective-year", "2026"),
    ];
    for figure in Figure::ALL {
        let more = u32::from(*figure == Figure::Triage);
        fields.push((figure.key(), kept((policy.figure(*figure) + more).to_string())));
    }
    for list in List::ALL {
        let lines = policy.terms(*list).iter().map(|term| format!("{} {}\r\n", term.code, term.words));
        fields.push((list.key(), kept(lines.collect())));
    }
    for clause in Clause::ALL {
        fields.push((kept(format!("clause-{}", clause.key())), clause.default_words()));
    }
    fields
});

pub fn another_policy() -> &'static [(&'static str, &'static str)] {
    &ANOTHER
}

/// The same with some fields typed otherwise.
fn otherwise(typed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let kept = another_policy().iter().filter(|(field, _)| !typed.iter().any(|(other, _)| other == field));
    kept.chain(typed).copied().collect()
}

impl TestCouncil {
    async fn policy_asks(&self, by: AccountId, command: impl Into<Command>) {
        let (account, role) =
            if by == OWNER { (OWNER, Role::PolicyOwner) } else { (CABINET, Role::CabinetMember) };
        if self.service.read(|register| register.account(account).is_none()) {
            let email = text(&format!("policy{}@fenbridge.example", account.bits()));
            let details = AccountDetails { name: text("Ann Policy"), email, phone: None };
            let opening = OpenAccount { account, roles: [role].into(), team: TeamId::from_bits(1), details };
            self.service.execute_as_system(opening).await.expect("account opened");
        }
        self.does(by, command).await;
    }

    /// Leaves no change open.
    pub async fn policy_unchanged(&self) {
        let open = self.service.read(|register| register.open_change().map(|change| change.number));
        if let Some(change) = open {
            let reasons = text("Settled");
            self.policy_asks(CABINET, RejectPolicy { change, reasons }).await;
        }
    }

    /// A change that somebody proposed and consulted on, and nobody has answered.
    pub async fn policy_changing(&self) -> ChangeNumber {
        self.policy_unchanged().await;
        let today = self.service.today();
        let propose = self.service.read(|register| ProposePolicy {
            name: text("A policy by another name"),
            figures: Figure::ALL.iter().map(|figure| (*figure, register.policy().figure(*figure))).collect(),
            lists: register.policy().lists().clone(),
            clauses: register.policy().adopted_clauses().clone(),
            effective: register::calendar::days_after(today, 7),
            reasons: text("It says what it is"),
        });
        self.policy_asks(OWNER, propose).await;
        let open = self.service.read(|register| register.open_change().map(|change| change.number));
        let change = open.expect("a change");
        let words = text("They agree");
        let log = LogConsultation { change, consulted: Consulted::TradeUnions, held_on: today, words };
        self.policy_asks(OWNER, log).await;
        change
    }
}

#[tokio::test]
async fn everybody_who_signs_in_reads_every_figure_with_its_bounds_and_source_and_every_code() {
    let council = TestCouncil::open().await;
    for role in [Role::Officer, Role::Partner, Role::Administrator, Role::CabinetMember] {
        let mut browser = council.signed_in(role).await;
        let page = browser.get("/policy").await;
        assert_eq!(page.status, StatusCode::OK, "{role:?}");
        for figure in Figure::ALL {
            assert!(
                page.body.contains(figure.label()) && page.body.contains(figure.bound().rule),
                "{figure:?}"
            );
            assert!(page.body.contains(&figure.source().replace('\'', "&#39;")), "{figure:?}");
        }
        council.service.read(|register| {
            for term in List::ALL.iter().flat_map(|list| register.policy().terms(*list)) {
                assert!(page.body.contains(&term.words), "{}", term.words);
            }
        });
        assert!(!page.body.contains("/policy/propose"), "{role:?} may not propose");
        let charts = browser.get("/policy/charts").await;
        assert_eq!(charts.body.matches("<svg").count(), 3);
        assert!(charts.body.contains("Waiting for a decision") && charts.body.contains("role=\"img\""));
    }
    let stranger = council.browser().get("/policy").await;
    assert_eq!(stranger.leads_to(), Some("/sign-in?next=%2Fpolicy"));
}

#[tokio::test]
async fn everything_wrong_with_a_proposal_is_said_at_its_field_and_everything_typed_is_kept() {
    let council = TestCouncil::open().await;
    let mut owner = council.signed_in(Role::PolicyOwner).await;
    let typed = otherwise(&[
        ("interim-life", "21"),
        ("triage", "soon"),
        ("precautions", "NLV Two people\r\nx"),
        ("restrictions", ""),
        ("clause-help", "Ring {phone} for large print, another language or an advocate."),
        ("clause-ask-sooner", "Ask {somebody}."),
        ("clause-sources", ""),
        ("effective-month", "13"),
        ("reasons", " "),
    ]);
    let answer = owner.post("/policy/propose", &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "href=\"#interim-life\">Life of an interim marker must be between 1 and 20 working days",
        "href=\"#triage\">Triage after a report must be a whole number of working days",
        "href=\"#precautions\">Precautions: line 2 must begin with a code of 2 to 5 letters or digits",
        "href=\"#restrictions\">Restrictions must have at least one code",
        "href=\"#clause-help\">The clause “Help with a letter” must say “{desk}”",
        "href=\"#clause-ask-sooner\">The clause “Asking for an early review” must not have {somebody}: nothing fills it in",
        "href=\"#clause-sources\">The clause “Where what we know comes from” must say something, in at most 1000 characters",
        "href=\"#effective-month\">",
        "href=\"#reasons\">Enter why the policy is to change",
    ] {
        assert!(answer.body.contains(said), "{said}");
    }
    assert!(answer.body.contains("value=\"soon\"") && answer.body.contains("NLV Two people\r\nx"));
    // What only the whole of it shows stands at its field too.
    let red = otherwise(&[("review-interval", "2")]);
    let answer = owner.post("/policy/propose", &red).await;
    assert!(answer.body.contains("href=\"#red-review-interval\">"), "{}", answer.status);
    let offence: Vec<(&str, &str)> = otherwise(&[("behaviours", "UPC Persistent contact")]);
    let answer = owner.post("/policy/propose", &offence).await;
    assert!(answer.body.contains("href=\"#behaviours\">Kinds of behaviour must keep"), "{}", answer.status);
    assert!(council.service.read(|register| register.open_change().is_none()));
}

#[tokio::test]
async fn a_proposal_shows_its_changes_only_and_is_answered_by_a_second_person() {
    let council = TestCouncil::open().await;
    let mut owner = council.signed_in(Role::PolicyOwner).await;
    let form = owner.get("/policy/propose").await;
    assert!(form.body.contains("NLV Do not visit alone: two people"), "the policy in force is filled in");
    let proposed = owner.post("/policy/propose", another_policy()).await;
    assert_eq!(proposed.leads_to(), Some("/policy/proposal"));
    let page = owner.get("/policy/proposal").await;
    assert!(page.body.contains("2 working days") && page.body.contains("3 working days"));
    assert!(!page.body.contains("Life of an interim marker"), "what stays is not shown");
    assert!(page.body.contains("Nothing that stands today would move"));
    assert!(!page.body.contains("value=\"endorse\""), "nobody was consulted, and it is the own one");
    assert_eq!(owner.get("/policy/propose").await.leads_to(), Some("/policy/proposal"));

    let mut cabinet = council.signed_in(Role::CabinetMember).await;
    assert!(!cabinet.get("/policy/proposal").await.body.contains("value=\"endorse\""));
    let said = [
        ("act", "consult"),
        ("change", "1"),
        ("consulted", "ombudsman"),
        ("held-day", "20"),
        ("held-month", "11"),
        ("held-year", "2026"),
        ("said", "Nothing speaks against it"),
    ];
    owner.post("/policy/proposal", &said).await;
    let page = cabinet.get("/policy/proposal").await;
    assert!(page.body.contains("Nothing speaks against it") && page.body.contains("value=\"endorse\""));
    let empty = cabinet.post("/policy/proposal", &[("act", "endorse"), ("change", "1")]).await;
    assert!(empty.body.contains("href=\"#endorse-reasons\">Enter why you endorse the change"));
    let own = owner.post("/policy/proposal", &[("act", "endorse"), ("change", "1")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let answer = [("act", "endorse"), ("change", "1"), ("endorse-reasons", "It is fair")];
    assert_eq!(cabinet.post("/policy/proposal", &answer).await.status, StatusCode::SEE_OTHER);

    council.clock.set("2026-12-01T06:00:00Z".parse().expect("timestamp"));
    council.service.carry_out_due().await.expect("due");
    let mut officer = council.signed_in(Role::Officer).await;
    let policy = officer.get("/policy").await.body;
    assert!(policy.contains("1 December 2026") && policy.contains("Change 1, adopted"));
    assert!(policy.contains("It is fair") && policy.contains("Nothing speaks against it"));
}

#[tokio::test]
async fn nobody_endorses_another_change_than_the_one_that_was_read() {
    let council = TestCouncil::open().await;
    let mut cabinet = council.signed_in(Role::CabinetMember).await;
    let read = council.policy_changing().await;
    let shown = cabinet.get("/policy/proposal").await.hidden("change");
    assert_eq!(shown, read.to_string());
    council.policy_asks(OWNER, WithdrawPolicy { change: read, reasons: text("A slip") }).await;
    let next = council.policy_changing().await;
    let answer = [("act", "endorse"), ("change", shown.as_str()), ("endorse-reasons", "It is fair")];
    let answer = cabinet.post("/policy/proposal", &answer).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("It may have been settled meanwhile"));
    let open = council.service.read(|register| register.open_change().cloned());
    let open = open.expect("a change");
    assert!(open.number == next && open.endorsement().is_none());
}

#[tokio::test]
async fn whoever_has_both_roles_does_not_endorse_the_own_change() {
    let council = TestCouncil::open().await;
    let both = AccountId::from_bits(323);
    let details = AccountDetails { name: text("Both"), email: text("both@fenbridge.example"), phone: None };
    let roles = [Role::PolicyOwner, Role::CabinetMember].into();
    let opening = OpenAccount { account: both, roles, team: TeamId::from_bits(1), details };
    council.service.execute_as_system(opening).await.expect("account opened");
    let mut browser = council.browser_of(both).await;
    browser.post("/policy/propose", another_policy()).await;
    let page = browser.get("/policy/proposal").await;
    assert!(page.body.contains("You proposed this change, so a second person must answer it"));
    let answer = [("act", "endorse"), ("change", "1"), ("endorse-reasons", "It is fair")];
    let answer = browser.post("/policy/proposal", &answer).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("You did the first part, so a second person must do this"));
}

#[tokio::test]
async fn the_review_of_the_policy_is_work_of_whoever_proposes_and_is_recorded() {
    let council = TestCouncil::open().await;
    council.clock.set("2026-12-20T10:00:00Z".parse().expect("timestamp"));
    let mut owner = council.signed_in(Role::PolicyOwner).await;
    let work = owner.get("/work").await;
    assert!(work.body.contains("href=\"/policy/review\">Review the policy"), "{}", work.status);
    let recorded = owner.post("/policy/review", &[("words", "It still fits")]).await;
    assert_eq!(recorded.leads_to(), Some("/policy"));
    assert!(owner.get("/policy").await.body.contains("It still fits"));
    assert!(!owner.get("/work").await.body.contains("Review the policy"));
    let mut cabinet = council.signed_in(Role::CabinetMember).await;
    council.policy_changing().await;
    let work = cabinet.get("/work").await;
    assert!(work.body.contains("href=\"/policy/proposal\">Endorse or reject the change of the policy"));
    council.policy_asks(CABINET, EndorsePolicy { change: ChangeNumber(1), reasons: text("Fair") }).await;
    assert_ne!(id(Role::PolicyOwner), OWNER);
}
