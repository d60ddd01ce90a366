//! The expected value of partial perfect information, for all thresholds from one fit.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    gaussian_process,
    segments::segments,
    smoother::{Basis, Smooth, fit},
    spline::{Margin, Tensor, Work},
};
use crate::{
    Error, Result,
    economics::{
        draws::Draws,
        envelope::{self, Lines},
        money::PriceBase,
        net_benefit::best,
        rounding::shown,
        willingness::WillingnessToPay,
    },
};

/// The way expectations given the parameters are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EvppiMethod {
    /// Means over blocks of draws that are sorted by the one parameter.
    Blocks,
    /// The best single switch of decision along the one parameter; two options.
    Segments,
    /// A regression that is linear in the parameters.
    Linear,
    /// Penalised cubic regression splines; tensor products for two to four parameters.
    Gam,
    /// A Gaussian process with a linear mean, for any number of parameters.
    Gp,
}

crate::codes::codes!(EvppiMethod, "method" {
    Gam "gam" [], Gp "gp" [], Linear "linear" [], Blocks "blocks" [], Segments "segments" [],
});

/// Partial perfect information: method and its size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evppi {
    method: EvppiMethod,
    size: Option<usize>,
}

/// The value at one threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EvppiPoint {
    /// The willingness to pay.
    pub wtp: f64,
    /// The names of the parameters.
    pub parameters: Vec<String>,
    /// The value, kept within 0 and the value of perfect information on everything.
    pub value: f64,
    /// The value as estimated.
    pub raw: f64,
    /// Its Monte Carlo standard error, given the decisions that the estimate implies.
    pub se: f64,
    /// The value of perfect information on everything.
    pub evpi: f64,
}

/// The fit of one regression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RegressionDiagnostics {
    /// The option; costs and effects are differences from the first option.
    pub option: String,
    /// `cost` or `effect`.
    pub response: String,
    /// Effective degrees of freedom.
    pub edf: f64,
    /// Share of variance explained; `None` if the difference does not vary.
    pub r2: Option<f64>,
}

/// The values over thresholds with the fits behind them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EvppiResult {
    /// The method.
    pub method: EvppiMethod,
    /// The number of draws.
    pub draws: usize,
    /// A value for each threshold.
    pub evppi: Vec<EvppiPoint>,
    /// The regressions; none for blocks and segments.
    pub regressions: Vec<RegressionDiagnostics>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

/// Expectations of costs and effects given the parameters, draw by draw; the basis of partial information and of
/// expected sample information.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionalExpectations {
    pub(super) draws: Draws,
    pub(super) parameters: Vec<String>,
    pub(super) costs: Vec<f64>,
    pub(super) effects: Vec<f64>,
    pub(super) method: EvppiMethod,
    pub(super) regressions: Vec<RegressionDiagnostics>,
}

impl Evppi {
    /// A method with its usual size: N^(1/3) blocks; ten knots for one parameter, five each for two or three, four each
    /// for four; a hundred inducing points for a process.
    pub fn new(method: EvppiMethod) -> Self {
        Evppi { method, size: None }
    }

    /// The number of blocks, of knots for each parameter, or of inducing points.
    #[must_use]
    pub fn size(mut self, size: usize) -> Self {
        self.size = Some(size);
        self
    }

    /// Values at all thresholds for the named parameters, whose draws belong to those of costs and effects.
    ///
    /// # Errors
    ///
    /// If no parameter is given, one has not one finite value for each draw or does not vary, the method does not take
    /// so many parameters or options, or there are fewer draws than the basis has functions.
    pub fn of(
        &self,
        draws: &Draws,
        parameters: &[(&str, &[f64])],
        wtp: &WillingnessToPay,
    ) -> Result<EvppiResult> {
        if self.method == EvppiMethod::Segments {
            check_parameters(draws, parameters)?;
            return segments(draws, parameters, wtp);
        }
        self.expectations(draws, parameters)?.evppi(wtp)
    }

    /// The expectations behind the values.
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of); segments have none.
    pub fn expectations(
        &self,
        draws: &Draws,
        parameters: &[(&str, &[f64])],
    ) -> Result<ConditionalExpectations> {
        check_parameters(draws, parameters)?;
        let names: Vec<String> = parameters.iter().map(|(name, _)| (*name).to_owned()).collect();
        let columns: Vec<&[f64]> = parameters.iter().map(|(_, values)| *values).collect();
        let (n, d) = (draws.len(), draws.options().len());
        let made = |costs, effects, regressions| ConditionalExpectations {
            draws: draws.clone(),
            parameters: names.clone(),
            costs,
            effects,
            method: self.method,
            regressions,
        };
        if self.method == EvppiMethod::Blocks {
            let &[column] = columns.as_slice() else {
                return Err(too_many(self.method, columns.len(), "one"));
            };
            let blocks = self.size.unwrap_or_else(|| (n as f64).cbrt().round() as usize).clamp(1, n);
            let (costs, effects) = block_means(draws, column, blocks);
            return Ok(made(costs, effects, Vec::new()));
        }
        let basis = self.basis(&names, &columns)?;
        let mut responses = Vec::with_capacity(2 * (d - 1));
        for option in 1..d {
            for values in [draws.costs(), draws.effects()] {
                responses.push(values.chunks_exact(d).map(|row| row[option] - row[0]).collect::<Vec<f64>>());
            }
        }
        let smooths = match &basis {
            _ if responses.is_empty() => Vec::new(),
            Some(basis) => fit(basis.as_ref(), n, &responses)?,
            None => gaussian_process::fit(&columns, &responses, self.size)?,
        };
        let (mut costs, mut effects) = (vec![0.0; n * d], vec![0.0; n * d]);
        let mut regressions = Vec::with_capacity(smooths.len());
        for (k, Smooth { fitted, edf, r2 }) in smooths.into_iter().enumerate() {
            let option = 1 + k / 2;
            let target = if k % 2 == 0 { &mut costs } else { &mut effects };
            for (i, value) in fitted.into_iter().enumerate() {
                target[i * d + option] = value;
            }
            regressions.push(RegressionDiagnostics {
                option: draws.options()[option].clone(),
                response: if k % 2 == 0 { "cost".to_owned() } else { "effect".to_owned() },
                edf,
                r2,
            });
        }
        Ok(made(costs, effects, regressions))
    }

    /// The basis of the regressions; `None` for a Gaussian process.
    fn basis(&self, names: &[String], columns: &[&[f64]]) -> Result<Option<Box<dyn Basis>>> {
        let knots = match (self.method, self.size, columns.len()) {
            (EvppiMethod::Gp, ..) => return Ok(None),
            (EvppiMethod::Linear, ..) => return Ok(Some(Box::new(LinearBasis::new(columns)))),
            (EvppiMethod::Gam, Some(size), 1..=4) => size,
            (EvppiMethod::Gam, None, 1) => 10,
            (EvppiMethod::Gam, None, 2 | 3) => 5,
            (EvppiMethod::Gam, None, 4) => 4,
            (EvppiMethod::Gam, _, count) => return Err(too_many(self.method, count, "one to four")),
            (EvppiMethod::Segments | EvppiMethod::Blocks, ..) => {
                let found = format!("{}, which estimate no expectations by regression", self.method);
                return Err(Error::setting("method", found, "use gam, gp, linear or blocks"));
            }
        };
        let margins: Result<Vec<Margin>> =
            names.iter().zip(columns).map(|(name, x)| Margin::new(name, x, knots)).collect();
        let columns = columns.iter().map(|c| c.to_vec()).collect();
        Ok(Some(Box::new(SplineBasis { tensor: Tensor::new(margins?), columns })))
    }
}

fn too_many(method: EvppiMethod, count: usize, takes: &str) -> Error {
    Error::setting(
        "method",
        format!("{method} with {count} parameters"),
        format!("it takes {takes}; use `gam` for up to four and `gp` or `linear` for more"),
    )
}

pub(super) fn check_parameters(draws: &Draws, parameters: &[(&str, &[f64])]) -> Result<()> {
    if parameters.is_empty() {
        return Err(Error::setting("parameters", "none", "name at least one"));
    }
    for (name, values) in parameters {
        if values.len() != draws.len() {
            return Err(Error::data(
                format!("{} values for {} draws", values.len(), draws.len()),
                "give a value for every draw of costs and effects",
            )
            .in_column(*name));
        }
        if let Some(row) = values.iter().position(|x| !x.is_finite()) {
            return Err(Error::data(format!("value is {}", values[row]), "parameters must be finite")
                .in_column(*name)
                .in_row(row + 1));
        }
        if values.iter().all(|x| *x == values[0]) {
            return Err(Error::data(
                "the parameter does not vary",
                "leave it out: nothing is to be learnt of it",
            )
            .in_column(*name));
        }
    }
    Ok(())
}

impl ConditionalExpectations {
    /// The expected costs, draw by draw: option d of draw i is at i · D + d. Regressions give differences from the first
    /// option.
    pub fn costs(&self) -> &[f64] {
        &self.costs
    }

    /// The expected effects, likewise.
    pub fn effects(&self) -> &[f64] {
        &self.effects
    }

    /// The value of knowing the parameters, at each threshold.
    ///
    /// # Errors
    ///
    /// If the thresholds are in another currency or price year than the costs.
    pub fn evppi(&self, wtp: &WillingnessToPay) -> Result<EvppiResult> {
        let evpi = self.draws.curves(wtp)?.evpi;
        let mut notes = Vec::new();
        let points: Vec<EvppiPoint> = self
            .values(wtp, 1.0)?
            .into_iter()
            .zip(wtp.values())
            .zip(evpi)
            .map(|(((raw, se), &wtp), evpi)| EvppiPoint {
                wtp,
                parameters: self.parameters.clone(),
                value: raw.clamp(0.0, evpi),
                raw,
                se,
                evpi,
            })
            .collect();
        let above = points.iter().filter(|p| p.raw > p.evpi * (1.0 + 1e-9) + 1e-12).count();
        if above > 0 {
            notes.push(format!(
                "the estimate exceeds the value of perfect information at {above} of {} thresholds and was \
                 brought down to it: draw more or use a smaller basis",
                points.len()
            ));
        }
        for r in &self.regressions {
            if r.edf > 0.1 * self.draws.len() as f64 {
                notes.push(format!(
                    "the regression of the {} of `{}` has {:.0} degrees of freedom for {} draws: the value is too great",
                    r.response,
                    r.option,
                    r.edf,
                    self.draws.len()
                ));
            }
        }
        Ok(EvppiResult {
            method: self.method,
            draws: self.draws.len(),
            evppi: points,
            regressions: self.regressions.clone(),
            notes,
        })
    }

    /// The value and its error at each threshold when expectations move only the share `shrink` of the way from their
    /// mean.
    pub(super) fn values(&self, wtp: &WillingnessToPay, shrink: f64) -> Result<Vec<(f64, f64)>> {
        PriceBase::shared(self.draws.price_base(), wtp.price_base())?;
        let (n, d) = (self.draws.len(), self.draws.options().len());
        let own = Lines { costs: self.draws.costs(), effects: self.draws.effects() };
        let (shrunk_costs, shrunk_effects);
        let rule = if shrink == 1.0 {
            Lines { costs: &self.costs, effects: &self.effects }
        } else {
            shrunk_costs = shrink_columns(&self.costs, d, shrink);
            shrunk_effects = shrink_columns(&self.effects, d, shrink);
            Lines { costs: &shrunk_costs, effects: &shrunk_effects }
        };
        let (mean_costs, mean_effects) = (column_means(rule.costs, d), column_means(rule.effects, d));
        let optimal: Vec<usize> =
            wtp.values().iter().map(|&wtp| best(&mean_costs, &mean_effects, wtp)).collect();
        let sums = envelope::sweep(d, rule, own, wtp.values(), &optimal);
        let n = n as f64;
        Ok((0..wtp.values().len())
            .map(|l| {
                let variance =
                    (sums.square[l] - sums.drawn[l] * sums.drawn[l] / n).max(0.0) / (n - 1.0).max(1.0);
                (sums.value[l] / n, shrink * (variance / n).sqrt())
            })
            .collect())
    }
}

pub(super) fn column_means(values: &[f64], d: usize) -> Vec<f64> {
    let n = (values.len() / d) as f64;
    let mut sums = vec![0.0; d];
    for row in values.chunks_exact(d) {
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum += x;
        }
    }
    sums.into_iter().map(|s| s / n).collect()
}

fn shrink_columns(values: &[f64], d: usize, shrink: f64) -> Vec<f64> {
    let means = column_means(values, d);
    values.chunks_exact(d).flat_map(|row| row.iter().zip(&means).map(|(x, m)| m + shrink * (x - m))).collect()
}

/// Costs and effects replaced by their means over blocks of draws with neighbouring values of the parameter.
fn block_means(draws: &Draws, column: &[f64], blocks: usize) -> (Vec<f64>, Vec<f64>) {
    let (n, d) = (draws.len(), draws.options().len());
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| column[a].total_cmp(&column[b]).then(a.cmp(&b)));
    let smooth = |values: &[f64]| {
        let mut out = vec![0.0; n * d];
        for block in 0..blocks {
            let members = &order[block * n / blocks..(block + 1) * n / blocks];
            let mut means = vec![0.0; d];
            for &i in members {
                for (mean, x) in means.iter_mut().zip(&values[i * d..(i + 1) * d]) {
                    *mean += x / members.len() as f64;
                }
            }
            for &i in members {
                out[i * d..(i + 1) * d].copy_from_slice(&means);
            }
        }
        out
    };
    (smooth(draws.costs()), smooth(draws.effects()))
}

/// Intercept and centred, scaled parameters.
struct LinearBasis {
    columns: Vec<Vec<f64>>,
}

impl LinearBasis {
    fn new(columns: &[&[f64]]) -> Self {
        let scaled = columns
            .iter()
            .map(|x| {
                let n = x.len() as f64;
                let mean = x.iter().sum::<f64>() / n;
                let sd = (x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
                x.iter().map(|v| (v - mean) / sd).collect()
            })
            .collect();
        LinearBasis { columns: scaled }
    }
}

impl Basis for LinearBasis {
    fn len(&self) -> usize {
        self.columns.len() + 1
    }

    fn penalties(&self) -> &[Vec<f64>] {
        &[]
    }

    fn fill(&self, from: usize, to: usize, out: &mut [f64]) {
        for (i, row) in (from..to).zip(out.chunks_exact_mut(self.columns.len() + 1)) {
            row[0] = 1.0;
            for (x, column) in row[1..].iter_mut().zip(&self.columns) {
                *x = column[i];
            }
        }
    }
}

struct SplineBasis {
    tensor: Tensor,
    columns: Vec<Vec<f64>>,
}

impl Basis for SplineBasis {
    fn len(&self) -> usize {
        self.tensor.len
    }

    fn penalties(&self) -> &[Vec<f64>] {
        &self.tensor.penalties
    }

    fn fill(&self, from: usize, to: usize, out: &mut [f64]) {
        let mut work: Work = self.tensor.work();
        let mut at = vec![0.0; self.columns.len()];
        for (i, row) in (from..to).zip(out.chunks_exact_mut(self.tensor.len)) {
            for (x, column) in at.iter_mut().zip(&self.columns) {
                *x = column[i];
            }
            self.tensor.evaluate(&at, row, &mut work);
        }
    }
}

impl fmt::Display for EvppiResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.evppi.first().map(|p| p.parameters.join(", ")).unwrap_or_default();
        writeln!(f, "Perfect information on {names} ({}, {} draws)", self.method, self.draws)?;
        writeln!(f, "{:>12} {:>14} {:>12} {:>14}", "wtp", "evppi", "se", "evpi")?;
        for p in &self.evppi {
            writeln!(
                f,
                "{:>12} {:>14} {:>12} {:>14}",
                p.wtp,
                shown(p.value, 4),
                shown(p.se, 4),
                shown(p.evpi, 4)
            )?;
        }
        for note in &self.notes {
            writeln!(f, "Note: {note}")?;
        }
        Ok(())
    }
}
