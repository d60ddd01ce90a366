//! Frontiers, Fieller sets and net benefit.

use approx::assert_relative_eq;
use consilience::Level;
use consilience::economics::{Dependence, Incremental, Status, Strategies};
use proptest::prelude::*;

/// Options on a grid, so that ties and duplicates are common.
fn options() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((-6i32..12, -6i32..12), 1..9)
        .prop_map(|v| v.into_iter().map(|(c, e)| (f64::from(c) * 500.0, f64::from(e) * 0.25)).collect())
}

fn build(options: &[(f64, f64)]) -> Strategies {
    let names: Vec<String> = (0..options.len()).map(|i| i.to_string()).collect();
    let (costs, effects): (Vec<f64>, Vec<f64>) = options.iter().copied().unzip();
    Strategies::new(names, costs, effects).unwrap()
}

proptest! {
    #[test]
    fn the_frontier_is_the_set_of_best_options(options in options()) {
        let frontier = build(&options).frontier();
        let ratios: Vec<f64> = frontier.options().filter_map(|s| s.icer).collect();
        prop_assert!(ratios.windows(2).all(|w| w[0] <= w[1]));
        prop_assert!(ratios.iter().all(|r| *r > 0.0));
        // Between the switch points (and at 0 and far out) the optimal option has the greatest net benefit.
        let mut probes = vec![0.0, 1e9];
        probes.extend(ratios.iter().map(|r| r * 0.999));
        probes.extend(ratios.iter().map(|r| r * 1.001));
        for wtp in probes {
            let best = options.iter().map(|(c, e)| wtp * e - c).fold(f64::NEG_INFINITY, f64::max);
            let chosen: usize = frontier.optimal_at(wtp).parse().unwrap();
            prop_assert!((wtp * options[chosen].1 - options[chosen].0 - best).abs() <= 1e-9 * best.abs().max(1.0));
        }
    }

    #[test]
    fn order_currency_and_dominated_options_change_nothing(options in options(), by in 0usize..8, scale in 0.01f64..100.0, shift in -1e4f64..1e4) {
        let frontier = build(&options).frontier();
        let shape = |f: &consilience::economics::Frontier| -> Vec<(f64, f64)> { f.options().map(|s| (s.cost, s.effect)).collect() };
        let mut turned = options.clone();
        turned.rotate_left(by % options.len());
        prop_assert_eq!(shape(&build(&turned).frontier()), shape(&frontier));

        let scaled: Vec<(f64, f64)> = options.iter().map(|(c, e)| (c * scale + shift, *e)).collect();
        let affine = build(&scaled).frontier();
        prop_assert_eq!(&affine.order, &frontier.order);
        for (a, b) in affine.options().zip(frontier.options()) {
            if let (Some(a), Some(b)) = (a.icer, b.icer) {
                prop_assert!((a - b * scale).abs() <= 1e-9 * (b * scale).abs().max(shift.abs() / 0.25));
            }
        }

        let worst_effect = options.iter().map(|o| o.1).fold(f64::INFINITY, f64::min);
        let worst_cost = options.iter().map(|o| o.0).fold(f64::NEG_INFINITY, f64::max);
        let mut more = options.clone();
        more.push((worst_cost + 1.0, worst_effect - 1.0));
        let with = build(&more).frontier();
        prop_assert_eq!(with.strategies.last().unwrap().status, Status::Dominated);
        prop_assert_eq!(&with.strategies[..options.len()], &frontier.strategies[..]);
    }

    #[test]
    fn a_mix_has_the_effect_and_costs_less(options in options()) {
        let frontier = build(&options).frontier();
        for s in frontier.strategies.iter().filter(|s| s.status == Status::Extended) {
            let mix = s.mix.as_ref().unwrap();
            prop_assert!(mix.cost_saved > 0.0 && (0.0..=1.0).contains(&mix.weight_of_upper));
            let find = |name: &str| frontier.strategies.iter().find(|o| o.strategy == name).unwrap();
            let (a, b) = (find(&mix.lower), find(&mix.upper));
            assert_relative_eq!(a.effect + mix.weight_of_upper * (b.effect - a.effect), s.effect, epsilon = 1e-9);
        }
    }

    #[test]
    fn the_fieller_set_holds_the_thresholds_at_which_the_net_benefit_may_be_zero(
        c in -2000.0f64..2000.0, cs in 1.0f64..900.0, e in -0.2f64..0.2, es in 0.001f64..0.1, r in -0.99f64..0.99, wtp in 0.0f64..60_000.0
    ) {
        let difference = Incremental::new(c, cs, e, es, Dependence::Correlation(r)).unwrap();
        let inb = difference.inb(wtp, Level::default()).unwrap();
        let near = inb.ci_lower.abs().min(inb.ci_upper.abs()) < 1e-6 * inb.se;
        prop_assert!(near || difference.fieller(Level::default()).contains(wtp) == (inb.ci_lower <= 0.0 && inb.ci_upper >= 0.0));
        // Turned round, the comparator is worth what the intervention is not.
        let mirrored = Incremental::new(-c, cs, -e, es, Dependence::Correlation(r)).unwrap().inb(wtp, Level::default()).unwrap();
        assert_relative_eq!(mirrored.estimate, -inb.estimate);
        assert_relative_eq!(mirrored.probability_cost_effective + inb.probability_cost_effective, 1.0, epsilon = 1e-12);
        // Var(INB) lies between the bounds of perfect dependence.
        let variance = difference.inb_variance(wtp);
        prop_assert!(variance >= (wtp * es - cs).powi(2) && variance <= (wtp * es + cs).powi(2));
    }

    #[test]
    fn quadrants_sum_to_one(c in -3.0f64..3.0, e in -3.0f64..3.0, r in -0.95f64..0.95) {
        let q = Incremental::new(c, 1.0, e, 1.0, Dependence::Correlation(r)).unwrap().quadrants().unwrap();
        assert_relative_eq!(q.north_east + q.south_east + q.south_west + q.north_west, 1.0, epsilon = 1e-7);
    }
}
