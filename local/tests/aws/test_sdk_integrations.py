"""SDK integrations take arguments and give results as AWS was recorded to do."""

from typing import Any

import pytest

from .account import Account, allow
from .workflows import run, task


@pytest.mark.parametrize(
    ("body", "stored"),
    [
        ("text data", b'"text data"'),
        ('both " and ü', '"both \\" and ü"'.encode()),
        ({"Dict": "Value"}, b'{"Dict":"Value"}'),
        (["List", "Data"], b'["List","Data"]'),
        (False, b"false"),
        (0, b"0"),
    ],
)
def test_put_object_stores_its_body_as_compact_json(account: Account, body: Any, stored: bytes) -> None:
    """Recorded 2025-11-06; a text keeps its quotes."""
    bucket = account.bucket()
    put = task("aws-sdk:s3:putObject", {"Bucket": bucket, "Key": "k", "Body": "{% $states.input %}"})
    run(account, {"P": put}, allow("s3:PutObject"), given=body)
    assert account.client("s3").get_object(Bucket=bucket, Key="k")["Body"].read() == stored
