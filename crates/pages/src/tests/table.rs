//! The permission table, cell by cell: each role sends what the action takes, and the ledger tells whether it happened.
//!
//! Every request is one that would succeed for somebody who is allowed. What it leaves behind is read from the logs beneath the
//! pages, never from a page alone; whoever is refused leaves nothing and is told nothing.

use super::browser::{Answer, Browser};
use super::cases::{
    AWAY, At, Case, HERE, MANAGER_HERE, OFFICER_AWAY, OFFICER_HERE, REGISTRAR, Years, uprn, word,
};
use super::council::{TestCouncil, id};
use super::imports;
use super::policy::another_policy;
use axum::http::StatusCode;
use jiff::SignedDuration;
use ledger::Log;
use register::command::{CallMeeting, ChangeAccount, OpenAccount, OpenMeeting, TriageIncident};
use register::ids::{AccountId, ImportId, MeetingId, PartnerId, RiskId, TeamId};
use register::incident::{Identity, Route};
use register::moment::Actor;
use register::people::{AccountDetails, Action, Extent, Role, extent_of};
use register::personal::Text;
use register::policy::Blank;
use register::risk::to_begin_with;
use service::clock::Clock;
use service::sign_in::Invitation;
use std::collections::{BTreeSet, HashMap};

/// Whose file somebody tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Whose {
    /// One that rests on their own report.
    Own,
    /// One of their team's.
    Team,
    /// Another team's.
    Other,
}

const EVERY: &[Whose] = &[Whose::Own, Whose::Team, Whose::Other];
const OTHERS: &[Whose] = &[Whose::Team, Whose::Other];
const NOBODYS: &[Whose] = &[Whose::Other];

/// Whether whoever reported may do it too, or a rule keeps them out (promise 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reporter {
    MayToo,
    MayNever,
}

/// What has to be there first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Needs {
    Nothing,
    /// A case at this stage.
    Case(At),
    /// A case about a child.
    Child(At),
    /// A report that was only logged, with its subject named.
    Logged,
    /// An officer's account.
    Account,
    /// A line manager's, and one of the register team's.
    Manager,
    Registrar,
    /// One for which somebody has asked all that takes two people.
    Asked,
    /// A list of a service that is staged, one that is proposed, and one that is taken in.
    Staged,
    Proposed,
    TakenIn,
    /// A risk of running the register.
    Risk,
    /// A look that stands out: somebody's at themselves.
    Look,
    /// A partner with an agreement that waits, and one with an agreement in force.
    Partner,
    Agreement,
    /// A meeting of the Governance Group that sits.
    Meeting,
    /// A policy that nobody proposes to change.
    Unchanged,
    /// A change of the policy that somebody proposed and consulted on.
    Changing,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
enum Asks {
    /// A page.
    Page(&'static str),
    /// A form and its fields, and the page that shows it.
    Form(Option<&'static str>, &'static str, &'static [(&'static str, &'static str)]),
    /// The pages of a report, one after the other.
    Report,
    /// A check, and then its acknowledgement.
    Acknowledgement,
}

/// What it leaves behind where it is done.
#[derive(Debug, Clone, Copy)]
enum Leaves {
    /// A record of this kind in the register's log.
    Record(&'static str),
    /// A row of this kind in the access log, and this planted word on the page.
    Look(&'static str, &'static str),
    /// This planted word on the page; whether there is a page is another action's.
    Shows(&'static str),
}

/// One way to do an action.
struct Way {
    needs: Needs,
    whose: &'static [Whose],
    reporter: Reporter,
    asks: Asks,
    leaves: Leaves,
}

const PLAN: &[(&str, &str)] = &[
    ("subject", "{subject}"),
    ("sponsor", "{sponsor}"),
    ("grounds", "He waits at the door"),
    ("summary", "A threat"),
    ("band", "amber"),
    ("band-reasons", "It was meant"),
    ("precautions", "NLV"),
    ("audience", "{here}"),
    ("reason-{here}", "They visit"),
    ("service-route", "The help desk"),
    ("ring-name", "The duty desk"),
    ("ring-phone", "01632 960199"),
];

/// Every way in which the pages let somebody do an action. A new action has to be written down here.
fn ways(action: Action) -> Vec<Way> {
    use At::*;
    use Leaves::{Look, Record, Shows};
    use Needs::{Account, Asked, Case, Changing, Child, Logged, Meeting, Nothing, Risk, Unchanged};
    use Needs::{Agreement, Partner};
    use Needs::{Proposed as ProposedList, Staged, TakenIn};
    use Reporter::{MayNever, MayToo};
    let page =
        |needs, whose, place, leaves| Way { needs, whose, reporter: MayToo, asks: Asks::Page(place), leaves };
    let form = |needs, whose, reporter, shown, place, fields, kind| Way {
        needs,
        whose,
        reporter,
        asks: Asks::Form(shown, place, fields),
        leaves: Record(kind),
    };
    let measure = |at, reporter, place: &'static str, fields, kind| {
        form(Case(at), EVERY, reporter, Some(place), place, fields, kind)
    };
    let on_change = |fields, kind| form(Changing, NOBODYS, MayToo, None, "/policy/proposal", fields, kind);
    let list =
        |needs, whose, fields, kind| form(needs, whose, MayToo, None, "/imports/{import}", fields, kind);
    // The page is open to whoever answers for anybody of the team.
    let keeping = |needs| {
        let answer: &'static [(&str, &str)] = &[("{account}", "keeps")];
        vec![form(needs, &[Whose::Team], MayToo, None, "/teams/{team}/people", answer, "access.confirmed")]
    };
    let on_partner =
        |needs, fields, kind| form(needs, NOBODYS, MayToo, None, "/partners/{partner}", fields, kind);
    // The page is open to more people than the form.
    let unshown = |at, reporter, place: &'static str, fields, kind| {
        form(Case(at), EVERY, reporter, None, place, fields, kind)
    };
    match action {
        Action::Check => vec![
            Way {
                needs: Nothing,
                whose: NOBODYS,
                reporter: MayToo,
                asks: Asks::Form(
                    Some("/check"),
                    "/check",
                    &[("purpose", "call"), ("address", "9 Far Lane, Fenbridge"), ("job", "J-17")],
                ),
                leaves: Look("check", ""),
            },
            Way {
                needs: Case(InterimLive),
                whose: &[Whose::Team],
                reporter: MayToo,
                asks: Asks::Acknowledgement,
                leaves: Look("acknowledged", ""),
            },
            // What follows from the page is walked in `planned`.
            page(Nothing, NOBODYS, "/check/planned", Shows("")),
        ],
        Action::CheckFor => vec![Way {
            needs: Nothing,
            whose: NOBODYS,
            reporter: MayToo,
            asks: Asks::Form(
                None,
                "/check",
                &[
                    ("purpose", "call"),
                    ("address", "9 Far Lane, Fenbridge"),
                    ("rang", "member@fenbridge.example"),
                ],
            ),
            leaves: Look("check", ""),
        }],
        // What follows from the page is walked in `screening`.
        Action::Screen => vec![page(Nothing, NOBODYS, "/screening", Shows(""))],
        Action::ReportIncident => vec![Way {
            needs: Nothing,
            whose: NOBODYS,
            reporter: MayToo,
            asks: Asks::Report,
            leaves: Record("incident.reported"),
        }],
        Action::ReadIncident => vec![
            page(Case(Proposed), EVERY, "/incidents/{incident}", Look("file", "what-happened")),
            page(
                Case(Proposed),
                EVERY,
                "/incidents/{incident}/files/{attachment}",
                Look("attachment", "file-content"),
            ),
        ],
        Action::ConfirmIncident => vec![
            unshown(
                Reported,
                MayNever,
                "/incidents/{incident}/confirm",
                &[("confirmed", "I spoke to her")],
                "incident.confirmed",
            ),
            unshown(
                Reported,
                MayToo,
                "/incidents/{incident}/add",
                &[("added", "He rang again")],
                "incident.added-to",
            ),
            form(
                Case(Reported),
                EVERY,
                MayToo,
                Some("/incidents/{incident}/people"),
                "/incidents/{incident}/people",
                &[
                    ("involvement", "witness"),
                    ("tie", "other"),
                    ("name", "Robin Kestrel"),
                    ("reach", "01632 960123"),
                ],
                "incident.involved-named",
            ),
        ],
        Action::SeeReporter => vec![
            page(Case(Proposed), OTHERS, "/incidents/{incident}", Shows("reporter")),
            page(Case(Proposed), OTHERS, "/incidents/{incident}", Shows("told-by")),
            page(Case(Proposed), EVERY, "/incidents/{incident}", Shows("harmed")),
            page(Case(Proposed), EVERY, "/incidents/{incident}", Shows("witness")),
            page(Case(Proposed), OTHERS, "/measures/{measure}", Shows("reporter")),
        ],
        // A program's alone, which has no page.
        Action::TellStaff => Vec::new(),
        Action::Triage => vec![form(
            Case(Reported),
            EVERY,
            MayNever,
            Some("/incidents/{incident}/triage"),
            "/incidents/{incident}/triage",
            &[
                ("sought", "||||"),
                ("subject", "{subject}"),
                ("identity", "certain"),
                ("way", "propose"),
                ("kind", "entry"),
                ("sponsor", "{sponsor}"),
                ("reasons", "It is clear"),
            ],
            "incident.triaged",
        )],
        Action::ReadSubject => {
            vec![page(Case(Proposed), EVERY, "/subjects/{subject}", Look("file", "support"))]
        }
        Action::DescribeSubject => vec![
            form(
                Nothing,
                NOBODYS,
                MayToo,
                Some("/subjects/new"),
                "/subjects/new",
                &[("kind", "person"), ("name-1", "Robin Kestrel")],
                "subject.opened",
            ),
            form(
                Case(Reported),
                EVERY,
                MayToo,
                Some("/subjects/{subject}/change"),
                "/subjects/{subject}/change",
                &[("name-1", "Robin Kestrel")],
                "subject.described",
            ),
            form(
                Case(Reported),
                EVERY,
                MayToo,
                Some("/subjects/{subject}/support"),
                "/subjects/{subject}/support",
                &[("needs", "Large print")],
                "subject.support-recorded",
            ),
        ],
        Action::Import => vec![
            page(Staged, NOBODYS, "/imports/{import}/columns", Look("file", "")),
            page(Staged, NOBODYS, "/imports/{import}/plan", Look("file", "")),
            page(Staged, NOBODYS, "/imports/{import}/rows/2", Look("file", "")),
            list(TakenIn, NOBODYS, &[("act", "undo"), ("reasons", "A slip")], "import.undone"),
        ],
        Action::ApproveImport => vec![
            list(ProposedList, NOBODYS, &[("act", "approve")], "import.approved"),
            list(ProposedList, NOBODYS, &[("act", "refuse"), ("reasons", "Too old")], "import.refused"),
        ],
        Action::CertifyOldList => vec![list(
            TakenIn,
            OTHERS,
            &[
                ("act", "certify"),
                ("on-day", "24"),
                ("on-month", "11"),
                ("on-year", "2026"),
                ("how", "Shredded"),
            ],
            "old-list.destroyed",
        )],
        Action::DeclareNoList => vec![form(
            Nothing,
            OTHERS,
            MayToo,
            None,
            "/teams/lists",
            &[("team", "{team}"), ("word", "given")],
            "no-list.declared",
        )],
        Action::ReadDeclarations => vec![page(Nothing, &[Whose::Team], "/teams/lists", Shows(""))],
        Action::AskInterim => vec![form(
            Logged,
            EVERY,
            MayToo,
            Some("/incidents/{incident}/interim"),
            "/incidents/{incident}/interim",
            PLAN,
            "interim.asked",
        )],
        Action::AgreeInterim => vec![
            form(
                Case(InterimAsked),
                EVERY,
                MayNever,
                None,
                "/measures/{measure}/interim/agree",
                &[],
                "interim.agreed",
            ),
            form(
                Case(InterimAsked),
                EVERY,
                MayNever,
                None,
                "/measures/{measure}/interim/refuse",
                &[],
                "interim.ended",
            ),
        ],
        Action::ReadMeasure => vec![
            page(Case(InForce), EVERY, "/measures/{measure}", Look("file", "decision")),
            page(Case(InForce), EVERY, "/measures/{measure}/letter", Look("letter", "explanation")),
            page(Case(InForce), &[Whose::Team], "/measures/{measure}/letter.pdf", Look("letter", "")),
            page(Case(InForce), &[Whose::Team], "/measures/{measure}/letter.json", Look("letter", "")),
        ],
        Action::TakeBundle => {
            vec![page(
                Case(InForce),
                &[Whose::Team, Whose::Other],
                "/measures/{measure}/bundle.pdf",
                Look("bundle", ""),
            )]
        }
        Action::Assess => vec![
            page(Case(Proposed), EVERY, "/measures/{measure}/assessment", Look("file", "main-name")),
            measure(
                Proposed,
                MayNever,
                "/measures/{measure}/assessment/serious",
                &[("finding", "holds"), ("reasons", "It will happen again")],
                "assessment.test-answered",
            ),
            measure(Proposed, MayNever, "/measures/{measure}/assessment/plan", PLAN, "assessment.plan-set"),
            measure(
                Proposed,
                MayNever,
                "/measures/{measure}/assessment/proportionality",
                &[
                    ("aim", "Safety"),
                    ("necessity", "Needed"),
                    ("alternatives", "None"),
                    ("effect", "Small"),
                    ("safeguards", "Review"),
                ],
                "assessment.proportionality-weighed",
            ),
            measure(
                Answered,
                MayNever,
                "/measures/{measure}/assessment/complete",
                &[("recommendation", "approve")],
                "assessment.completed",
            ),
        ],
        Action::AllowUnderAge => vec![form(
            Child(Assessed),
            EVERY,
            MayNever,
            Some("/measures/{measure}/assessment/under-age"),
            "/measures/{measure}/assessment/under-age",
            &[("finding", "holds"), ("reasons", "His mother agrees")],
            "assessment.under-age-answered",
        )],
        Action::Decide => vec![
            measure(
                Assessed,
                MayNever,
                "/measures/{measure}/decision",
                &[
                    ("outcome", "approve"),
                    ("review-day", "20"),
                    ("review-month", "1"),
                    ("review-year", "2027"),
                    ("reasons", "It is needed"),
                ],
                "measure.approved",
            ),
            measure(
                Assessed,
                MayNever,
                "/measures/{measure}/decision",
                &[("outcome", "refuse"), ("reasons", "It is not needed")],
                "measure.refused",
            ),
        ],
        Action::WriteLetter => vec![
            unshown(
                Decided,
                MayToo,
                "/measures/{measure}/letter",
                &[("act", "write"), ("explanation", "You threatened us")],
                "letter.written",
            ),
            unshown(
                Approved,
                MayToo,
                "/measures/{measure}/letter",
                &[
                    ("act", "sent"),
                    ("sent-day", "24"),
                    ("sent-month", "11"),
                    ("sent-year", "2026"),
                    ("delivery", "post"),
                ],
                "letter.sent",
            ),
        ],
        Action::ApproveLetter => vec![unshown(
            Written,
            MayToo,
            "/measures/{measure}/letter",
            &[("act", "approve")],
            "letter.approved",
        )],
        Action::WithholdNotice => vec![unshown(
            Decided,
            MayNever,
            "/measures/{measure}/withhold",
            &[("ground", "RISK"), ("evidence", "He said so")],
            "withholding.asked",
        )],
        Action::AgreeWithholding => vec![unshown(
            WithholdingAsked,
            MayNever,
            "/measures/{measure}/withhold",
            &[("act", "agree"), ("reasons", "It is right")],
            "withholding.agreed",
        )],
        Action::AnswerReview => vec![measure(
            InForce,
            MayNever,
            "/measures/{measure}/review/answers",
            &[
                ("since", "Nothing"),
                ("original", "A threat"),
                ("contact", "Civil"),
                ("used", "Yes"),
                ("proportionate", "Yes"),
                ("adjustments", "None"),
                ("audience", "Yes"),
                ("lesser", "No"),
                ("advice", "keep"),
            ],
            "review.answered",
        )],
        Action::Review => vec![
            measure(
                Reviewable,
                MayNever,
                "/measures/{measure}/review",
                &[
                    ("outcome", "retain"),
                    ("next-day", "20"),
                    ("next-month", "1"),
                    ("next-year", "2027"),
                    ("reasons", "He did it again"),
                ],
                "measure.retained",
            ),
            measure(
                Reviewable,
                MayNever,
                "/measures/{measure}/review",
                &[("outcome", "remove"), ("reasons", "All is quiet")],
                "removal.proposed",
            ),
        ],
        // The housing team is told of every limit here, whoever reported: only a case of its own is another team's to nobody else.
        Action::LogContact => vec![form(
            Case(InForce),
            &[Whose::Own, Whose::Team],
            MayToo,
            Some("/measures/{measure}/contacts/new"),
            "/measures/{measure}/contacts/new",
            &[
                ("received-day", "24"),
                ("received-month", "11"),
                ("received-year", "2026"),
                ("means", "email"),
                ("matter", "new"),
                ("words", "The heating is out"),
                ("treatment", "passed-on"),
                ("team", "{here}"),
            ],
            "contact.logged",
        )],
        Action::KeepLegalAdvice => vec![unshown(
            Proposed,
            MayToo,
            "/measures/{measure}/legal-advice",
            &[
                ("asked-day", "24"),
                ("asked-month", "11"),
                ("asked-year", "2026"),
                ("asked-by", "The head of service"),
                ("given-by", "The solicitor"),
                ("advice", "It stands"),
            ],
            "legal-advice.kept",
        )],
        Action::ReadLegalAdvice => vec![page(
            Case(Proposed),
            EVERY,
            "/measures/{measure}/legal-advice",
            Look("legal-advice", "legal-advice"),
        )],
        Action::RecordDispute => vec![unshown(
            InForce,
            MayToo,
            "/measures/{measure}/dispute",
            &[
                ("act", "record"),
                ("received-day", "24"),
                ("received-month", "11"),
                ("received-year", "2026"),
                ("words", "It was not me"),
            ],
            "dispute.recorded",
        )],
        Action::AnswerDispute => vec![unshown(
            Disputed,
            MayToo,
            "/measures/{measure}/dispute",
            &[("act", "answer"), ("outcome", "stands"), ("reasons", "Two people saw it")],
            "dispute.answered",
        )],
        Action::HandleAppeal => vec![
            unshown(
                InForce,
                MayToo,
                "/measures/{measure}/appeal",
                &[
                    ("act", "lodge"),
                    ("received-day", "24"),
                    ("received-month", "11"),
                    ("received-year", "2026"),
                    ("way", "letter"),
                    ("appellant", "customer"),
                    ("grounds", "facts"),
                    ("case", "It was not me"),
                ],
                "appeal.lodged",
            ),
            unshown(
                Appealed,
                MayToo,
                "/measures/{measure}/appeal",
                &[("act", "withdraw"), ("withdrawn", "They rang")],
                "appeal.withdrawn",
            ),
        ],
        // Whoever reported is given no appeal.
        Action::DecideAppeal => vec![form(
            Case(Assigned),
            OTHERS,
            MayToo,
            None,
            "/measures/{measure}/appeal",
            &[("act", "decide"), ("outcome", "not-upheld"), ("reasons", "It stands")],
            "appeal.decided",
        )],
        // Whoever reported heard no appeal that could be taken further.
        Action::RecordComplaint => vec![
            form(
                Case(TurnedDown),
                OTHERS,
                MayToo,
                None,
                "/measures/{measure}/ombudsman",
                &[
                    ("act", "record"),
                    ("ombudsman", "local-government"),
                    ("taken-up-day", "24"),
                    ("taken-up-month", "11"),
                    ("taken-up-year", "2026"),
                    ("reference", "26 004 125"),
                ],
                "complaint.recorded",
            ),
            form(
                Case(Complained),
                OTHERS,
                MayToo,
                None,
                "/measures/{measure}/ombudsman",
                &[
                    ("act", "end"),
                    ("outcome", "fault"),
                    ("ended-day", "24"),
                    ("ended-month", "11"),
                    ("ended-year", "2026"),
                    ("found", "A review was missed"),
                    ("asks", "Review it now"),
                ],
                "complaint.ended",
            ),
        ],
        Action::Meet => vec![measure(
            InForce,
            MayNever,
            "/measures/{measure}/removal",
            &[("act", "ask"), ("reasons", "It cannot wait")],
            "removal.asked",
        )],
        Action::KeepMeetings => vec![form(
            Meeting,
            NOBODYS,
            MayToo,
            None,
            "/meetings/{meeting}",
            &[
                ("act", "action"),
                ("words", "Remind them"),
                ("who", "{sponsor}"),
                ("by-day", "20"),
                ("by-month", "1"),
                ("by-year", "2027"),
            ],
            "meeting.action-agreed",
        )],
        // Only the team that was told confirms, whoever reported.
        Action::ConfirmWithdrawal => vec![form(
            Case(Ended),
            &[Whose::Team],
            MayToo,
            Some("/withdrawals"),
            "/withdrawals",
            &[("measure", "{measure}"), ("team", "{here}")],
            "withdrawal.confirmed",
        )],
        Action::Remove => vec![measure(
            InForce,
            MayToo,
            "/measures/{measure}/remove",
            &[("reason", "error"), ("words", "The wrong house")],
            "measure.ended",
        )],
        Action::Hold => vec![
            measure(
                InForce,
                MayToo,
                "/measures/{measure}/hold",
                &[
                    ("act", "place"),
                    ("ground", "ombudsman"),
                    ("reasons", "The ombudsman"),
                    ("review-day", "20"),
                    ("review-month", "1"),
                    ("review-year", "2027"),
                ],
                "file.held",
            ),
            measure(
                Held,
                MayToo,
                "/measures/{measure}/hold",
                &[("act", "lift"), ("lift-reasons", "It is settled")],
                "file.released",
            ),
        ],
        Action::ReadDecisionFile => vec![page(
            Case(Sealed),
            &[Whose::Team],
            "/measures/{measure}/decision-file",
            Look("file", "decision"),
        )],
        Action::ReadRetention => vec![
            page(Nothing, NOBODYS, "/retention", Look("retention", "")),
            page(Nothing, NOBODYS, "/retention/certificates", Look("retention", "")),
        ],
        Action::ReadNumbers => vec![
            page(Nothing, NOBODYS, "/numbers", Look("numbers", "")),
            page(Nothing, NOBODYS, "/numbers/reports/table.csv", Look("numbers", "")),
        ],
        Action::ReadRisks => {
            vec![page(Nothing, NOBODYS, "/risks", Shows("")), page(Risk, NOBODYS, "/risks/{risk}", Shows(""))]
        }
        Action::KeepRisks => vec![
            form(
                Nothing,
                NOBODYS,
                MayToo,
                Some("/risks/new"),
                "/risks/new",
                &[
                    ("what", "Nobody checks"),
                    ("owner", "Head of housing"),
                    ("impact", "4"),
                    ("likelihood", "2"),
                    ("reasons", "As we know it"),
                    ("control", "accept"),
                    ("officer", "Head of housing"),
                ],
                "risk.raised",
            ),
            form(
                Risk,
                NOBODYS,
                MayToo,
                None,
                "/risks/{risk}/assess",
                &[
                    ("impact", "5"),
                    ("likelihood", "6"),
                    ("reasons", "It happened"),
                    ("control", "reduce"),
                    ("doing", "Brief everybody"),
                    ("officer", "Head of housing"),
                ],
                "risk.assessed",
            ),
            form(
                Risk,
                NOBODYS,
                MayToo,
                None,
                "/risks/{risk}/transfer",
                &[
                    ("transferred-day", "24"),
                    ("transferred-month", "11"),
                    ("transferred-year", "2026"),
                    ("transfer-words", "Corporate risk 12"),
                ],
                "risk.transferred",
            ),
            form(
                Risk,
                NOBODYS,
                MayToo,
                None,
                "/risks/{risk}/close",
                &[("close-reasons", "It is over")],
                "risk.closed",
            ),
        ],
        Action::ManageAccounts => vec![
            page(Nothing, NOBODYS, "/accounts", Shows("")),
            page(Account, NOBODYS, "/accounts/{account}", Look("file", "")),
            page(Nothing, NOBODYS, "/teams", Shows("")),
            form(
                Nothing,
                NOBODYS,
                MayToo,
                Some("/accounts/new"),
                "/accounts/new",
                &[
                    ("name", "Ann Other"),
                    ("email", "{fresh}@fenbridge.example"),
                    ("team", "{here}"),
                    ("roles", "officer"),
                ],
                "account.opened",
            ),
            form(
                Account,
                NOBODYS,
                MayToo,
                Some("/accounts/{account}/change"),
                "/accounts/{account}/change",
                &[
                    ("name", "Ann Other"),
                    ("email", "{fresh}@fenbridge.example"),
                    ("team", "{here}"),
                    ("roles", "contractor"),
                ],
                "account.changed",
            ),
            form(
                Account,
                NOBODYS,
                MayToo,
                Some("/accounts/{account}/close"),
                "/accounts/{account}/close",
                &[],
                "account.closed",
            ),
            form(
                Account,
                NOBODYS,
                MayToo,
                None,
                "/accounts/{account}/invitation",
                &[],
                "account.grant-given",
            ),
            form(
                Account,
                NOBODYS,
                MayToo,
                Some("/accounts/{account}/second-factor"),
                "/accounts/{account}/second-factor",
                &[],
                "account.grant-given",
            ),
            form(
                Asked,
                NOBODYS,
                MayToo,
                None,
                "/accounts/{account}/invitation/agree",
                &[],
                "account.grant-given",
            ),
            form(
                Asked,
                NOBODYS,
                MayToo,
                None,
                "/accounts/{account}/second-factor/agree",
                &[],
                "account.grant-given",
            ),
            form(Asked, NOBODYS, MayToo, None, "/accounts/{account}/roles/agree", &[], "account.grant-given"),
            form(
                Nothing,
                NOBODYS,
                MayToo,
                Some("/teams/new"),
                "/teams/new",
                &[("name", "Team {fresh}"), ("contact", "outside")],
                "team.opened",
            ),
        ],
        Action::ProposePolicy => vec![
            form(
                Unchanged,
                NOBODYS,
                MayToo,
                Some("/policy/propose"),
                "/policy/propose",
                another_policy(),
                "policy.proposed",
            ),
            form(
                Unchanged,
                NOBODYS,
                MayToo,
                Some("/policy/review"),
                "/policy/review",
                &[("words", "It still fits")],
                "policy.reviewed",
            ),
            on_change(
                &[
                    ("act", "consult"),
                    ("change", "{change}"),
                    ("consulted", "trade-unions"),
                    ("held-day", "24"),
                    ("held-month", "11"),
                    ("held-year", "2026"),
                    ("said", "They agree"),
                ],
                "policy.consulted",
            ),
            on_change(
                &[("act", "withdraw"), ("change", "{change}"), ("withdraw-reasons", "A slip")],
                "policy.withdrawn",
            ),
        ],
        Action::EndorsePolicy => vec![
            on_change(
                &[("act", "endorse"), ("change", "{change}"), ("endorse-reasons", "It is fair")],
                "policy.endorsed",
            ),
            on_change(
                &[("act", "reject"), ("change", "{change}"), ("reject-reasons", "It is not fair")],
                "policy.rejected",
            ),
        ],
        Action::AskAccess => vec![form(
            Nothing,
            &[Whose::Team],
            MayToo,
            Some("/access/ask"),
            "/access/ask",
            &[
                ("name", "Ann Other"),
                ("email", "{fresh}@fenbridge.example"),
                ("work", "Mends roofs"),
                ("role", "officer"),
                ("from-day", "24"),
                ("from-month", "11"),
                ("from-year", "2026"),
            ],
            "access.asked",
        )],
        Action::ConfirmAccess => keeping(Account),
        Action::ConfirmManagers => keeping(Needs::Manager),
        Action::ConfirmRegisterTeam => keeping(Needs::Registrar),
        Action::ReadCoverage => vec![page(Nothing, &[Whose::Team], "/teams/coverage", Shows(""))],
        Action::ReadTeamLooks => {
            vec![page(Nothing, &[Whose::Team], "/teams/looks", Look("accesses", ""))]
        }
        Action::ReadAccessLog => vec![
            page(Nothing, NOBODYS, "/access-log", Look("accesses", "")),
            page(Nothing, NOBODYS, "/oversight", Look("accesses", "")),
        ],
        Action::KeepPartners => vec![
            form(
                Nothing,
                NOBODYS,
                MayToo,
                Some("/partners/new"),
                "/partners/new",
                &[
                    ("name", "Fenland Lifts"),
                    ("relationship", "processor"),
                    ("since-day", "24"),
                    ("since-month", "11"),
                    ("since-year", "2026"),
                ],
                "partner.kept",
            ),
            form(
                Partner,
                NOBODYS,
                MayToo,
                Some("/partners/{partner}/change"),
                "/partners/{partner}/change",
                &[
                    ("name", "Fenland Lifts"),
                    ("relationship", "controller"),
                    ("since-day", "24"),
                    ("since-month", "11"),
                    ("since-year", "2026"),
                ],
                "partner.kept",
            ),
            form(
                Partner,
                NOBODYS,
                MayToo,
                Some("/partners/{partner}/agreement"),
                "/partners/{partner}/agreement",
                &[
                    ("document", "Agreement 15"),
                    ("signed-here", "The chief executive"),
                    ("signed-there", "The director"),
                    ("starts-day", "24"),
                    ("starts-month", "11"),
                    ("starts-year", "2026"),
                    ("ends-day", "23"),
                    ("ends-month", "11"),
                    ("ends-year", "2028"),
                    ("shares", "precautions"),
                    ("purposes", "visit"),
                    ("properties", "own-stock"),
                    ("answers", "{sponsor}"),
                ],
                "agreement.proposed",
            ),
            form(
                Partner,
                NOBODYS,
                MayToo,
                Some("/partners/{partner}/stock"),
                "/partners/{partner}/stock",
                &[("pasted", "UPRN,Address\n100090000001,1 Reed Close")],
                "stock.loaded",
            ),
        ],
        Action::ApproveAgreement => {
            vec![on_partner(Partner, &[("act", "approve"), ("agreement", "0")], "agreement.approved")]
        }
        Action::ConfirmAgreement => {
            vec![on_partner(Agreement, &[("act", "confirm"), ("agreement", "0")], "agreement.confirmed")]
        }
        // A marker that stands; how it is broken, opens and shuts is walked in `glass`.
        Action::BreakGlass => vec![form(
            Case(InterimLive),
            &[Whose::Other],
            MayToo,
            Some("/glass/new"),
            "/glass/new",
            &[("measure", "{measure}"), ("danger", "there-now"), ("words", "Job 4711")],
            "glass.broken",
        )],
        Action::ReviewGlass => vec![page(Nothing, NOBODYS, "/glass", Look("accesses", ""))],
        // Where a decoy is placed is walked in `oversight`: no event tells of it.
        Action::ReviewLooks => vec![
            page(Nothing, NOBODYS, "/oversight/decoys", Look("accesses", "")),
            form(
                Needs::Look,
                NOBODYS,
                MayToo,
                Some("/oversight/{look}"),
                "/oversight/{look}",
                &[("act", "ask"), ("question", "What was it for?")],
                "looks.questioned",
            ),
            form(
                Needs::Look,
                NOBODYS,
                MayToo,
                Some("/oversight/{look}"),
                "/oversight/{look}",
                &[("act", "close"), ("finding", "explained"), ("words", "It is in the diary")],
                "looks.reviewed",
            ),
        ],
        Action::ExcludeFromFiles => vec![form(
            Case(Reported),
            EVERY,
            MayToo,
            Some("/subjects/{subject}/exclusions"),
            "/subjects/{subject}/exclusions",
            &[("act", "exclude"), ("account", "{sponsor}"), ("closeness", "family"), ("words", "His sister")],
            "subject.excluded",
        )],
        // What follows from the page is walked in `deliveries`.
        Action::ReceiveMarkers => vec![page(Nothing, &[Whose::Team], "/deliveries", Shows(""))],
        Action::EndAgreement => vec![on_partner(
            Agreement,
            &[("act", "end"), ("agreement", "0"), ("reasons-0", "They merged")],
            "agreement.ended",
        )],
    }
}

/// What the table and the rule about reporters say of a role and a way.
fn may(role: Role, action: Action, way: &Way, whose: Whose) -> bool {
    let reaches = match extent_of(role, action) {
        Extent::Nothing => false,
        Extent::Own => whose == Whose::Own,
        Extent::Team => whose != Whose::Other,
        Extent::All => true,
    };
    reaches && !(whose == Whose::Own && way.reporter == Reporter::MayNever)
}

/// What a request is filled in with.
#[derive(Clone, Copy)]
struct Place {
    case: Option<Case>,
    account: Option<AccountId>,
    risk: Option<RiskId>,
    look: Option<u64>,
    import: Option<ImportId>,
    /// The team that is spoken for.
    team: TeamId,
    meeting: Option<MeetingId>,
    partner: Option<PartnerId>,
    change: u32,
    fresh: u64,
}

impl Place {
    fn fill(&self, pattern: &str) -> String {
        let mut filled = pattern
            .replace("{sponsor}", &MANAGER_HERE.to_string())
            .replace("{here}", &HERE.to_string())
            .replace("{change}", &self.change.to_string())
            .replace("{fresh}", &self.fresh.to_string());
        if let Some(case) = self.case {
            filled = filled
                .replace("{incident}", &case.incident.to_string())
                .replace("{attachment}", &case.attachment.to_string())
                .replace("{subject}", &case.subject.to_string())
                .replace("{measure}", &case.measure.to_string());
        }
        filled = filled.replace("{team}", &self.team.to_string());
        if let Some(import) = self.import {
            filled = filled.replace("{import}", &import.to_string());
        }
        if let Some(risk) = self.risk {
            filled = filled.replace("{risk}", &risk.to_string());
        }
        if let Some(look) = self.look {
            filled = filled.replace("{look}", &look.to_string());
        }
        if let Some(partner) = self.partner {
            filled = filled.replace("{partner}", &partner.to_string());
        }
        if let Some(meeting) = self.meeting {
            filled = filled.replace("{meeting}", &meeting.to_string());
        }
        if let Some(account) = self.account {
            filled = filled.replace("{account}", &account.to_string());
        }
        // A clause of letters keeps its own blanks.
        let left = Blank::ALL.iter().fold(filled.clone(), |left, blank| left.replace(&blank.in_braces(), ""));
        assert!(!left.contains('{'), "{left}");
        filled
    }
}

/// What somebody left in the logs since.
struct Left {
    records: Vec<String>,
    looks: Vec<String>,
}

struct Trial {
    council: TestCouncil,
    browsers: HashMap<Role, Browser>,
    /// Cases that nobody has changed yet.
    cases: HashMap<(Needs, TeamId, AccountId), Case>,
}

impl Trial {
    async fn open() -> Self {
        let council = TestCouncil::open().await.staffed().await;
        let mut browsers = HashMap::new();
        for role in Role::of_people() {
            browsers.insert(*role, council.signed_in(*role).await);
        }
        Self { council, browsers, cases: HashMap::new() }
    }

    /// The place of a trial: a case that nobody has changed, or a fresh account.
    async fn place(&mut self, role: Role, needs: Needs, whose: Whose) -> Place {
        let fresh = self.council.service.fresh();
        let (reporter, team) = match whose {
            Whose::Own => (id(role), HERE),
            Whose::Team => (OFFICER_HERE, HERE),
            Whose::Other => (OFFICER_AWAY, AWAY),
        };
        let (case, account, risk, import, meeting) = (None, None, None, None, None);
        let (partner, look) = (None, None);
        let nowhere = Place { case, account, risk, look, import, team, meeting, partner, change: 0, fresh };
        let council = &self.council;
        let (years, at) = match needs {
            Needs::Nothing => return nowhere,
            Needs::Staged => {
                let import = Some(imports::begun(council, team, fresh).await);
                return Place { import, ..nowhere };
            }
            Needs::Proposed => {
                let import = Some(imports::proposed(council, team, fresh).await);
                return Place { import, ..nowhere };
            }
            Needs::TakenIn => {
                let import = Some(imports::taken_in(council, team, fresh).await);
                return Place { import, ..nowhere };
            }
            Needs::Risk => {
                let risk = RiskId::from_bits(fresh);
                let [raising, ..] = to_begin_with([risk, risk, risk]);
                self.council.service.execute_as_system(raising).await.expect("risk raised");
                return Place { risk: Some(risk), ..nowhere };
            }
            Needs::Look => {
                let look = Some(self.council.looks_themselves_up(OFFICER_AWAY).await);
                return Place { look, ..nowhere };
            }
            Needs::Partner | Needs::Agreement => {
                let partner = PartnerId::from_bits(fresh);
                council.keeps(partner, [].into()).await;
                council.proposes(partner, id(role)).await;
                if needs == Needs::Agreement {
                    council.approves(partner).await;
                }
                return Place { partner: Some(partner), ..nowhere };
            }
            Needs::Meeting => {
                let meeting = Some(self.meeting().await);
                return Place { meeting, ..nowhere };
            }
            Needs::Unchanged => {
                self.council.policy_unchanged().await;
                return nowhere;
            }
            Needs::Changing => {
                let change = self.council.policy_changing().await.0;
                return Place { change, ..nowhere };
            }
            Needs::Account => {
                let account = self.account(fresh, Role::Officer).await;
                return Place { account: Some(account), ..nowhere };
            }
            Needs::Manager => {
                let account = self.account(fresh, Role::LineManager).await;
                return Place { account: Some(account), ..nowhere };
            }
            Needs::Registrar => {
                let account = self.account(fresh, Role::RegisterTeam).await;
                return Place { account: Some(account), ..nowhere };
            }
            Needs::Asked => {
                let account = self.asked(fresh).await;
                return Place { account: Some(account), ..nowhere };
            }
            Needs::Case(at) => (Years::Grown, at),
            Needs::Child(at) => (Years::Child, at),
            Needs::Logged => (Years::Grown, At::Reported),
        };
        let key = (needs, team, reporter);
        if !self.cases.contains_key(&key) {
            let case = self.council.case_by(reporter, team, years, at).await;
            if needs == Needs::Logged {
                let logging = TriageIncident {
                    incident: case.incident,
                    subject: Some(case.subject),
                    identity: Identity::Certain,
                    route: Route::LogOnly,
                    reasons: Text::new("Only this once").expect("text"),
                };
                self.council.does(REGISTRAR, logging).await;
            }
            self.cases.insert(key, case);
        }
        Place { case: self.cases.get(&key).copied(), ..nowhere }
    }

    /// The meeting that sits: the same for everybody who tries.
    async fn meeting(&self) -> MeetingId {
        let sits = self.council.service.read(|register| register.meetings().next().map(|meeting| meeting.id));
        if let Some(meeting) = sits {
            return meeting;
        }
        let members: Vec<AccountId> = [401, 402, 403].map(AccountId::from_bits).into();
        for account in &members {
            let email = Text::new(&format!("of{}@fenbridge.example", account.bits())).expect("text");
            let details =
                AccountDetails { name: Text::new("Gay Governor").expect("text"), email, phone: None };
            let roles = [Role::GovernanceGroup].into();
            let opening = OpenAccount { account: *account, roles, team: HERE, details };
            self.council.service.execute_as_system(opening).await.expect("account opened");
        }
        let (meeting, chair) = (MeetingId::from_bits(404), members[0]);
        let held_on = self.council.service.today();
        self.council.does(REGISTRAR, CallMeeting { meeting, held_on, chair }).await;
        let present = members.into_iter().collect();
        self.council.does(REGISTRAR, OpenMeeting { meeting, chair, present }).await;
        meeting
    }

    async fn account(&self, bits: u64, role: Role) -> AccountId {
        let account = AccountId::from_bits(bits);
        let email = Text::new(&format!("of{bits}@fenbridge.example")).expect("text");
        let details = AccountDetails { name: Text::new("Ann Other").expect("text"), email, phone: None };
        let opening = OpenAccount { account, roles: [role].into(), team: HERE, details };
        self.council.service.execute_as_system(opening).await.expect("account opened");
        account
    }

    async fn asked(&self, bits: u64) -> AccountId {
        let account = self.account(bits, Role::Officer).await;
        let email = Text::new(&format!("of{bits}@fenbridge.example")).expect("text");
        let details = AccountDetails { name: Text::new("Ann Other").expect("text"), email, phone: None };
        let roles = [Role::Officer, Role::DecisionMaker].into();
        self.council.does(REGISTRAR, ChangeAccount { account, roles, team: HERE, details }).await;
        let service = &self.council.service;
        let half = service.invite(Actor::Account(REGISTRAR), service.fresh_command(), account).await;
        assert!(matches!(half, Ok(Invitation::Half(_))));
        let command = service.fresh_command();
        service.ask_second_factor_reset(REGISTRAR, command, account).await.expect("asked");
        account
    }

    fn browser(&mut self, role: Role) -> &mut Browser {
        self.browsers.get_mut(&role).expect("signed in")
    }

    async fn sizes(&self) -> (u64, u64) {
        let ledger = self.council.service.ledger();
        let register = ledger.size(Log::Register).await.expect("size");
        (register, ledger.size(Log::Access).await.expect("size"))
    }

    /// Everything that was recorded since, which is this account's own.
    async fn left(&self, by: AccountId, since: (u64, u64)) -> Left {
        let ledger = self.council.service.ledger();
        let records = ledger.read(Log::Register, since.0, 100).await.expect("records");
        let looks = ledger.read(Log::Access, since.1, 100).await.expect("rows");
        for opened in records.iter().chain(&looks) {
            assert_eq!(opened.record.actor, by.to_string());
        }
        let kind = |facts: &[u8]| {
            let facts = String::from_utf8(facts.to_vec()).expect("text");
            facts
                .split("\"kind\":\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .expect("kind")
                .to_owned()
        };
        Left {
            records: records.into_iter().map(|opened| opened.record.kind).collect(),
            looks: looks.iter().map(|opened| kind(&opened.record.facts)).collect(),
        }
    }

    async fn sends(&mut self, role: Role, place: &Place, asks: Asks) -> Answer {
        let browser = self.browser(role);
        match asks {
            Asks::Page(page) => browser.get(&place.fill(page)).await,
            Asks::Form(_, to, fields) => {
                let fields: Vec<(String, String)> =
                    fields.iter().map(|(field, value)| (place.fill(field), place.fill(value))).collect();
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
                browser.post(&place.fill(to), &fields).await
            }
            Asks::Report => report(browser).await,
            Asks::Acknowledgement => {
                let uprn = place.case.map(uprn).expect("case").to_string();
                let asked = [
                    ("purpose", "visit"),
                    ("day-day", "24"),
                    ("day-month", "11"),
                    ("day-year", "2026"),
                    ("uprn", &uprn),
                    ("job", "J-17"),
                ];
                let answer = browser.post("/check", &asked).await;
                let check = if answer.status.is_success() { answer.hidden("check") } else { "1".to_owned() };
                browser.post("/check/acknowledge", &[("check", &check)]).await
            }
        }
    }

    /// Tries one cell in one way.
    async fn tries(&mut self, role: Role, action: Action, way: &Way, whose: Whose) {
        let place = self.place(role, way.needs, whose).await;
        let what = format!("{role:?}, {action:?}, {:?}, {whose:?} file", way.asks);
        let allowed = may(role, action, way, whose);
        let by_rule = whose == Whose::Own && way.reporter == Reporter::MayNever;
        if let Asks::Form(Some(page), ..) = way.asks
            && !by_rule
        {
            let since = self.sizes().await;
            let shown = self.browser(role).get(&place.fill(page)).await;
            assert_eq!(shown.status == StatusCode::OK, allowed, "{what}: its page, {}", shown.status);
            if !allowed {
                self.told_nothing(&shown, &what);
                assert!(self.left(id(role), since).await.looks.is_empty(), "{what}: its page");
            }
        }
        let since = self.sizes().await;
        let answer = self.sends(role, &place, way.asks).await;
        let left = self.left(id(role), since).await;
        let happened = match way.leaves {
            Leaves::Record(kind) => left.records.iter().any(|record| record == kind),
            Leaves::Look(kind, _) => left.looks.iter().any(|look| look == kind),
            Leaves::Shows("") => answer.status == StatusCode::OK,
            Leaves::Shows(field) => answer.body.contains(&word(team(whose), field)),
        };
        assert_eq!(happened, allowed, "{what}: {} {:?} {:?}", answer.status, left.records, left.looks);
        if allowed {
            assert!(
                answer.status.is_success() || answer.status.is_redirection(),
                "{what}: {}",
                answer.status
            );
            if let Leaves::Look(_, field) = way.leaves
                && !field.is_empty()
            {
                assert!(answer.body.contains(&word(team(whose), field)), "{what}: {field} is not shown");
            }
        } else {
            assert!(left.records.is_empty(), "{what}: {:?}", left.records);
        }
        if !allowed && !by_rule && !matches!(way.leaves, Leaves::Shows(field) if !field.is_empty()) {
            self.told_nothing(&answer, &what);
            assert!(left.looks.is_empty(), "{what}: {:?}", left.looks);
        }
        if !left.records.is_empty() {
            self.cases.retain(|_, case| Some(case.incident) != place.case.map(|case| case.incident));
        }
    }

    /// Refused, in words that say nothing of what there is.
    fn told_nothing(&self, answer: &Answer, what: &str) {
        let refused = matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
        assert!(refused, "{what}: {}", answer.status);
        assert!(!answer.body.contains("planted"), "{what}");
    }
}

const fn team(whose: Whose) -> TeamId {
    match whose {
        Whose::Own | Whose::Team => HERE,
        Whose::Other => AWAY,
    }
}

/// Reports an incident, page after page; stops at the first that is not answered with the next.
async fn report(browser: &mut Browser) -> Answer {
    let begun = browser.post("/incidents/new", &[("danger", "no")]).await;
    let Some(report) = begun.leads_to().and_then(|place| place.strip_suffix("/when")).map(str::to_owned)
    else {
        return begun;
    };
    let pages: &[(&str, &[(&str, &str)])] = &[
        (
            "when",
            &[
                ("happened-day", "23"),
                ("happened-month", "11"),
                ("happened-year", "2026"),
                ("channel", "phone"),
            ],
        ),
        ("who", &[("identity", "unknown")]),
        ("what", &[("what", "He shouted"), ("behaviours", "THR")]),
        ("harm", &[("injury", "none"), ("police", "not-told")]),
        ("needs", &[("needs", "none-known")]),
        ("contact", &[("likely", "Nobody knows")]),
        ("you", &[("source", "own"), ("protection", "usual")]),
    ];
    for (page, typed) in pages {
        let answer = browser.post(&format!("{report}/{page}"), typed).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}");
    }
    browser.post(&format!("{report}/check"), &[]).await
}

/// Parts of the table that are tried beside each other, each in a council of its own.
const PARTS: usize = 4;

async fn tries_part(part: usize) {
    let mut trial = Trial::open().await;
    let mut cells = 0;
    for action in Action::ALL.iter().skip(part).step_by(PARTS) {
        let ways = ways(*action);
        assert!(!ways.is_empty() || *action == Action::TellStaff, "{action:?} is not tried");
        // Months go by in its cases, and records are never dated before the one they follow.
        let mut apart = match action {
            Action::ReadDecisionFile => Some(Trial::open().await),
            _ => None,
        };
        let trial = apart.as_mut().unwrap_or(&mut trial);
        for way in &ways {
            for role in Role::of_people() {
                for whose in way.whose {
                    let reports = extent_of(*role, Action::ReportIncident) > Extent::Nothing;
                    if *whose == Whose::Own && !reports {
                        continue;
                    }
                    trial.tries(*role, *action, way, *whose).await;
                    cells += 1;
                }
            }
        }
    }
    assert!(cells >= Role::of_people().count() * (Action::ALL.len() / PARTS), "{cells}");
}

#[tokio::test]
async fn every_role_does_exactly_what_the_table_allows_first_part() {
    tries_part(0).await;
}

#[tokio::test]
async fn every_role_does_exactly_what_the_table_allows_second_part() {
    tries_part(1).await;
}

#[tokio::test]
async fn every_role_does_exactly_what_the_table_allows_third_part() {
    tries_part(2).await;
}

#[tokio::test]
async fn every_role_does_exactly_what_the_table_allows_fourth_part() {
    tries_part(PARTS - 1).await;
}

/// What is left in the log by forms that ask first for proof that it is they, with a session that last gave it eleven minutes ago.
const AFTER_PROOF: &[&str] = &[
    "account.changed",
    "account.grant-given",
    "account.opened",
    "agreement.approved",
    "appeal.decided",
    "assessment.under-age-answered",
    "file.held",
    "file.released",
    "import.approved",
    "import.undone",
    "letter.approved",
    "measure.approved",
    "measure.ended",
    "measure.refused",
    "measure.retained",
    "policy.endorsed",
    "removal.proposed",
    "withholding.agreed",
];

#[tokio::test]
async fn whoever_asks_something_grave_shows_first_that_it_is_they_and_nothing_else_asks_for_it() {
    let mut trial = Trial::open().await;
    let mut after_proof = BTreeSet::new();
    for action in Action::ALL.iter().filter(|action| **action != Action::ReadDecisionFile) {
        for way in ways(*action) {
            let (Asks::Form(..), Leaves::Record(kind)) = (way.asks, way.leaves) else { continue };
            let cells = Role::of_people().flat_map(|role| way.whose.iter().map(|whose| (*role, *whose)));
            let allowed = cells.into_iter().find(|(role, whose)| may(*role, *action, &way, *whose));
            let (role, whose) = allowed.expect("somebody may");
            let place = trial.place(role, way.needs, whose).await;
            let browser = trial.council.signed_in(role).await;
            trial.browsers.insert(role, browser);
            trial.council.clock.set(trial.council.clock.now() + SignedDuration::from_mins(11));
            let since = trial.sizes().await;
            let answer = trial.sends(role, &place, way.asks).await;
            let left = trial.left(id(role), since).await;
            if answer.body.contains("Show that it is you") {
                assert!(left.records.is_empty(), "{kind}: nothing was done");
                after_proof.insert(kind);
            }
            if !left.records.is_empty() {
                trial.cases.clear();
            }
        }
    }
    assert_eq!(after_proof.into_iter().collect::<Vec<_>>(), AFTER_PROOF);
}
