"""Spoilt files, a few of each way; `./samrad prove imports` tries thousands."""

from __future__ import annotations

import pytest

from tests.knowledge.spoilt import CRASHED, WAYS, tried


@pytest.mark.parametrize("at", range(len(WAYS)), ids=list(WAYS))
def test_a_spoilt_file_is_refused_or_read_exactly(at):
    for number in (at, at + len(WAYS)):
        _, outcome, complaint = tried(7, number)

        assert outcome != CRASHED, complaint
        assert complaint == ""
