//! A report begun and not sent: what was typed, and the files chosen so far, each kept sealed beside it.

use super::files::Kept;
use register::ids::{AttachmentId, CommandId};
use register::people::Action;
use service::Fault;
use web::form::Typed;
use web::{App, Form, Problem, SignedIn};

/// Where the draft lists its files.
pub const FILES: &str = "file";

/// A report as far as it has come.
pub struct Draft {
    /// Its key, and the asking that it will be sent as.
    pub report: CommandId,
    typed: Typed,
}

/// Whether this key of a draft is a report's; the files of a report have keys of their own beside it.
pub fn is_report(key: &str) -> bool {
    !key.contains('/')
}

fn file_key(report: CommandId, file: AttachmentId) -> String {
    format!("{report}/{file}")
}

impl Draft {
    /// Nothing typed yet.
    pub fn new(report: CommandId) -> Self {
        Self { report, typed: Typed::default() }
    }

    /// The draft of whoever is signed in, if it is still kept.
    ///
    /// # Errors
    /// Where they may not report, and where it could not be read.
    pub async fn find(app: &App, who: &SignedIn, report: CommandId) -> Result<Option<Self>, Problem> {
        who.must(Action::ReportIncident)?;
        let body = app.service.draft(who.id(), &report.to_string()).await?;
        Ok(body.map(|body| Self { report, typed: Typed::from_urlencoded(&body) }))
    }

    /// The same, where there has to be one.
    ///
    /// # Errors
    /// As [`Draft::find`], and [`Problem::NotFound`].
    pub async fn open(app: &App, who: &SignedIn, report: CommandId) -> Result<Self, Problem> {
        Self::find(app, who, report).await?.ok_or(Problem::NotFound)
    }

    /// The whole of it as a form.
    pub fn form(&self) -> Form {
        self.typed.clone().into()
    }

    /// Takes these fields as they were sent.
    pub fn take(&mut self, fields: &[&str], sent: &Form) {
        for field in fields {
            self.typed.replace(field, sent.typed().values(field));
        }
    }

    /// Holds this value in a field.
    pub fn put(&mut self, field: &str, value: &str) {
        self.typed.replace(field, [value]);
    }

    /// Keeps it as it now is.
    ///
    /// # Errors
    /// A fault: it was not kept.
    pub async fn keep(&self, app: &App, who: &SignedIn) -> Result<(), Fault> {
        let body = self.typed.to_urlencoded();
        app.service.keep_draft(who.id(), &self.report.to_string(), body.as_bytes()).await
    }

    /// Drops it with its files.
    ///
    /// # Errors
    /// A fault.
    pub async fn drop(self, app: &App, who: &SignedIn) -> Result<(), Fault> {
        for file in self.files() {
            app.service.drop_draft(who.id(), &file_key(self.report, file.id)).await?;
        }
        app.service.drop_draft(who.id(), &self.report.to_string()).await
    }

    /// The files chosen so far.
    pub fn files(&self) -> Vec<Kept> {
        Kept::listed(&self.typed)
    }

    /// Whether this very file is kept already: the form that it came with was sent twice.
    ///
    /// # Errors
    /// A fault.
    pub async fn holds(&self, app: &App, who: &SignedIn, file: &Kept, bytes: &[u8]) -> Result<bool, Fault> {
        for kept in self.files().iter().filter(|kept| kept.is_like(file)) {
            if self.bytes(app, who, kept).await?.is_some_and(|kept| kept == bytes) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Keeps a file beside the draft.
    ///
    /// # Errors
    /// A fault: it was not kept.
    pub async fn add_file(
        &mut self,
        app: &App,
        who: &SignedIn,
        file: &Kept,
        bytes: &[u8],
    ) -> Result<(), Fault> {
        app.service.keep_draft(who.id(), &file_key(self.report, file.id), bytes).await?;
        self.typed.add(FILES, &file.line());
        Ok(())
    }

    /// Drops a file; one that is not there is dropped already.
    ///
    /// # Errors
    /// A fault.
    pub async fn remove_file(&mut self, app: &App, who: &SignedIn, file: AttachmentId) -> Result<(), Fault> {
        let left: Vec<String> = self.files().iter().filter(|kept| kept.id != file).map(Kept::line).collect();
        self.typed.replace(FILES, left.iter().map(String::as_str));
        app.service.drop_draft(who.id(), &file_key(self.report, file)).await
    }

    /// The bytes of a file, if they are still kept.
    ///
    /// # Errors
    /// A fault.
    pub async fn bytes(&self, app: &App, who: &SignedIn, file: &Kept) -> Result<Option<Vec<u8>>, Fault> {
        app.service.draft(who.id(), &file_key(self.report, file.id)).await
    }
}
