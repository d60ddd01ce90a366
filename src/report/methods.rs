//! The list of methods actually used, and the paragraphs of methods and results that a paper needs.

use super::{fixed, interval, p_value_sentence, percent};
use crate::{
    pool::{Inference, PoolFit, PoolModel},
    robust::RobustSummary,
};

impl PoolFit {
    /// Every method behind the numbers, one line each: measure, model, estimator, inference, prediction, heterogeneity.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, pool::RandomEffects};
    ///
    /// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C"], [1.0, 3.0, 8.0], [1.0, 1.0, 1.0])?;
    /// let fit = RandomEffects::default().fit(&effects)?;
    /// assert!(fit.methods().iter().any(|line| line.contains("restricted maximum likelihood")));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn methods(&self) -> Vec<String> {
        let mut lines = vec![format!("Measure: {} ({})", self.measure.label().to_lowercase(), self.measure)];
        lines.push(match self.model {
            PoolModel::Random => {
                "Random-effects model, inverse-variance weights unless others were given".to_owned()
            }
            PoolModel::Fixed => {
                "Fixed-effect model, inverse-variance weights unless others were given".to_owned()
            }
            PoolModel::Mh => "Mantel-Haenszel weights, counts as they are".to_owned(),
            PoolModel::Peto => "Peto's one-step odds ratio, counts as they are".to_owned(),
        });
        let h = &self.heterogeneity;
        if let (Some(method), Some(_)) = (self.method, h.tau2) {
            lines.push(match h.is_estimated() {
                true => format!("tau^2: {} ({method})", method.name()),
                false => "tau^2: fixed by the user".to_owned(),
            });
        }
        if let Some(method) = h.tau2_ci_method {
            lines.push(format!("Interval for tau^2, and by it for tau, I^2 and H^2: {method}"));
        }
        lines.push(match (&self.robust, self.df) {
            (Some(robust), _) => format!(
                "Inference for the mean: cluster-robust {}, {} clusters",
                robust.kind, robust.clusters
            ),
            (None, Some(df)) => {
                let df = if df.fract() == 0.0 { fixed(df, 0) } else { fixed(df, 2) };
                format!("Inference for the mean: {}, {df} df", self.inference.name())
            }
            (None, None) => format!("Inference for the mean: {}", self.inference.name()),
        });
        if let Some(name) = self.prediction_name() {
            lines.push(format!(
                "Prediction interval: {name} (code {})",
                self.prediction.map_or("", |p| p.method.code())
            ));
        }
        if h.i2.is_some() {
            lines.push(match h.tau2 {
                Some(_) => {
                    "I^2 and H^2: from tau^2 and the typical sampling variance of Higgins and Thompson (2002)"
                        .to_owned()
                }
                None => "I^2 and H^2: from Q".to_owned(),
            });
        }
        lines
    }

    /// A paragraph for the methods section.
    pub fn methods_paragraph(&self) -> String {
        let measure = self.measure_display().to_lowercase();
        let model = match self.model {
            PoolModel::Random => {
                let estimator = match (self.method, self.heterogeneity.is_estimated()) {
                    (Some(method), true) => {
                        format!(", with the between-study variance estimated by {}", method.name())
                    }
                    (_, false) if self.heterogeneity.tau2.is_some() => {
                        ", with the between-study variance fixed".to_owned()
                    }
                    _ => String::new(),
                };
                format!("a random-effects model{estimator}")
            }
            PoolModel::Fixed => "a fixed-effect inverse-variance model".to_owned(),
            PoolModel::Mh => "the Mantel-Haenszel method".to_owned(),
            PoolModel::Peto => "Peto's method".to_owned(),
        };
        let on_logs = match self.measure.label() {
            label if label.starts_with("Log ") => " (analyzed as logarithm)",
            _ => "",
        };
        let mut text = format!("The {measure}{on_logs} was pooled by {model}. ");
        text += &match (self.inference, &self.robust) {
            (_, Some(RobustSummary { kind, clusters })) => {
                format!(
                    "{} confidence intervals are cluster-robust ({kind}, {clusters} clusters).",
                    self.level
                )
            }
            (Inference::Wald, None) => format!("{} confidence intervals are Wald-type.", self.level),
            (other, None) => {
                format!("{} confidence intervals follow the {} method.", self.level, other.name())
            }
        };
        if self.heterogeneity.q.is_some() {
            text += " Heterogeneity was assessed by Cochran's Q";
            text +=
                if self.heterogeneity.tau2.is_some() { ", tau\u{b2} and I\u{b2}" } else { " and I\u{b2}" };
            if let Some(method) = self.heterogeneity.tau2_ci_method {
                text += &format!(", with intervals by the {method} method");
            }
            text += ".";
        }
        if let Some(name) = self.prediction_name() {
            text += &format!(" The {} prediction interval rests on the {name}.", self.level);
        }
        if self.subgroups.is_some() {
            text += match self.subgroup_test.and_then(|test| test.df2) {
                Some(_) => " Subgroups were compared by a cluster-robust Wald test of their means.",
                None => " Subgroups were compared by Cochran's Q between their means.",
            };
        }
        text + &format!(" Computed with consilience {}.", env!("CARGO_PKG_VERSION"))
    }

    /// A paragraph for the results section, with the numbers in place.
    pub fn results_paragraph(&self) -> String {
        let digits = self.display_digits();
        let (estimate, lower, upper) =
            match (self.transformed.estimate, self.transformed.ci_lower, self.transformed.ci_upper) {
                (Some(e), Some(l), Some(u)) => (e, l, u),
                _ => (self.estimate, self.ci_lower, self.ci_upper),
            };
        let studies = if self.k == 1 {
            "One study was included".to_owned()
        } else {
            format!("{} studies were included", self.k)
        };
        let mut text = format!(
            "{studies}. The pooled {} was {} ({}",
            self.measure_display().to_lowercase(),
            fixed(estimate, digits),
            interval("CI", self.level, lower, upper, digits)
        );
        text += &self.p_value.map_or(String::new(), |p| format!("; {}", p_value_sentence(p)));
        text += ").";
        let h = &self.heterogeneity;
        if let (Some(q), Some(p)) = (h.q, h.q_p_value) {
            text += &format!(" Cochran's Q was {} on {} df ({})", fixed(q, 2), h.q_df, p_value_sentence(p));
            if let Some(i2) = h.i2 {
                text += &format!(", I\u{b2} {}", percent(i2, 0));
            }
            if let Some(tau2) = h.tau2 {
                text += &format!(", tau\u{b2} {}", fixed(tau2, 4));
                match (h.tau2_ci_empty, h.tau2_ci) {
                    (true, _) => text += " (empty confidence set)",
                    (false, Some([l, u])) => text += &format!(" ({})", interval("CI", self.level, l, u, 4)),
                    _ => {}
                }
            }
            text += ".";
        }
        if let Some(p) = self.prediction {
            let (l, u) = match (self.transformed.prediction_lower, self.transformed.prediction_upper) {
                (Some(l), Some(u)) => (l, u),
                _ => (p.lower, p.upper),
            };
            text += &format!(
                " The true effect of a new study is expected between {} and {} ({} prediction interval).",
                fixed(l, digits),
                fixed(u, digits),
                self.level
            );
        }
        text + &self.subgroup_sentence().unwrap_or_default()
    }

    /// The sentence on the test of differences between subgroups.
    fn subgroup_sentence(&self) -> Option<String> {
        let (subgroups, test) = (self.subgroups.as_ref()?, self.subgroup_test.as_ref()?);
        let statistic = match test.df2 {
            None => format!("Q = {} on {} df", fixed(test.q, 2), test.df),
            Some(df2) => {
                let f = fixed(test.q / test.df as f64, 2);
                format!("F = {f} on {} and {} df", test.df, fixed(df2, 2))
            }
        };
        let p = p_value_sentence(test.p_value);
        Some(format!(" The {} subgroups differed by {statistic} ({p}).", subgroups.len()))
    }
}
