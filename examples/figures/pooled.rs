//! Figures of studies and what they say together.

use consilience::plot::Figure as _;
use consilience::{
    Result,
    bias::{Alternative, Analysis, Bias},
    convert::sensitivity::{self, AssumedResult},
    glmm::{CountMeasure, Counts, Glmm},
    influence::Influence,
    multilevel::{Factor, Multilevel, RandomTerm},
    plot::{
        EffectAxis, Forest, Scene,
        forest::ForestPreset,
        funnel::FunnelRegion,
        review::{RiskOfBias, RiskOfBiasTool},
    },
    pool::{Multiverse, Prediction, RandomEffects},
    regression::{MarginalWeights, MetaRegression, PermutationOptions, RegressionFit},
    tau2::Tau2,
};

use super::{Figure, HEADING, Sources, drawn};

const PART: &str = "Studies and what they say together";

/// A forest plot in its own width, or in this one.
fn forest(forest: Forest, width: Option<f64>) -> Result<Scene> {
    match width {
        Some(width) => forest.width_mm(width).title(HEADING).scene(),
        None => forest.width_mm(170.0).scene(),
    }
}

fn of_trials(s: &Sources, preset: Option<ForestPreset>, width: Option<f64>) -> Result<Scene> {
    let plain = s.pooled()?.forest_with(&s.trials()?, ["Vaccine", "Control"])?;
    forest(preset.into_iter().fold(plain, Forest::preset), width)
}

fn funnel(funnel: consilience::plot::Funnel, width: Option<f64>) -> Result<Scene> {
    match width {
        Some(width) => funnel.size_mm(width, 60.0 + 0.3 * width).title(HEADING).scene(),
        None => funnel.size_mm(120.0, 90.0).scene(),
    }
}

/// Infections of two kinds of catheters, a review of rare events.
fn infections(s: &Sources) -> Result<Counts> {
    let columns = ["ai", "n1i", "ci", "n2i"]
        .iter()
        .map(|name| s.numbers("infections", name))
        .collect::<Result<Vec<_>>>()?;
    let labels = s.table("infections")?.labels();
    let rows: Vec<[f64; 4]> =
        (0..labels.len()).map(|i| std::array::from_fn(|column| columns[column][i])).collect();
    Counts::two_groups(CountMeasure::OddsRatio, labels, &rows)
}

fn on_latitude(s: &Sources) -> Result<RegressionFit> {
    MetaRegression::new(Tau2::Reml).fit(&s.risk_ratios()?, &s.latitude()?)
}

fn bias(s: &Sources, analyses: &[Analysis]) -> Result<consilience::bias::BiasReport> {
    let selections = ["stepfun:0.025,0.5", "halfnorm", "negexp", "power"].map(str::parse);
    Bias::new(Tau2::Reml)
        .analyses(analyses)
        .selections(selections.into_iter().collect::<Result<Vec<_>>>()?, Alternative::Less)
        .fit(&s.risk_ratios()?, None)
}

pub const FIGURES: &[Figure] = &[
    Figure {
        part: PART,
        file: "forest",
        says: "Every study with its data, interval and weight, their summary, and where a new study is expected to lie.",
        command: "forest tests/data/metafor/data/bcg_roles.csv --measure RR --groups Vaccine,Control --favours \"Favours vaccine,Favours control\" --prediction hts",
        draw: |s, width| {
            let fit = RandomEffects::default().prediction(Prediction::Hts).fit(&s.risk_ratios()?)?;
            let plot = fit.forest_with(&s.trials()?, ["Vaccine", "Control"])?;
            forest(plot.favours("Favours vaccine", "Favours control"), width)
        },
    },
    Figure {
        part: PART,
        file: "forest-subgroups",
        says: "The same in subgroups, with a test of their differences.",
        command: "forest tests/data/metafor/data/bcg_roles.csv --measure RR --groups Vaccine,Control --subgroup alloc",
        draw: |s, width| forest(s.by_allocation()?.forest_with(&s.trials()?, ["Vaccine", "Control"])?, width),
    },
    Figure {
        part: PART,
        file: "forest-revman5",
        says: "The layout of Review Manager.",
        command: "forest tests/data/metafor/data/bcg_roles.csv --measure RR --groups Vaccine,Control --layout revman5",
        draw: |s, width| of_trials(s, Some(ForestPreset::RevMan5), width),
    },
    Figure {
        part: PART,
        file: "forest-jama",
        says: "The layout of JAMA.",
        command: "forest tests/data/metafor/data/bcg_roles.csv --measure RR --groups Vaccine,Control --layout jama",
        draw: |s, width| of_trials(s, Some(ForestPreset::Jama), width),
    },
    Figure {
        part: PART,
        file: "forest-bmj",
        says: "The layout of the BMJ.",
        command: "forest tests/data/metafor/data/bcg_roles.csv --measure RR --groups Vaccine,Control --layout bmj",
        draw: |s, width| of_trials(s, Some(ForestPreset::Bmj), width),
    },
    Figure {
        part: PART,
        file: "forest-risk-of-bias",
        says: "Beside each study the judgements on its risk of bias.",
        command: "forest tests/data/gallery/judged_trials.csv --measure RR --risk-of-bias tests/data/gallery/risk_of_bias.csv",
        draw: |s, width| {
            let fit = RandomEffects::default().fit(&s.ratios("judged_trials")?)?;
            let plain = fit.forest_with(&s.events("judged_trials")?, ["Intervention", "Comparator"])?;
            let judged = RiskOfBias::from_table(s.table("risk_of_bias")?, RiskOfBiasTool::Rob2)?;
            forest(plain.risk_of_bias(&judged)?, width)
        },
    },
    Figure {
        part: PART,
        file: "regression",
        says: "A meta-regression: what each study found, and in pale what the model predicts for it.",
        command: "regression tests/data/metafor/data/bcg_roles.csv --measure RR --mods ablat",
        draw: |s, width| forest(on_latitude(s)?.forest_plot()?, width),
    },
    Figure {
        part: PART,
        file: "multilevel",
        says: "A multilevel model: the effects of each district below its name.",
        command: "multilevel tests/data/metafor/data/konstantopoulos2011.csv --random district/school --rows school",
        draw: |s, width| {
            let (districts, schools) = (s.texts("nested", "district")?, s.texts("nested", "school")?);
            let (yi, vi) = (s.numbers("nested", "yi")?, s.numbers("nested", "vi")?);
            let labels = s.table("nested")?.labels();
            let effects = consilience::EffectSizes::new(consilience::Measure::Generic, labels, yi, vi)?;
            let factors =
                [Factor::new("district", districts.clone())?, Factor::new("school", schools.clone())?];
            let fit = Multilevel::new().random_all(RandomTerm::nested(factors)?).fit(&effects)?;
            forest(fit.forest_plot(&effects, &districts, Some(&schools))?, width)
        },
    },
    Figure {
        part: PART,
        file: "glmm",
        says: "Rare events from the likelihood of the counts: exact intervals of the studies, no correction.",
        command: "glmm tests/data/glmm/data/glmm_nielweise2007.csv",
        draw: |s, width| {
            let counts = infections(s)?;
            let fit = Glmm::default().fit(&counts)?;
            forest(fit.forest(&counts, fit.prediction(Prediction::Normal)?)?, width)
        },
    },
    Figure {
        part: PART,
        file: "glmm-methods",
        says: "The same counts by every method: inverse variance, Mantel-Haenszel, Peto, likelihoods, exact inference.",
        command: "glmm tests/data/glmm/data/glmm_nielweise2007.csv --kind methods",
        draw: |s, width| forest(infections(s)?.compare_methods(Default::default()).forest()?, width),
    },
    Figure {
        part: PART,
        file: "glmm-likelihood",
        says: "The profile likelihood of the effect, with its interval and Wald's.",
        command: "glmm tests/data/glmm/data/glmm_nielweise2007.csv --kind likelihood",
        draw: |s, width| drawn!(Glmm::default().effect_profile(&infections(s)?, 121)?.plot(), width),
    },
    Figure {
        part: PART,
        file: "leave-one-out",
        says: "The summary without each study.",
        command: "leave-one-out tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| forest(s.influence()?.leave_one_out_plot()?, width),
    },
    Figure {
        part: PART,
        file: "cumulative",
        says: "The summary as studies came in, year by year.",
        command: "cumulative tests/data/metafor/data/bcg_roles.csv --measure RR --order year",
        draw: |s, width| {
            let by_year = Influence::new(Tau2::Reml).order(s.numbers("trials", "year")?);
            forest(by_year.fit(&s.risk_ratios()?)?.cumulative_plot()?, width)
        },
    },
    Figure {
        part: PART,
        file: "caterpillar",
        says: "The studies in the order of their effects.",
        command: "caterpillar tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| drawn!(s.pooled()?.caterpillar_plot(), width),
    },
    Figure {
        part: PART,
        file: "orchard",
        says: "Every effect as a circle by its precision, and the mean of each group.",
        command: "orchard tests/data/metafor/data/bcg_roles.csv --measure RR --subgroup alloc",
        draw: |s, width| drawn!(s.by_allocation()?.orchard_plot(), width),
    },
    Figure {
        part: PART,
        file: "drapery",
        says: "The P value of every hypothetical effect, for each study and for the summary.",
        command: "drapery tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| drawn!(s.pooled()?.drapery_plot()?, width),
    },
    Figure {
        part: PART,
        file: "labbe",
        says: "The risk under the intervention against that under the comparator.",
        command: "labbe tests/data/metafor/data/bcg_roles.csv --measure RR --groups vaccine,control",
        draw: |s, width| drawn!(s.pooled()?.labbe_plot(&s.trials()?)?.groups("vaccine", "control"), width),
    },
    Figure {
        part: PART,
        file: "bubble",
        says: "Effects against a moderator, with confidence and prediction bands.",
        command: "bubble tests/data/metafor/data/bcg_roles.csv --measure RR --mods ablat",
        draw: |s, width| {
            let fit = on_latitude(s)?;
            let bubbles =
                fit.bubble(&s.latitude()?, s.table("trials")?, "ablat", MarginalWeights::default())?;
            drawn!(fit.bubble_plot(bubbles), width)
        },
    },
    Figure {
        part: SMALL,
        file: "funnel",
        says: "Studies against their standard errors, with contours of significance, the studies that trim-and-fill fills in, and Egger's line.",
        command: "funnel tests/data/metafor/data/bcg_roles.csv --measure RR --region contours --trim-and-fill --egger",
        draw: |s, width| {
            let report = bias(s, &[Analysis::TrimAndFill, Analysis::Egger])?;
            funnel(s.pooled()?.funnel_plot().region(FunnelRegion::Contours).with_bias(&report), width)
        },
    },
    Figure {
        part: SMALL,
        file: "funnel-power",
        says: "The same over the power that each standard error gives (sunset plot).",
        command: "funnel tests/data/metafor/data/bcg_roles.csv --measure RR --region power",
        draw: |s, width| funnel(s.pooled()?.funnel_plot().region(FunnelRegion::Power), width),
    },
    Figure {
        part: SMALL,
        file: "radial",
        says: "Standardized effects against precision (Galbraith's plot).",
        command: "radial tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| drawn!(s.pooled()?.radial_plot(), width),
    },
    Figure {
        part: SMALL,
        file: "doi",
        says: "Effects against the normal quantiles of their ranks, with the LFK index.",
        command: "doi tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| drawn!(s.pooled()?.doi_plot(), width),
    },
    Figure {
        part: SMALL,
        file: "p-curve",
        says: "How the significant P values are distributed.",
        command: "p-curve tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| drawn!(bias(s, &[Analysis::PCurve])?.p_curve_plot(&s.risk_ratios()?)?, width),
    },
    Figure {
        part: SMALL,
        file: "selection",
        says: "The chance of being seen that selection models find for each P value.",
        command: "selection tests/data/metafor/data/bcg_roles.csv --measure RR --alternative less",
        draw: |s, width| drawn!(bias(s, &[Analysis::Selection])?.selection_plot()?, width),
    },
    Figure {
        part: ROBUST,
        file: "baujat",
        says: "Each study's share in heterogeneity against its influence on the result.",
        command: "baujat tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| drawn!(s.influence()?.baujat_plot()?, width),
    },
    Figure {
        part: ROBUST,
        file: "influence",
        says: "The case diagnostics side by side.",
        command: "influence tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| {
            let mut plot = s.influence()?.influence_plot()?;
            if width.is_some_and(|width| width < 120.0) {
                plot.look.height_mm = 320.0;
            }
            drawn!(plot, width)
        },
    },
    Figure {
        part: ROBUST,
        file: "gosh",
        says: "The summaries of subsets of the studies, coloured by the study that splits them most.",
        command: "gosh tests/data/metafor/data/bcg_roles.csv --measure RR --gosh 8191",
        draw: |s, width| {
            let influence = Influence::new(Tau2::Reml).gosh(8191, 1).fit(&s.risk_ratios()?)?;
            drawn!(influence.gosh_plot(None)?, width)
        },
    },
    Figure {
        part: ROBUST,
        file: "qq",
        says: "Residuals against normal quantiles, with their envelope.",
        command: "qq tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| drawn!(s.influence()?.quantile_plot()?, width),
    },
    Figure {
        part: ROBUST,
        file: "profile",
        says: "The profile likelihood of the variance between studies.",
        command: "profile tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| drawn!(s.pooled()?.profile_plot()?, width),
    },
    Figure {
        part: ROBUST,
        file: "multiverse",
        says: "The summary of every estimator of the variance between studies with every inference (specification curve).",
        command: "multiverse tests/data/metafor/data/bcg_roles.csv --measure RR",
        draw: |s, width| {
            let fit = s.pooled()?;
            let mut plot = Multiverse::new(&s.risk_ratios()?, 0.95)?.specification_plot(fit.measure);
            plot.effect = EffectAxis::of_fit(&fit);
            drawn!(plot, width)
        },
    },
    Figure {
        part: ROBUST,
        file: "sensitivity",
        says: "The summary over the range of an assumption.",
        command: "sensitivity tests/data/metafor/data/bcg_roles.csv --measure RR --assumption tau2 --values 0:1:0.02",
        draw: |s, width| {
            let (fit, effects) = (s.pooled()?, s.risk_ratios()?);
            let values: Vec<f64> = (0..=50).map(|i| 0.02 * f64::from(i)).collect();
            let over = sensitivity::over("τ²", &values, |tau2| {
                let fit = RandomEffects::default().tau2(tau2).fit(&effects)?;
                Ok(AssumedResult::with_interval(fit.estimate, fit.se, fit.ci_lower, fit.ci_upper))
            })?;
            drawn!(over.sensitivity_plot(EffectAxis::of_fit(&fit)).base(fit.heterogeneity.tau2), width)
        },
    },
    Figure {
        part: ROBUST,
        file: "permutation",
        says: "Where the test of a moderator lies among those of rearranged data.",
        command: "permutation tests/data/metafor/data/bcg_roles.csv --measure RR --mods ablat --permute 1000",
        draw: |s, width| {
            let options = PermutationOptions::new(1).iterations(1000).exact_limit(1000);
            let distribution = on_latitude(s)?.permutation_distribution(&options, None)?;
            drawn!(distribution.permutation_plot(), width)
        },
    },
];

const SMALL: &str = "Small studies and missing ones";
const ROBUST: &str = "How far the result can be trusted";
