"""Merges new rows into a published data set."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.counting import Counter
from dataprep.failures import StepError
from dataprep.names import quoted


def merged(published: DataFrame, new: DataFrame, key: tuple[str, ...]) -> tuple[DataFrame, Counter]:
    """The new rows with the published rows that no new row replaces, and the counter of these published rows.

    Columns of the published data set stay even if the new rows do not have them.
    """
    keys = new.select(*(F.col(quoted(name)).alias(f"_key_{place}") for place, name in enumerate(key)))
    same = [published[quoted(name)].eqNullSafe(keys[f"_key_{place}"]) for place, name in enumerate(key)]
    counter = Counter()
    retained = counter.at(published.join(keys, same, "left_anti"))
    return new.unionByName(retained, allowMissingColumns=True), counter


def require_unique(new: DataFrame, key: tuple[str, ...]) -> None:
    """Raises StepError if two new rows have the same key, as nothing decides which of them to publish."""
    twice = new.groupBy(*(quoted(name) for name in key)).count().filter("count > 1").head()
    if twice:
        found = ", ".join(f"{name} = {twice[name]!r}" for name in key)
        raise StepError(f"dataset.incremental: {twice['count']} new rows have {found}; must be 1: add a dedupe step")
