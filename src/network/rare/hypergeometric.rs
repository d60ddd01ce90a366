//! The exact conditional likelihood of a network of odds ratios.
//!
//! Given its m events, the events x of a study's arms of sizes n have the probability Π C(n_a, x_a) e^{x_a θ_a} over the
//! coefficient of z^m in Π_a Σ_x C(n_a, x) e^{xθ_a} z^x, whatever the study's risk: the multivariate non-central
//! hypergeometric distribution. The polynomials are multiplied arm by arm, which is exact for any number of arms; means
//! and covariances of the events, from the products without one or two arms, give Newton's method on a concave likelihood.
//!
//! Reference: Stijnen T, Hamza TH, Özdemir P (2010). Random effects meta-analysis of event outcome in the framework of the
//! generalized linear mixed model with applications in sparse data. *Statistics in Medicine* 29:3046-3067.
//! doi:10.1002/sim.4040

use super::{Counts, Estimates, RareFit, RareMethod, connected};
use crate::{
    Error, Level, Result,
    network::{Network, gls::scaled_inverse},
    stat::{root, special::ln_choose},
};

/// The coefficients of an arm's polynomial up to the study's events, the greatest being 1, and the logarithm of that.
struct Polynomial {
    values: Vec<f64>,
    ln: f64,
}

impl Polynomial {
    fn one() -> Self {
        Polynomial { values: vec![1.0], ln: 0.0 }
    }

    fn arm(size: f64, theta: f64, most: usize) -> Self {
        let top = most.min(size as usize);
        let logs: Vec<f64> = (0..=top).map(|x| ln_choose(size, x as f64) + x as f64 * theta).collect();
        let ln = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Polynomial { values: logs.iter().map(|l| (l - ln).exp()).collect(), ln }
    }

    fn times(&self, other: &Polynomial, most: usize) -> Self {
        let top = most.min(self.values.len() + other.values.len() - 2);
        let mut values = vec![0.0; top + 1];
        for (i, a) in self.values.iter().enumerate() {
            for (j, b) in other.values.iter().enumerate().take((top + 1).saturating_sub(i)) {
                values[i + j] += a * b;
            }
        }
        let largest = values.iter().copied().fold(0.0, f64::max);
        values.iter_mut().for_each(|v| *v /= largest);
        Polynomial { values, ln: self.ln + other.ln + largest.ln() }
    }

    fn at(&self, x: usize) -> f64 {
        self.values.get(x).copied().unwrap_or(0.0)
    }
}

/// The log-likelihood of a study with the means and covariances of its events.
struct StudyTerms {
    ln: f64,
    mean: Vec<f64>,
    covariance: Vec<f64>,
}

fn terms(study: &Counts, theta: &[f64]) -> StudyTerms {
    let p = study.arms.len();
    let most = study.events.iter().sum::<f64>() as usize;
    let size = |a: usize| study.events[a] + study.others[a];
    // A common shift changes no probability; this one puts the bulk of every polynomial where it is needed.
    let effects: Vec<f64> = study.arms.iter().map(|i| theta[*i]).collect();
    let shift = intercept(&effects, &(0..p).map(size).collect::<Vec<_>>(), most as f64);
    let logit = |a: usize| effects[a] + shift;
    let arms: Vec<Polynomial> = (0..p).map(|a| Polynomial::arm(size(a), logit(a), most)).collect();
    let product = |without: &[usize]| {
        let mut all = Polynomial::one();
        for a in (0..p).filter(|a| !without.contains(a)) {
            all = all.times(&arms[a], most);
        }
        all
    };
    let all = product(&[]);
    let mut ln = -(all.ln + all.at(most).ln());
    for a in 0..p {
        ln += ln_choose(size(a), study.events[a]) + study.events[a] * logit(a);
    }
    let (mut mean, mut square) = (vec![0.0; p], vec![0.0; p]);
    for a in 0..p {
        let rest = product(&[a]);
        let weights = || arms[a].values.iter().enumerate().map(|(x, v)| (x as f64, v * rest.at(most - x)));
        let total: f64 = weights().map(|(_, w)| w).sum();
        mean[a] = weights().map(|(x, w)| x * w).sum::<f64>() / total;
        square[a] = weights().map(|(x, w)| (x - mean[a]).powi(2) * w).sum::<f64>() / total;
    }
    let covariance = covariances(&arms, &product, most, &mean, &square);
    StudyTerms { ln, mean, covariance }
}

/// The intercept at which the expected number of events is `events`.
fn intercept(effects: &[f64], sizes: &[f64], events: f64) -> f64 {
    let expected = |shift: f64| -> f64 {
        effects.iter().zip(sizes).map(|(e, n)| n / (1.0 + (-e - shift).exp())).sum::<f64>() - events
    };
    let total: f64 = sizes.iter().sum();
    if !(events > 0.0 && events < total) {
        return 0.0;
    }
    root::find(expected, -60.0, 60.0).unwrap_or(0.0)
}

fn covariances(
    arms: &[Polynomial],
    product: &dyn Fn(&[usize]) -> Polynomial,
    most: usize,
    mean: &[f64],
    square: &[f64],
) -> Vec<f64> {
    let p = arms.len();
    let mut covariance = vec![0.0; p * p];
    for a in 0..p {
        covariance[a * p + a] = square[a];
        for b in a + 1..p {
            let rest = product(&[a, b]);
            let (mut total, mut sum) = (0.0, 0.0);
            for (x, v) in arms[a].values.iter().enumerate() {
                for (y, u) in arms[b].values.iter().enumerate().take(most - x + 1) {
                    let w = v * u * rest.at(most - x - y);
                    total += w;
                    sum += w * (x as f64 - mean[a]) * (y as f64 - mean[b]);
                }
            }
            covariance[a * p + b] = sum / total;
            covariance[b * p + a] = sum / total;
        }
    }
    covariance
}

pub(super) fn fit(
    network: &Network,
    studies: Vec<Counts>,
    reference: usize,
    level: Level,
) -> Result<RareFit> {
    for study in &studies {
        if study.events.iter().chain(&study.others).any(|x| x.fract() != 0.0) {
            return Err(Error::data(
                "counts that are not whole numbers",
                "the exact likelihood needs counts",
            )
            .in_study(study.label.clone()));
        }
    }
    let (studies, mut notes) = without_infinite(network, studies, reference)?;
    let groups: Vec<Vec<usize>> = studies.iter().map(|s| s.arms.clone()).collect();
    let kept = connected(network, &groups, reference)?;
    let others: Vec<usize> = kept.iter().copied().filter(|i| *i != reference).collect();
    let mut theta = vec![0.0; network.treatments.len()];
    let mut state = step(&studies, &others, &theta)?;
    for _ in 0..200 {
        let mut factor = 1.0;
        let (moved, next) = loop {
            let mut moved = theta.clone();
            for (k, i) in others.iter().enumerate() {
                moved[*i] += factor * state.step[k].clamp(-4.0, 4.0);
            }
            let next = step(&studies, &others, &moved)?;
            if next.ln >= state.ln - 1e-12 * state.ln.abs() || factor < 1e-6 {
                break (moved, next);
            }
            factor *= 0.5;
        };
        let size = theta.iter().zip(&moved).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        (theta, state) = (moved, next);
        if size <= 1e-12 * (1.0 + theta.iter().fold(0.0_f64, |m, x| m.max(x.abs()))) {
            break;
        }
    }
    let beta = others.iter().map(|i| theta[*i]).collect();
    let made = Estimates { kept, beta, covariance: state.covariance };
    let mut fit = made.finish(network, RareMethod::Hypergeometric, reference, level, studies.len());
    fit.log_likelihood = Some(state.ln);
    fit.notes.append(&mut notes);
    Ok(fit)
}

/// The log-likelihood at a point, Newton's step and the inverse information.
struct State {
    ln: f64,
    step: Vec<f64>,
    covariance: Vec<f64>,
}

fn step(studies: &[Counts], others: &[usize], theta: &[f64]) -> Result<State> {
    let c = others.len();
    let column = |i: usize| others.iter().position(|o| *o == i);
    let (mut ln, mut score, mut information) = (0.0, vec![0.0; c], vec![0.0; c * c]);
    for study in studies {
        let found = terms(study, theta);
        let p = study.arms.len();
        ln += found.ln;
        for a in 0..p {
            let Some(k) = column(study.arms[a]) else { continue };
            score[k] += study.events[a] - found.mean[a];
            for b in 0..p {
                if let Some(j) = column(study.arms[b]) {
                    information[k * c + j] += found.covariance[a * p + b];
                }
            }
        }
    }
    let (covariance, _) = scaled_inverse(information, c)?;
    let step = (0..c).map(|i| (0..c).map(|j| covariance[i * c + j] * score[j]).sum()).collect();
    Ok(State { ln, step, covariance })
}

/// The studies without the arms of treatments whose odds ratio against the others is 0 or infinite in every study that compares them,
/// and what is said of these.
///
/// # Errors
///
/// If the reference is one of them.
fn without_infinite(
    network: &Network,
    mut studies: Vec<Counts>,
    reference: usize,
) -> Result<(Vec<Counts>, Vec<String>)> {
    let mut notes = Vec::new();
    loop {
        let infinite = infinite(network, &studies);
        if infinite.is_empty() {
            return Ok((studies, notes));
        }
        let names: Vec<&str> = infinite.iter().map(|i| network.treatments[*i].as_str()).collect();
        let found = format!(
            "the odds ratio of {} is 0 or infinite: no events, or only events, in its studies",
            names.join(", ")
        );
        if infinite.contains(&reference) {
            return Err(Error::model(found, "choose another reference, or the penalized likelihood (firth)"));
        }
        studies.iter_mut().for_each(|study| study.drop_arms(&infinite));
        let (kept, gone): (Vec<Counts>, Vec<Counts>) =
            studies.into_iter().partition(|study| study.arms.len() > 1);
        studies = kept;
        let left_out: Vec<&str> = gone.iter().map(|study| study.label.as_str()).collect();
        notes.push(match left_out.is_empty() {
            true => format!("{found}; its arms were dropped"),
            false => format!("{found}; its arms were dropped, and left out: {}", left_out.join(", ")),
        });
    }
}

impl Counts {
    fn drop_arms(&mut self, treatments: &[usize]) {
        let keep: Vec<bool> = self.arms.iter().map(|arm| !treatments.contains(arm)).collect();
        let kept = |place: usize| keep.get(place).copied().unwrap_or(true);
        let mut place = 0..;
        self.arms.retain(|_| place.next().is_some_and(kept));
        for counts in [&mut self.events, &mut self.others] {
            let mut place = 0..;
            counts.retain(|_| place.next().is_some_and(kept));
        }
    }
}

/// The treatments whose odds ratio against the others is 0 or infinite.
fn infinite(network: &Network, studies: &[Counts]) -> Vec<usize> {
    // An edge from b to a where a has events beside non-events of b: a may not be infinitely worse than b. All estimates
    // are finite if and only if these edges connect every treatment with every other one in both directions.
    let t = network.treatments.len();
    let mut edges = vec![Vec::new(); t];
    for study in studies {
        for a in 0..study.arms.len() {
            for b in 0..study.arms.len() {
                if a != b && study.events[a] > 0.0 && study.others[b] > 0.0 {
                    edges[study.arms[b]].push(study.arms[a]);
                }
            }
        }
    }
    let reach = |start: usize| {
        let (mut seen, mut stack) = (vec![false; t], vec![start]);
        seen[start] = true;
        while let Some(i) = stack.pop() {
            for j in &edges[i] {
                if !std::mem::replace(&mut seen[*j], true) {
                    stack.push(*j);
                }
            }
        }
        seen
    };
    let all: Vec<Vec<bool>> = (0..t).map(reach).collect();
    let present: Vec<usize> = (0..t).filter(|i| studies.iter().any(|s| s.arms.contains(i))).collect();
    let most = present
        .iter()
        .copied()
        .max_by_key(|i| present.iter().filter(|j| all[*i][**j] && all[**j][*i]).count());
    let Some(hub) = most else { return Vec::new() };
    present.into_iter().filter(|i| !(all[hub][*i] && all[*i][hub])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stat::noncentral_hypergeometric::Margins;

    #[test]
    fn two_arms_are_the_univariate_distribution() {
        let study = Counts {
            label: "s".to_owned(),
            arms: vec![0, 1],
            events: vec![3.0, 5.0],
            others: vec![17.0, 20.0],
        };
        let found = terms(&study, &[0.0, 0.7]);
        let margins = Margins::new(25, 20, 8);
        let or = 0.7_f64.exp();
        assert!((found.ln - margins.ln_pmf(5, or)).abs() < 1e-12);
        assert!((found.mean[1] - margins.mean(or)).abs() < 1e-12);
        assert!((found.covariance[3] - margins.variance(or)).abs() < 1e-12);
        assert!((found.covariance[1] + found.covariance[3]).abs() < 1e-12);
    }
}
