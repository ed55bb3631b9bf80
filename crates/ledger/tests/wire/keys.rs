//! The keys that lie on disk. A key may be appended to a list; one that stands here is never taken away.

use register::assessment::{Band, Finding, Recommendation, Test};
use register::incident::{Channel, Danger, Identity, Injury, Media, Police, Protection};
use register::measure::{EndReason, Kind};
use register::notice::{Content, Delivery};
use register::people::{Grant, Role};
use register::policy::{Consulted, Figure};
use register::subject::{AgeBand, NameKind};

/// Every closed list with its keys, as the register has them now.
macro_rules! now {
    ($($list:ident)*) => {
        vec![$((stringify!($list), $list::ALL.iter().map(|choice| choice.key()).collect::<Vec<_>>().join(" "))),*]
    };
}

/// Every closed list with its keys, and those of facts that are not lists of the register.
pub fn now() -> Vec<(&'static str, String)> {
    now!(
        AgeBand Band Channel Consulted Content Danger Delivery EndReason Figure Finding Grant Identity Injury Kind Media NameKind Police
        Protection Recommendation Role Test
    )
}

// FROZEN: registers in use hold these.
const STORED: &[(&str, &str)] = &[
    ("AgeBand", "child young adult older"),
    ("Band", "advisory amber red"),
    (
        "Channel",
        "office home street meeting phone voicemail letter email web-form social-media video-call recording third-party",
    ),
    (
        "Consulted",
        "trade-unions human-resources executive-team services data-protection legal ombudsman customers other",
    ),
    (
        "Content",
        "what-happened what-we-do how-long still-served appeal ombudsman your-information help policy",
    ),
    ("Danger", "no called not-called"),
    ("Delivery", "post hand email advocate"),
    ("EndReason", "not-justified error appeal-upheld death watch-clean refused"),
    (
        "Figure",
        "review-interval red-review-interval review-notice interim-life triage assess decide notify appeal-lodge appeal-decide warning-watch age-threshold retain-measure retain-incident draft-life policy-review",
    ),
    ("Finding", "holds fails"),
    ("Grant", "roles password second-factor"),
    ("Identity", "certain likely doubtful unknown"),
    ("Injury", "none minor over-three-days reportable"),
    ("Kind", "warning restriction entry"),
    ("Media", "image/jpeg image/png application/pdf text/plain"),
    ("NameKind", "main alias former"),
    ("Police", "not-told told"),
    ("Protection", "usual wanted"),
    ("Recommendation", "approve refuse"),
    (
        "Role",
        "officer contractor member line-manager register-team decision-maker governance-group appeal-officer partner data-protection policy-owner cabinet-member auditor administrator",
    ),
    (
        "Test",
        "specific-incident right-subject fact-not-opinion serious not-challenge needs-considered person-or-place least-intrusive still-served who-must-know",
    ),
];

#[test]
fn no_stored_key_is_taken_away_and_every_new_one_is_written_down() {
    let now = now();
    let now: Vec<(&str, &str)> = now.iter().map(|(list, keys)| (*list, keys.as_str())).collect();
    assert_eq!(now, STORED);
}
