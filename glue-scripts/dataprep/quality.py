"""The quality report: where every row went, and whether the run is good enough to be published."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dataprep.failures import LostRows
from dataprep.rules import Finding

# the report becomes a variable of the state machine, and those have a limit; the catalog's table holds all of them
_REASONS_LISTED = 100


@dataclass(frozen=True)
class SourceCounts:
    """How many rows of a source were read, and how many of them were set aside, and used.

    The first is counted as they are read, the others when all checks are done.
    """

    rows_in: int
    rows_quarantined: int
    rows_used: int


@dataclass(frozen=True)
class Counts:
    """Where the rows went: those of each source, those of the main one through the steps, those merged with others.

    `rejected` are rows of the data set that its rules set aside; `kept` are published rows that no new one replaces.
    """

    sources: Mapping[str, SourceCounts]
    main: str
    deduplicated: int
    filtered: int
    aggregated: int
    rejected: int
    kept: int
    rows_out: int

    def require_conserved(self) -> None:
        """Raises LostRows unless each row of each source, and each kept one, is accounted for."""
        for name, source in self.sources.items():
            if source.rows_in != source.rows_quarantined + source.rows_used:
                raise LostRows(f"{source.rows_in} rows of {name} were read, accounted for are others: {source}")
        main = self.sources[self.main]
        gone = main.rows_quarantined + self.deduplicated + self.filtered + self.aggregated + self.rejected
        if gone + self.rows_out != main.rows_in + self.kept:
            raise LostRows(
                f"{main.rows_in} rows of {self.main} and {self.kept} kept ones went in, "
                f"{gone + self.rows_out} are accounted for: {self}"
            )

    @property
    def read(self) -> int:
        """Rows read of all sources."""
        return sum(source.rows_in for source in self.sources.values())

    @property
    def quarantined(self) -> int:
        """Rows set aside of all sources and of the data set."""
        return sum(source.rows_quarantined for source in self.sources.values()) + self.rejected


def report(
    counts: Counts, reasons: list[dict[str, Any]], findings: Iterable[Finding], warnings: Iterable[str]
) -> dict[str, Any]:
    """The report's facts on rows and rules; `reasons` counts quarantined rows by rule, the most frequent first."""
    main = counts.sources[counts.main]
    rules = [finding.entry() for finding in findings]
    broken = [rule for rule in rules if rule["severity"] == "fail run" and not rule["passed"]]
    return {
        "verdict": "failed" if broken else "passed",
        "main": counts.main,
        "rows_in": main.rows_in,
        "rows_out": counts.rows_out,
        "rows_quarantined": main.rows_quarantined + counts.rejected,
        "rows_deduplicated": counts.deduplicated,
        "rows_filtered": counts.filtered,
        "rows_aggregated": counts.aggregated,
        "rows_kept": counts.kept,
        "sources": {name: asdict(source) for name, source in counts.sources.items()},
        "reasons": reasons[:_REASONS_LISTED],
        "reasons_not_listed": max(0, len(reasons) - _REASONS_LISTED),
        "rules": rules,
        "warnings": list(warnings),
    }


def table(run_id: str, reasons: Iterable[Mapping[str, Any]], findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The rows of the catalog's table of a run's rules: those of the sources' columns, and those of the data set."""
    broken = [
        {
            "run_id": run_id,
            "source": entry["source"],
            "column": entry["column"],
            "rule": entry["rule"],
            "severity": "reject row",
            "passed": False,
            "rows": entry["rows"],
            "samples": entry["samples"],
        }
        for entry in reasons
    ]
    judged = [
        {
            "run_id": run_id,
            "rule": finding.rule.name,
            "severity": finding.rule.severity,
            "passed": finding.passed,
            "message": finding.message,
        }
        for finding in findings
    ]
    return broken + judged
