//! A second book of what happened, kept from the events alone and by other means than the register's, with the promises that
//! must hold at the moment each event comes true.

use crate::support::*;
use jiff::ToSpan;
use jiff::civil::Date;
use register::assessment::{Band, Finding, Plan, Test};
use register::calendar;
use register::event::Event;
use register::ids::{AccountId, File, IncidentId, MeasureId, SubjectId};
use register::incident::{Identity, Injury};
use register::measure::{EndReason, Kind};
use register::moment::{Actor, Moment};
use register::notice::{Content, Letter};
use register::people::{Grant, Standing};
use register::policy::{self, ChangeNumber, Figure, Policy};
use register::subject::{AgeBand, Born, SubjectDetails};
use register::view::Purpose;
use std::collections::{BTreeMap, BTreeSet};

/// How the customer was dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    ByLetter,
    Withheld,
}

/// An interim marker, as its events tell.
#[derive(Debug)]
pub struct Marker {
    asked: Actor,
    pub plan: Plan,
    pub until: Option<Date>,
    pub over: bool,
}

/// A measure, as its events tell.
#[derive(Debug)]
pub struct Story {
    pub kind: Kind,
    pub subject: SubjectId,
    incidents: BTreeSet<IncidentId>,
    answers: BTreeMap<Test, Finding>,
    pub plan: Option<Plan>,
    weighed: bool,
    assessors: BTreeSet<Actor>,
    complete: bool,
    young: Option<(Actor, Finding)>,
    approved: Option<Date>,
    letter: Option<(Actor, Option<Moment>)>,
    withholding: Option<Actor>,
    pub told: Option<Told>,
    watched_from: Option<Date>,
    pub considered: Option<Date>,
    pub review_by: Option<Date>,
    pub marker: Option<Marker>,
    held: bool,
    pub ended: Option<Date>,
    pub gone: Option<Date>,
}

impl Story {
    /// Whether what stands of it answers a check for this purpose: a limit on contact is not a danger to a visitor.
    pub fn answers(&self, purpose: Purpose) -> bool {
        match self.kind {
            Kind::Entry => true,
            Kind::Restriction => purpose == Purpose::Call || purpose == Purpose::Correspondence,
            Kind::Warning => false,
        }
    }

    /// The plan that stands on a day, in force or for the time being.
    pub fn standing(&self, today: Date) -> Option<&Plan> {
        if self.in_force() {
            self.plan.as_ref()
        } else {
            self.marker.as_ref().filter(|_| self.marked(today)).map(|marker| &marker.plan)
        }
    }

    pub fn in_force(&self) -> bool {
        self.told.is_some() && self.ended.is_none() && self.gone.is_none()
    }

    /// Whether its interim marker may be shown on a day.
    pub fn marked(&self, today: Date) -> bool {
        let over = self.told.is_some() || self.ended.is_some() || self.gone.is_some();
        self.marker
            .as_ref()
            .is_some_and(|marker| !over && !marker.over && marker.until.is_some_and(|until| today <= until))
    }

    /// The latest day on which a review of it may fall due if it is considered on a day.
    pub fn latest_review(&self, figures: &Figures, considered: Date) -> Date {
        let red = self.plan.as_ref().is_some_and(|plan| plan.band == Band::Red);
        later(considered, if red { figures.red_review } else { figures.review })
    }

    /// By when its review is due once a policy takes force: as before, and not beyond what that allows.
    fn review_under(&self, figures: &Figures) -> Option<Date> {
        let (considered, due) = self.considered.zip(self.review_by)?;
        Some(due.min(self.latest_review(figures, considered)))
    }
}

#[derive(Debug)]
struct Report {
    reporter: AccountId,
    injury: Injury,
    triaged: Option<(Date, Option<SubjectId>, Identity)>,
    gone: Option<Date>,
}

/// What the policy in force says, of what the promises count by.
#[derive(Debug, Clone)]
pub struct Figures {
    pub review: i64,
    pub red_review: i64,
    interim: usize,
    watch: i64,
    measure: i64,
    incident: i64,
    age: i16,
}

impl Default for Figures {
    fn default() -> Self {
        Self { review: 6, red_review: 3, interim: 10, watch: 6, measure: 6, incident: 12, age: 18 }
    }
}

impl Figures {
    fn of(policy: &Policy) -> Self {
        let figure = |figure| i64::from(policy.figure(figure));
        Self {
            review: figure(Figure::ReviewInterval),
            red_review: figure(Figure::RedReviewInterval),
            interim: usize::try_from(figure(Figure::InterimLife)).expect("small"),
            watch: figure(Figure::WarningWatch),
            measure: figure(Figure::RetainMeasure),
            incident: figure(Figure::RetainIncident),
            age: i16::try_from(figure(Figure::AgeThreshold)).expect("small"),
        }
    }

    /// What no policy may say, told again.
    fn assert_within_bounds(&self) {
        assert!((1..=6).contains(&self.review), "reviewed at least six monthly");
        assert!((1..=self.review).contains(&self.red_review), "the red band no later than the rest");
        assert!((1..=20).contains(&self.interim), "an interim marker is decided or lapses");
        assert!((1..=24).contains(&self.measure), "kept at most two years");
        assert!(self.age >= 18, "a child is a child");
    }
}

/// A proposed change, as its events tell.
#[derive(Debug)]
struct Proposed {
    by: Actor,
    effective: Date,
    policy: Policy,
    consulted: bool,
    endorsed: bool,
}

/// Everything that happened, told a second time.
#[derive(Debug, Default)]
pub struct Book {
    /// What the policy in force says.
    pub figures: Figures,
    /// The change that is open, by its number.
    change: Option<(ChangeNumber, Proposed)>,
    /// The highest number a change has had.
    changes: u32,
    pub stories: BTreeMap<MeasureId, Story>,
    reports: BTreeMap<IncidentId, Report>,
    /// When each subject's file was opened, and destroyed.
    subjects: BTreeMap<SubjectId, (Date, Option<Date>)>,
}

fn later(from: Date, months: i64) -> Date {
    from.checked_add(months.months()).expect("a date of this age")
}

fn day_before(day: Date) -> Date {
    day.yesterday().expect("a date of this age")
}

/// So many working days after a date, counted one by one.
fn working_days(after: Date, days: usize) -> Date {
    after
        .series(1.day())
        .skip(1)
        .filter(|day| calendar::is_working_day(*day))
        .nth(days - 1)
        .expect("a date of this age")
}

impl Book {
    fn story(&mut self, measure: MeasureId) -> &mut Story {
        self.stories.get_mut(&measure).expect("nothing happens to a measure that was never proposed")
    }

    fn reporters(&self, measure: MeasureId) -> BTreeSet<Actor> {
        self.stories[&measure]
            .incidents
            .iter()
            .map(|incident| Actor::Account(self.reports[incident].reporter))
            .collect()
    }

    /// Whether this actor is a person, and reported none of the incidents behind a measure.
    fn uninvolved(&self, measure: MeasureId, by: Actor) -> bool {
        by != Actor::System && !self.reporters(measure).contains(&by)
    }

    /// The open change of this number.
    fn open(&mut self, number: ChangeNumber) -> &mut Proposed {
        match &mut self.change {
            Some((open, change)) if *open == number => change,
            _ => panic!("nothing happens to a change that is not open"),
        }
    }

    /// Asserts that what was said of a change before its day is what its day does.
    fn effect_is_as_foretold(&self, world: &World, policy: &Policy, today: Date) {
        let foretold = policy::effect(&world.register, policy, today);
        let after = Figures::of(policy);
        let moved = |dates: &[(Option<Date>, Option<Date>)]| {
            let both = dates.iter().filter_map(|(before, after)| before.zip(*after));
            let (sooner, later): (Vec<_>, Vec<_>) =
                both.filter(|(before, after)| before != after).partition(|(before, after)| after < before);
            (sooner.len(), later.len())
        };
        let stories = self.stories.values();
        let live = stories.clone().filter(|story| story.in_force());
        let reviews: Vec<_> = live.map(|story| (story.review_by, story.review_under(&after))).collect();
        assert_eq!((foretold.reviews.sooner, foretold.reviews.later), moved(&reviews), "reviews");
        let warnings =
            stories.clone().filter(|story| story.in_force()).filter_map(|story| story.watched_from);
        let watches: Vec<_> = warnings
            .map(|from| (Some(later(from, self.figures.watch)), Some(later(from, after.watch))))
            .collect();
        assert_eq!((foretold.watches.sooner, foretold.watches.later), moved(&watches), "watches");
        let ended = stories.filter(|story| story.gone.is_none() && !story.held);
        let files: Vec<_> = ended
            .filter_map(|story| story.ended)
            .map(|end| (Some(later(end, self.figures.measure)), Some(later(end, after.measure))))
            .collect();
        let told = (foretold.measure_files.sooner, foretold.measure_files.later);
        assert_eq!(told, moved(&files), "words of measures");
    }

    /// Takes in what a command led to, before the register does.
    pub fn takes_in(&mut self, world: &World, event: &Event, moment: Moment) {
        let (by, today) = (moment.by, moment.date());
        if let Actor::Account(account) = by {
            let standing = world.register.account(account).map(|account| account.standing);
            assert_eq!(standing, Some(Standing::Open), "only an open account does anything");
        }
        for file in event.files() {
            assert!(!self.is_gone(file), "nothing is written into a destroyed file: {event:?}");
        }
        let printed = format!("{event:?}");
        for word in ["Tellwright", "Overway", "Bittern", SUBJECT_WORD, SECRET_WORD] {
            assert!(!printed.contains(word), "facts hold no words: {printed}");
        }
        match event {
            Event::RegisterOpened { .. }
            | Event::TeamOpened { .. }
            | Event::AccountOpened { .. }
            | Event::SubjectDescribed { .. }
            | Event::SupportNeedsRecorded { .. }
            | Event::IncidentAddedTo { .. } => {}
            Event::PolicyProposed { change, effective, policy, .. } => {
                assert!(by != Actor::System && self.change.is_none(), "one change at a time");
                assert!(change.0 > self.changes, "a number is not given again");
                assert!(*effective >= today, "nothing changes for a day that has passed");
                let policy = policy.known().expect("a policy").clone();
                Figures::of(&policy).assert_within_bounds();
                self.changes = change.0;
                let proposed =
                    Proposed { by, effective: *effective, policy, consulted: false, endorsed: false };
                self.change = Some((*change, proposed));
            }
            Event::PolicyConsulted { change, held_on, .. } => {
                assert!(*held_on <= today);
                let change = self.open(*change);
                assert!(!change.endorsed, "what was endorsed is not consulted on again");
                change.consulted = true;
            }
            Event::PolicyEndorsed { change, .. } => {
                let change = self.open(*change);
                assert!(by != Actor::System && by != change.by, "a second person endorses");
                assert!(change.consulted && !change.endorsed && change.effective >= today);
                change.endorsed = true;
            }
            Event::PolicyRejected { change, .. } => {
                assert_ne!(self.open(*change).by, by, "a second person answers");
                self.change = None;
            }
            Event::PolicyWithdrawn { change, .. } => {
                assert!(!self.open(*change).endorsed, "what two have agreed is not undone by one");
                self.change = None;
            }
            Event::PolicyAdopted { change } => {
                assert_eq!(by, Actor::System, "a policy takes force by its day alone");
                let change = self.open(*change);
                assert!(change.endorsed && change.effective <= today);
                let (_, adopted) = self.change.take().expect("a change");
                self.effect_is_as_foretold(world, &adopted.policy, today);
                self.figures = Figures::of(&adopted.policy);
                for story in self.stories.values_mut() {
                    story.review_by = story.review_under(&self.figures);
                }
            }
            Event::PolicyReviewed { .. } => {
                assert!(self.change.is_none() && by != Actor::System);
            }
            Event::AccountChanged { account, roles, .. } => {
                let own = by == Actor::Account(*account);
                let before = world.register.account(*account).map(|account| &account.roles);
                assert!(!own || before == Some(roles), "nobody changes their own roles");
            }
            Event::GrantAsked { account, .. } => {
                assert_ne!(by, Actor::Account(*account), "nobody asks for their own account");
            }
            Event::GrantGiven { account, grant, .. } => {
                assert_ne!(by, Actor::Account(*account), "nobody agrees for their own account");
                let account = world.register.account(*account).expect("account");
                let reads = account.roles.iter().any(|role| !role.is_check_only());
                let asked = account.grants.asked(*grant, moment.at).map(|asked| asked.moment.by);
                if reads || *grant == Grant::Roles {
                    assert!(
                        by == Actor::System || asked.is_some_and(|asked| asked != by),
                        "two give what reads"
                    );
                }
            }
            Event::AccountClosed { account } => {
                assert_ne!(by, Actor::Account(*account), "nobody closes their own account");
            }
            Event::SubjectOpened { subject, .. } => {
                self.subjects.insert(*subject, (today, None));
            }
            Event::IncidentReported { incident, reporter, facts, .. } => {
                assert_eq!(by, Actor::Account(*reporter));
                assert!(facts.happened_on <= today && !facts.behaviours.is_empty());
                let report = Report { reporter: *reporter, injury: facts.injury, triaged: None, gone: None };
                assert!(self.reports.insert(*incident, report).is_none(), "one reference, one report");
            }
            Event::IncidentConfirmed { incident, .. } => {
                assert_ne!(by, Actor::Account(self.reports[incident].reporter));
            }
            Event::IncidentTriaged { incident, subject, identity, .. } => {
                let report = self.reports.get_mut(incident).expect("report");
                assert_ne!(by, Actor::Account(report.reporter), "nobody triages the own report");
                assert!(report.triaged.is_none(), "a report is triaged once");
                report.triaged = Some((today, *subject, *identity));
            }
            Event::MeasureProposed { measure, kind, subject, incidents, .. } => {
                self.proposed(*measure, *kind, *subject, incidents);
            }
            Event::IncidentJoined { measure, incident } => {
                let story = self.story(*measure);
                assert!(story.ended.is_none());
                if story.incidents.insert(*incident) && story.watched_from.is_some() {
                    story.watched_from = Some(today);
                }
            }
            Event::InterimAsked { measure, incident, plan, .. } => {
                let story = self.story(*measure);
                assert!(story.incidents.contains(incident), "a marker rests on an incident of its measure");
                assert!(story.kind == Kind::Entry && story.ended.is_none() && story.marker.is_none());
                assert_plan(Kind::Entry, plan);
                story.marker = Some(Marker { asked: by, plan: plan.clone(), until: None, over: false });
            }
            Event::InterimAgreed { measure, lapses_on } => {
                assert!(self.uninvolved(*measure, by), "whoever reported does not agree a marker");
                let marker = self.story(*measure).marker.as_mut().expect("a marker");
                assert_ne!(marker.asked, by, "two people put up an interim marker");
                let asked = marker.asked;
                let subject = self.story(*measure).subject;
                if matches!(age(world, self.figures.age, subject, today), Age::Young) {
                    let (answered, finding) =
                        self.story(*measure).young.expect("a second safeguard for a child");
                    assert!(finding == Finding::Holds && answered != by && answered != asked);
                }
                assert_eq!(*lapses_on, working_days(today, self.figures.interim));
                let marker = self.story(*measure).marker.as_mut().expect("a marker");
                marker.until = Some(*lapses_on);
            }
            Event::InterimEnded { measure } => {
                let marker = self.story(*measure).marker.as_mut().expect("a marker");
                if by == Actor::System {
                    assert!(marker.until.is_some_and(|until| today > until), "a marker lapses in its time");
                }
                marker.over = true;
            }
            Event::TestAnswered { measure, test, finding, .. } => {
                if *test == Test::RightSubject && *finding == Finding::Holds {
                    assert!(self.identified(*measure), "somebody said that it was this person");
                }
                self.assessed_by(*measure, by).answers.insert(*test, *finding);
            }
            Event::PlanSet { measure, plan } => {
                let story = self.assessed_by(*measure, by);
                assert_plan(story.kind, plan);
                story.plan = Some(plan.clone());
            }
            Event::ProportionalityWeighed { measure, record } => {
                assert!(record.known().is_some());
                self.assessed_by(*measure, by).weighed = true;
            }
            Event::UnderAgeAllowed { measure, finding, .. } => {
                assert!(self.uninvolved(*measure, by));
                self.story(*measure).young = Some((by, *finding));
            }
            Event::AssessmentCompleted { measure, .. } => self.assessed_by(*measure, by).complete = true,
            Event::MeasureApproved { measure, review_on, .. } => {
                self.approved(world, *measure, *review_on, moment);
            }
            Event::MeasureRefused { measure, .. } => {
                assert!(self.uninvolved(*measure, by), "whoever reported does not decide");
                let story = self.story(*measure);
                assert!(story.complete && story.approved.is_none() && !story.assessors.contains(&by));
                story.ended = Some(today);
            }
            Event::LetterWritten { measure, letter } => {
                let letter = letter.known().expect("a letter");
                self.tells_everything(world, *measure, letter);
                let story = self.story(*measure);
                assert!(story.approved.is_some() && story.told != Some(Told::ByLetter));
                (story.letter, story.withholding) = (Some((by, None)), None);
            }
            Event::LetterApproved { measure } => {
                let (writer, approved) = self.story(*measure).letter.as_mut().expect("a letter");
                assert_ne!(*writer, by, "a second person approves a letter");
                *approved = Some(moment);
            }
            Event::LetterSent { measure, sent_on, .. } => {
                let (writer, approved) = self.story(*measure).letter.expect("a letter");
                let approved = approved.expect("a letter is approved before it is sent");
                assert_ne!(writer, approved.by);
                assert!(approved.date() <= *sent_on && *sent_on <= today);
                if self.story(*measure).told == Some(Told::Withheld) {
                    let story = self.story(*measure);
                    assert!(story.in_force(), "a customer is told of what stands");
                    (story.told, story.letter) = (Some(Told::ByLetter), None);
                } else {
                    self.comes_in_force(*measure, Told::ByLetter, today);
                }
            }
            Event::WithholdingAsked { measure, .. } => {
                assert!(self.uninvolved(*measure, by), "whoever reported does not withhold");
                let story = self.story(*measure);
                (story.letter, story.withholding) = (None, Some(by));
            }
            Event::NoticeWithheld { measure, .. } => {
                assert!(self.uninvolved(*measure, by), "whoever reported does not withhold");
                let asked = self.story(*measure).withholding.expect("somebody asked");
                assert_ne!(asked, by, "withholding takes two people");
                self.comes_in_force(*measure, Told::Withheld, today);
            }
            Event::WithholdingRefused { measure, .. } => {
                assert!(self.uninvolved(*measure, by), "whoever reported does not answer for withholding");
                let asked = self.story(*measure).withholding.take().expect("somebody asked");
                assert_ne!(asked, by, "a second person answers");
            }
            Event::MeasureRetained { measure, next_on, still_withheld, reasons } => {
                assert!(self.uninvolved(*measure, by), "whoever reported does not review");
                let latest = self.stories[measure].latest_review(&self.figures, today);
                let story = self.story(*measure);
                assert!(story.in_force() && reasons.known().is_some());
                assert!(
                    story.told == Some(Told::ByLetter) || still_withheld.is_some(),
                    "not telling is decided afresh at every review"
                );
                assert!(today < *next_on && *next_on <= latest);
                (story.considered, story.review_by) = (Some(today), Some(*next_on));
            }
            Event::MeasureEnded { measure, reason, .. } => {
                let watch = self.figures.watch;
                let story = self.story(*measure);
                assert!(story.ended.is_none());
                if by == Actor::System {
                    let watched_from = story.watched_from.expect("only a warning in force ends by itself");
                    assert_eq!(*reason, EndReason::WatchClean, "time gives no other reason");
                    assert!(story.kind == Kind::Warning && today > later(watched_from, watch));
                }
                story.ended = Some(today);
            }
            Event::HoldPlaced { measure, .. } => self.story(*measure).held = true,
            Event::HoldsLifted { measure, .. } => self.story(*measure).held = false,
            Event::Destroyed { file, .. } => {
                assert_eq!(by, Actor::System, "only time destroys");
                self.destroyed(*file, today);
            }
        }
    }

    fn proposed(&mut self, measure: MeasureId, kind: Kind, subject: SubjectId, incidents: &[IncidentId]) {
        let open = self.stories.values().find(|story| {
            story.subject == subject && story.kind == kind && story.ended.is_none() && story.gone.is_none()
        });
        assert!(open.is_none(), "one open measure of a kind about a subject");
        assert!(!self.is_gone(File::Subject(subject)) && !incidents.is_empty());
        let story = Story {
            kind,
            subject,
            incidents: incidents.iter().copied().collect(),
            answers: BTreeMap::new(),
            plan: None,
            weighed: false,
            assessors: BTreeSet::new(),
            complete: false,
            young: None,
            approved: None,
            letter: None,
            withholding: None,
            told: None,
            watched_from: None,
            considered: None,
            review_by: None,
            marker: None,
            held: false,
            ended: None,
            gone: None,
        };
        assert!(self.stories.insert(measure, story).is_none(), "one reference, one measure");
    }

    fn identified(&self, measure: MeasureId) -> bool {
        let story = &self.stories[&measure];
        story.incidents.iter().filter_map(|incident| self.reports[incident].triaged).any(
            |(_, subject, identity)| {
                subject == Some(story.subject) && matches!(identity, Identity::Certain | Identity::Likely)
            },
        )
    }

    fn assessed_by(&mut self, measure: MeasureId, by: Actor) -> &mut Story {
        assert!(self.uninvolved(measure, by), "whoever reported does not assess");
        let story = self.story(measure);
        assert!(!story.complete && story.ended.is_none(), "an assessment is never edited once complete");
        story.assessors.insert(by);
        story
    }

    fn approved(&mut self, world: &World, measure: MeasureId, review_on: Date, moment: Moment) {
        assert!(self.uninvolved(measure, moment.by), "whoever reported does not decide");
        let reporters = self.reporters(measure);
        let today = moment.date();
        let latest = self.stories[&measure].latest_review(&self.figures, today);
        let grown_at = self.figures.age;
        let story = self.story(measure);
        assert!(!story.assessors.contains(&moment.by), "whoever assessed does not decide");
        assert!(story.assessors.is_disjoint(&reporters), "whoever reported did not assess");
        assert!(story.complete && story.ended.is_none() && story.approved.is_none());
        assert_answered(story);
        match age(world, grown_at, story.subject, today) {
            Age::Grown => {}
            Age::Unknown => panic!("nobody is listed whose age nobody asked"),
            Age::Young => match story.young {
                Some((by, Finding::Holds)) => assert_ne!(by, moment.by, "a second person for the young"),
                _ => panic!("a young person is listed without the data protection officer"),
            },
        }
        assert!(today < review_on && review_on <= latest);
        (story.approved, story.considered, story.review_by) = (Some(today), Some(today), Some(review_on));
    }

    fn comes_in_force(&mut self, measure: MeasureId, told: Told, today: Date) {
        let story = self.story(measure);
        assert!(story.approved.is_some() && story.ended.is_none() && story.told.is_none());
        assert_answered(story);
        story.told = Some(told);
        story.watched_from = (story.kind == Kind::Warning).then_some(today);
    }

    fn tells_everything(&self, world: &World, measure: MeasureId, letter: &Letter) {
        let story = &self.stories[&measure];
        let contents: Vec<Content> = letter.sections.iter().map(|section| section.content).collect();
        assert_eq!(contents, Content::ALL, "a letter has every content");
        let words = |content: Content| -> String {
            let sections = letter.sections.iter().filter(|section| section.content == content);
            sections.flat_map(|section| section.paragraphs.clone()).collect::<Vec<_>>().join(" ")
        };
        assert!(Content::ALL.iter().all(|content| words(*content).len() > 20), "no content is empty");
        let route = story.plan.as_ref().and_then(|plan| plan.words.known()).map(|words| &words.service_route);
        let still_served = words(Content::StillServed);
        assert!(route.is_some_and(|route| still_served.contains(route.as_str())), "the way to be served");
        for needed in ["999", "ombudsman", "public meetings", "information the law lets you have"] {
            assert!(still_served.contains(needed), "nothing cuts off {needed}");
        }
        let whole =
            letter.sections.iter().flat_map(|section| &section.paragraphs).cloned().collect::<String>();
        for incident in &story.incidents {
            let reporter = world.register.account(self.reports[incident].reporter).expect("account");
            assert!(!whole.contains(&reporter.name()), "a letter never says who reported");
        }
        assert!(!whole.contains(SECRET_WORD), "a letter holds no words of the file but those meant for it");
    }

    fn is_gone(&self, file: File) -> bool {
        match file {
            File::Measure(id) => self.stories.get(&id).is_some_and(|story| story.gone.is_some()),
            File::Incident(id) => self.reports.get(&id).is_some_and(|report| report.gone.is_some()),
            File::Subject(id) => self.subjects.get(&id).is_some_and(|(_, gone)| gone.is_some()),
            File::Account(_) | File::Policy => false,
        }
    }

    fn resting_on(&self, incident: IncidentId) -> impl Iterator<Item = &Story> {
        self.stories.values().filter(move |story| story.incidents.contains(&incident))
    }

    fn about(&self, subject: SubjectId) -> impl Iterator<Item = &Story> {
        self.stories.values().filter(move |story| story.subject == subject)
    }

    fn destroyed(&mut self, file: File, today: Date) {
        match file {
            File::Measure(id) => {
                let kept = self.figures.measure;
                let story = self.story(id);
                assert!(!story.held, "a hold stops destruction");
                assert!(story.ended.is_some_and(|ended| today > later(ended, kept)), "not before its time");
                story.gone = Some(today);
            }
            File::Incident(id) => {
                assert!(self.resting_on(id).all(|story| !story.held), "a hold stops destruction");
                assert!(self.incident_may_go(id).is_some_and(|after| today > after), "not before its time");
                self.reports.get_mut(&id).expect("report").gone = Some(today);
            }
            File::Subject(id) => {
                assert!(self.about(id).all(|story| story.gone.is_some()), "nothing about it is kept");
                assert!(self.subject_may_go(id).is_some_and(|after| today > after), "not before its time");
                self.subjects.get_mut(&id).expect("subject").1 = Some(today);
            }
            File::Account(_) | File::Policy => panic!("accounts and policies are not destroyed"),
        }
    }

    /// The last day an incident is kept; `None` while it waits for triage or something live rests on it.
    fn incident_may_go(&self, incident: IncidentId) -> Option<Date> {
        let report = &self.reports[&incident];
        let (triaged, ..) = report.triaged?;
        let own =
            later(triaged, if report.injury == Injury::Reportable { 36 } else { self.figures.incident });
        self.resting_on(incident).try_fold(own, |last, story| Some(last.max(self.kept_until(story)?)))
    }

    /// The last day a measure's words are kept or, once they are gone, the day they went.
    fn kept_until(&self, story: &Story) -> Option<Date> {
        let ended = story.ended?;
        Some(story.gone.map_or_else(|| later(ended, self.figures.measure), day_before))
    }

    /// The last day a subject is kept; `None` while anything about it is.
    fn subject_may_go(&self, subject: SubjectId) -> Option<Date> {
        let (opened, _) = self.subjects[&subject];
        let mut last = opened;
        let mut about = false;
        for story in self.about(subject) {
            last = last.max(story.gone?);
            about = true;
        }
        for report in self.reports.values() {
            if report.triaged.is_some_and(|(_, found, _)| found == Some(subject)) {
                report.gone?;
                about = true;
            }
        }
        Some(if about { last } else { opened.checked_add(14.days()).expect("a date of this age") })
    }

    /// Once the system has done its work for a day, nothing is kept beyond its time and nothing lapsed is left open.
    pub fn nothing_is_overdue_for_destruction(&self, today: Date) {
        for (id, story) in &self.stories {
            if let (Some(ended), None, false) = (story.ended, story.gone, story.held) {
                assert!(today <= later(ended, self.figures.measure), "{id:?} outlives its purpose");
            }
            let lapsed = story.marker.as_ref().is_some_and(|marker| {
                !marker.over
                    && story.ended.is_none()
                    && story.told.is_none()
                    && marker.until.is_some_and(|until| today > until)
            });
            assert!(!lapsed, "{id:?} has a marker that lapsed and was not recorded");
        }
        for (id, _) in self.reports.iter().filter(|(_, report)| report.gone.is_none()) {
            if let Some(last) = self.incident_may_go(*id).filter(|last| today > *last) {
                assert!(
                    self.resting_on(*id).any(|story| story.held),
                    "{id:?} outlives its purpose since {last}"
                );
            }
        }
        for (id, (_, gone)) in &self.subjects {
            if gone.is_none()
                && let Some(last) = self.subject_may_go(*id)
            {
                assert!(today <= last, "{id:?} outlives its purpose");
            }
        }
    }

    /// The subjects whose files are kept.
    pub fn subjects(&self) -> impl Iterator<Item = SubjectId> {
        self.subjects.iter().filter(|(_, (_, gone))| gone.is_none()).map(|(id, _)| *id)
    }
}

enum Age {
    Grown,
    Young,
    Unknown,
}

/// How old a subject is, counted from the birthday itself.
fn age(world: &World, grown_at: i16, subject: SubjectId, today: Date) -> Age {
    match world.register.subject(subject).and_then(|subject| subject.details.known()) {
        Some(SubjectDetails::Premises(_)) => Age::Grown,
        Some(SubjectDetails::Person(person)) => match person.born {
            Born::On(born) => {
                // In a year without a 29 February the birthday is 1 March.
                let comes_of_age = Date::new(born.year() + grown_at, born.month(), born.day())
                    .unwrap_or_else(|_| Date::constant(born.year() + grown_at, 3, 1));
                if today >= comes_of_age { Age::Grown } else { Age::Young }
            }
            Born::Band(AgeBand::Child) => Age::Young,
            Born::Band(_) => Age::Grown,
            Born::Unknown => Age::Unknown,
        },
        None => Age::Unknown,
    }
}

fn assert_answered(story: &Story) {
    for test in Test::ALL {
        assert_eq!(story.answers.get(test), Some(&Finding::Holds), "every test is answered and holds");
    }
    assert!(story.weighed, "proportionality is weighed");
    assert_plan(story.kind, story.plan.as_ref().expect("a plan"));
}

fn assert_plan(kind: Kind, plan: &Plan) {
    let words = plan.words.known().expect("the words of a plan");
    let teams: BTreeSet<_> = plan.audience.iter().collect();
    assert_eq!(teams.len(), plan.audience.len(), "each team once");
    assert_eq!(words.audience_reasons.len(), plan.audience.len(), "a reason for each team");
    assert!(!words.service_route.as_str().is_empty(), "a way to be served");
    match kind {
        Kind::Entry => assert!(!plan.audience.is_empty() && !plan.precautions.is_empty()),
        Kind::Restriction => assert!(!plan.restrictions.is_empty()),
        Kind::Warning => {}
    }
}
