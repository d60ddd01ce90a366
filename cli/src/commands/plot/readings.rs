//! Figures of what fits say: pooled results, influence, small-study effects, moderators.

use consilience::{
    Error, Result,
    influence::InfluenceReport,
    plot::{Funnel, Scene, forest::TextOptions},
    pool::{Multiverse, PoolFit},
    regression::PermutationOptions,
};

use super::{file, save, sized, wide};
use crate::{
    args::{BiasFigureArgs, InfluenceFigureArgs, LookArgs, PooledFigureArgs, RegressionFigureArgs},
    commands::{bias, influence as command, pool, regress},
    output,
};

/// A figure of a pooled fit.
pub fn pooled(args: &PooledFigureArgs, draw: impl Fn(&PoolFit, &LookArgs) -> Result<Scene>) -> Result<()> {
    file(&args.pool.output)?;
    let (fit, _) = pool::fit(&args.pool)?;
    save(&draw(&fit, &args.look)?, &args.look, &args.pool.output)
}

pub fn doi(fit: &PoolFit, look: &LookArgs) -> Result<Scene> {
    sized!(fit.doi_plot(), look)
}

pub fn radial(fit: &PoolFit, look: &LookArgs) -> Result<Scene> {
    sized!(fit.radial_plot(), look)
}

pub fn drapery(fit: &PoolFit, look: &LookArgs) -> Result<Scene> {
    sized!(fit.drapery_plot()?, look)
}

pub fn caterpillar(fit: &PoolFit, look: &LookArgs) -> Result<Scene> {
    sized!(fit.caterpillar_plot(), look)
}

pub fn orchard(fit: &PoolFit, look: &LookArgs) -> Result<Scene> {
    sized!(fit.orchard_plot(), look)
}

pub fn profile(fit: &PoolFit, look: &LookArgs) -> Result<Scene> {
    sized!(fit.profile_plot()?, look)
}

pub fn labbe(args: &PooledFigureArgs) -> Result<()> {
    file(&args.pool.output)?;
    let (fit, analysed) = pool::fit(&args.pool)?;
    let data = analysed.data.ok_or_else(|| {
        Error::setting("plot labbe", "the effects are ready-made", "give two-by-two tables: ai n1i ci n2i")
    })?;
    save(&sized!(fit.labbe_plot(&data)?, args.look)?, &args.look, &args.pool.output)
}

pub fn specification(args: &PooledFigureArgs) -> Result<()> {
    file(&args.pool.output)?;
    let (fit, analysed) = pool::fit(&args.pool)?;
    let effects = analysed.effects.ok_or_else(|| {
        Error::setting(
            "plot specification",
            "Mantel-Haenszel and Peto analyses have no estimator to vary",
            "use --model random",
        )
    })?;
    let multiverse = Multiverse::new(&effects, args.pool.input.level()?.fraction())?;
    save(&sized!(multiverse.specification_plot(fit.measure), args.look)?, &args.look, &args.pool.output)
}

/// A figure of an influence analysis.
pub fn influence(
    args: &InfluenceFigureArgs,
    draw: impl Fn(&InfluenceReport, &InfluenceFigureArgs) -> Result<Scene>,
) -> Result<()> {
    file(&args.influence.output)?;
    let report = command::analyse(&args.influence)?;
    save(&draw(&report, args)?, &args.look, &args.influence.output)
}

pub fn baujat(report: &InfluenceReport, args: &InfluenceFigureArgs) -> Result<Scene> {
    sized!(report.baujat_plot()?, args.look)
}

pub fn quantiles(report: &InfluenceReport, args: &InfluenceFigureArgs) -> Result<Scene> {
    sized!(report.quantile_plot()?, args.look)
}

pub fn gosh(report: &InfluenceReport, args: &InfluenceFigureArgs) -> Result<Scene> {
    sized!(report.gosh_plot(args.study.as_deref())?, args.look)
}

pub fn diagnostics(report: &InfluenceReport, args: &InfluenceFigureArgs) -> Result<Scene> {
    sized!(report.influence_plot()?, args.look)
}

pub fn leave_one_out(report: &InfluenceReport, args: &InfluenceFigureArgs) -> Result<Scene> {
    wide!(report.leave_one_out_plot()?, args.look)
}

pub fn cumulative(report: &InfluenceReport, args: &InfluenceFigureArgs) -> Result<Scene> {
    wide!(report.cumulative_plot()?, args.look)
}

/// The funnel with what the bias analyses found; as text without a file.
pub fn funnel(args: &BiasFigureArgs) -> Result<()> {
    let (fit, _, report) = bias::with_fit(&args.bias)?;
    let mut funnel: Funnel = fit.funnel_plot().region(args.region.parse()?).with_bias(&report);
    if let Some(tau2) = fit.heterogeneity.tau2.filter(|_| args.heterogeneity) {
        funnel = funnel.tau2(tau2);
    }
    if let Some(title) = &args.look.title {
        funnel = funnel.title(title);
    }
    if args.bias.output.output.is_none() {
        return output::write(&args.bias.output, &funnel.to_text(&TextOptions::default())?);
    }
    let size = (args.look.width.unwrap_or(120.0), args.look.height.unwrap_or(95.0));
    save(&funnel.size_mm(size.0, size.1).scene()?, &args.look, &args.bias.output)
}

pub fn p_curve(args: &BiasFigureArgs) -> Result<()> {
    file(&args.bias.output)?;
    let (_, effects, report) = bias::with_fit(&args.bias)?;
    save(&sized!(report.p_curve_plot(&effects)?, args.look)?, &args.look, &args.bias.output)
}

pub fn selection(args: &BiasFigureArgs) -> Result<()> {
    file(&args.bias.output)?;
    let (_, _, report) = bias::with_fit(&args.bias)?;
    save(&sized!(report.selection_plot()?, args.look)?, &args.look, &args.bias.output)
}

/// Effects against a numeric moderator.
pub fn bubble(args: &RegressionFigureArgs) -> Result<()> {
    file(&args.regress.output)?;
    let (fit, modelled, studies) = regress::model(&args.regress)?;
    let numeric = modelled.design.inputs.iter().find(|input| input.levels.is_none());
    let moderator = args.along.as_deref().or(numeric.map(|input| input.name.as_str())).ok_or_else(|| {
        Error::setting("plot bubble", "the model has no numeric moderator", "name one in --mods")
    })?;
    let observed = studies.numbers(moderator, &modelled.rows)?;
    let curve = fit.moderator_curve(&modelled.design, moderator, &observed, &[], 200)?;
    save(&sized!(fit.bubble_plot(curve)?, args.look)?, &args.look, &args.regress.output)
}

/// The distribution of a permutation test.
pub fn permutation(args: &RegressionFigureArgs) -> Result<()> {
    file(&args.regress.output)?;
    let (fit, ..) = regress::model(&args.regress)?;
    let n = args.regress.permute.unwrap_or(5000);
    let options = PermutationOptions::new(args.regress.seed).iterations(n).exact_limit(n);
    let distribution = fit.permutation_distribution(&options, args.along.as_deref())?;
    save(&sized!(distribution.permutation_plot(), args.look)?, &args.look, &args.regress.output)
}
