//! Tests of heterogeneity by parametric bootstrap.
//!
//! On sparse tables the likelihood ratio against a model that fits every study perfectly is far from χ², and the mixture of
//! the test of tau² = 0 is one of many studies. Counts are drawn from the fit without heterogeneity, given the margins in
//! conditional models, and both ratios are computed anew. The P value is the mid-P (G + (E + 1)/2)/(N + 1) of G larger and E
//! equal ratios among N. Each replicate has its own stream of random numbers, so that results depend on the seed alone.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    regression::Design,
    stat::{
        chance::{Stream, stream},
        parallel, progress,
    },
};

use super::{
    Counts, EventCount, Glmm, Link, Model, Penalty,
    climb::climb,
    exact::Total,
    fit::inverse,
    infinite, moderators,
    problem::{Likelihood, Problem, conditional},
    sums::predictor,
};

/// Replicates between two reports of progress.
const BATCH: usize = 16;

/// Ratios that differ by less are equal.
const TIE: f64 = 1e-7;

/// P values of the tests of heterogeneity by parametric bootstrap.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HeterogeneityBootstrap {
    /// The replicates that were fitted.
    pub replicates: usize,
    /// Those that could not be.
    pub failed: usize,
    /// The seed.
    pub seed: u64,
    /// The mid-P of tau² = 0 (of no overdispersion with `bb` and `nb`); `None` for a common effect.
    pub lrt_p_value: Option<f64>,
    /// The mid-P of the common effect against a model that fits every study; `None` where there is no such ratio.
    pub q_lrt_p_value: Option<f64>,
}

/// The two ratios of one body of counts.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ratios {
    lrt: Option<f64>,
    q: Option<f64>,
}

/// The source of the counts of one study.
enum Source {
    /// The events of group 1 given those of both groups: cumulative probabilities from the lowest number on.
    Margins { low: f64, cumulative: Vec<f64>, events: f64, sizes: [f64; 2] },
    /// One group or two with these predictors, which share a normal deviation with standard deviation `sigma`.
    Groups { sizes: Vec<f64>, predictors: [f64; 2], sigma: f64, link: Link },
}

impl Glmm {
    /// The tests of heterogeneity of a mean effect by parametric bootstrap.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit); if the estimate without heterogeneity is infinite, with a penalty, with fewer than 10
    /// replicates, or if more than half of them cannot be fitted.
    pub fn bootstrap(&self, counts: &Counts, replicates: usize, seed: u64) -> Result<HeterogeneityBootstrap> {
        self.bootstrap_while(counts, None, replicates, seed, |_, _| true)
    }

    /// The same with moderators, or with a function that hears how many replicates of all are done and may end the work by
    /// returning false: the result then rests on those that were done.
    ///
    /// # Errors
    ///
    /// As [`bootstrap`](Self::bootstrap).
    pub fn bootstrap_while(
        &self,
        counts: &Counts,
        design: Option<&Design>,
        replicates: usize,
        seed: u64,
        mut goes_on: impl FnMut(usize, usize) -> bool,
    ) -> Result<HeterogeneityBootstrap> {
        check(self, replicates)?;
        let design = design.map_or_else(|| Design::with_intercept(counts.len()), Design::clone);
        moderators::check(counts, &design)?;
        let options = self.without_tau2_interval();
        let problem = Problem::new(counts, &design, &options, None)?;
        if infinite::direction(&problem.likelihood).is_some() && design.moderators().is_empty() {
            return Err(Error::model(
                "the estimate is infinite: there is no model to draw counts from",
                "leave the bootstrap out",
            ));
        }
        let (observed, common) = ratios(&problem)?;
        let used = counts.select(&problem.used);
        let design = design.of_rows(&problem.used);
        let sources = sources(&used, &problem, &common)?;
        let one = |replicate: u64| -> Option<Ratios> {
            let drawn = draw(&used, &sources, &mut stream(seed, replicate));
            if !drawn.measure.two_groups() || (0..drawn.len()).any(|i| drawn.is_informative(i)) {
                let problem = Problem::new(&drawn, &design, &options, None).ok()?;
                return ratios(&problem).ok().map(|(ratios, _)| ratios);
            }
            // Counts that say nothing of the effect cannot disagree about it.
            Some(Ratios { lrt: observed.lrt.map(|_| 0.0), q: observed.q.map(|_| 0.0) })
        };
        let mut drawn: Vec<Option<Ratios>> = Vec::with_capacity(replicates);
        while drawn.len() < replicates && goes_on(drawn.len(), replicates) {
            let done = drawn.len();
            if done > 0 && !progress::goes_on("replicates", done, replicates) {
                break;
            }
            drawn.extend(parallel::map(BATCH.min(replicates - done), |i| one((done + i) as u64)));
        }
        goes_on(drawn.len(), replicates);
        summary(observed, &drawn, seed)
    }
}

fn check(options: &Glmm, replicates: usize) -> Result<()> {
    if options.penalty != Penalty::None {
        return Err(Error::setting(
            "bootstrap",
            "a penalized likelihood has no test of heterogeneity",
            "leave the penalty out",
        ));
    }
    if !(10..=10_000_000).contains(&replicates) {
        let remedy = "give between 10 and 10 million; 1000 is common";
        return Err(Error::setting("bootstrap", replicates.to_string(), remedy));
    }
    Ok(())
}

/// Both ratios, and the parameters without heterogeneity.
fn ratios(problem: &Problem) -> Result<(Ratios, Vec<f64>)> {
    let maxima = climb(problem)?;
    let twice = |fall: f64| if fall > 0.0 { 2.0 * fall } else { 0.0 };
    let lrt = problem.random.then(|| twice(maxima.common.value - maxima.best.value));
    let q = problem.saturated().map(|saturated| twice(saturated + maxima.common.value));
    Ok((Ratios { lrt, q }, maxima.common.theta))
}

/// The source of each study at the parameters without heterogeneity.
fn sources(counts: &Counts, problem: &Problem, theta: &[f64]) -> Result<Vec<Source>> {
    let p = problem.likelihood.p();
    let predictors = problem.rotation.rows.chunks(p.max(1)).map(|row| predictor(row, &theta[..p]));
    let alpha = match &problem.likelihood {
        Likelihood::Fixed(fixed) => fixed.baselines(theta),
        _ => Vec::new(),
    };
    let sigma = match &problem.likelihood {
        Likelihood::Random(random) => theta[random.p + 2].abs(),
        _ => 0.0,
    };
    let baseline = problem.baseline(theta).unwrap_or(0.0);
    predictors
        .enumerate()
        .map(|(i, eta)| {
            let (one, two) = (counts.first[i], counts.second.get(i).copied());
            match (problem.model, two) {
                (Model::CmEl | Model::CmAl, Some(two)) => given_margins(counts, problem, one, two, eta),
                (_, two) => {
                    let base = alpha.get(i).copied().unwrap_or(baseline);
                    let sizes = std::iter::once(one).chain(two).map(|group| group.size).collect();
                    Ok(Source::Groups { sizes, predictors: [base + eta, base], sigma, link: problem.link })
                }
            }
        })
        .collect()
}

fn given_margins(
    counts: &Counts,
    problem: &Problem,
    one: EventCount,
    two: EventCount,
    eta: f64,
) -> Result<Source> {
    let kernel = conditional(counts.measure, one, two, problem.model == Model::CmEl);
    let (low, probabilities) = Total::of_kernels(vec![kernel])?.probabilities(eta);
    let mut sum = 0.0;
    let cumulative = probabilities.into_iter().map(|p| {
        sum += p;
        sum
    });
    let cumulative = cumulative.collect();
    Ok(Source::Margins { low, cumulative, events: one.events + two.events, sizes: [one.size, two.size] })
}

/// Counts drawn from the model without heterogeneity.
fn draw(counts: &Counts, sources: &[Source], stream: &mut Stream) -> Counts {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for source in sources {
        match source {
            Source::Margins { low, cumulative, events, sizes } => {
                let u = stream.uniform();
                let most = cumulative.len().saturating_sub(1);
                let x = low + cumulative.partition_point(|&c| c <= u).min(most) as f64;
                first.push(EventCount { events: x, size: sizes[0] });
                second.push(EventCount { events: events - x, size: sizes[1] });
            }
            Source::Groups { sizes, predictors, sigma, link } => {
                let shift = if *sigma > 0.0 { sigma * stream.normal() } else { 0.0 };
                let mut groups = sizes.iter().zip(predictors).map(|(&size, eta)| {
                    let eta = eta + shift;
                    let mean = inverse(*link, eta.min(690.0));
                    let events = match counts.measure.is_rate() {
                        true => stream.poisson(size * mean),
                        false => stream.binomial(size, mean.min(1.0)),
                    };
                    EventCount { events, size }
                });
                first.extend(groups.next());
                second.extend(groups.next());
            }
        }
    }
    Counts { measure: counts.measure, labels: counts.labels.clone(), first, second }
}

fn summary(observed: Ratios, drawn: &[Option<Ratios>], seed: u64) -> Result<HeterogeneityBootstrap> {
    let done: Vec<Ratios> = drawn.iter().flatten().copied().collect();
    if done.is_empty() || 2 * done.len() < drawn.len() {
        return Err(Error::model(
            format!("{} of {} replicates could not be fitted", drawn.len() - done.len(), drawn.len()),
            "the counts are too few for this test; use the likelihood ratios",
        ));
    }
    let mid_p = |of: fn(&Ratios) -> Option<f64>| {
        let observed = of(&observed)?;
        let tie = TIE * (1.0 + observed);
        let values = || done.iter().filter_map(of);
        let larger = values().filter(|value| *value > observed + tie).count() as f64;
        let equal = values().filter(|value| (value - observed).abs() <= tie).count() as f64;
        Some((larger + 0.5 * (equal + 1.0)) / (values().count() as f64 + 1.0))
    };
    Ok(HeterogeneityBootstrap {
        replicates: done.len(),
        failed: drawn.len() - done.len(),
        seed,
        lrt_p_value: mid_p(|ratios| ratios.lrt),
        q_lrt_p_value: mid_p(|ratios| ratios.q),
    })
}
