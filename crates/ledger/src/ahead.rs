//! Work that goes on elsewhere while its caller does something else first.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Work that has been begun.
pub(crate) enum Ahead<'a, T> {
    Begun(Work<'a, T>),
    Done(T),
}

impl<'a, T> Ahead<'a, T> {
    /// Begins it, and does not wait for it.
    pub async fn begin(mut work: Work<'a, T>) -> Self {
        match poll_fn(|context| Poll::Ready(work.as_mut().poll(context))).await {
            Poll::Ready(result) => Self::Done(result),
            Poll::Pending => Self::Begun(work),
        }
    }

    /// Waits for it.
    pub async fn finish(self) -> T {
        match self {
            Self::Begun(work) => work.await,
            Self::Done(result) => result,
        }
    }
}
