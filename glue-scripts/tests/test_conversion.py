"""Casts and comparisons of random numbers, against Python's numbers."""

import operator
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from expression_trees import Tree, null_safe
from hypothesis import given
from hypothesis import strategies as st
from pyspark.sql import SparkSession
from random_numbers import (
    DOUBLES,
    EXAMPLES,
    INTS,
    LONG,
    LONGS,
    computed,
    decimals,
    frame_of,
    near,
)

from dataprep import exact

_NUMBERS = {"i": "int", "n": "bigint", "x": "double", "a": "decimal(9,2)", "c": "decimal(38,18)"}


def test_a_number_is_of_another_type_only_if_that_holds_it(spark: SparkSession) -> None:
    columns = {"i": INTS, "n": LONGS, "x": st.one_of(DOUBLES, near(2**31, 2**53, 2**63).map(float))}
    columns |= {"a": decimals(9, 2), "c": decimals(38, 18)}
    wanted = ["tinyint", "smallint", "int", "bigint", "decimal(9,2)", "decimal(38,0)", "decimal(38,18)", "decimal(5,5)"]

    @EXAMPLES
    @given(st.lists(st.fixed_dictionaries(columns), min_size=60, max_size=60))
    def compare(rows: list[dict[str, Any]]) -> None:
        frame = frame_of(spark, rows, _NUMBERS)
        for kind in wanted:
            casts = [Tree(f"cast({name} as {kind})", lambda row, name=name: row[name]) for name in _NUMBERS]
            plain = [Tree(name, tree.value) for name, tree in zip(_NUMBERS, casts, strict=True)]
            both = frame.select(
                *(
                    exact.value(frame, tree.sql, "string" if tree in casts else kind).cast("string")
                    for tree in casts + plain
                )
            ).collect()
            for row, values in zip(rows, both, strict=True):
                for tree, value in zip(casts + plain, values, strict=True):
                    _require_exact(tree.value(row), kind, value)

    compare()


def _require_exact(given: Any, kind: str, found: str | None) -> None:
    shortest = Decimal(repr(given)) if isinstance(given, float) else given
    if found is not None:
        number = Decimal(found)
        same = float(number) == given if isinstance(given, float) else number == shortest
        assert same, (given, kind, found)
        return
    if given is None:
        return
    bits = {"tinyint": 7, "smallint": 15, "int": 31, "bigint": 63}
    if kind in bits:
        whole = Fraction(given)
        assert whole.denominator != 1 or not -(2 ** bits[kind]) <= whole < 2 ** bits[kind], (given, kind)
        return
    precision, scale = (int(part) for part in kind[8:-1].split(","))
    with localcontext(prec=400):
        scaled = Decimal(shortest).scaleb(scale)
        assert scaled != scaled.to_integral_value() or abs(scaled) >= 10**precision, (given, kind)


def test_integers_compare_with_doubles_as_numbers_do(spark: SparkSession) -> None:
    signs = {
        "=": operator.eq,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "<>": operator.ne,
    }
    longs = st.one_of(near(2**53, -(2**53), 2**62), st.sampled_from([LONG[0], LONG[-1], LONG[-1] - 600, 0, 5]))
    pairs = st.fixed_dictionaries({"n": longs, "x": st.one_of(longs.map(float), st.floats(-10, 10))})

    @EXAMPLES
    @given(st.lists(pairs, min_size=60, max_size=60))
    def compare(rows: list[dict[str, Any]]) -> None:
        frame = frame_of(spark, rows, {"n": "bigint", "x": "double"})
        trees = [Tree(f"n {sign} x", null_safe(function, *map(_leaf, "nx"))) for sign, function in signs.items()]
        trees += [Tree(f"x {sign} n", null_safe(function, *map(_leaf, "xn"))) for sign, function in signs.items()]
        for row, values in zip(rows, computed(frame, trees, "boolean"), strict=True):
            assert values == [tree.value(row) for tree in trees], row

    compare()


def _leaf(name: str) -> Tree:
    return Tree(name, lambda row: row[name])
