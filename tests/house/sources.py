"""Our own code as the tests of the house read it: every file taken apart once for all of them."""

from __future__ import annotations

import ast
import functools
from collections.abc import Sequence
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "src" / "samrad"


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """A module, taken apart."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def nodes_of(path: Path) -> Sequence[ast.AST]:
    """Everything in a module, in no order."""
    return list(ast.walk(tree_of(path)))


@functools.cache
def product() -> Sequence[Path]:
    """The modules of the product, by name."""
    return sorted(SOURCES.rglob("*.py"))
