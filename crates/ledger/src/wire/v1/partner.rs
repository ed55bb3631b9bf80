//! Other organisations, the agreements with them, and the lists of their properties.

use crate::wire::shape::{Nullable, Shape, Words, Written, facts, object, part};
use jiff::civil::Date;
use register::ids::{AccountId, MeasureId, PartnerId, TeamId};
use register::partner::{self, News, Properties, Relationship, Shared};
use register::view::Purpose;

facts! {
    /// Particulars: `name`, words.
    "partner.kept", 1: PartnerKept {
        partner: Written<PartnerId>,
        relationship: Written<Relationship>,
        since: Written<Date>,
        teams: Vec<Written<TeamId>>,
    }
}

object! {
    /// What an agreement allows.
    Terms {
        starts: Written<Date>,
        ends: Written<Date>,
        shares: Vec<Written<Shared>>,
        purposes: Vec<Written<Purpose>>,
        properties: Written<Properties>,
        answers: Written<AccountId>,
    }
}

impl crate::wire::shape::Factual for Terms {}

impl Shape for Terms {
    type Domain = partner::Terms;
    fn store(domain: &partner::Terms) -> Self {
        let partner::Terms { starts, ends, shares, purposes, properties, answers } = domain;
        Self {
            starts: Written(*starts),
            ends: Written(*ends),
            shares: shares.iter().copied().map(Written).collect(),
            purposes: purposes.iter().copied().map(Written).collect(),
            properties: Written(*properties),
            answers: Written(*answers),
        }
    }
    fn restore(self) -> partner::Terms {
        partner::Terms {
            starts: self.starts.restore(),
            ends: self.ends.restore(),
            shares: self.shares.restore().into_iter().collect(),
            purposes: self.purposes.restore().into_iter().collect(),
            properties: self.properties.restore(),
            answers: self.answers.restore(),
        }
    }
}

facts! {
    /// Particulars: `words`, [`AgreementWords`].
    "agreement.proposed", 1: AgreementProposed {
        partner: Written<PartnerId>,
        terms: Terms,
    }
}

part! {
    /// The document behind an agreement.
    AgreementWords of partner::AgreementWords {
        document: Words,
        signed_here: Words,
        signed_there: Words,
    }
}

facts! {
    /// No particulars.
    "agreement.approved", 1: AgreementApproved {
        partner: Written<PartnerId>,
        agreement: u32,
    }
}

facts! {
    /// No particulars.
    "agreement.confirmed", 1: AgreementConfirmed {
        partner: Written<PartnerId>,
        agreement: u32,
    }
}

facts! {
    /// Particulars: `reasons`, words.
    "agreement.ended", 1: AgreementEnded {
        partner: Written<PartnerId>,
        agreement: u32,
    }
}

facts! {
    /// Particulars: `stock`, [`Stock`].
    "stock.loaded", 1: StockLoaded {
        partner: Written<PartnerId>,
        count: u32,
    }
}

facts! {
    /// No particulars.
    "marker.received", 1: MarkerReceived {
        partner: Written<PartnerId>,
        measure: Written<MeasureId>,
        news: Written<News>,
    }
}

object! {
    /// A property of a partner.
    StockedProperty {
        uprn: u64,
        lines: Words,
        postcode: Nullable<Words>,
    }
}

/// The properties of a partner, by number.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub(in crate::wire) struct Stock(Vec<StockedProperty>);

impl Shape for Stock {
    type Domain = partner::Stock;
    fn store(domain: &partner::Stock) -> Self {
        let each = |(uprn, property): (&u64, &partner::Property)| StockedProperty {
            uprn: *uprn,
            lines: Shape::store(&property.lines),
            postcode: Shape::store(&property.postcode),
        };
        Self(domain.iter().map(each).collect())
    }
    fn restore(self) -> partner::Stock {
        let each = |stored: StockedProperty| {
            let (lines, postcode) = (stored.lines.restore(), stored.postcode.restore());
            (stored.uprn, partner::Property { lines, postcode })
        };
        self.0.into_iter().map(each).collect()
    }
}
