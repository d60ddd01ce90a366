//! Straight lines: of effects on one predictor, by weighted least squares or as a meta-regression.

use crate::{
    Error, Level, Result,
    pool::{Inference, PoolModel},
    range::REMEDY,
    robust::{ClusteredModel, RobustType},
    stat::{normal, t},
    tau2::{self, Tau2, linear::Linear, model::Model},
};

/// y = intercept + slope x, with its covariances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    pub intercept: f64,
    pub slope: f64,
    pub var_intercept: f64,
    pub var_slope: f64,
    pub covariance: f64,
    /// The degrees of freedom of the slope's t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// Those of the intercept.
    pub df_intercept: Option<f64>,
    /// The weighted residual sum of squares.
    pub rss: f64,
}

/// A coefficient with its test and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tested {
    pub estimate: f64,
    pub se: f64,
    pub statistic: Option<f64>,
    pub p_value: Option<f64>,
    pub ci_lower: f64,
    pub ci_upper: f64,
}

impl Tested {
    pub fn new(estimate: f64, variance: f64, df: Option<f64>, level: Level) -> Self {
        let se = variance.sqrt();
        let statistic = Some(estimate / se).filter(|z| z.is_finite());
        let half = level.critical_value(df) * se;
        let p = |z: f64| df.map_or_else(|| normal::two_sided(z), |df| t::two_sided(z, df));
        Tested {
            estimate,
            se,
            statistic,
            p_value: statistic.map(p),
            ci_lower: estimate - half,
            ci_upper: estimate + half,
        }
    }

    /// Refuses limits that are beyond the range of numbers.
    pub fn within_range(self) -> Result<Self> {
        match [self.estimate, self.se, self.ci_lower, self.ci_upper].into_iter().all(f64::is_finite) {
            true => Ok(self),
            false => Err(Error::model("the estimate or its limits are beyond the range of numbers", REMEDY)),
        }
    }
}

impl Line {
    /// Weighted least squares with a multiplicative dispersion: variances are (dispersion / w), t with k - 2.
    ///
    /// # Errors
    ///
    /// With fewer than 3 studies, equal predictors, or effects that lie on a line.
    pub fn least_squares(x: &[f64], y: &[f64], w: &[f64]) -> Result<Self> {
        check(x)?;
        let total: f64 = w.iter().sum();
        let mean = |values: &[f64]| values.iter().zip(w).map(|(v, w)| v * w).sum::<f64>() / total;
        let (xm, ym) = (mean(x), mean(y));
        let (mut sxx, mut sxy) = (0.0, 0.0);
        for ((x, y), w) in x.iter().zip(y).zip(w) {
            sxx += w * (x - xm) * (x - xm);
            sxy += w * (x - xm) * (y - ym);
        }
        let slope = sxy / sxx;
        let rss =
            x.iter().zip(y).zip(w).map(|((x, y), w)| w * ((y - ym) - slope * (x - xm)).powi(2)).sum::<f64>();
        let df = x.len() as f64 - 2.0;
        // What rounding leaves is no dispersion.
        let scale = y.iter().zip(w).map(|(y, w)| w * y * y).sum::<f64>();
        if !(rss > 1e-26 * scale) {
            return Err(Error::model("the effects lie on a line", "no dispersion is left to test it by"));
        }
        let dispersion = rss / df;
        let line = Line {
            intercept: ym - slope * xm,
            slope,
            var_intercept: dispersion * (1.0 / total + xm * xm / sxx),
            var_slope: dispersion / sxx,
            covariance: -dispersion * xm / sxx,
            df: Some(df),
            df_intercept: Some(df),
            rss,
        };
        line.within_range()
    }

    /// Refuses a line with numbers so large, or none, that its limits are beyond the range of numbers.
    fn within_range(self) -> Result<Self> {
        const MOST: f64 = 1e150;
        let variances = [self.var_intercept, self.var_slope, self.covariance.abs()];
        let errors = variances.into_iter().map(f64::sqrt);
        let within = |value: f64| value.abs() < MOST;
        match [self.intercept, self.slope].into_iter().chain(errors).all(within) && self.rss.is_finite() {
            true => Ok(self),
            false => Err(Error::model("the line on the predictor is beyond the range of numbers", REMEDY)),
        }
    }

    /// A meta-regression with an additive tau² (none for a fixed-effect model).
    ///
    /// # Errors
    ///
    /// As [`least_squares`](Self::least_squares).
    pub fn meta_regression(
        x: &[f64],
        yi: &[f64],
        vi: &[f64],
        model: PoolModel,
        estimator: Tau2,
        inference: Inference,
        clusters: Option<&[usize]>,
    ) -> Result<Self> {
        let (line, tau2) = Line::mixed(x, (yi, vi), model, estimator, inference)?;
        let weights: Vec<f64> = vi.iter().map(|v| 1.0 / (v + tau2)).collect();
        line.over(clusters, x, yi, &weights)
    }

    /// The meta-regression by its model alone, with its tau².
    ///
    /// # Errors
    ///
    /// As [`least_squares`](Self::least_squares).
    pub fn mixed(
        x: &[f64],
        (yi, vi): (&[f64], &[f64]),
        model: PoolModel,
        estimator: Tau2,
        inference: Inference,
    ) -> Result<(Self, f64)> {
        check(x)?;
        let mut design = vec![1.0; x.len()];
        design.extend_from_slice(x);
        let mut linear = Linear::new(yi, vi, &design)?;
        let tau2 = match model {
            PoolModel::Random => tau2::estimate_of(&mut linear, estimator, None).tau2,
            _ => 0.0,
        };
        let (b, c) = linear.coefficients(|_, v| 1.0 / (v + tau2));
        let rss = linear.residual(|_, v| 1.0 / (v + tau2)).rss;
        let df = linear.df();
        let (factor, df) = match inference {
            Inference::T => (1.0, Some(df)),
            Inference::HartungKnapp => (rss / df, Some(df)),
            Inference::HartungKnappAdHoc => ((rss / df).max(1.0), Some(df)),
            _ => (1.0, None),
        };
        let [intercept, slope] = b[..] else {
            return Err(Error::model("a line has two coefficients", "give one predictor"));
        };
        let line = Line {
            intercept,
            slope,
            var_intercept: factor * c[0],
            var_slope: factor * c[3],
            covariance: factor * c[1],
            df,
            df_intercept: df,
            rss,
        };
        Ok((line.within_range()?, tau2))
    }

    /// With the CR2 sandwich over clusters in place of the model's variances, and Satterthwaite's degrees of freedom; the
    /// same without clusters. `w` are the weights, whose inverse is the working variance.
    ///
    /// # Errors
    ///
    /// If the clusters are too few.
    pub fn over(mut self, clusters: Option<&[usize]>, x: &[f64], y: &[f64], w: &[f64]) -> Result<Self> {
        let Some(clusters) = clusters else { return Ok(self) };
        let mut design = vec![1.0; x.len()];
        design.extend_from_slice(x);
        let estimates = [self.intercept, self.slope];
        let residuals: Vec<f64> = y.iter().zip(x).map(|(y, x)| y - self.intercept - self.slope * x).collect();
        let model = ClusteredModel::inverse_variance(&design, &estimates, &residuals, w, clusters)?;
        let robust = model.robust(RobustType::Cr2)?;
        let coefficients = robust.coefficients(0.95)?;
        if let [intercept, slope] = coefficients[..] {
            self.var_intercept = intercept.se * intercept.se;
            self.var_slope = slope.se * slope.se;
            self.covariance = robust.covariance().get(1).copied().unwrap_or(0.0);
            (self.df_intercept, self.df) = (Some(intercept.df), Some(slope.df));
        }
        self.within_range()
    }

    pub fn slope(&self, level: Level) -> Tested {
        Tested::new(self.slope, self.var_slope, self.df, level)
    }

    pub fn intercept(&self, level: Level) -> Tested {
        Tested::new(self.intercept, self.var_intercept, self.df_intercept, level)
    }
}

/// Refuses what has no line.
fn check(x: &[f64]) -> Result<()> {
    if x.len() < 3 {
        return Err(Error::model(
            format!("a regression on one predictor needs at least 3 studies, there are {}", x.len()),
            "there is nothing to test",
        ));
    }
    let (low, high) = x.iter().fold((f64::MAX, f64::MIN), |(a, b), &v| (a.min(v), b.max(v)));
    if !(high - low > 1e-12 * high.abs().max(low.abs())) {
        return Err(Error::model(
            "all studies have the same value of the predictor",
            "choose another predictor",
        ));
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn least_squares_equals_lm() {
        // R 4.2: lm(c(1, 3, 2, 5) ~ c(0.1, 0.2, 0.4, 0.5), weights = c(1, 2, 3, 4))
        let line =
            Line::least_squares(&[0.1, 0.2, 0.4, 0.5], &[1.0, 3.0, 2.0, 5.0], &[1.0, 2.0, 3.0, 4.0]).unwrap();
        assert!((line.slope - 7.412_935_323_383_085).abs() < 1e-12);
        assert!((line.intercept - 0.557_213_930_348_259).abs() < 1e-13);
        assert!((line.var_slope - 27.499_319_323_779_1).abs() < 1e-11);
        assert!((line.var_intercept - 4.317_393_133_833_32).abs() < 1e-12);
        assert!((line.covariance + 10.174_748_149_798_3).abs() < 1e-12);
        assert_eq!(line.df, Some(2.0));
        assert!(Line::least_squares(&[0.3; 4], &[1.0, 2.0, 3.0, 4.0], &[1.0; 4]).is_err());
        assert!(Line::least_squares(&[0.1, 0.2, 0.4, 0.5], &[0.3; 4], &[1.0, 2.0, 3.0, 4.0]).is_err());
    }
}
