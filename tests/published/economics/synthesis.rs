//! Pooled incremental net benefit: five synthetic studies, recomputed independently.

use approx::assert_relative_eq;
use consilience::economics::{InbSynthesis, RatioGuard, Reported, ReportedStudy};

#[test]
fn five_scenarios_and_their_pool() {
    let effect = vec![0.02, 0.03, 0.05, 0.01, 0.04, 0.06, 0.03, 0.0];
    let cost = vec![100.0, 250.0, 150.0, 300.0, 50.0, 400.0, 200.0, 350.0];
    let studies = [
        ReportedStudy::new(
            "S1",
            500.0,
            0.05,
            Reported::RatioSe { cost_se: 150.0, effect_se: 0.012, icer_se: 3800.0 },
        ),
        ReportedStudy::new(
            "S2",
            300.0,
            0.04,
            Reported::RatioInterval { cost: [100.0, 500.0], effect: [0.01, 0.07], icer: [1500.0, 13500.0] },
        ),
        ReportedStudy::new(
            "S3",
            -200.0,
            0.01,
            Reported::StandardErrors { cost_se: 250.0, effect_se: 0.02, dependence: None },
        ),
        ReportedStudy::new("S4", 0.0, 0.0, Reported::Plane { cost, effect }),
        ReportedStudy::new("S5", 400.0, 0.03, Reported::PointOnly { like: vec![] }),
    ];
    // The formulas themselves: the first two studies lie below the guard.
    let made = InbSynthesis::new(20000.0).unwrap().guard(RatioGuard::Off).studies(studies).unwrap();
    let want = [
        (500.0, 78500.0),
        (500.0, 81201.7902295),
        (400.0, 222500.0),
        (375.0, 186428.571428571),
        (200.0, 142157.5904145),
    ];
    for (got, (inb, variance)) in made.studies.iter().zip(want) {
        assert_relative_eq!(got.inb, inb, epsilon = 1e-9);
        assert_relative_eq!(got.variance, variance, epsilon = 5e-8);
    }
    assert_relative_eq!(made.studies[0].covariance.unwrap(), 0.04, epsilon = 1e-12);
    assert_relative_eq!(made.studies[1].covariance.unwrap(), 0.5731329605, epsilon = 5e-11);
    let bounds = made.studies[2].bounds.unwrap();
    assert_relative_eq!(bounds[0], 22500.0, max_relative = 1e-12);
    assert_relative_eq!(bounds[1], 422500.0, max_relative = 1e-12);
    let scenarios: Vec<Option<u8>> = made.studies.iter().map(|s| s.scenario).collect();
    assert_eq!(scenarios, [Some(1), Some(2), Some(3), Some(4), Some(5)]);

    let effects = made.effect_sizes().unwrap();
    let weights: Vec<f64> = effects.vi().iter().map(|v| 1.0 / v).collect();
    let total: f64 = weights.iter().sum();
    let mean = weights.iter().zip(effects.yi()).map(|(w, y)| w * y).sum::<f64>() / total;
    assert_relative_eq!(mean, 422.991012377, epsilon = 5e-9);
    assert_relative_eq!(total.sqrt().recip(), 154.401414282, epsilon = 5e-9);
    let q: f64 = weights.iter().zip(effects.yi()).map(|(w, y)| w * (y - mean).powi(2)).sum();
    assert_relative_eq!(q, 0.5130964419, epsilon = 5e-9);
    assert_eq!(effects.notes().len(), made.notes.len());
}
