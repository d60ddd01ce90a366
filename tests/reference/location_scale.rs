//! Location-scale models on the studies of writing to learn (Bangert-Drowns et al. 2004): maxima by Newton's method in
//! 40-digit arithmetic (mpmath 1.3), standard errors of the location part by metafor 3.8 (`rma(scale = )`).

use consilience::{
    EffectSizes, Measure,
    pool::Inference,
    regression::{Design, LocationScale, LocationScaleFit, ScaleLink},
    table::Table,
    tau2::Tau2,
};

fn writing() -> (EffectSizes, Table) {
    let path = format!("{}/tests/data/metafor/data/bangertdrowns2004.csv", env!("CARGO_MANIFEST_DIR"));
    let table = Table::read_path(path).unwrap();
    let [yi, vi] = ["yi", "vi"].map(|name| table.complete_numbers(name).unwrap());
    (EffectSizes::new(Measure::StandardizedMeanDifference, table.labels(), yi, vi).unwrap(), table)
}

#[track_caller]
fn all_close(got: impl IntoIterator<Item = f64>, expected: &[f64], tolerance: f64) {
    let got: Vec<f64> = got.into_iter().collect();
    assert_eq!(got.len(), expected.len());
    for (got, expected) in got.iter().zip(expected) {
        assert!((got - expected).abs() <= tolerance * expected.abs(), "{got} instead of {expected}");
    }
}

fn alpha(fit: &LocationScaleFit) -> Vec<f64> {
    fit.scale_coefficients.iter().map(|c| c.estimate).collect()
}

fn alpha_se(fit: &LocationScaleFit) -> Vec<f64> {
    fit.scale_coefficients.iter().map(|c| c.se.unwrap()).collect()
}

#[test]
fn log_link() {
    let (effects, data) = writing();
    let hundreds: Vec<f64> = data.complete_numbers("ni").unwrap().iter().map(|n| n / 100.0).collect();
    let size = Design::with_intercept(48).column("ni100", hundreds).unwrap();
    let fit = LocationScale::default().fit(&effects, &size, &size).unwrap();
    all_close(alpha(&fit), &[-1.9208785438656, -0.917428790413], 1e-10);
    all_close(alpha_se(&fit), &[0.66898242467052, 0.51406478479893], 1e-10);
    all_close(fit.coefficients.iter().map(|c| c.estimate), &[0.3016813623721, -0.05526633011313], 1e-10);
    all_close(fit.coefficients.iter().map(|c| c.se), &[0.066116153112, 0.0197546209803], 1e-7);
    all_close([fit.fit.log_likelihood], &[-14.650561996717], 1e-12);
    all_close(
        [fit.moderator_test.unwrap().statistic, fit.scale_test.unwrap().statistic],
        &[7.82679286639, 3.1849966946],
        1e-6,
    );
    assert!(fit.scale_lrt.unwrap().statistic > 0.0 && fit.notes.is_empty(), "{:?}", fit.notes);

    let ml = LocationScale::new(Tau2::Ml).inference(Inference::T).fit(&effects, &size, &size).unwrap();
    all_close(alpha(&ml), &[-1.9049555147361, -0.99285389261919], 1e-10);
    all_close(alpha_se(&ml), &[0.66142001765986, 0.50887584496323], 1e-10);
    all_close([ml.fit.log_likelihood], &[-13.237543810527], 1e-12);
    assert_eq!(ml.scale_coefficients[0].df, Some(46.0));
    let text = serde_json::to_string(&ml).unwrap();
    assert!(serde_json::from_str::<LocationScaleFit>(&text).unwrap() == ml);

    // A prediction at 100 subjects has the tau² there.
    let at = fit.predict(&[1.0, 1.0], &[1.0, 1.0]).unwrap();
    let tau2: f64 = (-1.9208785438656_f64 - 0.917428790413).exp();
    let half = 1.959963984540054 * (at.se * at.se + tau2).sqrt();
    all_close([at.prediction_upper.unwrap()], &[at.estimate + half], 1e-9);
}

#[test]
fn a_factor_on_the_scale() {
    let (effects, data) = writing();
    let grades = data.complete_numbers("grade").unwrap();
    let is = |level: &str| -> Vec<f64> {
        grades.iter().map(|g| if g.to_string() == level { 1.0 } else { 0.0 }).collect()
    };
    let grade = Design::with_intercept(48)
        .term("grade", ["2", "3", "4"].map(|level| (format!("grade{level}"), is(level))))
        .unwrap();
    let mean = Design::with_intercept(48);
    let log = LocationScale::default().fit(&effects, &mean, &grade).unwrap();
    // metafor's BFGS stops near, hence 1e-5.
    all_close(alpha(&log), &[-3.34439206975, 1.20691909658, 1.00277659915, 0.0832853545907], 1e-5);
    all_close([log.fit.log_likelihood], &[-17.8135446397], 1e-11);
    // The identity link has the same maximum for a factor.
    let identity = LocationScale::default().link(ScaleLink::Identity).fit(&effects, &mean, &grade).unwrap();
    all_close([identity.fit.log_likelihood], &[log.fit.log_likelihood], 1e-12);
    all_close(identity.tau2.clone(), &log.tau2, 1e-8);
}

#[test]
fn identity_link() {
    let (effects, data) = writing();
    let hundreds: Vec<f64> = data.complete_numbers("ni").unwrap().iter().map(|n| n / 100.0).collect();
    let mean = Design::with_intercept(48);
    let size = mean.clone().column("ni100", hundreds).unwrap();
    let options = LocationScale::default().link(ScaleLink::Identity);
    let fit = options.fit(&effects, &mean, &size).unwrap();
    all_close(alpha(&fit), &[0.073358642278757, -0.011617853615046], 1e-9);
    all_close(alpha_se(&fit), &[0.03479939987854, 0.0088273433705156], 1e-8);
    all_close([fit.fit.log_likelihood], &[-17.927144348777], 1e-12);

    // With the size as moderator of the mean too, tau² of the largest study is at its boundary.
    let fit = options.fit(&effects, &size, &size).unwrap();
    // The maximum along that boundary, in 40-digit arithmetic.
    all_close([fit.fit.log_likelihood], &[-15.3322584604799], 1e-12);
    all_close(alpha(&fit), &[0.063737456036549, -0.011759678235526], 1e-10);
    assert!(fit.tau2.iter().all(|t| *t >= 0.0) && fit.tau2.iter().any(|t| *t < 1e-12));
    assert!(fit.scale_coefficients[0].se.is_none() && fit.notes[0].contains("boundary"));
}

#[test]
fn no_finite_maximum_is_said() {
    // The first four studies agree perfectly.
    let yi = [0.1, 0.1, 0.1, 0.1, -0.9, 1.2, 0.8, -0.4];
    let effects = EffectSizes::new(Measure::Generic, (0..8).map(|i| i.to_string()), yi, [0.01; 8]).unwrap();
    let mean = Design::with_intercept(8);
    let late = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    let scale = mean.clone().column("late", late).unwrap();
    let fit = LocationScale::default().fit(&effects, &mean, &scale).unwrap();
    assert!(fit.notes[0].contains("no finite estimate"), "{:?}", fit.notes);
    assert!(fit.scale_coefficients.iter().all(|c| c.se.is_none()) && fit.scale_test.is_none());
    assert!(LocationScale::new(Tau2::Dl).fit(&effects, &mean, &scale).is_err());
}
