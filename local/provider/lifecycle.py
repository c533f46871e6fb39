"""Create, read, update and delete of a resource, as its entry in the table says."""

from dataclasses import dataclass

from local.provider import diff, steps
from local.provider.aws import Aws, AwsError
from local.provider.spec import Properties, Resource, Scope
from local.provider.tags import change_tags, list_tags
from local.provider.values import UNKNOWN


class HalfCreatedError(Exception):
    """The resource exists, but setting it up was refused after its first step."""

    def __init__(self, identity: str, state: Properties, inputs: Properties, cause: AwsError) -> None:
        super().__init__(str(cause))
        self.identity = identity
        self.state = state
        self.inputs = inputs


@dataclass(frozen=True)
class Lifecycle:
    """One resource type in one account and region."""

    aws: Aws
    resource: Resource

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Makes the resource; its id and its state."""
        inputs = _public(inputs)
        scope = Scope(self.aws, self.resource, {**self._context(), **inputs}, inputs, {}, frozenset(inputs))
        scope.fields |= steps.run(self.resource.create, scope)
        self._derive(scope.fields)
        identity = self._identity(scope.fields)
        rest = {name for name in inputs if not steps.carries(self.resource.create, self.aws, self.resource, name)}
        try:
            self._apply(scope, rest)
            return identity, self._written(identity, scope)
        except AwsError as error:
            done = {name: value for name, value in inputs.items() if name not in rest}
            raise HalfCreatedError(identity, self._visible(scope.fields, done), done, error) from error

    def read(self, identity: str, state: Properties) -> tuple[str, Properties] | None:
        """The id and the state of the resource as AWS holds it now, None if it does not exist.

        Without a state the id is what a person gives to import the resource.
        """
        form = self.resource.id if state else self.resource.import_id or self.resource.id
        fields = {**self._context(), **state}
        live = self._read(steps.parse(form, identity), fields, state)
        return None if live is None else (self._identity(fields), live)

    def update(self, identity: str, state: Properties, before: Properties, inputs: Properties) -> Properties:
        """Changes the resource to what the inputs say; its new state."""
        changed = diff.changed(before, inputs)
        inputs = _public(inputs)
        fields = {**self._context(), **state, **inputs, **steps.parse(self.resource.id, identity)}
        scope = Scope(self.aws, self.resource, fields, inputs, before, changed)
        self._apply(scope, changed)
        return self._written(identity, scope)

    def delete(self, identity: str, state: Properties) -> None:
        """Removes the resource, or finds it gone already."""
        fields = {**self._context(), **state, **steps.parse(self.resource.id, identity)}
        for step in self.resource.delete:
            steps.run_by_key(step, Scope(self.aws, self.resource, fields, state))

    def planned(self, state: Properties, inputs: Properties) -> Properties:
        """The state that a create (of no state) or an update would give, unknown where only AWS can tell."""
        names = self.resource.volatile if state else {*self.resource.computed, *self.resource.derived}
        unknown = {name: UNKNOWN for name in names if name not in inputs}
        tags = {"tagsAll": inputs.get("tags", {})} if "tags" in self.resource.inputs else {}
        return {**state, **_public(inputs), **unknown, **tags}

    def imported_inputs(self, live: Properties) -> Properties:
        """The inputs of a resource that no program made: all that differs from the defaults."""
        found = {
            name: steps.acceptable(self.resource, self.aws, name, value)
            for name, value in live.items()
            if name in self.resource.inputs
        }
        ordinary = self.resource.defaults
        return {name: value for name, value in found.items() if not diff.same(value, ordinary.get(name))}

    def refreshed_inputs(self, inputs: Properties, before: Properties, live: Properties) -> Properties:
        """The inputs with what changed in AWS since the state was written."""
        earlier, now = ({k: v for k, v in state.items() if k in self.resource.inputs} for state in (before, live))
        internal = {name: value for name, value in inputs.items() if name.startswith("__")}
        found: Properties = diff.drifted(_public(inputs), earlier, now)
        return {**found, **internal}

    def _apply(self, scope: Scope, names: set[str] | frozenset[str]) -> None:
        """Runs every update step that one of the named properties concerns."""
        for step in self.resource.update:
            if any(steps.carries(step, self.aws, self.resource, name) for name in names):
                scope.fields |= steps.run(step, scope)
        if self.resource.tagging and "tags" in names:
            self._derive(scope.fields)
            change_tags(self.resource.tagging, scope)

    def _written(self, identity: str, scope: Scope) -> Properties:
        """The state right after a create or an update."""
        live = self._read(steps.parse(self.resource.id, identity), scope.fields, scope.inputs)
        if live is None:
            raise AwsError("Read", "NotFound", f"{identity!r} is gone right after it was written")
        return live

    def _read(self, live: Properties, fields: Properties, known: Properties) -> Properties | None:
        """What AWS holds; `live` is what the id says, `fields` gets all, `known` tells the program's spelling."""
        fields |= live
        scope = Scope(self.aws, self.resource, fields)
        for index, step in enumerate(self.resource.read):
            found = steps.run_by_key(step, scope)
            if found is None and index == 0:
                return None
            live |= found or {}
            fields |= found or {}
        self._derive(fields)
        if self.resource.tagging:
            live["tags"] = live["tagsAll"] = list_tags(self.resource.tagging, scope, live)
        derived = {name: fields[name] for name in self.resource.derived if name in fields}
        kept = {name: known[name] for name in self.resource.settings if name in known}
        state: Properties = diff.written_as(known, {**kept, **live, **derived})
        return self._visible(state, known)

    def _visible(self, fields: Properties, known: Properties) -> Properties:
        """What of the fields belongs into the state."""
        shown = {*self.resource.computed, *self.resource.inputs} - {*self.resource.elsewhere} | {*known}
        return {name: value for name, value in fields.items() if name in shown and value is not None}

    def _identity(self, fields: Properties) -> str:
        identity: str = steps.fill(self.resource.id, fields)
        return identity

    def _derive(self, fields: Properties) -> None:
        for name, template in self.resource.derived.items():
            given = name in self.resource.inputs and fields.get(name) is not None
            if not given and steps.fillable(template, fields):
                fields[name] = steps.fill(template, fields)

    def _context(self) -> Properties:
        return {"account": self.aws.account, "region": self.aws.region, "partition": self.aws.partition}


def _public(inputs: Properties) -> Properties:
    return {name: value for name, value in inputs.items() if not name.startswith("__") and value is not None}
