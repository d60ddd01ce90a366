//! Published reviews that ship as data: facts with their sources, what was published beside what is computed.
//!
//! Each review is a file with its data folder beside it. [`Review::reproduce`] gives the whole as a [`Reproduction`] of
//! titled sections; the modules give the data themselves, to be extended by further rows.
//!
//! | name | review |
//! |---|---|
//! | `kiely2022` | social prescribing link workers: eight studies, narrative synthesis |
//! | `worcestershire_pnd` | a neighbourhood programme in Worcestershire, controlled before and after |
//! | `bcg` | BCG vaccine against tuberculosis: thirteen trials, analysed in 1994, 1995 and 2002 |
//! | `senn2013` | glucose-lowering drugs: a network of ten treatments in 26 trials |
//!
//! ```
//! use consilience::reviews::Review;
//!
//! let reproduction = "bcg".parse::<Review>()?.reproduce()?;
//! assert!(reproduction.comparisons().all(|c| c.agrees != Some(false)));
//! # Ok::<(), consilience::Error>(())
//! ```

pub mod bcg;
pub mod kiely2022;
mod reproduction;
pub mod senn2013;
pub mod worcestershire_pnd;

pub use reproduction::{Comparison, NamedFit, Reproduction, ReproductionBlock, ReproductionSection};

use crate::Result;

/// A review that ships with the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Review {
    /// Kiely et al. 2022, social prescribing link workers.
    Kiely2022,
    /// Priority Neighbourhood Development, Worcestershire.
    WorcestershirePnd,
    /// BCG vaccine trials (Colditz et al. 1994).
    Bcg,
    /// Glucose-lowering drugs, a network (Senn et al. 2013).
    Senn2013,
}

crate::codes::codes!(Review, "review" {
    Kiely2022 "kiely2022" [], WorcestershirePnd "worcestershire_pnd" [], Bcg "bcg" [], Senn2013 "senn2013" [],
});

impl Review {
    /// The name, as the command line takes it.
    pub fn name(self) -> &'static str {
        self.code()
    }

    /// Its description, in one line.
    pub fn title(self) -> &'static str {
        match self {
            Review::Kiely2022 => {
                "Social prescribing link workers: health outcomes and costs (Kiely et al. 2022)"
            }
            Review::WorcestershirePnd => {
                "A neighbourhood programme in Worcestershire, controlled before and after (McNally 2026)"
            }
            Review::Bcg => "BCG vaccine against tuberculosis (Colditz et al. 1994)",
            Review::Senn2013 => "Glucose-lowering drugs added to sulfonylurea, a network (Senn et al. 2013)",
        }
    }

    /// Computes what can be computed and sets it beside what was published.
    ///
    /// # Errors
    ///
    /// None for the data as they ship.
    pub fn reproduce(self) -> Result<Reproduction> {
        match self {
            Review::Kiely2022 => kiely2022::Kiely2022::load()?.reproduce(),
            Review::WorcestershirePnd => worcestershire_pnd::reproduce(),
            Review::Bcg => bcg::reproduce(),
            Review::Senn2013 => senn2013::reproduce(),
        }
    }
}
