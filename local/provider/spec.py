"""The vocabulary of the table: a resource type as the AWS operations that create, read, update and delete it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from local.provider.aws import Aws

Properties = dict[str, Any]


@dataclass
class Scope:
    """The context of a step: one resource during one operation.

    `fields` has all known values of the resource, for the `$name` placeholders of the table; `inputs` are the program's
    inputs, `before` the previous inputs, `changed` the names of the inputs that differ.
    """

    aws: Aws
    resource: "Resource"
    fields: Properties
    inputs: Properties = field(default_factory=dict)
    before: Properties = field(default_factory=dict)
    changed: frozenset[str] = frozenset()

    def call(self, operation: str, **request: Any) -> Properties:
        return self.aws.call(self.resource.service, operation, request)


@dataclass(frozen=True)
class Call:
    """One AWS operation. It carries every property for which its request has a member.

    key    request members that identify the resource; `$name` is a placeholder for a field
    under  the request member that contains the properties, unless they are at the top level
    names  names of this operation, in addition to the names of the type
    on     the properties whose change makes an update run this operation; default: all that it carries
    unset  the operation that runs instead if none of these properties has a value
    at     the resource in the response: JMESPath over names in Pulumi's spelling
    """

    operation: str
    key: Mapping[str, Any] = field(default_factory=dict)
    under: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    on: tuple[str, ...] = ()
    unset: str = ""
    at: str = "@"


@dataclass(frozen=True)
class Hook:
    """A step that needs more than one operation; `on` are the properties that it carries."""

    run: Callable[[Scope], Properties | None]
    on: tuple[str, ...] = ()


Step = Call | Hook


@dataclass(frozen=True)
class Tagging:
    """The operations that change a resource's tags, and that list them if reading the resource does not."""

    key: Mapping[str, str]
    tag: str = "TagResource"
    untag: str = "UntagResource"
    list: str = ""


@dataclass(frozen=True)
class AutoName:
    """The automatic name of a resource: logical name, separator, random characters."""

    property: str = "name"
    max_length: int = 255
    separator: str = "-"
    random: int = 7
    alphabet: str = "0123456789abcdef"
    lower: bool = False
    start: str = ""


@dataclass(frozen=True)
class Resource:
    """One resource type.

    inputs        the properties that a program may set
    required      the inputs that it must set
    id            template of the resource's id over its fields; also used to parse an id
    import_id     template of the id for an import, if it differs from the id
    create        the first step; then every update step runs that carries other properties
    names         property → member, where the names differ (see shapes)
    settings      inputs that AWS does not return; they are in the state only
    replace       inputs that cannot change in place
    delete_first  whether the old resource must be deleted before its replacement, even with another name
    defaults      the value that an update sends for an input that is no longer set
    outputs       properties that AWS computes
    derived       properties computed from other fields: outputs, or unset inputs
    volatile      outputs that any update may change; unknown in a preview
    elsewhere     inputs that other resources may also set; read only if the program sets them here
    """

    service: str
    inputs: tuple[str, ...]
    id: str
    create: Step
    read: tuple[Step, ...]
    delete: tuple[Step, ...]
    required: tuple[str, ...] = ()
    update: tuple[Step, ...] = ()
    auto_name: AutoName | None = None
    import_id: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[str, ...] = ()
    replace: tuple[str, ...] = ()
    delete_first: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)
    volatile: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    tagging: Tagging | None = None

    @property
    def computed(self) -> set[str]:
        """Every property that is not an input."""
        tags = {"tagsAll"} if "tags" in self.inputs else set()
        return {*self.outputs, *self.derived, *tags} - {*self.inputs}


def words(text: str) -> tuple[str, ...]:
    """Names from a text, for readable tables: `words("name path tags")`."""
    return tuple(text.split())
