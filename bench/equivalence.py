"""Whether the CDK app is still what the pipeline's stack is: as many resources of each kind, as many states."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# the reviewed definition; a test holds the program to it
DEFINITION = ROOT / "src" / "test" / "resources" / "workflow.asl.json"
ASSET = "a file asset"
_OF_ANOTHER: tuple[str, ...] = ()
# what a resource of Pulumi is in the CDK app; nothing where CloudFormation has a property of another resource for it
IN_CDK: Mapping[str, tuple[str, ...]] = {
    "aws:athena/namedQuery:NamedQuery": ("AWS::Athena::NamedQuery",),
    "aws:athena/workgroup:Workgroup": ("AWS::Athena::WorkGroup",),
    "aws:cloudwatch/eventRule:EventRule": ("AWS::Events::Rule",),
    "aws:cloudwatch/eventTarget:EventTarget": _OF_ANOTHER,
    "aws:cloudwatch/logGroup:LogGroup": ("AWS::Logs::LogGroup",),
    "aws:glue/catalogDatabase:CatalogDatabase": ("AWS::Glue::Database",),
    "aws:glue/catalogTable:CatalogTable": ("AWS::Glue::Table",),
    "aws:glue/job:Job": ("AWS::Glue::Job",),
    "aws:iam/policy:Policy": ("AWS::IAM::Policy",),
    "aws:iam/role:Role": ("AWS::IAM::Role",),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _OF_ANOTHER,
    "aws:lambda/function:Function": ("AWS::Lambda::Function", ASSET),
    "aws:lambda/permission:Permission": ("AWS::Lambda::Permission",),
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": _OF_ANOTHER,
    "aws:s3/bucketObjectv2:BucketObjectv2": (ASSET,),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _OF_ANOTHER,
    "aws:s3/bucketPolicy:BucketPolicy": ("AWS::S3::BucketPolicy",),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _OF_ANOTHER,
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": _OF_ANOTHER,
    "aws:s3/bucketV2:BucketV2": ("AWS::S3::Bucket",),
    "aws:s3/bucketVersioningV2:BucketVersioningV2": _OF_ANOTHER,
    "aws:sfn/alias:Alias": ("AWS::StepFunctions::StateMachineAlias",),
    # a version is published with the state machine, and is a resource of its own in CloudFormation
    "aws:sfn/stateMachine:StateMachine": (
        "AWS::StepFunctions::StateMachine",
        "AWS::StepFunctions::StateMachineVersion",
    ),
    "aws:sns/topic:Topic": ("AWS::SNS::Topic",),
    "aws:sns/topicPolicy:TopicPolicy": ("AWS::SNS::TopicPolicy",),
    "aws:sqs/queue:Queue": ("AWS::SQS::Queue",),
    "aws:sqs/queuePolicy:QueuePolicy": ("AWS::SQS::QueuePolicy",),
}


def check(project: Path, environment: Mapping[str, str], synthesized: Path) -> str:
    """Fails with the difference if there is one; otherwise returns a sentence that describes the comparison."""
    types = _pulumi_types(project, environment)
    unknown = sorted(set(types) - IN_CDK.keys())
    if unknown:
        raise SystemExit(f"bench/equivalence.py does not say what these are in the CDK app: {', '.join(unknown)}")
    wanted = Counter(kind for name in types for kind in IN_CDK[name])
    wanted += Counter(f"state {kind}" for kind in _states(DEFINITION.read_text()))
    found = _synthesized(synthesized)
    if wanted != found:
        raise SystemExit(
            f"bench/cdk is no longer equivalent: it lacks {dict(wanted - found)}, has too much {dict(found - wanted)}"
        )
    states = sum(number for kind, number in found.items() if kind.startswith("state "))
    resources = sum(number for kind, number in found.items() if kind.startswith("AWS::"))
    return (
        f"{len(types)} resources in Pulumi are {resources} in CloudFormation and {found[ASSET]} file assets; the state"
        f" machine has {states} states in both. The bench checks that the numbers by kind agree."
    )


def _pulumi_types(project: Path, environment: Mapping[str, str]) -> list[str]:
    """Of every resource that a preview would create, components aside."""
    command = ["pulumi", "preview", "--stack", "local", "--non-interactive", "--json"]
    output = subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True, text=True).stdout  # noqa: S603
    steps = json.loads(output)["steps"]
    return [step["newState"]["type"] for step in steps if step["newState"].get("custom") and _is_of_aws(step)]


def _is_of_aws(step: Mapping[str, Any]) -> bool:
    return str(step["newState"]["type"]).startswith("aws:")


def _synthesized(folder: Path) -> "Counter[str]":
    template = json.loads((folder / "data-preparation.template.json").read_text())
    resources = template["Resources"].values()
    machine = next(each for each in resources if each["Type"] == "AWS::StepFunctions::StateMachine")
    files = json.loads((folder / "data-preparation.assets.json").read_text())["files"].values()
    assets = [file for file in files if not file["source"]["path"].endswith(".template.json")]
    found = Counter(str(each["Type"]) for each in resources)
    found.update(f"state {kind}" for kind in _states(json.dumps(machine)))
    return found + Counter({ASSET: len(assets)})


def _states(definition: str) -> Iterable[str]:
    """The types of the states of a definition that any text contains."""
    return re.findall(r'\\*"Type\\*" ?: ?\\*"(Task|Choice|Succeed|Fail|Map|Parallel|Pass|Wait)\\*"', definition)
