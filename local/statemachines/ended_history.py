"""The history of an execution that was stopped or timed out."""

from typing import Any

from moto.stepfunctions.parser.api import HistoryEventType

_ENDS = (HistoryEventType.ExecutionAborted, HistoryEventType.ExecutionTimedOut)


class EndedHistory:
    """Records the end of the execution only; the states that are still running add nothing."""

    def __init__(self, history: Any) -> None:
        self.history = history

    def add_event(self, context: Any, event_type: Any, *more: Any, **named: Any) -> int:
        if event_type in _ENDS:
            return int(self.history.add_event(context, event_type, *more, **named))
        return int(context.source_event_id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.history, name)
