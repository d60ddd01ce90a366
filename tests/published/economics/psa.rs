//! Probabilistic analysis where the answer is known in closed form.

use approx::assert_relative_eq;
use consilience::economics::{Draws, WillingnessToPay};

/// Net benefit N(1000, 2000²) on 200,000 equally spaced quantiles: EVPI 395.5931148 from the unit normal loss.
#[test]
fn evpi_of_a_normal_net_benefit() {
    let n = 200_000;
    let quantile = |p: f64| consilience::stat::normal::quantile(consilience::stat::Tail::Lower(p));
    let inb: Vec<f64> =
        (0..n).map(|i| 1000.0 + 2000.0 * quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
    let zero = vec![0.0; inb.len()];
    let draws = Draws::from_columns([
        ("comparator", zero.clone(), zero.clone()),
        ("intervention", inb.iter().map(|x| -x).collect(), zero.clone()),
    ])
    .unwrap();
    let at = &draws.analysis(&WillingnessToPay::new([20000.0]).unwrap()).unwrap().wtp[0];
    assert_relative_eq!(at.evpi, 395.5931148, max_relative = 1e-5);
    assert_relative_eq!(at.probability["intervention"], 0.691462461, epsilon = 1e-5);
    assert_relative_eq!(at.expected_loss["comparator"], 1395.5931148, max_relative = 1e-5);
    assert_eq!(at.optimal, "intervention");
    assert_eq!(draws.probability_within("comparator", 20000.0, 0.0).unwrap(), at.probability["comparator"]);
}

#[test]
fn the_result_has_the_names_of_the_command_line() {
    let draws =
        Draws::from_columns([("a", vec![1.0, 2.0], vec![0.1, 0.2]), ("b", vec![5.0, 3.0], vec![0.4, 0.1])])
            .unwrap();
    let result = draws.analysis(&"0,100".parse().unwrap()).unwrap();
    let json = serde_json::to_value(&result).unwrap();
    for key in ["option", "mean_cost", "mean_effect", "sd_cost", "sd_effect", "status", "icer"] {
        assert!(json["options"][1].get(key).is_some(), "{key}");
    }
    for key in ["wtp", "optimal", "probability", "ceaf", "evpi", "evpi_se", "expected_loss"] {
        assert!(json["wtp"][1].get(key).is_some(), "{key}");
    }
    assert_eq!(json["quadrants"]["NE"], 0.5);
    assert_eq!(json["quadrants"]["NW"], 0.5);
    assert!(result.to_string().contains("Quadrants: NE 50.0%"));
    // Draws in pounds cannot be read at thresholds in dollars.
    let base = |code: &str| consilience::economics::PriceBase::new(code.parse().unwrap(), 2020).unwrap();
    let dollars = WillingnessToPay::new([1.0]).unwrap().priced_in(base("USD"));
    assert!(draws.priced_in(base("GBP")).curves(&dollars).is_err());
}
