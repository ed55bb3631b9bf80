//! Lists that teams kept on the side: one whose entries nobody assessed and that is destroyed where it was, one taken in lately and still to be
//! destroyed, files that turned out to be about the same person, and each team's yearly word that it keeps none.

use crate::chance::stable_number;
use crate::council::{Staff, Worker, nobody, teams, with_role};
use crate::diary::{Diary, days_before};
use crate::story::Story;
use crate::words::{code, text};
use jiff::civil::{Date, date};
use register::assessment::{Band, PlanWords, Proposal};
use register::calendar::days_after;
use register::command::{ApproveImport, CertifyOldList, DeclareNoList, JoinSubjects, ProposeImport};
use register::contact::Limits;
use register::ids::{ImportId, MeasureId, SubjectId};
use register::import::{Fingerprint, ListWords, RowSubject, Taken};
use register::people::Role;
use register::subject::{Address, Born, NameKind, Person, PersonName, Premises, SubjectDetails};

/// The team that has kept its list, and one that has forgotten to say so.
const LATE: [&str; 2] = ["Street Wardens and Parking", "Electoral Services"];

/// A row of a list: whom, where, when they were born, and what it says of them.
type Listed = (&'static str, &'static str, Option<Date>, &'static str);

const OLD: &[Listed] = &[
    ("Barnaby Huxtable-Prynne", "6 Quarry Rise, Wyverton", None, "Swore at two operatives"),
    ("Winifred Oddsock", "11 Quarry Rise, Wyverton", None, "Let the dog out on purpose"),
];

const LATELY: &[Listed] = &[
    (
        "Leopold Starkadder-Finch",
        "4 Sheepwash Lane, Coldwyke",
        Some(date(1968, 4, 17)),
        "Followed a warden to the van",
    ),
    ("Leo Starkadder Finch", "4 Sheepwash Lane, Coldwyke", None, "Tore up a notice and shouted"),
    ("Philippa Greengross", "The Toll House, Coldwyke", Some(date(1981, 9, 2)), "Spat at a warden"),
    ("Pippa Greengross", "Toll House, Coldwyke", Some(date(1981, 9, 2)), "The same again in March"),
    ("", "Sheepwash garages, Coldwyke", None, "Needles behind number 9"),
];

/// Everything about lists, from the day the register was opened.
pub(crate) fn enter(story: &mut Story, opened: Date) {
    for staff in teams() {
        words_of(story, staff, opened);
    }
    let named = |name: &str| teams().iter().find(|staff| staff.name == name);
    let [_, second] = pair();
    if let Some(housing) = named("Housing Repairs") {
        let begun = days_before(story.today(), 130);
        let import = taken_in(story, housing, OLD, begun, "Repairs caution sheet", "The repairs drive");
        let mut chance = story.chance("old list destroyed");
        let mut diary = Diary::open(days_after(begun, 9));
        let (on, words) = (diary.date(), text("Deleted from the drive and its backups; no copy on paper."));
        let at = diary.soon(&mut chance);
        story.asks(at, housing.sponsor().id, CertifyOldList { import, on, words });
    }
    if let Some(wardens) = named("Street Wardens and Parking") {
        let begun = days_before(story.today(), 26);
        let kept = "A red book in the van, and a copy in the office";
        taken_in(story, wardens, LATELY, begun, "Red book", kept);
        let mut chance = story.chance("joined files");
        let at = Diary::open(days_after(begun, 6)).soon(&mut chance);
        let [kept, joined] = [2, 3].map(|row| subject("Red book", row));
        let reasons = text("The same date of birth, and she signs with both names.");
        story.asks(at, second.id, JoinSubjects { kept, joined, reasons });
    }
}

/// The two of the register team who take lists in.
fn pair() -> [&'static Worker; 2] {
    match with_role(Role::RegisterTeam).as_slice() {
        [first, second, ..] => [first, second],
        _ => [nobody(), nobody()],
    }
}

/// A team's yearly word, for as long as it is given.
fn words_of(story: &mut Story, staff: &'static Staff, opened: Date) {
    let speaks = |role: &Role| matches!(role, Role::LineManager | Role::DecisionMaker);
    let manager = staff.people.iter().find(|worker| worker.roles.iter().any(speaks));
    let Some(manager) = manager else { return };
    let mut chance = story.chance(&format!("word of {}", staff.name));
    let mut diary = Diary::open(days_after(opened, 20));
    for year in 0.. {
        let at = diary.after(if year == 0 { 1 } else { 245 }, &mut chance);
        let ends = LATE.contains(&staff.name) && year > 1;
        if ends || diary.date() > story.today() {
            break;
        }
        story.asks(at, manager.id, DeclareNoList { team: staff.team });
    }
}

fn taken_in(
    story: &mut Story,
    staff: &'static Staff,
    listed: &[Listed],
    begun: Date,
    name: &str,
    kept: &str,
) -> ImportId {
    let [keeper, second] = pair();
    let mut chance = story.chance(&format!("list {name}"));
    let mut diary = Diary::open(begun);
    let import = ImportId::from_bits(stable_number(name));
    let fingerprint = Fingerprint([u8::try_from(listed.len()).unwrap_or(0); 32]);
    let rows: Vec<Taken> = (0..).zip(listed).map(|(row, listed)| taken(staff, name, row, *listed)).collect();
    let at = diary.soon(&mut chance);
    let proposing = ProposeImport {
        import,
        team: staff.team,
        sponsor: staff.sponsor().id,
        entries: u32::try_from(rows.len()).unwrap_or(0),
        fingerprint,
        words: ListWords { name: text(name), kept: text(kept) },
    };
    story.asks(at, keeper.id, proposing);
    let at = diary.after(1, &mut chance);
    story.asks(at, second.id, ApproveImport { import, fingerprint, rows });
    import
}

/// The file that a row of a list opened.
fn subject(list: &str, row: u32) -> SubjectId {
    SubjectId::from_bits(stable_number(&format!("{list} {row} subject")))
}

fn taken(staff: &'static Staff, list: &str, row: u32, (name, lines, born, said): Listed) -> Taken {
    let address = Address { lines: text(lines), postcode: None, uprn: None, from: None, until: None };
    let details = if name.is_empty() {
        SubjectDetails::Premises(Premises { description: text("As on the service’s own list"), address })
    } else {
        SubjectDetails::Person(Person {
            names: vec![PersonName { kind: NameKind::Main, full: text(name) }],
            born: born.map_or(Born::Unknown, Born::On),
            addresses: vec![address],
            phones: Vec::new(),
            emails: Vec::new(),
            social: Vec::new(),
            references: Vec::new(),
        })
    };
    let number = row + 2;
    Taken {
        row: number,
        subject: RowSubject::New(subject(list, row), details),
        measure: MeasureId::from_bits(stable_number(&format!("{list} {row} measure"))),
        plan: plan(staff, list),
        said: text(&format!("Row {number} of the list\nReason: {said}")),
    }
}

fn plan(staff: &'static Staff, list: &str) -> Proposal {
    let sponsor = staff.sponsor();
    Proposal {
        band: Band::Advisory,
        precautions: vec![code("ADV")],
        restrictions: Vec::new(),
        audience: vec![staff.team],
        limits: Limits::default(),
        words: PlanWords {
            band_reasons: text("Taken over from an older list, and not assessed yet."),
            summary: text(&format!("Taken over from “{list}”. Not assessed yet.")),
            audience_reasons: vec![text("Its people are on this team’s own list.")],
            service_route: text("By telephone, by post and at the Civic Centre."),
            point_of_contact: None,
            times: None,
            ring_name: text(sponsor.name),
            ring_phone: text(&sponsor.phone),
        },
    }
}
