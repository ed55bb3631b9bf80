//! The words of which British addresses are made: kinds of street and building, words before a flat, abbreviations.

/// The whole word for an abbreviation; any other word as it is. `st` is left: whether it is a saint or a street depends on its place.
pub(crate) fn in_full(word: &str) -> &str {
    match word {
        "rd" => "road",
        "str" | "strt" => "street",
        "ave" | "av" | "aven" => "avenue",
        "ln" | "la" => "lane",
        "cl" | "clo" => "close",
        "dr" | "drv" => "drive",
        "cres" | "cresc" | "crs" | "cr" => "crescent",
        "gr" | "gro" | "grv" | "gv" => "grove",
        "pl" => "place",
        "ter" | "terr" | "tce" | "trc" => "terrace",
        "ct" | "crt" => "court",
        "gdns" | "gdn" | "gds" | "garden" => "gardens",
        "wk" | "wlk" => "walk",
        "mt" => "mount",
        "sq" => "square",
        "pk" => "park",
        "hse" | "ho" => "house",
        "bldg" | "bldgs" | "building" => "buildings",
        "cott" | "cotts" | "cottages" => "cottage",
        "fm" => "farm",
        "est" => "estate",
        "wy" => "way",
        "yd" => "yard",
        "vw" => "view",
        "apt" | "apartment" | "flt" | "apmt" | "appt" | "aprt" => "flat",
        "rm" => "room",
        "flr" => "floor",
        "gnd" | "grnd" | "grd" => "ground",
        "1st" => "first",
        "2nd" => "second",
        "3rd" => "third",
        "no" | "number" => "",
        "nth" => "north",
        "sth" => "south",
        other => other,
    }
}

/// A house number that is written out: `twelve Mill Lane`.
pub(crate) fn number_in_words(word: &str) -> Option<u16> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    (1..).zip(WORDS).find(|(_, written)| *written == word).map(|(number, _)| number)
}

/// Whether the word ends the name of a street or building.
pub(crate) fn is_street_kind(word: &str) -> bool {
    matches!(
        word,
        "street"
            | "road"
            | "avenue"
            | "lane"
            | "close"
            | "drive"
            | "crescent"
            | "grove"
            | "place"
            | "terrace"
            | "court"
            | "gardens"
            | "way"
            | "walk"
            | "mount"
            | "square"
            | "rise"
            | "mews"
            | "row"
            | "yard"
            | "parade"
            | "hill"
            | "gate"
            | "green"
            | "park"
            | "view"
            | "house"
            | "mills"
            | "mill"
            | "tower"
            | "towers"
            | "wharf"
            | "point"
            | "lodge"
            | "buildings"
            | "hostel"
            | "home"
            | "villas"
            | "villa"
            | "hall"
            | "cottage"
            | "farm"
            | "estate"
            | "vale"
            | "croft"
            | "fold"
            | "garth"
            | "quay"
            | "passage"
            | "bank"
            | "heights"
            | "works"
            | "chambers"
            | "barn"
            | "circus"
            | "broadway"
            | "end"
            | "meadow"
            | "meadows"
            | "fields"
            | "field"
            | "dene"
            | "chase"
            | "loan"
            | "wynd"
            | "brae"
            | "centre"
            | "manor"
            | "rectory"
            | "vicarage"
            | "boulevard"
    )
}

/// Whether the word stands before the number or letter of a flat.
pub(crate) fn introduces_flat(word: &str) -> bool {
    matches!(
        word,
        "flat"
            | "unit"
            | "room"
            | "plot"
            | "studio"
            | "suite"
            | "caravan"
            | "bedsit"
            | "pitch"
            | "berth"
            | "annexe"
            | "annex"
    )
}

/// The letter that stands for a floor, when the word names one.
pub(crate) fn floor(word: &str) -> Option<u8> {
    Some(match word {
        "ground" | "gff" | "gf" => b'G',
        "first" | "fff" => b'F',
        "second" | "sff" => b'S',
        "third" => b'T',
        "fourth" => b'H',
        "top" | "tff" => b'P',
        "basement" => b'B',
        "lower" => b'L',
        "upper" => b'U',
        "attic" => b'A',
        _ => return None,
    })
}
