"""What is told of a file in sentences: why it is refused, what is asked, what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from samrad.knowledge.rules.doubts import Doubt, DoubtKind
from samrad.knowledge.rules.periods import NotAPeriod, in_words, read_period
from samrad.knowledge.rules.table import Trouble, Why
from samrad.ui.formats import number as written

Names = Mapping[str, str]
NO_NAMES: Names = MappingProxyType({})

WHY = {
    Why.EMPTY: gettext_lazy("The file is empty."),
    Why.TOO_LARGE: gettext_lazy("The file is larger than what can be taken in."),
    Why.BROKEN: gettext_lazy("The file is damaged or cut off."),
    Why.ENCODING: gettext_lazy("The letters of this row cannot be read."),
    Why.MIXED_ENCODINGS: gettext_lazy("The file mixes two alphabets; it was put together wrongly."),
    Why.UNKNOWN_FORMAT: gettext_lazy("The file is not of the kind that the recipe expects."),
    Why.ONLY_LINKS: gettext_lazy("The file only links to tables; hand in the table itself."),
    Why.MISSING_FIELD: gettext_lazy("A part of the table is not there."),
    Why.WRONG_FIELD: gettext_lazy("A part of the table is not what it should be."),
    Why.TWO_TABLES: gettext_lazy("The file holds several tables; hand in one."),
    Why.TOO_MANY_CELLS: gettext_lazy("The table says it has more cells than can be taken in."),
    Why.WRONG_SIZE: gettext_lazy("The number of values is not what the table says."),
    Why.TWICE: gettext_lazy("The same figure stands twice."),
    Why.ROW_LENGTH: gettext_lazy("The row has %(has)s cells where the header has %(wanted)s."),
    Why.NOT_A_NUMBER: gettext_lazy("“%(text)s” is no number."),
    Why.NUMBER_TOO_LARGE: gettext_lazy("The number is too large to be kept exactly."),
    Why.NOT_WHOLE: gettext_lazy("%(text)s is not a whole number."),
    Why.BELOW_LEAST: gettext_lazy("%(text)s is less than %(least)s."),
    Why.NOT_A_PERIOD: gettext_lazy("“%(text)s” is not a period of the kind expected."),
    Why.NO_CODE: gettext_lazy("There is no code here."),
    Why.FORMULA: gettext_lazy("A formula has no figure stored with it. Save the workbook anew."),
    Why.NOT_A_MOMENT: gettext_lazy("“%(text)s” is not a moment as the recipe writes it."),
    Why.ABOUT_A_PERSON: gettext_lazy("The file holds what looks like a person’s number."),
    Why.TOTAL_DIFFERS: gettext_lazy("The parts do not add up to the whole."),
    Why.NOTHING_IN_IT: gettext_lazy("There are no figures in the file."),
    Why.UNKNOWN_DIMENSION: gettext_lazy("The figures are divided by something the recipe lacks."),
    Why.DUPLICATE_NAME: gettext_lazy("A name stands twice."),
    Why.OF_ANOTHER: gettext_lazy(
        "%(code)s is what the data set %(data_set)s counts. Give it another code in the recipe."
    ),
    Why.NOT_FINISHED: gettext_lazy(
        "Reading the file did not come to an end. Hand it in once more; if that does not help,"
        " tell whoever runs the installation."
    ),
}

ASKED = {
    DoubtKind.COLUMN: gettext_lazy("Which column or dimension is “%(name)s” now?"),
    DoubtKind.AREA: gettext_lazy("No area we know has the code %(code)s (%(name)s)."),
    DoubtKind.HEADING: gettext_lazy("The recipe does not know the heading %(code)s (%(name)s)."),
    DoubtKind.TOTALS: gettext_lazy(
        "The parts do not add up to the publisher’s whole in %(count)s places; the first is"
        " %(indicator)s in %(period)s: %(parts)s against %(whole)s."
    ),
    DoubtKind.VANISHED: gettext_lazy(
        "%(count)s periods that we have, from %(first)s to %(last)s, are not in this file."
    ),
    DoubtKind.GONE_INDICATORS: gettext_lazy(
        "%(count)s indicators that we have figures of are not counted in this file: %(names)s."
    ),
    DoubtKind.GONE_AREAS: gettext_lazy(
        "%(count)s areas that we have figures of are not in this file: %(names)s."
    ),
    DoubtKind.CUT_OFF: gettext_lazy(
        "Row %(row)s, the last, does not end as the others do: the file may be cut off."
    ),
}


def trouble_in_words(trouble: Trouble) -> str:
    """The reason for a person, with the row and the field."""
    reason = reason_in_words(trouble)
    if trouble.row is not None and trouble.field:
        where = _("Row %(row)s, %(field)s:") % {"row": trouble.row, "field": trouble.field}
    elif trouble.row is not None:
        where = _("Row %(row)s:") % {"row": trouble.row}
    else:
        where = f"{trouble.field}:" if trouble.field else ""
    return f"{where} {reason}".strip()


def reason_in_words(trouble: Trouble) -> str:
    """The reason alone."""
    return str(WHY[trouble.why]) % _values(trouble.values)


def doubt_in_words(doubt: Doubt, names: Names = NO_NAMES) -> str:
    """The question for a person; `names` are those of indicators by their codes."""
    values = _values(doubt.values)
    if doubt.kind is DoubtKind.TOTALS:
        values["indicator"] = names.get(values["indicator"], values["indicator"])
    for one in ("period", "first", "last"):
        if one in values:
            values[one] = period_told(values[one])
    return str(ASKED[doubt.kind]) % values


def difference_in_words(said: Mapping[str, Any], names: Names = NO_NAMES) -> list[str]:
    """What a release changed, a sentence for each thing; `names` are those of indicators."""
    if said.get("is_first"):
        return [_("This is the first release.")]
    lines = []
    if periods := said.get("new_periods"):
        lines.append(_("New periods: %(periods)s.") % {"periods": _listed(periods)})
    if periods := said.get("gone_periods"):
        lines.append(_("Periods no longer there: %(periods)s.") % {"periods": _listed(periods)})
    lines += _counted(said)
    if largest := said.get("largest"):
        sentence = _(
            "The largest revision: %(indicator)s, %(area)s, %(period)s:"
            " %(before)s is %(after)s now."
        )
        lines.append(sentence % dict(zip(CHANGED, changed_in_words(largest, names), strict=True)))
    if jumps := said.get("jumps"):
        named = "; ".join(_jump(one, names) for one in jumps)
        lines.append(
            _("More than ten times all that was known of the series, look at it: %(named)s.")
            % {"named": named}
        )
    return lines or [_("Nothing is different.")]


CHANGED = ("indicator", "area", "period", "before", "after")


def changed_in_words(one: Mapping[str, Any], names: Names) -> list[str]:
    """A figure that is another now: what, where, when, before and after."""
    return [
        names.get(one["indicator"], one["indicator"]), one.get("area_name") or one["area"],
        period_told(one["period"]), _plain(one["before"]), _plain(one["after"]),
    ]  # fmt: skip


def _jump(one: Mapping[str, Any], names: Names) -> str:
    what, where, when, _before, after = changed_in_words(one, names)
    return f"{what}, {where}, {when}: {after}"


def period_told(code: str) -> str:
    """A period for the reader, or as it was written where it is none."""
    try:
        return in_words(read_period(code), get_language() or "en")
    except NotAPeriod:
        return code


def _counted(said: Mapping[str, Any]) -> list[str]:
    added, removed = said.get("added", 0), said.get("removed", 0)
    revised = said.get("revised", 0)
    hidden, shown = said.get("newly_hidden", 0), said.get("newly_shown", 0)
    anew = said.get("described_anew", 0)
    told = (
        (added, ngettext("%(n)s figure is new.", "%(n)s figures are new.", added)),
        (removed, ngettext("%(n)s figure is gone.", "%(n)s figures are gone.", removed)),
        (revised, ngettext("%(n)s figure was revised.", "%(n)s figures were revised.", revised)),
        (hidden, ngettext("%(n)s figure is no longer given.", "%(n)s figures are no longer given.",
                          hidden)),
        (shown, ngettext("%(n)s figure is given that was not.",
                         "%(n)s figures are given that were not.", shown)),
        (anew, ngettext("%(n)s indicator is described in another way by the recipe.",
                        "%(n)s indicators are described in another way by the recipe.", anew)),
    )  # fmt: skip
    return [sentence % {"n": number} for number, sentence in told if number]


def _listed(periods: list[str]) -> str:
    if len(periods) <= 6:  # noqa: PLR2004 (more than anybody reads)
        return ", ".join(period_told(one) for one in periods)
    return _("%(first)s to %(last)s (%(count)s)") % {
        "first": period_told(periods[0]), "last": period_told(periods[-1]),
        "count": len(periods),
    }  # fmt: skip


def _plain(number: float | None) -> str:
    return "–" if number is None else written(number)


def _values(values: Mapping[str, object]) -> dict[str, str]:
    return {
        name: _plain(value) if isinstance(value, int | float) else str(value)
        for name, value in values.items()
    }
