"""Random SQL expressions, each with its evaluation in Python."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st


@dataclass(frozen=True, repr=False)
class Tree:
    """A SQL expression, and its evaluation in Python."""

    sql: str
    value: Callable[[Mapping[str, Any]], Any]

    def __repr__(self) -> str:
        return self.sql


def null_safe(function: Callable[..., Any], *parts: Tree) -> Callable[[Mapping[str, Any]], Any]:
    def value(row: Mapping[str, Any]) -> Any:
        values = [part.value(row) for part in parts]
        return None if None in values else function(*values)

    return value


def columns_of(*names: str) -> st.SearchStrategy[Tree]:
    return st.sampled_from(names).map(lambda name: Tree(name, lambda row: row[name]))


def _operations(limit: Callable[[Any], Any]) -> Callable[[st.SearchStrategy[Tree]], st.SearchStrategy[Tree]]:
    signs = {"+": operator.add, "-": operator.sub, "*": operator.mul}

    def two(sign: str, left: Tree, right: Tree) -> Tree:
        sql = f"({left.sql} {sign} {right.sql})"
        return Tree(sql, null_safe(lambda a, b: limit(signs[sign](a, b)), left, right))

    def one(name: str, part: Tree) -> Tree:
        function = operator.neg if name == "-" else abs
        return Tree(f"{name}({part.sql})", null_safe(lambda a: limit(function(a)), part))

    def first(left: Tree, right: Tree) -> Tree:
        def value(row: Mapping[str, Any]) -> Any:
            found = left.value(row)
            return right.value(row) if found is None else found

        return Tree(f"coalesce({left.sql}, {right.sql})", value)

    return lambda parts: st.one_of(
        st.builds(two, st.sampled_from(list(signs)), parts, parts),
        st.builds(one, st.sampled_from(["-", "abs"]), parts),
        st.builds(first, parts, parts),
    )


def trees_over(
    leaves: st.SearchStrategy[Tree], limit: Callable[[Any], Any], size: int = 40
) -> st.SearchStrategy[list[Tree]]:
    return st.lists(st.recursive(leaves, _operations(limit), max_leaves=4), min_size=size, max_size=size)
