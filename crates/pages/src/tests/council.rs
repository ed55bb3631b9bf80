//! A small council for tests: two teams, one account for each role, a clock that stands still until it is moved.

use super::browser::Browser;
use gazetteer::Gazetteer;
use jiff::civil::date;
use ledger::checkpoint::Verifiers;
use ledger::{Epoch, HeadFiles, Keyring, Ledger, OsEntropy};
use ledger_sqlite::SqliteStore;
use register::command::{
    AcknowledgePolicy, ApproveAgreement, Command, KeepConduct, KeepPartner, OpenAccount, OpenRegister,
    OpenTeam, ProposeAgreement, TakeTraining,
};
use register::ids::{AccountId, PartnerId, TeamId};
use register::moment::Actor;
use register::partner::{AgreementWords, Properties, Relationship, Shared, Terms};
use register::people::{self, AccountDetails, Contact, Readiness, Role, Step};
use register::personal::Text;
use register::policy::{Council, Desk, Figure, List, Policy};
use register::training::Sheet;
use register::view::Purpose;
use service::check::{Asked, Described};
use service::clock::HandClock;
use service::sign_in::Invitation;
use service::{Reality, Service};
use std::collections::BTreeSet;
use std::sync::Arc;
use web::app::{Settings, Transport};
use web::{App, form::Choice};

/// Everybody's password.
pub const PASSWORD: &str = "marmalade kettle orbit";
pub const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// The workers of a partner with an agreement.
pub const HOMES: TeamId = TeamId::from_bits(5);

/// A running register.
pub struct TestCouncil {
    pub service: Service,
    pub clock: Arc<HandClock>,
    /// The list of addresses; there is none until a test loads one.
    pub gazetteer: Gazetteer,
    files: tempfile::TempDir,
}

impl TestCouncil {
    pub async fn open() -> Self {
        let files = tempfile::tempdir().expect("directory");
        let keyring = Keyring::create(&files.path().join("keys"), "psr.example", Epoch(1), &mut OsEntropy)
            .expect("keyring");
        let heads = HeadFiles::create(&files.path().join("heads"), &keyring).expect("heads");
        let store = SqliteStore::create(&files.path().join("psr.db"), heads).expect("database");
        let ledger = Ledger::open(Arc::new(store), keyring, Box::new(OsEntropy)).await.expect("ledger");
        let clock = Arc::new(HandClock::at("2026-11-24T14:03:00Z".parse().expect("timestamp")));
        let reality = Reality::Demonstration;
        let service = Service::start(Arc::new(ledger), clock.clone(), reality).await.expect("service");
        let gazetteer = Gazetteer::at(files.path().join("gazetteer.db"));
        let council = Self { service, clock, gazetteer, files };
        council.furnish().await;
        council
    }

    /// The public keys of its checkpoints.
    pub fn verifiers(&self) -> Verifiers {
        Keyring::open(&self.files.path().join("keys")).expect("keyring").verifiers()
    }

    async fn furnish(&self) {
        let opening = OpenRegister {
            council: Council {
                name: text("Fenbridge Council"),
                register_name: text("Personal Safety Register"),
                address: vec![text("Fen House")],
                duty_desk: desk("the duty desk", "01632 960101"),
                appeals_desk: desk("the appeals desk", "01632 960102"),
                data_protection_desk: desk("the data protection officer", "01632 960103"),
            },
            policy: keeping_decision_files(),
        };
        self.service.execute_as_system(opening).await.expect("register opened");
        for (team, name, contact) in
            [(1, "Housing", Contact::Visits), (2, "Customer Relations", Contact::AtOffice)]
        {
            let team = OpenTeam { team: TeamId::from_bits(team), name: text(name), contact };
            self.service.execute_as_system(team).await.expect("team opened");
        }
        let homes = OpenTeam { team: HOMES, name: text("Fenland Homes"), contact: Contact::Visits };
        self.service.execute_as_system(homes).await.expect("team opened");
        for role in Role::ALL {
            let details =
                AccountDetails { name: text(role.label()), email: text(&email(*role)), phone: None };
            let account = OpenAccount {
                account: id(*role),
                roles: BTreeSet::from([*role]),
                team: if matches!(role, Role::Partner | Role::System) { HOMES } else { TeamId::from_bits(1) },
                details,
            };
            self.service.execute_as_system(account).await.expect("account opened");
        }
        let partner = PartnerId::from_bits(1);
        self.keeps(partner, [HOMES].into()).await;
        self.proposes(partner, id(Role::LineManager)).await;
        self.approves(partner).await;
    }

    /// Records a partner with these teams.
    pub async fn keeps(&self, partner: PartnerId, teams: BTreeSet<TeamId>) {
        let (name, since) = (text("Fenland Homes"), date(2026, 1, 1));
        let keeping = KeepPartner { partner, name, relationship: Relationship::Joint, since, teams };
        self.done(Role::RegisterTeam, keeping).await;
    }

    /// Proposes an agreement that shares everything for every purpose and property.
    pub async fn proposes(&self, partner: PartnerId, answers: AccountId) {
        let terms = Terms {
            starts: date(2026, 1, 1),
            ends: date(2046, 1, 1),
            shares: [Shared::Precautions, Shared::Restrictions, Shared::Reviewed, Shared::Ring].into(),
            purposes: Purpose::ALL.iter().copied().collect(),
            properties: Properties::All,
            answers,
        };
        let words = AgreementWords {
            document: text("Agreement 14"),
            signed_here: text("The chief executive"),
            signed_there: text("The director"),
        };
        self.done(Role::RegisterTeam, ProposeAgreement { partner, terms, words }).await;
    }

    /// Approves the first agreement with a partner.
    pub async fn approves(&self, partner: PartnerId) {
        self.done(Role::DataProtection, ApproveAgreement { partner, agreement: 0 }).await;
    }

    /// A look of somebody at themselves, which stands out, by its row.
    pub async fn looks_themselves_up(&self, reader: AccountId) -> u64 {
        let name = self.service.read(|register| register.account(reader).expect("an account").name());
        let description = Described { name: Some(name), ..Described::default() };
        let asked = Asked { purpose: Purpose::Call, day: None, description, job: None };
        self.service.check(reader, asked).await.expect("an answer").check
    }

    async fn done(&self, by: Role, command: impl Into<Command>) {
        self.service.execute(id(by), self.service.fresh_command(), command).await.expect("done");
    }

    pub fn app(&self, transport: Transport) -> App {
        App::new(self.service.clone(), Settings { transport, brand: None }).offering(self.gazetteer.clone())
    }

    /// A browser with nobody signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(crate::router(self.app(Transport::Loopback)))
    }

    /// The pages with what programs ask beside them, as the program serves them.
    pub fn with_programs(&self) -> Browser {
        let draw = |app: &App, asked: &web::frame::Asked, problem: &web::Problem| {
            let draw = if api::is_for_programs(&asked.path) { api::draw } else { crate::draw };
            draw(app, asked, problem)
        };
        let screens = crate::screens().merge(api::routes());
        Browser::new(web::frame::frame(screens, self.app(Transport::Loopback), draw))
    }

    /// The secret that two people make for the program with this role.
    pub async fn secret_of(&self, role: Role) -> String {
        let halves = [
            self.service
                .invite(Actor::Account(id(Role::RegisterTeam)), self.service.fresh_command(), id(role))
                .await,
            self.service
                .agree_invitation(id(Role::Administrator), self.service.fresh_command(), id(role))
                .await
                .map(Invitation::Half),
        ];
        let halves = halves.map(|half| match half.expect("a half") {
            Invitation::Half(half) | Invitation::Whole(half) => half,
        });
        halves.join(".")
    }

    /// A browser in which the account of this role is signed in.
    pub async fn signed_in(&self, role: Role) -> Browser {
        self.browser_of(id(role)).await
    }

    /// Lets an account's holder read, learn and agree to what they need to; tests that are about it do not ask for it.
    pub async fn ready(&self, account: AccountId) {
        let today = self.service.today();
        let steps = self.service.read(|register| {
            let account = register.account(account).expect("account");
            let steps = people::steps(register, account, today);
            steps
                .into_iter()
                .filter(|(_, it)| *it != Readiness::Ready)
                .map(|(step, _)| step)
                .collect::<Vec<_>>()
        });
        for step in steps {
            let doing: Command = match step {
                Step::Policy => {
                    AcknowledgePolicy { version: self.service.read(|register| register.policy().version) }
                        .into()
                }
                Step::Training(course) => {
                    let sheet = Sheet { course, number: 1 };
                    let right = sheet.questions().iter().map(|drawn| (drawn.place, drawn.right())).collect();
                    TakeTraining { sheet: sheet.number, answers: right }.into()
                }
                Step::Conduct => KeepConduct {}.into(),
            };
            // Whoever cannot act now cannot sign in, either.
            let _done = self.service.execute(account, self.service.fresh_command(), doing).await;
        }
    }

    /// A browser in which this account is signed in, and its holder has learnt what they need to.
    pub async fn browser_of(&self, account: AccountId) -> Browser {
        self.ready(account).await;
        self.signs_in(account).await
    }

    /// A browser in which this account is signed in, whatever its holder has learnt.
    pub async fn signs_in(&self, account: AccountId) -> Browser {
        self.service.demonstration_credential(account, PASSWORD, SECRET).await.expect("credential");
        let email = self.service.read(|register| {
            let details = register.account(account).and_then(|account| account.details.known().cloned());
            details.expect("account").email.as_str().to_owned()
        });
        let mut browser = self.browser();
        browser.post("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
        let code = self.service.demonstration_code(account).await.expect("code");
        browser.post("/sign-in/second-factor", &[("code", &code)]).await;
        browser
    }
}

/// The first policy of a council that keeps decision files, sealed.
fn keeping_decision_files() -> Policy {
    let first = Policy::first(date(2026, 1, 1), text("Unreasonable behaviour policy"));
    let lists = [List::Behaviour, List::Precaution, List::Restriction, List::WithholdingGround];
    let lists = lists.map(|list| (list, first.terms(list).to_vec())).into_iter().collect();
    let figures = [(Figure::SealedDecisionFile, 15)].into();
    Policy::new(first.version, first.effective, first.name, figures, lists)
}

/// The account of a role.
pub fn id(role: Role) -> AccountId {
    let index = Role::ALL.iter().position(|listed| *listed == role).expect("listed");
    AccountId::from_bits(100 + u64::try_from(index).expect("small"))
}

/// Its mail address.
pub fn email(role: Role) -> String {
    format!("{}@fenbridge.example", Choice::key(role))
}

fn text(words: &str) -> Text {
    Text::new(words).expect("text")
}

fn desk(name: &str, phone: &str) -> Desk {
    Desk { name: text(name), phone: text(phone), email: text("desk@fenbridge.example") }
}
