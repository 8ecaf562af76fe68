//! When a batch is read: as soon as no resolver of the request can go on without it.
//!
//! A loader that waits for a time, or for a turn of the scheduler, guesses when all have asked, and where several threads
//! share the work it guesses wrong: another thread begins to read while this one is still asking, and one statement
//! becomes many. So batches are read by the task that resolves the request, after its resolvers have all come to wait.
//! Then as many statements are sent as there are questions, on every machine and under every load.

use std::{
    future::poll_fn,
    pin::pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
    time::Duration,
};

use async_graphql::runtime::Timer;
use futures_util::{
    future::BoxFuture,
    stream::{FuturesUnordered, StreamExt},
    task::{AtomicWaker, FutureObj, Spawn, SpawnError},
};

/// The batches of one request that wait to be read. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Batches(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    waiting: Mutex<Vec<FutureObj<'static, ()>>>,
    has_reader: AtomicBool,
    reader: AtomicWaker,
}

impl Batches {
    /// Does `work`, and reads the batches that it asks for whenever it cannot go on.
    pub async fn read_for<Work: Future>(&self, work: Work) -> Work::Output {
        let (mut work, mut reading) = (pin!(work), FuturesUnordered::new());
        self.0.has_reader.store(true, Ordering::Release);
        poll_fn(|context| {
            // What this task asks for itself needs no waking.
            self.0.reader.take();
            loop {
                if let Poll::Ready(output) = work.as_mut().poll(context) {
                    return Poll::Ready(output);
                }
                reading.extend(self.take());
                let mut has_read = false;
                // Everything that is there is handed over at once, so that what follows from it is asked for at once.
                while let Poll::Ready(Some(())) = reading.poll_next_unpin(context) {
                    has_read = true;
                }
                if has_read {
                    continue;
                }
                self.0.reader.register(context.waker());
                if self.is_empty() {
                    return Poll::Pending;
                }
            }
        })
        .await
    }

    fn take(&self) -> Vec<FutureObj<'static, ()>> {
        std::mem::take(
            &mut *self
                .0
                .waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    fn is_empty(&self) -> bool {
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_empty()
    }

    fn has_reader(&self) -> bool {
        self.0.has_reader.load(Ordering::Acquire)
    }
}

impl Spawn for Batches {
    fn spawn_obj(&self, batch: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        if !self.has_reader() {
            // Nobody reads for this request: it is on its own, and batches as well as it can.
            tokio::spawn(batch);
            return Ok(());
        }
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(batch);
        // A resolver that runs in a task of its own asks while the reader sleeps.
        self.0.reader.wake();
        Ok(())
    }
}

impl Timer for Batches {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        if self.has_reader() {
            Box::pin(std::future::ready(()))
        } else {
            Box::pin(tokio::task::yield_now())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashMap, convert::Infallible, sync::atomic::AtomicUsize};

    use async_graphql::dataloader::{DataLoader, Loader};
    use futures_util::future::join_all;

    use super::*;

    struct Counter(AtomicUsize);

    impl Loader<u32> for Counter {
        type Value = u32;
        type Error = Infallible;

        async fn load(&self, keys: &[u32]) -> Result<HashMap<u32, u32>, Infallible> {
            self.0.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(1)).await;
            Ok(keys.iter().map(|key| (*key, key + 1)).collect())
        }
    }

    fn loader(batches: &Batches) -> DataLoader<Counter> {
        DataLoader::new(
            Counter(AtomicUsize::new(0)),
            batches.clone(),
            batches.clone(),
        )
    }

    async fn ask_in_two_steps(loader: &DataLoader<Counter>, key: u32) -> u32 {
        // Asking is slow, as it is on a busy machine: another thread would have begun to read by then.
        std::thread::sleep(Duration::from_millis(1));
        let first = loader.load_one(key).await.unwrap().unwrap();
        loader.load_one(first + 1_000).await.unwrap().unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn each_question_is_one_statement_on_many_threads() {
        for _ in 0..20 {
            let batches = Batches::default();
            let loader = loader(&batches);
            let answers = batches
                .read_for(join_all((0..20).map(|key| ask_in_two_steps(&loader, key))))
                .await;
            assert_eq!(answers, (1_002..1_022).collect::<Vec<_>>());
            assert_eq!(loader.loader().0.load(Ordering::Relaxed), 2);
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_task_of_its_own_is_answered_too() {
        let batches = Batches::default();
        let loader = Arc::new(loader(&batches));
        let asking = loader.clone();
        let work = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(5)).await;
            asking.load_one(1).await.unwrap()
        });
        assert_eq!(batches.read_for(work).await.unwrap(), Some(2));
    }

    #[tokio::test]
    async fn a_loader_without_a_reader_answers() {
        let batches = Batches::default();
        assert_eq!(loader(&batches).load_one(1).await.unwrap(), Some(2));
    }
}
