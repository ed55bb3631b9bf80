//! What every screen is drawn in: the council's name, the menu of whoever is signed in, the way back, and the form with what is
//! wrong in it. A screen is a struct with its `page` first, and `page.show(...)` draws it.

use crate::addresses::{FIND, Found};
use crate::ready;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use gazetteer::Gazetteer;
use register::people::{Action, Extent};
use service::Fault;
use web::form::{COMMAND, MAIN};
use web::frame::Asker;
use web::{App, Form, Outcome, SignedIn, assets};

/// The colour of the style sheet where the council has none of its own.
const COLOUR: &str = "#12524d";

/// The parts of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Asking before contact.
    Check,
    /// Reporting an incident.
    Report,
    /// The work that waits.
    Work,
    /// Meetings of the Governance Group.
    Meetings,
    /// The register in numbers.
    Numbers,
    /// Accounts and teams.
    Accounts,
    /// Who looked at what.
    AccessLog,
}

impl Section {
    const ALL: [Section; 7] = [
        Section::Check,
        Section::Report,
        Section::Work,
        Section::Meetings,
        Section::Numbers,
        Section::Accounts,
        Section::AccessLog,
    ];

    /// Where it begins.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Check => "/check",
            Self::Report => "/incidents/new",
            Self::Work => "/work",
            Self::Meetings => "/meetings",
            Self::Numbers => "/numbers",
            Self::Accounts => "/accounts",
            Self::AccessLog => "/access-log",
        }
    }

    /// What the menu calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Check => "Check",
            Self::Report => "Report an incident",
            Self::Work => "Work",
            Self::Meetings => "Meetings",
            Self::Numbers => "Numbers",
            Self::Accounts => "Accounts",
            Self::AccessLog => "Access log",
        }
    }

    /// Whether somebody finds anything there.
    pub fn is_for(self, who: &SignedIn) -> bool {
        match self {
            Self::Check => who.may(Action::Check),
            Self::Report => who.may(Action::ReportIncident),
            Self::Work => {
                who.account.extent(Action::ReadIncident) > Extent::Own
                    || who.may(Action::ReadMeasure)
                    || who.may(Action::ManageAccounts)
                    || who.may(Action::ProposePolicy)
                    || who.may(Action::EndorsePolicy)
            }
            Self::Meetings => who.may(Action::Meet) || who.may(Action::KeepMeetings),
            Self::Numbers => who.may(Action::ReadNumbers),
            Self::Accounts => who.may(Action::ManageAccounts),
            Self::AccessLog => who.may(Action::ReadAccessLog),
        }
    }
}

/// The address of something, or of what is done with it.
pub fn under(place: String, act: &str) -> String {
    if act.is_empty() { place } else { format!("{place}/{act}") }
}

/// What every screen is drawn in.
pub struct Page {
    /// The screen's own title, without the register's name.
    pub title: String,
    /// What the browser's tab says, and keeps after the page is gone: nobody's name. The title, where that holds none.
    pub tab: Option<String>,
    /// The form of the screen; empty where it has none.
    pub form: Form,
    /// What this council calls the register.
    pub register: String,
    /// The council's name.
    pub council: String,
    /// Whether nobody in it is real.
    pub is_demonstration: bool,
    /// Where the assets lie.
    pub assets: &'static str,
    /// The colour of the browser's own frame.
    pub colour: String,
    /// Whether the council has its own colour.
    pub has_brand: bool,
    /// Name and team of whoever is signed in.
    pub who: Option<String>,
    /// Whether the page offers to sign out.
    pub may_leave: bool,
    /// The menu of whoever is signed in.
    pub navigation: Vec<Section>,
    /// The part of the menu where the page is.
    pub section: Option<Section>,
    /// What whoever is signed in is late with, and may do without for some days yet.
    pub late_with: Option<String>,
    /// Where "Back" leads.
    pub back: Option<String>,
    /// The council's own list of addresses, if it has loaded one.
    pub gazetteer: Gazetteer,
    /// What was found in it for a field of the form.
    pub found: Option<Found>,
}

impl Page {
    /// A page for anybody, signed in or not.
    pub fn open(app: &App, title: impl Into<String>) -> Self {
        let (council, register) = app.service.read(|register| {
            register.council().map_or_else(
                || ("The council".to_owned(), "Personal Safety Register".to_owned()),
                |council| (council.name.as_str().to_owned(), council.register_name.as_str().to_owned()),
            )
        });
        let brand = app.settings.brand;
        Self {
            title: title.into(),
            tab: None,
            register,
            council,
            is_demonstration: app.service.is_demonstration(),
            colour: brand.map_or_else(|| COLOUR.to_owned(), |brand| brand.to_string()),
            has_brand: brand.is_some(),
            gazetteer: app.gazetteer.clone(),
            ..Self::bare()
        }
    }

    /// A page with nothing on it.
    pub(crate) fn bare() -> Self {
        Self {
            title: String::new(),
            tab: None,
            form: Form::default(),
            register: String::new(),
            council: String::new(),
            is_demonstration: false,
            assets: &assets::BASE,
            colour: String::new(),
            has_brand: false,
            who: None,
            may_leave: false,
            navigation: Vec::new(),
            section: None,
            late_with: None,
            back: None,
            gazetteer: Gazetteer::default(),
            found: None,
        }
    }

    /// A page for whoever is signed in, with their name and menu.
    pub fn of(app: &App, who: &SignedIn, title: impl Into<String>) -> Self {
        let team =
            app.service.read(|register| register.team(who.account.team).map(register::people::Team::name));
        let name = who.account.name();
        Self {
            who: Some(team.map_or_else(|| name.clone(), |team| format!("{name}, {team}"))),
            may_leave: true,
            late_with: ready::late_with(app, who),
            navigation: Section::ALL.into_iter().filter(|section| section.is_for(who)).collect(),
            ..Self::open(app, title)
        }
    }

    /// A page for anybody, with the menu of whoever happens to be signed in.
    pub fn of_anybody(app: &App, who: Option<&SignedIn>, title: impl Into<String>) -> Self {
        match who {
            Some(who) => Self::of(app, who, title),
            None => Self::open(app, title),
        }
    }

    /// The same page with a way out for whoever may be signed in, without looking up who that is.
    pub const fn leaving(mut self, by: Asker) -> Self {
        self.may_leave = matches!(by, Asker::SignedIn);
        self
    }

    /// The same page in a part of the menu.
    pub const fn within(mut self, section: Section) -> Self {
        self.section = Some(section);
        self
    }

    /// The same page with a link back.
    pub fn back_to(mut self, address: impl Into<String>) -> Self {
        self.back = Some(address.into());
        self
    }

    /// The same page with a form; mistakes in it stand at the top and beside their fields, and where it asks for an address, those
    /// that were found.
    pub fn with(mut self, form: Form) -> Self {
        let field = form.value(FIND);
        self.found = (!field.is_empty()).then(|| Found::of(&self.gazetteer, field, form.value(field)));
        self.form = form;
        self
    }

    /// Whether addresses of the council's own list are offered.
    pub fn offers_addresses(&self) -> bool {
        self.gazetteer.is_loaded()
    }

    /// What was found for a field, if it was asked for.
    pub fn found_for(&self, field: &str) -> Option<&Found> {
        self.found.as_ref().filter(|found| found.field == field)
    }

    /// Draws the screen in this page. A form with mistakes is answered with status 422.
    ///
    /// # Errors
    /// A fault, where the template cannot be drawn.
    pub fn show<T: Template>(self, screen: impl FnOnce(Self) -> T) -> Outcome {
        let status = if self.form.is_well() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let form = self.form.clone();
        let drawn = screen(self).render().map_err(|error| Fault::log(&error))?;
        let drawn = moved_on(drawn, &form).map_err(|error| Fault::log(&error))?;
        Ok((status, Html(drawn)).into_response())
    }

    /// What the browser's tab says.
    pub fn full_title(&self) -> String {
        let error = if self.form.is_well() { "" } else { "Error: " };
        let title = self.tab.as_ref().unwrap_or(&self.title);
        format!("{error}{title} - {} - {}", self.register, self.council)
    }

    /// The page under another name in the browser's tab and history, where its title says who somebody is.
    pub fn in_tab(mut self, tab: impl Into<String>) -> Self {
        self.tab = Some(tab.into());
        self
    }

    /// Whether this part of the menu is where the page is.
    pub fn is_in(&self, section: &Section) -> bool {
        self.section.as_ref() == Some(section)
    }
}

/// What was typed into fields that the page no longer has, to be taken from it and used elsewhere.
#[derive(Template)]
#[template(path = "components/kept.html")]
struct Kept<'f> {
    words: Vec<&'f str>,
}

/// What forms carry along and nobody typed.
const UNTYPED: [&str; 4] = [COMMAND, "act", "sought", FIND];

/// Where `layout.html` leaves room for [`Kept`].
const ROOM: &str = "<!--kept-->";

/// The page of a form whose file may have moved on since it was opened: somebody else has agreed, and the field is gone. Every link of the
/// error summary still leads somewhere, to the page as a whole if need be, and no words are lost.
fn moved_on(drawn: String, form: &Form) -> askama::Result<String> {
    let has = |attribute: &str, value: &str| drawn.contains(&format!("{attribute}=\"{value}\""));
    let gone = form.problems().iter().filter(|mistake| !has("id", &mistake.anchor));
    let leading = gone.fold(drawn.clone(), |page, mistake| {
        page.replace(&format!("<a href=\"#{}\">", mistake.anchor), &format!("<a href=\"#{MAIN}\">"))
    });
    let words: Vec<&str> = form
        .typed()
        .fields()
        .filter(|(field, typed)| !typed.trim().is_empty() && !UNTYPED.contains(field) && !has("name", field))
        .map(|(_, typed)| typed)
        .collect();
    let kept = if form.is_well() || words.is_empty() { String::new() } else { Kept { words }.render()? };
    Ok(leading.replacen(ROOM, &kept, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use web::form::Typed;

    #[test]
    fn a_mistake_at_a_field_that_the_page_no_longer_has_leads_to_the_page_itself_and_its_words_are_kept() {
        let mut form = Form::from(Typed::from_urlencoded(b"reasons=He+is+<ill>&ground=One+two&act=gone"));
        form.mistake("reasons", "One");
        form.mistake("ground", "Two");
        let page = "<a href=\"#reasons\">One</a><a href=\"#ground\">Two</a><!--kept--><input id=\"ground\" name=\"ground\">";
        let drawn = moved_on(page.to_owned(), &form).expect("drawn");
        assert!(drawn.starts_with("<a href=\"#main-content\">One</a><a href=\"#ground\">Two</a>"), "{drawn}");
        assert!(drawn.contains("He is &#60;ill&#62;"), "{drawn}");
        assert!(!drawn.contains("One two") && !drawn.contains("gone"), "{drawn}");
    }
}
