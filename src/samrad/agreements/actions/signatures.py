"""Signing: put out, signed here or on paper, voided by an edit; in force once all have signed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samrad.access.actor import SYSTEM, Actor
from samrad.agreements import events, letters
from samrad.agreements.actions.force import take_effect
from samrad.agreements.actions.holding import held, held_party
from samrad.agreements.actions.order import comes_in_order
from samrad.agreements.models import ClauseComment, Draft, Party, Signature
from samrad.agreements.permissions import (
    follows_in_order,
    is_ready_to_sign,
    is_signed_in_order,
    may_bring_draft,
    may_record_paper,
    may_remind,
    may_sign,
)
from samrad.agreements.queries.parties import holders_of
from samrad.agreements.rules import SIGNABLE, DraftState, Outcome
from samrad.agreements.rules.signing import gaps_in_all, reminder_due
from samrad.cooperation.models import Agreement
from samrad.documents.api import StoredFile
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise_line
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from samrad.trail.api import record

CHANGED = _("The text has been changed since you read it. Read it again before you sign.")
KNOWINGLY = _(
    "This has been signed. Tick that you know: the signatures fall, and everybody signs again."
)

LATELY = timedelta(days=3)  # whoever was asked since then is not reminded yet

OTHERWISE = _(
    "The text or the parties have been changed since you opened this page. Look at them again "
    "before you ask anybody to sign."
)


class TextChanged(Refused):
    """What is signed is not what the signer has read."""


@transaction.atomic
def put_to_sign(*, draft: Draft, by: Actor, at: datetime, sha256: str | None = None) -> None:
    """Nothing is left open: the parties are asked to sign what had that hash when it was read."""
    draft = held(draft)
    may_bring_draft(by, draft, DraftState.SIGNING).enforce()
    if sha256 is not None and sha256 != draft.sha256():
        raise TextChanged(OTHERWISE)
    ready_to_sign(draft)
    draft.state, draft.signing_at = DraftState.SIGNING, at
    draft.shown_at = draft.shown_at or at
    draft.save(update_fields=["state", "signing_at", "shown_at"])
    record(events.PUT_TO_SIGN, about=draft, by=by, at=at, sha256=draft.sha256())
    ask_to_sign(draft, list(draft.parties.all()), at=at)


def ready_to_sign(draft: Draft) -> None:
    """Refused in words by the first thing that is still open."""
    clauses = list(draft.clauses.all())
    is_ready_to_sign(
        draft,
        gaps=len(gaps_in_all([draft.title, *(one.text for one in clauses)])),
        texts=sum(bool(one.text) for one in clauses),
        parties=draft.parties.count(),
        open_comments=ClauseComment.objects.filter(
            clause__draft=draft, outcome=Outcome.OPEN
        ).count(),
    ).enforce()
    comes_in_order(draft).enforce()
    if not draft.is_amendment:
        follows_in_order(draft, replaced_by(draft)).enforce()


def replaced_by(draft: Draft) -> Agreement | None:
    """What the draft takes the place of: the one it makes anew, or the main one of its kind."""
    if draft.revises is not None:
        return draft.revises
    return draft.council.agreements.in_force().main().filter(kind=draft.kind).first()


def ask_to_sign(draft: Draft, parties: list[Party], *, at: datetime, key: str = "") -> list[Party]:
    """Mail to whoever holds the offices today; the parties of which somebody hears anew."""
    holders = holders_of(parties, day_of(at, draft.council.zone))
    reached = []
    for party in parties:
        told = letters.tell(
            draft, holders[party.pk], "sign", key=key and f"{key}:{party.pk}", about=party,
            party=party.organisation.name,
        )  # fmt: skip
        reached += [party] if told else []
    return reached


@transaction.atomic
def sign(*, party: Party, sha256: str, by: Actor, at: datetime) -> Signature:
    """Whoever holds the office signs the text with that hash; the last one brings it into force."""
    party = held_party(party)
    may_sign(by, party).enforce()
    draft = party.draft
    if draft.sha256() != sha256:
        raise TextChanged(CHANGED)
    person = Person.objects.get(pk=by.person_id or 0)
    signature = Signature.objects.create(
        party=party, sha256=sha256, person=person, signatory=person.name,
        signed_date=day_of(at, draft.council.zone), at=at,
    )  # fmt: skip
    record(
        events.SIGNED, about=draft, by=by, at=at, party=party.organisation.name, sha256=sha256,
        signature=str(signature.ref), party_ref=str(party.ref),
        day=signature.signed_date.isoformat(),
    )  # fmt: skip
    _when_all_have_signed(draft, at=at)
    return signature


@transaction.atomic
def record_paper(
    *,
    party: Party,
    signatory: str,
    signed_date: date,
    sha256: str,
    scan: StoredFile,
    by: Actor,
    at: datetime,
) -> Signature:
    """What a party signed on paper, recorded with its page by those who keep the council."""
    party = held_party(party)
    may_record_paper(by, party).enforce()
    draft = party.draft
    zone = draft.council.zone
    put_out = day_of(draft.signing_at or at, zone)
    is_signed_in_order(signed_date, put_out=put_out, on=day_of(at, zone)).enforce()
    if draft.sha256() != sha256:
        raise TextChanged(CHANGED)
    signatory = normalise_line(signatory)
    signature = Signature.objects.create(
        party=party, sha256=sha256, signatory=signatory, signed_date=signed_date, at=at,
        person=_named(party, signatory, signed_date), on_paper=True, scan=scan,
        recorded_by_id=by.person_id,
    )  # fmt: skip
    record(
        events.SIGNED_ON_PAPER, about=draft, by=by, at=at, party=party.organisation.name,
        sha256=sha256, signature=str(signature.ref), signatory=signature.signatory,
        day=signed_date.isoformat(), party_ref=str(party.ref),
    )  # fmt: skip
    _when_all_have_signed(draft, at=at)
    return signature


def _named(party: Party, name: str, on: date) -> Person | None:
    """Who held the office under that name that day: should the name be withheld, it is here too."""
    held_then = holders_of([party], on)[party.pk]
    return next((one for one in held_then if one.name == name), None)


def _when_all_have_signed(draft: Draft, *, at: datetime) -> None:
    missing = draft.parties.exclude(signatures__in=Signature.objects.filter(voided_at=None))
    if missing.exists():
        return
    ready_to_sign(draft)
    record(events.SIGNED_BY_ALL, about=draft, by=SYSTEM, at=at)
    today = day_of(at, draft.council.zone)
    if draft.from_date and draft.from_date <= today:
        take_effect(draft, at=at)
        return
    draft.state = DraftState.SIGNED
    draft.save(update_fields=["state"])
    letters.tell(draft, letters.keepers(draft.council, today), "all_signed", start=draft.from_date)


def void_signatures(draft: Draft, *, knowing: bool, by: Actor, at: datetime) -> None:
    """An edit after the first signature: those given no longer hold, and their givers hear it."""
    given = list(
        Signature.objects.filter(party__draft=draft, voided_at=None).select_related(
            "person", "party__organisation"
        )
    )
    if not given:
        return
    if not knowing:
        raise Refused(KNOWINGLY)
    Signature.objects.filter(pk__in=[one.pk for one in given]).update(voided_at=at)
    if draft.state == DraftState.SIGNED:
        draft.state = DraftState.SIGNING
        draft.save(update_fields=["state"])
    who = ", ".join(one.party.organisation.name for one in given)
    record(events.SIGNATURES_VOIDED, about=draft, by=by, at=at, who=who)
    on_paper = {one.party_id for one in given if one.on_paper}
    persons = [one.person for one in given if one.person]
    parties = [one.party for one in given if one.party_id in on_paper]
    for people in holders_of(parties, day_of(at, draft.council.zone)).values():
        persons += people
    letters.tell(draft, persons, "voided")


@transaction.atomic
def remind_to_sign(*, draft: Draft, by: Actor, at: datetime) -> int:
    """Ask again whoever has not signed; once a day, however often the button is pressed."""
    draft = held(draft)
    may_remind(by, draft).enforce()
    day = day_of(at, draft.council.zone)
    reached = ask_to_sign(draft, _not_signed(draft), at=at, key=f"sign:{draft.ref}:{day}")
    if reached:
        who = ", ".join(one.organisation.name for one in reached)
        record(events.REMINDED, about=draft, by=by, at=at, who=who)
    return len(reached)


@transaction.atomic
def remind_if_due(*, draft: Draft, at: datetime) -> int:
    """Ask again by itself whoever has not signed, at each step of the rhythm once.

    Whoever was reminded by hand in the days before is left alone until the next step.
    """
    draft = held(draft)
    if draft.state not in SIGNABLE or draft.signing_at is None:
        return 0
    on, zone = day_of(at, draft.council.zone), draft.council.zone
    step = reminder_due(day_of(draft.signing_at, zone), on)
    parties = [one for one in _not_signed(draft) if not _asked_lately(one, at)]
    if step is None or not parties:
        return 0
    key = f"sign-again:{draft.ref}:{draft.signing_at:%Y%m%d}:{step}"
    reached = ask_to_sign(draft, parties, at=at, key=key)
    if reached:
        who = ", ".join(one.organisation.name for one in reached)
        record(events.REMINDED_BY_ITSELF, about=draft, by=SYSTEM, at=at, who=who)
    return len(reached)


def _not_signed(draft: Draft) -> list[Party]:
    counted = Signature.objects.filter(voided_at=None)
    return list(draft.parties.exclude(signatures__in=counted).select_related("organisation"))


def _asked_lately(party: Party, at: datetime) -> bool:
    return letters.asked_since(party, at - LATELY)
