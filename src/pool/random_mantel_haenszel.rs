//! Random effects as Cochrane's Review Manager fits them to counts: heterogeneity about the Mantel-Haenszel estimate.
//!
//! When to use it: to reproduce a published Cochrane analysis of events with the model "M-H, Random". With the effects y of
//! single tables, their variances v, w = 1/v and the Mantel-Haenszel estimate m of the same tables (Deeks and Higgins 2010)
//!
//! - Q = Σ w (y - m)², with k - 1 degrees of freedom;
//! - tau² = max(0, (Q - (k-1)) / (Σw - Σw²/Σw)), the estimator of DerSimonian and Laird with this Q;
//! - I² = 100 max(0, (Q - (k-1))/Q), and the mean has the weights 1/(v + tau²).
//!
//! Q about the inverse-variance mean, the usual one, is the least that any center gives, so this Q and tau² are never smaller;
//! one table has neither. Confidence limits of tau² rest on the usual Q and are not given.
//!
//! ```
//! use consilience::{Measure, effect::TwoByTwo, pool::RandomMantelHaenszel};
//!
//! // Three made-up trials; meta 8.3, metabin(method = "MH", method.tau = "DL", Q.Cochrane = TRUE), gives the same numbers.
//! let tables = [
//!     TwoByTwo::from_totals(12.0, 17.0, 10.0, 18.0)?,
//!     TwoByTwo::from_totals(34.0, 277.0, 40.0, 198.0)?,
//!     TwoByTwo::from_totals(3.0, 62.0, 24.0, 59.0)?,
//! ];
//! let fit = RandomMantelHaenszel::new(Measure::RiskRatio).fit(["Ash", "Birch", "Cedar"], &tables)?;
//! assert!((fit.heterogeneity.q.unwrap_or(0.0) - 17.6671050101).abs() < 1e-9);
//! assert!((fit.estimate - -0.6700232322).abs() < 1e-9);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Deeks JJ, Higgins JPT (2010). Statistical algorithms in Review Manager 5. The Cochrane Collaboration.
//! - DerSimonian R, Laird N (1986). Meta-analysis in clinical trials. doi:10.1016/0197-2456(86)90046-2

use super::{Heterogeneity, MantelHaenszel, PoolFit, RandomEffects, subgroups};
use crate::{
    EffectSizes, Error, Measure, Result,
    effect::{EffectOptions, Outcome, StudyData, TwoByTwo, ZeroCells},
    linear::{ModelSpec, spec_setters},
    tau2::Tau2,
};

/// A random-effects analysis of OR, RR or RD with heterogeneity about the Mantel-Haenszel estimate. By default zero cells are
/// treated as by Review Manager.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomMantelHaenszel {
    measure: Measure,
    spec: ModelSpec,
    zero_cells: ZeroCells,
}

impl RandomMantelHaenszel {
    /// An analysis by this measure.
    pub fn new(measure: Measure) -> Self {
        RandomMantelHaenszel { measure, spec: ModelSpec::random(Tau2::Dl), zero_cells: ZeroCells::revman() }
    }

    /// Sets the policy for zero cells, of the single effects and, as the policy says, of the Mantel-Haenszel estimate.
    #[must_use]
    pub fn zero_cells(mut self, zero_cells: ZeroCells) -> Self {
        self.zero_cells = zero_cells;
        self
    }

    spec_setters! {
        /// `Wald`, `T`, `HartungKnapp` or `HartungKnappAdHoc`.
        inference,
        prediction,
        level,
    }

    /// Pools tables of events.
    ///
    /// # Errors
    ///
    /// If the measure is not OR, RR or RD, there is not one label for each table, no table has an effect, or the tables
    /// together have no Mantel-Haenszel estimate.
    pub fn fit<L: Into<String>>(
        &self,
        labels: impl IntoIterator<Item = L>,
        tables: &[TwoByTwo],
    ) -> Result<PoolFit> {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        let outcomes = self.outcomes(&labels, tables)?;
        self.fit_tables(&labels, tables, &outcomes)
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
        let outcomes = self.outcomes(&labels, tables)?;
        if groups.len() != tables.len() {
            return Err(Error::data(
                format!("{} groups for {} studies", groups.len(), tables.len()),
                "name the group of every study",
            ));
        }
        let mut whole = self.fit_tables(&labels, tables, &outcomes)?;
        // Subgroups count the studies of the fit, which has none without an effect.
        let usable: Vec<usize> = (0..tables.len())
            .filter(|&row| outcomes.get(row).is_some_and(|o| o.unusable().is_none()))
            .collect();
        let named: Vec<&str> = usable.iter().filter_map(|&row| groups.get(row)).map(AsRef::as_ref).collect();
        subgroups::add(&mut whole, &named, |rows| {
            let rows: Vec<usize> = rows.iter().filter_map(|&row| usable.get(row).copied()).collect();
            let of = |row: &usize| {
                Some((labels.get(*row)?.clone(), *tables.get(*row)?, outcomes.get(*row)?.clone()))
            };
            let parts: Vec<(String, TwoByTwo, Outcome)> = rows.iter().filter_map(of).collect();
            let labels: Vec<String> = parts.iter().map(|(label, ..)| label.clone()).collect();
            let tables: Vec<TwoByTwo> = parts.iter().map(|(_, table, _)| *table).collect();
            let outcomes: Vec<Outcome> = parts.into_iter().map(|(.., outcome)| outcome).collect();
            self.fit_tables(&labels, &tables, &outcomes)
        })?;
        Ok(whole)
    }

    fn outcomes(&self, labels: &[String], tables: &[TwoByTwo]) -> Result<Vec<Outcome>> {
        if labels.len() != tables.len() {
            return Err(Error::data(
                format!("{} labels for {} studies", labels.len(), tables.len()),
                "give one label for every study",
            ));
        }
        let options = EffectOptions::default().zero_cells(self.zero_cells);
        StudyData::TwoByTwo(tables.to_vec()).effects(self.measure, &options)
    }

    fn fit_tables(&self, labels: &[String], tables: &[TwoByTwo], outcomes: &[Outcome]) -> Result<PoolFit> {
        let level = self.spec.level.check()?;
        let center =
            MantelHaenszel::new(self.measure).zero_cells(self.zero_cells).fit(labels, tables)?.estimate;
        let effects = EffectSizes::from_outcomes(self.measure, labels, outcomes)?;
        let (q, tau2) = moments(effects.yi(), effects.vi(), center);
        let spec = ModelSpec { fixed_tau2: Some(tau2.unwrap_or(0.0)), ..self.spec.clone() };
        let mut fit = RandomEffects::from(spec).fit(&effects)?;
        let df = effects.len().saturating_sub(1);
        let given = fit.heterogeneity.clone();
        fit.heterogeneity = Heterogeneity {
            tau2,
            tau: tau2.map(f64::sqrt),
            r_b: given.r_b,
            d2: given.d2,
            ..Heterogeneity::from_q(q, df, level)
        };
        fit.notes.retain(|note| !note.starts_with("tau² was fixed at"));
        fit.notes.push(
            "Q, tau² (DerSimonian and Laird) and I² are taken about the Mantel-Haenszel estimate, as by Review Manager; \
             such a tau² has no confidence limits here"
                .to_owned(),
        );
        Ok(fit)
    }
}

/// Q about a center, and the moment estimate of tau² from it; no estimate from a single study.
fn moments(yi: &[f64], vi: &[f64], center: f64) -> (f64, Option<f64>) {
    let (mut q, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for (y, v) in yi.iter().zip(vi) {
        q += (y - center).powi(2) / v;
        sum += 1.0 / v;
        squares += 1.0 / (v * v);
    }
    let df = yi.len() as f64 - 1.0;
    let tau2 = (yi.len() > 1).then(|| ((q - df) / (sum - squares / sum)).max(0.0));
    (q, tau2)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn tables() -> [TwoByTwo; 3] {
        [(12.0, 17.0, 10.0, 18.0), (34.0, 277.0, 40.0, 198.0), (3.0, 62.0, 24.0, 59.0)]
            .map(|(a, n1, c, n2)| TwoByTwo::from_totals(a, n1, c, n2).unwrap())
    }

    #[test]
    fn review_manager_is_reproduced() {
        // meta 8.3: metabin(sm = "RR", method = "MH", method.tau = "DL", Q.Cochrane = TRUE)
        let fit = RandomMantelHaenszel::new(Measure::RiskRatio).fit(["A", "B", "C"], &tables()).unwrap();
        approx::assert_relative_eq!(fit.heterogeneity.tau2.unwrap(), 0.7269538302, max_relative = 1e-9);
        approx::assert_relative_eq!(fit.ci_lower, -1.7197479643, max_relative = 1e-9);
        approx::assert_relative_eq!(fit.ci_upper, 0.3797014999, max_relative = 1e-9);
        let i2 = 100.0 * (17.6671050101 - 2.0) / 17.6671050101;
        approx::assert_relative_eq!(fit.heterogeneity.i2.unwrap(), i2, max_relative = 1e-9);
        assert_eq!(fit.heterogeneity.tau2_ci, None);
    }

    #[test]
    fn subgroups_are_analysed_alike_and_empty_studies_are_left_out() {
        let mut tables = tables().to_vec();
        tables.insert(1, TwoByTwo::from_totals(0.0, 20.0, 0.0, 21.0).unwrap());
        let model = RandomMantelHaenszel::new(Measure::RiskRatio);
        let fit = model.fit_by(["A", "none", "B", "C"], &tables, &["x", "x", "x", "y"]).unwrap();
        assert_eq!(fit.k, 3);
        let groups = fit.subgroups.unwrap();
        assert_eq!((groups[0].k, groups[1].k), (2, 1));
        let alone = model.fit(["A", "B"], &[tables[0], tables[2]]).unwrap();
        assert_eq!(groups[0].heterogeneity.q, alone.heterogeneity.q);
        assert_eq!(groups[1].heterogeneity.tau2, None);
        assert!(fit.notes.iter().any(|note| note.contains("no events in either group")));
        assert!(model.fit_by(["A"], &tables[..1], &["x", "y"]).is_err());
        assert!(RandomMantelHaenszel::new(Measure::RateRatio).fit(["A"], &tables[..1]).is_err());
    }

    /// With ½ in every cell of the second table m = ln(ΣR/ΣS) of the corrected cells.
    #[test]
    fn zero_cells_enter_the_center_as_review_manager_corrects_them() {
        let tables = [(4.0, 20.0, 8.0, 20.0), (0.0, 30.0, 5.0, 30.0)]
            .map(|(a, n1, c, n2)| TwoByTwo::from_totals(a, n1, c, n2).unwrap());
        let fit = RandomMantelHaenszel::new(Measure::RiskRatio).fit(["A", "B"], &tables).unwrap();
        let y = [0.5f64.ln(), (0.5f64 / 5.5).ln()];
        let v = [1.0 / 4.0 - 1.0 / 20.0 + 1.0 / 8.0 - 1.0 / 20.0, 2.0 - 1.0 / 31.0 + 1.0 / 5.5 - 1.0 / 31.0];
        let m = ((4.0 * 20.0 / 40.0 + 0.5 * 31.0 / 62.0) / (8.0 * 20.0 / 40.0 + 5.5 * 31.0 / 62.0f64)).ln();
        let q = (y[0] - m).powi(2) / v[0] + (y[1] - m).powi(2) / v[1];
        approx::assert_relative_eq!(fit.heterogeneity.q.unwrap(), q, max_relative = 1e-12);
    }
}
