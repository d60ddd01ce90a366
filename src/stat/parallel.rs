//! Independent pieces of work, on all cores with the feature `parallel`.

/// The pieces of work that run at a time.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "parallel")]
    {
        rayon::current_num_threads().max(1)
    }
    #[cfg(not(feature = "parallel"))]
    1
}

/// `f` of 0 .. n, in order.
pub(crate) fn map<T: Send>(n: usize, f: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    // Waking the threads takes longer than many a piece of work that is the only one.
    #[cfg(feature = "parallel")]
    if n > 1 && threads() > 1 {
        return shared(n, f);
    }
    (0..n).map(f).collect()
}

/// The same, by the thread that asks and the others: each takes the next piece when it is done with one, so that none sleeps or
/// waits to be woken while pieces are left.
#[cfg(feature = "parallel")]
fn shared<T: Send>(n: usize, f: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    use std::sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let pieces = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|i| *i < n));
        pieces.map(|i| (i, f(i))).collect::<Vec<_>>()
    };
    let others = Mutex::new(Vec::new());
    let mut done = rayon::in_place_scope(|scope| {
        for _ in 1..threads().min(n) {
            scope.spawn(|_| {
                let own = work();
                others.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
            });
        }
        // On the other threads nobody hears of what a piece does within.
        super::progress::unheard(work)
    });
    done.extend(others.into_inner().unwrap_or_else(PoisonError::into_inner));
    done.sort_unstable_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, value)| value).collect()
}

/// `f` of every item, in order.
pub(crate) fn each<T: Send>(items: Vec<T>, f: impl Fn(T) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        items.into_par_iter().map(f).collect()
    }
    #[cfg(not(feature = "parallel"))]
    items.into_iter().map(f).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stand_in_order_whoever_does_them() {
        for n in [0, 1, 2, 1000] {
            assert_eq!(map(n, |i| i * i), (0..n).map(|i| i * i).collect::<Vec<_>>());
        }
        let nested = map(20, |i| map(i, |j| i + j).into_iter().sum::<usize>());
        assert_eq!(nested, (0..20).map(|i| (0..i).map(|j| i + j).sum()).collect::<Vec<usize>>());
    }
}
