//! Work that is ended before its time gives what is done, and says so.

use std::sync::atomic::{AtomicUsize, Ordering};

use consilience::{
    EffectSizes, Measure,
    glmm::{CountMeasure, Counts, Glmm, Model},
    multilevel::{ComponentIntervals, Factor, Multilevel},
    network::{ArmData, ArmRow, LeftOutTau2, NetworkData, NetworkMeta, SplitMethod},
    stat::progress::Progress,
    tau2::Tau2,
};

/// Says no from the given question on.
fn until(most: usize) -> Progress {
    let asked = AtomicUsize::new(0);
    Progress::new(move |_, _, _| asked.fetch_add(1, Ordering::Relaxed) < most)
}

fn wave(i: usize) -> f64 {
    (2.3 * i as f64).sin()
}

#[test]
fn a_network_without_its_first_studies_alone() {
    let rows: Vec<ArmRow> = (0..20)
        .flat_map(|s| {
            [s % 5, (s + 1 + s / 5) % 5].map(|t| {
                let data =
                    ArmData::Value { estimate: 0.2 * t as f64 + 0.3 * wave(7 * s + t), variance: 0.04 };
                ArmRow::new(format!("S{s}"), format!("T{t}"), data)
            })
        })
        .collect();
    let network = NetworkData::new(Measure::Generic).arms(&rows).unwrap();
    let fit = NetworkMeta::random(Tau2::Reml).fit(&network).unwrap();
    let all = fit.leave_one_out(LeftOutTau2::Refit).unwrap();
    let progress = until(3);
    let some = progress.during(|| fit.leave_one_out(LeftOutTau2::Refit)).unwrap();
    assert_eq!((some.as_slice(), all.len()), (&all[..4], 20));
    let cut = &progress.cuts()[0];
    assert_eq!((cut.done, cut.all), (4, 20));
    let error = until(3).during(|| fit.split(SplitMethod::Refit)).unwrap_err();
    assert!(error.is_interrupted(), "{error}");
}

#[test]
fn a_multilevel_model_without_each_cluster() {
    let k = 1200;
    let labels = (0..k).map(|i| i.to_string());
    let yi: Vec<f64> = (0..k).map(|i| wave(i / 3) + wave(i)).collect();
    let effects = EffectSizes::new(Measure::Generic, labels, yi, vec![0.1; k]).unwrap();
    let study = Factor::new("study", (0..k).map(|i| (i / 3).to_string())).unwrap();
    let effect = Factor::each_effect("effect", k).unwrap();
    let model = Multilevel::nested([study.clone(), effect]).unwrap().intervals(ComponentIntervals::Omit);
    let fit = model.fit(&effects).unwrap();
    let progress = until(1);
    let influence = progress.during(|| fit.influence(&study)).unwrap();
    assert_eq!(influence.clusters.len(), k / 3);
    let done = influence.clusters.iter().take_while(|cluster| cluster.without.is_some()).count();
    assert!(done > 0 && done < k / 3, "{done}");
    assert_eq!(progress.cuts()[0].done, done);
    let reason = influence.clusters[done].reason.as_deref();
    assert_eq!(reason, Some("interrupted before it was computed"));
}

#[test]
fn a_model_of_counts_without_each_study() {
    let rows: Vec<[f64; 4]> = (0..60).map(|i| [(i % 7 + 2) as f64, 90.0, (i % 5 + 3) as f64, 95.0]).collect();
    let counts = Counts::two_groups(CountMeasure::OddsRatio, (0..60).map(|i| i.to_string()), &rows).unwrap();
    let progress = until(1);
    let left_out = progress.during(|| Glmm::new(Model::UmRs).leave_one_out(&counts)).unwrap();
    assert_eq!(left_out.len(), 60);
    let done = progress.cuts().first().map_or(60, |cut| cut.done);
    for (at, row) in left_out.iter().enumerate() {
        let reason = row.note.as_deref() == Some("interrupted before it was computed");
        assert_eq!((row.estimate.is_some(), reason), (at < done, at >= done), "{at}");
    }
}
