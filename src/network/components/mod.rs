//! Component networks: the effect of a treatment as the sum of those of its parts.
//!
//! Use it for complex interventions (`CBT + SSRI`), for doses, and for networks that fall apart but share components.
//!
//! # Model
//!
//! θ = Cβ with a row of C for each treatment: 0/1 from its name split at a separator, or any numbers (doses, basis values
//! of a dose function); an inactive component has no column; an interaction a*b is the product of its columns (Welton et
//! al. 2009). The contrasts of a study are y ~ N(X C β, V + tau² S), with tau², Q and intervals as in the standard model
//! and rank(XC) in place of T − 1.
//!
//! # Algorithm
//!
//! The null space of XC by orthogonalization: a combination l'β has an estimate if and only if it is orthogonal to it.
//! Components that are confounded with one another are named; no minimum-norm number is given for them.
//!
//! # Edge cases
//!
//! A disconnected network is fitted as far as shared components carry; it has no standard model to compare with. The
//! additive model is nested in the standard one: Q_add − Q_std ~ chi² tests additivity.
//!
//! # References
//!
//! - Welton NJ, Caldwell DM, Adamopoulos E, Vedhara K (2009). Mixed treatment comparison meta-analysis of complex
//!   interventions. *American Journal of Epidemiology* 169:1158-1165. doi:10.1093/aje/kwp014
//! - Rücker G, Petropoulou M, Schwarzer G (2020). Network meta-analysis of multicomponent interventions. *Biometrical
//!   Journal* 62:808-821. doi:10.1002/bimj.201800167
//! - Rücker G, Schmitz S, Schwarzer G (2021). Component network meta-analysis compared to a matching method in a
//!   disconnected network. *Biometrical Journal* 63:447-461. doi:10.1002/bimj.202000004

use serde::{Deserialize, Serialize};

use super::{Difference, Network, NetworkMeta, NetworkModel, linear_fit::LinearFit};
use crate::{Error, Result, stat::chi2};

mod matrix;

pub use matrix::{ComponentMatrix, ComponentOptions};

/// A component, a combination or a comparison with its effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComponentEffect {
    /// The component, the treatment, or the first of two treatments.
    pub name: String,
    /// The treatment it is compared with; `None` for effects against nothing.
    pub comparator: Option<String>,
    /// The effect; `None` where the data do not determine it.
    pub effect: Option<Difference>,
    /// The data determine the effect.
    pub identifiable: bool,
}

/// A test of fit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ComponentTest {
    /// Q.
    pub q: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// Its P value; `None` without degrees of freedom.
    pub p_value: Option<f64>,
}

impl ComponentTest {
    fn new(q: f64, df: usize) -> Self {
        ComponentTest { q, df, p_value: (df > 0).then(|| chi2::sf(q, df as f64)) }
    }
}

/// The fit of a component network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComponentFit {
    /// The components, then the interactions.
    pub estimates: Vec<ComponentEffect>,
    /// Every treatment as the sum of its components; no effect for one of inactive components only.
    pub combinations: Vec<ComponentEffect>,
    /// Every treatment but the reference against it.
    pub effects: Vec<ComponentEffect>,
    /// Every pair of treatments (1,2), (1,3), ..., (2,3), ...
    pub comparisons: Vec<ComponentEffect>,
    /// The combinations asked for.
    pub asked: Vec<ComponentEffect>,
    /// The fit of the additive model at tau² = 0.
    pub additive: ComponentTest,
    /// The variance between studies; `None` for a common effect.
    pub tau2: Option<f64>,
    /// The fit of the standard model; `None` for a disconnected network.
    pub standard: Option<ComponentTest>,
    /// The test of additivity.
    pub difference: Option<ComponentTest>,
    /// The number of coefficients that the data determine.
    pub rank: usize,
    /// The sets of components that cannot be told apart.
    pub confounded: Vec<Vec<String>>,
    /// The effects against the reference where all are determined, T values with 0 for the reference; else empty.
    pub theta: Vec<f64>,
    /// Their covariance, T × T; empty where `theta` is.
    pub covariance: Vec<f64>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

impl NetworkMeta {
    /// Fits a component network.
    ///
    /// # Errors
    ///
    /// If an option is outside its range, a component or the reference is unknown, or no component is active.
    pub fn fit_components(&self, network: &Network, options: &ComponentOptions) -> Result<ComponentFit> {
        let matrix = options.matrix(network)?;
        let reference = self.reference.as_ref().map_or(Ok(0), |name| network.treatment(name))?;
        let x = matrix.contrasts(network);
        let fit = LinearFit::new(self, network, &x, matrix.columns())?;
        let additive = ComponentTest::new(fit.q, fit.q_df);
        let standard = if network.connectivity().subnetworks.len() == 1 {
            let h = NetworkMeta::common().fit(network)?.heterogeneity;
            Some(ComponentTest::new(h.q, h.q_df))
        } else {
            None
        };
        let difference = standard
            .map(|s| ComponentTest::new((additive.q - s.q).max(0.0), additive.df.saturating_sub(s.df)));
        let rows = Rows { network, matrix: &matrix, fit: &fit };
        let (theta, covariance) = rows.effects_matrix(reference);
        let confounded: Vec<Vec<String>> = fit
            .identified
            .confounded()
            .into_iter()
            .map(|set| set.into_iter().map(|c| matrix.names[c].clone()).collect())
            .collect();
        let mut notes = fit.notes.clone();
        notes.extend(
            confounded
                .iter()
                .map(|set| format!("the data do not tell apart the effects of {}", set.join(", "))),
        );
        if standard.is_none() {
            notes.push(
                "the network is disconnected: effects across its parts rest on the components being additive"
                    .to_owned(),
            );
        }
        Ok(ComponentFit {
            estimates: rows.estimates(),
            combinations: rows.combinations(),
            effects: rows.effects(reference),
            comparisons: rows.comparisons(),
            asked: rows.asked(&options.combine, &options.separator)?,
            additive,
            tau2: (self.model == NetworkModel::Random).then_some(fit.tau2),
            standard,
            difference,
            rank: fit.identified.rank(),
            confounded,
            theta,
            covariance,
            notes,
        })
    }
}

struct Rows<'a> {
    network: &'a Network,
    matrix: &'a ComponentMatrix,
    fit: &'a LinearFit,
}

impl Rows<'_> {
    fn row(&self, name: &str, comparator: Option<&str>, l: &[f64]) -> ComponentEffect {
        ComponentEffect {
            name: name.to_owned(),
            comparator: comparator.map(str::to_owned),
            effect: self.fit.combination(l),
            identifiable: self.fit.identified.is_estimable(l),
        }
    }

    fn estimates(&self) -> Vec<ComponentEffect> {
        let c = self.matrix.columns();
        let unit = |k: usize| (0..c).map(|j| f64::from(u8::from(j == k))).collect::<Vec<f64>>();
        self.matrix.names.iter().enumerate().map(|(k, name)| self.row(name, None, &unit(k))).collect()
    }

    fn combinations(&self) -> Vec<ComponentEffect> {
        let names = self.network.treatments.iter().enumerate();
        names.map(|(t, name)| self.row(name, None, self.matrix.row(t))).collect()
    }

    fn versus(&self, i: usize, j: usize) -> Vec<f64> {
        self.matrix.row(i).iter().zip(self.matrix.row(j)).map(|(a, b)| a - b).collect()
    }

    fn comparison(&self, i: usize, j: usize) -> ComponentEffect {
        let names = &self.network.treatments;
        let l = self.versus(i, j);
        let mut row = self.row(&names[i], Some(&names[j]), &l);
        if row.identifiable && row.effect.is_none() {
            // The same components: no difference, for certain.
            row.effect = Some(Difference::new(0.0, 0.0, self.fit.df, self.fit.level));
        }
        row
    }

    fn effects(&self, reference: usize) -> Vec<ComponentEffect> {
        let t = self.network.treatments.len();
        (0..t).filter(|i| *i != reference).map(|i| self.comparison(i, reference)).collect()
    }

    fn comparisons(&self) -> Vec<ComponentEffect> {
        let t = self.network.treatments.len();
        (0..t).flat_map(|i| (i + 1..t).map(move |j| (i, j))).map(|(i, j)| self.comparison(i, j)).collect()
    }

    fn asked(&self, combine: &[String], separator: &str) -> Result<Vec<ComponentEffect>> {
        combine
            .iter()
            .map(|text| Ok(self.row(text, None, &self.matrix.combination(text, separator)?)))
            .collect()
    }

    fn effects_matrix(&self, reference: usize) -> (Vec<f64>, Vec<f64>) {
        let t = self.network.treatments.len();
        let rows: Vec<Vec<f64>> = (0..t).map(|i| self.versus(i, reference)).collect();
        self.fit.block(&rows).unwrap_or_default()
    }
}

/// The error for a component that is not there.
fn unknown(name: &str, known: &[String]) -> Error {
    Error::unknown("component", name, known)
}
