"""The public data beside the clone; tests that need it stand aside where it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.components import ROOT, sources

DATA: Path = (sources() or ROOT.parent / "shared/sources").parent / "data"

needs_shared_data = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
