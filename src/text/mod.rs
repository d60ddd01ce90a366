//! Text: numbers, tables and documents, and the writers that put them into a format.
//!
//! Analyses give [`Section`]s (paragraphs, facts, tables, figures); a writer turns them into plain text, Markdown, HTML or
//! RTF. No writer reads what another wrote. Labels of studies are foreign text, so every writer escapes what its format takes for
//! markup and none lets control characters or marks of the writing direction through.
//!
//! | file | holds |
//! |---|---|
//! | `number` | fixed decimals, P values, intervals in ASCII, as tables have them |
//! | `typography` | numbers and symbols as journals print them |
//! | `clean` | foreign text made safe to print |
//! | `width` | the columns that a text takes on a terminal |
//! | `grid` | a table of cells |
//! | `document` | sections of paragraphs, facts, lists, tables and figures |
//! | `plain`, `markdown`, `html`, `rtf` | the writers |
//! | `encoding` | UTF-16 and Windows-1252 in the files of other programs |
//! | `csv` | the guard of spreadsheets against formulas in CSV |
//! | `save` | files that are written whole or not at all |

mod clean;
mod csv;
mod document;
#[cfg(any(feature = "csv", feature = "revman"))]
pub(crate) mod encoding;
mod grid;
mod html;
mod markdown;
mod number;
mod plain;
mod rtf;
mod save;
pub mod typography;
mod width;

pub use clean::{one_line, visible};
pub use csv::csv_safe;
pub use document::{Block, Document, Figure, Section};
pub(crate) use grid::coefficients_csv;
pub use grid::{Align, Grid};
#[cfg(feature = "request")]
pub(crate) use markdown::line as markdown_line;
pub use markdown::markdown;
pub(crate) use number::{degrees, optional, p_text, stars};
pub use number::{fixed, interval, p_value, p_value_sentence, percent};
pub use plain::plain;
pub use save::write;
pub use width::columns;
#[cfg(feature = "plot")]
pub(crate) use width::{is_invisible, is_wide};
