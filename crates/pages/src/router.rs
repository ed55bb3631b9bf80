//! Every address of the pages, in the order of the folders.

use crate::incidents::new::{self as report, question};
use crate::measures::{self, assessment};
use crate::retention::{certificates, hold};
use crate::{
    access, access_log, accessibility, account, accounts, addresses, appeal, check, deliveries, glass, help,
    home, imports, incidents, meetings, numbers, oversight, own_home, own_looks, partners, passkeys,
    password, permissions, policy, problem, proof, ready, recovery_codes, retention, risks, screening,
    sessions, sign_in, subjects, teams, withdrawals, work,
};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use register::ids::{IncidentId, MeasureId, SubjectId};
use web::form::STRANGERS_BODY;
use web::{App, alike::alike};

/// Bytes that an answer to a check comes in: three times what one with one marker takes.
const CHECK_LENGTH: usize = 32 * 1024;

/// The complete service of the pages alone, ready to be served.
pub fn router(app: App) -> Router {
    web::frame::frame(screens(), app, problem::draw)
}

/// What anybody may send something to who has not signed in: no more than words.
fn for_strangers() -> Router<App> {
    Router::new()
        // sign_in/
        .route("/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/sign-in/passkey", post(sign_in::by_passkey))
        .route("/sign-in/council", get(sign_in::council::leave))
        .route("/sign-in/council/return", get(sign_in::council::come_back))
        .route("/sign-in/council/logout", post(sign_in::council::logout))
        .route("/sign-in/second-factor", get(sign_in::second_factor::show).post(sign_in::second_factor::send))
        .route("/sign-in/recovery", get(sign_in::recovery::show).post(sign_in::recovery::send))
        .route("/sign-in/set-up", get(sign_in::set_up::show).post(sign_in::set_up::send))
        .route("/sign-in/set-up/picture.svg", get(sign_in::set_up::picture))
        .route("/sign-in/invitation", get(sign_in::invitation::show).post(sign_in::invitation::send))
        // appeal/: for the public
        .route("/appeal", get(appeal::show).post(appeal::send))
        .layer(DefaultBodyLimit::max(STRANGERS_BODY))
}

/// Every address of the pages, to be served beside others.
pub fn screens() -> Router<App> {
    for_strangers()
        .route("/", get(home::show))
        .route("/sign-out", post(sign_in::out))
        .route("/account", get(account::show))
        .route("/account/passkeys", get(passkeys::show).post(passkeys::add))
        .route("/account/passkeys/remove", post(passkeys::remove))
        .route("/account/recovery-codes", get(recovery_codes::show).post(recovery_codes::make))
        .route("/account/proof", post(proof::send))
        .route("/account/sessions", get(sessions::show))
        .route("/account/sessions/end", post(sessions::end))
        .route("/account/sessions/end-others", post(sessions::end_others))
        .route("/account/password", get(password::show).post(password::send))
        .route("/account/home", get(own_home::show).post(own_home::send))
        .route("/account/looks", get(own_looks::show).post(own_looks::send))
        // ready/: before the register is used
        .route("/ready", get(ready::show))
        .route("/ready/passkey", get(ready::passkey::show).post(ready::passkey::send))
        .route("/ready/policy", get(ready::policy::show).post(ready::policy::send))
        .route("/ready/training", get(ready::training::show))
        .route("/ready/training/questions", get(ready::questions::show).post(ready::questions::send))
        .route("/ready/conduct", get(ready::conduct::show).post(ready::conduct::send))
        // check/
        .route("/check", get(check::show).post(check::send).layer(from_fn(alike::<CHECK_LENGTH>)))
        .route("/check/answers/{check}", get(check::answer::show).layer(from_fn(alike::<CHECK_LENGTH>)))
        .route("/check/acknowledge", post(check::acknowledge::send))
        .route("/check/receipts/{check}", get(check::receipt::show).layer(from_fn(alike::<CHECK_LENGTH>)))
        .route("/check/planned", get(check::planned::show))
        .route("/check/planned/{check}", post(check::planned::see).layer(from_fn(alike::<CHECK_LENGTH>)))
        .route("/check/planned/{check}/stop", post(check::planned::stop))
        // addresses: what somebody begins to type
        .route("/addresses", post(addresses::suggest))
        // screening/
        .route("/screening", get(screening::show).post(screening::send))
        .route("/screening/columns/{upload}", get(screening::columns::show).post(screening::columns::send))
        .route("/screening/{list}", get(screening::list::show))
        .route("/screening/{list}/answers.csv", get(screening::save::save))
        .route("/screening/{list}/rounds", get(screening::rounds::show))
        // incidents/
        .route("/incidents", get(incidents::show))
        .route("/incidents/new", get(report::show).post(report::send))
        .route("/incidents/new/{report}", get(report::resume))
        .route("/incidents/new/{report}/danger", question::asks::<report::danger::Question>())
        .route("/incidents/new/{report}/when", question::asks::<report::when::Question>())
        .route("/incidents/new/{report}/who", question::asks::<report::who::Question>())
        .route("/incidents/new/{report}/what", question::asks::<report::what::Question>())
        .route("/incidents/new/{report}/harm", question::asks::<report::harm::Question>())
        .route("/incidents/new/{report}/needs", question::asks::<report::needs::Question>())
        .route("/incidents/new/{report}/contact", question::asks::<report::contact::Question>())
        .route(
            "/incidents/new/{report}/evidence",
            get(question::show::<report::evidence::Question>).post(report::evidence::send),
        )
        .route("/incidents/new/{report}/you", question::asks::<report::you::Question>())
        .route(
            "/incidents/new/{report}/emergency",
            get(report::emergency::show).post(report::emergency::send),
        )
        .route("/incidents/new/{report}/check", get(report::check::show).post(report::check::send))
        .route("/incidents/{incident}", get(incidents::file::show))
        .route("/incidents/{incident}/sent", get(incidents::sent::show))
        .route("/incidents/{incident}/confirm", post(incidents::confirm::send))
        .route("/incidents/{incident}/add", post(incidents::add::send))
        .route("/incidents/{incident}/people", get(incidents::people::show).post(incidents::people::send))
        .route("/incidents/{incident}/files/{attachment}", get(incidents::attachment::show))
        .route("/incidents/{incident}/triage", get(incidents::triage::show).post(incidents::triage::send))
        .route("/incidents/{incident}/interim", get(incidents::interim::show).post(incidents::interim::send))
        .route("/incidents/{incident}/hold", get(hold::show::<IncidentId>).post(hold::send::<IncidentId>))
        // work/
        .route("/work", get(work::show))
        // subjects/
        .route("/subjects/new", get(subjects::new::show).post(subjects::new::send))
        .route("/subjects/doubles", get(subjects::doubles::show))
        .route("/subjects/{subject}", get(subjects::file::show))
        .route(
            "/subjects/{subject}/exclusions",
            get(subjects::exclusions::show).post(subjects::exclusions::send),
        )
        .route("/subjects/{subject}/looks.pdf", get(subjects::looks::pdf))
        .route("/subjects/{subject}/looks.json", get(subjects::looks::json))
        .route(
            "/subjects/{subject}/compare/{other}",
            get(subjects::compare::show).post(subjects::compare::send),
        )
        .route("/subjects/{subject}/part", get(subjects::part::show).post(subjects::part::send))
        .route("/subjects/{subject}/change", get(subjects::change::show).post(subjects::change::send))
        .route("/subjects/{subject}/support", get(subjects::support::show).post(subjects::support::send))
        .route(
            "/subjects/{subject}/occupants",
            get(subjects::occupants::show).post(subjects::occupants::send),
        )
        .route("/subjects/{subject}/hold", get(hold::show::<SubjectId>).post(hold::send::<SubjectId>))
        // measures/
        .route("/measures/{measure}", get(measures::file::show))
        .route("/measures/{measure}/assessment", get(assessment::show))
        .route(
            "/measures/{measure}/assessment/plan",
            get(assessment::plan::show).post(assessment::plan::send),
        )
        .route(
            "/measures/{measure}/assessment/proportionality",
            get(assessment::proportionality::show).post(assessment::proportionality::send),
        )
        .route(
            "/measures/{measure}/assessment/under-age",
            get(assessment::under_age::show).post(assessment::under_age::send),
        )
        .route(
            "/measures/{measure}/assessment/complete",
            get(assessment::complete::show).post(assessment::complete::send),
        )
        .route(
            "/measures/{measure}/assessment/{test}",
            get(assessment::test::show).post(assessment::test::send),
        )
        .route("/measures/{measure}/bundle.pdf", get(measures::bundle::pdf))
        .route("/measures/{measure}/decision", get(measures::decision::show).post(measures::decision::send))
        .route("/measures/{measure}/letter", get(measures::letter::show).post(measures::letter::send))
        .route("/measures/{measure}/letter.pdf", get(measures::letter::pdf))
        .route("/measures/{measure}/letter.json", get(measures::letter::receipt))
        .route(
            "/measures/{measure}/letters/{occasion}",
            get(measures::letter::show).post(measures::letter::send),
        )
        .route("/measures/{measure}/letters/{occasion}/pdf", get(measures::letter::pdf))
        .route("/measures/{measure}/letters/{occasion}/json", get(measures::letter::receipt))
        .route("/measures/{measure}/appeal", get(measures::appeal::show).post(measures::appeal::send))
        .route("/measures/{measure}/contacts", get(measures::contacts::show))
        .route("/measures/{measure}/contacts/new", get(measures::contacts::new).post(measures::contacts::log))
        .route("/measures/{measure}/contacts/logged", get(measures::contacts::logged))
        .route("/measures/{measure}/contacts/{contact}", post(measures::contacts::answer))
        .route("/measures/{measure}/legal-advice", get(measures::legal::show).post(measures::legal::send))
        .route("/measures/{measure}/dispute", get(measures::dispute::show).post(measures::dispute::send))
        .route(
            "/measures/{measure}/ombudsman",
            get(measures::ombudsman::show).post(measures::ombudsman::send),
        )
        .route("/measures/{measure}/vary", get(measures::vary::show).post(measures::vary::send))
        .route("/measures/{measure}/sponsor", get(measures::sponsor::show).post(measures::sponsor::send))
        .route("/measures/{measure}/removal", get(measures::removal::show).post(measures::removal::send))
        .route(
            "/measures/{measure}/review/answers",
            get(measures::review::show_answers).post(measures::review::send_answers),
        )
        .route("/measures/{measure}/withhold", get(measures::withhold::show).post(measures::withhold::send))
        .route("/measures/{measure}/interim", get(measures::interim::show))
        .route("/measures/{measure}/interim.pdf", get(measures::interim::pdf))
        .route("/measures/{measure}/interim/agree", post(measures::interim::agree))
        .route("/measures/{measure}/interim/refuse", post(measures::interim::refuse))
        .route("/measures/{measure}/review", get(measures::review::show).post(measures::review::send))
        .route("/measures/{measure}/remove", get(measures::remove::show).post(measures::remove::send))
        .route("/measures/{measure}/decision-file", get(measures::decision_file::show))
        .route("/measures/{measure}/hold", get(hold::show::<MeasureId>).post(hold::send::<MeasureId>))
        // retention/
        .route("/retention", get(retention::show))
        .route("/retention/certificates", get(certificates::list))
        .route("/retention/certificates/{file}", get(certificates::show))
        .route("/retention/certificates/{file}/certificate.pdf", get(certificates::pdf))
        // imports/: the lists that services kept
        .route("/imports", get(imports::show).post(imports::send))
        .route("/imports/{import}", get(imports::file::show).post(imports::file::send))
        .route("/imports/{import}/columns", get(imports::columns::show).post(imports::columns::send))
        .route("/imports/{import}/plan", get(imports::plan::show).post(imports::plan::send))
        .route("/imports/{import}/rows/{row}", get(imports::row::show).post(imports::row::send))
        // risks/
        .route("/risks", get(risks::show))
        .route("/risks/new", get(risks::new::show).post(risks::new::send))
        .route("/risks/{risk}", get(risks::file::show))
        .route("/risks/{risk}/assess", post(risks::file::assess))
        .route("/risks/{risk}/transfer", post(risks::file::transfer))
        .route("/risks/{risk}/close", post(risks::file::close))
        // meetings/
        .route("/meetings", get(meetings::show))
        .route("/meetings/new", get(meetings::new::show).post(meetings::new::send))
        .route("/meetings/{meeting}", get(meetings::file::show).post(meetings::file::send))
        .route("/meetings/{meeting}/pack.pdf", get(meetings::file::pack))
        .route("/meetings/{meeting}/minutes.pdf", get(meetings::file::minutes))
        .route("/meetings/{meeting}/actions/{action}", post(meetings::file::done))
        .route(
            "/meetings/{meeting}/decide/{measure}",
            get(meetings::decide::show).post(meetings::decide::send),
        )
        .route("/withdrawals", get(withdrawals::show).post(withdrawals::send))
        // numbers/
        .route("/numbers", get(numbers::show))
        .route("/numbers/{table}/table.csv", get(numbers::table::save))
        // accounts/
        .route("/accounts", get(accounts::show))
        .route("/accounts/new", get(accounts::new::show).post(accounts::new::send))
        .route("/accounts/{account}", get(accounts::file::show))
        .route("/accounts/{account}/change", get(accounts::change::show).post(accounts::change::send))
        .route("/accounts/{account}/close", get(accounts::close::show).post(accounts::close::send))
        .route("/accounts/{account}/invitation", post(accounts::invitation::send))
        .route("/accounts/{account}/invitation/agree", post(accounts::invitation::agree))
        .route(
            "/accounts/{account}/second-factor",
            get(accounts::second_factor::show).post(accounts::second_factor::send),
        )
        .route("/accounts/{account}/second-factor/agree", post(accounts::second_factor::agree))
        .route("/accounts/{account}/roles/agree", post(accounts::grants::agree_roles))
        // teams/
        .route("/teams", get(teams::show))
        .route("/teams/lists", get(teams::lists::show).post(teams::lists::send))
        .route("/teams/{team}/people", get(teams::people::show).post(teams::people::send))
        .route("/teams/coverage", get(teams::coverage::show))
        .route("/teams/looks", get(teams::looks::show))
        .route("/teams/new", get(teams::new::show).post(teams::new::send))
        // access/: asked for somebody new
        .route("/access/ask", get(access::ask::show).post(access::ask::send))
        .route("/access/note", get(access::note::show).post(access::note::send))
        .route("/access/{account}", get(access::show))
        .route("/access/{account}/decline", post(access::decline))
        .route("/access/{account}/refuse", post(access::refuse))
        // partners/
        .route("/partners", get(partners::show))
        .route("/partners/new", get(partners::change::new).post(partners::change::open))
        .route("/partners/{partner}", get(partners::file::show).post(partners::file::send))
        .route("/partners/{partner}/change", get(partners::change::show).post(partners::change::send))
        .route(
            "/partners/{partner}/agreement",
            get(partners::agreement::show).post(partners::agreement::send),
        )
        .route("/partners/{partner}/stock", get(partners::stock::show).post(partners::stock::send))
        // glass/: opened with danger at hand, and looked at again
        .route("/glass", get(glass::list).post(glass::review))
        .route("/glass/new", get(glass::new).post(glass::break_it))
        .route("/glass/{number}", get(glass::show))
        // deliveries: what a partner is told of its own properties
        .route("/deliveries", get(deliveries::show).post(deliveries::send))
        // policy/
        .route("/policy", get(policy::show))
        .route("/policy/propose", get(policy::propose::show).post(policy::propose::send))
        .route("/policy/proposal", get(policy::proposal::show).post(policy::proposal::send))
        .route("/policy/review", get(policy::review::show).post(policy::review::send))
        .route("/policy/charts", get(policy::charts::show))
        // single pages
        .route("/permissions", get(permissions::show))
        .route("/access-log", get(access_log::show))
        .route("/oversight", get(oversight::show))
        .route("/oversight/decoys", get(oversight::decoys::show).post(oversight::decoys::send))
        .route("/oversight/{look}", get(oversight::item::show).post(oversight::item::send))
        .route("/help", get(help::show))
        .route("/accessibility", get(accessibility::show))
}
