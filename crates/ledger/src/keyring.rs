//! The keys that live outside the database: one key-encryption key for each monthly epoch, and the key that signs checkpoints.
//!
//! A directory of small files that only their owner may read. Whoever has the database without it has ciphertext. Destroying an
//! epoch's key makes every locker erased before then unreadable in every copy of the database there is; losing the directory
//! loses every particular, so it is backed up apart from the database and by other hands.

use crate::checkpoint::{Signer, Verifiers};
use crate::digest::Canonical;
use crate::entropy::{Entropy, NoEntropy};
use crate::record::{Locker, Log};
use crate::seal::{Key, SealError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::SigningKey;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const SIGNING: &str = "signing-key";
const EPOCH_PREFIX: &str = "epoch-";

/// Why the keyring cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is none here.
    #[error("no keyring in {0}")]
    Absent(PathBuf),
    /// There is one here already; it is never overwritten.
    #[error("{0} exists already and is not overwritten")]
    Exists(PathBuf),
    /// Others than the owner may read it.
    #[error("{path} may be read by others (mode {mode:o}); make it readable by its owner only")]
    Exposed {
        /// The file or directory.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A file does not hold a key.
    #[error("{0} does not hold a key")]
    Garbled(PathBuf),
    /// The file system refused.
    #[error("{path}: {reason}")]
    Files {
        /// What was being read or written.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A locker's key was wrapped in an epoch whose key is not here: destroyed, or never restored.
    #[error("the key of locker {locker} was wrapped in epoch {epoch}, whose key is not in the keyring")]
    EpochAbsent {
        /// Whose key it is.
        locker: Locker,
        /// Which epoch.
        epoch: Epoch,
    },
    /// A locker's wrapped key does not unwrap: it was altered, or belongs to another keyring.
    #[error("the key of locker {0} does not unwrap")]
    DoesNotUnwrap(Locker),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
}

/// A month, in which one key-encryption key is in use: `202611` is November 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(pub u32);

impl Epoch {
    /// The epoch of a month.
    #[must_use]
    pub const fn new(year: u16, month: u8) -> Self {
        Self(year as u32 * 100 + month as u32)
    }

    /// The epoch that a date lies in.
    #[must_use]
    pub fn of(date: jiff::civil::Date) -> Self {
        Self::new(date.year().unsigned_abs(), date.month().unsigned_abs())
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// A locker's key as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// Whose key.
    pub locker: Locker,
    /// Under which epoch's key it is wrapped.
    pub epoch: Epoch,
    /// The wrapped bytes.
    pub wrapped: Vec<u8>,
}

/// The keys outside the database. Never printed.
pub struct Keyring {
    directory: PathBuf,
    name: String,
    signing: SigningKey,
    present: (Epoch, Key),
    former: BTreeMap<Epoch, Key>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({}, epoch {}, …)", self.name, self.epoch())
    }
}

impl Keyring {
    /// Makes a new keyring for the register called `name` (a schema-less address such as `psr.northmere.gov.uk`; it becomes
    /// the origin of every checkpoint), with the key of its first `epoch`.
    ///
    /// # Errors
    /// When there is one already, or the directory cannot be written.
    pub fn create(
        directory: &Path,
        name: &str,
        epoch: Epoch,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, KeyringError> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(files(directory))?;
        let signing = Key::draw(entropy)?;
        let line = Zeroizing::new(format!("{name} {}\n", BASE64.encode(signing.bytes())));
        write_secret(&directory.join(SIGNING), &line)?;
        let first = Key::draw(entropy)?;
        write_epoch(directory, epoch, &first)?;
        Self::open(directory)
    }

    /// Reads the keyring.
    ///
    /// # Errors
    /// When it is absent, garbled, or readable by others.
    pub fn open(directory: &Path) -> Result<Self, KeyringError> {
        if !directory.join(SIGNING).exists() {
            return Err(KeyringError::Absent(directory.to_owned()));
        }
        unexposed(directory)?;
        let signing = directory.join(SIGNING);
        let line = read_secret(&signing)?;
        let (name, key) = line.trim_end().split_once(' ').ok_or(KeyringError::Garbled(signing.clone()))?;
        let key = decode(key).ok_or(KeyringError::Garbled(signing))?;
        let mut paths = BTreeMap::new();
        for file in fs::read_dir(directory).map_err(files(directory))? {
            let path = file.map_err(files(directory))?.path();
            let epoch =
                path.file_name().and_then(|name| name.to_str()?.strip_prefix(EPOCH_PREFIX)?.parse().ok());
            if let Some(epoch) = epoch {
                paths.insert(Epoch(epoch), path);
            }
        }
        let (present, path) = paths.pop_last().ok_or(KeyringError::Absent(directory.to_owned()))?;
        let present = (present, key_in(&read_secret(&path)?, path)?);
        let mut former = BTreeMap::new();
        for (epoch, path) in paths {
            let line = read_secret(&path)?;
            if !line.is_empty() && line.bytes().all(|byte| byte == 0) {
                // It was being destroyed when the machine stopped.
                fs::remove_file(&path).map_err(files(&path))?;
            } else {
                former.insert(epoch, key_in(&line, path)?);
            }
        }
        Ok(Self {
            directory: directory.to_owned(),
            name: name.to_owned(),
            signing: SigningKey::from_bytes(key.bytes()),
            present,
            former,
        })
    }

    /// Everything in the keyring as one text, to be carried in a backup that is itself sealed.
    #[must_use]
    pub fn carried(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(512));
        let key = Zeroizing::new(BASE64.encode(self.signing.as_bytes()));
        text.extend([SIGNING, " ", self.name.as_str(), " ", key.as_str(), "\n"]);
        for (epoch, key) in self.former.iter().chain([(&self.present.0, &self.present.1)]) {
            let key = Zeroizing::new(BASE64.encode(key.bytes()));
            text.extend([EPOCH_PREFIX, &epoch.to_string(), " ", key.as_str(), "\n"]);
        }
        text
    }

    /// What the public needs to check the checkpoints of the register whose keyring such a text carries.
    ///
    /// # Errors
    /// [`KeyringError::Absent`] when it carries none.
    pub fn carried_verifiers(carried: &str) -> Result<Verifiers, KeyringError> {
        let mut lines = carried.lines();
        let signing = lines.find_map(|line| line.strip_prefix(SIGNING)?.strip_prefix(' ')?.split_once(' '));
        let signing = signing.and_then(|(name, key)| Some((name, decode(key)?)));
        let (name, key) = signing.ok_or_else(|| KeyringError::Absent(PathBuf::from(SIGNING)))?;
        let of = |log| Signer::new(name, log, SigningKey::from_bytes(key.bytes())).verifier();
        Ok(Verifiers::new(of(Log::Register), of(Log::Access)))
    }

    /// Makes in a directory the keyring that such a text carries.
    ///
    /// # Errors
    /// When there is one already, the text carries none, or the directory cannot be written.
    pub fn restore(directory: &Path, carried: &str) -> Result<Self, KeyringError> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(files(directory))?;
        for line in carried.lines() {
            let (file, content) =
                line.split_once(' ').ok_or_else(|| KeyringError::Garbled(directory.to_owned()))?;
            let is_epoch = file.strip_prefix(EPOCH_PREFIX).is_some_and(|epoch| epoch.parse::<u32>().is_ok());
            if file != SIGNING && !is_epoch {
                return Err(KeyringError::Garbled(directory.to_owned()));
            }
            write_secret(&directory.join(file), &Zeroizing::new(format!("{content}\n")))?;
        }
        Self::open(directory)
    }

    /// Whether it has the key of this epoch.
    #[must_use]
    pub fn holds(&self, epoch: Epoch) -> bool {
        self.epoch() == epoch || self.former.contains_key(&epoch)
    }

    /// Reads the directory again: another process may have begun an epoch.
    pub(crate) fn read_again(&mut self) -> Result<(), KeyringError> {
        *self = Self::open(&self.directory)?;
        Ok(())
    }

    /// The epoch in which keys are wrapped now.
    #[must_use]
    pub const fn epoch(&self) -> Epoch {
        self.present.0
    }

    /// Whether everything is as it should be in the month `epoch`: it has begun, and no key of a month before is left.
    #[must_use]
    pub fn keeps(&self, epoch: Epoch) -> bool {
        self.epoch() >= epoch && self.former.is_empty()
    }

    /// Who signs the checkpoints of `log`.
    #[must_use]
    pub fn signer(&self, log: Log) -> Signer {
        Signer::new(&self.name, log, self.signing.clone())
    }

    /// What the public needs to check the checkpoints of both logs.
    #[must_use]
    pub fn verifiers(&self) -> Verifiers {
        Verifiers::new(self.signer(Log::Register).verifier(), self.signer(Log::Access).verifier())
    }

    /// Begins `epoch`: from now on keys are wrapped under a new key. Nothing happens when it has begun already.
    ///
    /// # Errors
    /// When the new key cannot be drawn or written; then the old one stays in use.
    pub fn begin(&mut self, epoch: Epoch, entropy: &mut dyn Entropy) -> Result<(), KeyringError> {
        if epoch > self.epoch() {
            let key = Key::draw(entropy)?;
            write_epoch(&self.directory, epoch, &key)?;
            let (before, former) = std::mem::replace(&mut self.present, (epoch, key));
            self.former.insert(before, former);
        }
        Ok(())
    }

    /// Destroys the keys of every epoch before the present one: whatever is still wrapped under them is lost in every copy.
    ///
    /// # Errors
    /// When a file cannot be overwritten and removed.
    pub fn destroy_former(&mut self) -> Result<(), KeyringError> {
        while let Some((epoch, _)) = self.former.first_key_value() {
            destroy_secret(&self.directory.join(format!("{EPOCH_PREFIX}{epoch}")))?;
            self.former.pop_first();
        }
        Ok(())
    }

    /// Wraps a locker's key under the present epoch's.
    pub(crate) fn wrap(
        &self,
        locker: Locker,
        key: &Key,
        entropy: &mut dyn Entropy,
    ) -> Result<WrappedKey, SealError> {
        let (epoch, wrapping) = &self.present;
        let wrapped = wrapping.seal(&wrapping_aad(locker, *epoch), key.bytes(), entropy)?;
        Ok(WrappedKey { locker, epoch: *epoch, wrapped })
    }

    /// Unwraps a locker's key.
    pub(crate) fn unwrap(&self, wrapped: &WrappedKey) -> Result<Key, KeyringError> {
        let WrappedKey { locker, epoch, wrapped } = wrapped;
        let wrapping = match &self.present {
            (present, key) if present == epoch => key,
            _ => {
                self.former.get(epoch).ok_or(KeyringError::EpochAbsent { locker: *locker, epoch: *epoch })?
            }
        };
        let opened = wrapping
            .open(&wrapping_aad(*locker, *epoch), wrapped)
            .map_err(|_| KeyringError::DoesNotUnwrap(*locker))?;
        Key::from_bytes(&opened).ok_or(KeyringError::DoesNotUnwrap(*locker))
    }
}

fn wrapping_aad(locker: Locker, epoch: Epoch) -> Vec<u8> {
    Canonical::tagged("psr locker key 1").u64(locker.0).u32(epoch.0).finish()
}

fn write_epoch(directory: &Path, epoch: Epoch, key: &Key) -> Result<(), KeyringError> {
    let line = Zeroizing::new(format!("{}\n", BASE64.encode(key.bytes())));
    write_secret(&directory.join(format!("{EPOCH_PREFIX}{epoch}")), &line)
}

fn decode(text: &str) -> Option<Key> {
    Key::from_bytes(&Zeroizing::new(BASE64.decode(text).ok()?))
}

fn files(path: &Path) -> impl FnOnce(io::Error) -> KeyringError + '_ {
    move |error| KeyringError::Files { path: path.to_owned(), reason: error.to_string() }
}

/// A new file that only its owner may read, whole and on disk when this returns.
fn write_secret(path: &Path, text: &str) -> Result<(), KeyringError> {
    if path.exists() {
        return Err(KeyringError::Exists(path.to_owned()));
    }
    let partial = path.with_extension("partial");
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&partial)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&partial, path))
        .map_err(files(path))?;
    sync_parent(path)
}

fn read_secret(path: &Path) -> Result<Zeroizing<String>, KeyringError> {
    unexposed(path)?;
    fs::read_to_string(path).map(Zeroizing::new).map_err(files(path))
}

fn key_in(line: &str, path: PathBuf) -> Result<Key, KeyringError> {
    decode(line.trim_end()).ok_or(KeyringError::Garbled(path))
}

fn destroy_secret(path: &Path) -> Result<(), KeyringError> {
    let length = fs::metadata(path).map_err(files(path))?.len();
    let zeros = vec![0; usize::try_from(length).unwrap_or(0)];
    let mut file = OpenOptions::new().write(true).open(path).map_err(files(path))?;
    file.write_all(&zeros).and_then(|()| file.sync_all()).map_err(files(path))?;
    fs::remove_file(path).map_err(files(path))?;
    sync_parent(path)
}

fn sync_parent(path: &Path) -> Result<(), KeyringError> {
    let parent = path.parent().unwrap_or(path);
    File::open(parent).and_then(|directory| directory.sync_all()).map_err(files(parent))
}

/// Refuses a file or directory that others than its owner may read, as whatever holds a secret is kept.
///
/// # Errors
/// [`KeyringError::Exposed`], or that it cannot be looked at.
pub fn unexposed(path: &Path) -> Result<(), KeyringError> {
    let mode = fs::metadata(path).map_err(files(path))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyringError::Exposed { path: path.to_owned(), mode }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::OsEntropy;
    use tempfile::TempDir;

    const NOVEMBER: Epoch = Epoch::new(2026, 11);
    const DECEMBER: Epoch = Epoch::new(2026, 12);

    fn keyring() -> (TempDir, Keyring) {
        let place = tempfile::tempdir().unwrap();
        let keyring =
            Keyring::create(&place.path().join("keys"), "psr.example", NOVEMBER, &mut OsEntropy).unwrap();
        (place, keyring)
    }

    #[test]
    fn a_key_unwraps_in_its_own_locker_only() {
        let (_place, keyring) = keyring();
        let key = Key::draw(&mut OsEntropy).unwrap();
        let wrapped = keyring.wrap(Locker(1), &key, &mut OsEntropy).unwrap();
        assert_eq!(keyring.unwrap(&wrapped).unwrap().bytes(), key.bytes());
        let moved = WrappedKey { locker: Locker(2), ..wrapped };
        assert_eq!(keyring.unwrap(&moved).err(), Some(KeyringError::DoesNotUnwrap(Locker(2))));
    }

    #[test]
    fn a_damaged_key_is_named_and_only_zeros_of_a_former_one_are_taken_for_its_destruction() {
        let (place, mut keyring) = keyring();
        keyring.begin(DECEMBER, &mut OsEntropy).unwrap();
        let path = |epoch: &str| place.path().join("keys").join(format!("epoch-{epoch}"));
        for (epoch, left) in [("202612", &[0; 45][..]), ("202612", &[]), ("202611", &[])] {
            let before = fs::read(path(epoch)).unwrap();
            fs::write(path(epoch), left).unwrap();
            let opened = Keyring::open(&place.path().join("keys"));
            assert_eq!(opened.err(), Some(KeyringError::Garbled(path(epoch))), "{epoch} {left:?}");
            fs::write(path(epoch), before).unwrap();
        }
        fs::write(path("202611"), [0; 45]).unwrap();
        assert!(Keyring::open(&place.path().join("keys")).unwrap().keeps(DECEMBER));
        assert!(!path("202611").exists());
    }

    #[test]
    fn destroying_a_former_epoch_makes_what_it_wrapped_unreadable() {
        let (place, mut keyring) = keyring();
        let key = Key::draw(&mut OsEntropy).unwrap();
        let wrapped = keyring.wrap(Locker(1), &key, &mut OsEntropy).unwrap();
        keyring.begin(DECEMBER, &mut OsEntropy).unwrap();
        assert_eq!(keyring.epoch(), DECEMBER);
        assert!(keyring.unwrap(&wrapped).is_ok(), "the former epoch was gone before it was destroyed");
        keyring.destroy_former().unwrap();
        let again = Keyring::open(&place.path().join("keys")).unwrap();
        for keyring in [keyring, again] {
            let absent = KeyringError::EpochAbsent { locker: Locker(1), epoch: NOVEMBER };
            assert_eq!(keyring.unwrap(&wrapped).err(), Some(absent));
        }
    }

    #[test]
    fn the_files_are_for_their_owner_only_and_are_refused_when_they_are_not() {
        let (place, _keyring) = keyring();
        let directory = place.path().join("keys");
        for file in fs::read_dir(&directory).unwrap() {
            let mode = file.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let path = directory.join("epoch-202611");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(Keyring::open(&directory).err(), Some(KeyringError::Exposed { path, mode: 0o640 }));
    }

    #[test]
    fn a_keyring_is_neither_made_twice_nor_imagined() {
        let (place, _keyring) = keyring();
        let there = place.path().join("keys");
        let again = Keyring::create(&there, "psr.example", NOVEMBER, &mut OsEntropy);
        assert_eq!(again.err(), Some(KeyringError::Exists(there.join(SIGNING))));
        let absent = place.path().join("elsewhere");
        assert_eq!(Keyring::open(&absent).err(), Some(KeyringError::Absent(absent)));
    }

    #[test]
    fn what_was_carried_away_opens_what_the_keyring_opened_and_goes_over_no_other() {
        let (place, mut keyring) = keyring();
        let key = Key::draw(&mut OsEntropy).unwrap();
        let before = keyring.wrap(Locker(1), &key, &mut OsEntropy).unwrap();
        keyring.begin(DECEMBER, &mut OsEntropy).unwrap();
        let after = keyring.wrap(Locker(2), &key, &mut OsEntropy).unwrap();
        let there = place.path().join("restored");
        let restored = Keyring::restore(&there, &keyring.carried()).unwrap();
        for wrapped in [before, after] {
            assert_eq!(restored.unwrap(&wrapped).unwrap().bytes(), key.bytes());
        }
        assert_eq!(restored.verifiers(), keyring.verifiers());
        assert_eq!(Keyring::carried_verifiers(&keyring.carried()), Ok(keyring.verifiers()));
        let again = Keyring::restore(&there, &keyring.carried());
        assert_eq!(again.err(), Some(KeyringError::Exists(there.join(SIGNING))));
        let elsewhere = place.path().join("elsewhere");
        let climbing = Keyring::restore(&elsewhere, "../signing-key psr.example AAAA");
        assert_eq!(climbing.err(), Some(KeyringError::Garbled(elsewhere)));
    }

    #[test]
    fn nothing_secret_is_printed() {
        let (place, keyring) = keyring();
        let secret = fs::read_to_string(place.path().join("keys").join("epoch-202611")).unwrap();
        let printed = format!("{keyring:?} {:?}", Key::draw(&mut OsEntropy).unwrap());
        assert_eq!(printed, "Keyring(psr.example, epoch 202611, …) Key(…)");
        assert!(!printed.contains(secret.trim()));
    }
}
