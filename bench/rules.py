"""What the shipped recipe asks of a source's columns, as conditions in the SQL that DuckDB and Polars share."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

RECIPE = Path(__file__).parents[1] / "glue-scripts" / "recipes" / "flights.json"
# how the sources write a point in time
TIME = "%Y-%m-%dT%H:%M:%SZ"
KEY = ("scheduled_hour", "carrier", "flight", "origin")
WEATHER = ("temperature_fahrenheit", "wind_speed_mph", "precipitation_inches", "visibility_miles")


def text(column: Mapping[str, Any]) -> str:
    """The name of a column's text, beside its value."""
    return f"{column['name']}_text"


def broken(columns: list[Mapping[str, Any]], matches: str) -> Iterator[tuple[str, str]]:
    """Each rule's name and the condition of rows that break it; `matches` is the function that finds a pattern."""
    for column in columns:
        name, typed = column["name"], column["type"] != "string"
        bounds = {"range": name, "length": f"length({name})"}
        if column.get("required"):
            yield f"{name}: required", f"{text(column)} is null"
        if typed:
            yield f"{name}: not of type {column['type']}", f"{text(column)} is not null and {name} is null"
        if "allowed" in column:
            yield f"{name}: not allowed", f"{name} not in ({', '.join(map(repr, column['allowed']))})"
        if "pattern" in column:
            yield f"{name}: pattern", f"not {matches}({name}, '^(?:{column['pattern']})$')"
        for rule, measured in bounds.items():
            for bound, sign in (("min", "<"), ("max", ">")):
                if bound in column.get(rule, {}):
                    yield f"{name}: {rule}", f"{measured} {sign} {column[rule][bound]}"
