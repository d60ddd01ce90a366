//! `multilevel`: multilevel and multivariate models.

use consilience::{
    Error, Result,
    effect::DoubleZero,
    multilevel::{
        ComponentIntervals, Factor, FixedEffects, Multilevel, MultilevelFit, RandomTerm, SamplingCovariance,
        Structure,
    },
    report::{Align, Grid},
    table::Grid as Values,
};

use crate::{
    args::{Format, MultilevelArgs},
    data::{self, Modelled, Studies},
    output,
};

pub fn run(args: &MultilevelArgs) -> Result<()> {
    let fit = fit(args)?;
    let text = match args.output.format {
        Format::Json => output::json("multilevel", &fit)?,
        Format::Csv => coefficients(&fit).to_csv(),
        Format::Markdown => format!("```text\n{fit}```\n"),
        Format::Text => fit.to_string(),
    };
    output::write(&args.output, &text)
}

/// A term of `--random`.
enum Random<'a> {
    Nested(Vec<&'a str>),
    Structured { inner: &'a str, outer: &'a str },
}

/// What `--vcov` asks for.
enum Sampling<'a> {
    Constant { rho: f64, cluster: &'a str },
    Autoregressive { rho: f64, cluster: &'a str, time: &'a str },
    Columns { columns: Vec<&'a str>, cluster: &'a str },
}

fn fit(args: &MultilevelArgs) -> Result<MultilevelFit> {
    fit_and_studies(args, &[]).map(|(fit, ..)| fit)
}

/// The fit with the studies and the effects that it was made from, on the rows that have a value of further columns, too.
pub fn fit_and_studies(args: &MultilevelArgs, others: &[&str]) -> Result<(MultilevelFit, Studies, Modelled)> {
    let level = args.input.level()?.fraction();
    let terms = args.random.iter().map(|term| random(term)).collect::<Result<Vec<_>>>()?;
    let structure = args.structure.as_deref().map(str::parse::<Structure>).transpose()?;
    let sampling = args.vcov.as_deref().map(vcov).transpose()?;
    let robust = args.robust.choice()?;
    let mut model = Multilevel::new()
        .method(args.method.parse()?)
        .inference(args.inference.parse()?)
        .level(level)
        .intervals(ComponentIntervals::Profile);

    // Every column that the model names must have a value in a row.
    let mut further: Vec<&str> = others.to_vec();
    for term in &terms {
        match term {
            Random::Nested(names) => further.extend(names),
            Random::Structured { inner, outer } => further.extend([inner, outer]),
        }
    }
    match &sampling {
        Some(Sampling::Constant { cluster, .. }) => further.push(cluster),
        Some(Sampling::Autoregressive { cluster, time, .. }) => further.extend([cluster, time]),
        Some(Sampling::Columns { columns, cluster }) => further.extend(columns.iter().chain([cluster])),
        None => {}
    }
    further.extend(robust.iter().map(|(column, _)| *column));

    let table = data::read(&args.input)?;
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep)?)?;
    let modelled = studies.modelled(args.mods.as_deref().unwrap_or("1"), &further)?;
    let Modelled { effects, rows, design } = &modelled;
    let factor = |name: &str| Factor::new(name, studies.groups(name, rows)?);

    for term in terms {
        model = match term {
            Random::Nested(names) => {
                let factors = names.into_iter().map(factor).collect::<Result<Vec<_>>>()?;
                model.random_all(RandomTerm::nested(factors)?)
            }
            Random::Structured { inner, outer } => {
                let structure = structure.ok_or_else(|| {
                    Error::setting(
                        "--structure",
                        format!("`{inner}|{outer}` has no structure"),
                        "choose one: cs, hcs, un, id, diag, ar1, har1 or car",
                    )
                })?;
                model.random(RandomTerm::Structured {
                    inner: factor(inner)?,
                    outer: factor(outer)?,
                    structure,
                })
            }
        };
    }
    if let Some(sampling) = sampling {
        model = model.sampling(match sampling {
            Sampling::Constant { rho, cluster } => SamplingCovariance::constant(rho, factor(cluster)?),
            Sampling::Autoregressive { rho, cluster, time } => {
                SamplingCovariance::autoregressive(rho, factor(cluster)?, studies.numbers(time, rows)?)
            }
            Sampling::Columns { columns, cluster } => {
                let columns = columns
                    .into_iter()
                    .map(|name| studies.numbers(name, rows))
                    .collect::<Result<Vec<_>>>()?;
                SamplingCovariance::columns(factor(cluster)?, columns)
            }
        });
    }
    if args.mods.is_some() {
        model = model.moderators(FixedEffects::from_matrix(design.names.iter().cloned(), &design.matrix)?);
    }
    if let Some((column, kind)) = robust {
        model = model.robust(kind, factor(column)?);
    }
    if let Some(values) = &args.predict {
        let values = values.parse::<Values>()?;
        let points = values.points(design)?;
        model = model.predict(points.iter().map(|point| design.row(point)).collect::<Result<Vec<_>>>()?);
    }
    let fit = model.fit(effects)?;
    Ok((fit, studies, modelled))
}

/// `a/b/c` or `inner|outer`.
fn random(text: &str) -> Result<Random<'_>> {
    let bad = || {
        Error::setting(
            "--random",
            format!("`{text}`"),
            "give nested factors, `district/school`, or a structure, `outcome|trial`",
        )
    };
    match text.split_once('|') {
        Some((inner, outer)) => {
            let (inner, outer) = (inner.trim(), outer.trim());
            let whole =
                !inner.is_empty() && !outer.is_empty() && !outer.contains(['|', '/']) && !inner.contains('/');
            whole.then_some(Random::Structured { inner, outer }).ok_or_else(bad)
        }
        None => {
            let names: Vec<&str> = text.split('/').map(str::trim).collect();
            (!names.iter().any(|name| name.is_empty())).then_some(Random::Nested(names)).ok_or_else(bad)
        }
    }
}

/// `RHO:cluster[/obs]`, `ar1(RHO):cluster/time` or `v1,v2:cluster`.
fn vcov(text: &str) -> Result<Sampling<'_>> {
    let bad = |remedy: &str| Error::setting("--vcov", format!("`{text}`"), remedy);
    let forms = "give `0.6:study`, `ar1(0.9):study/time` or `v1i,v2i:trial`";
    let (what, by) = text.split_once(':').ok_or_else(|| bad(forms))?;
    let (cluster, within) = match by.split_once('/') {
        Some((cluster, within)) => (cluster.trim(), Some(within.trim())),
        None => (by.trim(), None),
    };
    if let Some(rho) = what.trim().strip_prefix("ar1(").and_then(|rest| rest.strip_suffix(')')) {
        let rho = rho.trim().parse().map_err(|_| bad("the correlation in ar1(...) must be a number"))?;
        let time = within
            .ok_or_else(|| bad("an ar1 correlation needs the column of times: `ar1(0.9):study/time`"))?;
        return Ok(Sampling::Autoregressive { rho, cluster, time });
    }
    if let Ok(rho) = what.trim().parse() {
        return Ok(Sampling::Constant { rho, cluster });
    }
    let columns: Vec<&str> = what.split(',').map(str::trim).collect();
    if columns.iter().any(|name| name.is_empty()) {
        Err(bad(forms))
    } else {
        Ok(Sampling::Columns { columns, cluster })
    }
}

fn coefficients(fit: &MultilevelFit) -> Grid {
    let names = ["term", "estimate", "se", "statistic", "df", "p_value", "ci_lower", "ci_upper"];
    let mut grid = Grid::new(names.map(|name| (name, Align::Right)));
    let text = |value: Option<f64>| value.map_or(String::new(), |v| v.to_string());
    for c in &fit.coefficients {
        grid.row([
            c.term.clone(),
            c.estimate.to_string(),
            c.se.to_string(),
            text(c.statistic),
            text(c.df),
            text(c.p_value),
            c.ci_lower.to_string(),
            c.ci_upper.to_string(),
        ]);
    }
    grid
}
