//! The variances and correlations of the random effects as users know them: estimates, standard errors, intervals, shares.

use nalgebra::{Cholesky, DMatrix};

use super::fit::{StructureEstimate, VarianceComponent};
use super::likelihood::Point;
use super::options::{ComponentIntervals, Multilevel};
use super::profile::{self, Budget};
use super::random::RandomTerm;
use super::setting::Setting;
use super::structure::Shape;
use crate::Level;
use crate::stat::{Tail, chi2};

/// The intercepts and the structured terms. `total` is the variance between effects of different groups, if it exists.
pub(super) fn components(
    model: &Multilevel,
    setting: &Setting,
    best: &Point,
    level: Level,
    total: Option<f64>,
    notes: &mut Vec<String>,
) -> (Vec<VarianceComponent>, Vec<StructureEstimate>) {
    let prepared = &setting.prepared;
    let unit = prepared.unit;
    let quantile = chi2::quantile(Tail::Upper(1.0 - level.fraction()), 1.0);
    let wanted = model.intervals == ComponentIntervals::Profile;
    let errors = StandardErrors::new(setting, best);
    let share = |sigma2: f64| Some(100.0 * sigma2 / (total? + prepared.typical_variance?));
    let budget = Budget::new();
    let mut left_out = 0;
    let (mut intercepts, mut structures) = (Vec::new(), Vec::new());
    for ((at, term), random) in setting.terms.iter().enumerate().zip(&model.random) {
        let Some((shape, codes)) = &term.inner else {
            let estimated = term.count > 0;
            let free = estimated && !prepared.fixed[term.first];
            let sigma2 = if estimated { best.theta[term.first] * unit } else { 0.0 };
            let profiled = free && wanted;
            let ci = profiled
                .then(|| profile::variance(prepared, best, term.first, quantile, &budget))
                .flatten()
                .map(|ends| ends.map(|end| end.map(|x| x * unit)));
            left_out += usize::from(profiled && budget.is_spent() && ci.is_none());
            let se = errors.of(term.first, &|theta| theta[term.first] * unit).filter(|_| free);
            intercepts.push(variance(random, sigma2, (se, ci), share(sigma2)));
            continue;
        };
        let own = term.first..term.first + term.count;
        let (tau2, rho) = shape.report(&best.theta[own.clone()], unit);
        let mut interval = |reading: usize| {
            let ends =
                wanted.then(|| profile::reading(prepared, best, at, reading, quantile, &budget)).flatten();
            left_out += usize::from(wanted && budget.is_spent() && ends.is_none());
            ends
        };
        let error = |reading: usize| {
            errors.of(term.first, &|theta| {
                let (tau2, rho) = shape.report(&theta[own.clone()], unit);
                tau2.iter().copied().map(Some).chain(rho).nth(reading).flatten().unwrap_or(f64::NAN)
            })
        };
        let Some(structure) = random.structure() else {
            intercepts.push(variance(random, tau2[0], (error(0), interval(0)), share(tau2[0])));
            continue;
        };
        let (count, spatial) = (tau2.len(), structure.is_spatial());
        structures.push(StructureEstimate {
            name: random.name(),
            structure,
            levels: random.inner_levels(),
            outer_levels: random.groups().levels().len(),
            tau2_se: (0..count).map(error).collect(),
            tau2_ci: (0..count).map(&mut interval).collect(),
            rho_se: (0..rho.len())
                .map(|at| {
                    // A correlation is found to about 1e-9: nearer to ±1 it is at the edge.
                    rho[at].filter(|rho| spatial || rho.abs() < 1.0 - 1e-8).and_then(|_| error(count + at))
                })
                .collect(),
            rho_ci: (0..rho.len()).map(|at| rho[at].and_then(|_| interval(count + at))).collect(),
            i2: prepared
                .projection
                .as_ref()
                .map_or_else(Vec::new, |p_ii| level_i2(random, codes, &tau2, p_ii)),
            tau2,
            rho,
        });
    }
    if left_out > 0 {
        notes.push(format!(
            "no profile-likelihood interval of {left_out} of the variances and correlations: with {} parameters {}; their standard \
             errors are given",
            best.theta.len(),
            if budget.is_cut() { "they were interrupted" } else { "they would take too long" }
        ));
    }
    (intercepts, structures)
}

/// The variance of a random intercept, with its standard error and interval, and its share of the total variance.
fn variance(
    random: &RandomTerm,
    sigma2: f64,
    (se, ci): (Option<f64>, Option<[Option<f64>; 2]>),
    i2: Option<f64>,
) -> VarianceComponent {
    let levels = random.groups().levels().len();
    VarianceComponent { name: random.name(), levels, sigma2, se, ci, i2 }
}

/// The share of τ² in the total variance of each inner level, with the typical sampling variance of its own effects.
fn level_i2(random: &RandomTerm, codes: &[usize], tau2: &[f64], projection: &[f64]) -> Vec<Option<f64>> {
    let RandomTerm::Structured { inner, .. } = random else { return Vec::new() };
    (0..inner.levels().len())
        .map(|level| {
            let own = codes.iter().zip(projection).filter(|(code, _)| **code == level);
            let (count, trace) = own.fold((0.0, 0.0), |(count, trace), (_, p)| (count + 1.0, trace + p));
            let typical = (count - 1.0) / trace;
            let tau2 = if tau2.len() == 1 { tau2[0] } else { tau2[level] };
            (count > 1.0 && trace > 0.0).then(|| 100.0 * tau2 / (tau2 + typical))
        })
        .collect()
}

/// Standard errors by the observed information and the delta method.
struct StandardErrors<'a> {
    best: &'a Point,
    free: Vec<usize>,
    covariance: Option<DMatrix<f64>>,
}

impl<'a> StandardErrors<'a> {
    fn new(setting: &Setting, best: &'a Point) -> Self {
        let bounds = &setting.prepared.bounds;
        let free: Vec<usize> = (0..best.theta.len())
            .filter(|&a| {
                !setting.prepared.fixed[a]
                    && best.theta[a] > bounds[a].lower
                    && best.theta[a] < bounds[a].upper
            })
            .collect();
        let n = free.len();
        let hessian = DMatrix::from_fn(n, n, |i, j| best.hessian[(free[i], free[j])]);
        let covariance = Cholesky::new(hessian).map(|factor| factor.inverse());
        StandardErrors { best, free, covariance }
    }

    /// That of a function of the parameters, of which the one at `first` is the first; `None` at the edge of what is
    /// possible.
    fn of(&self, first: usize, function: &dyn Fn(&[f64]) -> f64) -> Option<f64> {
        let covariance = self.covariance.as_ref()?;
        let mut theta = self.best.theta.clone();
        if !self.free.contains(&first) {
            return None;
        }
        let gradient: Vec<f64> = self
            .free
            .iter()
            .map(|&a| {
                // The cube root of rounding, at which a central difference is most precise; a thousandth stands in for a parameter at 0.
                let (value, step) = (theta[a], 1e-6 * (theta[a].abs() + 1e-3));
                theta[a] = value + step;
                let up = function(&theta);
                theta[a] = value - step;
                let down = function(&theta);
                theta[a] = value;
                (up - down) / (2.0 * step)
            })
            .collect();
        let mut variance = 0.0;
        for (i, a) in gradient.iter().enumerate() {
            for (j, b) in gradient.iter().enumerate() {
                variance += a * covariance[(i, j)] * b;
            }
        }
        (variance > 0.0 && variance.is_finite()).then(|| variance.sqrt())
    }
}

/// The names of the parameters that ended at a bound, with notes.
pub(super) fn boundary(
    model: &Multilevel,
    setting: &Setting,
    best: &Point,
    notes: &mut Vec<String>,
) -> Vec<String> {
    let mut names = Vec::new();
    let zero =
        |which: &str| format!("the variance of {which} is estimated as 0, at the edge of what is possible");
    for (random, term) in model.random.iter().zip(&setting.terms) {
        let name = random.name();
        if !term.held.is_empty() {
            notes.push(format!("values of {name} are held, not estimated"));
        }
        let Some((shape, _)) = &term.inner else {
            if term.count > 0 && term.held.is_empty() && term.owner && best.theta[term.first] == 0.0 {
                notes.push(zero(&name));
                names.push(name);
            }
            continue;
        };
        let levels = random.inner_levels();
        let own = &best.theta[term.first..term.first + term.count];
        let (tau2, rho) = shape.report(own, setting.prepared.unit);
        let largest = tau2.iter().copied().fold(0.0, f64::max);
        for (at, value) in tau2.iter().enumerate() {
            // A variance that makes no difference to the likelihood is 0, whatever the search left of it.
            if term.held.is_empty() && *value <= 1e-10 * (largest + setting.prepared.unit) {
                let which = match levels.get(at) {
                    Some(level) if tau2.len() > 1 => format!("{name}: {level}"),
                    _ => name.clone(),
                };
                notes.push(zero(&which));
                names.push(format!("tau2 {which}"));
            }
        }
        if let Shape::Spatial(spatial) = shape {
            let place = setting.prepared.bounds[term.first + 1];
            if own[0] > 0.0 && !setting.prepared.fixed[term.first + 1] {
                if own[1] >= place.upper {
                    notes.push(format!("the range of {name} is estimated as infinite: all places are alike"));
                    names.push(format!("rho {name}"));
                } else if spatial.known_as(own[1]) == Some(0.0) {
                    notes.push(format!("the range of {name} is estimated as 0: places are independent"));
                    names.push(format!("rho {name}"));
                }
            }
            continue;
        }
        for value in rho.iter().flatten() {
            if term.held.is_empty() && value.abs() >= 1.0 - 1e-8 {
                notes.push(format!(
                    "a correlation of {name} is estimated as {value:.0}, at the edge of what is possible"
                ));
                names.push(format!("rho {name}"));
            }
        }
    }
    names
}
