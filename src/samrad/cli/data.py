"""Where an installation keeps everything it writes.

Decided before Django is loaded, because the settings read it: `--data DIR`, else SAMRAD_DATA, else
`.samrad` in a clone and the system's usual place for an installed package.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from samrad.cli.trouble import Trouble

CLONE = Path(__file__).resolve().parents[3]


def take_data_option(argv: list[str]) -> tuple[str | None, list[str]]:
    """Split `--data DIR` from the rest; after `manage` everything belongs to Django."""
    rest: list[str] = []
    data = None
    words = iter(argv)
    for word in words:
        if word == "--" or rest[:1] == ["manage"]:
            rest += [word, *words]
        elif word == "--data":
            data = next(words, "")
        elif word.startswith("--data="):
            data = word.removeprefix("--data=")
        else:
            rest.append(word)
    if data == "":
        message = "--data needs a folder: --data DIR"
        raise SystemExit(message)
    return data, rest


def place_data(given: str | None) -> Path:
    """Make the folder if needed, and let the settings find it."""
    folder = Path(given or os.environ.get("SAMRAD_DATA") or usual_place()).expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = (
            f"The data folder {folder} cannot be made: {error.strerror}. Choose another: --data DIR"
        )
        raise Trouble(message) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        message = f"Samråd may not write in the data folder {folder}. Choose another: --data DIR"
        raise Trouble(message)
    os.environ["SAMRAD_DATA"] = str(folder)
    return folder


def usual_place() -> Path:
    """`.samrad` in a clone; for an installed package where this system keeps application data."""
    if is_clone():
        return CLONE / ".samrad"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/Samrad").expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser()) / "samrad"


def is_clone() -> bool:
    """True when the package runs from its source folder."""
    return (CLONE / "pyproject.toml").exists() and (CLONE / "src/samrad").is_dir()
