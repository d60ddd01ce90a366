//! Selection functions of the P value, with their derivatives in the parameters.

use serde::{Deserialize, Serialize};

use super::{
    Imprecision, SelectionFunction, VeveaWoods,
    grid::{CLIP, PValue},
};
use crate::{Error, Result};

/// A selection function with its cut points, fixed parameters and precision: `stepfun:0.025,0.5`, `beta`, `negexp:0.05`,
/// `halfnorm@sei`, `stepfun:0.05,0.5=0.9,0.4`, `negexppow=NA,0.5`. `3psm` and `4psm` are `stepfun:0.025` and
/// `stepfun:0.025,0.5`; the names of [`VeveaWoods`] are their fixed weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Selection {
    pub(super) function: SelectionFunction,
    pub(super) steps: Vec<f64>,
    #[serde(default)]
    pub(super) fixed: Vec<Option<f64>>,
    #[serde(default)]
    pub(super) precision: Option<Imprecision>,
}

/// ln w and its derivatives in the parameters.
#[derive(Debug, Clone, Default)]
pub(super) struct Weight {
    pub ln: f64,
    pub first: Vec<f64>,
    /// m by m.
    pub second: Vec<f64>,
}

impl Weight {
    pub fn new(m: usize) -> Self {
        Weight { ln: 0.0, first: vec![0.0; m], second: vec![0.0; m * m] }
    }

    /// Room for `m` parameters.
    pub fn resize(&mut self, m: usize) {
        self.first.resize(m, 0.0);
        self.second.resize(m * m, 0.0);
    }

    fn clear(&mut self) {
        self.ln = 0.0;
        self.first.fill(0.0);
        self.second.fill(0.0);
    }
}

impl Selection {
    /// A selection function. `steps` are P values between 0 and 1: the cut points of a step function (1, the last, may be
    /// left out), or for the half-normal, negative exponential, logistic and power functions none or the one below which
    /// nothing is selected. The step of `trunc` is a value of the effect, 0 if none is given.
    ///
    /// # Errors
    ///
    /// If a step is outside its range, or there are too many or too few.
    pub fn new(function: SelectionFunction, steps: &[f64]) -> Result<Self> {
        let mut steps: Vec<f64> = steps.to_vec();
        if function == SelectionFunction::Trunc {
            return match steps[..] {
                [] => Ok(Selection { function, steps: vec![0.0], fixed: Vec::new(), precision: None }),
                [cut] if cut.is_finite() => {
                    Ok(Selection { function, steps, fixed: Vec::new(), precision: None })
                }
                _ => Err(Error::setting(
                    "selection",
                    format!("`trunc` with {} steps", steps.len()),
                    "give one finite effect: trunc:0",
                )),
            };
        }
        if let Some(step) = steps.iter().find(|s| !(**s > 0.0 && **s <= 1.0)) {
            return Err(Error::setting("selection", format!("step {step}"), "steps lie between 0 and 1"));
        }
        steps.retain(|s| *s < 1.0);
        steps.sort_by(f64::total_cmp);
        steps.dedup();
        let n = steps.len();
        match function {
            SelectionFunction::Stepfun if n == 0 => {
                Err(Error::setting("selection", "a step function without steps", "name them: stepfun:0.025"))
            }
            SelectionFunction::Beta if n > 0 => {
                Err(Error::setting("selection", "the beta function has no steps", "leave them out"))
            }
            SelectionFunction::Stepfun | SelectionFunction::Beta => {
                Ok(Selection { function, steps, fixed: Vec::new(), precision: None })
            }
            _ if n > 1 => Err(Error::setting(
                "selection",
                format!("{n} steps"),
                "only a step function takes more than one",
            )),
            _ => Ok(Selection { function, steps, fixed: Vec::new(), precision: None }),
        }
    }

    /// The step function with one cut point, one-sided 0.025: the three-parameter selection model.
    pub fn three_parameter() -> Self {
        let function = SelectionFunction::Stepfun;
        Selection { function, steps: vec![0.025], fixed: Vec::new(), precision: None }
    }

    /// The step function with the cut points 0.025 and 0.5: the four-parameter selection model.
    pub fn four_parameter() -> Self {
        let function = SelectionFunction::Stepfun;
        Selection { function, steps: vec![0.025, 0.5], fixed: Vec::new(), precision: None }
    }

    /// The step function with the fixed weights of Vevea and Woods.
    pub fn vevea_woods(weights: VeveaWoods) -> Self {
        Selection {
            function: SelectionFunction::Stepfun,
            steps: VeveaWoods::STEPS.to_vec(),
            fixed: weights.weights().into_iter().skip(1).map(Some).collect(),
            precision: None,
        }
    }

    /// The same with some parameters held at a value, `None` for those to be estimated. A step function has one parameter
    /// for each interval after the first.
    ///
    /// # Errors
    ///
    /// If their number is not that of the parameters, or one is negative, not finite, or 0 where it must be above.
    pub fn fixed(mut self, parameters: impl Into<Vec<Option<f64>>>) -> Result<Self> {
        let parameters = parameters.into();
        if parameters.len() != self.parameters() {
            return Err(Error::setting(
                "selection",
                format!("{} fixed parameters for {self}", parameters.len()),
                format!("it has {}; write NA for one to be estimated", self.parameters()),
            ));
        }
        if let Some(bad) = parameters.iter().flatten().find(|d| !(**d >= 0.0 && d.is_finite())) {
            return Err(Error::setting(
                "selection",
                format!("a parameter of {bad}"),
                "parameters are at least 0",
            ));
        }
        let zero = parameters.iter().flatten().any(|d| *d == 0.0);
        if zero && matches!(self.function, SelectionFunction::Beta | SelectionFunction::Negexppow) {
            return Err(Error::setting("selection", "a parameter of 0", "it must be above 0 here"));
        }
        self.fixed = parameters;
        Ok(self)
    }

    /// The same with selection that also depends on the precision of a study.
    ///
    /// # Errors
    ///
    /// If the function knows none (`stepfun`, `beta`, `trunc`).
    pub fn precision(mut self, precision: Imprecision) -> Result<Self> {
        if !self.function.takes_precision() {
            return Err(Error::setting(
                "selection",
                format!("{} with a precision", self.function),
                "halfnorm, negexp, logistic, power and negexppow know one",
            ));
        }
        self.precision = Some(precision);
        Ok(self)
    }

    /// The quantity on which selection depends beside the P value.
    pub fn imprecision(&self) -> Option<Imprecision> {
        self.precision
    }

    /// The value at which parameter `i` is held.
    pub(super) fn held(&self, i: usize) -> Option<f64> {
        self.fixed.get(i).copied().flatten()
    }

    /// The same selection of the mirrored effects.
    pub(super) fn mirrored(&self) -> Self {
        let mut mirrored = self.clone();
        if self.function == SelectionFunction::Trunc {
            mirrored.steps.iter_mut().for_each(|cut| *cut = -*cut);
        }
        mirrored
    }

    /// The shape.
    pub fn function(&self) -> SelectionFunction {
        self.function
    }

    /// The cut points below 1.
    pub fn steps(&self) -> &[f64] {
        &self.steps
    }

    /// The number of parameters.
    pub(super) fn parameters(&self) -> usize {
        match self.function {
            SelectionFunction::Stepfun => self.steps.len(),
            SelectionFunction::Beta | SelectionFunction::Negexppow => 2,
            _ => 1,
        }
    }

    /// The value of parameter `i` without selection.
    pub(super) fn none(&self, i: usize) -> f64 {
        if self.positive(i) { 1.0 } else { 0.0 }
    }

    /// Tells whether parameter `i` is above 0 (1 without selection), or at least 0 (0 without selection).
    pub(super) fn positive(&self, i: usize) -> bool {
        match self.function {
            SelectionFunction::Stepfun | SelectionFunction::Beta | SelectionFunction::Trunc => true,
            SelectionFunction::Negexppow => i == 1,
            _ => false,
        }
    }

    /// The interval of a P value among the cut points; of `trunc`, whose "P value" is 0 above the cut point and 1 below.
    pub(super) fn interval(&self, p: f64) -> usize {
        if self.function == SelectionFunction::Trunc {
            return usize::from(p > 0.5);
        }
        self.steps.iter().take_while(|s| p > **s).count()
    }

    /// Tells whether selection is by the effect, not by its P value.
    pub(super) fn by_effect(&self) -> bool {
        self.function == SelectionFunction::Trunc
    }

    /// Tells whether w is constant in intervals.
    pub(super) fn stepwise(&self) -> bool {
        matches!(self.function, SelectionFunction::Stepfun | SelectionFunction::Trunc)
    }

    /// Tells whether P values are kept away from 0 and 1.
    pub(super) fn clipped(&self) -> bool {
        matches!(self.function, SelectionFunction::Beta | SelectionFunction::Power)
    }

    /// The P value kept away from 0 and 1, for the functions that need it.
    pub(super) fn clip(&self, p: PValue) -> PValue {
        if self.clipped() && !(p.p >= CLIP && p.q >= CLIP) {
            PValue::new(p.p.clamp(CLIP, 1.0 - CLIP), p.q.clamp(CLIP, 1.0 - CLIP))
        } else {
            p
        }
    }

    /// ln w and its derivatives at the step of a function that is not stepwise, 0 without one: what `ln_weight` takes off
    /// beyond, so that w goes on from 1 without a jump.
    pub(super) fn at_step(&self, scale: f64, delta: &[f64], out: &mut Weight) {
        out.clear();
        if let (false, Some(&step)) = (self.stepwise(), self.steps.first()) {
            self.smooth(&self.clip(PValue::new(step, 1.0 - step)), scale, delta, out);
        }
    }

    /// ln w at a P value (clipped where it has to be) and its first and second derivatives in the parameters. `scale` is the
    /// imprecision of the study, 1 where it does not matter.
    pub(super) fn ln_weight(
        &self,
        p: &PValue,
        scale: f64,
        delta: &[f64],
        at_step: &Weight,
        out: &mut Weight,
    ) {
        out.clear();
        let m = delta.len();
        if self.stepwise() {
            let j = self.interval(p.p);
            if j > 0 {
                let d = delta[j - 1];
                out.ln = d.ln();
                if d > 0.0 {
                    out.first[j - 1] = 1.0 / d;
                    out.second[(j - 1) * m + j - 1] = -1.0 / (d * d);
                }
            }
            return;
        }
        match self.steps.first() {
            None => self.smooth(p, scale, delta, out),
            Some(&step) if p.p > step => {
                self.smooth(p, scale, delta, out);
                out.ln -= at_step.ln;
                out.first.iter_mut().zip(&at_step.first).for_each(|(a, b)| *a -= b);
                out.second.iter_mut().zip(&at_step.second).for_each(|(a, b)| *a -= b);
            }
            Some(_) => {}
        }
    }

    /// ln w of the functions that are not steps, without a step.
    fn smooth(&self, at: &PValue, scale: f64, delta: &[f64], out: &mut Weight) {
        let d = delta[0];
        let PValue { p, ln_p, ln_q, .. } = *at;
        match self.function {
            SelectionFunction::Beta => {
                out.first.copy_from_slice(&[ln_p, ln_q]);
                out.ln = (d - 1.0) * ln_p + (delta[1] - 1.0) * ln_q;
            }
            SelectionFunction::Halfnorm => {
                out.first[0] = -scale * p * p;
                out.ln = d * out.first[0];
            }
            SelectionFunction::Negexp => {
                out.first[0] = -scale * p;
                out.ln = d * out.first[0];
            }
            SelectionFunction::Logistic => {
                let p = scale * p;
                let e = (-d * p).exp();
                out.ln = std::f64::consts::LN_2 - d * p - e.ln_1p();
                out.first[0] = -p / (1.0 + e);
                out.second[0] = -p * p * e / ((1.0 + e) * (1.0 + e));
            }
            SelectionFunction::Negexppow => {
                // f = scale p^u, u = 1 / δ₂, with its derivatives in δ₂.
                let u = 1.0 / delta[1];
                let f = scale * (u * ln_p).exp();
                if f > 0.0 {
                    let slope = -u * u * ln_p;
                    let (f1, f2) = (f * slope, f * (slope * slope - 2.0 * u * slope));
                    out.ln = -d * f;
                    out.first.copy_from_slice(&[-f, -d * f1]);
                    out.second.copy_from_slice(&[0.0, -f1, -f1, -d * f2]);
                } else {
                    out.ln = 0.0;
                }
            }
            _ => {
                out.first[0] = scale * ln_q;
                out.ln = d * out.first[0];
            }
        }
    }
}
