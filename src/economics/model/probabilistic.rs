//! Any model over draws of its inputs.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

use crate::{
    Error, Result,
    economics::{distribution::InputDraws, draws::Draws},
    stat::progress,
};

/// Runs a model for every draw of its inputs. `model` gets the inputs of one draw, in the order of the names of `draws`,
/// and returns the cost and effect of each option; all options see the same inputs. With feature `parallel` draws run
/// on all cores; the result is the same.
///
/// # Errors
///
/// If the model fails or returns another number of options than named; the error of the first such draw.
pub fn run_model<L: Into<String>>(
    draws: &InputDraws,
    options: impl IntoIterator<Item = L>,
    model: impl Fn(&[f64]) -> Result<Vec<(f64, f64)>> + Sync,
) -> Result<Draws> {
    run_model_while(draws, options, model, |done, all| progress::goes_on("draws", done, all))
}

/// The draws that are run between two calls of a progress function.
const CHUNK: usize = 512;

/// As [`run_model`], telling how far it is: `progress` is called with the number of draws done and of all. If it returns `false`
/// the work stops and the draws done until then are returned.
///
/// # Errors
///
/// As [`run_model`], and if it is stopped before any draw is done.
pub fn run_model_while<L: Into<String>>(
    draws: &InputDraws,
    options: impl IntoIterator<Item = L>,
    model: impl Fn(&[f64]) -> Result<Vec<(f64, f64)>> + Sync,
    mut progress: impl FnMut(usize, usize) -> bool,
) -> Result<Draws> {
    let options: Vec<String> = options.into_iter().map(Into::into).collect();
    let one = |i: usize| {
        let made = model(&draws.row(i))?;
        if made.len() == options.len() {
            Ok(made)
        } else {
            Err(Error::model(
                format!("the model returned {} options where {} are named", made.len(), options.len()),
                "return a cost and an effect for each option",
            ))
        }
    };
    let (mut costs, mut effects) = (Vec::new(), Vec::new());
    for start in (0..draws.len()).step_by(CHUNK) {
        let chunk = start..(start + CHUNK).min(draws.len());
        let end = chunk.end;
        #[cfg(feature = "parallel")]
        let rows: Vec<Result<Vec<(f64, f64)>>> = chunk.into_par_iter().map(one).collect();
        #[cfg(not(feature = "parallel"))]
        let rows: Vec<Result<Vec<(f64, f64)>>> = chunk.map(one).collect();
        for row in rows {
            for (cost, effect) in row? {
                costs.push(cost);
                effects.push(effect);
            }
        }
        if !progress(end, draws.len()) {
            break;
        }
    }
    Draws::from_rows(options, costs, effects)
}
