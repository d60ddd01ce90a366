//! Kiely et al. 2022: effect of social prescribing link workers on health outcomes and costs (BMJ Open 12:e062951,
//! doi:10.1136/bmjopen-2022-062951).
//!
//! Eight studies with 6500 participants: five randomised trials and three controlled before-after studies. The authors
//! found no consistent effect and pooled nothing. The data hold what the trials report, as published, intervention minus
//! comparator; what was not reported, or could not be read, stays empty and is never filled by a guess.
//!
//! | file | holds |
//! |---|---|
//! | `data` | the facts: studies, reported effects, GRADE table, costs |
//! | `harvest` | directions of effect by domain, with vote counts and sign tests |
//! | `report` | the reproduction |
//!
//! A further trial is one more row:
//!
//! ```
//! use consilience::{pool::RandomEffects, reviews::kiely2022::{BeneficialSign, Kiely2022, ReportedEffect}};
//!
//! let review = Kiely2022::load()?;
//! assert_eq!(review.participants(), 6500);
//! let ninth = ReportedEffect::interval("Ninth trial", "anxiety", "mental health", BeneficialSign::Negative, -0.9, -1.8, 0.0);
//! let effects = review.with(ninth).pooled_outcome("HADS-A")?;
//! assert_eq!(RandomEffects::default().fit(&effects)?.k, 3);
//! # Ok::<(), consilience::Error>(())
//! ```

mod data;
mod harvest;
mod report;

pub use data::{BeneficialSign, Cost, GradeRow, Kiely2022, ReportedEffect, ReviewedStudy, TrialDesign};
pub use harvest::{Harvest, HarvestRow, ReportedDirection};
