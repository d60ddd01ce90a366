"""The commands of the program as functions.

Written by generate.py from the schema of requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ._call import Data, Option, Progress, Role, call
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


# Written by generate.py: change the program's options, not this file.


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
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    level: float | None = None,
    measure: Option = None,
    na: Option = None,
    ratio: bool | None = None,
    scale: Option = None,
    set: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Raw study data to effect sizes: each row with its estimate, variance and interval.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    study
        Column or values: the labels of the studies.
    yi
        Column or values: ready-made effects.
    vi
        Column or values: their sampling variances.
    sei
        Column or values: their standard errors.
    ci_lower
        Column or values: their lower 95 % limits.
    ci_upper
        Column or values: their upper 95 % limits.
    p_value
        Column or values: their two-sided P values.
    ai
        Column or values: events in group 1 (or the first cell).
    bi
        Column or values: non-events in group 1.
    ci
        Column or values: events in group 2.
    di
        Column or values: non-events in group 2.
    n1i
        Column or values: size of group 1.
    n2i
        Column or values: size of group 2.
    x1i
        Column or values: events in group 1 (rates).
    t1i
        Column or values: person-time in group 1.
    x2i
        Column or values: events in group 2 (rates).
    t2i
        Column or values: person-time in group 2.
    m1i
        Column or values: mean of group 1.
    sd1i
        Column or values: standard deviation of group 1.
    m2i
        Column or values: mean of group 2.
    sd2i
        Column or values: standard deviation of group 2.
    ri
        Column or values: correlation.
    ni
        Column or values: sample size.
    mi
        Column or values: mean of one group (or number of predictors, of items).
    sdi
        Column or values: standard deviation of one group.
    xi
        Column or values: events of one group.
    ti
        Column or values: person-time of one group (or t statistic).
    r2i
        Column or values: R².
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    level
        The confidence level in per cent. Default: 95.
    measure
        The effect measure, by code (`RR`) or long name (`risk-ratio`); `GEN` if the data have `yi`.
    na
        Further texts that stand for missing values: `NR,n/a`.
    ratio
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    scale
        The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read
        as they are.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("effects", data, {"study": study, "yi": yi, "vi": vi, "sei": sei, "ci_lower": ci_lower, "ci_upper": ci_upper, "p_value": p_value, "ai": ai, "bi": bi, "ci": ci, "di": di, "n1i": n1i, "n2i": n2i, "x1i": x1i, "t1i": t1i, "x2i": x2i, "t2i": t2i, "m1i": m1i, "sd1i": sd1i, "m2i": m2i, "sd2i": sd2i, "ri": ri, "ni": ni, "mi": mi, "sdi": sdi, "xi": xi, "ti": ti, "r2i": r2i}, {"add": add, "bias_correction": bias_correction, "drop00": drop00, "exclude": exclude, "level": level, "measure": measure, "na": na, "ratio": ratio, "scale": scale, "set": set, "to": to, "vtype": vtype, "where": where, "zero_cells": zero_cells}, columns, progress, as_)
    return Result(made)


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
    cluster: Option = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    weights: Option = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Pooled:
    """Fixed-effect and random-effects pooling, Mantel-Haenszel, Peto; subgroups.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    study
        Column or values: the labels of the studies.
    yi
        Column or values: ready-made effects.
    vi
        Column or values: their sampling variances.
    sei
        Column or values: their standard errors.
    ci_lower
        Column or values: their lower 95 % limits.
    ci_upper
        Column or values: their upper 95 % limits.
    p_value
        Column or values: their two-sided P values.
    ai
        Column or values: events in group 1 (or the first cell).
    bi
        Column or values: non-events in group 1.
    ci
        Column or values: events in group 2.
    di
        Column or values: non-events in group 2.
    n1i
        Column or values: size of group 1.
    n2i
        Column or values: size of group 2.
    x1i
        Column or values: events in group 1 (rates).
    t1i
        Column or values: person-time in group 1.
    x2i
        Column or values: events in group 2 (rates).
    t2i
        Column or values: person-time in group 2.
    m1i
        Column or values: mean of group 1.
    sd1i
        Column or values: standard deviation of group 1.
    m2i
        Column or values: mean of group 2.
    sd2i
        Column or values: standard deviation of group 2.
    ri
        Column or values: correlation.
    ni
        Column or values: sample size.
    mi
        Column or values: mean of one group (or number of predictors, of items).
    sdi
        Column or values: standard deviation of one group.
    xi
        Column or values: events of one group.
    ti
        Column or values: person-time of one group (or t statistic).
    r2i
        Column or values: R².
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The effect measure, by code (`RR`) or long name (`risk-ratio`); `GEN` if the data have `yi`.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: random.
    multiverse
        Add every estimator by every inference.
    na
        Further texts that stand for missing values: `NR,n/a`.
    prediction
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for `--zero-cells revman` with `--method DL`.
    ratio
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only --cluster is given).
    scale
        The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read
        as they are.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Examples
    --------
    Three of the trials of BCG vaccine against tuberculosis (Colditz et al. 1994):

    >>> import consilience as cs
    >>> trials = {"ai": [4, 6, 3], "bi": [119, 300, 228], "ci": [11, 29, 11], "di": [128, 274, 209]}
    >>> fit = cs.pool(trials, measure="RR", method="DL", study=["Aronson", "Ferguson", "Rosenthal"])
    >>> fit.k, round(fit.ratio.estimate, 2)
    (3, 0.26)
    """
    made = call("pool", data, {"study": study, "yi": yi, "vi": vi, "sei": sei, "ci_lower": ci_lower, "ci_upper": ci_upper, "p_value": p_value, "ai": ai, "bi": bi, "ci": ci, "di": di, "n1i": n1i, "n2i": n2i, "x1i": x1i, "t1i": t1i, "x2i": x2i, "t2i": t2i, "m1i": m1i, "sd1i": sd1i, "m2i": m2i, "sd2i": sd2i, "ri": ri, "ni": ni, "mi": mi, "sdi": sdi, "xi": xi, "ti": ti, "r2i": r2i}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "drop00": drop00, "exclude": exclude, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "to": to, "vtype": vtype, "weights": weights, "where": where, "zero_cells": zero_cells}, columns, progress, as_)
    return Pooled(made)


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
    adjust: Option = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    bubble: Option = None,
    cluster: Option = None,
    coding: Literal["treatment", "sum", "helmert"] | None = None,
    collinear: Literal["refuse", "drop"] | None = None,
    compare: Option = None,
    contrast: Option = None,
    diagnostics: bool | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    mods: Option,
    multimodel: Option = None,
    na: Option = None,
    permute: int | None = None,
    permute_statistic: Literal["test", "coefficient"] | None = None,
    predict: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    r2_bootstrap: int | None = None,
    r2_resampling: Literal["studies", "model"] | None = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    scale_link: Literal["log", "identity"] | None = None,
    scale_mods: Option = None,
    seed: int | None = None,
    set: Option = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    test: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vif: int | None = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    study
        Column or values: the labels of the studies.
    yi
        Column or values: ready-made effects.
    vi
        Column or values: their sampling variances.
    sei
        Column or values: their standard errors.
    ci_lower
        Column or values: their lower 95 % limits.
    ci_upper
        Column or values: their upper 95 % limits.
    p_value
        Column or values: their two-sided P values.
    ai
        Column or values: events in group 1 (or the first cell).
    bi
        Column or values: non-events in group 1.
    ci
        Column or values: events in group 2.
    di
        Column or values: non-events in group 2.
    n1i
        Column or values: size of group 1.
    n2i
        Column or values: size of group 2.
    x1i
        Column or values: events in group 1 (rates).
    t1i
        Column or values: person-time in group 1.
    x2i
        Column or values: events in group 2 (rates).
    t2i
        Column or values: person-time in group 2.
    m1i
        Column or values: mean of group 1.
    sd1i
        Column or values: standard deviation of group 1.
    m2i
        Column or values: mean of group 2.
    sd2i
        Column or values: standard deviation of group 2.
    ri
        Column or values: correlation.
    ni
        Column or values: sample size.
    mi
        Column or values: mean of one group (or number of predictors, of items).
    sdi
        Column or values: standard deviation of one group.
    xi
        Column or values: events of one group.
    ti
        Column or values: person-time of one group (or t statistic).
    r2i
        Column or values: R².
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    adjust
        The adjustment of P values of contrasts, differences and (without either) of all coefficients: holm,
        hochberg, bonferroni, bh, single-step (multivariate t), none.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    bubble
        The data of a bubble plot over this moderator.
    cluster
        The column that names each effect's cluster, for robust inference.
    coding
        The contrasts of factors: treatment, sum or helmert. Default: treatment.
    collinear
        The treatment of columns that are combinations of others: refuse (and name them) or drop. Default:
        refuse.
    compare
        Compare with the model of this formula, nested in `--mods`, by likelihood ratio.
    contrast
        A contrast of coefficients: `[NAME =] allocrandom - allocsystematic`, or one value for each;
        repeatable.
    diagnostics
        Residuals, leverage and influence of every study.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: wald.
    level
        The confidence level in per cent. Default: 95.
    marginal
        Marginal means of this factor and their differences; repeatable.
    marginal_weights
        The weights by which other factors are averaged: equal or proportional. Default: equal.
    measure
        The effect measure, by code (`RR`) or long name (`risk-ratio`); `GEN` if the data have `yi`.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: random.
    mods
        The moderators: `ablat + factor(alloc) + year:ablat`.
    multimodel
        All subsets of the terms, weighted by aicc, aic or bic, and coefficients averaged over them; needs
        --method ML or --model fixed.
    na
        Further texts that stand for missing values: `NR,n/a`.
    permute
        Add P values from this many permutations (all of them when there are at most so many).
    permute_statistic
        The statistic of `--permute`: test or coefficient (as Follmann and Proschan 1999). Default: test.
    predict
        Predict at all combinations of these values: `ablat=10,20;alloc=random`.
    prediction
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for `--zero-cells revman` with `--method DL`.
    r2_bootstrap
        Bootstrap intervals of R² from this many sets.
    r2_resampling
        The source of the sets: studies or model. Default: studies.
    ratio
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only --cluster is given).
    scale
        The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read
        as they are.
    scale_link
        The link by which they make tau²: log or identity. Default: log.
    scale_mods
        A location-scale model: moderators of tau².
    seed
        The seed of permutations, bootstraps and simulations. Default: 1.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    test
        Test the coefficients of these terms together: `alloc,ablat:year`; repeatable.
    to
        The studies to which it is added: only0, all, if0all, none.
    vif
        Variance inflation of every term, compared with this many simulations of independent moderators.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    wild_bootstrap
        Wild cluster bootstrap tests of every term from this many sets; needs --cluster.
    wild_weights
        The weights of clusters in it: rademacher, webb or mammen. Default: rademacher.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("regress", data, {"study": study, "yi": yi, "vi": vi, "sei": sei, "ci_lower": ci_lower, "ci_upper": ci_upper, "p_value": p_value, "ai": ai, "bi": bi, "ci": ci, "di": di, "n1i": n1i, "n2i": n2i, "x1i": x1i, "t1i": t1i, "x2i": x2i, "t2i": t2i, "m1i": m1i, "sd1i": sd1i, "m2i": m2i, "sd2i": sd2i, "ri": ri, "ni": ni, "mi": mi, "sdi": sdi, "xi": xi, "ti": ti, "r2i": r2i}, {"add": add, "adjust": adjust, "bias_correction": bias_correction, "bubble": bubble, "cluster": cluster, "coding": coding, "collinear": collinear, "compare": compare, "contrast": contrast, "diagnostics": diagnostics, "drop00": drop00, "exclude": exclude, "inference": inference, "level": level, "marginal": marginal, "marginal_weights": marginal_weights, "measure": measure, "method": method, "model": model, "mods": mods, "multimodel": multimodel, "na": na, "permute": permute, "permute_statistic": permute_statistic, "predict": predict, "prediction": prediction, "q_about": q_about, "r2_bootstrap": r2_bootstrap, "r2_resampling": r2_resampling, "ratio": ratio, "robust": robust, "scale": scale, "scale_link": scale_link, "scale_mods": scale_mods, "seed": seed, "set": set, "tau2": tau2, "tau2_interval": tau2_interval, "test": test, "to": to, "vif": vif, "vtype": vtype, "weights": weights, "where": where, "wild_bootstrap": wild_bootstrap, "wild_weights": wild_weights, "zero_cells": zero_cells}, columns, progress, as_)
    return Regression(made)


def glmm(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    coding: Option = None,
    combine: bool | None = None,
    correlated: bool | None = None,
    drop00: Literal["yes", "no"] | None = None,
    effects: Literal["random", "common"] | None = None,
    exact: bool | None = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "profile"] | None = None,
    leave_one_out: bool | None = None,
    level: float | None = None,
    link: Literal["logit", "probit", "cloglog"] | None = None,
    measure: Literal["OR", "RR", "IRR", "PLO", "IRLN"] | None = None,
    model: Literal["um-fs", "um-rs", "cm-el", "cm-al", "bb", "nb", "normal"] | None = None,
    mods: Option = None,
    multiverse: bool | None = None,
    na: Option = None,
    no_intervals: bool | None = None,
    penalty: Literal["none", "firth"] | None = None,
    predict: Option = None,
    prediction: Option = None,
    residuals: bool | None = None,
    set: Option = None,
    study_interval: Literal["clopper-pearson", "mid-p", "wilson", "agresti-coull", "jeffreys"] | None = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Odds ratios, rate ratios, proportions and rates from the likelihood of the counts: rare events.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    coding
        The spread of the random effect over two groups (um-fs, um-rs): 1/2, 1 or 0; without it 1/2.
    combine
        Add the exact P-value functions of the studies, combined.
    correlated
        Let the random effects of um-rs correlate.
    drop00
        Leave out studies without events, or with events only, in both groups: yes or no. Default: no.
    effects
        One effect or effects that vary: random or common. Default: random.
    exact
        Add exact conditional inference about a common ratio.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The basis of tests and intervals: wald, t or profile. Default: wald.
    leave_one_out
        Add the fits without each study.
    level
        The confidence level in per cent. Default: 95.
    link
        The link of PLO: logit, probit or cloglog.
    measure
        The measure: OR, RR (two groups), IRR (person-time), PLO (proportions), IRLN (rates); without it by
        the columns.
    model
        The likelihood: um-fs, um-rs, cm-el, cm-al, bb, nb, normal; several, separated by commas, fit all.
        Without it cm-el for OR and IRR, normal for PLO and IRLN.
    mods
        The moderators: `ablat + factor(alloc) + year:ablat`.
    multiverse
        Add every method for counts, inverse variance, Mantel-Haenszel and Peto among them, with what each
        assumes.
    na
        Further texts that stand for missing values: `NR,n/a`.
    no_intervals
        Leave out the interval of tau².
    penalty
        A penalty of the likelihood: none or firth (with --effects common). Default: none.
    predict
        Predict at all combinations of these values: `ablat=10,20;alloc=random`.
    prediction
        The convention of the prediction interval: normal, t (k-1) or hts (t, k-2). Default: normal.
    residuals
        Add residuals and empirical Bayes estimates to the studies.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    study_interval
        The interval of single proportions and rates: clopper-pearson, mid-p, wilson, agresti-coull or
        jeffreys.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("glmm", data, {}, {"coding": coding, "combine": combine, "correlated": correlated, "drop00": drop00, "effects": effects, "exact": exact, "exclude": exclude, "inference": inference, "leave_one_out": leave_one_out, "level": level, "link": link, "measure": measure, "model": model, "mods": mods, "multiverse": multiverse, "na": na, "no_intervals": no_intervals, "penalty": penalty, "predict": predict, "prediction": prediction, "residuals": residuals, "set": set, "study_interval": study_interval, "where": where}, columns, progress, as_)
    return Result(made)


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
    adjust: Option = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    blup: bool | None = None,
    bootstrap: int | None = None,
    cluster: Option = None,
    contrast: Option = None,
    correlation: Option = None,
    distance: Option = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    fix: Option = None,
    inference: Literal["wald", "t", "contain", "satterthwaite", "kr"] | None = None,
    influence: Option = None,
    level: float | None = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: Option = None,
    method: Literal["REML", "ML"] | None = None,
    mods: Option = None,
    na: Option = None,
    no_intervals: bool | None = None,
    predict: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    seed: int | None = None,
    set: Option = None,
    share: Option = None,
    small_study: Option = None,
    structure: Literal["cs", "hcs", "un", "id", "diag", "ar1", "har1", "car", "spexp", "spgau", "splin", "sprat", "spsph", "gen", "gdiag"] | None = None,
    test: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    study
        Column or values: the labels of the studies.
    yi
        Column or values: ready-made effects.
    vi
        Column or values: their sampling variances.
    sei
        Column or values: their standard errors.
    ci_lower
        Column or values: their lower 95 % limits.
    ci_upper
        Column or values: their upper 95 % limits.
    p_value
        Column or values: their two-sided P values.
    ai
        Column or values: events in group 1 (or the first cell).
    bi
        Column or values: non-events in group 1.
    ci
        Column or values: events in group 2.
    di
        Column or values: non-events in group 2.
    n1i
        Column or values: size of group 1.
    n2i
        Column or values: size of group 2.
    x1i
        Column or values: events in group 1 (rates).
    t1i
        Column or values: person-time in group 1.
    x2i
        Column or values: events in group 2 (rates).
    t2i
        Column or values: person-time in group 2.
    m1i
        Column or values: mean of group 1.
    sd1i
        Column or values: standard deviation of group 1.
    m2i
        Column or values: mean of group 2.
    sd2i
        Column or values: standard deviation of group 2.
    ri
        Column or values: correlation.
    ni
        Column or values: sample size.
    mi
        Column or values: mean of one group (or number of predictors, of items).
    sdi
        Column or values: standard deviation of one group.
    xi
        Column or values: events of one group.
    ti
        Column or values: person-time of one group (or t statistic).
    r2i
        Column or values: R².
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    adjust
        The adjustment of P values of contrasts, differences and (without either) of all coefficients: holm,
        hochberg, bonferroni, bh, single-step (multivariate t), none.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    blup
        The predicted deviation of every group (BLUP).
    bootstrap
        The parametric bootstrap with so many replicates, of the fit and of `--without`.
    cluster
        The column that names each effect's cluster, for robust inference.
    contrast
        A contrast of coefficients: `[NAME =] allocrandom - allocsystematic`, or one value for each;
        repeatable.
    correlation
        Known correlations of the levels of an intercept: `species=tree.nwk` (a tree) or `species=matrix.csv`
        (a matrix with the levels as its header); repeatable.
    distance
        The distances of spatial structures: euclidean, manhattan, maximum, great-circle (latitude and
        longitude in degrees, to kilometres); or the distances between sites, `clinic=hours.csv` (a matrix
        with the sites as its header) for `--random clinic|region`, or `clinic|1` for one map of all. Default:
        euclidean.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    fix
        Hold variances, then correlations, of a term: `district=0.05`, `outcome|trial=0.03,NA,0.5`;
        repeatable.
    inference
        The inference: wald, t, contain, satterthwaite or kr. Default: wald.
    influence
        The fit without each level of a column, or without each effect (`effect`).
    level
        The confidence level in per cent. Default: 95.
    marginal
        Marginal means of this factor and their differences; repeatable.
    marginal_weights
        The weights of the levels of other factors in them: equal or proportional. Default: equal.
    measure
        The effect measure, by code (`RR`) or long name (`risk-ratio`); `GEN` if the data have `yi`.
    method
        The estimation: REML or ML. Default: REML.
    mods
        The moderators, as for `regress`.
    na
        Further texts that stand for missing values: `NR,n/a`.
    no_intervals
        Leave out profile-likelihood intervals of variances and correlations, which take most of the time.
    predict
        Predict at all combinations of these values: `ablat=10,20;alloc=random`.
    random
        Random effects: `district/school` (nested intercepts), `outcome|trial` (a structure), `1+time|study`
        (random slopes, gen or gdiag), `lat+lon|region` (a spatial structure; `lat+lon` alone makes one map);
        repeatable.
    ratio
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only --cluster is given).
    scale
        The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read
        as they are.
    seed
        The seed of the bootstrap. Default: 1.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    share
        Give two intercepts one variance: `district,district/school`; repeatable.
    small_study
        Small-study effects: the slope on sei, vi, ni, ninv, sqrtni or sqrtninv; without other moderators also
        PET-PEESE.
    structure
        The structure of `inner|outer` terms: cs, hcs, un, id, diag, ar1, har1, car, spexp, spgau, splin,
        sprat, spsph, gen, gdiag; several, separated by commas, for several terms.
    test
        Test the coefficients of these terms together: `alloc,ablat:year`; repeatable.
    to
        The studies to which it is added: only0, all, if0all, none.
    vcov
        Sampling covariances: `0.6:study` (one correlation), `0.7,0.4:study/outcome` (within and between kinds
        of outcome), `ar1(0.9):study/time` or `v1i,v2i:trial` (columns of a matrix).
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        The weight and leverage of every effect.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    within
        Predict a new effect of a known group: `district=11`; repeatable.
    without
        The likelihood-ratio test against the model without a random effect.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("multilevel", data, {"study": study, "yi": yi, "vi": vi, "sei": sei, "ci_lower": ci_lower, "ci_upper": ci_upper, "p_value": p_value, "ai": ai, "bi": bi, "ci": ci, "di": di, "n1i": n1i, "n2i": n2i, "x1i": x1i, "t1i": t1i, "x2i": x2i, "t2i": t2i, "m1i": m1i, "sd1i": sd1i, "m2i": m2i, "sd2i": sd2i, "ri": ri, "ni": ni, "mi": mi, "sdi": sdi, "xi": xi, "ti": ti, "r2i": r2i}, {"add": add, "adjust": adjust, "bias_correction": bias_correction, "blup": blup, "bootstrap": bootstrap, "cluster": cluster, "contrast": contrast, "correlation": correlation, "distance": distance, "drop00": drop00, "exclude": exclude, "fix": fix, "inference": inference, "influence": influence, "level": level, "marginal": marginal, "marginal_weights": marginal_weights, "measure": measure, "method": method, "mods": mods, "na": na, "no_intervals": no_intervals, "predict": predict, "random": random, "ratio": ratio, "robust": robust, "scale": scale, "seed": seed, "set": set, "share": share, "small_study": small_study, "structure": structure, "test": test, "to": to, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "within": within, "without": without, "zero_cells": zero_cells}, columns, progress, as_)
    return Analysis(made)


def network(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    absolute: Option = None,
    add: float | None = None,
    all: bool | None = None,
    as_shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    ask: Option = None,
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
    draws: int | None = None,
    estimator: Option = None,
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
    leave_one_out: Option = None,
    level: float | None = None,
    measure: Option = None,
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
    same_treatment: Option = None,
    scale: Option = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    absolute
        Absolute effects from the reference's: `TREATMENT=0.12` (a risk, rate or mean), or `TREATMENT=yi,se`
        on the scale of the analysis.
    add
        The amount added to every cell of all arms of the studies that `--to` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all
        Every part that the data allow.
    as_shape
        The shape that `--pairs-only` writes: arms, wide, contrasts or baseline.
    ask
        A question about the hierarchy: `A first and A above B`; repeatable.
    center
        The center of the covariate: mean, none or a value.
    cinema
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine
        Combinations of components whose effects are wanted: `a+b,c`.
    complete
        Complete missing pairs of multi-arm studies from those that share an arm.
    components
        Additive components: the separator within the names of treatments.
    connect
        The connections of the treatments; no model is fitted.
    contribution
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation
        The correlation of two contrasts that share an arm, for `--complete`.
    decompose
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    impact
        The impact of every study on every comparison.
    important
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive
        The inactive component.
    indirectness
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference
        The inference: wald, t, hksj or hksj-adhoc. Default: wald.
    interaction
        The action of the covariate: common, independent or exchangeable.
    interactions
        Interactions of components: `a*b,c*d`.
    league
        The league table.
    leave_one_out
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level
        The confidence level in per cent. Default: 95.
    measure
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method
        The estimator of tau²: REML, ML or DL (default REML).
    mid
        The smallest difference that matters, on the scale of the analysis.
    model
        The model: random or common (also called fixed). Default: random.
    mods
        The covariate of a network meta-regression, constant within a study.
    na
        Further texts that stand for missing values: `NR,n/a`.
    outcome2
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only
        The data as pairs of arms; no model is fitted.
    predict
        The value of the covariate at which effects are given: `x=10`.
    rank
        The ranking of the treatments.
    ratio
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference
        The treatment that the others are compared with; the first level without it.
    rob
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: error.
    scale
        The scale of ready-made effects: `log` for logarithms of ratios.
    seed
        The seed of the lattice.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    shape
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    small_values
        The meaning of a small value of the effect for the ranking: good or bad. Default: good.
    sort
        The order of the league table: rank, level or given.
    split
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork
        Analyze the subnetwork that holds this treatment.
    tau2
        Fix tau² at this value.
    threshold
        By how far each contrast may move before another treatment is best.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("network", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "draws": draws, "estimator": estimator, "exclude": exclude, "funnel": funnel, "heat": heat, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "threshold": threshold, "to": to, "tolerance": tolerance, "where": where}, columns, progress, as_)
    return Result(made)


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
    cluster: Option = None,
    direction: Literal["greater", "less"] | None = None,
    drop00: Literal["yes", "no"] | None = None,
    estimator: Literal["L0", "R0", "Q0"] | None = None,
    event: Option = None,
    excess_test: Literal["exact", "chi2", "binom"] | None = None,
    exclude: Option = None,
    imor: Option = None,
    imputed_variance: Literal["w1", "w2", "w3", "w4"] | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    power: int | None = None,
    predictor: Literal["sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv"] | None = None,
    ratio: bool | None = None,
    regression: Literal["lm", "rma"] | None = None,
    relative_probability: float | None = None,
    scale: Option = None,
    seed: int | None = None,
    selection: Option = None,
    selection_ci: Option = None,
    set: Option = None,
    side: Literal["left", "right"] | None = None,
    target: float | None = None,
    test: Literal["egger", "begg", "regression", "thompson-sharp", "harbord", "peters", "macaskill", "schwarzer", "ruecker", "deeks", "pustejovsky-rodgers", "skewness", "lfk", "trim-and-fill", "failsafe-n", "selection", "excess-significance", "henmi-copas", "pet-peese", "limit", "p-curve", "uwls", "copas", "p-uniform", "z-curve", "worst-case", "reporting-bias", "missing-outcomes", "power"] | None = None,
    threshold: float | None = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    trim_model: Literal["fixed", "random"] | None = None,
    unreported: int | None = None,
    vtype: Option = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Small-study effects and publication bias: tests, adjusted effects, selection models.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    study
        Column or values: the labels of the studies.
    yi
        Column or values: ready-made effects.
    vi
        Column or values: their sampling variances.
    sei
        Column or values: their standard errors.
    ci_lower
        Column or values: their lower 95 % limits.
    ci_upper
        Column or values: their upper 95 % limits.
    p_value
        Column or values: their two-sided P values.
    ai
        Column or values: events in group 1 (or the first cell).
    bi
        Column or values: non-events in group 1.
    ci
        Column or values: events in group 2.
    di
        Column or values: non-events in group 2.
    n1i
        Column or values: size of group 1.
    n2i
        Column or values: size of group 2.
    x1i
        Column or values: events in group 1 (rates).
    t1i
        Column or values: person-time in group 1.
    x2i
        Column or values: events in group 2 (rates).
    t2i
        Column or values: person-time in group 2.
    m1i
        Column or values: mean of group 1.
    sd1i
        Column or values: standard deviation of group 1.
    m2i
        Column or values: mean of group 2.
    sd2i
        Column or values: standard deviation of group 2.
    ri
        Column or values: correlation.
    ni
        Column or values: sample size.
    mi
        Column or values: mean of one group (or number of predictors, of items).
    sdi
        Column or values: standard deviation of one group.
    xi
        Column or values: events of one group.
    ti
        Column or values: person-time of one group (or t statistic).
    r2i
        Column or values: R².
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    alternative
        The P values on which selection rests: greater, less, two-sided. Default: greater.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    bootstrap
        The resampled sets behind the intervals of z-curve. Default: 1000.
    cluster
        The column that names the cluster of each effect, within which effects depend on each other.
    direction
        The direction of the effect for p-uniform and worst-case: greater or less; without it, that of the
        mean.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    estimator
        The estimator of trim and fill: L0, R0, Q0. Default: L0.
    event
        The event, bad or good, which says what best and worst case of missing outcomes mean. Default: bad.
    excess_test
        The test of excess significance: exact, chi2, binom. Default: exact.
    exclude
        Without the studies of these labels, separated by commas.
    imor
        Informative missingness odds ratios of intervention and comparator: `2,0.5`.
    imputed_variance
        The variance of imputed outcomes: w1, w2, w3, w4. Missing outcomes are read from the roles `miss1i`
        and `miss2i`. Default: w4.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The effect measure, by code (`RR`) or long name (`risk-ratio`); `GEN` if the data have `yi`.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    mods
        Moderators of the selection models: `blind + year`.
    na
        Further texts that stand for missing values: `NR,n/a`.
    power
        Simulate the size and the power of the tests with this many replicates.
    predictor
        Its predictor: sei, vi, ni, ninv, sqrtni, sqrtninv. Default: sei.
    ratio
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    regression
        The model of the regression test: lm or rma. Default: rma.
    relative_probability
        The probability that a study that is not significant is published, over that of a significant one, in
        the simulation. Default: 0.2.
    scale
        The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read
        as they are.
    seed
        The seed of simulation and resampling. Default: 1.
    selection
        A selection model, repeatable: stepfun:0.025,0.5, 3psm, 4psm, beta, halfnorm, negexp, logistic, power,
        negexppow, trunc:0; `=0.9,NA` holds parameters, `@sei` (vi, ninv, sqrtninv) lets it depend on
        precision; or the fixed weights moderate-one-tailed, severe-one-tailed, moderate-two-tailed, severe-
        two-tailed of Vevea and Woods.
    selection_ci
        The intervals of selection models: wald, or profile as well. Default: wald.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    side
        The side that trim and fill fills: left or right; without it, as the funnel plot leans.
    target
        The target of Orwin's fail-safe number; without it, half the mean effect.
    test
        Only these, separated by commas: egger, begg, regression, thompson-sharp, harbord, peters, macaskill,
        schwarzer, ruecker, deeks, pustejovsky-rodgers, skewness, lfk, trim-and-fill, failsafe-n, selection,
        excess-significance, henmi-copas, pet-peese, limit, p-curve, uwls, copas, p-uniform, z-curve, worst-
        case, reporting-bias, missing-outcomes, power. Without it, all that applies to the data.
    threshold
        The threshold to which worst-case brings the mean. Default: 0.
    to
        The studies to which it is added: only0, all, if0all, none.
    trim_model
        The model by which trim and fill trims: fixed or random; without it, that of the analysis.
    unreported
        The numbers of unreported studies for which reporting-bias bounds the bias. Default: 1,2,3,4,5.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("bias", data, {"study": study, "yi": yi, "vi": vi, "sei": sei, "ci_lower": ci_lower, "ci_upper": ci_upper, "p_value": p_value, "ai": ai, "bi": bi, "ci": ci, "di": di, "n1i": n1i, "n2i": n2i, "x1i": x1i, "t1i": t1i, "x2i": x2i, "t2i": t2i, "m1i": m1i, "sd1i": sd1i, "m2i": m2i, "sd2i": sd2i, "ri": ri, "ni": ni, "mi": mi, "sdi": sdi, "xi": xi, "ti": ti, "r2i": r2i}, {"add": add, "alternative": alternative, "bias_correction": bias_correction, "bootstrap": bootstrap, "cluster": cluster, "direction": direction, "drop00": drop00, "estimator": estimator, "event": event, "excess_test": excess_test, "exclude": exclude, "imor": imor, "imputed_variance": imputed_variance, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "power": power, "predictor": predictor, "ratio": ratio, "regression": regression, "relative_probability": relative_probability, "scale": scale, "seed": seed, "selection": selection, "selection_ci": selection_ci, "set": set, "side": side, "target": target, "test": test, "threshold": threshold, "to": to, "trim_model": trim_model, "unreported": unreported, "vtype": vtype, "where": where, "zero_cells": zero_cells}, columns, progress, as_)
    return Result(made)


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
    diversity: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    power: float | None = None,
    ratio: bool | None = None,
    scale: Option = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    spending: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Leave-one-out, cumulative fits, case diagnostics, Baujat's coordinates, fits to subsets.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    study
        Column or values: the labels of the studies.
    yi
        Column or values: ready-made effects.
    vi
        Column or values: their sampling variances.
    sei
        Column or values: their standard errors.
    ci_lower
        Column or values: their lower 95 % limits.
    ci_upper
        Column or values: their upper 95 % limits.
    p_value
        Column or values: their two-sided P values.
    ai
        Column or values: events in group 1 (or the first cell).
    bi
        Column or values: non-events in group 1.
    ci
        Column or values: events in group 2.
    di
        Column or values: non-events in group 2.
    n1i
        Column or values: size of group 1.
    n2i
        Column or values: size of group 2.
    x1i
        Column or values: events in group 1 (rates).
    t1i
        Column or values: person-time in group 1.
    x2i
        Column or values: events in group 2 (rates).
    t2i
        Column or values: person-time in group 2.
    m1i
        Column or values: mean of group 1.
    sd1i
        Column or values: standard deviation of group 1.
    m2i
        Column or values: mean of group 2.
    sd2i
        Column or values: standard deviation of group 2.
    ri
        Column or values: correlation.
    ni
        Column or values: sample size.
    mi
        Column or values: mean of one group (or number of predictors, of items).
    sdi
        Column or values: standard deviation of one group.
    xi
        Column or values: events of one group.
    ti
        Column or values: person-time of one group (or t statistic).
    r2i
        Column or values: R².
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    alpha
        The two-sided error of the sequential analysis. Default: 0.05.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    by
        The column that names each study's group: the results without each group too.
    diversity
        Its diversity D², from 0 to below 1; without it, that of the studies.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    fragility
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The effect measure, by code (`RR`) or long name (`risk-ratio`); `GEN` if the data have `yi`.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random or fixed. Default: random.
    mods
        Moderators: `ablat + factor(alloc)`.
    na
        Further texts that stand for missing values: `NR,n/a`.
    order
        The column by which studies enter the cumulative analysis; without it, the order of the rows.
    outlier_bootstrap
        The replicates of a parametric bootstrap of their likelihood-ratio tests.
    outliers
        Random effects with heavy tails and with outliers (t, mixture) beside the normal ones.
    power
        Its power at the anticipated effect. Default: 0.8.
    ratio
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    scale
        The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read
        as they are.
    seed
        The seed of random subsets. Default: 1.
    sequential
        Trial sequential analysis for this anticipated effect, on the scale of the analysis (a log ratio for
        ratios).
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    spending
        The spending of its errors: obf, pocock, power:R, hsd:G. Default: obf.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("influence", data, {"study": study, "yi": yi, "vi": vi, "sei": sei, "ci_lower": ci_lower, "ci_upper": ci_upper, "p_value": p_value, "ai": ai, "bi": bi, "ci": ci, "di": di, "n1i": n1i, "n2i": n2i, "x1i": x1i, "t1i": t1i, "x2i": x2i, "t2i": t2i, "m1i": m1i, "sd1i": sd1i, "m2i": m2i, "sd2i": sd2i, "ri": ri, "ni": ni, "mi": mi, "sdi": sdi, "xi": xi, "ti": ti, "r2i": r2i}, {"add": add, "alpha": alpha, "bias_correction": bias_correction, "by": by, "diversity": diversity, "drop00": drop00, "exclude": exclude, "fragility": fragility, "gosh": gosh, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "order": order, "outlier_bootstrap": outlier_bootstrap, "outliers": outliers, "power": power, "ratio": ratio, "scale": scale, "seed": seed, "sequential": sequential, "set": set, "spending": spending, "to": to, "vtype": vtype, "where": where, "zero_cells": zero_cells}, columns, progress, as_)
    return Result(made)


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
    cluster: Option = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    groups: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    mods: Option = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    weights: Option = None,
    where: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Report:
    """The whole analysis in one file: HTML, Markdown or RTF by the name of the output file.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    study
        Column or values: the labels of the studies.
    yi
        Column or values: ready-made effects.
    vi
        Column or values: their sampling variances.
    sei
        Column or values: their standard errors.
    ci_lower
        Column or values: their lower 95 % limits.
    ci_upper
        Column or values: their upper 95 % limits.
    p_value
        Column or values: their two-sided P values.
    ai
        Column or values: events in group 1 (or the first cell).
    bi
        Column or values: non-events in group 1.
    ci
        Column or values: events in group 2.
    di
        Column or values: non-events in group 2.
    n1i
        Column or values: size of group 1.
    n2i
        Column or values: size of group 2.
    x1i
        Column or values: events in group 1 (rates).
    t1i
        Column or values: person-time in group 1.
    x2i
        Column or values: events in group 2 (rates).
    t2i
        Column or values: person-time in group 2.
    m1i
        Column or values: mean of group 1.
    sd1i
        Column or values: standard deviation of group 1.
    m2i
        Column or values: mean of group 2.
    sd2i
        Column or values: standard deviation of group 2.
    ri
        Column or values: correlation.
    ni
        Column or values: sample size.
    mi
        Column or values: mean of one group (or number of predictors, of items).
    sdi
        Column or values: standard deviation of one group.
    xi
        Column or values: events of one group.
    ti
        Column or values: person-time of one group (or t statistic).
    r2i
        Column or values: R².
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    assumption
        An assumption of the review to state in the report; repeatable.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect in the forest plot: `Favours vaccine,Favours control`.
    groups
        The names of the two groups over their data in the forest plot: `Vaccine,Control`. Default:
        Intervention,Comparator.
    inference
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: wald.
    level
        The confidence level in per cent. Default: 95.
    measure
        The effect measure, by code (`RR`) or long name (`risk-ratio`); `GEN` if the data have `yi`.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: random.
    mods
        Add a meta-regression on these moderators: `ablat + factor(alloc)`.
    multiverse
        Add every estimator by every inference.
    na
        Further texts that stand for missing values: `NR,n/a`.
    prediction
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for `--zero-cells revman` with `--method DL`.
    ratio
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    robust
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only --cluster is given).
    scale
        The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read
        as they are.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    title
        The title of the report. Default: Meta-analysis.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("report", data, {"study": study, "yi": yi, "vi": vi, "sei": sei, "ci_lower": ci_lower, "ci_upper": ci_upper, "p_value": p_value, "ai": ai, "bi": bi, "ci": ci, "di": di, "n1i": n1i, "n2i": n2i, "x1i": x1i, "t1i": t1i, "x2i": x2i, "t2i": t2i, "m1i": m1i, "sd1i": sd1i, "m2i": m2i, "sd2i": sd2i, "ri": ri, "ni": ni, "mi": mi, "sdi": sdi, "xi": xi, "ti": ti, "r2i": r2i}, {"add": add, "assumption": assumption, "bias_correction": bias_correction, "cluster": cluster, "drop00": drop00, "exclude": exclude, "favours": favours, "groups": groups, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "mods": mods, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "title": title, "to": to, "vtype": vtype, "weights": weights, "where": where, "zero_cells": zero_cells}, columns, progress, as_)
    return Report(made)


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
    draws: int | None = None,
    estimator: Option = None,
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
    leave_one_out: Option = None,
    level: float | None = None,
    measure: Option = None,
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
    same_treatment: Option = None,
    scale: Option = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    absolute
        Absolute effects from the reference's: `TREATMENT=0.12` (a risk, rate or mean), or `TREATMENT=yi,se`
        on the scale of the analysis.
    add
        The amount added to every cell of all arms of the studies that `--to` selects (OR, RR; IRR: to the
        counts). Default: 0.5.
    all
        Every part that the data allow.
    as_shape
        The shape that `--pairs-only` writes: arms, wide, contrasts or baseline.
    ask
        A question about the hierarchy: `A first and A above B`; repeatable.
    assumption
        An assumption of the review to state in the report; repeatable.
    center
        The center of the covariate: mean, none or a value.
    cinema
        The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    cinema_rule
        The values that intervals must not cross: equivalence (both limits of the range of equivalence) or
        opposite (no effect and the important effect against the direction of the estimate).
    combine
        Combinations of components whose effects are wanted: `a+b,c`.
    complete
        Complete missing pairs of multi-arm studies from those that share an arm.
    components
        Additive components: the separator within the names of treatments.
    connect
        The connections of the treatments; no model is fitted.
    contribution
        The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    correlation
        The correlation of two contrasts that share an arm, for `--complete`.
    decompose
        The decomposition of Q within and between designs, detached designs, the interaction, loops.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    impact
        The impact of every study on every comparison.
    important
        The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for
        ratios).
    inactive
        The inactive component.
    indirectness
        The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    inference
        The inference: wald, t, hksj or hksj-adhoc. Default: wald.
    interaction
        The action of the covariate: common, independent or exchangeable.
    interactions
        Interactions of components: `a*b,c*d`.
    league
        The league table.
    leave_one_out
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level
        The confidence level in per cent. Default: 95.
    measure
        The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    method
        The estimator of tau²: REML, ML or DL (default REML).
    mid
        The smallest difference that matters, on the scale of the analysis.
    model
        The model: random or common (also called fixed). Default: random.
    mods
        The covariate of a network meta-regression, constant within a study.
    na
        Further texts that stand for missing values: `NR,n/a`.
    outcome2
        The data of a second outcome, with the same columns and options: its estimates stand above the
        diagonal.
    pairs_only
        The data as pairs of arms; no model is fitted.
    predict
        The value of the covariate at which effects are given: `x=10`.
    rank
        The ranking of the treatments.
    ratio
        Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    reference
        The treatment that the others are compared with; the first level without it.
    rob
        The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2,
        3; L, U, H).
    same_treatment
        The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one
        effect). Default: error.
    scale
        The scale of ready-made effects: `log` for logarithms of ratios.
    seed
        The seed of the lattice.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    shape
        The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    small_values
        The meaning of a small value of the effect for the ranking: good or bad. Default: good.
    sort
        The order of the league table: rank, level or given.
    split
        Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both
        treatments) or refit (side-splitting with tau² estimated anew for every comparison).
    subnetwork
        Analyze the subnetwork that holds this treatment.
    tau2
        Fix tau² at this value.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        The title of the report. Default: Meta-analysis.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("network-report", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "assumption": assumption, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "draws": draws, "estimator": estimator, "exclude": exclude, "funnel": funnel, "heat": heat, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where}, columns, progress, as_)
    return Report(made)
