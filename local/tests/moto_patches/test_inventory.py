"""docs/moto-patches.md is generated from the decorators; `make docs` writes it."""

import ast
from pathlib import Path

from local.moto_patches import inventory, patching

LOCAL = Path(__file__).parents[2]


def test_the_document_is_generated_from_the_decorators() -> None:
    assert inventory.DOCUMENT.read_text(encoding="utf-8") == inventory.document()


def test_every_patch_has_a_reason() -> None:
    assert all(each.reason.endswith(".") and "|" not in each.reason for each in patching.load_all())


def test_nothing_but_a_patch_sets_an_attribute_of_moto() -> None:
    """No module assigns to an attribute of an import from moto."""
    found = []
    for file in sorted(LOCAL.rglob("*.py")):
        if "tests" in file.parts or file.name == "patching.py":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("moto")
            for alias in node.names
        }
        targets = [target for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets]
        found += [
            f"{file.name}:{target.lineno}"
            for target in targets
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id in imported
        ]
    assert found == []
