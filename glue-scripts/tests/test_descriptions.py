"""The descriptions of the data set's columns in the report, from which a publish writes the catalog's table."""

from typing import Any

from conftest import Run, recipe_of

ID: dict[str, Any] = {"name": "id", "type": "integer"}
KEY: dict[str, Any] = {"name": "key", "type": "string"}
SHOP = {"name": "shop", "from": "key", "type": "string", "description": "Shop"}
OTHER = {"format": {"type": "csv"}, "columns": [SHOP, {"name": "city", "type": "string", "description": "City"}]}


def test_a_description_follows_its_column_through_the_steps(run: Run) -> None:
    steps = [
        {"join": {"source": "other", "on": {"key": "shop"}, "columns": {"place": "city"}}},
        {"derive": [{"name": "twice", "type": "integer", "expression": "id * 2", "description": "Doubled"}]},
        {"select": ["twice", "place", "key"]},
        {
            "pivot": {
                "by": ["place", "key"],
                "column": "twice",
                "columns": {"two": 2, "four": 4},
                "measure": {"type": "long", "expression": "count(*)", "description": "How many"},
            }
        },
        {
            "aggregate": {
                "by": ["place", "two"],
                "measures": [{"name": "most", "type": "long", "expression": "max(four)", "description": "Most"}],
            }
        },
    ]
    recipe = recipe_of(ID, KEY | {"description": "Key"}, steps=steps, sources={"other": OTHER})
    outcome = run(recipe, {"rows/a.csv": "id,key\n1,a\n2,a\n", "other/o.csv": "key,city\na,Rome\n"})
    assert outcome.report["columns"] == [
        {"Name": "place", "Type": "string", "Comment": "City"},
        {"Name": "two", "Type": "bigint", "Comment": "How many"},
        {"Name": "most", "Type": "bigint", "Comment": "Most"},
    ]


def test_a_column_without_a_description_has_no_comment(run: Run) -> None:
    recipe = recipe_of(ID, KEY | {"description": "Key"}, description="All keys")
    outcome = run(recipe, {"rows/a.csv": "id,key\n1,a\n"})
    assert outcome.report["description"] == "All keys"
    assert outcome.report["columns"] == [
        {"Name": "id", "Type": "int"},
        {"Name": "key", "Type": "string", "Comment": "Key"},
    ]
