"""Fetches a source that a settings file describes, with the code of the extraction function and of the job.

The function runs in this process; S3 and Secrets Manager are a moto server on loopback, whose secrets are those of the
settings file.
"""

import io
import json
import logging
import os
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import yaml
from moto.server import ThreadedMotoServer
from pyspark.sql import SparkSession

from dataprep import databases, recipe
from dataprep.database_settings import Database
from dataprep.failures import SecretUnavailable, SourceError
from dataprep.inputs import Inputs
from local import source_server
from recipe_cases.session import ROOT
from recipe_cases.session import uri as uri_of
from recipe_draft.files import NoData

_BUCKET = "data"
_FOLDER = "raw/"
# of an invocation
_MILLISECONDS = 900_000
# the defaults of the settings, which the Pulumi program fills in
_READING = {"fetchSize": 10_000, "timeoutSeconds": 3_600, "allowPlaintext": False}
_BOUNDS = {"maxPages": 10_000, "maxMegabytes": 1_024, "maxMinutes": 60}


def fetch(spark: SparkSession, settings: Path, name: str, folder: Path) -> Path:
    """Writes the files of a source on https or in a database to a folder, which it returns; raises NoData."""
    with _own_environment():
        config = _config(settings, folder)
        source = _source(config, name, settings)
        uri = str(source.get("uri"))
        if not uri.startswith(("https://", "jdbc:")):
            raise NoData(f"{settings}: source {name}: invalid uri '{uri}'; must be an https:// or jdbc: address")
        with _aws() as aws:
            _provide(aws, config, source)
            target = folder / "files"
            return _rows(spark, source, target) if uri.startswith("jdbc:") else _fetched(aws, source, target)


def _rows(spark: SparkSession, source: Mapping[str, Any], folder: Path) -> Path:
    """The rows of a database, as the job stores them."""
    name, settings = source["name"], {**_READING, **source["database"]}
    pointer = {"database": {"uri": source["uri"], "secret": source["auth"]["secret"], **settings}}
    read = recipe.Source(name, {"type": "parquet"}, ())
    wanted = SimpleNamespace(sources={name: read})
    database = Database.parse(name, pointer)
    try:
        databases.read(spark, wanted, Inputs({name: f"{uri_of(folder)}/"}, databases={name: database}), "draft")
    except (SourceError, SecretUnavailable) as error:
        raise NoData(str(error)) from error
    return folder / "job_run=draft"


def _fetched(aws: Any, source: Mapping[str, Any], folder: Path) -> Path:
    aws("s3").create_bucket(Bucket=_BUCKET)
    return _download(aws("s3"), _extract(source)["uri"], folder)


@contextmanager
def _own_environment() -> Iterator[None]:
    """Restores the variables of the process afterwards."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _config(settings: Path, folder: Path) -> Mapping[str, Any]:
    """The settings, with what the program that serves the sources says of itself."""
    content = yaml.safe_load(settings.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not isinstance(content.get("config"), dict):
        raise NoData(f"{settings}: must have the key 'config'")
    text = json.dumps(content["config"])
    if "localServer" in content:
        served = source_server.start(ROOT / content["localServer"], folder / "server.log")
        for key, value in served.items():
            text = text.replace(f"{{server.{key}}}", json.dumps(value)[1:-1])
    config: Mapping[str, Any] = json.loads(text)
    return config


def _source(config: Mapping[str, Any], name: str, settings: Path) -> Mapping[str, Any]:
    listed = [*config.get("sources", []), *(s for each in config.get("datasets", []) for s in each["sources"])]
    found = next((source for source in listed if source.get("name") == name), None)
    if found is None:
        names = ", ".join(sorted({source["name"] for source in listed}))
        raise NoData(f"{settings}: invalid source '{name}'; must be one of {names}")
    return found


@contextmanager
def _aws() -> Iterator[Any]:
    """A function that gives clients of a moto server, which the process uses as AWS."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "draft",
        "AWS_SECRET_ACCESS_KEY": "draft",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1,localhost",
        "RAW_RETENTION_DAYS": "30",
    }
    try:
        yield boto3.client
    finally:
        server.stop()


def _provide(aws: Any, config: Mapping[str, Any], source: Mapping[str, Any]) -> None:
    """Sets what the deployment gives the function: hosts, the query of the address, and the secret."""
    os.environ["ALLOWED_HOSTS"] = ",".join(config.get("allowedSourceHosts", []))
    auth = source.get("auth")
    if not auth:
        return
    secret = config.get("sourceSecrets", {}).get(auth["secret"])
    if not isinstance(secret, str):
        raise NoData(f"source {source['name']}: auth.secret: '{auth['secret']}' must be a text of sourceSecrets")
    aws("secretsmanager").create_secret(Name=auth["secret"], SecretString=secret)
    os.environ["SOURCE_CREDENTIALS"] = json.dumps({source["name"]: auth})


def _extract(source: Mapping[str, Any]) -> Mapping[str, Any]:
    sys.path.insert(0, str(ROOT / "lambda" / "extract"))
    import handler

    uri, _, query = source["uri"].partition("?")
    os.environ["SOURCE_QUERIES"] = json.dumps({source["name"]: query} if query else {})
    described = {"name": source["name"], "uri": uri}
    if "paging" in source:
        described["paging"] = {**_BOUNDS, **source["paging"]}
    event: dict[str, Any] = {
        "source": described,
        "run_id": "draft",
        "destination": f"s3://{_BUCKET}/{_FOLDER}{source['name']}/",
        "published": None,
        "incremental": False,
    }
    while True:
        context = SimpleNamespace(aws_request_id=str(uuid.uuid4()), get_remaining_time_in_millis=lambda: _MILLISECONDS)
        try:
            # the function's log
            with redirect_stdout(io.StringIO()):
                answer: Mapping[str, Any] = handler.handler(event, context)
        except Exception as error:
            raise NoData(f"source {source['name']}: {type(error).__name__}: {error}") from error
        if "continuation" not in answer:
            return answer
        event["continuation"] = answer["continuation"]


def _download(s3: Any, uri: str, folder: Path) -> Path:
    """The objects at an address or below it, without those that are not data."""
    prefix = uri.removeprefix(f"s3://{_BUCKET}/")
    folder.mkdir()
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=_BUCKET, Prefix=prefix):
        for entry in page["Contents"]:
            name = entry["Key"].rpartition("/")[2]
            if not name.startswith("_"):
                s3.download_file(_BUCKET, entry["Key"], str(folder / name))
    return folder
