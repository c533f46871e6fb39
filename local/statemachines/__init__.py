"""Step Functions' API; moto's interpreter runs the executions, see `local.moto_patches.stepfunctions`."""

import local.moto_patches.unused_imports  # noqa: F401 (before the first import of the interpreter)
