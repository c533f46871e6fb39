"""A source that is another data set of the stack: the run that its manifest names now, of which nothing is copied.

A publication of the other data set deletes the runs that are no longer kept, but none whose folder was written to
within the time that a run takes. So this run first writes a note into the folder of the run that it will read, and then
reads the manifest again: if the run is still kept, every later publication finds the note before it deletes anything.

Permissions: s3:GetObject on the data sets' manifests, s3:PutObject on the notes, s3:ListBucket on the data bucket.
"""

import json
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

import copies
from errors import DatasetNotPublished, SourceChanged, SourceNotFound, is_missing_key, of_source
from event import Event, S3Uri
from extraction import Extraction

SCHEME = "dataset://"
_ATTEMPTS = 5


def extract(s3: Any, request: Event) -> Extraction:
    """The data set's published run: its folder, its size, and its id as the version."""
    name = request.uri.removeprefix(SCHEME)
    try:
        for _ in range(_ATTEMPTS):
            current = _manifest(s3, request, name)
            run, folder = current["run_id"], S3Uri.parse(current["dataset"])
            _note(s3, request, folder)
            if run in (kept["run_id"] for kept in _manifest(s3, request, name)["history"]):
                _require_objects(s3, folder)
                return copies.fresh(request, folder, current["dataset_bytes"], run)
    except (ClientError, BotoCoreError) as error:
        raise of_source(f"read the data set {name}", error) from error
    raise SourceChanged(f"data set {name}: its runs are published and deleted faster than they can be read")


def _manifest(s3: Any, request: Event, name: str) -> dict[str, Any]:
    try:
        body = s3.get_object(Bucket=request.destination.bucket, Key=f"datasets/{name}/transformed-data/latest.json")
    except ClientError as error:
        if is_missing_key(error):
            raise DatasetNotPublished(f"data set {name}: no run has been published yet") from error
        raise
    manifest: dict[str, Any] = json.loads(body["Body"].read())
    if "run_id" not in manifest:
        # the claim of the first publication
        raise DatasetNotPublished(f"data set {name}: its first run is being published")
    return manifest


def _note(s3: Any, request: Event, folder: S3Uri) -> None:
    """The note is beside the job run's folder, which only holds the data set itself."""
    run_folder = folder.key.rstrip("/").rpartition("/")[0]
    reader = request.destination.key.removeprefix("datasets/").partition("/")[0]
    body = json.dumps({"read_by": reader, "run_id": request.run_id, "at": copies.now()})
    s3.put_object(Bucket=folder.bucket, Key=f"{run_folder}/_readers/{reader}.json", Body=body)


def _require_objects(s3: Any, folder: S3Uri) -> None:
    if not s3.list_objects_v2(Bucket=folder.bucket, Prefix=folder.key, MaxKeys=1).get("Contents"):
        raise SourceNotFound(f"{folder}: the published run has no objects")
