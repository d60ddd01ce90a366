//! Variances and correlations that the user holds at a value, and variances that two terms share.

use serde::{Deserialize, Serialize};

use super::random::RandomTerm;
use super::structure::{Reading, Shape, Unstructured};
use crate::{Error, Result};

/// A parameter of a term at a value: `value / unit^power`, with the unit of variance of the computation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Held {
    /// Its place among the parameters of the term.
    pub place: usize,
    pub value: f64,
    pub power: f64,
}

/// The values that the user holds, by the names of terms.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Holding {
    /// Name, and the values of its variances and correlations in the order in which results list them.
    pub values: Vec<(String, Vec<Option<f64>>)>,
    /// Pairs of terms with one variance.
    pub shared: Vec<(String, String)>,
}

impl Holding {
    /// Tells whether every name is that of a term, and shared variances are those of intercepts.
    pub fn check(&self, terms: &[RandomTerm]) -> Result<()> {
        let known: Vec<String> = terms.iter().map(RandomTerm::name).collect();
        let names = self.values.iter().map(|(name, _)| name);
        for name in names.chain(self.shared.iter().flat_map(|(a, b)| [a, b])) {
            if !known.contains(name) {
                return Err(Error::unknown("random effect", name, known));
            }
        }
        for name in self.shared.iter().flat_map(|(a, b)| [a, b]) {
            let intercept =
                terms.iter().any(|term| matches!(term, RandomTerm::Intercept(_)) && term.name() == *name);
            if !intercept {
                return Err(Error::setting(
                    "share",
                    format!("`{name}` has a covariance structure"),
                    "variances can be shared by intercepts",
                ));
            }
        }
        Ok(())
    }

    /// The values that are given for a term.
    pub fn values_of(&self, name: &str) -> Option<&[Option<f64>]> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, values)| values.as_slice())
    }

    /// Tells whether a value is given for the correlation of a term, or its range, which come last: of several correlations all or
    /// none can be held.
    pub fn holds_correlations(&self, name: &str) -> bool {
        self.values_of(name).is_some_and(|values| values.len() > 1 && matches!(values, [.., Some(_)]))
    }

    /// Drops what concerns a term.
    pub fn forget(&mut self, term: &str) {
        self.values.retain(|(name, _)| name != term);
        self.shared.retain(|(first, second)| first != term && second != term);
    }

    /// The term that has the variance of this one, if it is another.
    pub fn shared_with(&self, name: &str) -> Option<&str> {
        self.shared.iter().find(|(_, second)| second == name).map(|(first, _)| first.as_str())
    }

    /// The parameters that are held of a term, whose shape may change to a form that has them as parameters.
    pub fn of(&self, name: &str, shape: Option<&mut Shape>) -> Result<Vec<Held>> {
        let Some((_, values)) = self.values.iter().find(|(known, _)| known == name) else {
            return Ok(Vec::new());
        };
        let bad = |found: String, remedy: &str| bad(name, found, remedy);
        let check = |value: f64, low: f64, high: f64| check(name, value, low, high);
        let Some(shape) = shape else {
            let [Some(value)] = values[..] else {
                return Err(bad(format!("{} values", values.len()), "an intercept has one variance"));
            };
            return Ok(vec![Held { place: 0, value: check(value, 0.0, f64::INFINITY)?, power: 1.0 }]);
        };
        let (tau2, rho) = shape.report(&shape.start(1.0, 0.1), 1.0);
        if values.len() != tau2.len() + rho.len() {
            return Err(bad(
                format!("{} values", values.len()),
                &format!("{} variances and {} correlations or ranges are needed", tau2.len(), rho.len()),
            ));
        }
        let most = if matches!(shape, Shape::Spatial(_)) { f64::INFINITY } else { 1.0 };
        for (at, value) in values.iter().enumerate() {
            if let Some(value) = value {
                if at < tau2.len() {
                    check(*value, 0.0, f64::INFINITY)?;
                } else {
                    check(*value, -1.0, most)?;
                }
            }
        }
        if let Shape::Unstructured(own) = shape {
            return unstructured(name, own, values, tau2.len());
        }
        let mut held = Vec::new();
        for (at, value) in values.iter().enumerate() {
            let Some(value) = *value else { continue };
            let start = shape.start(1.0, 0.1);
            let Some((form, _, place, reading)) =
                (!matches!(shape, Shape::Slopes(_))).then(|| shape.with_reading(&start, at)).flatten()
            else {
                return Err(bad("random slopes".to_owned(), "their covariance cannot be held"));
            };
            *shape = form;
            held.push(match reading {
                Reading::Variance => Held { place, value, power: 1.0 },
                Reading::Root => Held { place, value: value.sqrt(), power: 0.5 },
                Reading::Correlation => Held { place, value: shape.parameter_of(value), power: 0.0 },
            });
        }
        Ok(held)
    }
}

fn bad(name: &str, found: String, remedy: &str) -> Error {
    Error::setting("fix", format!("{name}: {found}"), remedy)
}

/// A value within its range.
fn check(name: &str, value: f64, low: f64, high: f64) -> Result<f64> {
    if value >= low && value <= high && value.is_finite() {
        return Ok(value);
    }
    let remedy = "variances are 0 or more, correlations from -1 to 1, ranges above 0";
    Err(bad(name, format!("{value}"), remedy))
}

/// All parameters of an unstructured covariance of n levels, whose variances and then correlations are given.
fn unstructured(name: &str, own: &Unstructured, values: &[Option<f64>], n: usize) -> Result<Vec<Held>> {
    let remedy = "of an unstructured covariance, hold all of it or nothing";
    let mut whole =
        values.iter().map(|value| value.ok_or_else(|| bad(name, "some values only".to_owned(), remedy)));
    let variances = whole.by_ref().take(n).collect::<Result<Vec<f64>>>()?;
    let mut g = vec![0.0; n * n];
    for a in 0..n {
        g[a * n + a] = variances[a];
    }
    for a in 0..n {
        for b in a + 1..n {
            let value = whole.next().unwrap_or(Ok(0.0))? * (variances[a] * variances[b]).sqrt();
            (g[a * n + b], g[b * n + a]) = (value, value);
        }
    }
    // Rounding leaves an eigenvalue that is 0 at about 1e-16 of the variances; correlations are typed with a few digits.
    let smallest = crate::linalg::symmetric_eigenvalues(&g, n).first().copied().unwrap_or(0.0);
    if smallest < -1e-9 * variances.iter().sum::<f64>() {
        return Err(bad(
            name,
            format!("the smallest eigenvalue of the covariance is {smallest:.3e}"),
            "these correlations cannot hold together",
        ));
    }
    let each = own.parameters(&g).into_iter().enumerate();
    Ok(each.map(|(place, value)| Held { place, value, power: 0.5 }).collect())
}
