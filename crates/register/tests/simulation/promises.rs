//! The promises that hold at every moment, asked of the register through its views.

use crate::book::{Book, Story, Told};
use crate::chance::Chance;
use crate::support::*;
use crate::{partners, rules};
use jiff::ToSpan;
use jiff::civil::Date;
use register::assessment::Plan;
use register::calendar;
use register::command::UndoImport;
use register::due;
use register::event::Event;
use register::ids::{AccessMonth, File, ImportId, MeasureId, SubjectId};
use register::legal;
use register::measure::Life;
use register::moment::{Actor, Moment};
use register::partner::{Question, is_partners};
use register::people::{Account, Action, Extent, Progress, Role, Standing};
use register::personal::Locker;
use register::policy::{Code, Figure, List};
use register::reach;
use register::retention::{Stands, Stop, clock, forecast};
use register::state::Register;
use register::view::{self, Candidate, Certainty, Challenge, Disclosure, Footing, Purpose, Verdict};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What may answer otherwise than it did after the step before.
pub enum Changed {
    /// A day has passed, or the policy is another: anything.
    Everything,
    /// Within a day: what something was recorded about.
    Measures(BTreeSet<MeasureId>),
}

/// Asserts every promise that can be seen from outside at this moment; gives on what footing each marker was shown.
///
/// What a measure is and what waits for it follows from its own events and the day, so that within a day only those that changed
/// can have become otherwise. Whether markers are shown hangs on who asks, so others are asked for too, now and then.
pub fn stand(world: &World, book: &Book, chance: &mut Chance, changed: &Changed) -> Vec<&'static str> {
    let mut shown = Vec::new();
    let today = world.today();
    book.nothing_half_done();
    let has_changed = |id: &MeasureId| match changed {
        Changed::Everything => true,
        Changed::Measures(measures) => measures.contains(id),
    };
    let live_changed = book.stories.iter().any(|(id, story)| story.in_force() && has_changed(id));
    let work = if live_changed { due::work(&world.register, today) } else { Vec::new() };
    let overdue: BTreeSet<MeasureId> = work
        .iter()
        .filter(|task| matches!(task.action, Action::AnswerReview | Action::Review) && task.by < today)
        .filter_map(|task| if let File::Measure(id) = task.file { Some(id) } else { None })
        .collect();
    let reviews: BTreeSet<MeasureId> = work
        .iter()
        .filter(|task| matches!(task.action, Action::AnswerReview | Action::Review))
        .filter_map(|task| if let File::Measure(id) = task.file { Some(id) } else { None })
        .collect();
    for (id, story) in &book.stories {
        let has_changed = has_changed(id);
        if has_changed {
            let acts_on_it = story.fault.is_none() || story.removal.is_some() || reviews.contains(id);
            assert!(!story.in_force() || acts_on_it, "{id:?}: fault that was found is looked at");
            reviewed_in_time_or_shown_as_overdue(world, book, *id, story, overdue.contains(id));
            every_code_means_something(world, *id, story);
        }
        if has_changed || chance.percent(25) {
            shown.extend(shown_only_while_it_stands(world, book, *id, story, today, chance));
        }
    }
    a_check_says_enough_and_no_more(world, book, chance);
    a_file_opens_to_few(world, book, chance);
    partners::have_what_they_may_be_told(world, book);
    whoever_is_excluded_finds_nothing(world, book);
    shown
}

/// Whoever may know nothing of somebody reaches no file about them, and is warned without being told.
fn whoever_is_excluded_finds_nothing(world: &World, book: &Book) {
    for (subject, id) in book.excluded.keys() {
        let (Some(account), Some(_)) = (world.register.account(*id), world.register.subject(*subject)) else {
            continue;
        };
        let about = book.same(*subject);
        let measures = book.stories.iter().filter(|(_, story)| about.contains(&story.subject));
        let files = measures.map(|(measure, _)| File::Measure(*measure));
        for file in files.chain(about.iter().map(|subject| File::Subject(*subject))) {
            assert_eq!(reach::reach(&world.register, account, file), Disclosure::Nothing);
        }
        let candidate = Candidate { subject: *subject, certainty: Certainty::Match };
        let verdict = asked(world, account, None, Purpose::Visit, &[candidate]);
        assert!(!matches!(verdict, Verdict::Marker(_)), "they are told to ring and no more");
    }
}

/// Anybody about any file: who reads their own team's or their own opens no other, and who reported is told to few.
fn a_file_opens_to_few(world: &World, book: &Book, chance: &mut Chance) {
    let Some(account) = chance.any(world.register.accounts()) else { return };
    let knows = |subject| !book.same(subject).iter().any(|it| book.excluded.contains_key(&(*it, account.id)));
    let reads = |action: Action, of_team: bool, own: bool| match account.extent(action) {
        Extent::Nothing => false,
        Extent::Own => own,
        Extent::Team => of_team || own,
        Extent::All => true,
    };
    let few = [Role::RegisterTeam, Role::DataProtection].iter().any(|role| account.roles.contains(role));
    let level = |may: bool| match (may, few) {
        (false, _) => Disclosure::Nothing,
        (true, false) => Disclosure::File,
        (true, true) => Disclosure::Everything,
    };
    if let Some(incident) = chance.any(world.register.incidents()) {
        let of_team = incident.team == account.team;
        let about = incident.triage.as_ref().and_then(|triage| triage.subject);
        let may =
            reads(Action::ReadIncident, of_team, incident.reporter == account.id) && about.is_none_or(knows);
        let opened = reach::reach(&world.register, account, File::Incident(incident.id));
        assert_eq!(opened, level(may), "a report is for those it concerns");
    }
    if let Some(import) = chance.any(world.register.imports()) {
        let takes_in = account.extent(Action::ApproveImport) == Extent::All;
        let may = takes_in || reads(Action::CertifyOldList, import.team == account.team, false);
        let opened = reach::reach(&world.register, account, File::Import(import.id));
        assert_eq!(opened, level(may), "a list is for those who take it in, and the team that kept it");
    }
    if let Some(team) = chance.any(world.register.teams()) {
        let of_teams = [
            Action::ReadDeclarations,
            Action::ConfirmAccess,
            Action::ConfirmManagers,
            Action::ConfirmRegisterTeam,
        ];
        let may = of_teams.iter().any(|action| reads(*action, team.id == account.team, false));
        let opened = reach::reach(&world.register, account, File::Team(team.id));
        assert_eq!(opened, level(may), "a team's word is for that team, and those who look after all");
    }
    if let Some(measure) = chance.any(world.register.measures()) {
        let of_team = rules::teams_of(world, measure).contains(&account.team);
        let may = reads(Action::ReadMeasure, of_team || measure.sponsor == account.id, false)
            && knows(measure.subject);
        let opened = reach::reach(&world.register, account, File::Measure(measure.id));
        assert_eq!(opened, level(may), "a measure's file is for those it concerns");
        let taken = view::bundle(&world.register, account, measure.id).is_some();
        let decides = [Role::DecisionMaker, Role::GovernanceGroup, Role::AppealOfficer];
        let advised = legal::readable(&world.register, account, measure.id).is_some();
        let hears = few || account.roles.contains(&Role::DecisionMaker);
        let takes =
            (few || decides.iter().any(|role| account.roles.contains(role))) && knows(measure.subject);
        let kept = !matches!(measure.life, Life::Destroyed(_));
        assert_eq!(
            taken,
            may && takes && kept,
            "a measure's evidence is for those who decide on it, while it is kept"
        );
        assert_eq!(
            advised,
            may && hears && kept,
            "what lawyers advised is for those who asked and who decide"
        );
    }
}

/// What a measure asks of staff or customer is in the policy in force for as long as it is not over.
fn every_code_means_something(world: &World, id: MeasureId, story: &Story) {
    if story.ended.is_some() {
        return;
    }
    let policy = world.register.policy();
    for plan in story.plan.iter().chain(story.marker.as_ref().map(|marker| &marker.plan)) {
        let known = |list, codes: &[Code]| codes.iter().all(|code| policy.words(list, code).is_some());
        assert!(known(List::Precaution, &plan.precautions), "{id:?} asks for what the policy has not");
        assert!(known(List::Restriction, &plan.restrictions), "{id:?} asks for what the policy has not");
    }
}

fn reviewed_in_time_or_shown_as_overdue(
    world: &World,
    book: &Book,
    id: MeasureId,
    story: &Story,
    escalated: bool,
) {
    let today = world.today();
    let measure = world.register.measure(id).expect("that it existed remains");
    let in_force = matches!(measure.life, Life::InForce { .. });
    assert_eq!(in_force, story.in_force(), "{id:?} is in force exactly from its notice to its end");
    if !in_force {
        return;
    }
    let (due, considered) = (measure.review_due(&world.register), measure.last_considered());
    assert_eq!((due, considered), (story.review_by, story.considered));
    let (due, considered) = due.zip(considered).expect("a live measure has a review date");
    assert!(
        due <= story.latest_review(&book.figures, considered),
        "a review date within the policy's interval"
    );
    if story.removal.is_none() {
        assert!(escalated || today <= due, "an overdue review is in the work queue");
    }
}

/// Whether an account's team is of a plan's audience; a restriction that names none is for everybody it answers.
fn meant_for(plan: &Plan, account: &Account) -> bool {
    plan.audience.is_empty() || plan.audience.contains(&account.team)
}

/// Somebody of a measure's audience who may check.
fn told<'w>(world: &'w World, book: &Book, story: &Story) -> Option<&'w Account> {
    let plans = [story.plan.as_ref(), story.marker.as_ref().map(|marker| &marker.plan)];
    let is_told = |team| plans.iter().flatten().any(|plan| plan.audience.contains(team));
    world.register.accounts().find(|account| {
        let checks = account.extent(Action::Check) > Extent::Nothing;
        let knows = !book.same(story.subject).iter().any(|it| book.excluded.contains_key(&(*it, account.id)));
        is_told(&account.team) && checks && knows && !is_partners(&world.register, account)
    })
}

fn shown_only_while_it_stands(
    world: &World,
    book: &Book,
    id: MeasureId,
    story: &Story,
    today: Date,
    chance: &mut Chance,
) -> Option<&'static str> {
    let stands = story.standing(today).is_some();
    let measure = world.register.measure(id).expect("that it existed remains");
    assert_eq!(measure.live_plan(today).is_some(), stands, "{id:?} has a live plan exactly while it stands");
    if !stands && !chance.percent(if story.gone.is_some() { 1 } else { 5 }) {
        return None; // what must not be shown is asked now and then, what must be shown always
    }
    let account = told(world, book, story)?;
    let purpose = chance.one(Purpose::ALL);
    // Whichever file about the same is found, it answers for all.
    let found = chance.any(book.same(story.subject).into_iter()).unwrap_or(story.subject);
    let candidate = Candidate { subject: found, certainty: Certainty::Match };
    let verdict = asked(world, account, None, purpose, &[candidate]);
    let marker = match &verdict {
        Verdict::Marker(markers) => markers.iter().find(|marker| marker.measure == id),
        _ => None,
    };
    let audience = story.standing(today).is_some_and(|plan| meant_for(plan, account));
    let Some(marker) = marker else {
        let answers = stands && story.answers(purpose);
        assert!(!(answers && audience), "{id:?} is dropped: its audience is not shown it");
        assert!(!answers || verdict != Verdict::NoneFound);
        return None;
    };
    assert!(stands && story.answers(purpose), "{id:?} is shown although it does not stand");
    let (footing, name) = match story.told {
        None if story.list.is_some() => (Footing::Provisional, "provisional"),
        None => (Footing::Interim, "interim"),
        Some(_) if story.review_by.is_some_and(|due| today > due) => {
            (Footing::ReviewOverdue, "review overdue")
        }
        Some(Told::ByLetter) => (Footing::InForce, "told by letter"),
        Some(Told::Withheld) => (Footing::InForce, "not told"),
    };
    assert_eq!(marker.footing, footing, "{id:?}");
    let challenge = match (story.appeal, story.removal, story.disputed) {
        (Some(_), ..) => Challenge::UnderAppeal,
        (None, Some(_), _) => Challenge::RemovalProposed,
        (None, None, true) => Challenge::Disputed,
        (None, None, false) => Challenge::None,
    };
    assert_eq!(marker.challenge, challenge, "a marker says that it is challenged");
    Some(name)
}

/// What somebody is answered about these subjects.
fn asked(
    world: &World,
    account: &Account,
    uprn: Option<u64>,
    purpose: Purpose,
    candidates: &[Candidate],
) -> Verdict {
    let moment = world.moment(Actor::Account(account.id));
    let question = Question { purpose, uprn };
    view::verdict(&world.register, account, question, |_| candidates.to_vec(), &moment)
}

/// A check by anybody about anybody: never a word of the file, and never "none found" where something stands.
fn a_check_says_enough_and_no_more(world: &World, book: &Book, chance: &mut Chance) {
    let today = world.today();
    let Some(account) = chance.any(world.register.accounts()) else { return };
    let mut candidates = Vec::new();
    for _ in 0..=chance.under(2) {
        let certainty = chance.one(&[Certainty::Match, Certainty::Possible]);
        candidates.extend(chance.any(book.subjects()).map(|subject| Candidate { subject, certainty }));
    }
    let purpose = chance.one(Purpose::ALL);
    let uprn = chance.one(&[None, Some(100), Some(200)]);
    let verdict = asked(world, account, uprn, purpose, &candidates);
    let agreement = match partners::covered(world, account, uprn, purpose) {
        Ok(agreement) => agreement,
        Err(why) => {
            let ring = view::duty_desk(&world.register);
            assert_eq!(verdict, Verdict::NotCovered(why, ring), "no agreement, no answer, whoever is listed");
            return;
        }
    };
    let mut about = candidates.iter().flat_map(|candidate| book.about(candidate.subject));
    let stands = about.any(|story| story.answers(purpose) && story.standing(today).is_some());
    assert_eq!(verdict == Verdict::NoneFound, !stands, "none found exactly where nothing stands");
    if let Verdict::Marker(markers) = &verdict {
        for marker in markers {
            let story = &book.stories[&marker.measure];
            let same = book.same(story.subject);
            let surely = candidates.iter().any(|candidate| {
                same.contains(&candidate.subject) && candidate.certainty == Certainty::Match
            });
            let plan = story.standing(today).expect("a marker that is shown stands");
            let reads_files = view::disclosure(account) > Disclosure::Precautions;
            let named = agreement.is_none() || plan.audience.contains(&account.team);
            let told = (meant_for(plan, account) && named) || reads_files;
            assert!(surely && told, "a marker is shown to its audience");
            if let Some(terms) = agreement {
                partners::shows_what_is_shared(world, marker, terms);
            }
            let goes_there = matches!(purpose, Purpose::Visit | Purpose::Meeting);
            assert!(
                !goes_there || marker.restrictions.is_empty(),
                "limits on contact are told to whoever calls"
            );
        }
    }
    let shown = format!("{verdict:?}");
    for word in ["Tellwright", "Overway", "Bittern", SUBJECT_WORD, SECRET_WORD] {
        assert!(!shown.contains(word), "a check shows {word}");
    }
}

/// The clock of each file agrees with the book, and a hold stops it.
pub fn clocks_run_as_told(world: &World, book: &Book) {
    let files = world.register.measures().map(|measure| File::Measure(measure.id));
    let files = files.chain(world.register.incidents().map(|incident| File::Incident(incident.id)));
    for file in files.chain(world.register.subjects().map(|subject| File::Subject(subject.id))) {
        let clock = clock(&world.register, file).expect("every file has a clock");
        match clock.stands {
            Stands::Gone(on) => assert_eq!(book.gone(file), Some(on), "{file}"),
            Stands::Stopped(Stop::Held(_)) => assert!(book.is_held(file), "{file}"),
            _ => assert!(book.gone(file).is_none() && !book.is_held(file), "{file}"),
        }
    }
}

/// The files joined are those that the book has, and the pairs apart.
pub fn files_are_joined_as_told(world: &World, book: &Book) {
    let register = &world.register;
    let subjects: Vec<SubjectId> = register.subjects().map(|subject| subject.id).collect();
    for one in &subjects {
        let told = book.same(*one);
        let same = register.same(*one);
        assert_eq!(same.first(), Some(&register.one(*one)), "the one that goes on comes first");
        assert_eq!(same.len(), told.len(), "{one:?}: each file once");
        assert_eq!(same.into_iter().collect::<BTreeSet<_>>(), told, "{one:?}");
        assert_eq!(register.is_joined(*one), told.len() > 1, "{one:?}");
        for other in &subjects {
            assert_eq!(register.is_apart(*one, *other), book.is_apart(*one, *other));
        }
    }
}

/// Lists and teams wait for somebody exactly while the book says so, and by its days.
pub fn lists_are_seen_to(world: &World, book: &Book) {
    let (register, today) = (&world.register, world.today());
    let figure = |figure| register.policy().figure(figure);
    let working_days = |from: Date, days: u32| {
        let mut days_after = from.series(1.day()).skip(1).filter(|day| calendar::is_working_day(*day));
        days_after.nth(usize::try_from(days).expect("small") - 1).expect("a date of this age")
    };
    let months =
        |from: Date, months: u32| from.checked_add(i64::from(months).months()).expect("a date of this age");
    let mut told = BTreeSet::new();
    for (id, list) in &book.lists {
        let file = File::Import(*id);
        match list.taken_in {
            None if !list.refused => {
                let by = working_days(list.proposed.1, figure(Figure::Triage));
                told.insert((file, Action::ApproveImport, by));
            }
            Some(taken_in) if list.stands() => {
                let by = working_days(taken_in, figure(Figure::OldList));
                told.insert((file, Action::CertifyOldList, by));
            }
            _ => {}
        }
        let stands = register.old_lists_of(list.team).any(|import| import.id == *id);
        assert_eq!(stands, list.stands(), "{id:?}");
    }
    let notice = i64::from(figure(Figure::ReviewNotice));
    let soon = today.checked_add(notice.days()).expect("a date of this age");
    for (team, (opened, declared)) in &book.teams {
        let by = match declared {
            Some(declared) => months(*declared, figure(Figure::Declaration)),
            None => months(*opened, figure(Figure::FirstDeclaration)),
        };
        assert_eq!(register.declaration_due(*team), Some(by), "{team:?}");
        if by <= soon {
            told.insert((File::Team(*team), Action::DeclareNoList, by));
        }
    }
    let work = due::work(register, today).into_iter();
    let of_lists = |task: &due::Task| match task.file {
        File::Import(_) => true,
        File::Team(_) => task.action == Action::DeclareNoList,
        _ => false,
    };
    let work = work.filter(of_lists);
    let work: Vec<_> = work.map(|task| (task.file, task.action, task.by)).collect();
    assert_eq!(work.len(), told.len(), "each once");
    assert_eq!(work.into_iter().collect::<BTreeSet<_>>(), told, "what waits of lists and teams");
}

/// Whoever is asked whether an account is still needed has it as work until they answer, and is overtaken by nobody's forgetting.
pub fn access_is_seen_to(world: &World, book: &Book) {
    let (register, today) = (&world.register, world.today());
    let work = due::work(register, today);
    for account in register.accounts().filter(|account| account.standing == Standing::Open) {
        let asked = account.awaits.map(|moment| moment.date());
        assert_eq!(asked, book.awaits_since(account.id), "{:?}", account.id);
        let Some(asked) = asked else { continue };
        let action = register.answered_under(account);
        let mut told =
            work.iter().filter(|task| task.file == File::Team(account.team) && task.action == action);
        assert!(told.any(|task| task.since <= asked), "somebody is asked about {:?}", account.id);
    }
    for request in register.requests() {
        let waits = matches!(request.progress, Progress::Noted | Progress::Asked(..));
        let told = work.iter().any(|task| task.file == File::Account(request.account));
        assert!(told || !waits, "nobody who needs access is forgotten: {:?}", request.account);
    }
}

/// A question about looks that was not answered in time waits for somebody until its looks are closed, and access after misuse for a word.
pub fn looks_are_seen_to(world: &World, book: &Book) {
    let (register, today) = (&world.register, world.today());
    assert_eq!(register.reviewed_looks(), book.closed_looks);
    let work = due::work(register, today);
    let told = work.iter().filter(|task| task.action == Action::ReviewLooks).count();
    let late = book.looks_questions.iter().filter(|(_, asked, looks, answered)| {
        let last = calendar::working_days_after(*asked, 5);
        !answered && today > last && !looks.is_subset(&book.closed_looks)
    });
    assert_eq!(told, late.count(), "whoever does not answer is not forgotten");
    let told = work.iter().filter(|task| task.what.contains("after misuse"));
    let told: Vec<(File, Action)> = told.map(|task| (task.file, task.action)).collect();
    assert_eq!(told.len(), book.misuse.len(), "each once");
    for account in book.misuse.iter().filter_map(|id| register.account(*id)) {
        let answers = (File::Team(account.team), register.answered_under(account));
        assert!(told.contains(&answers), "somebody says whether access stays: {:?}", account.id);
    }
}

/// Nothing of a list that was taken back is left but its own record.
pub fn nothing_of_it_is_left(world: &World, book: &Book, import: ImportId) {
    let register = &world.register;
    let (measures, subjects) = book.brought(import);
    for measure in measures {
        assert!(register.measure(measure).is_none() && register.timeline(File::Measure(measure)).is_empty());
        assert!(register.erased().contains(&Locker::Measure(measure)));
        assert!(!register.subjects().any(|it| register.measures_about(it.id).any(|it| it.id == measure)));
    }
    for subject in subjects {
        assert!(register.subject(subject).is_none() && register.timeline(File::Subject(subject)).is_empty());
        assert!(register.erased().contains(&Locker::Subject(subject)));
    }
}

/// Were a list that is being taken in taken back in the next moment, every file would be as it is now.
pub fn taken_back_at_once_it_is_as_before(world: &World, import: ImportId, events: &[Event], moment: Moment) {
    let printed = |register: &Register| {
        let subjects: Vec<_> = register.subjects().collect();
        let lines: Vec<_> =
            subjects.iter().map(|subject| register.timeline(File::Subject(subject.id))).collect();
        let measures: Vec<_> = register.measures().collect();
        let incidents: Vec<_> = register.incidents().collect();
        let work = due::work(register, moment.date());
        let work: Vec<_> = work.iter().filter(|task| task.file != File::Import(import)).collect();
        let totals = register::totals::totals(register, moment.date());
        format!("{subjects:?}{lines:?}{measures:?}{incidents:?}{work:?}{totals:?}")
    };
    let mut register = world.register.clone();
    let takes_in = |register: &mut Register, events: &[Event]| {
        for (position, event) in (u64::MAX / 2..).zip(events) {
            register.apply(event, moment, position);
        }
    };
    takes_in(&mut register, events);
    let undo = UndoImport { import, reasons: text("Nightjar: the wrong file.") };
    let takes_back = |account: &&Account| account.extent(Action::Import) == Extent::All;
    let Some(by) = world.register.accounts().find(takes_back).map(|account| account.id) else { return };
    let moment_of_undo = Moment { by: Actor::Account(by), ..moment };
    let undone = register::decide(&register, &undo.into(), &moment_of_undo).expect("nobody has gone on");
    takes_in(&mut register, &undone);
    assert!(printed(&register) == printed(&world.register), "a list taken back leaves no trace");
}

/// What is foreseen is what is destroyed, file by file and day by day, if nothing but time goes by.
pub fn what_is_foreseen_comes_true(world: &World) {
    // What a change of the policy will do is foretold by itself.
    if world.register.open_change().is_some() {
        return;
    }
    let foreseen = forecast(&world.register, world.today());
    let (today, end) = (world.today(), calendar::months_after(world.today(), 24));
    let mut world = world.clone();
    let before = world.register.certificates().len();
    while world.today() <= end {
        loop {
            let due = due::due(&world.register, world.today());
            if due.is_empty() {
                break;
            }
            for command in due {
                world.system(command);
            }
        }
        world.at += 24.hours();
    }
    let gone = world.register.certificates().iter().skip(before);
    // Months of the access log that have not begun are not there to be foreseen.
    let begun = |file| !matches!(file, File::Accesses(month) if month > AccessMonth::of(today));
    let gone: BTreeSet<_> = gone
        .filter(|it| begun(it.file))
        .map(|it| (it.destroyed.date(), it.file, it.category.expect("a category")))
        .collect();
    let expected = foreseen.expected.iter().filter(|it| it.on <= end);
    let expected: BTreeSet<_> = expected.map(|it| (it.on, it.file, it.category)).collect();
    assert_eq!(gone, expected, "what is foreseen comes true");
    assert_eq!(foreseen.until(end), gone.len());
}

/// Asserts that no words of the lockers just erased are left in what the register holds of their file.
pub fn the_file_is_emptied(world: &World, file: File, lockers: &[Locker]) {
    let printed = match file {
        File::Measure(id) => format!("{:?}", world.register.measure(id)),
        File::Incident(id) => format!("{:?}", world.register.incident(id)),
        File::Subject(id) => format!("{:?}", world.register.subject(id)),
        _ => return,
    };
    let held = lockers_held(&printed);
    for locker in lockers {
        assert!(!held.contains(format!("{locker:?}").as_str()), "words of {locker:?} are left");
    }
}

/// Asserts that no erased locker's words are among everything the register holds, as it is printed.
pub fn nothing_erased_is_left(world: &World, printed: &str) {
    let held = lockers_held(printed);
    for locker in world.register.erased() {
        assert!(!held.contains(format!("{locker:?}").as_str()), "words of {locker:?} are left");
    }
    for subject in world.register.subjects().filter(|subject| subject.details.known().is_none()) {
        assert!(subject.support.is_none() && world.register.erased().contains(&Locker::Support(subject.id)));
    }
}

/// The lockers whose words stand in what was printed.
fn lockers_held(printed: &str) -> BTreeSet<&str> {
    let mut rest = printed;
    let mut held = BTreeSet::new();
    while let Some((before, after)) = rest.split_once(", content: Known") {
        let (_, locker) = before.rsplit_once("locker: ").expect("particulars name their locker");
        held.insert(locker);
        rest = after;
    }
    held
}

/// One number for what the register answers today to everybody about everything.
pub fn digest(world: &World) -> u64 {
    let mut hasher = DefaultHasher::new();
    let today = world.today();
    for subject in world.register.subjects() {
        // Where nothing is live one person is asked for all: nothing that is shown could differ.
        let live =
            world.register.measures_about(subject.id).any(|measure| measure.live_plan(today).is_some());
        let asking = if live { usize::MAX } else { 1 };
        for account in world.register.accounts().take(asking) {
            for certainty in [Certainty::Match, Certainty::Possible] {
                let candidate = Candidate { subject: subject.id, certainty };
                for purpose in [Purpose::Visit, Purpose::Call] {
                    let verdict = asked(world, account, None, purpose, &[candidate]);
                    match verdict {
                        Verdict::NoneFound => 0.hash(&mut hasher), // most are, and writing them out takes time
                        found => format!("{found:?}").hash(&mut hasher),
                    }
                }
            }
        }
    }
    format!("{:?}{:?}", due::work(&world.register, today), due::due(&world.register, today))
        .hash(&mut hasher);
    hasher.finish()
}
