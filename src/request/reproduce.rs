//! `reproduce`: a published review that ships with the program.

use crate::{
    Result,
    reviews::Review,
    text::{Align, Grid},
};
use serde::Serialize;

use crate::request::{Answer, Format, args::ReproduceArgs, json};

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Listed {
    name: &'static str,
    title: &'static str,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct List {
    reviews: Vec<Listed>,
}

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer::<crate::reviews::Reproduction>("reproduce");
    schemas.answer::<List>("reproduce list");
}

pub fn run(args: &ReproduceArgs) -> Result<Answer> {
    let Some(name) = &args.review else { return Ok(Answer::new("reproduce", |how| list(how.format))) };
    let reproduction = name.parse::<Review>()?.reproduce()?;
    Ok(Answer::new("reproduce", move |how| {
        Ok(match how.format {
            Format::Json => json("reproduce", &reproduction)?,
            Format::Markdown => reproduction.to_markdown(),
            Format::Csv => comparisons(&reproduction).to_csv(),
            Format::Text => reproduction.to_string(),
        })
    }))
}

fn list(format: Format) -> Result<String> {
    let reviews: Vec<Listed> =
        Review::ALL.iter().map(|r| Listed { name: r.name(), title: r.title() }).collect();
    let mut grid = Grid::new([("name", Align::Left), ("title", Align::Left)]);
    for review in &reviews {
        grid.row([review.name, review.title]);
    }
    Ok(match format {
        Format::Json => json("reproduce", &List { reviews })?,
        Format::Csv => grid.to_csv(),
        Format::Markdown => grid.to_markdown(),
        Format::Text => grid.to_text(),
    })
}

/// As CSV: the numbers that can be compared.
fn comparisons(reproduction: &crate::reviews::Reproduction) -> Grid {
    let mut grid = Grid::new(["quantity", "published", "computed", "agrees"].map(|name| (name, Align::Left)));
    for c in reproduction.comparisons() {
        grid.row([
            c.quantity.clone(),
            c.published.clone().unwrap_or_default(),
            c.computed.to_string(),
            c.agrees.map_or(String::new(), |a| a.to_string()),
        ]);
    }
    grid
}
