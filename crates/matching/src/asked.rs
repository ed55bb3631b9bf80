//! A question made ready: folded, parsed, and its words looked up once, so that comparing it with one profile is only arithmetic.

use crate::address::{AskedPlace, Postcode, read_address};
use crate::born::Born;
use crate::identifier::{digest, handle, mail, phone, uprn};
use crate::name::{AskedName, Role, asked_words};
use crate::profile::{Profile, Slot};
use crate::question::Question;
use crate::route::{Route, Routes};
use crate::spelling::{Near, Vocabulary};
use crate::weight::Weights;

/// What of the index a question is looked up in.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub weights: &'a Weights,
    pub names: &'a Vocabulary,
    pub places: &'a Vocabulary,
    pub mails: &'a Vocabulary,
    pub routes: &'a Routes,
    pub profiles: &'a [Option<Profile>],
    pub described: usize,
}

/// A question, ready.
#[derive(Debug, Clone)]
pub(crate) struct Asked<'a> {
    pub weights: &'a Weights,
    pub name: Option<AskedName<'a>>,
    /// Those whose name has the same letters in other words.
    pub run_together: &'a [Slot],
    pub born: Option<Born>,
    pub place: Option<AskedPlace>,
    pub uprn: Option<u64>,
    pub phone: Option<u64>,
    pub mail: Option<AskedMail>,
    pub handle: Option<u64>,
    pub reference: Option<u64>,
}

/// A mail address as asked.
#[derive(Debug, Clone)]
pub(crate) struct AskedMail {
    pub near: Vec<Near>,
    pub host: Option<u64>,
}

impl<'a> Asked<'a> {
    pub(crate) fn ready(question: &Question, known: Known<'a>) -> Self {
        let Known { weights, names, places, mails, routes, profiles, described } = known;
        let bearers = |role, word| {
            routes.found(match role {
                Role::Given => Route::Given(word),
                Role::Family => Route::Family(word),
            })
        };
        let name = question
            .name
            .as_deref()
            .and_then(|text| AskedName::ready(&asked_words(text), names, described, weights, bearers));
        let mut address = read_address(question.address.as_deref().unwrap_or_default());
        if let Some(postcode) = question.postcode.as_deref().and_then(Postcode::given) {
            address.postcode = Some(postcode);
        }
        let uprn = question.uprn.as_deref().and_then(uprn);
        let place = AskedPlace::ready(
            &address,
            uprn,
            places,
            described,
            |word| routes.found(Route::Phrase(word)).len(),
            |postcode| {
                routes
                    .found(Route::Postcode(postcode))
                    .iter()
                    .filter_map(|slot| profiles.get(*slot as usize)?.as_ref())
            },
        );
        Self {
            weights,
            run_together: (name.as_ref())
                .and_then(|name| digest(&name.run_together))
                .map_or(&[], |digest| routes.found(Route::RunTogether(digest))),
            name,
            born: question.born,
            place,
            uprn,
            phone: question.phone.as_deref().and_then(phone),
            mail: question.email.as_deref().and_then(mail).map(|asked| AskedMail {
                near: mails.near(&asked.local, std::iter::empty()),
                host: digest(&asked.host),
            }),
            handle: question.handle.as_deref().and_then(handle),
            reference: question.reference.as_deref().and_then(digest),
        }
    }
}
