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
from samrad.agreements.actions.said import said_before
from samrad.agreements.actions.wordings import keep_wording
from samrad.agreements.models import ClauseComment, Draft, Party, Signature
from samrad.agreements.permissions import (
    binds_all,
    follows_in_order,
    is_ready_to_sign,
    is_signed_in_order,
    may_bring_draft,
    may_record_paper,
    may_remind,
    may_sign,
)
from samrad.agreements.queries.parties import holder_named, holders_of, left_out_of
from samrad.agreements.rules import SIGNABLE, DraftState, Outcome
from samrad.agreements.rules.signing import fits_paper, gaps_in_all, reminder_due
from samrad.cooperation.models import Agreement
from samrad.documents.api import StoredFile
from samrad.kernel.clock import day_of
from samrad.kernel.text import normalise, normalise_line
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from samrad.post.api import absolute_url
from samrad.trail.api import record
from samrad.ui import formats

CHANGED = _("The text has been changed since you read it. Read it again before you sign.")

LATELY = timedelta(days=3)  # whoever was asked since then is not reminded yet

OTHERWISE = _(
    "The text or the parties have been changed since you opened this page. Look at them again "
    "before you ask anybody to sign."
)


NOT_IN_OFFICE = _("On that day somebody else held the office. Look at the day and the name again.")
ANOTHER_NUMBER = _(
    "This paper carries another number than the text that is out to be signed. Look once more at "
    "the first three groups on its page of signatures. If you have copied them as they stand, the "
    "paper is of another text, and the party signs anew."
)
OLDER_PAPER = _(
    "This paper carries another number: it was printed before the text was changed on %(day)s. "
    "Print it anew and ask the party to sign the text as it is now."
)


class TextChanged(Refused):
    """What is signed is not what the signer has read."""


class PaperDiffers(Refused):
    """What was signed on paper is not the text that is out to be signed."""


class DayDiffers(Refused):
    """On that day this text, or this person, could not sign."""


@transaction.atomic
def put_to_sign(*, draft: Draft, by: Actor, at: datetime, sha256: str | None = None) -> None:
    """Nothing is left open: the parties are asked to sign what had that hash when it was read."""
    draft = held(draft)
    may_bring_draft(by, draft, DraftState.SIGNING).enforce()
    digest = keep_wording(draft, at=at)
    if sha256 is not None and sha256 != digest:
        raise TextChanged(OTHERWISE)
    ready_to_sign(draft)
    draft.state, draft.signing_at = DraftState.SIGNING, at
    draft.shown_at = draft.shown_at or at
    draft.save(update_fields=["state", "signing_at", "shown_at"])
    record(events.PUT_TO_SIGN, about=draft, by=by, at=at, sha256=digest)
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
    binds_all(left_out_of(draft)).enforce()
    comes_in_order(draft).enforce()
    if not draft.is_amendment:
        follows_in_order(draft, replaced_by(draft)).enforce()


def replaced_by(draft: Draft) -> Agreement | None:
    """What the draft takes the place of: the one it makes anew, or the main one of its kind."""
    if draft.revises is not None:
        return draft.revises
    return draft.council.agreements.in_force().main().filter(kind=draft.kind).first()


def ask_to_sign(draft: Draft, parties: list[Party], *, at: datetime, key: str = "") -> list[Party]:
    """Mail to whoever holds the offices today; the parties of which somebody hears anew.

    With a `key` it is a reminder, once under each.
    """
    holders = holders_of(parties, day_of(at, draft.council.zone))
    reached = []
    for party in parties:
        told = letters.tell(
            draft, holders[party.pk], "sign", key=key and f"{key}:{party.pk}", about=party,
            party=party.organisation.name,
        )  # fmt: skip
        reached += [party] if told else []
    if key:
        Party.objects.filter(pk__in=[one.pk for one in reached]).update(reminded_at=at)
    return reached


@transaction.atomic
def sign(*, party: Party, sha256: str, by: Actor, at: datetime) -> Signature:
    """Whoever holds the office signs the text with that hash; the last one brings it into force."""
    party = held_party(party)
    may_sign(by, party).enforce()
    draft = party.draft
    if keep_wording(draft, at=at) != sha256:
        raise TextChanged(CHANGED)
    person = Person.objects.get(pk=by.person_id or 0)
    signature = Signature.objects.create(
        party=party, role=party.role, sha256=sha256, person=person, signatory=person.name,
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
def say_not_yet(*, party: Party, why: str, by: Actor, at: datetime) -> int:
    """Whoever is to sign says what stands in the way; how many of those who can do something
    about it are told: those who keep the council, and whoever began the draft.

    What was said for the party before is kept with its day and office, for those inside.
    """
    party = held_party(party)
    may_sign(by, party).enforce()
    party.said_earlier = said_before(party)
    party.not_yet, party.not_yet_at = normalise(why), at
    party.save(update_fields=["not_yet", "not_yet_at", "said_earlier"])
    draft, name = party.draft, party.organisation.name
    record(events.NOT_YET, about=draft, by=by, at=at, party=name)
    writers = letters.writers(draft, day_of(at, draft.council.zone))
    told = [one for one in writers if one.pk != by.person_id]
    url = absolute_url(f"{draft.get_absolute_url()}#signatures")
    return letters.tell(draft, told, "not_yet", party=name, url=url)


@transaction.atomic
def record_paper(
    *,
    party: Party,
    signed_date: date,
    number: str,
    scan: StoredFile,
    by: Actor,
    at: datetime,
    holder: Person | None = None,
    signatory: str = "",
    for_them: bool = False,
) -> Signature:
    """What a party signed on paper, recorded with its page by those who keep the council.

    `number` is what the paper says of its text: the first groups of the hash on its last page. It
    is signed by the `holder` of the office, or by whoever the name of the `signatory` means;
    `for_them` says that this is somebody else, whatever the name.
    """
    party = held_party(party)
    may_record_paper(by, party).enforce()
    draft = party.draft
    digest = keep_wording(draft, at=at)
    if not fits_paper(number, digest):
        raise PaperDiffers(_of_another_text(draft, number))
    _signed_in_time(draft, signed_date, digest, at=at)
    if not for_them:
        holder = _holder(party, holder, normalise_line(signatory), signed_date)
    signature = Signature.objects.create(
        party=party, role=party.role, sha256=digest, signed_date=signed_date, at=at,
        on_paper=True, scan=scan,
        person=holder, signatory=holder.name if holder else normalise_line(signatory),
        recorded_by_id=by.person_id,
    )  # fmt: skip
    record(
        events.SIGNED_ON_PAPER, about=draft, by=by, at=at, party=party.organisation.name,
        sha256=digest, signature=str(signature.ref), signatory=signature.signatory,
        day=signed_date.isoformat(), party_ref=str(party.ref), page=scan.sha256,
    )  # fmt: skip
    _when_all_have_signed(draft, at=at)
    return signature


def _of_another_text(draft: Draft, number: str) -> str:
    """Why the paper does not count: one of an older text, or a number that is none of ours."""
    older = [one for one in draft.wordings.all() if fits_paper(number, one.sha256)]
    if not older or draft.changed_at is None:
        return str(ANOTHER_NUMBER)
    changed = formats.day(day_of(draft.changed_at, draft.council.zone))
    return str(OLDER_PAPER) % {"day": changed}


def _signed_in_time(draft: Draft, signed: date, digest: str, *, at: datetime) -> None:
    """On a day on which this very text could be signed, also before a change was taken back."""
    zone = draft.council.zone
    put_out = day_of(draft.signing_at or at, zone)
    first = draft.wordings.get(sha256=digest).signable_at or at
    changed = day_of(min(draft.changed_at, first), zone) if draft.changed_at else put_out
    verdict = is_signed_in_order(signed, put_out=put_out, changed=changed, on=day_of(at, zone))
    if not verdict:
        raise DayDiffers(verdict.reason)


def _holder(party: Party, chosen: Person | None, name: str, on: date) -> Person | None:
    """Whoever held the office that day, chosen or by the name."""
    held_then = holders_of([party], on)[party.pk]
    if chosen is None:
        return holder_named(held_then, name)
    if chosen not in held_then:
        raise DayDiffers(NOT_IN_OFFICE)
    return chosen


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
    """By a mail that asks, or by the one that tells that their signature fell."""
    since = at - LATELY
    fallen = party.signatures.filter(voided_at__gte=since)
    return letters.asked_since(party, since) or fallen.exists()
