//! Memory for large work, asked for before it is needed: what is refused early is an error, what is refused later the end of the
//! program.

use crate::{Error, Result};

/// Less than this is not worth the question.
const SMALL: usize = 1 << 22;

/// True if there is memory for so many bytes, which are asked for and given back.
pub(crate) fn has_room(bytes: usize) -> bool {
    bytes < SMALL || Vec::<u8>::new().try_reserve_exact(bytes).is_ok()
}

/// Asks for the memory of some work.
///
/// # Errors
///
/// If there is less.
pub(crate) fn room_for(bytes: usize, work: impl FnOnce() -> String, remedy: &str) -> Result<()> {
    if has_room(bytes) {
        return Ok(());
    }
    let found = format!("{} needs {} MB of memory, more than there is", work(), bytes >> 20);
    Err(Error::model(found, remedy))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_no_machine_has_is_an_error() {
        assert!(has_room(1 << 10));
        let error = room_for(1 << 60, || "a model of 12,000 effects".to_owned(), "use fewer").unwrap_err();
        assert!(error.to_string().contains("a model of 12,000 effects needs 1099511627776 MB"), "{error}");
    }
}
