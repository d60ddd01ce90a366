//! Text: numbers, tables and documents, and the writers that put them into a format.
//!
//! Analyses give [`Section`]s (paragraphs, facts, tables, figures); a writer turns them into plain text, Markdown, HTML,
//! RTF or (feature `docx`) a Word file. No writer reads what another wrote. Labels of studies are foreign text, so every writer escapes what its format takes for
//! markup and none lets control characters or marks of the writing direction through.

mod clean;
mod csv;
mod document;
#[cfg(feature = "docx")]
mod docx;
#[cfg(any(feature = "csv", feature = "revman"))]
pub(crate) mod encoding;
mod grid;
mod html;
mod markdown;
mod notation;
mod number;
mod plain;
mod rtf;
mod save;
pub mod typography;
mod width;

#[cfg(feature = "plot")]
pub(crate) use clean::escape_markup;
#[cfg(feature = "request")]
pub(crate) use clean::visible_json;
pub use clean::{one_line, visible};
pub use csv::csv_safe;
pub use document::{Block, Document, DocumentFigure, Section};
pub(crate) use grid::coefficients_csv;
pub use grid::{Align, Grid};
#[cfg(feature = "request")]
pub(crate) use markdown::line as markdown_line;
pub use markdown::markdown;
pub use notation::Notation;
pub(crate) use number::{degrees, optional, p_text, stars};
pub use number::{fixed, interval, p_value, p_value_sentence, percent};
pub use plain::plain;
pub use save::write;
pub use width::columns;
#[cfg(feature = "plot")]
pub(crate) use width::{is_invisible, is_wide};
