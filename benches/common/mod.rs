//! Data that the benches share.
#![allow(dead_code)] // each uses its part

use consilience::{EffectSizes, Measure};

/// The data of a timed run; a run that only shows that the benches work (`cargo test --benches`) has the smallest.
pub fn sizes<T: Clone>(timed: &[T]) -> Vec<T> {
    timed.iter().take(size(timed.len(), 1)).cloned().collect()
}

/// A number for timed runs (`cargo bench`), and one for runs that only show that the benches work.
pub fn size(timed: usize, shown: usize) -> usize {
    if std::env::args().any(|argument| argument == "--bench") { timed } else { shown }
}

/// Estimates and sampling variances.
pub struct Studies {
    /// The estimates.
    pub yi: Vec<f64>,
    /// The sampling variances.
    pub vi: Vec<f64>,
}

/// The thirteen log risk ratios of the BCG trials (Colditz et al. 1994, doi:10.1001/jama.1994.03510330076038).
pub fn bcg() -> Studies {
    let effects =
        consilience::reviews::bcg::effects(Measure::RiskRatio).expect("the data ship with the crate");
    Studies { yi: effects.yi().to_vec(), vi: effects.vi().to_vec() }
}

/// Log odds ratios of lung cancer under passive smoking (Hackshaw, Law and Wald 1997, doi:10.1136/bmj.315.7114.980): the example
/// of metafor's step-function selection model.
pub fn passive_smoking() -> Studies {
    let text = include_str!("../../tests/data/bias/hackshaw1998.csv");
    let rows = text.lines().skip(1).map(|line| {
        let mut fields = line.split(',').skip(1).map(|field| field.parse::<f64>().expect("numbers"));
        (fields.next().expect("yi"), fields.next().expect("vi"))
    });
    let (yi, vi) = rows.unzip();
    Studies { yi, vi }
}

/// `k` studies about 0.3 with tau² = 0.1 and sampling variances between 0.02 and 0.5, the same on every call.
pub fn simulated(k: usize, seed: u64) -> Studies {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut uniform = move || {
        // Marsaglia's xorshift: enough for data to time with.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let (mut yi, mut vi) = (Vec::with_capacity(k), Vec::with_capacity(k));
    for _ in 0..k {
        let v = 0.02 * 25f64.powf(uniform());
        let normal = (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
        yi.push(0.3 + normal * (v + 0.1_f64).sqrt());
        vi.push(v);
    }
    Studies { yi, vi }
}

/// The absolute latitude of the BCG trials (Colditz et al. 1994).
pub const BCG_LATITUDE: [f64; 13] =
    [44.0, 55.0, 42.0, 52.0, 13.0, 44.0, 19.0, 13.0, 27.0, 42.0, 18.0, 33.0, 33.0];

/// `k` studies with four moderators between -1 and 1, of which the first two explain part of the effects, the same on every
/// call.
pub fn moderated(k: usize, seed: u64) -> (Studies, [Vec<f64>; 4]) {
    let mut studies = simulated(k, seed);
    let mut state = seed.wrapping_add(4).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let moderators = [(); 4].map(|()| {
        (0..k)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                2.0 * (state >> 11) as f64 / (1_u64 << 53) as f64 - 1.0
            })
            .collect::<Vec<f64>>()
    });
    for (i, y) in studies.yi.iter_mut().enumerate() {
        *y += 0.3 * moderators[0][i] - 0.2 * moderators[1][i];
    }
    (studies, moderators)
}

/// Draws of a model of three options, and of the parameter that drives its effects.
pub struct Model {
    /// The parameter.
    pub parameter: Vec<f64>,
    /// For each option its costs and its effects.
    pub options: [(Vec<f64>, Vec<f64>); 3],
}

/// `n` draws of a model whose effects bend with the parameter, the same on every call.
pub fn model(n: usize) -> Model {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut normal = move || {
        let twelve = (0..12).map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64
        });
        twelve.sum::<f64>() - 6.0
    };
    let mut parameter = Vec::with_capacity(n);
    let mut options = [(); 3].map(|()| (Vec::with_capacity(n), Vec::with_capacity(n)));
    for _ in 0..n {
        let x = normal();
        parameter.push(x);
        for (position, (costs, effects)) in options.iter_mut().enumerate() {
            let d = position as f64;
            costs.push(1000.0 + 900.0 * d + 100.0 * d * x + 200.0 * normal());
            effects.push(10.0 + 0.05 * d * (1.0 + x + 0.3 * x * x) - 0.01 * d * d + 0.05 * normal());
        }
    }
    Model { parameter, options }
}

/// `n` meta-analyses of `k` studies.
pub fn batch(n: usize, k: usize) -> Vec<Studies> {
    (1..=n as u64).map(|seed| simulated(k, seed)).collect()
}

/// The studies with labels.
pub fn effects(studies: &Studies) -> EffectSizes {
    let labels: Vec<String> = (1..=studies.yi.len()).map(|study| format!("Study {study}")).collect();
    EffectSizes::new(Measure::Generic, labels, studies.yi.as_slice(), studies.vi.as_slice())
        .expect("valid studies")
}

/// `k` effects in groups of `size` with deviations of groups (variance 0.05) and of effects (0.05) about 0.3, the same on
/// every call.
pub fn nested(k: usize, size: usize) -> EffectSizes {
    let mut studies = simulated(k, 7);
    let groups = simulated(k.div_ceil(size), 8);
    for (i, y) in studies.yi.iter_mut().enumerate() {
        // The deviations that `simulated` has are those of effects; a part of the groups' comes on top.
        *y += 0.5 * (groups.yi[i / size] - 0.3);
    }
    effects(&studies)
}

/// `k` trials of some 150 patients a group with risks of about 5 and 3 in 100: events and patients of two groups, the same
/// on every call.
pub fn trials(k: usize) -> Vec<[f64; 4]> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut uniform = move || {
        // Marsaglia's xorshift: enough for data to time with.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut group = |risk: f64| {
        let n = 100.0 + (100.0 * uniform()).floor();
        let events = (0..n as usize).filter(|_| uniform() < risk).count() as f64;
        [events, n]
    };
    (0..k)
        .map(|_| {
            let ([a, n], [c, m]) = (group(0.03), group(0.05));
            [a, n, c, m]
        })
        .collect()
}
