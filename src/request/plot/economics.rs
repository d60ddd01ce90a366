//! Figures of economic evaluations.

use crate::plot::Figure as _;
use crate::{
    Error, Result,
    economics::{DominanceMatrix, DominanceStudy, PsaResult, ZeroRule},
    plot::economics::{CurvePlot, TornadoPlot, evsi_curve},
    table::Table,
};

use super::{COMMAND, NAME, drawn, dress, save_options};
use crate::request::{
    Answer, AnswerFigure, Inputs,
    args::{
        DominanceArgs, EvppiFigureArgs, EvsiFigureArgs, FigureArgs, FrontierFigureArgs, PlaneArgs,
        PsaFigureArgs, TornadoArgs, TraceArgs,
    },
    data,
    economics::{
        cohort, draws,
        evsi::{PresentKnowledge, for_population},
        frontier as strategies, tables,
    },
};

/// The columns of a curve in the terminal.
const TEXT_WIDTH: usize = 100;

/// The plane of two options, with the thresholds of --wtp if they are few.
pub fn plane(args: &PlaneArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (result, draws) = draws::analysis(&args.psa, inputs)?;
    let options = draws.options();
    let named = |name: &Option<String>, other: Option<&String>| {
        name.clone().or_else(|| other.cloned()).ok_or_else(|| Error::model("there is no option", "give two"))
    };
    let intervention = named(&args.intervention, options.last())?;
    let comparator = named(&args.comparator, options.first())?;
    let mut plot = draws.ce_plane(&intervention, &comparator)?;
    let wtp = &args.psa.wtp.wtp;
    if wtp.values().len() <= 3 {
        plot = wtp.values().iter().fold(plot, |plot, &wtp| plot.threshold(wtp));
    }
    Ok(drawn(inputs, plot, &args.figure)?.notes(result.notes))
}

pub fn frontier(args: &FrontierFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (frontier, notes) = strategies::of(&args.frontier, inputs)?;
    Ok(drawn(inputs, frontier.plot(), &args.figure)?.notes(notes))
}

/// A curve over the thresholds: to a file, or as text.
pub fn curve(
    args: &PsaFigureArgs,
    inputs: &Inputs<'_>,
    read: impl Fn(&PsaResult) -> CurvePlot,
) -> Result<Answer> {
    let (result, _) = draws::analysis(&args.psa, inputs)?;
    Ok(written(inputs, read(&result), &args.figure)?.notes(result.notes))
}

/// Curves in a file, or as text.
fn written(inputs: &Inputs<'_>, mut plot: CurvePlot, args: &FigureArgs) -> Result<Answer> {
    dress(&mut plot, args)?;
    let drawn = plot.clone();
    let figure = AnswerFigure::new(NAME, save_options(inputs, args)?, move || drawn.scene());
    Ok(Answer::drawing(COMMAND, move || plot.to_text(TEXT_WIDTH)).figure(figure))
}

pub fn evppi(args: &EvppiFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (result, draws) = draws::partial_information(&args.evppi, inputs)?;
    Ok(drawn(inputs, result.plot(draws.price_base()), &args.figure)?.notes(result.notes))
}

/// The value of a trial to one person, by its size.
pub fn evsi(args: &EvsiFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (known, base) = (PresentKnowledge::new(&args.evsi)?, args.evsi.money.base()?);
    let points = several_sizes(&args.evsi.sizes()?)?
        .iter()
        .map(|&n| Ok((n, known.evsi(n)?)))
        .collect::<Result<Vec<(f64, f64)>>>()?;
    written(inputs, evsi_curve(&points, known.evpi()?, base), &args.figure)
}

/// Its value to all, its cost, and the difference.
pub fn enbs(args: &EvsiFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (known, base, sizes) =
        (PresentKnowledge::new(&args.evsi)?, args.evsi.money.base()?, args.evsi.sizes()?);
    let curve = for_population(&args.evsi, &known, several_sizes(&sizes)?)?;
    let Some((curve, _, notes)) = curve else {
        return Err(Error::setting(
            "--incidence",
            "the people whom the decision serves are not told",
            "a net benefit of sampling needs --incidence, --years and --discount-rate",
        ));
    };
    Ok(written(inputs, curve.plot(base), &args.figure)?.notes(notes))
}

fn several_sizes(sizes: &[f64]) -> Result<&[f64]> {
    match sizes {
        [only] => {
            let found = format!("one size, {only}");
            Err(Error::setting("--sizes", found, "a curve needs several: `100:1000:100`"))
        }
        _ => Ok(sizes),
    }
}

pub fn tornado(args: &TornadoArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let threshold =
        match args.threshold.trim() {
            "none" => None,
            number => Some(number.parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(|| {
                Error::setting("--threshold", format!("`{number}`"), "give a number, or none")
            })?),
        };
    if args.most == Some(0) {
        return Err(Error::setting("--most", "0 parameters", "give at least 1"));
    }
    let table = data::table(inputs, &args.table)?;
    let rows: Vec<usize> = (0..table.len()).collect();
    let base = tables::price_base(&table, &rows, &args.money)?;
    let mut plot = TornadoPlot::from_table(&table, args.base, &args.outcome)?.threshold(threshold);
    if let Some(most) = args.most {
        plot = plot.most(most);
    }
    if let Some(base) = base {
        plot = plot.priced_in(base);
    }
    Ok(drawn(inputs, plot, &args.figure)?.notes(table.notes().to_vec()))
}

pub fn dominance(args: &DominanceArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let rule = match args.same.trim() {
        "exact" => ZeroRule::Exact,
        "interval" => ZeroRule::IntervalContainsZero,
        numbers => {
            let read = |text: &str| text.trim().parse::<f64>().ok().filter(|x| x.is_finite() && *x >= 0.0);
            let two = numbers.split_once(',').and_then(|(cost, effect)| Some((read(cost)?, read(effect)?)));
            let (cost, effect) = two.ok_or_else(|| {
                Error::setting(
                    "--same",
                    format!("`{numbers}`"),
                    "give exact, interval, or the smallest differences in cost and effect that matter: 50,0.001",
                )
            })?;
            ZeroRule::SmallerThan { cost, effect }
        }
    };
    let table = data::table(inputs, &args.table)?;
    let (rows, studies) = differences(&table, rule == ZeroRule::IntervalContainsZero)?;
    let matrix = DominanceMatrix::new(studies, rule).map_err(|e| tables::placed(&table, &rows, e))?;
    let plot = matrix.plot();
    let left_out = tables::left_out(&table, &rows);
    Ok(drawn(inputs, plot, &args.figure)?.notes(table.notes().to_vec()).notes(left_out))
}

/// The differences of the complete rows, with their intervals if they are wanted.
fn differences(table: &Table, intervals: bool) -> Result<(Vec<usize>, Vec<DominanceStudy>)> {
    let ends = ["cost_ci_lower", "cost_ci_upper", "effect_ci_lower", "effect_ci_upper"];
    let mut columns = vec![table.require_role("cost_difference")?, table.require_role("effect_difference")?];
    if intervals {
        for end in ends {
            columns.push(table.require_role(end)?);
        }
    }
    let rows = tables::complete(table, &columns)?;
    let values =
        columns.iter().map(|column| data::numbers(table, column, &rows)).collect::<Result<Vec<_>>>()?;
    let at = |column: usize, i: usize| values.get(column).and_then(|v| v.get(i)).copied().unwrap_or(f64::NAN);
    let studies = rows.iter().enumerate().map(|(i, &row)| {
        let study = DominanceStudy::new(table.label(row), at(0, i), at(1, i));
        if intervals { study.intervals([at(2, i), at(3, i)], [at(4, i), at(5, i)]) } else { study }
    });
    Ok((rows.clone(), studies.collect()))
}

pub fn trace(args: &TraceArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    if !(args.cycle_years.is_finite() && args.cycle_years > 0.0) {
        return Err(Error::setting("--cycle-years", args.cycle_years.to_string(), "give a length above 0"));
    }
    let (trace, notes) = cohort::trace(&args.files, inputs)?;
    let mut figure = args.figure.clone();
    let time = figure.unit.take().unwrap_or_else(|| "Years".to_owned());
    Ok(written(inputs, trace.plot(&time, args.cycle_years), &figure)?.notes(notes))
}
