//! Mantel and Haenszel's pooling of tables, which stays sound when events are rare and studies many.
//!
//! With cells a, b, c, d, group sizes n1, n2 and N (person-time: x1, t1, x2, t2 and T):
//!
//! | measure | estimate | variance |
//! |---|---|---|
//! | OR | ln(ΣR / ΣS), R = ad/N, S = bc/N | ΣPR/(2R₊²) + Σ(PS+QR)/(2R₊S₊) + ΣQS/(2S₊²), P = (a+d)/N, Q = (b+c)/N (Robins, Breslow and Greenland 1986, doi:10.2307/2531052) |
//! | RR | ln(ΣR / ΣS), R = a n2/N, S = c n1/N | Σ (n1 n2 m - a c N)/N² / (R₊S₊), m = a + c (Greenland and Robins 1985, doi:10.2307/2530643) |
//! | RD | Σ(a n2 - c n1)/N / Σ n1 n2/N | (δ ΣU + ΣV) / (Σ n1 n2/N)², U = (c n1² - a n2² + n1 n2 (n2 - n1)/2)/N², V = (a(n2 - c) + c(n1 - a))/(2N) (Sato, Greenland and Robins 1989, doi:10.2307/2531784) |
//! | IRR | ln(ΣR / ΣS), R = x1 t2/T, S = x2 t1/T | Σ t1 t2 (x1 + x2)/T² / (R₊S₊) |
//! | IRD | Σ(x1 t2 - x2 t1)/T / Σ t1 t2/T | Σ (t1 t2/T)² (x1/t1² + x2/t2²) / (Σ t1 t2/T)² |
//!
//! (Rothman, Greenland and Lash 2008, Modern Epidemiology, chapter 15, for rates.) The estimates use the counts as they
//! are; a continuity correction touches only the effects of single studies, behind Q and the table of studies, unless the policy
//! [reaches](crate::effect::Reach) further, as those of Review Manager and the R package meta do.
//!
//! ```
//! use consilience::{Measure, effect::TwoByTwo, pool::MantelHaenszel};
//!
//! let tables = [TwoByTwo::new(4.0, 119.0, 11.0, 128.0)?, TwoByTwo::new(6.0, 300.0, 29.0, 274.0)?];
//! let fit = MantelHaenszel::new(Measure::OddsRatio).fit(["Aronson 1948", "Ferguson & Simes 1949"], &tables)?;
//! assert!((fit.estimate.exp() - (4.0 * 128.0 / 262.0 + 6.0 * 274.0 / 609.0) / (119.0 * 11.0 / 262.0 + 300.0 * 29.0 / 609.0)).abs() < 1e-12);
//! # Ok::<(), consilience::Error>(())
//! ```

use super::{
    Back, FitInfo, Heterogeneity, Inference, MeanInference, PoolFit, PoolModel, StratifiedTests, StudyWeight,
    stratified, subgroups,
};
use crate::{
    Error, GivenLevel, Level, Measure, Result,
    effect::{
        DoubleZero, EffectOptions, Outcome, PersonTime, Reach, Spread, StudyData, TwoByTwo, VarianceType,
        ZeroCells, two_by_two,
    },
};

/// A Mantel-Haenszel analysis of OR, RR, RD, IRR or IRD.
#[derive(Debug, Clone, PartialEq)]
pub struct MantelHaenszel {
    measure: Measure,
    level: GivenLevel,
    zero_cells: ZeroCells,
}

/// The contribution of one study: to numerator and denominator, to the variance, and its weight.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    r: f64,
    s: f64,
    /// Σ of the terms of the variance; the odds ratio has three.
    variance: [f64; 3],
    weight: f64,
}

impl MantelHaenszel {
    /// An analysis by this measure.
    pub fn new(measure: Measure) -> Self {
        let zero_cells = ZeroCells { drop00: DoubleZero::Drop, ..ZeroCells::default() };
        MantelHaenszel { measure, level: GivenLevel::default(), zero_cells }
    }

    /// The confidence level: a fraction, or a [`Level`].
    #[must_use]
    pub fn level(mut self, level: impl Into<GivenLevel>) -> Self {
        self.level = level.into();
        self
    }

    /// The handling of zero cells in the effects of single studies, behind Q and the table of studies. By default
    /// ½ is added to each cell of a study with a zero, and studies without events, or without non-events, in both groups have
    /// no effect there.
    #[must_use]
    pub fn zero_cells(mut self, zero_cells: ZeroCells) -> Self {
        self.zero_cells = zero_cells;
        self
    }

    /// Pools tables of events.
    ///
    /// # Errors
    ///
    /// If the measure is not OR, RR or RD, there is not one label for each table, or the tables together say nothing
    /// about the measure (no events in a group, say).
    pub fn fit<L: Into<String>>(
        &self,
        labels: impl IntoIterator<Item = L>,
        tables: &[TwoByTwo],
    ) -> Result<PoolFit> {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        let outcomes = self.outcomes(&StudyData::TwoByTwo(tables.to_vec()))?;
        self.fit_tables(&labels, tables, &outcomes)
    }

    /// Pools events and person-time.
    ///
    /// # Errors
    ///
    /// If the measure is not IRR or IRD, there is not one label for each study, or the data together say nothing about
    /// the measure.
    pub fn fit_rates<L: Into<String>>(
        &self,
        labels: impl IntoIterator<Item = L>,
        rates: &[PersonTime],
    ) -> Result<PoolFit> {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        let outcomes = self.outcomes(&StudyData::PersonTime(rates.to_vec()))?;
        self.fit_person_time(&labels, rates, &outcomes)
    }

    /// Pools tables of events, all and by group; `groups` names the group of each table.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and if there is not one group name for each table.
    pub fn fit_by<L: Into<String>, S: AsRef<str>>(
        &self,
        labels: impl IntoIterator<Item = L>,
        tables: &[TwoByTwo],
        groups: &[S],
    ) -> Result<PoolFit> {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        let outcomes = self.outcomes(&StudyData::TwoByTwo(tables.to_vec()))?;
        let mut whole = self.fit_tables(&labels, tables, &outcomes)?;
        subgroups::add(&mut whole, groups, |rows| {
            self.fit_tables(&pick(&labels, rows), &pick(tables, rows), &pick(&outcomes, rows))
        })?;
        Ok(whole)
    }

    /// Pools events and person-time, all and by group; `groups` names the group of each study.
    ///
    /// # Errors
    ///
    /// As [`fit_rates`](Self::fit_rates), and if there is not one group name for each study.
    pub fn fit_rates_by<L: Into<String>, S: AsRef<str>>(
        &self,
        labels: impl IntoIterator<Item = L>,
        rates: &[PersonTime],
        groups: &[S],
    ) -> Result<PoolFit> {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        let outcomes = self.outcomes(&StudyData::PersonTime(rates.to_vec()))?;
        let mut whole = self.fit_person_time(&labels, rates, &outcomes)?;
        subgroups::add(&mut whole, groups, |rows| {
            self.fit_person_time(&pick(&labels, rows), &pick(rates, rows), &pick(&outcomes, rows))
        })?;
        Ok(whole)
    }

    fn outcomes(&self, data: &StudyData) -> Result<Vec<Outcome>> {
        data.effects(self.measure, &EffectOptions::default().zero_cells(self.zero_cells))
    }

    fn fit_tables(&self, labels: &[String], tables: &[TwoByTwo], outcomes: &[Outcome]) -> Result<PoolFit> {
        let share: fn(&TwoByTwo) -> Share = match self.measure {
            Measure::OddsRatio => odds_ratio,
            Measure::RiskRatio => risk_ratio,
            Measure::RiskDifference => risk_difference,
            other => return Err(not_served(other)),
        };
        let counted = self.counted(tables)?;
        let shares: Vec<Share> = counted
            .iter()
            .map(|t| if t.n1i() > 0.0 && t.n2i() > 0.0 { share(t) } else { Share::default() })
            .collect();
        let mut fit = self.pool(labels, &shares, outcomes)?;
        if self.zero_cells.reach == Reach::Pooled {
            fit.notes = crate::effect::notes(labels, outcomes);
            // In single studies meta corrects ratios and differences of risks otherwise.
            let otherwise = self.zero_cells.spread == Spread::AsMeta && self.measure != Measure::OddsRatio;
            if otherwise && tables.iter().any(TwoByTwo::has_zero) {
                let amount = self.zero_cells.amount(self.measure)?;
                fit.notes.push(format!(
                    "the pooled estimate counts {amount} more in each cell of studies with a zero cell{}",
                    if self.measure == Measure::RiskDifference { ", with the risks as observed" } else { "" }
                ));
            }
        }
        let (breslow_day, tarone) = match self.measure {
            Measure::OddsRatio => stratified::breslow_day(tables, fit.estimate.exp()),
            _ => (None, None),
        };
        let cmh = if self.measure == Measure::OddsRatio { stratified::cmh(tables) } else { None };
        fit.tests = Some(StratifiedTests { cmh, breslow_day, tarone });
        Ok(fit)
    }

    /// The tables that the estimate counts: as they are, or under the policy for zero cells if that reaches so far.
    fn counted(&self, tables: &[TwoByTwo]) -> Result<Vec<TwoByTwo>> {
        if self.zero_cells.reach == Reach::Effects {
            return Ok(tables.to_vec());
        }
        // What meta adds to the events alone, or in the variance alone, of single studies goes to each cell here.
        let policy = match self.zero_cells.spread {
            Spread::AsMeta => self.zero_cells.spread(Spread::EachCell),
            _ => self.zero_cells,
        };
        let made = two_by_two::correct(self.measure, tables, VarianceType::LargeSample, &policy)?;
        // A risk difference stays as observed: the risks of the table at its corrected sizes.
        let observed = self.zero_cells.spread == Spread::AsMeta && self.measure == Measure::RiskDifference;
        let group = |events: f64, others: f64, size: f64| match events + others {
            0.0 => (0.0, 0.0),
            people => (size * events / people, size * others / people),
        };
        let counted = |((&[a, b, c, d], dropped), t): ((&[f64; 4], &Option<&'static str>), &TwoByTwo)| {
            if dropped.is_some() {
                return TwoByTwo::new(0.0, 0.0, 0.0, 0.0);
            }
            if !observed {
                return TwoByTwo::new(a, b, c, d);
            }
            let ((a, b), (c, d)) = (group(t.ai(), t.bi(), a + b), group(t.ci(), t.di(), c + d));
            TwoByTwo::new(a, b, c, d)
        };
        made.cells.iter().zip(&made.dropped).zip(tables).map(counted).collect()
    }

    fn fit_person_time(
        &self,
        labels: &[String],
        rates: &[PersonTime],
        outcomes: &[Outcome],
    ) -> Result<PoolFit> {
        let share: fn(&PersonTime) -> Share = match self.measure {
            Measure::RateRatio => rate_ratio,
            Measure::RateDifference => rate_difference,
            other => return Err(not_served(other)),
        };
        let shares: Vec<Share> = rates.iter().map(share).collect();
        let mut fit = self.pool(labels, &shares, outcomes)?;
        let cmh = if self.measure == Measure::RateRatio { stratified::cmh_rates(rates) } else { None };
        fit.tests = Some(StratifiedTests { cmh, breslow_day: None, tarone: None });
        Ok(fit)
    }

    fn pool(&self, labels: &[String], shares: &[Share], outcomes: &[Outcome]) -> Result<PoolFit> {
        let level = self.level.check()?;
        if labels.len() != shares.len() || shares.is_empty() {
            return Err(Error::data(
                format!("{} labels for {} studies", labels.len(), shares.len()),
                "give one label for every study, and at least one study",
            ));
        }
        let mut sum = Share::default();
        for share in shares {
            sum.r += share.r;
            sum.s += share.s;
            sum.weight += share.weight;
            for (total, term) in sum.variance.iter_mut().zip(share.variance) {
                *total += term;
            }
        }
        let (estimate, variance) = match self.measure {
            Measure::OddsRatio => {
                let [pr, cross, qs] = sum.variance;
                (
                    (sum.r / sum.s).ln(),
                    0.5 * (pr / (sum.r * sum.r) + cross / (sum.r * sum.s) + qs / (sum.s * sum.s)),
                )
            }
            Measure::RiskRatio | Measure::RateRatio => {
                ((sum.r / sum.s).ln(), sum.variance[0] / (sum.r * sum.s))
            }
            Measure::RiskDifference => {
                let difference = (sum.r - sum.s) / sum.weight;
                (difference, (difference * sum.variance[0] + sum.variance[1]) / (sum.weight * sum.weight))
            }
            _ => ((sum.r - sum.s) / sum.weight, sum.variance[0] / (sum.weight * sum.weight)),
        };
        if !(estimate.is_finite() && variance.is_finite() && variance > 0.0) {
            return Err(Error::model(
                format!(
                    "the studies together give no Mantel-Haenszel {}",
                    self.measure.display_label().to_lowercase()
                ),
                "both groups need events (for odds ratios also non-events) somewhere; a risk difference may still exist",
            ));
        }
        let mean = MeanInference::symmetric(estimate, variance.sqrt(), None, level);
        Ok(assemble(
            self.measure,
            PoolModel::Mh,
            mean,
            level,
            labels,
            outcomes,
            |row| 100.0 * shares[row].weight / sum.weight,
            None,
        ))
    }
}

/// The fit of a stratified analysis: Q and the likelihood from the effects of the single studies (unless Q is given),
/// weights in per cent by `weight`.
pub(super) fn assemble(
    measure: Measure,
    model: PoolModel,
    mean: MeanInference,
    level: Level,
    labels: &[String],
    outcomes: &[Outcome],
    weight: impl Fn(usize) -> f64,
    q: Option<(f64, usize)>,
) -> PoolFit {
    let effects = || outcomes.iter().filter(|o| o.unusable().is_none()).filter_map(|o| o.effect);
    let (mut deviance, mut saturated, mut count) = (0.0, 0.0, 0_usize);
    for effect in effects() {
        deviance += (effect.yi - mean.estimate).powi(2) / effect.vi;
        saturated -= 0.5 * (std::f64::consts::TAU * effect.vi).ln();
        count += 1;
    }
    let (q, df) = q.unwrap_or((deviance, count.saturating_sub(1)));
    let studies = labels
        .iter()
        .zip(outcomes)
        .enumerate()
        .map(|(row, (label, outcome))| StudyWeight {
            study: label.clone(),
            yi: outcome.yi(),
            vi: outcome.vi(),
            weight: Some(weight(row)),
            size: outcome.size,
        })
        .collect();
    let back = Back::of_measure(measure);
    let heterogeneity = Heterogeneity::from_q(q, df, level);
    let mut fit =
        PoolFit::assemble(measure, model, level, (Inference::Wald, mean), heterogeneity, back, studies);
    if count > 0 {
        fit.fit = Some(FitInfo::new(saturated - 0.5 * deviance, deviance, 1.0, count as f64));
    }
    fit.notes = crate::effect::notes(labels, outcomes)
        .into_iter()
        .map(|note| format!("{note} (in the effects of single studies and in Q; the pooled estimate uses the counts as they are)"))
        .collect();
    fit
}

fn pick<T: Clone>(all: &[T], rows: &[usize]) -> Vec<T> {
    rows.iter().filter_map(|&row| all.get(row).cloned()).collect()
}

fn not_served(measure: Measure) -> Error {
    Error::setting(
        "measure",
        format!("Mantel-Haenszel pooling of {measure}"),
        "use OR, RR or RD with tables of events, IRR or IRD with person-time",
    )
}

fn odds_ratio(t: &TwoByTwo) -> Share {
    let (a, b, c, d) = (t.ai(), t.bi(), t.ci(), t.di());
    let n = a + b + c + d;
    let (r, s, p, q) = (a * d / n, b * c / n, (a + d) / n, (b + c) / n);
    Share { r, s, variance: [p * r, p * s + q * r, q * s], weight: s }
}

fn risk_ratio(t: &TwoByTwo) -> Share {
    let (a, c, n1, n2) = (t.ai(), t.ci(), t.n1i(), t.n2i());
    let n = n1 + n2;
    let (r, s) = (a * n2 / n, c * n1 / n);
    Share { r, s, variance: [(n1 * n2 * (a + c) - a * c * n) / (n * n), 0.0, 0.0], weight: s }
}

fn risk_difference(t: &TwoByTwo) -> Share {
    let (a, c, n1, n2) = (t.ai(), t.ci(), t.n1i(), t.n2i());
    let n = n1 + n2;
    let u = (c * n1 * n1 - a * n2 * n2 + 0.5 * n1 * n2 * (n2 - n1)) / (n * n);
    let v = (a * (n2 - c) + c * (n1 - a)) / (2.0 * n);
    Share { r: a * n2 / n, s: c * n1 / n, variance: [u, v, 0.0], weight: n1 * n2 / n }
}

fn rate_ratio(p: &PersonTime) -> Share {
    let (x1, t1, x2, t2) = (p.x1i(), p.t1i(), p.x2i(), p.t2i());
    let t = t1 + t2;
    let (r, s) = (x1 * t2 / t, x2 * t1 / t);
    Share { r, s, variance: [t1 * t2 * (x1 + x2) / (t * t), 0.0, 0.0], weight: s }
}

fn rate_difference(p: &PersonTime) -> Share {
    let (x1, t1, x2, t2) = (p.x1i(), p.t1i(), p.x2i(), p.t2i());
    let w = t1 * t2 / (t1 + t2);
    let variance = w * w * (x1 / (t1 * t1) + x2 / (t2 * t2));
    Share { r: x1 / t1 * w, s: x2 / t2 * w, variance: [variance, 0.0, 0.0], weight: w }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// R package meta 8.3-0, `metabin(method = "MH")` with its default `MH.exact = FALSE`: estimate and standard error of a
    /// set whose third study has no events in group 2.
    #[test]
    fn the_policy_of_meta_reaches_the_estimate() {
        let tables = [(3.0, 20.0, 7.0, 21.0), (9.0, 40.0, 8.0, 39.0), (1.0, 11.0, 0.0, 250.0)]
            .map(|(a, n1, c, n2)| TwoByTwo::from_totals(a, n1, c, n2).unwrap());
        let fit = |measure| {
            MantelHaenszel::new(measure).zero_cells(ZeroCells::meta()).fit(["a", "b", "c"], &tables).unwrap()
        };
        for (measure, estimate, se) in [
            (Measure::OddsRatio, -0.01276723556, Some(0.40755101790)),
            (Measure::RiskRatio, -0.01032254451, Some(0.31218264230)),
            // The standard error of meta has another formula.
            (Measure::RiskDifference, -0.01072576069, None),
        ] {
            let made = fit(measure);
            approx::assert_relative_eq!(made.estimate, estimate, max_relative = 1e-9);
            if let Some(se) = se {
                approx::assert_relative_eq!(made.se, se, max_relative = 1e-9);
            }
        }
    }
}
