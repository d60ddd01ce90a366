//! Group-sequential boundaries by spending functions, with the numerical recursion behind them.
//!
//! At information fractions t₁ < t₂ < ... the standardized statistics Zⱼ are those of a Brownian motion S with drift theta,
//! Zⱼ = S(tⱼ) / √tⱼ. A spending function says how much of the error alpha may have been spent by t; the boundary cⱼ is where
//!
//! - P₀(|Z₁| < c₁, ..., |Zⱼ₋₁| < cⱼ₋₁, |Zⱼ| ≥ cⱼ) = alpha(tⱼ) - alpha(tⱼ₋₁) (symmetric, two-sided),
//!
//! and a futility boundary aⱼ likewise, with the error beta under the drift theta that the study is planned for,
//!
//! - P_theta(a < |Z| < c at all looks before, |Zⱼ| < aⱼ) = beta(tⱼ) - beta(tⱼ₋₁).
//!
//! It binds nobody: alpha is kept though looks go on after |Z| < a. The density of S among those who go on is carried from look
//! to look (Armitage, McPherson and Rowe 1969) on Gauss-Legendre panels no wider than two standard deviations of
//! the increments on both sides, in which it is smooth; the error is that of rounding.
//!
//! | code | spent by t, for each side with error a |
//! |---|---|
//! | `obf` | 2 - 2 Φ(z / √t), z the upper a / 2 quantile (Lan and DeMets 1983, like O'Brien and Fleming) |
//! | `pocock` | a log(1 + (e - 1) t) (Lan and DeMets 1983, like Pocock) |
//! | `power:R` | a t^R (Kim and DeMets 1987) |
//! | `hsd:G` | a (1 - exp(-G t)) / (1 - exp(-G)), a t for G = 0 (Hwang, Shih and DeCani 1990) |
//!
//! References: Lan and DeMets (1983), Discrete sequential boundaries for clinical trials, doi:10.1093/biomet/70.3.659.
//! Armitage, McPherson and Rowe (1969), Repeated significance tests on accumulating data, doi:10.2307/2343787. Jennison and
//! Turnbull (1999), Group sequential methods, chapter 19.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    stat::{Tail, normal, quadrature, root},
};

/// The spending of an error over the information.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub enum Spending {
    /// `obf`: little at first, in the manner of O'Brien and Fleming.
    #[default]
    OBrienFleming,
    /// `pocock`: evenly, in the manner of Pocock.
    Pocock,
    /// `power:R`: as the power R > 0 of the information.
    Power(f64),
    /// `hsd:G`: Hwang, Shih and DeCani's family.
    HwangShihDeCani(f64),
}

impl Spending {
    /// The part spent of the error `error` of one side at the information fraction `t`; all of it from 1 on.
    pub fn spent(self, error: f64, t: f64) -> f64 {
        if t >= 1.0 {
            return error;
        }
        if !(t > 0.0) {
            return 0.0;
        }
        match self {
            Spending::OBrienFleming => {
                2.0 * normal::sf(normal::quantile(Tail::Upper(0.5 * error)) / t.sqrt())
            }
            Spending::Pocock => error * ((std::f64::consts::E - 1.0) * t).ln_1p(),
            Spending::Power(rho) => error * t.powf(rho),
            Spending::HwangShihDeCani(gamma) if gamma.abs() < 1e-12 => error * t,
            Spending::HwangShihDeCani(gamma) => error * (-gamma * t).exp_m1() / (-gamma).exp_m1(),
        }
    }

    fn check(self) -> Result<()> {
        match self {
            Spending::Power(rho) if !(rho > 0.0 && rho.is_finite()) => {
                Err(Error::setting("spending", format!("power {rho}"), "give a power above 0, e.g. power:3"))
            }
            Spending::HwangShihDeCani(gamma) if !(gamma.abs() <= 100.0) => Err(Error::setting(
                "spending",
                format!("parameter {gamma}"),
                "give a parameter between -100 and 100, e.g. hsd:-4",
            )),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Spending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Spending::OBrienFleming => f.pad("obf"),
            Spending::Pocock => f.pad("pocock"),
            Spending::Power(rho) => write!(f, "power:{rho}"),
            Spending::HwangShihDeCani(gamma) => write!(f, "hsd:{gamma}"),
        }
    }
}

impl FromStr for Spending {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unknown = || Error::unknown("spending function", text, ["obf", "pocock", "power:3", "hsd:-4"]);
        let wanted = text.trim().to_ascii_lowercase();
        let (name, parameter) = match wanted.split_once(':') {
            Some((name, number)) => (name, Some(number.trim().parse::<f64>().map_err(|_| unknown())?)),
            None => (wanted.as_str(), None),
        };
        let spending = match (name, parameter) {
            ("obf" | "of" | "obrien-fleming", None) => Spending::OBrienFleming,
            ("pocock", None) => Spending::Pocock,
            ("power", Some(rho)) => Spending::Power(rho),
            ("hsd", Some(gamma)) => Spending::HwangShihDeCani(gamma),
            _ => return Err(unknown()),
        };
        spending.check()?;
        Ok(spending)
    }
}

impl Serialize for Spending {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Spending {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Spending".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

impl<'de> Deserialize<'de> for Spending {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Symmetric two-sided boundaries at given information fractions.
///
/// ```
/// use consilience::influence::{Boundaries, Spending};
///
/// // Lan and DeMets's O'Brien-Fleming-like boundary for five equal looks.
/// let b = Boundaries::new(&[0.2, 0.4, 0.6, 0.8, 1.0], 0.05, Spending::OBrienFleming)?;
/// let printed = [4.8769, 3.3570, 2.6803, 2.2898, 2.0310];
/// assert!(b.efficacy.iter().zip(printed).all(|(c, p)| (c.unwrap() - p).abs() < 5e-5));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Boundaries {
    /// The information fractions.
    pub information: Vec<f64>,
    /// The critical values of |Z|; `None` where nothing is spent (less than 1e-300, or all had been spent before).
    pub efficacy: Vec<Option<f64>>,
    /// The two-sided error spent up to each look.
    pub alpha_spent: Vec<f64>,
    /// The values of |Z| below which going on is futile; empty without a futility boundary.
    pub futility: Vec<Option<f64>>,
    /// The error beta spent up to each look; empty likewise.
    pub beta_spent: Vec<f64>,
}

/// Beyond this many standard deviations a normal density is 0.
const FAR: f64 = 38.5;
/// Increments of the information that two looks must be apart, as a share of it. The density between them is carried on panels as
/// wide as the root of the increment, so that work grows as its inverse; and no boundary is left to a look that adds less.
pub(super) const APART: f64 = 1e-5;

impl Boundaries {
    /// The boundary for a two-sided error `alpha` at increasing information fractions. Fractions above 1 are allowed: the
    /// first look at 1 or beyond spends what is left, later ones have no boundary.
    ///
    /// # Errors
    ///
    /// If alpha is not between 0 and 1, or the fractions do not increase from above 0.
    pub fn new(information: &[f64], alpha: f64, spending: Spending) -> Result<Self> {
        spending.check()?;
        check_error("alpha", alpha)?;
        let mut before = 0.0;
        for &t in information {
            if !(t.is_finite() && t > before * (1.0 + APART)) {
                return Err(Error::setting(
                    "information",
                    format!("a fraction {t} after {before}"),
                    "fractions must increase from above 0",
                ));
            }
            before = t;
        }
        let mut boundaries = Boundaries {
            information: information.to_vec(),
            efficacy: Vec::with_capacity(information.len()),
            alpha_spent: Vec::with_capacity(information.len()),
            futility: Vec::new(),
            beta_spent: Vec::new(),
        };
        let mut paths = Paths::start(0.0);
        let mut spent = 0.0;
        for (look, &t) in information.iter().enumerate() {
            let until = 2.0 * spending.spent(0.5 * alpha, t);
            let target = until - spent;
            let critical = if target > 1e-300 { paths.critical_value(t, target) } else { None };
            if critical.is_some() {
                spent = until;
            }
            boundaries.efficacy.push(critical);
            boundaries.alpha_spent.push(spent);
            if t >= 1.0 {
                let rest = information.len() - look - 1;
                boundaries.efficacy.resize(look + 1 + rest, None);
                boundaries.alpha_spent.resize(look + 1 + rest, spent);
                break;
            }
            let next = information.get(look + 1).copied();
            paths.go_on(t, next, &[(-critical.unwrap_or(FAR), critical.unwrap_or(FAR))]);
        }
        Ok(boundaries)
    }

    /// Adds a futility boundary that spends `beta` under the drift `drift`, the expectation of Z at information 1.
    ///
    /// # Errors
    ///
    /// If beta is not between 0 and 1, or the drift not a finite number other than 0.
    pub fn with_futility(mut self, beta: f64, drift: f64, spending: Spending) -> Result<Self> {
        spending.check()?;
        check_error("beta", beta)?;
        if !(drift.is_finite() && drift != 0.0) {
            return Err(Error::setting("drift", format!("it is {drift}"), "give a number other than 0"));
        }
        let mut paths = Paths::start(drift);
        let mut spent = 0.0;
        let (mut futility, mut beta_spent) = (Vec::new(), Vec::new());
        for (look, &t) in self.information.iter().enumerate() {
            let Some(upper) = self.efficacy.get(look).copied() else { break };
            let until = spending.spent(beta, t);
            let target = until - spent;
            let upper = upper.unwrap_or(FAR);
            let inner = if target > 1e-300 { paths.inner_value(t, target, upper) } else { None };
            if inner.is_some() {
                spent = until;
            }
            futility.push(inner);
            beta_spent.push(spent);
            // All of alpha and beta is spent: no boundary is left.
            if t >= 1.0 {
                futility.resize(self.information.len(), None);
                beta_spent.resize(self.information.len(), spent);
                break;
            }
            let next = self.information.get(look + 1).copied();
            let inside = inner.unwrap_or(0.0);
            paths.go_on(t, next, &[(-upper, -inside), (inside, upper)]);
        }
        (self.futility, self.beta_spent) = (futility, beta_spent);
        Ok(self)
    }
}

fn check_error(name: &str, error: f64) -> Result<()> {
    match error > 0.0 && error < 1.0 {
        true => Ok(()),
        false => Err(Error::setting(name, format!("it is {error}"), "give a probability between 0 and 1")),
    }
}

/// The density of S among the paths that have not been stopped.
struct Paths {
    drift: f64,
    t: f64,
    /// Places, and the density there times the weight of the quadrature; a single path at 0 to begin with.
    places: Vec<f64>,
    masses: Vec<f64>,
}

impl Paths {
    fn start(drift: f64) -> Self {
        Paths { drift, t: 0.0, places: vec![0.0], masses: vec![1.0] }
    }

    /// The sum over paths near enough to reach `x`, of mass times `f` of the standardized increment to `x` at `t`.
    fn sum(&self, x: f64, t: f64, f: impl Fn(f64) -> f64) -> f64 {
        let (sd, shift) = ((t - self.t).sqrt(), self.drift * (t - self.t));
        self.places.iter().zip(&self.masses).map(|(s, mass)| mass * f((x - s - shift) / sd)).sum()
    }

    /// c with P(|Z| ≥ c) = `target` at t.
    fn critical_value(&self, t: f64, target: f64) -> Option<f64> {
        let exit = |c: f64| {
            let x = c * t.sqrt();
            self.sum(x, t, normal::sf) + self.sum(-x, t, normal::cdf)
        };
        root::find(|c| exit(c).max(1e-320).ln() - target.ln(), 0.0, FAR)
    }

    /// a with P(|Z| < a) = `target` at t; `upper` if even that is not enough.
    fn inner_value(&self, t: f64, target: f64, upper: f64) -> Option<f64> {
        let inside = |a: f64| {
            let x = a * t.sqrt();
            let (sd, shift) = ((t - self.t).sqrt(), self.drift * (t - self.t));
            let terms = self.places.iter().zip(&self.masses);
            terms
                .map(|(s, mass)| {
                    let (low, high) = ((-x - s - shift) / sd, (x - s - shift) / sd);
                    // The smaller tails, so that no digits are lost.
                    mass * if low > 0.0 {
                        normal::sf(low) - normal::sf(high)
                    } else {
                        normal::cdf(high) - normal::cdf(low)
                    }
                })
                .sum::<f64>()
        };
        if inside(upper) <= target {
            return Some(upper);
        }
        root::find(|a| inside(a) - target, 0.0, upper)
    }

    /// The paths whose Z at `t` is in one of the ranges go on; `next` is the next look.
    fn go_on(&mut self, t: f64, next: Option<f64>, ranges: &[(f64, f64)]) {
        let Some(next) = next else { return };
        let step = t - self.t;
        let width = 2.0 * step.min(next - t).sqrt();
        let rule = quadrature::gauss_legendre(16);
        let (mut places, mut masses) = (Vec::new(), Vec::new());
        let (sd, shift) = (step.sqrt(), self.drift * step);
        let expected = self.drift * t;
        for &(low, high) in ranges {
            // Nothing is left of a normal density beyond.
            let low = (low * t.sqrt()).max(expected - FAR * t.sqrt());
            let high = (high * t.sqrt()).min(expected + FAR * t.sqrt());
            if !(high > low) {
                continue;
            }
            let panels = ((high - low) / width).ceil().max(1.0);
            let half = 0.5 * (high - low) / panels;
            for panel in 0..panels as usize {
                let centre = low + (2.0 * panel as f64 + 1.0) * half;
                for (node, weight) in rule.iter() {
                    let x = centre + half * node;
                    // Places are in order: only those within reach count.
                    let reach = FAR * sd;
                    let from = self.places.partition_point(|s| *s < x - shift - reach);
                    let to = self.places.partition_point(|s| *s <= x - shift + reach);
                    let density: f64 = self.places[from..to]
                        .iter()
                        .zip(&self.masses[from..to])
                        .map(|(s, mass)| mass * normal::pdf((x - s - shift) / sd))
                        .sum::<f64>()
                        / sd;
                    places.push(x);
                    masses.push(density * weight * half);
                }
            }
        }
        (self.t, self.places, self.masses) = (t, places, masses);
    }
}
