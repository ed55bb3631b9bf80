//! What must be true of the register as it stands when an event is about to come true: rules that need no second book.
//!
//! Each is what one refusal of the register is for; `script/guards` takes the refusals out one by one and expects this to notice.

use crate::book::speaks_for;
use crate::partners;
use crate::support::World;
use jiff::civil::Date;
use register::appeal::{Appeal, AppealOutcome};
use register::assessment::{Age, Finding, Plan, Recommendation, Test, age_of};
use register::contact::{Matter, Means, Place, Replies, Treatment};
use register::event::Event;
use register::ids::{AccountId, IncidentId, MeasureId, SubjectId, TeamId};
use register::incident::Identity;
use register::involved::Whom;
use register::measure::{InterimStage, Kind, Life, Measure, Stage};
use register::moment::{Actor, Moment};
use register::people::{
    Account, AccountDetails, Action, Extent, Grant, Progress, Role, Standing, Suspension,
};
use register::personal::Particulars;
use register::policy::{Clause, Code, List};
use register::subject::SubjectDetails;
use std::collections::BTreeSet;

/// Asserts what this event needs, before the register takes it in.
pub fn allow(world: &World, event: &Event, moment: Moment) {
    match event {
        Event::AccountOpened { account, roles, team, details }
        | Event::AccountChanged { account, roles, team, details } => {
            account_fits(world, *account, roles, *team, details);
            let before = world.register.account(*account).map(|account| &account.roles);
            let has = |role: &Role| role.is_check_only() || before.is_some_and(|roles| roles.contains(role));
            let at_once = roles.iter().all(has);
            let becomes_a_program = |known: &Account| {
                known.is_program() != roles.iter().any(|role| role.is_program()) && !roles.is_empty()
            };
            assert!(
                !world.register.account(*account).is_some_and(becomes_a_program),
                "a person becomes no program, and a program no person"
            );
            assert!(
                !is_directory(world, moment.by) || !roles.iter().any(|role| role.is_program()),
                "the directory tells of people"
            );
            assert!(at_once || moment.by == Actor::System, "nobody alone gives a role that reads");
        }
        Event::GrantAsked { account, .. } | Event::GrantGiven { account, .. } => {
            let account = world.register.account(*account).expect("an account");
            assert_eq!(account.standing, Standing::Open, "a closed account is given nothing");
            let (Event::GrantAsked { grant, roles, .. } | Event::GrantGiven { grant, roles, .. }) = event
            else {
                return;
            };
            assert!(
                !is_directory(world, moment.by) || !roles.iter().any(|role| role.is_program()),
                "the directory gives nobody the role of a program"
            );
            let for_programs = *grant == Grant::Secret;
            assert!(
                *grant == Grant::Roles || account.is_program() == for_programs,
                "a program holds a secret, and a person what people sign in with"
            );
            if let Event::GrantGiven { grant, .. } = event
                && let Some(asked) = account.grants.asked(*grant, moment.at)
            {
                let waited = moment.at.duration_since(asked.moment.at);
                assert!(waited.as_hours() < 72 || waited.as_secs() == 72 * 3600, "what was asked lapses");
            }
        }
        Event::StarterNoted { account, team, .. } => {
            let known =
                world.register.account(*account).is_some() || world.register.request(*account).is_some();
            assert!(!known && world.register.team(*team).is_some(), "somebody new, in a team that there is");
        }
        Event::AccessAsked { account, team, roles, from, until, newcomer } => {
            speaks_for(world, moment.by, Action::AskAccess, *team);
            assert!(!roles.is_empty() && roles.iter().all(|role| role.is_check_only()), "no role that reads");
            let last = until.unwrap_or(Date::MAX);
            assert!(last >= *from && last >= moment.date(), "access has a day left");
            assert!(!roles.contains(&Role::Contractor) || until.is_some(), "a contractor's is for a time");
            let before = world.register.request(*account);
            assert!(
                before.is_none_or(|request| request.progress == Progress::Noted && request.team == *team)
            );
            let open = world.register.account(*account);
            assert!(open.is_none_or(|account| account.roles.is_empty() && account.team == *team));
            let email = newcomer.known().map(|newcomer| newcomer.email.as_str().to_lowercase());
            let other = world.register.account_by_email(&email.expect("an address"));
            assert!(other.is_none_or(|other| other.id == *account), "an address belongs to one account");
        }
        Event::AccessNotGiven { account, .. } => {
            let request = world.register.request(*account);
            let waits = request.is_none_or(|it| it.asked().is_some() || it.progress == Progress::Noted);
            assert!(waits && moment.by != Actor::System, "what waits is answered, once, by a person");
            let own =
                request.map(|request| request.team).or(world.register.account(*account).map(|it| it.team));
            let Actor::Account(by) = moment.by else { panic!("a person answers") };
            let by = world.register.account(by).expect("an account");
            let manages = by.extent(Action::ManageAccounts) == Extent::All;
            let asked = request.is_some_and(|request| request.asked().is_some());
            let manager = by.extent(Action::AskAccess) > Extent::Nothing && Some(by.team) == own;
            assert!(manager || (manages && asked), "a manager says whether it is needed");
        }
        Event::AccessConfirmed { account }
            if world.register.account(*account).is_some_and(|of| {
                of.standing == Standing::Suspended(Suspension::Left) && is_directory(world, moment.by)
            }) => {}
        Event::AccessConfirmed { account } | Event::AccountMoved { account, .. } => {
            let of = world.register.account(*account).expect("an account");
            assert_ne!(moment.by, Actor::Account(*account), "nobody answers for their own account");
            assert_ne!(of.standing, Standing::Closed, "a closed account is not kept");
            answers_for(world, of, moment);
            if let Event::AccountMoved { roles, team, .. } = event {
                assert!(!of.is_program(), "a program moves nowhere");
                assert!(roles.is_subset(&of.roles) && roles.iter().all(|role| role.is_check_only()));
                assert!(world.register.team(*team).is_some() && *team != of.team, "to another team");
            }
        }
        Event::AccountClosed { account } => {
            let of = world.register.account(*account).expect("an account");
            assert_ne!(of.standing, Standing::Closed, "an account is closed once");
            let over = of.until.is_some_and(|until| moment.date() > until);
            assert!(moment.by != Actor::System || over, "an account ends by itself after its last day");
            if let Actor::Account(by) = moment.by {
                let by = world.register.account(by).expect("an account");
                let manages = by.extent(Action::ManageAccounts) == Extent::All;
                assert!(
                    manages || is_directory(world, moment.by) || {
                        answers_for(world, of, moment);
                        true
                    }
                );
            }
        }
        Event::AccountSuspended { account, why: Suspension::Left } => {
            let of = world.register.account(*account).expect("an account");
            assert!(is_directory(world, moment.by) && !of.is_program(), "the directory tells of people");
        }
        Event::AccountSuspended { account, why: Suspension::Lapsed } => {
            let open = |account: &&Account| account.standing == Standing::Open && !account.roles.is_empty();
            let others = || world.register.accounts().filter(open).filter(|other| other.id != *account);
            let own = &world.register.account(*account).expect("an account").roles;
            for role in [Role::DecisionMaker, Role::RegisterTeam] {
                let can = |role: &Role| {
                    match role {
                        Role::DecisionMaker => &[Role::DecisionMaker][..],
                        // Letters are approved by either, accounts managed by the other or an administrator.
                        _ => &[Role::RegisterTeam, Role::DecisionMaker, Role::Administrator],
                    }
                    .to_vec()
                };
                let left = others().any(|other| can(&role).iter().any(|role| other.roles.contains(role)));
                assert!(left || !own.contains(&role), "somebody is left who can do it");
            }
        }
        Event::SubjectOpened { details, .. } => is_named(details),
        Event::SubjectDescribed { subject, details } => {
            is_named(details);
            let before = world.register.subject(*subject).and_then(|subject| subject.details.known());
            let same = before.zip(details.known()).is_some_and(|(before, after)| {
                matches!(before, SubjectDetails::Person(_)) == matches!(after, SubjectDetails::Person(_))
            });
            assert!(same, "a person does not become a place");
        }
        Event::IncidentReported { facts, .. } => in_policy(world, List::Behaviour, &facts.behaviours),
        Event::IncidentConfirmed { incident, .. } | Event::IncidentAddedTo { incident, .. } => {
            of_own_team(world, moment, Action::ConfirmIncident, &[*incident]);
        }
        Event::InvolvedNamed { incident, who, .. } => {
            of_own_team(world, moment, Action::ConfirmIncident, &[*incident]);
            if let Some(Whom::Staff(account)) = who.known() {
                let account = world.register.account(*account).expect("a colleague has an account");
                assert!(!account.is_program(), "a program is nobody");
            }
        }
        Event::MeasureProposed { subject, sponsor, incidents, .. } => {
            let standing = world.register.account(*sponsor).map(|account| account.standing);
            assert_eq!(standing, Some(Standing::Open), "somebody answers for a measure");
            incidents.iter().for_each(|incident| may_be_about(world, *incident, *subject));
        }
        Event::ImportProposed { sponsor, .. } => {
            let standing = world.register.account(*sponsor).map(|account| account.standing);
            assert_eq!(standing, Some(Standing::Open), "somebody answers for a list");
        }
        Event::EntryImported { plan, sponsor, .. } => {
            plan_in_policy(world, plan);
            limits_leave_a_way(Kind::Entry, plan);
            let standing = world.register.account(*sponsor).map(|account| account.standing);
            assert_eq!(standing, Some(Standing::Open), "somebody answers for a provisional entry");
        }
        Event::IncidentJoined { measure, incident } => {
            let subject = measure_of(world, *measure).subject;
            may_be_about(world, *incident, subject);
            let triage = world.register.incident(*incident).and_then(|incident| incident.triage.as_ref());
            if let Some(triage) = triage.filter(|triage| triage.measure == Some(*measure)) {
                let found = triage.subject.expect("triage says whom it is about");
                assert!(are_one(world, found, subject), "triage says whom it is about");
            }
        }
        Event::InterimAsked { measure, incident, plan, .. } => {
            plan_in_policy(world, plan);
            limits_leave_a_way(Kind::Entry, plan);
            of_own_team(world, moment, Action::AskInterim, &[*incident]);
            let measure = measure_of(world, *measure);
            may_be_about(world, *incident, measure.subject);
            assert!(measure.decision().is_none(), "a marker is for what nobody has decided yet");
        }
        Event::InterimAgreed { measure, .. } => {
            of_own_case(world, moment, Action::AgreeInterim, measure_of(world, *measure));
        }
        Event::InterimEnded { measure } if moment.by != Actor::System => {
            let measure = measure_of(world, *measure);
            of_own_case(world, moment, Action::AgreeInterim, measure);
            let stage = measure.interim.as_ref().map(|interim| interim.stage);
            assert_eq!(stage, Some(InterimStage::Asked), "a marker that was agreed ends by time alone");
        }
        Event::PlanSet { plan, measure } => {
            plan_in_policy(world, plan);
            limits_leave_a_way(measure_of(world, *measure).kind, plan);
        }
        Event::TestAnswered { measure, test, .. } => {
            assert!(is_asked(measure_of(world, *measure).kind, *test), "only what is asked is answered");
        }
        Event::ContactLogged { measure, received_on, matter, treatment, passed_to, words, .. } => {
            assert!(words.known().is_some() && *received_on <= moment.date());
            let measure = measure_of(world, *measure);
            let plan = measure.plan_in_force();
            let limited = plan.is_some_and(|plan| !plan.restrictions.is_empty());
            assert!(measure.kind == Kind::Restriction || limited, "only limited contact is logged");
            assert!(measure.stage() != Stage::Ended, "nobody's contact is logged for ever");
            deals_with_the_customer(world, measure, moment);
            let left = *treatment == Treatment::Left;
            assert!(!left || *matter == Matter::Same, "another matter is never left");
            let said_so = plan.is_some_and(|plan| plan.limits.replies == Replies::OnlyNew);
            assert!(!left || said_so, "nothing is left where the limits do not say so");
            let team = passed_to.and_then(|team| world.register.team(team));
            assert_eq!(*treatment == Treatment::PassedOn, team.is_some(), "what is passed on has a team");
        }
        Event::ContactAnswered { measure, contact, .. } => {
            let measure = measure_of(world, *measure);
            deals_with_the_customer(world, measure, moment);
            let contact = usize::try_from(*contact).ok().and_then(|place| measure.contacts.get(place));
            let contact = contact.expect("a contact that was logged");
            assert!(contact.passed_to.is_some() && contact.answered.is_none(), "answered once");
        }
        Event::LegalAdviceKept { measure, asked_on, .. } => {
            assert!(*asked_on <= moment.date(), "nobody asked tomorrow");
            assert_ne!(
                measure_of(world, *measure).stage(),
                Stage::Destroyed,
                "there is something to advise on"
            );
        }
        Event::DisputeRecorded { measure, received_on, .. } => {
            assert!(*received_on <= moment.date(), "nobody disputes tomorrow");
            let open = measure_of(world, *measure).disputes.iter().any(|dispute| dispute.answer.is_none());
            assert!(!open, "what was said before is answered first");
        }
        Event::DisputeAnswered { measure, .. } => {
            let disputes = &measure_of(world, *measure).disputes;
            let open = disputes.iter().find(|dispute| dispute.answer.is_none()).expect("a dispute");
            assert_ne!(open.moment.by, moment.by, "whoever wrote it down does not answer it");
        }
        Event::ComplaintRecorded { measure, taken_up_on, .. } => {
            let measure = measure_of(world, *measure);
            assert!(!matches!(measure.life, Life::Destroyed(_)), "there is something left to look at");
            let decided = measure.appeals.iter().filter_map(Appeal::decided).next_back();
            let (outcome, decided, _) = decided.expect("an appeal was decided");
            assert_ne!(outcome, AppealOutcome::Upheld, "who was right has nothing to complain of");
            assert!(decided.date() <= *taken_up_on && *taken_up_on <= moment.date());
            let ended = measure.complaints.iter().all(|complaint| complaint.end.is_some());
            assert!(ended, "one complaint at a time");
        }
        Event::ComplaintEnded { measure, ended_on, .. } => {
            let last = measure_of(world, *measure).complaints.last().expect("a complaint");
            assert!(last.end.is_none(), "a complaint ends once");
            assert!(last.taken_up_on <= *ended_on && *ended_on <= moment.date());
        }
        Event::SponsorChanged { sponsor, .. } => {
            let standing = world.register.account(*sponsor).map(|account| account.standing);
            assert_eq!(standing, Some(Standing::Open), "somebody who is there answers for a measure");
        }
        Event::ReviewAnswered { measure, .. } => {
            let measure = measure_of(world, *measure);
            if moment.by != Actor::Account(measure.sponsor) {
                of_own_case(world, moment, Action::AnswerReview, measure);
            }
        }
        Event::PolicyProposed { policy, .. } => {
            let policy = policy.known().expect("a policy");
            let mut terms = policy.lists().values().flatten();
            assert!(terms.all(|term| !term.words.trim().is_empty()), "every code says what it means");
            for clause in Clause::ALL {
                let words = policy.clause(*clause);
                assert!(words.chars().count() <= 1_000, "a clause is read");
                assert!(
                    clause.must_say().iter().all(|word| words.contains(word)),
                    "what the customer is owed"
                );
                assert!(
                    clause.blanks().iter().all(|blank| words.contains(&blank.in_braces())),
                    "what is filled in"
                );
                assert!(!words.contains("{somebody}"), "nothing stays open");
            }
        }
        Event::ActionAgreed { who, .. } => {
            let standing = world.register.account(*who).map(|account| account.standing);
            assert_eq!(standing, Some(Standing::Open), "an action is asked of somebody who is there");
        }
        Event::OccupantsChanged { subject, since, .. } => {
            let details = world.register.subject(*subject).and_then(|subject| subject.details.known());
            assert!(matches!(details, Some(SubjectDetails::Premises(_))), "a person has no occupants");
            assert!(*since <= moment.date());
        }
        Event::AssessmentCompleted { measure, recommendation } => {
            is_answered(world, measure_of(world, *measure), *recommendation, moment);
        }
        Event::LetterWritten { measure, letter } => {
            let letter = letter.known().expect("a letter");
            is_addressed(world, measure_of(world, *measure), &letter.addressee);
        }
        Event::LetterApproved { measure } | Event::LetterSent { measure, .. } => {
            let measure = measure_of(world, *measure);
            let Some(register::notice::Draft::Written { letter, .. }) = measure.draft() else {
                panic!("a letter was written");
            };
            is_addressed(world, measure, &letter.known().expect("a letter").addressee);
        }
        Event::WithholdingAsked { measure, ground, .. } => {
            in_policy(world, List::WithholdingGround, std::slice::from_ref(ground));
            let decided = matches!(measure_of(world, *measure).life, Life::Decided { .. });
            assert!(decided, "whether to tell is asked once, then at every review");
        }
        _ => {}
    }
}

/// Whoever says of an account whether it is kept: its line manager, the register team for managers and teams without one, and for the
/// register team's whoever decides or configures; after misuse whoever manages accounts.
fn answers_for(world: &World, account: &Account, moment: Moment) {
    let Actor::Account(by) = moment.by else { panic!("a person answers for an account") };
    let by = world.register.account(by).expect("an account");
    let is = |role| by.roles.contains(&role);
    let mut team = world.register.accounts().filter(|other| other.team == account.team);
    // Who answers is settled before anything of one answer comes true: a manager given back by it answers from then on.
    let managed = team.any(|other| {
        let manages = other.standing == Standing::Open && other.roles.contains(&Role::LineManager);
        manages && other.confirmed != Some(moment)
    });
    let may = if account.roles.contains(&Role::RegisterTeam) {
        is(Role::DecisionMaker) || is(Role::Administrator)
    } else if world.register.misuse(account.id).is_some() {
        is(Role::RegisterTeam) || is(Role::Administrator)
    } else if account.roles.contains(&Role::LineManager) || !managed {
        is(Role::RegisterTeam)
    } else {
        is(Role::LineManager) && by.team == account.team
    };
    assert!(may, "whoever answers for it says whether an account is kept");
}

fn is_directory(world: &World, by: Actor) -> bool {
    let Actor::Account(by) = by else { return false };
    world.register.account(by).is_some_and(|by| by.roles.contains(&Role::Directory))
}

fn measure_of(world: &World, measure: MeasureId) -> &Measure {
    world.register.measure(measure).expect("a measure")
}

/// An account has a role and a team, no role that reads beside the administrator's, and an address of its own.
fn account_fits(
    world: &World,
    account: AccountId,
    roles: &BTreeSet<Role>,
    team: TeamId,
    details: &Particulars<AccountDetails>,
) {
    // Roles that a second person must agree to are missing at first, so none may be.
    assert!(roles.len() < 2 || !roles.contains(&Role::Administrator), "an administrator reads nothing");
    let team = world.register.team(team).expect("an account has a team");
    let is_program = roles.iter().any(|role| matches!(role, Role::System | Role::Directory));
    assert!(roles.len() < 2 || !is_program, "a program has one role");
    let reads = roles.iter().any(|role| !role.is_check_only() && *role != Role::System);
    assert!(team.partner.is_none() || !reads, "a partner's worker opens no file");
    let email = |details: &Particulars<AccountDetails>| {
        details.known().map(|details| details.email.as_str().to_lowercase())
    };
    let others = world.register.accounts().filter(|other| other.id != account);
    let mut open = others.filter(|other| other.standing != Standing::Closed);
    assert!(open.all(|other| email(&other.details) != email(details)), "an address belongs to one account");
}

fn is_named(details: &Particulars<SubjectDetails>) {
    if let Some(SubjectDetails::Person(person)) = details.known() {
        assert!(!person.names.is_empty(), "a person has a name");
    }
}

fn in_policy(world: &World, list: List, codes: &[Code]) {
    let known = |code: &Code| world.register.policy().words(list, code).is_some();
    assert!(codes.iter().all(known), "only what the policy lists is said of anybody: {codes:?}");
}

fn plan_in_policy(world: &World, plan: &Plan) {
    assert!(partners::may_be_told(world, &plan.audience), "a partner is told under an agreement in force");
    in_policy(world, List::Precaution, &plan.precautions);
    in_policy(world, List::Restriction, &plan.restrictions);
}

/// Whoever may act for their own team only acts on what was reported from there.
fn of_own_team(world: &World, moment: Moment, action: Action, incidents: &[IncidentId]) {
    let reports = incidents.iter().filter_map(|id| world.register.incident(*id));
    acts_for_own_team(world, moment, action, &reports.map(|report| report.team).collect());
}

/// The same of a measure, which is also of the team on whose list it stood.
fn of_own_case(world: &World, moment: Moment, action: Action, measure: &Measure) {
    acts_for_own_team(world, moment, action, &teams_of(world, measure));
}

fn acts_for_own_team(world: &World, moment: Moment, action: Action, teams: &BTreeSet<TeamId>) {
    let Actor::Account(account) = moment.by else { return };
    let account = world.register.account(account).expect("account");
    let own = teams.contains(&account.team);
    assert!(own || account.extent(action) != Extent::Team, "a manager acts for the own team only");
}

/// The teams that reported what is behind a measure, or kept the list that it came from.
pub fn teams_of(world: &World, measure: &Measure) -> BTreeSet<TeamId> {
    let reports = measure.incidents.iter().filter_map(|id| world.register.incident(*id));
    let list = measure.origin.and_then(|origin| world.register.import(origin.import));
    reports.map(|report| report.team).chain(list.map(|list| list.team)).collect()
}

/// An incident that triage found to be about somebody is behind no measure about another.
fn may_be_about(world: &World, incident: IncidentId, subject: SubjectId) {
    let triage = world.register.incident(incident).and_then(|incident| incident.triage.as_ref());
    let found = triage.and_then(|triage| triage.subject);
    let is_theirs = found.is_none_or(|found| are_one(world, found, subject));
    assert!(is_theirs, "nobody answers for what another did");
}

/// Whether two files are one, or joined to the same.
fn are_one(world: &World, one: SubjectId, other: SubjectId) -> bool {
    let goes_on =
        |subject| std::iter::successors(Some(subject), |subject| world.register.joined_to(*subject)).last();
    goes_on(one) == goes_on(other)
}

/// A complete assessment has every part and, where it recommends to approve, every test holds and an age is known.
fn is_answered(world: &World, measure: &Measure, recommends: Recommendation, moment: Moment) {
    let assessment = &measure.assessment;
    let parts = assessment.plan.is_some() && assessment.proportionality.is_some();
    assert!(
        parts && asked(measure.kind).all(|test| assessment.answers.contains_key(test)),
        "nothing is skipped"
    );
    if recommends == Recommendation::Approve {
        let holds = assessment.answers.values().all(|answer| answer.finding == Finding::Holds);
        assert!(holds, "nothing is recommended that fails a test");
        let mut triages =
            measure.incidents.iter().filter_map(|id| world.register.incident(*id)?.triage.as_ref());
        let is_its = triages.any(|triage| {
            triage.subject.is_some_and(|found| are_one(world, found, measure.subject))
                && matches!(triage.identity, Identity::Certain | Identity::Likely)
        });
        assert!(is_its, "somebody says still that it was this person");
        let age = age_of(&world.register, measure, moment.date());
        assert_ne!(age, Age::Unknown, "nothing is recommended about somebody whose age nobody asked");
    }
}

/// Ten tests of every measure, and six more of what limits contact.
pub fn asked(kind: Kind) -> impl Iterator<Item = &'static Test> {
    Test::ALL.iter().take(if kind == Kind::Restriction { 16 } else { 10 })
}

fn is_asked(kind: Kind, test: Test) -> bool {
    asked(kind).any(|asked| *asked == test)
}

/// Whoever logs what a customer sends is told of the limits, answers for them, or works where it was reported.
fn deals_with_the_customer(world: &World, measure: &Measure, moment: Moment) {
    let Actor::Account(account) = moment.by else { panic!("contact is logged by a person") };
    let account = world.register.account(account).expect("account");
    if account.extent(Action::LogContact) == Extent::All {
        return;
    }
    let told = measure
        .plan_in_force()
        .is_some_and(|plan| plan.audience.is_empty() || plan.audience.contains(&account.team));
    let own = measure.sponsor == account.id || teams_of(world, measure).contains(&account.team);
    assert!(own || world.register.partner_of(account.team).is_none(), "no partner logs it for its audience");
    assert!(told || own, "contact is logged by those it concerns");
}

/// No limit cuts somebody off, keeps them from what is everybody's, or leaves them guessing whom to turn to.
pub fn limits_leave_a_way(kind: Kind, plan: &Plan) {
    let (limits, words) = (&plan.limits, plan.words.known().expect("the words of a plan"));
    let everybodys = [Place::Meetings, Place::Surgeries, Place::Polls];
    assert!(everybodys.iter().all(|place| !limits.places.contains(place)), "a right is never limited");
    assert!(limits.most.is_none_or(|most| most.contacts > 0), "never is no allowance");
    let only_there = limits.means == [Means::InPerson].into();
    assert!(!only_there || !limits.places.contains(&Place::Offices), "one way stays open");
    assert!(kind != Kind::Restriction || words.point_of_contact.is_some(), "there is somebody to turn to");
    for restriction in &plan.restrictions {
        let says = match restriction.as_str() {
            "SPOC" => words.point_of_contact.is_some(),
            "WRIT" => !limits.means.is_empty() && !limits.means.contains(&Means::Phone),
            "SITE" => !limits.places.is_empty(),
            _ => true,
        };
        assert!(says, "{restriction} says what it comes to");
    }
}

/// A letter goes to where its subject can be reached now.
fn is_addressed(world: &World, measure: &Measure, addressee: &[String]) {
    let subject = world.register.subject(measure.subject).and_then(|subject| subject.details.known());
    let addresses = subject.map_or(&[][..], SubjectDetails::addresses);
    let current = addresses.iter().find(|address| address.until.is_none()).expect("an address that holds");
    let lines = addressee.join(", ");
    assert!(lines.contains(current.lines.as_str()), "a letter goes to the address of today: {lines}");
}
