"""Columns in and out of whatever frame the user has; no frame library is imported that the user did not import."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import numpy as np

from .errors import DataError, SettingError

__all__ = ["Kind", "columns_of", "frame", "kind_of", "names_of"]

#: The kinds of frames that results come as.
Kind = Literal["pandas", "polars", "pyarrow", "dict"]

#: The largest whole number that a float64 holds exactly.
_EXACT = 2**53


def kind_of(data: object) -> Kind:
    """The kind of a frame: the library that made it, or ``"dict"`` for all else."""
    module = type(data).__module__.partition(".")[0]
    if module == "pandas":
        return "pandas"
    if module == "polars":
        return "polars"
    if module in ("pyarrow", "duckdb"):
        return "pyarrow"
    return "dict"


def _table(data: object) -> object:
    """The frame itself; a lazy frame or a relation of a database is collected first."""
    if type(data).__module__.startswith("polars") and hasattr(data, "collect"):
        return data.collect()
    if type(data).__module__.startswith(("duckdb", "_duckdb")):
        for name in ("to_arrow_table", "arrow"):
            if hasattr(data, name):
                arrow = getattr(data, name)()
                return arrow.read_all() if hasattr(arrow, "read_all") else arrow
    return data


def names_of(data: object) -> list[str]:
    """The names of the columns.

    Raises
    ------
    DataError
        If a name stands twice, or the object has no columns.
    """
    if isinstance(data, Mapping):
        names = [str(name) for name in data]
    elif hasattr(data, "column_names"):
        names = [str(name) for name in data.column_names]
    elif hasattr(data, "columns"):
        names = [str(name) for name in data.columns]
    else:
        raise DataError(
            f"data of type {type(data).__name__} have no columns; give a data frame, a mapping of columns or a path",
            found=f"data of type {type(data).__name__} have no columns",
            remedy="give a data frame, a mapping of columns or a path",
        )
    return names


def columns_of(data: object, wanted: Iterable[str] | None = None) -> dict[str, Any]:
    """The columns that are wanted (all without a choice), as numpy arrays or lists of texts with ``None``.

    Parameters
    ----------
    data
        Anything with columns.
    wanted
        The names of the columns to read; those that the data lack are passed over.

    Raises
    ------
    DataError
        If a wanted name stands twice, columns differ in length, or a value is neither number nor text.
    """
    data = _table(data)
    names = names_of(data)
    chosen = names if wanted is None else [name for name in dict.fromkeys(wanted) if name in names]
    columns = {}
    for name in chosen:
        if names.count(name) > 1:
            raise DataError(
                f"column {name} stands {names.count(name)} times in the data; rename all but one",
                found=f"column {name} stands {names.count(name)} times in the data",
                remedy="rename all but one",
            )
        columns[name] = column(_get(data, name), name)
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        said = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise DataError(
            f"columns differ in length ({said}); give one value for each study",
            found=f"columns differ in length ({said})",
            remedy="give one value for each study",
        )
    return columns


def _get(data: Any, name: str) -> Any:
    if isinstance(data, Mapping):
        return data[name]
    if hasattr(data, "column_names"):  # pyarrow
        return data.column(name)
    return data[name]


def column(values: Any, name: str) -> Any:
    """One column: a contiguous float64 array, or a list of texts with ``None`` for what is missing."""
    if isinstance(values, str) or not hasattr(values, "__len__") or isinstance(values, Mapping):
        raise DataError(
            f"column {name} is a {type(values).__name__}; give one value for each study",
            found=f"a {type(values).__name__}",
            remedy="give one value for each study",
        )
    array = _numbers(values)
    if array is not None:
        if array.ndim != 1:
            raise DataError(
                f"column {name} has {array.ndim} dimensions; give one value for each study",
                found=f"{array.ndim} dimensions",
                remedy="give one value for each study",
            )
        return array
    return _texts(_items(values), name)


def _numbers(values: Any) -> np.ndarray[Any, Any] | None:
    """A float64 array of a column of numbers; ``None`` for any other column."""
    if isinstance(values, np.ndarray):
        return _of_array(values)
    if isinstance(values, (list, tuple)):
        if all(type(v) is float for v in values):
            return np.array(values, dtype=np.float64)
        return None
    dtype = str(getattr(values, "dtype", getattr(values, "type", ""))).lower()
    base = dtype.split("[")[0]
    numeric = base.startswith(("int", "uint", "float", "double", "halffloat"))
    if not numeric:
        return None
    if kind_of(values) == "pandas":
        return _of_array(values.to_numpy(dtype=np.float64, na_value=np.nan), exact=_whole(values, base))
    if kind_of(values) == "polars":
        return _of_array(values.cast(_polars_float()).to_numpy(), exact=_whole(values, base))
    if kind_of(values) == "pyarrow":
        whole = not base.startswith(("float", "double", "halffloat"))
        if whole:
            return None  # read value by value below, so that large whole numbers are refused
        array = values.to_numpy(zero_copy_only=False) if _chunk(values) else values.to_numpy()
        return _of_array(np.asarray(array, dtype=np.float64))
    return _of_array(np.asarray(values))


def _chunk(values: Any) -> bool:
    return not hasattr(values, "chunks")


def _polars_float() -> Any:
    return sys.modules["polars"].Float64


def _whole(values: Any, base: str) -> bool:
    """Checks a column of whole numbers for values that a float does not hold; true if there are none."""
    if base.startswith(("int", "uint")) and len(values) > 0:
        for extreme in (values.max(), values.min()):
            if isinstance(extreme, (int, np.integer)) and abs(int(extreme)) > _EXACT:
                return False
    return True


def _of_array(array: np.ndarray[Any, Any], exact: bool = True) -> np.ndarray[Any, Any] | None:
    if array.dtype.kind in "iu":
        exact = array.size == 0 or max(abs(int(array.max())), abs(int(array.min()))) <= _EXACT
    elif array.dtype.kind == "b":
        return np.ascontiguousarray(array, dtype=np.float64)
    elif array.dtype.kind != "f":
        return None
    if not exact:
        raise DataError(
            "a whole number is beyond 2^53 and would be rounded; give it as a text if it is a label",
            found="a whole number beyond 2^53",
            remedy="give it as a text if it is a label",
        )
    if isinstance(array, np.ma.MaskedArray):
        array = np.where(np.ma.getmaskarray(array), np.nan, np.ma.getdata(array).astype(np.float64))
    return np.ascontiguousarray(array, dtype=np.float64)


def _items(values: Any) -> Sequence[Any]:
    for name in ("to_list", "to_pylist", "tolist"):
        if hasattr(values, name):
            items: Sequence[Any] = getattr(values, name)()
            return items
    return list(values)


def _missing(value: Any) -> bool:
    if value is None:
        return True
    if isinstance(value, (float, np.floating)):
        return bool(value != value)
    return type(value).__name__ in ("NAType", "NaTType")


def _texts(items: Sequence[Any], name: str) -> Any:
    """Texts as they are; numbers as a float64 array, mixtures as texts."""
    numbers = True
    out: list[Any] = []
    for row, value in enumerate(items, start=1):
        if _missing(value):
            out.append(None)
        elif isinstance(value, (bool, np.bool_)):
            out.append(float(value))
        elif isinstance(value, (int, np.integer)):
            if abs(int(value)) > _EXACT:
                raise _bad(name, row, f"{value} is beyond 2^53 and would be rounded", "give a text if it is a label")
            out.append(float(value))
        elif isinstance(value, (float, np.floating)):
            out.append(float(value))
        elif isinstance(value, str):
            numbers = False
            out.append(value)
        elif type(value).__name__ == "Decimal":
            out.append(float(value))
        elif hasattr(value, "isoformat"):
            numbers = False
            out.append(str(value.isoformat()).removesuffix("T00:00:00"))
        elif isinstance(value, bytes):
            raise _bad(name, row, "bytes", "decode them to text")
        else:
            raise _bad(name, row, f"a value of type {type(value).__name__}", "give numbers or texts")
    if numbers:
        return np.array([np.nan if value is None else value for value in out], dtype=np.float64)
    return [value if value is None or isinstance(value, str) else _number_text(value) for value in out]


def _number_text(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < _EXACT else repr(value)


def _bad(name: str, row: int, found: str, remedy: str) -> DataError:
    error = DataError(f"row {row}, column {name}: {found}; {remedy}", found=found, remedy=remedy)
    error.row = row
    error.column = name
    return error


def frame(rows: Sequence[Mapping[str, Any]], kind: Kind) -> Any:
    """Rows as a frame of a kind; keys of nested values are joined by dots.

    Parameters
    ----------
    rows
        Records with the same keys.
    kind
        The library, which must be installed; ``"dict"`` gives a mapping of numpy arrays and lists.
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    return from_columns({name: _column_out([row.get(name) for row in rows]) for name in names}, kind)


def from_columns(columns: dict[str, Any], kind: Kind) -> Any:
    """Columns as a frame of a kind."""
    if kind == "dict":
        return columns
    if kind == "pandas":
        pandas = _library("pandas")
        return pandas.DataFrame(columns)
    if kind == "polars":
        polars = _library("polars")
        plain = {n: (v.tolist() if isinstance(v, np.ndarray) and v.dtype.kind == "O" else v) for n, v in columns.items()}
        made = polars.DataFrame(plain)
        return made.with_columns(polars.selectors.float().fill_nan(None))
    if kind == "pyarrow":
        arrow = _library("pyarrow")
        return arrow.table({n: arrow.array(v, from_pandas=True) for n, v in columns.items()})
    raise SettingError(
        f"as_: {kind!r} is not a kind of frame; use pandas, polars, pyarrow or dict",
        found=f"{kind!r}",
        remedy="use pandas, polars, pyarrow or dict",
    )


def _library(name: str) -> Any:
    import importlib

    try:
        return sys.modules.get(name) or importlib.import_module(name)
    except ImportError as error:
        raise SettingError(
            f"as_: {name} is not installed; install it, or choose another kind",
            found=f"{name} is not installed",
            remedy="install it, or choose another kind",
        ) from error


def _column_out(values: list[Any]) -> Any:
    if all(value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)) for value in values):
        if values and all(isinstance(value, int) for value in values):
            return np.array(values, dtype=np.int64)
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if values and all(isinstance(value, bool) for value in values):
        return np.array(values, dtype=bool)
    return values


def is_path(data: object) -> bool:
    """True for a text or path object: the name of a file."""
    return isinstance(data, (str, os.PathLike))
