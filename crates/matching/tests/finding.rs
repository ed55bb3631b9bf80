//! What a check must find, and what it must not be sure of, told as people ask.

#![expect(clippy::indexing_slicing, clippy::expect_used, reason = "a test that cannot go on should stop")]

use matching::{
    Address, Agreement, Band, Born, Description, Field, Hit, Index, Key, Kind, Name, NameKind, Question,
    Reading, Settings, Standing,
};

const CHOWDHURY: Key = Key(1);
const BROTHER: Key = Key(2);
const OBRIEN: Key = Key(3);
const WOJCIK: Key = Key(4);
const PUB: Key = Key(5);

fn address(text: &str, postcode: &str) -> Address {
    Address { text: text.to_owned(), postcode: Some(postcode.to_owned()), ..Address::default() }
}

fn person(given: &str, family: &str, born: &str, home: Address) -> Description {
    Description {
        names: vec![Name::new(given, family)],
        born: Born::parse(born),
        addresses: vec![home],
        ..Description::default()
    }
}

/// A small town: a few people we ask about among two hundred whom we do not.
fn town() -> Index {
    let mut index = Index::new(Settings::default());
    let forenames =
        ["Alan", "Beryl", "Colin", "Denise", "Edwin", "Farah", "Gareth", "Hilda", "Imran", "Joyce"];
    let surnames = [
        "Ashdown",
        "Blythe",
        "Cracknell",
        "Dewhurst",
        "Eastwood",
        "Fairhurst",
        "Gledhill",
        "Holroyd",
        "Iveson",
        "Jagger",
    ];
    let streets = ["Mill Lane", "Station Road", "Church Street", "Beck View", "Quarry Hill"];
    for number in 0..200_usize {
        let (forename, surname) = (forenames[number % 10], surnames[number / 10 % 10]);
        let home = address(
            &format!("{} {}, Ambleford", number + 1, streets[number % 5]),
            &format!("ZA{} {}XY", number % 5, number % 9 + 1),
        );
        index.insert(Key(100 + number as u64), &person(forename, surname, "", home));
    }
    let mut chowdhury = person(
        "Mohammed Tariq",
        "Chowdhury",
        "3/7/1981",
        address("Flat 2, 14 Orchard Terrace, Ambleford", "ZA1 4QT"),
    );
    chowdhury.phones.push("07700 900123".to_owned());
    chowdhury.emails.push("tariq.chowdhury@example.org".to_owned());
    chowdhury.handles.push("@tariq_c".to_owned());
    chowdhury.references.push("HB 0042/17".to_owned());
    index.insert(CHOWDHURY, &chowdhury);
    let mut obrien = person("Siobhan", "O'Brien", "1969", address("9 Harbour Close, Ambleford", "ZA2 8LW"));
    obrien.names.push(Name::new("", "Fitzgerald").of_kind(NameKind::Former));
    obrien
        .addresses
        .push(Address { standing: Standing::Previous, ..address("31 Weir Road, Ambleford", "ZA3 1BD") });
    index.insert(OBRIEN, &obrien);
    index.insert(
        WOJCIK,
        &person("Łukasz", "Wójcik", "12/11/1990", address("Rose Cottage, Fell Lane, Ambleford", "ZA4 2NN")),
    );
    let mut inn = Description { kind: Kind::Premises, ..Description::default() };
    inn.names.push(Name::new("", "The Packhorse Inn"));
    inn.addresses.push(address("1 Bridge End, Ambleford", "ZA4 9PK"));
    index.insert(PUB, &inn);
    index
}

fn ask(set: impl FnOnce(&mut Question)) -> Vec<Hit> {
    let mut question = Question::default();
    set(&mut question);
    town().search(&question)
}

fn named(name: &str, address: &str) -> Vec<Hit> {
    ask(|question| {
        question.name = Some(name.to_owned());
        question.address = Some(address.to_owned());
    })
}

fn first(hits: &[Hit]) -> Key {
    hits.first().map(|hit| hit.key).expect("somebody is found")
}

#[test]
fn a_name_heard_by_phone_and_misspelled_is_still_found() {
    for heard in ["Muhamad Choudry", "Mo Chowdery", "CHAUDHARY, mohamed", "Tarik Chowdhury", "M Chowdhury"] {
        assert_eq!(first(&named(heard, "14 orchard terr")), CHOWDHURY, "{heard}");
    }
}

#[test]
fn a_name_in_another_alphabet_and_a_name_damaged_on_the_way_are_found() {
    for written in ["Lukasz Wojcik", "Lukas Wójcik", "Łukasz WÃ³jcik", "Wojcik Lukasz", "Luke Voycik"] {
        assert_eq!(first(&named(written, "Rose Cottage, Ambleford")), WOJCIK, "{written}");
    }
}

#[test]
fn particles_former_names_and_titles_do_not_hide_a_person() {
    for said in ["Mrs O Brien", "Siobhan OBrien", "Shivaun O'Brien", "Siobhan Fitzgerald", "S. O’Brien"] {
        assert_eq!(first(&named(said, "9 Harbour Cl")), OBRIEN, "{said}");
    }
}

#[test]
fn half_an_address_finds_the_household() {
    for half in [
        "Flat 2, 14 Orchard Terrace",
        "14 orchard",
        "2/14 Orchard Ter Ambleford",
        "Orchard Terrace flat B 14",
    ] {
        let hits = ask(|question| question.address = Some(half.to_owned()));
        assert_eq!(first(&hits), CHOWDHURY, "{half}");
        assert_eq!(hits[0].reading, Reading::Place, "{half}");
    }
    let by_postcode = ask(|question| {
        question.address = Some("14".to_owned());
        question.postcode = Some("za14qt".to_owned());
    });
    assert_eq!(first(&by_postcode), CHOWDHURY);
}

#[test]
fn a_postcode_with_two_letters_exchanged_still_leads_there() {
    let hits = ask(|question| {
        question.name = Some("Chowdhury".to_owned());
        question.address = Some("14 Orchard Terrace".to_owned());
        question.postcode = Some("ZA1 4TQ".to_owned());
    });
    assert_eq!(first(&hits), CHOWDHURY);
}

#[test]
fn a_former_address_leads_to_the_person_who_left_it() {
    assert_eq!(first(&named("Siobhan OBrien", "31 Weir Rd")), OBRIEN);
}

#[test]
fn a_brother_at_the_same_address_is_possible_not_match() {
    let hits = named("Kamran Chowdhury", "Flat 2, 14 Orchard Terrace, Ambleford, ZA1 4QT");
    let hit = hits.iter().find(|hit| hit.key == CHOWDHURY).expect("the household is known");
    assert_eq!((hit.band, hit.reading), (Band::Possible, Reading::Place));
}

#[test]
fn each_of_two_brothers_is_found_first_by_his_own_name() {
    let mut index = town();
    index.insert(
        BROTHER,
        &person(
            "Kamran",
            "Chowdhury",
            "9/9/1984",
            address("Flat 2, 14 Orchard Terrace, Ambleford", "ZA1 4QT"),
        ),
    );
    for (name, key) in [("Kamran Choudhury", BROTHER), ("Mohammad Choudhury", CHOWDHURY)] {
        let asked = Question {
            name: Some(name.to_owned()),
            postcode: Some("ZA1 4QT".to_owned()),
            ..Question::default()
        };
        assert_eq!(first(&index.search(&asked)), key, "{name}");
    }
}

#[test]
fn a_son_with_his_fathers_name_is_not_taken_for_him() {
    let hits = ask(|question| {
        question.name = Some("Mohammed Chowdhury".to_owned());
        question.address = Some("Flat 2, 14 Orchard Terrace".to_owned());
        question.postcode = Some("ZA1 4QT".to_owned());
        question.born = Born::parse("21/12/2004");
    });
    assert_eq!(hits.first().map(|hit| hit.band), Some(Band::Possible));
}

#[test]
fn the_right_person_at_the_right_address_is_a_match_of_both() {
    let hits = named("Tariq Chowdhury", "Flat 2, 14 Orchard Terrace, Ambleford, ZA1 4QT");
    assert_eq!((hits[0].key, hits[0].band, hits[0].reading), (CHOWDHURY, Band::Match, Reading::Both));
}

#[test]
fn a_person_asked_for_at_a_new_address_is_found_by_name_and_date_of_birth() {
    let hits = ask(|question| {
        question.name = Some("Mohammed Chowdhury".to_owned());
        question.address = Some("77 Nowhere Road, Elsewhere".to_owned());
        question.born = Born::parse("03.07.81");
    });
    assert_eq!((hits[0].key, hits[0].reading), (CHOWDHURY, Reading::Person));
}

#[test]
fn any_identifier_alone_leads_to_its_owner() {
    let owners: [fn(&mut Question); 4] = [
        |question| question.phone = Some("+44 7700 900 123".to_owned()),
        |question| question.email = Some("Tariq.Chowdhury@Example.org".to_owned()),
        |question| question.handle = Some("https://social.example/tariq_c".to_owned()),
        |question| question.reference = Some("hb0042/17".to_owned()),
    ];
    for set in owners {
        let hits = ask(set);
        assert_eq!((first(&hits), hits[0].band), (CHOWDHURY, Band::Match));
    }
}

#[test]
fn one_free_text_is_enough() {
    for text in [
        "tariq chowdhury, flat 2, 14 orchard terrace za1 4qt",
        "Orchard Terrace 14, flat 2 ZA1 4QT Tariq Chowdhury",
        "mohammed chowdhury 3/7/81",
    ] {
        let hits = ask(|question| question.text = Some(text.to_owned()));
        assert_eq!(first(&hits), CHOWDHURY, "{text}");
    }
}

#[test]
fn premises_are_found_by_their_name_and_by_their_address() {
    assert_eq!(first(&ask(|question| question.address = Some("Packhorse Inn, Ambleford".to_owned()))), PUB);
    assert_eq!(first(&ask(|question| question.address = Some("1 Bridge End".to_owned()))), PUB);
}

#[test]
fn premises_are_a_match_whoever_is_asked_for_there() {
    let hits = named("Priscilla Thornycroft", "1 Bridge End, Ambleford, ZA4 9PK");
    assert_eq!((first(&hits), hits[0].band, hits[0].reading), (PUB, Band::Match, Reading::Place));
}

#[test]
fn a_stranger_elsewhere_is_not_found() {
    assert_eq!(named("Priscilla Thornycroft", "4 Acacia Avenue, Otherham"), []);
    assert_eq!(ask(|_| {}), []);
}

#[test]
fn every_reason_is_told_without_telling_what_is_held() {
    let hits = named("Muhammad Chaudhry", "14 Orchard Terrace");
    let parts = &hits[0].parts;
    assert!(parts.iter().any(|part| part.field == Field::FamilyName
        && part.agreement == Agreement::Variant
        && part.weight > 0.0));
    assert!(parts.iter().any(|part| part.field == Field::Address && part.weight > 0.0));
    for part in parts {
        let told = format!("{} {}", part.asked, part.words).to_lowercase();
        assert!(!told.contains("mohammed") && !told.contains("chowdhury") && !told.contains("za1"), "{told}");
    }
}

#[test]
fn removal_leaves_nothing_behind() {
    let mut index = town();
    index.remove(CHOWDHURY);
    let asked = Question { name: Some("Mohammed Chowdhury".to_owned()), ..Question::default() };
    assert_eq!(index.search(&asked), []);
    for key in (0..400).map(Key) {
        index.remove(key);
    }
    assert_eq!((index.len(), index.is_empty()), (0, true));
}

#[test]
fn a_description_taken_in_again_replaces_the_one_before() {
    let mut index = town();
    index.insert(
        CHOWDHURY,
        &person("Zebedee", "Quillfeather", "", address("2 Mill Lane, Ambleford", "ZA0 2XY")),
    );
    let asked = |name: &str| index.search(&Question { name: Some(name.to_owned()), ..Question::default() });
    assert_eq!(asked("Mohammed Chowdhury"), []);
    assert_eq!(first(&asked("Zebedee Quillfether")), CHOWDHURY);
}
