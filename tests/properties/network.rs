//! Laws of networks: electrical circuits, refits against updates, shapes of data, orders and names.

use consilience::{
    EffectSizes, Measure,
    network::{
        ArmData, ArmRow, ContributionMethod, LeftOutTau2, Network, NetworkData, NetworkFit, NetworkMeta,
        PairRow, SmallValues, SplitMethod,
    },
    pool::RandomEffects,
    tau2::Tau2,
};
use proptest::prelude::*;

/// Studies of two to four arms: treatments from 0, each with its value and variance. The first ones make a tree, so that the
/// network is connected.
type Studies = Vec<Vec<(usize, f64, f64)>>;

fn studies() -> impl Strategy<Value = Studies> {
    (2..7_usize, 6..14_usize).prop_flat_map(|(t, k)| {
        let arm = (0..t, -1.0..1.0_f64, 0.01..0.5_f64);
        prop::collection::vec(prop::collection::vec(arm, 2..5), k).prop_map(move |mut studies| {
            for (s, study) in studies.iter_mut().enumerate() {
                if s + 1 < t {
                    study.truncate(2);
                    (study[0].0, study[1].0) = (s + 1, study[1].0 % (s + 1));
                }
                let mut seen = Vec::new();
                study.retain(|arm| {
                    !seen.contains(&arm.0) && {
                        seen.push(arm.0);
                        true
                    }
                });
                if study.len() < 2 {
                    let other = (study[0].0 + 1) % t;
                    study.push((other, 0.3, 0.2));
                }
            }
            studies
        })
    })
}

fn name(t: usize) -> String {
    format!("T{t}")
}

fn arm_rows(studies: &Studies) -> Vec<ArmRow> {
    let row = |(s, study): (usize, &Vec<(usize, f64, f64)>)| -> Vec<ArmRow> {
        let arm = |a: &(usize, f64, f64)| {
            ArmRow::new(format!("S{s}"), name(a.0), ArmData::Value { estimate: a.1, variance: a.2 })
        };
        study.iter().map(arm).collect()
    };
    studies.iter().enumerate().flat_map(row).collect()
}

fn network(studies: &Studies) -> Network {
    NetworkData::new(Measure::Generic).arms(&arm_rows(studies)).unwrap()
}

fn fit(network: &Network) -> NetworkFit {
    NetworkMeta::random(Tau2::Reml).fit(network).unwrap()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-8 * (1.0 + a.abs().max(b.abs()))
}

/// Effects, variances and tau² of two fits whose treatments bear the same names agree.
fn same(a: &NetworkFit, b: &NetworkFit) -> bool {
    let place = |name: &String| b.network.treatment(name).unwrap();
    let names = &a.network.treatments;
    let pairs = (0..names.len()).flat_map(|i| (0..names.len()).map(move |j| (i, j)));
    near(a.tau2, b.tau2)
        && pairs.into_iter().all(|(i, j)| {
            let (x, y) = (a.difference(i, j), b.difference(place(&names[i]), place(&names[j])));
            near(x.estimate, y.estimate) && near(x.se, y.se)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_shape_and_order_is_one_fit(studies in studies()) {
        let one = fit(&network(&studies));
        let data = NetworkData::new(Measure::Generic);
        let pairs = data.contrasts(&one.network.pair_rows()).unwrap();
        prop_assert!(same(&one, &fit(&pairs)));
        prop_assert!(same(&one, &fit(&data.arms(&pairs.arm_rows().unwrap()).unwrap())));
        prop_assert!(same(&one, &fit(&data.baseline(&one.network.baseline_rows().unwrap()).unwrap())));
        let mut turned: Studies = studies.iter().rev().cloned().collect();
        turned.iter_mut().for_each(|study| study.reverse());
        prop_assert!(same(&one, &fit(&network(&turned))));
        let other = NetworkMeta::random(Tau2::Reml).reference(name(1)).fit(&one.network).unwrap();
        prop_assert!(same(&one, &other));
    }

    #[test]
    fn two_treatments_are_a_pooled_analysis(
        (yi, vi) in (3..10_usize).prop_flat_map(|k| {
            (prop::collection::vec(-1.0..1.0_f64, k), prop::collection::vec(0.01..0.5_f64, k))
        })
    ) {
        let rows: Vec<PairRow> =
            (0..yi.len()).map(|s| PairRow::new(format!("S{s}"), "A", "B", yi[s], vi[s])).collect();
        let network = NetworkData::new(Measure::Generic).contrasts(&rows).unwrap();
        let labels = (0..yi.len()).map(|s| format!("S{s}"));
        let effects = EffectSizes::new(Measure::Generic, labels, yi, vi).unwrap();
        for method in [Tau2::Reml, Tau2::Ml, Tau2::Dl] {
            let (a, b) = (
                NetworkMeta::random(method).fit(&network).unwrap(),
                RandomEffects::new(method).fit(&effects).unwrap(),
            );
            let d = a.difference(0, 1);
            prop_assert!(near(d.estimate, b.estimate) && near(d.se, b.se));
            let h = &b.heterogeneity;
            prop_assert!(near(a.tau2, h.tau2.unwrap()) && near(a.heterogeneity.q, h.q.unwrap()));
            let (ours, theirs) = (a.heterogeneity.tau2_ci.unwrap(), h.tau2_ci);
            if let Some(theirs) = theirs.filter(|_| !h.tau2_ci_empty) {
                prop_assert!(near(ours[0], theirs[0]) && near(ours[1], theirs[1]), "{:?} {:?}", ours, theirs);
            }
        }
    }

    #[test]
    fn evidence_adds_up(studies in studies()) {
        let fit = fit(&network(&studies));
        let d = fit.decompose().unwrap();
        prop_assert!(near(d.total.q, d.within.q + d.between.q) && d.total.df == d.within.df + d.between.df);
        let multi = fit.network.studies.iter().any(|s| s.arms.len() > 2);
        for method in [SplitMethod::Side, SplitMethod::Refit] {
            for s in fit.split(method).unwrap() {
                let (Some(x), Some(y)) = (s.direct, s.indirect) else { continue };
                if method == SplitMethod::Side {
                    let (p, q) = (1.0 / x.se.powi(2), 1.0 / y.se.powi(2));
                    prop_assert!(near(1.0 / s.network.se.powi(2), p + q));
                    prop_assert!(near(s.network.estimate, (p * x.estimate + q * y.estimate) / (p + q)));
                } else if !multi && s.tau2 == Some(fit.tau2) {
                    prop_assert!(near(s.difference.unwrap().estimate, x.estimate - y.estimate));
                }
            }
        }
        let scores = fit.p_scores(SmallValues::Good, None).unwrap().p_score;
        prop_assert!(near(scores.iter().sum::<f64>(), 0.5 * scores.len() as f64));
        for &method in ContributionMethod::ALL {
            for row in fit.contributions(method, None).unwrap().rows {
                prop_assert!(near(row.values.iter().sum(), 1.0) && near(row.studies.iter().sum(), 1.0));
                prop_assert!(row.mean_path_length >= 1.0 - 1e-9);
            }
        }
    }

    #[test]
    fn a_study_left_out_is_a_refit(studies in studies()) {
        let fit = fit(&network(&studies));
        for choice in [LeftOutTau2::Refit, LeftOutTau2::Held] {
            for (s, row) in fit.leave_one_out(choice).unwrap().into_iter().enumerate() {
                let keep: Vec<usize> = (0..fit.network.studies.len()).filter(|k| *k != s).collect();
                let rest = fit.network.subset(&keep).unwrap();
                if rest.treatments.len() < fit.network.treatments.len() || rest.subnetworks().len() > 1 {
                    continue;
                }
                let meta = match choice {
                    LeftOutTau2::Held => NetworkMeta::random(Tau2::Reml).tau2(fit.tau2),
                    _ => NetworkMeta::random(Tau2::Reml),
                };
                let refit = meta.fit(&rest).unwrap();
                prop_assert!(near(row.q.unwrap(), refit.heterogeneity.q));
                for (t, effect) in row.effects.iter().enumerate() {
                    let (x, y) = (effect.unwrap(), refit.difference(t + 1, 0));
                    prop_assert!(near(x.estimate, y.estimate) && near(x.se, y.se));
                }
            }
        }
    }

    #[test]
    fn scales_and_silent_studies_change_what_they_must(studies in studies()) {
        let one = fit(&network(&studies));
        let scaled: Studies = studies
            .iter()
            .map(|study| study.iter().map(|(t, y, v)| (*t, 3.0 * y, 9.0 * v)).collect())
            .collect();
        let three = fit(&network(&scaled));
        prop_assert!(near(9.0 * one.tau2, three.tau2));
        prop_assert!(one.theta.iter().zip(&three.theta).all(|(a, b)| near(3.0 * a, *b)));
        let scores = |f: &NetworkFit| f.p_scores(SmallValues::Good, None).unwrap().p_score;
        prop_assert!(scores(&one).iter().zip(scores(&three)).all(|(a, b)| near(*a, b)));
        let mut silent = studies.clone();
        silent.push(vec![(0, 5.0, 1e12), (1, -5.0, 1e12)]);
        let meta = NetworkMeta::random(Tau2::Reml).tau2(one.tau2);
        let with = meta.fit(&network(&silent)).unwrap();
        prop_assert!(one.theta.iter().zip(&with.theta).all(|(a, b)| near(*a, *b)));
    }

    #[test]
    fn steps_in_a_row_add_their_variances(variances in prop::collection::vec(1e-6..1e6_f64, 2..9)) {
        let rows: Vec<PairRow> = variances
            .iter()
            .enumerate()
            .map(|(s, v)| PairRow::new(format!("S{s}"), name(s + 1), name(s), 0.1, *v))
            .collect();
        let network = NetworkData::new(Measure::Generic).contrasts(&rows).unwrap();
        let fit = NetworkMeta::common().fit(&network).unwrap();
        let last = network.treatment(&name(variances.len())).unwrap();
        let d = fit.difference(last, network.treatment(&name(0)).unwrap());
        prop_assert!((d.se.powi(2) / variances.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!(fit.split(SplitMethod::Refit).unwrap().iter().all(|s| s.difference.is_none()));
    }

    #[test]
    fn events_and_their_absence_change_the_sign(counts in prop::collection::vec((0..3_usize, 1..30_u32, 1..30_u32), 8..16)) {
        let rows = |swap: bool| -> Vec<ArmRow> {
            let arm = |(at, (t, events, others)): (usize, &(usize, u32, u32))| {
                let (x, n) = (f64::from(if swap { *others } else { *events }), f64::from(events + others));
                let treatment = if at % 2 == 0 { *t } else { (t + 1) % 3 };
                let study = format!("S{}", at / 2);
                ArmRow::new(study, name(treatment), ArmData::Events { events: x, size: n })
            };
            counts.iter().enumerate().map(arm).collect()
        };
        let data = NetworkData::new(Measure::OddsRatio);
        let (Ok(a), Ok(b)) = (data.arms(&rows(false)), data.arms(&rows(true))) else { return Ok(()) };
        let meta = NetworkMeta::random(Tau2::Reml);
        let (Ok(a), Ok(b)) = (meta.fit(&a), meta.fit(&b)) else { return Ok(()) };
        prop_assert!(near(a.tau2, b.tau2));
        prop_assert!(a.theta.iter().zip(&b.theta).all(|(x, y)| near(*x, -y)));
    }
}

#[test]
fn a_complete_network_is_direct_by_two_of_its_treatments() {
    let pairs = (0..6).flat_map(|i| (i + 1..6).map(move |j| (i, j)));
    let rows: Vec<PairRow> =
        pairs.map(|(i, j)| PairRow::new(format!("S{i}{j}"), name(i), name(j), 0.1, 0.2)).collect();
    let network = NetworkData::new(Measure::Generic).contrasts(&rows).unwrap();
    let fit = NetworkMeta::common().fit(&network).unwrap();
    for split in fit.split(SplitMethod::Side).unwrap() {
        assert!((split.direct_proportion - 2.0 / 6.0).abs() < 1e-12);
    }
}
