//! The report of effects that depend on each other: a multilevel model and what was read from it.

use crate::{
    Result,
    bias::{DependentEffects, MultilevelPetPeese, MultilevelSlope, Predictor},
    multilevel::{Factor, MultilevelFit, MultilevelInfluence},
    plot::{
        Figure as _, Funnel,
        forest::TextOptions,
        funnel::{FunnelPoint, FunnelRegion},
    },
    report::{Document, MultilevelReport, ReportOrigin},
    table::Table,
};

use super::{Parts, assumptions, figure};
use crate::request::{
    Inputs, ReportFormat,
    args::{MultilevelArgs, ReportArgs},
    multilevel::{self, Built},
    plot,
};

/// The model with its fit and the data behind it.
pub struct Dependent {
    asked: MultilevelArgs,
    built: Built,
    fit: MultilevelFit,
    /// The column under whose values effects stand together, and its value at each effect.
    groups: Option<(String, Vec<String>)>,
}

/// Fits the model.
pub fn build(args: &ReportArgs, table: Table, inputs: &Inputs<'_>) -> Result<Dependent> {
    let mut asked = args.dependence.multilevel(&args.pool)?;
    asked.mods = args.mods.clone();
    asked.no_intervals = false;
    let group = args.dependence.outermost().map(str::to_owned);
    let others: Vec<&str> = group.as_deref().into_iter().collect();
    let built = multilevel::build_on(&asked, table, &others, inputs)?;
    let fit = built.model.fit(&built.modelled.effects)?;
    let groups = match group {
        Some(name) => {
            let values = built.studies.groups(&name, &built.modelled.rows)?;
            Some((name, values))
        }
        None => None,
    };
    Ok(Dependent { asked, built, fit, groups })
}

/// The mean of a multilevel model and what was read from it.
pub fn document(
    args: &ReportArgs,
    dependent: &Dependent,
    parts: &Parts,
    provenance: ReportOrigin,
    form: ReportFormat,
) -> Result<Document> {
    let Dependent { asked, built, fit, groups } = dependent;
    let effects = &built.modelled.effects;
    let notation = args.pool.shown.notation(fit.ratio_name())?;
    let digits = notation.asked_digits();
    let mut report =
        MultilevelReport::new(&args.title, fit, effects).notation(notation).provenance(provenance);
    report = report.random(&asked.random).sampling(asked.vcov.as_deref());
    if let Some((name, values)) = groups {
        report = report.groups(name, values);
        let mut forest = fit.forest_plot(effects, values, None)?;
        if let Some(favours) = &args.favours {
            let [left, right] = plot::pair("--favours", favours)?;
            forest = forest.favours(left, right);
        }
        forest.decimals = digits;
        let text = forest.to_text(&TextOptions::default())?;
        report = report.forest(figure("Forest plot", &forest.scene()?, form)?.text(text));
    }
    for assumption in args.assumption.iter().cloned().chain(assumptions(&built.studies)) {
        report = report.assumption(assumption);
    }
    let sections = parts.sections(form)?;
    report = report.before_studies(sections.before).after_results(sections.after);
    let influence = influence(dependent);
    match &influence {
        Some(Ok(influence)) => report = report.influence(influence),
        Some(Err(error)) => report = report.not_done("Influence of single groups", error.to_string()),
        None => {}
    }
    let small = small_studies(dependent);
    match &small {
        Ok((slope, pet_peese)) => report = report.small_studies(slope, pet_peese.as_ref()),
        Err(error) => report = report.not_done("Small-study effects", error.to_string()),
    }
    if let Some(funnel) = funnel(dependent) {
        let text = funnel.to_text(&TextOptions::default())?;
        let caption = "Funnel plot; effects of one study depend on each other";
        report = report.funnel(figure(caption, &funnel.scene()?, form)?.text(text));
    }
    Ok(report.document())
}

/// The fit without each of the outermost groups, if there are at least three.
fn influence(dependent: &Dependent) -> Option<Result<MultilevelInfluence>> {
    let (name, values) = dependent.groups.as_ref()?;
    let factor = Factor::new(name, values.clone());
    let enough = factor.as_ref().map_or(true, |factor| factor.levels().len() > 2);
    enough.then(|| dependent.fit.influence(&factor?))
}

fn small_studies(dependent: &Dependent) -> Result<(MultilevelSlope, Option<MultilevelPetPeese>)> {
    let (model, effects) = (&dependent.built.model, &dependent.built.modelled.effects);
    let slope = model.small_study_slope(effects, Predictor::Sei)?;
    let pet_peese = dependent.asked.mods.is_none().then(|| model.pet_peese(effects)).transpose()?;
    Ok((slope, pet_peese))
}

/// The contour-enhanced funnel plot about the mean, if there is one mean and enough to look at.
fn funnel(dependent: &Dependent) -> Option<Funnel> {
    let (fit, effects) = (&dependent.fit, &dependent.built.modelled.effects);
    let [mean] = fit.coefficients.as_slice() else { return None };
    let points: Vec<FunnelPoint> = effects
        .iter()
        .filter(|(_, _, vi)| *vi > 0.0)
        .map(|(label, yi, vi)| FunnelPoint::new(label, yi, vi.sqrt()))
        .collect();
    if points.len() < 3 {
        return None;
    }
    let mut funnel = Funnel::of_measure(fit.measure).estimate(mean.estimate).level(fit.level);
    if effects.scale().is_some() && fit.measure.scale().is_none() {
        funnel.axis = crate::plot::AxisKind::Log;
    }
    if funnel.null.is_some() {
        funnel = funnel.region(FunnelRegion::Contours);
    }
    Some(points.into_iter().fold(funnel, Funnel::point))
}
