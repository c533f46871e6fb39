"""Reads and writes single files through Hadoop's file systems, on S3 and in local folders."""

from collections.abc import Iterable, Iterator
from typing import Any

from pyspark.sql import SparkSession


class Storage:
    """Reads, writes and moves single files by their URIs."""

    def __init__(self, spark: SparkSession) -> None:
        self._new_path: Any = getattr(spark._jvm, "org.apache.hadoop.fs.Path")
        self._jvm: Any = spark._jvm
        self._configuration: Any = spark._jsc.hadoopConfiguration()

    def read(self, uri: str) -> str:
        """The text of a file."""
        path = self._path(uri)
        stream = self._of(path).open(path)
        try:
            return str(self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def exists(self, uri: str) -> bool:
        """Whether the file exists."""
        path = self._path(uri)
        return bool(self._of(path).exists(path))

    def write(self, uri: str, text: str) -> None:
        """Writes a whole file."""
        path = self._path(uri)
        stream = self._of(path).create(path, True)
        stream.write(bytearray(text.encode()))
        stream.close()

    def state(self, folder: str) -> frozenset[tuple[Any, ...]]:
        """A value that changes when a file in a folder, or below it, is added, removed or replaced."""
        return frozenset(
            (str(file.getPath()), file.getLen(), file.getModificationTime()) for file in self._below(folder)
        )

    def files(self, folder: str) -> list[dict[str, Any]]:
        """The data files in a folder and below: URI, bytes, and on S3 the object's etag and version."""
        system = self._of(self._path(folder))
        paths = [file.getPath() for file in self._below(folder)]
        data = [path for path in paths if not path.getName().startswith(("_", "."))]
        return sorted(
            (self._described(system.getFileStatus(path)) for path in data), key=lambda entry: str(entry["uri"])
        )

    def data_files(self, folder: str) -> dict[str, int]:
        """URI and size of the files in a folder and below that Spark reads as data, sorted by URI."""
        above = len(str(self._path(folder).toUri().getPath()))
        found = {str(file.getPath().toString()): int(file.getLen()) for file in self._below(folder)}
        within = {uri: str(self._path(uri).toUri().getPath())[above:].split("/") for uri in found}
        return {uri: found[uri] for uri in sorted(found) if not any(map(_is_hidden, within[uri]))}

    def _below(self, folder: str) -> Iterator[Any]:
        path = self._path(folder)
        listing = self._of(path).listFiles(path, True)
        while listing.hasNext():
            yield listing.next()

    @staticmethod
    def _described(status: Any) -> dict[str, Any]:
        facts = {"uri": str(status.getPath().toString()), "bytes": int(status.getLen())}
        if facts["uri"].startswith("s3"):
            facts |= {"etag": status.getEtag(), "version_id": status.getVersionId()}
        return facts

    def ages(self, folder: str) -> dict[str, int]:
        """All files in a folder and below: URI, and time of the last change in milliseconds since 1970."""
        return {str(file.getPath().toString()): int(file.getModificationTime()) for file in self._below(folder)}

    def delete_files(self, uris: Iterable[str]) -> None:
        """Deletes single files; a file that is already deleted is no error."""
        for uri in uris:
            path = self._path(uri)
            self._of(path).delete(path, False)

    def delete(self, folder: str) -> None:
        """Deletes a folder and its content, if it exists."""
        path = self._path(folder)
        self._of(path).delete(path, True)

    def take_only_file(self, folder: str, suffix: str, target: str) -> int:
        """Moves the only file with the suffix out of a folder, which it deletes; returns the file's size in bytes."""
        source, destination = self._path(folder), self._path(target)
        system = self._of(source)
        (found,) = [s for s in system.listStatus(source) if s.getPath().getName().endswith(suffix)]
        system.delete(destination, False)
        if not system.rename(found.getPath(), destination):
            raise OSError(f"cannot move {found.getPath()} to {target}")
        system.delete(source, True)
        return int(found.getLen())

    def _path(self, uri: str) -> Any:
        return self._new_path(uri)

    def _of(self, path: Any) -> Any:
        return path.getFileSystem(self._configuration)


def _is_hidden(name: str) -> bool:
    """By the rules of Spark: https://spark.apache.org/docs/latest/sql-data-sources-generic-options.html"""
    return name.startswith(".") or (name.startswith("_") and "=" not in name) or name.endswith("._COPYING_")
