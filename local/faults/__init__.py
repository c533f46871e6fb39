"""Faults on request: what fails at AWS now and then fails here when it is told to.

The administrator says at run time which calls fail and how, by one document:

    PUT /_faults   {"faults": [...], "retry_waits": 0.01, "timeouts": {"TransformData": 2}}
    GET /_faults   the same, with `seen` and `fired` of each fault: how many calls it concerned and how many it hit;
                   and `held`: how many of these are not answered yet

for example with `curl --aws-sigv4 aws:amz:us-east-1:faults --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"`.
A new document replaces the old one and lets go of the calls that the old one holds, `{}` ends all faults. `retry_waits`
is the part of each retry's interval that is really waited; `timeouts` has, by the names of states, the seconds that
their tasks get in place of those that the definition gives them. Each fault names the calls that it concerns:

    service, operation   as in AWS's API reference: s3 and CopyObject, lambda and Invoke, states, sns, glue
    state                pattern of the name of the state that makes the call, with * and ?; * if left out
    resource, caller     patterns of ARNs, as IAM sees the call; * if left out
    after, times         how many of these calls pass first (0) and how many are then hit (all)

and what happens to them, a latency or one of the others, or both:

    latency_seconds      how much later the call is answered at most; alone, after it has had its effect
    error                {"code", "message", "status"}, answered in the form of the service's protocol
    answer               a text, answered in place of what the service would
    cut                  "before" or "after": the connection is cut before or after the call has had its effect
    function             "crash", "timeout" or "memory": how the invoked function ends
    job                  "FAILED", "TIMEOUT" or "STOPPED": how the job run ends; "SUCCEEDED": without having run
"""
