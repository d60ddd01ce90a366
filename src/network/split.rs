//! Direct and indirect evidence for every comparison: node-splitting.
//!
//! The direct estimate is the inverse-variance mean of all pairs of arms at the network's tau², multi-arm studies
//! included; with it the indirect one follows from the network estimate:
//!
//! - SIDE (back-calculation; König, Krahn and Binder 2013, doi:10.1002/sim.6001): with the direct proportion
//!   π = var_net / var_dir, indirect = (net - π direct) / (1 - π), variance var_net / (1 - π). The indirect evidence of a
//!   pair in a multi-arm study then shares that study with the direct one.
//! - SIDDE (Efthimiou and others 2019, doi:10.1002/sim.8158): the network without any design that holds both treatments, at
//!   the same tau².
//!
//! - Side-splitting with a model of its own for every comparison, tau² estimated anew (`side_split`).
//!
//! A comparison without one of the two kinds of evidence has no difference. Many comparisons are tested: P values are not
//! adjusted here.

use serde::{Deserialize, Serialize};

use super::{
    Difference, NetworkFit, NetworkModel,
    assembly::Assembly,
    design_means::{self, DesignMean, Joined},
    side_split::SideSplit,
};
use crate::{Error, Result, stat::progress::goes_on};

/// The name of the work where it is told or interrupted.
const WORK: &str = "comparisons split";

/// The way to the indirect evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SplitMethod {
    /// `side`: back-calculation from the network and the direct estimate.
    #[default]
    Side,
    /// `sidde`: the network without the designs that hold both treatments.
    Sidde,
    /// `refit`: a model of its own for every comparison, with tau² estimated anew.
    Refit,
}

crate::codes::codes!(SplitMethod, "way of splitting" {
    Side "side" [], Sidde "sidde" [], Refit "refit" [],
});

/// A comparison by kind of evidence; every difference is intervention minus comparator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SplitComparison {
    /// The position of the intervention.
    pub intervention: usize,
    /// The position of the comparator.
    pub comparator: usize,
    /// The number of studies that compare them.
    pub k: usize,
    /// The share of the direct evidence, var_net / var_dir; 0 without direct evidence.
    pub direct_proportion: f64,
    /// The network estimate.
    pub network: Difference,
    /// The direct estimate.
    pub direct: Option<Difference>,
    /// The indirect estimate.
    pub indirect: Option<Difference>,
    /// Direct minus indirect.
    pub difference: Option<Difference>,
    /// tau² of the model in which the comparison is split; `None` where that of the network is kept.
    pub tau2: Option<f64>,
}

/// The direct evidence of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Direct {
    pub estimate: f64,
    pub variance: f64,
    pub k: usize,
}

/// A share of direct evidence so close to 1 that the rest is rounding.
const ALL_DIRECT: f64 = 1e-10;

impl NetworkFit {
    /// The direct evidence on every comparison, at `i * T + j` for i < j: intervention i minus comparator j.
    pub(crate) fn direct_evidence(&self) -> Vec<Option<Direct>> {
        let size = self.theta.len();
        // Σ w, Σ w y, number of studies, last study counted
        let mut sums = vec![(0.0, 0.0, 0_usize, usize::MAX); size * size];
        for (s, study) in self.network.studies.iter().enumerate() {
            for (a, b, _) in study.pairs() {
                let (i, j) = (study.arms[a].treatment, study.arms[b].treatment);
                if i == j {
                    continue;
                }
                let (estimate, variance) = study.pair(a, b);
                let weight = 1.0 / (variance + self.tau2);
                let sum = &mut sums[i * size + j];
                sum.0 += weight;
                sum.1 += weight * estimate;
                sum.2 += usize::from(sum.3 != s);
                sum.3 = s;
            }
        }
        let finish = |(weight, total, k, _): (f64, f64, usize, usize)| {
            (k > 0).then(|| Direct { estimate: total / weight, variance: 1.0 / weight, k })
        };
        sums.into_iter().map(finish).collect()
    }

    /// The direct estimate of treatment `i` versus `j`, from the studies that compare them.
    pub(crate) fn direct_difference(&self, direct: &Direct) -> Difference {
        let se = (direct.variance * self.inflation).sqrt();
        Difference::new(direct.estimate, se, self.df(), self.level)
    }

    /// Splits every comparison (1,2), (1,3), ..., (2,3), ... into direct and indirect evidence.
    ///
    /// # Errors
    ///
    /// If a part of the network cannot be solved, or the work is ended early.
    pub fn split(&self, method: SplitMethod) -> Result<Vec<SplitComparison>> {
        let size = self.theta.len();
        let evidence = self.direct_evidence();
        if method == SplitMethod::Refit {
            return self.side_splits(&evidence);
        }
        let designs = match method {
            SplitMethod::Side | SplitMethod::Refit => Vec::new(),
            SplitMethod::Sidde => design_means::gather(&self.network, self.tau2)?,
        };
        let mut rows = Vec::with_capacity(size * (size - 1) / 2);
        for i in 0..size {
            for j in i + 1..size {
                let direct = evidence[i * size + j];
                let indirect = match method {
                    SplitMethod::Side | SplitMethod::Refit => {
                        Some(self.back_calculated(i, j, direct.as_ref()))
                    }
                    SplitMethod::Sidde => self.without_designs(i, j, direct.is_some(), &designs)?,
                };
                rows.push(self.split_comparison(
                    i,
                    j,
                    direct,
                    indirect.filter(|(e, v)| e.is_finite() && v.is_finite()),
                ));
            }
        }
        Ok(rows)
    }

    fn split_comparison(
        &self,
        i: usize,
        j: usize,
        direct: Option<Direct>,
        indirect: Option<(f64, f64)>,
    ) -> SplitComparison {
        let made = |estimate: f64, variance: f64| {
            Difference::new(estimate, (variance * self.inflation).sqrt(), self.df(), self.level)
        };
        let difference = match (direct, indirect) {
            (Some(d), Some((estimate, variance))) => Some(made(d.estimate - estimate, d.variance + variance)),
            _ => None,
        };
        SplitComparison {
            intervention: i,
            comparator: j,
            k: direct.map_or(0, |d| d.k),
            direct_proportion: self.direct_proportion(i, j, direct.as_ref()),
            network: Difference { prediction_lower: None, prediction_upper: None, ..self.difference(i, j) },
            direct: direct.map(|d| self.direct_difference(&d)),
            indirect: indirect.map(|(estimate, variance)| made(estimate, variance)),
            difference,
            tau2: None,
        }
    }

    /// Every comparison split in a model of its own.
    fn side_splits(&self, evidence: &[Option<Direct>]) -> Result<Vec<SplitComparison>> {
        let size = self.theta.len();
        let mut model = Assembly::new(&self.network, self.reference);
        let nearby = self.nearby(&mut model)?;
        let mut rows = Vec::with_capacity(size * (size - 1) / 2);
        let (mut done, all) = (0, evidence.iter().flatten().count());
        for i in 0..size {
            for j in i + 1..size {
                let direct = evidence[i * size + j];
                if direct.is_some() {
                    if !goes_on(WORK, done, all) {
                        return Err(Error::interrupted(WORK, done, all));
                    }
                    done += 1;
                }
                let split = match direct {
                    Some(_) => self.side_split(&mut model, i, j, nearby.as_ref())?,
                    None => None,
                };
                rows.push(match split {
                    Some(split) => self.side_comparison(i, j, direct, &split),
                    // all evidence is direct, or all of it indirect
                    None => {
                        let indirect = direct.is_none().then(|| self.back_calculated(i, j, None));
                        self.split_comparison(i, j, direct, indirect)
                    }
                });
            }
        }
        goes_on(WORK, done, all);
        Ok(rows)
    }

    fn side_comparison(
        &self,
        i: usize,
        j: usize,
        direct: Option<Direct>,
        split: &SideSplit,
    ) -> SplitComparison {
        let df = self.df().map(|_| split.df as f64).filter(|df| *df > 0.0);
        let made = |(estimate, variance): (f64, f64)| {
            Difference::new(estimate, (variance * split.inflation).sqrt(), df, self.level)
        };
        SplitComparison {
            direct: Some(made(split.direct)),
            indirect: Some(made(split.indirect)),
            difference: Some(made(split.difference)),
            tau2: (self.model == NetworkModel::Random).then_some(split.tau2),
            ..self.split_comparison(i, j, direct, None)
        }
    }

    /// var_net / var_dir, exactly 1 where the rest is rounding; 0 without direct evidence.
    pub(crate) fn direct_proportion(&self, i: usize, j: usize, direct: Option<&Direct>) -> f64 {
        let Some(direct) = direct else { return 0.0 };
        let share = self.variances[i * self.theta.len() + j] / direct.variance;
        if (1.0 - share).abs() < ALL_DIRECT { 1.0 } else { share }
    }

    /// The indirect estimate and variance by back-calculation; the variance is infinite without indirect evidence.
    fn back_calculated(&self, i: usize, j: usize, direct: Option<&Direct>) -> (f64, f64) {
        let variance = self.variances[i * self.theta.len() + j];
        let estimate = self.theta[i] - self.theta[j];
        let Some(direct) = direct else { return (estimate, variance) };
        let share = self.direct_proportion(i, j, Some(direct));
        if share >= 1.0 {
            return (f64::NAN, f64::INFINITY);
        }
        ((estimate - share * direct.estimate) / (1.0 - share), variance / (1.0 - share))
    }

    /// The estimate and variance from the designs that do not hold both treatments.
    fn without_designs(
        &self,
        i: usize,
        j: usize,
        compared: bool,
        designs: &[DesignMean],
    ) -> Result<Option<(f64, f64)>> {
        if !compared {
            return Ok(Some(self.back_calculated(i, j, None)));
        }
        let both = |d: &DesignMean| d.treatments.contains(&i) && d.treatments.contains(&j);
        let joined = Joined::new(self.theta.len(), j, designs, |_, d| !both(d))?;
        Ok(joined.theta[i].zip(joined.single_variance(i)))
    }
}
