"""The system check that reads every profile: a mistake in one is met before anybody works."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from samrad.profiles.reader import profile, profile_codes
from samrad.profiles.schema import ProfileError


def profiles_can_be_read(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """One error for each mistake in the profiles, with file, key and reason."""
    problems: list[CheckMessage] = []
    for code in profile_codes():
        try:
            profile(code)
        except ProfileError as error:
            problems += [Error(problem, id="profiles.E001") for problem in error.problems]
    return problems
