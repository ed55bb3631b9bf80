//! A second book of what happened, kept from the events alone and by other means than the register's, with the promises that
//! must hold at the moment each event comes true.

use crate::numbers::Recount;
use crate::rules;
use crate::support::*;
use jiff::ToSpan;
use jiff::civil::Date;
use register::appeal::AppealOutcome;
use register::assessment::{Band, Finding, Plan, Test};
use register::calendar;
use register::command::Command;
use register::event::Event;
use register::ids::{
    AccessMonth, AccountId, File, ImportId, IncidentId, MeasureId, MeetingId, PartnerId, RiskId, SubjectId,
    TeamId,
};
use register::import::{Fingerprint, SubjectFile};
use register::incident::{Identity, Injury};
use register::involved::{Involvement, Whom};
use register::looks::LooksFinding;
use register::measure::{EndReason, Kind};
use register::meeting::MeetingOutcome;
use register::moment::{Actor, Moment};
use register::notice::{Content, Letter, Occasion};
use register::ombudsman::ComplaintOutcome;
use register::partner::{News, Shared};
use register::people::{Action, Extent, Grant, Role, Standing, Suspension};
use register::personal::{Locker, Particulars};
use register::policy::{self, ChangeNumber, Figure, Policy};
use register::retention::Ground;
use register::risk::{Answer, Control, Rating};
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
    /// The list it came from.
    pub list: Option<ImportId>,
    /// Whether anything but a hold or another sponsor has come to it since it came from its list.
    gone_on: bool,
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
    sponsor: AccountId,
    decider: Option<Actor>,
    /// Who answered the questions of the review under way.
    answered: Option<Actor>,
    /// Proposed or asked for; by whom where it was asked for between meetings.
    pub removal: Option<Option<Actor>>,
    /// The appeal that waits: when it arrived, and who has it.
    pub appeal: Option<(Date, Option<AccountId>)>,
    /// Whether its subject says that it is wrong, and waits for the answer.
    pub disputed: bool,
    /// Whether an ombudsman has a complaint about it.
    pub with_an_ombudsman: bool,
    /// Since when fault that an ombudsman found waits to be looked at.
    pub fault: Option<Date>,
    /// When an appeal is late, counted from the latest letter that opens one.
    told_on: Option<Date>,
    /// The letters that are owed, with who wrote each and who approved it.
    owed: Vec<(Occasion, Option<Actor>, Option<Moment>)>,
    /// Ended by an upheld appeal, a meeting, or two members between meetings.
    ended_for: Option<EndReason>,
    pub ended: Option<Date>,
    pub refused: bool,
    pub gone: Option<Date>,
    /// Whether its decision file is kept, sealed, and when that was destroyed.
    pub sealed: bool,
    sealed_gone: Option<Date>,
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

    /// Whether somebody decided on it, one way or the other.
    fn was_decided(&self) -> bool {
        self.approved.is_some() || self.refused
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

    /// Owes a letter to a customer who was told.
    fn owes(&mut self, occasion: Occasion) {
        if self.told == Some(Told::ByLetter) {
            self.owed.push((occasion, None, None));
        }
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

/// A list that a service kept, as its events tell.
#[derive(Debug)]
pub struct List {
    pub team: TeamId,
    pub proposed: (Actor, Date),
    entries: usize,
    fingerprint: Fingerprint,
    sponsor: AccountId,
    pub refused: bool,
    pub taken_in: Option<Date>,
    undone: bool,
    pub certified: bool,
    measures: Vec<MeasureId>,
    opened: BTreeSet<SubjectId>,
}

impl List {
    /// Whether its entries are on the register, and the list itself is still where it was kept.
    pub fn stands(&self) -> bool {
        self.taken_in.is_some() && !self.undone && !self.certified
    }
}

#[derive(Debug)]
struct Report {
    reporter: AccountId,
    /// Accounts of those who were harmed or saw it, while it is kept.
    involved: BTreeSet<AccountId>,
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
    provisional: i64,
    watch: i64,
    measure: i64,
    /// For how long decision files are kept, sealed; nought where they are not.
    sealed: i64,
    incident: i64,
    /// In months, like the rest.
    meeting: i64,
    accesses: i64,
    age: i16,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            review: 6,
            red_review: 3,
            interim: 10,
            provisional: 2,
            watch: 6,
            measure: 6,
            sealed: 0,
            incident: 12,
            meeting: 72,
            accesses: 72,
            age: 18,
        }
    }
}

impl Figures {
    fn of(policy: &Policy) -> Self {
        let figure = |figure| i64::from(policy.figure(figure));
        Self {
            review: figure(Figure::ReviewInterval),
            red_review: figure(Figure::RedReviewInterval),
            interim: usize::try_from(figure(Figure::InterimLife)).expect("small"),
            provisional: figure(Figure::ProvisionalLife),
            watch: figure(Figure::WarningWatch),
            measure: figure(Figure::RetainMeasure),
            sealed: figure(Figure::SealedDecisionFile),
            incident: figure(Figure::RetainIncident),
            meeting: 12 * figure(Figure::RetainMeeting),
            accesses: 12 * figure(Figure::RetainAccesses),
            age: i16::try_from(figure(Figure::AgeThreshold)).expect("small"),
        }
    }

    /// What no policy may say, told again.
    fn assert_within_bounds(&self) {
        assert!((1..=6).contains(&self.review), "reviewed at least six monthly");
        assert!((1..=self.review).contains(&self.red_review), "the red band no later than the rest");
        assert!((1..=20).contains(&self.interim), "an interim marker is decided or lapses");
        assert!((1..=3).contains(&self.provisional), "nobody stays on a list that was never assessed");
        assert!((1..=24).contains(&self.measure), "kept at most two years");
        assert!((12..=72).contains(&self.meeting) && (12..=72).contains(&self.accesses), "at most six years");
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
    /// What is held, for which grounds, and when each hold is to be looked at again.
    held: BTreeMap<File, BTreeMap<Ground, Date>>,
    /// The council's own risks, and whether each was transferred and closed.
    risks: BTreeMap<RiskId, (bool, bool)>,
    /// When each subject's file was opened, and destroyed.
    subjects: BTreeMap<SubjectId, (Date, Option<Date>)>,
    /// The lists of services, and the files that were added to since a list opened them.
    pub lists: BTreeMap<ImportId, List>,
    /// The agreements with each partner: who proposed each, and whether it was approved, or ended since.
    agreements: BTreeMap<PartnerId, Vec<(Actor, Option<bool>)>>,
    /// Who broke the glass, and whether somebody looked at it again.
    pub glasses: Vec<(AccountId, bool)>,
    /// What readers were asked about looks of theirs: whom, when, which, and whether they answered.
    pub looks_questions: Vec<(AccountId, Date, BTreeSet<u64>, bool)>,
    /// The looks that are closed.
    pub closed_looks: BTreeSet<u64>,
    /// Whose access somebody is to answer for after misuse.
    pub misuse: BTreeSet<AccountId>,
    /// Who may know nothing of whom, and who said so.
    pub excluded: BTreeMap<(SubjectId, AccountId), Actor>,
    /// The markers that each partner said it has.
    pub had: BTreeSet<(PartnerId, MeasureId)>,
    added_to: BTreeSet<SubjectId>,
    /// When each team was opened, and when it last said that it keeps no list.
    pub teams: BTreeMap<TeamId, (Date, Option<Date>)>,
    /// Which file goes on for one that was joined to it, and the pairs that were found to be apart, each both ways round.
    joined: Vec<(SubjectId, SubjectId)>,
    apart: BTreeSet<(SubjectId, SubjectId)>,
    /// The measures that rest on an incident, those about a subject, and the incidents found to be about it.
    rests: BTreeMap<IncidentId, BTreeSet<MeasureId>>,
    measures_about: BTreeMap<SubjectId, BTreeSet<MeasureId>>,
    incidents_about: BTreeMap<SubjectId, BTreeSet<IncidentId>>,
    /// Everyone whose act stands on a file.
    hands: BTreeMap<File, BTreeSet<Actor>>,
    /// What must follow in the same breath: an upheld appeal or a meeting's removal ends the measure.
    must_end: Option<(MeasureId, EndReason)>,
    /// What must follow in the same breath: a meeting keeps the measure.
    must_keep: Option<MeasureId>,
    /// What must follow in the same breath: an appeal upheld in part changes the measure.
    tells_in_part: Option<MeasureId>,
    sittings: BTreeMap<MeetingId, Meeting>,
    /// When each team was last asked who keeps access, and the accounts that nobody has answered for since.
    asked: BTreeMap<TeamId, Date>,
    awaits: BTreeMap<AccountId, Date>,
    wanted_until: BTreeMap<AccountId, Date>,
    /// When the register was set up, and the months of the access log that are destroyed.
    opened: Option<Date>,
    accesses_gone: BTreeMap<AccessMonth, Date>,
    chair: Option<(Date, MeetingId, AccountId)>,
    /// What went by, month by month.
    pub recount: Recount,
}

/// A meeting, as its events tell.
#[derive(Debug)]
struct Meeting {
    held_on: Date,
    present: BTreeSet<AccountId>,
    decided: BTreeSet<MeasureId>,
    over: Option<Date>,
    gone: Option<Date>,
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
    /// Since when nobody has answered for an account that they were asked about.
    pub fn awaits_since(&self, account: AccountId) -> Option<Date> {
        self.awaits.get(&account).copied()
    }

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

    /// Whether this actor had no hand in a measure at all: not in its file, nor in its incidents', nor as its sponsor.
    fn had_no_hand(&self, measure: MeasureId, by: AccountId) -> bool {
        let story = &self.stories[&measure];
        let incidents = story.incidents.iter().map(|incident| File::Incident(*incident));
        let list = story.list.map(File::Import);
        let mut files = std::iter::once(File::Measure(measure)).chain(incidents).chain(list);
        story.sponsor != by
            && files
                .all(|file| self.hands.get(&file).is_none_or(|hands| !hands.contains(&Actor::Account(by))))
    }

    /// How many reports wait for triage.
    pub fn untriaged(&self) -> usize {
        self.reports.values().filter(|report| report.triaged.is_none()).count()
    }

    /// Nothing is left that had to follow in the same breath.
    pub fn nothing_half_done(&self) {
        assert_eq!(self.must_end, None, "an upheld appeal or a meeting's removal takes effect at once");
        assert_eq!(self.tells_in_part, None, "an appeal upheld in part changes the measure");
        assert_eq!(self.must_keep, None, "a meeting that keeps a measure says until when");
        let half = self.lists.values().find(|list| list.taken_in.is_none() && !list.measures.is_empty());
        assert!(half.is_none(), "nothing of a list is live before the whole is approved");
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
        let ended = self.stories.iter().filter(|(id, story)| {
            story.gone.is_none() && story.appeal.is_none() && !self.is_held(File::Measure(**id))
        });
        let ended = ended.map(|(_, story)| story);
        let files: Vec<_> = ended
            .filter_map(|story| story.ended)
            .map(|end| (Some(later(end, self.figures.measure)), Some(later(end, after.measure))))
            .collect();
        let told = (foretold.measure_files.sooner, foretold.measure_files.later);
        assert_eq!(told, moved(&files), "words of measures");
    }

    /// Asserts that what somebody takes in is what was proposed.
    pub fn is_as_proposed(&self, command: &Command) {
        if let Command::ApproveImport(approve) = command {
            let list = &self.lists[&approve.import];
            assert_eq!(approve.fingerprint, list.fingerprint, "what is approved is what was proposed");
            assert_eq!(approve.rows.len(), list.entries, "no row more and none less");
        }
    }

    /// Takes in what a command led to, before the register does.
    pub fn takes_in(&mut self, world: &World, event: &Event, moment: Moment) {
        self.recount.takes_in(world, &self.stories, event, moment);
        self.tells(world, event, moment);
        for file in event.files() {
            self.hands.entry(file).or_default().insert(moment.by);
            let adds = !matches!(
                event,
                Event::EntryImported { .. }
                    | Event::FileHeld { .. }
                    | Event::FileReleased { .. }
                    | Event::SponsorChanged { .. }
            );
            if let File::Measure(id) = file
                && let Some(story) = self.stories.get_mut(&id)
            {
                story.gone_on |= adds;
            }
        }
    }

    fn tells(&mut self, world: &World, event: &Event, moment: Moment) {
        let (by, today) = (moment.by, moment.date());
        rules::allow(world, event, moment);
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
            Event::RegisterOpened { .. } => self.opened = Some(today),
            Event::TeamOpened { team, .. } => {
                self.teams.insert(*team, (today, None));
            }
            Event::SupportNeedsRecorded { subject, .. } | Event::OccupantsChanged { subject, .. } => {
                self.added_to.insert(*subject);
            }
            Event::SubjectsJoined { kept, joined, reasons } => {
                assert!(by != Actor::System && reasons.known().is_some());
                self.could_be_one(world, *kept, *joined);
                let goes_on = |subject| !self.joined.iter().any(|(_, joined)| *joined == subject);
                assert!(goes_on(*kept) && goes_on(*joined), "what goes on is joined to nothing");
                self.joined.push((*kept, *joined));
                self.apart.remove(&(*kept, *joined));
                self.apart.remove(&(*joined, *kept));
            }
            Event::SubjectsParted { kept, joined, reasons } => {
                assert!(by != Actor::System && reasons.known().is_some());
                let place = self.joined.iter().position(|join| join == &(*kept, *joined));
                self.joined.remove(place.expect("only what was joined is parted"));
            }
            Event::SubjectsKeptApart { one, other, .. } => {
                self.could_be_one(world, *one, *other);
                let new = self.apart.insert((*one, *other)) && self.apart.insert((*other, *one));
                assert!(new, "two files are found to be apart once");
            }
            Event::ImportProposed { import, team, sponsor, entries, fingerprint, words } => {
                assert!(by != Actor::System && words.known().is_some() && self.teams.contains_key(team));
                assert!((1..=2_000).contains(entries), "a list brings something, and not the whole town");
                let list = List {
                    team: *team,
                    proposed: (by, today),
                    entries: usize::try_from(*entries).expect("small"),
                    fingerprint: *fingerprint,
                    sponsor: *sponsor,
                    refused: false,
                    taken_in: None,
                    undone: false,
                    certified: false,
                    measures: Vec::new(),
                    opened: BTreeSet::new(),
                };
                assert!(self.lists.insert(*import, list).is_none(), "one reference, one list");
            }
            Event::ImportRefused { import, .. } => {
                let list = self.waiting(*import);
                list.refused = true;
            }
            Event::EntryImported {
                measure, subject, import, file, sponsor, plan, lapses_on, said, ..
            } => {
                self.comes_from_a_list(world, *import, *subject, *file, moment);
                assert_plan(Kind::Entry, plan);
                assert!(said.known().is_some(), "what the row said is read by whoever assesses it");
                assert_eq!(*lapses_on, later(today, self.figures.provisional), "it lapses in its time");
                self.proposed(*measure, Kind::Entry, *subject, &[], *sponsor);
                let list = self.waiting(*import);
                assert_eq!(list.sponsor, *sponsor);
                list.measures.push(*measure);
                let asked = list.proposed.0;
                let story = self.story(*measure);
                story.list = Some(*import);
                let (plan, until) = (plan.clone(), Some(*lapses_on));
                story.marker = Some(Marker { asked, plan, until, over: false });
            }
            Event::ImportApproved { import } => {
                let list = self.waiting(*import);
                assert!(by != Actor::System && list.proposed.0 != by, "a second person takes a list in");
                assert_eq!(list.measures.len(), list.entries, "each row is an entry");
                list.taken_in = Some(today);
            }
            Event::ImportUndone { import, lockers, .. } => self.undone(*import, by, lockers),
            Event::OldListDestroyed { import, on, words } => {
                let list = self.lists.get_mut(import).expect("a list");
                assert!(
                    list.stands() && words.known().is_some(),
                    "it is on the register before it is destroyed"
                );
                assert!(list.taken_in.is_some_and(|taken_in| taken_in <= *on) && *on <= today);
                list.certified = true;
                speaks_for(world, by, Action::CertifyOldList, list.team);
            }
            Event::NoListDeclared { team } => {
                let stands = |list: &List| list.stands() || (list.taken_in.is_none() && !list.refused);
                let stands = self.lists.values().any(|list| list.team == *team && stands(list));
                assert!(!stands, "a team whose list stands has one");
                speaks_for(world, by, Action::DeclareNoList, *team);
                self.teams.get_mut(team).expect("a team").1 = Some(today);
            }
            Event::AccessLimited { account, until } => {
                assert_eq!(self.wanted_until.get(account), Some(until), "it ends when it was asked to end");
            }
            Event::AccessAsked { account, until, .. } => {
                self.wanted_until.extend(until.map(|until| (*account, until)));
            }
            Event::PolicyAcknowledged { account, version } => {
                assert_eq!(by, Actor::Account(*account), "nobody reads the policy for another");
                assert_eq!(*version, world.register.policy().version, "what was read is in force");
            }
            Event::TrainingPassed { account, course, .. } => {
                assert_eq!(by, Actor::Account(*account), "nobody learns for another");
                let roles = &world.register.account(*account).expect("an account").roles;
                let member = roles.iter().all(|role| *role == Role::Member);
                assert_eq!(
                    *course == register::training::Course::Members,
                    member,
                    "a member learns what a member needs"
                );
            }
            Event::ConductKept { account } => assert_eq!(by, Actor::Account(*account)),
            Event::PartnerKept { partner, teams, .. } => {
                assert_ne!(by, Actor::System);
                for id in teams {
                    let team = world.register.team(*id).expect("a team");
                    assert!(team.partner.is_none_or(|other| other == *partner), "one team, one partner");
                    let mut own = world.register.accounts().filter(|account| account.team == *id);
                    assert!(
                        own.all(|account| account.roles.iter().all(|role| role.is_for_partners())),
                        "no worker of a partner opens a file"
                    );
                }
            }
            Event::AgreementProposed { partner, terms, .. } => {
                assert!(terms.starts < terms.ends && !terms.purposes.is_empty());
                assert!(terms.shares.contains(&Shared::Precautions), "it says what to do");
                let answers = world.register.account(terms.answers).map(|account| account.standing);
                assert_eq!(answers, Some(Standing::Open), "somebody answers for an agreement");
                self.agreements.entry(*partner).or_default().push((by, None));
            }
            Event::AgreementApproved { partner, agreement } => {
                let agreement = self.agreement(*partner, *agreement);
                assert!(agreement.0 != by && agreement.1.is_none(), "a second person approves, once");
                agreement.1 = Some(true);
            }
            Event::AgreementConfirmed { partner, agreement } => {
                let place = usize::try_from(*agreement).expect("small");
                let known = world.register.partner(*partner).expect("a partner");
                let answers = known.agreements[place].terms.answers;
                let Actor::Account(account) = by else { panic!("somebody confirms") };
                let keeps =
                    world.register.account(account).expect("an account").roles.contains(&Role::RegisterTeam);
                assert!(keeps || answers == account, "whoever answers for it confirms it");
                assert_eq!(
                    self.agreement(*partner, *agreement).1,
                    Some(true),
                    "what is approved is confirmed"
                );
            }
            Event::AgreementEnded { partner, agreement, reasons } => {
                let agreement = self.agreement(*partner, *agreement);
                assert!(
                    agreement.1 != Some(false) && reasons.known().is_some(),
                    "it ends once, with a reason"
                );
                agreement.1 = Some(false);
            }
            Event::StockLoaded { stock, count, .. } => {
                let known = stock.known().expect("a list").len();
                assert!(known > 0 && u32::try_from(known).is_ok_and(|known| known == *count));
            }
            Event::MarkerReceived { partner, measure, news } => {
                let Actor::Account(id) = by else { panic!("a person says that they have it") };
                let team = world.register.account(id).expect("an account").team;
                assert_eq!(world.register.team(team).and_then(|team| team.partner), Some(*partner));
                let held = (*partner, *measure);
                let had =
                    if *news == News::Withdrawn { self.had.remove(&held) } else { !self.had.insert(held) };
                assert_eq!(had, *news != News::New, "what is new was not there, and what is not new was");
            }
            Event::GlassBroken { measure, .. } => {
                let Actor::Account(id) = by else { panic!("a person breaks it") };
                assert!(self.story(*measure).standing(today).is_some(), "a marker stands behind it");
                let roles = &world.register.account(id).expect("an account").roles;
                assert!(roles.contains(&Role::LineManager), "a manager on duty");
                self.glasses.push((id, false));
            }
            Event::GlassReviewed { glass, .. } => {
                let (breaker, reviewed) = &mut self.glasses[usize::try_from(*glass).expect("small")];
                assert!(
                    by != Actor::Account(*breaker) && !*reviewed,
                    "somebody else says what came of it, once"
                );
                *reviewed = true;
            }
            Event::LooksQuestioned { reader, looks, .. } => {
                oversees_somebody_else(world, by, *reader);
                assert!(!looks.is_empty() && looks.is_disjoint(&self.closed_looks), "open looks");
                let asked = world.register.account(*reader).expect("an account");
                assert!(asked.standing == Standing::Open && !asked.is_program(), "somebody who can answer");
                self.looks_questions.push((*reader, today, looks.clone(), false));
            }
            Event::LooksExplained { question, .. } => {
                let place = usize::try_from(*question).expect("small");
                let (reader, .., answered) = &mut self.looks_questions[place];
                assert!(by == Actor::Account(*reader) && !*answered, "the reader alone answers, once");
                *answered = true;
            }
            Event::LooksReviewed { reader, looks, finding, .. } => {
                oversees_somebody_else(world, by, *reader);
                assert!(!looks.is_empty() && looks.is_disjoint(&self.closed_looks), "a look is closed once");
                self.closed_looks.extend(looks);
                let closed = world.register.account(*reader).expect("an account").standing;
                if *finding == LooksFinding::Misuse && closed != Standing::Closed {
                    self.misuse.insert(*reader);
                }
            }
            Event::Excluded { subject, account, .. } => {
                assert!(by != Actor::Account(*account), "nobody says it of themselves");
                assert!(self.excluded.insert((*subject, *account), by).is_none(), "once");
            }
            Event::ExclusionLifted { subject, account, .. } => {
                let before = self.excluded.remove(&(*subject, *account));
                assert!(before.is_some_and(|before| before != by), "a second person lets them know again");
                assert!(by != Actor::Account(*account), "nobody lets themselves in");
            }
            Event::StarterNoted { .. }
            | Event::AccessNotGiven { .. }
            | Event::AccountOpened { .. }
            | Event::SubjectDescribed { .. }
            | Event::ContactLogged { .. }
            | Event::ContactAnswered { .. }
            | Event::IncidentAddedTo { .. } => {}
            Event::InvolvedNamed { incident, involvement, who } => {
                let apart = match involvement {
                    Involvement::Harmed => Locker::Harmed(*incident),
                    Involvement::Witness => Locker::Witnesses(*incident),
                };
                assert!(who.known().is_some() && who.locker == apart, "harmed and witnesses lie apart");
                if let Some(Whom::Staff(account)) = who.known() {
                    self.reports.get_mut(incident).expect("a report").involved.insert(*account);
                }
            }
            Event::LegalAdviceKept { measure, words, .. } => {
                let apart = words.locker == Locker::LegalAdvice(*measure);
                assert!(words.known().is_some() && apart, "legal advice lies apart");
            }
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
                let reads = !account.is_check_only();
                let asked = account.grants.asked(*grant, moment.at).map(|asked| asked.moment.by);
                if reads || *grant == Grant::Roles {
                    assert!(
                        by == Actor::System || asked.is_some_and(|asked| asked != by),
                        "two give what reads"
                    );
                }
            }
            Event::ConfirmationAsked { team } => {
                assert_eq!(by, Actor::System, "a quarter passes by itself");
                let last = self.asked.insert(*team, today).unwrap_or(self.teams[team].0);
                assert!(today >= later(last, 3), "each team is asked once a quarter");
                for account in world.register.accounts() {
                    if account.team == *team && account.standing == Standing::Open {
                        self.awaits.entry(account.id).or_insert(today);
                    }
                }
            }
            Event::AccessConfirmed { account } => {
                let standing = world.register.account(*account).expect("an account").standing;
                if standing != Standing::Suspended(Suspension::Left) {
                    self.misuse.remove(account);
                }
                self.awaits.remove(account);
            }
            Event::AccountMoved { account, .. } => {
                self.awaits.insert(*account, today);
            }
            Event::AccountSuspended { why: Suspension::Left, .. } => {
                assert_ne!(by, Actor::System, "somebody says that a person has left");
            }
            Event::AccountSuspended { account, .. } => {
                assert_eq!(by, Actor::System, "an account lapses by itself");
                let asked = self.awaits[account];
                let last = working_days(asked, 10).checked_add(28.days()).expect("a date of this age");
                assert!(today > last, "nobody is suspended before they were asked, and had time");
            }
            Event::AccountClosed { account } => {
                assert_ne!(by, Actor::Account(*account), "nobody closes their own account");
                self.misuse.remove(account);
            }
            Event::SubjectOpened { subject, .. } => {
                self.subjects.insert(*subject, (today, None));
            }
            Event::IncidentReported { incident, reporter, facts, .. } => {
                assert_eq!(by, Actor::Account(*reporter));
                assert!(facts.happened_on <= today && !facts.behaviours.is_empty());
                let (reporter, injury, involved) = (*reporter, facts.injury, BTreeSet::new());
                let report = Report { reporter, involved, injury, triaged: None, gone: None };
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
                if let Some(subject) = subject {
                    self.incidents_about.entry(*subject).or_default().insert(*incident);
                }
            }
            Event::MeasureProposed { measure, kind, subject, incidents, sponsor } => {
                assert!(!incidents.is_empty(), "a measure is proposed on an incident");
                self.proposed(*measure, *kind, *subject, incidents, *sponsor);
            }
            Event::IncidentJoined { measure, incident } => {
                self.rests.entry(*incident).or_default().insert(*measure);
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
                if matches!(self.age(world, subject, today), Age::Young) {
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
                let story = self.story(*measure);
                if story.list.is_some() && !story.complete {
                    self.must_end = Some((*measure, EndReason::NotAssessed));
                }
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
                (story.ended, story.refused) = (Some(today), true);
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
                self.story(*measure).told_on = Some(*sent_on);
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
                let at_meeting = self.must_keep.take() == Some(*measure);
                assert!(at_meeting || self.uninvolved(*measure, by), "whoever reported does not review");
                let latest = self.stories[measure].latest_review(&self.figures, today);
                let story = self.story(*measure);
                assert!(story.in_force() && reasons.known().is_some());
                let answered = story.answered.take().expect("a measure is kept on answers only");
                assert!(at_meeting || answered != by, "whoever answers does not decide");
                assert!(at_meeting || story.removal.is_none(), "only a meeting turns a removal down");
                (story.removal, story.fault) = (None, None);
                story.owes(Occasion::Kept);
                assert!(
                    story.told == Some(Told::ByLetter) || still_withheld.is_some(),
                    "not telling is decided afresh at every review"
                );
                assert!(today < *next_on && *next_on <= latest);
                (story.considered, story.review_by) = (Some(today), Some(*next_on));
            }
            Event::ReviewAnswered { measure, answers, .. } => {
                assert!(self.uninvolved(*measure, by), "whoever reported does not answer");
                assert!(answers.known().is_some_and(|answers| answers.len() == 8));
                let story = self.story(*measure);
                assert!(story.in_force());
                story.answered = Some(by);
            }
            Event::RemovalProposed { measure, reasons } => {
                assert!(self.uninvolved(*measure, by) && reasons.known().is_some());
                let story = self.story(*measure);
                assert!(story.in_force() && story.kind == Kind::Entry && story.removal.is_none());
                assert!(story.answered.is_some_and(|answered| answered != by), "answered by somebody else");
                story.removal = Some(None);
            }
            Event::RemovalAsked { measure, .. } => {
                assert!(self.uninvolved(*measure, by), "whoever reported does not take it off");
                let story = self.story(*measure);
                assert!(story.in_force() && story.kind == Kind::Entry);
                story.removal = Some(Some(by));
            }
            Event::MeasureVaried { measure, plan, review_on, reasons } => {
                assert!(self.uninvolved(*measure, by), "whoever reported does not change it");
                let story = self.story(*measure);
                assert!(story.in_force() && reasons.known().is_some());
                assert_plan(story.kind, plan);
                if self.tells_in_part.take() != Some(*measure) {
                    self.story(*measure).owes(Occasion::Varied);
                }
                let story = self.story(*measure);
                story.plan = Some(plan.clone());
                assert!(Some(*review_on) <= story.review_by, "a change never puts a review off");
                (story.considered, story.review_by) = (Some(today), Some(*review_on));
            }
            Event::SponsorChanged { measure, sponsor } => {
                let story = self.story(*measure);
                assert!(story.ended.is_none());
                story.sponsor = *sponsor;
            }
            Event::AppealOpened { measure, code } => {
                assert!(code.known().is_some() && self.story(*measure).ended.is_none());
            }
            Event::AppealLodged { measure, lodged, words } => {
                assert!(words.known().is_some() && !lodged.grounds.is_empty() && lodged.received_on <= today);
                let story = self.story(*measure);
                assert!(story.in_force(), "an appeal is against what stands");
                assert!(story.appeal.is_none(), "one appeal at a time");
                story.appeal = Some((lodged.received_on, None));
                story.owed.push((Occasion::AppealReceived, None, None));
            }
            Event::DisputeRecorded { measure, words, .. } => {
                assert!(words.known().is_some());
                self.story(*measure).disputed = true;
            }
            Event::DisputeAnswered { measure, reasons, .. } => {
                assert!(reasons.known().is_some());
                let story = self.story(*measure);
                story.disputed = false;
                story.owes(Occasion::DisputeAnswered);
            }
            Event::ComplaintRecorded { measure, reference, .. } => {
                assert!(reference.known().is_some());
                self.story(*measure).with_an_ombudsman = true;
            }
            Event::ComplaintEnded { measure, outcome, found, .. } => {
                assert!(found.known().is_some());
                let story = self.story(*measure);
                story.with_an_ombudsman = false;
                if *outcome == ComplaintOutcome::Fault && story.in_force() {
                    story.fault.get_or_insert(today);
                }
            }
            Event::AppealAssigned { measure, officer } => {
                assert!(self.had_no_hand(*measure, *officer), "whoever took part hears no appeal");
                assert_ne!(by, Actor::Account(*officer), "nobody gives an appeal to themselves");
                self.story(*measure).appeal.as_mut().expect("an appeal").1 = Some(*officer);
            }
            Event::AppealDecided { measure, outcome, reasons } => {
                let (received, officer) = self.story(*measure).appeal.expect("an appeal");
                let officer = officer.expect("an appeal is given to somebody");
                assert_eq!(by, Actor::Account(officer), "whoever has an appeal decides it");
                assert!(self.had_no_hand(*measure, officer), "whoever took part decides no appeal");
                assert!(reasons.known().is_some());
                let story = self.story(*measure);
                if *outcome == AppealOutcome::NotHeard {
                    let told = story.told_on.expect("a customer who was not told is never late");
                    let days = told.series(1.day()).skip(1).filter(|day| calendar::is_working_day(*day));
                    let closes = days.take(20).last().expect("a date of this age");
                    assert!(received > closes, "what is in time is heard");
                }
                story.appeal = None;
                story.owed.retain(|(owed, ..)| *owed != Occasion::AppealReceived);
                story.owed.push((Occasion::AppealOutcome, None, None));
                let in_part = (*outcome == AppealOutcome::InPart && story.in_force()).then_some(*measure);
                let upheld = *outcome == AppealOutcome::Upheld && story.in_force();
                self.tells_in_part = in_part;
                if upheld {
                    self.must_end = Some((*measure, EndReason::AppealUpheld));
                }
            }
            Event::AppealWithdrawn { measure, .. } => {
                let story = self.story(*measure);
                assert!(story.appeal.take().is_some());
                story.owed.retain(|(owed, ..)| *owed != Occasion::AppealReceived);
            }
            Event::OutcomeLetterWritten { measure, occasion, letter } => {
                let letter = letter.known().expect("a letter");
                self.tells_what_is_due(world, *measure, *occasion, letter);
                *self.owed(*measure, *occasion) = (*occasion, Some(by), None);
            }
            Event::OutcomeLetterApproved { measure, occasion } => {
                let (_, writer, approved) = self.owed(*measure, *occasion);
                assert!(writer.is_some_and(|writer| writer != by), "a second person approves a letter");
                *approved = Some(moment);
            }
            Event::OutcomeLetterSent { measure, occasion, sent_on, .. } => {
                let (_, writer, approved) = *self.owed(*measure, *occasion);
                let approved = approved.expect("a letter is approved before it is sent");
                assert!(writer.is_some_and(|writer| writer != approved.by));
                assert!(approved.date() <= *sent_on && *sent_on <= today);
                let story = self.story(*measure);
                let place = story.owed.iter().position(|(owed, ..)| owed == occasion).expect("owed");
                story.owed.remove(place);
                if matches!(occasion, Occasion::Kept | Occasion::Varied) {
                    story.told_on = story.told_on.max(Some(*sent_on));
                }
            }
            Event::WithdrawalConfirmed { measure, team } => {
                let story = self.story(*measure);
                assert!(story.ended.is_some(), "a receipt is for what came off");
                let plans = story.plan.iter().chain(story.marker.as_ref().map(|marker| &marker.plan));
                assert!(plans.flat_map(|plan| &plan.audience).any(|told| told == team));
                let Actor::Account(id) = by else { panic!("a person gives a receipt") };
                let account = world.register.account(id).expect("an account");
                let manages = account.roles.iter().all(|role| *role == Role::LineManager);
                assert!(!manages || account.team == *team, "a manager speaks for their own team");
            }
            Event::MeetingCalled { meeting, held_on, chair } => {
                assert!(*held_on >= today && self.sittings.values().all(|other| other.over.is_some()));
                let roles = world.register.account(*chair).map(|account| account.roles.clone());
                assert!(roles.is_some_and(|roles| roles.contains(&Role::GovernanceGroup)), "a member chairs");
                let (held_on, present, decided) = (*held_on, BTreeSet::new(), BTreeSet::new());
                self.sittings.insert(*meeting, Meeting { held_on, present, decided, over: None, gone: None });
                self.chair = self.chair.max(Some((held_on, *meeting, *chair)));
            }
            Event::MeetingOpened { meeting, chair, present } => {
                let sitting = self.sittings.get_mut(meeting).expect("called before it sits");
                assert!(today >= sitting.held_on && sitting.present.is_empty() && sitting.over.is_none());
                assert!(present.len() >= 3 && present.contains(chair), "quorate, and chaired by one present");
                for member in present {
                    let roles = world.register.account(*member).map(|account| account.roles.clone());
                    assert!(roles.is_some_and(|roles| roles.contains(&Role::GovernanceGroup)));
                }
                sitting.present = present.clone();
                let (held_on, _, _) = self.chair.expect("called");
                assert_eq!(held_on, self.sittings[meeting].held_on);
                self.chair = Some((held_on, *meeting, *chair));
            }
            Event::MeetingDecided { meeting, measure, outcome, aside, reasons } => {
                assert!(reasons.known().is_some());
                let sitting = self.sittings.get_mut(meeting).expect("a meeting");
                assert!(sitting.over.is_none() && sitting.decided.insert(*measure), "once, while it sits");
                let deciding: Vec<_> =
                    self.sittings[meeting].present.difference(aside).map(|id| Actor::Account(*id)).collect();
                assert!(deciding.len() >= 3, "enough decide without those who stand aside");
                let reporters = self.reporters(*measure);
                let story = self.story(*measure);
                for member in deciding {
                    assert!(!reporters.contains(&member) && !story.assessors.contains(&member));
                    assert!(story.decider != Some(member) && Actor::Account(story.sponsor) != member);
                }
                let on_the_register = story.kind == Kind::Entry;
                match outcome {
                    MeetingOutcome::Keep | MeetingOutcome::Remove if !on_the_register => {
                        panic!("the Governance Group decides about entries");
                    }
                    MeetingOutcome::Keep => self.must_keep = Some(*measure),
                    MeetingOutcome::Remove => self.must_end = Some((*measure, EndReason::NotJustified)),
                    MeetingOutcome::Ratify | MeetingOutcome::Question => {
                        assert_eq!(self.story(*measure).ended_for, Some(EndReason::BetweenMeetings));
                    }
                }
            }
            Event::ActionAgreed { meeting, by: day, .. } => {
                assert!(*day >= today && self.sittings[meeting].over.is_none());
            }
            Event::ActionDone { .. } => {}
            Event::MeetingClosed { meeting, minutes } => {
                assert!(minutes.known().is_some() && !self.sittings[meeting].present.is_empty());
                for (id, story) in &self.stories {
                    let now = self.sittings[meeting].decided.contains(id);
                    let waits = story.in_force() && story.removal.is_some();
                    assert!(!waits || now, "{id:?} was left on the agenda");
                    let between = story.ended_for == Some(EndReason::BetweenMeetings) && story.gone.is_none();
                    let seen = self.sittings.values().any(|sitting| sitting.decided.contains(id));
                    assert!(!between || seen, "{id:?} was not ratified");
                }
                self.sittings.get_mut(meeting).expect("a meeting").over = Some(today);
            }
            Event::MeasureEnded { measure, reason, .. } => {
                let watch = self.figures.watch;
                let must = self.must_end.take();
                let chair = self.chair.map(|(.., chair)| Actor::Account(chair));
                assert!(must.is_none_or(|must| must == (*measure, *reason)));
                let story = self.story(*measure);
                match reason {
                    EndReason::NotAssessed => {
                        assert!(must.is_some() && by == Actor::System, "only time ends what nobody assessed");
                    }
                    EndReason::AppealUpheld => assert!(must.is_some(), "upheld by whoever heard it"),
                    EndReason::NotJustified if story.kind == Kind::Entry => {
                        assert!(must.is_some(), "the Governance Group takes an entry off");
                    }
                    EndReason::NotJustified => {
                        assert!(story.answered.is_some_and(|answered| answered != by));
                    }
                    EndReason::BetweenMeetings => {
                        let asked = story.removal.flatten().expect("somebody asked");
                        assert!(asked != by && (chair == Some(asked) || chair == Some(by)));
                    }
                    _ => {}
                }
                let told = story.told == Some(Told::ByLetter);
                story.owed.retain(|(owed, ..)| !matches!(owed, Occasion::Kept | Occasion::Varied));
                match reason {
                    EndReason::NotJustified | EndReason::BetweenMeetings if told => {
                        story.owed.push((Occasion::Removed, None, None));
                    }
                    EndReason::Error if told => story.owed.push((Occasion::Apology, None, None)),
                    _ => {}
                }
                (story.removal, story.answered, story.ended_for) = (None, None, Some(*reason));
                assert!(story.ended.is_none());
                if by == Actor::System && *reason != EndReason::NotAssessed {
                    let watched_from = story.watched_from.expect("only a warning in force ends by itself");
                    assert_eq!(*reason, EndReason::WatchClean, "time gives no other reason");
                    assert!(story.kind == Kind::Warning && today > later(watched_from, watch));
                }
                story.ended = Some(today);
            }
            Event::HoldPlaced { .. } | Event::HoldsLifted { .. } => {
                panic!("holds without a ground are of the past")
            }
            Event::FileHeld { file, ground, review_on, .. } => {
                assert!(today < *review_on && *review_on <= later(today, 6), "no hold is for ever");
                self.held.entry(*file).or_default().insert(*ground, *review_on);
            }
            Event::FileReleased { file, .. } => {
                let held = self.held.remove(file);
                assert!(held.is_some_and(|holds| !holds.is_empty()), "only what is held is let go");
            }
            Event::RiskRaised { risk, rating, answer, .. } => {
                assert_judged(*rating, answer, today);
                assert!(self.risks.insert(*risk, (false, false)).is_none(), "one reference, one risk");
            }
            Event::RiskAssessed { risk, rating, answer } => {
                assert_judged(*rating, answer, today);
                assert!(!self.risks[risk].1, "a closed risk is not judged");
            }
            Event::RiskTransferred { risk, on, .. } => {
                let (transferred, closed) = self.risks.get_mut(risk).expect("a risk");
                assert!(!*transferred && !*closed && *on <= today);
                *transferred = true;
            }
            Event::RiskClosed { risk, .. } => {
                let (_, closed) = self.risks.get_mut(risk).expect("a risk");
                assert!(!*closed, "a risk is closed once");
                *closed = true;
            }
            Event::DecisionFileSealed { measure, lockers } => {
                assert_eq!(by, Actor::System, "only time destroys");
                assert_eq!(lockers, &[Locker::Measure(*measure), Locker::LegalAdvice(*measure)]);
                assert!(!self.is_held(File::Measure(*measure)), "a hold stops destruction");
                assert!(keeps_decision_files(world) && self.story(*measure).was_decided());
                let kept = self.figures.measure;
                let story = self.story(*measure);
                assert!(story.ended.is_some_and(|ended| today > later(ended, kept)), "not before its time");
                assert!(story.gone.is_none());
                (story.gone, story.sealed) = (Some(today), true);
            }
            Event::Destroyed { file, .. } => {
                assert_eq!(by, Actor::System, "only time destroys");
                if let File::Measure(id) = file {
                    let story = self.story(*id);
                    let kept_apart = keeps_decision_files(world) && story.was_decided();
                    assert_eq!(story.sealed, kept_apart, "a decision file is sealed before it is destroyed");
                }
                if let File::Subject(gone) = file {
                    self.excluded.retain(|(subject, _), _| subject != gone);
                }
                self.destroyed(*file, today);
            }
        }
    }

    fn proposed(
        &mut self,
        measure: MeasureId,
        kind: Kind,
        subject: SubjectId,
        incidents: &[IncidentId],
        sponsor: AccountId,
    ) {
        let open = self
            .about(subject)
            .find(|story| story.kind == kind && story.ended.is_none() && story.gone.is_none());
        assert!(open.is_none(), "one open measure of a kind about a subject");
        assert!(!self.is_gone(File::Subject(subject)));
        let story = Story {
            kind,
            subject,
            incidents: incidents.iter().copied().collect(),
            answers: BTreeMap::new(),
            plan: None,
            list: None,
            gone_on: false,
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
            sponsor,
            decider: None,
            answered: None,
            removal: None,
            appeal: None,
            told_on: None,
            disputed: false,
            with_an_ombudsman: false,
            fault: None,
            owed: Vec::new(),
            ended_for: None,
            ended: None,
            refused: false,
            gone: None,
            sealed: false,
            sealed_gone: None,
        };
        self.measures_about.entry(subject).or_default().insert(measure);
        for incident in incidents {
            self.rests.entry(*incident).or_default().insert(measure);
        }
        assert!(self.stories.insert(measure, story).is_none(), "one reference, one measure");
    }

    /// The oldest letter of this occasion that is owed.
    fn owed(
        &mut self,
        measure: MeasureId,
        occasion: Occasion,
    ) -> &mut (Occasion, Option<Actor>, Option<Moment>) {
        let story = self.story(measure);
        story.owed.iter_mut().find(|(owed, ..)| *owed == occasion).expect("only what is owed is written")
    }

    fn tells_what_is_due(&self, world: &World, measure: MeasureId, occasion: Occasion, letter: &Letter) {
        let contents: Vec<Content> = letter.sections.iter().map(|section| section.content).collect();
        assert_eq!(contents, occasion.contents(), "a letter has every content of its occasion");
        let whole =
            letter.sections.iter().flat_map(|section| &section.paragraphs).cloned().collect::<String>();
        self.names_nobody_protected(world, measure, &whole);
        assert!(!whole.contains(SECRET_WORD), "a letter holds no words of the file but those meant for it");
    }

    fn names_nobody_protected(&self, world: &World, measure: MeasureId, whole: &str) {
        for report in self.stories[&measure].incidents.iter().map(|incident| &self.reports[incident]) {
            let involved = report.involved.iter().filter(|_| report.gone.is_none());
            for account in involved.chain([&report.reporter]) {
                let account = world.register.account(*account).expect("account");
                assert!(
                    !whole.contains(&account.name()),
                    "a letter never says who reported, was harmed or saw it"
                );
            }
        }
    }

    fn identified(&self, measure: MeasureId) -> bool {
        let story = &self.stories[&measure];
        let same = self.same(story.subject);
        story.incidents.iter().filter_map(|incident| self.reports[incident].triaged).any(
            |(_, subject, identity)| {
                subject.is_some_and(|subject| same.contains(&subject))
                    && matches!(identity, Identity::Certain | Identity::Likely)
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
        assert!(self.identified(measure), "somebody says still that it was this person");
        let reporters = self.reporters(measure);
        let today = moment.date();
        let latest = self.stories[&measure].latest_review(&self.figures, today);
        let subject = self.stories[&measure].subject;
        let age = self.age(world, subject, today);
        let story = self.story(measure);
        assert!(!story.incidents.is_empty(), "nobody is on the register without an incident");
        assert!(!story.assessors.contains(&moment.by), "whoever assessed does not decide");
        assert!(story.assessors.is_disjoint(&reporters), "whoever reported did not assess");
        assert!(story.complete && story.ended.is_none() && story.approved.is_none());
        assert_answered(story);
        match age {
            Age::Grown => {}
            Age::Unknown => panic!("nobody is listed whose age nobody asked"),
            Age::Young => match story.young {
                Some((by, Finding::Holds)) => assert_ne!(by, moment.by, "a second person for the young"),
                _ => panic!("a young person is listed without the data protection officer"),
            },
        }
        assert!(today < review_on && review_on <= latest);
        story.decider = Some(moment.by);
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
        assert_eq!(contents, Occasion::Decision.contents(), "a letter has every content");
        let words = |content: Content| -> String {
            let sections = letter.sections.iter().filter(|section| section.content == content);
            sections.flat_map(|section| section.paragraphs.clone()).collect::<Vec<_>>().join(" ")
        };
        assert!(
            Occasion::Decision.contents().iter().all(|content| words(*content).len() > 20),
            "no content is empty"
        );
        let route = story.plan.as_ref().and_then(|plan| plan.words.known()).map(|words| &words.service_route);
        let still_served = words(Content::StillServed);
        assert!(route.is_some_and(|route| still_served.contains(route.as_str())), "the way to be served");
        for needed in ["999", "ombudsman", "public meetings", "information the law lets you have"] {
            assert!(still_served.contains(needed), "nothing cuts off {needed}");
        }
        let whole =
            letter.sections.iter().flat_map(|section| &section.paragraphs).cloned().collect::<String>();
        self.names_nobody_protected(world, measure, &whole);
        assert!(!whole.contains(SECRET_WORD), "a letter holds no words of the file but those meant for it");
    }

    fn is_gone(&self, file: File) -> bool {
        match file {
            File::Measure(id) => {
                self.stories.get(&id).is_some_and(|story| story.gone.is_some() && !story.sealed)
            }
            File::Incident(id) => self.reports.get(&id).is_some_and(|report| report.gone.is_some()),
            File::Subject(id) => self.subjects.get(&id).is_some_and(|(_, gone)| gone.is_some()),
            File::Meeting(_) | File::Accesses(_) => self.gone(file).is_some(),
            File::Account(_) | File::Import(_) | File::Team(_) | File::Partner(_) | File::Policy => false,
        }
    }

    /// Whether a decision file was kept to its end.
    pub fn outlived_a_decision_file(&self) -> bool {
        self.stories.values().any(|story| story.sealed_gone.is_some())
    }

    /// When a file's words were destroyed.
    pub fn gone(&self, file: File) -> Option<Date> {
        match file {
            File::Measure(id) => {
                let story = self.stories.get(&id)?;
                if story.sealed { None } else { story.sealed_gone.or(story.gone) }
            }
            File::Incident(id) => self.reports.get(&id)?.gone,
            File::Subject(id) => self.subjects.get(&id)?.1,
            File::Meeting(id) => self.sittings.get(&id)?.gone,
            File::Accesses(month) => self.accesses_gone.get(&month).copied(),
            File::Account(_) | File::Import(_) | File::Team(_) | File::Partner(_) | File::Policy => None,
        }
    }

    fn resting_on(&self, incident: IncidentId) -> impl Iterator<Item = &Story> {
        self.rests.get(&incident).into_iter().flatten().map(|measure| &self.stories[measure])
    }

    /// Every file about the same as this one, itself included, however they came to be joined.
    pub fn same(&self, subject: SubjectId) -> BTreeSet<SubjectId> {
        let mut same = BTreeSet::from([subject]);
        loop {
            let before = same.len();
            for (kept, joined) in &self.joined {
                if same.contains(kept) || same.contains(joined) {
                    same.extend([*kept, *joined]);
                }
            }
            if same.len() == before {
                return same;
            }
        }
    }

    /// Whether two files were found to be apart.
    pub fn is_apart(&self, one: SubjectId, other: SubjectId) -> bool {
        self.apart.contains(&(one, other))
    }

    /// The measures about a subject, or about one that it is joined with.
    pub fn about(&self, subject: SubjectId) -> impl Iterator<Item = &Story> {
        let of = |subject| self.measures_about.get(&subject).into_iter().flatten();
        self.same(subject).into_iter().flat_map(of).map(|measure| &self.stories[measure])
    }

    /// Two files of one kind that are kept, and not about the same yet.
    fn could_be_one(&self, world: &World, one: SubjectId, other: SubjectId) {
        assert!(!self.same(one).contains(&other), "joined once, and apart or joined");
        let is_place = |subject| {
            let details = world.register.subject(subject).and_then(|subject| subject.details.known());
            matches!(details.expect("it is kept"), SubjectDetails::Premises(_))
        };
        assert_eq!(is_place(one), is_place(other), "a person is not a place");
    }

    fn agreement(&mut self, partner: PartnerId, number: u32) -> &mut (Actor, Option<bool>) {
        let place = usize::try_from(number).expect("small");
        self.agreements.get_mut(&partner).and_then(|all| all.get_mut(place)).expect("an agreement")
    }

    /// A list that waits for its second person.
    fn waiting(&mut self, import: ImportId) -> &mut List {
        let list = self.lists.get_mut(&import).expect("a list is proposed first");
        assert!(!list.refused && list.taken_in.is_none(), "a list is answered once");
        list
    }

    /// A row becomes an entry about somebody who is no child, by somebody who did not stage it.
    fn comes_from_a_list(
        &mut self,
        world: &World,
        import: ImportId,
        subject: SubjectId,
        file: SubjectFile,
        moment: Moment,
    ) {
        let young = matches!(self.age(world, subject, moment.date()), Age::Young);
        assert!(!young, "no child is put on the register by a list");
        let just_opened = matches!(
            world.log.last(),
            Some((Event::SubjectOpened { subject: opened, .. }, at)) if *opened == subject && *at == moment
        );
        assert_eq!(just_opened, file == SubjectFile::Opened, "a file is opened for whoever has none");
        let list = self.waiting(import);
        assert!(
            moment.by != Actor::System && list.proposed.0 != moment.by,
            "a second person takes a list in"
        );
        if just_opened {
            list.opened.insert(subject);
        }
    }

    /// A whole list is taken back, from which nobody has gone on.
    fn undone(&mut self, import: ImportId, by: Actor, lockers: &[Locker]) {
        let list = self.lists.get_mut(&import).expect("a list");
        assert!(
            by != Actor::System && list.stands(),
            "what is taken in, and not destroyed elsewhere, is taken back"
        );
        list.undone = true;
        let (measures, opened) = (list.measures.clone(), list.opened.clone());
        for measure in &measures {
            let story = self.stories.remove(measure).expect("a measure of the list");
            assert!(
                !story.gone_on && !self.has_hold(File::Measure(*measure)),
                "somebody has gone on from it"
            );
            self.measures_about.get_mut(&story.subject).expect("about somebody").remove(measure);
        }
        for subject in &opened {
            let held = self.has_hold(File::Subject(*subject));
            assert!(!held && !self.added_to.contains(subject), "somebody has gone on from {subject:?}");
            assert_eq!(self.same(*subject).len(), 1, "nobody knows whom it would be parted from");
            assert_eq!(self.about(*subject).count(), 0, "nothing else is about whom it brought");
            assert!(self.incidents_about.get(subject).is_none_or(BTreeSet::is_empty), "nothing was reported");
            self.subjects.remove(subject);
            self.apart.retain(|(one, other)| one != subject && other != subject);
        }
        let of_measures = measures
            .iter()
            .flat_map(|id| [Locker::Measure(*id), Locker::LegalAdvice(*id), Locker::DecisionFile(*id)]);
        let of_subjects = opened.iter().flat_map(|id| [Locker::Subject(*id), Locker::Support(*id)]);
        let all: BTreeSet<_> = of_measures.chain(of_subjects).collect();
        assert_eq!(lockers.iter().copied().collect::<BTreeSet<_>>(), all, "no word of it is left");
    }

    /// What a list brought, for as long as it stands.
    pub fn brought(&self, import: ImportId) -> (Vec<MeasureId>, Vec<SubjectId>) {
        let list = &self.lists[&import];
        (list.measures.clone(), list.opened.iter().copied().collect())
    }

    fn has_hold(&self, file: File) -> bool {
        self.held.get(&file).is_some_and(|holds| !holds.is_empty())
    }

    /// How old a subject is: a child where any file about them says so, and unknown only where none says.
    fn age(&self, world: &World, subject: SubjectId, today: Date) -> Age {
        let mut said = Age::Unknown;
        for file in self.same(subject) {
            match age(world, self.figures.age, file, today) {
                Age::Young => return Age::Young,
                Age::Grown => said = Age::Grown,
                Age::Unknown => {}
            }
        }
        said
    }

    fn destroyed(&mut self, file: File, today: Date) {
        match file {
            File::Measure(id) => {
                assert!(!self.is_held(file), "a hold stops destruction");
                let (kept, sealed) = (self.figures.measure, self.figures.sealed);
                let story = self.story(id);
                assert!(story.appeal.is_none(), "an appeal that waits stops destruction");
                let months = if story.sealed { sealed } else { kept };
                assert!(story.ended.is_some_and(|ended| today > later(ended, months)), "not before its time");
                if story.sealed {
                    (story.sealed, story.sealed_gone) = (false, Some(today));
                } else {
                    story.gone = Some(today);
                }
            }
            File::Incident(id) => {
                assert!(!self.is_held(file), "a hold stops destruction");
                assert!(self.incident_may_go(id).is_some_and(|after| today > after), "not before its time");
                self.reports.get_mut(&id).expect("report").gone = Some(today);
            }
            File::Subject(id) => {
                assert!(!self.is_held(file), "a hold stops destruction");
                assert!(self.about(id).all(|story| story.gone.is_some()), "nothing about it is kept");
                assert!(self.subject_may_go(id).is_some_and(|after| today > after), "not before its time");
                self.subjects.get_mut(&id).expect("subject").1 = Some(today);
            }
            File::Meeting(id) => {
                let sitting = self.sittings.get_mut(&id).expect("a meeting");
                let closed = sitting.over.expect("minutes of a meeting that is over");
                assert!(today > later(closed, self.figures.meeting), "not before its time");
                assert_eq!(sitting.gone.replace(today), None, "once");
            }
            File::Accesses(month) => {
                assert!(today > later(month.last_day(), self.figures.accesses), "not before its time");
                assert_eq!(self.accesses_gone.insert(month, today), None, "once");
            }
            File::Account(_) | File::Import(_) | File::Team(_) | File::Partner(_) | File::Policy => {
                panic!("accounts, lists, teams and policies are not destroyed")
            }
        }
    }

    /// The last day that an incident's own clock keeps it, once it is triaged.
    fn incident_clock(&self, report: &Report) -> Option<Date> {
        let (triaged, ..) = report.triaged?;
        Some(later(triaged, if report.injury == Injury::Reportable { 36 } else { self.figures.incident }))
    }

    /// Whether a hold keeps a file: its own, one on a measure that rests on it, or one on whom it is about.
    pub fn is_held(&self, file: File) -> bool {
        let any_of = |subject| self.same(subject).into_iter().any(|same| self.has_hold(File::Subject(same)));
        self.has_hold(file)
            || match file {
                File::Subject(id) => any_of(id),
                File::Measure(id) => {
                    let story = &self.stories[&id];
                    story.with_an_ombudsman || any_of(story.subject)
                }
                File::Incident(id) => {
                    let found = self.reports[&id].triaged.and_then(|(_, subject, _)| subject);
                    found.is_some_and(any_of)
                        || self
                            .rests
                            .get(&id)
                            .into_iter()
                            .flatten()
                            .any(|measure| self.is_held(File::Measure(*measure)))
                }
                _ => false,
            }
    }

    /// The last day an incident is kept; `None` while it waits for triage or something live rests on it.
    fn incident_may_go(&self, incident: IncidentId) -> Option<Date> {
        let own = self.incident_clock(&self.reports[&incident])?;
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
        let of = |subject| self.incidents_about.get(&subject).into_iter().flatten();
        for incident in self.same(subject).into_iter().flat_map(of) {
            last = last.max(self.reports[incident].gone?);
            about = true;
        }
        Some(if about { last } else { opened.checked_add(14.days()).expect("a date of this age") })
    }

    /// Once the system has done its work for a day, nothing is kept beyond its time and nothing lapsed is left open.
    pub fn nothing_is_overdue_for_destruction(&self, today: Date) {
        for (id, story) in &self.stories {
            if let (Some(ended), None, None, false) =
                (story.ended, story.gone, story.appeal, self.is_held(File::Measure(*id)))
            {
                assert!(today <= later(ended, self.figures.measure), "{id:?} outlives its purpose");
            }
            if let (Some(ended), true, false) = (story.ended, story.sealed, self.is_held(File::Measure(*id)))
            {
                assert!(today <= later(ended, 15), "the decision file of {id:?} outlives its purpose");
            }
            let lapsed = story.marker.as_ref().is_some_and(|marker| {
                !marker.over
                    && story.ended.is_none()
                    && story.told.is_none()
                    && marker.until.is_some_and(|until| today > until)
            });
            assert!(!lapsed, "{id:?} has a marker that lapsed and was not recorded");
        }
        for (id, report) in self.reports.iter().filter(|(_, report)| report.gone.is_none()) {
            let may_be_over = self.incident_clock(report).is_some_and(|own| today > own);
            if may_be_over && let Some(last) = self.incident_may_go(*id).filter(|last| today > *last) {
                assert!(
                    self.is_held(File::Incident(*id))
                        || self.resting_on(*id).any(|story| story.appeal.is_some()),
                    "{id:?} outlives its purpose since {last}"
                );
            }
        }
        for (id, (_, gone)) in &self.subjects {
            if gone.is_none()
                && !self.is_held(File::Subject(*id))
                && let Some(last) = self.subject_may_go(*id)
            {
                assert!(today <= last, "{id:?} outlives its purpose");
            }
        }
        for (id, sitting) in self.sittings.iter().filter(|(_, sitting)| sitting.gone.is_none()) {
            let over = sitting.over.is_some_and(|closed| today > later(closed, self.figures.meeting));
            assert!(!over, "the papers of {id:?} outlive their purpose");
        }
        let kept_from = today.checked_sub(self.figures.accesses.months()).expect("a date of this age");
        let months =
            self.opened.expect("set up").series(1.month()).take_while(|day| day.last_of_month() < kept_from);
        for day in months {
            let month = AccessMonth::of(day);
            assert!(
                self.accesses_gone.contains_key(&month),
                "{month} of the access log outlives its purpose"
            );
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

/// Asks about looks, or closes them: whoever oversees, and neither the reader nor their manager.
fn oversees_somebody_else(world: &World, by: Actor, reader: AccountId) {
    let Actor::Account(id) = by else { panic!("a person oversees looks") };
    let (by, reader) = (world.register.account(id), world.register.account(reader));
    let (by, reader) = (by.expect("an account"), reader.expect("an account"));
    assert!(by.roles.contains(&Role::DataProtection) || by.roles.contains(&Role::Auditor));
    assert_ne!(by.id, reader.id, "nobody looks into their own looks");
    assert!(!by.roles.contains(&Role::LineManager) || by.team != reader.team, "nor a manager of the reader");
}

/// Whoever may speak for their own team only speaks for no other.
pub fn speaks_for(world: &World, by: Actor, action: Action, team: TeamId) {
    let Actor::Account(account) = by else { panic!("a person speaks for a team") };
    let account = world.register.account(account).expect("an account");
    assert!(account.extent(action) == Extent::All || account.team == team, "nobody speaks for another team");
}

/// Whether the policy keeps decision files longer than the rest.
fn keeps_decision_files(world: &World) -> bool {
    world.register.policy().figure(Figure::SealedDecisionFile) == 15
}

fn assert_judged(rating: Rating, answer: &Particulars<Answer>, today: Date) {
    let answer = answer.known().expect("the words of a judgement");
    assert!(rating.control == Control::Accept || answer.action.is_some(), "something is done about it");
    assert!(rating.deadline.is_none_or(|deadline| today <= deadline));
    assert!((1..=30).contains(&rating.score()));
}

fn assert_answered(story: &Story) {
    for test in rules::asked(story.kind) {
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
    rules::limits_leave_a_way(kind, plan);
    match kind {
        Kind::Entry => assert!(!plan.audience.is_empty() && !plan.precautions.is_empty()),
        Kind::Restriction => assert!(!plan.restrictions.is_empty()),
        Kind::Warning => {}
    }
}
