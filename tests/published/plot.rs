//! The forest and funnel plots of the BCG vaccine trials (Colditz et al. 1994, JAMA 271:698-702,
//! doi:10.1001/jama.1994.03510330076038), with pooled values of metafor 5.0-1 (REML, Wald; prediction by normal quantiles).
//! The snapshots were looked at when they were accepted.

use consilience::plot::Figure as _;
use consilience::{
    Measure,
    plot::{
        Forest, Funnel,
        forest::{
            Charset, ForestColumn, ForestPrediction, ForestStudy, ForestSummary, SummaryLevel, TextOptions,
        },
        funnel::{FunnelPoint, FunnelRegion},
        scene::Shape,
    },
};

/// Study, cases and non-cases of the vaccinated and of the controls, weight in per cent, allocation.
const TRIALS: [(&str, [u32; 4], f64, &str); 13] = [
    ("Aronson 1948", [4, 119, 11, 128], 5.059482734366632, "random"),
    ("Ferguson & Simes 1949", [6, 300, 29, 274], 6.364679372563009, "random"),
    ("Rosenthal et al 1960", [3, 228, 11, 209], 4.436027402601369, "random"),
    ("Hart & Sutherland 1977", [62, 13536, 248, 12619], 9.698747018920708, "random"),
    ("Frimodt-Møller et al 1973", [33, 5036, 47, 5761], 8.8684563912429, "alternate"),
    ("Stein & Aronson 1953", [180, 1361, 372, 1079], 10.0957385442391, "alternate"),
    ("Vandiviere et al 1973", [8, 2537, 10, 619], 6.027181414444445, "random"),
    ("TPT Madras 1980", [505, 87886, 499, 87892], 10.189439037095694, "random"),
    ("Coetzee & Berjak 1968", [29, 7470, 45, 7232], 8.743133211638197, "random"),
    ("Rosenthal et al 1961", [17, 1699, 65, 1600], 8.367607257885874, "systematic"),
    ("Comstock et al 1974", [186, 50448, 141, 27197], 9.925026999811411, "systematic"),
    ("Comstock & Webster 1969", [5, 2493, 3, 2338], 3.8216290629895537, "systematic"),
    ("Comstock et al 1976", [27, 16886, 29, 17825], 8.402851552201103, "systematic"),
];

const POOLED: (f64, f64, f64) = (-0.7145323421581392, -1.06689763881035, -0.36216704550592843);

fn effect([a, b, c, d]: [u32; 4]) -> (f64, f64) {
    let [a, b, c, d] = [a, b, c, d].map(f64::from);
    let yi = (a / (a + b) / (c / (c + d))).ln();
    (yi, (1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d)).sqrt())
}

fn study((label, counts, weight, _): &(&str, [u32; 4], f64, &str)) -> ForestStudy {
    let (yi, se) = effect(*counts);
    let [a, b, c, d] = *counts;
    ForestStudy::new(*label)
        .effect(yi, yi - 1.959963984540054 * se, yi + 1.959963984540054 * se)
        .weight(*weight)
        .cells([a, a + b, c, c + d].map(|count| count.to_string()))
}

fn columns() -> Forest {
    Forest::of_measure(Measure::RiskRatio)
        .column(ForestColumn::new("Cases").group("Vaccinated"))
        .column(ForestColumn::new("Total").group("Vaccinated"))
        .column(ForestColumn::new("Cases").group("Control"))
        .column(ForestColumn::new("Total").group("Control"))
        .favours("Favours vaccine", "Favours control")
}

fn pooled(forest: Forest) -> Forest {
    forest
        .summary(ForestSummary::new("Random effects (REML)", POOLED.0, POOLED.1, POOLED.2).weight(100.0))
        .prediction(ForestPrediction::new("95% prediction interval", -1.866692217902886, 0.43762753358660766))
        .note("Heterogeneity: τ² = 0.313, I² = 92.2%, Q = 152.23, df = 12, P < 0.001")
}

fn bcg() -> Forest {
    pooled(TRIALS.iter().fold(columns(), |forest, trial| forest.study(study(trial))))
}

/// Subtotals of R's metafor are not at stake here: each stands at the mean of its studies, to be seen as a diamond.
fn by_allocation() -> Forest {
    let mut forest = columns();
    for level in ["alternate", "random", "systematic"] {
        forest = forest.heading(format!("Allocation: {level}"));
        let trials: Vec<_> = TRIALS.iter().filter(|trial| trial.3 == level).collect();
        let mean = trials.iter().map(|trial| effect(trial.1).0).sum::<f64>() / trials.len() as f64;
        forest = trials.iter().fold(forest, |forest, trial| forest.study(study(trial)));
        let summary =
            ForestSummary::new("Subtotal", mean, mean - 0.5, mean + 0.5).level(SummaryLevel::Subtotal);
        forest = forest.summary(summary.weight(trials.iter().map(|trial| trial.2).sum()));
    }
    pooled(forest)
}

#[test]
fn the_page_of_a_journal() {
    let scene = bcg().scene().unwrap();
    assert_eq!(scene.notes, Vec::<String>::new());
    insta::assert_snapshot!("forest-bcg-170", scene.to_svg());
}

#[test]
fn one_of_two_columns_says_what_found_no_room() {
    let scene = by_allocation().width_mm(85.0).scene().unwrap();
    assert_eq!(
        scene.notes,
        ["columns that found no room at a width of 85 mm: \
          Vaccinated: Cases, Vaccinated: Total, Control: Cases, Control: Total"]
    );
    insta::assert_snapshot!("forest-bcg-subgroups-85", scene.to_svg());
}

#[test]
fn the_terminal() {
    insta::assert_snapshot!("forest-bcg-text", bcg().to_text(&TextOptions::default().width(110)).unwrap());
    let ascii = TextOptions::default().width(80).charset(Charset::Ascii);
    insta::assert_snapshot!("forest-bcg-ascii", by_allocation().to_text(&ascii).unwrap());
}

#[test]
fn the_funnel() {
    let funnel = TRIALS.iter().fold(Funnel::of_measure(Measure::RiskRatio), |funnel, trial| {
        let (yi, se) = effect(trial.1);
        funnel.point(FunnelPoint::new(trial.0, yi, se))
    });
    let funnel = funnel.estimate(POOLED.0).region(FunnelRegion::Contours).size_mm(85.0, 85.0);
    insta::assert_snapshot!("funnel-bcg-contours", funnel.scene().unwrap().to_svg());
}

#[test]
fn the_diamond_and_the_bar_span_their_intervals() {
    let scene = bcg().scene().unwrap();
    // Two ticks give the scale: the labels 0.1 and 1 stand at ln 0.1 and 0.
    let at = |label: &str| {
        scene.of_class("tick-label").find_map(|element| match &element.shape {
            Shape::Text(text) if text.content == label => Some(text.x),
            _ => None,
        })
    };
    let (tenth, one) = (at("0.1").unwrap(), at("1").unwrap());
    let x = |y: f64| one + y / 10f64.ln() * (one - tenth);
    let diamond = scene.of_class("diamond").next().unwrap();
    let Shape::Polygon { points, .. } = &diamond.shape else { panic!("a diamond is a polygon") };
    let xs: Vec<f64> = points.iter().map(|point| point.0).collect();
    assert!((xs.iter().copied().fold(f64::INFINITY, f64::min) - x(POOLED.1)).abs() < 1e-9);
    assert!((xs.iter().copied().fold(f64::NEG_INFINITY, f64::max) - x(POOLED.2)).abs() < 1e-9);
    let top = points.iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    assert!((top.0 - x(POOLED.0)).abs() < 1e-9, "widest at the estimate");
    let bar = scene.of_class("prediction").next().unwrap().bounds();
    assert!(
        (bar.left - x(-1.866692217902886)).abs() < 1e-9 && (bar.right - x(0.43762753358660766)).abs() < 1e-9
    );
}
