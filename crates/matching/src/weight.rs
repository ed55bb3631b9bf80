//! Every figure that a score is made of, with its meaning. Set by hand from what people do; some were moved after reading errors on
//! made-up data, and kept only where other made-up data, with other names and errors, agreed. None was fitted by a program.
//!
//! All weights are log2 of likelihood ratios (Fellegi and Sunter 1969): how much likelier an agreement is for the right one (`m`) than for
//! another drawn at random (`u`). `u` of a name or an address is counted in the register itself, so that a shared rare name says more.

use crate::spelling::Closeness;

/// How likely it is that a bearer of a name is asked for by one certain word so near to it.
///
/// Seven in ten are asked for by the very word. A form or a spelling by ear is one of a few, so each is fairly likely; there are
/// some dozens of likely slips, and thousands of pairs of slips, so each of those is unlikely, and a word that is a name in its own right
/// is then better explained by its own bearers.
pub(crate) fn likelihood(closeness: Closeness) -> f64 {
    match closeness {
        Closeness::Same => 0.7,
        Closeness::Variant => 0.02,
        Closeness::Sounds => 0.007,
        Closeness::Short => 0.007,
        Closeness::OneSlip => 0.001,
        Closeness::TwoSlips => 0.0001,
    }
}

/// A word never seen is taken for one that this share of people bear.
pub(crate) const UNSEEN: f64 = 1.0 / 4000.0;
/// The weight of that belief, in people counted.
pub(crate) const BELIEF: f64 = 800.0;

/// A word that nobody here bears is, at large, the name of this share of people.
pub(crate) const UNHEARD: f64 = 1.0 / 100_000.0;

/// A forename that is none of theirs in any form.
pub(crate) const GIVEN_DIFFERS: f64 = -6.0;
/// A surname that is none of theirs in any form.
pub(crate) const FAMILY_DIFFERS: f64 = -7.0;
/// The most that one name word can tell.
pub(crate) const NAME_MOST: f64 = 12.0;
/// An initial that is theirs; about one person in twelve shares it.
pub(crate) const INITIAL_AGREES: f64 = 3.0;
/// An initial that is not.
pub(crate) const INITIAL_DIFFERS: f64 = -4.0;
/// The family name was said first.
pub(crate) const OTHER_ORDER: f64 = -2.0;
/// A comma said the family name came first, and it did not.
pub(crate) const COMMA_WRONG: f64 = -3.0;
/// Only a middle name agrees with the forename asked.
pub(crate) const BY_MIDDLE_NAME: f64 = -2.5;
/// Only a piece of a family name of several words agrees.
pub(crate) const FAMILY_IN_PART: f64 = -1.5;
/// A family name no longer used agrees.
pub(crate) const FORMER_NAME: f64 = -1.0;
/// A further given name agrees.
pub(crate) const FURTHER_AGREES: f64 = 2.0;
/// A further given name was asked, and another is held.
pub(crate) const FURTHER_DIFFERS: f64 = -3.0;
/// A further given name was asked, and none is held.
pub(crate) const FURTHER_UNKNOWN: f64 = -0.7;
/// The whole name agrees letter by letter, with its words run together or torn apart.
pub(crate) const RUN_TOGETHER: f64 = 14.0;

/// Dates of birth. A date is shared with one in about 20,000 of an adult population, less for the crowding of some years.
pub(crate) const BORN_SAME: f64 = 11.0;
/// Day and month exchanged, or one part off by a slip.
pub(crate) const BORN_SLIP: f64 = 4.0;
/// Same month of the same year, where no more is known.
pub(crate) const BORN_MONTH: f64 = 7.0;
/// The known years hold the asked date.
pub(crate) const BORN_WITHIN: f64 = 2.5;
/// Two parts of three agree, but the third is no slip.
pub(crate) const BORN_TWO_OF_THREE: f64 = -4.0;
/// Another date altogether.
pub(crate) const BORN_DIFFERS: f64 = -8.0;

/// The most that a postcode or a street can tell.
pub(crate) const AREA_MOST: f64 = 13.0;
/// The street agrees, and the postcode asked cannot be compared.
pub(crate) const POSTCODE_UNHELD: f64 = -1.0;
/// Street and postcode both agree: little more than the better of the two, for they go together.
pub(crate) const BOTH_AREAS: f64 = 1.5;
/// The postcode is one slip away.
pub(crate) const POSTCODE_SLIP: f64 = -2.0;
/// The street agrees, and the postcode is of the same part of the town, but not of the same few streets.
pub(crate) const SAME_OUTWARD: f64 = -1.0;
/// The street agrees but the postcode is of another place.
pub(crate) const OTHER_POSTCODE: f64 = -9.0;
/// The postcode agrees but the street is another.
pub(crate) const OTHER_STREET: f64 = -2.0;
/// The address is held without a postcode, on a street where others have the one asked.
pub(crate) const IMPLIED_STREET: f64 = -2.0;
/// The town or locality agrees where there is no postcode.
pub(crate) const TOWN_AGREES: f64 = 1.0;
/// The town or locality is another where there is no postcode.
pub(crate) const TOWN_DIFFERS: f64 = -3.0;
/// The street is spelt with a slip.
pub(crate) const STREET_SLIP: f64 = -0.7;
/// The street name agrees, and one side does not say its kind (road, close).
pub(crate) const KIND_UNSAID: f64 = -2.0;
/// The street name agrees but its kind does not, or a block of that name stands on another street.
pub(crate) const OTHER_KIND: f64 = -5.0;
/// House and flat agree.
pub(crate) const DWELLING_SAME: f64 = 4.0;
/// House agrees; a flat is said on one side only.
pub(crate) const DWELLING_PART: f64 = 2.0;
/// Same house, another flat.
pub(crate) const OTHER_FLAT: f64 = -5.0;
/// Same street, another house.
pub(crate) const OTHER_HOUSE: f64 = -5.0;
/// A former address.
pub(crate) const PREVIOUS: f64 = -0.5;
/// An address was asked, theirs is known, and it is somewhere else.
pub(crate) const LIVES_ELSEWHERE: f64 = -7.0;

/// An identifier that belongs to one household or one person.
pub(crate) const IDENTIFIER_SAME: f64 = 24.0;
/// An identifier within one slip, or a mail address with another host.
pub(crate) const IDENTIFIER_SLIP: f64 = 14.0;
/// Another identifier: people have several.
pub(crate) const IDENTIFIER_DIFFERS: f64 = -1.0;

/// A register smaller than this is scored as if it were this large: the town around it is no smaller.
pub(crate) const FEWEST: f64 = 1000.0;
/// From here a place asked for by itself is a match: street, town and house, or postcode and house.
pub(crate) const PLACE_MATCH: f64 = 15.0;
/// From here a person or a place counts as recognised by itself.
pub(crate) const RECOGNISED: f64 = 8.0;

/// That the person held is meant rather than someone else of the household, before anything personal is compared.
pub(crate) const RELATIVE: f64 = 3.5;
/// The most that a forename tells apart within a household, where sons are named after fathers.
pub(crate) const GIVEN_IN_HOUSEHOLD: f64 = 4.5;
/// The least that a surname tells within a household, where not all share one.
pub(crate) const FAMILY_IN_HOUSEHOLD: f64 = -3.0;
/// The most that a date of birth tells apart within a household, where there are twins.
pub(crate) const BORN_IN_HOUSEHOLD: f64 = 3.0;
/// The most that a phone or a mail address tells apart within a household, where they are shared.
pub(crate) const IDENTIFIER_IN_HOUSEHOLD: f64 = 3.0;
