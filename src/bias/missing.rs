//! Missing binary outcomes: what if the participants who were lost had events as often as ...?
//!
//! In each group r participants had the event, f had not and m are missing. With p = r / (r + f), the share a = m / (r + f + m)
//! missing, and p* the risk among the missing, the risk in all is π = (1 - a) p + a p*. The strategies of Higgins, White and Wood:
//!
//! | code | p* |
//! |---|---|
//! | `aca` | the missing are left out |
//! | `ica-0`, `ica-1` | 0; 1 |
//! | `ica-b`, `ica-w` | the best, the worst case for the intervention |
//! | `ica-pc`, `ica-pe` | the observed risk of the comparator, of the intervention, in both groups |
//! | `ica-p` | the observed risk of the own group |
//! | `ica-imor` | the odds of the own group times an informative missingness odds ratio |
//!
//! and four variances: `w1` as if imputed outcomes were observed, `w2` those of the available cases, `w3` of the imputed risks
//! with the numbers of the available cases, `w4` (the default) by the delta method from the binomial variances of a and p, which
//! knows that what was imputed was not seen: Var π = (p - p*)² a(1 - a) / N + [(1 - a) + a dp* / dp]² p(1 - p) / (r + f), with the
//! covariance of the groups where one's risk is imputed in the other.
//!
//! A study with an empty cell among its observed outcomes has ½ added to each of them. No bound is left out: the range between
//! best and worst case is what the data alone say.
//!
//! References: Higgins, White and Wood (2008), Imputation methods for missing outcome data in meta-analysis of clinical trials,
//! doi:10.1177/1740774508091600. White, Higgins and Wood (2008), doi:10.1002/sim.3008. Gamble and Hollis (2005),
//! doi:10.1016/j.jclinepi.2004.09.013.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::options::Settings;
use crate::codes::codes;
use crate::{EffectSizes, Error, Measure, Result, effect::TwoByTwo};

/// The assumption about the missing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum MissingStrategy {
    /// `aca`: the available cases alone.
    #[serde(rename = "aca")]
    AvailableCases,
    /// `ica-0`: none had the event.
    #[serde(rename = "ica-0")]
    NoEvents,
    /// `ica-1`: all had the event.
    #[serde(rename = "ica-1")]
    AllEvents,
    /// `ica-b`: the best case for the intervention.
    #[serde(rename = "ica-b")]
    Best,
    /// `ica-w`: its worst case.
    #[serde(rename = "ica-w")]
    Worst,
    /// `ica-pc`: events as often as observed in the comparator.
    #[serde(rename = "ica-pc")]
    Comparator,
    /// `ica-pe`: as often as observed in the intervention.
    #[serde(rename = "ica-pe")]
    Intervention,
    /// `ica-p`: as often as observed in the own group.
    #[serde(rename = "ica-p")]
    Own,
    /// `ica-imor`: with the own group's odds times these ratios (intervention, comparator).
    #[serde(rename = "ica-imor")]
    Imor(f64, f64),
}

impl fmt::Display for MissingStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            MissingStrategy::AvailableCases => "aca",
            MissingStrategy::NoEvents => "ica-0",
            MissingStrategy::AllEvents => "ica-1",
            MissingStrategy::Best => "ica-b",
            MissingStrategy::Worst => "ica-w",
            MissingStrategy::Comparator => "ica-pc",
            MissingStrategy::Intervention => "ica-pe",
            MissingStrategy::Own => "ica-p",
            MissingStrategy::Imor(e, c) => return write!(f, "ica-imor {e}/{c}"),
        })
    }
}

/// The variance of a study with imputed outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ImputedVariance {
    /// `w1`: as if all had been observed.
    W1,
    /// `w2`: that of the available cases.
    W2,
    /// `w3`: imputed risks, numbers of the available cases.
    W3,
    /// `w4`: by the delta method.
    #[default]
    W4,
}

codes! { ImputedVariance, "variance of imputed outcomes" {
    W1 "w1" [],
    W2 "w2" [],
    W3 "w3" [],
    W4 "w4" [],
} }

/// True if the event is to be avoided: what best and worst mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Event {
    /// `bad`: death, relapse.
    #[default]
    Bad,
    /// `good`: response, survival.
    Good,
}

codes! { Event, "event" {
    Bad "bad" [],
    Good "good" [],
} }

/// The numbers of missing outcomes, with how they are treated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MissingOutcomes {
    counts: Vec<(f64, f64)>,
    variance: ImputedVariance,
    event: Event,
    imor: Option<(f64, f64)>,
}

impl MissingOutcomes {
    /// The participants without an outcome, of each study in (intervention, comparator).
    ///
    /// # Errors
    ///
    /// If a number is negative or not finite.
    pub fn new(counts: impl Into<Vec<(f64, f64)>>) -> Result<Self> {
        let counts = counts.into();
        if let Some(bad) = counts.iter().flat_map(|&(e, c)| [e, c]).find(|m| !(*m >= 0.0 && m.is_finite())) {
            return Err(Error::data(format!("{bad} missing outcomes"), "counts are at least 0"));
        }
        Ok(MissingOutcomes {
            counts,
            variance: ImputedVariance::default(),
            event: Event::default(),
            imor: None,
        })
    }

    /// The variance of imputed outcomes.
    #[must_use]
    pub fn variance(mut self, variance: ImputedVariance) -> Self {
        self.variance = variance;
        self
    }

    /// Tells whether the event is good or bad.
    #[must_use]
    pub fn event(mut self, event: Event) -> Self {
        self.event = event;
        self
    }

    /// Also with these informative missingness odds ratios (intervention, comparator).
    #[must_use]
    pub fn imor(mut self, intervention: f64, comparator: f64) -> Self {
        self.imor = Some((intervention, comparator));
        self
    }
}

/// The pooled effect under one strategy.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ImputedEffect {
    /// The assumption about the missing.
    pub strategy: MissingStrategy,
    /// The number of studies.
    pub k: usize,
    /// The pooled effect.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Its P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// tau²; `None` for a fixed effect.
    pub tau2: Option<f64>,
}

/// One group of a study.
#[derive(Clone, Copy)]
struct Group {
    /// The observed risk.
    p: f64,
    /// The number observed.
    n: f64,
    /// The share missing.
    a: f64,
    /// Observed and missing.
    all: f64,
}

/// Var of what a group estimates and how the risks of both groups depend on it.
fn effect(
    measure: Measure,
    groups: [Group; 2],
    strategy: MissingStrategy,
    variance: ImputedVariance,
    event: Event,
) -> Option<(f64, f64)> {
    let [e, c] = groups;
    let stars = assumed(groups, strategy, event);
    let aca = strategy == MissingStrategy::AvailableCases;
    let share = |g: Group| if aca { 0.0 } else { g.a };
    let risk = |i: usize| {
        let g = groups[i];
        (1.0 - share(g)) * g.p + share(g) * stars[i].0
    };
    let (pe, pc) = (risk(0), risk(1));
    // The effect with its derivatives in the risks.
    let of = |pe: f64, pc: f64| match measure {
        Measure::RiskDifference => (pe - pc, [1.0, -1.0]),
        Measure::RiskRatio => ((pe / pc).ln(), [1.0 / pe, -1.0 / pc]),
        _ => {
            ((pe * (1.0 - pc) / (pc * (1.0 - pe))).ln(), [1.0 / (pe * (1.0 - pe)), -1.0 / (pc * (1.0 - pc))])
        }
    };
    let (y, slopes) = of(pe, pc);
    let squares = |slopes: [f64; 2], e: f64, c: f64| slopes[0] * slopes[0] * e + slopes[1] * slopes[1] * c;
    let v = match variance {
        _ if aca => squares(slopes, binomial(e.p, e.n), binomial(c.p, c.n)),
        ImputedVariance::W1 => squares(slopes, binomial(pe, e.all), binomial(pc, c.all)),
        ImputedVariance::W2 => squares(of(e.p, c.p).1, binomial(e.p, e.n), binomial(c.p, c.n)),
        ImputedVariance::W3 => squares(slopes, binomial(pe, e.n), binomial(pc, c.n)),
        ImputedVariance::W4 => delta_method(groups, slopes, stars),
    };
    (y.is_finite() && v.is_finite() && v > 0.0).then_some((y, v))
}

/// The risk p* among those missing in both groups, with its derivatives in the observed risks of (intervention, comparator).
fn assumed([e, c]: [Group; 2], strategy: MissingStrategy, event: Event) -> [(f64, [f64; 2]); 2] {
    let imputed = |g: Group, own: usize, ratio: f64| {
        let odds = 1.0 - g.p + ratio * g.p;
        let mut d = [0.0; 2];
        d[own] = ratio / (odds * odds);
        (ratio * g.p / odds, d)
    };
    let none = [0.0; 2];
    let lucky = if event == Event::Bad { 0.0 } else { 1.0 };
    match strategy {
        MissingStrategy::AvailableCases | MissingStrategy::Own => [imputed(e, 0, 1.0), imputed(c, 1, 1.0)],
        MissingStrategy::NoEvents => [(0.0, none); 2],
        MissingStrategy::AllEvents => [(1.0, none); 2],
        MissingStrategy::Best => [(lucky, none), (1.0 - lucky, none)],
        MissingStrategy::Worst => [(1.0 - lucky, none), (lucky, none)],
        MissingStrategy::Comparator => [(c.p, [0.0, 1.0]); 2],
        MissingStrategy::Intervention => [(e.p, [1.0, 0.0]); 2],
        MissingStrategy::Imor(re, rc) => [imputed(e, 0, re), imputed(c, 1, rc)],
    }
}

fn binomial(p: f64, n: f64) -> f64 {
    p * (1.0 - p) / n
}

/// The variance by the delta method, in the share missing and in the observed risk of each group, through both groups.
fn delta_method(groups: [Group; 2], slopes: [f64; 2], stars: [(f64, [f64; 2]); 2]) -> f64 {
    let mut v = 0.0;
    for (i, g) in groups.into_iter().enumerate() {
        let shares = slopes[i] * (stars[i].0 - g.p);
        v += shares * shares * g.a * (1.0 - g.a) / g.all;
        let own = slopes[i] * (1.0 - g.a);
        let through: f64 = (0..2).map(|j| slopes[j] * groups[j].a * stars[j].1[i]).sum();
        v += (own + through) * (own + through) * binomial(g.p, g.n);
    }
    v
}

/// The effects of the tables under a strategy.
fn imputed_effects(
    effects: &EffectSizes,
    tables: &[TwoByTwo],
    missing: &MissingOutcomes,
    strategy: MissingStrategy,
) -> Result<EffectSizes> {
    let measure = effects.measure();
    let (mut labels, mut yi, mut vi) = (Vec::new(), Vec::new(), Vec::new());
    for ((table, label), counts) in tables.iter().zip(effects.labels()).zip(&missing.counts) {
        let h = if table.has_zero() { 0.5 } else { 0.0 };
        let group = |r: f64, f: f64, m: f64| {
            let (r, n) = (r + h, r + f + 2.0 * h);
            Group { p: r / n, n, a: m / (n + m), all: n + m }
        };
        let groups = [group(table.ai(), table.bi(), counts.0), group(table.ci(), table.di(), counts.1)];
        if let Some((y, v)) = effect(measure, groups, strategy, missing.variance, missing.event) {
            labels.push(label.clone());
            yi.push(y);
            vi.push(v);
        }
    }
    EffectSizes::new(measure, labels, yi, vi)
}

pub(super) fn imputed(
    effects: &EffectSizes,
    tables: &[TwoByTwo],
    missing: &MissingOutcomes,
    settings: &Settings,
) -> Result<Vec<ImputedEffect>> {
    let measure = effects.measure();
    if !matches!(measure, Measure::RiskRatio | Measure::OddsRatio | Measure::RiskDifference) {
        return Err(Error::model(
            format!("missing outcomes under {measure}"),
            "they are imputed for risk ratios, odds ratios and risk differences",
        ));
    }
    if missing.counts.len() != tables.len() {
        return Err(Error::data(
            format!("missing outcomes of {} studies beside {}", missing.counts.len(), tables.len()),
            "give those of the studies that have an effect",
        ));
    }
    let mut strategies = vec![
        MissingStrategy::AvailableCases,
        MissingStrategy::NoEvents,
        MissingStrategy::AllEvents,
        MissingStrategy::Best,
        MissingStrategy::Worst,
        MissingStrategy::Comparator,
        MissingStrategy::Intervention,
        MissingStrategy::Own,
    ];
    if let Some((e, c)) = missing.imor {
        if !(e > 0.0 && c > 0.0 && e.is_finite() && c.is_finite()) {
            return Err(Error::setting("imor", format!("{e}, {c}"), "odds ratios are above 0"));
        }
        strategies.push(MissingStrategy::Imor(e, c));
    }
    strategies
        .into_iter()
        .map(|strategy| {
            let fit = settings.fit(&imputed_effects(effects, tables, missing, strategy)?)?;
            Ok(ImputedEffect {
                strategy,
                k: fit.k,
                estimate: fit.estimate,
                se: fit.se,
                p_value: fit.p_value,
                ci_lower: fit.ci_lower,
                ci_upper: fit.ci_upper,
                tau2: fit.heterogeneity.tau2,
            })
        })
        .collect()
}
