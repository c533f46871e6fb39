"""Tags, which every service changes by operations of their own."""

from botocore.model import Shape

from local.provider import diff, shapes, steps
from local.provider.spec import Call, Properties, Scope, Tagging


def change_tags(tagging: Tagging, scope: Scope) -> None:
    """Takes away the tags that are gone and sets those that are new or differ."""
    old, new = scope.before.get("tags") or {}, scope.inputs.get("tags") or {}
    key = {member: steps.fill(template, scope.fields) for member, template in tagging.key.items()}
    if gone := sorted(old.keys() - new.keys()):
        member, _ = _other_member(scope, tagging.untag, key)
        scope.call(tagging.untag, **key, **{member: gone})
    if set_now := {name: value for name, value in new.items() if name not in old or not diff.same(old[name], value)}:
        member, shape = _other_member(scope, tagging.tag, key)
        scope.call(tagging.tag, **key, **{member: shapes.encode(set_now, shape, {}, "tags")})


def list_tags(tagging: Tagging, scope: Scope, live: Properties) -> dict[str, str]:
    """The tags as AWS holds them; many services give them with the resource itself."""
    found = steps.run_by_key(Call(tagging.list, key=tagging.key), scope) if tagging.list else live
    tags: dict[str, str] = (found or {}).get("tags") or {}
    return tags


def _other_member(scope: Scope, operation: str, key: Properties) -> tuple[str, Shape]:
    """The one member of the request that does not say which resource is meant."""
    request = scope.aws.model(scope.resource.service, operation).input_shape
    return next((member, shape) for member, shape in shapes.members(request).items() if member not in key)
