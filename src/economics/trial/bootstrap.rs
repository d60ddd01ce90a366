//! The bootstrap of a trial: patients (or clusters) are drawn within arms, cost and effect of a patient together.
//!
//! Use it where normal theory for skewed costs is in doubt. Every replicate is a pair (ΔC_b, ΔE_b); with covariates the
//! regressions are refitted. What is read: standard errors and covariance, percentile intervals of the net benefit,
//! the acceptability curve (share of λΔE_b - ΔC_b > 0), quadrants, and a wedge for the ratio. Percentiles of ratios are not
//! offered: a negative ratio can be excellent or terrible.
//!
//! # Model of the wedge
//!
//! θ_b = atan2(ΔC_b/s_C, ΔE_b/s_E) with s the bootstrap standard errors, θ₀ the observed angle, δ_b = θ_b - θ₀ wrapped to
//! (-π, π]. The α/2 and 1-α/2 quantiles of δ bound a wedge around the observed direction. Only a wedge within ±90° of
//! the direction of pure effect has limits of a ratio.
//!
//! # Algorithm
//!
//! Replicate b uses stream b of a ChaCha8 generator with the given seed, so that results depend on the seed and on
//! nothing else. Quantiles interpolate linearly between order statistics (type 7).
//!
//! # References
//!
//! - Briggs AH, Wonderling DE, Mooney CZ (1997). Pulling cost-effectiveness analysis up by its bootstraps. *Health
//!   Economics* 6:327-340. doi:10.1002/(SICI)1099-1050(199707)6:4<327::AID-HEC282>3.0.CO;2-W
//! - Obenchain RL (1999). Resampling and multiplicity in cost-effectiveness inference. *Journal of Biopharmaceutical
//!   Statistics* 9:563-582. doi:10.1081/BIP-100101196

use std::{collections::BTreeMap, f64::consts::PI, fmt};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde::{Deserialize, Serialize};

use super::{
    analysis::{AcceptabilityPoint, TrialAnalysis},
    data::TrialData,
};
use crate::{
    Error, Level, Result,
    economics::{
        incremental::{Incremental, QuadrantShares},
        rounding::shown,
        willingness::WillingnessToPay,
    },
    stat::progress::first_of,
};

/// Replicates of the two differences.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrialBootstrap {
    /// The observed difference in cost.
    pub observed_cost: f64,
    /// The observed difference in effect.
    pub observed_effect: f64,
    /// The replicates of the difference in cost.
    pub cost: Vec<f64>,
    /// The replicates of the difference in effect.
    pub effect: Vec<f64>,
    /// Means, standard errors and covariance of the replicates.
    pub moments: Incremental,
    /// The seed.
    pub seed: u64,
    /// Replicates that were drawn anew because a regression could not be fitted.
    pub redrawn: usize,
}

/// A wedge of directions in the cost-effectiveness plane.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Wedge {
    /// The ray clockwise of the observed direction, in degrees from the direction of pure effect, costs and effects in
    /// units of their standard errors.
    pub clockwise: f64,
    /// The ray counter-clockwise of it.
    pub counter_clockwise: f64,
    /// The limits of the ratio; `None` if the wedge reaches beyond the half-plane of more effect, where a ratio is no
    /// order.
    pub ratio: Option<[f64; 2]>,
    /// True if the wedge is wider than a half-plane, so that there is no confidence set of this kind.
    pub unbounded: bool,
}

/// The percentile interval of the net benefit at one threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BootstrapNetBenefit {
    /// The willingness to pay.
    pub wtp: f64,
    /// The observed net benefit.
    pub estimate: f64,
    /// The standard deviation of the replicates.
    pub se: f64,
    /// The lower percentile.
    pub ci_lower: f64,
    /// The upper percentile.
    pub ci_upper: f64,
}

/// All readings of a bootstrap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BootstrapSummary {
    /// The number of replicates.
    pub replicates: usize,
    /// The seed.
    pub seed: u64,
    /// The standard error of the difference in cost.
    pub cost_se: f64,
    /// The percentile interval of the difference in cost.
    pub cost_ci: [f64; 2],
    /// The standard error of the difference in effect.
    pub effect_se: f64,
    /// The percentile interval of the difference in effect.
    pub effect_ci: [f64; 2],
    /// Their covariance.
    pub covariance: f64,
    /// The net benefit at each threshold.
    pub inb: Vec<BootstrapNetBenefit>,
    /// The acceptability curve.
    pub ceac: Vec<AcceptabilityPoint>,
    /// Shares of the quadrants.
    pub quadrants: Option<QuadrantShares>,
    /// The wedge of the ratio.
    pub wedge: Wedge,
}

/// A whole number below n without bias (Lemire 2019, doi:10.1145/3230636).
pub(crate) fn below(rng: &mut ChaCha8Rng, n: usize) -> usize {
    let n = n as u64;
    loop {
        let product = u128::from(rng.next_u64()) * u128::from(n);
        let low = product as u64;
        if low >= n || low >= n.wrapping_neg() % n {
            return (product >> 64) as usize;
        }
    }
}

/// The units drawn within each arm: patients, or clusters of patients.
fn units(data: &TrialData) -> Result<[Vec<Vec<usize>>; 2]> {
    let rows = data.rows();
    let Some(labels) = &data.clusters else {
        return Ok(rows.map(|arm| arm.into_iter().map(|i| vec![i]).collect()));
    };
    let groups = rows.map(|arm| {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in arm {
            groups.entry(labels[i]).or_default().push(i);
        }
        groups
    });
    let [treated, control] = &groups;
    if treated.keys().any(|cluster| control.contains_key(cluster)) {
        return Err(Error::data(
            "a cluster with patients of both arms",
            "the bootstrap draws clusters within arms; leave the clusters out or adjust for them",
        )
        .in_column("cluster"));
    }
    if treated.len() < 2 || control.len() < 2 {
        return Err(Error::data("an arm with a single cluster", "the bootstrap needs two in each arm"));
    }
    Ok(groups.map(|arm| arm.into_values().collect()))
}

/// The most replicates: their Monte Carlo error is then below a thousandth of a standard error.
const MOST: usize = 1 << 22;

impl TrialAnalysis {
    /// Draws `replicates` samples from the trial.
    ///
    /// # Errors
    ///
    /// If there are fewer than 100 or more than four million replicates, a cluster lies in both arms, an arm has a single cluster, or the analysis
    /// itself fails. A replicate whose regression fails is drawn anew, up to 100 times.
    pub fn bootstrap(&self, data: &TrialData, replicates: usize, seed: u64) -> Result<TrialBootstrap> {
        if !(100..=MOST).contains(&replicates) {
            return Err(Error::setting(
                "bootstrap",
                format!("{replicates} replicates"),
                format!("draw at least 1000, for tails 5000, and at most {MOST}"),
            ));
        }
        let (observed_cost, observed_effect) = self.point(data)?;
        let units = units(data)?;
        let simple = if self.is_adjusted() { None } else { Some(totals(data, &units)) };
        let start = ChaCha8Rng::seed_from_u64(seed);
        let one = |b: usize| -> Result<(f64, f64, usize)> {
            let mut rng = start.clone();
            rng.set_stream(b as u64);
            if let Some(totals) = &simple {
                let [treated, control] = totals.each_ref().map(|arm| draw_means(arm, &mut rng));
                return Ok((treated.0 - control.0, treated.1 - control.1, 0));
            }
            let mut failure = None;
            for tries in 0..100 {
                let sample = resample(data, &units, &mut rng);
                match self.point(&sample) {
                    Ok((cost, effect)) => return Ok((cost, effect, tries)),
                    Err(error) => failure = Some(error),
                }
            }
            Err(failure
                .unwrap_or_else(|| Error::model("no replicate could be fitted", "use fewer covariates")))
        };
        let drawn: Vec<_> = first_of("replicates", replicates, one)?.into_iter().collect::<Result<_>>()?;
        if drawn.len() < 2 {
            return Err(Error::interrupted("replicates", drawn.len(), replicates));
        }
        let cost: Vec<f64> = drawn.iter().map(|d| d.0).collect();
        let effect: Vec<f64> = drawn.iter().map(|d| d.1).collect();
        let mut moments = Incremental::from_replicates(&cost, &effect)?
            .named(data.intervention.clone(), data.comparator.clone());
        if let Some(base) = data.price_base {
            moments = moments.priced_in(base);
        }
        let redrawn = drawn.iter().map(|d| d.2).sum();
        Ok(TrialBootstrap { observed_cost, observed_effect, cost, effect, moments, seed, redrawn })
    }
}

/// Patients, total cost and total effect of each unit of each arm.
fn totals(data: &TrialData, units: &[Vec<Vec<usize>>; 2]) -> [Vec<(f64, f64, f64)>; 2] {
    units.each_ref().map(|arm| {
        arm.iter()
            .map(|rows| {
                let sum = |v: &[f64]| rows.iter().map(|&i| v[i]).sum::<f64>();
                (rows.len() as f64, sum(&data.cost), sum(&data.effect))
            })
            .collect()
    })
}

fn draw_means(arm: &[(f64, f64, f64)], rng: &mut ChaCha8Rng) -> (f64, f64) {
    let (mut n, mut cost, mut effect) = (0.0, 0.0, 0.0);
    for _ in 0..arm.len() {
        let (k, c, e) = arm[below(rng, arm.len())];
        n += k;
        cost += c;
        effect += e;
    }
    (cost / n, effect / n)
}

/// A sample of units within arms, in which a cluster drawn twice is two clusters.
fn resample(data: &TrialData, units: &[Vec<Vec<usize>>; 2], rng: &mut ChaCha8Rng) -> TrialData {
    let (mut rows, mut labels) = (Vec::with_capacity(data.len()), Vec::with_capacity(data.len()));
    let mut cluster = 0;
    for arm in units {
        for _ in 0..arm.len() {
            for &i in &arm[below(rng, arm.len())] {
                rows.push(i);
                labels.push(cluster);
            }
            cluster += 1;
        }
    }
    let pick = |v: &[f64]| rows.iter().map(|&i| v[i]).collect::<Vec<f64>>();
    TrialData {
        intervention: data.intervention.clone(),
        comparator: data.comparator.clone(),
        treated: rows.iter().map(|&i| data.treated[i]).collect(),
        cost: pick(&data.cost),
        effect: pick(&data.effect),
        covariates: data.covariates.iter().map(|(name, v)| (name.clone(), pick(v))).collect(),
        clusters: data.clusters.as_ref().map(|_| labels),
        price_base: data.price_base,
    }
}

/// The quantile of sorted values, type 7.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    below + (above - below) * (at - at.floor())
}

fn percentiles(mut values: Vec<f64>, level: Level) -> [f64; 2] {
    values.sort_by(f64::total_cmp);
    let tail = level.tail();
    [quantile(&values, tail), quantile(&values, 1.0 - tail)]
}

impl TrialBootstrap {
    /// The share of replicates in which the intervention has the greater net benefit.
    pub fn probability_cost_effective(&self, wtp: f64) -> f64 {
        let better = self.cost.iter().zip(&self.effect).filter(|(c, e)| wtp * **e - **c > 0.0).count();
        better as f64 / self.cost.len() as f64
    }

    /// The wedge of directions around the observed one.
    ///
    /// # Errors
    ///
    /// If cost or effect do not vary.
    pub fn wedge(&self, level: Level) -> Result<Wedge> {
        let (sc, se) = (self.moments.cost_se(), self.moments.effect_se());
        if !(sc > 0.0 && se > 0.0) {
            return Err(Error::model(
                "the replicates do not vary",
                "a wedge needs variation in cost and effect",
            ));
        }
        let angle = |c: f64, e: f64| (c / sc).atan2(e / se);
        let observed = angle(self.observed_cost, self.observed_effect);
        let turns = self
            .cost
            .iter()
            .zip(&self.effect)
            .map(|(&c, &e)| {
                let turn = angle(c, e) - observed;
                if turn > PI {
                    turn - 2.0 * PI
                } else if turn <= -PI {
                    turn + 2.0 * PI
                } else {
                    turn
                }
            })
            .collect();
        let [low, high] = percentiles(turns, level);
        let (from, to) = (observed + low, observed + high);
        let within = from > -PI / 2.0 && to < PI / 2.0;
        Ok(Wedge {
            clockwise: from.to_degrees(),
            counter_clockwise: to.to_degrees(),
            ratio: within.then(|| [from.tan() * sc / se, to.tan() * sc / se]),
            unbounded: high - low >= PI,
        })
    }

    /// All readings at the given thresholds.
    ///
    /// # Errors
    ///
    /// If cost or effect do not vary.
    pub fn summary(&self, wtp: &WillingnessToPay, level: Level) -> Result<BootstrapSummary> {
        let wedge = self.wedge(level)?;
        let inb = wtp
            .values()
            .iter()
            .map(|&wtp| {
                let values = self.cost.iter().zip(&self.effect).map(|(c, e)| wtp * e - c).collect();
                let [ci_lower, ci_upper] = percentiles(values, level);
                BootstrapNetBenefit {
                    wtp,
                    estimate: wtp * self.observed_effect - self.observed_cost,
                    se: self.moments.inb_variance(wtp).sqrt(),
                    ci_lower,
                    ci_upper,
                }
            })
            .collect();
        let ceac = wtp
            .values()
            .iter()
            .map(|&wtp| AcceptabilityPoint { wtp, probability: self.probability_cost_effective(wtp) })
            .collect();
        Ok(BootstrapSummary {
            replicates: self.cost.len(),
            seed: self.seed,
            cost_se: self.moments.cost_se(),
            cost_ci: percentiles(self.cost.clone(), level),
            effect_se: self.moments.effect_se(),
            effect_ci: percentiles(self.effect.clone(), level),
            covariance: self.moments.covariance(),
            inb,
            ceac,
            quadrants: QuadrantShares::of_pairs(self.cost.iter().copied().zip(self.effect.iter().copied())),
            wedge,
        })
    }
}

impl fmt::Display for Wedge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ratio {
            _ if self.unbounded => f.write_str("no wedge: it would be wider than a half-plane"),
            Some([lower, upper]) => write!(f, "{} to {}", shown(lower, 2), shown(upper, 2)),
            None => write!(
                f,
                "a wedge from {:.1} to {:.1} degrees, which no interval of ratios describes",
                self.clockwise, self.counter_clockwise
            ),
        }
    }
}

impl fmt::Display for BootstrapSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Bootstrap: {} replicates, seed {}", self.replicates, self.seed)?;
        writeln!(
            f,
            "Difference in cost: se {}, {} to {}",
            shown(self.cost_se, 4),
            shown(self.cost_ci[0], 4),
            shown(self.cost_ci[1], 4)
        )?;
        writeln!(
            f,
            "Difference in effect: se {}, {} to {}",
            shown(self.effect_se, 5),
            shown(self.effect_ci[0], 5),
            shown(self.effect_ci[1], 5)
        )?;
        writeln!(f, "Ratio: {}", self.wedge)?;
        for (row, point) in self.inb.iter().zip(&self.ceac) {
            writeln!(
                f,
                "{:>12} {:>14.2} {:>14.2} to {:<14.2} {:>8.4}",
                row.wtp, row.estimate, row.ci_lower, row.ci_upper, point.probability
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn numbers_below_n_are_even() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut counts = [0usize; 7];
        for _ in 0..70_000 {
            counts[below(&mut rng, 7)] += 1;
        }
        // Each count is binomial(70000, 1/7) with standard deviation 93.
        assert!(counts.iter().all(|&c| c.abs_diff(10_000) < 500), "{counts:?}");
    }

    #[test]
    fn clusters_in_both_arms_are_refused() {
        let data = TrialData::new(&["A", "A", "B", "B"], [1.0, 2.0, 3.0, 4.0], [0.1; 4], "A", "B")
            .unwrap()
            .clusters(&["x", "y", "x", "z"])
            .unwrap();
        assert!(TrialAnalysis::new().bootstrap(&data, 100, 1).unwrap_err().to_string().contains("both arms"));
    }
}
