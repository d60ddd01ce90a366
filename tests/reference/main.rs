//! Agreement with tables of reference values.

mod distributions;
