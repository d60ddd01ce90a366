//! Any text as a request: refused, or answered in every format.

use consilience::request::{Format, NoFiles, Rendering, Request};

pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(request) = text.parse::<Request>() else { return };
    let Ok(answer) = request.run(&NoFiles) else { return };
    for format in [Format::Json, Format::Text, Format::Csv, Format::Markdown] {
        if let Ok(Some(text)) = answer.render(Rendering::new(format)) {
            assert!(format != Format::Json || !text.contains("not_finite"), "{text}");
        }
    }
}
