"""State machines run with their roles, and their errors have AWS's names."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account, Statement, allow, trusting
from local.tests.workflows import GLUE, STATES, job_task, lambda_task, read_task, run, start, task


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$range(0, 10, 5)", [0, 5, 10]),
        ("$range(3, 1, -1)", [3, 2, 1]),
        ("$partition([1, 2, 3], 2)", [[1, 2], [3]]),
        ("$hash('a', 'SHA-256')", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"),
        ("$parse('{\"a\": [null, 1.5]}')", {"a": [None, 1.5]}),
        ("$random(7) = $random(7) and $random() < 1", True),
        ("$length($uuid())", 36),
        ("$states.input", {"text": 'both " and \\ and\nlines', "ü": "ß"}),
        ("$states.context.Execution.Input.text = $states.input.text", True),
        ("$toMillis($states.context.Execution.StartTime) > 0", True),
        ("$map([1, null], function($x) { $x })", [1, None]),
    ],
)
def test_expressions_have_the_functions_of_step_functions(account: Account, expression: str, value: Any) -> None:
    state = {"Type": "Pass", "Output": f"{{% {expression} %}}", "End": True}
    assert run(account, {"P": state}, given={"text": 'both " and \\ and\nlines', "ü": "ß"}) == value


def test_a_variable_keeps_any_text_as_it_is(account: Account) -> None:
    """A text is data and never becomes part of the expression that reads it."""
    hostile = '"; $x := "gone'
    states = {
        "Keep": {"Type": "Pass", "Assign": {"x": "{% $states.input %}"}, "Next": "Read"},
        "Read": {"Type": "Pass", "Output": "{% $x %}", "End": True},
    }
    assert run(account, states, given=hostile) == hostile


@pytest.mark.parametrize(
    "expression", ["$number('x')", "$states.input.nope", "$eval('1')", "$error('no')", "1 +", "$sum"]
)
def test_an_expression_without_a_value_is_an_error_that_can_be_caught(account: Account, expression: str) -> None:
    failing = {"Type": "Pass", "Output": f"{{% {expression} %}}", "End": True}
    assert run(account, {"P": failing})[0] == "States.QueryEvaluationError"


def test_a_map_runs_each_item_and_preserves_their_order(account: Account) -> None:
    name = account.function(
        "import time\ndef handler(event, context):\n    time.sleep(event / 10)\n    return event * 2"
    )
    item = task("lambda:invoke", {"FunctionName": name, "Payload": "{% $states.input.n %}"})
    states = {
        "M": {
            "Type": "Map",
            "Items": [3, 2, 1],
            "ItemSelector": {"n": "{% $states.context.Map.Item.Value %}"},
            "MaxConcurrency": 3,
            "ItemProcessor": {
                "StartAt": "L",
                "States": {"L": item | {"Output": "{% $states.result.Payload %}"}},
            },
            "End": True,
        }
    }
    assert run(account, states, allow("lambda:InvokeFunction")) == [6, 4, 2]


def test_a_task_calls_with_the_role_of_its_state_machine(account: Account) -> None:
    name = account.function("def handler(event, context): return 1")
    error, cause = run(account, {"L": lambda_task(name)})
    assert error == "Lambda.AWSLambdaException"
    assert f"not authorized to perform: lambda:InvokeFunction on resource: {account.arn('lambda', name)}" in cause
    assert run(account, {"L": lambda_task(name)}, allow("lambda:InvokeFunction"))["Payload"] == 1


def test_a_functions_exception_is_the_tasks_error(account: Account) -> None:
    name = account.function("class Gone(Exception): pass\ndef handler(event, context):\n    raise Gone('no file')")
    error, cause = run(account, {"L": lambda_task(name)}, allow("lambda:InvokeFunction"))
    assert (error, json.loads(cause)["errorMessage"]) == ("Gone", "no file")


def test_a_task_is_retried_and_its_error_is_caught(account: Account) -> None:
    name = account.function("class Busy(Exception): pass\ndef handler(event, context):\n    raise Busy('later')")
    retried = lambda_task(
        name,
        Retry=[{"ErrorEquals": ["Busy"], "IntervalSeconds": 1, "MaxAttempts": 1, "JitterStrategy": "FULL"}],
        Catch=[{"ErrorEquals": ["States.ALL"], "Assign": {"e": "{% $states.errorOutput.Error %}"}, "Next": "Caught"}],
    )
    states = {"L": retried, "Caught": {"Type": "Succeed", "Output": "{% $e %}"}}
    arn = start(account, states, allow("lambda:InvokeFunction"))
    assert account.execution(arn)["output"] == '"Busy"'
    history = account.client("stepfunctions").get_execution_history(executionArn=arn, maxResults=1000)["events"]
    assert [event["type"] for event in history].count("TaskScheduled") == 2


def test_an_objects_text_is_the_result(account: Account) -> None:
    bucket = account.bucket(report='{"a": 1}')
    read = read_task(bucket, "report.txt") | {"Output": "{% $parse($states.result.Body).a %}"}
    assert run(account, {"G": read}, allow("s3:GetObject")) == 1


@pytest.mark.parametrize(
    ("statements", "key", "error"),
    [
        ([allow("s3:GetObject", "s3:ListBucket")], "none.txt", "S3.NoSuchKeyException"),
        ([allow("s3:GetObject")], "none.txt", "S3.S3Exception"),
        ([], "a.txt", "S3.S3Exception"),
    ],
)
def test_errors_of_s3_are_named_by_the_sdk(account: Account, statements: list[Statement], key: str, error: str) -> None:
    assert run(account, {"G": read_task(account.bucket(a="x"), key)}, *statements)[0] == error


def test_errors_of_glue_and_sns_are_named_by_the_sdk(account: Account) -> None:
    table = task("aws-sdk:glue:getTable", {"DatabaseName": "d", "Name": "t"})
    assert run(account, {"T": table}, allow("glue:GetTable"))[0] == "Glue.EntityNotFoundException"
    publish = task("sns:publish", {"TopicArn": account.arn("sns", "none"), "Message": "m"})
    assert run(account, {"P": publish})[0] == "SNS.AuthorizationErrorException"
    assert run(account, {"P": publish}, allow("sns:Publish"))[0] == "SNS.NotFoundException"


def test_a_task_that_times_out_fails(account: Account) -> None:
    job = account.job("import time; time.sleep(60)")
    assert run(account, {"J": job_task(job, TimeoutSeconds=1)}, GLUE)[0] == "States.Timeout"


def test_an_execution_can_be_stopped(account: Account) -> None:
    states = account.client("stepfunctions")
    arn = start(account, {"W": {"Type": "Wait", "Seconds": 60, "End": True}})
    states.stop_execution(executionArn=arn, error="Stopped", cause="by a test")
    assert account.execution(arn)["status"] == "ABORTED"


def test_an_execution_keeps_the_definition_of_its_start(account: Account) -> None:
    states = account.client("stepfunctions")
    arn = start(account, {"W": {"Type": "Wait", "Seconds": 60, "End": True}})
    machine = states.describe_execution(executionArn=arn)["stateMachineArn"]
    states.update_state_machine(
        stateMachineArn=machine, definition='{"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}'
    )
    running = states.describe_state_machine_for_execution(executionArn=arn)
    assert (running["stateMachineArn"], '"Wait"' in running["definition"]) == (machine, True)
    assert "Succeed" in states.describe_state_machine(stateMachineArn=machine)["definition"]
    states.stop_execution(executionArn=arn)


def test_a_name_belongs_to_one_execution(account: Account) -> None:
    states = account.client("stepfunctions")
    machine = account.state_machine({"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}, account.role(STATES))
    arns = {states.start_execution(stateMachineArn=machine)["executionArn"] for _ in range(2)}
    assert len(arns) == 2
    states.start_execution(stateMachineArn=machine, name="once", input='{"a": 1}')
    with pytest.raises(states.exceptions.ExecutionAlreadyExists):
        states.start_execution(stateMachineArn=machine, name="once", input='{"a": 2}')


def test_a_role_that_step_functions_may_not_assume_is_refused(account: Account) -> None:
    definition = {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}
    with pytest.raises(ClientError, match=r"states\.amazonaws\.com"):
        account.state_machine(definition, account.role(trusting("lambda.amazonaws.com")))


def test_a_trust_policy_for_another_account_does_not_apply(account: Account) -> None:
    definition = {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}
    elsewhere = {"StringEquals": {"aws:SourceAccount": "999999999999"}}
    with pytest.raises(ClientError, match=r"states\.amazonaws\.com"):
        account.state_machine(definition, account.role(trusting("states.amazonaws.com", Condition=elsewhere)))


def test_logs_need_the_permissions_to_deliver_them(account: Account) -> None:
    group = account.name("/aws/vendedlogs/states/machine")
    account.client("logs").create_log_group(logGroupName=group)
    destination = {"cloudWatchLogsLogGroup": {"logGroupArn": f"{account.arn('logs', group)}:*"}}
    logging = {"level": "ALL", "includeExecutionData": True, "destinations": [destination]}
    definition = json.dumps({"QueryLanguage": "JSONata", "StartAt": "S", "States": {"S": {"Type": "Succeed"}}})

    def create(role: str) -> Any:
        return account.client("stepfunctions").create_state_machine(
            name=account.name("logged"), definition=definition, roleArn=role, loggingConfiguration=logging
        )

    with pytest.raises(ClientError, match="not authorized to access the Log Destination"):
        create(account.role(STATES))
    delivery = ("CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries")
    policies = ("PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups")
    assert create(account.role(STATES, allow(*(f"logs:{name}" for name in delivery + policies))))


def test_sdk_integrations_spell_all_names_in_pascal_case(account: Account) -> None:
    machine = account.state_machine(
        {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}, account.role(STATES)
    )
    started = account.client("stepfunctions").start_execution(stateMachineArn=machine)["executionArn"]
    account.execution(started)
    describe = task("aws-sdk:sfn:describeExecution", {"ExecutionArn": started})
    found = run(account, {"D": describe}, allow("states:DescribeExecution"))
    assert (found["ExecutionArn"], found["Status"]) == (started, "SUCCEEDED")
    gone = task("aws-sdk:sfn:describeExecution", {"ExecutionArn": started + "x"})
    assert run(account, {"D": gone}, allow("states:DescribeExecution"))[0] == "Sfn.ExecutionDoesNotExistException"
