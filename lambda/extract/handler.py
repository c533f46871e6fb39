"""The Lambda function: extracts one source into the data bucket.

Event   {"source": {"name", "uri", "sensitive", "since", "paging", "database"}, "run_id",
         "destination": "s3://bucket/prefix/", "published", "incremental", "since", "continuation"}
Answer  {"name", "uri", "bytes", "etag", "changed", "copied_at", "pages", "records"}
     or {"name", "continuation"}

The query of an https address is not in the event but in SOURCE_QUERIES, a JSON object by the sources' names, each after
the prefix of its data set, if the stack has several. SOURCE_CREDENTIALS has by the same names how to read a source.

All fields of `source` but its name and address are optional. The copies of a `sensitive` source are tagged, and the
bucket keeps them for a shorter time. `paging` is how an https source gives its records in pages: see paging.py. The
answer has their counts, or a `continuation` if the invocation had to end before the last page; the same event with it
continues the extraction. `database` is what the job needs to read a jdbc source: see database_source.py. `since` of the
source is the query parameter or the column for `since` of the event, the watermark of the last publish, or null.

`published` is an earlier answer about the source, or null: a source that is still the same is not copied again. Of a
prefix that is `incremental`, only objects are copied that were not there then. `changed` says whether there is
anything that is not published. Errors: see errors.py. Retries are the workflow's, where they are seen and bounded.
"""

import json
import os
import time
from typing import Any

import boto3
from botocore.config import Config

import copies
import database_source
import dataset_source
import https_source
import paged_source
import s3_source
from clock import Clock
from event import Deployed, Event
from extraction import Extraction
from progress import Progress


def handler(event: Any, context: Any) -> dict[str, Any]:
    """Lambda's entry point."""
    started = time.monotonic()
    request = Event.parse(event, context.aws_request_id, Deployed.of(os.environ))
    # in front of whatever an error says, so that a log's reader knows whose it is
    print(json.dumps({"run_id": request.run_id, "source": request.name}))
    # the workflow retries, visibly; retries in here would multiply with its own
    retries = {"mode": "standard", "total_max_attempts": 1}
    # TLS and the checksum of each part protect the body, so the signature need not hash it
    s3 = boto3.client("s3", config=Config(retries=retries, s3={"payload_signing_enabled": False}))
    extraction = _extract(s3, request, Clock(context))
    answer: dict[str, Any]
    if isinstance(extraction, Progress):
        answer = {"name": request.name, "continuation": extraction.continuation()}
        # without the next request, which is the server's
        shown = {"name": request.name, "pages": extraction.pages, "records": extraction.records}
    else:
        shown = answer = {"name": request.name, **copies.point(s3, request, extraction).answer()}
    print(json.dumps({**shown, "run_id": request.run_id, "seconds": round(time.monotonic() - started, 3)}))
    return answer


def _extract(s3: Any, request: Event, clock: Clock) -> Extraction | Progress:
    if request.uri.startswith("s3://"):
        return s3_source.extract(s3, request)
    if request.uri.startswith(dataset_source.SCHEME):
        return dataset_source.extract(s3, request)
    if request.uri.startswith(database_source.SCHEME):
        return database_source.extract(request)
    hosts = os.environ.get("ALLOWED_HOSTS", "").split(",")
    allowed_hosts = frozenset(host.strip().lower().strip("[]") for host in hosts if host.strip())
    if request.paging:
        return paged_source.extract(s3, request, request.paging, allowed_hosts, clock)
    return https_source.extract(s3, request, allowed_hosts)
