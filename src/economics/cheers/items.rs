//! The 28 items of CHEERS 2022, in our own short words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A part of a report of an economic evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CheersSection {
    /// The title.
    Title,
    /// The abstract.
    Abstract,
    /// The introduction.
    Introduction,
    /// The methods.
    Methods,
    /// The results.
    Results,
    /// The discussion.
    Discussion,
    /// Funding and interests.
    OtherInformation,
}

impl fmt::Display for CheersSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CheersSection::Title => "Title",
            CheersSection::Abstract => "Abstract",
            CheersSection::Introduction => "Introduction",
            CheersSection::Methods => "Methods",
            CheersSection::Results => "Results",
            CheersSection::Discussion => "Discussion",
            CheersSection::OtherInformation => "Other information",
        })
    }
}

/// Section, topic and what is asked, in the order of the statement.
pub(super) const ITEMS: [(CheersSection, &str, &str); 28] = {
    use CheersSection::{Abstract, Discussion, Introduction, Methods, OtherInformation, Results, Title};
    [
        (Title, "Title", "that it is an economic evaluation, and of what against what"),
        (
            Abstract,
            "Abstract",
            "context, main methods and results, and alternative analyses, in a structured summary",
        ),
        (Introduction, "Background and objectives", "the context, the question, and the decision it serves"),
        (
            Methods,
            "Health economic analysis plan",
            "whether there was an analysis plan, and where it can be read",
        ),
        (
            Methods,
            "Study population",
            "who was studied: age, demography, social and clinical characteristics",
        ),
        (Methods, "Setting and location", "the setting, as far as it may influence the findings"),
        (Methods, "Comparators", "the options compared, and why these"),
        (Methods, "Perspective", "whose costs and benefits count, and why"),
        (
            Methods,
            "Time horizon",
            "the period over which costs and benefits count, and why it is appropriate",
        ),
        (Methods, "Discount rate", "the discount rates, and why these"),
        (Methods, "Selection of outcomes", "the measures of benefit and harm"),
        (Methods, "Measurement of outcomes", "how these were measured"),
        (Methods, "Valuation of outcomes", "how, and by which population, outcomes were valued"),
        (Methods, "Measurement and valuation of resources and costs", "how costs were valued"),
        (
            Methods,
            "Currency, price date, and conversion",
            "dates of quantities and unit costs; currency, its year and conversion",
        ),
        (Methods, "Rationale and description of model", "the model, why it is used, and where it can be had"),
        (
            Methods,
            "Analytics and assumptions",
            "how data were analysed, transformed and extrapolated, and how the model was validated",
        ),
        (Methods, "Characterising heterogeneity", "how results were let differ between subgroups"),
        (
            Methods,
            "Characterising distributional effects",
            "how effects on different people, or on priority populations, were treated",
        ),
        (Methods, "Characterising uncertainty", "how each source of uncertainty was treated"),
        (
            Methods,
            "Approach to engagement with patients and others",
            "how patients, the public or others affected took part in the design",
        ),
        (
            Results,
            "Study parameters",
            "all inputs, with their values, ranges and distributions, and their sources",
        ),
        (
            Results,
            "Summary of main results",
            "mean costs and outcomes by category, brought into the most fitting overall measure",
        ),
        (
            Results,
            "Effect of uncertainty",
            "how uncertainty, the discount rate and the horizon change the findings",
        ),
        (
            Results,
            "Effect of engagement with patients and others",
            "what difference taking part made to approach or findings",
        ),
        (
            Discussion,
            "Findings, limitations, generalisability, and current knowledge",
            "findings, limits, ethics and equity, and consequences for patients, policy or practice",
        ),
        (OtherInformation, "Source of funding", "who paid, and what part the payer had in the analysis"),
        (OtherInformation, "Conflicts of interest", "the authors' interests, by the rules of the journal"),
    ]
};
