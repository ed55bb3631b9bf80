//! Which cases there are, and where each of them stands on the last day.
//!
//! A case that is to stand somewhere today is dated backwards from today, so that an overdue review is overdue whenever the
//! history is played.

use crate::access;
use crate::case::{Case, Telling, band};
use crate::cast;
use crate::chance::{Chance, Seed};
use crate::council;
use crate::diary::{days_before, days_from, working_day_by, working_days_before};
use crate::incidents;
use crate::lists;
use crate::logged;
use crate::meetings;
use crate::policy;
use crate::story::{Step, Story};
use crate::subjects::{Known, Profile, person, premises};
use crate::words::code;
use jiff::Timestamp;
use jiff::civil::Date;
use register::appeal::AppealOutcome;
use register::assessment::Band;
use register::calendar::{months_after, working_days_after};
use register::contact::{Matter, Treatment};
use register::dispute::DisputeOutcome;
use register::ids::MeasureId;
use register::incident::Channel;
use register::measure::{EndReason, Kind};
use register::ombudsman::ComplaintOutcome;
use register::review::Advice;
use register::subject::{Born, SubjectDetails};

/// Three years, and some weeks in which the first reports came in.
const DAYS: u32 = 1_160;

/// The grounds on which some customers are not told.
const GROUNDS: &[&str] = &["VIOL", "POLI", "RISK", "ORDR"];

/// Everything that people ask of the register until `until`, oldest first.
pub(crate) fn story(seed: Seed, until: Timestamp) -> Vec<Step> {
    let mut story = Story::new(seed, until);
    let opened = days_before(story.today(), DAYS);
    council::set_up(&mut story, opened);
    access::enter(&mut story, opened);
    policy::enter(&mut story, opened);
    lists::enter(&mut story, opened);
    cast::enter(&mut story);
    being_assessed(&mut story);
    interim_markers(&mut story);
    waiting(&mut story);
    standing(&mut story);
    warnings(&mut story);
    young_and_homeless(&mut story);
    ended(&mut story);
    held(&mut story);
    appealed(&mut story);
    complained(&mut story);
    varied(&mut story);
    in_touch(&mut story);
    disputed(&mut story);
    moved_in(&mut story);
    answered(&mut story);
    proposed_for_removal(&mut story);
    let between = removed_between(&mut story);
    logged::reports(&mut story);
    meetings::hold(&mut story, opened, &between);
    story.in_order()
}

/// A case that begins so many working days before today.
fn recent<'s>(story: &'s mut Story, name: &str, kind: Kind, days_ago: u32) -> Case<'s> {
    let starts = working_days_before(story.today(), days_ago);
    begun(story, name, kind, starts)
}

/// A case about somebody or somewhere that fits the conduct.
fn begun<'s>(story: &'s mut Story, name: &str, kind: Kind, starts: Date) -> Case<'s> {
    let mut chance = story.chance(&format!("{name}: conduct"));
    let behaviour = conduct(kind, &mut chance);
    let who = about(behaviour, story, &mut chance);
    Case::new(story, name, who, kind, behaviour, starts)
}

fn conduct(kind: Kind, chance: &mut Chance) -> &'static str {
    let usual: &[&str] = match kind {
        Kind::Entry => &[
            "THR", "THR", "THR", "THR", "PA", "PA", "WPN", "HAR", "HAR", "HATE", "DMG", "DMG", "SEX", "ORD",
            "VA", "ANI", "ANI", "ENV", "ASC",
        ],
        Kind::Restriction => &["UPC", "UPC", "UPC", "UPC", "SM", "SM", "VA", "HAR", "PSY", "PSY"],
        Kind::Warning => &["VA", "VA", "VA", "VA", "SM", "HATE", "SEX", "PSY", "DMG", "UPC"],
    };
    chance.pick(usual)
}

fn about(behaviour: &str, story: &mut Story, chance: &mut Chance) -> Profile {
    if incidents::is_of_a_place(&code(behaviour)) {
        premises(chance, story.today())
    } else {
        person(story, chance, Known::Age)
    }
}

/// Somebody whose age is known.
fn adult(story: &mut Story, name: &str) -> Profile {
    let mut chance = story.chance(name);
    person(story, &mut chance, Known::Age)
}

/// How many tests are answered, in assessments that began so many working days ago.
const ANSWERED: &[(usize, u32)] = &[(0, 4), (0, 5), (2, 6), (5, 6), (8, 7), (10, 8), (10, 7), (10, 9)];

/// Assessments in every degree of completeness.
fn being_assessed(story: &mut Story) {
    let kinds = [Kind::Entry, Kind::Restriction, Kind::Entry, Kind::Warning];
    for (index, (answered, ago)) in ANSWERED.iter().enumerate() {
        let kind = kinds.get(index % 4).copied().unwrap_or(Kind::Entry);
        let mut case = recent(story, &format!("being assessed {index}"), kind, *ago);
        case.begin();
        case.answer(*answered, &[]);
        if index >= 6 {
            case.set_plan();
        }
        if index >= 7 {
            case.weigh();
        }
    }
}

/// Interim markers asked for, refused, live, lapsed, and live while the entry waits for its decision.
fn interim_markers(story: &mut Story) {
    recent(story, "interim asked", Kind::Entry, 1).ask_interim();

    let mut refused = recent(story, "interim refused", Kind::Entry, 4);
    refused.ask_interim();
    refused.refuse_interim();

    for (name, days_ago) in [("interim live", 3), ("interim lapsed", 14), ("interim lapsed long ago", 24)] {
        let mut case = recent(story, name, Kind::Entry, days_ago);
        case.ask_interim();
        case.agree_interim();
        case.answer(4, &[]);
    }

    let mut waiting = recent(story, "interim, decision waiting", Kind::Entry, 6);
    waiting.ask_interim();
    waiting.agree_interim();
    waiting.assess();
}

/// Cases that wait for a decision or for their letter.
fn waiting(story: &mut Story) {
    for (kind, ago) in [(Kind::Entry, 7), (Kind::Restriction, 8), (Kind::Warning, 12)] {
        let mut case = recent(story, &format!("decision waiting {ago}"), kind, ago);
        case.begin();
        case.assess();
    }
    let mut against = recent(story, "decision waiting, none recommended", Kind::Entry, 8);
    against.begin();
    against.assess_against();

    type Then = fn(&mut Case<'_>);
    let letters: [(&str, Kind, Then); 7] = [
        ("letter unwritten, entry", Kind::Entry, |_| {}),
        ("letter unwritten, restriction", Kind::Restriction, |_| {}),
        ("letter written, entry", Kind::Entry, |case| case.write_letter()),
        ("letter written, warning", Kind::Warning, |case| case.write_letter()),
        ("letter approved", Kind::Restriction, |case| {
            case.write_letter();
            case.approve_letter();
        }),
        ("withholding asked", Kind::Entry, |case| case.ask_to_withhold("VIOL")),
        ("withholding asked, police", Kind::Entry, |case| case.ask_to_withhold("POLI")),
    ];
    for (name, kind, then) in letters {
        let today = story.today();
        let mut case = recent(story, name, kind, 11);
        case.begin();
        case.assess();
        let date = working_days_before(today, 4);
        case.approve(date, months_after(date, 3));
        then(&mut case);
    }
}

/// Measures in force: reviewed never to five times, the next review far off, soon, overdue by days or by weeks.
fn standing(story: &mut Story) {
    let mut plots: Vec<(usize, i32)> = [0, 1, 2, 3, 4, 5]
        .into_iter()
        .zip([5, 9, 13, 17, 21, 25])
        .flat_map(|(reviews, soon)| [45, 38, 33, 41, soon].map(|due_in| (reviews, due_in)))
        .collect();
    plots.extend([(0, -3), (2, -5), (1, -19), (3, -38)]);
    for (index, (reviews, due_in)) in plots.into_iter().enumerate() {
        let name = format!("in force {index}");
        let kind = if index % 3 == 2 { Kind::Restriction } else { Kind::Entry };
        let mut chance = story.chance(&format!("{name}: conduct"));
        let behaviour = conduct(kind, &mut chance);
        let who = about(behaviour, story, &mut chance);
        let ground = GROUNDS.get(index / 7 % GROUNDS.len()).filter(|_| index % 7 == 3);
        let telling = ground.map_or(Telling::Letter, |ground| Telling::Withheld(ground));
        let may_move = matches!(who.details, SubjectDetails::Person(_)) && chance.one_in(3);
        let home = if may_move { Home::Moves } else { Home::Stays };
        in_force(story, &name, who, &Stands { kind, behaviour, reviews, due_in, telling, home }, |case| case);
    }
}

/// How a measure stands today.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stands {
    pub(crate) kind: Kind,
    pub(crate) behaviour: &'static str,
    /// How often it has been reviewed and kept.
    pub(crate) reviews: usize,
    /// Days until its next review is due; negative where it is overdue.
    pub(crate) due_in: i32,
    pub(crate) telling: Telling,
    pub(crate) home: Home,
}

/// Whether the customer is found to have moved at the latest review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    Stays,
    Moves,
}

/// A whole case of a measure that is in force today; `with` may settle more of it before it begins.
pub(crate) fn in_force<'s>(
    story: &'s mut Story,
    name: &str,
    who: Profile,
    stands: &Stands,
    with: impl FnOnce(Case<'s>) -> Case<'s>,
) {
    let today = story.today();
    let mut chance = story.chance(&format!("{name}: dates"));
    let due = days_from(today, stands.due_in);
    let gap = gap(band(stands.kind, &code(stands.behaviour)));
    let dates = considered(due, stands.reviews + 1, gap, &mut chance);
    let Some((decided, reviews)) = dates.split_first() else { return };
    let starts = working_days_before(*decided, 8);
    let mut case = with(Case::new(story, name, who, stands.kind, stands.behaviour, starts));
    case.begin();
    case.assess();
    live_through(&mut case, &dates, due, stands.telling, &mut chance);
    if !reviews.is_empty() && stands.home == Home::Moves {
        case.move_house();
    }
    if chance.one_in(3) {
        case.another_report(working_days_before(today, 4));
    }
}

/// The days between two reviews: within six months, or three in the red band, wherever the weekends fall.
const fn gap(band: Band) -> (u32, u32) {
    match band {
        Band::Red => (70, 84),
        Band::Amber | Band::Advisory => (150, 175),
    }
}

/// The working days on which a measure was decided and reviewed, the last of them one `gap` before `end`; oldest first.
fn considered(end: Date, count: usize, gap: (u32, u32), chance: &mut Chance) -> Vec<Date> {
    let mut dates: Vec<Date> = std::iter::successors(Some(end), |later| {
        Some(working_day_by(days_before(*later, chance.between(gap.0, gap.1))))
    })
    .skip(1)
    .take(count)
    .collect();
    dates.reverse();
    dates
}

/// Approves and tells on the first of `dates`, reviews on the others; the next review is due on `due`.
fn live_through(case: &mut Case<'_>, dates: &[Date], due: Date, telling: Telling, chance: &mut Chance) {
    let next = |index: usize| dates.get(index + 1).copied().unwrap_or(due);
    for (index, date) in dates.iter().enumerate() {
        if index == 0 {
            case.approve(*date, next(index));
            case.give_notice(telling);
            continue;
        }
        if chance.one_in(3) {
            case.another_report(working_day_by(days_before(*date, chance.between(12, 40))));
        }
        case.retain(*date, next(index), telling);
    }
}

/// Warnings being watched, and three customers whose warning was followed by an entry.
fn warnings(story: &mut Story) {
    for (index, ago) in [25, 60, 95, 130, 150].into_iter().enumerate() {
        let from = days_before(story.today(), ago);
        warning(story, &format!("warning {index}"), from);
    }
    for index in 0..3 {
        let name = format!("warning, then entry {index}");
        let from = days_before(story.today(), 120 + index * 9);
        let who = warning(story, &name, from);
        let decided = working_days_before(story.today(), 14 + index);
        let starts = working_days_before(decided, 8);
        let mut case = Case::new(story, &format!("{name}: entry"), who, Kind::Entry, "THR", starts);
        case.begin_again();
        case.assess();
        case.approve(decided, months_after(decided, 5));
        case.give_notice(Telling::Letter);
    }
}

/// A warning that begins on or after `from`, looked at halfway and ended by time when the watch has passed.
fn warning(story: &mut Story, name: &str, from: Date) -> Profile {
    let mut case = begun(story, name, Kind::Warning, from);
    case.begin();
    case.assess();
    let decided = working_days_after(from, 8);
    case.approve(decided, months_after(decided, 4));
    case.give_notice(Telling::Letter);
    let halfway = working_day_by(months_after(decided, 3));
    case.retain(halfway, months_after(halfway, 5), Telling::Letter);
    case.who
}

/// Two people under age, and somebody who has no address to write to.
fn young_and_homeless(story: &mut Story) {
    for (name, days_ago) in [("under age, in force", 40), ("under age, waiting", 9)] {
        let today = story.today();
        let starts = working_days_before(today, days_ago);
        let mut who = adult(story, name);
        if let SubjectDetails::Person(person) = &mut who.details {
            person.born = Born::On(days_before(today, 16 * 365 + 200));
        }
        let mut case = Case::new(story, &format!("{name}: case"), who, Kind::Warning, "DMG", starts);
        case.begin();
        case.assess();
        if days_ago > 30 {
            case.allow_under_age();
            let decided = working_days_before(today, days_ago - 8);
            case.approve(decided, months_after(decided, 3));
            case.give_notice(Telling::Letter);
        }
    }
    let mut who = adult(story, "no address");
    if let SubjectDetails::Person(person) = &mut who.details {
        person.addresses.clear();
    }
    let telling = Telling::Withheld("NADR");
    let home = Home::Stays;
    let stands = Stands { kind: Kind::Entry, behaviour: "THR", reviews: 1, due_in: 55, telling, home };
    in_force(story, "no address: case", who, &stands, |case| {
        case.reported_by("Community Safety", Channel::Street)
    });
}

/// Measures that came off for every reason: lately, and so long ago that their words are destroyed.
fn ended(story: &mut Story) {
    use EndReason::{AppealUpheld, Death, Error, NotJustified, Refused, WatchClean};
    let lately =
        [(NotJustified, 5), (Error, 2), (AppealUpheld, 2), (Death, 2), (WatchClean, 4), (Refused, 4)];
    let long_ago =
        [(NotJustified, 8), (Error, 1), (AppealUpheld, 1), (Death, 2), (WatchClean, 8), (Refused, 6)];
    for (when, counts, ago) in [("lately", lately, (15, 150)), ("long ago", long_ago, (400, 800))] {
        for (reason, count) in counts {
            for index in 0..count {
                let name = format!("ended {when}, {} {index}", reason.key());
                let days_ago = story.chance(&name).between(ago.0, ago.1);
                let on = working_day_by(days_before(story.today(), days_ago));
                end(story, &name, reason, on);
            }
        }
    }
}

fn end(story: &mut Story, name: &str, reason: EndReason, on: Date) {
    match reason {
        EndReason::WatchClean => {
            warning(story, name, days_before(on, 205));
        }
        EndReason::Refused => {
            let mut case = begun(story, name, Kind::Entry, working_days_before(on, 8));
            case.begin();
            if case.chance.one_in(3) {
                case.assess()
            } else {
                case.assess_against()
            }
            case.refuse();
        }
        _ => {
            ended_case(story, name, reason, on);
        }
    }
}

/// A measure that was in force and came off on `on`.
fn ended_case<'s>(story: &'s mut Story, name: &str, reason: EndReason, on: Date) -> Case<'s> {
    let mut chance = story.chance(&format!("{name}: dates"));
    let kind = if chance.one_in(3) { Kind::Restriction } else { Kind::Entry };
    let count = if chance.one_in(3) { 2 } else { 1 };
    let dates = considered(on, count, (66, 80), &mut chance);
    let decided = dates.first().copied().unwrap_or(on);
    let mut case = begun(story, name, kind, working_days_before(decided, 8));
    case.begin();
    case.assess();
    live_through(&mut case, &dates, on, Telling::Letter, &mut chance);
    case.end(on, reason);
    case
}

/// A measure decided so many working days ago, of which the customer was told.
fn told<'s>(story: &'s mut Story, name: &str, kind: Kind, days_ago: u32) -> Case<'s> {
    let decided = working_days_before(story.today(), days_ago);
    let mut case = begun(story, name, kind, working_days_before(decided, 8));
    case.begin();
    case.assess();
    case.approve(decided, months_after(decided, 5));
    case.give_notice(Telling::Letter);
    case
}

/// Appeals that wait for somebody, are being heard, were turned down, or were taken back.
fn appealed(story: &mut Story) {
    let days = |story: &Story, ago: u32| working_days_before(story.today(), ago);
    let arrived = days(story, 1);
    told(story, "appeal just arrived", Kind::Restriction, 14).appeal(arrived);
    for (index, kind) in [Kind::Entry, Kind::Warning, Kind::Restriction].into_iter().enumerate() {
        let arrived = days(story, 9);
        told(story, &format!("appeal being heard {index}"), kind, 22).appeal(arrived);
    }
    // Both went on to an ombudsman: one complaint was closed, and of the other fault was found lately.
    for (index, (ago, outcome)) in
        [(70, ComplaintOutcome::Closed), (95, ComplaintOutcome::Fault)].into_iter().enumerate()
    {
        let (arrived, decided) = (days(story, ago - 12), days(story, ago - 26));
        let (taken_up, ended) = (days(story, ago - 32), days(story, 4));
        let mut case = told(story, &format!("appeal not upheld {index}"), Kind::Entry, ago);
        case.appeal(arrived);
        case.decide_appeal(decided, AppealOutcome::NotUpheld);
        case.goes_to_an_ombudsman(taken_up);
        case.ombudsman_answers(ended, outcome);
    }
    let arrived = days(story, 30);
    let mut taken_back = told(story, "appeal taken back", Kind::Warning, 40);
    taken_back.appeal(arrived);
    taken_back.withdraw_appeal();
}

/// A customer who went to an ombudsman so long ago that somebody asks how it stands.
fn complained(story: &mut Story) {
    let days = |ago: u32| working_days_before(story.today(), ago);
    let (arrived, decided, taken_up, kept) = (days(140), days(126), days(122), days(60));
    let mut waits = told(story, "complaint waits", Kind::Restriction, 150);
    waits.appeal(arrived);
    waits.decide_appeal(decided, AppealOutcome::NotUpheld);
    waits.goes_to_an_ombudsman(taken_up);
    waits.retain(kept, months_after(kept, 5), Telling::Letter);
}

/// Entries whose audience was cut down since they are in force.
fn varied(story: &mut Story) {
    for (index, ago) in [50, 80].into_iter().enumerate() {
        let on = working_days_before(story.today(), ago - 20);
        told(story, &format!("varied {index}"), Kind::Entry, ago).vary(on);
    }
}

/// Customers whose contact is limited, or is weighed to be, and what they sent meanwhile: some of it waits for an answer.
fn in_touch(story: &mut Story) {
    use Matter::{Linked, New, Right, Same, Urgent};
    const WEEKS: &[&[Matter]] = &[
        &[Same, Same, New],
        &[Same],
        &[Same, Linked],
        &[Same, Same, Same, Right],
        &[],
        &[Same, Urgent],
        &[New],
    ];
    for (index, ago) in [60, 75].into_iter().enumerate() {
        let decided = working_days_before(story.today(), ago);
        let starts = working_days_before(decided, 8);
        let mut case = begun(story, &format!("in touch {index}"), Kind::Restriction, starts)
            .planned(&["READ", "SPOC"], &["Customer Relations"]);
        case.begin();
        case.assess();
        case.approve(decided, months_after(decided, 5));
        case.give_notice(Telling::Letter);
        let mut contacts = 0;
        for (week, matters) in WEEKS.iter().enumerate() {
            let begin = u32::try_from(5 * (WEEKS.len() - week)).unwrap_or(5);
            for (day, matter) in matters.iter().enumerate() {
                let days_ago = begin - u32::try_from(day).unwrap_or_default();
                let date = working_days_before(case.today(), days_ago);
                let treatment = match (matter, case.chance.one_in(2)) {
                    (Same, _) => Treatment::Left,
                    (Linked, _) | (_, true) => Treatment::Answered,
                    (_, false) => Treatment::PassedOn,
                };
                case.hears(date, *matter, treatment);
                if treatment == Treatment::PassedOn && week + 1 < WEEKS.len() {
                    case.answers(contacts);
                }
                contacts += 1;
            }
        }
        case.hears(working_days_before(case.today(), 1), New, Treatment::PassedOn);
    }
    let mut weighed = recent(story, "contact weighed", Kind::Restriction, 9);
    weighed.begin();
    for days_ago in [6, 6, 5, 4, 4, 3, 2] {
        let date = working_days_before(weighed.today(), days_ago);
        weighed.hears(date, Same, Treatment::Answered);
    }
    weighed.answer(12, &[]);
}

/// Entries whose subject says that the record is wrong: one waits for its answer.
fn disputed(story: &mut Story) {
    for (ago, outcome) in [(60, Some(DisputeOutcome::Stands)), (55, Some(DisputeOutcome::InPart)), (25, None)]
    {
        let decided = working_days_before(story.today(), ago);
        let who = adult(story, &format!("disputed {ago}: who"));
        let starts = working_days_before(decided, 8);
        let mut case = Case::new(story, &format!("disputed {ago}"), who, Kind::Entry, "THR", starts);
        case.begin();
        case.assess();
        case.approve(decided, months_after(decided, 5));
        case.give_notice(Telling::Letter);
        case.disputed(working_days_before(case.today(), ago - 20));
        if let Some(outcome) = outcome {
            case.name_involved();
            case.advised();
            case.answer_dispute(outcome);
        }
    }
}

/// A place that other people live in since it was entered.
fn moved_in(story: &mut Story) {
    let decided = working_days_before(story.today(), 45);
    let mut chance = story.chance("moved in: place");
    let place = premises(&mut chance, story.today());
    let mut case = Case::new(story, "moved in", place, Kind::Entry, "ENV", working_days_before(decided, 8));
    case.begin();
    case.assess();
    case.approve(decided, months_after(decided, 5));
    case.give_notice(Telling::Letter);
    let on = working_days_before(case.today(), 3);
    case.change_occupants(on);
}

/// Entries whose review comes soon and whose questions are answered: somebody is to decide.
fn answered(story: &mut Story) {
    for (index, ago) in [86, 90].into_iter().enumerate() {
        let decided = working_days_before(story.today(), ago);
        let mut case =
            begun(story, &format!("review answered {index}"), Kind::Entry, working_days_before(decided, 8));
        case.begin();
        case.assess();
        case.approve(decided, months_after(decided, 5));
        case.give_notice(Telling::Letter);
        let lately = working_days_before(case.today(), 3);
        case.answer_review(lately, Advice::Keep);
    }
}

/// Entries that a review lately proposed to take off: the next meeting of the Governance Group has them on its agenda.
fn proposed_for_removal(story: &mut Story) {
    for (index, ago) in [4, 11].into_iter().enumerate() {
        let on = working_days_before(story.today(), ago);
        told(story, &format!("proposed for removal {index}"), Kind::Entry, 100)
            .end(on, EndReason::NotJustified);
    }
}

/// Entries that two members of the Governance Group took off between meetings, with the day.
fn removed_between(story: &mut Story) -> Vec<(Date, MeasureId)> {
    [40, 90]
        .into_iter()
        .map(|ago| {
            let on = working_days_before(story.today(), ago - 15);
            let mut case = told(story, &format!("removed between {ago}"), Kind::Entry, ago);
            (case.remove_between(on), case.measure())
        })
        .collect()
}

/// Files that are kept for the ombudsman, a court or a request, and one that no longer is.
fn held(story: &mut Story) {
    for (index, ago) in [90, 320].into_iter().enumerate() {
        let on = working_day_by(days_before(story.today(), ago));
        ended_case(story, &format!("held {index}"), EndReason::NotJustified, on).hold();
    }
    let on = working_day_by(days_before(story.today(), 110));
    let mut lifted = ended_case(story, "hold lifted", EndReason::AppealUpheld, on);
    lifted.hold();
    lifted.lift_hold();

    let decided = working_days_before(story.today(), 50);
    let mut live = recent(story, "held while in force", Kind::Restriction, 60);
    live.begin();
    live.assess();
    live.approve(decided, months_after(decided, 6));
    live.give_notice(Telling::Letter);
    live.hold();
}
