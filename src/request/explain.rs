//! `explain`: the words of the output, from the glossary of the documentation.
//!
//! A term is found by its heading or by one of the names in parentheses behind it. Case, spaces, hyphens, apostrophes and dots do not
//! count, `²` is `2` and `τ` is `tau`, so that I², I^2, i2 and "I squared" lead to one entry. A code or name of an effect
//! measure, which the glossary does not hold, leads to the columns that the measure is computed from.

use serde::Serialize;

use crate::{
    Error, Measure, Result,
    report::{Align, Grid},
    request::{Answer, Format, args::ExplainArgs, json},
    text::{Document, Section, columns},
};

/// The glossary, as it stands in the documentation.
const GLOSSARY: &str = include_str!("../../docs/glossary.md");

/// An entry of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Entry {
    term: String,
    /// Further names that lead to it.
    names: Vec<String>,
    /// Its paragraphs.
    text: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct List {
    terms: Vec<Entry>,
}

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer::<Entry>("explain");
    schemas.answer::<List>("explain list");
}

/// One entry, or the list of all of them.
pub fn run(args: &ExplainArgs) -> Result<Answer> {
    let wanted = args.term.join(" ");
    let entries = entries(GLOSSARY);
    if wanted.trim().is_empty() {
        return Ok(listed(List { terms: entries }));
    }
    let entry = find(&entries, &wanted).cloned().or_else(|| measure(&wanted));
    entry.map(explained).ok_or_else(|| unknown(&entries, &wanted))
}

/// The entries between the headings of the second level.
fn entries(glossary: &str) -> Vec<Entry> {
    let parts = glossary.split("\n## ").skip(1);
    parts.filter_map(|part| part.split_once('\n')).map(|(heading, body)| entry(heading, body)).collect()
}

/// `I² (i2, I-squared)` and the paragraphs below it.
fn entry(heading: &str, body: &str) -> Entry {
    let (term, names) = match heading.split_once(" (") {
        Some((term, names)) => (term, names.trim_end().trim_end_matches(')')),
        None => (heading, ""),
    };
    let joined = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    Entry {
        term: term.trim().to_owned(),
        names: names.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        text: body.split("\n\n").map(joined).filter(|text| !text.is_empty()).collect(),
    }
}

/// The name without what writers vary.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.to_lowercase().replace("squared", "2").chars() {
        match c {
            '²' => out.push('2'),
            'τ' => out.push_str("tau"),
            'ü' => out.push('u'),
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

fn find<'a>(entries: &'a [Entry], wanted: &str) -> Option<&'a Entry> {
    let wanted = plain(wanted);
    let by_term = entries.iter().find(|entry| plain(&entry.term) == wanted);
    by_term.or_else(|| entries.iter().find(|entry| entry.names.iter().any(|name| plain(name) == wanted)))
}

/// The entry of an effect measure.
fn measure(wanted: &str) -> Option<Entry> {
    let measure: Measure = wanted.parse().ok()?;
    Some(Entry {
        term: measure.display_label().to_owned(),
        names: vec![measure.code().to_owned(), measure.name().to_owned()],
        text: vec![format!("An effect measure, computed from {}.", measure.data_kind().roles())],
    })
}

/// The error for a term that is not known, with the term that the nearest name leads to.
fn unknown(entries: &[Entry], wanted: &str) -> Error {
    let terms: Vec<String> = entries.iter().map(|entry| entry.term.clone()).collect();
    let names = entries.iter().flat_map(|entry| entry.names.iter().chain([&entry.term]));
    let near = Error::unknown("term", &plain(wanted), names.map(|name| plain(name)));
    let holding = || {
        let wanted = plain(wanted);
        let held = |entry: &&Entry| plain(&entry.term).contains(&wanted) && wanted.len() > 2;
        entries.iter().find(held).map(|entry| entry.term.clone())
    };
    let nearest = match near {
        Error::Unknown { nearest: Some(name), .. } => find(entries, &name).map(|entry| entry.term.clone()),
        _ => holding(),
    };
    Error::Unknown { kind: "term", name: wanted.to_owned(), nearest, known: terms }
}

fn explained(entry: Entry) -> Answer {
    Answer::new("explain", move |how| {
        let other =
            if entry.names.is_empty() { String::new() } else { format!("Also: {}.", entry.names.join(", ")) };
        let paragraphs = entry.text.iter().map(|text| text.replace('`', ""));
        let section = paragraphs.fold(Section::untitled(), Section::paragraph).paragraph(other);
        let document = Document::new(&entry.term).section(section);
        Ok(match how.format {
            Format::Json => json("explain", &entry)?,
            Format::Csv => grid(std::slice::from_ref(&entry)).to_csv(),
            Format::Markdown => document.to_markdown(),
            Format::Text => folded(&document.to_text()),
        })
    })
}

/// The lines of a text, folded at blanks to the width of a page.
fn folded(text: &str) -> String {
    const WIDTH: usize = 88;
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.lines() {
        let mut used = 0;
        for word in line.split(' ') {
            let width = columns(word);
            if used > 0 && used + 1 + width > WIDTH {
                out.push('\n');
                used = 0;
            } else if used > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += width;
        }
        out.push('\n');
    }
    out
}

fn listed(list: List) -> Answer {
    Answer::new("explain", move |how| {
        let first = "Terms; `consilience explain TERM` explains one:\n\n";
        Ok(match how.format {
            Format::Json => json("explain", &list)?,
            Format::Csv => grid(&list.terms).to_csv(),
            Format::Markdown => names(&list.terms).to_markdown(),
            Format::Text => format!("{first}{}", names(&list.terms).to_text()),
        })
    })
}

fn names(entries: &[Entry]) -> Grid {
    let mut grid = Grid::new(["term", "also found as"].map(|name| (name, Align::Left)));
    for entry in entries {
        grid.row([entry.term.clone(), entry.names.join(", ")]);
    }
    grid
}

fn grid(entries: &[Entry]) -> Grid {
    let mut grid = Grid::new(["term", "names", "text"].map(|name| (name, Align::Left)));
    for entry in entries {
        grid.row([entry.term.clone(), entry.names.join(", "), entry.text.join(" ")]);
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Rendering;

    fn explained(words: &str) -> Result<String> {
        let args = ExplainArgs { term: words.split(' ').map(str::to_owned).collect() };
        Ok(run(&args)?.render(Rendering::new(Format::Text))?.unwrap_or_default())
    }

    #[test]
    fn every_spelling_of_a_term_leads_to_its_entry() -> Result<()> {
        for (words, term) in [
            ("I²", "I²"),
            ("I^2", "I²"),
            ("i squared", "I²"),
            ("tau^2", "tau²"),
            ("τ²", "tau²"),
            ("HKSJ", "Hartung-Knapp"),
            ("prediction-interval", "prediction interval"),
            ("Hedges’ g", "standardized mean difference"),
            ("Cochran's Q", "Q"),
        ] {
            assert!(explained(words)?.starts_with(term), "{words}");
        }
        assert!(explained("ROM")?.contains("m1i"), "measures lead to their columns");
        Ok(())
    }

    #[test]
    fn no_two_entries_share_a_name_and_all_have_a_text() {
        let entries = entries(GLOSSARY);
        let mut seen = std::collections::BTreeMap::new();
        for entry in &entries {
            assert!(!entry.text.is_empty(), "{}", entry.term);
            let own: std::collections::BTreeSet<String> =
                entry.names.iter().chain([&entry.term]).map(|name| plain(name)).collect();
            for name in own {
                let other = seen.insert(name.clone(), entry.term.clone());
                assert_eq!(other, None, "{name} is in {}", entry.term);
            }
        }
    }

    #[test]
    fn an_unknown_term_is_refused_with_the_nearest() {
        for (words, near) in [
            ("prediction intervall", "prediction interval"),
            ("Eger", "Egger's test"),
            ("netmetta", "network meta-analysis"),
        ] {
            let said = explained(words).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(said.contains(&format!("did you mean `{near}`")), "{said}");
        }
    }
}
