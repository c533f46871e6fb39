"""The Java that Spark runs on."""

from pathlib import Path

import pytest

from local.services import java


def _java(home: Path, version: str) -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").touch(mode=0o755)
    (home / "release").write_text(f'IMPLEMENTOR="somebody"\nJAVA_VERSION="{version}"\n')
    return home


@pytest.fixture(autouse=True)
def _machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with the test's Javas only."""
    monkeypatch.setattr(java, "_HOMES", (f"{tmp_path}/jvm/*",))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "usr" / "bin"))


@pytest.mark.parametrize("version", ["17.0.15", "21", "23.0.2"])
def test_the_default_java_is_used_if_spark_supports_it(tmp_path: Path, version: str) -> None:
    _java(tmp_path / "usr", version)
    _java(tmp_path / "jvm" / "another", "17.0.1")
    assert java.variables() == {}


@pytest.mark.parametrize("version", ["24", "25.0.3", "11.0.2", "1.8.0_402"])
def test_another_java_is_used_if_spark_does_not_support_the_default(tmp_path: Path, version: str) -> None:
    _java(tmp_path / "usr", version)
    _java(tmp_path / "jvm" / "a", "26")
    fit = _java(tmp_path / "jvm" / "b", "21.0.1")
    assert java.variables() == {"JAVA_HOME": str(fit)}


def test_java_home_has_precedence_over_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _java(tmp_path / "usr", "17.0.1")
    monkeypatch.setenv("JAVA_HOME", str(_java(tmp_path / "given", "25")))
    with pytest.raises(
        java.JavaError,
        match=r"invalid Java version '25' in .*/given; must be Java 17 to 23: install one, or set JAVA_HOME",
    ):
        java.variables()


def test_without_java_the_error_names_the_supported_versions() -> None:
    with pytest.raises(java.JavaError, match=r"java is not in PATH.*install Java 17 to 23"):
        java.variables()


def test_a_java_without_a_version_is_used(tmp_path: Path) -> None:
    (_java(tmp_path / "usr", "17") / "release").unlink()
    assert java.variables() == {}
