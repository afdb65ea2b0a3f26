"""What is asked of whoever takes a file in: which data set it is of, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samrad.access.actor import Actor
from samrad.areas.models import COUNTRY_NAMES
from samrad.areas.rules.kinds import Country
from samrad.documents.uploads import HandedIn
from samrad.knowledge.known_recipes import own_recipes
from samrad.knowledge.models import in_own_language
from samrad.knowledge.permissions import may_hand_in
from samrad.knowledge.readers.recognising import TooLarge, recipes_for
from samrad.knowledge.rules.doubts import ACCEPT, DROP, KEEP, LEAVE, Doubt, DoubtKind
from samrad.knowledge.rules.recipes import Recipe
from samrad.knowledge.uploads import FiguresField
from samrad.knowledge.words import NO_NAMES, doubt_in_words

NAMED = 10
NEW = "new"  # no recipe is called so: those made on a page begin in another way
AREA_CODE = r"^[0-9]{2,4}$"

#: Answered once for all codes.
TOGETHER = {DoubtKind.AREA, DoubtKind.HEADING}
ANSWERS = {
    (DoubtKind.AREA, LEAVE): gettext_lazy(
        "Keep their figures under the publisher's names, in no area of ours"
    ),
    (DoubtKind.HEADING, LEAVE): gettext_lazy("Leave these out"),
    (DoubtKind.TOTALS, ACCEPT): gettext_lazy("Take the figures in as the publisher gives them"),
    (DoubtKind.CUT_OFF, ACCEPT): gettext_lazy("The file is whole: read it as it is"),
    (DoubtKind.VANISHED, KEEP): gettext_lazy("Keep what we have of these periods"),
    (DoubtKind.VANISHED, DROP): gettext_lazy("Let these periods go: the file is all there is"),
    (DoubtKind.GONE_INDICATORS, KEEP): gettext_lazy("Keep what we have of these indicators"),
    (DoubtKind.GONE_INDICATORS, DROP): gettext_lazy("Let these indicators go"),
    (DoubtKind.GONE_AREAS, KEEP): gettext_lazy("Keep what we have of these areas"),
    (DoubtKind.GONE_AREAS, DROP): gettext_lazy("Let these areas go"),
}


class HandInForm(forms.Form):
    """A file, and the data set that it is of, or that it is to be recognised by its names."""

    file = FiguresField(label=gettext_lazy("The file"))

    def __init__(self, recipes: Iterable[Recipe], by: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        self.unknown: HandedIn | None = None  # a file of no data set we know
        self.recipes = {one.code: one for one in recipes}
        own = [one for one in self.recipes.values() if may_hand_in(by, one)]
        recognised = ("", _("Let it be recognised by the names in it"))
        self.fields["recipe"] = forms.ChoiceField(
            label=_("Which data set it is of"), required=False,
            choices=[recognised, (NEW, _("None of these: I say what it holds")), *_by_country(own)],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The recipe itself, recognised where nobody chose one."""
        said: dict[str, Any] = super().clean() or {}
        handed_in = said.get("file")
        if handed_in is None or self.has_error("recipe"):
            return said
        try:
            if (chosen := said.get("recipe")) and chosen != NEW:
                return {**said, "recipe": self._chosen(handed_in, self.recipes[chosen])}
            fitting = self._fitting(handed_in, [] if chosen else self.recipes.values())
        except TooLarge:
            self.add_error("recipe", _too_large())
            return said
        if not fitting:
            self.unknown = handed_in
        if fitting or not chosen:
            said["recipe"] = self._recognised(fitting, is_sure=not chosen)
        return said

    def _chosen(self, handed_in: HandedIn, recipe: Recipe) -> Recipe | None:
        """What somebody chose, unless it would keep a file with addresses as one of figures."""
        if recipe.incidents is not None:
            return recipe
        try:
            fitting = self._fitting(handed_in, [recipe])
        except TooLarge:
            return recipe
        return recipe if not fitting or recipe in fitting else self._recognised(fitting)

    def _fitting(self, handed_in: HandedIn, recipes: Iterable[Recipe]) -> list[Recipe]:
        """Of these and of all that are of incidents, also those that others take in."""
        every = {one.code: one for one in (*self.recipes.values(), *own_recipes()) if one.incidents}
        every |= {one.code: one for one in recipes}
        return recipes_for(handed_in.content, handed_in.name, every.values())

    def _recognised(self, fitting: Sequence[Recipe], *, is_sure: bool = False) -> Recipe | None:
        """The one that it is, where nobody has said another and the reader may hand it in."""
        refused = [one for one in map(partial(may_hand_in, self.by), fitting) if not one]
        if fitting and len(refused) == len(fitting):
            self.add_error("recipe", str(refused[0].reason))
        elif len(fitting) != 1 or not is_sure:
            self.add_error("recipe", _not_recognised(fitting))
        else:
            return fitting[0]
        return None


def _too_large() -> str:
    return _(
        "The file is too large to be recognised by its names. Choose the data set it is of, and"
        " choose the file again."
    )


def _not_recognised(fitting: Sequence[Recipe]) -> str:
    if not fitting:
        return _(
            "The names in the file are those of no data set we know. Choose the data set it is of,"
            " and choose the file again."
        )
    names = "; ".join(in_own_language(one.title.as_mapping()) for one in fitting)
    return _("It could be one of these: %(names)s. Choose which, and choose the file again.") % {
        "names": names
    }


def _by_country(recipes: Iterable[Recipe]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices under the countries that the figures are of; those from elsewhere last."""
    groups: dict[str, list[tuple[str, str]]] = {code: [] for code in (*Country, "")}
    for one in recipes:
        title = f"{in_own_language(one.title.as_mapping())} ({one.publisher})"
        groups[one.country].append((one.code, title))
    return [
        (str(COUNTRY_NAMES[Country(code)]) if code else _("Elsewhere"), sorted(
            choices, key=lambda choice: choice[1].casefold()
        ))
        for code, choices in groups.items()
        if choices
    ]  # fmt: skip


class AnswerForm(forms.Form):
    """A field for each question that a file leaves open.

    Codes that no area of ours has are answered together; a few of them can each be given one.
    """

    def __init__(
        self, doubts: Sequence[Doubt], data: Any = None, *, names: Mapping[str, str] = NO_NAMES
    ) -> None:
        super().__init__(data)
        self.keys: dict[str, tuple[str, Doubt]] = {}
        self.ours: dict[str, tuple[str, str]] = {}  # the key of an answer, and the tick it spares
        for number, (key, asked) in enumerate(_grouped(doubts).items(), 1):
            name = f"q{number}"
            self.fields[name] = _field(asked, names)
            self.keys[name] = (key, asked[0])
            if asked[0].kind is DoubtKind.AREA and len(asked) <= NAMED:
                self._ask_for_ours(name, asked)

    def _ask_for_ours(self, name: str, asked: Sequence[Doubt]) -> None:
        self.fields[name].required = False
        for at, doubt in enumerate(asked, 1):
            self.fields[f"{name}_{at}"] = forms.RegexField(
                AREA_CODE, required=False, max_length=4,
                label=_("The code of our area for %(named)s") % {"named": _named(doubt)},
            )  # fmt: skip
            self.ours[f"{name}_{at}"] = (doubt.key, name)

    def clean(self) -> dict[str, Any]:
        """Every code needs its own answer or the one for all."""
        said: dict[str, Any] = super().clean() or {}
        for name, (_key, tick) in self.ours.items():
            if not said.get(name) and not said.get(tick) and not self.has_error(tick):
                self.add_error(tick, _("Tick this, or give every one the code of an area."))
        return said

    @property
    def answers(self) -> dict[str, str]:
        """By what each is kept under."""
        said = self.cleaned_data
        found = {key: said[name] for name, (key, _tick) in self.ours.items() if said[name]}
        for name, (key, doubt) in self.keys.items():
            if answer := doubt.choices[0] if said[name] is True else said[name]:
                found[key] = answer
        return found


class AnswerWithFileForm(AnswerForm):
    """The same of a file with addresses, which does not lie here while somebody thinks."""

    def __init__(self, *args: Any, files: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if files is not None:
            self.files = files
        self.fields["file"] = FiguresField(
            label=_("The file once more"),
            help_text=_("It holds addresses, so it was deleted as soon as it had been looked at."),
        )


def _grouped(doubts: Iterable[Doubt]) -> dict[str, list[Doubt]]:
    groups: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        key = str(doubt.kind) if doubt.kind in TOGETHER else doubt.key
        groups.setdefault(key, []).append(doubt)
    return groups


def _field(asked: Sequence[Doubt], names: Mapping[str, str]) -> forms.Field:
    """A tick where there is one answer, a choice where there are more."""
    first = asked[0]
    choices = [(one, str(ANSWERS.get((first.kind, one), one))) for one in first.choices]
    question = _question(asked, names)
    if len(choices) == 1 and first.kind is not DoubtKind.COLUMN:
        return forms.BooleanField(label=choices[0][1], help_text=question)
    if first.kind is DoubtKind.COLUMN:
        return forms.ChoiceField(label=question, choices=[("", "–"), *choices])
    return forms.ChoiceField(label=question, choices=choices, widget=forms.RadioSelect)


def _question(asked: Sequence[Doubt], names: Mapping[str, str]) -> str:
    first = asked[0]
    if first.kind not in TOGETHER or len(asked) == 1:
        return doubt_in_words(first, names)
    named = ", ".join(_named(one) for one in asked[:NAMED])
    named += ", …" if len(asked) > NAMED else ""
    count = len(asked)
    told = (
        ngettext("%(n)s code stands for no area we know: %(named)s.",
                 "%(n)s codes stand for no area we know: %(named)s.", count)
        if first.kind is DoubtKind.AREA
        else ngettext("The recipe does not know %(n)s heading: %(named)s.",
                      "The recipe does not know %(n)s headings: %(named)s.", count)
    )  # fmt: skip
    return told % {"n": count, "named": named}


def _named(doubt: Doubt) -> str:
    code, name = doubt.values["code"], doubt.values["name"]
    return f"{code} ({name})" if name and name != code else str(code)
