//! How a subject's file is told to the matching index: the one bridge between two crates that know nothing of each other.

use matching::{Address, Description, Key, Kind, Name, NameKind, Settings, Standing};
use register::ids::SubjectId;
use register::policy::{Figure, Policy};
use register::subject::{self, AgeBand, Born, SubjectDetails};

/// The index's handle of a subject.
pub(crate) const fn key(subject: SubjectId) -> Key {
    Key(subject.bits())
}

/// The subject behind a handle.
pub(crate) const fn subject(key: Key) -> SubjectId {
    SubjectId::from_bits(key.0)
}

/// What the index is told of a subject; `year` is the current one, to which age bands count back.
pub(crate) fn describe(details: &SubjectDetails, year: i16) -> Description {
    match details {
        SubjectDetails::Person(person) => Description {
            kind: Kind::Person,
            names: person.names.iter().map(name).collect(),
            born: born(person.born, year),
            addresses: person.addresses.iter().map(address).collect(),
            phones: strings(&person.phones),
            emails: strings(&person.emails),
            handles: strings(&person.social),
            references: person.references.iter().map(|other| other.value.as_str().to_owned()).collect(),
        },
        SubjectDetails::Premises(premises) => Description {
            kind: Kind::Premises,
            addresses: vec![address(&premises.address)],
            ..Description::default()
        },
    }
}

fn strings(texts: &[register::personal::Text]) -> Vec<String> {
    texts.iter().map(|text| text.as_str().to_owned()).collect()
}

fn name(name: &subject::PersonName) -> Name {
    Name::full(name.full.as_str()).of_kind(match name.kind {
        subject::NameKind::Main => NameKind::Current,
        subject::NameKind::Alias => NameKind::Alias,
        subject::NameKind::Former => NameKind::Former,
    })
}

fn address(address: &subject::Address) -> Address {
    Address {
        text: address.lines.as_str().to_owned(),
        postcode: address.postcode.as_ref().map(|postcode| postcode.as_str().to_owned()),
        uprn: address.uprn.map(|uprn| uprn.to_string()),
        standing: if address.until.is_none() { Standing::Current } else { Standing::Previous },
    }
}

/// Bands are widened by two years either way: they are estimates.
fn born(born: Born, year: i16) -> Option<matching::Born> {
    let (youngest, oldest) = match born {
        Born::On(date) => return Some(date.into()),
        Born::Unknown => return None,
        Born::Band(AgeBand::Child) => (0, 20),
        Born::Band(AgeBand::Young) => (16, 27),
        Born::Band(AgeBand::Adult) => (23, 67),
        Born::Band(AgeBand::Older) => (63, 120),
    };
    Some(matching::Born::Years { from: year.saturating_sub(oldest), to: year.saturating_sub(youngest) })
}

/// How alike somebody must be, from what the policy says the mistakes weigh: told to ring where the chance of missing them outweighs the
/// call, shown where the chance that it is another does not.
pub(crate) fn settings(policy: &Policy) -> Settings {
    let weighs = |figure| f64::from(policy.figure(figure).max(1)).log2();
    Settings {
        possible_from: -weighs(Figure::MissWeighs),
        match_from: weighs(Figure::WrongWeighs),
        ..Settings::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use register::personal::Text;

    #[test]
    fn the_defaults_of_the_policy_are_those_that_matching_was_measured_with() {
        let policy = Policy::first(date(2026, 1, 1), Text::new("Policy").expect("text"));
        let (ours, measured) = (settings(&policy), Settings::default());
        assert!((ours.possible_from - measured.possible_from).abs() < 0.02);
        assert!((ours.match_from - measured.match_from).abs() < 0.02);
    }
}
