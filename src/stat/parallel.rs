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
    if n > 1 {
        use rayon::prelude::*;
        return (0..n).into_par_iter().map(f).collect();
    }
    (0..n).map(f).collect()
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
