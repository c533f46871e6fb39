from collections.abc import Iterator

import pytest

from local.tests.account import Account
from local.tests.moto_patches.bucket import Bucket


@pytest.fixture
def bucket(account: Account) -> Iterator[Bucket]:
    yield Bucket(account)
