//! Every figure that a score is made of, with its meaning.
//!
//! All weights are log2 of likelihood ratios (Fellegi and Sunter 1969): how much likelier an agreement is for the right one (`m`) than for
//! another drawn at random (`u`). `u` of a name or an address is counted in the register itself, so that a shared rare name says more.
//!
//! The figures of [`Weights`] are learned by `examples/learn.rs` from made-up checks with known answers, held near to what people are
//! known to do where the checks say little, and written here by it. `docs/matching.md` tells how; the meaning of each stands beside it.

use crate::spelling::Closeness;

/// Declares the table once: the field with its meaning, its learned figure, and both again by name for whoever learns.
macro_rules! weights {
    ($($(#[$meaning:meta])+ $name:ident believed $believed:literal learned $learned:literal;)+) => {
        /// What each agreement and disagreement weighs, in log2.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Weights {
            $($(#[$meaning])+ pub $name: f64,)+
        }

        impl Weights {
            /// The figures that were learned.
            pub const LEARNED: Self = Self { $($name: $learned,)+ };

            /// What was believed before anything was learned.
            pub const BELIEVED: Self = Self { $($name: $believed,)+ };

            /// Every figure by its name.
            pub fn figures(&mut self) -> Vec<(&'static str, &mut f64)> {
                vec![$((stringify!($name), &mut self.$name),)+]
            }
        }
    };
}

weights! {
    /// A bearer of a name is asked for by one certain other form of it, which is one of a few.
    asked_by_variant believed -5.6 learned -6.5;
    /// By one certain spelling that sounds alike.
    asked_by_sound believed -7.2 learned -7.1;
    /// By its beginning, or by something that begins with it.
    asked_by_short believed -7.2 learned -7.5;
    /// By one certain word a slip away, of which there are some dozens.
    asked_by_one_slip believed -10.0 learned -9.6;
    /// By one certain word two slips away, of which there are thousands.
    asked_by_two_slips believed -13.3 learned -13.2;
    /// A word misspelled beyond that, asked for at the very address.
    faintly_alike believed -1.0 learned -0.8;
    /// A forename that is none of theirs in any form.
    given_differs believed -6.0 learned -6.9;
    /// A surname that is none of theirs in any form.
    family_differs believed -7.0 learned -8.8;
    /// The most that one name word can tell.
    name_most believed 12.0 learned 9.6;
    /// An initial that is theirs; about one person in twelve shares it.
    initial_agrees believed 3.0 learned 4.1;
    /// An initial that is not.
    initial_differs believed -4.0 learned -4.0;
    /// The family name was said first.
    other_order believed -2.0 learned -2.6;
    /// A comma said the family name came first, and it did not.
    comma_wrong believed -3.0 learned -3.0;
    /// Two words are the surname alone (`De Souza`), or the forename alone.
    one_end_in_two_words believed -2.0 learned -2.2;
    /// Only a middle name agrees with the forename asked.
    by_middle_name believed -2.5 learned -3.5;
    /// Only a piece of a family name of several words agrees.
    family_in_part believed -1.5 learned -1.8;
    /// A family name no longer used agrees.
    former_name believed -1.0 learned -1.3;
    /// A further given name agrees.
    further_agrees believed 2.0 learned 1.6;
    /// A further given name was asked, and another is held.
    further_differs believed -3.0 learned -3.2;
    /// A further given name was asked, and none is held.
    further_unknown believed -0.7 learned -1.3;
    /// The whole name agrees letter by letter, with its words run together or torn apart.
    run_together believed 14.0 learned 13.9;
    /// Dates of birth. A date is shared with one in about 20,000 of an adult population, less for the crowding of some years.
    born_same believed 11.0 learned 9.5;
    /// Day and month exchanged, or one part off by a slip.
    born_slip believed 4.0 learned 3.8;
    /// Same month of the same year, where no more is known.
    born_month believed 7.0 learned 7.0;
    /// The known years hold the asked date.
    born_within believed 2.5 learned 2.5;
    /// Two parts of three agree, but the third is no slip.
    born_two_of_three believed -4.0 learned -4.2;
    /// Another date altogether.
    born_differs believed -8.0 learned -11.0;
    /// Name and date agree, and no place could be compared. A name comes with an origin and a generation, so that those who share it are more, and nearer
    /// of an age, than its words and the date counted one by one say: three times for the origin, twice for the age.
    namesake_of_an_age believed -2.6 learned -2.6;
    /// The street agrees, and the postcode asked cannot be compared.
    postcode_unheld believed -1.0 learned -1.5;
    /// Street and postcode both agree: little more than the better of the two, for they go together.
    both_areas believed 1.5 learned 0.3;
    /// The postcode is one slip away.
    postcode_slip believed -2.0 learned -2.0;
    /// The street agrees, and the postcode is of the same part of the town, but not of the same few streets.
    same_outward believed -1.0 learned -1.0;
    /// The street agrees but the postcode is of another place.
    other_postcode believed -9.0 learned -9.2;
    /// The postcode agrees but the street is another.
    other_street believed -2.0 learned -3.0;
    /// The address is held without a postcode, on a street where others have the one asked.
    implied_street believed -2.0 learned -1.9;
    /// The town or locality agrees where there is no postcode.
    town_agrees believed 1.0 learned 0.4;
    /// The town or locality is another where there is no postcode.
    town_differs believed -3.0 learned -3.1;
    /// The street is spelt with a slip.
    street_slip believed -0.7 learned -0.0;
    /// The street name agrees, and one side does not say its kind (road, close).
    kind_unsaid believed -2.0 learned -2.0;
    /// The street name agrees but its kind does not, or a block of that name stands on another street.
    other_kind believed -5.0 learned -5.1;
    /// House and flat agree.
    dwelling_same believed 4.0 learned 3.7;
    /// The very dwelling, in a street that is told from others of its name: over what a place shared with nobody would say.
    very_dwelling believed 8.0 learned 7.5;
    /// The house number is one easily heard or typed for theirs.
    misheard_number believed -1.0 learned -1.1;
    /// House agrees; a flat is said on one side only.
    dwelling_part believed 2.0 learned 1.3;
    /// Same house, another flat.
    other_flat believed -5.0 learned -5.7;
    /// Same street, another house.
    other_house believed -5.0 learned -6.1;
    /// A former address.
    previous believed -0.5 learned -0.9;
    /// An address was asked, theirs is known, and it is somewhere else.
    lives_elsewhere believed -7.0 learned -9.2;
    /// An identifier that belongs to one household or one person.
    identifier_same believed 24.0 learned 24.0;
    /// An identifier within one slip, or a mail address with another host.
    identifier_slip believed 14.0 learned 15.2;
    /// Another identifier: people have several.
    identifier_differs believed -1.0 learned -1.0;
    /// That the person held is meant rather than someone else of the household, before anything personal is compared.
    relative believed 3.5 learned 2.4;
    /// Only a surname was asked, and it is theirs: whoever of the household is meant, the household is.
    surname_alone_in_household believed 3.0 learned 3.1;
    /// The most that a forename tells apart within a household, where sons are named after fathers: with the odds before, one exact check
    /// in a thousand is about the other.
    given_in_household believed 6.5 learned 5.4;
    /// The least that a surname tells within a household, where not all share one.
    family_in_household believed -3.0 learned -2.5;
    /// The most that a date of birth tells apart within a household, where there are twins.
    born_in_household believed 3.0 learned 1.2;
    /// The most that a phone or a mail address tells apart within a household, where they are shared.
    identifier_in_household believed 3.0 learned 3.1;
}

impl Weights {
    /// A bearer of a name is asked for by the very word: about seven in ten are. The other likelihoods are learned beside this one.
    pub(crate) const SAME: f64 = -0.5;

    /// How likely it is that a bearer of a name is asked for by one certain word so near to it.
    pub(crate) fn likelihood(&self, closeness: Closeness) -> f64 {
        match closeness {
            Closeness::Same => Self::SAME,
            Closeness::Variant => self.asked_by_variant,
            Closeness::Sounds => self.asked_by_sound,
            Closeness::Short => self.asked_by_short,
            Closeness::OneSlip => self.asked_by_one_slip,
            Closeness::TwoSlips => self.asked_by_two_slips,
        }
        .exp2()
    }
}

/// A word never seen is taken for one that this share of people bear.
pub(crate) const UNSEEN: f64 = 1.0 / 4000.0;
/// The weight of that belief, in people counted.
pub(crate) const BELIEF: f64 = 800.0;
/// A word that nobody here bears is, at large, the name of this share of people.
pub(crate) const UNHEARD: f64 = 1.0 / 100_000.0;
/// A register smaller than this is scored as if it were this large: the town around it is no smaller.
pub(crate) const FEWEST: usize = 1000;
/// From here a person or a place counts as recognised by itself.
pub(crate) const RECOGNISED: f64 = 8.0;
