"""Injected faults: failures that are rare on AWS happen here on request.

One document configures at run time which calls fail and how; only the administrator may write it:

    PUT /_faults   {"faults": [...], "retry_waits": 0.01, "timeouts": {"TransformData": 2}}
    GET /_faults   the same, with `seen` and `fired` of each fault: the number of calls that match it, and of those that
                   it hit; and `held`: the number of calls that were hit and are not answered yet

for example with `curl --aws-sigv4 aws:amz:us-east-1:faults --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"`.
A new document replaces the old one and releases the calls that the old one delays; `{}` removes all faults.
`retry_waits` multiplies the interval of each retry; `timeouts` maps names of states to seconds, which replace the
timeouts in the definition. Each fault selects calls:

    service, operation   as in AWS's API reference: s3 and CopyObject, lambda and Invoke, states, sns, glue
    state                pattern for the name of the state that makes the call, with * and ?; default *
    resource, caller     patterns for the ARNs that IAM checks; default *
    after, times         the number of selected calls that pass first (default 0), and of those that are then hit
                         (default all)

and has an effect, a latency or both:

    latency_seconds      the maximum delay of the response; without an effect, the call succeeds before the delay
    error                {"code", "message", "status"}: an error response in the service's protocol
    answer               a text that replaces the service's response
    cut                  "before" or "after": the connection is closed before or after the service handles the call
    function             "crash", "timeout" or "memory": how the invoked function ends
    job                  "FAILED", "TIMEOUT" or "STOPPED": how the job run ends; "SUCCEEDED" without running
"""
