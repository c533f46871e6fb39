"""How moto is changed: a decorator names what a function replaces or adds, and the reason.

A decorator only registers its patch. `apply_all` changes moto, and fails where moto does not have what a patch expects:
a new version of moto cannot make a patch ineffective without notice.
"""

import functools
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, TypeVar

from local import moto_patches

_F = TypeVar("_F", bound=Callable[..., Any])
_Owner = type | ModuleType


@dataclass
class Patch:
    """One change: `target` is the dotted name of what changes in moto, `module` is where the change is defined."""

    target: str
    reason: str
    module: str
    apply: Callable[[], None]
    is_applied: bool = False


_PATCHES: dict[str, Patch] = {}


def patch(owner: _Owner, name: str, reason: str) -> Callable[[_F], _F]:
    """The decorated function replaces an attribute of a class or module of moto, which must have it.

    A function whose first parameter is named `original` gets the replaced attribute as its first argument.
    """
    return _registering(_target(owner, name), reason, lambda new: setattr(owner, name, _replacement(owner, name, new)))


def patch_value(owner: _Owner, name: str, reason: str) -> Callable[[_F], _F]:
    """The decorated function gets an attribute of moto, which must exist, and returns the value that replaces it."""

    def apply(function: _F) -> None:
        _require(owner, name)
        setattr(owner, name, function(getattr(owner, name)))

    return _registering(_target(owner, name), reason, apply)


def add(owner: _Owner, name: str, reason: str) -> Callable[[_F], _F]:
    """The decorated function becomes an attribute of a class of moto, which must lack it."""

    def apply(function: _F) -> None:
        _require_absent(owner, name)
        setattr(owner, name, function)

    return _registering(_target(owner, name), reason, apply)


def add_value(owner: _Owner, name: str, reason: str) -> Callable[[_F], _F]:
    """The decorated function returns an attribute for a class of moto, which must lack it."""

    def apply(function: _F) -> None:
        _require_absent(owner, name)
        setattr(owner, name, function())

    return _registering(_target(owner, name), reason, apply)


def patch_imports(package: str, name: str, reason: str) -> Callable[[_F], _F]:
    """The decorated function replaces a function of moto in each loaded module of the package that imported it."""

    def apply(function: _F) -> None:
        loaded = [each for path, each in list(sys.modules.items()) if path.startswith(f"{package}.")]
        importing = [module for module in loaded if hasattr(module, name)]
        if not importing:
            raise AttributeError(f"no module of {package} imports {name}; check the patch against this moto")
        for module in importing:
            setattr(module, name, _replacement(module, name, function))

    return _registering(f"{package}.*.{name}", reason, apply)


def stub_import(package: str, reason: str) -> None:
    """Defers what a package of moto imports until it is used; takes effect at once, so call it before the import."""
    spec = find_spec(package)
    if not spec:
        raise ImportError(f"{package} does not exist; check the patch against this moto")
    sys.modules.setdefault(package, module_from_spec(spec))
    caller = sys._getframe(1).f_globals["__name__"]
    _register(package, reason, caller, lambda: None)


def load_all() -> list[Patch]:
    """Imports every module of patches; all patches, in a stable order."""
    for module in sorted(_modules()):
        importlib.import_module(module)
    return sorted(_PATCHES.values(), key=lambda each: (each.module, each.target))


def apply_all() -> None:
    """Applies every patch once; call it before moto serves."""
    for each in load_all():
        if not each.is_applied:
            each.apply()
            each.is_applied = True


def _modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(moto_patches.__path__, f"{moto_patches.__name__}."):
        yield module.name


def _registering(target: str, reason: str, apply: Callable[[_F], None]) -> Callable[[_F], _F]:
    """The decorator that registers a patch, and leaves the function as it is."""

    def register(function: _F) -> _F:
        _register(target, reason, function.__module__, functools.partial(apply, function))
        return function

    return register


def _register(target: str, reason: str, module: str, apply: Callable[[], None]) -> None:
    if target in _PATCHES:
        raise ValueError(f"{target} is patched twice, in {_PATCHES[target].module} and in {module}")
    _PATCHES[target] = Patch(target, reason, module, apply)


def _replacement(owner: _Owner, name: str, function: Callable[..., Any]) -> Any:
    """The function with its original bound, as moto has the original: a method or a static method."""
    _require(owner, name)
    original = getattr(owner, name)

    @functools.wraps(function)
    def bound(*arguments: Any, **named: Any) -> Any:
        return function(original, *arguments, **named)

    takes_original = next(iter(inspect.signature(function).parameters), "") == "original"
    replacement = bound if takes_original else function
    is_static = isinstance(inspect.getattr_static(owner, name), staticmethod)
    return staticmethod(replacement) if is_static else replacement


def _require(owner: _Owner, name: str) -> None:
    if not hasattr(owner, name):
        raise AttributeError(f"{_target(owner, name)} does not exist; check the patch against this moto")


def _require_absent(owner: _Owner, name: str) -> None:
    if hasattr(owner, name):
        raise AttributeError(f"{_target(owner, name)} exists already; check the patch against this moto")


def _target(owner: _Owner, name: str) -> str:
    path = owner.__name__ if isinstance(owner, ModuleType) else f"{owner.__module__}.{owner.__qualname__}"
    return f"{path}.{name}"
