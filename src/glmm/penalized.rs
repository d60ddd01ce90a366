//! Fits of a common effect with Firth's penalty, with moderators or without.

use nalgebra::{Cholesky, DMatrix, DVector};

use crate::{
    Error, Result,
    linear::Design,
    stat::{chi2, f, normal, t},
};

use super::{
    data::Counts,
    estimate::too_few,
    firth::{Peak, Penalized},
    fit::{
        CountCoefficient, CountFit, CountFitInfo, CountHeterogeneity, Interval, LikelihoodRatio,
        ModeratorTest, inverse,
    },
    options::{CountInference, Glmm, Link},
    problem::Problem,
    studies::{own_estimates, uninformative},
};

const NOTE: &str = "Firth's penalty (Jeffreys' prior) was added to the likelihood: the estimates are finite for every \
                    table, and drawn towards no effect";

/// Fits a common effect, or the coefficients of moderators, by the penalized likelihood.
pub(super) fn fit(options: &Glmm, counts: &Counts, design: &Design) -> Result<CountFit> {
    let problem = Problem::new(counts, design, options, None)?;
    if problem.used.len() < design.p() {
        return Err(too_few(problem.used.len(), design.p()));
    }
    let penalized = penalized(&problem)?;
    let p = design.p();
    let start = problem.starts().into_iter().next().unwrap_or_default();
    let peak = penalized.climb(&penalized.start(&start), &vec![false; p]).ok_or_else(lost)?;
    let inverse = Cholesky::new(peak.information.clone()).ok_or_else(lost)?.inverse();
    let covariance = problem.rotation.covariance(&inverse);
    let reading = Reading { options, counts, design, problem: &problem, penalized: &penalized, peak: &peak };
    let coefficients = (0..p).map(|j| reading.coefficient(j, &covariance)).collect::<Result<Vec<_>>>()?;
    let moderator_test = match design.moderators().is_empty() {
        false => reading.moderator_test(&coefficients, &covariance)?,
        true => None,
    };
    reading.fit(coefficients, &covariance, moderator_test)
}

fn lost() -> Error {
    Error::model(
        "the penalized likelihood has no maximum that can be found",
        "check the counts and the moderators",
    )
}

fn penalized(problem: &Problem) -> Result<Penalized<'_>> {
    let refuse = |found: &str, remedy: &str| Err(Error::setting("penalty", found, remedy));
    if !matches!(problem.link, Link::Logit | Link::Log) {
        let remedy = "leave the link out; the penalized estimates of logits can be transformed";
        return refuse("`firth` needs the logit link, or the log link of rates", remedy);
    }
    match Penalized::new(problem) {
        Some(penalized) => Ok(penalized),
        None => refuse(
            &format!("`firth` does not apply to `{}`, whose baselines vary at random", problem.model),
            "use --model cm-el, cm-al or um-fs (one group: normal)",
        ),
    }
}

/// All that a penalized fit is read from.
struct Reading<'a> {
    options: &'a Glmm,
    counts: &'a Counts,
    design: &'a Design,
    problem: &'a Problem,
    penalized: &'a Penalized<'a>,
    peak: &'a Peak,
}

impl Reading<'_> {
    fn fit(
        &self,
        coefficients: Vec<CountCoefficient>,
        covariance: &DMatrix<f64>,
        moderator_test: Option<ModeratorTest>,
    ) -> Result<CountFit> {
        let (options, counts, problem) = (self.options, self.counts, self.problem);
        let mut notes = vec![NOTE.to_owned()];
        uninformative(&mut notes, counts, problem);
        let moderators = !self.design.moderators().is_empty();
        let effect = coefficients.first().filter(|_| !moderators).cloned();
        let link = if counts.measure.two_groups() { Link::Log } else { problem.link };
        let shown = |value: Option<f64>| value.map(|value| inverse(link, value));
        let transformed = effect.as_ref().map_or_else(Interval::default, |effect| Interval {
            estimate: shown(effect.estimate),
            ci_lower: shown(effect.ci_lower),
            ci_upper: shown(effect.ci_upper),
        });
        Ok(CountFit {
            measure: counts.measure,
            model: problem.model,
            effects: options.effects,
            link: problem.link,
            inference: options.inference,
            penalty: options.penalty,
            level: options.level,
            k: counts.len(),
            k_informative: problem.used.len(),
            coefficients: moderators.then_some(coefficients),
            effect,
            moderator_test,
            heterogeneity: CountHeterogeneity::default(),
            fit: CountFitInfo::new(self.peak.log_likelihood, problem.parameters(), problem.observations()),
            transformed,
            marginal: None,
            profile: None,
            study_interval: options.study_interval,
            coding: problem.coding(options),
            baseline: None,
            covariance: covariance.as_slice().to_vec(),
            terms: self.design.names().to_vec(),
            studies: own_estimates(counts, &problem.used, options)?,
            notes,
        })
    }

    fn degrees_of_freedom(&self) -> Result<Option<f64>> {
        super::estimate::degrees_of_freedom(self.options, self.counts.len(), self.design.p())
    }

    fn coefficient(&self, j: usize, covariance: &DMatrix<f64>) -> Result<CountCoefficient> {
        let estimate = self.problem.rotation.back(&self.peak.theta)[j];
        let se = covariance[(j, j)].sqrt();
        let df = self.degrees_of_freedom()?;
        let mut found = CountCoefficient {
            term: self.design.names()[j].clone(),
            estimate: Some(estimate),
            se: Some(se),
            statistic: None,
            df,
            p_value: None,
            ci_lower: None,
            ci_upper: None,
        };
        if self.options.inference == CountInference::Profile {
            self.profile(j, se, &mut found)?;
            return Ok(found);
        }
        let half = self.options.level.critical_value(df) * se;
        let statistic = estimate / se;
        found.statistic = Some(statistic);
        found.p_value = Some(match df {
            Some(df) => t::two_sided(statistic, df),
            None => normal::two_sided(statistic),
        });
        (found.ci_lower, found.ci_upper) = (Some(estimate - half), Some(estimate + half));
        Ok(found)
    }

    /// The bounds and the test of the penalized profile likelihood of coefficient `j`.
    fn profile(&self, j: usize, se: f64, found: &mut CountCoefficient) -> Result<()> {
        let problem = Problem::new(self.counts, self.design, self.options, Some(j))?;
        let penalized = penalized(&problem)?;
        let at = self.design.p() - 1;
        let mut start = self.peak.theta.clone();
        problem.rotation.forth(&self.problem.rotation.back(&self.peak.theta), &mut start);
        let peak = penalized.climb(&start, &vec![false; at + 1]).ok_or_else(lost)?;
        let scale = problem.rotation.last_scale();
        let cut = self.options.level.critical_value(None);
        let bound = |step: f64| penalized.bound(&peak, at, step, cut).map(|gamma| gamma / scale);
        (found.ci_lower, found.ci_upper) = (bound(-se * scale), bound(se * scale));
        if let Some(null) = penalized.profile(&peak, at, 0.0) {
            let fall = 2.0 * (peak.value - null.value).max(0.0);
            found.statistic = Some(fall.sqrt() * found.estimate.unwrap_or(0.0).signum());
            found.p_value = Some(chi2::sf(fall, 1.0));
        }
        Ok(())
    }

    /// Wald's test of all moderators (F with the t distribution), with the penalized likelihood ratio beside it.
    fn moderator_test(
        &self,
        coefficients: &[CountCoefficient],
        covariance: &DMatrix<f64>,
    ) -> Result<Option<ModeratorTest>> {
        let first = usize::from(self.design.has_intercept());
        let n = self.design.p() - first;
        let beta = DVector::from_fn(n, |a, _| coefficients[first + a].estimate.unwrap_or(0.0));
        let Some(factor) = Cholesky::new(covariance.view((first, first), (n, n)).into_owned()) else {
            return Ok(None);
        };
        let wald = beta.dot(&factor.solve(&beta));
        let df2 = self.degrees_of_freedom()?;
        let (statistic, p_value) = match df2 {
            Some(df2) => (wald / n as f64, f::sf(wald / n as f64, n as f64, df2)),
            None => (wald, chi2::sf(wald, n as f64)),
        };
        // With the coefficients of the moderators at 0 and the information of all parameters in the penalty.
        let mut start = self.peak.theta.clone();
        start[first..first + n].fill(0.0);
        let fixed: Vec<bool> = (0..first + n).map(|j| j >= first).collect();
        let null = self.penalized.climb(&start, &fixed);
        let likelihood_ratio =
            null.and_then(|null| LikelihoodRatio::chi2(2.0 * (self.peak.value - null.value), n));
        Ok(Some(ModeratorTest { statistic, df1: n, df2, p_value, likelihood_ratio }))
    }
}
