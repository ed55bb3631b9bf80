//! Where a history is played: into memory here, into a durable ledger elsewhere.

use register::command::Command;
use register::ids::AttachmentId;
use register::moment::Moment;
use register::refusal::Refusal;
use register::state::Register;

/// Something that carries out commands one after the other.
pub trait Stage {
    /// Why a performance stops: a refusal, or whatever else may go wrong where it is kept.
    type Stop;

    /// The register as it stands after every command so far.
    fn register(&self) -> &Register;

    /// Decides a command at the moment it is asked, and applies what follows.
    ///
    /// # Errors
    /// Whatever stopped it; nothing of it has happened then.
    fn perform(&mut self, command: Command, moment: Moment) -> Result<(), Self::Stop>;

    /// Takes the bytes of a file that comes with the report performed next. Left alone, they are dropped.
    fn attach(&mut self, _attachment: AttachmentId, _bytes: Vec<u8>) {}
}

/// A stage that keeps what is asked of it, to be asked again of a register elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    memory: Memory,
    /// Every command, with when and by whom.
    pub steps: Vec<(Command, Moment)>,
    /// The files that came with reports.
    pub files: Vec<(AttachmentId, Vec<u8>)>,
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
        self.files.push((attachment, bytes));
    }
}

/// A stage in memory: nothing is kept but the register.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    register: Register,
    records: u64,
}

impl Memory {
    /// How many events the history has made so far.
    #[must_use]
    pub const fn records(&self) -> u64 {
        self.records
    }
}

impl Stage for Memory {
    type Stop = Refusal;

    fn register(&self) -> &Register {
        &self.register
    }

    fn perform(&mut self, command: Command, moment: Moment) -> Result<(), Refusal> {
        for event in register::decide(&self.register, &command, &moment)? {
            self.records += 1;
            self.register.apply(&event, moment, self.records);
        }
        Ok(())
    }
}
