"""The one way in which moto is changed: whoever changes it says in place why, and notices when moto has changed."""

import sys
from importlib.util import find_spec, module_from_spec
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


def leave_unread(package: str) -> None:
    """Lets what a package of moto imports of its own wait until someone asks; to be called before it is imported."""
    spec = find_spec(package)
    if not spec:
        raise ImportError(f"there is no {package} to leave unread: is this another version of moto?")
    sys.modules.setdefault(package, module_from_spec(spec))
