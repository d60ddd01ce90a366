"""Pooling in DataFusion: ``meta_reml(array_agg(yi), array_agg(vi))``."""

from __future__ import annotations

from typing import Any

from ._lists import FIELDS, FUNCTIONS, arrow

__all__ = ["register"]


def register(ctx: Any) -> None:
    """Adds the functions to a session.

    Parameters
    ----------
    ctx
        A ``SessionContext`` of the package ``datafusion``.
    """
    import datafusion

    pa = arrow()
    lists = pa.list_(pa.float64())
    made = pa.struct([(field, pa.int64() if field == "k" else pa.float64()) for field in FIELDS])
    for name, (function, arguments) in FUNCTIONS.items():
        takes = [lists, lists, pa.string(), pa.string()][:arguments]
        ctx.register_udf(datafusion.udf(function, takes, made, "immutable", name))
