//! Two nodes on one register in PostgreSQL: what one does, the other knows.

use super::*;
use crate::budget::{SOON, answered};
use ledger_postgres::testing::Server;
use ledger_postgres::{PostgresFilling, PostgresStore, Settings};
use tokio::task::JoinSet;

/// A council whose register was moved to PostgreSQL, and two nodes that serve it.
struct Nodes {
    nodes: [Service; 2],
    running: Running,
    settings: Settings,
    server: Server,
}

async fn node(settings: &Settings, path: &Path, clock: &Arc<HandClock>) -> Service {
    node_with_heads(&path.join("heads"), settings, path, clock).await
}

/// A node that notes its heads in a folder of its own.
async fn node_with_heads(heads: &Path, settings: &Settings, path: &Path, clock: &Arc<HandClock>) -> Service {
    let heads = HeadFiles::open(heads, &keyring(path)).expect("heads");
    let store = PostgresStore::open(settings, heads).await.expect("store");
    open_on(Arc::new(store), path, clock).await.expect("service")
}

async fn nodes() -> Nodes {
    let running = council(0).await;
    let server = Server::shared();
    let settings = server.database();
    let filling = PostgresFilling::begin(&settings).await.expect("an empty database");
    let file = running.service.ledger().store();
    ledger::copy(&**file, Box::new(filling)).await.expect("moved");
    let path = running.directory.path();
    let nodes = [node(&settings, path, &running.clock).await, node(&settings, path, &running.clock).await];
    Nodes { nodes, running, settings, server }
}

async fn open_team(service: &Service, name: &str) -> TeamId {
    let team = TeamId::from_bits(service.fresh());
    let open = OpenTeam { team, name: Text::new(name).expect("text"), contact: Contact::Visits };
    let by = somebody(Role::Administrator);
    service.execute(by, service.fresh_command(), open).await.expect("a team");
    team
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_checks_on_one_node_is_answered_from_all_that_was_recorded_on_another() {
    let Nodes { nodes: [here, there], .. } = &nodes().await;
    for round in 0..5 {
        let team = open_team(here, &format!("Team {round}")).await;
        let officer = somebody(Role::Officer);
        there.check(officer, visit("Nobody Atall")).await.expect("an answer");
        assert!(there.read(|register| register.team(team).is_some()), "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_nodes_decide_and_each_decision_is_made_on_all_before_it() {
    let Nodes { nodes: [here, there], running, .. } = &nodes().await;
    let mut race = JoinSet::new();
    for number in 0..20 {
        let service = if number % 2 == 0 { here.clone() } else { there.clone() };
        race.spawn(async move { open_team(&service, &format!("Team {number}")).await });
    }
    let teams = race.join_all().await;
    for service in [here, there] {
        service.check(somebody(Role::Officer), visit("Nobody Atall")).await.expect("an answer");
        assert!(service.read(|register| teams.iter().all(|team| register.team(*team).is_some())));
    }
    let again = open_team_of_a_name_that_is_taken(there).await;
    assert!(matches!(again, Err(Failure::Refused(Refusal::TeamNameTaken))), "{again:?}");
    assert!(running.service.position() < here.position(), "the file stayed as it was");
}

async fn open_team_of_a_name_that_is_taken(service: &Service) -> Result<(), Failure> {
    let team = TeamId::from_bits(service.fresh());
    let open = OpenTeam { team, name: Text::new("Team 4").expect("text"), contact: Contact::Visits };
    let by = somebody(Role::Administrator);
    service.execute(by, service.fresh_command(), open).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signed_in_on_one_node_is_known_to_another_and_signed_out_of_both() {
    let Nodes { nodes: [here, there], .. } = &nodes().await;
    let token = signed_in(here, somebody(Role::Officer)).await;
    assert!(is_in(there, &token).await);
    there.sign_out(token.as_str()).await.expect("signed out");
    assert!(!is_in(here, &token).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_checks_at_once_on_two_nodes_come_to_no_more_than_one_budget() {
    let Nodes { nodes: [here, there], .. } = &nodes().await;
    let officer = somebody(Role::Officer);
    let mut race = JoinSet::new();
    for number in 0..100 {
        let service = if number % 2 == 0 { here.clone() } else { there.clone() };
        race.spawn(async move { answered(&service, officer, number..number + 1).await });
    }
    assert_eq!(race.join_all().await.into_iter().sum::<usize>(), SOON);
}

/// What the primary had and the standby has not is gone with the primary. What a node has read of it meanwhile never was.
#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_has_read_what_was_lost_with_a_primary_finds_back_to_the_log_as_it_is() {
    for replaced in [false, true] {
        let Nodes { nodes: [_, there], running, settings, server } = nodes().await;
        let (path, officer) = (running.directory.path(), somebody(Role::Officer));
        let token = signed_in(&there, officer).await;
        let node_of_its_own = async |heads: &str| {
            let heads = path.join(heads);
            std::fs::create_dir(&heads).expect("a folder");
            for head in std::fs::read_dir(path.join("heads")).expect("heads").flatten() {
                std::fs::copy(head.path(), heads.join(head.file_name())).expect("copied");
            }
            node_with_heads(&heads, &settings, path, &running.clock).await
        };
        let (lost_one, third) = (node_of_its_own("heads-lost").await, node_of_its_own("heads-third").await);
        let before = there.position();

        // One node records it, another reads it and writes nothing; then it is lost.
        let lost = open_team(&lost_one, "Lost").await;
        drop(lost_one);
        let read = || there.read(|register| register.team(lost).is_some());
        while !read() {
            assert!(is_in(&there, &token).await);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let (_, name) = settings.url.rsplit_once("dbname=").expect("a name");
        server.sql(
            name,
            &format!(
                "delete from particular where log = 1 and position > {before}; delete from record where log = 1 and position > {before};
                 update head set register_size = {before};"
            ),
        );
        let kept = if replaced { Some(open_team(&third, "Kept").await) } else { None };

        assert!(read(), "it is in memory still");
        there.check(officer, visit("Nobody Atall")).await.expect("an answer");
        assert!(!read(), "an answer is from the log as it is");
        assert!(kept.is_none_or(|kept| there.read(|register| register.team(kept).is_some())));
        let next = open_team(&there, "Next").await;
        assert!(there.read(|register| register.team(next).is_some()));
        assert_eq!(there.position(), before + 1 + u64::from(replaced));
    }
}
