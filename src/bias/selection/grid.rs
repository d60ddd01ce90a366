//! The pieces of the line over which a selection function is integrated.

use super::{Selection, SelectionFunction, likelihood::Precision};
use crate::stat::{Tail, normal, quadrature};

/// P values closer to 0 and 1 than this are kept there by `beta` and `power`.
pub(super) const CLIP: f64 = 1e-5;
/// Beyond this z the other functions are constant: p < 2e-19.
const FAR: f64 = 9.0;
/// A small power of p keeps changing: to p < 2e-308.
const FARTHER: f64 = 37.5;

/// ln w and its derivatives.
#[derive(Debug, Clone, Default)]
pub(super) struct Weight {
    pub ln: f64,
    pub first: Vec<f64>,
    /// m by m.
    pub second: Vec<f64>,
}

impl Weight {
    pub fn new(m: usize) -> Self {
        Weight { ln: 0.0, first: vec![0.0; m], second: vec![0.0; m * m] }
    }
}

/// A piece of the line of z.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Piece {
    /// w is constant between these ends.
    Constant(f64, f64),
    /// A node of a quadrature with its weight.
    Node(f64, f64),
}

impl Piece {
    /// A point of the piece, for its P value.
    pub fn at(self) -> f64 {
        match self {
            Piece::Node(z, _) => z,
            Piece::Constant(a, b) if a == f64::NEG_INFINITY => b - 1.0,
            Piece::Constant(a, b) if b == f64::INFINITY => a + 1.0,
            Piece::Constant(a, b) => 0.5 * (a + b),
        }
    }
}

/// All pieces.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub pieces: Vec<Piece>,
    precision: Precision,
}

impl Grid {
    fn constant(&mut self, a: f64, b: f64) {
        if b > a {
            self.pieces.push(Piece::Constant(a, b));
        }
    }

    /// Gauss-Legendre panels of at most 1.5: the integrand varies on the scale of 1.
    fn smooth(&mut self, a: f64, b: f64) {
        if !(b > a) {
            return;
        }
        let (points, width) = if self.precision == Precision::Exact { (16, 1.5) } else { (8, 2.25) };
        let rule = quadrature::gauss_legendre(points);
        let panels = ((b - a) / width).ceil().max(1.0);
        let half = 0.5 * (b - a) / panels;
        for i in 0..panels as usize {
            let middle = a + (2.0 * i as f64 + 1.0) * half;
            self.pieces.extend(rule.iter().map(|(x, w)| Piece::Node(middle + half * x, half * w)));
        }
    }

    /// Adds the mirror images of the pieces on the right.
    fn mirror(&mut self) {
        let images: Vec<Piece> = self
            .pieces
            .iter()
            .filter_map(|piece| match *piece {
                Piece::Constant(a, b) if a >= 0.0 => Some(Piece::Constant(-b, -a)),
                Piece::Node(z, w) => Some(Piece::Node(-z, w)),
                Piece::Constant(..) => None,
            })
            .collect();
        self.pieces.extend(images);
    }
}

impl Selection {
    /// The pieces of the line of z = y / √v over which ∫ w φ is taken.
    pub(super) fn grid(&self, two_sided: bool, precision: Precision) -> Grid {
        let z_of = |p: f64| normal::quantile(Tail::Upper(if two_sided { 0.5 * p } else { p }));
        let mut grid = Grid { pieces: Vec::new(), precision };
        if self.by_effect() {
            let cut = self.steps().first().copied().unwrap_or(0.0);
            grid.constant(cut, f64::INFINITY);
            grid.constant(f64::NEG_INFINITY, cut);
            return grid;
        }
        let cuts: Vec<f64> = self.steps().iter().map(|&step| z_of(step)).collect();
        // From the right: P values increase.
        if self.function() == SelectionFunction::Stepfun {
            let mut high = f64::INFINITY;
            for &cut in &cuts {
                grid.constant(cut, high);
                high = cut;
            }
            if two_sided {
                grid.constant(-high, high);
                grid.mirror();
            } else {
                grid.constant(f64::NEG_INFINITY, high);
            }
            return grid;
        }
        let far = if self.function() == SelectionFunction::Negexppow { FARTHER } else { FAR };
        let mut high = if self.clipped() { z_of(CLIP) } else { far };
        if let Some(&cut) = cuts.first() {
            high = high.min(cut);
        }
        grid.constant(high, f64::INFINITY);
        if !two_sided {
            let low = if self.clipped() { -z_of(CLIP) } else { -FAR };
            grid.smooth(low, high);
            grid.constant(f64::NEG_INFINITY, low);
            return grid;
        }
        if self.clipped() {
            let low = z_of(1.0 - CLIP);
            // 1 - p is nearly proportional to z there: a power of it needs pieces in proportion.
            let mut edges = vec![low];
            while edges.last().is_some_and(|&e| 4.0 * e < high.min(2.0)) {
                edges.extend(edges.last().map(|e| 4.0 * e));
            }
            edges.push(high);
            for pair in edges.windows(2) {
                grid.smooth(pair[0], pair[1]);
            }
            grid.constant(-low, low);
        } else {
            grid.smooth(0.0, high);
        }
        grid.mirror();
        grid
    }
}
