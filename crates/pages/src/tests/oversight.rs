//! What stands out among looks, as the data protection officer reads it, and what the network sees of a check.

use super::checks::{HOUSING, MEASURE, mark};
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use register::ids::{File, SubjectId};
use register::people::Role;
use service::access::AccessFilter;
use service::clock::Clock;

const VISIT: [(&str, &str); 4] =
    [("purpose", "visit"), ("day-day", "24"), ("day-month", "11"), ("day-year", "2026")];

fn asking<'a>(typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    VISIT.iter().copied().chain(typed.iter().copied()).collect()
}

#[tokio::test]
async fn a_look_at_ones_own_street_is_put_before_the_data_protection_officer_and_no_word_of_what_was_asked() {
    let council = TestCouncil::open().await;
    mark(&council, HOUSING).await;
    let mut contractor = council.signed_in(Role::Contractor).await;
    let home = [("lines", "6 Mill Lane, Fenbridge"), ("postcode", "FB1 2AB")];
    assert_eq!(contractor.post("/account/home", &home).await.leads_to(), Some("/account"));
    assert!(contractor.get("/account/home").await.body.contains("6 Mill Lane, Fenbridge"));
    let asked =
        asking(&[("name", "Siobhan Kestrelwood"), ("address", "4 Mill Lane"), ("postcode", "FB1 2AB")]);
    assert!(contractor.post("/check", &asked).await.body.contains("psr-verdict--marker"));

    let mut officer = council.signed_in(Role::DataProtection).await;
    let page = officer.get("/oversight").await;
    assert_eq!(page.status, StatusCode::OK);
    for said in ["Contractor", "The reader’s own street", "explains it", &MEASURE.to_string()] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    for secret in ["Kestrelwood", "Mill Lane", "FB1"] {
        assert!(!page.body.contains(secret), "{secret}");
    }
    assert_eq!(contractor.get("/oversight").await.status, StatusCode::FORBIDDEN);

    // Taken back, it is not compared any more; and with a job number the street alone is no reason to ask.
    contractor.post("/account/home", &[("lines", ""), ("postcode", "")]).await;
    assert!(!officer.get("/oversight").await.body.contains("own street"));
}

#[tokio::test]
async fn whoever_asks_about_an_address_at_which_nobody_lives_stands_out_and_is_told_nothing_of_it() {
    let council = TestCouncil::open().await;
    mark(&council, HOUSING).await;
    let mut auditor = council.signed_in(Role::Auditor).await;
    let mut officer = council.signed_in(Role::Officer).await;
    let walk = asking(&[("address", "199 Mill Lane, Fenbridge"), ("postcode", "FB1 2AB"), ("job", "R-1")]);
    let before = officer.post("/check", &walk).await.body;
    let a_second_later = || council.clock.set(council.clock.now() + jiff::SignedDuration::from_secs(1));
    a_second_later();

    let decoy = |lines, uprn| [("act", "place"), ("lines", lines), ("postcode", "FB1 2AB"), ("uprn", uprn)];
    for (lines, uprn, says) in [
        ("Mill Lane", "", "Enter a house number and a street"),
        ("4 Mill Lane, Fenbridge", "", "Somebody on the register is at this address"),
        ("199 Mill Lane, Fenbridge", "a12", "Enter the property reference as a number"),
    ] {
        let answer = auditor.post("/oversight/decoys", &decoy(lines, uprn)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{lines}");
        assert!(answer.body.contains(says) && answer.body.contains(lines), "{lines}: {}", answer.body);
    }
    let placed = auditor.post("/oversight/decoys", &decoy("199 Mill Lane, Fenbridge", "10099")).await;
    assert_eq!(placed.leads_to(), Some("/oversight/decoys"), "{}", placed.body);
    let again = auditor.post("/oversight/decoys", &decoy("199, Mill Lane", "")).await;
    assert!(again.body.contains("is a decoy already"), "{}", again.body);

    let mut protection = council.signed_in(Role::DataProtection).await;
    let stands_out = "A decoy: an address at which nobody lives";
    assert!(!protection.get("/oversight").await.body.contains(stands_out), "asked before it was one");
    let after = officer.post("/check", &walk).await.body;
    let verdict = |page: &str| page.split("id=\"verdict\"").nth(1).map(|it| it[..200].to_owned());
    assert_eq!(verdict(&before), verdict(&after));
    let list = protection.get("/oversight").await.body;
    assert!(list.contains(stands_out), "a job number explains no decoy: {list}");
    assert!(!list.contains("199 Mill Lane"), "what was asked is on no page");
    for secret in ["199 Mill Lane", "10099"] {
        assert!(protection.get("/oversight/decoys").await.body.contains(secret));
    }
    assert_eq!(officer.get("/oversight/decoys").await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        officer.post("/oversight/decoys", &decoy("7 Reed Row", "")).await.status,
        StatusCode::FORBIDDEN
    );

    // By its reference alone, as programs ask; and what was asked stands out after the decoy is gone.
    officer.post("/check", &asking(&[("uprn", "010099")])).await;
    let item = protection.get("/oversight").await.body;
    assert_eq!(item.matches(stands_out).count(), 2, "{item}");
    a_second_later();
    let page = auditor.get("/oversight/decoys").await.body;
    let placed = page.split("name=\"placed\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let back = [("act", "take-back"), ("placed", placed.expect("a decoy"))];
    assert_eq!(auditor.post("/oversight/decoys", &back).await.leads_to(), Some("/oversight/decoys"));
    assert_eq!(auditor.post("/oversight/decoys", &back).await.status, StatusCode::NOT_FOUND);
    assert!(auditor.get("/oversight/decoys").await.body.contains("There is no decoy"));
    a_second_later();
    officer.post("/check", &walk).await;
    assert_eq!(protection.get("/oversight").await.body.matches(stands_out).count(), 2);
}

#[tokio::test]
async fn a_job_number_is_kept_with_the_check_and_shown_to_whoever_gave_it_alone() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let asked = asking(&[("address", "9 Fen Road"), ("job", "REP-4711")]);
    assert!(officer.post("/check", &asked).await.body.contains("REP-4711"));
    let log = council.signed_in(Role::Auditor).await.get("/access-log").await.body;
    assert!(log.contains("With a job reference") && !log.contains("REP-4711"));
}

#[tokio::test]
async fn whoever_watches_the_network_cannot_tell_a_marker_from_its_absence_by_the_length() {
    let council = TestCouncil::open().await;
    mark(&council, HOUSING).await;
    let mut officer = council.signed_in(Role::Officer).await;
    let mut lengths = Vec::new();
    let mut verdicts = Vec::new();
    for typed in [
        &[("address", "4 Mill Lane"), ("postcode", "FB1 2AB")][..],
        &[("address", "88 Elsewhere Street")],
        &[("name", "S Kestrelwood")],
        &[("name", "")],
    ] {
        let answer = officer.post("/check", &asking(typed)).await;
        let title = answer.body.split("psr-verdict__title\" id=\"verdict\">").nth(1);
        verdicts.push(title.map_or("none", |title| title.split(' ').next().unwrap_or_default()).to_owned());
        lengths.push(answer.body.len());
    }
    assert_eq!(verdicts[..2], ["Marker", "None"], "{verdicts:?}");
    assert!(lengths.iter().all(|length| *length == lengths[0]), "{lengths:?} of {verdicts:?}");
}

#[tokio::test]
async fn the_subject_is_told_of_every_look_by_role_and_team_and_never_by_name() {
    let council = TestCouncil::open().await;
    mark(&council, HOUSING).await;
    let subject = SubjectId::from_bits(50);
    let mut member = council.signed_in(Role::Member).await;
    member.post("/check", &asking(&[("address", "4 Mill Lane"), ("postcode", "FB1 2AB")])).await;
    let mut decider = council.signed_in(Role::DecisionMaker).await;
    decider.get(&format!("/measures/{MEASURE}")).await;
    let mut officer = council.signed_in(Role::DataProtection).await;
    officer.get(&format!("/subjects/{subject}")).await;

    let filter = AccessFilter { file: Some(File::Subject(subject)), ..AccessFilter::default() };
    let rows = council.service.accesses(id(Role::Auditor), filter, 99).await.expect("rows");
    let told = officer.get(&format!("/subjects/{subject}/looks.json")).await;
    let told: Vec<serde_json::Value> = serde_json::from_str(&told.body).expect("a list");
    let mut of_log: Vec<u64> = rows.iter().map(|row| row.position).collect();
    of_log.reverse();
    assert_eq!(told.iter().map(|look| look["row"].as_u64().expect("a row")).collect::<Vec<_>>(), of_log);
    assert!(told.len() >= 3, "{told:?}");
    assert!(told.iter().all(|look| look["team"] == "Housing" && look["on"] == "2026-11-24"));
    let keys = ["on", "roles", "row", "team", "what", "why"];
    assert!(
        told.iter().all(|look| look.as_object().is_some_and(|look| look.keys().eq(keys))),
        "no name, no hour"
    );
    let pdf = officer.get(&format!("/subjects/{subject}/looks.pdf")).await;
    assert_eq!((pdf.status, &pdf.body[..5]), (StatusCode::OK, "%PDF-"));

    let mut auditor = council.signed_in(Role::Auditor).await;
    assert_eq!(auditor.get(&format!("/subjects/{subject}/looks.json")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(decider.get(&format!("/subjects/{subject}/looks.json")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_manager_is_told_how_much_each_of_their_team_looks_and_never_at_whom() {
    let council = TestCouncil::open().await;
    mark(&council, HOUSING).await;
    let mut officer = council.signed_in(Role::Officer).await;
    for typed in [[("address", "4 Mill Lane"), ("job", "R-1")], [("address", "9 Fen Road"), ("job", "")]] {
        officer.post("/check", &asking(&typed)).await;
    }
    let page = council.signed_in(Role::LineManager).await.get("/teams/looks").await;
    let cells = page.body.split("Officer</th>").nth(1).expect("a row").split("</tr>").next().expect("cells");
    let numbers: Vec<&str> = cells.split("<td class=\"govuk-table__cell\">").skip(1).collect();
    let numbers: Vec<&str> = numbers.iter().map(|cell| cell.split('<').next().expect("a number")).collect();
    assert_eq!(numbers, ["2", "2", "0", "1"], "{cells}");
    assert!(!page.body.contains("Mill Lane") && !page.body.contains("Kestrelwood"));
    assert!(!page.body.contains("Customer Relations"), "another team's numbers are not theirs");
    assert_eq!(officer.get("/teams/looks").await.status, StatusCode::FORBIDDEN);
}

/// Timed alone and on a quiet machine: `cargo nextest run -p pages --run-ignored only`.
#[tokio::test]
#[ignore = "measures time"]
async fn whoever_watches_the_network_cannot_tell_a_marker_from_its_absence_by_the_time() {
    const EACH: usize = 2_000;
    let council = TestCouncil::open().await;
    mark(&council, HOUSING).await;
    let mut officer = council.signed_in(Role::Officer).await;
    let hit = asking(&[("address", "4 Mill Lane"), ("postcode", "FB1 2AB")]);
    let miss = asking(&[("address", "5 Mill Lane"), ("postcode", "FB1 2AC")]);
    let mut took = Vec::new();
    for number in 0..2 * EACH {
        let is_hit = number % 2 == 0;
        let begun = std::time::Instant::now();
        officer.post("/check", if is_hit { &hit } else { &miss }).await;
        took.push((begun.elapsed(), is_hit));
    }
    let median = |of: bool| {
        let mut times: Vec<_> =
            took.iter().filter(|(_, is_hit)| *is_hit == of).map(|(took, _)| *took).collect();
        times.sort();
        times[EACH / 2]
    };
    let apart = median(true).abs_diff(median(false));
    took.sort();
    // How often a hit took longer than a miss: half of the time where nothing can be told.
    let ranks: usize = (1..).zip(&took).filter(|(_, (_, is_hit))| *is_hit).map(|(rank, _)| rank).sum();
    let longer = ranks - EACH * (EACH + 1) / 2;
    assert!(apart.as_micros() < 200, "medians {apart:?} apart");
    let of_hundred = longer * 100 / (EACH * EACH);
    assert!(
        (46..55).contains(&of_hundred),
        "a hit took longer {of_hundred} times in a hundred; medians {apart:?} apart"
    );
}
