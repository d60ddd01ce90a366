//! A neighbourhood programme of which only percentages were published: what follows from them, and how many events an
//! interval would need.
//!
//!     cargo run --release --example worcestershire_pnd
#![allow(clippy::print_stdout)] // an example prints

use consilience::{Level, Result, reviews::Review, reviews::worcestershire_pnd::changes};

fn main() -> Result<()> {
    println!("{}", Review::WorcestershirePnd.reproduce()?);

    // The same question for a programme of your own: give its changes in per cent.
    for change in changes()? {
        let needed = change.events_needed(None, Level::default())?;
        println!(
            "{}: at least {} events a year",
            change.outcome,
            needed.map_or("no number of".to_owned(), |n| n.to_string())
        );
    }
    Ok(())
}
