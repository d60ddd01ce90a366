//! Long work that tells how far it is and that can be stopped: bootstraps, permutations, simulations, profile intervals.
//!
//! A [`Progress`] is heard by the work that runs within [`Progress::during`], on the thread that runs it. Loops over replicates ask it
//! after every few of them, some tens of milliseconds of work. When it says no they end at once with what is done, if a result can rest
//! on fewer replicates, which it then counts, and else with [`Error::Interrupted`]. What was cut is told
//! by [`Progress::cuts`]. Without a progress nothing is asked and nothing is cut.
//!
//! The replicates that are done are always the first ones, so that the same result comes from asking for so many.
//!
//! ```
//! use consilience::stat::progress::Progress;
//! let progress = Progress::new(|work, done, all| {
//!     let _ = (work, done, all); // show it
//!     true // go on
//! });
//! let mean = progress.during(|| (1.0 + 2.0) / 2.0);
//! assert_eq!(mean, 1.5);
//! assert!(progress.cuts().is_empty());
//! ```

use std::{
    cell::RefCell,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use super::parallel::map;
use crate::{Error, Result};

/// Work that was ended before its time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cut {
    /// The work.
    pub work: String,
    /// The pieces that were done.
    pub done: usize,
    /// The pieces that were asked for.
    pub all: usize,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "interrupted: the result rests on {} of {} {}", self.done, self.all, self.work)
    }
}

type Ask = dyn Fn(&str, usize, usize) -> bool + Send + Sync;

/// A function that hears of long work and says if it goes on.
#[derive(Clone)]
pub struct Progress {
    ask: Arc<Ask>,
    cuts: Arc<Mutex<Vec<Cut>>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Progress>> = const { RefCell::new(None) };
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress").field("cuts", &self.cuts()).finish_non_exhaustive()
    }
}

impl Progress {
    /// `ask` hears the name of the work, the pieces that are done and those that are planned; `false` ends the work.
    pub fn new(ask: impl Fn(&str, usize, usize) -> bool + Send + Sync + 'static) -> Self {
        Progress { ask: Arc::new(ask), cuts: Arc::default() }
    }

    /// Runs work that this progress hears of.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        heard_by(Some(self.clone()), work)
    }

    /// Tells how far work is; `false` if it shall end. For work outside of this crate.
    pub fn ask(&self, work: &str, done: usize, all: usize) -> bool {
        (self.ask)(work, done, all)
    }

    /// The work that was ended before its time.
    pub fn cuts(&self) -> Vec<Cut> {
        self.cuts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn tell(&self, work: &str, done: usize, all: usize) {
        (self.ask)(work, done, all);
    }

    fn goes_on(&self, work: &str, done: usize, all: usize) -> bool {
        if (self.ask)(work, done, all) || done >= all {
            return true;
        }
        let cut = Cut { work: work.to_owned(), done, all };
        self.cuts.lock().unwrap_or_else(PoisonError::into_inner).push(cut);
        false
    }
}

/// Runs work that this progress, or nobody, hears of. Whatever way the work ends, the progress before is heard again.
fn heard_by<T>(progress: Option<Progress>, work: impl FnOnce() -> T) -> T {
    struct Before(Option<Progress>);
    impl Drop for Before {
        fn drop(&mut self) {
            CURRENT.with(|current| *current.borrow_mut() = self.0.take());
        }
    }
    let _before = Before(CURRENT.with(|current| current.replace(progress)));
    work()
}

/// Runs work that nobody hears of: a share of work of which the whole is told.
#[cfg(feature = "parallel")]
pub(super) fn unheard<T>(work: impl FnOnce() -> T) -> T {
    heard_by(None, work)
}

/// Tells whoever hears on this thread how far work is; `false` if it shall end.
pub(crate) fn goes_on(work: &str, done: usize, all: usize) -> bool {
    current().is_none_or(|progress| progress.goes_on(work, done, all))
}

fn current() -> Option<Progress> {
    CURRENT.with(|current| current.borrow().clone())
}

/// Rounds that take longer than this are followed by smaller ones, shorter ones by larger ones.
const ROUND_SECONDS: f64 = 0.02;

/// `f` of 0 .. n in order, or of as many as are done when the work is ended: at least one.
///
/// # Errors
///
/// None; the result is one so that callers need not tell it from [`all_of`].
pub(crate) fn first_of<T: Send>(
    work: &str,
    n: usize,
    f: impl Fn(usize) -> T + Sync + Send,
) -> Result<Vec<T>> {
    let Some(progress) = current() else { return Ok(map(n, f)) };
    let mut done = Vec::new();
    let threads = super::parallel::threads();
    let mut size = threads;
    let begun_all = std::time::Instant::now();
    while done.len() < n {
        // Once interrupted, later work of the same analysis still gets a moment, so that the analysis has a result.
        let enough = !done.is_empty() && begun_all.elapsed().as_secs_f64() > ROUND_SECONDS;
        if !enough {
            progress.tell(work, done.len(), n);
        } else if !progress.goes_on(work, done.len(), n) {
            return Ok(done);
        }
        let start = done.len();
        let begun = std::time::Instant::now();
        done.extend(map(size.min(n - start), |i| f(start + i)));
        let took = begun.elapsed().as_secs_f64();
        size = if took < 0.5 * ROUND_SECONDS { 2 * size } else { size };
        size = if took > ROUND_SECONDS { (size / 2).max(threads) } else { size };
    }
    progress.tell(work, n, n);
    Ok(done)
}

/// `f` of all of 0 .. n, in order.
///
/// # Errors
///
/// [`Error::Interrupted`] if the work is ended before all is done.
pub(crate) fn all_of<T: Send>(work: &str, n: usize, f: impl Fn(usize) -> T + Sync + Send) -> Result<Vec<T>> {
    let done = first_of(work, n, f)?;
    if done.len() < n { Err(Error::interrupted(work, done.len(), n)) } else { Ok(done) }
}

/// `f` of 0 .. n in order; where the work is ended early, `cut` of what was not done, with [`NOT_DONE`] as the reason.
pub(crate) fn each_of<T: Send>(
    work: &str,
    n: usize,
    f: impl Fn(usize) -> T + Sync + Send,
    cut: impl Fn(usize) -> T,
) -> Result<Vec<T>> {
    let mut done = first_of(work, n, f)?;
    done.extend((done.len()..n).map(cut));
    Ok(done)
}

/// The reason for which a piece of work that was ended early has no result.
pub(crate) const NOT_DONE: &str = "interrupted before it was computed";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const MANY: usize = 1 << 30;

    #[test]
    fn the_first_pieces_are_kept_and_the_cut_is_told() {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let progress = Progress::new(move |_, _, _| counter.fetch_add(1, Ordering::Relaxed) < 3);
        let done = progress.during(|| first_of("pieces", MANY, |i| i)).unwrap();
        assert!(!done.is_empty() && done.len() < MANY);
        assert!(done.iter().enumerate().all(|(at, value)| at == *value));
        let cut = Cut { work: "pieces".to_owned(), done: done.len(), all: MANY };
        assert_eq!(progress.cuts(), [cut]);
        // All or nothing.
        let slow = |i: usize| std::thread::sleep(std::time::Duration::from_millis(i as u64));
        let error = progress.during(|| all_of("pieces", 100, slow)).unwrap_err();
        assert!(error.is_interrupted(), "{error}");
        // All, with what was not done marked.
        let marked = progress
            .during(|| {
                each_of(
                    "pieces",
                    100,
                    |i| {
                        slow(i);
                        true
                    },
                    |_| false,
                )
            })
            .unwrap();
        assert_eq!(marked.len(), 100);
        assert!(marked[0] && !marked[99]);
        // The pieces themselves are not heard, whichever thread does them.
        let heard = |_| current().is_some();
        let pieces = Progress::new(|_, _, _| true).during(|| (heard(0), map(50, heard)));
        assert!(pieces.0 && (super::super::parallel::threads() == 1 || !pieces.1.contains(&true)));
        // Nobody hears outside.
        assert_eq!(all_of("pieces", 10, |i| i).unwrap().len(), 10);
    }
}
