//! Networks against plain matrices: generalized least squares with the whole covariance written out, for three networks, the
//! score of the restricted likelihood at tau², and deletion and detachment by update against refits.
//!
//! netmeta 3.3-1 sets the covariance within multi-arm studies to 0 when tau² is estimated by REML or ML from contrasts: for
//! Senn 2013 it gives 0.1010500774. The likelihood with the exact covariance has its maximum at 0.0999174585 (metafor
//! 5.0-1 with the same matrix: 0.0999174620), which is asserted here by the score of plain matrices.

use consilience::{
    Measure,
    network::{LeftOutTau2, Network, NetworkData, NetworkFit, NetworkMeta},
    pool::RandomEffects,
    table::Table,
    tau2::Tau2,
};

type Matrix = Vec<Vec<f64>>;

fn table(name: &str, columns: &str) -> Table {
    let path = format!("{}/tests/data/network/data/{name}", env!("CARGO_MANIFEST_DIR"));
    Table::read_path(path).unwrap().with_roles(columns.parse().unwrap()).unwrap()
}

fn networks() -> Vec<(&'static str, Network)> {
    let senn = table("net_senn2013.csv", "study=studlab,treatment1=treat1,treatment2=treat2,yi=TE,sei=seTE");
    let smoking = table("net_hasselblad1998.csv", "treatment=trt");
    let diabetes = table("net_senn2013_arms.csv", "study=study");
    vec![
        ("senn", NetworkData::new(Measure::Generic).table(&senn).unwrap()),
        ("smoking", NetworkData::new(Measure::OddsRatio).table(&smoking).unwrap()),
        ("smd", NetworkData::new(Measure::StandardizedMeanDifference).table(&diabetes).unwrap()),
    ]
}

/// The inverse by Gauss-Jordan elimination with partial pivoting.
fn inverse(a: &Matrix) -> Matrix {
    let n = a.len();
    let mut a = a.clone();
    for (i, row) in a.iter_mut().enumerate() {
        row.extend((0..n).map(|j| f64::from(u8::from(i == j))));
    }
    for k in 0..n {
        let pivot = (k..n).max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs())).unwrap();
        a.swap(k, pivot);
        let scale = a[k][k];
        a[k].iter_mut().for_each(|x| *x /= scale);
        let row = a[k].clone();
        for (i, other) in a.iter_mut().enumerate().filter(|(i, _)| *i != k) {
            let factor = other[k];
            let _ = i;
            other.iter_mut().zip(&row).for_each(|(x, r)| *x -= factor * r);
        }
    }
    a.into_iter().map(|row| row[n..].to_vec()).collect()
}

fn product(a: &Matrix, b: &Matrix) -> Matrix {
    let columns = b[0].len();
    a.iter()
        .map(|row| (0..columns).map(|j| row.iter().zip(b).map(|(x, r)| x * r[j]).sum()).collect())
        .collect()
}

fn transposed(a: &Matrix) -> Matrix {
    (0..a[0].len()).map(|j| a.iter().map(|row| row[j]).collect()).collect()
}

/// The whole model: X (reference column left out), y, V and S of all contrasts.
fn whole(network: &Network, reference: usize) -> (Matrix, Matrix, Matrix, Matrix) {
    let n = network.contrast_count();
    let size = network.treatments.len();
    let (mut v, mut s) = (vec![vec![0.0; n]; n], vec![vec![0.0; n]; n]);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    let mut first = 0;
    for study in &network.studies {
        let m = study.contrasts.len();
        for a in 0..m {
            let mut row = vec![0.0; size];
            row[study.arms[a + 1].treatment] += 1.0;
            row[study.arms[0].treatment] -= 1.0;
            row.remove(reference);
            x.push(row);
            y.push(vec![study.contrasts[a]]);
            for b in 0..m {
                v[first + a][first + b] = study.covariance[b * m + a];
                s[first + a][first + b] = if a == b { 1.0 } else { 0.5 };
            }
        }
        first += m;
    }
    (x, y, v, s)
}

fn close(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{what}: {got} instead of {expected}");
}

#[test]
fn fits_equal_plain_generalized_least_squares() {
    for (name, network) in networks() {
        for method in [Tau2::Reml, Tau2::Ml, Tau2::Dl] {
            let fit = NetworkMeta::random(method).fit(&network).unwrap();
            let (x, y, v, s) = whole(&network, 0);
            let n = y.len();
            let sigma: Matrix =
                (0..n).map(|i| (0..n).map(|j| v[i][j] + fit.tau2 * s[i][j]).collect()).collect();
            let w = inverse(&sigma);
            let xw = product(&transposed(&x), &w);
            let c = inverse(&product(&xw, &x));
            let theta = product(&c, &product(&xw, &y));
            for (i, row) in theta.iter().enumerate() {
                close(fit.theta[i + 1], row[0], name);
                close(fit.variance(i + 1, 0), c[i][i], name);
                for j in 0..i {
                    let expected = c[i][i] + c[j][j] - 2.0 * c[i][j];
                    close(fit.variance(i + 1, j + 1), expected, name);
                }
            }
            if method == Tau2::Reml && fit.tau2 > 0.0 {
                // P = W - W X C Xᵀ W; the score yᵀ P S P y - tr(P S) is 0
                let wxc = product(&product(&w, &x), &c);
                let hat = product(&wxc, &xw);
                let p: Matrix = (0..n).map(|i| (0..n).map(|j| w[i][j] - hat[i][j]).collect()).collect();
                let ps = product(&p, &s);
                let trace: f64 = (0..n).map(|i| ps[i][i]).sum();
                let py = product(&p, &y);
                let square = product(&transposed(&py), &product(&s, &py))[0][0];
                assert!((square / trace - 1.0).abs() < 1e-9, "{name}: {square} {trace}");
            }
        }
    }
}

#[test]
fn senn_2013_has_the_reml_of_the_exact_covariance() {
    let (_, network) = networks().remove(0);
    let fit = NetworkMeta::random(Tau2::Reml).reference("plac").fit(&network).unwrap();
    assert!((fit.tau2 - 0.099_917_458_5).abs() < 2e-10, "{}", fit.tau2);
    let fit = NetworkMeta::random(Tau2::Ml).fit(&network).unwrap();
    assert!((fit.tau2 - 0.056_386_134_2).abs() < 2e-10, "{}", fit.tau2);
}

#[test]
fn the_reference_and_the_order_of_studies_change_nothing() {
    for (name, network) in networks() {
        let first = NetworkMeta::default().fit(&network).unwrap();
        let order: Vec<usize> = (0..network.studies.len()).rev().collect();
        let turned = network.subset(&order).unwrap();
        for reference in &network.treatments {
            let other = NetworkMeta::default().reference(reference).fit(&turned).unwrap();
            close(other.tau2, first.tau2, name);
            for i in 0..network.treatments.len() {
                for j in 0..i {
                    let (a, b) = (first.difference(i, j), other.difference(i, j));
                    assert!((a.estimate - b.estimate).abs() < 1e-9 && (a.se - b.se).abs() < 1e-9, "{name}");
                }
            }
        }
    }
}

#[test]
fn two_treatments_are_the_pooled_model() {
    let effects = consilience::EffectSizes::new(
        Measure::MeanDifference,
        ["a", "b", "c", "d"],
        [0.3, -0.2, 0.9, 0.4],
        [0.04, 0.09, 0.05, 0.1],
    )
    .unwrap();
    let rows: Vec<_> = (0..4)
        .map(|i| {
            consilience::network::PairRow::new(
                &effects.labels()[i],
                "B",
                "A",
                effects.yi()[i],
                effects.vi()[i],
            )
        })
        .collect();
    let network = NetworkData::default().contrasts(&rows).unwrap();
    for method in [Tau2::Reml, Tau2::Ml, Tau2::Dl] {
        let pooled = RandomEffects::new(method).fit(&effects).unwrap();
        let fit = NetworkMeta::random(method).fit(&network).unwrap();
        let d = fit.difference(1, 0);
        close(d.estimate, pooled.estimate, "estimate");
        close(d.se, pooled.se, "se");
        close(fit.tau2, pooled.heterogeneity.tau2.unwrap(), "tau2");
        close(fit.heterogeneity.q, pooled.heterogeneity.q.unwrap(), "Q");
        close(fit.heterogeneity.i2.unwrap(), pooled.heterogeneity.i2.unwrap(), "I2");
        close(d.p_value.unwrap(), pooled.p_value.unwrap(), "P");
        close(fit.fit.log_likelihood, pooled.fit.unwrap().log_likelihood, "log-likelihood");
    }
}

#[test]
fn every_shape_of_the_same_arms_is_one_fit() {
    let (_, network) = networks().remove(1);
    let data = NetworkData::new(Measure::OddsRatio);
    let fits: Vec<NetworkFit> = [
        network.clone(),
        data.contrasts(&network.pair_rows()).unwrap(),
        data.baseline(&network.baseline_rows().unwrap()).unwrap(),
        data.arms(&network.arm_rows().unwrap()).unwrap(),
        data.arms(&data.contrasts(&network.pair_rows()).unwrap().arm_rows().unwrap()).unwrap(),
    ]
    .iter()
    .map(|network| NetworkMeta::default().fit(network).unwrap())
    .collect();
    for fit in &fits[1..] {
        close(fit.tau2, fits[0].tau2, "tau2");
        for (a, b) in fit.theta.iter().zip(&fits[0].theta) {
            assert!((a - b).abs() < 1e-11, "{a} {b}");
        }
    }
}

#[test]
fn leaving_out_by_update_equals_refits() {
    for (name, network) in networks() {
        let fit = NetworkMeta::random(Tau2::Dl).fit(&network).unwrap();
        let rows = fit.leave_one_out(LeftOutTau2::Held).unwrap();
        for (s, row) in rows.iter().enumerate() {
            let keep: Vec<usize> = (0..network.studies.len()).filter(|&k| k != s).collect();
            let rest = network.subset(&keep).unwrap();
            if rest.treatments.len() < network.treatments.len() {
                continue;
            }
            let refit = NetworkMeta::default().tau2(fit.tau2).fit(&rest).unwrap();
            close(row.q.unwrap(), refit.heterogeneity.q, name);
            for (at, effect) in row.effects.iter().enumerate() {
                let d = refit.difference(at + 1, 0);
                assert!((effect.unwrap().estimate - d.estimate).abs() < 1e-9, "{name}");
                close(effect.unwrap().se, d.se, name);
            }
        }
    }
}

#[test]
fn q_is_the_sum_of_its_parts_and_proportions_combine() {
    for (name, network) in networks() {
        let fit = NetworkMeta::default().fit(&network).unwrap();
        let parts = fit.decompose().unwrap();
        close(parts.within.q + parts.between.q, parts.total.q, name);
        assert_eq!(parts.within.df + parts.between.df, parts.total.df);
        for split in fit.split(consilience::network::SplitMethod::Side).unwrap() {
            let (Some(direct), Some(indirect)) = (split.direct, split.indirect) else { continue };
            let sum = direct.se.powi(-2) + indirect.se.powi(-2);
            close(split.network.se.powi(-2), sum, name);
        }
        let scores = fit.p_scores(consilience::network::SmallValues::Good, None).unwrap();
        let sum: f64 = scores.p_score.iter().sum();
        assert!((sum - scores.p_score.len() as f64 / 2.0).abs() < 1e-12);
    }
}
