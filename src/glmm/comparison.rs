//! One body of counts by every method, side by side, with what each assumes.
//!
//! A conclusion that changes along this table rests on the choice of a method; on sparse data it often does (Jackson and
//! others 2018, doi:10.1002/sim.7588, compare seven of these).

use serde::{Deserialize, Serialize};

use crate::{
    EffectSizes, Level, Result,
    effect::{PersonTime, Proportion, Rate, StudyData, TwoByTwo, ZeroCells},
    pool::{FixedEffect, MantelHaenszel, Peto, PoolFit, RandomEffects},
    tau2::Tau2,
};

use super::{CountFit, CountMeasure, Counts, Effects, Glmm, Model, Penalty};

/// One method with its answer, on the scale of the analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ComparedMethod {
    /// The code of the method.
    pub method: String,
    /// One effect (`common`) or effects that vary (`random`).
    pub effects: Effects,
    /// The assumptions of the method.
    pub assumes: String,
    /// The estimate; `None` if it is infinite or does not exist.
    pub estimate: Option<f64>,
    /// Its standard error, where the method has one.
    pub se: Option<f64>,
    /// The lower confidence limit; `None` if it is infinite.
    pub ci_lower: Option<f64>,
    /// The upper confidence limit; `None` if it is infinite.
    pub ci_upper: Option<f64>,
    /// The P value.
    pub p_value: Option<f64>,
    /// The variance between studies, where it is estimated.
    pub tau2: Option<f64>,
    /// The Akaike criterion of a likelihood; comparable within `family` only.
    pub aic: Option<f64>,
    /// The data of the likelihood: `counts`, or `counts given margins`.
    pub family: Option<String>,
    /// The reason for no answer, or a peculiarity of it.
    pub note: Option<String>,
}

/// All methods for one body of counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MethodComparison {
    /// The quantity that is estimated.
    pub measure: CountMeasure,
    /// The confidence level.
    pub level: Level,
    /// The number of studies.
    pub k: usize,
    /// The methods.
    pub rows: Vec<ComparedMethod>,
    /// Remarks that the reader must know.
    pub notes: Vec<String>,
}

impl ComparedMethod {
    /// The name of the method for a figure.
    pub fn name(&self) -> &str {
        match self.method.as_str() {
            "iv" => "Inverse variance",
            "peto" => "Peto",
            "mh" => "Mantel-Haenszel",
            "cm-el" => "Conditional exact",
            "cm-al" => "Conditional approximate",
            "um-fs" => "Fixed study effects",
            "um-rs" => "Random study effects",
            "bb" => "Beta-binomial",
            "bivariate-bb" => "Bivariate beta-binomial",
            "nb" => "Negative binomial",
            "normal" => "Normal random effects",
            "firth" => "Firth's penalty",
            "exact" => "Exact conditional",
            "mid-p" => "Mid-P conditional",
            "combined-p" => "Combined P values",
            other => other,
        }
    }
}

impl Counts {
    /// Every method that applies to the measure: inverse variance, Mantel-Haenszel, Peto, the likelihoods, and exact
    /// conditional inference. A method without an answer has a note that says why.
    pub fn compare_methods(&self, level: Level) -> MethodComparison {
        let mut rows = Vec::new();
        self.classic(level, &mut rows);
        for &(model, effects) in models(self.measure) {
            let options = Glmm::new(model).effects(effects).level(level);
            let options = options.without_tau2_interval().without_study_estimates();
            rows.push(of_model(model, effects, options.fit(self)));
        }
        if matches!(self.measure, CountMeasure::OddsRatio | CountMeasure::RateRatio) {
            self.conditional(level, &mut rows);
        }
        let notes = vec![
            "Akaike's criterion compares models of the same counts: those that condition on the margins with each other, \
             the others with each other"
                .to_owned(),
        ];
        MethodComparison { measure: self.measure, level, k: self.len(), rows, notes }
    }

    /// Methods that need a variance of every study, or a weight.
    fn classic(&self, level: Level, rows: &mut Vec<ComparedMethod>) {
        let fraction = level.fraction();
        let effects = self.effect_sizes();
        let random =
            effects.clone().and_then(|effects| RandomEffects::new(Tau2::Reml).level(fraction).fit(&effects));
        let correction = "normal effects of known variance; half an event where there is none";
        rows.push(of_pool("iv", Effects::Random, &format!("{correction}; effects vary"), random));
        let fixed = effects.and_then(|effects| FixedEffect::default().level(fraction).fit(&effects));
        rows.push(of_pool("iv", Effects::Common, correction, fixed));
        let measure = self.measure.measure();
        let mh = match self.study_data() {
            Ok(StudyData::TwoByTwo(tables)) if self.measure != CountMeasure::Proportion => {
                if self.measure == CountMeasure::OddsRatio {
                    let peto = Peto::default().level(fraction).fit(self.labels.clone(), &tables);
                    let assumes = "one odds ratio, near 1; groups of like size; events rare";
                    rows.push(of_pool("peto", Effects::Common, assumes, peto));
                }
                MantelHaenszel::new(measure).level(fraction).fit(self.labels.clone(), &tables)
            }
            Ok(StudyData::PersonTime(rates)) => {
                MantelHaenszel::new(measure).level(fraction).fit_rates(self.labels.clone(), &rates)
            }
            _ => return,
        };
        let assumes = "one ratio; no correction; large-sample variance";
        rows.push(of_pool("mh", Effects::Common, assumes, mh));
    }

    fn conditional(&self, level: Level, rows: &mut Vec<ComparedMethod>) {
        let firth = Glmm::new(Model::CmEl).effects(Effects::Common).penalty(Penalty::Firth).level(level);
        let mut row = of_model(Model::CmEl, Effects::Common, firth.fit(self));
        row.method = "firth".to_owned();
        row.assumes = "as cm-el with one effect; Jeffreys' prior keeps the estimate finite".to_owned();
        (row.aic, row.family) = (None, None);
        rows.push(row);
        let mut row = empty("exact", Effects::Common, "one ratio; nothing else: exact given the margins");
        match self.exact(level) {
            Ok(exact) => {
                row.estimate = exact.estimate;
                (row.ci_lower, row.ci_upper) = (exact.ci_lower, exact.ci_upper);
                row.p_value = Some(exact.p_value);
                let mut mid = ComparedMethod {
                    method: "mid-p".to_owned(),
                    assumes: "one ratio; right on average instead of at least".to_owned(),
                    p_value: Some(exact.mid_p.p_value),
                    ..row.clone()
                };
                (mid.ci_lower, mid.ci_upper) = (exact.mid_p.ci_lower, exact.mid_p.ci_upper);
                rows.extend([row, mid]);
            }
            Err(error) => rows.push(ComparedMethod { note: Some(error.to_string()), ..row }),
        }
        let assumes = "exact for every study; weights chosen beforehand; typical effect where effects differ";
        let row = empty("combined-p", Effects::Random, assumes);
        rows.push(match self.combined_p_values(level) {
            Ok(combined) => ComparedMethod {
                estimate: combined.estimate,
                ci_lower: combined.ci_lower,
                ci_upper: combined.ci_upper,
                p_value: Some(combined.p_value),
                ..row
            },
            Err(error) => ComparedMethod { note: Some(error.to_string()), ..row },
        });
    }

    /// The counts as raw data of effect sizes.
    ///
    /// # Errors
    ///
    /// If a group is empty in a way that raw data of effect sizes cannot have.
    pub fn study_data(&self) -> Result<StudyData> {
        let pairs = || self.first.iter().zip(&self.second);
        match self.measure {
            CountMeasure::OddsRatio | CountMeasure::RiskRatio => pairs()
                .map(|(one, two)| TwoByTwo::from_totals(one.events, one.size, two.events, two.size))
                .collect::<Result<_>>()
                .map(StudyData::TwoByTwo),
            CountMeasure::RateRatio => pairs()
                .map(|(one, two)| PersonTime::new(one.events, one.size, two.events, two.size))
                .collect::<Result<_>>()
                .map(StudyData::PersonTime),
            CountMeasure::Proportion => self
                .first
                .iter()
                .map(|one| Proportion::new(one.events, one.size))
                .collect::<Result<_>>()
                .map(StudyData::Proportion),
            CountMeasure::Rate => self
                .first
                .iter()
                .map(|one| Rate::new(one.events, one.size))
                .collect::<Result<_>>()
                .map(StudyData::Rate),
        }
    }

    /// The log ratios (logits, log rates) with half an event added where there is none.
    fn effect_sizes(&self) -> Result<EffectSizes> {
        let (measure, labels) = (self.measure.measure(), self.labels.clone());
        let zero_cells = ZeroCells::default();
        match self.study_data()? {
            StudyData::TwoByTwo(tables) => EffectSizes::from_two_by_two(measure, labels, &tables, zero_cells),
            StudyData::PersonTime(rates) => {
                EffectSizes::from_person_time(measure, labels, &rates, zero_cells)
            }
            StudyData::Proportion(data) => EffectSizes::from_proportions(measure, labels, &data, zero_cells),
            StudyData::Rate(data) => EffectSizes::from_rates(measure, labels, &data, zero_cells),
            _ => {
                Err(crate::Error::model("the counts are no raw data of effect sizes", "use the likelihoods"))
            }
        }
    }

    /// The counts of raw data of effect sizes; `None` if the measure has no likelihood of counts here.
    ///
    /// # Errors
    ///
    /// If a count is not whole.
    pub fn from_study_data<S: Into<String>>(
        measure: crate::Measure,
        labels: impl IntoIterator<Item = S>,
        data: &StudyData,
    ) -> Result<Option<Counts>> {
        let measure =
            if measure == crate::Measure::PetoOddsRatio { crate::Measure::OddsRatio } else { measure };
        let Some(&measure) = CountMeasure::ALL.iter().find(|known| known.measure() == measure) else {
            return Ok(None);
        };
        match data {
            StudyData::TwoByTwo(tables) if measure.two_groups() && !measure.is_rate() => {
                let rows: Vec<[f64; 4]> = tables.iter().map(|t| [t.ai(), t.n1i(), t.ci(), t.n2i()]).collect();
                Counts::two_groups(measure, labels, &rows).map(Some)
            }
            StudyData::PersonTime(data) if measure == CountMeasure::RateRatio => {
                let rows: Vec<[f64; 4]> = data.iter().map(|t| [t.x1i(), t.t1i(), t.x2i(), t.t2i()]).collect();
                Counts::two_groups(measure, labels, &rows).map(Some)
            }
            StudyData::Proportion(data) if measure == CountMeasure::Proportion => {
                let rows: Vec<[f64; 2]> = data.iter().map(|t| [t.xi(), t.ni()]).collect();
                Counts::one_group(measure, labels, &rows).map(Some)
            }
            StudyData::Rate(data) if measure == CountMeasure::Rate => {
                let rows: Vec<[f64; 2]> = data.iter().map(|t| [t.xi(), t.ti()]).collect();
                Counts::one_group(measure, labels, &rows).map(Some)
            }
            _ => Ok(None),
        }
    }
}

/// The likelihoods of a measure.
fn models(measure: CountMeasure) -> &'static [(Model, Effects)] {
    use Effects::{Common, Random};
    match measure {
        CountMeasure::OddsRatio => &[
            (Model::CmEl, Common),
            (Model::CmEl, Random),
            (Model::CmAl, Random),
            (Model::UmFs, Common),
            (Model::UmFs, Random),
            (Model::UmRs, Random),
            (Model::BetaBinomial, Random),
            (Model::BivariateBetaBinomial, Random),
        ],
        CountMeasure::RateRatio => &[
            (Model::CmEl, Common),
            (Model::CmEl, Random),
            (Model::UmFs, Random),
            (Model::UmRs, Random),
            (Model::NegativeBinomial, Random),
        ],
        CountMeasure::RiskRatio => &[(Model::BetaBinomial, Random), (Model::BivariateBetaBinomial, Random)],
        CountMeasure::Proportion => {
            &[(Model::Normal, Common), (Model::Normal, Random), (Model::BetaBinomial, Random)]
        }
        CountMeasure::Rate => {
            &[(Model::Normal, Common), (Model::Normal, Random), (Model::NegativeBinomial, Random)]
        }
    }
}

/// The assumptions of a likelihood, in a few words.
fn assumption(model: Model, effects: Effects) -> &'static str {
    let common = effects == Effects::Common;
    match model {
        Model::CmEl if common => "one ratio; exact likelihood given the margins",
        Model::CmEl => "normal log ratios; exact likelihood given the margins",
        Model::CmAl => "normal log ratios; events rare in both groups",
        Model::UmFs if common => "one ratio; a baseline parameter for every study",
        Model::UmFs => "normal log ratios; a baseline parameter for every study",
        Model::UmRs => "normal log ratios, normal baselines",
        Model::BetaBinomial => "beta risks with one overdispersion",
        Model::BivariateBetaBinomial => "beta risks, correlated between the groups of a study",
        Model::NegativeBinomial => "gamma rates with one overdispersion",
        Model::Normal if common => "one value for all studies",
        Model::Normal => "normal transformed values",
    }
}

fn empty(method: &str, effects: Effects, assumes: &str) -> ComparedMethod {
    ComparedMethod {
        method: method.to_owned(),
        effects,
        assumes: assumes.to_owned(),
        estimate: None,
        se: None,
        ci_lower: None,
        ci_upper: None,
        p_value: None,
        tau2: None,
        aic: None,
        family: None,
        note: None,
    }
}

fn of_pool(method: &str, effects: Effects, assumes: &str, fit: Result<PoolFit>) -> ComparedMethod {
    let row = empty(method, effects, assumes);
    match fit {
        Ok(fit) => ComparedMethod {
            estimate: Some(fit.estimate),
            se: Some(fit.se),
            ci_lower: Some(fit.ci_lower),
            ci_upper: Some(fit.ci_upper),
            p_value: fit.p_value,
            tau2: fit.heterogeneity.tau2.filter(|_| effects == Effects::Random),
            ..row
        },
        Err(error) => ComparedMethod { note: Some(error.to_string()), ..row },
    }
}

fn of_model(model: Model, effects: Effects, fit: Result<CountFit>) -> ComparedMethod {
    let row = empty(model.code(), effects, assumption(model, effects));
    match fit {
        Ok(fit) => {
            let effect = fit.effect.as_ref();
            let conditional = matches!(model, Model::CmEl | Model::CmAl);
            let infinite = effect.is_some_and(|effect| effect.estimate.is_none());
            ComparedMethod {
                estimate: effect.and_then(|e| e.estimate),
                se: effect.and_then(|e| e.se),
                ci_lower: effect.and_then(|e| e.ci_lower),
                ci_upper: effect.and_then(|e| e.ci_upper),
                p_value: effect.and_then(|e| e.p_value),
                tau2: fit.heterogeneity.tau2,
                aic: Some(fit.fit.aic),
                family: Some(if conditional { "counts given margins" } else { "counts" }.to_owned()),
                note: infinite.then(|| "the estimate is infinite".to_owned()),
                ..row
            }
        }
        Err(error) => ComparedMethod { note: Some(error.to_string()), ..row },
    }
}
