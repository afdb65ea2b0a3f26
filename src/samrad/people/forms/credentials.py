"""What a browser sends for a passkey: JSON from outside, down to the last byte.

The library takes much of it on trust. Whatever is wrong with it, the answer is that the key was not
accepted.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NOT_ACCEPTED = _("This key was not accepted. Try again, or sign in another way.")
LONGEST = 20_000
MALFORMED = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
    struct.error,
)  # fmt: skip


class CredentialField(forms.JSONField):
    """The browser's answer: an object, of a size that a key's answer has."""

    widget = forms.HiddenInput
    default_error_messages = {"invalid": NOT_ACCEPTED, "required": NOT_ACCEPTED}

    def to_python(self, value: Any) -> Any:
        """The object, or a refusal; a number of five thousand digits is no JSON to Python."""
        if isinstance(value, str) and len(value) > LONGEST:
            raise ValidationError(NOT_ACCEPTED, code="invalid")
        with refused_unless_sound():
            found = super().to_python(value)
        if found is not None and not isinstance(found, dict):
            raise ValidationError(NOT_ACCEPTED, code="invalid")
        return found


@contextmanager
def refused_unless_sound() -> Iterator[None]:
    """One answer to whatever is wrong with a credential; too many attempts stay what they are."""
    try:
        yield
    except ValidationError as refusal:
        if getattr(refusal, "code", "") != "incorrect_code":
            raise
        raise ValidationError(NOT_ACCEPTED, code="invalid") from refusal
    except MALFORMED as problem:
        raise ValidationError(NOT_ACCEPTED, code="invalid") from problem
