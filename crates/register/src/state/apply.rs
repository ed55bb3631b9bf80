//! What each event makes of the register. Representation only: no rule decides anything here.

use super::{Happening, Register};
use crate::assessment::{Answer, Assessment};
use crate::decision::Decision;
use crate::event::Event;
use crate::ids::{AccountId, File, IncidentId, MeasureId};
use crate::incident::{Addition, Incident, Triage};
use crate::measure::{EndReason, Hold, Interim, InterimStage, Life, Measure};
use crate::moment::Moment;
use crate::notice::{Agreement, Draft, Notice, Withholding};
use crate::people::{Account, Asked, Grant, Standing, Team};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{self, Adopted, Change, ChangeNumber, Consultation, Course, PolicyReview};
use crate::review::Review;
use crate::subject::Subject;

impl Register {
    /// Takes in one event, recorded at `moment` at `position` of the log.
    pub fn apply(&mut self, event: &Event, moment: Moment, position: u64) {
        for file in event.files() {
            self.timelines.entry(file).or_default().push(Happening {
                moment,
                title: event.title(),
                position,
            });
        }
        match event {
            Event::RegisterOpened { council, policy } => {
                self.council = Some(council.clone());
                self.policies.extend(policy.known().cloned().map(|policy| Adopted { policy, moment }));
            }
            Event::PolicyProposed { change, version, effective, policy, reasons } => {
                self.changes.push(Change {
                    number: *change,
                    proposed: moment,
                    version: *version,
                    effective: *effective,
                    policy: policy.clone(),
                    reasons: reasons.clone(),
                    consultations: Vec::new(),
                    course: Course::Proposed,
                });
            }
            Event::PolicyConsulted { change, consulted, held_on, words } => {
                self.with_change(*change, |change| {
                    change.consultations.push(Consultation {
                        moment,
                        consulted: *consulted,
                        held_on: *held_on,
                        words: words.clone(),
                    });
                });
            }
            Event::PolicyEndorsed { change, reasons } => self.with_change(*change, |change| {
                change.course = Course::Endorsed(policy::Answer { moment, reasons: reasons.clone() });
            }),
            Event::PolicyRejected { change, reasons } => self.with_change(*change, |change| {
                change.course = Course::Rejected(policy::Answer { moment, reasons: reasons.clone() });
            }),
            Event::PolicyWithdrawn { change, reasons } => self.with_change(*change, |change| {
                change.course = Course::Withdrawn(policy::Answer { moment, reasons: reasons.clone() });
            }),
            Event::PolicyAdopted { change } => {
                let mut adopted = None;
                self.with_change(*change, |change| {
                    if let Some(endorsed) = change.endorsement().cloned() {
                        change.course = Course::Adopted { endorsed, moment };
                        adopted = change.policy.known().cloned();
                    }
                });
                self.policies.extend(adopted.map(|policy| Adopted { policy, moment }));
            }
            Event::PolicyReviewed { words } => {
                self.policy_reviews.push(PolicyReview { moment, words: words.clone() });
            }
            Event::TeamOpened { team, contact, name } => {
                self.teams.insert(*team, Team { id: *team, name: name.clone(), contact: *contact });
            }
            Event::AccountOpened { account, roles, team, details }
            | Event::AccountChanged { account, roles, team, details } => {
                let mut grants =
                    self.accounts.get(account).map(|known| known.grants.clone()).unwrap_or_default();
                grants.withdraw(Grant::Roles);
                self.set_account(Account {
                    id: *account,
                    roles: roles.clone(),
                    team: *team,
                    details: details.clone(),
                    standing: Standing::Open,
                    grants,
                });
            }
            Event::GrantAsked { account, grant, roles } => {
                if let Some(account) = self.accounts.get_mut(account) {
                    account.grants.ask(*grant, Asked { moment, position, roles: roles.clone() });
                }
            }
            Event::GrantGiven { account, grant, roles } => {
                if let Some(account) = self.accounts.get_mut(account) {
                    account.grants.give(*grant, moment, position);
                    if *grant == Grant::Roles {
                        account.roles = roles.clone();
                    }
                }
            }
            Event::AccountClosed { account } => self.close_account(*account),
            Event::SubjectOpened { subject, details } => {
                self.subjects
                    .insert(*subject, Subject { id: *subject, details: details.clone(), support: None });
            }
            Event::SubjectDescribed { subject, details } => {
                if let Some(subject) = self.subjects.get_mut(subject) {
                    subject.details = details.clone();
                }
            }
            Event::SupportNeedsRecorded { subject, needs } => {
                if let Some(subject) = self.subjects.get_mut(subject) {
                    subject.support = Some(needs.clone());
                }
            }
            Event::IncidentReported {
                incident,
                reporter,
                team,
                facts,
                narrative,
                told_by,
                attachments,
                attachment_names,
            } => {
                for attachment in attachments {
                    self.incidents_by_attachment.insert(attachment.id, *incident);
                }
                self.incidents.insert(
                    *incident,
                    Incident {
                        id: *incident,
                        reported: moment,
                        reporter: *reporter,
                        team: *team,
                        facts: facts.clone(),
                        narrative: narrative.clone(),
                        told_by: told_by.clone(),
                        attachments: attachments.clone(),
                        attachment_names: attachment_names.clone(),
                        confirmed: None,
                        additions: Vec::new(),
                        triage: None,
                    },
                );
            }
            Event::IncidentConfirmed { incident, words } => self.with_incident(*incident, |incident| {
                incident.confirmed = Some(Addition { moment, words: words.clone() });
            }),
            Event::IncidentAddedTo { incident, words } => self.with_incident(*incident, |incident| {
                incident.additions.push(Addition { moment, words: words.clone() });
            }),
            Event::IncidentTriaged { incident, subject, identity, measure, reasons } => {
                if let Some(subject) = subject {
                    self.incidents_by_subject.entry(*subject).or_default().insert(*incident);
                }
                self.with_incident(*incident, |incident| {
                    incident.triage = Some(Triage {
                        moment,
                        subject: *subject,
                        identity: *identity,
                        measure: *measure,
                        reasons: reasons.clone(),
                    });
                });
            }
            Event::MeasureProposed { measure, kind, subject, sponsor, incidents } => {
                self.measures_by_subject.entry(*subject).or_default().insert(*measure);
                for incident in incidents {
                    self.measures_by_incident.entry(*incident).or_default().insert(*measure);
                }
                self.measures.insert(
                    *measure,
                    Measure {
                        id: *measure,
                        kind: *kind,
                        subject: *subject,
                        incidents: incidents.clone(),
                        joined: None,
                        sponsor: *sponsor,
                        proposed: moment,
                        interim: None,
                        assessment: Assessment::default(),
                        life: Life::Proposed,
                        holds: Vec::new(),
                    },
                );
            }
            Event::IncidentJoined { measure, incident } => {
                self.measures_by_incident.entry(*incident).or_default().insert(*measure);
                self.with_measure(*measure, |measure| {
                    if !measure.incidents.contains(incident) {
                        measure.incidents.push(*incident);
                        measure.joined = Some(moment);
                    }
                });
            }
            Event::InterimAsked { measure, plan, grounds, .. } => self.with_measure(*measure, |measure| {
                measure.interim = Some(Interim {
                    asked: moment,
                    plan: plan.clone(),
                    grounds: grounds.clone(),
                    stage: InterimStage::Asked,
                });
            }),
            Event::InterimAgreed { measure, lapses_on } => self.with_measure(*measure, |measure| {
                measure.set_interim(InterimStage::Live { agreed: moment, lapses_on: *lapses_on });
            }),
            Event::InterimEnded { measure } => {
                self.with_measure(*measure, |measure| measure.set_interim(InterimStage::Over(moment)));
            }
            Event::TestAnswered { measure, test, finding, reasons } => {
                self.with_measure(*measure, |measure| {
                    let answer = Answer { moment, finding: *finding, reasons: reasons.clone() };
                    measure.assessment.answers.insert(*test, answer);
                    measure.assessment.assessors.insert(moment.by);
                })
            }
            Event::PlanSet { measure, plan } => self.with_measure(*measure, |measure| {
                measure.assessment.plan = Some(plan.clone());
                measure.assessment.assessors.insert(moment.by);
            }),
            Event::ProportionalityWeighed { measure, record } => self.with_measure(*measure, |measure| {
                measure.assessment.proportionality = Some(record.clone());
                measure.assessment.assessors.insert(moment.by);
            }),
            Event::UnderAgeAllowed { measure, finding, reasons } => self.with_measure(*measure, |measure| {
                measure.assessment.under_age =
                    Some(Answer { moment, finding: *finding, reasons: reasons.clone() });
            }),
            Event::AssessmentCompleted { measure, recommendation } => {
                self.with_measure(*measure, |measure| {
                    measure.assessment.completed = Some((moment, *recommendation));
                    measure.assessment.assessors.insert(moment.by);
                    measure.life = Life::Assessed;
                });
            }
            Event::MeasureApproved { measure, policy, review_on, reasons } => {
                self.with_measure(*measure, |measure| {
                    measure.life = Life::Decided {
                        decision: Decision {
                            moment,
                            policy: *policy,
                            review_on: *review_on,
                            reasons: reasons.clone(),
                        },
                        draft: None,
                    };
                });
            }
            Event::MeasureRefused { measure, reasons, .. } => self.with_measure(*measure, |measure| {
                measure.end(moment, EndReason::Refused, reasons);
            }),
            Event::LetterWritten { measure, letter } => self.with_draft(*measure, |draft| {
                *draft = Some(Draft::Written { written: moment, letter: letter.clone(), approved: None });
            }),
            Event::LetterApproved { measure } => self.with_draft(*measure, |draft| {
                if let Some(Draft::Written { approved, .. }) = draft {
                    *approved = Some(moment);
                }
            }),
            Event::LetterSent { measure, sent_on, delivery } => self.with_measure(*measure, |measure| {
                measure.notify(moment, |draft| match draft {
                    Draft::Written { letter, .. } => {
                        Some(Notice::Sent { letter, sent_on: *sent_on, delivery: *delivery })
                    }
                    Draft::WithholdingAsked(_) => None,
                });
            }),
            Event::WithholdingAsked { measure, ground, evidence } => self.with_draft(*measure, |draft| {
                *draft = Some(Draft::WithholdingAsked(Withholding {
                    asked: moment,
                    ground: ground.clone(),
                    evidence: evidence.clone(),
                    agreed: None,
                }));
            }),
            Event::NoticeWithheld { measure, reasons } => self.with_measure(*measure, |measure| {
                measure.notify(moment, |draft| match draft {
                    Draft::WithholdingAsked(asked) => Some(Notice::Withheld(Withholding {
                        agreed: Some(Agreement { moment, reasons: reasons.clone() }),
                        ..asked
                    })),
                    Draft::Written { .. } => None,
                });
            }),
            Event::WithholdingRefused { measure, .. } => self.with_draft(*measure, |draft| *draft = None),
            Event::MeasureRetained { measure, next_on, reasons, still_withheld } => {
                self.with_measure(*measure, |measure| {
                    if let Life::InForce { reviews, .. } = &mut measure.life {
                        reviews.push(Review {
                            moment,
                            next_on: *next_on,
                            reasons: reasons.clone(),
                            still_withheld: still_withheld.clone(),
                        });
                    }
                })
            }
            Event::MeasureEnded { measure, reason, words } => {
                self.with_measure(*measure, |measure| measure.end(moment, *reason, words));
            }
            Event::HoldPlaced { measure, reasons } => self.with_measure(*measure, |measure| {
                measure.holds.push(Hold { moment, reasons: reasons.clone() });
            }),
            Event::HoldsLifted { measure, .. } => {
                self.with_measure(*measure, |measure| measure.holds.clear());
            }
            Event::Destroyed { file, lockers } => {
                for locker in lockers {
                    self.erased.insert(*locker);
                    self.forget(*locker);
                }
                if let File::Measure(measure) = file {
                    self.with_measure(*measure, |measure| measure.life = Life::Destroyed(moment));
                }
            }
        }
    }

    fn set_account(&mut self, account: Account) {
        self.forget_email(account.id);
        if let Some(details) = account.details.known() {
            self.accounts_by_email.insert(details.email.as_str().to_lowercase(), account.id);
        }
        self.accounts.insert(account.id, account);
    }

    fn close_account(&mut self, id: AccountId) {
        self.forget_email(id);
        if let Some(account) = self.accounts.get_mut(&id) {
            account.standing = Standing::Closed;
        }
    }

    fn forget_email(&mut self, id: AccountId) {
        let email = self.accounts.get(&id).and_then(|account| account.details.known());
        if let Some(details) = email {
            self.accounts_by_email.remove(&details.email.as_str().to_lowercase());
        }
    }

    fn with_change(&mut self, number: ChangeNumber, change: impl FnOnce(&mut Change)) {
        if let Some(known) = self.changes.iter_mut().find(|change| change.number == number) {
            change(known);
        }
    }

    fn with_incident(&mut self, id: IncidentId, change: impl FnOnce(&mut Incident)) {
        if let Some(incident) = self.incidents.get_mut(&id) {
            change(incident);
        }
    }

    fn with_measure(&mut self, id: MeasureId, change: impl FnOnce(&mut Measure)) {
        if let Some(measure) = self.measures.get_mut(&id) {
            change(measure);
        }
    }

    fn with_draft(&mut self, id: MeasureId, change: impl FnOnce(&mut Option<Draft>)) {
        self.with_measure(id, |measure| {
            if let Life::Decided { draft, .. } | Life::InForce { draft, .. } = &mut measure.life {
                change(draft);
            }
        });
    }

    /// Forgets every word that lies in a locker.
    fn forget(&mut self, locker: Locker) {
        match locker {
            Locker::Council => {}
            Locker::Account(id) => {
                self.forget_email(id);
                if let Some(account) = self.accounts.get_mut(&id) {
                    account.details.forget(locker);
                }
            }
            Locker::Subject(id) => {
                if let Some(subject) = self.subjects.get_mut(&id) {
                    subject.details.forget(locker);
                }
            }
            Locker::Support(id) => {
                if let Some(subject) = self.subjects.get_mut(&id) {
                    subject.support = None;
                }
            }
            Locker::Incident(id) => self.with_incident(id, |incident| {
                incident.narrative.forget(locker);
                incident.additions.iter_mut().for_each(|addition| addition.words.forget(locker));
                incident.confirmed.iter_mut().for_each(|confirmed| confirmed.words.forget(locker));
                incident.triage.iter_mut().for_each(|triage| triage.reasons.forget(locker));
            }),
            Locker::Reporter(id) => self.with_incident(id, |incident| incident.told_by = None),
            Locker::Evidence(id) => self.with_incident(id, |incident| {
                incident.attachments.clear();
                incident.attachment_names = None;
            }),
            Locker::Measure(id) => self.with_measure(id, |measure| {
                measure.assessment = Assessment::default();
                measure.interim = None;
                measure.holds.clear();
            }),
        }
    }
}

impl Measure {
    fn set_interim(&mut self, stage: InterimStage) {
        if let Some(interim) = &mut self.interim {
            interim.stage = stage;
        }
    }

    /// Ends it, and with it any interim marker.
    fn end(&mut self, moment: Moment, reason: EndReason, words: &Particulars<Text>) {
        let before = Box::new(std::mem::replace(&mut self.life, Life::Proposed));
        self.life = Life::Ended { moment, reason, words: words.clone(), before };
        self.end_interim(moment);
    }

    fn end_interim(&mut self, moment: Moment) {
        if let Some(interim) = &mut self.interim
            && !matches!(interim.stage, InterimStage::Over(_))
        {
            interim.stage = InterimStage::Over(moment);
        }
    }

    /// Takes in the notice that its draft became: a decided measure is in force from then on, and a customer who was not told is.
    fn notify(&mut self, moment: Moment, notice_of: impl FnOnce(Draft) -> Option<Notice>) {
        match &mut self.life {
            Life::Decided { decision, draft: Some(draft) } => {
                let Some(notice) = notice_of(draft.clone()) else { return };
                let (decision, reviews) = (decision.clone(), Vec::new());
                self.life = Life::InForce { decision, notice, since: moment, reviews, draft: None };
                self.end_interim(moment);
            }
            Life::InForce { notice, draft, .. } => {
                if let Some(told) = draft.take().and_then(notice_of) {
                    *notice = told;
                }
            }
            _ => {}
        }
    }
}
