"""The files the demo is told from."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def read(name: str) -> dict[str, Any]:
    """One file of the demo."""
    return tomllib.loads(text_of(f"{name}.toml"))


def text_of(name: str) -> str:
    """What stands in a file."""
    return (resources.files("samrad.site.demo") / "data" / name).read_text(encoding="utf-8")
