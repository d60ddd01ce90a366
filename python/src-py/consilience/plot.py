"""Figures.

Written by generate.py from the schema of requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ._call import Data, Option, Progress, call
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


# Written by generate.py: change the program's options, not this file.


def forest(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
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
    limits: Option = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    order: Literal["as-given", "estimate", "weight"] | None = None,
    pages: float | None = None,
    prediction: Option = None,
    q_about: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    risk_of_bias: Data = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    statistics: Option = None,
    structure: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    tool: Literal["rob2", "robins-i", "quadas-2", "other"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Every study with its interval and weight, and what they say together.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups
        The names of the two groups over their data: `Vaccine,Control`. Default: Intervention,Comparator.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inference
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: wald.
    layout
        A layout that readers know: revman5, jama or bmj.
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    order
        The order of the studies: as-given, estimate or weight. Default: as-given.
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
    prediction
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for `--zero-cells revman` with `--method DL`.
    random
        Random effects, as for `multilevel`: `study/effect`; repeatable.
    ratio
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    risk_of_bias
        A CSV file of the risk of bias (columns study, D1, D2, ..., overall), shown as lights beside the
        studies.
    robust
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only --cluster is given).
    scale
        The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read
        as they are.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    structure
        The structure of `inner|outer` terms, as for `multilevel`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    tool
        The tool of the risk of bias: rob2, robins-i, quadas-2, other. Default: rob2.
    vcov
        Sampling covariances, as for `multilevel`: `0.6:study`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot forest", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "favours": favours, "font": font, "groups": groups, "height": height, "inference": inference, "layout": layout, "level": level, "limits": limits, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "order": order, "pages": pages, "prediction": prediction, "q_about": q_about, "random": random, "ratio": ratio, "risk_of_bias": risk_of_bias, "robust": robust, "scale": scale, "set": set, "statistics": statistics, "structure": structure, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "tool": tool, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def funnel(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    egger: bool | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    heterogeneity: bool | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    power_effect: float | None = None,
    prediction: Option = None,
    q_about: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    region: Option = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    structure: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    trim_and_fill: bool | None = None,
    vcov: Option = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    egger
        Add the line of Egger's test.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    heterogeneity
        Let the limits take in the heterogeneity.
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
    power_effect
        The effect for which power is shown, on the scale of the analysis; the pooled effect without it.
    prediction
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    q_about
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for `--zero-cells revman` with `--method DL`.
    random
        Random effects, as for `multilevel`: `study/effect`; repeatable.
    ratio
        Ready-made effects and their intervals are ratios, to be analyzed as logs.
    region
        The regions behind the points: pseudo (limits about the pooled effect), contours of significance, or
        power. Default: pseudo.
    robust
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only --cluster is given).
    scale
        The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read
        as they are.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    structure
        The structure of `inner|outer` terms, as for `multilevel`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    trim_and_fill
        Add the studies that trim-and-fill fills in.
    vcov
        Sampling covariances, as for `multilevel`: `0.6:study`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot funnel", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "egger": egger, "exclude": exclude, "font": font, "height": height, "heterogeneity": heterogeneity, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "power_effect": power_effect, "prediction": prediction, "q_about": q_about, "random": random, "ratio": ratio, "region": region, "robust": robust, "scale": scale, "set": set, "structure": structure, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "trim_and_fill": trim_and_fill, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def radial(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    structure: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    random
        Random effects, as for `multilevel`: `study/effect`; repeatable.
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
    structure
        The structure of `inner|outer` terms, as for `multilevel`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vcov
        Sampling covariances, as for `multilevel`: `0.6:study`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot radial", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "random": random, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "structure": structure, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def doi(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    structure: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    random
        Random effects, as for `multilevel`: `study/effect`; repeatable.
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
    structure
        The structure of `inner|outer` terms, as for `multilevel`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vcov
        Sampling covariances, as for `multilevel`: `0.6:study`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot doi", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "random": random, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "structure": structure, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def labbe(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
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
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups
        The names of the two groups: `vaccine,control`. Default: intervention,comparator.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
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
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot labbe", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "groups": groups, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def drapery(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    structure: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    random
        Random effects, as for `multilevel`: `study/effect`; repeatable.
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
    structure
        The structure of `inner|outer` terms, as for `multilevel`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vcov
        Sampling covariances, as for `multilevel`: `0.6:study`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot drapery", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "random": random, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "structure": structure, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def orchard(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    structure: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    random
        Random effects, as for `multilevel`: `study/effect`; repeatable.
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
    structure
        The structure of `inner|outer` terms, as for `multilevel`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vcov
        Sampling covariances, as for `multilevel`: `0.6:study`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot orchard", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "random": random, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "structure": structure, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def caterpillar(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    structure: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    random
        Random effects, as for `multilevel`: `study/effect`; repeatable.
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
    structure
        The structure of `inner|outer` terms, as for `multilevel`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vcov
        Sampling covariances, as for `multilevel`: `0.6:study`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot caterpillar", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "random": random, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "structure": structure, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def profile(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    structure: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    random
        Random effects, as for `multilevel`: `study/effect`; repeatable.
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
    structure
        The structure of `inner|outer` terms, as for `multilevel`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vcov
        Sampling covariances, as for `multilevel`: `0.6:study`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot profile", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "random": random, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "structure": structure, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def multiverse(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    multiverse: bool | None = None,
    na: Option = None,
    prediction: Option = None,
    q_about: Option = None,
    random: Option = None,
    ratio: bool | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    scale: Option = None,
    set: Option = None,
    structure: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    random
        Random effects, as for `multilevel`: `study/effect`; repeatable.
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
    structure
        The structure of `inner|outer` terms, as for `multilevel`.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vcov
        Sampling covariances, as for `multilevel`: `0.6:study`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot multiverse", data, {}, {"add": add, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "random": random, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "structure": structure, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def sensitivity(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    assumption: Option,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    cluster: Option = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
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
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    values: Option,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    add
        The amount added to every cell of the tables that `--to` selects.
    assumption
        The assumption: `tau2`, or a column (or role, such as `ri`) that gets the same value in every row.
    bias_correction
        The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    cluster
        The column that names each effect's cluster, for robust inference.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    values
        The values: `0.3,0.5,0.7`, or a range with its step, `0:1:0.05`.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot sensitivity", data, {}, {"add": add, "assumption": assumption, "bias_correction": bias_correction, "cluster": cluster, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "multiverse": multiverse, "na": na, "prediction": prediction, "q_about": q_about, "ratio": ratio, "robust": robust, "scale": scale, "set": set, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "theme": theme, "title": title, "to": to, "values": values, "vtype": vtype, "weights": weights, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def baujat(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    limits: Option = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    ratio: bool | None = None,
    scale: Option = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    spending: Option = None,
    statistics: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Each study's share in heterogeneity against its influence on the result.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    layout
        A layout that readers know: revman5, jama or bmj.
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot baujat", data, {}, {"add": add, "alpha": alpha, "bias_correction": bias_correction, "by": by, "diversity": diversity, "dpi": dpi, "drop00": drop00, "exclude": exclude, "favours": favours, "font": font, "fragility": fragility, "gosh": gosh, "height": height, "inference": inference, "layout": layout, "level": level, "limits": limits, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "order": order, "outlier_bootstrap": outlier_bootstrap, "outliers": outliers, "pages": pages, "power": power, "ratio": ratio, "scale": scale, "seed": seed, "sequential": sequential, "set": set, "spending": spending, "statistics": statistics, "theme": theme, "title": title, "to": to, "vtype": vtype, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def gosh(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    height: float | None = None,
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
    study: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The pooled effects and I² of subsets of the studies, colored by a study.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    study
        The study whose subsets are colored; without it, the one that splits the cloud most.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot gosh", data, {}, {"add": add, "alpha": alpha, "bias_correction": bias_correction, "by": by, "diversity": diversity, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "fragility": fragility, "gosh": gosh, "height": height, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "order": order, "outlier_bootstrap": outlier_bootstrap, "outliers": outliers, "power": power, "ratio": ratio, "scale": scale, "seed": seed, "sequential": sequential, "set": set, "spending": spending, "study": study, "theme": theme, "title": title, "to": to, "vtype": vtype, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def influence(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    limits: Option = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    ratio: bool | None = None,
    scale: Option = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    spending: Option = None,
    statistics: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The case diagnostics of every study side by side.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    layout
        A layout that readers know: revman5, jama or bmj.
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot influence", data, {}, {"add": add, "alpha": alpha, "bias_correction": bias_correction, "by": by, "diversity": diversity, "dpi": dpi, "drop00": drop00, "exclude": exclude, "favours": favours, "font": font, "fragility": fragility, "gosh": gosh, "height": height, "inference": inference, "layout": layout, "level": level, "limits": limits, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "order": order, "outlier_bootstrap": outlier_bootstrap, "outliers": outliers, "pages": pages, "power": power, "ratio": ratio, "scale": scale, "seed": seed, "sequential": sequential, "set": set, "spending": spending, "statistics": statistics, "theme": theme, "title": title, "to": to, "vtype": vtype, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def qq(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    limits: Option = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    ratio: bool | None = None,
    scale: Option = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    spending: Option = None,
    statistics: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Standardized residuals against normal quantiles, with their envelope.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    layout
        A layout that readers know: revman5, jama or bmj.
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot qq", data, {}, {"add": add, "alpha": alpha, "bias_correction": bias_correction, "by": by, "diversity": diversity, "dpi": dpi, "drop00": drop00, "exclude": exclude, "favours": favours, "font": font, "fragility": fragility, "gosh": gosh, "height": height, "inference": inference, "layout": layout, "level": level, "limits": limits, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "order": order, "outlier_bootstrap": outlier_bootstrap, "outliers": outliers, "pages": pages, "power": power, "ratio": ratio, "scale": scale, "seed": seed, "sequential": sequential, "set": set, "spending": spending, "statistics": statistics, "theme": theme, "title": title, "to": to, "vtype": vtype, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def leave_one_out(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    limits: Option = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    ratio: bool | None = None,
    scale: Option = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    spending: Option = None,
    statistics: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of the fits without each study.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    layout
        A layout that readers know: revman5, jama or bmj.
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot leave-one-out", data, {}, {"add": add, "alpha": alpha, "bias_correction": bias_correction, "by": by, "diversity": diversity, "dpi": dpi, "drop00": drop00, "exclude": exclude, "favours": favours, "font": font, "fragility": fragility, "gosh": gosh, "height": height, "inference": inference, "layout": layout, "level": level, "limits": limits, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "order": order, "outlier_bootstrap": outlier_bootstrap, "outliers": outliers, "pages": pages, "power": power, "ratio": ratio, "scale": scale, "seed": seed, "sequential": sequential, "set": set, "spending": spending, "statistics": statistics, "theme": theme, "title": title, "to": to, "vtype": vtype, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def cumulative(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alpha: float | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    by: Option = None,
    diversity: float | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    fragility: bool | None = None,
    gosh: int | None = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    limits: Option = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed"] | None = None,
    mods: Option = None,
    na: Option = None,
    order: Option = None,
    outlier_bootstrap: int | None = None,
    outliers: bool | None = None,
    pages: float | None = None,
    power: float | None = None,
    ratio: bool | None = None,
    scale: Option = None,
    seed: int | None = None,
    sequential: float | None = None,
    set: Option = None,
    spending: Option = None,
    statistics: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vtype: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of the fits to the first study, the first two, and so on (in the order of `--order`).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    fragility
        The number of single outcomes that carry the significance of the result (two-by-two tables).
    gosh
        Fit subsets of the studies: all if there are at most this many, else that many random ones.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inference
        The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile. Default:
        wald.
    layout
        A layout that readers know: revman5, jama or bmj.
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all, if0all, none.
    vtype
        The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has
        it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot cumulative", data, {}, {"add": add, "alpha": alpha, "bias_correction": bias_correction, "by": by, "diversity": diversity, "dpi": dpi, "drop00": drop00, "exclude": exclude, "favours": favours, "font": font, "fragility": fragility, "gosh": gosh, "height": height, "inference": inference, "layout": layout, "level": level, "limits": limits, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "order": order, "outlier_bootstrap": outlier_bootstrap, "outliers": outliers, "pages": pages, "power": power, "ratio": ratio, "scale": scale, "seed": seed, "sequential": sequential, "set": set, "spending": spending, "statistics": statistics, "theme": theme, "title": title, "to": to, "vtype": vtype, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def bubble(
    data: Data = None,
    *,
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
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    moderator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vif: int | None = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    moderator
        The moderator along the axis; without it, the first numeric one.
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
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
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
    width
        The width in millimeters: 170 for a page, 85 for a column.
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
    made = call("plot bubble", data, {}, {"add": add, "adjust": adjust, "bias_correction": bias_correction, "bubble": bubble, "cluster": cluster, "coding": coding, "collinear": collinear, "compare": compare, "contrast": contrast, "diagnostics": diagnostics, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "marginal": marginal, "marginal_weights": marginal_weights, "measure": measure, "method": method, "model": model, "moderator": moderator, "mods": mods, "multimodel": multimodel, "na": na, "permute": permute, "permute_statistic": permute_statistic, "predict": predict, "prediction": prediction, "q_about": q_about, "r2_bootstrap": r2_bootstrap, "r2_resampling": r2_resampling, "ratio": ratio, "robust": robust, "scale": scale, "scale_link": scale_link, "scale_mods": scale_mods, "seed": seed, "set": set, "tau2": tau2, "tau2_interval": tau2_interval, "test": test, "theme": theme, "title": title, "to": to, "vif": vif, "vtype": vtype, "weights": weights, "where": where, "width": width, "wild_bootstrap": wild_bootstrap, "wild_weights": wild_weights, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def regression(
    data: Data = None,
    *,
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
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    favours: Option = None,
    font: Option = None,
    height: float | None = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    layout: Literal["revman5", "jama", "bmj"] | None = None,
    level: float | None = None,
    limits: Option = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: Option = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    mods: Option,
    multimodel: Option = None,
    na: Option = None,
    pages: float | None = None,
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
    statistics: Option = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    test: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vif: int | None = None,
    vtype: Option = None,
    weights: Option = None,
    where: Option = None,
    width: float | None = None,
    wild_bootstrap: int | None = None,
    wild_weights: Literal["rademacher", "webb", "mammen"] | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of a meta-regression: studies with what the model predicts for them.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inference
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: wald.
    layout
        A layout that readers know: revman5, jama or bmj.
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    test
        Test the coefficients of these terms together: `alloc,ablat:year`; repeatable.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
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
    width
        The width in millimeters: 170 for a page, 85 for a column.
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
    made = call("plot regression", data, {}, {"add": add, "adjust": adjust, "bias_correction": bias_correction, "bubble": bubble, "cluster": cluster, "coding": coding, "collinear": collinear, "compare": compare, "contrast": contrast, "diagnostics": diagnostics, "dpi": dpi, "drop00": drop00, "exclude": exclude, "favours": favours, "font": font, "height": height, "inference": inference, "layout": layout, "level": level, "limits": limits, "marginal": marginal, "marginal_weights": marginal_weights, "measure": measure, "method": method, "model": model, "mods": mods, "multimodel": multimodel, "na": na, "pages": pages, "permute": permute, "permute_statistic": permute_statistic, "predict": predict, "prediction": prediction, "q_about": q_about, "r2_bootstrap": r2_bootstrap, "r2_resampling": r2_resampling, "ratio": ratio, "robust": robust, "scale": scale, "scale_link": scale_link, "scale_mods": scale_mods, "seed": seed, "set": set, "statistics": statistics, "tau2": tau2, "tau2_interval": tau2_interval, "test": test, "theme": theme, "title": title, "to": to, "vif": vif, "vtype": vtype, "weights": weights, "where": where, "width": width, "wild_bootstrap": wild_bootstrap, "wild_weights": wild_weights, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def permutation(
    data: Data = None,
    *,
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
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
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
    term: Option = None,
    test: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vif: int | None = None,
    vtype: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    term
        The coefficient; without it, the moderator test.
    test
        Test the coefficients of these terms together: `alloc,ablat:year`; repeatable.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
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
    width
        The width in millimeters: 170 for a page, 85 for a column.
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
    made = call("plot permutation", data, {}, {"add": add, "adjust": adjust, "bias_correction": bias_correction, "bubble": bubble, "cluster": cluster, "coding": coding, "collinear": collinear, "compare": compare, "contrast": contrast, "diagnostics": diagnostics, "dpi": dpi, "drop00": drop00, "exclude": exclude, "font": font, "height": height, "inference": inference, "level": level, "marginal": marginal, "marginal_weights": marginal_weights, "measure": measure, "method": method, "model": model, "mods": mods, "multimodel": multimodel, "na": na, "permute": permute, "permute_statistic": permute_statistic, "predict": predict, "prediction": prediction, "q_about": q_about, "r2_bootstrap": r2_bootstrap, "r2_resampling": r2_resampling, "ratio": ratio, "robust": robust, "scale": scale, "scale_link": scale_link, "scale_mods": scale_mods, "seed": seed, "set": set, "tau2": tau2, "tau2_interval": tau2_interval, "term": term, "test": test, "theme": theme, "title": title, "to": to, "vif": vif, "vtype": vtype, "weights": weights, "where": where, "width": width, "wild_bootstrap": wild_bootstrap, "wild_weights": wild_weights, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def glmm(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    coding: Option = None,
    combine: bool | None = None,
    correlated: bool | None = None,
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
    limits: Option = None,
    link: Literal["logit", "probit", "cloglog"] | None = None,
    measure: Literal["OR", "RR", "IRR", "PLO", "IRLN"] | None = None,
    model: Literal["um-fs", "um-rs", "cm-el", "cm-al", "bb", "nb", "normal"] | None = None,
    mods: Option = None,
    multiverse: bool | None = None,
    na: Option = None,
    no_intervals: bool | None = None,
    pages: float | None = None,
    penalty: Literal["none", "firth"] | None = None,
    predict: Option = None,
    prediction: Option = None,
    residuals: bool | None = None,
    set: Option = None,
    statistics: Option = None,
    study_interval: Literal["clopper-pearson", "mid-p", "wilson", "agresti-coull", "jeffreys"] | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Models of counts: the forest plot with exact intervals, every method, or the profile likelihood.

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave out studies without events, or with events only, in both groups: yes or no. Default: no.
    effects
        One effect or effects that vary: random or common. Default: random.
    exact
        Add exact conditional inference about a common ratio.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inference
        The basis of tests and intervals: wald, t or profile. Default: wald.
    kind
        The figure. Default: forest.
    layout
        A layout that readers know: revman5, jama or bmj.
    leave_one_out
        Add the fits without each study.
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    study_interval
        The interval of single proportions and rates: clopper-pearson, mid-p, wilson, agresti-coull or
        jeffreys.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot glmm", data, {}, {"coding": coding, "combine": combine, "correlated": correlated, "dpi": dpi, "drop00": drop00, "effects": effects, "exact": exact, "exclude": exclude, "favours": favours, "font": font, "height": height, "inference": inference, "kind": kind, "layout": layout, "leave_one_out": leave_one_out, "level": level, "limits": limits, "link": link, "measure": measure, "model": model, "mods": mods, "multiverse": multiverse, "na": na, "no_intervals": no_intervals, "pages": pages, "penalty": penalty, "predict": predict, "prediction": prediction, "residuals": residuals, "set": set, "statistics": statistics, "study_interval": study_interval, "theme": theme, "title": title, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def multilevel(
    data: Data = None,
    *,
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
    limits: Option = None,
    marginal: Option = None,
    marginal_weights: Literal["equal", "proportional"] | None = None,
    measure: Option = None,
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
    scale: Option = None,
    seed: int | None = None,
    set: Option = None,
    share: Option = None,
    small_study: Option = None,
    statistics: Option = None,
    structure: Literal["cs", "hcs", "un", "id", "diag", "ar1", "har1", "car", "spexp", "spgau", "splin", "sprat", "spsph", "gen", "gdiag"] | None = None,
    test: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    vcov: Option = None,
    vtype: Option = None,
    weights: bool | None = None,
    where: Option = None,
    width: float | None = None,
    within: Option = None,
    without: Option = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of a multilevel model: the effects of each study below its name.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    drop00
        Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    fix
        Hold variances, then correlations, of a term: `district=0.05`, `outcome|trial=0.03,NA,0.5`;
        repeatable.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    group
        The column under whose values effects stand together; without it, the outermost factor of the first
        --random.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inference
        The inference: wald, t, contain, satterthwaite or kr. Default: wald.
    influence
        The fit without each level of a column, or without each effect (`effect`).
    layout
        A layout that readers know: revman5, jama or bmj.
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    rows
        The column that names the effects within their group; without it, their labels.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    structure
        The structure of `inner|outer` terms: cs, hcs, un, id, diag, ar1, har1, car, spexp, spgau, splin,
        sprat, spsph, gen, gdiag; several, separated by commas, for several terms.
    test
        Test the coefficients of these terms together: `alloc,ablat:year`; repeatable.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
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
    width
        The width in millimeters: 170 for a page, 85 for a column.
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
    made = call("plot multilevel", data, {}, {"add": add, "adjust": adjust, "bias_correction": bias_correction, "blup": blup, "bootstrap": bootstrap, "cluster": cluster, "contrast": contrast, "correlation": correlation, "distance": distance, "dpi": dpi, "drop00": drop00, "exclude": exclude, "favours": favours, "fix": fix, "font": font, "group": group, "height": height, "inference": inference, "influence": influence, "layout": layout, "level": level, "limits": limits, "marginal": marginal, "marginal_weights": marginal_weights, "measure": measure, "method": method, "mods": mods, "na": na, "no_intervals": no_intervals, "pages": pages, "predict": predict, "random": random, "ratio": ratio, "robust": robust, "rows": rows, "scale": scale, "seed": seed, "set": set, "share": share, "small_study": small_study, "statistics": statistics, "structure": structure, "test": test, "theme": theme, "title": title, "to": to, "vcov": vcov, "vtype": vtype, "weights": weights, "where": where, "width": width, "within": within, "without": without, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def selection(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alternative: Literal["greater", "less", "two-sided"] | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    bootstrap: int | None = None,
    cluster: Option = None,
    direction: Literal["greater", "less"] | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    estimator: Literal["L0", "R0", "Q0"] | None = None,
    event: Option = None,
    excess_test: Literal["exact", "chi2", "binom"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: float | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    trim_model: Literal["fixed", "random"] | None = None,
    unreported: int | None = None,
    vtype: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The fitted selection functions.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
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
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        The threshold to which worst-case brings the mean. Default: 0.
    title
        A heading above the figure.
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
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot selection", data, {}, {"add": add, "alternative": alternative, "bias_correction": bias_correction, "bootstrap": bootstrap, "cluster": cluster, "direction": direction, "dpi": dpi, "drop00": drop00, "estimator": estimator, "event": event, "excess_test": excess_test, "exclude": exclude, "font": font, "height": height, "imor": imor, "imputed_variance": imputed_variance, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "power": power, "predictor": predictor, "ratio": ratio, "regression": regression, "relative_probability": relative_probability, "scale": scale, "seed": seed, "selection": selection, "selection_ci": selection_ci, "set": set, "side": side, "target": target, "test": test, "theme": theme, "threshold": threshold, "title": title, "to": to, "trim_model": trim_model, "unreported": unreported, "vtype": vtype, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


def p_curve(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    add: float | None = None,
    alternative: Literal["greater", "less", "two-sided"] | None = None,
    bias_correction: Literal["exact", "approximate", "none"] | None = None,
    bootstrap: int | None = None,
    cluster: Option = None,
    direction: Literal["greater", "less"] | None = None,
    dpi: float | None = None,
    drop00: Literal["yes", "no"] | None = None,
    estimator: Literal["L0", "R0", "Q0"] | None = None,
    event: Option = None,
    excess_test: Literal["exact", "chi2", "binom"] | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: float | None = None,
    title: Option = None,
    to: Literal["only0", "all", "if0all", "none"] | None = None,
    trim_model: Literal["fixed", "random"] | None = None,
    unreported: int | None = None,
    vtype: Option = None,
    where: Option = None,
    width: float | None = None,
    zero_cells: Literal["metafor", "meta", "handbook", "revman", "treatment-arm", "none"] | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The distribution of the significant P values.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
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
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        The threshold to which worst-case brings the mean. Default: 0.
    title
        A heading above the figure.
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
    width
        The width in millimeters: 170 for a page, 85 for a column.
    zero_cells
        The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; the
        options below change it.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot p-curve", data, {}, {"add": add, "alternative": alternative, "bias_correction": bias_correction, "bootstrap": bootstrap, "cluster": cluster, "direction": direction, "dpi": dpi, "drop00": drop00, "estimator": estimator, "event": event, "excess_test": excess_test, "exclude": exclude, "font": font, "height": height, "imor": imor, "imputed_variance": imputed_variance, "inference": inference, "level": level, "measure": measure, "method": method, "model": model, "mods": mods, "na": na, "power": power, "predictor": predictor, "ratio": ratio, "regression": regression, "relative_probability": relative_probability, "scale": scale, "seed": seed, "selection": selection, "selection_ci": selection_ci, "set": set, "side": side, "target": target, "test": test, "theme": theme, "threshold": threshold, "title": title, "to": to, "trim_model": trim_model, "unreported": unreported, "vtype": vtype, "where": where, "width": width, "zero_cells": zero_cells}, columns, progress, as_)
    return made.drawn()


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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The treatments of a network and how studies compare them.

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    layout
        Where the treatments stand: circle, stress (distances as in the network) or bipartite (treatments and
        designs). Default: circle.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot network", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "layout": layout, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def league(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The league table in color: network below, direct above the diagonal, always row versus column.

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot league", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def rankogram(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The probabilities of all ranks of each treatment.

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot rankogram", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def rank_heat(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The P-scores of the treatments over outcomes (`--outcome2`).

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot rank-heat", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def net_heat(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Where the inconsistency between designs comes from.

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot net-heat", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def forest_network(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    leave_one_out: Option = None,
    level: float | None = None,
    limits: Option = None,
    measure: Option = None,
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
    same_treatment: Option = None,
    scale: Option = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    statistics: Option = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of all treatments against the reference.

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    layout
        A layout that readers know: revman5, jama or bmj.
    league
        The league table.
    leave_one_out
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    subnetwork
        Analyze the subnetwork that holds this treatment.
    tau2
        Fix tau² at this value.
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot forest-network", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "favours": favours, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "layout": layout, "league": league, "leave_one_out": leave_one_out, "level": level, "limits": limits, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pages": pages, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "statistics": statistics, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def split(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    leave_one_out: Option = None,
    level: float | None = None,
    limits: Option = None,
    measure: Option = None,
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
    same_treatment: Option = None,
    scale: Option = None,
    seed: int | None = None,
    set: Option = None,
    shape: Literal["arms", "wide", "contrasts", "baseline"] | None = None,
    small_values: Literal["good", "bad"] | None = None,
    sort: Literal["rank", "level", "given"] | None = None,
    split: Literal["side", "sidde", "refit"] | None = None,
    statistics: Option = None,
    subnetwork: Option = None,
    tau2: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The forest plot of direct, indirect and network estimates.

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    favours
        The words left and right of no effect: `Favours vaccine,Favours control`.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    layout
        A layout that readers know: revman5, jama or bmj.
    league
        The league table.
    leave_one_out
        The effects without each study; tau² is estimated anew (refit) or kept (held).
    level
        The confidence level in per cent. Default: 95.
    limits
        The ends of the axis, on the original scale: `0.1:10`.
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
    pages
        Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with
        their numbers.
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
    statistics
        The words of heterogeneity and tests: short, or revman (the default of that layout) with total events.
    subnetwork
        Analyze the subnetwork that holds this treatment.
    tau2
        Fix tau² at this value.
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot split", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "favours": favours, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "layout": layout, "league": league, "leave_one_out": leave_one_out, "level": level, "limits": limits, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pages": pages, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "statistics": statistics, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def funnel_network(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The comparison-adjusted funnel plot (`--funnel "new,old,..."`).

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot funnel-network", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def hasse(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The partial order of the treatments over outcomes (`--outcome2`).

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot hasse", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def contribution(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The contribution of each direct comparison to each network estimate.

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot contribution", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def threshold(
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
    dpi: float | None = None,
    draws: int | None = None,
    estimator: Option = None,
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
    theme: Literal["color", "gray"] | None = None,
    threshold: bool | None = None,
    title: Option = None,
    to: Literal["only0", "all", "none"] | None = None,
    tolerance: float | None = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """By how far each contrast may move before another treatment is best.

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
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    draws
        The largest number of lattice points for rank probabilities.
    estimator
        The estimator: inverse (variances), mh (Mantel-Haenszel) or nch (non-central hypergeometric), the
        latter two for OR. Default: inverse.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    funnel
        The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    heat
        The net heat matrix.
    height
        The height in millimeters; a forest plot is as high as its rows.
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
    theme
        Colors: color or gray. Default: color.
    threshold
        By how far each contrast may move before another treatment is best.
    title
        A heading above the figure.
    to
        The studies to which it is added: only0, all or none. Default: only0.
    tolerance
        By how much the pairs of a study may contradict each other, as a part of its largest standard error.
        Default: 0.001.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot threshold", data, {}, {"absolute": absolute, "add": add, "all": all, "as": as_shape, "ask": ask, "center": center, "cinema": cinema, "cinema_rule": cinema_rule, "combine": combine, "complete": complete, "components": components, "connect": connect, "contribution": contribution, "correlation": correlation, "decompose": decompose, "dpi": dpi, "draws": draws, "estimator": estimator, "exclude": exclude, "font": font, "funnel": funnel, "heat": heat, "height": height, "impact": impact, "important": important, "inactive": inactive, "indirectness": indirectness, "inference": inference, "interaction": interaction, "interactions": interactions, "league": league, "leave_one_out": leave_one_out, "level": level, "measure": measure, "method": method, "mid": mid, "model": model, "mods": mods, "na": na, "outcome2": outcome2, "pairs_only": pairs_only, "predict": predict, "rank": rank, "ratio": ratio, "reference": reference, "rob": rob, "same_treatment": same_treatment, "scale": scale, "seed": seed, "set": set, "shape": shape, "small_values": small_values, "sort": sort, "split": split, "subnetwork": subnetwork, "tau2": tau2, "theme": theme, "threshold": threshold, "title": title, "to": to, "tolerance": tolerance, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def harvest(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    dpi: float | None = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "quadas-2", "other"] | None = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Vote counts by outcome and direction, a bar for each study.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups
        The names of the two groups, for findings: `Vaccine,Control`. Default: Intervention,Comparator.
    height
        The height in millimeters; a forest plot is as high as its rows.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    tool
        The tool of the risk of bias: rob2, robins-i, quadas-2, other. Default: rob2.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot harvest", data, {}, {"dpi": dpi, "font": font, "groups": groups, "height": height, "theme": theme, "title": title, "tool": tool, "width": width}, columns, progress, as_)
    return made.drawn()


def effect_direction(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    dpi: float | None = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "quadas-2", "other"] | None = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The direction of effect by study and outcome.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups
        The names of the two groups, for findings: `Vaccine,Control`. Default: Intervention,Comparator.
    height
        The height in millimeters; a forest plot is as high as its rows.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    tool
        The tool of the risk of bias: rob2, robins-i, quadas-2, other. Default: rob2.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot effect-direction", data, {}, {"dpi": dpi, "font": font, "groups": groups, "height": height, "theme": theme, "title": title, "tool": tool, "width": width}, columns, progress, as_)
    return made.drawn()


def albatross(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    baseline_risk: float | None = None,
    contours: Option = None,
    dpi: float | None = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    share: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "quadas-2", "other"] | None = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """P values against sample sizes, with contours of effect (columns p_value, n, direction).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    baseline_risk
        The risk with the comparator, for contours of odds and risk ratios.
    contours
        Contours of an effect: smd (standardized mean difference), cor, or or rr with the sizes:
        `smd:0.1,0.25,0.5`.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups
        The names of the two groups, for findings: `Vaccine,Control`. Default: Intervention,Comparator.
    height
        The height in millimeters; a forest plot is as high as its rows.
    share
        The share of the people in the intervention group, for contours. Default: 0.5.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    tool
        The tool of the risk of bias: rob2, robins-i, quadas-2, other. Default: rob2.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot albatross", data, {}, {"baseline_risk": baseline_risk, "contours": contours, "dpi": dpi, "font": font, "groups": groups, "height": height, "share": share, "theme": theme, "title": title, "tool": tool, "width": width}, columns, progress, as_)
    return made.drawn()


def traffic_light(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    dpi: float | None = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "quadas-2", "other"] | None = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The risk of bias of each study in each domain.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups
        The names of the two groups, for findings: `Vaccine,Control`. Default: Intervention,Comparator.
    height
        The height in millimeters; a forest plot is as high as its rows.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    tool
        The tool of the risk of bias: rob2, robins-i, quadas-2, other. Default: rob2.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot traffic-light", data, {}, {"dpi": dpi, "font": font, "groups": groups, "height": height, "theme": theme, "title": title, "tool": tool, "width": width}, columns, progress, as_)
    return made.drawn()


def risk_of_bias(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    dpi: float | None = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "quadas-2", "other"] | None = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The shares of each judgement of the risk of bias.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups
        The names of the two groups, for findings: `Vaccine,Control`. Default: Intervention,Comparator.
    height
        The height in millimeters; a forest plot is as high as its rows.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    tool
        The tool of the risk of bias: rob2, robins-i, quadas-2, other. Default: rob2.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot risk-of-bias", data, {}, {"dpi": dpi, "font": font, "groups": groups, "height": height, "theme": theme, "title": title, "tool": tool, "width": width}, columns, progress, as_)
    return made.drawn()


def prisma(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    dpi: float | None = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "quadas-2", "other"] | None = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The PRISMA 2020 flow diagram of a table of counts (columns `data`, `n`).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups
        The names of the two groups, for findings: `Vaccine,Control`. Default: Intervention,Comparator.
    height
        The height in millimeters; a forest plot is as high as its rows.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    tool
        The tool of the risk of bias: rob2, robins-i, quadas-2, other. Default: rob2.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot prisma", data, {}, {"dpi": dpi, "font": font, "groups": groups, "height": height, "theme": theme, "title": title, "tool": tool, "width": width}, columns, progress, as_)
    return made.drawn()


def findings(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    dpi: float | None = None,
    font: Option = None,
    groups: Option = None,
    height: float | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    tool: Literal["rob2", "robins-i", "quadas-2", "other"] | None = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The GRADE summary of findings.

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    groups
        The names of the two groups, for findings: `Vaccine,Control`. Default: Intervention,Comparator.
    height
        The height in millimeters; a forest plot is as high as its rows.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    tool
        The tool of the risk of bias: rob2, robins-i, quadas-2, other. Default: rob2.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot findings", data, {}, {"dpi": dpi, "font": font, "groups": groups, "height": height, "theme": theme, "title": title, "tool": tool, "width": width}, columns, progress, as_)
    return made.drawn()


def ce_plane(
    *,
    comparator: Option = None,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    intervention: Option = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The cost-effectiveness plane: of draws, with their ellipse and thresholds (`economics psa`).

    Parameters
    ----------
    comparator
        The comparator; without it, the first option.
    costs
        A CSV file of costs: a column for each option, a row for each draw.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    effects
        A CSV file of effects with the same columns and as many rows.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    intervention
        The intervention; without it, the last option.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    unit
        The unit of effect: QALYs. Default: .
    width
        The width in millimeters: 170 for a page, 85 for a column.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot ce-plane", None, {}, {"comparator": comparator, "costs": costs, "currency": currency, "dpi": dpi, "effects": effects, "font": font, "height": height, "intervention": intervention, "price_year": price_year, "theme": theme, "title": title, "unit": unit, "width": width, "wtp": wtp}, None, progress, as_)
    return made.drawn()


def frontier(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    currency: Option = None,
    dpi: float | None = None,
    exclude: Option = None,
    font: Option = None,
    height: float | None = None,
    level: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    set: Option = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Option = None,
    where: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The cost-effectiveness frontier (`economics frontier`).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    exclude
        Without the studies of these labels, separated by commas.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    level
        The confidence level in per cent. Default: 95.
    na
        Further texts that stand for missing values: `NR,n/a`.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    unit
        The unit of effect: QALYs. Default: .
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot frontier", data, {}, {"currency": currency, "dpi": dpi, "exclude": exclude, "font": font, "height": height, "level": level, "na": na, "price_year": price_year, "set": set, "theme": theme, "title": title, "unit": unit, "where": where, "width": width}, columns, progress, as_)
    return made.drawn()


def ceac(
    *,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The probability of each option of being cost-effective (`economics psa`); as text without a file.

    Parameters
    ----------
    costs
        A CSV file of costs: a column for each option, a row for each draw.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    effects
        A CSV file of effects with the same columns and as many rows.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    unit
        The unit of effect: QALYs. Default: .
    width
        The width in millimeters: 170 for a page, 85 for a column.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot ceac", None, {}, {"costs": costs, "currency": currency, "dpi": dpi, "effects": effects, "font": font, "height": height, "price_year": price_year, "theme": theme, "title": title, "unit": unit, "width": width, "wtp": wtp}, None, progress, as_)
    return made.drawn()


def ceaf(
    *,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The same of the option that is optimal at each threshold.

    Parameters
    ----------
    costs
        A CSV file of costs: a column for each option, a row for each draw.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    effects
        A CSV file of effects with the same columns and as many rows.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    unit
        The unit of effect: QALYs. Default: .
    width
        The width in millimeters: 170 for a page, 85 for a column.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot ceaf", None, {}, {"costs": costs, "currency": currency, "dpi": dpi, "effects": effects, "font": font, "height": height, "price_year": price_year, "theme": theme, "title": title, "unit": unit, "width": width, "wtp": wtp}, None, progress, as_)
    return made.drawn()


def expected_loss(
    *,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The expected loss of deciding for each option.

    Parameters
    ----------
    costs
        A CSV file of costs: a column for each option, a row for each draw.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    effects
        A CSV file of effects with the same columns and as many rows.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    unit
        The unit of effect: QALYs. Default: .
    width
        The width in millimeters: 170 for a page, 85 for a column.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot expected-loss", None, {}, {"costs": costs, "currency": currency, "dpi": dpi, "effects": effects, "font": font, "height": height, "price_year": price_year, "theme": theme, "title": title, "unit": unit, "width": width, "wtp": wtp}, None, progress, as_)
    return made.drawn()


def evpi(
    *,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The expected value of perfect information.

    Parameters
    ----------
    costs
        A CSV file of costs: a column for each option, a row for each draw.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    effects
        A CSV file of effects with the same columns and as many rows.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    unit
        The unit of effect: QALYs. Default: .
    width
        The width in millimeters: 170 for a page, 85 for a column.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot evpi", None, {}, {"costs": costs, "currency": currency, "dpi": dpi, "effects": effects, "font": font, "height": height, "price_year": price_year, "theme": theme, "title": title, "unit": unit, "width": width, "wtp": wtp}, None, progress, as_)
    return made.drawn()


def evppi(
    *,
    costs: Data,
    currency: Option = None,
    dpi: float | None = None,
    effects: Data,
    font: Option = None,
    height: float | None = None,
    method: Literal["gam", "gp", "linear", "blocks", "segments"] | None = None,
    of: Option,
    parameters: Data,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    unit: Option = None,
    width: float | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The expected value of partial perfect information (`economics evppi`).

    Parameters
    ----------
    costs
        A CSV file of costs: a column for each option, a row for each draw.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    effects
        A CSV file of effects with the same columns and as many rows.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    method
        The method: gam, gp (for many parameters), linear, blocks or segments. Default: gam.
    of
        The parameters to know for certain, together: `a,b`.
    parameters
        A CSV file of the parameters behind the draws: a column for each, as many rows.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    unit
        The unit of effect: QALYs. Default: .
    width
        The width in millimeters: 170 for a page, 85 for a column.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot evppi", None, {}, {"costs": costs, "currency": currency, "dpi": dpi, "effects": effects, "font": font, "height": height, "method": method, "of": of, "parameters": parameters, "price_year": price_year, "theme": theme, "title": title, "unit": unit, "width": width, "wtp": wtp}, None, progress, as_)
    return made.drawn()


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
    width: float | None = None,
    wtp: float | None = None,
    years: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The value of a trial per person by its size (`economics evsi`); as text without a file.

    Parameters
    ----------
    cost_per_patient
        The cost of the trial per patient. Default: 0.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    discount_rate
        The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    effect
        The pooled effect, such as a gain in QALYs per person; with --se, --wtp, --extra-cost and --sd.
    extra_cost
        The extra cost of the intervention per person (negative for a saving).
    fixed_cost
        Costs of the trial that do not depend on its size. Default: 0.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inb
        The incremental net benefit itself; with --se and --prior-size.
    incidence
        New people a year whom the decision serves.
    opportunity_cost_per_patient
        Net benefit forgone per patient because of the trial. Default: 0.
    prevalent
        People whom it serves at the start. Default: 0.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    prior_size
        The number of patients whose evidence present knowledge is worth.
    sd
        The standard deviation of the outcome in each arm of the new trial.
    se
        The standard error of the effect, or of the net benefit.
    sizes
        Sizes of the new trial, all its patients (half in each arm): values and ranges, `100,200:1000:100`.
    tau2
        The variance between studies, in which the new trial shares. Default: 0.
    theme
        Colors: color or gray. Default: color.
    timing
        The time at which people of a year enter. Default: as-timed.
    title
        A heading above the figure.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    wtp
        Willingness to pay per unit of effect: one value.
    years
        The years over which the decision is useful.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot evsi", None, {}, {"cost_per_patient": cost_per_patient, "currency": currency, "discount_rate": discount_rate, "dpi": dpi, "effect": effect, "extra_cost": extra_cost, "fixed_cost": fixed_cost, "font": font, "height": height, "inb": inb, "incidence": incidence, "opportunity_cost_per_patient": opportunity_cost_per_patient, "prevalent": prevalent, "price_year": price_year, "prior_size": prior_size, "sd": sd, "se": se, "sizes": sizes, "tau2": tau2, "theme": theme, "timing": timing, "title": title, "width": width, "wtp": wtp, "years": years}, None, progress, as_)
    return made.drawn()


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
    width: float | None = None,
    wtp: float | None = None,
    years: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The value of a trial to all whom the decision serves, less its cost (`economics evsi --incidence ...`).

    Parameters
    ----------
    cost_per_patient
        The cost of the trial per patient. Default: 0.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    discount_rate
        The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    effect
        The pooled effect, such as a gain in QALYs per person; with --se, --wtp, --extra-cost and --sd.
    extra_cost
        The extra cost of the intervention per person (negative for a saving).
    fixed_cost
        Costs of the trial that do not depend on its size. Default: 0.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    inb
        The incremental net benefit itself; with --se and --prior-size.
    incidence
        New people a year whom the decision serves.
    opportunity_cost_per_patient
        Net benefit forgone per patient because of the trial. Default: 0.
    prevalent
        People whom it serves at the start. Default: 0.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    prior_size
        The number of patients whose evidence present knowledge is worth.
    sd
        The standard deviation of the outcome in each arm of the new trial.
    se
        The standard error of the effect, or of the net benefit.
    sizes
        Sizes of the new trial, all its patients (half in each arm): values and ranges, `100,200:1000:100`.
    tau2
        The variance between studies, in which the new trial shares. Default: 0.
    theme
        Colors: color or gray. Default: color.
    timing
        The time at which people of a year enter. Default: as-timed.
    title
        A heading above the figure.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    wtp
        Willingness to pay per unit of effect: one value.
    years
        The years over which the decision is useful.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot enbs", None, {}, {"cost_per_patient": cost_per_patient, "currency": currency, "discount_rate": discount_rate, "dpi": dpi, "effect": effect, "extra_cost": extra_cost, "fixed_cost": fixed_cost, "font": font, "height": height, "inb": inb, "incidence": incidence, "opportunity_cost_per_patient": opportunity_cost_per_patient, "prevalent": prevalent, "price_year": price_year, "prior_size": prior_size, "sd": sd, "se": se, "sizes": sizes, "tau2": tau2, "theme": theme, "timing": timing, "title": title, "width": width, "wtp": wtp, "years": years}, None, progress, as_)
    return made.drawn()


def tornado(
    data: Data = None,
    *,
    base: float,
    currency: Option = None,
    dpi: float | None = None,
    font: Option = None,
    height: float | None = None,
    most: int | None = None,
    outcome: Option = None,
    price_year: int | None = None,
    theme: Literal["color", "gray"] | None = None,
    threshold: Option = None,
    title: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """A one-way sensitivity analysis, the widest bar first (columns parameter, low, high, outcome_low,
    outcome_high, or parameter, value, outcome).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    base
        The outcome at the base values of all parameters.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    most
        Show only this many parameters, those with the widest bars.
    outcome
        The name of the outcome: `Incremental net benefit`. Default: Outcome.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    theme
        Colors: color or gray. Default: color.
    threshold
        The outcome at which the decision changes, or none. Default: 0.
    title
        A heading above the figure.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot tornado", data, {}, {"base": base, "currency": currency, "dpi": dpi, "font": font, "height": height, "most": most, "outcome": outcome, "price_year": price_year, "theme": theme, "threshold": threshold, "title": title, "width": width}, None, progress, as_)
    return made.drawn()


def dominance(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    dpi: float | None = None,
    font: Option = None,
    height: float | None = None,
    same: Option,
    theme: Literal["color", "gray"] | None = None,
    title: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """Studies by the direction of their differences (columns study, cost_difference, effect_difference).

    Parameters
    ----------
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    same
        The rule by which a difference counts as none: `exact` (only 0), `interval` (its confidence interval
        contains 0: columns cost_ci_lower, cost_ci_upper, effect_ci_lower, effect_ci_upper), or the smallest
        differences in cost and effect that matter: `50,0.001`.
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot dominance", data, {}, {"dpi": dpi, "font": font, "height": height, "same": same, "theme": theme, "title": title, "width": width}, columns, progress, as_)
    return made.drawn()


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
    unit: Option = None,
    width: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Figure:
    """The states of a cohort over time (`economics cohort`); as text without a file.

    Parameters
    ----------
    cycle_years
        The length of a cycle in years, or in what --unit says. Default: 1.
    cycles
        The number of cycles.
    dpi
        The resolution of a PNG in dots per inch. Default: 300.
    font
        A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    height
        The height in millimeters; a forest plot is as high as its rows.
    states
        A CSV file of the states (columns state, start: its share).
    theme
        Colors: color or gray. Default: color.
    title
        A heading above the figure.
    transitions
        A CSV file of probabilities: a column `from` and one for each state; with a column `cycle` (from 1)
        rows hold from that cycle on.
    unit
        The unit of time. Default: Years.
    width
        The width in millimeters: 170 for a page, 85 for a column.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("plot trace", None, {}, {"cycle_years": cycle_years, "cycles": cycles, "dpi": dpi, "font": font, "height": height, "states": states, "theme": theme, "title": title, "transitions": transitions, "unit": unit, "width": width}, None, progress, as_)
    return made.drawn()
