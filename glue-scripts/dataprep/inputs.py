"""Where a run's inputs lie."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from dataprep.storage import Storage

# written by the extraction in place of a copy, if a source is as it was when an earlier run copied it
_POINTER = "_source.json"


@dataclass(frozen=True)
class Inputs:
    """Each source's folder, and the published data set to merge with, if any."""

    sources: dict[str, str]
    published: str = ""


def locate(storage: Storage, names: Iterable[str], raw: str, published: str) -> Inputs:
    """The folders of sources below `raw`, or where the extraction says that they lie instead."""
    return Inputs({name: _folder(storage, f"{raw}{name}/") for name in names}, published)


def _folder(storage: Storage, folder: str) -> str:
    pointer = folder + _POINTER
    return str(json.loads(storage.read(pointer))["uri"]) if storage.exists(pointer) else folder
