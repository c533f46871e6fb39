"""S3: what moto 5.2.5 gets wrong of objects, each fault with its mend."""

import threading
from collections.abc import Callable
from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, FakeDeleteMarker, S3Backend
from moto.s3.responses import S3Response

from local.moto_seams import add, replace


def install() -> None:
    """To be called before moto serves."""
    # moto's own check of bucket policies overlooks their conditions; the gate has made it
    replace(FakeBucket, "get_permission", lambda bucket, action, resource: PermissionResult.NEUTRAL)
    # a multi-object delete of versions fails on delete markers, which have no content to dispose of
    add(FakeDeleteMarker, "dispose", lambda marker: None)
    # moto lists folders in which every object has been removed
    replace(S3Backend, "list_objects", _of_what_is_there(S3Backend.list_objects))
    # moto looks and then writes, and lets another thread write in between
    replace(S3Response, "put_object", conditional_in_turn(S3Response.put_object))


def conditional_in_turn(put_object: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Lets requests that write under a condition write one after another."""
    turn = threading.Lock()

    def put(response: Any) -> Any:
        if not any(name in response.headers for name in ("If-Match", "If-None-Match")):
            return put_object(response)
        with turn:
            return put_object(response)

    return put


def _of_what_is_there(list_objects: Callable[..., Any]) -> Callable[..., Any]:
    def listed(
        backend: S3Backend, bucket: Any, prefix: str | None, delimiter: str | None, *more: Any, **named: Any
    ) -> Any:
        keys, folders, *rest = list_objects(backend, bucket, prefix, delimiter, *more, **named)
        there = _folders_with_objects(bucket, prefix or "", delimiter) if folders else set()
        return keys, [folder for folder in folders if folder in there], *rest

    return listed


def _folders_with_objects(bucket: Any, prefix: str, delimiter: Any) -> set[str]:
    names = (name for name, key in bucket.keys.items() if not isinstance(key, FakeDeleteMarker))
    return {
        prefix + name.removeprefix(prefix).partition(delimiter)[0] + delimiter
        for name in names
        if name.startswith(prefix)
    }
