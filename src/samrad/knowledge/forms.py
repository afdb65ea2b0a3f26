"""The one question asked about pictures: of which municipality?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.kernel.text import normalise_line


class FindPicture(forms.Form):
    """A name, or a part of it."""

    q = forms.CharField(label=_("Municipality"), max_length=120, required=False)

    def clean_q(self) -> str:
        return normalise_line(self.cleaned_data["q"])
