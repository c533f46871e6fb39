"""The lifecycle of every type in the table, with its example."""

from string import Template

import pytest

from local.provider.resources import RESOURCES
from local.provider.values import UNKNOWN

from .engine import Engine, Properties, Registered
from .examples import EXAMPLES
from .world import World

KINDS = sorted(RESOURCES)
CHANGEABLE = [kind for kind in KINDS if EXAMPLES[kind].change]
NOT_COMPUTED_BY_MOTO = {"aws:sfn/stateMachine:StateMachine": {"description", "revisionId"}}
KEPT = {  # AWS has no other value for them, or keeps the current one
    "aws:cloudwatch/eventRule:EventRule": {"eventPattern"},
    "aws:lambda/function:Function": {"handler", "runtime"},
    "aws:athena/workgroup:Workgroup": {"configuration"},
    "aws:secretsmanager/secret:Secret": {"description", "kmsKeyId"},
}
NEVER_GONE = {  # a bucket and a topic always have one: deleting restores the default
    "aws:s3/bucketNotification:BucketNotification",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    "aws:s3/bucketVersioningV2:BucketVersioningV2",
    "aws:sns/topicPolicy:TopicPolicy",
}

ENDS_WITH_ANOTHER = {"aws:secretsmanager/secretVersion:SecretVersion"}  # the secret's current value is not deleted


def created(engine: Engine, world: World, kind: str) -> tuple[Properties, Registered]:
    program = EXAMPLES[kind].inputs(world)
    return program, engine.create(kind, "example", program)


@pytest.mark.parametrize("kind", KINDS)
def test_the_state_has_the_inputs_and_the_computed_outputs(engine: Engine, world: World, kind: str) -> None:
    program, made = created(engine, world, kind)

    expected = {name for name, value in program.items() if value != []} | RESOURCES[kind].computed
    assert made.id
    assert expected - made.outputs.keys() == NOT_COMPUTED_BY_MOTO.get(kind, set())


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_program_again_changes_nothing(engine: Engine, world: World, kind: str) -> None:
    program, made = created(engine, world, kind)

    difference = engine.diff(made, program)

    assert list(difference.diffs) == []
    assert difference.changes == difference.DIFF_NONE


@pytest.mark.parametrize("kind", KINDS)
def test_a_refresh_right_after_finds_no_drift(engine: Engine, world: World, kind: str) -> None:
    _, made = created(engine, world, kind)

    assert engine.refresh(made) == made


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_has_the_inputs_creates_nothing_and_leaves_outputs_unknown(
    engine: Engine, world: World, kind: str
) -> None:
    program = EXAMPLES[kind].inputs(world)

    planned = engine.preview(kind, "example", program)
    made = engine.create(kind, "example", program)

    assert {name: planned[name] for name in program} == program
    computed = RESOURCES[kind].computed - {"tagsAll"}
    assert {name: planned[name] for name in computed} == dict.fromkeys(computed, UNKNOWN)
    assert made.id


@pytest.mark.parametrize("kind", CHANGEABLE)
def test_one_change_is_one_difference_and_an_update_in_place(engine: Engine, world: World, kind: str) -> None:
    program, made = created(engine, world, kind)
    change = EXAMPLES[kind].changed(world)
    program = {**program, **change}

    difference = engine.diff(made, program)
    updated = engine.update(made, program)

    assert (list(difference.diffs), list(difference.replaces)) == (sorted(change), [])
    assert {name: updated.outputs[name] for name in change} != {name: made.outputs[name] for name in change}
    assert engine.refresh(updated) == updated
    assert list(engine.diff(updated, program).diffs) == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_input_that_is_no_longer_set_gets_its_default(engine: Engine, world: World, kind: str) -> None:
    program, made = created(engine, world, kind)
    resource = RESOURCES[kind]
    fixed = {*resource.required, *resource.replace, *resource.settings, *resource.elsewhere, *KEPT.get(kind, ())}

    for name in program.keys() - fixed:
        updated = engine.update(made, {key: value for key, value in program.items() if key != name})
        left = updated.outputs.get(name)
        assert not left or left == resource.defaults.get(name), name
        assert engine.refresh(updated) == updated
        made = engine.update(updated, program)


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_change_in_place_is_replaced(engine: Engine, world: World, kind: str) -> None:
    _, made = created(engine, world, kind)

    for name in RESOURCES[kind].replace:
        difference = engine.compare(made, {**made.inputs, name: "other"})
        assert list(difference.replaces) == [name]


@pytest.mark.parametrize("kind", KINDS)
def test_an_import_has_inputs_that_need_no_change(engine: Engine, world: World, kind: str) -> None:
    program, made = created(engine, world, kind)
    resource = RESOURCES[kind]
    identity = Template(resource.import_id).substitute(made.outputs) if resource.import_id else made.id

    adopted = engine.adopt(kind, "example", identity)

    assert adopted is not None
    assert adopted.id == made.id
    assert list(engine.diff(adopted, adopted.inputs).diffs) == []
    hidden = {
        *resource.settings,
        *resource.elsewhere,
        *(k for k, v in resource.defaults.items() if program.get(k) == v),
    }
    assert program.keys() - hidden <= adopted.inputs.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_deleted_resource_does_not_exist_and_can_be_deleted_again(engine: Engine, world: World, kind: str) -> None:
    _, made = created(engine, world, kind)

    engine.delete(made)
    engine.delete(made)

    left = engine.refresh(made)
    if kind in ENDS_WITH_ANOTHER:
        assert left == made
        return
    assert left != made
    assert left is None or kind in NEVER_GONE
