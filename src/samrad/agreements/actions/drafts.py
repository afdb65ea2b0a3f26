"""A draft begun, written, given up; and who is to sign it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from samrad.access.actor import Actor
from samrad.access.rows import locked
from samrad.agreements import as_written, events
from samrad.agreements.actions.falling import (
    tell_no_longer_asked,
    tell_that_they_fell,
    void_signatures,
)
from samrad.agreements.actions.holding import held
from samrad.agreements.actions.order import tell_given_up
from samrad.agreements.actions.said import give_office
from samrad.agreements.actions.signatures import ask_to_sign, ready_to_sign
from samrad.agreements.actions.wordings import note_change
from samrad.agreements.models import Draft, DraftClause, Party, Signature
from samrad.agreements.permissions import (
    may_amend,
    may_bring_draft,
    may_draft_agreement,
    may_write_draft,
)
from samrad.agreements.queries.additions import additions_to
from samrad.agreements.queries.areas import began_from, nearest_template
from samrad.agreements.queries.languages import language_of
from samrad.agreements.queries.parties import Candidate, bound_by, proposed_parties
from samrad.agreements.queries.templates import (
    Beginning,
    from_agreement,
    from_template,
    template_of,
    whole,
)
from samrad.agreements.rules import OUT_TO_SIGN, DraftState
from samrad.cooperation.models import Agreement, Council
from samrad.kernel.clock import day_of
from samrad.kernel.meanwhile import enforce_seen, mark_of
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from samrad.reading.templates import Template
from samrad.trail.api import record

SIGNED_MEANWHILE = gettext_lazy(
    "It has been signed since you opened this page. Look at it again before you give it up."
)


@transaction.atomic
def start_draft(
    *,
    council: Council,
    language: str,
    by: Actor,
    at: datetime,
    title: str = "",
    kind: str = "general",
    revises: Agreement | None = None,
) -> Draft:
    """A draft from the nearest area's template or the country's, or the agreement made anew.

    What is made anew keeps the language it is written in.
    """
    council = locked(council, "area")
    may_draft_agreement(by, council).enforce()
    language = language_of(revises) if revises else language
    template = template_of(council.country, kind)
    own = began_from(revises, language) if revises else nearest_template(council, kind, language)
    proposed = whole(own.clauses.all()) if own else from_template(template, language)
    clauses = from_agreement(revises, proposed, additions_to(revises)) if revises else proposed
    draft = Draft(
        council=council, kind=kind, language=language, revises=revises, template=own,
        title=normalise_line(title) or _usual_title(revises, template, language),
        meetings_per_year=None if as_written.is_part(council, kind) else council.meetings_per_year,
        focus_areas="\n".join(_focus_of(revises)) if revises else "",
    )  # fmt: skip
    return _begun(draft, clauses, by=by, at=at)


@transaction.atomic
def start_amendment(*, agreement: Agreement, by: Actor, at: datetime) -> Draft:
    """An addition to an agreement in force, signed as the agreement was."""
    council = locked(agreement.council, "area")
    agreement = locked(agreement)
    agreement.council = council
    may_amend(by, agreement).enforce()
    language = language_of(agreement)
    with override(language):
        heading, title = _("What is added or changed"), _("Addition to %(title)s")
    draft = Draft(
        council=council, language=language, amends=agreement,
        title=(title % {"title": agreement.title})[:200],
    )  # fmt: skip
    signed = bound_by(agreement)
    return _begun(draft, [Beginning("addition", heading, "")], parties=signed, by=by, at=at)


def _begun(
    draft: Draft,
    clauses: Sequence[Beginning],
    *,
    by: Actor,
    at: datetime,
    parties: Sequence[Candidate] = (),
) -> Draft:
    draft.started_by, draft.started_at = Person.objects.get(pk=by.person_id or 0), at
    draft.save(force_insert=True)
    DraftClause.objects.bulk_create(
        DraftClause(
            draft=draft, order=order, key=one.key, heading=one.heading, text=normalise(one.text)
        )
        for order, one in enumerate(clauses, start=1)
    )
    sitting = proposed_parties(draft.council, day_of(at, draft.council.zone))
    _put_parties(draft, parties or sitting, at=at)
    record(events.DRAFT_STARTED, about=draft, by=by, at=at)
    return draft


def _usual_title(revises: Agreement | None, template: Template, language: str) -> str:
    return revises.title if revises else template.title.in_language(language)


def _focus_of(agreement: Agreement) -> list[str]:
    """Those that were signed; of one that was read in, those that the council took from it."""
    draft = Draft.objects.filter(agreement=agreement).first()
    return draft.focus_titles if draft else [one.title for one in agreement.focus_areas.all()]


@transaction.atomic
def write_draft(
    *,
    draft: Draft,
    given: Mapping[str, Any],
    by: Actor,
    at: datetime,
    seen: str = "",
    voids: bool = False,
) -> None:
    """Save what was written, by the fields of `as_written.of_draft`.

    After the first signature an edit takes the signatures with it: `voids` says that the writer
    knows.
    """
    draft = held(draft)
    may_write_draft(by, draft).enforce()
    there = as_written.of_draft(draft)
    enforce_seen(seen, there)
    wanted = {name: given[name] for name in there if name in given}
    changed = [name for name in wanted if mark_of(wanted[name]) != mark_of(there[name])]
    if not changed:
        return
    fallen = void_signatures(draft, knowing=voids, by=by, at=at)
    what = _write(draft, {name: wanted[name] for name in changed})
    note_change(draft, at=at)
    _still_ready(draft)
    record(events.DRAFT_WRITTEN, about=draft, by=by, at=at, what=", ".join(what))
    tell_that_they_fell(draft, fallen, at=at)


def _write(draft: Draft, changed: Mapping[str, Any]) -> list[str]:
    """Put the values in their places; what they are called, for the record."""
    with override(draft.language):
        named = [_("title, days and focus areas")] if set(changed) & set(as_written.FRAME) else []
    for name in set(changed) & set(as_written.FRAME):
        value = changed[name]
        setattr(draft, name, normalise(value) if isinstance(value, str) else value)
    draft.save()
    for clause in draft.clauses.all():
        if as_written.field_of(clause) in changed:
            clause.text = normalise(changed[as_written.field_of(clause)])
            clause.save(update_fields=["text"])
            named.append(clause.heading)
    return named


@transaction.atomic
def choose_parties(
    *,
    draft: Draft,
    parties: Sequence[Candidate],
    by: Actor,
    at: datetime,
    seen: str = "",
    voids: bool = False,
) -> None:
    """Who signs: each organisation once, by one office."""
    draft = held(draft)
    may_write_draft(by, draft).enforce()
    there = as_written.of_parties(draft)
    enforce_seen(seen, there)
    marks = [as_written.mark_of_party(one.organisation.ref, one.role) for one in parties]
    if mark_of(marks) == mark_of(there["parties"]):
        return
    fallen = void_signatures(draft, knowing=voids, by=by, at=at)
    before = list(draft.parties.select_related("organisation"))
    asked = {(one.organisation_id, one.role) for one in before}
    _put_parties(draft, parties, at=at)
    note_change(draft, at=at)
    _still_ready(draft)
    who = ", ".join(one.organisation.name for one in parties)
    record(events.PARTIES_CHOSEN, about=draft, by=by, at=at, who=who)
    tell_that_they_fell(draft, fallen, at=at)
    if draft.state == DraftState.SIGNING:
        tell_no_longer_asked(draft, before, fallen, by=by, at=at)
        there_now = draft.parties.select_related("organisation")
        ask_to_sign(
            draft, [one for one in there_now if (one.organisation_id, one.role) not in asked],
            at=at,
        )  # fmt: skip


def _still_ready(draft: Draft) -> None:
    """What is out to be signed stays such that it can be signed, whatever is changed in it."""
    if draft.state in OUT_TO_SIGN:
        ready_to_sign(draft)


def _put_parties(draft: Draft, wanted: Sequence[Candidate], *, at: datetime) -> None:
    """No signature is taken away, voided as they are: who has given one is kept, if left out.

    So is who has said what stands in the way.
    """
    by_organisation = {one.organisation.pk: one for one in wanted}
    gone = draft.parties.exclude(organisation__in=by_organisation)
    gone.filter(signatures=None, not_yet="", said_earlier="").delete()
    gone.update(left_at=at)
    there = {one.organisation_id: one for one in Party.ever.filter(draft=draft)}
    for order, one in enumerate(by_organisation.values(), start=1):
        party = there.get(one.organisation.pk) or Party(draft=draft, organisation=one.organisation)
        give_office(party, one.role)
        party.order, party.left_at = order, None
        party.save()


@transaction.atomic
def withdraw_draft(
    *, draft: Draft, reason: str, by: Actor, at: datetime, voids: bool = False
) -> None:
    """Nothing comes of it; what was written and signed stays readable.

    `voids` says that whoever gives it up knows of the signatures it has.
    """
    draft = held(draft)
    may_bring_draft(by, draft, DraftState.WITHDRAWN).enforce()
    if not voids and Signature.objects.filter(party__draft=draft, voided_at=None).exists():
        raise Refused(SIGNED_MEANWHILE)
    was_out = draft.state in OUT_TO_SIGN
    draft.state, draft.settled_at = DraftState.WITHDRAWN, at
    draft.save(update_fields=["state", "settled_at"])
    record(events.DRAFT_WITHDRAWN, about=draft, by=by, at=at, reason=normalise(reason))
    if was_out:
        on = day_of(at, draft.council.zone)
        tell_given_up(draft, "withdrawn", on=on, but=by.person_id)
