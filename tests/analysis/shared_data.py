"""The public data beside the clone; tests that need it stand aside where it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2].parent / "shared/data"

needs_shared_data = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
