"""Properties as members of requests, by botocore's models."""

from typing import Any

import botocore.session
import pytest
from botocore.model import Shape

from local.provider.shapes import PropertyError, acceptable, camel, decode, encode, members, place, renamed
from local.provider.values import UNKNOWN


def request_shape(service: str, operation: str) -> Shape:
    shape = botocore.session.get_session().get_service_model(service).operation_model(operation).input_shape
    assert shape is not None
    return shape


def placed(service: str, operation: str, names: dict[str, str], **properties: Any) -> dict[str, Any]:
    request: dict[str, Any] = {}
    for name, value in properties.items():
        place(request, request_shape(service, operation), names.get(name, name), value, names, name)
    return request


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("KMSMasterKeyID", "kmsMasterKeyId"),
        ("SSEAlgorithm", "sseAlgorithm"),
        ("ID", "id"),
        ("OKActions", "okActions"),
        ("S3Bucket", "s3Bucket"),
        ("loggingConfiguration", "loggingConfiguration"),
        ("Ipv6AllowedForDualStack", "ipv6AllowedForDualStack"),
    ],
)
def test_members_have_pulumis_spelling(member: str, name: str) -> None:
    assert camel(member) == name


def test_a_property_matches_its_member_ignoring_case() -> None:
    assert placed("lambda", "CreateFunction", {}, kmsKeyArn="arn", memorySize="256") == {
        "KMSKeyArn": "arn",
        "MemorySize": 256,
    }


def test_a_path_reaches_into_structures_and_lists_of_one_item() -> None:
    names = {"loggingConfiguration.logDestination": "destinations[0].cloudWatchLogsLogGroup.logGroupArn"}
    logging = {"level": "ALL", "logDestination": "arn"}

    request = placed("stepfunctions", "CreateStateMachine", names, loggingConfiguration=logging)

    assert request["loggingConfiguration"] == {
        "level": "ALL",
        "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": "arn"}}],
    }


def test_names_apply_to_every_list_item() -> None:
    names = {"metricQueries": "metrics", "metricQueries.metric": "metricStat", "metricQueries.metric.name": "stat"}

    request = placed("cloudwatch", "PutMetricAlarm", names, metricQueries=[{"metric": {"name": n}} for n in "ab"])

    assert request == {"Metrics": [{"MetricStat": {"Stat": "a"}}, {"MetricStat": {"Stat": "b"}}]}


def test_two_properties_share_one_structure() -> None:
    names = {"s3Bucket": "code.s3Bucket", "s3Key": "code.s3Key"}

    assert placed("lambda", "CreateFunction", names, s3Bucket="b", s3Key="k")["Code"] == {"S3Bucket": "b", "S3Key": "k"}


def test_a_map_of_tags_is_a_list_of_pairs_in_either_spelling() -> None:
    assert placed("iam", "TagRole", {}, tags={"a": "b"})["Tags"] == [{"Key": "a", "Value": "b"}]
    assert placed("kms", "CreateKey", {}, tags={"a": "b"})["Tags"] == [{"TagKey": "a", "TagValue": "b"}]


def test_encoded_properties_decode_to_the_same_properties() -> None:
    names = {"rule": "rules[0]", "rule.owner": "objectOwnership"}
    shape = members(request_shape("s3", "PutBucketOwnershipControls"))["OwnershipControls"]
    request: dict[str, Any] = {}

    place(request, shape, "rules[0]", {"owner": "ObjectWriter"}, names, "rule")

    assert request == {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    assert renamed(decode(request, shape), names) == {"rule": {"owner": "ObjectWriter"}}


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"command": {"scriptPath": "x"}}, "command.scriptPath: unknown property; must be one of name, pythonVersion"),
        ({"workerType": "G.9X"}, "workerType: invalid value 'G.9X'; must be one of"),
        ({"numberOfWorkers": "two"}, "numberOfWorkers: invalid value 'two'; must be a number"),
        ({"timeout": 1.5}, "timeout: invalid value 1.5; must be a number"),
        ({"jobRunQueuingEnabled": "maybe"}, "jobRunQueuingEnabled: invalid value 'maybe'; must be true or false"),
        ({"command": "glueetl"}, "command: invalid value 'glueetl'; must be an object"),
        ({"defaultArguments": []}, "defaultArguments: invalid value []; must be an object"),
        ({"description": {}}, "description: invalid value of type dict; must be a text"),
    ],
)
def test_an_invalid_value_is_refused_with_its_path(properties: dict[str, Any], message: str) -> None:
    with pytest.raises(PropertyError) as refused:
        placed("glue", "CreateJob", {}, **properties)

    assert str(refused.value).startswith(message)


def test_an_unknown_value_is_valid_everywhere() -> None:
    shape = request_shape("glue", "CreateJob")

    assert encode({"command": UNKNOWN, "timeout": UNKNOWN}, shape, {}, "job") == {
        "Command": UNKNOWN,
        "Timeout": UNKNOWN,
    }


def test_a_member_that_aws_only_returns_is_not_an_input() -> None:
    shape = members(request_shape("lambda", "CreateFunction"))["SnapStart"]

    assert acceptable({"applyOn": "None", "optimizationStatus": "Off"}, shape, {}, "snapStart") == {"applyOn": "None"}
