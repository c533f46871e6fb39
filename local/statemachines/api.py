"""Step Functions: the API, which replaces moto's responses and uses moto's interpreter and models."""

import json
from typing import Any

from moto.core.exceptions import AWSError
from moto.core.responses import ActionResult
from moto.stepfunctions.responses import StepFunctionResponse

from local.statemachines import redrives, validation
from local.statemachines.aliases import Aliases
from local.statemachines.executions import Executions
from local.statemachines.versions import Versions


class StepFunctions(Versions, Aliases, Executions, StepFunctionResponse):
    """Answers the requests to Step Functions."""

    parameters: dict[str, Any]

    def call_action(self) -> Any:
        """Validates the request and calls the method with the operation's name, as moto does."""
        self.parameters = json.loads(self.body or "{}")
        try:
            validation.check(self._get_action(), self.parameters)
        except AWSError as refused:
            return refused.code, dict(refused.get_headers()), refused.description
        return super().call_action()

    def redrive_execution(self) -> ActionResult:
        """Resumes an execution that failed."""
        return redrives.redrive(self._execution())
