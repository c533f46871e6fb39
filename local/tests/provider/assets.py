"""Assets and archives as the engine sends them: tagged, with a hash of their content."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pulumi.runtime.rpc import _special_archive_sig, _special_asset_sig, _special_sig_key

Properties = dict[str, Any]


def text_asset(text: str) -> Properties:
    return {_special_sig_key: _special_asset_sig, "hash": _hash(text), "text": text}


def file_asset(path: Path) -> Properties:
    return {_special_sig_key: _special_asset_sig, "hash": _hash(path.read_text()), "path": str(path)}


def archive(assets: dict[str, Properties]) -> Properties:
    return {_special_sig_key: _special_archive_sig, "hash": _hash(json.dumps(assets)), "assets": assets}


def path_archive(path: Path) -> Properties:
    return {_special_sig_key: _special_archive_sig, "hash": _hash(str(path)), "path": str(path)}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
