"""Runs recipe cases in one Spark session: `make check`.

    python -m recipe_cases FOLDER ...
    python -m recipe_cases --recipe FILE

It prints a line for each case, `ok <folder>` or `FAIL <folder>`, and the differences below a failed case. A case
without `expect` gets the result as `expect`. The exit code is 1 if a case failed, and 2 if there is no case.
"""

import argparse
import sys
from pathlib import Path

from recipe_cases import case
from recipe_cases.case import Case, CaseError
from recipe_cases.runner import run_all


def main(arguments: list[str]) -> int:
    """Runs the cases of the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="recipe_cases", description="Runs recipe cases in one Spark session.")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="run all cases in it and below")
    parser.add_argument("--recipe", type=Path, metavar="FILE", help="run the cases beside this recipe")
    given = parser.parse_args(arguments)
    folders = [given.recipe.parent] if given.recipe else given.folders
    missing = [path for path in (*folders, given.recipe) if path and not path.exists()]
    if missing or not folders:
        parser.error(f"invalid value '{missing[0] if missing else ''}'; must be a folder, or a recipe after --recipe")
    read = {found: _read(found) for folder in folders for found in case.folders(folder)}
    if given.recipe:
        read = {name: found for name, found in read.items() if _may_be_of(given.recipe.resolve(), found)}
    if not read:
        wanted = f" of {given.recipe}" if given.recipe else ""
        print(f"no case{wanted} in {', '.join(map(str, folders))} or below: none has a {case.FILE}", file=sys.stderr)
        return 2
    return 1 if run_all(read) else 0


def _read(folder: Path) -> Case | CaseError:
    try:
        return case.read(folder)
    except CaseError as error:
        return error


def _may_be_of(recipe: Path, found: Case | CaseError) -> bool:
    return isinstance(found, CaseError) or found.recipe == recipe


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
