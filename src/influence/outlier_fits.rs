//! The maxima of the normal, t and mixture likelihoods of `outliers`: starts, climbs, profiles of coefficients, and the
//! bootstrap of the likelihood ratios.

use nalgebra::Cholesky;

use super::heavy_tails::{Likelihood, Tails};
use super::outliers::ProfiledCoefficient;
use crate::{
    Error, Level, Result,
    stat::{chi2, progress::goes_on, root},
    tau2::{self, Tau2, linear::Linear, model::Model},
};

/// A maximum: its place and the log-likelihood there.
#[derive(Debug, Clone)]
pub(super) struct Best {
    pub x: Vec<f64>,
    pub value: f64,
}

/// The maxima of the three models.
pub(super) struct Fits {
    pub normal: Best,
    pub t: Best,
    pub mixture: Best,
}

pub(super) enum Profiled {
    Done(ProfiledCoefficient),
    /// A point above the supposed maximum.
    Higher(Vec<f64>),
}

/// Effects and their design in orthogonal columns of mean square 1.
pub(super) struct Data<'a> {
    yi: &'a [f64],
    vi: &'a [f64],
    design: &'a [f64],
    columns: Vec<Vec<f64>>,
    scale: f64,
}

impl<'a> Data<'a> {
    pub fn new(yi: &'a [f64], vi: &'a [f64], design: &'a [f64]) -> Result<Self> {
        let mut linear = Linear::new(yi, vi, design)?;
        let columns = columns_of(&linear);
        let k = yi.len() as f64;
        let spread = linear.residual(|_, _| 1.0).rss / k;
        let scale = (spread + vi.iter().sum::<f64>() / k).sqrt();
        Ok(Data { yi, vi, design, columns, scale })
    }

    /// The likelihood in the coordinates of the columns.
    pub fn likelihood(&self, tails: Tails) -> Likelihood<'a> {
        Likelihood {
            yi: self.yi,
            vi: self.vi,
            offset: vec![0.0; self.yi.len()],
            columns: self.columns.clone(),
            tails,
            scale: self.scale,
        }
    }

    /// The coefficients on the columns and tau² of the normal model for the studies that are not set aside.
    fn normal(&self, aside: &[usize]) -> Option<(Vec<f64>, f64)> {
        let kept: Vec<usize> = (0..self.yi.len()).filter(|i| !aside.contains(i)).collect();
        let rest = |values: &[f64]| -> Vec<f64> { kept.iter().map(|&i| values[i]).collect() };
        let (y, v) = (rest(self.yi), rest(self.vi));
        let x: Vec<f64> = self.columns.iter().flat_map(|column| rest(column)).collect();
        let mut model = Linear::new(&y, &v, &x).ok()?;
        let tau2 = tau2::estimate_of(&mut model, Tau2::Ml, None).tau2;
        Some((model.coefficients(|_, v| 1.0 / (v + tau2)).0, tau2))
    }

    fn residuals(&self, b: &[f64]) -> Vec<f64> {
        let fitted = |i: usize| self.columns.iter().zip(b).map(|(c, b)| c[i] * b).sum::<f64>();
        (0..self.yi.len()).map(|i| self.yi[i] - fitted(i)).collect()
    }

    /// The maxima. At most `effort` studies are tried as the first outlier.
    pub fn fits(&self, effort: usize) -> Result<Fits> {
        let p = self.columns.len();
        let undetermined =
            || Error::model("the likelihood has no maximum", "check the estimates and variances");
        let (b, tau2) = self.normal(&[]).ok_or_else(undetermined)?;
        let with = |b: &[f64], variance: &[f64]| [b, variance].concat();
        let of = self.likelihood(Tails::Normal);
        let (x, value) = of.climb(&with(&b, &[tau2]));
        let normal = Best { x, value };
        let (b, tau2) = (normal.x[..p].to_vec(), normal.x[p]);

        // The studies in the order of their standardized residuals: candidates for outliers.
        let residuals = self.residuals(&b);
        let mut order: Vec<usize> = (0..self.yi.len()).collect();
        let far = |i: usize| residuals[i] * residuals[i] / (self.vi[i] + tau2);
        order.sort_by(|&i, &j| far(j).total_cmp(&far(i)).then(i.cmp(&j)));
        let mixture = self.mixture(&normal, &order, effort).ok_or_else(undetermined)?;
        let t = self.t(&normal, &order, effort).ok_or_else(undetermined)?;
        Ok(Fits { normal, t, mixture })
    }

    /// A start of the mixture with these outliers: the normal model of the others, and the outliers' spread about it.
    fn start_with(&self, outliers: &[usize]) -> Option<(Vec<f64>, f64)> {
        let (b, tau2) = self.normal(outliers)?;
        let residuals = self.residuals(&b);
        let n = outliers.len() as f64;
        let spread = outliers.iter().map(|&i| residuals[i].powi(2) - self.vi[i]).sum::<f64>() / n;
        let larger = (spread - tau2).max(0.1 * self.scale * self.scale);
        let x = [&b[..], &[tau2, larger, n / self.yi.len() as f64]].concat();
        Some(self.likelihood(Tails::Mixture).climb(&x))
    }

    fn mixture(&self, normal: &Best, order: &[usize], effort: usize) -> Option<Best> {
        let p = self.columns.len();
        // The normal model is a mixture without outliers.
        let mut best = Best { x: [&normal.x[..], &[0.0, 0.0]].concat(), value: normal.value };
        let mut outliers: Vec<usize> = Vec::new();
        // From the normal fit itself, with a few outliers of three variances.
        for larger in [1.0, 10.0] {
            let square = self.scale * self.scale;
            let start = [&normal.x[..p], &[0.5 * normal.x[p], larger * square, 0.2]].concat();
            let (x, value) = self.likelihood(Tails::Mixture).climb(&start);
            if value > best.value {
                best = Best { x, value };
            }
        }
        let most = self.yi.len() / 2;
        while outliers.len() < most && goes_on("sets of outliers", outliers.len(), most) {
            let candidates = order.iter().filter(|i| !outliers.contains(i)).take(effort);
            let tried = candidates.filter_map(|&i| {
                let set = [&outliers[..], &[i]].concat();
                let (x, value) = self.start_with(&set)?;
                Some((i, Best { x, value }))
            });
            let next = tried.fold(None, |a: Option<(usize, Best)>, b| match a {
                Some(a) if a.1.value >= b.1.value => Some(a),
                _ => Some(b),
            });
            let Some((i, next)) = next else { break };
            let better = next.value > best.value + 1e-9;
            if better {
                best = next;
            }
            outliers.push(i);
            // A second outlier is tried even where the first alone did not help: two may hide each other.
            if !better && outliers.len() > 2 {
                break;
            }
        }
        Some(best)
    }

    fn t(&self, normal: &Best, order: &[usize], effort: usize) -> Option<Best> {
        let p = self.columns.len();
        let of = self.likelihood(Tails::T);
        let mut places = vec![(normal.x[..p].to_vec(), normal.x[p])];
        for outliers in 1..=3.min(self.yi.len().saturating_sub(p + 1)) {
            places.extend(self.normal(&order[..outliers]));
        }
        // The location moved to quantiles of the residuals: along the first column, for a mean the mean itself.
        let mut residuals = self.residuals(&normal.x[..p]);
        residuals.sort_by(f64::total_cmp);
        for share in [0.1, 0.25, 0.5, 0.75, 0.9] {
            let at = residuals[((residuals.len() - 1) as f64 * share).round() as usize];
            let mut b = normal.x[..p].to_vec();
            b[0] += at / self.columns[0][0];
            places.push((b, normal.x[p]));
        }
        let square = self.scale * self.scale;
        let mut starts: Vec<(f64, Vec<f64>)> = Vec::new();
        for (b, tau2) in &places {
            for tau2 in [*tau2, 0.3 * normal.x[p], 0.03 * square, 0.003 * square, 3e-5 * square] {
                for inverse in [0.1, 0.5, 1.0, 2.0] {
                    let x = [&b[..], &[tau2, inverse]].concat();
                    starts.push((of.value(&x), x));
                }
            }
        }
        starts.sort_by(|a, b| b.0.total_cmp(&a.0));
        // The best starts of each number of degrees of freedom, so that they do not all climb one hill.
        let mut chosen: Vec<Vec<f64>> = Vec::new();
        for inverse in [0.1, 0.5, 1.0, 2.0] {
            let near = starts.iter().filter(|(value, x)| value.is_finite() && x[p + 1] == inverse);
            chosen.extend(near.take(effort.min(4)).map(|(_, x)| x.clone()));
        }
        let best = Best { x: [&normal.x[..], &[0.0]].concat(), value: normal.value };
        match of.highest(&chosen) {
            // Without a random effect the degrees of freedom are anything: the normal model says so.
            Some((x, value)) if value > best.value + 1e-10 => Some(Best { x, value }),
            _ => Some(best),
        }
    }

    /// Column `j` of the design less what the others explain of it, which carries the same coefficient, and an orthonormal basis of
    /// the others (times √k).
    fn alone(&self, j: usize) -> Result<(Vec<f64>, Vec<Vec<f64>>)> {
        let (k, p) = (self.yi.len(), self.columns.len());
        let mut alone = self.design[j * k..(j + 1) * k].to_vec();
        let others: Vec<f64> = (0..p)
            .filter(|other| *other != j)
            .flat_map(|o| self.design[o * k..(o + 1) * k].to_vec())
            .collect();
        let basis = match others.is_empty() {
            true => Vec::new(),
            false => columns_of(&Linear::new(self.yi, self.vi, &others)?),
        };
        for q in &basis {
            let along = q.iter().zip(&alone).map(|(q, x)| q * x).sum::<f64>() / k as f64;
            alone.iter_mut().zip(q).for_each(|(x, q)| *x -= along * q);
        }
        Ok((alone, basis))
    }

    /// The estimate, interval and test of coefficient `j` of the design.
    pub fn profile(&self, j: usize, tails: Tails, best: &Best, level: Level) -> Result<Profiled> {
        let (k, p) = (self.yi.len(), self.columns.len());
        let (alone, basis) = self.alone(j)?;
        let square = alone.iter().map(|x| x * x).sum::<f64>();
        let mut whole = self.likelihood(tails);
        whole.columns = [std::slice::from_ref(&alone), &basis[..]].concat();
        // The maximum in these coordinates.
        let fitted = combined(&self.columns, &best.x);
        let along = |c: &[f64], length: f64| c.iter().zip(&fitted).map(|(c, f)| c * f).sum::<f64>() / length;
        let estimate = along(&alone, square);
        let mut rest: Vec<f64> = basis.iter().map(|q| along(q, k as f64)).collect();
        rest.extend(&best.x[p..]);
        let (information, free) = whole.observed_information(&[&[estimate], &rest[..]].concat());
        let se = Cholesky::new(information)
            .filter(|_| free.first() == Some(&0))
            .map(|c| c.inverse()[(0, 0)].sqrt())
            .filter(|se| se.is_finite());
        let mut profile = Profile { whole, rest, best: best.value, higher: None };
        let critical = chi2::quantile(crate::stat::Tail::Upper(1.0 - level.fraction()), 1.0);
        let width = se.unwrap_or(self.scale / square.sqrt());
        let [ci_lower, ci_upper] =
            [-1.0, 1.0].map(|sign| profile.limit(estimate, sign * 2.0 * width, critical));
        let mut warm = profile.rest.clone();
        let deviance = (2.0 * (best.value - profile.maximum(0.0, &mut warm))).max(0.0);
        if let Some(point) = profile.higher {
            // Back to the coordinates of the columns.
            let fitted = combined(&profile.whole.columns, &point);
            let back = |c: &Vec<f64>| c.iter().zip(&fitted).map(|(c, f)| c * f).sum::<f64>() / k as f64;
            let mut x: Vec<f64> = self.columns.iter().map(back).collect();
            x.extend(&point[p..]);
            return Ok(Profiled::Higher(x));
        }
        Ok(Profiled::Done(ProfiledCoefficient {
            term: String::new(),
            estimate,
            se,
            ci_lower,
            ci_upper,
            p_value: chi2::sf(deviance, 1.0),
        }))
    }

    /// P values of the likelihood ratios of the t model and the mixture under the fitted normal model.
    #[cfg(feature = "random")]
    pub fn bootstrap(
        &self,
        normal: &Best,
        observed: [f64; 2],
        replicates: usize,
        seed: u64,
    ) -> Result<[f64; 2]> {
        use rand_chacha::{
            ChaCha8Rng,
            rand_core::{Rng, SeedableRng},
        };

        use crate::stat::{Tail, normal as gauss};
        let p = self.columns.len();
        let (b, tau2) = (&normal.x[..p], normal.x[p]);
        let residuals = self.residuals(b);
        let replicate = |replicate: usize| -> Option<[bool; 2]> {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(replicate as u64 + 1);
            let y: Vec<f64> = (0..self.yi.len())
                .map(|i| {
                    // The middle of one of 2^53 equal parts.
                    let u = ((rng.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
                    let fitted = self.yi[i] - residuals[i];
                    fitted + gauss::quantile(Tail::Lower(u)) * (self.vi[i] + tau2).sqrt()
                })
                .collect();
            let data = Data::new(&y, self.vi, self.design).ok()?;
            let fits = data.fits(3).ok()?;
            let ratio = |best: &Best| {
                let lrt = 2.0 * (best.value - fits.normal.value);
                if lrt > 1e-9 { lrt } else { 0.0 }
            };
            Some([ratio(&fits.t) >= observed[0], ratio(&fits.mixture) >= observed[1]])
        };
        let exceeded = crate::stat::progress::first_of("replicates", replicates, replicate)?;
        let done = exceeded.iter().flatten().count() as f64;
        let of = |model: usize| {
            let count = exceeded.iter().flatten().filter(|e| e[model]).count() as f64;
            (count + 1.0) / (done + 1.0)
        };
        Ok([of(0), of(1)])
    }

    #[cfg(not(feature = "random"))]
    pub fn bootstrap(&self, _: &Best, _: [f64; 2], _: usize, _: u64) -> Result<[f64; 2]> {
        Err(Error::setting(
            "bootstrap",
            "this build has no random numbers",
            "build with the feature `random`",
        ))
    }
}

/// The likelihood maximized over all but the coefficient of its first column.
struct Profile<'a> {
    whole: Likelihood<'a>,
    /// The other parameters at the maximum.
    rest: Vec<f64>,
    /// The value there.
    best: f64,
    /// A higher point that was found on the way.
    higher: Option<Vec<f64>>,
}

impl Profile<'_> {
    /// The maximum at a value of the coefficient, from `warm`, which is moved to it, and from the fit.
    fn maximum(&mut self, value: f64, warm: &mut Vec<f64>) -> f64 {
        let Some((alone, basis)) = self.whole.columns.split_first() else { return f64::NEG_INFINITY };
        let of = Likelihood {
            offset: alone.iter().map(|x| x * value).collect(),
            columns: basis.to_vec(),
            ..self.whole.clone()
        };
        let (mut x, mut reached) = of.climb(warm);
        let (from_fit, there) = of.climb(&self.rest);
        if there > reached {
            (x, reached) = (from_fit, there);
        }
        // What lies above the fit by more than rounding is another maximum.
        if reached > self.best + 1e-7 * (1.0 + self.best.abs()) {
            self.higher = Some([&[value], &x[..]].concat());
        }
        *warm = x;
        reached
    }

    /// The value beyond the estimate at which twice the log-likelihood has fallen by `critical`; `None` if it does not within forty
    /// steps, each half as long again as the last, which is ten million times the first.
    fn limit(&mut self, estimate: f64, first: f64, critical: f64) -> Option<f64> {
        let mut warm = self.rest.clone();
        let mut excess = |value: f64, warm: &mut Vec<f64>| {
            let d = 2.0 * (self.best - self.maximum(value, warm)) - critical;
            // Good to 1e-10 of the deviance: further digits would be those of rounding.
            if d.abs() < 1e-10 { 0.0 } else { d }
        };
        let (mut from, mut step) = ((estimate, -critical), first);
        for _ in 0..40 {
            let to = from.0 + step;
            let value = excess(to, &mut warm);
            if value >= 0.0 {
                return root::find_between(|x| excess(x, &mut warm), from, (to, value));
            }
            from = (to, value);
            step *= 1.5;
        }
        None
    }
}

/// The sum of columns times their coefficients, which lead `x`.
fn combined(columns: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
    let k = columns.first().map_or(0, Vec::len);
    (0..k).map(|i| columns.iter().zip(x).map(|(c, b)| c[i] * b).sum::<f64>()).collect()
}

/// The orthonormal basis of a design, column by column, times √k.
fn columns_of(model: &Linear<'_>) -> Vec<Vec<f64>> {
    let k = model.k();
    let length = (k as f64).sqrt();
    (0..model.p()).map(|j| (0..k).map(|i| model.row(i)[j] * length).collect()).collect()
}
