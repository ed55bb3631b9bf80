//! What is behind a measure in an evidence bundle: the incidents, the interim marker, the assessment, the plan, and the contact it limits.

use super::{Bundle, Fact, fact, lines, text};
use crate::letters::{agreed, stands, written};
use crate::papers::DESTROYED;
use documents::{Block, Table};
use register::assessment::{Answer, Plan};
use register::contact::{Matter, Received};
use register::incident::{Incident, Narrative, Police};
use register::personal::{Particulars, Text};
use register::policy::List;

impl Bundle<'_> {
    pub(super) fn incidents(&self) -> Vec<Block> {
        let incidents = self.measure.incidents.iter().filter_map(|id| self.register.incident(*id));
        incidents
            .flat_map(|incident| {
                [
                    Block::subsection(format!("Incident {}", incident.id)),
                    Block::facts(self.incident(incident)),
                ]
            })
            .collect()
    }

    fn incident(&self, incident: &Incident) -> Vec<Fact> {
        let facts = &incident.facts;
        let on = written(facts.happened_on);
        let when = facts
            .happened_at
            .map_or_else(|| on.clone(), |time| format!("{on} at {}", time.strftime("%-I:%M%P")));
        let mut rows = vec![
            fact("Happened", when),
            fact("How", facts.channel.label()),
            fact("What was done", self.codes(List::Behaviour, &facts.behaviours)),
            fact("Reported", self.signed(incident.reported)),
            fact("Anyone in danger", facts.danger.label()),
            fact("Injury", facts.injury.label()),
            fact("How sure the reporter is", facts.identity.label()),
        ];
        match incident.narrative.known() {
            None => rows.push(fact("What happened", DESTROYED)),
            Some(narrative) => rows.extend(told(narrative, facts.police)),
        }
        rows.extend(incident.confirmed.iter().map(|added| {
            fact("Confirmed by the line manager", lines([text(&added.words), &self.signed(added.moment)]))
        }));
        let added = incident.additions.iter();
        rows.extend(
            added.map(|added| fact("Added", lines([text(&added.words), &self.signed(added.moment)]))),
        );
        if let Some(triage) = &incident.triage {
            rows.push(fact("How sure triage is", triage.identity.label()));
            rows.push(fact("Triage", lines([text(&triage.reasons), &self.signed(triage.moment)])));
        }
        rows
    }

    pub(super) fn interim(&self) -> Vec<Block> {
        let Some(interim) = &self.measure.interim else { return Vec::new() };
        let mut blocks = vec![Block::facts([
            fact("Asked for", self.signed(interim.asked)),
            fact("Why it could not wait", text(&interim.grounds)),
            fact("Agreed", agreed(self.register, self.measure, interim)),
            fact("Stands", stands(interim, self.today)),
        ])];
        blocks.extend(self.told_plan(&interim.plan));
        blocks
    }

    pub(super) fn tests(&self) -> Vec<Block> {
        let assessment = &self.measure.assessment;
        let said = |answer: &Answer| {
            lines([answer.finding.label(), text(&answer.reasons), &self.signed(answer.moment)])
        };
        let mut rows: Vec<Fact> =
            assessment.answers.iter().map(|(test, answer)| fact(test.label(), said(answer))).collect();
        rows.extend(assessment.under_age.iter().map(|answer| fact("Age safeguard", said(answer))));
        if let Some((moment, advice)) = assessment.completed {
            rows.push(fact("Recommendation", lines([advice.label(), &self.signed(moment)])));
        }
        if rows.is_empty() {
            vec![Block::paragraph("None is answered yet.")]
        } else {
            vec![Block::facts(rows)]
        }
    }

    pub(super) fn proportionality(&self) -> Vec<Block> {
        let Some(record) = &self.measure.assessment.proportionality else {
            return vec![Block::paragraph("Not weighed yet.")];
        };
        let Some(record) = record.known() else { return vec![Block::paragraph(DESTROYED)] };
        vec![Block::facts([
            fact("What it is for", record.aim.as_str()),
            fact("Why it is necessary", record.necessity.as_str()),
            fact("What else was weighed", record.alternatives.as_str()),
            fact("What it does to the person", record.effect.as_str()),
            fact("What keeps that small", record.safeguards.as_str()),
        ])]
    }

    pub(super) fn plan(&self) -> Vec<Block> {
        match &self.measure.assessment.plan {
            Some(plan) => self.told_plan(plan),
            None => vec![Block::paragraph("Not planned yet.")],
        }
    }

    fn told_plan(&self, plan: &Plan) -> Vec<Block> {
        let mut rows = vec![
            fact("Band", plan.band.label()),
            fact("Precautions", self.codes(List::Precaution, &plan.precautions)),
            fact("Restrictions", self.codes(List::Restriction, &plan.restrictions)),
        ];
        let limits = plan.limits.in_words(plan.words.known());
        if !limits.is_empty() {
            rows.push(fact("What they come to", lines(limits)));
        }
        match plan.words.known() {
            None => rows.push(fact("Reasons", DESTROYED)),
            Some(words) => {
                rows.insert(0, fact("Summary", words.summary.as_str()));
                let reasons = plan.audience.iter().zip(&words.audience_reasons);
                let audience =
                    reasons.map(|(team, reason)| format!("{}: {}", self.team(*team), reason.as_str()));
                rows.extend([
                    fact("Why this band", words.band_reasons.as_str()),
                    fact("Who is shown it, and why", lines(audience)),
                    fact("How the customer is still served", words.service_route.as_str()),
                    fact(
                        "Whom staff ring",
                        format!("{}, {}", words.ring_name.as_str(), words.ring_phone.as_str()),
                    ),
                ]);
            }
        }
        vec![Block::facts(rows)]
    }

    /// What the customer sent or said while their contact is limited or weighed to be, against what is allowed.
    pub(super) fn contact(&self) -> Vec<Block> {
        let contacts = &self.measure.contacts;
        if contacts.is_empty() && !self.measure.logs_contact() {
            return Vec::new();
        }
        let of = |matter: Matter| contacts.iter().filter(|contact| contact.matter == matter).count();
        let mut rows = vec![fact("Logged so far", contacts.len().to_string())];
        let matters = Matter::ALL.iter().map(|matter| fact(matter.label(), of(*matter).to_string()));
        rows.extend(matters);
        let waits = contacts.iter().filter(|contact| contact.waits()).count();
        rows.push(fact("Waiting for an answer", waits.to_string()));
        let mut blocks = vec![Block::facts(rows)];
        blocks.extend(self.counted());
        if !contacts.is_empty() {
            blocks.push(Block::subsection("The log"));
            blocks.push(Block::facts(contacts.iter().map(|contact| {
                let on = written(contact.received_on);
                fact(format!("{on}, {}", contact.means.label()), self.received(contact))
            })));
        }
        blocks
    }

    /// Week by week or month by month, where there is a limit.
    fn counted(&self) -> Option<Block> {
        let (most, counts) = self.measure.counted().filter(|(_, counts)| !counts.is_empty())?;
        let every = most.every.label();
        let rows = counts.iter().map(|(begins, count)| {
            let over = if *count > most.contacts { "More than allowed" } else { "Within what is allowed" };
            vec![
                written(*begins).into(),
                count.to_string().into(),
                most.contacts.to_string().into(),
                over.into(),
            ]
        });
        Some(Block::Table(Table {
            caption: format!("Contact about the same matter, {every} by {every}, since it is in force")
                .into(),
            columns: vec![
                format!("The {every} from").into(),
                "Contacts".into(),
                "Allowed".into(),
                "Compared".into(),
            ],
            rows: rows.collect(),
        }))
    }

    fn received(&self, contact: &Received) -> String {
        let done = match (contact.passed_to, &contact.answered) {
            (Some(team), None) => format!("With {}, not answered yet", self.team(team)),
            (Some(team), Some((moment, said))) => {
                format!("Answered by {} on {}: {}", self.team(team), written(moment.date()), text(said))
            }
            (None, _) => contact.treatment.label().to_owned(),
        };
        lines([contact.matter.label(), text(&contact.words), &done])
    }

    pub(super) fn files(&self) -> Vec<Block> {
        let incidents = self.measure.incidents.iter().filter_map(|id| self.register.incident(*id));
        let rows: Vec<_> = incidents.flat_map(|incident| self.files_of(incident)).collect();
        if rows.is_empty() {
            return vec![Block::paragraph("None.")];
        }
        vec![
            Block::paragraph(
                "They lie in the register, with the incident they came with. Whoever holds a copy can tell by the digest (SHA-256) that it is \
                 the same.",
            ),
            Block::Table(Table {
                caption: "Files that came with the reports".into(),
                columns: ["File", "Incident", "Kind", "Digest"].map(Into::into).to_vec(),
                rows,
            }),
        ]
    }

    fn files_of<'i>(
        &self,
        incident: &'i Incident,
    ) -> impl Iterator<Item = Vec<documents::Prose>> + use<'i, '_> {
        let names = incident.attachment_names.as_ref().and_then(Particulars::known);
        incident.attachments.iter().enumerate().map(move |(place, attachment)| {
            let name = names.and_then(|names| names.get(place)).map_or(DESTROYED, Text::as_str);
            let digest =
                self.digests.get(&attachment.id).map_or_else(|| DESTROYED.to_owned(), ToString::to_string);
            vec![name.into(), incident.id.to_string().into(), attachment.media.label().into(), digest.into()]
        })
    }
}

/// What a report tells, where it tells anything.
fn told(narrative: &Narrative, police: Police) -> Vec<Fact> {
    let subject = &narrative.subject;
    let given = |term: &str, words: &Option<Text>| words.as_ref().map(|words| fact(term, words.as_str()));
    let rows = [
        Some(fact("What happened", narrative.what_happened.as_str())),
        given("Exact words", &narrative.exact_words),
        given("Where", &narrative.place),
        given("Name given", &subject.name),
        given("Address given", &subject.address),
        given("Other details", &subject.other),
        given("How the reporter knows", &subject.how_identified),
        given("Others affected", &narrative.others_affected),
        given("Weapon, animal or damage", &narrative.weapon_or_damage),
        Some(fact("Police", police.label())),
        given("Police reference", &narrative.police_reference),
        given("Witnesses and other evidence", &narrative.evidence),
        Some(fact("Need or difficulty", narrative.needs.as_ref().map_or("None known", Text::as_str))),
        given("What the service may have added to it", &narrative.own_contribution),
        given("Precautions suggested", &narrative.suggested_precautions),
        given("Likely to meet them", &narrative.likely_contact),
    ];
    rows.into_iter().flatten().collect()
}
