//! The running register on a real database: written before shown, done once, and never an all-clear out of a fault.

#![expect(clippy::expect_used, clippy::panic, reason = "what a test needs and does not get fails it")]

mod budget;
mod cases;
mod faults;
mod nodes;
mod oversight;
mod passkeys;
mod recovery;
mod screening;
mod sessions;
mod watch;

use demonstration::{Seed, Steps, personas, play};
use jiff::{SignedDuration, Timestamp};
use ledger::{Epoch, HeadFiles, Keyring, Ledger, Log, OsEntropy, Store};
use ledger_sqlite::SqliteStore;
use register::command::OpenTeam;
use register::ids::{AccountId, File, IncidentId, TeamId};
use register::measure::Kind;
use register::numbers::Period;
use register::people::{Contact, Role};
use register::personal::Text;
use register::refusal::Refusal;
use register::retention::forecast;
use register::view::{Purpose, Verdict};
use service::access::{AccessFilter, AccessKind};
use service::check::{Asked, Described};
use service::clock::{Clock, HandClock};
use service::sign_in::{SessionToken, SignIn, SignInRefused};
use service::signs::Signs;
use service::usage::Usage;
use service::{Failure, Fault, Reality, Service};
use std::path::Path;
use std::sync::Arc;

const NOW: &str = "2026-11-24T10:00:00Z";
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const PASSWORD: &str = "kettle orbit thimble";

fn now() -> Timestamp {
    NOW.parse().expect("timestamp")
}

/// A register on disk, and the clock it goes by.
struct Running {
    service: Service,
    clock: Arc<HandClock>,
    directory: tempfile::TempDir,
}

async fn open(path: &Path, clock: &Arc<HandClock>) -> Service {
    open_on(Arc::new(store(path)), path, clock).await.expect("service")
}

fn keyring(path: &Path) -> Keyring {
    Keyring::open(&path.join("keys")).expect("keyring")
}

fn store(path: &Path) -> SqliteStore {
    let heads = HeadFiles::open(&path.join("heads"), &keyring(path)).expect("heads");
    SqliteStore::open(&path.join("register.db"), heads).expect("store")
}

async fn open_on(store: Arc<dyn Store>, path: &Path, clock: &Arc<HandClock>) -> Result<Service, Fault> {
    let ledger = Ledger::open(store, keyring(path), Box::new(OsEntropy)).await.expect("ledger");
    Service::start(Arc::new(ledger), Arc::clone(clock) as Arc<dyn Clock>, Reality::Demonstration).await
}

/// The first part of the fictional council's history: until everybody is there, and so many steps more.
async fn council(later_steps: usize) -> Running {
    let directory = tempfile::tempdir().expect("directory");
    let path = directory.path();
    let keyring =
        Keyring::create(&path.join("keys"), "test.example/psr", Epoch::new(2026, 11), &mut OsEntropy)
            .expect("keys");
    let heads = HeadFiles::create(&path.join("heads"), &keyring).expect("heads");
    drop(SqliteStore::create(&path.join("register.db"), heads).expect("store"));
    let clock = Arc::new(HandClock::at(now()));
    let service = open(path, &clock).await;

    let mut history = Steps::default();
    play(&mut history, Seed(1), now()).expect("the history plays");
    let files = history.files.into_iter().map(|(attachment, bytes)| service::Upload { attachment, bytes });
    let files: Vec<service::Upload> = files.collect();
    let everybody = personas();
    let all_there = |service: &Service| {
        service.read(|register| everybody.iter().all(|persona| register.account(persona.account).is_some()))
    };
    let mut later = 0;
    for (command, moment) in &history.steps {
        if all_there(&service) {
            later += 1;
            if later > later_steps {
                break;
            }
        }
        clock.set(moment.at);
        let id = service.fresh_command();
        service.carry_out(moment.by, id, command, &files).await.expect("the history is allowed");
    }
    clock.set(now());
    Running { service, clock, directory }
}

fn somebody(role: Role) -> AccountId {
    personas().into_iter().find(|persona| persona.role == role).expect("persona").account
}

fn email(service: &Service, account: AccountId) -> String {
    service.read(|register| {
        let account = register.account(account).expect("account");
        account.details.known().expect("known").email.as_str().to_owned()
    })
}

async fn half(service: &Service, account: AccountId) -> SessionToken {
    match service.sign_in(&email(service, account), PASSWORD).await {
        Ok(SignIn::SecondFactor(token)) => token,
        other => panic!("the second factor is asked for: {other:?}"),
    }
}

async fn signed_in(service: &Service, account: AccountId) -> SessionToken {
    service.demonstration_credential(account, PASSWORD, SECRET).await.expect("credential");
    let half = half(service, account).await;
    let code = service.demonstration_code(account).await.expect("code");
    service.second_factor(&half, &code).await.expect("signed in")
}

async fn is_in(service: &Service, token: &SessionToken) -> bool {
    service.session(token.as_str()).await.expect("asked").is_some()
}

fn later(running: &Running, minutes: i64) {
    running.clock.set(running.clock.now() + SignedDuration::from_mins(minutes));
}

fn visit(name: &str) -> Asked {
    Asked {
        purpose: Purpose::Visit,
        day: Some(register::calendar::london(now())),
        description: Described { name: Some(name.to_owned()), ..Described::default() },
        job: None,
    }
}

#[tokio::test]
async fn a_check_is_a_row_of_the_access_log_before_it_is_an_answer() {
    let running = council(0).await;
    let officer = somebody(Role::Officer);
    let before = running.service.ledger().size(Log::Access).await.expect("size");
    let answer = running.service.check(officer, visit("Nobody Atall")).await.expect("an answer");
    assert_eq!(answer.verdict, Verdict::NoneFound);
    assert_eq!(answer.check, before + 1);

    let auditor = somebody(Role::Auditor);
    let filter = AccessFilter { account: Some(officer), ..AccessFilter::default() };
    let rows = running.service.accesses(auditor, filter, 10).await.expect("rows");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].kind, AccessKind::Check);
    assert_eq!(rows[0].purpose, Some(Purpose::Visit));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_is_answered_however_much_is_recorded_meanwhile() {
    let running = council(0).await;
    let administrator = somebody(Role::Administrator);
    let mut busy = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let service = running.service.clone();
        busy.spawn(async move {
            loop {
                let team = TeamId::from_bits(service.fresh());
                let name = Text::new(&format!("Team {team}")).expect("text");
                let open = OpenTeam { team, name, contact: Contact::Visits };
                service.execute(administrator, service.fresh_command(), open).await.expect("a team");
            }
        });
    }
    for _ in 0..200 {
        running.service.check(somebody(Role::Officer), visit("Nobody Atall")).await.expect("an answer");
    }
    assert!(busy.try_join_next().is_none(), "it was busy to the end");
    busy.shutdown().await;
}

#[tokio::test]
async fn reading_the_access_log_is_itself_a_row() {
    let running = council(0).await;
    let auditor = somebody(Role::Auditor);
    running.service.accesses(auditor, AccessFilter::default(), 10).await.expect("rows");
    let rows = running.service.accesses(auditor, AccessFilter::default(), 10).await.expect("rows");
    assert!(rows.iter().any(|row| row.kind == AccessKind::Accesses && row.by == Some(auditor)));
}

#[tokio::test]
async fn what_cannot_be_logged_is_not_answered_and_nobody_reads_none_found() {
    let running = council(0).await;
    // Without its directory the outside head cannot be noted: the row is not durable, so there is no answer.
    std::fs::remove_dir_all(running.directory.path().join("heads")).expect("removed");
    let officer = somebody(Role::Officer);
    let answer = running.service.check(officer, visit("Nobody Atall")).await;
    let cannot = answer.expect_err("no answer without its row");
    assert!(!cannot.ring.phone.is_empty());
}

#[tokio::test]
async fn a_form_sent_twice_is_carried_out_once() {
    let running = council(0).await;
    let keeper = somebody(Role::RegisterTeam);
    let id = running.service.fresh_command();
    let team = |bits| OpenTeam {
        team: TeamId::from_bits(bits),
        name: Text::new("Parking appeals").expect("text"),
        contact: Contact::AtOffice,
    };
    let first = running.service.execute(keeper, id, team(1)).await.expect("done");
    let again = running.service.execute(keeper, id, team(1)).await.expect("done before");
    assert_eq!(first, again);
    let other = running.service.execute(keeper, running.service.fresh_command(), team(2)).await;
    assert!(matches!(other, Err(Failure::Refused(Refusal::TeamNameTaken))));
}

#[tokio::test]
async fn a_register_that_is_opened_again_is_the_same() {
    let running = council(600).await;
    let facts = |service: &Service| {
        service.read(|register| {
            let stages: Vec<_> = register.measures().map(|measure| (measure.id, measure.stage())).collect();
            let subjects: Vec<_> = register.subjects().map(register::subject::Subject::heading).collect();
            (stages, subjects, register.incidents().count())
        })
    };
    let before = (running.service.position(), facts(&running.service));
    drop(running.service);
    let again = open(running.directory.path(), &running.clock).await;
    assert_eq!((again.position(), facts(&again)), before);
}

#[tokio::test]
async fn what_is_left_of_a_destroyed_file_is_the_same_after_the_register_is_opened_again() {
    let running = council(600).await;
    running.clock.set(now() + SignedDuration::from_hours(24 * 365 * 4));
    let today = running.service.today();
    let foreseen = running.service.read(|register| forecast(register, today).expected.len());
    let mut rounds = 0;
    while running.service.carry_out_due().await.expect("carried out") > 0 {
        rounds += 1;
        assert!(rounds < 6, "what is due comes to an end");
    }
    let certificates = |service: &Service| service.read(|register| register.certificates().to_vec());
    let before = certificates(&running.service);
    assert!(before.len() >= 20 && foreseen >= 20, "{} of {foreseen}", before.len());
    drop(running.service);
    let again = open(running.directory.path(), &running.clock).await;
    assert_eq!(certificates(&again), before);

    let reader = somebody(Role::DataProtection);
    let of = before.last().expect("a certificate");
    let certified = again.certificate(reader, of.file).await.expect("no fault").expect("a certificate");
    assert_eq!(certified.certificate, *of);
    let size = again.ledger().size(Log::Register).await.expect("size");
    assert_eq!(certified.head.size, size.to_string());
    assert!(of.position <= size, "the record stands in the log whose head is told");
    let rows = again.accesses(reader, AccessFilter { file: Some(of.file), ..AccessFilter::default() }, 5);
    assert_eq!(rows.await.expect("rows")[0].kind, AccessKind::Retention);
    let none = again.certificate(reader, File::Incident(IncidentId::from_bits(1))).await.expect("no fault");
    assert!(none.is_none());
}

#[tokio::test]
async fn the_figures_beside_the_risks_count_who_checked_and_who_was_never_let_in() {
    let running = council(0).await;
    let service = &running.service;
    let officer = somebody(Role::Officer);
    let team = service.read(|register| register.account(officer).expect("account").team);
    let people: Vec<AccountId> = service.read(|register| {
        register.accounts().filter(|account| account.team == team).map(|account| account.id).collect()
    });
    let before = service.signs().await.expect("signs");
    let unchecked =
        |signs: &Signs| signs.unchecked.iter().find(|it| it.team == team).map(|it| (it.of, it.out_of));
    let left_out = |signs: &Signs| signs.left_out.iter().find(|it| it.team == team).map(|it| it.of);
    assert_eq!(unchecked(&before), Some((0, people.len())));
    assert_eq!(left_out(&before), Some(people.len()));

    service.check(officer, visit("Nobody Atall")).await.expect("an answer");
    service.check(officer, visit("Nobody Atall")).await.expect("an answer");
    service.demonstration_credential(officer, "kettle orbit thimble", SECRET).await.expect("credential");
    let after = service.signs().await.expect("signs");
    assert_eq!(unchecked(&after), Some((1, people.len())), "one person, however often");
    assert_eq!(left_out(&after), Some(people.len() - 1));

    for person in &people {
        service.check(*person, visit("Nobody Atall")).await.expect("an answer");
    }
    assert_eq!(unchecked(&service.signs().await.expect("signs")), None);
    running.clock.set(now() + service::signs::LATELY + SignedDuration::from_mins(1));
    assert_eq!(unchecked(&service.signs().await.expect("signs")), Some((0, people.len())), "long ago");
}

#[tokio::test]
async fn every_check_is_counted_once_and_shows_which_entries_are_used() {
    let running = council(900).await;
    let service = &running.service;
    let (entry, asker, name, home) = service.read(|register| {
        let entries = register.measures().filter(|measure| measure.kind == Kind::Entry);
        let found = entries.filter_map(|measure| {
            let plan = measure.plan_in_force()?;
            let asker = register
                .accounts()
                .find(|it| plan.audience.contains(&it.team) && it.roles.contains(&Role::Officer))?;
            let about = register.subject(measure.subject)?.details.known()?;
            let home = about.addresses().first()?.clone();
            Some((measure.id, asker.clone(), about.heading().to_owned(), home))
        });
        found.last().expect("an entry in force with an officer in its audience")
    });
    let period = Period::year_to(service.today());
    let counted = |usage: &Usage| usage.by_month(period).whole.iter().flatten().copied().collect::<Vec<_>>();
    let unused = |usage: &Usage, after| {
        let unused = service.read(|register| usage.unused(register, after));
        unused.iter().any(|it| it.measure == entry)
    };
    let before = service.usage().await.expect("counted");
    assert_eq!(counted(&before), [0, 0, 0, 0]);
    assert!(unused(&before, None));

    service.check(asker.id, visit("Nobody Atall")).await.expect("an answer");
    service.accesses(somebody(Role::Auditor), AccessFilter::default(), 10).await.expect("no check at all");
    let mut asked = visit(&name);
    asked.description.address = Some(home.lines.as_str().to_owned());
    asked.description.postcode = home.postcode.map(|postcode| postcode.as_str().to_owned());
    let answer = service.check(asker.id, asked).await.expect("an answer");
    assert!(matches!(answer.verdict, Verdict::Marker(_)), "{:?}", answer.verdict);
    for usage in [
        service.usage().await,
        service.usage().await,
        open(running.directory.path(), &running.clock).await.usage().await,
    ] {
        let usage = usage.expect("counted");
        assert_eq!(counted(&usage), [2, 1, 0, 1], "once each, read at once or bit by bit");
        assert!(!unused(&usage, None), "it was shown");
        assert!(unused(&usage, Some(service.today())), "not after today");
        let teams = service.read(|register| usage.by_team(register, None, service.today()));
        let team = service.read(|register| register.team(asker.team).map(|team| team.name()));
        let row = teams.rows.iter().find(|row| Some(row.of.to_string()) == team).expect("the team");
        assert_eq!(row.numbers, teams.whole, "all by one team");
        let later = service.read(|register| usage.by_team(register, Some(service.today()), service.today()));
        assert_eq!(later.whole, [Some(0); 4], "none after today");
    }
}

#[tokio::test]
async fn two_services_on_one_register_see_what_the_other_decided() {
    let running = council(0).await;
    let other = open(running.directory.path(), &running.clock).await;
    let keeper = somebody(Role::RegisterTeam);
    let team = |service: &Service, name: &str| OpenTeam {
        team: TeamId::from_bits(service.fresh()),
        name: Text::new(name).expect("text"),
        contact: Contact::Visits,
    };
    let opened = team(&other, "Tree wardens");
    other.execute(keeper, other.fresh_command(), opened).await.expect("opened by one");
    let same = team(&running.service, "Tree wardens");
    let refused = running.service.execute(keeper, running.service.fresh_command(), same).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TeamNameTaken))), "the other knows");
}

#[tokio::test]
async fn a_session_ends_when_idle_when_old_and_when_its_account_is_closed() {
    let running = council(0).await;
    let service = &running.service;
    let persona = personas().into_iter().find(|persona| persona.role == Role::Officer).expect("persona");
    service
        .demonstration_credential(persona.account, "kettle orbit thimble", SECRET)
        .await
        .expect("credential");
    let sign_in = || async {
        let code = service.demonstration_code(persona.account).await.expect("code");
        match service.sign_in(&persona.email, "kettle orbit thimble").await {
            Ok(SignIn::SecondFactor(token)) => service.second_factor(&token, &code).await.expect("signed in"),
            other => panic!("the second factor is asked for: {other:?}"),
        }
    };
    let idle = sign_in().await;
    assert!(service.session(idle.as_str()).await.expect("looked up").is_some());
    running.clock.set(now() + SignedDuration::from_mins(16));
    assert!(service.session(idle.as_str()).await.expect("looked up").is_none(), "idle");

    running.clock.set(now() + SignedDuration::from_mins(30));
    let old = sign_in().await;
    for minutes in (40..=30 + 9 * 60).step_by(10) {
        running.clock.set(now() + SignedDuration::from_mins(minutes));
        assert!(service.session(old.as_str()).await.expect("looked up").is_some(), "used every ten minutes");
    }
    running.clock.set(now() + SignedDuration::from_mins(30 + 10 * 60 + 1));
    assert!(service.session(old.as_str()).await.expect("looked up").is_none(), "too old");

    let closed = sign_in().await;
    let close = register::command::CloseAccount { account: persona.account };
    service.execute(somebody(Role::RegisterTeam), service.fresh_command(), close).await.expect("closed");
    assert!(service.session(closed.as_str()).await.expect("looked up").is_none(), "closed");
    let refused = service.sign_in(&persona.email, "kettle orbit thimble").await;
    assert!(matches!(refused, Err(SignInRefused::NotRight)));
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_a_code_is_good_once() {
    let running = council(0).await;
    let service = &running.service;
    let persona = personas().into_iter().find(|persona| persona.role == Role::Officer).expect("persona");
    service
        .demonstration_credential(persona.account, "kettle orbit thimble", SECRET)
        .await
        .expect("credential");
    let code = service.demonstration_code(persona.account).await.expect("code");
    let half = || async {
        match service.sign_in(&persona.email, "kettle orbit thimble").await {
            Ok(SignIn::SecondFactor(token)) => token,
            other => panic!("the second factor is asked for: {other:?}"),
        }
    };
    let first = half().await;
    assert!(matches!(service.second_factor(&first, "000000").await, Err(SignInRefused::CodeNotRight)));
    let whole = service.second_factor(&first, &code).await.expect("signed in");
    assert!(service.session(whole.as_str()).await.expect("looked up").is_some());
    assert!(service.session(first.as_str()).await.expect("looked up").is_none(), "the half session is gone");
    let again = half().await;
    assert!(matches!(service.second_factor(&again, &code).await, Err(SignInRefused::CodeNotRight)));
}

#[tokio::test]
async fn guessing_is_stopped_even_when_many_guess_at_once() {
    let running = council(0).await;
    let service = &running.service;
    let persona = personas().into_iter().find(|persona| persona.role == Role::Member).expect("persona");
    service
        .demonstration_credential(persona.account, "kettle orbit thimble", SECRET)
        .await
        .expect("credential");
    let guesses: Vec<_> = (0..40)
        .map(|guess| {
            let (service, email) = (service.clone(), persona.email.clone());
            tokio::spawn(async move { service.sign_in(&email, &format!("wrong guess {guess}")).await })
        })
        .collect();
    let mut looked_at = 0;
    for guess in guesses {
        if matches!(guess.await.expect("ran"), Err(SignInRefused::NotRight)) {
            looked_at += 1;
        }
    }
    assert!(looked_at <= service::sign_in::TRIES, "{looked_at} guesses were looked at");
    let refused = service.sign_in(&persona.email, "kettle orbit thimble").await;
    assert!(matches!(refused, Err(SignInRefused::TooMany)));
    running.clock.set(now() + SignedDuration::from_mins(6));
    let again = service.sign_in(&persona.email, "kettle orbit thimble").await;
    assert!(matches!(again, Ok(SignIn::SecondFactor(_))));
}

#[tokio::test]
async fn a_draft_is_its_owners_and_is_gone_after_two_weeks() {
    let running = council(0).await;
    let service = &running.service;
    let (owner, other) = (somebody(Role::Officer), somebody(Role::Member));
    service.keep_draft(owner, "report", b"what happened").await.expect("kept");
    assert_eq!(service.draft(owner, "report").await.expect("read").as_deref(), Some(&b"what happened"[..]));
    assert_eq!(service.draft(other, "report").await.expect("read"), None);
    assert_eq!(service.drafts(owner).await.expect("listed").len(), 1);
    running.clock.set(now() + SignedDuration::from_hours(24 * 15));
    assert_eq!(service.draft(owner, "report").await.expect("read"), None);
}

#[tokio::test]
async fn an_invitation_is_good_once() {
    let running = council(0).await;
    let service = &running.service;
    let officer = somebody(Role::Officer);
    let code = service.invitation(officer).await.expect("invited");
    let weak = service.accept_invitation(&code, "", "password1234").await;
    assert!(matches!(weak, Err(SignInRefused::Password(_))), "a weak password leaves the invitation good");
    assert_eq!(
        service.accept_invitation(&code, "", "kettle orbit thimble").await.expect("taken up"),
        officer
    );
    let again = service.accept_invitation(&code, "", "kettle orbit thimbles").await;
    assert!(matches!(again, Err(SignInRefused::InvitationNotRight)));
}

#[tokio::test]
async fn only_whoever_asked_acknowledges_a_check() {
    let running = council(0).await;
    let service = &running.service;
    let answer = service.check(somebody(Role::Officer), visit("Nobody Atall")).await.expect("answer");
    let by_another = service.acknowledge(somebody(Role::Member), answer.check).await.expect("no fault");
    assert_eq!(by_another, None);
    let without = service.acknowledge(somebody(Role::Officer), answer.check).await.expect("no fault");
    assert_eq!(without, None, "there was no marker");
}

#[tokio::test]
async fn the_master_key_is_renewed_once_a_month_and_the_former_one_is_no_more() {
    let running = council(20).await;
    let key_of = |month: &str| running.directory.path().join("keys").join(format!("epoch-{month}"));
    running.clock.set(now());
    assert!(!running.service.renew_master_key().await.expect("no fault"), "its month is not over");
    assert!(key_of("202611").exists());
    running.clock.set(now() + SignedDuration::from_hours(24 * 31));
    assert!(running.service.renew_master_key().await.expect("renewed"));
    assert!(!running.service.renew_master_key().await.expect("no fault"));
    assert!(key_of("202612").exists() && !key_of("202611").exists());
    let before = running.service.read(|register| format!("{register:?}"));
    drop(running.service);
    let again = open(running.directory.path(), &running.clock).await;
    assert!(
        again.read(|register| format!("{register:?}")) == before,
        "everything is readable under the new key"
    );
}
