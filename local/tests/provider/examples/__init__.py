"""For each type in the table: example inputs, and a change in place, if one is possible."""

from collections.abc import Mapping

from local.tests.provider.examples import analytics, compute, storage
from local.tests.provider.examples.example import Example

EXAMPLES: Mapping[str, Example] = {**analytics.EXAMPLES, **compute.EXAMPLES, **storage.EXAMPLES}
