"""Packs what is made, not written: style sheets and scripts, and compiled translations.

A wheel then needs no Node where it is installed. Run by hatchling when an archive is built.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = "src/samrad/ui/static/built"
LOCALE = "src/samrad/locale"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Make what is missing, then let it into the archive although git ignores it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it gathers the files."""
        root = Path(self.root)
        if version == "editable":
            return
        self.compile_texts(root)
        if not (root / BUILT).is_dir():
            self.build_frontend(root / "frontend")
        build_data["artifacts"] += [f"{BUILT}/**", f"{LOCALE}/*/LC_MESSAGES/*.mo"]

    def compile_texts(self, root: Path) -> None:
        """The same compiler as in a clone."""
        sys.path.insert(0, str(root))
        try:
            from tools.compile_texts import compile_texts  # noqa: PLC0415 (the root is known only now)
        finally:
            sys.path.pop(0)
        compile_texts(root / LOCALE)

    def build_frontend(self, source: Path) -> None:
        """In a clone nobody has started yet; `./samrad` does the same with better words."""
        npm, node = shutil.which("npm"), shutil.which("node")
        if not npm or not node:
            message = "Node is missing: run ./samrad manage check once, which brings its own"
            raise RuntimeError(message)
        subprocess.run([npm, "ci", "--ignore-scripts"], cwd=source, check=True)  # noqa: S603
        subprocess.run([node, "build.mjs"], cwd=source, check=True)  # noqa: S603
