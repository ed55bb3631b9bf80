//! One event of every kind, written out. Frozen with `samples/events-v1.jsonl`; the people and places are invented.

use jiff::civil::{date, time};
use register::appeal::{AppealOutcome, AppealWords, Appellant, Ground as AppealGround, Lodged, Way};
use register::assessment::{Band, Finding, Plan, PlanWords, Proportionality, Recommendation, Test};
use register::contact::{Every, Limits, Matter, Means, Most, Place, Replies, Treatment};
use register::dispute::DisputeOutcome;
use register::event::Event;
use register::exclusion::Closeness;
use register::glass::{Emergency, GlassFinding};
use register::ids::{
    AccessMonth, AccountId, AttachmentId, File, ImportId, IncidentId, MeasureId, MeetingId, PartnerId,
    RiskId, SubjectId, TeamId,
};
use register::import::{Fingerprint, ListWords, SubjectFile};
use register::incident::{
    Attachment, Channel, Danger, Described, Facts, Identity, Injury, Media, Narrative, Police, Protection,
};
use register::involved::{Involvement, Whom};
use register::legal::LegalWords;
use register::looks::LooksFinding;
use register::measure::{EndReason, Kind};
use register::meeting::MeetingOutcome;
use register::notice::{Content, Delivery, Letter, Occasion, Section};
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::partner::{AgreementWords, News, Properties, Property, Relationship, Shared, Terms};
use register::people::{AccountDetails, Contact, Grant, Newcomer, Role, Suspension};
use register::personal::{Locker, Particulars, Text};
use register::policy::{
    ChangeNumber, Clause, Code, Consulted, Council, Desk, Figure, List, Policy, Term, Version,
};
use register::retention::Ground;
use register::review::Advice;
use register::risk::{Answer, Control, Impact, Likelihood, Rating, RiskWords, Sign};
use register::subject::{
    Address, AgeBand, Born, NameKind, OtherReference, Person, PersonName, Premises, SubjectDetails,
};
use register::training::Course;
use register::view::Purpose;
use std::collections::{BTreeMap, BTreeSet};

fn text(words: &str) -> Text {
    Text::new(words).expect("text")
}

fn some(words: &str) -> Option<Text> {
    Some(text(words))
}

fn code(letters: &str) -> Code {
    Code::new(letters).expect("a code")
}

fn words(locker: Locker, words: &str) -> Particulars<Text> {
    Particulars::new(locker, text(words))
}

fn account() -> AccountId {
    AccountId::from_bits(0x10_2030_4050)
}

fn team() -> TeamId {
    TeamId::from_bits(0x20_0000_0001)
}

fn subject() -> SubjectId {
    SubjectId::from_bits(0x30_5a5a_5a5a)
}

fn incident() -> IncidentId {
    IncidentId::from_bits(0x3b_3e36_5f5d)
}

fn measure() -> MeasureId {
    MeasureId::from_bits(0xff_ffff_ffff)
}

fn desk(name: &str, phone: &str, email: &str) -> Desk {
    Desk { name: text(name), phone: text(phone), email: text(email) }
}

pub fn council() -> Council {
    Council {
        name: text("Ambermere Borough Council"),
        register_name: text("Personal Safety Register"),
        address: vec![text("Town Hall"), text("Market Square"), text("Ambermere ZZ99 1AA")],
        duty_desk: desk("Customer Relations", "01632 960100", "duty@ambermere.example"),
        appeals_desk: desk("Appeals", "01632 960101", "appeals@ambermere.example"),
        data_protection_desk: desk("Data Protection Officer", "01632 960102", "dpo@ambermere.example"),
    }
}

/// The figures that a policy had when the first shape of it was frozen, with two of its own.
fn figures() -> BTreeMap<Figure, u32> {
    use Figure::*;
    let first = [
        ReviewInterval,
        RedReviewInterval,
        ReviewNotice,
        InterimLife,
        Triage,
        Assess,
        Decide,
        Notify,
        AppealLodge,
        AppealDecide,
        WarningWatch,
        AgeThreshold,
        RetainMeasure,
        RetainIncident,
        DraftLife,
    ];
    let mut figures: BTreeMap<_, _> = first.map(|figure| (figure, figure.default_value())).into();
    figures.extend([(RedReviewInterval, 2), (RetainIncident, 24)]);
    figures
}

fn policy() -> Policy {
    let term = |letters, words: &str| Term { code: code(letters), words: words.to_owned() };
    Policy::new(
        Version(1),
        date(2026, 4, 1),
        text("Unreasonable Customer Behaviour Policy"),
        figures(),
        BTreeMap::from([
            (List::Behaviour, vec![term("THR", "Threat to people"), term("VA", "Verbal abuse")]),
            (List::Precaution, vec![term("NLV", "Do not visit alone")]),
            (List::Restriction, vec![term("SPOC", "Contact through one named person")]),
            (List::WithholdingGround, vec![term("VIOL", "Telling now is likely to cause violence")]),
        ]),
    )
}

/// The same policy, but for keeping decision files.
fn keeping_decision_files() -> Policy {
    let policy = policy();
    let lists = policy.lists().clone();
    let figures = policy.adopted_figures().chain([(Figure::SealedDecisionFile, 15)]).collect();
    Policy::new(policy.version, policy.effective, policy.name, figures, lists)
}

/// The same policy, with a clause as the council words it.
fn in_its_own_words() -> Policy {
    let asked =
        "You can appeal at appeals.ambermere.example with the reference {reference} and the code {code}.";
    policy().with_clauses([(Clause::AppealOnline, text(asked))].into())
}

fn newcomer(work: Option<Text>) -> Particulars<Newcomer> {
    Particulars::new(
        Locker::Account(account()),
        Newcomer { name: text("Amy Dell"), email: text("amy.dell@ambermere.example"), work },
    )
}

fn details(phone: Option<Text>) -> Particulars<AccountDetails> {
    Particulars::new(
        Locker::Account(account()),
        AccountDetails { name: text("Amy Dell"), email: text("amy.dell@ambermere.example"), phone },
    )
}

fn address(until: Option<jiff::civil::Date>) -> Address {
    Address {
        lines: text("Flat 2\n14 Sallow Row"),
        postcode: some("ZZ99 4QT"),
        uprn: Some(100_012_345_678),
        from: Some(date(2019, 12, 1)),
        until,
    }
}

fn person(born: Born) -> SubjectDetails {
    SubjectDetails::Person(Person {
        names: vec![
            PersonName { kind: NameKind::Main, full: text("Siân \"Sam\" O’Hara-Nowak") },
            PersonName { kind: NameKind::Former, full: text("Siân Price") },
        ],
        born,
        addresses: vec![
            address(None),
            address(Some(date(2024, 2, 29))),
            Address { lines: text("No fixed abode"), postcode: None, uprn: None, from: None, until: None },
        ],
        phones: vec![text("07700 900123")],
        emails: vec![text("sam@post.example")],
        social: vec![text("@sam_o_h")],
        references: vec![OtherReference { system: text("Housing rents"), value: text("0042/17") }],
    })
}

fn bare_person(born: Born) -> SubjectDetails {
    SubjectDetails::Person(Person {
        names: vec![PersonName { kind: NameKind::Alias, full: text("“Spike”") }],
        born,
        addresses: Vec::new(),
        phones: Vec::new(),
        emails: Vec::new(),
        social: Vec::new(),
        references: Vec::new(),
    })
}

fn premises() -> SubjectDetails {
    SubjectDetails::Premises(Premises {
        description: text("Ground-floor flat with yard"),
        address: address(None),
    })
}

fn described(details: SubjectDetails) -> Particulars<SubjectDetails> {
    Particulars::new(Locker::Subject(subject()), details)
}

fn facts() -> Facts {
    Facts {
        happened_on: date(2026, 3, 29),
        happened_at: Some(time(0, 5, 0, 0)),
        channel: Channel::Home,
        behaviours: vec![code("THR"), code("VA")],
        danger: Danger::Called,
        injury: Injury::Minor,
        police: Police::Told,
        identity: Identity::Likely,
        protection: Protection::Wanted,
    }
}

fn narrative() -> Narrative {
    Narrative {
        what_happened: text("He blocked the door.\nHe said he knew where I park."),
        exact_words: some("\"I know your car\""),
        place: some("The hallway"),
        subject: Described {
            name: some("Sam O'Hara"),
            address: some("14 Sallow Row"),
            other: some("About fifty, grey van"),
            how_identified: some("Gave the name and the rent account"),
        },
        others_affected: some("A neighbour, who saw it"),
        weapon_or_damage: some("A dog, off the lead"),
        evidence: some("Body-worn alarm recording"),
        police_reference: some("Log 417 of 29 March"),
        needs: some("Says he has a hearing loss"),
        own_contribution: some("Two missed repairs appointments"),
        suggested_precautions: some("Two people"),
        likely_contact: some("Gas safety engineers"),
    }
}

fn bare_narrative() -> Narrative {
    Narrative {
        what_happened: text("Shouted at reception."),
        exact_words: None,
        place: None,
        subject: Described::default(),
        others_affected: None,
        weapon_or_damage: None,
        evidence: None,
        police_reference: None,
        needs: None,
        own_contribution: None,
        suggested_precautions: None,
        likely_contact: None,
    }
}

fn plan() -> Plan {
    Plan {
        band: Band::Amber,
        precautions: vec![code("NLV")],
        restrictions: vec![code("SPOC")],
        audience: vec![team(), TeamId::from_bits(2)],
        limits: Limits::default(),
        words: Particulars::new(
            Locker::Measure(measure()),
            PlanWords {
                band_reasons: text("A credible threat, once"),
                summary: text("Threatened an officer on a home visit."),
                audience_reasons: vec![text("Visits for repairs"), text("Visits for gas safety")],
                service_route: text("By phone to the housing desk, 9 to 5"),
                point_of_contact: None,
                times: None,
                ring_name: text("Customer Relations"),
                ring_phone: text("01632 960100"),
            },
        ),
    }
}

/// The same with everything that its restrictions come to.
fn limited() -> Plan {
    let limits = Limits {
        means: BTreeSet::from([Means::Email, Means::Letter]),
        most: Some(Most { contacts: 2, every: Every::Week }),
        replies: Replies::OnlyNew,
        places: BTreeSet::from([Place::Offices, Place::Libraries]),
    };
    let plan = plan();
    let words = plan.words.known().expect("words").clone();
    let point_of_contact = Some(text("The contact desk, 01632 960101"));
    let words = PlanWords { point_of_contact, times: Some(text("Tuesdays, 10 to 12")), ..words };
    Plan { limits, words: Particulars::new(plan.words.locker, words), ..plan }
}

fn letter() -> Letter {
    Letter {
        measure: measure(),
        title: "Your entry on our Personal Safety Register".to_owned(),
        addressee: vec!["Siân O’Hara-Nowak".to_owned(), "14 Sallow Row".to_owned()],
        dated: date(2026, 4, 20),
        sections: vec![
            Section {
                content: Content::WhatHappened,
                paragraphs: vec!["We are writing because of this.".to_owned(), "• a threat".to_owned()],
            },
            Section { content: Content::Policy, paragraphs: Vec::new() },
        ],
    }
}

fn accepted() -> Rating {
    let (impact, likelihood) = (Impact::Moderate, Likelihood::VeryLow);
    Rating { impact, likelihood, control: Control::Accept, deadline: None }
}

fn judged(action: Option<Text>) -> Particulars<Answer> {
    let (reasons, officer) = (text("Two lists were found"), text("Housing manager"));
    Particulars::new(Locker::Council, Answer { reasons, action, officer })
}

/// Every kind at its fullest, and after it what the kind looks like with as little as it can hold, where that differs.
pub fn events() -> Vec<Event> {
    let (incident, measure, subject, account, team) = (incident(), measure(), subject(), account(), team());
    let meeting = MeetingId::from_bits(0x40_1234_5678);
    let other_subject = SubjectId::from_bits(0x30_5a5a_5a5b);
    let import = ImportId::from_bits(0x50_0102_0304);
    let in_measure = |said: &str| words(Locker::Measure(measure), said);
    let in_incident = |said: &str| words(Locker::Incident(incident), said);
    vec![
        Event::RegisterOpened {
            council: Particulars::new(Locker::Council, council()),
            policy: Particulars::new(Locker::Council, policy()),
        },
        Event::TeamOpened { team, contact: Contact::Visits, name: words(Locker::Council, "Repairs") },
        Event::TeamOpened { team, contact: Contact::AtOffice, name: words(Locker::Council, "Reception") },
        Event::AccountOpened {
            account,
            roles: BTreeSet::from([Role::Officer, Role::LineManager]),
            team,
            details: details(some("01632 960103")),
        },
        Event::AccountChanged {
            account,
            roles: BTreeSet::from([Role::RegisterTeam]),
            team,
            details: details(None),
        },
        Event::AccountClosed { account },
        Event::SubjectOpened { subject, details: described(person(Born::On(date(1976, 2, 29)))) },
        Event::SubjectOpened { subject, details: described(premises()) },
        Event::SubjectDescribed { subject, details: described(bare_person(Born::Band(AgeBand::Adult))) },
        Event::SubjectDescribed { subject, details: described(bare_person(Born::Unknown)) },
        Event::SupportNeedsRecorded {
            subject,
            needs: words(Locker::Support(subject), "Hearing loss: text before ringing"),
        },
        Event::IncidentReported {
            incident,
            reporter: account,
            team,
            facts: facts(),
            narrative: Particulars::new(Locker::Incident(incident), narrative()),
            told_by: Some(words(Locker::Reporter(incident), "The neighbour at number 16")),
            attachments: vec![
                Attachment { id: AttachmentId::from_bits(7), media: Media::Jpeg, size: 1_048_576 },
                Attachment { id: AttachmentId::from_bits(8), media: Media::Text, size: 12 },
            ],
            attachment_names: Some(Particulars::new(
                Locker::Evidence(incident),
                vec![text("door.jpg"), text("notes.txt")],
            )),
        },
        Event::IncidentReported {
            incident,
            reporter: account,
            team,
            facts: Facts { happened_at: None, ..facts() },
            narrative: Particulars::new(Locker::Incident(incident), bare_narrative()),
            told_by: None,
            attachments: Vec::new(),
            attachment_names: None,
        },
        Event::IncidentConfirmed { incident, words: in_incident("I was there the next day") },
        Event::IncidentAddedTo { incident, words: in_incident("The police have rung back") },
        Event::IncidentTriaged {
            incident,
            subject: Some(subject),
            identity: Identity::Certain,
            measure: Some(measure),
            reasons: in_incident("A threat in person"),
        },
        Event::IncidentTriaged {
            incident,
            subject: None,
            identity: Identity::Unknown,
            measure: None,
            reasons: in_incident("Nobody knows who it was"),
        },
        Event::MeasureProposed {
            measure,
            kind: Kind::Entry,
            subject,
            sponsor: account,
            incidents: vec![incident],
        },
        Event::IncidentJoined { measure, incident },
        Event::InterimAsked {
            measure,
            incident,
            plan: plan(),
            grounds: in_measure("A visit is booked for tomorrow"),
        },
        Event::InterimAgreed { measure, lapses_on: date(2026, 4, 14) },
        Event::InterimEnded { measure },
        Event::TestAnswered {
            measure,
            test: Test::SpecificIncident,
            finding: Finding::Holds,
            reasons: in_measure("29 March, recorded the same day"),
        },
        Event::PlanSet { measure, plan: plan() },
        Event::ProportionalityWeighed {
            measure,
            record: Particulars::new(
                Locker::Measure(measure),
                Proportionality {
                    aim: text("Keep visiting staff safe"),
                    necessity: text("A visit is due every year"),
                    alternatives: text("A letter was tried"),
                    effect: text("Visits take longer to arrange"),
                    safeguards: text("Reviewed in three months"),
                },
            ),
        },
        Event::UnderAgeAllowed {
            measure,
            finding: Finding::Fails,
            reasons: in_measure("Children’s services will lead"),
        },
        Event::AssessmentCompleted { measure, recommendation: Recommendation::Approve },
        Event::MeasureApproved {
            measure,
            policy: Version(1),
            review_on: date(2026, 10, 20),
            reasons: in_measure("Every test holds"),
        },
        Event::MeasureRefused { measure, policy: Version(2), reasons: in_measure("A letter is enough") },
        Event::LetterWritten { measure, letter: Particulars::new(Locker::Measure(measure), letter()) },
        Event::LetterApproved { measure },
        Event::LetterSent { measure, sent_on: date(2026, 4, 21), delivery: Delivery::Post },
        Event::WithholdingAsked {
            measure,
            ground: code("VIOL"),
            evidence: in_measure("What he said on 29 March"),
        },
        Event::NoticeWithheld { measure, reasons: in_measure("Agreed until the hearing") },
        Event::MeasureRetained {
            measure,
            next_on: date(2027, 4, 20),
            reasons: in_measure("A second threat in September"),
            still_withheld: Some(in_measure("The hearing is in May")),
        },
        Event::MeasureRetained {
            measure,
            next_on: date(2027, 4, 20),
            reasons: in_measure("A second threat in September"),
            still_withheld: None,
        },
        Event::MeasureEnded {
            measure,
            reason: EndReason::NotJustified,
            words: in_measure("A year without another"),
        },
        Event::HoldPlaced { measure, reasons: in_measure("The ombudsman has asked for the file") },
        Event::HoldsLifted { measure, reasons: in_measure("The ombudsman has decided") },
        Event::Destroyed {
            file: File::Incident(incident),
            lockers: vec![Locker::Incident(incident), Locker::Reporter(incident), Locker::Evidence(incident)],
        },
        Event::Destroyed { file: File::Measure(measure), lockers: vec![Locker::Measure(measure)] },
        Event::Destroyed {
            file: File::Subject(subject),
            lockers: vec![Locker::Subject(subject), Locker::Support(subject)],
        },
        Event::Destroyed {
            file: File::Account(account),
            lockers: vec![Locker::Account(account), Locker::Council],
        },
        Event::WithholdingRefused { measure, reasons: in_measure("A letter through his advocate is safe") },
        Event::GrantAsked {
            account,
            grant: Grant::Roles,
            roles: BTreeSet::from([Role::Officer, Role::DecisionMaker]),
        },
        Event::GrantAsked { account, grant: Grant::Password, roles: BTreeSet::new() },
        Event::GrantGiven { account, grant: Grant::Roles, roles: BTreeSet::from([Role::DecisionMaker]) },
        Event::GrantGiven { account, grant: Grant::SecondFactor, roles: BTreeSet::new() },
        Event::FileHeld {
            file: File::Incident(incident),
            ground: Ground::Ombudsman,
            review_on: date(2026, 9, 1),
            reasons: in_incident("The ombudsman has asked for the report"),
        },
        Event::FileHeld {
            file: File::Subject(subject),
            ground: Ground::RightsRequest,
            review_on: date(2026, 6, 1),
            reasons: words(Locker::Subject(subject), "He has asked for what we keep"),
        },
        Event::FileReleased { file: File::Measure(measure), reasons: in_measure("The court has decided") },
        Event::RiskRaised {
            risk: RiskId::from_bits(11),
            sign: Some(Sign::ListsElsewhere),
            rating: Rating {
                impact: Impact::Serious,
                likelihood: Likelihood::High,
                control: Control::Reduce,
                deadline: Some(date(2026, 12, 31)),
            },
            words: Particulars::new(
                Locker::Council,
                RiskWords { what: text("A list in a drawer"), owner: text("Head of housing") },
            ),
            answer: judged(some("Ask for the list")),
        },
        Event::RiskRaised {
            risk: RiskId::from_bits(12),
            sign: None,
            rating: accepted(),
            words: Particulars::new(
                Locker::Council,
                RiskWords { what: text("Nobody answers the desk"), owner: text("Head of customers") },
            ),
            answer: judged(None),
        },
        Event::RiskAssessed { risk: RiskId::from_bits(11), rating: accepted(), answer: judged(None) },
        Event::RiskTransferred {
            risk: RiskId::from_bits(11),
            on: date(2026, 7, 1),
            words: words(Locker::Council, "Corporate risk 12"),
        },
        Event::RiskClosed {
            risk: RiskId::from_bits(11),
            reasons: words(Locker::Council, "The drawer is empty"),
        },
        // The first again, as the newest version stores it, and with the figure that the first version had not.
        Event::RegisterOpened {
            council: Particulars::new(Locker::Council, council()),
            policy: Particulars::new(Locker::Council, policy()),
        },
        Event::RegisterOpened {
            council: Particulars::new(Locker::Council, council()),
            policy: Particulars::new(Locker::Council, keeping_decision_files()),
        },
        Event::MeasureApproved {
            measure,
            policy: Version(1),
            review_on: date(2026, 10, 20),
            reasons: words(Locker::DecisionFile(measure), "Every test holds"),
        },
        Event::DecisionFileSealed { measure, lockers: vec![Locker::Measure(measure)] },
        Event::Destroyed { file: File::Measure(measure), lockers: vec![Locker::DecisionFile(measure)] },
        Event::ReviewAnswered {
            measure,
            advice: Advice::Vary,
            answers: Particulars::new(
                Locker::Measure(measure),
                vec![text("Nothing since"), text("One threat, a year ago")],
            ),
        },
        Event::RemovalProposed { measure, reasons: in_measure("Two quiet years") },
        Event::RemovalAsked { measure, reasons: in_measure("The group meets in three months only") },
        Event::MeasureVaried {
            measure,
            plan: plan(),
            review_on: date(2027, 1, 20),
            reasons: in_measure("Fewer teams meet him now"),
        },
        Event::SponsorChanged { measure, sponsor: account },
        Event::WithdrawalConfirmed { measure, team },
        Event::AppealOpened { measure, code: in_measure("K-7K3M-92QX") },
        Event::AppealLodged {
            measure,
            lodged: Lodged {
                received_on: date(2026, 5, 4),
                way: Way::Online,
                appellant: Appellant::Representative,
                grounds: BTreeSet::from([AppealGround::TooFar, AppealGround::Facts]),
            },
            words: Particulars::new(
                Locker::Measure(measure),
                AppealWords {
                    case: text("It was not him"),
                    why_late: some("He was in hospital"),
                    representative: some("His sister, 01632 960999"),
                },
            ),
        },
        Event::AppealAssigned { measure, officer: account },
        Event::AppealDecided {
            measure,
            outcome: AppealOutcome::InPart,
            reasons: in_measure("One team fewer is enough"),
        },
        Event::AppealWithdrawn { measure, words: in_measure("He rang to say so") },
        Event::OutcomeLetterWritten {
            measure,
            occasion: Occasion::Kept,
            letter: Particulars::new(Locker::Measure(measure), letter()),
        },
        Event::OutcomeLetterApproved { measure, occasion: Occasion::Apology },
        Event::OutcomeLetterSent {
            measure,
            occasion: Occasion::AppealReceived,
            sent_on: date(2026, 5, 6),
            delivery: Delivery::Email,
        },
        Event::MeetingCalled { meeting, held_on: date(2026, 6, 2), chair: account },
        Event::MeetingOpened { meeting, chair: account, present: BTreeSet::from([account]) },
        Event::MeetingDecided {
            meeting,
            measure,
            outcome: MeetingOutcome::Remove,
            aside: BTreeSet::from([account]),
            reasons: in_measure("Two quiet years"),
        },
        Event::ActionAgreed {
            meeting,
            who: account,
            by: date(2026, 7, 1),
            words: words(Locker::Meeting(meeting), "Remind the ward members to check"),
        },
        Event::ActionDone { meeting, action: 0 },
        Event::MeetingClosed {
            meeting,
            minutes: words(Locker::Meeting(meeting), "The reviews were on time"),
        },
        Event::Destroyed { file: File::Meeting(meeting), lockers: vec![Locker::Meeting(meeting)] },
        Event::PolicyProposed {
            change: ChangeNumber(3),
            version: Version(2),
            effective: date(2026, 9, 1),
            policy: Particulars::new(Locker::Council, policy()),
            reasons: words(Locker::Council, "Staff asked for it"),
        },
        Event::PolicyConsulted {
            change: ChangeNumber(3),
            consulted: Consulted::TradeUnions,
            held_on: date(2026, 7, 14),
            words: words(Locker::Council, "Both branches agree"),
        },
        Event::PolicyEndorsed { change: ChangeNumber(3), reasons: words(Locker::Council, "It is fair") },
        Event::PolicyRejected { change: ChangeNumber(4), reasons: words(Locker::Council, "Too soon") },
        Event::PolicyWithdrawn { change: ChangeNumber(5), reasons: words(Locker::Council, "A slip") },
        Event::PolicyAdopted { change: ChangeNumber(3) },
        Event::PolicyReviewed { words: words(Locker::Council, "It still fits") },
        // The second versions of what holds a plan: first what the first versions mean, then with all that limits come to.
        Event::InterimAsked {
            measure,
            incident,
            plan: plan(),
            grounds: in_measure("A visit is booked for tomorrow"),
        },
        Event::PlanSet { measure, plan: plan() },
        Event::MeasureVaried {
            measure,
            plan: plan(),
            review_on: date(2027, 1, 20),
            reasons: in_measure("Fewer teams meet him now"),
        },
        Event::InterimAsked {
            measure,
            incident,
            plan: limited(),
            grounds: in_measure("He is coming back today"),
        },
        Event::PlanSet { measure, plan: limited() },
        Event::MeasureVaried {
            measure,
            plan: limited(),
            review_on: date(2026, 9, 1),
            reasons: in_measure("Every day was too often"),
        },
        Event::ContactLogged {
            measure,
            received_on: date(2026, 4, 22),
            means: Means::Email,
            matter: Matter::New,
            treatment: Treatment::PassedOn,
            passed_to: Some(team),
            words: in_measure("No heating since Sunday"),
        },
        Event::ContactLogged {
            measure,
            received_on: date(2026, 4, 22),
            means: Means::Phone,
            matter: Matter::Same,
            treatment: Treatment::Left,
            passed_to: None,
            words: in_measure("The hedge again"),
        },
        Event::ContactAnswered { measure, contact: 0, words: in_measure("Repaired on Tuesday") },
        Event::DisputeRecorded {
            measure,
            received_on: date(2026, 4, 23),
            words: in_measure("I was not there that day"),
        },
        Event::DisputeAnswered {
            measure,
            outcome: DisputeOutcome::InPart,
            reasons: in_measure("The date was wrong by a day"),
        },
        Event::OccupantsChanged {
            subject,
            since: date(2026, 4, 24),
            words: words(Locker::Subject(subject), "A family has moved in"),
        },
        Event::Destroyed {
            file: File::Accesses(AccessMonth::of(date(2026, 11, 1))),
            lockers: vec![Locker::Accesses(AccessMonth::of(date(2026, 11, 1)))],
        },
        // A policy in the third version of its shape: first what the others mean, then with a clause in the council's own words.
        Event::RegisterOpened {
            council: Particulars::new(Locker::Council, council()),
            policy: Particulars::new(Locker::Council, policy()),
        },
        Event::RegisterOpened {
            council: Particulars::new(Locker::Council, council()),
            policy: Particulars::new(Locker::Council, keeping_decision_files()),
        },
        Event::PolicyProposed {
            change: ChangeNumber(3),
            version: Version(2),
            effective: date(2026, 9, 1),
            policy: Particulars::new(Locker::Council, policy()),
            reasons: words(Locker::Council, "Staff asked for it"),
        },
        Event::RegisterOpened {
            council: Particulars::new(Locker::Council, council()),
            policy: Particulars::new(Locker::Council, in_its_own_words()),
        },
        Event::PolicyProposed {
            change: ChangeNumber(3),
            version: Version(2),
            effective: date(2026, 9, 1),
            policy: Particulars::new(Locker::Council, in_its_own_words()),
            reasons: words(Locker::Council, "Staff asked for it"),
        },
        Event::ComplaintRecorded {
            measure,
            ombudsman: Ombudsman::LocalGovernment,
            taken_up_on: date(2026, 7, 6),
            reference: words(Locker::DecisionFile(measure), "26 004 125"),
        },
        Event::ComplaintEnded {
            measure,
            outcome: ComplaintOutcome::Fault,
            ended_on: date(2026, 10, 2),
            found: words(Locker::DecisionFile(measure), "A review was missed"),
            asks: Some(words(Locker::DecisionFile(measure), "Apologise, and review it now")),
        },
        Event::ComplaintEnded {
            measure,
            outcome: ComplaintOutcome::Closed,
            ended_on: date(2026, 10, 2),
            found: words(Locker::DecisionFile(measure), "No injustice to look into"),
            asks: None,
        },
        Event::SubjectsJoined {
            kept: subject,
            joined: other_subject,
            reasons: words(Locker::Subject(other_subject), "The same date of birth and rent account"),
        },
        Event::SubjectsParted {
            kept: subject,
            joined: other_subject,
            reasons: words(Locker::Subject(other_subject), "Father and son"),
        },
        Event::SubjectsKeptApart {
            one: subject,
            other: other_subject,
            reasons: words(Locker::Subject(subject), "Born twenty years apart"),
        },
        Event::ImportProposed {
            import,
            team,
            sponsor: account,
            entries: 2,
            fingerprint: Fingerprint([171; 32]),
            words: Particulars::new(
                Locker::Council,
                ListWords { name: text("Caution list"), kept: text("On the repairs drive; two copies") },
            ),
        },
        Event::ImportRefused { import, reasons: words(Locker::Council, "Nobody knows how old it is") },
        Event::EntryImported {
            measure,
            subject,
            import,
            row: 17,
            file: SubjectFile::Opened,
            sponsor: account,
            plan: plan(),
            lapses_on: date(2027, 1, 27),
            said: in_measure("Dog. Two people to attend"),
        },
        Event::ImportApproved { import },
        Event::ImportUndone {
            import,
            reasons: words(Locker::Council, "The columns were mixed up"),
            lockers: vec![Locker::Measure(measure), Locker::DecisionFile(measure), Locker::Subject(subject)],
        },
        Event::OldListDestroyed {
            import,
            on: date(2026, 12, 1),
            words: words(Locker::Council, "Deleted from the drive, the paper copy shredded"),
        },
        Event::NoListDeclared { team },
        Event::StarterNoted { account, team, from: date(2026, 12, 7), newcomer: newcomer(None) },
        Event::AccessAsked {
            account,
            team,
            roles: BTreeSet::from([Role::Contractor]),
            from: date(2026, 12, 7),
            until: Some(date(2027, 3, 31)),
            newcomer: newcomer(some("Services boilers")),
        },
        Event::AccessAsked {
            account,
            team,
            roles: BTreeSet::from([Role::Officer]),
            from: date(2026, 12, 7),
            until: None,
            newcomer: newcomer(some("Visits tenants")),
        },
        Event::AccessNotGiven { account, reasons: words(Locker::Account(account), "Works at the depot") },
        Event::AccessLimited { account, until: date(2027, 3, 31) },
        Event::ConfirmationAsked { team },
        Event::AccessConfirmed { account },
        Event::AccountMoved { account, roles: BTreeSet::from([Role::Officer]), team },
        Event::AccountSuspended { account, why: Suspension::Lapsed },
        Event::PolicyAcknowledged { account, version: Version(2) },
        Event::TrainingPassed { account, course: Course::Members, edition: 1 },
        Event::ConductKept { account },
        Event::PartnerKept {
            partner: PartnerId::from_bits(0xa0_0000_0011),
            relationship: Relationship::Joint,
            since: date(2026, 11, 1),
            teams: [team].into(),
            name: words(Locker::Council, "Fenside Homes"),
        },
        Event::AgreementProposed {
            partner: PartnerId::from_bits(0xa0_0000_0011),
            terms: Terms {
                starts: date(2026, 12, 1),
                ends: date(2028, 11, 30),
                shares: [Shared::Precautions, Shared::Restrictions, Shared::Reviewed, Shared::Ring].into(),
                purposes: Purpose::ALL.iter().copied().collect(),
                properties: Properties::Stock,
                answers: account,
            },
            words: Particulars::new(
                Locker::Council,
                AgreementWords {
                    document: text("DSA 14 of 3 November 2026, in the legal deed store"),
                    signed_here: text("Head of housing"),
                    signed_there: text("Director of homes"),
                },
            ),
        },
        Event::AgreementApproved { partner: PartnerId::from_bits(0xa0_0000_0011), agreement: 0 },
        Event::AgreementConfirmed { partner: PartnerId::from_bits(0xa0_0000_0011), agreement: 0 },
        Event::AgreementEnded {
            partner: PartnerId::from_bits(0xa0_0000_0011),
            agreement: 0,
            reasons: words(Locker::Council, "The homes were sold"),
        },
        Event::StockLoaded {
            partner: PartnerId::from_bits(0xa0_0000_0011),
            count: 2,
            stock: Particulars::new(
                Locker::Council,
                [
                    (100_090_000_001, Property { lines: text("1 Reed Close"), postcode: some("FM1 3AA") }),
                    (100_090_000_002, Property { lines: text("2 Reed Close"), postcode: None }),
                ]
                .into(),
            ),
        },
        Event::MarkerReceived {
            partner: PartnerId::from_bits(0xa0_0000_0011),
            measure,
            news: News::Withdrawn,
        },
        Event::Excluded {
            subject,
            account,
            closeness: Closeness::DomesticAbuse,
            words: words(Locker::Subject(subject), "She moved away from him"),
        },
        Event::ExclusionLifted {
            subject,
            account,
            words: words(Locker::Subject(subject), "Another of the same name"),
        },
        Event::GlassBroken {
            measure,
            danger: Emergency::There,
            words: words(Locker::Measure(measure), "Job 4711: she does not answer her phone"),
        },
        Event::GlassReviewed {
            glass: 0,
            measure,
            finding: GlassFinding::Needed,
            words: words(Locker::Account(account), "She was fetched out"),
        },
        Event::LooksQuestioned {
            reader: account,
            looks: [4_711, 4_712].into(),
            words: words(Locker::Account(account), "What was this for?"),
        },
        Event::LooksExplained {
            question: 0,
            words: words(Locker::Account(account), "Job 4711, on the phone"),
        },
        Event::LooksReviewed {
            reader: account,
            looks: [4_711, 4_712].into(),
            finding: LooksFinding::Explained,
            words: words(Locker::Account(account), "The job is in the diary"),
        },
        Event::InvolvedNamed {
            incident,
            involvement: Involvement::Harmed,
            who: Particulars::new(Locker::Harmed(incident), Whom::Staff(account)),
        },
        Event::InvolvedNamed {
            incident,
            involvement: Involvement::Witness,
            who: Particulars::new(
                Locker::Witnesses(incident),
                Whom::Other { name: text("The neighbour at number 18"), reach: text("01632 960118") },
            ),
        },
        Event::LegalAdviceKept {
            measure,
            asked_on: date(2026, 4, 27),
            words: Particulars::new(
                Locker::LegalAdvice(measure),
                LegalWords {
                    asked_by: text("The head of service"),
                    given_by: text("The council’s solicitor"),
                    advice: text("The second limit goes too far"),
                },
            ),
        },
        Event::Destroyed {
            file: File::Incident(incident),
            lockers: vec![Locker::Incident(incident), Locker::Harmed(incident), Locker::Witnesses(incident)],
        },
        Event::DecisionFileSealed {
            measure,
            lockers: vec![Locker::Measure(measure), Locker::LegalAdvice(measure)],
        },
    ]
}
