import pytest

from local.tests.account import Account
from local.tests.statemachines.machine import Machine


@pytest.fixture
def machine(account: Account) -> Machine:
    return Machine(account)
