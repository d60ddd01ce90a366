//! Pooling over multiply imputed data sets by Rubin's rules.
//!
//! Fit the same analysis to each of m completed data sets and pool the pairs (ΔC, ΔE), never the ratios. The total
//! covariance is W + (1 + 1/m)B with W the mean of the covariance matrices and B the covariance of the estimates. The net
//! benefit is linear in the pair and has its own degrees of freedom at every threshold: with w and b its within and
//! between variance, ν = (m - 1)(1 + w/((1 + 1/m)b))²; with ν_c degrees of freedom of the complete data,
//! 1/(1/ν + 1/ν_obs), ν_obs = ν_c (ν_c + 1)/(ν_c + 3) (1 - γ), γ = (1 + 1/m)b/(w + (1 + 1/m)b).
//!
//! # Edge cases
//!
//! Without variation between the imputations ν is infinite: the normal distribution, or ν_obs.
//!
//! # References
//!
//! - Rubin DB (1987). *Multiple Imputation for Nonresponse in Surveys*. Wiley. doi:10.1002/9780470316696
//! - Barnard J, Rubin DB (1999). Small-sample degrees of freedom with multiple imputation. *Biometrika* 86:948-955.
//!   doi:10.1093/biomet/86.4.948

use serde::{Deserialize, Serialize};

use crate::{
    Error, Level, Result,
    economics::incremental::{Dependence, Incremental, NetBenefitEstimate},
};

/// The pooled pair of differences with what is needed for degrees of freedom at each threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImputedIncremental {
    /// The pooled differences with their total covariance; read with the normal distribution.
    pub total: Incremental,
    /// The number of imputations.
    pub imputations: usize,
    /// The variance between imputations of cost and effect and their covariance.
    pub between: [f64; 3],
    /// Degrees of freedom of the complete data, where given.
    pub complete_df: Option<f64>,
}

impl ImputedIncremental {
    /// Pools the differences of the completed data sets.
    ///
    /// # Errors
    ///
    /// If there are fewer than two, they compare different arms or money, or the degrees of freedom are not above 0.
    pub fn pool(fits: &[Incremental], complete_df: Option<f64>) -> Result<Self> {
        let (Some(first), true) = (fits.first(), fits.len() > 1) else {
            return Err(Error::data(
                format!("{} imputed data sets", fits.len()),
                "pooling needs at least two",
            ));
        };
        if let Some(df) = complete_df
            && !(df.is_finite() && df > 0.0)
        {
            return Err(Error::setting("degrees of freedom", df.to_string(), "give a number above 0"));
        }
        for (row, fit) in fits.iter().enumerate() {
            if fit.intervention() != first.intervention()
                || fit.comparator() != first.comparator()
                || fit.price_base() != first.price_base()
            {
                return Err(Error::data(
                    "an imputed data set with other arms or other money",
                    "pool like with like",
                )
                .in_row(row + 1));
            }
        }
        let m = fits.len() as f64;
        let mean = |f: &dyn Fn(&Incremental) -> f64| fits.iter().map(f).sum::<f64>() / m;
        let (cost, effect) = (mean(&|x| x.cost()), mean(&|x| x.effect()));
        let cross = |f: &dyn Fn(&Incremental) -> f64| fits.iter().map(f).sum::<f64>() / (m - 1.0);
        let between = [
            cross(&|x| (x.cost() - cost).powi(2)),
            cross(&|x| (x.effect() - effect).powi(2)),
            cross(&|x| (x.cost() - cost) * (x.effect() - effect)),
        ];
        let more = 1.0 + 1.0 / m;
        let vc = mean(&|x| x.cost_se().powi(2)) + more * between[0];
        let ve = mean(&|x| x.effect_se().powi(2)) + more * between[1];
        let s = mean(&|x| x.covariance()) + more * between[2];
        let mut total = Incremental::new(cost, vc.sqrt(), effect, ve.sqrt(), Dependence::Covariance(s))?
            .named(first.intervention(), first.comparator());
        if let Some(base) = first.price_base() {
            total = total.priced_in(base);
        }
        Ok(ImputedIncremental { total, imputations: fits.len(), between, complete_df })
    }

    /// The degrees of freedom of the net benefit at a threshold; `None` is infinitely many.
    pub fn df(&self, wtp: f64) -> Option<f64> {
        let m = self.imputations as f64;
        let [bc, be, bs] = self.between;
        let extra = (1.0 + 1.0 / m) * (wtp * wtp * be + bc - 2.0 * wtp * bs).max(0.0);
        let total = self.total.inb_variance(wtp);
        let gamma = if total > 0.0 { (extra / total).min(1.0) } else { 0.0 };
        let rubin = (gamma > 0.0).then(|| (m - 1.0) / (gamma * gamma));
        let observed = self.complete_df.map(|df| df * (df + 1.0) / (df + 3.0) * (1.0 - gamma));
        match (rubin, observed) {
            (Some(a), Some(b)) => Some(1.0 / (1.0 / a + 1.0 / b)),
            (a, b) => a.or(b),
        }
    }

    /// The net benefit at a threshold, with the t distribution of its degrees of freedom.
    ///
    /// # Errors
    ///
    /// If the threshold is negative or not finite.
    pub fn inb(&self, wtp: f64, level: Level) -> Result<NetBenefitEstimate> {
        match self.df(wtp) {
            Some(df) if df > 0.0 => self.total.clone().degrees_of_freedom(df)?.inb(wtp, level),
            _ => self.total.inb(wtp, level),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn pooled_by_hand() {
        let fit = |c, e| Incremental::new(c, 2.0, e, 0.5, Dependence::Covariance(0.2)).unwrap();
        let pooled = ImputedIncremental::pool(&[fit(1.0, 0.0), fit(3.0, 1.0), fit(5.0, -1.0)], None).unwrap();
        // W = (4, 0.25, 0.2), B = (4, 1, -1), m = 3
        approx::assert_relative_eq!(pooled.total.cost(), 3.0);
        approx::assert_relative_eq!(
            pooled.total.cost_se().powi(2),
            4.0 + 4.0 / 3.0 * 4.0,
            max_relative = 1e-14
        );
        approx::assert_relative_eq!(pooled.total.covariance(), 0.2 - 4.0 / 3.0, max_relative = 1e-14);
        let gamma: f64 = (16.0 / 3.0) / (28.0 / 3.0);
        approx::assert_relative_eq!(pooled.df(0.0).unwrap(), 2.0 / gamma.powi(2), max_relative = 1e-13);
        let small = ImputedIncremental { complete_df: Some(20.0), ..pooled };
        let observed = 20.0 * 21.0 / 23.0 * (1.0 - gamma);
        approx::assert_relative_eq!(
            small.df(0.0).unwrap(),
            1.0 / (gamma.powi(2) / 2.0 + 1.0 / observed),
            max_relative = 1e-13
        );
        let same = ImputedIncremental::pool(&[fit(1.0, 0.0), fit(1.0, 0.0)], None).unwrap();
        assert_eq!(same.df(100.0), None);
        assert!(ImputedIncremental::pool(&[fit(1.0, 0.0)], None).is_err());
        assert!(ImputedIncremental::pool(&[fit(1.0, 0.0), fit(1.0, 0.0).named("a", "b")], None).is_err());
    }
}
