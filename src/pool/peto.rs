//! Peto's one-step odds ratio: good for rare events, small effects and balanced groups.
//!
//! ln OR = Σ(O - E) / ΣV with variance 1 / ΣV, O - E and V of the hypergeometric distribution of each table (Yusuf et al.
//! 1985, doi:10.1016/S0033-0620(85)80003-7); Q = Σ (O - E)² / V - (Σ(O - E))² / ΣV. Tables without events, or without
//! non-events, carry no information.
//!
//! ```
//! use consilience::{effect::TwoByTwo, pool::Peto};
//!
//! let tables = [TwoByTwo::new(4.0, 119.0, 11.0, 128.0)?, TwoByTwo::new(6.0, 300.0, 29.0, 274.0)?];
//! let fit = Peto::default().fit(["Aronson 1948", "Ferguson & Simes 1949"], &tables)?;
//! assert!(fit.transformed.estimate.is_some_and(|or| or < 0.35));
//! # Ok::<(), consilience::Error>(())
//! ```

use super::{
    MeanInference, PoolFit, PoolModel, StratifiedTests, mantel_haenszel::assemble, stratified, subgroups,
};
use crate::{
    Error, GivenLevel, Measure, Result,
    effect::{DoubleZero, EffectOptions, Outcome, StudyData, TwoByTwo, ZeroCells},
};

/// A Peto analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct Peto {
    level: GivenLevel,
    zero_cells: ZeroCells,
}

impl Default for Peto {
    fn default() -> Self {
        Peto {
            level: GivenLevel::default(),
            zero_cells: ZeroCells { drop00: DoubleZero::Drop, ..ZeroCells::default() },
        }
    }
}

impl Peto {
    /// The confidence level: a fraction, or a [`Level`](crate::Level).
    #[must_use]
    pub fn level(mut self, level: impl Into<GivenLevel>) -> Self {
        self.level = level.into();
        self
    }

    /// The handling of zero cells in the effects of single studies, behind the likelihood and the table of studies.
    #[must_use]
    pub fn zero_cells(mut self, zero_cells: ZeroCells) -> Self {
        self.zero_cells = zero_cells;
        self
    }

    /// Pools tables of events.
    ///
    /// # Errors
    ///
    /// If there is not one label for each table, or no table has both events and non-events.
    pub fn fit<L: Into<String>>(
        &self,
        labels: impl IntoIterator<Item = L>,
        tables: &[TwoByTwo],
    ) -> Result<PoolFit> {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        let outcomes = self.outcomes(tables)?;
        self.pool(&labels, tables, &outcomes)
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
        let outcomes = self.outcomes(tables)?;
        let mut whole = self.pool(&labels, tables, &outcomes)?;
        subgroups::add(&mut whole, groups, |rows| {
            let pick = |row: &usize| {
                Some((labels.get(*row)?.clone(), *tables.get(*row)?, outcomes.get(*row)?.clone()))
            };
            let (mut l, mut t, mut o) = (Vec::new(), Vec::new(), Vec::new());
            for (label, table, outcome) in rows.iter().filter_map(pick) {
                l.push(label);
                t.push(table);
                o.push(outcome);
            }
            self.pool(&l, &t, &o)
        })?;
        Ok(whole)
    }

    fn outcomes(&self, tables: &[TwoByTwo]) -> Result<Vec<Outcome>> {
        let options = EffectOptions::default().zero_cells(self.zero_cells);
        StudyData::TwoByTwo(tables.to_vec()).effects(Measure::PetoOddsRatio, &options)
    }

    fn pool(&self, labels: &[String], tables: &[TwoByTwo], outcomes: &[Outcome]) -> Result<PoolFit> {
        let level = self.level.check()?;
        if labels.len() != tables.len() || tables.is_empty() {
            return Err(Error::data(
                format!("{} labels for {} tables", labels.len(), tables.len()),
                "give one label for every table, and at least one table",
            ));
        }
        labels.iter().zip(tables).try_for_each(|(label, table)| stratified::check_size(label, table))?;
        let parts: Vec<Option<(f64, f64)>> = tables.iter().map(stratified::observed_less_expected).collect();
        let (mut difference, mut variance, mut squares, mut count) = (0.0, 0.0, 0.0, 0_usize);
        for (d, v) in parts.iter().flatten() {
            difference += d;
            variance += v;
            squares += d * d / v;
            count += 1;
        }
        if count == 0 {
            return Err(Error::model(
                "no table has both events and non-events, so there is no Peto odds ratio",
                "pool risk differences instead",
            ));
        }
        let mean = MeanInference::symmetric(difference / variance, (1.0 / variance).sqrt(), None, level);
        let q = squares - difference * difference / variance;
        let weight = |row: usize| parts[row].map_or(0.0, |(_, v)| 100.0 * v / variance);
        let mut fit = assemble(
            Measure::PetoOddsRatio,
            PoolModel::Peto,
            mean,
            level,
            labels,
            outcomes,
            weight,
            Some((q.max(0.0), count - 1)),
        );
        fit.tests = Some(StratifiedTests { cmh: stratified::cmh(tables), breslow_day: None, tarone: None });
        Ok(fit)
    }
}
