//! The policy: proposed by one person, consulted on, endorsed by another, in force on its day by itself, and within its bounds.

use crate::cases::*;
use crate::support::*;
use jiff::civil::date;
use register::calendar;
use register::command::*;
use register::decision;
use register::event::Event;
use register::ids::{AccountId, File};
use register::measure::Kind;
use register::notice::Content;
use register::people::{Action, Role};
use register::policy::{
    ChangeNumber, Consulted, Course, Effect, Figure, List, Policy, Shift, Term, Version, effect,
};
use register::refusal::Refusal;
use register::state::Register;
use register::view::Footing;

impl World {
    /// The policy in force, proposed anew from today.
    pub fn policy_as_it_is(&self) -> ProposePolicy {
        let policy = self.register.policy();
        ProposePolicy {
            name: policy.name.clone(),
            figures: Figure::ALL.iter().map(|figure| (*figure, policy.figure(*figure))).collect(),
            lists: policy.lists().clone(),
            clauses: policy.adopted_clauses().clone(),
            effective: self.today(),
            reasons: reasons(),
        }
    }

    /// A change that the policy owner has proposed.
    pub fn changed(&mut self, change: impl FnOnce(&mut ProposePolicy)) -> ChangeNumber {
        let mut asked = self.policy_as_it_is();
        change(&mut asked);
        self.does(POLICY_OWNER, asked);
        self.register.open_change().expect("a change").number
    }

    /// Consults on a change and endorses it.
    pub fn endorsed(&mut self, change: ChangeNumber) {
        let consultation = self.consultation(change);
        self.does(POLICY_OWNER, consultation);
        self.does(CABINET_MEMBER, EndorsePolicy { change, reasons: reasons() });
    }

    fn consultation(&self, change: ChangeNumber) -> LogConsultation {
        let held_on = self.today();
        LogConsultation { change, consulted: Consulted::TradeUnions, held_on, words: reasons() }
    }

    /// Changes a figure from today on, by both of those who may.
    fn figure_is(&mut self, figure: Figure, value: u32) {
        let change = self.changed(|asked| asked.says(figure, value));
        self.endorsed(change);
        self.system(AdoptPolicy { change });
    }

    fn course(&self, change: ChangeNumber) -> &Course {
        let found = self.register.changes().iter().find(|known| known.number == change);
        &found.expect("a change").course
    }

    fn policy_waits_for(&self) -> Vec<(&'static str, Action)> {
        let tasks = register::due::work(&self.register, self.today());
        let policys = tasks.into_iter().filter(|task| task.file == File::Policy);
        policys.map(|task| (task.what, task.action)).collect()
    }
}

pub trait Changing {
    /// Says another figure.
    fn says(&mut self, figure: Figure, value: u32);
    /// Takes a code out of a list.
    fn without(&mut self, list: List, letters: &str);
}

impl Changing for ProposePolicy {
    fn says(&mut self, figure: Figure, value: u32) {
        self.figures.insert(figure, value);
    }

    fn without(&mut self, list: List, letters: &str) {
        let terms = self.lists.get_mut(&list).expect("a list");
        terms.retain(|term| term.code != code(letters));
    }
}

fn effect_of(world: &World, change: ChangeNumber) -> Effect {
    let found = world.register.changes().iter().find(|known| known.number == change).expect("a change");
    effect(&world.register, found.policy.known().expect("a policy"), world.today())
}

#[test]
fn a_change_is_proposed_by_one_person_consulted_on_and_endorsed_by_another() {
    let mut world = World::opened();
    let change = world.changed(|asked| {
        asked.figures.insert(Figure::Triage, 1);
        asked.effective = date(2026, 4, 1);
    });
    let endorse = EndorsePolicy { change, reasons: reasons() };
    assert_eq!(world.refused(CABINET_MEMBER, endorse.clone()), Refusal::NotConsulted);
    let consultation = world.consultation(change);
    world.does(POLICY_OWNER, consultation.clone());
    world.does(CABINET_MEMBER, endorse.clone());
    assert_eq!(world.refused(CABINET_MEMBER, endorse), Refusal::AlreadyDone);
    assert_eq!(world.refused(POLICY_OWNER, consultation), Refusal::AlreadyDone);
    assert_eq!(world.register.policy().version, Version(1), "endorsed is not yet in force");
}

#[test]
fn whoever_proposed_a_change_does_not_answer_it_whatever_their_roles() {
    let mut world = World::opened();
    let both = AccountId::from_bits(77);
    world.system(OpenAccount {
        account: both,
        roles: [Role::PolicyOwner, Role::CabinetMember].into(),
        team: RELATIONS,
        details: holder(both, "Dunlin Tellwright"),
    });
    let mut asked = world.policy_as_it_is();
    asked.name = text("Another name");
    world.does(both, asked);
    let change = ChangeNumber(1);
    let consultation = world.consultation(change);
    world.does(both, consultation);
    let endorse = EndorsePolicy { change, reasons: reasons() };
    assert_eq!(world.refused(both, endorse.clone()), Refusal::SecondPersonNeeded);
    let reject = RejectPolicy { change, reasons: reasons() };
    assert_eq!(world.refused(both, reject), Refusal::SecondPersonNeeded);
    assert_eq!(world.refused(POLICY_OWNER, endorse.clone()), Refusal::NotPermitted(Action::EndorsePolicy));
    world.does(CABINET_MEMBER, endorse);
}

#[test]
fn an_endorsed_version_takes_force_on_its_day_and_by_nobodys_hand() {
    let mut world = World::opened();
    let change = world.changed(|asked| {
        asked.figures.insert(Figure::Triage, 1);
        asked.effective = date(2026, 4, 1);
    });
    world.endorsed(change);
    assert_eq!(world.refused(POLICY_OWNER, AdoptPolicy { change }), Refusal::OnlyByTime);
    world.on(date(2026, 3, 31));
    world.day_passes();
    assert_eq!(world.system_refused(AdoptPolicy { change }), Refusal::NotDue);
    assert_eq!(world.register.policy().figure(Figure::Triage), 2);
    world.on(date(2026, 4, 1));
    world.day_passes();
    let policy = world.register.policy();
    assert_eq!((policy.version, policy.effective), (Version(2), date(2026, 4, 1)));
    assert_eq!(policy.figure(Figure::Triage), 1);
    assert!(matches!(world.course(change), Course::Adopted { .. }));
    assert!(register::due::due(&world.register, world.today()).is_empty(), "once");
}

#[test]
fn what_is_decided_cites_the_version_in_force_on_its_day() {
    let mut world = World::opened();
    let (before, after) = (world.assessed(Kind::Entry), world.assessed(Kind::Entry));
    let approve = world.approve(before);
    world.does(DECIDER, approve);
    world.figure_is(Figure::Triage, 1);
    let approve = world.approve(after);
    world.does(DECIDER, approve);
    let version = |measure| world.measure(measure).decision().expect("a decision").policy;
    assert_eq!((version(before), version(after)), (Version(1), Version(2)));
    world.does(REGISTRAR, write(after));
    let letter = world.log.iter().rev().find_map(|(event, _)| match event {
        Event::LetterWritten { letter, .. } => letter.known(),
        _ => None,
    });
    let cited = letter.expect("a letter").sections.iter().find(|section| section.content == Content::Policy);
    assert!(
        cited.expect("the policy").paragraphs.concat().contains("version 2, in force since 2 March 2026")
    );
}

#[test]
fn one_change_is_open_at_a_time_and_a_number_is_not_given_twice() {
    let mut world = World::opened();
    let first = world.changed(|asked| asked.name = text("Another name"));
    let mut second = world.policy_as_it_is();
    second.name = text("A third name");
    assert_eq!(world.refused(POLICY_OWNER, second.clone()), Refusal::ChangeOpen);
    let review = ReviewPolicy { words: reasons() };
    assert_eq!(world.refused(POLICY_OWNER, review), Refusal::ChangeOpen);
    world.does(POLICY_OWNER, WithdrawPolicy { change: first, reasons: reasons() });
    world.does(POLICY_OWNER, second);
    let consultation = world.consultation(ChangeNumber(2));
    world.does(POLICY_OWNER, consultation);
    let unseen = EndorsePolicy { change: first, reasons: reasons() };
    assert_eq!(world.refused(CABINET_MEMBER, unseen), Refusal::NoChange, "nobody endorses another unseen");
    world.does(CABINET_MEMBER, EndorsePolicy { change: ChangeNumber(2), reasons: reasons() });
}

#[test]
fn an_endorsement_is_taken_back_by_whoever_may_endorse_and_not_by_whoever_proposed() {
    let mut world = World::opened();
    let change = world.changed(|asked| {
        asked.name = text("Another name");
        asked.effective = date(2026, 4, 1);
    });
    world.endorsed(change);
    let withdraw = WithdrawPolicy { change, reasons: reasons() };
    assert_eq!(world.refused(POLICY_OWNER, withdraw), Refusal::AlreadyDone);
    world.does(CABINET_MEMBER, RejectPolicy { change, reasons: reasons() });
    world.on(date(2026, 4, 2));
    world.day_passes();
    assert_eq!(world.register.policy().version, Version(1));
    assert!(matches!(world.course(change), Course::Rejected(_)));
}

#[test]
fn nothing_is_changed_for_a_day_that_has_passed_or_lies_more_than_a_year_ahead() {
    let mut world = World::opened();
    let mut asked = world.policy_as_it_is();
    asked.name = text("Another name");
    for (effective, is_allowed) in [
        (date(2026, 3, 1), false),
        (date(2026, 3, 2), true),
        (date(2027, 3, 2), true),
        (date(2027, 3, 3), false),
    ] {
        let asked = register::command::Command::from(ProposePolicy { effective, ..asked.clone() });
        let by = world.moment(register::moment::Actor::Account(POLICY_OWNER));
        let answer = register::decide(&world.register, &asked, &by).map(|_| ());
        let refusal = Refusal::EffectiveDate { latest: date(2027, 3, 2) };
        assert_eq!(answer, if is_allowed { Ok(()) } else { Err(refusal) }, "{effective}");
    }
    // A change that waited past its day is not endorsed: it would have been in force already.
    let change = world.changed(|asked| asked.name = text("Another name"));
    let consultation = world.consultation(change);
    world.does(POLICY_OWNER, consultation);
    world.on(date(2026, 3, 3));
    let endorse = EndorsePolicy { change, reasons: reasons() };
    assert_eq!(world.refused(CABINET_MEMBER, endorse), Refusal::EffectiveDate { latest: date(2027, 3, 3) });
}

#[test]
fn no_figure_leaves_its_bounds_and_the_refusal_names_the_figure_and_the_rule() {
    let mut world = World::opened();
    for figure in Figure::ALL {
        let bound = figure.bound();
        for value in bound.least.checked_sub(1).into_iter().chain([bound.most + 1]) {
            let mut asked = world.policy_as_it_is();
            asked.figures.insert(*figure, value);
            let refusal = world.refused(POLICY_OWNER, asked);
            assert_eq!(refusal, Refusal::OutOfBounds(*figure), "{figure:?} = {value}");
            assert!(refusal.to_string().starts_with(figure.label()), "{refusal}");
            assert_eq!(refusal.clause(), bound.rule);
        }
    }
    assert_eq!(
        Refusal::OutOfBounds(Figure::InterimLife).to_string(),
        "Life of an interim marker must be between 1 and 20 working days"
    );
}

#[test]
fn the_bounds_are_those_that_customers_and_staff_were_promised() {
    let most = |figure: Figure| figure.bound().most;
    assert_eq!((most(Figure::ReviewInterval), most(Figure::RedReviewInterval)), (6, 6));
    assert_eq!((most(Figure::AppealLodge), most(Figure::AppealDecide)), (60, 60));
    assert_eq!((most(Figure::InterimLife), most(Figure::RetainMeasure)), (20, 24));
    assert_eq!((most(Figure::PolicyReview), Figure::AgeThreshold.bound().least), (12, 18));
}

#[test]
fn a_register_is_not_set_up_under_a_policy_out_of_bounds() {
    let mut world = World::empty();
    let first = Policy::first(world.today(), text("Policy"));
    let lists = first.lists().clone();
    let figures = [(Figure::ReviewInterval, 12)].into();
    let policy = Policy::new(Version(1), world.today(), text("Policy"), figures, lists);
    let open = OpenRegister { council: council(), policy };
    assert_eq!(world.system_refused(open), Refusal::OutOfBounds(Figure::ReviewInterval));
}

#[test]
fn a_code_that_something_live_rests_on_stays_until_that_is_settled() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry); // on a threat, with two people for a visit
    let told = world.withheld(Kind::Entry);
    let going = |list, letters| move |asked: &mut ProposePolicy| asked.without(list, letters);
    let mut refused = |list, letters| {
        let mut asked = world.policy_as_it_is();
        going(list, letters)(&mut asked);
        world.refused(POLICY_OWNER, asked)
    };
    let in_use = |list, letters| Refusal::CodeInUse(list, code(letters));
    assert_eq!(refused(List::Precaution, "NLV"), in_use(List::Precaution, "NLV"));
    assert_eq!(refused(List::WithholdingGround, "VIOL"), in_use(List::WithholdingGround, "VIOL"));
    world.does(DECIDER, remove(measure, register::measure::EndReason::Error));
    world.does(DECIDER, remove(told, register::measure::EndReason::Error));
    let change = world.changed(going(List::Precaution, "NLV"));
    // Somebody is quicker: what was free when it was proposed is in use when it is to be endorsed.
    world.in_force(Kind::Entry);
    let consultation = world.consultation(change);
    world.does(POLICY_OWNER, consultation);
    let endorse = EndorsePolicy { change, reasons: reasons() };
    assert_eq!(world.refused(CABINET_MEMBER, endorse), in_use(List::Precaution, "NLV"));
}

#[test]
fn nothing_new_rests_on_a_code_that_an_endorsed_change_takes_out() {
    let mut world = World::opened();
    let measure = world.proposed(Kind::Entry);
    let change = world.changed(|asked| {
        asked.without(List::Precaution, "NLV");
        asked.effective = date(2026, 4, 1);
    });
    let planned = SetPlan { measure, plan: plan(Kind::Entry) };
    assert!(matches!(world.clone().does(REGISTRAR, planned.clone()).as_slice(), [Event::PlanSet { .. }]));
    world.endorsed(change);
    assert_eq!(world.refused(REGISTRAR, planned.clone()), Refusal::CodeGoing(code("NLV")));
    world.does(CABINET_MEMBER, RejectPolicy { change, reasons: reasons() });
    world.does(REGISTRAR, planned);
}

#[test]
fn what_a_code_meant_is_still_known_when_no_policy_has_it_any_more() {
    let mut world = World::opened();
    let change = world.changed(|asked| asked.without(List::Precaution, "TIM"));
    world.endorsed(change);
    world.day_passes();
    let timed = code("TIM");
    assert_eq!(world.register.policy().words(List::Precaution, &timed), None);
    let words = world.register.words(List::Precaution, &timed);
    assert_eq!(words, Some("Visit in daylight and office hours only"));
    assert_eq!(world.register.words(List::Precaution, &code("XXX")), None);
}

#[test]
fn the_codes_of_alleged_offences_stay() {
    let mut world = World::opened();
    for letters in ["PA", "WPN", "THR", "DMG", "HAR", "SEX", "HATE", "ORD"] {
        let mut asked = world.policy_as_it_is();
        asked.without(List::Behaviour, letters);
        assert_eq!(world.refused(POLICY_OWNER, asked), Refusal::OffenceCode(code(letters)));
    }
    let change = world.changed(|asked| asked.without(List::Behaviour, "UPC"));
    world.endorsed(change);
}

#[test]
fn the_words_of_a_code_are_short_and_on_one_line() {
    let mut world = World::opened();
    for (words, is_allowed) in [
        (" ".to_owned(), false),
        ("a".repeat(200), true),
        ("a".repeat(201), false),
        ("a\nb".to_owned(), false),
    ] {
        let mut asked = world.policy_as_it_is();
        let new = Term { code: code("NEW"), words };
        asked.lists.get_mut(&List::Precaution).expect("a list").push(new);
        let by = world.moment(register::moment::Actor::Account(POLICY_OWNER));
        let answer = register::decide(&world.register, &asked.into(), &by).map(|_| ());
        let refusal = Refusal::CodeWords(List::Precaution, code("NEW"));
        assert_eq!(answer, if is_allowed { Ok(()) } else { Err(refusal) });
    }
    world.changed(|asked| asked.name = text("Another name"));
}

#[test]
fn a_shorter_interval_brings_nearer_what_lies_beyond_it_and_leaves_what_was_decided_within_it() {
    let mut world = World::opened();
    let far = world.in_force(Kind::Entry); // to be looked at by 2 September
    let near = world.assessed(Kind::Entry);
    world.does(DECIDER, approve(near, date(2026, 4, 20)));
    world.does(REGISTRAR, write(near));
    world.does(SECOND_REGISTRAR, approve_letter(near));
    let sent = world.sent(near);
    world.does(REGISTRAR, sent);
    world.on(date(2026, 3, 16));
    let change = world.changed(|asked| {
        asked.figures.insert(Figure::ReviewInterval, 2);
        asked.figures.insert(Figure::RedReviewInterval, 2);
        asked.effective = date(2026, 5, 4);
    });
    let expected = Shift { sooner: 1, later: 0, at_once: 1 };
    assert_eq!(effect_of(&world, change).reviews, expected);
    world.endorsed(change);
    let due = |world: &World, measure| world.measure(measure).review_due(&world.register);
    assert_eq!(due(&world, far), Some(date(2026, 9, 2)), "until its day nothing moves");
    world.on(date(2026, 5, 4));
    world.day_passes();
    assert_eq!(due(&world, far), Some(date(2026, 5, 2)), "two months after it was decided");
    assert_eq!(due(&world, near), Some(date(2026, 4, 20)), "what was decided stands");
    assert_eq!(world.marker(far).map(|marker| marker.footing), Some(Footing::ReviewOverdue));
    assert_eq!(world.waiting(far), ["Answer the questions of a review"]);
    let latest = decision::latest_review(world.register.policy(), world.measure(far), world.today());
    assert_eq!(latest, date(2026, 7, 4));
}

#[test]
fn a_longer_interval_puts_off_nothing_that_was_decided() {
    let mut world = World::opened();
    world.figure_is(Figure::RedReviewInterval, 1);
    world.figure_is(Figure::ReviewInterval, 1);
    let measure = world.assessed(Kind::Entry);
    world.does(DECIDER, approve(measure, date(2026, 4, 2)));
    world.does(REGISTRAR, write(measure));
    world.does(SECOND_REGISTRAR, approve_letter(measure));
    let sent = world.sent(measure);
    world.does(REGISTRAR, sent);
    let change = world.changed(|asked| asked.says(Figure::ReviewInterval, 6));
    assert!(effect_of(&world, change).is_nothing());
    world.endorsed(change);
    world.day_passes();
    let due = world.measure(measure).review_due(&world.register);
    assert_eq!(due, Some(date(2026, 4, 2)));
}

#[test]
fn an_interim_marker_keeps_its_last_day_and_the_next_has_the_new_life() {
    let mut world = World::opened();
    let live = world.interim_live();
    let change = world.changed(|asked| asked.says(Figure::InterimLife, 2));
    assert_eq!(effect_of(&world, change).interim_markers, 1);
    world.endorsed(change);
    world.day_passes();
    let next = world.interim_live();
    world.on(date(2026, 3, 5));
    world.day_passes();
    assert!(world.marker(live).is_some(), "ten working days were agreed");
    assert!(world.measure(next).live_plan(world.today()).is_none(), "two are over");
}

#[test]
fn the_effect_counts_files_that_would_go_sooner_or_later_and_warnings_that_would_end() {
    let mut world = World::opened();
    world.ended(Kind::Entry);
    world.ended(Kind::Entry);
    world.in_force(Kind::Warning);
    world.on(date(2026, 6, 1));
    let change = world.changed(|asked| {
        asked.figures.insert(Figure::RetainMeasure, 2);
        asked.figures.insert(Figure::WarningWatch, 9);
    });
    let effect = effect_of(&world, change);
    assert_eq!(effect.measure_files, Shift { sooner: 2, later: 0, at_once: 2 });
    assert_eq!(effect.watches, Shift { sooner: 0, later: 1, at_once: 0 });
    assert!(effect.reviews.is_nothing() && !effect.is_nothing());
    let held = |world: &World| world.register.measures().filter(|measure| !measure.is_over()).count();
    assert_eq!(held(&world), 1, "to ask changes nothing");
    world.endorsed(change);
    world.day_passes();
    world.day_passes();
    let destroyed = world
        .register
        .measures()
        .filter(|measure| matches!(measure.life, register::measure::Life::Destroyed(_)));
    assert_eq!(destroyed.count(), 2, "what was foretold has happened");
}

#[test]
fn the_effect_counts_work_and_people_who_would_need_the_second_safeguard() {
    let mut world = World::opened();
    world.reported();
    let young = world.subject_described(somebody(register::subject::Born::On(date(2006, 1, 1))));
    world.proposed_about(young, Kind::Entry);
    let change = world.changed(|asked| {
        asked.figures.insert(Figure::Triage, 5);
        asked.figures.insert(Figure::AgeThreshold, 21);
    });
    let effect = effect_of(&world, change);
    assert_eq!(effect.work, Shift { sooner: 0, later: 1, at_once: 0 });
    assert_eq!(effect.second_safeguard, 1);
}

#[test]
fn the_policy_falls_due_for_review_a_year_after_it_was_adopted_or_last_reviewed() {
    let mut world = World::opened();
    world.on(date(2027, 1, 30));
    assert!(world.policy_waits_for().is_empty());
    world.on(date(2027, 1, 31));
    assert_eq!(world.policy_waits_for(), [("Review the policy", Action::ProposePolicy)]);
    world.does(POLICY_OWNER, ReviewPolicy { words: reasons() });
    assert!(world.policy_waits_for().is_empty());
    world.on(date(2028, 1, 31));
    assert_eq!(world.policy_waits_for(), [("Review the policy", Action::ProposePolicy)]);
    world.figure_is(Figure::Triage, 1);
    assert!(world.policy_waits_for().is_empty());
    assert_eq!(world.register.policy_considered(), date(2028, 1, 31));
}

#[test]
fn a_change_on_its_way_is_work_of_whoever_has_the_next_step() {
    let mut world = World::opened();
    let change = world.changed(|asked| asked.name = text("Another name"));
    assert_eq!(world.policy_waits_for(), [("Consult on the change of the policy", Action::ProposePolicy)]);
    let consultation = world.consultation(change);
    world.does(POLICY_OWNER, consultation);
    assert_eq!(
        world.policy_waits_for(),
        [("Endorse or reject the change of the policy", Action::EndorsePolicy)]
    );
    world.does(CABINET_MEMBER, EndorsePolicy { change, reasons: reasons() });
    assert!(world.policy_waits_for().is_empty());
}

#[test]
fn a_consultation_lies_in_the_past() {
    let mut world = World::opened();
    let change = world.changed(|asked| asked.name = text("Another name"));
    let tomorrow = calendar::days_after(world.today(), 1);
    let early = LogConsultation { held_on: tomorrow, ..world.consultation(change) };
    assert_eq!(world.refused(POLICY_OWNER, early), Refusal::HappenedInFuture);
}

#[test]
fn whoever_changes_the_policy_reaches_no_file_and_everybody_reaches_the_policy() {
    let mut world = World::opened();
    let measure = world.in_force(Kind::Entry);
    let incident = world.reported();
    let subject = world.measure(measure).subject;
    let reach = |register: &Register, account, file| {
        register::reach::reach(register, register.account(account).expect("an account"), file)
    };
    for account in [POLICY_OWNER, CABINET_MEMBER] {
        for file in [File::Measure(measure), File::Incident(incident), File::Subject(subject)] {
            assert_eq!(reach(&world.register, account, file), register::view::Disclosure::Nothing);
        }
        let asked = report(register::ids::IncidentId::from_bits(77), world.today());
        assert_eq!(world.refused(account, asked), Refusal::NotPermitted(Action::ReportIncident));
    }
    for (account, _, role, _) in CAST {
        let reached = reach(&world.register, *account, File::Policy);
        assert!(reached > register::view::Disclosure::Nothing, "{role:?}");
    }
}
