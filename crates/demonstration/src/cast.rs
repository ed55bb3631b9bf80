//! The characters that are good to demonstrate with: who they are, where they stand, and what to try.

use crate::case::{Case, Telling};
use crate::chance::stable_number;
use crate::diary::{days_before, working_days_before};
use crate::logged;
use crate::plots::{Home, Stands, in_force};
use crate::story::Story;
use crate::subjects::{Profile, mobile, postcode, uprn};
use crate::words::text;
use jiff::civil::{Date, date};
use register::calendar::months_after;
use register::ids::SubjectId;
use register::incident::Channel;
use register::measure::Kind;
use register::subject::{Address, Born, NameKind, Person, PersonName, Premises, SubjectDetails};

/// A file worth looking at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Character {
    /// What the file is called.
    pub name: &'static str,
    /// Its reference, in every history.
    pub subject: SubjectId,
    /// Where it stands.
    pub stands: &'static str,
    /// What to try.
    pub try_this: &'static str,
}

/// The council's own crews and members, who are told of most of them.
const CREWS: &[&str] =
    &["Housing Repairs", "Members of the Council", "Brackwyn Heating and Gas", "Customer Contact Centre"];

/// Everybody worth looking at, in the order in which a demonstration shows them.
#[must_use]
pub fn cast() -> Vec<Character> {
    let character = |name, stands, try_this| Character { name, subject: id(name), stands, try_this };
    vec![
        character(
            SIOBHAN,
            "Register entry in force: two people for any visit.",
            "Check before a visit, spelled as heard: Shavon Mcguire Okafor, Tannery Row. Or by place: flat 2, 9 Tannery Row.",
        ),
        character(
            HAROLD,
            "Hard of hearing; one report, logged. No measure, and support needs kept apart from danger.",
            "Check Harold Pettifer: none found. Then open his file as the register team.",
        ),
        character(
            GORSE_BANK,
            "An entry about a place: dogs to be secured before anyone goes in.",
            "Check before a visit by address only: Gorse Bank, Coldwyke.",
        ),
        character(
            CLIVE,
            "A restriction only: contact through one named person. Persistent, not dangerous.",
            "Check Clive Rushbrook-Hale for a visit: none found. Again for a phone call: the restriction.",
        ),
        character(
            DARIUSZ,
            "An interim marker, live today: not yet assessed, lapses by itself.",
            "Check before a visit, spelled as heard: Darius Wisniarchik, 5 Ropewalk Mews.",
        ),
        character(
            RHIANNON,
            "Register entry in force, its review overdue by sixteen days.",
            "Check Rianon Rhydderch at Damson Bank, Drovers Way: shown, and said to be overdue. Then review it as the Governance Group.",
        ),
        character(
            CALLUM,
            "An entry that waits for a decision.",
            "Sign in as Martin Oakenshaw and decide it.",
        ),
        character(
            NGOZI,
            "A restriction whose letter waits for a second person.",
            "Sign in as Martin Oakenshaw and approve the letter.",
        ),
        character(
            SON,
            "Register entry in force about the son; his father of the same name lives in the same house and is not listed.",
            "Check Rajinder Sandhu born 14 June 1991: the marker. Again born 2 February 1958: not the marker.",
        ),
    ]
}

const SIOBHAN: &str = "Siobhan Maguire-Okafor";
const HAROLD: &str = "Harold Pettifer";
const GORSE_BANK: &str = "Gorse Bank Farm, Coldwyke Lane, Coldwyke";
const CLIVE: &str = "Clive Rushbrook-Hale";
const DARIUSZ: &str = "Dariusz Wiśniarczyk";
const RHIANNON: &str = "Rhiannon ap Rhydderch-Cole";
const CALLUM: &str = "Callum Strachan-Bright";
const NGOZI: &str = "Ngozi Mbanefo-Lyle";
const SON: &str = "Rajinder Singh Sandhu-Vale";
const FATHER: &str = "Rajinder Singh Sandhu-Vale, the father";

fn id(name: &str) -> SubjectId {
    SubjectId::from_bits(stable_number(name))
}

/// Writes every character's case into the story.
pub(crate) fn enter(story: &mut Story) {
    let siobhan = known_as(
        someone(story, SIOBHAN, date(1984, 3, 17), ("Flat 2, 9 ", "Tannery Row", "Wyverton")),
        &[(NameKind::Alias, "Shiv Maguire"), (NameKind::Former, "Siobhán Maguire")],
    );
    let stands = told(Kind::Entry, "THR", 2, 62);
    in_force(story, SIOBHAN, siobhan, &stands, |case| {
        case.reported_by("Housing Repairs", Channel::Home).planned(&["NLV"], CREWS)
    });

    let mut harold = someone(story, HAROLD, date(1946, 11, 2), ("31 ", "Candlemas Road", "Marlham"));
    harold.support = Some(text(
        "Hard of hearing: face him, speak clearly, use the loop at the desk. Ring only through the relay service.",
    ));
    let reported = days_before(story.today(), 75);
    logged::raised_voice(story, &harold, reported, "triage/adjust");

    let stands = told(Kind::Entry, "ANI", 1, 44);
    in_force(story, GORSE_BANK, gorse_bank(), &stands, |case| {
        case.reported_by("Environmental Health", Channel::Home)
            .planned(&["ANI", "BUD"], &[CREWS, &["Environmental Health", "Greenmoor Waste Crews"]].concat())
    });

    let clive = someone(story, CLIVE, date(1961, 8, 23), ("14 ", "Harebell Avenue", "Ashenholt"));
    let stands = told(Kind::Restriction, "UPC", 1, 58);
    in_force(story, CLIVE, clive, &stands, |case| {
        case.reported_by("Revenues and Benefits", Channel::Email)
            .planned(&["SPOC", "READ"], &[CREWS, &["Revenues and Benefits"]].concat())
    });

    let dariusz = someone(story, DARIUSZ, date(1979, 1, 30), ("5 ", "Ropewalk Mews", "Thornmere"));
    let mut interim = recent(story, dariusz, "WPN", 3)
        .reported_by("Housing Repairs", Channel::Home)
        .planned(&["DNA", "POL"], CREWS);
    interim.ask_interim();
    interim.agree_interim();

    let rhiannon =
        someone(story, RHIANNON, date(1992, 9, 9), ("Damson Bank, ", "Drover's Way", "Pellworthy"));
    let stands = told(Kind::Entry, "HAR", 2, -16);
    in_force(story, RHIANNON, rhiannon, &stands, |case| {
        case.reported_by("Tenancy Services", Channel::Phone)
            .planned(&["NFV", "ADV"], &[CREWS, &["Tenancy Services"]].concat())
    });

    let callum = someone(story, CALLUM, date(1988, 5, 12), ("77 ", "Beacon Terrace", "Wyverton"));
    let mut waiting = recent(story, callum, "DMG", 8).reported_by("Planning Enforcement", Channel::Home);
    waiting.begin();
    waiting.assess();

    let ngozi = someone(story, NGOZI, date(1970, 7, 1), ("3 ", "Saddler's Yard", "Marlham"));
    let decided = working_days_before(story.today(), 3);
    let starts = working_days_before(decided, 8);
    let mut letter_waits = Case::new(story, NGOZI, ngozi, Kind::Restriction, "UPC", starts)
        .reported_by("Customer Contact Centre", Channel::Phone);
    letter_waits.begin();
    letter_waits.assess();
    letter_waits.approve(decided, months_after(decided, 5));
    letter_waits.write_letter();

    father_and_son(story);
}

fn father_and_son(story: &mut Story) {
    let home = ("22 ", "Jubilee Gardens West", "Ashenholt");
    let son = someone(story, SON, date(1991, 6, 14), home);
    let stands = told(Kind::Entry, "PA", 1, 40);
    in_force(story, SON, son, &stands, |case| {
        case.reported_by("Housing Repairs", Channel::Home).planned(&["NLV", "BUD"], CREWS)
    });
    let father = Profile { id: id(FATHER), ..someone(story, SON, date(1958, 2, 2), home) };
    let reported = days_before(story.today(), 140);
    logged::raised_voice(story, &father, reported, "triage/log");
}

/// A measure in force of which the customer was told by letter.
const fn told(kind: Kind, behaviour: &'static str, reviews: usize, due_in: i32) -> Stands {
    Stands { kind, behaviour, reviews, due_in, telling: Telling::Letter, home: Home::Stays }
}

/// A case of an entry about a character that begins so many working days before today.
fn recent<'s>(story: &'s mut Story, who: Profile, behaviour: &str, days_ago: u32) -> Case<'s> {
    let starts = working_days_before(story.today(), days_ago);
    let name = who.details.heading().to_owned();
    Case::new(story, &name, who, Kind::Entry, behaviour, starts)
}

/// A person with one address, given as what stands before the street, the street and the place.
fn someone(story: &mut Story, name: &str, born: Date, home: (&str, &str, &str)) -> Profile {
    let person = Person {
        names: vec![PersonName { kind: NameKind::Main, full: text(name) }],
        born: Born::On(born),
        addresses: vec![address(home)],
        phones: vec![mobile(story)],
        emails: Vec::new(),
        social: Vec::new(),
        references: Vec::new(),
    };
    Profile { id: id(name), details: SubjectDetails::Person(person), support: None }
}

fn known_as(mut who: Profile, names: &[(NameKind, &str)]) -> Profile {
    if let SubjectDetails::Person(person) = &mut who.details {
        person.names.extend(names.iter().map(|(kind, full)| PersonName { kind: *kind, full: text(full) }));
    }
    who
}

fn gorse_bank() -> Profile {
    let premises = Premises {
        description: text("Farmhouse and yard with outbuildings"),
        address: address(("Gorse Bank Farm, ", "Coldwyke Lane", "Coldwyke")),
    };
    Profile { id: id(GORSE_BANK), details: SubjectDetails::Premises(premises), support: None }
}

fn address((house, street, place): (&str, &str, &str)) -> Address {
    let lines = format!("{house}{street}, {place}");
    Address {
        postcode: Some(text(&postcode(place, street))),
        uprn: Some(uprn(&lines)),
        lines: text(&lines),
        from: Some(date(2016, 4, 1)),
        until: None,
    }
}
