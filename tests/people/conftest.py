"""These tests read the words of pages, in the language they are written in first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english(settings: Any) -> Iterator[None]:
    """Pages, refusals and mails in English unless somebody's own language says otherwise."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
