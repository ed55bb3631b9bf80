//! Words for what agreed. They speak of the question only: nothing here may tell the asker what the register holds.

use crate::address::PlaceLikeness;
use crate::born::BornLikeness;
use crate::hit::{Agreement, Field, Part};
use crate::name::{Likeness, WordAgreement};
use crate::question::Question;
use crate::score::{Compared, IdentifierLikeness};
use crate::spelling::Closeness;

type Told = (Agreement, &'static str);

/// The parts of a comparison, in the order of [`Field`], those that were asked.
pub(crate) fn parts(question: &Question, compared: &Compared<'_>) -> Vec<Part> {
    let asked = |text: &Option<String>| text.clone().unwrap_or_default();
    let place = [&question.address, &question.postcode]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    let mut parts = Vec::new();
    let mut part = |field, asked: String, weight, (agreement, words): Told| {
        if !asked.trim().is_empty() {
            parts.push(Part { field, asked, agreement, weight, words });
        }
    };
    if compared.name.given.likeness != Likeness::Unknown {
        part(Field::GivenName, asked(&question.name), compared.name.given.weight, given(compared.name.given));
    }
    if compared.name.family.likeness != Likeness::Unknown {
        part(
            Field::FamilyName,
            asked(&question.name),
            compared.name.family.weight,
            family(compared.name.family),
        );
    }
    let date = question.born.map(|born| born.to_string()).unwrap_or_default();
    part(Field::Born, date, compared.born_weight(), born(compared.born));
    let field = if place.is_empty() { Field::Uprn } else { Field::Address };
    let place = if place.is_empty() { asked(&question.uprn) } else { place };
    part(field, place, compared.place.weight, address(compared.place.likeness));
    for (field, text, likeness) in [
        (Field::Phone, &question.phone, compared.phone),
        (Field::Email, &question.email, compared.mail),
        (Field::Handle, &question.handle, compared.handle),
        (Field::Reference, &question.reference, compared.reference),
    ] {
        part(field, asked(text), compared.weight_of(likeness), identifier(likeness));
    }
    parts
}

fn given(word: WordAgreement) -> Told {
    match word.likeness {
        Likeness::Unknown => (Agreement::Unknown, "no forename to compare"),
        Likeness::Different => (Agreement::Different, "another forename"),
        Likeness::Initial => (Agreement::Partial, "the initial agrees"),
        Likeness::Faint => (Agreement::Partial, "the forename is faintly alike"),
        Likeness::RunTogether => (Agreement::Variant, "the same letters, spaced otherwise"),
        Likeness::Near(Closeness::Same) => (Agreement::Same, "the forename agrees"),
        Likeness::Near(Closeness::Variant) => (Agreement::Variant, "another form of the forename"),
        Likeness::Near(Closeness::Short) => (Agreement::Variant, "a shorter or longer form of the forename"),
        Likeness::Near(Closeness::Sounds) => (Agreement::Close, "the forename sounds alike"),
        Likeness::Near(Closeness::OneSlip) => (Agreement::Close, "the forename is one slip away"),
        Likeness::Near(Closeness::TwoSlips) => (Agreement::Close, "the forename is two slips away"),
    }
}

fn family(word: WordAgreement) -> Told {
    match word.likeness {
        Likeness::Unknown => (Agreement::Unknown, "no surname to compare"),
        Likeness::Different => (Agreement::Different, "another surname"),
        Likeness::Initial => (Agreement::Partial, "the initial of the surname agrees"),
        Likeness::Faint => (Agreement::Partial, "the surname is faintly alike"),
        Likeness::RunTogether => (Agreement::Variant, "the same letters, spaced otherwise"),
        Likeness::Near(Closeness::Same) => (Agreement::Same, "the surname agrees"),
        Likeness::Near(Closeness::Variant) => (Agreement::Variant, "another spelling of the surname"),
        Likeness::Near(Closeness::Short) => (Agreement::Close, "the beginning of the surname agrees"),
        Likeness::Near(Closeness::Sounds) => (Agreement::Close, "the surname sounds alike"),
        Likeness::Near(Closeness::OneSlip) => (Agreement::Close, "the surname is one slip away"),
        Likeness::Near(Closeness::TwoSlips) => (Agreement::Close, "the surname is two slips away"),
    }
}

fn born(likeness: BornLikeness) -> Told {
    match likeness {
        BornLikeness::Unknown => (Agreement::Unknown, "no date of birth to compare"),
        BornLikeness::Different => (Agreement::Different, "another date of birth"),
        BornLikeness::TwoOfThree => (Agreement::Partial, "part of the date of birth agrees"),
        BornLikeness::Within => (Agreement::Partial, "born in the years asked for"),
        BornLikeness::Slip => (Agreement::Close, "the date of birth is one slip away"),
        BornLikeness::Month => (Agreement::Partial, "the month and year of birth agree"),
        BornLikeness::Same => (Agreement::Same, "the date of birth agrees"),
    }
}

fn address(likeness: PlaceLikeness) -> Told {
    match likeness {
        PlaceLikeness::Unknown => (Agreement::Unknown, "no address to compare"),
        PlaceLikeness::Elsewhere => (Agreement::Different, "another address"),
        PlaceLikeness::Neighbour => {
            (Agreement::Partial, "the street or postcode agrees, the house or flat does not")
        }
        PlaceLikeness::Area => (Agreement::Partial, "the street or postcode agrees"),
        PlaceLikeness::House => (Agreement::Close, "the house agrees; a flat may differ"),
        PlaceLikeness::Likely => (Agreement::Close, "nearly the same address"),
        PlaceLikeness::Dwelling => (Agreement::Same, "the address agrees"),
    }
}

fn identifier(likeness: IdentifierLikeness) -> Told {
    match likeness {
        IdentifierLikeness::Unknown => (Agreement::Unknown, "nothing to compare"),
        IdentifierLikeness::Different => (Agreement::Different, "does not agree"),
        IdentifierLikeness::Slip => (Agreement::Close, "one slip away"),
        IdentifierLikeness::Same => (Agreement::Same, "agrees"),
    }
}
