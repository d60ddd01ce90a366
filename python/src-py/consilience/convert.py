"""From what papers report to what a model needs.

Written by generate.py from the schema of requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ._call import Data, Option, Progress, call
from .frames import Kind
from .results import Result

__all__ = [
    "absolute",
    "aggregate",
    "before_after",
    "change",
    "cluster",
    "combine_arms",
    "cross_over",
    "curves",
    "endpoints",
    "import_",
    "kaplan_meier",
    "long",
    "means_sds",
    "metric",
    "pairwise",
    "pre_post",
    "se",
    "shared_comparator",
    "split_control",
    "survival",
    "two_by_two",
    "vcov",
]


# Written by generate.py: change the program's options, not this file.


def means_sds(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    summary: Literal["optimal", "wan", "bland", "hozo", "blue", "qe", "bc", "mln", "log-normal"] | None = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Means and SDs of one group or two from medians, quartiles, ranges, standard errors, intervals or a P value.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    summary
        For medians: optimal, wan, bland, hozo, blue, qe, bc, mln, log-normal. Default: optimal.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert means-sds", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "summary": summary, "where": where}, columns, progress, as_)
    return Result(made)


def se(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    one_sided: bool | None = None,
    plot: Data = None,
    scale: Literal["identity", "ratio", "proportion", "correlation"] | None = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Standard errors from intervals, P values ("<0.01" too) and test statistics.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    one_sided
        P values are one-sided, in the direction of the estimate.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    scale
        The scale of `yi` and its interval: identity, ratio (analyzed as logarithm), proportion (logit),
        correlation (Fisher's z). Default: identity.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert se", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "one_sided": one_sided, "plot": plot, "scale": scale, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def two_by_two(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    cells: Literal["rounded", "exact"] | None = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Two-by-two tables from a measure of association and margins, or from one risk.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cells
        The rounding of cells to whole people. Default: rounded.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert two-by-two", data, {}, {"assume": assume, "by": by, "cells": cells, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def metric(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    from_: Option,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    latent: Literal["logistic", "normal"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    to: Option,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """From one effect measure to another, over as many steps as it takes.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    from_
        The measure of the data.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    latent
        The distribution behind a dichotomized outcome: logistic (π/√3) or normal (1.65). Default: logistic.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    to
        The measure that is wanted.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert metric", data, {}, {"assume": assume, "by": by, "exclude": exclude, "from": from_, "inference": inference, "latent": latent, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "to": to, "where": where}, columns, progress, as_)
    return Result(made)


def change(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Means and SDs of changes, with the correlation reported, solved from a reported SD of change, or assumed.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert change", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def pre_post(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sd: Literal["pooled", "separate"] | None = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Standardized mean changes of two groups (pretest-posttest-control).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sd
        The SD behind it: pooled (Morris 2008) or separate (Becker 1988). Default: pooled.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert pre-post", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sd": sd, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def before_after(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    contrast: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    outcome: Literal["means", "proportions", "rates", "effects"],
    plot: Data = None,
    samples: Literal["independent", "same"] | None = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Controlled before-after studies: differences in differences, ratios of ratios.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    contrast
        The contrast: RD, RR or OR for proportions, IRR or IRD for rates.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    outcome
        The outcome: means, proportions, rates, effects.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    samples
        The people measured: independent (other people each time) or same (with a correlation). Default:
        independent.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert before-after", data, {}, {"assume": assume, "by": by, "contrast": contrast, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "outcome": outcome, "plot": plot, "samples": samples, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def cluster(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Cluster-randomized trials analyzed as if people had been randomized: effective samples, inflated variances.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert cluster", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def cross_over(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    effect: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Cross-over trials: paired mean differences, standardized differences and proportions.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    effect
        The effect: md or smd for means; RD, RR or OR for proportions. Default: md.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert cross-over", data, {}, {"assume": assume, "by": by, "effect": effect, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def combine_arms(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Groups of a study combined into one (long form: a row for each group).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert combine-arms", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def split_control(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """A comparator that several comparisons of a study share, divided among them.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert split-control", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def aggregate(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    weighting: Literal["equal", "optimal"] | None = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """One effect of several outcomes or time points of a study.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    weighting
        The weights of the effects of a study: equal or optimal. Default: equal.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert aggregate", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "weighting": weighting, "where": where}, columns, progress, as_)
    return Result(made)


def vcov(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Sampling covariances of dependent effects: columns v1i, v2i, ... for `multilevel --vcov`.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert vcov", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def shared_comparator(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Effects of several interventions against one comparator, with their sampling covariances.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert shared-comparator", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def endpoints(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Effects on several outcomes of the same two groups, with their sampling covariances.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert endpoints", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def survival(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Log hazard ratios from log-rank results.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert survival", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def curves(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Log hazard ratios from survival curves read at a few times (long form: a row for each study, arm and time).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert curves", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def kaplan_meier(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    at_risk: Data,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    result: Option = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    tau: float | None = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Individual data from digitized Kaplan-Meier curves, and their hazard ratio or restricted means.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    at_risk
        The numbers at risk: a CSV with `study arm time at_risk`, and `events` if the totals are reported.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    result
        The result: hr (log hazard ratio), rmst (difference in restricted means, with --tau) or subjects (one
        row a person). Default: hr.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    tau
        The time to which survival is averaged.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert kaplan-meier", data, {}, {"assume": assume, "at_risk": at_risk, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "result": result, "sensitivity": sensitivity, "set": set, "sheet": sheet, "tau": tau, "where": where}, columns, progress, as_)
    return Result(made)


def absolute(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    desirable: bool | None = None,
    effect: Literal["RR", "OR", "HR", "RD"],
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """The meaning of a relative effect at a baseline risk: risks, events per 1000, number needed to treat.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    desirable
        The event is good for people, as recovery.
    effect
        The relative effect: RR, OR, HR or RD.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert absolute", data, {}, {"assume": assume, "by": by, "desirable": desirable, "effect": effect, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def import_(
    *,
    comparison: Option = None,
    file: Data,
    list: bool | None = None,
    outcome: Option = None,
    settings: Data = None,
    sheet: Option = None,
    source: Literal["rm5", "rm5-csv", "cochrane", "revman-web", "cma"] | None = None,
    subgroups: Data = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """The data of other programs: Review Manager 5, Cochrane data packages, RevMan, Comprehensive Meta-Analysis.

    Parameters
    ----------
    comparison
        Only this comparison, by its number or the beginning of its name.
    file
        The file; for a Cochrane data package also its folder; `-` reads standard input.
    list
        List the analyses of the file and their sizes.
    outcome
        Only this outcome, by its number or the beginning of its name.
    settings
        Of a data package, the file of overall estimates and settings.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    source
        The program that it is from; without it, told from the file.
    subgroups
        Of a data package, the file of subgroup estimates.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert import", None, {}, {"comparison": comparison, "file": file, "list": list, "outcome": outcome, "settings": settings, "sheet": sheet, "source": source, "subgroups": subgroups}, None, progress, as_)
    return Result(made)


def pairwise(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    reference: Option = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """From arms to comparisons (long to wide): a row for each pair of arms of a study.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    reference
        The treatment that is always the comparator.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert pairwise", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "reference": reference, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


def long(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """From comparisons to arms (wide to long).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    plot
        Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("convert long", data, {}, {"assume": assume, "by": by, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "na": na, "plot": plot, "sensitivity": sensitivity, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)
