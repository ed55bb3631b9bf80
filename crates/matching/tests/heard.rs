//! Names of every origin and addresses of every shape, as they are misheard, misread and written otherwise.

use matching::{
    Address, Band, Born, Description, Index, Key, Name, NameKind, Question, Reading, Settings, duplicates,
};

const SOMEBODY: Key = Key(1);

fn home(text: &str, postcode: Option<&str>) -> Address {
    Address { text: text.to_owned(), postcode: postcode.map(str::to_owned), ..Address::default() }
}

fn described(given: &str, family: &str) -> Description {
    Description {
        names: vec![Name::new(given, family)],
        addresses: vec![home("14 Tannery Row, Wyverton", Some("WY5 1AB"))],
        ..Description::default()
    }
}

/// A town of people with other names on other streets, and the one described.
fn town_with(somebody: &Description) -> Index {
    let mut index = Index::new(Settings::default());
    let forenames =
        ["Alan", "Beryl", "Colin", "Denise", "Edwin", "Farah", "Gareth", "Hilda", "Imran", "Joyce"];
    let surnames =
        ["Ashdown", "Blythe", "Cracknell", "Dewhurst", "Eastwood", "Fairhurst", "Gledhill", "Iveson"];
    for (number, (forename, surname)) in (0_u64..)
        .zip(forenames.iter().flat_map(|forename| surnames.iter().map(move |surname| (forename, surname))))
    {
        let mut neighbour = described(forename, surname);
        neighbour.addresses = vec![home(&format!("{} Weir Road, Marlham", number + 1), Some("WY7 3DF"))];
        index.insert(Key(100 + number), &neighbour);
    }
    index.insert(SOMEBODY, somebody);
    index
}

fn named(name: &str) -> Question {
    Question { name: Some(name.to_owned()), ..Question::default() }
}

fn finds(index: &Index, question: &Question) -> bool {
    index.search(question).first().is_some_and(|hit| hit.key == SOMEBODY)
}

#[test]
fn a_name_of_any_origin_is_found_as_it_is_heard_and_written() {
    for (given, family, asked) in [
        ("Muhammad", "Chaudhry", ["Mohamed Choudhury", "Md Chowdhury", "Mo Chaudhri"]),
        ("Abdinasir", "Al-Obaidi", ["Nasir Al Obaidi", "Abdi Nasir Obaidi", "Abdinasser El-Obaidi"]),
        ("Łukasz", "Wójcik", ["Lukas Voycik", "Luke Wojcik", "L. Wójcik"]),
        ("Oluwafemi", "Adeyinka", ["Femi Adeyinka", "Oluwa Femi Adeyinka", "Olufemi Adeyinca"]),
        ("Ka Ho", "Cheung", ["Kaho Zhang", "Cheung Ka-Ho", "Ka Ho Cheong"]),
        ("Siân", "ap Rhys", ["Sian Rhys", "Shan ap Rees", "Sian aprhys"]),
        ("Aoife", "Ó Briain", ["Eva O'Briain", "Aoife OBriain", "Aoife O Brian"]),
        ("Harpreet", "Dhaliwal", ["Harprit Dhariwal", "Harry Dhaliwall", "Harpreet Kaur Dhaliwal"]),
        ("Katarzyna", "Kowalska", ["Kasia Kowalski", "Katarina Kovalska", "Catherine Kowalska"]),
        ("Ionuț", "Șerban", ["Ionut Serban", "Ionuț Sherban", "SERBAN IONUT"]),
        ("Kwabena", "Owusu-Ansah", ["Kobina Owusu", "Kwabena Ansah", "Owusu Ansah, Kwabena"]),
        ("João", "da Silva Pereira", ["Joao Silva", "Joe Pereira", "João da Silva"]),
    ] {
        let index = town_with(&described(given, family));
        for asked in asked {
            assert!(finds(&index, &named(asked)), "{given} {family} asked for as {asked}");
        }
    }
}

#[test]
fn what_is_written_around_a_name_does_not_hide_it() {
    let mut robert = described("Robert Alan", "Peters");
    robert.names.push(Name::new("Robbo", "").of_kind(NameKind::Alias));
    let index = town_with(&robert);
    for asked in [
        "Robert Peters (known as Bobby)",
        "Robert \"Robbo\" Peters",
        "Mr & Mrs R Peters",
        "the Peters family",
        "PETERS, R.A.",
        "Peters household",
        "robert peters",
        "RobertPeters",
    ] {
        let there = Question { address: Some("14 Tannery Row".to_owned()), ..named(asked) };
        assert!(finds(&index, &there), "{asked}");
    }
}

#[test]
fn a_surname_of_two_words_is_not_taken_for_a_forename_and_a_surname() {
    for (family, asked) in
        [("Allsop-Montes", "Mr Allsop-Montes"), ("El-Khoury", "El Khoury"), ("de Souza", "de Souza")]
    {
        let question = Question { address: Some("14 Tannery Row, Wyverton".to_owned()), ..named(asked) };
        let hits = town_with(&described("Steven", family)).search(&question);
        assert!(hits.first().is_some_and(|hit| hit.key == SOMEBODY && hit.score > 0.0), "{asked}");
    }
}

#[test]
fn letters_that_look_alike_are_read_back() {
    for (given, family, asked) in [
        ("Edward", "Nicholson", "Edwarcl Nicholson"),
        ("Martin", "Burnham", "Martin Bumham"),
        ("Simon", "Weller", "Sirnon VVeller"),
    ] {
        assert!(finds(&town_with(&described(given, family)), &named(asked)), "{asked}");
    }
}

#[test]
fn a_name_mangled_beyond_recognition_is_recognised_at_the_very_address() {
    let index = town_with(&described("Foziya", "Hussain"));
    let asked = |name: &str| Question {
        address: Some("14 Tannery Row, Wyverton, WY5 1AB".to_owned()),
        ..named(name)
    };
    let score =
        |name: &str| index.rank(&asked(name)).iter().find(|hit| hit.key == SOMEBODY).map(|hit| hit.score);
    assert!(score("Fozere Hussain") > score("Delia Hussain"));
}

#[test]
fn a_date_with_an_ordinal_is_read_and_can_contradict() {
    let mut gopal = described("Gopal", "Virk");
    gopal.born = Born::parse("6 May 1977");
    let index = town_with(&gopal);
    for (born, band) in [("6th May 1977", Some(Band::Match)), ("19th July 1958", None)] {
        let question = Question { born: Born::parse(born), ..named("Gopal Virk") };
        let hit = index.search(&question).into_iter().find(|hit| hit.key == SOMEBODY);
        assert_eq!(hit.map(|hit| hit.band).filter(|band| *band == Band::Match), band, "{born}");
    }
}

#[test]
fn the_number_of_a_house_is_found_in_words_and_as_it_is_misheard() {
    let index = town_with(&described("Grant", "Kent"));
    for asked in
        ["fourteen Tannery Row, Wyverton", "40 Tannery Row, Wyverton", "No. 14 Tannery Rw", "41 Tannery Row"]
    {
        let question = Question { address: Some(asked.to_owned()), ..named("Grant Kemp") };
        assert!(finds(&index, &question), "{asked}");
    }
}

#[test]
fn a_postcode_is_found_as_it_is_misread_and_mistyped() {
    let index = town_with(&described("Grant", "Kent"));
    for postcode in ["WY51AB", "wy5 1ba", "VY5 1AB", "WYS 1AB", "WY5 IAB", "WY1 5AB", "WY5 1A"] {
        let question = Question {
            address: Some("14".to_owned()),
            postcode: Some(postcode.to_owned()),
            ..named("Grant Kent")
        };
        assert!(finds(&index, &question), "{postcode}");
    }
}

#[test]
fn a_place_asked_for_by_itself_is_a_match_when_it_is_the_very_dwelling() {
    let index = town_with(&described("Grant", "Kent"));
    for (address, postcode) in [("14 Tannery Row, Wyverton", None), ("14", Some("WY5 1AB"))] {
        let question = Question {
            address: Some(address.to_owned()),
            postcode: postcode.map(str::to_owned),
            ..Question::default()
        };
        let hits = index.search(&question);
        let hit = hits.first().map(|hit| (hit.key, hit.band, hit.reading));
        assert_eq!(hit, Some((SOMEBODY, Band::Match, Reading::Place)), "{address}");
    }
}

#[test]
fn whoever_is_registered_already_is_found_in_a_list_with_the_reasons() {
    let mut held = described("Muhammad Tariq", "Chowdhury");
    held.born = Born::parse("3/7/1981");
    held.phones = vec!["07700 900123".to_owned()];
    let index = town_with(&held);
    let mut moved = described("Tariq", "Choudhry");
    moved.born = Born::parse("3 July 1981");
    moved.addresses = vec![home("77 Candlemas Road, Ashenholt", Some("WY3 6HJ"))];
    let alike = index.alike(&moved);
    assert_eq!(alike.first().map(|hit| (hit.key, hit.band)), Some((SOMEBODY, Band::Match)));
    assert!(alike.first().is_some_and(|hit| hit.parts.len() == 4));

    let mut brother = described("Kamran", "Chowdhury");
    brother.born = Born::parse("9/9/1984");
    assert!(index.alike(&brother).iter().all(|hit| hit.band != Band::Match));
}

#[test]
fn a_list_says_whom_it_holds_twice() {
    let list: Vec<(Key, Description)> =
        [("Siobhan", "O'Brien"), ("Gopal", "Virk"), ("Shivaun", "O Brien"), ("Amy", "Virk")]
            .into_iter()
            .zip(1..)
            .map(|((given, family), key)| (Key(key), described(given, family)))
            .collect();
    let pairs = duplicates(&list, Settings::default());
    let sure: Vec<(Key, Key)> = pairs
        .iter()
        .filter(|pair| pair.other.band == Band::Match)
        .map(|pair| (pair.key, pair.other.key))
        .collect();
    assert_eq!(sure, [(Key(3), Key(1))]);
}

#[test]
fn a_further_name_that_is_misheard_is_no_relatives_name() {
    let mut held = described("", "");
    held.names = vec![Name::full("Fearghal Mac Eochaidh-Quillan")];
    let town = town_with(&held);
    let hits = |name: &str| town.search(&Question { postcode: Some("WY5 1AB".to_owned()), ..named(name) });
    let band = |name: &str| hits(name).first().map(|hit| (hit.key, hit.band));
    assert_eq!(band("Fergal MacEochy Quillan"), Some((SOMEBODY, Band::Match)));
    assert_eq!(band("Fergal Deakin Quillan"), Some((SOMEBODY, Band::Possible)), "a brother, as like as not");
}
