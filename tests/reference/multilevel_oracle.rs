//! Models that the reference cases do not have: spatial structures, random slopes, known correlations, held components,
//! degrees of freedom, influence; against `tests/data/multilevel/oracle.csv`.

use std::collections::BTreeMap;

use consilience::multilevel::{
    CoefficientInference, ComponentIntervals, Design, Estimation, Factor, KnownCorrelation, Multilevel,
    MultilevelFit, Places, RandomTerm, SamplingCovariance, Structure,
};
use consilience::{EffectSizes, Measure};

struct Oracle(BTreeMap<(String, String), f64>);

impl Oracle {
    fn read() -> Self {
        let text = std::fs::read_to_string(path("multilevel/oracle.csv")).unwrap();
        let rows = text.lines().skip(1).filter_map(|line| {
            let mut fields = line.rsplitn(2, ',');
            let value = fields.next()?.parse().ok()?;
            let (case, quantity) = fields.next()?.rsplit_once(',')?;
            Some(((case.to_owned(), quantity.to_owned()), value))
        });
        Oracle(rows.collect())
    }

    fn get(&self, case: &str, quantity: &str) -> f64 {
        *self.0.get(&(case.to_owned(), quantity.to_owned())).unwrap_or_else(|| panic!("{case} {quantity}"))
    }

    /// A value, `within` the precision at which the optimizer behind it stops: about four digits of single variances, six of what
    /// is made of all.
    fn close(&self, case: &str, quantity: &str, got: f64, within: f64) {
        let expected = self.get(case, quantity);
        assert!(
            (got - expected).abs() <= within * (1e-3 + expected.abs()),
            "{case} {quantity}: {got} instead of {expected}"
        );
    }

    /// Several values, or one.
    fn all(&self, case: &str, quantity: &str, got: &[f64], within: f64) {
        for (at, value) in got.iter().enumerate() {
            let name = if got.len() == 1 { quantity.to_owned() } else { format!("{quantity}.{}", at + 1) };
            self.close(case, &name, *value, within);
        }
    }

    /// Estimates to the precision with which the oracle's optimizers find them, the likelihood better.
    fn basics(&self, case: &str, fit: &MultilevelFit, within: f64) {
        let ll = self.get(case, "ll");
        assert!(
            (fit.fit.log_likelihood - ll).abs() < 2e-8 * (1.0 + ll.abs()),
            "{case}: {}",
            fit.fit.log_likelihood
        );
        assert!(fit.optimization.converged, "{case}");
        let pick = |f: fn(&consilience::multilevel::MultilevelCoefficient) -> f64| {
            fit.coefficients.iter().map(f).collect::<Vec<f64>>()
        };
        self.all(case, "b", &pick(|c| c.estimate), within);
        self.all(case, "se", &pick(|c| c.se), within);
        let sigma2: Vec<f64> = fit.variance_components.iter().map(|component| component.sigma2).collect();
        self.all(case, "sigma2", &sigma2, within);
        for structure in &fit.structures {
            self.all(case, "tau2", &structure.tau2, within);
            let rho: Vec<f64> = structure.rho.iter().flatten().copied().collect();
            self.all(case, "rho", &rho, within);
        }
    }
}

fn path(name: &str) -> String {
    format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A CSV file without quoted fields.
struct Data(BTreeMap<String, Vec<String>>);

impl Data {
    fn read(name: &str) -> Self {
        let text = std::fs::read_to_string(path(name)).unwrap();
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().unwrap().split(',').map(|name| name.trim_matches('"')).collect();
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in lines {
            for (name, field) in names.iter().zip(line.split(',')) {
                columns.entry((*name).to_owned()).or_default().push(field.trim().to_owned());
            }
        }
        Data(columns)
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        self.0[name].iter().map(|field| field.parse().unwrap_or(f64::NAN)).collect()
    }

    fn factor(&self, name: &str) -> Factor {
        Factor::new(name, self.0[name].clone()).unwrap()
    }

    fn effects(&self) -> EffectSizes {
        let labels = (1..=self.numbers("yi").len()).map(|i| i.to_string());
        EffectSizes::new(Measure::Generic, labels, self.numbers("yi"), self.numbers("vi")).unwrap()
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

/// The design with each of its columns times a covariate besides.
fn with_products(design: Design, name: &str, covariate: &[f64]) -> Design {
    let cells = design.clone();
    cells.names().iter().zip(cells.columns()).fold(design, |design, (cell, column)| {
        let product: Vec<f64> = column.iter().zip(covariate).map(|(a, b)| a * b).collect();
        design.column(format!("{cell}:{name}"), product).unwrap()
    })
}

fn schools() -> Data {
    Data::read("multilevel/konstantopoulos2011.csv")
}

fn quick(model: Multilevel) -> Multilevel {
    model.intervals(ComponentIntervals::Omit)
}

#[test]
fn spatial_structures() {
    let (oracle, data) = (Oracle::read(), schools());
    let effects = data.effects();
    let places = Places::new("x+y", vec![data.numbers("x"), data.numbers("y")]).unwrap();
    for structure in [Structure::Spexp, Structure::Spgau, Structure::Sprat, Structure::Spsph] {
        let model = quick(Multilevel::nested([data.factor("study")]).unwrap()).random(RandomTerm::Spatial {
            places: places.clone(),
            outer: data.factor("district"),
            structure,
        });
        oracle.basics(&format!("spatial-{structure}"), &model.fit(&effects).unwrap(), 2e-4);
    }
    let map = quick(Multilevel::new()).random(RandomTerm::map(places, Structure::Spexp).unwrap());
    oracle.basics("spatial-map-SPEXP-ML", &map.method(Estimation::Ml).fit(&effects).unwrap(), 2e-4);
    // The likelihood of the linear structure has kinks: the maximum is at one of them.
    let line = quick(Multilevel::nested([data.factor("study")]).unwrap()).random(RandomTerm::Spatial {
        places: Places::new("z", vec![data.numbers("z")]).unwrap(),
        outer: data.factor("district"),
        structure: Structure::Splin,
    });
    oracle.basics("spatial-line-SPLIN", &line.fit(&effects).unwrap(), 2e-4);
}

/// Steps along a ring of districts, in the order of their means.
#[test]
fn given_distances() {
    let (oracle, data) = (Oracle::read(), schools());
    let district = data.factor("district");
    let mean = |rows: &[usize]| rows.iter().map(|&i| data.numbers("yi")[i]).sum::<f64>() / rows.len() as f64;
    let means: Vec<f64> = (0..district.levels().len())
        .map(|code| {
            mean(&(0..district.len()).filter(|&i| district.codes()[i] == code).collect::<Vec<usize>>())
        })
        .collect();
    let place = |a: usize| means.iter().filter(|mean| **mean < means[a]).count();
    let n = means.len();
    let ring = (0..n * n).map(|at| {
        let steps = place(at / n).abs_diff(place(at % n));
        steps.min(n - steps) as f64
    });
    let places = Places::with_distances(&district, district.levels().to_vec(), ring.collect()).unwrap();
    let model = quick(Multilevel::nested([data.factor("study")]).unwrap())
        .random(RandomTerm::map(places, Structure::Spexp).unwrap());
    oracle.basics("spatial-ring-SPEXP", &model.fit(&data.effects()).unwrap(), 2e-4);
}

#[test]
fn random_slopes() {
    let (oracle, data) = (Oracle::read(), schools());
    let effects = data.effects();
    for (case, structure) in [("slopes-GEN", Structure::Gen), ("slopes-GDIAG", Structure::Gdiag)] {
        let model = quick(Multilevel::nested([data.factor("study")]).unwrap())
            .moderator("z", data.numbers("z"))
            .random(RandomTerm::Slopes {
                covariates: Design::with_intercept(effects.len()).column("z", data.numbers("z")).unwrap(),
                outer: data.factor("district"),
                structure,
            });
        let fit = model.fit(&effects).unwrap();
        assert_eq!(fit.structures[0].name, "1+z|district");
        oracle.basics(case, &fit, 2e-4);
        // Two coefficients for each of the 11 districts, besides the 56 deviations of schools.
        assert_eq!(fit.random_effects().unwrap().len(), 22 + 56);
    }
}

#[test]
fn known_correlations() {
    let (oracle, data) = (Oracle::read(), schools());
    let effects = data.effects();
    let district = data.factor("district");
    let n = district.levels().len();
    let matrix = (0..n * n).map(|at| 0.8_f64.powi((at / n).abs_diff(at % n) as i32)).collect();
    let correlation = KnownCorrelation::new(district.levels().to_vec(), matrix).unwrap();
    let line = Factor::new("line", data.0["district"].clone()).unwrap();
    let known = RandomTerm::Known { factor: line, correlation };
    let model = quick(Multilevel::new()).random(known.clone());
    oracle.basics("known-alone", &model.fit(&effects).unwrap(), 2e-6);
    let model =
        model.random(RandomTerm::Intercept(district)).random(RandomTerm::Intercept(data.factor("study")));
    oracle.basics("known", &model.fit(&effects).unwrap(), 2e-6);
    // The correlation matrix of independent levels is a plain intercept.
    let district = data.factor("district");
    let unit = (0..n * n).map(|at| f64::from(u8::from(at / n == at % n))).collect();
    let independent = KnownCorrelation::new(district.levels().to_vec(), unit).unwrap();
    let known = quick(Multilevel::new())
        .random(RandomTerm::Known { factor: district.clone(), correlation: independent })
        .fit(&effects)
        .unwrap();
    let plain = quick(Multilevel::nested([district]).unwrap()).fit(&effects).unwrap();
    assert!((known.variance_components[0].sigma2 - plain.variance_components[0].sigma2).abs() < 1e-11);
    assert!((known.fit.log_likelihood - plain.fit.log_likelihood).abs() < 1e-10);
}

fn berkey() -> (Data, SamplingCovariance) {
    let data = Data::read("metafor/data/berkey1998.csv");
    let sampling =
        SamplingCovariance::columns(data.factor("trial"), vec![data.numbers("v1i"), data.numbers("v2i")]);
    (data, sampling)
}

fn outcomes(structure: Structure) -> (EffectSizes, Multilevel) {
    let (data, sampling) = berkey();
    let model = Multilevel::multivariate(data.factor("outcome"), data.factor("trial"), structure)
        .moderators(data.cell_means("outcome"))
        .sampling(sampling);
    (data.effects(), model)
}

#[test]
fn held_and_shared_components() {
    let (oracle, data) = (Oracle::read(), schools());
    let effects = data.effects();
    let nested = quick(Multilevel::nested([data.factor("district"), data.factor("school")]).unwrap());
    let fit = nested.clone().fix("district/school", [Some(0.05)]).fit(&effects).unwrap();
    oracle.basics("held-intercept", &fit, 2e-6);
    oracle.close("held-intercept", "aic", fit.fit.aic, 1e-8);
    assert!(fit.notes.iter().any(|note| note.contains("held")));
    let cs = quick(Multilevel::multivariate(data.factor("school"), data.factor("district"), Structure::Cs));
    oracle.basics("held-rho", &cs.fix("school|district", [None, Some(0.5)]).fit(&effects).unwrap(), 2e-6);
    let (effects2, model) = outcomes(Structure::Hcs);
    let fit = quick(model).fix("outcome|trial", [Some(0.03), None, None]).fit(&effects2).unwrap();
    oracle.basics("held-hcs", &fit, 1e-5);
    let (effects2, model) = outcomes(Structure::Un);
    let fit = quick(model).fix("outcome|trial", [0.03, 0.01, 0.5].map(Some)).fit(&effects2).unwrap();
    oracle.basics("held-un", &fit, 1e-8);
    assert_eq!(fit.optimization.parameters, 0);
    // One variance for two factors is what the likelihood has on the diagonal: no other pair of equal values is better.
    let shared = nested.clone().share("district", "district/school").fit(&effects).unwrap();
    let at = shared.variance_components[0].sigma2;
    assert_eq!(at, shared.variance_components[1].sigma2);
    let equal = |value: f64| {
        let fixed = nested.clone().fix("district", [Some(value)]).fix("district/school", [Some(value)]);
        fixed.fit(&effects).unwrap().fit.log_likelihood
    };
    assert!((equal(at) - shared.fit.log_likelihood).abs() < 1e-10);
    assert!(equal(at * 1.01) < shared.fit.log_likelihood && equal(at * 0.99) < shared.fit.log_likelihood);
    let error = nested.clone().fix("town", [Some(0.1)]).fit(&effects).unwrap_err().to_string();
    assert!(error.contains("town"), "{error}");
    let error = nested.fix("district", [Some(-0.1)]).fit(&effects).unwrap_err().to_string();
    assert!(error.contains("0 or more"), "{error}");
}

#[test]
fn intervals_and_standard_errors_of_components() {
    let (oracle, data) = (Oracle::read(), schools());
    let effects = data.effects();
    let (effects2, model) = outcomes(Structure::Un);
    let fit = model.fit(&effects2).unwrap();
    let structure = &fit.structures[0];
    let ends = |ci: Option<[Option<f64>; 2]>| ci.unwrap().map(Option::unwrap);
    // The oracle finds these ends by a search to four digits or so.
    oracle.all("un-intervals", "tau2.1.ci", &ends(structure.tau2_ci[0]), 1e-3);
    oracle.all("un-intervals", "tau2.2.ci", &ends(structure.tau2_ci[1]), 1e-3);
    oracle.all("un-intervals", "rho.ci", &ends(structure.rho_ci[0]), 1e-3);
    let errors = [structure.tau2_se[0], structure.tau2_se[1], structure.rho_se[0]].map(Option::unwrap);
    // Its Hessian is made of differences.
    oracle.all("un-intervals", "component.se", &errors, 1e-4);
    let nested = Multilevel::nested([data.factor("district"), data.factor("school")]).unwrap();
    let fit = nested.fit(&effects).unwrap();
    let errors: Vec<f64> = fit.variance_components.iter().map(|c| c.se.unwrap()).collect();
    oracle.all("nested-se", "sigma2.se", &errors, 1e-4);
    let cs = Multilevel::multivariate(data.factor("school"), data.factor("district"), Structure::Cs);
    let fit = cs.fit(&effects).unwrap();
    let structure = &fit.structures[0];
    oracle.all("cs-se", "component.se", &[structure.tau2_se[0].unwrap(), structure.rho_se[0].unwrap()], 1e-4);
    oracle.all("cs-se", "tau2.ci", &ends(structure.tau2_ci[0]), 1e-3);
    oracle.all("cs-se", "rho.ci", &ends(structure.rho_ci[0]), 1e-3);
}

#[test]
fn degrees_of_freedom() {
    let (oracle, data) = (Oracle::read(), schools());
    let effects = data.effects();
    let nested = quick(Multilevel::nested([data.factor("district"), data.factor("school")]).unwrap());
    let dfs = |fit: &MultilevelFit| fit.coefficients.iter().map(|c| c.df.unwrap()).collect::<Vec<f64>>();
    let contain = |case: &str, model: Multilevel| {
        let fit = model.inference(CoefficientInference::Containment).fit(&effects).unwrap();
        oracle.all(case, "df", &dfs(&fit), 1e-12);
        fit
    };
    let (z, between) = (data.numbers("z"), data.numbers("between"));
    for (case, model) in [
        ("contain ~ z", nested.clone().moderator("z", z.clone())),
        ("contain ~ between", nested.clone().moderator("between", between.clone())),
        (
            "contain ~ between + z",
            nested.clone().moderator("between", between.clone()).moderator("z", z.clone()),
        ),
        (
            "contain ~ between - 1",
            nested.clone().moderators(
                Design::without_intercept(between.len()).column("between", between.clone()).unwrap(),
            ),
        ),
    ] {
        let fit = contain(case, model);
        oracle.close(case, "qmdf", fit.moderator_test.unwrap().df2.unwrap(), 1e-12);
        let p: Vec<f64> = fit.coefficients.iter().map(|c| c.p_value.unwrap()).collect();
        oracle.all(case, "p", &p, 1e-6);
    }
    let crossed = quick(Multilevel::nested([data.factor("district")]).unwrap())
        .random(RandomTerm::Intercept(data.factor("year")))
        .moderator("between", between.clone())
        .moderator("z", z.clone())
        .moderator("year", data.numbers("year"));
    contain("contain crossed", crossed);

    let small = |case: &str, model: &Multilevel, effects: &EffectSizes| {
        let fit = model.clone().inference(CoefficientInference::Satterthwaite).fit(effects).unwrap();
        oracle.all(case, "df", &dfs(&fit), 1e-5);
        oracle.close(case, "fai.df2", fit.moderator_test.unwrap().df2.unwrap(), 1e-5);
        let fit = model.clone().inference(CoefficientInference::KenwardRoger).fit(effects).unwrap();
        let ses: Vec<f64> = fit.coefficients.iter().map(|c| c.se).collect();
        oracle.all(case, "kr.se", &ses, 1e-6);
        oracle.all(case, "df", &dfs(&fit), 1e-5);
        let test = fit.moderator_test.unwrap();
        oracle.close(case, "kr.F", test.statistic, 1e-5);
        oracle.close(case, "kr.df2", test.df2.unwrap(), 1e-5);
    };
    small("small-nested", &nested.clone().moderator("z", z).moderator("between", between), &effects);
    let (effects2, model) = outcomes(Structure::Un);
    small("small-un", &quick(model), &effects2);
    let ml = nested.method(Estimation::Ml).inference(CoefficientInference::KenwardRoger);
    assert!(ml.fit(&effects).unwrap_err().to_string().contains("REML"));
}

#[test]
fn influence_of_clusters_and_effects() {
    let (oracle, data) = (Oracle::read(), schools());
    let effects = data.effects();
    let check = |case: &str, model: &Multilevel, effects: &EffectSizes, cluster: &Factor| {
        let fit = model.fit(effects).unwrap();
        let influence = fit.influence(cluster).unwrap();
        // The oracle's optimizer stops at about four digits of the variances without a cluster.
        let pick = |f: &dyn Fn(&consilience::multilevel::Without) -> f64| -> Vec<f64> {
            influence.clusters.iter().map(|c| f(c.without.as_ref().unwrap())).collect()
        };
        oracle.all(case, "cook", &pick(&|w| w.cook_distance), 5e-4);
        oracle.all(case, "x2", &pick(&|w| w.residual_chi2), 5e-4);
        for j in 0..influence.terms.len() {
            oracle.all(case, &format!("dfbetas{}", j + 1), &pick(&|w| w.dfbetas[j]), 5e-4);
        }
        if influence.clusters.iter().all(|c| c.k == 1) {
            oracle.all(case, "z", &pick(&|w| w.rstudent.unwrap()), 5e-4);
        }
        let weights = fit.weights().unwrap();
        oracle.all(case, "hat", &weights.iter().map(|w| w.hat).collect::<Vec<f64>>(), 1e-5);
        oracle.all(case, "weight.diagonal", &weights.iter().map(|w| w.diagonal).collect::<Vec<f64>>(), 1e-5);
        let sum: f64 = influence.clusters.iter().map(|c| c.hat).sum();
        assert!((sum - influence.terms.len() as f64).abs() < 1e-9);
        weights
    };
    let nested = quick(Multilevel::nested([data.factor("district"), data.factor("school")]).unwrap());
    let weights = check("influence-districts", &nested, &effects, &data.factor("district"));
    let sums: Vec<f64> = weights.iter().map(|w| w.weight).collect();
    oracle.all("influence-districts", "weight.rowsum", &sums, 1e-5);
    let model = nested.moderator("z", data.numbers("z"));
    check("influence-moderator", &model, &effects, &data.factor("district"));
    check("influence-effects", &model, &effects, &Factor::each_effect("effect", 56).unwrap());
    let (effects2, model) = outcomes(Structure::Un);
    check("influence-un", &quick(model), &effects2, &berkey().0.factor("trial"));
}

#[test]
fn multivariate_shares_of_heterogeneity() {
    let oracle = Oracle::read();
    let (effects, model) = outcomes(Structure::Un);
    let fit = quick(model).fit(&effects).unwrap();
    oracle.close("jackson", "all", fit.residual_heterogeneity.jackson_i2.unwrap(), 1e-6);
    oracle.all(
        "jackson",
        "each",
        &fit.coefficients.iter().map(|c| c.i2.unwrap()).collect::<Vec<f64>>(),
        1e-6,
    );
    oracle.close("jackson", "level.AL", fit.structures[0].i2[0].unwrap(), 1e-6);
    oracle.close("jackson", "level.PD", fit.structures[0].i2[1].unwrap(), 1e-6);
}

#[test]
fn a_new_school_of_a_known_district() {
    let (oracle, data) = (Oracle::read(), schools());
    let effects = data.effects();
    let model = quick(Multilevel::nested([data.factor("district"), data.factor("school")]).unwrap());
    let fit = model.fit(&effects).unwrap();
    for level in ["12", "71"] {
        let got = fit.predict_within("district", level, &[1.0]).unwrap();
        oracle.close(&format!("within-{level}"), "estimate", got.estimate, 1e-6);
        oracle.close(&format!("within-{level}"), "se", got.se, 1e-6);
        assert!((got.variance_within - fit.variance_components[1].sigma2).abs() < 1e-12);
        // The mean of a district is the mean and its predicted deviation.
        let deviations = fit.random_effects().unwrap();
        let own = deviations.iter().find(|d| d.term == "district" && d.level == level).unwrap();
        assert!((got.estimate - fit.coefficients[0].estimate - own.estimate).abs() < 1e-12);
    }
    let error = fit.predict_within("district", "13", &[1.0]).unwrap_err().to_string();
    assert!(error.contains("13"), "{error}");
}

#[test]
fn published_multivariate_reviews() {
    let oracle = Oracle::read();
    // Kalaian and Raudenbush (1996), doi:10.1037/1082-989X.1.3.227: coaching for the SAT.
    let data = Data::read("multilevel/kalaian1996.csv");
    let labels = data.factor("label");
    let keep: Vec<usize> = (0..labels.len()).filter(|&i| data.numbers("hours")[i].is_finite()).collect();
    let bivariate = |rows: &[usize], hours: bool| {
        let pick = |name: &str| rows.iter().map(|&i| data.0[name][i].clone()).collect::<Vec<_>>();
        let part = Data(data.0.keys().map(|name| (name.clone(), pick(name))).collect());
        let mut design = part.cell_means("outcome");
        if hours {
            let centred = part.numbers("hours").iter().map(|h| h.ln() - 3.0).collect::<Vec<f64>>();
            design = with_products(design, "hours", &centred);
        }
        let study = part.factor("label");
        quick(Multilevel::multivariate(part.factor("outcome"), study.clone(), Structure::Un))
            .moderators(design)
            .sampling(SamplingCovariance::constant(0.66, study))
            .fit(&part.effects())
            .unwrap()
    };
    // With a correlation of -1 the likelihood is flat along the edge, where the oracle stops at three digits.
    oracle.basics("kalaian-un", &bivariate(&(0..labels.len()).collect::<Vec<_>>(), false), 2e-3);
    oracle.basics("kalaian-hours", &bivariate(&keep, true), 2e-3);

    // van Houwelingen, Arends and Stijnen (2002), doi:10.1002/sim.1040, pages 601 and 612: variances 2.407 and 1.431,
    // covariance 1.757 for the log odds of the control and the vaccinated group.
    let data = Data::read("multilevel/houwelingen2002.csv");
    let model = quick(Multilevel::multivariate(data.factor("group"), data.factor("trial"), Structure::Un))
        .method(Estimation::Ml);
    let group = data.cell_means("group");
    let fit = model.clone().moderators(group.clone()).fit(&data.effects()).unwrap();
    let structure = &fit.structures[0];
    assert!((structure.tau2[0] - 2.4073).abs() < 5e-5 && (structure.tau2[1] - 1.4314).abs() < 5e-5);
    let covariance = structure.rho[0].unwrap() * (structure.tau2[0] * structure.tau2[1]).sqrt();
    assert!((covariance - 1.7573).abs() < 5e-5, "{covariance}");
    for (coefficient, (estimate, se)) in fit.coefficients.iter().zip([(-4.0960, 0.4347), (-4.8337, 0.3396)]) {
        assert!((coefficient.estimate - estimate).abs() < 5e-5 && (coefficient.se - se).abs() < 5e-5);
    }
    let ll = oracle.get("houwelingen-ml", "ll");
    assert!((fit.fit.log_likelihood - ll).abs() < 1e-7);
    let ablat: Vec<f64> = data.numbers("ablat").iter().map(|x| x - 33.0).collect();
    let fit = model.moderators(with_products(group, "ablat", &ablat)).fit(&data.effects()).unwrap();
    assert!((fit.fit.log_likelihood - oracle.get("houwelingen-ablat-ml", "ll")).abs() < 1e-7);
}

#[test]
fn several_treatments_against_one_control() {
    // Gleser and Olkin (2009), The Handbook of Research Synthesis and Meta-Analysis, 2nd edition, chapter 19, table 19.1:
    // risk differences that share a control group.
    let oracle = Oracle::read();
    let data = Data::read("multilevel/gleser2009.csv");
    let study = data.factor("study");
    let sampling =
        SamplingCovariance::columns(study.clone(), ["v1", "v2", "v3"].map(|v| data.numbers(v)).to_vec());
    let model = quick(Multilevel::new()).sampling(sampling);
    let fit = model.fit(&data.effects()).unwrap();
    oracle.close("gleser", "b", fit.coefficients[0].estimate, 1e-9);
    oracle.close("gleser", "se", fit.coefficients[0].se, 1e-9);
    oracle.close("gleser", "q", fit.residual_heterogeneity.q.unwrap(), 1e-9);
    let random = model.random(RandomTerm::Intercept(study));
    oracle.basics("gleser-random", &random.fit(&data.effects()).unwrap(), 2e-5);
}

#[test]
fn bootstrap_agrees_with_theory_and_repeats_itself() {
    let data = schools();
    let effects = data.effects();
    let model = quick(Multilevel::nested([data.factor("district"), data.factor("school")]).unwrap());
    let fit = model.fit(&effects).unwrap();
    let drawn = fit.bootstrap(400, 7).unwrap();
    assert_eq!(drawn, fit.bootstrap(400, 7).unwrap());
    assert_eq!(drawn.replicates, 400);
    // The standard deviation of 400 draws is within 5 of its own standard errors, 1/sqrt(800) of it.
    let se = fit.coefficients[0].se;
    assert!((drawn.coefficients[0].se - se).abs() < 5.0 * se / 800_f64.sqrt() + 0.05 * se, "{drawn:?}");
    assert!(drawn.components.iter().all(|c| c.lower <= c.estimate && c.estimate <= c.upper), "{drawn:?}");
    // A variance far from 0 is never reached by chance; one that the data do not have is.
    let schools_only = quick(Multilevel::nested([data.factor("study")]).unwrap());
    let test = fit.bootstrap_test(&schools_only, 200, 1).unwrap();
    assert!(test.p_value < 0.01, "{test:?}");
    let with_year = model.clone().random(RandomTerm::Intercept(data.factor("x")));
    let test = with_year.fit(&effects).unwrap().bootstrap_test(&model, 200, 1).unwrap();
    let asymptotic = with_year.fit(&effects).unwrap().compare(&fit).unwrap();
    let p = asymptotic.boundary_p_value.unwrap();
    // Three standard errors of a share of 200 at one half are 0.11; the mixture itself is asymptotic.
    assert!((test.p_value - p).abs() < 0.12, "{test:?} {p}");
}
