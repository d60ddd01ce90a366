//! The forest plot: every study with its data, its interval and its weight, and what they say together.
//!
//! A [`Forest`] is plain input: labels, cells of text, estimates with their limits on the scale of the analysis. It stands
//! on no model, so that a pooled fit, a cumulative or leave-one-out analysis, subgroups or a published table become a
//! figure in the same way: fill in the rows from top to bottom, then [`scene`](crate::plot::Figure::scene) lays the page out and
//! [`Forest::to_text`] prints it in a terminal.
//!
//! # What it draws
//!
//! - A study: the interval from `lower` to `upper` and a square at the estimate whose *area* is proportional to the weight.
//!   An interval that leaves the axis ends in an arrow; a study without an effect reads "not estimable".
//! - A summary: a diamond from `lower` to `upper` with its widest place at the estimate; a prediction interval: a bar.
//! - The null as a solid line, the last overall estimate as a dashed one, both where the axis reaches them.
//! - Ends of the axis, unless given, show the null, the overall summaries and the more precise three quarters of the studies
//!   whole; what is so imprecise that it would squeeze them is cut.
//!
//! # Algorithm
//!
//! Widths of all texts are measured in the bundled font. Where the page is too narrow, labels wrap, then the text shrinks
//! a little, then columns go by priority (the scene's notes name them), then labels are cut (a viewer shows them whole).
//! Every text has a rectangle of its own: nothing overlaps for 1 to 150 studies and more.
//!
//! # Example
//!
//! The BCG vaccine trials, pooled by REML (values of metafor 5.0-1):
//!
//! ```
//! use consilience::plot::Figure;
//! # fn main() -> consilience::Result<()> {
//! use consilience::{Measure, plot::forest::*};
//!
//! let trials = [
//!     ("Aronson 1948", [4, 119, 11, 128], 5.06),
//!     ("Ferguson & Simes 1949", [6, 300, 29, 274], 6.36),
//!     ("Rosenthal et al 1960", [3, 228, 11, 209], 4.44),
//!     ("Hart & Sutherland 1977", [62, 13536, 248, 12619], 9.70),
//!     ("Frimodt-Møller et al 1973", [33, 5036, 47, 5761], 8.87),
//!     ("Stein & Aronson 1953", [180, 1361, 372, 1079], 10.10),
//!     ("Vandiviere et al 1973", [8, 2537, 10, 619], 6.03),
//!     ("TPT Madras 1980", [505, 87886, 499, 87892], 10.19),
//!     ("Coetzee & Berjak 1968", [29, 7470, 45, 7232], 8.74),
//!     ("Rosenthal et al 1961", [17, 1699, 65, 1600], 8.37),
//!     ("Comstock et al 1974", [186, 50448, 141, 27197], 9.93),
//!     ("Comstock & Webster 1969", [5, 2493, 3, 2338], 3.82),
//!     ("Comstock et al 1976", [27, 16886, 29, 17825], 8.40),
//! ];
//! let mut forest = Forest::of_measure(Measure::RiskRatio)
//!     .column(ForestColumn::new("Cases").group("Vaccinated"))
//!     .column(ForestColumn::new("Total").group("Vaccinated"))
//!     .column(ForestColumn::new("Cases").group("Control"))
//!     .column(ForestColumn::new("Total").group("Control"))
//!     .favours("Favours vaccine", "Favours control");
//! for (label, counts, weight) in trials {
//!     let [a, b, c, d] = counts.map(f64::from);
//!     let yi = (a / (a + b) / (c / (c + d))).ln();
//!     let half = 1.959_963_984_540_054 * (1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d)).sqrt();
//!     forest = forest.study(
//!         ForestStudy::new(label)
//!             .cells([a, a + b, c, c + d].map(|n| n.to_string()))
//!             .effect(yi, yi - half, yi + half)
//!             .weight(weight),
//!     );
//! }
//! let forest = forest
//!     .summary(ForestSummary::new("Random effects (REML)", -0.7145, -1.0669, -0.3622).weight(100.0))
//!     .prediction(ForestPrediction::new("95% prediction interval", -1.8667, 0.4376))
//!     .note("Heterogeneity: τ² = 0.313, I² = 92.2%, Q = 152.23, df = 12, P < 0.001");
//!
//! let scene = forest.scene()?;
//! assert_eq!(scene.of_class("square").count(), 13);
//! assert!(scene.description.contains("0.49 [0.34, 0.70]"));
//! let svg = scene.to_svg(); // or scene.save("forest.svg")?, forest.png and forest.pdf with their features
//! assert!(svg.contains("Frimodt-Møller et al 1973"));
//!
//! let text = forest.to_text(&TextOptions::default())?;
//! assert!(text.lines().all(|line| line.chars().count() <= 100));
//! # Ok(()) }
//! ```
//!
//! # Edge cases
//!
//! One study or only a summary make a figure; no row with an effect is an error. A weight of 0 has no square, but a stroke
//! at the estimate; without any weights all squares are alike and the column is left out. Limits may be infinite.
//!
//! # References
//!
//! - Lewis S, Clarke M (2001). Forest plots: trying to see the wood and the trees. BMJ 322:1479-1480.
//!   doi:10.1136/bmj.322.7300.1479
//! - Higgins JPT, Thompson SG, Spiegelhalter DJ (2009). A re-evaluation of random-effects meta-analysis. J R Stat Soc A
//!   172:137-159 (the prediction interval beside the diamond). doi:10.1111/j.1467-985X.2008.00552.x

mod draw;
mod glmm;
mod influence;
mod input;
mod layout;
mod multilevel;
mod pages;
mod pool;
mod prepare;
mod preset;
mod regression;
mod risk_of_bias;
mod rows;
mod statistics;
mod text;

pub use input::{
    ColumnSide, Forest, ForestColumn, ForestOrder, ForestPrediction, ForestRow, ForestStudy, ForestSummary,
    IntervalStyle, SummaryLevel, SummaryLine,
};
pub use preset::ForestPreset;
pub use statistics::{ForestStatistics, StatisticsStyle};
pub use text::{Charset, TextOptions};
