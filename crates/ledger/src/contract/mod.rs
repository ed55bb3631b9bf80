//! The tests that every store must pass, each a sentence about what a store does.
//!
//! A database joins by implementing [`Database`] and naming a maker of new ones in [`contract_suite!`](crate::contract_suite).

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests, in a library so that every store can run them"
)]
#![expect(missing_docs, reason = "the names of the tests say what they are about")]

mod append;
mod damage;
mod lockers;
mod plumbing;
mod receipts;

pub use append::*;
pub use damage::*;
pub use lockers::*;
pub use plumbing::*;
pub use receipts::*;

use crate::{
    CommandId, Draft, Entropy, Epoch, Expected, HeadFiles, Keyring, Keys, Ledger, Log, Micros, NoEntropy,
    Noted, Particular, Report, Store, StoreError, verify,
};
use async_trait::async_trait;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

/// A database under test: new and empty, and the same one at every call.
#[async_trait]
pub trait Database: Send + Sync {
    /// Makes it.
    async fn create(&self, heads: HeadFiles) -> Result<Arc<dyn Store>, StoreError>;

    /// Opens it again.
    async fn open(&self, heads: HeadFiles) -> Result<Arc<dyn Store>, StoreError>;

    /// Opens it to be verified, whatever state it is in.
    async fn inspect(&self) -> Arc<dyn Store>;

    /// Damages it as somebody who owns the database could, past every trigger and privilege.
    async fn tamper(&self, tampering: Tampering);

    /// Puts a backup in its place.
    async fn restore(&self, backup: &Path);
}

/// What somebody who owns the database could do to the register log.
#[derive(Debug, Clone)]
pub enum Tampering {
    /// Flips this bit, counted round and round, of the facts of the record at this position.
    FlipFacts(u64, u64),
    /// Puts another leaf in the record at this position.
    AlterLeaf(u64),
    /// Removes the record at this position, and what is sealed beside it.
    RemoveRecord(u64),
    /// Removes a particular of the record at this position, row and all.
    RemoveParticular(u64),
    /// Flips this bit, counted round and round, of the sealed bytes beside the record at this position.
    FlipSealed(u64, u64),
    /// Empties the sealed bytes beside the record at this position, as an erasure would.
    EmptySealed(u64),
    /// Removes the key of this locker.
    RemoveKey(crate::Locker),
    /// Flips this bit, counted round and round, of the wrapped key of this locker.
    FlipKey(crate::Locker, u64),
    /// Lets the records at these positions change places, with what is sealed beside them.
    SwapRecords(u64, u64),
    /// Removes every record after this position, and what is sealed beside them.
    CutAfter(u64),
    /// Puts the stored record in place of the one at its position.
    Rewrite(Box<crate::Record>),
}

/// Runs every test of the contract with new databases from `$make`, an expression that gives something that is a [`Database`].
#[macro_export]
macro_rules! contract_suite {
    ($make:expr) => {
        $crate::contract_suite! { $make;
            records_stand_in_one_order_without_gaps_whoever_appends
            an_append_that_expects_another_end_is_told_where_the_log_ends
            of_eight_who_decide_on_the_same_state_one_is_recorded
            a_command_sent_twice_is_recorded_once
            a_command_sent_twice_at_once_is_recorded_once
            a_batch_is_recorded_whole_or_not_at_all
            time_never_runs_backwards_along_a_log
            an_access_record_says_how_far_the_register_had_come
            what_one_process_appends_another_reads_and_builds_upon
            nothing_stands_after_the_end_however_far_after_it
            a_store_opened_again_has_the_same_head
            a_checkpoint_can_be_checked_by_anyone
            a_record_is_proved_to_be_in_the_log_whose_checkpoint_is_shown
            a_checkpoint_is_proved_to_add_to_every_earlier_one
            a_history_that_was_rewritten_or_rolled_back_proves_nothing_to_a_witness
            a_receipt_proves_to_an_outsider_what_it_opens_and_tells_nothing_else
            a_receipt_that_was_altered_anywhere_proves_nothing
            a_receipt_made_after_the_locker_was_erased_proves_only_that_there_was_something
            what_is_sealed_is_read_again_as_it_was
            nothing_stored_shows_what_was_sealed
            a_locker_met_first_by_two_processes_has_one_key
            an_erased_locker_is_empty_and_shut_for_ever_and_the_ledger_still_verifies
            an_attachment_is_read_by_its_name_until_its_locker_is_erased
            a_name_is_given_to_one_attachment_only
            a_new_epoch_leaves_everything_readable_and_the_former_key_destroyed
            a_change_of_epochs_that_was_interrupted_is_ended
            a_process_that_missed_a_new_epoch_goes_on
            a_locker_without_its_key_stops_the_start
            an_item_is_found_taken_once_and_swept
            an_item_is_put_only_over_the_version_that_was_read
            each_damage_is_found_in_its_place
            an_unsound_record_is_not_read_in_silence
            a_database_put_back_to_an_older_state_does_not_open
            a_missing_head_file_is_not_overlooked
            three_hundred_mutations_of_eight_kinds_are_found_and_located_by_whoever_holds_checkpoints
            a_backup_holds_everything
        }
    };
    ($make:expr; $($test:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                $crate::contract::$test(&$make).await;
            }
        )*
    };
}

const EPOCH: Epoch = Epoch::new(2026, 11);

/// What lies outside the database, in a directory of its own.
struct Outside {
    directory: TempDir,
}

impl Outside {
    fn new() -> Self {
        let outside = Self { directory: tempfile::tempdir().unwrap() };
        let keyring = Keyring::create(&outside.path("keyring"), "psr.example", EPOCH, &mut Chance).unwrap();
        HeadFiles::create(&outside.path("heads"), &keyring).unwrap();
        outside
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.directory.path().join(name)
    }

    fn keyring(&self) -> Keyring {
        Keyring::open(&self.path("keyring")).unwrap()
    }

    fn heads(&self) -> HeadFiles {
        HeadFiles::open(&self.path("heads"), &self.keyring()).unwrap()
    }

    async fn ledger(&self, store: Arc<dyn Store>) -> Ledger {
        Ledger::open(store, self.keyring(), Box::new(Chance)).await.unwrap()
    }

    /// A ledger in a new database.
    async fn begin(&self, database: &dyn Database) -> Ledger {
        self.ledger(database.create(self.heads()).await.unwrap()).await
    }

    /// A ledger in a database that is there.
    async fn again(&self, database: &dyn Database) -> Ledger {
        self.ledger(database.open(self.heads()).await.unwrap()).await
    }

    async fn verify(&self, database: &dyn Database) -> Report {
        let store = database.inspect().await;
        let noted = Noted::in_files(&self.heads()).unwrap();
        verify(&*store, &noted, Keys::Held(&self.keyring())).await.unwrap()
    }
}

/// Bytes that look random and differ at every call in a process; the tests need no more.
#[derive(Clone, Copy)]
struct Chance;

impl Entropy for Chance {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        static DRAWN: AtomicU64 = AtomicU64::new(0);
        for chunk in bytes.chunks_mut(32) {
            let draw = DRAWN.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&crate::Digest::of(&draw.to_be_bytes()).0[..chunk.len()]);
        }
        Ok(())
    }
}

fn command(number: u64) -> CommandId {
    CommandId((u128::from(number) << 64 | 7).to_be_bytes())
}

/// A draft without particulars.
fn draft(number: u64) -> Draft {
    Draft {
        command: command(number),
        part: 0,
        actor: "A-0000-0001".to_owned(),
        kind: "noted".to_owned(),
        version: 1,
        facts: format!("fact {number}").into_bytes(),
        particulars: Vec::new(),
        erases: Vec::new(),
    }
}

/// A draft with words in a locker.
fn draft_with(number: u64, locker: u64, words: &str) -> Draft {
    Draft { particulars: vec![Particular::beside("words", locker, words.into())], ..draft(number) }
}

fn now(number: u64) -> Micros {
    Micros(1_800_000_000_000_000 + i64::try_from(number).unwrap())
}

/// Appends drafts one by one to the register log.
async fn append_each(ledger: &Ledger, drafts: impl IntoIterator<Item = Draft>) {
    for draft in drafts {
        ledger.append(Log::Register, Expected::Anywhere, now(0), vec![draft]).await.unwrap();
    }
}
