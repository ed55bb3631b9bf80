//! Totals, numbers and the pack of a meeting say the same, and what is counted of checks is what the access log holds.

#![expect(clippy::expect_used, reason = "what a test needs and does not get fails it")]

use demonstration::{Memory, Seed, Stage, play};
use documents::Document;
use jiff::Timestamp;
use register::calendar::london;
use register::measure::{Kind, Life};
use register::numbers::{Month, PLOTS, Period, table};
use register::totals::totals;
use service::certificates::Head;
use service::papers;
use service::usage::Usage;

/// The fictional council as it stands at an instant: each has another history behind it.
fn history(at: Timestamp) -> Memory {
    let mut memory = Memory::default();
    play(&mut memory, Seed(1), at).expect("a history");
    memory
}

/// What stands beneath a heading of a list in a document.
fn said<'t>(text: &'t str, what: &str) -> &'t str {
    let mut lines = text.lines().skip_while(|line| *line != what);
    assert!(lines.next().is_some(), "{what} is not in the pack");
    lines.next().expect("what is said of it").trim()
}

fn pack(memory: &Memory, at: Timestamp) -> Document {
    let register = memory.register();
    let head = Head { origin: "register.example".into(), size: "1".into(), root: "q83vASNFZ4k=".into() };
    let meeting = register.meetings().max_by_key(|meeting| meeting.held_on).expect("a meeting");
    papers::pack(
        register,
        meeting,
        &Usage::default(),
        london(at),
        &head,
        register::ids::AccountId::from_bits(0),
    )
    .expect("a pack")
}

#[test]
fn the_pack_the_totals_the_numbers_and_the_files_say_the_same_on_every_date() {
    for at in ["2026-02-27T15:00:00Z", "2026-07-01T06:30:00Z", "2026-11-24T10:00:00Z", "2027-03-31T22:59:00Z"]
    {
        let at: Timestamp = at.parse().expect("timestamp");
        let memory = history(at);
        let (register, today) = (memory.register(), london(at));
        let text = documents::text(&pack(&memory, at));
        let totals = totals(register, today);
        for (what, many) in totals.named() {
            assert_eq!(said(&text, what), many.to_string(), "{what} at {at}");
        }
        let month = Period::new(Month::of(today), Month::of(today)).expect("a month");
        let of = |key: &str, place: usize| {
            let plot = PLOTS.iter().find(|plot| plot.key == key).expect("a plot");
            table(register, plot, month).whole[place]
        };
        for (place, kind) in [Kind::Entry, Kind::Restriction, Kind::Warning].into_iter().enumerate() {
            let in_force = register
                .measures()
                .filter(|measure| measure.kind == kind && matches!(measure.life, Life::InForce { .. }))
                .count();
            assert_eq!(of("standing", place), Some(in_force), "{kind:?} at {at}");
        }
        assert_eq!(of("standing", 0), Some(totals.entries));
        assert_eq!(of("standing", 3), Some(totals.on_the_way));
        assert_eq!(of("reports", 4), Some(totals.untriaged));
        assert_eq!(of("appeals", 8), Some(totals.appeals));
        assert_eq!(of("withheld", 2), Some(totals.untold));
        assert!(totals.entries > 0 && totals.appeals > 0, "there is something to count at {at}");
    }
}

#[test]
fn the_pack_tells_of_every_entry_that_no_check_has_shown() {
    let at = "2026-11-24T10:00:00Z".parse().expect("timestamp");
    let memory = history(at);
    let text = documents::text(&pack(&memory, at));
    let (_, unused) = text.split_once(papers::UNUSED).expect("a part of the pack");
    let (unused, _) = unused.split_once("Seal of the register").expect("the next part");
    let entries = totals(memory.register(), london(at)).entries;
    assert_eq!(unused.matches("never").count(), entries, "nobody has checked anything");
    assert!(text.contains("No check by anybody in: Brackwyn Heating and Gas, Community Safety"));
    assert_eq!(said(&text, "All teams"), "0 (marker 0, possible 0, none found 0)");
}
