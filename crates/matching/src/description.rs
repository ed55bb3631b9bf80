//! What the caller knows of one person or place, in its own plain words. Folding and parsing happen inside the index.

use crate::born::Born;

/// The caller's own handle of a described thing. The index never looks inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

/// Whether the thing described is someone or somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// A person, who may be named and may move.
    #[default]
    Person,
    /// A place; any name it carries is the name of the place (a block, a pub, a site).
    Premises,
}

/// Everything that may help to recognise one person or place. Leave empty what is not known: what is absent counts neither way.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Description {
    /// Someone or somewhere.
    pub kind: Kind,
    /// Current name first; then aliases and former names, in any number.
    pub names: Vec<Name>,
    /// Date of birth, or as much of it as is known.
    pub born: Option<Born>,
    /// Where they live, have lived, or what the place is.
    pub addresses: Vec<Address>,
    /// Telephone numbers in any notation.
    pub phones: Vec<String>,
    /// Electronic mail addresses.
    pub emails: Vec<String>,
    /// Names on social media, with or without `@` or the address of the site.
    pub handles: Vec<String>,
    /// References in other systems (a tenancy, an account), compared whole.
    pub references: Vec<String>,
}

/// A name as it is written. Either part may be empty: a known-as name often has no family name, a maiden name no given one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Forename and middle names.
    pub given: String,
    /// Surname, whole, with its particles and hyphens.
    pub family: String,
    /// What kind of name it is.
    pub kind: NameKind,
    /// Whether it is known where the family name begins.
    pub parting: Parting,
}

impl Name {
    /// A current name whose parts are known.
    pub fn new(given: impl Into<String>, family: impl Into<String>) -> Self {
        Self { given: given.into(), family: family.into(), kind: NameKind::Current, parting: Parting::Known }
    }

    /// A current name written as one text: `John Smith` or `Smith, John`. The last word is taken for the family name when there is no
    /// comma; of three words or more, the last two may be.
    pub fn full(text: &str) -> Self {
        if let Some((family, given)) = text.split_once(',') {
            return Self::new(given.trim(), family.trim());
        }
        match text.trim().rsplit_once(char::is_whitespace) {
            Some((given, family)) => Self { parting: Parting::Guessed, ..Self::new(given, family) },
            None => Self::new("", text.trim()),
        }
    }

    /// The same name, said to be of another kind.
    #[must_use]
    pub fn of_kind(self, kind: NameKind) -> Self {
        Self { kind, ..self }
    }
}

/// Whether it is known where a given name ends and the family name begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parting {
    /// The parts were given apart, or by a comma.
    Known,
    /// One text was parted before its last word. The word before it may belong to either side.
    Guessed,
}

/// How a person comes by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// The name they go by in records today.
    Current,
    /// Known as: a nickname, a stage name, a name used with one service.
    Alias,
    /// Held before marriage, adoption or deed poll.
    Former,
}

/// A British address as one text, with what is known beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// The address in one line or several, with or without its postcode.
    pub text: String,
    /// The postcode, when it is held apart.
    pub postcode: Option<String>,
    /// Unique Property Reference Number, when known.
    pub uprn: Option<String>,
    /// Whether it still holds.
    pub standing: Standing,
}

/// Whether an address still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Lives or is there now.
    #[default]
    Current,
    /// Lived there before.
    Previous,
}
