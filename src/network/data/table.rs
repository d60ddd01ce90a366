//! The columns of a table as the rows of a network.

use std::collections::{HashMap, HashSet};

use super::{
    DataShape, Network, NetworkData,
    arms::{Group, group},
    customary::with_customary_roles,
    rows::{ArmData, ArmRow, BaselineRow, PairRow},
};
use crate::{
    Error, Level, Result,
    effect::{InputScale, columns_symmetric_as_ratios, examined, labelled_totals},
    table::Table,
};

/// The columns of a table by role, with numbers behind the roles where a row holds several arms.
struct Columns<'a> {
    table: &'a Table,
}

/// The numeric columns of one arm; every vector has one entry a row.
#[derive(Default)]
struct ArmColumns {
    events: Option<Vec<Option<f64>>>,
    size: Option<Vec<Option<f64>>>,
    time: Option<Vec<Option<f64>>>,
    mean: Option<Vec<Option<f64>>>,
    sd: Option<Vec<Option<f64>>>,
    estimate: Option<Vec<Option<f64>>>,
    variance: Option<Vec<Option<f64>>>,
}

impl NetworkData {
    /// The network in a table; the shape is known by the roles of its columns.
    ///
    /// # Errors
    ///
    /// If no shape fits, or as [`arms`](Self::arms), [`contrasts`](Self::contrasts) and [`baseline`](Self::baseline); the
    /// error names file, row, study and column.
    pub fn table(&self, table: &Table) -> Result<Network> {
        let (table, note) = with_customary_roles(table)?;
        let table = table.as_ref();
        let columns = Columns { table };
        let shape = match self.shape {
            Some(shape) => shape,
            None => columns.shape()?,
        };
        let network = match shape {
            DataShape::Arms => columns.arms().and_then(|rows| self.arms(&rows)),
            DataShape::Wide => self.wide(&columns),
            DataShape::Contrasts => self.pairs_of(&columns),
            DataShape::Baseline => columns.baseline().and_then(|rows| self.baseline(&rows)),
        };
        let mut network = network.map_err(|e| table.in_file(e))?;
        network.notes.splice(0..0, note);
        let rows: Vec<usize> = (0..table.len()).collect();
        network.notes.extend(labelled_totals(table, &rows));
        Ok(network)
    }

    fn wide(&self, columns: &Columns<'_>) -> Result<Network> {
        let groups = columns.wide()?;
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut shared = Vec::new();
        for group in &groups {
            if let Some(first) = seen.insert(&group.label, group.row) {
                shared.push(format!("{} (rows {first} and {})", group.label, group.row));
            }
        }
        let note = (!shared.is_empty())
            .then(|| format!("rows with one label are taken as different studies: {}", shared.join(", ")));
        let mut network = self.groups(groups, DataShape::Wide)?;
        network.notes.extend(note);
        Ok(network)
    }

    /// Contrasts: ready-made, or with the raw data of both arms in each row.
    fn pairs_of(&self, columns: &Columns<'_>) -> Result<Network> {
        if columns.table.role("yi").is_some() {
            let stated = match (self.ratio, self.log_scale) {
                (true, _) => Some(InputScale::Ratio),
                (false, true) => Some(InputScale::Analysis),
                (false, false) => None,
            };
            // limits of another level are not compared with standard errors
            let has = |role: &str| columns.table.role(role).is_some();
            let compared = self.level == Level::default() || !has("vi") && !has("sei");
            let notes = if compared { examined(columns.table, self.measure, stated)? } else { Vec::new() };
            let mut network = self.contrasts(&columns.pairs(self)?)?;
            network.notes.extend(notes);
            return Ok(network);
        }
        let rows = columns.raw_pairs()?;
        let mut network = self.groups(group(&rows)?, DataShape::Contrasts)?;
        network.shape = DataShape::Contrasts;
        Ok(network)
    }
}

impl Columns<'_> {
    /// The shape that the roles show.
    fn shape(&self) -> Result<DataShape> {
        let has = |role: &str| self.table.role(role).is_some();
        match (has("treatment"), has("treatment1")) {
            (true, true) => Err(self.table.in_file(Error::data(
                "columns `treatment` and `treatment1` are both there: a row cannot be an arm and hold several",
                "keep one of the two, or name the shape with --shape",
            ))),
            (true, false) if has("yi") && self.one_missing_a_study()? => Ok(DataShape::Baseline),
            (true, false) => Ok(DataShape::Arms),
            (false, true) if has("yi") => Ok(DataShape::Contrasts),
            (false, true) if has("treatment3") || !self.named() => Ok(DataShape::Wide),
            (false, true) if self.studies_repeat()? => Ok(DataShape::Contrasts),
            (false, true) => Ok(DataShape::Wide),
            (false, false) => Err(self.table.require_role("treatment").err().unwrap_or_else(|| {
                Error::data("there is no column of treatments", "name it with --columns treatment=NAME")
            })),
        }
    }

    /// Every study has exactly one row without a yi.
    fn one_missing_a_study(&self) -> Result<bool> {
        let yi = self.table.numbers(self.table.require_role("yi")?)?;
        let studies = self.studies()?;
        let mut missing: HashMap<&str, usize> = HashMap::new();
        for (study, y) in studies.iter().zip(&yi) {
            *missing.entry(study).or_default() += usize::from(y.is_none());
        }
        Ok(!missing.is_empty() && missing.values().all(|n| *n == 1))
    }

    fn studies_repeat(&self) -> Result<bool> {
        let studies = self.studies()?;
        let mut seen = HashSet::new();
        Ok(studies.iter().any(|s| !seen.insert(s.as_str())))
    }

    /// True if a column names the studies.
    fn named(&self) -> bool {
        self.table.role("study").is_some() || self.table.is_labelled()
    }

    /// The study of every row.
    fn studies(&self) -> Result<Vec<String>> {
        if self.table.played("study")?.is_none() && self.table.is_labelled() {
            return Ok(self.table.labels()); // author and year
        }
        let name = self.table.require_role("study")?;
        let texts = self.table.column(name)?.as_names();
        let missing = |row: usize| {
            self.table.at(Error::data("the study is missing", "name the study of every row"), row, Some(name))
        };
        texts.into_iter().enumerate().map(|(row, text)| text.ok_or_else(|| missing(row))).collect()
    }

    /// The treatment of every row.
    fn treatments(&self, role: &str) -> Result<Vec<Option<String>>> {
        self.treatment_names(self.table.require_role(role)?)
    }

    /// The names in a column of treatments; numbers without the marks of their writing if one of them is written in two ways in any
    /// of these columns.
    fn treatment_names(&self, name: &str) -> Result<Vec<Option<String>>> {
        let numbered = (1..).map(|number| format!("treatment{number}"));
        let numbered = numbered.map_while(|role| self.table.role(&role));
        let (mut texts, mut groups) = (HashSet::new(), HashSet::new());
        for name in self.table.role("treatment").into_iter().chain(numbered) {
            let column = self.table.column(name)?;
            texts.extend(column.as_texts().into_iter().flatten());
            groups.extend(column.as_groups().into_iter().flatten());
        }
        let column = self.table.column(name)?;
        Ok(if texts.len() > groups.len() { column.as_groups() } else { column.as_texts() })
    }

    fn needed_treatments(&self, role: &str) -> Result<Vec<String>> {
        let name = self.table.require_role(role)?;
        let missing = |row: usize| {
            let error = Error::data("the treatment is missing", "name the treatment of every arm");
            self.table.at(error, row, Some(name))
        };
        let texts = self.treatment_names(name)?;
        texts.into_iter().enumerate().map(|(row, text)| text.ok_or_else(|| missing(row))).collect()
    }

    /// A numeric column by its role, if there is one.
    fn numbers(&self, role: &str) -> Result<Option<Vec<Option<f64>>>> {
        self.table.role(role).map(|name| self.table.plain_numbers(name)).transpose()
    }

    /// The numeric columns of an arm, whose roles end in `suffix`.
    fn arm_columns(&self, suffix: &str) -> Result<ArmColumns> {
        let number = |role: &str| self.numbers(&format!("{role}{suffix}"));
        Ok(ArmColumns {
            events: number("xi")?,
            size: number("ni")?,
            time: number("ti")?,
            mean: number("mi")?,
            sd: number("sdi")?,
            estimate: number("yi")?,
            variance: self.variances(suffix, None)?,
        })
    }

    /// The variances of ready-made values: `vi`, else `sei` squared, else from the limits.
    fn variances(&self, suffix: &str, limits: Option<(Level, bool)>) -> Result<Option<Vec<Option<f64>>>> {
        if let Some(vi) = self.numbers(&format!("vi{suffix}"))? {
            return Ok(Some(vi));
        }
        let role = format!("sei{suffix}");
        if let Some(sei) = self.numbers(&role)? {
            for (row, se) in sei.iter().enumerate() {
                if let Some(se) = se.filter(|se| !(*se > 0.0 && se.is_finite())) {
                    let error =
                        Error::data(format!("the standard error is {se}"), "it must be finite and above 0");
                    return Err(self.table.at(error, row, self.table.role(&role)));
                }
            }
            return Ok(Some(sei.into_iter().map(|se| se.map(|se| se * se)).collect()));
        }
        let Some((level, ratio)) = limits else { return Ok(None) };
        let (Some(lower), Some(upper)) = (self.numbers("ci_lower")?, self.numbers("ci_upper")?) else {
            return Ok(None);
        };
        let width = 2.0 * level.critical_value(None);
        let scale = |x: f64| if ratio { x.ln() } else { x };
        let one = |(row, (l, u)): (usize, (&Option<f64>, &Option<f64>))| match (l, u) {
            (Some(l), Some(u)) if u > l && (!ratio || *l > 0.0) => {
                Ok(Some(((scale(*u) - scale(*l)) / width).powi(2)))
            }
            (Some(l), Some(u)) => {
                let error = Error::data(
                    format!("the confidence limits are {l} and {u}"),
                    "the lower limit must be below the upper one, and ratios above 0",
                );
                Err(self.table.at(error, row, self.table.role("ci_lower")))
            }
            _ => Ok(None),
        };
        lower.iter().zip(&upper).enumerate().map(one).collect::<Result<Vec<_>>>().map(Some)
    }

    /// Refuses intervals that are those of ratios where effects are read as they stand.
    fn check_ratios(&self, yi: &[Option<f64>]) -> Result<()> {
        let (Some(lower), Some(upper)) = (self.numbers("ci_lower")?, self.numbers("ci_upper")?) else {
            return Ok(());
        };
        match columns_symmetric_as_ratios(yi, &lower, &upper) {
            Some(found) => Err(Error::setting(
                "--ratio",
                found,
                "give --ratio if the effects are ratios, --scale log for logarithms, --scale identity for anything else",
            )),
            None => Ok(()),
        }
    }

    /// Arms in the long shape.
    fn arms(&self) -> Result<Vec<ArmRow>> {
        let studies = self.studies()?;
        let treatments = self.needed_treatments("treatment")?;
        let columns = self.arm_columns("")?;
        self.need_data(&columns, "")?;
        let rows = studies.into_iter().zip(treatments).enumerate();
        Ok(rows
            .map(|(at, (study, treatment))| ArmRow {
                study,
                treatment,
                data: columns.data(at),
                row: self.table.row_number(at),
            })
            .collect())
    }

    /// Studies in the wide shape.
    fn wide(&self) -> Result<Vec<Group>> {
        let labels: Vec<String> = match self.named() {
            true => self.studies()?,
            false => (0..self.table.len()).map(|at| self.table.row_number(at).to_string()).collect(),
        };
        let mut groups: Vec<Group> = labels
            .into_iter()
            .enumerate()
            .map(|(at, label)| Group { label, row: self.table.row_number(at), arms: Vec::new(), missing: 0 })
            .collect();
        for number in 1.. {
            let role = format!("treatment{number}");
            if self.table.role(&role).is_none() {
                break;
            }
            let suffix = number.to_string();
            let columns = self.arm_columns(&suffix)?;
            self.need_data(&columns, &suffix)?;
            for (at, name) in self.treatments(&role)?.into_iter().enumerate() {
                let data = columns.data(at);
                match (name, data) {
                    (Some(name), Some(data)) => {
                        groups[at].arms.push((name, data, self.table.row_number(at)));
                    }
                    (Some(_), None) => groups[at].missing += 1,
                    (None, Some(_)) => {
                        let error = Error::data(
                            format!("arm {number} has data but no treatment"),
                            "name the treatment, or leave the arm's cells empty",
                        );
                        return Err(self.table.at(error, at, self.table.role(&role)));
                    }
                    (None, None) => {}
                }
            }
        }
        Ok(groups)
    }

    /// Arms of pairs with raw data, each once.
    fn raw_pairs(&self) -> Result<Vec<ArmRow>> {
        let studies = self.studies()?;
        let mut rows: Vec<ArmRow> = Vec::new();
        let mut seen: HashMap<(String, String), usize> = HashMap::new();
        let sides = [1, 2].map(|side| {
            let suffix = side.to_string();
            Ok::<_, Error>((self.needed_treatments(&format!("treatment{side}"))?, self.arm_columns(&suffix)?))
        });
        let [first, second] = sides;
        let sides = [first?, second?];
        for (_, columns) in &sides {
            self.need_data(columns, "1")?;
        }
        for (at, study) in studies.iter().enumerate() {
            for (treatments, columns) in &sides {
                let (treatment, data) = (treatments[at].trim().to_owned(), columns.data(at));
                let key = (study.clone(), treatment.clone());
                if let Some(&earlier) = seen.get(&key) {
                    if rows[earlier].data != data {
                        let error = Error::data(
                            format!("arm `{treatment}` has other data than in row {}", rows[earlier].row),
                            "an arm has the same data in all its pairs; two studies need two names (or --shape wide)",
                        );
                        return Err(self.table.at(error, at, None));
                    }
                    continue;
                }
                seen.insert(key, rows.len());
                rows.push(ArmRow { study: study.clone(), treatment, data, row: self.table.row_number(at) });
            }
        }
        Ok(rows)
    }

    /// Ready-made contrasts.
    fn pairs(&self, data: &NetworkData) -> Result<Vec<PairRow>> {
        let studies = self.studies()?;
        let first = self.needed_treatments("treatment1")?;
        let second = self.needed_treatments("treatment2")?;
        let yi = self.numbers("yi")?.unwrap_or_default();
        if !data.ratio
            && !data.log_scale
            && !data.as_is
            && self.numbers("vi")?.is_none()
            && self.numbers("sei")?.is_none()
        {
            self.check_ratios(&yi)?;
        }
        let Some(vi) = self.variances("", Some((data.level, data.ratio)))? else {
            return Err(Error::data(
                "there is no column of variances",
                "give vi, sei, or ci_lower with ci_upper (--columns sei=NAME)",
            ));
        };
        let sides = ["1", "2"].map(|suffix| self.arm_columns(suffix));
        let [one, two] = sides;
        let sides = [one?, two?];
        let side = |pick: fn(&ArmColumns) -> &Option<Vec<Option<f64>>>, at: usize| {
            [0, 1].map(|s| pick(&sides[s]).as_ref().and_then(|c| c[at]))
        };
        let mut rows = Vec::with_capacity(studies.len());
        for (at, study) in studies.into_iter().enumerate() {
            let estimate = match yi[at] {
                Some(y) if data.ratio && !(y > 0.0) => {
                    let error = Error::data(format!("the ratio is {y}"), "a ratio must be above 0");
                    return Err(self.table.at(error, at, self.table.role("yi")));
                }
                Some(y) if data.ratio => Some(y.ln()),
                y => y,
            };
            rows.push(PairRow {
                study,
                intervention: first[at].clone(),
                comparator: second[at].clone(),
                estimate,
                variance: vi[at],
                sizes: side(|c| &c.size, at),
                events: side(|c| &c.events, at),
                arm_variances: side(|c| &c.variance, at),
                row: self.table.row_number(at),
            });
        }
        Ok(rows)
    }

    /// Contrasts with a baseline arm.
    fn baseline(&self) -> Result<Vec<BaselineRow>> {
        let studies = self.studies()?;
        let treatments = self.needed_treatments("treatment")?;
        let yi = self.table.numbers(self.table.require_role("yi")?)?;
        let Some(vi) = self.variances("", None)? else {
            return Err(Error::data("there is no column of standard errors", "give sei or vi"));
        };
        let size = self.numbers("ni")?;
        let rows = studies.into_iter().zip(treatments).enumerate();
        Ok(rows
            .map(|(at, (study, treatment))| BaselineRow {
                study,
                treatment,
                estimate: yi[at],
                variance: vi[at],
                size: size.as_ref().and_then(|n| n[at]),
                row: self.table.row_number(at),
            })
            .collect())
    }

    /// An error if no set of columns makes the data of an arm.
    fn need_data(&self, columns: &ArmColumns, suffix: &str) -> Result<()> {
        if columns.is_complete() {
            return Ok(());
        }
        Err(self.table.in_file(Error::data(
            format!("no columns hold the data of {}", if suffix.is_empty() { "the arms" } else { "every arm" }),
            format!(
                "give xi{suffix} and ni{suffix} (OR RR RD AS), xi{suffix} and ti{suffix} (IRR IRD), mi{suffix}, \
                 sdi{suffix} and ni{suffix} (MD SMD ROM), or yi{suffix} with vi{suffix} or sei{suffix}; --columns xi{suffix}=NAME \
                 says which column it is"
            ),
        )))
    }
}

impl ArmColumns {
    /// Some set of columns makes the data of an arm.
    fn is_complete(&self) -> bool {
        let (events, size) = (self.events.is_some(), self.size.is_some());
        events && (size || self.time.is_some())
            || self.mean.is_some() && self.sd.is_some() && size
            || self.estimate.is_some() && self.variance.is_some()
    }

    /// The data of the arm in a row; `None` if a value is missing.
    fn data(&self, at: usize) -> Option<ArmData> {
        let cell =
            |column: &Option<Vec<Option<f64>>>| column.as_ref().and_then(|c| c.get(at).copied().flatten());
        if self.mean.is_some() && self.sd.is_some() {
            return Some(ArmData::Mean {
                mean: cell(&self.mean)?,
                sd: cell(&self.sd)?,
                size: cell(&self.size)?,
            });
        }
        if self.estimate.is_some() {
            return Some(ArmData::Value { estimate: cell(&self.estimate)?, variance: cell(&self.variance)? });
        }
        let events = cell(&self.events)?;
        match self.time {
            Some(_) => Some(ArmData::Rate { events, time: cell(&self.time)? }),
            None => Some(ArmData::Events { events, size: cell(&self.size)? }),
        }
    }
}
