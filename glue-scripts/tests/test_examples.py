"""An example's result against the standard library's on the same data, and the snippet of the documentation."""

import csv
import json
import re
from collections import defaultdict
from typing import Any

from conftest import SCRIPTS, Run

ROOT = SCRIPTS.parent


def _recipe(name: str) -> Any:
    return json.loads((ROOT / "examples" / name / "recipe.json").read_text())


def test_delays_are_those_of_each_airline_and_airport(run: Run) -> None:
    samples = {name: (ROOT / f"samples/{name}.csv").read_text() for name in ("flights", "airlines")}
    outcome = run(_recipe("delays"), {f"{name}/{name}.csv": text for name, text in samples.items()})
    airlines = {row["carrier"]: row["name"] for row in csv.DictReader(samples["airlines"].splitlines())}
    delays: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in csv.DictReader(samples["flights"].splitlines()):
        if row["arr_delay"] != "NA":
            delays[airlines[row["carrier"]], row["origin"]].append(int(row["arr_delay"]))
    expected = {
        group: (str(len(found)), str(max(found)), sum(delay >= 15 for delay in found) / len(found))
        for group, found in delays.items()
        if len(found) >= 10
    }
    published = {(row["airline"], row["origin"]): row for row in csv.DictReader(outcome.csv)}
    assert published.keys() == expected.keys()
    for group, (flights, worst, fraction) in expected.items():
        row = published[group]
        assert (row["flights"], row["worst_delay_minutes"]) == (flights, worst)
        assert abs(float(row["delayed_fraction"]) - fraction) <= 0.00051
        assert abs(float(row["mean_delay_minutes"]) - sum(delays[group]) / len(delays[group])) <= 0.051
    assert outcome.report["verdict"] == "passed"


def test_the_snippet_of_the_docs_gives_what_they_say(run: Run) -> None:
    page = (ROOT / "docs/recipe.md").read_text()
    (recipe,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    (data,) = re.findall(r"```\n(id;.*?)```", page, re.DOTALL)
    outcome = run(json.loads(recipe), {"orders/orders.csv": data})
    assert outcome.csv[1:] == ["1,2024-03-01,DE,1250.00,true"] == re.findall(r"one row, `(.*)`", page)
    assert [row["reasons"] for row in outcome.quarantine] == [
        ["data set.amount: completeness of amount"],
        ["orders.placed: not of type date", "orders.country: not an allowed value"],
    ]
    assert (outcome.report["verdict"], outcome.report["rows_deduplicated"]) == ("failed", 1)
