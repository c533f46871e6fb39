"""The size of the quality report is bounded."""

import json
from typing import Any

import pytest

from dataprep.failures import TooManyColumns
from dataprep.report_bounds import MAX_BYTES, bounded


def _report(**changes: Any) -> dict[str, Any]:
    return {"columns": [], "rules": [], "warnings": [], "reasons": [], "reasons_not_listed": 0, "rows_in": 7, **changes}


def test_a_small_report_stays_as_it_is() -> None:
    report = _report(warnings=["a column is new"], rules=[{"name": "n", "passed": True}])
    assert bounded(report) == report


def test_a_long_text_is_shortened_and_its_length_is_reported() -> None:
    reasons = [{"rule": "r", "rows": 3, "samples": ["x" * 1_000]}]
    (reason,) = bounded(_report(reasons=reasons))["reasons"]
    assert reason == {"rule": "r", "rows": 3, "samples": ["x" * 300 + "... (700 more characters)"]}


def test_a_report_of_very_many_findings_has_room_in_a_payload_and_counts_what_it_leaves_out() -> None:
    rules = [{"name": f"rule {i}", "passed": i != 4_999, "message": "m" * 200} for i in range(5_000)]
    reasons = [{"rule": "r" * 100, "rows": i, "samples": ["s" * 300] * 5} for i in range(100)]
    small = bounded(_report(rules=rules, reasons=reasons, reasons_not_listed=3, warnings=["w" * 300] * 1_000))
    assert len(json.dumps(json.dumps(small, indent=2)).encode()) < 256 << 10
    assert small["rows_in"] == 7
    for key, before in (("rules", 5_000), ("reasons", 103), ("warnings", 1_000)):
        assert len(small[key]) + small[f"{key}_not_listed"] == before
    assert not small["rules"][0]["passed"], "those that do not hold come first"


def test_descriptions_are_left_out_before_columns_are_refused() -> None:
    columns = [{"Name": f"column_{i}", "Type": "string", "Comment": "c" * 200} for i in range(200)]
    made = bounded(_report(columns=columns))
    assert made["columns"] == [{"Name": f"column_{i}", "Type": "string"} for i in range(200)]
    assert made["warnings"] == [
        "the columns have no descriptions in the catalog: with them, the list of columns exceeds 49152 bytes"
    ]
    assert bounded(_report(columns=columns[:100]))["columns"] == columns[:100]


def test_columns_are_not_shortened_but_refused() -> None:
    columns = [{"Name": f"column_{i}", "Type": "string"} for i in range(2_000)]
    with pytest.raises(TooManyColumns, match=r"2000 columns: invalid size \d+ bytes .* must be at most 49152"):
        bounded(_report(columns=columns))
    assert MAX_BYTES < 256 << 10
