//! The model that the options of `multilevel` describe.

use std::{io::Read, path::Path};

use crate::{
    EffectSizes, Error, Result,
    convert::unit::covariance::{AssumedCorrelations, EffectPlace},
    effect::DoubleZero,
    multilevel::{
        ComponentIntervals, Design, Factor, KnownCorrelation, Metric, Multilevel, Places, RandomTerm,
        SamplingCovariance, Structure,
    },
    table::{ReferenceGrid, Table},
};

use super::matrix_columns::MatrixColumns;
use crate::request::{
    Inputs,
    args::MultilevelArgs,
    data::{self, Modelled, Studies},
};

/// A model with its data.
pub struct Built {
    pub model: Multilevel,
    pub studies: Studies,
    pub modelled: Modelled,
}

/// A term of `--random`.
enum Random<'a> {
    Nested(Vec<&'a str>),
    Structured { inner: &'a str, outer: &'a str, structure: Structure },
    Spatial { places: Vec<&'a str>, outer: Option<&'a str>, structure: Structure },
    Slopes { covariates: Vec<&'a str>, intercept: bool, outer: &'a str, structure: Structure },
}

impl<'a> Random<'a> {
    /// The columns that it needs.
    fn columns(&self) -> Vec<&'a str> {
        match self {
            Random::Nested(names) => names.clone(),
            Random::Structured { inner, outer, .. } => vec![inner, outer],
            Random::Spatial { places, outer, .. } => places.iter().copied().chain(*outer).collect(),
            Random::Slopes { covariates, outer, .. } => covariates.iter().copied().chain([*outer]).collect(),
        }
    }
}

/// The sampling covariances of `--vcov`.
enum Sampling<'a> {
    Constant { rho: f64, cluster: &'a str },
    ByKind { within: f64, between: f64, cluster: &'a str, kind: &'a str },
    Autoregressive { rho: f64, cluster: &'a str, time: &'a str },
    Columns { columns: Vec<&'a str>, cluster: &'a str },
}

/// The model, on the rows that have a value of everything it names and of further columns, too.
pub fn build(args: &MultilevelArgs, others: &[&str], inputs: &Inputs<'_>) -> Result<Built> {
    build_on(args, data::read(inputs, &args.input)?, others, inputs)
}

/// The same on a table that has been read.
pub fn build_on(args: &MultilevelArgs, table: Table, others: &[&str], inputs: &Inputs<'_>) -> Result<Built> {
    let level = args.input.level()?.fraction();
    let terms = terms(args)?;
    let sampling = args.vcov.as_deref().map(vcov).transpose()?;
    let robust = args.robust.choice()?;
    let distance = Distance::parse(&args.distance, inputs)?;
    let known = args.correlation.iter().map(|text| correlation(text, inputs)).collect::<Result<Vec<_>>>()?;
    let intervals = if args.no_intervals { ComponentIntervals::Omit } else { ComponentIntervals::Profile };
    let mut model =
        Multilevel::new().method(args.method).inference(args.inference).level(level).intervals(intervals);

    // Every column that the model names must have a value in a row.
    let mut further: Vec<&str> = others.to_vec();
    for term in &terms {
        further.extend(term.columns());
    }
    match &sampling {
        Some(Sampling::Constant { cluster, .. }) => further.push(cluster),
        Some(Sampling::Autoregressive { cluster, time, .. }) => further.extend([cluster, time]),
        Some(Sampling::ByKind { cluster, kind, .. }) => further.extend([cluster, kind]),
        Some(Sampling::Columns { cluster, .. }) => further.push(cluster),
        None => {}
    }
    further.extend(robust.iter().map(|(column, _)| *column));

    let zero_cells = args.effect.zero_cells(DoubleZero::Keep);
    let table = match &sampling {
        Some(Sampling::Columns { columns, cluster }) => {
            MatrixColumns::with_variances(table, columns, cluster)?
        }
        _ => table,
    };
    let mut studies = Studies::beside_model(table, &args.effect, None, zero_cells, !terms.is_empty())?;
    if let Some(Sampling::Columns { columns, cluster }) = &sampling {
        let lacking = MatrixColumns::new(&studies.table, columns, cluster)?.lacking(&studies);
        studies = studies.without(&lacking, &format!("for missing values of {}", columns.join(", ")));
    }
    let mut modelled = studies.modelled(args.mods.as_deref().unwrap_or("1"), &further)?;
    if let Some(Sampling::Columns { columns, cluster }) = &sampling {
        let matrix = MatrixColumns::new(&studies.table, columns, cluster)?;
        let note = matrix.compared(&modelled.rows, modelled.effects.vi(), studies.data.kind())?;
        modelled.effects = note.into_iter().fold(modelled.effects, EffectSizes::with_note);
    }
    let Modelled { effects, rows, design } = &modelled;
    let parts = Parts { studies: &studies, rows, effects, distance: &distance, known: &known };
    parts.check_distance(&terms)?;
    model = model.random_all(parts.random(terms)?);
    check_correlations(args, &known)?;
    model = held(args, model)?;
    if let Some(sampling) = sampling {
        model = model.sampling(parts.sampling(sampling)?);
    }
    if args.mods.is_some() {
        model = model.moderators(design);
    }
    if let Some((column, kind)) = robust {
        model = model.robust(kind, parts.factor(column)?);
    }
    if let Some(values) = &args.predict {
        let values = values.parse::<ReferenceGrid>()?;
        let points = values.points(design)?;
        model = model.predict(points.iter().map(|point| design.row(point)).collect::<Result<Vec<_>>>()?);
    }
    Ok(Built { model, studies, modelled })
}

/// The data that the parts of a model name.
struct Parts<'a> {
    studies: &'a Studies,
    rows: &'a [usize],
    effects: &'a EffectSizes,
    distance: &'a Distance<'a>,
    /// Factors whose levels have known correlations.
    known: &'a [(&'a str, KnownCorrelation)],
}

impl<'a> Parts<'a> {
    fn factor(&self, name: &str) -> Result<Factor> {
        Factor::new(name, self.studies.groups(name, self.rows)?)
    }

    fn numbers(&self, name: &str) -> Result<Vec<f64>> {
        self.studies.numbers(name, self.rows)
    }

    /// Refuses distances between places that no random effect has.
    fn check_distance(&self, terms: &[Random<'_>]) -> Result<()> {
        if let Distance::Between { column, .. } = self.distance
            && !terms.iter().any(|term| matches!(term, Random::Spatial { .. }))
        {
            return Err(Error::setting(
                "--distance",
                format!("`{column}` is no place of a random effect"),
                "give `--random site|region --structure spexp` with that column, or leave the distances out",
            ));
        }
        Ok(())
    }

    /// The random effects of the terms.
    fn random(&self, terms: Vec<Random<'a>>) -> Result<Vec<RandomTerm>> {
        // A column that is named twice is a plain effect and one with the known correlations.
        let alone = |term: &&Random, name: &str| matches!(term, Random::Nested(names) if names[..] == [name]);
        let twice = |name: &&str| terms.iter().filter(|term| alone(term, name)).count() == 2;
        let mut plain: Vec<&str> = self.known.iter().map(|(name, _)| *name).filter(twice).collect();
        let mut seen: Vec<&str> = Vec::new();
        let mut random = Vec::new();
        for term in terms {
            match term {
                Random::Nested(names) => {
                    let only = if let [name] = names[..] { Some(name) } else { None };
                    let at = only.and_then(|name| plain.iter().position(|plain| *plain == name));
                    if let (Some(name), Some(at)) = (only, at) {
                        plain.remove(at);
                        random.push(RandomTerm::Intercept(self.factor(name)?));
                        seen.push(name);
                    } else if let Some(name) = only.filter(|name| seen.contains(name)) {
                        let factor = self.factor(name)?.renamed(format!("{name} (correlated)"));
                        random.push(with_known_as(name, factor, self.known));
                    } else {
                        let factors =
                            names.into_iter().map(|name| self.factor(name)).collect::<Result<Vec<_>>>()?;
                        let nested = RandomTerm::nested(factors)?.into_iter();
                        random.extend(nested.map(|term| with_known(term, self.known)));
                    }
                }
                Random::Structured { inner, outer, structure } => random.push(RandomTerm::Structured {
                    inner: self.factor(inner)?,
                    outer: self.factor(outer)?,
                    structure,
                }),
                Random::Spatial { places, outer, structure } => {
                    let places = self.places(&places)?;
                    random.push(match outer {
                        Some(outer) => RandomTerm::Spatial { places, outer: self.factor(outer)?, structure },
                        None => RandomTerm::map(places, structure)?,
                    });
                }
                Random::Slopes { covariates, intercept, outer, structure } => {
                    let covariates = self.covariates(&covariates, intercept)?;
                    random.push(RandomTerm::Slopes { covariates, outer: self.factor(outer)?, structure });
                }
            }
        }
        Ok(random)
    }

    fn places(&self, places: &[&str]) -> Result<Places> {
        match self.distance {
            Distance::Between { column, names, matrix, file } => {
                if *places != [*column] {
                    return Err(Error::setting(
                        "--distance",
                        format!("`{column}` for the places `{}`", places.join("+")),
                        "name the column of the sites in both",
                    ));
                }
                Places::with_distances(&self.factor(column)?, names.clone(), matrix.clone())
                    .map_err(|e| e.in_file(*file))
            }
            Distance::Metric(metric) => {
                let coordinates = places.iter().map(|name| self.numbers(name)).collect::<Result<Vec<_>>>()?;
                Places::new(places.join("+"), coordinates)?.metric(*metric)
            }
        }
    }

    fn covariates(&self, names: &[&str], intercept: bool) -> Result<Design> {
        let k = self.rows.len();
        let design = if intercept { Design::with_intercept(k) } else { Design::without_intercept(k) };
        names.iter().try_fold(design, |design, name| design.column(*name, self.numbers(name)?))
    }

    fn sampling(&self, sampling: Sampling<'_>) -> Result<SamplingCovariance> {
        Ok(match sampling {
            Sampling::Constant { rho, cluster } => SamplingCovariance::constant(rho, self.factor(cluster)?),
            Sampling::ByKind { within, between, cluster, kind } => {
                let clusters = self.studies.groups(cluster, self.rows)?;
                let dependent: Vec<EffectPlace> = clusters
                    .into_iter()
                    .zip(self.studies.groups(kind, self.rows)?)
                    .enumerate()
                    .map(|(i, (cluster, kind))| {
                        EffectPlace::new(cluster).kind(kind).observation(i.to_string())
                    })
                    .collect();
                let dependence = AssumedCorrelations::default().within(within).between(between);
                SamplingCovariance::derived(&dependence.matrix(self.effects.vi(), &dependent)?.value)?
            }
            Sampling::Autoregressive { rho, cluster, time } => {
                SamplingCovariance::autoregressive(rho, self.factor(cluster)?, self.numbers(time)?)
            }
            Sampling::Columns { columns, cluster } => {
                let columns = MatrixColumns::new(&self.studies.table, &columns, cluster)?;
                let columns = columns.of(self.rows, &self.studies.groups(cluster, self.rows)?)?;
                SamplingCovariance::columns(self.factor(cluster)?, columns)
            }
        })
    }
}

/// Refuses correlations of what is no random effect.
fn check_correlations(args: &MultilevelArgs, known: &[(&str, KnownCorrelation)]) -> Result<()> {
    let factors: Vec<&str> =
        args.random.iter().flat_map(|text| listed(text)).flat_map(|text| names(plain(text), '/')).collect();
    let named = |name: &str| factors.contains(&name);
    match known.iter().find(|(name, _)| !named(name)) {
        Some((name, _)) => Err(Error::setting(
            "--correlation",
            format!("`{name}` is no random effect"),
            "name an intercept of --random",
        )),
        None => Ok(()),
    }
}

/// The model with the parameters of `--fix` held and those of `--share` shared.
fn held(args: &MultilevelArgs, mut model: Multilevel) -> Result<Multilevel> {
    for text in &args.fix {
        let (name, values) = pair("--fix", text, "give `district=0.05` or `outcome|trial=0.03,NA,0.5`")?;
        let value = |text: &str| match text.trim() {
            "NA" | "" => Ok(None),
            number => number.parse().map(Some).map_err(|_| {
                Error::setting("--fix", format!("`{number}`"), "give a number, or NA for what is estimated")
            }),
        };
        model = model.fix(name, values.split(',').map(value).collect::<Result<Vec<_>>>()?);
    }
    for text in &args.share {
        let (first, second) = text.split_once(',').ok_or_else(|| {
            Error::setting("--share", format!("`{text}`"), "give two terms: `district,district/school`")
        })?;
        model = model.share(first.trim(), second.trim());
    }
    Ok(model)
}

/// `NAME=VALUE`.
pub fn pair<'a>(option: &'static str, text: &'a str, remedy: &str) -> Result<(&'a str, &'a str)> {
    text.split_once('=')
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .ok_or_else(|| Error::setting(option, format!("`{text}`"), remedy))
}

/// The terms of `--random` with their structures, in order.
fn terms(args: &MultilevelArgs) -> Result<Vec<Random<'_>>> {
    let mut structures = args.structure.iter().copied();
    // One structure is that of all terms.
    let all = if args.structure.len() == 1 { structures.next() } else { None };
    let terms: Vec<Random> = args
        .random
        .iter()
        .flat_map(|text| listed(text))
        .map(|text| {
            let map = text.contains('+') && !text.contains('|');
            let structured = intercepts(text).is_none() && (text.contains('|') || map);
            let structure = if structured { all.or_else(|| structures.next()) } else { None };
            random(text, structure)
        })
        .collect::<Result<_>>()?;
    let structured = |term: &Random| !matches!(term, Random::Nested(_));
    if all.is_some() && !terms.iter().any(structured) {
        let found = "no term of --random is of the form inner|outer";
        return Err(Error::setting("--structure", found, "leave it out, or give such a term: outcome|study"));
    }
    if structures.next().is_some() {
        return Err(Error::setting(
            "--structure",
            format!("{} structures", args.structure.len()),
            "give one for all `inner|outer` terms, or one for each",
        ));
    }
    Ok(terms)
}

/// The terms of R's `list(~ 1 | study, ~ 1 | effect)`, with or without `list`; any other text is one term.
fn listed(text: &str) -> Vec<&str> {
    let inside = text.trim().strip_prefix("list(").and_then(|rest| rest.strip_suffix(')'));
    let formulas =
        |text: &str| text.split(',').all(|part| part.trim().starts_with('~') && part.contains('|'));
    match inside {
        Some(inside) if inside.contains('|') => inside.split(',').map(str::trim).collect(),
        None if formulas(text) => text.split(',').map(str::trim).collect(),
        _ => vec![text],
    }
}

/// A term without R's `~ 1 |` or `~`.
fn plain(text: &str) -> &str {
    intercepts(text).unwrap_or_else(|| text.trim().trim_start_matches('~').trim())
}

/// The column of the outermost factor of the first term of `--random`.
pub fn outermost(random: &[String]) -> Option<&str> {
    let text = plain(listed(random.first()?).into_iter().next()?);
    match text.split_once('|') {
        Some((_, outer)) => Some(bare(outer)).filter(|outer| *outer != "1"),
        None => names(text, '/').into_iter().next(),
    }
}

/// The factors of random intercepts in R's notation, `~ 1 | study/effect`.
fn intercepts(text: &str) -> Option<&str> {
    let bare = text.trim().trim_start_matches('~').trim();
    let bare = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(bare);
    let (inner, outer) = bare.split_once('|')?;
    (inner.trim() == "1").then(|| outer.trim())
}

/// The names between separators; a name in quotation marks or backticks may hold the separator.
fn names(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut mark) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        match mark {
            Some(open) if c == open => mark = None,
            Some(_) => {}
            None if matches!(c, '"' | '`') => mark = Some(c),
            None if c == separator => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + c.len_utf8();
            }
            None => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts.into_iter().map(bare).collect()
}

/// A name without the quotation marks or backticks around it.
fn bare(name: &str) -> &str {
    let name = name.trim();
    let inner = |mark: char| name.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    let name = inner('"').or_else(|| inner('`')).unwrap_or(name);
    // the column of R's `factor(outcome)`
    let call = name.strip_prefix("as.").unwrap_or(name).strip_prefix("factor(");
    call.and_then(|rest| rest.strip_suffix(')')).map_or(name, str::trim)
}

/// `a/b/c`, `inner|outer`, `x+y|outer`, `x+y` or `1+x|outer`; also R's `~ 1 | a/b/c` and `~ inner | outer`.
fn random(text: &str, structure: Option<Structure>) -> Result<Random<'_>> {
    let bad = || {
        Error::setting(
            "--random",
            format!("`{text}`"),
            "give nested factors, `district/school`, a structure, `outcome|trial`, places, `lat+lon|region`, or slopes, `1+time|study`",
        )
    };
    let text = plain(text);
    let (inner, outer) = match text.split_once('|') {
        Some((inner, outer)) => (inner.trim(), Some(bare(outer))),
        None if text.contains('+') => (text.trim(), None),
        None => {
            let names = names(text, '/');
            let whole = !names.iter().any(|name| name.is_empty());
            return whole.then_some(Random::Nested(names)).ok_or_else(bad);
        }
    };
    let structure = structure.ok_or_else(|| {
        Error::setting(
            "--structure",
            format!("`{text}` has no structure"),
            "choose one: cs, hcs, un, id, diag, ar1, har1, car; with places spexp, spgau, splin, sprat, spsph; with slopes gen, gdiag",
        )
    })?;
    if inner.is_empty() || outer.is_some_and(|outer| outer.is_empty() || outer.contains(['|', '/', '+'])) {
        return Err(bad());
    }
    let names = names(inner, '+');
    if names.iter().any(|name| name.is_empty()) || inner == bare(inner) && inner.contains('/') {
        return Err(bad());
    }
    let inner = bare(inner);
    if structure.is_spatial() {
        // `|1`: one map of all.
        return Ok(Random::Spatial { places: names, outer: outer.filter(|outer| *outer != "1"), structure });
    }
    let outer = outer.ok_or_else(bad)?;
    if structure.is_slopes() {
        let intercept = !names.contains(&"0");
        let covariates = names.into_iter().filter(|name| *name != "0" && *name != "1").collect();
        return Ok(Random::Slopes { covariates, intercept, outer, structure });
    }
    if names.len() > 1 {
        return Err(bad());
    }
    Ok(Random::Structured { inner, outer, structure })
}

/// `--correlation`: the factor and the correlations of its levels.
fn correlation<'t>(text: &'t str, inputs: &Inputs<'_>) -> Result<(&'t str, KnownCorrelation)> {
    let (name, file) = pair("--correlation", text, "give `species=tree.nwk` or `species=matrix.csv`")?;
    let content = content("--correlation", file, inputs)?;
    if content.trim_start().starts_with('(') {
        return Ok((name, KnownCorrelation::from_newick(&content)?));
    }
    let (names, matrix) = square(&content, file)?;
    KnownCorrelation::new(names, matrix).map(|known| (name, known)).map_err(|e| e.in_file(file))
}

/// `--distance`: how distances are measured, or what they are.
enum Distance<'a> {
    Metric(Metric),
    Between { column: &'a str, names: Vec<String>, matrix: Vec<f64>, file: &'a str },
}

impl<'a> Distance<'a> {
    fn parse(text: &'a str, inputs: &Inputs<'_>) -> Result<Self> {
        if !text.contains('=') {
            return text.parse().map(Distance::Metric);
        }
        let (column, file) = pair("--distance", text, "give a metric or `clinic=hours.csv`")?;
        let (names, matrix) = square(&content("--distance", file, inputs)?, file)?;
        Ok(Distance::Between { column, names, matrix, file })
    }
}

fn content(option: &str, file: &str, inputs: &Inputs<'_>) -> Result<String> {
    let mut text = String::new();
    let read = inputs.open(Path::new(file)).and_then(|mut reader| reader.read_to_string(&mut text));
    read.map_err(|e| Error::setting(option, format!("{file}: {e}"), "give a file that can be read"))?;
    inputs.remember(file, text.as_bytes());
    Ok(text)
}

/// A square matrix with names in its header, row by row. A first column of names may stand before it, and its rows then come
/// in any order.
fn square(content: &str, file: &str) -> Result<(Vec<String>, Vec<f64>)> {
    let table = crate::table::Table::read(content.as_bytes(), file)?;
    let mut names: Vec<String> = table.names().map(str::to_owned).collect();
    let mut order: Vec<usize> = (0..names.len()).collect();
    if names.len() == table.len() + 1 {
        let labels = table.texts(&names.remove(0))?;
        order = labels
            .iter()
            .map(|label| {
                let label = label.as_deref().unwrap_or("");
                names
                    .iter()
                    .position(|name| name == label)
                    .ok_or_else(|| Error::unknown("level of the matrix", label, names.clone()).in_file(file))
            })
            .collect::<Result<_>>()?;
    }
    let n = names.len();
    if table.len() != n {
        return Err(Error::data(
            format!("{} rows and {n} columns of numbers", table.len()),
            "a matrix has one row for each name in its header",
        )
        .in_file(file));
    }
    let mut matrix = vec![f64::NAN; n * n];
    for (b, name) in names.iter().enumerate() {
        for (value, &a) in table.numbers(name)?.into_iter().zip(&order) {
            matrix[a * n + b] = value.unwrap_or(f64::NAN);
        }
    }
    Ok((names, matrix))
}

/// An intercept with the correlations that are known of its factor.
fn with_known(term: RandomTerm, known: &[(&str, KnownCorrelation)]) -> RandomTerm {
    match term {
        RandomTerm::Intercept(factor) => {
            let name = factor.name().to_owned();
            with_known_as(&name, factor, known)
        }
        other => other,
    }
}

/// A factor with the correlations that are known of the column `name`.
fn with_known_as(name: &str, factor: Factor, known: &[(&str, KnownCorrelation)]) -> RandomTerm {
    match known.iter().find(|(known, _)| *known == name) {
        Some((_, correlation)) => RandomTerm::Known { factor, correlation: correlation.clone() },
        None => RandomTerm::Intercept(factor),
    }
}

/// `RHO:cluster[/obs]`, `RHO,RHO:cluster/kind`, `ar1(RHO):cluster/time` or `v1,v2:cluster`.
fn vcov(text: &str) -> Result<Sampling<'_>> {
    let bad = |remedy: &str| Error::setting("--vcov", format!("`{text}`"), remedy);
    let forms = "give `0.6:study`, `0.7,0.4:study/outcome`, `ar1(0.9):study/time` or `v1i,v2i:trial`";
    let (what, by) = text.split_once(':').ok_or_else(|| bad(forms))?;
    let parts = names(by, '/');
    let (cluster, within) = match parts.as_slice() {
        [cluster, within] => (*cluster, Some(*within)),
        _ => (bare(by), None),
    };
    if let Some(rho) = what.trim().strip_prefix("ar1(").and_then(|rest| rest.strip_suffix(')')) {
        let rho = rho.trim().parse().map_err(|_| bad("the correlation in ar1(...) must be a number"))?;
        let time = within
            .ok_or_else(|| bad("an ar1 correlation needs the column of times: `ar1(0.9):study/time`"))?;
        return Ok(Sampling::Autoregressive { rho, cluster, time });
    }
    if let Ok(rho) = what.trim().parse() {
        // one column names the clusters, also where its name has a slash
        return Ok(Sampling::Constant { rho, cluster: bare(by) });
    }
    let columns = names(what, ',');
    if let ([first, second], Some(kind)) = (&columns[..], within)
        && let (Ok(within), Ok(between)) = (first.parse(), second.parse())
    {
        return Ok(Sampling::ByKind { within, between, cluster, kind });
    }
    if columns.iter().any(|name| name.is_empty()) {
        Err(bad(forms))
    } else {
        Ok(Sampling::Columns { columns, cluster: bare(by) })
    }
}
