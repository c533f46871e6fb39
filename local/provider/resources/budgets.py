"""AWS Budgets: cost budgets and their notifications."""

from typing import Any, Final

from local.provider.spec import AutoName, Call, Hook, Properties, Resource, Scope, words

_BUDGET: Final = {"AccountId": "$accountId", "BudgetName": "$name"}
_BUDGET_INPUTS: Final = words("budgetType costFilters limitAmount limitUnit timeUnit")
_SUBSCRIBERS: Final = {"subscriberEmailAddresses": "EMAIL", "subscriberSnsTopicArns": "SNS"}


def _create(scope: Scope) -> Properties:
    account = scope.inputs.get("accountId", scope.aws.account)
    notifications = [_with_subscribers(each) for each in scope.inputs.get("notifications") or []]
    scope.call("CreateBudget", AccountId=account, Budget=_budget(scope), NotificationsWithSubscribers=notifications)
    return {"accountId": account}


def _update(scope: Scope) -> None:
    scope.call("UpdateBudget", AccountId=scope.fields["accountId"], NewBudget=_budget(scope))


def _update_notifications(scope: Scope) -> None:
    budget = {"AccountId": scope.fields["accountId"], "BudgetName": scope.fields["name"]}
    for old in scope.before.get("notifications") or []:
        scope.call("DeleteNotification", **budget, Notification=_notification(old))
    for new in scope.inputs.get("notifications") or []:
        scope.call("CreateNotification", **budget, **_with_subscribers(new))


def _read(scope: Scope) -> Properties:
    found = scope.call("DescribeBudget", AccountId=scope.fields["accountId"], BudgetName=scope.fields["name"])["Budget"]
    filters = [{"name": name, "values": values} for name, values in sorted(found.get("CostFilters", {}).items())]
    limit = found["BudgetLimit"]
    return {
        "budgetType": found["BudgetType"],
        "costFilters": filters,
        "limitAmount": limit["Amount"],
        "limitUnit": limit["Unit"],
        "timeUnit": found["TimeUnit"],
    }


def _budget(scope: Scope) -> Properties:
    inputs = scope.inputs
    return {
        "BudgetName": scope.fields["name"],
        "BudgetType": inputs["budgetType"],
        "BudgetLimit": {"Amount": str(inputs["limitAmount"]), "Unit": inputs["limitUnit"]},
        "CostFilters": {each["name"]: each["values"] for each in inputs.get("costFilters") or []},
        "TimeUnit": inputs["timeUnit"],
    }


def _with_subscribers(notification: Any) -> Properties:
    subscribers = [
        {"SubscriptionType": kind, "Address": address}
        for key, kind in _SUBSCRIBERS.items()
        for address in notification.get(key) or []
    ]
    return {"Notification": _notification(notification), "Subscribers": subscribers}


def _notification(notification: Any) -> Properties:
    return {
        "NotificationType": notification["notificationType"],
        "ComparisonOperator": notification["comparisonOperator"],
        "Threshold": float(notification["threshold"]),
        "ThresholdType": notification["thresholdType"],
    }


RESOURCES: Final = {
    "aws:budgets/budget:Budget": Resource(
        service="budgets",
        inputs=(*words("accountId name namePrefix notifications"), *_BUDGET_INPUTS),
        required=words("budgetType limitAmount limitUnit timeUnit"),
        id="$accountId:$name",
        auto_name=AutoName(max_length=100),
        create=Hook(_create, on=(*words("accountId name notifications"), *_BUDGET_INPUTS)),
        update=(Hook(_update, on=_BUDGET_INPUTS), Hook(_update_notifications, on=("notifications",))),
        read=(Hook(_read),),
        delete=(Call("DeleteBudget", key=_BUDGET),),
        settings=words("namePrefix notifications"),  # moto does not return the subscribers of a notification
        replace=words("accountId name namePrefix"),
        derived={"accountId": "$account", "arn": "arn:$partition:budgets::$account:budget/$name"},
    ),
}
