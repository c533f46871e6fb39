"""Libraries that check data, with the rules of the shipped recipe: they are run on the rows that by_hand.py has typed.

Each function returns how many values break a rule. cuallee and Great Expectations count, DQX also separates the rows.
"""

from collections.abc import Callable, Mapping

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

Check = Callable[[DataFrame, Mapping[str, str]], int]
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "cuallee": ("cuallee==0.15.4", "pandas==3.1.1"),
    "dqx": ("databricks-labs-dqx==0.17.0", "pandas==3.1.1"),
    "gx": ("great-expectations==1.24.1",),
}


def cuallee(rows: DataFrame, rules: Mapping[str, str]) -> int:
    """The violations of all rules, by https://canimus.github.io/cuallee/"""
    from cuallee import Check, CheckLevel

    check = Check(CheckLevel.WARNING, "flights")
    for rule, condition in rules.items():
        check.satisfies(rule.partition(":")[0], f"not coalesce({condition}, false)")
    return int(check.validate(rows).agg(F.sum("violations")).collect()[0][0])


def dqx(rows: DataFrame, rules: Mapping[str, str]) -> int:
    """The violations in the rows that DQX separates, by https://databrickslabs.github.io/dqx/"""
    from unittest.mock import create_autospec

    from databricks.labs.dqx import check_funcs
    from databricks.labs.dqx.engine import DQEngine
    from databricks.labs.dqx.rule import DQRowRule
    from databricks.sdk import WorkspaceClient

    checks = [
        DQRowRule(
            name=rule,
            criticality="error",
            check_func=check_funcs.sql_expression,
            check_func_kwargs={"expression": condition, "msg": rule, "negate": True},
        )
        for rule, condition in rules.items()
    ]
    engine = DQEngine(create_autospec(WorkspaceClient), rows.sparkSession)
    _, bad = engine.apply_checks_and_split(rows, checks)
    return int(bad.agg(F.sum(F.size("_errors"))).collect()[0][0] or 0)


def gx(rows: DataFrame, rules: Mapping[str, str]) -> int:
    """The unexpected rows of all expectations, by https://docs.greatexpectations.io/"""
    import great_expectations

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_spark("spark").add_dataframe_asset("flights")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": rows})
    expectations = []
    for condition in rules.values():
        # braces are placeholders in a query
        escaped = condition.replace("{", "{{").replace("}", "}}")
        query = f"select * from {{batch}} where {escaped}"  # noqa: S608
        expectations.append(great_expectations.expectations.UnexpectedRowsExpectation(unexpected_rows_query=query))
    found = batch.validate(great_expectations.ExpectationSuite(name="flights", expectations=expectations))
    return sum(int(result.result["observed_value"]) for result in found.results)


PEERS: Mapping[str, Check] = {"cuallee": cuallee, "dqx": dqx, "gx": gx}
