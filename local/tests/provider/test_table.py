"""The table is consistent with itself and with the services' models."""

import pytest

from local.endpoint import AwsEndpoint
from local.provider import steps
from local.provider.aws import Aws
from local.provider.resources import RESOURCES

from .examples import EXAMPLES

KINDS = sorted(RESOURCES)


@pytest.fixture(scope="module")
def aws(endpoint: AwsEndpoint) -> Aws:
    return Aws(endpoint, endpoint.region)


def test_every_type_has_an_example() -> None:
    assert sorted(EXAMPLES) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_input_reaches_aws_or_the_state(aws: Aws, kind: str) -> None:
    resource = RESOURCES[kind]
    tags = {"tags"} if resource.tagging else set()
    carried = {
        name
        for name in resource.inputs
        for step in (resource.create, *resource.update)
        if steps.carries(step, aws, resource, name)
    }

    assert set(resource.inputs) - carried - tags <= set(resource.settings)


@pytest.mark.parametrize("kind", KINDS)
def test_every_input_changes_in_place_or_by_replacement(aws: Aws, kind: str) -> None:
    resource = RESOURCES[kind]
    tags = {"tags"} if resource.tagging else set()
    updated = {name for name in resource.inputs for step in resource.update if steps.carries(step, aws, resource, name)}

    assert set(resource.inputs) - updated - tags - {*resource.replace} <= set(resource.settings)


@pytest.mark.parametrize("kind", KINDS)
def test_the_columns_of_an_entry_name_its_inputs(kind: str) -> None:
    resource = RESOURCES[kind]
    named = {*resource.required, *resource.settings, *resource.replace, *resource.defaults, *resource.elsewhere}

    assert named <= {*resource.inputs}
    assert {*resource.volatile} <= {*resource.computed, *resource.inputs}
