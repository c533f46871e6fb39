"""The engine makes concurrent calls for many resources."""

from concurrent.futures import ThreadPoolExecutor

from .engine import Engine, Properties
from .world import TRUST, World

KINDS: dict[str, Properties] = {
    "aws:cloudwatch/logGroup:LogGroup": {"retentionInDays": 1},
    "aws:iam/role:Role": {"assumeRolePolicy": TRUST},
    "aws:s3/bucketV2:BucketV2": {"tags": {"a": "b"}},
    "aws:sns/topic:Topic": {"displayName": "x"},
}


def test_many_resources_are_created_concurrently_without_conflicts(engine: Engine, world: World) -> None:
    wanted = [(kind, f"{kind.rpartition(':')[2]}{number}") for kind in KINDS for number in range(10)]

    with ThreadPoolExecutor(16) as threads:
        made = list(threads.map(lambda item: engine.create(item[0], item[1], KINDS[item[0]]), wanted))
        again = list(threads.map(engine.refresh, made))

    assert len({resource.id for resource in made}) == len(wanted)
    assert again == made
