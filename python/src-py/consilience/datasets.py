"""Small published data sets for examples."""

from __future__ import annotations

from typing import Any

from . import frames

__all__ = ["bcg"]

_BCG: dict[str, list[Any]] = {
    "study": [
        "Aronson 1948", "Ferguson & Simes 1949", "Rosenthal et al 1960", "Hart & Sutherland 1977", "Frimodt-Moller et al 1973",
        "Stein & Aronson 1953", "Vandiviere et al 1973", "TPT Madras 1980", "Coetzee & Berjak 1968", "Rosenthal et al 1961",
        "Comstock et al 1974", "Comstock & Webster 1969", "Comstock et al 1976",
    ],
    "ai": [4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27],
    "bi": [119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886],
    "ci": [11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29],
    "di": [128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825],
    "ablat": [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33],
    "alloc": [
        "random", "random", "random", "random", "alternate", "alternate", "random", "random", "random", "systematic",
        "systematic", "random", "systematic",
    ],
}  # fmt: skip


def bcg(as_: frames.Kind = "dict") -> Any:
    """Thirteen trials of BCG vaccine against tuberculosis: events and non-events of vaccinated and controls, the absolute
    latitude and the allocation of treatment.

    Colditz G. A. et al. (1994). Efficacy of BCG vaccine in the prevention of tuberculosis. JAMA 271, 698-702,
    doi:10.1001/jama.1994.03510330076038.

    Parameters
    ----------
    as_
        The kind of frame.
    """
    return frames.from_columns({name: list(values) for name, values in _BCG.items()}, as_)
