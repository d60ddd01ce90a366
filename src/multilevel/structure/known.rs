//! Levels with a known correlation matrix: species with a phylogeny, regions with a map, laboratories with shared stock.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Bound, VARIANCE};
use crate::linalg::symmetric_eigenvalues;
use crate::multilevel::factor::Factor;
use crate::{Error, Result};

/// The correlations of the levels of a factor, known beforehand.
///
/// ```
/// use consilience::multilevel::KnownCorrelation;
///
/// let tree = KnownCorrelation::from_newick("((human:1,chimp:1):3,mouse:4);")?;
/// assert_eq!(tree.correlation("human", "chimp"), Some(0.75));
/// assert_eq!(tree.correlation("human", "mouse"), Some(0.0));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownCorrelation {
    levels: Vec<String>,
    matrix: Vec<f64>,
}

impl KnownCorrelation {
    /// A symmetric positive semidefinite matrix, row by row, for named levels. A covariance matrix is brought to
    /// correlations.
    ///
    /// # Errors
    ///
    /// If the matrix has the wrong size, a diagonal value is not above 0, a value is not finite, or it is not symmetric or
    /// not positive semidefinite; if a name comes twice.
    pub fn new<N: Into<String>>(levels: impl IntoIterator<Item = N>, matrix: Vec<f64>) -> Result<Self> {
        let levels: Vec<String> = levels.into_iter().map(Into::into).collect();
        let n = levels.len();
        if n == 0 || matrix.len() != n * n {
            return Err(Error::data(
                format!("{} values for the correlations of {n} levels", matrix.len()),
                "a correlation matrix has one row and one column for each level",
            ));
        }
        let mut seen = std::collections::BTreeSet::new();
        if let Some(twice) = levels.iter().find(|level| !seen.insert(*level)) {
            return Err(Error::data(format!("level {twice} comes twice"), "name each level once"));
        }
        for a in 0..n {
            let diagonal = matrix[a * n + a];
            if !(diagonal > 0.0 && diagonal.is_finite()) {
                return Err(Error::data(
                    format!("the diagonal value of {} is {diagonal}", levels[a]),
                    "the diagonal of a correlation matrix is 1, of a covariance matrix above 0",
                ));
            }
        }
        let mut scaled = vec![0.0; n * n];
        for a in 0..n {
            for b in 0..n {
                let value = matrix[a * n + b] / (matrix[a * n + a] * matrix[b * n + b]).sqrt();
                let other = matrix[b * n + a] / (matrix[a * n + a] * matrix[b * n + b]).sqrt();
                if !(value.is_finite() && (value - other).abs() <= 1e-8) {
                    return Err(Error::data(
                        format!(
                            "the correlations of {} and {} are {value} and {other}",
                            levels[a], levels[b]
                        ),
                        "a correlation matrix is finite and symmetric",
                    ));
                }
                scaled[a * n + b] = if a == b { 1.0 } else { 0.5 * (value + other) };
            }
        }
        let smallest = symmetric_eigenvalues(&scaled, n).first().copied().unwrap_or(f64::NAN);
        if !(smallest >= -1e-8 * n as f64) {
            return Err(Error::data(
                format!("the correlation matrix of the levels has the eigenvalue {smallest:.3e}"),
                "a correlation matrix is positive semidefinite; check its entries",
            ));
        }
        Ok(KnownCorrelation { levels, matrix: scaled })
    }

    /// The correlations of the tips of a tree in Newick's format under Brownian motion: the shared length of the ways from
    /// the root, as a correlation (what `vcv(tree, corr = TRUE)` of R's ape gives).
    ///
    /// # Errors
    ///
    /// If the text is no tree, or a branch has no length.
    pub fn from_newick(text: &str) -> Result<Self> {
        let tips = Newick::read(text)?;
        let n = tips.len();
        let mut matrix = vec![0.0; n * n];
        for a in 0..n {
            for b in 0..n {
                let (x, y) = (&tips[a].1, &tips[b].1);
                let shared = x.iter().zip(y).take_while(|(x, y)| x.0 == y.0);
                matrix[a * n + b] = shared.map(|(x, _)| x.1).sum();
            }
        }
        KnownCorrelation::new(tips.into_iter().map(|(name, _)| name), matrix)
    }

    /// The names of the levels.
    pub fn levels(&self) -> &[String] {
        &self.levels
    }

    /// The correlation of two levels.
    pub fn correlation(&self, a: &str, b: &str) -> Option<f64> {
        let at = |name: &str| self.levels.iter().position(|level| level == name);
        Some(self.matrix[at(a)? * self.levels.len() + at(b)?])
    }
}

/// A tip: its name and the branches from the root to it, each by number and length.
type Tip = (String, Vec<(usize, f64)>);

/// The characters that end a name or a number.
const ENDS: &str = "(),:;";

/// A reader of trees that needs no recursion, so that depth does no harm.
struct Newick<'a> {
    rest: std::iter::Peekable<std::str::CharIndices<'a>>,
    tips: Vec<Tip>,
    /// For each open parenthesis the number of tips before it.
    open: Vec<usize>,
    /// The tips of the node that was read last: from here to the end.
    last: Option<usize>,
    branch: usize,
}

fn bad(at: usize, what: &str) -> Error {
    Error::data(
        format!("character {} of the tree: {what}", at + 1),
        "a tree looks like ((human:1,chimp:1):3,mouse:4);",
    )
}

impl<'a> Newick<'a> {
    fn read(text: &'a str) -> Result<Vec<Tip>> {
        let text = text.trim();
        let rest = text.char_indices().peekable();
        let mut tree = Newick { rest, tips: Vec::new(), open: Vec::new(), last: None, branch: 0 };
        let mut ended = false;
        while let Some((at, c)) = tree.rest.next() {
            if ended {
                return Err(bad(at, "text after the end of the tree"));
            }
            match c {
                c if c.is_whitespace() => {}
                '(' if tree.last.is_some() => return Err(bad(at, "a parenthesis where a comma must be")),
                '(' => tree.open.push(tree.tips.len()),
                ',' | ')' => tree.close(at, c)?,
                ':' => tree.length(at)?,
                ';' => ended = true,
                c => tree.name(at, c)?,
            }
        }
        if !tree.open.is_empty() || tree.tips.len() < 2 {
            return Err(bad(text.len().saturating_sub(1), "the tree does not close, or has no two tips"));
        }
        for tip in &mut tree.tips {
            tip.1.reverse();
        }
        Ok(tree.tips)
    }

    /// The characters up to the next that ends a word.
    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some((_, c)) = self.rest.next_if(|(_, c)| !ENDS.contains(*c)) {
            word.push(c);
        }
        word
    }

    /// A comma or a parenthesis after a node.
    fn close(&mut self, at: usize, c: char) -> Result<()> {
        if self.last.is_none() || self.open.is_empty() {
            return Err(bad(at, "a node is missing, or a parenthesis"));
        }
        self.last = None;
        if c == ')' {
            self.last = self.open.pop();
            // The name of an inner node is not needed.
            self.word();
        }
        Ok(())
    }

    /// The length of the branch to the node that was read last.
    fn length(&mut self, at: usize) -> Result<()> {
        let Some(from) = self.last else { return Err(bad(at, "a length without a node")) };
        let length: f64 = self.word().trim().parse().map_err(|_| bad(at, "the length is no number"))?;
        if !(length >= 0.0 && length.is_finite()) {
            return Err(bad(at, "a length must be 0 or more"));
        }
        self.branch += 1;
        for tip in &mut self.tips[from..] {
            tip.1.push((self.branch, length));
        }
        Ok(())
    }

    /// A tip whose name begins with `c`.
    fn name(&mut self, at: usize, c: char) -> Result<()> {
        if self.last.is_some() {
            return Err(bad(at, "a name where a comma must be"));
        }
        let mut name = String::new();
        if c == '\'' {
            loop {
                match self.rest.next() {
                    Some((_, '\'')) if self.rest.next_if(|(_, c)| *c == '\'').is_some() => name.push('\''),
                    Some((_, '\'')) => break,
                    Some((_, c)) => name.push(c),
                    None => return Err(bad(at, "a quoted name without an end")),
                }
            }
        } else {
            name.push(c);
            name.push_str(&self.word());
            name = name.trim().replace('_', " ");
        }
        self.last = Some(self.tips.len());
        self.tips.push((name, Vec::new()));
        Ok(())
    }
}

/// One variance times known correlations.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::multilevel) struct KnownShape {
    levels: usize,
    matrix: Vec<f64>,
}

impl KnownShape {
    /// The correlations of the levels of a factor.
    ///
    /// # Errors
    ///
    /// If a level is not among those of the matrix.
    pub fn new(factor: &Factor, known: &KnownCorrelation) -> Result<Self> {
        let places: BTreeMap<&str, usize> =
            known.levels.iter().enumerate().map(|(at, level)| (level.as_str(), at)).collect();
        let mut order = Vec::with_capacity(factor.levels().len());
        for level in factor.levels() {
            let place = places.get(level.as_str()).or_else(|| places.get(level.replace('_', " ").as_str()));
            match place {
                Some(place) => order.push(*place),
                None => {
                    return Err(Error::data(
                        format!("level {level} is not in the correlation matrix"),
                        "the matrix needs a row and a column for each level",
                    )
                    .in_column(factor.name()));
                }
            }
        }
        let (n, all) = (order.len(), known.levels.len());
        let matrix = (0..n * n).map(|at| known.matrix[order[at / n] * all + order[at % n]]).collect();
        Ok(KnownShape { levels: n, matrix })
    }

    /// The levels that are correlated, directly or through others: the set of each.
    pub fn sets(&self) -> Vec<usize> {
        let n = self.levels;
        let mut set = vec![usize::MAX; n];
        let mut count = 0;
        for first in 0..n {
            if set[first] != usize::MAX {
                continue;
            }
            let mut reached = vec![first];
            set[first] = count;
            while let Some(a) = reached.pop() {
                for (b, own) in set.iter_mut().enumerate() {
                    if *own == usize::MAX && self.matrix[a * n + b] != 0.0 {
                        *own = count;
                        reached.push(b);
                    }
                }
            }
            count += 1;
        }
        set
    }

    pub fn bounds(&self) -> Vec<Bound> {
        vec![VARIANCE]
    }

    pub fn start(&self, tau2: f64, _rho: f64) -> Vec<f64> {
        vec![tau2]
    }

    pub fn entry(&self, theta: &[f64], i: usize, j: usize) -> f64 {
        theta[0] * self.matrix[i * self.levels + j]
    }

    pub fn first(&self, _theta: &[f64], i: usize, j: usize, mut out: impl FnMut(usize, f64)) {
        out(0, self.matrix[i * self.levels + j]);
    }

    pub fn second(&self, _theta: &[f64], _i: usize, _j: usize, _out: impl FnMut(usize, usize, f64)) {}

    pub fn report(&self, theta: &[f64], scale: f64) -> (Vec<f64>, Vec<Option<f64>>) {
        (vec![theta[0] * scale], Vec::new())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn trees_are_read_with_names_and_lengths() {
        // By hand: A and B share 2 of 5, C none; unequal lengths.
        let tree = KnownCorrelation::from_newick("((A_a:3,'B:b':3.0)x:2, C:4):0.0;").unwrap();
        assert_eq!(tree.levels(), ["A a", "B:b", "C"]);
        assert!((tree.correlation("A a", "B:b").unwrap() - 0.4).abs() < 1e-15);
        assert_eq!(tree.correlation("A a", "C"), Some(0.0));
        for bad in ["", "A", "(A:1,B:1", "(A:1,B:x);", "(A:1,B:-1);", "(A:1 B:1);", "(A:1,B:1);(", "(,A:1);"]
        {
            assert!(KnownCorrelation::from_newick(bad).is_err(), "{bad}");
        }
        // Depth does no harm.
        let deep = format!("{}A:1{}", "(".repeat(100_000), "):1".repeat(100_000));
        assert!(KnownCorrelation::from_newick(&deep).is_err());
    }

    #[test]
    fn what_is_no_correlation_matrix_is_refused() {
        let error = |matrix: Vec<f64>| KnownCorrelation::new(["a", "b"], matrix).unwrap_err().to_string();
        assert!(error(vec![1.0, 0.5, 0.4, 1.0]).contains("symmetric"));
        assert!(error(vec![1.0, 2.0, 2.0, 1.0]).contains("eigenvalue"));
        assert!(error(vec![1.0, 0.5, 0.5, 0.0]).contains("diagonal value of b"));
        assert!(error(vec![1.0]).contains("2 levels"));
        let known = KnownCorrelation::new(["a", "b"], vec![4.0, 1.0, 1.0, 1.0]).unwrap();
        assert_eq!(known.correlation("a", "b"), Some(0.5));
        let factor = Factor::new("species", ["a", "c"]).unwrap();
        assert!(KnownShape::new(&factor, &known).unwrap_err().to_string().contains("level c"));
    }
}
