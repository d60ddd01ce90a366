//! Many meta-analyses at once: columns in, columns out.
//!
//! For variants of a genome, voxels of a brain, reviews of a database or replications of a simulation: the studies of
//! all groups stand one group after the other in two slices, `offsets` says where each group begins, and the results
//! are columns with one value for each group.
//!
//! The estimators are those of [`pool`](crate::pool): each group is one call of [`pool::kernel`](crate::pool::kernel),
//! which allocates nothing. A group that has no answer does not stop the others: its values are NaN and its [`Flag`]
//! says why. A study whose estimate or variance is NaN is missing and is left out of its group; `k` counts the rest.
//! With feature `parallel` groups are shared among all cores; results do not depend on the number of threads.
//!
//! ```
//! use consilience::{batch::{Batch, BatchOptions, Flag}, tau2::Tau2};
//!
//! // two groups: three studies, and one
//! let (yi, vi) = ([0.1, 0.5, 0.9, 0.2], [0.02, 0.05, 0.03, 0.04]);
//! let batch = Batch::new(&yi, &vi, &[0, 3, 4])?;
//! let result = BatchOptions::random(Tau2::Dl).run(batch)?;
//! assert_eq!(result.flag, [Flag::Pooled, Flag::OneStudy]);
//! assert!(result.tau2[0] > 0.0 && result.estimate[1] == 0.2);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! P values are given as their natural logarithms: across a genome they fall below the smallest number there is.

mod options;
mod result;
mod run;

pub use options::{BatchModel, BatchOptions, Detail};
pub use result::{BatchResult, Flag};
pub use run::Batch;
