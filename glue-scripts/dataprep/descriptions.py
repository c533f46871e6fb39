"""The descriptions of the data set's columns, which become their comments in the catalog."""

from collections.abc import Mapping
from typing import Any

from dataprep.recipe import Recipe, Source

Descriptions = dict[str, str]


def of(recipe: Recipe) -> Descriptions:
    """The descriptions by column; a column keeps its description through the steps, also under another name."""
    sources = {name: _of_source(source) for name, source in recipe.sources.items()}
    found = dict(sources[recipe.main])
    for step in recipe.steps:
        ((kind, what),) = step.items()
        if kind == "derive":
            found |= _of_computed(what)
        elif kind == "join":
            theirs = sources[what["source"]]
            added = what.get("columns", {})
            found |= {name: theirs[origin] for name, origin in added.items() if origin in theirs}
        elif kind == "aggregate":
            found = _only(found, what["by"]) | _of_computed(what["measures"])
        elif kind == "pivot":
            measure = what["measure"].get("description")
            found = _only(found, what["by"]) | (dict.fromkeys(what["columns"], measure) if measure else {})
        elif kind == "select":
            found = _only(found, what)
    return found


def _of_source(source: Source) -> Descriptions:
    return _of_computed(
        [{**column.rules, "name": column.name} for column in source.columns if column.sensitive != "drop"]
    )


def _of_computed(columns: list[Mapping[str, Any]]) -> Descriptions:
    return {column["name"]: column["description"] for column in columns if "description" in column}


def _only(found: Descriptions, names: list[str]) -> Descriptions:
    return {name: text for name, text in found.items() if name in names}
