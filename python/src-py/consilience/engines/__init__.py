"""Pooling in SQL: functions over lists for engines that have Arrow functions.

    import duckdb
    import consilience as cs

    con = duckdb.connect()
    cs.engines.duckdb.register(con)
    con.sql("select variant, meta_reml(list(yi), list(vi)).estimate from effects group by variant")

``meta_fixed``, ``meta_dl``, ``meta_pm`` and ``meta_reml`` take a list of effects and one of their sampling variances, and
``meta(yi, vi, 'REML', 'hksj')`` also names the estimator (or ``'fixed'``) and the inference. They give a structure of ``k,
estimate, se, ci_lower, ci_upper, statistic, p_value, tau2, q, i2, pred_lower, pred_upper`` at 95 per cent, whose fields are NULL
where they do not exist. A study with NULL or NaN for its effect or variance is left out; a group without studies gives NULL. A
variance that is not above 0, or a value that is not finite, is an error that names function and value; ``try_meta`` and the
others with ``try_`` before their names give NULL in its place.

The functions are those of :func:`consilience.pool_many`, and give the same bits. An engine hands groups on in an order of its
own: ``list(yi order by vi, yi)`` makes the last digits independent of it.
"""

from . import datafusion, duckdb

__all__ = ["datafusion", "duckdb"]
