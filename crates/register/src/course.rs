//! The courses that a case, a review and an appeal take, as tables: from where, by which command, to where.
//!
//! The process charts are drawn from them. They cannot drift from what runs: the simulation records every step that the register
//! takes through years of chance, and a step that is not in a table fails it, as does a row that never happens.

use crate::appeal::{AppealOutcome, AppealStage};
use crate::command::{Command, Permission};
use crate::measure::Stage;
use crate::ombudsman::{Complaint, ComplaintOutcome};
use crate::people::{Extent, Role, extent_of};
use crate::review::Nearness;

/// Where something stands on its course.
pub trait State: Copy + Eq + 'static {
    /// What charts call it.
    fn label(self) -> &'static str;
}

/// What takes it a step further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The command of this name, one of [`Command::NAMES`].
    Command(&'static str),
    /// Nothing but a day that has come.
    Time,
}

/// Whether a step is of the usual course, which charts draw, or one that may happen besides, which they only tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Drawn and told.
    Usual,
    /// Told.
    Besides,
}

/// One step of a course.
#[derive(Debug, Clone, Copy)]
pub struct Row<S> {
    /// Where it stood.
    pub from: S,
    /// What took it further.
    pub by: By,
    /// Where it stands then; the same where the step only adds something.
    pub to: S,
    /// What happens, in a few words.
    pub says: &'static str,
    /// Whether it is drawn.
    pub weight: Weight,
}

impl<S: Copy> Row<S> {
    /// From where, by what, to where.
    #[must_use]
    pub const fn way(&self) -> (S, By, S) {
        (self.from, self.by, self.to)
    }
}

/// Where a case stands: a report, and then the measure that it led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// A row of a list that a service kept.
    Listed,
    /// A report, and no measure yet.
    Report,
    /// A report that led to nothing.
    Logged,
    /// A measure at this stage.
    Measure(Stage),
}

impl State for Case {
    fn label(self) -> &'static str {
        match self {
            Case::Listed => "On a service’s own list",
            Case::Report => "Reported",
            Case::Logged => "Kept as a record only",
            Case::Measure(stage) => stage.label(),
        }
    }
}

/// Where the review of a measure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Review {
    /// The measure is not in force yet.
    NotInForce,
    /// It is in force, and its review is so near.
    Live(Nearness),
    /// It has come off.
    Ended,
}

impl State for Review {
    fn label(self) -> &'static str {
        match self {
            Review::NotInForce => "Approved, not in force yet",
            Review::Live(nearness) => nearness.label(),
            Review::Ended => "Ended",
        }
    }
}

/// Where an appeal stands, and what the customer made of its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Appeal {
    /// The customer was told of a measure, and has not appealed against it.
    Told,
    /// It waits to be given to somebody.
    Lodged,
    /// It is with somebody who took no part.
    Given,
    /// It was decided this way.
    Decided(AppealOutcome),
    /// The customer took it back.
    TakenBack,
    /// An ombudsman has taken up what was decided.
    TakenUp,
    /// An ombudsman ended the complaint this way.
    Found(ComplaintOutcome),
}

impl State for Appeal {
    fn label(self) -> &'static str {
        match self {
            Appeal::Told => "Told, and may appeal",
            Appeal::Lodged => "Appeal lodged",
            Appeal::Given => "With somebody who took no part",
            Appeal::Decided(outcome) => outcome.label(),
            Appeal::TakenBack => "Taken back",
            Appeal::TakenUp => "With an ombudsman",
            Appeal::Found(outcome) => outcome.label(),
        }
    }
}

impl Appeal {
    /// Where an appeal stands that has come so far.
    #[must_use]
    pub const fn of(stage: &AppealStage) -> Self {
        match stage {
            AppealStage::Lodged => Appeal::Lodged,
            AppealStage::Assigned { .. } => Appeal::Given,
            AppealStage::Decided { outcome, .. } => Appeal::Decided(*outcome),
            AppealStage::Withdrawn { .. } => Appeal::TakenBack,
        }
    }

    /// Where an appeal stands whose outcome an ombudsman took up.
    #[must_use]
    pub const fn at_an_ombudsman(complaint: &Complaint) -> Self {
        match &complaint.end {
            None => Appeal::TakenUp,
            Some(end) => Appeal::Found(end.outcome),
        }
    }
}

/// Writes rows as `from, "Command" => to: "what happens";`, the usual ones and then the others.
macro_rules! rows {
    ($state:ty; usual { $($from:expr, $by:expr => $to:expr, $says:literal;)* } besides { $($from2:expr, $by2:expr => $to2:expr, $says2:literal;)* }) => {
        &[
            $(Row::<$state> { from: $from, by: $by, to: $to, says: $says, weight: Weight::Usual },)*
            $(Row::<$state> { from: $from2, by: $by2, to: $to2, says: $says2, weight: Weight::Besides },)*
        ]
    };
}

use AppealOutcome::{InPart, NotHeard, NotUpheld, Upheld};
use By::{Command as C, Time};
use Case::{Listed, Logged, Report};
use ComplaintOutcome::{Closed, Fault, NoFault};
use Nearness::{Ahead, Overdue, Soon};
use Review::Live;

const ASSESSMENT: Case = Case::Measure(Stage::Assessment);
const DECISION: Case = Case::Measure(Stage::Decision);
const NOTICE: Case = Case::Measure(Stage::Notice);
const IN_FORCE: Case = Case::Measure(Stage::InForce);
const ENDED: Case = Case::Measure(Stage::Ended);
const DESTROYED: Case = Case::Measure(Stage::Destroyed);

/// The course of a case, from the report to nothing left.
pub const CASE: &[Row<Case>] = rows! {
    Case;
    usual {
        Report, C("TriageIncident") => ASSESSMENT, "Triage proposes a measure";
        Report, C("AskInterim") => ASSESSMENT, "An interim marker is asked for on immediate risk";
        Report, C("TriageIncident") => Logged, "Triage keeps it as a record only";
        Listed, C("ApproveImport") => ASSESSMENT, "A second person takes the list in: a provisional entry, shown until it should have been assessed";
        ASSESSMENT, C("CompleteAssessment") => DECISION, "Every test is answered and the assessment completed";
        DECISION, C("Decide") => NOTICE, "The measure is approved";
        DECISION, C("Decide") => ENDED, "The measure is not approved";
        NOTICE, C("RecordLetterSent") => IN_FORCE, "The letter that tells the customer is sent";
        NOTICE, C("AgreeWithholding") => IN_FORCE, "A second person agrees that the customer is not told for now";
        IN_FORCE, C("ReviewMeasure") => ENDED, "A review removes a warning or a restriction";
        IN_FORCE, C("DecideAtMeeting") => ENDED, "The Governance Group removes an entry";
        IN_FORCE, C("DecideAppeal") => ENDED, "An appeal is upheld";
        IN_FORCE, C("AgreeRemoval") => ENDED, "Two of the Governance Group remove an entry between meetings";
        ASSESSMENT, C("LapseInterim") => ENDED, "It came from an old list, and nobody assessed it in time";
        ASSESSMENT, C("RemoveMeasure") => ENDED, "Removed at once: an error, or a death";
        DECISION, C("RemoveMeasure") => ENDED, "Removed at once: an error, or a death";
        NOTICE, C("RemoveMeasure") => ENDED, "Removed at once: an error, or a death";
        IN_FORCE, C("RemoveMeasure") => ENDED, "Removed at once: an error, a death; or a warning’s watch period has passed";
        ENDED, C("Destroy") => DESTROYED, "Its time has come: its words are destroyed";
    }
    besides {
        ASSESSMENT, C("UndoImport") => Listed, "The whole list is taken back, while nobody has gone on from any of it";
        ASSESSMENT, C("TriageIncident") => ASSESSMENT, "Another report is added to it";
        ASSESSMENT, C("AskInterim") => ASSESSMENT, "An interim marker is asked for on immediate risk";
        ASSESSMENT, C("AgreeInterim") => ASSESSMENT, "A second person agrees the interim marker";
        ASSESSMENT, C("RefuseInterim") => ASSESSMENT, "The interim marker is refused";
        ASSESSMENT, C("LapseInterim") => ASSESSMENT, "The interim marker lapses";
        ASSESSMENT, C("AnswerTest") => ASSESSMENT, "A threshold test is answered";
        ASSESSMENT, C("SetPlan") => ASSESSMENT, "The plan is set";
        ASSESSMENT, C("WeighProportionality") => ASSESSMENT, "Proportionality is weighed";
        ASSESSMENT, C("AllowUnderAge") => ASSESSMENT, "The second safeguard of a young person is answered";
        ASSESSMENT, C("HoldFile") => ASSESSMENT, "A hold is placed";
        ASSESSMENT, C("LiftHold") => ASSESSMENT, "Holds are lifted";
        DECISION, C("TriageIncident") => DECISION, "Another report is added to it";
        DECISION, C("AskInterim") => DECISION, "An interim marker is asked for on immediate risk";
        DECISION, C("AgreeInterim") => DECISION, "A second person agrees the interim marker";
        DECISION, C("RefuseInterim") => DECISION, "The interim marker is refused";
        DECISION, C("LapseInterim") => DECISION, "The interim marker lapses";
        DECISION, C("AllowUnderAge") => DECISION, "The second safeguard of a young person is answered";
        DECISION, C("HoldFile") => DECISION, "A hold is placed";
        DECISION, C("LiftHold") => DECISION, "Holds are lifted";
        NOTICE, C("TriageIncident") => NOTICE, "Another report is added to it";
        NOTICE, C("AgreeInterim") => NOTICE, "A second person agrees the interim marker";
        NOTICE, C("RefuseInterim") => NOTICE, "The interim marker is refused";
        NOTICE, C("LapseInterim") => NOTICE, "The interim marker lapses";
        NOTICE, C("WriteLetter") => NOTICE, "The letter is written";
        NOTICE, C("ApproveLetter") => NOTICE, "A second person approves the letter";
        NOTICE, C("WithholdNotice") => NOTICE, "Somebody asks that the customer is not told for now";
        NOTICE, C("RefuseWithholding") => NOTICE, "A second person does not agree: the customer is to be told";
        NOTICE, C("HoldFile") => NOTICE, "A hold is placed";
        NOTICE, C("LiftHold") => NOTICE, "Holds are lifted";
        IN_FORCE, C("ReviewMeasure") => IN_FORCE, "A review keeps it";
        IN_FORCE, C("TriageIncident") => IN_FORCE, "Another report is added to it";
        IN_FORCE, C("WriteLetter") => IN_FORCE, "A letter is written to a customer who was not told";
        IN_FORCE, C("ApproveLetter") => IN_FORCE, "A second person approves the letter";
        IN_FORCE, C("RecordLetterSent") => IN_FORCE, "The customer who was not told is told";
        IN_FORCE, C("HoldFile") => IN_FORCE, "A hold is placed";
        IN_FORCE, C("LiftHold") => IN_FORCE, "Holds are lifted";
        ASSESSMENT, C("ChangeSponsor") => ASSESSMENT, "Somebody else answers for it";
        DECISION, C("ChangeSponsor") => DECISION, "Somebody else answers for it";
        NOTICE, C("ChangeSponsor") => NOTICE, "Somebody else answers for it";
        IN_FORCE, C("ChangeSponsor") => IN_FORCE, "Somebody else answers for it";
        IN_FORCE, C("AnswerReview") => IN_FORCE, "The questions of a review are answered";
        IN_FORCE, C("VaryMeasure") => IN_FORCE, "The plan changes";
        IN_FORCE, C("AskRemoval") => IN_FORCE, "Removal before the next meeting is asked for";
        IN_FORCE, C("DecideAtMeeting") => IN_FORCE, "The Governance Group keeps an entry";
        IN_FORCE, C("LodgeAppeal") => IN_FORCE, "The customer appeals";
        IN_FORCE, C("AssignAppeal") => IN_FORCE, "The appeal is given to somebody who took no part";
        IN_FORCE, C("DecideAppeal") => IN_FORCE, "An appeal is not upheld, or the plan changes";
        IN_FORCE, C("WithdrawAppeal") => IN_FORCE, "The customer does not go on with the appeal";
        ENDED, C("WriteLetter") => ENDED, "The letter that tells the customer is written";
        ENDED, C("ApproveLetter") => ENDED, "A second person approves the letter";
        ENDED, C("RecordLetterSent") => ENDED, "The letter is sent";
        ENDED, C("ConfirmWithdrawal") => ENDED, "A team confirms that it no longer follows it";
        ENDED, C("ReceiveMarker") => ENDED, "A partner has taken the marker off, which is the word of its teams";
        ENDED, C("DecideAtMeeting") => ENDED, "The Governance Group looks at a removal between meetings";
        ENDED, C("AssignAppeal") => ENDED, "An appeal that still waits is given to somebody";
        ENDED, C("DecideAppeal") => ENDED, "An appeal that still waited is decided";
        ENDED, C("WithdrawAppeal") => ENDED, "The customer does not go on with the appeal";
        ENDED, C("HoldFile") => ENDED, "A hold stops its destruction";
        IN_FORCE, C("RecordComplaint") => IN_FORCE, "An ombudsman takes up what the customer complains of";
        IN_FORCE, C("EndComplaint") => IN_FORCE, "The complaint to the ombudsman ends";
        ENDED, C("RecordComplaint") => ENDED, "An ombudsman takes up what the customer complains of: that stops its destruction";
        ENDED, C("EndComplaint") => ENDED, "The complaint to the ombudsman ends";
        ENDED, C("LiftHold") => ENDED, "Holds are lifted";
        ASSESSMENT, C("LogContact") => ASSESSMENT, "What the customer sends or says is logged, where contact is limited or may come to be";
        ASSESSMENT, C("AnswerContact") => ASSESSMENT, "Another matter of the customer’s is answered";
        DECISION, C("LogContact") => DECISION, "What the customer sends or says is logged, where contact is limited or may come to be";
        DECISION, C("AnswerContact") => DECISION, "Another matter of the customer’s is answered";
        NOTICE, C("LogContact") => NOTICE, "What the customer sends or says is logged, where contact is limited or may come to be";
        NOTICE, C("AnswerContact") => NOTICE, "Another matter of the customer’s is answered";
        IN_FORCE, C("LogContact") => IN_FORCE, "What the customer sends or says is logged, where contact is limited or may come to be";
        IN_FORCE, C("AnswerContact") => IN_FORCE, "Another matter of the customer’s is answered";
        ASSESSMENT, C("KeepLegalAdvice") => ASSESSMENT, "What a lawyer advised is kept, apart from the file";
        ASSESSMENT, C("RecordDispute") => ASSESSMENT, "The customer says that the record is wrong";
        ASSESSMENT, C("AnswerDispute") => ASSESSMENT, "What the customer says is answered";
        DECISION, C("KeepLegalAdvice") => DECISION, "What a lawyer advised is kept, apart from the file";
        DECISION, C("RecordDispute") => DECISION, "The customer says that the record is wrong";
        DECISION, C("AnswerDispute") => DECISION, "What the customer says is answered";
        NOTICE, C("KeepLegalAdvice") => NOTICE, "What a lawyer advised is kept, apart from the file";
        NOTICE, C("RecordDispute") => NOTICE, "The customer says that the record is wrong";
        NOTICE, C("AnswerDispute") => NOTICE, "What the customer says is answered";
        IN_FORCE, C("KeepLegalAdvice") => IN_FORCE, "What a lawyer advised is kept, apart from the file";
        IN_FORCE, C("RecordDispute") => IN_FORCE, "The customer says that the record is wrong";
        IN_FORCE, C("AnswerDispute") => IN_FORCE, "What the customer says is answered";
        ENDED, C("KeepLegalAdvice") => ENDED, "What a lawyer advised is kept, apart from the file";
        ENDED, C("RecordDispute") => ENDED, "The customer says that the record is wrong";
        ENDED, C("AnswerDispute") => ENDED, "What the customer says is answered";
        DESTROYED, C("HoldFile") => DESTROYED, "A hold stops the destruction of the sealed decision file";
        DESTROYED, C("LiftHold") => DESTROYED, "Holds are lifted";
        DESTROYED, C("Destroy") => DESTROYED, "The sealed decision file is destroyed";
    }
};

/// The course of a review, from the day a measure comes into force.
pub const REVIEW: &[Row<Review>] = rows! {
    Review;
    usual {
        Review::NotInForce, C("RecordLetterSent") => Live(Ahead), "The letter is sent: it is in force";
        Review::NotInForce, C("AgreeWithholding") => Live(Ahead), "Two people withhold the notice: it is in force";
        Live(Ahead), Time => Live(Soon), "The day comes near: it is work that waits";
        Live(Soon), C("ReviewMeasure") => Live(Ahead), "Kept, for positive reasons, until a new date";
        Live(Soon), C("ReviewMeasure") => Review::Ended, "A warning or a restriction is removed: no longer justified";
        Live(Soon), C("DecideAtMeeting") => Live(Ahead), "The Governance Group keeps an entry, for positive reasons";
        Live(Soon), C("DecideAtMeeting") => Review::Ended, "The Governance Group removes an entry";
        Live(Soon), Time => Live(Overdue), "The day passes: it is shown as overdue to whoever checks";
        Live(Overdue), C("ReviewMeasure") => Live(Ahead), "Kept, for positive reasons, until a new date";
        Live(Overdue), C("ReviewMeasure") => Review::Ended, "A warning or a restriction is removed: no longer justified";
        Live(Overdue), C("DecideAtMeeting") => Live(Ahead), "The Governance Group keeps an entry, for positive reasons";
        Live(Overdue), C("DecideAtMeeting") => Review::Ended, "The Governance Group removes an entry";
    }
    besides {
        Review::NotInForce, C("RecordLetterSent") => Live(Soon), "The letter is sent late: it is in force";
        Review::NotInForce, C("RecordLetterSent") => Live(Overdue), "The letter is sent late: it is in force";
        Review::NotInForce, C("AgreeWithholding") => Live(Soon), "Two people withhold the notice late: it is in force";
        Review::NotInForce, C("AgreeWithholding") => Live(Overdue), "Two people withhold the notice late: it is in force";
        Live(Ahead), C("ReviewMeasure") => Live(Ahead), "Kept before its time, until a new date";
        Live(Ahead), C("ReviewMeasure") => Live(Soon), "Kept before its time, for a short while";
        Live(Ahead), C("ReviewMeasure") => Review::Ended, "Removed before its time: no longer justified";
        Live(Soon), C("ReviewMeasure") => Live(Soon), "Kept, for a short while; or the removal of an entry goes to the Governance Group";
        Live(Overdue), C("ReviewMeasure") => Live(Soon), "Kept, for a short while";
        Live(Overdue), C("ReviewMeasure") => Live(Overdue), "The removal of an entry goes to the Governance Group";
        Live(Overdue), C("DecideAtMeeting") => Live(Soon), "The Governance Group keeps an entry, for a short while";
        Live(Ahead), C("DecideAtMeeting") => Review::Ended, "The Governance Group removes an entry before its review is due";
        Live(Ahead), C("DecideAtMeeting") => Live(Soon), "The Governance Group keeps an entry, for a short while";
        Live(Ahead), C("AgreeRemoval") => Review::Ended, "Two of the Governance Group remove an entry between meetings";
        Live(Soon), C("AgreeRemoval") => Review::Ended, "Two of the Governance Group remove an entry between meetings";
        Live(Overdue), C("AgreeRemoval") => Review::Ended, "Two of the Governance Group remove an entry between meetings";
        Live(Ahead), C("DecideAppeal") => Review::Ended, "An appeal is upheld";
        Live(Soon), C("DecideAppeal") => Review::Ended, "An appeal is upheld";
        Live(Overdue), C("DecideAppeal") => Review::Ended, "An appeal is upheld";
        Live(Ahead), C("DecideAppeal") => Live(Soon), "The plan changes on appeal, with an earlier review";
        Live(Ahead), C("VaryMeasure") => Live(Soon), "The plan changes, with an earlier review";
        Review::NotInForce, C("RemoveMeasure") => Review::Ended, "Removed before it came into force";
        Live(Ahead), C("RemoveMeasure") => Review::Ended, "Removed at once: an error, a death; or a warning’s watch period has passed";
        Live(Soon), C("RemoveMeasure") => Review::Ended, "Removed at once: an error, a death; or a warning’s watch period has passed";
        Live(Overdue), C("RemoveMeasure") => Review::Ended, "Removed at once: an error, a death; or a warning’s watch period has passed";
        Live(Ahead), C("AdoptPolicy") => Live(Soon), "A changed policy asks for it sooner";
        Live(Ahead), C("AdoptPolicy") => Live(Overdue), "A changed policy asks for it sooner";
        Live(Soon), C("AdoptPolicy") => Live(Overdue), "A changed policy asks for it sooner";
        Live(Soon), C("AdoptPolicy") => Live(Ahead), "A changed policy says that it is not work yet";
    }
};

/// The course of an appeal, from the day the customer was told.
pub const APPEAL: &[Row<Appeal>] = rows! {
    Appeal;
    usual {
        Appeal::Told, C("LodgeAppeal") => Appeal::Lodged, "The customer appeals, or somebody for them: online, by letter, email or phone, in person";
        Appeal::Lodged, C("AssignAppeal") => Appeal::Given, "It is given to somebody who took no part in the case";
        Appeal::Given, C("DecideAppeal") => Appeal::Decided(Upheld), "Upheld: the measure ends in the same moment";
        Appeal::Given, C("DecideAppeal") => Appeal::Decided(InPart), "Upheld in part: the plan changes in the same moment";
        Appeal::Given, C("DecideAppeal") => Appeal::Decided(NotUpheld), "Not upheld: the measure stands";
        Appeal::Given, C("DecideAppeal") => Appeal::Decided(NotHeard), "It came late, and there is no good reason for that";
        Appeal::Given, C("WithdrawAppeal") => Appeal::TakenBack, "The customer does not go on with it";
        Appeal::Decided(NotUpheld), C("RecordComplaint") => Appeal::TakenUp, "The customer goes to an ombudsman, who takes it up: nothing is destroyed meanwhile";
        Appeal::TakenUp, C("EndComplaint") => Appeal::Found(Fault), "The ombudsman finds fault: the measure is looked at early";
        Appeal::TakenUp, C("EndComplaint") => Appeal::Found(NoFault), "The ombudsman finds no fault";
        Appeal::TakenUp, C("EndComplaint") => Appeal::Found(Closed), "The ombudsman does not look into it, or not to the end";
    }
    besides {
        Appeal::Decided(InPart), C("RecordComplaint") => Appeal::TakenUp, "The customer goes to an ombudsman with what was not upheld";
        Appeal::Decided(NotHeard), C("RecordComplaint") => Appeal::TakenUp, "The customer goes to an ombudsman because it was not heard";
        Appeal::Given, C("AssignAppeal") => Appeal::Given, "It is given to somebody else who took no part";
        Appeal::Lodged, C("WithdrawAppeal") => Appeal::TakenBack, "The customer does not go on with it";
    }
};

/// A course as it is drawn and told, whatever its states are.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Its name in addresses and ids.
    pub key: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub about: &'static str,
    /// Every state, in the order of the usual course.
    pub states: Vec<&'static str>,
    /// Every step, the usual ones first.
    pub steps: Vec<Step>,
}

/// A step of a chart.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Where it begins: an index into the states.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// What happens.
    pub says: &'static str,
    /// What takes it.
    pub by: By,
    /// Whether it is drawn.
    pub weight: Weight,
}

impl Step {
    /// Who may take it, as the table of permissions has it; a day that has come needs nobody.
    #[must_use]
    pub fn who(&self) -> Vec<&'static str> {
        const ITSELF: &str = "The register itself";
        let roles = |action| {
            Role::ALL
                .iter()
                .filter(move |role| extent_of(**role, action) > Extent::Nothing)
                .map(|role| role.label())
        };
        let permission = match self.by {
            By::Time => return vec!["Nobody: a day that comes"],
            By::Command(name) => Command::permission_of(name),
        };
        match permission {
            None => Vec::new(),
            Some(Permission::System) => vec![ITSELF],
            Some(Permission::Holder) => Role::of_people().map(|role| role.label()).collect(),
            Some(Permission::Account(action)) => roles(action).collect(),
            Some(Permission::AccountOrSystem(action)) => roles(action).chain([ITSELF]).collect(),
        }
    }
}

/// Every chart, in the order of the page.
#[must_use]
pub fn charts() -> Vec<Chart> {
    vec![
        chart(
            "case",
            "Case",
            "From a report, or a row of an old list, to a measure in force, its end, and the destruction of its words.",
            &[Listed, Report, Logged, ASSESSMENT, DECISION, NOTICE, IN_FORCE, ENDED, DESTROYED],
            CASE,
        ),
        chart(
            "review",
            "Review",
            "How a measure in force is looked at again in time, kept for positive reasons or removed.",
            &[Review::NotInForce, Live(Ahead), Live(Soon), Live(Overdue), Review::Ended],
            REVIEW,
        ),
        chart(
            "appeal",
            "Appeal",
            "How a customer’s challenge is heard by somebody who took no part, what comes of it, and how an ombudsman looks at it.",
            &[
                Appeal::Told,
                Appeal::Lodged,
                Appeal::Given,
                Appeal::Decided(Upheld),
                Appeal::Decided(InPart),
                Appeal::Decided(NotUpheld),
                Appeal::Decided(NotHeard),
                Appeal::TakenBack,
                Appeal::TakenUp,
                Appeal::Found(Fault),
                Appeal::Found(NoFault),
                Appeal::Found(Closed),
            ],
            APPEAL,
        ),
    ]
}

fn chart<S: State>(
    key: &'static str,
    title: &'static str,
    about: &'static str,
    states: &[S],
    rows: &[Row<S>],
) -> Chart {
    let place = |state: S| states.iter().position(|known| *known == state);
    let step = |row: &Row<S>| {
        Some(Step {
            from: place(row.from)?,
            to: place(row.to)?,
            says: row.says,
            by: row.by,
            weight: row.weight,
        })
    };
    Chart {
        key,
        title,
        about,
        states: states.iter().map(|state| state.label()).collect(),
        steps: rows.iter().filter_map(step).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_drawn_from_states_and_commands_that_exist_and_somebody_may_take_it() {
        let charts = charts();
        let rows = [CASE.len(), REVIEW.len(), APPEAL.len()];
        for (chart, rows) in charts.iter().zip(rows) {
            assert_eq!(chart.steps.len(), rows, "{}: a row whose state is not listed", chart.key);
            for step in &chart.steps {
                if let By::Command(name) = step.by {
                    assert!(Command::NAMES.contains(&name), "{name} is no command");
                }
                assert!(!step.who().is_empty(), "nobody may: {}", step.says);
            }
        }
    }

    #[test]
    fn a_step_is_written_down_once() {
        let mut case: Vec<_> = CASE.iter().map(Row::way).collect();
        let mut review: Vec<_> = REVIEW.iter().map(Row::way).collect();
        case.sort_unstable();
        case.dedup();
        review.sort_unstable();
        review.dedup();
        let mut appeal: Vec<_> = APPEAL.iter().map(Row::way).collect();
        appeal.sort_unstable();
        appeal.dedup();
        let all = (CASE.len(), REVIEW.len(), APPEAL.len());
        assert_eq!((case.len(), review.len(), appeal.len()), all);
    }
}
