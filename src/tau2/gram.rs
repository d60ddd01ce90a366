//! Weighted sums of products of columns, the part of a regression whose cost grows with k p².
//!
//! Columns are read in blocks that stay in the first cache. A block of one column is weighted once and multiplied with two
//! further columns at a time, in partial sums that do not wait for each other.

/// Studies in a block.
const BLOCK: usize = 128;

/// Partial sums of a product.
const LANES: usize = 4;

/// Adds Σᵢ wᵢ xᵢⱼ xᵢₗ for j ≤ l to `out[n]`, a p-by-p matrix in its lower triangle (by columns), for each of N vectors of
/// weights; `columns` are the k values of each of p columns, one column after the other.
pub(super) fn add_products<const N: usize>(columns: &[f64], weights: [&[f64]; N], mut out: [&mut [f64]; N]) {
    let k = weights.first().map_or(0, |w| w.len());
    if k == 0 {
        return;
    }
    let p = columns.len() / k;
    let mut weighted = [[0.0; BLOCK]; N];
    for start in (0..k).step_by(BLOCK) {
        let end = k.min(start + BLOCK);
        let column = |j: usize| &columns[j * k + start..j * k + end];
        for j in 0..p {
            let x = column(j);
            for (weighted, w) in weighted.iter_mut().zip(weights) {
                multiply(&w[start..end], x, weighted);
            }
            let mut l = j;
            while l + 1 < p {
                for (weighted, out) in weighted.iter().zip(out.iter_mut()) {
                    let (a, b) = two_dots(&weighted[..end - start], column(l), column(l + 1));
                    out[j * p + l] += a;
                    out[j * p + l + 1] += b;
                }
                l += 2;
            }
            if l < p {
                for (weighted, out) in weighted.iter().zip(out.iter_mut()) {
                    out[j * p + l] += dot(&weighted[..end - start], column(l));
                }
            }
        }
    }
}

/// Adds Σᵢ wᵢ xᵢⱼ to `out[j]`.
pub(super) fn add_sums(columns: &[f64], weights: &[f64], out: &mut [f64]) {
    for (out, column) in out.iter_mut().zip(columns.chunks_exact(weights.len().max(1))) {
        *out += dot(weights, column);
    }
}

fn multiply(a: &[f64], b: &[f64], out: &mut [f64]) {
    for (out, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
        *out = a * b;
    }
}

/// Σ aᵢbᵢ.
#[inline]
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for lane in 0..LANES {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    total(lanes) + rest
}

/// Σ wᵢaᵢ and Σ wᵢbᵢ.
#[inline]
fn two_dots(w: &[f64], a: &[f64], b: &[f64]) -> (f64, f64) {
    let (w_chunks, w_rest) = w.as_chunks::<LANES>();
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<LANES>();
    let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
    for (w, (a, b)) in w_chunks.iter().zip(a_chunks.iter().zip(b_chunks)) {
        for lane in 0..LANES {
            first[lane] += w[lane] * a[lane];
            second[lane] += w[lane] * b[lane];
        }
    }
    let (mut a_sum, mut b_sum) = (total(first), total(second));
    for (w, (a, b)) in w_rest.iter().zip(a_rest.iter().zip(b_rest)) {
        a_sum += w * a;
        b_sum += w * b;
    }
    (a_sum, b_sum)
}

fn total(lanes: [f64; LANES]) -> f64 {
    (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_definition_across_blocks() {
        for k in [1, 5, 127, 128, 131, 300] {
            let columns: Vec<f64> = (0..5 * k).map(|i| ((i * i) % 19) as f64 - 9.0).collect();
            let w: Vec<f64> = (0..k).map(|i| 1.0 + (i % 4) as f64).collect();
            let ww: Vec<f64> = w.iter().map(|w| w * w).collect();
            let (mut one, mut two) = (vec![0.0; 25], vec![0.0; 25]);
            add_products(&columns, [&w, &ww], [&mut one, &mut two]);
            let mut sums = vec![0.0; 5];
            add_sums(&columns, &w, &mut sums);
            for j in 0..5 {
                let exact = |l: usize, w: &[f64]| -> f64 {
                    (0..k).map(|i| w[i] * columns[j * k + i] * columns[l * k + i]).sum()
                };
                for l in j..5 {
                    // Whole numbers: sums are exact in any order.
                    assert_eq!(one[j * 5 + l], exact(l, &w));
                    assert_eq!(two[j * 5 + l], exact(l, &ww));
                }
                assert_eq!(sums[j], (0..k).map(|i| w[i] * columns[j * k + i]).sum::<f64>());
            }
        }
    }
}
