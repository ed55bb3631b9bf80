//! What a search gives back: who or where it may be, how likely, and why, in words that tell the asker nothing they did not say.

use crate::description::Key;

/// One described thing that answers a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The caller's handle.
    pub key: Key,
    /// Log2 odds that this is the one asked for: each whole number doubles them.
    pub score: f64,
    /// How to treat it.
    pub band: Band,
    /// Whether the person, the place, or both were recognised.
    pub reading: Reading,
    /// Why, field by field, in the order of [`Field`].
    pub parts: Vec<Part>,
}

/// How a hit is to be treated. Below *possible* nothing is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// May well be: ring before you go.
    Possible,
    /// Is, for the purpose of a warning.
    Match,
}

/// What was recognised. A caller words [`Reading::Place`] as "someone at this address" and names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// Who was asked for, wherever they are.
    Person,
    /// Where was asked for, whoever was named.
    Place,
    /// Who and where.
    Both,
}

/// One field of the question, compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which field.
    pub field: Field,
    /// What the asker gave, as they gave it.
    pub asked: String,
    /// How well it agreed.
    pub agreement: Agreement,
    /// Log2 of how much likelier this agreement is for the right one than for another; negative counts against.
    pub weight: f64,
    /// The agreement in plain words, for the asker.
    pub words: &'static str,
}

/// The fields that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Forename, initial or short form.
    GivenName,
    /// Surname.
    FamilyName,
    /// Date of birth.
    Born,
    /// Address and postcode together.
    Address,
    /// Property reference.
    Uprn,
    /// Telephone.
    Phone,
    /// Electronic mail.
    Email,
    /// Social media.
    Handle,
    /// Reference in another system.
    Reference,
}

/// How well a field agreed, coarsely; [`Part::words`] says it finely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// Says something else.
    Different,
    /// Nothing to compare with.
    Unknown,
    /// Agrees in part.
    Partial,
    /// Alike but for a slip of the hand or the ear.
    Close,
    /// Another form of the same.
    Variant,
    /// The same. Of an address: house and flat, and the street with nothing said against it, or the postcode.
    Same,
}
