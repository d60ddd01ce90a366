//! Named columns.
mod column;
mod frame;
#[cfg(feature = "csv")]
mod read;
mod roles;
pub use column::{Column, Levels};
pub use frame::Table;
pub use roles::{ROLES, Roles};
