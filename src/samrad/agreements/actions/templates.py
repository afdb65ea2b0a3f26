"""An area's template of agreements: begun, written, published; its changes taken into a draft."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.agreements import as_written, events
from samrad.agreements.actions.falling import tell_that_they_fell, void_signatures
from samrad.agreements.actions.holding import held
from samrad.agreements.actions.signatures import ready_to_sign
from samrad.agreements.actions.wordings import note_change
from samrad.agreements.models import Draft, DraftClause, TemplateClause, TemplateVersion
from samrad.agreements.permissions import is_being_written, may_keep_template, may_write_draft
from samrad.agreements.queries.areas import (
    in_order,
    newer_for,
    offered_to,
    required_by_the_country,
)
from samrad.agreements.queries.templates import template_of
from samrad.agreements.queries.versions import Became
from samrad.agreements.rules import OUT_TO_SIGN, Taken
from samrad.areas.models import Area
from samrad.kernel.meanwhile import enforce_seen, mark_of
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.reading.templates import Need
from samrad.trail.api import record

OWN = "own_"  # the keys of clauses that an area adds
ANOTHER = _("The template has come in a newer version meanwhile. Look at it again.")


@dataclass(frozen=True)
class OwnClause:
    """A clause that an area adds to the country's."""

    heading: str
    text: str = ""
    guidance: str = ""
    is_required: bool = False


@transaction.atomic
def begin_template(
    *, area: Area, kind: str, language: str, by: Actor, at: datetime
) -> TemplateVersion:
    """The next version of an area's template; the first begins as the country's, word for word.

    Is one being written already, that one is gone on with.
    """
    area = locked(area)
    may_keep_template(by, area).enforce()
    known = TemplateVersion.objects.filter(area=area, kind=kind, language=language)
    newest = known.order_by("-number").first()
    if newest is not None and not newest.is_published:
        return newest
    made = TemplateVersion.objects.create(
        area=area, kind=kind, language=language, number=newest.number + 1 if newest else 1,
        national_version=template_of(area.country, kind).version, started_at=at,
    )  # fmt: skip
    clauses = _copied(newest) if newest else _national(made)
    TemplateClause.objects.bulk_create(
        TemplateClause(template=made, order=order, **one)
        for order, one in enumerate(clauses, start=1)
    )
    record(events.TEMPLATE_BEGUN, about=made, by=by, at=at)
    return made


def _copied(template: TemplateVersion) -> list[dict[str, Any]]:
    copied = template.clauses.values("key", "heading", "text", "guidance", "is_required")
    return [dict(one) for one in copied]


def _national(made: TemplateVersion) -> list[dict[str, Any]]:
    template, language = template_of(made.area.country, made.kind), made.language
    return [
        {
            "key": one.key,
            "heading": one.title.in_language(language),
            "text": one.text.in_language(language),
            "guidance": one.guidance.in_language(language),
            "is_required": one.strength is Need.MUST,
        }
        for one in template.clauses
    ]


@transaction.atomic
def write_template(
    *,
    template: TemplateVersion,
    given: Mapping[str, Any],
    without: frozenset[str] = frozenset(),
    adding: OwnClause | None = None,
    by: Actor,
    at: datetime,
    seen: str = "",
) -> None:
    """Save what was written, by the fields of `as_written.of_template`; add a clause, leave some
    out. What the country requires stays."""
    template = _held(template, by)
    there = as_written.of_template(template)
    enforce_seen(seen, there)
    wanted = {name: given[name] for name in there if name in given}
    changed = {name for name in wanted if mark_of(wanted[name]) != mark_of(there[name])}
    without -= required_by_the_country(template)
    told = []
    for clause in list(template.clauses.all()):
        if clause.key in without:
            told.append(clause.heading)
            clause.delete()
        elif changed & set(as_written.fields_of(clause)):
            _write_clause(clause, wanted)
            told.append(clause.heading)
    if adding is not None:
        told.append(_add_clause(template, adding).heading)
    if told:
        record(events.TEMPLATE_WRITTEN, about=template, by=by, at=at, what=", ".join(told))


def _held(template: TemplateVersion, by: Actor) -> TemplateVersion:
    template = locked(template, "area")
    may_keep_template(by, template.area).enforce()
    is_being_written(template).enforce()
    return template


def _write_clause(clause: TemplateClause, wanted: Mapping[str, Any]) -> None:
    heading, text, guidance = as_written.fields_of(clause)
    clause.heading = normalise_line(wanted.get(heading, clause.heading))
    clause.text = normalise(wanted.get(text, clause.text))
    clause.guidance = normalise(wanted.get(guidance, clause.guidance))
    clause.save()


def _add_clause(template: TemplateVersion, adding: OwnClause) -> TemplateClause:
    number = _last_own(template) + 1
    last = template.clauses.order_by("-order").first()
    return TemplateClause.objects.create(
        template=template, order=last.order + 1 if last else 1, key=f"{OWN}{number}",
        heading=normalise_line(adding.heading), text=normalise(adding.text),
        guidance=normalise(adding.guidance), is_required=adding.is_required,
    )  # fmt: skip


def _last_own(template: TemplateVersion) -> int:
    """Of all versions: a key stands for one clause for ever, also when that is taken out."""
    keys = TemplateClause.objects.filter(
        template__area=template.area_id, template__kind=template.kind,
        template__language=template.language, key__startswith=OWN,
    ).values_list("key", flat=True)  # fmt: skip
    numbers = (key.removeprefix(OWN) for key in keys)
    return max((int(one) for one in numbers if one.isdecimal()), default=0)


@transaction.atomic
def publish_template(*, template: TemplateVersion, note: str, by: Actor, at: datetime) -> None:
    """From now on drafts begin from it, and whoever wrote from an older one is shown the change."""
    template = _held(template, by)
    template.published_at, template.note = at, normalise(note)
    template.save(update_fields=["published_at", "note"])
    record(events.TEMPLATE_PUBLISHED, about=template, by=by, at=at)


@transaction.atomic
def drop_template(*, template: TemplateVersion, by: Actor, at: datetime) -> None:
    """A version that nobody has begun from is thrown away."""
    template = _held(template, by)
    record(events.TEMPLATE_DROPPED, about=template, by=by, at=at)
    template.delete()


@transaction.atomic
def take_over(
    *,
    draft: Draft,
    template: TemplateVersion,
    chosen: Mapping[str, Taken],
    by: Actor,
    at: datetime,
    seen: str = "",
    voids: bool = False,
) -> None:
    """Bring a draft up to a newer template: of each changed clause as its writer chose.

    What is left as it was is not asked about again. A signed text is a text like any other here:
    only knowingly, and the signatures fall. What is in force is never touched.
    """
    draft = held(draft)
    may_write_draft(by, draft).enforce()
    newest = newer_for(draft)
    if newest is None or newest.pk != template.pk:
        raise Refused(ANOTHER)
    enforce_seen(seen, as_written.of_draft(draft))
    taken = {key: how for key, how in chosen.items() if how != Taken.LEFT}
    fallen = void_signatures(draft, knowing=voids, by=by, at=at) if taken else ()
    headings = {one.key for one in offered_to(draft, newest) if one.change.became == Became.RENAMED}
    named = _taken(draft, newest, taken, headings)
    draft.template = newest
    draft.save(update_fields=["template"])
    if taken:
        note_change(draft, at=at)
    if draft.state in OUT_TO_SIGN:
        ready_to_sign(draft)
    record(
        events.TEMPLATE_TAKEN_OVER, about=draft, by=by, at=at, template=str(newest),
        what=", ".join(named) or "–",
    )  # fmt: skip
    tell_that_they_fell(draft, fallen, at=at)


def _taken(
    draft: Draft, newest: TemplateVersion, taken: Mapping[str, Taken], headings: Container[str]
) -> list[str]:
    """Write what was chosen; the headings of what was written. Of some, only the heading is new."""
    wording = {one.key: one for one in newest.clauses.all()}
    there = {one.key: one for one in draft.clauses.all()}
    fresh = [key for key in wording if key in taken and key not in there]
    named = []
    for key in taken:
        clause = there.get(key)
        if clause is not None:
            named.append(clause.heading)
            if key not in headings:
                clause.text = _joined(clause.text, wording.get(key), taken[key])
            if taken[key] == Taken.TAKEN and key in wording:
                clause.heading = wording[key].heading
            clause.save(update_fields=["text", "heading"])
    behind = {key: earlier for earlier, key in pairwise(wording)}
    order = in_order(there, {key: behind.get(key, "") for key in fresh})
    made = {
        key: DraftClause(draft=draft, key=key, heading=wording[key].heading, text=wording[key].text)
        for key in fresh
    }
    for place, key in enumerate(order, start=1):
        clause = made.get(key) or there[key]
        if key in made or clause.order != place:
            clause.order = place
            clause.save()
    return [*named, *(one.heading for one in made.values())]


def _joined(text: str, wording: TemplateClause | None, how: Taken) -> str:
    new = wording.text if wording else ""
    return "\n\n".join(part for part in (text, new) if part) if how == Taken.BELOW else new
