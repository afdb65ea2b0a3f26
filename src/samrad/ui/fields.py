"""The fields for everything a person writes: normalised, and guarded against identity numbers (N3).

`TextLine` and `TextLines` refuse what is certainly a number that points at one citizen and show
the form again with its digits covered. What is only suspect passes, and stays in `findings` for
whoever wants to warn. Overriding a refusal with a reason is for the apps that record it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samrad.kernel.identity import (
    DEFAULT_POLICY,
    Finding,
    NumberKind,
    Severity,
    find_identity_numbers,
    masked,
)
from samrad.kernel.text import normalise, normalise_line

PHONE = re.compile(r"[+(]?(?:[-/. ()]{0,3}[0-9]){3,20}")
IDENTITY_NUMBER = "identity_number"
REFUSAL = _(
    "This looks like it holds a person’s identity number. It has been covered;"
    " say it without the number."
)


class GuardedText(forms.CharField):
    """What the two fields share; `normalised` is the one way its text is written."""

    normalised: Callable[[str], str] = staticmethod(normalise)

    def __init__(
        self, *, policy: Mapping[NumberKind, Severity] = DEFAULT_POLICY, **options: Any
    ) -> None:
        self.policy = policy
        self.findings: list[Finding] = []
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        """The text as it will be stored."""
        return type(self).normalised(super().to_python(value) or "") or (self.empty_value or "")

    def validate(self, value: str) -> None:
        """Refuse a text with a number that must not be kept."""
        super().validate(value)
        found = find_identity_numbers(value, policy=self.policy)
        self.findings = found  # read by nothing here: a field of the minutes serves many threads
        if self.refused(found):
            raise ValidationError(REFUSAL, code=IDENTITY_NUMBER)

    def refused(self, found: Iterable[Finding]) -> list[Finding]:
        """Those of the numbers found that keep the text out; the others are only suspect."""
        return [finding for finding in found if finding.severity is Severity.BLOCK]

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What a form shown again holds: the text, without the digits it was refused for."""
        shown = super().bound_data(data, initial)
        if not isinstance(shown, str):
            return shown
        return masked(shown, self.refused(find_identity_numbers(shown, policy=self.policy)))


class TextLine(GuardedText):
    """One line of text."""

    normalised = staticmethod(normalise_line)


class NameLine(TextLine):
    """A name or a title: digits that could be a person's have no business there, and are refused.

    Nobody is asked about them, so a form of such fields alone need not be a guarded one.
    """

    def refused(self, found: Iterable[Finding]) -> list[Finding]:
        """Every number of a country, however surely it is one."""
        return [finding for finding in found if finding.country]


class TextLines(GuardedText):
    """Several lines of text."""

    normalised = staticmethod(normalise)
    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.setdefault("rows", rows)


class PhoneLine(TextLine):
    """A telephone number as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, **options})
        self.widget.input_type = "tel"
        self.widget.attrs.update({"autocomplete": "tel", "inputmode": "tel"})

    def validate(self, value: str) -> None:
        """Digits with the signs that telephone numbers are written with."""
        super().validate(value)
        if value and not PHONE.fullmatch(value):
            raise ValidationError(_("Write a telephone number with digits."), code="phone")


class EmailLine(forms.EmailField):
    """An e-mail address; a person's number in it is refused as in a name."""

    def validate(self, value: str) -> None:
        """No number of a country, however surely it is one."""
        super().validate(value)
        if _numbers_in(value):
            raise ValidationError(REFUSAL, code=IDENTITY_NUMBER)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What a form shown again holds: the address, without the digits it was refused for."""
        shown = super().bound_data(data, initial)
        return masked(shown, _numbers_in(shown)) if isinstance(shown, str) else shown


def _numbers_in(text: str) -> list[Finding]:
    return [finding for finding in find_identity_numbers(text) if finding.country]
