"""What is asked of the pages about figures: which municipality, which indicator, what was done?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.kernel.text import normalise_line
from samrad.knowledge.models import DataSet, Indicator
from samrad.knowledge.rules.repeats import AddressState
from samrad.knowledge.unit_words import THEMES


class FindIndicator(forms.Form):
    """A part of a name, and what it is about."""

    q = forms.CharField(label=_("What is counted"), max_length=120, required=False)
    theme = forms.ChoiceField(
        label=_("Theme"), choices=[("", _("All themes")), *THEMES.items()], required=False
    )

    def clean_q(self) -> str:
        return normalise_line(self.cleaned_data["q"])


class ChooseIndicator(forms.Form):
    """Which indicator is shown in all municipalities, under its data set where there are more."""

    def __init__(
        self, to_choose: Sequence[tuple[DataSet, Sequence[Indicator]]], data: Any = None
    ) -> None:
        super().__init__(data)
        groups = [(str(own), [(one.code, str(one)) for one in all_]) for own, all_ in to_choose]
        choices = groups if len(groups) > 1 else [one for _own, all_ in groups for one in all_]
        self.fields["what"] = forms.ChoiceField(
            label=_("What is counted"), choices=choices, required=False
        )


class FindPicture(forms.Form):
    """A name, or a part of it."""

    q = forms.CharField(label=_("Municipality"), max_length=120, required=False)

    def clean_q(self) -> str:
        return normalise_line(self.cleaned_data["q"])


class MarkAddress(forms.Form):
    """What the police have done about an address."""

    state = forms.ChoiceField(choices=AddressState.choices())
