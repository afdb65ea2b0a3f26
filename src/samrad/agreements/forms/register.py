"""Sifting the register of agreements. What is looked for stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samrad.agreements import words
from samrad.agreements.queries.register import Sought, Standing
from samrad.agreements.register_words import STANDINGS
from samrad.agreements.rules import DraftState
from samrad.areas.models import Area
from samrad.kernel.text import normalise_line
from samrad.profiles.reader import profile_codes
from samrad.reading.templates import agreement_kinds, agreement_template

_MAKING = {
    one.value: one
    for one in (DraftState.WRITING, DraftState.COMMENTS, DraftState.SIGNING, DraftState.SIGNED)
}


def _standings() -> list[tuple[str, Any]]:
    """How agreements stand. What is being made is found by how far its draft has come."""
    return [(one.value, name) for one, name in STANDINGS.items() if one != Standing.DRAFT]


def _ways_on() -> list[tuple[str, Any]]:
    return [(value, words.STATES[one]) for value, one in _MAKING.items()]


class RegisterFilter(forms.Form):
    """Which agreements to show."""

    text = forms.CharField(
        label=gettext_lazy("Council, place or words in the title"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)

    def __init__(
        self, *args: Any, areas: Sequence[Area], countries: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._areas = {str(area.ref): area for area in areas}
        self._choose("state", [*_standings(), *_ways_on()])
        self._choose("kind", list(kind_names(countries).items()))
        self._choose("area", [(ref, area.name) for ref, area in self._areas.items()])

    def _choose(self, name: str, among: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All")), *among]

    def sought(self) -> Sought:
        """What is looked for; what could not be understood sifts nothing, and the page says so."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        standing = said.get("state", "")
        making = _MAKING.get(standing)
        return Sought(
            text=normalise_line(said.get("text", "")),
            kind=said.get("kind", ""),
            area=self._areas.get(said.get("area", "")),
            standings=(Standing(standing),) if standing and making is None else (),
            making=making,
        )


def kind_names(countries: Sequence[str] = ()) -> dict[str, str]:
    """The kinds of agreement of these countries, or of all, in the reader's language."""
    language = get_language() or "en"
    return {
        kind: agreement_template(country, kind).name.in_language(language)
        for country in (countries or profile_codes())
        for kind in agreement_kinds(country)
    }
