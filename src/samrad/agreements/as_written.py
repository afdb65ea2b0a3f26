"""What a form about a draft begins with, field by field.

Actions compare the same values before they write over them, so both are made here.
"""

from __future__ import annotations

from typing import Any

from samrad.agreements.models import Draft, DraftClause, TemplateClause, TemplateVersion
from samrad.cooperation.actions.agreements import usual_parent
from samrad.cooperation.models import Council

FRAME = (
    "title", "from_date", "to_date", "renewal_date", "meetings_per_year", "focus_areas",
)  # fmt: skip


def field_of(clause: DraftClause) -> str:
    """The field of a form in which a clause is written."""
    return f"clause_{clause.key}"


def of_clause(clause: DraftClause) -> dict[str, Any]:
    """What one clause says, where it is changed by itself."""
    return {"text": clause.text}


def of_draft(draft: Draft) -> dict[str, Any]:
    """Everything that is written in a draft."""
    there = {name: getattr(draft, name) for name in FRAME}
    if draft.is_amendment:
        there = {name: there[name] for name in ("title", "from_date")}
    elif draft.meetings_per_year is None and is_part(draft.council, draft.kind):
        del there["meetings_per_year"]
    return there | {field_of(clause): clause.text for clause in draft.clauses.all()}


def is_part(council: Council, kind: str) -> bool:
    """Whether the council rests on another agreement, which says how often it meets."""
    return usual_parent(council, kind) is not None


def mark_of_party(organisation: object, role: str) -> str:
    """A party as a form chooses it."""
    return f"{organisation}:{role}"


def of_parties(draft: Draft) -> dict[str, Any]:
    """Who signs."""
    found = draft.parties.select_related("organisation")
    return {"parties": [mark_of_party(one.organisation.ref, one.role) for one in found]}


def fields_of(clause: TemplateClause) -> tuple[str, str, str]:
    """The fields of a form in which a template's clause is written: heading, text, guidance."""
    return f"heading_{clause.key}", f"text_{clause.key}", f"guidance_{clause.key}"


def of_template(template: TemplateVersion) -> dict[str, Any]:
    """Everything that is written in an area's template."""
    there: dict[str, Any] = {}
    for one in template.clauses.all():
        values = (one.heading, one.text, one.guidance)
        there |= dict(zip(fields_of(one), values, strict=True))
    return there
