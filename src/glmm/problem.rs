//! From counts, a design and options to a likelihood with its parameters, bounds and starting points.

use std::borrow::Cow;

use crate::{
    Error, Result,
    linear::Design,
    stat::{
        log_concave::Rule,
        newton::{Bound, Objective, Point},
    },
};

use super::{
    data::{CountMeasure, Counts, EventCount},
    kernel::{Kernel, Parabola},
    one_effect::OneEffect,
    options::{Coding, DoubleZero, Effects, Glmm, Link, Model, Penalty},
    overdispersed::{Group, Law, Overdispersed},
    random_baseline::{RandomBaseline, Work},
    rotation::Rotation,
    study_effects::StudyEffects,
    table::Margin,
};

/// A standard deviation beyond this, on the scale of the link, has no finite estimate: the likelihood rises for ever.
pub(super) const UNBOUNDED: f64 = 40.0;

/// Points of integrals over two random effects for a climb, for the last part of it and for one bound, each for every study: ten
/// times as many as a thousand customary evaluations. Where counts are all or none and deviations grow without limit, an evaluation
/// takes thousands of times the usual points.
pub(super) const POINTS_PER_STUDY: u64 = 16_000_000;

/// One of the four shapes of likelihoods.
#[derive(Debug, Clone)]
pub(super) enum Likelihood {
    One(OneEffect),
    Fixed(StudyEffects),
    Random(RandomBaseline),
    Over(Overdispersed),
}

impl Objective for Likelihood {
    type Extra = ();

    fn point(&self, theta: &[f64]) -> Option<Point> {
        match self {
            Likelihood::One(one) => one.point(theta),
            Likelihood::Fixed(fixed) => fixed.point(theta),
            Likelihood::Random(random) => random.point(theta),
            Likelihood::Over(over) => over.point(theta),
        }
    }

    /// On the way to a maximum a thousandth of a standard error will do, or a hundredth where cheap integrals are rough in two
    /// dimensions: the exact ones go on from there.
    fn enough(&self) -> f64 {
        let (rule, enough) = match self {
            Likelihood::One(one) => (one.rule, 1e-7),
            Likelihood::Fixed(fixed) => (fixed.rule, 1e-7),
            Likelihood::Random(random) => (random.rule, 1e-5),
            Likelihood::Over(_) => return 0.0,
        };
        if rule.is_fine() { 0.0 } else { enough }
    }
}

impl Likelihood {
    /// The number of coefficients of the effect.
    pub fn p(&self) -> usize {
        match self {
            Likelihood::One(one) => one.p,
            Likelihood::Fixed(fixed) => fixed.p,
            Likelihood::Random(random) => random.p,
            Likelihood::Over(over) => over.p,
        }
    }

    /// The number of parameters that are climbed in.
    pub fn parameters(&self) -> usize {
        match self {
            Likelihood::One(_) | Likelihood::Fixed(_) => self.p() + 1,
            Likelihood::Random(random) => random.parameters(),
            Likelihood::Over(over) => over.parameters(),
        }
    }

    /// The position of τ, or of the overdispersion φ.
    pub fn dispersion(&self) -> usize {
        match self {
            Likelihood::Over(over) => over.parameters() - 1,
            _ => self.p(),
        }
    }

    pub fn bounds(&self) -> Vec<Bound> {
        let mut bounds = vec![Bound::FREE; self.parameters()];
        let deviation = Bound { lower: -UNBOUNDED, upper: UNBOUNDED, size: 1.0 };
        let at = self.dispersion();
        bounds[at] =
            if let Likelihood::Over(_) = self { Bound { size: 0.1, ..Bound::VARIANCE } } else { deviation };
        if let Likelihood::Random(_) = self {
            // All that follows the baseline are standard deviations too.
            bounds[at + 2..].fill(deviation);
        }
        bounds
    }

    /// Turns a point to the one with the same likelihood and a positive standard deviation of the effect: where effects
    /// correlate, the sign of the random effect is that of its share in the baseline too.
    pub fn turn(&self, theta: &mut [f64]) {
        let at = self.dispersion();
        if theta[at] < 0.0 && !matches!(self, Likelihood::Over(_)) {
            theta[at] = -theta[at];
            if let Likelihood::Random(random) = self
                && random.correlated
            {
                theta[at + 3] = -theta[at + 3];
            }
        }
    }

    /// The parameters that vanish without heterogeneity.
    pub fn held_without_dispersion(&self) -> Vec<bool> {
        let mut fixed = vec![false; self.parameters()];
        fixed[self.dispersion()] = true;
        if let Likelihood::Random(random) = self
            && random.correlated
        {
            fixed[random.p + 3] = true;
        }
        fixed
    }

    /// True if heterogeneity is one deviation, along which maxima can be looked for.
    pub fn rises_by_one_deviation(&self) -> bool {
        match self {
            Likelihood::Over(_) => false,
            Likelihood::Random(random) => !random.correlated,
            _ => true,
        }
    }

    /// Allows integrals over two random effects so many points for each study from now on, any number if that is the largest.
    pub fn allow(&self, points: u64) {
        if let Likelihood::Random(random) = self {
            random.work.allow(points.saturating_mul(random.arms.len() as u64));
        }
    }

    /// The same likelihood with a cheaper integral, for the climb, where that pays.
    pub fn coarse(&self) -> Option<Likelihood> {
        match self {
            Likelihood::Random(random) => {
                Some(Likelihood::Random(RandomBaseline { rule: Rule::COARSE, ..random.clone() }))
            }
            Likelihood::One(one) => Some(Likelihood::One(OneEffect { rule: Rule::COARSE, ..one.clone() })),
            Likelihood::Fixed(fixed) => {
                Some(Likelihood::Fixed(StudyEffects { rule: Rule::COARSE, ..fixed.clone() }))
            }
            Likelihood::Over(_) => None,
        }
    }
}

/// A likelihood with what is needed to read its maximum.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub likelihood: Likelihood,
    pub rotation: Rotation,
    pub model: Model,
    pub link: Link,
    pub random: bool,
    /// The positions of the studies in the likelihood.
    pub used: Vec<usize>,
    /// True if double-zero studies were to be left out.
    pub leaves_out: bool,
    /// The start of the predictors: the coefficients, and the baseline of group 2.
    level: f64,
}

impl Problem {
    /// Checks the options and builds the likelihood; `last` is the column to put last.
    pub fn new(counts: &Counts, design: &Design, options: &Glmm, last: Option<usize>) -> Result<Self> {
        let model = check(counts.measure, options)?;
        if model == Model::BivariateBetaBinomial && !design.moderators().is_empty() {
            let found = "`bivariate-bb` has a mean effect only";
            return Err(Error::setting("model", found, "use bb with moderators"));
        }
        let link = link(counts.measure, model, options);
        let used = used(counts, model, options);
        if used.is_empty() || says_nothing(counts) {
            return Err(nothing(counts));
        }
        let rotation = Rotation::new(&design.of_rows(&used), last)?;
        let subset =
            if used.len() == counts.len() { Cow::Borrowed(counts) } else { Cow::Owned(counts.select(&used)) };
        let likelihood = likelihood(&subset, &rotation, model, link, options);
        let level = level(&subset, link);
        Ok(Problem {
            likelihood,
            rotation,
            model,
            link,
            random: options.effects == Effects::Random,
            used,
            leaves_out: options.double_zero == DoubleZero::Drop,
            level,
        })
    }

    /// Starting points without heterogeneity.
    pub fn starts(&self) -> Vec<Vec<f64>> {
        let p = self.likelihood.p();
        let mut start = vec![0.0; self.likelihood.parameters()];
        match &self.likelihood {
            Likelihood::One(one) => {
                let given = matches!(self.model, Model::CmEl | Model::CmAl);
                let level =
                    if given { Parabola::mean(one.kernels.iter().map(Kernel::near)) } else { self.level };
                start[..p].copy_from_slice(&self.rotation.constant(level));
                vec![start]
            }
            Likelihood::Fixed(_) => vec![start],
            Likelihood::Random(_) => [0.4, 1.5]
                .iter()
                .map(|&sigma| {
                    let mut start = start.clone();
                    start[p + 1] = self.level;
                    start[p + 2] = sigma;
                    start
                })
                .collect(),
            Likelihood::Over(over) => {
                if over.two() {
                    start[p] = self.level;
                } else {
                    start[..p].copy_from_slice(&self.rotation.constant(self.level));
                }
                vec![start]
            }
        }
    }

    /// Starting points with heterogeneity, from the maximum without.
    pub fn random_starts(&self, common: &[f64]) -> Vec<Vec<f64>> {
        let at = self.likelihood.dispersion();
        let values: &[f64] =
            if let Likelihood::Over(_) = self.likelihood { &[0.003, 0.05, 0.7] } else { &[0.6, 0.1, 1.8] };
        let correlated = matches!(&self.likelihood, Likelihood::Random(random) if random.correlated);
        // With effects that correlate either way.
        let shares: &[f64] = if correlated { &[0.2, -0.2] } else { &[0.0] };
        let pairs = shares.iter().flat_map(|share| values.iter().map(move |value| (*value, *share)));
        let starts = pairs.map(|(value, share)| {
            let mut start = common.to_vec();
            start[at] = value;
            if correlated {
                start[at + 3] = share;
            }
            start
        });
        // Small and large deviations lead where they lead either way: one more start tells the sign.
        starts.take(values.len() + usize::from(correlated)).collect()
    }

    /// The number of parameters of the model, those of the studies included.
    pub fn parameters(&self) -> usize {
        let climbed = self.likelihood.parameters() - usize::from(!self.random);
        let correlated = matches!(&self.likelihood, Likelihood::Random(random) if random.correlated);
        let unused = usize::from(correlated && !self.random);
        let associated = matches!(&self.likelihood, Likelihood::Over(over) if over.associated);
        let studies = if let Likelihood::Fixed(fixed) = &self.likelihood { fixed.arms.len() } else { 0 };
        climbed - unused + studies + usize::from(associated)
    }

    /// The spread of the random effect over two groups, where the model has one.
    pub fn coding(&self, options: &Glmm) -> Option<Coding> {
        matches!(self.model, Model::UmFs | Model::UmRs).then(|| options.coding.unwrap_or(Coding::Half))
    }

    /// The mean predictor of group 2, where it is a parameter.
    pub fn baseline(&self, theta: &[f64]) -> Option<f64> {
        match &self.likelihood {
            Likelihood::Random(random) => theta.get(random.p + 1).copied(),
            Likelihood::Over(over) if over.two() => theta.get(over.p).copied(),
            _ => None,
        }
    }

    /// The observations that information criteria count: groups, or studies in a conditional model.
    pub fn observations(&self) -> usize {
        match &self.likelihood {
            Likelihood::One(one) => one.kernels.len(),
            Likelihood::Fixed(fixed) => 2 * fixed.arms.len(),
            Likelihood::Random(random) => 2 * random.arms.len(),
            Likelihood::Over(over) => over.groups.len() * (1 + usize::from(over.two())),
        }
    }

    /// The log-likelihood of a model that fits every study perfectly; `None` where it is not used.
    pub fn saturated(&self) -> Option<f64> {
        if !matches!(self.link, Link::Logit | Link::Log) {
            return None;
        }
        match &self.likelihood {
            Likelihood::One(one) => Some(one.kernels.iter().map(Kernel::saturated).sum()),
            Likelihood::Fixed(fixed) => {
                Some(fixed.arms.iter().flat_map(|arms| arms.iter().map(Kernel::saturated)).sum())
            }
            _ => None,
        }
    }
}

/// The model, once all options are known to apply.
fn check(measure: CountMeasure, options: &Glmm) -> Result<Model> {
    use CountMeasure::{OddsRatio, Proportion, Rate, RateRatio, RiskRatio};
    let default = match measure {
        OddsRatio | RateRatio => Model::CmEl,
        RiskRatio => Model::BetaBinomial,
        Proportion | Rate => Model::Normal,
    };
    let model = options.model.unwrap_or(default);
    let allowed: &[Model] = match measure {
        OddsRatio => &[
            Model::CmEl,
            Model::CmAl,
            Model::UmFs,
            Model::UmRs,
            Model::BetaBinomial,
            Model::BivariateBetaBinomial,
        ],
        RateRatio => &[Model::CmEl, Model::CmAl, Model::UmFs, Model::UmRs, Model::NegativeBinomial],
        RiskRatio => &[Model::BetaBinomial, Model::BivariateBetaBinomial],
        Proportion => &[Model::Normal, Model::BetaBinomial],
        Rate => &[Model::Normal, Model::NegativeBinomial],
    };
    let refuse = |name: &str, found: String, remedy: &str| Err(Error::setting(name, found, remedy));
    if !allowed.contains(&model) {
        let codes: Vec<&str> = allowed.iter().map(|model| model.code()).collect();
        let found = format!("`{model}` does not apply to `{measure}`");
        return refuse("model", found, &format!("use {}", codes.join(", ")));
    }
    if options.double_zero == DoubleZero::Drop && !measure.two_groups() {
        return refuse("drop00", "one group has no double-zero studies".into(), "leave it out");
    }
    let unconditional = matches!(model, Model::UmFs | Model::UmRs);
    if options.coding.is_some() && !unconditional {
        return refuse("coding", format!("it does not apply to `{model}`"), "use it with um-fs or um-rs");
    }
    if options.correlated && model != Model::UmRs {
        return refuse("correlated", format!("it does not apply to `{model}`"), "use it with um-rs");
    }
    if options.correlated && options.effects == Effects::Common {
        return refuse("correlated", "a common effect correlates with nothing".into(), "use random effects");
    }
    if let Some(link) = options.link {
        let natural = if measure.is_rate() || measure == RiskRatio { Link::Log } else { Link::Logit };
        let free = measure == Proportion && model == Model::Normal && link != Link::Log;
        if link != natural && !free {
            let found = format!("`{link}` does not apply to `{measure}` and `{model}`");
            return refuse("link", found, "logit, probit and cloglog are for PLO with the normal model");
        }
    }
    if options.effects == Effects::Common && model.overdispersed() {
        let found =
            format!("`common` does not apply to `{model}`, whose effect is one for all studies already");
        return refuse("effects", found, "leave it out, or use another model");
    }
    if options.penalty == Penalty::Firth && options.effects == Effects::Random {
        return refuse("penalty", "`firth` needs a common effect".into(), "add --effects common");
    }
    Ok(model)
}

fn link(measure: CountMeasure, model: Model, options: &Glmm) -> Link {
    match options.link {
        Some(link) => link,
        None if measure.is_rate() || measure == CountMeasure::RiskRatio => Link::Log,
        None if model == Model::NegativeBinomial => Link::Log,
        None => Link::Logit,
    }
}

/// The studies in the likelihood: all, or those with information on a ratio where others have likelihood 1.
fn used(counts: &Counts, model: Model, options: &Glmm) -> Vec<usize> {
    let ratio = matches!(model, Model::UmFs | Model::CmEl | Model::CmAl);
    let dropped = |i: usize| options.double_zero == DoubleZero::Drop && counts.is_double_zero(i);
    let empty = |i: usize| match counts.study(i) {
        Some((one, two)) => one.size == 0.0 && two.is_none_or(|two| two.size == 0.0),
        None => true,
    };
    (0..counts.len())
        .filter(|&i| if ratio { counts.is_informative(i) } else { !dropped(i) && !empty(i) })
        .collect()
}

/// True if two groups have no event at all, or only events.
fn says_nothing(counts: &Counts) -> bool {
    counts.measure.two_groups() && (0..counts.len()).all(|i| !counts.is_informative(i))
}

/// No study says anything about the effect.
fn nothing(counts: &Counts) -> Error {
    let risk = |groups: &[EventCount]| groups.iter().map(|group| group.size).sum::<f64>();
    let rate = counts.measure.is_rate();
    // exact, with 97.5% below it
    let bound = |size: f64| {
        if rate { -0.025_f64.ln() / size } else { 1.0 - 0.025_f64.powf(1.0 / size.max(1.0)) }
    };
    let persons = counts.first.iter().chain(&counts.second).any(|group| group.size > 0.0);
    let found = if counts.first.iter().chain(&counts.second).all(|group| group.events == 0.0) && persons {
        let (one, two) = (risk(&counts.first), risk(&counts.second));
        format!(
            "no study has an event: a ratio cannot be estimated; the upper bounds (97.5%) of the {} are {:.3e} and {:.3e}",
            if rate { "rates" } else { "risks" },
            bound(one),
            bound(two)
        )
    } else {
        "no study has information on the effect".to_owned()
    };
    Error::model(found, "add studies with events in one group at least, or model each group by itself")
}

fn kernel(measure: CountMeasure, group: EventCount, link: Link) -> Kernel {
    if measure.is_rate() {
        Kernel::poisson(group.events, group.size)
    } else {
        Kernel::binomial(group.events, group.size, link)
    }
}

/// The likelihood of the events of group 1 given both groups' events.
pub(super) fn conditional(measure: CountMeasure, one: EventCount, two: EventCount, exact: bool) -> Kernel {
    if exact && !measure.is_rate() {
        Kernel::Hypergeometric(Margin::new(one.events, one.size, two.events, two.size))
    } else {
        Kernel::split(one.events, one.size, two.events, two.size)
    }
}

fn likelihood(counts: &Counts, rotation: &Rotation, model: Model, link: Link, options: &Glmm) -> Likelihood {
    let (p, rows, measure) = (rotation.p, rotation.rows.clone(), counts.measure);
    let pairs = || counts.first.iter().copied().zip(counts.second.iter().copied());
    let arms = || -> Vec<[Kernel; 2]> {
        pairs().map(|(one, two)| [kernel(measure, one, link), kernel(measure, two, link)]).collect()
    };
    let shares = options.coding.unwrap_or(Coding::Half).shares();
    match model {
        Model::UmFs => Likelihood::Fixed(StudyEffects::new(p, rows, arms(), shares, Rule::FINE)),
        Model::UmRs => Likelihood::Random(RandomBaseline {
            p,
            rows,
            arms: arms(),
            shares,
            correlated: options.correlated,
            rule: Rule::FINE,
            work: Work::endless(),
        }),
        Model::CmEl | Model::CmAl => {
            let exact = model == Model::CmEl;
            let kernels = pairs().map(|(one, two)| conditional(measure, one, two, exact)).collect();
            Likelihood::One(OneEffect { p, rows, kernels, rule: Rule::FINE })
        }
        Model::Normal => {
            let kernels = counts.first.iter().map(|group| kernel(measure, *group, link)).collect();
            Likelihood::One(OneEffect { p, rows, kernels, rule: Rule::FINE })
        }
        Model::BetaBinomial | Model::BivariateBetaBinomial | Model::NegativeBinomial => {
            let negative = model == Model::NegativeBinomial;
            let law = if negative { Law::NegativeBinomial } else { Law::BetaBinomial(link) };
            let associated = model == Model::BivariateBetaBinomial;
            let group = |count: &EventCount| Group { x: count.events, size: count.size };
            let groups =
                counts.first.iter().enumerate().map(|(i, one)| (group(one), counts.second.get(i).map(group)));
            Likelihood::Over(Overdispersed { p, rows, groups: groups.collect(), law, associated })
        }
    }
}

/// The predictor of all groups together, half an event away from the ends.
fn level(counts: &Counts, link: Link) -> f64 {
    let groups = || counts.first.iter().chain(&counts.second);
    let events: f64 = groups().map(|group| group.events).sum();
    let size: f64 = groups().map(|group| group.size).sum();
    if counts.measure.is_rate() {
        return ((events + 0.5) / size).ln();
    }
    let risk = (events + 0.5) / (size + 1.0);
    match link {
        Link::Log => risk.ln(),
        Link::Cloglog => (-(-risk).ln_1p()).ln(),
        Link::Probit => crate::stat::normal::quantile(crate::stat::Tail::Lower(risk)),
        Link::Logit => (risk / (1.0 - risk)).ln(),
    }
}
