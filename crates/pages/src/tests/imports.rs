//! The lists that services kept, from the file to the register and back: every row accounted for, none live before a second person
//! approved it, and the register as it was once a list is taken back.

use super::browser::{Answer, Browser};
use super::cases::{AWAY, HERE, REGISTRAR, SECOND_REGISTRAR};
use super::council::{TestCouncil, id};
use axum::http::StatusCode;
use register::ids::{ImportId, TeamId};
use register::people::Role;
use service::Service;

/// How many rows each of the lists has.
const ROWS: usize = 200;

/// What the page says of the rows: how many stand how, in its own order.
fn counts(page: &Answer) -> Vec<usize> {
    const GROUPS: [&str; 7] = [
        "Look at these",
        "Cannot be taken in",
        "Left out",
        "On the register already",
        "Say more of another row",
        "Become provisional entries",
        "All rows",
    ];
    let count = |group: &str| {
        let head = format!("class=\"govuk-table__header\">{group}</th><td class=\"govuk-table__cell\">");
        let (_, rest) = page.body.split_once(&head).unwrap_or_else(|| panic!("{group}: {}", page.body));
        rest.split('<').next().and_then(|number| number.parse().ok()).expect("a number")
    };
    GROUPS.map(count).to_vec()
}

/// A list that was pasted and whose columns were read as recognised.
async fn staged(browser: &mut Browser, team: TeamId, list: &str) -> ImportId {
    let begun = browser.post("/imports", &[("team", &team.to_string()), ("pasted", list)]).await;
    let columns = begun.leads_to().unwrap_or_else(|| panic!("{}: {}", begun.status, begun.body)).to_owned();
    let page = browser.get(&columns).await;
    let selected = chosen_columns(&page);
    let fields: Vec<(&str, &str)> =
        selected.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
    let read = browser.post(&columns, &fields).await;
    let place = read.leads_to().unwrap_or_else(|| panic!("{}: {}", read.status, read.body));
    place.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a reference")
}

/// The form of the columns as the page shows it.
fn chosen_columns(page: &Answer) -> Vec<(String, String)> {
    let heading = page.body.split_once("name=\"heading\"").expect("a heading").1;
    let heading = heading.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("value");
    let mut fields = vec![("sheet".to_owned(), "0".to_owned()), ("heading".to_owned(), heading.to_owned())];
    for select in page.body.split("<select").skip(1) {
        let select = select.split("</select>").next().expect("a select");
        let name = select.split("name=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("name");
        let chosen = select.split("<option").find(|option| option.contains("selected")).expect("chosen");
        let value = chosen.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("value");
        fields.push((name.to_owned(), value.to_owned()));
    }
    fields
}

/// What staff do meanwhile, chosen.
async fn planned(browser: &mut Browser, import: ImportId, team: TeamId, asked: &[(&str, &str)]) {
    let (team, reason) = (team.to_string(), format!("reason-{team}"));
    let sponsor = id(Role::LineManager).to_string();
    let mut fields = vec![
        ("band", "advisory"),
        ("precautions", "ADV"),
        ("audience", team.as_str()),
        (reason.as_str(), "It was their list"),
        ("service-route", "The help desk"),
        ("replies", "all"),
        ("ring-name", "The duty desk"),
        ("ring-phone", "01632 960199"),
        ("sponsor", sponsor.as_str()),
    ];
    fields.extend_from_slice(asked);
    let saved = browser.post(&format!("/imports/{import}/plan"), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

async fn acts(browser: &mut Browser, import: ImportId, fields: &[(&str, &str)]) -> Answer {
    browser.post(&format!("/imports/{import}"), fields).await
}

const PROPOSES: &[(&str, &str)] =
    &[("act", "propose"), ("name", "Caution list"), ("kept", "On the repairs drive")];

/// A list of one row that waits for its second person.
pub async fn proposed(council: &TestCouncil, team: TeamId, fresh: u64) -> ImportId {
    let mut registrar = council.browser_of(SECOND_REGISTRAR).await;
    let list = format!("Name\tAddress\tReason\nOllie {fresh:x} Oldlist\t{fresh} Salter’s Row\tShouted\n");
    let import = staged(&mut registrar, team, &list).await;
    settled(&mut registrar, import).await;
    planned(&mut registrar, import, team, &[]).await;
    let answer = acts(&mut registrar, import, PROPOSES).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    import
}

/// A list of one row, staged and nothing more.
pub async fn begun(council: &TestCouncil, team: TeamId, fresh: u64) -> ImportId {
    let mut registrar = council.browser_of(SECOND_REGISTRAR).await;
    staged(&mut registrar, team, &format!("Name\tAddress\nOllie {fresh:x} Oldlist\t{fresh} Salter’s Row\n"))
        .await
}

/// A list of one row that is on the register.
pub async fn taken_in(council: &TestCouncil, team: TeamId, fresh: u64) -> ImportId {
    let import = proposed(council, team, fresh).await;
    let mut second = council.browser_of(REGISTRAR).await;
    let answer = acts(&mut second, import, &[("act", "approve")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    import
}

/// Everything about customers that the register holds, as it prints it; words are told only by their lockers.
fn held(service: &Service) -> String {
    service.read(|register| {
        let subjects: Vec<_> = register.subjects().collect();
        let measures: Vec<_> = register.measures().collect();
        let incidents: Vec<_> = register.incidents().collect();
        format!("{subjects:#?}{measures:#?}{incidents:#?}")
    })
}

async fn checks(browser: &mut Browser, name: &str, address: &str) -> String {
    let asked = [
        ("purpose", "visit"),
        ("day-day", "27"),
        ("day-month", "11"),
        ("day-year", "2026"),
        ("name", name),
        ("address", address),
    ];
    browser.post("/check", &asked).await.body
}

/// A list as offices keep them: a title, a merged heading, four forms of dates, blank cells, the same people twice, notes in the
/// wrong column, a broken formula, a child, and one who has a file already.
fn messy() -> String {
    const FORENAMES: [&str; 10] =
        ["Ada", "Bram", "Cerys", "Dilip", "Efua", "Farid", "Gwen", "Hamish", "Iga", "Jun"];
    const SURNAMES: [&str; 18] = [
        "Abernethy",
        "Bhattacharya",
        "Cholmondeley",
        "Dziedzic",
        "Eze",
        "Featherstonehaugh",
        "Gruffydd",
        "Habibi",
        "Iqbal",
        "Jankowski",
        "Kowalczyk",
        "Llewelyn",
        "Mbeki",
        "Nakamura",
        "Okonkwo",
        "Pryderi",
        "Quigley",
        "Rasmussen",
    ];
    let mut list = "Repairs: people to be careful with (MASTER v7)\t\t\t\t\t\t\n\t\t\t\t\t\t\n\
        Tenant name\tAddress line 1\tAddress line 2\tPost code\tD.O.B.\tReason\tAction required\n"
        .to_owned();
    let mut row = |cells: [&str; 7]| {
        list.push_str(&cells.join("\t"));
        list.push('\n');
    };
    for number in 0..180_usize {
        let (forename, surname) = (FORENAMES[number % 10], SURNAMES[number / 10]);
        let born = match number % 4 {
            0 => format!("{}/{}/19{}", number % 28 + 1, number % 12 + 1, 50 + number % 40),
            1 => format!("{}-{:02}-{:02}", 1950 + number % 40, number % 12 + 1, number % 28 + 1),
            2 => format!("{} March {}", number % 28 + 1, 1950 + number % 40),
            _ => String::new(),
        };
        let (name, house) = (format!("{forename} {surname}"), format!("{} Thicket Way", number + 1));
        let action = if number % 3 == 0 { "2 person visit" } else { "" };
        row([&name, &house, "Fenbridge", "FN1 9ZZ", &born, "  shouted at operative ", action]);
    }
    row(["Ada Abernethy", "1 Thicket Way", "Fenbridge", "FN1 9ZZ", "1/1/1950", "Again", ""]);
    row(["ABERNETHY, Ada", "1, Thicket Way", "", "fn19zz", "", "And again", "2 person visit"]);
    row(["Robin Knownfile", "44 Sluice Street", "Fenbridge", "FN2 4BB", "", "Dog", ""]);
    row(["", "12 Warren Close", "Fenbridge", "FN3 3CC", "", "Needles in the yard", ""]);
    row(["Young Person", "13 Warren Close", "Fenbridge", "FN3 3CC", "1/5/2015", "Threw a stone", ""]);
    row(["Bad Date", "14 Warren Close", "Fenbridge", "FN3 3CC", "31/02/1980", "", ""]);
    row(["Future Born", "15 Warren Close", "Fenbridge", "FN3 3CC", "1/1/2031", "", ""]);
    row(["#REF!", "16 Warren Close", "Fenbridge", "FN3 3CC", "", "", ""]);
    row(["Only A Year", "17 Warren Close", "Fenbridge", "FN3 3CC", "1961", "", ""]);
    row(["", "", "", "", "", "see file in Janet’s drawer", ""]);
    for number in 0..10 {
        let name = format!("Zoe Lastrow{number}");
        row([&name, &format!("{} Lock Street", number + 1), "", "", "", "", "ring first"]);
    }
    list
}

#[tokio::test]
async fn a_messy_list_ends_with_every_row_accounted_for_none_live_before_approval_and_undone_it_was_never_there()
 {
    let council = TestCouncil::open().await.staffed().await;
    let mut registrar = council.browser_of(REGISTRAR).await;
    let mut second = council.browser_of(SECOND_REGISTRAR).await;
    let mut officer = council.signed_in(Role::Officer).await;
    let opened = registrar
        .post(
            "/subjects/new",
            &[("kind", "person"), ("name-1", "Robin Knownfile"), ("address-1", "44 Sluice Street")],
        )
        .await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let before = held(&council.service);

    let import = staged(&mut registrar, HERE, &messy()).await;
    let place = format!("/imports/{import}");
    let page = registrar.get(&place).await;
    let [look, faulty, .., entries, all] = counts(&page)[..] else { panic!("counts") };
    assert_eq!(all, ROWS);
    assert_eq!(faulty, 5, "a child, two dates, a formula and a row about nobody");
    assert_eq!(look + faulty + entries, ROWS);
    for said in [
        "Under 18",
        "“31/02/1980” is no date of birth",
        "“1/1/2031” is a date of birth in the future",
        "Name shows #REF!",
        "There is neither a name nor an address",
    ] {
        assert!(page.body.contains(said), "{said}");
    }
    assert!((3..40).contains(&look), "{look} rows to look at");

    // Each that may be another is looked at side by side: the two that are, the one with a file, and those who only look alike.
    let refused = acts(&mut registrar, import, PROPOSES).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Somebody must look at"));
    while let Some(next) = row_to_look_at(&registrar.get(&place).await, import) {
        let shown = registrar.get(&format!("{place}/rows/{next}")).await;
        let same_row = shown.body.contains("value=\"row-4\"") && (184..=185).contains(&next);
        let known = shown.body.split("value=\"S-").nth(1).map(|rest| format!("S-{}", &rest[..9]));
        let choice = match (same_row, known) {
            (true, _) => "row-4".to_owned(),
            (false, Some(file)) if shown.body.contains("Knownfile") => file,
            _ => "new".to_owned(),
        };
        let chosen = registrar.post(&format!("{place}/rows/{next}"), &[("choice", &choice)]).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    }
    let left_out = [("choice", "left-out"), ("why", "Moved away years ago")];
    registrar.post(&format!("{place}/rows/203"), &left_out).await;
    planned(&mut registrar, import, HERE, &[("asked-0", "NLV")]).await;
    let proposing = acts(&mut registrar, import, PROPOSES).await;
    assert_eq!(proposing.status, StatusCode::SEE_OTHER, "{}", proposing.body);

    let page = second.get(&place).await;
    assert_eq!(counts(&page), [0, 5, 1, 0, 2, 192, ROWS], "every row is accounted for");
    assert_eq!(held(&council.service), before, "nothing is live before it is approved");
    assert!(checks(&mut officer, "Bram Abernethy", "2 Thicket Way").await.contains("None found"));
    let own = acts(&mut registrar, import, &[("act", "approve")]).await;
    assert!(own.body.contains("a second person must do this"), "{}", own.status);

    let approving = acts(&mut second, import, &[("act", "approve")]).await;
    assert_eq!(approving.status, StatusCode::SEE_OTHER, "{}", approving.body);
    let two_people = checks(&mut officer, "Ada Abernethy", "1 Thicket Way").await;
    for said in ["Do not visit alone", "has not been assessed yet"] {
        assert!(two_people.contains(said), "{said}: {two_people}");
    }
    let as_for_all = checks(&mut officer, "Bram Abernethy", "2 Thicket Way").await;
    assert!(as_for_all.contains("Ring for advice before any contact"), "{as_for_all}");
    let live = council.service.read(|register| register.measures().count());
    assert_eq!(live, 192);
    assert!(council.service.staged_import(import).await.expect("shelf").is_none(), "nothing stays staged");

    let undoing = acts(&mut registrar, import, &[("act", "undo"), ("reasons", "Columns mixed up")]).await;
    assert_eq!(undoing.status, StatusCode::SEE_OTHER, "{}", undoing.body);
    assert_eq!(held(&council.service), before, "taken back, the register is as it was");
    assert!(checks(&mut officer, "Ada Abernethy", "1 Thicket Way").await.contains("None found"));
    let again = acts(&mut registrar, import, &[("act", "undo"), ("reasons", "Again")]).await;
    assert!(again.body.contains("nothing to take back"), "{}", again.status);
}

/// The first row that the page asks somebody to look at.
fn row_to_look_at(page: &Answer, import: ImportId) -> Option<u32> {
    let (_, group) = page.body.split_once("<h2 class=\"govuk-heading-m\">Look at these")?;
    let link = format!("/imports/{import}/rows/");
    let number = group.split("</table>").next()?.split_once(&link)?.1;
    number.split('"').next()?.parse().ok()
}

/// Every row that may be another is looked at, and found to be somebody else.
async fn settled(browser: &mut Browser, import: ImportId) {
    let place = format!("/imports/{import}");
    while let Some(next) = row_to_look_at(&browser.get(&place).await, import) {
        let row = browser.get(&format!("{place}/rows/{next}")).await;
        assert!(!row.body.contains("<script>alert") && !row.body.contains("<img src=x"), "row {next}");
        let chosen = browser.post(&format!("{place}/rows/{next}"), &[("choice", "new")]).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    }
}

/// Rows that mean harm: markup, formulas, commands, endless words, letters that turn the line round, and numbers that are none.
fn hostile() -> String {
    let endless = "x".repeat(5_000);
    let attacks = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "=cmd|'/c calc'!A0",
        "@SUM(1+1)*cmd",
        "'; DROP TABLE records; --",
        "{{7*7}}",
        "../../etc/passwd",
        "\u{202e}nahtanoJ",
        "\u{7}\u{1b}[31mred",
        "%s%s%s%n",
        "𝕱𝖗𝖆𝖐𝖙𝖚𝖗",
        "👩‍👩‍👧‍👦",
        "z̸̰͂a̶͙͝l̷̠̈́g̵̱̀o̶̺͝",
        "NULL",
        "undefined",
        "\\N",
        "-1",
        "1e309",
        endless.as_str(),
        "*",
    ];
    let mut list = "Name\tAddress\tPostcode\tUPRN\tDate of birth\tReason\tPrecautions\n".to_owned();
    for number in 0..ROWS {
        let attack = attacks[number % attacks.len()].replace(['\t', '\n', '"'], " ");
        let safe = format!("{} Gallows Lane", number + 1);
        let mut cells = [
            format!("Person {number}"),
            safe,
            "FN9 9ZZ".into(),
            String::new(),
            String::new(),
            "Threat".into(),
            String::new(),
        ];
        cells[number / attacks.len() % 7] = attack;
        list.push_str(&cells.join("\t"));
        list.push('\n');
    }
    list
}

#[tokio::test]
async fn a_hostile_list_does_nothing_but_what_its_rows_are_shown_to_say() {
    let council = TestCouncil::open().await.staffed().await;
    let mut registrar = council.browser_of(REGISTRAR).await;
    let mut second = council.browser_of(SECOND_REGISTRAR).await;
    let before = held(&council.service);
    let import = staged(&mut registrar, AWAY, &hostile()).await;
    let place = format!("/imports/{import}");
    let first = counts(&registrar.get(&place).await);
    assert_eq!(first[6], ROWS, "{first:?}");
    assert_eq!(first[..6].iter().sum::<usize>(), ROWS);
    assert!(first[1] >= 40, "no UPRN and no date of birth among them is taken for one: {first:?}");
    settled(&mut registrar, import).await;
    planned(&mut registrar, import, AWAY, &[]).await;
    let proposing = acts(&mut registrar, import, PROPOSES).await;
    assert_eq!(proposing.status, StatusCode::SEE_OTHER, "{}", proposing.body);
    let page = second.get(&place).await;
    assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"));
    assert!(page.body.contains("&#60;script&#62;alert(1)&#60;/script&#62;"), "what it says is shown");
    let last = counts(&page);
    assert_eq!((last[0], last[1], last[6]), (0, first[1], ROWS));
    assert_eq!(held(&council.service), before, "nothing is live before it is approved");
    let approving = acts(&mut second, import, &[("act", "approve")]).await;
    assert_eq!(approving.status, StatusCode::SEE_OTHER, "{}", approving.body);
    assert_eq!(council.service.read(|register| register.measures().count()), last[5]);
    let undoing = acts(&mut registrar, import, &[("act", "undo"), ("reasons", "A test")]).await;
    assert_eq!(undoing.status, StatusCode::SEE_OTHER, "{}", undoing.body);
    assert_eq!(held(&council.service), before, "taken back, the register is as it was");
}

#[tokio::test]
async fn what_is_no_list_is_said_to_be_none_and_a_list_that_is_forgotten_is_gone() {
    let council = TestCouncil::open().await.staffed().await;
    let mut registrar = council.browser_of(REGISTRAR).await;
    let none = registrar.post("/imports", &[("team", &HERE.to_string()), ("pasted", "")]).await;
    assert!(none.body.contains("Choose a file, or paste the list"));
    let no_team = registrar.post("/imports", &[("pasted", "Name\nAnn\n")]).await;
    assert!(no_team.body.contains("Choose whose list it is") && no_team.body.contains("Name\nAnn"));
    let import = begun(&council, HERE, 7).await;
    let forgotten = acts(&mut registrar, import, &[("act", "drop")]).await;
    assert_eq!(forgotten.leads_to(), Some("/imports"));
    assert_eq!(registrar.get(&format!("/imports/{import}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_list_that_is_proposed_is_changed_by_nobody_and_seen_by_nobody_else() {
    let council = TestCouncil::open().await.staffed().await;
    let import = proposed(&council, HERE, 12).await;
    let mut registrar = council.browser_of(REGISTRAR).await;
    for place in ["columns", "plan", "rows/2"] {
        let shown = registrar.get(&format!("/imports/{import}/{place}")).await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "{place}");
    }
    // The team's manager hears that there is a list, and reads none of its rows.
    let mut manager = council.signed_in(Role::LineManager).await;
    let page = manager.get(&format!("/imports/{import}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Oldlist") && !page.body.contains("value=\"approve\""), "{}", page.body);
}
