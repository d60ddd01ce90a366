//! Logistic regression of a network with an intercept for each study and a penalized likelihood.
//!
//! logit π = α_s + θ_j; the likelihood times |I|^½ (Jeffreys' prior), so that estimates are finite with any counts and less
//! biased with few. Its score is Σ x (y + h/2 − (n + h) π), h the leverage of an arm: Fisher scoring on the counts with
//! half a leverage added to events and non-events. The intercepts are eliminated study by study, O(arms + T³) a step.
//!
//! References: Firth D (1993). Bias reduction of maximum likelihood estimates. *Biometrika* 80:27-38.
//! doi:10.1093/biomet/80.1.27; Evrenoglou T, White IR, Afach S, Mavridis D, Chaimani A (2022). Network meta-analysis of rare
//! events using penalized likelihood regression. *Statistics in Medicine* 41:5203-5219. doi:10.1002/sim.9562

use super::{Counts, Estimates, RareFit, RareMethod, connected};
use crate::{
    Error, Level, Result,
    network::{Network, gls::scaled_inverse},
    stat::{Tail, chi2, root},
};

pub(super) fn fit(
    network: &Network,
    studies: Vec<Counts>,
    reference: usize,
    level: Level,
) -> Result<RareFit> {
    let groups: Vec<Vec<usize>> = studies.iter().map(|s| s.arms.clone()).collect();
    let kept = connected(network, &groups, reference)?;
    let others: Vec<usize> = kept.iter().copied().filter(|i| *i != reference).collect();
    let model = Model { studies: &studies, others: &others, t: network.treatments.len() };
    let found = model.maximize(None, None)?;
    let mut profile = vec![None; kept.len()];
    for (k, treatment) in others.iter().enumerate() {
        let se = found.covariance[k * others.len() + k].sqrt();
        let at = kept.iter().position(|i| i == treatment).unwrap_or(0);
        profile[at] = model.profile(&found, k, se, level)?;
    }
    let beta = others.iter().map(|i| found.theta[*i]).collect();
    let made = Estimates { kept, beta, covariance: found.covariance };
    let mut fit = made.finish(network, RareMethod::Penalized, reference, level, studies.len());
    fit.log_likelihood = Some(found.ln);
    fit.profile = profile;
    fit.notes.push(
        "the penalized likelihood; limits against the reference are given from its profile, too".to_owned(),
    );
    Ok(fit)
}

struct Model<'a> {
    studies: &'a [Counts],
    others: &'a [usize],
    t: usize,
}

/// A point of the penalized likelihood.
#[derive(Clone)]
struct Point {
    theta: Vec<f64>,
    alpha: Vec<f64>,
    ln: f64,
    covariance: Vec<f64>,
}

/// The quantities of Fisher scoring at a point.
struct Score {
    ln: f64,
    covariance: Vec<f64>,
    theta_step: Vec<f64>,
    alpha_step: Vec<f64>,
}

fn logistic(x: f64) -> f64 {
    if x >= 0.0 { 1.0 / (1.0 + (-x).exp()) } else { x.exp() / (1.0 + x.exp()) }
}

/// ln(1 + eˣ).
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

impl Model<'_> {
    /// The maximum, with one effect held (position among the others, value) if wanted.
    fn maximize(&self, held: Option<(usize, f64)>, start: Option<&Point>) -> Result<Point> {
        let (mut theta, mut alpha) = match start {
            Some(point) => (point.theta.clone(), point.alpha.clone()),
            None => (vec![0.0; self.t], self.studies.iter().map(crude).collect()),
        };
        if let Some((k, value)) = held {
            theta[self.others[k]] = value;
        }
        let mut score = self.score(&theta, &alpha, held.map(|h| h.0))?;
        for _ in 0..500 {
            let mut factor = 1.0;
            let (next_theta, next_alpha, next) = loop {
                let mut moved = theta.clone();
                for (k, i) in self.others.iter().enumerate() {
                    moved[*i] += factor * score.theta_step[k].clamp(-3.0, 3.0);
                }
                let shifted: Vec<f64> = alpha
                    .iter()
                    .zip(&score.alpha_step)
                    .map(|(a, s)| a + factor * s.clamp(-3.0, 3.0))
                    .collect();
                let next = self.score(&moved, &shifted, held.map(|h| h.0))?;
                if next.ln >= score.ln - 1e-11 * score.ln.abs() || factor < 1e-4 {
                    break (moved, shifted, next);
                }
                factor *= 0.5;
            };
            let change =
                |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
            let size = change(&theta, &next_theta).max(change(&alpha, &next_alpha));
            (theta, alpha, score) = (next_theta, next_alpha, next);
            if size <= 1e-11 {
                return Ok(Point { theta, alpha, ln: score.ln, covariance: score.covariance });
            }
        }
        Err(Error::model("the penalized likelihood has no maximum", "check the counts"))
    }

    /// The penalized log-likelihood and the step of Fisher scoring; the column `held` does not move.
    fn score(&self, theta: &[f64], alpha: &[f64], held: Option<usize>) -> Result<Score> {
        let c = self.others.len();
        let column = |i: usize| self.others.iter().position(|o| *o == i);
        let mut information = vec![0.0; c * c];
        let (mut ln, mut ln_weights) = (0.0, 0.0);
        let mut arms = Vec::with_capacity(self.studies.len());
        for (study, alpha) in self.studies.iter().zip(alpha) {
            let mut rows = Vec::with_capacity(study.arms.len());
            for a in 0..study.arms.len() {
                let (y, n) = (study.events[a], study.events[a] + study.others[a]);
                let eta = alpha + theta[study.arms[a]];
                let p = logistic(eta);
                ln += y * eta - n * softplus(eta);
                rows.push(Row { column: column(study.arms[a]), p, w: n * p * (1.0 - p), y, n });
            }
            let total: f64 = rows.iter().map(|r| r.w).sum();
            ln_weights += total.ln();
            for a in &rows {
                let Some(i) = a.column else { continue };
                information[i * c + i] += a.w;
                for b in &rows {
                    if let Some(j) = b.column {
                        information[i * c + j] -= a.w * b.w / total;
                    }
                }
            }
            arms.push((rows, total));
        }
        let (covariance, ln_information) = scaled_inverse(information.clone(), c)?;
        let ln = ln + 0.5 * (ln_weights + ln_information);
        let (theta_step, alpha_step) = step(&arms, &covariance, &information, held)?;
        Ok(Score { ln, covariance, theta_step, alpha_step })
    }

    /// The limits of effect `k` at which twice the profile of the penalized log-likelihood has fallen by the quantile.
    fn profile(&self, best: &Point, k: usize, se: f64, level: Level) -> Result<Option<(f64, f64)>> {
        let fall = chi2::quantile(Tail::Upper(2.0 * level.tail()), 1.0);
        let center = best.theta[self.others[k]];
        let depth = |value: f64| match self.maximize(Some((k, value)), Some(best)) {
            Ok(point) => 2.0 * (best.ln - point.ln) - fall,
            Err(_) => f64::NAN,
        };
        let mut limits = [0.0; 2];
        for (limit, sign) in limits.iter_mut().zip([-1.0, 1.0]) {
            let mut outer = center + sign * 2.0 * se;
            let mut tries = 0;
            while depth(outer) < 0.0 && tries < 12 {
                outer += sign * 2.0 * se;
                tries += 1;
            }
            match root::find(depth, center, outer) {
                Some(found) => *limit = found,
                None => return Ok(None),
            }
        }
        Ok(Some((limits[0], limits[1])))
    }
}

struct Row {
    column: Option<usize>,
    p: f64,
    w: f64,
    y: f64,
    n: f64,
}

/// The steps of the effects and of the intercepts.
fn step(
    arms: &[(Vec<Row>, f64)],
    covariance: &[f64],
    information: &[f64],
    held: Option<usize>,
) -> Result<(Vec<f64>, Vec<f64>)> {
    let c = (covariance.len() as f64).sqrt() as usize;
    let (mut score, mut intercepts) = (vec![0.0; c], Vec::with_capacity(arms.len()));
    for (rows, total) in arms {
        let mean = centroid(rows, *total, c);
        let mut own = 0.0;
        for row in rows {
            let mut x: Vec<f64> = mean.iter().map(|m| -m).collect();
            if let Some(i) = row.column {
                x[i] += 1.0;
            }
            let form: f64 =
                (0..c).map(|i| x[i] * (0..c).map(|j| covariance[i * c + j] * x[j]).sum::<f64>()).sum();
            let leverage = row.w * (1.0 / total + form);
            let u = row.y - row.n * row.p + leverage * (0.5 - row.p);
            own += u;
            if let Some(i) = row.column {
                score[i] += u;
            }
        }
        for (s, m) in score.iter_mut().zip(&mean) {
            *s -= m * own;
        }
        intercepts.push((own, mean));
    }
    let theta_step = solve(covariance, information, &score, held, c)?;
    let alpha_step = arms
        .iter()
        .zip(&intercepts)
        .map(|((_, total), (own, mean))| {
            own / total - mean.iter().zip(&theta_step).map(|(m, t)| m * t).sum::<f64>()
        })
        .collect();
    Ok((theta_step, alpha_step))
}

/// The weighted mean of the columns of a study.
fn centroid(rows: &[Row], total: f64, c: usize) -> Vec<f64> {
    let mut mean = vec![0.0; c];
    for row in rows {
        if let Some(i) = row.column {
            mean[i] += row.w / total;
        }
    }
    mean
}

/// Information⁻¹ score, without the row and the column that is held.
fn solve(
    covariance: &[f64],
    information: &[f64],
    score: &[f64],
    held: Option<usize>,
    c: usize,
) -> Result<Vec<f64>> {
    let Some(held) = held else {
        return Ok((0..c).map(|i| (0..c).map(|j| covariance[i * c + j] * score[j]).sum()).collect());
    };
    let free: Vec<usize> = (0..c).filter(|i| *i != held).collect();
    let mut step = vec![0.0; c];
    if free.is_empty() {
        return Ok(step);
    }
    let reduced = free.iter().flat_map(|i| free.iter().map(move |j| information[i * c + j])).collect();
    let (inverse, _) = scaled_inverse(reduced, free.len())?;
    for (a, i) in free.iter().enumerate() {
        step[*i] = free.iter().enumerate().map(|(b, j)| inverse[a * free.len() + b] * score[*j]).sum();
    }
    Ok(step)
}

/// The log odds of all persons of a study.
fn crude(study: &Counts) -> f64 {
    let events: f64 = study.events.iter().sum();
    let others: f64 = study.others.iter().sum();
    ((events + 0.5) / (others + 0.5)).ln()
}
