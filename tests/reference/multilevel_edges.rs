//! Multilevel models at the edge: components that are held, what cannot be estimated but need not be, order, back-transformation.
//! Values of metafor 5.0 where it says so.

use consilience::{
    EffectSizes, Measure,
    multilevel::{
        CoefficientInference, ComponentIntervals, Factor, KnownCorrelation, Multilevel, Places, RandomTerm,
        Structure,
    },
};

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-8 * expected.abs().max(1.0), "{got} {expected}");
}

fn five() -> (EffectSizes, Factor) {
    let effects = EffectSizes::new(
        Measure::Generic,
        ["1", "2", "3", "4", "5"],
        [-0.37, 0.32, -0.07, 0.53, 0.26],
        [0.59, 0.96, 0.94, 0.07, 0.45],
    )
    .unwrap();
    (effects, Factor::new("lab", ["A", "A", "B", "C", "B"]).unwrap())
}

/// With every variance held there is nothing whose uncertainty degrees of freedom could count: the normal distribution.
#[test]
fn held_components_leave_the_normal_distribution() {
    let (effects, lab) = five();
    for inference in [CoefficientInference::Satterthwaite, CoefficientInference::KenwardRoger] {
        let fit = Multilevel::nested([lab.clone()])
            .unwrap()
            .fix("lab", [Some(0.5)])
            .inference(inference)
            .fit(&effects)
            .unwrap();
        // Generalized least squares with the given variance, as metafor has it with sigma2 = 0.5.
        close(fit.coefficients[0].estimate, 0.23986506376255542);
        close(fit.coefficients[0].se, 0.490692331960721);
        assert_eq!(fit.coefficients[0].df, None);
        assert!(fit.notes.iter().any(|note| note.contains("held count as known")), "{:?}", fit.notes);
    }
}

/// One of two nested components held, by every inference.
#[test]
fn one_of_several_components_can_be_held() {
    let (effects, lab) = five();
    let each = Factor::each_effect("effect", 5).unwrap();
    for held in ["lab", "lab/effect"] {
        for inference in CoefficientInference::ALL.iter().copied() {
            let model = Multilevel::nested([lab.clone(), each.clone()]).unwrap().fix(held, [Some(0.2)]);
            let fit = model.inference(inference).fit(&effects).unwrap();
            assert!(fit.coefficients[0].se > 0.0, "{held} {inference}");
            let fixed = fit.variance_components.iter().find(|component| component.name == held).unwrap();
            close(fixed.sigma2, 0.2);
            assert_eq!((fixed.se, fixed.ci), (None, None));
        }
    }
}

/// metafor 5.0, `rma.mv(struct = "CS", rho = 0.5)`, of studies with one outcome each.
#[test]
fn a_held_correlation_needs_nothing_to_inform_it() {
    let labels = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"];
    let effects = EffectSizes::new(
        Measure::Generic,
        labels,
        [0.1, 0.5, -0.2, 0.4, 0.7, 0.3, 0.05, 0.9],
        [0.02, 0.03, 0.04, 0.02, 0.05, 0.03, 0.02, 0.04],
    )
    .unwrap();
    let outcome = Factor::new("outcome", ["a", "b", "a", "b", "a", "b", "a", "b"]).unwrap();
    let study = Factor::new("study", labels).unwrap();
    let model = Multilevel::multivariate(outcome.clone(), study.clone(), Structure::Cs);
    assert!(model.clone().fit(&effects).unwrap_err().to_string().contains("nothing informs the correlation"));
    let fit = model.fix("outcome|study", [None, Some(0.5)]).fit(&effects).unwrap();
    close(fit.coefficients[0].estimate, 0.331324183696209);
    close(fit.coefficients[0].se, 0.120370416323808);
    close(fit.structures[0].tau2[0], 0.0855843788869561);
    assert_eq!(fit.structures[0].rho, [Some(0.5)]);
}

#[test]
fn distances_beyond_numbers_are_refused() {
    let (effects, _) = five();
    for columns in [
        vec![vec![0.0, 1e300, -1.7e308, 1.7e308, 4.0], vec![0.0, 1.0, 0.0, 2.0, 1e160]],
        vec![vec![f64::MAX, -1e300, 0.0, 1.0, 2.0]],
        vec![vec![0.0, 1e-160, 1e150, 3.0, 4.0]],
    ] {
        let places = Places::new("x+y", columns).unwrap();
        for structure in [Structure::Spexp, Structure::Spgau, Structure::Splin] {
            let term = RandomTerm::map(places.clone(), structure).unwrap();
            match Multilevel::new().random(term).fit(&effects) {
                Ok(fit) => assert!(fit.coefficients[0].estimate.is_finite()),
                Err(error) => assert!(error.to_string().contains("distance"), "{error}"),
            }
        }
    }
}

/// The deleted fits come in the order of the rows, whatever the labels.
#[test]
fn factors_can_keep_the_order_of_rows() {
    let labels = (1..=12).map(|i| format!("{i} tree"));
    let factor = Factor::in_order("effect", labels).unwrap();
    assert_eq!(factor.codes(), (0..12).collect::<Vec<_>>());
    assert_eq!(factor.levels()[9], "10 tree");
}

/// An intercept-only model shows its mean on the original scale.
#[test]
fn means_are_back_transformed() {
    let (effects, lab) = five();
    let effects =
        EffectSizes::new(Measure::FisherZ, effects.labels().to_vec(), effects.yi(), effects.vi()).unwrap();
    let fit = Multilevel::nested([lab]).unwrap().fit(&effects).unwrap();
    close(fit.transformed.estimate.unwrap(), fit.coefficients[0].estimate.tanh());
    close(fit.transformed.ci_upper.unwrap(), fit.coefficients[0].ci_upper.tanh());
    close(fit.transformed.prediction_lower.unwrap(), fit.prediction.unwrap().lower.tanh());
}

/// A tree beside plain intercepts: its variance is that of every effect, so that shares of the total exist; and one column can be both.
#[test]
fn a_tree_has_shares_of_the_variance() {
    let names = ["a", "b", "c", "d"];
    let rows: Vec<&str> = (0..12).map(|i| names[i % 4]).collect();
    let y = [0.1, 0.5, 0.9, 1.4, 0.2, 0.7, 0.8, 1.2, -0.1, 0.4, 1.3, 1.6];
    let effects = EffectSizes::new(Measure::Generic, (0..12).map(|i| i.to_string()), y, [0.02; 12]).unwrap();
    let tree = KnownCorrelation::from_newick("((a:1,b:1):1,(c:1,d:1):1);").unwrap();
    let species = Factor::new("species", rows).unwrap();
    let fit = Multilevel::new()
        .random(RandomTerm::Intercept(species.clone()))
        .random(RandomTerm::Known { factor: species.renamed("species (correlated)"), correlation: tree })
        .intervals(ComponentIntervals::Omit)
        .fit(&effects)
        .unwrap();
    let [plain, known] = &fit.variance_components[..] else { panic!("{:?}", fit.variance_components) };
    let total = plain.sigma2 + known.sigma2;
    close(fit.residual_heterogeneity.tau2.unwrap(), total);
    let typical = fit.residual_heterogeneity.typical_variance.unwrap();
    close(known.i2.unwrap(), 100.0 * known.sigma2 / (total + typical));
    assert!(fit.prediction.is_some());
}

/// Many parameters without structure: the search ends, and an interval that is missing is accounted for in the notes.
#[test]
fn intervals_of_many_parameters_are_left_out_with_a_note() {
    let (studies, levels) = (12, 5);
    let (mut y, mut inner, mut outer) = (Vec::new(), Vec::new(), Vec::new());
    let mut state = 7_u64;
    for study in 0..studies {
        for level in 0..levels {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            y.push((state >> 40) as f64 / (1_u64 << 24) as f64);
            inner.push(format!("o{level}"));
            outer.push(format!("s{study}"));
        }
    }
    let k = y.len();
    let effects =
        EffectSizes::new(Measure::Generic, (0..k).map(|i| i.to_string()), y, vec![0.01; k]).unwrap();
    let model = Multilevel::multivariate(
        Factor::new("outcome", inner).unwrap(),
        Factor::new("study", outer).unwrap(),
        Structure::Un,
    );
    let fit = model.fit(&effects).unwrap();
    let missing = fit.structures[0].rho_ci.iter().any(Option::is_none);
    let noted = fit.notes.iter().any(|note| note.contains("no profile-likelihood interval"));
    assert!(noted || !missing, "{:?}", fit.notes);
}
