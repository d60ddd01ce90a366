"""Cost-effectiveness.

Written by generate.py from the schema of requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ._call import Data, Option, Progress, call
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


# Written by generate.py: change the program's options, not this file.


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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    exclude
        Without the studies of these labels, separated by commas.
    level
        The confidence level in per cent. Default: 95.
    na
        Further texts that stand for missing values: `NR,n/a`.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
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
    made = call("economics frontier", data, {}, {"by": by, "currency": currency, "exclude": exclude, "level": level, "na": na, "price_year": price_year, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


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
    correlation
        The correlation of the two differences.
    cost_difference
        The difference in cost, intervention minus comparator.
    cost_se
        Its standard error.
    covariance
        The covariance of the two differences.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    df
        Degrees of freedom of the t distribution; the normal one without them.
    effect_difference
        The difference in effect, intervention minus comparator.
    effect_se
        Its standard error.
    level
        The confidence level in per cent. Default: 95.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics icer", None, {}, {"correlation": correlation, "cost_difference": cost_difference, "cost_se": cost_se, "covariance": covariance, "currency": currency, "df": df, "effect_difference": effect_difference, "effect_se": effect_se, "level": level, "price_year": price_year, "wtp": wtp}, None, progress, as_)
    return Result(made)


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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    adjust
        Covariates of cost and effect: `age + baseline`.
    bootstrap
        Add a bootstrap of this many replicates.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster
        The column that names each patient's cluster.
    comparator
        The arm it is compared with.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    exclude
        Without the studies of these labels, separated by commas.
    intervention
        The arm that is the intervention.
    level
        The confidence level in per cent. Default: 95.
    na
        Further texts that stand for missing values: `NR,n/a`.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    seed
        The seed of the bootstrap. Default: 1.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics trial", data, {}, {"adjust": adjust, "bootstrap": bootstrap, "by": by, "cluster": cluster, "comparator": comparator, "currency": currency, "exclude": exclude, "intervention": intervention, "level": level, "na": na, "price_year": price_year, "seed": seed, "set": set, "sheet": sheet, "where": where, "wtp": wtp}, columns, progress, as_)
    return Result(made)


def psa(
    *,
    costs: Data,
    currency: Option = None,
    effects: Data,
    price_year: int | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """Draws of a probabilistic model: acceptability, losses, value of perfect information.

    Parameters
    ----------
    costs
        A CSV file of costs: a column for each option, a row for each draw.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    effects
        A CSV file of effects with the same columns and as many rows.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics psa", None, {}, {"costs": costs, "currency": currency, "effects": effects, "price_year": price_year, "wtp": wtp}, None, progress, as_)
    return Result(made)


def evppi(
    *,
    costs: Data,
    currency: Option = None,
    effects: Data,
    method: Literal["gam", "gp", "linear", "blocks", "segments"] | None = None,
    of: Option,
    parameters: Data,
    price_year: int | None = None,
    wtp: Option,
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """The value of perfect information on some parameters of a probabilistic model.

    Parameters
    ----------
    costs
        A CSV file of costs: a column for each option, a row for each draw.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    effects
        A CSV file of effects with the same columns and as many rows.
    method
        The method: gam, gp (for many parameters), linear, blocks or segments. Default: gam.
    of
        The parameters to know for certain, together: `a,b`.
    parameters
        A CSV file of the parameters behind the draws: a column for each, as many rows.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics evppi", None, {}, {"costs": costs, "currency": currency, "effects": effects, "method": method, "of": of, "parameters": parameters, "price_year": price_year, "wtp": wtp}, None, progress, as_)
    return Result(made)


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
    prediction: Option = None,
    price_year: int | None = None,
    q_about: Option = None,
    ratio_guard: Option = None,
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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    assume_correlation
        The correlation of the differences in cost and effect to assume where a study tells nothing of it.
        Default: 0.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    cluster
        The column that names each effect's cluster, for robust inference.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    exclude
        Without the studies of these labels, separated by commas.
    inference
        The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile. Default: wald.
    level
        The confidence level in per cent. Default: 95.
    method
        The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2,
        SJIT. Default: REML.
    model
        The model: random, fixed, mh (Mantel-Haenszel) or peto. Default: random.
    na
        Further texts that stand for missing values: `NR,n/a`.
    prediction
        The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau²
        included); without it that which matches the inference.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    q_about
        The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as
        Review Manager does for counts); without it iv, and mh for `--zero-cells revman` with `--method DL`.
    ratio_guard
        Use a ratio's uncertainty only where it tells enough (the effect at least 4 standard errors from 0):
        on, or off. Default: on.
    robust
        Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only --cluster is given).
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    subgroup
        The column that names each study's subgroup.
    subgroup_tau2
        The tau² of subgroups: separate or common. Default: separate.
    tau2
        Fix tau² at this value.
    tau2_interval
        The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-
        jackson, generalized-q, test-based.
    weights
        Weights of the mean: `equal` or the name of a column.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics pool-inb", data, {}, {"assume_correlation": assume_correlation, "by": by, "cluster": cluster, "currency": currency, "exclude": exclude, "inference": inference, "level": level, "method": method, "model": model, "na": na, "prediction": prediction, "price_year": price_year, "q_about": q_about, "ratio_guard": ratio_guard, "robust": robust, "set": set, "sheet": sheet, "subgroup": subgroup, "subgroup_tau2": subgroup_tau2, "tau2": tau2, "tau2_interval": tau2_interval, "weights": weights, "where": where, "wtp": wtp}, columns, progress, as_)
    return Result(made)


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
    cost_per_patient
        The cost of the trial per patient. Default: 0.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    discount_rate
        The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    effect
        The pooled effect, such as a gain in QALYs per person; with --se, --wtp, --extra-cost and --sd.
    extra_cost
        The extra cost of the intervention per person (negative for a saving).
    fixed_cost
        Costs of the trial that do not depend on its size. Default: 0.
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
    timing
        The time at which people of a year enter. Default: as-timed.
    wtp
        Willingness to pay per unit of effect: one value.
    years
        The years over which the decision is useful.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics evsi", None, {}, {"cost_per_patient": cost_per_patient, "currency": currency, "discount_rate": discount_rate, "effect": effect, "extra_cost": extra_cost, "fixed_cost": fixed_cost, "inb": inb, "incidence": incidence, "opportunity_cost_per_patient": opportunity_cost_per_patient, "prevalent": prevalent, "price_year": price_year, "prior_size": prior_size, "sd": sd, "se": se, "sizes": sizes, "tau2": tau2, "timing": timing, "wtp": wtp, "years": years}, None, progress, as_)
    return Result(made)


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
    as_: Kind | None = None,
    progress: Progress | None = None,
) -> Result:
    """A cohort over cycles (probabilities from and to each state): discounted costs and QALYs.

    Parameters
    ----------
    counting
        The count of time within a cycle. Default: trapezoid.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    cycle_years
        The length of a cycle in years. Default: 1.
    cycles
        The number of cycles.
    discount_rate
        The yearly discount rate of costs and effects as a fraction: 0.035 is 3.5 per cent.
    effect_discount_rate
        The rate of effects, if it is another.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    states
        A CSV file of the states (columns state, start: its share, cost: per cycle, utility: per year).
    transitions
        A CSV file of probabilities: a column `from` and one for each state; with a column `cycle` (from 1)
        rows hold from that cycle on, and a state without a new row keeps its last one.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics cohort", None, {}, {"counting": counting, "currency": currency, "cycle_years": cycle_years, "cycles": cycles, "discount_rate": discount_rate, "effect_discount_rate": effect_discount_rate, "price_year": price_year, "states": states, "transitions": transitions}, None, progress, as_)
    return Result(made)


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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    costs
        A CSV file of the options (columns option, cost: a year's cost per person).
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    exclude
        Without the studies of these labels, separated by commas.
    level
        The confidence level in per cent. Default: 95.
    na
        Further texts that stand for missing values: `NR,n/a`.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
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
    made = call("economics budget", data, {}, {"by": by, "costs": costs, "currency": currency, "exclude": exclude, "level": level, "na": na, "price_year": price_year, "set": set, "sheet": sheet, "where": where}, columns, progress, as_)
    return Result(made)


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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    discount_rate
        The yearly discount rate as a fraction: 0.035 is 3.5 per cent.
    exclude
        Without the studies of these labels, separated by commas.
    input
        The value of all inputs.
    level
        The confidence level in per cent. Default: 95.
    na
        Further texts that stand for missing values: `NR,n/a`.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    timing
        The time at which the value of a year falls. Default: end-of-year.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics sroi", data, {}, {"by": by, "currency": currency, "discount_rate": discount_rate, "exclude": exclude, "input": input, "level": level, "na": na, "price_year": price_year, "set": set, "sheet": sheet, "timing": timing, "where": where}, columns, progress, as_)
    return Result(made)


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
    data
        A frame, a mapping of columns, the path of a file, or nothing where arrays are given.
    columns
        Which column plays which role: ``{"ai": "tpos"}``. A column named after a role needs none.
    by
        One analysis for each level of this column: in one table, JSON, CSV and figure.
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    exclude
        Without the studies of these labels, separated by commas.
    index
        Price indices (columns currency, year, value).
    level
        The confidence level in per cent. Default: 95.
    market
        Market exchange rates (columns as of --ppp).
    na
        Further texts that stand for missing values: `NR,n/a`.
    order
        The order of the steps, which changes the result.
    ppp
        Purchasing power parities (columns currency, year, value: units of the currency per reference unit).
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    set
        A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi -
        lo) / 3.92`.
    sheet
        The sheet of a workbook, by its name or its number; the first with cells without it.
    to_currency
        The currency to convert to.
    to_year
        The price year to convert to.
    tradable_share
        The share of the costs that is traded internationally, for a split.
    vintage
        The publication date or origin of the indices and rates: they are revised.
    where
        Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must
        hold.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics convert-money", data, {}, {"by": by, "currency": currency, "exclude": exclude, "index": index, "level": level, "market": market, "na": na, "order": order, "ppp": ppp, "price_year": price_year, "set": set, "sheet": sheet, "to_currency": to_currency, "to_year": to_year, "tradable_share": tradable_share, "vintage": vintage, "where": where}, columns, progress, as_)
    return Result(made)


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
    currency
        The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    discount_rate
        The yearly discount rate of costs and effects as a fraction: 0.035 is 3.5 per cent.
    effect_discount_rate
        The rate of effects, if it is another.
    price_year
        The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    results
        Results of `economics frontier`, `icer`, `trial`, `psa` and `evppi`, written with --format json.
    set
        The statement of the authors on an item: `8=Health service`; can be given many times.
    timing
        The time at which amounts of a year fall. Default: as-timed.
    wtp
        Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    as_
        The kind of frames that come out; by default the kind that came in.
    progress
        Hears ``(work, done, all)`` of long work; ``False`` ends it with what there is.
    """
    made = call("economics cheers", None, {}, {"currency": currency, "discount_rate": discount_rate, "effect_discount_rate": effect_discount_rate, "price_year": price_year, "results": results, "set": set, "timing": timing, "wtp": wtp}, None, progress, as_)
    return Result(made)
