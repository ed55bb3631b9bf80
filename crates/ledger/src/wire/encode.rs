//! From an event of the register to the newest stored shape of its kind.

use super::encoded::{Encoded, mark};
use super::error::WireError;
use super::shape::{Shape, Words, Written};
use super::v1::{
    appeal, assessment, contact, import, incident, looks, measure, meeting, notice, partner, people, policy,
    retention, risk, subject,
};
use super::{v2, v3};
use register::event::Event;

/// The event as it is to be stored, in the newest version of its kind.
///
/// # Errors
/// [`WireError::Erased`] for an event with erased particulars: an event is stored once, when it is decided, and then all of it is
/// known. [`WireError::NotWritten`] is a fault of this crate.
pub fn encode(event: &Event) -> Result<Encoded, WireError> {
    match event {
        Event::RegisterOpened { council, policy } => Encoded::of(&v3::policy::RegisterOpened {})?
            .sealed::<policy::Council>("council", council)?
            .sealed::<v3::policy::Policy>("policy", policy),
        Event::PolicyProposed { change, version, effective, policy, reasons } => {
            Encoded::of(&v2::policy::PolicyProposed {
                change: change.0,
                version: version.0,
                effective: Written(*effective),
            })?
            .sealed::<v3::policy::Policy>("policy", policy)?
            .sealed::<Words>("reasons", reasons)
        }
        Event::PolicyConsulted { change, consulted, held_on, words } => {
            Encoded::of(&policy::PolicyConsulted {
                change: change.0,
                consulted: Written(*consulted),
                held_on: Written(*held_on),
            })?
            .sealed::<Words>("words", words)
        }
        Event::PolicyEndorsed { change, reasons } => {
            Encoded::of(&policy::PolicyEndorsed { change: change.0 })?.sealed::<Words>("reasons", reasons)
        }
        Event::PolicyRejected { change, reasons } => {
            Encoded::of(&policy::PolicyRejected { change: change.0 })?.sealed::<Words>("reasons", reasons)
        }
        Event::PolicyWithdrawn { change, reasons } => {
            Encoded::of(&policy::PolicyWithdrawn { change: change.0 })?.sealed::<Words>("reasons", reasons)
        }
        Event::PolicyAdopted { change } => Encoded::of(&policy::PolicyAdopted { change: change.0 }),
        Event::PolicyReviewed { words } => {
            Encoded::of(&policy::PolicyReviewed {})?.sealed::<Words>("words", words)
        }

        Event::TeamOpened { team, contact, name } => {
            Encoded::of(&people::TeamOpened { team: Written(*team), contact: Written(*contact) })?
                .sealed::<Words>("name", name)
        }
        Event::AccountOpened { account, roles, team, details } => Encoded::of(&people::AccountOpened {
            account: Written(*account),
            roles: roles.iter().copied().map(Written).collect(),
            team: Written(*team),
        })?
        .sealed::<people::AccountDetails>("details", details),
        Event::AccountChanged { account, roles, team, details } => Encoded::of(&people::AccountChanged {
            account: Written(*account),
            roles: roles.iter().copied().map(Written).collect(),
            team: Written(*team),
        })?
        .sealed::<people::AccountDetails>("details", details),
        Event::GrantAsked { account, grant, roles } => Encoded::of(&people::GrantAsked {
            account: Written(*account),
            grant: Written(*grant),
            roles: roles.iter().copied().map(Written).collect(),
        }),
        Event::GrantGiven { account, grant, roles } => Encoded::of(&people::GrantGiven {
            account: Written(*account),
            grant: Written(*grant),
            roles: roles.iter().copied().map(Written).collect(),
        }),
        Event::StarterNoted { account, team, from, newcomer } => Encoded::of(&people::StarterNoted {
            account: Written(*account),
            team: Written(*team),
            from: Written(*from),
        })?
        .sealed::<people::Newcomer>("newcomer", newcomer),
        Event::AccessAsked { account, team, roles, from, until, newcomer } => {
            Encoded::of(&people::AccessAsked {
                account: Written(*account),
                team: Written(*team),
                roles: roles.iter().copied().map(Written).collect(),
                from: Written(*from),
                until: Shape::store(until),
            })?
            .sealed::<people::Newcomer>("newcomer", newcomer)
        }
        Event::AccessNotGiven { account, reasons } => {
            Encoded::of(&people::AccessNotGiven { account: Written(*account) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::AccessLimited { account, until } => {
            Encoded::of(&people::AccessLimited { account: Written(*account), until: Written(*until) })
        }
        Event::ConfirmationAsked { team } => Encoded::of(&people::ConfirmationAsked { team: Written(*team) }),
        Event::AccessConfirmed { account } => {
            Encoded::of(&people::AccessConfirmed { account: Written(*account) })
        }
        Event::AccountMoved { account, roles, team } => Encoded::of(&people::AccountMoved {
            account: Written(*account),
            roles: roles.iter().copied().map(Written).collect(),
            team: Written(*team),
        }),
        Event::PolicyAcknowledged { account, version } => {
            Encoded::of(&people::PolicyAcknowledged { account: Written(*account), version: version.0 })
        }
        Event::TrainingPassed { account, course, edition } => Encoded::of(&people::TrainingPassed {
            account: Written(*account),
            course: Written(*course),
            edition: *edition,
        }),
        Event::ConductKept { account } => Encoded::of(&people::ConductKept { account: Written(*account) }),
        Event::AccountSuspended { account, why } => {
            Encoded::of(&people::AccountSuspended { account: Written(*account), why: Written(*why) })
        }
        Event::AccountClosed { account } => {
            Encoded::of(&people::AccountClosed { account: Written(*account) })
        }

        Event::PartnerKept { partner, relationship, since, teams, name } => {
            Encoded::of(&partner::PartnerKept {
                partner: Written(*partner),
                relationship: Written(*relationship),
                since: Written(*since),
                teams: teams.iter().copied().map(Written).collect(),
            })?
            .sealed::<Words>("name", name)
        }
        Event::AgreementProposed { partner, terms, words } => Encoded::of(&partner::AgreementProposed {
            partner: Written(*partner),
            terms: Shape::store(terms),
        })?
        .sealed::<partner::AgreementWords>("words", words),
        Event::AgreementApproved { partner, agreement } => {
            Encoded::of(&partner::AgreementApproved { partner: Written(*partner), agreement: *agreement })
        }
        Event::AgreementConfirmed { partner, agreement } => {
            Encoded::of(&partner::AgreementConfirmed { partner: Written(*partner), agreement: *agreement })
        }
        Event::AgreementEnded { partner, agreement, reasons } => {
            Encoded::of(&partner::AgreementEnded { partner: Written(*partner), agreement: *agreement })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::MarkerReceived { partner, measure, news } => Encoded::of(&partner::MarkerReceived {
            partner: Written(*partner),
            measure: Written(*measure),
            news: Written(*news),
        }),
        Event::StockLoaded { partner, count, stock } => {
            Encoded::of(&partner::StockLoaded { partner: Written(*partner), count: *count })?
                .sealed::<partner::Stock>("stock", stock)
        }

        Event::RiskRaised { risk, sign, rating, words, answer } => Encoded::of(&risk::RiskRaised {
            risk: Written(*risk),
            sign: Shape::store(sign),
            rating: Shape::store(rating),
        })?
        .sealed::<risk::RiskWords>("words", words)?
        .sealed::<risk::Answer>("answer", answer),
        Event::RiskAssessed { risk, rating, answer } => {
            Encoded::of(&risk::RiskAssessed { risk: Written(*risk), rating: Shape::store(rating) })?
                .sealed::<risk::Answer>("answer", answer)
        }
        Event::RiskTransferred { risk, on, words } => {
            Encoded::of(&risk::RiskTransferred { risk: Written(*risk), on: Written(*on) })?
                .sealed::<Words>("words", words)
        }
        Event::RiskClosed { risk, reasons } => {
            Encoded::of(&risk::RiskClosed { risk: Written(*risk) })?.sealed::<Words>("reasons", reasons)
        }

        Event::SubjectOpened { subject, details } => {
            Encoded::of(&subject::SubjectOpened { subject: Written(*subject) })?
                .sealed::<subject::SubjectDetails>("details", details)
        }
        Event::SubjectDescribed { subject, details } => {
            Encoded::of(&subject::SubjectDescribed { subject: Written(*subject) })?
                .sealed::<subject::SubjectDetails>("details", details)
        }
        Event::SupportNeedsRecorded { subject, needs } => {
            Encoded::of(&subject::SupportNeedsRecorded { subject: Written(*subject) })?
                .sealed::<Words>("needs", needs)
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
        } => Encoded::of(&incident::IncidentReported {
            incident: Written(*incident),
            reporter: Written(*reporter),
            team: Written(*team),
            report: Shape::store(facts),
            attachments: Shape::store(attachments),
            told_by: mark(told_by.as_ref()),
            attachment_names: mark(attachment_names.as_ref()),
        })?
        .sealed::<incident::Narrative>("narrative", narrative)?
        .sealed_if_any::<Words>("told_by", told_by.as_ref())?
        .sealed_if_any::<Vec<Words>>("attachment_names", attachment_names.as_ref()),
        Event::IncidentConfirmed { incident, words } => {
            Encoded::of(&incident::IncidentConfirmed { incident: Written(*incident) })?
                .sealed::<Words>("words", words)
        }
        Event::IncidentAddedTo { incident, words } => {
            Encoded::of(&incident::IncidentAddedTo { incident: Written(*incident) })?
                .sealed::<Words>("words", words)
        }
        Event::InvolvedNamed { incident, involvement, who } => Encoded::of(&incident::InvolvedNamed {
            incident: Written(*incident),
            involvement: Written(*involvement),
        })?
        .sealed::<incident::Whom>("who", who),
        Event::IncidentTriaged { incident, subject, identity, measure, reasons } => {
            Encoded::of(&incident::IncidentTriaged {
                incident: Written(*incident),
                subject: Shape::store(subject),
                identity: Written(*identity),
                measure: Shape::store(measure),
            })?
            .sealed::<Words>("reasons", reasons)
        }

        Event::MeasureProposed { measure, kind, subject, sponsor, incidents } => {
            Encoded::of(&measure::MeasureProposed {
                measure: Written(*measure),
                kind: Written(*kind),
                subject: Written(*subject),
                sponsor: Written(*sponsor),
                incidents: Shape::store(incidents),
            })
        }
        Event::IncidentJoined { measure, incident } => {
            Encoded::of(&measure::IncidentJoined { measure: Written(*measure), incident: Written(*incident) })
        }
        Event::InterimAsked { measure, incident, plan, grounds } => {
            Encoded::of(&v2::measure::InterimAsked {
                measure: Written(*measure),
                incident: Written(*incident),
                plan: v2::assessment::Plan::store(plan),
            })?
            .sealed::<v2::assessment::PlanWords>("plan_words", &plan.words)?
            .sealed::<Words>("grounds", grounds)
        }
        Event::InterimAgreed { measure, lapses_on } => Encoded::of(&measure::InterimAgreed {
            measure: Written(*measure),
            lapses_on: Written(*lapses_on),
        }),
        Event::InterimEnded { measure } => Encoded::of(&measure::InterimEnded { measure: Written(*measure) }),

        Event::TestAnswered { measure, test, finding, reasons } => Encoded::of(&assessment::TestAnswered {
            measure: Written(*measure),
            test: Written(*test),
            finding: Written(*finding),
        })?
        .sealed::<Words>("reasons", reasons),
        Event::PlanSet { measure, plan } => Encoded::of(&v2::assessment::PlanSet {
            measure: Written(*measure),
            plan: v2::assessment::Plan::store(plan),
        })?
        .sealed::<v2::assessment::PlanWords>("plan_words", &plan.words),
        Event::ProportionalityWeighed { measure, record } => {
            Encoded::of(&assessment::ProportionalityWeighed { measure: Written(*measure) })?
                .sealed::<assessment::Proportionality>("record", record)
        }
        Event::UnderAgeAllowed { measure, finding, reasons } => Encoded::of(&assessment::UnderAgeAnswered {
            measure: Written(*measure),
            finding: Written(*finding),
        })?
        .sealed::<Words>("reasons", reasons),
        Event::AssessmentCompleted { measure, recommendation } => {
            Encoded::of(&assessment::AssessmentCompleted {
                measure: Written(*measure),
                recommendation: Written(*recommendation),
            })
        }

        Event::MeasureApproved { measure, policy, review_on, reasons } => {
            Encoded::of(&measure::MeasureApproved {
                measure: Written(*measure),
                policy: policy.0,
                review_on: Written(*review_on),
            })?
            .sealed::<Words>("reasons", reasons)
        }
        Event::MeasureRefused { measure, policy, reasons } => {
            Encoded::of(&measure::MeasureRefused { measure: Written(*measure), policy: policy.0 })?
                .sealed::<Words>("reasons", reasons)
        }

        Event::LetterWritten { measure, letter } => {
            Encoded::of(&notice::LetterWritten { measure: Written(*measure) })?
                .sealed::<notice::Letter>("letter", letter)
        }
        Event::LetterApproved { measure } => {
            Encoded::of(&notice::LetterApproved { measure: Written(*measure) })
        }
        Event::LetterSent { measure, sent_on, delivery } => Encoded::of(&notice::LetterSent {
            measure: Written(*measure),
            sent_on: Written(*sent_on),
            delivery: Written(*delivery),
        }),
        Event::WithholdingAsked { measure, ground, evidence } => Encoded::of(&notice::WithholdingAsked {
            measure: Written(*measure),
            ground: Shape::store(ground),
        })?
        .sealed::<Words>("evidence", evidence),
        Event::NoticeWithheld { measure, reasons } => {
            Encoded::of(&notice::NoticeWithheld { measure: Written(*measure) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::WithholdingRefused { measure, reasons } => {
            Encoded::of(&notice::WithholdingRefused { measure: Written(*measure) })?
                .sealed::<Words>("reasons", reasons)
        }

        Event::MeasureRetained { measure, next_on, reasons, still_withheld } => {
            Encoded::of(&measure::MeasureRetained {
                measure: Written(*measure),
                next_on: Written(*next_on),
                still_withheld: mark(still_withheld.as_ref()),
            })?
            .sealed::<Words>("reasons", reasons)?
            .sealed_if_any::<Words>("still_withheld", still_withheld.as_ref())
        }
        Event::ReviewAnswered { measure, advice, answers } => {
            Encoded::of(&measure::ReviewAnswered { measure: Written(*measure), advice: Written(*advice) })?
                .sealed::<Vec<Words>>("answers", answers)
        }
        Event::RemovalProposed { measure, reasons } => {
            Encoded::of(&measure::RemovalProposed { measure: Written(*measure) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::RemovalAsked { measure, reasons } => {
            Encoded::of(&measure::RemovalAsked { measure: Written(*measure) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::MeasureVaried { measure, plan, review_on, reasons } => {
            Encoded::of(&v2::measure::MeasureVaried {
                measure: Written(*measure),
                plan: v2::assessment::Plan::store(plan),
                review_on: Written(*review_on),
            })?
            .sealed::<v2::assessment::PlanWords>("plan_words", &plan.words)?
            .sealed::<Words>("reasons", reasons)
        }
        Event::SponsorChanged { measure, sponsor } => {
            Encoded::of(&measure::SponsorChanged { measure: Written(*measure), sponsor: Written(*sponsor) })
        }

        Event::AppealOpened { measure, code } => {
            Encoded::of(&appeal::AppealOpened { measure: Written(*measure) })?.sealed::<Words>("code", code)
        }
        Event::ContactLogged { measure, received_on, means, matter, treatment, passed_to, words } => {
            Encoded::of(&contact::ContactLogged {
                measure: Written(*measure),
                received_on: Written(*received_on),
                means: Written(*means),
                matter: Written(*matter),
                treatment: Written(*treatment),
                passed_to: Shape::store(passed_to),
            })?
            .sealed::<Words>("words", words)
        }
        Event::ContactAnswered { measure, contact, words } => {
            Encoded::of(&contact::ContactAnswered { measure: Written(*measure), contact: *contact })?
                .sealed::<Words>("words", words)
        }
        Event::LegalAdviceKept { measure, asked_on, words } => Encoded::of(&contact::LegalAdviceKept {
            measure: Written(*measure),
            asked_on: Written(*asked_on),
        })?
        .sealed::<contact::LegalWords>("words", words),
        Event::DisputeRecorded { measure, received_on, words } => Encoded::of(&contact::DisputeRecorded {
            measure: Written(*measure),
            received_on: Written(*received_on),
        })?
        .sealed::<Words>("words", words),
        Event::DisputeAnswered { measure, outcome, reasons } => {
            Encoded::of(&contact::DisputeAnswered { measure: Written(*measure), outcome: Written(*outcome) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::OccupantsChanged { subject, since, words } => {
            Encoded::of(&subject::OccupantsChanged { subject: Written(*subject), since: Written(*since) })?
                .sealed::<Words>("words", words)
        }
        Event::GlassBroken { measure, danger, words } => {
            Encoded::of(&subject::GlassBroken { measure: Written(*measure), danger: Written(*danger) })?
                .sealed::<Words>("words", words)
        }
        Event::GlassReviewed { glass, measure, finding, words } => Encoded::of(&subject::GlassReviewed {
            glass: *glass,
            measure: Written(*measure),
            finding: Written(*finding),
        })?
        .sealed::<Words>("words", words),
        Event::LooksQuestioned { reader, looks, words } => Encoded::of(&looks::LooksQuestioned {
            reader: Written(*reader),
            looks: looks.iter().copied().collect(),
        })?
        .sealed::<Words>("words", words),
        Event::LooksExplained { question, words } => {
            Encoded::of(&looks::LooksExplained { question: *question })?.sealed::<Words>("words", words)
        }
        Event::LooksReviewed { reader, looks, finding, words } => Encoded::of(&looks::LooksReviewed {
            reader: Written(*reader),
            looks: looks.iter().copied().collect(),
            finding: Written(*finding),
        })?
        .sealed::<Words>("words", words),
        Event::Excluded { subject, account, closeness, words } => Encoded::of(&subject::Excluded {
            subject: Written(*subject),
            account: Written(*account),
            closeness: Written(*closeness),
        })?
        .sealed::<Words>("words", words),
        Event::ExclusionLifted { subject, account, words } => {
            Encoded::of(&subject::ExclusionLifted { subject: Written(*subject), account: Written(*account) })?
                .sealed::<Words>("words", words)
        }
        Event::SubjectsJoined { kept, joined, reasons } => {
            Encoded::of(&subject::SubjectsJoined { kept: Written(*kept), joined: Written(*joined) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::SubjectsParted { kept, joined, reasons } => {
            Encoded::of(&subject::SubjectsParted { kept: Written(*kept), joined: Written(*joined) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::SubjectsKeptApart { one, other, reasons } => {
            Encoded::of(&subject::SubjectsKeptApart { one: Written(*one), other: Written(*other) })?
                .sealed::<Words>("reasons", reasons)
        }

        Event::ImportProposed { import, team, sponsor, entries, fingerprint, words } => {
            Encoded::of(&import::ImportProposed {
                import: Written(*import),
                team: Written(*team),
                sponsor: Written(*sponsor),
                entries: *entries,
                fingerprint: Written(*fingerprint),
            })?
            .sealed::<import::ListWords>("words", words)
        }
        Event::ImportRefused { import, reasons } => {
            Encoded::of(&import::ImportRefused { import: Written(*import) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::EntryImported { measure, subject, import, row, file, sponsor, plan, lapses_on, said } => {
            Encoded::of(&import::EntryImported {
                measure: Written(*measure),
                subject: Written(*subject),
                import: Written(*import),
                row: *row,
                file: Written(*file),
                sponsor: Written(*sponsor),
                plan: v2::assessment::Plan::store(plan),
                lapses_on: Written(*lapses_on),
            })?
            .sealed::<v2::assessment::PlanWords>("plan_words", &plan.words)?
            .sealed::<Words>("said", said)
        }
        Event::ImportApproved { import } => Encoded::of(&import::ImportApproved { import: Written(*import) }),
        Event::ImportUndone { import, reasons, lockers } => {
            Encoded::of(&import::ImportUndone { import: Written(*import), lockers: Shape::store(lockers) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::OldListDestroyed { import, on, words } => {
            Encoded::of(&import::OldListDestroyed { import: Written(*import), on: Written(*on) })?
                .sealed::<Words>("words", words)
        }
        Event::NoListDeclared { team } => Encoded::of(&import::NoListDeclared { team: Written(*team) }),

        Event::AppealLodged { measure, lodged, words } => {
            Encoded::of(&appeal::AppealLodged { measure: Written(*measure), lodged: Shape::store(lodged) })?
                .sealed::<appeal::AppealWords>("words", words)
        }
        Event::AppealAssigned { measure, officer } => {
            Encoded::of(&appeal::AppealAssigned { measure: Written(*measure), officer: Written(*officer) })
        }
        Event::AppealDecided { measure, outcome, reasons } => {
            Encoded::of(&appeal::AppealDecided { measure: Written(*measure), outcome: Written(*outcome) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::AppealWithdrawn { measure, words } => {
            Encoded::of(&appeal::AppealWithdrawn { measure: Written(*measure) })?
                .sealed::<Words>("words", words)
        }
        Event::ComplaintRecorded { measure, ombudsman, taken_up_on, reference } => {
            Encoded::of(&appeal::ComplaintRecorded {
                measure: Written(*measure),
                ombudsman: Written(*ombudsman),
                taken_up_on: Written(*taken_up_on),
            })?
            .sealed::<Words>("reference", reference)
        }
        Event::ComplaintEnded { measure, outcome, ended_on, found, asks } => {
            Encoded::of(&appeal::ComplaintEnded {
                measure: Written(*measure),
                outcome: Written(*outcome),
                ended_on: Written(*ended_on),
                asks: mark(asks.as_ref()),
            })?
            .sealed::<Words>("found", found)?
            .sealed_if_any::<Words>("asks", asks.as_ref())
        }
        Event::OutcomeLetterWritten { measure, occasion, letter } => {
            Encoded::of(&notice::OutcomeLetterWritten {
                measure: Written(*measure),
                occasion: Written(*occasion),
            })?
            .sealed::<notice::Letter>("letter", letter)
        }
        Event::OutcomeLetterApproved { measure, occasion } => Encoded::of(&notice::OutcomeLetterApproved {
            measure: Written(*measure),
            occasion: Written(*occasion),
        }),
        Event::OutcomeLetterSent { measure, occasion, sent_on, delivery } => {
            Encoded::of(&notice::OutcomeLetterSent {
                measure: Written(*measure),
                occasion: Written(*occasion),
                sent_on: Written(*sent_on),
                delivery: Written(*delivery),
            })
        }
        Event::WithdrawalConfirmed { measure, team } => {
            Encoded::of(&measure::WithdrawalConfirmed { measure: Written(*measure), team: Written(*team) })
        }

        Event::MeetingCalled { meeting, held_on, chair } => Encoded::of(&meeting::MeetingCalled {
            meeting: Written(*meeting),
            held_on: Written(*held_on),
            chair: Written(*chair),
        }),
        Event::MeetingOpened { meeting, chair, present } => Encoded::of(&meeting::MeetingOpened {
            meeting: Written(*meeting),
            chair: Written(*chair),
            present: present.iter().copied().map(Written).collect(),
        }),
        Event::MeetingDecided { meeting, measure, outcome, aside, reasons } => {
            Encoded::of(&meeting::MeetingDecided {
                meeting: Written(*meeting),
                measure: Written(*measure),
                outcome: Written(*outcome),
                aside: aside.iter().copied().map(Written).collect(),
            })?
            .sealed::<Words>("reasons", reasons)
        }
        Event::ActionAgreed { meeting, who, by, words } => Encoded::of(&meeting::ActionAgreed {
            meeting: Written(*meeting),
            who: Written(*who),
            by: Written(*by),
        })?
        .sealed::<Words>("words", words),
        Event::ActionDone { meeting, action } => {
            Encoded::of(&meeting::ActionDone { meeting: Written(*meeting), action: *action })
        }
        Event::MeetingClosed { meeting, minutes } => {
            Encoded::of(&meeting::MeetingClosed { meeting: Written(*meeting) })?
                .sealed::<Words>("minutes", minutes)
        }

        Event::MeasureEnded { measure, reason, words } => {
            Encoded::of(&measure::MeasureEnded { measure: Written(*measure), reason: Written(*reason) })?
                .sealed::<Words>("words", words)
        }
        Event::HoldPlaced { measure, reasons } => {
            Encoded::of(&measure::HoldPlaced { measure: Written(*measure) })?
                .sealed::<Words>("reasons", reasons)
        }
        Event::HoldsLifted { measure, reasons } => {
            Encoded::of(&measure::HoldsLifted { measure: Written(*measure) })?
                .sealed::<Words>("reasons", reasons)
        }

        Event::FileHeld { file, ground, review_on, reasons } => Encoded::of(&retention::FileHeld {
            file: Written(*file),
            ground: Written(*ground),
            review_on: Written(*review_on),
        })?
        .sealed::<Words>("reasons", reasons),
        Event::FileReleased { file, reasons } => {
            Encoded::of(&retention::FileReleased { file: Written(*file) })?
                .sealed::<Words>("reasons", reasons)
        }

        Event::DecisionFileSealed { measure, lockers } => Encoded::of(&retention::DecisionFileSealed {
            measure: Written(*measure),
            lockers: Shape::store(lockers),
        }),
        Event::Destroyed { file, lockers } => {
            Encoded::of(&retention::FileDestroyed { file: Written(*file), lockers: Shape::store(lockers) })
        }
    }
}
