//! `/incidents/{incident}/files/{attachment}`: a file that came with a report, to save. Browsers never show it in a page.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use register::ids::{AttachmentId, IncidentId};
use register::incident::Media;
use web::headers::SENT_FILE;
use web::{App, Outcome, Problem, SignedIn};

/// `GET /incidents/{incident}/files/{attachment}`
pub async fn show(
    State(app): State<App>,
    who: SignedIn,
    Path((incident, attachment)): Path<(String, String)>,
) -> Outcome {
    let incident: IncidentId = incident.parse().map_err(|_| Problem::NotFound)?;
    let id: AttachmentId = attachment.parse().map_err(|_| Problem::NotFound)?;
    let belongs =
        app.service.read(|register| register.incident_of(id).is_some_and(|found| found.id == incident));
    if !belongs {
        return Err(Problem::NotFound);
    }
    let file = app.service.attachment(who.id(), id).await?.ok_or(Problem::NotFound)?;
    let kind = match file.media {
        Media::Text => "text/plain; charset=utf-8",
        other => other.key(),
    };
    // Files of earlier versions are kept under the names they came with.
    let name = intake::name_as(&file.name, file.media);
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, to_save_as(&name))];
    Ok((headers, [SENT_FILE], file.bytes).into_response())
}

/// The header that gives a file its name: any name in UTF-8 for browsers, a plain one for whatever reads nothing else
/// (RFC 6266, RFC 8187).
fn to_save_as(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let full: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(
            to_save_as("a \"b\"\r\nX: é.png"),
            "attachment; filename=\"a__b___X___.png\"; filename*=UTF-8''a%20%22b%22%0D%0AX%3A%20%C3%A9.png"
        );
    }
}
