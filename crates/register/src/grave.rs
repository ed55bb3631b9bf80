//! Grave acts: what ends or begins something for somebody, or lets somebody in. Whoever asks one shows afresh that it is they, so that a
//! session left open on a desk decides nothing.
//!
//! What is urgent at a door is not here (an interim marker, its second person): a code that is asked for then costs safety. What is
//! prepared is not here either: it waits for a second person, whose word is.

use crate::command::Command;

/// Whether whoever asks this shows afresh that it is they (ASVS 5.0, 7.5.3).
#[must_use]
pub const fn is_grave(command: &Command) -> bool {
    matches!(
        command,
        // Decisions about somebody.
        Command::Decide(_)
            | Command::AllowUnderAge(_)
            | Command::AgreeWithholding(_)
            | Command::ReviewMeasure(_)
            | Command::VaryMeasure(_)
            | Command::DecideAtMeeting(_)
            | Command::AgreeRemoval(_)
            | Command::DecideAppeal(_)
            | Command::RemoveMeasure(_)
            | Command::HoldFile(_)
            | Command::LiftHold(_)
            // Letters that leave.
            | Command::ApproveLetter(_)
            // Lists taken in, and taken out again.
            | Command::ApproveImport(_)
            | Command::UndoImport(_)
            // Who is let in, and under which rules.
            | Command::OpenAccount(_)
            | Command::ChangeAccount(_)
            | Command::AskGrant(_)
            | Command::AgreeGrant(_)
            | Command::ApproveAgreement(_)
            | Command::EndorsePolicy(_)
    )
}
