"""The recipes' schema accepts the shipped recipes and refuses invalid ones."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import SCRIPTS
from jsonschema import Draft202012Validator

SCHEMA = json.loads((SCRIPTS / "recipes/recipe.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
RECIPES = sorted(path for path in (SCRIPTS / "recipes").glob("*.json") if path.name != "recipe.schema.json")
SHIPPED = json.loads((SCRIPTS / "recipes/flights.json").read_text())


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.name)
def test_every_shipped_recipe_is_of_the_schema(path: Any) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(path.read_text()))) == []


def test_every_property_is_described() -> None:
    """An editor shows the descriptions; a key may refer to a definition with a description."""
    missing = []

    def visit(node: Any, path: str) -> None:
        if isinstance(node, dict):
            for name, value in node.get("properties", {}).items():
                if "description" not in value and "$ref" not in value:
                    missing.append(f"{path}.{name}")
            for key, value in node.items():
                if key != "if":  # which names what others describe
                    visit(value, f"{path}.{key}")

    visit(SCHEMA, "$")
    assert missing == []


def put(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of one value of the recipe."""

    def change(recipe: dict[str, Any]) -> None:
        *parents, last = path.split(".")
        node: Any = recipe
        for part in parents:
            node = node[int(part)] if part.isdigit() else node[part]
        node[int(last) if last.isdigit() else last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        put("name", "Not A Table"),
        put("nmae", "x"),
        put("sources", {}),
        put("sources.flights.columns", []),
        put("sources.flights.columns.0.type", "int"),
        put("sources.flights.columns.0.type", "decimal(39,0)"),
        put("sources.flights.columns.0.name", "UPPER"),
        put("sources.flights.columns.0.requierd", True),
        put("sources.flights.columns.2.range", {}),
        put("sources.flights.format.type", "xlsx"),
        put("sources.flights.format.delimiter", "ab"),
        put("dataset.steps.0", {}),
        put("dataset.steps.0", {"filter": "a", "select": ["a"]}),
        put("dataset.steps.0", {"sort": ["a"]}),
        put("dataset.steps.0.dedupe.keep", "any"),
        put("quality.1.quarantined.maxFraction", 2),
        put("quality.0", {"severity": "warn"}),
        put("quality.0", {"rowCount": {"min": 1}, "sum": {"column": "a", "min": 1}}),
        put("quality.0.severity", "reject row"),
        put("sources.flights.format.header", False),
        put("drift", {"new": "evolv"}),
        put("dataset.from", 5),
    ],
)
def test_a_mistake_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    wrong = copy.deepcopy(SHIPPED)
    change(wrong)
    assert list(VALIDATOR.iter_errors(wrong)) != []
