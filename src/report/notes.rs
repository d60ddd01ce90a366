//! What a reader should know of an analysis, at the end of its printed results.

/// The notes with their heading, or nothing.
pub(super) fn text(notes: &[String]) -> String {
    under("Notes:\n", notes)
}

/// The notes as a Markdown section, or nothing.
pub(super) fn markdown(notes: &[String]) -> String {
    under("### Notes\n\n", notes)
}

fn under(heading: &str, notes: &[String]) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let lines: String = notes.iter().map(|note| format!("- {note}\n")).collect();
    format!("\n{heading}{lines}")
}
