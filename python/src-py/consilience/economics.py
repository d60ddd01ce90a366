"""Cost-effectiveness.

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
    "budget",
    "cheers",
    "cohort",
    "convert_money",
    "evppi",
    "evsi",
    "frontier",
    "icer",
    "pool_inb",
    "psa",
    "sroi",
    "trial",
]


# Written by generate.py: change the program's options, not this file. The functions are declarations: `command` answers.


@command("economics frontier", Result, data=True)
def frontier(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    currency: Option = None,
    exclude: Option = None,
    level: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Options on the cost-effectiveness frontier, and what dominates the others (columns strategy, cost, effect).

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
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
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


@command("economics icer", Result)
def icer(
    *,
    correlation: float | None = None,
    cost_difference: float,
    cost_se: float,
    covariance: float | None = None,
    currency: Option = None,
    df: float | None = None,
    effect_difference: float,
    effect_se: float,
    level: float | None = None,
    price_year: int | None = None,
    wtp: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Ratio, Fieller set and net benefit of two differences with their standard errors.

    Parameters
    ----------
    correlation : float, optional
        The correlation of the two differences.
    cost_difference : float
        The difference in cost, intervention minus comparator.
    cost_se : float
        Its standard error.
    covariance : float, optional
        The covariance of the two differences.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    df : float, optional
        Degrees of freedom of the t distribution; the normal one without them.
    effect_difference : float
        The difference in effect, intervention minus comparator.
    effect_se : float
        Its standard error.
    level : float, optional
        The confidence level in per cent. Default: 95.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    wtp : str or list, optional
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("economics trial", Result, data=True)
def trial(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    adjust: Option = None,
    bootstrap: int | None = None,
    by: Option = None,
    cluster: Option = None,
    comparator: Option,
    currency: Option = None,
    exclude: Option = None,
    intervention: Option,
    level: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    seed: int | None = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Two arms of patients (columns arm, cost, effect).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    adjust : str or list, optional
        Covariates of cost and effect: ``age + baseline``.
    bootstrap : int, optional
        Add a bootstrap of this many replicates.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each patient's cluster.
    comparator : str or list
        The arm it is compared with.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    intervention : str or list
        The arm that is the intervention.
    level : float, optional
        The confidence level in per cent. Default: 95.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    seed : int, optional
        The seed of the bootstrap. Default: 1.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("economics psa", Result)
def psa(
    *,
    by: Option = None,
    costs: Data,
    currency: Option = None,
    effects: Data,
    na: Option = None,
    price_year: int | None = None,
    where: Option = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Draws of a probabilistic model: acceptability, losses, value of perfect information.

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
    effects : path or data frame
        A CSV file of effects with the same columns and as many rows.
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    where : str or list, optional
        Only the draws that fulfil a condition on columns of one of the files, which are no options then:
        ``scenario == base``; given again, all must hold.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("economics evppi", Result)
def evppi(
    *,
    by: Option = None,
    costs: Data,
    currency: Option = None,
    effects: Data,
    method: Literal["gam", "gp", "linear", "blocks", "segments"] | None = None,
    na: Option = None,
    of: Option,
    parameters: Data,
    price_year: int | None = None,
    where: Option = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """The value of perfect information on some parameters of a probabilistic model.

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
    effects : path or data frame
        A CSV file of effects with the same columns and as many rows.
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
    where : str or list, optional
        Only the draws that fulfil a condition on columns of one of the files, which are no options then:
        ``scenario == base``; given again, all must hold.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("economics pool-inb", Result, data=True)
def pool_inb(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    assume_correlation: float | None = None,
    by: Option = None,
    cluster: Option = None,
    currency: Option = None,
    exclude: Option = None,
    inference: Literal["wald", "t", "hksj", "hksj-adhoc", "kr", "henmi-copas", "profile"] | None = None,
    level: float | None = None,
    method: Literal["REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"] | None = None,
    model: Literal["random", "fixed", "mh", "peto"] | None = None,
    na: Option = None,
    prediction: Literal["hts", "t", "normal", "nnf"] | None = None,
    price_year: int | None = None,
    q_about: Literal["iv", "mh"] | None = None,
    ratio_guard: Literal["on", "off"] | None = None,
    robust: Literal["CR0", "CR1", "CR1S", "CR2", "CR3"] | None = None,
    set: Option = None,
    sheet: Option = None,
    subgroup: Option = None,
    subgroup_tau2: Literal["separate", "common"] | None = None,
    tau2: float | None = None,
    tau2_interval: Literal["q-profile", "profile-reml", "profile-ml", "jackson", "biggerstaff-jackson", "generalized-q", "test-based"] | None = None,
    weights: Option = None,
    where: Option = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Net benefits of studies (columns study, cost_difference, effect_difference and their uncertainty), pooled.

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    assume_correlation : float, optional
        The correlation of the differences in cost and effect to assume where a study tells nothing of it.
        Default: 0.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster : str or array, optional
        The column that names each effect's cluster, for robust inference.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    inference : {'wald', 't', 'hksj', 'hksj-adhoc', 'kr', 'henmi-copas', 'profile'}, optional
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: "wald".
    level : float, optional
        The confidence level in per cent. Default: 95.
    method : {'REML', 'DL', 'HE', 'HS', 'HSk', 'SJ', 'ML', 'EB', 'PM', 'PMM', 'DLIT', 'GENQ', 'GENQM', 'DL2', 'CA2', 'SJ2', 'SJIT'}, optional
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: "REML".
    model : {'random', 'fixed', 'mh', 'peto'}, optional
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: "random".
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    prediction : {'hts', 't', 'normal', 'nnf'}, optional
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    q_about : {'iv', 'mh'}, optional
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for ``zero_cells="revman"`` with
        ``method="DL"``.
    ratio_guard : {'on', 'off'}, optional
        Use a ratio's uncertainty only where it tells enough (the effect at least 4 standard errors from 0):
        on, or off. Default: "on".
    robust : {'CR0', 'CR1', 'CR1S', 'CR2', 'CR3'}, optional
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only ``cluster`` is given).
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
    weights : str or array, optional
        Weights of the mean: ``equal`` or the name of a column.
    where : str or list, optional
        Only the rows that fulfil a condition: ``outcome == anxiety & year >= 2000``; given again, all must
        hold.
    wtp : str or list
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("economics evsi", Result)
def evsi(
    *,
    cost_per_patient: float | None = None,
    currency: Option = None,
    discount_rate: float | None = None,
    effect: float | None = None,
    extra_cost: float | None = None,
    fixed_cost: float | None = None,
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
    timing: Literal["as-timed", "mid-year", "end-of-year", "whole-years"] | None = None,
    wtp: float | None = None,
    years: float | None = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """The value of one more trial, in closed form, and the size at which it is worth most.

    Parameters
    ----------
    cost_per_patient : float, optional
        The cost of the trial per patient. Default: 0.
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    discount_rate : float, optional
        The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    effect : float, optional
        The pooled effect, such as a gain in QALYs per person; with ``se``, ``wtp``, ``extra_cost`` and
        ``sd``.
    extra_cost : float, optional
        The extra cost of the intervention per person (negative for a saving).
    fixed_cost : float, optional
        Costs of the trial that do not depend on its size. Default: 0.
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
    timing : {'as-timed', 'mid-year', 'end-of-year', 'whole-years'}, optional
        The time at which people of a year enter. One of as-timed, mid-year, end-of-year, whole-years.
        Default: "as-timed".
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
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("economics cohort", Result)
def cohort(
    *,
    counting: Literal["beginning", "end", "life-table", "trapezoid", "simpson"] | None = None,
    currency: Option = None,
    cycle_years: float | None = None,
    cycles: int,
    discount_rate: float,
    effect_discount_rate: float | None = None,
    price_year: int | None = None,
    states: Data,
    transitions: Data,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """A cohort over cycles (probabilities from and to each state): discounted costs and QALYs.

    Parameters
    ----------
    counting : {'beginning', 'end', 'life-table', 'trapezoid', 'simpson'}, optional
        The count of time within a cycle. One of beginning, end, life-table, trapezoid, simpson. Default:
        "trapezoid".
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    cycle_years : float, optional
        The length of a cycle in years. Default: 1.
    cycles : int
        The number of cycles.
    discount_rate : float
        The yearly discount rate of costs and effects as a fraction: 0.035 is 3.5 per cent.
    effect_discount_rate : float, optional
        The rate of effects, if it is another.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    states : path or data frame
        A CSV file of the states (columns state, start: its share, cost: per cycle, utility: per year; a trace
        needs the first two).
    transitions : path or data frame
        A CSV file of probabilities: a column ``from`` and one for each state; with a column ``cycle`` (from
        1) rows hold from that cycle on, and a state without a new row keeps its last one.
    where : str or list, optional
        Only the rows that fulfil a condition on columns of one of the files, which are no states then:
        ``scenario == base``; given again, all must hold.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """


@command("economics budget", Result, data=True)
def budget(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    costs: Data,
    currency: Option = None,
    exclude: Option = None,
    level: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    set: Option = None,
    sheet: Option = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """The cost of a new mix of options to a payer over years (columns people, present_OPTION, new_OPTION).

    Parameters
    ----------
    data : frame, mapping or path, optional
        The data: a pandas, polars or pyarrow table, a relation with ``.arrow()``, a mapping of columns, the name of
        a CSV file, or nothing where arrays are given.
    columns : dict, optional
        The columns of further roles: ``{"ai": "tpos"}``. A column named after a role needs no mapping.
    by : str or array, optional
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    costs : path or data frame
        A CSV file of the options (columns option, cost: a year's cost per person).
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
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


@command("economics sroi", Result, data=True)
def sroi(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    currency: Option = None,
    discount_rate: float,
    exclude: Option = None,
    input: float,
    level: float | None = None,
    na: Option = None,
    price_year: int | None = None,
    set: Option = None,
    sheet: Option = None,
    timing: Literal["as-timed", "mid-year", "end-of-year", "whole-years"] | None = None,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """A social return on investment (columns outcome, quantity, proxy and all that reduces it).

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
    discount_rate : float
        The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    input : float
        The value of all inputs.
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
    timing : {'as-timed', 'mid-year', 'end-of-year', 'whole-years'}, optional
        The time at which the value of a year falls. One of as-timed, mid-year, end-of-year, whole-years.
        Default: "end-of-year".
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


@command("economics convert-money", Result, data=True)
def convert_money(
    data: Data = None,
    *,
    columns: Mapping[str, str] | None = None,
    by: Option = None,
    currency: Option = None,
    exclude: Option = None,
    index: Data = None,
    level: float | None = None,
    market: Data = None,
    na: Option = None,
    order: Literal["inflate-first", "convert-first", "split"],
    ppp: Data = None,
    price_year: int | None = None,
    set: Option = None,
    sheet: Option = None,
    to_currency: Option,
    to_year: int,
    tradable_share: float | None = None,
    vintage: Option,
    where: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Amounts in one currency and price year (columns amount, currency, price_year), with the record of how.

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
    exclude : str or list, optional
        Without the studies of these labels, separated by commas.
    index : path or data frame, optional
        Price indices (columns currency, year, value).
    level : float, optional
        The confidence level in per cent. Default: 95.
    market : path or data frame, optional
        Market exchange rates (columns as of ``ppp``).
    na : str or list, optional
        Further texts that stand for missing values: ``NR,n/a``.
    order : {'inflate-first', 'convert-first', 'split'}
        The order of the steps, which changes the result. One of inflate-first, convert-first, split.
    ppp : path or data frame, optional
        Purchasing power parities (columns currency, year, value: units of the currency per reference unit).
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    set : str or list, optional
        A column from others: ``scale = recode(instrument, HADS = anxiety)``, ``n = coalesce(a, b)``, ``se =
        (hi - lo) / 3.92``.
    sheet : str or list, optional
        The sheet of a workbook, by its name or its number; the first with cells without it.
    to_currency : str or list
        The currency to convert to.
    to_year : int
        The price year to convert to.
    tradable_share : float, optional
        The share of the costs that is traded internationally, for a split.
    vintage : str or list
        The publication date or origin of the indices and rates: they are revised.
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


@command("economics cheers", Result)
def cheers(
    *,
    currency: Option = None,
    discount_rate: float | None = None,
    effect_discount_rate: float | None = None,
    price_year: int | None = None,
    results: Option = None,
    set: Option = None,
    timing: Literal["as-timed", "mid-year", "end-of-year", "whole-years"] | None = None,
    wtp: Option = None,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """The items of CHEERS 2022, filled from results and by the authors.

    Parameters
    ----------
    currency : str or list, optional
        The currency of the costs by its three-letter code; else that of a column ``currency``, if there is
        one.
    discount_rate : float, optional
        The yearly discount rate of costs and effects as a fraction: 0.035 is 3.5 per cent.
    effect_discount_rate : float, optional
        The rate of effects, if it is another.
    price_year : int, optional
        The year in whose prices the costs are stated; else that of a column ``price_year``, if there is one.
    results : str or list, optional
        Results of ``economics frontier``, ``icer``, ``trial``, ``psa`` and ``evppi``, written with ``format``
        json.
    set : str or list, optional
        The statement of the authors on an item: ``8=Health service``; can be given many times.
    timing : {'as-timed', 'mid-year', 'end-of-year', 'whole-years'}, optional
        The time at which amounts of a year fall. One of as-timed, mid-year, end-of-year, whole-years.
        Default: "as-timed".
    wtp : str or list, optional
        Willingness to pay per unit of effect: values and ranges, ``20000,30000`` or ``0:100000:1000``.
    as_ : {"pandas", "polars", "pyarrow", "dict"}, optional
        The kind of frames that come out; by default the kind that came in.
    progress : callable, optional
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.

    Returns
    -------
    Result
        The answer; its attributes bear the names of the JSON.
    """
