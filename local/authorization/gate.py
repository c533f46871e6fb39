"""The gate in front of the APIs: passes an authorized request on, and answers any other as IAM does."""

from collections.abc import Callable, Iterable
from typing import Any

from local.authorization import calls, identities, policies, s3, trust
from local.authorization.calls import Call
from local.authorization.resources import AccountRegion, Permission, permissions
from local.http import error_responses
from local.http.error_responses import ServiceError

# nobody can read the traffic on the loopback interface, although it is plain HTTP
_GLOBAL_CONTEXT = {"aws:SecureTransport": "true"}
_WITHOUT_PERMISSION = {("sts", "GetCallerIdentity")}
_StartResponse = Callable[..., Any]


class Gate:
    """A WSGI middleware that enforces IAM."""

    def __init__(self, application: Callable[..., Iterable[bytes]], account: str, region: str) -> None:
        self._application = application
        self._account = account
        self._place = AccountRegion(account, region)

    def __call__(self, environ: dict[str, Any], start_response: _StartResponse) -> Iterable[bytes]:
        call = calls.read(environ)
        if call is None:
            return _refuse_unsigned(start_response)
        try:
            caller = identities.caller(self._account, call.access_key_id, call.headers)
        except identities.UnknownCaller:
            text = "The security token included in the request is invalid."
            return _refuse(call, start_response, "UnrecognizedClientException", text)
        if call.service == "s3" and call.region != self._place.region:
            return error_responses.respond(call, _other_region(call.region, self._place.region), start_response)
        refused = self._refused(call, caller, permissions(call, self._place))
        if refused:
            return _refuse(call, start_response, "AccessDeniedException", refused)
        if unusable := trust.refusal(call, self._account, caller):
            return _refuse(call, start_response, unusable.code, unusable.message)
        if call.service == "s3" and s3.reads_object(call):
            return self._with_hidden_404(call, caller, environ, start_response)
        return self._application(environ, start_response)

    def _refused(self, call: Call, caller: identities.Caller, needed: list[Permission]) -> str | None:
        """AWS's message for the first permission that the caller lacks."""
        if (call.service, call.operation) in _WITHOUT_PERMISSION:
            return None
        for permission in needed:
            context = _GLOBAL_CONTEXT | {"aws:PrincipalArn": caller.role_arn()} | permission.context
            action, resource = permission.action, permission.resource
            text = f"User: {caller.arn} is not authorized to perform: {action} on resource: {resource}"
            by_resource = self._bucket_decision(call, permission, caller, context)
            by_identity = policies.decide(caller.documents, action, resource, context)
            if by_resource == "Deny":
                return f"{text} with an explicit deny in a resource-based policy"
            if by_identity == "Deny":
                return f"{text} with an explicit deny in an identity-based policy"
            if by_resource is None and by_identity is None:
                return f"{text} because no identity-based policy allows the {action} action"
        return None

    def _bucket_decision(
        self, call: Call, permission: Permission, caller: identities.Caller, context: dict[str, str]
    ) -> str | None:
        """The decision of the bucket's policy, which in one account suffices without an identity-based policy."""
        if call.service != "s3":
            return None
        bucket = permission.resource.removeprefix("arn:aws:s3:::").split("/")[0]
        document = identities.bucket_policy(self._account, bucket)
        documents = [document] if document else []
        return policies.decide(documents, permission.action, permission.resource, context, caller.principals())

    def _with_hidden_404(
        self, call: Call, caller: identities.Caller, environ: dict[str, Any], start_response: _StartResponse
    ) -> Iterable[bytes]:
        """S3 reports a missing object only to callers who may list its bucket; others get AccessDenied."""
        started: list[Any] = []
        body = self._application(environ, lambda *arguments: started.extend(arguments))
        if started[0].startswith("404"):
            refused = self._refused(call, caller, [Permission(*each) for each in s3.missing_object_permissions(call)])
            if refused:
                return _refuse(call, start_response, "AccessDeniedException", refused)
        start_response(*started)
        return body


def _refuse_unsigned(start_response: _StartResponse) -> Iterable[bytes]:
    """Nothing is public, in particular not moto's own pages, which show all secrets."""
    body = b"<Error><Code>AccessDenied</Code><Message>the request is not signed</Message></Error>"
    start_response("403 FORBIDDEN", [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


def _other_region(signed: str, expected: str) -> ServiceError:
    text = f"The authorization header is malformed; the region '{signed}' is wrong; expecting '{expected}'"
    return ServiceError("AuthorizationHeaderMalformed", text, 400)


def _refuse(call: Call, start_response: _StartResponse, code: str, message: str) -> Iterable[bytes]:
    xml = call.service == "s3" or "Action" in call.parameters
    denied = code == "AccessDeniedException"
    if denied and xml:
        code = "AuthorizationError" if call.service == "sns" else "AccessDenied"
    status = 403 if xml or (denied and call.service == "lambda") else 400
    return error_responses.respond(call, ServiceError(code, message, status), start_response)
