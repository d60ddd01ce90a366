//! Fragility: the number of patients' outcomes that carry the significance of a pooled result.
//!
//! The fragility index of a meta-analysis of two-by-two tables (Atal et al. 2019) counts the single changes of an event into a
//! non-event, or back, after which a significant result is no longer significant; the reverse index counts those that make a
//! result significant that is not.
//!
//! The algorithm is theirs, step by step and with ties resolved: at every step each study offers two changes, one in either
//! group, both in the direction that is wanted (to raise the effect: an event more in group 1, or one less in
//! group 2). Each is tried, all studies are pooled anew, and that one is made which takes the confidence limit nearest to the null
//! value furthest towards (or across) it; of equal ones the first study's, in group 1. It ends when the interval has
//! crossed. A result that is not significant is led in both directions, and the shorter way is the index (of equal ones the
//! side on which the estimate lies). Each step is the best one, which does not prove that no other path is
//! shorter: the index is an upper bound of that length, as in the paper.
//!
//! Reference: Atal, Porcher, Boutron and Ravaud (2019), The statistical significance of meta-analyses is frequently fragile:
//! definition of a fragility index for meta-analyses, doi:10.1016/j.jclinepi.2019.03.012.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Level, Measure, Result,
    effect::{AddTo, EffectOptions, StudyData, TwoByTwo, ZeroCells},
    linear::{ModelSpec, spec_setters},
    pool::{Inference, MantelHaenszel, MeanInference, Peto, PoolModel, infer},
    tau2::{self, Tau2, model::Mean},
};

/// The most changes that are tried, of which each fits all studies anew for each group.
const MOST_CHANGES: usize = 5_000;

/// A fragility analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct Fragility {
    measure: Measure,
    spec: ModelSpec,
    zero_cells: ZeroCells,
}

/// In which group an outcome is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum ChangedGroup {
    /// Group 1, the intervention.
    Intervention,
    /// Group 2, the comparator.
    Comparator,
}

/// One change of an outcome, and the result after it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OutcomeChange {
    /// The study.
    pub study: String,
    /// The group.
    pub group: ChangedGroup,
    /// The change in the number of events: 1 or -1.
    pub events: i32,
    /// The pooled effect after it.
    pub estimate: f64,
    /// The lower confidence limit after it.
    pub ci_lower: f64,
    /// The upper confidence limit after it.
    pub ci_upper: f64,
}

/// The fragility of a pooled result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FragilityReport {
    /// The effect measure.
    pub measure: Measure,
    /// The model.
    pub model: PoolModel,
    /// The confidence level.
    pub level: Level,
    /// The pooled effect.
    pub estimate: f64,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// True if the interval excludes no effect.
    pub significant: bool,
    /// The number of changes that reverse this; `None` if none do.
    pub index: Option<usize>,
    /// The index over the number of participants.
    pub quotient: Option<f64>,
    /// The participants of all studies.
    pub participants: f64,
    /// The changes, in order.
    pub changes: Vec<OutcomeChange>,
}

impl Fragility {
    /// Of a random-effects result.
    pub fn random(measure: Measure, estimator: Tau2) -> Self {
        Fragility { measure, spec: ModelSpec::random(estimator), zero_cells: ZeroCells::default() }
    }

    fn of(model: PoolModel, measure: Measure) -> Self {
        let spec = ModelSpec { model, ..ModelSpec::default() };
        Fragility { measure, spec, zero_cells: ZeroCells::default() }
    }

    /// Of a fixed-effect result by inverse variances.
    pub fn fixed_effect(measure: Measure) -> Self {
        Self::of(PoolModel::Fixed, measure)
    }

    /// Of a Mantel-Haenszel result.
    pub fn mantel_haenszel(measure: Measure) -> Self {
        Self::of(PoolModel::Mh, measure)
    }

    /// Of a result by Peto's method.
    pub fn peto() -> Self {
        Self::of(PoolModel::Peto, Measure::PetoOddsRatio)
    }

    spec_setters! {
        /// For an inverse-variance result.
        inference,
        level,
    }

    /// The handling of zero cells.
    #[must_use]
    pub fn zero_cells(mut self, zero_cells: ZeroCells) -> Self {
        self.zero_cells = zero_cells;
        self
    }

    /// The fragility of the result of these tables.
    ///
    /// # Errors
    ///
    /// If there is not one label for each table, a count is not a whole number, or the tables cannot be pooled.
    pub fn fit<L: Into<String>>(
        &self,
        labels: impl IntoIterator<Item = L>,
        tables: &[TwoByTwo],
    ) -> Result<FragilityReport> {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        if labels.len() != tables.len() || tables.is_empty() {
            return Err(Error::data(
                format!("{} labels and {} tables", labels.len(), tables.len()),
                "give one of each for every study",
            ));
        }
        let whole = |t: &TwoByTwo| [t.ai(), t.bi(), t.ci(), t.di()].iter().all(|n| n.fract() == 0.0);
        if let Some(row) = tables.iter().position(|table| !whole(table)) {
            return Err(Error::data("a count that is not a whole number", "outcomes are changed one by one")
                .in_row(row + 1)
                .in_study(&labels[row]));
        }
        let level = self.spec.level.check()?;
        let start = Pooled::new(self, level, tables.to_vec())?;
        let result = start.result()?;
        let participants: f64 = tables.iter().map(|t| t.n1i() + t.n2i()).sum();
        let significant = result.ci_lower > 0.0 || result.ci_upper < 0.0;
        let most = participants as usize;
        let changes = if significant {
            self.walk(&labels, start, !(result.ci_lower > 0.0), true, most)?
        } else {
            let up_first = result.estimate >= 0.0;
            let first = self.walk(&labels, start.clone(), up_first, false, most)?;
            // The other way only as far as it is shorter.
            let limit = first.as_ref().map_or(most, |changes| changes.len().saturating_sub(1));
            match self.walk(&labels, start, !up_first, false, limit)? {
                Some(shorter) => Some(shorter),
                None => first,
            }
        };
        let index = changes.as_ref().map(Vec::len);
        Ok(FragilityReport {
            measure: self.measure,
            model: self.spec.model,
            level,
            estimate: result.estimate,
            ci_lower: result.ci_lower,
            ci_upper: result.ci_upper,
            significant,
            index,
            quotient: index.map(|index| index as f64 / participants),
            participants,
            changes: changes.unwrap_or_default(),
        })
    }

    /// Changes that raise the effect (or lower it) until significance is `lost` or gained, at most `most`.
    fn walk(
        &self,
        labels: &[String],
        mut state: Pooled<'_>,
        raise: bool,
        lost: bool,
        most: usize,
    ) -> Result<Option<Vec<OutcomeChange>>> {
        let mut changes = Vec::new();
        // Losing significance: the limit nearest to 0 crosses it. Gaining: the limit on the far side does.
        let limit = |r: &MeanInference| match (raise, lost) {
            (true, true) | (false, false) => r.ci_upper,
            _ => r.ci_lower,
        };
        while changes.len() < most {
            let mut best: Option<(f64, usize, ChangedGroup, MeanInference)> = None;
            for study in 0..labels.len() {
                for group in [ChangedGroup::Intervention, ChangedGroup::Comparator] {
                    let Some(tried) = state.changed(study, group, raise)? else { continue };
                    let Ok(result) = tried.result() else { continue };
                    let at = if raise { limit(&result) } else { -limit(&result) };
                    if best.as_ref().is_none_or(|(other, ..)| at > *other) {
                        best = Some((at, study, group, result));
                    }
                }
            }
            let Some((at, study, group, result)) = best else { return Ok(None) };
            let Some(next) = state.changed(study, group, raise)? else { return Ok(None) };
            state = next;
            if changes.len() == MOST_CHANGES {
                return Err(Error::model(
                    format!("the result stands after {MOST_CHANGES} changed outcomes"),
                    "a fragility index means something in trials whose result hangs on few outcomes: leave it out",
                ));
            }
            changes.push(OutcomeChange {
                study: labels[study].clone(),
                group,
                events: if raise == (group == ChangedGroup::Intervention) { 1 } else { -1 },
                estimate: result.estimate,
                ci_lower: result.ci_lower,
                ci_upper: result.ci_upper,
            });
            if if lost { at >= 0.0 } else { at > 0.0 } {
                return Ok(Some(changes));
            }
        }
        Ok(None)
    }
}

/// Tables with their effects, of which a change touches one.
#[derive(Clone)]
struct Pooled<'a> {
    of: &'a Fragility,
    level: Level,
    tables: Vec<TwoByTwo>,
    /// Estimates and variances; `None` where there is none.
    effects: Vec<Option<(f64, f64)>>,
}

impl<'a> Pooled<'a> {
    fn new(of: &'a Fragility, level: Level, tables: Vec<TwoByTwo>) -> Result<Self> {
        let mut pooled = Pooled { of, level, tables, effects: Vec::new() };
        pooled.effects = pooled.effects_of(&pooled.tables)?;
        Ok(pooled)
    }

    fn effects_of(&self, tables: &[TwoByTwo]) -> Result<Vec<Option<(f64, f64)>>> {
        if matches!(self.of.spec.model, PoolModel::Mh | PoolModel::Peto) {
            return Ok(Vec::new());
        }
        let options = EffectOptions::default().zero_cells(self.of.zero_cells);
        let outcomes = StudyData::TwoByTwo(tables.to_vec()).effects(self.of.measure, &options)?;
        let usable =
            |o: &crate::effect::Outcome| o.unusable().is_none().then(|| o.yi().zip(o.vi())).flatten();
        Ok(outcomes.iter().map(usable).collect())
    }

    /// The same after one change; `None` if nobody is left whose outcome could change.
    fn changed(&self, study: usize, group: ChangedGroup, raise: bool) -> Result<Option<Self>> {
        let Some(t) = self.tables.get(study) else { return Ok(None) };
        let step = if raise { 1.0 } else { -1.0 };
        let cells = match group {
            ChangedGroup::Intervention => [t.ai() + step, t.bi() - step, t.ci(), t.di()],
            ChangedGroup::Comparator => [t.ai(), t.bi(), t.ci() - step, t.di() + step],
        };
        let Ok(table) = TwoByTwo::new(cells[0], cells[1], cells[2], cells[3]) else { return Ok(None) };
        let mut changed = self.clone();
        changed.tables[study] = table;
        if self.of.zero_cells.to == AddTo::If0All {
            // A zero anywhere touches every study.
            changed.effects = self.effects_of(&changed.tables)?;
        } else if let Some(effect) = changed.effects.get_mut(study) {
            *effect = self.effects_of(&[table])?.first().copied().flatten();
        }
        Ok(Some(changed))
    }

    fn result(&self) -> Result<MeanInference> {
        let level = self.level;
        let labels = || (1..=self.tables.len()).map(|i| i.to_string());
        let fit = match self.of.spec.model {
            PoolModel::Mh => MantelHaenszel::new(self.of.measure).level(level).fit(labels(), &self.tables)?,
            PoolModel::Peto => Peto::default().level(level).fit(labels(), &self.tables)?,
            _ => return self.inverse_variance(),
        };
        Ok(MeanInference {
            estimate: fit.estimate,
            se: fit.se,
            statistic: fit.statistic,
            df: fit.df,
            p_value: fit.p_value,
            ci_lower: fit.ci_lower,
            ci_upper: fit.ci_upper,
        })
    }

    fn inverse_variance(&self) -> Result<MeanInference> {
        let (y, v): (Vec<f64>, Vec<f64>) = self.effects.iter().flatten().copied().unzip();
        if y.is_empty() {
            return Err(Error::model("no study has an effect", "use another measure"));
        }
        let random = self.of.spec.model == PoolModel::Random && y.len() > 1;
        let tau2 = match random {
            true => tau2::estimate_of(&mut Mean::new(&y, &v), self.of.spec.estimator, None).tau2,
            false => 0.0,
        };
        let inference = if y.len() > 1 { self.of.spec.inference } else { Inference::Wald };
        infer(inference, &y, &v, tau2, None, self.level)
    }
}
