"""Stands in for the Spark job where a test is not about Spark: copies, with the job's own role, what an earlier run of
the real job wrote for the same sources, under the new run's prefixes and with the ids of run and job run in it; CSV
gets the run's id as its last line, so that the file of one run is not that of another.

It calls S3 by hand, since importing an SDK would take longer than all else that it does; the local AWS looks at the key
of a call, not at its signature."""

import os
import re
import sys
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

RECORDED = "@RECORDED@"
RECORDED_JOB_RUN = "@RECORDED_JOB_RUN@"
RECORDING = "@RECORDING@"
arguments = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
bucket, run_id, job_run = arguments["--data_bucket"], arguments["--run_id"], arguments["--JOB_RUN_ID"]
s3 = HTTPConnection(urlsplit(os.environ["AWS_ENDPOINT_URL"]).netloc)
scope = f"{os.environ['AWS_ACCESS_KEY_ID']}/20200101/{os.environ['AWS_REGION']}/s3/aws4_request"
headers = {
    "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none",
    "x-amz-security-token": os.environ["AWS_SESSION_TOKEN"],
}


def call(method: str, path: str, body: bytes = b"") -> bytes:
    """The answer's body; an answer that is none ends the job."""
    s3.request(method, f"/{bucket}{path}", body, headers)
    answer = s3.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{method} {path}: {answer.status} {content.decode()}")
    return content


# a test may want a run with a warning
warned = b"<Key>" in call("GET", f"?list-type=2&prefix={quote(f'raw/warning/{run_id}')}")
for listed in re.findall(r"<Key>(.*?)</Key>", call("GET", f"?list-type=2&prefix={quote(RECORDING)}").decode()):
    body = call("GET", f"/{quote(listed)}")
    key = listed.removeprefix(RECORDING).replace(RECORDED, run_id).replace(RECORDED_JOB_RUN, job_run)
    if not key.endswith(".parquet"):
        body = body.replace(RECORDED.encode(), run_id.encode()).replace(RECORDED_JOB_RUN.encode(), job_run.encode())
    if warned and key.endswith("/quality.json"):
        body = body.replace(b'"warnings": []', b'"warnings": ["something to look at"]')
    if key.endswith(".csv"):
        body += f"{run_id},\n".encode()
    call("PUT", f"/{quote(key)}", body)
