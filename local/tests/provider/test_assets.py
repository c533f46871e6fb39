"""The bytes that are uploaded for an asset or an archive."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from local.provider.assets import content

from .assets import archive, file_asset, path_archive, text_asset


def entries(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(packed)) as source:
        return {name: source.read(name).decode() for name in source.namelist()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "package").mkdir()
    (tmp_path / "handler.py").write_text("handler")
    (tmp_path / "package" / "module.py").write_text("module")
    (tmp_path / "package" / "module.py").chmod(0o755)
    return tmp_path


def test_a_text_and_a_file_are_uploaded_unchanged(folder: Path) -> None:
    assert content(text_asset("größe")) == "größe".encode()
    assert content(file_asset(folder / "handler.py")) == b"handler"


def test_a_relative_path_starts_at_the_processs_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)

    assert content(file_asset(Path("handler.py"))) == b"handler"


def test_a_folder_becomes_a_zip_of_all_its_files(folder: Path) -> None:
    assert entries(content(path_archive(folder))) == {"handler.py": "handler", "package/module.py": "module"}


def test_the_same_files_make_the_same_bytes(folder: Path) -> None:
    first = content(path_archive(folder))
    (folder / "handler.py").touch()

    assert content(path_archive(folder)) == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}


def test_the_order_of_the_assets_does_not_matter() -> None:
    one, two = text_asset("1"), text_asset("2")

    assert content(archive({"one.py": one, "two.py": two})) == content(archive({"two.py": two, "one.py": one}))


def test_a_zip_preserves_which_files_are_executable(folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content(path_archive(folder)))) as packed:
        modes = {entry.filename: entry.external_attr >> 16 for entry in packed.infolist()}

    assert modes == {"handler.py": 0o644, "package/module.py": 0o755}


def test_a_zip_file_is_uploaded_byte_for_byte(folder: Path) -> None:
    file = folder / "code.zip"
    file.write_bytes(content(path_archive(folder / "package")))

    assert content(path_archive(file)) == file.read_bytes()


def test_a_tar_file_becomes_a_zip(folder: Path) -> None:
    file = folder / "code.tar.gz"
    with tarfile.open(file, "w:gz") as target:
        target.add(folder / "package", arcname=".")

    assert entries(content(path_archive(file))) == {"module.py": "module"}


def test_an_archive_of_assets_nests_archives_under_their_name(folder: Path) -> None:
    packed = content(archive({"main.py": text_asset("main"), "lib": path_archive(folder / "package")}))

    assert entries(packed) == {"lib/module.py": "module", "main.py": "main"}


def test_a_remote_file_is_fetched(folder: Path) -> None:
    asset = {**text_asset(""), "uri": (folder / "handler.py").as_uri()}

    assert content(asset) == b"handler"


def test_a_missing_file_and_an_unreadable_archive_are_named(folder: Path) -> None:
    (folder / "code.rar").write_bytes(b"Rar!")

    with pytest.raises(ValueError, match=r"file or directory 'nowhere\.py' does not exist"):
        content(file_asset_at("nowhere.py"))
    with pytest.raises(ValueError, match=r"code\.rar'; must be a directory, or a zip"):
        content(path_archive(folder / "code.rar"))
    with pytest.raises(ValueError, match="its scheme must be one of https, http, file"):
        content({**text_asset(""), "uri": "ftp://example.com/x"})


def file_asset_at(path: str) -> dict[str, str]:
    return {**text_asset(""), "path": path}
