//! The tables behind the figures, and what is computed from them more than once.

use std::collections::BTreeMap;

use consilience::{
    EffectSizes, Error, Measure, Result,
    effect::{EffectOptions, StudyData, TwoByTwo},
    influence::{Influence, InfluenceReport},
    pool::{PoolFit, RandomEffects},
    table::{Column, DesignOptions, FormulaDesign, Table},
    tau2::Tau2,
};

/// Tables by name.
pub struct Sources {
    tables: BTreeMap<&'static str, Table>,
}

impl Sources {
    /// The names of the tables, and the files that hold them, from the folder of the project.
    pub const FILES: [(&'static str, &'static str); 20] = [
        ("trials", "tests/data/metafor/data/bcg_roles.csv"),
        ("nested", "tests/data/metafor/data/konstantopoulos2011.csv"),
        ("infections", "tests/data/glmm/data/glmm_nielweise2007.csv"),
        ("directions", "tests/data/gallery/directions.csv"),
        ("p_values", "tests/data/gallery/p_values.csv"),
        ("risk_of_bias", "tests/data/gallery/risk_of_bias.csv"),
        ("judged_trials", "tests/data/gallery/judged_trials.csv"),
        ("flow", "tests/data/gallery/flow.csv"),
        ("findings", "tests/data/gallery/findings.csv"),
        ("costs", "tests/data/gallery/costs.csv"),
        ("effects", "tests/data/gallery/effects.csv"),
        ("parameters", "tests/data/gallery/parameters.csv"),
        ("strategies", "tests/data/gallery/strategies.csv"),
        ("one_way", "tests/data/gallery/one_way.csv"),
        ("differences", "tests/data/gallery/differences.csv"),
        ("transitions", "tests/data/gallery/transitions.csv"),
        ("states", "tests/data/gallery/states.csv"),
        ("diabetes", "tests/data/gallery/diabetes.csv"),
        ("weight", "tests/data/gallery/weight.csv"),
        ("smoking", "tests/data/network/data/net_hasselblad1998.csv"),
    ];

    /// The results of `read` for each name and file.
    pub fn new(mut read: impl FnMut(&str, &str) -> Result<Table>) -> Result<Self> {
        let mut tables = BTreeMap::new();
        for (name, file) in Sources::FILES {
            tables.insert(name, read(name, file)?);
        }
        Ok(Sources { tables })
    }

    /// A table by its name.
    pub fn table(&self, name: &str) -> Result<&Table> {
        self.tables.get(name).ok_or_else(|| Error::unknown("table", name, self.tables.keys()))
    }

    /// A column of numbers without gaps.
    pub fn numbers(&self, table: &str, column: &str) -> Result<Vec<f64>> {
        self.table(table)?.complete_numbers(column)
    }

    /// A column of texts without gaps.
    pub fn texts(&self, table: &str, column: &str) -> Result<Vec<String>> {
        Ok(self.table(table)?.texts(column)?.into_iter().flatten().collect())
    }

    /// The tables of events of a table of trials.
    pub fn events(&self, table: &str) -> Result<StudyData> {
        let column = |name: &str| self.numbers(table, name);
        let (a, n1, c, n2) = (column("ai")?, column("n1i")?, column("ci")?, column("n2i")?);
        let tables = a.iter().zip(&n1).zip(&c).zip(&n2);
        let tables = tables.map(|(((a, n1), c), n2)| TwoByTwo::new(*a, n1 - a, *c, n2 - c));
        Ok(StudyData::TwoByTwo(tables.collect::<Result<_>>()?))
    }

    /// The log risk ratios of a table of trials.
    pub fn ratios(&self, table: &str) -> Result<EffectSizes> {
        let (labels, options) = (self.table(table)?.labels(), EffectOptions::default());
        EffectSizes::from_study_data(Measure::RiskRatio, labels, &self.events(table)?, &options)
    }

    /// Those of the trials of most figures.
    pub fn trials(&self) -> Result<StudyData> {
        self.events("trials")
    }

    /// Their log risk ratios.
    pub fn risk_ratios(&self) -> Result<EffectSizes> {
        self.ratios("trials")
    }

    /// The pooled result of the trials.
    pub fn pooled(&self) -> Result<PoolFit> {
        RandomEffects::default().fit(&self.risk_ratios()?)
    }

    /// The same by the allocation of the trials.
    pub fn by_allocation(&self) -> Result<PoolFit> {
        RandomEffects::default().fit_by(&self.risk_ratios()?, &self.texts("trials", "alloc")?)
    }

    /// The influence of each trial on it.
    pub fn influence(&self) -> Result<InfluenceReport> {
        Influence::new(Tau2::Reml).fit(&self.risk_ratios()?)
    }

    /// The design of a regression on the latitude.
    pub fn latitude(&self) -> Result<FormulaDesign> {
        FormulaDesign::new(&"ablat".parse()?, self.table("trials")?, &DesignOptions::new())
    }
}

/// A table of columns of text, as a file would hold it.
#[allow(dead_code)] // made in tests
pub fn table(columns: impl IntoIterator<Item = (String, Vec<String>)>) -> Result<Table> {
    columns
        .into_iter()
        .try_fold(Table::new(), |table, (name, cells)| table.with(&name, Column::read(&cells)?))
}
