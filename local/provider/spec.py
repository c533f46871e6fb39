"""What the table is written in: a resource type as the AWS operations that make, read, change and remove it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from local.provider.aws import Aws

Properties = dict[str, Any]


@dataclass
class Scope:
    """What a step works on: one resource, in the middle of one operation.

    `fields` is all that is known of the resource, for the `$name` places of the table; `inputs` is what its program
    asks for, `before` what it asked for last time, `changed` the inputs that differ.
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
    """One AWS operation. It carries every property that its request has a member for.

    key    request members that say which resource is meant, `$name` standing for a field
    under  the request member that the properties go into, where they do not lie at the top
    names  what this operation alone calls differently, over the type's own names
    on     the properties whose change makes an update run this, if not all that it carries
    unset  the operation that takes its place when none of these properties has a value
    at     where the resource is in the response: JMESPath over names as Pulumi spells them
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
    """A step that no single operation describes; `on` are the properties that it is responsible for."""

    run: Callable[[Scope], Properties | None]
    on: tuple[str, ...] = ()


Step = Call | Hook


@dataclass(frozen=True)
class Tagging:
    """How a service changes a resource's tags, and lists them where reading the resource does not."""

    key: Mapping[str, str]
    tag: str = "TagResource"
    untag: str = "UntagResource"
    list: str = ""


@dataclass(frozen=True)
class AutoName:
    """How a resource is named whose program gives no name: logical name, separator, random characters."""

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

    inputs        the properties that a program may give
    required      those that it must give
    id            template of the resource's id over its fields; read backwards, too
    import_id     the template of what an import names, where that is more than the id
    create        the step that makes it; then every update step runs that carries what this one does not
    names         property → member, where these differ (see shapes)
    settings      inputs that AWS does not give back: they live in the state only
    replace       inputs that cannot change in place
    delete_first  whether a replacement cannot exist beside the one it replaces, even under another name
    defaults      what an update sends for an input that the program no longer gives
    outputs       properties that AWS computes
    derived       properties put together of other fields: outputs, or inputs that the program left out
    volatile      outputs that any update may change, unknown in its preview
    elsewhere     inputs that other resources may set too: read only if the program sets them here
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
        """Every property that is no input."""
        tags = {"tagsAll"} if "tags" in self.inputs else set()
        return {*self.outputs, *self.derived, *tags} - {*self.inputs}


def words(text: str) -> tuple[str, ...]:
    """Names, as a table is easiest to read: `words("name path tags")`."""
    return tuple(text.split())
