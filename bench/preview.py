"""`pulumi preview` of the whole stack beside `cdk synth` of an equivalent app, and how both grow."""

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench import equivalence
from bench.pairs import Pair, measure, seconds

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "bench"
WORK = ROOT / "target" / "bench"
CDK = ["aws-cdk@2.1148.1", "aws-cdk-lib@2.260.0", "constructs@10.5.1"]
MORE_BUCKETS = (10, 100, 1000)
DATASETS = (1, 10, 40)
PULUMI = ["pulumi", "preview", "--stack", "local", "--non-interactive"]


def run() -> tuple[Pair, str]:
    """The stack as it is, on a local AWS that lives as long, and a sentence on what is compared."""
    _install_cdk()
    with local_aws() as environment:
        _new_stack(environment)
        seconds(_cdk(), ROOT / "bench" / "cdk", environment)
        compared = equivalence.check(ROOT, environment, WORK / "cdk")
        pair = measure(
            "`pulumi preview` to `cdk synth`",
            "at most 1.3",
            lambda ratio: ratio <= 1.3,
            lambda: seconds(PULUMI, ROOT, environment),
            lambda: seconds(_cdk(), ROOT / "bench" / "cdk", environment),
        )
        return pair, compared


def run_growth() -> list[Pair]:
    """The same of a program with more and more buckets."""
    _install_cdk()
    with local_aws() as environment:
        _new_stack(environment)
        datasets = [_with_datasets(count, environment) for count in DATASETS]
        return [*datasets, *(_with_more_buckets(count, environment) for count in MORE_BUCKETS)]


def _with_more_buckets(count: int, environment: Mapping[str, str]) -> Pair:
    """A copy of the project whose program has more buckets; no goal but to see the growth."""
    project = _copy("more")
    program = project / "src" / "main" / "java" / "dataprep" / "App.java"
    text = program.read_text()
    first = "        var foundation ="
    loop = f'        for (int i = 0; i < {count}; i++) new com.pulumi.aws.s3.BucketV2("more" + i);\n'
    program.write_text(text.replace(first, loop + first))
    return measure(
        f"`pulumi preview` to `cdk synth`, {count:,} more buckets",
        "none",
        lambda _: True,
        lambda: seconds(PULUMI, project, environment),
        lambda: seconds(_cdk(buckets=count), ROOT / "bench" / "cdk", environment),
    )


def _with_datasets(count: int, environment: Mapping[str, str]) -> Pair:
    """A copy of the project whose stack prepares the sample data so many times."""
    project = _copy("datasets")
    recipe = json.loads((project / "glue-scripts" / "recipes" / "flights.json").read_text())
    settings = (project / "Pulumi.local.yaml").read_text()
    before, sources, after = re.split(r"( +sources:\n(?: {4}.*\n)+)", settings, maxsplit=1)
    items = []
    for number in range(count):
        name = f"flights_{number}"
        path = f"glue-scripts/recipes/{name}.json"
        (project / path).write_text(json.dumps(recipe | {"name": name}))
        items.append(f"    - recipe: {path}\n" + textwrap.indent(sources, "    "))
    (project / "Pulumi.local.yaml").write_text(f"{before}  datasets:\n{''.join(items)}{after}")
    return measure(
        f"`pulumi preview` to `cdk synth`, {count} data sets",
        "none",
        lambda _: True,
        lambda: seconds(PULUMI, project, environment),
        lambda: seconds(_cdk(datasets=count), ROOT / "bench" / "cdk", environment),
    )


def _copy(name: str) -> Path:
    project = WORK / name
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    for file in ("mvnw", "pom.xml", "Pulumi.yaml", "Pulumi.local.yaml"):
        shutil.copy(ROOT / file, project / file)
    for folder in ("src/main", "tools/maven", "glue-scripts", "lambda", "samples"):
        shutil.copytree(ROOT / folder, project / folder)
    return project


def _cdk(buckets: int = 0, datasets: int = 1) -> list[str]:
    cdk = str(CACHE / "node_modules" / "aws-cdk" / "bin" / "cdk")
    quiet = ["--quiet", "--no-notices", "--no-version-reporting"]
    return [
        "node",
        cdk,
        "synth",
        *quiet,
        "--app",
        "node app.js",
        "--output",
        str(WORK / "cdk"),
        "-c",
        f"buckets={buckets}",
        "-c",
        f"datasets={datasets}",
    ]


def _install_cdk() -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    if not (CACHE / "node_modules" / "aws-cdk-lib").exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        (CACHE / "package.json").write_text('{"private": true}')
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock", *CDK]
        subprocess.run(install, cwd=CACHE, check=True)  # noqa: S603


def _new_stack(environment: Mapping[str, str]) -> None:
    command = ["pulumi", "stack", "init", "local"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)  # noqa: S603


@contextmanager
def local_aws() -> Iterator[dict[str, str]]:
    """The environment in which `pulumi`, and an AWS SDK, work on a clean local AWS."""
    state = WORK / "aws"
    shutil.rmtree(state, ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "local",
        "--state",
        str(state),
        "--spark-jars",
        ".cache/spark-jars",
        "--exit-with-stdin",
    ]
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=none) as aws:  # noqa: S603
        assert aws.stdout and aws.stdin  # noqa: S101
        endpoint = json.loads(aws.stdout.readline())
        (state / "pulumi").mkdir(parents=True)
        try:
            yield os.environ | {
                "NODE_PATH": str(CACHE / "node_modules"),
                "PULUMI_BACKEND_URL": f"file://{state / 'pulumi'}",
                "PULUMI_CONFIG_PASSPHRASE": "",
                "PULUMI_DEBUG_PROVIDERS": f"aws:{endpoint['provider']}",
                "AWS_ENDPOINT_URL": endpoint["aws"],
                "AWS_ACCESS_KEY_ID": endpoint["access_key_id"],
                "AWS_SECRET_ACCESS_KEY": endpoint["secret_access_key"],
                "AWS_REGION": endpoint["region"],
            }
        finally:
            aws.stdin.close()
