//! Effects that share people, with their sampling covariances from the data themselves.
//!
//! Use it when a study contributes several effects and reports the data behind them: several interventions against one comparator
//! ([`shared_comparator`]), or several outcomes of the same two groups ([`endpoints`]). Where only effects and variances are known, take
//! [`super::covariance`], which approximates these covariances by correlations.
//!
//! Most measures are differences between groups, y = f(group 1) - f(group 2), with var y = v1 + v2. Then
//!
//! - comparisons with one comparator have the covariance v2 (Gleser & Olkin 2009, 19.2): p(1 - p)/n for `RD`, 1/x - 1/n for `RR`, 1/x +
//!   1/(n - x) for `OR`, 1/(4n) for `AS`, s²/n for `MD`, s²/(n·m²) for `ROM`, 1/(2(n - 1)) for `VR`, 1/x for `IRR`, x/t² for `IRD`, 1/(4t) for `IRSD`;
//! - outcomes that correlate by r within each group have the covariance r·(√(v1i·v1j) + √(v2i·v2j)) (Wei & Higgins 2013).
//!
//! Standardized mean differences g also share their SD. With the SD pooled over all N people of the study, comparisons with one
//! comparator of n2 people have the covariance 1/n2 + gi·gj/(2N); outcomes have r(1/n1 + 1/n2) + r²·gi·gj/(2(n1 + n2)) (Gleser & Olkin 2009,
//! 19.3 and 19.5).
//!
//! ```
//! use consilience::Measure;
//! use consilience::convert::{import::pairwise::PairData, unit::dependent};
//! use consilience::effect::{BiasCorrection, TwoByTwo};
//!
//! // The first study of Gleser & Olkin (2009), Table 19.1: two treatments against one control, here control minus treatment.
//! let arm = |x| Ok::<_, consilience::Error>(PairData::Counts(TwoByTwo::from_totals(x, 4000.0, 40.0, 1000.0)?));
//! let study = dependent::shared_comparator(&[arm(100.0)?, arm(150.0)?], Measure::RiskDifference, BiasCorrection::Exact)?.value;
//! assert!((study.effects[0].yi - -0.0150).abs() < 1e-12);
//! assert!((study.covariance(0, 1) - 0.04 * 0.96 / 1000.0).abs() < 1e-18);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Gleser LJ, Olkin I (2009). Stochastically dependent effect sizes. In: The Handbook of Research Synthesis and
//!   Meta-Analysis, 2nd ed., 357-376.
//! - Wei Y, Higgins JPT (2013). Estimating within-study covariances in multivariate meta-analysis with multiple outcomes.
//!   doi:10.1002/sim.5679

use serde::{Deserialize, Serialize};

use super::super::check;
use super::super::import::pairwise::{ArmOutcome, PairData};
use super::super::record::{Derived, Step};
use super::covariance::{CovarianceBlock, positive_definite};
use crate::{
    Error, Measure, Result,
    effect::{BiasCorrection, Effect, EffectOptions, OneMean, Outcome, Proportion, Rate, StudyData},
};

const GLESER_OLKIN: &str =
    "Gleser & Olkin 2009, The Handbook of Research Synthesis and Meta-Analysis, 357-376";
const WEI_HIGGINS: &str = "Wei & Higgins 2013, doi:10.1002/sim.5679";

/// The effects of one study with their covariances.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CorrelatedEffects {
    /// The effects, in the order of the data.
    pub effects: Vec<Effect>,
    /// Their covariances, row by row.
    pub covariances: Vec<f64>,
}

impl CorrelatedEffects {
    /// The covariance of effects i and j, counted from 0; 0 beyond the last.
    pub fn covariance(&self, i: usize, j: usize) -> f64 {
        let m = self.effects.len();
        if i < m && j < m { self.covariances.get(i * m + j).copied().unwrap_or(0.0) } else { 0.0 }
    }
}

/// The measure of one group whose difference between groups a measure is.
fn of_one_group(measure: Measure) -> Result<Measure> {
    Ok(match measure.code() {
        "RD" => Measure::RawProportion,
        "RR" => Measure::LogProportion,
        "OR" => Measure::LogitProportion,
        "AS" => Measure::ArcsineProportion,
        "MD" => Measure::RawMean,
        "ROM" => Measure::LogMean,
        "VR" => Measure::LogStandardDeviation,
        "IRD" => Measure::IncidenceRate,
        "IRR" => Measure::LogIncidenceRate,
        "IRSD" => Measure::SquareRootIncidenceRate,
        code => {
            return Err(Error::unknown(
                "measure of dependent effects",
                code,
                ["RD", "RR", "OR", "AS", "MD", "SMD", "ROM", "VR", "IRD", "IRR", "IRSD"],
            ));
        }
    })
}

/// The value and variance of each group on the scale of the measure.
fn groups(arms: &[ArmOutcome], measure: Measure, correction: BiasCorrection) -> Result<Vec<(f64, f64)>> {
    let one = of_one_group(measure)?;
    let (mut counts, mut means, mut rates) = (Vec::new(), Vec::new(), Vec::new());
    for arm in arms {
        match arm {
            ArmOutcome::Counts(p) => counts.push(*p),
            ArmOutcome::Means(m) => means.push(*m),
            ArmOutcome::Rates(r) => rates.push(*r),
        }
    }
    let data = if counts.len() == arms.len() {
        StudyData::Proportion(counts)
    } else if means.len() == arms.len() {
        StudyData::Mean(means)
    } else if rates.len() == arms.len() {
        StudyData::Rate(rates)
    } else {
        return Err(Error::data(
            "groups with different kinds of outcome",
            "all rows of a study need the same kind of data",
        ));
    };
    let options = EffectOptions::default().bias_correction(correction);
    let all = data.effects(one, &options).map_err(|_| {
        Error::setting(
            "measure",
            format!("{measure} needs {}", measure.data_kind().roles()),
            format!("the data of each group are {}", data.kind().roles()),
        )
    })?;
    all.iter()
        .map(|outcome| {
            let none = || {
                let why = outcome.unusable().unwrap_or("no variance");
                Error::data(
                    format!("a group has no {one}: {why}"),
                    "check its numbers or choose another measure",
                )
            };
            let (y, v) = (outcome.yi().ok_or_else(none)?, Outcome::vi(outcome).ok_or_else(none)?);
            // The second-order term of a log ratio of means, as `ROM` has it.
            let second = measure.code() == "ROM" && correction != BiasCorrection::None;
            Ok((if second { y + 0.5 * v } else { y }, v))
        })
        .collect()
}

/// Adds one half to every cell of every group of a study with an empty cell, as the measures of two groups do by default, but to all
/// groups, so that a comparator stays the same in every comparison.
fn without_empty_cells(arms: &mut [ArmOutcome], measure: Measure) -> Result<bool> {
    let empty = |arm: &ArmOutcome| match (measure.code(), arm) {
        ("RD" | "RR" | "OR", ArmOutcome::Counts(p)) => p.xi() <= 0.0 || p.xi() >= p.ni(),
        ("IRD" | "IRR", ArmOutcome::Rates(r)) => r.xi() <= 0.0,
        _ => false,
    };
    if !arms.iter().any(empty) {
        return Ok(false);
    }
    for arm in arms {
        *arm = match arm {
            ArmOutcome::Counts(p) => ArmOutcome::Counts(Proportion::new(p.xi() + 0.5, p.ni() + 1.0)?),
            ArmOutcome::Rates(r) => ArmOutcome::Rates(Rate::new(r.xi() + 0.5, r.ti())?),
            ArmOutcome::Means(m) => ArmOutcome::Means(*m),
        };
    }
    Ok(true)
}

fn sides(pairs: &[PairData]) -> Result<(Vec<ArmOutcome>, Vec<ArmOutcome>)> {
    if pairs.is_empty() {
        return Err(Error::data("no effects", "give the data of at least one effect"));
    }
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for (row, pair) in pairs.iter().enumerate() {
        let [first, second] = pair.arms().map_err(|error| error.in_row(row + 1))?;
        one.push(first);
        two.push(second);
    }
    Ok((one, two))
}

fn means(arms: &[ArmOutcome]) -> Result<Vec<OneMean>> {
    arms.iter()
        .map(|arm| match arm {
            ArmOutcome::Means(m) => Ok(*m),
            _ => Err(Error::setting(
                "measure",
                "SMD needs means and SDs",
                "choose a measure of the data: RD, RR, OR, AS, IRR, IRD or IRSD",
            )),
        })
        .collect()
}

fn sized(arm: &ArmOutcome) -> f64 {
    match arm {
        ArmOutcome::Counts(p) => p.ni(),
        ArmOutcome::Means(m) => m.ni(),
        ArmOutcome::Rates(r) => r.ti(),
    }
}

/// Puts effects and covariances together, with the data in the record.
fn together(
    one: &[ArmOutcome],
    two: &[ArmOutcome],
    effects: Vec<Effect>,
    covariance: impl Fn(usize, usize) -> f64,
    mut step: Step,
) -> Result<Derived<CorrelatedEffects>> {
    let m = effects.len();
    for (i, effect) in effects.iter().enumerate() {
        check::computable("effect", effect.yi).map_err(|error| error.in_row(i + 1))?;
        check::positive("variance", effect.vi).map_err(|error| error.in_row(i + 1))?;
    }
    let mut covariances = Vec::with_capacity(m * m);
    for (i, effect) in effects.iter().enumerate() {
        for j in 0..m {
            let value = if i == j { effect.vi } else { covariance(i.min(j), i.max(j)) };
            covariances.push(check::computable("covariance", value)?);
        }
    }
    if m > 1 {
        let block =
            CovarianceBlock { cluster: String::new(), rows: (0..m).collect(), values: covariances.clone() };
        positive_definite(&block).map_err(|error| error.at(|place| place.study = None))?;
    }
    for (i, (one, two)) in one.iter().zip(two).enumerate() {
        for (group, arm) in [(1, one), (2, two)] {
            for (name, value) in arm.values() {
                step = step.from(&format!("{name}, effect {}, group {group}", i + 1), value);
            }
        }
    }
    for (i, effect) in effects.iter().enumerate() {
        step = step.result(&format!("yi {}", i + 1), effect.yi).result(&format!("vi {}", i + 1), effect.vi);
    }
    Ok(step.gives(CorrelatedEffects { effects, covariances }))
}

/// Several interventions against one comparator, group 2 of every pair.
///
/// A standardized mean difference takes its SD from all groups together and corrects it by `correction` with their degrees of freedom; the
/// log ratio of means takes its second-order term unless there is no correction. Other measures have no use for it. If a cell is empty, one
/// half is added to the cells of all groups (except for `AS` and `IRSD`), and a note says so.
///
/// # Errors
///
/// If the pairs have not the same comparator, the measure is not one of those above or needs other data, or an effect has no variance.
pub fn shared_comparator(
    pairs: &[PairData],
    measure: Measure,
    correction: BiasCorrection,
) -> Result<Derived<CorrelatedEffects>> {
    let (mut one, two) = sides(pairs)?;
    let Some(shared) = two.first().copied() else {
        return Err(Error::data("no comparator", "give the data of at least one effect"));
    };
    if let Some(row) = two.iter().position(|arm| *arm != shared) {
        return Err(Error::data(
            "another comparator than in the first comparison of the study",
            "comparisons that share a comparator have the same numbers in group 2",
        )
        .in_row(row + 1));
    }
    let what = match pairs.len() {
        1 => format!("comparison ({measure})"),
        several => format!("{several} comparisons with one comparator ({measure})"),
    };
    let step = Step::new(
        what,
        "covariance: the variance of the comparator on the scale of the measure",
        GLESER_OLKIN,
    );
    if measure == Measure::StandardizedMeanDifference {
        let arms = means(&one)?;
        let [comparator] = means(&[shared])?[..] else {
            return Err(Error::data("no comparator", "give the data of at least one effect"));
        };
        let all = || arms.iter().chain(std::iter::once(&comparator));
        let df: f64 = all().map(|arm| arm.ni() - 1.0).sum();
        let n: f64 = all().map(|arm| arm.ni()).sum();
        let squares: f64 = all().map(|arm| (arm.ni() - 1.0) * arm.sdi() * arm.sdi()).sum();
        let factor = check::computable("small-sample factor", correction.factor(df))?;
        let sd = check::positive("pooled SD", (squares / df).sqrt())?;
        let effects: Vec<Effect> = arms
            .iter()
            .map(|arm| {
                let yi = factor * (arm.mi() - comparator.mi()) / sd;
                Effect { yi, vi: 1.0 / arm.ni() + 1.0 / comparator.ni() + yi * yi / (2.0 * n) }
            })
            .collect();
        let g: Vec<f64> = effects.iter().map(|effect| effect.yi).collect();
        let product = |i: usize, j: usize| g.get(i).zip(g.get(j)).map_or(0.0, |(a, b)| a * b);
        let mut step = step.from("pooled SD", sd).assuming_that("equal SDs in all groups");
        step.formula = "g = J·difference/SD pooled over all groups; covariance 1/n2 + gi·gj/(2N)".to_owned();
        let covariance = |i, j| 1.0 / comparator.ni() + product(i, j) / (2.0 * n);
        return together(&one, &two, effects, covariance, step);
    }
    let reported = (one.clone(), two);
    one.push(shared);
    let corrected = without_empty_cells(&mut one, measure)?;
    let mut values = groups(&one, measure, correction)?;
    let Some((y2, v2)) = values.pop() else {
        return Err(Error::data("no comparator", "give the data of at least one effect"));
    };
    let effects = values.iter().map(|(y, v)| Effect { yi: y - y2, vi: v + v2 }).collect();
    together(&reported.0, &reported.1, effects, |_, _| v2, noted(step, corrected))
}

/// Several outcomes of the same two groups, which correlate within each group by `correlations`: one for all pairs of outcomes, or one for
/// each pair in the order (1, 2), (1, 3), ..., (2, 3), ....
///
/// # Errors
///
/// If there is another number of correlations, one is beyond ±1, the groups differ in size between outcomes, the measure is not one of
/// those above or needs other data, an effect has no variance, or the covariances are not positive definite.
pub fn endpoints(
    pairs: &[PairData],
    measure: Measure,
    correlations: &[f64],
    correction: BiasCorrection,
) -> Result<Derived<CorrelatedEffects>> {
    let (one, two) = sides(pairs)?;
    let m = pairs.len();
    let all_pairs = m * (m - 1) / 2;
    if correlations.len() != 1 && correlations.len() != all_pairs {
        return Err(Error::setting(
            "correlations",
            format!("{} of them for {m} outcomes", correlations.len()),
            format!("give one for all, or {all_pairs}, one for each pair of outcomes"),
        ));
    }
    for &r in correlations {
        check::correlation("correlation of the outcomes", r)?;
    }
    let same = |arms: &[ArmOutcome]| arms.iter().position(|arm| arms.first().map(sized) != Some(sized(arm)));
    if let Some(row) = same(&one).or_else(|| same(&two)) {
        return Err(Error::data(
            "another size than for the first outcome of the study",
            "give the data of those who have all outcomes",
        )
        .in_row(row + 1));
    }
    let r = |i: usize, j: usize| {
        let place = i * (2 * m - i - 1) / 2 + (j - i - 1);
        let single = (correlations.len() == 1).then_some(0);
        correlations.get(single.unwrap_or(place)).copied().unwrap_or(0.0)
    };
    let mut step = Step::new(
        format!("{m} outcomes of the same groups ({measure})"),
        "covariance r·(√(v1i·v1j) + √(v2i·v2j)) of the groups' variances on the scale of the measure",
        WEI_HIGGINS,
    );
    if m > 1 {
        match *correlations {
            [r] => step = step.assuming("correlation of the outcomes", r),
            _ => {
                for i in 0..m {
                    for j in i + 1..m {
                        let name = format!("correlation of outcomes {} and {}", i + 1, j + 1);
                        step = step.assuming(&name, r(i, j));
                    }
                }
            }
        }
    }
    if measure == Measure::StandardizedMeanDifference {
        return standardized_endpoints(&one, &two, correction, r, step);
    }
    let mut arms: Vec<ArmOutcome> = one.iter().chain(&two).copied().collect();
    let corrected = without_empty_cells(&mut arms, measure)?;
    let values = groups(&arms, measure, correction)?;
    let (first, second) = values.split_at(m.min(values.len()));
    let effects: Vec<Effect> =
        first.iter().zip(second).map(|(a, b)| Effect { yi: a.0 - b.0, vi: a.1 + b.1 }).collect();
    let covariance = |i: usize, j: usize| {
        let within =
            |group: &[(f64, f64)]| group.get(i).zip(group.get(j)).map_or(0.0, |(a, b)| (a.1 * b.1).sqrt());
        r(i, j) * (within(first) + within(second))
    };
    together(&one, &two, effects, covariance, noted(step, corrected))
}

/// Outcomes as standardized mean differences, whose covariances rest on the sizes and the effects.
fn standardized_endpoints(
    one: &[ArmOutcome],
    two: &[ArmOutcome],
    correction: BiasCorrection,
    r: impl Fn(usize, usize) -> f64,
    mut step: Step,
) -> Result<Derived<CorrelatedEffects>> {
    let mut effects = Vec::with_capacity(one.len());
    for (a, b) in means(one)?.iter().zip(&means(two)?) {
        let df = a.ni() + b.ni() - 2.0;
        let squares = (a.ni() - 1.0) * a.sdi() * a.sdi() + (b.ni() - 1.0) * b.sdi() * b.sdi();
        let sd = check::positive("pooled SD", (squares / df).sqrt())?;
        let factor = check::computable("small-sample factor", correction.factor(df))?;
        let yi = factor * (a.mi() - b.mi()) / sd;
        effects.push(Effect { yi, vi: 1.0 / a.ni() + 1.0 / b.ni() + yi * yi / (2.0 * (a.ni() + b.ni())) });
    }
    let (n1, n2) = (one.first().map_or(1.0, sized), two.first().map_or(1.0, sized));
    let g: Vec<f64> = effects.iter().map(|effect| effect.yi).collect();
    let product = |i: usize, j: usize| g.get(i).zip(g.get(j)).map_or(0.0, |(a, b)| a * b);
    let covariance = |i: usize, j: usize| {
        let r = r(i, j);
        r * (1.0 / n1 + 1.0 / n2) + r * r * product(i, j) / (2.0 * (n1 + n2))
    };
    step.formula = "covariance r(1/n1 + 1/n2) + r²·gi·gj/(2(n1 + n2))".to_owned();
    step.reference = GLESER_OLKIN.to_owned();
    together(one, two, effects, covariance, step)
}

fn noted(step: Step, corrected: bool) -> Step {
    if corrected {
        step.assuming("continuity correction", 0.5)
            .note("a cell is empty: 0.5 was added to the cells of all groups of the study")
    } else {
        step
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::effect::{PersonTime, TwoByTwo, TwoMeans};
    use approx::assert_relative_eq;

    fn counts(a: f64, n1: f64, c: f64, n2: f64) -> PairData {
        PairData::Counts(TwoByTwo::from_totals(a, n1, c, n2).unwrap())
    }

    fn means(m1: f64, s1: f64, m2: f64, s2: f64) -> PairData {
        PairData::Means(TwoMeans::new(m1, s1, 20.0, m2, s2, 30.0).unwrap())
    }

    /// The effects are those of the two-group measures, and the comparator's variance is what is left when the intervention has none:
    /// the covariance equals half of v1 + v2 - var(y1 - y2), where y1 - y2 compares the two interventions.
    #[test]
    fn effects_are_those_of_two_groups_and_differences_are_direct_comparisons() {
        let pairs = [counts(12.0, 60.0, 20.0, 50.0), counts(9.0, 40.0, 20.0, 50.0)];
        let direct = TwoByTwo::from_totals(12.0, 60.0, 9.0, 40.0).unwrap();
        let two = |t: TwoByTwo, measure| {
            let all = StudyData::TwoByTwo(vec![t]).effects(measure, &EffectOptions::default()).unwrap();
            (all[0].yi().unwrap(), all[0].vi().unwrap())
        };
        for code in ["RD", "RR", "OR", "AS"] {
            let measure: Measure = code.parse().unwrap();
            let study = shared_comparator(&pairs, measure, BiasCorrection::Exact).unwrap().value;
            let (y, v) = two(TwoByTwo::from_totals(12.0, 60.0, 20.0, 50.0).unwrap(), measure);
            assert_relative_eq!(study.effects[0].yi, y, max_relative = 1e-12);
            assert_relative_eq!(study.effects[0].vi, v, max_relative = 1e-12);
            let (y, v) = two(direct, measure);
            assert_relative_eq!(study.effects[0].yi - study.effects[1].yi, y, max_relative = 1e-10);
            let of_difference = study.effects[0].vi + study.effects[1].vi - 2.0 * study.covariance(0, 1);
            assert_relative_eq!(of_difference, v, max_relative = 1e-12);
        }
        let rates = |x1, t1| PairData::Rates(PersonTime::new(x1, t1, 20.0, 300.0).unwrap());
        for (code, v2) in [("IRR", 1.0 / 20.0), ("IRD", 20.0 / 90_000.0), ("IRSD", 1.0 / 1200.0)] {
            let pairs = [rates(12.0, 200.0), rates(9.0, 100.0)];
            let study =
                shared_comparator(&pairs, code.parse().unwrap(), BiasCorrection::Exact).unwrap().value;
            assert_relative_eq!(study.covariance(1, 0), v2, max_relative = 1e-12);
        }
        let pairs = [means(5.0, 2.0, 4.0, 3.0), means(6.0, 1.0, 4.0, 3.0)];
        for (code, v2) in [("MD", 0.3), ("ROM", 9.0 / 480.0), ("VR", 1.0 / 58.0)] {
            let study =
                shared_comparator(&pairs, code.parse().unwrap(), BiasCorrection::Exact).unwrap().value;
            assert_relative_eq!(study.covariance(0, 1), v2, max_relative = 1e-12);
        }
    }

    /// Outcomes without correlation are independent; two copies of one outcome (r = 1) have its variance as covariance, which no model can
    /// use.
    #[test]
    fn correlation_leads_from_independence_to_identity() {
        for (code, pair) in [("OR", counts(12.0, 60.0, 20.0, 50.0)), ("SMD", means(5.0, 2.0, 4.0, 3.0))] {
            let measure: Measure = code.parse().unwrap();
            let at = |r| endpoints(&[pair, pair], measure, &[r], BiasCorrection::Exact);
            assert_eq!(at(0.0).unwrap().value.covariance(0, 1), 0.0);
            let nearly = at(1.0 - 1e-9).unwrap().value;
            assert_relative_eq!(nearly.covariance(0, 1), nearly.effects[0].vi, max_relative = 1e-8);
            assert!(at(1.0).unwrap_err().to_string().contains("rows 1, 2 is not positive definite"));
            assert!(at(1.2).unwrap_err().to_string().contains("between -1 and 1"));
        }
    }

    #[test]
    fn correlations_by_pair() {
        let pairs = [means(5.0, 2.0, 4.0, 3.0), means(6.0, 1.0, 4.0, 2.0), means(1.0, 1.0, 2.0, 1.0)];
        let study =
            endpoints(&pairs, Measure::MeanDifference, &[0.1, 0.2, 0.3], BiasCorrection::Exact).unwrap();
        // r (s1i s1j/20 + s2i s2j/30).
        assert_relative_eq!(
            study.value.covariance(0, 1),
            0.1 * (2.0 / 20.0 + 6.0 / 30.0),
            max_relative = 1e-12
        );
        assert_relative_eq!(
            study.value.covariance(0, 2),
            0.2 * (2.0 / 20.0 + 3.0 / 30.0),
            max_relative = 1e-12
        );
        assert_relative_eq!(
            study.value.covariance(2, 1),
            0.3 * (1.0 / 20.0 + 2.0 / 30.0),
            max_relative = 1e-12
        );
        assert_eq!(study.assumptions().count(), 3);
        assert!(endpoints(&pairs, Measure::MeanDifference, &[0.1, 0.2], BiasCorrection::Exact).is_err());
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let pairs = [counts(12.0, 60.0, 20.0, 50.0), counts(9.0, 40.0, 21.0, 50.0)];
        let error = shared_comparator(&pairs, Measure::OddsRatio, BiasCorrection::Exact).unwrap_err();
        assert!(error.to_string().contains("row 2: another comparator"), "{error}");
        let error = endpoints(&pairs, Measure::OddsRatio, &[0.5], BiasCorrection::Exact).unwrap_err();
        assert!(error.to_string().contains("row 2: another size"), "{error}");
        for code in ["MD", "SMD", "IRR", "COR"] {
            let error =
                shared_comparator(&pairs[..1], code.parse().unwrap(), BiasCorrection::Exact).unwrap_err();
            assert!(error.to_string().contains("measure"), "{error}");
        }
        assert!(shared_comparator(&[], Measure::OddsRatio, BiasCorrection::Exact).is_err());
        let empty = [counts(0.0, 60.0, 20.0, 50.0), counts(9.0, 40.0, 20.0, 50.0)];
        let study = shared_comparator(&empty, Measure::OddsRatio, BiasCorrection::Exact).unwrap();
        assert!(study.notes().any(|note| note.contains("0.5 was added")));
        assert_relative_eq!(study.value.covariance(0, 1), 1.0 / 20.5 + 1.0 / 30.5, max_relative = 1e-12);
        // 0.5/61 and 20.5/51: the default of a risk difference with an empty cell.
        let study = shared_comparator(&empty[..1], Measure::RiskDifference, BiasCorrection::Exact).unwrap();
        let table = TwoByTwo::from_totals(0.0, 60.0, 20.0, 50.0).unwrap();
        let alone = StudyData::TwoByTwo(vec![table])
            .effects(Measure::RiskDifference, &EffectOptions::default())
            .unwrap();
        assert_relative_eq!(study.value.effects[0].yi, alone[0].yi().unwrap(), max_relative = 1e-12);
        assert_relative_eq!(study.value.effects[0].vi, alone[0].vi().unwrap(), max_relative = 1e-12);
    }
}
