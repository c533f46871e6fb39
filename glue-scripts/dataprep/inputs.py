"""The folders from which a run reads."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from dataprep.storage import Storage

# the extraction writes this pointer instead of a copy if an earlier run has copied the same source
_POINTER = "_source.json"


@dataclass(frozen=True)
class Inputs:
    """The folder of each source, and the published data set to merge with, if there is one."""

    sources: dict[str, str]
    published: str = ""


def locate(storage: Storage, names: Iterable[str], raw: str, published: str) -> Inputs:
    """The folders of the sources: below `raw`, or those to which the extraction's pointers refer."""
    return Inputs({name: _folder(storage, f"{raw}{name}/") for name in names}, published)


def _folder(storage: Storage, folder: str) -> str:
    pointer = folder + _POINTER
    return str(json.loads(storage.read(pointer))["uri"]) if storage.exists(pointer) else folder
