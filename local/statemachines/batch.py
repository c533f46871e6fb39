"""Batch, from whose package moto 5.2.5's interpreter takes one name, and gets all of EC2 with it: half of a start.

To be imported before the interpreter: the package is there, but what it imports of its own waits until someone asks.
"""

import sys
from importlib.util import find_spec, module_from_spec

_PACKAGE = "moto.batch"

_spec = find_spec(_PACKAGE)
if not _spec:
    raise ImportError(f"there is no {_PACKAGE} to leave unread: is this another version of moto?")
sys.modules.setdefault(_PACKAGE, module_from_spec(_spec))
