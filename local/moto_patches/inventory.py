"""Writes docs/moto-patches.md, the list of all patches.

python -m local.moto_patches.inventory
"""

from itertools import groupby
from pathlib import Path

from local.moto_patches import patching

DOCUMENT = Path(__file__).parents[2] / "docs" / "moto-patches.md"


def document() -> str:
    """The document, with one table per module of patches."""
    parts = [_head()]
    for module, patches in groupby(patching.load_all(), key=lambda each: each.module):
        rows = [f"| `{each.target.removeprefix('moto.')}` | {each.reason} |" for each in patches]
        path = module.replace(".", "/") + ".py"
        parts.append("\n".join([f"## [{path.removeprefix('local/moto_patches/')}](../{path})", "", *_HEADER, *rows]))
    return "\n\n".join(parts) + "\n"


_HEADER = ("| target in moto | reason |", "|---|---|")


def _head() -> str:
    from importlib.metadata import version  # the local AWS loads this module, and does not need the version

    return (
        "# What the local AWS changes in moto\n\n"
        f"`make docs` generates this list for moto {version('moto')} from the decorators in `local/moto_patches`. "
        "Each target has one patch.\n"
        "A patch fails at start-up if its target does not exist."
    )


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
