"""What a machine may lack: Chromium, PostgreSQL, tools that read PDF, the source documents.

Tests that need one carry its marker. Where it is missing, the quick tier leaves them out and says
so at the end; `--everything` fails instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The one without windows first: it does the same with less.
CHROMIUM_NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable",
    "google-chrome", "chrome",
)  # fmt: skip
CHROMIUM_PLACES = (
    "/usr/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@dataclass(frozen=True)
class Component:
    """Something outside the Python environment that some tests need."""

    marker: str
    name: str
    how_to_get: str
    find: Callable[[], Path | None]
    always_demanded: bool = True

    def demanded(self) -> bool:
        """A complete run fails without it. Source documents lie beside the clone only in CI."""
        return self.always_demanded or os.environ.get("CI") == "true"


def chromium() -> Path | None:
    """The browser to drive: SAMRAD_CHROMIUM, else one by its usual names."""
    given = os.environ.get("SAMRAD_CHROMIUM")
    if given:
        return Path(given) if Path(given).exists() else None
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    places = [found, *CHROMIUM_PLACES] if found else list(CHROMIUM_PLACES)
    return next((Path(place) for place in places if Path(place).exists()), None)


def postgresql() -> Path | None:
    """The folder with initdb and postgres: SAMRAD_POSTGRESQL_BIN, else the newest one installed."""
    given = os.environ.get("SAMRAD_POSTGRESQL_BIN")
    folders = [Path(given)] if given else _postgresql_folders()
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _postgresql_folders() -> list[Path]:
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name)
    )
    on_path = shutil.which("initdb")
    homebrew = sorted(Path("/opt/homebrew/opt").glob("postgresql@*/bin"), reverse=True)
    return [*versions, *([Path(on_path).resolve().parent] if on_path else []), *homebrew]


def sources() -> Path | None:
    """The documents the product was drawn from: SAMRAD_SOURCES, else ../shared/sources."""
    folder = Path(os.environ.get("SAMRAD_SOURCES") or ROOT.parent / "shared" / "sources")
    return folder if folder.is_dir() and any(folder.iterdir()) else None


def pdf_tools() -> Path | None:
    """The program that reads how a PDF is tagged: poppler's pdfinfo."""
    found = shutil.which(os.environ.get("SAMRAD_PDFINFO") or "pdfinfo")
    return Path(found) if found else None


COMPONENTS = (
    Component("browser", "Chromium", "apt install chromium, or set SAMRAD_CHROMIUM", chromium),
    Component(
        "postgresql", "PostgreSQL", "apt install postgresql, or set SAMRAD_POSTGRESQL_BIN",
        postgresql,
    ),
    Component(
        "pdf_tools", "poppler's pdfinfo and pdftoppm",
        "apt install poppler-utils, or set SAMRAD_PDFINFO", pdf_tools,
    ),
    Component(
        "sources", "the source documents", "place them in ../shared/sources, or set SAMRAD_SOURCES",
        sources, always_demanded=False,
    ),
)  # fmt: skip
