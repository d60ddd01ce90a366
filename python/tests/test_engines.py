"""Functions over lists in SQL: the numbers of the batch, NULL and refusals."""

import numpy as np
import pyarrow as pa
import pytest

import consilience as cs
from consilience.engines._lists import FIELDS, pool_lists

GROUPS, STUDIES = 50, 7


@pytest.fixture(scope="module")
def effects():
    rng = np.random.default_rng(1)
    size = GROUPS * STUDIES
    variant = np.repeat([f"rs{group:02}" for group in range(GROUPS)], STUDIES)
    return pa.table({"variant": variant, "yi": rng.normal(size=size), "vi": rng.uniform(0.1, 0.5, size)})


def duckdb_session():
    con = pytest.importorskip("duckdb").connect()
    cs.engines.duckdb.register(con)
    return con, lambda sql: con.sql(sql).to_arrow_table()


def datafusion_session():
    ctx = pytest.importorskip("datafusion").SessionContext()
    cs.engines.datafusion.register(ctx)
    return ctx, lambda sql: ctx.sql(sql).to_arrow_table()


@pytest.mark.parametrize("session", [duckdb_session, datafusion_session])
@pytest.mark.parametrize(("call", "options"), [
    ("meta_reml({y}, {v})", {"method": "REML"}),
    ("meta_dl({y}, {v})", {"method": "DL"}),
    ("meta_fixed({y}, {v})", {"model": "fixed"}),
    ("meta({y}, {v}, 'PM', 'hksj')", {"method": "PM", "inference": "hksj"}),
])
def test_engines_give_the_bits_of_the_batch(session, call, options, effects):
    con, query = session()
    con.register("effects", effects) if session is duckdb_session else con.from_arrow(effects, "effects")
    of = "list" if session is duckdb_session else "array_agg"
    call = call.format(y=f"{of}(yi order by vi)", v=f"{of}(vi order by vi)")
    made = query(f"select variant, {call} as fit from effects group by variant order by variant")
    many = cs.pool_many(effects.sort_by([("variant", "ascending"), ("vi", "ascending")]), by="variant", **options)
    fit = made.column("fit").combine_chunks()
    for field, column in [("k", "k"), ("estimate", "estimate"), ("se", "se"), ("q", "q"), ("ci_upper", "ci_upper")]:
        assert fit.field(field).to_pylist() == many.column(column).to_pylist(), field
    p = np.exp(many.column("ln_p_value").to_numpy())
    assert fit.field("p_value").to_pylist() == p.tolist()


def lists(*values):
    return pa.array(values, type=pa.list_(pa.float64()))


def test_what_is_missing_is_null():
    y = lists([0.1, 0.5, None, 0.9], None, [], [0.3], [0.2, None])
    v = lists([0.02, 0.05, 0.1, 0.03], [0.1], [], [0.1], [None, 0.1])
    whole, *nothing, one, none = pool_lists(y, v, "REML").to_pylist()
    expected = cs.pool(yi=[0.1, 0.5, 0.9], vi=[0.02, 0.05, 0.03])
    assert (whole["k"], whole["estimate"], whole["tau2"]) == (3, expected.estimate, expected.tau2)
    assert nothing == [None, None] and none is None
    assert (one["k"], one["estimate"], one["tau2"], one["pred_lower"]) == (1, 0.3, None, None)
    assert pool_lists(y.slice(3), v.slice(3), "DL").to_pylist() == [one, None]
    assert list(whole) == list(FIELDS)


@pytest.mark.parametrize(("y", "v", "found"), [
    ([0.1, 0.2], [0.1, -0.5], "meta_dl: the sampling variance -0.5"),
    ([0.1, 0.2], [0.1, 0.0], "meta_dl: the sampling variance 0.0"),
    ([float("inf"), 0.2], [0.1, 0.1], "meta_dl: the effect inf"),
    ([0.1], [0.1, 0.2], "meta_dl: 1 effects and 2 variances"),
])
def test_what_is_refused_is_named(y, v, found):
    with pytest.raises(cs.DataError, match=found):
        pool_lists(lists(y), lists(v), "DL", name="meta_dl")
    if len(y) == len(v):
        assert pool_lists(lists(y, [1.0]), lists(v, [0.1]), "DL", lenient=True).to_pylist()[0] is None
