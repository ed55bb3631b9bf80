//! `/api/v1/markers`: a partner's program is told of the markers of its own properties, and says that it has them, or has taken them off.

use crate::body::Json;
use crate::caller::Caller;
use crate::trouble::{RingJson, Trouble};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use register::command::ReceiveMarker;
use register::ids::CommandId;
use register::partner::News;
use serde::{Deserialize, Serialize};
use service::deliveries::Delivery;
use service::programs::Scope;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use web::App;

/// What names an asking, so that sent twice it is done once.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Everything that waits for a receipt.
#[derive(Serialize, ToSchema)]
pub struct Deliveries {
    deliveries: Vec<DeliveryJson>,
}

/// A marker that is new, has changed, or is to be taken off.
#[derive(Serialize, ToSchema)]
pub struct DeliveryJson {
    /// The marker's reference.
    marker: String,
    /// What its receipt names.
    edition: String,
    news: NewsJson,
    /// The properties, as the partner calls them.
    places: Vec<String>,
    /// What to do; nothing where it is withdrawn.
    precautions: Vec<String>,
    /// How contact is limited; nothing where it is withdrawn.
    restrictions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ring: Option<RingJson>,
    /// The day by which its receipt is expected.
    #[schema(format = Date)]
    by: String,
}

/// What is new about it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NewsJson {
    /// It was not there before.
    New,
    /// Something that is told of it has changed.
    Changed,
    /// There is none any more: take it off wherever it was put.
    Withdrawn,
}

impl From<Delivery> for DeliveryJson {
    fn from(Delivery { owed, places }: Delivery) -> Self {
        let (measure, news, by, edition) = (owed.measure, owed.news, owed.by, owed.edition().to_string());
        let (precautions, restrictions, ring) = owed
            .tells()
            .map_or_else(Default::default, |told| (told.precautions, told.restrictions, Some(told.ring)));
        Self {
            marker: measure.to_string(),
            edition,
            news: match news {
                News::New => NewsJson::New,
                News::Changed => NewsJson::Changed,
                News::Withdrawn => NewsJson::Withdrawn,
            },
            places,
            precautions,
            restrictions,
            ring: ring.map(RingJson::from),
            by: by.to_string(),
        }
    }
}

/// Which edition of a marker was received.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// As it was delivered.
    edition: String,
}

/// Everything that waits for this partner's receipt.
#[utoipa::path(
    get, path = "/api/v1/markers", tag = "markers", operation_id = "markers",
    security(("token" = ["markers"])),
    responses(
        (status = 200, description = "What waits for a receipt", body = Deliveries),
        (status = 401, description = "No good token", body = Trouble, content_type = "application/problem+json"),
        (status = 403, description = "The token is not for this", body = Trouble, content_type = "application/problem+json"),
    )
)]
pub async fn list(State(app): State<App>, caller: Caller) -> Result<axum::Json<Deliveries>, Trouble> {
    caller.must(Scope::Markers)?;
    let deliveries = app.service.deliveries(caller.id()).await?;
    Ok(axum::Json(Deliveries { deliveries: deliveries.into_iter().map(DeliveryJson::from).collect() }))
}

/// The partner has this edition of the marker, or has taken it off.
#[utoipa::path(
    post, path = "/api/v1/markers/{marker}/receipts", tag = "markers", operation_id = "receive",
    params(
        ("marker" = String, Path, description = "The marker's reference"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names this asking: sent twice under one name it is done once"),
    ),
    request_body = Receipt,
    security(("token" = ["markers"])),
    responses(
        (status = 204, description = "It is on record"),
        (status = 400, description = "It cannot be read", body = Trouble, content_type = "application/problem+json"),
        (status = 401, description = "No good token", body = Trouble, content_type = "application/problem+json"),
        (status = 403, description = "The token is not for this", body = Trouble, content_type = "application/problem+json"),
        (status = 404, description = "No such marker for this partner to know of", body = Trouble, content_type = "application/problem+json"),
        (status = 409, description = "It has changed since, or nothing waits", body = Trouble, content_type = "application/problem+json"),
        (status = 413, description = "More than is taken", body = Trouble, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Trouble, content_type = "application/problem+json"),
    )
)]
pub async fn receive(
    State(app): State<App>,
    caller: Caller,
    Path(marker): Path<String>,
    headers: HeaderMap,
    Json(receipt): Json<Receipt>,
) -> Result<StatusCode, Trouble> {
    caller.must(Scope::Markers)?;
    let measure = marker.parse().map_err(|_| Trouble::not_found())?;
    let edition =
        receipt.edition.parse().map_err(|_| Trouble::unreadable("edition: not one that was delivered"))?;
    let command = match headers.get(IDEMPOTENCY_KEY) {
        Some(key) => named(&caller, key.as_bytes()),
        None => app.service.fresh_command(),
    };
    app.service.execute(caller.id(), command, ReceiveMarker { measure, edition }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The asking that a program names so: its own, whatever others call theirs.
fn named(caller: &Caller, key: &[u8]) -> CommandId {
    let digest =
        Sha256::new().chain_update(caller.id().to_string()).chain_update([0]).chain_update(key).finalize();
    CommandId(digest.iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
}
