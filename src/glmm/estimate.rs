//! From counts to a fit: the climb, its inference, and everything that is read off it.

use nalgebra::{Cholesky, DMatrix};

use crate::{
    Error, Result,
    linear::Design,
    stat::{chi2, f, normal, t},
};

use super::{
    climb::{Maxima, climb},
    data::Counts,
    fit::{
        CountCoefficient, CountFit, CountFitInfo, CountHeterogeneity, Interval, LikelihoodRatio,
        ModeratorTest, inverse,
    },
    infinite,
    marginal_mean::marginal_mean,
    options::{CountInference, Glmm, Link, Model, Penalty},
    overdispersed::Overdispersed,
    problem::{Likelihood, Problem},
    profile::{End, LOST, Profile},
    sarmanov,
    studies::{own_estimates, remarks},
};

const UNBOUNDED_NOTE: &str = "the likelihood rises with the variance between studies for ever: the studies have their events \
                              at one end or the other of what is possible, and the mean effect cannot be told from their \
                              differences; a common effect (effects common) or exact inference has an answer";

/// A standard deviation below this, in the units of the link, is none.
const NONE: f64 = 1e-7;

impl Glmm {
    /// Fits the model to the counts of all studies.
    ///
    /// # Errors
    ///
    /// If options do not apply to the measure or the model, or no study has information on the effect.
    pub fn fit(&self, counts: &Counts) -> Result<CountFit> {
        self.fit_design(counts, &Design::with_intercept(counts.len()))
    }

    pub(super) fn fit_design(&self, counts: &Counts, design: &Design) -> Result<CountFit> {
        if self.penalty == Penalty::Firth {
            return super::penalized::fit(self, counts, design);
        }
        let mut options = *self;
        let mut notes = Vec::new();
        let mut problem = Problem::new(counts, design, &options, None)?;
        if problem.used.len() < design.p() {
            return Err(too_few(problem.used.len(), design.p()));
        }
        if problem.used.len() == 1 && problem.random && !matches!(problem.likelihood, Likelihood::Over(_)) {
            options.effects = super::Effects::Common;
            problem = Problem::new(counts, design, &options, None)?;
            notes.push(
                "one informative study: heterogeneity cannot be estimated, the effect is its own".to_owned(),
            );
        }
        if design.moderators().is_empty()
            && let Some(direction) = infinite::direction(&problem.likelihood)
        {
            return infinite::fit(&options, counts, design, &mut problem, direction, notes);
        }
        let maxima = climb(&problem)?;
        let reading = Reading { options: &options, counts, design, problem: &problem, maxima: &maxima };
        reading.fit(notes)
    }
}

pub(super) fn too_few(k: usize, p: usize) -> Error {
    Error::model(
        format!("{k} informative studies cannot carry {p} coefficients"),
        "leave moderators out, or add studies",
    )
}

/// Those of the t distribution, where it is asked for: k − p.
pub(super) fn degrees_of_freedom(options: &Glmm, k: usize, p: usize) -> Result<Option<f64>> {
    if options.inference != CountInference::T {
        return Ok(None);
    }
    if k <= p {
        let remedy = "use --inference wald or profile";
        let studies = if k == 1 { "1 study leaves".to_owned() } else { format!("{k} studies leave") };
        return Err(Error::model(format!("{studies} no degrees of freedom for t"), remedy));
    }
    Ok(Some((k - p) as f64))
}

/// All that a fit is read from.
struct Reading<'a> {
    options: &'a Glmm,
    counts: &'a Counts,
    design: &'a Design,
    problem: &'a Problem,
    maxima: &'a Maxima,
}

impl Reading<'_> {
    fn fit(&self, mut notes: Vec<String>) -> Result<CountFit> {
        let (options, problem, best) = (self.options, self.problem, &self.maxima.best);
        let unbounded = self.maxima.unbounded;
        let heterogeneity =
            if unbounded { CountHeterogeneity::default() } else { self.heterogeneity(&mut notes) };
        let covariance = if unbounded { None } else { self.covariance() };
        let coefficients =
            if unbounded { self.nothing() } else { self.coefficients(covariance.as_ref(), &mut notes)? };
        let moderators = !self.design.moderators().is_empty();
        let moderator_test =
            if moderators { self.moderator_test(&coefficients, covariance.as_ref())? } else { None };
        self.remark(&mut notes, &heterogeneity, covariance.is_none(), &coefficients);
        let effect = (!moderators).then(|| coefficients[0].clone());
        let profile = match (&effect, options.inference) {
            (Some(effect), CountInference::Profile) => Some(interval_of(effect)),
            _ => None,
        };
        let transformed = effect.as_ref().map(|effect| self.transformed(effect)).unwrap_or_default();
        let marginal = match (&effect, &covariance) {
            (Some(effect), Some(covariance)) if !self.counts.measure.two_groups() => {
                marginal_mean(problem, best, covariance, options.level.critical_value(effect.df))
            }
            _ => None,
        };
        let parameters = problem.parameters();
        let p = self.design.p();
        Ok(CountFit {
            measure: self.counts.measure,
            model: problem.model,
            effects: options.effects,
            link: problem.link,
            inference: options.inference,
            penalty: options.penalty,
            level: options.level,
            k: self.counts.len(),
            k_informative: problem.used.len(),
            coefficients: moderators.then_some(coefficients),
            effect,
            moderator_test,
            heterogeneity,
            fit: CountFitInfo::new(-best.value, parameters, problem.observations()),
            transformed,
            marginal,
            profile,
            study_interval: options.study_interval,
            coding: problem.coding(options),
            baseline: problem.baseline(&best.theta),
            covariance: covariance
                .map(|all| self.problem.rotation.covariance(&all.view((0, 0), (p, p)).into_owned()))
                .map(|beta| beta.as_slice().to_vec())
                .unwrap_or_default(),
            terms: self.design.names().to_vec(),
            studies: own_estimates(self.counts, &problem.used, options)?,
            notes,
        })
    }

    /// Adds the remarks on a fit.
    fn remark(
        &self,
        notes: &mut Vec<String>,
        heterogeneity: &CountHeterogeneity,
        singular: bool,
        coefficients: &[CountCoefficient],
    ) {
        remarks(notes, self.counts, self.problem, heterogeneity, self.maxima.peaks);
        if self.maxima.unbounded {
            notes.push(UNBOUNDED_NOTE.to_owned());
        }
        if let Likelihood::Over(over) = &self.problem.likelihood
            && over.associated
            && sarmanov::association(over, &self.maxima.best.theta).is_some_and(|found| found.at_bound)
        {
            notes.push(
                "the correlation of the two groups' risks is at the end of what this family of distributions can carry"
                    .to_owned(),
            );
        }
        if !self.maxima.converged {
            notes.push(
                "the likelihood is so flat that rounding, not the search, decided where it ended".to_owned(),
            );
        }
        if singular && !self.maxima.unbounded {
            notes.push(
                "the information is singular: there are no standard errors; use --inference profile"
                    .to_owned(),
            );
        }
        if coefficients.iter().any(|c| c.estimate.is_none()) && !self.maxima.unbounded {
            notes.push(separated(coefficients));
        }
    }

    /// The parameters that the information counts: not a variance at its boundary.
    fn free(&self) -> Vec<usize> {
        let problem = self.problem;
        let held = problem.likelihood.held_without_dispersion();
        let at = problem.likelihood.dispersion();
        let vanished = !problem.random || self.maxima.best.theta[at].abs() < NONE;
        (0..held.len()).filter(|&i| !(vanished && held[i])).collect()
    }

    /// The inverse of the observed information; entries of parameters at the boundary are 0. `None` if it is singular.
    fn covariance(&self) -> Option<DMatrix<f64>> {
        let free = self.free();
        let (n, m) = (free.len(), self.maxima.best.theta.len());
        let hessian = &self.maxima.best.hessian;
        let inverse = Cholesky::new(DMatrix::from_fn(n, n, |a, b| hessian[(free[a], free[b])]))?.inverse();
        let mut all = DMatrix::zeros(m, m);
        for (a, &i) in free.iter().enumerate() {
            for (b, &j) in free.iter().enumerate() {
                all[(i, j)] = inverse[(a, b)];
            }
        }
        (all.iter().all(|x| x.is_finite()) && (0..n).all(|a| inverse[(a, a)] > 0.0)).then_some(all)
    }

    fn heterogeneity(&self, notes: &mut Vec<String>) -> CountHeterogeneity {
        let (problem, best, common) = (self.problem, &self.maxima.best, &self.maxima.common);
        let at = problem.likelihood.dispersion();
        let mut result = CountHeterogeneity::default();
        if let Some(saturated) = problem.saturated() {
            let df = problem.used.len().saturating_sub(self.design.p());
            result.q_lrt = LikelihoodRatio::chi2(2.0 * (saturated + common.value), df);
        }
        if let Likelihood::Random(random) = &problem.likelihood {
            let lambda = if random.correlated { best.theta[at + 3] } else { 0.0 };
            let sigma2 = best.theta[at + 2].powi(2) + lambda * lambda;
            result.sigma2 = Some(sigma2);
            if random.correlated && sigma2 > 0.0 && best.theta[at].abs() > NONE {
                result.rho = Some(lambda * best.theta[at].signum() / sigma2.sqrt());
            }
        }
        let gain = 2.0 * (common.value - best.value);
        if let Likelihood::Over(over) = &problem.likelihood {
            let phi = best.theta[at];
            let correlation = problem.model != Model::NegativeBinomial;
            result.overdispersion = Some(if correlation { phi / (1.0 + phi) } else { phi });
            if over.associated {
                self.association(over, &mut result);
            } else {
                result.overdispersion_lrt = Some(LikelihoodRatio::of_variance(gain));
            }
            return result;
        }
        if !problem.random {
            return result;
        }
        let tau = best.theta[at].abs();
        let tau = if tau < NONE { 0.0 } else { tau };
        (result.tau, result.tau2) = (Some(tau), Some(tau * tau));
        let correlated = matches!(&problem.likelihood, Likelihood::Random(random) if random.correlated);
        if !correlated {
            result.lrt = Some(LikelihoodRatio::of_variance(if tau > 0.0 { gain } else { 0.0 }));
            if tau > 0.0 {
                let variance = self.covariance().map(|all| all[(at, at)]);
                result.tau2_se = variance.map(|variance| 2.0 * tau * variance.sqrt());
            }
        }
        if self.options.tau2_interval {
            result.tau2_ci = self.tau2_interval(tau);
            if result.tau2_ci.is_none() {
                notes.push(format!("tau² has no interval: {LOST}"));
            }
        }
        result
    }

    /// The correlation of the two groups' risks, and its test against none.
    fn association(&self, over: &Overdispersed, result: &mut CountHeterogeneity) {
        let best = &self.maxima.best;
        result.rho = sarmanov::association(over, &best.theta).map(|found| found.correlation);
        let mut independent = self.problem.clone();
        independent.likelihood = Likelihood::Over(Overdispersed { associated: false, ..over.clone() });
        if let Ok(maxima) = climb(&independent) {
            result.rho_lrt = LikelihoodRatio::chi2(2.0 * (maxima.best.value - best.value), 1);
        }
    }

    /// The profile-likelihood interval of τ², with 0 as its lower end where that is not excluded; `None` if it was not found.
    fn tau2_interval(&self, tau: f64) -> Option<(f64, Option<f64>)> {
        let (problem, best) = (self.problem, &self.maxima.best);
        let at = problem.likelihood.dispersion();
        let profile = Profile::new(problem, at, -best.value);
        let cut = self.options.level.critical_value(None);
        let mut from = best.theta.clone();
        problem.likelihood.turn(&mut from);
        from[at] = tau;
        let curvature = best.hessian[(at, at)];
        let step = if curvature > 1e-3 { (cut / curvature.sqrt()).clamp(0.05, 2.0) } else { 1.0 };
        let upper = match profile.end(&from, step, cut) {
            End::At(upper) => Some(upper * upper),
            End::Never => None,
            End::Lost => return None,
        };
        let excluded = profile.fall(&self.maxima.common).sqrt() > cut;
        if !excluded {
            return Some((0.0, upper));
        }
        let lower = profile.bound_before(&from, -step.min(0.5 * tau), cut, Some(0.0)).place()?;
        Some((lower * lower, upper))
    }

    fn degrees_of_freedom(&self) -> Result<Option<f64>> {
        degrees_of_freedom(self.options, self.counts.len(), self.design.p())
    }

    /// Coefficients without an answer.
    fn nothing(&self) -> Vec<CountCoefficient> {
        let empty = |term: &String| CountCoefficient {
            term: term.clone(),
            estimate: None,
            se: None,
            statistic: None,
            df: None,
            p_value: None,
            ci_lower: None,
            ci_upper: None,
        };
        self.design.names().iter().map(empty).collect()
    }

    fn coefficients(
        &self,
        covariance: Option<&DMatrix<f64>>,
        notes: &mut Vec<String>,
    ) -> Result<Vec<CountCoefficient>> {
        let df = self.degrees_of_freedom()?;
        let p = self.design.p();
        let beta = self.problem.rotation.back(&self.maxima.best.theta);
        let variances =
            covariance.map(|all| self.problem.rotation.covariance(&all.view((0, 0), (p, p)).into_owned()));
        let suspect = self.drifted(covariance);
        (0..p)
            .map(|j| {
                let se =
                    variances.as_ref().map(|v| v[(j, j)].sqrt()).filter(|se| se.is_finite() && *se > 0.0);
                let wald = self.wald(j, beta[j], se, df);
                if self.options.inference == CountInference::Profile || suspect {
                    return self.profiled(j, wald, suspect, notes);
                }
                Ok(wald)
            })
            .collect()
    }

    /// True if a coefficient went so far that it may be on its way to infinity.
    fn drifted(&self, covariance: Option<&DMatrix<f64>>) -> bool {
        const FAR: f64 = 10.0;
        const FLAT: f64 = 30.0;
        let p = self.design.p();
        let far = |j: usize| self.maxima.best.theta[j].abs() > FAR;
        let flat = |j: usize| covariance.is_none_or(|c| !(c[(j, j)].sqrt() < FLAT));
        !self.design.moderators().is_empty() && (0..p).any(|j| far(j) || flat(j))
    }

    fn wald(&self, j: usize, estimate: f64, se: Option<f64>, df: Option<f64>) -> CountCoefficient {
        let critical = self.options.level.critical_value(df);
        let statistic = se.map(|se| estimate / se);
        let two_sided = |statistic: f64| match df {
            Some(df) => t::two_sided(statistic, df),
            None => normal::two_sided(statistic),
        };
        CountCoefficient {
            term: self.design.names()[j].clone(),
            estimate: Some(estimate),
            se,
            statistic,
            df,
            p_value: statistic.map(two_sided),
            ci_lower: se.map(|se| estimate - critical * se),
            ci_upper: se.map(|se| estimate + critical * se),
        }
    }

    /// A coefficient with the bounds and the test of its profile likelihood.
    fn profiled(
        &self,
        j: usize,
        wald: CountCoefficient,
        suspect: bool,
        notes: &mut Vec<String>,
    ) -> Result<CountCoefficient> {
        let estimate = wald.estimate.unwrap_or(0.0);
        let (problem, from, scale) = self.with_last(j)?;
        let at = problem.likelihood.p() - 1;
        let profile = Profile::new(&problem, at, -self.maxima.best.value);
        let cut = self.options.level.critical_value(None);
        let step = wald.se.map_or(1.0, |se| se * scale * cut).clamp(1e-3, 10.0);
        let ends = [-step, step].map(|step| profile.end(&from, step, cut));
        let [ci_lower, ci_upper] = ends.map(|end| end.place().map(|gamma| gamma / scale));
        let null = profile.point(0.0, &from);
        let root = null.map(|point| profile.fall(&point).sqrt() * estimate.signum());
        let mut result = CountCoefficient { ci_lower, ci_upper, ..wald };
        result.p_value = root.map(|root| chi2::sf(root * root, 1.0));
        result.statistic = root;
        if suspect && ends.contains(&End::Never) {
            (result.estimate, result.se, result.statistic) = (None, None, None);
        } else if suspect && self.options.inference != CountInference::Profile {
            return Ok(self.wald(j, estimate, result.se, self.degrees_of_freedom()?));
        }
        if result.estimate.is_some() {
            open_ends(&result.term, ends, notes);
        }
        Ok(result)
    }

    /// The problem with column `j` in the last place, the maximum in its coordinates, and the scale of its last one.
    fn with_last(&self, j: usize) -> Result<(Problem, Vec<f64>, f64)> {
        if self.design.p() == 1 {
            let scale = self.problem.rotation.last_scale();
            return Ok((self.problem.clone(), self.maxima.best.theta.clone(), scale));
        }
        let problem = Problem::new(self.counts, self.design, self.options, Some(j))?;
        let beta = self.problem.rotation.back(&self.maxima.best.theta);
        let mut from = self.maxima.best.theta.clone();
        problem.rotation.forth(&beta, &mut from);
        let scale = problem.rotation.last_scale();
        Ok((problem, from, scale))
    }

    /// Wald's test of all moderators (F with the t distribution), with the likelihood ratio beside it.
    fn moderator_test(
        &self,
        coefficients: &[CountCoefficient],
        covariance: Option<&DMatrix<f64>>,
    ) -> Result<Option<ModeratorTest>> {
        let p = self.design.p();
        let tested: Vec<usize> = (usize::from(self.design.has_intercept())..p).collect();
        let Some(all) = covariance else { return Ok(None) };
        let variances = self.problem.rotation.covariance(&all.view((0, 0), (p, p)).into_owned());
        let n = tested.len();
        let Some(beta) = tested.iter().map(|&j| coefficients[j].estimate).collect::<Option<Vec<f64>>>()
        else {
            return Ok(None);
        };
        let matrix = DMatrix::from_fn(n, n, |a, b| variances[(tested[a], tested[b])]);
        let Some(factor) = Cholesky::new(matrix) else { return Ok(None) };
        let beta = nalgebra::DVector::from_vec(beta);
        let wald = beta.dot(&factor.solve(&beta));
        let df2 = self.degrees_of_freedom()?;
        let (statistic, p_value) = match df2 {
            Some(df2) => (wald / n as f64, f::sf(wald / n as f64, n as f64, df2)),
            None => (wald, chi2::sf(wald, n as f64)),
        };
        let likelihood_ratio = if self.design.has_intercept() { self.without_moderators(n) } else { None };
        Ok(Some(ModeratorTest { statistic, df1: n, df2, p_value, likelihood_ratio }))
    }

    /// The likelihood ratio against the model with an intercept alone.
    fn without_moderators(&self, df: usize) -> Option<LikelihoodRatio> {
        let design = Design::with_intercept(self.counts.len());
        let problem = Problem::new(self.counts, &design, self.options, None).ok()?;
        if infinite::direction(&problem.likelihood).is_some() {
            return None;
        }
        let maxima = climb(&problem).ok()?;
        LikelihoodRatio::chi2(2.0 * (maxima.best.value - self.maxima.best.value), df)
    }

    fn transformed(&self, effect: &CountCoefficient) -> Interval {
        // A ratio on the log scale; a proportion or rate through its own link.
        let link = if self.counts.measure.two_groups() { Link::Log } else { self.problem.link };
        let back = |value: Option<f64>| value.map(|value| inverse(link, value));
        Interval {
            estimate: back(effect.estimate),
            ci_lower: back(effect.ci_lower),
            ci_upper: back(effect.ci_upper),
        }
    }
}

/// Notes the bounds that the profile likelihood does not have, and those that were not found.
fn open_ends(term: &str, ends: [End; 2], notes: &mut Vec<String>) {
    for (end, side) in ends.into_iter().zip(["lower", "upper"]) {
        match end {
            End::At(_) => {}
            End::Never => notes.push(format!(
                "the profile likelihood of {term} never falls far enough on one side: its {side} bound is infinite"
            )),
            End::Lost => notes.push(format!("{term} has no {side} bound: {LOST}")),
        }
    }
}

fn interval_of(effect: &CountCoefficient) -> Interval {
    Interval { estimate: effect.estimate, ci_lower: effect.ci_lower, ci_upper: effect.ci_upper }
}

fn separated(coefficients: &[CountCoefficient]) -> String {
    let names: Vec<&str> =
        coefficients.iter().filter(|c| c.estimate.is_none()).map(|c| c.term.as_str()).collect();
    format!(
        "the moderators separate studies with events from those without: the estimate of {} is infinite, its finite \
         bound comes from the profile likelihood",
        names.join(", ")
    )
}
