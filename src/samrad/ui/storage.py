"""Static files named after their content, so that browsers may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)


class StampedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files are stamped when they are collected. One that was not (in tests, or by mistake) keeps
    its plain name: a page without its style sheet is still a page, also the page about an error."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The stamped name, or the plain one of a file that was not collected."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
