//! Any small data as a multilevel model of any structure: refused, or fitted to numbers.

use consilience::multilevel::{
    CoefficientInference, ComponentIntervals, Factor, Multilevel, RandomTerm, Structure,
};
use consilience::{EffectSizes, Measure};

use super::numbers::numbers;

const INFERENCES: [CoefficientInference; 5] = [
    CoefficientInference::Wald,
    CoefficientInference::T,
    CoefficientInference::Containment,
    CoefficientInference::Satterthwaite,
    CoefficientInference::KenwardRoger,
];

/// Structure, inference, what is held, the size of groups; then estimates and variances.
pub fn run(bytes: &[u8]) {
    let [structure, inference, held, size, bytes @ ..] = bytes else { return };
    let numbers = numbers(bytes);
    let k = (numbers.len() / 2).min(12);
    let vi: Vec<f64> = numbers[k..2 * k].iter().map(|v| v.abs()).collect();
    let labels = (0..k).map(|i| i.to_string());
    let Ok(effects) = EffectSizes::new(Measure::Generic, labels, &numbers[..k], vi) else { return };
    let size = usize::from(size % 5) + 1;
    let outer = Factor::new("outer", (0..k).map(|i| (i / size).to_string()));
    let inner = Factor::new("inner", (0..k).map(|i| (i % size % 3).to_string()));
    let (Ok(outer), Ok(inner)) = (outer, inner) else { return };
    let shapes =
        [Structure::Cs, Structure::Hcs, Structure::Un, Structure::Diag, Structure::Ar1, Structure::Car];
    let (model, name) = match usize::from(structure % 8) {
        6 | 7 => (Multilevel::new().random(RandomTerm::Intercept(outer)), "outer"),
        shape => (Multilevel::multivariate(inner, outer, shapes[shape]), "inner|outer"),
    };
    let model = match held % 4 {
        0 => model.fix(name, (0..held / 64 + 1).map(|at| (held >> at & 4 == 0).then_some(0.3))),
        _ => model,
    };
    let inference = INFERENCES[usize::from(*inference) % INFERENCES.len()];
    if let Ok(fit) = model.inference(inference).intervals(ComponentIntervals::Omit).fit(&effects) {
        assert!(!fit.to_string().contains("NaN"));
        assert!(fit.coefficients.iter().all(|c| !c.estimate.is_nan() && c.se >= 0.0));
    }
}
