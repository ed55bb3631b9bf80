//! The letter that tells a customer of a measure: the contents that published practice and the law ask for, each in its section.
//!
//! A letter is composed here from the file and the policy, so that no content can be forgotten; only the explanation of what
//! happened is written by a person. How it looks on paper is not decided here.

use crate::appeal::{Appeal, AppealOutcome};
use crate::assessment::Plan;
use crate::choice::choices;
use crate::dispute::DisputeOutcome;
use crate::ids::MeasureId;
use crate::measure::{Kind, Measure};
use crate::moment::Moment;
use crate::personal::Text;
use crate::policy::{Blank, Clause, Council, Desk, Figure, List};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// Of what a letter tells.
    Occasion {
        /// A measure that was decided.
        Decision = "decision", "The decision";
        /// A review or a meeting kept it.
        Kept = "kept", "The outcome of a review: it stays";
        /// Its precautions, limits or audience changed.
        Varied = "varied", "A change";
        /// It came off.
        Removed = "removed", "The outcome of a review: it ends";
        /// An appeal has arrived.
        AppealReceived = "appeal-received", "Your appeal has arrived";
        /// An appeal was decided.
        AppealOutcome = "appeal-outcome", "The outcome of your appeal";
        /// It was the wrong person or wrong facts.
        Apology = "apology", "An apology";
        /// What the customer said is wrong was answered.
        DisputeAnswered = "dispute-answered", "What you told us is wrong";
    }
}

impl Occasion {
    /// What its letter must tell, in this order.
    #[must_use]
    pub const fn contents(self) -> &'static [Content] {
        use Content::*;
        match self {
            Occasion::Decision => &[
                WhatHappened,
                WhatWeDo,
                HowLong,
                StillServed,
                Appeal,
                Ombudsman,
                YourInformation,
                Help,
                Policy,
            ],
            Occasion::Kept | Occasion::Varied => {
                &[Outcome, WhatWeDo, HowLong, StillServed, Appeal, Ombudsman, YourInformation, Help, Policy]
            }
            Occasion::Removed => &[Outcome, Kept, Help, Policy],
            Occasion::AppealReceived => &[Outcome, NextSteps, StillServed, Help],
            Occasion::AppealOutcome => &[Outcome, NextSteps, StillServed, Ombudsman, Kept, Help, Policy],
            Occasion::Apology => &[Sorry, Outcome, Kept, Ombudsman, Help],
            Occasion::DisputeAnswered => &[Outcome, Kept, Help],
        }
    }

    /// Whether the customer may appeal anew from the day of this letter.
    #[must_use]
    pub const fn renews_appeal(self) -> bool {
        matches!(self, Occasion::Kept | Occasion::Varied)
    }
}

choices! {
    /// What a letter tells, each in its section. [`Occasion::contents`] says which.
    Content {
        /// What happened and why it is considered a risk or unreasonable.
        WhatHappened = "what-happened", "What happened";
        /// What is being done: precautions and restrictions that touch the customer.
        WhatWeDo = "what-we-do", "What we have decided";
        /// How long it lasts, and how it is reviewed.
        HowLong = "how-long", "How long this lasts";
        /// How the customer still reaches services, also urgently.
        StillServed = "still-served", "How you can still use our services";
        /// How to appeal, by when, to whom, on what grounds.
        Appeal = "appeal", "If you think this is wrong";
        /// The ombudsman.
        Ombudsman = "ombudsman", "The ombudsman";
        /// That an entry exists, who is told, from what sources, for how long it is kept, and the customer's rights.
        YourInformation = "your-information", "What we hold about you, and your rights";
        /// Adjustments, other formats, an advocate.
        Help = "help", "Help with this letter";
        /// The policy by name.
        Policy = "policy", "The policy we used";
        /// What has become of it.
        Outcome = "outcome", "What has been decided";
        /// Who does what by when.
        NextSteps = "next-steps", "What happens next";
        /// That it was our mistake.
        Sorry = "sorry", "We are sorry";
        /// How long the record is kept once it is over.
        Kept = "kept", "What we hold about you, and for how long";
    }
}

/// One content of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Which content it is.
    pub content: Content,
    /// Its paragraphs. One that begins with "• " is an item of a list.
    pub paragraphs: Vec<String>,
}

/// A letter as approved and sent: the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The measure it tells of; printed as its reference.
    pub measure: MeasureId,
    /// What the letter is headed.
    pub title: String,
    /// The lines of the envelope.
    pub addressee: Vec<String>,
    /// The date it bears.
    pub dated: Date,
    /// Every content, in order.
    pub sections: Vec<Section>,
}

/// Whom a letter about this measure goes to.
///
/// # Errors
/// [`Refusal::NoAddress`] where the subject has no address that still holds; [`Refusal::Destroyed`].
pub(super) fn envelope(register: &Register, measure: &Measure) -> Result<Vec<String>, Refusal> {
    let subject = register.subject(measure.subject).ok_or(Refusal::NoSuchFile)?;
    let details = subject.details.known().ok_or(Refusal::Destroyed)?;
    details.current_address().ok_or(Refusal::NoAddress)?;
    Ok(details.envelope())
}

/// The blanks of a clause that sends the customer to a desk.
fn turning_to(desk: &Desk) -> [(Blank, &str); 3] {
    [
        (Blank::Desk, desk.name.as_str()),
        (Blank::Phone, desk.phone.as_str()),
        (Blank::Email, desk.email.as_str()),
    ]
}

/// A date as letters write it, such as "4 May 2026".
fn written(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn title(occasion: Occasion, kind: Kind, register_name: &str) -> String {
    match (occasion, kind) {
        (Occasion::Decision, Kind::Warning) => "A warning about how you have treated our staff".to_owned(),
        (Occasion::Decision, Kind::Restriction) => "How you may contact us from now on".to_owned(),
        (Occasion::Decision, Kind::Entry) => format!("Your entry on our {register_name}"),
        (Occasion::Kept, _) => "We have looked at our decision again".to_owned(),
        (Occasion::Varied, _) => "We have changed our decision".to_owned(),
        (Occasion::Removed, Kind::Warning) => "Your warning has ended".to_owned(),
        (Occasion::Removed, Kind::Restriction) => "You may contact us like anybody else again".to_owned(),
        (Occasion::Removed, Kind::Entry) => format!("You are no longer on our {register_name}"),
        (Occasion::AppealReceived, _) => "We have your appeal".to_owned(),
        (Occasion::AppealOutcome, _) => "The outcome of your appeal".to_owned(),
        (Occasion::Apology, _) => "We made a mistake, and we apologise".to_owned(),
        (Occasion::DisputeAnswered, _) => "Our answer to what you told us is wrong".to_owned(),
    }
}

/// Writes the letter of an occasion. `code` is what its customer appeals with on the public page.
///
/// # Errors
/// [`Refusal`] where the subject has no address, or the plan or council is not there to be told of.
pub(super) fn compose(
    register: &Register,
    measure: &Measure,
    occasion: Occasion,
    explanation: &Text,
    code: Option<&Text>,
    moment: &Moment,
) -> Result<Letter, Refusal> {
    let policy = register.policy();
    let council = register.council().ok_or(Refusal::NotOpened)?;
    let decision = measure.decision().ok_or(Refusal::WrongStage(measure.stage()))?;
    let plan = measure.assessment.plan.as_ref().ok_or(Refusal::NoPlan)?;
    let words = plan.words.known().ok_or(Refusal::Destroyed)?;
    let addressee = envelope(register, measure)?;

    let paragraphs = |content: Content| -> Vec<String> {
        match content {
            Content::WhatHappened => std::iter::once("We are writing to you about this:".to_owned())
                .chain(lines(explanation))
                .collect(),
            Content::Outcome => {
                std::iter::once(outcome(register, measure, occasion)).chain(lines(explanation)).collect()
            }
            Content::NextSteps => next_steps(register, measure, occasion, moment),
            Content::Sorry => policy.say(Clause::Apology, &[]),
            Content::Kept => kept(register, measure),
            Content::WhatWeDo => what_we_do(register, measure),
            Content::HowLong => {
                let by = measure.review_due(register).unwrap_or(decision.review_on);
                let term = format!(
                    "We made this decision on {}. We will look at it again by {} and tell you the outcome and our reasons. \
                     It ends at that review unless there are good reasons to keep it.",
                    written(decision.moment.date()),
                    written(by)
                );
                std::iter::once(term).chain(policy.say(Clause::AskSooner, &[])).collect()
            }
            Content::StillServed => std::iter::once(words.service_route.as_str().to_owned())
                .chain(policy.say(Clause::NeverClosed, &[]))
                .collect(),
            Content::Appeal => how_to_appeal(register, council, measure, code, moment),
            Content::Ombudsman => policy.say(Clause::Ombudsman, &[]),
            Content::YourInformation => your_information(register, measure),
            Content::Help => policy.say(Clause::Help, &turning_to(&council.duty_desk)),
            Content::Policy => policy.say(
                Clause::PolicyUsed,
                &[
                    (Blank::Policy, policy.name.as_str()),
                    (Blank::Version, &policy.version.0.to_string()),
                    (Blank::Since, &written(policy.effective)),
                ],
            ),
        }
    };
    Ok(Letter {
        measure: measure.id,
        title: title(occasion, measure.kind, council.register_name.as_str()),
        addressee,
        dated: moment.date(),
        sections: occasion
            .contents()
            .iter()
            .map(|content| Section { content: *content, paragraphs: paragraphs(*content) })
            .collect(),
    })
}

/// What was typed, a paragraph each line.
fn lines(words: &Text) -> impl Iterator<Item = String> {
    words.as_str().split('\n').filter(|line| !line.trim().is_empty()).map(str::to_owned)
}

/// What a measure is to its customer.
fn what_it_is(register: &Register, kind: Kind) -> String {
    match kind {
        Kind::Warning => "the warning we gave you".to_owned(),
        Kind::Restriction => "the limits on how you contact us".to_owned(),
        Kind::Entry => {
            let name = register.council().map_or("register", |council| council.register_name.as_str());
            format!("your entry on our {name}")
        }
    }
}

/// The first sentence on what has become of a measure; the reasons are typed.
fn outcome(register: &Register, measure: &Measure, occasion: Occasion) -> String {
    let it = what_it_is(register, measure.kind);
    match occasion {
        Occasion::Decision | Occasion::Kept => {
            format!("We have looked again at {it}. We have decided that we still need it, for these reasons:")
        }
        Occasion::Varied => format!("We have changed {it}. These are our reasons:"),
        Occasion::Removed => format!("We have ended {it}. Everybody we told has been told that it is over."),
        Occasion::AppealReceived => {
            let on =
                measure.open_appeal().map(|appeal| written(appeal.lodged.received_on)).unwrap_or_default();
            format!("Your appeal about {it} reached us on {on}.")
        }
        Occasion::AppealOutcome => match measure.appeals.iter().rev().find_map(Appeal::decided) {
            Some((AppealOutcome::Upheld, ..)) => {
                format!(
                    "You were right to appeal. We have ended {it} and told everybody who knew. These are the reasons:"
                )
            }
            Some((AppealOutcome::InPart, ..)) => {
                format!("You were right in part. We have changed {it}. These are the reasons:")
            }
            Some((AppealOutcome::NotHeard, ..)) => format!(
                "Your appeal about {it} reached us after the time to appeal was over, and we have not looked into it. \
                 These are the reasons:"
            ),
            _ => {
                format!("We have looked into your appeal about {it}. Our decision stands, for these reasons:")
            }
        },
        Occasion::DisputeAnswered => {
            let answered =
                measure.disputes.iter().rev().find_map(|dispute| Some((dispute, dispute.answer.as_ref()?)));
            let on = answered.map(|(dispute, _)| written(dispute.received_on)).unwrap_or_default();
            let came = match answered.map(|(_, (_, outcome, _))| outcome) {
                Some(DisputeOutcome::Corrected) => "You were right, and we have put it right",
                Some(DisputeOutcome::InPart) => "You were right in part, and we have put that right",
                _ => {
                    "We have not changed it, but what you told us stays beside it for everybody who decides about it"
                }
            };
            format!(
                "On {on} you told us that what we hold about {it} is wrong. {came}. These are our reasons:"
            )
        }
        Occasion::Apology => {
            format!("We have ended {it} at once and told everybody who knew. This is what went wrong:")
        }
    }
}

/// Who does what by when, after an appeal arrived or was decided.
fn next_steps(register: &Register, measure: &Measure, occasion: Occasion, moment: &Moment) -> Vec<String> {
    let policy = register.policy();
    if occasion == Occasion::AppealReceived {
        let by = measure.open_appeal().map_or(moment.date(), |appeal| appeal.decide_by(policy));
        return vec![
            format!(
                "Somebody senior who took no part in our decision will decide your appeal by {} and write to you with the \
                 reasons. You can send us anything else you want them to see.",
                written(by)
            ),
            "Until then our decision stands, so that staff stay safe.".to_owned(),
        ];
    }
    match measure.plan_in_force() {
        None => vec!["There is nothing you need to do.".to_owned()],
        Some(_) => {
            let mut paragraphs = what_we_do(register, measure);
            paragraphs.extend(
                measure
                    .review_due(register)
                    .map(|due| format!("We will look at it again by {} and write to you.", written(due))),
            );
            paragraphs
        }
    }
}

/// How to appeal, by when, to whom, and on what grounds.
fn how_to_appeal(
    register: &Register,
    council: &Council,
    measure: &Measure,
    code: Option<&Text>,
    moment: &Moment,
) -> Vec<String> {
    let policy = register.policy();
    let reference = measure.id.to_string();
    let days = policy.figure(Figure::AppealDecide).to_string();
    let by = written(policy.after(moment.date(), Figure::AppealLodge));
    let mut paragraphs = policy.say(Clause::AppealHeard, &[(Blank::Days, &days), (Blank::By, &by)]);
    paragraphs.push("You can appeal because:".to_owned());
    paragraphs.extend(
        [
            "we have the wrong person or the wrong facts",
            "what happened was not unreasonable or is not a risk",
            "what we have decided goes further than it needs to",
            "it harms you because of your health, a disability or your circumstances",
        ]
        .map(|ground| format!("• {ground}")),
    );
    let [desk, phone, email] = turning_to(&council.appeals_desk);
    let reference = (Blank::Reference, reference.as_str());
    paragraphs.extend(policy.say(Clause::AppealWays, &[desk, phone, email, reference]));
    if let Some(code) = code {
        paragraphs.extend(policy.say(Clause::AppealOnline, &[reference, (Blank::Code, code.as_str())]));
    }
    paragraphs
}

/// For how long the record of a measure that is over is kept.
fn kept(register: &Register, measure: &Measure) -> Vec<String> {
    let policy = register.policy();
    let mut paragraphs = vec![if measure.is_over() {
        format!(
            "Nobody who checks our register is shown anything about this any more. We keep the record of it for {} months, in \
             case you or an ombudsman ask about it, and then destroy it.",
            policy.figure(Figure::RetainMeasure)
        )
    } else {
        format!(
            "We keep what we hold about this while the decision stands and for {} months after it ends.",
            policy.figure(Figure::RetainMeasure)
        )
    }];
    paragraphs.extend(your_rights(register));
    paragraphs
}

fn what_we_do(register: &Register, measure: &Measure) -> Vec<String> {
    let policy = register.policy();
    let Some(plan) = &measure.assessment.plan else { return Vec::new() };
    let list = |list: List, codes: &[crate::policy::Code]| -> Vec<String> {
        codes.iter().filter_map(|code| register.words(list, code)).map(|words| format!("• {words}")).collect()
    };
    match measure.kind {
        Kind::Warning => {
            let months = policy.figure(Figure::WarningWatch).to_string();
            policy.say(Clause::WarningMeans, &[(Blank::Months, &months)])
        }
        Kind::Restriction => {
            let mut paragraphs = vec!["From now on:".to_owned()];
            paragraphs.extend(list(List::Restriction, &plan.restrictions));
            paragraphs.extend(limits(plan));
            paragraphs
        }
        Kind::Entry => {
            let name = register.council().map_or("register", |council| council.register_name.as_str());
            let mut paragraphs = vec![format!(
                "We have put an entry on our {name}. Staff who will meet you are told to take these precautions:"
            )];
            paragraphs.extend(list(List::Precaution, &plan.precautions));
            if !plan.restrictions.is_empty() {
                paragraphs.push("We have also decided:".to_owned());
                paragraphs.extend(list(List::Restriction, &plan.restrictions));
                paragraphs.extend(limits(plan));
            }
            paragraphs
        }
    }
}

/// What the restrictions of a plan come to.
fn limits(plan: &Plan) -> impl Iterator<Item = String> {
    plan.limits.in_words(plan.words.known()).into_iter().map(|line| format!("• {line}"))
}

fn your_information(register: &Register, measure: &Measure) -> Vec<String> {
    let policy = register.policy();
    let mut paragraphs = Vec::new();
    match measure.assessment.plan.as_ref().filter(|plan| !plan.audience.is_empty()) {
        Some(plan) => {
            paragraphs.push("Only these teams are told, because they are likely to meet you:".to_owned());
            let teams = plan.audience.iter().filter_map(|team| register.team(*team));
            paragraphs.extend(teams.map(|team| format!("• {}", team.name())));
            paragraphs.push("They are told what to do, not the reasons.".to_owned());
        }
        None => paragraphs.push(match measure.kind {
            Kind::Warning => "No other team is told of this warning.".to_owned(),
            Kind::Restriction | Kind::Entry => {
                "Staff you contact are told how you may contact us, not the reasons.".to_owned()
            }
        }),
    }
    paragraphs.extend(policy.say(Clause::Sources, &[]));
    paragraphs.push(format!(
        "We keep this information while the decision stands and for {} months after it ends.",
        policy.figure(Figure::RetainMeasure)
    ));
    let sealed = policy.figure(Figure::SealedDecisionFile);
    if sealed > policy.figure(Figure::RetainMeasure) {
        paragraphs.push(format!(
            "After that we keep only this letter, the reasons for our decision and its reviews, sealed, so that we can answer if you \
             complain or claim. They are destroyed {sealed} months after the decision ends.",
        ));
    }
    paragraphs.extend(your_rights(register));
    paragraphs
}

/// The customer's rights over what is held, and whom to ask.
fn your_rights(register: &Register) -> Vec<String> {
    let officer = register.council().map(|council| &council.data_protection_desk);
    officer.map(|desk| register.policy().say(Clause::Rights, &turning_to(desk))).unwrap_or_default()
}
