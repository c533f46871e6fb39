"""The recipe as Python values. Its form is recipes/recipe.schema.json; the deployment has checked it before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    """A typed column of a source; `rules` holds what else the recipe says of it."""

    name: str
    origin: str
    type: str
    rules: Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """A source's file format and its columns."""

    name: str
    format: Mapping[str, Any]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Recipe:
    """How the sources become the data set."""

    name: str
    sources: Mapping[str, Source]
    main: str
    steps: tuple[Mapping[str, Any], ...]
    quality: Mapping[str, Any]
    csv: bool


class RecipeError(Exception):
    """A recipe that is not of the schema: the deployment would have refused it."""


def parse(text: str) -> Recipe:
    """Reads a recipe; raises RecipeError for one that is not of the schema."""
    try:
        return _recipe(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecipeError(f"the recipe cannot be used: {type(error).__name__}: {error}") from error


def _recipe(document: Mapping[str, Any]) -> Recipe:
    return Recipe(
        name=document["name"],
        sources={name: _source(name, source) for name, source in document["sources"].items()},
        main=document["dataset"]["from"],
        steps=tuple(document["dataset"].get("steps", [])),
        quality=document.get("quality", {}),
        csv=document.get("output", {}).get("csv", True),
    )


def _source(name: str, source: Mapping[str, Any]) -> Source:
    columns = (
        Column(column["name"], column.get("from", column["name"]), column["type"], column)
        for column in source["columns"]
    )
    return Source(name, source["format"], tuple(columns))
