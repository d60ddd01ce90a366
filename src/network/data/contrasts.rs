//! Pairs of arms to studies: completeness, contradictions, projection, polarization.

use std::collections::HashMap;

use super::{
    DataShape, Network, NetworkData, SameTreatment, covariance,
    rows::{ArmData, PairRow},
    study::{Draft, DraftArm},
};
use crate::{Error, Result};

/// A pair as given: estimate and variance of arm i minus arm j.
#[derive(Clone, Copy)]
struct Given {
    estimate: f64,
    variance: f64,
}

/// The pairs of one study.
struct Pairs<'a> {
    label: &'a str,
    row: usize,
    names: Vec<&'a str>,
    sizes: Vec<Option<f64>>,
    events: Vec<Option<f64>>,
    own: Vec<Option<f64>>,
    given: HashMap<(usize, usize), (Given, usize)>,
}

#[derive(Default)]
struct Record {
    missing: Vec<String>,
    correlated: Vec<String>,
    completed: Vec<String>,
    merged: Vec<String>,
    projected: Vec<String>,
}

impl NetworkData {
    /// The network of studies given by all their pairs of arms.
    ///
    /// # Errors
    ///
    /// If pairs of a study are missing or contradict each other, a variance is not positive, or no set of arms can have
    /// these variances; the error names study, treatments and row.
    pub fn contrasts(&self, rows: &[PairRow]) -> Result<Network> {
        self.check()?;
        let mut record = Record::default();
        let mut studies: Vec<(&str, Vec<(&PairRow, usize)>)> = Vec::new();
        let mut position: HashMap<&str, usize> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let number = if row.row == 0 { at + 1 } else { row.row };
            let study = *position.entry(row.study.as_str()).or_insert_with(|| {
                studies.push((&row.study, Vec::new()));
                studies.len() - 1
            });
            studies[study].1.push((row, number));
        }
        let mut drafts = Vec::with_capacity(studies.len());
        for (label, rows) in &studies {
            let pairs = self.pairs(label, rows, &mut record)?;
            if pairs.given.is_empty() {
                record.missing.push((*label).to_owned());
                continue;
            }
            drafts.push(self.draft_pairs(pairs, &mut record)?);
        }
        let names = rows.iter().flat_map(|r| [&r.intervention, &r.comparator]).map(|n| n.trim().to_owned());
        Network::assemble(self, DataShape::Contrasts, drafts, names.collect(), record.notes())
    }

    /// The pairs of a study, each once and checked.
    fn pairs<'a>(
        &self,
        label: &'a str,
        rows: &[(&'a PairRow, usize)],
        record: &mut Record,
    ) -> Result<Pairs<'a>> {
        let row = rows.first().map_or(0, |(_, row)| *row);
        let mut pairs = Pairs {
            label,
            row,
            names: Vec::new(),
            sizes: Vec::new(),
            events: Vec::new(),
            own: Vec::new(),
            given: HashMap::new(),
        };
        for &(pair, row) in rows {
            let place = |error: Error| error.in_row(row).in_study(label);
            let names = [pair.intervention.trim(), pair.comparator.trim()];
            if names.contains(&"") {
                return Err(place(Error::data(
                    "the treatment is missing",
                    "name both treatments of every pair",
                )));
            }
            if names[0] == names[1] {
                return Err(place(Error::data(
                    format!("treatment `{}` is compared with itself", names[0]),
                    "a pair has two treatments; name the arms apart, or give the arms and choose --same-treatment",
                )));
            }
            let (Some(estimate), Some(variance)) = (pair.estimate, pair.variance) else { continue };
            check_pair(estimate, variance).map_err(place)?;
            let [i, j] = [0, 1].map(|side| pairs.arm(names[side], pair, side));
            let (key, sign) = if i < j { ((i, j), 1.0) } else { ((j, i), -1.0) };
            let given = Given { estimate: sign * estimate, variance };
            if let Some((earlier, first)) = pairs.given.get_mut(&key) {
                if self.same_treatment != SameTreatment::Merge {
                    return Err(pair_twice(names, label, *first, row));
                }
                *earlier = mean(*earlier, given);
                record.merged.push(label.to_owned());
                continue;
            }
            pairs.given.insert(key, (given, row));
        }
        Ok(pairs)
    }

    /// A study from its pairs.
    fn draft_pairs(&self, mut pairs: Pairs<'_>, record: &mut Record) -> Result<Draft> {
        let p = pairs.names.len();
        let place = |error: Error| error.in_row(pairs.row).in_study(pairs.label);
        let missing = pairs.missing();
        if !missing.is_empty() {
            if !self.complete {
                return Err(place(missing_pairs(&pairs, &missing)));
            }
            let completed = completion(&pairs, &missing, self.correlation).map_err(place)?;
            record.completed.push(pairs.label.to_owned());
            pairs.given.extend(completed.into_iter().map(|(key, given)| (key, (given, 0))));
        }
        let label = pairs.label;
        let row = pairs.row;
        let place = |error: Error| error.in_row(row).in_study(label);
        let v = |a: usize, b: usize| pairs.of(a, b).variance;
        let y = |a: usize, b: usize| pairs.of(a, b).estimate;
        let covariance = covariance::polarized(p, v);
        if !covariance::is_positive_definite(&covariance, p - 1) {
            return Err(place(impossible(&pairs)));
        }
        let (contrasts, residuals) = if p == 2 {
            (vec![y(1, 0)], Vec::new())
        } else {
            self.consistent(&pairs, &covariance).map_err(place)?
        };
        let negative = |a: usize| {
            (0..p).any(|b| (b + 1..p).any(|c| b != a && c != a && v(a, b) + v(a, c) - v(b, c) < 0.0))
        };
        if p > 2 && (0..p).any(negative) {
            record.correlated.push(label.to_owned());
        }
        let largest = residuals.iter().fold(0.0_f64, |m, r: &f64| m.max(r.abs()));
        let scale = pairs.given.values().fold(0.0_f64, |m, (g, _)| m.max(g.variance.sqrt()));
        if largest > 1e-9 * scale {
            record.projected.push(label.to_owned());
        }
        let arms = (0..p)
            .map(|a| DraftArm {
                name: pairs.names[a].to_owned(),
                data: ArmData::Contrast { size: pairs.sizes[a], events: pairs.events[a] },
            })
            .collect();
        Ok(Draft {
            label: label.to_owned(),
            row,
            arms,
            contrasts,
            covariance,
            arm_variances: None,
            residuals,
        })
    }

    /// Contrasts with the first arm that do not contradict each other, and what each pair was off.
    fn consistent(&self, pairs: &Pairs<'_>, covariance: &[f64]) -> Result<(Vec<f64>, Vec<f64>)> {
        let p = pairs.names.len();
        let y = |a: usize, b: usize| pairs.of(a, b).estimate;
        let contrasts = covariance::projected(p, covariance, y);
        let value = |a: usize| if a == 0 { 0.0 } else { contrasts[a - 1] };
        let mut residuals = vec![0.0; p * p];
        for i in 0..p {
            for j in i + 1..p {
                residuals[i * p + j] = y(i, j) - (value(i) - value(j));
            }
        }
        let largest = pairs.given.values().fold(0.0_f64, |m, (g, _)| m.max(g.variance.sqrt()));
        let off = covariance::largest_contradiction(p, y);
        if off > self.tolerance * largest {
            let each: Vec<String> = (0..p)
                .flat_map(|i| (i + 1..p).map(move |j| (i, j)))
                .map(|(i, j)| {
                    format!("{} vs {}: {:.4}", pairs.names[i], pairs.names[j], residuals[i * p + j])
                })
                .collect();
            return Err(Error::data(
                format!(
                    "the pairs contradict each other by {off:.4}, more than {} of the largest standard error {largest:.4} \
                     (given less consistent, {})",
                    self.tolerance,
                    each.join("; ")
                ),
                "check the estimates and their directions, or allow more with --tolerance",
            ));
        }
        Ok((contrasts, residuals))
    }
}

impl<'a> Pairs<'a> {
    /// The position of an arm, which is added if it is new.
    fn arm(&mut self, name: &'a str, pair: &PairRow, side: usize) -> usize {
        let at = self.names.iter().position(|n| *n == name).unwrap_or_else(|| {
            self.names.push(name);
            self.sizes.push(None);
            self.events.push(None);
            self.own.push(None);
            self.names.len() - 1
        });
        self.sizes[at] = self.sizes[at].or(pair.sizes[side]);
        self.events[at] = self.events[at].or(pair.events[side]);
        self.own[at] = self.own[at].or(pair.arm_variances[side]);
        at
    }

    /// Arm a minus arm b; 0 for a pair that is not given.
    fn of(&self, a: usize, b: usize) -> Given {
        let (key, sign) = if a < b { ((a, b), 1.0) } else { ((b, a), -1.0) };
        let none = Given { estimate: 0.0, variance: 0.0 };
        let given = self.given.get(&key).map_or(none, |(given, _)| *given);
        Given { estimate: sign * given.estimate, ..given }
    }

    fn missing(&self) -> Vec<(usize, usize)> {
        let p = self.names.len();
        let all = (0..p).flat_map(|i| (i + 1..p).map(move |j| (i, j)));
        all.filter(|key| !self.given.contains_key(key)).collect()
    }
}

fn check_pair(estimate: f64, variance: f64) -> Result<()> {
    crate::effect::check::finite("yi", estimate)?;
    if variance.is_finite() && variance > 0.0 {
        return Ok(());
    }
    Err(Error::data(
        format!("the standard error is {}", if variance < 0.0 { f64::NAN } else { variance.sqrt() }),
        "a standard error must be finite and above 0",
    ))
}

fn pair_twice(names: [&str; 2], study: &str, first: usize, row: usize) -> Error {
    Error::data(
        format!(
            "the pair `{}` and `{}` stands twice in the study (rows {first} and {row})",
            names[0], names[1]
        ),
        "give each pair once, name the arms or the studies apart, or choose --same-treatment merge",
    )
    .in_row(row)
    .in_study(study)
}

/// The inverse-variance mean of two estimates of one pair.
fn mean(a: Given, b: Given) -> Given {
    let total = a.variance + b.variance;
    Given {
        estimate: (a.estimate * b.variance + b.estimate * a.variance) / total,
        variance: a.variance * b.variance / total,
    }
}

fn missing_pairs(pairs: &Pairs<'_>, missing: &[(usize, usize)]) -> Error {
    let p = pairs.names.len();
    let list: Vec<String> =
        missing.iter().map(|&(i, j)| format!("{} vs {}", pairs.names[i], pairs.names[j])).collect();
    Error::data(
        format!(
            "a study of {p} arms has {} of its {} pairs; missing: {}",
            p * (p - 1) / 2 - missing.len(),
            p * (p - 1) / 2,
            list.join(", ")
        ),
        "give all pairs, or choose --complete with --correlation R; two studies need two names",
    )
}

/// Missing pairs from those that share an arm.
fn completion(
    pairs: &Pairs<'_>,
    missing: &[(usize, usize)],
    correlation: Option<f64>,
) -> Result<Vec<((usize, usize), Given)>> {
    let p = pairs.names.len();
    let has = |a: usize, b: usize| a == b || pairs.given.contains_key(&(a.min(b), a.max(b)));
    let Some(hub) = (0..p).find(|&hub| (0..p).all(|a| has(hub, a))) else {
        return Err(Error::data(
            "the missing pairs cannot be completed: no arm is compared with all others",
            "give the pairs of one arm with every other arm",
        ));
    };
    let mut completed = Vec::new();
    for &(a, b) in missing {
        let (ya, yb) = (pairs.of(a, hub), pairs.of(b, hub));
        let shared = match (correlation, pairs.own[hub]) {
            (Some(r), _) => r * (ya.variance * yb.variance).sqrt(),
            (None, Some(own)) => own,
            (None, None) => {
                return Err(Error::data(
                    format!(
                        "the missing pairs cannot be completed: the correlation of the contrasts with `{}` is unknown",
                        pairs.names[hub]
                    ),
                    "give --correlation R, or the arm's own standard error (sei1, sei2)",
                ));
            }
        };
        let variance = ya.variance + yb.variance - 2.0 * shared;
        completed.push(((a, b), Given { estimate: ya.estimate - yb.estimate, variance }));
    }
    Ok(completed)
}

/// The error for variances that no set of arms can have.
fn impossible(pairs: &Pairs<'_>) -> Error {
    let v = |a: usize, b: usize| pairs.of(a, b).variance;
    let name = |a: usize| pairs.names[a];
    let found = match covariance::broken_triangle(pairs.names.len(), v) {
        Some((a, b, c)) => format!(
            "the standard error of {} vs {} ({:.4}) is not below the sum of those of {} vs {} ({:.4}) and {} vs {} ({:.4})",
            name(a),
            name(b),
            v(a, b).sqrt(),
            name(a),
            name(c),
            v(a, c).sqrt(),
            name(b),
            name(c),
            v(b, c).sqrt()
        ),
        None => format!(
            "the standard errors of the pairs of {} cannot occur together: the covariance matrix of the contrasts is not \
             positive definite",
            pairs.names.join(", ")
        ),
    };
    Error::data(found, "no set of arms has these variances; check the standard errors of the study")
}

impl Record {
    fn notes(mut self) -> Vec<String> {
        self.merged.dedup();
        let texts = [
            ("left out because no pair has an estimate and a standard error", self.missing),
            ("missing pairs were completed in", self.completed),
            ("pairs given twice were merged by their inverse variances in", self.merged),
            (
                "the given pairs were projected onto consistent ones (see `residual` of the pairs)",
                self.projected,
            ),
            (
                "the standard errors are not those of independent arms (rounded, or the arms are correlated)",
                self.correlated,
            ),
        ];
        texts
            .into_iter()
            .filter(|(_, studies)| !studies.is_empty())
            .map(|(text, studies)| format!("{text}: {}", studies.join(", ")))
            .collect()
    }
}
