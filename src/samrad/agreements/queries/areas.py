"""Templates that areas have made: which one a council begins from, what is newer, what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from samrad.access.actor import Actor
from samrad.agreements.models import Draft, DraftClause, TemplateClause, TemplateVersion
from samrad.agreements.models.templates import TemplateQuerySet
from samrad.agreements.queries.templates import (
    Beginning,
    from_template,
    proposed_for,
    template_of,
    whole,
)
from samrad.agreements.queries.versions import Became, ClauseChange, changes_between
from samrad.areas.models import AreaCover
from samrad.areas.rules.kinds import WIDEST_FIRST
from samrad.cooperation.models import Agreement, Council
from samrad.kernel.clock import today
from samrad.reading.templates import Need

ALIKE, OWN, THERE = "alike", "own", "there"


def templates_for(council: Council) -> list[TemplateVersion]:
    """The newest published of every kind and language, of the narrowest area that has one."""
    around = AreaCover.objects.above([council.area_id], on=today())
    there = TemplateVersion.objects.published().filter(area__in=around).select_related("area")
    width = {str(kind): place for place, kind in enumerate(WIDEST_FIRST)}
    found: dict[tuple[str, str], TemplateVersion] = {}
    for one in sorted(there, key=lambda each: (width[each.area.kind], each.number)):
        found[one.kind, one.language] = one
    return list(found.values())


def nearest_template(council: Council, kind: str, language: str) -> TemplateVersion | None:
    """What a new draft begins from, where an area around the council has made one."""
    fits = (one for one in templates_for(council) if (one.kind, one.language) == (kind, language))
    return next(fits, None)


def began_from(agreement: Agreement, language: str) -> TemplateVersion | None:
    """The version that an agreement was written from; what has changed since is then shown."""
    made = Draft.objects.select_related("template__area").filter(agreement=agreement).first()
    template = made.template if made else None
    return template if template and template.language == language else None


def newest_of(template: TemplateVersion) -> TemplateVersion | None:
    """The version that took this one's place, if one has."""
    newer = _versions(template).published().filter(number__gt=template.number)
    return newer.select_related("area").order_by("-number").first()


def newer_for(draft: Draft) -> TemplateVersion | None:
    """What has been published since a draft was begun: a newer version, or the first one of an area
    that is nearer to the council by now."""
    if draft.is_amendment:
        return None
    nearest = nearest_template(draft.council, draft.kind, draft.language)
    began = draft.template
    if began is None or (nearest and nearest.area_id != began.area_id):
        return nearest
    if nearest is None:
        return newest_of(began)
    return nearest if nearest.number > began.number else None


def newer_than_signed(agreement: Agreement) -> TemplateVersion | None:
    """The same for an agreement that was signed here."""
    made = Draft.objects.select_related("template").filter(agreement=agreement).first()
    if made is None:
        return None
    made.council = agreement.council
    return newer_for(made)


def before(template: TemplateVersion) -> TemplateVersion | None:
    """The version before this one."""
    older = _versions(template).published().filter(number__lt=template.number)
    return older.order_by("-number").first()


def versions_of(template: TemplateVersion, actor: Actor) -> list[TemplateVersion]:
    """All that the actor may read, the newest first, with how many drafts each was used for."""
    seen = _versions(template).visible_to(actor).annotate(used=Count("drafts"))
    return list(seen.select_related("area").order_by("-number"))


def _versions(template: TemplateVersion) -> TemplateQuerySet:
    found: TemplateQuerySet = TemplateVersion.objects.filter(
        area=template.area_id, kind=template.kind, language=template.language
    )
    return found


def national(template: TemplateVersion) -> list[Beginning]:
    """The country's text of the same kind, in the same language, as it is today."""
    return from_template(template_of(template.area.country, template.kind), template.language)


def changes_in(template: TemplateVersion) -> tuple[TemplateVersion | None, list[ClauseChange]]:
    """What the version says otherwise than the one before it; the first: than the country's."""
    earlier = before(template)
    old = whole(earlier.clauses.all()) if earlier else national(template)
    return earlier, changes_between(old, template.clauses.all())


def required_by_the_country(template: TemplateVersion) -> frozenset[str]:
    """The clauses that no area may leave out."""
    clauses = template_of(template.area.country, template.kind).clauses
    return frozenset(one.key for one in clauses if one.strength is Need.MUST)


def listed(actor: Actor) -> list[TemplateVersion]:
    """Of each area, kind and language the newest version the actor reads, and one being written."""
    seen = TemplateVersion.objects.visible_to(actor).select_related("area")
    found: dict[tuple[object, ...], TemplateVersion] = {}
    for one in seen.order_by("area__country", "area__name", "kind", "language", "number"):
        found[one.area_id, one.kind, one.language, one.is_published] = one
    return list(found.values())


@dataclass(frozen=True)
class Offered:
    """A clause that the newer template has otherwise, and how the draft stands to it."""

    change: ClauseChange
    wording: str  # of the newer template; empty where the clause is gone
    stands: str  # alike: as the older template had it; own: adapted here; there: as the newer has

    @property
    def key(self) -> str:
        """The clause's."""
        return self.change.key


def offered_to(draft: Draft, newer: TemplateVersion) -> list[Offered]:
    """What the newer template changed, clause by clause, for a draft written from an older one."""
    old = {one.key: one for one in proposed_for(draft)}
    new = {one.key: one for one in newer.clauses.all()}
    there = {one.key: one for one in draft.clauses.all()}
    changes = changes_between(old.values(), new.values())
    return [
        Offered(
            change=one,
            wording=new[one.key].text if one.key in new else "",
            stands=_stands_to(one, there.get(one.key), old.get(one.key), new.get(one.key)),
        )
        for one in changes
        if one.became != Became.SAME
    ]


def _stands_to(
    change: ClauseChange,
    here: DraftClause | None,
    old: Beginning | None,
    new: TemplateClause | None,
) -> str:
    """Of a clause that only has another heading by now, the draft's own text is no matter."""
    if change.became == Became.RENAMED:
        return ALIKE if here and here.heading != change.heading else THERE
    stands = _stands(here, old, new)
    renamed = here and new and here.text and here.heading != new.heading
    return ALIKE if stands == THERE and renamed else stands


def _stands(here: DraftClause | None, old: Beginning | None, new: TemplateClause | None) -> str:
    text = here.text.split() if here else []
    if text == (new.text.split() if new else []):
        return THERE
    return ALIKE if not text or (old and text == old.text.split()) else OWN


def in_order(keys: Iterable[str], after: dict[str, str]) -> list[str]:
    """Keys with new ones put in: each behind the one it follows in the template, else last."""
    found = list(keys)
    for key, behind in after.items():
        place = found.index(behind) + 1 if behind in found else len(found)
        found.insert(place, key)
    return found
