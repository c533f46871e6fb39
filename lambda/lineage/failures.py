"""What can go wrong, by the names in the function's log and metrics."""


class InvalidEvent(Exception):
    """The event is not a status change of a state machine that the stack has; no retry can help."""


class EndpointUnavailable(Exception):
    """The endpoint cannot be reached, or did not accept the event."""
