"""The public data beside the source documents: where those are, CI demands these tests too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.components import ROOT, sources

DATA: Path = (sources() or ROOT.parent / "shared/sources").parent / "data"

needs_shared_data = pytest.mark.sources
