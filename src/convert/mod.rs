//! What papers report, turned into what models need, with a record of what was assumed.
//!
//! | part | use it for |
//! |---|---|
//! | [`record`] | the record: sources, formula with reference, assumption; the table of assumptions |
//! | [`sensitivity`] | repeating an analysis over a range of an assumption |
//! | [`summary`] | means and SDs from medians, quartiles and ranges; skewness tests |

mod check;
pub mod record;
pub mod sensitivity;
pub mod summary;

pub use record::{Assumption, Derived, Provenance, Quantity, Relation, Step};
