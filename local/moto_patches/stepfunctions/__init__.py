"""Patches of moto's interpreter of state machines."""

import local.moto_patches.unused_imports  # noqa: F401 (before the first import of the interpreter)
