"""Columns in and out of whatever frame the user has; no frame library is imported that the user did not import."""

from __future__ import annotations

import functools
import os
import sys
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import numpy as np

from .errors import DataError, SettingError

__all__ = ["Kind", "columns_of", "frame", "kind_of", "names_of"]

#: The kinds of frames that results come as.
Kind = Literal["pandas", "polars", "pyarrow", "dict"]

#: The arrays and the numbers that columns are handed on as.
_ARRAY, _FLOAT = np.ndarray, np.dtype(np.float64)

#: The largest whole number that a float64 holds exactly.
_EXACT = 2**53


def kind_of(data: object) -> Kind:
    """The kind of a frame: the library that made it, or ``"dict"`` for all else."""
    return _kind_of(type(data))  # type: ignore[arg-type]  # classes can be hashed


@functools.lru_cache(maxsize=256)
def _kind_of(made: type) -> Kind:
    for base in made.__mro__:
        module = base.__module__.partition(".")[0]
        if module in ("pandas", "polars", "pyarrow"):
            return module  # type: ignore[return-value]
    if not issubclass(made, Mapping) and any(hasattr(made, name) for name in _ARROW):
        return "pyarrow"  # a relation of a database, a data set
    return "dict"


#: The methods by which objects give their data as an Arrow table, the first that there is.
_ARROW = ("to_arrow_table", "fetch_arrow_table", "to_arrow", "arrow")


def table(data: Any) -> Any:
    """The frame itself; a lazy frame or a relation of a database is collected first."""
    kind = kind_of(data)
    if kind == "polars" and hasattr(data, "collect"):
        return data.collect()
    if kind != "pyarrow" or hasattr(data, "column_names"):
        return data
    arrow = next(getattr(data, name)() for name in _ARROW if hasattr(data, name))
    return arrow.read_all() if hasattr(arrow, "read_all") else arrow


class Names:
    """The names of the columns of a frame, and their places."""

    __slots__ = ("all", "customary", "places")

    def __init__(self, names: Iterable[Any]) -> None:
        self.all = [str(name) for name in names]
        self.places = dict(zip(reversed(self.all), range(len(self.all) - 1, -1, -1), strict=True))
        #: The names that play a role without being mapped, once they were looked for.
        self.customary: frozenset[str] | None = None

    def count(self, name: str) -> int:
        """The number of columns of this name."""
        return 1 if len(self.places) == len(self.all) else self.all.count(name)


def names_of(data: Any) -> Names:
    """The names of the columns.

    Raises
    ------
    DataError
        If the object has no columns.
    """
    if kind_of(data) == "pandas" and hasattr(data, "columns"):  # first: pandas is slow to say what it does not have
        return _names_of_index(data.columns)
    if isinstance(data, Mapping):
        return Names(data)
    if hasattr(data, "column_names"):
        return Names(data.column_names)
    if hasattr(data, "columns"):
        columns = data.columns
        return Names(columns.tolist() if hasattr(columns, "tolist") else columns)
    raise DataError.of(
        f"data of type {type(data).__name__} have no columns", "give a data frame, a mapping of columns or a path"
    )


#: The names in the indexes of pandas that were read of late, which do not change, by their identity.
_INDEXES: dict[int, tuple[weakref.ref[Any], Names]] = {}


def _names_of_index(index: Any) -> Names:
    known = _INDEXES.get(id(index))
    if known is not None and known[0]() is index:
        return known[1]
    names = Names(index.tolist())
    if len(_INDEXES) >= 64:
        _INDEXES.clear()
    _INDEXES[id(index)] = weakref.ref(index), names
    return names


def columns_of(data: Any, wanted: Iterable[str] | None = None, names: Names | None = None) -> dict[str, Any]:
    """The columns that are wanted (all without a choice), as numpy arrays or lists of texts with ``None``.

    Parameters
    ----------
    data
        Anything with columns.
    wanted
        The names of the columns to read; those that the data lack are passed over.
    names
        The names of all columns, if they are known; the data are then a frame that needs no collecting.

    Raises
    ------
    DataError
        If a wanted name stands twice, or a value is neither number nor text.
    """
    if names is None:
        data = table(data)
        names = names_of(data)
    there = names.places
    chosen: Iterable[str] = there if wanted is None else filter(there.__contains__, wanted)
    columns = {}
    get = _getter(data, names)
    for name in chosen:
        if names.count(name) > 1:
            raise DataError.of(f"column {name} stands {names.count(name)} times in the data", "rename all but one")
        columns[name] = column(get(name), name)
    return columns


def index_of(data: Any) -> Any:
    """The index of a pandas frame, if it says more than the position."""
    index = data.index if kind_of(data) == "pandas" else None
    return None if type(index).__name__ == "RangeIndex" else index


def with_index(error: DataError, index: Any) -> DataError:
    """The error with the label that its row has in the index."""
    if index is None or error.row is None or not 0 < error.row <= len(index):
        return error
    error.index = index[error.row - 1]
    row = f"row {error.row}"
    error.args = (str(error).replace(row, f"{row} (index {error.index!r})", 1),)
    return error


def _getter(data: Any, names: Names) -> Callable[[str], Any]:
    """What gives a column of a frame by its name."""
    if isinstance(data, Mapping):
        return lambda name: data[name] if name in data else _named(data, name)
    if kind_of(data) == "pandas":
        array = getattr(data, "_get_column_array", None)
        if array is not None and type(data) is sys.modules["pandas"].DataFrame:
            return lambda name: _of_pandas(data, array(names.places[name]), name, names)
        return lambda name: _series(data, name, names)
    if hasattr(data, "column_names"):  # pyarrow
        return lambda name: data.column(name)
    return lambda name: data[name] if name in data.columns else data.iloc[:, names.places[name]]


def _named(data: Mapping[Any, Any], name: str) -> Any:
    """The column whose key is no text but reads like the name."""
    return data[next(key for key in data if str(key) == name)]


def _of_pandas(data: Any, array: Any, name: str, names: Names) -> Any:
    """A column of numbers or texts without the series around it, which costs more than all the rest."""
    if type(array) is np.ndarray:
        if array.dtype.kind in "fiub":
            return array
    elif type(array).__name__ == "ArrowStringArray":
        return array.__arrow_array__().to_pylist()
    return _series(data, name, names)


def _series(data: Any, name: str, names: Names) -> Any:
    if name in data.columns:
        return data[name]
    return data.iloc[:, names.places[name]]  # a name that is no text


def column(values: Any, name: str) -> Any:
    """One column: a float64 array, or a list of texts with ``None`` for what is missing."""
    if type(values) is _ARRAY:
        kind = values.dtype
        if (kind is _FLOAT or kind == _FLOAT) and values.ndim == 1:
            return values
        array = _of_array(values, name)
    elif isinstance(values, (str, bytes, Mapping)) or not hasattr(values, "__len__"):
        raise _bad_column(name, f"a {type(values).__name__}")
    else:
        array = _numbers(values, name)
    if array is None:
        texts = _texts(_items(values), name)
        order = _categories(values) if isinstance(texts, list) else None
        return texts if order is None else Categories(texts, order)
    if array.ndim != 1:
        raise _bad_column(name, f"an array of {array.ndim} dimensions")
    return array


class Categories(list[Any]):
    """Texts with the order of their levels, which the reference of a factor follows."""

    def __init__(self, texts: Iterable[Any], order: list[str]) -> None:
        super().__init__(texts)
        self.order = order

    def __reduce__(self) -> tuple[Any, ...]:
        return (Categories, (list(self), self.order))


def _categories(values: Any) -> list[str] | None:
    """The categories of a categorical column in their order; ``None`` for any other, and where the order is none."""
    if type(values) is list:
        return None
    dtype = getattr(values, "dtype", None)
    if kind_of(values) == "pyarrow":
        kind = values.type
        if not (getattr(kind, "ordered", False) and hasattr(kind, "value_type")):
            return None
        array = values.combine_chunks() if hasattr(values, "combine_chunks") else values
        return [str(level) for level in array.dictionary.to_pylist()]
    categories = getattr(dtype, "categories", None)  # of pandas' categoricals and polars' enums
    if categories is None or callable(categories) or type(dtype).__name__ == "Categorical":
        return None
    return [str(level) for level in categories]


def _bad_column(name: str, found: str) -> DataError:
    return DataError.of(f"column {name} is {found}", "give one value for each study", column=name)


def _numbers(values: Any, name: str) -> np.ndarray[Any, Any] | None:
    """A float64 array of a column of numbers; ``None`` for any other column."""
    if isinstance(values, np.ndarray):
        return _of_array(values, name)
    if isinstance(values, (list, tuple)):
        return np.array(values, dtype=np.float64) if all(type(v) is float for v in values) else None
    dtype = getattr(values, "dtype", None)
    if isinstance(dtype, np.dtype) and hasattr(values, "to_numpy"):  # pandas, most often
        return _of_array(values.to_numpy(), name)
    base = str(dtype if dtype is not None else getattr(values, "type", "")).lower().split("[")[0]
    if not base.startswith(("int", "uint", "float", "double", "halffloat")):
        return None
    array = _floats(values)
    if base.startswith(("int", "uint")) and array.size > 0 and np.nanmax(np.abs(array), initial=0) >= _EXACT:
        return None  # read one by one, so that what would be rounded is refused
    return array


def _floats(values: Any) -> np.ndarray[Any, Any]:
    """The float64 array of a column of numbers, NaN where a value is missing."""
    kind = kind_of(values)
    if kind == "pandas":
        array = values.to_numpy(dtype=np.float64, na_value=np.nan)
    elif kind == "polars":
        array = values.cast(sys.modules["polars"].Float64).to_numpy()
    elif kind == "pyarrow":
        array = values.to_numpy() if hasattr(values, "chunks") else values.to_numpy(zero_copy_only=False)
    else:
        array = np.asarray(values)
    return np.ascontiguousarray(array, dtype=np.float64)


def _of_array(array: np.ndarray[Any, Any], name: str) -> np.ndarray[Any, Any] | None:
    if array.dtype == _FLOAT and type(array) is np.ndarray:
        return array
    if array.dtype.kind not in "iufb":
        return None
    masked = np.ma.getmaskarray(array) if isinstance(array, np.ma.MaskedArray) else None
    if array.dtype.kind in "iu" and array.size > 0:
        for row in {int(array.argmin()), int(array.argmax())} if array.ndim == 1 else ():
            if abs(int(array[row])) > _EXACT and (masked is None or not masked[row]):
                raise _too_large(name, row + 1, array[row])
    out = np.array(np.ma.getdata(array), dtype=np.float64, order="C")
    return out if masked is None else np.where(masked, np.nan, out)


def _too_large(name: str, row: int, value: Any) -> DataError:
    return _bad(name, row, f"{value} is beyond 2^53 and would be rounded", "give it as a text if it is a label")


def _items(values: Any) -> Sequence[Any]:
    if type(values) is list:
        return values
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


#: The types of the cells of a column of texts.
_TEXTS = frozenset({str, type(None)})


def _texts(items: Sequence[Any], name: str) -> Any:
    """Texts as they are; numbers as a float64 array, mixtures as texts."""
    if _TEXTS.issuperset(map(type, items)):
        return list(items) if str in map(type, items) else np.full(len(items), np.nan)
    numbers = True
    out: list[Any] = []
    for row, value in enumerate(items, start=1):
        if _missing(value):
            out.append(None)
        elif isinstance(value, (bool, np.bool_)):
            out.append(float(value))
        elif isinstance(value, (int, np.integer)):
            if abs(int(value)) > _EXACT:
                raise _too_large(name, row, value)
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
    error = DataError.of(found, remedy, row=row, column=name)
    error.args = (f"row {row}, column {name}: {found}; {remedy}",)
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
    raise SettingError.of(f"{kind!r} is not a kind of frame", "use pandas, polars, pyarrow or dict", option="as_")


def _library(name: str) -> Any:
    import importlib

    try:
        return sys.modules.get(name) or importlib.import_module(name)
    except ImportError as error:
        raise SettingError.of(f"{name} is not installed", "install it, or choose another kind", option="as_") from error


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
