"""From what papers report to what a model needs.

Written by generate.py from the schema of requests.
"""

# mypy: disable-error-code="empty-body"
from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ._call import Data, Option, Progress, command
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


# Written by generate.py: change the program's options, not this file. The functions are declarations: `command` answers.


@command("convert means-sds", Result, data=True)
def means_sds(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    summary : {'optimal', 'wan', 'bland', 'hozo', 'blue', 'qe', 'bc', 'mln', 'log-normal'}, optional
        For medians: optimal, wan, bland, hozo, blue, qe, bc, mln, log-normal. Default: "optimal".
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert se", Result, data=True)
def se(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    one_sided : bool, optional
        P values are one-sided, in the direction of the estimate.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    scale : {'identity', 'ratio', 'proportion', 'correlation'}, optional
        The scale of ``yi`` and its interval: identity (the default), ratio (analyzed as logarithm),
        proportion (logit), correlation (Fisher's z).
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert two-by-two", Result, data=True)
def two_by_two(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    cells: Literal["rounded", "exact"] | None = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cells : {'rounded', 'exact'}, optional
        The rounding of cells to whole people. One of rounded, exact. Default: "rounded".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert metric", Result, data=True)
def metric(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    from_: Literal["or", "d", "g", "r", "z", "phi", "rpb", "rbis", "rtet", "cles", "u", "t", "f", "ratio", "ve"],
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    latent: Literal["logistic", "normal"] | None = None,
    level: float | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    ratio: bool | None = None,
    sensitivity: Option = None,
    set: Option = None,
    sheet: Option = None,
    to: Literal["or", "d", "g", "r", "z", "phi", "rpb", "rbis", "rtet", "cles", "u", "t", "f", "ratio", "ve"],
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """From one effect measure to another, over as many steps as it takes.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    from_ : {'or', 'd', 'g', 'r', 'z', 'phi', 'rpb', 'rbis', 'rtet', 'cles', 'u', 't', 'f', 'ratio', 've'}
        The measure of the data. One of or, d, g, r, z, phi, rpb, rbis, rtet, cles, u, t, f, ratio, ve.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    latent : {'logistic', 'normal'}, optional
        The distribution behind a dichotomized outcome: logistic (π/√3) or normal (1.65). Default: "logistic".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    ratio : bool, optional
        ``yi`` of ``or`` or ``ratio`` are ratios, to be read as logarithms; ``vi`` and ``sei`` are those of
        the logarithms.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    to : {'or', 'd', 'g', 'r', 'z', 'phi', 'rpb', 'rbis', 'rtet', 'cles', 'u', 't', 'f', 'ratio', 've'}
        The measure that is wanted. One of or, d, g, r, z, phi, rpb, rbis, rtet, cles, u, t, f, ratio, ve.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert change", Result, data=True)
def change(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert pre-post", Result, data=True)
def pre_post(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sd : {'pooled', 'separate'}, optional
        The SD behind it: pooled (Morris 2008) or separate (Becker 1988). Default: "pooled".
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert before-after", Result, data=True)
def before_after(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    contrast: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    contrast : str or list, optional
        The contrast: RD, RR or OR for proportions, IRR or IRD for rates.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome : {'means', 'proportions', 'rates', 'effects'}
        The outcome: means, proportions, rates, effects.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    samples : {'independent', 'same'}, optional
        The people measured: independent (other people each time) or same (with a correlation). Default:
        "independent".
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert cluster", Result, data=True)
def cluster(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert cross-over", Result, data=True)
def cross_over(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    effect: Literal["md", "smd", "RD", "RR", "OR"] | None = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    effect : {'md', 'smd', 'RD', 'RR', 'OR'}, optional
        The effect: md or smd for means; RD, RR or OR for proportions. Default: "md".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert combine-arms", Result, data=True)
def combine_arms(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert split-control", Result, data=True)
def split_control(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert aggregate", Result, data=True)
def aggregate(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    weighting : {'equal', 'optimal'}, optional
        The weights of the effects of a study: equal or optimal. Default: "equal".
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert vcov", Result, data=True)
def vcov(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    """Sampling covariances of dependent effects: columns v1i, v2i, ... for `multilevel vcov`.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert shared-comparator", Result, data=True)
def shared_comparator(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert endpoints", Result, data=True)
def endpoints(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert survival", Result, data=True)
def survival(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert curves", Result, data=True)
def curves(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert kaplan-meier", Result, data=True)
def kaplan_meier(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    at_risk: Data,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    na: Option = None,
    plot: Data = None,
    result: Literal["hr", "rmst", "subjects"] | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    at_risk : path or data frame
        The numbers at risk: a CSV with ``study arm time at_risk``, and ``events`` if the totals are reported.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    result : {'hr', 'rmst', 'subjects'}, optional
        The result: hr (log hazard ratio), rmst (difference in restricted means, with ``tau``) or subjects
        (one row a person). Default: "hr".
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    tau : float, optional
        The time to which survival is averaged.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert absolute", Result, data=True)
def absolute(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    desirable: bool | None = None,
    effect: Literal["RR", "OR", "HR", "RD"],
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    desirable : bool, optional
        The event is good for people, as recovery.
    effect : {'RR', 'OR', 'HR', 'RD'}
        The relative effect: RR, OR, HR or RD.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert import", Result)
def import_(
    *,
    comparison: Option = None,
    exclude: Option = None,
    file: Data,
    list: bool | None = None,
    outcome: Option = None,
    settings: Data = None,
    sheet: Option = None,
    source: Literal["rm5", "rm5-csv", "cochrane", "revman-web", "cma"] | None = None,
    subgroups: Data = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """The data of other programs: Review Manager 5, Cochrane data packages, RevMan, Comprehensive Meta-Analysis.

    Parameters
    ----------
    comparison : str or list, optional
        Only this comparison, by its number or the beginning of its name.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    file : path or data frame
        The file; for a Cochrane data package also its folder; ``-`` reads standard input.
    list : bool, optional
        List the analyses of the file and their sizes.
    outcome : str or list, optional
        Only this outcome, by its number or the beginning of its name.
    settings : path or data frame, optional
        Of a data package, the file of overall estimates and settings.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    source : {'rm5', 'rm5-csv', 'cochrane', 'revman-web', 'cma'}, optional
        The program that it is from; without it, told from the file. One of rm5, rm5-csv, cochrane,
        revman-web, cma.
    subgroups : path or data frame, optional
        Of a data package, the file of subgroup estimates.
    where : str or list, optional
        Only the rows that fulfil a condition on the columns that are written: ``subgroup == adults & year >=
        2000``; given again, all must hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert pairwise", Result, data=True)
def pairwise(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    reference : str or list, optional
        The treatment that is always the comparator.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("convert long", Result, data=True)
def long(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume: Option = None,
    by: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: str | None = None,
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
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume : str or list, optional
        A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence.
        Repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The measure that ``sensitivity`` pools, as for ``pool``; not needed where the result is an effect.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    plot : path or data frame, optional
        Draw what ``sensitivity`` finds over its range into this file: figure.svg, figure.png or figure.pdf.
    sensitivity : str or list, optional
        Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list.
        Repeatable.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """
