//! The chronology of an evidence bundle: everything that happened, from whatever part of the file, by its date.

use super::Bundle;
use crate::letters::written;
use documents::{Block, Table};
use jiff::Timestamp;
use jiff::civil::Date;
use register::appeal::AppealStage;
use register::incident::Incident;
use register::measure::{InterimStage, Life};
use register::moment::Moment;
use register::notice::{Notice, Occasion};
use register::policy::List;

/// One thing that happened.
struct Line {
    on: Date,
    /// When on that day: what is known by its day alone comes first on it, a letter last.
    at: Timestamp,
    what: String,
    who: String,
}

const CUSTOMER: &str = "The customer";

impl Bundle<'_> {
    /// A thing done in the register.
    fn done(&self, moment: Moment, what: impl Into<String>) -> Line {
        Line { on: moment.date(), at: moment.at, what: what.into(), who: self.who(moment.by) }
    }

    pub(super) fn chronology(&self) -> Vec<Block> {
        let incidents = self.measure.incidents.iter().filter_map(|id| self.register.incident(*id));
        let mut all: Vec<Line> = incidents.flat_map(|incident| self.of_incident(incident)).collect();
        all.extend(self.of_assessment());
        all.extend(self.of_notice());
        all.extend(self.of_customer());
        all.extend(self.of_reviews());
        all.extend(self.of_end());
        // Of what was recorded in one moment, what follows from the rest comes after it.
        all.sort_by_key(|line| (line.on, line.at));
        let rows =
            all.into_iter().map(|line| vec![written(line.on).into(), line.what.into(), line.who.into()]);
        vec![Block::Table(Table {
            caption: "Everything that happened, oldest first".into(),
            columns: ["Date", "What", "Who"].map(Into::into).to_vec(),
            rows: rows.collect(),
        })]
    }

    fn of_incident(&self, incident: &Incident) -> Vec<Line> {
        let id = incident.id;
        let what = self.codes(List::Behaviour, &incident.facts.behaviours).replace('\n', ", ");
        let happened = Line {
            on: incident.facts.happened_on,
            at: Timestamp::MIN,
            what: format!("{what}, as it was reported ({id})"),
            who: String::new(),
        };
        let confirmed =
            incident.confirmed.iter().map(|it| self.done(it.moment, format!("Report of {id} confirmed")));
        let added =
            incident.additions.iter().map(|it| self.done(it.moment, format!("Report of {id} added to")));
        let triaged =
            incident.triage.iter().map(|it| self.done(it.moment, format!("Report of {id} triaged")));
        let reported = self.done(incident.reported, format!("Reported ({id})"));
        [happened, reported].into_iter().chain(confirmed).chain(added).chain(triaged).collect()
    }

    /// From the proposal to the decision.
    fn of_assessment(&self) -> Vec<Line> {
        let measure = self.measure;
        let mut all = vec![self.done(measure.proposed, format!("{} proposed", measure.kind.label()))];
        if let Some(interim) = &measure.interim {
            all.push(self.done(interim.asked, "Interim marker asked for"));
            match interim.stage {
                InterimStage::Asked => {}
                InterimStage::Live { agreed, lapses_on } => {
                    all.push(
                        self.done(agreed, format!("Interim marker agreed, until {}", written(lapses_on))),
                    );
                }
                InterimStage::Over(over) => all.push(self.done(over, "Interim marker over")),
            }
        }
        if let Some(answer) = &measure.assessment.under_age {
            let what = format!("Age safeguard answered: {}", answer.finding.label());
            all.push(self.done(answer.moment, what));
        }
        if let Some((moment, advice)) = measure.assessment.completed {
            all.push(self.done(moment, format!("Assessment completed: {}", advice.label())));
        }
        if let Some(decision) = measure.decision() {
            let what = format!("Approved, to be reviewed by {}", written(decision.review_on));
            all.push(self.done(decision.moment, what));
        }
        all
    }

    /// How the customer was told, and every letter since.
    fn of_notice(&self) -> Vec<Line> {
        let told = self.measure.notice();
        let letters = self.measure.letters_sent().map(|sent| {
            let way = sent.delivery.label().to_lowercase();
            let at = match (sent.occasion, told) {
                (Occasion::Decision, Some((_, since))) => since.at,
                _ => Timestamp::MAX,
            };
            let what = format!("Letter sent {way}: {}", sent.occasion.label());
            Line { on: sent.sent_on, at, what, who: String::new() }
        });
        let mut all: Vec<Line> = letters.collect();
        if let Some((Notice::Withheld(withheld), _)) = told {
            all.push(self.done(withheld.asked, "Asked that the customer is not told"));
            let agreed = withheld.agreed.iter();
            all.extend(agreed.map(|it| self.done(it.moment, "Agreed that the customer is not told")));
        }
        all.extend(told.map(|(_, since)| self.done(since, "In force")));
        all
    }

    fn of_reviews(&self) -> Vec<Line> {
        let measure = self.measure;
        let reviews = measure.reviews();
        let answers = reviews.iter().filter_map(|review| review.answers.as_ref()).chain(&measure.answers);
        let answered = answers.map(|answers| {
            let what = format!("Questions of a review answered: {}", answers.advice.label());
            self.done(answers.moment, what)
        });
        let kept = reviews.iter().map(|review| {
            self.done(review.moment, format!("Reviewed and kept, next review by {}", written(review.next_on)))
        });
        let varied = measure.variations.iter().map(|varied| self.done(varied.moment, "Changed"));
        let removal = measure.removal.iter().map(|removal| match removal.asked {
            Some(asked) => self.done(asked, "Removal before the next meeting asked for"),
            None => self.done(removal.moment, "Removal proposed to the Governance Group"),
        });
        let met = self.register.meetings().filter_map(|meeting| meeting.decision_on(measure.id));
        let met = met.map(|decided| {
            self.done(decided.moment, format!("Governance Group: {}", decided.outcome.label()))
        });
        answered.chain(kept).chain(varied).chain(removal).chain(met).collect()
    }

    /// The end, and each team that confirmed it.
    fn of_end(&self) -> Vec<Line> {
        let ended = match &self.measure.life {
            Life::Ended { moment, reason, .. } => {
                Some(self.done(*moment, format!("Ended: {}", reason.label())))
            }
            _ => None,
        };
        let withdrawn = self.measure.withdrawn_from.iter();
        let withdrawn = withdrawn
            .map(|(team, moment)| self.done(*moment, format!("Withdrawn from {}", self.team(*team))));
        ended.into_iter().chain(withdrawn).collect()
    }

    /// What the customer sent, disputed and appealed against, and how it was answered.
    fn of_customer(&self) -> Vec<Line> {
        let by_customer =
            |on: Date, what: String| Line { on, at: Timestamp::MIN, what, who: CUSTOMER.to_owned() };
        let mut all = Vec::new();
        for contact in &self.measure.contacts {
            let what = format!("Contact {}: {}", contact.means.label(), contact.matter.label());
            all.push(by_customer(contact.received_on, what));
            let answered = contact.answered.iter();
            all.extend(answered.map(|(moment, _)| self.done(*moment, "Contact answered")));
        }
        for dispute in &self.measure.disputes {
            all.push(by_customer(dispute.received_on, "Says that the record is wrong".to_owned()));
            let answer = dispute.answer.iter();
            all.extend(answer.map(|(moment, outcome, _)| {
                self.done(*moment, format!("Dispute answered: {}", outcome.label()))
            }));
        }
        for appeal in &self.measure.appeals {
            let lodged = &appeal.lodged;
            all.push(Line {
                who: lodged.appellant.label().to_owned(),
                ..by_customer(lodged.received_on, format!("Appeals: {}", lodged.way.label()))
            });
            all.extend(match &appeal.stage {
                AppealStage::Lodged => None,
                AppealStage::Assigned { moment, .. } => {
                    Some(self.done(*moment, "Appeal given to somebody uninvolved"))
                }
                AppealStage::Decided { moment, outcome, .. } => {
                    Some(self.done(*moment, format!("Appeal decided: {}", outcome.label())))
                }
                AppealStage::Withdrawn { moment, .. } => Some(self.done(*moment, "Appeal taken back")),
            });
        }
        for complaint in &self.measure.complaints {
            let took = format!("{} takes it up", complaint.ombudsman.label());
            all.push(Line {
                who: complaint.ombudsman.label().to_owned(),
                ..by_customer(complaint.taken_up_on, took)
            });
            all.extend(complaint.end.iter().map(|end| {
                let came = format!("The ombudsman’s outcome: {}", end.outcome.label());
                Line { who: complaint.ombudsman.label().to_owned(), ..by_customer(end.ended_on, came) }
            }));
        }
        all
    }
}
