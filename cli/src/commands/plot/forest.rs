//! The forest plot of a pooling model.

use consilience::{
    Error, Result,
    plot::{Forest, SaveOptions, forest::TextOptions},
};

use crate::{
    args::{ForestArgs, PoolArgs},
    commands::pool,
    output,
};

/// The forest plot of a pooling model.
pub fn forest(args: &ForestArgs) -> Result<()> {
    let mut forest = forest_of(&args.pool, pair("--groups", &args.groups)?)?;
    if let Some(title) = &args.title {
        forest = forest.title(title);
    }
    if let Some(favours) = &args.favours {
        let [left, right] = pair("--favours", favours)?;
        forest = forest.favours(left, right);
    }
    if let Some(limits) = &args.limits {
        let (low, high) = range(limits)?;
        forest = forest.limits(low, high);
    }
    forest = forest.order(args.order.parse()?).width_mm(args.width);
    match &args.pool.output.output {
        Some(path) => forest.scene()?.save_with(path, &SaveOptions::default().dpi(args.dpi)),
        None => output::write(&args.pool.output, &forest.to_text(&TextOptions::default())?),
    }
}

/// The forest plot that the options of `pool` ask for.
pub fn forest_of(args: &PoolArgs, groups: [&str; 2]) -> Result<Forest> {
    let (fit, analysed) = pool::fit(args)?;
    match analysed.data {
        Some(data) => fit.forest_with(&data, groups),
        None => Ok(fit.forest()),
    }
}

/// Two names with a comma between them.
pub fn pair<'a>(option: &str, text: &'a str) -> Result<[&'a str; 2]> {
    match text.split_once(',') {
        Some((first, second))
            if !first.trim().is_empty() && !second.trim().is_empty() && !second.contains(',') =>
        {
            Ok([first.trim(), second.trim()])
        }
        _ => Err(Error::setting(option, format!("`{text}`"), "give two names with a comma between them")),
    }
}

/// Two numbers with a colon between them.
fn range(text: &str) -> Result<(f64, f64)> {
    let numbers =
        text.split_once(':').and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
    match numbers {
        Some((low, high)) if low < high => Ok((low, high)),
        _ => {
            Err(Error::setting("--limits", format!("`{text}`"), "give two numbers, the lower first: 0.1:10"))
        }
    }
}
