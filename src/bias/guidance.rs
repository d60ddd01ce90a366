//! Guidance on the tests that suit the data: to be read before any P value.
//!
//! References: Sterne et al. (2011), Recommendations for examining and interpreting funnel plot asymmetry in meta-analyses of
//! randomised controlled trials, doi:10.1136/bmj.d4002. Pustejovsky and Rodgers (2019), Testing for funnel plot asymmetry
//! of standardized mean differences, doi:10.1002/jrsm.1332. Terrin, Schmid, Lau and Olkin (2003), Adjusting for publication bias
//! in the presence of heterogeneity, doi:10.1002/sim.1461.

use crate::{EffectSizes, Measure, effect::DataKind, pool::kernel, stat::chi2};

pub(super) fn guidance(effects: &EffectSizes) -> String {
    let k = effects.len();
    let mut text = Vec::new();
    text.push(match effects.measure() {
        Measure::OddsRatio | Measure::PetoOddsRatio => {
            "A log odds ratio and its standard error depend on each other, so Egger's and Begg's tests find asymmetry where \
             there is none; Harbord's, Peters' and Ruecker's tests suit odds ratios (Sterne et al. 2011)."
                .to_owned()
        }
        Measure::RiskRatio => {
            "A log risk ratio and its standard error depend on each other when effects are large or events common; prefer \
             Harbord's, Peters' or Ruecker's test to Egger's and Begg's (Sterne et al. 2011)."
                .to_owned()
        }
        Measure::RiskDifference => {
            "Funnel plots of risk differences are seldom of use: their standard errors depend on the risks (Sterne et al. \
             2011)."
                .to_owned()
        }
        Measure::StandardizedMeanDifference => {
            "The standard error of a standardized mean difference grows with the difference itself, so Egger's test is \
             significant too often; read the Pustejovsky-Rodgers test, or the regression on `sqrtninv` (Pustejovsky and \
             Rodgers 2019)."
                .to_owned()
        }
        measure if matches!(measure.data_kind(), DataKind::Proportion | DataKind::Rate) => {
            "Proportions and rates of single groups have no significance to be selected for, and their standard errors \
             depend on the value: asymmetry says little about publication."
                .to_owned()
        }
        _ => "Egger's test suits effects whose standard error does not depend on the effect, such as mean differences \
              (Sterne et al. 2011)."
            .to_owned(),
    });
    if k < 10 {
        text.push(format!(
            "There {}: with fewer than 10 studies no test for asymmetry has the power to tell chance from bias, and none \
             should be used (Sterne et al. 2011).",
            if k == 1 { "is 1 study".to_owned() } else { format!("are {k} studies") }
        ));
    }
    if k > 1 {
        let q = kernel::fixed(effects.yi(), effects.vi()).q;
        let df = k as f64 - 1.0;
        let i2 = (100.0 * (q - df) / q).max(0.0);
        if i2 > 50.0 && chi2::sf(q, df) < 0.10 {
            text.push(format!(
                "The studies disagree (I² {}% from Q): asymmetry may come from heterogeneity, tests without an additive \
                 tau² are too often significant, and trim and fill fills in for heterogeneity (Terrin et al. 2003).",
                format_args!("{i2:.0}")
            ));
        }
    }
    text.push(
        "Asymmetry has other causes than unpublished studies, and adjusted effects are sensitivity analyses, not corrections."
            .to_owned(),
    );
    text.join(" ")
}
