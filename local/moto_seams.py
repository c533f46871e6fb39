"""The one way in which moto is changed: whoever changes it says in place why, and notices when moto has changed."""

from typing import Any


def replace(owner: Any, name: str, value: Any) -> None:
    """Replaces an attribute of one of moto's classes or modules, which must have it."""
    if not hasattr(owner, name):
        raise AttributeError(f"moto's {owner.__name__} has no {name} to replace: is this another version of moto?")
    setattr(owner, name, value)


def add(owner: Any, name: str, value: Any) -> None:
    """Adds an attribute to one of moto's classes, which must lack it."""
    if hasattr(owner, name):
        raise AttributeError(f"moto's {owner.__name__} has a {name} of its own: is this another version of moto?")
    setattr(owner, name, value)
