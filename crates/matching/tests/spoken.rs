//! What people say on the doorstep and on the telephone, of names in three words and of whole and half addresses.

#![expect(clippy::expect_used, reason = "a test that cannot go on should stop")]

use matching::{
    Address, Agreement, Band, Born, Description, Field, Hit, Index, Key, Kind, Name, NameKind, Question,
    Settings, Standing,
};

const SIOBHAN: Key = Key(1);
const HAROLD: Key = Key(2);
const GORSE_BANK: Key = Key(3);
const CLIVE: Key = Key(4);
const DARIUSZ: Key = Key(5);
const RHIANNON: Key = Key(6);
const SON: Key = Key(7);
const FATHER: Key = Key(8);

fn home(text: &str, postcode: &str) -> Address {
    Address { text: text.to_owned(), postcode: Some(postcode.to_owned()), ..Address::default() }
}

fn person(name: &str, born: &str, home: Address) -> Description {
    Description {
        names: vec![Name::full(name)],
        born: Born::parse(born),
        addresses: vec![home],
        ..Description::default()
    }
}

fn register() -> Index {
    let mut index = Index::new(Settings::default());
    let mut siobhan =
        person("Siobhan Maguire-Okafor", "17/3/1984", home("Flat 2, 9 Tannery Row, Wyverton", "WY5 1AB"));
    siobhan.names.push(Name::full("Shiv Maguire").of_kind(NameKind::Alias));
    siobhan.names.push(Name::full("Siobhán Maguire").of_kind(NameKind::Former));
    index.insert(SIOBHAN, &siobhan);
    let marlham = |text| home(text, "WY7 3DE");
    index.insert(HAROLD, &person("Harold Pettifer", "2/11/1946", marlham("31 Candlemas Road, Marlham")));
    let gorse_bank = Description {
        kind: Kind::Premises,
        addresses: vec![home("Gorse Bank Farm, Coldwyke Lane, Coldwyke", "WY9 8FG")],
        ..Description::default()
    };
    index.insert(GORSE_BANK, &gorse_bank);
    let ashenholt = |text| home(text, "WY3 6HJ");
    index.insert(
        CLIVE,
        &person("Clive Rushbrook-Hale", "23/8/1961", ashenholt("14 Harebell Avenue, Ashenholt")),
    );
    index.insert(
        DARIUSZ,
        &person("Dariusz Wiśniarczyk", "30/1/1979", home("5 Ropewalk Mews, Thornmere", "WY2 4LN")),
    );
    index.insert(
        RHIANNON,
        &person(
            "Rhiannon ap Rhydderch-Cole",
            "9/9/1992",
            home("Damson Bank, Drover's Way, Pellworthy", "WY8 2PQ"),
        ),
    );
    for (key, born) in [(SON, "14/6/1991"), (FATHER, "2/2/1958")] {
        let home = ashenholt("22 Jubilee Gardens West, Ashenholt");
        index.insert(key, &person("Rajinder Singh Sandhu-Vale", born, home));
    }
    for number in 20..50 {
        let home = home(&format!("{number} Tannery Row, Wyverton"), "WY5 1AC");
        index.insert(Key(number), &person("Joyce Iveson", "", home));
    }
    index
}

fn named(name: &str) -> Question {
    Question { name: Some(name.to_owned()), ..Question::default() }
}

fn placed(address: &str) -> Question {
    Question { address: Some(address.to_owned()), ..Question::default() }
}

fn hit(question: &Question, key: Key) -> Option<Hit> {
    register().search(question).into_iter().find(|hit| hit.key == key)
}

fn band(question: &Question, key: Key) -> Option<Band> {
    hit(question, key).map(|hit| hit.band)
}

/// What the hit says of the address.
fn address(hit: &Hit) -> Agreement {
    hit.parts.iter().find(|part| part.field == Field::Address).expect("an address was asked").agreement
}

fn at(asked: &str, key: Key) -> Agreement {
    let hit = hit(&placed(asked), key);
    hit.as_ref().map_or(Agreement::Different, address)
}

#[test]
fn a_double_barrelled_name_heard_as_three_words_is_found() {
    for heard in ["Shavon Mcguire Okafor", "Shavon Maguire Okafor", "Chevonne MacGuire Okafor"] {
        let hits = register().search(&named(heard));
        assert_eq!(hits.first().map(|hit| hit.key), Some(SIOBHAN), "{heard}");
        let there = Question { address: Some("Flat 2, 9 Tannery Row".to_owned()), ..named(heard) };
        assert_eq!(band(&there, SIOBHAN), Some(Band::Match), "{heard}");
        let street = Question { address: Some("Tannery Row".to_owned()), ..named(heard) };
        assert_eq!(register().search(&street).first().map(|hit| hit.key), Some(SIOBHAN), "{heard}");
    }
}

#[test]
fn siobhan_is_found_however_her_first_name_is_spelt_by_ear() {
    for heard in ["Shavon", "Shivaun", "Chevonne", "Shavonne", "Siobhán", "Shevon"] {
        assert!(hit(&named(&format!("{heard} Okafor")), SIOBHAN).is_some(), "{heard}");
    }
}

#[test]
fn three_words_held_without_a_hyphen_may_end_in_a_double_barrelled_name() {
    let mut index = register();
    let okoro = Key(90);
    index.insert(okoro, &person("Patience Featherstone Okoro", "", home("3 Weir Road, Marlham", "WY7 3DF")));
    for asked in [
        "Patience Featherstone-Okoro",
        "Patience Featherston Okoro",
        "Patience Featherstone",
        "Patience Okoro",
        "Featherstone-Okoro, Patience",
    ] {
        assert_eq!(index.search(&named(asked)).first().map(|hit| hit.key), Some(okoro), "{asked}");
    }
}

#[test]
fn the_very_address_is_said_to_be_the_same() {
    for asked in [
        "flat 2, 9 Tannery Row, Wyverton",
        "flat 2, 9 Tannery Row",
        "2/9 tannery row wyverton",
        "9 Tannery Row Flat B, WY5 1AB",
        "Flat 2, 9 Tanary Row, WY5 1AB",
        "Flat 2, 9, WY5 1AB",
    ] {
        assert_eq!(at(asked, SIOBHAN), Agreement::Same, "{asked}");
    }
    for asked in ["Gorse Bank, Coldwyke", "Gorse Bank Farm, Coldwyke Lane", "gorse bank WY9 8FG"] {
        assert_eq!(at(asked, GORSE_BANK), Agreement::Same, "{asked}");
    }
    assert_eq!(at("Damson Bank, Drovers Way", RHIANNON), Agreement::Same);
}

#[test]
fn an_address_that_agrees_in_part_is_never_said_to_be_the_same() {
    for (part, asked) in [
        ("the street only", "Tannery Row, Wyverton"),
        ("another number", "Flat 2, 11 Tannery Row, Wyverton"),
        ("another flat", "Flat 3, 9 Tannery Row, Wyverton"),
        ("no flat", "9 Tannery Row, Wyverton"),
        ("the postcode only", "WY5 1AB"),
        ("the town and a number", "Flat 2, 9 Wyverton"),
        ("another town", "Flat 2, 9 Tannery Row, Marlham"),
        ("another postcode", "Flat 2, 9 Tannery Row, WY18 7XZ"),
        ("another kind of street", "Flat 2, 9 Tannery Close, Wyverton"),
        ("another street at the postcode", "Flat 2, 9 Candlemas Road, WY5 1AB"),
        ("a misspelled street and no postcode", "Flat 2, 9 Tanary Rwo, Wyverton"),
    ] {
        assert!(at(asked, SIOBHAN) < Agreement::Variant, "{part}: {asked}");
    }
    for (part, asked) in [
        ("the village only", "Coldwyke"),
        ("the lane only", "Coldwyke Lane, Coldwyke"),
        ("a house of that name anywhere", "Gorse Bank"),
        ("a house of that name in another village", "Gorse Bank, Marlham"),
        ("another house there", "Thistle Bank, Coldwyke"),
        ("another street", "Gorse Bank, Candlemas Road, Coldwyke"),
    ] {
        assert!(at(asked, GORSE_BANK) < Agreement::Variant, "{part}: {asked}");
    }
}

#[test]
fn an_address_that_they_have_left_is_not_said_to_be_theirs() {
    let mut index = register();
    let moved = Key(90);
    let left = Address { standing: Standing::Previous, ..home("8 Weir Road, Marlham", "WY7 3DF") };
    index.insert(moved, &person("Patience Okoro", "", left));
    let hits = index.search(&placed("8 Weir Road, Marlham, WY7 3DF"));
    let hit = hits.iter().find(|hit| hit.key == moved).expect("they may still be there");
    assert!(address(hit) < Agreement::Variant);
}

#[test]
fn everyone_at_the_very_address_is_given_however_many_they_are() {
    let mut index = register();
    let hostel = || home("40 Weir Road, Marlham", "WY7 3DF");
    let lodgers: Vec<Key> = (100..130).map(Key).collect();
    for key in &lodgers {
        index.insert(*key, &person("Ambrose Quill", "", hostel()));
    }
    let asked = Question { name: Some("Joyce Iveson".to_owned()), ..placed("40 Weir Road, Marlham") };
    for question in [placed("40 Weir Road, Marlham"), asked] {
        let hits = index.search(&question);
        for key in &lodgers {
            let hit = hits.iter().find(|hit| hit.key == *key).expect("each lodger");
            assert_eq!(address(hit), Agreement::Same);
        }
    }
}

#[test]
fn a_farm_is_found_by_name_and_village_among_many_farms_of_that_name_and_many_in_the_village() {
    let mut index = register();
    for number in 200..240_u64 {
        let elsewhere = home(&format!("Gorse Bank Farm, Long Lane, Village{number}"), "WY1 1ZZ");
        index.insert(Key(number), &person("Joyce Iveson", "", elsewhere));
        let neighbour = home(&format!("{number} Coldwyke Lane, Coldwyke"), "WY9 8FH");
        index.insert(Key(number + 100), &person("Joyce Iveson", "", neighbour));
    }
    for asked in ["Gorse Bank, Coldwyke", "Gorse Bank Farm, Coldwyke"] {
        let hits = index.search(&placed(asked));
        let hit = hits.iter().find(|hit| hit.key == GORSE_BANK).expect(asked);
        assert_eq!(address(hit), Agreement::Same, "{asked}");
    }
}

#[test]
fn every_character_is_surely_the_one_as_a_demonstration_suggests() {
    for (name, key) in [("Harold Pettifer", HAROLD), ("Clive Rushbrook-Hale", CLIVE)] {
        assert_eq!(band(&named(name), key), Some(Band::Match), "{name}");
    }
    for (name, place, key) in [
        ("Shavon Mcguire Okafor", "Tannery Row", SIOBHAN),
        ("Darius Wisniarchik", "5 Ropewalk Mews", DARIUSZ),
        ("Rianon Rhydderch", "Damson Bank, Drovers Way", RHIANNON),
    ] {
        let question = Question { address: Some(place.to_owned()), ..named(name) };
        assert_eq!(band(&question, key), Some(Band::Match), "{name}");
        assert!(hit(&named(name), key).is_some(), "{name} without an address");
    }
}

#[test]
fn a_date_of_birth_tells_the_son_from_his_father() {
    for (born, asked, other) in [("14/6/1991", SON, FATHER), ("2/2/1958", FATHER, SON)] {
        let question = Question { born: Born::parse(born), ..named("Rajinder Sandhu") };
        assert_eq!(band(&question, asked), Some(Band::Match), "{born}");
        assert_ne!(band(&question, other), Some(Band::Match), "{born}");
    }
}
