//! A report, from its first question to its file: kept at every step, filed once, and read as far as each may.

use super::browser::{Answer, Browser};
use super::council::TestCouncil;
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use register::people::Role;
use std::io::Cursor;

/// A picture of one colour, and after it what somebody else hides there.
fn png(grey: u8) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let picture = image::GrayImage::from_pixel(8, 8, image::Luma([grey]));
    picture.write_to(&mut file, image::ImageFormat::Png).expect("drawn");
    [file.get_ref().as_slice(), b"<script>hidden</script>"].concat()
}

/// What is typed on each page.
const PAGES: &[(&str, &[(&str, &str)])] = &[
    (
        "when",
        &[
            ("happened-day", "23"),
            ("happened-month", "11"),
            ("happened-year", "2026"),
            ("time", "2.30pm"),
            ("channel", "home"),
            ("place", "4 Mill Lane"),
        ],
    ),
    (
        "who",
        &[("name", "Robin <b>Kestrel"), ("identity", "certain"), ("how", "He showed his tenancy agreement")],
    ),
    ("what", &[("what", "He came at me.\r\nI left."), ("behaviours", "THR"), ("behaviours", "WPN")]),
    ("harm", &[("injury", "none"), ("police", "told"), ("police-reference", "FB/123")]),
    ("needs", &[("needs", "known"), ("needs-words", "Hard of hearing")]),
    ("contact", &[("likely", "Repairs, on Thursday")]),
];

/// Begins a report and returns its address.
async fn begun(browser: &mut Browser) -> String {
    let command = browser.get("/incidents/new").await.hidden("command");
    let answer = browser.post("/incidents/new", &[("command", &command), ("danger", "no")]).await;
    let place = answer.leads_to().expect("onward").to_owned();
    place.strip_suffix("/when").expect("the next question").to_owned()
}

async fn upload(browser: &mut Browser, place: &str, files: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head =
            format!("--x\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(
        b"--x\r\ncontent-disposition: form-data; name=\"evidence\"\r\n\r\nA neighbour saw it\r\n--x--\r\n",
    );
    let request = Request::post(place)
        .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin");
    browser.send(request.body(Body::from(body)).expect("request")).await
}

/// A report that only waits to be sent.
async fn ready(browser: &mut Browser) -> String {
    let report = begun(browser).await;
    for (page, typed) in PAGES {
        let answer = browser.post(&format!("{report}/{page}"), typed).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}");
    }
    upload(browser, &format!("{report}/evidence"), &[("gate.png", &png(9))]).await;
    let you = [("source", "told"), ("told-by", "Mrs Wren next door"), ("protection", "wanted")];
    let answer = browser.post(&format!("{report}/you"), &you).await;
    assert_eq!(answer.leads_to(), Some(format!("{report}/check").as_str()));
    report
}

/// Files a report and returns the address of its file.
async fn filed(browser: &mut Browser) -> String {
    let report = ready(browser).await;
    let sent = browser.post(&format!("{report}/check"), &[]).await;
    sent.leads_to().and_then(|place| place.strip_suffix("/sent")).expect("sent").to_owned()
}

#[tokio::test]
async fn every_answer_is_shown_once_more_and_a_report_sent_twice_is_filed_once() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let report = ready(&mut officer).await;
    let check = officer.get(&format!("{report}/check")).await;
    for said in ["2:30pm", "23 November 2026", "Robin &#60;b&#62;Kestrel", "Hard of hearing", "gate.png"] {
        assert!(check.body.contains(said), "{said}");
    }
    let first = officer.post(&format!("{report}/check"), &[]).await;
    let second = officer.post(&format!("{report}/check"), &[]).await;
    assert_eq!(first.leads_to(), second.leads_to());
    assert_eq!(council.service.read(|register| register.incidents().count()), 1);
    let sent = officer.get(first.leads_to().expect("sent")).await;
    assert!(sent.body.contains("Report sent") && sent.body.contains("by 26 November 2026"));
    let id = super::council::id(Role::Officer);
    assert!(council.service.drafts(id).await.expect("drafts").is_empty());
}

#[tokio::test]
async fn what_was_typed_is_kept_even_where_it_is_wrong_and_the_report_goes_on_where_it_was_left() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let report = begun(&mut officer).await;
    let wrong = officer.post(&format!("{report}/when"), &[("place", "Half a place")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("<a href=\"#happened-day\">Enter the date it happened</a>"));
    let home = officer.get("/").await;
    assert!(home.body.contains(&format!("href=\"{report}\"")));
    let resumed = officer.get(&report).await;
    assert_eq!(resumed.leads_to(), Some(format!("{report}/when").as_str()));
    assert!(officer.get(&format!("{report}/when")).await.body.contains("value=\"Half a place\""));
    let mut member = council.signed_in(Role::Member).await;
    assert_eq!(member.get(&format!("{report}/when")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_first_page_sent_again_loses_nothing_and_after_the_report_begins_another() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let report = ready(&mut officer).await;
    let command = report.rsplit('/').next().expect("a number").to_owned();
    let first = [("command", command.as_str()), ("danger", "no")];
    let again = officer.post("/incidents/new", &first).await;
    assert_eq!(again.leads_to(), Some(format!("{report}/check").as_str()), "every answer is still there");
    officer.post(&format!("{report}/check"), &[]).await;
    let another = officer.post("/incidents/new", &first).await;
    let place = another.leads_to().expect("onward");
    assert!(place.ends_with("/when") && !place.contains(&command), "{place}");
}

#[tokio::test]
async fn a_file_sent_twice_is_kept_once() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let place = format!("{}/evidence", begun(&mut officer).await);
    for _ in 0..2 {
        upload(&mut officer, &place, &[("gate.png", &png(9))]).await;
    }
    upload(&mut officer, &place, &[("gate.png", &png(10))]).await;
    let page = officer.get(&place).await;
    assert_eq!(page.body.matches("name=\"remove\"").count(), 2, "another file of the same name is kept");
}

#[tokio::test]
async fn every_mistake_in_a_report_is_said_at_its_field() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let report = begun(&mut officer).await;
    for (page, typed, anchor) in [
        ("danger", &[("danger", "perhaps")][..], "danger"),
        ("when", &[("channel", "street")], "place"),
        (
            "when",
            &[("happened-day", "25"), ("happened-month", "11"), ("happened-year", "2026")],
            "happened-day",
        ),
        ("when", &[("time", "noonish")], "time"),
        ("when", &[], "channel"),
        ("who", &[("identity", "certain"), ("how", "I know him")], "name"),
        ("who", &[("identity", "likely"), ("name", "Robin")], "how"),
        ("who", &[("name", "Robin")], "identity"),
        ("what", &[("behaviours", "THR")], "what"),
        ("what", &[("what", "He shouted"), ("behaviours", "NONE")], "behaviours"),
        ("harm", &[("police", "told")], "injury"),
        ("harm", &[("injury", "none")], "police"),
        ("needs", &[], "needs"),
        ("needs", &[("needs", "known")], "needs-words"),
        ("contact", &[], "likely"),
        ("you", &[("protection", "usual"), ("source", "told")], "told-by"),
        ("you", &[("source", "own")], "protection"),
    ] {
        let answer = officer.post(&format!("{report}/{page}"), typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{page} {typed:?}");
        assert!(answer.body.contains(&format!("<a href=\"#{anchor}\">")), "{page} {typed:?}");
        assert!(answer.body.contains(&format!("id=\"{anchor}\"")), "{page} {typed:?}");
    }
}

#[tokio::test]
async fn somebody_in_danger_is_told_to_ring_999_before_anything_else() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let report = begun(&mut officer).await;
    let answer = officer.post(&format!("{report}/danger"), &[("danger", "not-called")]).await;
    let place = format!("{report}/emergency");
    assert_eq!(answer.leads_to(), Some(place.as_str()));
    assert!(officer.get(&place).await.body.contains("Ring 999 now"));
    let onward = officer.post(&place, &[]).await;
    assert_eq!(onward.leads_to(), Some(format!("{report}/when").as_str()));
}

#[tokio::test]
async fn a_file_that_is_not_taken_costs_nothing_else() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let place = format!("{}/evidence", begun(&mut officer).await);
    let answer = upload(&mut officer, &place, &[("gate.png", &png(9)), ("game.exe", b"MZ\x90\x00")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("<a href=\"#files\">game.exe is not a JPEG, PNG, PDF or text file"));
    assert!(answer.body.contains("gate.png") && answer.body.contains("A neighbour saw it"));
    let names = ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"];
    let many: Vec<(&str, &[u8])> = names.map(|name| (name, b"more".as_slice())).into();
    let answer = upload(&mut officer, &place, &many).await;
    assert!(answer.body.contains("A report takes at most 5 files"));
    assert_eq!(answer.body.matches("name=\"remove\"").count(), 5);
}

#[tokio::test]
async fn who_reported_is_told_to_few_and_the_file_only_to_those_it_concerns() {
    let council = TestCouncil::open().await;
    let place = filed(&mut council.signed_in(Role::Officer).await).await;
    for (role, reporter, source) in [
        (Role::Officer, "You, Housing", true),
        (Role::RegisterTeam, "Officer, Housing", true),
        (Role::LineManager, "Somebody in Housing", false),
        (Role::DecisionMaker, "Somebody in Housing", false),
    ] {
        let file = council.signed_in(role).await.get(&place).await;
        assert_eq!(file.status, StatusCode::OK, "{role:?}");
        assert!(file.body.contains(reporter), "{role:?}");
        assert_eq!(file.body.contains("Mrs Wren"), source, "{role:?}");
        assert!(!file.body.contains("by Officer<"), "{role:?}: the timeline");
    }
    for role in [
        Role::Member,
        Role::Partner,
        Role::PolicyOwner,
        Role::CabinetMember,
        Role::Auditor,
        Role::Administrator,
    ] {
        assert_eq!(council.signed_in(role).await.get(&place).await.status, StatusCode::NOT_FOUND, "{role:?}");
    }
}

#[tokio::test]
async fn a_file_that_came_with_a_report_is_saved_and_never_shown_in_a_page() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let place = filed(&mut officer).await;
    let page = officer.get(&place).await;
    let link = page.body.split("href=\"").find(|rest| rest.contains("/files/")).expect("link");
    let link = link.split('"').next().expect("address").to_owned();
    let file = officer.get(&link).await;
    assert_eq!(file.headers[CONTENT_TYPE], "image/png");
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
    assert_eq!(
        file.headers[CONTENT_DISPOSITION],
        "attachment; filename=\"gate.png\"; filename*=UTF-8''gate.png"
    );
    assert_eq!(
        file.headers["content-security-policy"],
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    );
    assert!(file.body.contains("IHDR") && !file.body.contains("hidden"), "drawn anew");
    assert_eq!(council.signed_in(Role::Member).await.get(&link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_web_page_or_a_drawing_is_a_text_and_is_saved_as_one() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let report = ready(&mut officer).await;
    let files: [(&str, &[u8]); 3] = [
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg onload='alert(1)'/>"),
        ("note.txt", b"He shouted"),
    ];
    upload(&mut officer, &format!("{report}/evidence"), &files).await;
    let sent = officer.post(&format!("{report}/check"), &[]).await;
    let page =
        officer.get(sent.leads_to().and_then(|place| place.strip_suffix("/sent")).expect("sent")).await;
    let links = page.body.split("href=\"").filter(|rest| rest.contains("/files/"));
    let links: Vec<_> =
        links.filter_map(|rest| rest.split('"').next()).filter(|it| it.contains("/files/")).collect();
    let mut saved = Vec::new();
    for link in links {
        let file = officer.get(link).await;
        if file.headers[CONTENT_TYPE] == "text/plain; charset=utf-8" {
            let name = file.headers[CONTENT_DISPOSITION].to_str().expect("text").to_owned();
            saved.extend(name.split('"').nth(1).map(str::to_owned));
        }
    }
    saved.sort();
    assert_eq!(saved, ["drawing.svg.txt", "note.txt", "page.html.txt"]);
    assert!(page.body.contains("page.html.txt"), "it is called so on the page, too");
}

#[tokio::test]
async fn a_line_manager_confirms_and_adds_and_the_reporter_does_neither() {
    let council = TestCouncil::open().await;
    let mut officer = council.signed_in(Role::Officer).await;
    let place = filed(&mut officer).await;
    let confirm = format!("{place}/confirm");
    let own = officer.post(&confirm, &[("confirmed", "I was there")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let mut manager = council.signed_in(Role::LineManager).await;
    let command = manager.get(&place).await.hidden("command");
    let blank = manager.post(&confirm, &[("command", &command)]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = [("command", command.as_str()), ("confirmed", "Spoke to the neighbour")];
    assert_eq!(manager.post(&confirm, &sent).await.leads_to(), Some(place.as_str()));
    let file = manager.get(&place).await;
    assert!(file.body.contains("Spoke to the neighbour") && !file.body.contains("Confirm this report"));
    let added = manager.post(&format!("{place}/add"), &[("added", "A second neighbour too")]).await;
    assert_eq!(added.leads_to(), Some(place.as_str()));
    assert!(officer.get("/incidents").await.body.contains("With the register team"));
}
