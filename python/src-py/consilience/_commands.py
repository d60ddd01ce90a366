"""The commands of the program as functions.

Written by generate.py from the schema of requests.
"""

# mypy: disable-error-code="empty-body"
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ._call import Data, Option, Progress, Role, command
from .frames import Kind
from .results import Analysis, Pooled, Regression, Report, Result

__all__ = [
    "bias",
    "effects",
    "glmm",
    "influence",
    "multilevel",
    "network",
    "network_report",
    "pool",
    "regress",
    "report",
]


# Written by generate.py: change the program's options, not this file. The functions are declarations: `command` answers.


@command("effects", Result, data=True)
def effects(
    data: Data = None,
    *,
    study: Role = None,
    yi: Role = None,
    vi: Role = None,
    sei: Role = None,
    ci_lower: Role = None,
    ci_upper: Role = None,
    p_value: Role = None,
    ai: Role = None,
    bi: Role = None,
    ci: Role = None,
    di: Role = None,
    n1i: Role = None,
    n2i: Role = None,
    x1i: Role = None,
    t1i: Role = None,
    x2i: Role = None,
    t2i: Role = None,
    m1i: Role = None,
    sd1i: Role = None,
    m2i: Role = None,
    sd2i: Role = None,
    ri: Role = None,
    ni: Role = None,
    mi: Role = None,
    sdi: Role = None,
    xi: Role = None,
    ti: Role = None,
    r2i: Role = None,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    level: float | None = None,
    measure: str | None = None,
    na: Option = None,
    ratio: bool | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Raw study data to effect sizes: each row with its estimate, variance and interval.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    study : str or array, optional
        The column, or its values: the labels of the studies.
    yi : str or array, optional
        The column, or its values: ready-made effects.
    vi : str or array, optional
        The column, or its values: their sampling variances.
    sei : str or array, optional
        The column, or its values: their standard errors.
    ci_lower : str or array, optional
        The column, or its values: their lower 95 % limits.
    ci_upper : str or array, optional
        The column, or its values: their upper 95 % limits.
    p_value : str or array, optional
        The column, or its values: their two-sided P values.
    ai : str or array, optional
        The column, or its values: events in group 1 (or the first cell).
    bi : str or array, optional
        The column, or its values: non-events in group 1.
    ci : str or array, optional
        The column, or its values: events in group 2.
    di : str or array, optional
        The column, or its values: non-events in group 2.
    n1i : str or array, optional
        The column, or its values: size of group 1.
    n2i : str or array, optional
        The column, or its values: size of group 2.
    x1i : str or array, optional
        The column, or its values: events in group 1 (rates).
    t1i : str or array, optional
        The column, or its values: person-time in group 1.
    x2i : str or array, optional
        The column, or its values: events in group 2 (rates).
    t2i : str or array, optional
        The column, or its values: person-time in group 2.
    m1i : str or array, optional
        The column, or its values: mean of group 1.
    sd1i : str or array, optional
        The column, or its values: standard deviation of group 1.
    m2i : str or array, optional
        The column, or its values: mean of group 2.
    sd2i : str or array, optional
        The column, or its values: standard deviation of group 2.
    ri : str or array, optional
        The column, or its values: correlation.
    ni : str or array, optional
        The column, or its values: sample size.
    mi : str or array, optional
        The column, or its values: mean of one group (or number of predictors, of items).
    sdi : str or array, optional
        The column, or its values: standard deviation of one group.
    xi : str or array, optional
        The column, or its values: events of one group.
    ti : str or array, optional
        The column, or its values: person-time of one group (or t statistic).
    r2i : str or array, optional
        The column, or its values: R².
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    level : float, optional
        The confidence level in per cent. Default: 95.
    measure : str, optional
        The effect measure, by code (``RR``) or long name (``risk-ratio``); ``GEN`` if the data have ``yi``.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    scale : {'log', 'identity'}, optional
        The scale of ready-made effects: ``log`` for logarithms of ratios, ``identity`` for values that are
        read as they are.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.

    Examples
    --------
    The first of the trials of BCG vaccine (Colditz et al. 1994): 4 of 123 against 11 of 139.

    >>> import consilience as cs
    >>> effects = cs.effects(cs.datasets.bcg(), measure="RR")
    >>> round(float(effects.studies["yi"][0]), 4), round(float(effects.studies["vi"][0]), 4)
    (-0.8893, 0.3256)
    """


@command("pool", Pooled, data=True)
def pool(
    data: Data = None,
    *,
    study: Role = None,
    yi: Role = None,
    vi: Role = None,
    sei: Role = None,
    ci_lower: Role = None,
    ci_upper: Role = None,
    p_value: Role = None,
    ai: Role = None,
    bi: Role = None,
    ci: Role = None,
    di: Role = None,
    n1i: Role = None,
    n2i: Role = None,
    x1i: Role = None,
    t1i: Role = None,
    x2i: Role = None,
    t2i: Role = None,
    m1i: Role = None,
    sd1i: Role = None,
    m2i: Role = None,
    sd2i: Role = None,
    ri: Role = None,
    ni: Role = None,
    mi: Role = None,
    sdi: Role = None,
    xi: Role = None,
    ti: Role = None,
    r2i: Role = None,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
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
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Pooled:
    """Fixed-effect and random-effects pooling, Mantel-Haenszel, Peto; subgroups.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    study : str or array, optional
        The column, or its values: the labels of the studies.
    yi : str or array, optional
        The column, or its values: ready-made effects.
    vi : str or array, optional
        The column, or its values: their sampling variances.
    sei : str or array, optional
        The column, or its values: their standard errors.
    ci_lower : str or array, optional
        The column, or its values: their lower 95 % limits.
    ci_upper : str or array, optional
        The column, or its values: their upper 95 % limits.
    p_value : str or array, optional
        The column, or its values: their two-sided P values.
    ai : str or array, optional
        The column, or its values: events in group 1 (or the first cell).
    bi : str or array, optional
        The column, or its values: non-events in group 1.
    ci : str or array, optional
        The column, or its values: events in group 2.
    di : str or array, optional
        The column, or its values: non-events in group 2.
    n1i : str or array, optional
        The column, or its values: size of group 1.
    n2i : str or array, optional
        The column, or its values: size of group 2.
    x1i : str or array, optional
        The column, or its values: events in group 1 (rates).
    t1i : str or array, optional
        The column, or its values: person-time in group 1.
    x2i : str or array, optional
        The column, or its values: events in group 2 (rates).
    t2i : str or array, optional
        The column, or its values: person-time in group 2.
    m1i : str or array, optional
        The column, or its values: mean of group 1.
    sd1i : str or array, optional
        The column, or its values: standard deviation of group 1.
    m2i : str or array, optional
        The column, or its values: mean of group 2.
    sd2i : str or array, optional
        The column, or its values: standard deviation of group 2.
    ri : str or array, optional
        The column, or its values: correlation.
    ni : str or array, optional
        The column, or its values: sample size.
    mi : str or array, optional
        The column, or its values: mean of one group (or number of predictors, of items).
    sdi : str or array, optional
        The column, or its values: standard deviation of one group.
    xi : str or array, optional
        The column, or its values: events of one group.
    ti : str or array, optional
        The column, or its values: person-time of one group (or t statistic).
    r2i : str or array, optional
        The column, or its values: R².
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
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
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
    subgroup : str or array, optional
        The column that names each study's subgroup.
    subgroup_tau2 : {'separate', 'common'}, optional
        The tau² of subgroups: separate or common. Default: "separate".
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Pooled
        The fit; its attributes bear the names of the JSON.

    Examples
    --------
    Thirteen trials of BCG vaccine against tuberculosis (Colditz et al. 1994, JAMA 271:698): the vaccine halves the risk.

    >>> import consilience as cs
    >>> fit = cs.pool(cs.datasets.bcg(), measure="RR", method="DL")
    >>> round(fit.ratio.estimate, 2), tuple(round(limit, 2) for limit in fit.ratio.ci)
    (0.49, (0.34, 0.7))

    Arrays do as well:

    >>> cs.pool(yi=[-0.89, -1.59, -1.35], vi=[0.326, 0.195, 0.415]).k
    3
    """


@command("regress", Regression, data=True)
def regress(
    data: Data = None,
    *,
    study: Role = None,
    yi: Role = None,
    vi: Role = None,
    sei: Role = None,
    ci_lower: Role = None,
    ci_upper: Role = None,
    p_value: Role = None,
    ai: Role = None,
    bi: Role = None,
    ci: Role = None,
    di: Role = None,
    n1i: Role = None,
    n2i: Role = None,
    x1i: Role = None,
    t1i: Role = None,
    x2i: Role = None,
    t2i: Role = None,
    m1i: Role = None,
    sd1i: Role = None,
    m2i: Role = None,
    sd2i: Role = None,
    ri: Role = None,
    ni: Role = None,
    mi: Role = None,
    sdi: Role = None,
    xi: Role = None,
    ti: Role = None,
    r2i: Role = None,
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
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
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
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    scale_link: Literal["log", "identity"] | None = None,
    scale_mods: Option = None,
    seed: int | None = None,
    set: Option = None,
    sheet: Option = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    test: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vif: int | None = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    wild_bootstrap: int | None = None,
    wild_weights: Literal["rademacher", "webb", "mammen"] | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Regression:
    """Meta-regression with numeric and factor moderators.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    study : str or array, optional
        The column, or its values: the labels of the studies.
    yi : str or array, optional
        The column, or its values: ready-made effects.
    vi : str or array, optional
        The column, or its values: their sampling variances.
    sei : str or array, optional
        The column, or its values: their standard errors.
    ci_lower : str or array, optional
        The column, or its values: their lower 95 % limits.
    ci_upper : str or array, optional
        The column, or its values: their upper 95 % limits.
    p_value : str or array, optional
        The column, or its values: their two-sided P values.
    ai : str or array, optional
        The column, or its values: events in group 1 (or the first cell).
    bi : str or array, optional
        The column, or its values: non-events in group 1.
    ci : str or array, optional
        The column, or its values: events in group 2.
    di : str or array, optional
        The column, or its values: non-events in group 2.
    n1i : str or array, optional
        The column, or its values: size of group 1.
    n2i : str or array, optional
        The column, or its values: size of group 2.
    x1i : str or array, optional
        The column, or its values: events in group 1 (rates).
    t1i : str or array, optional
        The column, or its values: person-time in group 1.
    x2i : str or array, optional
        The column, or its values: events in group 2 (rates).
    t2i : str or array, optional
        The column, or its values: person-time in group 2.
    m1i : str or array, optional
        The column, or its values: mean of group 1.
    sd1i : str or array, optional
        The column, or its values: standard deviation of group 1.
    m2i : str or array, optional
        The column, or its values: mean of group 2.
    sd2i : str or array, optional
        The column, or its values: standard deviation of group 2.
    ri : str or array, optional
        The column, or its values: correlation.
    ni : str or array, optional
        The column, or its values: sample size.
    mi : str or array, optional
        The column, or its values: mean of one group (or number of predictors, of items).
    sdi : str or array, optional
        The column, or its values: standard deviation of one group.
    xi : str or array, optional
        The column, or its values: events of one group.
    ti : str or array, optional
        The column, or its values: person-time of one group (or t statistic).
    r2i : str or array, optional
        The column, or its values: R².
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
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
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
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    test : str or list, optional
        Test the coefficients of these terms together: ``alloc,ablat:year``; repeatable.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
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
    Regression
        The fit; its attributes bear the names of the JSON.

    Examples
    --------
    The further a trial of BCG vaccine from the equator, the greater its effect (Colditz et al. 1994).

    >>> import consilience as cs
    >>> fit = cs.regress(cs.datasets.bcg(), measure="RR", mods="ablat")
    >>> [round(float(estimate), 4) for estimate in fit.coefficients["estimate"]]
    [0.2515, -0.0291]
    >>> len(fit.predict(ablat=[10, 44])["estimate"])
    2
    """


@command("glmm", Result, data=True)
def glmm(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    bootstrap: int | None = None,
    by: Option = None,
    coding: Literal["1/2", "1", "0"] | None = None,
    combine: bool | None = None,
    correlated: bool | None = None,
    digits: int | None = None,
    drop00: Literal["yes", "no"] | None = None,
    effects: Literal["random", "common"] | None = None,
    exact: bool | None = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "profile"] | None = None,
    leave_one_out: bool | None = None,
    level: float | None = None,
    link: Literal["logit", "probit", "cloglog"] | None = None,
    log: bool | None = None,
    measure: Literal["OR", "RR", "IRR", "PLO", "IRLN"] | None = None,
    model: str | Sequence[str] | None = None,
    mods: Option = None,
    multiverse: bool | None = None,
    na: Option = None,
    no_intervals: bool | None = None,
    penalty: Literal["none", "firth"] | None = None,
    predict: Option = None,
    prediction: Literal["normal", "t", "hts"] | None = None,
    residuals: bool | None = None,
    seed: int | None = None,
    set: Option = None,
    sheet: Option = None,
    study_interval: Literal["clopper-pearson", "mid-p", "wilson", "agresti-coull", "jeffreys"] | None = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Odds ratios, rate ratios, proportions and rates from the likelihood of the counts: rare events.

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
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    drop00 : {'yes', 'no'}, optional
        Leave out studies without events, or with events only, in both groups: yes or no. Default: "no".
    effects : {'random', 'common'}, optional
        One effect or effects that vary: random or common. Default: "random".
    exact : bool, optional
        Add exact conditional inference about a common ratio.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'profile'}, optional
        The basis of tests and intervals: wald, t or profile. Default: "wald".
    leave_one_out : bool, optional
        Add the fits without each study.
    level : float, optional
        The confidence level in per cent. Default: 95.
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
    study_interval : {'clopper-pearson', 'mid-p', 'wilson', 'agresti-coull', 'jeffreys'}, optional
        The interval of single proportions and rates: clopper-pearson, mid-p, wilson, agresti-coull or
        jeffreys.
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


@command("multilevel", Analysis, data=True)
def multilevel(
    data: Data = None,
    *,
    study: Role = None,
    yi: Role = None,
    vi: Role = None,
    sei: Role = None,
    ci_lower: Role = None,
    ci_upper: Role = None,
    p_value: Role = None,
    ai: Role = None,
    bi: Role = None,
    ci: Role = None,
    di: Role = None,
    n1i: Role = None,
    n2i: Role = None,
    x1i: Role = None,
    t1i: Role = None,
    x2i: Role = None,
    t2i: Role = None,
    m1i: Role = None,
    sd1i: Role = None,
    m2i: Role = None,
    sd2i: Role = None,
    ri: Role = None,
    ni: Role = None,
    mi: Role = None,
    sdi: Role = None,
    xi: Role = None,
    ti: Role = None,
    r2i: Role = None,
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
    digits: int | None = None,
    distance: Literal["euclidean", "manhattan", "maximum", "great-circle"] | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    fix: Option = None,
    inference: Literal["wald", "t", "contain", "satterthwaite", "kr"] | None = None,
    influence: Option = None,
    level: float | None = None,
    log: bool | None = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: str | None = None,
    method: Literal["REML", "ML"] | None = None,
    mods: Option = None,
    na: Option = None,
    no_intervals: bool | None = None,
    predict: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    set: Option = None,
    share: Option = None,
    sheet: Option = None,
    small_study: Literal["sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv"] | None = None,
    structure: str | Sequence[str] | None = None,
    test: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: bool | None = None,
    where: Option = None,
    within: Option = None,
    without: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Multilevel and multivariate models.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    study : str or array, optional
        The column, or its values: the labels of the studies.
    yi : str or array, optional
        The column, or its values: ready-made effects.
    vi : str or array, optional
        The column, or its values: their sampling variances.
    sei : str or array, optional
        The column, or its values: their standard errors.
    ci_lower : str or array, optional
        The column, or its values: their lower 95 % limits.
    ci_upper : str or array, optional
        The column, or its values: their upper 95 % limits.
    p_value : str or array, optional
        The column, or its values: their two-sided P values.
    ai : str or array, optional
        The column, or its values: events in group 1 (or the first cell).
    bi : str or array, optional
        The column, or its values: non-events in group 1.
    ci : str or array, optional
        The column, or its values: events in group 2.
    di : str or array, optional
        The column, or its values: non-events in group 2.
    n1i : str or array, optional
        The column, or its values: size of group 1.
    n2i : str or array, optional
        The column, or its values: size of group 2.
    x1i : str or array, optional
        The column, or its values: events in group 1 (rates).
    t1i : str or array, optional
        The column, or its values: person-time in group 1.
    x2i : str or array, optional
        The column, or its values: events in group 2 (rates).
    t2i : str or array, optional
        The column, or its values: person-time in group 2.
    m1i : str or array, optional
        The column, or its values: mean of group 1.
    sd1i : str or array, optional
        The column, or its values: standard deviation of group 1.
    m2i : str or array, optional
        The column, or its values: mean of group 2.
    sd2i : str or array, optional
        The column, or its values: standard deviation of group 2.
    ri : str or array, optional
        The column, or its values: correlation.
    ni : str or array, optional
        The column, or its values: sample size.
    mi : str or array, optional
        The column, or its values: mean of one group (or number of predictors, of items).
    sdi : str or array, optional
        The column, or its values: standard deviation of one group.
    xi : str or array, optional
        The column, or its values: events of one group.
    ti : str or array, optional
        The column, or its values: person-time of one group (or t statistic).
    r2i : str or array, optional
        The column, or its values: R².
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
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    distance : {'euclidean', 'manhattan', 'maximum', 'great-circle'}, optional
        The distances of spatial structures: euclidean, manhattan, maximum, great-circle (latitude and
        longitude in degrees, to kilometres); or the distances between sites, ``clinic=hours.csv`` (a matrix
        with the sites as its header) for ``random="clinic|region"``, or ``clinic|1`` for one map of all.
        Default: "euclidean".
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    fix : str or list, optional
        Hold variances, then correlations, of a term: ``district=0.05``, ``outcome|trial=0.03,NA,0.5``;
        repeatable.
    inference : {'wald', 't', 'contain', 'satterthwaite', 'kr'}, optional
        The inference: wald, t, contain, satterthwaite or kr. Default: "wald".
    influence : str or array, optional
        The fit without each level of a column, or without each effect (``effect``).
    level : float, optional
        The confidence level in per cent. Default: 95.
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
    structure : {'cs', 'hcs', 'un', 'id', 'diag', 'ar1', 'har1', 'car', 'spexp', 'spgau', 'splin', 'sprat', 'spsph', 'gen', 'gdiag'}, optional
        The structure of ``inner|outer`` terms: cs, hcs, un, id, diag, ar1, har1, car, spexp, spgau, splin,
        sprat, spsph, gen, gdiag; several, separated by commas, for several terms.
    test : str or list, optional
        Test the coefficients of these terms together: ``alloc,ablat:year``; repeatable.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
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
    within : str or list, optional
        Predict a new effect of a known group: ``district=11``; repeatable.
    without : str or list, optional
        The likelihood-ratio test against the model without a random effect.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Analysis
        The fit; its attributes bear the names of the JSON.
    """


@command("network", Result, data=True)
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
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
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
    threshold: bool | None = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Networks of treatments: effects, consistency, ranking, components, thresholds.

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
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
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
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
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


@command("bias", Result, data=True)
def bias(
    data: Data = None,
    *,
    study: Role = None,
    yi: Role = None,
    vi: Role = None,
    sei: Role = None,
    ci_lower: Role = None,
    ci_upper: Role = None,
    p_value: Role = None,
    ai: Role = None,
    bi: Role = None,
    ci: Role = None,
    di: Role = None,
    n1i: Role = None,
    n2i: Role = None,
    x1i: Role = None,
    t1i: Role = None,
    x2i: Role = None,
    t2i: Role = None,
    m1i: Role = None,
    sd1i: Role = None,
    m2i: Role = None,
    sd2i: Role = None,
    ri: Role = None,
    ni: Role = None,
    mi: Role = None,
    sdi: Role = None,
    xi: Role = None,
    ti: Role = None,
    r2i: Role = None,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alternative: Literal["greater", "less", "two-sided"] | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    bootstrap: int | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    direction: Literal["greater", "less"] | None = None,
    drop00: Literal["yes", "no"] | None = None,
    estimator: Literal["L0", "R0", "Q0"] | None = None,
    event: Literal["bad", "good"] | None = None,
    excess_test: Literal["exact", "chi2", "binom"] | None = None,
    exclude: Option = None,
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
    target: float | None = None,
    test: str | Sequence[str] | None = None,
    threshold: float | None = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    trim_model: Literal["fixed", "random"] | None = None,
    unreported: int | None = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Small-study effects and publication bias: tests, adjusted effects, selection models.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    study : str or array, optional
        The column, or its values: the labels of the studies.
    yi : str or array, optional
        The column, or its values: ready-made effects.
    vi : str or array, optional
        The column, or its values: their sampling variances.
    sei : str or array, optional
        The column, or its values: their standard errors.
    ci_lower : str or array, optional
        The column, or its values: their lower 95 % limits.
    ci_upper : str or array, optional
        The column, or its values: their upper 95 % limits.
    p_value : str or array, optional
        The column, or its values: their two-sided P values.
    ai : str or array, optional
        The column, or its values: events in group 1 (or the first cell).
    bi : str or array, optional
        The column, or its values: non-events in group 1.
    ci : str or array, optional
        The column, or its values: events in group 2.
    di : str or array, optional
        The column, or its values: non-events in group 2.
    n1i : str or array, optional
        The column, or its values: size of group 1.
    n2i : str or array, optional
        The column, or its values: size of group 2.
    x1i : str or array, optional
        The column, or its values: events in group 1 (rates).
    t1i : str or array, optional
        The column, or its values: person-time in group 1.
    x2i : str or array, optional
        The column, or its values: events in group 2 (rates).
    t2i : str or array, optional
        The column, or its values: person-time in group 2.
    m1i : str or array, optional
        The column, or its values: mean of group 1.
    sd1i : str or array, optional
        The column, or its values: standard deviation of group 1.
    m2i : str or array, optional
        The column, or its values: mean of group 2.
    sd2i : str or array, optional
        The column, or its values: standard deviation of group 2.
    ri : str or array, optional
        The column, or its values: correlation.
    ni : str or array, optional
        The column, or its values: sample size.
    mi : str or array, optional
        The column, or its values: mean of one group (or number of predictors, of items).
    sdi : str or array, optional
        The column, or its values: standard deviation of one group.
    xi : str or array, optional
        The column, or its values: events of one group.
    ti : str or array, optional
        The column, or its values: person-time of one group (or t statistic).
    r2i : str or array, optional
        The column, or its values: R².
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
    target : float, optional
        The target of Orwin's fail-safe number; without it, half the mean effect.
    test : {'egger', 'begg', 'regression', 'thompson-sharp', 'harbord', 'peters', 'macaskill', 'schwarzer', 'ruecker', 'deeks', 'pustejovsky-rodgers', 'skewness', 'lfk', 'trim-and-fill', 'failsafe-n', 'selection', 'excess-significance', 'henmi-copas', 'pet-peese', 'limit', 'p-curve', 'uwls', 'copas', 'p-uniform', 'z-curve', 'worst-case', 'reporting-bias', 'missing-outcomes', 'power'}, optional
        Only these, separated by commas: egger, begg, regression, thompson-sharp, harbord, peters, macaskill,
        schwarzer, ruecker, deeks, pustejovsky-rodgers, skewness, lfk, trim-and-fill, failsafe-n, selection,
        excess-significance, henmi-copas, pet-peese, limit, p-curve, uwls, copas, p-uniform, z-curve,
        worst-case, reporting-bias, missing-outcomes, power. Without it, all that applies to the data.
    threshold : float, optional
        The threshold to which worst-case brings the mean. Default: 0.
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    trim_model : {'fixed', 'random'}, optional
        The model by which trim and fill trims: fixed or random; without it, that of the analysis.
    unreported : int, optional
        The numbers of unreported studies for which reporting-bias bounds the bias. Default: 1,2,3,4,5.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("influence", Result, data=True)
def influence(
    data: Data = None,
    *,
    study: Role = None,
    yi: Role = None,
    vi: Role = None,
    sei: Role = None,
    ci_lower: Role = None,
    ci_upper: Role = None,
    p_value: Role = None,
    ai: Role = None,
    bi: Role = None,
    ci: Role = None,
    di: Role = None,
    n1i: Role = None,
    n2i: Role = None,
    x1i: Role = None,
    t1i: Role = None,
    x2i: Role = None,
    t2i: Role = None,
    m1i: Role = None,
    sd1i: Role = None,
    m2i: Role = None,
    sd2i: Role = None,
    ri: Role = None,
    ni: Role = None,
    mi: Role = None,
    sdi: Role = None,
    xi: Role = None,
    ti: Role = None,
    r2i: Role = None,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    digits: int | None = None,
    diversity: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    group: Option = None,
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
    ratio: bool | None = None,
    scale: Literal["log", "identity"] | None = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    sheet: Option = None,
    spending: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Leave-one-out, cumulative fits, case diagnostics, Baujat's coordinates, fits to subsets.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    study : str or array, optional
        The column, or its values: the labels of the studies.
    yi : str or array, optional
        The column, or its values: ready-made effects.
    vi : str or array, optional
        The column, or its values: their sampling variances.
    sei : str or array, optional
        The column, or its values: their standard errors.
    ci_lower : str or array, optional
        The column, or its values: their lower 95 % limits.
    ci_upper : str or array, optional
        The column, or its values: their upper 95 % limits.
    p_value : str or array, optional
        The column, or its values: their two-sided P values.
    ai : str or array, optional
        The column, or its values: events in group 1 (or the first cell).
    bi : str or array, optional
        The column, or its values: non-events in group 1.
    ci : str or array, optional
        The column, or its values: events in group 2.
    di : str or array, optional
        The column, or its values: non-events in group 2.
    n1i : str or array, optional
        The column, or its values: size of group 1.
    n2i : str or array, optional
        The column, or its values: size of group 2.
    x1i : str or array, optional
        The column, or its values: events in group 1 (rates).
    t1i : str or array, optional
        The column, or its values: person-time in group 1.
    x2i : str or array, optional
        The column, or its values: events in group 2 (rates).
    t2i : str or array, optional
        The column, or its values: person-time in group 2.
    m1i : str or array, optional
        The column, or its values: mean of group 1.
    sd1i : str or array, optional
        The column, or its values: standard deviation of group 1.
    m2i : str or array, optional
        The column, or its values: mean of group 2.
    sd2i : str or array, optional
        The column, or its values: standard deviation of group 2.
    ri : str or array, optional
        The column, or its values: correlation.
    ni : str or array, optional
        The column, or its values: sample size.
    mi : str or array, optional
        The column, or its values: mean of one group (or number of predictors, of items).
    sdi : str or array, optional
        The column, or its values: standard deviation of one group.
    xi : str or array, optional
        The column, or its values: events of one group.
    ti : str or array, optional
        The column, or its values: person-time of one group (or t statistic).
    r2i : str or array, optional
        The column, or its values: R².
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
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    fragility : bool, optional
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh : int, optional
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    group : str or array, optional
        The column that names each study's group: the results without each group too.
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
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    vtype : {'LS', 'LS2', 'UB', 'HO', 'AV', 'AV2', 'AVHO', 'ST', 'CS', 'H0', 'RM'}, optional
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it. One of LS, LS2, UB, HO, AV, AV2, AVHO, ST, CS, H0, RM.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("report", Report, data=True)
def report(
    data: Data = None,
    *,
    study: Role = None,
    yi: Role = None,
    vi: Role = None,
    sei: Role = None,
    ci_lower: Role = None,
    ci_upper: Role = None,
    p_value: Role = None,
    ai: Role = None,
    bi: Role = None,
    ci: Role = None,
    di: Role = None,
    n1i: Role = None,
    n2i: Role = None,
    x1i: Role = None,
    t1i: Role = None,
    x2i: Role = None,
    t2i: Role = None,
    m1i: Role = None,
    sd1i: Role = None,
    m2i: Role = None,
    sd2i: Role = None,
    ri: Role = None,
    ni: Role = None,
    mi: Role = None,
    sdi: Role = None,
    xi: Role = None,
    ti: Role = None,
    r2i: Role = None,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    assumption: Option = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    cluster: Option = None,
    digits: int | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    grade: Data = None,
    groups: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    log: bool | None = None,
    measure: str | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    mods: Option = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    prisma: Data = None,
    q_about: Literal["iv", "mh"] | None = None,
    random: Option = None,
    ratio: bool | None = None,
    risk_of_bias: Data = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Literal["log", "identity"] | None = None,
    set: Option = None,
    sheet: Option = None,
    structure: str | Sequence[str] | None = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    swim: Data = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    tool: Literal["rob2", "robins-i", "quadas-2", "other"] | None = None,
    vcov: Option = None,
    vtype: Literal["LS", "LS2", "UB", "HO", "AV", "AV2", "AVHO", "ST", "CS", "H0", "RM"] | None = None,
    weights: Option = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Report:
    """The whole analysis in one file: HTML, Markdown, RTF or Word (.docx) by the name of the output file.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    study : str or array, optional
        The column, or its values: the labels of the studies.
    yi : str or array, optional
        The column, or its values: ready-made effects.
    vi : str or array, optional
        The column, or its values: their sampling variances.
    sei : str or array, optional
        The column, or its values: their standard errors.
    ci_lower : str or array, optional
        The column, or its values: their lower 95 % limits.
    ci_upper : str or array, optional
        The column, or its values: their upper 95 % limits.
    p_value : str or array, optional
        The column, or its values: their two-sided P values.
    ai : str or array, optional
        The column, or its values: events in group 1 (or the first cell).
    bi : str or array, optional
        The column, or its values: non-events in group 1.
    ci : str or array, optional
        The column, or its values: events in group 2.
    di : str or array, optional
        The column, or its values: non-events in group 2.
    n1i : str or array, optional
        The column, or its values: size of group 1.
    n2i : str or array, optional
        The column, or its values: size of group 2.
    x1i : str or array, optional
        The column, or its values: events in group 1 (rates).
    t1i : str or array, optional
        The column, or its values: person-time in group 1.
    x2i : str or array, optional
        The column, or its values: events in group 2 (rates).
    t2i : str or array, optional
        The column, or its values: person-time in group 2.
    m1i : str or array, optional
        The column, or its values: mean of group 1.
    sd1i : str or array, optional
        The column, or its values: standard deviation of group 1.
    m2i : str or array, optional
        The column, or its values: mean of group 2.
    sd2i : str or array, optional
        The column, or its values: standard deviation of group 2.
    ri : str or array, optional
        The column, or its values: correlation.
    ni : str or array, optional
        The column, or its values: sample size.
    mi : str or array, optional
        The column, or its values: mean of one group (or number of predictors, of items).
    sdi : str or array, optional
        The column, or its values: standard deviation of one group.
    xi : str or array, optional
        The column, or its values: events of one group.
    ti : str or array, optional
        The column, or its values: person-time of one group (or t statistic).
    r2i : str or array, optional
        The column, or its values: R².
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    add : float, optional
        The amount added to every cell of the tables that ``to`` selects.
    assumption : str or list, optional
        An assumption of the review to state in the report; repeatable.
    bias_correction : {'exact', 'approximate', 'none'}, optional
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    digits : int, optional
        The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages
        keep theirs, JSON and CSV have all digits.
    drop00 : {'yes', 'no'}, optional
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    favours : str or list, optional
        The words left and right of no effect in the forest plot: ``Favours vaccine,Favours control``.
    grade : path or data frame, optional
        A CSV file of the certainty of the evidence (GRADE), as for ``plot findings``.
    groups : str or list, optional
        The names of the two groups over their data in the forest plot: ``Vaccine,Control``. Default:
        "Intervention,Comparator".
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
    mods : str or list, optional
        Add a meta-regression on these moderators: ``ablat + factor(alloc)``.
    multiverse : bool, optional
        Add every estimator by every inference.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    prisma : path or data frame, optional
        A CSV file of the flow of records (as for ``plot prisma``), drawn as the PRISMA 2020 diagram.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    random : str or list, optional
        Random effects, as for ``multilevel``: ``study/effect``; repeatable.
    ratio : bool, optional
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    risk_of_bias : path or data frame, optional
        A CSV file of the risk of bias (columns study, D1, D2, ..., overall).
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
    swim : path or data frame, optional
        A CSV file with statements on the items of the SWiM guideline (columns item, from 1 to 9, and
        statement).
    tau2 : float, optional
        Fix tau² at this value.
    tau2_interval : {'q-profile', 'profile-reml', 'profile-ml', 'jackson', 'biggerstaff-jackson', 'generalized-q', 'test-based'}, optional
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson,
        biggerstaff-jackson, generalized-q, test-based.
    title : str or list, optional
        The title of the report. Default: "Meta-analysis".
    to : {'only0', 'all', 'if0all', 'none'}, optional
        The studies to which it is added: only0, all, if0all, none.
    tool : {'rob2', 'robins-i', 'quadas-2', 'other'}, optional
        The tool of the risk of bias: rob2, robins-i, quadas-2, other. Default: "rob2".
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
    zero_cells : {'metafor', 'meta', 'handbook', 'revman', 'treatment-arm', 'none'}, optional
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; ``add``,
        ``to`` and ``drop00`` change it.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Report
        The report, to be shown or saved.
    """


@command("network-report", Report, data=True)
def network_report(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
    assumption: Option = None,
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
    draws: int | None = None,
    estimator: Literal["inverse", "mh", "nch", "firth"] | None = None,
    exclude: Option = None,
    funnel: Option = None,
    heat: bool | None = None,
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
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Report:
    """The whole analysis of a network in one file: HTML, Markdown or RTF by the name of the output file.

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
    assumption : str or list, optional
        An assumption of the review to state in the report; repeatable.
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
    draws : int, optional
        The largest number of lattice points for rank probabilities.
    estimator : {'inverse', 'mh', 'nch', 'firth'}, optional
        The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric)
        and firth (penalized likelihood). Default: "inverse".
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    funnel : str or list, optional
        The comparison-adjusted funnel, with the treatments in this order: ``old,new,...``.
    heat : bool, optional
        The net heat matrix.
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
    threshold : bool, optional
        By how far each contrast may move before another treatment is best.
    title : str or list, optional
        The title of the report. Default: "Network meta-analysis".
    to : {'only0', 'all', 'none'}, optional
        The studies to which it is added: only0, all or none. Default: "only0".
    tolerance : float, optional
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Report
        The report, to be shown or saved.
    """
