//! Raw data, conversions, texts and formulas.

use consilience::{
    EffectSizes, Level, Measure,
    convert::{
        baseline_risk::RelativeEffect,
        metrics,
        standard_error::{self, PValue, ReportedInterval, ReportedScale, Statistic},
        summary::{Method, ReportedSummary},
        survival::{kaplan_meier::DigitisedCurve, log_rank},
        two_by_two::{CellRounding, TableMargins},
        unit::{cluster::DesignEffect, cluster::icc_from_mean_squares},
    },
    effect::{Effect, Studies, StudyOptions},
    table::{
        Assignment, Choice, Column, Condition, DesignOptions, Formula, FormulaDesign, OnCollinear,
        ReferenceGrid, Roles, Table,
    },
    text::{csv_safe, one_line, visible},
};

use super::numbers::Random;
use super::watch::{Hidden, Judge};

/// The roles of raw data.
pub const ROLES: [&str; 42] = [
    "ai", "bi", "ci", "di", "n1i", "n2i", "x1i", "x2i", "t1i", "t2i", "m1i", "m2i", "sd1i", "sd2i", "ri",
    "ni", "xi", "mi", "sdi", "ti", "r2i", "yi", "vi", "sei", "ci.lb", "ci.ub", "pval", "zval", "se", "pi",
    "fi", "di2", "m1i_pre", "sd1i_pre", "sd2i_pre", "ni2", "alphai", "preda", "weights", "group", "year",
    "covar",
];

/// A table with a column for every role of raw data.
pub fn everything(random: &mut Random, rows: usize) -> Table {
    let mut table = Table::new();
    let wild = random.chance(0.3);
    for role in ROLES {
        let counts = matches!(role, "ai" | "bi" | "ci" | "di" | "x1i" | "x2i" | "xi");
        let sizes = matches!(role, "n1i" | "n2i" | "ni" | "t1i" | "t2i" | "ti");
        let mut cell = || -> Option<f64> {
            match random.below(if wild { 8 } else { 40 }) {
                0 => None,
                1 => Some(random.finite()),
                _ if counts => Some(random.below(12) as f64),
                _ if sizes => Some(20.0 + random.below(200) as f64),
                _ if matches!(role, "ri" | "r2i" | "pi" | "alphai" | "pval") => {
                    Some(random.uniform() * 0.98 + 0.01)
                }
                _ if role.starts_with("sd") || matches!(role, "vi" | "sei" | "se") => {
                    Some(0.05 + random.uniform())
                }
                _ => Some(random.normal()),
            }
        };
        let column = Column::numbers((0..rows).map(|_| cell()).collect::<Vec<_>>()).unwrap();
        table = table.with(role, column).unwrap();
    }
    table
}

pub fn effects(random: &mut Random, judge: &mut Judge) {
    let rows = 1 + random.below(5);
    let table = everything(random, rows);
    let measure = random.one_of(Measure::ALL);
    let studies = Studies::from_table(table, &StudyOptions::new(measure));
    if let Some(Hidden(studies)) = judge.result(&format!("Studies of {measure}"), studies.map(Hidden))
        && let Some((effects, _)) = judge.result(&format!("effects of {measure}"), studies.effects())
    {
        judge.sound(&format!("effects of {measure}"), &effects);
        judge.result("FixedEffect", consilience::pool::FixedEffect::default().fit(&effects));
    }
    let (yi, vi): (Vec<f64>, Vec<f64>) = (0..rows).map(|_| (random.any(), random.any())).unzip();
    judge.result(
        "EffectSizes",
        EffectSizes::new(measure, (0..rows).map(|i| i.to_string()), yi.clone(), vi.clone()),
    );
    judge.result(
        "standard errors",
        EffectSizes::from_standard_errors(measure, (0..rows).map(|i| i.to_string()), yi, vi),
    );
}

const METHODS: [Method; 9] = [
    Method::Optimal,
    Method::Wan,
    Method::Bland,
    Method::Hozo,
    Method::Blue,
    Method::QuantileEstimation,
    Method::BoxCox,
    Method::Mln,
    Method::LogNormal,
];

pub fn conversions(random: &mut Random, judge: &mut Judge) {
    let mut x = || match random.below(3) {
        0 => random.any(),
        1 => random.uniform(),
        _ => 1.0 + random.below(300) as f64,
    };
    let (a, b, c, d, e, n) = (x(), x(), x(), x(), x(), x());
    if a.is_finite() && b.is_finite() && b >= 0.0 {
        let effect = Effect { yi: a, vi: b };
        judge.result("d_to_correlation", metrics::d_to_correlation(effect, c, d));
        judge.result("correlation_to_d", metrics::correlation_to_d(effect));
        judge.result("correlation_to_fisher_z", metrics::correlation_to_fisher_z(effect));
        judge.result("fisher_z_to_correlation", metrics::fisher_z_to_correlation(effect));
        judge.result("point_biserial_to_biserial", metrics::point_biserial_to_biserial(effect, c));
        judge.result("log_odds_ratio_to_tetrachoric", metrics::log_odds_ratio_to_tetrachoric(effect));
        judge.result("d_to_superiority", metrics::d_to_superiority(effect));
        judge.result("superiority_to_d", metrics::superiority_to_d(effect));
        judge.result("hedges_correction", metrics::hedges_correction(effect, c));
        judge.result("vaccine_efficacy", metrics::vaccine_efficacy(effect, Level::default()));
    }
    judge.result("d_from_t", metrics::d_from_t(a, b, c));
    judge.result("d_from_f", metrics::d_from_f(a, b, c, d));
    judge.result("superiority_from_u", metrics::superiority_from_u(a, b, c));
    let mut five = [a, b, c, d, e];
    five.sort_by(f64::total_cmp);
    let [min, q1, median, q3, max] = five;
    for summary in [
        ReportedSummary::five(min, q1, median, q3, max, n),
        ReportedSummary::range(min, median, max, n),
        ReportedSummary::quartiles(q1, median, q3, n),
    ] {
        if let Some(summary) = judge.result("ReportedSummary", summary) {
            let method = random.one_of(&METHODS);
            judge.result(&format!("mean_sd by {method:?}"), summary.mean_sd(method));
        }
    }
    for scale in [ReportedScale::Identity, ReportedScale::Ratio] {
        if let Ok(interval) = ReportedInterval::new(a.min(b), a.max(b)) {
            judge.result("Interval::effect", interval.around(c).effect(scale));
            judge.result("Interval::group_sd", interval.group_sd(n));
        }
    }
    if let Ok(p) = PValue::exact(a) {
        judge.result("PValue::effect", p.effect(b, Statistic::Z));
        judge.result("PValue::effect", p.effect(b, Statistic::T { df: c }));
    }
    judge.result("from_statistic", standard_error::from_statistic(a, b));
    judge.result("from_chi_square", standard_error::from_chi_square(a, b));
    judge.result("sd_from_standard_error", standard_error::sd_from_standard_error(a, b, n));
    judge.result("common_sd", standard_error::common_sd(a, b, c));
    if let Some(margins) = judge.result("Margins", TableMargins::new(a, b, c)) {
        judge.result("Margins::odds_ratio", margins.odds_ratio(d, CellRounding::Rounded));
        judge.result("Margins::phi", margins.phi(d, CellRounding::Exact));
        judge.result("Margins::chi_square", margins.chi_square(d, e, CellRounding::Exact));
    }
    judge.result("RelativeEffect", RelativeEffect::risk_ratio(a, b, c));
    judge.result("DesignEffect", DesignEffect::varying(a, b, c));
    judge.result("icc", icc_from_mean_squares(a, b, c));
    judge.result("from_o_minus_e", log_rank::from_o_minus_e(a, b));
    judge.result("from_observed_expected", log_rank::from_observed_expected(a, b, c, d));
    let readings: Vec<(f64, f64)> = (0..4).map(|i| (f64::from(i), 1.0 - 0.2 * f64::from(i))).collect();
    let curve = DigitisedCurve::new(readings, [(0.0, n), (2.0, 0.5 * n)]);
    if let Ok(curve) = curve {
        judge.result("reconstruct", curve.reconstruct().map(|derived| derived.value.len()));
    }
}

pub fn texts(random: &mut Random, judge: &mut Judge) {
    let text = random.text();
    for shown in [visible(&text).into_owned(), one_line(&text)] {
        judge.called();
        if shown.chars().any(|c| matches!(c, '\u{1b}' | '\u{7}' | '\u{202e}' | '\u{0}')) {
            judge.fault(format!("{text:?} acts on a terminal"));
        }
    }
    csv_safe(&text);
    let rows: Vec<String> = (0..random.below(5)).map(|_| random.text()).collect();
    let file = format!("study,yi,{}\n{}", text, rows.join("\n"));
    if let Some(Hidden(table)) = judge.result("Table::read", Table::read(file.as_bytes(), &text).map(Hidden))
    {
        for name in table.names() {
            judge.result("levels", table.levels(name).map(|levels| levels.names.len()));
        }
        let mut choice = Choice::new();
        if let Some(chosen) = judge.result("Choice::set", choice.clone().set(&random.text())) {
            choice = chosen;
        }
        if let Some(chosen) = judge.result("Choice::filter", choice.clone().filter(&random.text())) {
            choice = chosen;
        }
        judge.result("Choice::apply", choice.apply(table).map(|table| table.len()));
    }
    judge.result("Condition", text.parse::<Condition>());
    judge.result("Assignment", text.parse::<Assignment>());
    judge.result("Roles", text.parse::<Roles>());
    judge.result("Measure", text.parse::<Measure>());
    judge.result("Level", Level::new(random.any()));
}

pub fn formulas(random: &mut Random, judge: &mut Judge) {
    let rows = 3 + random.below(10);
    let table = Table::new()
        .with("a", Column::numbers((0..rows).map(|_| random.chance(0.9).then(|| random.finite()))).unwrap())
        .unwrap()
        .with("b", Column::numbers((0..rows).map(|_| Some(random.normal()))).unwrap())
        .unwrap()
        .with("g", Column::texts((0..rows).map(|_| Some(["x", "y", "z"][random.below(3)]))).unwrap())
        .unwrap();
    let pieces = [
        "a",
        "b",
        "g",
        "+",
        "*",
        ":",
        "-1",
        "0 +",
        "poly(b, 2)",
        "rcs(a, 3)",
        "ns(b, 3)",
        "log(a)",
        "I(a^2)",
        "center(a)",
        "scale(b)",
        "relevel(g, y)",
        "sqrt(a)",
        "exp(a)",
        "~",
        "(",
        ")",
        "1",
    ];
    let text: Vec<&str> = (0..1 + random.below(6)).map(|_| random.pick(&pieces)).collect();
    let text = text.join(" ");
    let Some(formula) = judge.result("Formula", text.parse::<Formula>()) else { return };
    let options = DesignOptions::new().collinear(OnCollinear::Drop);
    let Some(design) = judge.result("Design", FormulaDesign::new(&formula, &table, &options)) else { return };
    if let Some(grid) = judge.result("Grid", random.text().parse::<ReferenceGrid>()) {
        judge.result("points", grid.points(&design).map(|points| points.len()));
    }
    judge.result("at", design.at(&table.select(&design.rows).unwrap()));
}
