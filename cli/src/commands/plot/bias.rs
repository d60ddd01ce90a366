//! Figures of a bias report.

use consilience::Result;
use consilience::plot::Figure as _;

use super::{dress, needs_file, save};
use crate::{args::BiasFigureArgs, commands::bias};

/// The fitted selection functions: those that are named, else steps at 0.025 and 0.5 and three curves.
pub fn selection(args: &BiasFigureArgs) -> Result<()> {
    needs_file(&args.bias.output)?;
    let mut asked = args.bias.clone();
    asked.test = vec!["selection".to_owned()];
    if asked.selection.is_empty() {
        asked.selection = ["stepfun:0.025,0.5", "halfnorm", "negexp", "power"].map(str::to_owned).to_vec();
    }
    let (report, _) = bias::report_and_effects(&asked)?;
    report.notes.iter().for_each(|note| crate::output::note(note));
    let mut plot = report.selection_plot()?;
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.bias.output, &args.figure)
}

/// The p-curve.
pub fn p_curve(args: &BiasFigureArgs) -> Result<()> {
    needs_file(&args.bias.output)?;
    let mut asked = args.bias.clone();
    asked.test = vec!["p-curve".to_owned()];
    let (report, effects) = bias::report_and_effects(&asked)?;
    let mut plot = report.p_curve_plot(&effects)?;
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.bias.output, &args.figure)
}
