//! Draws every kind of figure from the data that ship with the crate, and writes the page that shows them.
//!
//!     cargo run --example gallery
#![allow(clippy::print_stdout)] // an example prints

use std::{fmt::Write, fs, path::Path};

use consilience::{Error, Result, table::Table};

mod figures;

use figures::{Sources, figures};

/// A folder of the project, wherever the example is run.
const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn main() -> Result<()> {
    let sources = Sources::new(|_, file| Table::read_path(Path::new(PROJECT).join(file)))?;
    let folder = Path::new(PROJECT).join("docs/gallery");
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    let mut page = String::from(
        "# Gallery\n\nEvery kind of figure, with the command that draws it: run it in the folder of the project, and add \
         `-o figure.svg` (or `.png`, `.pdf`), `--width 85` for a column of a journal, `--theme gray`, `--title`. \
         `cargo run --example gallery` draws all of them anew. Where the data come from is told in the `origin.toml` of \
         their folder; those of the flow diagram, the risk of bias (also in the forest plot) and the dominance matrix are invented.\n",
    );
    let mut part = "";
    for figure in figures() {
        if figure.part != part {
            part = figure.part;
            let _ = write!(page, "\n## {part}\n"); // a string takes everything
        }
        let scene = (figure.draw)(&sources, None)?;
        let file = format!("{}.svg", figure.file);
        scene.save(folder.join(&file))?;
        let _ = write!(
            page,
            "\n### {}\n\n{}\n\n![{}](gallery/{file})\n\n```sh\nconsilience plot {}\n```\n",
            figure.file, figure.says, scene.title, figure.command
        );
        println!("docs/gallery/{file}");
    }
    let file = Path::new(PROJECT).join("docs/gallery.md");
    fs::write(&file, page).map_err(|error| failed(&file, &error))?;
    println!("docs/gallery.md");
    Ok(())
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::File {
        path: path.display().to_string(),
        found: format!("cannot be written ({error})"),
        remedy: "run the example where files may be written".to_owned(),
    }
}
