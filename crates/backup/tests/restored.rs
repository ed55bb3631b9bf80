//! What was backed up comes back as it was, what was erased does not, and whatever is wrong with an archive is said of its file.

#![expect(clippy::unwrap_used, reason = "tests")]

use backup::{BackupError, Backups, Card, Extent, Folder, Name, Restored, Restoring, Unreadable, Written};
use ledger::{
    CommandId, Contents, Draft, Epoch, Expected, HeadFiles, Item, Keyring, Keys, Ledger, Locker, Log, Micros,
    OsEntropy, Particular, Present, Store as _, contents, verify,
};
use ledger_sqlite::{SqliteFilling, SqliteStore};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

const NOVEMBER: Epoch = Epoch::new(2026, 11);
const MINUTE: i64 = 60_000_000;
/// 28 November 2026, 07:15 UTC.
const MORNING: i64 = 1_795_850_100_000_000;

fn minute(number: i64) -> Micros {
    Micros(MORNING + number * MINUTE)
}

/// A register in a folder, and the backups of it.
struct Council {
    directory: TempDir,
    ledger: Ledger,
    card: Card,
    backups: Backups,
}

impl Council {
    async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        let keyring = Keyring::create(&at("keys"), "psr.example", NOVEMBER, &mut OsEntropy).unwrap();
        let heads = HeadFiles::create(&at("heads"), &keyring).unwrap();
        let card = Card::draw(keyring.verifiers());
        let backups = Backups::new(Folder::at(&at("backups")), card.recipient());
        let store = Arc::new(SqliteStore::create(&at("register.db"), heads).unwrap());
        let ledger = Ledger::open(store, keyring, Box::new(OsEntropy)).await.unwrap();
        Self { directory, ledger, card, backups }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn folder(&self) -> Folder {
        Folder::at(&self.path("backups"))
    }

    fn keyring(&self) -> Keyring {
        Keyring::open(&self.path("keys")).unwrap()
    }

    async fn record(&self, log: Log, particulars: Vec<Particular>, erases: Vec<Locker>) {
        static COMMANDS: AtomicU64 = AtomicU64::new(1);
        let number = COMMANDS.fetch_add(1, Ordering::Relaxed);
        let draft = Draft {
            command: CommandId(u128::from(number).to_be_bytes()),
            part: 0,
            actor: "A-1".to_owned(),
            kind: "noted".to_owned(),
            version: 1,
            facts: number.to_be_bytes().to_vec(),
            particulars,
            erases,
        };
        self.ledger.append(log, Expected::Anywhere, minute(0), vec![draft]).await.unwrap();
    }

    async fn words(&self, locker: u64, words: &str) {
        self.record(Log::Register, vec![Particular::beside("words", locker, words.into())], Vec::new()).await;
    }

    async fn item(&self, key: &str, body: &str) {
        let item = Item::new("session", key, "A-1", None, body.into());
        self.ledger.put_item(item, Present::Whatever).await.unwrap();
    }

    async fn back_up(&mut self, at: Micros) -> Option<Written> {
        let keyring = self.keyring();
        self.backups.write(&**self.ledger.store(), &keyring, at).await.unwrap()
    }

    /// A register with three archives: a full one, and two increments.
    async fn with_three_archives() -> Self {
        let mut council = Self::new().await;
        for locker in 1..=40 {
            council.words(locker, &format!("words in {locker}")).await;
        }
        let attachment = Particular::attachment("photograph", 3, vec![7; 100_000]);
        council.record(Log::Register, vec![attachment], Vec::new()).await;
        council.item("a", "one").await;
        council.item("b", "one").await;
        assert_eq!(council.back_up(minute(0)).await.unwrap().extent, Extent::Full);
        council.words(50, "words in 50").await;
        council
            .record(Log::Access, vec![Particular::beside("asked", 50_u64, b"who".to_vec())], Vec::new())
            .await;
        council.item("a", "two").await;
        assert_eq!(council.back_up(minute(1)).await.unwrap().extent, Extent::Increment);
        council.ledger.take_item("session", "b", minute(0)).await.unwrap();
        council.item("c", "one").await;
        assert_eq!(council.back_up(minute(2)).await.unwrap().extent, Extent::Increment);
        council
    }

    fn archives(&self) -> Vec<Name> {
        self.folder().sets().unwrap().into_iter().flat_map(|set| set.archives).collect()
    }

    async fn contents(&self) -> Contents {
        contents(&**self.ledger.store()).await.unwrap()
    }

    async fn restore(&self) -> Result<(Restored, Place), BackupError> {
        self.restore_with(self.card.clone(), None).await
    }

    async fn restore_with(
        &self,
        card: Card,
        at: Option<jiff::Timestamp>,
    ) -> Result<(Restored, Place), BackupError> {
        let restoring = Restoring::begin(self.folder(), card, at).await?;
        let place = Place(tempfile::tempdir().unwrap());
        let keyring = restoring.keyring(&place.0.path().join("keys"))?;
        let noted = restoring.noted(&keyring.verifiers())?;
        let filling = SqliteFilling::begin(&place.0.path().join("register.db"))?;
        let restored = restoring.fill(Box::new(filling)).await?;
        let report = verify(&*place.store(), &noted, Keys::Held(&keyring)).await?;
        assert_eq!(report.findings, [], "what was restored is not sound");
        Ok((restored, place))
    }
}

/// Where something was restored.
struct Place(TempDir);

impl Place {
    fn store(&self) -> Arc<SqliteStore> {
        Arc::new(SqliteStore::inspect(&self.0.path().join("register.db")).unwrap())
    }

    async fn contents(&self) -> Contents {
        contents(&*self.store()).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_archive_and_its_increments_give_back_the_same_register() {
    let council = Council::with_three_archives().await;
    let (restored, place) = council.restore().await.unwrap();
    assert_eq!(restored.archives, 3);
    assert_eq!(place.contents().await, council.contents().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_without_a_record_is_backed_up_and_restored_too() {
    let mut council = Council::new().await;
    council.back_up(minute(0)).await.unwrap();
    let (_, place) = council.restore().await.unwrap();
    assert_eq!(place.contents().await, council.contents().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_before_the_newest_archive_does_not_come_back_and_its_place_is_sound() {
    let mut council = Council::with_three_archives().await;
    council.record(Log::Register, Vec::new(), vec![Locker(3), Locker(50)]).await;
    council.back_up(minute(3)).await.unwrap();
    let (_, place) = council.restore().await.unwrap();
    assert_eq!(place.contents().await, council.contents().await);
    let lockers = [Locker(3), Locker(50)];
    assert_eq!(place.store().erased().await.unwrap(), lockers);
    assert_eq!(place.store().keys(ledger::Lockers::These(lockers.to_vec())).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_is_restored_as_it_was_at_a_moment() {
    let mut council = Council::new().await;
    council.words(1, "first").await;
    council.back_up(minute(0)).await.unwrap();
    let then = council.contents().await;
    council.words(2, "second").await;
    council.back_up(minute(1)).await.unwrap();
    let at = jiff::Timestamp::from_microsecond(minute(0).0).unwrap();
    let (_, place) = council.restore_with(council.card.clone(), Some(at)).await.unwrap();
    assert_eq!(place.contents().await, then);
    let before = at - jiff::SignedDuration::from_secs(1);
    let none = council.restore_with(council.card.clone(), Some(before)).await.err().unwrap();
    assert!(none.to_string().contains("no backup in"), "{none}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_new_nothing_is_written_and_a_program_that_begins_anew_goes_on_in_the_set() {
    let mut council = Council::with_three_archives().await;
    assert_eq!(council.back_up(minute(3)).await, None);
    council.item("a", "three").await;
    assert!(council.back_up(minute(4)).await.is_some(), "an item alone was left out");
    council.backups = Backups::new(council.folder(), council.card.recipient());
    council.words(60, "after a start").await;
    let written = council.back_up(minute(5)).await.unwrap();
    assert_eq!((written.extent, written.name.number), (Extent::Increment, 4));
    let (_, place) = council.restore().await.unwrap();
    assert_eq!(place.contents().await, council.contents().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_that_write_in_turn_leave_one_set() {
    let mut council = Council::with_three_archives().await;
    let mut other = Backups::new(council.folder(), council.card.recipient());
    for turn in 0..4 {
        council.item(&format!("turn {turn}"), "x").await;
        let keyring = council.keyring();
        other.write(&**council.ledger.store(), &keyring, minute(10 + turn * 2)).await.unwrap().unwrap();
        council.ledger.take_item("session", &format!("turn {turn}"), minute(0)).await.unwrap();
        council.words(100, "more").await;
        council.back_up(minute(11 + turn * 2)).await.unwrap();
    }
    assert_eq!(council.folder().sets().unwrap().len(), 1);
    let (restored, place) = council.restore().await.unwrap();
    assert_eq!(restored.archives, 11);
    assert_eq!(place.contents().await, council.contents().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_begins_each_day_with_each_master_key_and_where_a_log_went_back() {
    let mut council = Council::with_three_archives().await;
    let day = 24 * 60;
    assert_eq!(council.back_up(minute(day)).await.unwrap().extent, Extent::Full);
    council.ledger.begin_epoch(Epoch::new(2026, 12)).await.unwrap();
    let december = council.back_up(minute(day + 1)).await.unwrap();
    assert_eq!((december.extent, december.name.set.epoch()), (Extent::Full, Epoch::new(2026, 12)));
    let (_, place) = council.restore().await.unwrap();
    assert_eq!(place.contents().await, council.contents().await);

    let mut other = Council::with_three_archives().await;
    other.backups = Backups::new(council.folder(), council.card.recipient());
    for locker in 70..80 {
        other.words(locker, "another history").await;
    }
    let written = other.back_up(minute(day + 2)).await.unwrap();
    assert_eq!(written.extent, Extent::Full, "a history was continued by another");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bit_that_is_flipped_anywhere_in_an_archive_is_found_and_its_file_named() {
    let council = Council::with_three_archives().await;
    for name in council.archives() {
        let path = council.folder().file(&name);
        let sound = fs::read(&path).unwrap();
        let bits = sound.len() * 8;
        // Its header, its last bytes, and a spread of the rest.
        let places =
            (0..250 * 8).step_by(37).chain((250 * 8..bits).step_by(bits / 20)).chain(bits - 20..bits);
        for bit in places.filter(|bit| *bit < bits) {
            let mut flipped = sound.clone();
            *flipped.get_mut(bit / 8).unwrap() ^= 1 << (bit % 8);
            fs::write(&path, flipped).unwrap();
            match Restoring::begin(council.folder(), council.card.clone(), None).await {
                Err(BackupError::Damaged { path: named, .. }) => assert_eq!(named, path),
                other => panic!("bit {bit} of {name}: {:?}", other.err()),
            }
        }
        for cut in [0, 10, sound.len() / 2, sound.len() - 1] {
            fs::write(&path, sound.get(..cut).unwrap()).unwrap();
            let begun = Restoring::begin(council.folder(), council.card.clone(), None).await;
            assert!(matches!(begun, Err(BackupError::Damaged { path: named, .. }) if named == path), "{cut}");
        }
        fs::write(&path, [sound.as_slice(), b"x"].concat()).unwrap();
        let longer = Restoring::begin(council.folder(), council.card.clone(), None).await;
        assert!(longer.is_err(), "something after the end was overlooked");
        fs::write(&path, sound).unwrap();
    }
    council.restore().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_is_missing_is_named_and_one_in_the_place_of_another_too() {
    let council = Council::with_three_archives().await;
    let names = council.archives();
    let [full, one, two] = names.as_slice() else { panic!("{names:?}") };
    for (missing, prefix) in [(full, ".000000"), (one, ".000001")] {
        let aside = council.path("aside");
        fs::rename(council.folder().file(missing), &aside).unwrap();
        let told = council.restore().await.err().unwrap().to_string();
        assert!(told.contains(prefix) && told.contains("is missing"), "{told}");
        fs::rename(aside, council.folder().file(missing)).unwrap();
    }
    fs::copy(council.folder().file(two), council.folder().file(one)).unwrap();
    let told = council.restore().await.err().unwrap();
    let BackupError::Damaged { path, reason } = told else { panic!("{told}") };
    assert_eq!((path, reason), (council.folder().file(one), Unreadable::OtherName));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_card_opens_an_archive_and_no_other_register_passes_for_this_one() {
    let mut council = Council::with_three_archives().await;
    let mut other = Council::with_three_archives().await;
    let told = council.restore_with(other.card.clone(), None).await.err().unwrap();
    assert!(matches!(told, BackupError::Damaged { reason: Unreadable::OtherCard, .. }), "{told}");
    // Whoever can write into the folder knows the recipient, and can make a register of their own.
    other.backups = Backups::new(council.folder(), council.card.recipient());
    other.back_up(minute(24 * 60)).await.unwrap();
    let told = council.restore().await.err().unwrap();
    assert!(matches!(told, BackupError::Damaged { reason: Unreadable::OtherRegister, .. }), "{told}");
    council.back_up(minute(2 * 24 * 60)).await.unwrap();
    council.restore().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writing_that_is_cut_off_leaves_the_earlier_archives_whole_and_is_begun_again() {
    let mut council = Council::with_three_archives().await;
    let before = council.contents().await;
    let whole = council.folder().file(council.archives().last().unwrap());
    let cut = fs::read(&whole).unwrap();
    let unfinished = council.path("backups").join("20261128T071500Z-202611.000003.1.partial");
    fs::write(&unfinished, cut.get(..cut.len() / 2).unwrap()).unwrap();
    let (_, place) = council.restore().await.unwrap();
    assert_eq!(place.contents().await, before);
    council.words(60, "afterwards").await;
    assert_eq!(council.back_up(minute(9)).await.unwrap().name.number, 3);
    council.restore().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_is_never_written_over_or_removed_by_whoever_writes() {
    let mut council = Council::with_three_archives().await;
    let read = |council: &Council| {
        let read = |name: &Name| (name.to_string(), fs::read(council.folder().file(name)).unwrap());
        council.archives().iter().map(read).collect::<Vec<_>>()
    };
    let before = read(&council);
    for later in 0..5 {
        council.words(60 + u64::try_from(later).unwrap(), "more").await;
        council.back_up(minute(later * 24 * 60 + 5)).await.unwrap();
    }
    let after = read(&council);
    assert!(after.len() > before.len() && before.iter().all(|archive| after.contains(archive)));
    assert!(!leftovers(&council.path("backups")), "something unfinished was left");
}

fn leftovers(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.any(|path| path.extension().is_some_and(|ending| ending == "partial"))
}

#[tokio::test(flavor = "multi_thread")]
async fn sets_older_than_the_window_go_whole_and_the_newest_stays_however_old() {
    let mut council = Council::with_three_archives().await;
    let day = 24 * 60;
    for later in 1..=40 {
        council.back_up(minute(later * day)).await.unwrap();
    }
    let pruned = council.folder().prune(35, minute(40 * day)).unwrap();
    assert_eq!((pruned.gone, pruned.left), (5, 36));
    assert_eq!(council.folder().prune(35, minute(40 * day)).unwrap().gone, 0);
    let pruned = council.folder().prune(35, minute(400 * day)).unwrap();
    assert_eq!((pruned.gone, pruned.left), (35, 1));
    council.restore().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_beside_people_who_record_and_erase_is_sound() {
    let mut council = Council::new().await;
    for locker in 1..=200 {
        council.words(locker, "words").await;
    }
    for round in 0..6 {
        let keyring = council.keyring();
        let Council { ledger, backups, .. } = &mut council;
        let store = Arc::clone(ledger.store());
        let writing = backups.write(&*store, &keyring, minute(round));
        let busy = async {
            for step in 0..25 {
                let locker = u64::try_from(round * 25 + step + 1).unwrap();
                let draft = Draft {
                    command: CommandId((1 << 80 | u128::from(locker)).to_be_bytes()),
                    part: 0,
                    actor: "A-1".to_owned(),
                    kind: "erased".to_owned(),
                    version: 1,
                    facts: Vec::new(),
                    particulars: vec![Particular::beside("new", 1_000 + locker, b"new".to_vec())],
                    erases: vec![Locker(locker)],
                };
                ledger.append(Log::Register, Expected::Anywhere, minute(0), vec![draft]).await.unwrap();
            }
        };
        let (written, ()) = tokio::join!(writing, busy);
        // It may have looked before there was anything new, and then it wrote nothing.
        written.unwrap();
        council.restore().await.unwrap();
    }
    council.back_up(minute(50)).await.unwrap();
    let (_, place) = council.restore().await.unwrap();
    assert_eq!(place.contents().await, council.contents().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_lies_in_the_folder_in_the_clear() {
    let mut council = Council::new().await;
    let canaries: Vec<String> = (0..500).map(|number| format!("CNRY-{number:04}-nightjar")).collect();
    for (locker, canary) in (1..).zip(&canaries) {
        council.words(locker, canary).await;
    }
    council.item("canary", "CNRY-item-nightjar").await;
    council.back_up(minute(0)).await.unwrap();
    for entry in fs::read_dir(council.path("backups")).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for needle in ["CNRY", "nightjar", "psr.example", "noted", "signing-key", "epoch-", "AGE-SECRET"] {
            let is_there = bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
            assert!(!is_there, "{needle} lies in the clear");
        }
    }
}

#[test]
fn a_card_is_read_as_it_was_printed_and_says_what_is_wrong_with_it_otherwise() {
    let directory = tempfile::tempdir().unwrap();
    let keyring =
        Keyring::create(&directory.path().join("keys"), "psr.example", NOVEMBER, &mut OsEntropy).unwrap();
    let card = Card::draw(keyring.verifiers());
    let text = card.text();
    let typed: Card = text.parse().unwrap();
    assert_eq!(typed.recipient(), card.recipient());
    assert_eq!(typed.verifiers(), Some(&keyring.verifiers()));
    assert!(!format!("{card:?}").contains("SECRET"));
    assert!(text.replace("AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1Q").parse::<Card>().is_err());
    assert!(text.replace("# verifier: psr", "# verifier: psx").parse::<Card>().is_err());
    assert!("".parse::<Card>().is_err());
    assert!(format!("{}{}", text.as_str(), text.as_str()).parse::<Card>().is_err());
}
