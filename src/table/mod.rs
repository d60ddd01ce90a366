//! Named columns, model formulas and design matrices.
//!
//! A [`Table`] holds the rows of a data set as named columns of numbers or texts with missing values; with feature `csv`
//! it is read from a file by `Table::read_path`. It knows the label of each row and which column plays which role ([`Roles`]),
//! and its errors name file, row, label, column and value. A [`Formula`] says which columns moderate the effect, and a
//! [`FormulaDesign`] is the matrix of a regression on it: X with k rows and p named columns, as R's `model.matrix` has it, and the
//! coding of new values for predictions ([`FormulaDesign::row`], [`ReferenceGrid`]).
//!
//! ```
//! use consilience::table::{Column, DesignOptions, FormulaDesign, Formula, Table};
//! // five of the BCG vaccine trials (Colditz 1994, JAMA 271:698)
//! let table = Table::new()
//!     .with("author", Column::texts(["Aronson", "Hart", "Frimodt-Moller", "Vandiviere", "Coetzee"].map(Some))?)?
//!     .with("year", Column::numbers([1948.0, 1977.0, 1973.0, 1973.0, 1968.0].map(Some))?)?
//!     .with("ablat", Column::numbers([44.0, 52.0, 13.0, 19.0, 27.0].map(Some))?)?
//!     .with("alloc", Column::texts(["random", "random", "alternate", "random", "random"].map(Some))?)?;
//! let formula: Formula = "ablat + factor(alloc)".parse()?;
//! let design = FormulaDesign::new(&formula, &table, &DesignOptions::new())?;
//! assert_eq!(design.names, ["(Intercept)", "ablat", "factor(alloc)random"]);
//! assert_eq!(
//!     "ablat + fctor(alloc)".parse::<Formula>().unwrap_err().to_string().lines().skip(1).collect::<Vec<_>>(),
//!     ["    ablat + fctor(alloc)", "            ^^^^^"]
//! );
//! # Ok::<(), consilience::Error>(())
//! ```

mod assignment;
mod builder;
mod cell;
mod choice;
mod collinear;
mod column;
mod condition;
mod customary;
mod design;
#[cfg(feature = "csv")]
mod encoding;
mod fault;
mod formula;
mod frame;
mod grid;
mod group_words;
mod growing;
mod labels;
#[cfg(feature = "csv")]
mod layout;
mod lookup;
mod new_values;
mod number;
mod order;
mod parse;
mod players;
mod polynomial;
#[cfg(feature = "csv")]
mod read;
mod recipe;
#[cfg(feature = "csv")]
mod records;
mod roles;
mod spelling;
mod spline;
mod texts;
mod thousands;
mod variable;
#[cfg(feature = "spreadsheets")]
mod workbook;
mod written;

pub use assignment::Assignment;
pub use builder::DesignBuilder;
pub use choice::Choice;
pub use collinear::Collinear;
pub(crate) use column::level_order;
pub use column::{Column, Levels};
pub use condition::Condition;
pub use customary::customary_names;
pub(crate) use customary::plain as spelled;
pub use design::{DesignOptions, FormulaDesign, Input, OnCollinear, Term};
pub use formula::Formula;
pub use frame::Table;
pub use grid::{ReferenceGrid, Value};
#[cfg(feature = "request")]
pub(crate) use read::text_of_workbook;
pub use recipe::ContrastCoding;
pub(crate) use roles::quote as quoted_name;
pub use roles::{ROLES, Roles};
#[cfg(feature = "network")]
pub(crate) use spelling::alike;
