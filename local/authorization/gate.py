"""The gate in front of the local AWS's APIs: lets a request through, or answers it as IAM's refusal."""

from collections.abc import Callable, Iterable
from typing import Any

from local import answers
from local.answers import Error
from local.authorization import calls, identities, policies, s3, trust
from local.authorization.calls import Call
from local.authorization.resources import Need, Place, needs

# over plain http on the loopback interface, where nobody listens between the two ends
_ALWAYS = {"aws:SecureTransport": "true"}
_FREE = {("sts", "GetCallerIdentity")}
_StartResponse = Callable[..., Any]


class Gate:
    """A WSGI application that puts IAM before another one."""

    def __init__(self, application: Callable[..., Iterable[bytes]], account: str, region: str) -> None:
        self._application = application
        self._account = account
        self._place = Place(account, region)

    def __call__(self, environ: dict[str, Any], start_response: _StartResponse) -> Iterable[bytes]:
        call = calls.read(environ)
        if call is None:
            return _refuse_unsigned(start_response)
        try:
            who = identities.caller(self._account, call.access_key_id, call.headers)
        except identities.UnknownCaller:
            text = "The security token included in the request is invalid."
            return _refuse(call, start_response, "UnrecognizedClientException", text)
        if call.service == "s3" and call.region != self._place.region:
            return answers.answer(call, _other_region(call.region, self._place.region), start_response)
        refused = self._refused(call, who, needs(call, self._place))
        if refused:
            return _refuse(call, start_response, "AccessDeniedException", refused)
        if unusable := trust.refusal(call, self._account, who):
            return _refuse(call, start_response, unusable.code, unusable.message)
        if call.service == "s3" and s3.reads_object(call):
            return self._hiding_unlisted(call, who, environ, start_response)
        return self._application(environ, start_response)

    def _refused(self, call: Call, who: identities.Caller, wanted: list[Need]) -> str | None:
        """AWS's words for the first of the needs that is not allowed."""
        if (call.service, call.operation) in _FREE:
            return None
        for need in wanted:
            context = _ALWAYS | {"aws:PrincipalArn": who.role_arn()} | need.context
            text = f"User: {who.arn} is not authorized to perform: {need.action} on resource: {need.resource}"
            by_resource = self._bucket_decision(call, need, who, context)
            by_identity = policies.decide(who.documents, need.action, need.resource, context)
            if by_resource == "Deny":
                return f"{text} with an explicit deny in a resource-based policy"
            if by_identity == "Deny":
                return f"{text} with an explicit deny in an identity-based policy"
            if by_resource is None and by_identity is None:
                return f"{text} because no identity-based policy allows the {need.action} action"
        return None

    def _bucket_decision(self, call: Call, need: Need, who: identities.Caller, context: dict[str, str]) -> str | None:
        """Within one account, a bucket's policy allows as much as the caller's own."""
        if call.service != "s3":
            return None
        bucket = need.resource.removeprefix("arn:aws:s3:::").split("/")[0]
        document = identities.bucket_policy(self._account, bucket)
        documents = [document] if document else []
        return policies.decide(documents, need.action, need.resource, context, who.names())

    def _hiding_unlisted(
        self, call: Call, who: identities.Caller, environ: dict[str, Any], start_response: _StartResponse
    ) -> Iterable[bytes]:
        """S3 tells of a missing object only to those who may list its bucket."""
        started: list[Any] = []
        body = self._application(environ, lambda *arguments: started.extend(arguments))
        if started[0].startswith("404"):
            refused = self._refused(call, who, [Need(*need) for need in s3.missing_object_needs(call)])
            if refused:
                return _refuse(call, start_response, "AccessDeniedException", refused)
        start_response(*started)
        return body


def _refuse_unsigned(start_response: _StartResponse) -> Iterable[bytes]:
    """Nothing here is public, moto's own pages least of all: they know every secret."""
    body = b"<Error><Code>AccessDenied</Code><Message>the request is not signed</Message></Error>"
    start_response("403 FORBIDDEN", [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


def _other_region(got: str, expected: str) -> Error:
    text = f"The authorization header is malformed; the region '{got}' is wrong; expecting '{expected}'"
    return Error("AuthorizationHeaderMalformed", text, 400)


def _refuse(call: Call, start_response: _StartResponse, code: str, message: str) -> Iterable[bytes]:
    xml = call.service == "s3" or "Action" in call.parameters
    denied = code == "AccessDeniedException"
    if denied and xml:
        code = "AuthorizationError" if call.service == "sns" else "AccessDenied"
    status = 403 if xml or (denied and call.service == "lambda") else 400
    return answers.answer(call, Error(code, message, status), start_response)
