//! Means and standard deviations from medians, quartiles and ranges.
//!
//! Use it when a paper reports the median with the range (scenario S1), with the quartiles (S2) or with both (S3),
//! and the analysis needs means and standard deviations. Test first whether the numbers allow a normal distribution
//! ([`ReportedSummary::skewness`]): [`ReportedSummary::mean_sd`] does so by itself and adds a note when they do not.
//!
//! | method | idea | needs |
//! |---|---|---|
//! | [`Method::Optimal`] | optimally weighted (Luo 2018; Wan 2014; Shi 2020), metafor's default | normal data |
//! | [`Method::Blue`] | best linear unbiased estimator from order statistics (Yang 2022) | normal data |
//! | [`Method::Wan`], [`Method::Bland`], [`Method::Hozo`] | the older rules, to compare with | as named there |
//! | [`Method::QuantileEstimation`] | the distribution that fits best of normal, log-normal, gamma, Weibull (McGrath 2020) | |
//! | [`Method::Mln`] | maximum likelihood after a power transformation (Cai 2021) | values above 0 |
//! | [`Method::LogNormal`] | the optimal rules on the logarithms, corrected for bias (Shi 2020) | log-normal data |
//! | [`Method::BoxCox`] | the optimal rules after the power transformation that makes the numbers symmetric (McGrath 2020) | values above 0 |
//!
//! Notation: minimum a, quartiles q1 and q3, median m, maximum b, sample size n.
//!
//! ```
//! use consilience::convert::summary::{Method, ReportedSummary};
//!
//! let reported = ReportedSummary::quartiles(4.0, 8.0, 13.0, 50.0)?;
//! let derived = reported.mean_sd(Method::Optimal)?;
//! assert!((derived.value.mi() - 8.3539).abs() < 1e-9);
//! assert!((derived.value.sdi() - 6.869_741_227).abs() < 1e-8);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Luo D, Wan X, Liu J, Tong T (2018). Optimally estimating the sample mean from the sample size, median, mid-range,
//!   and/or mid-quartile range. doi:10.1177/0962280216669183
//! - Wan X, Wang W, Liu J, Tong T (2014). Estimating the sample mean and standard deviation from the sample size,
//!   median, range and/or interquartile range. doi:10.1186/1471-2288-14-135
//! - Shi J, Luo D, Weng H, et al. (2020). Optimally estimating the sample standard deviation from the five-number
//!   summary. doi:10.1002/jrsm.1429
//! - Shi J, Luo D, Wan X, et al. (2023). Detecting the skewness of data from the five-number summary and its
//!   application in meta-analysis. doi:10.1177/09622802231172043
//! - McGrath S, Zhao X, Steele R, et al. (2020). Estimating the sample mean and standard deviation from commonly
//!   reported quantiles in meta-analysis. doi:10.1177/0962280219889080
//! - Cai S, Zhou J, Pan J (2021). Estimating the sample mean and standard deviation from order statistics and sample
//!   size in meta-analysis. doi:10.1177/09622802211047348
//! - Shi J, Tong T, Wang Y, Genton MG (2020). Estimating the mean and variance from the five-number summary of a
//!   log-normal distribution. doi:10.4310/SII.2020.v13.n4.a9
//! - Yang X, Hutson AD, Wang D (2022). A generalized BLUE approach for combining location and scale information in a
//!   meta-analysis. doi:10.1080/02664763.2021.1967890
//! - Hozo SP, Djulbegovic B, Hozo I (2005). Estimating the mean and variance from the median, range, and the size of a
//!   sample. doi:10.1186/1471-2288-5-13
//! - Bland M (2015). Estimating mean and standard deviation from the sample size, three quartiles, minimum, and
//!   maximum. doi:10.6000/1929-6029.2015.04.01.6

mod box_cox;
mod estimate;
mod likelihood;
mod normal_rules;
mod order_statistics;
mod quantile_fit;
mod reported;
mod skewness;

pub use estimate::Method;
pub use quantile_fit::{Family, QuantileFit};
pub use reported::{ReportedSummary, Scenario};
pub use skewness::Skewness;
