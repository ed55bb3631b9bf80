//! A small register: the fictional council with everybody in it and nothing else, so that a program that was killed is back soon.

use crate::persona::{PASSWORD, SECRET};
use crate::place::Place;
use anyhow::{Context, Result};
use demonstration::{Memory, Seed, Stage, personas, play};
use jiff::SignedDuration;
use register::calendar::london;
use register::command::{AcknowledgePolicy, Command, KeepConduct, TakeTraining};
use register::ids::{AccountId, AttachmentId};
use register::moment::Moment;
use register::people::{Readiness, Step, steps};
use register::refusal::Refusal;
use register::state::Register;
use register::training::Sheet;
use service::clock::{Clock as _, HandClock, SystemClock};
use service::{Service, Upload};
use std::sync::Arc;

/// The council's history, noted as it is played.
#[derive(Default)]
struct Steps {
    memory: Memory,
    steps: Vec<(Command, Moment)>,
    files: Vec<Upload>,
}

impl Stage for Steps {
    type Stop = Refusal;
    fn register(&self) -> &Register {
        self.memory.register()
    }
    fn perform(&mut self, command: Command, moment: Moment) -> Result<(), Refusal> {
        self.memory.perform(command.clone(), moment)?;
        self.steps.push((command, moment));
        Ok(())
    }
    fn attach(&mut self, attachment: AttachmentId, bytes: Vec<u8>) {
        self.files.push(Upload { attachment, bytes });
    }
}

/// Makes it in a file, each of its people with the usual password and app.
pub async fn make(place: &Place) -> Result<()> {
    place.make().await?;
    let now = SystemClock.now();
    let clock = Arc::new(HandClock::at(now));
    let service = place.serve(clock.clone()).await?;
    let mut history = Steps::default();
    play(&mut history, Seed(1), now - SignedDuration::from_hours(1))
        .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    for (command, moment) in &history.steps {
        if everybody_is_in(&service) {
            break;
        }
        clock.set(moment.at);
        let id = service.fresh_command();
        let done = service.carry_out(moment.by, id, command, &history.files).await;
        done.map(drop).map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
    }
    for persona in personas() {
        let given = service.demonstration_credential(persona.account, PASSWORD, SECRET).await;
        given.with_context(|| persona.email.clone())?;
        make_ready(&service, persona.account).await?;
    }
    Ok(())
}

/// Somebody has read the policy, passed the training and keeps the code of conduct: before that nobody is answered.
pub async fn make_ready(service: &Service, account: AccountId) -> Result<()> {
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
