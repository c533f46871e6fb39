"""A source that is a table or a query of a database: the job reads it, with what the pointer says, and the function
reads nothing.

Permissions: none but those of the pointer, s3:PutObject and s3:GetObject in the source's folder.
"""

import copies
from errors import SecretUnavailable
from event import Event
from extraction import Extraction

SCHEME = "jdbc:"


def extract(request: Event) -> Extraction:
    """The folder that the job writes the rows below. The run is the version, so that each run reads the database."""
    if request.credentials is None:
        raise SecretUnavailable(f"source {request.name}: SOURCE_CREDENTIALS must have the secret of the database")
    database = {"uri": request.uri, "secret": request.credentials.secret, **(request.database or {})}
    if request.since:
        database["since"] = {"column": request.since.name, "value": request.since.value}
    return Extraction(
        uri=request.destination,
        bytes=0,
        etag=request.run_id,
        copied_at=copies.now(),
        changed=True,
        for_job={"database": database, "sensitive": request.sensitive},
    )
