"""What happens to agreements without anybody asking."""

from __future__ import annotations

from samrad.agreements.actions.force import due_to_take_effect, take_effect_if_due
from samrad.agreements.actions.keeping import note_what_lacks, remind_of_renewals
from samrad.agreements.actions.order import give_up_lost_additions
from samrad.agreements.actions.signatures import remind_if_due
from samrad.agreements.models import Draft
from samrad.agreements.rules import SIGNABLE
from samrad.cooperation.lacking import lacking_of
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.kernel.clock import now, today
from samrad.kernel.verdict import Refused
from samrad.profiles.reader import profile
from samrad.work.api import GiveUp, enqueue, every, task

MEASURE = 2  # raised when the measure itself finds otherwise than before


@every(daily_at="00:10")
@task("agreements.take_effect")
def bring_into_force_what_is_due() -> None:
    """Each by itself: one that cannot come into force keeps no other from it."""
    at = now()
    give_up_lost_additions(at=at)
    for draft in due_to_take_effect(at=at):
        ref = str(draft.ref)
        enqueue("agreements.take_effect_of", key=f"in-force:{ref}:{at:%Y-%m-%d}", draft=ref)


@task("agreements.take_effect_of")
def bring_one_into_force(draft: str) -> None:
    """One agreement that all have signed and whose first day has come."""
    try:
        take_effect_if_due(draft=Draft.objects.get(ref=draft), at=now())
    except Refused as refused:
        raise GiveUp(str(refused)) from refused


@task("agreements.look_through", outside=True)
def look_one_through(agreement: str) -> None:
    """What an agreement in force still lacks: read here, where nobody waits for it."""
    found = Agreement.objects.select_related("council__area").get(ref=agreement)
    note_what_lacks(agreement=found, missing=lacking_of(found))


@every(daily_at="03:40")
@task("agreements.look_through_anew")
def look_through_what_was_measured_otherwise() -> None:
    """Once for each that holds when the measure or its country's template is another one."""
    held = Agreement.objects.filter(state=AgreementState.IN_FORCE).select_related("council__area")
    for one in held:
        version = profile(one.council.country).version
        key = f"look-through:{one.ref}:{MEASURE}:{version}"
        enqueue("agreements.look_through", key=key, agreement=str(one.ref))


@every(daily_at="06:10")
@task("agreements.remind")
def remind_of_what_comes_back() -> None:
    """Agreements that are to be made anew."""
    remind_of_renewals(on=today())


@every(daily_at="06:20")
@task("agreements.remind_to_sign")
def remind_of_what_waits_to_be_signed() -> None:
    """Each by itself: one that cannot be told of keeps no other from it."""
    for ref in Draft.objects.filter(state__in=SIGNABLE).values_list("ref", flat=True):
        key = f"sign-again:{ref}:{today()}"
        enqueue("agreements.remind_to_sign_one", key=key, draft=str(ref))


@task("agreements.remind_to_sign_one")
def remind_of_one(draft: str) -> None:
    """Whoever has not signed one agreement, when a reminder of it is due."""
    remind_if_due(draft=Draft.objects.get(ref=draft), at=now())
