//! Whoever checked before a visit is told when the answer changes before the day, and never how until they ask again.

use super::cases::{self, HOME, does, next_month, text};
use super::faults::Failing;
use super::screening::{begun, list};
use super::{council, now, open, open_on, somebody, visit};
use jiff::SignedDuration;
use ledger::Log;
use register::calendar::days_after;
use register::command::{
    AdoptPolicy, ChangeAccount, CloseAccount, EndorsePolicy, LogConsultation, OpenTeam, ProposePolicy,
    RecordSupportNeeds, VaryMeasure,
};
use register::ids::{AccountId, TeamId};
use register::measure::Kind;
use register::people::{Contact, Role};
use register::personal::Text;
use register::policy::{Code, Consulted, Figure};
use register::view::{Purpose, Verdict};
use service::Service;
use service::access::AccessKind;
use service::check::{Answer, Described, Shown, VerdictKind};
use service::screening::Visit;
use service::watch::{Notices, Watching};
use std::collections::BTreeMap;
use std::time::Instant;

async fn ask(service: &Service, by: AccountId) -> Answer {
    service.check(by, next_month()).await.expect("an answer")
}

/// How many notices there are once everything that happened is looked at.
async fn told(service: &Service, by: AccountId) -> usize {
    service.bring_up_watches().await.expect("brought up");
    service.notices(by).await.expect("read").all()
}

async fn teams_change(service: &Service, by: AccountId, role: Role, team: TeamId) {
    let details = service.read(|register| {
        register.account(by).and_then(|account| account.details.known().cloned()).expect("details")
    });
    let change = ChangeAccount { account: by, roles: [role].into(), team, details };
    does(service, Role::RegisterTeam, change).await;
}

#[tokio::test]
async fn a_marker_put_up_after_the_check_is_told_and_is_no_news_once_it_was_shown() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let answer = ask(service, officer).await;
    assert_eq!(answer.verdict, Verdict::NoneFound);
    assert_eq!(answer.watching, Watching::Until(next_month().day.expect("a day")));
    assert_eq!(told(service, officer).await, 0);

    cases::open_file(service, HOME).await;
    assert_eq!(told(service, officer).await, 0, "a file is no marker");
    cases::ask_for_marker(service, &["NLV"]).await;
    assert_eq!(told(service, officer).await, 0, "nor is a marker that one person wants");
    let before = service.ledger().size(Log::Access).await.expect("size");
    cases::agree(service).await;
    assert_eq!(told(service, officer).await, 1);
    assert_eq!(service.ledger().size(Log::Access).await.expect("size"), before, "nothing was shown");
    let watches = service.watches(officer).await.expect("watches");
    assert_eq!((watches.len(), watches[0].check, watches[0].changed), (1, answer.check, Some(now())));
    assert_eq!(watches[0].asked(), next_month());

    let again = service.check(officer, watches[0].asked()).await.expect("an answer");
    assert!(matches!(again.verdict, Verdict::Marker(_)));
    assert_eq!(told(service, officer).await, 0);
    let watches = service.watches(officer).await.expect("watches");
    assert_eq!((watches.len(), watches[0].check), (1, again.check), "it goes on from the new answer");
}

#[tokio::test]
async fn an_answer_that_comes_back_to_what_was_shown_is_no_notice_any_more() {
    let running = council(0).await;
    let (service, officer, member) = (&running.service, somebody(Role::Officer), somebody(Role::Member));
    ask(service, officer).await;
    cases::mark(service).await;
    ask(service, member).await;
    assert_eq!((told(service, officer).await, told(service, member).await), (1, 0));
    cases::lapses(&running).await;
    let notices = (told(service, officer).await, told(service, member).await);
    assert_eq!(
        notices,
        (0, 1),
        "whoever was shown nothing is where they were, whoever was told of it is not"
    );
}

#[tokio::test]
async fn a_corrected_address_that_the_visit_now_fits_is_told() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    cases::open_file(service, "3 Quarry Steps, Netherwold").await;
    cases::ask_for_marker(service, &["NLV"]).await;
    cases::agree(service).await;
    let mut by_address = next_month();
    by_address.description.name = None;
    let answer = service.check(officer, by_address).await.expect("an answer");
    assert_eq!(answer.verdict, Verdict::NoneFound);
    assert_eq!(told(service, officer).await, 0);
    cases::moves(service, HOME).await;
    assert_eq!(told(service, officer).await, 1);
    cases::moves(service, "4 Quarry Steps, Netherwold").await;
    assert_eq!(told(service, officer).await, 0, "it came back to what was shown");
}

#[tokio::test]
async fn varied_precautions_are_told_and_what_changes_nothing_for_whoever_goes_is_not() {
    let running = council(2_000).await;
    let service = &running.service;
    let today = service.today();
    // Somebody in force whom an officer of the audience is shown.
    let (measure, officer, mut asked) = service.read(|register| {
        let entries = register.measures().filter(|measure| measure.kind == Kind::Entry);
        let found = entries.filter_map(|measure| {
            let plan = measure.plan_in_force()?;
            plan.words.known()?;
            let asker = register
                .accounts()
                .find(|it| plan.audience.contains(&it.team) && it.roles.contains(&Role::Officer))?;
            let about = register.subject(measure.subject)?.details.known()?;
            let mut asked = visit(about.heading());
            let home = about.addresses().first()?.clone();
            asked.description.address = Some(home.lines.as_str().to_owned());
            asked.description.postcode = home.postcode.map(|postcode| postcode.as_str().to_owned());
            Some((measure.clone(), asker.id, asked))
        });
        found.last().expect("an entry in force with an officer in its audience")
    });
    asked.day = Some(days_after(today, 7));
    let answer = service.check(officer, asked).await.expect("an answer");
    assert!(matches!(answer.verdict, Verdict::Marker(_)));

    let needs = RecordSupportNeeds { subject: measure.subject, needs: text("Large print") };
    does(service, Role::RegisterTeam, needs).await;
    let team = OpenTeam {
        team: TeamId::from_bits(service.fresh()),
        name: Text::new("Tree wardens").expect("text"),
        contact: Contact::Visits,
    };
    does(service, Role::RegisterTeam, team).await;
    assert_eq!(told(service, officer).await, 0, "nothing changed for whoever goes");
    cases::open_file(service, HOME).await;
    assert_eq!(told(service, officer).await, 0, "it concerned somebody else");

    let plan = measure.plan_in_force().expect("in force");
    let precautions = ["NLV", "APT"].map(|code| Code::new(code).expect("code"));
    let precautions = precautions.into_iter().filter(|code| !plan.precautions.contains(code));
    let proposal = register::assessment::Proposal {
        band: plan.band,
        precautions: plan.precautions.iter().cloned().chain(precautions.take(1)).collect(),
        restrictions: plan.restrictions.clone(),
        audience: plan.audience.clone(),
        limits: plan.limits.clone(),
        words: plan.words.known().expect("words").clone(),
    };
    let vary = VaryMeasure { measure: measure.id, plan: proposal, reasons: text("More is needed") };
    let varied = async {
        for persona in demonstration::personas() {
            let done = service.execute(persona.account, service.fresh_command(), vary.clone()).await;
            if done.is_ok() {
                return true;
            }
        }
        false
    };
    assert!(varied.await, "somebody may vary it");
    assert_eq!(told(service, officer).await, 1);
}

#[tokio::test]
async fn a_change_before_the_program_was_started_again_is_told_after_it() {
    let running = council(0).await;
    let officer = somebody(Role::Officer);
    ask(&running.service, officer).await;
    running.service.bring_up_watches().await.expect("brought up");
    cases::mark(&running.service).await;
    drop(running.service);
    let again = open(running.directory.path(), &running.clock).await;
    assert_eq!(told(&again, officer).await, 1);
    let once_more = open(running.directory.path(), &running.clock).await;
    assert_eq!(once_more.notices(officer).await.expect("read"), Notices { visits: 1, of_lists: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_records_between_the_answer_and_its_watch_is_told() {
    let running = council(0).await;
    let (other, officer) = (&running.service, somebody(Role::Officer));
    cases::open_file(other, HOME).await;
    cases::ask_for_marker(other, &["NLV"]).await;
    let late = Failing::late(running.directory.path());
    let service = open_on(late.clone(), running.directory.path(), &running.clock).await.expect("service");
    let asking = {
        let service = service.clone();
        tokio::spawn(async move { service.check(officer, next_month()).await })
    };
    late.arrived().await;
    // The other process looks at everything that is watched, and does not know of this yet.
    cases::agree(other).await;
    assert_eq!(told(other, officer).await, 0);
    late.let_through();
    let answer = asking.await.expect("ran").expect("an answer");
    assert_eq!(answer.verdict, Verdict::NoneFound);
    assert!(matches!(answer.watching, Watching::Until(_)), "{:?}", answer.watching);
    assert_eq!(service.notices(officer).await.expect("read").all(), 1);
    assert_eq!(told(other, officer).await, 1);
}

#[tokio::test]
async fn a_watch_is_its_owners_alone_and_ends_when_they_stop_it_leave_or_the_day_has_passed() {
    let running = council(0).await;
    let service = &running.service;
    let (officer, member) = (somebody(Role::Officer), somebody(Role::Member));
    let one = ask(service, officer).await;
    let other = ask(service, member).await;
    assert_eq!(ask(service, member).await.verdict, other.verdict);
    assert_eq!(service.watches(member).await.expect("watches").len(), 1, "asked again, it is one visit");
    cases::mark(service).await;
    assert_eq!((told(service, officer).await, told(service, member).await), (1, 1));

    assert!(service.watched(member, one.check).await.expect("read").is_none());
    assert!(service.stop_watching(member, one.check).await.expect("read").is_none());
    assert!(service.stop_watching(officer, one.check).await.expect("stopped").is_some());
    assert_eq!((told(service, officer).await, told(service, member).await), (0, 1));

    let before = ask(service, officer).await;
    does(service, Role::RegisterTeam, CloseAccount { account: member }).await;
    assert_eq!(told(service, member).await, 0, "whoever has left is told nothing");
    assert!(service.watches(member).await.expect("watches").is_empty());
    running.clock.set(now() + SignedDuration::from_hours(24 * 31));
    assert!(service.watched(officer, before.check).await.expect("read").is_none(), "its day has passed");
}

#[tokio::test]
async fn whoever_moves_to_another_team_is_told_and_is_shown_what_that_team_may_see() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    cases::mark(service).await;
    assert!(matches!(ask(service, officer).await.verdict, Verdict::Marker(_)));
    let elsewhere = service.read(|register| {
        let own = cases::team(service);
        register.teams().find(|team| team.id != own).expect("another team").id
    });
    teams_change(service, officer, Role::Officer, elsewhere).await;
    assert_eq!(told(service, officer).await, 1);
    let watch = service.watches(officer).await.expect("watches").remove(0);
    let answer = service.check(officer, watch.asked()).await.expect("an answer");
    assert!(matches!(answer.verdict, Verdict::Possible(_)), "they are to ring, and learn no more");
}

#[tokio::test]
async fn calls_and_visits_of_no_day_to_come_are_not_watched() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let mut call = next_month();
    (call.purpose, call.day) = (Purpose::Call, None);
    let answer = service.check(officer, call).await.expect("an answer");
    assert_eq!(answer.watching, Watching::NotPlanned);
    assert!(service.watches(officer).await.expect("watches").is_empty());
}

const EVERY: [VerdictKind; 3] = [VerdictKind::Marker, VerdictKind::Possible, VerdictKind::NoneFound];

/// Visits to strangers next month, and two of them to where the subject of the tests lives.
fn round(many: u32) -> Vec<Visit> {
    let day = next_month().day;
    let to_them = [2, many / 2];
    let visit = |row: u32| {
        let stranger = Described { name: Some(format!("Quentin Strangeways{row}")), ..Described::default() };
        let description = if to_them.contains(&row) { next_month().description } else { stranger };
        Visit { row, officer: None, day, description }
    };
    (1..=many).map(visit).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_watched_through_what_is_kept_and_answered_anew_when_it_is_opened() {
    let running = council(0).await;
    let (service, by) = (&running.service, somebody(Role::Officer));
    let planned = round(1_900);
    let id = begun(service, by, &planned).await;
    service.screen(id).await.expect("screened");
    assert_eq!(told(service, by).await, 0);
    cases::mark(service).await;
    assert_eq!(told(service, by).await, 2);
    assert_eq!(told(service, somebody(Role::LineManager)).await, 0, "nobody else is told");
    let changed = service.changed_screenings(by).await.expect("read");
    assert_eq!((changed.len(), changed[0].list), (1, id));

    let rows = service.ledger().size(Log::Access).await.expect("size");
    let anew = service.answer_anew(list(service, by, id).await).await.expect("answered");
    assert_eq!(
        service.ledger().size(Log::Access).await.expect("size"),
        rows + 2,
        "a row for each that changed"
    );
    assert_eq!((anew.tally.marker, anew.tally.checked()), (2, planned.len()));
    assert_eq!(list(service, by, id).await.tally, anew.tally);
    let screened = service.screened(&anew, &EVERY, 0, usize::MAX).await.expect("read");
    assert_eq!(screened.len(), planned.len());
    for it in &screened {
        let is_theirs = it.visit.description == next_month().description;
        assert_eq!(it.changed.is_some(), is_theirs, "row {}", it.visit.row);
        assert_eq!(it.shown.kind() == VerdictKind::Marker, is_theirs, "row {}", it.visit.row);
    }
    assert_eq!(told(service, by).await, 0, "it was shown");
    let once_more = service.answer_anew(anew).await.expect("answered");
    assert_eq!(once_more.tally.marker, 2);
    assert_eq!(service.ledger().size(Log::Access).await.expect("size"), rows + 2, "nothing changed since");

    // Between a change and the next time that housekeeping looks, whoever opens the list is shown what holds now.
    cases::lapses(&running).await;
    let ended = service.answer_anew(once_more).await.expect("answered");
    assert_eq!(ended.tally.marker, 0);
    let filter = service::access::AccessFilter { account: Some(by), ..Default::default() };
    let rows = service.accesses(somebody(Role::Auditor), filter, 9_000).await.expect("rows");
    assert_eq!(rows.iter().filter(|row| row.kind == AccessKind::Check).count(), planned.len() + 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_while_a_list_is_being_checked_and_one_that_is_taken_back_are_both_seen() {
    let running = council(0).await;
    let (service, by) = (&running.service, somebody(Role::Officer));
    let id = begun(service, by, &round(1_200)).await;
    let going = {
        let service = service.clone();
        tokio::spawn(async move { service.screen(id).await })
    };
    cases::mark(service).await;
    going.await.expect("ran").expect("screened");
    let anew = service.answer_anew(list(service, by, id).await).await.expect("answered");
    assert_eq!(anew.tally.marker, 2, "whatever came first");
    cases::lapses(&running).await;
    assert_eq!(told(service, by).await, 2);
    let begun = Instant::now();
    assert_eq!(told(service, by).await, 2);
    assert!(begun.elapsed().as_millis() < 500, "nothing was recorded: nothing is looked at");
}

#[tokio::test]
async fn how_alike_somebody_must_be_follows_from_what_the_policy_says_a_wrong_warning_weighs() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    cases::mark(service).await;
    let described = |name: &str, born: &str, address: &str, postcode: &str| {
        let some = |typed: &str| (!typed.is_empty()).then(|| typed.to_owned());
        let (name, born, address) = (some(name), some(born), some(address));
        Described { name, born, address, postcode: some(postcode), ..Described::default() }
    };
    let questions = [
        described(cases::NAME, "27/3/1971", "", ""),
        described(cases::NAME, "1971", "", "ZZ4 7QX"),
        described(cases::NAME, "", "", "ZZ4 7QX"),
        described(cases::NAME, "1971", "", ""),
        described("Otoline Farthingail", "", HOME, ""),
        described("O Farthingale", "", "", "ZZ4 7QX"),
        described(cases::NAME, "", "", ""),
        described("Otilie Fardingale", "", "", "ZZ4 7QX"),
    ];
    let answers = async || {
        let mut answers = Vec::new();
        for description in &questions {
            let mut asked = next_month();
            (asked.purpose, asked.day, asked.description) = (Purpose::Call, None, description.clone());
            let answer = service.check(officer, asked).await.expect("an answer");
            answers.push(Shown::of(&answer.verdict).kind());
        }
        answers
    };
    let before = answers().await;
    adopt(service, [(Figure::WrongWeighs, 1024)].into()).await;
    let after = answers().await;
    let turned = before.iter().zip(&after).filter(|(before, after)| before != after);
    let turned: Vec<_> = turned.collect();
    assert!(!turned.is_empty(), "somebody is no longer shown at once: {before:?}");
    for turn in turned {
        assert_eq!(turn, (&VerdictKind::Marker, &VerdictKind::Possible), "and nobody is missed for it");
    }
}

/// Has a policy with these figures adopted, by the two people that it takes.
async fn adopt(service: &Service, figures: BTreeMap<Figure, u32>) {
    let change = service.read(register::state::Register::next_change);
    let (lists, effective) = (service.read(|register| register.policy().lists().clone()), service.today());
    let propose = ProposePolicy {
        name: text("Policy"),
        figures,
        lists,
        clauses: BTreeMap::new(),
        effective,
        reasons: text("Too many were warned of for somebody else"),
    };
    does(service, Role::PolicyOwner, propose).await;
    let (consulted, held_on) = (Consulted::Other, effective);
    let log = LogConsultation { change, consulted, held_on, words: text("They agree") };
    does(service, Role::PolicyOwner, log).await;
    does(service, Role::CabinetMember, EndorsePolicy { change, reasons: text("It is fair") }).await;
    service.execute_as_system(AdoptPolicy { change }).await.expect("adopted");
}
