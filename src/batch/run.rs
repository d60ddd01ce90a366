//! The groups of a batch, and the loop over them.

use std::borrow::Cow;

use super::{BatchModel, BatchOptions, BatchResult, Detail, Flag};
use crate::{
    Error, Result,
    pool::{
        Inference,
        kernel::{self, Pooled, Weighed},
    },
    stat::{normal, parallel, t},
    tau2::Tau2,
};

/// The studies of many groups, one group after the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Batch<'a> {
    yi: &'a [f64],
    vi: &'a [f64],
    offsets: &'a [usize],
}

impl<'a> Batch<'a> {
    /// The groups of k studies in all: group g holds the studies `offsets[g]..offsets[g + 1]` of the estimates `yi` and
    /// their sampling variances `vi`. A study with a NaN is missing.
    ///
    /// # Errors
    ///
    /// If the slices differ in length, or the offsets do not run from 0 to k without falling.
    pub fn new(yi: &'a [f64], vi: &'a [f64], offsets: &'a [usize]) -> Result<Self> {
        if yi.len() != vi.len() {
            return Err(Error::data(
                format!("{} estimates and {} variances", yi.len(), vi.len()),
                "each study needs one of each",
            ));
        }
        if let Some(group) = offsets.windows(2).position(|pair| pair[0] > pair[1]) {
            return Err(Error::data(
                format!("group {} begins after it ends ({:?})", group + 1, &offsets[group..group + 2]),
                "offsets must not fall",
            ));
        }
        match (offsets.first(), offsets.last()) {
            (Some(0), Some(&last)) if last == yi.len() => Ok(Batch { yi, vi, offsets }),
            (first, last) => Err(Error::data(
                format!("offsets run from {first:?} to {last:?}, and there are {} studies", yi.len()),
                "they run from 0 to the number of studies",
            )),
        }
    }

    /// The number of groups.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// True for no groups at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The number of groups that one task takes: some tens of microseconds of work, so that sharing it out costs little.
const BLOCK: usize = 1024;

impl BatchOptions {
    /// Pools every group.
    ///
    /// # Errors
    ///
    /// If the options name an inference or a prediction interval that batches do not have.
    pub fn run(&self, batch: Batch<'_>) -> Result<BatchResult> {
        self.check()?;
        let blocks = batch.len().div_ceil(BLOCK);
        let parts = parallel::map(blocks, |block| {
            let groups = block * BLOCK..((block + 1) * BLOCK).min(batch.len());
            self.run_block(&Studies::of(&batch, groups))
        });
        let mut parts = parts.into_iter();
        let mut result = parts.next().unwrap_or_default();
        result.reserve(self, batch.len() - result.len());
        for part in parts {
            result.append(part);
        }
        Ok(result)
    }

    /// Pools the groups of a block.
    fn run_block(&self, studies: &Studies<'_>) -> BatchResult {
        let mut out = BatchResult::default();
        out.reserve(self, studies.len());
        let mut critical = Critical::new(self);
        // The first half of DerSimonian and Laird's estimate for all groups, then the second: the processor does not wait for
        // the end of one group before it begins the next.
        let halves: Vec<Option<Weighed>> = match self.model {
            BatchModel::Random(Tau2::Dl) => {
                let several = |(flag, yi, vi)| (flag == Flag::Pooled).then(|| Weighed::of(yi, vi));
                studies.groups().map(several).collect()
            }
            _ => Vec::new(),
        };
        let mut halves = halves.into_iter();
        for (flag, yi, vi) in studies.groups() {
            let half = halves.next().flatten();
            out.flag.push(flag);
            out.k.push(u32::try_from(yi.len()).unwrap_or(u32::MAX));
            let pooled = match (flag, self.model, half) {
                (Flag::NoStudies | Flag::Refused, ..) => NOTHING,
                (_, _, Some(half)) => half.pool(yi, vi),
                (_, BatchModel::Fixed, _) => kernel::fixed(yi, vi),
                (_, BatchModel::Random(method), _) => kernel::random(yi, vi, method),
            };
            self.push(&pooled, yi, vi, &mut critical, &mut out);
        }
        out
    }
}

/// The studies of a block of groups without those that are missing.
struct Studies<'a> {
    yi: Cow<'a, [f64]>,
    vi: Cow<'a, [f64]>,
    /// The beginning of each group, and the end of the last.
    offsets: Cow<'a, [usize]>,
    /// True if the values of every group can be used.
    usable: bool,
}

impl<'a> Studies<'a> {
    fn of(batch: &Batch<'a>, groups: std::ops::Range<usize>) -> Self {
        let offsets = &batch.offsets[groups.start..=groups.end];
        let all = offsets[0]..offsets[groups.len()];
        if usable(&batch.yi[all.clone()], &batch.vi[all]) {
            let (yi, vi) = (batch.yi.into(), batch.vi.into());
            return Studies { yi, vi, offsets: offsets.into(), usable: true };
        }
        let (mut yi, mut vi, mut ends) = (Vec::new(), Vec::new(), vec![0]);
        for pair in offsets.windows(2) {
            let own = pair[0]..pair[1];
            for (&y, &v) in batch.yi[own.clone()].iter().zip(&batch.vi[own]) {
                if !y.is_nan() && !v.is_nan() {
                    yi.push(y);
                    vi.push(v);
                }
            }
            ends.push(yi.len());
        }
        let usable = usable(&yi, &vi);
        Studies { yi: yi.into(), vi: vi.into(), offsets: ends.into(), usable }
    }

    fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The fate, the estimates and the variances of each group.
    fn groups(&self) -> impl Iterator<Item = (Flag, &[f64], &[f64])> {
        self.offsets.windows(2).map(|pair| {
            let (yi, vi) = (&self.yi[pair[0]..pair[1]], &self.vi[pair[0]..pair[1]]);
            let flag = match yi.len() {
                0 => Flag::NoStudies,
                _ if !(self.usable || usable(yi, vi)) => Flag::Refused,
                1 => Flag::OneStudy,
                _ => Flag::Pooled,
            };
            (flag, yi, vi)
        })
    }
}

/// Tells whether all estimates are finite, and all variances finite and positive: by sums of their bits, of which the compiler takes
/// several at a time.
fn usable(yi: &[f64], vi: &[f64]) -> bool {
    const SIGN: u64 = 1 << 63;
    // One more in an exponent of ones alone, that of infinity and of what is no number, carries into the sign.
    let beyond = |x: u64| x.wrapping_add(1 << 52);
    let bad = yi.iter().zip(vi).fold(0, |bad, (y, v)| {
        let (y, v) = (y.to_bits(), v.to_bits());
        // One less than 0 has a sign, as a number below -0 has.
        bad | beyond(y & !SIGN) | beyond(v) | v.wrapping_sub(1)
    });
    bad & SIGN == 0
}

/// The result of a group that has none.
const NOTHING: Pooled = Pooled { estimate: f64::NAN, variance: f64::NAN, tau2: f64::NAN, q: f64::NAN };

impl BatchOptions {
    /// Appends all that is asked for of one group.
    fn push(&self, pooled: &Pooled, yi: &[f64], vi: &[f64], critical: &mut Critical, out: &mut BatchResult) {
        let se = (pooled.variance * self.factor(pooled, yi, vi)).sqrt();
        out.estimate.push(pooled.estimate);
        out.se.push(se);
        out.tau2.push(pooled.tau2);
        out.q.push(pooled.q);
        if self.detail == Detail::Means {
            return;
        }
        let k = yi.len();
        // With no variance left at all (Hartung-Knapp's factor of equal effects) the statistic does not exist.
        let statistic = if se > 0.0 { pooled.estimate / se } else { f64::NAN };
        let half = critical.mean(k) * se;
        out.ci_lower.push(pooled.estimate - half);
        out.ci_upper.push(pooled.estimate + half);
        out.statistic.push(statistic);
        out.ln_p_value.push(match self.inference {
            _ if statistic.is_nan() => f64::NAN,
            Inference::Wald => normal::ln_two_sided(statistic),
            _ => t::ln_two_sided(statistic, k as f64 - 1.0),
        });
        out.i2.push(i2(self.model, pooled, vi));
        if self.convention().is_some() {
            let spread = critical.prediction(k) * (se * se + pooled.tau2).sqrt();
            out.prediction_lower.push(pooled.estimate - spread);
            out.prediction_upper.push(pooled.estimate + spread);
        }
    }

    /// The factor by which the inference multiplies the variance of the mean.
    fn factor(&self, pooled: &Pooled, yi: &[f64], vi: &[f64]) -> f64 {
        let of = || kernel::hartung_knapp_factor(yi, vi, pooled.estimate, pooled.tau2);
        match self.inference {
            _ if yi.len() < 2 => 1.0,
            Inference::HartungKnapp => of(),
            Inference::HartungKnappAdHoc => of().max(1.0),
            _ => 1.0,
        }
    }
}

/// I² in per cent; NaN for a single study and for a group without a result.
fn i2(model: BatchModel, pooled: &Pooled, vi: &[f64]) -> f64 {
    let df = vi.len() as f64 - 1.0;
    if df < 1.0 || pooled.q.is_nan() {
        return f64::NAN;
    }
    if model == BatchModel::Fixed {
        return if pooled.q > df { 100.0 * (pooled.q - df) / pooled.q } else { 0.0 };
    }
    if pooled.tau2 == 0.0 {
        return 0.0;
    }
    100.0 * pooled.tau2 / (pooled.tau2 + kernel::typical_variance(vi))
}

/// The critical values by the number of studies, each computed once.
struct Critical {
    options: BatchOptions,
    mean: Vec<f64>,
    prediction: Vec<f64>,
}

impl Critical {
    fn new(options: &BatchOptions) -> Self {
        Critical { options: *options, mean: Vec::new(), prediction: Vec::new() }
    }

    /// That of the mean of k studies; NaN without degrees of freedom.
    fn mean(&mut self, k: usize) -> f64 {
        let level = self.options.level;
        let wald = self.options.inference == Inference::Wald;
        remembered(&mut self.mean, k, |k| match (wald, k) {
            (true, _) => level.critical_value(None),
            (false, 0 | 1) => f64::NAN,
            (false, k) => level.critical_value(Some(k as f64 - 1.0)),
        })
    }

    /// That of the prediction interval; NaN where there is none.
    fn prediction(&mut self, k: usize) -> f64 {
        let Some(convention) = self.options.convention() else { return f64::NAN };
        let df = (self.options.inference != Inference::Wald).then_some(1.0);
        let level = self.options.level;
        remembered(&mut self.prediction, k, |k| {
            let residual = k as f64 - 1.0;
            if k < 2 {
                return f64::NAN;
            }
            match convention.degrees_of_freedom(df.map(|_| residual), residual) {
                Some(df) => level.critical_value(df),
                None => f64::NAN,
            }
        })
    }
}

/// The largest number of studies for which a critical value is remembered.
const REMEMBERED: usize = 4096;

fn remembered(values: &mut Vec<f64>, k: usize, compute: impl Fn(usize) -> f64) -> f64 {
    if k > REMEMBERED {
        return compute(k);
    }
    while values.len() <= k {
        values.push(compute(values.len()));
    }
    values[k]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        EffectSizes, Measure,
        pool::{FixedEffect, Prediction, RandomEffects},
        tau2::Tau2,
    };

    // BCG vaccine (Colditz 1994), log risk ratios, cut into groups of 5, 0, 1, 2 and 5 studies.
    const YI: [f64; 13] = [
        -0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.0120, -0.4694, -1.3713, -0.3394,
        0.4459, -0.0173,
    ];
    const VI: [f64; 13] = [
        0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730, 0.0124, 0.5325,
        0.0714,
    ];
    const OFFSETS: [usize; 6] = [0, 5, 5, 6, 8, 13];

    fn effects(group: std::ops::Range<usize>) -> EffectSizes {
        let labels: Vec<String> = group.clone().map(|i| i.to_string()).collect();
        EffectSizes::new(Measure::Generic, labels, &YI[group.clone()], &VI[group]).unwrap()
    }

    #[test]
    fn every_group_is_its_own_fit() {
        for (inference, prediction) in [
            (Inference::Wald, Prediction::Normal),
            (Inference::T, Prediction::T),
            (Inference::HartungKnapp, Prediction::Hts),
            (Inference::HartungKnappAdHoc, Prediction::Hts),
        ] {
            let options = BatchOptions::random(Tau2::Reml).inference(inference).prediction(prediction);
            let batch = options.run(Batch::new(&YI, &VI, &OFFSETS).unwrap()).unwrap();
            for (g, pair) in OFFSETS.windows(2).enumerate().filter(|(_, pair)| pair[1] > pair[0] + 1) {
                let random = RandomEffects::new(Tau2::Reml).inference(inference).prediction(prediction);
                let fit = random.fit(&effects(pair[0]..pair[1])).unwrap();
                let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-12 * b.abs().max(1e-3), "{a} {b}");
                near(batch.estimate[g], fit.estimate);
                near(batch.se[g], fit.se);
                near(batch.ci_lower[g], fit.ci_lower);
                near(batch.ci_upper[g], fit.ci_upper);
                near(batch.ln_p_value[g], fit.p_value.unwrap().ln());
                near(batch.tau2[g], fit.heterogeneity.tau2.unwrap());
                near(batch.i2[g], fit.heterogeneity.i2.unwrap());
                near(batch.q[g], fit.heterogeneity.q.unwrap());
                match fit.prediction {
                    Some(prediction) => near(batch.prediction_lower[g], prediction.lower),
                    None => assert!(batch.prediction_lower[g].is_nan()),
                }
            }
            assert_eq!(
                batch.flag,
                [Flag::Pooled, Flag::NoStudies, Flag::OneStudy, Flag::Pooled, Flag::Pooled]
            );
        }
    }

    #[test]
    fn every_group_has_the_bits_of_the_kernel() {
        // More groups than a block, of every size up to one that finds no room on the stack.
        let (mut yi, mut vi, mut offsets) = (Vec::new(), Vec::new(), vec![0]);
        for group in 0..1100 {
            for study in 0..group % 41 {
                yi.push(YI[(group + study) % 13]);
                vi.push(VI[(2 * group + study) % 13]);
            }
            offsets.push(yi.len());
        }
        let check = |yi: &[f64]| {
            for method in [Tau2::Dl, Tau2::He] {
                let options = BatchOptions::random(method).detail(Detail::Means);
                let batch = options.run(Batch::new(yi, &vi, &offsets).unwrap()).unwrap();
                for (group, pair) in offsets.windows(2).enumerate() {
                    let own = (pair[0]..pair[1]).filter(|study| !yi[*study].is_nan());
                    let (y, v): (Vec<f64>, Vec<f64>) = own.map(|study| (yi[study], vi[study])).unzip();
                    if y.is_empty() {
                        assert_eq!(batch.flag[group], Flag::NoStudies);
                        continue;
                    }
                    let pooled = kernel::random(&y, &v, method);
                    let found = [batch.estimate[group], batch.tau2[group], batch.q[group]];
                    assert_eq!(found, [pooled.estimate, pooled.tau2, pooled.q], "group {group}");
                }
            }
        };
        check(&yi);
        (0..yi.len()).step_by(7).for_each(|study| yi[study] = f64::NAN);
        check(&yi);
    }

    #[test]
    fn a_refused_group_has_no_values() {
        for options in [BatchOptions::fixed(), BatchOptions::random(Tau2::Dl)] {
            let batch = options.run(Batch::new(&[0.1, 0.2], &[0.1, -0.2], &[0, 2, 2]).unwrap()).unwrap();
            assert_eq!(batch.flag, [Flag::Refused, Flag::NoStudies]);
            for (name, values) in batch.columns() {
                assert!(values.iter().all(|value| value.is_nan()), "{name}: {values:?}");
            }
        }
    }

    #[test]
    fn a_fixed_effect_has_i2_from_q_and_no_prediction() {
        let batch = BatchOptions::fixed().run(Batch::new(&YI, &VI, &[0, 13]).unwrap()).unwrap();
        let fit = FixedEffect::default().fit(&effects(0..13)).unwrap();
        assert!((batch.i2[0] - fit.heterogeneity.i2.unwrap()).abs() < 1e-10);
        assert!(batch.prediction_lower.is_empty());
    }

    #[test]
    fn missing_studies_are_left_out_and_bad_ones_refuse_their_group_alone() {
        let yi = [0.1, f64::NAN, 0.3, 0.2, 0.4, 0.5];
        let vi = [0.02, 0.01, 0.03, 0.0, 0.02, 0.03];
        let batch = BatchOptions::default().run(Batch::new(&yi, &vi, &[0, 3, 5, 6]).unwrap()).unwrap();
        assert_eq!(batch.flag, [Flag::Pooled, Flag::Refused, Flag::OneStudy]);
        assert_eq!(batch.k, [2, 2, 1]);
        let alone = BatchOptions::default().run(Batch::new(&[0.1, 0.3], &[0.02, 0.03], &[0, 2]).unwrap());
        assert_eq!(batch.estimate[0], alone.unwrap().estimate[0]);
    }

    #[test]
    fn values_are_usable_if_they_are_finite_and_variances_above_zero() {
        let usable = |y: f64, v: f64| usable(&[0.5, y, 1.0], &[0.1, v, 0.2]);
        for y in [0.0, -0.0, 1.0, -1.0, f64::MAX, -f64::MAX, 5e-324] {
            assert!([5e-324, 1e-300, 1.0, f64::MAX].iter().all(|v| usable(y, *v)), "{y}");
            assert!(
                ![0.0, -0.0, -1.0, -5e-324, f64::INFINITY, f64::NAN].iter().any(|v| usable(y, *v)),
                "{y}"
            );
        }
        assert!(![f64::NAN, -f64::NAN, f64::INFINITY, -f64::INFINITY].iter().any(|y| usable(*y, 1.0)));
    }

    #[test]
    fn offsets_that_do_not_fit_are_refused() {
        assert!(Batch::new(&YI, &VI, &[0, 14]).is_err());
        assert!(Batch::new(&YI, &VI, &[0, 8, 5, 13]).is_err());
        assert!(Batch::new(&YI, &VI, &[]).is_err());
        assert!(Batch::new(&YI, &VI[..3], &[0, 13]).is_err());
    }

    #[test]
    fn what_a_batch_does_not_offer_is_refused() {
        let batch = Batch::new(&YI, &VI, &[0, 13]).unwrap();
        assert!(BatchOptions::default().inference(Inference::KenwardRoger).run(batch).is_err());
        assert!(BatchOptions::fixed().prediction(Prediction::T).run(batch).is_err());
    }
}
