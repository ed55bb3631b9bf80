//! The answer to a check as it was shown, kept so that it can be given again (promise 12).

use super::VerdictKind;
use register::view::{Challenge, Footing, Ring, Verdict};
use serde::{Deserialize, Serialize};

/// What was shown. Its form is stored: it only grows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Shown {
    /// Live markers.
    Marker {
        /// Each of them.
        markers: Vec<ShownMarker>,
    },
    /// Ring before contact.
    Possible {
        /// Whom, and the number.
        ring: [String; 2],
    },
    /// Nobody looked: what a partner's worker asked is not covered by an agreement.
    NotCovered {
        /// The key of why not.
        why: String,
        /// Whom to ring, and the number.
        ring: [String; 2],
    },
    /// Nothing was found for what was asked.
    NoneFound,
    /// Nobody could say. What was last known had nothing for what was asked, and whoever asked was told to ring.
    CannotSay {
        /// Whom to ring, and the number.
        ring: [String; 2],
    },
}

/// A marker as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownMarker {
    /// The reference of its measure.
    pub measure: String,
    /// Why it stood.
    pub footing: ShownFooting,
    /// What staff were to do, in words.
    pub precautions: Vec<String>,
    /// How contact was limited, in words.
    pub restrictions: Vec<String>,
    /// Whom to ring, and the number.
    pub ring: [String; 2],
    /// The day on which it was last looked at, where that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_considered: Option<String>,
    /// Whether it was challenged; nothing where that was not yet kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<ShownChallenge>,
}

/// How a marker was challenged, as rows keep it. It held all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShownChallenge {
    /// An appeal waited for its decision.
    UnderAppeal,
    /// The Governance Group was to decide whether it comes off.
    RemovalProposed,
    /// Its subject said that the record is wrong.
    Disputed,
}

impl ShownChallenge {
    const fn of(challenge: Challenge) -> Option<Self> {
        match challenge {
            Challenge::None => None,
            Challenge::UnderAppeal => Some(Self::UnderAppeal),
            Challenge::RemovalProposed => Some(Self::RemovalProposed),
            Challenge::Disputed => Some(Self::Disputed),
        }
    }
}

/// Why a marker stood, as rows keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShownFooting {
    /// Decided, and reviewed in time.
    InForce,
    /// Decided, and its review was overdue.
    ReviewOverdue,
    /// Agreed for the time being.
    Interim,
    /// Taken over from an old list, and not assessed.
    Provisional,
}

impl From<Footing> for ShownFooting {
    fn from(footing: Footing) -> Self {
        match footing {
            Footing::InForce => Self::InForce,
            Footing::ReviewOverdue => Self::ReviewOverdue,
            Footing::Interim => Self::Interim,
            Footing::Provisional => Self::Provisional,
        }
    }
}

pub(super) fn rung(ring: &Ring) -> [String; 2] {
    [ring.name.clone(), ring.phone.clone()]
}

impl Shown {
    /// An answer as it is shown.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::NoneFound => Self::NoneFound,
            Verdict::Possible(ring) => Self::Possible { ring: rung(ring) },
            Verdict::NotCovered(why, ring) => {
                Self::NotCovered { why: why.key().to_owned(), ring: rung(ring) }
            }
            Verdict::Marker(markers) => Self::Marker {
                markers: markers
                    .iter()
                    .map(|marker| ShownMarker {
                        measure: marker.measure.to_string(),
                        footing: marker.footing.into(),
                        precautions: marker.precautions.iter().map(|line| line.words.clone()).collect(),
                        restrictions: marker.restrictions.clone(),
                        ring: rung(&marker.ring),
                        last_considered: marker.last_considered.map(|day| day.to_string()),
                        challenge: ShownChallenge::of(marker.challenge),
                    })
                    .collect(),
            },
        }
    }

    /// What kind of answer it was: whoever asked what no agreement covers was told to ring.
    #[must_use]
    pub const fn kind(&self) -> VerdictKind {
        match self {
            Self::Marker { .. } => VerdictKind::Marker,
            Self::Possible { .. } | Self::NotCovered { .. } | Self::CannotSay { .. } => VerdictKind::Possible,
            Self::NoneFound => VerdictKind::NoneFound,
        }
    }

    /// Whether whoever goes would do the same after either answer: of the same kind, for the same measures, with the same precautions,
    /// limits and people to ring. Why a marker stands and when it was last looked at is not asked: a review that falls overdue, or an
    /// interim marker that is decided as it stood, changes nothing for whoever goes.
    pub(crate) fn asks_the_same(&self, other: &Self) -> bool {
        let asks = |shown: &Self| {
            let Self::Marker { markers } = shown else { return None };
            let mut asks: Vec<_> = markers
                .iter()
                .map(|it| {
                    (it.measure.clone(), it.precautions.clone(), it.restrictions.clone(), it.ring.clone())
                })
                .collect();
            asks.sort();
            Some(asks)
        };
        match (asks(self), asks(other)) {
            (Some(one), Some(other)) => one == other,
            _ => self == other,
        }
    }

    /// The measures whose markers were shown.
    pub(crate) fn measures(&self) -> Vec<String> {
        match self {
            Self::Marker { markers } => markers.iter().map(|marker| marker.measure.clone()).collect(),
            Self::Possible { .. } | Self::NotCovered { .. } | Self::NoneFound | Self::CannotSay { .. } => {
                Vec::new()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_in_the_form_it_always_had() {
        for kept in [
            r#"{"verdict":"none-found"}"#,
            r#"{"verdict":"cannot-say","ring":["Customer Relations","01632 960100"]}"#,
            r#"{"verdict":"possible","ring":["Customer Relations","01632 960100"]}"#,
            r#"{"verdict":"not-covered","why":"no-agreement","ring":["Customer Relations","01632 960100"]}"#,
            r#"{"verdict":"marker","markers":[{"measure":"M-0000-0001","footing":"review-overdue","precautions":["Two people"],"restrictions":[],"ring":["Customer Relations","01632 960100"],"last_considered":"2026-11-26"}]}"#,
            r#"{"verdict":"marker","markers":[{"measure":"M-0000-0001","footing":"in-force","precautions":[],"restrictions":["By letter"],"ring":["Customer Relations","01632 960100"],"last_considered":"2026-11-26","challenge":"under-appeal"}]}"#,
        ] {
            let shown: Shown = serde_json::from_str(kept).expect("an answer");
            assert_eq!(serde_json::to_string(&shown).expect("an answer"), kept);
        }
    }
}
