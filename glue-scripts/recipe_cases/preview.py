"""Checks recipes as the preview does, with one call of the Pulumi program (Java) for all cases."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from recipe_cases.case import Case
from recipe_cases.session import ROOT


class Preview:
    """The checks, which run while Spark starts."""

    def __init__(self, cases: Sequence[Case], folder: Path) -> None:
        self._files: dict[Path, str] = {}
        for place, case in enumerate(cases):
            file = folder / f"{place}.json"
            file.write_text(case.recipe_text, encoding="utf-8")
            self._files[case.folder] = str(file)
        self._process = _start(list(self._files.values())) if cases else None

    def problems(self) -> Mapping[Path, str]:
        """The problems of each case's recipe by the case's folder, one per line; waits for the checks."""
        if self._process is None:
            return {}
        printed, errors = self._process.communicate()
        if self._process.returncode:
            raise RuntimeError(f"the recipes cannot be checked: {errors.strip()}")
        found = json.loads(printed)
        return {folder: "\n".join(found.get(file, [])) for folder, file in self._files.items()}


def _start(files: list[str]) -> "subprocess.Popen[str]":
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else "java"
    class_path = f"cli/target/classes:{(ROOT / 'cli/target/classpath').read_text(encoding='utf-8').strip()}"
    options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    return subprocess.Popen(  # noqa: S603 - a fixed command
        [java, *options, "-cp", class_path, "dataprep.cli.Main", "check-recipes", *files],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
