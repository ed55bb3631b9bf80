//! What someone asks before a visit or a call: any of these, as they have it. One free text is read apart by [`crate::Question::from_text`].

mod read;

use std::borrow::Cow;

use crate::born::Born;

/// Any of what an asker may know. What is `None` or blank counts neither way.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// A whole name in either order, part of one, or a title and a surname.
    pub name: Option<String>,
    /// Date of birth, or part of it; [`Born::parse`] reads what people type.
    pub born: Option<Born>,
    /// As much of the address as is known, with or without its postcode.
    pub address: Option<String>,
    /// The postcode, when it is asked apart.
    pub postcode: Option<String>,
    /// Unique Property Reference Number.
    pub uprn: Option<String>,
    /// A telephone number in any notation.
    pub phone: Option<String>,
    /// An electronic mail address.
    pub email: Option<String>,
    /// A name on social media.
    pub handle: Option<String>,
    /// A reference in another system.
    pub reference: Option<String>,
    /// One free text holding any of the above; it fills what the other fields leave open.
    pub text: Option<String>,
}

impl Question {
    /// Reads one free text apart into the fields it seems to hold.
    pub fn from_text(text: &str) -> Self {
        read::read(text)
    }

    /// The question with its free text read into the fields that were left open.
    pub(crate) fn read(&self) -> Cow<'_, Self> {
        let Some(text) = self.text.as_deref().filter(|text| !text.trim().is_empty()) else {
            return Cow::Borrowed(self);
        };
        let mut read = Self::from_text(text);
        let whole = self.clone();
        read.name = whole.name.or(read.name);
        read.born = whole.born.or(read.born);
        read.address = whole.address.or(read.address);
        read.postcode = whole.postcode.or(read.postcode);
        read.uprn = whole.uprn.or(read.uprn);
        read.phone = whole.phone.or(read.phone);
        read.email = whole.email.or(read.email);
        read.handle = whole.handle.or(read.handle);
        read.reference = whole.reference.or(read.reference);
        Cow::Owned(read)
    }
}
