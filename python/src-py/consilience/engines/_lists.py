"""Functions over Arrow lists: the layout of lists is that of the batch, values and offsets."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

import numpy as np

from .. import _consilience
from ..errors import DataError

__all__ = ["FIELDS", "FUNCTIONS", "pool_lists", "pool_named"]


@functools.cache
def arrow() -> Any:
    """The library of the arrays, which is imported when it is needed."""
    return importlib.import_module("pyarrow")


#: The fields of the structure that comes out: ``k`` is a whole number, the others are doubles.
FIELDS = (
    "k",
    "estimate",
    "se",
    "ci_lower",
    "ci_upper",
    "statistic",
    "p_value",
    "tau2",
    "q",
    "i2",
    "pred_lower",
    "pred_upper",
)

#: The names of the batch's columns that differ from those of the fields.
_COLUMNS = {"pred_lower": "prediction_lower", "pred_upper": "prediction_upper"}

#: What a single study does not have.
_BETWEEN = frozenset({"tau2", "q", "i2", "pred_lower", "pred_upper"})


def pool_lists(yi: Any, vi: Any, method: str, inference: str = "wald", name: str = "meta", lenient: bool = False) -> Any:
    """Pools every pair of lists; an Arrow array of structures.

    Parameters
    ----------
    yi, vi
        Arrow arrays of lists of doubles.
    method
        The estimator of tau², or ``fixed``.
    inference
        The inference for the mean.
    name
        The name of the function in messages.
    lenient
        Gives NULL for values that are refused.
    """
    yi, vi = _whole(yi), _whole(vi)
    lengths = [np.asarray(lists.value_lengths().fill_null(-1)) for lists in (yi, vi)]
    null = (lengths[0] < 0) | (lengths[1] < 0)
    uneven = np.flatnonzero((lengths[0] != lengths[1]) & ~null)
    if uneven.size > 0:
        one, other = (int(each[uneven[0]]) for each in lengths)
        raise DataError.of(f"{name}: {one} effects and {other} variances in a group", "give one of each for every study")
    if null.any():  # a list without its other half has no studies
        keep, choose = arrow().array(~null), importlib.import_module("pyarrow.compute").if_else
        yi, vi = (choose(keep, lists, arrow().scalar([], type=lists.type)) for lists in (yi, vi))
    y, v = (np.ascontiguousarray(lists.flatten().to_numpy(zero_copy_only=False), np.float64) for lists in (yi, vi))
    missing = np.isnan(y) | np.isnan(v)
    refused = ~missing & ~(np.isfinite(y) & np.isfinite(v) & (v > 0))
    if refused.any() and not lenient:
        raise _refused(name, y[refused][0], v[refused][0])
    offsets = np.zeros(len(null) + 1, dtype=np.int64)
    np.cumsum(np.where(null, 0, lengths[0]), out=offsets[1:])
    fixed = method.lower() == "fixed"
    result = _consilience.batch(
        y, v, offsets, "fixed" if fixed else "random", "REML" if fixed else method, inference, None, 95.0, False
    )
    result["p_value"] = np.exp(result["ln_p_value"])
    gone = np.isin(result["flag"], ["no-studies", "refused"]) | null
    single = result["k"] == 1
    arrays = []
    for field in FIELDS:
        values = result.get(_COLUMNS.get(field, field))
        if values is None or field == "tau2" and fixed:
            values = np.full(len(null), np.nan)
        lacking = np.isnan(values) | (single if field in _BETWEEN else False)
        arrays.append(arrow().array(values, mask=gone | lacking))
    return arrow().StructArray.from_arrays(arrays, names=list(FIELDS), mask=arrow().array(gone))


def _refused(name: str, y: float, v: float) -> DataError:
    if np.isfinite(y) and not (np.isfinite(v) and v > 0):
        found = f"{name}: the sampling variance {v}"
    else:
        found = f"{name}: the effect {y}"
    return DataError.of(found, f"effects are finite and variances above 0; try_{name} gives NULL in place of the group")


def _whole(lists: Any) -> Any:
    """One array of lists of doubles, without NULL in place of its values."""
    if isinstance(lists, arrow().ChunkedArray):
        lists = lists.combine_chunks()
    return lists.cast(arrow().list_(arrow().float64()))


def pool_named(yi: Any, vi: Any, method: Any, inference: Any, name: str = "meta", lenient: bool = False) -> Any:
    """The same with an estimator and an inference for each pair of lists, which nearly always are the same for all."""
    yi, vi = _whole(yi), _whole(vi)
    choices = list(zip(method.to_pylist(), inference.to_pylist(), strict=True))
    several = dict.fromkeys(choices)
    if None in {each for choice in several for each in choice}:
        raise DataError.of(f"{name}: a method or an inference is NULL", "name them, as in meta(yi, vi, 'REML', 'wald')")
    parts, places = [], []
    for choice in several:
        rows = np.array([row for row, each in enumerate(choices) if each == choice], dtype=np.int64)
        parts.append(pool_lists(yi.take(rows), vi.take(rows), *choice, name=name, lenient=lenient))
        places.append(rows)
    if not parts:
        return pool_lists(yi, vi, "REML", name=name)
    return arrow().concat_arrays(parts).take(np.argsort(np.concatenate(places), kind="stable"))


def _of_method(method: str, name: str, lenient: bool) -> Callable[[Any, Any], Any]:
    def function(yi: Any, vi: Any) -> Any:
        return pool_lists(yi, vi, method, name=name, lenient=lenient)

    return function


def _of_names(lenient: bool) -> Callable[[Any, Any, Any, Any], Any]:
    def function(yi: Any, vi: Any, method: Any, inference: Any) -> Any:
        return pool_named(yi, vi, method, inference, lenient=lenient)

    return function


#: The functions by their names in SQL, and the number of their arguments.
FUNCTIONS: dict[str, tuple[Callable[..., Any], int]] = {}
for _before, _lenient in (("", False), ("try_", True)):
    FUNCTIONS[f"{_before}meta"] = _of_names(_lenient), 4
    for _method in ("fixed", "dl", "pm", "reml"):
        FUNCTIONS[f"{_before}meta_{_method}"] = _of_method(_method, f"meta_{_method}", _lenient), 2
