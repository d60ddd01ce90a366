//! Frontiers, Fieller sets, net benefit, discounting and SROI.

use approx::assert_relative_eq;
use consilience::Level;
use consilience::economics::{
    Currency, Dependence, FiellerSet, Frontier, Incremental, PriceBase, Status, Strategies, WillingnessToPay,
};

fn frontier(names: &[&str], costs: &[f64], effects: &[f64]) -> Frontier {
    Strategies::new(names.iter().copied(), costs, effects).unwrap().frontier()
}

fn numbered(costs: &[f64], effects: &[f64]) -> Frontier {
    let names: Vec<String> = (1..=costs.len()).map(|i| format!("S{i}")).collect();
    Strategies::new(names, costs, effects).unwrap().frontier()
}

fn check(frontier: &Frontier, on: &[(&str, Option<f64>)], digits: f64) {
    let got: Vec<&str> = frontier.options().map(|s| s.strategy.as_str()).collect();
    assert_eq!(got, on.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (option, (_, icer)) in frontier.options().zip(on) {
        match (option.icer, icer) {
            (Some(got), Some(published)) => assert_relative_eq!(got, published, epsilon = digits),
            (got, published) => assert_eq!(got, *published),
        }
    }
}

fn with_status(frontier: &Frontier, status: Status) -> Vec<&str> {
    frontier.strategies.iter().filter(|s| s.status == status).map(|s| s.strategy.as_str()).collect()
}

/// The teaching example of the Health Economics Resource Center of the US Department of Veterans Affairs.
#[test]
fn herc_teaching_example() {
    let f = frontier(
        &["UC", "A", "B", "C", "D", "E"],
        &[5000.0, 12000.0, 10000.0, 25000.0, 35000.0, 55000.0],
        &[1.0, 1.5, 2.0, 3.0, 4.0, 5.0],
    );
    check(&f, &[("UC", None), ("B", Some(5000.0)), ("D", Some(12500.0)), ("E", Some(20000.0))], 1e-9);
    assert_eq!(with_status(&f, Status::Extended), ["C"]);
    assert_eq!(with_status(&f, Status::Dominated), ["A"]);
    let mix = f.strategies[3].mix.clone().unwrap();
    assert_eq!((mix.lower.as_str(), mix.upper.as_str(), mix.weight_of_upper), ("B", "D", 0.5));
    assert_eq!(mix.cost_saved, 2500.0);
}

/// Paltiel et al. (2006), Annals of Internal Medicine 145:797-806, as distributed for teaching frontiers.
#[test]
fn hiv_screening() {
    let f = numbered(
        &[26000.0, 27000.0, 28020.0, 28440.0, 29440.0],
        &[277.25, 277.57, 277.78, 277.83, 277.76].map(|m| m / 12.0),
    );
    check(&f, &[("S1", None), ("S2", Some(37500.0)), ("S3", Some(58285.7143)), ("S4", Some(100800.0))], 5e-5);
    assert_eq!(with_status(&f, Status::Dominated), ["S5"]);
}

#[test]
fn test_and_treat() {
    let f = numbered(&[163771.0, 164848.7, 163765.1], &[6.48273, 6.52861, 6.52861]);
    check(&f, &[("S3", None)], 0.0);
    assert_eq!(with_status(&f, Status::Dominated), ["S1", "S2"]);
}

#[test]
fn four_sets_of_strategies() {
    let f = numbered(
        &[14807.0, 26041.0, 49706.0, 64266.0, 40022.0, 57392.0, 91744.0, 54651.0],
        &[9.635, 10.2497, 11.1654, 11.5152, 11.582, 11.6248, 11.6296, 11.6588],
    );
    check(&f, &[("S1", None), ("S5", Some(12950.693374)), ("S8", Some(190481.770833))], 5e-7);
    assert_eq!(with_status(&f, Status::Extended), ["S2"]);

    let f =
        numbered(&[26041.0, 14807.0, 49706.0, 64266.0, 40022.0], &[9.13, 9.635, 11.1654, 11.5152, 11.582]);
    check(&f, &[("S2", None), ("S5", Some((40022.0 - 14807.0) / (11.582 - 9.635)))], 1e-9);

    let f = numbered(
        &[25000.0, 35000.0, 50000.0, 54651.0, 64266.0, 91744.0],
        &[10.2497, 11.1654, 11.3, 11.6588, 11.7, 12.1],
    );
    check(
        &f,
        &[("S1", None), ("S2", Some(10920.607186)), ("S4", Some(39827.725983)), ("S6", Some(84072.982774))],
        5e-7,
    );
    assert_eq!(with_status(&f, Status::Extended), ["S3", "S5"]);

    let f = numbered(
        &[26041.0, 49706.0, 64266.0, 57392.0, 91744.0, 54651.0],
        &[10.2497, 11.1654, 11.5152, 11.6248, 11.6296, 11.6296],
    );
    check(&f, &[("S1", None), ("S6", Some(20733.386477))], 5e-7);
}

/// Two arms of 250 patients, teaching data of Glick and others; recomputed from the differences.
fn glick() -> Incremental {
    Incremental::new(
        25.0,
        124.43805975206877,
        0.04245907942950733,
        0.01889562111585824,
        Dependence::Covariance(-0.6539384924695202),
    )
    .unwrap()
    .named("intervention", "control")
}

#[test]
fn net_benefit_and_acceptability_of_a_trial() {
    for (wtp, inb, se, probability) in [
        (10000.0, 399.590794295, 253.511440175, 0.94251289533362),
        (20000.0, 824.181588590, 429.488264514, 0.97250689145402),
        (30000.0, 1248.772382885, 613.238279857, 0.97914276610808),
        (50000.0, 2097.953971475, 986.655929566, 0.98326201424097),
    ] {
        let got = glick().inb(wtp, Level::default()).unwrap();
        assert_relative_eq!(got.estimate, inb, epsilon = 5e-10);
        assert_relative_eq!(got.se, se, epsilon = 5e-10);
        assert_relative_eq!(got.probability_cost_effective, probability, epsilon = 1e-13);
    }
    assert_relative_eq!(glick().probability_cost_effective(0.0), 0.42038714658904, epsilon = 5e-15);
    let FiellerSet::Interval { lower, upper } = glick().fieller(Level::default()) else { panic!() };
    assert_relative_eq!(lower, -6036.751839044, epsilon = 5e-10);
    assert_relative_eq!(upper, 22611.616177334, epsilon = 5e-9);
}

#[test]
fn fieller_sets_of_three_shapes() {
    let bounded = Incremental::new(
        -192.93494613102575,
        1003.1578099260357,
        0.11708201843726779,
        0.02754665456660622,
        Dependence::Covariance(-1.2343299323506178),
    )
    .unwrap();
    let FiellerSet::Interval { lower, upper } = bounded.fieller(Level::default()) else { panic!() };
    assert_relative_eq!(lower, -20559.95569144659, max_relative = 1e-12);
    assert_relative_eq!(upper, 17252.774266471972, max_relative = 1e-12); // mpmath 1.3, 40 digits
    // The ratio itself means dominance and is not given as a number.
    assert_eq!(bounded.icer().to_string(), "dominant (less costly, more effective)");
    assert_relative_eq!(bounded.cost() / bounded.effect(), -1647.8614624704283, max_relative = 1e-14);

    let open = Incremental::new(
        -29361.75064935065,
        15438.191957292265,
        0.15616883116883118,
        0.08896312356461199,
        Dependence::Covariance(-300.90582832030873),
    )
    .unwrap();
    let FiellerSet::Complement { lower, upper } = open.fieller(Level::default()) else { panic!() };
    assert_relative_eq!(lower, 7847.076105367572, max_relative = 1e-11);
    assert_relative_eq!(upper, 1132596.0551444113, max_relative = 1e-11);
    let summary = open.summary(None, Level::default()).unwrap();
    assert_eq!(summary.notes.len(), 1);
}

#[test]
fn the_summary_has_the_names_of_the_command_line() {
    let base = PriceBase::new("USD".parse::<Currency>().unwrap(), 2005).unwrap();
    let wtp: WillingnessToPay = "10000,20000".parse().unwrap();
    let summary = glick().priced_in(base).summary(Some(&wtp), Level::default()).unwrap();
    let json = serde_json::to_value(&summary).unwrap();
    assert_eq!(json["icer"]["quadrant"], "NE");
    assert_relative_eq!(json["icer"]["value"].as_f64().unwrap(), 25.0 / 0.04245907942950733);
    assert_eq!(json["fieller"]["kind"], "interval");
    for key in ["wtp", "estimate", "se", "ci_lower", "ci_upper", "p_value", "probability_cost_effective"] {
        assert!(json["inb"][1][key].is_number(), "{key}");
    }
    assert_eq!(json["cost_difference"]["estimate"], 25.0);
    let shares = &json["quadrants"];
    let total: f64 = ["NE", "SE", "SW", "NW"].iter().map(|q| shares[q].as_f64().unwrap()).sum();
    assert_relative_eq!(total, 1.0, epsilon = 1e-9);
    let text = summary.to_string();
    assert!(text.starts_with("intervention versus control, costs in USD (2005)"), "{text}");
    let back: consilience::economics::IncrementalSummary = serde_json::from_value(json).unwrap();
    assert_eq!(back, summary);
}

/// Teaching data of Glick and others with t quantiles: SciPy 1.17.1, `scipy.stats.t(498)`.
#[test]
fn degrees_of_freedom_widen_the_interval() {
    let inb = glick().degrees_of_freedom(498.0).unwrap().inb(20000.0, Level::default()).unwrap();
    assert_relative_eq!(inb.ci_lower, -19.650747427520855, max_relative = 1e-9);
    assert_relative_eq!(inb.p_value.unwrap(), 0.05555744881864117, max_relative = 1e-9);
}
