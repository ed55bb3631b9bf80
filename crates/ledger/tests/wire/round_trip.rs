//! Whatever an event can hold comes back from the ledger as it went in.

use crate::{pinned, read_back, write};
use jiff::civil::{Date, Time};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use register::assessment::{Band, Plan, PlanWords};
use register::contact::{Every, Limits, Means, Most, Place, Replies};
use register::event::Event;
use register::ids::{AccountId, AttachmentId, IncidentId, MeasureId, SubjectId, TeamId};
use register::incident::{
    Attachment, Channel, Danger, Described, Facts, Identity, Injury, Media, Narrative, Police, Protection,
};
use register::notice::{Content, Letter, Section};
use register::personal::{Locker, Particulars, Text};
use register::policy::{ChangeNumber, Clause, Code, Council, Desk, Figure, List, Policy, Term, Version};
use register::subject::{
    Address, AgeBand, Born, NameKind, OtherReference, Person, PersonName, Premises, SubjectDetails,
};

fn text() -> impl Strategy<Value = Text> {
    "[\\PC\n\"\\\\\u{2028}]{1,40}".prop_filter_map("blank", |typed| Text::new(&typed).ok())
}

fn maybe() -> impl Strategy<Value = Option<Text>> {
    option::of(text())
}

fn texts() -> impl Strategy<Value = Vec<Text>> {
    vec(text(), 0..4)
}

fn string() -> impl Strategy<Value = String> {
    any::<String>()
}

fn day() -> impl Strategy<Value = Date> {
    (1..=9999i16, 1..=12i8, 1..=31i8)
        .prop_filter_map("no such day", |(year, month, day)| Date::new(year, month, day).ok())
}

fn time() -> impl Strategy<Value = Time> {
    (0..24i8, 0..60i8, 0..60i8, 0..1_000_000_000i32)
        .prop_filter_map("no such time", |(h, m, s, nanos)| Time::new(h, m, s, nanos).ok())
}

fn code() -> impl Strategy<Value = Code> {
    "[A-Z0-9]{2,5}".prop_filter_map("not a code", |letters| Code::new(&letters))
}

fn codes() -> impl Strategy<Value = Vec<Code>> {
    vec(code(), 0..5)
}

fn bits() -> impl Strategy<Value = u64> {
    any::<u64>()
}

fn address() -> impl Strategy<Value = Address> {
    (text(), maybe(), option::of(any::<u64>()), option::of(day()), option::of(day()))
        .prop_map(|(lines, postcode, uprn, from, until)| Address { lines, postcode, uprn, from, until })
}

fn born() -> impl Strategy<Value = Born> {
    prop_oneof![day().prop_map(Born::On), select(AgeBand::ALL).prop_map(Born::Band), Just(Born::Unknown)]
}

fn person() -> impl Strategy<Value = Person> {
    let name = (select(NameKind::ALL), text()).prop_map(|(kind, full)| PersonName { kind, full });
    let reference = (text(), text()).prop_map(|(system, value)| OtherReference { system, value });
    (vec(name, 0..4), born(), vec(address(), 0..4), texts(), texts(), texts(), vec(reference, 0..3)).prop_map(
        |(names, born, addresses, phones, emails, social, references)| Person {
            names,
            born,
            addresses,
            phones,
            emails,
            social,
            references,
        },
    )
}

fn details() -> impl Strategy<Value = SubjectDetails> {
    prop_oneof![
        person().prop_map(SubjectDetails::Person),
        (text(), address())
            .prop_map(|(description, address)| SubjectDetails::Premises(Premises { description, address })),
    ]
}

fn facts() -> impl Strategy<Value = Facts> {
    (
        day(),
        option::of(time()),
        select(Channel::ALL),
        codes(),
        select(Danger::ALL),
        select(Injury::ALL),
        select(Police::ALL),
        select(Identity::ALL),
        select(Protection::ALL),
    )
        .prop_map(
            |(
                happened_on,
                happened_at,
                channel,
                behaviours,
                danger,
                injury,
                police,
                identity,
                protection,
            )| {
                Facts {
                    happened_on,
                    happened_at,
                    channel,
                    behaviours,
                    danger,
                    injury,
                    police,
                    identity,
                    protection,
                }
            },
        )
}

fn described() -> impl Strategy<Value = Described> {
    (maybe(), maybe(), maybe(), maybe()).prop_map(|(name, address, other, how_identified)| Described {
        name,
        address,
        other,
        how_identified,
    })
}

fn narrative() -> impl Strategy<Value = Narrative> {
    (text(), described(), [(); 10].map(|()| maybe())).prop_map(|(what_happened, subject, rest)| {
        let [
            exact_words,
            place,
            others_affected,
            weapon_or_damage,
            evidence,
            police_reference,
            needs,
            own_contribution,
            suggested_precautions,
            likely_contact,
        ] = rest;
        Narrative {
            what_happened,
            exact_words,
            place,
            subject,
            others_affected,
            weapon_or_damage,
            evidence,
            police_reference,
            needs,
            own_contribution,
            suggested_precautions,
            likely_contact,
        }
    })
}

fn attachment() -> impl Strategy<Value = Attachment> {
    (bits(), select(Media::ALL), any::<u64>()).prop_map(|(id, media, size)| Attachment {
        id: AttachmentId::from_bits(id),
        media,
        size,
    })
}

fn limits() -> impl Strategy<Value = Limits> {
    let most = (any::<u32>(), select(Every::ALL)).prop_map(|(contacts, every)| Most { contacts, every });
    (
        btree_set(select(Means::ALL), 0..4),
        option::of(most),
        select(Replies::ALL),
        btree_set(select(Place::ALL), 0..4),
    )
        .prop_map(|(means, most, replies, places)| Limits { means, most, replies, places })
}

fn plan() -> impl Strategy<Value = Plan> {
    let words = (text(), text(), texts(), text(), maybe(), maybe(), text(), text()).prop_map(
        |(
            band_reasons,
            summary,
            audience_reasons,
            service_route,
            point_of_contact,
            times,
            ring_name,
            ring_phone,
        )| PlanWords {
            band_reasons,
            summary,
            audience_reasons,
            service_route,
            point_of_contact,
            times,
            ring_name,
            ring_phone,
        },
    );
    let audience = vec(bits().prop_map(TeamId::from_bits), 0..4);
    (select(Band::ALL), codes(), codes(), audience, limits(), bits(), words).prop_map(
        |(band, precautions, restrictions, audience, limits, measure, words)| Plan {
            band,
            precautions,
            restrictions,
            audience,
            limits,
            words: Particulars::new(Locker::Measure(MeasureId::from_bits(measure)), words),
        },
    )
}

fn letter() -> impl Strategy<Value = Letter> {
    let section = (select(Content::ALL), vec(string(), 0..4))
        .prop_map(|(content, paragraphs)| Section { content, paragraphs });
    (bits(), string(), vec(string(), 0..5), day(), vec(section, 0..10)).prop_map(
        |(measure, title, addressee, dated, sections)| Letter {
            measure: MeasureId::from_bits(measure),
            title,
            addressee,
            dated,
            sections,
        },
    )
}

fn council() -> impl Strategy<Value = Council> {
    let desk = || (text(), text(), text()).prop_map(|(name, phone, email)| Desk { name, phone, email });
    (text(), text(), texts(), desk(), desk(), desk()).prop_map(
        |(name, register_name, address, duty_desk, appeals_desk, data_protection_desk)| Council {
            name,
            register_name,
            address,
            duty_desk,
            appeals_desk,
            data_protection_desk,
        },
    )
}

fn policy() -> impl Strategy<Value = Policy> {
    let term = || (code(), string()).prop_map(|(code, words)| Term { code, words });
    let figures = btree_map(select(Figure::ALL), any::<u32>(), 0..6);
    let clauses = btree_map(select(Clause::ALL), text(), 0..4);
    (any::<u32>(), day(), text(), figures, clauses, [(); 4].map(|()| vec(term(), 0..5))).prop_map(
        |(version, effective, name, figures, clauses, [behaviours, precautions, restrictions, grounds])| {
            let lists = [
                (List::Behaviour, behaviours),
                (List::Precaution, precautions),
                (List::Restriction, restrictions),
                (List::WithholdingGround, grounds),
            ];
            Policy::new(Version(version), effective, name, figures, lists.into_iter().collect())
                .with_clauses(clauses)
        },
    )
}

/// Writes the event, reads it back, and hands it over.
fn there_and_back(event: &Event) -> Event {
    let encoded = write(event);
    let back = read_back(&encoded).expect("it was just written");
    assert_eq!(format!("{back:?}"), format!("{event:?}"), "references, dates, keys and codes");
    assert_eq!(write(&back), encoded, "everything else, as bytes");
    back
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_subject_comes_back_as_it_was_described(id in bits(), details in details()) {
        let subject = SubjectId::from_bits(id);
        let sealed = Particulars::new(Locker::Subject(subject), details);
        let back = there_and_back(&Event::SubjectOpened { subject, details: sealed.clone() });
        let Event::SubjectOpened { details, .. } = back else { panic!("another event") };
        prop_assert_eq!(details, sealed);
    }

    #[test]
    fn a_report_comes_back_as_it_was_told(
        id in bits(),
        facts in facts(),
        narrative in narrative(),
        told_by in maybe(),
        attachments in vec(attachment(), 0..3),
        names in option::of(texts()),
    ) {
        let incident = IncidentId::from_bits(id);
        let narrative = Particulars::new(Locker::Incident(incident), narrative);
        let told_by = told_by.map(|words| Particulars::new(Locker::Reporter(incident), words));
        let names = names.map(|names| Particulars::new(Locker::Evidence(incident), names));
        let back = there_and_back(&Event::IncidentReported {
            incident,
            reporter: AccountId::from_bits(id),
            team: TeamId::from_bits(id),
            facts: facts.clone(),
            narrative: narrative.clone(),
            told_by: told_by.clone(),
            attachments: attachments.clone(),
            attachment_names: names.clone(),
        });
        let Event::IncidentReported {
            facts: facts_back,
            narrative: narrative_back,
            told_by: told_by_back,
            attachments: attachments_back,
            attachment_names: names_back,
            ..
        } = back else { panic!("another event") };
        prop_assert_eq!(facts_back, facts);
        prop_assert_eq!(narrative_back, narrative);
        prop_assert_eq!(told_by_back, told_by);
        prop_assert_eq!(attachments_back, attachments);
        prop_assert_eq!(names_back, names);
    }

    #[test]
    fn a_plan_comes_back_as_it_was_set(id in bits(), plan in plan()) {
        let measure = MeasureId::from_bits(id);
        let back = there_and_back(&Event::PlanSet { measure, plan: plan.clone() });
        let Event::PlanSet { plan: plan_back, .. } = back else { panic!("another event") };
        prop_assert_eq!(plan_back, plan);
    }

    #[test]
    fn a_letter_comes_back_word_for_word(id in bits(), letter in letter()) {
        let measure = MeasureId::from_bits(id);
        let sealed = Particulars::new(Locker::Measure(measure), letter);
        let back = there_and_back(&Event::LetterWritten { measure, letter: sealed.clone() });
        let Event::LetterWritten { letter, .. } = back else { panic!("another event") };
        prop_assert_eq!(letter, sealed);
    }

    #[test]
    fn a_policy_comes_back_with_every_figure_and_code(council in council(), policy in policy()) {
        let council = Particulars::new(Locker::Council, council);
        let policy = Particulars::new(Locker::Council, policy);
        let proposed = Event::PolicyProposed {
            change: ChangeNumber(7),
            version: Version(2),
            effective: jiff::civil::date(2026, 4, 1),
            policy: policy.clone(),
            reasons: Particulars::new(Locker::Council, Text::new("Why").expect("text")),
        };
        let Event::PolicyProposed { policy: proposed, .. } = there_and_back(&proposed) else {
            panic!("another event")
        };
        prop_assert_eq!(&proposed, &policy);
        let back = there_and_back(&Event::RegisterOpened { council: council.clone(), policy: policy.clone() });
        let Event::RegisterOpened { council: council_back, policy: policy_back } = back else {
            panic!("another event")
        };
        prop_assert_eq!(council_back, council);
        prop_assert_eq!(policy_back, policy);
    }
}

#[test]
fn an_adopted_policy_is_stored_with_the_figures_that_were_defaults_then() {
    let policy = Policy::first(jiff::civil::date(2026, 4, 1), Text::new("Policy").expect("text"));
    let encoded = write(&Event::RegisterOpened {
        council: Particulars::new(Locker::Council, pinned::council()),
        policy: Particulars::new(Locker::Council, policy),
    });
    let stored = encoded.particulars.iter().find(|particular| particular.field == "policy").expect("stored");
    let stored: serde_json::Value = serde_json::from_slice(&stored.bytes).expect("JSON");
    let figures = stored["rules"]["figures"].as_array().expect("a list");
    assert_eq!(figures.len(), Figure::ALL.len());
    assert!(figures.contains(&serde_json::json!({"figure": "interim-life", "value": 10})));
}
