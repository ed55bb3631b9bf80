//! Every component, drawn with mistakes and hostile words in it.

use crate::page::Page;
use crate::part::{Cell, Happened, Item, Row, Step, Tag};
use askama::Template;
use register::incident::Danger;
use web::Form;
use web::form::Typed;

#[derive(Template)]
#[template(path = "tests/every_component.html")]
struct Everything {
    page: Page,
    rows: Vec<Row>,
    tags: Vec<Tag>,
    items: Vec<Item>,
    steps: Vec<Step>,
    cells: Vec<Vec<Cell>>,
    happened: Vec<Happened>,
}

enum Titled {
    Panel,
    Verdict,
    Radios,
    Textarea,
}

#[derive(Template)]
#[template(path = "tests/panels.html")]
struct Panels {
    page: Page,
    screen: Titled,
    items: Vec<Item>,
}

fn page(form: Form) -> Page {
    Page {
        title: "Every component".to_owned(),
        form,
        register: "Personal Safety Register".to_owned(),
        council: "Fenbridge Council".to_owned(),
        who: Some("Priya Nair, Housing".to_owned()),
        ..Page::bare()
    }
}

fn everything(form: Form) -> String {
    let screen = Everything {
        page: page(form),
        rows: vec![Row::new("What happened", "Line <1>\nLine 2").change("/change"), Row::new("Where", "")],
        tags: vec![Tag::new("Entry in force", "red")],
        items: Item::all::<Danger>(),
        steps: vec![Step {
            label: "Right person".to_owned(),
            hint: "How you know".to_owned(),
            address: Some("/tests/1".to_owned()),
            status: Tag::new("Not started", "blue"),
        }],
        cells: vec![vec![Cell::link("Housing", "/teams/1"), Cell::text("At their homes")]],
        happened: vec![Happened {
            title: "Reported".to_owned(),
            by: "Priya Nair".to_owned(),
            is_by_system: false,
            stamp: "2026-11-24T14:03:00Z".to_owned(),
            when: "2:03pm on 24 November 2026".to_owned(),
            words: "One\nTwo".to_owned(),
        }],
    };
    screen.render().expect("drawn")
}

fn sent(typed: &str) -> Form {
    Form::from(Typed::from_urlencoded(typed.as_bytes()))
}

#[test]
fn a_mistake_stands_at_the_top_and_beside_its_field_and_what_was_typed_is_kept() {
    let mut form =
        sent("name=%3Cscript%3E&one=maybe&on-day=31&on-month=2&on-year=2026&any=no&password=secret-word");
    form.mistake("name", "Enter a real name");
    form.mistake("one", "Choose one");
    assert_eq!(form.date("on", "the date it happened"), None);
    let html = everything(form);
    assert!(
        html.contains("<title>Error: Every component - Personal Safety Register - Fenbridge Council</title>")
    );
    assert!(html.contains("<a href=\"#name\">Enter a real name</a>"));
    assert!(html.contains("<a href=\"#one\">Choose one</a>"));
    assert!(html.contains("<a href=\"#on-day\">The date it happened must be a real date</a>"));
    assert!(html.contains("id=\"name-error\""));
    assert!(html.contains("aria-describedby=\"name-hint name-error "));
    assert!(html.contains("value=\"&#60;script&#62;\""));
    assert!(!html.contains("secret-word"));
}

#[test]
fn nothing_typed_is_taken_for_markup() {
    let html = everything(sent("name=%22+onfocus%3D%22x&what=%3C%2Ftextarea%3E%3Cscript%3E"));
    assert!(!html.contains("<script>"));
    assert!(!html.contains("\" onfocus"));
    assert!(!html.contains("<b>Bloggs"));
}

#[test]
fn every_link_to_a_field_and_every_label_leads_to_an_input_that_exists() {
    let html = everything(sent(""));
    for reference in attribute_values(&html, "for")
        .chain(attribute_values(&html, "aria-describedby").flat_map(str::split_whitespace))
    {
        assert_eq!(html.matches(&format!("id=\"{reference}\"")).count(), 1, "{reference}");
    }
}

#[test]
fn every_page_has_exactly_one_first_heading() {
    let items = || Item::all::<Danger>();
    for screen in [Titled::Panel, Titled::Verdict, Titled::Radios, Titled::Textarea] {
        let html = Panels { page: page(Form::default()), screen, items: items() }.render().expect("drawn");
        assert_eq!(html.matches("<h1").count(), 1);
    }
    assert_eq!(everything(Form::default()).matches("<h1").count(), 1);
}

#[test]
fn no_template_switches_escaping_off_or_carries_style_or_script() {
    fn walk(folder: &std::path::Path, seen: &mut usize) {
        for entry in std::fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                walk(&path, seen);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("text");
            for forbidden in ["|safe", "| safe", "autoescape", " style=", "<style", "<script>", " onclick="] {
                assert!(!text.contains(forbidden), "{forbidden} in {}", path.display());
            }
            *seen += 1;
        }
    }
    let mut seen = 0;
    walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut seen);
    assert!(seen > 10);
}

fn attribute_values<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let start = format!(" {name}=\"");
    let mut rest = html;
    std::iter::from_fn(move || {
        let at = rest.find(&start)? + start.len();
        rest = &rest[at..];
        rest.split('"').next()
    })
}
