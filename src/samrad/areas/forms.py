"""The one question asked about areas: which one?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.areas.models import COUNTRY_NAMES, KIND_NAMES
from samrad.areas.rules.kinds import AreaKind, Country
from samrad.kernel.text import normalise_line

_ALL = [("", _("All"))]


class FindArea(forms.Form):
    """A name or a code, and perhaps a country and a kind."""

    q = forms.CharField(
        label=_("Name or code"),
        max_length=120,
        required=False,
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=[*_ALL, *((c.value, COUNTRY_NAMES[c]) for c in Country)],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[*_ALL, *((k.value, KIND_NAMES[k]) for k in AreaKind)],
    )

    def clean_q(self) -> str:
        return normalise_line(self.cleaned_data["q"])
