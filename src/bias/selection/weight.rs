//! Selection functions of the P value, with their derivatives in the parameters.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    stat::{Tail, normal, quadrature},
};

/// The direction of the P values on which selection rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Alternative {
    /// `greater`: small P values are those of large positive effects.
    #[default]
    Greater,
    /// `less`: of large negative effects.
    Less,
    /// `two-sided`: of large effects in either direction.
    TwoSided,
}

impl fmt::Display for Alternative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Alternative::Greater => "greater",
            Alternative::Less => "less",
            Alternative::TwoSided => "two-sided",
        })
    }
}

impl FromStr for Alternative {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.trim().to_lowercase().as_str() {
            "greater" => Ok(Alternative::Greater),
            "less" => Ok(Alternative::Less),
            "two-sided" | "two.sided" => Ok(Alternative::TwoSided),
            _ => Err(Error::unknown("alternative", text, ["greater", "less", "two-sided"])),
        }
    }
}

/// The shape of a selection function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SelectionFunction {
    /// `stepfun`: constant between cut points.
    Stepfun,
    /// `beta`: a beta density.
    Beta,
    /// `halfnorm`: half-normal.
    Halfnorm,
    /// `negexp`: negative exponential.
    Negexp,
    /// `logistic`: logistic.
    Logistic,
    /// `power`: a power of 1 - p.
    Power,
}

impl SelectionFunction {
    /// All of them.
    pub const ALL: &'static [SelectionFunction] = &[
        SelectionFunction::Stepfun,
        SelectionFunction::Beta,
        SelectionFunction::Halfnorm,
        SelectionFunction::Negexp,
        SelectionFunction::Logistic,
        SelectionFunction::Power,
    ];
}

impl fmt::Display for SelectionFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            SelectionFunction::Stepfun => "stepfun",
            SelectionFunction::Beta => "beta",
            SelectionFunction::Halfnorm => "halfnorm",
            SelectionFunction::Negexp => "negexp",
            SelectionFunction::Logistic => "logistic",
            SelectionFunction::Power => "power",
        })
    }
}

/// A selection function with its cut points: `stepfun:0.025,0.5`, `beta`, `negexp:0.05`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Selection {
    function: SelectionFunction,
    steps: Vec<f64>,
}

impl Selection {
    /// A selection function. `steps` are P values between 0 and 1: the cut points of a step function (1, the last, may be
    /// left out), or for the half-normal, negative exponential, logistic and power functions none or the one below which
    /// nothing is selected.
    ///
    /// # Errors
    ///
    /// If a step is outside its range, or there are too many or too few.
    pub fn new(function: SelectionFunction, steps: &[f64]) -> Result<Self> {
        let mut steps: Vec<f64> = steps.to_vec();
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
            SelectionFunction::Stepfun | SelectionFunction::Beta => Ok(Selection { function, steps }),
            _ if n > 1 => Err(Error::setting(
                "selection",
                format!("{n} steps"),
                "only a step function takes more than one",
            )),
            _ => Ok(Selection { function, steps }),
        }
    }

    /// The shape.
    pub fn function(&self) -> SelectionFunction {
        self.function
    }

    /// The cut points below 1.
    pub fn steps(&self) -> &[f64] {
        &self.steps
    }

    /// The number of free parameters.
    pub(super) fn parameters(&self) -> usize {
        match self.function {
            SelectionFunction::Stepfun => self.steps.len(),
            SelectionFunction::Beta => 2,
            _ => 1,
        }
    }

    /// The value of the parameters without selection.
    pub(super) fn none(&self) -> f64 {
        if self.positive() { 1.0 } else { 0.0 }
    }

    /// Whether the parameters are above 0 (1 without selection), or at least 0 (0 without selection).
    pub(super) fn positive(&self) -> bool {
        matches!(self.function, SelectionFunction::Stepfun | SelectionFunction::Beta)
    }

    /// The interval of a P value among the cut points.
    pub(super) fn interval(&self, p: f64) -> usize {
        self.steps.iter().take_while(|s| p > **s).count()
    }

    fn clipped(&self) -> bool {
        matches!(self.function, SelectionFunction::Beta | SelectionFunction::Power)
    }

    /// ln w at a P value (given with 1 - p) and its first and second derivatives in the parameters.
    pub(super) fn ln_weight(&self, p: f64, q: f64, delta: &[f64], out: &mut Weight) {
        out.first.fill(0.0);
        out.second.fill(0.0);
        let (p, q) =
            if self.clipped() { (p.clamp(CLIP, 1.0 - CLIP), q.clamp(CLIP, 1.0 - CLIP)) } else { (p, q) };
        let m = delta.len();
        if self.function == SelectionFunction::Stepfun {
            let j = self.interval(p);
            out.ln = 0.0;
            if j > 0 {
                let d = delta[j - 1];
                out.ln = d.ln();
                out.first[j - 1] = 1.0 / d;
                out.second[(j - 1) * m + j - 1] = -1.0 / (d * d);
            }
            return;
        }
        if self.steps.first().is_some_and(|step| p <= *step) {
            out.ln = 0.0;
            return;
        }
        let d = delta[0];
        match self.function {
            SelectionFunction::Beta => {
                out.first.copy_from_slice(&[p.ln(), q.ln()]);
                out.ln = (d - 1.0) * out.first[0] + (delta[1] - 1.0) * out.first[1];
            }
            SelectionFunction::Halfnorm => {
                out.ln = -d * p * p;
                out.first[0] = -p * p;
            }
            SelectionFunction::Negexp => {
                out.ln = -d * p;
                out.first[0] = -p;
            }
            SelectionFunction::Logistic => {
                let e = (-d * p).exp();
                out.ln = std::f64::consts::LN_2 - d * p - e.ln_1p();
                out.first[0] = -p / (1.0 + e);
                out.second[0] = -p * p * e / ((1.0 + e) * (1.0 + e));
            }
            _ => {
                out.first[0] = q.ln();
                out.ln = d * out.first[0];
            }
        }
    }

    /// The pieces of the line of z = y / √v over which ∫ w φ is taken.
    pub(super) fn grid(&self, two_sided: bool) -> Grid {
        let z_of = |p: f64| normal::quantile(Tail::Upper(if two_sided { 0.5 * p } else { p }));
        let mut grid = Grid::default();
        let cuts: Vec<f64> = self.steps.iter().map(|&step| z_of(step)).collect();
        // From the right: P values increase.
        if self.function == SelectionFunction::Stepfun {
            let mut high = f64::INFINITY;
            for &cut in &cuts {
                grid.constant(cut, high);
                high = cut;
            }
            if two_sided {
                grid.constant(-high, high);
                grid.mirror();
            } else {
                grid.constant(f64::NEG_INFINITY, high);
            }
            return grid;
        }
        let mut high = if self.clipped() { z_of(CLIP) } else { FAR };
        if let Some(&cut) = cuts.first() {
            high = high.min(cut);
        }
        grid.constant(high, f64::INFINITY);
        if !two_sided {
            let low = if self.clipped() { -z_of(CLIP) } else { -FAR };
            grid.smooth(low, high);
            grid.constant(f64::NEG_INFINITY, low);
            return grid;
        }
        if self.clipped() {
            let low = z_of(1.0 - CLIP);
            // 1 - p is nearly proportional to z there: a power of it needs pieces in proportion.
            let mut edges = vec![low];
            while edges.last().is_some_and(|&e| 4.0 * e < high.min(0.5)) {
                edges.extend(edges.last().map(|e| 4.0 * e));
            }
            edges.push(high);
            for pair in edges.windows(2) {
                grid.smooth(pair[0], pair[1]);
            }
            grid.constant(-low, low);
        } else {
            grid.smooth(0.0, high);
        }
        grid.mirror();
        grid
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps: Vec<String> = self.steps.iter().map(ToString::to_string).collect();
        match steps.is_empty() {
            true => write!(f, "{}", self.function),
            false => write!(f, "{}:{}", self.function, steps.join(",")),
        }
    }
}

impl FromStr for Selection {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (name, steps) = match text.split_once(':') {
            Some((name, steps)) => (name, steps),
            None => (text, ""),
        };
        let wanted = name.trim().to_lowercase();
        let function =
            SelectionFunction::ALL.iter().copied().find(|f| f.to_string() == wanted).ok_or_else(|| {
                Error::unknown(
                    "selection model",
                    name,
                    SelectionFunction::ALL.iter().map(ToString::to_string),
                )
            })?;
        let steps = steps
            .split(',')
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .map(|s| {
                s.parse::<f64>().map_err(|_| {
                    Error::setting(
                        "selection",
                        format!("step `{s}` is not a number"),
                        "write stepfun:0.025,0.5",
                    )
                })
            })
            .collect::<Result<Vec<f64>>>()?;
        Selection::new(function, &steps)
    }
}

/// P values closer to 0 and 1 than this are kept there by `beta` and `power`.
const CLIP: f64 = 1e-5;
/// Beyond this z the other functions are constant: p < 2e-19.
const FAR: f64 = 9.0;

/// ln w and its derivatives.
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
}

/// A piece of the line of z.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Piece {
    /// w is constant between these ends.
    Constant(f64, f64),
    /// A node of a quadrature with its weight.
    Node(f64, f64),
}

impl Piece {
    /// A point of the piece, for its P value.
    pub fn at(self) -> f64 {
        match self {
            Piece::Node(z, _) => z,
            Piece::Constant(a, b) if a == f64::NEG_INFINITY => b - 1.0,
            Piece::Constant(a, b) if b == f64::INFINITY => a + 1.0,
            Piece::Constant(a, b) => 0.5 * (a + b),
        }
    }
}

/// All pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub pieces: Vec<Piece>,
}

impl Grid {
    fn constant(&mut self, a: f64, b: f64) {
        if b > a {
            self.pieces.push(Piece::Constant(a, b));
        }
    }

    /// Gauss-Legendre panels of at most 1.5: the integrand varies on the scale of 1.
    fn smooth(&mut self, a: f64, b: f64) {
        if !(b > a) {
            return;
        }
        let rule = quadrature::gauss_legendre(16);
        let panels = ((b - a) / 1.5).ceil().max(1.0);
        let half = 0.5 * (b - a) / panels;
        for i in 0..panels as usize {
            let middle = a + (2.0 * i as f64 + 1.0) * half;
            self.pieces.extend(rule.iter().map(|(x, w)| Piece::Node(middle + half * x, half * w)));
        }
    }

    /// Adds the mirror images of the pieces on the right.
    fn mirror(&mut self) {
        let images: Vec<Piece> = self
            .pieces
            .iter()
            .filter_map(|piece| match *piece {
                Piece::Constant(a, b) if a >= 0.0 => Some(Piece::Constant(-b, -a)),
                Piece::Node(z, w) => Some(Piece::Node(-z, w)),
                Piece::Constant(..) => None,
            })
            .collect();
        self.pieces.extend(images);
    }
}
