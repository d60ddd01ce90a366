//! The sensitivity of the tests for small-study effects in data like these: their size and their power by simulation.
//!
//! Each replicate draws the same studies anew, with the pooled mean and tau² of the model as truth: two-by-two tables with the
//! comparator's observed risk, standardized mean differences with the groups' sizes, other effects with their variances. Without
//! selection the share of replicates in which a test has P < 0.05 is its size, which must be near 0.05 for its P values to mean
//! anything. Under selection a study that is not significant (one-sided 0.025, in the direction of the mean) is kept with a
//! probability below 1, else drawn again, and the share is the power. Of the LFK index, which has no P value, it is the share
//! beyond ±1.
//!
//! Reference for the design: Macaskill, Walter and Irwig (2001), doi:10.1002/sim.698; Sterne, Gavaghan and Egger (2000),
//! doi:10.1016/S0895-4356(00)00242-0.

use serde::{Deserialize, Serialize};

use super::Analysis;

/// A simulation of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PowerOptions {
    /// The number of replicates.
    pub replicates: usize,
    /// The seed.
    pub seed: u64,
    /// The probability that a study that is not significant is published, over that of a significant one.
    pub relative_probability: f64,
}

impl PowerOptions {
    /// 1000 replicates, in which a fifth of the studies that are not significant are published.
    pub fn new(seed: u64) -> Self {
        PowerOptions { replicates: 1000, seed, relative_probability: 0.2 }
    }

    /// The number of replicates.
    #[must_use]
    pub fn replicates(mut self, replicates: usize) -> Self {
        self.replicates = replicates;
        self
    }

    /// The probability that a study that is not significant is published, over that of a significant one.
    #[must_use]
    pub fn relative_probability(mut self, probability: f64) -> Self {
        self.relative_probability = probability;
        self
    }
}

/// The size and power of one test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TestPower {
    /// The test.
    pub name: Analysis,
    /// The share of replicates without selection in which it has P < 0.05; `None` if it never had a result.
    pub size: Option<f64>,
    /// The share under selection.
    pub power: Option<f64>,
}

/// The quantities drawn for each study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SimulatedData {
    /// A two-by-two table.
    Tables,
    /// A standardized mean difference with its own standard deviation.
    StandardizedMeans,
    /// A normal effect with the variance of the study.
    Effects,
}

/// The simulated power of the tests for small-study effects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SmallStudyPower {
    /// The mean effect of the simulation.
    pub mean: f64,
    /// Its tau².
    pub tau2: f64,
    /// The quantities that are drawn.
    pub drawn: SimulatedData,
    /// The probability that a study that is not significant is published, over that of a significant one.
    pub relative_probability: f64,
    /// The number of replicates, of either kind.
    pub replicates: usize,
    /// The seed.
    pub seed: u64,
    /// The tests.
    pub tests: Vec<TestPower>,
}

#[cfg(feature = "random")]
mod simulation {
    use super::{super::chance, *};
    use crate::{
        EffectSizes, Error, Measure, Result,
        bias::{asymmetry, options::Settings},
        effect::{EffectOptions, StudyData, TwoByTwo, TwoMeans},
        stat::{Tail, normal},
    };

    struct Truth<'a> {
        effects: &'a EffectSizes,
        data: Option<&'a StudyData>,
        drawn: SimulatedData,
        mean: f64,
        tau: f64,
        /// The probability with which a study that is not significant is kept.
        kept: f64,
    }

    /// A drawn study: its raw data, where there are any, and its effect.
    enum Study {
        Table(TwoByTwo),
        Means(TwoMeans),
        Effect,
    }

    /// Draws of a study before it is kept whatever it says.
    const DRAWS: usize = 1000;

    impl Truth<'_> {
        fn draw(&self, i: usize, random: &mut chance::Stream) -> Option<(Study, f64, f64)> {
            let theta = self.mean + self.tau * random.normal();
            let measure = self.effects.measure();
            match (self.drawn, self.data) {
                (SimulatedData::Tables, Some(StudyData::TwoByTwo(tables))) => {
                    let t = tables.get(i)?;
                    let (n1, n2) = (t.n1i().round(), t.n2i().round());
                    let p2 = (t.ci() + 0.5) / (t.n2i() + 1.0);
                    let p1 = if measure == Measure::RiskRatio {
                        (p2 * theta.exp()).min(1.0 - 1e-9)
                    } else {
                        1.0 / (1.0 + (1.0 - p2) / p2 * (-theta).exp())
                    };
                    let (a, c) = (random.binomial(n1, p1), random.binomial(n2, p2));
                    if a + c == 0.0 || a + c == n1 + n2 {
                        return None;
                    }
                    let table = TwoByTwo::from_totals(a, n1, c, n2).ok()?;
                    let one = StudyData::TwoByTwo(vec![table]);
                    let outcome = one.effects(measure, &EffectOptions::default()).ok()?;
                    let (y, v) = outcome.first().and_then(|o| o.yi().zip(o.vi()))?;
                    Some((Study::Table(table), y, v))
                }
                (SimulatedData::StandardizedMeans, Some(StudyData::TwoMeans(rows))) => {
                    let r = rows.get(i)?;
                    let (n1, n2) = (r.n1i(), r.n2i());
                    let df = n1 + n2 - 2.0;
                    let sd = (random.chi2(df) / df).sqrt();
                    let difference = theta + random.normal() * (1.0 / n1 + 1.0 / n2).sqrt();
                    let row = TwoMeans::new(difference, sd, n1, 0.0, sd, n2).ok()?;
                    let one = StudyData::TwoMeans(vec![row]);
                    let outcome = one.effects(measure, &EffectOptions::default()).ok()?;
                    let (y, v) = outcome.first().and_then(|o| o.yi().zip(o.vi()))?;
                    Some((Study::Means(row), y, v))
                }
                _ => {
                    let v = *self.effects.vi().get(i)?;
                    let y = theta + random.normal() * v.sqrt();
                    Some((Study::Effect, y, v))
                }
            }
        }

        /// One set of studies as they would be published.
        fn published(&self, random: &mut chance::Stream) -> Option<(EffectSizes, Option<StudyData>)> {
            let critical = normal::quantile(Tail::Upper(0.025));
            let sign = if self.mean < 0.0 { -1.0 } else { 1.0 };
            let k = self.effects.len();
            let (mut tables, mut means) = (Vec::new(), Vec::new());
            let (mut yi, mut vi) = (Vec::with_capacity(k), Vec::with_capacity(k));
            for i in 0..k {
                let mut last = None;
                for _ in 0..DRAWS {
                    let Some(study) = self.draw(i, random) else { continue };
                    let significant = sign * study.1 > critical * study.2.sqrt();
                    let kept = significant || self.kept >= 1.0 || random.uniform() < self.kept;
                    last = Some(study);
                    if kept {
                        break;
                    }
                }
                let (study, y, v) = last?;
                yi.push(y);
                vi.push(v);
                match study {
                    Study::Table(table) => tables.push(table),
                    Study::Means(row) => means.push(row),
                    Study::Effect => {}
                }
            }
            let mut effects = EffectSizes::new(self.effects.measure(), vec![""; k], yi, vi).ok()?;
            if let Some(sizes) = self.effects.sizes() {
                effects = effects.with_sizes(sizes).ok()?;
            }
            let data = match self.drawn {
                SimulatedData::Tables => Some(StudyData::TwoByTwo(tables)),
                SimulatedData::StandardizedMeans => Some(StudyData::TwoMeans(means)),
                SimulatedData::Effects => None,
            };
            Some((effects, data))
        }
    }

    pub(in crate::bias) fn simulate(
        effects: &EffectSizes,
        data: Option<&StudyData>,
        settings: &Settings,
        tests: &[Analysis],
        options: &PowerOptions,
    ) -> Result<SmallStudyPower> {
        let w = options.relative_probability;
        if !(w > 0.0 && w <= 1.0) {
            return Err(Error::setting(
                "relative probability",
                w.to_string(),
                "it lies above 0 and at most at 1",
            ));
        }
        if options.replicates < 100 {
            return Err(Error::setting(
                "power",
                format!("{} replicates", options.replicates),
                "draw at least 100, better 1000",
            ));
        }
        let (yi, vi) = (effects.yi(), effects.vi());
        let pooled = settings.pooled(yi, vi);
        let drawn = match (data, effects.measure()) {
            (
                Some(StudyData::TwoByTwo(_)),
                Measure::OddsRatio | Measure::RiskRatio | Measure::PetoOddsRatio,
            ) => SimulatedData::Tables,
            (Some(StudyData::TwoMeans(_)), Measure::StandardizedMeanDifference) => {
                SimulatedData::StandardizedMeans
            }
            _ => SimulatedData::Effects,
        };
        // Cluster-robust forms are for dependence, which is not simulated.
        let settings = Settings { clusters: None, ..settings.clone() };
        let rejected = |kept: f64, stream: u64| -> Vec<Option<bool>> {
            let truth = Truth { effects, data, drawn, mean: pooled.estimate, tau: pooled.tau2.sqrt(), kept };
            let mut random = chance::stream(options.seed, stream);
            let Some((effects, data)) = truth.published(&mut random) else {
                return vec![None; tests.len()];
            };
            let rejects = |&test: &Analysis| {
                let result = asymmetry::test(test, &effects, data.as_ref(), &settings).ok()?;
                match result.index {
                    Some(index) => Some(index.abs() > 1.0),
                    None => result.p_value.map(|p| p < 0.05),
                }
            };
            tests.iter().map(rejects).collect()
        };
        // Both in each replicate, so that they rest on as many where the work is ended early.
        let both = |replicate: u64| (rejected(1.0, 2 * replicate), rejected(w, 2 * replicate + 1));
        let all = chance::replicates(options.replicates, both)?;
        Ok(SmallStudyPower {
            mean: pooled.estimate,
            tau2: pooled.tau2,
            drawn,
            relative_probability: w,
            replicates: all.len(),
            seed: options.seed,
            tests: tests
                .iter()
                .enumerate()
                .map(|(j, &name)| TestPower {
                    name,
                    size: share(all.iter().filter_map(|(null, _)| null[j])),
                    power: share(all.iter().filter_map(|(_, alternative)| alternative[j])),
                })
                .collect(),
        })
    }

    /// The share of those that are true; `None` without any.
    fn share(results: impl Iterator<Item = bool>) -> Option<f64> {
        let (mut hits, mut all) = (0_u64, 0_u64);
        results.for_each(|hit| (hits, all) = (hits + u64::from(hit), all + 1));
        (all > 0).then(|| hits as f64 / all as f64)
    }
}

#[cfg(feature = "random")]
pub(super) use simulation::simulate;
