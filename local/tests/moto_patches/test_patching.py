"""Patches name their target and their reason, one patch per target, and the document lists them."""

from types import SimpleNamespace
from typing import Any

import pytest

from local.moto_patches import patching


class Service:
    """A class of moto."""

    def greet(self, name: str) -> str:
        return f"hello {name}"

    @staticmethod
    def parse(text: str) -> str:
        return text


@pytest.fixture(autouse=True)
def _no_patches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patching, "_PATCHES", {})
    monkeypatch.setattr(Service, "greet", Service.greet)
    monkeypatch.setattr(Service, "parse", staticmethod(Service.parse))


def _apply() -> None:
    for each in patching._PATCHES.values():
        each.apply()


def test_a_patch_takes_effect_when_it_is_applied() -> None:
    @patching.patch(Service, "greet", "Shorter.")
    def greet(service: Service, name: str) -> str:
        return name

    assert Service().greet("a") == "hello a"
    _apply()
    assert Service().greet("a") == "a"


def test_a_patch_gets_the_original_if_it_asks_for_it() -> None:
    @patching.patch(Service, "greet", "Louder.")
    @patching.patch(Service, "parse", "Louder.")
    def loud(original: Any, *arguments: Any) -> str:
        return str(original(*arguments)).upper()

    _apply()
    assert (Service().greet("a"), Service().parse("b"), Service.parse("c")) == ("HELLO A", "B", "C")


def test_a_target_that_moto_does_not_have_is_an_error() -> None:
    @patching.patch(Service, "missing", "Never.")
    def missing(service: Service) -> None: ...

    with pytest.raises(AttributeError, match=r"test_patching\.Service\.missing does not exist"):
        _apply()


def test_an_addition_that_moto_has_is_an_error() -> None:
    @patching.add(Service, "greet", "Never.")
    def greet(service: Service) -> None: ...

    with pytest.raises(AttributeError, match=r"Service\.greet exists already"):
        _apply()


def test_a_target_is_patched_once() -> None:
    @patching.patch_value(Service, "greet", "First.")
    def first(original: Any) -> Any:
        return original

    with pytest.raises(ValueError, match=r"Service\.greet is patched twice"):
        patching.patch_value(Service, "greet", "Second.")(lambda original: original)


def test_a_package_that_moto_does_not_have_is_an_error() -> None:
    with pytest.raises(ImportError):
        patching.stub_import("moto_that_is_missing", "Never.")
    patching.patch_imports("moto_that_is_missing", "name", "Never.")(SimpleNamespace)
    with pytest.raises(AttributeError, match="no module of moto_that_is_missing imports name"):
        _apply()
