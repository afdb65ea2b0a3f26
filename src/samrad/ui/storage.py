"""Static files named after their content, so that browsers may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StampedFiles(CompressedManifestStaticFilesStorage):
    """Files are stamped when the installation is set up; a missing one shows at start."""

    manifest_strict = False
