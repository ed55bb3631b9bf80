//! The plan of a case: precautions or restrictions that fit what happened, who is told and why, and whom to ring.

use super::Case;
use crate::council::Staff;
use crate::incidents;
use crate::words::{code, text};
use register::assessment::{Band, PlanWords, Proposal};
use register::contact::{Every, Limits, Means, Most, Place, Replies};
use register::incident::Channel;
use register::measure::Kind;
use register::people::Contact;
use register::policy::Code;

impl Case<'_> {
    /// The least that fits the kind, the band and the behaviour.
    pub(super) fn draw_up(&mut self) {
        let mut plan = empty(self.band);
        match self.kind {
            Kind::Warning => {}
            Kind::Restriction => {
                plan.restrictions =
                    self.some_of(&["SPOC", "CHAN", "TIME", "WRIT", "READ", "REP", "SITE", "ABA"]);
            }
            Kind::Entry => {
                plan.precautions = match (self.behaviour.as_str(), self.band) {
                    ("ANI", _) => vec![code("ANI")],
                    ("ENV", _) => self.some_of(&["ADV", "TIM", "NLV"]),
                    ("ASC", _) => vec![code("NLV")],
                    (_, Band::Red) => self.some_of(&["DNA", "POL", "OFF"]),
                    (_, Band::Amber) => self.some_of(&["NLV", "NLI", "APT", "NFV"]),
                    (_, Band::Advisory) => self.some_of(&["BUD", "ADV", "TEL"]),
                };
            }
        }
        plan.words = self.plan_words();
        self.plan = plan;
        self.limit();
        let mut told = Vec::new();
        if self.kind != Kind::Warning {
            told.push(self.team);
            let everyone = incidents::teams_on(Channel::Phone);
            for _ in 0..2 {
                let other = self.chance.pick(&everyone);
                let is_new = told.iter().all(|staff| staff.team != other.team);
                told.extend(is_new.then_some(other));
            }
        }
        self.tell(&told);
    }

    /// What the restrictions of the plan come to: whom to turn to, and what each code says.
    pub(super) fn limit(&mut self) {
        let Proposal { restrictions, limits, words, .. } = &mut self.plan;
        if restrictions.is_empty() {
            return;
        }
        let sponsor = self.team.sponsor();
        words.point_of_contact = Some(text(&format!("{}, {}", sponsor.name, sponsor.phone)));
        let has = |letters: &str| restrictions.iter().any(|restriction| restriction.as_str() == letters);
        // One way of writing is a way of writing: the narrower of two restrictions says what is left.
        let ways: &[(&str, &[Means])] = &[
            ("CHAN", &[Means::Email]),
            ("WRIT", &[Means::Email, Means::Letter]),
            ("REP", &[Means::Representative]),
        ];
        let left = ways.iter().find(|(letters, _)| has(letters)).map_or(&[][..], |(_, means)| means);
        let places: &[Place] = if has("SITE") { &[Place::Libraries, Place::Leisure] } else { &[] };
        *limits = Limits {
            means: left.iter().copied().collect(),
            most: has("READ").then_some(Most { contacts: 1, every: Every::Week }),
            replies: if has("READ") { Replies::OnlyNew } else { Replies::All },
            places: places.iter().copied().collect(),
        };
        words.times = has("TIME").then(|| text("Tuesdays and Thursdays, 10am to noon"));
    }

    fn some_of(&mut self, letters: &[&str]) -> Vec<Code> {
        let first = self.chance.pick(letters);
        let second = Some(self.chance.pick(letters)).filter(|second| *second != first);
        std::iter::once(first).chain(second).map(code).collect()
    }

    fn plan_words(&mut self) -> PlanWords {
        let sponsor = self.team.sponsor();
        PlanWords {
            band_reasons: self.says(&format!("band/{}", self.band.key())),
            summary: self.says("summary"),
            audience_reasons: Vec::new(),
            service_route: self.says("service"),
            point_of_contact: None,
            times: None,
            ring_name: text(sponsor.name),
            ring_phone: text(&sponsor.phone),
        }
    }

    pub(super) fn tell(&mut self, told: &[&'static Staff]) {
        self.plan.audience = told.iter().map(|staff| staff.team).collect();
        self.plan.words.audience_reasons = told
            .iter()
            .map(|staff| {
                let section = match (staff.name, staff.contact) {
                    (name, _) if name == self.team.name => "reason/reported",
                    ("Members of the Council", _) => "reason/Members of the Council",
                    (_, Contact::Visits) => "reason/Visits",
                    (_, Contact::AtOffice) => "reason/AtOffice",
                };
                self.says(section)
            })
            .collect();
    }
}

/// How grave conduct of this kind usually is.
pub(crate) fn band(kind: Kind, behaviour: &Code) -> Band {
    match (kind, behaviour.as_str()) {
        (Kind::Entry, "PA" | "WPN") => Band::Red,
        (Kind::Entry, "VA" | "ENV" | "UPC" | "SM") | (Kind::Warning | Kind::Restriction, _) => Band::Advisory,
        (Kind::Entry, _) => Band::Amber,
    }
}

/// A plan in which nothing is settled yet.
pub(super) fn empty(band: Band) -> Proposal {
    let blank = || text("-");
    Proposal {
        band,
        precautions: Vec::new(),
        restrictions: Vec::new(),
        audience: Vec::new(),
        limits: Limits::default(),
        words: PlanWords {
            band_reasons: blank(),
            summary: blank(),
            audience_reasons: Vec::new(),
            service_route: blank(),
            point_of_contact: None,
            times: None,
            ring_name: blank(),
            ring_phone: blank(),
        },
    }
}
