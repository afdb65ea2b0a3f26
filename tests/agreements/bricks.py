"""Short ways to drafts and signatures, by the actions that lead there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from samrad.access.actor import SYSTEM
from samrad.agreements import as_written
from samrad.agreements.actions.comments import comment_on, open_comments
from samrad.agreements.actions.drafts import start_draft, write_draft
from samrad.agreements.actions.signatures import put_to_sign, record_paper, sign
from samrad.agreements.actions.templates import (
    begin_template,
    publish_template,
    write_template,
)
from samrad.agreements.models import Draft, Party, TemplateVersion
from samrad.agreements.rules.signing import GAP, grouped
from samrad.areas.models import Area
from samrad.documents.models import StoredFile
from tests.cast import NOON, TODAY, Cast, Character

AT = {"at": NOON}


def begun(cast: Cast, **more: Any) -> Draft:
    """A draft from the country's template, with its gaps."""
    given = {"council": cast.council, "language": "nb", "by": cast.secretary.actor, **AT, **more}
    return start_draft(**given)


def values(draft: Draft, **more: Any) -> dict[str, Any]:
    """What stands in a draft, with its gaps filled in and a first day."""
    there = as_written.of_draft(draft)
    filled = {
        name: GAP.sub("noe vi er enige om", value) if isinstance(value, str) else value
        for name, value in there.items()
    }
    return {**filled, "from_date": TODAY, **more}


def written(cast: Cast, *, kind: str = "general", **more: Any) -> Draft:
    """A draft without gaps."""
    draft = begun(cast, kind=kind)
    write_draft(draft=draft, given=values(draft, **more), by=cast.secretary.actor, **AT)
    draft.refresh_from_db()
    return draft


def to_be_signed(cast: Cast, **more: Any) -> Draft:
    """One that is out to be signed."""
    draft = written(cast, **more)
    put_to_sign(draft=draft, by=cast.secretary.actor, **AT)
    draft.refresh_from_db()
    return draft


def party_of(draft: Draft, who: Character) -> Party:
    """The party somebody signs for."""
    assert who.appointment
    return draft.parties.select_related("draft__council", "organisation").get(
        organisation=who.appointment.organisation
    )


def signs(draft: Draft, *people: Character) -> None:
    """These people sign, in this order."""
    for who in people:
        party = party_of(draft, who)
        sign(party=party, sha256=party.draft.sha256(), by=who.actor, **AT)
    draft.refresh_from_db()


def in_force(cast: Cast, **more: Any) -> Draft:
    """One that both parties have signed."""
    draft = to_be_signed(cast, **more)
    signs(draft, cast.chair, cast.station_chief)
    return draft


def waiting(cast: Cast) -> Draft:
    """One that both have signed, and whose first day is to come."""
    draft = to_be_signed(cast, from_date=ahead(10))
    signs(draft, cast.chair, cast.station_chief)
    return draft


def fallen(cast: Cast) -> Party:
    """A party whose signature fell: the text was changed after it."""
    draft = to_be_signed(cast)
    signs(draft, cast.chair)
    given = {"clause_purpose": "Endret etter signering."}
    write_draft(draft=draft, given=given, voids=True, by=cast.secretary.actor, **AT)
    return party_of(draft, cast.chair)


def first_groups(draft: Draft) -> str:
    """What stands first in the number on the paper's page of signatures."""
    printed = Draft.objects.get(pk=draft.pk)
    return " ".join(grouped(printed.sha256()).split()[:3])


def signed_page() -> StoredFile:
    """A page that somebody has signed, as it was scanned."""
    file = StoredFile(name="side.pdf", content_type="application/pdf", size=4, uploaded_at=NOON)
    file.content.save("side.pdf", ContentFile(b"side"))
    file.save()
    return file


def ahead(days: int) -> date:
    """So many days from the day of the tests."""
    return TODAY + timedelta(days=days)


def own_template(
    area: Area, changing: dict[str, str] | None = None, kind: str = "general"
) -> TemplateVersion:
    """A published template of an area in bokmål: the country's, with these clauses otherwise."""
    made = begin_template(area=area, kind=kind, language="nb", by=SYSTEM, **AT)
    given = {f"text_{key}": text for key, text in (changing or {}).items()}
    write_template(template=made, given=given, by=SYSTEM, **AT)
    publish_template(template=made, note="Ny mal fra distriktet", by=SYSTEM, **AT)
    made.refresh_from_db()
    return made


def templates(cast: Cast) -> dict[str, Any]:
    """One of the district, one of Ås that is being written, and an older draft of each kind."""
    older = own_template(cast.no.home)
    behind = begun(cast)
    own_template(cast.no.home, {"purpose": "Vi forebygger sammen."})
    own_template(cast.no.home, kind="theme")
    signed = in_force(cast, kind="theme")  # beside the general one, which stays in force
    own_template(cast.no.home, {"purpose": "Vi forebygger sammen."}, kind="theme")
    written = begin_template(
        area=cast.no.home, kind="general", language="nn", by=cast.secretary.actor, **AT
    )
    return {
        "district_template": own_template(cast.no.district), "own_template": older,
        "unpublished_template": written, "behind_draft": behind,
        "behind_agreement": signed.agreement,
    }  # fmt: skip


def drafts(cast: Cast, scan: StoredFile) -> dict[str, Any]:
    """One that is being written, one out for comments with a comment, one being signed."""
    by = cast.secretary.actor
    draft, commented = begun(cast), begun(cast)
    open_comments(draft=commented, until=ahead(400), by=by, **AT)
    commented.refresh_from_db()
    clause = commented.clauses.get(key="purpose")
    comment = comment_on(clause=clause, text="Kortere", by=cast.police_member.actor, **AT)
    signing = to_be_signed(cast)
    mayors, police = signing.parties.select_related("draft__council").order_by("order")
    on_paper = record_paper(
        party=police, signatory="Stein Oppdiktet", signed_date=TODAY, number=signing.sha256(),
        scan=scan, by=by, **AT,
    )  # fmt: skip
    return {
        "draft": draft, "commented_draft": commented, "draft_clause": clause,
        "draft_comment": comment, "signing_draft": signing, "unsigned_party": mayors,
        "scanned_party": police, "paper_signature": on_paper,
        "fallen_party": fallen(cast), "signed_draft": waiting(cast),
    }  # fmt: skip
