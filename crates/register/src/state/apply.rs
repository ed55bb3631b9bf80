//! What each event makes of the register. Representation only: no rule decides anything here.

use super::{Happening, Register};
use crate::appeal::{Appeal, AppealOutcome, AppealStage};
use crate::assessment::{Answer, Assessment};
use crate::contact::Received;
use crate::decision::{Asks, Decision};
use crate::dispute::Dispute;
use crate::event::Event;
use crate::exclusion::Exclusion;
use crate::glass::Glass;
use crate::ids::{
    AccountId, File, ImportId, IncidentId, MeasureId, MeetingId, PartnerId, RiskId, SubjectId, TeamId,
};
use crate::import::{self, Import, OldList, Origin, SubjectFile};
use crate::incident::{Addition, Incident, Triage};
use crate::involved::Involved;
use crate::legal::LegalAdvice;
use crate::looks::{LooksFinding, LooksQuestion, LooksReview};
use crate::measure::{DecisionFile, EndReason, Interim, InterimStage, Kind, Life, Measure, Shown};
use crate::meeting::{AgreedAction, Decided, Meeting, Removal, Sitting};
use crate::moment::Moment;
use crate::notice::{Agreement, Draft, Notice, Occasion, OutcomeLetter, OutcomeStage, Withholding};
use crate::numbers::{self, Tally};
use crate::ombudsman::{Complaint, ComplaintEnd, ComplaintOutcome};
use crate::partner::{self, Loaded, News, Partner, Related};
use crate::people::{
    Account, Asked, Grant, Grants, Learnt, Newcomer, Progress, Request, Standing, Suspension, Team, Wanted,
};
use crate::personal::{Locker, Particulars, Text};
use crate::policy::{self, Adopted, Change, ChangeNumber, Consultation, Course, PolicyReview};
use crate::retention::{Certificate, Ground, Hold, take_in};
use crate::review::{Answers, Review, Stir, Variation};
use crate::risk::{Closed, Judged, Risk, Transferred};
use crate::subject::{Occupants, Subject, SubjectDetails};
use jiff::civil::Date;

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
        let on = moment.date();
        let counted = numbers::counted(self, event, moment).into_iter();
        self.tallies.extend(counted.map(|counted| Tally { on, counted }));
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
            Event::PolicyEndorsed { change, reasons } => {
                self.answer_change(*change, moment, reasons, Course::Endorsed);
            }
            Event::PolicyRejected { change, reasons } => {
                self.answer_change(*change, moment, reasons, Course::Rejected);
            }
            Event::PolicyWithdrawn { change, reasons } => {
                self.answer_change(*change, moment, reasons, Course::Withdrawn);
            }
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
                let (id, name, contact) = (*team, name.clone(), *contact);
                let (opened, declared, asked, partner) = (moment, None, None, None);
                self.teams.insert(id, Team { id, name, contact, opened, declared, asked, partner });
            }
            Event::AccountOpened { account, roles, team, details }
            | Event::AccountChanged { account, roles, team, details } => {
                let known = self.accounts.get(account).cloned();
                let mut now = known.unwrap_or_else(|| Account {
                    id: *account,
                    roles: roles.clone(),
                    team: *team,
                    details: details.clone(),
                    standing: Standing::Open,
                    grants: Grants::default(),
                    opened: moment,
                    until: None,
                    confirmed: None,
                    awaits: None,
                    learnt: Learnt::default(),
                });
                (now.roles, now.team, now.details) = (roles.clone(), *team, details.clone());
                now.grants.withdraw(Grant::Roles);
                self.set_account(now);
                self.has_roles_now(*account, moment);
            }
            Event::StarterNoted { account, team, from, newcomer } => {
                self.begin_request(*account, *team, *from, newcomer, moment);
            }
            Event::AccessAsked { account, team, roles, from, until, newcomer } => {
                self.begin_request(*account, *team, *from, newcomer, moment);
                let wanted = Wanted { roles: roles.clone(), from: *from, until: *until };
                self.with_request(*account, |request| request.progress = Progress::Asked(moment, wanted));
            }
            Event::AccessNotGiven { account, reasons } => {
                self.with_request(*account, |request| {
                    request.progress = Progress::NotGiven(moment, reasons.clone());
                });
            }
            Event::AccessLimited { account, until } => {
                self.with_account(*account, |account| account.until = Some(*until));
            }
            Event::ConfirmationAsked { team } => {
                if let Some(team) = self.teams.get_mut(team) {
                    team.asked = Some(moment);
                }
                for account in self.accounts.values_mut().filter(|account| account.team == *team) {
                    // Whoever was asked before and has not answered has no longer for it.
                    if account.standing == Standing::Open {
                        account.awaits.get_or_insert(moment);
                    }
                }
            }
            Event::AccessConfirmed { account } => {
                let left = Standing::Suspended(Suspension::Left);
                // That somebody is back says nothing of what they did before they left.
                if self.accounts.get(account).is_some_and(|account| account.standing != left) {
                    self.misuse.remove(account);
                }
                self.with_account(*account, |account| {
                    (account.confirmed, account.awaits) = (Some(moment), None);
                    if matches!(account.standing, Standing::Suspended(_)) {
                        account.standing = Standing::Open;
                    }
                });
            }
            Event::AccountMoved { account, roles, team } => self.with_account(*account, |account| {
                (account.roles, account.team, account.awaits) = (roles.clone(), *team, Some(moment));
                account.grants.withdraw(Grant::Roles);
            }),
            Event::PolicyAcknowledged { account, version } => {
                self.with_account(*account, |account| account.learnt.policy = Some(*version));
            }
            Event::TrainingPassed { account, course, .. } => {
                self.with_account(*account, |account| account.learnt.training = Some((*course, on)));
            }
            Event::ConductKept { account } => {
                self.with_account(*account, |account| account.learnt.conduct = Some(on));
            }
            Event::AccountSuspended { account, why } => self.with_account(*account, |account| {
                if account.standing != Standing::Closed {
                    account.standing = Standing::Suspended(*why);
                }
            }),
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
                self.has_roles_now(*account, moment);
            }
            Event::AccountClosed { account } => self.close_account(*account),
            Event::RiskRaised { risk, sign, rating, words, answer } => {
                let first = Judged { moment, rating: *rating, answer: answer.clone() };
                self.risks.insert(
                    *risk,
                    Risk {
                        id: *risk,
                        raised: moment,
                        words: words.clone(),
                        sign: *sign,
                        first,
                        later: Vec::new(),
                        transferred: None,
                        closed: None,
                    },
                );
            }
            Event::RiskAssessed { risk, rating, answer } => self.with_risk(*risk, |risk| {
                risk.later.push(Judged { moment, rating: *rating, answer: answer.clone() });
            }),
            Event::RiskTransferred { risk, on, words } => self.with_risk(*risk, |risk| {
                risk.transferred = Some(Transferred { moment, on: *on, words: words.clone() });
            }),
            Event::RiskClosed { risk, reasons } => self.with_risk(*risk, |risk| {
                risk.closed = Some(Closed { moment, reasons: reasons.clone() });
            }),
            Event::SubjectOpened { subject, details } => {
                let opened = Subject::opened(*subject, details.clone(), moment);
                self.subjects.insert(*subject, opened);
            }
            Event::SubjectDescribed { subject, details } => {
                let moved = self.subjects.get_mut(subject).is_some_and(|subject| {
                    subject.described = moment;
                    let before = std::mem::replace(&mut subject.details, details.clone());
                    let address = |details: &Particulars<SubjectDetails>| {
                        details.known().and_then(SubjectDetails::current_address).cloned()
                    };
                    address(&before) != address(details)
                });
                if moved {
                    self.stir_all(*subject, Stir::Moved, moment);
                }
            }
            Event::Excluded { subject, account, closeness, words } => {
                let exclusion = Exclusion { moment, closeness: *closeness, words: words.clone() };
                self.exclusions.entry(*subject).or_default().insert(*account, exclusion);
            }
            Event::GlassBroken { measure, danger, words } => self.glasses.push(Glass {
                measure: *measure,
                broken: moment,
                danger: *danger,
                words: words.clone(),
                review: None,
            }),
            Event::GlassReviewed { glass, finding, words, .. } => {
                let place = usize::try_from(*glass).ok();
                if let Some(glass) = place.and_then(|place| self.glasses.get_mut(place)) {
                    glass.review = Some((moment, *finding, words.clone()));
                }
            }
            Event::LooksQuestioned { reader, looks, words } => self.looks_questions.push(LooksQuestion {
                reader: *reader,
                looks: looks.clone(),
                asked: moment,
                words: words.clone(),
                answer: None,
            }),
            Event::LooksExplained { question, words } => {
                let place = usize::try_from(*question).ok();
                if let Some(question) = place.and_then(|place| self.looks_questions.get_mut(place)) {
                    question.answer = Some((moment, words.clone()));
                }
            }
            Event::LooksReviewed { reader, looks, finding, words } => {
                self.looks_reviews.push(LooksReview {
                    reader: *reader,
                    looks: looks.clone(),
                    moment,
                    finding: *finding,
                    words: words.clone(),
                });
                let open = self.accounts.get(reader).is_some_and(|it| it.standing != Standing::Closed);
                if *finding == LooksFinding::Misuse && open {
                    self.misuse.insert(*reader, moment);
                }
            }
            Event::ExclusionLifted { subject, account, .. } => {
                if let Some(of) = self.exclusions.get_mut(subject) {
                    of.remove(account);
                    if of.is_empty() {
                        self.exclusions.remove(subject);
                    }
                }
            }
            Event::OccupantsChanged { subject, since, words } => {
                if let Some(subject) = self.subjects.get_mut(subject) {
                    let (since, words) = (*since, words.clone());
                    subject.occupants.push(Occupants { moment, since, words });
                }
                self.stir_all(*subject, Stir::Occupants, moment);
            }
            Event::SubjectsJoined { kept, joined, .. } => {
                self.joins.join(*kept, *joined);
                self.stir_all(*kept, Stir::Joined, moment);
            }
            Event::SubjectsParted { kept, joined, .. } => {
                self.stir_all(*kept, Stir::Joined, moment);
                self.joins.part(*joined);
            }
            Event::SubjectsKeptApart { one, other, .. } => self.joins.keep_apart(*one, *other),
            Event::ImportProposed { import, team, sponsor, entries, fingerprint, words } => {
                self.imports.insert(
                    *import,
                    Import {
                        id: *import,
                        team: *team,
                        proposed: moment,
                        sponsor: *sponsor,
                        entries: *entries,
                        fingerprint: *fingerprint,
                        words: words.clone(),
                        course: import::Course::Proposed,
                        opened: Vec::new(),
                        measures: Vec::new(),
                        old_list: None,
                    },
                );
            }
            Event::ImportRefused { import, reasons } => self.with_import(*import, |import| {
                import.course = import::Course::Refused { moment, reasons: reasons.clone() };
            }),
            Event::EntryImported { measure, subject, import, row, file, sponsor, plan, lapses_on, said } => {
                let Some(list) = self.imports.get_mut(import) else { return };
                list.measures.push(*measure);
                if *file == SubjectFile::Opened {
                    list.opened.push(*subject);
                }
                // As an interim marker that whoever staged the list asked for, and whoever approved it agreed.
                let mut entry =
                    Measure::proposed(*measure, Kind::Entry, *subject, *sponsor, Vec::new(), moment);
                entry.origin = Some(Origin { import: *import, row: *row });
                entry.interim = Some(Interim {
                    asked: list.proposed,
                    plan: plan.clone(),
                    grounds: said.clone(),
                    shown: Shown::Yes,
                    stage: InterimStage::Live { agreed: moment, lapses_on: *lapses_on },
                });
                self.measures_by_subject.entry(*subject).or_default().insert(*measure);
                self.measures.insert(*measure, entry);
            }
            Event::ImportApproved { import } => {
                self.with_import(*import, |import| import.course = import::Course::Approved(moment));
            }
            Event::ImportUndone { import, reasons, lockers } => {
                self.erased.extend(lockers);
                let Some(undone) = self.imports.get_mut(import) else { return };
                if let Some(approved) = undone.approved() {
                    undone.course = import::Course::Undone { approved, moment, reasons: reasons.clone() };
                }
                let (measures, opened) = (undone.measures.clone(), undone.opened.clone());
                measures.into_iter().for_each(|measure| self.drop_measure(measure));
                for subject in opened {
                    self.subjects.remove(&subject);
                    self.timelines.remove(&File::Subject(subject));
                    self.joins.forget(subject);
                    self.exclusions.remove(&subject);
                }
            }
            Event::OldListDestroyed { import, on, words } => self.with_import(*import, |import| {
                import.old_list = Some(OldList { moment, on: *on, words: words.clone() });
            }),
            Event::NoListDeclared { team } => {
                if let Some(team) = self.teams.get_mut(team) {
                    team.declared = Some(moment);
                }
            }
            Event::PartnerKept { partner, relationship, since, teams, name } => {
                let related = Related { moment, relationship: *relationship, since: *since };
                let kept = self.partners.entry(*partner).or_insert_with(|| Partner {
                    id: *partner,
                    name: name.clone(),
                    relationships: Vec::new(),
                    agreements: Vec::new(),
                    stock: None,
                    received: Default::default(),
                });
                kept.name = name.clone();
                kept.relationships.push(related);
                for team in teams {
                    if let Some(team) = self.teams.get_mut(team) {
                        team.partner = Some(*partner);
                    }
                }
            }
            Event::AgreementProposed { partner, terms, words } => self.with_partner(*partner, |partner| {
                partner.agreements.push(partner::Agreement {
                    proposed: moment,
                    terms: terms.clone(),
                    words: words.clone(),
                    course: partner::Course::Proposed,
                    confirmed: Vec::new(),
                });
            }),
            Event::AgreementApproved { partner, agreement } => {
                self.with_agreement(*partner, *agreement, |agreement| {
                    agreement.course = partner::Course::Approved(moment);
                });
            }
            Event::AgreementConfirmed { partner, agreement } => {
                self.with_agreement(*partner, *agreement, |agreement| agreement.confirmed.push(moment));
            }
            Event::AgreementEnded { partner, agreement, reasons } => {
                self.with_agreement(*partner, *agreement, |agreement| {
                    let approved = match agreement.course {
                        partner::Course::Approved(approved) => Some(approved),
                        _ => None,
                    };
                    agreement.course = partner::Course::Ended { approved, moment, reasons: reasons.clone() };
                });
            }
            Event::StockLoaded { partner, count, stock } => self.with_partner(*partner, |partner| {
                partner.stock = Some(Loaded { moment, count: *count, stock: stock.clone() });
            }),
            Event::MarkerReceived { partner, measure, news } => {
                let told = self.told_now(*partner, *measure, moment);
                self.with_partner(*partner, |partner| {
                    match news {
                        News::Withdrawn => partner.received.remove(measure),
                        News::New | News::Changed => {
                            partner.received.insert(*measure, partner::Received { moment, told })
                        }
                    };
                });
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
                        involved: Vec::new(),
                        attachments: attachments.clone(),
                        attachment_names: attachment_names.clone(),
                        confirmed: None,
                        additions: Vec::new(),
                        triage: None,
                        holds: Vec::new(),
                    },
                );
            }
            Event::IncidentConfirmed { incident, words } => self.with_incident(*incident, |incident| {
                incident.confirmed = Some(Addition { moment, words: words.clone() });
            }),
            Event::IncidentAddedTo { incident, words } => self.with_incident(*incident, |incident| {
                incident.additions.push(Addition { moment, words: words.clone() });
            }),
            Event::InvolvedNamed { incident, involvement, who } => {
                self.with_incident(*incident, |incident| {
                    let (involvement, who) = (*involvement, who.clone());
                    incident.involved.push(Involved { moment, involvement, who });
                })
            }
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
                let (kind, subject, sponsor) = (*kind, *subject, *sponsor);
                let proposed = Measure::proposed(*measure, kind, subject, sponsor, incidents.clone(), moment);
                self.measures.insert(*measure, proposed);
            }
            Event::IncidentJoined { measure, incident } => {
                self.measures_by_incident.entry(*incident).or_default().insert(*measure);
                self.with_measure(*measure, |measure| {
                    if !measure.incidents.contains(incident) {
                        measure.incidents.push(*incident);
                        measure.joined = Some(moment);
                        measure.stir(Stir::Incident, moment);
                    }
                });
            }
            Event::InterimAsked { measure, plan, grounds, .. } => self.with_measure(*measure, |measure| {
                measure.interim = Some(Interim {
                    asked: moment,
                    plan: plan.clone(),
                    grounds: grounds.clone(),
                    shown: Shown::Never,
                    stage: InterimStage::Asked,
                });
            }),
            Event::InterimAgreed { measure, lapses_on } => self.with_measure(*measure, |measure| {
                measure.set_interim(InterimStage::Live { agreed: moment, lapses_on: *lapses_on });
                if let Some(interim) = &mut measure.interim {
                    interim.shown = Shown::Yes;
                }
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
                            asks: Asks::of(measure.assessment.plan.as_ref()),
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
                    let answers = measure.answers.take();
                    if let Life::InForce { reviews, .. } = &mut measure.life {
                        reviews.push(Review {
                            moment,
                            next_on: *next_on,
                            reasons: reasons.clone(),
                            still_withheld: still_withheld.clone(),
                            answers,
                        });
                    }
                    (measure.stirred, measure.removal) = (None, None);
                    measure.owe(Occasion::Kept, moment);
                })
            }
            Event::MeasureEnded { measure, reason, words } => {
                self.with_measure(*measure, |measure| measure.end(moment, *reason, words));
            }
            Event::ReviewAnswered { measure, advice, answers } => self.with_measure(*measure, |measure| {
                measure.answers = Some(Answers { moment, advice: *advice, words: answers.clone() });
            }),
            Event::RemovalProposed { measure, reasons } => self.with_measure(*measure, |measure| {
                measure.removal = Some(Removal { moment, reasons: reasons.clone(), asked: None });
            }),
            Event::RemovalAsked { measure, reasons } => self.with_measure(*measure, |measure| {
                let reasons = reasons.clone();
                measure.removal.get_or_insert(Removal { moment, reasons, asked: None }).asked = Some(moment);
            }),
            Event::MeasureVaried { measure, plan, review_on, reasons } => {
                self.with_measure(*measure, |measure| {
                    measure.assessment.plan = Some(plan.clone());
                    // An appeal upheld in part tells of the change in its own letter.
                    let of_appeal = measure
                        .appeals
                        .last()
                        .and_then(Appeal::decided)
                        .is_some_and(|(outcome, at, _)| outcome == AppealOutcome::InPart && at == moment);
                    if !of_appeal || measure.variations.iter().any(|varied| varied.moment == moment) {
                        measure.owe(Occasion::Varied, moment);
                    }
                    let (review_on, reasons) = (*review_on, reasons.clone());
                    measure.variations.push(Variation { moment, review_on, reasons });
                });
            }
            Event::SponsorChanged { measure, sponsor } => self.with_measure(*measure, |measure| {
                measure.sponsor = *sponsor;
                measure.stir(Stir::Sponsor, moment);
            }),
            Event::AppealOpened { measure, code } => self.with_measure(*measure, |measure| {
                measure.appeal_code = Some(code.clone());
            }),
            Event::ContactLogged { measure, received_on, means, matter, treatment, passed_to, words } => {
                self.with_measure(*measure, |measure| {
                    measure.contacts.push(Received {
                        moment,
                        received_on: *received_on,
                        means: *means,
                        matter: *matter,
                        treatment: *treatment,
                        passed_to: *passed_to,
                        words: words.clone(),
                        answered: None,
                    });
                });
            }
            Event::ContactAnswered { measure, contact, words } => self.with_measure(*measure, |measure| {
                let place = usize::try_from(*contact).ok();
                if let Some(contact) = place.and_then(|place| measure.contacts.get_mut(place)) {
                    contact.answered = Some((moment, words.clone()));
                }
            }),
            Event::LegalAdviceKept { measure, asked_on, words } => self.with_measure(*measure, |measure| {
                let (asked_on, words) = (*asked_on, words.clone());
                measure.legal_advice.push(LegalAdvice { moment, asked_on, words });
            }),
            Event::DisputeRecorded { measure, received_on, words } => {
                self.with_measure(*measure, |measure| {
                    let (received_on, words) = (*received_on, words.clone());
                    measure.disputes.push(Dispute { moment, received_on, words, answer: None });
                    measure.stir(Stir::Disputed, moment);
                });
            }
            Event::DisputeAnswered { measure, outcome, reasons } => self.with_measure(*measure, |measure| {
                let open = measure.disputes.iter_mut().find(|dispute| dispute.answer.is_none());
                if let Some(dispute) = open {
                    dispute.answer = Some((moment, *outcome, reasons.clone()));
                }
                measure.owe(Occasion::DisputeAnswered, moment);
            }),
            Event::AppealLodged { measure, lodged, words } => self.with_measure(*measure, |measure| {
                measure.appeals.push(Appeal {
                    moment,
                    lodged: lodged.clone(),
                    words: words.clone(),
                    stage: AppealStage::Lodged,
                });
                measure.letters.push(OutcomeLetter::owed(Occasion::AppealReceived, moment));
            }),
            Event::AppealAssigned { measure, officer } => self.with_appeal(*measure, |appeal| {
                appeal.stage = AppealStage::Assigned { moment, officer: *officer };
            }),
            Event::AppealDecided { measure, outcome, reasons } => {
                self.with_appeal(*measure, |appeal| {
                    let reasons = reasons.clone();
                    appeal.stage = AppealStage::Decided { moment, outcome: *outcome, reasons };
                });
                self.with_measure(*measure, |measure| {
                    measure.no_longer_owes(Occasion::AppealReceived);
                    measure.letters.push(OutcomeLetter::owed(Occasion::AppealOutcome, moment));
                });
            }
            Event::AppealWithdrawn { measure, words } => {
                self.with_appeal(*measure, |appeal| {
                    appeal.stage = AppealStage::Withdrawn { moment, words: words.clone() };
                });
                self.with_measure(*measure, |measure| measure.no_longer_owes(Occasion::AppealReceived));
            }
            Event::ComplaintRecorded { measure, ombudsman, taken_up_on, reference } => {
                self.with_measure(*measure, |measure| {
                    measure.complaints.push(Complaint {
                        moment,
                        ombudsman: *ombudsman,
                        taken_up_on: *taken_up_on,
                        reference: reference.clone(),
                        end: None,
                    });
                });
            }
            Event::ComplaintEnded { measure, outcome, ended_on, found, asks } => {
                self.with_measure(*measure, |measure| {
                    let open = measure.complaints.iter_mut().find(|complaint| complaint.end.is_none());
                    if let Some(complaint) = open {
                        let (outcome, ended_on) = (*outcome, *ended_on);
                        let (found, asks) = (found.clone(), asks.clone());
                        complaint.end = Some(ComplaintEnd { moment, outcome, ended_on, found, asks });
                    }
                    if *outcome == ComplaintOutcome::Fault {
                        measure.stir(Stir::Fault, moment);
                    }
                });
            }
            Event::OutcomeLetterWritten { measure, occasion, letter } => {
                self.with_owed(*measure, *occasion, |owed| {
                    let letter = letter.clone();
                    owed.stage = OutcomeStage::Written { written: moment, letter, approved: None };
                });
            }
            Event::OutcomeLetterApproved { measure, occasion } => {
                self.with_owed(*measure, *occasion, |owed| {
                    if let OutcomeStage::Written { approved, .. } = &mut owed.stage {
                        *approved = Some(moment);
                    }
                });
            }
            Event::OutcomeLetterSent { measure, occasion, sent_on, delivery } => {
                self.with_owed(*measure, *occasion, |owed| {
                    if let OutcomeStage::Written { letter, .. } = &owed.stage {
                        let (letter, sent_on, delivery) = (letter.clone(), *sent_on, *delivery);
                        owed.stage = OutcomeStage::Sent { letter, sent_on, delivery };
                    }
                });
            }
            Event::WithdrawalConfirmed { measure, team } => self.with_measure(*measure, |measure| {
                measure.withdrawn_from.insert(*team, moment);
            }),
            Event::MeetingCalled { meeting, held_on, chair } => {
                self.meetings.insert(
                    *meeting,
                    Meeting {
                        id: *meeting,
                        held_on: *held_on,
                        chair: *chair,
                        called: moment,
                        sitting: Sitting::Called,
                        decisions: Vec::new(),
                        actions: Vec::new(),
                    },
                );
            }
            Event::MeetingOpened { meeting, chair, present } => self.with_meeting(*meeting, |meeting| {
                meeting.chair = *chair;
                meeting.sitting = Sitting::Open { opened: moment, present: present.clone() };
            }),
            Event::MeetingDecided { meeting, measure, outcome, aside, reasons } => {
                self.with_meeting(*meeting, |meeting| {
                    meeting.decisions.push(Decided {
                        moment,
                        measure: *measure,
                        outcome: *outcome,
                        aside: aside.clone(),
                        reasons: reasons.clone(),
                    });
                });
            }
            Event::ActionAgreed { meeting, who, by, words } => self.with_meeting(*meeting, |meeting| {
                let (who, by, words) = (*who, *by, words.clone());
                meeting.actions.push(AgreedAction { moment, who, by, words, done: None });
            }),
            Event::ActionDone { meeting, action } => self.with_meeting(*meeting, |meeting| {
                let action = usize::try_from(*action).ok().and_then(|index| meeting.actions.get_mut(index));
                if let Some(action) = action {
                    action.done = Some(moment);
                }
            }),
            Event::MeetingClosed { meeting, minutes } => self.with_meeting(*meeting, |meeting| {
                if let Sitting::Open { opened, present } = &meeting.sitting {
                    let (opened, present, minutes) = (*opened, present.clone(), minutes.clone());
                    meeting.sitting = Sitting::Closed { opened, present, closed: moment, minutes };
                }
            }),
            Event::HoldPlaced { measure, reasons } => self.with_measure(*measure, |measure| {
                let (ground, review_on) = (Ground::Other, None);
                measure.holds.push(Hold { moment, ground, review_on, reasons: reasons.clone() });
            }),
            Event::HoldsLifted { measure, .. } => {
                self.with_measure(*measure, |measure| measure.holds.clear());
            }
            Event::FileHeld { file, ground, review_on, reasons } => {
                let (ground, review_on) = (*ground, Some(*review_on));
                let hold = Hold { moment, ground, review_on, reasons: reasons.clone() };
                self.with_holds(*file, |holds| take_in(holds, hold));
            }
            Event::FileReleased { file, .. } => self.with_holds(*file, Vec::clear),
            Event::DecisionFileSealed { measure, lockers } => {
                let file = File::Measure(*measure);
                let certificate = Certificate::before(self, file, lockers.len(), moment, position);
                self.certificates.push(certificate);
                for locker in lockers {
                    self.erased.insert(*locker);
                    self.forget(*locker);
                }
                self.with_measure(*measure, |measure| measure.seal(moment));
            }
            Event::Destroyed { file, lockers } => {
                let certificate = Certificate::before(self, *file, lockers.len(), moment, position);
                self.certificates.push(certificate);
                for locker in lockers {
                    self.erased.insert(*locker);
                    self.forget(*locker);
                }
                if let File::Measure(measure) = file {
                    self.with_measure(*measure, |measure| {
                        measure.sealed = None;
                        if !matches!(measure.life, Life::Destroyed(_)) {
                            measure.life = Life::Destroyed(moment);
                        }
                    });
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

    fn with_account(&mut self, id: AccountId, change: impl FnOnce(&mut Account)) {
        if let Some(account) = self.accounts.get_mut(&id) {
            change(account);
        }
    }

    fn with_request(&mut self, id: AccountId, change: impl FnOnce(&mut Request)) {
        if let Some(request) = self.requests.get_mut(&id) {
            change(request);
        }
    }

    /// Whoever has a role has the access that was asked for.
    fn has_roles_now(&mut self, id: AccountId, moment: Moment) {
        if self.accounts.get(&id).is_some_and(|account| !account.roles.is_empty()) {
            self.with_request(id, |request| {
                if request.asked().is_some() || request.progress == Progress::Noted {
                    request.progress = Progress::Given(moment);
                }
            });
        }
    }

    fn begin_request(
        &mut self,
        account: AccountId,
        team: TeamId,
        from: Date,
        newcomer: &Particulars<Newcomer>,
        moment: Moment,
    ) {
        let (newcomer, progress) = (newcomer.clone(), Progress::Noted);
        let begun = self.requests.get(&account).map_or(moment, |request| request.begun);
        self.requests.insert(account, Request { account, team, begun, from, newcomer, progress });
    }

    fn close_account(&mut self, id: AccountId) {
        self.forget_email(id);
        self.misuse.remove(&id);
        if let Some(account) = self.accounts.get_mut(&id) {
            (account.standing, account.awaits) = (Standing::Closed, None);
        }
    }

    fn forget_email(&mut self, id: AccountId) {
        let email = self.accounts.get(&id).and_then(|account| account.details.known());
        if let Some(details) = email {
            self.accounts_by_email.remove(&details.email.as_str().to_lowercase());
        }
    }

    fn answer_change(
        &mut self,
        number: ChangeNumber,
        moment: Moment,
        reasons: &Particulars<Text>,
        course: fn(policy::Answer) -> Course,
    ) {
        let answer = policy::Answer { moment, reasons: reasons.clone() };
        self.with_change(number, |change| change.course = course(answer));
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

    fn with_import(&mut self, id: ImportId, change: impl FnOnce(&mut Import)) {
        if let Some(import) = self.imports.get_mut(&id) {
            change(import);
        }
    }

    /// Takes out a measure as if it had never been; only the list that it came from still names it.
    fn drop_measure(&mut self, id: MeasureId) {
        let Some(measure) = self.measures.remove(&id) else { return };
        let lines = self.timelines.remove(&File::Measure(id)).unwrap_or_default();
        if let Some(of_subject) = self.timelines.get_mut(&File::Subject(measure.subject)) {
            of_subject.retain(|line| !lines.iter().any(|gone| gone.position == line.position));
        }
        if let Some(others) = self.measures_by_subject.get_mut(&measure.subject) {
            others.remove(&id);
            if others.is_empty() {
                self.measures_by_subject.remove(&measure.subject);
            }
        }
    }

    fn with_measure(&mut self, id: MeasureId, change: impl FnOnce(&mut Measure)) {
        if let Some(measure) = self.measures.get_mut(&id) {
            change(measure);
        }
    }

    fn with_risk(&mut self, id: RiskId, change: impl FnOnce(&mut Risk)) {
        if let Some(risk) = self.risks.get_mut(&id) {
            change(risk);
        }
    }

    /// What a partner is told of a measure at a moment.
    fn told_now(&self, partner: PartnerId, measure: MeasureId, moment: Moment) -> Option<partner::Told> {
        partner::told(self, self.partner(partner)?, self.measure(measure)?, moment.date())
    }

    fn with_partner(&mut self, id: PartnerId, change: impl FnOnce(&mut Partner)) {
        if let Some(partner) = self.partners.get_mut(&id) {
            change(partner);
        }
    }

    fn with_agreement(&mut self, id: PartnerId, number: u32, change: impl FnOnce(&mut partner::Agreement)) {
        self.with_partner(id, |partner| {
            let place = usize::try_from(number).ok();
            if let Some(agreement) = place.and_then(|place| partner.agreements.get_mut(place)) {
                change(agreement);
            }
        });
    }

    fn with_holds(&mut self, file: File, change: impl FnOnce(&mut Vec<Hold>)) {
        match file {
            File::Measure(id) => self.with_measure(id, |measure| change(&mut measure.holds)),
            File::Incident(id) => self.with_incident(id, |incident| change(&mut incident.holds)),
            File::Subject(id) => {
                if let Some(subject) = self.subjects.get_mut(&id) {
                    change(&mut subject.holds);
                }
            }
            File::Account(_)
            | File::Meeting(_)
            | File::Accesses(_)
            | File::Import(_)
            | File::Team(_)
            | File::Partner(_)
            | File::Policy => {}
        }
    }

    /// Asks for an early look at every measure about a subject.
    fn stir_all(&mut self, subject: SubjectId, stir: Stir, moment: Moment) {
        let measures: Vec<_> = self.measures_about(subject).map(|measure| measure.id).collect();
        for measure in measures {
            self.with_measure(measure, |measure| measure.stir(stir, moment));
        }
    }

    fn with_draft(&mut self, id: MeasureId, change: impl FnOnce(&mut Option<Draft>)) {
        self.with_measure(id, |measure| {
            if let Life::Decided { draft, .. } | Life::InForce { draft, .. } = &mut measure.life {
                change(draft);
            }
        });
    }

    fn with_appeal(&mut self, id: MeasureId, change: impl FnOnce(&mut Appeal)) {
        self.with_measure(id, |measure| {
            if let Some(appeal) = measure.appeals.iter_mut().find(|appeal| appeal.is_open()) {
                change(appeal);
            }
        });
    }

    fn with_owed(&mut self, id: MeasureId, occasion: Occasion, change: impl FnOnce(&mut OutcomeLetter)) {
        self.with_measure(id, |measure| {
            let mut owed = measure.letters.iter_mut();
            if let Some(letter) =
                owed.find(|letter| letter.occasion == occasion && letter.sent_on().is_none())
            {
                change(letter);
            }
        });
    }

    fn with_meeting(&mut self, id: MeetingId, change: impl FnOnce(&mut Meeting)) {
        if let Some(meeting) = self.meetings.get_mut(&id) {
            change(meeting);
        }
    }

    /// Forgets every word that lies in a locker.
    fn forget(&mut self, locker: Locker) {
        match locker {
            Locker::Council => {}
            Locker::Account(id) => {
                self.forget_email(id);
                self.with_account(id, |account| account.details.forget(locker));
                let reviews = self.glasses.iter_mut().filter_map(|glass| glass.review.as_mut());
                reviews.for_each(|(.., words)| words.forget(locker));
                for question in &mut self.looks_questions {
                    question.words.forget(locker);
                    question.answer.iter_mut().for_each(|(_, words)| words.forget(locker));
                }
                self.looks_reviews.iter_mut().for_each(|review| review.words.forget(locker));
                self.with_request(id, |request| {
                    request.newcomer.forget(locker);
                    if let Progress::NotGiven(_, reasons) = &mut request.progress {
                        reasons.forget(locker);
                    }
                });
            }
            Locker::Subject(id) => {
                if let Some(subject) = self.subjects.get_mut(&id) {
                    subject.details.forget(locker);
                    subject.holds.clear();
                    subject.occupants.iter_mut().for_each(|occupants| occupants.words.forget(locker));
                }
                self.exclusions.remove(&id);
            }
            Locker::Support(id) => {
                if let Some(subject) = self.subjects.get_mut(&id) {
                    subject.support = None;
                }
            }
            Locker::Incident(id) => self.with_incident(id, |incident| {
                incident.narrative.forget(locker);
                incident.holds.clear();
                incident.additions.iter_mut().for_each(|addition| addition.words.forget(locker));
                incident.confirmed.iter_mut().for_each(|confirmed| confirmed.words.forget(locker));
                incident.triage.iter_mut().for_each(|triage| triage.reasons.forget(locker));
            }),
            Locker::Reporter(id) => self.with_incident(id, |incident| incident.told_by = None),
            Locker::Harmed(id) | Locker::Witnesses(id) => self.with_incident(id, |incident| {
                incident.involved.retain(|involved| involved.who.locker != locker);
            }),
            Locker::Evidence(id) => self.with_incident(id, |incident| {
                incident.attachments.clear();
                incident.attachment_names = None;
            }),
            Locker::Measure(id) => {
                self.with_measure(id, Measure::forget);
                self.glasses.iter_mut().for_each(|glass| glass.words.forget(locker));
            }
            Locker::LegalAdvice(id) => self.with_measure(id, |measure| measure.legal_advice.clear()),
            Locker::DecisionFile(id) => {
                // What lies in it beside is part of the life that the event ends.
                self.with_measure(id, |measure| {
                    measure.appeals.clear();
                    measure.complaints.clear();
                    measure.letters.clear();
                });
                for meeting in self.meetings.values_mut() {
                    for decided in &mut meeting.decisions {
                        decided.reasons.forget(locker);
                    }
                }
            }
            Locker::Meeting(id) => self.with_meeting(id, |meeting| {
                for action in &mut meeting.actions {
                    action.words.forget(locker);
                }
                if let Sitting::Closed { minutes, .. } = &mut meeting.sitting {
                    minutes.forget(locker);
                }
            }),
            // What was asked and shown lies in the access log alone.
            Locker::Accesses(_) => {}
        }
    }
}

impl Measure {
    /// Owes a letter to a customer who was told of it.
    fn owe(&mut self, occasion: Occasion, moment: Moment) {
        if matches!(self.notice(), Some((Notice::Sent { .. }, _))) {
            self.letters.push(OutcomeLetter::owed(occasion, moment));
        }
    }

    /// What a later letter says too is no longer owed.
    fn no_longer_owes(&mut self, occasion: Occasion) {
        self.letters.retain(|letter| letter.occasion != occasion || letter.sent_on().is_some());
    }

    /// Asks for a look before its date, if it is in force and nothing asked for one already.
    fn stir(&mut self, stir: Stir, moment: Moment) {
        if matches!(self.life, Life::InForce { .. }) {
            self.stirred.get_or_insert((stir, moment));
        }
    }

    /// Forgets every word of its file.
    fn forget(&mut self) {
        self.assessment = Assessment::default();
        self.interim = None;
        self.holds.clear();
        self.answers = None;
        self.removal = None;
        self.variations.clear();
        self.appeal_code = None;
        self.contacts.clear();
        self.disputes.clear();
        if let Life::InForce { reviews, .. } = self.furthest_mut() {
            reviews.iter_mut().for_each(|review| review.answers = None);
        }
    }

    fn set_interim(&mut self, stage: InterimStage) {
        if let Some(interim) = &mut self.interim {
            interim.stage = stage;
        }
    }

    /// Keeps how it ended, and nothing else.
    fn seal(&mut self, moment: Moment) {
        let life = std::mem::replace(&mut self.life, Life::Destroyed(moment));
        if let Life::Ended { moment: ended, .. } = &life {
            let (appeals, letters) = (std::mem::take(&mut self.appeals), std::mem::take(&mut self.letters));
            let (sealed, ended) = (moment, *ended);
            self.sealed = Some(DecisionFile { sealed, ended, life: Box::new(life), appeals, letters });
        }
    }

    /// Ends it, and with it any interim marker.
    fn end(&mut self, moment: Moment, reason: EndReason, words: &Particulars<Text>) {
        let before = Box::new(std::mem::replace(&mut self.life, Life::Proposed));
        self.life = Life::Ended { moment, reason, words: words.clone(), before };
        self.end_interim(moment);
        (self.answers, self.stirred, self.removal) = (None, None, None);
        // What was owed of a life that is over is told by the letter of its end.
        self.letters.retain(|letter| !letter.occasion.renews_appeal() || letter.sent_on().is_some());
        match reason {
            EndReason::NotJustified | EndReason::BetweenMeetings => self.owe(Occasion::Removed, moment),
            EndReason::Error => self.owe(Occasion::Apology, moment),
            // Nobody is left to write to; the letter of the appeal, or the first one, has told it; or they were never told.
            EndReason::Death
            | EndReason::AppealUpheld
            | EndReason::WatchClean
            | EndReason::NotAssessed
            | EndReason::Refused => {}
        }
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
