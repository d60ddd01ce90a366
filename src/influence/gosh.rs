//! Fits to subsets of the studies (GOSH), and the study that splits their cloud.
//!
//! With k studies there are 2ᵏ - 1 subsets. All are fitted if they are few enough for the user, else random ones: each
//! study in or out with probability ½, drawn from a stream of its own for each subset, so that results depend on the seed
//! alone.
//!
//! All subsets are taken in blocks that share their upper studies. Q, tr P and the fixed-effect mean of each follow in O(1)
//! (see `halves`); a random-effects mean costs one pass over the subset's studies, an iterative tau² a call of its kernel.
//! Blocks run in parallel and are put together in their order, so that the number of threads changes no bit. They are visited in
//! a scattered order: what is there when the user stops is spread over all subsets, and is returned.
//!
//! For every study the cloud of estimates is split into the subsets with and without it; the distance of the two means in
//! standard deviations of the cloud says how much of its shape is that study's doing. Whether the cloud itself falls apart,
//! and along which study, is the business of `clusters`.

use serde::{Deserialize, Serialize};

use super::{
    clusters::{self, Clusters, GoshCluster},
    halves::{self, Part},
    sequence::Recipe,
};
use crate::{
    EffectSizes, Error, Result,
    pool::{PoolModel, kernel},
    stat::{parallel, progress::goes_on},
    tau2::model::{Mean, Model},
};

/// The number of subsets, and the seed of random ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subsets {
    pub subsets: usize,
    pub seed: u64,
    /// True if the cloud is searched for clusters.
    pub clusters: bool,
}

/// The most subsets that are kept.
const MOST: usize = 1 << 22;
/// The studies whose subsets one block holds, where the fits are made of sums.
const LOWER: usize = 10;
/// The same where each fit is an iteration: some tens of microseconds, so that a block takes a millisecond.
const LOWER_OF_ITERATIONS: usize = 5;
/// Random subsets in a block.
const DRAWS: usize = 32;
/// Blocks of each thread before the progress function is called first: at most some milliseconds.
const FIRST_ROUND: usize = 4;
/// The work between two calls of the progress function: an interrupt is heard after it.
const ROUND_SECONDS: f64 = 0.02;

/// Fits to subsets of the studies, subset by subset in the vectors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Gosh {
    /// The number of subsets that were fitted.
    pub subsets: usize,
    /// The number of subsets that were to be fitted; more than `subsets` if the work was stopped.
    pub planned: usize,
    /// True if these are all subsets.
    pub exhaustive: bool,
    /// The seed of random subsets.
    pub seed: Option<u64>,
    /// The studies in their order: how each splits the cloud.
    pub studies: Vec<GoshStudy>,
    /// The clusters of the cloud of estimates and I², by increasing estimate; a single one if the cloud does not fall apart, none
    /// if they were not searched for.
    pub clusters: Vec<GoshCluster>,
    /// The study whose presence goes most closely with the clusters; `None` for a single cluster.
    pub split_by: Option<String>,
    /// The number of studies in each subset.
    pub k: Vec<u32>,
    /// The pooled effect of each subset.
    pub estimate: Vec<f64>,
    /// tau² of each subset.
    pub tau2: Vec<f64>,
    /// I² in per cent of each subset; 0 for a single study.
    pub i2: Vec<f64>,
    /// Cochran's Q of each subset; 0 for a single study.
    pub q: Vec<f64>,
    /// The members of each subset as bits, the first study the lowest; of more than 64 studies the first 64.
    pub members: Vec<u64>,
}

/// The influence of a study on the cloud of subsets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GoshStudy {
    /// The label.
    pub study: String,
    /// The mean estimate of the subsets with the study.
    pub estimate_with: Option<f64>,
    /// The mean estimate of the subsets without it.
    pub estimate_without: Option<f64>,
    /// Their difference over the standard deviation of all estimates.
    pub separation: Option<f64>,
    /// The mean I² of the subsets with the study.
    pub i2_with: Option<f64>,
    /// The mean I² of the subsets without it.
    pub i2_without: Option<f64>,
    /// Cramér's V between being in a subset and the subset's cluster, from 0 to 1 (the study alone tells the clusters
    /// apart); `None` for a single cluster.
    pub association: Option<f64>,
}

/// A progress function: subsets done, and subsets in all; `false` stops the work.
pub(super) type Progress<'a> = dyn FnMut(usize, usize) -> bool + 'a;

/// A subset as a list of bits, 64 studies a word.
type Draw<'a> = dyn Fn(usize, &mut [u64]) + Sync + 'a;

/// The subsets of one block, one after the other.
#[derive(Debug, Default)]
struct Cloud {
    k: Vec<u32>,
    estimate: Vec<f64>,
    tau2: Vec<f64>,
    i2: Vec<f64>,
    q: Vec<f64>,
    members: Vec<u64>,
    /// For each study, sums over the subsets with it.
    with: Vec<With>,
}

/// Sums of a study's subsets: how many, their estimates and I².
#[derive(Debug, Clone, Copy, Default)]
struct With {
    n: f64,
    estimate: f64,
    i2: f64,
}

impl Cloud {
    fn new(studies: usize, subsets: usize) -> Self {
        Cloud {
            k: Vec::with_capacity(subsets),
            estimate: Vec::with_capacity(subsets),
            tau2: Vec::with_capacity(subsets),
            i2: Vec::with_capacity(subsets),
            q: Vec::with_capacity(subsets),
            members: Vec::with_capacity(subsets),
            with: vec![With::default(); studies],
        }
    }

    fn push(&mut self, fit: Fit, members: u64) {
        self.k.push(fit.k);
        self.estimate.push(fit.estimate);
        self.tau2.push(fit.tau2);
        self.i2.push(fit.i2);
        self.q.push(fit.q);
        self.members.push(members);
    }

    /// The sums of the studies of a block, which holds all subsets of the `lower` first studies, each with the studies of `upper`.
    fn add_members(&mut self, lower: usize, upper: usize) {
        let subsets = 1_usize << lower;
        let (estimate, total) = sums_with(padded(&self.estimate, subsets));
        let (i2, total_i2) = sums_with(padded(&self.i2, subsets));
        for (with, (estimate, i2)) in self.with.iter_mut().zip(estimate.into_iter().zip(i2)) {
            *with = With { n: 0.5 * subsets as f64, estimate, i2 };
        }
        for i in ones(upper as u64) {
            self.with[lower + i] = With { n: subsets as f64, estimate: total, i2: total_i2 };
        }
    }

    fn append(&mut self, mut other: Cloud) {
        self.k.append(&mut other.k);
        self.estimate.append(&mut other.estimate);
        self.tau2.append(&mut other.tau2);
        self.i2.append(&mut other.i2);
        self.q.append(&mut other.q);
        self.members.append(&mut other.members);
        for (sum, more) in self.with.iter_mut().zip(&other.with) {
            sum.n += more.n;
            sum.estimate += more.estimate;
            sum.i2 += more.i2;
        }
    }
}

/// The values of all subsets, with 0 for the empty one where it is missing.
fn padded(values: &[f64], subsets: usize) -> Vec<f64> {
    let mut all = vec![0.0; subsets - values.len()];
    all.extend_from_slice(values);
    all
}

/// The sums of the values of the subsets with each study, and of all, from the values of all subsets in the order of their bits: the
/// upper half are those with the last study; added to the lower half it leaves those of one study less.
fn sums_with(mut values: Vec<f64>) -> (Vec<f64>, f64) {
    let mut sums = Vec::new();
    while values.len() > 1 {
        let upper = values.split_off(values.len() / 2);
        sums.push(upper.iter().sum());
        values.iter_mut().zip(&upper).for_each(|(value, more)| *value += more);
    }
    sums.reverse();
    (sums, values.first().copied().unwrap_or_default())
}

/// The studies of a subset; the lowest bit is on top.
struct Stack {
    y: Vec<f64>,
    v: Vec<f64>,
}

impl Stack {
    fn with_capacity(studies: usize) -> Self {
        Stack { y: Vec::with_capacity(studies), v: Vec::with_capacity(studies) }
    }

    fn push(&mut self, y: f64, v: f64) {
        self.y.push(y);
        self.v.push(v);
    }

    fn pop(&mut self, studies: usize) {
        let left = self.y.len() - studies;
        self.y.truncate(left);
        self.v.truncate(left);
    }
}

/// The fit to one subset.
#[derive(Debug, Clone, Copy)]
struct Fit {
    k: u32,
    estimate: f64,
    tau2: f64,
    i2: f64,
    q: f64,
}

pub(super) fn gosh(
    effects: &EffectSizes,
    asked: Subsets,
    recipe: Recipe,
    progress: &mut Progress<'_>,
    notes: &mut Vec<String>,
) -> Result<Gosh> {
    let k = effects.len();
    if asked.subsets == 0 || asked.subsets > MOST {
        return Err(Error::setting(
            "gosh",
            format!("{} subsets", asked.subsets),
            format!("ask for 1 to {MOST}"),
        ));
    }
    let all = if k < 23 { Some((1_usize << k) - 1) } else { None };
    let gosh = match all.filter(|&n| n <= asked.subsets) {
        Some(n) => every(effects, recipe, Subsets { subsets: n, ..asked }, progress),
        None => random(effects, asked, recipe, progress)?,
    };
    if gosh.seed.is_some() {
        notes.push(format!("{} random subsets, seed {}", gosh.subsets, asked.seed));
    }
    if gosh.subsets < gosh.planned {
        notes.push(format!(
            "the fits to subsets were stopped: {} of {} are there, spread evenly over all{}",
            gosh.subsets,
            gosh.planned,
            if asked.clusters { "; their clusters were not searched for" } else { "" }
        ));
    }
    Ok(gosh)
}

/// Runs `block` for 0, 1, ..., `blocks` - 1 until the progress function, or whoever hears of long work, says no; `keep` gets the
/// results in this order.
fn rounds(
    blocks: usize,
    planned: usize,
    progress: &mut Progress<'_>,
    block: impl Fn(usize) -> Cloud + Sync + Send,
    mut keep: impl FnMut(usize, Cloud),
) {
    let (mut subsets, mut at, mut size) = (0, 0, FIRST_ROUND * parallel::threads());
    while at < blocks {
        let end = (at + size).min(blocks);
        let begun = std::time::Instant::now();
        let round: Vec<Cloud> = parallel::map(end - at, |step| block(at + step));
        for (step, cloud) in round.into_iter().enumerate() {
            subsets += cloud.k.len();
            keep(at + step, cloud);
        }
        at = end;
        if !progress(subsets, planned) || !goes_on("subsets", subsets, planned) {
            break;
        }
        let took = begun.elapsed().as_secs_f64();
        size = if took < 0.5 * ROUND_SECONDS { 2 * size } else { size };
        size = if took > ROUND_SECONDS { (size / 2).max(parallel::threads()) } else { size };
    }
}

/// All subsets.
fn every(effects: &EffectSizes, recipe: Recipe, asked: Subsets, progress: &mut Progress<'_>) -> Gosh {
    let (yi, vi, k, n) = (effects.yi(), effects.vi(), effects.len(), asked.subsets);
    let lower = k.min(if recipe.iterates() { LOWER_OF_ITERATIONS } else { LOWER });
    let table = halves::all(&yi[..lower], &vi[..lower]);
    let blocks = 1_usize << (k - lower);
    // Multiplication by an odd number permutes the blocks; the golden ratio spreads the first ones over all.
    let scattered = |block: usize| block.wrapping_mul(0x9E37_79B1) & (blocks - 1);
    let block = |position: usize| {
        let upper = scattered(position);
        let mut cloud = Cloud::new(k, table.len());
        let mut stack = Stack::with_capacity(k);
        let mut part = Part::default();
        for i in ones(upper as u64).map(|i| lower + i) {
            stack.push(yi[i], vi[i]);
            part = part.join(Part::one(yi[i], vi[i]));
        }
        for (below, &low) in table.iter().enumerate() {
            if below > 0 {
                // Counting up clears the lowest ones, which lie on top, and sets the zero above them.
                let cleared = (below - 1).trailing_ones() as usize;
                stack.pop(cleared);
                stack.push(yi[cleared], vi[cleared]);
            }
            let joined = part.join(low);
            if joined.k > 0 {
                cloud.push(fit_part(joined, recipe, &stack.y, &stack.v), (upper << lower | below) as u64);
            }
        }
        cloud.add_members(lower, upper);
        cloud
    };
    let mut clouds: Vec<(usize, Cloud)> = Vec::with_capacity(blocks);
    rounds(blocks, n, progress, block, |position, cloud| clouds.push((scattered(position), cloud)));
    // Back to the order of the subsets' bits.
    clouds.sort_by_key(|(upper, _)| *upper);
    let mut whole = Cloud::new(k, clouds.iter().map(|(_, cloud)| cloud.k.len()).sum());
    clouds.into_iter().for_each(|(_, cloud)| whole.append(cloud));
    let members = whole.members.clone();
    finish(effects, whole, asked, None, |subset, set| {
        if let Some((word, members)) = set.first_mut().zip(members.get(subset)) {
            *word = *members;
        }
    })
}

/// The positions of the bits that are 1.
#[inline]
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(at)
    })
}

/// The fit to a subset whose sums are known; `y` and `v` are its studies where the recipe needs them.
#[inline]
fn fit_part(part: Part, recipe: Recipe, y: &[f64], v: &[f64]) -> Fit {
    let df = part.df();
    let fixed = Fit { k: part.k, estimate: part.mean, tau2: 0.0, i2: 0.0, q: part.q };
    if part.k == 1 {
        return fixed;
    }
    if recipe.model != PoolModel::Random {
        return Fit { i2: (100.0 * (part.q - df) / part.q).max(0.0), ..fixed };
    }
    let tau2 = recipe.tau2(part, y, v);
    if !(tau2 > 0.0) {
        return fixed;
    }
    let estimate = kernel::mean_at(y, v, tau2).0;
    Fit { estimate, tau2, i2: share(tau2, df / part.trace()), ..fixed }
}

/// I², also where the typical sampling variance is too small for a number.
fn share(tau2: f64, typical: f64) -> f64 {
    match tau2 > 0.0 {
        true if typical.is_finite() => 100.0 * tau2 / (tau2 + typical),
        true => 100.0,
        false => 0.0,
    }
}

/// The fit to a subset from scratch.
fn fit(y: &[f64], v: &[f64], recipe: Recipe) -> Fit {
    let df = y.len() as f64 - 1.0;
    let random = recipe.model == PoolModel::Random;
    let pooled = if random { kernel::random(y, v, recipe.estimator) } else { kernel::fixed(y, v) };
    let i2 = if df == 0.0 {
        0.0
    } else if random {
        share(pooled.tau2, Mean::new(y, v).typical_variance())
    } else {
        (100.0 * (pooled.q - df) / pooled.q).max(0.0)
    };
    Fit { k: y.len() as u32, estimate: pooled.estimate, tau2: pooled.tau2, i2, q: pooled.q }
}

#[cfg(feature = "random")]
fn random(
    effects: &EffectSizes,
    asked: Subsets,
    recipe: Recipe,
    progress: &mut Progress<'_>,
) -> Result<Gosh> {
    use rand_chacha::{
        ChaCha8Rng,
        rand_core::{Rng, SeedableRng},
    };
    let generator = ChaCha8Rng::seed_from_u64(asked.seed);
    let last = match effects.len() % 64 {
        0 => u64::MAX,
        rest => (1_u64 << rest) - 1,
    };
    let draw = |i: usize, set: &mut [u64]| {
        let mut rng = generator.clone();
        rng.set_stream(i as u64 + 1);
        loop {
            for word in set.iter_mut() {
                *word = rng.next_u64();
            }
            if let Some(word) = set.last_mut() {
                *word &= last;
            }
            if set.iter().any(|word| *word != 0) {
                return;
            }
        }
    };
    Ok(drawn(effects, recipe, asked, progress, &draw))
}

#[cfg(not(feature = "random"))]
fn random(_: &EffectSizes, asked: Subsets, _: Recipe, _: &mut Progress<'_>) -> Result<Gosh> {
    Err(Error::setting(
        "gosh",
        format!("there are more than {} subsets, and this build has no random numbers", asked.subsets),
        "build with the feature `random`, or allow as many subsets as there are",
    ))
}

/// Subsets that are drawn, each fitted from scratch.
#[cfg_attr(not(feature = "random"), allow(dead_code))]
fn drawn(
    effects: &EffectSizes,
    recipe: Recipe,
    asked: Subsets,
    progress: &mut Progress<'_>,
    draw: &Draw<'_>,
) -> Gosh {
    let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
    let (n, words) = (asked.subsets, k.div_ceil(64).max(1));
    let block = |block: usize| {
        let mut cloud = Cloud::new(k, DRAWS);
        let mut set = vec![0_u64; words];
        let (mut y, mut v) = (Vec::with_capacity(k), Vec::with_capacity(k));
        for subset in block * DRAWS..((block + 1) * DRAWS).min(n) {
            draw(subset, &mut set);
            y.clear();
            v.clear();
            for i in (0..k).filter(|&i| member(&set, i)) {
                y.push(yi[i]);
                v.push(vi[i]);
            }
            let fit = fit(&y, &v, recipe);
            for (_, sums) in cloud.with.iter_mut().enumerate().filter(|(i, _)| member(&set, *i)) {
                sums.n += 1.0;
                sums.estimate += fit.estimate;
                sums.i2 += fit.i2;
            }
            cloud.push(fit, set[0]);
        }
        cloud
    };
    let mut whole = Cloud::new(k, 0);
    rounds(n.div_ceil(DRAWS), n, progress, block, |_, cloud| whole.append(cloud));
    finish(effects, whole, asked, Some(asked.seed), draw)
}

/// Tells whether a study is in a set.
pub(super) fn member(set: &[u64], i: usize) -> bool {
    set.get(i / 64).is_some_and(|word| word >> (i % 64) & 1 == 1)
}

/// The readings of the whole cloud.
fn finish(
    effects: &EffectSizes,
    cloud: Cloud,
    asked: Subsets,
    seed: Option<u64>,
    members: impl Fn(usize, &mut [u64]),
) -> Gosh {
    let subsets = cloud.k.len();
    let total = subsets as f64;
    let (sum, sum_i2) = (cloud.estimate.iter().sum::<f64>(), cloud.i2.iter().sum::<f64>());
    let mean = sum / total;
    let sd = (cloud.estimate.iter().map(|e| (e - mean) * (e - mean)).sum::<f64>() / total).sqrt();
    // Who stops the fits wants what is there.
    let Clusters { clusters, association } = match asked.clusters && subsets == asked.subsets {
        true => clusters::find(&cloud.estimate, &cloud.i2, effects.len(), &members),
        false => Clusters { clusters: Vec::new(), association: Vec::new() },
    };
    let studies: Vec<GoshStudy> = effects
        .labels()
        .iter()
        .zip(&cloud.with)
        .enumerate()
        .map(|(i, (label, with))| {
            let over = |sum: f64, n: f64| (n > 0.0).then(|| sum / n);
            let (inside, outside) = (over(with.estimate, with.n), over(sum - with.estimate, total - with.n));
            GoshStudy {
                study: label.clone(),
                estimate_with: inside,
                estimate_without: outside,
                separation: inside.zip(outside).filter(|_| sd > 0.0).map(|(a, b)| (a - b) / sd),
                i2_with: over(with.i2, with.n),
                i2_without: over(sum_i2 - with.i2, total - with.n),
                association: association.get(i).copied(),
            }
        })
        .collect();
    let split_by = studies
        .iter()
        .filter_map(|study| Some((study.association?, study)))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, study)| study.study.clone());
    Gosh {
        subsets,
        planned: asked.subsets,
        exhaustive: seed.is_none() && subsets == asked.subsets,
        seed,
        studies,
        clusters,
        split_by,
        k: cloud.k,
        estimate: cloud.estimate,
        tau2: cloud.tau2,
        i2: cloud.i2,
        q: cloud.q,
        members: cloud.members,
    }
}
