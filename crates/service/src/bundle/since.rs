//! What has become of a measure in an evidence bundle: the customer's own words, the decision, reviews, changes, the end, and the letters.

use super::{Bundle, Fact, fact, lines, text};
use crate::letters::{blocks, paragraphs, written};
use crate::papers::DESTROYED;
use documents::Block;
use register::appeal::{Appeal, AppealStage};
use register::measure::Life;
use register::moment::Actor;
use register::notice::{Notice, SentLetter, Withholding};
use register::ombudsman::Complaint;
use register::personal::{Particulars, Text};
use register::policy::List;
use register::review::{Answers, Question};

impl Bundle<'_> {
    /// Disputes and appeals, in the customer's own words and in full.
    pub(super) fn customer(&self) -> Vec<Block> {
        let measure = self.measure;
        if measure.disputes.is_empty() && measure.appeals.is_empty() {
            return vec![Block::paragraph(
                "Nobody has said that the record is wrong, and nobody has appealed.",
            )];
        }
        let mut told = Vec::new();
        for dispute in &measure.disputes {
            told.push(Block::subsection(format!(
                "What is wrong, as told on {}",
                written(dispute.received_on)
            )));
            told.extend(words(&dispute.words));
            told.push(Block::facts([match &dispute.answer {
                None => fact(
                    "Answer",
                    format!("Waits, by {}", written(dispute.answer_by(self.register.policy()))),
                ),
                Some((moment, outcome, reasons)) => {
                    fact("Answer", lines([outcome.label(), text(reasons), &self.signed(*moment)]))
                }
            }]));
        }
        told.extend(measure.appeals.iter().flat_map(|appeal| self.appeal(appeal)));
        told.extend(measure.complaints.iter().flat_map(|complaint| self.complaint(complaint)));
        told
    }

    /// What was taken to an ombudsman, who is uninvolved: told beside what the customer said.
    fn complaint(&self, complaint: &Complaint) -> [Block; 2] {
        let mut rows = vec![
            fact("Taken up", lines([&written(complaint.taken_up_on), &self.signed(complaint.moment)])),
            fact("Their reference", text(&complaint.reference)),
        ];
        match &complaint.end {
            None => rows.push(fact("Outcome", "They have it")),
            Some(end) => {
                let came = lines([end.outcome.label(), &written(end.ended_on), &self.signed(end.moment)]);
                rows.push(fact("Outcome", came));
                rows.push(fact("What they found", text(&end.found)));
                rows.extend(end.asks.iter().map(|asks| fact("What they ask for", text(asks))));
            }
        }
        [Block::subsection(complaint.ombudsman.label()), Block::facts(rows)]
    }

    fn appeal(&self, appeal: &Appeal) -> Vec<Block> {
        let lodged = &appeal.lodged;
        let late = self.measure.is_late(lodged.received_on, self.register.policy());
        let mut rows = vec![
            fact("Arrived", format!("{}, {}", lodged.way.label(), if late { "late" } else { "in time" })),
            fact("Who appeals", lodged.appellant.label()),
            fact("Grounds", lines(lodged.grounds.iter().map(|ground| ground.label()))),
        ];
        let said = appeal.words.known();
        let why_late = said.and_then(|said| said.why_late.as_ref());
        rows.extend(why_late.map(|words| fact("Why it is late", words.as_str())));
        let representative = said.and_then(|said| said.representative.as_ref());
        rows.extend(representative.map(|words| fact("Represented by", words.as_str())));
        rows.push(match &appeal.stage {
            AppealStage::Lodged => fact("Heard by", "Waits to be given to somebody"),
            AppealStage::Assigned { officer, .. } => {
                let by = written(appeal.decide_by(self.register.policy()));
                fact("Heard by", format!("{}, by {by}", self.who(Actor::Account(*officer))))
            }
            AppealStage::Decided { moment, outcome, reasons } => {
                fact("Decided", lines([outcome.label(), text(reasons), &self.signed(*moment)]))
            }
            AppealStage::Withdrawn { moment, words } => {
                fact("Taken back", lines([text(words), &self.signed(*moment)]))
            }
        });
        let case = match said {
            Some(said) => paragraphs(&said.case),
            None => vec![Block::paragraph(DESTROYED)],
        };
        let heading = Block::subsection(format!("Appeal of {}", written(lodged.received_on)));
        std::iter::once(heading).chain(case).chain([Block::facts(rows)]).collect()
    }

    pub(super) fn decision(&self) -> Vec<Block> {
        let Some(decision) = self.measure.decision() else {
            let said = if self.measure.is_over() { "It was not approved." } else { "Not decided yet." };
            return vec![Block::paragraph(said)];
        };
        let asks = &decision.asks;
        let mut rows = vec![
            fact("Approved", self.signed(decision.moment)),
            fact("Reasons", text(&decision.reasons)),
            fact("Policy", format!("Version {}", decision.policy.0)),
            fact("First review by", written(decision.review_on)),
        ];
        // What was approved is what the plan says, until it is changed.
        if !self.measure.variations.is_empty() {
            rows.extend(asks.band.map(|band| fact("Band approved", band.label())));
            rows.push(fact("Precautions approved", self.codes(List::Precaution, &asks.precautions)));
            rows.push(fact("Restrictions approved", self.codes(List::Restriction, &asks.restrictions)));
        }
        match self.measure.notice() {
            None => rows.push(fact("Notice", "The customer has not been told yet")),
            Some((Notice::Sent { sent_on, delivery, .. }, _)) => {
                rows.push(fact("Notice", format!("{}, on {}", delivery.label(), written(*sent_on))));
            }
            Some((Notice::Withheld(withheld), _)) => rows.extend(self.withheld(withheld)),
        }
        rows.extend(self.measure.notice().map(|(_, since)| fact("In force since", written(since.date()))));
        vec![Block::facts(rows)]
    }

    fn withheld(&self, withheld: &Withholding) -> Vec<Fact> {
        let ground = self.codes(List::WithholdingGround, std::slice::from_ref(&withheld.ground));
        let mut rows = vec![
            fact("Notice", "Two people decided that the customer is not told for now"),
            fact("Ground", ground),
            fact("What shows it", lines([text(&withheld.evidence), &self.signed(withheld.asked)])),
        ];
        let agreed = withheld.agreed.iter();
        rows.extend(agreed.map(|it| fact("Agreed", lines([text(&it.reasons), &self.signed(it.moment)]))));
        rows
    }

    /// Every review, change and decision of a meeting since it is in force.
    pub(super) fn reviews(&self) -> Vec<Block> {
        let measure = self.measure;
        let mut told = Vec::new();
        for review in measure.reviews() {
            told.push(Block::subsection(format!("Review of {}", written(review.moment.date()))));
            let mut rows = review.answers.as_ref().map(|answers| self.answers(answers)).unwrap_or_default();
            rows.push(fact("Kept", lines([text(&review.reasons), &self.signed(review.moment)])));
            let withheld = review.still_withheld.iter();
            rows.extend(withheld.map(|why| fact("Why the customer is still not told", text(why))));
            rows.push(fact("Next review by", written(review.next_on)));
            told.push(Block::facts(rows));
        }
        if let Some(answers) = &measure.answers {
            told.push(Block::subsection("Review under way"));
            told.push(Block::facts(self.answers(answers)));
        }
        let varied = measure.variations.iter().map(|varied| {
            let on = written(varied.moment.date());
            fact(format!("Changed on {on}"), lines([text(&varied.reasons), &self.signed(varied.moment)]))
        });
        let removal = measure.removal.iter().map(|removal| match removal.asked {
            Some(asked) => (removal, "Asked to come off before the next meeting", asked),
            None => (removal, "Removal proposed to the Governance Group", removal.moment),
        });
        let removal = removal
            .map(|(removal, what, moment)| fact(what, lines([text(&removal.reasons), &self.signed(moment)])));
        let met = self.register.meetings().filter_map(|meeting| meeting.decision_on(measure.id));
        let met = met.map(|decided| {
            let on = written(decided.moment.date());
            let what = lines([decided.outcome.label(), text(&decided.reasons), &self.signed(decided.moment)]);
            fact(format!("Governance Group, {on}"), what)
        });
        let others: Vec<Fact> = varied.chain(removal).chain(met).collect();
        if !others.is_empty() {
            told.push(Block::subsection("Changes and decisions of the Governance Group"));
            told.push(Block::facts(others));
        }
        if told.is_empty() { vec![Block::paragraph("None so far.")] } else { told }
    }

    /// What whoever answers for the measure said before a review.
    fn answers(&self, answers: &Answers) -> Vec<Fact> {
        let mut rows = match answers.words.known() {
            None => vec![fact("Answers", DESTROYED)],
            Some(words) => {
                let asked = Question::ALL.iter().zip(words);
                asked.map(|(question, words)| fact(question.label(), words.as_str())).collect()
            }
        };
        rows.push(fact("Advice", lines([answers.advice.label(), &self.signed(answers.moment)])));
        rows
    }

    pub(super) fn end(&self) -> Vec<Block> {
        let Life::Ended { moment, reason, words, .. } = &self.measure.life else { return Vec::new() };
        let ended = lines([reason.label(), &self.signed(*moment)]);
        vec![Block::facts([fact("Ended", ended), fact("Reasons", text(words))])]
    }

    /// Every letter that was sent, each under a heading of its own.
    pub(super) fn letters(&self) -> Vec<Block> {
        let letters: Vec<Block> = self.measure.letters_sent().flat_map(|sent| self.letter(sent)).collect();
        if letters.is_empty() {
            return vec![Block::section("Letters"), Block::paragraph("None has been sent.")];
        }
        letters
    }

    fn letter(&self, sent: SentLetter<'_>) -> Vec<Block> {
        let on = written(sent.sent_on);
        let heading = Block::section(format!("Letter of {on}: {}", sent.occasion.label()));
        let Some(letter) = sent.letter.known() else { return vec![heading, Block::paragraph(DESTROYED)] };
        let sections = letter.sections.iter().flat_map(|section| {
            std::iter::once(Block::subsection(section.content.label())).chain(blocks(&section.paragraphs))
        });
        let facts = Block::facts([
            fact("Headed", letter.title.as_str()),
            fact("To", lines(&letter.addressee)),
            fact("Sent", format!("{}, on {on}", sent.delivery.label())),
        ]);
        [heading, facts].into_iter().chain(sections).collect()
    }
}

/// What somebody said, in paragraphs.
fn words(said: &Particulars<Text>) -> Vec<Block> {
    match said.known() {
        Some(said) => paragraphs(said),
        None => vec![Block::paragraph(DESTROYED)],
    }
}
