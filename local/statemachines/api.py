"""Step Functions: the API, in place of moto's, whose interpreter, models and other operations stay."""

import json
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import AWSError
from moto.core.responses import ActionResult
from moto.stepfunctions import urls
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.responses import StepFunctionResponse

from local.moto_seams import replace
from local.statemachines import definitions, execution_logs, redrives, validation
from local.statemachines.aliases import Aliases
from local.statemachines.executions import Executions
from local.statemachines.versions import Versions


class StepFunctions(Versions, Aliases, Executions, StepFunctionResponse):
    """Answers the requests to Step Functions."""

    parameters: dict[str, Any]

    def call_action(self) -> Any:
        """Checks the request, then answers it as moto does: by the method of the operation's name."""
        self.parameters = json.loads(self.body or "{}")
        try:
            validation.check(self._get_action(), self.parameters)
        except AWSError as refused:
            return refused.code, dict(refused.get_headers()), refused.description
        return super().call_action()

    def redrive_execution(self) -> ActionResult:
        """Lets an execution that failed go on."""
        return redrives.redrive(self._execution())


def install(tell: Callable[..., None]) -> None:
    """To be called before moto serves; `tell` gets each execution that starts, and its status."""
    definitions.install()
    replace(urls, "url_paths", dict.fromkeys(urls.url_paths, StepFunctions.dispatch))
    start: Callable[[Any], None] = Execution.start

    def started(execution: Any) -> None:
        execution._cloud_watch_logging_session = execution_logs.session(execution)
        tell(execution, "RUNNING")
        start(execution)

    replace(Execution, "start", started)
