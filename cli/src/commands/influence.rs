//! `influence`: leave-one-out, cumulative fits, case diagnostics, Baujat's coordinates, fits to subsets.

use consilience::{
    EffectSizes, Result,
    effect::DoubleZero,
    influence::{Influence, InfluenceReport},
    table::{Design, DesignOptions, Formula},
};

use crate::{
    args::{Format, InfluenceArgs},
    data::{self, Studies},
    output,
};

pub fn run(args: &InfluenceArgs) -> Result<()> {
    let report = report(args)?;
    let text = match args.output.format {
        Format::Json => output::json("influence", &report)?,
        Format::Csv => report.to_csv(),
        Format::Markdown => report.to_markdown(),
        Format::Text => report.to_string(),
    };
    output::write(&args.output, &text)
}

fn report(args: &InfluenceArgs) -> Result<InfluenceReport> {
    let table = data::read(&args.input)?;
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep)?)?;
    let (effects, rows) = studies.effects()?;
    let influence = match args.model.random()? {
        true => Influence::new(args.model.method.parse()?),
        false => Influence::fixed_effect(),
    };
    let mut influence =
        influence.inference(args.model.inference.parse()?).level(args.input.level()?.fraction());
    if let Some(subsets) = args.gosh {
        influence = influence.gosh(subsets, args.seed);
    }
    match &args.mods {
        None => {
            if let Some(column) = &args.order {
                influence = influence.order(studies.numbers(column, &rows)?);
            }
            influence.fit(&effects)
        }
        Some(formula) => {
            let (design, effects) = design(formula, &studies, &effects, &rows)?;
            if let Some(column) = &args.order {
                influence = influence.order(studies.numbers(column, &design.rows)?);
            }
            influence.fit_with(&effects, &design.matrix, &design.names)
        }
    }
}

/// The design of the moderators, and the effects of the rows that have all of them; positions increase in both.
fn design(
    formula: &str,
    studies: &Studies,
    effects: &EffectSizes,
    rows: &[usize],
) -> Result<(Design, EffectSizes)> {
    let formula: Formula = formula.parse()?;
    let design = Design::among(&formula, &studies.table, rows, &DesignOptions::new())?;
    let kept: Vec<usize> = (0..rows.len()).filter(|&i| design.rows.binary_search(&rows[i]).is_ok()).collect();
    let effects = effects.subset(&kept)?;
    let effects = design.notes.iter().fold(effects, |effects, note| effects.with_note(note));
    Ok((design, effects))
}
