//! Clusters in the cloud of subsets, and the studies that divide it.
//!
//! In the plane of estimate and I², both in standard deviations, normal mixtures of three and of two components with free
//! covariances are fitted by EM. A mixture is believed if between any two of its components the density has a valley: somewhere on
//! the line between their centres it is below [`VALLEY`] of the lower one of the two peaks, and each component holds
//! [`LEAST`] of the subsets. Otherwise the cloud is one. (Information criteria are no help: subsets share studies, so that
//! a million of them are not a million observations.)
//!
//! EM starts from the two and three parts into which the studies that move the cloud most cut it, and from parts of
//! equal size along its longest axis; the best likelihood is kept. It runs on the means of the cells of a grid of 64 by 64, so
//! that its cost does not grow with the number of subsets. Nothing is drawn at random.
//!
//! Each subset belongs to its most probable component. How closely a study goes with the components is Cramér's V of the table
//! of in or out by component: 1 if its presence alone decides.
//!
//! Reference: Olkin, Dahabreh and Trikalinos (2012), GOSH: a graphical display of study heterogeneity,
//! doi:10.1002/jrsm.1053, who colour the cloud by each study in turn.

use serde::{Deserialize, Serialize};

use super::gosh::member;

/// The share of the lower peak below which the density between two components makes a valley.
const VALLEY: f64 = 0.8;
/// The least share of subsets of a component.
const LEAST: f64 = 0.02;
/// Cells of the grid along each axis.
const CELLS: usize = 64;
/// The amount added to variances in the plane, the square of about the width of a cell.
const RIDGE: f64 = 4e-3;

/// A cluster of subsets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GoshCluster {
    /// The number of its subsets.
    pub subsets: usize,
    /// Their mean estimate.
    pub estimate: f64,
    /// The standard deviation of their estimates.
    pub estimate_sd: f64,
    /// Their mean I² in per cent.
    pub i2: f64,
    /// The standard deviation of their I².
    pub i2_sd: f64,
    /// For each study, the share of the cluster's subsets that have it.
    pub share_with: Vec<f64>,
}

/// The clusters, and for each study its association with them (none for a single cluster).
pub(super) struct Clusters {
    pub clusters: Vec<GoshCluster>,
    pub association: Vec<f64>,
}

/// A cell of the grid: its subsets, and their mean.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    n: f64,
    x: f64,
    y: f64,
}

/// A component of the mixture.
#[derive(Debug, Clone, Copy)]
struct Component {
    share: f64,
    mean: [f64; 2],
    /// The variances of x and y, and their covariance.
    cov: [f64; 3],
}

impl Component {
    /// Of cells with weights.
    fn of(cells: &[Cell], weight: impl Fn(usize) -> f64, total: f64) -> Option<Self> {
        let (mut n, mut x, mut y) = (0.0, 0.0, 0.0);
        for (i, cell) in cells.iter().enumerate() {
            let w = weight(i) * cell.n;
            n += w;
            x += w * cell.x;
            y += w * cell.y;
        }
        if !(n > 0.0) {
            return None;
        }
        let mean = [x / n, y / n];
        let mut cov = [0.0; 3];
        for (i, cell) in cells.iter().enumerate() {
            let w = weight(i) * cell.n / n;
            let (dx, dy) = (cell.x - mean[0], cell.y - mean[1]);
            cov[0] += w * dx * dx;
            cov[1] += w * dy * dy;
            cov[2] += w * dx * dy;
        }
        cov[0] += RIDGE;
        cov[1] += RIDGE;
        Some(Component { share: n / total, mean, cov })
    }

    /// The share times the highest density, and the inverse covariance.
    fn shape(&self) -> [f64; 4] {
        let [a, b, c] = self.cov;
        let det = a * b - c * c;
        [self.share / det.sqrt(), b / det, a / det, c / det]
    }

    /// The share times the density, without the factor 1 / (2 pi).
    fn density(&self, x: f64, y: f64) -> f64 {
        let [a, b, c] = self.cov;
        let det = a * b - c * c;
        let (dx, dy) = (x - self.mean[0], y - self.mean[1]);
        let distance = (b * dx * dx - 2.0 * c * dx * dy + a * dy * dy) / det;
        self.share * (-0.5 * distance).exp() / det.sqrt()
    }
}

/// The clusters of the cloud of `estimate` and `i2`; `members` writes the bits of a subset.
pub(super) fn find(
    estimate: &[f64],
    i2: &[f64],
    studies: usize,
    members: &dyn Fn(usize, &mut [u64]),
) -> Clusters {
    let one = || summarize(estimate, i2, studies, 1, |_| 0, members);
    let (Some(x), Some(y)) = (Axis::of(estimate), Axis::of(i2)) else { return one() };
    if !(x.sd > 0.0) {
        return one();
    }
    // The grid, and the same for the subsets with each study, from which EM starts.
    let mut sums = vec![Cell::default(); CELLS * CELLS];
    let mut with = vec![0_u32; CELLS * CELLS * studies.min(64)];
    let mut set = vec![0_u64; studies.div_ceil(64).max(1)];
    for (subset, (&e, &i)) in estimate.iter().zip(i2).enumerate() {
        let (px, py) = (x.standard(e), y.standard(i));
        let at = x.cell(e) * CELLS + y.cell(i);
        sums[at].n += 1.0;
        sums[at].x += px;
        sums[at].y += py;
        members(subset, &mut set);
        let mut bits = set[0];
        while bits != 0 {
            with[at * studies.min(64) + bits.trailing_zeros() as usize] += 1;
            bits &= bits - 1;
        }
    }
    let used: Vec<usize> = (0..sums.len()).filter(|&at| sums[at].n > 0.0).collect();
    let cells: Vec<Cell> = used
        .iter()
        .map(|&at| Cell { n: sums[at].n, x: sums[at].x / sums[at].n, y: sums[at].y / sums[at].n })
        .collect();
    let share = |cell: usize, study: usize| {
        f64::from(with[used[cell] * studies.min(64) + study]) / sums[used[cell]].n
    };
    let total = estimate.len() as f64;
    for components in [3, 2] {
        let Some(mixture) = best_mixture(&cells, total, components, studies.min(64), &share) else {
            continue;
        };
        if believed(&mixture) {
            let mut mixture = mixture;
            mixture.sort_by(|a, b| a.mean[0].total_cmp(&b.mean[0]));
            let found = summarize(
                estimate,
                i2,
                studies,
                components,
                |subset| most_probable(&mixture, x.standard(estimate[subset]), y.standard(i2[subset])),
                members,
            );
            if found.clusters.len() == components {
                return found;
            }
        }
    }
    one()
}

/// An axis of the plane: its mean and standard deviation.
#[derive(Debug, Clone, Copy)]
struct Axis {
    mean: f64,
    sd: f64,
}

impl Axis {
    fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let sd = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt();
        Some(Axis { mean, sd })
    }

    fn standard(&self, value: f64) -> f64 {
        if self.sd > 0.0 { (value - self.mean) / self.sd } else { 0.0 }
    }

    /// The cell of a value: the axis from -4 to 4, what lies beyond in the outermost cells.
    fn cell(&self, value: f64) -> usize {
        let position = (self.standard(value) + 4.0) / 8.0 * CELLS as f64;
        (position.clamp(0.0, CELLS as f64 - 1.0)) as usize
    }
}

fn most_probable(mixture: &[Component], x: f64, y: f64) -> usize {
    let densities = mixture.iter().map(|c| c.density(x, y)).enumerate();
    densities.fold((0, -1.0), |best, (i, d)| if d > best.1 { (i, d) } else { best }).0
}

/// The mixture with the highest likelihood over the starts.
fn best_mixture(
    cells: &[Cell],
    total: f64,
    components: usize,
    studies: usize,
    share: &impl Fn(usize, usize) -> f64,
) -> Option<Vec<Component>> {
    let mut starts: Vec<Vec<Component>> = Vec::new();
    // The studies by how far they move the cloud.
    let whole = Component::of(cells, |_| 1.0, total)?;
    let mut moves: Vec<(f64, usize)> = (0..studies)
        .filter_map(|study| {
            let with = Component::of(cells, |cell| share(cell, study), total)?;
            let without = Component::of(cells, |cell| 1.0 - share(cell, study), total)?;
            let (dx, dy) = (with.mean[0] - without.mean[0], with.mean[1] - without.mean[1]);
            Some((dx * dx + dy * dy, study))
        })
        .collect();
    moves.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let leading: Vec<usize> = moves.iter().take(3).map(|(_, study)| *study).collect();
    let of = |weights: &[&dyn Fn(usize) -> f64]| -> Option<Vec<Component>> {
        weights.iter().map(|weight| Component::of(cells, weight, total)).collect()
    };
    if components == 2 {
        for &a in &leading {
            starts.extend(of(&[&|cell| share(cell, a), &|cell| 1.0 - share(cell, a)]));
        }
    } else {
        for (position, &a) in leading.iter().enumerate() {
            for &b in &leading[position + 1..] {
                starts.extend(of(&[
                    &|cell| share(cell, a),
                    &|cell| (1.0 - share(cell, a)) * share(cell, b),
                    &|cell| (1.0 - share(cell, a)) * (1.0 - share(cell, b)),
                ]));
            }
        }
    }
    starts.extend(equal_parts(cells, total, components, &whole));
    highest_of(cells, total, starts)
}

/// Parts of equal size along the longest axis of the cloud.
fn equal_parts(cells: &[Cell], total: f64, components: usize, whole: &Component) -> Option<Vec<Component>> {
    let [a, b, c] = whole.cov;
    let angle = 0.5 * (2.0 * c).atan2(a - b);
    let along = |cell: usize| cells[cell].x * angle.cos() + cells[cell].y * angle.sin();
    let mut order: Vec<usize> = (0..cells.len()).collect();
    order.sort_by(|&i, &j| along(i).total_cmp(&along(j)));
    let mut part = vec![0; cells.len()];
    let mut before = 0.0;
    for cell in order {
        part[cell] = ((before / total * components as f64) as usize).min(components - 1);
        before += cells[cell].n;
    }
    (0..components)
        .map(|j| Component::of(cells, |cell| f64::from(u8::from(part[cell] == j)), total))
        .collect()
}

/// The mixture with the highest likelihood above these starts.
fn highest_of(cells: &[Cell], total: f64, starts: Vec<Vec<Component>>) -> Option<Vec<Component>> {
    // Each start until it hardly moves; of those that then stand at the same mixture one goes on to the end.
    let mut rough: Vec<(f64, Vec<Component>)> =
        starts.into_iter().filter_map(|start| expectation_maximization(cells, total, start, 1e-5)).collect();
    rough.sort_by(|a, b| b.0.total_cmp(&a.0));
    let same = |a: &[Component], b: &[Component]| {
        let near = |a: &Component, b: &Component| {
            (a.mean[0] - b.mean[0]).hypot(a.mean[1] - b.mean[1]) < 0.01 && (a.share - b.share).abs() < 0.01
        };
        a.iter().all(|a| b.iter().any(|b| near(a, b)))
    };
    let mut best: Option<(f64, Vec<Component>)> = None;
    let mut followed: Vec<Vec<Component>> = Vec::new();
    for (_, mixture) in rough {
        if followed.iter().any(|other| same(other, &mixture)) {
            continue;
        }
        followed.push(mixture.clone());
        if let Some((likelihood, mixture)) = expectation_maximization(cells, total, mixture, 1e-9)
            && best.as_ref().is_none_or(|(other, _)| likelihood > *other)
        {
            best = Some((likelihood, mixture));
        }
    }
    best.map(|(_, mixture)| mixture)
}

/// EM until the likelihood of a subset grows by less than `gain`; the log-likelihood and the mixture.
fn expectation_maximization(
    cells: &[Cell],
    total: f64,
    mut mixture: Vec<Component>,
    gain: f64,
) -> Option<(f64, Vec<Component>)> {
    let g = mixture.len();
    let mut before = f64::NEG_INFINITY;
    let mut values = vec![[0.0; 3]; g];
    for _ in 0..300 {
        let mut likelihood = 0.0;
        // For each component its peak and inverse covariance, and the sums of 1, dx, dy, dx², dy², dx dy about its mean.
        let shapes: Vec<[f64; 4]> = mixture.iter().map(Component::shape).collect();
        let mut sums = vec![[0.0; 6]; g];
        for cell in cells {
            let mut sum = 0.0;
            for ((value, component), [peak, a, b, c]) in values.iter_mut().zip(&mixture).zip(&shapes) {
                let (dx, dy) = (cell.x - component.mean[0], cell.y - component.mean[1]);
                let density = peak * (-0.5 * (a * dx * dx - 2.0 * c * dx * dy + b * dy * dy)).exp();
                *value = [density, dx, dy];
                sum += density;
            }
            likelihood += cell.n * if sum > 0.0 { sum.ln() } else { -745.0 };
            for ([density, dx, dy], sums) in values.iter().zip(&mut sums) {
                let w = cell.n * if sum > 0.0 { density / sum } else { 1.0 / g as f64 };
                let (wx, wy) = (w * dx, w * dy);
                for (sum, term) in sums.iter_mut().zip([w, wx, wy, wx * dx, wy * dy, wx * dy]) {
                    *sum += term;
                }
            }
        }
        for (component, [n, x, y, xx, yy, xy]) in mixture.iter_mut().zip(sums) {
            if !(n > 0.0) {
                return None;
            }
            let (x, y) = (x / n, y / n);
            component.share = n / total;
            component.mean = [component.mean[0] + x, component.mean[1] + y];
            component.cov = [xx / n - x * x + RIDGE, yy / n - y * y + RIDGE, xy / n - x * y];
        }
        if likelihood - before < gain * total {
            return Some((likelihood, mixture));
        }
        before = likelihood;
    }
    Some((before, mixture))
}

/// Tells whether each component is large enough, and a valley lies between any two.
fn believed(mixture: &[Component]) -> bool {
    let density = |x: f64, y: f64| mixture.iter().map(|c| c.density(x, y)).sum::<f64>();
    let valley = |a: &Component, b: &Component| {
        let steps = 64;
        let on_line = |step: usize| {
            let t = step as f64 / steps as f64;
            let at = |j: usize| a.mean[j] + t * (b.mean[j] - a.mean[j]);
            density(at(0), at(1))
        };
        let lowest = (0..=steps).map(on_line).fold(f64::INFINITY, f64::min);
        lowest < VALLEY * on_line(0).min(on_line(steps))
    };
    mixture.iter().all(|c| c.share >= LEAST)
        && mixture.iter().enumerate().all(|(i, a)| mixture[i + 1..].iter().all(|b| valley(a, b)))
}

/// The clusters when each subset has one, without those that stayed empty.
fn summarize(
    estimate: &[f64],
    i2: &[f64],
    studies: usize,
    clusters: usize,
    cluster: impl Fn(usize) -> usize,
    members: &dyn Fn(usize, &mut [u64]),
) -> Clusters {
    let mut set = vec![0_u64; studies.div_ceil(64).max(1)];
    let mut n = vec![0_usize; clusters];
    let mut with = vec![0_usize; clusters * studies];
    let mut sums = vec![[0.0; 2]; clusters];
    for subset in 0..estimate.len() {
        let c = cluster(subset);
        n[c] += 1;
        sums[c][0] += estimate[subset];
        sums[c][1] += i2[subset];
        members(subset, &mut set);
        for i in (0..studies).filter(|&i| member(&set, i)) {
            with[c * studies + i] += 1;
        }
    }
    let means: Vec<[f64; 2]> = sums.iter().zip(&n).map(|(s, &n)| s.map(|s| s / n.max(1) as f64)).collect();
    let mut squares = vec![[0.0; 2]; clusters];
    for subset in 0..estimate.len() {
        let c = cluster(subset);
        squares[c][0] += (estimate[subset] - means[c][0]).powi(2);
        squares[c][1] += (i2[subset] - means[c][1]).powi(2);
    }
    let kept: Vec<usize> = (0..clusters).filter(|&c| n[c] > 0).collect();
    let found: Vec<GoshCluster> = kept
        .iter()
        .map(|&c| {
            let size = n[c] as f64;
            GoshCluster {
                subsets: n[c],
                estimate: means[c][0],
                estimate_sd: (squares[c][0] / size).sqrt(),
                i2: means[c][1],
                i2_sd: (squares[c][1] / size).sqrt(),
                share_with: (0..studies).map(|i| with[c * studies + i] as f64 / size).collect(),
            }
        })
        .collect();
    let total = estimate.len() as f64;
    let association = match found.len() {
        0 | 1 => Vec::new(),
        _ => (0..studies)
            .map(|i| {
                // Chi-square of a 2 by g table over n: Cramér's V squared.
                let share = kept.iter().map(|&c| with[c * studies + i] as f64).sum::<f64>() / total;
                let between: f64 =
                    found.iter().map(|c| c.subsets as f64 * (c.share_with[i] - share).powi(2)).sum();
                let variance = share * (1.0 - share);
                if variance > 0.0 { (between / total / variance).sqrt() } else { 0.0 }
            })
            .collect(),
    };
    Clusters { clusters: found, association }
}
