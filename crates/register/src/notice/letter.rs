//! The letter that tells a customer of a measure: the contents that published practice and the law ask for, each in its section.
//!
//! A letter is composed here from the file and the policy, so that no content can be forgotten; only the explanation of what
//! happened is written by a person. How it looks on paper is not decided here.

use crate::choice::choices;
use crate::ids::MeasureId;
use crate::measure::{Kind, Measure};
use crate::moment::Moment;
use crate::personal::Text;
use crate::policy::{Figure, List};
use crate::refusal::Refusal;
use crate::state::Register;
use jiff::civil::Date;

choices! {
    /// What a decision letter must tell; every letter has every one, in this order.
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

/// A date as letters write it, such as "4 May 2026".
fn written(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn title(kind: Kind, register_name: &str) -> String {
    match kind {
        Kind::Warning => "A warning about how you have treated our staff".to_owned(),
        Kind::Restriction => "How you may contact us from now on".to_owned(),
        Kind::Entry => format!("Your entry on our {register_name}"),
    }
}

/// Writes the letter of a decided measure.
///
/// # Errors
/// [`Refusal`] where the subject has no address, or the plan or council is not there to be told of.
pub(super) fn compose(
    register: &Register,
    measure: &Measure,
    explanation: &Text,
    moment: &Moment,
) -> Result<Letter, Refusal> {
    let policy = register.policy();
    let council = register.council().ok_or(Refusal::NotOpened)?;
    let decision = measure.decision().ok_or(Refusal::WrongStage(measure.stage()))?;
    let plan = measure.assessment.plan.as_ref().ok_or(Refusal::NoPlan)?;
    let words = plan.words.known().ok_or(Refusal::Destroyed)?;
    let addressee = envelope(register, measure)?;
    let appeals = &council.appeals_desk;
    let appeal_by = policy.after(moment.date(), Figure::AppealLodge);

    let paragraphs = |content: Content| -> Vec<String> {
        match content {
            Content::WhatHappened => {
                let mut paragraphs = vec![
                    "We are writing to you about this:".to_owned(),
                ];
                paragraphs.extend(explanation.as_str().split('\n').filter(|p| !p.trim().is_empty()).map(str::to_owned));
                paragraphs
            }
            Content::WhatWeDo => what_we_do(register, measure),
            Content::HowLong => vec![
                format!(
                    "We made this decision on {}. We will look at it again by {} and tell you the outcome and our reasons. \
                     It ends at that review unless there are good reasons to keep it.",
                    written(decision.moment.date()),
                    written(measure.review_due(register).unwrap_or(decision.review_on))
                ),
                "You can ask us to look sooner if something has changed.".to_owned(),
            ],
            Content::StillServed => vec![
                words.service_route.as_str().to_owned(),
                "In an emergency call 999. Nothing in this letter stops you asking for urgent help with your safety, your \
                 home or a child or adult at risk, asking for information the law lets you have, going to an ombudsman or \
                 taking part in public meetings."
                    .to_owned(),
            ],
            Content::Appeal => vec![
                format!(
                    "You can appeal. Somebody senior who took no part in this decision will decide your appeal within {} \
                     working days. Please appeal by {}; we can accept a later appeal if you tell us why it is late.",
                    policy.figure(Figure::AppealDecide),
                    written(appeal_by)
                ),
                "You can appeal because:".to_owned(),
                "• we have the wrong person or the wrong facts".to_owned(),
                "• what happened was not unreasonable or is not a risk".to_owned(),
                "• what we have decided goes further than it needs to".to_owned(),
                "• it harms you because of your health, a disability or your circumstances".to_owned(),
                format!(
                    "Write to {} at the address above or {}, or ring {}. Somebody else can appeal for you. Please give the \
                     reference {}.",
                    appeals.name.as_str(),
                    appeals.email.as_str(),
                    appeals.phone.as_str(),
                    measure.id
                ),
            ],
            Content::Ombudsman => vec![
                "If you are still unhappy after your appeal you can ask the Local Government and Social Care Ombudsman to \
                 look at it: www.lgo.org.uk or 0300 061 0614. If it is about your council home, ask the Housing Ombudsman: \
                 www.housing-ombudsman.org.uk or 0300 111 3000. Both are free."
                    .to_owned(),
            ],
            Content::YourInformation => your_information(register, measure),
            Content::Help => vec![
                format!(
                    "We can send this letter in large print, in another language or format, or read it to you. If a \
                     disability, your health or anything else made things harder, please tell us: we will look at what we \
                     can do differently. An advocate can help you. Ring {} on {}.",
                    council.duty_desk.name.as_str(),
                    council.duty_desk.phone.as_str()
                ),
            ],
            Content::Policy => vec![format!(
                "We decided this under our {}, version {}, in force since {}. Ask us for a copy.",
                policy.name.as_str(),
                policy.version.0,
                written(policy.effective)
            )],
        }
    };
    Ok(Letter {
        measure: measure.id,
        title: title(measure.kind, council.register_name.as_str()),
        addressee,
        dated: moment.date(),
        sections: Content::ALL
            .iter()
            .map(|content| Section { content: *content, paragraphs: paragraphs(*content) })
            .collect(),
    })
}

fn what_we_do(register: &Register, measure: &Measure) -> Vec<String> {
    let policy = register.policy();
    let Some(plan) = &measure.assessment.plan else { return Vec::new() };
    let list = |list: List, codes: &[crate::policy::Code]| -> Vec<String> {
        codes.iter().filter_map(|code| register.words(list, code)).map(|words| format!("• {words}")).collect()
    };
    match measure.kind {
        Kind::Warning => vec![format!(
            "This is a warning. We ask you not to do this again. If nothing further happens in the next {} months the \
             warning ends by itself. If it does, we may limit how you contact us or put your name on our register.",
            policy.figure(Figure::WarningWatch)
        )],
        Kind::Restriction => {
            let mut paragraphs = vec!["From now on:".to_owned()];
            paragraphs.extend(list(List::Restriction, &plan.restrictions));
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
            }
            paragraphs
        }
    }
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
    paragraphs.push(format!(
        "What we know comes from the people who were there and from our own records. We keep this information while the decision \
         stands and for {} months after it ends.",
        policy.figure(Figure::RetainMeasure)
    ));
    if let Some(council) = register.council() {
        let officer = &council.data_protection_desk;
        paragraphs.push(format!(
            "You can ask for a copy of what we hold about you, ask us to correct it, or object to our using it. We hold it as a \
             public task, to keep our staff safe. Write to {} at {} or ring {}. You can complain to the Information \
             Commissioner: ico.org.uk or 0303 123 1113.",
            officer.name.as_str(),
            officer.email.as_str(),
            officer.phone.as_str()
        ));
    }
    paragraphs
}
