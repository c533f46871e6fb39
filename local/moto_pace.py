"""What moto 5.2.5 works out anew for every request, or every member of an answer, and what never changes: kept."""

import functools
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import moto.core.responses
import moto.core.serialize
from botocore.utils import parse_to_aware_datetime
from moto.core.serialize import ResponseSerializer, XFormedAttributePicker
from moto.core.utils import method_names_from_class
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from local.moto_seams import replace

_HOSTS = 256
_NAMES = "possible_keys"


def install() -> None:
    """To be called before moto serves."""
    # moto looks for the host's service among the folders of its own package
    find: Callable[..., Any] = DomainDispatcherApplication.get_backend_for_host
    replace(DomainDispatcherApplication, "get_backend_for_host", functools.lru_cache(_HOSTS)(find))
    replace(moto.core.responses, "method_names_from_class", functools.cache(method_names_from_class))
    replace(XFormedAttributePicker, "get_possible_keys", _kept(XFormedAttributePicker.get_possible_keys))
    replace(ResponseSerializer, "get_value", _unless_absent(ResponseSerializer.get_value))
    replace(moto.core.serialize, "parse_to_aware_datetime", _without_guessing(parse_to_aware_datetime))


def _kept(get_possible_keys: Callable[..., Iterable[str]]) -> Callable[[Any, Any], tuple[str, ...]]:
    """The names under which a member of an answer may be found depend on the member and the kind of object only."""

    def possible_keys(picker: Any, context: Any) -> tuple[str, ...]:
        # a shape is that of one member of one structure
        kept: dict[type, tuple[str, ...]] = vars(context.shape).setdefault(_NAMES, {})
        found = kept.get(type(context.obj))
        if found is None:
            found = kept[type(context.obj)] = tuple(dict.fromkeys(get_possible_keys(picker, context)))
        return found

    return possible_keys


def _unless_absent(get_value: Callable[..., Any]) -> Callable[..., Any]:
    """Most members that an answer may have, it has not: an event of an execution has two or three of forty."""

    def value_of(serializer: Any, value: Any, key: str, shape: Any) -> Any:
        names = vars(shape).get(_NAMES, {}).get(dict) if type(value) is dict else None
        if names and value.keys().isdisjoint(names) and not serializer._value_picker.response_transformers:
            return None
        return get_value(serializer, value, key, shape)

    return value_of


def _without_guessing(parse: Callable[[Any], datetime]) -> Callable[[Any], datetime]:
    """botocore tries whatever a text may mean; moto keeps times as ISO 8601."""

    def parsed(value: Any) -> datetime:
        if isinstance(value, str) and value.endswith("Z"):
            try:
                return datetime.fromisoformat(value)
            except ValueError:
                pass
        return parse(value)

    return parsed
