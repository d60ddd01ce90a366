//! Any costs and effects: refused, or compared to numbers.

use consilience::Level;
use consilience::economics::{Dependence, Draws, Incremental, Strategies, WillingnessToPay};

use super::numbers::numbers;

/// Numbers: a threshold, then costs and effects in turn.
pub fn run(bytes: &[u8]) {
    let numbers = numbers(bytes);
    let [wtp, numbers @ ..] = numbers.as_slice() else { return };
    let thresholds = WillingnessToPay::new(vec![wtp.abs()]).ok();
    let costs: Vec<f64> = numbers.iter().step_by(2).copied().take(12).collect();
    let effects: Vec<f64> = numbers.iter().skip(1).step_by(2).copied().take(costs.len()).collect();
    let names: Vec<String> = (0..costs.len()).map(|i| i.to_string()).collect();
    if let Ok(strategies) = Strategies::new(names, costs.clone(), effects.clone()) {
        let frontier = strategies.frontier();
        assert!(!format!("{frontier:?}").contains("NaN"));
        frontier.optimal_at(*wtp);
        let _ = thresholds.as_ref().map(|wtp| strategies.net_benefit(wtp));
    }
    let even = costs.len().min(effects.len()) / 2 * 2;
    let options = vec!["a".to_owned(), "b".to_owned()];
    if let Ok(draws) = Draws::from_rows(options, costs[..even].to_vec(), effects[..even].to_vec()) {
        let analysis = thresholds.as_ref().map(|wtp| draws.analysis(wtp));
        assert!(!format!("{analysis:?}").contains("NaN"));
    }
    let [cost, cost_se, effect, effect_se, ..] = numbers else { return };
    let independent = Dependence::Correlation(0.3);
    if let Ok(incremental) = Incremental::new(*cost, cost_se.abs(), *effect, effect_se.abs(), independent) {
        assert!(
            !format!("{:?}{:?}", incremental.icer(), incremental.fieller(Level::default())).contains("NaN")
        );
        assert!((0.0..=1.0).contains(&incremental.probability_cost_effective(wtp.abs())));
    }
}
