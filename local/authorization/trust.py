"""Roles that a call passes to a service: AWS checks that the service can assume and use the role."""

from dataclasses import dataclass

from local.authorization import identities, policies
from local.authorization.calls import Call

# https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
_LOG_DELIVERY = [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
]


@dataclass(frozen=True)
class Refusal:
    """The error with which the service refuses the role."""

    code: str
    message: str


def refusal(call: Call, account: str, caller: identities.Caller) -> Refusal | None:
    """The refusal of the role that the call passes; None if the service accepts it, or if there is no role."""
    if call.service == "lambda" and (role := call.parameters.get("Role")):
        try:
            identities.check_trust(account, role, "lambda.amazonaws.com")
        except identities.TrustError:
            text = "The role defined for the function cannot be assumed by Lambda."
            return Refusal("InvalidParameterValueException", text)
    if call.service == "scheduler" and (role := call.parameters.get("Target", {}).get("RoleArn")):
        try:
            identities.check_trust(account, role, "scheduler.amazonaws.com")
        except identities.TrustError:
            text = "The execution role you provide must allow AWS EventBridge Scheduler to assume the role."
            return Refusal("ValidationException", text)
    if call.service == "states" and (role := call.parameters.get("roleArn")):
        return _state_machine(call, account, role)
    if (call.service, call.operation) == ("sts", "AssumeRole"):
        role = call.parameters.get("RoleArn", "")
        try:
            identities.check_trust(account, role, *caller.principals())
        except identities.TrustError:
            text = f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: {role}"
            return Refusal("AccessDeniedException", text)
    return None


def _state_machine(call: Call, account: str, role: str) -> Refusal | None:
    try:
        identities.check_trust(account, role, "states.amazonaws.com")
    except identities.TrustError:
        text = "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume"
        return Refusal("AccessDeniedException", f"{text} the provided role: {role}")
    level = call.parameters.get("loggingConfiguration", {}).get("level", "OFF")
    documents = identities.role_documents(account, role)
    if level != "OFF" and not all(policies.decide(documents, action, "*", {}) == "Allow" for action in _LOG_DELIVERY):
        return Refusal(
            "AccessDeniedException",
            f"The state machine IAM Role is not authorized to access the Log Destination: {role}",
        )
    return None
