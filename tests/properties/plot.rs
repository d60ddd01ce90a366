//! Forest plots of any studies: nothing overlaps, nothing leaves the page, geometry tells the numbers.

use consilience::plot::Figure as _;
use consilience::{
    Measure,
    plot::{
        Forest, Scene,
        forest::{ForestColumn, ForestPrediction, ForestStudy, ForestSummary, SummaryLevel, TextOptions},
        scene::{Bounds, Shape},
    },
};
use proptest::prelude::*;

/// The first two texts that share room, if any.
fn overlap(scene: &Scene) -> Option<(String, String)> {
    let mut texts: Vec<(Bounds, &str)> = scene
        .elements
        .iter()
        .filter_map(|element| match &element.shape {
            Shape::Text(text) if !text.content.is_empty() => Some((element.bounds(), text.content.as_str())),
            _ => None,
        })
        .collect();
    texts.sort_by(|a, b| a.0.top.total_cmp(&b.0.top));
    for (i, (a, one)) in texts.iter().enumerate() {
        for (b, other) in texts.iter().skip(i + 1).take_while(|(b, _)| b.top < a.bottom) {
            // A hundredth of a point is the resolution of the file.
            if a.overlaps(b, 0.02) {
                return Some((one.to_string(), other.to_string()));
            }
        }
    }
    None
}

fn outside(scene: &Scene) -> Option<String> {
    scene.elements.iter().find_map(|element| {
        let b = element.bounds();
        let inside = b.left >= -0.01
            && b.top >= -0.01
            && b.right <= scene.width + 0.01
            && b.bottom <= scene.height + 0.01;
        (!inside).then(|| format!("{element:?}"))
    })
}

#[derive(Debug, Clone)]
struct Input {
    studies: Vec<(String, f64, f64, f64, [u32; 4])>,
    every: usize,
    width: f64,
    log: bool,
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[A-Z][a-z]{2,12} (et al )?(19|20)[0-9]{2}[a-c]?",
        2 => "([A-Z][a-zéüł]{1,14}[ -]){1,9}[0-9]{4}",
        1 => "\\PC{0,60}",
        1 => "[a-z]{80,500}",
        1 => "[<>&\"'\u{0}-\u{8}\t\n\u{202e}\u{5d0}-\u{5d9}王偉張\u{1f600}\u{300}]{0,40}",
        1 => Just(String::new()),
    ]
}

fn input() -> impl Strategy<Value = Input> {
    let study = (label(), -3.0..3.0, 0.01f64..2.0, 0.0..100.0, any::<[u16; 4]>())
        .prop_map(|(label, y, se, w, cells)| (label, y, se, w, cells.map(u32::from)));
    (
        prop::collection::vec(study, 2..=150),
        2usize..40,
        prop_oneof![Just(85.0), Just(170.0), 60.0..260.0],
        any::<bool>(),
    )
        .prop_map(|(studies, every, width, log)| Input { studies, every, width, log })
}

fn forest(input: &Input) -> Forest {
    let measure = if input.log { Measure::OddsRatio } else { Measure::MeanDifference };
    let mut forest = Forest::of_measure(measure)
        .column(ForestColumn::new("Events").group("Intervention"))
        .column(ForestColumn::new("Total").group("Intervention"))
        .column(ForestColumn::new("Events").group("Comparator"))
        .column(ForestColumn::new("Total").group("Comparator"))
        .favours("Favours intervention", "Favours comparator")
        .width_mm(input.width);
    for (i, (label, y, se, weight, cells)) in input.studies.iter().enumerate() {
        if i % input.every == 0 && input.every < 20 {
            forest = forest.heading(format!("Subgroup {label}"));
        }
        let study = ForestStudy::new(label.as_str()).cells(cells.map(|cell| cell.to_string()));
        let effect = i % 17 != 16;
        forest = forest.study(if effect {
            study.effect(*y, y - 2.0 * se, y + 2.0 * se).weight(*weight)
        } else {
            study
        });
        if i % input.every == input.every - 1 && input.every < 20 {
            forest = forest
                .summary(
                    ForestSummary::new("Subtotal", *y, y - se, y + se)
                        .level(SummaryLevel::Subtotal)
                        .weight(50.0),
                )
                .note("Heterogeneity: τ² = 0.31, I² = 92%, Q = 52.3, df = 3, P < 0.001");
        }
    }
    forest
        .summary(ForestSummary::new("Random effects (REML, Hartung-Knapp)", 0.1, -0.2, 0.4).weight(100.0))
        .prediction(ForestPrediction::new("95% prediction interval", -2.0, 2.2))
        .note("Heterogeneity: τ² = 0.31, I² = 92.2%, Q = 152.23, df = 12, P < 0.001")
        .footer("CI: confidence interval. Weights are from the random-effects model.")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn nothing_overlaps_and_nothing_leaves_the_page(input in input()) {
        let scene = forest(&input).scene().unwrap();
        prop_assert_eq!(overlap(&scene), None);
        prop_assert_eq!(outside(&scene), None);
    }

    #[test]
    fn the_area_of_a_square_is_proportional_to_its_weight(mut input in input()) {
        for (i, study) in input.studies.iter_mut().enumerate() {
            study.0 = format!("S{i}");
        }
        let scene = forest(&input).scene().unwrap();
        let area = |element: &consilience::plot::scene::Element| match element.shape {
            Shape::Rect { width, height, .. } => width * height,
            _ => 0.0,
        };
        let weight = |element: &consilience::plot::scene::Element| {
            let (name, _) = element.hint.as_deref()?.split_once(':')?;
            input.studies.iter().find(|study| study.0 == name).map(|study| study.3)
        };
        let ratios: Vec<f64> = scene
            .of_class("square")
            .filter_map(|square| Some(area(square) / weight(square).filter(|w| *w > 0.01)?))
            .collect();
        prop_assert!(ratios.iter().all(|ratio| (ratio / ratios[0] - 1.0).abs() < 1e-9));
    }

    #[test]
    fn lines_of_the_printed_forest_keep_to_their_width(input in input(), width in 60usize..140) {
        let text = forest(&input).to_text(&TextOptions::default().width(width)).unwrap();
        for line in text.lines() {
            // Wide and combining characters make cells and characters differ; plain lines can be counted.
            if line.chars().all(|c| c.is_ascii() || "─│■▪█◄◆►━═◂▸┬−…τ²–←→".contains(c)) {
                prop_assert!(line.chars().count() <= width, "{line}");
            }
        }
    }

    #[test]
    fn bytes_depend_on_the_input_alone(input in input()) {
        let forest = forest(&input);
        prop_assert_eq!(forest.scene().unwrap().to_svg(), forest.clone().scene().unwrap().to_svg());
    }
}
