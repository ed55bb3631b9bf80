//! The journey that the register exists for, walked through the pages' own forms: an officer reports, the register team triages
//! and assesses, somebody else decides, the letter is written, approved by a second person and sent, and a councillor at the
//! door checks by a misspelled name and by address.
//!
//! A walker goes on where it was cut off: a form whose answer never came is sent again as it was, under its own hidden number.

use crate::book::{Book, Check, Shown};
use crate::crowd;
use crate::http::{Answer, Connection, File, shortened};
use crate::persona;
use anyhow::{Context, Error, Result, anyhow, bail, ensure};
use demonstration::Persona;
use register::assessment::Test;
use register::calendar::london;
use register::ids::{CommandId, IncidentId, MeasureId};
use register::measure::Kind;
use register::people::Role;
use service::clock::{Clock as _, SystemClock};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use web::form::reference_bits;

/// How many walk at once.
pub const WALKERS: usize = 3;
/// A session older than this is ended after a walk and begun anew, so that signing in with a code is walked too.
const WORN: Duration = Duration::from_secs(40);

/// Where on the journey somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Password,
    Code,
    Questions,
    Report,
    Triage,
    Tests,
    Plan,
    Proportionality,
    Complete,
    Decision,
    Letter,
    Approval,
    Sending,
    CheckByName,
    CheckByAddress,
    Acknowledging,
    SignOut,
}

impl Stage {
    /// In the order of the journey; signing in and out comes in between.
    pub const ALL: [Stage; 17] = [
        Stage::Password,
        Stage::Code,
        Stage::Questions,
        Stage::Report,
        Stage::Triage,
        Stage::Tests,
        Stage::Plan,
        Stage::Proportionality,
        Stage::Complete,
        Stage::Decision,
        Stage::Letter,
        Stage::Approval,
        Stage::Sending,
        Stage::CheckByName,
        Stage::CheckByAddress,
        Stage::Acknowledging,
        Stage::SignOut,
    ];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Stage::Password => "signing in: password",
            Stage::Code => "signing in: code",
            Stage::Questions => "answering the report's questions",
            Stage::Report => "sending the report",
            Stage::Triage => "triage",
            Stage::Tests => "the ten tests",
            Stage::Plan => "the plan",
            Stage::Proportionality => "proportionality",
            Stage::Complete => "completing the assessment",
            Stage::Decision => "the decision",
            Stage::Letter => "writing the letter",
            Stage::Approval => "approving the letter",
            Stage::Sending => "recording that it was sent",
            Stage::CheckByName => "check by misspelled name",
            Stage::CheckByAddress => "check by address",
            Stage::Acknowledging => "acknowledging the precautions",
            Stage::SignOut => "signing out",
        }
    }
}

/// Who walks a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Officer,
    Keeper,
    Decider,
    Approver,
    Councillor,
}

/// One form of the journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    SignIn(Who),
    Renew(Who),
    Begin,
    Question(&'static str),
    Send,
    Triage,
    Test(Test),
    Plan,
    Weigh,
    Complete,
    Decide,
    Write,
    Approve,
    Sent,
    Check(Stage),
    Acknowledge,
}

/// Every form, in order.
fn journey() -> Vec<Step> {
    use Step::{
        Acknowledge, Approve, Begin, Complete, Decide, Plan, Renew, Send, Sent, SignIn, Triage, Weigh, Write,
    };
    let questions = ["when", "who", "what", "harm", "needs", "contact", "evidence", "you"];
    let mut steps = vec![SignIn(Who::Officer), Begin];
    steps.extend(questions.map(Step::Question));
    steps.extend([Send, SignIn(Who::Keeper), Triage]);
    steps.extend(Kind::Entry.tests().iter().copied().map(Step::Test));
    steps.extend([Plan, Weigh, Complete, SignIn(Who::Decider), Decide, SignIn(Who::Keeper), Write]);
    steps.extend([SignIn(Who::Approver), Approve, Sent, SignIn(Who::Councillor)]);
    steps.extend([Stage::CheckByName, Stage::CheckByAddress].map(Step::Check));
    steps.push(Acknowledge);
    steps.extend([Who::Officer, Who::Keeper, Who::Decider, Who::Approver, Who::Councillor].map(Renew));
    steps
}

/// How far somebody's session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Out,
    Half,
    In(Instant),
}

/// Somebody with a browser of their own.
#[derive(Debug)]
struct Session {
    persona: Persona,
    cookie: String,
    state: State,
}

/// A form as it was filled in.
#[derive(Debug, Clone)]
struct Form {
    who: Who,
    stage: Stage,
    place: String,
    fields: Vec<(String, String)>,
    file: Option<File>,
    /// The cookie it is sent with.
    cookie: String,
    /// Words that everybody finds on a page once the form was taken.
    says: Vec<(Shown, String)>,
    /// The hidden number, and those of what else it has done, each with what it is called.
    numbers: Vec<(CommandId, String)>,
}

/// Whether a form is sent for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    First,
    Again,
}

/// Why a walker stopped.
pub enum Stopped {
    /// No answer came.
    Cut,
    /// An answer that should not have come.
    Wrong(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Wrong(error)
    }
}

/// One walk, from a report on.
#[derive(Debug, Default)]
pub struct Walk {
    /// Whom it is about.
    resident: u64,
    /// The report's number.
    pub report: String,
    /// The incident's reference, from the report's number.
    pub incident: String,
    /// The measure's reference, once triage opened it.
    pub measure: String,
    /// Whether the report was acknowledged.
    pub filed: bool,
    /// What was said in forms that were acknowledged.
    pub said: Vec<(Shown, String)>,
    /// The check that the councillor made last.
    check: u64,
}

/// Somebody who walks the journey again and again.
pub struct Walker {
    number: usize,
    book: Arc<Book>,
    sessions: Vec<(Who, Session)>,
    steps: Vec<Step>,
    at: usize,
    pending: Option<Form>,
    /// The walk that is under way.
    pub walk: Walk,
    /// The walks that were finished since this was last emptied.
    pub finished: Vec<Walk>,
}

/// What came of a request whose answer never came.
#[derive(Debug, Clone)]
pub struct CutOff {
    /// Where on the journey.
    pub stage: Stage,
    /// The numbers of its form.
    pub numbers: Vec<CommandId>,
}

impl Walker {
    /// The walker of this number, with people of its own where there are enough; who reports and who is told are its own.
    pub fn new(number: usize, officer: Persona, councillor: Persona, book: Arc<Book>) -> Result<Self> {
        let pick = |role: Role, at: usize| {
            let all = persona::all_with_role(role);
            let count = all.len().max(1);
            all.into_iter().nth(at % count).with_context(|| format!("nobody is {}", role.key()))
        };
        let people = [
            (Who::Officer, officer),
            (Who::Keeper, pick(Role::RegisterTeam, number)?),
            (Who::Decider, pick(Role::DecisionMaker, number)?),
            (Who::Approver, pick(Role::RegisterTeam, number + 1)?),
            (Who::Councillor, councillor),
        ];
        let session = |persona| Session { persona, cookie: String::new(), state: State::Out };
        let mut walker = Self {
            number,
            book,
            sessions: people.map(|(who, persona)| (who, session(persona))).into(),
            steps: journey(),
            at: 0,
            pending: None,
            walk: Walk::default(),
            finished: Vec::new(),
        };
        walker.begin();
        Ok(walker)
    }

    /// Which of the walkers it is.
    pub const fn number(&self) -> usize {
        self.number
    }

    /// Walks once, from the beginning to the end.
    pub async fn once(&mut self, address: SocketAddr) -> Result<(), Stopped> {
        while self.finished.is_empty() {
            self.step(address).await?;
        }
        Ok(())
    }

    /// Walks on until no answer comes.
    pub async fn on(&mut self, address: SocketAddr) -> Stopped {
        loop {
            if let Err(stopped) = self.step(address).await {
                return stopped;
            }
        }
    }

    /// The form that got no answer, if it was sent before `killed`.
    pub fn cut_off(&self, killed: Instant) -> Option<CutOff> {
        let sent = self.book.sent_at(self.number)?;
        let form = self.pending.as_ref().filter(|_| sent < killed)?;
        Some(CutOff { stage: form.stage, numbers: form.numbers.iter().map(|(number, _)| *number).collect() })
    }

    /// Whether the report may have been filed without an answer.
    pub fn report_is_in_doubt(&self) -> bool {
        self.pending.as_ref().is_some_and(|form| form.stage == Stage::Report)
    }

    /// The reporter's cookie while they are signed in.
    pub fn reporter(&self) -> Option<&str> {
        let session = self.sessions.iter().find(|(who, _)| *who == Who::Officer);
        session.filter(|(_, session)| matches!(session.state, State::In(_))).map(|(_, s)| s.cookie.as_str())
    }

    fn begin(&mut self) {
        self.at = 0;
        let resident = self.book.next_resident();
        self.walk = Walk { resident, ..Walk::default() };
    }

    fn session(&mut self, who: Who) -> Result<&mut Session> {
        let found = self.sessions.iter_mut().find(|(held, _)| *held == who);
        found.map(|(_, session)| session).context("nobody is that")
    }

    async fn step(&mut self, address: SocketAddr) -> Result<(), Stopped> {
        let Some(step) = self.steps.get(self.at).copied() else {
            let done = std::mem::take(&mut self.walk);
            self.book.in_force(done.resident, done.measure.clone());
            self.finished.push(done);
            self.begin();
            return Ok(());
        };
        let (form, sent) = match self.pending.take() {
            Some(form) => (Some(form), Sent::Again),
            None => (self.form(address, step).await?, Sent::First),
        };
        let Some(mut form) = form else {
            self.at += 1;
            return Ok(());
        };
        form.cookie.clone_from(&self.session(form.who)?.cookie);
        self.pending = Some(form.clone());
        let answer = self.send(address, &form).await?;
        self.taken(step, &form, &answer, sent).map_err(|error| {
            let said = format!("{} {:?}: {}", answer.status, answer.location, shortened(&answer.text()));
            Stopped::Wrong(error.context(format!("{step:?} as {:?} answered {said}", form.who)))
        })?;
        Ok(())
    }

    async fn send(&mut self, address: SocketAddr, form: &Form) -> Result<Answer, Stopped> {
        let numbers = form.numbers.iter().map(|(number, name)| (number.0, name.clone()));
        self.book.sends(self.number, form.stage, numbers);
        let begun = Instant::now();
        if matches!(form.stage, Stage::Code | Stage::SignOut) {
            self.book.in_doubt(&form.cookie);
        }
        let sent = async {
            let mut connection = Connection::with_cookie(address, form.cookie.clone()).await?;
            let answer = match &form.file {
                Some(file) => connection.post_with_file(&form.place, &form.fields, file).await?,
                None => connection.post(&form.place, &form.fields).await?,
            };
            Ok::<_, Error>((answer, connection.cookie().to_owned()))
        };
        let (answer, cookie) = sent.await.map_err(|_: Error| Stopped::Cut)?;
        self.session(form.who)?.cookie = cookie;
        self.book.answered(self.number, form.stage, begun.elapsed());
        Ok(answer)
    }

    /// Reads a page. A page about a file is a look, and counted.
    async fn page(&mut self, address: SocketAddr, who: Who, place: &str) -> Result<Answer, Stopped> {
        let session = self.session(who)?;
        let (cookie, account) = (session.cookie.clone(), session.persona.account);
        let read = async {
            let mut connection = Connection::with_cookie(address, cookie).await?;
            connection.get(place).await
        };
        let answer = read.await.map_err(|_: Error| Stopped::Cut)?;
        if answer.status != 200 {
            let said = format!("{} {:?}: {}", answer.status, answer.location, shortened(&answer.text()));
            return Err(anyhow!("{place} as {who:?} answered {said}").into());
        }
        self.book.looked(account, place);
        Ok(answer)
    }

    /// The form of a step, filled in; none where there is nothing to do.
    async fn form(&mut self, address: SocketAddr, step: Step) -> Result<Option<Form>, Stopped> {
        let words = format!("walk {} of walker {}", self.walk.resident, self.number);
        let measure = self.walk.measure.clone();
        let assessment = |place: &str| format!("/measures/{measure}/assessment/{place}");
        let letter = format!("/measures/{measure}/letter");
        let form = match step {
            Step::SignIn(who) => return self.sign_in(who).await,
            Step::Renew(who) => {
                let persona = self.session(who)?.persona.clone();
                let worn = matches!(self.session(who)?.state, State::In(since) if since.elapsed() > WORN);
                let is_free = self.book.has_a_code(&persona);
                (worn && is_free).then(|| plain(who, Stage::SignOut, "/sign-out"))
            }
            Step::Begin => {
                let page = self.page(address, Who::Officer, "/incidents/new").await?;
                let number = page.value("command")?;
                let report: CommandId = number.parse().context("a number that is none")?;
                self.walk.incident = IncidentId::from_bits(reference_bits(report)).to_string();
                self.walk.report.clone_from(&number);
                let fields = [("command", number), ("danger", "no".to_owned())];
                Some(with(plain(Who::Officer, Stage::Questions, "/incidents/new"), fields))
            }
            Step::Question(place) => Some(self.question(address, place, &words).await?),
            Step::Send => {
                let place = format!("/incidents/new/{}/check", self.walk.report);
                self.page(address, Who::Officer, &place).await?;
                let mut form = plain(Who::Officer, Stage::Report, &place);
                form.numbers = vec![(self.walk.report.parse().context("a number")?, "Send".to_owned())];
                Some(form)
            }
            Step::Triage => Some(self.triage(address, &words).await?),
            Step::Test(test) => {
                let said = format!("{} holds, {words}", test.key());
                let fields = [("finding", "holds"), ("reasons", &said)];
                Some(self.numbered(address, Who::Keeper, step, &assessment(test.key()), &fields).await?)
            }
            Step::Plan => Some(self.plan(address, &assessment("plan"), &words).await?),
            Step::Weigh => {
                let said = ["aim", "necessity", "alternatives", "effect", "safeguards"]
                    .map(|field| (field, format!("The {field} of it, {words}")));
                let fields = said.each_ref().map(|(field, said)| (*field, said.as_str()));
                Some(
                    self.numbered(address, Who::Keeper, step, &assessment("proportionality"), &fields)
                        .await?,
                )
            }
            Step::Complete => {
                let fields = [("recommendation", "approve")];
                Some(self.numbered(address, Who::Keeper, step, &assessment("complete"), &fields).await?)
            }
            Step::Decide => {
                let said = format!("It is decided so, {words}");
                let place = format!("/measures/{measure}/decision");
                let fields = [("outcome", "approve"), ("reasons", &said)];
                Some(self.numbered(address, Who::Decider, step, &place, &fields).await?)
            }
            Step::Write => {
                let said = format!("You threatened somebody who came to help you, {words}");
                let fields = [("act", "write"), ("explanation", said.as_str())];
                Some(self.numbered(address, Who::Keeper, step, &letter, &fields).await?)
            }
            Step::Approve => {
                Some(self.numbered(address, Who::Approver, step, &letter, &[("act", "approve")]).await?)
            }
            Step::Sent => {
                let fields = [("act", "sent"), ("delivery", "post")];
                Some(self.numbered(address, Who::Keeper, step, &letter, &fields).await?)
            }
            Step::Check(stage) => {
                let page = self.page(address, Who::Councillor, "/check").await?;
                let mut fields = question_about(self.walk.resident, stage);
                fields.extend(date_of(&page, "day")?);
                Some(with(plain(Who::Councillor, stage, "/check"), fields))
            }
            Step::Acknowledge => {
                let form = plain(Who::Councillor, Stage::Acknowledging, "/check/acknowledge");
                Some(with(form, [("check", self.walk.check.to_string())]))
            }
        };
        Ok(form)
    }

    /// Signs in as far as is missing. A password that got no answer is sent again; so is a code, but the one shown then.
    async fn sign_in(&mut self, who: Who) -> Result<Option<Form>, Stopped> {
        let session = self.session(who)?;
        let persona = session.persona.clone();
        match session.state {
            State::In(_) => Ok(None),
            State::Out => {
                let form = plain(who, Stage::Password, "/sign-in");
                let fields = [("email", persona.email), ("password", persona::PASSWORD.to_owned())];
                Ok(Some(with(form, fields)))
            }
            State::Half => {
                let code = self.book.code(&persona).await?;
                Ok(Some(with(plain(who, Stage::Code, "/sign-in/second-factor"), [("code", code)])))
            }
        }
    }

    async fn question(
        &mut self,
        address: SocketAddr,
        place: &'static str,
        words: &str,
    ) -> Result<Form, Stopped> {
        let who = crowd::resident(self.walk.resident);
        let today = london(SystemClock.now());
        let (day, month, year) =
            (today.day().to_string(), today.month().to_string(), today.year().to_string());
        let said = format!("Said at {place}, {words}");
        let at = format!("{}, {}", who.address, who.postcode);
        let fields: Vec<(&str, &str)> = match place {
            "when" => vec![
                ("happened-day", &day),
                ("happened-month", &month),
                ("happened-year", &year),
                ("channel", "home"),
                ("place", &said),
            ],
            "who" => {
                vec![("identity", "certain"), ("name", &who.name), ("address", &at), ("how", &said)]
            }
            "what" => vec![("what", &said), ("behaviours", "THR")],
            "harm" => vec![("injury", "none"), ("weapon", &said), ("police", "told")],
            "needs" => vec![("needs", "known"), ("needs-words", &said)],
            "contact" => vec![("likely", &said)],
            "evidence" => vec![("evidence", &said)],
            _ => vec![("source", "told"), ("told-by", &said), ("protection", "usual")],
        };
        let address_of = format!("/incidents/new/{}/{place}", self.walk.report);
        self.page(address, Who::Officer, &address_of).await?;
        let mut form = with(plain(Who::Officer, Stage::Questions, &address_of), fields);
        form.says = vec![(Shown::Question(place), said.clone())];
        if place == "evidence" {
            let (name, bytes) = (format!("{}.txt", self.walk.report), said.into_bytes());
            form.says.push((Shown::Question(place), name.clone()));
            form.file = Some(File { field: "files", name, bytes });
        }
        Ok(form)
    }

    async fn triage(&mut self, address: SocketAddr, words: &str) -> Result<Form, Stopped> {
        let who = crowd::resident(self.walk.resident);
        let sponsor = persona::with_role(Role::LineManager)?.account.to_string();
        let said = format!("It goes on to be assessed, {words}");
        let fields = [
            ("subject", "person"),
            ("new-name", who.name.as_str()),
            ("new-band", "adult"),
            ("new-address", &who.address),
            ("new-postcode", &who.postcode),
            ("identity", "certain"),
            ("sought", "||||"),
            ("way", "propose"),
            ("kind", "entry"),
            ("sponsor", &sponsor),
            ("reasons", &said),
        ];
        let place = format!("/incidents/{}/triage", self.walk.incident);
        let mut form = self.numbered(address, Who::Keeper, Step::Triage, &place, &fields).await?;
        let number = form.numbers.first().map(|(number, _)| number.0).context("no number")?;
        form.numbers.push((CommandId(number.wrapping_add(1)), "Triage, opening a file".to_owned()));
        form.says = vec![(Shown::Incident, said)];
        Ok(form)
    }

    async fn plan(&mut self, address: SocketAddr, place: &str, words: &str) -> Result<Form, Stopped> {
        let page = self.page(address, Who::Keeper, place).await?.text();
        let said = ["band-reasons", "summary", "service-route"]
            .map(|field| (field, format!("For {field}, {words}")));
        let mut fields = vec![("band", "amber"), ("precautions", "NLV")];
        fields.extend(said.each_ref().map(|(field, said)| (*field, said.as_str())));
        let mut told = Vec::new();
        for team in ["Members of the Council", "Brackwyn Heating and Gas"] {
            let field =
                page.split(&format!("Why will {team} meet")).next().unwrap_or("").rsplit("for=\"").next();
            let field = field.and_then(|rest| rest.split('"').next()).unwrap_or("");
            let team = field.strip_prefix("reason-").with_context(|| format!("{team} cannot be told"))?;
            told.push((field.to_owned(), team.to_owned(), format!("They meet them, {words}")));
        }
        for (field, team, said) in &told {
            fields.extend([("audience", team.as_str()), (field.as_str(), said.as_str())]);
        }
        self.numbered(address, Who::Keeper, Step::Plan, place, &fields).await
    }

    /// A form with a hidden number, as the page gives it; dates that the page fills in stay. What is said in sentences is found
    /// on the measure's pages afterwards.
    async fn numbered(
        &mut self,
        address: SocketAddr,
        who: Who,
        step: Step,
        place: &str,
        fields: &[(&str, &str)],
    ) -> Result<Form, Stopped> {
        let page = self.page(address, who, place).await?;
        let number = page.value("command")?;
        let mut form = with(plain(who, stage_of(step), place), [("command", number.as_str())]);
        form.numbers = vec![(number.parse().context("a number that is none")?, format!("{step:?}"))];
        for date in ["review", "sent"] {
            if page.value(&format!("{date}-day")).is_ok() {
                form.fields.extend(date_of(&page, date)?);
            }
        }
        for name in ["ring-name", "ring-phone"] {
            form.fields.extend(page.value(name).ok().map(|value| (name.to_owned(), value)));
        }
        let shown = if step == Step::Write { Shown::Letter } else { Shown::Measure };
        form.says = fields
            .iter()
            .filter(|(_, said)| said.contains("walk"))
            .map(|(_, said)| (shown, (*said).to_owned()))
            .collect();
        form.fields.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Ok(form)
    }

    /// Takes the answer to a form: it must be the one that says it is done.
    fn taken(&mut self, step: Step, form: &Form, answer: &Answer, sent: Sent) -> Result<()> {
        match step {
            Step::SignIn(who) => return self.signed_in(who, form, answer, sent),
            Step::Renew(who) => return self.signed_out(who, form, answer),
            Step::Check(_) => self.checked(form, answer)?,
            Step::Acknowledge => {
                ensure!(answer.status == 200, "not acknowledged");
                self.book.acknowledged(self.walk.check);
            }
            _ => {
                ensure!(answer.status == 303, "not done");
                ensure!(self.says_done(step, form, &answer.location), "it leads elsewhere");
            }
        }
        if step == Step::Triage {
            let bits =
                form.numbers.first().map(|(number, _)| reference_bits(*number)).context("no number")?;
            self.walk.measure = MeasureId::from_bits(bits).to_string();
        }
        self.walk.filed |= step == Step::Send;
        self.walk.said.extend(form.says.iter().cloned());
        self.book.done(form.numbers.iter().map(|(number, _)| number.0));
        self.on_to_the_next();
        Ok(())
    }

    fn on_to_the_next(&mut self) {
        self.pending = None;
        self.at += 1;
    }

    /// Whether the answer leads where it leads once this is done.
    fn says_done(&self, step: Step, form: &Form, leads_to: &str) -> bool {
        let Walk { report, incident, measure, .. } = &self.walk;
        match step {
            Step::Begin => leads_to == format!("/incidents/new/{report}/when"),
            Step::Question(_) => {
                leads_to.starts_with(&format!("/incidents/new/{report}/")) && leads_to != form.place
            }
            Step::Send => leads_to == format!("/incidents/{incident}/sent"),
            Step::Triage => leads_to == format!("/incidents/{incident}"),
            Step::Test(_) | Step::Plan | Step::Weigh => leads_to == format!("/measures/{measure}/assessment"),
            Step::Write | Step::Approve => leads_to == format!("/measures/{measure}/letter"),
            _ => leads_to == format!("/measures/{measure}"),
        }
    }

    /// Goes on with signing in as long as something is missing.
    fn signed_in(&mut self, who: Who, form: &Form, answer: &Answer, sent: Sent) -> Result<()> {
        let session = self.session(who)?;
        let state = match (session.state, answer.status, answer.location.as_str()) {
            (State::Out, 303, "/sign-in/second-factor") => State::Half,
            (State::Out | State::Half, 303, "/") => State::In(Instant::now()),
            // The code was taken, and its answer lost: signing in begins again.
            (State::Half, 303, "/sign-in") if sent == Sent::Again => State::Out,
            // The code was not taken, and is too old by now.
            (State::Half, 422, _) if sent == Sent::Again => State::Half,
            _ => bail!("not signed in"),
        };
        session.state = state;
        let cookie = session.cookie.clone();
        match state {
            State::In(_) => self.book.begun(&form.cookie, &cookie, SECURED),
            State::Half => self.book.begun(&form.cookie, &cookie, HALFWAY),
            State::Out => {}
        }
        self.pending = None;
        self.at += usize::from(matches!(state, State::In(_)));
        Ok(())
    }

    fn signed_out(&mut self, who: Who, form: &Form, answer: &Answer) -> Result<()> {
        ensure!(answer.status == 303 && answer.location == "/sign-in", "not signed out");
        let session = self.session(who)?;
        session.state = State::Out;
        session.cookie = String::new();
        self.book.ended(&form.cookie);
        self.on_to_the_next();
        Ok(())
    }

    fn checked(&mut self, form: &Form, answer: &Answer) -> Result<()> {
        let account = self.session(form.who)?.persona.account;
        let check = Check::read(account, answer)?;
        ensure!(finds(form.stage, &check, &answer.text(), &self.walk.measure), "not the marker");
        self.walk.check = check.number;
        self.book.checked(check);
        Ok(())
    }
}

/// Where a whole session finds the home page, and a half one is sent.
const SECURED: &str = "";
const HALFWAY: &str = "/sign-in/second-factor";

fn plain(who: Who, stage: Stage, place: &str) -> Form {
    let (fields, says, numbers) = (Vec::new(), Vec::new(), Vec::new());
    Form { who, stage, place: place.to_owned(), fields, file: None, says, numbers, cookie: String::new() }
}

fn with<N: ToString, V: ToString>(mut form: Form, fields: impl IntoIterator<Item = (N, V)>) -> Form {
    form.fields.extend(fields.into_iter().map(|(name, value)| (name.to_string(), value.to_string())));
    form
}

/// The three parts of a date as a page fills them in.
fn date_of(page: &Answer, name: &str) -> Result<Vec<(String, String)>> {
    let part = |part| {
        let field = format!("{name}-{part}");
        page.value(&field).map(|value| (field, value))
    };
    ["day", "month", "year"].into_iter().map(part).collect()
}

/// What somebody at the door asks: by a name as it was heard, or by the address.
pub fn question_about(resident: u64, stage: Stage) -> Vec<(String, String)> {
    let who = crowd::resident(resident);
    let asked = match stage {
        Stage::CheckByName => ("name", crowd::misheard(&who.name)),
        _ => ("address", who.address),
    };
    [("purpose", "visit".to_owned()), asked, ("postcode", who.postcode)]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
}

/// Whether an answer is the one that whoever is in force must be found by: for an address the marker, for a name as it was heard
/// that or "ring before you go".
pub fn finds(asked_by: Stage, check: &Check, said: &str, measure: &str) -> bool {
    let is_marker = check.verdict == "marker" && said.contains(measure);
    is_marker || (asked_by == Stage::CheckByName && check.verdict == "possible")
}

const fn stage_of(step: Step) -> Stage {
    match step {
        Step::SignIn(_) => Stage::Password,
        Step::Renew(_) => Stage::SignOut,
        Step::Begin | Step::Question(_) => Stage::Questions,
        Step::Send => Stage::Report,
        Step::Triage => Stage::Triage,
        Step::Test(_) => Stage::Tests,
        Step::Plan => Stage::Plan,
        Step::Weigh => Stage::Proportionality,
        Step::Complete => Stage::Complete,
        Step::Decide => Stage::Decision,
        Step::Write => Stage::Letter,
        Step::Approve => Stage::Approval,
        Step::Sent => Stage::Sending,
        Step::Check(stage) => stage,
        Step::Acknowledge => Stage::Acknowledging,
    }
}
