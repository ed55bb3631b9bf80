//! Who sees which word: a word of its own is planted in every field, every role opens every page there is, and the words that
//! come back are those of the disclosure levels and no other (promise 13).
//!
//! Nobody sees less than their level either, or the walk would have proved nothing. And what each role is shown of each case, in every state and of
//! either team, is kept word by word in `canaries/`, so that a change of it is read by somebody: `WRITE_DOCUMENTS=1` writes it anew.

use super::browser::{Answer, Browser};
use super::cases::{
    AWAY, At, Case, HERE, MANAGER_AWAY, MANAGER_HERE, PLANTED, REGISTRAR, Secret, Years, uprn, word,
};
use super::council::{TestCouncil, id};
use super::programs::Program;
use axum::http::{Method, StatusCode};
use ledger::Digest;
use register::command::{CallMeeting, ChangeAccount};
use register::ids::{File, MeetingId, TeamId};
use register::people::{Role, Team};
use serde_json::json;
use service::access::{AccessFilter, AccessKind};
use service::oversight::decoys::Wanted;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const ROUTER: &str = include_str!("../router.rs");

/// What each role is shown of a case of its own team, and of another's. Written from the disclosure levels: precautions (V1) to
/// whoever checks; the file (V3) to those who decide and, of its own team's cases, to a line manager; who reported, was harmed or saw it (V4) to the
/// register team and the data protection officer. What lawyers advised is told beside these, to those who ask them and who decide. Those who change the policy, an auditor and an administrator read
/// no file.
fn level(role: Role, team: TeamId) -> &'static [Secret] {
    use Secret::{Added, Envelope, Legal, Marker, Measure, Narrative, Reporter, Subject, Support};
    const FILE: &[Secret] = &[Marker, Envelope, Subject, Support, Narrative, Added, Measure];
    const ADVISED: &[Secret] = &[Marker, Envelope, Subject, Support, Narrative, Added, Measure, Legal];
    const EVERYTHING: &[Secret] =
        &[Marker, Envelope, Subject, Support, Narrative, Added, Reporter, Measure, Legal];
    match role {
        // The marker is for the teams of its audience, and both teams' cases name HERE as that.
        Role::Officer | Role::Contractor | Role::Member | Role::Partner | Role::System => &[Marker],
        Role::LineManager if team == HERE => &[Marker, Envelope, Narrative, Added, Measure],
        Role::LineManager => &[Marker],
        Role::RegisterTeam | Role::DataProtection => EVERYTHING,
        Role::DecisionMaker => ADVISED,
        Role::GovernanceGroup | Role::AppealOfficer => FILE,
        Role::PolicyOwner | Role::CabinetMember | Role::Auditor | Role::Administrator | Role::Directory => {
            &[]
        }
    }
}

/// The meeting that has every case before it.
const MEETING: MeetingId = MeetingId::from_bits(404);

/// Every pattern of an address that a browser may open.
fn pages() -> Vec<String> {
    let routes = ROUTER.split(".route(").skip(1);
    routes
        .filter_map(|route| {
            let pattern = route.split('"').nth(1).expect("a pattern").to_owned();
            let handlers = route.split_once(&format!("\"{pattern}\"")).expect("handlers").1;
            (handlers.contains("get(") || handlers.contains("question::asks")).then_some(pattern)
        })
        .collect()
}

/// A pattern about this case, or `None` where it is about another kind of thing.
fn of_case(pattern: &str, case: Case) -> Option<String> {
    let filled = pattern
        .replace("{incident}", &case.incident.to_string())
        .replace("{attachment}", &case.attachment.to_string())
        .replace("{subject}", &case.subject.to_string())
        .replace("{other}", &case.subject.to_string())
        .replace("{measure}", &case.measure.to_string())
        .replace("{test}", "serious")
        .replace("{occasion}", "decision");
    (filled != pattern).then(|| filled.replace("{meeting}", &MEETING.to_string()))
}

/// A pattern that is about no case: the variables left are an account, a report that somebody else began, a file without a
/// certificate, a table of numbers, a team, a list of visits or of a service that nobody brought,
/// a check of somebody else, a partner, and a risk that there is not.
fn of_none(pattern: &str, report: &str) -> String {
    let filled = pattern
        .replace("{account}", &id(Role::Officer).to_string())
        .replace("{report}", report)
        .replace("{file}", "M-0000-0000")
        .replace("{table}", "teams")
        .replace("{upload}", "0000000000000000")
        .replace("{list}", "0000000000000000")
        .replace("{import}", "L-0000-0000")
        .replace("{row}", "1")
        .replace("{team}", &HERE.to_string())
        .replace("{meeting}", &MEETING.to_string())
        .replace("{partner}", "P-0000-0001")
        .replace("{risk}", "R-0000-0000")
        .replace("{number}", "0")
        .replace("{check}", "1")
        .replace("{look}", &LOOK.to_string());
    assert!(!filled.contains('{'), "{pattern}: say here what it is filled with");
    filled
}

/// Names of those who have accounts are no secret where accounts are kept and looks are read; that one of them reported is.
fn names_staff(pattern: &str) -> bool {
    pattern.starts_with("/accounts")
        || [
            "/access-log",
            "/oversight",
            "/oversight/{look}",
            "/teams/coverage",
            "/teams/looks",
            "/teams/{team}/people",
        ]
        .contains(&pattern)
}

#[derive(Default)]
struct Seen {
    words: BTreeSet<String>,
    /// Words on pages where they must not be, with the page.
    extra: Vec<(String, String)>,
    /// The words on the pages about each case, and on those about none.
    of_each: BTreeMap<String, BTreeSet<String>>,
}

/// The first look of all, which stands out.
const LOOK: u64 = 1;

/// The street of an address at which nobody lives, which those who ask about looks are shown, on one page.
const DECOY: &str = "Whimbrelgarth";

/// What pages are about that are about no case.
const NO_CASE: &str = "no case";

impl Seen {
    fn take(&mut self, role: Role, about: &str, place: &str, pattern: &str, answer: &Answer) {
        let of_this = self.of_each.entry(about.to_owned()).or_default();
        if answer.body.contains(DECOY) {
            let knows = matches!(role, Role::DataProtection | Role::Auditor);
            if !knows || pattern != "/oversight/decoys" {
                self.extra.push((DECOY.to_owned(), place.to_owned()));
            }
            of_this.insert("decoy".to_owned());
        }
        for team in [HERE, AWAY] {
            let level = level(role, team);
            for (field, secret) in PLANTED {
                let word = word(team, field);
                if !answer.body.contains(&word) || (*field == "reporter" && names_staff(pattern)) {
                    continue;
                }
                if !level.contains(secret) {
                    self.extra.push((word.clone(), place.to_owned()));
                }
                of_this.insert(format!("{}{field}", if team == HERE { "" } else { "away-" }));
                self.words.insert(word);
            }
        }
    }

    /// One line for each case: whoever looks, what at, and every word.
    fn lines(&self, role: Role) -> String {
        let words = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        let lines =
            self.of_each.iter().map(|(about, of_it)| format!("{role:?} | {about} | {}\n", words(of_it)));
        lines.collect()
    }
}

/// Where what is shown is kept.
fn kept(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/tests/canaries/{part}.txt"))
}

/// Holds what was shown against what is kept, to the byte.
fn holds(part: &str, shown: &str) {
    let path = kept(part);
    if std::env::var_os("WRITE_DOCUMENTS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, shown).expect("written");
    }
    let kept = std::fs::read_to_string(&path).expect("what is kept");
    let apart: Vec<&str> = shown.lines().filter(|line| !kept.lines().any(|kept| kept == *line)).collect();
    assert!(kept == shown, "{part}: other words than are kept: {apart:#?}");
}

/// Checks before contact that find the subject of a case.
async fn checks(browser: &mut Browser, case: Case) -> Answer {
    let uprn = uprn(case).to_string();
    let asked = [
        ("purpose", "visit"),
        ("day-day", "24"),
        ("day-month", "11"),
        ("day-year", "2026"),
        ("uprn", uprn.as_str()),
        ("job", "J-17"),
    ];
    browser.post("/check", &asked).await
}

#[tokio::test]
async fn whoever_checks_sees_precautions_on_all_pages_together_and_no_other_word() {
    walks("checks", |role| role.is_check_only()).await;
}

#[tokio::test]
async fn whoever_decides_sees_the_file_and_never_who_reported() {
    walks("decides", |role| {
        matches!(role, Role::DecisionMaker | Role::GovernanceGroup | Role::AppealOfficer)
    })
    .await;
}

#[tokio::test]
async fn everybody_else_sees_the_words_of_their_level_and_no_other() {
    let decide = [Role::DecisionMaker, Role::GovernanceGroup, Role::AppealOfficer];
    walks("keeps", |role| !role.is_check_only() && !decide.contains(&role)).await;
}

/// Cases in every state that shows something of its own, each with what it is called.
async fn cases(council: &TestCouncil) -> Vec<(String, Case)> {
    let mut cases = Vec::new();
    for at in [At::Reported, At::InterimLive, At::Assessed, At::Written, At::WithholdingAsked] {
        cases.push((format!("here {at:?}"), council.case(HERE, at).await));
    }
    for (team, whose, reporter) in
        [(HERE, "here", super::cases::OFFICER_HERE), (AWAY, "away", super::cases::OFFICER_AWAY)]
    {
        for at in
            [At::Withheld, At::Held, At::Ended, At::Disputed, At::Appealed, At::Complained, At::ToRemove]
        {
            cases.push((format!("{whose} {at:?}"), council.case(team, at).await));
        }
        let child = council.case_by(reporter, team, Years::Child, At::Assessed).await;
        cases.push((format!("{whose} Assessed, a child"), child));
    }
    cases
}

/// Every role of these opens every page about every case, and checks; what came back is what its level says, and what is kept of it.
async fn walks(part: &str, these: impl Fn(Role) -> bool) {
    let council = TestCouncil::open().await.staffed().await;
    assert_eq!(council.looks_themselves_up(id(Role::Officer)).await, LOOK);
    let decoy = Wanted { lines: format!("9 {DECOY}, Fenbridge"), postcode: None, uprn: None };
    council.service.place_decoy(id(Role::Auditor), &decoy).await.expect("no fault").expect("a decoy");
    let cases = cases(&council).await;
    let mut shown = String::new();
    let (held_on, chair) = (council.service.today(), id(Role::GovernanceGroup));
    council.does(REGISTRAR, CallMeeting { meeting: MEETING, held_on, chair }).await;
    let patterns = pages();
    assert!(patterns.len() > 40, "the routes of the router are read: {}", patterns.len());
    let mut writer = council.browser_of(MANAGER_HERE).await;
    let begun = writer.post("/incidents/new", &[("danger", "no")]).await;
    let report = begun.leads_to().and_then(|place| place.split('/').nth(3)).expect("report").to_owned();
    let told = word(HERE, "what-happened");
    let draft = [("what", told.as_str()), ("behaviours", "THR")];
    writer.post(&format!("/incidents/new/{report}/what"), &draft).await;

    for role in Role::of_people().filter(|role| these(**role)) {
        let mut browser = council.signed_in(*role).await;
        let mut seen = Seen::default();
        for pattern in &patterns {
            let of_case = |(about, case): &(String, Case)| Some((about.clone(), of_case(pattern, *case)?));
            let places: Vec<(String, String)> = cases.iter().filter_map(of_case).collect();
            let places = if places.is_empty() {
                vec![(NO_CASE.to_owned(), of_none(pattern, &report))]
            } else {
                places
            };
            for (about, place) in places {
                if place.ends_with(".pdf") {
                    continue;
                }
                let answer = browser.get(&place).await;
                assert!(!answer.status.is_server_error(), "{role:?} at {place}: {}", answer.status);
                seen.take(*role, &about, &place, pattern, &answer);
            }
        }
        for (about, case) in &cases {
            let answer = checks(&mut browser, *case).await;
            seen.take(*role, about, "/check", "/check", &answer);
        }
        shown.push_str(&seen.lines(*role));
        assert!(seen.extra.is_empty(), "{role:?} is shown too much: {:#?}", seen.extra);
        let due: BTreeSet<String> = [HERE, AWAY]
            .into_iter()
            .flat_map(|team| {
                let level = level(*role, team);
                let fields = PLANTED.iter().filter(move |(_, secret)| level.contains(secret));
                fields.map(move |(field, _)| word(team, field))
            })
            .filter(|word| !unseen_away(word))
            .collect();
        let missing: Vec<&String> = due.difference(&seen.words).collect();
        assert!(missing.is_empty(), "{role:?} is not shown: {missing:?}");
    }
    holds(part, &shown);
}

/// What a program is told of every case, through everything that it may ask.
#[tokio::test]
async fn a_program_is_told_precautions_and_no_other_word() {
    let council = TestCouncil::open().await.staffed().await;
    let cases = cases(&council).await;
    let mut shown = String::new();
    for role in [Role::System, Role::Directory] {
        let mut program = Program::of(&council, role).await;
        let mut seen = Seen::default();
        for (about, case) in &cases {
            let question = json!({ "purpose": "visit", "day": "2026-11-24", "job": "J-17", "about": { "uprn": uprn(*case).to_string() } });
            let answer = program.sends(Method::POST, "/api/v1/checks", Some(&question)).await;
            seen.take(role, about, "/api/v1/checks", "/check", &answer);
        }
        for place in ["/api/v1/markers", "/scim/v2/Groups", "/scim/v2/Schemas", "/api/openapi.json"] {
            let answer = program.sends(Method::GET, place, None).await;
            seen.take(role, NO_CASE, place, place, &answer);
        }
        // Who has an account is what the directory tells; that one of them reported is told nowhere.
        let users = program.sends(Method::GET, "/scim/v2/Users", None).await;
        seen.take(role, NO_CASE, "/scim/v2/Users", "/accounts", &users);
        assert!(seen.extra.is_empty(), "{role:?} is told too much: {:#?}", seen.extra);
        shown.push_str(&seen.lines(role));
    }
    holds("programs", &shown);
}

/// A word that one page shows to one role, and must not, is found.
#[tokio::test]
async fn one_leak_anywhere_is_found() {
    let council = TestCouncil::open().await.staffed().await;
    let mut shown = Vec::new();
    for leak in [None, Some(word(HERE, "what-happened"))] {
        let leaks = move |mut response: axum::response::Response| {
            let leak = leak.clone();
            async move {
                if let Some(leak) = leak {
                    *response.body_mut() = leak.into();
                }
                response
            }
        };
        let app = council.app(web::app::Transport::Loopback);
        let mut browser = Browser::new(crate::router(app).layer(axum::middleware::map_response(leaks)));
        let answer = browser.get("/help").await;
        let mut seen = Seen::default();
        seen.take(Role::Officer, NO_CASE, "/help", "/help", &answer);
        shown.push((seen.extra.len(), seen.lines(Role::Officer)));
    }
    assert_eq!((shown[0].0, shown[1].0), (0, 1));
    assert_ne!(shown[0].1, shown[1].1, "nor is it what is kept");
}

/// Words of stages that only cases of HERE are left at: nobody can be asked to see them of AWAY.
fn unseen_away(word: &str) -> bool {
    ["grounds"].iter().any(|field| word == self::word(AWAY, field))
}

/// The letter as a PDF is the letter as a page: one is there exactly where the other is.
#[tokio::test]
async fn the_letter_is_a_pdf_only_for_those_who_may_read_it() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(AWAY, At::InForce).await;
    for role in Role::of_people() {
        let mut browser = council.signed_in(*role).await;
        let may = level(*role, AWAY).contains(&Secret::Measure);
        let page = browser.get(&format!("/measures/{}/letter", case.measure)).await;
        assert_eq!(page.status == StatusCode::OK, may, "{role:?}");
        if !may || *role == Role::AppealOfficer {
            let pdf = browser.get(&format!("/measures/{}/letter.pdf", case.measure)).await;
            assert_eq!(pdf.status == StatusCode::OK, may, "{role:?}");
        }
    }
}

/// The evidence bundle leaves the register: it holds what was told, weighed and decided, and not even for those who know them who reported, was
/// harmed or saw it, or what lawyers advised.
#[tokio::test]
async fn the_evidence_bundle_holds_every_reason_and_for_nobody_who_reported_or_what_lawyers_advised() {
    let council = TestCouncil::open().await.staffed().await;
    let mut seen = BTreeSet::new();
    let mut cases = vec![council.case_by(super::cases::OFFICER_AWAY, AWAY, Years::Child, At::Assessed).await];
    for at in [At::InterimLive, At::Withheld, At::Disputed, At::Complained, At::ToRemove] {
        cases.push(council.case(AWAY, at).await);
    }
    for case in cases {
        for role in Role::of_people() {
            let bundle = council.service.bundle(id(*role), case.measure).await.expect("no fault");
            let secrets = [
                Secret::Marker,
                Secret::Envelope,
                Secret::Support,
                Secret::Narrative,
                Secret::Added,
                Secret::Measure,
            ];
            let level = level(*role, AWAY);
            let decides = secrets.iter().all(|secret| level.contains(secret));
            assert_eq!(bundle.is_some(), decides, "{role:?}");
            let Some(bundle) = bundle else { continue };
            let text = documents::text(&bundle);
            let digest = Digest::of(word(AWAY, "file-content").as_bytes()).to_string();
            assert!(text.contains(&digest), "{role:?}: the digest of the file");
            for (field, secret) in PLANTED.iter().filter(|(field, _)| text.contains(&word(AWAY, field))) {
                assert!(leaves(*secret), "{role:?} is told in a paper that leaves the register: {field}");
                seen.insert(*field);
            }
        }
    }
    // A hold and what is in a file are not part of it; nor is how else somebody can be reached.
    let apart = ["hold", "file-content", "address-before", "phone", "email", "social", "reference"];
    let due = PLANTED.iter().filter(|(field, secret)| leaves(*secret) && !apart.contains(field));
    let missing: Vec<&str> = due.map(|(field, _)| *field).filter(|field| !seen.contains(field)).collect();
    assert!(missing.is_empty(), "not told: {missing:?}");
}

/// Whether words of this kind may stand in a paper that leaves the register.
fn leaves(secret: Secret) -> bool {
    !matches!(secret, Secret::Reporter | Secret::Legal)
}

/// Where they work now would tell of somebody who was not there.
#[tokio::test]
async fn a_reporter_who_moved_is_still_a_member_of_the_team_they_reported_from() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(AWAY, At::Assessed).await;
    let told = |text: &str, team: TeamId| {
        let name = council.service.read(|register| register.team(team).map(Team::name)).expect("team");
        text.contains(&format!("by a member of {name}\n"))
    };
    let roles = [Role::Officer].into();
    let details = council.service.read(|register| {
        register.account(super::cases::OFFICER_AWAY).and_then(|account| account.details.known().cloned())
    });
    let details = details.expect("details");
    let moves = ChangeAccount { account: super::cases::OFFICER_AWAY, roles, team: HERE, details };
    council.does(REGISTRAR, moves).await;
    let bundle = council.service.bundle(id(Role::DecisionMaker), case.measure).await.expect("no fault");
    let text = documents::text(&bundle.expect("a bundle"));
    assert!(told(&text, AWAY) && !told(&text, HERE), "{text}");
}

/// Who took a bundle is on disk before it is theirs; of a file whose words are destroyed there is none.
#[tokio::test]
async fn taking_an_evidence_bundle_leaves_a_row_and_a_destroyed_file_gives_none() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case(AWAY, At::InForce).await;
    let mut officer = council.signed_in(Role::AppealOfficer).await;
    let place = format!("/measures/{}/bundle.pdf", case.measure);
    assert!(officer.get(&format!("/measures/{}", case.measure)).await.body.contains(&place));
    let bundle = officer.get(&place).await;
    assert!(bundle.status == StatusCode::OK && bundle.body.starts_with("%PDF"), "{}", bundle.status);
    let auditor = id(Role::Auditor);
    let filter = AccessFilter { file: Some(File::Measure(case.measure)), ..AccessFilter::default() };
    let rows = council.service.accesses(auditor, filter, 100).await.expect("rows");
    let taken: Vec<_> = rows.iter().filter(|row| row.kind == AccessKind::Bundle).collect();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].by, Some(id(Role::AppealOfficer)));

    let mut manager = council.browser_of(MANAGER_AWAY).await;
    let file = manager.get(&format!("/measures/{}", case.measure)).await;
    assert!(file.status == StatusCode::OK && !file.body.contains("bundle.pdf"));
    assert_eq!(manager.get(&place).await.status, StatusCode::FORBIDDEN);

    let gone = council.case(HERE, At::Sealed).await;
    let mut protection = council.signed_in(Role::DataProtection).await;
    let file = protection.get(&format!("/measures/{}", gone.measure)).await;
    assert!(file.status == StatusCode::OK && !file.body.contains("bundle.pdf"));
    assert_eq!(
        protection.get(&format!("/measures/{}/bundle.pdf", gone.measure)).await.status,
        StatusCode::NOT_FOUND
    );
}

/// Somebody who reported acts later in the same case, where nothing but their team may be told.
#[tokio::test]
async fn a_reporter_who_acts_in_the_case_is_not_named_by_what_they_did() {
    let council = TestCouncil::open().await.staffed().await;
    let case = council.case_by(MANAGER_AWAY, AWAY, Years::Grown, At::InterimAsked).await;
    let held = council.case_by(MANAGER_AWAY, AWAY, Years::Grown, At::Proposed).await;
    let name = "Jo Manager";
    for role in [Role::DecisionMaker, Role::GovernanceGroup, Role::AppealOfficer] {
        let mut browser = council.signed_in(role).await;
        for case in [case, held] {
            for place in [
                format!("/subjects/{}", case.subject),
                format!("/incidents/{}", case.incident),
                format!("/measures/{}", case.measure),
                format!("/measures/{}/interim", case.measure),
                "/work".to_owned(),
                "/".to_owned(),
            ] {
                assert!(!browser.get(&place).await.body.contains(name), "{role:?} at {place}");
            }
        }
    }
    let mut registrar = council.signed_in(Role::RegisterTeam).await;
    assert!(registrar.get(&format!("/incidents/{}", case.incident)).await.body.contains(name));
}

/// What is left of a file that was destroyed says nothing about anybody, to whoever may read it.
#[tokio::test]
async fn a_certificate_of_destruction_and_the_forecast_hold_no_planted_word() {
    let council = TestCouncil::open().await.staffed().await;
    council.case(AWAY, At::Held).await;
    let case = council.case(HERE, At::Sealed).await;
    for role in [Role::RegisterTeam, Role::GovernanceGroup, Role::DataProtection] {
        let mut browser = council.signed_in(role).await;
        let certificate = format!("/retention/certificates/{}", case.measure);
        let places = ["/retention".to_owned(), "/retention/certificates".to_owned(), certificate.clone()];
        for place in places {
            let answer = browser.get(&place).await;
            assert_eq!(answer.status, StatusCode::OK, "{role:?} at {place}");
            let shown = PLANTED
                .iter()
                .find(|(field, _)| [HERE, AWAY].iter().any(|team| answer.body.contains(&word(*team, field))));
            assert!(shown.is_none(), "{role:?} at {place}: {:?}", shown.map(|(field, _)| field));
        }
        assert!(browser.get(&certificate).await.body.contains("Lockers destroyed"));
        let pdf = browser.get(&format!("{certificate}/certificate.pdf")).await;
        assert!(pdf.status == StatusCode::OK && pdf.body.starts_with("%PDF"), "{role:?}");
    }
}
