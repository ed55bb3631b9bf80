//! Before a grave act whoever is signed in shows afresh that it is they. What they typed is carried through the page that asks for it.

use crate::app::App;
use crate::form::Form;
use crate::passkey::{self, Asking};
use crate::problem::Problem;
use crate::session::SignedIn;
use register::command::Command;
use register::grave::is_grave;
use register::ids::CommandId;
use service::sign_in::SignInRefused;
use service::{Done, Failure};

/// The field of the code that shows it.
pub const PROOF: &str = "proof";
/// Where somebody shows it who was about to take something away.
pub const PROVE: &str = "/account/proof";

/// What is asked of somebody before it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proving {
    /// Where the form goes; where it came from, if nowhere else.
    pub place: Option<&'static str>,
    /// What was typed, and what is wrong with the code.
    pub form: Form,
    /// What a device is asked for instead, where they have a passkey.
    pub passkey: Option<Asking>,
    /// Whether a code will do.
    pub takes_code: bool,
    /// The code that an authenticator app would show now, in a demonstration alone.
    pub demonstration_code: Option<String>,
}

impl SignedIn {
    /// Carries out what a form asks; where it is grave, once they have shown that it is they.
    ///
    /// # Errors
    /// [`Problem::Prove`] where that is to be shown first. Nothing was done then, and nothing that was typed is lost.
    pub async fn asks(
        &self,
        app: &App,
        form: &Form,
        id: CommandId,
        command: impl Into<Command>,
    ) -> Result<Result<Done, Failure>, Problem> {
        let command = command.into();
        if is_grave(&command) {
            self.proves(app, form).await?;
        }
        Ok(app.service.execute(self.id(), id, command).await)
    }

    /// Turns to showing that it is they, unless they did so lately or the form holds the code that does.
    ///
    /// # Errors
    /// [`Problem::Prove`].
    pub async fn proves(&self, app: &App, form: &Form) -> Result<(), Problem> {
        self.proves_at(app, None, form).await
    }

    /// The same before something is taken away that no form asks for: `place` is where it lies.
    ///
    /// # Errors
    /// [`Problem::Prove`].
    pub async fn proves_before(&self, app: &App, place: &str) -> Result<(), Problem> {
        self.proves_at(app, Some(PROVE), &Form::default().with("next", place)).await
    }

    async fn proves_at(&self, app: &App, place: Option<&'static str>, form: &Form) -> Result<(), Problem> {
        if app.service.is_fresh(self.proved) {
            return Ok(());
        }
        let mut form = form.clone();
        match self.shown(app, &form).await {
            Some(Ok(())) => return Ok(()),
            Some(Err(SignInRefused::Fault(fault))) => return Err(fault.into()),
            Some(Err(refused)) => form.mistake(PROOF, refused.to_string()),
            None => {}
        }
        Err(self.is_to_prove(app, place, form).await?)
    }

    /// What came of the code or the passkey in a form; nothing where it holds neither.
    async fn shown(&self, app: &App, form: &Form) -> Option<Result<(), SignInRefused>> {
        if let (Some(site), Some(used)) = (&app.site, passkey::used(form)) {
            return Some(app.service.prove_by_passkey(site, &self.token, &used).await);
        }
        let code = form.value(PROOF);
        let is_given = !code.is_empty() && self.may_prove_by_code(app);
        if is_given { Some(app.service.prove(&self.token, code).await) } else { None }
    }

    /// The page that asks for it.
    ///
    /// # Errors
    /// A fault.
    pub async fn is_to_prove(
        &self,
        app: &App,
        place: Option<&'static str>,
        form: Form,
    ) -> Result<Problem, Problem> {
        let passkey = passkey::within(app, self.id(), &self.token).await?;
        let demonstration_code = app.service.demonstration_code(self.id()).await;
        let takes_code = self.may_prove_by_code(app);
        Ok(Problem::Prove(Box::new(Proving { place, form, passkey, takes_code, demonstration_code })))
    }
}
