"""Rules on the data set as a whole: what they measure, and whether they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.names import quoted
from dataprep.recipe import Rule
from dataprep.rejection import Tables, may_repeat, oldest, repeated_keys


@dataclass(frozen=True)
class Finding:
    """Whether a rule holds, and what was found."""

    rule: Rule
    passed: bool
    message: str

    def entry(self) -> dict[str, Any]:
        """The finding as reports hold it."""
        return {
            "name": self.rule.name,
            "severity": self.rule.severity,
            "passed": self.passed,
            "message": self.message,
        }


_TIME = "%Y-%m-%dT%H:%M:%SZ"


def measures(rules: tuple[Rule, ...]) -> list[SparkColumn]:
    """What is computed over the data set while it is written, one value by each rule's place."""
    kinds = {
        "completeness": lambda column: F.count(column),
        "freshness": lambda column: F.max(column.cast("timestamp")).cast("double"),
        "sum": lambda column: F.sum(column.cast("double")),
        "mean": lambda column: F.avg(column.cast("double")),
    }
    return [
        kinds[rule.kind](F.col(quoted(rule.what["column"]))).alias(f"rule_{place}")
        for place, rule in enumerate(rules)
        if rule.kind in kinds
    ]


@dataclass(frozen=True)
class Facts:
    """What the rules judge: the data set, its rows, what was measured, and how many rows were read and set aside."""

    dataset: DataFrame
    rows: int
    measured: Mapping[str, Any]
    rows_read: int
    rows_quarantined: int
    tables: Tables
    now: datetime


def judged(rules: tuple[Rule, ...], facts: Facts, rejected: Mapping[str, int]) -> list[Finding]:
    """A finding for each rule; `rejected` counts rows by the names of the rules that rejected them."""
    return [_judge(place, rule, facts, rejected) for place, rule in enumerate(rules)]


def _judge(place: int, rule: Rule, facts: Facts, rejected: Mapping[str, int]) -> Finding:
    if rule.severity == "reject row":
        rows = rejected.get(rule.name, 0)
        return Finding(rule, rows == 0, f"{rows} rows rejected")
    passed, message = _JUDGES[rule.kind](rule, facts, facts.measured.get(f"rule_{place}"))
    return Finding(rule, passed, message)


_Judgement = tuple[bool, str]


def _row_count(rule: Rule, facts: Facts, _: Any) -> _Judgement:
    return _within(rule, facts.rows, "rows")


def _quarantined(rule: Rule, facts: Facts, _: Any) -> _Judgement:
    most = rule.what["maxFraction"]
    message = f"{facts.rows_quarantined} of {facts.rows_read} rows quarantined, at most {most:.2%} allowed"
    return facts.rows_quarantined <= most * facts.rows_read, message


def _completeness(rule: Rule, facts: Facts, present: Any) -> _Judgement:
    least = rule.what.get("minFraction", 1)
    message = f"{present} of {facts.rows} rows have a {rule.what['column']}, at least {least:.2%} wanted"
    return present >= least * facts.rows, message


def _uniqueness(rule: Rule, facts: Facts, _: Any) -> _Judgement:
    columns = rule.what["columns"]
    keys = repeated_keys(facts.dataset, columns).count() if may_repeat(facts.dataset, columns) else 0
    return keys == 0, f"{keys} keys are those of more than one row"


def _freshness(rule: Rule, facts: Facts, newest: Any) -> _Judgement:
    limit = oldest(rule, facts.now)
    if newest is None:
        return False, f"no row has a {rule.what['column']}"
    found = datetime.fromtimestamp(newest, UTC)
    return found >= limit, f"the newest {rule.what['column']} is {found:{_TIME}}, wanted is {limit:{_TIME}} or later"


def _total(rule: Rule, facts: Facts, measured: Any) -> _Judgement:
    return _within(rule, measured, f"is the {rule.kind} of {rule.what['column']}")


def _reference(rule: Rule, facts: Facts, _: Any) -> _Judgement:
    on, other = rule.what["on"], facts.tables[rule.what["source"]]
    same = [facts.dataset[quoted(ours)] == other[quoted(theirs)] for ours, theirs in on.items()]
    rows = facts.dataset.dropna(subset=list(on)).join(other, same, "left_anti").count()
    return rows == 0, f"{rows} rows have no match in {rule.what['source']}"


def _within(rule: Rule, found: Any, what: str) -> _Judgement:
    least, most = rule.what.get("min"), rule.what.get("max")
    wanted = " and ".join(
        f"{word} {bound}" for word, bound in (("at least", least), ("at most", most)) if bound is not None
    )
    passed = found is not None and (least is None or found >= least) and (most is None or found <= most)
    return passed, f"{found} {what}, {wanted} wanted"


_JUDGES = {
    "rowCount": _row_count,
    "quarantined": _quarantined,
    "completeness": _completeness,
    "uniqueness": _uniqueness,
    "freshness": _freshness,
    "sum": _total,
    "mean": _total,
    "reference": _reference,
}
