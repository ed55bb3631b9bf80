//! A thread that takes what is sent to it, and has let go of the file by the time its sender is gone.

use ledger::StoreError;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

/// Threads with one queue. Dropping it waits until they have ended and closed their connections.
pub(crate) struct Queue<Job> {
    sender: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

impl<Job: Send + 'static> Queue<Job> {
    /// A queue, and its other end to be served.
    pub fn new() -> (Self, Receiver<Job>) {
        let (sender, receiver) = channel();
        (Self { sender: Some(sender), threads: Vec::new() }, receiver)
    }

    /// Starts a thread that serves the queue.
    pub fn spawn(&mut self, name: &str, serve: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
        let thread = Builder::new().name(name.to_owned()).spawn(serve);
        self.threads.push(thread.map_err(|error| StoreError::Unavailable(error.to_string()))?);
        Ok(())
    }

    /// Sends a job.
    pub fn send(&self, job: Job) -> Result<(), StoreError> {
        let sent = self.sender.as_ref().map(|sender| sender.send(job));
        match sent {
            Some(Ok(())) => Ok(()),
            Some(Err(_)) | None => Err(ended()),
        }
    }
}

impl<Job> Drop for Queue<Job> {
    fn drop(&mut self) {
        self.sender = None;
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}

/// Nobody serves the queue.
pub(crate) fn ended() -> StoreError {
    StoreError::Unavailable("this opening of the store does not do that, or has ended".to_owned())
}
