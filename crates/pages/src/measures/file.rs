//! `/measures/{measure}`: the file of a measure. While it is in force this is the entry itself.

use super::contacts;
use super::told::{self, Told};
use super::{About, about, address, moment, opened, reached, would};
use crate::page::{Page, Section};
use crate::part::{Happened, Link, Row};
use crate::work::late;
use crate::{retention, words};
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use register::appeal::Appeal;
use register::assessment::{Age, Assessment, Finding, Proportionality, age_of};
use register::command::{
    AgreeInterim, AgreeRemoval, AgreeWithholding, AllowUnderAge, AnswerDispute, AnswerReview, ApproveLetter,
    AskRemoval, Decide, EndComplaint, HoldFile, LiftHold, RecordComplaint, RecordDispute, RemoveMeasure,
    ReviewMeasure, WeighProportionality, WithholdNotice, WriteLetter,
};
use register::decision::Outcome as DecisionOutcome;
use register::dispute::DisputeOutcome;
use register::due;
use register::ids::{AppealCode, File, MeasureId};
use register::legal;
use register::measure::{EndReason, Life, Measure};
use register::moment::Moment;
use register::notice::{Draft, Occasion};
use register::ombudsman::{ComplaintOutcome, Ombudsman};
use register::people::Action;
use register::personal::Text;
use register::policy::List;
use register::refusal::Refusal;
use register::retention::Ground;
use register::review::{Advice, Question, ReviewOutcome};
use register::state::Register;
use register::view::{self, Disclosure};
use web::{App, Outcome, Reference, SignedIn};

#[derive(Template)]
#[template(path = "measures/file.html")]
struct Screen {
    page: Page,
    about: About,
    shown: Shown,
    subject: Option<String>,
    papers: Vec<Link>,
}

struct Shown {
    about: About,
    next: String,
    late: String,
    acts: Vec<Link>,
    more: Vec<Link>,
    ended: Vec<Row>,
    plan: Vec<Row>,
    interim: Vec<Row>,
    incidents: Vec<Told>,
    tests: Vec<Row>,
    weighed: Vec<Row>,
    decision: Vec<Row>,
    notice: Vec<Row>,
    reviews: Vec<Row>,
    kept: Vec<Row>,
    happened: Vec<Happened>,
    has_letter: bool,
    has_bundle: bool,
    sent: Vec<Link>,
    since: Vec<Row>,
    answers: Vec<Row>,
    contact: Vec<Row>,
    disputes: Vec<Row>,
    complaints: Vec<Told>,
}

/// `GET /measures/{measure}`
pub async fn show(State(app): State<App>, who: SignedIn, Reference(id): Reference<MeasureId>) -> Outcome {
    let disclosure = reached(&app, &who, id)?;
    let (moment, today) = (moment(&app, &who), app.service.today());
    let mut shown = opened(&app, &who, id, |register, measure| {
        shown(register, measure, &who, &moment, disclosure, today)
    })
    .await?;
    let subject = app.service.read(|register| register.measure(id).map(|measure| measure.subject));
    let subject = subject
        .filter(|subject| app.service.reach(who.id(), File::Subject(*subject)) > Disclosure::Nothing)
        .map(|subject| format!("/subjects/{subject}"));
    let link = |place: &str, label: &str| Link { address: address(id, place), label: label.to_owned() };
    let papers = [
        shown.has_letter.then(|| link("letter", "Read the letter")),
        (!shown.interim.is_empty()).then(|| link("interim", "Read the record of the interim marker")),
        shown.has_bundle.then(|| link("bundle.pdf", "Take the evidence bundle as a PDF")),
    ];
    let papers = papers.into_iter().flatten().chain(std::mem::take(&mut shown.sent)).collect();
    let about =
        std::mem::replace(&mut shown.about, About { name: String::new(), facts: vec![], tags: vec![] });
    Page::of(&app, &who, format!("{}: {}", about.name, id))
        .in_tab(format!("Measure {id}"))
        .within(Section::Work)
        .back_to("/work")
        .show(|page| Screen { page, about, shown, subject, papers })
}

fn shown(
    register: &Register,
    measure: &Measure,
    who: &SignedIn,
    moment: &Moment,
    disclosure: Disclosure,
    today: Date,
) -> Shown {
    let task = due::work(register, today).into_iter().find(|task| task.file == File::Measure(measure.id));
    let (next, late) = task.map_or_else(Default::default, |task| {
        (format!("{}, by {}.", task.what, words::date(task.by)), late(task.by, today))
    });
    Shown {
        about: about(register, measure, today),
        next,
        late,
        acts: acts(register, measure, moment),
        more: more(register, measure, who, moment),
        ended: ended(register, measure),
        plan: measure.assessment.plan.as_ref().map(|plan| told::plan(register, plan)).unwrap_or_default(),
        interim: measure
            .interim
            .as_ref()
            .map(|interim| told::interim(register, measure, interim, disclosure))
            .unwrap_or_default(),
        incidents: told::incidents(register, measure, disclosure),
        tests: tests(&measure.assessment),
        weighed: measure.assessment.proportionality.as_ref().map(told::proportionality).unwrap_or_default(),
        decision: told::decision(register, measure),
        notice: told::notice(register, measure),
        reviews: told::reviews(register, measure),
        since: told::since(register, measure),
        answers: told::answers(measure),
        contact: told::contact(measure, today),
        disputes: told::disputes(register, measure),
        complaints: told::complaints(register, measure),
        kept: kept(register, measure),
        happened: told::timeline(register, measure, disclosure),
        has_bundle: view::bundle(register, &who.account, measure.id).is_some(),
        has_letter: service::files::letter_of(register, measure.id, Occasion::Decision).is_some(),
        sent: sent(measure),
    }
}

/// Every kind of letter that was sent since the first.
fn sent(measure: &Measure) -> Vec<Link> {
    let sent = |occasion: &&Occasion| {
        measure.letters.iter().any(|letter| letter.occasion == **occasion && letter.sent_on().is_some())
    };
    Occasion::ALL
        .iter()
        .filter(sent)
        .map(|occasion| Link {
            address: super::letter::place_of(measure.id, *occasion),
            label: format!("Read the letter: {}", occasion.label()),
        })
        .collect()
}

/// Every answer of the assessment, and the data protection officer's where the person is young.
fn tests(assessment: &Assessment) -> Vec<Row> {
    let mut rows = told::tests(assessment);
    if let Some(answer) = &assessment.under_age {
        let words = format!("{}\n{}", answer.finding.label(), told::text(&answer.reasons));
        rows.push(Row::new("Age safeguard", words));
    }
    rows
}

/// What the register would take from this reader now, the course first.
fn acts(register: &Register, measure: &Measure, moment: &Moment) -> Vec<Link> {
    let id = measure.id;
    let Some(words) = Text::optional("words to be given") else { return Vec::new() };
    let mut acts = Vec::new();
    let mut act = |label: &str, place: &str, may: bool| {
        if may {
            acts.push(Link { address: address(id, place), label: label.to_owned() });
        }
    };
    let record = Proportionality {
        aim: words.clone(),
        necessity: words.clone(),
        alternatives: words.clone(),
        effect: words.clone(),
        safeguards: words.clone(),
    };
    act(
        "Agree or refuse the interim marker",
        "interim",
        would(register, moment, AgreeInterim { measure: id }),
    );
    act(
        "Assess this measure",
        "assessment",
        would(register, moment, WeighProportionality { measure: id, record }),
    );
    let allow = AllowUnderAge { measure: id, finding: Finding::Fails, reasons: words.clone() };
    let is_young = age_of(register, measure, moment.date()) == Age::Under;
    act("Answer for a young person", "assessment/under-age", is_young && would(register, moment, allow));
    let refuse =
        Decide { measure: id, outcome: DecisionOutcome::Refuse, review_on: None, reasons: words.clone() };
    act("Decide this measure", "decision", would(register, moment, refuse));
    let (occasion, code) = (Occasion::Decision, AppealCode::from_bits(0));
    let write = WriteLetter { measure: id, occasion, code, explanation: words.clone() };
    let write = register::decide(register, &write.into(), moment);
    // Without an address the screen says what to do about it.
    let write = matches!(write, Ok(_) | Err(Refusal::NoAddress));
    let label = match (measure.draft(), &measure.life) {
        (Some(Draft::Written { approved: Some(_), .. }), _) => "Send the letter",
        (Some(Draft::Written { .. }), _) => "Write the letter again",
        (_, Life::InForce { .. }) => "Write to the customer after all",
        _ => "Write the letter",
    };
    act(label, "letter", write);
    act("Approve the letter", "letter", would(register, moment, ApproveLetter { measure: id, occasion }));
    for occasion in Occasion::ALL.iter().copied().filter(|occasion| *occasion != Occasion::Decision) {
        let place = format!("letters/{}", occasion.key());
        let write = WriteLetter { measure: id, occasion, code, explanation: words.clone() };
        let write = register::decide(register, &write.into(), moment);
        let approve = would(register, moment, ApproveLetter { measure: id, occasion });
        let label = format!("Letter: {}", occasion.label());
        act(&label, &place, approve || matches!(write, Ok(_) | Err(Refusal::NoAddress)));
    }
    let agree = AgreeWithholding { measure: id, reasons: words.clone() };
    act("Agree or not that the customer is not told", "withhold", would(register, moment, agree));
    let review = ReviewMeasure {
        measure: id,
        outcome: ReviewOutcome::Remove,
        next_on: None,
        reasons: words.clone(),
        still_withheld: None,
    };
    act("Decide the review", "review", would(register, moment, review));
    let answers = Question::ALL.iter().map(|question| (*question, words.clone())).collect();
    let answer = AnswerReview { measure: id, advice: Advice::Keep, answers };
    let stirred = measure.stirred.is_some();
    let due = due::work(register, moment.date()).iter().any(|task| {
        task.file == File::Measure(id) && matches!(task.action, Action::AnswerReview | Action::Review)
    });
    act(
        "Answer the questions of a review",
        "review/answers",
        (due || stirred) && would(register, moment, answer),
    );
    let hears = measure.open_appeal().and_then(Appeal::officer).is_some_and(|officer| moment.is_by(officer));
    act("Decide the appeal", "appeal", hears);
    let assigns = measure.open_appeal().is_some_and(|appeal| appeal.officer().is_none())
        && register::people::permit(register, moment, Action::HandleAppeal).is_ok();
    act("Give the appeal to somebody", "appeal", assigns);
    let answer = AnswerDispute { measure: id, outcome: DisputeOutcome::Stands, reasons: words.clone() };
    act("Answer what the customer says is wrong", "dispute", would(register, moment, answer));
    let ended_on = moment.date();
    let (outcome, found) = (ComplaintOutcome::Closed, words.clone());
    let end = EndComplaint { measure: id, outcome, ended_on, found, asks: None };
    act("Record how the complaint to the ombudsman ended", "ombudsman", would(register, moment, end));
    let agree = AgreeRemoval { measure: id, reasons: words };
    act("Agree the removal between meetings", "removal", would(register, moment, agree));
    acts
}

/// What else the register would take, apart from the course.
fn more(register: &Register, measure: &Measure, who: &SignedIn, moment: &Moment) -> Vec<Link> {
    let id = measure.id;
    let Some(words) = Text::optional("words to be given") else { return Vec::new() };
    let mut more = Vec::new();
    let mut act = |label: &str, place: &str, may: bool| {
        if may {
            more.push(Link { address: address(id, place), label: label.to_owned() });
        }
    };
    let ground = register.policy().terms(List::WithholdingGround).first().map(|term| term.code.clone());
    let withhold = ground.map(|ground| WithholdNotice { measure: id, ground, evidence: words.clone() });
    act(
        "Ask that the customer is not told",
        "withhold",
        withhold.is_some_and(|w| would(register, moment, w)),
    );
    let in_force = matches!(measure.life, Life::InForce { .. });
    let may = |action| register::people::permit(register, moment, action).is_ok();
    act(
        "Review it before its date",
        "review/answers",
        in_force && may(Action::AnswerReview) && measure.answers.is_none(),
    );
    act("Change it", "vary", in_force && may(Action::Review) && !reported(register, measure, moment));
    act(
        "Record an appeal",
        "appeal",
        in_force && may(Action::HandleAppeal) && measure.open_appeal().is_none(),
    );
    act("The appeal", "appeal", !measure.appeals.is_empty());
    act("Log a contact", "contacts/new", contacts::may_log(register, measure, who));
    act("Read the log of contacts", "contacts", !measure.contacts.is_empty());
    let received_on = moment.date();
    act("Legal advice", "legal-advice", legal::readable(register, &who.account, id).is_some());
    let dispute = RecordDispute { measure: id, received_on, words: words.clone() };
    act("Record what the customer says is wrong", "dispute", would(register, moment, dispute));
    let record = RecordComplaint {
        measure: id,
        ombudsman: Ombudsman::LocalGovernment,
        taken_up_on: moment.date(),
        reference: words.clone(),
    };
    act("Record that an ombudsman has taken it up", "ombudsman", would(register, moment, record));
    act("Name somebody else to answer for it", "sponsor", !measure.is_over() && may(Action::Assess));
    let ask = AskRemoval { measure: id, reasons: words.clone() };
    act("Ask that it comes off before the next meeting", "removal", would(register, moment, ask));
    let remove = RemoveMeasure { measure: id, reason: EndReason::Error, words: words.clone() };
    act("Remove it at once", "remove", would(register, moment, remove));
    let file = File::Measure(id);
    let hold = HoldFile {
        file,
        ground: Ground::Other,
        review_on: register::calendar::days_after(moment.date(), 1),
        reasons: words.clone(),
    };
    act("Place a hold", "hold", would(register, moment, hold));
    act("Lift the hold", "hold", would(register, moment, LiftHold { file, reasons: words }));
    act(
        "Open the sealed decision file",
        "decision-file",
        measure.sealed.is_some() && who.may(Action::ReadDecisionFile),
    );
    let certificate = retention::certificate_of(register, who, file);
    more.extend(certificate.map(|address| Link { address, label: "Certificate of destruction".to_owned() }));
    if who.may(Action::ReadAccessLog) {
        let address = format!("/access-log?file={id}");
        more.push(Link { address, label: "Who looked at it".to_owned() });
    }
    more
}

/// Whether whoever is signed in reported an incident behind it.
fn reported(register: &Register, measure: &Measure, moment: &Moment) -> bool {
    match moment.by {
        register::moment::Actor::Account(account) => measure.is_reported_by(register, account),
        register::moment::Actor::System => false,
    }
}

/// How it ended, or that it was destroyed.
pub fn ended(register: &Register, measure: &Measure) -> Vec<Row> {
    match &measure.life {
        Life::Ended { moment, reason, words, .. } => vec![
            Row::new("Ended on", words::date(moment.date())),
            Row::new("Why", reason.label()),
            Row::new("Reasons", told::text(words)),
            Row::new("By", crate::part::name_of(register, moment.by)),
        ],
        Life::Destroyed(moment) => {
            vec![
                Row::new("Words destroyed on", words::date(moment.date())),
                Row::new("Why", super::DESTROYED),
            ]
        }
        _ => Vec::new(),
    }
}

/// How long it is kept, and what stops its destruction.
fn kept(register: &Register, measure: &Measure) -> Vec<Row> {
    let mut rows = vec![Row::new(
        "Sponsor",
        crate::part::name_of(register, register::moment::Actor::Account(measure.sponsor)),
    )];
    if let Some(due) = measure.review_due(register) {
        rows.push(Row::new("Next review by", words::date(due)));
    }
    if let Some(end) = measure.watch_ends(register.policy()) {
        rows.push(Row::new("Ends by itself after", words::date(end)));
    }
    rows.extend(retention::kept(register, File::Measure(measure.id)));
    rows
}
