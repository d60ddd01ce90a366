//! The report of effects that are independent of each other.

use crate::plot::Figure as _;
use crate::{
    EffectSizes, Error, Result,
    bias::{Bias, BiasReport},
    influence::{Influence, InfluenceReport},
    plot::{
        AxisKind, BubblePlot, EffectAxis, Funnel,
        forest::TextOptions,
        funnel::{FunnelPoint, FunnelRegion},
    },
    pool::{Multiverse, PoolFit, StudyWeight},
    regression::{MarginalWeights, MetaRegression, RegressionFit},
    report::{Document, ReportOrigin, ReviewReport},
    table::Table,
};

use super::{Parts, assumptions, figure};
use crate::request::{
    ReportFormat,
    args::{Model, ReportArgs},
    data::Studies,
    plot, pool,
};

/// The pooled effect and what was read from it.
pub fn document(
    args: &ReportArgs,
    table: Table,
    parts: &Parts,
    provenance: ReportOrigin,
    form: ReportFormat,
) -> Result<Document> {
    let groups = plot::pair("--groups", &args.groups)?;
    let favours = args.favours.as_deref().map(|text| plot::pair("--favours", text)).transpose()?;
    let (fit, analysed, studies) = pool::fit_table(&args.pool, table)?;
    let notation = args.pool.shown.notation(fit.ratio_name())?;

    let mut forest = match &analysed.data {
        Some(data) => fit.forest_with(data, groups)?,
        None => fit.forest(),
    };
    if let Some([left, right]) = favours {
        forest = forest.favours(left, right);
    }
    forest.decimals = notation.asked_digits();
    let forest =
        figure("Forest plot", &forest.scene()?, form)?.text(forest.to_text(&TextOptions::default())?);
    let mut report = ReviewReport::new(&args.title, &fit).notation(notation).forest(forest);
    for assumption in args.assumption.iter().cloned().chain(assumptions(&studies)) {
        report = report.assumption(assumption);
    }
    report = report.provenance(provenance);
    let sections = parts.sections(form)?;
    report = report.before_studies(sections.before).after_results(sections.after);

    let regression = args.mods.as_deref().map(|formula| regression(args, formula, &studies)).transpose()?;
    if let Some((regression, bubble)) = &regression {
        report = report.regression(regression);
        if let Some(plot) = bubble {
            report = report.bubble(figure("Bubble plot", &plot.scene()?, form)?);
        }
    }
    let Some(effects) = &analysed.effects else {
        let reason =
            "Mantel-Haenszel and Peto analyses have no estimator to vary and no study weights to remove";
        return Ok(report
            .not_done("Sensitivity to the method, small-study effects, influence", reason)
            .document());
    };
    let level = args.pool.input.level()?.fraction();
    // A study with a sampling variance of 0 has no place in models without another variance.
    let multiverse = Multiverse::new(effects, level);
    match &multiverse {
        Ok(multiverse) => {
            let mut curve = multiverse.specification_plot(fit.measure);
            curve.effect = EffectAxis::of_fit(&fit);
            let curve = figure("Specification curve", &curve.scene()?, form)?;
            report = report.multiverse(multiverse).specification(curve);
        }
        Err(error) => report = report.not_done("Sensitivity to the method", error.to_string()),
    }
    let (bias, influence) = (bias(args, effects, &analysed, level), influence(args, effects, level));
    match &bias {
        Ok(bias) => report = report.bias(bias),
        Err(error) => report = report.not_done("Small-study effects", error.to_string()),
    }
    if let Some(funnel) = funnel(&fit) {
        let figure = figure(&funnel_caption(&fit), &funnel.scene()?, form)?;
        report = report.funnel(figure.text(funnel.to_text(&TextOptions::default())?));
    }
    match &influence {
        Ok(influence) => {
            report = report.influence(influence);
            if influence.baujat.is_some() {
                let plot = influence.baujat_plot()?;
                report = report.baujat(figure("Baujat plot", &plot.scene()?, form)?);
            }
        }
        Err(error) => report = report.not_done("Influence of single studies", error.to_string()),
    }
    Ok(report.document())
}

/// The caption of the funnel plot, with the studies that have no place in it.
fn funnel_caption(fit: &PoolFit) -> String {
    let exact = fit.studies.iter().filter(|s| s.vi == Some(0.0)).map(|s| s.study.as_str());
    let exact: Vec<&str> = exact.collect();
    let caption = "Funnel plot with contours of significance";
    match exact.is_empty() {
        true => caption.to_owned(),
        false => format!("{caption}, without sampling variances of 0 ({})", exact.join(", ")),
    }
}

/// The contour-enhanced funnel plot of the studies, if there are enough to look at.
fn funnel(fit: &PoolFit) -> Option<Funnel> {
    let point = |s: &StudyWeight| {
        let vi = s.vi.filter(|vi| *vi > 0.0)?;
        Some(FunnelPoint::new(&s.study, s.yi?, vi.sqrt()))
    };
    let points: Vec<FunnelPoint> = fit.studies.iter().filter_map(point).collect();
    if points.len() < 3 {
        return None;
    }
    let mut funnel = Funnel::of_measure(fit.measure).estimate(fit.estimate).level(fit.level);
    if fit.transformed.scale.is_some() && fit.measure.scale().is_none() {
        funnel.axis = AxisKind::Log;
    }
    // Contours stand about no effect, which a mean or a proportion does not have.
    if funnel.null.is_some() {
        funnel = funnel.region(FunnelRegion::Contours);
    }
    Some(points.into_iter().fold(funnel, Funnel::point))
}

fn bias(
    args: &ReportArgs,
    effects: &EffectSizes,
    analysed: &pool::Analysed,
    level: f64,
) -> Result<BiasReport> {
    let model = &args.pool.model;
    let bias = match model.model {
        Model::Fixed => Bias::fixed_effect(),
        _ => Bias::new(model.method),
    };
    bias.inference(model.inference()?).level(level).fit(effects, analysed.data.as_ref())
}

fn influence(args: &ReportArgs, effects: &EffectSizes, level: f64) -> Result<InfluenceReport> {
    let model = &args.pool.model;
    let influence = match model.model {
        Model::Fixed => Influence::fixed_effect(),
        _ => Influence::new(model.method),
    };
    influence.inference(model.inference()?).level(level).fit(effects)
}

/// The meta-regression, and the bubble plot of its first numeric moderator if it has one.
fn regression(
    args: &ReportArgs,
    formula: &str,
    studies: &Studies,
) -> Result<(RegressionFit, Option<BubblePlot>)> {
    let model = &args.pool.model;
    let mut options = match model.model {
        Model::Random => MetaRegression::new(model.method),
        Model::Fixed => MetaRegression::fixed_effects(),
        Model::Mh | Model::Peto => {
            return Err(Error::setting(
                "--mods",
                "Mantel-Haenszel and Peto take no moderators",
                "use --model random or fixed",
            ));
        }
    };
    options = options.inference(model.inference()?).level(args.pool.input.level()?);
    if let Some(tau2) = model.tau2 {
        options = options.tau2(tau2);
    }
    let modelled = studies.modelled(formula, &[])?;
    let fit = options.fit(&modelled.effects, &modelled.design)?;
    let moderator = modelled.design.inputs.iter().find(|input| input.levels.is_none());
    let bubble = match moderator {
        Some(input) => {
            let weights = MarginalWeights::default();
            Some(fit.bubble_plot(fit.bubble(&modelled.design, &studies.table, &input.name, weights)?))
        }
        None => None,
    };
    Ok((fit, bubble))
}
