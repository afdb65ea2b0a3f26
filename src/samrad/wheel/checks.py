"""The system check that reads every country's wheel: a mistake is met before anybody works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from samrad.profiles.reader import profile, profile_codes
from samrad.profiles.schema import ProfileError
from samrad.wheel.profile import activities_of


def wheels_can_be_read(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """One error for each mistake, with file, key and reason.

    A country whose profile itself cannot be read is told of by the check of the profiles, once.
    """
    problems: list[CheckMessage] = []
    for code in filter(_has_a_profile, profile_codes()):
        try:
            activities_of(code)
        except ProfileError as error:
            problems += [Error(problem, id="wheel.E001") for problem in error.problems]
    return problems


def _has_a_profile(code: str) -> bool:
    try:
        profile(code)
    except ProfileError:
        return False
    return True
