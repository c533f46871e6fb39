"""Rules on the whole data set: the measures that they need, and their evaluation."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.conversion import INTEGERS
from dataprep.names import quoted
from dataprep.recipe import Rule
from dataprep.row_rules import EPOCH, Tables, has_hash_collisions, oldest, repeated_keys


@dataclass(frozen=True)
class Finding:
    """The result of a rule."""

    rule: Rule
    passed: bool
    message: str

    def entry(self) -> dict[str, Any]:
        """The finding as an entry of the report."""
        return {
            "name": self.rule.name,
            "severity": self.rule.severity,
            "passed": self.passed,
            "message": self.message,
        }


_TIME = "%Y-%m-%dT%H:%M:%SZ"


def measures(rules: tuple[Rule, ...], rows: DataFrame) -> list[SparkColumn]:
    """The measures to compute while the data set is written, named by the rule's index; a mean has sum and count."""
    kinds = dict(rows.dtypes)
    found: list[SparkColumn] = []
    for place, rule in enumerate(rules):
        name = rule.what.get("column", "")
        column = F.col(quoted(name))
        if rule.kind == "freshness":
            found.append(F.unix_micros(F.max(column.cast("timestamp"))).alias(f"rule_{place}"))
        if rule.kind in ("sum", "mean"):
            found.append(F.sum(_summed(column, kinds[name])).alias(f"rule_{place}"))
        if rule.kind in ("completeness", "mean"):
            found.append(F.count(column).alias(f"count_{place}"))
    return found


def _summed(column: SparkColumn, kind: str) -> SparkColumn:
    """Casts integers to a decimal that no sum of them exceeds, as Spark's sum of integers overflows silently."""
    return column.cast("decimal(20,0)") if kind in INTEGERS else column


@dataclass(frozen=True)
class Facts:
    """What the rules are evaluated on: the data set and its measures, and the rows read and quarantined."""

    dataset: DataFrame
    rows: int
    measured: Mapping[str, Any]
    rows_read: int
    rows_quarantined: int
    tables: Tables
    now: datetime


def evaluate(rules: tuple[Rule, ...], facts: Facts, quarantined: Mapping[str, int]) -> list[Finding]:
    """A finding for each rule; `quarantined` has the number of quarantined rows by the name of the rule."""
    return [_evaluate(place, rule, facts, quarantined) for place, rule in enumerate(rules)]


def _evaluate(place: int, rule: Rule, facts: Facts, quarantined: Mapping[str, int]) -> Finding:
    if rule.severity == "reject row":
        rows = quarantined.get(rule.name, 0)
        return Finding(rule, rows == 0, f"{rows} rows quarantined")
    measured = Measured(facts.measured.get(f"rule_{place}"), facts.measured.get(f"count_{place}"))
    passed, message = _EVALUATORS[rule.kind](rule, facts, measured)
    return Finding(rule, passed, message)


@dataclass(frozen=True)
class Measured:
    """The measures of one rule: a sum or a time, and the number of rows with a value."""

    value: Any
    count: Any


_Evaluation = tuple[bool, str]


def _row_count(rule: Rule, facts: Facts, _: Measured) -> _Evaluation:
    return _within(rule, facts.rows, "rows")


def _quarantined(rule: Rule, facts: Facts, _: Measured) -> _Evaluation:
    most = Fraction(rule.what["maxFraction"])
    message = f"{facts.rows_quarantined} of {facts.rows_read} rows quarantined; must be at most {float(most):.2%}"
    return facts.rows_quarantined <= most * facts.rows_read, message


def _completeness(rule: Rule, facts: Facts, measured: Measured) -> _Evaluation:
    least = Fraction(rule.what.get("minFraction", 1))
    present = f"{measured.count} of {facts.rows} rows have a {rule.what['column']}"
    return measured.count >= least * facts.rows, f"{present}; must be at least {float(least):.2%}"


def _uniqueness(rule: Rule, facts: Facts, _: Measured) -> _Evaluation:
    columns = rule.what["columns"]
    keys = repeated_keys(facts.dataset, columns).count() if has_hash_collisions(facts.dataset, columns) else 0
    return keys == 0, f"{keys} keys are in more than one row"


def _freshness(rule: Rule, facts: Facts, measured: Measured) -> _Evaluation:
    limit = oldest(rule, facts.now)
    if measured.value is None:
        return False, f"no row has a {rule.what['column']}"
    found = EPOCH + timedelta(microseconds=measured.value)
    return found >= limit, f"the newest {rule.what['column']} is {found:{_TIME}}; must be {limit:{_TIME}} or later"


def _sum(rule: Rule, facts: Facts, measured: Measured) -> _Evaluation:
    return _within(rule, measured.value, f"is the sum of {rule.what['column']}")


def _mean(rule: Rule, facts: Facts, measured: Measured) -> _Evaluation:
    """The mean of integers and decimals is a fraction, which is exact."""
    found = measured.value
    if found is not None:
        found = found / measured.count if isinstance(found, float) else Fraction(found) / measured.count
    return _within(rule, found, f"is the mean of {rule.what['column']}")


def _reference(rule: Rule, facts: Facts, _: Measured) -> _Evaluation:
    on, other = rule.what["on"], facts.tables[rule.what["source"]]
    same = [facts.dataset[quoted(ours)] == other[quoted(theirs)] for ours, theirs in on.items()]
    rows = facts.dataset.dropna(subset=list(on)).join(other, same, "left_anti").count()
    return rows == 0, f"{rows} rows have no match in {rule.what['source']}"


def _within(rule: Rule, found: Any, what: str) -> _Evaluation:
    least, most = rule.what.get("min"), rule.what.get("max")
    bounds = " and ".join(
        f"{word} {bound}" for word, bound in (("at least", least), ("at most", most)) if bound is not None
    )
    if isinstance(found, float):
        # a double is compared with the bound as a double
        least, most = (bound if bound is None else float(bound) for bound in (least, most))
        found = found if math.isfinite(found) else None
    passed = found is not None and (least is None or found >= least) and (most is None or found <= most)
    return passed, f"{float(found) if isinstance(found, Fraction) else found} {what}; must be {bounds}"


_EVALUATORS = {
    "rowCount": _row_count,
    "quarantined": _quarantined,
    "completeness": _completeness,
    "uniqueness": _uniqueness,
    "freshness": _freshness,
    "sum": _sum,
    "mean": _mean,
    "reference": _reference,
}
