//! A browser without a screen: it keeps the cookie, says where a form comes from, and follows no redirect but one to the answer of a check.

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::response::Parts;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;
use web::form::Typed;

#[derive(Clone)]
pub struct Browser {
    router: Router,
    /// `name=value`, as the browser sends it.
    pub cookie: Option<String>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn leads_to(&self) -> Option<&str> {
        self.headers.get(LOCATION).and_then(|place| place.to_str().ok())
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        let at = self.body.find(&start).expect("hidden field") + start.len();
        self.body[at..].split('"').next().expect("value").to_owned()
    }
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookie: None }
    }

    pub async fn get(&mut self, place: &str) -> Answer {
        self.send(Request::get(place).body(Body::empty()).expect("request")).await
    }

    pub async fn post(&mut self, place: &str, fields: &[(&str, &str)]) -> Answer {
        let mut typed = Typed::default();
        for (field, value) in fields {
            typed.add(field, value);
        }
        let request = Request::post(place)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let answer = self.send(request.body(Body::from(typed.to_urlencoded())).expect("request")).await;
        match answer.leads_to().filter(|place| place.starts_with("/check/answers/")).map(str::to_owned) {
            Some(place) => self.get(&place).await,
            None => answer,
        }
    }

    /// The same for a file to save, to the byte.
    pub async fn get_bytes(&mut self, place: &str) -> (StatusCode, Vec<u8>) {
        let request = Request::get(place).body(Body::empty()).expect("request");
        let (parts, bytes) = self.sent(request).await;
        (parts.status, bytes)
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let (parts, bytes) = self.sent(request).await;
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn sent(&mut self, mut request: Request<Body>) -> (Parts, Vec<u8>) {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(COOKIE, cookie.parse().expect("cookie"));
        }
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(SET_COOKIE).and_then(|cookie| cookie.to_str().ok()) {
            let pair = cookie.split(';').next().unwrap_or_default().to_owned();
            self.cookie = if pair.ends_with('=') { None } else { Some(pair) };
        }
        let bytes = body.collect().await.expect("body").to_bytes();
        (parts, bytes.to_vec())
    }
}
