//! Cluster-robust inference against clubSandwich 0.5.8 (`vcovCR`, `coef_test`, `Wald_test(test = "HTZ")`) in R 4.2 on
//! fits of metafor 3.8 with the DL estimate of tau².

use consilience::robust::{ClusteredModel, RobustType};

use super::csv::Data;

/// Weighted least squares by the normal equations, enough for well-conditioned tests.
#[allow(clippy::needless_range_loop)] // the formulas of the elimination
fn fit(design: &[f64], p: usize, y: &[f64], w: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let k = y.len();
    let x = |i: usize, c: usize| design[c * k + i];
    let mut a = vec![vec![0.0; p + 1]; p];
    for i in 0..k {
        for r in 0..p {
            for c in 0..p {
                a[r][c] += w[i] * x(i, r) * x(i, c);
            }
            a[r][p] += w[i] * x(i, r) * y[i];
        }
    }
    for c in 0..p {
        let pivot = (c..p).max_by(|&i, &j| a[i][c].abs().total_cmp(&a[j][c].abs())).unwrap();
        a.swap(c, pivot);
        for r in 0..p {
            if r != c {
                let factor = a[r][c] / a[c][c];
                let row = a[c].clone();
                for (value, above) in a[r].iter_mut().zip(&row) {
                    *value -= factor * above;
                }
            }
        }
    }
    let b: Vec<f64> = (0..p).map(|r| a[r][p] / a[r][r]).collect();
    let e = (0..k).map(|i| y[i] - (0..p).map(|c| x(i, c) * b[c]).sum::<f64>()).collect();
    (b, e)
}

fn close(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() <= 1e-8 * expected.abs(), "{what}: {got} instead of {expected}");
}

fn dummy(column: &[String], level: &str) -> Vec<f64> {
    column.iter().map(|value| if value == level { 1.0 } else { 0.0 }).collect()
}

#[test]
fn moderators_with_inverse_variance_weights() {
    let data = Data::read("data/assink2016.csv");
    let (yi, vi) = (data.numbers("yi"), data.numbers("vi"));
    let deltype = data.text("deltype");
    let mut design = vec![1.0; yi.len()];
    design.extend(dummy(deltype, "general"));
    design.extend(dummy(deltype, "overt"));
    design.extend(data.numbers("pubstatus"));
    design.extend(data.numbers("year"));
    let tau2 = 0.10210711006311722;
    let w: Vec<f64> = vi.iter().map(|v| 1.0 / (v + tau2)).collect();
    let (b, e) = fit(&design, 5, &yi, &w);
    let model = ClusteredModel::inverse_variance(&design, &b, &e, &w, &data.groups("study")).unwrap();
    let expected = [
        (
            RobustType::Cr0,
            [
                0.1800984596415805,
                0.0856174989235999,
                0.1376539943085628,
                0.2215966978257219,
                0.0206256324344917,
            ],
        ),
        (
            RobustType::Cr1,
            [
                0.2143600432701921,
                0.1019052067989540,
                0.1638410247096068,
                0.2637528262539718,
                0.0245494129707257,
            ],
        ),
        (
            RobustType::Cr1S,
            [
                0.1895091843406015,
                0.0900912890570193,
                0.1448468589601350,
                0.2331758391554169,
                0.0217033881741604,
            ],
        ),
        (
            RobustType::Cr2,
            [
                0.2801366688967722,
                0.0882650130363082,
                0.1739408284493091,
                0.3156136742575888,
                0.0244406604244820,
            ],
        ),
    ];
    for (kind, errors) in expected {
        let robust = model.robust(kind).unwrap();
        let coefficients = robust.coefficients(0.95).unwrap();
        for (coefficient, se) in coefficients.iter().zip(errors) {
            close(coefficient.se, se, kind.code());
            if !kind.has_satterthwaite() {
                assert_eq!(coefficient.df, 12.0);
            }
        }
    }
    let robust = model.robust(RobustType::Cr2).unwrap();
    let df = [2.25417154162120, 8.66525298086195, 2.13987619905023, 2.69411335114256, 5.91928004815575];
    for (coefficient, df) in robust.coefficients(0.95).unwrap().iter().zip(df) {
        close(coefficient.df, df, "CR2 degrees of freedom");
    }
    let test = robust.test(&[1, 2, 3, 4]).unwrap();
    close(test.statistic, 3.633697641101263, "HTZ");
    close(test.df2, 0.945714206536657, "HTZ degrees of freedom");
    close(test.p_value, 0.385032788437567, "HTZ P value");
    let terms = ["intercept", "general", "overt", "pubstatus", "year"].map(String::from);
    let notes = robust.notes(&terms);
    assert!(notes[0].starts_with("intercept: 2.25 degrees of freedom"), "{notes:?}");
    // One study alone informs the first level of the factor, from which the others differ.
    let carried: Vec<&String> = notes.iter().filter(|note| note.contains("without cluster 16")).collect();
    assert_eq!((notes.len(), carried.len()), (6, 3), "{notes:?}");

    // clubSandwich inverts the singular matrix all the same.
    let error = model.robust(RobustType::Cr3).unwrap_err().to_string();
    assert!(error.contains("cluster 16"), "{error}");
}

#[test]
fn jackknife_type() {
    let data = Data::read("data/assink2016.csv");
    let (yi, vi) = (data.numbers("yi"), data.numbers("vi"));
    let mut design = vec![1.0; yi.len()];
    design.extend(data.numbers("pubstatus"));
    design.extend(data.numbers("year"));
    let w: Vec<f64> = vi.iter().map(|v| 1.0 / (v + 0.10663279124438876)).collect();
    let (b, e) = fit(&design, 3, &yi, &w);
    let model = ClusteredModel::inverse_variance(&design, &b, &e, &w, &data.groups("study")).unwrap();
    let robust = model.robust(RobustType::Cr3).unwrap();
    let se = [0.4384154690562037, 0.4689668316845773, 0.0331926733956472];
    let df = [1.0664354494599622, 1.3838035828595332, 2.9943281580550209];
    for ((coefficient, se), df) in robust.coefficients(0.95).unwrap().iter().zip(se).zip(df) {
        close(coefficient.se, se, "CR3");
        close(coefficient.df, df, "degrees of freedom");
    }
    let test = robust.test(&[1, 2]).unwrap();
    close(test.statistic, 1.35867078738777, "HTZ");
    close(test.df2, 1.63022117908526, "HTZ degrees of freedom");
}

#[test]
fn equal_weights_with_unequal_working_variances() {
    let data = Data::read("data/assink2016.csv");
    let (yi, vi) = (data.numbers("yi"), data.numbers("vi"));
    let mut design = vec![1.0; yi.len()];
    design.extend(dummy(data.text("deltype"), "general"));
    design.extend(dummy(data.text("deltype"), "overt"));
    let w = vec![1.0; yi.len()];
    let variances: Vec<f64> = vi.iter().map(|v| v + 0.15808870963401711).collect();
    let (b, e) = fit(&design, 3, &yi, &w);
    let model = ClusteredModel::weighted(&design, &b, &e, &w, &variances, &data.groups("study")).unwrap();
    let robust = model.robust(RobustType::Cr2).unwrap();
    // One study alone informs the intercept: its weighted residuals sum to zero, and there is nothing to estimate its variance from.
    // (clubSandwich prints 0.0270 there, on one degree of freedom, from the generalized inverse of a singular block.)
    let refused = robust.coefficients(0.95).unwrap_err().to_string();
    assert!(refused.contains("coefficient 1") && refused.contains("alone informs"), "{refused}");
    for (j, (se, df)) in
        [(0.2335636220494885, 7.98985258617818), (0.3349158650711468, 1.82856855813790)].iter().enumerate()
    {
        let mut contrast = [0.0; 3];
        contrast[j + 1] = 1.0;
        let coefficient = robust.contrast(&contrast, 0.95).unwrap();
        close(coefficient.se, *se, "CR2");
        close(coefficient.df, *df, "degrees of freedom");
    }
    let test = robust.test(&[1, 2]).unwrap();
    close(test.statistic, 4.54613596213954, "HTZ");
    close(test.df2, 2.74880843940971, "HTZ degrees of freedom");
}

#[test]
fn cluster_dummies_make_blocks_singular() {
    let data = Data::read("data/konstantopoulos2011.csv");
    let (yi, vi) = (data.numbers("yi"), data.numbers("vi"));
    let districts = data.text("district");
    let mut design = Vec::new();
    for level in ["11", "12", "18", "27", "56", "58", "71", "86", "91", "108", "644"] {
        design.extend(dummy(districts, level));
    }
    design.extend(data.numbers("school"));
    let w: Vec<f64> = vi.iter().map(|v| 1.0 / (v + 0.012985039878747065)).collect();
    let (b, e) = fit(&design, 12, &yi, &w);
    let model = ClusteredModel::inverse_variance(&design, &b, &e, &w, &data.groups("district")).unwrap();
    let coefficients = model.robust(RobustType::Cr2).unwrap().coefficients(0.95).unwrap();
    let expected = [
        0.0304577903390,
        0.0309988305254,
        0.0301278546866,
        0.0410219230313,
        0.0338379295602,
        0.0913307425138,
        0.0444886178424,
        0.0552536382700,
        0.0404829030447,
        0.0370212248522,
        0.0363103568800,
        0.0122785862822,
    ];
    for (coefficient, se) in coefficients.iter().zip(expected) {
        close(coefficient.se, se, "CR2");
    }
    let error = model.robust(RobustType::Cr1).unwrap_err().to_string();
    assert!(error.contains("11 clusters for 12 coefficients"), "{error}");
    let error = model.robust(RobustType::Cr3).unwrap_err().to_string();
    assert!(error.contains("use CR2"), "{error}");
}
