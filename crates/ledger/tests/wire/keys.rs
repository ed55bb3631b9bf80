//! The keys that lie on disk. A key may be appended to a list; one that stands here is never taken away.

use register::appeal::{AppealOutcome, Appellant, Ground as AppealGround, Way};
use register::assessment::{Band, Finding, Recommendation, Test};
use register::contact::{Every, Matter, Means, Place, Replies, Treatment};
use register::dispute::DisputeOutcome;
use register::exclusion::Closeness;
use register::glass::{Emergency, GlassFinding};
use register::import::SubjectFile;
use register::incident::{Channel, Danger, Identity, Injury, Media, Police, Protection};
use register::involved::Involvement;
use register::looks::LooksFinding;
use register::measure::{EndReason, Kind};
use register::meeting::MeetingOutcome;
use register::notice::{Content, Delivery, Occasion};
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::partner::{News, Properties, Relationship, Shared};
use register::people::{Grant, Role, Suspension};
use register::policy::{Clause, Consulted, Figure};
use register::retention::Ground;
use register::review::Advice;
use register::risk::{Control, Impact, Likelihood, Sign};
use register::subject::{AgeBand, NameKind};
use register::training::Course;
use register::view::Purpose;

/// Every closed list with its keys, as the register has them now.
macro_rules! now {
    ($($list:ident)*) => {
        vec![$((stringify!($list), $list::ALL.iter().map(|choice| choice.key()).collect::<Vec<_>>().join(" "))),*]
    };
}

/// Every closed list with its keys, and those of facts that are not lists of the register.
pub fn now() -> Vec<(&'static str, String)> {
    now!(
        Advice AgeBand AppealGround AppealOutcome Appellant Band Channel Clause Closeness ComplaintOutcome Consulted Content Control Course Danger Delivery DisputeOutcome EndReason Emergency Every Figure Finding GlassFinding Grant Ground Identity Impact Injury Involvement Kind Likelihood LooksFinding Matter Means Media MeetingOutcome NameKind News Occasion Ombudsman Place Police Properties Protection Purpose Recommendation Relationship Replies Role Shared Sign SubjectFile Suspension Test Treatment Way
    )
}

// FROZEN: registers in use hold these.
const STORED: &[(&str, &str)] = &[
    ("Advice", "keep vary remove"),
    ("AgeBand", "child young adult older"),
    ("AppealGround", "facts not-unreasonable too-far harm"),
    ("AppealOutcome", "upheld in-part not-upheld not-heard"),
    ("Appellant", "customer representative"),
    ("Band", "advisory amber red"),
    (
        "Channel",
        "office home street meeting phone voicemail letter email web-form social-media video-call recording third-party",
    ),
    (
        "Clause",
        "warning-means ask-sooner never-closed appeal-heard appeal-ways appeal-online ombudsman sources rights help policy-used apology",
    ),
    ("Closeness", "domestic-abuse family tie named"),
    ("ComplaintOutcome", "fault no-fault closed"),
    (
        "Consulted",
        "trade-unions human-resources executive-team services data-protection legal ombudsman customers other",
    ),
    (
        "Content",
        "what-happened what-we-do how-long still-served appeal ombudsman your-information help policy outcome next-steps sorry kept",
    ),
    ("Control", "reduce accept transfer close"),
    ("Course", "staff members"),
    ("Danger", "no called not-called"),
    ("Delivery", "post hand email advocate"),
    ("DisputeOutcome", "corrected in-part stands"),
    (
        "EndReason",
        "not-justified error appeal-upheld death watch-clean between-meetings refused not-assessed",
    ),
    ("Emergency", "there-now within-the-hour threat"),
    ("Every", "week month"),
    (
        "Figure",
        "review-interval red-review-interval review-notice interim-life triage assess decide notify appeal-lodge appeal-decide appeal-acknowledge tell-outcome early-review meeting-interval quorum withdraw warning-watch age-threshold retain-measure sealed-decision-file retain-incident retain-meeting retain-accesses draft-life policy-review contact-answer dispute-answer provisional-life old-list declaration first-declaration starter-answer give-access confirm-access answer-access access-grace training renewal-grace conduct checked-lately miss-weighs wrong-weighs agreement-confirmation confirmation-grace marker-receipt",
    ),
    ("Finding", "holds fails"),
    ("GlassFinding", "needed other-way misuse"),
    ("Grant", "roles password secret second-factor"),
    ("Ground", "ombudsman court rights-request police other"),
    ("Identity", "certain likely doubtful unknown"),
    ("Impact", "1 2 3 4 5"),
    ("Injury", "none minor over-three-days reportable"),
    ("Involvement", "harmed witness"),
    ("Kind", "warning restriction entry"),
    ("Likelihood", "1 2 3 4 5 6"),
    ("LooksFinding", "explained reminded misuse"),
    ("Matter", "same linked new urgent right"),
    ("Means", "phone email letter web-form message in-person representative"),
    ("Media", "image/jpeg image/png application/pdf text/plain"),
    ("MeetingOutcome", "keep remove ratify question"),
    ("NameKind", "main alias former"),
    ("News", "new changed withdrawn"),
    ("Occasion", "decision kept varied removed appeal-received appeal-outcome apology dispute-answered"),
    ("Ombudsman", "local-government housing information"),
    ("Place", "offices libraries leisure depots hubs meetings surgeries polls"),
    ("Police", "not-told told"),
    ("Properties", "own-stock all"),
    ("Protection", "usual wanted"),
    ("Purpose", "visit call meeting correspondence"),
    ("Recommendation", "approve refuse"),
    ("Relationship", "controller joint-controller processor"),
    ("Replies", "all only-new"),
    (
        "Role",
        "officer contractor member line-manager register-team decision-maker governance-group appeal-officer partner data-protection policy-owner cabinet-member auditor administrator system directory",
    ),
    ("Shared", "precautions restrictions last-review ring delivered"),
    ("Sign", "checks-not-made lists-elsewhere staff-without-access"),
    ("SubjectFile", "opened known"),
    ("Suspension", "lapsed left"),
    (
        "Test",
        "specific-incident right-subject fact-not-opinion serious not-challenge needs-considered person-or-place least-intrusive still-served who-must-know handled-fully nothing-open other-route joined-up tried-agreement effect-shown",
    ),
    ("Treatment", "answered left passed-on"),
    ("Way", "online letter email phone in-person"),
];

#[test]
fn no_stored_key_is_taken_away_and_every_new_one_is_written_down() {
    let now = now();
    let now: Vec<(&str, &str)> = now.iter().map(|(list, keys)| (*list, keys.as_str())).collect();
    assert_eq!(now, STORED);
}
