"""Random numbers, also near the bounds of types, in a Spark data frame; and expressions over them."""

import json
import math
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from typing import Any

from expression_trees import Tree
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from pyspark.sql import DataFrame, SparkSession

from dataprep import exact
from dataprep import settings as spark_settings

EXAMPLES = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
LONG = range(-(2**63), 2**63)
INT = range(-(2**31), 2**31)


def frame_of(spark: SparkSession, rows: list[dict[str, Any]], kinds: Mapping[str, str]) -> DataFrame:
    spark_settings.apply(spark)
    cells = [{name: None if row[name] is None else str(row[name]) for name in kinds} for row in rows]
    fields = ",".join(f"{name}:string" for name in kinds)
    texts = spark.sql(f"select inline(from_json(r'{json.dumps(cells)}', 'array<struct<{fields}>>'))")
    return texts.selectExpr(*(f"cast({name} as {kind}) as {name}" for name, kind in kinds.items())).coalesce(1)


def computed(rows: DataFrame, trees: list[Tree], kind: str) -> list[list[Any]]:
    found = rows.select(*(exact.value(rows, tree.sql, kind).alias(f"c{n}") for n, tree in enumerate(trees))).collect()
    return [list(row) for row in found]


def near(*bounds: int) -> st.SearchStrategy[int]:
    return st.one_of(*(st.integers(bound - 3, bound + 3) for bound in bounds))


INTS = st.one_of(st.none(), st.integers(-20, 20), st.integers(INT[0], INT[-1]), near(46341, -46341)).filter(
    lambda each: each is None or each in INT
)
LONGS = st.one_of(
    st.none(),
    st.integers(LONG[0], LONG[-1]),
    near(2**31, 2**32, 2**53, -(2**53), 2**62),
    st.sampled_from([LONG[0], LONG[-1], 3037000500]),
)


def fitting(bounds: range) -> Callable[[Any], Any]:
    return lambda number: number if number in bounds else None


DOUBLES = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([1e300, -1e-300, 0.1]))


def finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def decimals(precision: int, scale: int) -> st.SearchStrategy[Decimal | None]:
    most = 10**precision - 1
    digits = st.one_of(st.integers(-most, most), st.integers(-999, 999).filter(lambda each: abs(each) <= most))
    return st.one_of(st.none(), digits.map(lambda each: Decimal(each).scaleb(-scale, Context(prec=60))))
