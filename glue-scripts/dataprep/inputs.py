"""The folders and databases from which a run reads."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dataprep.database_settings import Database
from dataprep.storage import Storage

# the extraction writes this pointer if an earlier run has copied the same source, and for a database
_POINTER = "_source.json"


@dataclass(frozen=True)
class Inputs:
    """The folder of each source, and the published data set to merge with, if there is one.

    `databases` has the sources that are still to be read into their folders. `types` has the types of the columns of a
    database by the source's name, as a recipe writes them, and `warnings` are texts for the report.
    """

    sources: Mapping[str, str]
    published: str = ""
    databases: Mapping[str, Database] = field(default_factory=dict)
    types: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def locate(storage: Storage, names: Iterable[str], raw: str, published: str) -> Inputs:
    """The folders of the sources: below `raw`, or those to which the extraction's pointers refer."""
    sources: dict[str, str] = {}
    databases: dict[str, Database] = {}
    for name in names:
        folder = f"{raw}{name}/"
        pointer = json.loads(storage.read(folder + _POINTER)) if storage.exists(folder + _POINTER) else {"uri": folder}
        if "database" in pointer:
            databases[name] = Database.parse(name, pointer)
        sources[name] = folder if name in databases else str(pointer["uri"])
    return Inputs(sources, published, databases)
