"""Versions of tables, as tried on AWS (github.com/floci-io/floci/issues/1205)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account


class Table:
    """A table with the name of its last writer."""

    def __init__(self, account: Account) -> None:
        self.glue, self.database = account.client("glue"), account.name("database")
        self.glue.create_database(DatabaseInput={"Name": self.database})
        self.glue.create_table(DatabaseName=self.database, TableInput=self.definition("nobody"))

    def definition(self, by: str) -> dict[str, Any]:
        return {"Name": "orders", "Parameters": {"by": by}}

    def update(self, by: str, **more: Any) -> None:
        self.glue.update_table(DatabaseName=self.database, TableInput=self.definition(by), **more)

    def now(self) -> tuple[str, str]:
        table = self.glue.get_table(DatabaseName=self.database, Name="orders")["Table"]
        return table["VersionId"], table["Parameters"]["by"]

    def archived(self) -> set[str]:
        versions = self.glue.get_table_versions(DatabaseName=self.database, TableName="orders")["TableVersions"]
        return {version["VersionId"] for version in versions}


@pytest.fixture
def table(account: Account) -> Table:
    return Table(account)


def test_the_versions_of_a_table_start_at_zero_and_increase_with_each_update(table: Table) -> None:
    assert table.now() == ("0", "nobody")
    table.update("one")
    assert table.now() == ("1", "one")
    assert table.archived() == {"0", "1"}


def test_a_table_is_updated_only_with_its_current_version(table: Table) -> None:
    table.update("one", VersionId="0")
    for stale in ("0", "2", "any"):
        with pytest.raises(ClientError) as refused:
            table.update("two", VersionId=stale)
        error = refused.value.response["Error"]
        assert error["Code"] == "ConcurrentModificationException"
        assert error["Message"] == "Update table failed due to concurrent modifications."
    assert table.now() == ("1", "one")


def test_skip_archive_removes_the_replaced_version(table: Table) -> None:
    table.update("one", SkipArchive=True)
    table.update("two", VersionId="1")
    assert table.archived() == {"1", "2"}


def test_one_of_many_concurrent_updates_of_a_version_succeeds(table: Table) -> None:
    def wins(version: str) -> bool:
        try:
            table.update("one", VersionId=version)
            return True
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ConcurrentModificationException"
            return False

    with ThreadPoolExecutor(8) as pool:
        for version in range(10):
            assert list(pool.map(wins, [str(version)] * 8)).count(True) == 1
