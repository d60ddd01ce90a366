//! The origin of a report, by which a reader can make it again, and how to cite the program.

use crate::text::{Block, Section};

/// The origin of a report, so that a reader can make it again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ReportOrigin {
    /// The call, as it was typed.
    pub call: Option<String>,
    /// The name of the file of data.
    pub input: Option<String>,
    /// The SHA-256 digest of its bytes, in hexadecimal digits.
    pub sha256: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<usize>,
}

impl ReportOrigin {
    /// A call.
    pub fn new(call: impl Into<String>) -> Self {
        ReportOrigin { call: Some(call.into()), ..ReportOrigin::default() }
    }

    /// The file of data, with the SHA-256 digest and the number of its bytes.
    #[must_use]
    pub fn input(mut self, name: impl Into<String>, sha256: impl Into<String>, bytes: usize) -> Self {
        (self.input, self.sha256, self.bytes) = (Some(name.into()), Some(sha256.into()), Some(bytes));
        self
    }

    /// The call, the data and the citation.
    pub(super) fn section(&self) -> Section {
        let mut section = Section::new("Reproduction");
        if let Some(call) = &self.call {
            section = section.block(Block::Code(call.clone()));
        }
        let version = env!("CARGO_PKG_VERSION");
        let mut facts = vec![("Program", format!("consilience {version}"))];
        if let Some(input) = &self.input {
            let size = self.bytes.map_or(String::new(), |bytes| format!(" ({bytes} bytes)"));
            facts.push(("Data", format!("{input}{size}")));
        }
        if let Some(digest) = &self.sha256 {
            facts.push(("SHA-256 of the data", digest.clone()));
        }
        let citation = format!(
            "The consilience authors. consilience: evidence synthesis from study results to decisions, version {version} \
             (CITATION.cff); with the papers of the methods that are named above"
        );
        facts.push(("How to cite", citation));
        section.facts(facts)
    }
}
