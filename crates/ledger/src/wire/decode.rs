//! From a stored event of any kind and version to an event of the register.

use super::encoded::{Reading, Unsealed};
use super::error::WireError;
use super::shape::{Shape, Words};
use super::v1::{
    appeal, assessment, contact, import, incident, looks, measure, meeting, notice, partner, people, policy,
    retention, risk, subject,
};
use super::{v2, v3};
use register::event::Event;
use register::policy::{ChangeNumber, Version};

/// The event that was stored as this, with each part known or erased.
///
/// # Errors
/// [`WireError`] naming the kind and version where this release does not know them, or where facts or particulars are not
/// exactly of their shape. Nothing is skipped, filled in or guessed.
pub fn decode(
    kind: &str,
    version: u16,
    facts: &[u8],
    particulars: Vec<Unsealed>,
) -> Result<Event, WireError> {
    let mut stored = Reading { kind, version, facts, particulars };
    let event = match (kind, version) {
        ("register.opened", 1) => {
            let policy::RegisterOpened {} = stored.facts()?;
            Event::RegisterOpened {
                council: stored.opened::<policy::Council>("council")?,
                policy: stored.opened::<policy::Policy>("policy")?,
            }
        }

        ("register.opened", 2) => {
            let v2::policy::RegisterOpened {} = stored.facts()?;
            Event::RegisterOpened {
                council: stored.opened::<policy::Council>("council")?,
                policy: stored.opened::<v2::policy::Policy>("policy")?,
            }
        }

        ("register.opened", 3) => {
            let v3::policy::RegisterOpened {} = stored.facts()?;
            Event::RegisterOpened {
                council: stored.opened::<policy::Council>("council")?,
                policy: stored.opened::<v3::policy::Policy>("policy")?,
            }
        }

        ("policy.proposed", 1) => {
            let policy::PolicyProposed { change, version, effective } = stored.facts()?;
            Event::PolicyProposed {
                change: ChangeNumber(change),
                version: Version(version),
                effective: effective.restore(),
                policy: stored.opened::<v2::policy::Policy>("policy")?,
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("policy.proposed", 2) => {
            let v2::policy::PolicyProposed { change, version, effective } = stored.facts()?;
            Event::PolicyProposed {
                change: ChangeNumber(change),
                version: Version(version),
                effective: effective.restore(),
                policy: stored.opened::<v3::policy::Policy>("policy")?,
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("policy.consulted", 1) => {
            let policy::PolicyConsulted { change, consulted, held_on } = stored.facts()?;
            Event::PolicyConsulted {
                change: ChangeNumber(change),
                consulted: consulted.restore(),
                held_on: held_on.restore(),
                words: stored.opened::<Words>("words")?,
            }
        }
        ("policy.endorsed", 1) => {
            let policy::PolicyEndorsed { change } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::PolicyEndorsed { change: ChangeNumber(change), reasons }
        }
        ("policy.rejected", 1) => {
            let policy::PolicyRejected { change } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::PolicyRejected { change: ChangeNumber(change), reasons }
        }
        ("policy.withdrawn", 1) => {
            let policy::PolicyWithdrawn { change } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::PolicyWithdrawn { change: ChangeNumber(change), reasons }
        }
        ("policy.adopted", 1) => {
            let policy::PolicyAdopted { change } = stored.facts()?;
            Event::PolicyAdopted { change: ChangeNumber(change) }
        }
        ("policy.reviewed", 1) => {
            let policy::PolicyReviewed {} = stored.facts()?;
            Event::PolicyReviewed { words: stored.opened::<Words>("words")? }
        }

        ("team.opened", 1) => {
            let people::TeamOpened { team, contact } = stored.facts()?;
            Event::TeamOpened {
                team: team.restore(),
                contact: contact.restore(),
                name: stored.opened::<Words>("name")?,
            }
        }
        ("partner.kept", 1) => {
            let partner::PartnerKept { partner, relationship, since, teams } = stored.facts()?;
            Event::PartnerKept {
                partner: partner.restore(),
                relationship: relationship.restore(),
                since: since.restore(),
                teams: teams.restore().into_iter().collect(),
                name: stored.opened::<Words>("name")?,
            }
        }
        ("agreement.proposed", 1) => {
            let partner::AgreementProposed { partner, terms } = stored.facts()?;
            let words = stored.opened::<partner::AgreementWords>("words")?;
            Event::AgreementProposed { partner: partner.restore(), terms: terms.restore(), words }
        }
        ("agreement.approved", 1) => {
            let partner::AgreementApproved { partner, agreement } = stored.facts()?;
            Event::AgreementApproved { partner: partner.restore(), agreement }
        }
        ("agreement.confirmed", 1) => {
            let partner::AgreementConfirmed { partner, agreement } = stored.facts()?;
            Event::AgreementConfirmed { partner: partner.restore(), agreement }
        }
        ("agreement.ended", 1) => {
            let partner::AgreementEnded { partner, agreement } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::AgreementEnded { partner: partner.restore(), agreement, reasons }
        }
        ("stock.loaded", 1) => {
            let partner::StockLoaded { partner, count } = stored.facts()?;
            let stock = stored.opened::<partner::Stock>("stock")?;
            Event::StockLoaded { partner: partner.restore(), count, stock }
        }
        ("marker.received", 1) => {
            let partner::MarkerReceived { partner, measure, news } = stored.facts()?;
            Event::MarkerReceived {
                partner: partner.restore(),
                measure: measure.restore(),
                news: news.restore(),
            }
        }
        ("account.opened", 1) => {
            let people::AccountOpened { account, roles, team } = stored.facts()?;
            Event::AccountOpened {
                account: account.restore(),
                roles: roles.restore().into_iter().collect(),
                team: team.restore(),
                details: stored.opened::<people::AccountDetails>("details")?,
            }
        }
        ("account.changed", 1) => {
            let people::AccountChanged { account, roles, team } = stored.facts()?;
            Event::AccountChanged {
                account: account.restore(),
                roles: roles.restore().into_iter().collect(),
                team: team.restore(),
                details: stored.opened::<people::AccountDetails>("details")?,
            }
        }
        ("account.closed", 1) => {
            let people::AccountClosed { account } = stored.facts()?;
            Event::AccountClosed { account: account.restore() }
        }

        ("access.starter-noted", 1) => {
            let people::StarterNoted { account, team, from } = stored.facts()?;
            Event::StarterNoted {
                account: account.restore(),
                team: team.restore(),
                from: from.restore(),
                newcomer: stored.opened::<people::Newcomer>("newcomer")?,
            }
        }
        ("access.asked", 1) => {
            let people::AccessAsked { account, team, roles, from, until } = stored.facts()?;
            Event::AccessAsked {
                account: account.restore(),
                team: team.restore(),
                roles: roles.restore().into_iter().collect(),
                from: from.restore(),
                until: until.restore(),
                newcomer: stored.opened::<people::Newcomer>("newcomer")?,
            }
        }
        ("access.not-given", 1) => {
            let people::AccessNotGiven { account } = stored.facts()?;
            Event::AccessNotGiven { account: account.restore(), reasons: stored.opened::<Words>("reasons")? }
        }
        ("access.limited", 1) => {
            let people::AccessLimited { account, until } = stored.facts()?;
            Event::AccessLimited { account: account.restore(), until: until.restore() }
        }
        ("access.confirmation-asked", 1) => {
            let people::ConfirmationAsked { team } = stored.facts()?;
            Event::ConfirmationAsked { team: team.restore() }
        }
        ("access.confirmed", 1) => {
            let people::AccessConfirmed { account } = stored.facts()?;
            Event::AccessConfirmed { account: account.restore() }
        }
        ("account.moved", 1) => {
            let people::AccountMoved { account, roles, team } = stored.facts()?;
            Event::AccountMoved {
                account: account.restore(),
                roles: roles.restore().into_iter().collect(),
                team: team.restore(),
            }
        }
        ("policy.acknowledged", 1) => {
            let people::PolicyAcknowledged { account, version } = stored.facts()?;
            Event::PolicyAcknowledged { account: account.restore(), version: Version(version) }
        }
        ("training.passed", 1) => {
            let people::TrainingPassed { account, course, edition } = stored.facts()?;
            Event::TrainingPassed { account: account.restore(), course: course.restore(), edition }
        }
        ("conduct.kept", 1) => {
            let people::ConductKept { account } = stored.facts()?;
            Event::ConductKept { account: account.restore() }
        }
        ("account.suspended", 1) => {
            let people::AccountSuspended { account, why } = stored.facts()?;
            Event::AccountSuspended { account: account.restore(), why: why.restore() }
        }

        ("account.grant-asked", 1) => {
            let people::GrantAsked { account, grant, roles } = stored.facts()?;
            Event::GrantAsked {
                account: account.restore(),
                grant: grant.restore(),
                roles: roles.restore().into_iter().collect(),
            }
        }
        ("account.grant-given", 1) => {
            let people::GrantGiven { account, grant, roles } = stored.facts()?;
            Event::GrantGiven {
                account: account.restore(),
                grant: grant.restore(),
                roles: roles.restore().into_iter().collect(),
            }
        }

        ("risk.raised", 1) => {
            let risk::RiskRaised { risk, sign, rating } = stored.facts()?;
            Event::RiskRaised {
                risk: risk.restore(),
                sign: sign.restore(),
                rating: rating.restore(),
                words: stored.opened::<risk::RiskWords>("words")?,
                answer: stored.opened::<risk::Answer>("answer")?,
            }
        }
        ("risk.assessed", 1) => {
            let risk::RiskAssessed { risk, rating } = stored.facts()?;
            Event::RiskAssessed {
                risk: risk.restore(),
                rating: rating.restore(),
                answer: stored.opened::<risk::Answer>("answer")?,
            }
        }
        ("risk.transferred", 1) => {
            let risk::RiskTransferred { risk, on } = stored.facts()?;
            Event::RiskTransferred {
                risk: risk.restore(),
                on: on.restore(),
                words: stored.opened::<Words>("words")?,
            }
        }
        ("risk.closed", 1) => {
            let risk::RiskClosed { risk } = stored.facts()?;
            Event::RiskClosed { risk: risk.restore(), reasons: stored.opened::<Words>("reasons")? }
        }

        ("subject.opened", 1) => {
            let subject::SubjectOpened { subject } = stored.facts()?;
            Event::SubjectOpened {
                subject: subject.restore(),
                details: stored.opened::<subject::SubjectDetails>("details")?,
            }
        }
        ("subject.described", 1) => {
            let subject::SubjectDescribed { subject } = stored.facts()?;
            Event::SubjectDescribed {
                subject: subject.restore(),
                details: stored.opened::<subject::SubjectDetails>("details")?,
            }
        }
        ("subject.support-recorded", 1) => {
            let subject::SupportNeedsRecorded { subject } = stored.facts()?;
            Event::SupportNeedsRecorded {
                subject: subject.restore(),
                needs: stored.opened::<Words>("needs")?,
            }
        }

        ("incident.reported", 1) => {
            let incident::IncidentReported {
                incident,
                reporter,
                team,
                report,
                attachments,
                told_by,
                attachment_names,
            } = stored.facts()?;
            Event::IncidentReported {
                incident: incident.restore(),
                reporter: reporter.restore(),
                team: team.restore(),
                facts: report.restore(),
                narrative: stored.opened::<incident::Narrative>("narrative")?,
                told_by: stored.opened_if_any::<Words>(&told_by, "told_by")?,
                attachments: attachments.restore(),
                attachment_names: stored
                    .opened_if_any::<Vec<Words>>(&attachment_names, "attachment_names")?,
            }
        }
        ("incident.confirmed", 1) => {
            let incident::IncidentConfirmed { incident } = stored.facts()?;
            Event::IncidentConfirmed { incident: incident.restore(), words: stored.opened::<Words>("words")? }
        }
        ("incident.added-to", 1) => {
            let incident::IncidentAddedTo { incident } = stored.facts()?;
            Event::IncidentAddedTo { incident: incident.restore(), words: stored.opened::<Words>("words")? }
        }
        ("incident.involved-named", 1) => {
            let incident::InvolvedNamed { incident, involvement } = stored.facts()?;
            let who = stored.opened::<incident::Whom>("who")?;
            Event::InvolvedNamed { incident: incident.restore(), involvement: involvement.restore(), who }
        }
        ("incident.triaged", 1) => {
            let incident::IncidentTriaged { incident, subject, identity, measure } = stored.facts()?;
            Event::IncidentTriaged {
                incident: incident.restore(),
                subject: subject.restore(),
                identity: identity.restore(),
                measure: measure.restore(),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }

        ("measure.proposed", 1) => {
            let measure::MeasureProposed { measure, kind, subject, sponsor, incidents } = stored.facts()?;
            Event::MeasureProposed {
                measure: measure.restore(),
                kind: kind.restore(),
                subject: subject.restore(),
                sponsor: sponsor.restore(),
                incidents: incidents.restore(),
            }
        }
        ("measure.incident-joined", 1) => {
            let measure::IncidentJoined { measure, incident } = stored.facts()?;
            Event::IncidentJoined { measure: measure.restore(), incident: incident.restore() }
        }
        ("interim.asked", 1) => {
            let measure::InterimAsked { measure, incident, plan } = stored.facts()?;
            Event::InterimAsked {
                measure: measure.restore(),
                incident: incident.restore(),
                plan: plan.restore(stored.opened::<assessment::PlanWords>("plan_words")?),
                grounds: stored.opened::<Words>("grounds")?,
            }
        }
        ("interim.asked", 2) => {
            let v2::measure::InterimAsked { measure, incident, plan } = stored.facts()?;
            Event::InterimAsked {
                measure: measure.restore(),
                incident: incident.restore(),
                plan: plan.restore(stored.opened::<v2::assessment::PlanWords>("plan_words")?),
                grounds: stored.opened::<Words>("grounds")?,
            }
        }
        ("interim.agreed", 1) => {
            let measure::InterimAgreed { measure, lapses_on } = stored.facts()?;
            Event::InterimAgreed { measure: measure.restore(), lapses_on: lapses_on.restore() }
        }
        ("interim.ended", 1) => {
            let measure::InterimEnded { measure } = stored.facts()?;
            Event::InterimEnded { measure: measure.restore() }
        }

        ("assessment.test-answered", 1) => {
            let assessment::TestAnswered { measure, test, finding } = stored.facts()?;
            Event::TestAnswered {
                measure: measure.restore(),
                test: test.restore(),
                finding: finding.restore(),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("assessment.plan-set", 1) => {
            let assessment::PlanSet { measure, plan } = stored.facts()?;
            Event::PlanSet {
                measure: measure.restore(),
                plan: plan.restore(stored.opened::<assessment::PlanWords>("plan_words")?),
            }
        }
        ("assessment.plan-set", 2) => {
            let v2::assessment::PlanSet { measure, plan } = stored.facts()?;
            Event::PlanSet {
                measure: measure.restore(),
                plan: plan.restore(stored.opened::<v2::assessment::PlanWords>("plan_words")?),
            }
        }
        ("assessment.proportionality-weighed", 1) => {
            let assessment::ProportionalityWeighed { measure } = stored.facts()?;
            Event::ProportionalityWeighed {
                measure: measure.restore(),
                record: stored.opened::<assessment::Proportionality>("record")?,
            }
        }
        ("assessment.under-age-answered", 1) => {
            let assessment::UnderAgeAnswered { measure, finding } = stored.facts()?;
            Event::UnderAgeAllowed {
                measure: measure.restore(),
                finding: finding.restore(),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("assessment.completed", 1) => {
            let assessment::AssessmentCompleted { measure, recommendation } = stored.facts()?;
            Event::AssessmentCompleted {
                measure: measure.restore(),
                recommendation: recommendation.restore(),
            }
        }

        ("measure.approved", 1) => {
            let measure::MeasureApproved { measure, policy, review_on } = stored.facts()?;
            Event::MeasureApproved {
                measure: measure.restore(),
                policy: Version(policy),
                review_on: review_on.restore(),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("measure.refused", 1) => {
            let measure::MeasureRefused { measure, policy } = stored.facts()?;
            Event::MeasureRefused {
                measure: measure.restore(),
                policy: Version(policy),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }

        ("letter.written", 1) => {
            let notice::LetterWritten { measure } = stored.facts()?;
            Event::LetterWritten {
                measure: measure.restore(),
                letter: stored.opened::<notice::Letter>("letter")?,
            }
        }
        ("letter.approved", 1) => {
            let notice::LetterApproved { measure } = stored.facts()?;
            Event::LetterApproved { measure: measure.restore() }
        }
        ("letter.sent", 1) => {
            let notice::LetterSent { measure, sent_on, delivery } = stored.facts()?;
            Event::LetterSent {
                measure: measure.restore(),
                sent_on: sent_on.restore(),
                delivery: delivery.restore(),
            }
        }
        ("withholding.asked", 1) => {
            let notice::WithholdingAsked { measure, ground } = stored.facts()?;
            Event::WithholdingAsked {
                measure: measure.restore(),
                ground: ground.restore(),
                evidence: stored.opened::<Words>("evidence")?,
            }
        }
        ("withholding.agreed", 1) => {
            let notice::NoticeWithheld { measure } = stored.facts()?;
            Event::NoticeWithheld { measure: measure.restore(), reasons: stored.opened::<Words>("reasons")? }
        }
        ("withholding.refused", 1) => {
            let notice::WithholdingRefused { measure } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::WithholdingRefused { measure: measure.restore(), reasons }
        }

        ("measure.retained", 1) => {
            let measure::MeasureRetained { measure, next_on, still_withheld } = stored.facts()?;
            Event::MeasureRetained {
                measure: measure.restore(),
                next_on: next_on.restore(),
                reasons: stored.opened::<Words>("reasons")?,
                still_withheld: stored.opened_if_any::<Words>(&still_withheld, "still_withheld")?,
            }
        }
        ("review.answered", 1) => {
            let measure::ReviewAnswered { measure, advice } = stored.facts()?;
            Event::ReviewAnswered {
                measure: measure.restore(),
                advice: advice.restore(),
                answers: stored.opened::<Vec<Words>>("answers")?,
            }
        }
        ("removal.proposed", 1) => {
            let measure::RemovalProposed { measure } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::RemovalProposed { measure: measure.restore(), reasons }
        }
        ("removal.asked", 1) => {
            let measure::RemovalAsked { measure } = stored.facts()?;
            Event::RemovalAsked { measure: measure.restore(), reasons: stored.opened::<Words>("reasons")? }
        }
        ("measure.varied", 1) => {
            let measure::MeasureVaried { measure, plan, review_on } = stored.facts()?;
            Event::MeasureVaried {
                measure: measure.restore(),
                plan: plan.restore(stored.opened::<assessment::PlanWords>("plan_words")?),
                review_on: review_on.restore(),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("measure.varied", 2) => {
            let v2::measure::MeasureVaried { measure, plan, review_on } = stored.facts()?;
            Event::MeasureVaried {
                measure: measure.restore(),
                plan: plan.restore(stored.opened::<v2::assessment::PlanWords>("plan_words")?),
                review_on: review_on.restore(),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("measure.sponsor-changed", 1) => {
            let measure::SponsorChanged { measure, sponsor } = stored.facts()?;
            Event::SponsorChanged { measure: measure.restore(), sponsor: sponsor.restore() }
        }
        ("withdrawal.confirmed", 1) => {
            let measure::WithdrawalConfirmed { measure, team } = stored.facts()?;
            Event::WithdrawalConfirmed { measure: measure.restore(), team: team.restore() }
        }

        ("contact.logged", 1) => {
            let contact::ContactLogged { measure, received_on, means, matter, treatment, passed_to } =
                stored.facts()?;
            Event::ContactLogged {
                measure: measure.restore(),
                received_on: received_on.restore(),
                means: means.restore(),
                matter: matter.restore(),
                treatment: treatment.restore(),
                passed_to: passed_to.restore(),
                words: stored.opened::<Words>("words")?,
            }
        }
        ("contact.answered", 1) => {
            let contact::ContactAnswered { measure, contact } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            Event::ContactAnswered { measure: measure.restore(), contact, words }
        }
        ("legal-advice.kept", 1) => {
            let contact::LegalAdviceKept { measure, asked_on } = stored.facts()?;
            let words = stored.opened::<contact::LegalWords>("words")?;
            Event::LegalAdviceKept { measure: measure.restore(), asked_on: asked_on.restore(), words }
        }
        ("dispute.recorded", 1) => {
            let contact::DisputeRecorded { measure, received_on } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            Event::DisputeRecorded { measure: measure.restore(), received_on: received_on.restore(), words }
        }
        ("dispute.answered", 1) => {
            let contact::DisputeAnswered { measure, outcome } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::DisputeAnswered { measure: measure.restore(), outcome: outcome.restore(), reasons }
        }
        ("subject.occupants-changed", 1) => {
            let subject::OccupantsChanged { subject, since } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            Event::OccupantsChanged { subject: subject.restore(), since: since.restore(), words }
        }

        ("glass.broken", 1) => {
            let subject::GlassBroken { measure, danger } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            Event::GlassBroken { measure: measure.restore(), danger: danger.restore(), words }
        }
        ("glass.reviewed", 1) => {
            let subject::GlassReviewed { glass, measure, finding } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            Event::GlassReviewed { glass, measure: measure.restore(), finding: finding.restore(), words }
        }
        ("looks.questioned", 1) => {
            let looks::LooksQuestioned { reader, looks } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            Event::LooksQuestioned { reader: reader.restore(), looks: looks.into_iter().collect(), words }
        }
        ("looks.explained", 1) => {
            let looks::LooksExplained { question } = stored.facts()?;
            Event::LooksExplained { question, words: stored.opened::<Words>("words")? }
        }
        ("looks.reviewed", 1) => {
            let looks::LooksReviewed { reader, looks, finding } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            let (reader, finding) = (reader.restore(), finding.restore());
            Event::LooksReviewed { reader, looks: looks.into_iter().collect(), finding, words }
        }
        ("subject.excluded", 1) => {
            let subject::Excluded { subject, account, closeness } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            Event::Excluded {
                subject: subject.restore(),
                account: account.restore(),
                closeness: closeness.restore(),
                words,
            }
        }
        ("subject.exclusion-lifted", 1) => {
            let subject::ExclusionLifted { subject, account } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            Event::ExclusionLifted { subject: subject.restore(), account: account.restore(), words }
        }
        ("subjects.joined", 1) => {
            let subject::SubjectsJoined { kept, joined } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::SubjectsJoined { kept: kept.restore(), joined: joined.restore(), reasons }
        }
        ("subjects.parted", 1) => {
            let subject::SubjectsParted { kept, joined } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::SubjectsParted { kept: kept.restore(), joined: joined.restore(), reasons }
        }
        ("subjects.kept-apart", 1) => {
            let subject::SubjectsKeptApart { one, other } = stored.facts()?;
            let reasons = stored.opened::<Words>("reasons")?;
            Event::SubjectsKeptApart { one: one.restore(), other: other.restore(), reasons }
        }

        ("import.proposed", 1) => {
            let import::ImportProposed { import, team, sponsor, entries, fingerprint } = stored.facts()?;
            Event::ImportProposed {
                import: import.restore(),
                team: team.restore(),
                sponsor: sponsor.restore(),
                entries,
                fingerprint: fingerprint.restore(),
                words: stored.opened::<import::ListWords>("words")?,
            }
        }
        ("import.refused", 1) => {
            let import::ImportRefused { import } = stored.facts()?;
            Event::ImportRefused { import: import.restore(), reasons: stored.opened::<Words>("reasons")? }
        }
        ("entry.imported", 1) => {
            let import::EntryImported { measure, subject, import, row, file, sponsor, plan, lapses_on } =
                stored.facts()?;
            Event::EntryImported {
                measure: measure.restore(),
                subject: subject.restore(),
                import: import.restore(),
                row,
                file: file.restore(),
                sponsor: sponsor.restore(),
                plan: plan.restore(stored.opened::<v2::assessment::PlanWords>("plan_words")?),
                lapses_on: lapses_on.restore(),
                said: stored.opened::<Words>("said")?,
            }
        }
        ("import.approved", 1) => {
            let import::ImportApproved { import } = stored.facts()?;
            Event::ImportApproved { import: import.restore() }
        }
        ("import.undone", 1) => {
            let import::ImportUndone { import, lockers } = stored.facts()?;
            Event::ImportUndone {
                import: import.restore(),
                reasons: stored.opened::<Words>("reasons")?,
                lockers: lockers.restore(),
            }
        }
        ("old-list.destroyed", 1) => {
            let import::OldListDestroyed { import, on } = stored.facts()?;
            let words = stored.opened::<Words>("words")?;
            Event::OldListDestroyed { import: import.restore(), on: on.restore(), words }
        }
        ("no-list.declared", 1) => {
            let import::NoListDeclared { team } = stored.facts()?;
            Event::NoListDeclared { team: team.restore() }
        }

        ("appeal.opened", 1) => {
            let appeal::AppealOpened { measure } = stored.facts()?;
            Event::AppealOpened { measure: measure.restore(), code: stored.opened::<Words>("code")? }
        }
        ("appeal.lodged", 1) => {
            let appeal::AppealLodged { measure, lodged } = stored.facts()?;
            Event::AppealLodged {
                measure: measure.restore(),
                lodged: lodged.restore(),
                words: stored.opened::<appeal::AppealWords>("words")?,
            }
        }
        ("appeal.assigned", 1) => {
            let appeal::AppealAssigned { measure, officer } = stored.facts()?;
            Event::AppealAssigned { measure: measure.restore(), officer: officer.restore() }
        }
        ("appeal.decided", 1) => {
            let appeal::AppealDecided { measure, outcome } = stored.facts()?;
            Event::AppealDecided {
                measure: measure.restore(),
                outcome: outcome.restore(),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("appeal.withdrawn", 1) => {
            let appeal::AppealWithdrawn { measure } = stored.facts()?;
            Event::AppealWithdrawn { measure: measure.restore(), words: stored.opened::<Words>("words")? }
        }
        ("complaint.recorded", 1) => {
            let appeal::ComplaintRecorded { measure, ombudsman, taken_up_on } = stored.facts()?;
            Event::ComplaintRecorded {
                measure: measure.restore(),
                ombudsman: ombudsman.restore(),
                taken_up_on: taken_up_on.restore(),
                reference: stored.opened::<Words>("reference")?,
            }
        }
        ("complaint.ended", 1) => {
            let appeal::ComplaintEnded { measure, outcome, ended_on, asks } = stored.facts()?;
            Event::ComplaintEnded {
                measure: measure.restore(),
                outcome: outcome.restore(),
                ended_on: ended_on.restore(),
                found: stored.opened::<Words>("found")?,
                asks: stored.opened_if_any::<Words>(&asks, "asks")?,
            }
        }
        ("outcome-letter.written", 1) => {
            let notice::OutcomeLetterWritten { measure, occasion } = stored.facts()?;
            Event::OutcomeLetterWritten {
                measure: measure.restore(),
                occasion: occasion.restore(),
                letter: stored.opened::<notice::Letter>("letter")?,
            }
        }
        ("outcome-letter.approved", 1) => {
            let notice::OutcomeLetterApproved { measure, occasion } = stored.facts()?;
            Event::OutcomeLetterApproved { measure: measure.restore(), occasion: occasion.restore() }
        }
        ("outcome-letter.sent", 1) => {
            let notice::OutcomeLetterSent { measure, occasion, sent_on, delivery } = stored.facts()?;
            Event::OutcomeLetterSent {
                measure: measure.restore(),
                occasion: occasion.restore(),
                sent_on: sent_on.restore(),
                delivery: delivery.restore(),
            }
        }

        ("meeting.called", 1) => {
            let meeting::MeetingCalled { meeting, held_on, chair } = stored.facts()?;
            Event::MeetingCalled {
                meeting: meeting.restore(),
                held_on: held_on.restore(),
                chair: chair.restore(),
            }
        }
        ("meeting.opened", 1) => {
            let meeting::MeetingOpened { meeting, chair, present } = stored.facts()?;
            Event::MeetingOpened {
                meeting: meeting.restore(),
                chair: chair.restore(),
                present: present.restore().into_iter().collect(),
            }
        }
        ("meeting.decided", 1) => {
            let meeting::MeetingDecided { meeting, measure, outcome, aside } = stored.facts()?;
            Event::MeetingDecided {
                meeting: meeting.restore(),
                measure: measure.restore(),
                outcome: outcome.restore(),
                aside: aside.restore().into_iter().collect(),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("meeting.action-agreed", 1) => {
            let meeting::ActionAgreed { meeting, who, by } = stored.facts()?;
            Event::ActionAgreed {
                meeting: meeting.restore(),
                who: who.restore(),
                by: by.restore(),
                words: stored.opened::<Words>("words")?,
            }
        }
        ("meeting.action-done", 1) => {
            let meeting::ActionDone { meeting, action } = stored.facts()?;
            Event::ActionDone { meeting: meeting.restore(), action }
        }
        ("meeting.closed", 1) => {
            let meeting::MeetingClosed { meeting } = stored.facts()?;
            Event::MeetingClosed { meeting: meeting.restore(), minutes: stored.opened::<Words>("minutes")? }
        }

        ("measure.ended", 1) => {
            let measure::MeasureEnded { measure, reason } = stored.facts()?;
            Event::MeasureEnded {
                measure: measure.restore(),
                reason: reason.restore(),
                words: stored.opened::<Words>("words")?,
            }
        }
        ("hold.placed", 1) => {
            let measure::HoldPlaced { measure } = stored.facts()?;
            Event::HoldPlaced { measure: measure.restore(), reasons: stored.opened::<Words>("reasons")? }
        }
        ("hold.lifted", 1) => {
            let measure::HoldsLifted { measure } = stored.facts()?;
            Event::HoldsLifted { measure: measure.restore(), reasons: stored.opened::<Words>("reasons")? }
        }

        ("file.held", 1) => {
            let retention::FileHeld { file, ground, review_on } = stored.facts()?;
            Event::FileHeld {
                file: file.restore(),
                ground: ground.restore(),
                review_on: review_on.restore(),
                reasons: stored.opened::<Words>("reasons")?,
            }
        }
        ("file.released", 1) => {
            let retention::FileReleased { file } = stored.facts()?;
            Event::FileReleased { file: file.restore(), reasons: stored.opened::<Words>("reasons")? }
        }

        ("measure.sealed", 1) => {
            let retention::DecisionFileSealed { measure, lockers } = stored.facts()?;
            Event::DecisionFileSealed { measure: measure.restore(), lockers: lockers.restore() }
        }
        ("file.destroyed", 1) => {
            let retention::FileDestroyed { file, lockers } = stored.facts()?;
            Event::Destroyed { file: file.restore(), lockers: lockers.restore() }
        }

        _ => return Err(WireError::Unknown { kind: kind.to_owned(), version }),
    };
    stored.finish()?;
    Ok(event)
}
