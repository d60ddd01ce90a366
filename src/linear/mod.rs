//! The common ground of all linear models: the vocabulary of results, inference, contrasts, marginal means, predictions by name.
//!
//! [`pool`](crate::pool), [`regression`](crate::regression) and [`multilevel`](crate::multilevel) fit models of their own; what they
//! say is said in the types of this module, and what is read off their coefficients b with covariance C is computed here, once:
//!
//! - a contrast l'b with variance l'Cl, and its reference distribution by the inference of the fit;
//! - the Wald test that several contrasts are 0;
//! - an expected effect x'b at values of the moderators, with the prediction interval of a new study about it;
//! - marginal means of a factor, and their differences.
//!
//! A model of the same mean gives the same contrasts whatever its kind:
//!
//! ```
//! use consilience::{
//!     EffectSizes, Measure,
//!     linear::{Adjustment, Contrast, Design},
//!     multilevel::{Factor, Multilevel},
//!     regression::MetaRegression,
//! };
//!
//! let y = [1.0, 1.2, 3.0, 3.4, 2.0, 2.6];
//! let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C", "D", "E", "F"], y, [0.1; 6])?;
//! let late = [0.0, 0.0, 1.0, 1.0, 0.0, 1.0];
//! let design = Design::with_intercept(6).column("late", late)?;
//! let regression = MetaRegression::default().fit(&effects, &design)?;
//! let multilevel = Multilevel::nested([Factor::each_effect("study", 6)?])?.moderators(design).fit(&effects)?;
//! let sum = [Contrast::new("late ones", [1.0, 1.0])];
//! let (a, b) = (regression.contrasts(&sum, Adjustment::Holm)?, multilevel.contrasts(&sum, Adjustment::Holm)?);
//! assert!((a.contrasts[0].contrast.se - b.contrasts[0].contrast.se).abs() < 1e-9);
//! # Ok::<(), consilience::Error>(())
//! ```

mod adjust;
pub(crate) mod basis;
pub(crate) mod bubble;
pub(crate) mod contrasts;
mod design;
mod fit;
mod heterogeneity;
mod inference;
pub(crate) mod marginal;
mod max_t;
pub(crate) mod predict;
mod prediction;
mod result;
pub(crate) mod small_sample;
mod spec;
mod studies;

pub use adjust::Adjustment;
pub use bubble::{Bubble, BubbleData};
pub use contrasts::{Contrast, Contrasts, SubsetTest, TestedContrast};
pub(crate) use design::INTERCEPT;
pub use design::{Design, DesignTerm, Intercept};
pub use fit::Fit;
pub(crate) use heterogeneity::Between;
pub use heterogeneity::Heterogeneity;
pub use inference::Inference;
pub(crate) use inference::MeanInference;
pub use marginal::{MarginalMeans, MarginalWeights};
pub use predict::{Point, PredictedEffect};
pub use prediction::{Prediction, PredictionInterval};
pub use result::{Back, Coefficient, FitInfo, TestDistribution, Transformed, WaldTest};
pub(crate) use spec::{Estimates, ModelSpec, spec_setters};
pub use spec::{PoolModel, Weights};
pub use studies::{FittedStudies, StudyWeight};
