"""Random arithmetic over random rows, against Python's numbers."""

from decimal import localcontext
from typing import Any

from expression_trees import Tree, columns_of, trees_over
from hypothesis import given
from hypothesis import strategies as st
from pyspark.sql import SparkSession
from random_numbers import (
    DOUBLES,
    EXAMPLES,
    INT,
    INTS,
    LONG,
    LONGS,
    computed,
    decimals,
    finite,
    fitting,
    frame_of,
)

from dataprep import exact
from dataprep.expressions import ExpressionError


def test_integers_are_those_of_python_or_null(spark: SparkSession) -> None:
    seen = {"numbers": 0, "nulls": 0}
    rows = st.lists(st.fixed_dictionaries({"i": INTS, "j": INTS, "n": LONGS}), min_size=25, max_size=25)

    @EXAMPLES
    @given(rows, trees_over(columns_of("i", "j", "n"), fitting(LONG)), st.sampled_from(["int", "bigint"]))
    def compare(rows: list[dict[str, Any]], trees: list[Tree], kind: str) -> None:
        found = computed(frame_of(spark, rows, {"i": "int", "j": "int", "n": "bigint"}), trees, kind)
        last = fitting(INT if kind == "int" else LONG)
        for row, values in zip(rows, found, strict=True):
            expected = [None if (whole := tree.value(row)) is None else last(whole) for tree in trees]
            assert dict(zip([tree.sql for tree in trees], values, strict=True)) == dict(
                zip([tree.sql for tree in trees], expected, strict=True)
            ), row
            seen["nulls"] += expected.count(None)
            seen["numbers"] += len(expected) - expected.count(None)

    compare()
    assert min(seen.values()) > 500, seen


def test_doubles_are_those_of_python_or_null(spark: SparkSession) -> None:
    rows = st.lists(st.fixed_dictionaries({"x": DOUBLES, "y": DOUBLES}), min_size=25, max_size=25)

    @EXAMPLES
    @given(rows, trees_over(columns_of("x", "y"), finite))
    def compare(rows: list[dict[str, Any]], trees: list[Tree]) -> None:
        found = computed(frame_of(spark, rows, {"x": "double", "y": "double"}), trees, "double")
        for row, values in zip(rows, found, strict=True):
            assert values == [tree.value(row) for tree in trees], row

    compare()


_DECIMAL_KINDS = {"a": (9, 2), "b": (12, 6), "c": (38, 18), "d": (20, 0), "e": (3, 3)}


def test_decimals_have_all_their_digits_or_are_null(spark: SparkSession) -> None:
    columns = {name: decimals(*digits) for name, digits in _DECIMAL_KINDS.items()}
    rows = st.lists(st.fixed_dictionaries(columns), min_size=25, max_size=25)
    kinds = {name: f"decimal({precision},{scale})" for name, (precision, scale) in _DECIMAL_KINDS.items()}
    seen = {"exact": 0, "null": 0}

    @EXAMPLES
    @given(rows, trees_over(columns_of(*columns), lambda each: each), st.sampled_from([(38, 18), (20, 6), (38, 30)]))
    def compare(rows: list[dict[str, Any]], trees: list[Tree], wanted: tuple[int, int]) -> None:
        precision, scale = wanted
        frame, usable = frame_of(spark, rows, kinds), []
        for tree in trees:
            try:
                exact.value(frame, tree.sql, f"decimal({precision},{scale})")
                usable.append(tree)
            except ExpressionError as error:
                assert "digits after the point" in str(error)
        found = computed(frame, usable, f"decimal({precision},{scale})")
        with localcontext(prec=500):
            for row, values in zip(rows, found, strict=True):
                for tree, value in zip(usable, values, strict=True):
                    seen["null" if value is None else "exact"] += 1
                    # a coalesce may replace a product that is null here and has a value in Python
                    if "coalesce" not in tree.sql:
                        assert value is None or value == tree.value(row), (tree.sql, row)

    compare()
    assert min(seen.values()) > 500, seen


def test_small_decimals_are_never_null(spark: SparkSession) -> None:
    rows = st.lists(st.fixed_dictionaries({"a": decimals(5, 2), "b": decimals(4, 3)}), min_size=25, max_size=25)

    @EXAMPLES
    @given(rows, trees_over(columns_of("a", "b"), lambda each: each))
    def compare(rows: list[dict[str, Any]], trees: list[Tree]) -> None:
        found = computed(frame_of(spark, rows, {"a": "decimal(5,2)", "b": "decimal(4,3)"}), trees, "decimal(38,12)")
        for row, values in zip(rows, found, strict=True):
            assert values == [tree.value(row) for tree in trees], row

    compare()
