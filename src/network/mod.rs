//! Network meta-analysis: several treatments compared at once, from direct and indirect evidence.
//!
//! For a review whose studies compare different sets of treatments. [`Network`] holds the studies, whatever the shape of
//! the file they came from; [`NetworkMeta`] fits the model; every reading is a function of the [`NetworkFit`].
//!
//! Model: a study with arms 1..p gives p - 1 contrasts y with its first arm, their covariance V and the between-study
//! structure S = ½(I + J): y ~ N(Xθ, V + tau² S), with the effect θ of the reference 0. Generalized least squares; one
//! tau² for the network.
//!
//! Algorithm: the precision of a study is the Laplacian of an electrical network of its arms, so the normal equations are
//! a weighted graph Laplacian with the reference grounded. It is factored without subtractions, of many treatments first
//! those with few neighbors, and the variance of a comparison is an effective resistance.
//!
//! Two treatments give the model of [`pool`](crate::pool). A network that falls apart is refused with a list of its parts;
//! without residual degrees of freedom tau² is 0 and a note says that it cannot be estimated.
//!
//! References: Rücker G (2012), doi:10.1002/jrsm.1058; Rücker G, Schwarzer G (2014), doi:10.1002/sim.6236; Jackson D,
//! White IR, Riley RD (2012), doi:10.1002/sim.5453; Salanti G (2012), doi:10.1002/jrsm.1037.

pub mod cinema;
pub mod classes;
pub mod components;
pub mod contributions;
pub mod data;
pub mod ranking;
pub mod rare;
pub mod regression;
mod shrinkage;
pub mod thresholds;

mod absolute;
mod assembly;
mod connect;
mod decomposition;
mod deletion;
mod design_means;
mod elimination;
mod fit;
pub(crate) mod flow;
mod gls;
mod heat;
mod heterogeneity;
mod identify;
mod laplacian;
mod league;
mod linear_fit;
mod loops;
mod measures;
mod nearby;
mod options;
mod side_split;
mod split;
mod tau2;

pub use absolute::{AbsoluteTreatmentEffect, Baseline};
pub use cinema::{Cinema, CinemaOptions, CinemaRow, CinemaRule, Concern};
pub use classes::ClassFit;
pub use components::{ComponentEffect, ComponentFit, ComponentMatrix, ComponentOptions, ComponentTest};
pub use connect::{Connectivity, Subnetwork};
pub use contributions::{ContributionMethod, ContributionRow, Contributions, DirectComparison};
pub use data::{
    Arm, ArmData, ArmRow, BaselineRow, DataShape, Network, NetworkData, PairRow, SameTreatment, Study,
};
pub use decomposition::{Decomposition, DesignContribution, DesignDisagreement, Disagreement, Interaction};
pub use deletion::{LeftOut, LeftOutEffect, LeftOutTau2};
pub use fit::{Difference, NetworkFit, NetworkModel};
pub use heat::NetHeat;
pub use heterogeneity::NetworkHeterogeneity;
pub use league::{League, LeagueOrder};
pub use loops::Loop;
pub use measures::{EvidenceFlows, EvidenceMeasures};
pub use options::NetworkMeta;
pub use ranking::{
    Bound, HierarchyProbability, OrderOutcome, PScores, PartialOrder, Question, RankedTreatment, Ranking,
    RankingOptions, SmallValues, Statement, ranking,
};
pub use rare::{RareFit, RareMethod};
pub use regression::{
    Center, NetworkRegression, NetworkRegressionFit, RegressionEffect, ResidualHeterogeneity, Slope,
    SlopeModel, SlopeTest,
};
pub use split::{SplitComparison, SplitMethod};
pub use thresholds::{InvariantRegion, Threshold, Thresholds, refitted_threshold};
