//! Decision models: trees, Markov cohorts, partitioned survival.
//!
//! Use [`TreeNode`] for short horizons, [`Trace::run`] for events over time with states, [`Trace::partitioned_survival`] for
//! survival curves; [`Trace::total`] adds up costs or QALYs with discounting. `run_model` (feature `random`) evaluates any
//! model over draws of its inputs.
//!
//! # Model
//!
//! m_{t+1} = m_t P_t. With weights w_t that sum to T the total is Σ_t w_t v_t (m_t · r_t): trapezoid (the half-cycle correction,
//! default) and Simpson weigh the times 0 to T; counting at the beginning, at the end or by life table goes by cycles, whose
//! discounting point is an argument.
//!
//! # Edge cases
//!
//! Simpson's rule needs an even number of cycles. Rows that are no probability distributions are errors that name cycle and
//! state. Competing exits are converted together by the matrix exponential, never one by one.
//!
//! ```
//! use consilience::economics::{Accumulation, Counting, CyclePoint, Trace};
//!
//! // Zidovudine monotherapy for HIV, Chancellor et al. (1997): transitions in a year among states A, B, C and death
//! let matrix = [
//!     1251.0 / 1734.0, 350.0 / 1734.0, 116.0 / 1734.0, 17.0 / 1734.0,
//!     0.0, 731.0 / 1258.0, 512.0 / 1258.0, 15.0 / 1258.0,
//!     0.0, 0.0, 1312.0 / 1749.0, 437.0 / 1749.0,
//!     0.0, 0.0, 0.0, 1.0,
//! ];
//! let trace = Trace::run(["A", "B", "C", "dead"], &[1.0, 0.0, 0.0, 0.0], 20, |_, p| p.copy_from_slice(&matrix))?;
//! let how = Accumulation { counting: Counting::End, discounted_at: CyclePoint::End, cycle_years: 1.0 };
//! let years = trace.total(how, |_| 1.0, |_, s| if s < 3 { 1.0 } else { 0.0 })?;
//! assert!((years - 7.9912066).abs() < 1e-7);
//! let state_costs = [2756.0 + 2278.0, 3052.0 + 2278.0, 9007.0 + 2278.0, 0.0];
//! let cost = trace.total(how, |t| 1.06f64.powf(-t), |_, s| state_costs[s])?;
//! assert!((cost - 44_663.4535637).abs() < 1e-7);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Briggs A, Sculpher M, Claxton K (2006). *Decision Modelling for Health Economic Evaluation*. Oxford University Press.
//! - Chancellor JV, Hill AM, Sabin CA, Simpson KN, Youle M (1997). Modelling the cost effectiveness of lamivudine/zidovudine
//!   combination therapy in HIV infection. *PharmacoEconomics* 12:54-66. doi:10.2165/00019053-199712010-00006
//! - Elbasha EH, Chhatwal J (2016). Theoretical foundations and practical applications of within-cycle correction methods.
//!   *Medical Decision Making* 36:115-131. doi:10.1177/0272989X15585121

mod cohort;
#[cfg(feature = "random")]
mod probabilistic;
mod rates;
mod tree;

pub use cohort::{Accumulation, Counting, CyclePoint, Trace, time_weights};
#[cfg(feature = "random")]
pub use probabilistic::{run_model, run_model_while};
pub use rates::{probabilities_from_rates, probability_from_rate, rate_from_probability};
pub use tree::TreeNode;
