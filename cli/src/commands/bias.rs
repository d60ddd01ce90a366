//! `bias`: small-study effects and publication bias.

use consilience::{
    Result,
    bias::{Analysis, Bias, BiasReport, Selection},
    effect::DoubleZero,
};

use crate::{
    args::{BiasArgs, Format},
    data::{self, Studies},
    output,
};

pub fn run(args: &BiasArgs) -> Result<()> {
    let report = report(args)?;
    let text = match args.output.format {
        Format::Json => output::json("bias", &report)?,
        Format::Csv => report.to_csv(),
        Format::Markdown => report.to_markdown(),
        Format::Text => report.to_string(),
    };
    output::write(&args.output, &text)
}

fn report(args: &BiasArgs) -> Result<BiasReport> {
    let selections = args.selection.iter().map(|s| s.parse()).collect::<Result<Vec<Selection>>>()?;
    let analyses = args.test.iter().map(|t| t.parse()).collect::<Result<Vec<Analysis>>>()?;
    let bias = match args.model.random()? {
        true => Bias::new(args.model.method.parse()?),
        false => Bias::fixed_effect(),
    };
    let mut bias = bias
        .inference(args.model.inference.parse()?)
        .level(args.input.level()?.fraction())
        .regression(args.regression.parse()?, args.predictor.parse()?)
        .missing_estimator(args.estimator.parse()?)
        .selections(selections, args.alternative.parse()?)
        .excess_test(args.excess_test.parse()?);
    if !analyses.is_empty() {
        bias = bias.analyses(analyses);
    }
    if let Some(side) = &args.side {
        bias = bias.side(side.parse()?);
    }
    if let Some(target) = args.target {
        bias = bias.target(target);
    }
    let table = data::read(&args.input)?;
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep)?)?;
    let (effects, _) = studies.effects()?;
    let usable: Vec<usize> =
        (0..studies.outcomes.len()).filter(|&i| studies.outcomes[i].unusable().is_none()).collect();
    bias.fit(&effects, Some(&studies.data.subset(&usable)))
}
