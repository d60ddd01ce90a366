"""Pooling in DuckDB: ``meta_reml(list(yi), list(vi))``."""

from __future__ import annotations

from typing import Any

from ._lists import FIELDS, FUNCTIONS

__all__ = ["register"]

_STRUCT = "STRUCT(" + ", ".join(f"{field} {'BIGINT' if field == 'k' else 'DOUBLE'}" for field in FIELDS) + ")"


def register(con: Any) -> None:
    """Adds the functions to a connection.

    Parameters
    ----------
    con
        A connection of DuckDB, which needs pyarrow for functions of this kind.
    """
    for name, (function, arguments) in FUNCTIONS.items():
        takes = ["DOUBLE[]", "DOUBLE[]", "VARCHAR", "VARCHAR"][:arguments]
        con.create_function(name, function, takes, _STRUCT, type="arrow", null_handling="special")
