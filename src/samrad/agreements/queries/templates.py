"""The text a draft begins with: the country's template, or the agreement that is made anew."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from samrad.agreements.models import Draft, DraftClause, TemplateClause
from samrad.agreements.rules import DraftState
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.reading.templates import Clause, Need, Template, agreement_template

LONGEST_KEY = 50


@dataclass(frozen=True)
class Beginning:
    """A clause as a draft begins with it."""

    key: str
    heading: str
    text: str


def whole(clauses: Iterable[TemplateClause]) -> list[Beginning]:
    """Every clause of an area's template."""
    return [Beginning(one.key, one.heading, one.text) for one in clauses]


def template_of(country: str, kind: str) -> Template:
    """The template that agreements of a kind are written from."""
    return agreement_template(country, kind)


def from_template(template: Template, language: str) -> list[Beginning]:
    """Every clause of the template, with its proposed wording."""
    return [_beginning(clause, language) for clause in template.clauses]


def _beginning(clause: Clause, language: str) -> Beginning:
    return Beginning(
        clause.key, clause.title.in_language(language), clause.text.in_language(language)
    )


def from_agreement(
    agreement: Agreement, proposed: Iterable[Beginning], added: Iterable[Beginning] = ()
) -> list[Beginning]:
    """The clauses of the agreement with what was added to it, then those of its template that it
    does not have."""
    found: dict[str, Beginning] = {}
    headings: dict[tuple[str, str], str] = {}
    for clause in agreement.clauses.all():
        place = (clause.key, clause.heading)
        key = headings.setdefault(place, _free_key(clause.key or clause.heading, found))
        before = found.get(key)
        text = f"{before.text}\n\n{clause.text}" if before else clause.text
        found[key] = Beginning(key, clause.heading, text)
    there = {key for key, _heading in headings}
    return [*found.values(), *added, *(one for one in proposed if one.key not in there)]


def _free_key(wanted: str, taken: Iterable[str]) -> str:
    """A key of letters, digits and underlines that no other clause has."""
    key = re.sub(r"\W+", "_", wanted.lower()).strip("_")[:LONGEST_KEY] or "clause"
    number, known, found = 2, set(taken), key
    while found in known:
        found, number = f"{key}_{number}", number + 1
    return found


@dataclass(frozen=True)
class Guidance:
    """What the template says beside a clause."""

    text: str
    strength: str
    points: tuple[tuple[str, str], ...]  # what is to be settled here, and who says so


def guidance_for(
    template: Template,
    clauses: Iterable[DraftClause],
    language: str,
    own: Iterable[TemplateClause] = (),
) -> dict[str, Guidance]:
    """By the clause's key, the area's own before the country's; clauses of one's own have none."""
    known = {one.key: one for one in template.clauses}
    said = {
        one.key: Guidance(
            text=known[one.key].guidance.in_language(language),
            strength=str(known[one.key].strength),
            points=tuple(
                (asked.label.in_language(language), asked.citation)
                for asked in template.requirements
                if asked.clause == one.key
            ),
        )
        for one in clauses
        if one.key in known
    }
    for clause in own:
        before = said.get(clause.key, Guidance("", str(Need.RECOMMENDED), ()))
        strength = str(Need.MUST) if clause.is_required else before.strength
        said[clause.key] = replace(before, text=clause.guidance, strength=strength)
    return {key: one for key, one in said.items() if one.text or one.points}


def ends_with(draft: Draft) -> Agreement | None:
    """The agreement that ends when the draft comes into force; none where it goes on beside it."""
    if draft.is_amendment:
        return None
    country, there = draft.council.country, list(draft.council.agreements.in_force())
    main = next((one for one in there if one.parent_id is None), None)
    beside = main is None or (
        main.kind in agreement_template(country, draft.kind).under  # it becomes a part of that
        or draft.kind in agreement_template(country, main.kind).under  # that becomes a part of it
    )
    return next((one for one in there if makes_anew(draft, one)), None) if beside else main


def makes_anew(draft: Draft, agreement: Agreement) -> bool:
    """Whether the draft ends an agreement because it revises it, whatever the main one is."""
    is_there = agreement.state == AgreementState.IN_FORCE
    return is_there and agreement.pk == draft.revises_id and agreement.kind == draft.kind


def made_anew_already(draft: Draft) -> Agreement | None:
    """What another draft has made of the same agreement, and would hold beside this one."""
    if draft.revises_id is None:
        return None
    others = Draft.objects.filter(
        revises=draft.revises_id, state=DraftState.IN_FORCE,
        agreement__state=AgreementState.IN_FORCE,
    ).exclude(pk=draft.pk)  # fmt: skip
    other = others.select_related("agreement").first()
    return other.agreement if other and other.agreement != ends_with(draft) else None


def proposed_for(draft: Draft) -> list[Beginning]:
    """The text that the draft was written from: its area's template, or the country's."""
    if draft.template is not None:
        return whole(draft.template.clauses.all())
    return from_template(template_of(draft.council.country, draft.kind), draft.language)


def origin_of(clause: DraftClause, proposed: Iterable[Beginning]) -> str:
    """Whether a clause stands as the template has it, or was adapted here."""
    known = next((one for one in proposed if one.key == clause.key), None)
    same = known is not None and known.text.split() == clause.text.split()
    return "template" if same and clause.text else "local"
