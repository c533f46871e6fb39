"""Drafts a recipe and its first case from data: `make recipe`.

    python -m recipe_draft SOURCE NAME [FOLDER] [--settings FILE]

SOURCE is a file or a folder, or with a settings file the name of one of its sources. The recipe is written as
FOLDER/NAME.json, the case into FOLDER/cases/NAME-first-rows, and a profile of the data is printed. FOLDER is
glue-scripts/recipes unless given. The exit code is 2 if nothing can be drafted.
"""

import argparse
import json
import os
import re
import sys
import tempfile
from pathlib import Path

from pyspark.sql import SparkSession

from recipe_cases import case, runner, session, writing
from recipe_cases.case import Case
from recipe_cases.outcome import Outcome, run
from recipe_cases.preview import Preview
from recipe_draft import draft, first_case, recipe, settings_source
from recipe_draft.files import NoData

_NAME = r"[a-z][a-z0-9_]{0,62}"


def main(arguments: list[str]) -> int:
    """Drafts a recipe for the source of the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="recipe_draft", description="Drafts a recipe and its first case from data.")
    parser.add_argument("source", metavar="SOURCE", help="a file or a folder of files of one format, or with --settings"
                        " the name of a source")  # fmt: skip
    parser.add_argument("name", metavar="NAME", help="the name of the data set")
    parser.add_argument("folder", nargs="?", type=Path, default=session.ROOT / "glue-scripts" / "recipes")
    parser.add_argument("--settings", type=Path, help="the settings of a stack that has the source")
    given = parser.parse_args(arguments)
    if not re.fullmatch(_NAME, given.name):
        parser.error(f"NAME: invalid value '{given.name}'; must be of lower-case letters, digits and _, letter first")
    target = given.folder / f"{given.name}.json"
    if target.exists():
        parser.error(f"NAME: invalid value '{given.name}'; must be the name of a new recipe, but there is {target}")
    try:
        with tempfile.TemporaryDirectory(prefix="recipe-draft-") as temporary:
            spark = runner.quiet_session(Path(temporary) / "spark.log")
            try:
                source = Path(given.source)
                if given.settings:
                    source = settings_source.fetch(spark, given.settings, given.source, Path(temporary))
                print(write(spark, source, given.name, given.folder, Path(temporary)))
            finally:
                spark.stop()
    except NoData as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def write(spark: SparkSession, source: Path, name: str, folder: Path, temporary: Path) -> str:
    """Writes recipe and case; returns the text to print. Raises NoData."""
    found = draft.of(spark, source)
    schema = os.path.relpath(session.ROOT / "glue-scripts/recipes/recipe.schema.json", folder)
    text = writing.text(recipe.recipe(found, name, schema))
    whole = Case(folder, None, text, {name: source.resolve()}, {}, ())
    problems = Preview([whole], temporary).problems()[folder]
    outcome = Outcome(refused=problems) if problems else run(spark, whole, temporary / "whole", "draft")
    if outcome.refused or outcome.error or outcome.verdict != "passed":
        raise NoData(f"{source}: no recipe that fits was found: {outcome.refused or outcome.error or outcome.verdict}")
    target = folder / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    of_case = _write_case(spark, source, name, target, found, temporary)
    notes = f"\nnote: {len(outcome.quarantined)} rows are quarantined" if outcome.quarantined else ""
    return f"{recipe.profile(found)}{notes}\n\nwrote {target}\nwrote {of_case}: review its expect"


def _write_case(
    spark: SparkSession, source: Path, name: str, target: Path, found: draft.Draft, temporary: Path
) -> Path:
    folder = target.parent / "cases" / f"{name}-first-rows"
    folder.mkdir(parents=True, exist_ok=True)
    data = first_case.write_data(source, name, found.form, folder)
    document = {"why": "The first rows of the data", "recipe": f"../../{name}.json", "sources": {name: data}}
    (folder / case.FILE).write_text(json.dumps(document), encoding="utf-8")
    writing.expect(folder, run(spark, case.read(folder), temporary / "case", "draft"))
    return folder / case.FILE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
