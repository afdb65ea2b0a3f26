"""The sentences for changes, refusals and ways of knowing; rules only name them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.areas.models import KIND_NAMES
from samrad.areas.rules.difference import Change, ChangeKind
from samrad.areas.rules.kinds import AreaKind, SuccessionKind
from samrad.areas.rules.structure import Trouble, TroubleKind
from samrad.ui.formats import number

_CHANGES: dict[ChangeKind, Promise] = {
    ChangeKind.OPENED: _("%(kind)s %(code)s %(name)s: new"),
    ChangeKind.ENDED: _("%(kind)s %(code)s %(name)s: ends on %(last_day)s"),
    ChangeKind.RENUMBERED: _("%(kind)s %(name)s: the code changes from %(before)s to %(after)s"),
    ChangeKind.RENAMED: _("%(kind)s %(code)s: the name changes from %(before)s to %(after)s"),
    ChangeKind.NAME_ADDED: _("%(kind)s %(code)s %(name)s: also called %(added)s"),
    ChangeKind.CODE_ADDED: _("%(kind)s %(code)s %(name)s: also numbered %(added)s"),
    ChangeKind.PARENT_GAINED: _("%(kind)s %(code)s %(name)s: becomes part of %(parent)s"),
    ChangeKind.PARENT_LOST: _("%(kind)s %(code)s %(name)s: is no longer part of %(parent)s"),
    ChangeKind.PARENT_CORRECTED: _(
        "%(kind)s %(code)s %(name)s: how we know that it is part of %(parent)s changes"
    ),
    ChangeKind.SPAN_CORRECTED: _("%(kind)s %(code)s %(name)s: is said to exist since %(since)s"),
    ChangeKind.POPULATION: _(
        "%(kind)s %(code)s %(name)s: the population changes from %(before)s to %(after)s"
    ),
}

_BECOMES: dict[SuccessionKind, Promise] = {
    SuccessionKind.MERGE: _("%(kind)s %(code)s %(name)s: merges into %(after)s on %(on)s"),
    SuccessionKind.SPLIT: _("%(kind)s %(code)s %(name)s: is split, a part is %(after)s on %(on)s"),
    SuccessionKind.BOUNDARY: _("%(kind)s %(code)s %(name)s: gives ground to %(after)s on %(on)s"),
}

_TROUBLES: dict[TroubleKind, Promise] = {
    TroubleKind.NOT_READABLE: _("The file cannot be read: %(reason)s"),
    TroubleKind.NOT_TABLES: _("Expected a list of tables."),
    TroubleKind.UNKNOWN_FIELD: _("There is no field of this name."),
    TroubleKind.MISSING: _("This must be given."),
    TroubleKind.NOT_ONE_OF: _("“%(given)s” is not one of: %(choices)s."),
    TroubleKind.NOT_A_DATE: _("“%(given)s” is not a date (YYYY-MM-DD)."),
    TroubleKind.NOT_A_COUNT: _("“%(given)s” is not a whole number of people."),
    TroubleKind.NOT_A_CODE: _("“%(given)s” is not a code: letters, digits, hyphen, underscore."),
    TroubleKind.NUMBER_NOT_TEXT: _(
        "“%(given)s” is a number; codes are text, and a spreadsheet has changed this one."
    ),
    TroubleKind.TOO_LONG: _("At most %(longest)s characters."),
    TroubleKind.ENDS_BEFORE_IT_BEGINS: _("“%(given)s” ends before it begins."),
    TroubleKind.TWICE: _("The area %(code)s stands here and in %(first)s."),
    TroubleKind.NO_SUCH_AREA: _("There is no area %(code)s of this kind on that day."),
    TroubleKind.OLDER: _(
        "A structure from %(newest)s is loaded already; an older one would rewrite history."
    ),
    TroubleKind.SAME_CODE_AS_ANOTHER: _("Another area has the code %(code)s on the same day."),
    TroubleKind.MISSING_WITHOUT_A_WORD: _(
        "%(code)s %(name)s is not in the file, and nothing says what became of it."
    ),
    TroubleKind.ORPHANED: _(
        "%(code)s %(name)s was part of %(parent)s, which ends; the file does not say what it is"
        " part of afterwards."
    ),
    TroubleKind.TWO_PARENTS: _(
        "%(code)s %(name)s would be part of two areas of the same kind at once: %(parents)s."
    ),
    TroubleKind.NO_PARENT: _("%(code)s %(name)s would not be part of any %(lacking)s."),
    TroubleKind.OUTSIDE_ITS_LIFE: _(
        "%(code)s %(name)s would be part of %(parent)s on days when one of them does not exist."
    ),
    TroubleKind.IN_A_CIRCLE: _("These would contain each other: %(names)s."),
    TroubleKind.WRONG_NUMBER_OF_AREAS: _(
        "A merger has several areas before and one after; a split one before and several after."
    ),
}

_BASES: dict[str, Promise] = {
    "county": _("derived from the county"),
    "exception": _("derived, a named exception to the county’s rule"),
    "ground": _("derived from the borders: %(share)s %% of its ground"),
}


def change_in_words(change: Change) -> str:
    """One line of a difference."""
    values = {
        **change.values,
        "kind": KIND_NAMES[change.area_kind],
        "code": change.code,
        "name": change.name,
    }
    if change.kind is ChangeKind.BECAME:
        return str(_BECOMES[SuccessionKind(str(change.values["how"]))]) % values
    return str(_CHANGES[change.kind]) % values


def trouble_in_words(trouble: Trouble) -> str:
    """Why a file was refused: where, which field, and the reason."""
    values = dict(trouble.values)
    if "lacking" in values:
        values["lacking"] = KIND_NAMES[AreaKind(str(values["lacking"]))]
    reason = str(_TROUBLES[trouble.kind]) % values
    return ", ".join(part for part in (trouble.where, trouble.place) if part) + f": {reason}"


def basis_in_words(basis: str) -> str:
    """How we know a relation that no register states; its share as the reader writes figures."""
    kind, _colon, value = basis.partition(":")
    if kind not in _BASES:
        return basis
    return str(_BASES[kind]) % {"share": number(Decimal(value), 1) if value else ""}
