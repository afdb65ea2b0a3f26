"""How a setting is given: as a value, or as a file that holds it. Which there are: settings.py."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """One line of what an operator can set."""

    name: str
    default: str
    help: str
    secret: bool = False


CATALOGUE: dict[str, Setting] = {}


def setting(name: str, default: str, help_text: str, *, secret: bool = False) -> str:
    """The value of SAMRAD_`name`, from the environment or from the file it points to."""
    CATALOGUE[name] = Setting(name, default, help_text, secret)
    return given(CATALOGUE[name])[0]


def given(one: Setting) -> tuple[str, str]:
    """A setting's value, and where it comes from in words."""
    path = os.environ.get(f"SAMRAD_{one.name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip(), f"from {path}"
    if f"SAMRAD_{one.name}" in os.environ:
        return os.environ[f"SAMRAD_{one.name}"], "from the environment"
    return one.default, "the default"


def flag(name: str, default: bool, help_text: str) -> bool:
    """A setting that is on (1, true, yes, on) or off."""
    value = setting(name, "yes" if default else "no", help_text)
    return value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str, help_text: str, *, secret: bool = False) -> list[str]:
    """A setting that is a list separated by commas."""
    given_words = setting(name, default, help_text, secret=secret).split(",")
    return [part.strip() for part in given_words if part.strip()]
