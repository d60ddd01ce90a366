//! The largest changes of the data that leave the recommended treatment the same.
//!
//! Use it beside judgements of bias: a recommendation that only an absurd bias could change is robust.
//!
//! Model: at a given tau² the effects are linear in the contrasts of the studies, with the gain K = C XᵀW. The best
//! treatment b stays best while θ_b + K_b δ beats θ_k + K_k δ for every k, so that it changes at
//! δ_k = (θ_k − θ_b)/(K_b − K_k): the smallest of them upwards and downwards, with the treatment that takes over. A shift
//! may be that of one contrast, of one arm of a study in all its contrasts, of all contrasts of a study together, or of an
//! arm in all studies of a comparison. Two contrasts may move at once: the decision stays within the convex polygon of the
//! half-planes of all k. With tau² estimated anew the change is found by bisection instead.
//!
//! Edge cases: a contrast that cannot change the decision in a direction has no threshold there (`None`).
//!
//! Reference: Phillippo DM, Dias S, Ades AE, Didelez V, Welton NJ (2018). Sensitivity of treatment recommendations to bias
//! in network meta-analysis. *Journal of the Royal Statistical Society A* 181:843-867. doi:10.1111/rssa.12341

use serde::{Deserialize, Serialize};

use super::{Network, NetworkFit, NetworkMeta, SmallValues, ranking::losses};
use crate::Result;

/// By how far data may move, down and up, before another treatment is best.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Threshold {
    /// The study; `None` for a shift in all studies of a comparison.
    pub study: Option<String>,
    /// The treatment whose arm moves; `None` when all contrasts of a study move together.
    pub intervention: Option<String>,
    /// The treatment that it is compared with.
    pub comparator: String,
    /// The greatest shift downwards; `None` if no shift changes the decision.
    pub lower: Option<f64>,
    /// The greatest shift upwards.
    pub upper: Option<f64>,
    /// The treatment that is best beyond the lower threshold.
    pub lower_treatment: Option<String>,
    /// The treatment that is best beyond the upper threshold.
    pub upper_treatment: Option<String>,
    /// The estimate that moves; `None` for shifts of several.
    pub estimate: Option<f64>,
    /// Its standard error in the study.
    pub se: Option<f64>,
}

/// The thresholds of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Thresholds {
    /// The treatment with the best effect.
    pub recommended: String,
    /// One row for each arm of a study but its first, against that first one.
    pub rows: Vec<Threshold>,
    /// One row for each study of three or more arms, whose contrasts with its first arm all move by the same amount.
    pub studies: Vec<Threshold>,
    /// One row for each pair with direct evidence: the arm of the intervention moves in all its studies.
    pub comparisons: Vec<Threshold>,
}

impl NetworkFit {
    /// The thresholds at the fit's tau².
    pub fn thresholds(&self, small_values: SmallValues) -> Thresholds {
        let reader = Reader::new(self, small_values);
        let (mut rows, mut studies) = (Vec::new(), Vec::new());
        for (s, study) in self.network.studies.iter().enumerate() {
            let n = study.contrasts.len();
            for m in 0..n {
                let mut shift = vec![0.0; n];
                shift[m] = 1.0;
                let mut row = reader.row(&reader.gain(s, &shift), study.arms[0].treatment);
                row.study = Some(study.label.clone());
                row.intervention = Some(reader.name(study.arms[m + 1].treatment));
                row.estimate = Some(study.contrasts[m]);
                row.se = Some(study.covariance[m * n + m].sqrt());
                rows.push(row);
            }
            if n > 1 {
                let mut row = reader.row(&reader.gain(s, &vec![1.0; n]), study.arms[0].treatment);
                row.study = Some(study.label.clone());
                studies.push(row);
            }
        }
        let comparisons = reader.comparisons();
        Thresholds { recommended: reader.name(reader.best), rows, studies, comparisons }
    }
}

/// The shifts of two contrasts at once that leave the recommendation as it is: a convex polygon around (0, 0).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InvariantRegion {
    /// The corners, counterclockwise: the shift of the first contrast and that of the second.
    pub corners: Vec<[f64; 2]>,
    /// For the side from each corner to the next the treatment that is best beyond it; `None` at the limit of the search.
    pub beyond: Vec<Option<String>>,
}

impl NetworkFit {
    /// By how much two contrasts may move together before another treatment is best, as far as `reach` in all directions.
    ///
    /// Each contrast is the position of its study and its own among those of the study; `None` if one does not exist, or
    /// `reach` is not a positive number.
    pub fn invariant_region(
        &self,
        small_values: SmallValues,
        contrasts: [(usize, usize); 2],
        reach: f64,
    ) -> Option<InvariantRegion> {
        if !(reach > 0.0 && reach.is_finite()) {
            return None;
        }
        let reader = Reader::new(self, small_values);
        let mut gains = Vec::with_capacity(2);
        for (s, m) in contrasts {
            let n = self.network.studies.get(s)?.contrasts.len();
            let mut unit = vec![0.0; n];
            *unit.get_mut(m)? = 1.0;
            gains.push(reader.gain(s, &unit));
        }
        let square = [[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]];
        let mut polygon: Vec<([f64; 2], Option<usize>)> = square.map(|corner| (corner, None)).to_vec();
        let sign = small_values.sign();
        for k in (0..self.theta.len()).filter(|k| *k != reader.best) {
            // how much better the best one is than k, after the shift
            let margin = sign * (self.theta[k] - self.theta[reader.best]);
            let normal = [0, 1].map(|c| sign * (gains[c][k] - gains[c][reader.best]));
            polygon = cut(&polygon, |x| margin + normal[0] * x[0] + normal[1] * x[1], k);
        }
        let beyond = polygon.iter().map(|(_, k)| k.map(|k| reader.name(k))).collect();
        Some(InvariantRegion { corners: polygon.into_iter().map(|(corner, _)| corner).collect(), beyond })
    }
}

/// A polygon cut by the half-plane in which `inside` is not below 0; the new side belongs to `owner`.
fn cut(
    polygon: &[([f64; 2], Option<usize>)],
    inside: impl Fn([f64; 2]) -> f64,
    owner: usize,
) -> Vec<([f64; 2], Option<usize>)> {
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for (at, &(here, side)) in polygon.iter().enumerate() {
        let (there, _) = polygon[(at + 1) % polygon.len()];
        let (a, b) = (inside(here), inside(there));
        let crossing = || {
            let share = a / (a - b);
            [here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])]
        };
        match (a >= 0.0, b >= 0.0) {
            (true, true) => kept.push((here, side)),
            (true, false) => kept.extend([(here, side), (crossing(), Some(owner))]),
            (false, true) => kept.push((crossing(), side)),
            (false, false) => {}
        }
    }
    kept
}

/// The treatment whose effect is best, the first of several.
fn best(theta: &[f64], small_values: SmallValues) -> usize {
    let loss = losses(small_values, theta);
    (1..loss.len()).fold(0, |best, k| if loss[k] < loss[best] { k } else { best })
}

/// A shift and the treatment that is best beyond it.
type Change = (f64, usize);

struct Reader<'a> {
    fit: &'a NetworkFit,
    best: usize,
}

impl<'a> Reader<'a> {
    fn new(fit: &'a NetworkFit, small_values: SmallValues) -> Self {
        Reader { fit, best: best(&fit.theta, small_values) }
    }

    fn name(&self, treatment: usize) -> String {
        self.fit.network.treatments[treatment].clone()
    }

    /// The change of all effects when the contrasts of study `s` move by `shift`: C XᵀW shift.
    fn gain(&self, s: usize, shift: &[f64]) -> Vec<f64> {
        let study = &self.fit.network.studies[s];
        let (n, t) = (shift.len(), self.fit.theta.len());
        let w = study.precision(self.fit.tau2);
        let mut gain = vec![0.0; t];
        for i in 0..n {
            let pull: f64 = (0..n).map(|j| w[i * n + j] * shift[j]).sum();
            let (arm, first) = (study.arms[i + 1].treatment, study.arms[0].treatment);
            for (k, g) in gain.iter_mut().enumerate() {
                let c = &self.fit.covariance;
                *g += pull * (c[arm * t + k] - c[first * t + k]);
            }
        }
        gain
    }

    /// The thresholds of a shift with these gains.
    fn row(&self, gain: &[f64], comparator: usize) -> Threshold {
        let theta = &self.fit.theta;
        let largest = gain.iter().fold(0.0_f64, |m, g| m.max(g.abs()));
        let (mut lower, mut upper): (Option<Change>, Option<Change>) = (None, None);
        for k in (0..theta.len()).filter(|k| *k != self.best) {
            let speed = gain[self.best] - gain[k];
            if speed.abs() <= 1e-10 * largest || largest == 0.0 {
                continue;
            }
            let shift = (theta[k] - theta[self.best]) / speed;
            let side = if shift > 0.0 { &mut upper } else { &mut lower };
            if side.is_none_or(|(known, _)| shift.abs() < known.abs()) {
                *side = Some((shift, k));
            }
        }
        Threshold {
            study: None,
            intervention: None,
            comparator: self.name(comparator),
            lower: lower.map(|l| l.0),
            upper: upper.map(|u| u.0),
            lower_treatment: lower.map(|l| self.name(l.1)),
            upper_treatment: upper.map(|u| self.name(u.1)),
            estimate: None,
            se: None,
        }
    }

    /// The arm of the earlier treatment moves in all studies with both.
    fn comparisons(&self) -> Vec<Threshold> {
        let mut gains: std::collections::BTreeMap<(usize, usize), Vec<f64>> =
            std::collections::BTreeMap::new();
        for (s, study) in self.fit.network.studies.iter().enumerate() {
            let n = study.contrasts.len();
            for i in 0..=n {
                // Arm i moves: its contrast with the first arm, or all of them backwards if it is the first.
                let shift: Vec<f64> =
                    (1..=n).map(|j| if i == 0 { -1.0 } else { f64::from(u8::from(i == j)) }).collect();
                let gain = self.gain(s, &shift);
                for j in i + 1..=n {
                    let pair = (study.arms[i].treatment, study.arms[j].treatment);
                    let sum = gains.entry(pair).or_insert_with(|| vec![0.0; gain.len()]);
                    sum.iter_mut().zip(&gain).for_each(|(s, g)| *s += g);
                }
            }
        }
        let pairs = gains.into_iter().filter(|((i, j), _)| i != j);
        let rows = pairs.map(|((i, j), gain)| {
            let mut row = self.row(&gain, j);
            row.intervention = Some(self.name(i));
            row
        });
        rows.collect()
    }
}

/// The thresholds of one contrast with tau² estimated anew at every shift, each to a relative 1e-9 by bisection.
///
/// `study` and `contrast` are positions; the search starts at the threshold of the held tau² and reaches ten times as far,
/// or ten standard errors where there is none. Refitting is not linear: `None` says that no change was found that far.
///
/// # Errors
///
/// Those of fitting.
pub fn refitted_threshold(
    meta: &NetworkMeta,
    network: &Network,
    small_values: SmallValues,
    (study, contrast): (usize, usize),
) -> Result<Option<(Option<f64>, Option<f64>)>> {
    let fit = meta.fit(network)?;
    let reader = Reader::new(&fit, small_values);
    let Some(found) = network.studies.get(study).filter(|s| contrast < s.contrasts.len()) else {
        return Ok(None);
    };
    let n = found.contrasts.len();
    let mut unit = vec![0.0; n];
    unit[contrast] = 1.0;
    let held = reader.row(&reader.gain(study, &unit), found.arms[0].treatment);
    let se = (found.covariance[contrast * n + contrast] + fit.tau2).sqrt();
    let mut moved = network.clone();
    let mut changed = |shift: f64| -> Result<bool> {
        moved.studies[study].contrasts[contrast] = found.contrasts[contrast] + shift;
        Ok(best(&meta.fit(&moved)?.theta, small_values) != reader.best)
    };
    let lower = bisect(held.lower.unwrap_or(-se), &mut changed)?;
    let upper = bisect(held.upper.unwrap_or(se), &mut changed)?;
    Ok(Some((lower, upper)))
}

/// The nearest shift in the direction of `start` at which `changed` turns true, as far as a walk in steps can tell.
fn bisect(start: f64, changed: &mut impl FnMut(f64) -> Result<bool>) -> Result<Option<f64>> {
    let mut inner = 0.0;
    let mut outer = start / 16.0;
    while !changed(outer)? {
        inner = outer;
        outer += if outer.abs() < start.abs() { start / 16.0 } else { start / 2.0 };
        if outer.abs() > 10.0 * start.abs() {
            return Ok(None);
        }
    }
    for _ in 0..60 {
        let middle = 0.5 * (inner + outer);
        if changed(middle)? {
            outer = middle;
        } else {
            inner = middle;
        }
        if (outer - inner).abs() <= 1e-9 * outer.abs() {
            break;
        }
    }
    Ok(Some(outer))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::network::{NetworkData, PairRow};

    #[test]
    fn corners_of_the_region_are_ties_and_its_axes_are_the_single_thresholds() {
        let rows = [
            PairRow::new("1", "B", "A", -0.5, 0.04),
            PairRow::new("2", "C", "A", -0.3, 0.05),
            PairRow::new("3", "B", "C", -0.1, 0.06),
            PairRow::new("4", "D", "A", -0.2, 0.03),
        ];
        let network = NetworkData::new(crate::Measure::Generic).contrasts(&rows).unwrap();
        let fit = NetworkMeta::common().fit(&network).unwrap();
        let region = fit.invariant_region(SmallValues::Good, [(0, 0), (1, 0)], 5.0).unwrap();
        let single = fit.thresholds(SmallValues::Good);
        for (corner, _) in
            region.corners.iter().zip(&region.beyond).filter(|(c, _)| c.iter().all(|x| x.abs() < 5.0))
        {
            let mut moved = network.clone();
            moved.studies[0].contrasts[0] += corner[0];
            moved.studies[1].contrasts[0] += corner[1];
            let theta = NetworkMeta::common().fit(&moved).unwrap().theta;
            let least = theta.iter().copied().fold(f64::INFINITY, f64::min);
            assert!(theta.iter().filter(|x| (**x - least).abs() < 1e-9).count() >= 2, "{corner:?} {theta:?}");
        }
        // Along the first axis the region ends where the threshold of the first contrast says.
        let upper = single.rows[0].upper.unwrap();
        let within = |x: f64| {
            let n = region.corners.len();
            (0..n).all(|i| {
                let (a, b) = (region.corners[i], region.corners[(i + 1) % n]);
                (b[0] - a[0]) * (0.0 - a[1]) - (b[1] - a[1]) * (x - a[0]) >= -1e-12
            })
        };
        assert!(within(0.999 * upper) && !within(1.001 * upper));
    }
}
