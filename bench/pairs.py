"""Timing of pairs: one of ours, one of the reference, in turn, so that the machine's load falls on both alike."""

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

RUNS = 5
_SHOWN = 4_000


@dataclass(frozen=True)
class Pair:
    """What two ways took in seconds, run by run; `ratios` are ours to the reference's of the same turn."""

    name: str
    goal: str
    met: Callable[[float], bool]
    ours: list[float]
    reference: list[float]

    @property
    def ratios(self) -> list[float]:
        return [mine / other for mine, other in zip(self.ours, self.reference, strict=True)]

    def row(self) -> str:
        """A line of the report's table."""
        ratio, spread = statistics.median(self.ratios), f"{min(self.ratios):.2f} to {max(self.ratios):.2f}"
        seconds = f"{statistics.median(self.ours):.2f} s | {statistics.median(self.reference):.2f} s"
        verdict = "yes" if self.met(ratio) else "no"
        return f"| {self.name} | {seconds} | {ratio:.2f} | {spread} | {len(self.ours)} | {self.goal} | {verdict} |"


HEAD = """| what | ours | reference | ratio | spread | runs | goal | met |
|---|---|---|---|---|---|---|---|"""


def measure(
    name: str,
    goal: str,
    met: Callable[[float], bool],
    ours: Callable[[], float],
    reference: Callable[[], float],
    runs: int = RUNS,
) -> Pair:
    """Runs both once unmeasured, then in turn."""
    ours(), reference()
    taken = [(ours(), reference()) for _ in range(runs)]
    pair = Pair(name, goal, met, [mine for mine, _ in taken], [other for _, other in taken])
    print(pair.row(), flush=True)
    return pair


def seconds(command: list[str], folder: Path, environment: Mapping[str, str]) -> float:
    """How long a command takes; one that fails ends the bench with what it printed."""
    started = time.monotonic()
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)  # noqa: S603
    taken = time.monotonic() - started
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{(ended.stdout + ended.stderr)[-_SHOWN:]}")
    return taken
