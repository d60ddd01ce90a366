//! The families of calls.

#[cfg(feature = "request")]
use super::requests;
use super::watch::Family;
use super::{data, distributions, economics, models};

/// Every family, with the seeds of a short run and of a long one.
pub const FAMILIES: &[Family] = &[
    Family { name: "distributions", seeds: [40, 90_000], one: distributions::one },
    Family { name: "effects", seeds: [150, 100_000], one: data::effects },
    Family { name: "conversions", seeds: [60, 50_000], one: data::conversions },
    Family { name: "texts", seeds: [40, 60_000], one: data::texts },
    Family { name: "formulas", seeds: [100, 40_000], one: data::formulas },
    Family { name: "pool", seeds: [2, 4_000], one: models::pool },
    Family { name: "tau2", seeds: [60, 60_000], one: models::tau2 },
    Family { name: "batch", seeds: [40, 60_000], one: models::batch },
    Family { name: "regression", seeds: [40, 30_000], one: models::regression },
    Family { name: "location-scale", seeds: [2, 4_000], one: models::location_scale },
    Family { name: "multilevel", seeds: [12, 12_000], one: models::multilevel },
    Family { name: "robust", seeds: [30, 30_000], one: models::robust },
    Family { name: "network", seeds: [12, 12_000], one: models::network },
    Family { name: "glmm", seeds: [6, 10_000], one: models::glmm },
    Family { name: "bias", seeds: [5, 10_000], one: models::bias },
    Family { name: "influence", seeds: [8, 10_000], one: models::influence },
    Family { name: "tables", seeds: [1, 2_000], one: models::tables },
    Family { name: "economics", seeds: [200, 150_000], one: economics::one },
    #[cfg(feature = "request")]
    Family { name: "requests", seeds: [25, 60_000], one: requests::one },
];
