//! Published multilevel and multivariate analyses, and identities between models.

use consilience::multilevel::{
    ComponentIntervals, Design, Estimation, Factor, Multilevel, RandomTerm, SamplingCovariance, Structure,
};
use consilience::pool::RandomEffects;
use consilience::robust::{RobustFit, RobustType};
use consilience::tau2::Tau2;
use consilience::{EffectSizes, Measure};

/// The columns of a CSV file without quoted fields.
fn read(path: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let path = format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let names: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    let mut columns = vec![Vec::new(); names.len()];
    for line in lines {
        for (column, field) in columns.iter_mut().zip(line.split(',')) {
            column.push(field.to_owned());
        }
    }
    (names, columns)
}

struct Data(Vec<String>, Vec<Vec<String>>);

impl Data {
    fn read(path: &str) -> Self {
        let (names, columns) = read(path);
        Data(names, columns)
    }

    fn text(&self, name: &str) -> Vec<String> {
        self.1[self.0.iter().position(|known| known == name).unwrap()].clone()
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        self.text(name).iter().map(|field| field.parse().unwrap()).collect()
    }

    fn factor(&self, name: &str) -> Factor {
        Factor::new(name, self.text(name)).unwrap()
    }

    fn effects(&self, label: &str) -> EffectSizes {
        EffectSizes::new(Measure::Generic, self.text(label), self.numbers("yi"), self.numbers("vi")).unwrap()
    }

    /// A column of 0 and 1 for each level, no intercept.
    fn cell_means(&self, name: &str) -> Design {
        let factor = self.factor(name);
        factor.levels().iter().enumerate().fold(
            Design::without_intercept(factor.len()),
            |design, (level, label)| {
                let column: Vec<f64> =
                    factor.codes().iter().map(|&code| f64::from(u8::from(code == level))).collect();
                design.column(format!("{name}{label}"), column).unwrap()
            },
        )
    }
}

fn close(got: f64, expected: f64, within: f64) {
    assert!((got - expected).abs() <= within, "{got} instead of {expected}");
}

#[test]
fn konstantopoulos_2011() {
    // Konstantopoulos S. (2011). Research Synthesis Methods 2, 61-76. doi:10.1002/jrsm.35; digits beyond those printed
    // there as on metafor's page of that analysis.
    let data = Data::read("metafor/data/konstantopoulos2011.csv");
    let model = Multilevel::nested([data.factor("district"), data.factor("school")]).unwrap();
    let fit = model.fit(&data.effects("study")).unwrap();
    close(fit.variance_components[0].sigma2, 0.06506194, 5e-9);
    close(fit.variance_components[1].sigma2, 0.03273651, 1e-8);
    close(fit.coefficients[0].estimate, 0.1847132, 5e-8);
    close(fit.coefficients[0].se, 0.08455592, 5e-9);
    assert!(fit.optimization.converged && fit.optimization.boundary.is_empty());
    let text = fit.to_string();
    assert!(text.contains("sigma^2.1  0.0651  0.2551     11  0.0222  0.2072"), "{text}");
    assert!(text.contains("Q(df = 55) = 578.8640, p-val < .0001"), "{text}");
    // I² by level as on metafor's page on I² for multilevel models: 95.19, of which 63.32 and 31.86.
    close(fit.residual_heterogeneity.i2.unwrap(), 95.19, 5e-3);
    close(fit.variance_components[0].i2.unwrap(), 63.32, 5e-3);
    close(fit.variance_components[1].i2.unwrap(), 31.86, 5e-3);
    // ranef() of metafor 3.8: the sum of the deviations of a component is not far from 0.
    let deviations = fit.random_effects().unwrap();
    assert_eq!(deviations.len(), 11 + 56);
}

#[test]
fn berkey_1998() {
    // Berkey C. S. et al. (1998). Statistics in Medicine 17, 2537-2550: the model without moderators, ML.
    let data = Data::read("metafor/data/berkey1998.csv");
    let fit = Multilevel::multivariate(data.factor("outcome"), data.factor("trial"), Structure::Un)
        .moderators(data.cell_means("outcome"))
        .sampling(SamplingCovariance::columns(
            data.factor("trial"),
            vec![data.numbers("v1i"), data.numbers("v2i")],
        ))
        .method(Estimation::Ml)
        .fit(&data.effects("trial"))
        .unwrap();
    close(fit.coefficients[0].estimate, -0.3379, 5e-5);
    close(fit.coefficients[0].se, 0.0798, 5e-5);
    close(fit.coefficients[1].estimate, 0.3448, 5e-5);
    close(fit.coefficients[1].se, 0.0495, 5e-5);
    close(fit.structures[0].tau2[0], 0.0261, 5e-5);
    close(fit.structures[0].tau2[1], 0.0070, 5e-5);
    close(fit.structures[0].rho[0].unwrap(), 0.6992, 5e-5);
    assert!(fit.to_string().contains("rho      0.6992"), "{fit}");
}

#[test]
fn ishak_2007() {
    // Ishak K. J. et al. (2007). Clinical Trials 4, 525-539. doi:10.1177/1740774507083567, as fitted by metafor 3.8
    // (four digits agree with metafor's page of that analysis).
    let data = Data::read("ishak2007/data.csv");
    let fit = |structure: Structure| {
        Multilevel::multivariate(data.factor("time"), data.factor("study"), structure)
            .moderators(data.cell_means("time"))
            .sampling(SamplingCovariance::autoregressive(0.97, data.factor("study"), data.numbers("time")))
            .intervals(ComponentIntervals::Omit)
            .fit(&data.effects("study"))
            .unwrap()
    };
    let check = |structure: Structure, log_likelihood: f64, b: [f64; 4], tau2: &[f64], rho: &[f64]| {
        let fit = fit(structure);
        close(fit.fit.log_likelihood, log_likelihood, 5e-9);
        for (coefficient, b) in fit.coefficients.iter().zip(b) {
            close(coefficient.estimate, b, 5e-5);
        }
        assert_eq!(fit.structures[0].tau2.len(), tau2.len());
        for (got, tau2) in fit.structures[0].tau2.iter().zip(tau2) {
            close(*got, *tau2, 5e-4);
        }
        assert_eq!(fit.structures[0].rho.len(), rho.len());
        for (got, rho) in fit.structures[0].rho.iter().zip(rho) {
            close(got.unwrap(), *rho, 5e-5);
        }
    };
    check(
        Structure::Diag,
        -246.333164083,
        [-25.1626, -27.2260, -28.3155, -25.6520],
        &[11.2635, 16.1512, 13.7694, 10.1246],
        &[],
    );
    let ar = ([-25.9418, -27.3937, -28.7054, -26.3970], [26.6875], [0.8656]);
    check(Structure::Ar1, -232.270176685, ar.0, &ar.1, &ar.2);
    check(Structure::Car, -232.270176685, ar.0, &ar.1, &ar.2);
    check(
        Structure::Har1,
        -231.362359211,
        [-25.9047, -27.4608, -28.6559, -26.4934],
        &[22.7258, 33.7294, 26.1426, 31.1803],
        &[0.8832],
    );
    check(
        Structure::Hcs,
        -231.918365387,
        [-25.8814, -27.3293, -28.6510, -26.6631],
        &[20.8629, 32.7429, 27.6593, 32.1908],
        &[0.8609],
    );
    check(Structure::Cs, -232.808762012, [-25.9418, -27.3024, -28.6562, -26.5431], &[26.8074], &[0.8420]);
    check(
        Structure::Un,
        -229.701986438,
        [-25.7858, -27.6842, -28.6350, -26.9919],
        &[20.2277, 31.8914, 25.7282, 34.0123],
        &[0.90541, 0.78200, 0.87195, 0.82382, 0.71229, 0.88706],
    );
    check(Structure::Id, -246.546700027, [-25.1841, -27.2199, -28.3425, -25.6064], &[13.5859], &[]);
}

#[test]
fn an_effect_level_alone_is_the_random_effects_model() {
    let data = Data::read("metafor/data/konstantopoulos2011.csv");
    let effects = data.effects("study");
    for (method, estimation) in [(Tau2::Reml, Estimation::Reml), (Tau2::Ml, Estimation::Ml)] {
        let pooled = RandomEffects::new(method).fit(&effects).unwrap();
        let fit =
            Multilevel::nested([data.factor("study")]).unwrap().method(estimation).fit(&effects).unwrap();
        let relative = |got: f64, expected: f64| close(got, expected, 1e-10 * expected.abs());
        relative(fit.variance_components[0].sigma2, pooled.heterogeneity.tau2.unwrap());
        relative(fit.coefficients[0].estimate, pooled.estimate);
        relative(fit.coefficients[0].se, pooled.se);
        relative(fit.residual_heterogeneity.q.unwrap(), pooled.heterogeneity.q.unwrap());
        relative(fit.residual_heterogeneity.i2.unwrap(), pooled.heterogeneity.i2.unwrap());
        relative(fit.fit.log_likelihood, pooled.fit.unwrap().log_likelihood);
        relative(fit.fit.deviance, pooled.fit.unwrap().deviance);
        relative(fit.fit.aicc, pooled.fit.unwrap().aicc);
    }
}

#[test]
fn compound_symmetry_is_two_nested_levels() {
    let data = Data::read("metafor/data/assink2016.csv");
    let effects = data.effects("id");
    let nested = Multilevel::nested([data.factor("study"), data.factor("esid")])
        .unwrap()
        .intervals(ComponentIntervals::Omit)
        .fit(&effects)
        .unwrap();
    let symmetric = Multilevel::multivariate(data.factor("esid"), data.factor("study"), Structure::Cs)
        .fit(&effects)
        .unwrap();
    let (outer, inner) = (nested.variance_components[0].sigma2, nested.variance_components[1].sigma2);
    close(symmetric.structures[0].tau2[0], outer + inner, 1e-9);
    close(symmetric.structures[0].rho[0].unwrap(), outer / (outer + inner), 1e-9);
    close(symmetric.fit.log_likelihood, nested.fit.log_likelihood, 1e-9);
}

#[test]
fn correlated_hierarchical_effects_in_one_call() {
    let data = Data::read("metafor/data/assink2016.csv");
    let effects = data.effects("id");
    let study = data.factor("study");
    let short = Multilevel::correlated_hierarchical(study.clone(), 0.6).unwrap().fit(&effects).unwrap();
    let long = Multilevel::nested([study.clone(), data.factor("esid")])
        .unwrap()
        .sampling(SamplingCovariance::constant(0.6, study.clone()))
        .robust(RobustType::Cr2, study)
        .fit(&effects)
        .unwrap();
    assert_eq!(short.coefficients, long.coefficients);
    assert_eq!(short.robust.as_ref().unwrap().clusters, 17);
    // The same after the fit, through the trait of all models.
    let plain = Multilevel::nested([data.factor("study"), data.factor("esid")])
        .unwrap()
        .sampling(SamplingCovariance::constant(0.6, data.factor("study")))
        .fit(&effects)
        .unwrap();
    let after =
        plain.cluster_robust(&data.text("study"), RobustType::Cr2).unwrap().coefficients(0.95).unwrap();
    close(after[0].se, short.coefficients[0].se, 1e-12);
    close(after[0].df, short.coefficients[0].df.unwrap(), 1e-9);
}

#[test]
fn what_cannot_be_is_said() {
    let data = Data::read("metafor/data/konstantopoulos2011.csv");
    let effects = data.effects("study");
    let (district, school, year) = (data.factor("district"), data.factor("school"), data.factor("year"));
    let error = Multilevel::nested([district.clone(), school])
        .unwrap()
        .random(RandomTerm::Intercept(year.clone()))
        .robust(RobustType::Cr2, district.clone())
        .fit(&effects)
        .unwrap_err()
        .to_string();
    assert!(error.contains("depends, by a random effect"), "{error}");
    let design = Design::with_intercept(56).column("a", vec![2.0; 56]).unwrap();
    let error = Multilevel::nested([district.clone()])
        .unwrap()
        .moderators(design)
        .fit(&effects)
        .unwrap_err()
        .to_string();
    assert!(error.contains("`a` is a linear combination"), "{error}");
    let error =
        Multilevel::nested([district.clone()]).unwrap().level(95.0).fit(&effects).unwrap_err().to_string();
    assert!(error.contains("0.95"), "{error}");
    // A variance at the edge is data, with a note.
    let fit =
        Multilevel::nested([district]).unwrap().random(RandomTerm::Intercept(year)).fit(&effects).unwrap();
    assert_eq!(fit.variance_components[1].sigma2 == 0.0, fit.notes.iter().any(|note| note.contains("year")));
}
