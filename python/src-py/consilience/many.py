"""Many meta-analyses at once."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from . import _consilience, frames
from .errors import DataError

__all__ = ["pool_many"]

Method = Literal[
    "REML", "DL", "HE", "HS", "HSk", "SJ", "ML", "EB", "PM", "PMM", "DLIT", "GENQ", "GENQM", "DL2", "CA2", "SJ2", "SJIT"
]


def pool_many(
    data: Any = None,
    vi: Any = None,
    /,
    *,
    by: str | None = None,
    yi: str = "yi",
    offsets: Any = None,
    axis: Literal[0, 1] | None = None,
    variance: str = "vi",
    model: Literal["random", "fixed"] = "random",
    method: Method = "REML",
    inference: Literal["wald", "t", "hksj", "hksj-adhoc"] = "wald",
    prediction: Literal["normal", "t", "hts"] | None = None,
    level: float = 95.0,
    columns: Literal["all", "means"] = "all",
    as_: frames.Kind | None = None,
) -> Any:
    """Pools every group of studies; a frame with a row for each group.

    Three forms of data:

    - a frame in long form and ``by``, the column that names each study's group: ``pool_many(df, by="variant")``;
    - estimates and variances one group after the other, and where each group begins:
      ``pool_many(y, v, offsets=[0, 20, 35])``;
    - two-dimensional arrays, studies along ``axis``: ``pool_many(y, v, axis=0)`` for ``(studies, voxels)``.

    A study whose estimate or variance is NaN is missing and is left out of its group. A group that has no answer does
    not stop the others: its values are NaN and ``flag`` says why (``one-study``, ``no-studies``, ``refused``).

    Parameters
    ----------
    data
        A frame, or the estimates.
    vi
        The sampling variances, if ``data`` are the estimates.
    by
        The column of groups, in any order; groups come out in the order of their first study.
    yi, variance
        The columns of estimates and sampling variances.
    offsets
        Where each group begins, and the number of studies at the end.
    axis
        The axis along which the studies of one analysis lie.
    model, method, inference, prediction, level
        As in :func:`consilience.pool`.
    columns
        ``"means"`` for the mean, its standard error, tau² and Q alone, which is faster.
    as_
        The kind of frame that comes out; by default the kind that came in, for arrays a dict of arrays.

    Returns
    -------
    frame
        ``k, estimate, se, tau2, q, ci_lower, ci_upper, statistic, ln_p_value, i2, prediction_lower, prediction_upper,
        flag``, with the groups' names first if there is ``by``. The P value is given as its natural logarithm.

    Examples
    --------
    >>> import consilience as cs
    >>> many = cs.pool_many([0.1, 0.5, 0.9, 0.2], [0.02, 0.05, 0.03, 0.04], offsets=[0, 3, 4], method="DL")
    >>> many["k"].tolist(), many["flag"]
    ([3, 1], ['pooled', 'one-study'])
    """
    names: list[Any] | None = None
    if by is not None:
        estimates, variances, starts, names = _grouped(data, by, yi, variance)
    elif axis is not None:
        estimates, variances, starts = _array(data, vi, axis)
    else:
        estimates, variances = _flat(data, "yi"), _flat(vi, "vi")
        starts = np.ascontiguousarray(offsets if offsets is not None else [0, len(estimates)], dtype=np.int64)
    result = _consilience.batch(
        estimates, variances, starts, model, method, inference, prediction, float(level), columns == "means"
    )
    if by is not None:
        result = {by: names, **result}
    kind = as_ or (frames.kind_of(data) if by is not None else "dict")
    return result if kind == "dict" else frames.from_columns(result, kind)


def _flat(values: Any, name: str) -> Any:
    if values is None:
        raise DataError.of(f"{name} is missing", "give one value for each study", column=name)
    column = frames.column(values, name)
    if isinstance(column, list):
        raise DataError.of(f"column {name} holds texts", "give numbers", column=name)
    return np.ascontiguousarray(column)


def _array(yi: Any, vi: Any, axis: int) -> tuple[Any, Any, Any]:
    y, v = np.asarray(yi, dtype=np.float64), np.asarray(vi, dtype=np.float64)
    if y.ndim != 2 or y.shape != v.shape:
        raise DataError.of(f"arrays of shapes {y.shape} and {v.shape}", "give two of the same shape with two dimensions")
    if axis == 0:
        y, v = y.T, v.T
    groups, studies = y.shape
    starts = np.arange(groups + 1, dtype=np.int64) * studies
    return np.ascontiguousarray(y).ravel(), np.ascontiguousarray(v).ravel(), starts


def _grouped(data: Any, by: str, yi: str, vi: str) -> tuple[Any, Any, Any, list[Any]]:
    columns = frames.columns_of(data, [by, yi, vi])
    for name in (by, yi, vi):
        if name not in columns:
            _consilience.unknown("column", name, frames.names_of(data).all)
    if len(set(map(len, columns.values()))) > 1:
        said = ", ".join(f"{name} {len(column)}" for name, column in columns.items())
        raise DataError.of(f"columns differ in length ({said})", "give one value for each study")
    key = columns[by]
    order = np.asarray(key if not isinstance(key, list) else ["" if k is None else k for k in key])
    missing = [row for row, k in enumerate(key) if k is None or k != k]
    if missing:
        row = missing[0] + 1
        raise DataError.of(f"row {row}, column {by}: no group", "name one, or leave the row out", row=row, column=by)
    levels, first, inverse = np.unique(order, return_index=True, return_inverse=True)
    rank = np.empty(len(levels), dtype=np.int64)
    appearance = np.argsort(first, kind="stable")
    rank[appearance] = np.arange(len(levels))
    group = rank[inverse.reshape(-1)]
    rows = np.argsort(group, kind="stable")
    starts = np.zeros(len(levels) + 1, dtype=np.int64)
    np.cumsum(np.bincount(group, minlength=len(levels)), out=starts[1:])
    names: list[Any] = levels[appearance].tolist()
    y, v = _flat(columns[yi], yi), _flat(columns[vi], vi)
    return np.ascontiguousarray(y[rows]), np.ascontiguousarray(v[rows]), starts, names
