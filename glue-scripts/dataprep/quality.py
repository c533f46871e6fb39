"""The quality report: the row counts of each stage, the rules' findings, and the verdict on publication."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dataprep.failures import LostRows
from dataprep.rules import Finding

# the report becomes a variable of the state machine, whose size is limited; the catalog's table has all reasons
_MAX_REASONS = 100


@dataclass(frozen=True)
class SourceCounts:
    """The numbers of rows of a source that were read, quarantined and used.

    The first is counted while the files are read, the others after all checks.
    """

    rows_in: int
    rows_quarantined: int
    rows_used: int


@dataclass(frozen=True)
class Counts:
    """The row counts of each source, of the main source's rows at each step, and of the merge.

    `quarantined_by_rules` are rows of the data set that break a row rule; `retained` are published rows that no new
    row replaces.
    """

    sources: Mapping[str, SourceCounts]
    main: str
    deduplicated: int
    filtered: int
    aggregated: int
    quarantined_by_rules: int
    retained: int
    rows_out: int

    def require_conserved(self) -> None:
        """Raises LostRows unless each row of each source, and each retained row, is accounted for."""
        for name, source in self.sources.items():
            if source.rows_in != source.rows_quarantined + source.rows_used:
                raise LostRows(f"{source.rows_in} rows of {name} were read, but others are accounted for: {source}")
        main = self.sources[self.main]
        gone = main.rows_quarantined + self.deduplicated + self.filtered + self.aggregated
        gone += self.quarantined_by_rules
        if gone + self.rows_out != main.rows_in + self.retained:
            raise LostRows(
                f"{main.rows_in} rows of {self.main} were read and {self.retained} retained, "
                f"but {gone + self.rows_out} are accounted for: {self}"
            )

    @property
    def read(self) -> int:
        """The rows read, of all sources."""
        return sum(source.rows_in for source in self.sources.values())

    @property
    def quarantined(self) -> int:
        """The rows quarantined, of all sources and of the data set."""
        return sum(source.rows_quarantined for source in self.sources.values()) + self.quarantined_by_rules


def report(
    counts: Counts, reasons: list[dict[str, Any]], findings: Iterable[Finding], warnings: Iterable[str]
) -> dict[str, Any]:
    """The report's part on rows and rules; `reasons` has the quarantined rows by rule, the most frequent first."""
    main = counts.sources[counts.main]
    rules = [finding.entry() for finding in findings]
    broken = [rule for rule in rules if rule["severity"] == "fail run" and not rule["passed"]]
    return {
        "verdict": "failed" if broken else "passed",
        "main": counts.main,
        "rows_in": main.rows_in,
        "rows_out": counts.rows_out,
        "rows_quarantined": main.rows_quarantined + counts.quarantined_by_rules,
        "rows_deduplicated": counts.deduplicated,
        "rows_filtered": counts.filtered,
        "rows_aggregated": counts.aggregated,
        "rows_kept": counts.retained,
        "sources": {name: asdict(source) for name, source in counts.sources.items()},
        "reasons": reasons[:_MAX_REASONS],
        "reasons_not_listed": max(0, len(reasons) - _MAX_REASONS),
        "rules": rules,
        "warnings": list(warnings),
    }


def table(run_id: str, reasons: Iterable[Mapping[str, Any]], findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The rows of the catalog's table of rules: first the rules on columns of sources, then those on the data set."""
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
    evaluated = [
        {
            "run_id": run_id,
            "rule": finding.rule.name,
            "severity": finding.rule.severity,
            "passed": finding.passed,
            "message": finding.message,
        }
        for finding in findings
    ]
    return broken + evaluated
