"""Reads a recipe case from its folder: case.json, with the recipe and the files beside it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recipe_cases import answers, reported
from recipe_cases.answers import Answer, invalid

FILE = "case.json"
_KEYS = ("why", "reported", "recipe", "sources", "before", "expect")


@dataclass(frozen=True)
class Case:
    """A case to run; `answers` are the right outcomes, the preferred one first, or none if `expect` is missing."""

    folder: Path
    recipe: Path | None
    recipe_text: str
    sources: Mapping[str, Path]
    before: Mapping[str, Path]
    answers: tuple[Answer, ...]


class CaseError(Exception):
    """An invalid case file, with all its problems."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def folders(root: Path) -> list[Path]:
    """The folders of cases in a folder and below, including the folder itself."""
    names = (FILE, reported.FILE)
    return sorted({file.parent for name in names for file in root.rglob(name) if file.is_file()})


def read(folder: Path) -> Case:
    """Reads case.json, or expect.json of a reported case; raises CaseError."""
    name = FILE if (folder / FILE).exists() else reported.FILE
    try:
        text = (folder / name).read_text(encoding="utf-8")
        document = _parsed(text)
        # numbers in expected rows are compared as texts, so that they must stay as they are written
        as_texts = _parsed(text, parse_int=str, parse_float=str)
        if name == reported.FILE:
            document, as_texts = (reported.document(folder, read) for read in (document, as_texts))
    except (ValueError, reported.NoReportedCase) as error:
        raise CaseError([f"{name}: {error}"]) from error
    problems = list(answers.unknown("", document, _KEYS))
    if "recipe" not in document:
        problems.append("recipe: missing; must be a recipe's path, seen from the case, or a recipe")
    recipe, recipe_text = _recipe(folder, document.get("recipe", {}), problems)
    expected = answers.read(document, as_texts, problems)
    sources = _files(folder, "sources", document, problems)
    before = _files(folder, "before", document, problems)
    problems.extend(_unfit_sources(recipe_text, sources, before, expected))
    if problems:
        raise CaseError(f"{name}: {problem}" for problem in problems)
    return Case(folder, recipe, recipe_text, sources, before, expected)


def _parsed(text: str, **how: Any) -> dict[str, Any]:
    document = json.loads(text, object_pairs_hook=_once, **how)
    if not isinstance(document, dict):
        raise ValueError(invalid("the file", document, "an object"))
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"key given twice: {next(name for name in names if names.count(name) > 1)}")
    return document


def _recipe(folder: Path, given: Any, problems: list[str]) -> tuple[Path | None, str]:
    """The recipe's file, unless the recipe is part of the case, and its text."""
    if isinstance(given, dict):
        return None, json.dumps(given, ensure_ascii=False)
    if not isinstance(given, str):
        problems.append(invalid("recipe", given, "a recipe's path, seen from the case, or a recipe"))
        return None, ""
    path = (folder / given).resolve()
    if not path.is_file():
        problems.append(invalid("recipe", given, "the path of a file, seen from the case"))
        return None, ""
    return path, path.read_text(encoding="utf-8")


def _files(folder: Path, key: str, document: Mapping[str, Any], problems: list[str]) -> dict[str, Path]:
    given = document.get(key, {})
    if not isinstance(given, dict):
        problems.append(invalid(key, given, "an object: a file or folder for each source"))
        return {}
    found = {}
    for name, path in given.items():
        if not isinstance(path, str) or not path or not (folder / path).exists():
            problems.append(invalid(f"{key}.{name}", path, "the path of a file or folder, seen from the case"))
        else:
            found[name] = (folder / path).resolve()
    return found


def _unfit_sources(
    recipe_text: str, sources: Mapping[str, Path], before: Mapping[str, Path], expected: tuple[Answer, ...]
) -> Iterable[str]:
    """Problems with the names of sources; the preview reports a recipe that cannot be parsed."""
    try:
        recipe = json.loads(recipe_text)
        names, incremental = list(recipe["sources"]), "incremental" in recipe["dataset"]
    except (ValueError, KeyError, TypeError):
        return
    for key, given in (("sources", sources), ("before", before)):
        yield from (f"{key}.{name}: no source of the recipe; must be one of {', '.join(names)}"
                    for name in given if name not in names)  # fmt: skip
    if not any("refused" in answer for answer in expected):
        yield from (f"sources.{name}: missing; must be a file or folder for each source of the recipe"
                    for name in names if name not in sources)  # fmt: skip
    if before and not incremental:
        yield "before: not allowed; the recipe must have dataset.incremental"
