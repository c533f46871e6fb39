"""AWS Budgets: UpdateBudget."""

from moto.budgets.responses import BudgetsResponse

from local.moto_patches.patching import add


@add(BudgetsResponse, "update_budget", "moto lacks UpdateBudget.")
def update_budget(service: BudgetsResponse) -> str:
    account, update = service._get_param("AccountId"), service._get_param("NewBudget")
    current = service.backend.describe_budget(account, update["BudgetName"])
    service.backend.budgets[account][update["BudgetName"]].budget = {"TimePeriod": current["TimePeriod"], **update}
    return "{}"
