//! The names of archives, from which their order and their extent can be read without the card. Nothing in them is secret, and
//! nothing is believed of them: what an archive says inside counts.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use ledger::{Epoch, Log, Micros};
use std::fmt;
use std::str::FromStr;

const MOMENT: &str = "%Y%m%dT%H%M%SZ";
const ENDING: &str = ".age";

/// A set of archives: a full one, and what was added after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetName {
    /// When it was begun, to the second.
    begun: Timestamp,
    /// Under whose key the lockers' keys in it are wrapped.
    epoch: Epoch,
}

/// An archive: `SET.NUMBER.WRITTEN.rREGISTER.aACCESS.MARK.age`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// Of which set.
    pub set: SetName,
    /// Its place in the set: the full one is 0.
    pub number: u32,
    /// When it was begun, to the second.
    pub written: Timestamp,
    /// How many records of the register log the set holds with it.
    pub register: u64,
    /// How many records of the access log the set holds with it.
    pub access: u64,
    /// Tells a log that went on from one that went back and went on otherwise.
    pub mark: String,
}

/// A moment to the second.
pub(crate) fn second(now: Micros) -> Timestamp {
    Timestamp::from_second(now.0.div_euclid(1_000_000)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn spelled(moment: Timestamp) -> impl fmt::Display {
    moment.strftime(MOMENT)
}

fn read(moment: &str) -> Option<Timestamp> {
    let moment = DateTime::strptime(MOMENT, moment).ok()?;
    Some(moment.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp())
}

impl SetName {
    /// Of a set begun now; later than the one before it, whatever the clock says.
    pub(crate) fn after(before: Option<Self>, now: Micros, epoch: Epoch) -> Self {
        let next = before.and_then(|set| Timestamp::from_second(set.begun.as_second() + 1).ok());
        Self { begun: next.map_or(second(now), |next| next.max(second(now))), epoch }
    }

    /// When it was begun.
    #[must_use]
    pub const fn begun(&self) -> Timestamp {
        self.begun
    }

    /// Under whose key the lockers' keys in it are wrapped.
    #[must_use]
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// The UTC day on which it was begun.
    pub(crate) fn day(&self) -> Date {
        self.begun.to_zoned_datetime(TimeZone::UTC).date()
    }

    /// How the name of an archive of it begins.
    pub(crate) fn prefix(&self, number: u32) -> String {
        format!("{self}.{number:06}")
    }
}

impl fmt::Display for SetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", spelled(self.begun), self.epoch)
    }
}

impl FromStr for SetName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (begun, epoch) = text.split_once('-').ok_or(())?;
        Ok(Self { begun: read(begun).ok_or(())?, epoch: Epoch(epoch.parse().map_err(|_| ())?) })
    }
}

impl Name {
    /// How many records of a log the set holds with it.
    #[must_use]
    pub const fn until(&self, log: Log) -> u64 {
        match log {
            Log::Register => self.register,
            Log::Access => self.access,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { set, number, written, register, access, mark } = self;
        write!(f, "{}.{}.r{register}.a{access}.{mark}{ENDING}", set.prefix(*number), spelled(*written))
    }
}

impl FromStr for Name {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = text.strip_suffix(ENDING).ok_or(())?.split('.').collect();
        let [set, number, written, register, access, mark] = parts.as_slice() else { return Err(()) };
        let size = |part: &str, log: char| part.strip_prefix(log)?.parse().ok();
        let name = Self {
            set: set.parse()?,
            number: number.parse().map_err(|_| ())?,
            written: read(written).ok_or(())?,
            register: size(register, 'r').ok_or(())?,
            access: size(access, 'a').ok_or(())?,
            mark: (*mark).to_owned(),
        };
        // Another spelling would be another file.
        if name.to_string() == text { Ok(name) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_spelled_and_in_no_other_spelling() {
        let spelled = "20261128T071500Z-202611.000017.20261128T073200Z.r4200.a81000.1a2b3c4d.age";
        let name: Name = spelled.parse().unwrap();
        assert_eq!(name.to_string(), spelled);
        assert_eq!((name.number, name.register, name.access), (17, 4_200, 81_000));
        assert_eq!(name.set.epoch(), Epoch::new(2026, 11));
        for other in ["", "lock", &spelled.replace("000017", "17"), &spelled.replace(".age", ".partial")] {
            assert_eq!(other.parse::<Name>(), Err(()), "{other}");
        }
    }
}
