//! `POST /api/v1/checks`: asks before contact, under the same rules as the page. Its row is on disk before the answer is sent.

use crate::body::Json;
use crate::caller::Caller;
use crate::trouble::{RingJson, Trouble};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use register::view::Purpose;
use serde::{Deserialize, Serialize};
use service::Over;
use service::check::{Answer, Asked, Described, Shown, ShownFooting, Why};
use service::programs::Scope;
use utoipa::ToSchema;
use web::App;

/// Seconds after which a program that asked too much may try again.
const SOON: u32 = 600;
/// The same where a day's questions are spent.
const LATER: u32 = 86_400;

/// Why somebody is contacted.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PurposeJson {
    /// Going to see the customer.
    Visit,
    /// Ringing the customer.
    Call,
    /// Meeting at an office or elsewhere.
    Meeting,
    /// Writing to the customer.
    Correspondence,
}

impl From<PurposeJson> for Purpose {
    fn from(purpose: PurposeJson) -> Self {
        match purpose {
            PurposeJson::Visit => Self::Visit,
            PurposeJson::Call => Self::Call,
            PurposeJson::Meeting => Self::Meeting,
            PurposeJson::Correspondence => Self::Correspondence,
        }
    }
}

/// A question before contact.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    purpose: PurposeJson,
    /// The day of a visit, in London.
    #[schema(format = Date, value_type = Option<String>)]
    day: Option<Date>,
    /// The reference of the job or case it is for.
    #[schema(min_length = 1, max_length = 100)]
    job: String,
    about: About,
}

/// Whom or where it is about: any of what is known, as people write it. A partner's program gives a place alone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// A name, whole or in part.
    name: Option<String>,
    /// A date of birth, or part of it.
    born: Option<String>,
    /// As much of the address as is known.
    address: Option<String>,
    postcode: Option<String>,
    /// A unique property reference number.
    uprn: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    /// A name on social media.
    social: Option<String>,
    /// A reference in another system.
    reference: Option<String>,
}

/// The longest that any of it may be, in characters.
const LONGEST: usize = 500;

/// An answer. Nothing in it is an all-clear.
#[derive(Serialize, ToSchema)]
pub struct AnswerJson {
    /// The number of the check, to quote.
    check: u64,
    /// Its row in sixteen letters: what its receipt can be told by.
    code: String,
    /// As of when.
    #[schema(format = DateTime, value_type = String)]
    at: Timestamp,
    answer: Kind,
    /// What to tell whoever goes.
    says: &'static str,
    /// Every marker: all of them are to be followed.
    markers: Vec<MarkerJson>,
    /// Whom to ring before contact, where that is the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    ring: Option<RingJson>,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One or more markers.
    Marker,
    /// Ring before contact.
    Possible,
    /// Nobody looked: the partner's agreement does not cover it.
    NotCovered,
    /// Nothing was found for what was asked.
    NoneFound,
}

/// A marker.
#[derive(Serialize, ToSchema)]
pub struct MarkerJson {
    /// The reference to quote.
    reference: String,
    /// Why it stands: `in-force`, `review-overdue`, `interim` or `provisional`.
    footing: &'static str,
    /// What to do, in its order.
    precautions: Vec<String>,
    /// How contact is limited.
    restrictions: Vec<String>,
    ring: RingJson,
    /// The day on which it was last looked at, where that is told.
    #[schema(format = Date, value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    last_considered: Option<String>,
}

/// A program asks before contact.
#[utoipa::path(
    post, path = "/api/v1/checks", tag = "checks", operation_id = "check",
    request_body = Question,
    security(("token" = ["check"])),
    responses(
        (status = 200, description = "An answer, which is no all-clear", body = AnswerJson),
        (status = 400, description = "It cannot be read", body = Trouble, content_type = "application/problem+json"),
        (status = 401, description = "No good token", body = Trouble, content_type = "application/problem+json"),
        (status = 403, description = "The token is not for this", body = Trouble, content_type = "application/problem+json"),
        (status = 413, description = "More than is taken", body = Trouble, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Trouble, content_type = "application/problem+json"),
        (status = 422, description = "Not enough to be answered", body = Trouble, content_type = "application/problem+json"),
        (status = 429, description = "Cannot say: too many questions", body = Trouble, content_type = "application/problem+json"),
        (status = 500, description = "Cannot say: ring before any contact", body = Trouble, content_type = "application/problem+json"),
    )
)]
pub async fn ask(
    State(app): State<App>,
    caller: Caller,
    Json(question): Json<Question>,
) -> Result<Response, Trouble> {
    caller.must(Scope::Check)?;
    let asked = asked(question)?;
    app.service
        .read(|register| asked.enough(register, caller.account()))
        .map_err(|why| Trouble::not_enough(why.to_string()))?;
    match app.service.check(caller.id(), asked).await {
        Ok(answer) => {
            let shown = Shown::of(&answer.verdict);
            Ok(axum::Json(answer_of(&answer, shown)).into_response())
        }
        Err(cannot) => Err(match cannot.why {
            Why::Over(Over::Soon) => Trouble::too_many(cannot.ring, SOON),
            Why::Over(Over::Day) => Trouble::too_many(cannot.ring, LATER),
            Why::Fault => Trouble::cannot_say(cannot.ring),
        }),
    }
}

/// The question as the service takes it, without what is blank.
fn asked(question: Question) -> Result<Asked, Trouble> {
    let Question { purpose, day, job, about } = question;
    let About { name, born, address, postcode, uprn, phone, email, social, reference } = about;
    let description = Described { name, born, address, postcode, uprn, phone, email, social, reference };
    let given = description.given();
    if given.iter().any(|typed| typed.chars().count() > LONGEST) {
        return Err(Trouble::not_enough(format!("Give at most {LONGEST} characters of each detail")));
    }
    let job = Some(job.trim().to_owned()).filter(|job| !job.is_empty());
    if job.as_ref().is_some_and(|job| job.chars().count() > 100) {
        return Err(Trouble::not_enough("Give at most 100 characters as the reference of the job"));
    }
    Ok(Asked { purpose: purpose.into(), day, description, job })
}

fn answer_of(given: &Answer, shown: Shown) -> AnswerJson {
    let ring = |[name, phone]: [String; 2]| RingJson { name, phone };
    let (answer, says, markers, rung) = match shown {
        Shown::Marker { markers } => (
            Kind::Marker,
            "There is a marker. Follow every precaution of every marker before and during contact",
            markers,
            None,
        ),
        Shown::Possible { ring } | Shown::CannotSay { ring } => (
            Kind::Possible,
            "What was given is close to something on the register. Ring before contact",
            vec![],
            Some(ring),
        ),
        Shown::NotCovered { ring, .. } => (
            Kind::NotCovered,
            "Nobody looked: the sharing agreement does not cover this. It is not an all-clear. Ring before contact",
            vec![],
            Some(ring),
        ),
        Shown::NoneFound => (
            Kind::NoneFound,
            "No current entry was found for what was given. This is not an all-clear",
            vec![],
            None,
        ),
    };
    let markers = markers.into_iter().map(|marker| MarkerJson {
        reference: marker.measure,
        footing: match marker.footing {
            ShownFooting::InForce => "in-force",
            ShownFooting::ReviewOverdue => "review-overdue",
            ShownFooting::Interim => "interim",
            ShownFooting::Provisional => "provisional",
        },
        precautions: marker.precautions,
        restrictions: marker.restrictions,
        ring: ring(marker.ring),
        last_considered: marker.last_considered,
    });
    AnswerJson {
        check: given.check,
        code: given.code.to_string(),
        at: given.at,
        answer,
        says,
        markers: markers.collect(),
        ring: rung.map(ring),
    }
}

/// Somebody has read the precautions of a check and will follow them.
#[utoipa::path(
    post, path = "/api/v1/checks/{check}/acknowledgement", tag = "checks", operation_id = "acknowledge",
    params(("check" = u64, Path, description = "The number of the check")),
    security(("token" = ["check"])),
    responses(
        (status = 204, description = "It is on record"),
        (status = 401, description = "No good token", body = Trouble, content_type = "application/problem+json"),
        (status = 403, description = "The token is not for this", body = Trouble, content_type = "application/problem+json"),
        (status = 404, description = "No check of this program that showed a marker in the last day", body = Trouble, content_type = "application/problem+json"),
    )
)]
pub async fn acknowledge(
    State(app): State<App>,
    caller: Caller,
    Path(check): Path<String>,
) -> Result<StatusCode, Trouble> {
    caller.must(Scope::Check)?;
    let check = check.parse().map_err(|_| Trouble::not_found())?;
    let done = app.service.acknowledge(caller.id(), check).await?;
    done.map(|()| StatusCode::NO_CONTENT).ok_or_else(Trouble::not_found)
}

/// What proves later, to somebody outside, what the answer to a check of this program was: a file for `psr verify-receipt`.
#[utoipa::path(
    get, path = "/api/v1/checks/{check}/receipt", tag = "checks", operation_id = "receipt",
    params(("check" = u64, Path, description = "The number of the check")),
    security(("token" = ["check"])),
    responses(
        (status = 200, description = "The receipt, to be kept as it is", body = Object),
        (status = 401, description = "No good token", body = Trouble, content_type = "application/problem+json"),
        (status = 403, description = "The token is not for this", body = Trouble, content_type = "application/problem+json"),
        (status = 404, description = "No check of this program", body = Trouble, content_type = "application/problem+json"),
    )
)]
pub async fn receipt(
    State(app): State<App>,
    caller: Caller,
    Path(check): Path<String>,
) -> Result<Response, Trouble> {
    caller.must(Scope::Check)?;
    let check = check.parse().map_err(|_| Trouble::not_found())?;
    let receipt = app.service.check_receipt(caller.id(), check).await?.ok_or_else(Trouble::not_found)?;
    Ok(axum::Json(receipt).into_response())
}
