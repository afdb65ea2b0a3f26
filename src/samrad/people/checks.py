"""A mistake in the agencies file stops the program before somebody cannot sign in."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from samrad.people.agencies import agencies


def agencies_can_be_read(**_options: Any) -> list[CheckMessage]:
    """Read the file once."""
    try:
        agencies()
    except (ImproperlyConfigured, OSError) as error:
        return [Error(str(error), id="people.E001")]
    return []
