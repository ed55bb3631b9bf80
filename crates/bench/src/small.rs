//! A small register: the fictional council with everybody in it and nothing else, so that a program that was killed is back soon.

use crate::persona::{self, PASSWORD, SECRET};
use crate::place::Place;
use anyhow::{Context, Result};
use demonstration::{Persona, Seed, Steps, personas, play};
use jiff::SignedDuration;
use register::calendar::london;
use register::command::{AcknowledgePolicy, Command, KeepConduct, TakeTraining};
use register::ids::AccountId;
use register::people::{Readiness, Role, Step, steps};
use register::training::Sheet;
use service::clock::{Clock as _, HandClock, SystemClock};
use service::{Service, Upload};
use std::sync::Arc;

/// Makes it in a file, each of its people with the usual password and app.
pub async fn make(place: &Place) -> Result<()> {
    place.make().await?;
    let now = SystemClock.now();
    let clock = Arc::new(HandClock::at(now));
    let service = place.serve(clock.clone()).await?;
    let mut history = Steps::default();
    play(&mut history, Seed(1), now - SignedDuration::from_hours(1))
        .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let files = history.files.into_iter().map(|(attachment, bytes)| Upload { attachment, bytes });
    let files: Vec<Upload> = files.collect();
    for (command, moment) in &history.steps {
        if everybody_is_in(&service) {
            break;
        }
        clock.set(moment.at);
        let id = service.fresh_command();
        let done = service.carry_out(moment.by, id, command, &files).await;
        done.map(drop).map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
    }
    for persona in personas() {
        let given = service.demonstration_credential(persona.account, PASSWORD, SECRET).await;
        given.with_context(|| persona.email.clone())?;
        make_ready(&service, persona.account).await?;
    }
    Ok(())
}

/// Opens accounts of so many colleagues who have this role, and lets them get ready.
pub async fn colleagues(place: &Place, role: Role, count: usize) -> Result<Vec<Persona>> {
    let service = place.serve(Arc::new(SystemClock)).await?;
    let people = persona::colleagues(&service, &persona::with_role(role)?, count).await?;
    for persona in &people {
        make_ready(&service, persona.account).await?;
    }
    Ok(people)
}

/// Somebody has read the policy, passed the training and keeps the code of conduct: before that nobody is answered.
async fn make_ready(service: &Service, account: AccountId) -> Result<()> {
    let steps = service.read(|register| {
        register.account(account).map(|account| steps(register, account, london(SystemClock.now())))
    });
    for (step, readiness) in steps.with_context(|| format!("{account} has no account"))? {
        if matches!(readiness, Readiness::Ready) {
            continue;
        }
        let doing: Command = match step {
            Step::Policy => {
                AcknowledgePolicy { version: service.read(|register| register.policy().version) }.into()
            }
            Step::Training(course) => {
                let sheet = Sheet { course, number: 1 };
                let answers = sheet.questions().iter().map(|drawn| (drawn.place, drawn.right())).collect();
                TakeTraining { sheet: sheet.number, answers }.into()
            }
            Step::Conduct => KeepConduct {}.into(),
        };
        let done = service.execute(account, service.fresh_command(), doing).await;
        done.map(drop).map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
    }
    Ok(())
}

fn everybody_is_in(service: &Service) -> bool {
    service.read(|register| personas().iter().all(|persona| register.account(persona.account).is_some()))
}
