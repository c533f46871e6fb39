"""Tags, which each service changes with separate operations."""

from botocore.model import Shape

from local.provider import diff, shapes, steps
from local.provider.spec import Call, Properties, Scope, Tagging


def change_tags(tagging: Tagging, scope: Scope) -> None:
    """Removes old tags and sets new and changed tags."""
    old, new = scope.before.get("tags") or {}, scope.inputs.get("tags") or {}
    key = {member: steps.fill(template, scope.fields) for member, template in tagging.key.items()}
    if removed := sorted(old.keys() - new.keys()):
        member, _ = _other_member(scope, tagging.untag, key)
        scope.call(tagging.untag, **key, **{member: removed})
    if set_now := {name: value for name, value in new.items() if name not in old or not diff.same(old[name], value)}:
        member, shape = _other_member(scope, tagging.tag, key)
        scope.call(tagging.tag, **key, **{member: shapes.encode(set_now, shape, {}, "tags")})


def list_tags(tagging: Tagging, scope: Scope, live: Properties) -> dict[str, str]:
    """The resource's tags on AWS; many services return them with the resource."""
    found = steps.run_by_key(Call(tagging.list, key=tagging.key), scope) if tagging.list else live
    tags: dict[str, str] = (found or {}).get("tags") or {}
    return tags


def _other_member(scope: Scope, operation: str, key: Properties) -> tuple[str, Shape]:
    """The member of the request that does not identify the resource."""
    request = scope.aws.model(scope.resource.service, operation).input_shape
    return next((member, shape) for member, shape in shapes.members(request).items() if member not in key)
