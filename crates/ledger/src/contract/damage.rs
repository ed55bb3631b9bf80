//! Tampering, roll-back and loss: each is found, in its place.

use super::*;
use crate::{Damage, Digest, Finding, HeadFileError, LedgerError, Locker, Micros};

/// Ten records, each with words in a locker of its own.
async fn ten(outside: &Outside, database: &dyn Database) {
    let ledger = outside.begin(database).await;
    append_each(&ledger, (1..=10).map(|number| draft_with(number, number, "words"))).await;
}

fn at(positions: std::ops::RangeInclusive<u64>, damage: Damage) -> Finding {
    Finding { log: Log::Register, positions, damage }
}

pub async fn each_damage_is_found_in_its_place(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let backup = outside.path("sound");
    let store = database.open(outside.heads()).await.unwrap();
    store.backup(&backup).await.unwrap();
    let mut forged = store.read(Log::Register, 5, 1).await.unwrap().remove(0).record;
    forged.facts = b"another decision".to_vec();
    forged.recorded_at = Micros(forged.recorded_at.0 + 1);
    forged.leaf = forged.computed_leaf();
    drop(store);
    let gone = |position| Damage::SealedMissing { field: "words".to_owned(), locker: Locker(position) };
    let cases = [
        (Tampering::FlipFacts(3, 5), vec![at(3..=3, Damage::Altered)]),
        (Tampering::AlterLeaf(3), vec![at(3..=3, Damage::Altered), at(3..=3, Damage::RootDiffers)]),
        (Tampering::RemoveRecord(4), vec![at(4..=4, Damage::Missing)]),
        (Tampering::RemoveRecord(10), vec![at(10..=10, Damage::RolledBack)]),
        (Tampering::RemoveParticular(7), vec![at(7..=7, Damage::ParticularsDiffer)]),
        (Tampering::FlipSealed(8, 300), vec![at(8..=8, Damage::SealedAltered("words".to_owned()))]),
        (Tampering::EmptySealed(9), vec![at(9..=9, gone(9))]),
        (Tampering::RemoveKey(Locker(2)), vec![at(2..=2, Damage::KeyMissing(Locker(2)))]),
        (
            Tampering::Rewrite(Box::new(forged)),
            vec![at(6..=6, Damage::RootDiffers), at(7..=7, Damage::BackInTime)],
        ),
    ];
    for (tampering, expected) in cases {
        database.restore(&backup).await;
        assert_eq!(outside.verify(database).await.findings, []);
        database.tamper(tampering.clone()).await;
        let findings = outside.verify(database).await.findings;
        assert_eq!(findings, expected, "{tampering:?}");
    }
}

pub async fn an_unsound_record_is_not_read_in_silence(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let ledger = outside.again(database).await;
    for tampering in [Tampering::EmptySealed(9), Tampering::FlipSealed(6, 0), Tampering::FlipFacts(3, 0)] {
        let (Tampering::EmptySealed(at) | Tampering::FlipSealed(at, _) | Tampering::FlipFacts(at, _)) =
            tampering
        else {
            continue;
        };
        database.tamper(tampering.clone()).await;
        let read = ledger.read(Log::Register, 0, 10).await;
        assert!(
            matches!(&read, Err(LedgerError::Damaged(finding)) if finding.positions == (at..=at)),
            "{tampering:?}: {read:?}"
        );
        assert!(ledger.read(Log::Register, 0, u32::try_from(at).unwrap() - 1).await.is_ok());
    }
}

pub async fn a_database_put_back_to_an_older_state_does_not_open(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let backup = outside.path("older");
    let ledger = outside.again(database).await;
    ledger.store().backup(&backup).await.unwrap();
    append_each(&ledger, (11..=13).map(draft)).await;
    drop(ledger);
    database.restore(&backup).await;
    let opened = database.open(outside.heads()).await.map(|_| ());
    assert_eq!(opened, Err(StoreError::Damaged(vec![at(11..=13, Damage::RolledBack)])));
    let missing: Vec<_> = outside.verify(database).await.findings;
    assert_eq!(missing, [at(11..=13, Damage::RolledBack)]);
}

pub async fn a_missing_head_file_is_not_overlooked(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let path = outside.path("heads").join("register.checkpoints");
    std::fs::remove_file(&path).unwrap();
    let opened = HeadFiles::open(&outside.path("heads"), &outside.keyring());
    assert_eq!(opened.err(), Some(HeadFileError::Absent(path)));
}

pub async fn a_backup_holds_everything(database: &dyn Database) {
    let outside = Outside::new();
    ten(&outside, database).await;
    let backup = outside.path("backup");
    let ledger = outside.again(database).await;
    let before = ledger.read(Log::Register, 0, 100).await.unwrap();
    ledger.store().backup(&backup).await.unwrap();
    assert!(ledger.store().backup(&backup).await.is_err(), "a backup overwrote another");
    drop(ledger);
    database.restore(&backup).await;
    assert_eq!(outside.again(database).await.read(Log::Register, 0, 100).await.unwrap(), before);
    assert_eq!(outside.verify(database).await.findings, []);
}

/// Records of the ledger that is mutated.
const RECORDS: u64 = 64;
/// Records between two checkpoints that are kept elsewhere.
const STRETCH: u64 = 16;
/// How many records an earlier backup has.
const EARLIER: u64 = 40;

/// A mutation by its seed: what is done, the records among which it must be placed, and whether only a head that was noted outside
/// can tell.
fn mutation(seed: u64, records: &[crate::Record]) -> (Mutation, std::ops::RangeInclusive<u64>, Shows) {
    let drawn = |what: &[u8], below: u64| {
        let [a, b, c, d, e, f, g, h, ..] = Digest::of(&[what, &seed.to_be_bytes()].concat()).0;
        u64::from_be_bytes([a, b, c, d, e, f, g, h]) % below
    };
    let (at, bit) = (1 + drawn(b"position", RECORDS), drawn(b"bit", 10_000));
    let other = 1 + (at + drawn(b"other", RECORDS - 1)) % RECORDS;
    let tampers = |tampering, at, shows| (Mutation::Tampers(tampering), at, shows);
    match seed % 8 {
        0 => tampers(Tampering::FlipFacts(at, bit), at..=at, Shows::ByItself),
        1 => tampers(Tampering::FlipSealed(at, bit), at..=at, Shows::ByItself),
        2 => tampers(Tampering::FlipKey(Locker(at), bit), at..=at, Shows::WithKeys),
        3 => {
            let at = at.min(RECORDS - 1);
            tampers(Tampering::RemoveRecord(at), at..=at, Shows::ByItself)
        }
        4 => tampers(Tampering::SwapRecords(at, other), at..=at, Shows::ByItself),
        5 => tampers(Tampering::CutAfter(at - 1), at..=RECORDS, Shows::AgainstCheckpoints),
        6 => (Mutation::RollsBack, EARLIER + 1..=RECORDS, Shows::AgainstCheckpoints),
        _ => {
            let index = usize::try_from(at - 1).unwrap();
            let mut forged = records[index].clone();
            forged.facts.push(b'!');
            forged.leaf = forged.computed_leaf();
            let stretch = (at - 1) / STRETCH * STRETCH + 1;
            let place = stretch..=stretch + STRETCH - 1;
            tampers(Tampering::Rewrite(Box::new(forged)), place, Shows::AgainstCheckpoints)
        }
    }
}

enum Mutation {
    Tampers(Tampering),
    /// The whole database of an earlier time is put back.
    RollsBack,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// To anybody who has a copy.
    ByItself,
    /// To whoever has the register's keys too.
    WithKeys,
    /// To whoever has a checkpoint that was kept elsewhere.
    AgainstCheckpoints,
}

pub async fn three_hundred_mutations_of_eight_kinds_are_found_and_located_by_whoever_holds_checkpoints(
    database: &dyn Database,
) {
    let outside = Outside::new();
    let ledger = outside.begin(database).await;
    let (sound, earlier) = (outside.path("sound"), outside.path("earlier"));
    let mut kept = String::new();
    for number in 1..=RECORDS {
        append_each(&ledger, [draft_with(number, number, "words")]).await;
        if number % STRETCH == 0 {
            kept.push_str(&ledger.checkpoint(Log::Register).await.unwrap());
        }
        if number == EARLIER {
            ledger.store().backup(&earlier).await.unwrap();
        }
    }
    ledger.store().backup(&sound).await.unwrap();
    let read = ledger.store().read(Log::Register, 0, u32::MAX).await.unwrap();
    let records: Vec<_> = read.into_iter().map(|stored| stored.record).collect();
    drop(ledger);

    // What an outsider has: checkpoints that were given out, and the public keys as they were printed.
    let keyring = outside.keyring();
    let printed = keyring.verifiers().to_string().parse().unwrap();
    let checkpoints = Noted::in_checkpoints(&kept, &printed).unwrap();
    let nothing = Noted::default();
    let found = async |noted: &Noted, keys: Keys<'_>| {
        let store = database.inspect().await;
        verify(&*store, noted, keys).await.unwrap().findings
    };
    database.restore(&sound).await;
    assert_eq!(found(&checkpoints, Keys::Elsewhere).await, []);
    for seed in 0..300 {
        let (mutation, place, shows) = mutation(seed, &records);
        database.restore(&sound).await;
        let what = match mutation {
            Mutation::Tampers(tampering) => {
                let what = format!("{seed}: {tampering:?}");
                database.tamper(tampering).await;
                what
            }
            Mutation::RollsBack => {
                database.restore(&earlier).await;
                format!("{seed}: rolled back")
            }
        };
        let keys = if shows == Shows::WithKeys { Keys::Held(&keyring) } else { Keys::Elsewhere };
        let findings = found(&checkpoints, keys).await;
        let located = findings.iter().any(|finding| {
            let (start, end) = (finding.positions.start(), finding.positions.end());
            finding.log == Log::Register && place.contains(start) && place.contains(end)
        });
        assert!(located, "{what} is not placed within {place:?}: {findings:?}");
        // The control: without a head that was noted outside, some of it cannot be told.
        let told = !found(&nothing, keys).await.is_empty();
        assert_eq!(told, shows != Shows::AgainstCheckpoints, "{what}");
    }
}
