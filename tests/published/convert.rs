//! Conversions: individual survival data and their reconstruction, against the R package survival.

use approx::assert_relative_eq;
use consilience::convert::survival::curves::{self, FollowUp, SurvivalCurve};
use consilience::convert::survival::kaplan_meier::DigitisedCurve;
use consilience::convert::survival::subjects::{self, Subject};

const DATA: &str = include_str!("../data/lung/data.csv");
const CURVES: &str = include_str!("../data/lung/curves.csv");

fn rows(text: &str) -> impl Iterator<Item = [f64; 3]> + '_ {
    text.lines().skip(1).map(|line| {
        let fields: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
        [fields[0], fields[1], fields[2]]
    })
}

fn people(sex: f64) -> Vec<Subject> {
    rows(DATA)
        .filter(|row| row[2] == sex)
        .map(|row| if row[1] == 1.0 { Subject::event(row[0]) } else { Subject::censored(row[0]) })
        .collect()
}

/// survival 3.5: coxph(Surv(time, event) ~ I(sex == 2), ties = "efron", eps = 1e-14).
#[test]
fn cox_regression_of_the_lung_data() {
    let effect = subjects::cox(&people(2.0), &people(1.0)).unwrap().value;
    assert_relative_eq!(effect.yi, -0.53102354000577, max_relative = 1e-10);
    assert_relative_eq!(effect.vi, 0.02794867871458, max_relative = 1e-10);
}

/// survival 3.5: summary(survfit(Surv(time, event) ~ 1), rmean = 500).
#[test]
fn restricted_means_of_the_lung_data() {
    for (sex, mean, se) in [(1.0, 278.76323152999, 14.35455856671), (2.0, 360.91095419547, 16.80101816869)] {
        let effect = subjects::restricted_mean(&people(sex), 500.0).unwrap().value;
        assert_relative_eq!(effect.yi, mean, max_relative = 1e-10);
        assert_relative_eq!(effect.sei(), se, max_relative = 1e-9);
    }
    let difference = subjects::restricted_mean_difference(&people(2.0), &people(1.0), 500.0).unwrap().value;
    assert_relative_eq!(difference.yi, 82.14772266548, max_relative = 1e-10);
    assert!(subjects::restricted_mean(&people(1.0), 2000.0).is_err());
}

fn digitised(sex: f64) -> Vec<(f64, f64)> {
    rows(CURVES).filter(|row| row[0] == sex).map(|row| (row[1], row[2])).collect()
}

fn at_risk(sex: f64) -> [(f64, f64); 5] {
    let count = |t: f64| people(sex).iter().filter(|s| s.time >= t).count() as f64;
    [0.0, 200.0, 400.0, 600.0, 800.0].map(|t| (t, count(t)))
}

/// Guyot et al. (2012) found hazard ratios within 0.6 % and survival within 0.01 when numbers at risk and events are
/// known. The curves here are rounded to three decimals, the risk table has five columns.
#[test]
fn reconstructed_people_give_the_hazard_ratio_of_the_originals() {
    let rebuilt = [2.0, 1.0].map(|sex| {
        let events = people(sex).iter().filter(|s| s.event).count() as f64;
        let curve = DigitisedCurve::new(digitised(sex), at_risk(sex)).unwrap().total_events(events).unwrap();
        let derived = curve.reconstruct().unwrap();
        let people_again = derived.value;
        assert_eq!(people_again.len(), people(sex).len());
        let events_again = people_again.iter().filter(|s| s.event).count() as f64;
        assert!((events_again - events).abs() <= 2.0, "{events_again} of {events} events");
        for ((_, n), t) in at_risk(sex).into_iter().zip([0.0, 200.0, 400.0, 600.0, 800.0]) {
            let again = people_again.iter().filter(|s| s.time >= t).count() as f64;
            assert!((again - n).abs() <= 1.0, "{again} of {n} at risk at {t}");
        }
        people_again
    });
    let original = subjects::cox(&people(2.0), &people(1.0)).unwrap().value;
    let effect = subjects::cox(&rebuilt[0], &rebuilt[1]).unwrap().value;
    assert!((effect.yi - original.yi).abs() < 0.03, "{} instead of {}", effect.yi, original.yi);
    assert!((effect.sei() / original.sei() - 1.0).abs() < 0.03);
    let mean = subjects::restricted_mean(&rebuilt[1], 500.0).unwrap().value;
    assert!((mean.yi - 278.763).abs() < 3.0, "{}", mean.yi);
}

/// Tierney's method from the curves read at the times of the risk table: the hazard ratio of the individual data within
/// a fifth of its standard error.
#[test]
fn curves_read_at_five_times_give_about_the_same_hazard_ratio() {
    let times = [0.0, 200.0, 400.0, 600.0];
    let curve = |sex: f64| {
        let readings = digitised(sex);
        let survival: Vec<f64> =
            times.iter().map(|&t| readings.iter().rev().find(|r| r.0 <= t).unwrap().1).collect();
        SurvivalCurve::new(survival, FollowUp::AtRisk(at_risk(sex)[..4].iter().map(|r| r.1).collect()))
    };
    let effect = curves::hazard_ratio(&times, &curve(2.0), &curve(1.0)).unwrap().value;
    let original = subjects::cox(&people(2.0), &people(1.0)).unwrap().value;
    assert!(
        (effect.yi - original.yi).abs() < 0.5 * original.sei(),
        "{} instead of {}",
        effect.yi,
        original.yi
    );
}
