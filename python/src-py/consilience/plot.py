"""Figures.

Written by generate.py from the schema of requests.
"""

# mypy: disable-error-code="empty-body"
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ._call import Call, Data, Option, Progress, command
from .frames import Kind
from .figures import Figure

__all__ = [
    "albatross",
    "baujat",
    "bubble",
    "caterpillar",
    "ce_plane",
    "ceac",
    "ceaf",
    "contribution",
    "cumulative",
    "doi",
    "dominance",
    "drapery",
    "effect_direction",
    "enbs",
    "evpi",
    "evppi",
    "evsi",
    "expected_loss",
    "findings",
    "forest",
    "forest_network",
    "frontier",
    "funnel",
    "funnel_network",
    "glmm",
    "gosh",
    "harvest",
    "hasse",
    "influence",
    "labbe",
    "league",
    "leave_one_out",
    "multilevel",
    "multiverse",
    "net_heat",
    "network",
    "orchard",
    "p_curve",
    "permutation",
    "prisma",
    "profile",
    "qq",
    "radial",
    "rank_heat",
    "rankogram",
    "regression",
    "risk_of_bias",
    "selection",
    "sensitivity",
    "split",
    "threshold",
    "tornado",
    "trace",
    "traffic_light",
]


# Written by generate.py: change the program's options, not this file. The functions are declarations: `command` answers.


@command("plot forest", Call.drawn, data=True)
def forest(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    counts: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    order: Literal["as-given", "estimate", "weight"] | None = None,
    pages: float | None = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    risk_of_bias: Data = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    tool: Literal["rob2", "robins-i", "robins-e", "quadas-2", "other"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    xlab: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Every study with its interval and weight, and what they say together.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups : str or list, optional
        The names of the two groups over their data: ``Vaccine,Control``. Default: "Intervention,Comparator".
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    order : {'as-given', 'estimate', 'weight'}, optional
        The order of the studies: as-given, estimate or weight. Default: "as-given".
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    risk_of_bias : path or data frame, optional
        A CSV file of the risk of bias (columns study, D1, D2, ..., overall), shown as lights beside the
        studies.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    tool : {'rob2', 'robins-i', 'robins-e', 'quadas-2', 'other'}, optional
        The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other. Default: "rob2".
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot funnel", Call.drawn, data=True)
def funnel(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    egger: bool | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    heterogeneity: bool | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    power_effect: float | None = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    region: Literal["pseudo", "contours", "power"] | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    trim_and_fill: bool | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Studies against their standard errors: contours, power, filled-in studies, Egger's line.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    egger : bool, optional
        Add the line of Egger's test.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    heterogeneity : bool, optional
        Let the limits take in the heterogeneity.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    power_effect : float, optional
        The effect for which power is shown, on the scale of the analysis; the pooled effect without it.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    region : {'pseudo', 'contours', 'power'}, optional
        The regions behind the points: pseudo (limits about the pooled effect), contours of significance, or
        power. Default: "pseudo".
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    trim_and_fill : bool, optional
        Add the studies that trim-and-fill fills in.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot radial", Call.drawn, data=True)
def radial(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Standardized effects against precision (Galbraith's plot).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot doi", Call.drawn, data=True)
def doi(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Effects against the normal quantiles of their ranks.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot labbe", Call.drawn, data=True)
def labbe(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The risk or rate of one group against that of the other.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups : str or list, optional
        The names of the two groups: ``vaccine,control``. Default: "intervention,comparator".
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot drapery", Call.drawn, data=True)
def drapery(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The P values of all hypothetical effects.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot orchard", Call.drawn, data=True)
def orchard(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Every effect as a circle beside the means of its group.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot caterpillar", Call.drawn, data=True)
def caterpillar(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The studies in the order of their effects.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot profile", Call.drawn, data=True)
def profile(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The profile of the likelihood in tau².

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot multiverse", Call.drawn, data=True)
def multiverse(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The results of every estimator by every inference (specification curve).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot sensitivity", Call.drawn, data=True)
def sensitivity(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    assumption: Option,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    values: Option,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The estimate and its interval over the range of an assumption.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    assumption : str or list
        The assumption: ``tau2``, or a column (or role, such as ``ri``) that gets the same value in every row.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    values : str or list
        The values: ``0.3,0.5,0.7``, or a range with its step, ``0:1:0.05``.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot baujat", Call.drawn, data=True)
def baujat(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    counts: bool | None = None,
    digits: int | None = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    group: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    random: Option = None,
    ratio: bool | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    sheet: Option = None,
    spending: Option = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    structure: str | Sequence[str] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    width: float | None = None,
    xlab: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Each study's share in heterogeneity against its influence on the result.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    alpha : float, optional
        The two-sided error of the sequential analysis. Default: 0.05.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    diversity : float, optional
        Its diversity D², from 0 to below 1; without it, that of the studies.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility : bool, optional
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh : int, optional
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    group : str or array, optional
        The column that names each study's group: the results without each group too.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    mods : str or list, optional
        Moderators: ``ablat + factor(alloc)``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    order : str or array, optional
        The column by which studies enter the cumulative analysis; without it, the order of the rows.
    outlier_bootstrap : int, optional
        The replicates of a parametric bootstrap of their likelihood-ratio tests.
    outliers : bool, optional
        Random effects with heavy tails and with outliers (t, mixture) beside the normal ones.
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    power : float, optional
        Its power at the anticipated effect. Default: 0.8.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    seed : int, optional
        The seed of random subsets. Default: 1.
    sequential : float, optional
        Trial sequential analysis for this anticipated effect, on the scale of the analysis (a log ratio for
        ratios).
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    spending : str or list, optional
        The spending of its errors: obf, pocock, power:R, hsd:G. Default: "obf".
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot gosh", Call.drawn, data=True)
def gosh(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    digits: int | None = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    group: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    power: float | None = None,
    random: Option = None,
    ratio: bool | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    sheet: Option = None,
    spending: Option = None,
    structure: str | Sequence[str] | None = None,
    study: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The pooled effects and I² of subsets of the studies, colored by a study.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    alpha : float, optional
        The two-sided error of the sequential analysis. Default: 0.05.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    diversity : float, optional
        Its diversity D², from 0 to below 1; without it, that of the studies.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility : bool, optional
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh : int, optional
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    group : str or array, optional
        The column that names each study's group: the results without each group too.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    mods : str or list, optional
        Moderators: ``ablat + factor(alloc)``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    order : str or array, optional
        The column by which studies enter the cumulative analysis; without it, the order of the rows.
    outlier_bootstrap : int, optional
        The replicates of a parametric bootstrap of their likelihood-ratio tests.
    outliers : bool, optional
        Random effects with heavy tails and with outliers (t, mixture) beside the normal ones.
    power : float, optional
        Its power at the anticipated effect. Default: 0.8.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    seed : int, optional
        The seed of random subsets. Default: 1.
    sequential : float, optional
        Trial sequential analysis for this anticipated effect, on the scale of the analysis (a log ratio for
        ratios).
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    spending : str or list, optional
        The spending of its errors: obf, pocock, power:R, hsd:G. Default: "obf".
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    study : str or list, optional
        The study whose subsets are colored; without it, the one that splits the cloud most.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot influence", Call.drawn, data=True)
def influence(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    counts: bool | None = None,
    digits: int | None = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    group: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    random: Option = None,
    ratio: bool | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    sheet: Option = None,
    spending: Option = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    structure: str | Sequence[str] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    width: float | None = None,
    xlab: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The case diagnostics of every study side by side.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    alpha : float, optional
        The two-sided error of the sequential analysis. Default: 0.05.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    diversity : float, optional
        Its diversity D², from 0 to below 1; without it, that of the studies.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility : bool, optional
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh : int, optional
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    group : str or array, optional
        The column that names each study's group: the results without each group too.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    mods : str or list, optional
        Moderators: ``ablat + factor(alloc)``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    order : str or array, optional
        The column by which studies enter the cumulative analysis; without it, the order of the rows.
    outlier_bootstrap : int, optional
        The replicates of a parametric bootstrap of their likelihood-ratio tests.
    outliers : bool, optional
        Random effects with heavy tails and with outliers (t, mixture) beside the normal ones.
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    power : float, optional
        Its power at the anticipated effect. Default: 0.8.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    seed : int, optional
        The seed of random subsets. Default: 1.
    sequential : float, optional
        Trial sequential analysis for this anticipated effect, on the scale of the analysis (a log ratio for
        ratios).
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    spending : str or list, optional
        The spending of its errors: obf, pocock, power:R, hsd:G. Default: "obf".
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot qq", Call.drawn, data=True)
def qq(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    counts: bool | None = None,
    digits: int | None = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    group: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    random: Option = None,
    ratio: bool | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    sheet: Option = None,
    spending: Option = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    structure: str | Sequence[str] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    width: float | None = None,
    xlab: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Standardized residuals against normal quantiles, with their envelope.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    alpha : float, optional
        The two-sided error of the sequential analysis. Default: 0.05.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    diversity : float, optional
        Its diversity D², from 0 to below 1; without it, that of the studies.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility : bool, optional
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh : int, optional
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    group : str or array, optional
        The column that names each study's group: the results without each group too.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    mods : str or list, optional
        Moderators: ``ablat + factor(alloc)``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    order : str or array, optional
        The column by which studies enter the cumulative analysis; without it, the order of the rows.
    outlier_bootstrap : int, optional
        The replicates of a parametric bootstrap of their likelihood-ratio tests.
    outliers : bool, optional
        Random effects with heavy tails and with outliers (t, mixture) beside the normal ones.
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    power : float, optional
        Its power at the anticipated effect. Default: 0.8.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    seed : int, optional
        The seed of random subsets. Default: 1.
    sequential : float, optional
        Trial sequential analysis for this anticipated effect, on the scale of the analysis (a log ratio for
        ratios).
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    spending : str or list, optional
        The spending of its errors: obf, pocock, power:R, hsd:G. Default: "obf".
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot leave-one-out", Call.drawn, data=True)
def leave_one_out(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    counts: bool | None = None,
    digits: int | None = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    group: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    random: Option = None,
    ratio: bool | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    sheet: Option = None,
    spending: Option = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    structure: str | Sequence[str] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    width: float | None = None,
    xlab: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of the fits without each study.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    alpha : float, optional
        The two-sided error of the sequential analysis. Default: 0.05.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    diversity : float, optional
        Its diversity D², from 0 to below 1; without it, that of the studies.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility : bool, optional
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh : int, optional
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    group : str or array, optional
        The column that names each study's group: the results without each group too.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    mods : str or list, optional
        Moderators: ``ablat + factor(alloc)``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    order : str or array, optional
        The column by which studies enter the cumulative analysis; without it, the order of the rows.
    outlier_bootstrap : int, optional
        The replicates of a parametric bootstrap of their likelihood-ratio tests.
    outliers : bool, optional
        Random effects with heavy tails and with outliers (t, mixture) beside the normal ones.
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    power : float, optional
        Its power at the anticipated effect. Default: 0.8.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    seed : int, optional
        The seed of random subsets. Default: 1.
    sequential : float, optional
        Trial sequential analysis for this anticipated effect, on the scale of the analysis (a log ratio for
        ratios).
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    spending : str or list, optional
        The spending of its errors: obf, pocock, power:R, hsd:G. Default: "obf".
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot cumulative", Call.drawn, data=True)
def cumulative(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    counts: bool | None = None,
    digits: int | None = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    group: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    random: Option = None,
    ratio: bool | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    sheet: Option = None,
    spending: Option = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    structure: str | Sequence[str] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    width: float | None = None,
    xlab: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of the fits to the first study, the first two, and so on (in the order of `order`).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    alpha : float, optional
        The two-sided error of the sequential analysis. Default: 0.05.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    diversity : float, optional
        Its diversity D², from 0 to below 1; without it, that of the studies.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility : bool, optional
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh : int, optional
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    group : str or array, optional
        The column that names each study's group: the results without each group too.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    mods : str or list, optional
        Moderators: ``ablat + factor(alloc)``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    order : str or array, optional
        The column by which studies enter the cumulative analysis; without it, the order of the rows.
    outlier_bootstrap : int, optional
        The replicates of a parametric bootstrap of their likelihood-ratio tests.
    outliers : bool, optional
        Random effects with heavy tails and with outliers (t, mixture) beside the normal ones.
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    power : float, optional
        Its power at the anticipated effect. Default: 0.8.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    seed : int, optional
        The seed of random subsets. Default: 1.
    sequential : float, optional
        Trial sequential analysis for this anticipated effect, on the scale of the analysis (a log ratio for
        ratios).
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    spending : str or list, optional
        The spending of its errors: obf, pocock, power:R, hsd:G. Default: "obf".
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot bubble", Call.drawn, data=True)
def bubble(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    adjust: Literal["holm", "hochberg", "bonferroni", "bh", "single-step", "none"] | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    bubble: Option = None,
    by: Option = None,
    cluster: Option = None,
    coding: Literal["treatment", "sum", "helmert"] | None = None,
    collinear: Literal["refuse", "drop"] | None = None,
    compare: Option = None,
    contrast: Option = None,
    diagnostics: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    moderator: Option = None,
    mods: Option,
    multimodel: Literal["aicc", "aic", "bic"] | None = None,
    na: Option = None,
    permute: int | None = None,
    permute_statistic: Literal["test", "coefficient"] | None = None,
    predict: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    r2_bootstrap: int | None = None,
    r2_resampling: Literal["studies", "model"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    scale_link: Literal["log", "identity"] | None = None,
    scale_mods: Option = None,
    seed: int | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    test: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vif: int | None = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    wild_bootstrap: int | None = None,
    wild_weights: Literal["rademacher", "webb", "mammen"] | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Effects against a moderator, with the fitted line and its bands.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    adjust : {'holm', 'hochberg', 'bonferroni', 'bh', 'single-step', 'none'}, optional
        The adjustment of P values of contrasts, differences and (without either) of all coefficients: holm,
        hochberg, bonferroni, bh, single-step (multivariate t), none.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    bubble : str or list, optional
        The data of a bubble plot over this moderator.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    coding : {'treatment', 'sum', 'helmert'}, optional
        The contrasts of factors: treatment, sum or helmert. Default: "treatment".
    collinear : {'refuse', 'drop'}, optional
        The treatment of columns that are combinations of others: refuse (and name them) or drop. Default:
        "refuse".
    compare : str or list, optional
        Compare with the model of this formula, nested in ``mods``, by likelihood ratio.
    contrast : str or list, optional
        A contrast of coefficients: ``[NAME =] allocrandom - allocsystematic``, or one value for each;
        repeatable.
    diagnostics : bool, optional
        Residuals, leverage and influence of every study.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    marginal : str or list, optional
        Marginal means of this factor and their differences; repeatable.
    marginal_weights : {'equal', 'proportional'}, optional
        The weights by which other factors are averaged: equal or proportional. Default: "equal".
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    moderator : str or array, optional
        The moderator along the axis; without it, the first numeric one.
    mods : str or list
        The moderators: ``ablat + factor(alloc) + year:ablat``.
    multimodel : {'aicc', 'aic', 'bic'}, optional
        All subsets of the terms, weighted by aicc, aic or bic, and coefficients averaged over them; needs
        ``method="ML"`` or ``model="fixed"``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    permute : int, optional
        Add P values from this many permutations (all of them when there are at most so many).
    permute_statistic : {'test', 'coefficient'}, optional
        The statistic of ``permute``: test or coefficient (as Follmann and Proschan 1999). Default: "test".
    predict : str or list, optional
        Predict at all combinations of these values: ``ablat=10,20;alloc=random``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    r2_bootstrap : int, optional
        Bootstrap intervals of R² from this many sets.
    r2_resampling : {'studies', 'model'}, optional
        The source of the sets: studies or model. Default: "studies".
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    scale_link : {'log', 'identity'}, optional
        The link by which they make tau²: log or identity. Default: "log".
    scale_mods : str or list, optional
        A location-scale model: moderators of tau².
    seed : int, optional
        The seed of permutations, bootstraps and simulations. Default: 1.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    test : str or list, optional
        Test the coefficients of these terms together: ``alloc,ablat:year``; repeatable.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vif : int, optional
        Variance inflation of every term, compared with this many simulations of independent moderators.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wild_bootstrap : int, optional
        Wild cluster bootstrap tests of every term from this many sets; needs ``cluster``.
    wild_weights : {'rademacher', 'webb', 'mammen'}, optional
        The weights of clusters in it: rademacher, webb or mammen. Default: "rademacher".
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot regression", Call.drawn, data=True)
def regression(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    adjust: Literal["holm", "hochberg", "bonferroni", "bh", "single-step", "none"] | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    bubble: Option = None,
    by: Option = None,
    cluster: Option = None,
    coding: Literal["treatment", "sum", "helmert"] | None = None,
    collinear: Literal["refuse", "drop"] | None = None,
    compare: Option = None,
    contrast: Option = None,
    counts: bool | None = None,
    diagnostics: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    mods: Option,
    multimodel: Literal["aicc", "aic", "bic"] | None = None,
    na: Option = None,
    pages: float | None = None,
    permute: int | None = None,
    permute_statistic: Literal["test", "coefficient"] | None = None,
    predict: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    r2_bootstrap: int | None = None,
    r2_resampling: Literal["studies", "model"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    scale_link: Literal["log", "identity"] | None = None,
    scale_mods: Option = None,
    seed: int | None = None,
    set: Option = None,
    sheet: Option = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    structure: str | Sequence[str] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    test: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vif: int | None = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    wild_bootstrap: int | None = None,
    wild_weights: Literal["rademacher", "webb", "mammen"] | None = None,
    xlab: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of a meta-regression: studies with what the model predicts for them.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    adjust : {'holm', 'hochberg', 'bonferroni', 'bh', 'single-step', 'none'}, optional
        The adjustment of P values of contrasts, differences and (without either) of all coefficients: holm,
        hochberg, bonferroni, bh, single-step (multivariate t), none.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    bubble : str or list, optional
        The data of a bubble plot over this moderator.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    coding : {'treatment', 'sum', 'helmert'}, optional
        The contrasts of factors: treatment, sum or helmert. Default: "treatment".
    collinear : {'refuse', 'drop'}, optional
        The treatment of columns that are combinations of others: refuse (and name them) or drop. Default:
        "refuse".
    compare : str or list, optional
        Compare with the model of this formula, nested in ``mods``, by likelihood ratio.
    contrast : str or list, optional
        A contrast of coefficients: ``[NAME =] allocrandom - allocsystematic``, or one value for each;
        repeatable.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    diagnostics : bool, optional
        Residuals, leverage and influence of every study.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    marginal : str or list, optional
        Marginal means of this factor and their differences; repeatable.
    marginal_weights : {'equal', 'proportional'}, optional
        The weights by which other factors are averaged: equal or proportional. Default: "equal".
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    mods : str or list
        The moderators: ``ablat + factor(alloc) + year:ablat``.
    multimodel : {'aicc', 'aic', 'bic'}, optional
        All subsets of the terms, weighted by aicc, aic or bic, and coefficients averaged over them; needs
        ``method="ML"`` or ``model="fixed"``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    permute : int, optional
        Add P values from this many permutations (all of them when there are at most so many).
    permute_statistic : {'test', 'coefficient'}, optional
        The statistic of ``permute``: test or coefficient (as Follmann and Proschan 1999). Default: "test".
    predict : str or list, optional
        Predict at all combinations of these values: ``ablat=10,20;alloc=random``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    r2_bootstrap : int, optional
        Bootstrap intervals of R² from this many sets.
    r2_resampling : {'studies', 'model'}, optional
        The source of the sets: studies or model. Default: "studies".
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    scale_link : {'log', 'identity'}, optional
        The link by which they make tau²: log or identity. Default: "log".
    scale_mods : str or list, optional
        A location-scale model: moderators of tau².
    seed : int, optional
        The seed of permutations, bootstraps and simulations. Default: 1.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    test : str or list, optional
        Test the coefficients of these terms together: ``alloc,ablat:year``; repeatable.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vif : int, optional
        Variance inflation of every term, compared with this many simulations of independent moderators.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wild_bootstrap : int, optional
        Wild cluster bootstrap tests of every term from this many sets; needs ``cluster``.
    wild_weights : {'rademacher', 'webb', 'mammen'}, optional
        The weights of clusters in it: rademacher, webb or mammen. Default: "rademacher".
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot permutation", Call.drawn, data=True)
def permutation(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    adjust: Literal["holm", "hochberg", "bonferroni", "bh", "single-step", "none"] | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    bubble: Option = None,
    by: Option = None,
    cluster: Option = None,
    coding: Literal["treatment", "sum", "helmert"] | None = None,
    collinear: Literal["refuse", "drop"] | None = None,
    compare: Option = None,
    contrast: Option = None,
    diagnostics: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    mods: Option,
    multimodel: Literal["aicc", "aic", "bic"] | None = None,
    na: Option = None,
    permute: int | None = None,
    permute_statistic: Literal["test", "coefficient"] | None = None,
    predict: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    r2_bootstrap: int | None = None,
    r2_resampling: Literal["studies", "model"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    scale_link: Literal["log", "identity"] | None = None,
    scale_mods: Option = None,
    seed: int | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    term: Option = None,
    test: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vif: int | None = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    wild_bootstrap: int | None = None,
    wild_weights: Literal["rademacher", "webb", "mammen"] | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The observed statistic among those of all arrangements.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    adjust : {'holm', 'hochberg', 'bonferroni', 'bh', 'single-step', 'none'}, optional
        The adjustment of P values of contrasts, differences and (without either) of all coefficients: holm,
        hochberg, bonferroni, bh, single-step (multivariate t), none.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    bubble : str or list, optional
        The data of a bubble plot over this moderator.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    coding : {'treatment', 'sum', 'helmert'}, optional
        The contrasts of factors: treatment, sum or helmert. Default: "treatment".
    collinear : {'refuse', 'drop'}, optional
        The treatment of columns that are combinations of others: refuse (and name them) or drop. Default:
        "refuse".
    compare : str or list, optional
        Compare with the model of this formula, nested in ``mods``, by likelihood ratio.
    contrast : str or list, optional
        A contrast of coefficients: ``[NAME =] allocrandom - allocsystematic``, or one value for each;
        repeatable.
    diagnostics : bool, optional
        Residuals, leverage and influence of every study.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    marginal : str or list, optional
        Marginal means of this factor and their differences; repeatable.
    marginal_weights : {'equal', 'proportional'}, optional
        The weights by which other factors are averaged: equal or proportional. Default: "equal".
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    mods : str or list
        The moderators: ``ablat + factor(alloc) + year:ablat``.
    multimodel : {'aicc', 'aic', 'bic'}, optional
        All subsets of the terms, weighted by aicc, aic or bic, and coefficients averaged over them; needs
        ``method="ML"`` or ``model="fixed"``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    permute : int, optional
        Add P values from this many permutations (all of them when there are at most so many).
    permute_statistic : {'test', 'coefficient'}, optional
        The statistic of ``permute``: test or coefficient (as Follmann and Proschan 1999). Default: "test".
    predict : str or list, optional
        Predict at all combinations of these values: ``ablat=10,20;alloc=random``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    r2_bootstrap : int, optional
        Bootstrap intervals of R² from this many sets.
    r2_resampling : {'studies', 'model'}, optional
        The source of the sets: studies or model. Default: "studies".
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    scale_link : {'log', 'identity'}, optional
        The link by which they make tau²: log or identity. Default: "log".
    scale_mods : str or list, optional
        A location-scale model: moderators of tau².
    seed : int, optional
        The seed of permutations, bootstraps and simulations. Default: 1.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    term : str or list, optional
        The coefficient; without it, the moderator test.
    test : str or list, optional
        Test the coefficients of these terms together: ``alloc,ablat:year``; repeatable.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vif : int, optional
        Variance inflation of every term, compared with this many simulations of independent moderators.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wild_bootstrap : int, optional
        Wild cluster bootstrap tests of every term from this many sets; needs ``cluster``.
    wild_weights : {'rademacher', 'webb', 'mammen'}, optional
        The weights of clusters in it: rademacher, webb or mammen. Default: "rademacher".
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot glmm", Call.drawn, data=True)
def glmm(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    bootstrap: int | None = None,
    by: Option = None,
    coding: Literal["1/2", "1", "0"] | None = None,
    combine: bool | None = None,
    correlated: bool | None = None,
    counts: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    effects: Literal["random", "common"] | None = None,
    exact: bool | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "profile"] | None = None,
    kind: Literal["forest", "methods", "likelihood"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    leave_one_out: bool | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    link: Literal["logit", "probit", "cloglog"] | None = None,
    log: bool | None = None,
    measure: Literal["OR", "RR", "IRR", "PLO", "IRLN"] | None = None,
    model: str | Sequence[str] | None = None,
    mods: Option = None,
    multiverse: bool | None = None,
    na: Option = None,
    no_intervals: bool | None = None,
    pages: float | None = None,
    penalty: Literal["none", "firth"] | None = None,
    predict: Option = None,
    prediction: Literal["normal", "t", "hts"] | None = None,
    residuals: bool | None = None,
    seed: int | None = None,
    set: Option = None,
    sheet: Option = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    study_interval: Literal["clopper-pearson", "mid-p", "wilson", "agresti-coull", "jeffreys"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    xlab: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Models of counts: the forest plot with exact intervals, every method, or the profile likelihood.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    bootstrap : int, optional
        Add the tests of heterogeneity by parametric bootstrap with so many replicates.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    coding : {'1/2', '1', '0'}, optional
        The spread of the random effect over two groups (um-fs, um-rs): 1/2, 1 or 0; without it 1/2.
    combine : bool, optional
        Add the exact P-value functions of the studies, combined.
    correlated : bool, optional
        Let the random effects of um-rs correlate.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave out studies without events, or with events only, in both groups: yes or no. Default: "no".
    effects : {'random', 'common'}, optional
        One effect or effects that vary: random or common. Default: "random".
    exact : bool, optional
        Add exact conditional inference about a common ratio.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'profile'}, optional
        The basis of tests and intervals: wald, t or profile. Default: "wald".
    kind : {'forest', 'methods', 'likelihood'}, optional
        The figure. One of forest, methods, likelihood. Default: "forest".
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    leave_one_out : bool, optional
        Add the fits without each study.
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    link : {'logit', 'probit', 'cloglog'}, optional
        The link of PLO: logit, probit or cloglog.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : {'OR', 'RR', 'IRR', 'PLO', 'IRLN'}, optional
        The measure: OR, RR (two groups), IRR (person-time), PLO (proportions), IRLN (rates); without it by
        the columns.
    model : {'um-fs', 'um-rs', 'cm-el', 'cm-al', 'bb', 'bivariate-bb', 'nb', 'normal'}, optional
        The likelihood: um-fs, um-rs, cm-el, cm-al, bb, bivariate-bb, nb, normal; several, separated by
        commas, fit all. Without it cm-el for OR and IRR, bb for RR, normal for PLO and IRLN.
    mods : str or list, optional
        The moderators: ``ablat + factor(alloc) + year:ablat``.
    multiverse : bool, optional
        Add every method for counts, inverse variance, Mantel-Haenszel and Peto among them, with what each
        assumes.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    no_intervals : bool, optional
        Leave out the interval of tau².
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    penalty : {'none', 'firth'}, optional
        A penalty of the likelihood: none or firth (with ``effects`` common). Default: "none".
    predict : str or list, optional
        Predict at all combinations of these values: ``ablat=10,20;alloc=random``.
    prediction : {'normal', 't', 'hts'}, optional
        The convention of the prediction interval: normal, t (k-1) or hts (t, k-2). Default: "normal".
    residuals : bool, optional
        Add residuals and empirical Bayes estimates to the studies.
    seed : int, optional
        The seed of the bootstrap. Default: 1.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    study_interval : {'clopper-pearson', 'mid-p', 'wilson', 'agresti-coull', 'jeffreys'}, optional
        The interval of single proportions and rates: clopper-pearson, mid-p, wilson, agresti-coull or
        jeffreys.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot multilevel", Call.drawn, data=True)
def multilevel(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    adjust: Literal["holm", "hochberg", "bonferroni", "bh", "single-step", "none"] | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    blup: bool | None = None,
    bootstrap: int | None = None,
    by: Option = None,
    cluster: Option = None,
    contrast: Option = None,
    correlation: Option = None,
    counts: bool | None = None,
    digits: int | None = None,
    distance: Literal["euclidean", "manhattan", "maximum", "great-circle"] | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    fix: Option = None,
    font: Option = None,
    group: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "contain", "satterthwaite", "kr"] | None = None,
    influence: Option = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML"] | None = None,
    mods: Option = None,
    na: Option = None,
    no_intervals: bool | None = None,
    pages: float | None = None,
    predict: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    rows: Option = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    share: Option = None,
    sheet: Option = None,
    small_study: Literal["sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv"] | None = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    structure: str | Sequence[str] | None = None,
    test: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: bool | None = None,
    where: Option = None,
    width: float | None = None,
    within: Option = None,
    without: Option = None,
    xlab: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of a multilevel model: the effects of each study below its name.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    adjust : {'holm', 'hochberg', 'bonferroni', 'bh', 'single-step', 'none'}, optional
        The adjustment of P values of contrasts, differences and (without either) of all coefficients: holm,
        hochberg, bonferroni, bh, single-step (multivariate t), none.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    blup : bool, optional
        The predicted deviation of every group (BLUP).
    bootstrap : int, optional
        The parametric bootstrap with so many replicates, of the fit and of ``without``.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    contrast : str or list, optional
        A contrast of coefficients: ``[NAME =] allocrandom - allocsystematic``, or one value for each;
        repeatable.
    correlation : str or list, optional
        Known correlations of the levels of an intercept: ``species=tree.nwk`` (a tree) or
        ``species=matrix.csv`` (a matrix with the levels as its header); repeatable.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    distance : {'euclidean', 'manhattan', 'maximum', 'great-circle'}, optional
        The distances of spatial structures: euclidean, manhattan, maximum, great-circle (latitude and
        longitude in degrees, to kilometres); or the distances between sites, ``clinic=hours.csv`` (a matrix
        with the sites as its header) for ``random="clinic|region"``, or ``clinic|1`` for one map of all.
        Default: "euclidean".
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    fix : str or list, optional
        Hold variances, then correlations, of a term: ``district=0.05``, ``outcome|trial=0.03,NA,0.5``;
        repeatable.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    group : str or array, optional
        The column under whose values effects stand together; without it, the outermost factor of the first
        ``random``.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inference : {'wald', 't', 'contain', 'satterthwaite', 'kr'}, optional
        The inference: wald, t, contain, satterthwaite or kr. Default: "wald".
    influence : str or array, optional
        The fit without each level of a column, or without each effect (``effect``).
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    marginal : str or list, optional
        Marginal means of this factor and their differences; repeatable.
    marginal_weights : {'equal', 'proportional'}, optional
        The weights of the levels of other factors in them: equal or proportional. Default: "equal".
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'ML'}, optional
        The estimation: REML or ML. Default: "REML".
    mods : str or list, optional
        The moderators, as for ``regress``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    no_intervals : bool, optional
        Leave out profile-likelihood intervals of variances and correlations, which take most of the time.
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    predict : str or list, optional
        Predict at all combinations of these values: ``ablat=10,20;alloc=random``.
    random : str or list, optional
        Random effects: ``district/school`` (nested intercepts), ``outcome|trial`` (a structure),
        ``1+time|study`` (random slopes, gen or gdiag), ``lat+lon|region`` (a spatial structure; ``lat+lon``
        alone makes one map); repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
    rows : str or array, optional
        The column that names the effects within their group; without it, their labels.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    seed : int, optional
        The seed of the bootstrap. Default: 1.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    share : str or list, optional
        Give two intercepts one variance: ``district,district/school``; repeatable.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_study : {'sei', 'vi', 'ni', 'ninv', 'sqrtni', 'sqrtninv'}, optional
        Small-study effects: the slope on sei, vi, ni, ninv, sqrtni or sqrtninv; without other moderators also
        PET-PEESE.
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    structure : {'cs', 'hcs', 'un', 'id', 'diag', 'ar1', 'har1', 'car', 'spexp', 'spgau', 'splin', 'sprat', 'spsph', 'gen', 'gdiag'}, optional
        The structure of ``inner|outer`` terms: cs, hcs, un, id, diag, ar1, har1, car, spexp, spgau, splin,
        sprat, spsph, gen, gdiag; several, separated by commas, for several terms.
    test : str or list, optional
        Test the coefficients of these terms together: ``alloc,ablat:year``; repeatable.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    vcov : str or list, optional
        Sampling covariances: ``0.6:study`` (one correlation), ``0.7,0.4:study/outcome`` (within and between
        kinds of outcome), ``ar1(0.9):study/time`` or ``v1i,v2i:trial`` (columns of a matrix).
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : bool, optional
        The weight and leverage of every effect.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    within : str or list, optional
        Predict a new effect of a known group: ``district=11``; repeatable.
    without : str or list, optional
        The likelihood-ratio test against the model without a random effect.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot selection", Call.drawn, data=True)
def selection(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alternative: Literal["greater", "less", "two-sided"] | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    bootstrap: int | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    direction: Literal["greater", "less"] | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    estimator: Literal["L0", "R0", "Q0"] | None = None,
    event: Literal["bad", "good"] | None = None,
    excess_test: Literal["exact", "chi2", "binom"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    imor: Option = None,
    imputed_variance: Literal["w1", "w2", "w3", "w4"] | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    power: int | None = None,
    predictor: Literal["sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    regression: Literal["lm", "rma"] | None = None,
    relative_probability: float | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    selection: Option = None,
    selection_ci: Literal["wald", "profile"] | None = None,
    set: Option = None,
    sheet: Option = None,
    side: Literal["left", "right"] | None = None,
    structure: str | Sequence[str] | None = None,
    target: float | None = None,
    test: str | Sequence[str] | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: float | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    trim_model: Literal["fixed", "random"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    unreported: int | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The fitted selection functions.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    alternative : {'greater', 'less', 'two-sided'}, optional
        The P values on which selection rests: greater, less, two-sided. Default: "greater".
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    bootstrap : int, optional
        The resampled sets behind the intervals of z-curve. Default: 1000.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names the cluster of each effect, within which effects depend on each other.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    direction : {'greater', 'less'}, optional
        The direction of the effect for p-uniform and worst-case: greater or less; without it, that of the
        mean.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    estimator : {'L0', 'R0', 'Q0'}, optional
        The estimator of trim and fill: L0, R0, Q0. Default: "L0".
    event : {'bad', 'good'}, optional
        The event, bad or good, which says what best and worst case of missing outcomes mean. Default: "bad".
    excess_test : {'exact', 'chi2', 'binom'}, optional
        The test of excess significance: exact, chi2, binom. Default: "exact".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    imor : str or list, optional
        Informative missingness odds ratios of intervention and comparator: ``2,0.5``.
    imputed_variance : {'w1', 'w2', 'w3', 'w4'}, optional
        The variance of imputed outcomes: w1, w2, w3, w4. Missing outcomes are read from the roles ``miss1i``
        and ``miss2i``. Default: "w4".
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    mods : str or list, optional
        Moderators of the selection models: ``blind + year``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    power : int, optional
        Simulate the size and the power of the tests with this many replicates.
    predictor : {'sei', 'vi', 'ni', 'ninv', 'sqrtni', 'sqrtninv'}, optional
        Its predictor: sei, vi, ni, ninv, sqrtni, sqrtninv. Default: "sei".
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    regression : {'lm', 'rma'}, optional
        The model of the regression test: lm or rma. Default: "rma".
    relative_probability : float, optional
        The probability that a study that is not significant is published, over that of a significant one, in
        the simulation. Default: 0.2.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    seed : int, optional
        The seed of simulation and resampling. Default: 1.
    selection : str or list, optional
        A selection model, repeatable: stepfun:0.025,0.5, 3psm, 4psm, beta, halfnorm, negexp, logistic, power,
        negexppow, trunc:0; ``=0.9,NA`` holds parameters, ``@sei`` (vi, ninv, sqrtninv) lets it depend on
        precision; or the fixed weights moderate-one-tailed, severe-one-tailed, moderate-two-tailed,
        severe-two-tailed of Vevea and Woods.
    selection_ci : {'wald', 'profile'}, optional
        The intervals of selection models: wald, or profile as well. Default: "wald".
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    side : {'left', 'right'}, optional
        The side that trim and fill fills: left or right; without it, as the funnel plot leans.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    target : float, optional
        The target of Orwin's fail-safe number; without it, half the mean effect.
    test : {'egger', 'begg', 'regression', 'thompson-sharp', 'harbord', 'peters', 'macaskill', 'schwarzer', 'ruecker', 'deeks', 'pustejovsky-rodgers', 'skewness', 'lfk', 'trim-and-fill', 'failsafe-n', 'selection', 'excess-significance', 'henmi-copas', 'pet-peese', 'limit', 'p-curve', 'uwls', 'copas', 'p-uniform', 'z-curve', 'worst-case', 'reporting-bias', 'missing-outcomes', 'power'}, optional
        Only these, separated by commas: egger, begg, regression, thompson-sharp, harbord, peters, macaskill,
        schwarzer, ruecker, deeks, pustejovsky-rodgers, skewness, lfk, trim-and-fill, failsafe-n, selection,
        excess-significance, henmi-copas, pet-peese, limit, p-curve, uwls, copas, p-uniform, z-curve,
        worst-case, reporting-bias, missing-outcomes, power. Without it, all that applies to the data.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : float, optional
        The threshold to which worst-case brings the mean. Default: 0.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    trim_model : {'fixed', 'random'}, optional
        The model by which trim and fill trims: fixed or random; without it, that of the analysis.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    unreported : int, optional
        The numbers of unreported studies for which reporting-bias bounds the bias. Default: 1,2,3,4,5.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot p-curve", Call.drawn, data=True)
def p_curve(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alternative: Literal["greater", "less", "two-sided"] | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    bootstrap: int | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    direction: Literal["greater", "less"] | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    estimator: Literal["L0", "R0", "Q0"] | None = None,
    event: Literal["bad", "good"] | None = None,
    excess_test: Literal["exact", "chi2", "binom"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    imor: Option = None,
    imputed_variance: Literal["w1", "w2", "w3", "w4"] | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    power: int | None = None,
    predictor: Literal["sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    regression: Literal["lm", "rma"] | None = None,
    relative_probability: float | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    selection: Option = None,
    selection_ci: Literal["wald", "profile"] | None = None,
    set: Option = None,
    sheet: Option = None,
    side: Literal["left", "right"] | None = None,
    structure: str | Sequence[str] | None = None,
    target: float | None = None,
    test: str | Sequence[str] | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: float | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    trim_model: Literal["fixed", "random"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    unreported: int | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The distribution of the significant P values.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    alternative : {'greater', 'less', 'two-sided'}, optional
        The P values on which selection rests: greater, less, two-sided. Default: "greater".
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    bootstrap : int, optional
        The resampled sets behind the intervals of z-curve. Default: 1000.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names the cluster of each effect, within which effects depend on each other.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    direction : {'greater', 'less'}, optional
        The direction of the effect for p-uniform and worst-case: greater or less; without it, that of the
        mean.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    estimator : {'L0', 'R0', 'Q0'}, optional
        The estimator of trim and fill: L0, R0, Q0. Default: "L0".
    event : {'bad', 'good'}, optional
        The event, bad or good, which says what best and worst case of missing outcomes mean. Default: "bad".
    excess_test : {'exact', 'chi2', 'binom'}, optional
        The test of excess significance: exact, chi2, binom. Default: "exact".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    imor : str or list, optional
        Informative missingness odds ratios of intervention and comparator: ``2,0.5``.
    imputed_variance : {'w1', 'w2', 'w3', 'w4'}, optional
        The variance of imputed outcomes: w1, w2, w3, w4. Missing outcomes are read from the roles ``miss1i``
        and ``miss2i``. Default: "w4".
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed'}, optional
        The model: random or fixed. Default: "random".
    mods : str or list, optional
        Moderators of the selection models: ``blind + year``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    power : int, optional
        Simulate the size and the power of the tests with this many replicates.
    predictor : {'sei', 'vi', 'ni', 'ninv', 'sqrtni', 'sqrtninv'}, optional
        Its predictor: sei, vi, ni, ninv, sqrtni, sqrtninv. Default: "sei".
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    regression : {'lm', 'rma'}, optional
        The model of the regression test: lm or rma. Default: "rma".
    relative_probability : float, optional
        The probability that a study that is not significant is published, over that of a significant one, in
        the simulation. Default: 0.2.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    seed : int, optional
        The seed of simulation and resampling. Default: 1.
    selection : str or list, optional
        A selection model, repeatable: stepfun:0.025,0.5, 3psm, 4psm, beta, halfnorm, negexp, logistic, power,
        negexppow, trunc:0; ``=0.9,NA`` holds parameters, ``@sei`` (vi, ninv, sqrtninv) lets it depend on
        precision; or the fixed weights moderate-one-tailed, severe-one-tailed, moderate-two-tailed,
        severe-two-tailed of Vevea and Woods.
    selection_ci : {'wald', 'profile'}, optional
        The intervals of selection models: wald, or profile as well. Default: "wald".
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    side : {'left', 'right'}, optional
        The side that trim and fill fills: left or right; without it, as the funnel plot leans.
    structure : {'CS', 'HCS', 'UN', 'ID', 'DIAG', 'AR1', 'HAR1', 'CAR', 'SPEXP', 'SPGAU', 'SPLIN', 'SPRAT', 'SPSPH', 'GEN', 'GDIAG'}, optional
        The structure of ``inner|outer`` terms, as for ``multilevel``. One of CS, HCS, UN, ID, DIAG, AR1,
        HAR1, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.
    target : float, optional
        The target of Orwin's fail-safe number; without it, half the mean effect.
    test : {'egger', 'begg', 'regression', 'thompson-sharp', 'harbord', 'peters', 'macaskill', 'schwarzer', 'ruecker', 'deeks', 'pustejovsky-rodgers', 'skewness', 'lfk', 'trim-and-fill', 'failsafe-n', 'selection', 'excess-significance', 'henmi-copas', 'pet-peese', 'limit', 'p-curve', 'uwls', 'copas', 'p-uniform', 'z-curve', 'worst-case', 'reporting-bias', 'missing-outcomes', 'power'}, optional
        Only these, separated by commas: egger, begg, regression, thompson-sharp, harbord, peters, macaskill,
        schwarzer, ruecker, deeks, pustejovsky-rodgers, skewness, lfk, trim-and-fill, failsafe-n, selection,
        excess-significance, henmi-copas, pet-peese, limit, p-curve, uwls, copas, p-uniform, z-curve,
        worst-case, reporting-bias, missing-outcomes, power. Without it, all that applies to the data.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : float, optional
        The threshold to which worst-case brings the mean. Default: 0.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    trim_model : {'fixed', 'random'}, optional
        The model by which trim and fill trims: fixed or random; without it, that of the analysis.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    unreported : int, optional
        The numbers of unreported studies for which reporting-bias bounds the bias. Default: 1,2,3,4,5.
    vcov : str or list, optional
        Sampling covariances, as for ``multilevel``: ``0.6:study``.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot network", Call.drawn, data=True)
def network(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    layout: Literal["circle", "stress", "bipartite"] | None = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The treatments of a network and how studies compare them.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    layout : {'circle', 'stress', 'bipartite'}, optional
        The layout of the treatments: circle, stress (distances as in the network) or bipartite (treatments
        and designs). Default: "circle".
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot league", Call.drawn, data=True)
def league(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The league table in color: network below, direct above the diagonal, always row versus column.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot rankogram", Call.drawn, data=True)
def rankogram(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The probabilities of all ranks of each treatment.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot rank-heat", Call.drawn, data=True)
def rank_heat(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The P-scores of the treatments over outcomes (`outcome2`).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot net-heat", Call.drawn, data=True)
def net_heat(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The net heat plot: the designs from which inconsistency comes.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot forest-network", Call.drawn, data=True)
def forest_network(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    counts: bool | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pages: float | None = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    xlab: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of all treatments against the reference.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot split", Call.drawn, data=True)
def split(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    counts: bool | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    levels: Option = None,
    limits: Option = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pages: float | None = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    statistics: Literal["short", "intervals", "revman"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    xlab: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of direct, indirect and network estimates.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    counts : bool, optional
        The number of studies behind every pooled estimate: ``Random effects (REML), k = 13``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect: ``Favours vaccine,Favours control``.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    layout : {'revman5', 'jama', 'bmj'}, optional
        A layout that readers know: revman5, jama or bmj.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    levels : str or list, optional
        The order of the blocks of subgroups, from the top: ``high,moderate,low``; levels that are not named
        follow.
    limits : str or list, optional
        The ends of the axis, on the original scale: ``0.1:10``.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pages : float, optional
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    statistics : {'short', 'intervals', 'revman'}, optional
        The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of
        that layout) with total events.
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    xlab : str or list, optional
        The name of the effect below the axis and above its column: ``Relative risk of tuberculosis``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot funnel-network", Call.drawn, data=True)
def funnel_network(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The comparison-adjusted funnel plot (`funnel="new,old,..."`).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot hasse", Call.drawn, data=True)
def hasse(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The partial order of the treatments over outcomes (`outcome2`).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot contribution", Call.drawn, data=True)
def contribution(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The contribution of each direct comparison to each network estimate.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot threshold", Call.drawn, data=True)
def threshold(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    by: Option = None,
    center: Option = None,
    cinema: bool | None = None,
    cinema_rule: Literal["equivalence", "opposite"] | None = None,
    combine: Option = None,
    complete: bool | None = None,
    components: Option = None,
    connect: bool | None = None,
    contribution: Literal["randomwalk", "shortest", "l1", "l2"] | None = None,
    correlation: float | None = None,
    decompose: bool | None = None,
    digits: int | None = None,
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    font: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
    height: float | None = None,
    impact: bool | None = None,
    important: float | None = None,
    inactive: Option = None,
    indirectness: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    interaction: Literal["common", "independent", "exchangeable"] | None = None,
    interactions: Option = None,
    league: bool | None = None,
    leave_one_out: Literal["refit", "held"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML", "DL"] | None = None,
    mid: float | None = None,
    model: Literal["random", "common"] | None = None,
    mods: Option = None,
    na: Option = None,
    outcome2: Data = None,
    pairs_only: bool | None = None,
    predict: Option = None,
    rank: bool | None = None,
    ratio: bool | None = None,
    reference: Option = None,
    rob: Option = None,
    same_treatment: Literal["error", "merge", "keep"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    sheet: Option = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """By how far each contrast may move before another treatment is best.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    absolute : str or list, optional
        Absolute effects from the reference's: ``TREATMENT=0.12`` (a risk, rate or mean), or
        ``TREATMENT=yi,se`` on the scale of the analysis.
    add : float, optional
        The amount added to every cell of all arms of the studies that ``to`` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all : bool, optional
        Every part that the data allow.
    as_shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape that ``pairs_only`` writes: arms, wide, contrasts or baseline.
    ask : str or list, optional
        A question about the hierarchy: ``A first and A above B``; repeatable.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    center : str or list, optional
        The center of the covariate: mean, none or a value.
    cinema : bool, optional
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule : {'equivalence', 'opposite'}, optional
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine : str or list, optional
        Combinations of components whose effects are wanted: ``a+b,c``.
    complete : bool, optional
        Complete missing pairs of multi-arm studies from those that share an arm.
    components : str or list, optional
        Additive components: the separator within the names of treatments.
    connect : bool, optional
        The connections of the treatments; no model is fitted.
    contribution : {'randomwalk', 'shortest', 'l1', 'l2'}, optional
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation : float, optional
        The correlation of two contrasts that share an arm, for ``complete``.
    decompose : bool, optional
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    impact : bool, optional
        The impact of every study on every comparison.
    important : float, optional
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive : str or list, optional
        The inactive component.
    indirectness : str or array, optional
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc'}, optional
        The inference: wald, t, hksj or hksj-adhoc. Default: "wald".
    interaction : {'common', 'independent', 'exchangeable'}, optional
        The action of the covariate: common, independent or exchangeable.
    interactions : str or list, optional
        Interactions of components: ``a*b,c*d``.
    league : bool, optional
        The league table.
    leave_one_out : {'refit', 'held'}, optional
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level : float, optional
        The confidence level in per cent. Default: 95.
    log : bool, optional
        Write the logarithms of ratios in tables, in place of the ratios.
    measure : str, optional
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method : {'REML', 'ML', 'DL'}, optional
        The estimator of tau²: REML, ML or DL (default REML).
    mid : float, optional
        The smallest difference that matters, on the scale of the analysis.
    model : {'random', 'common'}, optional
        The model: random or common (also called fixed). Default: "random".
    mods : str or array, optional
        The covariate of a network meta-regression, constant within a study.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome2 : path or data frame, optional
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only : bool, optional
        The data as pairs of arms; no model is fitted.
    predict : str or list, optional
        The value of the covariate at which effects are given: ``x=10``.
    rank : bool, optional
        The ranking of the treatments.
    ratio : bool, optional
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference : str or list, optional
        The treatment that the others are compared with; the first level without it.
    rob : str or array, optional
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment : {'error', 'merge', 'keep'}, optional
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: "error".
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios. One of log, identity.
    seed : int, optional
        The seed of the lattice.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    shape : {'arms', 'wide', 'contrasts', 'baseline'}, optional
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    small_values : {'good', 'bad'}, optional
        The meaning of a small value of the effect for the ranking: good or bad. Default: "good".
    sort : {'rank', 'level', 'given'}, optional
        The order of the league table: rank, level or given.
    split : {'side', 'sidde', 'refit'}, optional
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork : str or list, optional
        Analyze the subnetwork that holds this treatment.
    tau2 : float, optional
        Fix tau² at this value.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        A heading above the figure.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot harvest", Call.drawn, data=True)
def harvest(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    na: Option = None,
    set: Option = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "robins-e", "quadas-2", "other"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Vote counts by outcome and direction, a bar for each study.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    by : str or array, optional
        One figure for each level of this column.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups : str or list, optional
        The names of the two groups, for findings: ``Vaccine,Control``. Default: "Intervention,Comparator".
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    tool : {'rob2', 'robins-i', 'robins-e', 'quadas-2', 'other'}, optional
        The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other. Default: "rob2".
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot effect-direction", Call.drawn, data=True)
def effect_direction(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    na: Option = None,
    set: Option = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "robins-e", "quadas-2", "other"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The direction of effect by study and outcome.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    by : str or array, optional
        One figure for each level of this column.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups : str or list, optional
        The names of the two groups, for findings: ``Vaccine,Control``. Default: "Intervention,Comparator".
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    tool : {'rob2', 'robins-i', 'robins-e', 'quadas-2', 'other'}, optional
        The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other. Default: "rob2".
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot albatross", Call.drawn, data=True)
def albatross(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    baseline_risk: float | None = None,
    by: Option = None,
    contours: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    na: Option = None,
    set: Option = None,
    share: float | None = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "robins-e", "quadas-2", "other"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """P values against sample sizes, with contours of effect (columns p_value, n, direction).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    baseline_risk : float, optional
        The risk with the comparator, for contours of odds and risk ratios.
    by : str or array, optional
        One figure for each level of this column.
    contours : str or list, optional
        Contours of an effect: smd (standardized mean difference), cor, or or rr with the sizes:
        ``smd:0.1,0.25,0.5``.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups : str or list, optional
        The names of the two groups, for findings: ``Vaccine,Control``. Default: "Intervention,Comparator".
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    share : float, optional
        The share of the people in the intervention group, for contours. Default: 0.5.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    tool : {'rob2', 'robins-i', 'robins-e', 'quadas-2', 'other'}, optional
        The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other. Default: "rob2".
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot traffic-light", Call.drawn, data=True)
def traffic_light(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    na: Option = None,
    set: Option = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "robins-e", "quadas-2", "other"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The risk of bias of each study in each domain.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    by : str or array, optional
        One figure for each level of this column.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups : str or list, optional
        The names of the two groups, for findings: ``Vaccine,Control``. Default: "Intervention,Comparator".
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    tool : {'rob2', 'robins-i', 'robins-e', 'quadas-2', 'other'}, optional
        The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other. Default: "rob2".
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot risk-of-bias", Call.drawn, data=True)
def risk_of_bias(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    na: Option = None,
    set: Option = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "robins-e", "quadas-2", "other"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The shares of each judgement of the risk of bias.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    by : str or array, optional
        One figure for each level of this column.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups : str or list, optional
        The names of the two groups, for findings: ``Vaccine,Control``. Default: "Intervention,Comparator".
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    tool : {'rob2', 'robins-i', 'robins-e', 'quadas-2', 'other'}, optional
        The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other. Default: "rob2".
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot prisma", Call.drawn, data=True)
def prisma(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    na: Option = None,
    set: Option = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "robins-e", "quadas-2", "other"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The PRISMA 2020 flow diagram of a table of counts (columns `data`, `n`).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    by : str or array, optional
        One figure for each level of this column.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups : str or list, optional
        The names of the two groups, for findings: ``Vaccine,Control``. Default: "Intervention,Comparator".
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    tool : {'rob2', 'robins-i', 'robins-e', 'quadas-2', 'other'}, optional
        The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other. Default: "rob2".
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot findings", Call.drawn, data=True)
def findings(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    na: Option = None,
    set: Option = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "robins-e", "quadas-2", "other"] | None = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The GRADE summary of findings.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    by : str or array, optional
        One figure for each level of this column.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups : str or list, optional
        The names of the two groups, for findings: ``Vaccine,Control``. Default: "Intervention,Comparator".
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    tool : {'rob2', 'robins-i', 'robins-e', 'quadas-2', 'other'}, optional
        The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other. Default: "rob2".
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot ce-plane", Call.drawn)
def ce_plane(
    *,
    by: Option = None,
    comparator: Option = None,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    intervention: Option = None,
    na: Option = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The cost-effectiveness plane: of draws, with their ellipse and thresholds (`economics psa`).

    Parameters
    ----------
    by : str or array, optional
        One analysis for each level of this column of one of the files, which is no option then: the scenarios
        of a model.
    comparator : str or list, optional
        The comparator; without it, the first option.
    costs : path or data frame
        A CSV file of costs: a column for each option, a row for each draw.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    effects : path or data frame
        A CSV file of effects with the same columns and as many rows.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    intervention : str or list, optional
        The intervention; without it, the last option.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the draws that fulfil a condition on columns of one of the files, which are no options then:
        ``scenario == base``; given again, all must hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot frontier", Call.drawn, data=True)
def frontier(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    currency: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    level: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    set: Option = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The cost-effectiveness frontier (`economics frontier`).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    level : float, optional
        The confidence level in per cent. Default: 95.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot ceac", Call.drawn)
def ceac(
    *,
    by: Option = None,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The probability of each option of being cost-effective (`economics psa`); as text without a file.

    Parameters
    ----------
    by : str or array, optional
        One analysis for each level of this column of one of the files, which is no option then: the scenarios
        of a model.
    costs : path or data frame
        A CSV file of costs: a column for each option, a row for each draw.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    effects : path or data frame
        A CSV file of effects with the same columns and as many rows.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the draws that fulfil a condition on columns of one of the files, which are no options then:
        ``scenario == base``; given again, all must hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot ceaf", Call.drawn)
def ceaf(
    *,
    by: Option = None,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The same of the option that is optimal at each threshold.

    Parameters
    ----------
    by : str or array, optional
        One analysis for each level of this column of one of the files, which is no option then: the scenarios
        of a model.
    costs : path or data frame
        A CSV file of costs: a column for each option, a row for each draw.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    effects : path or data frame
        A CSV file of effects with the same columns and as many rows.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the draws that fulfil a condition on columns of one of the files, which are no options then:
        ``scenario == base``; given again, all must hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot expected-loss", Call.drawn)
def expected_loss(
    *,
    by: Option = None,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The expected loss of deciding for each option.

    Parameters
    ----------
    by : str or array, optional
        One analysis for each level of this column of one of the files, which is no option then: the scenarios
        of a model.
    costs : path or data frame
        A CSV file of costs: a column for each option, a row for each draw.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    effects : path or data frame
        A CSV file of effects with the same columns and as many rows.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the draws that fulfil a condition on columns of one of the files, which are no options then:
        ``scenario == base``; given again, all must hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot evpi", Call.drawn)
def evpi(
    *,
    by: Option = None,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The expected value of perfect information.

    Parameters
    ----------
    by : str or array, optional
        One analysis for each level of this column of one of the files, which is no option then: the scenarios
        of a model.
    costs : path or data frame
        A CSV file of costs: a column for each option, a row for each draw.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    effects : path or data frame
        A CSV file of effects with the same columns and as many rows.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the draws that fulfil a condition on columns of one of the files, which are no options then:
        ``scenario == base``; given again, all must hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot evppi", Call.drawn)
def evppi(
    *,
    by: Option = None,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    method: Literal["gam", "gp", "linear", "blocks", "segments"] | None = None,
    na: Option = None,
    of: Option,
    parameters: Data,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The expected value of partial perfect information (`economics evppi`).

    Parameters
    ----------
    by : str or array, optional
        One analysis for each level of this column of one of the files, which is no option then: the scenarios
        of a model.
    costs : path or data frame
        A CSV file of costs: a column for each option, a row for each draw.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    effects : path or data frame
        A CSV file of effects with the same columns and as many rows.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    method : {'gam', 'gp', 'linear', 'blocks', 'segments'}, optional
        The method: gam, gp (for many parameters), linear, blocks or segments. Default: "gam".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    of : str or list
        The parameters to know for certain, together: ``a,b``.
    parameters : path or data frame
        A CSV file of the parameters behind the draws: a column for each, as many rows.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the draws that fulfil a condition on columns of one of the files, which are no options then:
        ``scenario == base``; given again, all must hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot evsi", Call.drawn)
def evsi(
    *,
    cost_per_patient: float | None = None,
    currency: Option = None,
    discount_rate: float | None = None,
    dpi: float | None = None,
    effect: float | None = None,
    extra_cost: float | None = None,
    fixed_cost: float | None = None,
    font: Option = None,
    height: float | None = None,
    inb: float | None = None,
    incidence: float | None = None,
    opportunity_cost_per_patient: float | None = None,
    prevalent: float | None = None,
    price_year: int | None = None,
    prior_size: float | None = None,
    sd: float | None = None,
    se: float,
    sizes: Option,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    timing: Literal["as-timed", "mid-year", "end-of-year", "whole-years"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    width: float | None = None,
    wtp: float | None = None,
    years: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The value of a trial per person by its size (`economics evsi`); as text without a file.

    Parameters
    ----------
    cost_per_patient : float, optional
        The cost of the trial per patient. Default: 0.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    discount_rate : float, optional
        The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    effect : float, optional
        The pooled effect, such as a gain in QALYs per person; with ``se``, ``wtp``, ``extra_cost`` and
        ``sd``.
    extra_cost : float, optional
        The extra cost of the intervention per person (negative for a saving).
    fixed_cost : float, optional
        Costs of the trial that do not depend on its size. Default: 0.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inb : float, optional
        The incremental net benefit itself; with ``se`` and ``prior_size``.
    incidence : float, optional
        New people a year whom the decision serves.
    opportunity_cost_per_patient : float, optional
        Net benefit forgone per patient because of the trial. Default: 0.
    prevalent : float, optional
        People whom it serves at the start. Default: 0.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    prior_size : float, optional
        The number of patients whose evidence present knowledge is worth.
    sd : float, optional
        The standard deviation of the outcome in each arm of the new trial.
    se : float
        The standard error of the effect, or of the net benefit.
    sizes : str or list
        Sizes of the new trial, all its patients (half in each arm): values and ranges, ``100,200:1000:100``.
    tau2 : float, optional
        The variance between studies, in which the new trial shares. Default: 0.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    timing : {'as-timed', 'mid-year', 'end-of-year', 'whole-years'}, optional
        The time at which people of a year enter. One of as-timed, mid-year, end-of-year, whole-years.
        Default: "as-timed".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wtp : float, optional
        Willingness to pay per unit of effect: one value.
    years : float, optional
        The years over which the decision is useful.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot enbs", Call.drawn)
def enbs(
    *,
    cost_per_patient: float | None = None,
    currency: Option = None,
    discount_rate: float | None = None,
    dpi: float | None = None,
    effect: float | None = None,
    extra_cost: float | None = None,
    fixed_cost: float | None = None,
    font: Option = None,
    height: float | None = None,
    inb: float | None = None,
    incidence: float | None = None,
    opportunity_cost_per_patient: float | None = None,
    prevalent: float | None = None,
    price_year: int | None = None,
    prior_size: float | None = None,
    sd: float | None = None,
    se: float,
    sizes: Option,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    timing: Literal["as-timed", "mid-year", "end-of-year", "whole-years"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    width: float | None = None,
    wtp: float | None = None,
    years: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The value of a trial to all whom the decision serves, less its cost (`economics evsi incidence="..."`).

    Parameters
    ----------
    cost_per_patient : float, optional
        The cost of the trial per patient. Default: 0.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    discount_rate : float, optional
        The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    effect : float, optional
        The pooled effect, such as a gain in QALYs per person; with ``se``, ``wtp``, ``extra_cost`` and
        ``sd``.
    extra_cost : float, optional
        The extra cost of the intervention per person (negative for a saving).
    fixed_cost : float, optional
        Costs of the trial that do not depend on its size. Default: 0.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    inb : float, optional
        The incremental net benefit itself; with ``se`` and ``prior_size``.
    incidence : float, optional
        New people a year whom the decision serves.
    opportunity_cost_per_patient : float, optional
        Net benefit forgone per patient because of the trial. Default: 0.
    prevalent : float, optional
        People whom it serves at the start. Default: 0.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    prior_size : float, optional
        The number of patients whose evidence present knowledge is worth.
    sd : float, optional
        The standard deviation of the outcome in each arm of the new trial.
    se : float
        The standard error of the effect, or of the net benefit.
    sizes : str or list
        Sizes of the new trial, all its patients (half in each arm): values and ranges, ``100,200:1000:100``.
    tau2 : float, optional
        The variance between studies, in which the new trial shares. Default: 0.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    timing : {'as-timed', 'mid-year', 'end-of-year', 'whole-years'}, optional
        The time at which people of a year enter. One of as-timed, mid-year, end-of-year, whole-years.
        Default: "as-timed".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    wtp : float, optional
        Willingness to pay per unit of effect: one value.
    years : float, optional
        The years over which the decision is useful.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot tornado", Call.drawn, data=True)
def tornado(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    base: float,
    currency: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    most: int | None = None,
    na: Option = None,
    outcome: Option = None,
    price_year: int | None = None,
    set: Option = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: Option = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """A one-way sensitivity analysis, the widest bar first (columns parameter, low, high, outcome_low,
    outcome_high, or parameter, value, outcome).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    base : float
        The outcome at the base values of all parameters.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    most : int, optional
        Show only this many parameters, those with the widest bars.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    outcome : str or list, optional
        The name of the outcome: ``Incremental net benefit``. Default: "Outcome".
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    threshold : str or list, optional
        The outcome at which the decision changes, or none. Default: 0.
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot dominance", Call.drawn, data=True)
def dominance(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    na: Option = None,
    same: Option,
    set: Option = None,
    sheet: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Studies by the direction of their differences (columns study, cost_difference, effect_difference).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    same : str or list
        The rule by which a difference counts as none: ``exact`` (only 0), ``interval`` (its confidence
        interval contains 0: columns cost_ci_lower, cost_ci_upper, effect_ci_lower, effect_ci_upper), or the
        smallest differences in cost and effect that matter: ``50,0.001``.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """


@command("plot trace", Call.drawn)
def trace(
    *,
    cycle_years: float | None = None,
    cycles: int,
    dpi: float | None = None,
    font: Option = None,
    height: float | None = None,
    states: Data,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    transitions: Data,
    unit: Literal["QALYs", "mmHg"] | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The states of a cohort over time (`economics cohort`); as text without a file.

    Parameters
    ----------
    cycle_years : float, optional
        The length of a cycle in years, or in what ``unit`` says, which here is the unit of time. Default: 1.
    cycles : int
        The number of cycles.
    dpi : float, optional
        The resolution of a PNG in dots per inch. Default: 300.
    font : str or list, optional
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height : float, optional
        The height in millimeters; a forest plot is as high as its rows.
    states : path or data frame
        A CSV file of the states (columns state, start: its share, cost: per cycle, utility: per year; a trace
        needs the first two).
    theme : {'color', 'gray'}, optional
        Colors: color or gray. Default: "color".
    title : str or list, optional
        A heading above the figure.
    transitions : path or data frame
        A CSV file of probabilities: a column ``from`` and one for each state; with a column ``cycle`` (from
        1) rows hold from that cycle on, and a state without a new row keeps its last one.
    unit : {'QALYs', 'mmHg'}, optional
        The unit of effect, on the axes that show effects: QALYs, mmHg.
    where : str or list, optional
        Only the rows that fulfil a condition on columns of one of the files, which are no states then:
        ``scenario == base``; given again, all must hold.
    width : float, optional
        The width in millimeters: 170 for a page, 85 for a column.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Figure
        The figure, to be shown or saved.
    """
