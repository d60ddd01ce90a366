//! Correlations that fall with the distance between places.
//!
//! `G_ij = τ² f(d_ij/ρ)`, ρ the range, with
//!
//! | structure | f(z) |
//! |---|---|
//! | `SPEXP` | exp(−z) |
//! | `SPGAU` | exp(−z²) |
//! | `SPLIN` | 1 − z, 0 for z > 1 |
//! | `SPRAT` | 1/(1 + z²) |
//! | `SPSPH` | 1 − 1.5 z + 0.5 z³, 0 for z > 1 |
//!
//! The parameters are τ² and log(ρ/d₀), d₀ the median distance: smooth and flat towards both ends, where all places are
//! independent (ρ → 0) and all are one (ρ → ∞).

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Bound, Structure, VARIANCE};
use crate::multilevel::factor::Factor;
use crate::{Error, Result};

/// The metric of distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Metric {
    /// The straight line.
    #[default]
    Euclidean,
    /// The sum of the absolute differences.
    Manhattan,
    /// The largest absolute difference.
    Maximum,
    /// Kilometers on the earth between a first coordinate, the latitude, and a second, the longitude, in degrees: along
    /// the ellipsoid WGS84, to first order in its flattening (Andoyer; Meeus 1998, Astronomical Algorithms, chapter 11).
    GreatCircle,
}

crate::codes::codes!(Metric, "distance" {
    Euclidean "euclidean" [], Manhattan "manhattan" [], Maximum "maximum" [], GreatCircle "great-circle" ["gcd"],
});

impl Metric {
    fn distance(self, a: &[f64], b: &[f64]) -> f64 {
        let differences = a.iter().zip(b).map(|(a, b)| (a - b).abs());
        match self {
            Metric::Euclidean => differences.map(|d| d * d).sum::<f64>().sqrt(),
            Metric::Manhattan => differences.sum(),
            Metric::Maximum => differences.fold(0.0, f64::max),
            Metric::GreatCircle => match (a, b) {
                (&[lat_a, lon_a], &[lat_b, lon_b]) => great_circle(lat_a, lon_a, lat_b, lon_b),
                _ => 0.0,
            },
        }
    }
}

/// Kilometers between two points given in degrees.
fn great_circle(lat_a: f64, lon_a: f64, lat_b: f64, lon_b: f64) -> f64 {
    const RADIUS: f64 = 6378.137;
    const FLATTENING: f64 = 1.0 / 298.257_223_563;
    let f = (0.5 * (lat_a + lat_b)).to_radians();
    let g = (0.5 * (lat_a - lat_b)).to_radians();
    let l = (0.5 * (lon_a - lon_b)).to_radians();
    let square = |x: f64| x * x;
    let s = square(g.sin() * l.cos()) + square(f.cos() * l.sin());
    let c = square(g.cos() * l.cos()) + square(f.sin() * l.sin());
    if s == 0.0 {
        return 0.0;
    }
    let w = (s / c).sqrt().atan();
    let r = (s * c).sqrt() / w;
    if c == 0.0 {
        // Antipodes: half of the way round, without the correction, which does not exist there.
        return std::f64::consts::PI * RADIUS;
    }
    let h1 = (3.0 * r - 1.0) / (2.0 * c);
    let h2 = (3.0 * r + 1.0) / (2.0 * s);
    2.0 * w * RADIUS * (1.0 + FLATTENING * (h1 * square(f.sin() * g.cos()) - h2 * square(f.cos() * g.sin())))
}

/// The place of each effect.
///
/// ```
/// use consilience::multilevel::Places;
///
/// let places = Places::new("lat+lon", vec![vec![52.2, 51.5, 53.5], vec![-2.2, -0.1, -2.2]])?;
/// assert_eq!(places.len(), 3);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Places {
    name: String,
    sites: Sites,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Sites {
    /// For each dimension the coordinate of each effect.
    Coordinates { columns: Vec<Vec<f64>>, metric: Metric },
    /// The site of each effect, and the distances between sites, row by row.
    Distances { sites: Vec<String>, codes: Vec<usize>, matrix: Vec<f64> },
}

impl Places {
    /// One column of coordinates for each dimension, with one value for each effect; Euclidean distances.
    ///
    /// # Errors
    ///
    /// If there is no column, the columns differ in length, or a coordinate is not finite.
    pub fn new(name: impl Into<String>, coordinates: Vec<Vec<f64>>) -> Result<Self> {
        let name = name.into();
        let k = coordinates.first().map_or(0, Vec::len);
        if k == 0 || coordinates.iter().any(|column| column.len() != k) {
            return Err(Error::data(
                format!("{} columns of coordinates, of unequal length or empty", coordinates.len()),
                "a place needs the same number of coordinates for each effect",
            )
            .in_column(name));
        }
        for column in &coordinates {
            if let Some(row) = column.iter().position(|x| !x.is_finite()) {
                return Err(Error::data(format!("coordinate {}", column[row]), "coordinates must be finite")
                    .in_row(row + 1)
                    .in_column(name));
            }
        }
        Ok(Places { name, sites: Sites::Coordinates { columns: coordinates, metric: Metric::Euclidean } })
    }

    /// Sites with the distances between them, row by row: hours of travel, steps in a network, genetic distances. `site` names
    /// the site of each effect, `sites` the rows and columns of the matrix; sites without effects are left out.
    ///
    /// Distances that are not those of points in space can give a covariance that is not positive definite for some ranges;
    /// the search leaves these out.
    ///
    /// ```
    /// use consilience::multilevel::{Factor, Places};
    ///
    /// let site = Factor::new("clinic", ["A", "B", "B", "C"])?;
    /// let hours = vec![0.0, 1.0, 2.5, 1.0, 0.0, 2.0, 2.5, 2.0, 0.0];
    /// let places = Places::with_distances(&site, ["A", "B", "C"], hours)?;
    /// assert_eq!(places.len(), 4);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the matrix has the wrong size, is not symmetric or has a negative or infinite distance, or one on the diagonal that is
    /// not 0; if a name comes twice, or an effect's site has no distances.
    pub fn with_distances<N: Into<String>>(
        site: &Factor,
        sites: impl IntoIterator<Item = N>,
        distances: Vec<f64>,
    ) -> Result<Self> {
        let names: Vec<String> = sites.into_iter().map(Into::into).collect();
        let n = names.len();
        let here = |error: Error| Err(error.in_column(site.name()));
        if distances.len() != n * n {
            return here(Error::data(
                format!("{} values for the distances of {n} sites", distances.len()),
                "a matrix of distances has one row and one column for each site",
            ));
        }
        let place = places_by_name(&names).map_err(|error| error.in_column(site.name()))?;
        check_distances(&names, &distances).map_err(|error| error.in_column(site.name()))?;
        // Levels of the factor that no effect has any more need no distances.
        let mut used: Vec<Option<usize>> = vec![None; site.levels().len()];
        let (mut kept, mut codes) = (Vec::new(), Vec::with_capacity(site.len()));
        for &code in site.codes() {
            let label = &site.levels()[code];
            let Some(&at) = place.get(label.as_str()) else {
                return here(Error::data(
                    format!("site {label} has no distances"),
                    "name every site in the header of the matrix",
                ));
            };
            codes.push(*used[code].get_or_insert_with(|| {
                kept.push(at);
                kept.len() - 1
            }));
        }
        let matrix = kept.iter().flat_map(|&a| kept.iter().map(move |&b| (a, b)));
        let matrix = matrix.map(|(a, b)| distances[a * n + b]).collect();
        let sites = kept.iter().map(|&at| names[at].clone()).collect();
        Ok(Places { name: site.name().to_owned(), sites: Sites::Distances { sites, codes, matrix } })
    }

    /// Another way to measure distances between coordinates.
    ///
    /// # Errors
    ///
    /// If distances on the earth are asked for and the coordinates are not a latitude and a longitude, or if the distances
    /// are given.
    pub fn metric(mut self, metric: Metric) -> Result<Self> {
        let Sites::Coordinates { columns, metric: own } = &mut self.sites else {
            return Err(Error::setting(
                "distance",
                format!("{metric:?} for `{}`", self.name),
                "its distances are given: leave the metric out",
            ));
        };
        if metric == Metric::GreatCircle {
            let [latitudes, _] = &columns[..] else {
                return Err(Error::setting(
                    "distance",
                    format!("great-circle with {} coordinates", columns.len()),
                    "distances on the earth need a latitude and a longitude, in this order",
                ));
            };
            if let Some(row) = latitudes.iter().position(|latitude| latitude.abs() > 90.0) {
                return Err(Error::data(
                    format!("latitude {}", latitudes[row]),
                    "the first coordinate is the latitude, from -90 to 90 degrees",
                )
                .in_row(row + 1)
                .in_column(self.name));
            }
        }
        *own = metric;
        Ok(self)
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The places of these effects only.
    pub(in crate::multilevel) fn subset(&self, rows: &[usize]) -> Places {
        let mut part = self.clone();
        match &mut part.sites {
            Sites::Coordinates { columns, .. } => {
                for column in columns {
                    *column = rows.iter().map(|&row| column[row]).collect();
                }
            }
            Sites::Distances { codes, .. } => *codes = rows.iter().map(|&row| codes[row]).collect(),
        }
        part
    }

    /// The coordinates or the site of an effect, as text.
    pub(in crate::multilevel) fn label(&self, row: usize) -> String {
        match &self.sites {
            Sites::Coordinates { columns, .. } => {
                let place: Vec<String> = columns.iter().map(|column| column[row].to_string()).collect();
                place.join(", ")
            }
            Sites::Distances { sites, codes, .. } => sites[codes[row]].clone(),
        }
    }

    /// The number of effects.
    #[allow(clippy::len_without_is_empty)] // there is always at least one
    pub fn len(&self) -> usize {
        match &self.sites {
            Sites::Coordinates { columns, .. } => columns.first().map_or(0, Vec::len),
            Sites::Distances { codes, .. } => codes.len(),
        }
    }

    /// A distance that is no number.
    fn too_far(&self, codes: &[usize], i: usize, j: usize, distance: f64) -> Error {
        let row = |code: usize| codes.iter().position(|own| *own == code).map_or(0, |row| row + 1);
        Error::data(
            format!("the distance between the places of rows {} and {} is {distance}", row(i), row(j)),
            "it is beyond the range of numbers: check the coordinates, or give them in another unit",
        )
        .in_column(&self.name)
    }

    /// The distinct place of each effect, and the distances between them.
    fn distinct(&self) -> (Vec<usize>, Distances) {
        match &self.sites {
            Sites::Coordinates { columns, metric } => {
                let mut codes = Vec::with_capacity(self.len());
                let mut known: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
                let mut points: Vec<Vec<f64>> = Vec::new();
                for row in 0..self.len() {
                    let point: Vec<f64> = columns.iter().map(|column| column[row] + 0.0).collect();
                    let key: Vec<u64> = point.iter().map(|x| x.to_bits()).collect();
                    let code = *known.entry(key).or_insert_with(|| {
                        points.push(point);
                        points.len() - 1
                    });
                    codes.push(code);
                }
                (codes, Distances::between(points, *metric))
            }
            Sites::Distances { sites, codes, matrix } => {
                (codes.clone(), Distances::Matrix { n: sites.len(), values: matrix.as_slice().into() })
            }
        }
    }
}

/// Distances between distinct places.
#[derive(Debug, Clone, PartialEq)]
enum Distances {
    /// Row by row, shared by the copies of a term.
    Matrix { n: usize, values: Arc<[f64]> },
    /// Of so many places that a matrix would be too large.
    Points { points: Vec<Vec<f64>>, metric: Metric },
}

impl Distances {
    /// Up to so many places the distances are computed beforehand.
    const TABULATED: usize = 1024;

    fn between(points: Vec<Vec<f64>>, metric: Metric) -> Self {
        let n = points.len();
        if n > Self::TABULATED {
            return Distances::Points { points, metric };
        }
        let values = points.iter().flat_map(|a| points.iter().map(|b| metric.distance(a, b))).collect();
        Distances::Matrix { n, values }
    }

    fn of(&self, i: usize, j: usize) -> f64 {
        match self {
            Distances::Matrix { n, values } => values[i * n + j],
            Distances::Points { points, metric } => metric.distance(&points[i], &points[j]),
        }
    }
}

/// A spatial structure over the distinct places.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::multilevel) struct SpatialShape {
    structure: Structure,
    distances: Distances,
    /// d₀, the median distance between places of one group.
    unit: f64,
    /// log(ρ/d₀) of all but independent places, and of all but identical ones.
    ends: [f64; 2],
}

/// The position of each site.
fn places_by_name(names: &[String]) -> Result<BTreeMap<&str, usize>> {
    let mut place = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        if place.insert(name.as_str(), at).is_some() {
            return Err(Error::data(format!("site {name} comes twice"), "name each site once"));
        }
    }
    Ok(place)
}

/// Refuses what is no matrix of distances between the sites.
fn check_distances(names: &[String], distances: &[f64]) -> Result<()> {
    let n = names.len();
    for a in 0..n {
        for b in 0..=a {
            let (there, back) = (distances[a * n + b], distances[b * n + a]);
            // Distances that were written with ten digits may differ in the last of them.
            if !(there >= 0.0 && there.is_finite() && (there - back).abs() <= 1e-9 * there) {
                return Err(Error::data(
                    format!(
                        "the distances from {} to {} and back are {there} and {back}",
                        names[a], names[b]
                    ),
                    "distances are finite, not below 0, and the same in both directions",
                ));
            }
            if a == b && there > 0.0 {
                return Err(Error::data(
                    format!("the distance from {} to itself is {there}", names[a]),
                    "the diagonal of a matrix of distances is 0",
                ));
            }
        }
    }
    Ok(())
}

impl Places {
    /// The distances above 0 between the places within each level of a factor.
    fn within(&self, outer: &Factor, codes: &[usize], between: &Distances) -> Result<Vec<f64>> {
        let mut distances = Vec::new();
        for members in outer.members() {
            let mut own: Vec<usize> = members.iter().map(|&row| codes[row]).collect();
            own.sort_unstable();
            own.dedup();
            for (at, &i) in own.iter().enumerate() {
                for &j in &own[at + 1..] {
                    let distance = between.of(i, j);
                    if !distance.is_finite() {
                        return Err(self.too_far(codes, i, j, distance));
                    }
                    if distance > 0.0 {
                        distances.push(distance);
                    }
                }
            }
        }
        Ok(distances)
    }
}

impl SpatialShape {
    /// The structure with the place of each effect.
    ///
    /// # Errors
    ///
    /// If no group has two places and the range is not `held`, or a distance is beyond the range of numbers.
    pub fn new(
        structure: Structure,
        places: &Places,
        outer: &Factor,
        held: bool,
    ) -> Result<(Self, Vec<usize>)> {
        let (codes, between) = places.distinct();
        let mut distances = places.within(outer, &codes, &between)?;
        if distances.is_empty() && held {
            distances.push(1.0);
        }
        if distances.is_empty() {
            return Err(Error::model(
                format!(
                    "{}|{}: no level of {} has two places, so that nothing informs the range",
                    places.name,
                    outer.name(),
                    outer.name()
                ),
                "use an intercept of that factor",
            ));
        }
        distances.sort_by(f64::total_cmp);
        let unit = distances[distances.len() / 2];
        let (least, most) = (distances[0] / unit, distances[distances.len() - 1] / unit);
        // Where the correlation at the least distance is below 1e-16, and where that at the largest is 1 - 1e-6 or so.
        let below = match structure {
            Structure::Spgau => 1.8,
            Structure::Sprat => 18.0,
            Structure::Splin | Structure::Spsph => 0.0,
            _ => 3.6,
        };
        let ends = [least.ln() - below, most.ln() + 14.0];
        if !(ends[0].is_finite() && ends[1].is_finite()) {
            return Err(Error::data(
                format!(
                    "the distances between places go from {:e} to {:e}",
                    distances[0],
                    distances[distances.len() - 1]
                ),
                "their ratio is beyond the range of numbers: check the coordinates",
            )
            .in_column(&places.name));
        }
        Ok((SpatialShape { structure, distances: between, unit, ends }, codes))
    }

    pub fn bounds(&self) -> Vec<Bound> {
        let [lower, upper] = self.ends;
        vec![VARIANCE, Bound { lower, upper, size: 1.0 }]
    }

    /// `rho` is the correlation at the median distance.
    pub fn start(&self, tau2: f64, rho: f64) -> Vec<f64> {
        let rho = rho.clamp(0.02, 0.98);
        let z = match self.structure {
            Structure::Spgau => (-rho.ln()).sqrt(),
            Structure::Splin => 1.0 - rho,
            Structure::Sprat => (1.0 / rho - 1.0).sqrt(),
            // Between the line from (0, 1) to (1, 0) and its tangent.
            Structure::Spsph => (1.0 - rho) / 1.4,
            _ => -rho.ln(),
        };
        vec![tau2, (-z.ln()).clamp(self.ends[0], self.ends[1])]
    }

    /// f, and its first and second derivatives by log ρ.
    fn correlation(&self, i: usize, j: usize, log_range: f64) -> (f64, f64, f64) {
        if i == j {
            return (1.0, 0.0, 0.0);
        }
        let z = self.distances.of(i, j) / self.unit * (-log_range).exp();
        let (f, first, second) = match self.structure {
            Structure::Spgau => {
                let f = (-z * z).exp();
                (f, -2.0 * z * f, (4.0 * z * z - 2.0) * f)
            }
            Structure::Splin | Structure::Spsph if z >= 1.0 => (0.0, 0.0, 0.0),
            Structure::Splin => (1.0 - z, -1.0, 0.0),
            Structure::Sprat => {
                let f = 1.0 / (1.0 + z * z);
                (f, -2.0 * z * f * f, -2.0 * f * f + 8.0 * z * z * f * f * f)
            }
            Structure::Spsph => (1.0 + z * (0.5 * z * z - 1.5), 1.5 * (z * z - 1.0), 3.0 * z),
            _ => {
                let f = (-z).exp();
                (f, -f, f)
            }
        };
        (f, -z * first, z * first + z * z * second)
    }

    pub fn entry(&self, theta: &[f64], i: usize, j: usize) -> f64 {
        theta[0] * self.correlation(i, j, theta[1]).0
    }

    pub fn first(&self, theta: &[f64], i: usize, j: usize, mut out: impl FnMut(usize, f64)) {
        let (f, slope, _) = self.correlation(i, j, theta[1]);
        out(0, f);
        if i != j {
            out(1, theta[0] * slope);
        }
    }

    pub fn second(&self, theta: &[f64], i: usize, j: usize, mut out: impl FnMut(usize, usize, f64)) {
        if i != j {
            let (_, slope, curvature) = self.correlation(i, j, theta[1]);
            out(0, 1, slope);
            out(1, 1, theta[0] * curvature);
        }
    }

    /// τ² and the range ρ.
    pub fn report(&self, theta: &[f64], scale: f64) -> (Vec<f64>, Vec<Option<f64>>) {
        let range = (theta[0] > 0.0).then(|| self.unit * theta[1].exp());
        (vec![theta[0] * scale], vec![range])
    }

    /// The range; `None` at the end where all places are one.
    pub fn known_as(&self, log_range: f64) -> Option<f64> {
        (log_range < self.ends[1])
            .then(|| if log_range <= self.ends[0] { 0.0 } else { self.unit * log_range.exp() })
    }

    pub fn parameter_of(&self, range: f64) -> f64 {
        (range / self.unit).ln().clamp(self.ends[0], self.ends[1])
    }

    /// Ranges from which the search starts, in the parameter: likelihoods over them have several maxima.
    pub fn ranges(&self) -> Vec<f64> {
        let [lower, upper] = self.ends;
        [-2.5, -1.5, -0.75, 0.0, 0.75, 1.5, 2.5].map(|t: f64| t.clamp(lower, upper)).to_vec()
    }

    /// Tells whether the likelihood has kinks over the range.
    pub fn kinked(&self) -> bool {
        self.structure == Structure::Splin
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn kilometres_between_observatories() {
        // Meeus (1998), example 11.c: Paris (48°50'11" N, 2°20'14" E) and Washington (38°55'17" N, 77°03'56" W) are
        // 6181.63 km apart, on the ellipsoid of 1976 (6378.14 km, 1/298.257).
        let got = great_circle(
            48.0 + 50.0 / 60.0 + 11.0 / 3600.0,
            2.0 + 20.0 / 60.0 + 14.0 / 3600.0,
            38.0 + 55.0 / 60.0 + 17.0 / 3600.0,
            -(77.0 + 3.0 / 60.0 + 56.0 / 3600.0),
        );
        assert!((got - 6181.63).abs() < 0.01, "{got}");
        assert_eq!(great_circle(10.0, 20.0, 10.0, 20.0), 0.0);
    }

    #[test]
    fn places_must_be_whole() {
        assert!(Places::new("x", vec![]).is_err());
        assert!(Places::new("x", vec![vec![1.0], vec![1.0, 2.0]]).is_err());
        let error = Places::new("x", vec![vec![1.0, f64::NAN]]).unwrap_err().to_string();
        assert!(error.contains("row 2"), "{error}");
        let places = Places::new("x", vec![vec![1.0, 2.0]]).unwrap();
        assert!(places.clone().metric(Metric::GreatCircle).is_err());
        let outer = Factor::new("g", ["1", "2"]).unwrap();
        let error = SpatialShape::new(Structure::Spexp, &places, &outer, false).unwrap_err().to_string();
        assert!(error.contains("no level of g has two places"), "{error}");
    }

    #[test]
    fn distances_must_be_a_matrix_of_distances() {
        let site = Factor::new("clinic", ["B", "A", "B"]).unwrap();
        let of = |values: [f64; 4]| Places::with_distances(&site, ["A", "B"], values.to_vec());
        let places = of([0.0, 2.0, 2.0, 0.0]).unwrap();
        assert_eq!((places.len(), places.label(1), places.label(2)), (3, "A".to_owned(), "B".to_owned()));
        let (codes, between) = places.distinct();
        assert_eq!((codes, between.of(0, 1), between.of(1, 1)), (vec![0, 1, 0], 2.0, 0.0));
        for (wrong, says) in [
            (of([0.0, 2.0, 3.0, 0.0]), "from B to A and back are 3 and 2"),
            (of([0.0, -1.0, -1.0, 0.0]), "not below 0"),
            (of([0.0, f64::NAN, f64::NAN, 0.0]), "finite"),
            (of([0.5, 2.0, 2.0, 0.0]), "from A to itself is 0.5"),
            (Places::with_distances(&site, ["A", "A"], vec![0.0; 4]), "site A comes twice"),
            (Places::with_distances(&site, ["A", "C"], vec![0.0; 4]), "site B has no distances"),
            (Places::with_distances(&site, ["A"], vec![0.0; 4]), "4 values for the distances of 1 sites"),
            (places.metric(Metric::Manhattan), "its distances are given"),
        ] {
            let error = wrong.unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
