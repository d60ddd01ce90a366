//! The logarithm of a product of many factors: one is taken of many together, which are multiplied as long as their product is far
//! from the ends of the doubles.

/// Products with all their digits; the doubles end at 1e±308.
const RANGE: std::ops::Range<f64> = 1e-200..1e200;

/// A product of positive factors of any size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogProduct {
    product: f64,
    /// The logarithm of the factors that are not in `product`.
    taken: f64,
}

impl LogProduct {
    /// The product of no factors.
    pub const ONE: Self = LogProduct { product: 1.0, taken: 0.0 };

    /// Takes in a factor.
    #[inline(always)]
    pub fn multiply(&mut self, factor: f64) {
        let product = self.product * factor;
        if RANGE.contains(&product) {
            self.product = product;
        } else {
            self.take(factor);
        }
    }

    #[cold]
    fn take(&mut self, factor: f64) {
        self.taken += self.product.ln() + factor.ln();
        self.product = 1.0;
    }

    /// The logarithm; not finite if a factor was 0, negative, infinite or no number.
    pub fn ln(self) -> f64 {
        self.taken + self.product.ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_of_any_size_add_up() {
        let factors = [3.0, 1e-300, 1e-300, 5e-324, 7.0, 1e300, 1e305, 0.5, f64::MAX, 1e-100];
        let mut product = LogProduct::ONE;
        factors.iter().for_each(|factor| product.multiply(*factor));
        let sum: f64 = factors.iter().map(|factor| factor.ln()).sum();
        approx::assert_relative_eq!(product.ln(), sum, max_relative = 1e-14);
        for wrong in [0.0, -1.0, f64::INFINITY, f64::NAN] {
            let mut product = LogProduct::ONE;
            product.multiply(wrong);
            assert!(!product.ln().is_finite());
        }
    }
}
