//! Fits to subsets of the studies (GOSH), and the study that splits their cloud.
//!
//! With k studies there are 2ᵏ - 1 subsets. All are fitted if they are few enough for the user, else random ones: each
//! study in or out with probability ½, drawn from a stream of its own for each subset, so that results depend on the seed
//! alone. For every study the cloud of estimates is split into the subsets with and without it; the distance of the two
//! means in standard deviations of the cloud says how much of its shape is that study's doing.

use serde::{Deserialize, Serialize};

use super::sequence::Recipe;
use crate::{
    EffectSizes, Error, Result,
    pool::{PoolModel, kernel},
    tau2::model::{Mean, Model},
};

/// How many subsets, and the seed of random ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subsets {
    pub subsets: usize,
    pub seed: u64,
}

/// The most subsets that are kept: each has four numbers.
const MOST: usize = 1 << 22;

/// Fits to subsets of the studies, subset by subset in the vectors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gosh {
    /// The number of subsets.
    pub subsets: usize,
    /// Whether these are all subsets.
    pub exhaustive: bool,
    /// The seed of random subsets.
    pub seed: Option<u64>,
    /// The studies ranked as they are given: how each splits the cloud.
    pub studies: Vec<GoshStudy>,
    /// The number of studies in each subset.
    pub k: Vec<u32>,
    /// The pooled effect of each subset.
    pub estimate: Vec<f64>,
    /// tau² of each subset.
    pub tau2: Vec<f64>,
    /// I² in per cent of each subset; 0 for a single study.
    pub i2: Vec<f64>,
    /// The members of each subset as bits, the first study the lowest; of more than 64 studies the first 64.
    pub members: Vec<u64>,
}

/// What a study does to the cloud of subsets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
}

/// A subset as a list of bits, 64 studies a word.
type Draw<'a> = dyn Fn(usize, &mut [u64]) + 'a;

pub(super) fn gosh(
    effects: &EffectSizes,
    asked: Subsets,
    recipe: Recipe,
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
    let words = k.div_ceil(64).max(1);
    match all.filter(|&n| n <= asked.subsets) {
        Some(n) => Ok(cloud(effects, recipe, n, words, None, &|i, set| set[0] = i as u64 + 1)),
        None => {
            notes.push(format!("{} random subsets, seed {}", asked.subsets, asked.seed));
            random(effects, asked, recipe, words)
        }
    }
}

#[cfg(feature = "random")]
fn random(effects: &EffectSizes, asked: Subsets, recipe: Recipe, words: usize) -> Result<Gosh> {
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
    Ok(cloud(effects, recipe, asked.subsets, words, Some(asked.seed), &draw))
}

#[cfg(not(feature = "random"))]
fn random(_: &EffectSizes, asked: Subsets, _: Recipe, _: usize) -> Result<Gosh> {
    Err(Error::setting(
        "gosh",
        format!("there are more than {} subsets, and this build has no random numbers", asked.subsets),
        "build with the feature `random`, or allow as many subsets as there are",
    ))
}

/// Sums of a study's subsets: how many, their estimates and I².
#[derive(Clone, Copy, Default)]
struct With {
    n: f64,
    estimate: f64,
    i2: f64,
}

fn cloud(
    effects: &EffectSizes,
    recipe: Recipe,
    n: usize,
    words: usize,
    seed: Option<u64>,
    draw: &Draw<'_>,
) -> Gosh {
    let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
    let mut gosh = Gosh {
        subsets: n,
        exhaustive: seed.is_none(),
        seed,
        studies: Vec::with_capacity(k),
        k: Vec::with_capacity(n),
        estimate: Vec::with_capacity(n),
        tau2: Vec::with_capacity(n),
        i2: Vec::with_capacity(n),
        members: Vec::with_capacity(n),
    };
    let mut with = vec![With::default(); k];
    let mut set = vec![0_u64; words];
    let (mut y, mut v) = (Vec::with_capacity(k), Vec::with_capacity(k));
    let member = |set: &[u64], i: usize| set[i / 64] >> (i % 64) & 1 == 1;
    for subset in 0..n {
        draw(subset, &mut set);
        y.clear();
        v.clear();
        for i in (0..k).filter(|&i| member(&set, i)) {
            y.push(yi[i]);
            v.push(vi[i]);
        }
        let (pooled, i2) = fit(&y, &v, recipe);
        for (_, sums) in with.iter_mut().enumerate().filter(|(i, _)| member(&set, *i)) {
            sums.n += 1.0;
            sums.estimate += pooled.estimate;
            sums.i2 += i2;
        }
        gosh.k.push(y.len() as u32);
        gosh.estimate.push(pooled.estimate);
        gosh.tau2.push(pooled.tau2);
        gosh.i2.push(i2);
        gosh.members.push(set[0]);
    }
    let total = n as f64;
    let (sum, sum_i2) = (gosh.estimate.iter().sum::<f64>(), gosh.i2.iter().sum::<f64>());
    let mean = sum / total;
    let sd = (gosh.estimate.iter().map(|e| (e - mean) * (e - mean)).sum::<f64>() / total).sqrt();
    gosh.studies = effects
        .labels()
        .iter()
        .zip(with)
        .map(|(label, with)| {
            let over = |sum: f64, n: f64| (n > 0.0).then(|| sum / n);
            let (inside, outside) = (over(with.estimate, with.n), over(sum - with.estimate, total - with.n));
            GoshStudy {
                study: label.clone(),
                estimate_with: inside,
                estimate_without: outside,
                separation: inside.zip(outside).filter(|_| sd > 0.0).map(|(a, b)| (a - b) / sd),
                i2_with: over(with.i2, with.n),
                i2_without: over(sum_i2 - with.i2, total - with.n),
            }
        })
        .collect();
    gosh
}

/// The pooled effect of a subset and its I².
fn fit(y: &[f64], v: &[f64], recipe: Recipe) -> (kernel::Pooled, f64) {
    let df = y.len() as f64 - 1.0;
    let random = recipe.model == PoolModel::Random;
    let pooled = if random { kernel::random(y, v, recipe.estimator) } else { kernel::fixed(y, v) };
    let i2 = if df == 0.0 {
        0.0
    } else if random {
        100.0 * pooled.tau2 / (pooled.tau2 + Mean::new(y, v).typical_variance())
    } else {
        (100.0 * (pooled.q - df) / pooled.q).max(0.0)
    };
    (pooled, i2)
}
