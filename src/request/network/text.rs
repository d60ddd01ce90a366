//! The answer of `network` as plain text, Markdown and CSV.

use serde_json::Value;

use super::{
    estimates::{ComparisonRow, Estimate, Known},
    report::NetworkReport,
};
use crate::{
    network::NetworkModel,
    report::{Align, Grid, fixed, p_value},
    text::Notation,
};

/// A heading with a table.
type Section = (String, Grid);

fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |v| fixed(v, digits))
}

/// The data and the model in words.
fn headline(report: &NetworkReport) -> Vec<String> {
    let model = match (report.model, report.method) {
        (NetworkModel::Common, _) => "common-effect model".to_owned(),
        (NetworkModel::Random, Some(method)) => format!("random-effects model, tau^2 estimator: {method}"),
        (NetworkModel::Random, None) => "random-effects model".to_owned(),
    };
    let mut lines = vec![format!(
        "Network meta-analysis of {} studies and {} treatments ({}; measure {}; {} inference; estimator: {})",
        report.k,
        report.treatments.len(),
        model,
        report.measure,
        report.inference,
        report.estimator
    )];
    lines.push(format!(
        "{} arms, {} contrasts, {} designs; reference: {}",
        report.arms, report.contrasts, report.designs, report.reference
    ));
    lines
}

fn heterogeneity(report: &NetworkReport, notation: &Notation) -> Vec<String> {
    let Some(h) = report.heterogeneity else { return Vec::new() };
    let mut lines = Vec::new();
    if let Some(tau2) = h.tau2 {
        let interval = h.tau2_ci.map_or_else(String::new, |[l, u]| {
            format!(", Q-profile interval {} to {}", notation.number(l), notation.number(u))
        });
        let (tau2, tau) = (notation.number(tau2), notation.optional(h.tau));
        lines.push(format!("tau^2 = {tau2} (tau = {tau}{interval})"));
    }
    if h.i2.is_some() {
        lines.push(format!("I^2 = {}%, H^2 = {}", number(h.i2, 1), number(h.h2, 2)));
    }
    if let (Some(q), Some(df)) = (h.q, h.q_df) {
        let p = h.q_p_value.map_or_else(|| "-".to_owned(), |p| p_value(p, 4));
        lines.push(format!("Q = {} (df = {df}), P = {p}", notation.number(q)));
    }
    lines
}

fn difference_cells(d: &Known, notation: &Notation) -> Vec<String> {
    let (Some(estimate), Some(se), Some(lower), Some(upper)) = (d.estimate, d.se, d.ci_lower, d.ci_upper)
    else {
        return vec!["not determined".to_owned()];
    };
    let prediction = match (d.prediction_lower, d.prediction_upper) {
        (Some(lower), Some(upper)) => notation.range(lower, upper),
        _ => "-".to_owned(),
    };
    vec![
        notation.effect(estimate),
        notation.number(se),
        notation.effect(lower),
        notation.effect(upper),
        d.p_value.map_or_else(|| "-".to_owned(), |p| p_value(p, 4)),
        prediction,
    ]
}

/// The headings of the cells of a difference.
fn difference_names(notation: &Notation) -> [&str; 6] {
    [notation.estimate(), notation.se(), "ci.lb", "ci.ub", "pval", "prediction"]
}

fn grid<'a>(left: &[&'a str], right: &[&'a str]) -> Grid {
    let header = left.iter().map(|n| (*n, Align::Left)).chain(right.iter().map(|n| (*n, Align::Right)));
    Grid::new(header)
}

fn effects(report: &NetworkReport, notation: &Notation) -> Option<Section> {
    let rows = report.effects.as_ref()?;
    let ratio = rows.iter().any(|row| row.transformed.scale.is_some()) && !notation.is_ratio();
    let mut right = difference_names(notation).to_vec();
    if ratio {
        right.push("ratio");
    }
    let mut grid = grid(&["treatment"], &right);
    for row in rows {
        let mut cells = vec![row.treatment.clone()];
        cells.extend(difference_cells(&row.difference, notation));
        if ratio {
            let t = &row.transformed;
            let [estimate, lower, upper] =
                [t.estimate, t.ci_lower, t.ci_upper].map(|value| number(value, notation.decimals(2)));
            cells.push(format!("{estimate} [{lower}, {upper}]"));
        }
        grid.row(cells);
    }
    Some((format!("Effects against {}", report.reference), grid))
}

/// At most this many comparisons are printed; all are in the CSV and the JSON.
const PRINTED: usize = 200;

fn comparisons(report: &NetworkReport, notation: &Notation) -> Option<Section> {
    let rows = report.comparisons.as_ref()?;
    let names = difference_names(notation);
    let right: Vec<&str> = names.into_iter().chain(["k", "direct"]).collect();
    let mut grid = grid(&["intervention", "comparator"], &right);
    for row in rows.iter().take(PRINTED) {
        let mut cells = vec![row.intervention.clone(), row.comparator.clone()];
        cells.extend(difference_cells(&row.difference, notation));
        cells.resize(2 + names.len(), String::new());
        cells.extend([row.k.map_or_else(String::new, |k| k.to_string()), number(row.direct_proportion, 2)]);
        grid.row(cells);
    }
    let how = if notation.is_ratio() { "intervention / comparator" } else { "intervention minus comparator" };
    let title = if rows.len() > PRINTED {
        format!("The first {PRINTED} of {} comparisons ({how})", rows.len())
    } else {
        format!("Comparisons ({how})")
    };
    Some((title, grid))
}

fn split(report: &NetworkReport, notation: &Notation) -> Option<Section> {
    let rows = report.split.as_ref()?;
    let difference = heading("difference", notation);
    let mut grid = grid(
        &["intervention", "comparator"],
        &["k", "direct share", "network", "direct", "indirect", difference, notation.se(), "pval"],
    );
    let estimate = |e: &Option<Estimate>| notation.effect_if(e.map(|e| e.estimate));
    for row in rows {
        let p = row.difference.and_then(|d| d.p_value);
        grid.row([
            row.intervention.clone(),
            row.comparator.clone(),
            row.k.to_string(),
            fixed(row.direct_proportion, 2),
            notation.effect(row.network.estimate),
            estimate(&row.direct),
            estimate(&row.indirect),
            estimate(&row.difference),
            notation.optional(row.difference.map(|d| d.se)),
            p.map_or_else(|| "-".to_owned(), |p| p_value(p, 4)),
        ]);
    }
    let tests = rows.iter().filter(|row| row.difference.is_some()).count();
    Some((format!("Direct and indirect evidence ({tests} tests, P values not adjusted)"), grid))
}

/// The heading of a column of the JSON.
fn heading<'a>(key: &'a str, notation: &'a Notation) -> &'a str {
    match key {
        "estimate" => notation.estimate(),
        "se" => notation.se(),
        "difference" if notation.is_ratio() => "ratio of ratios",
        _ => key,
    }
}

/// True for the columns of the JSON that hold effects, their differences or limits.
fn is_effect(key: &str) -> bool {
    [
        "estimate",
        "ci_lower",
        "ci_upper",
        "direct",
        "indirect",
        "difference",
        "prediction_lower",
        "prediction_upper",
    ]
    .contains(&key)
}

/// A part of the JSON as a table: its rows' keys are the columns.
fn value_section(title: &str, rows: Option<&Value>, notation: &Notation) -> Option<Section> {
    let rows = rows?.as_array()?;
    let first = rows.first()?.as_object()?;
    let plain = |v: &Value| !matches!(v, Value::Array(_) | Value::Object(_));
    let keys: Vec<&String> = first.iter().filter(|(_, v)| plain(v)).map(|(k, _)| k).collect();
    let mut keys = keys;
    // names first
    keys.sort_by_key(|key| !rows.iter().any(|row| row[key.as_str()].is_string()));
    let mut grid = Grid::new(keys.iter().map(|key| {
        let text = rows.iter().any(|row| row[key.as_str()].is_string());
        (heading(key, notation), if text { Align::Left } else { Align::Right })
    }));
    for row in rows {
        grid.row(keys.iter().map(|key| cell(&row[key.as_str()], key, notation)));
    }
    Some((title.to_owned(), grid))
}

fn cell(value: &Value, key: &str, notation: &Notation) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        Value::Number(n) if n.is_u64() || n.is_i64() => n.to_string(),
        Value::Number(n) => match n.as_f64().unwrap_or(f64::NAN) {
            p if key.starts_with("p_") && key != "p_score" => p_value(p, 4),
            effect if is_effect(key) => notation.effect(effect),
            number => notation.number(number),
        },
        Value::Bool(b) => (if *b { "yes" } else { "no" }).to_owned(),
        Value::Array(list) => {
            let cells: Vec<String> = list.iter().map(|v| self::cell(v, key, notation)).collect();
            cells.join(" ")
        }
        Value::Object(_) => String::new(),
    }
}

fn decomposition(report: &NetworkReport, notation: &Notation) -> Vec<Section> {
    let Some(d) = &report.decomposition else { return Vec::new() };
    let mut summary = grid(&["part"], &["Q", "df", "pval"]);
    for (name, key) in [
        ("total", "total"),
        ("within designs", "within"),
        ("between designs", "between"),
        ("design-by-treatment interaction", "interaction"),
    ] {
        let row = &d[key];
        if row.is_object() {
            summary.row([
                name.to_owned(),
                cell(&row["q"], "q", notation),
                cell(&row["df"], "df", notation),
                cell(&row["p_value"], "p_value", notation),
            ]);
        }
    }
    let mut sections = vec![("Consistency: decomposition of Q".to_owned(), summary)];
    sections.extend(value_section("Q within designs", d.get("designs"), notation));
    sections.extend(value_section("Q between designs, each design detached", d.get("detach"), notation));
    let loops: Vec<Value> = d["loops"].as_array().into_iter().flatten().map(named_loop).collect();
    let tests = loops.len();
    let title = format!("Loops of three comparisons ({tests} tests; p_holm is adjusted for their number)");
    sections.extend(value_section(&title, Some(&Value::Array(loops)), notation));
    sections
}

/// A loop with the names of its treatments in one cell.
fn named_loop(row: &Value) -> Value {
    let mut row = row.clone();
    let names: Vec<&str> = row["loop"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let joined = names.join(" - ");
    if let Value::Object(map) = &mut row {
        map.insert("loop".to_owned(), Value::String(joined));
    }
    row
}

/// Rows of numbers under the names of what they belong to.
fn matrix(
    title: &str,
    first: &str,
    names: impl Iterator<Item = String>,
    rows: impl Iterator<Item = (String, Vec<Value>)>,
) -> Section {
    let header = std::iter::once((first.to_owned(), Align::Left)).chain(names.map(|n| (n, Align::Right)));
    let mut grid = Grid::new(header);
    for (name, values) in rows {
        let cells = values.iter().map(|v| v.as_f64().map_or_else(|| "-".to_owned(), |x| fixed(x, 3)));
        grid.row(std::iter::once(name).chain(cells));
    }
    (title.to_owned(), grid)
}

/// `intervention:comparator` for reading.
fn pair(row: &Value) -> String {
    let name = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    format!("{}:{}", name("intervention"), name("comparator"))
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// The matrices: net heat, contributions, impact.
fn matrices(report: &NetworkReport) -> Vec<Section> {
    let mut sections = Vec::new();
    if let Some(heat) = &report.net_heat {
        let names: Vec<String> = list(&heat["rows"])
            .iter()
            .map(|r| {
                format!("{} ({})", r["contrast"].as_str().unwrap_or(""), r["design"].as_str().unwrap_or(""))
            })
            .collect();
        let rows = names.clone().into_iter().zip(list(&heat["matrix"]).into_iter().map(|row| list(&row)));
        let title = "Net heat: contributions to Q between designs, less what is left when the column's design is detached";
        sections.push(matrix(title, "contrast (design)", names.into_iter(), rows));
    }
    if let Some(c) = &report.contribution {
        let names = list(&c["direct"]).iter().map(pair).collect::<Vec<_>>();
        let rows = list(&c["rows"]);
        let rows = rows.iter().map(|row| (pair(row), list(&row["values"])));
        sections.push(matrix("Contributions of the direct comparisons", "estimate", names.into_iter(), rows));
    }
    if let (Some(impact), Some(comparisons)) = (&report.impact, &report.comparisons) {
        let names = comparisons.iter().map(|c| format!("{}:{}", c.intervention, c.comparator));
        let rows = list(impact);
        let rows = rows.iter().map(|r| (r["study"].as_str().unwrap_or("").to_owned(), list(&r["values"])));
        sections.push(matrix("Impact of the studies", "study", names, rows));
    }
    sections
}

/// The inputs of CINeMA as its judgments.
fn cinema(report: &NetworkReport) -> Option<Section> {
    let rows = report.cinema.as_ref()?.get("rows")?;
    let keys = ["imprecision", "heterogeneity", "incoherence"];
    let mut grid = grid(&["comparison"], &keys);
    for row in rows.as_array()? {
        let judged = keys.iter().map(|key| row[*key].as_str().unwrap_or("-").to_owned());
        grid.row(std::iter::once(pair(row)).chain(judged));
    }
    Some(("Inputs of CINeMA".to_owned(), grid))
}

fn league(report: &NetworkReport, notation: &Notation) -> Option<Section> {
    let league = report.league.as_ref()?;
    let order: Vec<&str> = league["order"].as_array()?.iter().filter_map(Value::as_str).collect();
    let mut grid = Grid::new(
        std::iter::once(("row versus column", Align::Left)).chain(order.iter().map(|n| (*n, Align::Right))),
    );
    for (name, row) in order.iter().zip(league["cells"].as_array()?) {
        let mut cells = vec![(*name).to_owned()];
        cells.extend(row.as_array()?.iter().map(|c| {
            if c.is_null() {
                return ".".to_owned();
            }
            let part = |key: &str| cell(&c[key], key, notation);
            format!("{} [{}, {}]", part("estimate"), part("ci_lower"), part("ci_upper"))
        }));
        grid.row(cells);
    }
    let above = league["above"].as_str().unwrap_or("direct");
    Some((format!("League table: row versus column; below the diagonal network, above it {above}"), grid))
}

/// Every table of the answer.
fn sections(report: &NetworkReport, notation: &Notation) -> Vec<Section> {
    let mut sections: Vec<Section> =
        effects(report, notation).into_iter().chain(comparisons(report, notation)).collect();
    sections.extend(split(report, notation));
    sections.extend(decomposition(report, notation));
    // What is no effect stays as it is.
    let plain = &notation.of_logarithms();
    if let Some(ranking) = &report.ranking {
        sections.extend(value_section("Ranking", ranking.get("treatments"), plain));
    }
    sections.extend(league(report, &notation.digits_or(2)));
    sections.extend(value_section("Without each study", report.leave_one_out.as_deref(), notation));
    if let Some(components) = &report.components {
        sections.extend(value_section("Components", components.get("estimates"), notation));
    }
    if let Some(regression) = &report.regression {
        let of = &notation.of_coefficients(true);
        sections.extend(value_section("Coefficients", regression.get("coefficients"), of));
    }
    if let Some(threshold) = &report.threshold {
        let title = if notation.is_ratio() { "Thresholds, of the logarithms" } else { "Thresholds" };
        sections.extend(value_section(title, threshold.get("rows"), plain));
    }
    if let Some(funnel) = &report.funnel {
        let egger = Value::Array(vec![funnel["egger"].clone()]);
        let title = "Egger's regression of the comparison-adjusted effects";
        sections.extend(value_section(title, Some(&egger), plain));
    }
    sections.extend(value_section("Absolute effects", report.absolute.as_deref(), plain));
    sections.extend(matrices(report));
    sections.extend(cinema(report));
    if let Some(questions) = report.ranking.as_ref().and_then(|r| r.get("questions")) {
        sections.extend(value_section("Questions about the hierarchy", Some(questions), plain));
    }
    sections
}

pub fn plain(report: &NetworkReport, notation: &Notation) -> String {
    let mut out = headline(report).join("\n") + "\n";
    for (title, grid) in sections(report, notation) {
        out += &format!("\n{title}:\n\n{}", grid.to_text());
    }
    let lines = heterogeneity(report, notation);
    if !lines.is_empty() {
        out += &format!("\n{}\n", lines.join("\n"));
    }
    if !report.notes.is_empty() {
        let notes: String = report.notes.iter().map(|note| format!("- {note}\n")).collect();
        out += &format!("\nNotes:\n{notes}");
    }
    out
}

pub fn markdown(report: &NetworkReport, notation: &Notation) -> String {
    let mut lines = headline(report);
    let title = lines.remove(0);
    let mut out = format!("## {title}\n\n{}\n", lines.join("\n"));
    for (title, grid) in sections(report, notation) {
        out += &format!("\n### {title}\n\n{}", grid.to_markdown());
    }
    for line in heterogeneity(report, notation) {
        out += &format!("\n{}\n", line.replace('^', "\\^"));
    }
    if !report.notes.is_empty() {
        let notes: String = report.notes.iter().map(|note| format!("- {note}\n")).collect();
        out += &format!("\n### Notes\n\n{notes}");
    }
    out
}

/// The comparisons with all digits.
pub fn csv(report: &NetworkReport) -> String {
    let names = [
        "intervention",
        "comparator",
        "estimate",
        "se",
        "statistic",
        "df",
        "p_value",
        "ci_lower",
        "ci_upper",
        "prediction_lower",
        "prediction_upper",
        "k",
        "direct_proportion",
    ];
    let mut grid = Grid::new(names.map(|name| (name, Align::Left)));
    let text = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
    for row in report.comparisons.iter().flatten() {
        let ComparisonRow { intervention, comparator, k, direct_proportion, .. } = row;
        let d = row.difference;
        let mut cells = vec![intervention.clone(), comparator.clone()];
        cells.extend([
            text(d.estimate),
            text(d.se),
            text(d.statistic),
            text(d.df),
            text(d.p_value),
            text(d.ci_lower),
            text(d.ci_upper),
            text(d.prediction_lower),
            text(d.prediction_upper),
            k.map_or_else(String::new, |k| k.to_string()),
            text(*direct_proportion),
        ]);
        grid.row(cells);
    }
    grid.to_csv()
}
