"""Merging new rows into a published data set."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.counting import Counter
from dataprep.failures import StepError
from dataprep.names import quoted


def merged(published: DataFrame, new: DataFrame, key: tuple[str, ...]) -> tuple[DataFrame, Counter]:
    """The new rows, and the published ones that none of them replaces; and the counter of the latter.

    Columns that an earlier run brought stay, although the new rows' files lack them.
    """
    keys = new.select(*(F.col(quoted(name)).alias(f"_key_{place}") for place, name in enumerate(key)))
    same = [published[quoted(name)].eqNullSafe(keys[f"_key_{place}"]) for place, name in enumerate(key)]
    counter = Counter()
    kept = counter.at(published.join(keys, same, "left_anti"))
    return new.unionByName(kept, allowMissingColumns=True), counter


def require_unique(new: DataFrame, key: tuple[str, ...]) -> None:
    """Raises StepError if two new rows have one key: which of them would be the row?"""
    twice = new.groupBy(*(quoted(name) for name in key)).count().filter("count > 1").head()
    if twice:
        found = ", ".join(f"{name} = {twice[name]!r}" for name in key)
        raise StepError(f"dataset.incremental: {twice['count']} new rows have {found}; allowed is one: dedupe them")
