//! Moderators by name: fits with a design, and predicted effects.

use crate::{
    Error, Measure, Result, SourceRows,
    pool::{Prediction, PredictionInterval, Transformed},
    regression::{Design, Point, PredictedEffect},
    table::{FormulaDesign, ReferenceGrid},
};

use super::{CountFit, CountMeasure, Counts, Effects, Glmm, Link, Model, fit::inverse};

impl CountMeasure {
    /// The measure of effect sizes that has the same scale.
    pub fn measure(self) -> Measure {
        match self {
            CountMeasure::OddsRatio => Measure::OddsRatio,
            CountMeasure::RateRatio => Measure::RateRatio,
            CountMeasure::RiskRatio => Measure::RiskRatio,
            CountMeasure::Proportion => Measure::LogitProportion,
            CountMeasure::Rate => Measure::LogIncidenceRate,
        }
    }
}

impl Glmm {
    /// Fits the model with moderators: a design with one row for each study.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit); if the design has another number of rows, or a column that is constant or a combination of
    /// others among the informative studies.
    pub fn fit_with(&self, counts: &Counts, design: impl Into<Design>) -> Result<CountFit> {
        let design = design.into();
        check(counts, &design)?;
        let mut fit = self.fit_design(counts, &design)?;
        fit.notes.extend(design.notes().iter().cloned());
        Ok(fit)
    }
}

/// Refuses a design for other counts, or without a column.
pub(super) fn check(counts: &Counts, design: &Design) -> Result<()> {
    design.check_rows(counts.len(), &SourceRows::default(), "the design")?;
    if design.p() == 0 {
        return Err(Error::model("the model has no coefficient", "keep the intercept, or add a moderator"));
    }
    Ok(())
}

impl CountFit {
    /// The prediction interval for the effect in a new study; `None` for a common effect, overdispersed counts, and with
    /// moderators.
    ///
    /// # Errors
    ///
    /// For `nnf`, which is for pooled means of effect sizes.
    pub fn prediction(&self, method: Prediction) -> Result<Option<PredictionInterval>> {
        let Some(effect) = &self.effect else { return Ok(None) };
        let (Some(estimate), Some(se)) = (effect.estimate, effect.se) else { return Ok(None) };
        self.prediction_at(method, estimate, se)
    }

    fn prediction_at(
        &self,
        method: Prediction,
        estimate: f64,
        se: f64,
    ) -> Result<Option<PredictionInterval>> {
        if method == Prediction::Nnf {
            return Err(Error::setting(
                "prediction",
                "`nnf` is defined for means of effect sizes only",
                "use normal, t or hts",
            ));
        }
        let Some(tau2) = self.heterogeneity.tau2.filter(|_| self.effects == Effects::Random) else {
            return Ok(None);
        };
        let residual = self.k as f64 - self.terms.len() as f64;
        Ok(PredictionInterval::new(method, estimate, se, tau2, None, residual, self.level))
    }

    /// A value on the scale that people read.
    pub(crate) fn shown(&self, value: f64) -> f64 {
        let link = if self.measure.two_groups() { Link::Log } else { self.link };
        inverse(link, value)
    }

    /// The effects at all combinations of the values of `grid`; `design` is the one that was fitted.
    ///
    /// # Errors
    ///
    /// If a moderator has no value, a value is unknown or of the wrong kind, the design is another, or a coefficient is
    /// infinite.
    pub fn predict(
        &self,
        design: &FormulaDesign,
        grid: &ReferenceGrid,
        method: Prediction,
    ) -> Result<Vec<PredictedEffect>> {
        let p = self.terms.len();
        let beta: Option<Vec<f64>> = self.all_coefficients().iter().map(|c| c.estimate).collect();
        let beta =
            beta.filter(|beta| beta.len() == p && self.covariance.len() == p * p).ok_or_else(|| {
                Error::model("a coefficient is infinite: nothing can be predicted", "leave its moderator out")
            })?;
        let df = self.all_coefficients().first().and_then(|c| c.df);
        grid.points(design)?
            .into_iter()
            .map(|point| {
                let row = design.row(&point)?;
                if row.len() != p {
                    let found = format!("the design has {} columns, the fit {p}", row.len());
                    return Err(Error::data(found, "predict with the design that was fitted"));
                }
                let estimate: f64 = row.iter().zip(&beta).map(|(x, b)| x * b).sum();
                let mut variance = 0.0;
                for (i, x) in row.iter().enumerate() {
                    for (j, y) in row.iter().enumerate() {
                        variance += x * y * self.covariance[i * p + j];
                    }
                }
                let values = point.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                self.predicted(Point(values), estimate, variance.max(0.0).sqrt(), df, method)
            })
            .collect()
    }

    fn predicted(
        &self,
        values: Point,
        estimate: f64,
        se: f64,
        df: Option<f64>,
        method: Prediction,
    ) -> Result<PredictedEffect> {
        let half = self.level.critical_value(df) * se;
        let interval = self.prediction_at(method, estimate, se)?;
        let (ci_lower, ci_upper) = (estimate - half, estimate + half);
        let mut transformed = self.transformed_scale();
        transformed.estimate = Some(self.shown(estimate));
        transformed.ci_lower = Some(self.shown(ci_lower));
        transformed.ci_upper = Some(self.shown(ci_upper));
        transformed.prediction_lower = interval.map(|interval| self.shown(interval.lower));
        transformed.prediction_upper = interval.map(|interval| self.shown(interval.upper));
        Ok(PredictedEffect {
            values,
            estimate,
            se,
            df,
            ci_lower,
            ci_upper,
            prediction_lower: interval.map(|interval| interval.lower),
            prediction_upper: interval.map(|interval| interval.upper),
            transformed,
        })
    }

    /// The scale that people read, without values yet.
    pub(crate) fn transformed_scale(&self) -> Transformed {
        Transformed { scale: self.measure.measure().scale(), ..Transformed::default() }
    }

    /// The effect on the scale that people read, with its prediction interval.
    pub fn transformed_with(&self, prediction: Option<PredictionInterval>) -> Transformed {
        let mut transformed = self.transformed_scale();
        transformed.estimate = self.transformed.estimate;
        transformed.ci_lower = self.transformed.ci_lower;
        transformed.ci_upper = self.transformed.ci_upper;
        transformed.prediction_lower = prediction.map(|interval| self.shown(interval.lower));
        transformed.prediction_upper = prediction.map(|interval| self.shown(interval.upper));
        transformed
    }

    /// The likelihood and the reason to use it here, in a clause.
    pub fn why(&self) -> &'static str {
        match (self.model, self.measure) {
            (Model::CmEl, CountMeasure::RateRatio) => {
                "given the events of both groups, those of group 1 are binomial: exact, without a parameter for the \
                 baseline of each study and without a continuity correction"
            }
            (Model::CmEl, _) => {
                "given the margins of each table, the events of group 1 are noncentral hypergeometric: exact, without a \
                 parameter for the baseline of each study and without a continuity correction"
            }
            (Model::CmAl, _) => {
                "the conditional likelihood is replaced by a binomial one, which is right as far as events are rare in \
                 both groups"
            }
            (Model::UmFs, _) => {
                "both groups' counts are modeled with a parameter for the baseline of each study; with few events a study \
                 these parameters make tau² too small"
            }
            (Model::UmRs, _) => {
                "both groups' counts are modeled with baselines that vary normally between studies, so that studies \
                 without events inform the baseline"
            }
            (Model::BetaBinomial, _) => {
                "risks vary between studies by a beta distribution with one overdispersion; studies without events count"
            }
            (Model::BivariateBetaBinomial, _) => {
                "risks vary between studies by beta distributions with one overdispersion, correlated between the groups of \
                 a study; studies without events count"
            }
            (Model::NegativeBinomial, _) => {
                "rates vary between studies by a gamma distribution with one overdispersion; studies without events count"
            }
            (Model::Normal, CountMeasure::Rate) => {
                "counts are Poisson given each study's log rate, and log rates are normal: no variance has to be invented \
                 where there are no events"
            }
            (Model::Normal, _) => {
                "counts are binomial given each study's proportion, and transformed proportions are normal: no variance \
                 has to be invented where there are no events"
            }
        }
    }
}
