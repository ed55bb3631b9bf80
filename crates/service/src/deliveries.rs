//! Markers delivered to a partner: what its worker is shown of its own properties without asking, with a row for each on disk first.

use crate::Service;
use crate::access::{AccessKind, FactsV1, Sealed};
use crate::check::ROUNDS;
use crate::fault::Fault;
use crate::random;
use jiff::civil::Date;
use register::ids::{AccountId, File, MeasureId};
use register::partner::{self, News, Owed, Partner};
use register::state::Register;
use serde::Serialize;

/// A delivery that waits for its receipt, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// What is owed.
    pub owed: Owed,
    /// The properties that it is about, as the partner calls them.
    pub places: Vec<String>,
}

/// What was delivered, as its row keeps it. Its form is stored: it only grows.
#[derive(Serialize)]
struct Kept<'a> {
    news: &'static str,
    places: Vec<u64>,
    precautions: &'a [String],
    restrictions: &'a [String],
    ring: [&'a str; 2],
}

impl Service {
    /// Every delivery that waits for a receipt of the organisation that somebody works for; none where they work for no partner.
    ///
    /// # Errors
    /// A fault: then nothing was shown.
    pub async fn deliveries(&self, by: AccountId) -> Result<Vec<Delivery>, Fault> {
        let mut shown = self.owed_to(by)?;
        for _ in 0..ROUNDS {
            let position = self.position();
            let rows: Vec<_> = shown.iter().map(|it| row(&it.owed, position)).collect::<Result<_, _>>()?;
            if !rows.is_empty() {
                self.write_accesses(by, ledger::CommandId(random()), rows).await?;
            }
            let now = self.owed_to(by)?;
            if now == shown {
                return Ok(shown);
            }
            shown = now;
        }
        Err(Fault::because("what is delivered changed faster than it could be shown"))
    }

    /// How many deliveries wait for a receipt of the organisation that somebody works for; `None` where nothing is delivered to it.
    #[must_use]
    pub fn deliveries_waiting(&self, by: AccountId) -> Option<usize> {
        let today = self.today();
        self.read(|register| {
            let partner = register.account(by).and_then(|account| register.partner_of(account.team))?;
            let waiting = partner::owed(register, partner, today).len();
            (waiting > 0 || partner::delivers(register, partner, today)).then_some(waiting)
        })
    }

    fn owed_to(&self, by: AccountId) -> Result<Vec<Delivery>, Fault> {
        let today = self.today();
        let live = self.sound()?;
        Ok(owed_to(&live.register, by, today))
    }
}

fn owed_to(register: &Register, by: AccountId, today: Date) -> Vec<Delivery> {
    let partner = register.account(by).and_then(|account| register.partner_of(account.team));
    let owed = partner.map(|partner| (partner, partner::owed(register, partner, today)));
    owed.into_iter()
        .flat_map(|(partner, owed)| owed.into_iter().map(move |owed| (partner, owed)))
        .filter(|(_, owed)| !register.is_excluded_from(by, File::Measure(owed.measure)))
        .map(|(partner, owed)| Delivery { places: places(partner, &owed), owed })
        .collect()
}

/// The properties of a delivery as the partner's own list has them; one that is no longer on it by its number.
fn places(partner: &Partner, owed: &Owed) -> Vec<String> {
    let stock = partner.stock.as_ref().and_then(|loaded| loaded.stock.known());
    let named = |uprn: &u64| match stock.and_then(|stock| stock.get(uprn)) {
        Some(property) => {
            let postcode = property.postcode.iter().map(|postcode| postcode.as_str());
            std::iter::once(property.lines.as_str()).chain(postcode).collect::<Vec<_>>().join(", ")
        }
        None => format!("Property {uprn}"),
    };
    owed.told.iter().flat_map(|told| &told.places).map(named).collect()
}

fn row(owed: &Owed, answered_from: u64) -> Result<(FactsV1, Sealed), Fault> {
    let measure: MeasureId = owed.measure;
    let shown = owed.told.as_ref().map(|told| {
        serde_json::to_vec(&Kept {
            news: owed.news.key(),
            places: told.places.iter().copied().collect(),
            precautions: &told.precautions,
            restrictions: &told.restrictions,
            ring: [&told.ring.name, &told.ring.phone],
        })
    });
    // One that is withdrawn shows no marker: it says that there is none any more.
    let markers = if owed.news == News::Withdrawn { Vec::new() } else { vec![measure.to_string()] };
    let facts = FactsV1 {
        about: Some(measure.to_string()),
        markers,
        ..FactsV1::of(AccessKind::Delivered, answered_from)
    };
    Ok((facts, Sealed { shown: shown.transpose()?, ..Sealed::default() }))
}
