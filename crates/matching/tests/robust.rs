//! Whatever is described or asked, the index stands, answers alike every time, and forgets what it is told to forget.

use matching::{Address, Born, Description, Index, Key, Name, Question, Settings, Standing};
use proptest::prelude::*;

/// Text of any alphabet, and text that looks enough like names and addresses to reach deep.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ '’,./@+()-]{0,3}(flat |apt |st |mc|o'|al-)?[0-9a-zA-Zéłß]{0,12}[ ,/-]{0,2}([0-9]{1,6}[a-z]?)?( (st|road|house|floor))?[a-z ,]{0,8}([A-Z]{1,2}[0-9]{1,2} ?[0-9][A-Z]{2})?",
    ]
}

prop_compose! {
    fn question()(name in text(), address in text(), postcode in text(), phone in text(), email in text(), free in text(), born in text()) -> Question {
        Question {
            name: Some(name),
            born: Born::parse(&born),
            address: Some(address),
            postcode: Some(postcode.clone()),
            uprn: Some(phone.clone()),
            phone: Some(phone),
            email: Some(email.clone()),
            handle: Some(email),
            reference: Some(postcode),
            text: Some(free),
        }
    }
}

prop_compose! {
    fn description()(given in text(), family in text(), home in text(), postcode in text(), phone in text(), email in text(), year in any::<i16>(), month in any::<u8>()) -> Description {
        Description {
            names: vec![Name::new(given, family.clone()), Name::full(&family)],
            born: Some(if month % 2 == 0 { Born::Day { year, month, day: month } } else { Born::Years { from: 1900, to: year } }),
            addresses: vec![Address { text: home, postcode: Some(postcode.clone()), uprn: Some(phone.clone()), standing: Standing::Previous }],
            phones: vec![phone],
            emails: vec![email.clone()],
            handles: vec![email],
            references: vec![postcode],
            ..Description::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn anything_may_be_described_and_asked(described in prop::collection::vec(description(), 0..6), asked in question()) {
        let mut index = Index::new(Settings::default());
        for (key, description) in described.iter().enumerate() {
            index.insert(Key(key as u64), description);
        }
        let hits = index.search(&asked);
        prop_assert!(hits.iter().all(|hit| hit.score.is_finite()));
        prop_assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        prop_assert_eq!(&index.search(&asked), &hits);
    }

    #[test]
    fn the_order_of_arrival_and_departure_does_not_matter(described in prop::collection::vec(description(), 1..6), asked in question()) {
        let mut plain = Index::new(Settings::default());
        let mut busy = Index::new(Settings::default());
        for (key, description) in described.iter().enumerate() {
            plain.insert(Key(key as u64), description);
        }
        for (key, description) in described.iter().enumerate().rev() {
            busy.insert(Key(900), &described[0]);
            busy.insert(Key(key as u64), description);
            busy.remove(Key(900));
        }
        prop_assert_eq!(plain.search(&asked), busy.search(&asked));
        for key in 0..described.len() {
            busy.remove(Key(key as u64));
        }
        prop_assert!(busy.is_empty());
    }

    #[test]
    fn taking_in_changing_and_forgetting_leave_the_index_that_is_built_anew(
        described in prop::collection::vec(description(), 1..5),
        steps in prop::collection::vec((0_usize..5, 0_u64..4, any::<bool>()), 0..24),
        asked in question(),
    ) {
        let mut lived = Index::new(Settings::default());
        let mut last = std::collections::BTreeMap::new();
        for (which, key, stays) in steps {
            if stays {
                let description = &described[which % described.len()];
                lived.insert(Key(key), description);
                last.insert(key, description);
            } else {
                lived.remove(Key(key));
                last.remove(&key);
            }
        }
        let mut anew = Index::new(Settings::default());
        for (key, description) in &last {
            anew.insert(Key(*key), description);
        }
        prop_assert_eq!(lived.len(), anew.len());
        prop_assert_eq!(lived.is_empty(), anew.is_empty());
        prop_assert_eq!(lived.search(&asked), anew.search(&asked));
        prop_assert_eq!(lived.rank(&asked), anew.rank(&asked));
        for description in &described {
            prop_assert_eq!(lived.alike(description), anew.alike(description));
        }
    }

    #[test]
    fn of_some_alone_is_found_what_is_found_of_them_among_all(
        described in prop::collection::vec(description(), 1..40),
        some in prop::collection::vec(0_u64..40, 0..12),
        asked in question(),
    ) {
        let mut index = Index::new(Settings::default());
        for (key, description) in described.iter().enumerate() {
            index.insert(Key(key as u64), description);
        }
        let keys: Vec<Key> = some.into_iter().map(Key).collect();
        let among = index.among(&asked, &keys);
        prop_assert!(among.iter().all(|hit| keys.contains(&hit.key)));
        for hit in index.search(&asked).into_iter().filter(|hit| keys.contains(&hit.key)) {
            prop_assert!(among.contains(&hit), "{:?} is not in {:?}", hit, among);
        }
    }

    #[test]
    fn whoever_is_described_is_found_as_described(described in description(), given in "[a-z]{3,9}", family in "[a-z]{3,9}") {
        let named = Description { names: vec![Name::new(&*given, &*family)], ..described };
        let mut index = Index::new(Settings::default());
        index.insert(Key(7), &named);
        let asked = Question { name: Some(format!("{given} {family}")), ..Question::default() };
        prop_assert_eq!(index.search(&asked).first().map(|hit| hit.key), Some(Key(7)));
    }
}
