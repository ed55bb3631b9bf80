//! An appeal through the public page: with the reference and the code of the letter, and nothing else.
//!
//! Whoever guesses learns nothing: a wrong reference, a wrong code and a measure that has no code are answered alike, and tries
//! are counted by reference before anything is looked at.

use crate::sign_in::SignInRefused;
use crate::{Done, Failure, Fault, Service};
use register::appeal::{AppealWords, Lodged};
use register::command::{Command, LodgeAppeal};
use register::ids::{AppealCode, CommandId, MeasureId};
use register::moment::Actor;
use register::personal::Particulars;
use register::refusal::Refusal;

/// Why an appeal was not taken.
#[derive(Debug)]
pub enum NotLodged {
    /// The reference and the code are not of one letter.
    NotRight,
    /// Too many tries with this reference.
    TooMany,
    /// A rule refuses it: what somebody with the right code may be told.
    Refused(Refusal),
    /// Our fault.
    Fault(Fault),
}

impl Service {
    /// Lodges an appeal for whoever holds the code of a letter. Sent twice under one id, it is lodged once.
    ///
    /// # Errors
    /// [`NotLodged`]; a guesser is told nothing but that it was not right.
    pub async fn appeal(
        &self,
        id: CommandId,
        reference: &str,
        code: &str,
        lodged: Lodged,
        words: AppealWords,
    ) -> Result<Done, NotLodged> {
        let measure: Option<MeasureId> = reference.parse().ok();
        let written = measure.map_or_else(|| reference.trim().to_uppercase(), |measure| measure.to_string());
        match self.charge(&format!("appeal {written}")).await {
            Ok(()) => {}
            Err(SignInRefused::Fault(fault)) => return Err(NotLodged::Fault(fault)),
            Err(_) => return Err(NotLodged::TooMany),
        }
        let code: Option<AppealCode> = code.parse().ok();
        let printed = self.read(|register| {
            let code = register.measure(measure?)?.appeal_code.as_ref().and_then(Particulars::known)?;
            code.as_str().parse::<AppealCode>().ok()
        });
        // Forty random bits, eight tries in five minutes: how long a comparison takes tells nothing worth knowing.
        let (Some(measure), Some(code), Some(printed)) = (measure, code, printed) else {
            return Err(NotLodged::NotRight);
        };
        if code != printed {
            return Err(NotLodged::NotRight);
        }
        let command = Command::from(LodgeAppeal { measure, lodged, words });
        self.carry_out(Actor::System, id, &command, &[]).await.map_err(|failure| match failure {
            Failure::Refused(refusal) => NotLodged::Refused(refusal),
            Failure::Fault(fault) => NotLodged::Fault(fault),
        })
    }
}
