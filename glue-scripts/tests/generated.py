"""Random recipes and rows, and their expressions in Python."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import plain
from hypothesis import strategies as st

# most rows have valid values from a small set, so that rows survive, repeat, and find their match
_USUAL = {
    "string": [*"aaabbbA", " a ", "é", *(f"{first}{second}" for first in "abcdefg" for second in "xyz")],
    "integer": [str(number) for number in range(-9, 10)],
    "decimal(6,2)": ["1.25", "-3.5", "9999.99", "2", "2.000"],
    "date": ["2024-02-29", "1500-01-01", "2023-12-31", "2024-06-30"],
    "boolean": ["true", "False", "Y", "no", "1"],
}
_ODD = {
    "string": ["", "NA", "=a", "-", "@a", '"', "a,b", "it's", "\\", "😀", "aAbé=", "+a ; "],
    "integer": ["", "NA", " 7 ", "x", "1.0", "1.5", "2147483648", "+3"],
    "decimal(6,2)": ["", "1.005", "10000", "abc"],
    "date": ["", "NA", "2023-02-29", "29.2.2024"],
    "boolean": ["", "maybe"],
}
_ODD_SHARE, _SHORT_SHARE = 0.05, 0.03
_RULES: dict[str, list[dict[str, Any]]] = {
    "string": [
        {},
        {"required": True},
        {"trim": False},
        {"case": "upper", "default": "none"},
        {"replace": [{"pattern": "[aA]", "with": "x"}], "length": {"min": 1, "max": 3}},
        {"allowed": ["a", "b", "A"]},
        {"pattern": "[a-zé ]*"},
    ],
    "integer": [{}, {"required": True}, {"default": 0}, {"range": {"min": -3, "max": 7}}, {"allowed": [1, 2, 3]}],
    "decimal(6,2)": [{}, {"required": True}],
    "date": [{}, {"default": "2020-01-01"}],
    "boolean": [{}, {"default": True}, {"required": True}],
}
_QUALITY: list[dict[str, Any]] = [
    {"name": "has a d", "completeness": {"column": "d"}},
    {"name": "one s", "uniqueness": {"columns": ["s"]}},
]
COLUMNS = {"n": "integer", "s": "string", "d": "decimal(6,2)", "t": "date", "b": "boolean"}
_FORMAT = {"type": "csv", "nullValues": ["NA"]}


def _over(name: str, measure: Callable[[list[Any]], Any]) -> Callable[[list[plain.Row]], Any]:
    """A measure of the values of a column; None without values."""

    def measured(rows: list[plain.Row]) -> Any:
        values = [row[name] for row in rows if row[name] is not None]
        return measure(values) if values else None

    return measured


_FILTERS: dict[str, Callable[[plain.Row], Any]] = {
    "n > 0": lambda row: row["n"] is not None and row["n"] > 0,
    "s is not null": lambda row: row["s"] is not None,
    "b": lambda row: row["b"],
    "not coalesce(b, false)": lambda row: not row["b"],
    "d >= 1.5": lambda row: row["d"] is not None and row["d"] >= Decimal("1.5"),
    "t < date '2024-01-01'": lambda row: row["t"] is not None and row["t"] < date(2024, 1, 1),
}
_DERIVED: dict[tuple[str, str, str], Callable[[plain.Row], Any]] = {
    ("twice", "long", "n * 2"): lambda row: None if row["n"] is None else row["n"] * 2,
    ("label", "string", "concat(coalesce(s, '-'), '!')"): lambda row: ("-" if row["s"] is None else row["s"]) + "!",
    ("known", "boolean", "n is not null and s is not null"): lambda row: row["n"] is not None and row["s"] is not None,
}
_MEASURES: dict[tuple[str, str, str], Callable[[list[plain.Row]], Any]] = {
    ("rows", "long", "count(*)"): len,
    ("total", "long", "sum(n)"): _over("n", sum),
    ("least", "decimal(6,2)", "min(d)"): _over("d", min),
    ("latest", "date", "max(t)"): _over("t", max),
}
EXPRESSIONS: dict[str, Callable[[Any], Any]] = {
    **_FILTERS,
    **{expression: function for (_, _, expression), function in _DERIVED.items()},
    **{expression: function for (_, _, expression), function in _MEASURES.items()},
}


def _computed(entries: Any) -> list[dict[str, str]]:
    return [{"name": name, "type": kind, "expression": expression} for name, kind, expression in entries]


@st.composite
def recipes(draw: Any) -> dict[str, Any]:
    columns = [{"name": name, "type": kind, **draw(st.sampled_from(_RULES[kind]))} for name, kind in COLUMNS.items()]
    if draw(st.integers(0, 3)) == 3:
        columns[0]["unique"] = True
    names = st.sampled_from(list(COLUMNS))
    some = st.lists(names, min_size=1, max_size=2, unique=True)
    step = st.one_of(
        st.sampled_from(list(_FILTERS)).map(lambda condition: {"filter": condition}),
        st.fixed_dictionaries({"by": some}, optional={"orderBy": some, "keep": st.sampled_from(["first", "last"])}).map(
            lambda what: {"dedupe": what}
        ),
    )
    steps = draw(st.lists(step, max_size=2))
    kind = draw(st.sampled_from(["left", "inner", "anti"]))
    join: dict[str, Any] = {"source": "other", "type": kind, "on": {"s": "k"}}
    steps.append({"join": join if kind == "anti" else {**join, "columns": {"v": "v"}}})
    quality = []
    end = draw(st.sampled_from(["derive", "aggregate", "select"]))
    if end == "derive":
        steps.append({"derive": _computed(draw(st.lists(st.sampled_from(list(_DERIVED)), min_size=1, unique=True)))})
        some_rules = st.lists(st.sampled_from(_QUALITY), unique_by=lambda rule: rule["name"])
        quality = [{**rule, "severity": "reject row"} for rule in draw(some_rules)]
    elif end == "aggregate":
        by = draw(st.lists(st.sampled_from(["s", "b"]), min_size=1, unique=True))
        steps.append({"aggregate": {"by": by, "measures": _computed(_MEASURES)}})
    else:
        steps.append({"select": draw(st.permutations(list(COLUMNS)))[:3]})
    other = [{"name": "k", "type": "string", "unique": True}, {"name": "v", "type": "integer"}]
    sources = {"rows": {"format": _FORMAT, "columns": columns}, "other": {"format": _FORMAT, "columns": other}}
    dataset = {"from": "rows", "steps": steps}
    return {"name": "result", "sources": sources, "dataset": dataset, "quality": quality}


@st.composite
def rows(draw: Any, kinds: list[str]) -> list[list[str]]:
    """Up to 200 rows; hypothesis would begin with very few."""
    random = Random(draw(st.integers(0, 2**32)))
    usual = _USUAL | {"integer": [str(number) for number in range(-999, 1000)]} if random.random() < 0.5 else _USUAL

    def row() -> list[str]:
        if random.random() < _SHORT_SHARE:
            return [random.choice(usual[kinds[0]])]
        return [random.choice((_ODD if random.random() < _ODD_SHARE else usual)[kind]) for kind in kinds]

    return [row() for _ in range(random.randint(0, 200))]


@st.composite
def others(draw: Any) -> list[list[str]]:
    """Rows to join; a few of their keys are not unique."""
    random = Random(draw(st.integers(0, 2**32)))
    keys = random.sample([*dict.fromkeys(_USUAL["string"]), *_ODD["string"]], 20)
    keys += random.choices(keys, k=random.randint(0, 2))
    return [[key, random.choice(_USUAL["integer"] + _ODD["integer"])] for key in keys]
