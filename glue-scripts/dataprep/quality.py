"""The quality report: where every row went, and whether the run is good enough to be published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_REASONS_LISTED = 100


class LostRows(Exception):
    """Rows that went in and are nowhere: a fault of this program, after which nothing may be published."""


@dataclass(frozen=True)
class SourceCounts:
    """How many rows of a source were read, and how many of them were set aside."""

    rows_in: int
    rows_quarantined: int


@dataclass(frozen=True)
class Counts:
    """Where the rows went: those of each source, then those of the main one through the steps."""

    sources: Mapping[str, SourceCounts]
    main: str
    deduplicated: int
    filtered: int
    aggregated: int
    rows_out: int

    def require_conserved(self) -> None:
        """Raises LostRows unless each row of the main source is accounted for."""
        main = self.sources[self.main]
        accounted = main.rows_quarantined + self.deduplicated + self.filtered + self.aggregated + self.rows_out
        if accounted != main.rows_in:
            raise LostRows(f"{main.rows_in} rows of {self.main} went in and {accounted} are accounted for: {self}")


def rules(quality: Mapping[str, Any], counts: Counts) -> list[dict[str, Any]]:
    """Each rule of the recipe on the data set as a whole: its name, whether it holds, and what was found."""
    found = []
    if "minRows" in quality:
        least = quality["minRows"]
        found.append(_rule("minRows", counts.rows_out >= least, f"{counts.rows_out} rows, at least {least} wanted"))
    if "maxQuarantinedFraction" in quality:
        most = quality["maxQuarantinedFraction"]
        bad, read = (
            sum(numbers)
            for numbers in zip(*((s.rows_quarantined, s.rows_in) for s in counts.sources.values()), strict=True)
        )
        text = f"{bad} of {read} rows quarantined, at most {most:.2%} allowed"
        found.append(_rule("maxQuarantinedFraction", bad <= most * read, text))
    return found


def _rule(name: str, passed: bool, message: str) -> dict[str, Any]:
    return {"name": name, "severity": "fail run", "passed": passed, "message": message}


def report(counts: Counts, reasons: Mapping[str, int], checked: list[dict[str, Any]]) -> dict[str, Any]:
    """The report's facts on rows and rules; `reasons` counts quarantined rows by reason."""
    main = counts.sources[counts.main]
    return {
        "verdict": "passed" if all(rule["passed"] for rule in checked) else "failed",
        "rows_in": main.rows_in,
        "rows_out": counts.rows_out,
        "rows_quarantined": main.rows_quarantined,
        "rows_deduplicated": counts.deduplicated,
        "rows_filtered": counts.filtered,
        "rows_aggregated": counts.aggregated,
        "sources": {
            name: {"rows_in": source.rows_in, "rows_quarantined": source.rows_quarantined}
            for name, source in counts.sources.items()
        },
        "reasons": _most_frequent(reasons),
        "rules": checked,
    }


def _most_frequent(reasons: Mapping[str, int]) -> dict[str, int]:
    """The report becomes a variable of the state machine, and those have a limit; the rows hold every reason."""
    ranked = sorted(reasons.items(), key=lambda entry: (-entry[1], entry[0]))
    rest = sum(count for _, count in ranked[_REASONS_LISTED:])
    others = {f"{len(ranked) - _REASONS_LISTED} other reasons": rest} if rest else {}
    return dict(ranked[:_REASONS_LISTED]) | others
