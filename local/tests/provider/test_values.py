"""Pulumi's wire format: decoding and encoding of tagged structs."""

from typing import Any

from google.protobuf.struct_pb2 import Struct  # type: ignore[import-untyped]
from pulumi.runtime import rpc

from local.provider.values import UNKNOWN, is_archive, is_asset, to_python, to_struct

from .assets import archive, text_asset


def decoded(value: Any) -> Any:
    struct = Struct()
    struct.update({"property": value})
    return to_python(struct)["property"]


def test_a_secret_is_unwrapped() -> None:
    assert decoded({rpc._special_sig_key: rpc._special_secret_sig, "value": {"password": "x"}}) == {"password": "x"}


def test_the_sdks_unknown_is_unknown_at_any_depth() -> None:
    value = decoded({"list": [{"arn": rpc.UNKNOWN}]})

    assert value["list"][0]["arn"] is UNKNOWN


def test_an_output_value_is_its_value_or_unknown() -> None:
    tag = {rpc._special_sig_key: rpc._special_output_value_sig}

    assert decoded({**tag, "value": "known"}) == "known"
    assert decoded(tag) is UNKNOWN


def test_a_resource_reference_is_the_resources_id() -> None:
    tag = {rpc._special_sig_key: rpc._special_resource_sig}

    assert decoded({**tag, "urn": "urn:pulumi:x", "id": "bucket-1"}) == "bucket-1"


def test_whole_numbers_are_integers() -> None:
    assert [type(number) for number in decoded([3, 0.5])] == [int, float]


def test_assets_and_archives_are_returned_unchanged() -> None:
    sent = {"file": text_asset("x"), "zip": archive({"handler.py": text_asset("y")})}

    received = to_python(to_struct(sent))

    assert received == sent
    assert is_asset(received["file"])
    assert is_archive(received["zip"])


def test_values_survive_a_round_trip() -> None:
    properties = {"text": "a", "number": 2, "list": [True, None, {"nested": [1.5]}], "unknown": UNKNOWN}

    assert to_python(to_struct(properties)) == properties
