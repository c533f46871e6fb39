"""Create, read, update and delete of a resource, as its entry in the table defines."""

from dataclasses import dataclass

from local.provider import diff, steps
from local.provider.aws import Aws, AwsError
from local.provider.spec import Properties, Resource, Scope
from local.provider.tags import change_tags, list_tags
from local.provider.values import UNKNOWN


class PartlyCreatedError(Exception):
    """The resource exists, but a step after the first one failed."""

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
        """Creates the resource; returns its id and its state."""
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
            completed = {name: value for name, value in inputs.items() if name not in rest}
            raise PartlyCreatedError(identity, self._visible(scope.fields, completed), completed, error) from error

    def read(self, identity: str, state: Properties) -> tuple[str, Properties] | None:
        """The id and the current state of the resource; None if it does not exist.

        Without a state, the id is that of an import.
        """
        form = self.resource.id if state else self.resource.import_id or self.resource.id
        fields = {**self._context(), **state}
        live = self._read(steps.parse(form, identity), fields, state)
        return None if live is None else (self._identity(fields), live)

    def update(self, identity: str, state: Properties, before: Properties, inputs: Properties) -> Properties:
        """Updates the resource to the inputs; returns its new state."""
        changed = diff.changed(before, inputs)
        inputs = _public(inputs)
        fields = {**self._context(), **state, **inputs, **steps.parse(self.resource.id, identity)}
        scope = Scope(self.aws, self.resource, fields, inputs, before, changed)
        self._apply(scope, changed)
        return self._written(identity, scope)

    def delete(self, identity: str, state: Properties) -> None:
        """Deletes the resource, unless it does not exist."""
        fields = {**self._context(), **state, **steps.parse(self.resource.id, identity)}
        for step in self.resource.delete:
            steps.run_by_key(step, Scope(self.aws, self.resource, fields, state))

    def planned(self, state: Properties, inputs: Properties) -> Properties:
        """The planned state of a create (without a state) or an update; values that AWS computes are unknown."""
        names = self.resource.volatile if state else {*self.resource.computed, *self.resource.derived}
        unknown = {name: UNKNOWN for name in names if name not in inputs}
        tags = {"tagsAll": inputs.get("tags", {})} if "tags" in self.resource.inputs else {}
        return {**state, **_public(inputs), **unknown, **tags}

    def imported_inputs(self, live: Properties) -> Properties:
        """The inputs of an imported resource: all values that differ from the defaults."""
        found = {
            name: steps.acceptable(self.resource, self.aws, name, value)
            for name, value in live.items()
            if name in self.resource.inputs
        }
        defaults = self.resource.defaults
        return {name: value for name, value in found.items() if not diff.same(value, defaults.get(name))}

    def refreshed_inputs(self, inputs: Properties, before: Properties, live: Properties) -> Properties:
        """The inputs, with the changes on AWS since the state was written."""
        earlier, now = ({k: v for k, v in state.items() if k in self.resource.inputs} for state in (before, live))
        internal = {name: value for name, value in inputs.items() if name.startswith("__")}
        found: Properties = diff.drifted(_public(inputs), earlier, now)
        return {**found, **internal}

    def _apply(self, scope: Scope, names: set[str] | frozenset[str]) -> None:
        """Runs every update step that carries one of the properties."""
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
            raise AwsError("Read", "NotFound", f"{identity!r} does not exist after it was written")
        return live

    def _read(self, live: Properties, fields: Properties, known: Properties) -> Properties | None:
        """AWS's values: `live` has the fields of the id, `fields` is updated, `known` has the program's spelling."""
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
        """The fields that belong to the state."""
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
